/* Goals of a pipeline: cells of its results beside what they should be. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "command.h"
#include "pipeline.h"
#include "whole.h"

/* 1 if the row has the texts that are asked for. */
static int is_meant(const whole *from, const custval__json *where, size_t row) {
    const custval__json *wanted = where == NULL ? NULL : where->first;
    for (; wanted != NULL; wanted = wanted->next) {
        const custval_text *const cell = &whole_texts(from, wanted->key)[row];
        const size_t length = strlen(wanted->text);
        if (cell->length != length || (length > 0 && memcmp(cell->data, wanted->text, length) != 0)) return 0;
    }
    return 1;
}

/* The one row that a goal means. */
static size_t row_of(const pipeline *of, const custval__json *goal, const whole *from) {
    const custval__json *const where = custval__json_member(goal, "where");
    size_t row = SIZE_MAX, count = 0;
    for (size_t i = 0; i < from->rows.count; i++) {
        if (!is_meant(from, where, i)) continue;
        row = i;
        count++;
    }
    if (count != 1)
        pipeline_fail(of, where == NULL ? goal : where, "%s has %zu such rows, but a goal is about one%s",
                      from->data.name, count, where == NULL ? "; \"where\" says which" : "");
    return row;
}

static double cell_of(const pipeline *of, const custval__json *goal) {
    const data_options plain = {0};
    custval_error error = CUSTVAL_ERROR_INIT;
    const char *const column = custval__json_member(goal, "column")->text;
    const custval__json *const where = custval__json_member(goal, "where");
    const custval__json *wanted = where == NULL ? NULL : where->first;
    const pipeline_step *const step = pipeline_step_find(of, custval__json_member(goal, "result")->text + 1);
    char reader[MESSAGE_SIZE];
    double number = (double)NAN;
    size_t index = 0;
    whole from;
    custval__format(reader, sizeof reader, "the goal \"%s\"", custval__json_member(goal, "id")->text);
    whole_open(&from, step->output, &plain, NULL, NULL);
    whole_want_number(&from, column, reader);
    for (; wanted != NULL; wanted = wanted->next) whole_want_text(&from, wanted->key, reader);
    custval_table *const table = whole_read(&from);
    const size_t row = row_of(of, goal, &from);
    if (custval_table_find(table, column, &index, &error) != CUSTVAL_OK ||
        custval_table_number(table, index, row, &number, &error) != CUSTVAL_OK) {
        fail_error(step->output, &error);
    }
    custval_table_free(table);
    whole_free(&from);
    return number;
}

static double or_missing(const custval__json *number) {
    return number == NULL ? (double)NAN : number->number;
}

/* Beyond neither bound; a bound that is not given is missing, and nothing is beyond it. */
static const char *verdict(double value, double least, double most) {
    if (isnan(value)) return "unknown";
    return value < least || value > most ? "no" : "yes";
}

void pipeline_write_goals(pipeline *of, int format, const char *path) {
    const custval__json *const goals = custval__json_member(of->document.root, "goals");
    buffer text = {NULL, 0, 0};
    pipeline_keep_results(of, path); /* some were made just now */
    frame all = {NULL, 0, goals->count, 0};
    custval_text *const ids = memory_new(goals->count, sizeof *ids), *const met = memory_new(goals->count, sizeof *met);
    double *numbers[4];
    for (size_t i = 0; i < 4; i++) numbers[i] = memory_new(goals->count, sizeof *numbers[i]);
    for (const custval__json *goal = goals->first; goal != NULL; goal = goal->next) {
        const size_t i = goal->index;
        const char *const id = custval__json_member(goal, "id")->text;
        numbers[0][i] = cell_of(of, goal);
        numbers[1][i] = or_missing(custval__json_member(goal, "target"));
        numbers[2][i] = or_missing(custval__json_member(goal, "least"));
        numbers[3][i] = or_missing(custval__json_member(goal, "most"));
        const char *const word = verdict(numbers[0][i], numbers[2][i], numbers[3][i]);
        ids[i] = (custval_text){id, strlen(id)};
        met[i] = (custval_text){word, strlen(word)};
    }
    frame_add(&all, "goal", FRAME_TEXT, ids)->is_owned = 1;
    frame_add(&all, "value", FRAME_NUMBER, numbers[0])->is_owned = 1;
    frame_add(&all, "target", FRAME_NUMBER, numbers[1])->is_owned = 1;
    frame_add(&all, "least", FRAME_NUMBER, numbers[2])->is_owned = 1;
    frame_add(&all, "most", FRAME_NUMBER, numbers[3])->is_owned = 1;
    frame_add(&all, "met", FRAME_TEXT, met)->is_owned = 1;
    print_frame(&all, format, ',', '.', &text);
    command_write(path, &text);
    buffer_free(&text);
    frame_free(&all);
}
