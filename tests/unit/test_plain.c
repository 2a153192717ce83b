/* The plain way through the tree gives the bits of the general way, and is taken by the systems meant for it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "draft.h"
#include "random_system.h"

#include <math.h>

#include "score/plain.h"

#define ROWS (3 * CUSTVAL__BLOCK + 17)

static custval_score_options options_of(uint32_t levels, uint32_t coverage) {
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    options.as_of = RANDOM_AS_OF;
    options.levels = levels;
    options.coverage = coverage;
    return options;
}

static void assert_same_kept(const custval__engine *plain, const custval__engine *general, uint32_t rows) {
    for (uint32_t node = 0; node < plain->system->node_count; node++) {
        const custval__kept *a = &plain->kept[node], *b = &general->kept[node];
        assert_int_equal(a->score != NULL, b->score != NULL);
        assert_int_equal(a->coverage != NULL, b->coverage != NULL);
        for (uint32_t i = 0; i < rows; i++) {
            if (a->score != NULL) assert_double_bits(a->score[i], b->score[i]);
            if (a->coverage != NULL) assert_double_bits(a->coverage[i], b->coverage[i]);
        }
    }
    assert_memory_equal(plain->status, general->status, rows * sizeof *plain->status);
}

/* Scores a table on both ways; returns whether the system has a plain one. */
static int compare_ways(const custval_system *system, const custval_table *table,
                        const custval_score_options *options) {
    custval__plan plan;
    custval__source source;
    custval__engine *plain, *general;
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_ok(custval__plan_new(system, options, &plan, &error), &error);
    assert_ok(custval__source_bind(&plan, table, &source, &error), &error);
    assert_ok(custval__engine_new(&plan, CUSTVAL__BLOCK, 0, &plain, &error), &error);
    assert_ok(custval__engine_new(&plan, CUSTVAL__BLOCK, 0, &general, &error), &error);
    const int has_steps = plain->step_count > 0;
    general->step_count = 0;
    for (size_t start = 0; start < custval_table_rows(table); start += CUSTVAL__BLOCK) {
        const size_t left = custval_table_rows(table) - start;
        const uint32_t rows = left < CUSTVAL__BLOCK ? (uint32_t)left : CUSTVAL__BLOCK;
        custval__engine_run(plain, &source, start, rows, NULL);
        custval__engine_run(general, &source, start, rows, NULL);
        assert_same_kept(plain, general, rows);
    }
    custval__engine_free(plain);
    custval__engine_free(general);
    custval__source_free(&plan, &source);
    custval__plan_free(&plan);
    return has_steps;
}

static void compare_many(uint32_t features, int clean, int least_with_steps) {
    support_random random = random_seeded("plain");
    const uint32_t all_levels = 2 * CUSTVAL_LEVEL_TAG - 1;
    int with_steps = 0;
    for (int s = 0; s < 40; s++) {
        custval_system *system = random_system(&random, features);
        custval_table *table = random_table(&random, system, ROWS, clean);
        const custval_score_options some = options_of(CUSTVAL_LEVEL_VALUE, CUSTVAL_COVERAGE_NONE),
                                    usual = options_of(0, CUSTVAL_COVERAGE_VALUE),
                                    all = options_of(all_levels, CUSTVAL_COVERAGE_ALL);
        with_steps += compare_ways(system, table, &some);
        compare_ways(system, table, &usual);
        compare_ways(system, table, &all);
        custval_table_free(table);
        custval_system_free(system);
    }
    assert_true(with_steps >= least_with_steps);
}

static void whole_answers_have_the_same_scores_on_both_ways(void **unused) {
    (void)unused;
    compare_many(0, 1, 5);
    compare_many(RANDOM_POLICIES, 1, 5);
}

static void blocks_with_bad_answers_fall_back_to_the_general_way(void **unused) {
    (void)unused;
    compare_many(RANDOM_POLICIES, 0, 5);
    compare_many(RANDOM_ALL, 0, 0);
}

/* ---- Which systems have it ---- */

/* Benefit: product (quality, help) and image; sacrifice: price. */
static custval_builder *draft_two_sides(const custval_system_spec *spec) {
    custval_builder *builder = draft_new(spec);
    draft_dimension(builder, CUSTVAL_SIDE_BENEFIT, "product", 2);
    draft_indicator(builder, "product", "quality", 1);
    draft_item(builder, "quality", "q1", 1);
    draft_indicator(builder, "product", "help", 3);
    draft_item(builder, "help", "q2", 1);
    draft_item(builder, "help", "q3", 2);
    draft_dimension(builder, CUSTVAL_SIDE_BENEFIT, "image", 1);
    draft_indicator(builder, "image", "brand", 1);
    draft_item(builder, "brand", "q4", 1);
    draft_dimension(builder, CUSTVAL_SIDE_SACRIFICE, "money", 1);
    draft_indicator(builder, "money", "price", 1);
    draft_item(builder, "price", "q5", 1);
    return builder;
}

/* Compares both ways over answers of 1 to 5; frees the builder. */
static int is_plain(custval_builder *builder) {
    static double answers[16][ROWS];
    custval_system *system = draft_build(builder);
    custval_table *table = NULL;
    support_random random = random_seeded("answers");
    assert_ok(custval_table_new(NULL, ROWS, &table, NULL), NULL);
    for (uint32_t c = 0; c < custval_system_inputs(system); c++) {
        custval_input input = CUSTVAL_INPUT_INIT;
        assert_ok(custval_system_input(system, c, &input, NULL), NULL);
        for (uint32_t i = 0; i < ROWS; i++) answers[c][i] = random_between(&random, 1, 5);
        assert_ok(custval_table_add_doubles(table, input.column, answers[c], NULL), NULL);
    }
    const custval_score_options options = options_of(0, CUSTVAL_COVERAGE_VALUE);
    const int plain = compare_ways(system, table, &options);
    custval_table_free(table);
    custval_system_free(system);
    return plain;
}

static int form_is_plain(uint32_t form) {
    custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
    spec.form = form;
    return is_plain(draft_two_sides(&spec));
}

static void weighted_means_over_scales_are_plain(void **unused) {
    (void)unused;
    assert_true(form_is_plain(CUSTVAL_FORM_DIFFERENCE));
    assert_true(form_is_plain(CUSTVAL_FORM_INDEX));
    assert_true(is_plain(draft_small(NULL)));
}

static void a_ratio_is_not(void **unused) {
    (void)unused;
    assert_false(form_is_plain(CUSTVAL_FORM_RATIO));
}

static int item_is_plain(const custval_item_spec *item) {
    custval_builder *builder = draft_two_sides(NULL);
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_ok(custval_builder_item(builder, "price", item, &error), &error);
    return is_plain(builder);
}

static void items_with_a_curve_or_a_missing_code_on_the_scale_are_not(void **unused) {
    (void)unused;
    static const double code_on_scale = 3, code_beyond = 99;
    custval_curve curve = CUSTVAL_CURVE_INIT;
    curve.type = CUSTVAL_CURVE_LINEAR;
    curve.parameters[1] = 10;
    custval_item_spec item = draft_item_spec("q6");
    assert_true(item_is_plain(&item));
    item.reversed = 1;
    assert_true(item_is_plain(&item));
    item.curve = &curve;
    assert_false(item_is_plain(&item));
    item.curve = NULL;
    item.missing_code_count = 1;
    item.missing_codes = &code_beyond;
    assert_true(item_is_plain(&item));
    item.missing_codes = &code_on_scale;
    assert_false(item_is_plain(&item));
}

static void a_weight_of_0_is_not_because_its_answers_are_looked_at_all_the_same(void **unused) {
    (void)unused;
    custval_item_spec item = draft_item_spec("q6");
    item.weight = 0;
    assert_false(item_is_plain(&item));
}

static void other_aggregators_and_own_importances_are_not(void **unused) {
    (void)unused;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_node_spec node = CUSTVAL_NODE_SPEC_INIT;
    node.aggregator = CUSTVAL_AGGREGATOR_GEOMETRIC;
    custval_builder *builder = draft_two_sides(NULL);
    assert_ok(custval_builder_side(builder, CUSTVAL_SIDE_BENEFIT, &node, &error), &error);
    assert_false(is_plain(builder));
    builder = draft_two_sides(NULL);
    node = (custval_node_spec)CUSTVAL_NODE_SPEC_INIT;
    node.id = "time";
    node.weight_column = "importance of time";
    draft_dimension(builder, CUSTVAL_SIDE_SACRIFICE, "effort", 1);
    assert_ok(custval_builder_indicator(builder, "effort", &node, &error), &error);
    draft_item(builder, "time", "q6", 1);
    assert_false(is_plain(builder));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_answers_have_the_same_scores_on_both_ways),
        cmocka_unit_test(blocks_with_bad_answers_fall_back_to_the_general_way),
        cmocka_unit_test(weighted_means_over_scales_are_plain),
        cmocka_unit_test(a_ratio_is_not),
        cmocka_unit_test(items_with_a_curve_or_a_missing_code_on_the_scale_are_not),
        cmocka_unit_test(a_weight_of_0_is_not_because_its_answers_are_looked_at_all_the_same),
        cmocka_unit_test(other_aggregators_and_own_importances_are_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
