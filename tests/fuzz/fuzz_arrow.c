/* Any bytes as an Arrow array with its type: refused, or a table whose every cell can be read, exported and scored.
   Counts, offsets, formats and structure are hostile; buffers are as large as what they are said to hold, as Arrow's
   specification demands of every producer. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <custval/custval.h>

#include "demand.h"

#define MOST_COLUMNS 6
#define MOST_ROWS 20
#define MOST_OFFSET 9
#define CELLS (MOST_ROWS + MOST_OFFSET)

typedef struct input {
    const uint8_t *data;
    size_t size, at;
} input;

static uint32_t take(input *in, uint32_t bound) {
    const uint32_t high = in->at < in->size ? in->data[in->at++] : 0U;
    const uint32_t low = bound > 256 && in->at < in->size ? in->data[in->at++] : 0U;
    return bound == 0 ? 0 : (high << 8 | low) % bound;
}

/* Everything one column points to; freed by hand after the table is gone, never by its release callback. */
typedef struct producer {
    struct ArrowSchema schema, children[MOST_COLUMNS], dictionary_type[MOST_COLUMNS];
    struct ArrowArray array, arrays[MOST_COLUMNS], dictionaries[MOST_COLUMNS];
    struct ArrowSchema *child_types[MOST_COLUMNS];
    struct ArrowArray *child_arrays[MOST_COLUMNS];
    const void *buffers[2 * MOST_COLUMNS + 1][5];
    char formats[2 * MOST_COLUMNS][8], names[MOST_COLUMNS][8];
    void *memory[16 * MOST_COLUMNS];
    size_t memory_count;
    int released_types, released_arrays;
} producer;

static void release_type(struct ArrowSchema *type) {
    ((producer *)type->private_data)->released_types++;
    type->release = NULL;
}

static void release_array(struct ArrowArray *array) {
    ((producer *)array->private_data)->released_arrays++;
    array->release = NULL;
}

static void release_child_type(struct ArrowSchema *type) {
    type->release = NULL;
}

static void release_child_array(struct ArrowArray *array) {
    array->release = NULL;
}

/* `size` bytes of input, exactly, so that a sanitizer sees one byte too many. */
static void *bytes(producer *made, input *in, size_t size) {
    uint8_t *block = malloc(size > 0 ? size : 1);
    DEMAND(block != NULL);
    for (size_t left = size; left > 0; left--) block[size - left] = (uint8_t)take(in, 256);
    made->memory[made->memory_count++] = block;
    return block;
}

/* Offsets that may run backwards or be negative, but never beyond `most`. */
static void *text_offsets(producer *made, input *in, size_t cells, int wide, int64_t most) {
    const size_t size = wide ? sizeof(int64_t) : sizeof(int32_t);
    char *offsets = bytes(made, in, (cells + 1) * size);
    int64_t at = 0;
    for (size_t i = 0; i <= cells; i++) {
        at = take(in, 20) == 0 ? (int64_t)take(in, 300) - 100 : at + (int64_t)take(in, 5);
        if (at > most) at = most;
        const int32_t narrow = (int32_t)at;
        memcpy(offsets + i * size, wide ? (const void *)&at : (const void *)&narrow, size);
    }
    return offsets;
}

static size_t width_of(char format) {
    switch (format) {
    case 'c':
    case 'C': return 1;
    case 's':
    case 'S':
    case 'e': return 2;
    case 'i':
    case 'I':
    case 'f': return 4;
    default: return 8;
    }
}

/* Buffers of a leaf of `cells` elements (offset included) for its format. */
static int64_t fill_buffers(producer *made, input *in, const char *format, size_t cells, const void **buffers) {
    buffers[0] = take(in, 3) == 0 ? NULL : bytes(made, in, (cells + 7) / 8);
    if (strcmp(format, "n") == 0) return 0;
    if (strcmp(format, "u") == 0 || strcmp(format, "U") == 0) {
        buffers[1] = text_offsets(made, in, cells, format[0] == 'U', 50);
        buffers[2] = bytes(made, in, 50);
        return 3;
    }
    if (strcmp(format, "vu") == 0) {
        char *views = bytes(made, in, cells * 16);
        for (size_t i = 0; i < cells; i++) {
            const int32_t view[4] = {(int32_t)take(in, 40) - 3, (int32_t)take(in, 300), (int32_t)take(in, 4) - 1,
                                     (int32_t)take(in, 60) - 3};
            memcpy(views + i * 16, view, sizeof view);
        }
        int64_t *sizes = bytes(made, in, sizeof(int64_t));
        *sizes = 40;
        buffers[1] = views;
        buffers[2] = bytes(made, in, 40);
        buffers[3] = sizes;
        return 4;
    }
    buffers[1] =
        strcmp(format, "b") == 0 ? bytes(made, in, (cells + 7) / 8) : bytes(made, in, cells * width_of(format[0]));
    return 2;
}

static int64_t hostile(input *in, int64_t honest) {
    static const int64_t wild[] = {-1, INT64_MIN, INT64_MAX, INT64_MAX / 2, 1};
    const uint32_t which = take(in, 40);
    return which < 5 ? wild[which] : honest;
}

static void make_column(producer *made, input *in, size_t index) {
    static const char *const formats[] = {"c", "C",  "s", "S", "i",   "I",    "l", "L",  "f",     "g", "b", "u",
                                          "U", "vu", "n", "e", "tdD", "tsu:", "z", "+l", "d:9,2", "",  "?"};
    struct ArrowSchema *type = &made->children[index];
    struct ArrowArray *array = &made->arrays[index];
    const char *format = formats[take(in, (uint32_t)(sizeof formats / sizeof *formats))];
    snprintf(made->formats[index], sizeof made->formats[index], "%s", format);
    snprintf(made->names[index], sizeof made->names[index], take(in, 8) == 0 ? "a" : "c%d", (int)index);
    const int64_t offset = take(in, MOST_OFFSET), length = take(in, MOST_ROWS + 1);
    *type = (struct ArrowSchema){made->formats[index],
                                 take(in, 20) == 0 ? NULL : made->names[index],
                                 NULL,
                                 take(in, 8),
                                 hostile(in, 0),
                                 NULL,
                                 NULL,
                                 release_child_type,
                                 made};
    *array = (struct ArrowArray){hostile(in, length),
                                 take(in, 2) == 0 ? -1 : (int64_t)take(in, MOST_ROWS),
                                 hostile(in, offset),
                                 0,
                                 hostile(in, 0),
                                 made->buffers[index],
                                 NULL,
                                 NULL,
                                 release_child_array,
                                 made};
    array->n_buffers = hostile(in, fill_buffers(made, in, format, CELLS, made->buffers[index]));
    if (strchr("cCsSiIlL", format[0]) == NULL || format[0] == '\0' || take(in, 2) == 0) return;
    struct ArrowSchema *value_type = &made->dictionary_type[index];
    struct ArrowArray *values = &made->dictionaries[index];
    char *value_format = made->formats[MOST_COLUMNS + index];
    snprintf(value_format, sizeof made->formats[0], "%s", take(in, 6) == 0 ? "l" : take(in, 2) == 0 ? "u" : "U");
    *value_type = (struct ArrowSchema){value_format, "", NULL, 0, 0, NULL, NULL, release_child_type, made};
    *values = (struct ArrowArray){hostile(in, take(in, MOST_ROWS + 1)),
                                  -1,
                                  hostile(in, take(in, MOST_OFFSET)),
                                  0,
                                  0,
                                  made->buffers[MOST_COLUMNS + index],
                                  NULL,
                                  NULL,
                                  release_child_array,
                                  made};
    values->n_buffers = fill_buffers(made, in, value_format, CELLS, made->buffers[MOST_COLUMNS + index]);
    type->dictionary = value_type;
    array->dictionary = take(in, 20) == 0 ? NULL : values;
}

static void make(producer *made, input *in) {
    const size_t columns = take(in, MOST_COLUMNS + 1);
    for (size_t i = 0; i < columns; i++) {
        make_column(made, in, i);
        made->child_types[i] = take(in, 60) == 0 ? NULL : &made->children[i];
        made->child_arrays[i] = take(in, 60) == 0 ? NULL : &made->arrays[i];
    }
    const void **validity = made->buffers[2 * MOST_COLUMNS];
    validity[0] = take(in, 2) == 0 ? NULL : bytes(made, in, (CELLS + 7) / 8);
    made->schema = (struct ArrowSchema){take(in, 20) == 0 ? "+l" : "+s",
                                        "",
                                        NULL,
                                        0,
                                        hostile(in, (int64_t)columns),
                                        made->child_types,
                                        NULL,
                                        release_type,
                                        made};
    made->array = (struct ArrowArray){hostile(in, take(in, MOST_ROWS + 1)),
                                      -1,
                                      hostile(in, take(in, MOST_OFFSET)),
                                      hostile(in, 1),
                                      hostile(in, (int64_t)columns),
                                      validity,
                                      made->child_arrays,
                                      NULL,
                                      release_array,
                                      made};
    /* A count above the honest one would let the library read pointers that no producer made. */
    if (made->schema.n_children > (int64_t)columns) made->schema.n_children = (int64_t)columns;
    if (made->array.n_children > (int64_t)columns) made->array.n_children = (int64_t)columns;
}

static void read_all(const custval_table *table) {
    for (size_t c = 0; c < custval_table_columns(table); c++) {
        custval_column column = CUSTVAL_COLUMN_INIT;
        DEMAND(custval_table_name(table, c) != NULL);
        DEMAND(custval_table_column(table, c, &column, NULL) == CUSTVAL_OK);
        for (size_t row = 0; row < custval_table_rows(table); row++) {
            volatile char last = 0;
            double number;
            custval_text text;
            const custval_status as_number = custval_table_number(table, c, row, &number, NULL);
            const custval_status as_text = custval_table_text(table, c, row, &text, NULL);
            DEMAND(as_number == CUSTVAL_OK || as_number == CUSTVAL_ERROR_TYPE);
            DEMAND(as_text == CUSTVAL_OK || as_text == CUSTVAL_ERROR_TYPE);
            for (size_t i = 0; text.data != NULL && i < text.length; i++) last = text.data[i];
            (void)last;
        }
    }
}

/* Exporting and importing again gives the same cells. */
static void round_trip(custval_table *table) {
    struct ArrowArray array = {0};
    struct ArrowSchema schema = {0};
    custval_table *again = NULL;
    const custval_status status = custval_table_export_arrow(table, &array, &schema, NULL);
    if (status != CUSTVAL_OK) {
        DEMAND(status == CUSTVAL_ERROR_TYPE && array.release == NULL && schema.release == NULL);
        return;
    }
    DEMAND(custval_table_import_arrow(NULL, &array, &schema, &again, NULL) == CUSTVAL_OK);
    DEMAND(custval_table_rows(again) == custval_table_rows(table));
    for (size_t c = 0; c < custval_table_columns(table); c++) {
        for (size_t row = 0; row < custval_table_rows(table); row++) {
            double a = 0, b = 0;
            custval_text s = {0}, t = {0};
            const custval_status first = custval_table_number(table, c, row, &a, NULL);
            DEMAND(custval_table_number(again, c, row, &b, NULL) == first);
            DEMAND(first != CUSTVAL_OK || a == b || (a != a && b != b));
            DEMAND(custval_table_text(table, c, row, &s, NULL) == custval_table_text(again, c, row, &t, NULL));
            DEMAND(s.length == t.length && (s.data == NULL) == (t.data == NULL));
            DEMAND(s.data == NULL || memcmp(s.data, t.data, s.length) == 0);
        }
    }
    custval_table_free(again);
}

/* An item for every column that has cells of numbers or of text; 0 if there is none. */
static int system_of(const custval_table *table, custval_system **out) {
    static const char *const classes[] = {"", "a"};
    static const double points[] = {0, 100};
    custval_builder *builder = NULL;
    custval_node_spec node = CUSTVAL_NODE_SPEC_INIT;
    int items = 0;
    DEMAND(custval_builder_new(NULL, NULL, &builder, NULL) == CUSTVAL_OK);
    node.id = "dimension";
    DEMAND(custval_builder_dimension(builder, CUSTVAL_SIDE_BENEFIT, &node, NULL) == CUSTVAL_OK);
    node.id = "indicator";
    DEMAND(custval_builder_indicator(builder, "dimension", &node, NULL) == CUSTVAL_OK);
    for (size_t c = 0; c < custval_table_columns(table) && custval_table_rows(table) > 0; c++) {
        double number;
        custval_text text;
        custval_item_spec item = CUSTVAL_ITEM_SPEC_INIT;
        custval_curve curve = CUSTVAL_CURVE_INIT;
        item.column = custval_table_name(table, c);
        item.curve = &curve;
        if (custval_table_number(table, c, 0, &number, NULL) == CUSTVAL_OK) {
            curve.type = CUSTVAL_CURVE_LOGISTIC;
            curve.parameters[1] = 1.0;
        } else if (custval_table_text(table, c, 0, &text, NULL) == CUSTVAL_OK) {
            curve.type = CUSTVAL_CURVE_TABLE;
            curve.categories = classes;
            curve.y = points;
            curve.count = 2;
        } else {
            continue;
        }
        items += custval_builder_item(builder, "indicator", &item, NULL) == CUSTVAL_OK;
    }
    if (items > 0) DEMAND(custval_builder_build(builder, out, NULL) == CUSTVAL_OK);
    custval_builder_free(builder);
    return items;
}

static void score(const custval_table *table) {
    custval_system *system = NULL;
    custval_table *scores = NULL;
    custval_error error = CUSTVAL_ERROR_INIT;
    if (system_of(table, &system) == 0) return;
    DEMAND(custval_score(system, table, NULL, &scores, &error) == CUSTVAL_OK);
    DEMAND(custval_table_rows(scores) == custval_table_rows(table));
    for (size_t row = 0; row < custval_table_rows(scores); row++) {
        double value = 0, status = 0;
        DEMAND(custval_table_number(scores, 0, row, &value, NULL) == CUSTVAL_OK);
        DEMAND(custval_table_number(scores, custval_table_columns(scores) - 1, row, &status, NULL) == CUSTVAL_OK);
        DEMAND((((uint32_t)status & CUSTVAL_ROW_NO_VALUE) != 0) == (value != value));
        DEMAND(value != value || (value >= 0.0 && value <= 100.0));
    }
    custval_table_free(scores);
    custval_system_free(system);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    input in = {data, size, 0};
    producer *made = calloc(1, sizeof *made);
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    DEMAND(made != NULL);
    make(made, &in);
    if (custval_table_import_arrow(NULL, &made->array, &made->schema, &table, &error) == CUSTVAL_OK) {
        DEMAND(made->array.release == NULL && made->schema.release == NULL);
        read_all(table);
        round_trip(table);
        score(table);
        custval_table_free(table);
        DEMAND(made->released_types == 1 && made->released_arrays == 1);
    } else {
        DEMAND(table == NULL && error.message[0] != '\0');
        DEMAND(made->released_types == 0 && made->released_arrays == 0);
    }
    for (size_t i = 0; i < made->memory_count; i++) free(made->memory[i]);
    free(made);
    return 0;
}
