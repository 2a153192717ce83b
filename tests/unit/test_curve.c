/* How answers become scores: curves and tables. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "draft.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "system/system.h"

/* A system of one item on the sacrifice side. custval_system_free() it. */
static custval_system *system_of(const custval_item_spec *spec) {
    custval_builder *const builder = draft_new(NULL);
    custval_error error = CUSTVAL_ERROR_INIT;
    draft_dimension(builder, CUSTVAL_SIDE_SACRIFICE, "d", 1);
    draft_indicator(builder, "d", "i", 1);
    assert_ok(custval_builder_item(builder, "i", spec, &error), &error);
    return draft_build(builder);
}

static double score_of(const custval_item_spec *spec, double answer) {
    custval_system *const system = system_of(spec);
    const double score = custval__item_curve(&system->items[0], answer, 0);
    custval_system_free(system);
    return score;
}

/* ---- Scale ---- */

static void both_ends_of_any_scale_are_exact(void **unused) {
    (void)unused;
    support_random random = random_seeded("slope");
    for (int i = 0; i < 200000; i++) {
        const double a = i % 2 ? random_double(&random) : random_between(&random, -100, 100);
        const double b = i % 2 ? random_double(&random) : random_between(&random, -100, 100);
        const double span = fabs(b - a), slope = custval__scale_slope(span);
        if (!isfinite(span) || !isfinite(slope) || slope <= 0) continue;
        assert_true(span * slope >= 100);
        assert_true(span * nextafter(slope, 0) < 100);
        assert_double_bits(fmin(span * slope, 100), 100);
        assert_true(span * slope - 100 < 1e-13);
    }
}

static void spans_beyond_double_precision_have_no_slope(void **unused) {
    (void)unused;
    assert_double_bits(custval__scale_slope(HUGE_VAL), 0);
    assert_double_bits(custval__scale_slope(1e-320), HUGE_VAL);
    assert_true(custval__scale_slope(DBL_MAX) > DBL_MIN);
    assert_true(isfinite(custval__scale_slope(1e-305)));
}

static void the_bounds_in_force_are_the_scale_or_all_numbers(void **unused) {
    (void)unused;
    custval_item_spec spec = draft_item_spec("q");
    custval_system *system = system_of(&spec);
    assert_double_bits(system->items[0].low, 1);
    assert_double_bits(system->items[0].high, 5);
    assert_double_bits(system->items[0].slope, 25);
    custval_system_free(system);
    const custval_curve line = {sizeof line, .type = CUSTVAL_CURVE_LINEAR, .parameters = {0, 1}};
    spec.curve = &line;
    spec.scale_min = spec.scale_max = 0;
    system = system_of(&spec);
    assert_double_bits(system->items[0].low, -DBL_MAX);
    assert_double_bits(system->items[0].high, DBL_MAX);
    custval_system_free(system);
}

static void codes_are_looked_for_in_every_block_only_if_one_lies_in_the_scale(void **unused) {
    (void)unused;
    static const double codes[] = {99, 5, 0};
    static const struct {
        size_t first, count;
        uint32_t expected;
    } cases[] = {{0, 0, 0}, {0, 1, 0}, {0, 2, 1}, {1, 1, 1}, {2, 1, 0}};
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_item_spec spec = draft_item_spec("q");
        spec.missing_codes = codes + cases[i].first;
        spec.missing_code_count = cases[i].count;
        custval_system *const system = system_of(&spec);
        assert_int_equal(system->items[0].code_in_scale, cases[i].expected);
        assert_int_equal(system->items[0].code_count, cases[i].count);
        custval_system_free(system);
    }
}

/* ---- Curves ---- */

static const double x[] = {1, 2, 5}, y[] = {0, 80, 60};

static void curves_give_the_scores_of_their_formulas(void **unused) {
    (void)unused;
    static const custval_curve line = {sizeof line, .type = CUSTVAL_CURVE_LINEAR, .parameters = {10, -2}};
    static const custval_curve logarithm = {sizeof line, .type = CUSTVAL_CURVE_LOG};
    static const custval_curve logistic = {sizeof line, .type = CUSTVAL_CURVE_LOGISTIC, .parameters = {3, 2}};
    static const custval_curve falling = {sizeof line, .type = CUSTVAL_CURVE_LOGISTIC, .parameters = {3, -2}};
    static const custval_curve steep = {sizeof line, .type = CUSTVAL_CURVE_LOGISTIC, .parameters = {3, 1e308}};
    static const custval_curve pieces = {sizeof line, CUSTVAL_CURVE_PIECEWISE, 3, x, y, NULL, {0}};
    static const custval_curve prospect = {sizeof line, .type = CUSTVAL_CURVE_PROSPECT,
                                           .parameters = {0.88, 0.88, 2.25}};
    /* v(lo) = -2.25 0.75^.88, v(hi) = 0.25^.88 around 4 on 1..5, by 50-digit arithmetic */
    const double worst = -1.7467728371733517, best = 0.2952481653573826;
    const struct {
        const custval_curve *curve;
        double answer, score, tolerance;
    } cases[] = {
        {&line, 3, 4, 0},
        {&line, 5, 0, 0}, /* 10 - 10, not -0 reversed or otherwise */
        {&line, 1, 8, 0},
        {&logarithm, 1, 0, 0},
        {&logarithm, 5, 100, 0},
        {&logarithm, 2, 43.067655807339306, 1e-12},
        {&logistic, 3, 50, 0},
        {&logistic, 4, 88.07970779778823, 1e-12},
        {&logistic, 1, 1.798620996209156, 1e-12},
        {&falling, 4, 11.920292202211755, 1e-12},
        {&steep, 1, 0, 0},
        {&steep, 5, 100, 0},
        {&pieces, 1, 0, 0},
        {&pieces, 1.5, 40, 0},
        {&pieces, 2, 80, 0},
        {&pieces, 3.5, 70, 1e-12},
        {&pieces, 5, 60, 0},
        {&prospect, 1, 0, 0},
        {&prospect, 5, 100, 0},
        {&prospect, 4, 100 * (0 - worst) / (best - worst), 1e-12},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_item_spec spec = draft_item_spec("q");
        spec.curve = cases[i].curve;
        spec.has_expectation = 1;
        spec.expectation = 4;
        assert_double_near(score_of(&spec, cases[i].answer), cases[i].score, cases[i].tolerance);
        spec.reversed = 1;
        assert_double_near(score_of(&spec, cases[i].answer), 100 - cases[i].score, cases[i].tolerance);
    }
}

static void beyond_its_points_a_piecewise_curve_is_level(void **unused) {
    (void)unused;
    static const custval_curve pieces = {sizeof pieces, CUSTVAL_CURVE_PIECEWISE, 3, x, y, NULL, {0}};
    custval_item_spec spec = draft_item_spec("q");
    spec.scale_min = spec.scale_max = 0;
    spec.curve = &pieces;
    assert_double_bits(score_of(&spec, -DBL_MAX), 0);
    assert_double_bits(score_of(&spec, 0.999), 0);
    assert_double_bits(score_of(&spec, 5.001), 60);
    assert_double_bits(score_of(&spec, DBL_MAX), 60);
}

static void a_piecewise_curve_stays_between_its_points(void **unused) {
    (void)unused;
    support_random random = random_seeded("piecewise");
    for (int round = 0; round < 2000; round++) {
        double points_x[20], points_y[20];
        const uint32_t count = 2 + random_below(&random, 19);
        points_x[0] = random_between(&random, -5, 5);
        for (uint32_t i = 0; i < count; i++) {
            if (i > 0) points_x[i] = points_x[i - 1] + random_between(&random, 1e-9, 1);
            points_y[i] = random_below(&random, 3) == 0 ? 70 : random_between(&random, 0, 100);
        }
        const custval_curve curve = {sizeof curve, CUSTVAL_CURVE_PIECEWISE, count, points_x, points_y, NULL, {0}};
        const custval__item item = {.curve = curve};
        for (uint32_t i = 0; i < count; i++) {
            assert_double_bits(custval__item_curve(&item, points_x[i], 0), points_y[i]);
            if (i == 0) continue;
            const double at = random_between(&random, points_x[i - 1], points_x[i]);
            const double score = custval__item_curve(&item, at, 0);
            assert_true(score >= fmin(points_y[i - 1], points_y[i]) && score <= fmax(points_y[i - 1], points_y[i]));
        }
    }
}

static void a_line_may_overflow_but_is_never_undefined(void **unused) {
    (void)unused;
    const custval_curve line = {sizeof line, .type = CUSTVAL_CURVE_LINEAR, .parameters = {-DBL_MAX, DBL_MAX}};
    custval__item item = {.curve = line};
    assert_double_bits(custval__item_curve(&item, DBL_MAX, 0), HUGE_VAL);
    item.reversed = 1;
    assert_double_bits(custval__item_curve(&item, DBL_MAX, 0), -HUGE_VAL);
}

static void no_score_is_a_negative_zero(void **unused) {
    (void)unused;
    const custval_curve line = {sizeof line, .type = CUSTVAL_CURVE_LINEAR, .parameters = {-0.0, -1}};
    const double zero[] = {-0.0};
    const custval_curve table = {sizeof table, CUSTVAL_CURVE_TABLE, 1, zero, zero, NULL, {0}};
    const uint32_t order[] = {0};
    const custval__item lined = {.curve = line}, tabled = {.curve = table, .category_order = order};
    double score = 1;
    assert_double_bits(custval__item_curve(&lined, 0, 0), 0);
    assert_true(custval__item_category_number(&tabled, 0, &score));
    assert_double_bits(score, 0);
}

static void prospect_curves_stay_on_0_to_100_for_all_parameters(void **unused) {
    (void)unused;
    static const double exponents[] = {1e-300, 0.1, 0.88, 1, 10}, lambdas[] = {1e-6, 1, 2.25, 1e6};
    static const double references[] = {0, 1e-300, 0.5, 3, 7 - 1e-15, 7};
    for (size_t i = 0; i < SUPPORT_COUNT(exponents) * SUPPORT_COUNT(exponents); i++) {
        for (size_t k = 0; k < SUPPORT_COUNT(lambdas) * SUPPORT_COUNT(references); k++) {
            custval_item_spec spec = draft_item_spec("q");
            custval_curve curve = {sizeof curve, .type = CUSTVAL_CURVE_PROSPECT};
            curve.parameters[0] = exponents[i % SUPPORT_COUNT(exponents)];
            curve.parameters[1] = exponents[i / SUPPORT_COUNT(exponents)];
            curve.parameters[2] = lambdas[k % SUPPORT_COUNT(lambdas)];
            spec.curve = &curve;
            spec.scale_min = 0;
            spec.scale_max = 7;
            spec.has_expectation = 1;
            spec.expectation = references[k / SUPPORT_COUNT(lambdas)];
            custval_system *const system = system_of(&spec);
            double before = 0;
            for (int step = 0; step <= 28; step++) {
                const double score = custval__item_curve(&system->items[0], step / 4.0, 0);
                assert_true(score >= before - 1e-12 && score <= 100);
                before = score;
            }
            assert_double_bits(custval__item_curve(&system->items[0], 0, 0), 0);
            assert_double_bits(custval__item_curve(&system->items[0], 7, 0), 100);
            custval_system_free(system);
        }
    }
}

/* ---- Tables ---- */

static void a_table_finds_its_texts_and_nothing_else(void **unused) {
    (void)unused;
    static const char *const texts[] = {"silver", "gold", "tin", "go", "\xe9\x93\xb6", "Gold"};
    static const double scores[] = {50, 100, 10, 30, 55, 95};
    custval_curve curve = {sizeof curve, CUSTVAL_CURVE_TABLE, 6, NULL, scores, texts, {0}};
    custval_item_spec spec = draft_item_spec("q");
    spec.scale_min = spec.scale_max = 0;
    spec.curve = &curve;
    for (uint32_t reversed = 0; reversed < 2; reversed++) {
        spec.reversed = reversed;
        custval_system *const system = system_of(&spec);
        const custval__item *const item = &system->items[0];
        double score = 12345;
        for (size_t i = 0; i < 6; i++) {
            assert_true(custval__item_category_text(item, (custval_text){texts[i], strlen(texts[i])}, &score));
            assert_double_bits(score, reversed ? 100 - scores[i] : scores[i]);
        }
        static const custval_text others[] = {{"", 0}, {NULL, 0}, {"gol", 3}, {"goldx", 5}, {"g\0ld", 4}, {"zzzz", 4}};
        score = 12345;
        for (size_t i = 0; i < SUPPORT_COUNT(others); i++) {
            assert_false(custval__item_category_text(item, others[i], &score));
        }
        assert_double_bits(score, 12345);
        custval_system_free(system);
    }
}

static void a_table_finds_its_numbers_and_nothing_else(void **unused) {
    (void)unused;
    static const double numbers[] = {3, -1, 2.5, 0, 100}, scores[] = {10, 20, 30, 40, 150};
    custval_curve curve = {sizeof curve, CUSTVAL_CURVE_TABLE, 5, numbers, scores, NULL, {0}};
    custval_item_spec spec = draft_item_spec("q");
    spec.scale_min = spec.scale_max = 0;
    spec.curve = &curve;
    spec.reversed = 1;
    custval_system *const system = system_of(&spec);
    const custval__item *const item = &system->items[0];
    double score = 12345;
    for (size_t i = 0; i < 5; i++) {
        assert_true(custval__item_category_number(item, numbers[i], &score));
        assert_double_bits(score, 100 - scores[i]);
    }
    assert_true(custval__item_category_number(item, -0.0, &score));
    static const double others[] = {-2, 2.4999999999999996, 99, DBL_MAX, -DBL_MAX};
    score = 12345;
    for (size_t i = 0; i < SUPPORT_COUNT(others); i++) {
        assert_false(custval__item_category_number(item, others[i], &score));
    }
    assert_double_bits(score, 12345);
    custval_system_free(system);
}

static void a_large_table_is_sorted_and_a_repeated_entry_found(void **unused) {
    (void)unused;
    support_random random = random_seeded("sort");
    for (int round = 0; round < 50; round++) {
        static double numbers[1000];
        static uint32_t order[1000];
        const uint32_t count = 1 + random_below(&random, 1000);
        for (uint32_t i = 0; i < count; i++) numbers[i] = (double)(random_bits(&random) >> 12);
        const custval_curve curve = {sizeof curve, CUSTVAL_CURVE_TABLE, count, numbers, numbers, NULL, {0}};
        assert_int_equal(custval__curve_sort(&curve, order), CUSTVAL_NONE);
        for (uint32_t i = 1; i < count; i++) assert_true(numbers[order[i - 1]] < numbers[order[i]]);
        if (count < 2) continue;
        const uint32_t copy = 1 + random_below(&random, count - 1);
        numbers[copy] = numbers[0];
        assert_double_bits(numbers[custval__curve_sort(&curve, order)], numbers[0]);
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_ends_of_any_scale_are_exact),
        cmocka_unit_test(spans_beyond_double_precision_have_no_slope),
        cmocka_unit_test(the_bounds_in_force_are_the_scale_or_all_numbers),
        cmocka_unit_test(codes_are_looked_for_in_every_block_only_if_one_lies_in_the_scale),
        cmocka_unit_test(curves_give_the_scores_of_their_formulas),
        cmocka_unit_test(beyond_its_points_a_piecewise_curve_is_level),
        cmocka_unit_test(a_piecewise_curve_stays_between_its_points),
        cmocka_unit_test(a_line_may_overflow_but_is_never_undefined),
        cmocka_unit_test(no_score_is_a_negative_zero),
        cmocka_unit_test(prospect_curves_stay_on_0_to_100_for_all_parameters),
        cmocka_unit_test(a_table_finds_its_texts_and_nothing_else),
        cmocka_unit_test(a_table_finds_its_numbers_and_nothing_else),
        cmocka_unit_test(a_large_table_is_sorted_and_a_repeated_entry_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
