/* Columns of a data file by name, whole in memory, as a table. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "whole.h"

#include <stdlib.h>
#include <string.h>

#include "output.h"
#include "progress.h"
#include "row_name.h"

typedef struct whole_column {
    const char *name; /* of the file */
    uint32_t slot;
    int is_text;
} whole_column;

void whole_open(whole *to, const char *path, const data_options *options, const char *written, const char *command) {
    *to = (whole){0};
    data_open(&to->data, path, options, command);
    output_refuse(written, to->data.file, to->data.name);
    rows_plan_init(&to->plan, &to->data);
}

static void want(whole *to, const char *name, const char *reader, int is_text) {
    const size_t column = data_column(&to->data, name, reader);
    for (size_t i = 0; i < to->column_count; i++) {
        if (to->columns[i].name == to->data.names[column] && to->columns[i].is_text == is_text) return;
    }
    to->columns = memory_resize(to->columns, to->column_count + 1, sizeof to->columns[0]);
    to->columns[to->column_count++] = (whole_column){
        to->data.names[column],
        is_text ? rows_want_text(&to->plan, column) : rows_want_number(&to->plan, column),
        is_text,
    };
}

void whole_want_number(whole *to, const char *name, const char *reader) {
    want(to, name, reader, 0);
}

void whole_want_text(whole *to, const char *name, const char *reader) {
    want(to, name, reader, 1);
}

void whole_want_inputs(whole *to, const custval_system *system, const char *path, const score_choice *scoring) {
    custval_input input = CUSTVAL_INPUT_INIT;
    for (uint32_t i = 0; i < custval_system_inputs(system); i++) {
        if (custval_system_input(system, i, &input, NULL) != CUSTVAL_OK) continue;
        uint32_t roles = input.roles;
        if (scoring->profile != NULL) roles &= ~(uint32_t)CUSTVAL_INPUT_PROFILE;
        if (scoring->context != NULL) roles &= ~(uint32_t)CUSTVAL_INPUT_CONTEXT;
        if (roles != 0) want(to, input.column, path, input.is_text != 0);
    }
}

void whole_want_id(whole *to, const char **id) {
    if (*id == NULL && data_find(&to->data, "customer") != SIZE_MAX) *id = "customer";
    if (*id != NULL) want(to, *id, "--id", 1);
}

/* The rows of a block, which begins after so many lines. */
static void append(const rows_plan *plan, row_set *to, const row_set *from, uint64_t lines) {
    while (to->capacity - to->count < from->count) {
        const size_t count = to->count;
        to->count = to->capacity; /* full, so that it grows */
        rows_grow(plan, to);
        to->count = count;
    }
    for (uint32_t i = 0; i < plan->numbers; i++) {
        memcpy(to->numbers[i] + to->count, from->numbers[i], from->count * sizeof from->numbers[i][0]);
    }
    for (uint32_t i = 0; i < plan->texts; i++) {
        memcpy(to->texts[i] + to->count, from->texts[i], from->count * sizeof from->texts[i][0]);
    }
    for (size_t i = 0; i < from->count; i++) to->lines[to->count + i] = (uint32_t)lines + from->lines[i];
    to->count += from->count;
}

static custval_table *table_of(const whole *from) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    custval_status status = custval_table_new(NULL, from->rows.count, &table, &error);
    for (size_t i = 0; i < from->column_count && status == CUSTVAL_OK; i++) {
        const whole_column *const column = &from->columns[i];
        status = column->is_text
                     ? custval_table_add_texts(table, column->name, from->rows.texts[column->slot], &error)
                     : custval_table_add_doubles(table, column->name, from->rows.numbers[column->slot], &error);
        /* A column that is wanted as both is there as numbers; its texts are for printing only. */
        if (status == CUSTVAL_ERROR_DUPLICATE) status = CUSTVAL_OK;
    }
    if (status != CUSTVAL_OK) fail_error(from->data.name, &error);
    return table;
}

/* Blocks are kept, because texts lie in them; numbers alone need none. */
custval_table *whole_read(whole *to) {
    csv_block block = {NULL, 0, 0, 0, 0};
    row_set some = {0};
    uint64_t lines = to->data.lines;
    progress_start(to->data.size, NULL);
    rows_grow(&to->plan, &to->rows); /* there are columns even if there are no rows */
    while (csv_reader_next(&to->data.reader, &block)) {
        if (block.problem != CSV_NO_PROBLEM) data_fail_block(&to->data, block.problem, lines + block.problem_line + 1);
        rows_read(&to->plan, &block, &some);
        if (some.has_problem) rows_fail(&to->data, &some, lines);
        append(&to->plan, &to->rows, &some, lines);
        lines += some.newlines;
        progress_show(to->rows.count, to->data.reader.bytes - to->data.reader.rest_length);
        if (to->plan.texts == 0) continue;
        to->blocks = memory_resize(to->blocks, to->block_count + 1, sizeof to->blocks[0]);
        to->blocks[to->block_count++] = block;
        block = (csv_block){NULL, 0, 0, 0, 0};
    }
    progress_clear();
    rows_free(&to->plan, &some);
    csv_block_free(&block);
    return table_of(to);
}

void whole_fail(const whole *with, const custval_error *error) {
    static const char row[] = "row ";
    const char *const number = error->message + sizeof row - 1;
    if (error->row < with->rows.count && strncmp(error->message, row, sizeof row - 1) == 0) {
        fail("%s: line %llu%s", with->data.name, (unsigned long long)with->rows.lines[error->row] + 1,
             number + strspn(number, "0123456789"));
    }
    rows_fail_error(with->data.name, error);
}

const custval_text *whole_texts(const whole *with, const char *name) {
    for (size_t i = 0; name != NULL && i < with->column_count; i++) {
        const whole_column *const column = &with->columns[i];
        if (column->is_text && strcmp(column->name, name) == 0) return with->rows.texts[column->slot];
    }
    return NULL;
}

size_t whole_row(const whole *with, const char *column, const char *text, const char *option_name,
                 const char *command) {
    const named_rows in = {with->data.name, command, column};
    return row_find(&in, option_name, text, whole_texts(with, column), with->rows.count);
}

void whole_free(whole *of) {
    rows_free(&of->plan, &of->rows);
    rows_plan_free(&of->plan);
    for (size_t i = 0; i < of->block_count; i++) csv_block_free(&of->blocks[i]);
    free(of->blocks);
    free(of->columns);
    data_close(&of->data);
    *of = (whole){0};
}
