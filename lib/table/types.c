/* Types of columns: their names and sizes, and whether a description of a column makes sense. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "table.h"

#include <string.h>

#include "../base/error.h"

const char *custval_type_name(uint32_t type) {
    switch (type) {
    case CUSTVAL_TYPE_UNSUPPORTED: return "unsupported";
    case CUSTVAL_TYPE_INT8: return "int8";
    case CUSTVAL_TYPE_INT16: return "int16";
    case CUSTVAL_TYPE_INT32: return "int32";
    case CUSTVAL_TYPE_INT64: return "int64";
    case CUSTVAL_TYPE_UINT8: return "uint8";
    case CUSTVAL_TYPE_UINT16: return "uint16";
    case CUSTVAL_TYPE_UINT32: return "uint32";
    case CUSTVAL_TYPE_UINT64: return "uint64";
    case CUSTVAL_TYPE_FLOAT32: return "float32";
    case CUSTVAL_TYPE_FLOAT64: return "float64";
    case CUSTVAL_TYPE_BOOL: return "bool";
    case CUSTVAL_TYPE_BOOL8: return "bool8";
    case CUSTVAL_TYPE_UTF8: return "utf8";
    case CUSTVAL_TYPE_LARGE_UTF8: return "large_utf8";
    case CUSTVAL_TYPE_UTF8_VIEW: return "utf8_view";
    case CUSTVAL_TYPE_DICTIONARY: return "dictionary";
    case CUSTVAL_TYPE_DATE32: return "date32";
    case CUSTVAL_TYPE_DATE64: return "date64";
    case CUSTVAL_TYPE_TIMESTAMP_S: return "timestamp_s";
    case CUSTVAL_TYPE_TIMESTAMP_MS: return "timestamp_ms";
    case CUSTVAL_TYPE_TIMESTAMP_US: return "timestamp_us";
    case CUSTVAL_TYPE_TIMESTAMP_NS: return "timestamp_ns";
    default: return "unknown";
    }
}

size_t custval__type_size(uint32_t type) {
    switch (type) {
    case CUSTVAL_TYPE_INT8:
    case CUSTVAL_TYPE_UINT8:
    case CUSTVAL_TYPE_BOOL8: return 1;
    case CUSTVAL_TYPE_INT16:
    case CUSTVAL_TYPE_UINT16: return 2;
    case CUSTVAL_TYPE_INT32:
    case CUSTVAL_TYPE_UINT32:
    case CUSTVAL_TYPE_FLOAT32:
    case CUSTVAL_TYPE_DATE32: return 4;
    case CUSTVAL_TYPE_INT64:
    case CUSTVAL_TYPE_UINT64:
    case CUSTVAL_TYPE_FLOAT64:
    case CUSTVAL_TYPE_DATE64:
    case CUSTVAL_TYPE_TIMESTAMP_S:
    case CUSTVAL_TYPE_TIMESTAMP_MS:
    case CUSTVAL_TYPE_TIMESTAMP_US:
    case CUSTVAL_TYPE_TIMESTAMP_NS: return 8;
    default: return 0;
    }
}

int custval__type_is_integer(uint32_t type) {
    return type >= CUSTVAL_TYPE_INT8 && type <= CUSTVAL_TYPE_UINT64;
}

int custval__type_is_time(uint32_t type) {
    return type >= CUSTVAL_TYPE_DATE32 && type <= CUSTVAL_TYPE_TIMESTAMP_NS;
}

int custval__type_is_text(uint32_t type) {
    return type >= CUSTVAL_TYPE_UTF8 && type <= CUSTVAL_TYPE_UTF8_VIEW;
}

/* ---- What a column can be used for ---- */

int custval__table_is_number(const custval_table *table, size_t column) {
    const uint32_t type = table->columns[column]->data.type;
    return type >= CUSTVAL_TYPE_INT8 && type <= CUSTVAL_TYPE_BOOL8;
}

int custval__table_is_text(const custval_table *table, size_t column) {
    const custval__column *c = table->columns[column];
    return custval__type_is_text(c->data.type) || c->data.type == CUSTVAL_TYPE_DICTIONARY || c->null_type;
}

/* For people, who need not know how cells are stored. */
static const char *words_of(uint32_t type) {
    if (custval__type_is_text(type) || type == CUSTVAL_TYPE_DICTIONARY) return "text";
    if (custval__type_is_time(type)) return "dates";
    if (custval__type_is_integer(type)) return "whole numbers";
    return type == CUSTVAL_TYPE_BOOL || type == CUSTVAL_TYPE_BOOL8 ? "truth values" : "numbers";
}

const char *custval__table_type_words(const custval_table *table, size_t column, char *buffer, size_t capacity) {
    const custval__column *c = table->columns[column];
    if (c->arrow_words != NULL) {
        custval__format(buffer, capacity, "Arrow type %s", c->arrow_words);
    } else {
        custval__format(buffer, capacity, "%s", c->null_type ? "nothing" : words_of(c->data.type));
    }
    return buffer;
}

static custval_status fail_type(const custval_table *table, size_t column, const char *wanted, custval_error *error) {
    char words[128];
    const custval__column *c = table->columns[column];
    (void)custval__table_type_words(table, column, words, sizeof words);
    if (c->arrow_words != NULL) {
        return custval__fail(error, CUSTVAL_ERROR_TYPE,
                             "column \"%s\" has %s, which cannot be read here: convert it to a number or text", c->name,
                             words);
    }
    return custval__fail(error, CUSTVAL_ERROR_TYPE, "column \"%s\" holds %s, but %s is needed here", c->name, words,
                         wanted);
}

custval_status custval__table_need_number(const custval_table *table, size_t column, custval_error *error) {
    return custval__table_is_number(table, column) ? CUSTVAL_OK : fail_type(table, column, "a number", error);
}

custval_status custval__table_need_text(const custval_table *table, size_t column, custval_error *error) {
    return custval__table_is_text(table, column) ? CUSTVAL_OK : fail_type(table, column, "text", error);
}

/* ---- Checking a description ---- */

static custval_status check_stride(custval_column *c, const char *name, size_t elements, custval_error *error) {
    if (c->stride == 0) return CUSTVAL_OK;
    const size_t size = custval__type_size(c->type);
    if (size == 0) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "column \"%s\": a column of type %s has no stride", name,
                             custval_type_name(c->type));
    }
    const size_t step = c->stride < 0 ? (size_t)0 - (size_t)c->stride : (size_t)c->stride;
    if (step < size) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT,
                             "column \"%s\": a stride of %lld bytes is less than the %zu bytes of one %s", name,
                             (long long)c->stride, size, custval_type_name(c->type));
    }
    if (elements > 0 && step > (size_t)PTRDIFF_MAX / elements) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT,
                             "column \"%s\": %zu elements with a stride of %lld bytes do not fit memory", name,
                             elements, (long long)c->stride);
    }
    if (c->stride == (ptrdiff_t)size) c->stride = 0;
    return CUSTVAL_OK;
}

static custval_status fail_missing(custval_error *error, const char *name, const char *what, size_t elements) {
    return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "column \"%s\": %s is NULL, but there are %zu elements", name,
                         what, elements);
}

static custval_status check_buffers(const custval_column *c, const char *name, size_t elements, custval_error *error) {
    if (elements == 0) return CUSTVAL_OK;
    const int has_offsets = c->type == CUSTVAL_TYPE_UTF8 || c->type == CUSTVAL_TYPE_LARGE_UTF8;
    if (has_offsets && c->offsets == NULL) return fail_missing(error, name, "offsets", elements);
    if (!has_offsets && c->data == NULL) return fail_missing(error, name, "data", elements);
    if (c->type == CUSTVAL_TYPE_UTF8_VIEW && c->dictionary_length > 0 && c->offsets == NULL) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT,
                             "column \"%s\": offsets, the array of %zu data buffers, is NULL", name,
                             c->dictionary_length);
    }
    return CUSTVAL_OK;
}

/* All that does not look into a dictionary. */
static custval_status check_one(custval_column *c, const char *name, size_t rows, custval_error *error) {
    if (c->type != CUSTVAL_TYPE_DICTIONARY && (c->dictionary != NULL || c->index_type != 0)) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT,
                             "column \"%s\": type %s has no dictionary and no index_type", name,
                             custval_type_name(c->type));
    }
    if (rows > CUSTVAL__ROWS_MOST || c->offset > CUSTVAL__ROWS_MOST - rows) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT,
                             "column \"%s\": %zu elements after an offset of %zu do not fit memory", name, rows,
                             c->offset);
    }
    CUSTVAL__TRY(check_stride(c, name, c->offset + rows, error));
    return check_buffers(c, name, rows, error);
}

static custval_status check_dictionary(custval__column *column, const char *name, custval_error *error) {
    const custval_column *c = &column->data;
    if (c->dictionary == NULL) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "column \"%s\": a dictionary column needs a dictionary",
                             name);
    }
    if (!custval__type_is_integer(c->index_type)) {
        return custval__fail(error, CUSTVAL_ERROR_TYPE, "column \"%s\": index_type is %s (%u), not an integer type",
                             name, custval_type_name(c->index_type), (unsigned)c->index_type);
    }
    if (!custval__type_is_text(column->dictionary.type)) {
        return custval__fail(error, CUSTVAL_ERROR_TYPE, "column \"%s\": its dictionary has type %s (%u), not text",
                             name, custval_type_name(column->dictionary.type), (unsigned)column->dictionary.type);
    }
    return check_one(&column->dictionary, name, c->dictionary_length, error);
}

custval_status custval__column_check(custval__column *column, const char *name, size_t rows, custval_error *error) {
    custval_column *c = &column->data;
    if (c->type == CUSTVAL_TYPE_DICTIONARY) {
        CUSTVAL__TRY(check_dictionary(column, name, error));
    } else if (custval__type_size(c->type) == 0 && c->type != CUSTVAL_TYPE_BOOL && !custval__type_is_text(c->type)) {
        return custval__fail(error, CUSTVAL_ERROR_TYPE, "column \"%s\": type %u is none that can be added", name,
                             (unsigned)c->type);
    }
    return check_one(c, name, rows, error);
}
