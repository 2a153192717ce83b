/* Arrow in: what each type becomes, offsets and nulls of parent and child, and structs that must be refused. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "table/table.h"

/* ---- A producer ---- */

enum { ELEMENTS = 96, CHILDREN = 3 };

/* A struct array of up to three children over memory of its own, which counts the calls of its release callbacks. */
typedef struct producer {
    struct ArrowArray array, child[CHILDREN], dictionary;
    struct ArrowSchema schema, child_schema[CHILDREN], dictionary_schema;
    struct ArrowArray *children[CHILDREN];
    struct ArrowSchema *child_schemas[CHILDREN];
    const void *buffers[1], *child_buffers[CHILDREN][4], *dictionary_buffers[4];
    int arrays_released, schemas_released;
} producer;

static void release_child_array(struct ArrowArray *array) {
    array->release = NULL;
}

static void release_child_schema(struct ArrowSchema *schema) {
    schema->release = NULL;
}

static void release_array(struct ArrowArray *array) {
    producer *p = array->private_data;
    for (int64_t i = 0; i < array->n_children; i++) array->children[i]->release(array->children[i]);
    p->arrays_released++;
    array->release = NULL;
}

static void release_schema(struct ArrowSchema *schema) {
    producer *p = schema->private_data;
    for (int64_t i = 0; i < schema->n_children; i++) schema->children[i]->release(schema->children[i]);
    p->schemas_released++;
    schema->release = NULL;
}

static void start(producer *p, int64_t rows) {
    memset(p, 0, sizeof *p);
    p->array.length = rows;
    p->array.n_buffers = 1;
    p->array.buffers = p->buffers;
    p->array.children = p->children;
    p->array.release = release_array;
    p->schema.format = "+s";
    p->schema.children = p->child_schemas;
    p->schema.release = release_schema;
    p->array.private_data = p->schema.private_data = p;
}

static struct ArrowArray *add_child(producer *p, const char *name, const char *format, int64_t length,
                                    int64_t buffers) {
    const size_t i = (size_t)p->array.n_children;
    struct ArrowArray *array = &p->child[i];
    p->children[i] = array;
    p->child_schemas[i] = &p->child_schema[i];
    array->length = length;
    array->null_count = -1;
    array->n_buffers = buffers;
    array->buffers = p->child_buffers[i];
    array->release = release_child_array;
    p->child_schema[i].format = format;
    p->child_schema[i].name = name;
    p->child_schema[i].release = release_child_schema;
    p->array.n_children = p->schema.n_children = (int64_t)i + 1;
    return array;
}

static void add_dictionary(producer *p, const char *format, int64_t length, int64_t buffers) {
    const size_t i = (size_t)p->array.n_children - 1;
    p->child[i].dictionary = &p->dictionary;
    p->child_schema[i].dictionary = &p->dictionary_schema;
    p->dictionary.length = length;
    p->dictionary.null_count = -1;
    p->dictionary.n_buffers = buffers;
    p->dictionary.buffers = p->dictionary_buffers;
    p->dictionary.release = release_child_array;
    p->dictionary_schema.format = format;
    p->dictionary_schema.release = release_child_schema;
}

static custval_table *import(producer *p) {
    custval_table *table = NULL;
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_ok(custval_table_import_arrow(NULL, &p->array, &p->schema, &table, &error), &error);
    assert_null(p->array.release);
    assert_null(p->schema.release);
    return table;
}

/* ---- One value per element, in every layout ---- */

/* Element i is the number i, the bit i % 3 == 0, or the text "ti", longer than a view holds when i is odd. */
typedef struct values {
    int8_t int8[ELEMENTS];
    int16_t int16[ELEMENTS];
    int32_t int32[ELEMENTS];
    int64_t int64[ELEMENTS];
    float float32[ELEMENTS];
    double float64[ELEMENTS];
    uint8_t bits[ELEMENTS / 8];
    char bytes[ELEMENTS * 24];
    int32_t ends[ELEMENTS + 1];
    int64_t large_ends[ELEMENTS + 1];
    int32_t views[ELEMENTS][4];
    int64_t view_sizes[1];
} values;

static int text_of(size_t i, char out[24]) {
    return snprintf(out, 24, i % 2 == 1 ? "t%d, a long text" : "t%d", (int)i);
}

static void make_values(values *v) {
    size_t end = 0;
    memset(v, 0, sizeof *v);
    for (size_t i = 0; i < ELEMENTS; i++) {
        char text[24];
        const int length = text_of(i, text);
        v->int8[i] = (int8_t)i;
        v->int16[i] = (int16_t)i;
        v->int32[i] = (int32_t)i;
        v->int64[i] = (int64_t)i;
        v->float32[i] = (float)i;
        v->float64[i] = (double)i;
        if (i % 3 == 0) v->bits[i / 8] |= (uint8_t)(1 << i % 8);
        memcpy(v->bytes + end, text, (size_t)length);
        v->views[i][0] = length;
        memcpy(&v->views[i][1], text, length <= 12 ? (size_t)length : 4);
        if (length > 12) v->views[i][3] = (int32_t)end;
        end += (size_t)length;
        v->ends[i + 1] = (int32_t)end;
        v->large_ends[i + 1] = (int64_t)end;
    }
    v->view_sizes[0] = (int64_t)end;
}

typedef struct layout {
    const char *format, *dictionary; /* dictionary: format of its values, or NULL */
    int64_t buffers;
    char reads; /* as n number, b bit, t text */
} layout;

static const layout layouts[] = {
    {"c", NULL, 2, 'n'}, {"C", NULL, 2, 'n'}, {"s", NULL, 2, 'n'}, {"S", NULL, 2, 'n'},  {"i", NULL, 2, 'n'},
    {"I", NULL, 2, 'n'}, {"l", NULL, 2, 'n'}, {"L", NULL, 2, 'n'}, {"f", NULL, 2, 'n'},  {"g", NULL, 2, 'n'},
    {"b", NULL, 2, 'b'}, {"u", NULL, 3, 't'}, {"U", NULL, 3, 't'}, {"vu", NULL, 4, 't'}, {"c", "u", 2, 't'},
    {"C", "U", 2, 't'},  {"s", "vu", 2, 't'}, {"S", "u", 2, 't'},  {"i", "U", 2, 't'},   {"I", "vu", 2, 't'},
    {"l", "u", 2, 't'},  {"L", "u", 2, 't'},
};
enum { LAYOUTS = SUPPORT_COUNT(layouts) };

static int64_t set_buffers(const values *v, const char *format, const void **buffers) {
    buffers[0] = NULL;
    if (strcmp(format, "vu") == 0) {
        buffers[1] = v->views;
        buffers[2] = v->bytes;
        buffers[3] = v->view_sizes;
        return 4;
    }
    switch (format[0]) {
    case 'c':
    case 'C': buffers[1] = v->int8; return 2;
    case 's':
    case 'S': buffers[1] = v->int16; return 2;
    case 'i':
    case 'I': buffers[1] = v->int32; return 2;
    case 'l':
    case 'L': buffers[1] = v->int64; return 2;
    case 'f': buffers[1] = v->float32; return 2;
    case 'g': buffers[1] = v->float64; return 2;
    case 'b': buffers[1] = v->bits; return 2;
    case 'u': buffers[1] = v->ends; break;
    default: buffers[1] = v->large_ends; break;
    }
    buffers[2] = v->bytes;
    return 3;
}

static void add_layout(producer *p, const values *v, const layout *of, const char *name, int64_t length) {
    const size_t i = (size_t)p->array.n_children;
    struct ArrowArray *child = add_child(p, name, of->format, length, 0);
    child->n_buffers = set_buffers(v, of->format, p->child_buffers[i]);
    if (of->dictionary == NULL) return;
    add_dictionary(p, of->dictionary, ELEMENTS, 0);
    p->dictionary.n_buffers = set_buffers(v, of->dictionary, p->dictionary_buffers);
}

static void check_cell(const custval_table *table, char reads, size_t row, size_t element, int present) {
    if (reads == 't') {
        char expected[24];
        const int length = text_of(element, expected);
        custval_text text;
        assert_ok(custval_table_text(table, 0, row, &text, NULL), NULL);
        assert_true((text.data != NULL) == present);
        if (!present) return;
        assert_int_equal(text.length, length);
        assert_memory_equal(text.data, expected, text.length);
        return;
    }
    double number = -1;
    assert_ok(custval_table_number(table, 0, row, &number, NULL), NULL);
    const double expected = reads == 'b' ? element % 3 == 0 : (double)element;
    assert_true(present ? number == expected : isnan(number));
}

static int bit(const uint8_t *bitmap, size_t at) {
    return bitmap == NULL || (bitmap[at / 8] & (1 << at % 8)) != 0;
}

static void every_type_is_read_with_offsets_and_nulls_of_table_and_column(void **unused) {
    enum { ROWS = 40 };
    static const int64_t table_offsets[] = {0, 1, 9}, column_offsets[] = {0, 1, 8, 11};
    static const uint8_t table_bits[] = {0xb7, 0x6d, 0xff, 0x00, 0xee, 0x3f, 0xff};
    static const uint8_t column_bits[] = {0xfb, 0xdf, 0x77, 0xff, 0x0f, 0xbf, 0xfe, 0xff, 0xff};
    static values v;
    (void)unused;
    make_values(&v);
    for (size_t k = 0; k < LAYOUTS; k++) {
        for (int combination = 0; combination < 3 * 4 * 4; combination++) {
            producer p;
            start(&p, ROWS);
            add_layout(&p, &v, &layouts[k], "x", ELEMENTS / 2 + 9);
            const int64_t skip = table_offsets[combination % 3], offset = column_offsets[combination / 3 % 4];
            const uint8_t *whole = combination / 12 % 2 ? table_bits : NULL;
            const uint8_t *own = combination / 24 ? column_bits : NULL;
            p.array.offset = skip;
            p.array.null_count = whole == NULL ? 0 : -1;
            p.buffers[0] = whole;
            p.child[0].offset = offset;
            p.child_buffers[0][0] = own;
            custval_table *table = import(&p);
            assert_int_equal(custval_table_rows(table), ROWS);
            for (size_t row = 0; row < ROWS; row++) {
                const size_t element = row + (size_t)(skip + offset);
                check_cell(table, layouts[k].reads, row, element, bit(whole, row + (size_t)skip) && bit(own, element));
            }
            assert_int_equal(p.arrays_released, 0);
            custval_table_free(table);
            assert_int_equal(p.arrays_released, 1);
            assert_int_equal(p.schemas_released, 1);
        }
    }
}

static void columns_are_not_copied(void **unused) {
    static values v;
    producer p;
    (void)unused;
    make_values(&v);
    start(&p, 10);
    add_layout(&p, &v, &layouts[9], "x", 30);
    p.child[0].offset = 5;
    custval_table *table = import(&p);
    custval_column column = CUSTVAL_COLUMN_INIT;
    assert_ok(custval_table_column(table, 0, &column, NULL), NULL);
    assert_ptr_equal(column.data, v.float64);
    assert_int_equal(column.offset, 5);
    assert_string_equal(custval_table_name(table, 0), "x");
    custval_table_free(table);
}

static void a_bitmap_is_not_looked_at_when_the_null_count_is_zero(void **unused) {
    static const uint8_t none[ELEMENTS / 8] = {0};
    static values v;
    producer p;
    (void)unused;
    make_values(&v);
    start(&p, 10);
    add_layout(&p, &v, &layouts[9], "x", 30);
    p.child[0].null_count = 0;
    p.child_buffers[0][0] = none;
    p.buffers[0] = none; /* null_count of the table is 0, too */
    custval_table *table = import(&p);
    check_cell(table, 'n', 3, 3, 1);
    custval_table_free(table);
}

static void a_table_without_rows_may_have_no_buffers_at_all(void **unused) {
    (void)unused;
    for (size_t k = 0; k < LAYOUTS; k++) {
        static values v;
        producer p;
        start(&p, 0);
        add_layout(&p, &v, &layouts[k], "x", 0);
        memset(p.child_buffers, 0, sizeof p.child_buffers);
        memset(p.dictionary_buffers, 0, sizeof p.dictionary_buffers);
        p.dictionary.length = 0;
        p.dictionary.buffers = p.child[0].buffers = p.array.buffers = NULL;
        p.array.null_count = -1;
        custval_table *table = import(&p);
        assert_int_equal(custval_table_rows(table), 0);
        assert_int_equal(custval_table_columns(table), 1);
        custval_table_free(table);
    }
}

static void a_table_without_columns_keeps_its_rows(void **unused) {
    producer p;
    (void)unused;
    start(&p, 7);
    p.array.children = NULL;
    p.schema.children = NULL;
    custval_table *table = import(&p);
    assert_int_equal(custval_table_rows(table), 7);
    assert_int_equal(custval_table_columns(table), 0);
    custval_table_free(table);
}

static void a_null_column_reads_as_missing_numbers_and_missing_texts(void **unused) {
    static const uint8_t whole[2] = {0xff, 0xff};
    producer p;
    double number = 0, scratch[9];
    custval_text text = {"x", 1};
    char words[128];
    (void)unused;
    start(&p, 9);
    add_child(&p, "x", "n", 9, 0);
    p.array.null_count = -1;
    p.buffers[0] = whole;
    custval_table *table = import(&p);
    for (size_t row = 0; row < 9; row++) {
        assert_ok(custval_table_number(table, 0, row, &number, NULL), NULL);
        assert_true(isnan(number));
        assert_ok(custval_table_text(table, 0, row, &text, NULL), NULL);
        assert_null(text.data);
    }
    assert_true(isnan(custval__table_doubles(table, 0, 0, 9, scratch)[8]));
    assert_string_equal(custval__table_type_words(table, 0, words, sizeof words), "nothing");
    custval_table_free(table);
}

static void views_are_checked_against_the_sizes_of_their_buffers(void **unused) {
    static const int32_t views[3][4] = {{13, 0, 0, 0}, {13, 0, 0, 1}, {14, 0, 0, 0}};
    static const int64_t sizes[] = {13};
    producer p;
    (void)unused;
    start(&p, 3);
    add_child(&p, "x", "vu", 3, 4);
    p.child_buffers[0][1] = views;
    p.child_buffers[0][2] = "thirteen byte";
    p.child_buffers[0][3] = sizes;
    custval_table *table = import(&p);
    for (size_t row = 0; row < 3; row++) {
        custval_text text;
        assert_int_equal(custval__table_get_text(table, 0, row, &text), row == 0);
    }
    custval_table_free(table);
}

/* ---- Types that are kept but not read ---- */

static void other_types_are_kept_and_named_when_used(void **unused) {
    static const struct {
        const char *format, *words;
    } cases[] = {
        {"e", "float16 (\"e\")"},
        {"z", "binary (\"z\")"},
        {"Z", "large binary (\"Z\")"},
        {"vz", "binary view (\"vz\")"},
        {"d:19,10", "decimal (\"d:19,10\")"},
        {"w:42", "fixed-size binary (\"w:42\")"},
        {"ttu", "time of day (\"ttu\")"},
        {"tDn", "duration (\"tDn\")"},
        {"tiM", "interval (\"tiM\")"},
        {"+l", "list (\"+l\")"},
        {"+L", "large list (\"+L\")"},
        {"+vl", "list view (\"+vl\")"},
        {"+vL", "large list view (\"+vL\")"},
        {"+w:3", "fixed-size list (\"+w:3\")"},
        {"+s", "struct (\"+s\")"},
        {"+m", "map (\"+m\")"},
        {"+ud:0,1", "dense union (\"+ud:0,1\")"},
        {"+us:0,1", "sparse union (\"+us:0,1\")"},
        {"+r", "run-end encoded (\"+r\")"},
        {"", "unknown (\"\")"},
        {"gg", "unknown (\"gg\")"},
        {"\xff", "unknown (\"\")"},
        {"+us:0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16", "sparse union (\"+us:0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,1\")"},
    };
    (void)unused;
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        producer p;
        char words[128], expected[256];
        custval_error error = CUSTVAL_ERROR_INIT;
        double number = 0;
        custval_text text;
        custval_column column = CUSTVAL_COLUMN_INIT;
        start(&p, 2);
        add_child(&p, "joined", cases[i].format, 2, 1);
        custval_table *table = import(&p);
        (void)snprintf(expected, sizeof expected, "Arrow type %s", cases[i].words);
        assert_string_equal(custval__table_type_words(table, 0, words, sizeof words), expected);
        (void)snprintf(expected, sizeof expected,
                       "column \"joined\" has Arrow type %s, which cannot be read here: convert it to a number or text",
                       cases[i].words);
        assert_status(custval_table_number(table, 0, 0, &number, &error), CUSTVAL_ERROR_TYPE, &error);
        assert_string_equal(error.message, expected);
        assert_status(custval_table_text(table, 0, 0, &text, &error), CUSTVAL_ERROR_TYPE, &error);
        assert_string_equal(error.message, expected);
        assert_ok(custval_table_column(table, 0, &column, NULL), NULL);
        assert_int_equal(column.type, CUSTVAL_TYPE_UNSUPPORTED);
        custval_table_free(table);
    }
}

/* Dates and timestamps keep their type and go out as they came in, but are no numbers and no text. */
static void times_are_kept_and_named_when_used(void **unused) {
    static const struct {
        const char *format;
        uint32_t type;
        const char *words;
    } cases[] = {
        {"tdD", CUSTVAL_TYPE_DATE32, "date (\"tdD\")"},
        {"tdm", CUSTVAL_TYPE_DATE64, "date (\"tdm\")"},
        {"tss:", CUSTVAL_TYPE_TIMESTAMP_S, "timestamp (\"tss:\")"},
        {"tsm:Europe/Berlin", CUSTVAL_TYPE_TIMESTAMP_MS, "timestamp (\"tsm:Europe/Berlin\")"},
        {"tsu:UTC", CUSTVAL_TYPE_TIMESTAMP_US, "timestamp (\"tsu:UTC\")"},
        {"tsn:+07:30", CUSTVAL_TYPE_TIMESTAMP_NS, "timestamp (\"tsn:+07:30\")"},
    };
    static const int64_t times[2] = {-1, INT64_C(0x0123456789abcdef)};
    (void)unused;
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        producer p;
        char expected[256];
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_column column = CUSTVAL_COLUMN_INIT;
        struct ArrowArray array;
        struct ArrowSchema schema;
        double number;
        int64_t integer;
        start(&p, 2);
        add_child(&p, "joined", cases[i].format, 2, 2);
        p.child_buffers[0][1] = times;
        custval_table *table = import(&p);
        (void)snprintf(expected, sizeof expected,
                       "column \"joined\" has Arrow type %s, which cannot be read here: convert it to a number or text",
                       cases[i].words);
        assert_status(custval_table_number(table, 0, 0, &number, &error), CUSTVAL_ERROR_TYPE, &error);
        assert_string_equal(error.message, expected);
        assert_ok(custval_table_column(table, 0, &column, NULL), NULL);
        assert_int_equal(column.type, cases[i].type);
        assert_int_equal(custval__table_get_integer(table, 0, 0, &integer), 1);
        assert_true(integer == -1);
        assert_ok(custval_table_export_arrow(table, &array, &schema, NULL), NULL);
        custval_table_free(table);
        assert_string_equal(schema.children[0]->format, cases[i].format);
        assert_ptr_equal(array.children[0]->buffers[1], times);
        array.release(&array);
        assert_string_equal(schema.children[0]->format, cases[i].format); /* it outlives the table */
        schema.release(&schema);
    }
}

static void dictionaries_of_other_than_text_are_kept_and_named(void **unused) {
    static const struct {
        const char *index, *format;
        int nested;
        const char *words;
    } cases[] = {
        {"c", "l", 0, "Arrow type dictionary of int64 (\"l\")"},
        {"c", "tsn:", 0, "Arrow type dictionary of timestamp (\"tsn:\")"},
        {"c", "u", 1, "Arrow type dictionary of dictionaries"},
        {"c", NULL, 0, "Arrow type dictionary of unknown (\"\")"},
        {"g", "u", 0, "Arrow type dictionary of utf8 (\"u\")"},
    };
    (void)unused;
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        producer p;
        char words[128];
        struct ArrowSchema nested = {.format = "u", .release = release_child_schema};
        start(&p, 2);
        add_child(&p, "x", cases[i].index, 2, 2);
        add_dictionary(&p, cases[i].format, 2, 3);
        if (cases[i].nested) p.dictionary_schema.dictionary = &nested;
        custval_table *table = import(&p);
        assert_string_equal(custval__table_type_words(table, 0, words, sizeof words), cases[i].words);
        assert_false(custval__table_is_text(table, 0));
        assert_false(custval__table_is_number(table, 0));
        custval_table_free(table);
    }
}

/* ---- What must be refused ---- */

static void spoil_array_released(producer *p) {
    p->array.release = NULL;
}
static void spoil_schema_released(producer *p) {
    p->schema.release = NULL;
}
static void spoil_format_null(producer *p) {
    p->schema.format = NULL;
}
static void spoil_not_a_struct(producer *p) {
    p->schema.format = "+l";
}
static void spoil_length(producer *p) {
    p->array.length = -1;
}
static void spoil_offset(producer *p) {
    p->array.offset = -1;
}
static void spoil_length_huge(producer *p) {
    p->array.length = INT64_MAX;
}
static void spoil_offset_overflow(producer *p) {
    p->array.offset = INT64_MAX - 1;
}
static void spoil_buffers(producer *p) {
    p->array.n_buffers = 0;
}
static void spoil_children_negative(producer *p) {
    p->array.n_children = p->schema.n_children = -1;
}
static void spoil_children_unlike(producer *p) {
    p->array.n_children = 1;
}
static void spoil_children_null(producer *p) {
    p->array.children = NULL;
}
static void spoil_schema_children_null(producer *p) {
    p->schema.children = NULL;
}
static void spoil_null_count(producer *p) {
    p->array.null_count = 1;
}
static void spoil_child_null(producer *p) {
    p->children[1] = NULL;
}
static void spoil_child_schema_null(producer *p) {
    p->child_schemas[1] = NULL;
}
static void spoil_child_released(producer *p) {
    p->child[1].release = NULL;
}
static void spoil_child_schema_released(producer *p) {
    p->child_schema[1].release = NULL;
}
static void spoil_name_null(producer *p) {
    p->child_schema[1].name = NULL;
}
static void spoil_name_empty(producer *p) {
    p->child_schema[1].name = "";
}
static void spoil_name_bytes(producer *p) {
    p->child_schema[1].name = "\xff";
}
static void spoil_name_twice(producer *p) {
    p->child_schema[1].name = "first";
}
static void spoil_child_format(producer *p) {
    p->child_schema[1].format = NULL;
}
static void spoil_child_length(producer *p) {
    p->child[1].length = -5;
}
static void spoil_child_offset(producer *p) {
    p->child[1].offset = -5;
}
static void spoil_child_overflow(producer *p) {
    p->child[1].offset = INT64_MAX;
}
static void spoil_child_short(producer *p) {
    p->child[1].length = 3;
}
static void spoil_child_short_of_offset(producer *p) {
    p->array.offset = 1;
}
static void spoil_child_short_of_skip(producer *p) {
    p->array.offset = 5;
}
static void spoil_child_buffers(producer *p) {
    p->child[1].n_buffers = 3;
}
static void spoil_child_buffers_negative(producer *p) {
    p->child[1].n_buffers = -2;
}
static void spoil_child_buffer_list(producer *p) {
    p->child[1].buffers = NULL;
}
static void spoil_child_data(producer *p) {
    p->child_buffers[1][1] = NULL;
}
static void spoil_child_null_count(producer *p) {
    p->child[1].null_count = 2;
}
static void spoil_text_buffers(producer *p) {
    p->child[2].n_buffers = 2;
}
static void spoil_text_offsets(producer *p) {
    p->child_buffers[2][1] = NULL;
}
static void spoil_dictionary_null(producer *p) {
    add_dictionary(p, "u", 2, 3);
    p->child_schema[2].format = "c";
    p->child[2].n_buffers = 2;
    p->child[2].dictionary = NULL;
}
static void spoil_dictionary_released(producer *p) {
    spoil_dictionary_null(p);
    p->child[2].dictionary = &p->dictionary;
    p->dictionary.release = NULL;
}
static void spoil_dictionary_length(producer *p) {
    spoil_dictionary_null(p);
    p->child[2].dictionary = &p->dictionary;
    p->dictionary.length = -1;
}
static void spoil_dictionary_buffers(producer *p) {
    spoil_dictionary_null(p);
    p->child[2].dictionary = &p->dictionary;
    p->dictionary.n_buffers = 1;
}
static void spoil_dictionary_offsets(producer *p) {
    spoil_dictionary_null(p);
    p->child[2].dictionary = &p->dictionary;
}
static void spoil_view_buffers(producer *p) {
    p->child_schema[2].format = "vu";
    p->child[2].n_buffers = 2;
}

static void spoiled_structs_are_refused_and_left_alone(void **unused) {
    static const struct {
        void (*spoil)(producer *p);
        custval_status status;
        const char *message;
    } cases[] = {
        {spoil_array_released, CUSTVAL_ERROR_ARGUMENT, "the Arrow array is released"},
        {spoil_schema_released, CUSTVAL_ERROR_ARGUMENT, "the Arrow schema is released"},
        {spoil_format_null, CUSTVAL_ERROR_ARGUMENT, "the Arrow schema's format is NULL"},
        {spoil_not_a_struct, CUSTVAL_ERROR_TYPE,
         "a table must come as an Arrow struct, but this is Arrow type list (\"+l\")"},
        {spoil_length, CUSTVAL_ERROR_ARGUMENT, "length -1, offset 0 and n_buffers 1 must not be negative"},
        {spoil_offset, CUSTVAL_ERROR_ARGUMENT, "length 4, offset -1 and"},
        {spoil_length_huge, CUSTVAL_ERROR_ARGUMENT, "does not fit memory"},
        {spoil_offset_overflow, CUSTVAL_ERROR_ARGUMENT, "does not fit memory"},
        {spoil_buffers, CUSTVAL_ERROR_ARGUMENT, "the Arrow array: n_buffers is 0 instead of 1"},
        {spoil_children_negative, CUSTVAL_ERROR_ARGUMENT, "n_children -1"},
        {spoil_children_unlike, CUSTVAL_ERROR_ARGUMENT,
         "the Arrow array has n_children 1, its schema has n_children 3"},
        {spoil_children_null, CUSTVAL_ERROR_ARGUMENT, "the Arrow array has n_children 3 and children NULL"},
        {spoil_schema_children_null, CUSTVAL_ERROR_ARGUMENT, "the Arrow schema has n_children 3 and children NULL"},
        {spoil_null_count, CUSTVAL_ERROR_ARGUMENT, "the Arrow array: null_count is 1, but there is no validity bitmap"},
        {spoil_child_null, CUSTVAL_ERROR_ARGUMENT, "child 1 of the array is NULL"},
        {spoil_child_schema_null, CUSTVAL_ERROR_ARGUMENT, "child 1 of the schema is NULL"},
        {spoil_child_released, CUSTVAL_ERROR_ARGUMENT, "child 1 of the array is released"},
        {spoil_child_schema_released, CUSTVAL_ERROR_ARGUMENT, "child 1 of the schema is released"},
        {spoil_name_null, CUSTVAL_ERROR_ARGUMENT, "the name of column 1 is NULL"},
        {spoil_name_empty, CUSTVAL_ERROR_ARGUMENT, "the name of column 1 is empty"},
        {spoil_name_bytes, CUSTVAL_ERROR_ARGUMENT, "the name of column 1 is not well-formed UTF-8"},
        {spoil_name_twice, CUSTVAL_ERROR_DUPLICATE, "columns 0 and 1 are both named \"first\""},
        {spoil_child_format, CUSTVAL_ERROR_ARGUMENT, "column \"second\": its Arrow format is NULL"},
        {spoil_child_length, CUSTVAL_ERROR_ARGUMENT, "column \"second\": length -5, offset 0"},
        {spoil_child_offset, CUSTVAL_ERROR_ARGUMENT, "column \"second\": length 4, offset -5"},
        {spoil_child_overflow, CUSTVAL_ERROR_ARGUMENT, "column \"second\": length 4 after offset"},
        {spoil_child_short, CUSTVAL_ERROR_ARGUMENT,
         "column \"second\" has 3 elements, too few for the table's offset 0 and 4 rows"},
        {spoil_child_short_of_offset, CUSTVAL_ERROR_ARGUMENT,
         "column \"first\" has 4 elements, too few for the table's offset 1"},
        {spoil_child_short_of_skip, CUSTVAL_ERROR_ARGUMENT,
         "column \"first\" has 4 elements, too few for the table's offset 5"},
        {spoil_child_buffers, CUSTVAL_ERROR_ARGUMENT, "column \"second\": n_buffers is 3 instead of 2"},
        {spoil_child_buffers_negative, CUSTVAL_ERROR_ARGUMENT, "n_buffers -2 must not be negative"},
        {spoil_child_buffer_list, CUSTVAL_ERROR_ARGUMENT, "column \"second\": data is NULL, but there are 4 elements"},
        {spoil_child_data, CUSTVAL_ERROR_ARGUMENT, "column \"second\": data is NULL, but there are 4 elements"},
        {spoil_child_null_count, CUSTVAL_ERROR_ARGUMENT,
         "column \"second\": null_count is 2, but there is no validity bitmap"},
        {spoil_text_buffers, CUSTVAL_ERROR_ARGUMENT, "column \"third\": n_buffers is 2 instead of 3"},
        {spoil_text_offsets, CUSTVAL_ERROR_ARGUMENT, "column \"third\": offsets is NULL, but there are 4 elements"},
        {spoil_dictionary_null, CUSTVAL_ERROR_ARGUMENT, "column \"third\": the dictionary is NULL"},
        {spoil_dictionary_released, CUSTVAL_ERROR_ARGUMENT, "column \"third\": the dictionary is released"},
        {spoil_dictionary_length, CUSTVAL_ERROR_ARGUMENT, "column \"third\": length -1"},
        {spoil_dictionary_buffers, CUSTVAL_ERROR_ARGUMENT, "column \"third\": n_buffers is 1 instead of 3"},
        {spoil_dictionary_offsets, CUSTVAL_ERROR_ARGUMENT,
         "column \"third\": offsets is NULL, but there are 2 elements"},
        {spoil_view_buffers, CUSTVAL_ERROR_ARGUMENT, "column \"third\": n_buffers is 2 instead of 3"},
    };
    static values v;
    (void)unused;
    make_values(&v);
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        producer p;
        custval_table *table = (custval_table *)(uintptr_t)&p;
        custval_error error = CUSTVAL_ERROR_INIT;
        start(&p, 4);
        add_layout(&p, &v, &layouts[9], "first", 4);
        add_layout(&p, &v, &layouts[4], "second", 4);
        add_layout(&p, &v, &layouts[11], "third", 4);
        cases[i].spoil(&p);
        const producer before = p;
        assert_status(custval_table_import_arrow(NULL, &p.array, &p.schema, &table, &error), cases[i].status, &error);
        assert_null(table);
        assert_message(&error, cases[i].message);
        assert_memory_equal(&p, &before, sizeof p);
    }
}

static void null_arguments_are_refused(void **unused) {
    producer p;
    custval_table *table = NULL;
    (void)unused;
    start(&p, 1);
    assert_status(custval_table_import_arrow(NULL, NULL, &p.schema, &table, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    assert_status(custval_table_import_arrow(NULL, &p.array, NULL, &table, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    assert_status(custval_table_import_arrow(NULL, &p.array, &p.schema, NULL, NULL), CUSTVAL_ERROR_ARGUMENT, NULL);
    assert_non_null(p.array.release);
}

/* ---- Memory ---- */

static custval_status import_all_kinds(const custval_host *host, void *data) {
    static const uint8_t bits[ELEMENTS / 8] = {0xfe, 0xff, 0xff};
    static const int32_t days[8] = {0};
    producer p;
    custval_table *table = (custval_table *)(uintptr_t)&p;
    start(&p, 4);
    add_child(&p, "null", "n", 4, 0);
    add_child(&p, "date", "tdD", 4, 2);
    p.child_buffers[1][1] = days;
    add_layout(&p, data, &layouts[14], "class", 4);
    p.array.null_count = -1;
    p.buffers[0] = bits;
    p.child_buffers[2][0] = bits;
    const custval_status status = custval_table_import_arrow(host, &p.array, &p.schema, &table, NULL);
    assert_true((table != NULL) == (status == CUSTVAL_OK));
    assert_true((p.array.release == NULL) == (status == CUSTVAL_OK));
    assert_true((p.schema.release == NULL) == (status == CUSTVAL_OK));
    custval_table_free(table);
    assert_int_equal(p.arrays_released, status == CUSTVAL_OK);
    return status;
}

static void structs_are_left_alone_and_nothing_leaks_when_memory_runs_out(void **unused) {
    static values v;
    (void)unused;
    make_values(&v);
    support_exhaust_memory(import_all_kinds, &v);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_type_is_read_with_offsets_and_nulls_of_table_and_column),
        cmocka_unit_test(columns_are_not_copied),
        cmocka_unit_test(a_bitmap_is_not_looked_at_when_the_null_count_is_zero),
        cmocka_unit_test(a_table_without_rows_may_have_no_buffers_at_all),
        cmocka_unit_test(a_table_without_columns_keeps_its_rows),
        cmocka_unit_test(a_null_column_reads_as_missing_numbers_and_missing_texts),
        cmocka_unit_test(views_are_checked_against_the_sizes_of_their_buffers),
        cmocka_unit_test(other_types_are_kept_and_named_when_used),
        cmocka_unit_test(times_are_kept_and_named_when_used),
        cmocka_unit_test(dictionaries_of_other_than_text_are_kept_and_named),
        cmocka_unit_test(spoiled_structs_are_refused_and_left_alone),
        cmocka_unit_test(null_arguments_are_refused),
        cmocka_unit_test(structs_are_left_alone_and_nothing_leaks_when_memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
