/* BG/NBD and MBG/NBD far from where customers live: all finite, in range and in order; and the same bits for any instruction
   set, and for a row alone or among others. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/maths.h"
#include "lifetime/beta_geometric_kernels.h"
#include "lifetime/model.h"
#include "support.h"

#define ROWS 300
#define TIMES 20

static const custval__model *const models[] = {&custval__bgnbd, &custval__mbgnbd};
static const double sizes[] = {1e-6, 0.3, 1.0, 50.0, 1e6};

/* ---- Finite, in range, in order ---------------------------------------------------------------------------------- */

static void assert_sane(const custval__model *model, const double *parameters, double x, double t_x, double T) {
    static const double times[] = {1e-9, 1e-3, 1.0, 52.0, 1e4, 1e6};
    const custval__customers customers = {.count = 1, .x = &x, .t_x = &t_x, .T = &T};
    double likelihood = 0, by[4], *slopes[4] = {&by[0], &by[1], &by[2], &by[3]}, log_alive = 0;
    double expected[SUPPORT_COUNT(times)], last_later = 1, last_pairs = 0, last = 0, residual = 0;
    model->log_likelihood(parameters, &customers, &likelihood, slopes);
    assert_true(isfinite(likelihood));
    for (size_t p = 0; p < 4; p++) assert_true(isfinite(by[p]));
    model->log_alive(parameters, &customers, &log_alive);
    assert_true(log_alive <= 0 && log_alive > -HUGE_VAL);
    model->expected(parameters, &customers, times, SUPPORT_COUNT(times), expected);
    for (size_t k = 0; k < SUPPORT_COUNT(times); k++) {
        double later = 0, pairs = 0, none = 0;
        model->alive_later(parameters, &customers, &times[k], &later);
        model->expected_pairs(parameters, &customers, &times[k], &pairs);
        model->log_counts(parameters, &customers, &times[k], 0, 1, &none);
        /* Rounding may step back by its size. */
        assert_true(later >= 0 && later <= last_later * (1 + 1e-11));
        assert_true(expected[k] >= last * (1 - 1e-11) && expected[k] < HUGE_VAL);
        assert_true(pairs >= last_pairs * (1 - 1e-11) && pairs < HUGE_VAL);
        assert_true(none <= 0 && none > -HUGE_VAL);
        /* No more than the expected rate of somebody who stays: rounding aside, E(N) <= alive E(lambda) t. */
        assert_true(expected[k] <=
                    exp(log_alive) * (parameters[0] + x) / (parameters[1] + T) * times[k] * (1 + 1e-10) + 1e-300);
        last = expected[k], last_later = later, last_pairs = pairs;
    }
    model->residual(parameters, &customers, 1e-3, &residual);
    assert_true(residual >= 0 && residual < HUGE_VAL);
}

static void extremes_are_finite_in_range_and_in_order(void **state) {
    (void)state;
    static const double rows[][3] = {{0, 0, 0},    {0, 0, 1e6},   {1, 0, 1},       {1, 1, 1},
                                     {7, 20, 1e6}, {300, 30, 40}, {1e5, 5e5, 1e6}, {1e5, 1e6, 1e6}};
    for (size_t i = 0; i < 625; i++) {
        const double parameters[4] = {sizes[i % 5], sizes[i / 5 % 5], sizes[i / 25 % 5], sizes[i / 125]};
        for (size_t m = 0; m < 2; m++) {
            for (size_t r = i % 3; r < SUPPORT_COUNT(rows); r += 3) {
                assert_sane(models[m], parameters, rows[r][0], rows[r][1], rows[r][2]);
            }
        }
    }
}

/* P(alive) of a heavy buyer who went silent is 0 in doubles, or nearly so; its logarithm is not. */
static void the_logarithm_of_being_alive_reaches_further(void **state) {
    (void)state;
    static const double fitted[4] = {0.243, 4.414, 0.793, 2.426};
    const double x = 500, t_x = 5, T = 37;
    const custval__customers customers = {.count = 1, .x = &x, .t_x = &t_x, .T = &T};
    double log_alive = 0;
    custval__bgnbd.log_alive(fitted, &customers, &log_alive);
    assert_double_near(log_alive, -734.62111968682779406, 1e-12); /* mpmath */
}

/* A covariate may take a parameter out of all range: whatever comes out, every loop ends. */
static void parameters_that_are_no_numbers_end(void **state) {
    (void)state;
    static const double bad[] = {(double)NAN, HUGE_VAL, 0.0, 1e300, 1e-300};
    const double x = 3, t_x = 20, T = 30, times[] = {1, 1e5};
    const custval__customers customers = {.count = 1, .x = &x, .t_x = &t_x, .T = &T};
    for (size_t i = 0; i < SUPPORT_COUNT(bad) * 4; i++) {
        double parameters[4] = {0.243, 4.414, 0.793, 2.426}, out[2];
        parameters[i % 4] = bad[i / 4];
        custval__bgnbd.log_likelihood(parameters, &customers, out, NULL);
        custval__bgnbd.expected(parameters, &customers, times, 2, out);
        for (size_t k = 0; k < 2; k++) {
            custval__bgnbd.expected_pairs(parameters, &customers, &times[k], out);
            custval__bgnbd.alive_later(parameters, &customers, &times[k], out);
        }
        custval__bgnbd.residual(parameters, &customers, 0.01, out);
    }
}

/* ---- Bits -------------------------------------------------------------------------------------------------------- */

static double x[ROWS], t_x[ROWS], T[ROWS];

static void draw(const char *what) {
    support_random random = random_seeded(what);
    for (size_t i = 0; i < ROWS; i++) {
        x[i] = i % 7 == 0 ? random_below(&random, 400) : random_below(&random, 6);
        T[i] = random_between(&random, 0, 100);
        t_x[i] = x[i] > 0 ? random_between(&random, 0, T[i]) : 0;
    }
}

static const custval__customers all = {.count = ROWS, .x = x, .t_x = t_x, .T = T};
static const double parameters[4] = {0.243, 4.414, 0.793, 2.426};

static void a_row_gives_the_same_bits_alone(void **state) {
    (void)state;
    static double likelihood[ROWS], by[4][ROWS], alive[ROWS], expected[TIMES * ROWS], residual[ROWS];
    double *slopes[4] = {by[0], by[1], by[2], by[3]}, times[TIMES];
    draw("rows alone");
    for (size_t k = 0; k < TIMES; k++) times[k] = 4.345 * (double)(k + 1);
    for (size_t m = 0; m < 2; m++) {
        models[m]->log_likelihood(parameters, &all, likelihood, slopes);
        models[m]->log_alive(parameters, &all, alive);
        models[m]->expected(parameters, &all, times, TIMES, expected);
        models[m]->residual(parameters, &all, 0.002, residual);
        for (size_t i = 0; i < ROWS; i++) {
            const custval__customers alone = {.count = 1, .x = &x[i], .t_x = &t_x[i], .T = &T[i]};
            double value = 0, own[4], *own_slopes[4] = {&own[0], &own[1], &own[2], &own[3]}, own_expected[TIMES];
            models[m]->log_likelihood(parameters, &alone, &value, own_slopes);
            assert_double_bits(value, likelihood[i]);
            for (size_t p = 0; p < 4; p++) assert_double_bits(own[p], by[p][i]);
            models[m]->log_alive(parameters, &alone, &value);
            assert_double_bits(value, alive[i]);
            models[m]->residual(parameters, &alone, 0.002, &value);
            assert_double_bits(value, residual[i]);
            models[m]->expected(parameters, &alone, times, TIMES, own_expected);
            for (size_t k = 0; k < TIMES; k++) assert_double_bits(own_expected[k], expected[k * ROWS + i]);
        }
    }
}

typedef struct outcome {
    double likelihood[ROWS], by[4][ROWS], alive[ROWS], sums[3][3][CUSTVAL__BETA_GEOMETRIC_TIMES];
} outcome;

static void run(const custval__beta_geometric_kernels *set, double chances, outcome *out) {
    static custval__beta_geometric_looked_up looked_up;
    double *slopes[4] = {out->by[0], out->by[1], out->by[2], out->by[3]};
    double z[CUSTVAL__BETA_GEOMETRIC_TIMES] = {0};
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < CUSTVAL__BETA_GEOMETRIC_ROWS; i++) {
        looked_up.level[i] = x[i] / 7, looked_up.by_r[i] = x[i], looked_up.by_a[i] = 1, looked_up.by_b[i] = 2;
    }
    set->likelihood(parameters, chances, CUSTVAL__BETA_GEOMETRIC_ROWS, x, t_x, T, &looked_up, out->likelihood, slopes);
    set->alive(parameters, chances, ROWS, x, t_x, T, out->alive);
    for (size_t k = 0; k < 12; k++) z[k] = 0.3 * (double)(k + 1);
    for (int sum = 0; sum < 3; sum++) {
        set->series(sum, 2.243, 0.793, 4.426, z, 12, out->sums[sum][0]);
        for (size_t k = 1; k < 12; k++) z[k] = 0;
        set->series(sum, 2.243, 0.793, 4.426, z, 1, out->sums[sum][1]);
        for (size_t k = 4; k < CUSTVAL__BETA_GEOMETRIC_TIMES; k++) out->sums[sum][1][k] = 0; /* not said */
        for (size_t k = 0; k < CUSTVAL__BETA_GEOMETRIC_TIMES; k++) z[k] = 0.3 * (double)(k + 1);
        set->series(sum, 2.243, 0.793, 4.426, z, CUSTVAL__BETA_GEOMETRIC_TIMES, out->sums[sum][2]);
        for (size_t k = 12; k < CUSTVAL__BETA_GEOMETRIC_TIMES; k++) z[k] = 0;
    }
}

static void every_instruction_set_gives_the_same_bits(void **state) {
    (void)state;
    static const char *const sets[] = {"avx2", "avx512"};
    static outcome expected, actual;
    draw("kernels of BG/NBD");
    for (size_t i = 0; i < SUPPORT_COUNT(sets); i++) {
        const custval__beta_geometric_kernels *const set = custval__beta_geometric_kernels_named(sets[i]);
        if (set == NULL) {
            print_message("# no %s here\n", sets[i]);
            continue;
        }
        for (double chances = 0; chances < 2; chances++) {
            run(custval__beta_geometric_kernels_named("portable"), chances, &expected);
            run(set, chances, &actual);
            assert_memory_equal(&actual, &expected, sizeof actual);
        }
    }
}

/* Terms of one s, a and c that were asked for before, up to far beyond what is kept: up to z = 25. */
static void kept_terms_leave_no_trace(void **state) {
    (void)state;
    static const char *const sets[] = {"portable", "avx2", "avx512"};
    static const double reach[] = {0.025, 0.3, 2.5};
    for (size_t i = 0; i < SUPPORT_COUNT(sets) * SUPPORT_COUNT(reach) * 3; i++) {
        const custval__beta_geometric_kernels *const set = custval__beta_geometric_kernels_named(sets[i % 3]);
        const custval__beta_geometric_kernels *const portable = custval__beta_geometric_kernels_named("portable");
        const int sum = (int)(i / 9);
        custval__beta_geometric_terms fresh, kept;
        custval__beta_geometric_times times = {.count = 12, .latest = 11};
        double z[CUSTVAL__BETA_GEOMETRIC_TIMES] = {0}, alone[CUSTVAL__BETA_GEOMETRIC_TIMES],
               shared[CUSTVAL__BETA_GEOMETRIC_TIMES], other[CUSTVAL__BETA_GEOMETRIC_TIMES];
        if (set == NULL) continue; /* named by the test above */
        custval__beta_geometric_terms_begin(&kept, 2.243, 0.793, 4.426, 1.0);
        for (size_t before = 0; before < SUPPORT_COUNT(reach); before++) {
            const custval__beta_geometric_times first = {.t = {reach[before]}, .count = 1};
            set->series_by(sum, &kept, &first, 0.1, other);
        }
        for (size_t k = 0; k < 12; k++) times.t[k] = reach[i / 3 % 3] * (double)(k + 1);
        for (size_t k = 0; k < 12; k++) z[k] = times.t[k] / 2.5;
        custval__beta_geometric_terms_begin(&fresh, 2.243, 0.793, 4.426, 1.0);
        portable->series_by(sum, &fresh, &times, 2.5, alone);
        set->series_by(sum, &kept, &times, 2.5, shared);
        set->series(sum, 2.243, 0.793, 4.426, z, 12, other);
        for (size_t k = 0; k < 12; k++) {
            assert_double_bits(shared[k], alone[k]);
            assert_double_near(other[k], alone[k], 2e-14 * alone[k]);
        }
    }
}

/* ---- Rows and starts --------------------------------------------------------------------------------------------- */

static void rows_out_of_range_are_named(void **state) {
    (void)state;
    static const struct {
        double x, t_x, T;
        const char *words;
    } rows[] = {{2, 1, 3, NULL},
                {0, 0, 0, NULL},
                {-1, 0, 3, "x is below 0"},
                {1.5, 1, 3, "x is not an integer"},
                {1, -1, 3, "t_x is below 0"},
                {1, 4, 3, "t_x is above T"},
                {0, 1, 3, "t_x is above 0, but x is 0"}};
    for (size_t i = 0; i < SUPPORT_COUNT(rows); i++) {
        const custval__customers row = {.count = 1, .x = &rows[i].x, .t_x = &rows[i].t_x, .T = &rows[i].T};
        const char *const words = custval__bgnbd.check(&row, 0);
        if (rows[i].words == NULL) {
            assert_null(words);
        } else {
            assert_string_equal(words, rows[i].words);
        }
    }
}

static void starts_are_usable_whatever_the_data(void **state) {
    (void)state;
    static double counts[ROWS], none[ROWS], ones[ROWS];
    for (size_t i = 0; i < ROWS; i++) counts[i] = 1.0 + (double)(i % 3), ones[i] = 1.0;
    draw("starts");
    const custval__customers samples[] = {all,
                                          {.count = ROWS, .x = none, .t_x = none, .T = T},
                                          {.count = ROWS, .x = none, .t_x = none, .T = none},
                                          {.count = ROWS, .x = ones, .t_x = ones, .T = ones}};
    for (size_t s = 0; s < SUPPORT_COUNT(samples); s++) {
        double starts[CUSTVAL__MODEL_STARTS][CUSTVAL__MODEL_PARAMETERS];
        const size_t count = custval__mbgnbd.starts(&samples[s], counts, starts);
        assert_in_range(count, 1, CUSTVAL__MODEL_STARTS);
        for (size_t k = 0; k < count; k++) {
            for (size_t p = 0; p < 4; p++) assert_true(starts[k][p] > 0 && starts[k][p] < HUGE_VAL);
        }
    }
}

/* Where next to nobody leaves, sums of many products would round to more than all. */
static void nobody_is_more_alive_later(void **state) {
    (void)state;
    const double history[] = {1000, 19.5, 39};
    const custval__customers who = {.count = 1, .x = &history[0], .t_x = &history[1], .T = &history[2]};
    for (double b = 1e10; b < 1e100; b *= 1e3) {
        for (double t = 0.5; t < 40; t += 0.5) {
            const double rare[] = {7.06e-11, 1000, 1e-3, b};
            double log_alive, later;
            custval__bgnbd.log_alive(rare, &who, &log_alive);
            custval__bgnbd.alive_later(rare, &who, &t, &later);
            assert_true(later <= custval__exp(log_alive));
        }
    }
}

/* Of every model that knows the rest by itself; probabilities fall fast enough to be added up to the last. */
static void the_rest_is_the_sum_of_what_is_beyond(void **state) {
    (void)state;
    static const custval__model *const known[] = {&custval__bgnbd, &custval__mbgnbd, &custval__nbd, &custval__sbg,
                                                  &custval__bdw};
    static const double shared[] = {0.243, 4.414, 0.793, 2.426}, bdw[] = {0.7, 1.2, 1.3};
    const double history[] = {2, 20, 30}, t = 50;
    const custval__customers who = {.count = 1, .x = &history[0], .t_x = &history[1], .T = &history[2]};
    double log_p[400];
    for (size_t m = 0; m < SUPPORT_COUNT(known); m++) {
        const double *const p = m < 3 ? shared : bdw;
        double beyond = 0;
        known[m]->log_counts(p, &who, &t, 0, 400, log_p);
        for (int n = 399; n-- > 0;) {
            double rest;
            beyond += exp(log_p[n + 1]);
            known[m]->log_more(p, &who, &t, n, &rest);
            assert_double_near(exp(rest), beyond, 2e-12 * beyond + 1e-15);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(extremes_are_finite_in_range_and_in_order),
        cmocka_unit_test(the_logarithm_of_being_alive_reaches_further),
        cmocka_unit_test(parameters_that_are_no_numbers_end),
        cmocka_unit_test(a_row_gives_the_same_bits_alone),
        cmocka_unit_test(every_instruction_set_gives_the_same_bits),
        cmocka_unit_test(kept_terms_leave_no_trace),
        cmocka_unit_test(rows_out_of_range_are_named),
        cmocka_unit_test(starts_are_usable_whatever_the_data),
        cmocka_unit_test(nobody_is_more_alive_later),
        cmocka_unit_test(the_rest_is_the_sum_of_what_is_beyond),
    };
    return cmocka_run_group_tests_name("bgnbd, extremes", tests, NULL, NULL);
}
