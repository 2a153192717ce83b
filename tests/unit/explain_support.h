/* What tests of explaining and comparing share: systems from short documents, tables from arrays, reading results. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TESTS_EXPLAIN_SUPPORT_H
#define CUSTVAL_TESTS_EXPLAIN_SUPPORT_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <custval/custval.h>

#include "support.h"

/* Missing answer. */
#define NONE ((double)NAN)

/* Writes out one item of a short document: $COLUMN on the scale 0..100, $COLUMN:low:high on another. Returns what
   follows it. */
static inline const char *write_item(const char *from, char *out, size_t capacity) {
    char column[32] = {0}, low[16] = "0", high[16] = "100";
    int length = 0;
    assert_true(sscanf(from, "$%31[A-Za-z0-9_]%n", column, &length) == 1);
    from += length;
    if (sscanf(from, ":%15[0-9.]:%15[0-9.]%n", low, high, &length) == 2) from += length;
    snprintf(out, capacity, "\"items\": [{\"column\": \"%s\", \"scale\": [%s, %s]}]", column, low, high);
    return from;
}

/* Parses a document written with ' for " and $COLUMN for the items of an indicator, without what every document begins
   with. */
static inline custval_system *system_with(const custval_host *host, const char *rest) {
    enum { CAPACITY = 8192 };
    char *text = malloc(CAPACITY);
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = NULL;
    assert_non_null(text);
    strcpy(text, "{\"custval\": \"system\", \"version\": 1, ");
    size_t length = strlen(text);
    while (*rest != 0) {
        assert_true(length + 128 < CAPACITY);
        if (*rest == '$') {
            rest = write_item(rest, text + length, CAPACITY - length);
            length += strlen(text + length);
        } else {
            text[length++] = *rest == '\'' ? '"' : *rest;
            rest++;
        }
    }
    assert_ok(custval_system_parse(host, text, length, &system, &error), &error);
    free(text);
    return system;
}

static inline custval_system *system_of(const char *rest) {
    return system_with(NULL, rest);
}

/* As many nodes as a system may have: 2046 indicators of one dimension, each with its item, i0 .. and q0 .. */
#define LARGE_INDICATORS 2046
static inline custval_system *large_system(void) {
    custval_builder *builder = NULL;
    custval_system *system = NULL;
    custval_node_spec node = CUSTVAL_NODE_SPEC_INIT;
    node.id = "get";
    assert_ok(custval_builder_new(NULL, NULL, &builder, NULL), NULL);
    assert_ok(custval_builder_dimension(builder, CUSTVAL_SIDE_BENEFIT, &node, NULL), NULL);
    for (int i = 0; i < LARGE_INDICATORS; i++) {
        char id[16], column[16];
        custval_item_spec item = CUSTVAL_ITEM_SPEC_INIT;
        snprintf(id, sizeof id, "i%d", i);
        snprintf(column, sizeof column, "q%d", i);
        node.id = id;
        item.column = column;
        item.scale_max = 100.0;
        assert_ok(custval_builder_indicator(builder, "get", &node, NULL), NULL);
        assert_ok(custval_builder_item(builder, id, &item, NULL), NULL);
    }
    assert_ok(custval_builder_build(builder, &system, NULL), NULL);
    custval_builder_free(builder);
    return system;
}

/* Two rows for it; every column shows the same two answers, which must outlive the table. */
static inline custval_table *large_table(const double *answers) {
    custval_table *table = NULL;
    assert_ok(custval_table_new(NULL, 2, &table, NULL), NULL);
    for (int i = 0; i < LARGE_INDICATORS; i++) {
        char column[16];
        snprintf(column, sizeof column, "q%d", i);
        assert_ok(custval_table_add_doubles(table, column, answers, NULL), NULL);
    }
    return table;
}

/* A table of doubles: names separated by spaces, one row after the other. */
static inline custval_table *table_of(const char *names, const double *cells, size_t rows) {
    custval_table *table = NULL;
    char copy[512];
    const char *columns[32];
    size_t count = 0;
    assert_true(strlen(names) < sizeof copy);
    strcpy(copy, names);
    for (char *name = strtok(copy, " "); name != NULL; name = strtok(NULL, " ")) columns[count++] = name;
    assert_ok(custval_table_new_from_rows(NULL, columns, count, cells, rows, count, &table, NULL), NULL);
    return table;
}

static inline void add_texts(custval_table *table, const char *name, const char *const *words) {
    custval_text texts[32] = {{NULL, 0}};
    assert_true(custval_table_rows(table) <= SUPPORT_COUNT(texts));
    for (size_t i = 0; i < custval_table_rows(table); i++) {
        if (words[i] != NULL) texts[i] = (custval_text){words[i], strlen(words[i])};
    }
    assert_ok(custval_table_add_texts(table, name, texts, NULL), NULL);
}

static inline double cell(const custval_table *table, const char *name, size_t row) {
    size_t column;
    double out;
    assert_ok(custval_table_find(table, name, &column, NULL), NULL);
    assert_ok(custval_table_number(table, column, row, &out, NULL), NULL);
    return out;
}

static inline custval_text text_cell(const custval_table *table, const char *name, size_t row) {
    size_t column;
    custval_text out;
    assert_ok(custval_table_find(table, name, &column, NULL), NULL);
    assert_ok(custval_table_text(table, column, row, &out, NULL), NULL);
    return out;
}

static inline void assert_text(const custval_table *table, const char *name, size_t row, const char *expected) {
    const custval_text text = text_cell(table, name, row);
    if (expected == NULL) {
        assert_null(text.data);
        return;
    }
    assert_non_null(text.data);
    char copy[512];
    assert_true(text.length < sizeof copy);
    memcpy(copy, text.data, text.length);
    copy[text.length] = 0;
    assert_string_equal(copy, expected);
}

/* A shop: reliability and function make up its product, which with support (service) is what customers get; they pay a
   price and give time. Items are on 0..100, so that answers are scores. */
#define SHOP                                                                           \
  "'dimensions': [{'id': 'product', 'side': 'benefit', 'weight': 0.6, 'indicators': [" \
  "{'id': 'reliability', 'weight': 3, $REL}, {'id': 'function', 'weight': 1, $FUN}]}," \
  "{'id': 'service', 'side': 'benefit', 'weight': 0.4, 'indicators': ["                \
  "{'id': 'support', $SVC}]},"                                                         \
  "{'id': 'cost', 'side': 'sacrifice', 'weight': 2, 'indicators': ["                   \
  "{'id': 'price', $PRICE}]},"                                                         \
  "{'id': 'effort', 'side': 'sacrifice', 'weight': 1, 'indicators': ["                 \
  "{'id': 'time', $TIME}]}]"
#define SHOP_COLUMNS "REL FUN SVC PRICE TIME"
#define SHOP_NODES 17

/* The n-th row (counted from 0) of a node; fails the test if there is none. */
static inline size_t row_nth(const custval_table *table, const char *node, int n) {
    for (size_t i = 0; i < custval_table_rows(table); i++) {
        const custval_text text = text_cell(table, "node", i);
        if (text.length == strlen(node) && memcmp(text.data, node, text.length) == 0 && n-- == 0) return i;
    }
    fail_msg("no row for \"%s\"", node);
    return 0;
}

static inline size_t row_of(const custval_table *table, const char *node) {
    return row_nth(table, node, 0);
}

static inline int has_column(const custval_table *table, const char *name) {
    size_t column;
    return custval_table_find(table, name, &column, NULL) == CUSTVAL_OK;
}

/* Adds the parts up as the header says: from the first row to the last, in double precision. */
static inline double sum_of_parts(const custval_table *table, const char *name) {
    double sum = 0.0;
    for (size_t i = 0; i < custval_table_rows(table); i++) {
        if (cell(table, "is_part", i) == 1.0) sum += cell(table, name, i);
    }
    return sum;
}

#endif
