/* Bytes of histories, as they come and with their frame repaired: read without harm, written back the same. And random
   transactions, with the options that they ask for: cut, merged and folded as whole. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/custval.h>

#include "input_bytes.h"

#define MOST_ROWS 40

static unsigned char *bytes_of(const custval_history *history, size_t *out_length) {
    DEMAND(custval_history_write(history, NULL, 0, out_length, NULL) == CUSTVAL_OK);
    unsigned char *bytes = malloc(*out_length);
    DEMAND(bytes != NULL);
    DEMAND(custval_history_write(history, bytes, *out_length, out_length, NULL) == CUSTVAL_OK);
    return bytes;
}

/* Intervals are never negative, and a deviation is never that of a negative variance. Long courses are looked at in part. */
static void check_table(const custval_table *table) {
    for (size_t c = 0; c < custval_table_columns(table); c++) {
        custval_column column = CUSTVAL_COLUMN_INIT;
        DEMAND(custval_table_column(table, c, &column, NULL) == CUSTVAL_OK);
        const int is_interval = strncmp(custval_table_name(table, c), "interval", 8) == 0;
        if (column.type != CUSTVAL_TYPE_FLOAT64) continue;
        for (size_t row = 0; row < custval_table_rows(table) && row < 1000; row++) {
            double value;
            DEMAND(custval_table_number(table, c, row, &value, NULL) == CUSTVAL_OK);
            DEMAND(!(is_interval && value < 0.0));
        }
    }
}

/* Everything that can be asked of a history is asked. */
static void look_at(const custval_history *history) {
    custval_history_facts facts = CUSTVAL_HISTORY_FACTS_INIT;
    custval_history_view view = CUSTVAL_HISTORY_VIEW_INIT;
    custval_table *table = NULL, *scores = NULL;
    DEMAND(custval_history_facts_get(history, &facts, NULL) == CUSTVAL_OK);
    DEMAND(custval_history_table(history, NULL, &table, NULL) == CUSTVAL_OK);
    check_table(table);
    (void)!custval_rfm(table, NULL, &scores, NULL, NULL);
    custval_table_free(scores);
    custval_table_free(table);
    view.end = facts.first;
    view.holdout_end = facts.last;
    if (custval_history_table(history, &view, &table, NULL) == CUSTVAL_OK) check_table(table);
    custval_table_free(table);
    if (custval_history_course(history, NULL, &table, NULL) == CUSTVAL_OK) check_table(table);
    custval_table_free(table);
    if (custval_history_path(history, "1", NULL, &table, NULL) == CUSTVAL_OK) check_table(table);
    custval_table_free(table);
}

/* ---- Bytes ------------------------------------------------------------------------------------------------------- */

static void read_bytes(const uint8_t *data, size_t size) {
    custval_history *history = NULL;
    const custval_status status = custval_history_read(NULL, data, size, &history, NULL);
    DEMAND((history == NULL) == (status != CUSTVAL_OK));
    if (history == NULL) return;
    size_t length;
    unsigned char *again = bytes_of(history, &length);
    DEMAND(length == size && memcmp(again, data, size) == 0);
    free(again);
    look_at(history);
    custval_history *other = NULL;
    DEMAND(custval_history_read(NULL, data, size, &other, NULL) == CUSTVAL_OK);
    if (custval_history_merge(history, other, NULL) == CUSTVAL_OK) look_at(history);
    custval_history_facts facts = CUSTVAL_HISTORY_FACTS_INIT;
    DEMAND(custval_history_facts_get(other, &facts, NULL) == CUSTVAL_OK);
    if (facts.last[0] != '\0' && custval_history_fold(other, facts.last, NULL) == CUSTVAL_OK) look_at(other);
    custval_history_free(other);
    custval_history_free(history);
}

/* The same with a frame that fits. */
static void read_repaired(const uint8_t *data, size_t size) {
    unsigned char *const bytes = framed(data, size, UINT64_C(0x148564389));
    if (bytes == NULL) return;
    read_bytes(bytes, size);
    free(bytes);
}

/* ---- Transactions ------------------------------------------------------------------------------------------------ */

typedef struct draft {
    custval_history_options options;
    size_t rows;
    int32_t customers[MOST_ROWS], dates[MOST_ROWS];
    double amounts[MOST_ROWS];
} draft;

static void take_draft(input *in, draft *out) {
    out->options = (custval_history_options)CUSTVAL_HISTORY_OPTIONS_INIT;
    out->options.period = (uint32_t)take(in, 1) % 8;
    out->options.refunds = (uint32_t)take(in, 1) % 5;
    out->options.zeros = (uint32_t)take(in, 1) % 4;
    out->options.bad_rows = (uint32_t)take(in, 1) % 3;
    out->options.periods_per_unit = (double)take(in, 1) / 8.0;
    out->rows = take(in, 1) % (MOST_ROWS + 1);
    for (size_t i = 0; i < out->rows; i++) {
        const uint64_t kind = take(in, 1);
        out->customers[i] = (int32_t)(kind % 4);
        out->dates[i] = kind % 16 < 15 ? (int32_t)take(in, 1) * 3 : (int32_t)take(in, 4);
        out->amounts[i] = kind / 16 % 4 == 0 ? -(double)take(in, 1) / 7.0 : (double)take(in, 1) / 3.0;
        if (kind < 250) continue;
        const uint64_t bits = take(in, 8);
        memcpy(&out->amounts[i], &bits, sizeof bits);
    }
}

static custval_history *empty(const draft *in) {
    custval_history *history = NULL;
    (void)!custval_history_new(NULL, &in->options, &history, NULL);
    return history;
}

/* Feeds rows [from, to); 1 if they were taken. */
static int add(custval_history *history, const draft *in, size_t from, size_t to) {
    custval_table *table = NULL;
    custval_column column = CUSTVAL_COLUMN_INIT;
    DEMAND(custval_table_new(NULL, to - from, &table, NULL) == CUSTVAL_OK);
    column.type = CUSTVAL_TYPE_INT32;
    column.data = in->customers + from;
    DEMAND(custval_table_add(table, "customer", &column, NULL) == CUSTVAL_OK);
    column.type = CUSTVAL_TYPE_DATE32;
    column.data = in->dates + from;
    DEMAND(custval_table_add(table, "date", &column, NULL) == CUSTVAL_OK);
    DEMAND(custval_table_add_doubles(table, "amount", in->amounts + from, NULL) == CUSTVAL_OK);
    const custval_status status = custval_history_add(history, table, NULL);
    custval_table_free(table);
    return status == CUSTVAL_OK;
}

static void check_same(const custval_history *a, const custval_history *b) {
    size_t a_length, b_length;
    unsigned char *a_bytes = bytes_of(a, &a_length), *b_bytes = bytes_of(b, &b_length);
    DEMAND(a_length == b_length && memcmp(a_bytes, b_bytes, a_length) == 0);
    free(a_bytes);
    free(b_bytes);
}

static void check_folded(custval_history *history, const draft *in) {
    char until[] = "1970-12-31";
    size_t length;
    custval_history *again = NULL;
    DEMAND(custval_history_fold(history, until, NULL) == CUSTVAL_OK);
    look_at(history);
    unsigned char *bytes = bytes_of(history, &length);
    DEMAND(custval_history_read(NULL, bytes, length, &again, NULL) == CUSTVAL_OK);
    (void)!add(again, in, 0, in->rows);
    look_at(again);
    custval_history_free(again);
    free(bytes);
}

static void feed_tables(input *in) {
    draft work;
    take_draft(in, &work);
    custval_history *whole = empty(&work), *first = empty(&work), *second = empty(&work);
    const size_t cut = work.rows == 0 ? 0 : take(in, 1) % work.rows;
    if (whole != NULL && add(whole, &work, 0, work.rows)) {
        DEMAND(add(first, &work, 0, cut) && add(second, &work, cut, work.rows));
        DEMAND(custval_history_merge(second, first, NULL) == CUSTVAL_OK);
        check_same(whole, second);
        look_at(second);
        check_folded(second, &work);
    } else if (whole != NULL) {
        check_same(whole, first); /* as empty as before */
    }
    custval_history_free(whole);
    custval_history_free(first);
    custval_history_free(second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    input in = {data, size, 0};
    read_bytes(data, size);
    read_repaired(data, size);
    feed_tables(&in);
    return 0;
}
