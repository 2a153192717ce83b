/* MariaDB: summaries as aggregates, and what is read from them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "place.h"

/* All symbols of an aggregate but _init and _add. */
#define AGGREGATE(name)                                                                                               \
  TEXT_FUNCTION(name)                                                                                                 \
  UDF_EXPORT void name##_clear(UDF_INIT *init, char *is_null, char *failed);                                          \
  UDF_EXPORT void name##_add(UDF_INIT *init, UDF_ARGS *arguments, char *is_null, char *failed);                       \
  void name##_clear(UDF_INIT *init, char *is_null, char *failed) {                                                    \
    (void)is_null, (void)failed;                                                                                      \
    clear(place_of(init));                                                                                            \
  }                                                                                                                   \
  char *name(UDF_INIT *init, UDF_ARGS *arguments, char *result, unsigned long *length, char *is_null, char *failed) { \
    (void)arguments, (void)result;                                                                                    \
    return end(place_of(init), length, is_null, failed);                                                              \
  }

/* Before each group of rows. */
static void clear(place *here) {
    sql_gather_free(here->gather);
    here->gather = NULL;
    here->text.length = 0;
}

/* After its last row: the bytes of the summary, NULL if there was no row. */
static char *end(place *here, unsigned long *length, char *is_null, char *failed) {
    custval_error error = CUSTVAL_ERROR_INIT;
    *is_null = 1;
    if (here->gather == NULL || *failed) return NULL;
    here->text.length = 0;
    const custval_status status = sql_gather_write(here->gather, &here->text, &error);
    if (status != CUSTVAL_OK) {
        row_fail(status, &error, failed);
        return NULL;
    }
    *is_null = 0;
    return give_text(&here->text, length);
}

AGGREGATE(CUSTVAL_SUMMARY)

char CUSTVAL_SUMMARY_init(UDF_INIT *init, UDF_ARGS *arguments, char *message) {
    custval_error error = CUSTVAL_ERROR_INIT;
    if (arguments->arg_count < 2) {
        return refuse(sql_fail_count(&error, 0, 1, CUSTVAL_MAX_CRITERIA), &error, message);
    }
    if (place_begin(init, NULL, 1, message) != 0) return 1;
    place *const here = place_of(init);
    here->numbers = malloc(arguments->arg_count * sizeof(*here->numbers));
    if (here->numbers == NULL) {
        place_end(init);
        return refuse(CUSTVAL_ERROR_MEMORY, &error, message);
    }
    arguments->arg_type[0] = STRING_RESULT;
    numbers_prepare(arguments, 1);
    return 0;
}

static custval_status add_row(place *here, const UDF_ARGS *arguments, custval_error *error) {
    const unsigned int count = arguments->arg_count - 1;
    custval_status status = CUSTVAL_OK;
    if (here->gather == NULL) {
        status = sql_gather_new(arguments->args[0], arguments->lengths[0], &here->gather, error);
    }
    if (status == CUSTVAL_OK && here->gather->columns != count) {
        status = sql_fail_count(error, count, here->gather->columns, here->gather->columns);
    }
    for (unsigned int i = 0; status == CUSTVAL_OK && i < count; i++) {
        if (!argument_number(arguments, i + 1, here->numbers + i)) status = sql_fail_number(error, i + 1);
    }
    return status == CUSTVAL_OK ? sql_gather_row(here->gather, here->numbers, error) : status;
}

void CUSTVAL_SUMMARY_add(UDF_INIT *init, UDF_ARGS *arguments, char *is_null, char *failed) {
    custval_error error = CUSTVAL_ERROR_INIT;
    (void)is_null;
    if (*failed) return;
    const custval_status status = add_row(place_of(init), arguments, &error);
    if (status != CUSTVAL_OK) row_fail(status, &error, failed);
}

static char refuse_count(const UDF_ARGS *arguments, unsigned int wanted, char *message) {
    custval_error error = CUSTVAL_ERROR_INIT;
    return refuse(sql_fail_count(&error, arguments->arg_count, wanted, wanted), &error, message);
}

static char begin_bytes(UDF_INIT *init, UDF_ARGS *arguments, unsigned int count, char *message) {
    if (arguments->arg_count != count) return refuse_count(arguments, count, message);
    for (unsigned int i = 0; i < count; i++) arguments->arg_type[i] = STRING_RESULT;
    return place_begin(init, NULL, 1, message);
}

AGGREGATE(CUSTVAL_SUMMARY_MERGE)

char CUSTVAL_SUMMARY_MERGE_init(UDF_INIT *init, UDF_ARGS *arguments, char *message) {
    return begin_bytes(init, arguments, 1, message);
}

void CUSTVAL_SUMMARY_MERGE_add(UDF_INIT *init, UDF_ARGS *arguments, char *is_null, char *failed) {
    custval_error error = CUSTVAL_ERROR_INIT;
    (void)is_null;
    if (*failed || arguments->args[0] == NULL) return;
    const custval_status status =
        sql_gather_merge_bytes(&place_of(init)->gather, arguments->args[0], arguments->lengths[0], &error);
    if (status != CUSTVAL_OK) row_fail(status, &error, failed);
}

/* --- Written summaries -------------------------------------------------------------------------------------------- */

TEXT_FUNCTION(CUSTVAL_SUMMARY_STATISTICS)

char CUSTVAL_SUMMARY_STATISTICS_init(UDF_INIT *init, UDF_ARGS *arguments, char *message) {
    return begin_bytes(init, arguments, 1, message);
}

char *CUSTVAL_SUMMARY_STATISTICS(UDF_INIT *init, UDF_ARGS *arguments, char *result, unsigned long *length,
                                 char *is_null, char *failed) {
    custval_error error = CUSTVAL_ERROR_INIT;
    place *const here = place_of(init);
    (void)result;
    *is_null = 1;
    here->text.length = 0;
    if (arguments->args[0] == NULL) return NULL;
    const custval_status status =
        sql_summary_statistics(arguments->args[0], arguments->lengths[0], &here->text, &error);
    if (status != CUSTVAL_OK) row_fail(status, &error, failed);
    *is_null = status != CUSTVAL_OK;
    return give_text(&here->text, length);
}

TEXT_FUNCTION(CUSTVAL_SUMMARY_WEIGHTS)

char CUSTVAL_SUMMARY_WEIGHTS_init(UDF_INIT *init, UDF_ARGS *arguments, char *message) {
    return begin_bytes(init, arguments, 2, message);
}

char *CUSTVAL_SUMMARY_WEIGHTS(UDF_INIT *init, UDF_ARGS *arguments, char *result, unsigned long *length, char *is_null,
                              char *failed) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *made = NULL;
    place *const here = place_of(init);
    (void)result;
    *is_null = 1;
    here->text.length = 0;
    if (arguments->args[0] == NULL || arguments->args[1] == NULL) return NULL;
    custval_status status = sql_summary_weights(arguments->args[0], arguments->lengths[0], arguments->args[1],
                                                arguments->lengths[1], &made, &error);
    if (status == CUSTVAL_OK) status = sql_weights_write(made, 1, &here->text, &error);
    custval_weights_free(made);
    if (status != CUSTVAL_OK) row_fail(status, &error, failed);
    *is_null = status != CUSTVAL_OK;
    return give_text(&here->text, length);
}
