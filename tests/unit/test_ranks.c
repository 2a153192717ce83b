/* custval_ranks: every rule of ties against counting, the order of equal numbers, and where the result goes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "rank/rank.h"
#include "support.h"

#define MOST 300

static double counted(const double *numbers, size_t count, size_t of, uint32_t ties) {
    double better = 0.0, same = 0.0, distinct = 0.0;
    if (isnan(numbers[of])) return (double)NAN;
    for (size_t i = 0; i < count; i++) {
        if (numbers[i] == numbers[of]) same += 1.0;
        if (!(numbers[i] > numbers[of])) continue;
        better += 1.0;
        size_t earlier = 0;
        while (earlier < i && numbers[earlier] != numbers[i]) earlier++;
        if (earlier == i) distinct += 1.0;
    }
    switch (ties) {
    case CUSTVAL_TIES_MAXIMUM: return better + same;
    case CUSTVAL_TIES_DENSE: return distinct + 1.0;
    case CUSTVAL_TIES_MEAN: return better + (same + 1.0) / 2.0;
    default: return better + 1.0;
    }
}

static void ranks_are_what_counting_gives(void **state) {
    (void)state;
    support_random random = random_seeded("ranks");
    for (int round = 0; round < 400; round++) {
        double numbers[MOST], ranks[MOST];
        const size_t count = random_below(&random, MOST + 1);
        const uint32_t kinds = 1 + random_below(&random, 400);
        for (size_t i = 0; i < count; i++) {
            numbers[i] = random_below(&random, 10) == 0 ? (double)NAN : (double)random_below(&random, kinds) - 20.0;
        }
        for (uint32_t ties = 0; ties <= CUSTVAL_TIES_MEAN; ties++) {
            assert_ok(custval_ranks(NULL, numbers, count, ties, ranks, NULL), NULL);
            for (size_t i = 0; i < count; i++) assert_double_bits(ranks[i], counted(numbers, count, i, ties));
        }
    }
}

static void numbers_in_any_order_get_their_ranks(void **state) {
    (void)state;
    double numbers[MOST], ranks[MOST];
    for (int falling = 0; falling < 2; falling++) {
        for (size_t i = 0; i < MOST; i++) numbers[i] = falling ? (double)(MOST - i) : (double)i;
        assert_ok(custval_ranks(NULL, numbers, MOST, CUSTVAL_TIES_DENSE, ranks, NULL), NULL);
        for (size_t i = 0; i < MOST; i++) assert_double_bits(ranks[i], falling ? (double)i + 1.0 : (double)(MOST - i));
    }
}

static void ranks_may_replace_the_numbers(void **state) {
    (void)state;
    double numbers[] = {3, (double)NAN, 9, 3};
    const double ranks[] = {2.5, (double)NAN, 1, 2.5};
    assert_ok(custval_ranks(NULL, numbers, 4, CUSTVAL_TIES_MEAN, numbers, NULL), NULL);
    for (size_t i = 0; i < 4; i++) assert_double_bits(numbers[i], ranks[i]);
}

/* 3 and 2.5 are ties through the rounding of one 3, 2.5 and 2 are not, 2 and 1 are through that of 1. */
static void rounding_makes_ties_in_any_order(void **state) {
    (void)state;
    static const double numbers[] = {3, 3, 2.5, 2, 1}, rounding[] = {0.1, 0.5, 0.4, 0.4, 1}, ranks[] = {1, 1, 1, 4, 4};
    custval_host host;
    assert_ok(custval__host_read(&host, NULL, NULL), NULL);
    for (size_t shift = 0; shift < 10; shift++) {
        double mixed[5], unsure[5], out[5];
        for (size_t i = 0; i < 5; i++) {
            const size_t from = shift < 5 ? (i + shift) % 5 : (14 - i - shift) % 5;
            mixed[i] = numbers[from];
            unsure[i] = rounding[from];
        }
        assert_ok(custval__ranks(&host, mixed, unsure, 5, CUSTVAL_TIES_MINIMUM, out, NULL), NULL);
        for (size_t i = 0; i < 5; i++) {
            assert_double_bits(out[i], ranks[shift < 5 ? (i + shift) % 5 : (14 - i - shift) % 5]);
        }
    }
}

static void nothing_has_no_ranks(void **state) {
    (void)state;
    double nothing[] = {(double)NAN, (double)NAN};
    assert_ok(custval_ranks(NULL, NULL, 0, 0, NULL, NULL), NULL);
    assert_ok(custval_ranks(NULL, nothing, 2, 0, nothing, NULL), NULL);
    assert_true(isnan(nothing[0]) && isnan(nothing[1]));
}

/* More than the host can give, asked for before anything is read. */
static void sizes_are_checked(void **state) {
    (void)state;
    const size_t counts[] = {SIZE_MAX, SIZE_MAX / 2 + 1, SIZE_MAX / 2, SIZE_MAX / 16};
    custval_error error = CUSTVAL_ERROR_INIT;
    double number = 1.0;
    for (size_t i = 0; i < SUPPORT_COUNT(counts); i++) {
        assert_status(custval_ranks(NULL, &number, counts[i], 0, &number, &error), CUSTVAL_ERROR_MEMORY, &error);
        assert_double_bits(number, 1.0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranks_are_what_counting_gives), cmocka_unit_test(numbers_in_any_order_get_their_ranks),
        cmocka_unit_test(ranks_may_replace_the_numbers), cmocka_unit_test(rounding_makes_ties_in_any_order),
        cmocka_unit_test(nothing_has_no_ranks),          cmocka_unit_test(sizes_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
