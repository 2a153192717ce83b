/* Arrow C Data Interface out: a table becomes a struct array whose buffers stay in the table. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "table.h"

#include <string.h>

#include "../base/error.h"

/* ---- Types ---- */

static const char *format_of(uint32_t type) {
    switch (type) {
    case CUSTVAL_TYPE_INT8: return "c";
    case CUSTVAL_TYPE_INT16: return "s";
    case CUSTVAL_TYPE_INT32: return "i";
    case CUSTVAL_TYPE_INT64: return "l";
    case CUSTVAL_TYPE_UINT8: return "C";
    case CUSTVAL_TYPE_UINT16: return "S";
    case CUSTVAL_TYPE_UINT32: return "I";
    case CUSTVAL_TYPE_UINT64: return "L";
    case CUSTVAL_TYPE_FLOAT32: return "f";
    case CUSTVAL_TYPE_FLOAT64: return "g";
    case CUSTVAL_TYPE_BOOL:
    case CUSTVAL_TYPE_BOOL8: return "b";
    case CUSTVAL_TYPE_UTF8: return "u";
    case CUSTVAL_TYPE_LARGE_UTF8: return "U";
    case CUSTVAL_TYPE_DATE32: return "tdD";
    case CUSTVAL_TYPE_DATE64: return "tdm";
    case CUSTVAL_TYPE_TIMESTAMP_S: return "tss:";
    case CUSTVAL_TYPE_TIMESTAMP_MS: return "tsm:";
    case CUSTVAL_TYPE_TIMESTAMP_US: return "tsu:";
    case CUSTVAL_TYPE_TIMESTAMP_NS: return "tsn:";
    default: return "vu";
    }
}

/* What one exported schema owns. Each owns itself, because a consumer may move a child out and release it after its
   parent. */
typedef struct schema_node {
    custval__arena arena; /* name, children, dictionary */
    struct ArrowSchema *parts;
} schema_node;

static void release_schema(struct ArrowSchema *schema) {
    schema_node *node = schema->private_data;
    for (int64_t i = 0; i < schema->n_children; i++) {
        if (schema->children[i]->release != NULL) schema->children[i]->release(schema->children[i]);
    }
    if (schema->dictionary != NULL && schema->dictionary->release != NULL) {
        schema->dictionary->release(schema->dictionary);
    }
    const custval_host host = node->arena.host;
    custval__arena_free(&node->arena);
    custval__free(&host, node);
    schema->release = NULL;
}

/* Makes a schema with `parts` empty (released) children or dictionaries; on failure nothing is left. */
static custval_status new_schema(const custval_host *host, const char *format, const char *name, int64_t flags,
                                 size_t parts, struct ArrowSchema *out, custval_error *error) {
    *out = (struct ArrowSchema){0};
    schema_node *node = custval__alloc_zero(host, 1, sizeof *node);
    if (node == NULL) return custval__fail_memory(error);
    custval__arena_init(&node->arena, host);
    out->format = format;
    out->flags = flags;
    out->private_data = node;
    out->release = release_schema;
    out->name = custval__arena_text(&node->arena, name, strlen(name));
    node->parts = custval__arena_alloc(&node->arena, parts, sizeof *node->parts);
    if (out->name != NULL && node->parts != NULL) return CUSTVAL_OK;
    release_schema(out);
    return custval__fail_memory(error);
}

static custval_status fill_column_schema(const custval_host *host, const custval__column *column,
                                         struct ArrowSchema *out, custval_error *error) {
    const custval_column *c = &column->data;
    const int dictionary = c->type == CUSTVAL_TYPE_DICTIONARY;
    const char *format = column->null_type ? "n" : format_of(dictionary ? c->index_type : c->type);
    CUSTVAL__TRY(new_schema(host, format, column->name, ARROW_FLAG_NULLABLE, 1, out, error));
    if (column->arrow_format != NULL) {
        schema_node *node = out->private_data; /* a schema may outlive its table */
        out->format = custval__arena_text(&node->arena, column->arrow_format, strlen(column->arrow_format));
        if (out->format == NULL) return custval__fail_memory(error);
    }
    if (!dictionary) return CUSTVAL_OK;
    out->dictionary = ((schema_node *)out->private_data)->parts;
    return new_schema(host, format_of(c->dictionary->type), "", ARROW_FLAG_NULLABLE, 0, out->dictionary, error);
}

static custval_status fill_schema(const custval_table *table, struct ArrowSchema *out, custval_error *error) {
    CUSTVAL__TRY(new_schema(&table->host, "+s", "", 0, table->count, out, error));
    schema_node *node = out->private_data;
    struct ArrowSchema **children = custval__arena_alloc(&node->arena, table->count, sizeof *children);
    if (children == NULL) return custval__fail_memory(error);
    for (size_t i = 0; i < table->count; i++) children[i] = &node->parts[i];
    out->children = children;
    out->n_children = (int64_t)table->count;
    for (size_t i = 0; i < table->count; i++) {
        CUSTVAL__TRY(fill_column_schema(&table->host, table->columns[i], children[i], error));
    }
    return CUSTVAL_OK;
}

custval_status custval__export_check(const custval_table *table, custval_error *error) {
    for (size_t i = 0; i < table->count; i++) {
        char words[128];
        if (table->columns[i]->data.type != CUSTVAL_TYPE_UNSUPPORTED) continue;
        return custval__fail(error, CUSTVAL_ERROR_TYPE, "column \"%s\" has %s, which cannot be exported",
                             table->columns[i]->name, custval__table_type_words(table, i, words, sizeof words));
    }
    return CUSTVAL_OK;
}

custval_status custval__export_schema(const custval_table *table, struct ArrowSchema *out, custval_error *error) {
    out->release = NULL;
    const custval_status status = fill_schema(table, out, error);
    if (status != CUSTVAL_OK && out->release != NULL) out->release(out);
    return status;
}

/* ---- Data ---- */

typedef struct array_node {
    custval_table *table; /* kept alive, for its buffers and its host */
    custval__arena arena; /* list of buffers, children, dictionary, sizes of view buffers */
    void *copied;         /* values copied because Arrow has no stride, or NULL */
    struct ArrowArray *parts;
} array_node;

static void release_array(struct ArrowArray *array) {
    array_node *node = array->private_data;
    for (int64_t i = 0; i < array->n_children; i++) {
        if (array->children[i]->release != NULL) array->children[i]->release(array->children[i]);
    }
    if (array->dictionary != NULL && array->dictionary->release != NULL) {
        array->dictionary->release(array->dictionary);
    }
    custval_table *table = node->table;
    const custval_host host = table->host;
    custval__free(&host, node->copied);
    custval__arena_free(&node->arena);
    custval__free(&host, node);
    custval_table_free(table);
    array->release = NULL;
}

/* Makes an array with room for its buffers and with `parts` empty (released) children or dictionaries. */
static custval_status new_array(custval_table *table, size_t rows, size_t buffers, size_t parts, struct ArrowArray *out,
                                custval_error *error) {
    *out = (struct ArrowArray){0};
    array_node *node = custval__alloc_zero(&table->host, 1, sizeof *node);
    if (node == NULL) return custval__fail_memory(error);
    custval__arena_init(&node->arena, &table->host);
    node->table = custval_table_ref(table);
    out->length = (int64_t)rows;
    out->n_buffers = (int64_t)buffers;
    out->private_data = node;
    out->release = release_array;
    out->buffers = custval__arena_alloc(&node->arena, buffers, sizeof *out->buffers);
    node->parts = custval__arena_alloc(&node->arena, parts, sizeof *node->parts);
    if (out->buffers != NULL && node->parts != NULL) return CUSTVAL_OK;
    release_array(out);
    return custval__fail_memory(error);
}

/* Sizes of the data buffers of views as far as the views use them: those that came with the column, or else found by
   looking at every view. */
static custval_status view_sizes(const custval_column *c, const int64_t *known, size_t rows, array_node *node,
                                 const void **out, custval_error *error) {
    *out = known;
    if (known != NULL) return CUSTVAL_OK;
    int64_t *sizes = custval__arena_alloc(&node->arena, c->dictionary_length, sizeof *sizes);
    if (sizes == NULL) return custval__fail_memory(error);
    for (size_t i = 0; i < rows; i++) {
        int32_t part[4]; /* length, first four bytes, data buffer, offset in it */
        if (c->validity != NULL && !custval__bit(c->validity, c->offset + i)) continue;
        memcpy(part, (const char *)c->data + (c->offset + i) * sizeof part, sizeof part);
        if (part[0] <= 12 || part[2] < 0 || (size_t)part[2] >= c->dictionary_length) continue;
        const int64_t end = (int64_t)part[3] + part[0];
        if (end > sizes[part[2]]) sizes[part[2]] = end;
    }
    *out = sizes;
    return CUSTVAL_OK;
}

/* Buffers of anything but a struct; of a dictionary column, those of its indices. */
static custval_status fill_buffers(const custval_column *c, const int64_t *known_sizes, size_t rows,
                                   struct ArrowArray *out, custval_error *error) {
    static const int64_t nothing[2] = {0, 0}; /* in place of the buffers that an empty column may lack */
    const void *data = c->data == NULL ? nothing : c->data;
    out->null_count = c->validity == NULL ? 0 : -1;
    out->offset = rows == 0 ? 0 : (int64_t)c->offset;
    out->buffers[0] = c->validity;
    out->buffers[1] = data;
    if (c->type == CUSTVAL_TYPE_UTF8 || c->type == CUSTVAL_TYPE_LARGE_UTF8) {
        out->buffers[1] = c->offsets == NULL ? nothing : c->offsets;
        out->buffers[2] = data;
    } else if (c->type == CUSTVAL_TYPE_UTF8_VIEW) {
        for (size_t i = 0; i < c->dictionary_length; i++) out->buffers[2 + i] = ((const void *const *)c->offsets)[i];
        return view_sizes(c, known_sizes, rows, out->private_data, &out->buffers[out->n_buffers - 1], error);
    }
    return CUSTVAL_OK;
}

static size_t buffer_count(const custval_column *c) {
    if (c->type == CUSTVAL_TYPE_UTF8_VIEW) return 3 + c->dictionary_length;
    return c->type == CUSTVAL_TYPE_UTF8 || c->type == CUSTVAL_TYPE_LARGE_UTF8 ? 3 : 2;
}

/* 1 if Arrow cannot take the values as they lie in memory. */
static int needs_copy(const custval_column *c) {
    const size_t size = custval__type_size(c->type == CUSTVAL_TYPE_DICTIONARY ? c->index_type : c->type);
    return c->stride != 0 || c->type == CUSTVAL_TYPE_BOOL8 || (size > 1 && (uintptr_t)c->data % size != 0);
}

static custval_status fill_column(custval_table *table, const custval__column *column, struct ArrowArray *out,
                                  custval_error *error) {
    custval_column c = column->data;
    if (column->null_type) {
        CUSTVAL__TRY(new_array(table, table->rows, 0, 0, out, error));
        out->null_count = out->length;
        return CUSTVAL_OK;
    }
    CUSTVAL__TRY(new_array(table, table->rows, buffer_count(&c), 1, out, error));
    array_node *node = out->private_data;
    if (needs_copy(&c)) {
        CUSTVAL__TRY(custval__copy_packed(&table->host, table->rows, 1, &c, &node->copied, error));
    }
    CUSTVAL__TRY(fill_buffers(&c, column->view_sizes, table->rows, out, error));
    if (c.type != CUSTVAL_TYPE_DICTIONARY) return CUSTVAL_OK;
    out->dictionary = node->parts;
    CUSTVAL__TRY(new_array(table, c.dictionary_length, buffer_count(c.dictionary), 0, out->dictionary, error));
    return fill_buffers(c.dictionary, column->view_sizes, c.dictionary_length, out->dictionary, error);
}

static custval_status fill_array(custval_table *table, struct ArrowArray *out, custval_error *error) {
    CUSTVAL__TRY(new_array(table, table->rows, 1, table->count, out, error));
    array_node *node = out->private_data;
    struct ArrowArray **children = custval__arena_alloc(&node->arena, table->count, sizeof *children);
    if (children == NULL) return custval__fail_memory(error);
    for (size_t i = 0; i < table->count; i++) children[i] = &node->parts[i];
    out->children = children;
    out->n_children = (int64_t)table->count;
    for (size_t i = 0; i < table->count; i++) CUSTVAL__TRY(fill_column(table, table->columns[i], children[i], error));
    return CUSTVAL_OK;
}

custval_status custval__export_array(custval_table *table, struct ArrowArray *out, custval_error *error) {
    out->release = NULL;
    const custval_status status = fill_array(table, out, error);
    if (status != CUSTVAL_OK && out->release != NULL) out->release(out);
    return status;
}

custval_status custval_table_export_arrow(custval_table *table, struct ArrowArray *out_array,
                                          struct ArrowSchema *out_schema, custval_error *error) {
    if (out_array != NULL) out_array->release = NULL;
    if (out_schema != NULL) out_schema->release = NULL;
    if (table == NULL) return custval__fail_null(error, "table");
    if (out_array == NULL) return custval__fail_null(error, "out_array");
    if (out_schema == NULL) return custval__fail_null(error, "out_schema");
    CUSTVAL__TRY(custval__export_check(table, error));
    CUSTVAL__TRY(custval__export_schema(table, out_schema, error));
    const custval_status status = custval__export_array(table, out_array, error);
    if (status != CUSTVAL_OK) out_schema->release(out_schema);
    return status;
}
