/* SQLite: summaries as aggregates, and what is read from them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "extension.h"

SQLITE_EXTENSION_INIT3

#define FLAGS (SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS)

/* State of an aggregate. SQLite's memory for it begins with zeros, and its end always comes, also after an error. */
typedef struct state {
    sql_gather *gather;
    double *numbers;
    int failed;
} state;

static void state_fail(sqlite3_context *context, state *of, custval_status status, const custval_error *error) {
    of->failed = 1;
    give_failure(context, status, error);
}

static custval_status begin(state *of, sqlite3_value *columns, custval_error *error) {
    size_t length = 0;
    const char *const text = cell_text(columns, &length);
    const custval_status status = sql_gather_new(text, length, &of->gather, error);
    if (status != CUSTVAL_OK) return status;
    of->numbers = malloc(of->gather->columns * sizeof(*of->numbers));
    return of->numbers == NULL ? CUSTVAL_ERROR_MEMORY : CUSTVAL_OK;
}

static void add_row(sqlite3_context *context, int count, sqlite3_value **cells) {
    custval_error error = CUSTVAL_ERROR_INIT;
    state *const of = sqlite3_aggregate_context(context, sizeof(*of));
    if (of == NULL || of->failed) return;
    custval_status status = CUSTVAL_OK;
    if (count < 1) status = sql_fail_count(&error, 0, 1, 1);
    if (status == CUSTVAL_OK && of->gather == NULL) status = begin(of, cells[0], &error);
    if (status == CUSTVAL_OK && (size_t)count - 1 != of->gather->columns) {
        status = sql_fail_count(&error, (size_t)count - 1, of->gather->columns, of->gather->columns);
    }
    for (int i = 1; status == CUSTVAL_OK && i < count; i++) {
        if (!cell_number(cells[i], of->numbers + i - 1)) status = sql_fail_number(&error, (size_t)i);
    }
    if (status == CUSTVAL_OK) status = sql_gather_row(of->gather, of->numbers, &error);
    if (status != CUSTVAL_OK) state_fail(context, of, status, &error);
}

static void add_summary(sqlite3_context *context, int count, sqlite3_value **cells) {
    custval_error error = CUSTVAL_ERROR_INIT;
    state *const of = sqlite3_aggregate_context(context, sizeof(*of));
    (void)count;
    if (of == NULL || of->failed || sqlite3_value_type(cells[0]) == SQLITE_NULL) return;
    const void *const bytes = sqlite3_value_blob(cells[0]);
    const size_t length = (size_t)sqlite3_value_bytes(cells[0]);
    const custval_status status = sql_gather_merge_bytes(&of->gather, bytes, length, &error);
    if (status != CUSTVAL_OK) state_fail(context, of, status, &error);
}

static void end(sqlite3_context *context) {
    custval_error error = CUSTVAL_ERROR_INIT;
    state *const of = sqlite3_aggregate_context(context, 0);
    if (of == NULL) return;
    sql_text text = {0};
    if (!of->failed && of->gather != NULL) {
        const custval_status status = sql_gather_write(of->gather, &text, &error);
        if (status == CUSTVAL_OK) {
            sqlite3_result_blob64(context, text.data, text.length, SQLITE_TRANSIENT);
        } else {
            state_fail(context, of, status, &error);
        }
    }
    sql_text_clear(&text);
    sql_gather_free(of->gather);
    free(of->numbers);
    *of = (state){0};
}

/* --- Written summaries -------------------------------------------------------------------------------------------- */

static void give(sqlite3_context *context, custval_status status, sql_text *text, const custval_error *error) {
    if (status == CUSTVAL_OK) {
        sqlite3_result_text64(context, text->data, text->length, SQLITE_TRANSIENT, SQLITE_UTF8);
    } else {
        give_failure(context, status, error);
    }
    sql_text_clear(text);
}

static void statistics(sqlite3_context *context, int count, sqlite3_value **cells) {
    custval_error error = CUSTVAL_ERROR_INIT;
    sql_text text = {0};
    (void)count;
    if (sqlite3_value_type(cells[0]) == SQLITE_NULL) return;
    const void *const bytes = sqlite3_value_blob(cells[0]);
    const size_t length = (size_t)sqlite3_value_bytes(cells[0]);
    give(context, sql_summary_statistics(bytes, length, &text, &error), &text, &error);
}

static void weights(sqlite3_context *context, int count, sqlite3_value **cells) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *made = NULL;
    sql_text text = {0};
    size_t method_length = 0;
    (void)count;
    if (sqlite3_value_type(cells[0]) == SQLITE_NULL) return;
    const char *const method = cell_text(cells[1], &method_length);
    const void *const bytes = sqlite3_value_blob(cells[0]);
    const size_t length = (size_t)sqlite3_value_bytes(cells[0]);
    custval_status status = sql_summary_weights(bytes, length, method, method_length, &made, &error);
    if (status == CUSTVAL_OK) status = sql_weights_write(made, 1, &text, &error);
    custval_weights_free(made);
    give(context, status, &text, &error);
}

int summary_register(sqlite3 *db) {
    int status = sqlite3_create_function(db, "custval_summary", -1, FLAGS, NULL, NULL, add_row, end);
    if (status == SQLITE_OK) {
        status = sqlite3_create_function(db, "custval_summary_merge", 1, FLAGS, NULL, NULL, add_summary, end);
    }
    if (status == SQLITE_OK) {
        status = sqlite3_create_function(db, "custval_summary_statistics", 1, FLAGS, NULL, statistics, NULL, NULL);
    }
    if (status == SQLITE_OK) {
        status = sqlite3_create_function(db, "custval_summary_weights", 2, FLAGS, NULL, weights, NULL, NULL);
    }
    return status;
}
