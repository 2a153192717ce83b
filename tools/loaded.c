/* A system with rows of a data file in memory, for commands that look at few rows or at all of them at once. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "loaded.h"

#include <stdlib.h>
#include <string.h>

#include "documents.h"
#include "output.h"
#include "row_name.h"

void loaded_open(loaded *to, const char *system, const char *data, const score_choice *choice,
                 const data_options *options, const char *written, const char *command) {
    *to = (loaded){0};
    to->system = system_load(system, written);
    to->options = score_options(to->system, choice, to->today);
    data_open(&to->data, data, options, command);
    output_refuse(written, to->data.file, to->data.name);
    rows_plan_init(&to->plan, &to->data);
    binding_init(&to->bound, to->system, system, &to->options, &to->plan);
}

/* Texts are copied, as their block is used again. */
static void keep(loaded *to, const row_set *from, size_t index) {
    row_set *const kept = &to->rows;
    rows_grow(&to->plan, kept);
    for (uint32_t i = 0; i < to->plan.numbers; i++) kept->numbers[i][kept->count] = from->numbers[i][index];
    for (uint32_t i = 0; i < to->plan.texts; i++) {
        const custval_text *const text = &from->texts[i][index];
        kept->texts[i][kept->count] = (custval_text){memory_text(text->data, text->length), text->length};
    }
    if (to->number_capacity < kept->capacity) {
        to->number_capacity = kept->capacity;
        to->numbers = memory_resize(to->numbers, to->number_capacity, sizeof to->numbers[0]);
    }
    to->numbers[kept->count++] = to->rows_in_all + 1;
}

void loaded_read(loaded *to, loaded_filter filter, void *filter_data) {
    csv_block block = {NULL, 0, 0, 0, 0};
    row_set some = {0};
    uint64_t lines = to->data.lines;
    int verdict = LOADED_KEEP;
    rows_grow(&to->plan, &to->rows);
    while (verdict != LOADED_KEEP_LAST && csv_reader_next(&to->data.reader, &block)) {
        if (block.problem != CSV_NO_PROBLEM) data_fail_block(&to->data, block.problem, lines + block.problem_line + 1);
        rows_read(&to->plan, &block, &some);
        for (size_t i = 0; i < some.count && verdict != LOADED_KEEP_LAST; i++) {
            if (filter != NULL) verdict = filter(filter_data, &some, i, to->rows_in_all);
            if (verdict != LOADED_SKIP) keep(to, &some, i);
            to->rows_in_all++;
        }
        if (some.has_problem && verdict != LOADED_KEEP_LAST) rows_fail(&to->data, &some, lines);
        lines += some.newlines;
    }
    rows_free(&to->plan, &some);
    csv_block_free(&block);
    to->table = binding_table(&to->bound, &to->plan, &to->rows);
}

void loaded_free(loaded *of) {
    custval_table_free(of->table);
    for (uint32_t i = 0; i < of->plan.texts && of->rows.texts != NULL; i++) {
        for (size_t row = 0; row < of->rows.count; row++) free((char *)of->rows.texts[i][row].data);
    }
    rows_free(&of->plan, &of->rows);
    free(of->numbers);
    binding_free(&of->bound);
    rows_plan_free(&of->plan);
    data_close(&of->data);
    custval_system_free(of->system);
}

size_t loaded_row(const loaded *with, const char *column, uint32_t slot, const char *text, const char *option_name,
                  const char *command) {
    const named_rows in = {with->data.name, command, column};
    return row_find(&in, option_name, text, loaded_texts(with, slot), with->rows.count);
}

const custval_text *loaded_texts(const loaded *with, uint32_t slot) {
    return slot == ROWS_NO_SLOT ? NULL : with->rows.texts[slot];
}

void loaded_fail(const loaded *with, const custval_error *error) {
    buffer text = {NULL, 0, 0};
    fail("%s: %s", with->data.name, rows_message(error, with->numbers, 0, with->rows.count, &text));
}
