/* Arrow streams: reading those of others, giving our own, and what their producers say when they fail. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "base/compiler.h"
#include "table/table.h"

static const double first[] = {1, 2, 3}, second[] = {4};

static custval_table *table_of(const double *values, size_t rows) {
    custval_table *table = NULL;
    assert_ok(custval_table_new(NULL, rows, &table, NULL), NULL);
    assert_ok(custval_table_add_doubles(table, "x", values, NULL), NULL);
    return table;
}

/* ---- A producer ---- */

enum { CODE = 5 };

/* Gives two parts, and fails where it is told to. */
typedef struct producer {
    struct ArrowArrayStream stream;
    int parts_given, released;
    int fail_schema, fail_at; /* error code; part that fails, -1 for none */
    const char *message, *format;
    int64_t columns; /* that a part claims to have beyond its one */
} producer;

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
    producer *p = stream->private_data;
    if (p->fail_schema != 0) return p->fail_schema;
    custval_table *table = table_of(first, 3);
    assert_ok(custval__export_schema(table, out, NULL), NULL);
    if (p->format != NULL) out->format = p->format;
    custval_table_free(table);
    return 0;
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
    producer *p = stream->private_data;
    if (p->parts_given == p->fail_at) return CODE;
    out->release = NULL;
    if (p->parts_given == 2) return 0;
    custval_table *table = p->parts_given++ == 0 ? table_of(first, 3) : table_of(second, 1);
    assert_ok(custval__export_array(table, out, NULL), NULL);
    out->length += p->columns;
    custval_table_free(table);
    return 0;
}

static const char *get_last_error(struct ArrowArrayStream *stream) {
    const producer *p = stream->private_data;
    return p->message;
}

static void release(struct ArrowArrayStream *stream) {
    producer *p = stream->private_data;
    p->released++;
    stream->release = NULL;
}

static void start(producer *p) {
    memset(p, 0, sizeof *p);
    p->fail_at = -1;
    p->stream.get_schema = get_schema;
    p->stream.get_next = get_next;
    p->stream.get_last_error = get_last_error;
    p->stream.release = release;
    p->stream.private_data = p;
}

static custval_reader *reader_of(producer *p) {
    custval_reader *reader = NULL;
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_ok(custval_reader_new(NULL, &p->stream, &reader, &error), &error);
    assert_null(p->stream.release);
    return reader;
}

/* ---- Reading ---- */

static void a_stream_is_read_part_by_part_and_its_tables_outlive_it(void **unused) {
    producer p;
    custval_table *table[2] = {NULL, NULL}, *end = (custval_table *)(uintptr_t)&p;
    double number = 0;
    (void)unused;
    start(&p);
    custval_reader *reader = reader_of(&p);
    assert_ok(custval_reader_next(reader, &table[0], NULL), NULL);
    assert_ok(custval_reader_next(reader, &table[1], NULL), NULL);
    for (int i = 0; i < 2; i++) { /* also after the end */
        assert_ok(custval_reader_next(reader, &end, NULL), NULL);
        assert_null(end);
    }
    assert_int_equal(p.released, 0);
    custval_reader_free(reader);
    assert_int_equal(p.released, 1);
    assert_int_equal(custval_table_rows(table[0]), 3);
    assert_int_equal(custval_table_rows(table[1]), 1);
    assert_string_equal(custval_table_name(table[1], 0), "x");
    assert_ok(custval_table_number(table[0], 0, 2, &number, NULL), NULL);
    assert_true(number == 3);
    assert_ok(custval_table_number(table[1], 0, 0, &number, NULL), NULL);
    assert_true(number == 4);
    custval_table_free(table[0]);
    custval_table_free(table[1]);
}

static void a_producer_that_fails_is_quoted_in_one_line(void **unused) {
    static const struct {
        const char *message, *expected;
    } cases[] = {
        {"connection lost", "the Arrow stream failed: connection lost"},
        {"two\nlines\tand\x7f", "the Arrow stream failed: two lines and "},
        {"caf\xc3\xa9", "the Arrow stream failed: caf\xc3\xa9"},
        {"caf\xe9", "the Arrow stream failed: caf?"},
        {"", "the Arrow stream failed with code 5 and no message"},
        {NULL, "the Arrow stream failed with code 5 and no message"},
    };
    (void)unused;
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        producer p;
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_reader *reader = NULL;
        custval_table *table = NULL;
        start(&p);
        p.message = cases[i].message;
        p.fail_schema = CODE;
        assert_status(custval_reader_new(NULL, &p.stream, &reader, &error), CUSTVAL_ERROR_STREAM, &error);
        assert_string_equal(error.message, cases[i].expected);
        assert_null(reader);
        assert_non_null(p.stream.release);

        p.fail_schema = 0;
        p.fail_at = 1;
        reader = reader_of(&p);
        assert_ok(custval_reader_next(reader, &table, NULL), NULL);
        custval_table_free(table);
        assert_status(custval_reader_next(reader, &table, &error), CUSTVAL_ERROR_STREAM, &error);
        assert_string_equal(error.message, cases[i].expected);
        assert_null(table);
        custval_reader_free(reader);
        assert_int_equal(p.released, 1);
    }
}

static void a_long_message_of_a_producer_is_cut(void **unused) {
    static char long_text[2000];
    producer p;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_reader *reader = NULL;
    (void)unused;
    memset(long_text, 'x', sizeof long_text - 1);
    start(&p);
    p.message = long_text;
    p.fail_schema = CODE;
    assert_status(custval_reader_new(NULL, &p.stream, &reader, &error), CUSTVAL_ERROR_STREAM, &error);
    assert_int_equal(strlen(error.message), strlen("the Arrow stream failed: ") + 400);
}

static void a_stream_of_something_else_than_structs_is_refused(void **unused) {
    producer p;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_reader *reader = NULL;
    (void)unused;
    start(&p);
    p.format = "g";
    assert_status(custval_reader_new(NULL, &p.stream, &reader, &error), CUSTVAL_ERROR_TYPE, &error);
    assert_message(&error, "Arrow type float64 (\"g\")");
    assert_non_null(p.stream.release);
    assert_int_equal(p.released, 0);
}

static void a_part_that_cannot_be_a_table_is_released(void **unused) {
    producer p;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    (void)unused;
    start(&p);
    p.columns = 10;
    custval_reader *reader = reader_of(&p);
    assert_status(custval_reader_next(reader, &table, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_message(&error, "too few");
    assert_null(table);
    custval_reader_free(reader);
}

static void wrong_arguments_are_refused(void **unused) {
    producer p;
    custval_reader *reader = NULL;
    custval_table *table = NULL;
    struct ArrowArrayStream stream;
    (void)unused;
    start(&p);
    assert_status(custval_reader_new(NULL, NULL, &reader, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    assert_status(custval_reader_new(NULL, &p.stream, NULL, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    assert_status(custval_reader_next(NULL, &table, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    stream = p.stream;
    stream.release = NULL;
    assert_status(custval_reader_new(NULL, &stream, &reader, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    stream = p.stream;
    stream.get_schema = NULL;
    assert_status(custval_reader_new(NULL, &stream, &reader, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    stream = p.stream;
    stream.get_next = NULL;
    assert_status(custval_reader_new(NULL, &stream, &reader, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    assert_null(reader);
    p.stream.get_last_error = NULL;
    p.fail_schema = CODE;
    assert_status(custval_reader_new(NULL, &p.stream, &reader, NULL), CUSTVAL_ERROR_STREAM, NULL);
    p.fail_schema = 0;
    reader = reader_of(&p);
    assert_status(custval_reader_next(reader, NULL, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    custval_reader_free(reader);
    custval_reader_free(NULL);
}

/* ---- Giving ---- */

static void a_table_goes_out_as_a_stream_of_one_part(void **unused) {
    struct ArrowArrayStream stream;
    custval_reader *reader = NULL;
    custval_table *back = NULL, *end = NULL;
    double number = 0;
    (void)unused;
    custval_table *table = table_of(first, 3);
    assert_ok(custval_table_export_stream(table, &stream, NULL), NULL);
    custval_table_free(table); /* the stream keeps it */
    assert_null(stream.get_last_error(&stream));
    assert_ok(custval_reader_new(NULL, &stream, &reader, NULL), NULL);
    assert_ok(custval_reader_next(reader, &back, NULL), NULL);
    assert_ok(custval_reader_next(reader, &end, NULL), NULL);
    assert_null(end);
    custval_reader_free(reader);
    assert_ok(custval_table_number(back, 0, 2, &number, NULL), NULL);
    assert_true(number == 3);
    custval_table_free(back);
}

static void a_stream_can_be_asked_for_its_type_any_number_of_times(void **unused) {
    struct ArrowArrayStream stream;
    struct ArrowSchema schema[2];
    (void)unused;
    custval_table *table = table_of(first, 3);
    assert_ok(custval_table_export_stream(table, &stream, NULL), NULL);
    custval_table_free(table);
    assert_int_equal(stream.get_schema(&stream, &schema[0]), 0);
    assert_int_equal(stream.get_schema(&stream, &schema[1]), 0);
    stream.release(&stream);
    assert_null(stream.release);
    assert_string_equal(schema[1].children[0]->name, "x");
    schema[0].release(&schema[0]);
    schema[1].release(&schema[1]);
}

static void what_cannot_be_exported_is_no_stream(void **unused) {
    struct ArrowArrayStream stream;
    struct ArrowSchema schema;
    struct ArrowArray array;
    custval_table *durations = NULL;
    custval_error error = CUSTVAL_ERROR_INIT;
    (void)unused;
    custval_table *table = table_of(first, 3);
    assert_ok(custval_table_export_arrow(table, &array, &schema, NULL), NULL);
    schema.children[0]->format = "tDs";
    assert_ok(custval_table_import_arrow(NULL, &array, &schema, &durations, NULL), NULL);
    assert_status(custval_table_export_stream(durations, &stream, &error), CUSTVAL_ERROR_TYPE, &error);
    assert_null(stream.release);
    assert_status(custval_table_export_stream(NULL, &stream, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    assert_status(custval_table_export_stream(table, NULL, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    custval_table_free(table);
    custval_table_free(durations);
}

/* ---- Memory ---- */

static void a_stream_out_of_memory_says_so_and_goes_on_later(void **unused) {
    struct ArrowArrayStream stream;
    struct ArrowSchema schema;
    struct ArrowArray array;
    counting_host counter;
    custval_table *table = NULL;
    (void)unused;
    counting_host_init(&counter);
    assert_ok(custval_table_new(&counter.host, 3, &table, NULL), NULL);
    assert_ok(custval_table_add_doubles(table, "x", first, NULL), NULL);
    assert_ok(custval_table_export_stream(table, &stream, NULL), NULL);
    custval_table_free(table);
    counting_host_fail(&counter, 1, 0);
    assert_int_equal(stream.get_schema(&stream, &schema), ENOMEM);
    assert_null(schema.release);
    assert_non_null(stream.get_last_error(&stream));
    counting_host_fail(&counter, 1, 0);
    assert_int_equal(stream.get_next(&stream, &array), ENOMEM);
    assert_null(array.release);
    counting_host_fail(&counter, 0, 0);
    assert_int_equal(stream.get_next(&stream, &array), 0);
    array.release(&array);
    assert_int_equal(stream.get_next(&stream, &array), 0);
    assert_null(array.release);
    stream.release(&stream);
    counting_host_end(&counter);
}

static custval_status read_all(const custval_host *host, void *data) {
    producer p;
    custval_reader *reader = NULL;
    custval_table *table = data;
    start(&p);
    const custval_status made = custval_reader_new(host, &p.stream, &reader, NULL);
    assert_true((reader != NULL) == (made == CUSTVAL_OK));
    assert_true((p.stream.release == NULL) == (made == CUSTVAL_OK));
    if (made != CUSTVAL_OK) return made;
    const custval_status status = custval_reader_next(reader, &table, NULL);
    assert_true((table != NULL) == (status == CUSTVAL_OK));
    custval_table_free(table);
    custval_reader_free(reader);
    return status;
}

static custval_status give(const custval_host *host, void *data) {
    struct ArrowArrayStream stream;
    custval_table *table = NULL;
    (void)data;
    CUSTVAL__TRY(custval_table_new(host, 3, &table, NULL));
    const custval_status status = custval_table_export_stream(table, &stream, NULL);
    assert_true((stream.release != NULL) == (status == CUSTVAL_OK));
    custval_table_free(table);
    if (stream.release != NULL) stream.release(&stream);
    return status;
}

static void nothing_leaks_when_memory_runs_out(void **unused) {
    (void)unused;
    support_exhaust_memory(read_all, "not NULL");
    support_exhaust_memory(give, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stream_is_read_part_by_part_and_its_tables_outlive_it),
        cmocka_unit_test(a_producer_that_fails_is_quoted_in_one_line),
        cmocka_unit_test(a_long_message_of_a_producer_is_cut),
        cmocka_unit_test(a_stream_of_something_else_than_structs_is_refused),
        cmocka_unit_test(a_part_that_cannot_be_a_table_is_released),
        cmocka_unit_test(wrong_arguments_are_refused),
        cmocka_unit_test(a_table_goes_out_as_a_stream_of_one_part),
        cmocka_unit_test(a_stream_can_be_asked_for_its_type_any_number_of_times),
        cmocka_unit_test(what_cannot_be_exported_is_no_stream),
        cmocka_unit_test(a_stream_out_of_memory_says_so_and_goes_on_later),
        cmocka_unit_test(nothing_leaks_when_memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
