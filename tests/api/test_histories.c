/* Every call of history.h: what it takes, every status that it may give, and messages that say what to do. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "api.h"
#include "histories.h"

static const purchase four[] = {
    {"ann", "2025-01-01", 10.0}, {"bob", "2025-01-05", 20.0}, {"ann", "2025-01-08", 30.5}, {"bob", "2025-02-01", 5.0}};

static custval_history *sample(const custval_history_options *options) {
    custval_history *history = empty_history(NULL, options);
    feed_history(history, four, SUPPORT_COUNT(four));
    return history;
}

/* ---- Options ----------------------------------------------------------------------------------------------------- */

static custval_status make(const void *options, custval_error *error) {
    custval_history *history = NULL;
    const custval_status status = custval_history_new(NULL, options, &history, error);
    assert_int_equal(history == NULL, status != CUSTVAL_OK);
    custval_history_free(history);
    return status;
}

static void making(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    const custval_history_options defaults = CUSTVAL_HISTORY_OPTIONS_INIT;
    assert_refused(custval_history_new(NULL, NULL, NULL, &error));
    assert_ok(make(NULL, &error), &error);
    assert_reads_struct(make, &defaults, sizeof defaults);
    custval_history_free(NULL);
    for (int wrong = 0; wrong < 13; wrong++) {
        custval_history_options options = defaults;
        custval_status expected = CUSTVAL_ERROR_RANGE;
        switch (wrong) {
        case 0: options.period = 0; break;
        case 1: options.period = 9; break;
        case 2: options.refunds = 5; break;
        case 3: options.zeros = 4; break;
        case 4: options.bad_rows = 3; break;
        case 5: options.step = 0.0; break;
        case 6: options.periods_per_unit = (double)INFINITY; break;
        case 7: options.step = (double)NAN; break;
        case 8: options.periods_per_unit = 5e-324; break;
        case 9: options.periods_per_unit = 1e13; break;
        case 10:
            options.step = 2.0; /* of days */
            expected = CUSTVAL_ERROR_ARGUMENT;
            break;
        case 11:
            options.customer = "";
            expected = CUSTVAL_ERROR_ARGUMENT;
            break;
        default:
            options.amount = "\xff";
            expected = CUSTVAL_ERROR_ARGUMENT;
            break;
        }
        assert_status(make(&options, &error), expected, &error);
    }
}

/* ---- Adding ------------------------------------------------------------------------------------------------------ */

/* Feeds one row; after a failure the history is as it was. */
static custval_status add_one(const custval_history_options *options, purchase row, custval_error *error) {
    custval_history *history = sample(options), *before = sample(options);
    const purchase rows[] = {{"new", "2025-03-01", 1.0}, row};
    custval_table *table = purchases_table(rows, 2);
    const custval_status status = custval_history_add(history, table, error);
    if (status != CUSTVAL_OK) assert_same_history(history, before);
    custval_table_free(table);
    custval_history_free(history);
    custval_history_free(before);
    return status;
}

/* What is not there has no size, and a text does not end at its first NUL. */
static void cells_are_shown_as_they_are(void **state) {
    (void)state;
    static const double customers[] = {1, (double)NAN};
    static const custval_text days[] = {{"2025-03-01", 10}, {"2025-03-02", 10}},
                              ends[] = {{"2025-03-01", 10}, {"2025-03-02\0", 11}};
    for (int wrong = 0; wrong < 2; wrong++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_table *table = NULL;
        custval_history_options options = CUSTVAL_HISTORY_OPTIONS_INIT;
        options.amount = "";
        custval_history *history = empty_history(NULL, &options);
        assert_ok(custval_table_new(NULL, 2, &table, &error), &error);
        assert_ok(custval_table_add_doubles(table, "customer", wrong == 0 ? customers : (const double[]){1, 2}, &error),
                  &error);
        assert_ok(custval_table_add_texts(table, "date", wrong == 0 ? days : ends, &error), &error);
        assert_true(custval_history_add(history, table, &error) != CUSTVAL_OK);
        assert_message(&error, wrong == 0 ? "the customer is missing" : "NUL character");
        assert_null(strstr(error.message, "2^53"));
        custval_table_free(table);
        custval_history_free(history);
    }
}

static void rows_that_are_refused(void **state) {
    (void)state;
    static const struct {
        purchase row;
        custval_status status;
        const char *message;
    } cases[] = {
        {{NULL, "2025-03-01", 1.0}, CUSTVAL_ERROR_RANGE, "column \"customer\", row 1: the customer is missing"},
        {{"", "2025-03-01", 1.0}, CUSTVAL_ERROR_RANGE, "the customer is \"\""},
        {{"ann", NULL, 1.0}, CUSTVAL_ERROR_RANGE, "column \"date\", row 1: the time is missing"},
        {{"ann", "03/01/2025", 1.0}, CUSTVAL_ERROR_RANGE, "\"03/01/2025\", which is no date such as \"2026-11-26\""},
        {{"ann", "2025-03-01", (double)NAN}, CUSTVAL_ERROR_RANGE, "column \"amount\", row 1: it is missing"},
        {{"ann", "2025-03-01", (double)INFINITY}, CUSTVAL_ERROR_NOT_FINITE, "column \"amount\", row 1: it is inf"},
        {{"ann", "2025-03-01", 1.1e14}, CUSTVAL_ERROR_RANGE, "beyond 1e14"},
        {{"ann", "2025-03-01", -2.5}, CUSTVAL_ERROR_RANGE, "it is -2.5, below 0: say with the option refunds"},
    };
    custval_error error = CUSTVAL_ERROR_INIT;
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        purchase row = cases[i].row;
        assert_status(add_one(NULL, row, &error), cases[i].status, &error);
        assert_message(&error, cases[i].message);
        assert_int_equal(error.row, 1);
        custval_history_options drop = CUSTVAL_HISTORY_OPTIONS_INIT;
        drop.bad_rows = CUSTVAL_BAD_ROWS_DROP;
        assert_status(add_one(&drop, row, &error), i < 5 ? CUSTVAL_OK : cases[i].status, &error);
    }
    custval_history_options options = CUSTVAL_HISTORY_OPTIONS_INIT;
    options.zeros = CUSTVAL_ZEROS_REJECT;
    assert_status(add_one(&options, (purchase){"ann", "2025-03-01", 0.0}, &error), CUSTVAL_ERROR_RANGE, &error);
}

static custval_status add_columns(custval_history *history, uint32_t key_type, const void *keys, uint32_t time_type,
                                  const void *times, size_t rows, custval_error *error) {
    static const double ones[8] = {1, 1, 1, 1, 1, 1, 1, 1};
    custval_column column = CUSTVAL_COLUMN_INIT;
    custval_table *table = NULL;
    assert_ok(custval_table_new(NULL, rows, &table, NULL), NULL);
    column.type = key_type;
    column.data = keys;
    assert_ok(custval_table_add(table, "customer", &column, NULL), NULL);
    column.type = time_type;
    column.data = times;
    assert_ok(custval_table_add(table, "date", &column, NULL), NULL);
    assert_ok(custval_table_add_doubles(table, "amount", ones, NULL), NULL);
    const custval_status status = custval_history_add(history, table, error);
    custval_table_free(table);
    return status;
}

/* Days and times as Arrow has them, integers of every size, and whole numbers. */
static void types_of_columns(void **state) {
    (void)state;
    const int8_t small[] = {-1, 5};
    const uint32_t middle[] = {5, 7};
    const int64_t large[] = {-1, INT64_MAX}, days64[] = {86400000, 0}, microseconds[] = {86400000000, -1};
    const uint64_t huge[] = {5, UINT64_MAX};
    const double whole[] = {5.0, -1.0}, broken[] = {5.0, 1.5};
    const float single[] = {7.0F, 5.0F};
    const int32_t days[] = {0, 1}, far[] = {0, 2932897};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_history *history = empty_history(NULL, NULL);
    assert_ok(add_columns(history, CUSTVAL_TYPE_INT8, small, CUSTVAL_TYPE_DATE32, days, 2, &error), &error);
    assert_ok(add_columns(history, CUSTVAL_TYPE_UINT32, middle, CUSTVAL_TYPE_DATE64, days64, 2, &error), &error);
    assert_ok(add_columns(history, CUSTVAL_TYPE_INT64, large, CUSTVAL_TYPE_TIMESTAMP_US, microseconds, 2, &error),
              &error);
    assert_ok(add_columns(history, CUSTVAL_TYPE_FLOAT64, whole, CUSTVAL_TYPE_TIMESTAMP_NS, microseconds, 2, &error),
              &error);
    assert_ok(add_columns(history, CUSTVAL_TYPE_FLOAT32, single, CUSTVAL_TYPE_TIMESTAMP_S, days, 1, &error), &error);
    assert_status(add_columns(history, CUSTVAL_TYPE_UINT64, huge, CUSTVAL_TYPE_DATE32, days, 2, &error),
                  CUSTVAL_ERROR_RANGE, &error);
    assert_message(&error, "row 1: the customer is above 2^63 - 1");
    assert_status(add_columns(history, CUSTVAL_TYPE_FLOAT64, broken, CUSTVAL_TYPE_DATE32, days, 2, &error),
                  CUSTVAL_ERROR_RANGE, &error);
    assert_message(&error, "row 1: the customer is 1.5, which is no whole number");
    assert_status(add_columns(history, CUSTVAL_TYPE_FLOAT64, whole, CUSTVAL_TYPE_DATE32, far, 2, &error),
                  CUSTVAL_ERROR_LIMIT, &error);
    assert_message(&error, "beyond the years 1 to 9999");
    assert_status(add_columns(history, CUSTVAL_TYPE_FLOAT64, whole, CUSTVAL_TYPE_FLOAT64, whole, 2, &error),
                  CUSTVAL_ERROR_TYPE, &error);
    assert_status(add_columns(history, CUSTVAL_TYPE_BOOL8, small, CUSTVAL_TYPE_FLOAT64, whole, 2, &error),
                  CUSTVAL_ERROR_TYPE, &error);
    assert_status(add_columns(history, CUSTVAL_TYPE_DATE32, days, CUSTVAL_TYPE_DATE32, days, 2, &error),
                  CUSTVAL_ERROR_TYPE, &error);
    custval_table *table = history_table(history, NULL, NULL);
    assert_int_equal(custval_table_rows(table), 4);
    custval_column column = CUSTVAL_COLUMN_INIT;
    assert_ok(custval_table_column(table, 0, &column, NULL), NULL);
    assert_int_equal(column.type, CUSTVAL_TYPE_INT64);
    assert_true(((const int64_t *)column.data)[0] == -1 && ((const int64_t *)column.data)[3] == INT64_MAX);
    custval_table_free(table);
    custval_table *texts = purchases_table(four, 4);
    assert_status(custval_history_add(history, texts, &error), CUSTVAL_ERROR_TYPE, &error);
    assert_message(&error, "column \"customer\" has text, but the history's customers are integers");
    custval_table_free(texts);
    custval_history_free(history);
}

/* Texts that are borrowed may be anything. */
static void keys_that_are_no_text(void **state) {
    (void)state;
    static const double one[] = {1.0};
    const int32_t offsets[] = {0, 2}, days[] = {0};
    custval_column column = CUSTVAL_COLUMN_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    assert_ok(custval_table_new(NULL, 1, &table, NULL), NULL);
    column.type = CUSTVAL_TYPE_DATE32;
    column.data = days;
    assert_ok(custval_table_add(table, "date", &column, NULL), NULL);
    column.type = CUSTVAL_TYPE_UTF8;
    column.data = "\xc3(";
    column.offsets = offsets;
    assert_ok(custval_table_add(table, "customer", &column, NULL), NULL);
    assert_ok(custval_table_add_doubles(table, "amount", one, NULL), NULL);
    custval_history *history = empty_history(NULL, NULL);
    assert_status(custval_history_add(history, table, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_message(&error, "row 0: the customer is not well-formed UTF-8");
    custval_history_free(history);
    custval_table_free(table);
}

static int stop(void *data, uint64_t done, uint64_t total) {
    (void)data;
    (void)done;
    (void)total;
    return 1;
}

static void adding(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_history *history = sample(NULL);
    custval_table *table = purchases_table(four, 4);
    assert_refused(custval_history_add(NULL, table, &error));
    assert_refused(custval_history_add(history, NULL, &error));
    custval_history_options options = CUSTVAL_HISTORY_OPTIONS_INIT;
    options.cost = "costs";
    custval_history *costs = empty_history(NULL, &options);
    assert_status(custval_history_add(costs, table, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    custval_history_free(costs);
    options = (custval_history_options)CUSTVAL_HISTORY_OPTIONS_INIT;
    options.amount = "date";
    custval_history *dates = empty_history(NULL, &options);
    assert_status(custval_history_add(dates, table, &error), CUSTVAL_ERROR_TYPE, &error);
    custval_history_free(dates);
    custval_host host = CUSTVAL_HOST_INIT;
    host.progress = stop;
    custval_history *stopped = empty_history(&host, NULL), *empty = empty_history(NULL, NULL);
    assert_status(custval_history_add(stopped, table, &error), CUSTVAL_ERROR_CANCELLED, &error);
    assert_same_history(stopped, empty);
    custval_history_free(stopped);
    custval_history_free(empty);
    custval_table_free(table);
    custval_history_free(history);
}

/* ---- Merging and folding ----------------------------------------------------------------------------------------- */

static void merging(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_history *history = sample(NULL), *other = sample(NULL), *empty = empty_history(NULL, NULL);
    assert_refused(custval_history_merge(NULL, other, &error));
    assert_refused(custval_history_merge(history, NULL, &error));
    assert_refused(custval_history_merge(history, history, &error));
    assert_ok(custval_history_merge(history, empty, &error), &error);
    assert_same_history(history, other);
    assert_ok(custval_history_merge(empty, other, &error), &error);
    assert_same_history(empty, other);
    for (int wrong = 0; wrong < 9; wrong++) {
        static const char *const messages[] = {"period",   "period",  "per unit", "refund",    "0 means",
                                               "bad rows", "amounts", "costs",    "quantities"};
        custval_history_options options = CUSTVAL_HISTORY_OPTIONS_INIT;
        switch (wrong) {
        case 0: options.period = CUSTVAL_PERIOD_WEEK; break;
        case 1:
            options.period = CUSTVAL_PERIOD_NUMBER;
            options.step = 2.0;
            break;
        case 2: options.periods_per_unit = 7.0; break;
        case 3: options.refunds = CUSTVAL_REFUNDS_NET; break;
        case 4: options.zeros = CUSTVAL_ZEROS_DROP; break;
        case 5: options.bad_rows = CUSTVAL_BAD_ROWS_DROP; break;
        case 6: options.amount = ""; break;
        case 7: options.cost = "cost"; break;
        default: options.quantity = "items"; break;
        }
        custval_history *differs = empty_history(NULL, &options);
        assert_status(custval_history_merge(history, differs, &error), CUSTVAL_ERROR_STRUCTURE, &error);
        assert_message(&error, messages[wrong]);
        custval_history_free(differs);
    }
    /* Folded parts. */
    assert_ok(custval_history_fold(history, "2025-01-06", &error), &error);
    assert_status(custval_history_merge(history, other, &error), CUSTVAL_ERROR_STATE, &error);
    assert_status(custval_history_merge(other, history, &error), CUSTVAL_ERROR_STATE, &error);
    assert_ok(custval_history_fold(other, "2025-01-05", &error), &error);
    assert_status(custval_history_merge(history, other, &error), CUSTVAL_ERROR_STATE, &error);
    assert_ok(custval_history_fold(other, "2025-01-06", &error), &error);
    assert_status(custval_history_merge(history, other, &error), CUSTVAL_ERROR_STATE, &error);
    assert_message(&error, "folded in both");
    const purchase later[] = {{"cy", "2025-01-07", 1.0}};
    custval_history *new_ones = empty_history(NULL, NULL);
    feed_history(new_ones, later, 1);
    assert_ok(custval_history_merge(new_ones, history, &error), &error);
    feed_history(history, later, 1);
    assert_same_history(new_ones, history);
    custval_history_free(new_ones);
    custval_history_free(history);
    custval_history_free(other);
    custval_history_free(empty);
}

static void folding(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_history *history = sample(NULL);
    custval_table *table = purchases_table(four, 4), *out = NULL;
    assert_refused(custval_history_fold(NULL, "2025-01-06", &error));
    assert_refused(custval_history_fold(history, NULL, &error));
    assert_status(custval_history_fold(history, "soon", &error), CUSTVAL_ERROR_RANGE, &error);
    assert_message(&error, "until is \"soon\", which is no date such as \"2026-11-26\"");
    assert_ok(custval_history_fold(history, "2025-01-06", &error), &error);
    assert_status(custval_history_fold(history, "2025-01-05", &error), CUSTVAL_ERROR_STATE, &error);
    assert_status(custval_history_add(history, table, &error), CUSTVAL_ERROR_STATE, &error);
    assert_message(&error, "row 0: the time is \"2025-01-01\", but the history is folded up to 2025-01-06");
    custval_history_view view = view_until("2025-01-05", NULL);
    assert_status(custval_history_table(history, &view, &out, &error), CUSTVAL_ERROR_STATE, &error);
    assert_status(custval_history_course(history, &view, &out, &error), CUSTVAL_ERROR_STATE, &error);
    assert_ok(custval_history_path(history, "ann", NULL, &out, &error), &error); /* only the first period is folded */
    custval_table_free(out);
    assert_ok(custval_history_fold(history, "2025-01-31", &error), &error);
    assert_status(custval_history_path(history, "ann", NULL, &out, &error), CUSTVAL_ERROR_STATE, &error);
    assert_ok(custval_history_fold(history, "2026", &error), &error);
    assert_string_equal(history_facts(history).folded, "2026-12-31");
    out = history_table(history, NULL, NULL);
    assert_int_equal(custval_table_rows(out), 2);
    custval_table_free(out);
    custval_table_free(table);
    custval_history_free(history);
}

/* ---- Looking ----------------------------------------------------------------------------------------------------- */

static custval_history *looked_at;

static custval_status look(const void *view, custval_error *error) {
    custval_table *table = NULL;
    const custval_status status = custval_history_table(looked_at, view, &table, error);
    assert_int_equal(table == NULL, status != CUSTVAL_OK);
    custval_table_free(table);
    return status;
}

static custval_status get_facts(void *out, custval_error *error) {
    return custval_history_facts_get(looked_at, out, error);
}

static void looking(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    const custval_history_view whole = CUSTVAL_HISTORY_VIEW_INIT;
    custval_table *table = NULL;
    looked_at = sample(NULL);
    assert_reads_struct(look, &whole, sizeof whole);
    assert_writes_struct(get_facts, sizeof(custval_history_facts));
    assert_refused(custval_history_facts_get(NULL, NULL, &error));
    assert_refused(custval_history_table(NULL, NULL, &table, &error));
    assert_refused(custval_history_table(looked_at, NULL, NULL, &error));
    assert_refused(custval_history_course(NULL, NULL, &table, &error));
    assert_refused(custval_history_course(looked_at, NULL, NULL, &error));
    assert_refused(custval_history_path(NULL, "ann", NULL, &table, &error));
    assert_refused(custval_history_path(looked_at, NULL, NULL, &table, &error));
    assert_refused(custval_history_path(looked_at, "ann", NULL, NULL, &error));
    custval_history_view view = view_until("2025-02-30", NULL);
    assert_status(look(&view, &error), CUSTVAL_ERROR_RANGE, &error);
    view = view_until("2025-02-01", "2025-02-01");
    assert_status(look(&view, &error), CUSTVAL_ERROR_RANGE, &error);
    view = view_until(NULL, "tomorrow");
    assert_status(look(&view, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_status(custval_history_path(looked_at, "cy", NULL, &table, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    view = view_until("2025-01-03", NULL);
    assert_status(custval_history_path(looked_at, "bob", &view, &table, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    table = history_table(looked_at, "2024-12-31", "2025-12-31"); /* nobody had come */
    assert_int_equal(custval_table_rows(table), 0);
    custval_table_free(table);
    table = history_course(looked_at, "2024-12-31", NULL);
    assert_int_equal(custval_table_rows(table), 0);
    custval_table_free(table);
    custval_history_free(looked_at);
    looked_at = empty_history(NULL, NULL);
    assert_ok(look(NULL, &error), &error);
    assert_string_equal(history_facts(looked_at).last, "");
    assert_status(custval_history_path(looked_at, "ann", NULL, &table, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    custval_history_free(looked_at);
}

/* More than 2^20 units are refused where one row for each is asked for. */
static void too_many_units(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_history_options options = CUSTVAL_HISTORY_OPTIONS_INIT;
    custval_table *table = NULL;
    options.period = CUSTVAL_PERIOD_SECOND;
    custval_history *history = sample(&options);
    assert_status(custval_history_course(history, NULL, &table, &error), CUSTVAL_ERROR_LIMIT, &error);
    assert_status(custval_history_path(history, "bob", NULL, &table, &error), CUSTVAL_ERROR_LIMIT, &error);
    custval_history_free(history);
}

/* ---- RFM --------------------------------------------------------------------------------------------------------- */

static custval_table *scored;

static custval_status score(const void *options, custval_error *error) {
    custval_table *out = NULL, *cuts = NULL;
    const custval_status status = custval_rfm(scored, options, &out, &cuts, error);
    assert_int_equal(out == NULL, status != CUSTVAL_OK);
    assert_int_equal(cuts == NULL, status != CUSTVAL_OK);
    custval_table_free(out);
    custval_table_free(cuts);
    return status;
}

/* Two groups of five; numbers on a cut go up, ties stay together but by rank, where the first row is the lower one. */
static void rfm(void **state) {
    (void)state;
    static const double recency[] = {1, 2, 3, 4, 5, (double)NAN}, x[] = {0, 0, 0, 0, 3, 1},
                        spend[] = {5, 1, 3, 2, 4, 9};
    static const double quantiles[] = {222, 221, 122, 121, 122}, ranks[] = {212, 211, 211, 121, 122};
    static const double cuts_given[] = {4.5};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL, *cuts = NULL;
    custval_rfm_options options = CUSTVAL_RFM_OPTIONS_INIT;
    assert_ok(custval_table_new(NULL, 6, &scored, NULL), NULL);
    assert_ok(custval_table_add_doubles(scored, "since_last", recency, NULL), NULL);
    assert_ok(custval_table_add_doubles(scored, "x", x, NULL), NULL);
    assert_ok(custval_table_add_doubles(scored, "total_spend", spend, NULL), NULL);
    assert_reads_struct(score, &options, sizeof options);
    assert_refused(custval_rfm(NULL, NULL, &out, NULL, &error));
    assert_refused(custval_rfm(scored, NULL, NULL, NULL, &error));
    options.bins = 2;
    for (uint32_t rule = CUSTVAL_RFM_QUANTILES; rule <= CUSTVAL_RFM_RANKS; rule += 2) {
        options.rule = rule;
        assert_ok(custval_rfm(scored, &options, &out, &cuts, &error), &error);
        for (size_t i = 0; i < 5; i++) {
            assert_double_near(table_cell(out, "rfm", i), (rule == CUSTVAL_RFM_RANKS ? ranks : quantiles)[i], 0.0);
        }
        assert_true(isnan(table_cell(out, "rfm", 5)) && isnan(table_cell(out, "monetary_score", 5)));
        assert_int_equal(isnan(table_cell(cuts, "recency", 0)) != 0, rule == CUSTVAL_RFM_RANKS);
        custval_table_free(out);
        custval_table_free(cuts);
    }
    options.recency_cuts = cuts_given;
    assert_ok(custval_rfm(scored, &options, &out, NULL, &error), &error);
    assert_double_near(table_cell(out, "recency_score", 3), 2.0, 0.0);
    assert_double_near(table_cell(out, "recency_score", 4), 1.0, 0.0);
    custval_table_free(out);
    static const double falling[] = {2, 1}, unknown[] = {(double)NAN};
    for (int wrong = 0; wrong < 6; wrong++) {
        options = (custval_rfm_options)CUSTVAL_RFM_OPTIONS_INIT;
        custval_status expected = CUSTVAL_ERROR_RANGE;
        switch (wrong) {
        case 0: options.bins = 1; break;
        case 1: options.bins = 10; break;
        case 2: options.rule = 4; break;
        case 3:
            options.bins = 3;
            options.monetary_cuts = falling;
            break;
        case 4:
            options.bins = 2;
            options.frequency_cuts = unknown;
            break;
        default:
            options.monetary = "money";
            expected = CUSTVAL_ERROR_NOT_FOUND;
            break;
        }
        assert_status(score(&options, &error), expected, &error);
    }
    custval_table_free(scored);
}

static void rfm_without_numbers(void **state) {
    (void)state;
    static const double none[] = {(double)NAN, 1}, some[] = {1, (double)NAN}, infinite[] = {1, (double)INFINITY};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_rfm_options options = CUSTVAL_RFM_OPTIONS_INIT;
    const custval_text words[] = {{"a", 1}, {"b", 1}};
    assert_ok(custval_table_new(NULL, 2, &scored, NULL), NULL);
    assert_ok(custval_table_add_doubles(scored, "since_last", none, NULL), NULL);
    assert_ok(custval_table_add_doubles(scored, "x", some, NULL), NULL);
    assert_ok(custval_table_add_doubles(scored, "total_spend", some, NULL), NULL);
    assert_ok(custval_table_add_doubles(scored, "infinite", infinite, NULL), NULL);
    assert_ok(custval_table_add_texts(scored, "words", words, NULL), NULL);
    assert_status(score(NULL, &error), CUSTVAL_ERROR_STATE, &error);
    options.monetary = "infinite";
    assert_status(score(&options, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
    options.monetary = "words";
    assert_status(score(&options, &error), CUSTVAL_ERROR_TYPE, &error);
    custval_table_free(scored);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(making),
        cmocka_unit_test(cells_are_shown_as_they_are),
        cmocka_unit_test(rows_that_are_refused),
        cmocka_unit_test(types_of_columns),
        cmocka_unit_test(keys_that_are_no_text),
        cmocka_unit_test(adding),
        cmocka_unit_test(merging),
        cmocka_unit_test(folding),
        cmocka_unit_test(looking),
        cmocka_unit_test(too_many_units),
        cmocka_unit_test(rfm),
        cmocka_unit_test(rfm_without_numbers),
    };
    return cmocka_run_group_tests_name("histories", tests, NULL, NULL);
}
