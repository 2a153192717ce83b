/* Bytes of summaries, as they come and with their frame repaired: read without harm, written back the same. And random
   tables, cut and merged: the same counts, ranges and quantiles as whole, never a NaN where there are numbers. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include <custval/custval.h>

#include "input_bytes.h"

#define MOST_COLUMNS 4
#define MOST_ROWS 40

static unsigned char *bytes_of(const custval_summary *summary, size_t *out_length) {
    DEMAND(custval_summary_write(summary, NULL, 0, out_length, NULL) == CUSTVAL_OK);
    unsigned char *bytes = malloc(*out_length);
    DEMAND(bytes != NULL);
    DEMAND(custval_summary_write(summary, bytes, *out_length, out_length, NULL) == CUSTVAL_OK);
    return bytes;
}

/* Everything that can be asked of a summary is asked. */
static void look_at(const custval_summary *summary) {
    custval_table *table = NULL;
    DEMAND(custval_summary_table(summary, &table, NULL) == CUSTVAL_OK);
    for (size_t c = 0; c < custval_table_columns(table); c++) {
        custval_column column = CUSTVAL_COLUMN_INIT;
        DEMAND(custval_table_column(table, c, &column, NULL) == CUSTVAL_OK);
        if (column.type != CUSTVAL_TYPE_FLOAT64) continue;
        for (size_t row = 0; row < custval_table_rows(table); row++) {
            double value;
            DEMAND(custval_table_number(table, c, row, &value, NULL) == CUSTVAL_OK);
            DEMAND(!isinf(value));
        }
    }
    custval_table_free(table);
    table = NULL;
    (void)!custval_summary_correlations(summary, &table, NULL);
    custval_table_free(table);
    for (uint32_t method = CUSTVAL_DATA_ENTROPY; method <= CUSTVAL_DATA_MEREC; method++) {
        custval_data_options options = CUSTVAL_DATA_OPTIONS_INIT;
        custval_weights *weights = NULL;
        options.method = method;
        if (custval_weights_data(summary, &options, &weights, NULL) != CUSTVAL_OK) continue;
        for (size_t i = 0; i < custval_weights_count(weights); i++) {
            DEMAND(custval_weights_share(weights, i) >= 0.0 && custval_weights_share(weights, i) <= 1.0);
        }
        custval_weights_free(weights);
    }
}

/* ---- Bytes ------------------------------------------------------------------------------------------------------- */

static void read_bytes(const uint8_t *data, size_t size) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_summary *summary = NULL;
    const custval_status status = custval_summary_read(NULL, data, size, &summary, &error);
    DEMAND((summary == NULL) == (status != CUSTVAL_OK));
    if (summary == NULL) return;
    size_t length;
    unsigned char *again = bytes_of(summary, &length);
    DEMAND(length == size && memcmp(again, data, size) == 0);
    free(again);
    look_at(summary);
    custval_summary *other = NULL;
    DEMAND(custval_summary_read(NULL, data, size, &other, NULL) == CUSTVAL_OK);
    if (custval_summary_merge(summary, other, &error) == CUSTVAL_OK) look_at(summary);
    custval_summary_free(other);
    custval_summary_free(summary);
}

/* The same with a frame that fits. */
static void read_repaired(const uint8_t *data, size_t size) {
    unsigned char *const bytes = framed(data, size, UINT64_C(0x153564389));
    if (bytes == NULL) return;
    read_bytes(bytes, size);
    free(bytes);
}

/* ---- Tables ------------------------------------------------------------------------------------------------------ */

typedef struct draft {
    custval_criterion criteria[MOST_COLUMNS];
    size_t columns, rows;
    double values[MOST_COLUMNS][MOST_ROWS];
    uint32_t parts;
} draft;

/* A number of any kind: its bits, or a small one, or missing. */
static double take_number(input *in) {
    const uint64_t kind = take(in, 1);
    double number;
    if (kind % 8 == 0) return (double)NAN;
    if (kind % 8 < 5) return (double)(kind / 8);
    const uint64_t bits = take(in, 8);
    memcpy(&number, &bits, sizeof number);
    return number;
}

static void take_draft(input *in, draft *out) {
    static const char *const names[MOST_COLUMNS] = {"a", "name", "c", "d"};
    out->columns = 1 + take(in, 1) % MOST_COLUMNS;
    out->rows = take(in, 1) % (MOST_ROWS + 1);
    out->parts = (uint32_t)take(in, 1) % 16;
    for (size_t c = 0; c < out->columns; c++) {
        out->criteria[c] = (custval_criterion)CUSTVAL_CRITERION_INIT;
        out->criteria[c].column = names[c];
        out->criteria[c].side = (uint32_t)take(in, 1) % 3;
        if (take(in, 1) % 2) {
            out->criteria[c].low = take_number(in);
            out->criteria[c].high = take_number(in);
        }
        for (size_t row = 0; row < out->rows; row++) out->values[c][row] = take_number(in);
    }
}

static custval_summary *empty(const draft *in) {
    custval_summary *summary = NULL;
    (void)!custval_summary_new(NULL, in->criteria, in->columns, in->parts, &summary, NULL);
    return summary;
}

/* Feeds rows [from, to); 1 if they were taken. */
static int add(custval_summary *summary, const draft *in, size_t from, size_t to) {
    custval_table *table = NULL;
    DEMAND(custval_table_new(NULL, to - from, &table, NULL) == CUSTVAL_OK);
    for (size_t c = 0; c < in->columns; c++) {
        DEMAND(custval_table_add_doubles(table, in->criteria[c].column, in->values[c] + from, NULL) == CUSTVAL_OK);
    }
    const custval_status status = custval_summary_add(summary, table, NULL);
    custval_table_free(table);
    return status == CUSTVAL_OK;
}

static void check_same_counts(const custval_summary *a, const custval_summary *b) {
    static const char *const exact[] = {"count", "missing", "low", "high", "q05", "q25", "median", "q75", "q95"};
    custval_table *of_a = NULL, *of_b = NULL;
    DEMAND(custval_summary_table(a, &of_a, NULL) == CUSTVAL_OK && custval_summary_table(b, &of_b, NULL) == CUSTVAL_OK);
    for (size_t k = 0; k < sizeof exact / sizeof *exact; k++) {
        size_t column;
        if (custval_table_find(of_a, exact[k], &column, NULL) != CUSTVAL_OK) continue;
        for (size_t row = 0; row < custval_table_rows(of_a); row++) {
            double x, y;
            DEMAND(custval_table_number(of_a, column, row, &x, NULL) == CUSTVAL_OK);
            DEMAND(custval_table_number(of_b, column, row, &y, NULL) == CUSTVAL_OK);
            DEMAND(memcmp(&x, &y, sizeof x) == 0 || (isnan(x) && isnan(y)));
        }
    }
    custval_table_free(of_a);
    custval_table_free(of_b);
}

static void feed_tables(input *in) {
    draft work;
    take_draft(in, &work);
    custval_summary *whole = empty(&work), *first = empty(&work), *second = empty(&work);
    const size_t cut = work.rows == 0 ? 0 : take(in, 1) % work.rows;
    if (whole != NULL && add(whole, &work, 0, work.rows)) {
        DEMAND(add(first, &work, 0, cut) && add(second, &work, cut, work.rows));
        DEMAND(custval_summary_merge(second, first, NULL) == CUSTVAL_OK);
        check_same_counts(whole, second);
        look_at(second);
        size_t length;
        unsigned char *bytes = bytes_of(second, &length);
        custval_summary *again = NULL;
        DEMAND(custval_summary_read(NULL, bytes, length, &again, NULL) == CUSTVAL_OK);
        custval_summary_free(again);
        free(bytes);
    } else if (whole != NULL) {
        DEMAND(custval_summary_rows(whole) == 0);
    }
    custval_summary_free(whole);
    custval_summary_free(first);
    custval_summary_free(second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0) return 0;
    input in = {data, size, 1};
    switch (data[0] % 3) {
    case 0: read_bytes(data + 1, size - 1); break;
    case 1: read_repaired(data + 1, size - 1); break;
    default: feed_tables(&in); break;
    }
    return 0;
}
