/* The functions of the add-in: each reads its cells, calls the library, and gives a table of cells. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "functions.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <windows.h>

#include "documents.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *const history[] = {"x", "t_x", "T", "mean_spend"};
static const char *const explained[] = {"node", "label", "score", "weight", "contribution"};

/* --- Answers ----------------------------------------------------------------------------------------------------------- */

/* Columns of rows that have names, or stand in the order of what is wanted. */
static custval_status columns_of(work *of, const excel_cell *range, const excel_cell *given_names, names wanted,
                                 const unsigned char *is_text, custval_table **out) {
    const area rows = area_of(range, 1);
    names have = wanted;
    if (!is_blank(area_of(given_names, 1).cells)) {
        const custval_status status = names_of(of, area_of(given_names, 1), &have);
        if (status != CUSTVAL_OK) return status;
    } else if (rows.columns != wanted.count) {
        char list[200] = "";
        for (size_t i = 0, used = 0; i < wanted.count && used < sizeof list; i++) {
            used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", i == 0 ? "" : ", ", wanted.at[i]);
        }
        return work_refuse(of, CUSTVAL_ERROR_ARGUMENT, "%zu cells are needed (%s), not %zu; or give the names",
                           wanted.count, list, rows.columns);
    }
    return table_of(of, rows, have, wanted, is_text, out);
}

static custval_status inputs_of(work *of, const custval_system *system, names *out, unsigned char **out_is_text) {
    out->count = custval_system_inputs(system);
    out->at = work_take(of, out->count, sizeof *out->at);
    *out_is_text = work_take(of, out->count, 1);
    if (out->at == NULL || *out_is_text == NULL) return CUSTVAL_ERROR_MEMORY;
    for (uint32_t i = 0; i < out->count; i++) {
        custval_input input = CUSTVAL_INPUT_INIT;
        const custval_status status = custval_system_input(system, i, &input, &of->error);
        if (status != CUSTVAL_OK) return status;
        out->at[i] = input.column;
        (*out_is_text)[i] = input.is_text != 0;
    }
    return CUSTVAL_OK;
}

/* A system and the answers to score. */
typedef struct asked {
    custval_system *system;
    custval_table *answers;
} asked;

static void asked_free(asked *of) {
    custval_table_free(of->answers);
    custval_system_free(of->system);
}

static custval_status ask(work *of, const excel_cell *system, const excel_cell *rows, const excel_cell *given_names,
                          asked *out) {
    names wanted = {NULL, 0};
    unsigned char *is_text = NULL;
    *out = (asked){NULL, NULL};
    custval_status status = system_of(of, system, &out->system);
    if (status == CUSTVAL_OK) status = inputs_of(of, out->system, &wanted, &is_text);
    if (status == CUSTVAL_OK) status = columns_of(of, rows, given_names, wanted, is_text, &out->answers);
    return status;
}

/* --- Scores ----------------------------------------------------------------------------------------------------------- */

static const struct level {
    const char *word;
    uint32_t bits;
} levels[] = {
    {"value", CUSTVAL_LEVEL_VALUE},
    {"side", CUSTVAL_LEVEL_SIDE},
    {"dimension", CUSTVAL_LEVEL_DIMENSION},
    {"indicator", CUSTVAL_LEVEL_INDICATOR},
    {"item", CUSTVAL_LEVEL_ITEM},
    {"derived", CUSTVAL_LEVEL_DERIVED},
    {"tag", CUSTVAL_LEVEL_TAG},
    {"all", 127},
};

/* The bits of words that are parted by commas. */
static custval_status levels_of(work *of, const excel_cell *cell, uint32_t *out) {
    const char *list = NULL;
    *out = 0;
    const custval_status status = text_of(of, cell, "levels", &list);
    if (status != CUSTVAL_OK || list == NULL) return status;
    for (const char *word = list; *word != 0;) {
        word += strspn(word, " ,");
        const size_t length = strcspn(word, " ,");
        size_t i = 0;
        while (i < COUNT(levels) && (strlen(levels[i].word) != length || memcmp(levels[i].word, word, length) != 0))
            i++;
        if (i == COUNT(levels) && length > 0) {
            return work_refuse(of, CUSTVAL_ERROR_NOT_FOUND, "\"%.*s\" is no level", (int)length, word);
        }
        if (length > 0) *out |= levels[i].bits;
        word += length;
    }
    return CUSTVAL_OK;
}

/* Judgements that replace scores expire: the day is what the computer says. */
static const char *today(char (*buffer)[16]) {
    SYSTEMTIME now;
    GetLocalTime(&now);
    snprintf(*buffer, sizeof *buffer, "%04u-%02u-%02u", (unsigned)now.wYear % 10000, (unsigned)now.wMonth % 100,
             (unsigned)now.wDay % 100);
    return *buffer;
}

static custval_status value_of(work *of, const excel_cell *const *given, excel_cell **out) {
    static const char *const column[] = {"value"};
    char day[16];
    asked made;
    custval_table *scores = NULL;
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    options.levels = CUSTVAL_LEVEL_VALUE;
    options.coverage = CUSTVAL_COVERAGE_NONE;
    options.as_of = today(&day);
    custval_status status = ask(of, given[0], given[1], given[2], &made);
    if (status == CUSTVAL_OK) status = custval_score(made.system, made.answers, &options, &scores, &of->error);
    if (status == CUSTVAL_OK) status = result_of(of, scores, column, 1, 0, out);
    custval_table_free(scores);
    asked_free(&made);
    return status;
}

static custval_status scores_of(work *of, const excel_cell *const *given, excel_cell **out) {
    char day[16];
    asked made;
    custval_table *scores = NULL;
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    options.as_of = today(&day);
    const area table = area_of(given[1], 2);
    if (table.rows < 2) return work_refuse(of, CUSTVAL_ERROR_ARGUMENT, "there are no answers below the names");
    /* The two parts of the table as ranges of their own. */
    excel_cell head = *given[1], body = *given[1];
    head.is.range.rows = 1;
    body.is.range.rows = (int32_t)table.rows - 1;
    body.is.range.cells += table.width;
    custval_status status = levels_of(of, given[2], &options.levels);
    if (status != CUSTVAL_OK) return status;
    status = ask(of, given[0], &body, &head, &made);
    if (status == CUSTVAL_OK) status = custval_score(made.system, made.answers, &options, &scores, &of->error);
    if (status == CUSTVAL_OK) status = result_of(of, scores, NULL, 0, 1, out);
    custval_table_free(scores);
    asked_free(&made);
    return status;
}

static custval_status explain_of(work *of, const excel_cell *const *given, excel_cell **out) {
    char day[16];
    asked made;
    custval_table *shown = NULL;
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    options.as_of = today(&day);
    custval_status status = text_of(of, given[3], "the language", &options.language);
    if (status != CUSTVAL_OK) return status;
    status = ask(of, given[0], given[1], given[2], &made);
    if (status == CUSTVAL_OK) status = custval_explain(made.system, made.answers, 0, &options, &shown, &of->error);
    if (status == CUSTVAL_OK) status = result_of(of, shown, explained, COUNT(explained), 1, out);
    custval_table_free(shown);
    asked_free(&made);
    return status;
}

/* --- One cell as a result --------------------------------------------------------------------------------------------- */

static custval_status one_text(work *of, const char *text, size_t length, excel_cell **out) {
    excel_cell *const made = result_new(1, 1);
    if (made != NULL && put_text(made, 0, text, length) == 0) {
        *out = made;
        return CUSTVAL_OK;
    }
    result_free(made);
    return work_refuse(of, CUSTVAL_ERROR_MEMORY, "there is not enough memory");
}

static custval_status document_text(work *of, const excel_cell *const *given, excel_cell **out) {
    custval_system *system = NULL;
    size_t length = 0;
    char *text = NULL;
    custval_status status = system_of(of, given[0], &system);
    if (status == CUSTVAL_OK) status = custval_system_write(system, NULL, 0, &length, &of->error);
    if (status == CUSTVAL_OK && length > EXCEL_LONGEST_TEXT) {
        status = work_refuse(of, CUSTVAL_ERROR_LIMIT, "the document has %zu bytes, more than a cell holds", length);
    }
    if (status == CUSTVAL_OK) {
        text = work_take(of, length + 1, 1);
        status =
            text == NULL ? CUSTVAL_ERROR_MEMORY : custval_system_write(system, text, length + 1, &length, &of->error);
    }
    custval_system_free(system);
    return status == CUSTVAL_OK ? one_text(of, text, length, out) : status;
}

/* --- Weights ---------------------------------------------------------------------------------------------------------- */

static custval_status judged(work *of, const excel_cell *given, custval_weights **out) {
    const area square = area_of(given, 1);
    const size_t n = square.rows;
    if (n != square.columns) {
        return work_refuse(of, CUSTVAL_ERROR_ARGUMENT, "judgements are a square, not %zu rows of %zu", n,
                           square.columns);
    }
    double *const matrix = work_take(of, n * n, sizeof *matrix);
    const char **const called = work_take(of, n, sizeof *called);
    if (matrix == NULL || called == NULL) return CUSTVAL_ERROR_MEMORY;
    for (size_t i = 0; i < n; i++) {
        char *const name = work_take(of, 24, 1);
        if (name == NULL) return CUSTVAL_ERROR_MEMORY;
        snprintf(name, 24, "%zu", i + 1);
        called[i] = name;
        for (size_t j = 0; j < n; j++) {
            const custval_status status =
                number_of(of, &square.cells[i * square.width + j], "a judgement", (double)NAN, &matrix[i * n + j]);
            if (status != CUSTVAL_OK) return status;
        }
    }
    custval_judgements judgements = CUSTVAL_JUDGEMENTS_INIT;
    judgements.names = called;
    judgements.count = n;
    judgements.matrices = matrix;
    return custval_weights_ahp(NULL, &judgements, NULL, out, &of->error);
}

static custval_status weights_of(work *of, const excel_cell *const *given, excel_cell **out) {
    static const char *const column[] = {"weight"};
    custval_weights *weights = NULL;
    custval_status status = judged(of, given[0], &weights);
    if (status == CUSTVAL_OK) status = result_of(of, custval_weights_table(weights), column, 1, 0, out);
    custval_weights_free(weights);
    return status;
}

static custval_status consistency_of(work *of, const excel_cell *const *given, excel_cell **out) {
    custval_weights *weights = NULL;
    double cr = 0;
    custval_status status = judged(of, given[0], &weights);
    if (status == CUSTVAL_OK) status = custval_weights_diagnostic(weights, "cr", &cr, &of->error);
    custval_weights_free(weights);
    if (status != CUSTVAL_OK) return status;
    *out = result_new(1, 1);
    if (*out == NULL) return work_refuse(of, CUSTVAL_ERROR_MEMORY, "there is not enough memory");
    put_number(*out, 0, cr);
    return CUSTVAL_OK;
}

/* --- Groups ----------------------------------------------------------------------------------------------------------- */

static custval_status assigned(work *of, const excel_cell *const *given, custval_table **out) {
    custval_groups *groups = NULL;
    custval_table *table = NULL;
    names wanted = {NULL, 0};
    custval_status status = groups_of(of, given[0], &groups);
    if (status == CUSTVAL_OK) {
        wanted.at = work_take(of, custval_groups_measures(groups), sizeof *wanted.at);
        status = wanted.at == NULL ? CUSTVAL_ERROR_MEMORY : CUSTVAL_OK;
    }
    for (size_t i = 0; status == CUSTVAL_OK && i < custval_groups_measures(groups); i++) {
        const char *column = NULL;
        size_t k = 0;
        custval_groups_measure(groups, i, &column);
        while (k < wanted.count && strcmp(wanted.at[k], column) != 0) k++;
        wanted.at[k] = column;
        if (k == wanted.count) wanted.count++;
    }
    if (status == CUSTVAL_OK) status = columns_of(of, given[1], given[2], wanted, NULL, &table);
    if (status == CUSTVAL_OK) status = custval_groups_assign(groups, table, NULL, out, &of->error);
    custval_table_free(table);
    custval_groups_free(groups);
    return status;
}

static custval_status group_of(work *of, const excel_cell *const *given, excel_cell **out) {
    static const char *const column[] = {"group"};
    custval_table *made = NULL;
    custval_status status = assigned(of, given, &made);
    if (status == CUSTVAL_OK) status = result_of(of, made, column, 1, 0, out);
    custval_table_free(made);
    return status;
}

/* --- Lifetimes -------------------------------------------------------------------------------------------------------- */

/* The columns of a history: those that the model may read, by their names or in the order of `history`. */
static custval_status history_of(work *of, const excel_cell *range, const excel_cell *given_names,
                                 custval_table **out) {
    const area rows = area_of(range, 1);
    const char **const known = work_take(of, COUNT(history), sizeof *known);
    if (known == NULL) return CUSTVAL_ERROR_MEMORY;
    names have = {known, 0}, wanted = {NULL, 0};
    if (is_blank(area_of(given_names, 1).cells)) {
        for (size_t i = 0; i < COUNT(history) && i < rows.columns; i++) known[have.count++] = history[i];
        return table_of(of, rows, have, have, NULL, out);
    }
    const custval_status status = names_of(of, area_of(given_names, 1), &have);
    if (status != CUSTVAL_OK) return status;
    wanted.at = known;
    for (size_t i = 0; i < COUNT(history); i++) {
        for (size_t k = 0; k < have.count; k++) {
            if (have.at[k] != NULL && strcmp(have.at[k], history[i]) == 0) wanted.at[wanted.count++] = history[i];
        }
    }
    return table_of(of, rows, have, wanted, NULL, out);
}

static custval_status predict_options(work *of, const excel_cell *const *given, const custval_lifetime *lifetime,
                                      const char **out_column, custval_lifetime_predict_options *out) {
    double missing = (double)NAN;
    custval_status status = number_of(of, given[2], "the horizon", missing, &out->horizon);
    if (status == CUSTVAL_OK && isnan(out->horizon) != 0) {
        status = work_refuse(of, CUSTVAL_ERROR_ARGUMENT, "the horizon is a number");
    }
    if (status == CUSTVAL_OK) status = text_of(of, given[3], "the output", out_column);
    if (*out_column == NULL) *out_column = custval_lifetime_spend(lifetime) == NULL ? "expected" : "value";
    if (status == CUSTVAL_OK) {
        status = custval_word_value(CUSTVAL_WORDS_LIFETIME_OUTPUT, *out_column, &out->outputs, &of->error);
    }
    if (status == CUSTVAL_OK) status = number_of(of, given[5], "the rate", 0.0, &out->rate);
    if (status == CUSTVAL_OK) status = number_of(of, given[6], "the rate period", missing, &out->rate_period);
    if (status != CUSTVAL_OK || isnan(out->rate_period) == 0) return status;
    out->rate_period = 1.0;
    return out->rate == 0.0 ? CUSTVAL_OK
                            : work_refuse(of, CUSTVAL_ERROR_ARGUMENT, "a rate needs its period, in units of time");
}

static custval_status predicted(work *of, const excel_cell *const *given, const char **out_column,
                                custval_table **out) {
    custval_lifetime *lifetime = NULL;
    custval_table *rows = NULL;
    custval_lifetime_predict_options options = CUSTVAL_LIFETIME_PREDICT_OPTIONS_INIT;
    custval_status status = lifetime_of(of, given[0], &lifetime);
    if (status == CUSTVAL_OK) status = predict_options(of, given, lifetime, out_column, &options);
    if (status == CUSTVAL_OK) status = history_of(of, given[1], given[4], &rows);
    if (status == CUSTVAL_OK) status = custval_lifetime_predict(lifetime, rows, &options, out, &of->error);
    custval_table_free(rows);
    custval_lifetime_free(lifetime);
    return status;
}

static custval_status clv_of(work *of, const excel_cell *const *given, excel_cell **out) {
    const char *column = NULL;
    custval_table *made = NULL;
    custval_status status = predicted(of, given, &column, &made);
    if (status == CUSTVAL_OK) status = result_of(of, made, &column, 1, 0, out);
    custval_table_free(made);
    return status;
}

/* --- Why there is nothing ---------------------------------------------------------------------------------------------- */

static custval_status why_of(work *of, const excel_cell *const *given, excel_cell **out);

/* Appends to `text` why the first row that has no value has none. */
static custval_status why_no_value(work *of, const excel_cell *const *given, char *text, size_t capacity) {
    char day[16];
    asked made;
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    custval_table *scores = NULL;
    options.as_of = today(&day);
    custval_status status = ask(of, given[0], given[1], given[2], &made);
    if (status == CUSTVAL_OK) status = custval_score(made.system, made.answers, &options, &scores, &of->error);
    for (size_t row = 0; status == CUSTVAL_OK && row < custval_table_rows(scores); row++) {
        double value = 0;
        status = custval_table_number(scores, 0, row, &value, &of->error);
        if (status != CUSTVAL_OK || isnan(value) == 0) continue;
        status = custval_row_reason(made.system, made.answers, row, &options, text, capacity, &of->error);
        break;
    }
    custval_table_free(scores);
    asked_free(&made);
    return status;
}

/* "row 3: word" of the first row of a table whose status is not 0. */
static custval_status first_status(work *of, const custval_table *table, uint32_t vocabulary, char *text,
                                   size_t capacity) {
    size_t column = 0;
    custval_status status = custval_table_find(table, "status", &column, &of->error);
    for (size_t row = 0; status == CUSTVAL_OK && row < custval_table_rows(table); row++) {
        double found = 0;
        status = custval_table_number(table, column, row, &found, &of->error);
        if (status != CUSTVAL_OK || found == 0.0) continue;
        snprintf(text, capacity, "row %zu: %s", row, custval_word(vocabulary, (uint32_t)found));
        break;
    }
    return status;
}

static custval_status reason_of(work *of, const function *about, const excel_cell *const *given, char *text,
                                size_t capacity) {
    custval_table *made = NULL;
    const char *column = NULL;
    custval_status status = CUSTVAL_OK;
    if (about->body == value_of) return why_no_value(of, given, text, capacity);
    if (about->body == group_of) {
        status = assigned(of, given, &made);
        if (status == CUSTVAL_OK) status = first_status(of, made, CUSTVAL_WORDS_GROUP_ROW, text, capacity);
    } else if (about->body == clv_of) {
        status = predicted(of, given, &column, &made);
        if (status == CUSTVAL_OK) status = first_status(of, made, CUSTVAL_WORDS_LIFETIME_ROW, text, capacity);
    } else {
        excel_cell *result = NULL;
        status = about->body(of, given, &result);
        result_free(result);
    }
    custval_table_free(made);
    return status;
}

static const function *function_called(const char *name) {
    static const char prefix[] = "CUSTVAL.";
    if (_strnicmp(name, prefix, sizeof prefix - 1) == 0) name += sizeof prefix - 1;
    for (size_t i = 0; i < functions_count; i++) {
        if (_stricmp(functions[i].name, name) == 0 && functions[i].body != why_of) return &functions[i];
    }
    return NULL;
}

static custval_status why_of(work *of, const excel_cell *const *given, excel_cell **out) {
    const char *name = NULL;
    const custval_status status = text_of(of, given[0], "the function", &name);
    if (status != CUSTVAL_OK) return status;
    const function *const about = name == NULL ? NULL : function_called(name);
    if (about == NULL) {
        return work_refuse(of, CUSTVAL_ERROR_NOT_FOUND, "\"%.40s\" is no function", name == NULL ? "" : name);
    }
    char text[2048] = "";
    if (reason_of(of, about, given + 1, text, sizeof text) != CUSTVAL_OK) {
        snprintf(text, sizeof text, "%s", of->error.message);
    }
    return one_text(of, text, strlen(text), out);
}

/* --- All of them ------------------------------------------------------------------------------------------------------- */

const function functions[] = {
    {"VALUE", "sheet_value", "system,answers,[names]", 3,
     "Perceived value of each customer: one row of answers gives a number, several rows a column.", value_of},
    {"SCORES", "sheet_scores", "system,table,[levels]", 3,
     "Table of all scores of each customer, below their names; status 0 means that there is nothing to say.",
     scores_of},
    {"EXPLAIN", "sheet_explain", "system,answers,[names],[language]", 4,
     "Why a customer's value is what it is: a table of every node with its score, weight and contribution.",
     explain_of},
    {"SYSTEM", "sheet_system", "items", 1,
     "Document (JSON) of the indicator system that a table describes, one item a row.", document_text},
    {"WEIGHTS", "sheet_weights", "judgements", 1,
     "Column of weights from a square of pairwise judgements (AHP, eigenvector).", weights_of},
    {"CONSISTENCY", "sheet_consistency", "judgements", 1,
     "Consistency ratio of a square of pairwise judgements; below 0.1 is consistent enough.", consistency_of},
    {"GROUP", "sheet_group", "groups,measures,[names]", 3,
     "Group of each customer by a groups document: one row of measures gives an id, several rows a column.", group_of},
    {"CLV", "sheet_clv", "lifetime,history,horizon,[output],[names],[rate],[rate_period]", 7,
     "What each customer will do by a lifetime document: expected purchases, chance to be alive, or value.", clv_of},
    {"WHY", "sheet_why", "function,argument,...", MOST_ARGUMENTS,
     "Why a function of custval gives an error or no number, as text; empty if it gives one.", why_of},
};
const size_t functions_count = COUNT(functions);
