/* MariaDB: scores, explanations, groups, lifetimes and weights as functions. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "place.h"

/* --- Systems and groups ------------------------------------------------------------------------------------------- */

static char begin(UDF_INIT *init, UDF_ARGS *arguments, const sql_site *initial, int is_text, char *message) {
    return place_begin(init, initial, is_text, message) != 0 || document_prepare(init, arguments, message) != 0;
}

NUMBER_FUNCTION(CUSTVAL_VALUE)

char CUSTVAL_VALUE_init(UDF_INIT *init, UDF_ARGS *arguments, char *message) {
    static const sql_site initial = SQL_SITE_VALUE;
    return begin(init, arguments, &initial, 0, message);
}

double CUSTVAL_VALUE(UDF_INIT *init, UDF_ARGS *arguments, char *is_null, char *failed) {
    custval_error error = CUSTVAL_ERROR_INIT;
    double value = (double)NAN;
    place *const here = row_read(init, arguments, failed);
    if (here != NULL) {
        const custval_status status = sql_site_value(&here->site, &value, &error);
        if (status != CUSTVAL_OK) row_fail(status, &error, failed);
    }
    return give_number(value, is_null);
}

/* What is written about a row into an empty text. */
typedef custval_status (*row_writer)(sql_site *site, sql_text *out, custval_error *error);

static char *write_row(const UDF_INIT *init, const UDF_ARGS *arguments, row_writer write, unsigned long *length,
                       char *is_null, char *failed) {
    custval_error error = CUSTVAL_ERROR_INIT;
    place *const here = row_read(init, arguments, failed);
    *is_null = 1;
    if (here == NULL) return NULL;
    here->text.length = 0;
    const custval_status status = write(&here->site, &here->text, &error);
    if (status != CUSTVAL_OK) {
        row_fail(status, &error, failed);
        return NULL;
    }
    *is_null = here->text.length == 0;
    return give_text(&here->text, length);
}

TEXT_FUNCTION(CUSTVAL_SCORES)

char CUSTVAL_SCORES_init(UDF_INIT *init, UDF_ARGS *arguments, char *message) {
    static const sql_site initial = SQL_SITE_SCORES;
    return begin(init, arguments, &initial, 1, message);
}

char *CUSTVAL_SCORES(UDF_INIT *init, UDF_ARGS *arguments, char *result, unsigned long *length, char *is_null,
                     char *failed) {
    (void)result;
    return write_row(init, arguments, sql_site_scores, length, is_null, failed);
}

static custval_status write_explanation(sql_site *site, sql_text *out, custval_error *error) {
    custval_table *table = NULL;
    custval_status status = sql_site_explain(site, &table, error);
    if (status == CUSTVAL_OK) status = sql_text_add_table(out, table, error);
    custval_table_free(table);
    return status;
}

TEXT_FUNCTION(CUSTVAL_EXPLAIN)

char CUSTVAL_EXPLAIN_init(UDF_INIT *init, UDF_ARGS *arguments, char *message) {
    static const sql_site initial = SQL_SITE_VALUE;
    return begin(init, arguments, &initial, 1, message);
}

char *CUSTVAL_EXPLAIN(UDF_INIT *init, UDF_ARGS *arguments, char *result, unsigned long *length, char *is_null,
                      char *failed) {
    (void)result;
    return write_row(init, arguments, write_explanation, length, is_null, failed);
}

static custval_status write_reason(sql_site *site, sql_text *out, custval_error *error) {
    return sql_site_reason(site, out, error);
}

TEXT_FUNCTION(CUSTVAL_REASON)

char CUSTVAL_REASON_init(UDF_INIT *init, UDF_ARGS *arguments, char *message) {
    static const sql_site initial = SQL_SITE_VALUE;
    return begin(init, arguments, &initial, 1, message);
}

char *CUSTVAL_REASON(UDF_INIT *init, UDF_ARGS *arguments, char *result, unsigned long *length, char *is_null,
                     char *failed) {
    (void)result;
    return write_row(init, arguments, write_reason, length, is_null, failed);
}

static custval_status write_group(sql_site *site, sql_text *out, custval_error *error) {
    custval_text id = {NULL, 0};
    const custval_status status = sql_site_group(site, &id, error);
    if (status != CUSTVAL_OK || id.data == NULL) return status;
    sql_text_add(out, id.data, id.length);
    return sql_text_status(out, error);
}

TEXT_FUNCTION(CUSTVAL_GROUP)

char CUSTVAL_GROUP_init(UDF_INIT *init, UDF_ARGS *arguments, char *message) {
    static const sql_site initial = {.kind = SQL_GROUPS};
    return begin(init, arguments, &initial, 1, message);
}

char *CUSTVAL_GROUP(UDF_INIT *init, UDF_ARGS *arguments, char *result, unsigned long *length, char *is_null,
                    char *failed) {
    (void)result;
    return write_row(init, arguments, write_group, length, is_null, failed);
}

/* --- Lifetimes ---------------------------------------------------------------------------------------------------- */

static char begin_prediction(UDF_INIT *init, UDF_ARGS *arguments, unsigned int least, unsigned int most,
                             char *message) {
    static const sql_site initial = {.kind = SQL_LIFETIME};
    custval_error error = CUSTVAL_ERROR_INIT;
    const unsigned int numbers = arguments->arg_count > 0 ? arguments->arg_count - 1 : 0;
    if (numbers < least || numbers > most) {
        return refuse(sql_fail_count(&error, numbers, least, most), &error, message);
    }
    return begin(init, arguments, &initial, 0, message);
}

static double predict(const UDF_INIT *init, const UDF_ARGS *arguments, uint32_t output, char *is_null, char *failed) {
    custval_error error = CUSTVAL_ERROR_INIT;
    sql_terms terms = SQL_TERMS;
    double predicted = (double)NAN;
    place *const here = place_of(init);
    custval_status status = sql_site_use(&here->site, arguments->args[0], arguments->lengths[0], &error);
    for (unsigned int i = 0; status == CUSTVAL_OK && i + 1 < arguments->arg_count; i++) {
        double *const into = sql_site_place(&here->site, &terms, output, i);
        if (!argument_number(arguments, i + 1, into)) status = sql_fail_number(&error, i + 1);
    }
    if (status == CUSTVAL_OK) status = sql_site_predict(&here->site, output, &terms, &predicted, &error);
    if (status != CUSTVAL_OK) row_fail(status, &error, failed);
    return give_number(predicted, is_null);
}

NUMBER_FUNCTION(CUSTVAL_ALIVE)

char CUSTVAL_ALIVE_init(UDF_INIT *init, UDF_ARGS *arguments, char *message) {
    return begin_prediction(init, arguments, 3, 3, message);
}

double CUSTVAL_ALIVE(UDF_INIT *init, UDF_ARGS *arguments, char *is_null, char *failed) {
    return predict(init, arguments, CUSTVAL_LIFETIME_ALIVE, is_null, failed);
}

NUMBER_FUNCTION(CUSTVAL_EXPECTED)

char CUSTVAL_EXPECTED_init(UDF_INIT *init, UDF_ARGS *arguments, char *message) {
    return begin_prediction(init, arguments, 4, 4, message);
}

double CUSTVAL_EXPECTED(UDF_INIT *init, UDF_ARGS *arguments, char *is_null, char *failed) {
    return predict(init, arguments, CUSTVAL_LIFETIME_EXPECTED, is_null, failed);
}

NUMBER_FUNCTION(CUSTVAL_CLV)

char CUSTVAL_CLV_init(UDF_INIT *init, UDF_ARGS *arguments, char *message) {
    return begin_prediction(init, arguments, 5, 7, message);
}

double CUSTVAL_CLV(UDF_INIT *init, UDF_ARGS *arguments, char *is_null, char *failed) {
    return predict(init, arguments, CUSTVAL_LIFETIME_VALUE, is_null, failed);
}

/* --- Weights ------------------------------------------------------------------------------------------------------ */

static char begin_weights(UDF_INIT *init, UDF_ARGS *arguments, int is_text, char *message) {
    custval_error error = CUSTVAL_ERROR_INIT;
    if (place_begin(init, NULL, is_text, message) != 0) return 1;
    place *const here = place_of(init);
    here->numbers = malloc((arguments->arg_count + 1) * sizeof(*here->numbers));
    if (here->numbers == NULL) {
        place_end(init);
        return refuse(CUSTVAL_ERROR_MEMORY, &error, message);
    }
    numbers_prepare(arguments, 0);
    return 0;
}

static custval_status weigh(const place *here, const UDF_ARGS *arguments, custval_weights **out, custval_error *error) {
    for (unsigned int i = 0; i < arguments->arg_count; i++) {
        if (!argument_number(arguments, i, here->numbers + i)) return sql_fail_number(error, i + 1);
    }
    return sql_weights_ahp(here->numbers, arguments->arg_count, out, error);
}

TEXT_FUNCTION(CUSTVAL_WEIGHTS)

char CUSTVAL_WEIGHTS_init(UDF_INIT *init, UDF_ARGS *arguments, char *message) {
    return begin_weights(init, arguments, 1, message);
}

char *CUSTVAL_WEIGHTS(UDF_INIT *init, UDF_ARGS *arguments, char *result, unsigned long *length, char *is_null,
                      char *failed) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *made = NULL;
    place *const here = place_of(init);
    (void)result;
    here->text.length = 0;
    custval_status status = weigh(here, arguments, &made, &error);
    if (status == CUSTVAL_OK) status = sql_weights_write(made, 0, &here->text, &error);
    custval_weights_free(made);
    if (status != CUSTVAL_OK) row_fail(status, &error, failed);
    *is_null = status != CUSTVAL_OK;
    return give_text(&here->text, length);
}

NUMBER_FUNCTION(CUSTVAL_CONSISTENCY)

char CUSTVAL_CONSISTENCY_init(UDF_INIT *init, UDF_ARGS *arguments, char *message) {
    return begin_weights(init, arguments, 0, message);
}

double CUSTVAL_CONSISTENCY(UDF_INIT *init, UDF_ARGS *arguments, char *is_null, char *failed) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *made = NULL;
    double ratio = (double)NAN;
    custval_status status = weigh(place_of(init), arguments, &made, &error);
    if (status == CUSTVAL_OK) status = sql_weights_consistency(made, &ratio, &error);
    custval_weights_free(made);
    if (status != CUSTVAL_OK) row_fail(status, &error, failed);
    return give_number(ratio, is_null);
}
