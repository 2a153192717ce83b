/* The interface: tables, and tables from and to Arrow. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "api.h"

#include <errno.h>
#include <math.h>

/* ---- Making tables ----------------------------------------------------------------------------------------------- */

static custval_table *new_table(size_t rows) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    assert_ok(custval_table_new(NULL, rows, &table, &error), &error);
    return table;
}

/* Columns: number, text, a dictionary of text. */
static custval_table *small_table(void) {
    static const double numbers[] = {1.5, (double)NAN, -3.0};
    static const custval_text texts[] = {{"one", 3}, {NULL, 0}, {"", 0}};
    static const int32_t offsets[] = {0, 4, 10};
    static const int8_t indices[] = {1, 0, 1};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_column dictionary = CUSTVAL_COLUMN_INIT, column = CUSTVAL_COLUMN_INIT;
    custval_table *table = new_table(3);
    assert_ok(custval_table_add_doubles(table, "number", numbers, &error), &error);
    assert_ok(custval_table_add_texts(table, "text", texts, &error), &error);
    dictionary.type = CUSTVAL_TYPE_UTF8;
    dictionary.data = "goldsilver";
    dictionary.offsets = offsets;
    column.type = CUSTVAL_TYPE_DICTIONARY;
    column.index_type = CUSTVAL_TYPE_INT8;
    column.data = indices;
    column.dictionary = &dictionary;
    column.dictionary_length = 2;
    assert_ok(custval_table_add(table, "class", &column, &error), &error);
    return table;
}

static void assert_text(const custval_table *table, size_t column, size_t row, const char *expected) {
    custval_text text = {"x", 1};
    assert_ok(custval_table_text(table, column, row, &text, NULL), NULL);
    if (expected == NULL) {
        assert_null(text.data);
        return;
    }
    assert_int_equal(text.length, strlen(expected));
    assert_memory_equal(text.data, expected, text.length);
}

static void assert_number(const custval_table *table, size_t column, size_t row, double expected) {
    double number = 77.0;
    assert_ok(custval_table_number(table, column, row, &number, NULL), NULL);
    assert_double_bits(number, expected);
}

static void a_table_gives_back_its_cells(void **state) {
    (void)state;
    custval_table *table = small_table();
    assert_int_equal(custval_table_rows(table), 3);
    assert_int_equal(custval_table_columns(table), 3);
    assert_string_equal(custval_table_name(table, 2), "class");
    assert_null(custval_table_name(table, 3));
    assert_number(table, 0, 0, 1.5);
    assert_number(table, 0, 1, (double)NAN);
    assert_text(table, 1, 0, "one");
    assert_text(table, 1, 1, NULL);
    assert_text(table, 1, 2, "");
    assert_text(table, 2, 0, "silver");
    assert_text(table, 2, 1, "gold");
    custval_table_free(table);
}

static void a_row_major_block_is_a_table(void **state) {
    (void)state;
    static const char *const names[] = {"a", "b"};
    static const double block[] = {1, 2, -1, 3, (double)NAN, -1};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    assert_ok(custval_table_new_from_rows(NULL, names, 2, block, 2, 3, &table, &error), &error);
    assert_number(table, 0, 1, 3.0);
    assert_number(table, 1, 0, 2.0);
    assert_number(table, 1, 1, (double)NAN);
    custval_table_free(table);
    assert_ok(custval_table_new_from_rows(NULL, names, 2, NULL, 0, 2, &table, &error), &error);
    assert_int_equal(custval_table_rows(table), 0);
    custval_table_free(table);
}

static void a_copied_column_needs_its_memory_no_more(void **state) {
    (void)state;
    int16_t values[] = {7, 8, 9};
    custval_column column = CUSTVAL_COLUMN_INIT;
    custval_table *table = new_table(3);
    column.type = CUSTVAL_TYPE_INT16;
    column.data = values;
    assert_ok(custval_table_add_copy(table, "copied", &column, NULL), NULL);
    assert_ok(custval_table_add(table, "borrowed", &column, NULL), NULL);
    values[1] = 88;
    assert_number(table, 0, 1, 8.0);
    assert_number(table, 1, 1, 88.0);
    custval_table_free(table);
}

static void a_table_lives_as_long_as_its_last_owner(void **state) {
    (void)state;
    custval_table *table = small_table();
    assert_ptr_equal(custval_table_ref(table), table);
    custval_table_free(table);
    assert_int_equal(custval_table_rows(table), 3);
    custval_table_free(table);
    assert_null(custval_table_ref(NULL));
    custval_table_free(NULL);
}

static void columns_are_found_by_name(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = small_table();
    size_t column = 0;
    assert_ok(custval_table_find(table, "class", &column, &error), &error);
    assert_int_equal(column, 2);
    assert_status(custval_table_find(table, "numbr", &column, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    assert_message(&error, "\"number\"");
    assert_int_equal(column, SIZE_MAX);
    custval_table_free(table);
}

static void the_memory_of_a_column_can_be_seen(void **state) {
    (void)state;
    static const double numbers[] = {1, 2};
    custval_column seen = CUSTVAL_COLUMN_INIT;
    custval_table *table = new_table(2);
    assert_ok(custval_table_add_doubles(table, "n", numbers, NULL), NULL);
    assert_ok(custval_table_column(table, 0, &seen, NULL), NULL);
    assert_int_equal(seen.type, CUSTVAL_TYPE_FLOAT64);
    assert_ptr_equal(seen.data, numbers);
    assert_null(seen.validity);
    custval_table_free(table);
}

/* ---- What tables refuse ------------------------------------------------------------------------------------------ */

static void making_a_table_refuses_null(void **state) {
    (void)state;
    static const char *const names[] = {"a", NULL};
    static const double block[] = {1, 2};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = (custval_table *)&error;
    assert_refused(custval_table_new(NULL, 1, NULL, &error));
    assert_refused(custval_table_new_from_rows(NULL, names, 1, block, 1, 1, NULL, &error));
    assert_refused(custval_table_new_from_rows(NULL, NULL, 1, block, 1, 1, &table, &error));
    assert_null(table);
    table = (custval_table *)&error;
    assert_refused(custval_table_new_from_rows(NULL, names, 2, block, 1, 2, &table, &error));
    assert_null(table);
    assert_refused(custval_table_new_from_rows(NULL, names, 1, NULL, 1, 1, &table, &error));
    assert_refused(custval_table_new_from_rows(NULL, names, 1, block, 1, 0, &table, &error));
    assert_refused(custval_table_new_from_rows(NULL, names, 1, block, 1, SIZE_MAX, &table, &error));
    assert_null(table);
    assert_int_equal(custval_table_new(NULL, 1, NULL, NULL), CUSTVAL_ERROR_ARGUMENT);
}

static void adding_a_column_refuses_null_and_names_twice(void **state) {
    (void)state;
    static const double numbers[3] = {0};
    static const custval_text texts[3] = {{"", 0}};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_column column = CUSTVAL_COLUMN_INIT;
    custval_table *table = small_table();
    column.type = CUSTVAL_TYPE_FLOAT64;
    column.data = numbers;
    assert_refused(custval_table_add(NULL, "x", &column, &error));
    assert_refused(custval_table_add(table, NULL, &column, &error));
    assert_refused(custval_table_add(table, "", &column, &error));
    assert_refused(custval_table_add(table, "\xff", &column, &error));
    assert_refused(custval_table_add(table, "x", NULL, &error));
    assert_status(custval_table_add(table, "text", &column, &error), CUSTVAL_ERROR_DUPLICATE, &error);
    assert_refused(custval_table_add_copy(NULL, "x", &column, &error));
    assert_refused(custval_table_add_copy(table, NULL, &column, &error));
    assert_refused(custval_table_add_copy(table, "x", NULL, &error));
    assert_refused(custval_table_add_doubles(NULL, "x", numbers, &error));
    assert_refused(custval_table_add_doubles(table, NULL, numbers, &error));
    assert_refused(custval_table_add_doubles(table, "x", NULL, &error));
    assert_refused(custval_table_add_texts(NULL, "x", texts, &error));
    assert_refused(custval_table_add_texts(table, NULL, texts, &error));
    assert_refused(custval_table_add_texts(table, "x", NULL, &error));
    column.data = NULL;
    assert_refused(custval_table_add(table, "x", &column, &error));
    column.type = 9999;
    assert_status(custval_table_add(table, "x", &column, &error), CUSTVAL_ERROR_TYPE, &error);
    assert_int_equal(custval_table_columns(table), 3);
    custval_table_free(table);
}

static void reading_a_table_refuses_null_and_what_is_not_there(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = small_table();
    custval_column seen = CUSTVAL_COLUMN_INIT;
    custval_text text = {"x", 1};
    double number = 77.0;
    size_t column = 77;
    assert_int_equal(custval_table_rows(NULL), 0);
    assert_int_equal(custval_table_columns(NULL), 0);
    assert_null(custval_table_name(NULL, 0));
    assert_refused(custval_table_find(NULL, "text", &column, &error));
    assert_int_equal(column, SIZE_MAX);
    assert_refused(custval_table_find(table, NULL, &column, &error));
    assert_refused(custval_table_find(table, "text", NULL, &error));
    assert_refused(custval_table_column(NULL, 0, &seen, &error));
    assert_refused(custval_table_column(table, 3, &seen, &error));
    assert_refused(custval_table_column(table, 0, NULL, &error));
    assert_refused(custval_table_number(NULL, 0, 0, &number, &error));
    assert_true(isnan(number));
    number = 77.0;
    assert_refused(custval_table_number(table, 3, 0, &number, &error));
    assert_refused(custval_table_number(table, 0, 3, &number, &error));
    assert_refused(custval_table_number(table, 0, 0, NULL, &error));
    assert_status(custval_table_number(table, 1, 0, &number, &error), CUSTVAL_ERROR_TYPE, &error);
    assert_message(&error, "\"text\"");
    assert_true(isnan(number));
    assert_refused(custval_table_text(NULL, 1, 0, &text, &error));
    assert_null(text.data);
    assert_refused(custval_table_text(table, 3, 0, &text, &error));
    assert_refused(custval_table_text(table, 1, 3, &text, &error));
    assert_refused(custval_table_text(table, 1, 0, NULL, &error));
    assert_status(custval_table_text(table, 0, 0, &text, &error), CUSTVAL_ERROR_TYPE, &error);
    custval_table_free(table);
}

static const double three[] = {1, 2, 3};

static custval_status add_given(const void *given, custval_error *error) {
    custval_table *table = new_table(3);
    const custval_status status = custval_table_add(table, "x", given, error);
    assert_int_equal(custval_table_columns(table), status == CUSTVAL_OK ? 1 : 0);
    custval_table_free(table);
    return status;
}

static custval_status add_given_copy(const void *given, custval_error *error) {
    custval_table *table = new_table(3);
    const custval_status status = custval_table_add_copy(table, "x", given, error);
    custval_table_free(table);
    return status;
}

static custval_status see_column(void *out, custval_error *error) {
    custval_table *table = new_table(3);
    assert_ok(custval_table_add_doubles(table, "x", three, NULL), NULL);
    const custval_status status = custval_table_column(table, 0, out, error);
    custval_table_free(table);
    return status;
}

static custval_status new_with_host(const void *given, custval_error *error) {
    custval_table *table = NULL;
    const custval_status status = custval_table_new(given, 1, &table, error);
    custval_table_free(table);
    return status;
}

static void columns_and_hosts_of_other_sizes_are_read_with_care(void **state) {
    (void)state;
    const custval_host host = CUSTVAL_HOST_INIT;
    custval_column column = CUSTVAL_COLUMN_INIT;
    column.type = CUSTVAL_TYPE_FLOAT64;
    column.data = three;
    assert_reads_struct(add_given, &column, sizeof column);
    assert_reads_struct(add_given_copy, &column, sizeof column);
    assert_writes_struct(see_column, sizeof column);
    assert_reads_struct(new_with_host, &host, sizeof host);
}

/* ---- Arrow ------------------------------------------------------------------------------------------------------- */

static void a_table_goes_to_arrow_and_comes_back(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    struct ArrowArray array = {.release = NULL};
    struct ArrowSchema schema = {.release = NULL};
    custval_table *table = small_table(), *back = NULL;
    assert_ok(custval_table_export_arrow(table, &array, &schema, &error), &error);
    custval_table_free(table); /* the array keeps it */
    assert_string_equal(schema.format, "+s");
    assert_int_equal(array.length, 3);
    assert_ok(custval_table_import_arrow(NULL, &array, &schema, &back, &error), &error);
    assert_null(array.release);
    assert_null(schema.release);
    assert_number(back, 0, 0, 1.5);
    assert_text(back, 1, 0, "one");
    assert_text(back, 2, 1, "gold");
    custval_table_free(back);
}

static void a_table_goes_through_a_stream(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    struct ArrowArrayStream stream = {.release = NULL};
    custval_table *table = small_table(), *part = NULL;
    custval_reader *reader = NULL;
    assert_ok(custval_table_export_stream(table, &stream, &error), &error);
    custval_table_free(table);
    assert_ok(custval_reader_new(NULL, &stream, &reader, &error), &error);
    assert_null(stream.release);
    assert_ok(custval_reader_next(reader, &part, &error), &error);
    assert_int_equal(custval_table_rows(part), 3);
    custval_table *end = (custval_table *)&error;
    assert_ok(custval_reader_next(reader, &end, &error), &error);
    assert_null(end);
    custval_reader_free(reader);
    assert_number(part, 0, 2, -3.0); /* outlives the reader */
    custval_table_free(part);
}

static void arrow_refuses_null_and_what_was_released(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    struct ArrowArray array = {.release = NULL}, released = {.release = NULL};
    struct ArrowSchema schema = {.release = NULL}, gone = {.release = NULL};
    struct ArrowArrayStream stream = {.release = NULL};
    custval_table *table = small_table(), *out = (custval_table *)&error;
    assert_ok(custval_table_export_arrow(table, &array, &schema, &error), &error);
    assert_refused(custval_table_import_arrow(NULL, NULL, &schema, &out, &error));
    assert_null(out);
    assert_refused(custval_table_import_arrow(NULL, &array, NULL, &out, &error));
    assert_refused(custval_table_import_arrow(NULL, &array, &schema, NULL, &error));
    assert_refused(custval_table_import_arrow(NULL, &released, &schema, &out, &error));
    assert_refused(custval_table_import_arrow(NULL, &array, &gone, &out, &error));
    assert_non_null(array.release); /* as they were */
    assert_non_null(schema.release);
    assert_refused(custval_table_export_arrow(NULL, &released, &gone, &error));
    assert_refused(custval_table_export_arrow(table, NULL, &gone, &error));
    assert_refused(custval_table_export_arrow(table, &released, NULL, &error));
    assert_null(released.release);
    assert_null(gone.release);
    assert_refused(custval_table_export_stream(NULL, &stream, &error));
    assert_null(stream.release);
    assert_refused(custval_table_export_stream(table, NULL, &error));
    array.release(&array);
    schema.release(&schema);
    custval_table_free(table);
}

static int broken_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
    (void)stream;
    out->release = NULL;
    return EIO;
}

static int broken_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
    (void)stream;
    out->release = NULL;
    return EIO;
}

static const char *broken_error(struct ArrowArrayStream *stream) {
    (void)stream;
    return "the disk is gone";
}

static void broken_release(struct ArrowArrayStream *stream) {
    stream->release = NULL;
}

static custval_status read_with_host(const void *given, custval_error *error) {
    struct ArrowArrayStream stream = {.release = NULL};
    custval_table *table = small_table();
    custval_reader *reader = NULL;
    assert_ok(custval_table_export_stream(table, &stream, NULL), NULL);
    custval_table_free(table);
    const custval_status status = custval_reader_new(given, &stream, &reader, error);
    if (status != CUSTVAL_OK) {
        assert_null(reader);
        assert_non_null(stream.release);
        stream.release(&stream);
    }
    custval_reader_free(reader);
    return status;
}

static void a_reader_refuses_null_and_tells_what_the_producer_said(void **state) {
    (void)state;
    const custval_host host = CUSTVAL_HOST_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    struct ArrowArrayStream stream = {broken_schema, broken_next, broken_error, broken_release, NULL};
    struct ArrowArrayStream released = {.release = NULL};
    custval_reader *reader = (custval_reader *)&error;
    custval_table *table = (custval_table *)&error;
    assert_refused(custval_reader_new(NULL, NULL, &reader, &error));
    assert_null(reader);
    assert_refused(custval_reader_new(NULL, &released, &reader, &error));
    assert_refused(custval_reader_new(NULL, &stream, NULL, &error));
    assert_status(custval_reader_new(NULL, &stream, &reader, &error), CUSTVAL_ERROR_STREAM, &error);
    assert_message(&error, "the disk is gone");
    assert_non_null(stream.release);
    assert_refused(custval_reader_next(NULL, &table, &error));
    assert_null(table);
    custval_reader_free(NULL);
    assert_reads_struct(read_with_host, &host, sizeof host);
}

static void a_reader_has_nowhere_to_put_the_next_part(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    struct ArrowArrayStream stream = {.release = NULL};
    custval_table *table = small_table();
    custval_reader *reader = NULL;
    assert_ok(custval_table_export_stream(table, &stream, NULL), NULL);
    custval_table_free(table);
    assert_ok(custval_reader_new(NULL, &stream, &reader, NULL), NULL);
    assert_refused(custval_reader_next(reader, NULL, &error));
    custval_reader_free(reader);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_gives_back_its_cells),
        cmocka_unit_test(a_row_major_block_is_a_table),
        cmocka_unit_test(a_copied_column_needs_its_memory_no_more),
        cmocka_unit_test(a_table_lives_as_long_as_its_last_owner),
        cmocka_unit_test(columns_are_found_by_name),
        cmocka_unit_test(the_memory_of_a_column_can_be_seen),
        cmocka_unit_test(making_a_table_refuses_null),
        cmocka_unit_test(adding_a_column_refuses_null_and_names_twice),
        cmocka_unit_test(reading_a_table_refuses_null_and_what_is_not_there),
        cmocka_unit_test(columns_and_hosts_of_other_sizes_are_read_with_care),
        cmocka_unit_test(a_table_goes_to_arrow_and_comes_back),
        cmocka_unit_test(a_table_goes_through_a_stream),
        cmocka_unit_test(arrow_refuses_null_and_what_was_released),
        cmocka_unit_test(a_reader_refuses_null_and_tells_what_the_producer_said),
        cmocka_unit_test(a_reader_has_nowhere_to_put_the_next_part),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
