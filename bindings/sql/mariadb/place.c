/* MariaDB: documents, rows and errors between the server and the library. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "place.h"

/* --- Failures ----------------------------------------------------------------------------------------------------- */

/*
 * The interface has messages for _init alone, of which the server shows 80 characters; a function that fails on a row
 * can only say that it failed. MariaDB exports what its own functions say errors with, and of two errors the first
 * counts. Where a server has no such symbol, the message is cut, and a row fails without words.
 */
#define ERROR_OF_QUERY 1105 /* ER_UNKNOWN_ERROR: "HY000" and the message as it is */
#if defined(__GNUC__) && !defined(_WIN32)
extern void my_printf_error(unsigned int code, const char *format, unsigned long flags, ...) __attribute__((weak));
#endif

static void say(custval_status status, const char *what) {
#if defined(__GNUC__) && !defined(_WIN32)
    if (my_printf_error != NULL) {
        my_printf_error(ERROR_OF_QUERY, "custval: %s (%s)", 0UL, what, custval_status_name(status));
    }
#else
    (void)status, (void)what;
#endif
}

/* The library does not fill in an error when the places themselves run out of memory. */
static const char *message_of(custval_status status, const custval_error *error) {
    return status == CUSTVAL_ERROR_MEMORY ? custval_status_description(status) : error->message;
}

void row_fail(custval_status status, const custval_error *error, char *failed) {
    *failed = 1;
    say(status, message_of(status, error));
}

char refuse(custval_status status, const custval_error *error, char *message) {
    const char *const what = message_of(status, error);
    size_t length = strlen(what);
    if (length >= UDF_MESSAGE_SIZE) length = UDF_MESSAGE_SIZE - 1;
    memcpy(message, what, length);
    message[length] = '\0';
    say(status, what);
    return 1;
}

/* --- Places ------------------------------------------------------------------------------------------------------- */

place *place_of(const UDF_INIT *init) {
    return (place *)(void *)init->ptr;
}

char place_begin(UDF_INIT *init, const sql_site *initial, int is_text, char *message) {
    const custval_error error = CUSTVAL_ERROR_INIT;
    place *const made = calloc(1, sizeof(*made));
    init->ptr = (char *)made;
    if (made == NULL) return refuse(CUSTVAL_ERROR_MEMORY, &error, message);
    if (initial != NULL) made->site = *initial;
    init->maybe_null = 1;
    init->decimals = UDF_ALL_DECIMALS;
    if (is_text) init->max_length = CUSTVAL_MAX_DOCUMENT_SIZE;
    return 0;
}

/* The server calls no _deinit after an _init that failed. */
void place_end(UDF_INIT *init) {
    place *const here = place_of(init);
    if (here == NULL) return;
    sql_site_clear(&here->site);
    sql_text_clear(&here->text);
    sql_gather_free(here->gather);
    free(here->numbers);
    free(here);
    init->ptr = NULL;
}

/* --- Arguments ---------------------------------------------------------------------------------------------------- */

void numbers_prepare(UDF_ARGS *arguments, unsigned int first) {
    for (unsigned int i = first; i < arguments->arg_count; i++) {
        if (arguments->arg_type[i] == DECIMAL_RESULT) arguments->arg_type[i] = REAL_RESULT;
    }
}

int argument_number(const UDF_ARGS *arguments, unsigned int argument, double *out) {
    const char *const cell = arguments->args[argument];
    *out = (double)NAN;
    if (cell == NULL) return 1;
    if (arguments->arg_type[argument] == REAL_RESULT) {
        memcpy(out, cell, sizeof(*out));
        return 1;
    }
    if (arguments->arg_type[argument] == INT_RESULT) {
        long long whole = 0;
        memcpy(&whole, cell, sizeof(whole));
        *out = (double)whole;
        return 1;
    }
    return 0;
}

static custval_status document_use(place *here, const UDF_ARGS *arguments, custval_error *error) {
    return sql_site_use(&here->site, arguments->args[0], arguments->lengths[0], error);
}

/* Constants that are texts where numbers are needed; texts are asked for where they are. */
static custval_status types_prepare(const place *here, UDF_ARGS *arguments, custval_error *error) {
    const sql_document *const document = here->site.document;
    for (unsigned int i = 0; i < document->input_count; i++) {
        if (document->inputs[i].is_text) {
            arguments->arg_type[i + 1] = STRING_RESULT;
        } else if (arguments->arg_type[i + 1] == STRING_RESULT && arguments->args[i + 1] != NULL) {
            return sql_site_refuse(&here->site, i, "a text", error);
        }
    }
    return CUSTVAL_OK;
}

char document_prepare(UDF_INIT *init, UDF_ARGS *arguments, char *message) {
    custval_error error = CUSTVAL_ERROR_INIT;
    place *const here = place_of(init);
    custval_status status = CUSTVAL_OK;
    if (arguments->arg_count == 0) {
        status = sql_site_use(&here->site, NULL, 0, &error);
    } else if (arguments->arg_type[0] == STRING_RESULT && arguments->args[0] != NULL) {
        status = document_use(here, arguments, &error);
        if (status == CUSTVAL_OK && here->site.kind != SQL_LIFETIME) {
            status = sql_site_expect(&here->site, arguments->arg_count - 1, &error);
            if (status == CUSTVAL_OK) status = types_prepare(here, arguments, &error);
        }
    }
    if (status != CUSTVAL_OK) {
        place_end(init);
        return refuse(status, &error, message);
    }
    arguments->arg_type[0] = STRING_RESULT;
    numbers_prepare(arguments, 1);
    return 0;
}

static custval_status cells_read(sql_site *site, const UDF_ARGS *arguments, custval_error *error) {
    const sql_document *const document = site->document;
    const custval_status status = sql_site_expect(site, arguments->arg_count - 1, error);
    if (status != CUSTVAL_OK) return status;
    for (unsigned int i = 0; i < document->input_count; i++) {
        const char *const cell = arguments->args[i + 1];
        if (document->inputs[i].is_text) {
            if (cell != NULL && arguments->arg_type[i + 1] != STRING_RESULT) {
                return sql_site_refuse(site, i, "a number: CAST it to CHAR", error);
            }
            site->texts[i] = (custval_text){cell, cell == NULL ? 0 : arguments->lengths[i + 1]};
        } else if (!argument_number(arguments, i + 1, site->numbers + i)) {
            return sql_site_refuse(site, i, "a text", error);
        }
    }
    return CUSTVAL_OK;
}

place *row_read(const UDF_INIT *init, const UDF_ARGS *arguments, char *failed) {
    custval_error error = CUSTVAL_ERROR_INIT;
    place *const here = place_of(init);
    custval_status status = document_use(here, arguments, &error);
    if (status == CUSTVAL_OK) status = cells_read(&here->site, arguments, &error);
    if (status == CUSTVAL_OK) return here;
    row_fail(status, &error, failed);
    return NULL;
}

/* --- Results ------------------------------------------------------------------------------------------------------ */

double give_number(double number, char *is_null) {
    *is_null = (char)(isnan(number) != 0);
    return *is_null ? 0.0 : number;
}

char *give_text(const sql_text *text, unsigned long *length) {
    *length = (unsigned long)text->length;
    return text->data;
}
