/* Arrow out: formats, buffers that are not copied, who keeps what alive, and the way back in. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/compiler.h"
#include "table/table.h"

/* ---- A table with a column of every type ---- */

enum { ROWS = 21, SKIPPED = 3, ELEMENTS = ROWS + SKIPPED, COLUMNS = 20 };

/* Memory of the columns. Element i is the number i, the bit i % 2, or text i of `bytes`, which are 14 bytes long from
   the 10th on. */
typedef struct memory {
    int8_t int8[ELEMENTS];
    int16_t int16[ELEMENTS];
    int32_t int32[ELEMENTS];
    int64_t int64[ELEMENTS];
    float float32[ELEMENTS];
    double float64[ELEMENTS];
    uint8_t bits[ELEMENTS / 8 + 1], bool8[ELEMENTS], validity[ELEMENTS / 8 + 1];
    struct record {
        double number;
        char between[5];
    } records[ELEMENTS];
    unsigned char unaligned[ELEMENTS * sizeof(int32_t) + 1];
    char bytes[ELEMENTS * 16];
    int32_t ends[ELEMENTS + 1];
    int64_t large_ends[ELEMENTS + 1];
    int32_t views[ELEMENTS][4];
    const void *view_buffers[1];
    custval_column entries, view_entries;
} memory;

static void fill_memory(memory *m) {
    size_t end = 0;
    memset(m, 0, sizeof *m);
    for (int i = 0; i < ELEMENTS; i++) {
        const int32_t value = i;
        const int length = snprintf(m->bytes + end, 16, i < 10 ? "text %d" : "long, long %03d", i);
        m->int8[i] = (int8_t)i;
        m->int16[i] = (int16_t)i;
        m->int32[i] = i;
        m->int64[i] = i;
        m->float32[i] = (float)i;
        m->float64[i] = m->records[i].number = i;
        m->bool8[i] = i % 2 == 1 ? 200 : 0;
        if (i % 2 == 1) m->bits[i / 8] |= (uint8_t)(1 << i % 8);
        if (i % 7 != 5) m->validity[i / 8] |= (uint8_t)(1 << i % 8);
        memcpy(m->unaligned + 1 + (size_t)i * sizeof value, &value, sizeof value);
        m->views[i][0] = length;
        memcpy(&m->views[i][1], m->bytes + end, length <= 12 ? (size_t)length : 4);
        if (length > 12) m->views[i][3] = (int32_t)end;
        end += (size_t)length;
        m->ends[i + 1] = (int32_t)end;
        m->large_ends[i + 1] = (int64_t)end;
    }
    m->view_buffers[0] = m->bytes;
}

typedef struct wanted {
    const char *name, *format, *dictionary;
    int64_t buffers;
    int copied;
} wanted;

/* In the order of add_all. */
static const wanted columns[COLUMNS] = {
    {"int8", "c", NULL, 2, 0},       {"int16", "s", NULL, 2, 0},
    {"int32", "i", NULL, 2, 0},      {"int64", "l", NULL, 2, 0},
    {"uint8", "C", NULL, 2, 0},      {"uint16", "S", NULL, 2, 0},
    {"uint32", "I", NULL, 2, 0},     {"uint64", "L", NULL, 2, 0},
    {"float32", "f", NULL, 2, 0},    {"float64", "g", NULL, 2, 0},
    {"bool", "b", NULL, 2, 0},       {"bool8", "b", NULL, 2, 1},
    {"strided", "g", NULL, 2, 1},    {"backwards", "l", NULL, 2, 1},
    {"unaligned", "i", NULL, 2, 1},  {"utf8", "u", NULL, 3, 0},
    {"large_utf8", "U", NULL, 3, 0}, {"utf8_view", "vu", NULL, 4, 0},
    {"dictionary", "c", "u", 2, 0},  {"view dictionary", "L", "vu", 2, 0},
};

static custval_column column_of(uint32_t type, const void *data, const void *offsets) {
    custval_column column = CUSTVAL_COLUMN_INIT;
    column.type = type;
    column.data = data;
    column.offsets = offsets;
    return column;
}

static custval_column dictionary_of(uint32_t index_type, const void *data, const custval_column *entries) {
    custval_column column = column_of(CUSTVAL_TYPE_DICTIONARY, data, NULL);
    column.index_type = index_type;
    column.dictionary = entries;
    column.dictionary_length = ELEMENTS - 4; /* the last indices point outside */
    return column;
}

static custval_status add_all(custval_table *table, memory *m, int with_validity) {
    m->entries = column_of(CUSTVAL_TYPE_UTF8, m->bytes, m->ends);
    m->view_entries = column_of(CUSTVAL_TYPE_UTF8_VIEW, m->views, m->view_buffers);
    m->view_entries.dictionary_length = 1;
    custval_column all[COLUMNS] = {
        column_of(CUSTVAL_TYPE_INT8, m->int8, NULL),
        column_of(CUSTVAL_TYPE_INT16, m->int16, NULL),
        column_of(CUSTVAL_TYPE_INT32, m->int32, NULL),
        column_of(CUSTVAL_TYPE_INT64, m->int64, NULL),
        column_of(CUSTVAL_TYPE_UINT8, m->int8, NULL),
        column_of(CUSTVAL_TYPE_UINT16, m->int16, NULL),
        column_of(CUSTVAL_TYPE_UINT32, m->int32, NULL),
        column_of(CUSTVAL_TYPE_UINT64, m->int64, NULL),
        column_of(CUSTVAL_TYPE_FLOAT32, m->float32, NULL),
        column_of(CUSTVAL_TYPE_FLOAT64, m->float64, NULL),
        column_of(CUSTVAL_TYPE_BOOL, m->bits, NULL),
        column_of(CUSTVAL_TYPE_BOOL8, m->bool8, NULL),
        column_of(CUSTVAL_TYPE_FLOAT64, m->records, NULL),
        column_of(CUSTVAL_TYPE_INT64, m->int64 + ELEMENTS - 1, NULL),
        column_of(CUSTVAL_TYPE_INT32, m->unaligned + 1, NULL),
        column_of(CUSTVAL_TYPE_UTF8, m->bytes, m->ends),
        column_of(CUSTVAL_TYPE_LARGE_UTF8, m->bytes, m->large_ends),
        column_of(CUSTVAL_TYPE_UTF8_VIEW, m->views, m->view_buffers),
        dictionary_of(CUSTVAL_TYPE_INT8, m->int8, &m->entries),
        dictionary_of(CUSTVAL_TYPE_UINT64, m->int64, &m->view_entries),
    };
    all[12].stride = sizeof m->records[0];
    all[13].stride = -(ptrdiff_t)sizeof m->int64[0];
    all[17].dictionary_length = 1;
    for (size_t i = 0; i < COLUMNS; i++) {
        all[i].offset = SKIPPED;
        if (with_validity) all[i].validity = m->validity;
        CUSTVAL__TRY(custval_table_add(table, columns[i].name, &all[i], NULL));
    }
    return CUSTVAL_OK;
}

static custval_table *table_of_everything(memory *m, int with_validity) {
    custval_table *table = NULL;
    assert_ok(custval_table_new(NULL, ROWS, &table, NULL), NULL);
    assert_ok(add_all(table, m, with_validity), NULL);
    return table;
}

static void assert_same_cells(const custval_table *a, const custval_table *b) {
    assert_int_equal(custval_table_rows(a), custval_table_rows(b));
    assert_int_equal(custval_table_columns(a), custval_table_columns(b));
    for (size_t i = 0; i < custval_table_columns(a); i++) {
        assert_string_equal(custval_table_name(a, i), custval_table_name(b, i));
        assert_int_equal(custval__table_is_text(a, i), custval__table_is_text(b, i));
        for (size_t row = 0; row < custval_table_rows(a); row++) {
            double number[2] = {0, 0};
            custval_text text[2];
            if (custval__table_is_number(a, i)) {
                assert_ok(custval_table_number(a, i, row, &number[0], NULL), NULL);
                assert_ok(custval_table_number(b, i, row, &number[1], NULL), NULL);
                assert_double_bits(number[0], number[1]);
            } else {
                assert_ok(custval_table_text(a, i, row, &text[0], NULL), NULL);
                assert_ok(custval_table_text(b, i, row, &text[1], NULL), NULL);
                assert_int_equal(text[0].data == NULL, text[1].data == NULL);
                assert_int_equal(text[0].length, text[1].length);
                if (text[0].data != NULL) assert_memory_equal(text[0].data, text[1].data, text[0].length);
            }
        }
    }
}

/* ---- What comes out ---- */

static void every_type_has_its_arrow_format(void **unused) {
    static memory m;
    struct ArrowSchema schema;
    struct ArrowArray array;
    (void)unused;
    fill_memory(&m);
    custval_table *table = table_of_everything(&m, 0);
    assert_ok(custval_table_export_arrow(table, &array, &schema, NULL), NULL);
    assert_string_equal(schema.format, "+s");
    assert_int_equal(schema.flags, 0);
    assert_int_equal(schema.n_children, COLUMNS);
    assert_int_equal(array.n_children, COLUMNS);
    assert_int_equal(array.n_buffers, 1);
    assert_int_equal(array.length, ROWS);
    assert_int_equal(array.offset, 0);
    assert_int_equal(array.null_count, 0);
    for (size_t i = 0; i < COLUMNS; i++) {
        const struct ArrowSchema *s = schema.children[i];
        const struct ArrowArray *a = array.children[i];
        assert_string_equal(s->format, columns[i].format);
        assert_string_equal(s->name, columns[i].name);
        assert_ptr_not_equal(s->name, custval_table_name(table, i));
        assert_int_equal(s->flags, ARROW_FLAG_NULLABLE);
        assert_int_equal(a->n_buffers, columns[i].buffers);
        assert_int_equal(a->length, ROWS);
        assert_int_equal(a->null_count, 0);
        assert_int_equal(a->offset, columns[i].copied ? 0 : SKIPPED);
        assert_int_equal(s->dictionary != NULL, columns[i].dictionary != NULL);
        assert_int_equal(a->dictionary != NULL, columns[i].dictionary != NULL);
        if (columns[i].dictionary != NULL) {
            assert_string_equal(s->dictionary->format, columns[i].dictionary);
            assert_int_equal(a->dictionary->length, ELEMENTS - 4);
        }
    }
    array.release(&array);
    schema.release(&schema);
    assert_null(array.release);
    assert_null(schema.release);
    custval_table_free(table);
}

static void packed_columns_are_not_copied(void **unused) {
    static memory m;
    struct ArrowSchema schema;
    struct ArrowArray array;
    (void)unused;
    fill_memory(&m);
    custval_table *table = table_of_everything(&m, 1);
    assert_ok(custval_table_export_arrow(table, &array, &schema, NULL), NULL);
    for (size_t i = 0; i < COLUMNS; i++) {
        custval_column column = CUSTVAL_COLUMN_INIT;
        const struct ArrowArray *a = array.children[i];
        assert_ok(custval_table_column(table, i, &column, NULL), NULL);
        const int offsets_first = column.type == CUSTVAL_TYPE_UTF8 || column.type == CUSTVAL_TYPE_LARGE_UTF8;
        assert_int_equal(a->buffers[1] == (offsets_first ? column.offsets : column.data), !columns[i].copied);
        assert_int_equal(a->buffers[0] == m.validity, !columns[i].copied);
        assert_non_null(a->buffers[0]);
        assert_int_equal(a->null_count, -1);
        if (offsets_first) assert_ptr_equal(a->buffers[2], m.bytes);
    }
    assert_ptr_equal(array.children[17]->buffers[2], m.bytes);
    assert_ptr_equal(array.children[18]->dictionary->buffers[1], m.ends);
    array.release(&array);
    schema.release(&schema);
    custval_table_free(table);
}

static void sizes_of_view_buffers_are_found_from_the_views(void **unused) {
    static memory m;
    struct ArrowSchema schema;
    struct ArrowArray array;
    (void)unused;
    fill_memory(&m);
    custval_table *table = table_of_everything(&m, 0);
    assert_ok(custval_table_export_arrow(table, &array, &schema, NULL), NULL);
    const int64_t *sizes = array.children[17]->buffers[3];
    assert_int_equal(sizes[0], m.ends[ELEMENTS]);
    sizes = array.children[19]->dictionary->buffers[3];
    assert_int_equal(sizes[0], m.ends[ELEMENTS - 4]);
    array.release(&array);
    schema.release(&schema);
    custval_table_free(table);
}

static void views_that_are_missing_or_point_nowhere_do_not_count_for_the_sizes(void **unused) {
    static const int32_t views[][4] = {{13, 0, 0, 7}, {99, 0, 0, 99}, {99, 0, 1, 99}, {99, 0, -1, 99}, {-1, 0, 0, 99}};
    const uint8_t validity[] = {0x1d}; /* the second is missing */
    const void *buffers[] = {"thirteen bytes after seven"};
    custval_column column = column_of(CUSTVAL_TYPE_UTF8_VIEW, views, buffers);
    custval_table *table = NULL;
    struct ArrowSchema schema;
    struct ArrowArray array;
    (void)unused;
    column.dictionary_length = 1;
    column.validity = validity;
    assert_ok(custval_table_new(NULL, 5, &table, NULL), NULL);
    assert_ok(custval_table_add(table, "v", &column, NULL), NULL);
    assert_ok(custval_table_export_arrow(table, &array, &schema, NULL), NULL);
    assert_int_equal(((const int64_t *)array.children[0]->buffers[3])[0], 20);
    array.release(&array);
    schema.release(&schema);
    custval_table_free(table);
}

static void what_goes_out_comes_back_the_same(void **unused) {
    static memory m;
    (void)unused;
    fill_memory(&m);
    for (int with_validity = 0; with_validity < 2; with_validity++) {
        struct ArrowSchema schema;
        struct ArrowArray array;
        custval_table *back = NULL, *again = NULL;
        custval_table *table = table_of_everything(&m, with_validity);
        assert_ok(custval_table_export_arrow(table, &array, &schema, NULL), NULL);
        assert_ok(custval_table_import_arrow(NULL, &array, &schema, &back, NULL), NULL);
        assert_same_cells(table, back);
        assert_ok(custval_table_export_arrow(back, &array, &schema, NULL), NULL);
        assert_ok(custval_table_import_arrow(NULL, &array, &schema, &again, NULL), NULL);
        custval_table_free(back); /* still kept by what was exported from it */
        assert_same_cells(table, again);
        custval_table_free(table);
        custval_table_free(again);
    }
}

static void a_null_column_goes_out_as_one(void **unused) {
    struct ArrowSchema schema;
    struct ArrowArray array;
    custval_table *table = NULL, *back = NULL;
    static custval__column nothing = {.data = CUSTVAL_COLUMN_INIT, .null_type = 1};
    static const uint8_t zeros[1] = {0};
    (void)unused;
    nothing.data.type = CUSTVAL_TYPE_BOOL;
    nothing.data.data = nothing.data.validity = zeros;
    assert_ok(custval_table_new(NULL, 3, &table, NULL), NULL);
    assert_ok(custval__table_append(table, "nothing", &nothing, NULL), NULL);
    assert_ok(custval_table_export_arrow(table, &array, &schema, NULL), NULL);
    assert_string_equal(schema.children[0]->format, "n");
    assert_int_equal(array.children[0]->n_buffers, 0);
    assert_int_equal(array.children[0]->null_count, 3);
    assert_ok(custval_table_import_arrow(NULL, &array, &schema, &back, NULL), NULL);
    assert_same_cells(table, back);
    custval_table_free(table);
    custval_table_free(back);
}

static void a_table_without_rows_goes_out_with_buffers_that_can_be_read(void **unused) {
    static const uint32_t types[] = {CUSTVAL_TYPE_FLOAT64, CUSTVAL_TYPE_UTF8, CUSTVAL_TYPE_LARGE_UTF8,
                                     CUSTVAL_TYPE_UTF8_VIEW, CUSTVAL_TYPE_BOOL8};
    static const char *const names[] = {"a", "b", "c", "d", "e"};
    struct ArrowSchema schema;
    struct ArrowArray array;
    custval_table *table = NULL, *back = NULL;
    (void)unused;
    assert_ok(custval_table_new(NULL, 0, &table, NULL), NULL);
    for (size_t i = 0; i < SUPPORT_COUNT(types); i++) {
        custval_column column = column_of(types[i], NULL, NULL);
        column.offset = 9;
        assert_ok(custval_table_add(table, names[i], &column, NULL), NULL);
    }
    assert_ok(custval_table_export_arrow(table, &array, &schema, NULL), NULL);
    for (size_t i = 0; i < SUPPORT_COUNT(types); i++) {
        assert_int_equal(array.children[i]->offset, 0);
        assert_non_null(array.children[i]->buffers[1]);
    }
    assert_int_equal(((const int64_t *)array.children[2]->buffers[1])[0], 0);
    assert_ok(custval_table_import_arrow(NULL, &array, &schema, &back, NULL), NULL);
    assert_same_cells(table, back);
    custval_table_free(table);
    custval_table_free(back);
}

/* ---- Who keeps what alive ---- */

static void children_may_be_moved_out_and_outlive_their_parent(void **unused) {
    static memory m;
    struct ArrowSchema schema, moved_schema;
    struct ArrowArray array, moved, dictionary;
    counting_host counter;
    custval_table *table = NULL;
    (void)unused;
    fill_memory(&m);
    counting_host_init(&counter);
    assert_ok(custval_table_new(&counter.host, ROWS, &table, NULL), NULL);
    assert_ok(add_all(table, &m, 0), NULL);
    assert_ok(custval_table_export_arrow(table, &array, &schema, NULL), NULL);
    custval_table_free(table);

    moved = *array.children[12]; /* strided, so it owns a copy */
    array.children[12]->release = NULL;
    dictionary = *array.children[18]->dictionary;
    array.children[18]->dictionary->release = NULL;
    moved_schema = *schema.children[12];
    schema.children[12]->release = NULL;
    array.release(&array);
    schema.release(&schema);

    assert_string_equal(moved_schema.name, "strided");
    assert_true(((const double *)moved.buffers[1])[1] == SKIPPED + 1);
    assert_ptr_equal(dictionary.buffers[2], m.bytes);
    moved.release(&moved);
    moved_schema.release(&moved_schema);
    assert_true(counter.live_blocks > 0);
    dictionary.release(&dictionary);
    counting_host_end(&counter);
}

static void an_export_outlives_its_table_and_can_be_made_twice(void **unused) {
    struct ArrowSchema schema[2];
    struct ArrowArray array[2];
    counting_host counter;
    custval_table *table = NULL;
    const double values[] = {1, 2};
    custval_column column = column_of(CUSTVAL_TYPE_FLOAT64, values, NULL);
    (void)unused;
    counting_host_init(&counter);
    assert_ok(custval_table_new(&counter.host, 2, &table, NULL), NULL);
    assert_ok(custval_table_add_copy(table, "x", &column, NULL), NULL);
    assert_ok(custval_table_export_arrow(table, &array[0], &schema[0], NULL), NULL);
    assert_ok(custval_table_export_arrow(table, &array[1], &schema[1], NULL), NULL);
    custval_table_free(table);
    schema[0].release(&schema[0]);
    array[0].release(&array[0]);
    assert_true(((const double *)array[1].children[0]->buffers[1])[1] == 2);
    array[1].release(&array[1]);
    assert_string_equal(schema[1].children[0]->name, "x"); /* a schema needs no table */
    schema[1].release(&schema[1]);
    counting_host_end(&counter);
}

/* ---- Failures ---- */

static void columns_of_other_types_cannot_go_out(void **unused) {
    static const double values[] = {1, 2};
    struct ArrowSchema schema, whole_schema;
    struct ArrowArray array;
    custval_table *table = NULL, *durations = NULL;
    custval_error error = CUSTVAL_ERROR_INIT;
    (void)unused;
    assert_ok(custval_table_new(NULL, 2, &table, NULL), NULL);
    assert_ok(custval_table_add_doubles(table, "joined", values, NULL), NULL);
    assert_ok(custval_table_export_arrow(table, &array, &schema, NULL), NULL);
    schema.children[0]->format = "tDu";
    assert_ok(custval_table_import_arrow(NULL, &array, &schema, &durations, NULL), NULL);
    assert_status(custval_table_export_arrow(durations, &array, &whole_schema, &error), CUSTVAL_ERROR_TYPE, &error);
    assert_string_equal(error.message,
                        "column \"joined\" has Arrow type duration (\"tDu\"), which cannot be exported");
    assert_null(array.release);
    assert_null(whole_schema.release);
    custval_table_free(durations);
    custval_table_free(table);
}

static void null_arguments_are_refused(void **unused) {
    struct ArrowSchema schema;
    struct ArrowArray array;
    custval_table *table = NULL;
    (void)unused;
    assert_ok(custval_table_new(NULL, 2, &table, NULL), NULL);
    assert_status(custval_table_export_arrow(NULL, &array, &schema, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    assert_null(array.release);
    assert_null(schema.release);
    assert_status(custval_table_export_arrow(table, NULL, &schema, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    assert_status(custval_table_export_arrow(table, &array, NULL, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    custval_table_free(table);
}

static custval_status export_everything(const custval_host *host, void *data) {
    struct ArrowSchema schema;
    struct ArrowArray array;
    custval_table *table = NULL;
    CUSTVAL__TRY(custval_table_new(host, ROWS, &table, NULL));
    custval_status status = add_all(table, data, 1);
    if (status == CUSTVAL_OK) {
        status = custval_table_export_arrow(table, &array, &schema, NULL);
        assert_true((array.release != NULL) == (status == CUSTVAL_OK));
        assert_true((schema.release != NULL) == (status == CUSTVAL_OK));
        if (array.release != NULL) array.release(&array);
        if (schema.release != NULL) schema.release(&schema);
    }
    custval_table_free(table);
    return status;
}

static void nothing_leaks_when_memory_runs_out(void **unused) {
    static memory m;
    (void)unused;
    fill_memory(&m);
    support_exhaust_memory(export_everything, &m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_type_has_its_arrow_format),
        cmocka_unit_test(packed_columns_are_not_copied),
        cmocka_unit_test(sizes_of_view_buffers_are_found_from_the_views),
        cmocka_unit_test(views_that_are_missing_or_point_nowhere_do_not_count_for_the_sizes),
        cmocka_unit_test(what_goes_out_comes_back_the_same),
        cmocka_unit_test(a_null_column_goes_out_as_one),
        cmocka_unit_test(a_table_without_rows_goes_out_with_buffers_that_can_be_read),
        cmocka_unit_test(children_may_be_moved_out_and_outlive_their_parent),
        cmocka_unit_test(an_export_outlives_its_table_and_can_be_made_twice),
        cmocka_unit_test(columns_of_other_types_cannot_go_out),
        cmocka_unit_test(null_arguments_are_refused),
        cmocka_unit_test(nothing_leaks_when_memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
