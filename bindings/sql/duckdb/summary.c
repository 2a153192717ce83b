/* DuckDB: weights of judgements, summaries as aggregates, and what is read from them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "chunk.h"

/* --- Judgements --------------------------------------------------------------------------------------------------- */

static custval_status weigh(duckdb_vector judgements, idx_t row, custval_weights **out, custval_error *error) {
    double *matrix = NULL;
    size_t count = 0;
    custval_status status = list_numbers(judgements, row, &matrix, &count, error);
    if (status == CUSTVAL_OK) status = sql_weights_ahp(matrix, count, out, error);
    free(matrix);
    return status;
}

/* Adds the weights to what the lists of the result hold so far. */
static custval_status give_weights(duckdb_vector output, idx_t row, const custval_weights *weights,
                                   custval_error *error) {
    const idx_t begin = duckdb_list_vector_get_size(output), count = custval_weights_count(weights);
    if (duckdb_list_vector_reserve(output, begin + count) != DuckDBSuccess ||
        duckdb_list_vector_set_size(output, begin + count) != DuckDBSuccess) {
        return custval__fail_memory(error);
    }
    double *const into = duckdb_vector_get_data(duckdb_list_vector_get_child(output));
    for (idx_t i = 0; i < count; i++) into[begin + i] = custval_weights_share(weights, (size_t)i);
    ((duckdb_list_entry *)duckdb_vector_get_data(output))[row] = (duckdb_list_entry){begin, count};
    return CUSTVAL_OK;
}

static custval_status give_ratio(duckdb_vector output, idx_t row, const custval_weights *weights,
                                 custval_error *error) {
    double *const into = duckdb_vector_get_data(output);
    const custval_status status = sql_weights_consistency(weights, into + row, error);
    if (isnan(into[row]) != 0) result_null(output, row);
    return status;
}

typedef custval_status (*weights_call)(duckdb_vector output, idx_t row, const custval_weights *weights,
                                       custval_error *error);

static void run_weights(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output, weights_call give) {
    custval_error error = CUSTVAL_ERROR_INIT;
    const duckdb_vector judgements = duckdb_data_chunk_get_vector(input, 0);
    const column_view lists = {.validity = duckdb_vector_get_validity(judgements)};
    const idx_t rows = duckdb_data_chunk_get_size(input);
    custval_status status = CUSTVAL_OK;
    for (idx_t row = 0; status == CUSTVAL_OK && row < rows; row++) {
        if (!cell_is_valid(&lists, row)) {
            result_null(output, row);
            continue;
        }
        custval_weights *made = NULL;
        status = weigh(judgements, row, &made, &error);
        if (status == CUSTVAL_OK) status = give(output, row, made, &error);
        custval_weights_free(made);
    }
    if (status != CUSTVAL_OK) scalar_fail(info, status, &error);
}

static void call_weights(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output) {
    run_weights(info, input, output, give_weights);
}

static void call_consistency(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output) {
    run_weights(info, input, output, give_ratio);
}

static void call_version(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output) {
    (void)info;
    const idx_t rows = duckdb_data_chunk_get_size(input);
    for (idx_t row = 0; row < rows; row++) duckdb_vector_assign_string_element(output, row, custval_version_string());
}

duckdb_state weights_register(duckdb_connection connection) {
    static const duckdb_type list[] = {DUCKDB_TYPE_LIST, DUCKDB_TYPE_INVALID}, none[] = {DUCKDB_TYPE_INVALID};
    duckdb_state state = scalar_register(
        connection, scalar_new("custval_weights", list, DUCKDB_TYPE_INVALID, DUCKDB_TYPE_LIST, call_weights));
    if (state == DuckDBSuccess) {
        state = scalar_register(connection, scalar_new("custval_consistency", list, DUCKDB_TYPE_INVALID,
                                                       DUCKDB_TYPE_DOUBLE, call_consistency));
    }
    if (state == DuckDBSuccess) {
        state = scalar_register(
            connection, scalar_new("custval_version", none, DUCKDB_TYPE_INVALID, DUCKDB_TYPE_VARCHAR, call_version));
    }
    return state;
}

/* --- Aggregates --------------------------------------------------------------------------------------------------- */

/* State of an aggregate, in memory of DuckDB, which may move it before it is made. */
typedef struct gathering {
    sql_gather *gather; /* NULL before the first row */
} gathering;

static gathering *state_of(duckdb_aggregate_state of) {
    return (gathering *)of;
}

static idx_t state_size(duckdb_function_info info) {
    (void)info;
    return sizeof(gathering);
}

static void state_begin(duckdb_function_info info, duckdb_aggregate_state of) {
    (void)info;
    state_of(of)->gather = NULL;
}

static void states_end(duckdb_aggregate_state *states, idx_t count) {
    for (idx_t i = 0; i < count; i++) {
        sql_gather_free(state_of(states[i])->gather);
        state_of(states[i])->gather = NULL;
    }
}

static void aggregate_fail(duckdb_function_info info, custval_status status, const custval_error *error) {
    char message[CUSTVAL_ERROR_MESSAGE_SIZE + 80];
    const char *const what = status == CUSTVAL_ERROR_MEMORY ? custval_status_description(status) : error->message;
    custval__format(message, sizeof(message), "custval: %s (%s)", what, custval_status_name(status));
    duckdb_aggregate_function_set_error(info, message);
}

/* One row: the columns by name, and a list with a number for each. */
static custval_status add_row(gathering *of, const column_view *names, duckdb_vector lists,
                              const column_view *list_marks, idx_t row, custval_error *error) {
    double *numbers = NULL;
    size_t count = 0;
    custval_status status = CUSTVAL_OK;
    if (!cell_is_valid(list_marks, row))
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "the list of numbers is NULL");
    if (of->gather == NULL) {
        const custval_text columns = cell_text(names, row);
        status = sql_gather_new(columns.data, columns.length, &of->gather, error);
    }
    if (status == CUSTVAL_OK) status = list_numbers(lists, row, &numbers, &count, error);
    if (status == CUSTVAL_OK && count != of->gather->columns) {
        status = sql_fail_count(error, count, of->gather->columns, of->gather->columns);
    }
    if (status == CUSTVAL_OK) status = sql_gather_row(of->gather, numbers, error);
    free(numbers);
    return status;
}

static void add_rows(duckdb_function_info info, duckdb_data_chunk input, duckdb_aggregate_state *states) {
    custval_error error = CUSTVAL_ERROR_INIT;
    const duckdb_vector texts = duckdb_data_chunk_get_vector(input, 0), lists = duckdb_data_chunk_get_vector(input, 1);
    const column_view names = {.validity = duckdb_vector_get_validity(texts), .strings = duckdb_vector_get_data(texts)};
    const column_view marks = {.validity = duckdb_vector_get_validity(lists)};
    const idx_t rows = duckdb_data_chunk_get_size(input);
    custval_status status = CUSTVAL_OK;
    for (idx_t row = 0; status == CUSTVAL_OK && row < rows; row++) {
        status = add_row(state_of(states[row]), &names, lists, &marks, row, &error);
    }
    if (status != CUSTVAL_OK) aggregate_fail(info, status, &error);
}

static void add_summaries(duckdb_function_info info, duckdb_data_chunk input, duckdb_aggregate_state *states) {
    custval_error error = CUSTVAL_ERROR_INIT;
    const duckdb_vector blobs = duckdb_data_chunk_get_vector(input, 0);
    const column_view summaries = {.validity = duckdb_vector_get_validity(blobs),
                                   .strings = duckdb_vector_get_data(blobs)};
    const idx_t rows = duckdb_data_chunk_get_size(input);
    custval_status status = CUSTVAL_OK;
    for (idx_t row = 0; status == CUSTVAL_OK && row < rows; row++) {
        const custval_text bytes = cell_text(&summaries, row);
        if (bytes.data == NULL) continue;
        status = sql_gather_merge_bytes(&state_of(states[row])->gather, bytes.data, bytes.length, &error);
    }
    if (status != CUSTVAL_OK) aggregate_fail(info, status, &error);
}

/* DuckDB may use a source again, so that nothing is taken out of it. */
static custval_status combine_one(sql_gather *source, gathering *target, custval_error *error) {
    if (source == NULL) return CUSTVAL_OK;
    if (target->gather != NULL) return sql_gather_merge(target->gather, source, error);
    sql_text bytes = {0};
    custval_status status = sql_gather_write(source, &bytes, error);
    if (status == CUSTVAL_OK) status = sql_gather_merge_bytes(&target->gather, bytes.data, bytes.length, error);
    sql_text_clear(&bytes);
    return status;
}

static void combine(duckdb_function_info info, duckdb_aggregate_state *sources, duckdb_aggregate_state *targets,
                    idx_t count) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_status status = CUSTVAL_OK;
    for (idx_t i = 0; status == CUSTVAL_OK && i < count; i++) {
        status = combine_one(state_of(sources[i])->gather, state_of(targets[i]), &error);
    }
    if (status != CUSTVAL_OK) aggregate_fail(info, status, &error);
}

static void finish(duckdb_function_info info, duckdb_aggregate_state *states, duckdb_vector output, idx_t count,
                   idx_t offset) {
    custval_error error = CUSTVAL_ERROR_INIT;
    sql_text bytes = {0};
    custval_status status = CUSTVAL_OK;
    for (idx_t i = 0; status == CUSTVAL_OK && i < count; i++) {
        sql_gather *const gather = state_of(states[i])->gather;
        if (gather == NULL) {
            result_null(output, offset + i);
            continue;
        }
        bytes.length = 0;
        status = sql_gather_write(gather, &bytes, &error);
        if (status == CUSTVAL_OK) result_text(output, offset + i, &bytes);
    }
    sql_text_clear(&bytes);
    if (status != CUSTVAL_OK) aggregate_fail(info, status, &error);
}

static duckdb_state aggregate_register(duckdb_connection connection, const char *name, const duckdb_type *parameters,
                                       duckdb_aggregate_update_t update) {
    duckdb_aggregate_function made = duckdb_create_aggregate_function();
    duckdb_aggregate_function_set_name(made, name);
    for (size_t i = 0; parameters[i] != DUCKDB_TYPE_INVALID; i++) {
        duckdb_logical_type type =
            parameters[i] == DUCKDB_TYPE_LIST ? list_of_doubles() : duckdb_create_logical_type(parameters[i]);
        duckdb_aggregate_function_add_parameter(made, type);
        duckdb_destroy_logical_type(&type);
    }
    duckdb_logical_type bytes = duckdb_create_logical_type(DUCKDB_TYPE_BLOB);
    duckdb_aggregate_function_set_return_type(made, bytes);
    duckdb_destroy_logical_type(&bytes);
    duckdb_aggregate_function_set_special_handling(made);
    duckdb_aggregate_function_set_functions(made, state_size, state_begin, update, combine, finish);
    duckdb_aggregate_function_set_destructor(made, states_end);
    const duckdb_state state = duckdb_register_aggregate_function(connection, made);
    duckdb_destroy_aggregate_function(&made);
    return state;
}

/* --- Written summaries -------------------------------------------------------------------------------------------- */

static custval_status read_weights(custval_text bytes, custval_text method, sql_text *out, custval_error *error) {
    custval_weights *made = NULL;
    custval_status status = sql_summary_weights(bytes.data, bytes.length, method.data, method.length, &made, error);
    if (status == CUSTVAL_OK) status = sql_weights_write(made, 1, out, error);
    custval_weights_free(made);
    return status;
}

/* Statistics for one column of summaries; weights if methods stand beside them. */
static void read_summaries(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output) {
    custval_error error = CUSTVAL_ERROR_INIT;
    chunk_view all = {0, 0, NULL};
    sql_text text = {0};
    custval_status status = chunk_open(input, &all, &error);
    for (idx_t row = 0; status == CUSTVAL_OK && row < all.rows; row++) {
        const custval_text bytes = cell_text(all.columns, row);
        const custval_text method = all.count > 1 ? cell_text(all.columns + 1, row) : (custval_text){"", 0};
        if (bytes.data == NULL || method.data == NULL) {
            result_null(output, row);
            continue;
        }
        text.length = 0;
        status = all.count > 1 ? read_weights(bytes, method, &text, &error)
                               : sql_summary_statistics(bytes.data, bytes.length, &text, &error);
        if (status == CUSTVAL_OK) result_text(output, row, &text);
    }
    sql_text_clear(&text);
    chunk_close(&all);
    if (status != CUSTVAL_OK) scalar_fail(info, status, &error);
}

duckdb_state summary_register(duckdb_connection connection) {
    static const duckdb_type row[] = {DUCKDB_TYPE_VARCHAR, DUCKDB_TYPE_LIST, DUCKDB_TYPE_INVALID};
    static const duckdb_type bytes[] = {DUCKDB_TYPE_BLOB, DUCKDB_TYPE_INVALID};
    static const duckdb_type method[] = {DUCKDB_TYPE_BLOB, DUCKDB_TYPE_VARCHAR, DUCKDB_TYPE_INVALID};
    duckdb_state state = aggregate_register(connection, "custval_summary", row, add_rows);
    if (state == DuckDBSuccess) {
        state = aggregate_register(connection, "custval_summary_merge", bytes, add_summaries);
    }
    if (state == DuckDBSuccess) {
        state = scalar_register(connection, scalar_new("custval_summary_statistics", bytes, DUCKDB_TYPE_INVALID,
                                                       DUCKDB_TYPE_VARCHAR, read_summaries));
    }
    if (state == DuckDBSuccess) {
        state = scalar_register(connection, scalar_new("custval_summary_weights", method, DUCKDB_TYPE_INVALID,
                                                       DUCKDB_TYPE_VARCHAR, read_summaries));
    }
    return state;
}
