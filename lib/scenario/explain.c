/* custval_scenario_explain: what makes the value of one customer in one period differ from that before. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include <custval/explain.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../explain/exact_sum.h"
#include "../table/table.h"
#include "run.h"

enum { NODE, LABEL, KIND, UNIT, TEXTS };
enum { SCORE_BEFORE, SCORE_AFTER, CHANGE, IS_PART, NUMBERS };

static const char *const text_names[TEXTS] = {"node", "label", "kind", "unit"};
static const char *const number_names[NUMBERS] = {"score_before", "score_after", "change", "is_part"};

/* The rows of the explanation: those of the system's change, the transaction, and what rounding leaves. */
typedef struct lines {
    size_t count;
    custval_text *texts[TEXTS];
    double *numbers[NUMBERS];
} lines;

static custval_status make_lines(custval__arena *arena, size_t most, lines *out, custval_error *error) {
    for (size_t i = 0; i < TEXTS; i++) {
        out->texts[i] = custval__arena_alloc(arena, most, sizeof *out->texts[i]);
        if (out->texts[i] == NULL) return custval__fail_memory(error);
    }
    for (size_t i = 0; i < NUMBERS; i++) {
        out->numbers[i] = custval__arena_alloc(arena, most, sizeof *out->numbers[i]);
        if (out->numbers[i] == NULL) return custval__fail_memory(error);
    }
    return CUSTVAL_OK;
}

static custval_status copy_lines(const custval_table *change, lines *out, custval_error *error) {
    size_t column = 0;
    out->count = custval_table_rows(change);
    for (size_t i = 0; i < TEXTS; i++) {
        CUSTVAL__TRY(custval_table_find(change, text_names[i], &column, error));
        for (size_t row = 0; row < out->count; row++) {
            CUSTVAL__TRY(custval_table_text(change, column, row, &out->texts[i][row], error));
        }
    }
    for (size_t i = 0; i < NUMBERS; i++) {
        CUSTVAL__TRY(custval_table_find(change, number_names[i], &column, error));
        for (size_t row = 0; row < out->count; row++) {
            CUSTVAL__TRY(custval_table_number(change, column, row, &out->numbers[i][row], error));
        }
    }
    return CUSTVAL_OK;
}

static void add_line(lines *to, const char *kind, double before, double after, double change) {
    const size_t row = to->count++;
    to->texts[NODE][row] = to->texts[NODE][0]; /* the value */
    to->texts[LABEL][row] = to->texts[LABEL][0];
    to->texts[KIND][row] = (custval_text){kind, strlen(kind)};
    to->texts[UNIT][row] = to->texts[UNIT][0];
    to->numbers[SCORE_BEFORE][row] = before;
    to->numbers[SCORE_AFTER][row] = after;
    to->numbers[CHANGE][row] = change;
    to->numbers[IS_PART][row] = 1.0;
}

/* The transaction's points are a part; then all parts add up to what the values differ by, as they are computed. */
static custval_status add_transaction(custval__scenario_run *run, uint32_t period, lines *to, custval_error *error) {
    const custval__scenario_period *const course = run->scenario->course;
    const double extra_before = course[0].extra, extra_after = course[period].extra;
    if (!run->scenario->has[CUSTVAL__SCENARIO_REFERENCE]) return CUSTVAL_OK;
    if (to->texts[UNIT][0].length != strlen("points")) {
        return custval__fail(error, CUSTVAL_ERROR_UNSUPPORTED,
                             "changes of this system are logarithms, to which the points of a transaction cannot be "
                             "added: leave \"reference\" out to explain it");
    }
    const double total = (to->numbers[SCORE_AFTER][0] + extra_after) - (to->numbers[SCORE_BEFORE][0] + extra_before);
    add_line(to, "transaction", extra_before, extra_after, extra_after - extra_before);
    double **const parts = custval__arena_alloc(&run->arena, to->count, sizeof *parts);
    if (parts == NULL) return custval__fail_memory(error);
    size_t count = 0;
    for (size_t row = 0; row < to->count; row++) {
        if (to->numbers[IS_PART][row] > 0.0) parts[count++] = &to->numbers[CHANGE][row];
    }
    const double rest = custval__exact_sum(parts, count, total);
    if (rest != 0.0) add_line(to, "rounding", (double)NAN, (double)NAN, rest);
    to->numbers[SCORE_BEFORE][0] += extra_before;
    to->numbers[SCORE_AFTER][0] += extra_after;
    to->numbers[CHANGE][0] = total;
    return CUSTVAL_OK;
}

static custval_status fill(const lines *from, custval_table *table, custval_error *error) {
    uint32_t *is_part = NULL;
    for (size_t i = 0; i < UNIT; i++) {
        CUSTVAL__TRY(custval__result_add_texts(table, text_names[i], from->texts[i], error));
    }
    for (size_t i = 0; i < IS_PART; i++) {
        double *to = NULL;
        CUSTVAL__TRY(custval__result_add_doubles(table, number_names[i], &to, error));
        memcpy(to, from->numbers[i], from->count * sizeof *to);
    }
    CUSTVAL__TRY(custval__result_add_uint32(table, number_names[IS_PART], &is_part, error));
    for (size_t row = 0; row < from->count; row++) is_part[row] = from->numbers[IS_PART][row] > 0.0;
    CUSTVAL__TRY(custval__result_add_texts(table, text_names[UNIT], from->texts[UNIT], error));
    custval__result_finish(table);
    return CUSTVAL_OK;
}

/* ---- The change of the system's value ------------------------------------------------------------------------------- */

/* Before, nobody had answered the new indicator's item: policies that re-weigh give the same value then. */
static custval_status add_unanswered(const custval__scenario_run *run, custval_table *before, const double *missing,
                                     custval_error *error) {
    const custval_scenario *const scenario = run->scenario;
    custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
    if (scenario->kind != CUSTVAL_SCENARIO_INDICATOR) return CUSTVAL_OK;
    CUSTVAL__TRY(custval_system_get(run->system, &spec, error));
    if (spec.missing != CUSTVAL_MISSING_NESTED && spec.missing != CUSTVAL_MISSING_FLAT) {
        return custval__fail(error, CUSTVAL_ERROR_UNSUPPORTED,
                             "a new indicator is explained as unanswered before, which needs the missing policy "
                             "\"nested\" or \"flat\", not \"%s\"",
                             custval_word(CUSTVAL_WORDS_MISSING, spec.missing));
    }
    const char *const column = scenario->column == NULL ? scenario->id : scenario->column;
    size_t found = 0;
    if (custval_table_find(before, column, &found, NULL) == CUSTVAL_OK) {
        return custval__fail(error, CUSTVAL_ERROR_UNSUPPORTED,
                             "the new indicator's column \"%s\" is read before, too, and cannot be unanswered then",
                             column);
    }
    return custval_table_add_doubles(before, column, missing, error);
}

static custval_status explain_change(custval__scenario_run *run, size_t row, uint32_t period, custval_table **out,
                                     custval_error *error) {
    const double missing = (double)NAN;
    custval_table *before = NULL, *after = NULL;
    custval__scenario_choose(run, row, 1);
    custval_status status = custval__scenario_table(run, row, 1, 0, &before, error);
    if (status == CUSTVAL_OK) status = add_unanswered(run, before, &missing, error);
    if (status == CUSTVAL_OK) {
        status = custval__scenario_table(run, row, 1, run->state_of[period], &after, error);
    }
    if (status == CUSTVAL_OK) {
        status = custval_explain_change(run->after, before, 0, after, 0, &run->score, out, error);
    }
    custval_table_free(after);
    custval_table_free(before);
    return status;
}

static custval_status explain(custval__scenario_run *run, size_t row, uint32_t period, custval_table **out,
                              custval_error *error) {
    custval_table *change = NULL;
    lines all = {0};
    if (row >= custval_table_rows(run->table)) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "there is no row %zu: the table has %zu", row,
                             custval_table_rows(run->table));
    }
    if (period == 0 || period > run->scenario->periods) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "there is no period %u: the scenario has 1 to %u",
                             (unsigned)period, (unsigned)run->scenario->periods);
    }
    CUSTVAL__TRY(explain_change(run, row, period, &change, error));
    custval_status status = make_lines(&run->arena, custval_table_rows(change) + 2, &all, error);
    if (status == CUSTVAL_OK) status = copy_lines(change, &all, error);
    if (status == CUSTVAL_OK) status = add_transaction(run, period, &all, error);
    if (status == CUSTVAL_OK) status = custval__result_new(&run->host, all.count, out, error);
    if (status == CUSTVAL_OK) status = fill(&all, *out, error);
    custval_table_free(change);
    return status;
}

custval_status custval_scenario_explain(const custval_scenario *scenario, const custval_system *system,
                                        const custval_table *table, size_t row, uint32_t period,
                                        const custval_scenario_options *options, custval_table **out,
                                        custval_error *error) {
    custval__scenario_run run;
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    custval_status status = custval__scenario_open(&run, scenario, system, table, 1, options, error);
    if (status == CUSTVAL_OK) status = explain(&run, row, period, out, error);
    custval__scenario_close(&run);
    if (status != CUSTVAL_OK) {
        custval_table_free(*out);
        *out = NULL;
    }
    return status;
}
