/* custval_means: means, their errors and intervals, groups, top boxes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "explain_support.h"

static custval_table *means_of(const custval_table *table, const custval_means_options *options) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    assert_ok(custval_means(table, options, &out, &error), &error);
    return out;
}

static void assert_fails(const custval_table *table, const custval_means_options *options, custval_status status,
                         const char *message) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = (custval_table *)&error;
    assert_status(custval_means(table, options, &out, &error), status, &error);
    assert_null(out);
    assert_message(&error, message);
}

static const double eight[] = {7, 9, 4, 8, 10, 6, 3, 8};

/* ---- One group --------------------------------------------------------------------------------------------------- */

/* scipy 1.17: numpy's mean and std(ddof=1), stats.t.ppf. */
static void means_have_the_interval_of_student(void **state) {
    (void)state;
    static const double ends[2][2] = {{4.854787710418568, 8.895212289581432}, {5.66616239904206, 8.08383760095794}};
    custval_table *table = table_of("x", eight, 8);
    for (int i = 0; i < 2; i++) {
        custval_means_options options = CUSTVAL_MEANS_OPTIONS_INIT;
        options.resamples = 0;
        options.level = i == 0 ? 0.95 : 0.8;
        custval_table *out = means_of(table, &options);
        assert_int_equal(custval_table_rows(out), 1);
        assert_int_equal(custval_table_columns(out), 10);
        assert_text(out, "group", 0, NULL);
        assert_text(out, "column", 0, "x");
        assert_double_bits(cell(out, "n", 0), 8.0);
        assert_double_bits(cell(out, "missing", 0), 0.0);
        assert_double_bits(cell(out, "mean", 0), 6.875);
        assert_double_near(cell(out, "deviation", 0), 2.416461403433896, 1e-14);
        assert_double_near(cell(out, "error", 0), 0.8543481224218347, 1e-14);
        assert_double_near(cell(out, "low", 0), ends[i][0], 1e-12);
        assert_double_near(cell(out, "high", 0), ends[i][1], 1e-12);
        assert_double_bits(cell(out, "low_n", 0), 1.0);
        custval_table_free(out);
    }
    custval_table_free(table);
}

static void a_large_offset_costs_no_digits(void **state) {
    (void)state;
    static const double x[] = {1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16}; /* numpy: std 5.477225575051661 */
    custval_table *table = table_of("x", x, 4), *out = means_of(table, NULL);
    assert_double_bits(cell(out, "mean", 0), 1e9 + 10);
    assert_double_near(cell(out, "deviation", 0), 5.477225575051661, 1e-14);
    custval_table_free(out);
    custval_table_free(table);
}

/* The mean of two draws from {0, 1} is 0, 1/2, 1 with probability 1/4, 1/2, 1/4. */
static void bootstrap_intervals_are_quantiles_of_resampled_means(void **state) {
    (void)state;
    static const double x[] = {0, 1};
    static const double levels[] = {0.95, 0.4}, low[] = {0.0, 0.5}, high[] = {1.0, 0.5};
    custval_table *table = table_of("x", x, 2);
    for (int i = 0; i < 2; i++) {
        custval_means_options options = CUSTVAL_MEANS_OPTIONS_INIT;
        options.level = levels[i];
        custval_table *out = means_of(table, &options);
        assert_double_bits(cell(out, "low", 0), low[i]);
        assert_double_bits(cell(out, "high", 0), high[i]);
        custval_table_free(out);
    }
    custval_table_free(table);
}

/* For many numbers the means of resamples are normal with the deviation sqrt((n - 1)/n) of the standard error. The
   2.5 % quantile of 20,000 of them has a standard error of .0187 of that deviation. */
static void bootstrap_intervals_come_near_the_normal_ones(void **state) {
    (void)state;
    enum { ROWS = 400 };
    double x[ROWS];
    support_random random = random_seeded("bootstrap");
    for (int i = 0; i < ROWS; i++) x[i] = random_between(&random, 0.0, 100.0);
    custval_table *table = table_of("x", x, ROWS);
    custval_means_options options = CUSTVAL_MEANS_OPTIONS_INIT;
    options.resamples = 20000;
    custval_table *out = means_of(table, &options);
    const double mean = cell(out, "mean", 0), error = cell(out, "error", 0);
    assert_double_near(cell(out, "low", 0), mean - 1.96 * error, 0.1 * error);
    assert_double_near(cell(out, "high", 0), mean + 1.96 * error, 0.1 * error);
    options.seed = 2;
    custval_table *other = means_of(table, &options);
    assert_true(cell(other, "low", 0) != cell(out, "low", 0));
    custval_table_free(other);
    custval_table_free(out);
    custval_table_free(table);
}

/* scipy.stats.binomtest(k, n).proportion_ci(level, method="wilson") */
static void top_boxes_have_the_interval_of_wilson(void **state) {
    (void)state;
    static const struct {
        double top, level, share, low, high;
    } cases[] = {{8.0, 0.95, 0.5, 0.21521606221387757, 0.7847839377861224},
                 {11.0, 0.95, 0.0, 0.0, 0.32440756488388023},
                 {3.0, 0.95, 1.0, 0.6755924351161198, 1.0}};
    custval_table *table = table_of("x", eight, 8);
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_means_options options = CUSTVAL_MEANS_OPTIONS_INIT;
        options.has_top = 1;
        options.top = cases[i].top;
        options.level = cases[i].level;
        custval_table *out = means_of(table, &options);
        assert_double_bits(cell(out, "top_share", 0), cases[i].share);
        assert_double_near(cell(out, "top_low", 0), cases[i].low, 1e-12);
        assert_double_near(cell(out, "top_high", 0), cases[i].high, 1e-12);
        custval_table_free(out);
    }
    custval_table_free(table);
}

/* ---- Groups ------------------------------------------------------------------------------------------------------ */

static const double cells[6][2] = {{1, 10}, {2, NONE}, {3, 30}, {4, 40}, {NONE, 50}, {6, 60}};

static void groups_come_in_the_order_of_appearance(void **state) {
    (void)state;
    static const char *const words[] = {"north", "south", "north", NULL, "south", NULL};
    static const char *const groups[] = {"north", "north", "south", "south", NULL, NULL};
    static const double n[] = {2, 2, 1, 1, 2, 2}, missing[] = {0, 0, 1, 1, 0, 0}, mean[] = {2, 20, 2, 50, 5, 50};
    static const double low_n[] = {0, 0, 1, 1, 0, 0};
    custval_table *table = table_of("a b", cells[0], 6);
    add_texts(table, "region", words);
    custval_means_options options = CUSTVAL_MEANS_OPTIONS_INIT;
    options.group = "region";
    options.few = 2;
    custval_table *out = means_of(table, &options);
    assert_int_equal(custval_table_rows(out), 6);
    for (size_t i = 0; i < 6; i++) {
        assert_text(out, "group", i, groups[i]);
        assert_text(out, "column", i, i % 2 == 0 ? "a" : "b");
        assert_double_bits(cell(out, "n", i), n[i]);
        assert_double_bits(cell(out, "missing", i), missing[i]);
        assert_double_bits(cell(out, "mean", i), mean[i]);
        assert_double_bits(cell(out, "low_n", i), low_n[i]);
    }
    assert_double_bits(cell(out, "deviation", 2), NONE); /* of one number */
    assert_double_bits(cell(out, "error", 2), NONE);
    assert_double_bits(cell(out, "low", 2), NONE);
    assert_double_bits(cell(out, "high", 2), NONE);
    custval_table_free(out);
    custval_table_free(table);
}

static void integers_name_groups_and_are_no_column_then(void **state) {
    (void)state;
    static const int64_t branch[] = {7, -7, 7, 1000000, -7, 7};
    static const char *const groups[] = {"7", "-7", "1000000"};
    custval_column column = CUSTVAL_COLUMN_INIT;
    custval_table *table = table_of("a b", cells[0], 6);
    column.type = CUSTVAL_TYPE_INT64;
    column.data = branch;
    assert_ok(custval_table_add(table, "branch", &column, NULL), NULL);
    custval_means_options options = CUSTVAL_MEANS_OPTIONS_INIT;
    options.group = "branch";
    custval_table *out = means_of(table, &options);
    assert_int_equal(custval_table_rows(out), 6);
    for (size_t i = 0; i < 6; i++) assert_text(out, "group", i, groups[i / 2]);
    assert_double_bits(cell(out, "n", 1), 3.0);
    custval_table_free(out);
    static const char *const names[] = {"branch", "a"};
    options.columns = names;
    options.count = 2;
    out = means_of(table, &options);
    assert_text(out, "column", 0, "branch");
    assert_double_bits(cell(out, "mean", 0), 7.0);
    assert_double_bits(cell(out, "deviation", 0), 0.0);
    custval_table_free(out);
    custval_table_free(table);
}

static void many_groups_keep_apart(void **state) {
    (void)state;
    enum { ROWS = 5000, GROUPS = 1250 };
    double *x = calloc(ROWS, sizeof *x);
    custval_text *texts = calloc(ROWS, sizeof *texts);
    char(*words)[8] = calloc(ROWS, sizeof *words);
    custval_table *table = NULL;
    assert_true(x != NULL && texts != NULL && words != NULL);
    for (int i = 0; i < ROWS; i++) {
        x[i] = (double)(i % GROUPS);
        snprintf(words[i], sizeof words[i], "g%d", i % GROUPS);
        texts[i] = (custval_text){words[i], strlen(words[i])};
    }
    assert_ok(custval_table_new(NULL, ROWS, &table, NULL), NULL);
    assert_ok(custval_table_add_doubles(table, "x", x, NULL), NULL);
    assert_ok(custval_table_add_texts(table, "g", texts, NULL), NULL);
    custval_means_options options = CUSTVAL_MEANS_OPTIONS_INIT;
    options.group = "g";
    options.resamples = 500; /* more than go into one batch */
    custval_table *out = means_of(table, &options);
    assert_int_equal(custval_table_rows(out), GROUPS);
    for (size_t i = 0; i < GROUPS; i++) {
        assert_text(out, "group", i, words[i]);
        assert_double_bits(cell(out, "n", i), 4.0);
        assert_double_bits(cell(out, "mean", i), (double)i);
        assert_double_bits(cell(out, "low", i), (double)i);
        assert_double_bits(cell(out, "high", i), (double)i);
    }
    custval_table_free(out);
    custval_table_free(table);
    free(words);
    free(texts);
    free(x);
}

/* ---- Awkward input ------------------------------------------------------------------------------------------------- */

static void no_rows_have_no_means(void **state) {
    (void)state;
    custval_table *table = table_of("x", eight, 0);
    custval_means_options options = CUSTVAL_MEANS_OPTIONS_INIT;
    options.has_top = 1;
    custval_table *out = means_of(table, &options);
    assert_int_equal(custval_table_rows(out), 1);
    assert_double_bits(cell(out, "n", 0), 0.0);
    assert_double_bits(cell(out, "mean", 0), NONE);
    assert_double_bits(cell(out, "low", 0), NONE);
    assert_double_bits(cell(out, "top_share", 0), NONE);
    assert_double_bits(cell(out, "top_low", 0), NONE);
    assert_double_bits(cell(out, "top_high", 0), NONE);
    custval_table_free(out);
    add_texts(table, "g", NULL);
    options.group = "g";
    out = means_of(table, &options);
    assert_int_equal(custval_table_rows(out), 0);
    custval_table_free(out);
    custval_table_free(table);
}

/* Multiples of 2^900 or 2^-900 have the multiples of all that one has: to the bit, for a power of two rounds nothing. */
static void numbers_of_any_size_have_means(void **state) {
    (void)state;
    static const char *const names[] = {"mean", "deviation", "error", "low", "high"};
    static const double units[] = {0x1p900, 0x1p-900};
    for (uint32_t resamples = 0; resamples <= 100; resamples += 100) {
        custval_means_options options = CUSTVAL_MEANS_OPTIONS_INIT;
        options.resamples = resamples;
        custval_table *table = table_of("x", eight, 8), *plain = means_of(table, &options);
        for (size_t k = 0; k < SUPPORT_COUNT(units); k++) {
            double x[8];
            for (size_t i = 0; i < 8; i++) x[i] = eight[i] * units[k];
            custval_table *other = table_of("x", x, 8), *out = means_of(other, &options);
            for (size_t i = 0; i < SUPPORT_COUNT(names); i++) {
                assert_double_bits(cell(out, names[i], 0), cell(plain, names[i], 0) * units[k]);
            }
            custval_table_free(out);
            custval_table_free(other);
        }
        custval_table_free(plain);
        custval_table_free(table);
    }
}

/* Python's fractions: the mean is .54e308, the deviation 1.433e308; Student's interval would end at 2.32e308. */
static void results_beyond_the_largest_double_are_refused(void **state) {
    (void)state;
    static const double x[] = {1.7e308, 1.7e308, -1.7e308, 1e308, 1}, wide[] = {1.7e308, -1.7e308};
    custval_means_options options = CUSTVAL_MEANS_OPTIONS_INIT;
    custval_table *table = table_of("x", x, 5), *out = means_of(table, &options);
    assert_double_near(cell(out, "mean", 0) / 1e308, 0.54, 1e-15);
    assert_double_near(cell(out, "deviation", 0) / 1e308, 1.4328293687665674, 1e-14);
    assert_true(cell(out, "low", 0) < cell(out, "mean", 0) && cell(out, "high", 0) > cell(out, "mean", 0));
    options.resamples = 0;
    assert_fails(table, &options, CUSTVAL_ERROR_NOT_FINITE, "column \"x\": its numbers are too large");
    custval_table_free(out);
    custval_table_free(table);
    table = table_of("x", wide, 2); /* their deviation is 2.4e308 */
    assert_fails(table, NULL, CUSTVAL_ERROR_NOT_FINITE, "column \"x\": its numbers are too large");
    custval_table_free(table);
}

static void infinite_numbers_are_refused_by_row_and_column(void **state) {
    (void)state;
    static const double x[] = {1, 2, (double)INFINITY};
    custval_table *table = table_of("x", x, 3);
    assert_fails(table, NULL, CUSTVAL_ERROR_NOT_FINITE, "row 2: column \"x\" is inf");
    custval_table_free(table);
}

static void wrong_options_are_named(void **state) {
    (void)state;
    static const char *const words[] = {"a", "b", "c", "d", "e", "f", "g", "h"};
    static const char *const unknown[] = {"y"}, *const text[] = {"words"}, *const null[] = {NULL};
    const custval_means_options usual = CUSTVAL_MEANS_OPTIONS_INIT;
    custval_table *table = table_of("x", eight, 8);
    add_texts(table, "words", words);
    custval_means_options options = usual;
    options.level = 1.0;
    assert_fails(table, &options, CUSTVAL_ERROR_RANGE, "level is 1");
    options.level = NONE;
    assert_fails(table, &options, CUSTVAL_ERROR_RANGE, "level is nan");
    options = usual;
    options.reserved = 1;
    assert_fails(table, &options, CUSTVAL_ERROR_ARGUMENT, "reserved is 1");
    options = usual;
    options.has_top = 2;
    assert_fails(table, &options, CUSTVAL_ERROR_ARGUMENT, "has_top is 2");
    options = usual;
    options.resamples = 1048577;
    assert_fails(table, &options, CUSTVAL_ERROR_RANGE, "resamples is 1048577");
    options = usual;
    options.has_top = 1;
    options.top = NONE;
    assert_fails(table, &options, CUSTVAL_ERROR_RANGE, "top");
    options = usual;
    options.count = 1;
    assert_fails(table, &options, CUSTVAL_ERROR_ARGUMENT, "columns is NULL, but count is 1");
    options.columns = unknown;
    assert_fails(table, &options, CUSTVAL_ERROR_NOT_FOUND, "\"y\"");
    options.columns = text;
    assert_fails(table, &options, CUSTVAL_ERROR_TYPE, "words");
    options.columns = null;
    assert_fails(table, &options, CUSTVAL_ERROR_ARGUMENT, "column 1 is NULL");
    options = usual;
    options.group = "x";
    assert_fails(table, &options, CUSTVAL_ERROR_NOT_FOUND, "no column of numbers");
    options.columns = (const char *const[]){"x"};
    options.count = 1;
    assert_fails(table, &options, CUSTVAL_ERROR_TYPE,
                 "column \"x\" holds numbers, but groups are texts or whole numbers");
    options.group = "region";
    assert_fails(table, &options, CUSTVAL_ERROR_NOT_FOUND, "region");
    custval_table_free(table);
}

static void integers_too_large_for_a_double_name_no_group(void **state) {
    (void)state;
    static const uint64_t keys[] = {5, UINT64_C(1) << 60};
    custval_column column = CUSTVAL_COLUMN_INIT;
    custval_table *table = table_of("x", eight, 2);
    column.type = CUSTVAL_TYPE_UINT64;
    column.data = keys;
    assert_ok(custval_table_add(table, "key", &column, NULL), NULL);
    custval_means_options options = CUSTVAL_MEANS_OPTIONS_INIT;
    options.group = "key";
    assert_fails(table, &options, CUSTVAL_ERROR_RANGE, "row 1: column \"key\"");
    custval_table_free(table);
}

/* ---- Threads --------------------------------------------------------------------------------------------------------- */

static void threads_change_no_bit(void **state) {
    (void)state;
    custval_threads *threads = NULL;
    custval_host host = CUSTVAL_HOST_INIT;
    custval_table *table = table_of("x", eight, 8);
    assert_ok(custval_threads_new(NULL, threads_up_to(3), &threads, NULL), NULL);
    host.runner = custval_threads_run;
    host.runner_data = threads;
    custval_means_options options = CUSTVAL_MEANS_OPTIONS_INIT;
    custval_table *one = means_of(table, &options);
    options.host = &host;
    custval_table *three = means_of(table, &options);
    assert_double_bits(cell(one, "low", 0), cell(three, "low", 0));
    assert_double_bits(cell(one, "high", 0), cell(three, "high", 0));
    custval_table_free(one);
    custval_table_free(three);
    custval_table_free(table);
    custval_threads_free(threads);
}

static int stop(void *data, uint64_t done, uint64_t total) {
    (void)data;
    assert_true(done <= total);
    return done > 0;
}

static void the_host_may_stop_it(void **state) {
    (void)state;
    custval_host host = CUSTVAL_HOST_INIT;
    custval_table *table = table_of("x", eight, 8);
    custval_means_options options = CUSTVAL_MEANS_OPTIONS_INIT;
    host.progress = stop;
    options.host = &host;
    assert_fails(table, &options, CUSTVAL_ERROR_CANCELLED, "stopped");
    custval_table_free(table);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(means_have_the_interval_of_student),
        cmocka_unit_test(a_large_offset_costs_no_digits),
        cmocka_unit_test(bootstrap_intervals_are_quantiles_of_resampled_means),
        cmocka_unit_test(bootstrap_intervals_come_near_the_normal_ones),
        cmocka_unit_test(top_boxes_have_the_interval_of_wilson),
        cmocka_unit_test(groups_come_in_the_order_of_appearance),
        cmocka_unit_test(integers_name_groups_and_are_no_column_then),
        cmocka_unit_test(many_groups_keep_apart),
        cmocka_unit_test(no_rows_have_no_means),
        cmocka_unit_test(numbers_of_any_size_have_means),
        cmocka_unit_test(results_beyond_the_largest_double_are_refused),
        cmocka_unit_test(infinite_numbers_are_refused_by_row_and_column),
        cmocka_unit_test(wrong_options_are_named),
        cmocka_unit_test(integers_too_large_for_a_double_name_no_group),
        cmocka_unit_test(threads_change_no_bit),
        cmocka_unit_test(the_host_may_stop_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
