/* Counted random numbers: published known answers, and the distributions made from them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <math.h>
#include <stdlib.h>

#include "base/random.h"

#define DRAWS 50000
/* Kolmogorov's distance exceeds this x 1/sqrt(n) once in 10,000 times; the seeds are fixed, so it never flickers. */
#define KOLMOGOROV 2.23

/* ---- Philox -------------------------------------------------------------------------------------------------------- */

/* tests/kat_vectors of Random123 (Salmon, Moraes, Dror & Shaw 2011), philox4x32 with 10 rounds. */
static void blocks_are_the_published_ones(void **state) {
    (void)state;
    static const struct {
        uint64_t seed, stream, index;
        uint32_t word[4];
    } cases[] = {
        {0, 0, 0, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {UINT64_MAX, UINT64_MAX, UINT64_MAX, {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {UINT64_C(0x299f31d0a4093822),
         UINT64_C(0x0370734413198a2e),
         UINT64_C(0x85a308d3243f6a88),
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        const custval__philox block = custval__philox_block(cases[i].seed, cases[i].stream, cases[i].index);
        for (size_t k = 0; k < 4; k++) assert_int_equal(block.word[k], cases[i].word[k]);
    }
}

static void a_sequence_is_the_words_of_its_blocks_in_order(void **state) {
    (void)state;
    custval__random random;
    custval__random_init(&random, 17, 4);
    for (uint32_t i = 0; i < 41; i++) {
        assert_int_equal(custval__random_word(&random), custval__philox_block(17, 4, i / 4).word[i % 4]);
    }
    custval__random_init(&random, 17, 4);
    const custval__philox block = custval__philox_block(17, 4, 0);
    assert_true(custval__random_word64(&random) == ((uint64_t)block.word[1] << 32 | block.word[0]));
    assert_int_equal(custval__random_word(&random), block.word[2]);
}

/* ---- Uniform ------------------------------------------------------------------------------------------------------- */

static void a_unit_is_the_middle_of_its_part(void **state) {
    (void)state;
    custval__random random;
    custval__random_init(&random, 0, 0);
    /* The block of zeros: (0xe169c58d6627e8d5 >> 12) + 1/2 over 2^52, which a double holds exactly. */
    assert_double_bits(custval__random_unit(&random), ((double)UINT64_C(0xe169c58d6627e) + 0.5) / 4503599627370496.0);
    for (int i = 0; i < DRAWS; i++) {
        const double unit = custval__random_unit(&random);
        assert_true(unit > 0.0 && unit < 1.0);
    }
}

static int ascending(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Largest distance between the share of draws up to x and what it should be; sorts the draws. */
static double distance(double *draws, size_t count, double (*share)(double x, double shape), double shape) {
    double most = 0.0;
    qsort(draws, count, sizeof *draws, ascending);
    for (size_t i = 0; i < count; i++) {
        const double wanted = share(draws[i], shape);
        most = fmax(most, fmax(wanted - (double)i / (double)count, (double)(i + 1) / (double)count - wanted));
    }
    return most;
}

static double draws[DRAWS];

static void assert_moments(double mean, double variance, double fourth) {
    const double n = DRAWS;
    double sum = 0.0, squares = 0.0;
    for (size_t i = 0; i < DRAWS; i++) sum += draws[i];
    for (size_t i = 0; i < DRAWS; i++) squares += (draws[i] - sum / n) * (draws[i] - sum / n);
    assert_double_near(sum / n, mean, 4.0 * sqrt(variance / n));
    /* Variance of a sample variance: (fourth central moment - variance^2) / n. */
    assert_double_near(squares / n, variance, 4.0 * sqrt((fourth - variance * variance) / n));
}

static double uniform_share(double x, double shape) {
    (void)shape;
    return x;
}

static void units_are_uniform(void **state) {
    (void)state;
    custval__random random;
    custval__random_init(&random, 1, 0);
    for (size_t i = 0; i < DRAWS; i++) draws[i] = custval__random_unit(&random);
    assert_moments(0.5, 1.0 / 12.0, 1.0 / 80.0);
    assert_true(distance(draws, DRAWS, uniform_share, 0.0) < KOLMOGOROV / sqrt(DRAWS));
}

static void whole_numbers_are_uniform_for_any_bound(void **state) {
    (void)state;
    static const uint64_t bounds[] = {1, 2, 3, 7, 10, 12};
    custval__random random;
    custval__random_init(&random, 2, 0);
    for (size_t b = 0; b < SUPPORT_COUNT(bounds); b++) {
        double counts[12] = {0}, chi = 0.0;
        for (int i = 0; i < DRAWS; i++) {
            const uint64_t drawn = custval__random_below(&random, bounds[b]);
            assert_true(drawn < bounds[b]);
            counts[drawn]++;
        }
        const double expected = DRAWS / (double)bounds[b];
        for (uint64_t k = 0; k < bounds[b]; k++) chi += (counts[k] - expected) * (counts[k] - expected) / expected;
        assert_true(chi < 38.0); /* of 11 degrees of freedom at most: once in 10,000 */
    }
    /* A bound just above half of all words rejects nearly every second one, and one below 2^64 does not loop. */
    double high = 0.0;
    const uint64_t half = (UINT64_C(1) << 63) + 1;
    for (int i = 0; i < DRAWS; i++) {
        const uint64_t drawn = custval__random_below(&random, half);
        assert_true(drawn < half);
        high += drawn >= half / 2;
    }
    assert_double_near(high / DRAWS, 0.5, 4.0 * 0.5 / sqrt(DRAWS));
    assert_true(custval__random_below(&random, UINT64_MAX) < UINT64_MAX);
}

/* ---- Normal -------------------------------------------------------------------------------------------------------- */

static void quantiles_of_the_normal_distribution_are_right_to_the_last_digits(void **state) {
    (void)state;
    /* mpmath with 60 digits: the root of Phi(x) = p for the double p. */
    static const double cases[][2] = {
        {0x1p-1022, -37.51937934714449982068239},
        {0x1p-200, -16.4260740970226578289718},
        {0x1p-53, -8.209536151601386855630769},
        {0x1.be6c4f5c2a5bbp-37, -6.671175726562377919424032},
        {0x1.8p-30, -5.943267008562716717105706},
        {0x1p-10, -3.09726907819878446236483},
        {0x1.3333333333332p-4, -1.439531470938456032987641},
        {0x1.3333333333333p-4, -1.439531470938455934949801},
        {0x1.8p-3, -0.8871465590188760566856643},
        {0x1.8p-2, -0.3186393639643751630219485},
        {0x1.fffffffffffffp-2, -1.391458212335883461116962e-16},
        {0x1p-1, 0.0},
        {0x1.0000000000001p-1, 2.782916424671766922233923e-16},
        {0x1.4p-1, 0.3186393639643751630219485},
        {0x1.d99999999999ap-1, 1.43953147093845622906332},
        {0x1.ep-1, 1.534120544352546311708399},
        {0x1.fffff8p-1, 5.035405969463927153738624},
        {0x1.fffffffffffffp-1, 8.209536151601386855630769},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        assert_double_near(custval__normal_quantile(cases[i][0]), cases[i][1], 1e-15 * fabs(cases[i][1]));
    }
}

static void intervals_have_the_width_of_their_level(void **state) {
    (void)state;
    static const double cases[][2] = {{0.95, 1.959963984540053855604},
                                      {0.5, 0.6744897501960817432022},
                                      {0x1.fffffffffffffp-1, 8.292361075813595538234}};
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        assert_double_near(custval__normal_half_width(cases[i][0]), cases[i][1], 1e-15 * cases[i][1]);
    }
}

static void quantiles_ascend_across_the_pieces(void **state) {
    (void)state;
    static const double seams[] = {0.075, 0.925, 1.3887943864964021e-11 /* exp(-25) */};
    for (size_t i = 0; i < SUPPORT_COUNT(seams); i++) {
        const double below = custval__normal_quantile(seams[i] * (1.0 - 1e-13));
        const double above = custval__normal_quantile(seams[i] * (1.0 + 1e-13));
        assert_true(below < above && above - below < 1e-9);
    }
}

static double normal_share(double x, double shape) {
    (void)shape;
    return 0.5 * erfc(-x / sqrt(2.0));
}

static void normal_draws_are_normal(void **state) {
    (void)state;
    custval__random random;
    custval__random_init(&random, 3, 0);
    for (size_t i = 0; i < DRAWS; i++) draws[i] = custval__random_normal(&random);
    assert_moments(0.0, 1.0, 3.0);
    assert_true(distance(draws, DRAWS, normal_share, 0.0) < KOLMOGOROV / sqrt(DRAWS));
}

/* ---- Gamma --------------------------------------------------------------------------------------------------------- */

/* Regularised lower incomplete gamma function by its series (DLMF 8.11.4). */
static double gamma_share(double x, double shape) {
    if (x <= 0.0) return 0.0;
    double term = exp(shape * log(x) - x - lgamma(shape + 1.0)), sum = term;
    for (int k = 1; term > 1e-17 * sum; k++) {
        term *= x / (shape + k);
        sum += term;
    }
    return sum;
}

static void gamma_draws_are_gamma_for_shapes_below_and_above_one(void **state) {
    (void)state;
    static const double shapes[] = {0.05, 0.5, 0.999, 1.0, 2.5, 40.0, 1e4};
    for (size_t s = 0; s < SUPPORT_COUNT(shapes); s++) {
        const double shape = shapes[s];
        custval__random random;
        custval__random_init(&random, 4, s);
        for (size_t i = 0; i < DRAWS; i++) {
            draws[i] = custval__random_gamma(&random, shape);
            assert_true(draws[i] >= 0.0 && isfinite(draws[i]));
        }
        assert_moments(shape, shape, 3.0 * shape * shape + 6.0 * shape);
        assert_true(distance(draws, DRAWS, gamma_share, shape) < KOLMOGOROV / sqrt(DRAWS));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_are_the_published_ones),
        cmocka_unit_test(a_sequence_is_the_words_of_its_blocks_in_order),
        cmocka_unit_test(a_unit_is_the_middle_of_its_part),
        cmocka_unit_test(units_are_uniform),
        cmocka_unit_test(whole_numbers_are_uniform_for_any_bound),
        cmocka_unit_test(quantiles_of_the_normal_distribution_are_right_to_the_last_digits),
        cmocka_unit_test(intervals_have_the_width_of_their_level),
        cmocka_unit_test(quantiles_ascend_across_the_pieces),
        cmocka_unit_test(normal_draws_are_normal),
        cmocka_unit_test(gamma_draws_are_gamma_for_shapes_below_and_above_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
