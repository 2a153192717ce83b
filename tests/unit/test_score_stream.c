/* Scoring a stream, row by row. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>

#include "sample.h"
#include "score_support.h"

/* Gives one table any number of times. */
typedef struct repeat {
    custval_table *table;
    int left;
} repeat;

static int repeat_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
    struct ArrowArray array = {.release = NULL};
    const repeat *self = stream->private_data;
    assert_ok(custval_table_export_arrow(self->table, &array, out, NULL), NULL);
    array.release(&array);
    return 0;
}

static int repeat_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
    struct ArrowSchema schema = {.release = NULL};
    repeat *self = stream->private_data;
    out->release = NULL;
    if (self->left-- <= 0) return 0;
    assert_ok(custval_table_export_arrow(self->table, out, &schema, NULL), NULL);
    schema.release(&schema);
    return 0;
}

static const char *repeat_error(struct ArrowArrayStream *stream) {
    (void)stream;
    return NULL;
}

static void repeat_release(struct ArrowArrayStream *stream) {
    stream->release = NULL;
}

static void a_stream_of_scores_pulls_one_part_at_a_time(void **state) {
    (void)state;
    const custval_score_options options = sample_options();
    custval_system *system = sample_system();
    repeat source = {sample_table(), 2};
    struct ArrowArrayStream in = {repeat_schema, repeat_next, repeat_error, repeat_release, &source}, out;
    struct ArrowSchema schema = {.release = NULL};
    struct ArrowArray array = {.release = NULL};
    assert_ok(custval_score_stream(system, &in, &options, &out, NULL), NULL);
    custval_system_free(system); /* the stream keeps it */
    assert_int_equal(out.get_schema(&out, &schema), 0);
    assert_int_equal(source.left, 2); /* the type is known without reading */
    assert_int_equal(schema.n_children, 5);
    assert_string_equal(schema.children[0]->name, "value");
    assert_string_equal(schema.children[0]->format, "g");
    assert_string_equal(schema.children[4]->format, "I");
    schema.release(&schema);
    assert_null(out.get_last_error(&out));
    for (int part = 1; part >= 0; part--) {
        assert_int_equal(out.get_next(&out, &array), 0);
        assert_int_equal(source.left, part);
        assert_int_equal(array.length, SAMPLE_ROWS);
        array.release(&array);
    }
    assert_int_equal(out.get_next(&out, &array), 0);
    assert_null(array.release);
    out.release(&out);
    custval_table_free(source.table);
}

static int fail_to_give_the_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
    (void)stream;
    out->release = NULL;
    return ENXIO;
}

static const char *say_what_failed(struct ArrowArrayStream *stream) {
    (void)stream;
    return "the tape is torn";
}

static void what_the_producer_says_reaches_the_consumer(void **state) {
    (void)state;
    const custval_score_options options = sample_options();
    custval_system *system = sample_system();
    repeat source = {sample_table(), 2};
    struct ArrowArrayStream in = {repeat_schema, fail_to_give_the_next, say_what_failed, repeat_release, &source}, out;
    struct ArrowArray array = {.release = NULL};
    assert_ok(custval_score_stream(system, &in, &options, &out, NULL), NULL);
    assert_int_equal(out.get_next(&out, &array), EIO);
    assert_null(array.release);
    support_contains(out.get_last_error(&out), "the tape is torn", __FILE__, __LINE__);
    out.release(&out);
    custval_table_free(source.table);
    custval_system_free(system);
}

static int refuse_to_go_on(void *data, uint64_t done, uint64_t total) {
    (void)data, (void)done, (void)total;
    return 1;
}

static void a_stream_that_is_stopped_says_so(void **state) {
    (void)state;
    custval_host host = CUSTVAL_HOST_INIT;
    custval_score_options options = sample_options();
    custval_system *system = sample_system();
    repeat source = {sample_table(), 2};
    struct ArrowArrayStream in = {repeat_schema, repeat_next, repeat_error, repeat_release, &source}, out;
    struct ArrowArray array = {.release = NULL};
    host.progress = refuse_to_go_on;
    options.host = &host;
    assert_ok(custval_score_stream(system, &in, &options, &out, NULL), NULL);
    assert_int_equal(out.get_next(&out, &array), ECANCELED);
    assert_null(array.release);
    support_contains(out.get_last_error(&out), "progress", __FILE__, __LINE__);
    out.release(&out);
    custval_table_free(source.table);
    custval_system_free(system);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stream_of_scores_pulls_one_part_at_a_time),
        cmocka_unit_test(what_the_producer_says_reaches_the_consumer),
        cmocka_unit_test(a_stream_that_is_stopped_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
