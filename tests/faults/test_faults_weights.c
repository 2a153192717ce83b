/* Every allocation fails, of calls that make, mix, compare and apply weights, copy systems and fit scales. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/custval.h>

#include "faults.h"
#include "sample.h"
#include "support.h"

static const char *const names[] = {"c", "a", "b"};
static const double ratings[] = {2, 0, 2};

static custval_status end_weights(custval_weights *out, custval_status status) {
    assert_int_equal(out == NULL, status != CUSTVAL_OK);
    custval_weights_free(out);
    return status;
}

static custval_status end_system(custval_system *out, custval_status status) {
    assert_int_equal(out == NULL, status != CUSTVAL_OK);
    custval_system_free(out);
    return status;
}

static custval_status rate(const custval_host *host, void *data) {
    (void)data;
    custval_weights *out = rubbish();
    custval_rating_options options = CUSTVAL_RATING_OPTIONS_INIT;
    options.rating = CUSTVAL_RATING_POINTS; /* with remarks */
    const custval_status status = custval_weights_ratings(host, names, ratings, 3, &options, &out, NULL);
    return end_weights(out, status);
}

static custval_status rank(const custval_host *host, void *data) {
    (void)data;
    custval_weights *out = rubbish();
    const custval_status status = custval_weights_ranks(host, names, ratings, 3, NULL, &out, NULL);
    return end_weights(out, status);
}

static custval_status mix(const custval_host *host, void *data) {
    custval_weights *out = rubbish();
    const custval_status status = custval_weights_mix(host, data, data, NULL, &out, NULL);
    return end_weights(out, status);
}

static custval_status compare(const custval_host *host, void *data) {
    custval_table *out = rubbish();
    const custval_status status = custval_weights_compare(host, data, data, &out, NULL);
    assert_int_equal(out == NULL, status != CUSTVAL_OK);
    custval_table_free(out);
    return status;
}

static void making_weights(void **state) {
    (void)state;
    custval_weights *weights = NULL;
    assert_ok(custval_weights_ratings(NULL, names, ratings, 3, NULL, &weights, NULL), NULL);
    support_exhaust_memory(rate, NULL);
    support_exhaust_memory(rank, NULL);
    support_exhaust_memory(mix, weights);
    support_exhaust_memory(compare, weights);
    custval_weights_free(weights);
}

/* ---- Systems ------------------------------------------------------------------------------------------------------- */

typedef struct material {
    custval_system *system;
    custval_weights *weights;
    custval_summary *summary;
} material;

static custval_status apply(const custval_host *host, void *data) {
    const material *with = data;
    custval_system *out = rubbish();
    custval_apply_options options = CUSTVAL_APPLY_OPTIONS_INIT;
    options.host = host;
    options.profile = "a new one";
    options.source = options.note = "text";
    options.date = "2026-03-01";
    const custval_status status = custval_weights_apply(with->weights, with->system, &options, &out, NULL);
    return end_system(out, status);
}

static custval_status fit(const custval_host *host, void *data) {
    const material *with = data;
    custval_system *out = rubbish();
    custval_fit_options options = CUSTVAL_FIT_OPTIONS_INIT;
    options.host = host;
    options.method = CUSTVAL_FIT_QUANTILE;
    const custval_status status = custval_system_fit(with->system, with->summary, &options, &out, NULL);
    return end_system(out, status);
}

static custval_status copy(const custval_host *host, void *data) {
    const material *with = data;
    custval_builder *builder = rubbish();
    custval_system *out = NULL;
    custval_origin_spec origin = CUSTVAL_ORIGIN_SPEC_INIT;
    const char *const diagnostics[] = {"cr"};
    const double values[] = {0.1};
    origin.node = "value";
    origin.method = "stated";
    origin.diagnostic_names = diagnostics;
    origin.diagnostic_values = values;
    origin.diagnostic_count = 1;
    custval_status status = custval_builder_new_from(host, with->system, &builder, NULL);
    assert_int_equal(builder == NULL, status != CUSTVAL_OK);
    if (status == CUSTVAL_OK) status = custval_builder_origin(builder, &origin, NULL);
    if (status == CUSTVAL_OK) status = custval_builder_set_weight(builder, NULL, "benefit", 3, NULL);
    if (status == CUSTVAL_OK) status = custval_builder_build(builder, &out, NULL);
    custval_system_free(out);
    custval_builder_free(builder);
    return status;
}

static void making_systems_from_systems(void **state) {
    (void)state;
    const char *columns[1];
    static const double answers[] = {1, 2, 4, 4, 5};
    material with = {sample_system(), NULL, NULL};
    custval_criterion criteria[64];
    const char *dimensions[64];
    double weights[64];
    size_t count = 0, used = 0;
    custval_table *table = NULL;
    assert_ok(custval_system_criteria(with.system, CUSTVAL_KIND_DIMENSION, NULL, criteria, 64, &count, NULL), NULL);
    for (size_t i = 0; i < count; i++) {
        dimensions[used] = criteria[i].column;
        weights[used++] = (double)(i + 1);
    }
    assert_ok(custval_weights_ratings(NULL, dimensions, weights, used, NULL, &with.weights, NULL), NULL);
    assert_ok(custval_system_criteria(with.system, CUSTVAL_KIND_ITEM, NULL, criteria, 64, &count, NULL), NULL);
    for (size_t i = 0; i < count; i++) { /* the first column of a plain item */
        custval_item_spec item = CUSTVAL_ITEM_SPEC_INIT;
        uint32_t node = CUSTVAL_NONE;
        assert_ok(custval_system_find(with.system, criteria[i].column, &node, NULL), NULL);
        assert_ok(custval_system_item_spec(with.system, node, &item, NULL), NULL);
        if (item.curve->type != CUSTVAL_CURVE_SCALE) continue;
        criteria[0] = (custval_criterion)CUSTVAL_CRITERION_INIT;
        criteria[0].column = columns[0] = item.column;
        break;
    }
    assert_ok(custval_table_new_from_rows(NULL, columns, 1, answers, 5, 1, &table, NULL), NULL);
    assert_ok(custval_summary_new(NULL, criteria, 1, CUSTVAL_SUMMARY_QUANTILES, &with.summary, NULL), NULL);
    assert_ok(custval_summary_add(with.summary, table, NULL), NULL);
    support_exhaust_memory(apply, &with);
    support_exhaust_memory(copy, &with);
    support_exhaust_memory(fit, &with);
    custval_table_free(table);
    custval_summary_free(with.summary);
    custval_weights_free(with.weights);
    custval_system_free(with.system);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(making_weights),
        cmocka_unit_test(making_systems_from_systems),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
