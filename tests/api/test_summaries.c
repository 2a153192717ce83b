/* Every call of summary.h through the public interface alone, but custval_system_fit(): what it takes and refuses. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "api.h"
#include "summaries.h"

static const char *const names[] = {"x", "y"};
static const double rows[4][2] = {{1, 4}, {2, 3}, {3, 9}, {5, 2}};

static custval_summary *sample(void) {
    custval_table *table = rows_table(names, 2, rows[0], 4);
    custval_summary *summary = summary_of(names, 2, SUMMARY_EVERYTHING & ~(uint32_t)CUSTVAL_SUMMARY_REMOVAL, table);
    custval_table_free(table);
    return summary;
}

static void arguments_must_be_there(void **state) {
    (void)state;
    const custval_criterion criterion = benefit("x", 0, 0);
    custval_table *table = rows_table(names, 2, rows[0], 4), *out = NULL;
    custval_summary *summary = sample(), *made = NULL;
    custval_weights *weights = NULL;
    custval_error error = CUSTVAL_ERROR_INIT;
    size_t length = 1;
    double number = 0.0;
    char byte = 0;
    assert_refused(custval_summary_new(NULL, NULL, 1, 0, &made, &error));
    assert_refused(custval_summary_new(NULL, &criterion, 0, 0, &made, &error));
    assert_refused(custval_summary_new(NULL, &criterion, 1, 0, NULL, &error));
    assert_refused(custval_summary_add(NULL, table, &error));
    assert_refused(custval_summary_add(summary, NULL, &error));
    assert_refused(custval_summary_merge(NULL, summary, &error));
    assert_refused(custval_summary_merge(summary, NULL, &error));
    assert_refused(custval_summary_merge(summary, summary, &error));
    assert_refused(custval_summary_write(NULL, NULL, 0, &length, &error));
    assert_int_equal(length, 0);
    assert_refused(custval_summary_write(summary, NULL, 8, &length, &error));
    assert_refused(custval_summary_write(summary, NULL, 0, NULL, &error));
    assert_refused(custval_summary_read(NULL, NULL, 0, &made, &error));
    assert_refused(custval_summary_read(NULL, &byte, 1, NULL, &error));
    assert_refused(custval_summary_table(NULL, &out, &error));
    assert_refused(custval_summary_table(summary, NULL, &error));
    assert_refused(custval_summary_correlations(NULL, &out, &error));
    assert_refused(custval_summary_correlations(summary, NULL, &error));
    assert_refused(custval_summary_quantile(NULL, 0, 0.5, &number, &error));
    assert_double_bits(number, NONE);
    assert_refused(custval_summary_quantile(summary, 0, 0.5, NULL, &error));
    assert_refused(custval_weights_data(NULL, NULL, &weights, &error));
    assert_refused(custval_weights_data(summary, NULL, NULL, &error));
    assert_refused(custval_weights_data(summary, NULL, &weights, &error));
    assert_message(&error, "method 0 is unknown");
    assert_null(made);
    assert_null(out);
    assert_null(weights);
    assert_int_equal(custval_summary_rows(NULL), 0);
    custval_summary_free(NULL);
    custval_summary_free(summary);
    custval_table_free(table);
}

static custval_status weigh_with(const void *given, custval_error *error) {
    custval_summary *summary = sample();
    custval_weights *weights = NULL;
    const custval_status status = custval_weights_data(summary, given, &weights, error);
    custval_weights_free(weights);
    custval_summary_free(summary);
    return status;
}

static custval_status make_with(const void *given, custval_error *error) {
    const custval_criterion criterion = benefit("x", 0, 0);
    custval_summary *summary = NULL;
    const custval_status status = custval_summary_new(given, &criterion, 1, 0, &summary, error);
    custval_summary_free(summary);
    return status;
}

static custval_status read_with(const void *given, custval_error *error) {
    custval_summary *from = sample(), *summary = NULL;
    size_t length;
    unsigned char *bytes = summary_bytes(from, &length);
    const custval_status status = custval_summary_read(given, bytes, length, &summary, error);
    custval_summary_free(summary);
    custval_summary_free(from);
    free(bytes);
    return status;
}

static void structs_are_of_known_size(void **state) {
    (void)state;
    const custval_host host = CUSTVAL_HOST_INIT;
    custval_data_options options = CUSTVAL_DATA_OPTIONS_INIT;
    options.method = CUSTVAL_DATA_CRITIC;
    assert_reads_struct(weigh_with, &options, sizeof options);
    assert_reads_struct(make_with, &host, sizeof host);
    assert_reads_struct(read_with, &host, sizeof host);
}

static void a_summary_goes_its_way(void **state) {
    (void)state;
    custval_summary *here = sample(), *there = NULL;
    size_t length;
    unsigned char *bytes = summary_bytes(here, &length);
    assert_ok(custval_summary_read(NULL, bytes, length, &there, NULL), NULL);
    assert_ok(custval_summary_merge(here, there, NULL), NULL);
    assert_int_equal(custval_summary_rows(here), 8);
    custval_table *table = summary_table(here), *correlations = NULL;
    assert_int_equal(custval_table_columns(table), 16);
    assert_int_equal(custval_table_rows(table), 2);
    assert_double_near(table_cell(table, "mean", 1), 4.5, 1e-15);
    assert_int_equal(table_row(table, "side", "benefit"), 0);
    double median;
    assert_ok(custval_summary_quantile(here, 1, 0.5, &median, NULL), NULL);
    assert_double_bits(median, 3.0);
    assert_double_bits(table_cell(table, "median", 1), 3.0);
    assert_ok(custval_summary_correlations(here, &correlations, NULL), NULL);
    /* Products -2.5 over squares 8.75 and 29 of four rows. */
    assert_double_near(table_cell(correlations, "y", 0), -2.5 / sqrt(8.75 * 29.0), 1e-15);
    custval_data_options options = CUSTVAL_DATA_OPTIONS_INIT;
    custval_weights *weights = NULL;
    options.method = CUSTVAL_DATA_CRITIC;
    assert_ok(custval_weights_data(here, &options, &weights, NULL), NULL);
    assert_int_equal(custval_weights_sample(weights), 8);
    custval_weights_free(weights);
    custval_table_free(correlations);
    custval_table_free(table);
    custval_summary_free(there);
    custval_summary_free(here);
    free(bytes);
}

static void parts_that_are_not_kept_are_named(void **state) {
    (void)state;
    const custval_criterion criterion = benefit("x", 0, 0);
    custval_summary *summary = empty_summary(NULL, &criterion, 1, 0);
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    double number;
    assert_status(custval_summary_correlations(summary, &table, &error), CUSTVAL_ERROR_STATE, &error);
    assert_status(custval_summary_quantile(summary, 0, 0.5, &number, &error), CUSTVAL_ERROR_STATE, &error);
    custval_summary_free(summary);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arguments_must_be_there),
        cmocka_unit_test(structs_are_of_known_size),
        cmocka_unit_test(a_summary_goes_its_way),
        cmocka_unit_test(parts_that_are_not_kept_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
