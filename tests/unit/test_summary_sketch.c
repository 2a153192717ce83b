/* Quantiles: exact where it is said, near everywhere, the same for any order and cutting. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "summaries.h"

#include "summary/sketch.h"

static const char *const names[] = {"x"};
static const double shares[] = {0.0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1.0};

static double quantile(const custval_summary *summary, double share) {
    double out;
    assert_ok(custval_summary_quantile(summary, 0, share, &out, NULL), NULL);
    return out;
}

static custval_summary *sketch_of(const double *values, size_t count) {
    custval_table *table = columns_table(names, 1, values, count);
    custval_summary *summary = summary_of(names, 1, CUSTVAL_SUMMARY_QUANTILES, table);
    custval_table_free(table);
    return summary;
}

static int by_size(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The number of rank ceil(share n) of sorted numbers, 1 for share 0. */
static double exact(const double *sorted, size_t count, double share) {
    const double rank = ceil(share * (double)count - 1e-9);
    return sorted[rank < 1.0 ? 0 : (size_t)rank - 1];
}

static void whole_numbers_up_to_256_are_exact(void **state) {
    (void)state;
    double values[1026];
    for (size_t i = 0; i < 1026; i++) values[i] = (double)(i * 7 % 513) - 256.0; /* each twice */
    custval_summary *summary = sketch_of(values, 1026);
    qsort(values, 1026, sizeof *values, by_size);
    for (int i = 0; i <= 1000; i++) assert_double_bits(quantile(summary, i / 1000.0), exact(values, 1026, i / 1000.0));
    custval_summary_free(summary);
}

/* 0.07 is an ulp too large: its rank among 100 is 7 all the same. */
static void shares_are_meant_as_they_are_written(void **state) {
    (void)state;
    double values[100];
    for (size_t i = 0; i < 100; i++) values[i] = (double)(i + 1);
    custval_summary *summary = sketch_of(values, 100);
    for (int i = 1; i <= 100; i++) assert_double_bits(quantile(summary, i / 100.0), (double)i);
    custval_summary_free(summary);
}

static void any_number_is_near(void **state) {
    (void)state;
    enum { COUNT = 5000, ROUNDS = 20 };
    static double values[COUNT];
    support_random random = random_seeded("quantiles");
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < COUNT; i++) {
            do {
                values[i] = round % 2 ? random_double(&random) : random_between(&random, -3.0, 1000.0);
            } while (fabs(values[i]) < 0x1p-1022); /* below the normal numbers, doubles are not relatively exact */
        }
        custval_summary *summary = sketch_of(values, COUNT);
        qsort(values, COUNT, sizeof *values, by_size);
        for (size_t i = 0; i < SUPPORT_COUNT(shares); i++) {
            const double expected = exact(values, COUNT, shares[i]);
            assert_double_near(quantile(summary, shares[i]), expected, 0x1p-8 * fabs(expected));
        }
        assert_double_bits(quantile(summary, 0.0), values[0]);
        assert_double_bits(quantile(summary, 1.0), values[COUNT - 1]);
        custval_summary_free(summary);
    }
}

static void a_number_alone_in_its_cell_is_exact(void **state) {
    (void)state;
    static const double values[] = {3.14159, 2.71828, 3.14159, 1e300, -1e-300, 3.14159, 0.0, -0.0};
    static const double sorted[] = {-1e-300, 0.0, 0.0, 2.71828, 3.14159, 3.14159, 3.14159, 1e300};
    custval_summary *summary = sketch_of(values, 8);
    for (size_t i = 0; i < 8; i++) assert_double_bits(quantile(summary, (double)(i + 1) / 8), sorted[i]);
    custval_summary_free(summary);
}

static void order_and_cutting_do_not_matter(void **state) {
    (void)state;
    enum { COUNT = 3000 };
    static double values[COUNT], backwards[COUNT];
    support_random random = random_seeded("order of quantiles");
    for (size_t i = 0; i < COUNT; i++) values[i] = random_double(&random);
    for (size_t i = 0; i < COUNT; i++) backwards[i] = values[COUNT - 1 - i];
    custval_summary *a = sketch_of(values, COUNT), *b = sketch_of(backwards, 1234);
    custval_summary *rest = sketch_of(backwards + 1234, COUNT - 1234);
    assert_ok(custval_summary_merge(b, rest, NULL), NULL);
    for (int i = 0; i <= 500; i++) assert_double_bits(quantile(a, i / 500.0), quantile(b, i / 500.0));
    custval_summary_free(a);
    custval_summary_free(b);
    custval_summary_free(rest);
}

/* Ascending keys for ascending numbers; neighbours in the same cell differ by at most 2^-7. */
static void cells_are_narrow_and_in_order(void **state) {
    (void)state;
    support_random random = random_seeded("cells");
    for (int i = 0; i < 100000; i++) {
        const double a = random_double(&random), b = a * random_between(&random, 0.98, 1.02);
        if (!isfinite(b) || fabs(a) < 0x1p-1020) continue;
        const uint32_t of_a = custval__sketch_key(a), of_b = custval__sketch_key(b);
        assert_true(of_a < CUSTVAL__SKETCH_PAGES * CUSTVAL__SKETCH_CELLS);
        assert_true(a < b ? of_a <= of_b : of_a >= of_b);
        if (of_a == of_b) assert_true(fabs(a - b) <= 0x1p-7 * fmin(fabs(a), fabs(b)));
    }
    assert_int_equal(custval__sketch_key(-0.0), custval__sketch_key(0.0));
}

static void refusals_name_the_number(void **state) {
    (void)state;
    static const double values[] = {1, 2};
    custval_error error = CUSTVAL_ERROR_INIT;
    double out = 0.0;
    custval_summary *summary = sketch_of(values, 2);
    assert_status(custval_summary_quantile(summary, 1, 0.5, &out, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_message(&error, "column 1: the summary has 1");
    assert_double_bits(out, NONE);
    assert_status(custval_summary_quantile(summary, 0, 1.5, &out, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_message(&error, "share is 1.5");
    assert_status(custval_summary_quantile(summary, 0, NONE, &out, &error), CUSTVAL_ERROR_RANGE, &error);
    custval_summary_free(summary);
    custval_table *table = columns_table(names, 1, values, 2);
    summary = summary_of(names, 1, 0, table);
    assert_status(custval_summary_quantile(summary, 0, 0.5, &out, &error), CUSTVAL_ERROR_STATE, &error);
    custval_summary_free(summary);
    custval_table_free(table);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_numbers_up_to_256_are_exact),
        cmocka_unit_test(shares_are_meant_as_they_are_written),
        cmocka_unit_test(any_number_is_near),
        cmocka_unit_test(a_number_alone_in_its_cell_is_exact),
        cmocka_unit_test(order_and_cutting_do_not_matter),
        cmocka_unit_test(cells_are_narrow_and_in_order),
        cmocka_unit_test(refusals_name_the_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
