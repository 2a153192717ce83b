/* Criteria in a data file: columns, or the scores of a system's nodes; block by block. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "criteria.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "number_parse.h"
#include "output.h"
#include "progress.h"
#include "summary.h"

/* ---- Which ------------------------------------------------------------------------------------------------------- */

static size_t index_of(const custval_criterion *list, size_t count, const char *name) {
    size_t i = 0;
    while (i < count && strcmp(list[i].column, name) != 0) i++;
    return i;
}

typedef struct criterion_names {
    const custval_criterion *list;
    size_t count;
} criterion_names;

static const char *name_at(const void *data, size_t index) {
    const criterion_names *const names = data;
    return index < names->count ? names->list[index].column : NULL;
}

static custval_criterion *criterion_of(custval_criterion *list, size_t count, const char *name, const char *option_name,
                                       const char *file) {
    char shown[QUOTED_SIZE], near[MESSAGE_SIZE / 2];
    const criterion_names names = {list, count};
    const size_t found = index_of(list, count, name);
    if (found < count) return &list[found];
    fail("%s: %s: there is no criterion %s%s", file, option_name, quoted(name, strlen(name), shown),
         args_near(name, name_at, &names, near, sizeof near));
}

/* "column=low:high", where the column's name may hold both signs. */
static void set_range(custval_criterion *list, size_t count, const char *text, const char *file, const char *command) {
    char shown[QUOTED_SIZE];
    const char *const equals = strrchr(text, '='), *const colon = equals == NULL ? NULL : strchr(equals, ':');
    double low = 0.0, high = 0.0;
    if (colon == NULL || number_parse(equals + 1, (size_t)(colon - equals - 1), '.', &low) != NUMBER_READ ||
        number_parse(colon + 1, strlen(colon + 1), '.', &high) != NUMBER_READ || low >= high) {
        fail_usage(command, "--range: %s is not COLUMN=LOW:HIGH with numbers that ascend",
                   quoted(text, strlen(text), shown));
    }
    char *const name = memory_text(text, (size_t)(equals - text));
    custval_criterion *const of = criterion_of(list, count, name, "--range", file);
    of->low = low;
    of->high = high;
    free(name);
}

void criteria_set_sides(custval_criterion *list, size_t count, const criteria_choice *choice, const char *file,
                        const char *command) {
    for (size_t i = 0; i < choice->sacrifices.count; i++) {
        const text_list one = {&choice->sacrifices.texts[i], 1};
        const size_t whole = index_of(list, count, one.texts[0]); /* a name may hold commas itself */
        text_list names = {NULL, 0};
        if (whole < count) {
            list[whole].side = CUSTVAL_SIDE_SACRIFICE;
        } else {
            names = args_split(command, "--sacrifice", &one);
        }
        for (size_t k = 0; k < names.count; k++) {
            criterion_of(list, count, names.texts[k], "--sacrifice", file)->side = CUSTVAL_SIDE_SACRIFICE;
        }
        args_free_split(&names);
    }
    for (size_t i = 0; i < choice->ranges.count; i++) set_range(list, count, choice->ranges.texts[i], file, command);
}

static void add_column(criteria *to, const char *name, size_t column) {
    char shown[QUOTED_SIZE];
    if (index_of(to->list, to->count, name) < to->count) {
        fail_usage(to->command, "--columns: %s is named twice", quoted(name, strlen(name), shown));
    }
    to->list[to->count] = (custval_criterion)CUSTVAL_CRITERION_INIT;
    to->list[to->count].column = to->data.names[column];
    to->slots[to->count++] = rows_want_number(&to->plan, column);
}

/* Columns of lists with commas between them; the name of a column may hold commas itself. */
static text_list columns_of(const criteria *to, const text_list *lists) {
    text_list out = {NULL, 0};
    for (size_t i = 0; i < lists->count; i++) {
        const char *const text = lists->texts[i];
        const text_list one = {&lists->texts[i], 1};
        text_list pieces = {NULL, 0};
        if (data_find(&to->data, text) == SIZE_MAX) {
            pieces = args_split(to->command, "--columns", &one);
        } else {
            pieces = (text_list){memory_new(1, sizeof pieces.texts[0]), 1};
            pieces.texts[0] = memory_text(text, strlen(text));
        }
        out.texts = memory_resize(out.texts, out.count + pieces.count, sizeof out.texts[0]);
        memcpy(out.texts + out.count, pieces.texts, pieces.count * sizeof out.texts[0]);
        out.count += pieces.count;
        free(pieces.texts);
    }
    return out;
}

static void choose_columns(criteria *to, const criteria_choice *choice, const char *except) {
    const data_file *const data = &to->data;
    text_list names = columns_of(to, &choice->columns);
    const size_t most = names.count > 0 ? names.count : data->columns;
    if (most > CUSTVAL_MAX_CRITERIA) {
        fail("%s: %zu columns are more than %d; choose some with --columns", data->name, most, CUSTVAL_MAX_CRITERIA);
    }
    to->list = memory_new(most, sizeof to->list[0]);
    to->slots = memory_new(most, sizeof to->slots[0]);
    for (size_t i = 0; i < names.count; i++) {
        if (except != NULL && strcmp(names.texts[i], except) == 0) continue;
        add_column(to, names.texts[i], data_column(data, names.texts[i], "--columns"));
    }
    for (size_t i = 0; i < data->columns && names.count == 0; i++) {
        if (except != NULL && strcmp(data->names[i], except) == 0) continue;
        add_column(to, data->names[i], data_column(data, data->names[i], to->command));
    }
    if (names.count == 0) to->plan.advice = "correct it, or choose the columns with --columns";
    args_free_split(&names);
    criteria_set_sides(to->list, to->count, choice, data->name, to->command);
}

uint32_t criteria_kind(const char *level, const char *command) {
    static const option_word kinds[] = {{"dimension", CUSTVAL_KIND_DIMENSION},
                                        {"indicator", CUSTVAL_KIND_INDICATOR},
                                        {"item", CUSTVAL_KIND_ITEM},
                                        {NULL, 0}};
    return level == NULL ? CUSTVAL_KIND_INDICATOR : args_word(command, "--level", level, kinds);
}

custval_criterion *criteria_of(const custval_system *system, uint32_t kind, const char *profile, const char *path,
                               size_t *out_count, uint32_t *out_level) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_status status = custval_system_criteria(system, kind, profile, NULL, 0, out_count, &error);
    const size_t count = *out_count;
    custval_criterion *const list = memory_new(count, sizeof *list);
    if (status == CUSTVAL_OK) {
        status = custval_system_criteria(system, kind, profile, list, count, out_count, &error);
    }
    if (status != CUSTVAL_OK) fail_error(path, &error);
    *out_level = kind == CUSTVAL_KIND_DIMENSION   ? CUSTVAL_LEVEL_DIMENSION
                 : kind == CUSTVAL_KIND_INDICATOR ? CUSTVAL_LEVEL_INDICATOR
                                                  : CUSTVAL_LEVEL_ITEM;
    return list;
}

static void choose_nodes(criteria *to, const criteria_choice *choice, const char *written) {
    const score_choice no_choice = {NULL, NULL, NULL, NULL};
    const uint32_t kind = criteria_kind(choice->level, to->command);
    to->system = system_load(choice->system, written);
    to->options = score_options(to->system, &no_choice, to->today);
    to->options.coverage = CUSTVAL_COVERAGE_NONE;
    to->list = criteria_of(to->system, kind, NULL, choice->system, &to->count, &to->options.levels);
    binding_init(&to->bound, to->system, choice->system, &to->options, &to->plan);
}

void criteria_open(criteria *to, const char *path, const criteria_choice *choice, const char *except,
                   const char *written, const char *command) {
    *to = (criteria){.command = command};
    if (choice->system == NULL && choice->level != NULL) fail_usage(command, "--level needs --system");
    if (choice->system != NULL && choice->columns.count + choice->sacrifices.count + choice->ranges.count > 0) {
        fail_usage(command, "--system says what the criteria are: no --columns, --sacrifice, --range");
    }
    if (choice->system != NULL) command_check_inputs(command, choice->system, path);
    data_open(&to->data, path, &choice->data, command);
    output_refuse(written, to->data.file, to->data.name);
    rows_plan_init(&to->plan, &to->data);
    if (choice->system != NULL) {
        choose_nodes(to, choice, written);
    } else {
        choose_columns(to, choice, except);
    }
    if (to->count == 0) fail("%s: there is no criterion", to->data.name);
    to->numbers = memory_new(to->count, sizeof to->numbers[0]);
    to->lines = to->data.lines;
    to->status = (custval_row_summary)CUSTVAL_ROW_SUMMARY_INIT;
}

void criteria_check_summary(const criteria_choice *choice, const char *saved, const char *command) {
    const size_t columns = choice->columns.count + choice->sacrifices.count + choice->ranges.count;
    if (saved == NULL || (columns == 0 && choice->system == NULL && choice->level == NULL)) return;
    fail_usage(command, "a saved summary has its columns: no --columns, --sacrifice, --range, --system, --level");
}

void criteria_free_choice(criteria_choice *choice) {
    free(choice->columns.texts);
    free(choice->sacrifices.texts);
    free(choice->ranges.texts);
    free(choice->data.missing.texts);
}

/* ---- Blocks ------------------------------------------------------------------------------------------------------ */

void criteria_fail(const criteria *of, uint64_t first_row, const custval_error *error) {
    buffer text = {NULL, 0, 0};
    fail("%s: %s", of->data.name, rows_message(error, NULL, first_row, UINT64_MAX, &text));
}

static void free_tables(criteria *of) {
    custval_table_free(of->scores);
    custval_table_free(of->answers);
    of->scores = NULL;
    of->answers = NULL;
}

static void score(criteria *of) {
    custval_error error = CUSTVAL_ERROR_INIT;
    of->answers = binding_table(&of->bound, &of->plan, &of->rows);
    if (custval_score(of->system, of->answers, &of->options, &of->scores, &error) != CUSTVAL_OK ||
        custval_row_summary_add(&of->status, of->scores, &error) != CUSTVAL_OK) {
        criteria_fail(of, of->rows_before, &error);
    }
    for (size_t i = 0; i < of->count; i++) {
        custval_column column = CUSTVAL_COLUMN_INIT;
        size_t index = 0;
        if (custval_table_find(of->scores, of->list[i].column, &index, &error) != CUSTVAL_OK ||
            custval_table_column(of->scores, index, &column, &error) != CUSTVAL_OK) {
            fail_error(NULL, &error);
        }
        of->numbers[i] = column.data;
    }
}

static void take_columns(criteria *of) {
    for (size_t i = 0; i < of->count; i++) {
        double *const numbers = of->rows.numbers[of->slots[i]];
        for (size_t code = 0; of->codes != NULL && code < of->codes[i].count; code++) {
            for (size_t row = 0; row < of->rows.count; row++) {
                if (numbers[row] == of->codes[i].numbers[code]) numbers[row] = (double)NAN;
            }
        }
        of->numbers[i] = numbers;
    }
}

int criteria_next(criteria *of) {
    const data_file *const data = &of->data;
    free_tables(of);
    of->rows_before += of->rows.count;
    of->rows.count = 0;
    if (!csv_reader_next(&of->data.reader, &of->block)) {
        progress_clear();
        return 0;
    }
    if (of->block.problem != CSV_NO_PROBLEM) {
        data_fail_block(data, of->block.problem, of->lines + of->block.problem_line + 1);
    }
    rows_read(&of->plan, &of->block, &of->rows);
    if (of->rows.has_problem) rows_fail(data, &of->rows, of->lines);
    of->lines += of->rows.newlines;
    if (of->system != NULL) {
        score(of);
    } else {
        take_columns(of);
    }
    progress_show(of->rows_before + of->rows.count, data->reader.bytes - data->reader.rest_length);
    return 1;
}

custval_table *criteria_table(const criteria *of) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    custval_status status = custval_table_new(NULL, of->rows.count, &table, &error);
    for (size_t i = 0; i < of->count && status == CUSTVAL_OK; i++) {
        status = custval_table_add_doubles(table, of->list[i].column, of->numbers[i], &error);
    }
    if (status != CUSTVAL_OK) fail_error(of->data.name, &error);
    return table;
}

void criteria_note(const criteria *of) {
    char counts[MESSAGE_SIZE / 4];
    if (of->system == NULL) return;
    summary_counts(&of->status, UINT32_MAX, counts, sizeof counts);
    if (counts[0] != 0) note("%s: of %zu rows: %s", of->data.name, of->status.rows, counts);
}

void criteria_free(criteria *of) {
    free_tables(of);
    if (of->system != NULL) binding_free(&of->bound);
    custval_system_free(of->system);
    rows_free(&of->plan, &of->rows);
    rows_plan_free(&of->plan);
    csv_block_free(&of->block);
    data_close(&of->data);
    free(of->list);
    free(of->slots);
    free(of->numbers);
}

/* ---- All rows ---------------------------------------------------------------------------------------------------- */

static void grow(criteria_rows *to, size_t more, int has_texts) {
    if (to->capacity - to->count >= more) return;
    const size_t doubled = 2 * to->capacity, needed = to->count + more;
    to->capacity = doubled > needed ? doubled : needed;
    for (size_t i = 0; i < to->columns; i++) {
        to->numbers[i] = memory_resize(to->numbers[i], to->capacity, sizeof to->numbers[i][0]);
    }
    if (has_texts) to->texts = memory_resize(to->texts, to->capacity, sizeof to->texts[0]);
}

void criteria_read_all(criteria *of, const uint32_t *slots, size_t slot_count, uint32_t text, criteria_rows *out) {
    *out = (criteria_rows){.columns = of->count + slot_count};
    out->numbers = memory_new(out->columns, sizeof out->numbers[0]);
    grow(out, 1, text != ROWS_NO_SLOT);
    while (criteria_next(of)) {
        const size_t more = of->rows.count;
        grow(out, more, text != ROWS_NO_SLOT);
        for (size_t i = 0; i < out->columns; i++) {
            const double *const from = i < of->count ? of->numbers[i] : of->rows.numbers[slots[i - of->count]];
            memcpy(out->numbers[i] + out->count, from, more * sizeof from[0]);
        }
        for (size_t i = 0; i < more && text != ROWS_NO_SLOT; i++) {
            const custval_text *const from = &of->rows.texts[text][i];
            out->texts[out->count + i] = (custval_text){memory_text(from->data, from->length), from->length};
        }
        out->count += more;
    }
}

void criteria_rows_free(criteria_rows *of) {
    for (size_t i = 0; i < of->count && of->texts != NULL; i++) free((char *)of->texts[i].data);
    for (size_t i = 0; i < of->columns; i++) free(of->numbers[i]);
    free(of->numbers);
    free(of->texts);
    *of = (criteria_rows){0};
}
