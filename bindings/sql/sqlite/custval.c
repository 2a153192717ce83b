/* SQLite: scores, explanations, weights, groups and lifetimes as functions. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "extension.h"

SQLITE_EXTENSION_INIT1

/* --- Cells -------------------------------------------------------------------------------------------------------- */

const char *cell_text(sqlite3_value *cell, size_t *length) {
    const char *const text = (const char *)sqlite3_value_text(cell);
    *length = text == NULL ? 0 : (size_t)sqlite3_value_bytes(cell);
    return text;
}

int cell_number(sqlite3_value *cell, double *out) {
    switch (sqlite3_value_type(cell)) {
    case SQLITE_FLOAT: *out = sqlite3_value_double(cell); return 1;
    case SQLITE_INTEGER: *out = (double)sqlite3_value_int64(cell); return 1;
    case SQLITE_NULL: *out = (double)NAN; return 1;
    default: return 0;
    }
}

custval_status answers_read(sql_site *site, int count, sqlite3_value **cells, custval_error *error) {
    const sql_document *const document = site->document;
    const custval_status status = sql_site_expect(site, (size_t)count, error);
    if (status != CUSTVAL_OK) return status;
    for (int i = 0; i < count; i++) {
        const int type = sqlite3_value_type(cells[i]);
        if (!document->inputs[i].is_text) {
            if (!cell_number(cells[i], site->numbers + i)) {
                return sql_site_refuse(site, (size_t)i, type == SQLITE_TEXT ? "a text" : "a blob", error);
            }
            continue;
        }
        custval_text text = {NULL, 0};
        if (type == SQLITE_BLOB) return sql_site_refuse(site, (size_t)i, "a blob", error);
        if (type != SQLITE_NULL) text.data = cell_text(cells[i], &text.length);
        site->texts[i] = text;
    }
    return CUSTVAL_OK;
}

/* --- Sites -------------------------------------------------------------------------------------------------------- */

/*
 * A connection is used by one thread at a time, so its functions keep their sites with them. Several, for a query may
 * ask by several documents in turn: the one that was used last comes first.
 */
#define SITES 8

typedef struct function {
    int (*call)(sqlite3_context *context, const struct function *of, sql_site *site, int count, sqlite3_value **cells,
                custval_error *error);
    sql_site initial;
    uint32_t output; /* lifetimes: a ::custval_lifetime_output */
    int least, most; /* lifetimes: numbers after the document */
} function;

typedef struct place {
    const function *of;
    sql_site sites[SITES];
} place;

static void place_free(void *data) {
    place *const here = data;
    for (size_t i = 0; i < SITES; i++) sql_site_clear(here->sites + i);
    free(here);
}

static int is_of(const sql_site *site, const char *text, size_t length) {
    return site->document != NULL && site->document->length == length &&
           memcmp(site->document->text, text, length) == 0;
}

static sql_site *site_for(place *here, const char *text, size_t length) {
    size_t found = 0;
    while (found < SITES - 1 && here->sites[found].document != NULL && !is_of(here->sites + found, text, length))
        found++;
    if (found > 0) {
        const sql_site used = here->sites[found];
        memmove(here->sites + 1, here->sites, found * sizeof(used));
        here->sites[0] = used;
    }
    return here->sites;
}

void give_failure(sqlite3_context *context, custval_status status, const custval_error *error) {
    if (status == CUSTVAL_ERROR_MEMORY) {
        sqlite3_result_error_nomem(context);
        return;
    }
    char *const message = sqlite3_mprintf("custval: %s (%s)", error->message, custval_status_name(status));
    sqlite3_result_error(context, message != NULL ? message : "custval", -1);
    sqlite3_free(message);
}

static void call_function(sqlite3_context *context, int count, sqlite3_value **cells) {
    custval_error error = CUSTVAL_ERROR_INIT;
    place *const here = sqlite3_user_data(context);
    size_t length = 0;
    const char *const text = count > 0 ? cell_text(cells[0], &length) : NULL;
    sql_site *const site = text != NULL ? site_for(here, text, length) : here->sites;
    custval_status status = sql_site_use(site, text, length, &error);
    if (status == CUSTVAL_OK) status = here->of->call(context, here->of, site, count - 1, cells + 1, &error);
    if (status != CUSTVAL_OK) give_failure(context, status, &error);
}

/* --- Functions of a document -------------------------------------------------------------------------------------- */

static void give_number(sqlite3_context *context, double number) {
    if (isnan(number) != 0) {
        sqlite3_result_null(context);
    } else {
        sqlite3_result_double(context, number);
    }
}

/* Gives a text or bytes to SQLite, and clears it. */
static void give_text(sqlite3_context *context, sql_text *text) {
    sqlite3_result_text64(context, text->data, text->length, free, SQLITE_UTF8);
    *text = (sql_text){0};
}

static int value(sqlite3_context *context, const function *of, sql_site *site, int count, sqlite3_value **cells,
                 custval_error *error) {
    double number = (double)NAN;
    (void)of;
    custval_status status = answers_read(site, count, cells, error);
    if (status == CUSTVAL_OK) status = sql_site_value(site, &number, error);
    if (status == CUSTVAL_OK) give_number(context, number);
    return status;
}

static int scores(sqlite3_context *context, const function *of, sql_site *site, int count, sqlite3_value **cells,
                  custval_error *error) {
    sql_text text = {0};
    (void)of;
    custval_status status = answers_read(site, count, cells, error);
    if (status == CUSTVAL_OK) status = sql_site_scores(site, &text, error);
    if (status == CUSTVAL_OK) give_text(context, &text);
    sql_text_clear(&text);
    return status;
}

static int explain(sqlite3_context *context, const function *of, sql_site *site, int count, sqlite3_value **cells,
                   custval_error *error) {
    sql_text text = {0};
    custval_table *table = NULL;
    (void)of;
    custval_status status = answers_read(site, count, cells, error);
    if (status == CUSTVAL_OK) status = sql_site_explain(site, &table, error);
    if (status == CUSTVAL_OK) status = sql_text_add_table(&text, table, error);
    if (status == CUSTVAL_OK) give_text(context, &text);
    custval_table_free(table);
    sql_text_clear(&text);
    return status;
}

static int reason(sqlite3_context *context, const function *of, sql_site *site, int count, sqlite3_value **cells,
                  custval_error *error) {
    sql_text text = {0};
    (void)of;
    custval_status status = answers_read(site, count, cells, error);
    if (status == CUSTVAL_OK) status = sql_site_reason(site, &text, error);
    if (status == CUSTVAL_OK && text.length > 0) give_text(context, &text);
    sql_text_clear(&text);
    return status;
}

static int group(sqlite3_context *context, const function *of, sql_site *site, int count, sqlite3_value **cells,
                 custval_error *error) {
    custval_text id = {NULL, 0};
    (void)of;
    custval_status status = answers_read(site, count, cells, error);
    if (status == CUSTVAL_OK) status = sql_site_group(site, &id, error);
    if (status == CUSTVAL_OK && id.data != NULL) {
        sqlite3_result_text64(context, id.data, id.length, SQLITE_TRANSIENT, SQLITE_UTF8);
    }
    return status;
}

static int predict(sqlite3_context *context, const function *of, sql_site *site, int count, sqlite3_value **cells,
                   custval_error *error) {
    sql_terms terms = SQL_TERMS;
    double predicted = (double)NAN;
    if (count < of->least || count > of->most) {
        return sql_fail_count(error, (size_t)count, (size_t)of->least, (size_t)of->most);
    }
    for (int i = 0; i < count; i++) {
        double *const into = sql_site_place(site, &terms, of->output, (size_t)i);
        if (!cell_number(cells[i], into)) return sql_fail_number(error, (size_t)i + 1);
    }
    const custval_status status = sql_site_predict(site, of->output, &terms, &predicted, error);
    if (status == CUSTVAL_OK) give_number(context, predicted);
    return status;
}

/* --- Weights ------------------------------------------------------------------------------------------------------ */

static custval_status weigh(int count, sqlite3_value **cells, custval_weights **out, custval_error *error) {
    custval_status status = CUSTVAL_OK;
    double *const matrix = malloc(sizeof(*matrix) * (size_t)(count + 1));
    if (matrix == NULL) return CUSTVAL_ERROR_MEMORY;
    for (int i = 0; status == CUSTVAL_OK && i < count; i++) {
        if (!cell_number(cells[i], matrix + i)) status = sql_fail_number(error, (size_t)i + 1);
    }
    if (status == CUSTVAL_OK) status = sql_weights_ahp(matrix, (size_t)count, out, error);
    free(matrix);
    return status;
}

static void weights(sqlite3_context *context, int count, sqlite3_value **cells) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *made = NULL;
    sql_text text = {0};
    custval_status status = weigh(count, cells, &made, &error);
    if (status == CUSTVAL_OK) status = sql_weights_write(made, 0, &text, &error);
    if (status == CUSTVAL_OK) {
        give_text(context, &text);
    } else {
        give_failure(context, status, &error);
    }
    custval_weights_free(made);
    sql_text_clear(&text);
}

static void consistency(sqlite3_context *context, int count, sqlite3_value **cells) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *made = NULL;
    double ratio = (double)NAN;
    custval_status status = weigh(count, cells, &made, &error);
    if (status == CUSTVAL_OK) status = sql_weights_consistency(made, &ratio, &error);
    if (status == CUSTVAL_OK) {
        give_number(context, ratio);
    } else {
        give_failure(context, status, &error);
    }
    custval_weights_free(made);
}

static void version(sqlite3_context *context, int count, sqlite3_value **cells) {
    (void)count;
    (void)cells;
    sqlite3_result_text(context, custval_version_string(), -1, SQLITE_STATIC);
}

/* --- Registration ------------------------------------------------------------------------------------------------- */

/* The same answer for the same arguments, and nothing that a schema of a stranger could do harm with. */
#define FLAGS (SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS)

static int place_register(sqlite3 *db, const char *name, const function *of) {
    place *const made = calloc(1, sizeof(*made));
    if (made == NULL) return SQLITE_NOMEM;
    made->of = of;
    for (size_t i = 0; i < SITES; i++) made->sites[i] = of->initial;
    /* SQLite frees the place also if the registration fails. */
    return sqlite3_create_function_v2(db, name, -1, FLAGS, made, call_function, NULL, NULL, place_free);
}

static int functions_register(sqlite3 *db) {
    static const struct {
        const char *name;
        function of;
    } functions[] = {
        {"custval_value", {value, SQL_SITE_VALUE, 0, 0, 0}},
        {"custval_scores", {scores, SQL_SITE_SCORES, 0, 0, 0}},
        {"custval_explain", {explain, SQL_SITE_VALUE, 0, 0, 0}},
        {"custval_reason", {reason, SQL_SITE_VALUE, 0, 0, 0}},
        {"custval_group", {group, {.kind = SQL_GROUPS}, 0, 0, 0}},
        {"custval_alive", {predict, {.kind = SQL_LIFETIME}, CUSTVAL_LIFETIME_ALIVE, 3, 3}},
        {"custval_expected", {predict, {.kind = SQL_LIFETIME}, CUSTVAL_LIFETIME_EXPECTED, 4, 4}},
        {"custval_clv", {predict, {.kind = SQL_LIFETIME}, CUSTVAL_LIFETIME_VALUE, 5, 7}},
    };
    int status = SQLITE_OK;
    for (size_t i = 0; status == SQLITE_OK && i < sizeof(functions) / sizeof(functions[0]); i++) {
        status = place_register(db, functions[i].name, &functions[i].of);
    }
    return status;
}

#if defined(_WIN32)
__declspec(dllexport)
#elif defined(__GNUC__)
__attribute__((visibility("default")))
#endif
    int sqlite3_custval_init(sqlite3 *db, char **message, const sqlite3_api_routines *api);

int sqlite3_custval_init(sqlite3 *db, char **message, const sqlite3_api_routines *api) {
    (void)message;
    SQLITE_EXTENSION_INIT2(api)
    int status = functions_register(db);
    if (status == SQLITE_OK) {
        status = sqlite3_create_function(db, "custval_weights", -1, FLAGS, NULL, weights, NULL, NULL);
    }
    if (status == SQLITE_OK) {
        status = sqlite3_create_function(db, "custval_consistency", -1, FLAGS, NULL, consistency, NULL, NULL);
    }
    if (status == SQLITE_OK) {
        status = sqlite3_create_function(db, "custval_version", 0, FLAGS, NULL, version, NULL, NULL);
    }
    if (status == SQLITE_OK) status = summary_register(db);
    if (status == SQLITE_OK) status = explained_register(db);
    return status;
}
