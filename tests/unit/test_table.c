/* Tables: making them, adding columns, finding names, reading cells. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "table/table.h"

static custval_table *new_table(size_t rows) {
    custval_table *table = NULL;
    assert_ok(custval_table_new(NULL, rows, &table, NULL), NULL);
    assert_non_null(table);
    return table;
}

static void add_doubles(custval_table *table, const char *name, const double *values) {
    assert_ok(custval_table_add_doubles(table, name, values, NULL), NULL);
}

static custval_column column_of(uint32_t type, const void *data) {
    custval_column column = CUSTVAL_COLUMN_INIT;
    column.type = type;
    column.data = data;
    return column;
}

/* ---- Types ---- */

static void every_type_has_a_name(void **unused) {
    static const struct {
        uint32_t type;
        const char *name;
    } cases[] = {
        {CUSTVAL_TYPE_UNSUPPORTED, "unsupported"},
        {CUSTVAL_TYPE_DATE32, "date32"},
        {CUSTVAL_TYPE_DATE64, "date64"},
        {CUSTVAL_TYPE_TIMESTAMP_S, "timestamp_s"},
        {CUSTVAL_TYPE_TIMESTAMP_MS, "timestamp_ms"},
        {CUSTVAL_TYPE_TIMESTAMP_US, "timestamp_us"},
        {CUSTVAL_TYPE_TIMESTAMP_NS, "timestamp_ns"},
        {CUSTVAL_TYPE_INT8, "int8"},
        {CUSTVAL_TYPE_INT16, "int16"},
        {CUSTVAL_TYPE_INT32, "int32"},
        {CUSTVAL_TYPE_INT64, "int64"},
        {CUSTVAL_TYPE_UINT8, "uint8"},
        {CUSTVAL_TYPE_UINT16, "uint16"},
        {CUSTVAL_TYPE_UINT32, "uint32"},
        {CUSTVAL_TYPE_UINT64, "uint64"},
        {CUSTVAL_TYPE_FLOAT32, "float32"},
        {CUSTVAL_TYPE_FLOAT64, "float64"},
        {CUSTVAL_TYPE_BOOL, "bool"},
        {CUSTVAL_TYPE_BOOL8, "bool8"},
        {CUSTVAL_TYPE_UTF8, "utf8"},
        {CUSTVAL_TYPE_LARGE_UTF8, "large_utf8"},
        {CUSTVAL_TYPE_UTF8_VIEW, "utf8_view"},
        {CUSTVAL_TYPE_DICTIONARY, "dictionary"},
        {13, "unknown"},
        {UINT32_MAX, "unknown"},
    };
    (void)unused;
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        assert_string_equal(custval_type_name(cases[i].type), cases[i].name);
    }
}

/* ---- Making tables ---- */

static void a_new_table_has_its_rows_and_no_columns(void **unused) {
    (void)unused;
    custval_table *table = new_table(5);
    assert_int_equal(custval_table_rows(table), 5);
    assert_int_equal(custval_table_columns(table), 0);
    assert_null(custval_table_name(table, 0));
    custval_table_free(table);
}

static void a_null_table_reads_as_empty_and_is_free_to_free(void **unused) {
    (void)unused;
    assert_int_equal(custval_table_rows(NULL), 0);
    assert_int_equal(custval_table_columns(NULL), 0);
    assert_null(custval_table_name(NULL, 0));
    assert_null(custval_table_ref(NULL));
    custval_table_free(NULL);
}

static void more_rows_than_memory_can_hold_are_refused(void **unused) {
    custval_table *table = (custval_table *)(uintptr_t)&unused;
    (void)unused;
    assert_status(custval_table_new(NULL, SIZE_MAX, &table, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    assert_null(table);
    assert_status(custval_table_new(NULL, 1, NULL, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
}

static void a_table_lives_until_its_last_owner_frees_it(void **unused) {
    const double values[] = {1, 2};
    double number = 0;
    (void)unused;
    custval_table *table = new_table(2);
    add_doubles(table, "x", values);
    assert_ptr_equal(custval_table_ref(table), table);
    custval_table_free(table);
    assert_ok(custval_table_number(table, 0, 1, &number, NULL), NULL);
    assert_true(number == 2);
    custval_table_free(table);
}

static void a_row_major_block_is_read_without_a_copy(void **unused) {
    const double block[] = {1, 2, -1, 3, (double)NAN, -1};
    const char *const names[] = {"a", "b"};
    custval_table *table = NULL;
    double number = 0;
    (void)unused;
    assert_ok(custval_table_new_from_rows(NULL, names, 2, block, 2, 3, &table, NULL), NULL);
    assert_int_equal(custval_table_columns(table), 2);
    assert_int_equal(custval_table_rows(table), 2);
    assert_ok(custval_table_number(table, 0, 1, &number, NULL), NULL);
    assert_true(number == 3);
    assert_ok(custval_table_number(table, 1, 0, &number, NULL), NULL);
    assert_true(number == 2);
    assert_ok(custval_table_number(table, 1, 1, &number, NULL), NULL);
    assert_true(isnan(number));
    custval_column column = CUSTVAL_COLUMN_INIT;
    assert_ok(custval_table_column(table, 1, &column, NULL), NULL);
    assert_ptr_equal(column.data, block + 1);
    assert_int_equal(column.stride, 3 * sizeof(double));
    custval_table_free(table);
}

static void a_wrong_row_major_block_is_refused(void **unused) {
    const double block[4] = {0};
    const char *const names[] = {"a", "b"}, *const twice[] = {"a", "a"}, *const none[] = {"a", NULL};
    const struct {
        const char *const *names;
        const double *values;
        size_t rows, stride;
        custval_status status;
    } cases[] = {
        {NULL, block, 2, 2, CUSTVAL_ERROR_ARGUMENT},
        {names, block, 2, 1, CUSTVAL_ERROR_ARGUMENT},
        {names, NULL, 2, 2, CUSTVAL_ERROR_ARGUMENT},
        {twice, block, 2, 2, CUSTVAL_ERROR_DUPLICATE},
        {none, block, 2, 2, CUSTVAL_ERROR_ARGUMENT},
        {names, block, 2, SIZE_MAX, CUSTVAL_ERROR_ARGUMENT},
        {names, block, SIZE_MAX, 2, CUSTVAL_ERROR_ARGUMENT},
        {names, block, SIZE_MAX / 64, 100, CUSTVAL_ERROR_ARGUMENT},
        {names, NULL, 0, 2, CUSTVAL_OK},
    };
    (void)unused;
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_table *table = (custval_table *)(uintptr_t)block;
        assert_status(custval_table_new_from_rows(NULL, cases[i].names, 2, cases[i].values, cases[i].rows,
                                                  cases[i].stride, &table, NULL),
                      cases[i].status, NULL);
        assert_true((table != NULL) == (cases[i].status == CUSTVAL_OK));
        custval_table_free(table);
    }
    assert_status(custval_table_new_from_rows(NULL, names, 2, block, 2, 2, NULL, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
}

static void a_block_of_one_packed_column_is_packed(void **unused) {
    const double block[] = {1, 2};
    const char *const names[] = {"a"};
    custval_table *table = NULL;
    custval_column column = CUSTVAL_COLUMN_INIT;
    (void)unused;
    assert_ok(custval_table_new_from_rows(NULL, names, 1, block, 2, 1, &table, NULL), NULL);
    assert_ok(custval_table_column(table, 0, &column, NULL), NULL);
    assert_int_equal(column.stride, 0);
    custval_table_free(table);
}

/* ---- Adding columns ---- */

static void names_must_be_text_and_unique(void **unused) {
    const double values[] = {1};
    const custval_column column = column_of(CUSTVAL_TYPE_FLOAT64, values);
    custval_error error = CUSTVAL_ERROR_INIT;
    (void)unused;
    custval_table *table = new_table(1);
    add_doubles(table, "caf\xc3\xa9", values);
    assert_status(custval_table_add(table, "", &column, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_string_equal(error.message, "the name of column 1 is empty");
    assert_status(custval_table_add(table, "caf\xe9", &column, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_string_equal(error.message, "the name of column 1 is not well-formed UTF-8");
    assert_status(custval_table_add(table, "caf\xc3\xa9", &column, &error), CUSTVAL_ERROR_DUPLICATE, &error);
    assert_string_equal(error.message, "columns 0 and 1 are both named \"caf\xc3\xa9\"");
    assert_status(custval_table_add_texts(table, "caf\xc3\xa9", NULL, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    assert_int_equal(custval_table_columns(table), 1);
    custval_table_free(table);
}

static void null_arguments_are_refused(void **unused) {
    const double values[] = {1};
    const custval_column column = column_of(CUSTVAL_TYPE_FLOAT64, values);
    const custval_text texts[] = {{"a", 1}};
    (void)unused;
    custval_table *table = new_table(1);
    assert_status(custval_table_add(NULL, "x", &column, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    assert_status(custval_table_add(table, NULL, &column, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    assert_status(custval_table_add(table, "x", NULL, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    assert_status(custval_table_add_copy(NULL, "x", &column, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    assert_status(custval_table_add_doubles(table, "x", NULL, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    assert_status(custval_table_add_texts(NULL, "x", texts, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    assert_status(custval_table_add_texts(table, NULL, texts, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    assert_status(custval_table_add_texts(table, "x", NULL, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    assert_int_equal(custval_table_columns(table), 0);
    custval_table_free(table);
}

static void a_table_without_rows_needs_no_memory(void **unused) {
    static const uint32_t types[] = {CUSTVAL_TYPE_INT8, CUSTVAL_TYPE_BOOL, CUSTVAL_TYPE_UTF8, CUSTVAL_TYPE_UTF8_VIEW};
    static const char *const names[] = {"a", "b", "c", "d"};
    (void)unused;
    custval_table *table = new_table(0);
    for (size_t i = 0; i < 4; i++) {
        const custval_column column = column_of(types[i], NULL);
        assert_ok(custval_table_add(table, names[i], &column, NULL), NULL);
    }
    assert_ok(custval_table_add_texts(table, "e", NULL, NULL), NULL);
    assert_int_equal(custval_table_columns(table), 5);
    custval_table_free(table);
}

/* Starts as a right column of its kind and has one thing wrong. */
typedef struct wrong {
    const char *what;
    uint32_t type, index_type;
    ptrdiff_t stride;
    size_t offset;
    int no_data, no_offsets, no_dictionary, with_dictionary;
    uint32_t entries_type;
    size_t length;
    custval_status status;
    const char *message;
} wrong;

static void wrong_descriptions_are_refused_by_name(void **unused) {
    static const double values[3] = {0};
    static const int32_t ends[3] = {0};
    static const wrong cases[] = {
        {.type = 0, .status = CUSTVAL_ERROR_TYPE, .message = "column \"x\": type 0 is none that can be added"},
        {.type = 13, .status = CUSTVAL_ERROR_TYPE, .message = "column \"x\": type 13 is none that can be added"},
        {.type = CUSTVAL_TYPE_FLOAT64,
         .stride = 4,
         .status = CUSTVAL_ERROR_ARGUMENT,
         .message = "column \"x\": a stride of 4 bytes is less than the 8 bytes of one float64"},
        {.type = CUSTVAL_TYPE_INT16,
         .stride = -1,
         .status = CUSTVAL_ERROR_ARGUMENT,
         .message = "column \"x\": a stride of -1 bytes is less than the 2 bytes of one int16"},
        {.type = CUSTVAL_TYPE_INT16, .stride = PTRDIFF_MIN, .status = CUSTVAL_ERROR_ARGUMENT},
        {.type = CUSTVAL_TYPE_INT16, .stride = PTRDIFF_MAX, .status = CUSTVAL_ERROR_ARGUMENT},
        {.type = CUSTVAL_TYPE_INT8, .stride = PTRDIFF_MAX, .offset = 5, .status = CUSTVAL_ERROR_ARGUMENT},
        {.type = CUSTVAL_TYPE_BOOL,
         .stride = 1,
         .status = CUSTVAL_ERROR_ARGUMENT,
         .message = "column \"x\": a column of type bool has no stride"},
        {.type = CUSTVAL_TYPE_UTF8,
         .stride = 4,
         .status = CUSTVAL_ERROR_ARGUMENT,
         .message = "column \"x\": a column of type utf8 has no stride"},
        {.type = CUSTVAL_TYPE_FLOAT64, .offset = SIZE_MAX, .status = CUSTVAL_ERROR_ARGUMENT},
        {.type = CUSTVAL_TYPE_FLOAT64, .offset = SIZE_MAX / 32, .status = CUSTVAL_ERROR_ARGUMENT},
        {.type = CUSTVAL_TYPE_BOOL8,
         .no_data = 1,
         .status = CUSTVAL_ERROR_ARGUMENT,
         .message = "column \"x\": data is NULL, but there are 2 elements"},
        {.type = CUSTVAL_TYPE_LARGE_UTF8,
         .no_offsets = 1,
         .status = CUSTVAL_ERROR_ARGUMENT,
         .message = "column \"x\": offsets is NULL, but there are 2 elements"},
        {.type = CUSTVAL_TYPE_UTF8_VIEW, .no_data = 1, .status = CUSTVAL_ERROR_ARGUMENT},
        {.type = CUSTVAL_TYPE_UTF8_VIEW,
         .no_offsets = 1,
         .length = 1,
         .status = CUSTVAL_ERROR_ARGUMENT,
         .message = "column \"x\": offsets, the array of 1 data buffers, is NULL"},
        {.type = CUSTVAL_TYPE_INT8,
         .index_type = CUSTVAL_TYPE_INT8,
         .status = CUSTVAL_ERROR_ARGUMENT,
         .message = "column \"x\": type int8 has no dictionary and no index_type"},
        {.type = CUSTVAL_TYPE_INT8,
         .with_dictionary = 1,
         .entries_type = CUSTVAL_TYPE_UTF8,
         .status = CUSTVAL_ERROR_ARGUMENT},
        {.type = CUSTVAL_TYPE_DICTIONARY,
         .index_type = CUSTVAL_TYPE_INT8,
         .status = CUSTVAL_ERROR_ARGUMENT,
         .message = "column \"x\": a dictionary column needs a dictionary"},
        {.type = CUSTVAL_TYPE_DICTIONARY,
         .index_type = CUSTVAL_TYPE_FLOAT64,
         .with_dictionary = 1,
         .entries_type = CUSTVAL_TYPE_UTF8,
         .status = CUSTVAL_ERROR_TYPE,
         .message = "column \"x\": index_type is float64 (10), not an integer type"},
        {.type = CUSTVAL_TYPE_DICTIONARY,
         .index_type = CUSTVAL_TYPE_INT8,
         .with_dictionary = 1,
         .entries_type = CUSTVAL_TYPE_INT8,
         .status = CUSTVAL_ERROR_TYPE,
         .message = "column \"x\": its dictionary has type int8 (1), not text"},
        {.type = CUSTVAL_TYPE_DICTIONARY,
         .index_type = CUSTVAL_TYPE_INT8,
         .with_dictionary = 1,
         .entries_type = CUSTVAL_TYPE_UTF8,
         .stride = 1,
         .status = CUSTVAL_ERROR_ARGUMENT},
        {.type = CUSTVAL_TYPE_DICTIONARY,
         .index_type = CUSTVAL_TYPE_INT8,
         .with_dictionary = 1,
         .entries_type = CUSTVAL_TYPE_UTF8,
         .length = SIZE_MAX,
         .status = CUSTVAL_ERROR_ARGUMENT},
        {.type = CUSTVAL_TYPE_DICTIONARY,
         .index_type = CUSTVAL_TYPE_INT8,
         .with_dictionary = 1,
         .no_data = 1,
         .entries_type = CUSTVAL_TYPE_UTF8,
         .length = 2,
         .status = CUSTVAL_ERROR_ARGUMENT},
    };
    (void)unused;
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        const wrong *w = &cases[i];
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_column entries = column_of(w->entries_type, values), column = column_of(w->type, values);
        entries.offsets = ends;
        column.index_type = w->index_type;
        column.stride = w->stride;
        column.offset = w->offset;
        column.offsets = w->no_offsets ? NULL : ends;
        column.dictionary_length = w->length;
        if (w->no_data) column.data = NULL;
        if (w->with_dictionary) column.dictionary = &entries;
        custval_table *table = new_table(2);
        assert_status(custval_table_add(table, "x", &column, &error), w->status, &error);
        assert_int_equal(error.status, w->status);
        assert_non_null(strstr(error.message, "column \"x\": "));
        if (w->message != NULL) assert_string_equal(error.message, w->message);
        assert_status(custval_table_add_copy(table, "x", &column, NULL), w->status, NULL);
        assert_int_equal(custval_table_columns(table), 0);
        custval_table_free(table);
    }
}

static void descriptions_of_other_versions_are_told_apart(void **unused) {
    const double values[] = {1};
    struct {
        custval_column column;
        uint64_t later;
    } newer = {.column = CUSTVAL_COLUMN_INIT};
    (void)unused;
    custval_table *table = new_table(1);
    newer.column.struct_size = sizeof newer;
    newer.column.type = CUSTVAL_TYPE_FLOAT64;
    newer.column.data = values;
    assert_ok(custval_table_add(table, "a", &newer.column, NULL), NULL);
    newer.later = 1;
    assert_status(custval_table_add(table, "b", &newer.column, NULL), CUSTVAL_ERROR_STRUCT_NEWER, NULL);
    newer.column.struct_size = sizeof newer.column - 1;
    assert_status(custval_table_add(table, "b", &newer.column, NULL), CUSTVAL_ERROR_STRUCT_SIZE, NULL);

    custval_column entries = column_of(CUSTVAL_TYPE_UTF8, values), column = column_of(CUSTVAL_TYPE_DICTIONARY, values);
    entries.struct_size = 0;
    column.index_type = CUSTVAL_TYPE_INT8;
    column.dictionary = &entries;
    assert_status(custval_table_add(table, "b", &column, NULL), CUSTVAL_ERROR_STRUCT_SIZE, NULL);

    assert_status(custval_table_column(table, 0, &newer.column, NULL), CUSTVAL_ERROR_STRUCT_SIZE, NULL);
    newer.column.struct_size = sizeof newer;
    assert_ok(custval_table_column(table, 0, &newer.column, NULL), NULL);
    assert_ptr_equal(newer.column.data, values);
    assert_int_equal(newer.later, 0);
    assert_int_equal(custval_table_columns(table), 1);
    custval_table_free(table);
}

static void many_columns_keep_their_names_and_places(void **unused) {
    const double values[] = {1};
    char name[16];
    size_t found = 0;
    (void)unused;
    custval_table *table = new_table(1);
    for (int i = 0; i < 300; i++) {
        (void)snprintf(name, sizeof name, "column%d", i);
        add_doubles(table, name, values);
    }
    assert_int_equal(custval_table_columns(table), 300);
    assert_string_equal(custval_table_name(table, 299), "column299");
    assert_ok(custval_table_find(table, "column7", &found, NULL), NULL);
    assert_int_equal(found, 7);
    custval_table_free(table);
}

/* ---- Finding and reading ---- */

static void a_name_not_found_comes_with_similar_ones_or_with_the_first_few(void **unused) {
    static const char *const names[] = {"IMAG1", "IMAG2", "c", "d", "e", "f", "g", "h", "q"};
    const double values[] = {1};
    size_t found = 0;
    custval_error error = CUSTVAL_ERROR_INIT;
    (void)unused;
    custval_table *table = new_table(1);
    assert_status(custval_table_find(table, "IMAGE1", &found, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    assert_string_equal(error.message, "no column \"IMAGE1\": the table has no columns");
    for (size_t i = 0; i < 9; i++) {
        if (i == 3) {
            assert_status(custval_table_find(table, "zzzzzzzz", &found, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
            assert_string_equal(error.message, "no column \"zzzzzzzz\"; the columns are \"IMAG1\", \"IMAG2\", \"c\"");
        }
        add_doubles(table, names[i], values);
    }
    assert_status(custval_table_find(table, "IMAGE1", &found, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    assert_int_equal(found, SIZE_MAX);
    assert_string_equal(error.message, "no column \"IMAGE1\"; did you mean \"IMAG1\" or \"IMAG2\"?");
    assert_status(custval_table_find(table, "zzzzzzzz", &found, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    assert_string_equal(error.message,
                        "no column \"zzzzzzzz\"; the first of 9 columns are \"IMAG1\", \"IMAG2\", \"c\", "
                        "\"d\", \"e\", \"f\", \"g\", \"h\"");
    assert_status(custval_table_find(table, "\xff", &found, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    assert_status(custval_table_find(table, NULL, &found, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    assert_status(custval_table_find(NULL, "a", &found, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    assert_status(custval_table_find(table, "a", NULL, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    custval_table_free(table);
}

static void a_message_says_what_a_column_holds_and_not_how(void **unused) {
    static const struct {
        uint32_t type;
        const char *words;
    } cases[] = {{CUSTVAL_TYPE_INT8, "whole numbers"}, {CUSTVAL_TYPE_UINT64, "whole numbers"},
                 {CUSTVAL_TYPE_FLOAT32, "numbers"},    {CUSTVAL_TYPE_FLOAT64, "numbers"},
                 {CUSTVAL_TYPE_BOOL, "truth values"},  {CUSTVAL_TYPE_BOOL8, "truth values"},
                 {CUSTVAL_TYPE_UTF8, "text"},          {CUSTVAL_TYPE_LARGE_UTF8, "text"},
                 {CUSTVAL_TYPE_UTF8_VIEW, "text"},     {CUSTVAL_TYPE_DATE32, "dates"},
                 {CUSTVAL_TYPE_TIMESTAMP_NS, "dates"}};
    (void)unused;
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_table *table = new_table(0);
        custval_column column = CUSTVAL_COLUMN_INIT;
        char words[128];
        column.type = cases[i].type;
        assert_ok(custval_table_add(table, "x", &column, NULL), NULL);
        assert_string_equal(custval__table_type_words(table, 0, words, sizeof words), cases[i].words);
        custval_table_free(table);
    }
}

static void cells_outside_the_table_or_of_another_type_are_refused(void **unused) {
    const double values[] = {1, 2};
    const custval_text texts[] = {{"a", 1}, {"b", 1}};
    custval_error error = CUSTVAL_ERROR_INIT;
    double number = 0;
    custval_text text = {"x", 1};
    custval_column column = CUSTVAL_COLUMN_INIT;
    (void)unused;
    custval_table *table = new_table(2);
    add_doubles(table, "n", values);
    assert_ok(custval_table_add_texts(table, "t", texts, NULL), NULL);

    assert_status(custval_table_number(table, 1, 0, &number, &error), CUSTVAL_ERROR_TYPE, &error);
    assert_string_equal(error.message, "column \"t\" holds text, but a number is needed here");
    assert_true(isnan(number));
    assert_status(custval_table_text(table, 0, 0, &text, &error), CUSTVAL_ERROR_TYPE, &error);
    assert_string_equal(error.message, "column \"n\" holds numbers, but text is needed here");
    assert_null(text.data);
    assert_status(custval_table_number(table, 2, 0, &number, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_string_equal(error.message, "there is no column 2: the table has 2 columns, from 0");
    assert_status(custval_table_number(table, 0, 2, &number, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_string_equal(error.message, "there is no row 2: the table has 2 rows, from 0");
    assert_status(custval_table_text(table, 2, 0, &text, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    assert_status(custval_table_text(table, 1, 2, &text, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    assert_status(custval_table_text(table, 1, 0, NULL, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    assert_status(custval_table_number(table, 0, 0, NULL, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    assert_status(custval_table_number(NULL, 0, 0, &number, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    assert_status(custval_table_column(table, 2, &column, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    assert_status(custval_table_column(table, 0, NULL, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    custval_table_free(table);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_type_has_a_name),
        cmocka_unit_test(a_new_table_has_its_rows_and_no_columns),
        cmocka_unit_test(a_null_table_reads_as_empty_and_is_free_to_free),
        cmocka_unit_test(more_rows_than_memory_can_hold_are_refused),
        cmocka_unit_test(a_table_lives_until_its_last_owner_frees_it),
        cmocka_unit_test(a_row_major_block_is_read_without_a_copy),
        cmocka_unit_test(a_wrong_row_major_block_is_refused),
        cmocka_unit_test(a_block_of_one_packed_column_is_packed),
        cmocka_unit_test(names_must_be_text_and_unique),
        cmocka_unit_test(null_arguments_are_refused),
        cmocka_unit_test(a_table_without_rows_needs_no_memory),
        cmocka_unit_test(wrong_descriptions_are_refused_by_name),
        cmocka_unit_test(descriptions_of_other_versions_are_told_apart),
        cmocka_unit_test(many_columns_keep_their_names_and_places),
        cmocka_unit_test(a_name_not_found_comes_with_similar_ones_or_with_the_first_few),
        cmocka_unit_test(a_message_says_what_a_column_holds_and_not_how),
        cmocka_unit_test(cells_outside_the_table_or_of_another_type_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
