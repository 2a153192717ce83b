/* DuckDB: chunks of columns, results and registration. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "chunk.h"

/* --- Columns ------------------------------------------------------------------------------------------------------ */

#define CONVERT(type)                                           \
  {                                                             \
    const type *const from = data;                              \
    for (idx_t i = 0; i < rows; i++) into[i] = (double)from[i]; \
    break;                                                      \
  }

/* A decimal is a whole number with an implied point: dividing by the power of ten gives the nearest double to what was
   written, as long as both are exact. */
static void convert_decimals(duckdb_logical_type type, const void *data, idx_t rows, double *into) {
    const uint8_t width = duckdb_decimal_width(type), scale = duckdb_decimal_scale(type);
    const duckdb_type stored = duckdb_decimal_internal_type(type);
    for (idx_t i = 0; i < rows; i++) {
        duckdb_decimal decimal = {width, scale, {0, 0}};
        if (stored == DUCKDB_TYPE_HUGEINT) {
            decimal.value = ((const duckdb_hugeint *)data)[i];
            into[i] = duckdb_decimal_to_double(decimal);
            continue;
        }
        const int64_t whole = stored == DUCKDB_TYPE_SMALLINT  ? ((const int16_t *)data)[i]
                              : stored == DUCKDB_TYPE_INTEGER ? ((const int32_t *)data)[i]
                                                              : ((const int64_t *)data)[i];
        double power = 1.0; /* exact: at most 10^18 */
        for (uint8_t digit = 0; digit < scale; digit++) power *= 10.0;
        into[i] = (double)whole / power;
    }
}

/* Numbers of another type as doubles. */
static void convert(duckdb_logical_type type, const void *data, idx_t rows, double *into) {
    switch (duckdb_get_type_id(type)) {
    case DUCKDB_TYPE_BOOLEAN: CONVERT(bool)
    case DUCKDB_TYPE_TINYINT: CONVERT(int8_t)
    case DUCKDB_TYPE_SMALLINT: CONVERT(int16_t)
    case DUCKDB_TYPE_INTEGER: CONVERT(int32_t)
    case DUCKDB_TYPE_BIGINT: CONVERT(int64_t)
    case DUCKDB_TYPE_UTINYINT: CONVERT(uint8_t)
    case DUCKDB_TYPE_USMALLINT: CONVERT(uint16_t)
    case DUCKDB_TYPE_UINTEGER: CONVERT(uint32_t)
    case DUCKDB_TYPE_UBIGINT: CONVERT(uint64_t)
    case DUCKDB_TYPE_FLOAT: CONVERT(float)
    case DUCKDB_TYPE_DECIMAL: convert_decimals(type, data, rows, into); break;
    case DUCKDB_TYPE_HUGEINT:
        for (idx_t i = 0; i < rows; i++) into[i] = duckdb_hugeint_to_double(((const duckdb_hugeint *)data)[i]);
        break;
    default: /* SQLNULL: a NULL without a type */
        for (idx_t i = 0; i < rows; i++) into[i] = (double)NAN;
    }
}

static int is_number(duckdb_type type) {
    return (type >= DUCKDB_TYPE_BOOLEAN && type <= DUCKDB_TYPE_FLOAT) || type == DUCKDB_TYPE_DECIMAL ||
           type == DUCKDB_TYPE_HUGEINT || type == DUCKDB_TYPE_SQLNULL;
}

static custval_status column_open(duckdb_vector vector, idx_t rows, column_view *out, custval_error *error) {
    duckdb_logical_type type = duckdb_vector_get_column_type(vector);
    void *const data = duckdb_vector_get_data(vector);
    custval_status status = CUSTVAL_OK;
    out->type = duckdb_get_type_id(type);
    out->data = data;
    out->validity = duckdb_vector_get_validity(vector);
    if (out->type == DUCKDB_TYPE_DOUBLE) {
        out->numbers = data;
    } else if (out->type == DUCKDB_TYPE_VARCHAR || out->type == DUCKDB_TYPE_BLOB) {
        out->strings = data;
    } else if (is_number(out->type)) {
        out->owned = malloc((rows + 1) * sizeof(*out->owned));
        if (out->owned == NULL) {
            status = custval__fail_memory(error);
        } else {
            convert(type, data, rows, out->owned);
            out->numbers = out->owned;
        }
    }
    duckdb_destroy_logical_type(&type);
    return status;
}

custval_status chunk_open(duckdb_data_chunk input, chunk_view *out, custval_error *error) {
    *out = (chunk_view){duckdb_data_chunk_get_size(input), duckdb_data_chunk_get_column_count(input), NULL};
    out->columns = calloc(out->count + 1, sizeof(*out->columns));
    if (out->columns == NULL) return custval__fail_memory(error);
    custval_status status = CUSTVAL_OK;
    for (idx_t i = 0; status == CUSTVAL_OK && i < out->count; i++) {
        status = column_open(duckdb_data_chunk_get_vector(input, i), out->rows, out->columns + i, error);
    }
    return status;
}

void chunk_close(chunk_view *chunk) {
    for (idx_t i = 0; chunk->columns != NULL && i < chunk->count; i++) {
        free(chunk->columns[i].owned);
        free(chunk->columns[i].digits);
    }
    free(chunk->columns);
    chunk->columns = NULL;
}

/* --- Cells -------------------------------------------------------------------------------------------------------- */

int cell_is_valid(const column_view *column, idx_t row) {
    return column->validity == NULL || (column->validity[row / 64] >> (row % 64) & 1) != 0;
}

double cell_number(const column_view *column, idx_t row) {
    return cell_is_valid(column, row) ? column->numbers[row] : (double)NAN;
}

static void write_digits(duckdb_type type, const void *data, idx_t row, char out[CUSTVAL__NUMBER_SIZE]) {
    switch (type) {
    case DUCKDB_TYPE_TINYINT: custval__integer_text(((const int8_t *)data)[row], out); break;
    case DUCKDB_TYPE_SMALLINT: custval__integer_text(((const int16_t *)data)[row], out); break;
    case DUCKDB_TYPE_INTEGER: custval__integer_text(((const int32_t *)data)[row], out); break;
    case DUCKDB_TYPE_BIGINT: custval__integer_text(((const int64_t *)data)[row], out); break;
    case DUCKDB_TYPE_UTINYINT: custval__unsigned_text(((const uint8_t *)data)[row], out); break;
    case DUCKDB_TYPE_USMALLINT: custval__unsigned_text(((const uint16_t *)data)[row], out); break;
    case DUCKDB_TYPE_UINTEGER: custval__unsigned_text(((const uint32_t *)data)[row], out); break;
    default: custval__unsigned_text(((const uint64_t *)data)[row], out);
    }
}

int column_as_texts(column_view *column, idx_t rows, custval_status *status, custval_error *error) {
    if (column->type == DUCKDB_TYPE_VARCHAR || column->type == DUCKDB_TYPE_SQLNULL || column->digits != NULL) return 1;
    if (column->type < DUCKDB_TYPE_TINYINT || column->type > DUCKDB_TYPE_UBIGINT) return 0;
    column->digits = malloc((rows + 1) * sizeof(*column->digits));
    if (column->digits == NULL) {
        *status = custval__fail_memory(error);
    } else {
        for (idx_t i = 0; i < rows; i++) write_digits(column->type, column->data, i, column->digits[i]);
    }
    return 1;
}

custval_text cell_text(const column_view *column, idx_t row) {
    custval_text out = {NULL, 0};
    if (!cell_is_valid(column, row)) return out;
    if (column->digits != NULL) return (custval_text){column->digits[row], strlen(column->digits[row])};
    if (column->strings == NULL) return out;
    out.data = duckdb_string_t_data(column->strings + row);
    out.length = duckdb_string_t_length(column->strings[row]);
    return out;
}

/* A constant is one string that every row points to, so that most texts are equal without being read. */
idx_t chunk_same(const chunk_view *chunk, idx_t begin) {
    const column_view *const texts = chunk->columns;
    const custval_text first = cell_text(texts, begin);
    idx_t end = begin + 1;
    while (first.data != NULL && end < chunk->rows) {
        if (!cell_is_valid(texts, end)) break;
        if (memcmp(texts->strings + begin, texts->strings + end, sizeof(*texts->strings)) != 0) {
            const custval_text next = cell_text(texts, end);
            if (next.length != first.length || memcmp(next.data, first.data, first.length) != 0) break;
        }
        end++;
    }
    return end - begin;
}

custval_status list_numbers(duckdb_vector vector, idx_t row, double **out, size_t *count, custval_error *error) {
    const duckdb_list_entry entry = ((const duckdb_list_entry *)duckdb_vector_get_data(vector))[row];
    const duckdb_vector child = duckdb_list_vector_get_child(vector);
    column_view numbers = {0};
    *out = NULL;
    *count = 0;
    custval_status status = column_open(child, duckdb_list_vector_get_size(vector), &numbers, error);
    if (status == CUSTVAL_OK) {
        *out = malloc((entry.length + 1) * sizeof(**out));
        if (*out == NULL) status = custval__fail_memory(error);
    }
    if (status == CUSTVAL_OK) {
        *count = (size_t)entry.length;
        for (idx_t i = 0; i < entry.length; i++) (*out)[i] = cell_number(&numbers, entry.offset + i);
    }
    free(numbers.owned);
    return status;
}

/* --- Results ------------------------------------------------------------------------------------------------------ */

void scalar_fail(duckdb_function_info info, custval_status status, const custval_error *error) {
    char message[CUSTVAL_ERROR_MESSAGE_SIZE + 80];
    const char *const what = status == CUSTVAL_ERROR_MEMORY ? custval_status_description(status) : error->message;
    custval__format(message, sizeof(message), "custval: %s (%s)", what, custval_status_name(status));
    duckdb_scalar_function_set_error(info, message);
}

void result_null(duckdb_vector output, idx_t row) {
    duckdb_vector_ensure_validity_writable(output);
    duckdb_validity_set_row_invalid(duckdb_vector_get_validity(output), row);
}

void result_text(duckdb_vector output, idx_t row, const sql_text *text) {
    duckdb_vector_assign_string_element_len(output, row, text->data != NULL ? text->data : "", text->length);
}

/* --- Registration ------------------------------------------------------------------------------------------------- */

duckdb_logical_type list_of_doubles(void) {
    duckdb_logical_type number = duckdb_create_logical_type(DUCKDB_TYPE_DOUBLE);
    const duckdb_logical_type list = duckdb_create_list_type(number);
    duckdb_destroy_logical_type(&number);
    return list;
}

/* DUCKDB_TYPE_LIST stands for a list of doubles. */
static duckdb_logical_type type_new(duckdb_type type) {
    return type == DUCKDB_TYPE_LIST ? list_of_doubles() : duckdb_create_logical_type(type);
}

duckdb_scalar_function scalar_new(const char *name, const duckdb_type *parameters, duckdb_type more, duckdb_type result,
                                  duckdb_scalar_function_t call) {
    const duckdb_scalar_function made = duckdb_create_scalar_function();
    duckdb_scalar_function_set_name(made, name);
    for (size_t i = 0; parameters[i] != DUCKDB_TYPE_INVALID; i++) {
        duckdb_logical_type type = type_new(parameters[i]);
        duckdb_scalar_function_add_parameter(made, type);
        duckdb_destroy_logical_type(&type);
    }
    if (more != DUCKDB_TYPE_INVALID) {
        duckdb_logical_type type = type_new(more);
        duckdb_scalar_function_set_varargs(made, type);
        duckdb_destroy_logical_type(&type);
    }
    duckdb_logical_type type = type_new(result);
    duckdb_scalar_function_set_return_type(made, type);
    duckdb_destroy_logical_type(&type);
    duckdb_scalar_function_set_special_handling(made);
    duckdb_scalar_function_set_function(made, call);
    return made;
}

duckdb_state scalar_register(duckdb_connection connection, duckdb_scalar_function made) {
    const duckdb_state state = duckdb_register_scalar_function(connection, made);
    duckdb_destroy_scalar_function(&made);
    return state;
}
