/* Named numbers that people write by hand: one criterion per row, and columns of numbers about it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "name_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"

static size_t name_column(const sheet *from) {
    const size_t column = sheet_column(from, "criterion");
    return column != SIZE_MAX ? column : sheet_column(from, "name");
}

static void check_single(const sheet *from, const char *const columns[NAME_LIST_COLUMNS], const char *path) {
    static const char *const names[] = {"criterion", "name"};
    sheet_problem problem = {0, ""};
    if (!sheet_are_single(from, names, 2, &problem) || !sheet_are_single(from, columns, NAME_LIST_COLUMNS, &problem)) {
        sheet_fail(path, &problem);
    }
}

/* Where the columns are; SIZE_MAX for one that is not there. */
static void find_columns(const sheet *from, const char *const columns[NAME_LIST_COLUMNS], size_t needed,
                         size_t found[NAME_LIST_COLUMNS], const char *path) {
    sheet_problem problem = {0, ""};
    const char *missing = name_column(from) == SIZE_MAX ? "criterion or name" : NULL;
    check_single(from, columns, path);
    for (size_t i = 0; i < NAME_LIST_COLUMNS; i++) {
        found[i] = columns[i] == NULL ? SIZE_MAX : sheet_column(from, columns[i]);
        if (found[i] == SIZE_MAX && i < needed && missing == NULL) missing = columns[i];
    }
    if (missing == NULL) return;
    sheet_set_problem(&problem, from->lines[0], "there is no column %s in the header", missing);
    sheet_fail(path, &problem);
}

static int read_record(name_list *to, const sheet *from, size_t record, size_t name_at,
                       const char *const columns[NAME_LIST_COLUMNS], const size_t found[NAME_LIST_COLUMNS],
                       sheet_problem *problem) {
    const custval_text *const name = sheet_cell(from, record, name_at);
    char what[2 * QUOTED_SIZE], shown[QUOTED_SIZE];
    quoted(name->data, name->length, shown);
    if (name->length == 0) {
        sheet_set_problem(problem, from->lines[record], "the name of a criterion is blank");
        return 0;
    }
    for (size_t i = 0; i < to->count; i++) {
        if (strlen(to->names[i]) != name->length || memcmp(to->names[i], name->data, name->length) != 0) continue;
        sheet_set_problem(problem, from->lines[record], "the criterion %s stands in line %llu already", shown,
                          (unsigned long long)to->lines[i]);
        return 0;
    }
    for (size_t i = 0; i < NAME_LIST_COLUMNS; i++) {
        if (found[i] == SIZE_MAX) continue;
        custval__format(what, sizeof what, "criterion %s, column %s", shown, columns[i]);
        if (!sheet_number(from, record, found[i], what, &to->numbers[i][to->count], problem)) return 0;
    }
    to->names[to->count] = memory_text(name->data, name->length);
    to->lines[to->count++] = from->lines[record];
    return 1;
}

void name_list_open(name_list *to, const char *path, const char *const columns[NAME_LIST_COLUMNS], size_t needed,
                    const data_options *options, const char *written, const char *command) {
    sheet from;
    sheet_problem problem = {0, ""};
    size_t found[NAME_LIST_COLUMNS] = {SIZE_MAX, SIZE_MAX, SIZE_MAX};
    *to = (name_list){.path = path};
    sheet_open(&from, path, options, written, command);
    const int is_plain = needed == 0 && from.columns == 1, has_header = name_column(&from) != SIZE_MAX;
    if (!is_plain) find_columns(&from, columns, needed == 0 ? 1 : needed, found, path);
    to->names = memory_new(from.records, sizeof to->names[0]);
    to->lines = memory_new(from.records, sizeof to->lines[0]);
    for (size_t i = 0; i < NAME_LIST_COLUMNS; i++) {
        if (found[i] != SIZE_MAX) to->numbers[i] = memory_new(from.records, sizeof to->numbers[i][0]);
    }
    if (from.records > CUSTVAL_MAX_CRITERIA + 1) {
        fail("%s: there are more than %d criteria", input_name(path), CUSTVAL_MAX_CRITERIA);
    }
    const size_t name_at = is_plain ? 0 : name_column(&from);
    for (size_t record = is_plain && !has_header ? 0 : 1; record < from.records; record++) {
        if (!read_record(to, &from, record, name_at, columns, found, &problem)) sheet_fail(path, &problem);
    }
    if (to->count == 0) fail("%s: there is nothing below the header", input_name(path));
    sheet_free(&from);
}

void name_list_free(name_list *of) {
    for (size_t i = 0; i < of->count; i++) free(of->names[i]);
    for (size_t i = 0; i < NAME_LIST_COLUMNS; i++) free(of->numbers[i]);
    free(of->names);
    free(of->lines);
    *of = (name_list){0};
}

/* Where the message names the criterion in quotes; NULL if it does not. */
static const char *find_quoted(const char *message, const char *name) {
    const size_t length = strlen(name);
    for (const char *at = strstr(message, name); at != NULL; at = strstr(at + 1, name)) {
        if (at > message && at[-1] == '"' && at[length] == '"') return at;
    }
    return NULL;
}

void name_list_fail(const name_list *of, const custval_error *error) {
    const char *first = NULL;
    uint64_t line = 0;
    for (size_t i = 0; i < of->count; i++) {
        const char *const at = find_quoted(error->message, of->names[i]);
        if (at == NULL || (first != NULL && at > first)) continue;
        first = at;
        line = of->lines[i];
    }
    if (first == NULL) fail_error(input_name(of->path), error);
    fail("%s: line %llu: %s", input_name(of->path), (unsigned long long)line, error->message);
}

/* The library, which takes weights as ratings, would call them that. */
static void check_weights(const name_list *of) {
    char shown[QUOTED_SIZE];
    double sum = 0.0;
    for (size_t i = 0; i < of->count; i++) {
        const double weight = of->numbers[0][i];
        sum += weight;
        if (weight >= 0.0) continue;
        fail("%s: line %llu: criterion %s: weight %g is negative", input_name(of->path),
             (unsigned long long)of->lines[i], quoted(of->names[i], strlen(of->names[i]), shown), weight);
    }
    if (sum == 0.0) fail("%s: every weight is 0", input_name(of->path));
}

custval_weights *weights_open(const char *path, const data_options *options, const char *written, const char *command) {
    static const char *const columns[NAME_LIST_COLUMNS] = {"weight", NULL, NULL};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *weights = NULL;
    name_list from;
    name_list_open(&from, path, columns, 1, options, written, command);
    check_weights(&from);
    if (custval_weights_ratings(NULL, (const char *const *)from.names, from.numbers[0], from.count, NULL, &weights,
                                &error) != CUSTVAL_OK) {
        name_list_fail(&from, &error);
    }
    name_list_free(&from);
    return weights;
}
