/* DuckDB: scores, explanations, groups and lifetimes as functions. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define DUCKDB_EXTENSION_NAME custval

#include "base/error.h"
#include "chunk.h"

/* --- Sites -------------------------------------------------------------------------------------------------------- */

#define MOST_SITES 64

/* What is asked about a row whose cells are in the site; a text is NULL if nothing is written. */
typedef custval_status (*row_call)(sql_site *site, sql_text *out, custval_error *error);

struct function {
    const char *name;
    sql_site initial;
    row_call write;  /* what gives a text */
    uint32_t output; /* lifetimes: a ::custval_lifetime_output */
    int least, most; /* lifetimes: numbers after the document */
    pthread_mutex_t lock;
    sql_site sites[MOST_SITES]; /* that no thread uses at the moment */
    size_t count;
};

static void function_free(void *data) {
    function *const of = data;
    for (size_t i = 0; i < of->count; i++) sql_site_clear(of->sites + i);
    pthread_mutex_destroy(&of->lock);
    free(of);
}

static sql_site site_take(function *of) {
    sql_site taken = of->initial;
    pthread_mutex_lock(&of->lock);
    if (of->count > 0) taken = of->sites[--of->count];
    pthread_mutex_unlock(&of->lock);
    return taken;
}

static void site_give_back(function *of, sql_site *site) {
    pthread_mutex_lock(&of->lock);
    const int is_kept = of->count < MOST_SITES;
    if (is_kept) of->sites[of->count++] = *site;
    pthread_mutex_unlock(&of->lock);
    if (!is_kept) sql_site_clear(site);
}

/* --- Rows --------------------------------------------------------------------------------------------------------- */

/* Rows of a chunk that have the same document, which the site is ready for. */
typedef struct stretch {
    const chunk_view *chunk;
    idx_t begin, end;
    sql_site *site;
    function *of;
    duckdb_vector output;
} stretch;

typedef custval_status (*stretch_call)(const stretch *rows, custval_error *error);

/* Goes through a chunk by its stretches. */
static void run(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output, stretch_call call) {
    custval_error error = CUSTVAL_ERROR_INIT;
    chunk_view all = {0, 0, NULL};
    function *const of = duckdb_scalar_function_get_extra_info(info);
    sql_site site = site_take(of);
    custval_status status = chunk_open(input, &all, &error);
    for (idx_t begin = 0; status == CUSTVAL_OK && begin < all.rows;) {
        const custval_text text = cell_text(all.columns, begin);
        const stretch rows = {&all, begin, begin + chunk_same(&all, begin), &site, of, output};
        status = sql_site_use(&site, text.data, text.length, &error);
        if (status == CUSTVAL_OK) status = call(&rows, &error);
        begin = rows.end;
    }
    chunk_close(&all);
    site_give_back(of, &site);
    if (status != CUSTVAL_OK) scalar_fail(info, status, &error);
}

/* The columns after the document are the inputs; a NULL without a type may be any of them. */
static custval_status check_types(const stretch *rows, custval_error *error) {
    const sql_document *const document = rows->site->document;
    custval_status status = sql_site_expect(rows->site, rows->chunk->count - 1, error);
    for (size_t i = 0; status == CUSTVAL_OK && i < document->input_count; i++) {
        column_view *const cells = rows->chunk->columns + 1 + i;
        const int is_text = document->inputs[i].is_text;
        if (is_text ? column_as_texts(cells, rows->chunk->rows, &status, error) : cells->numbers != NULL) continue;
        const char *const type = cells->type == DUCKDB_TYPE_VARCHAR ? "a text"
                                 : is_text                          ? "another type: CAST it to VARCHAR"
                                                                    : "another type: CAST it to DOUBLE";
        return sql_site_refuse(rows->site, i, type, error);
    }
    return status;
}

static void read_row(const stretch *rows, idx_t row) {
    sql_site *const site = rows->site;
    for (size_t i = 0; i < site->document->input_count; i++) {
        const column_view *const cells = rows->chunk->columns + 1 + i;
        if (site->document->inputs[i].is_text) {
            site->texts[i] = cell_text(cells, row);
        } else {
            site->numbers[i] = cell_number(cells, row);
        }
    }
}

/* What is written about each row. */
static custval_status write_rows(const stretch *rows, custval_error *error) {
    sql_text text = {0};
    custval_status status = check_types(rows, error);
    for (idx_t row = rows->begin; status == CUSTVAL_OK && row < rows->end; row++) {
        read_row(rows, row);
        text.length = 0;
        status = rows->of->write(rows->site, &text, error);
        if (status == CUSTVAL_OK && text.length > 0) {
            result_text(rows->output, row, &text);
        } else {
            result_null(rows->output, row);
        }
    }
    sql_text_clear(&text);
    return status;
}

static void call_writing(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output) {
    run(info, input, output, write_rows);
}

static custval_status write_explanation(sql_site *site, sql_text *out, custval_error *error) {
    custval_table *table = NULL;
    custval_status status = sql_site_explain(site, &table, error);
    if (status == CUSTVAL_OK) status = sql_text_add_table(out, table, error);
    custval_table_free(table);
    return status;
}

static custval_status write_reason(sql_site *site, sql_text *out, custval_error *error) {
    return sql_site_reason(site, out, error);
}

static custval_status write_group(sql_site *site, sql_text *out, custval_error *error) {
    custval_text id = {NULL, 0};
    const custval_status status = sql_site_group(site, &id, error);
    if (status != CUSTVAL_OK || id.data == NULL) return status;
    sql_text_add(out, id.data, id.length);
    return sql_text_status(out, error);
}

/* --- Values, column by column ------------------------------------------------------------------------------------- */

static custval_status add_texts(const stretch *rows, custval_table *table, size_t input, custval_error *error) {
    const idx_t count = rows->end - rows->begin;
    custval_text *const texts = malloc(count * sizeof(*texts));
    if (texts == NULL) return custval__fail_memory(error);
    for (idx_t i = 0; i < count; i++) texts[i] = cell_text(rows->chunk->columns + 1 + input, rows->begin + i);
    const custval_status status =
        custval_table_add_texts(table, rows->site->document->inputs[input].column, texts, error);
    free(texts);
    return status;
}

/* Numbers are read where DuckDB has them, with its marks of what is there. */
static custval_status add_numbers(const stretch *rows, custval_table *table, const char *name, idx_t place,
                                  custval_error *error) {
    const column_view *const cells = rows->chunk->columns + place;
    custval_column facts = CUSTVAL_COLUMN_INIT;
    facts.type = CUSTVAL_TYPE_FLOAT64;
    facts.data = cells->numbers;
    facts.validity = (const uint8_t *)cells->validity;
    facts.offset = (size_t)rows->begin;
    return custval_table_add(table, name, &facts, error);
}

static custval_status add_input(const stretch *rows, custval_table *table, size_t input, custval_error *error) {
    const sql_input *const wanted = rows->site->document->inputs + input;
    return wanted->is_text ? add_texts(rows, table, input, error)
                           : add_numbers(rows, table, wanted->column, 1 + (idx_t)input, error);
}

/* A system with overrides may be asked as of another date in each row. */
static custval_status score_dated_rows(const stretch *rows, custval_error *error) {
    double *const into = duckdb_vector_get_data(rows->output);
    custval_status status = check_types(rows, error);
    for (idx_t row = rows->begin; status == CUSTVAL_OK && row < rows->end; row++) {
        read_row(rows, row);
        status = sql_site_value(rows->site, into + row, error);
        if (status == CUSTVAL_OK && isnan(into[row]) != 0) result_null(rows->output, row);
    }
    return status;
}

static custval_status score_rows(const stretch *rows, custval_error *error) {
    if (rows->site->document->is_dated) return score_dated_rows(rows, error);
    custval_table *table = NULL;
    double *const into = (double *)duckdb_vector_get_data(rows->output) + rows->begin;
    const idx_t count = rows->end - rows->begin;
    custval_status status = check_types(rows, error);
    if (status == CUSTVAL_OK) status = custval_table_new(NULL, (size_t)count, &table, error);
    for (size_t i = 0; status == CUSTVAL_OK && i < rows->site->document->input_count; i++) {
        status = add_input(rows, table, i, error);
    }
    if (status == CUSTVAL_OK) {
        status = custval_scorer_table(rows->site->scorer, table, (double *const[]){into}, NULL, error);
    }
    for (idx_t i = 0; status == CUSTVAL_OK && i < count; i++) {
        if (isnan(into[i]) != 0) result_null(rows->output, rows->begin + i);
    }
    custval_table_free(table);
    return status;
}

static void call_value(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output) {
    run(info, input, output, score_rows);
}

/* --- Lifetimes ---------------------------------------------------------------------------------------------------- */

/* Predicts for rows that have the same terms at once, from columns as they lie in the chunk; `last` is that of the
   horizon, if one is given. */
static custval_status predict_together(const stretch *rows, idx_t last, const sql_terms *terms, custval_error *error) {
    const sql_document *const document = rows->site->document;
    double *const into = (double *)duckdb_vector_get_data(rows->output) + rows->begin;
    const idx_t count = rows->end - rows->begin;
    custval_table *table = NULL, *predicted = NULL;
    custval_column facts = CUSTVAL_COLUMN_INIT;
    custval_status status = custval_table_new(NULL, (size_t)count, &table, error);
    for (idx_t i = 0; status == CUSTVAL_OK && i + 1 < last; i++) status = add_input(rows, table, (size_t)i, error);
    if (status == CUSTVAL_OK && last < rows->chunk->count) {
        status = add_numbers(rows, table, document->inputs[SQL_LIFETIME_HORIZON].column, last, error);
    }
    if (status == CUSTVAL_OK) {
        status = sql_document_predict(document, table, rows->of->output, terms, &predicted, error);
    }
    if (status == CUSTVAL_OK) status = custval_table_column(predicted, 0, &facts, error);
    for (idx_t i = 0; status == CUSTVAL_OK && i < count; i++) {
        into[i] = ((const double *)facts.data)[i];
        if (isnan(into[i]) != 0) result_null(rows->output, rows->begin + i);
    }
    custval_table_free(predicted);
    custval_table_free(table);
    return status;
}

/* The rate of a row, and its period: the columns after that of the horizon. */
static sql_terms terms_of(const stretch *rows, idx_t last, idx_t row) {
    sql_terms terms = SQL_TERMS;
    if (last + 1 < rows->chunk->count) terms.rate = cell_number(rows->chunk->columns + last + 1, row);
    if (last + 2 < rows->chunk->count) terms.rate_period = cell_number(rows->chunk->columns + last + 2, row);
    return terms;
}

static custval_status predict_rows(const stretch *rows, custval_error *error) {
    const function *const of = rows->of;
    const idx_t count = rows->chunk->count - 1;
    const idx_t last = of->output == CUSTVAL_LIFETIME_VALUE ? 1 + SQL_LIFETIME_HORIZON : 1 + SQL_LIFETIME_MEAN_SPEND;
    custval_status status = CUSTVAL_OK;
    if (count < (idx_t)of->least || count > (idx_t)of->most) {
        return sql_fail_count(error, (size_t)count, (size_t)of->least, (size_t)of->most);
    }
    for (idx_t begin = rows->begin; status == CUSTVAL_OK && begin < rows->end;) {
        const sql_terms terms = terms_of(rows, last, begin);
        stretch same = *rows;
        same.begin = begin;
        for (same.end = begin + 1; same.end < rows->end; same.end++) {
            const sql_terms next = terms_of(rows, last, same.end);
            if (memcmp(&next, &terms, sizeof(terms)) != 0) break;
        }
        if (isnan(terms.rate + terms.rate_period) == 0) {
            status = predict_together(&same, last, &terms, error);
        } else {
            for (idx_t row = same.begin; row < same.end; row++) result_null(rows->output, row);
        }
        begin = same.end;
    }
    return status;
}

static void call_predicting(duckdb_function_info info, duckdb_data_chunk input, duckdb_vector output) {
    run(info, input, output, predict_rows);
}

/* --- Registration ------------------------------------------------------------------------------------------------- */

static duckdb_state function_register(duckdb_connection connection, const function *described, duckdb_type result,
                                      duckdb_scalar_function_t call) {
    static const duckdb_type document[] = {DUCKDB_TYPE_VARCHAR, DUCKDB_TYPE_INVALID};
    const duckdb_type more = described->initial.kind == SQL_LIFETIME ? DUCKDB_TYPE_DOUBLE : DUCKDB_TYPE_ANY;
    function *const of = malloc(sizeof(*of));
    if (of == NULL) return DuckDBError;
    *of = *described;
    if (pthread_mutex_init(&of->lock, NULL) != 0) {
        free(of);
        return DuckDBError;
    }
    const duckdb_scalar_function made = scalar_new(of->name, document, more, result, call);
    duckdb_scalar_function_set_extra_info(made, of, function_free);
    return scalar_register(connection, made);
}

static duckdb_state functions_register(duckdb_connection connection) {
    static const function writing[] = {
        {.name = "custval_scores", .initial = SQL_SITE_SCORES, .write = sql_site_scores},
        {.name = "custval_explain", .initial = SQL_SITE_VALUE, .write = write_explanation},
        {.name = "custval_reason", .initial = SQL_SITE_VALUE, .write = write_reason},
        {.name = "custval_group", .initial = {.kind = SQL_GROUPS}, .write = write_group},
    };
    static const function predicting[] = {
        {"custval_alive", {.kind = SQL_LIFETIME}, .output = CUSTVAL_LIFETIME_ALIVE, .least = 3, .most = 3},
        {"custval_expected", {.kind = SQL_LIFETIME}, .output = CUSTVAL_LIFETIME_EXPECTED, .least = 4, .most = 4},
        {"custval_clv", {.kind = SQL_LIFETIME}, .output = CUSTVAL_LIFETIME_VALUE, .least = 5, .most = 7},
    };
    static const function value = {.name = "custval_value", .initial = SQL_SITE_VALUE};
    duckdb_state state = function_register(connection, &value, DUCKDB_TYPE_DOUBLE, call_value);
    for (size_t i = 0; state == DuckDBSuccess && i < sizeof(writing) / sizeof(writing[0]); i++) {
        state = function_register(connection, writing + i, DUCKDB_TYPE_VARCHAR, call_writing);
    }
    for (size_t i = 0; state == DuckDBSuccess && i < sizeof(predicting) / sizeof(predicting[0]); i++) {
        state = function_register(connection, predicting + i, DUCKDB_TYPE_DOUBLE, call_predicting);
    }
    return state;
}

DUCKDB_CAPI_ENTRY_VISIBILITY bool custval_init_c_api(duckdb_extension_info info,
                                                     struct duckdb_extension_access *access);

DUCKDB_EXTENSION_ENTRYPOINT(duckdb_connection connection, duckdb_extension_info info,
                            struct duckdb_extension_access *access) {
    if (functions_register(connection) == DuckDBSuccess && weights_register(connection) == DuckDBSuccess &&
        summary_register(connection) == DuckDBSuccess) {
        return true;
    }
    access->set_error(info, "custval: the functions cannot be registered");
    return false;
}
