/* weights_and_rollup.json: the published weights of ranks, through the public interface only. */
/* SPDX-License-Identifier: Apache-2.0 */

#include "cases.h"
#include "json_table.h"

#define MOST 9

/* Weights of the ranks 1 to n against those of the case. */
static void assert_ranked(uint32_t ranking, size_t n, const json_t *expected, double tolerance) {
    static const char *const names[MOST] = {"a", "b", "c", "d", "e", "f", "g", "h", "i"};
    static const double ranks[MOST] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_ranking_options options = CUSTVAL_RANKING_OPTIONS_INIT;
    custval_weights *weights = NULL;
    options.ranking = ranking;
    assert_true(n <= MOST);
    assert_int_equal(json_array_size(expected), n);
    assert_ok(custval_weights_ranks(NULL, names, ranks, n, &options, &weights, &error), &error);
    for (size_t i = 0; i < n; i++) {
        assert_double_near(custval_weights_share(weights, i), json_number_value(json_array_get(expected, i)),
                           tolerance);
    }
    custval_weights_free(weights);
}

static void rank_order_centroid(const json_t *test) {
    const json_t *sizes = json_object_get(json_object_get(test, "input"), "n");
    for (size_t i = 0; i < json_array_size(sizes); i++) {
        assert_ranked(CUSTVAL_RANKING_CENTROID, (size_t)json_integer_value(json_array_get(sizes, i)),
                      json_array_get(json_object_get(test, "expected"), i),
                      json_number_value(json_object_get(test, "tolerance")));
    }
}

static void rank_sum_reciprocal(const json_t *test) {
    const size_t n = (size_t)json_integer_value(json_object_get(json_object_get(test, "input"), "n"));
    const json_t *expected = json_object_get(test, "expected");
    const double tolerance = json_number_value(json_object_get(test, "tolerance"));
    assert_ranked(CUSTVAL_RANKING_SUM, n, json_object_get(expected, "rank_sum"), tolerance);
    assert_ranked(CUSTVAL_RANKING_RECIPROCAL, n, json_object_get(expected, "rank_reciprocal"), tolerance);
}

static const named_case known[] = {
    {"rank_order_centroid", rank_order_centroid},
    {"rank_sum_reciprocal", rank_sum_reciprocal},
};

int main(void) {
    return cases_run_named("stated", "weights_and_rollup.json", known, SUPPORT_COUNT(known));
}
