/* The climber on hills whose tops are known. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "lifetime/maximum.h"
#include "support.h"

typedef struct counted {
    custval__hill hill;
    size_t asked, stop_at;
} counted;

static const double low[] = {-20, -20, -20}, high[] = {20, 20, 20};

/* A top at (1, -2, 3) with the information {{2, 1, 0}, {1, 3, 0}, {0, 0, 100}}. */
static custval_status parabola(void *data, const double *at, double *value, double *slopes, custval_error *error) {
    counted *self = data;
    const double x = at[0] - 1.0, y = at[1] + 2.0, z = at[2] - 3.0;
    (void)error;
    if (++self->asked == self->stop_at) return CUSTVAL_ERROR_CANCELLED;
    *value = 7.0 - 0.5 * (2.0 * x * x + 2.0 * x * y + 3.0 * y * y + 100.0 * z * z);
    slopes[0] = -(2.0 * x + y);
    slopes[1] = -(x + 3.0 * y);
    slopes[2] = -100.0 * z;
    return CUSTVAL_OK;
}

/* Rosenbrock's banana: a curved ridge to the top at (1, 1). */
static custval_status banana(void *data, const double *at, double *value, double *slopes, custval_error *error) {
    const double x = at[0], y = at[1], ridge = y - x * x;
    (void)error;
    ((counted *)data)->asked++;
    *value = -(100.0 * ridge * ridge + (1.0 - x) * (1.0 - x));
    slopes[0] = 400.0 * x * ridge + 2.0 * (1.0 - x);
    slopes[1] = -200.0 * ridge;
    return CUSTVAL_OK;
}

/* Rises for ever, ever less, along x; a top at y = 0. */
static custval_status plain(void *data, const double *at, double *value, double *slopes, custval_error *error) {
    (void)error;
    ((counted *)data)->asked++;
    *value = -exp(-at[0]) - at[1] * at[1];
    slopes[0] = exp(-at[0]);
    slopes[1] = -2.0 * at[1];
    return CUSTVAL_OK;
}

/* Only the sum of x and y matters. */
static custval_status trough(void *data, const double *at, double *value, double *slopes, custval_error *error) {
    const double sum = at[0] + at[1] - 1.0;
    (void)error;
    ((counted *)data)->asked++;
    *value = -sum * sum;
    slopes[0] = slopes[1] = -2.0 * sum;
    return CUSTVAL_OK;
}

/* Nothing at all beyond x = 0.5: NaN, infinite slopes, or minus infinity by turns; the top at x = 0.4. */
static custval_status cliff(void *data, const double *at, double *value, double *slopes, custval_error *error) {
    counted *self = data;
    (void)error;
    self->asked++;
    *value = -(at[0] - 0.4) * (at[0] - 0.4) - at[1] * at[1];
    slopes[0] = -2.0 * (at[0] - 0.4);
    slopes[1] = -2.0 * at[1];
    if (at[0] < 0.5) return CUSTVAL_OK;
    if (self->asked % 3 == 0) *value = (double)NAN;
    if (self->asked % 3 == 1) slopes[1] = (double)INFINITY;
    if (self->asked % 3 == 2) *value = -(double)INFINITY;
    return CUSTVAL_OK;
}

typedef custval_status (*hill_function)(void *data, const double *at, double *value, double *slopes,
                                        custval_error *error);

static void begin(custval__climber *climber, counted *self, hill_function function, size_t count, const double *at) {
    custval_host host;
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_ok(custval__host_read(&host, NULL, &error), &error);
    *self = (counted){{self, count, low, high, function}, 0, 0};
    assert_ok(custval__climber_init(climber, &host, count, &error), &error);
    assert_ok(custval__climber_start(climber, &self->hill, at, &error), &error);
}

static void climb(custval__climber *climber, uint32_t most) {
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_ok(custval__climber_climb(climber, most, &error), &error);
    assert_ok(custval__climber_finish(climber, 0, &error), &error);
}

static void a_parabola_is_climbed_to_its_top(void **state) {
    (void)state;
    const double start[] = {-9, 9, 0}, information[] = {2, 1, 0, 1, 3, 0, 0, 0, 100};
    const double inverse[] = {0.6, -0.2, 0, -0.2, 0.4, 0, 0, 0, 0.01};
    custval__climber climber;
    counted self;
    begin(&climber, &self, parabola, 3, start);
    climb(&climber, 100);
    assert_true(climber.is_top && !climber.used_up);
    assert_double_near(climber.at[0], 1.0, 1e-12);
    assert_double_near(climber.at[1], -2.0, 1e-12);
    assert_double_near(climber.at[2], 3.0, 1e-12);
    assert_double_near(climber.value, 7.0, 1e-14);
    for (size_t i = 0; i < 9; i++) {
        assert_double_near(climber.information[i], information[i], 1e-9); /* roundings over the span */
        assert_double_near(climber.inverse[i], inverse[i], 1e-9);
    }
    assert_double_near(climber.condition, 100.0 / ((5.0 - sqrt(5.0)) / 2.0), 1e-6);
    custval__climber_free(&climber);
}

static void a_curved_ridge_is_followed(void **state) {
    (void)state;
    const double start[] = {-1.2, 1.0};
    custval__climber climber;
    counted self;
    begin(&climber, &self, banana, 2, start);
    climb(&climber, 200);
    assert_true(climber.is_top);
    assert_double_near(climber.at[0], 1.0, 1e-9);
    assert_double_near(climber.at[1], 1.0, 1e-9);
    assert_true(self.asked < 120);
    custval__climber_free(&climber);
}

static void what_rises_for_ever_is_no_top(void **state) {
    (void)state;
    const double start[] = {0, 5};
    custval__climber climber;
    counted self;
    begin(&climber, &self, plain, 2, start);
    climb(&climber, 200);
    assert_false(climber.is_top);
    assert_true(climber.at[0] > 10.0 && climber.at[0] <= high[0]);
    custval__climber_free(&climber);
}

/* The top of what the box holds: at the wall x = -1 the parabola has it at y = -4/3, and at x = 1/2 the banana at 1/4. */
static void at_a_wall_the_others_climb_on(void **state) {
    (void)state;
    static const double wall[] = {-1, 20, 20}, middle[] = {0.5, 20};
    static const double start[] = {-5, 9, 0}, far[] = {-1.2, 1};
    custval__climber climber;
    custval_error error = CUSTVAL_ERROR_INIT;
    counted self;
    begin(&climber, &self, parabola, 3, start);
    self.hill.high = wall;
    climb(&climber, 100);
    assert_false(climber.is_top);
    assert_double_near(climber.at[0], -1.0, 1e-6);
    assert_double_near(climber.at[1], -4.0 / 3.0, 1e-5);
    assert_double_near(climber.at[2], 3.0, 1e-5);
    custval__climber_free(&climber);
    begin(&climber, &self, banana, 2, far);
    self.hill.high = middle;
    assert_ok(custval__climber_climb(&climber, 200, &error), &error);
    assert_false(climber.used_up);
    assert_double_near(climber.at[0], 0.5, 1e-6);
    assert_double_near(climber.at[1], 0.25, 1e-5);
    custval__climber_free(&climber);
}

static void a_flat_direction_is_no_top(void **state) {
    (void)state;
    const double start[] = {3, 4};
    custval__climber climber;
    counted self;
    begin(&climber, &self, trough, 2, start);
    climb(&climber, 200);
    assert_false(climber.is_top);
    assert_true(climber.is_known && climber.condition > 1e9);
    /* The last vector is the flat one: (1, -1) over the root of 2. */
    assert_double_near(climber.vectors[2] + climber.vectors[3], 0.0, 1e-6);
    assert_double_near(climber.at[0] + climber.at[1], 1.0, 1e-9);
    custval__climber_free(&climber);
}

static void where_there_is_nothing_nobody_goes(void **state) {
    (void)state;
    const double start[] = {-15, 8}, nowhere[] = {3, 0};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval__climber climber;
    counted self;
    begin(&climber, &self, cliff, 2, start);
    climb(&climber, 200);
    assert_true(climber.is_top);
    assert_double_near(climber.at[0], 0.4, 1e-9);
    /* A start in nothing stays there, which is no failure. */
    assert_ok(custval__climber_start(&climber, &self.hill, nowhere, &error), &error);
    assert_true(isinf(climber.value));
    climb(&climber, 200);
    assert_true(isinf(climber.value) && !climber.is_top);
    /* Nor does anybody leave the box. */
    const double outside[] = {-21, 0};
    assert_ok(custval__climber_start(&climber, &self.hill, outside, &error), &error);
    assert_true(isinf(climber.value));
    custval__climber_free(&climber);
}

static void iterations_come_to_an_end(void **state) {
    (void)state;
    const double start[] = {-1.2, 1.0};
    custval__climber climber;
    counted self;
    begin(&climber, &self, banana, 2, start);
    climb(&climber, 3);
    assert_true(climber.used_up && climber.iterations <= 3);
    custval__climber_free(&climber);
}

static void a_known_information_saves_the_way(void **state) {
    (void)state;
    const double start[] = {-9, 9, 0};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval__climber climber;
    counted self;
    begin(&climber, &self, parabola, 3, start);
    climb(&climber, 100);
    assert_ok(custval__climber_start(&climber, &self.hill, start, &error), &error);
    self.asked = 0;
    assert_ok(custval__climber_climb(&climber, 100, &error), &error);
    assert_true(self.asked < 10); /* the longest step is bounded */
    assert_double_near(climber.at[2], 3.0, 1e-6);
    custval__climber_free(&climber);
}

static void differences_to_one_side_are_close(void **state) {
    (void)state;
    const double start[] = {0, 0, 0}, information[] = {2, 1, 0, 1, 3, 0, 0, 0, 100};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval__climber climber;
    counted self;
    begin(&climber, &self, parabola, 3, start);
    climb(&climber, 100);
    self.asked = 0;
    assert_ok(custval__climber_finish(&climber, 1, &error), &error);
    assert_true(climber.is_top && self.asked == 3);
    for (size_t i = 0; i < 9; i++) assert_double_near(climber.information[i], information[i], 1e-6);
    custval__climber_free(&climber);
}

static void stopping_is_passed_on(void **state) {
    (void)state;
    const double start[] = {-9, 9, 0};
    for (size_t stop_at = 2; stop_at < 12; stop_at++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        custval__climber climber;
        counted self;
        begin(&climber, &self, parabola, 3, start);
        self.stop_at = stop_at;
        custval_status status = custval__climber_climb(&climber, 100, &error);
        if (status == CUSTVAL_OK) status = custval__climber_finish(&climber, 0, &error);
        assert_int_equal(status, CUSTVAL_ERROR_CANCELLED);
        assert_int_equal(self.asked, stop_at);
        custval__climber_free(&climber);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_parabola_is_climbed_to_its_top),  cmocka_unit_test(a_curved_ridge_is_followed),
        cmocka_unit_test(what_rises_for_ever_is_no_top),     cmocka_unit_test(at_a_wall_the_others_climb_on),
        cmocka_unit_test(a_flat_direction_is_no_top),        cmocka_unit_test(where_there_is_nothing_nobody_goes),
        cmocka_unit_test(iterations_come_to_an_end),         cmocka_unit_test(a_known_information_saves_the_way),
        cmocka_unit_test(differences_to_one_side_are_close), cmocka_unit_test(stopping_is_passed_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
