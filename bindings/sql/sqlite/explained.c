/* SQLite: an explanation as a table: SELECT * FROM custval_explained(document, answer, ...). */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "extension.h"

SQLITE_EXTENSION_INIT3

/*
 * The arguments of a table-valued function are its hidden columns: a document, and as many answers as SQLite lets a
 * function have. What is given comes as constraints of equality, in any order; idxStr has a byte for each argument of
 * xFilter: the place of its hidden column, counted from 1.
 */
#define ANSWERS 100
#define HIDDEN (1 + ANSWERS)

static const char shown[] = "node TEXT, label TEXT, kind TEXT, depth INTEGER, answer REAL, score REAL, coverage REAL, "
                            "weight REAL, effective REAL, contribution REAL, is_part INTEGER, unit TEXT, note TEXT";
#define SHOWN 13

typedef struct cursor {
    sqlite3_vtab_cursor base;
    custval_table *table;
    size_t row;
} cursor;

static int explained_connect(sqlite3 *db, void *data, int count, const char *const *arguments, sqlite3_vtab **out,
                             char **message) {
    sql_text declaration = {0};
    char name[32];
    (void)data, (void)count, (void)arguments, (void)message;
    sql_text_add(&declaration, "CREATE TABLE x(", 15);
    sql_text_add(&declaration, shown, sizeof(shown) - 1);
    sql_text_add(&declaration, ", document HIDDEN", 17);
    for (int i = 1; i <= ANSWERS; i++) {
        sqlite3_snprintf(sizeof(name), name, ", answer%d HIDDEN", i);
        sql_text_add(&declaration, name, strlen(name));
    }
    sql_text_add(&declaration, ")", 1);
    int status = declaration.failed ? SQLITE_NOMEM : sqlite3_declare_vtab(db, declaration.data);
    sql_text_clear(&declaration);
    *out = status == SQLITE_OK ? sqlite3_malloc(sizeof(**out)) : NULL;
    if (status == SQLITE_OK && *out == NULL) status = SQLITE_NOMEM;
    if (status != SQLITE_OK) return status;
    memset(*out, 0, sizeof(**out));
    sqlite3_vtab_config(db, SQLITE_VTAB_INNOCUOUS);
    return SQLITE_OK;
}

static int explained_disconnect(sqlite3_vtab *table) {
    sqlite3_free(table);
    return SQLITE_OK;
}

static int explained_plan(sqlite3_vtab *table, sqlite3_index_info *info) {
    (void)table;
    char *const places = sqlite3_malloc(HIDDEN + 1);
    if (places == NULL) return SQLITE_NOMEM;
    int count = 0;
    for (int i = 0; i < info->nConstraint; i++) {
        const int hidden = info->aConstraint[i].iColumn - SHOWN;
        if (hidden < 0 || info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ) continue;
        if (!info->aConstraint[i].usable || count == HIDDEN) {
            sqlite3_free(places);
            return SQLITE_CONSTRAINT; /* this order of a join cannot give all arguments */
        }
        places[count++] = (char)(hidden + 1);
        info->aConstraintUsage[i].argvIndex = count;
        info->aConstraintUsage[i].omit = 1;
    }
    places[count] = '\0';
    info->idxStr = places;
    info->needToFreeIdxStr = 1;
    info->estimatedRows = 20;
    info->estimatedCost = 20.0;
    return SQLITE_OK;
}

static int explained_open(sqlite3_vtab *table, sqlite3_vtab_cursor **out) {
    (void)table;
    cursor *const made = sqlite3_malloc(sizeof(*made));
    if (made == NULL) return SQLITE_NOMEM;
    memset(made, 0, sizeof(*made));
    *out = &made->base;
    return SQLITE_OK;
}

static int explained_close(sqlite3_vtab_cursor *base) {
    cursor *const here = (cursor *)base;
    custval_table_free(here->table);
    sqlite3_free(here);
    return SQLITE_OK;
}

static custval_status explain(cursor *here, const char *places, int count, sqlite3_value **cells,
                              custval_error *error) {
    sqlite3_value *given[HIDDEN] = {NULL};
    size_t length = 0;
    int answers = 0;
    for (int i = 0; i < count; i++) given[(unsigned char)places[i] - 1] = cells[i];
    while (answers < ANSWERS && given[1 + answers] != NULL) answers++;
    sql_site site = SQL_SITE_VALUE;
    const char *const document = given[0] != NULL ? cell_text(given[0], &length) : NULL;
    custval_status status = sql_site_use(&site, document, length, error);
    if (status == CUSTVAL_OK) status = answers_read(&site, answers, given + 1, error);
    if (status == CUSTVAL_OK) status = sql_site_explain(&site, &here->table, error);
    sql_site_clear(&site);
    return status;
}

static int explained_filter(sqlite3_vtab_cursor *base, int number, const char *places, int count,
                            sqlite3_value **cells) {
    custval_error error = CUSTVAL_ERROR_INIT;
    cursor *const here = (cursor *)base;
    (void)number;
    custval_table_free(here->table);
    here->table = NULL;
    here->row = 0;
    const custval_status status = explain(here, places, count, cells, &error);
    if (status == CUSTVAL_OK) return SQLITE_OK;
    if (status == CUSTVAL_ERROR_MEMORY) return SQLITE_NOMEM;
    sqlite3_free(base->pVtab->zErrMsg);
    base->pVtab->zErrMsg = sqlite3_mprintf("custval: %s (%s)", error.message, custval_status_name(status));
    return SQLITE_ERROR;
}

static int explained_next(sqlite3_vtab_cursor *base) {
    ((cursor *)base)->row++;
    return SQLITE_OK;
}

static int explained_eof(sqlite3_vtab_cursor *base) {
    const cursor *const here = (const cursor *)base;
    return here->row >= custval_table_rows(here->table);
}

static int explained_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    const cursor *const here = (const cursor *)base;
    custval_column facts = CUSTVAL_COLUMN_INIT;
    custval_text text = {NULL, 0};
    double number = 0.0;
    if (column >= SHOWN) return SQLITE_OK; /* arguments are not shown again */
    if (custval_table_column(here->table, (size_t)column, &facts, NULL) != CUSTVAL_OK) return SQLITE_ERROR;
    if (facts.type == CUSTVAL_TYPE_UINT32) {
        if (custval_table_number(here->table, (size_t)column, here->row, &number, NULL) != CUSTVAL_OK) {
            return SQLITE_ERROR;
        }
        sqlite3_result_int64(context, (sqlite3_int64)number);
    } else if (facts.type == CUSTVAL_TYPE_FLOAT64) {
        if (custval_table_number(here->table, (size_t)column, here->row, &number, NULL) != CUSTVAL_OK) {
            return SQLITE_ERROR;
        }
        sqlite3_result_double(context, number); /* NaN becomes NULL */
    } else if (custval_table_text(here->table, (size_t)column, here->row, &text, NULL) == CUSTVAL_OK) {
        if (text.data != NULL) {
            sqlite3_result_text64(context, text.data, text.length, SQLITE_TRANSIENT, SQLITE_UTF8);
        }
    } else {
        return SQLITE_ERROR;
    }
    return SQLITE_OK;
}

static int explained_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *out) {
    *out = (sqlite3_int64)((const cursor *)base)->row;
    return SQLITE_OK;
}

int explained_register(sqlite3 *db) {
    static const sqlite3_module module = {
        .xConnect = explained_connect,
        .xBestIndex = explained_plan,
        .xDisconnect = explained_disconnect,
        .xOpen = explained_open,
        .xClose = explained_close,
        .xFilter = explained_filter,
        .xNext = explained_next,
        .xEof = explained_eof,
        .xColumn = explained_column,
        .xRowid = explained_rowid,
    };
    return sqlite3_create_module(db, "custval_explained", &module, NULL);
}
