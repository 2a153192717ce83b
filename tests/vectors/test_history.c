/* history.json: what a plain model makes of transactions, by every option. Each case is fed whole, row by row backwards,
   in two histories that are merged, by way of bytes, and folded. And CDNOW, and the orders of the R package rfm. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "cases.h"
#include "csv_table.h"
#include "histories.h"

/* Beside the exact sum a quotient is rounded once more, a deviation twice. */
#define MOST_ULPS 3

static const char *text_or_null(const json_t *object, const char *name) {
    return json_string_value(json_object_get(object, name));
}

static custval_history_options options_of(const json_t *test) {
    const json_t *given = json_object_get(test, "options");
    custval_history_options options = CUSTVAL_HISTORY_OPTIONS_INIT;
    options.amount = text_or_null(given, "amount");
    options.cost = text_or_null(given, "cost");
    options.quantity = text_or_null(given, "quantity");
    options.period = (uint32_t)json_integer_value(json_object_get(given, "period"));
    options.refunds = (uint32_t)json_integer_value(json_object_get(given, "refunds"));
    options.zeros = (uint32_t)json_integer_value(json_object_get(given, "zeros"));
    const json_t *bad_rows = json_object_get(given, "bad_rows"), *step = json_object_get(given, "step");
    const json_t *unit = json_object_get(given, "periods_per_unit");
    if (bad_rows != NULL) options.bad_rows = (uint32_t)json_integer_value(bad_rows);
    if (step != NULL) options.step = json_number_value(step);
    if (unit != NULL) options.periods_per_unit = json_number_value(unit);
    return options;
}

/* Feeds rows [from, to), all at once or one by one from the last. */
static void feed_part(custval_history *history, const json_t *test, size_t from, size_t to, int one_by_one) {
    const json_t *rows = json_object_get(test, "rows");
    json_t *part = json_array();
    custval_error error = CUSTVAL_ERROR_INIT;
    for (size_t i = from; i < to && !one_by_one; i++) json_array_append(part, json_array_get(rows, i));
    for (size_t i = to; i-- > from && one_by_one;) {
        json_array_append(part, json_array_get(rows, i));
        custval_table *table = json_table(json_object_get(test, "columns"), part, json_object_get(test, "types"));
        assert_ok(custval_history_add(history, table, &error), &error);
        custval_table_free(table);
        json_array_clear(part);
    }
    if (!one_by_one) {
        custval_table *table = json_table(json_object_get(test, "columns"), part, json_object_get(test, "types"));
        assert_ok(custval_history_add(history, table, &error), &error);
        custval_table_free(table);
    }
    json_decref(part);
}

static void assert_cell(const custval_table *table, const char *column, size_t row, const json_t *expected) {
    if (json_is_string(expected)) {
        const custval_text text = table_cell_text(table, column, row);
        assert_int_equal(text.length, json_string_length(expected));
        assert_memory_equal(text.data, json_string_value(expected), text.length);
        return;
    }
    const double actual = table_cell(table, column, row);
    if (json_is_null(expected)) {
        assert_true(isnan(actual));
        return;
    }
    const double wanted = json_number_value(expected);
    if (!(actual == wanted || support_ulps(actual, wanted) <= MOST_ULPS)) {
        fail_msg("%s, row %zu: %.17g instead of %.17g", column, row, actual, wanted);
    }
}

static void assert_table(const custval_table *table, const json_t *expected) {
    assert_int_equal(custval_table_rows(table), json_array_size(expected));
    for (size_t row = 0; row < json_array_size(expected); row++) {
        json_t *object = json_array_get(expected, row);
        const char *column;
        json_t *value;
        size_t index = 0;
        assert_int_equal(custval_table_columns(table), json_object_size(object));
        json_object_foreach(object, column, value) {
            assert_string_equal(custval_table_name(table, index++), column);
            assert_cell(table, column, row, value);
        }
    }
}

static void assert_facts(const custval_history *history, const json_t *expected) {
    const custval_history_facts facts = history_facts(history);
    assert_int_equal(facts.rows, json_integer_value(json_object_get(expected, "rows")));
    assert_int_equal(facts.refunds, json_integer_value(json_object_get(expected, "refunds")));
    assert_int_equal(facts.zeros, json_integer_value(json_object_get(expected, "zeros")));
    assert_int_equal(facts.bad, json_integer_value(json_object_get(expected, "bad")));
    assert_int_equal(facts.customers, json_integer_value(json_object_get(expected, "customers")));
    assert_int_equal(facts.purchases, json_integer_value(json_object_get(expected, "purchases")));
    assert_string_equal(facts.first, text_or_null(expected, "first"));
    assert_string_equal(facts.last, text_or_null(expected, "last"));
}

static void assert_views(const custval_history *history, const json_t *test, int is_folded) {
    const char *end = text_or_null(test, "end"), *holdout = text_or_null(test, "holdout_end");
    const char *customer = text_or_null(test, "path_customer");
    custval_table *table = history_table(history, end, holdout), *course = history_course(history, end, holdout);
    assert_table(table, json_object_get(test, "table"));
    assert_table(course, json_object_get(test, "course"));
    assert_facts(history, json_object_get(test, "facts"));
    custval_table_free(table);
    custval_table_free(course);
    if (customer == NULL || is_folded) return;
    const custval_history_view view = view_until(end, NULL);
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *path = NULL;
    assert_ok(custval_history_path(history, customer, &view, &path, &error), &error);
    assert_table(path, json_object_get(test, "path"));
    custval_table_free(path);
}

/* Reads its bytes in place of the history. */
static custval_history *by_bytes(custval_history *history) {
    size_t length;
    unsigned char *bytes = history_bytes(history, &length);
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_history *read = NULL;
    assert_ok(custval_history_read(NULL, bytes, length, &read, &error), &error);
    assert_same_history(history, read);
    free(bytes);
    custval_history_free(history);
    return read;
}

/* Folded up to the end of the view, or to the first period, before the rest is looked at. */
static void run_folded(custval_history *history, const json_t *test) {
    const char *end = text_or_null(test, "end");
    char first[32];
    strcpy(first, text_or_null(json_object_get(test, "facts"), "first"));
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_ok(custval_history_fold(history, first, &error), &error);
    assert_views(history, test, 1);
    history = by_bytes(history);
    assert_views(history, test, 1);
    assert_ok(custval_history_fold(history, end == NULL ? history_facts(history).last : end, &error), &error);
    assert_views(history, test, 1);
    history = by_bytes(history);
    assert_views(history, test, 1);
    custval_history_free(history);
}

static void run(const json_t *test) {
    const custval_history_options options = options_of(test);
    const size_t count = json_array_size(json_object_get(test, "rows")), cut = count / 3;
    custval_history *whole = empty_history(NULL, &options), *backwards = empty_history(NULL, &options);
    custval_history *first = empty_history(NULL, &options), *rest = empty_history(NULL, &options);
    feed_part(whole, test, 0, count, 0);
    assert_views(whole, test, 0);
    feed_part(backwards, test, 0, count, 1);
    assert_same_history(backwards, whole);
    feed_part(first, test, 0, cut, 0);
    feed_part(rest, test, cut, count, 0);
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_ok(custval_history_merge(rest, first, &error), &error);
    assert_same_history(rest, whole);
    whole = by_bytes(whole);
    assert_views(whole, test, 0);
    custval_history_free(first);
    custval_history_free(rest);
    custval_history_free(backwards);
    run_folded(whole, test);
}

/* ---- CDNOW ------------------------------------------------------------------------------------------------------- */

/* Weeks are told apart by days, the end is given: traps of which other libraries tell (S13, S14). */
static void cdnow(void **state) {
    (void)state;
    custval_history_options options = CUSTVAL_HISTORY_OPTIONS_INIT;
    options.periods_per_unit = 7.0;
    custval_table *transactions = csv_table("examples/cdnow/transactions.csv");
    custval_table *summary = csv_table("examples/cdnow/summary.csv");
    custval_table *with_spend = csv_table("examples/cdnow/summary_with_spend.csv");
    custval_history *history = empty_history(NULL, &options);
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_ok(custval_history_add(history, transactions, &error), &error);
    custval_table *table = history_table(history, "1997-09-30", "1998-06-30");
    assert_int_equal(custval_table_rows(table), 2357);
    for (size_t row = 0; row < 2357; row++) {
        assert_double_near(table_cell(table, "customer", row), table_cell(summary, "ID", row), 0.0);
        assert_double_near(table_cell(table, "x", row), table_cell(summary, "frequency", row), 0.0);
        assert_double_near(table_cell(table, "t_x", row), table_cell(summary, "recency", row), 0.00501);
        assert_double_near(table_cell(table, "T", row), table_cell(summary, "T", row), 0.00501);
        assert_double_near(table_cell(table, "x", row), table_cell(with_spend, "x", row), 0.0);
        assert_double_near(table_cell(table, "t_x", row), table_cell(with_spend, "t_x", row), 0.00501);
        const double spend = table_cell(table, "mean_spend", row);
        assert_double_near(isnan(spend) ? 0.0 : spend, table_cell(with_spend, "zbar", row), 0.00501);
        assert_double_near(table_cell(table, "holdout_T", row), 39.0, 0.0);
    }
    custval_table_free(table);
    custval_table_free(summary);
    custval_table_free(with_spend);
    custval_table_free(transactions);
    custval_history_free(history);
}

/* ---- Orders of the R package rfm --------------------------------------------------------------------------------- */

/* The data are not part of this project: found beside it, or where CUSTVAL_SHARED says. */
static FILE *open_orders(char *path, size_t capacity) {
    const char *folder = getenv("CUSTVAL_SHARED"), *source = getenv("CUSTVAL_SOURCE");
    if (folder != NULL) {
        snprintf(path, capacity, "%s/rfm_data_orders.csv", folder);
    } else {
        snprintf(path, capacity, "%s/../shared/vectors/data/rfm_data_orders.csv", source == NULL ? "." : source);
    }
    return fopen(path, "r");
}

static custval_table *read_orders(FILE *file) {
    enum { MOST = 6000, LINE = 256 };
    static char lines[MOST][LINE];
    static purchase rows[MOST];
    size_t count = 0;
    assert_non_null(fgets(lines[0], LINE, file)); /* the header: customer_id,order_date,revenue */
    while (count < MOST && fgets(lines[count], LINE, file) != NULL) {
        char *date = strchr(lines[count], ','), *amount = date == NULL ? NULL : strchr(date + 1, ',');
        assert_non_null(amount);
        *date++ = 0;
        *amount++ = 0;
        amount[strcspn(amount, "\r\n")] = 0;
        date[-2] = 0; /* names stand in quotes */
        rows[count] = (purchase){lines[count] + 1, date, support_double(amount)};
        count++;
    }
    assert_int_equal(count, 4906);
    return purchases_table(rows, count);
}

static double sum_of(const custval_table *table, const char *column, double only) {
    double sum = 0.0;
    for (size_t row = 0; row < custval_table_rows(table); row++) {
        const double value = table_cell(table, column, row);
        sum += isnan(only) ? value : value == only ? 1.0 : 0.0;
    }
    return sum;
}

/* The package counts orders, not days with one. */
static void rfm_orders(const json_t *test) {
    static const char *const names[] = {"recency", "frequency", "monetary"};
    const json_t *expected = json_object_get(test, "expected"), *input = json_object_get(test, "input");
    const json_t *known = json_object_get(input, "customers"), *scored = json_object_get(expected, "scores");
    char path[512];
    FILE *file = open_orders(path, sizeof path);
    if (file == NULL) {
        print_message("rfm.orders is skipped: there is no %s\n", path);
        skip();
    }
    custval_table *orders = read_orders(file);
    fclose(file);
    custval_history *history = empty_history(NULL, NULL);
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_ok(custval_history_add(history, orders, &error), &error);
    custval_table *table = history_table(history, text_or_null(input, "analysis_date"), NULL), *scores = NULL,
                  *cuts = NULL;
    custval_rfm_options rfm = CUSTVAL_RFM_OPTIONS_INIT;
    rfm.rule = CUSTVAL_RFM_PLUS_ONE;
    rfm.frequency = "transactions";
    assert_int_equal(custval_table_rows(table), 995);
    assert_ok(custval_rfm(table, &rfm, &scores, &cuts, &error), &error);
    for (size_t i = 0; i < 3; i++) {
        const json_t *column = json_object_get(json_object_get(expected, "cuts"), names[i]);
        for (size_t k = 0; k < 4; k++) {
            /* 297.4 and such come out of an interpolation. */
            assert_double_near(table_cell(cuts, names[i], k), json_number_value(json_array_get(column, k)),
                               1e-12 * 1e3);
        }
    }
    assert_int_equal(json_array_size(known), 5);
    for (size_t i = 0; i < 5; i++) {
        const size_t row = table_row(table, "customer", json_string_value(json_array_get(known, i)));
        assert_double_near(table_cell(scores, "rfm", row), json_number_value(json_array_get(scored, i)), 0.0);
    }
    const double sum = json_number_value(json_object_get(expected, "checksum_sum_of_scores"));
    assert_double_near(sum_of(scores, "rfm", (double)NAN), sum, 0.0);
    assert_double_near(sum_of(scores, "rfm", 111.0), json_number_value(json_object_get(expected, "count_111")), 0.0);
    assert_double_near(sum_of(scores, "rfm", 555.0), json_number_value(json_object_get(expected, "count_555")), 0.0);
    custval_table_free(scores);
    custval_table_free(cuts);
    custval_table_free(table);
    custval_history_free(history);
    custval_table_free(orders);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(cdnow)};
    static const named_case named[] = {{"rfm.orders", rfm_orders}};
    int failed = cases_run_all("history", "history.json", run);
    failed += cases_run_named("published scores", "lifetime_and_equity.json", named, 1);
    return cmocka_run_group_tests_name("published transactions", tests, NULL, NULL) + failed;
}
