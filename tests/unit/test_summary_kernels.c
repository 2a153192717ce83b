/* Whatever instructions the processor has, the inner loops of summaries give the same bits; and they give what plain
   loops give, but for rounding. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "support.h"
#include "summary/kernels.h"
#include "summary/theil.h"

#define BLOCK CUSTVAL__SUMMARY_BLOCK
#define COLUMNS 5
#define ROUNDS 200

static const char *const sets[] = {"avx2", "avx512"};

/* All that a set of kernels says of some blocks. */
typedef struct outcome {
    double sum, low, high, count, sum_of_some, deviation_sum, squares, theil, removal;
    double deviations[BLOCK], logarithms[2 * BLOCK], total[BLOCK], products[COLUMNS];
} outcome;

static outcome run(const custval__summary_kernels *set, double blocks[COLUMNS][BLOCK], double centre) {
    outcome out;
    memset(&out, 0, sizeof out);
    set->range(blocks[0], &out.sum, &out.low, &out.high);
    out.count = set->some(blocks[0], &out.sum_of_some);
    set->deviations(blocks[0], centre, out.deviations, &out.deviation_sum, &out.squares);
    out.theil = set->theil(blocks[0], centre);
    set->logarithms(blocks[0], 0.0, 1e-3, out.logarithms, out.total);
    set->logarithms(blocks[1], 1e6, 1.0, out.logarithms + BLOCK, out.total);
    out.removal = set->removal(out.logarithms, out.total, 2.0);
    set->products(out.deviations, blocks[1], COLUMNS - 1, out.products);
    return out;
}

/* Numbers above 0 of any size up to 1e6, some of them missing in the first block, in the others only numbers. */
static void draw(support_random *random, double blocks[COLUMNS][BLOCK]) {
    const double size = random_between(random, 1.0, 1e6);
    const uint32_t missing = random_below(random, 3) * 20;
    for (size_t c = 0; c < COLUMNS; c++) {
        for (size_t i = 0; i < BLOCK; i++) {
            blocks[c][i] = random_between(random, 1e-3, size);
            if (c == 0 && random_below(random, 100) < missing) blocks[c][i] = (double)NAN;
        }
    }
}

static void assert_same(const outcome *a, const outcome *b) {
    const double *of_a = (const double *)(const void *)a, *of_b = (const double *)(const void *)b;
    for (size_t i = 0; i < sizeof *a / sizeof *of_a; i++) assert_double_bits(of_a[i], of_b[i]);
}

static void every_instruction_set_gives_the_same_bits(void **state) {
    (void)state;
    static double blocks[COLUMNS][BLOCK];
    const custval__summary_kernels *portable = custval__summary_kernels_named("portable");
    support_random random = random_seeded("kernels of summaries");
    for (int round = 0; round < ROUNDS; round++) {
        draw(&random, blocks);
        const outcome expected = run(portable, blocks, 7.5);
        for (size_t i = 0; i < SUPPORT_COUNT(sets); i++) {
            const custval__summary_kernels *set = custval__summary_kernels_named(sets[i]);
            if (set == NULL) continue;
            const outcome actual = run(set, blocks, 7.5);
            assert_same(&actual, &expected);
        }
    }
    for (size_t i = 0; i < SUPPORT_COUNT(sets); i++) {
        if (custval__summary_kernels_named(sets[i]) == NULL) print_message("# no %s here\n", sets[i]);
    }
}

static void the_loops_do_what_they_say(void **state) {
    (void)state;
    static double blocks[COLUMNS][BLOCK];
    support_random random = random_seeded("kernels of summaries against plain loops");
    for (int round = 0; round < ROUNDS; round++) {
        double sum = 0, squares = 0, theil = 0, removal = 0, product = 0, count = 0;
        double low = HUGE_VAL, high = -HUGE_VAL;
        draw(&random, blocks);
        for (size_t i = 0; i < BLOCK; i++) {
            const double x = blocks[0][i], y = blocks[1][i];
            const double a = isnan(x) ? 0.0 : log(x / 1e-3), b = log(1e6 / y), q = (a + b) / 2;
            removal += log(1 + q) - log(1 + b / 2);
            if (isnan(x)) continue;
            count += 1;
            sum += x;
            squares += (x - 7.5) * (x - 7.5);
            product += (x - 7.5) * y;
            theil += x * log(x / 7.5) - (x - 7.5);
            low = fmin(low, x);
            high = fmax(high, x);
        }
        const outcome out = run(custval__summary_kernels_best(), blocks, 7.5);
        assert_double_bits(out.count, count);
        assert_double_bits(out.low, low);
        assert_double_bits(out.high, high);
        assert_double_bits(out.sum, count == BLOCK ? out.sum_of_some : (double)NAN);
        assert_double_near(out.sum_of_some, sum, 1e-13 * sum);
        assert_double_near(out.deviation_sum, sum - 7.5 * count, 1e-13 * sum);
        assert_double_near(out.squares, squares, 1e-13 * squares);
        assert_double_near(out.products[0], product, 1e-12 * squares);
        assert_double_near(out.theil, theil, 1e-12 * theil);
        assert_double_near(out.removal, removal, 1e-12 * removal);
    }
}

/* phi(c (1 + t), c) / c = (1 + t) ln(1 + t) - t with 50 digits (mpmath 1.4.1). */
static void theil_terms_do_not_cancel(void **state) {
    (void)state;
    static const struct {
        double t, term;
    } cases[] = {
        {0x1p-40, 4.1359030627638845137e-25}, {-0x1p-40, 4.135903062766392235e-25},
        {0x1p-20, 4.547472063262433859e-13},  {-0x1p-3, 0.0081600314535427047469},
        {0.5, 0.10819766216224657297},        {-0.5, 0.15342640972002734529},
        {1.0, 0.38629436111989061883},        {-1.0, 1.0},
        {0x1p30, 21254091736.441205953},      {-1.0 + 0x1p-40, 0.99999999997387395777},
        {0x1p-60, 3.7615819226313200244e-37}, {0.0, 0.0},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        for (double c = 0x1p-300; c < 0x1p350; c *= 0x1p50) {
            const double expected = cases[i].term * c;
            assert_double_near(custval__theil_of_difference(c, cases[i].t * c), expected, 2e-15 * expected);
        }
    }
}

static void sets_are_known_by_name(void **state) {
    (void)state;
    const custval__summary_kernels *best = custval__summary_kernels_best();
    assert_ptr_equal(custval__summary_kernels_named(best->name), best);
    assert_null(custval__summary_kernels_named("mmx"));
    assert_null(custval__summary_kernels_named(NULL));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_instruction_set_gives_the_same_bits),
        cmocka_unit_test(the_loops_do_what_they_say),
        cmocka_unit_test(theil_terms_do_not_cancel),
        cmocka_unit_test(sets_are_known_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
