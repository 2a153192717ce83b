/* The kernels of the Pareto/NBD: the same bits from every instruction set, and for a row alone or among others. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "pnbd_support.h"

#include "lifetime/pnbd_kernels.h"

#define ROWS 700
#define ROUNDS 60

typedef struct columns {
    double x[ROWS], t_x[ROWS], T[ROWS];
} columns;

typedef struct answers {
    double value[ROWS], slopes[4][ROWS];
} answers;

static double power_between(support_random *random, double low, double high) {
    return pow(10.0, random_between(random, low, high));
}

static void draw(support_random *random, double p[4], columns *rows) {
    p[0] = power_between(random, -3, 3);
    p[1] = power_between(random, -6, 6);
    p[2] = power_between(random, -3, 3);
    p[3] = random_below(random, 8) == 0 ? p[1] : power_between(random, -6, 6);
    for (size_t i = 0; i < ROWS; i++) {
        rows->T[i] = power_between(random, -1, 4);
        rows->x[i] = floor(power_between(random, -1, random_below(random, 20) == 0 ? 5 : 1.5));
        const uint32_t kind = random_below(random, 10);
        rows->t_x[i] = rows->x[i] == 0 || kind == 0 ? 0.0 : kind == 1 ? rows->T[i] : rows->T[i] * random_unit(random);
    }
}

static void compute(const custval__pnbd_kernels *set, const double p[4], const columns *rows, answers *out) {
    double *const slopes[] = {out->slopes[0], out->slopes[1], out->slopes[2], out->slopes[3]};
    custval__pnbd_likelihood_by(set, p, ROWS, rows->x, rows->t_x, rows->T, out->value, slopes);
}

static void every_instruction_set_gives_the_same_bits(void **state) {
    (void)state;
    static columns rows;
    static answers portable, other;
    static const char *const sets[] = {"avx2", "avx512"};
    support_random random = random_seeded("kernels of Pareto/NBD");
    for (int round = 0; round < ROUNDS; round++) {
        double p[4];
        draw(&random, p, &rows);
        compute(custval__pnbd_kernels_named("portable"), p, &rows, &portable);
        for (size_t s = 0; s < SUPPORT_COUNT(sets); s++) {
            const custval__pnbd_kernels *const set = custval__pnbd_kernels_named(sets[s]);
            if (set == NULL) continue;
            assert_string_equal(set->name, sets[s]);
            compute(set, p, &rows, &other);
            for (size_t i = 0; i < ROWS; i++) {
                assert_double_bits(other.value[i], portable.value[i]);
                for (size_t k = 0; k < 4; k++) assert_double_bits(other.slopes[k][i], portable.slopes[k][i]);
            }
        }
    }
}

static void a_row_alone_has_the_bits_of_a_row_among_others(void **state) {
    (void)state;
    static columns rows;
    static answers all;
    static double alive[ROWS];
    support_random random = random_seeded("rows of Pareto/NBD");
    for (int round = 0; round < ROUNDS / 4; round++) {
        double p[4];
        draw(&random, p, &rows);
        const custval__customers customers = {ROWS, rows.x, rows.t_x, rows.T, NULL, NULL};
        double *const slopes[] = {all.slopes[0], all.slopes[1], all.slopes[2], all.slopes[3]};
        custval__pnbd.log_likelihood(p, &customers, all.value, slopes);
        custval__pnbd.log_alive(p, &customers, alive);
        for (size_t i = 0; i < ROWS; i++) {
            const history h = {rows.x[i], rows.t_x[i], rows.T[i]};
            double own[4];
            assert_double_bits(log_likelihood_of(p, h, own), all.value[i]);
            assert_double_bits(log_alive_of(p, h), alive[i]);
            for (size_t k = 0; k < 4; k++) assert_double_bits(own[k], all.slopes[k][i]);
        }
    }
}

static void predictions_of_a_row_do_not_depend_on_the_others(void **state) {
    (void)state;
    static columns rows;
    static double expected[3 * ROWS], counts[3 * ROWS], horizons[ROWS];
    const double times[] = {1.0, 10.0, 100.0};
    support_random random = random_seeded("predictions of Pareto/NBD");
    double p[4];
    draw(&random, p, &rows);
    for (size_t i = 0; i < ROWS; i++) horizons[i] = random_between(&random, 0, 100);
    const custval__customers customers = {ROWS, rows.x, rows.t_x, rows.T, NULL, NULL};
    custval__pnbd.expected(p, &customers, times, 3, expected);
    custval__pnbd.log_counts(p, &customers, horizons, 0, 3, counts);
    for (size_t i = 0; i < ROWS; i++) {
        const history h = {rows.x[i], rows.t_x[i], rows.T[i]};
        const custval__customers alone = one_of(&h);
        double own[3];
        custval__pnbd.log_counts(p, &alone, &horizons[i], 0, 3, own);
        for (size_t k = 0; k < 3; k++) {
            assert_double_bits(expected_of(p, h, times[k]), expected[k * ROWS + i]);
            assert_double_bits(own[k], counts[k * ROWS + i]);
        }
    }
}

static void sets_are_known_by_name(void **state) {
    (void)state;
    const custval__pnbd_kernels *const best = custval__pnbd_kernels_best();
    assert_ptr_equal(custval__pnbd_kernels_named(best->name), best);
    assert_null(custval__pnbd_kernels_named("mmx"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_instruction_set_gives_the_same_bits),
        cmocka_unit_test(a_row_alone_has_the_bits_of_a_row_among_others),
        cmocka_unit_test(predictions_of_a_row_do_not_depend_on_the_others),
        cmocka_unit_test(sets_are_known_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
