/* Tables and summaries for tests of them: columns made by rule, so that other programs can make the same. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TESTS_SUMMARIES_H
#define CUSTVAL_TESTS_SUMMARIES_H

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <custval/custval.h>

#include "json_table.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Missing cell. */
#define NONE ((double)NAN)

#define SUMMARY_EVERYTHING \
  (CUSTVAL_SUMMARY_PAIRS | CUSTVAL_SUMMARY_ENTROPY | CUSTVAL_SUMMARY_QUANTILES | CUSTVAL_SUMMARY_REMOVAL)

/* A table over columns that lie one after the other. custval_table_free() it. */
static inline custval_table *columns_table(const char *const *names, size_t columns, const double *values,
                                           size_t rows) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    assert_ok(custval_table_new(NULL, rows, &table, &error), &error);
    for (size_t i = 0; i < columns; i++) {
        assert_ok(custval_table_add_doubles(table, names[i], values + i * rows, &error), &error);
    }
    return table;
}

/* A table over rows of columns. */
static inline custval_table *rows_table(const char *const *names, size_t columns, const double *values, size_t rows) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    assert_ok(custval_table_new_from_rows(NULL, names, columns, values, rows, columns, &table, &error), &error);
    return table;
}

static inline custval_criterion benefit(const char *column, double low, double high) {
    custval_criterion criterion = CUSTVAL_CRITERION_INIT;
    criterion.column = column;
    criterion.low = low;
    criterion.high = high;
    return criterion;
}

static inline custval_criterion sacrifice(const char *column, double low, double high) {
    custval_criterion criterion = benefit(column, low, high);
    criterion.side = CUSTVAL_SIDE_SACRIFICE;
    return criterion;
}

static inline custval_summary *empty_summary(const custval_host *host, const custval_criterion *criteria, size_t count,
                                             uint32_t parts) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_summary *summary = NULL;
    assert_ok(custval_summary_new(host, criteria, count, parts, &summary, &error), &error);
    return summary;
}

static inline void feed(custval_summary *summary, const custval_table *table) {
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_ok(custval_summary_add(summary, table, &error), &error);
}

/* Benefits without ranges. */
static inline custval_summary *summary_of(const char *const *names, size_t columns, uint32_t parts,
                                          const custval_table *table) {
    custval_criterion criteria[64];
    assert_true(columns <= SUPPORT_COUNT(criteria));
    for (size_t i = 0; i < columns; i++) criteria[i] = benefit(names[i], 0.0, 0.0);
    custval_summary *summary = empty_summary(NULL, criteria, columns, parts);
    feed(summary, table);
    return summary;
}

static inline custval_table *summary_table(const custval_summary *summary) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    assert_ok(custval_summary_table(summary, &table, &error), &error);
    return table;
}

/* The bytes of a summary; free() them. */
static inline unsigned char *summary_bytes(const custval_summary *summary, size_t *out_length) {
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_ok(custval_summary_write(summary, NULL, 0, out_length, &error), &error);
    unsigned char *bytes = (unsigned char *)malloc(*out_length);
    assert_non_null(bytes);
    assert_ok(custval_summary_write(summary, bytes, *out_length, out_length, &error), &error);
    return bytes;
}

static inline void assert_same_summary(const custval_summary *a, const custval_summary *b) {
    size_t a_length, b_length;
    unsigned char *a_bytes = summary_bytes(a, &a_length), *b_bytes = summary_bytes(b, &b_length);
    assert_int_equal(a_length, b_length);
    assert_memory_equal(a_bytes, b_bytes, a_length);
    free(a_bytes);
    free(b_bytes);
}

#ifdef __cplusplus
}
#endif
#endif
