/* The interface: the value of customers, returns, concentration, wallets. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "api.h"

#include <math.h>

#include <custval/worth.h>

#include "json_table.h"

#define ROWS 5

static const char document[] =
    "{\"custval\": \"worth\", \"version\": 1, \"existing\": {\"revenue\": \"revenue\", \"margin\": 0.5, \"keep\": "
    "\"keep\"}, \"influence\": {\"attribution\": \"share\", \"referrals\": [{\"count\": \"referred\", \"margin\": "
    "100}]}, \"credited\": \"credited\"}";

static const double revenue[ROWS] = {100, 50, 100, 20, (double)NAN}, keep[ROWS] = {10, 60, 10, 2, 1},
                    share[ROWS] = {0.3, 0.3, 0.3, 0.3, 0.3}, referred[ROWS] = {0, 1, 0, 0, 0},
                    credited[ROWS] = {0, 0, 0, 30, 0};

typedef struct fixture {
    custval_worth *worth;
    custval_table *table, *values;
} fixture;

static fixture self;

static custval_table *columns(const char *const *names, const double *const *numbers, size_t count, size_t rows) {
    custval_table *table = NULL;
    assert_ok(custval_table_new(NULL, rows, &table, NULL), NULL);
    for (size_t i = 0; i < count; i++) assert_ok(custval_table_add_doubles(table, names[i], numbers[i], NULL), NULL);
    return table;
}

static int set_up(void **state) {
    static const char *const names[] = {"revenue", "keep", "share", "referred", "credited"};
    static const double *const numbers[] = {revenue, keep, share, referred, credited};
    static const custval_text segments[ROWS] = {{"a", 1}, {"b", 1}, {"a", 1}, {NULL, 0}, {"b", 1}};
    (void)state;
    assert_ok(custval_worth_parse(NULL, document, sizeof document - 1, &self.worth, NULL), NULL);
    self.table = columns(names, numbers, SUPPORT_COUNT(names), ROWS);
    assert_ok(custval_table_add_texts(self.table, "segment", segments, NULL), NULL);
    assert_ok(custval_worth_value(self.worth, self.table, NULL, &self.values, NULL), NULL);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    custval_table_free(self.values);
    custval_table_free(self.table);
    custval_worth_free(self.worth);
    return 0;
}

/* ---- Documents ------------------------------------------------------------------------------------------------------ */

static void parsing_refuses_nothing_to_read_or_to_give(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_worth *worth = self.worth;
    assert_refused(custval_worth_parse(NULL, document, sizeof document - 1, NULL, &error));
    assert_refused(custval_worth_parse(NULL, NULL, 3, &worth, &error));
    assert_null(worth);
    worth = self.worth;
    assert_status(custval_worth_parse(NULL, "{", 1, &worth, &error), CUSTVAL_ERROR_DOCUMENT, &error);
    assert_null(worth);
    assert_status(custval_worth_parse(NULL, document, (size_t)CUSTVAL_MAX_DOCUMENT_SIZE + 1, &worth, &error),
                  CUSTVAL_ERROR_LIMIT, &error);
}

static void writing_refuses_nothing_to_write_or_to_fill(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    char buffer[8] = "xxxxxxx";
    size_t length = 7;
    assert_refused(custval_worth_write(self.worth, buffer, sizeof buffer, NULL, &error));
    assert_refused(custval_worth_write(self.worth, NULL, 1, &length, &error));
    assert_int_equal(length, 0);
    assert_refused(custval_worth_write(NULL, buffer, sizeof buffer, &length, &error));
    assert_int_equal(buffer[0], 0);
    assert_ok(custval_worth_write(self.worth, NULL, 0, &length, &error), &error);
    assert_true(length > sizeof document / 2);
}

static void nothing_has_nothing(void **state) {
    (void)state;
    assert_null(custval_worth_ref(NULL));
    custval_worth_free(NULL);
    assert_int_equal(custval_worth_parts(NULL), 0);
    assert_int_equal(custval_worth_columns(NULL), 0);
    assert_null(custval_worth_column(NULL, 0));
    assert_null(custval_worth_column(self.worth, 5));
    assert_int_equal(custval_worth_columns(self.worth), 5);
    custval_worth *const other = custval_worth_ref(self.worth);
    assert_ptr_equal(other, self.worth);
    custval_worth_free(other);
}

/* ---- Values --------------------------------------------------------------------------------------------------------- */

static custval_status value_with(const void *options, custval_error *error) {
    custval_table *out = NULL;
    const custval_status status = custval_worth_value(self.worth, self.table, options, &out, error);
    assert_int_equal(out == NULL, status != CUSTVAL_OK);
    custval_table_free(out);
    return status;
}

static void valuing_refuses_what_it_cannot_read(void **state) {
    (void)state;
    const custval_worth_options options = CUSTVAL_WORTH_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = self.table;
    assert_refused(custval_worth_value(self.worth, self.table, NULL, NULL, &error));
    assert_refused(custval_worth_value(NULL, self.table, NULL, &out, &error));
    assert_null(out);
    assert_refused(custval_worth_value(self.worth, NULL, NULL, &out, &error));
    assert_status(custval_worth_value(self.worth, self.values, NULL, &out, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    assert_message(&error, "revenue");
    assert_null(out);
    assert_reads_struct(value_with, &options, sizeof options);
}

static void a_column_of_texts_is_no_quantity(void **state) {
    (void)state;
    static const char text[] = "{\"custval\": \"worth\", \"version\": 1, \"existing\": {\"value\": \"segment\"}}";
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_worth *worth = NULL;
    custval_table *out = NULL;
    assert_ok(custval_worth_parse(NULL, text, sizeof text - 1, &worth, &error), &error);
    assert_status(custval_worth_value(worth, self.table, NULL, &out, &error), CUSTVAL_ERROR_TYPE, &error);
    assert_message(&error, "segment");
    custval_worth_free(worth);
}

static int stop(void *data, uint64_t done, uint64_t total) {
    (void)data;
    (void)done;
    (void)total;
    return 1;
}

static void the_host_can_stop_it(void **state) {
    (void)state;
    custval_host host = CUSTVAL_HOST_INIT;
    custval_worth_options options = CUSTVAL_WORTH_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    host.progress = stop;
    options.host = &host;
    assert_status(custval_worth_value(self.worth, self.table, &options, &out, &error), CUSTVAL_ERROR_CANCELLED, &error);
    assert_null(out);
}

/* The one that a customer refers is worth 30 % of 100 to whoever sent it, and so much less on its own. */
static void a_referred_customer_counts_once(void **state) {
    (void)state;
    const double own = 0.5 * 20 - 2;
    assert_double_near(table_cell(self.values, "influence", 1), 30.0, 1e-14 * 30);
    assert_double_bits(table_cell(self.values, "credited", 3), -30.0);
    assert_double_near(table_cell(self.values, "total", 1) + table_cell(self.values, "total", 3), 25.0 - 60.0 + own,
                       1e-13);
    assert_double_bits(table_cell(self.values, "credited", 0), 0.0);
    assert_false(signbit(table_cell(self.values, "credited", 0)));
}

static void an_existing_value_below_0_stays_so(void **state) {
    (void)state;
    assert_double_bits(table_cell(self.values, "existing", 1), -35.0);
    assert_double_bits(table_cell(self.values, "loss_maker", 1), 1.0);
    assert_double_bits(table_cell(self.values, "loss_maker", 0), 0.0);
    assert_double_bits(table_cell(self.values, "loss_maker", 4), 0.0);
    assert_double_bits(table_cell(self.values, "rank", 0), 1.5);
    assert_double_bits(table_cell(self.values, "rank", 2), 1.5);
    assert_double_bits(table_cell(self.values, "rank", 1), 3.0);
    assert_double_bits(table_cell(self.values, "rank", 3), 4.0);
}

static void an_empty_table_has_no_values(void **state) {
    (void)state;
    static const char text[] = "{\"custval\": \"worth\", \"version\": 1, \"existing\": {\"value\": 3}}";
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_worth *worth = NULL;
    custval_table *table = NULL, *out = NULL;
    assert_ok(custval_worth_parse(NULL, text, sizeof text - 1, &worth, &error), &error);
    assert_ok(custval_table_new(NULL, 0, &table, &error), &error);
    assert_ok(custval_worth_value(worth, table, NULL, &out, &error), &error);
    assert_int_equal(custval_table_rows(out), 0);
    custval_table_free(out);
    custval_table_free(table);
    custval_worth_free(worth);
}

/* ---- Returns -------------------------------------------------------------------------------------------------------- */

static custval_status returns_with(const void *options, custval_error *error) {
    custval_table *out = NULL;
    const custval_status status = custval_worth_returns(self.worth, self.table, options, &out, error);
    assert_int_equal(out == NULL, status != CUSTVAL_OK);
    custval_table_free(out);
    return status;
}

static void returns_refuse_what_they_cannot_read(void **state) {
    (void)state;
    static const char text[] = "{\"custval\": \"worth\", \"version\": 1, \"existing\": {\"value\": 3}}";
    custval_returns_options options = CUSTVAL_RETURNS_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_worth *ready = NULL;
    custval_table *out = self.table;
    assert_refused(custval_worth_returns(self.worth, self.table, NULL, NULL, &error));
    assert_refused(custval_worth_returns(NULL, self.table, NULL, &out, &error));
    assert_null(out);
    assert_refused(custval_worth_returns(self.worth, NULL, NULL, &out, &error));
    assert_reads_struct(returns_with, &options, sizeof options);
    options.segment = "nowhere";
    assert_status(returns_with(&options, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    options.segment = "revenue";
    assert_status(returns_with(&options, &error), CUSTVAL_ERROR_TYPE, &error);
    assert_ok(custval_worth_parse(NULL, text, sizeof text - 1, &ready, &error), &error);
    assert_status(custval_worth_returns(ready, self.table, NULL, &out, &error), CUSTVAL_ERROR_STATE, &error);
    custval_worth_free(ready);
}

static void returns_beyond_a_double_are_refused(void **state) {
    (void)state;
    static const char text[] =
        "{\"custval\": \"worth\", \"version\": 1, \"existing\": {\"revenue\": \"r\", \"margin\": 0.1}}";
    static const double large[] = {1.7e308, 1.7e308};
    static const char *const names[] = {"r"};
    const double *const numbers[] = {large};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_worth *worth = NULL;
    custval_table *table = columns(names, numbers, 1, 2), *out = NULL;
    assert_ok(custval_worth_parse(NULL, text, sizeof text - 1, &worth, &error), &error);
    assert_status(custval_worth_returns(worth, table, NULL, &out, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
    assert_message(&error, "revenue");
    assert_null(out);
    custval_table_free(table);
    custval_worth_free(worth);
}

static void returns_have_six_classes_for_each_segment_and_all(void **state) {
    (void)state;
    custval_returns_options options = CUSTVAL_RETURNS_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    assert_ok(custval_worth_returns(self.worth, self.table, NULL, &out, &error), &error);
    assert_int_equal(custval_table_rows(out), 6);
    assert_double_bits(table_cell(out, "cost", table_row(out, "class", "keep")), 82.0);
    assert_double_bits(table_cell(out, "customers", 0), 4.0);
    assert_double_bits(table_cell(out, "skipped", 0), 1.0);
    assert_true(isnan(table_cell(out, "return", table_row(out, "class", "service"))));
    custval_table_free(out);
    options.segment = "segment";
    assert_ok(custval_worth_returns(self.worth, self.table, &options, &out, &error), &error);
    assert_int_equal(custval_table_rows(out), 24); /* a, b, rows without a segment, all */
    assert_int_equal(table_cell_text(out, "segment", 0).length, 1);
    assert_int_equal(table_cell_text(out, "segment", 12).length, 0);
    assert_double_near(table_cell(out, "return", 3), 80.0 / 20.0, 1e-15 * 4);
    custval_table_free(out);
}

/* ---- Concentration -------------------------------------------------------------------------------------------------- */

static custval_status curve_with(const void *options, custval_error *error) {
    custval_table *out = NULL;
    const custval_status status = custval_concentration(self.values, options, NULL, &out, error);
    assert_int_equal(out == NULL, status != CUSTVAL_OK);
    custval_table_free(out);
    return status;
}

static custval_status facts_into(void *out, custval_error *error) {
    return custval_concentration(self.values, NULL, out, NULL, error);
}

static void concentration_refuses_what_it_cannot_read(void **state) {
    (void)state;
    static const double wrong[2] = {1, (double)INFINITY}, large[2] = {1.7e308, 1.7e308},
                        none[2] = {(double)NAN, (double)NAN};
    static const char *const names[] = {"infinite", "large", "none"};
    const double *const numbers[] = {wrong, large, none};
    custval_concentration_options options = CUSTVAL_CONCENTRATION_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = self.table, *table = columns(names, numbers, 3, 2);
    assert_refused(custval_concentration(self.values, NULL, NULL, NULL, &error));
    assert_refused(custval_concentration(NULL, NULL, NULL, &out, &error));
    assert_null(out);
    assert_reads_struct(curve_with, &options, sizeof options);
    assert_writes_struct(facts_into, sizeof(custval_concentration_facts));
    options.reserved = 1;
    assert_refused(curve_with(&options, &error));
    options.reserved = 0;
    options.points = 100001;
    assert_status(curve_with(&options, &error), CUSTVAL_ERROR_RANGE, &error);
    options.points = 0;
    options.column = "nowhere";
    assert_status(curve_with(&options, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    options.column = "segment";
    assert_status(custval_concentration(self.table, &options, NULL, &out, &error), CUSTVAL_ERROR_TYPE, &error);
    for (size_t i = 0; i < 2; i++) {
        options.column = names[i];
        assert_status(custval_concentration(table, &options, NULL, &out, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
        assert_message(&error, names[i]);
    }
    options.column = "none";
    assert_status(custval_concentration(table, &options, NULL, &out, &error), CUSTVAL_ERROR_STATE, &error);
    custval_table_free(table);
}

/* ---- Wallets -------------------------------------------------------------------------------------------------------- */

static const char *const brands[] = {"revenue", "keep"};

static custval_status share_with(const void *options, custval_error *error) {
    custval_table *out = NULL;
    const custval_status status = custval_wallet_share(self.table, options, &out, error);
    assert_int_equal(out == NULL, status != CUSTVAL_OK);
    custval_table_free(out);
    return status;
}

static custval_status allocation_with(const void *options, custval_error *error) {
    custval_table *out = NULL;
    const custval_status status = custval_wallet_allocation(self.table, options, &out, error);
    assert_int_equal(out == NULL, status != CUSTVAL_OK);
    custval_table_free(out);
    return status;
}

static void wallets_refuse_what_they_cannot_read(void **state) {
    (void)state;
    static const char *const twice[] = {"revenue", "revenue"}, *const status_too[] = {"status"}, *const null[] = {NULL},
                             *const nowhere[] = {"nowhere"}, *const text[] = {"segment"};
    custval_wallet_options options = CUSTVAL_WALLET_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = self.table;
    assert_refused(custval_wallet_share(self.table, NULL, NULL, &error));
    assert_refused(custval_wallet_share(NULL, NULL, &out, &error));
    assert_null(out);
    assert_status(custval_wallet_share(self.table, NULL, &out, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    options.own = "keep";
    options.category = "segment";
    assert_status(share_with(&options, &error), CUSTVAL_ERROR_TYPE, &error);
    options.category = "revenue";
    assert_reads_struct(share_with, &options, sizeof options);
    assert_refused(custval_wallet_allocation(self.table, &options, NULL, &error));
    assert_refused(custval_wallet_allocation(NULL, &options, &out, &error));
    assert_refused(allocation_with(&options, &error));
    options.brands = brands;
    assert_status(allocation_with(&options, &error), CUSTVAL_ERROR_RANGE, &error);
    options.brands_count = 257;
    assert_status(allocation_with(&options, &error), CUSTVAL_ERROR_RANGE, &error);
    options.brands_count = 2;
    assert_reads_struct(allocation_with, &options, sizeof options);
    options.brands = twice;
    assert_status(allocation_with(&options, &error), CUSTVAL_ERROR_DUPLICATE, &error);
    options.brands_count = 1;
    options.brands = status_too;
    assert_status(allocation_with(&options, &error), CUSTVAL_ERROR_DUPLICATE, &error);
    options.brands = null;
    assert_refused(allocation_with(&options, &error));
    options.brands = nowhere;
    assert_status(allocation_with(&options, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    options.brands = text;
    assert_status(allocation_with(&options, &error), CUSTVAL_ERROR_TYPE, &error);
}

static void a_share_that_cannot_be_is_the_rows_own_affair(void **state) {
    (void)state;
    static const double own[] = {1, 0, 3, -1, (double)NAN, 1}, category[] = {4, 0, 2, 4, 4, (double)INFINITY};
    static const double expected[] = {CUSTVAL_WALLET_ROW_OK,      CUSTVAL_WALLET_ROW_UNDEFINED,
                                      CUSTVAL_WALLET_ROW_EXCEEDS, CUSTVAL_WALLET_ROW_RANGE,
                                      CUSTVAL_WALLET_ROW_MISSING, CUSTVAL_WALLET_ROW_RANGE};
    static const char *const names[] = {"own", "category"};
    const double *const numbers[] = {own, category};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = columns(names, numbers, 2, 6), *out = NULL;
    assert_ok(custval_wallet_share(table, NULL, &out, &error), &error);
    assert_double_bits(table_cell(out, "share", 0), 0.25);
    assert_double_bits(table_cell(out, "gap", 0), 3.0);
    for (size_t row = 0; row < 6; row++) {
        assert_double_bits(table_cell(out, "status", row), expected[row]);
        if (row > 0) assert_true(isnan(table_cell(out, "share", row)) && isnan(table_cell(out, "gap", row)));
    }
    custval_table_free(out);
    custval_wallet_options options = CUSTVAL_WALLET_OPTIONS_INIT;
    options.brands = names;
    options.brands_count = 2;
    assert_ok(custval_wallet_allocation(table, &options, &out, &error), &error);
    assert_double_bits(table_cell(out, "status", 5), CUSTVAL_WALLET_ROW_RANGE);
    assert_double_bits(table_cell(out, "category", 4), 1.0 - 0.5 + 0.5);
    custval_table_free(out);
    custval_table_free(table);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parsing_refuses_nothing_to_read_or_to_give),
        cmocka_unit_test(writing_refuses_nothing_to_write_or_to_fill),
        cmocka_unit_test(nothing_has_nothing),
        cmocka_unit_test(valuing_refuses_what_it_cannot_read),
        cmocka_unit_test(a_column_of_texts_is_no_quantity),
        cmocka_unit_test(the_host_can_stop_it),
        cmocka_unit_test(a_referred_customer_counts_once),
        cmocka_unit_test(an_existing_value_below_0_stays_so),
        cmocka_unit_test(an_empty_table_has_no_values),
        cmocka_unit_test(returns_refuse_what_they_cannot_read),
        cmocka_unit_test(returns_beyond_a_double_are_refused),
        cmocka_unit_test(returns_have_six_classes_for_each_segment_and_all),
        cmocka_unit_test(concentration_refuses_what_it_cannot_read),
        cmocka_unit_test(wallets_refuse_what_they_cannot_read),
        cmocka_unit_test(a_share_that_cannot_be_is_the_rows_own_affair),
    };
    return cmocka_run_group_tests_name("worth", tests, set_up, tear_down);
}
