/* Tables: making them, adding columns, finding names, copies, and result tables. */
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

static void add_doubles(custval_table *table, const char *name, const double *values) {
    assert_ok(custval_table_add_doubles(table, name, values, NULL), NULL);
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

/* ---- Types ---- */

static void every_type_has_a_name(void **unused) {
    static const struct {
        uint32_t type;
        const char *name;
    } cases[] = {
        {CUSTVAL_TYPE_UNSUPPORTED, "unsupported"},
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
    assert_string_equal(error.message, "column \"t\" has type utf8, but a number is needed here");
    assert_true(isnan(number));
    assert_status(custval_table_text(table, 0, 0, &text, &error), CUSTVAL_ERROR_TYPE, &error);
    assert_string_equal(error.message, "column \"n\" has type float64, but text is needed here");
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
        cmocka_unit_test(cells_outside_the_table_or_of_another_type_are_refused),
        cmocka_unit_test(a_copied_column_does_not_need_its_source),
        cmocka_unit_test(copied_booleans_keep_their_values),
        cmocka_unit_test(copied_text_of_every_layout_becomes_utf8),
        cmocka_unit_test(a_copied_dictionary_keeps_indices_and_entries),
        cmocka_unit_test(the_description_of_a_borrowed_dictionary_is_copied),
        cmocka_unit_test(copied_texts_tell_empty_from_missing),
        cmocka_unit_test(texts_that_cannot_be_copied_are_named_by_row),
        cmocka_unit_test(a_broken_dictionary_entry_cannot_be_copied),
        cmocka_unit_test(missing_results_have_a_zero_bit_and_a_nan),
        cmocka_unit_test(results_of_every_kind_can_be_read_back),
        cmocka_unit_test(nothing_leaks_when_memory_runs_out),
        cmocka_unit_test(columns_already_added_survive_a_failed_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
