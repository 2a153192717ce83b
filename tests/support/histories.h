/* Histories for tests: fed, written, compared. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TESTS_HISTORIES_H
#define CUSTVAL_TESTS_HISTORIES_H

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <custval/custval.h>

#include "json_table.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A transaction; customer or date NULL and amount NaN are missing. */
typedef struct purchase {
    const char *customer, *date;
    double amount;
} purchase;

static inline custval_table *purchases_table(const purchase *rows, size_t count) {
    custval_text *texts = (custval_text *)calloc(2 * count + 1, sizeof *texts);
    double *amounts = (double *)calloc(count + 1, sizeof *amounts);
    custval_column column = CUSTVAL_COLUMN_INIT;
    custval_table *table = NULL;
    for (size_t i = 0; i < count; i++) {
        if (rows[i].customer != NULL) texts[i] = (custval_text){rows[i].customer, strlen(rows[i].customer)};
        if (rows[i].date != NULL) texts[count + i] = (custval_text){rows[i].date, strlen(rows[i].date)};
        amounts[i] = rows[i].amount;
    }
    column.type = CUSTVAL_TYPE_FLOAT64;
    column.data = amounts;
    assert_ok(custval_table_new(NULL, count, &table, NULL), NULL);
    assert_ok(custval_table_add_texts(table, "customer", texts, NULL), NULL);
    assert_ok(custval_table_add_texts(table, "date", texts + count, NULL), NULL);
    assert_ok(custval_table_add_copy(table, "amount", &column, NULL), NULL);
    free(texts);
    free(amounts);
    return table;
}

static inline custval_history *empty_history(const custval_host *host, const custval_history_options *options) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_history *history = NULL;
    assert_ok(custval_history_new(host, options, &history, &error), &error);
    return history;
}

static inline void feed_history(custval_history *history, const purchase *rows, size_t count) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = purchases_table(rows, count);
    assert_ok(custval_history_add(history, table, &error), &error);
    custval_table_free(table);
}

static inline custval_history_view view_until(const char *end, const char *holdout_end) {
    custval_history_view view = CUSTVAL_HISTORY_VIEW_INIT;
    view.end = end;
    view.holdout_end = holdout_end;
    return view;
}

static inline custval_table *history_table(const custval_history *history, const char *end, const char *holdout_end) {
    const custval_history_view view = view_until(end, holdout_end);
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    assert_ok(custval_history_table(history, &view, &table, &error), &error);
    return table;
}

static inline custval_table *history_course(const custval_history *history, const char *end, const char *holdout_end) {
    const custval_history_view view = view_until(end, holdout_end);
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    assert_ok(custval_history_course(history, &view, &table, &error), &error);
    return table;
}

static inline custval_history_facts history_facts(const custval_history *history) {
    custval_history_facts facts = CUSTVAL_HISTORY_FACTS_INIT;
    assert_ok(custval_history_facts_get(history, &facts, NULL), NULL);
    return facts;
}

/* The bytes of a history; free() them. */
static inline unsigned char *history_bytes(const custval_history *history, size_t *out_length) {
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_ok(custval_history_write(history, NULL, 0, out_length, &error), &error);
    unsigned char *bytes = (unsigned char *)malloc(*out_length);
    assert_non_null(bytes);
    assert_ok(custval_history_write(history, bytes, *out_length, out_length, &error), &error);
    return bytes;
}

static inline void assert_same_history(const custval_history *a, const custval_history *b) {
    size_t a_length, b_length;
    unsigned char *a_bytes = history_bytes(a, &a_length), *b_bytes = history_bytes(b, &b_length);
    assert_int_equal(a_length, b_length);
    assert_memory_equal(a_bytes, b_bytes, a_length);
    free(a_bytes);
    free(b_bytes);
}

/* Same columns, texts and numbers, to the bit. */
static inline void assert_same_table(const custval_table *a, const custval_table *b) {
    assert_int_equal(custval_table_rows(a), custval_table_rows(b));
    assert_int_equal(custval_table_columns(a), custval_table_columns(b));
    for (size_t c = 0; c < custval_table_columns(a); c++) {
        custval_column column = CUSTVAL_COLUMN_INIT;
        assert_string_equal(custval_table_name(a, c), custval_table_name(b, c));
        assert_ok(custval_table_column(a, c, &column, NULL), NULL);
        for (size_t row = 0; row < custval_table_rows(a); row++) {
            if (column.type == CUSTVAL_TYPE_UTF8) {
                custval_text x, y;
                assert_ok(custval_table_text(a, c, row, &x, NULL), NULL);
                assert_ok(custval_table_text(b, c, row, &y, NULL), NULL);
                assert_int_equal(x.length, y.length);
                assert_memory_equal(x.data, y.data, x.length);
            } else {
                double x, y;
                assert_ok(custval_table_number(a, c, row, &x, NULL), NULL);
                assert_ok(custval_table_number(b, c, row, &y, NULL), NULL);
                assert_double_bits(x, y);
            }
        }
    }
}

#ifdef __cplusplus
}
#endif
#endif
