/* Columns that a table owns: copies, results, and what happens when memory runs out. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/compiler.h"
#include "base/memory.h"
#include "table/table.h"

static custval_table *new_table(size_t rows) {
    custval_table *table = NULL;
    assert_ok(custval_table_new(NULL, rows, &table, NULL), NULL);
    assert_non_null(table);
    return table;
}

static custval_column column_of(uint32_t type, const void *data) {
    custval_column column = CUSTVAL_COLUMN_INIT;
    column.type = type;
    column.data = data;
    return column;
}

static void assert_text_cell(const custval_table *table, size_t column, size_t row, const char *expected) {
    custval_text text = {"x", 1};
    assert_ok(custval_table_text(table, column, row, &text, NULL), NULL);
    if (expected == NULL) {
        assert_null(text.data);
        return;
    }
    assert_non_null(text.data);
    assert_int_equal(text.length, strlen(expected));
    assert_memory_equal(text.data, expected, text.length);
}

/* ---- Copies ---- */

static void a_copied_column_does_not_need_its_source(void **unused) {
    int32_t values[] = {-1, 10, 20, 30, 40, 50};
    uint8_t validity[] = {0xf7}; /* element 3 is missing */
    custval_column column = column_of(CUSTVAL_TYPE_INT32, values + 5), copy = CUSTVAL_COLUMN_INIT;
    static const double expected[] = {40, 30, (double)NAN};
    (void)unused;
    column.stride = -(ptrdiff_t)sizeof values[0];
    column.offset = 1;
    column.validity = validity;
    custval_table *table = new_table(3);
    assert_ok(custval_table_add_copy(table, "x", &column, NULL), NULL);
    memset(values, 0x55, sizeof values);
    memset(validity, 0, sizeof validity);
    for (size_t row = 0; row < 3; row++) {
        double number = 0;
        assert_ok(custval_table_number(table, 0, row, &number, NULL), NULL);
        assert_true(isnan(expected[row]) ? isnan(number) : number == expected[row]);
    }
    assert_ok(custval_table_column(table, 0, &copy, NULL), NULL);
    assert_int_equal(copy.type, CUSTVAL_TYPE_INT32);
    assert_int_equal(copy.stride, 0);
    assert_int_equal(copy.offset, 0);
    assert_int_equal((uintptr_t)copy.data % 64, 0);
    custval_table_free(table);
}

static void copied_booleans_keep_their_values(void **unused) {
    const uint8_t bits[] = {0xa5, 0x3c, 0x0f}, bytes[] = {0, 1, 2, 0, 255, 0, 0, 9, 1, 0, 3, 3};
    custval_column packed = column_of(CUSTVAL_TYPE_BOOL, bits), wide = column_of(CUSTVAL_TYPE_BOOL8, bytes);
    (void)unused;
    packed.offset = 3;
    wide.offset = 1;
    custval_table *table = new_table(11);
    assert_ok(custval_table_add_copy(table, "bits", &packed, NULL), NULL);
    assert_ok(custval_table_add_copy(table, "bytes", &wide, NULL), NULL);
    for (size_t row = 0; row < 11; row++) {
        double number = 0;
        assert_ok(custval_table_number(table, 0, row, &number, NULL), NULL);
        assert_true(number == (bits[(row + 3) / 8] >> (row + 3) % 8 & 1));
        assert_ok(custval_table_number(table, 1, row, &number, NULL), NULL);
        assert_true(number == (bytes[row + 1] != 0));
    }
    custval_table_free(table);
}

static void copied_text_of_every_layout_becomes_utf8(void **unused) {
    char bytes[] = "?onetwothree";
    int32_t ends[] = {0, 1, 4, 7, 12};
    int64_t large_ends[] = {0, 1, 4, 7, 12};
    int32_t views[4][4] = {{0}};
    const uint8_t validity[] = {0x0b}; /* element 2 is missing */
    const uint32_t types[] = {CUSTVAL_TYPE_UTF8, CUSTVAL_TYPE_LARGE_UTF8, CUSTVAL_TYPE_UTF8_VIEW};
    (void)unused;
    views[1][0] = 3;
    memcpy(&views[1][1], "one", 3);
    views[3][0] = 5;
    memcpy(&views[3][1], "three", 5);
    for (size_t i = 0; i < 3; i++) {
        custval_column column = column_of(types[i], i == 2 ? (const void *)views : bytes), copy = CUSTVAL_COLUMN_INIT;
        column.offsets = i == 0 ? (const void *)ends : i == 1 ? (const void *)large_ends : NULL;
        column.offset = 1;
        column.validity = validity;
        custval_table *table = new_table(3);
        assert_ok(custval_table_add_copy(table, "t", &column, NULL), NULL);
        assert_ok(custval_table_column(table, 0, &copy, NULL), NULL);
        assert_int_equal(copy.type, CUSTVAL_TYPE_UTF8);
        assert_ptr_not_equal(copy.data, bytes);
        assert_text_cell(table, 0, 0, "one");
        assert_text_cell(table, 0, 1, NULL);
        assert_text_cell(table, 0, 2, "three");
        custval_table_free(table);
    }
}

static void a_copied_dictionary_keeps_indices_and_entries(void **unused) {
    char bytes[] = "gold"
                   "silver";
    const int32_t ends[] = {0, 4, 10};
    int16_t indices[] = {0, 1, 0, 5, -1};
    custval_column entries = column_of(CUSTVAL_TYPE_UTF8, bytes), column = column_of(CUSTVAL_TYPE_DICTIONARY, indices);
    custval_column copy = CUSTVAL_COLUMN_INIT;
    (void)unused;
    entries.offsets = ends;
    column.index_type = CUSTVAL_TYPE_INT16;
    column.dictionary = &entries;
    column.dictionary_length = 2;
    column.offset = 1;
    custval_table *table = new_table(4);
    assert_ok(custval_table_add_copy(table, "class", &column, NULL), NULL);
    memset(bytes, '?', sizeof bytes);
    memset(indices, 0x55, sizeof indices);
    memset(&entries, 0x55, sizeof entries);
    assert_text_cell(table, 0, 0, "silver");
    assert_text_cell(table, 0, 1, "gold");
    assert_text_cell(table, 0, 2, NULL);
    assert_text_cell(table, 0, 3, NULL);
    assert_ok(custval_table_column(table, 0, &copy, NULL), NULL);
    assert_int_equal(copy.index_type, CUSTVAL_TYPE_INT16);
    assert_int_equal(copy.dictionary_length, 2);
    assert_int_equal(copy.dictionary->type, CUSTVAL_TYPE_UTF8);
    custval_table_free(table);
}

static void the_description_of_a_borrowed_dictionary_is_copied(void **unused) {
    const int32_t ends[] = {0, 1};
    const uint8_t indices[] = {0};
    custval_column entries = column_of(CUSTVAL_TYPE_UTF8, "a"), column = column_of(CUSTVAL_TYPE_DICTIONARY, indices);
    (void)unused;
    entries.offsets = ends;
    column.index_type = CUSTVAL_TYPE_UINT8;
    column.dictionary = &entries;
    column.dictionary_length = 1;
    custval_table *table = new_table(1);
    assert_ok(custval_table_add(table, "d", &column, NULL), NULL);
    memset(&entries, 0x55, sizeof entries);
    assert_text_cell(table, 0, 0, "a");
    custval_table_free(table);
}

static void copied_texts_tell_empty_from_missing(void **unused) {
    char bytes[] = "abc";
    const custval_text texts[] = {{bytes, 3}, {NULL, 0}, {"", 0}, {bytes, 1}};
    (void)unused;
    custval_table *table = new_table(4);
    assert_ok(custval_table_add_texts(table, "t", texts, NULL), NULL);
    memset(bytes, '?', sizeof bytes);
    assert_text_cell(table, 0, 0, "abc");
    assert_text_cell(table, 0, 1, NULL);
    assert_text_cell(table, 0, 2, "");
    assert_text_cell(table, 0, 3, "a");
    custval_table_free(table);
}

static void texts_that_cannot_be_copied_are_named_by_row(void **unused) {
    static const char byte[] = "a";
    const custval_text broken[] = {{"a", 1}, {"\xc3", 1}}, huge[] = {{"a", 1}, {byte, (size_t)INT32_MAX}};
    custval_error error = CUSTVAL_ERROR_INIT;
    (void)unused;
    custval_table *table = new_table(2);
    assert_status(custval_table_add_texts(table, "t", broken, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_string_equal(error.message, "column \"t\", row 1: the text is not well-formed UTF-8");
    assert_int_equal(error.row, 1);
    assert_status(custval_table_add_texts(table, "t", huge, &error), CUSTVAL_ERROR_LIMIT, &error);
    assert_string_equal(error.message, "column \"t\" holds more than 2147483647 bytes of text up to row 1");
    assert_int_equal(custval_table_columns(table), 0);
    custval_table_free(table);
}

static void a_broken_dictionary_entry_cannot_be_copied(void **unused) {
    const int32_t ends[] = {0, 1};
    const uint8_t indices[] = {0};
    custval_column entries = column_of(CUSTVAL_TYPE_UTF8, "\xff"), column = column_of(CUSTVAL_TYPE_DICTIONARY, indices);
    custval_error error = CUSTVAL_ERROR_INIT;
    (void)unused;
    entries.offsets = ends;
    column.index_type = CUSTVAL_TYPE_UINT8;
    column.dictionary = &entries;
    column.dictionary_length = 1;
    custval_table *table = new_table(1);
    assert_status(custval_table_add_copy(table, "d", &column, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_string_equal(error.message, "column \"d\", dictionary entry 0: the text is not well-formed UTF-8");
    custval_table_free(table);
}

/* ---- Result tables ---- */

static custval_table *new_result(size_t rows) {
    custval_host host;
    custval_table *table = NULL;
    assert_ok(custval__host_read(&host, NULL, NULL), NULL);
    assert_ok(custval__result_new(&host, rows, &table, NULL), NULL);
    return table;
}

static void missing_results_have_a_zero_bit_and_a_nan(void **unused) {
    static const size_t rows[] = {0, 1, 7, 8, 9, 63, 511, 512, 513, 1024, 5000};
    (void)unused;
    for (size_t k = 0; k < SUPPORT_COUNT(rows); k++) {
        for (size_t every = 1; every < 700; every = every * 3 + 1) { /* every so many rows one is missing */
            custval_table *table = new_result(rows[k]);
            double *some = NULL, *none = NULL;
            assert_ok(custval__result_add_doubles(table, "some", &some, NULL), NULL);
            assert_ok(custval__result_add_doubles(table, "none", &none, NULL), NULL);
            assert_int_equal((uintptr_t)some % 64, 0);
            for (size_t i = 0; i < rows[k]; i++) {
                some[i] = i % every == every - 1 ? (double)NAN : (double)i;
                none[i] = i == 0 ? (double)INFINITY : (double)i;
            }
            custval__result_finish(table);
            custval_column column = CUSTVAL_COLUMN_INIT;
            assert_ok(custval_table_column(table, 0, &column, NULL), NULL);
            assert_ptr_equal(column.data, some);
            assert_int_equal(column.offset, 0);
            assert_true((column.validity != NULL) == (rows[k] >= every));
            for (size_t i = 0; column.validity != NULL && i < (rows[k] + 7) / 8 * 8; i++) {
                assert_int_equal(custval__bit(column.validity, i), i < rows[k] && i % every != every - 1);
            }
            assert_ok(custval_table_column(table, 1, &column, NULL), NULL);
            assert_null(column.validity);
            custval_table_free(table);
        }
    }
}

static void only_the_column_that_is_whole_is_not_looked_at(void **unused) {
    custval_column column = CUSTVAL_COLUMN_INIT;
    double *whole = NULL, *other = NULL;
    (void)unused;
    custval_table *table = new_result(2);
    assert_ok(custval__result_add_doubles(table, "whole", &whole, NULL), NULL);
    assert_ok(custval__result_add_doubles(table, "other", &other, NULL), NULL);
    whole[0] = other[0] = 1.0;
    whole[1] = other[1] = (double)NAN; /* which shows who is looked at */
    custval__result_whole(table, whole);
    custval__result_whole(table, NULL);
    custval__result_finish(table);
    assert_ok(custval_table_column(table, 0, &column, NULL), NULL);
    assert_null(column.validity);
    assert_ok(custval_table_column(table, 1, &column, NULL), NULL);
    assert_non_null(column.validity);
    custval_table_free(table);
}

static void results_of_every_kind_can_be_read_back(void **unused) {
    const custval_text texts[] = {{"one", 3}, {NULL, 0}};
    uint32_t *values = NULL;
    double number = 0;
    (void)unused;
    custval_table *table = new_result(2);
    assert_ok(custval__result_add_uint32(table, "status", &values, NULL), NULL);
    values[0] = 7;
    values[1] = UINT32_MAX;
    assert_ok(custval__result_add_texts(table, "name", texts, NULL), NULL);
    custval__result_finish(table);
    assert_ok(custval_table_number(table, 0, 1, &number, NULL), NULL);
    assert_true(number == 4294967295.0);
    assert_text_cell(table, 1, 0, "one");
    assert_text_cell(table, 1, 1, NULL);
    assert_status(custval__result_add_uint32(table, "status", &values, NULL), CUSTVAL_ERROR_DUPLICATE, NULL);
    assert_null(values);
    custval_table_free(table);
}

/* ---- Memory ---- */

static custval_status fill_table(custval_table *table) {
    static const double values[] = {1, 2};
    static const int32_t ends[] = {0, 1, 2};
    static const uint8_t indices[] = {1, 0}, validity[] = {1};
    static const custval_text texts[] = {{"a", 1}, {NULL, 0}};
    custval_column entries = column_of(CUSTVAL_TYPE_UTF8, "ab"), column = column_of(CUSTVAL_TYPE_DICTIONARY, indices);
    custval_column number = column_of(CUSTVAL_TYPE_FLOAT64, values);
    double *doubles = NULL;
    uint32_t *integers = NULL;
    entries.offsets = ends;
    column.index_type = CUSTVAL_TYPE_UINT8;
    column.dictionary = &entries;
    column.dictionary_length = 2;
    number.validity = validity;
    CUSTVAL__TRY(custval_table_add(table, "borrowed", &column, NULL));
    CUSTVAL__TRY(custval_table_add_copy(table, "dictionary", &column, NULL));
    CUSTVAL__TRY(custval_table_add_copy(table, "text", &entries, NULL));
    CUSTVAL__TRY(custval_table_add_copy(table, "number", &number, NULL));
    CUSTVAL__TRY(custval_table_add_texts(table, "texts", texts, NULL));
    CUSTVAL__TRY(custval__result_add_doubles(table, "doubles", &doubles, NULL));
    return custval__result_add_uint32(table, "integers", &integers, NULL);
}

static custval_status make_table(const custval_host *host, void *data) {
    custval_table *table = (custval_table *)data;
    const custval_status made = custval_table_new(host, 2, &table, NULL);
    if (made != CUSTVAL_OK) {
        assert_null(table);
        return made;
    }
    const custval_status status = fill_table(table);
    custval_table_free(table);
    return status;
}

static custval_status make_block(const custval_host *host, void *data) {
    static const double block[200] = {0};
    const char *names[100];
    char memory[100][8];
    custval_table *table = (custval_table *)data;
    for (int i = 0; i < 100; i++) {
        (void)snprintf(memory[i], sizeof memory[i], "c%d", i);
        names[i] = memory[i];
    }
    const custval_status status = custval_table_new_from_rows(host, names, 100, block, 2, 100, &table, NULL);
    assert_true((table != NULL) == (status == CUSTVAL_OK));
    custval_table_free(table);
    return status;
}

static void nothing_leaks_when_memory_runs_out(void **unused) {
    (void)unused;
    support_exhaust_memory(make_table, "not NULL");
    support_exhaust_memory(make_block, "not NULL");
}

static custval_status add_each_or_nothing(const custval_host *host, void *data) {
    custval_table *table = NULL;
    (void)data;
    CUSTVAL__TRY(custval_table_new(host, 2, &table, NULL));
    const custval_status status = fill_table(table);
    const size_t columns = custval_table_columns(table);
    double number = 0;
    for (size_t i = 0; i < columns; i++) { /* what is there can be used */
        if (custval__table_is_number(table, i)) assert_ok(custval_table_number(table, i, 0, &number, NULL), NULL);
    }
    assert_null(custval_table_name(table, columns));
    custval_table_free(table);
    return status;
}

static void columns_already_added_survive_a_failed_one(void **unused) {
    (void)unused;
    support_exhaust_memory(add_each_or_nothing, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_copied_column_does_not_need_its_source),
        cmocka_unit_test(copied_booleans_keep_their_values),
        cmocka_unit_test(copied_text_of_every_layout_becomes_utf8),
        cmocka_unit_test(a_copied_dictionary_keeps_indices_and_entries),
        cmocka_unit_test(the_description_of_a_borrowed_dictionary_is_copied),
        cmocka_unit_test(copied_texts_tell_empty_from_missing),
        cmocka_unit_test(texts_that_cannot_be_copied_are_named_by_row),
        cmocka_unit_test(a_broken_dictionary_entry_cannot_be_copied),
        cmocka_unit_test(missing_results_have_a_zero_bit_and_a_nan),
        cmocka_unit_test(only_the_column_that_is_whole_is_not_looked_at),
        cmocka_unit_test(results_of_every_kind_can_be_read_back),
        cmocka_unit_test(nothing_leaks_when_memory_runs_out),
        cmocka_unit_test(columns_already_added_survive_a_failed_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
