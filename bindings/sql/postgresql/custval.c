/* PostgreSQL: scores, explanations, weights, groups and lifetimes as functions. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "convert.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"

PG_MODULE_MAGIC;

PG_FUNCTION_INFO_V1(custval_pg_version);
PG_FUNCTION_INFO_V1(custval_pg_valid);
PG_FUNCTION_INFO_V1(custval_pg_value);
PG_FUNCTION_INFO_V1(custval_pg_scores);
PG_FUNCTION_INFO_V1(custval_pg_explain);
PG_FUNCTION_INFO_V1(custval_pg_reason);
PG_FUNCTION_INFO_V1(custval_pg_group);
PG_FUNCTION_INFO_V1(custval_pg_alive);
PG_FUNCTION_INFO_V1(custval_pg_expected);
PG_FUNCTION_INFO_V1(custval_pg_clv);
PG_FUNCTION_INFO_V1(custval_pg_weights);
PG_FUNCTION_INFO_V1(custval_pg_consistency);

Datum custval_pg_version(PG_FUNCTION_ARGS) {
    (void)fcinfo;
    return CStringGetTextDatum(custval_version_string());
}

/* Reads a document and says true, or raises what is wrong with it: for CHECK constraints. */
Datum custval_pg_valid(PG_FUNCTION_ARGS) {
    custval_error error = CUSTVAL_ERROR_INIT;
    size_t name_length = 0, length = 0;
    const char *const name = argument_utf8(PG_GETARG_RAW_VARLENA_P(0), &name_length);
    const char *const given = argument_utf8(PG_GETARG_RAW_VARLENA_P(1), &length);
    const sql_kind kind = sql_kind_of(name, name_length);
    if (kind == 0) {
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                        errmsg("custval: a document is a \"system\", \"groups\" or a \"lifetime\", not \"%s\"",
                               text_to_cstring(PG_GETARG_TEXT_PP(0)))));
    }
    sql_document *document = NULL;
    const custval_status status = sql_document_get(kind, given, length, &document, &error);
    sql_document_free(document);
    raise_if(status, &error);
    PG_RETURN_BOOL(true);
}

/* --- Systems ------------------------------------------------------------------------------------------------------ */

/* The place in the query, with the row in its site. */
static call *row_read(FunctionCallInfo fcinfo, const sql_site *initial) {
    call *const here = call_get(fcinfo, initial);
    call_document(fcinfo, here);
    call_answers(fcinfo, here, 1);
    return here;
}

Datum custval_pg_value(PG_FUNCTION_ARGS) {
    static const sql_site initial = SQL_SITE_VALUE;
    custval_error error = CUSTVAL_ERROR_INIT;
    double value = (double)NAN;
    call *const here = row_read(fcinfo, &initial);
    raise_if(sql_site_value(&here->site, &value, &error), &error);
    if (isnan(value) != 0) PG_RETURN_NULL();
    PG_RETURN_FLOAT8(value);
}

Datum custval_pg_scores(PG_FUNCTION_ARGS) {
    static const sql_site initial = SQL_SITE_SCORES;
    custval_error error = CUSTVAL_ERROR_INIT;
    call *const here = row_read(fcinfo, &initial);
    raise_if(sql_site_scores(&here->site, &here->text, &error), &error);
    return call_jsonb(here);
}

Datum custval_pg_explain(PG_FUNCTION_ARGS) {
    static const sql_site initial = SQL_SITE_VALUE;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    call *const here = row_read(fcinfo, &initial);
    custval_status status = sql_site_explain(&here->site, &table, &error);
    if (status == CUSTVAL_OK) status = sql_text_add_table(&here->text, table, &error);
    custval_table_free(table);
    raise_if(status, &error);
    return call_jsonb(here);
}

Datum custval_pg_reason(PG_FUNCTION_ARGS) {
    static const sql_site initial = SQL_SITE_VALUE;
    custval_error error = CUSTVAL_ERROR_INIT;
    call *const here = row_read(fcinfo, &initial);
    raise_if(sql_site_reason(&here->site, &here->text, &error), &error);
    if (here->text.length == 0) PG_RETURN_NULL();
    return call_text(here, here->text.data, here->text.length);
}

/* --- Groups and lifetimes ----------------------------------------------------------------------------------------- */

Datum custval_pg_group(PG_FUNCTION_ARGS) {
    static const sql_site initial = {.kind = SQL_GROUPS};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_text id = {NULL, 0};
    call *const here = row_read(fcinfo, &initial);
    raise_if(sql_site_group(&here->site, &id, &error), &error);
    if (id.data == NULL) PG_RETURN_NULL();
    return call_text(here, id.data, id.length);
}

static Datum predict(FunctionCallInfo fcinfo, uint32_t output) {
    static const sql_site initial = {.kind = SQL_LIFETIME};
    custval_error error = CUSTVAL_ERROR_INIT;
    sql_terms terms = SQL_TERMS;
    double predicted = (double)NAN;
    call *const here = call_get(fcinfo, &initial);
    call_document(fcinfo, here);
    for (int i = 1; i < PG_NARGS(); i++) {
        double *const into = sql_site_place(&here->site, &terms, output, (size_t)i - 1);
        *into = PG_ARGISNULL(i) ? (double)NAN : PG_GETARG_FLOAT8(i);
    }
    raise_if(sql_site_predict(&here->site, output, &terms, &predicted, &error), &error);
    if (isnan(predicted) != 0) PG_RETURN_NULL();
    PG_RETURN_FLOAT8(predicted);
}

Datum custval_pg_alive(PG_FUNCTION_ARGS) {
    return predict(fcinfo, CUSTVAL_LIFETIME_ALIVE);
}

Datum custval_pg_expected(PG_FUNCTION_ARGS) {
    return predict(fcinfo, CUSTVAL_LIFETIME_EXPECTED);
}

Datum custval_pg_clv(PG_FUNCTION_ARGS) {
    return predict(fcinfo, CUSTVAL_LIFETIME_VALUE);
}

/* --- Weights of judgements ---------------------------------------------------------------------------------------- */

/* Judgements row by row, from an array of one or two dimensions. */
static custval_weights *weigh(FunctionCallInfo fcinfo, custval_error *error, custval_status *status) {
    ArrayType *const array = PG_GETARG_ARRAYTYPE_P(0);
    Datum *cells = NULL;
    bool *nulls = NULL;
    int count = 0;
    custval_weights *made = NULL;
    deconstruct_array(array, FLOAT8OID, sizeof(double), FLOAT8PASSBYVAL, 'd', &cells, &nulls, &count);
    double *const matrix = palloc(sizeof(*matrix) * (size_t)(count + 1));
    for (int i = 0; i < count; i++) matrix[i] = nulls[i] ? (double)NAN : DatumGetFloat8(cells[i]);
    *status = sql_weights_ahp(matrix, (size_t)count, &made, error);
    return made;
}

Datum custval_pg_weights(PG_FUNCTION_ARGS) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_status status = CUSTVAL_OK;
    Datum shares[CUSTVAL_MAX_JUDGED];
    custval_weights *const made = weigh(fcinfo, &error, &status);
    const size_t count = custval_weights_count(made);
    for (size_t i = 0; i < count; i++) shares[i] = Float8GetDatum(custval_weights_share(made, i));
    custval_weights_free(made);
    raise_if(status, &error);
    PG_RETURN_ARRAYTYPE_P(construct_array(shares, (int)count, FLOAT8OID, sizeof(double), FLOAT8PASSBYVAL, 'd'));
}

Datum custval_pg_consistency(PG_FUNCTION_ARGS) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_status status = CUSTVAL_OK;
    double ratio = (double)NAN;
    custval_weights *const made = weigh(fcinfo, &error, &status);
    if (status == CUSTVAL_OK) status = sql_weights_consistency(made, &ratio, &error);
    custval_weights_free(made);
    raise_if(status, &error);
    if (isnan(ratio) != 0) PG_RETURN_NULL();
    PG_RETURN_FLOAT8(ratio);
}
