/* One place of a query: a document, the cells of a row, and what is asked about it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "shared.h"

void sql_site_clear(sql_site *site) {
    custval_scorer_free(site->scorer);
    custval_table_free(site->customer);
    sql_document_free(site->document);
    free(site->numbers);
    free(site->texts);
    free(site->scores);
    sql_text_clear(&site->group);
    *site = (sql_site){.kind = site->kind, .levels = site->levels, .coverage = site->coverage};
}

/* How the library is to score for the site. */
static custval_score_options options_of(const sql_site *site) {
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    options.levels = site->levels;
    options.coverage = site->coverage;
    options.as_of = site->as_of[0] != '\0' ? site->as_of : NULL;
    return options;
}

static custval_status make_scorer(sql_site *site, custval_error *error) {
    const custval_score_options options = options_of(site);
    const custval_status status = custval_scorer_new(site->document->system, &options, &site->scorer, error);
    if (status != CUSTVAL_OK) return status;
    site->scores = calloc((size_t)custval_scorer_columns(site->scorer) + 1, sizeof(*site->scores));
    return site->scores == NULL ? custval__fail_memory(error) : CUSTVAL_OK;
}

static custval_status make_customer(sql_site *site, custval_error *error) {
    const sql_document *const document = site->document;
    custval_status status = custval_table_new(NULL, 1, &site->customer, error);
    for (size_t i = 0; status == CUSTVAL_OK && i < document->input_count; i++) {
        status = custval_table_add_doubles(site->customer, document->inputs[i].column, site->numbers + i, error);
    }
    return status;
}

static custval_status site_begin(sql_site *site, const char *text, size_t length, custval_error *error) {
    const custval_status status = sql_document_get(site->kind, text, length, &site->document, error);
    if (status != CUSTVAL_OK) return status;
    const size_t inputs = site->document->input_count;
    site->numbers = malloc((inputs + 1) * sizeof(*site->numbers));
    site->texts = calloc(inputs + 1, sizeof(*site->texts));
    if (site->numbers == NULL || site->texts == NULL) return custval__fail_memory(error);
    for (size_t i = 0; i < inputs; i++) site->numbers[i] = (double)NAN;
    if (site->kind == SQL_LIFETIME) site->numbers[SQL_LIFETIME_HORIZON] = 1.0;
    if (site->kind != SQL_SYSTEM) return make_customer(site, error);
    return site->document->is_dated ? CUSTVAL_OK : make_scorer(site, error);
}

custval_status sql_site_use(sql_site *site, const char *text, size_t length, custval_error *error) {
    const sql_document *const document = site->document;
    if (text != NULL && document != NULL && document->length == length && memcmp(document->text, text, length) == 0) {
        return CUSTVAL_OK;
    }
    sql_site_clear(site);
    if (text == NULL) return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "the document is NULL");
    const custval_status status = site_begin(site, text, length, error);
    if (status != CUSTVAL_OK) sql_site_clear(site);
    return status;
}

custval_status sql_site_expect(const sql_site *site, size_t answers, custval_error *error) {
    const sql_document *const document = site->document;
    if (answers == document->input_count) return CUSTVAL_OK;
    char names[CUSTVAL_ERROR_MESSAGE_SIZE / 2];
    size_t length = 0;
    names[0] = '\0';
    for (size_t i = 0; i < document->input_count && length < sizeof(names); i++) {
        length +=
            custval__format(names + length, sizeof(names) - length, i > 0 ? ", %s" : "%s", document->inputs[i].column);
    }
    return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "%zu answers are given, but the document reads %zu: %s%s",
                         answers, document->input_count, names, length < sizeof(names) ? "" : "...");
}

custval_status sql_site_refuse(const sql_site *site, size_t input, const char *type, custval_error *error) {
    const sql_input *const wanted = site->document->inputs + input;
    return custval__fail(error, CUSTVAL_ERROR_TYPE, "answer %zu, column \"%s\": %s is needed, not %s", input + 1,
                         wanted->column, wanted->is_text ? "a text" : "a number", type);
}

custval_status sql_fail_count(custval_error *error, size_t given, size_t least, size_t most) {
    return least == most ? custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "%zu numbers are given, not %zu", given, least)
                         : custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "%zu numbers are given, not %zu to %zu", given,
                                         least, most);
}

custval_status sql_fail_number(custval_error *error, size_t argument) {
    return custval__fail(error, CUSTVAL_ERROR_TYPE, "number %zu is none", argument);
}

/* Gets ready for the date of the row, which is seldom another one than before. */
static custval_status date_use(sql_site *site, custval_error *error) {
    if (!site->document->is_dated) return CUSTVAL_OK;
    const size_t last = site->document->input_count - 1;
    const custval_text date = site->texts[last];
    if (date.data == NULL || date.length >= sizeof(site->as_of)) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT,
                             "answer %zu, \"as_of\": the system has overrides, so that the date of the scoring is "
                             "needed, such as 2026-12-31",
                             last + 1);
    }
    if (site->scorer != NULL && strlen(site->as_of) == date.length &&
        memcmp(site->as_of, date.data, date.length) == 0) {
        return CUSTVAL_OK;
    }
    custval_scorer_free(site->scorer);
    free(site->scores);
    site->scorer = NULL;
    site->scores = NULL;
    memcpy(site->as_of, date.data, date.length);
    site->as_of[date.length] = '\0';
    return make_scorer(site, error);
}

static custval_status score(sql_site *site, uint32_t *out_status, custval_error *error) {
    custval_status status = date_use(site, error);
    if (status != CUSTVAL_OK) return status;
    const custval_text *const texts = site->document->has_texts ? site->texts : NULL;
    status = custval_scorer_row(site->scorer, site->numbers, texts, site->scores, out_status);
    return status == CUSTVAL_OK ? status : custval__fail(error, status, "%s", custval_status_description(status));
}

custval_status sql_site_value(sql_site *site, double *out, custval_error *error) {
    uint32_t row_status = 0;
    const custval_status status = score(site, &row_status, error);
    *out = status == CUSTVAL_OK ? site->scores[0] : (double)NAN;
    return status;
}

custval_status sql_site_scores(sql_site *site, sql_text *out, custval_error *error) {
    uint32_t row_status = 0;
    const custval_status status = score(site, &row_status, error);
    if (status != CUSTVAL_OK) return status;
    const uint32_t columns = custval_scorer_columns(site->scorer);
    sql_text_add(out, "{", 1);
    for (uint32_t i = 0; i < columns; i++) {
        const char *const name = custval_scorer_column_name(site->scorer, i);
        sql_text_add_quoted(out, name, strlen(name));
        sql_text_add(out, ": ", 2);
        sql_text_add_number(out, site->scores[i]);
        sql_text_add(out, ", ", 2);
    }
    sql_text_add(out, "\"status\": ", 10);
    sql_text_add_number(out, row_status);
    sql_text_add(out, "}", 1);
    return sql_text_status(out, error);
}

/* The row as a table of its own, for what is seldom asked. */
static custval_status make_row(sql_site *site, custval_table **out, custval_error *error) {
    const size_t columns = site->document->input_count - (site->document->is_dated ? 1 : 0);
    custval_status status = date_use(site, error);
    if (status == CUSTVAL_OK) status = custval_table_new(NULL, 1, out, error);
    for (size_t i = 0; status == CUSTVAL_OK && i < columns; i++) {
        const sql_input *const input = site->document->inputs + i;
        status = input->is_text ? custval_table_add_texts(*out, input->column, site->texts + i, error)
                                : custval_table_add_doubles(*out, input->column, site->numbers + i, error);
    }
    return status;
}

custval_status sql_site_explain(sql_site *site, custval_table **out, custval_error *error) {
    custval_table *row = NULL;
    *out = NULL;
    custval_status status = make_row(site, &row, error);
    const custval_score_options options = options_of(site);
    if (status == CUSTVAL_OK) status = custval_explain(site->document->system, row, 0, &options, out, error);
    custval_table_free(row);
    return status;
}

custval_status sql_site_reason(sql_site *site, sql_text *out, custval_error *error) {
    custval_table *row = NULL;
    char reason[4096];
    custval_status status = make_row(site, &row, error);
    const custval_score_options options = options_of(site);
    if (status == CUSTVAL_OK) {
        status = custval_row_reason(site->document->system, row, 0, &options, reason, sizeof(reason), error);
    }
    custval_table_free(row);
    if (status != CUSTVAL_OK) return status;
    sql_text_add(out, reason, strlen(reason));
    return sql_text_status(out, error);
}

custval_status sql_site_group(sql_site *site, custval_text *out, custval_error *error) {
    custval_table *assigned = NULL;
    custval_text id = {NULL, 0};
    *out = id;
    custval_status status = custval_groups_assign(site->document->groups, site->customer, NULL, &assigned, error);
    if (status == CUSTVAL_OK) status = custval_table_text(assigned, 0, 0, &id, error);
    if (status == CUSTVAL_OK && id.data != NULL) {
        site->group.length = 0;
        sql_text_add(&site->group, id.data, id.length);
        status = sql_text_status(&site->group, error);
        if (status == CUSTVAL_OK) *out = (custval_text){site->group.data, site->group.length};
    }
    custval_table_free(assigned);
    return status;
}

double *sql_site_place(sql_site *site, sql_terms *terms, uint32_t output, size_t argument) {
    const size_t inputs = output == CUSTVAL_LIFETIME_VALUE ? SQL_LIFETIME_HORIZON : SQL_LIFETIME_MEAN_SPEND;
    if (argument < inputs) return site->numbers + argument;
    if (argument == inputs) return site->numbers + SQL_LIFETIME_HORIZON;
    return argument == inputs + 1 ? &terms->rate : &terms->rate_period;
}

custval_status sql_document_predict(const sql_document *document, const custval_table *table, uint32_t output,
                                    const sql_terms *terms, custval_table **out, custval_error *error) {
    custval_lifetime_predict_options options = CUSTVAL_LIFETIME_PREDICT_OPTIONS_INIT;
    options.outputs = output;
    if (output != CUSTVAL_LIFETIME_ALIVE) options.horizon_column = document->inputs[SQL_LIFETIME_HORIZON].column;
    options.rate = terms->rate;
    options.rate_period = terms->rate_period;
    return custval_lifetime_predict(document->lifetime, table, &options, out, error);
}

custval_status sql_site_predict(sql_site *site, uint32_t output, const sql_terms *terms, double *out,
                                custval_error *error) {
    custval_table *predicted = NULL;
    *out = (double)NAN;
    if (isnan(terms->rate + terms->rate_period) != 0) return CUSTVAL_OK;
    custval_status status = sql_document_predict(site->document, site->customer, output, terms, &predicted, error);
    if (status == CUSTVAL_OK) status = custval_table_number(predicted, 0, 0, out, error);
    custval_table_free(predicted);
    return status;
}
