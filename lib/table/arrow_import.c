/* Arrow C Data Interface in: a struct array becomes a table over the producer's own buffers. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "table.h"

#include <string.h>

#include "../base/error.h"
#include "../base/text.h"

/* ---- Formats ---- */

typedef struct arrow_type {
    const char *format;
    uint32_t type;
    int64_t buffers; /* with the validity bitmap; of views at least */
} arrow_type;

static const arrow_type readable[] = {
    {"c", CUSTVAL_TYPE_INT8, 2},       {"C", CUSTVAL_TYPE_UINT8, 2},      {"s", CUSTVAL_TYPE_INT16, 2},
    {"S", CUSTVAL_TYPE_UINT16, 2},     {"i", CUSTVAL_TYPE_INT32, 2},      {"I", CUSTVAL_TYPE_UINT32, 2},
    {"l", CUSTVAL_TYPE_INT64, 2},      {"L", CUSTVAL_TYPE_UINT64, 2},     {"f", CUSTVAL_TYPE_FLOAT32, 2},
    {"g", CUSTVAL_TYPE_FLOAT64, 2},    {"b", CUSTVAL_TYPE_BOOL, 2},       {"u", CUSTVAL_TYPE_UTF8, 3},
    {"U", CUSTVAL_TYPE_LARGE_UTF8, 3}, {"vu", CUSTVAL_TYPE_UTF8_VIEW, 3}, {"tdD", CUSTVAL_TYPE_DATE32, 2},
    {"tdm", CUSTVAL_TYPE_DATE64, 2},
};

/* Prefixes: a time zone may follow. */
static const arrow_type timestamps[] = {
    {"tss:", CUSTVAL_TYPE_TIMESTAMP_S, 2},
    {"tsm:", CUSTVAL_TYPE_TIMESTAMP_MS, 2},
    {"tsu:", CUSTVAL_TYPE_TIMESTAMP_US, 2},
    {"tsn:", CUSTVAL_TYPE_TIMESTAMP_NS, 2},
};

static const arrow_type *find_type(const char *format) {
    for (size_t i = 0; i < sizeof readable / sizeof readable[0]; i++) {
        if (strcmp(readable[i].format, format) == 0) return &readable[i];
    }
    for (size_t i = 0; i < sizeof timestamps / sizeof timestamps[0]; i++) {
        if (strncmp(timestamps[i].format, format, strlen(timestamps[i].format)) == 0) return &timestamps[i];
    }
    return NULL;
}

/* Names of the formats that are no numbers and no text. Those that end in ':' or go on with a unit are prefixes. */
static const struct {
    const char *format;
    int prefix;
    const char *name;
} unreadable[] = {
    {"n", 0, "null"},
    {"e", 0, "float16"},
    {"z", 0, "binary"},
    {"Z", 0, "large binary"},
    {"vz", 0, "binary view"},
    {"d:", 1, "decimal"},
    {"w:", 1, "fixed-size binary"},
    {"tdD", 0, "date"},
    {"tdm", 0, "date"},
    {"tt", 1, "time of day"},
    {"ts", 1, "timestamp"},
    {"tD", 1, "duration"},
    {"ti", 1, "interval"},
    {"+l", 0, "list"},
    {"+L", 0, "large list"},
    {"+vl", 0, "list view"},
    {"+vL", 0, "large list view"},
    {"+w:", 1, "fixed-size list"},
    {"+s", 0, "struct"},
    {"+m", 0, "map"},
    {"+ud:", 1, "dense union"},
    {"+us:", 1, "sparse union"},
    {"+r", 0, "run-end encoded"},
};

static const char *format_name(const char *format) {
    for (size_t i = 0; i < sizeof unreadable / sizeof unreadable[0]; i++) {
        const char *known = unreadable[i].format;
        const int same = unreadable[i].prefix ? strncmp(known, format, strlen(known)) == 0 : strcmp(known, format) == 0;
        if (same) return unreadable[i].name;
    }
    const arrow_type *type = find_type(format);
    return type == NULL ? "unknown" : custval_type_name(type->type);
}

#define WORDS_SIZE 96

/* Words such as  timestamp ("tsu:UTC")  or  dictionary of int64 ("l"). Returns its first argument. */
static const char *describe(char words[WORDS_SIZE], const struct ArrowSchema *schema) {
    enum { FORMAT_MOST = 40 };
    const struct ArrowSchema *values = schema->dictionary == NULL ? schema : schema->dictionary;
    const char *format = values->format == NULL ? "" : values->format;
    size_t shown = strlen(format);
    if (!custval__utf8_valid(format, shown)) shown = 0;
    if (shown > FORMAT_MOST) shown = custval__utf8_cut(format, FORMAT_MOST);
    if (values->dictionary != NULL) {
        custval__format(words, WORDS_SIZE, "dictionary of dictionaries");
    } else {
        custval__format(words, WORDS_SIZE, "%s%s (\"%.*s\")", values == schema ? "" : "dictionary of ",
                        format_name(format), (int)shown, format);
    }
    return words;
}

/* ---- Checks of one pair of structs ---- */

static const void *buffer(const struct ArrowArray *array, int64_t index) {
    return array->buffers == NULL ? NULL : array->buffers[index];
}

/* Offset and length as sizes, and that a bitmap is there if there are nulls. `what` names the array in messages. */
static custval_status read_counts(const struct ArrowArray *array, const char *what, size_t *offset, size_t *length,
                                  custval_error *error) {
    if (array->length < 0 || array->offset < 0 || array->n_buffers < 0) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT,
                             "%s: length %lld, offset %lld and n_buffers %lld must not be negative", what,
                             (long long)array->length, (long long)array->offset, (long long)array->n_buffers);
    }
    const uint64_t most = CUSTVAL__ROWS_MOST;
    if ((uint64_t)array->offset > most || (uint64_t)array->length > most - (uint64_t)array->offset) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "%s: length %lld after offset %lld does not fit memory",
                             what, (long long)array->length, (long long)array->offset);
    }
    *offset = (size_t)array->offset;
    *length = (size_t)array->length;
    return CUSTVAL_OK;
}

static custval_status fail_buffers(const struct ArrowArray *array, const char *what, int64_t wanted,
                                   custval_error *error) {
    return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "%s: n_buffers is %lld instead of %lld", what,
                         (long long)array->n_buffers, (long long)wanted);
}

/* The bitmap, or NULL if nothing is null. */
static custval_status read_validity(const struct ArrowArray *array, const char *what, const uint8_t **validity,
                                    custval_error *error) {
    *validity = array->null_count == 0 ? NULL : buffer(array, 0);
    if (*validity == NULL && array->null_count > 0) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "%s: null_count is %lld, but there is no validity bitmap",
                             what, (long long)array->null_count);
    }
    return CUSTVAL_OK;
}

/* Describes an array whose elements begin at `skip` of its own numbering. */
static custval_status read_buffers(const struct ArrowArray *array, const arrow_type *type, const char *what,
                                   size_t skip, custval_column *out, const int64_t **view_sizes, custval_error *error) {
    const int views = type->type == CUSTVAL_TYPE_UTF8_VIEW;
    if (views ? array->n_buffers < type->buffers : array->n_buffers != type->buffers) {
        return fail_buffers(array, what, type->buffers, error);
    }
    CUSTVAL__TRY(read_validity(array, what, &out->validity, error));
    out->type = type->type;
    out->offset = (size_t)array->offset + skip;
    out->data = buffer(array, type->type == CUSTVAL_TYPE_UTF8 || type->type == CUSTVAL_TYPE_LARGE_UTF8 ? 2 : 1);
    if (views) { /* validity, views, any number of data buffers, their sizes */
        out->offsets = array->buffers == NULL ? NULL : array->buffers + 2;
        out->dictionary_length = (size_t)(array->n_buffers - type->buffers);
        *view_sizes = buffer(array, array->n_buffers - 1);
    } else if (type->buffers == 3) {
        out->offsets = buffer(array, 1);
    }
    return CUSTVAL_OK;
}

/* ---- Columns ---- */

/* What a column is made of, gathered so that functions stay short. */
typedef struct importing {
    custval_table *table;
    const uint8_t *row_validity; /* of the struct itself, or NULL */
    size_t skip;                 /* offset of the struct, which counts for its children too */
    const char *what;            /* column "name" */
    const char *name;
} importing;

static custval_status import_null_type(const importing *in, custval__column *out, custval_error *error) {
    out->memory[0] = custval__alloc_zero(&in->table->host, in->table->rows / 8 + 1, 1);
    if (out->memory[0] == NULL) return custval__fail_memory(error);
    out->null_type = 1;
    out->data.type = CUSTVAL_TYPE_BOOL;
    out->data.data = out->data.validity = out->memory[0];
    return CUSTVAL_OK;
}

static custval_status import_dictionary(const importing *in, const struct ArrowArray *array, const arrow_type *values,
                                        custval__column *out, custval_error *error) {
    const struct ArrowArray *entries = array->dictionary;
    size_t offset = 0, length = 0;
    if (entries == NULL || entries->release == NULL) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "%s: the dictionary is %s", in->what,
                             entries == NULL ? "NULL" : "released");
    }
    CUSTVAL__TRY(read_counts(entries, in->what, &offset, &length, error));
    CUSTVAL__TRY(read_buffers(entries, values, in->what, 0, &out->dictionary, &out->view_sizes, error));
    out->data.index_type = out->data.type;
    out->data.type = CUSTVAL_TYPE_DICTIONARY;
    out->data.dictionary = &out->dictionary;
    out->data.dictionary_length = length;
    return CUSTVAL_OK;
}

/* Bytes that so many elements take; of bits, whole bytes. */
static size_t packed_bytes(const custval_column *c, size_t elements) {
    if (c->type == CUSTVAL_TYPE_BOOL) return elements / 8;
    if (c->type == CUSTVAL_TYPE_UTF8_VIEW) return elements * 16;
    return elements * custval__type_size(c->type == CUSTVAL_TYPE_DICTIONARY ? c->index_type : c->type);
}

/* Rows that are null as a whole make the cell missing: the bitmap of the column becomes that of the struct, or both
   combined. A combined one starts at the byte that holds the first row, so the column moves on by whole bytes. */
static custval_status apply_row_validity(const importing *in, custval__column *column, custval_error *error) {
    custval_column *c = &column->data;
    const size_t rows = in->table->rows;
    if (in->row_validity == NULL || column->null_type || rows == 0) return CUSTVAL_OK;
    if (c->validity == NULL && c->offset == in->skip) {
        c->validity = in->row_validity;
        return CUSTVAL_OK;
    }
    const size_t first = c->offset % 8, moved = c->offset - first;
    uint8_t *bits = custval__alloc_zero(&in->table->host, (first + rows) / 8 + 1, 1);
    if (bits == NULL) return custval__fail_memory(error);
    for (size_t i = 0; i < rows; i++) {
        const int own = c->validity == NULL || custval__bit(c->validity, c->offset + i);
        const int present = own && custval__bit(in->row_validity, in->skip + i);
        bits[(first + i) / 8] |= (uint8_t)(present << (first + i) % 8);
    }
    if (c->type == CUSTVAL_TYPE_UTF8) {
        c->offsets = (const char *)c->offsets + moved * sizeof(int32_t);
    } else if (c->type == CUSTVAL_TYPE_LARGE_UTF8) {
        c->offsets = (const char *)c->offsets + moved * sizeof(int64_t);
    } else {
        c->data = (const char *)c->data + packed_bytes(c, moved);
    }
    c->offset = first;
    c->validity = column->memory[0] = bits;
    return CUSTVAL_OK;
}

static custval_status import_readable(const importing *in, const struct ArrowArray *array, const arrow_type *type,
                                      const arrow_type *values, custval__column *out, custval_error *error) {
    CUSTVAL__TRY(read_buffers(array, type, in->what, in->skip, &out->data, &out->view_sizes, error));
    if (values != NULL) CUSTVAL__TRY(import_dictionary(in, array, values, out, error));
    CUSTVAL__TRY(custval__column_check(out, in->name, in->table->rows, error));
    return apply_row_validity(in, out, error);
}

static custval_status keep_words(const importing *in, const struct ArrowSchema *schema, custval__column *out,
                                 custval_error *error) {
    char words[WORDS_SIZE];
    describe(words, schema);
    out->arrow_words = custval__arena_text(&in->table->arena, words, strlen(words));
    return out->arrow_words != NULL ? CUSTVAL_OK : custval__fail_memory(error);
}

static custval_status import_column(const importing *in, const struct ArrowArray *array,
                                    const struct ArrowSchema *schema, custval_error *error) {
    custval__column column = {.data = CUSTVAL_COLUMN_INIT, .dictionary = CUSTVAL_COLUMN_INIT};
    const arrow_type *type = find_type(schema->format), *values = NULL;
    if (type != NULL && schema->dictionary != NULL) {
        const struct ArrowSchema *entries = schema->dictionary;
        if (entries->format != NULL && entries->dictionary == NULL) values = find_type(entries->format);
        if (values == NULL || !custval__type_is_text(values->type) || !custval__type_is_integer(type->type))
            type = NULL;
    }
    if (strcmp(schema->format, "n") == 0) {
        CUSTVAL__TRY(import_null_type(in, &column, error));
    } else if (type != NULL) {
        if (custval__type_is_time(type->type)) {
            CUSTVAL__TRY(keep_words(in, schema, &column, error));
            column.arrow_format = custval__arena_text(&in->table->arena, schema->format, strlen(schema->format));
            if (column.arrow_format == NULL) return custval__fail_memory(error);
        }
        CUSTVAL__TRY(import_readable(in, array, type, values, &column, error));
    } else {
        CUSTVAL__TRY(keep_words(in, schema, &column, error));
    }
    return custval__table_append(in->table, in->name, &column, error);
}

static custval_status import_child(importing *in, const struct ArrowArray *array, const struct ArrowSchema *schema,
                                   size_t index, custval_error *error) {
    if (array == NULL || schema == NULL || array->release == NULL || schema->release == NULL) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "child %zu of the %s is %s", index,
                             schema == NULL || (array != NULL && schema->release == NULL) ? "schema" : "array",
                             array == NULL || schema == NULL ? "NULL" : "released");
    }
    if (schema->name == NULL) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "the name of column %zu is NULL", index);
    }
    CUSTVAL__TRY(custval__table_check_name(in->table, schema->name, error));
    char what[160];
    custval__format(what, sizeof what, "column \"%s\"", schema->name);
    in->what = what;
    in->name = schema->name;
    if (schema->format == NULL) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "%s: its Arrow format is NULL", what);
    }
    size_t offset = 0, length = 0;
    CUSTVAL__TRY(read_counts(array, what, &offset, &length, error));
    if (length < in->skip || length - in->skip < in->table->rows) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT,
                             "%s has %zu elements, too few for the table's offset %zu and %zu rows", what, length,
                             in->skip, in->table->rows);
    }
    return import_column(in, array, schema, error);
}

/* ---- The table ---- */

custval_status custval__import_check_schema(const struct ArrowSchema *schema, custval_error *error) {
    if (schema->release == NULL) return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "the Arrow schema is released");
    if (schema->format == NULL)
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "the Arrow schema's format is NULL");
    if (strcmp(schema->format, "+s") != 0) {
        char words[WORDS_SIZE];
        return custval__fail(error, CUSTVAL_ERROR_TYPE,
                             "a table must come as an Arrow struct, but this is Arrow type %s",
                             describe(words, schema));
    }
    if (schema->n_children < 0 || (schema->n_children > 0 && schema->children == NULL)) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "the Arrow schema has n_children %lld%s",
                             (long long)schema->n_children, schema->children == NULL ? " and children NULL" : "");
    }
    return CUSTVAL_OK;
}

static custval_status check_array(const struct ArrowArray *array, const struct ArrowSchema *schema,
                                  custval_error *error) {
    if (array->release == NULL) return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "the Arrow array is released");
    if (array->n_children != schema->n_children || (array->n_children > 0 && array->children == NULL)) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT,
                             "the Arrow array has n_children %lld%s, its schema has n_children %lld",
                             (long long)array->n_children, array->children == NULL ? " and children NULL" : "",
                             (long long)schema->n_children);
    }
    if (array->n_buffers != 1) return fail_buffers(array, "the Arrow array", 1, error);
    return CUSTVAL_OK;
}

static custval_status import_children(importing *in, const struct ArrowArray *array, const struct ArrowSchema *schema,
                                      custval_error *error) {
    for (size_t i = 0; (int64_t)i < schema->n_children; i++) {
        CUSTVAL__TRY(import_child(in, array->children[i], schema->children[i], i, error));
    }
    return CUSTVAL_OK;
}

custval_status custval__import_array(const custval_host *whole_host, struct ArrowArray *array,
                                     const struct ArrowSchema *schema, custval_table **out, custval_error *error) {
    importing in = {0};
    size_t rows = 0;
    CUSTVAL__TRY(custval__import_check_schema(schema, error));
    CUSTVAL__TRY(check_array(array, schema, error));
    CUSTVAL__TRY(read_counts(array, "the Arrow array", &in.skip, &rows, error));
    CUSTVAL__TRY(read_validity(array, "the Arrow array", &in.row_validity, error));
    CUSTVAL__TRY(custval__result_new(whole_host, rows, &in.table, error));
    const custval_status status = import_children(&in, array, schema, error);
    if (status != CUSTVAL_OK) {
        custval_table_free(in.table);
        return status;
    }
    in.table->array = *array;
    array->release = NULL;
    *out = in.table;
    return CUSTVAL_OK;
}

custval_status custval_table_import_arrow(const custval_host *host, struct ArrowArray *array,
                                          struct ArrowSchema *schema, custval_table **out, custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (array == NULL) return custval__fail_null(error, "array");
    if (schema == NULL) return custval__fail_null(error, "schema");
    custval_host whole;
    CUSTVAL__TRY(custval__host_read(&whole, host, error));
    CUSTVAL__TRY(custval__import_array(&whole, array, schema, out, error));
    (*out)->schema = *schema;
    schema->release = NULL;
    return CUSTVAL_OK;
}
