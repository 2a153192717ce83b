/* The interface: sets of weights, applying them, systems made from systems, origins, fitted scales. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "api.h"

#include <math.h>

#include "json_table.h"

static const char document[] =
    "{\"custval\": \"system\", \"version\": 1, \"profiles\": [{\"id\": \"price\"}], \"dimensions\": ["
    "{\"id\": \"product\", \"side\": \"benefit\", \"indicators\": [{\"id\": \"quality\", \"items\": "
    "[{\"column\": \"Q1\", \"scale\": [1, 10]}, {\"column\": \"Q2\", \"scale\": [1, 10]}]}]},"
    "{\"id\": \"money\", \"side\": \"sacrifice\", \"indicators\": [{\"id\": \"fee\", \"items\": "
    "[{\"column\": \"P1\", \"scale\": [1, 10]}]}]}]}";

static const char *const names[] = {"Q1", "Q2"};
static const double ratings[] = {3, 1};

static custval_system *system_made(void) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = NULL;
    assert_ok(custval_system_parse(NULL, document, sizeof document - 1, &system, &error), &error);
    return system;
}

static custval_weights *weights_made(void) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *weights = NULL;
    assert_ok(custval_weights_ratings(NULL, names, ratings, 2, NULL, &weights, &error), &error);
    return weights;
}

static custval_summary *summary_made(void) {
    static const char *const columns[] = {"Q1"};
    static const double answers[] = {2, 5, 8};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_criterion criterion = CUSTVAL_CRITERION_INIT;
    custval_table *table = NULL;
    custval_summary *summary = NULL;
    criterion.column = columns[0];
    assert_ok(custval_table_new_from_rows(NULL, columns, 1, answers, 3, 1, &table, &error), &error);
    assert_ok(custval_summary_new(NULL, &criterion, 1, CUSTVAL_SUMMARY_QUANTILES, &summary, &error), &error);
    assert_ok(custval_summary_add(summary, table, &error), &error);
    custval_table_free(table);
    return summary;
}

/* ---- Sets of weights ----------------------------------------------------------------------------------------------- */

static void a_set_is_looked_into(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *weights = weights_made(), *mixed = NULL;
    double value = 0.0;
    assert_ptr_equal(custval_weights_ref(weights), weights);
    custval_weights_free(weights);
    assert_int_equal(custval_weights_count(weights), 2);
    assert_string_equal(custval_weights_name(weights, 0), "Q1");
    assert_null(custval_weights_name(weights, 2));
    assert_double_bits(custval_weights_share(weights, 0), 0.75);
    assert_true(isnan(custval_weights_share(weights, 2)));
    assert_string_equal(custval_weights_method(weights), "stated");
    assert_int_equal(custval_weights_sample(weights), 0);
    assert_double_bits(table_cell(custval_weights_table(weights), "weight", 1), 0.25);
    assert_int_equal(custval_table_rows(custval_weights_notes(weights)), 0);
    assert_ok(custval_weights_mix(NULL, weights, weights, NULL, &mixed, &error), &error);
    assert_int_equal(custval_table_rows(custval_weights_diagnostics(mixed)), 3);
    assert_ok(custval_weights_diagnostic(mixed, "share", &value, &error), &error);
    assert_double_bits(value, 0.5);
    assert_refused(custval_weights_diagnostic(NULL, "share", &value, &error));
    assert_true(isnan(value));
    assert_refused(custval_weights_diagnostic(mixed, NULL, &value, &error));
    assert_refused(custval_weights_diagnostic(mixed, "share", NULL, &error));
    custval_weights_free(mixed);
    custval_weights_free(weights);
}

static void nothing_is_a_set_of_nothing(void **state) {
    (void)state;
    assert_null(custval_weights_ref(NULL));
    custval_weights_free(NULL);
    assert_int_equal(custval_weights_count(NULL), 0);
    assert_null(custval_weights_name(NULL, 0));
    assert_true(isnan(custval_weights_share(NULL, 0)));
    assert_null(custval_weights_method(NULL));
    assert_int_equal(custval_weights_sample(NULL), 0);
    assert_null(custval_weights_table(NULL));
    assert_null(custval_weights_diagnostics(NULL));
    assert_null(custval_weights_notes(NULL));
}

static void what_is_missing_is_refused(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *weights = weights_made(), *out = weights;
    custval_table *table = NULL;
    assert_refused(custval_weights_ratings(NULL, NULL, ratings, 2, NULL, &out, &error));
    assert_null(out);
    assert_refused(custval_weights_ratings(NULL, names, NULL, 2, NULL, &out, &error));
    assert_refused(custval_weights_ratings(NULL, names, ratings, 0, NULL, &out, &error));
    assert_refused(custval_weights_ratings(NULL, names, ratings, 2, NULL, NULL, &error));
    assert_refused(custval_weights_ranks(NULL, NULL, ratings, 2, NULL, &out, &error));
    assert_refused(custval_weights_ranks(NULL, names, NULL, 2, NULL, &out, &error));
    assert_refused(custval_weights_ranks(NULL, names, ratings, 0, NULL, &out, &error));
    assert_refused(custval_weights_ranks(NULL, names, ratings, 2, NULL, NULL, &error));
    assert_refused(custval_weights_mix(NULL, NULL, weights, NULL, &out, &error));
    assert_refused(custval_weights_mix(NULL, weights, NULL, NULL, &out, &error));
    assert_refused(custval_weights_mix(NULL, weights, weights, NULL, NULL, &error));
    assert_refused(custval_weights_compare(NULL, NULL, weights, &table, &error));
    assert_refused(custval_weights_compare(NULL, weights, NULL, &table, &error));
    assert_refused(custval_weights_compare(NULL, weights, weights, NULL, &error));
    assert_null(table);
    custval_weights_free(weights);
}

static void unknown_methods_are_refused(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *weights = weights_made(), *out = NULL;
    custval_rating_options rating = CUSTVAL_RATING_OPTIONS_INIT;
    custval_ranking_options ranking = CUSTVAL_RANKING_OPTIONS_INIT;
    custval_mix_options mix = CUSTVAL_MIX_OPTIONS_INIT;
    rating.rating = 99;
    ranking.ranking = 99;
    mix.mixing = 99;
    assert_refused(custval_weights_ratings(NULL, names, ratings, 2, &rating, &out, &error));
    assert_message(&error, "99");
    assert_refused(custval_weights_ranks(NULL, names, ratings, 2, &ranking, &out, &error));
    assert_message(&error, "99");
    assert_refused(custval_weights_mix(NULL, weights, weights, &mix, &out, &error));
    assert_message(&error, "99");
    custval_weights_free(weights);
}

static custval_status rate_with_options(const void *given, custval_error *error) {
    custval_weights *out = NULL;
    const custval_status status = custval_weights_ratings(NULL, names, ratings, 2, given, &out, error);
    custval_weights_free(out);
    return status;
}

static custval_status rate_with_host(const void *given, custval_error *error) {
    custval_weights *out = NULL;
    const custval_status status = custval_weights_ratings(given, names, ratings, 2, NULL, &out, error);
    custval_weights_free(out);
    return status;
}

static custval_status rank_with_options(const void *given, custval_error *error) {
    custval_weights *out = NULL;
    const custval_status status = custval_weights_ranks(NULL, names, ratings, 2, given, &out, error);
    custval_weights_free(out);
    return status;
}

static custval_status mix_with_options(const void *given, custval_error *error) {
    custval_weights *weights = weights_made(), *out = NULL;
    const custval_status status = custval_weights_mix(NULL, weights, weights, given, &out, error);
    custval_weights_free(out);
    custval_weights_free(weights);
    return status;
}

static custval_status apply_with_options(const void *given, custval_error *error) {
    custval_weights *weights = weights_made();
    custval_system *system = system_made(), *out = NULL;
    const custval_status status = custval_weights_apply(weights, system, given, &out, error);
    custval_system_free(out);
    custval_system_free(system);
    custval_weights_free(weights);
    return status;
}

static custval_status fit_with_options(const void *given, custval_error *error) {
    custval_summary *summary = summary_made();
    custval_system *system = system_made(), *out = NULL;
    const custval_status status = custval_system_fit(system, summary, given, &out, error);
    custval_system_free(out);
    custval_system_free(system);
    custval_summary_free(summary);
    return status;
}

static custval_status copy_with_host(const void *given, custval_error *error) {
    custval_system *system = system_made();
    custval_builder *out = NULL;
    const custval_status status = custval_builder_new_from(given, system, &out, error);
    custval_builder_free(out);
    custval_system_free(system);
    return status;
}

static custval_status record_origin(const void *given, custval_error *error) {
    custval_builder *builder = NULL;
    custval_status status = custval_builder_new(NULL, NULL, &builder, error);
    if (status == CUSTVAL_OK) status = custval_builder_origin(builder, given, error);
    custval_builder_free(builder);
    return status;
}

static custval_status set_curve(const void *given, custval_error *error) {
    custval_system *system = system_made();
    custval_builder *builder = NULL;
    custval_status status = custval_builder_new_from(NULL, system, &builder, error);
    if (status == CUSTVAL_OK) status = custval_builder_set_scale(builder, "Q1", 0, 7, given, error);
    custval_builder_free(builder);
    custval_system_free(system);
    return status;
}

static custval_status read_origin(void *out, custval_error *error) {
    custval_system *system = NULL;
    custval_origin_spec spec = CUSTVAL_ORIGIN_SPEC_INIT;
    custval_builder *builder = NULL;
    custval_system *plain = system_made();
    spec.node = "product";
    spec.method = "stated";
    assert_ok(custval_builder_new_from(NULL, plain, &builder, error), error);
    assert_ok(custval_builder_origin(builder, &spec, error), error);
    assert_ok(custval_builder_build(builder, &system, error), error);
    const custval_status status = custval_system_origin(system, 0, out, error);
    custval_system_free(system);
    custval_system_free(plain);
    custval_builder_free(builder);
    return status;
}

static void structs_of_other_sizes_are_told_apart(void **state) {
    (void)state;
    const custval_host host = CUSTVAL_HOST_INIT;
    const custval_rating_options rating = CUSTVAL_RATING_OPTIONS_INIT;
    const custval_ranking_options ranking = CUSTVAL_RANKING_OPTIONS_INIT;
    const custval_mix_options mix = CUSTVAL_MIX_OPTIONS_INIT;
    const custval_apply_options apply = CUSTVAL_APPLY_OPTIONS_INIT;
    const custval_curve curve = CUSTVAL_CURVE_INIT;
    custval_fit_options fit = CUSTVAL_FIT_OPTIONS_INIT;
    custval_origin_spec origin = CUSTVAL_ORIGIN_SPEC_INIT;
    fit.method = CUSTVAL_FIT_RANGE;
    origin.node = "value";
    origin.method = "stated";
    assert_reads_struct(rate_with_host, &host, sizeof host);
    assert_reads_struct(rate_with_options, &rating, sizeof rating);
    assert_reads_struct(rank_with_options, &ranking, sizeof ranking);
    assert_reads_struct(mix_with_options, &mix, sizeof mix);
    assert_reads_struct(apply_with_options, &apply, sizeof apply);
    assert_reads_struct(fit_with_options, &fit, sizeof fit);
    assert_reads_struct(copy_with_host, &host, sizeof host);
    assert_reads_struct(record_origin, &origin, sizeof origin);
    assert_reads_struct(set_curve, &curve, sizeof curve);
    assert_writes_struct(read_origin, sizeof(custval_origin_spec));
}

static void no_options_are_the_initialisers(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *a = NULL, *b = NULL;
    const custval_rating_options rating = CUSTVAL_RATING_OPTIONS_INIT;
    const custval_ranking_options ranking = CUSTVAL_RANKING_OPTIONS_INIT;
    const custval_mix_options mix = CUSTVAL_MIX_OPTIONS_INIT;
    assert_ok(custval_weights_ratings(NULL, names, ratings, 2, &rating, &a, &error), &error);
    assert_ok(custval_weights_ranks(NULL, names, ratings, 2, &ranking, &b, &error), &error);
    custval_weights *with = NULL, *without = NULL;
    assert_ok(custval_weights_mix(NULL, a, b, &mix, &with, &error), &error);
    custval_weights_free(a);
    custval_weights_free(b);
    assert_ok(custval_weights_ratings(NULL, names, ratings, 2, NULL, &a, &error), &error);
    assert_ok(custval_weights_ranks(NULL, names, ratings, 2, NULL, &b, &error), &error);
    assert_ok(custval_weights_mix(NULL, a, b, NULL, &without, &error), &error);
    assert_string_equal(custval_weights_method(with), custval_weights_method(without));
    for (size_t i = 0; i < 2; i++) {
        assert_double_bits(custval_weights_share(with, i), custval_weights_share(without, i));
    }
    custval_weights_free(a);
    custval_weights_free(b);
    custval_weights_free(with);
    custval_weights_free(without);
}

static void two_sets_are_compared(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *stated = weights_made(), *derived = NULL;
    custval_table *table = NULL;
    assert_ok(custval_weights_ranks(NULL, names, ratings, 2, NULL, &derived, &error), &error); /* Q2 first: 3/4 */
    assert_ok(custval_weights_compare(NULL, stated, derived, &table, &error), &error);
    assert_double_bits(table_cell(table, "difference", 0), -0.5);
    assert_memory_equal(table_cell_text(table, "class", 0).data, "expected", 8);
    custval_table_free(table);
    custval_weights_free(stated);
    custval_weights_free(derived);
}

/* ---- Systems ------------------------------------------------------------------------------------------------------- */

static void nodes_become_criteria(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = system_made();
    custval_criterion criteria[3];
    size_t count = 0;
    assert_ok(custval_system_criteria(system, CUSTVAL_KIND_ITEM, "price", criteria, 3, &count, &error), &error);
    assert_int_equal(count, 3);
    assert_string_equal(criteria[2].column, "P1");
    assert_int_equal(criteria[2].side, CUSTVAL_SIDE_SACRIFICE);
    assert_refused(custval_system_criteria(NULL, CUSTVAL_KIND_ITEM, NULL, criteria, 3, &count, &error));
    assert_int_equal(count, 0);
    assert_refused(custval_system_criteria(system, 0, NULL, criteria, 3, &count, &error));
    assert_refused(custval_system_criteria(system, CUSTVAL_KIND_ITEM, NULL, NULL, 3, &count, &error));
    assert_refused(custval_system_criteria(system, CUSTVAL_KIND_ITEM, NULL, criteria, 3, NULL, &error));
    custval_system_free(system);
}

static void weights_are_applied_and_their_origin_shows(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *weights = weights_made();
    custval_system *system = system_made(), *changed = NULL;
    custval_origin_spec origin = CUSTVAL_ORIGIN_SPEC_INIT;
    assert_ok(custval_weights_apply(weights, system, NULL, &changed, &error), &error);
    assert_int_equal(custval_system_origins(system), 0);
    assert_int_equal(custval_system_origins(changed), 1);
    assert_int_equal(custval_system_origins(NULL), 0);
    assert_ok(custval_system_origin(changed, 0, &origin, &error), &error);
    assert_string_equal(origin.node, "quality");
    assert_string_equal(origin.method, "stated");
    assert_refused(custval_system_origin(NULL, 0, &origin, &error));
    assert_refused(custval_system_origin(changed, 1, &origin, &error));
    custval_system_free(changed);
    assert_refused(custval_weights_apply(NULL, system, NULL, &changed, &error));
    assert_null(changed);
    assert_refused(custval_weights_apply(weights, NULL, NULL, &changed, &error));
    assert_refused(custval_weights_apply(weights, system, NULL, NULL, &error));
    custval_system_free(system);
    custval_weights_free(weights);
}

static void a_system_is_built_from_a_system(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = system_made(), *changed = NULL;
    custval_builder *builder = NULL;
    custval_item_spec item = CUSTVAL_ITEM_SPEC_INIT;
    custval_origin_spec origin = CUSTVAL_ORIGIN_SPEC_INIT;
    uint32_t node = CUSTVAL_NONE;
    assert_refused(custval_builder_new_from(NULL, NULL, &builder, &error));
    assert_null(builder);
    assert_refused(custval_builder_new_from(NULL, system, NULL, &error));
    assert_ok(custval_builder_new_from(NULL, system, &builder, &error), &error);
    assert_ok(custval_builder_set_weight(builder, NULL, "Q1", 2.5, &error), &error);
    assert_ok(custval_builder_set_weight(builder, "price", "Q1", 4.5, &error), &error);
    assert_refused(custval_builder_set_weight(NULL, NULL, "Q1", 1, &error));
    assert_refused(custval_builder_set_weight(builder, NULL, NULL, 1, &error));
    assert_ok(custval_builder_set_scale(builder, "Q1", 0, 7, NULL, &error), &error);
    assert_refused(custval_builder_set_scale(NULL, "Q1", 0, 7, NULL, &error));
    assert_refused(custval_builder_set_scale(builder, NULL, 0, 7, NULL, &error));
    assert_refused(custval_builder_origin(NULL, &origin, &error));
    assert_refused(custval_builder_origin(builder, NULL, &error));
    assert_refused(custval_builder_origin(builder, &origin, &error)); /* no node */
    assert_ok(custval_builder_build(builder, &changed, &error), &error);
    assert_ok(custval_system_find(changed, "Q1", &node, &error), &error);
    assert_ok(custval_system_item_spec(changed, node, &item, &error), &error);
    assert_double_bits(item.weight, 2.5);
    assert_double_bits(item.scale_max, 7.0);
    custval_system_free(changed);
    custval_builder_free(builder);
    custval_system_free(system);
}

static void scales_are_fitted(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = system_made(), *changed = NULL;
    custval_summary *summary = summary_made();
    custval_fit_options options = CUSTVAL_FIT_OPTIONS_INIT;
    for (uint32_t method = CUSTVAL_FIT_RANGE; method <= CUSTVAL_FIT_QUANTILE; method++) {
        options.method = method;
        assert_ok(custval_system_fit(system, summary, &options, &changed, &error), &error);
        assert_int_equal(custval_system_origins(changed), 1);
        custval_system_free(changed);
    }
    assert_refused(custval_system_fit(NULL, summary, &options, &changed, &error));
    assert_null(changed);
    assert_refused(custval_system_fit(system, NULL, &options, &changed, &error));
    assert_refused(custval_system_fit(system, summary, &options, NULL, &error));
    assert_refused(custval_system_fit(system, summary, NULL, &changed, &error)); /* the method is required */
    options.method = 99;
    assert_refused(custval_system_fit(system, summary, &options, &changed, &error));
    assert_message(&error, "99");
    custval_summary_free(summary);
    custval_system_free(system);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_set_is_looked_into),
        cmocka_unit_test(nothing_is_a_set_of_nothing),
        cmocka_unit_test(what_is_missing_is_refused),
        cmocka_unit_test(unknown_methods_are_refused),
        cmocka_unit_test(structs_of_other_sizes_are_told_apart),
        cmocka_unit_test(no_options_are_the_initialisers),
        cmocka_unit_test(two_sets_are_compared),
        cmocka_unit_test(nodes_become_criteria),
        cmocka_unit_test(weights_are_applied_and_their_origin_shows),
        cmocka_unit_test(a_system_is_built_from_a_system),
        cmocka_unit_test(scales_are_fitted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
