/* weights_and_rollup.json: published and independently computed answers on weights from judgements (AHP, groups, random
   indices, best-worst method), through the public interface only. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "cases.h"
#include "json_table.h"

#define MOST 16

static const char *const names[MOST] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p"};

/* ---- Cases ----------------------------------------------------------------------------------------------------------- */

static const json_t *input_of(const json_t *test, const char *key) {
    return json_object_get(json_object_get(test, "input"), key);
}

static double tolerance_of(const json_t *test) {
    return json_number_value(json_object_get(test, "tolerance"));
}

static const json_t *expected_of(const json_t *test, const char *key) {
    const json_t *expected = json_object_get(test, "expected");
    return key == NULL ? expected : json_object_get(expected, key);
}

static size_t read_numbers(const json_t *array, double *out) {
    size_t count = 0;
    for (size_t i = 0; i < json_array_size(array); i++) {
        const json_t *value = json_array_get(array, i);
        if (json_is_array(value))
            count += read_numbers(value, out + count);
        else
            out[count++] = json_is_null(value) ? (double)NAN : json_number_value(value);
    }
    return count;
}

/* Weights of the case's matrix or matrices. */
static custval_weights *ahp(const json_t *test, const custval_ahp_options *options) {
    static double numbers[4 * MOST * MOST];
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_judgements judgements = CUSTVAL_JUDGEMENTS_INIT;
    custval_weights *weights = NULL;
    const json_t *matrix = input_of(test, "matrix"), *matrices = input_of(test, "matrices");
    judgements.names = names;
    judgements.count = json_array_size(matrices == NULL ? matrix : json_array_get(matrices, 0));
    judgements.members = matrices == NULL ? 1 : json_array_size(matrices);
    judgements.matrices = numbers;
    read_numbers(matrices == NULL ? matrix : matrices, numbers);
    assert_ok(custval_weights_ahp(NULL, &judgements, options, &weights, &error), &error);
    return weights;
}

static custval_ahp_options options_of(uint32_t method, uint32_t random_index, uint32_t grouping) {
    custval_ahp_options options = CUSTVAL_AHP_OPTIONS_INIT;
    options.method = method;
    options.random_index = random_index;
    options.grouping = grouping;
    return options;
}

static double diagnostic(const custval_weights *weights, const char *name) {
    double value;
    assert_ok(custval_weights_diagnostic(weights, name, &value, NULL), NULL);
    return value;
}

static void assert_near(const json_t *test, double actual, const json_t *expected) {
    assert_double_near(actual, json_number_value(expected), tolerance_of(test));
}

static void assert_shares(const json_t *test, const custval_weights *weights, const json_t *expected) {
    assert_int_equal(custval_weights_count(weights), json_array_size(expected));
    double sum = 0.0;
    for (size_t i = 0; i < json_array_size(expected); i++) {
        sum += custval_weights_share(weights, i);
        assert_near(test, custval_weights_share(weights, i), json_array_get(expected, i));
    }
    assert_double_bits(sum, 1.0);
}

/* ---- AHP ------------------------------------------------------------------------------------------------------------- */

static void eigenvector(const json_t *test) {
    custval_weights *weights = ahp(test, NULL);
    assert_shares(test, weights, expected_of(test, NULL));
    custval_weights_free(weights);
}

static void geometric(const json_t *test) {
    const custval_ahp_options options = options_of(CUSTVAL_AHP_GEOMETRIC, 0, 0);
    custval_weights *weights = ahp(test, &options);
    assert_shares(test, weights, expected_of(test, NULL));
    custval_weights_free(weights);
}

static void ratio_by(const json_t *test, uint32_t random_index) {
    const custval_ahp_options options = options_of(0, random_index, 0);
    custval_weights *weights = ahp(test, &options);
    assert_near(test, diagnostic(weights, "cr"), expected_of(test, NULL));
    if (input_of(test, "RI_n") != NULL) {
        assert_double_bits(diagnostic(weights, "ri"), json_number_value(input_of(test, "RI_n")));
    }
    custval_weights_free(weights);
}

static void ratio_by_saaty_2005(const json_t *test) {
    ratio_by(test, CUSTVAL_RANDOM_INDEX_SAATY_2005);
}

static void ratio_by_donegan_dodd(const json_t *test) {
    ratio_by(test, CUSTVAL_RANDOM_INDEX_DONEGAN_DODD_1991);
}

static void ratio_by_fit(const json_t *test) {
    ratio_by(test, CUSTVAL_RANDOM_INDEX_ALONSO_LAMATA_FIT);
}

static void consistency_by(const json_t *test, uint32_t method) {
    const custval_ahp_options options = options_of(method, 0, 0);
    custval_weights *weights = ahp(test, &options);
    assert_near(test, diagnostic(weights, "lambda_max"), expected_of(test, "lambda_max"));
    assert_near(test, diagnostic(weights, "ci"), expected_of(test, "CI"));
    assert_near(test, diagnostic(weights, "cr"), expected_of(test, "CR"));
    custval_weights_free(weights);
}

static void consistency(const json_t *test) {
    consistency_by(test, CUSTVAL_AHP_EIGENVECTOR);
}

static void arithmetic_consistency(const json_t *test) {
    consistency_by(test, CUSTVAL_AHP_ARITHMETIC);
}

static void any_method(const json_t *test) {
    for (uint32_t method = CUSTVAL_AHP_EIGENVECTOR; method <= CUSTVAL_AHP_ARITHMETIC; method++) {
        const custval_ahp_options options = options_of(method, 0, 0);
        custval_weights *weights = ahp(test, &options);
        assert_shares(test, weights, expected_of(test, "weights"));
        assert_near(test, diagnostic(weights, "cr"), expected_of(test, "CR"));
        if (custval_weights_count(weights) >= 3) assert_double_near(diagnostic(weights, "gci"), 0.0, 1e-12);
        assert_int_equal(custval_table_rows(custval_weights_notes(weights)), 0);
        custval_weights_free(weights);
    }
}

/* The missing judgement itself is no result; but the weights and lambda_max are those of the matrix that has it. */
static void incomplete(const json_t *test) {
    const custval_ahp_options options = options_of(0, CUSTVAL_RANDOM_INDEX_DONEGAN_DODD_1991, 0);
    custval_weights *weights = ahp(test, &options);
    assert_shares(test, weights, expected_of(test, "weights"));
    assert_near(test, diagnostic(weights, "cr"), expected_of(test, "CR_dd"));
    assert_double_bits(diagnostic(weights, "missing"), 1.0);
    json_t *whole = json_deep_copy(test);
    json_t *matrix = json_object_get(json_object_get(whole, "input"), "matrix");
    const double judgement = json_number_value(expected_of(test, "missing_c_d"));
    json_array_set_new(json_array_get(matrix, 2), 3, json_real(judgement));
    json_array_set_new(json_array_get(matrix, 3), 2, json_real(1.0 / judgement));
    custval_weights *completed = ahp(whole, &options);
    assert_double_near(diagnostic(weights, "lambda_max"), diagnostic(completed, "lambda_max"), 1e-12);
    for (size_t i = 0; i < 4; i++) {
        assert_double_near(custval_weights_share(weights, i), custval_weights_share(completed, i), 1e-6);
    }
    custval_weights_free(completed);
    custval_weights_free(weights);
    json_decref(whole);
}

/* ---- Random indices -------------------------------------------------------------------------------------------------- */

static void random_index(const json_t *test, uint32_t table) {
    const json_t *counts = input_of(test, "n"), *expected = expected_of(test, NULL);
    for (size_t i = 0; i < json_array_size(counts); i++) {
        const size_t count = (size_t)json_integer_value(json_array_get(counts, i));
        assert_double_bits(custval_random_index_value(table, count), json_number_value(json_array_get(expected, i)));
    }
}

static void table_saaty_1980(const json_t *test) {
    random_index(test, CUSTVAL_RANDOM_INDEX_SAATY_1980);
}

static void table_saaty_2008(const json_t *test) {
    random_index(test, CUSTVAL_RANDOM_INDEX_SAATY_2008);
}

static void table_saaty_2005(const json_t *test) {
    random_index(test, CUSTVAL_RANDOM_INDEX_SAATY_2005);
}

static void table_donegan_dodd(const json_t *test) {
    random_index(test, CUSTVAL_RANDOM_INDEX_DONEGAN_DODD_1991);
}

static void table_tummala_ling(const json_t *test) {
    random_index(test, CUSTVAL_RANDOM_INDEX_TUMMALA_LING_1998);
}

static void table_ahpsurvey(const json_t *test) {
    random_index(test, CUSTVAL_RANDOM_INDEX_AHPSURVEY);
}

static void table_alonso_lamata(const json_t *test) {
    random_index(test, CUSTVAL_RANDOM_INDEX_ALONSO_LAMATA_2006);
}

/* ---- Groups ---------------------------------------------------------------------------------------------------------- */

/* The aggregated judgements show in the triads, as the judgement to revisit of each. */
static void aggregated_judgements(const json_t *test) {
    static double numbers[4 * MOST * MOST];
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_judgements judgements = CUSTVAL_JUDGEMENTS_INIT;
    custval_table *triads = NULL;
    const json_t *matrices = input_of(test, "matrices");
    judgements.names = names;
    judgements.count = json_array_size(json_array_get(matrices, 0));
    judgements.members = json_array_size(matrices);
    judgements.matrices = numbers;
    read_numbers(matrices, numbers);
    assert_ok(custval_ahp_triads(NULL, &judgements, NULL, &triads, &error), &error);
    assert_int_equal(custval_table_rows(triads), 10);
    int seen[MOST][MOST] = {{0}};
    for (size_t row = 0; row < custval_table_rows(triads); row++) {
        const int i = table_cell_text(triads, "row", row).data[0] - 'a';
        const int j = table_cell_text(triads, "column", row).data[0] - 'a';
        const json_t *line = json_array_get(expected_of(test, NULL), (size_t)i);
        assert_near(test, table_cell(triads, "judgement", row), json_array_get(line, (size_t)j));
        seen[i][j] = 1;
    }
    size_t different = 0;
    for (size_t i = 0; i < MOST * MOST; i++) different += (size_t)seen[i / MOST][i % MOST];
    assert_in_range(different, 4, 10);
    custval_table_free(triads);
}

/* What the peer returns adds up to .994461; ours is that, normalised. */
static void aggregated_priorities(const json_t *test) {
    const custval_ahp_options options = options_of(0, 0, CUSTVAL_GROUPING_PRIORITIES_GEOMETRIC);
    custval_weights *weights = ahp(test, &options);
    double expected[MOST], sum = 0.0;
    const size_t count = read_numbers(expected_of(test, NULL), expected);
    for (size_t i = 0; i < count; i++) sum += expected[i];
    for (size_t i = 0; i < count; i++) {
        assert_double_near(custval_weights_share(weights, i), expected[i] / sum, tolerance_of(test));
    }
    custval_weights_free(weights);
}

static void both_ways(const json_t *test) {
    for (uint32_t grouping = CUSTVAL_GROUPING_JUDGEMENTS; grouping <= CUSTVAL_GROUPING_PRIORITIES_GEOMETRIC;
         grouping++) {
        const custval_ahp_options options = options_of(CUSTVAL_AHP_GEOMETRIC, 0, grouping);
        custval_weights *weights = ahp(test, &options);
        assert_shares(test, weights, expected_of(test, NULL));
        custval_weights_free(weights);
    }
}

/* ---- Best and worst -------------------------------------------------------------------------------------------------- */

static custval_weights *bwm_of(const json_t *best_to_others, const json_t *others_to_worst, uint32_t model) {
    double from_best[MOST], to_worst[MOST];
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_bwm_judgements judgements = CUSTVAL_BWM_JUDGEMENTS_INIT;
    custval_weights *weights = NULL;
    judgements.names = names;
    judgements.count = read_numbers(best_to_others, from_best);
    read_numbers(others_to_worst, to_worst);
    judgements.best_to_others = from_best;
    judgements.others_to_worst = to_worst;
    judgements.model = model;
    assert_ok(custval_weights_bwm(NULL, &judgements, &weights, &error), &error);
    return weights;
}

static custval_weights *bwm(const json_t *test, uint32_t model) {
    return bwm_of(input_of(test, "best_to_others"), input_of(test, "others_to_worst"), model);
}

static void linear(const json_t *test) {
    custval_weights *weights = bwm(test, CUSTVAL_BWM_LINEAR);
    assert_shares(test, weights, expected_of(test, "weights"));
    assert_near(test, diagnostic(weights, "ksi"), expected_of(test, "ksi"));
    assert_near(test, diagnostic(weights, "cr"), expected_of(test, "ksi"));
    custval_weights_free(weights);
}

/* The numbers of the case are rounded; those of its notes are not: ksi = 4 - sqrt(14), w = (1, 5 - ksi, 8 + ksi) / 14. */
static void nonlinear(const json_t *test) {
    custval_weights *weights = bwm(test, CUSTVAL_BWM_NONLINEAR);
    const double ksi = 4.0 - sqrt(14.0), exact[] = {1.0 / 14.0, (5.0 - ksi) / 14.0, (8.0 + ksi) / 14.0};
    const custval_table *table = custval_weights_table(weights);
    assert_shares(test, weights, expected_of(test, "weights"));
    assert_near(test, diagnostic(weights, "ksi"), expected_of(test, "ksi"));
    assert_double_near(diagnostic(weights, "ksi"), ksi, 1e-14);
    assert_double_near(diagnostic(weights, "cr"), 0.0578, 5e-5);
    for (size_t i = 0; i < 3; i++) {
        assert_double_near(custval_weights_share(weights, i), exact[i], 1e-14);
        assert_double_near(table_cell(table, "low", i), exact[i], 1e-14);
        assert_double_near(table_cell(table, "high", i), exact[i], 1e-14);
    }
    custval_weights_free(weights);
}

static void input_based_ratio(const json_t *test) {
    const json_t *pairs = input_of(test, "cases");
    for (size_t i = 0; i < json_array_size(pairs); i++) {
        const json_t *pair = json_array_get(pairs, i);
        for (uint32_t model = CUSTVAL_BWM_LINEAR; model <= CUSTVAL_BWM_NONLINEAR; model++) {
            custval_weights *weights = bwm_of(json_array_get(pair, 0), json_array_get(pair, 1), model);
            assert_near(test, diagnostic(weights, "input_cr"), json_array_get(expected_of(test, NULL), i));
            custval_weights_free(weights);
        }
    }
}

/* ---- All of them ----------------------------------------------------------------------------------------------------- */

static const named_case known[] = {
    {"ahp_drinks_weights", eigenvector},
    {"ahp_drinks_cr_saaty2005", ratio_by_saaty_2005},
    {"ahp_drinks_cr_dd", ratio_by_donegan_dodd},
    {"ahp_school_criteria", eigenvector},
    {"ahp_house_weights", eigenvector},
    {"ahp_house_lambda_ci_cr", consistency},
    {"ahp_house_geometric", geometric},
    {"ahp_arithmetic_mean_8x8", arithmetic_consistency},
    {"ahp_consistent_any_method", any_method},
    {"ahp_2x2", any_method},
    {"ahp_house_cr_alonso_lamata", ratio_by_fit},
    {"ahp_incomplete_4x4", incomplete},
    {"ri_table_saaty_1980", table_saaty_1980},
    {"ri_table_saaty_variant_jmcdm", table_saaty_2008},
    {"ri_table_saaty_2005", table_saaty_2005},
    {"ri_table_donegan_dodd_1991", table_donegan_dodd},
    {"ri_table_tummala_ling_1998", table_tummala_ling},
    {"ri_table_ahpsurvey_simulation", table_ahpsurvey},
    {"ri_table_alonso_lamata_2006", table_alonso_lamata},
    {"group_aij_matrix", aggregated_judgements},
    {"group_aip_unnormalised", aggregated_priorities},
    {"group_aij_equals_aip_rgm", both_ways},
    {"bwm_linear_consistent", linear},
    {"bwm_linear_readme", linear},
    {"bwm_nonlinear_3", nonlinear},
    {"bwm_input_based_cr", input_based_ratio},
};

int main(void) {
    return cases_run_named("judgements", "weights_and_rollup.json", known, SUPPORT_COUNT(known));
}
