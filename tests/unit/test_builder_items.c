/* The builder: items that it refuses, and how items are named. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "refusal.h"

#include <float.h>

/* ---- Items ---- */

static const double points_x[] = {1, 2, 3}, points_y[] = {0, 50, 100}, level_x[] = {1, 1, 3};
static const char *const texts[] = {"gold", "silver", "gold"}, *const empty_texts[] = {"gold", "", "tin"};
static const char *const null_texts[] = {"gold", NULL, "tin"}, *const bad_texts[] = {"gold", "\xff", "tin"};

#define SCALED .scale_min = 1, .scale_max = 5

static void bad_items_are_refused(void **unused) {
    (void)unused;
    const double widest[] = {-DBL_MAX, DBL_MAX}, apart[] = {1, DBL_MAX, -DBL_MAX}, infinite[] = {HUGE_VAL, 2, 3};
    const double undefined[] = {1, not_a_number(), 3};
    static double many[1001];
    const custval_curve linear = {sizeof linear, .type = CUSTVAL_CURVE_LINEAR, .parameters = {1, 0}};
    const custval_curve endless = {sizeof linear, .type = CUSTVAL_CURVE_LINEAR, .parameters = {1, HUGE_VAL}};
    const custval_curve logistic = {sizeof linear, .type = CUSTVAL_CURVE_LOGISTIC, .parameters = {1, 0}};
    const custval_curve shifted = {sizeof linear, .type = CUSTVAL_CURVE_LOGISTIC, .parameters = {not_a_number(), 1}};
    const custval_curve unknown = {sizeof linear, .type = 8};
    const custval_curve logarithm = {sizeof linear, .type = CUSTVAL_CURVE_LOG};
    const custval_curve one_point = {sizeof linear, CUSTVAL_CURVE_PIECEWISE, 1, points_x, points_y, 0, {0}};
    const custval_curve no_x = {sizeof linear, CUSTVAL_CURVE_PIECEWISE, 3, NULL, points_y, 0, {0}};
    const custval_curve no_y = {sizeof linear, CUSTVAL_CURVE_PIECEWISE, 3, points_x, NULL, 0, {0}};
    const custval_curve level = {sizeof linear, CUSTVAL_CURVE_PIECEWISE, 3, level_x, points_y, 0, {0}};
    const custval_curve far_x = {sizeof linear, CUSTVAL_CURVE_PIECEWISE, 2, widest, points_y, 0, {0}};
    const custval_curve far_y = {sizeof linear, CUSTVAL_CURVE_PIECEWISE, 3, points_x, apart, 0, {0}};
    const custval_curve nan_y = {sizeof linear, CUSTVAL_CURVE_PIECEWISE, 3, points_x, undefined, 0, {0}};
    const custval_curve inf_x = {sizeof linear, CUSTVAL_CURVE_PIECEWISE, 3, infinite, points_y, 0, {0}};
    const custval_curve long_line = {sizeof linear, CUSTVAL_CURVE_PIECEWISE, 1001, many, many, 0, {0}};
    const custval_curve no_entry = {sizeof linear, CUSTVAL_CURVE_TABLE, 0, points_x, points_y, 0, {0}};
    const custval_curve no_keys = {sizeof linear, CUSTVAL_CURVE_TABLE, 3, NULL, points_y, 0, {0}};
    const custval_curve both_keys = {sizeof linear, CUSTVAL_CURVE_TABLE, 3, points_x, points_y, texts, {0}};
    const custval_curve twice_x = {sizeof linear, CUSTVAL_CURVE_TABLE, 3, level_x, points_y, 0, {0}};
    const custval_curve twice = {sizeof linear, CUSTVAL_CURVE_TABLE, 3, NULL, points_y, texts, {0}};
    const custval_curve empty = {sizeof linear, CUSTVAL_CURVE_TABLE, 3, NULL, points_y, empty_texts, {0}};
    const custval_curve null = {sizeof linear, CUSTVAL_CURVE_TABLE, 3, NULL, points_y, null_texts, {0}};
    const custval_curve bad = {sizeof linear, CUSTVAL_CURVE_TABLE, 3, NULL, points_y, bad_texts, {0}};
    const custval_curve nan_score = {sizeof linear, CUSTVAL_CURVE_TABLE, 3, points_x, undefined, 0, {0}};
    const custval_curve nan_key = {sizeof linear, CUSTVAL_CURVE_TABLE, 3, undefined, points_y, 0, {0}};
    const custval_curve long_table = {sizeof linear, CUSTVAL_CURVE_TABLE, 1001, many, many, 0, {0}};
    const custval_curve categories = {sizeof linear, CUSTVAL_CURVE_TABLE, 2, NULL, points_y, texts, {0}};
    const custval_curve prospect = {sizeof linear, .type = CUSTVAL_CURVE_PROSPECT, .parameters = {0.88, 0.88, 2.25}};
    const custval_curve no_alpha = {sizeof linear, .type = CUSTVAL_CURVE_PROSPECT, .parameters = {0, 0.88, 2.25}};
    const custval_curve big_beta = {sizeof linear, .type = CUSTVAL_CURVE_PROSPECT, .parameters = {0.88, 11, 2.25}};
    const custval_curve no_lambda = {sizeof linear, .type = CUSTVAL_CURVE_PROSPECT, .parameters = {0.88, 0.88, 0}};
    const custval_curve nan_lambda = {sizeof linear, .type = CUSTVAL_CURVE_PROSPECT,
                                      .parameters = {0.88, 0.88, not_a_number()}};
    const custval_curve small = {.struct_size = 8};
    const struct {
        custval_item_spec spec; /* column NULL: "x" */
        custval_status status;
        const char *message;
    } cases[] = {
        {{.column = "", SCALED}, CUSTVAL_ERROR_ARGUMENT, "indicator \"reliability\": the column of an item is missing"},
        {{.column = "\xff", SCALED}, CUSTVAL_ERROR_ARGUMENT, "the column of an item is not UTF-8"},
        {{.column = long_text(), SCALED}, CUSTVAL_ERROR_LIMIT, "the column of an item has 4097 bytes"},
        {{.id = "q1", SCALED}, CUSTVAL_ERROR_DUPLICATE, "item \"q1\": there is already a node of this id (item)"},
        {{.id = "pay", SCALED}, CUSTVAL_ERROR_ARGUMENT, "item \"pay\": this id is reserved"},
        {{.column = A128 "a", SCALED}, CUSTVAL_ERROR_LIMIT, "the id has 129 bytes"},
        {{.column = "a\nb", SCALED}, CUSTVAL_ERROR_ARGUMENT, "control character"},
        {{.note = "\xff", SCALED}, CUSTVAL_ERROR_ARGUMENT, "item \"x\": note is not UTF-8"},
        {{.weight = -1, SCALED}, CUSTVAL_ERROR_WEIGHT, "item \"x\": weight -1 is negative"},
        {{.reversed = 2, SCALED}, CUSTVAL_ERROR_ARGUMENT, "reversed is 2, neither 0 nor 1"},
        {{.has_expectation = 2, SCALED}, CUSTVAL_ERROR_ARGUMENT, "has_expectation is 2, neither 0 nor 1"},
        {{.reserved = 1, SCALED}, CUSTVAL_ERROR_ARGUMENT, "reserved is 1, it must be 0"},
        {{.out_of_scale = 4, SCALED}, CUSTVAL_ERROR_ARGUMENT, "there is no out-of-scale policy 4"},
        {{.missing_code_count = 1, SCALED}, CUSTVAL_ERROR_ARGUMENT, "missing_codes is NULL"},
        {{.missing_codes = undefined, .missing_code_count = 3, SCALED},
         CUSTVAL_ERROR_NOT_FINITE,
         "a missing code is nan"},
        {{.missing_codes = many, .missing_code_count = 1001, SCALED},
         CUSTVAL_ERROR_LIMIT,
         "1001 missing codes, at most 1000"},
        {{.scale_min = 0, .scale_max = 0}, CUSTVAL_ERROR_STRUCTURE, "the curve \"scale\" needs a declared scale"},
        {{.scale_min = 5, .scale_max = 1}, CUSTVAL_ERROR_RANGE, "scale_min 5 is not below scale_max 1"},
        {{.scale_min = 5, .scale_max = 5}, CUSTVAL_ERROR_RANGE, "scale_min 5 is not below scale_max 5"},
        {{.scale_min = 1, .scale_max = HUGE_VAL}, CUSTVAL_ERROR_NOT_FINITE, "scale_max is inf"},
        {{.scale_min = not_a_number(), .scale_max = 5}, CUSTVAL_ERROR_NOT_FINITE, "scale_min is nan"},
        {{.scale_min = -DBL_MAX, .scale_max = DBL_MAX}, CUSTVAL_ERROR_RANGE, "is too wide for double precision"},
        {{.scale_min = 0, .scale_max = 1e-320}, CUSTVAL_ERROR_RANGE, "is too narrow for double precision"},
        {{.has_expectation = 1, .expectation = 6, SCALED}, CUSTVAL_ERROR_RANGE, "expectation 6 lies outside 1..5"},
        {{.has_expectation = 1, .expectation = HUGE_VAL, SCALED}, CUSTVAL_ERROR_NOT_FINITE, "expectation is inf"},
        {{.curve = &small, SCALED}, CUSTVAL_ERROR_STRUCT_SIZE, "custval_curve.struct_size is 8"},
        {{.curve = &unknown, SCALED}, CUSTVAL_ERROR_ARGUMENT, "there is no curve 8"},
        {{.curve = &linear, SCALED}, CUSTVAL_ERROR_RANGE, "the curve's b must not be 0"},
        {{.curve = &endless, SCALED}, CUSTVAL_ERROR_NOT_FINITE, "the curve's b is inf"},
        {{.curve = &logistic, SCALED}, CUSTVAL_ERROR_RANGE, "the curve's k must not be 0"},
        {{.curve = &shifted, SCALED}, CUSTVAL_ERROR_NOT_FINITE, "the curve's m is nan"},
        {{.curve = &logarithm, .scale_min = 0, .scale_max = 5}, CUSTVAL_ERROR_RANGE, "scale_min above 0, not 0"},
        {{.curve = &logarithm, .scale_min = 1e15, .scale_max = 1e15 + 0.125},
         CUSTVAL_ERROR_RANGE,
         "is too narrow for a log curve"},
        {{.curve = &logarithm, .scale_min = 0, .scale_max = 0},
         CUSTVAL_ERROR_STRUCTURE,
         "curve \"log\" needs a declared"},
        {{.curve = &one_point, SCALED}, CUSTVAL_ERROR_ARGUMENT, "1 points, at least 2 are needed"},
        {{.curve = &no_x, SCALED}, CUSTVAL_ERROR_ARGUMENT, "curve.x is NULL"},
        {{.curve = &no_y, SCALED}, CUSTVAL_ERROR_ARGUMENT, "curve.y is NULL"},
        {{.curve = &level, SCALED}, CUSTVAL_ERROR_RANGE, "point 1 has x 1, which is not above 1 before it"},
        {{.curve = &far_x, SCALED}, CUSTVAL_ERROR_RANGE, "points 0 and 1 are too far apart"},
        {{.curve = &far_y, SCALED}, CUSTVAL_ERROR_RANGE, "points 1 and 2 are too far apart"},
        {{.curve = &nan_y, SCALED}, CUSTVAL_ERROR_NOT_FINITE, "the y of a point is nan"},
        {{.curve = &inf_x, SCALED}, CUSTVAL_ERROR_NOT_FINITE, "the x of a point is inf"},
        {{.curve = &long_line, SCALED}, CUSTVAL_ERROR_LIMIT, "1001 points, at most 1000"},
        {{.curve = &no_entry, SCALED}, CUSTVAL_ERROR_ARGUMENT, "0 entries in the table, at least 1 are needed"},
        {{.curve = &no_keys, SCALED}, CUSTVAL_ERROR_ARGUMENT, "a table lists either numbers or categories"},
        {{.curve = &both_keys, SCALED}, CUSTVAL_ERROR_ARGUMENT, "a table lists either numbers or categories"},
        {{.curve = &twice_x, SCALED}, CUSTVAL_ERROR_DUPLICATE, "the table lists 1 twice"},
        {{.curve = &twice, .scale_min = 0, .scale_max = 0}, CUSTVAL_ERROR_DUPLICATE, "the table lists \"gold\" twice"},
        {{.curve = &empty, .scale_min = 0, .scale_max = 0}, CUSTVAL_ERROR_ARGUMENT, "a category is missing"},
        {{.curve = &null, .scale_min = 0, .scale_max = 0}, CUSTVAL_ERROR_ARGUMENT, "a category is missing"},
        {{.curve = &bad, .scale_min = 0, .scale_max = 0}, CUSTVAL_ERROR_ARGUMENT, "a category is not UTF-8"},
        {{.curve = &nan_score, SCALED}, CUSTVAL_ERROR_NOT_FINITE, "a score of the table is nan"},
        {{.curve = &nan_key, SCALED}, CUSTVAL_ERROR_NOT_FINITE, "a number of the table is nan"},
        {{.curve = &long_table, SCALED}, CUSTVAL_ERROR_LIMIT, "1001 entries in the table, at most 1000"},
        {{.curve = &categories, SCALED}, CUSTVAL_ERROR_STRUCTURE, "a table of texts goes with no scale"},
        {{.curve = &categories, .scale_min = 0, .scale_max = 0, .missing_codes = points_x, .missing_code_count = 1},
         CUSTVAL_ERROR_STRUCTURE,
         "a table of texts goes with no scale, missing code or expectation"},
        {{.curve = &categories, .scale_min = 0, .scale_max = 0, .has_expectation = 1},
         CUSTVAL_ERROR_STRUCTURE,
         "a table of texts goes with no scale, missing code or expectation"},
        {{.curve = &prospect, SCALED},
         CUSTVAL_ERROR_STRUCTURE,
         "a prospect curve needs an expectation of the item itself"},
        {{.curve = &prospect, .scale_min = 0, .scale_max = 0, .has_expectation = 1},
         CUSTVAL_ERROR_STRUCTURE,
         "the curve \"prospect\" needs a declared scale"},
        {{.curve = &no_alpha, SCALED}, CUSTVAL_ERROR_RANGE, "alpha 0 must be above 0 and at most 10"},
        {{.curve = &big_beta, SCALED}, CUSTVAL_ERROR_RANGE, "beta 11 must be above 0 and at most 10"},
        {{.curve = &no_lambda, SCALED}, CUSTVAL_ERROR_RANGE, "lambda 0 must be above"},
        {{.curve = &nan_lambda, SCALED}, CUSTVAL_ERROR_NOT_FINITE, "lambda is nan"},
    };
    custval_builder *const builder = with_everything();
    char *const before = seen(builder);
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_item_spec spec = cases[i].spec;
        spec.struct_size = sizeof spec;
        if (spec.column == NULL) spec.column = "x";
        REFUSE(builder, before, custval_builder_item(builder, "reliability", &spec, &error), cases[i].status,
               cases[i].message);
    }
    free(before);
    custval_builder_free(builder);
}

static void an_item_needs_an_indicator(void **unused) {
    (void)unused;
    custval_builder *const builder = with_everything();
    char *const before = seen(builder);
    const custval_item_spec spec = draft_item_spec("q9");
    REFUSE(builder, before, custval_builder_item(builder, "product", &spec, &error), CUSTVAL_ERROR_STRUCTURE,
           "dimension \"product\" cannot have items, only an indicator");
    REFUSE(builder, before, custval_builder_item(builder, "relability", &spec, &error), CUSTVAL_ERROR_NOT_FOUND,
           "did you mean \"reliability\"?");
    free(before);
    custval_builder_free(builder);
}

static void an_item_without_an_id_is_named_by_its_column_or_by_both(void **unused) {
    (void)unused;
    custval_builder *const builder = draft_small(NULL);
    draft_indicator(builder, "product", "look", 1);
    draft_item(builder, "look", "q1", 1);     /* taken */
    draft_item(builder, "look", "status", 1); /* reserved */
    draft_item(builder, "look", "q3", 1);
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_item_spec again = draft_item_spec("q1");
    assert_status(custval_builder_item(builder, "look", &again, &error), CUSTVAL_ERROR_DUPLICATE, &error);
    assert_message(&error, "item \"look.q1\": there is already a node of this id (item)");
    static char column[121];
    memset(column, 'c', sizeof column - 1);
    draft_item(builder, "reliability", column, 1);
    again.column = column; /* with "look." it is 125 bytes, with "reliability." 132 */
    assert_ok(custval_builder_item(builder, "look", &again, &error), &error);
    assert_status(custval_builder_item(builder, "reliability", &again, &error), CUSTVAL_ERROR_LIMIT, &error);
    assert_message(&error, "needs an id of its own");
    custval_system *const system = draft_build(builder);
    assert_int_equal(custval_system_nodes(system), 1 + 1 + 1 + 2 + 3 + 4);
    node_named(system, "look.q1");
    node_named(system, "look.status");
    node_named(system, "q3");
    custval_system_free(system);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_items_are_refused),
        cmocka_unit_test(an_item_needs_an_indicator),
        cmocka_unit_test(an_item_without_an_id_is_named_by_its_column_or_by_both),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
