/* Rows of a data file as columns of numbers and texts. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "rows.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "csv_cell.h"
#include "number_parse.h"

/* ---- The plan ---------------------------------------------------------------------------------------------------- */

void rows_plan_init(rows_plan *plan, const data_file *data) {
    *plan = (rows_plan){data, memory_resize(NULL, data->columns, sizeof(rows_use)), 0, 0, NULL};
    for (size_t i = 0; i < data->columns; i++) plan->uses[i] = (rows_use){ROWS_NO_SLOT, ROWS_NO_SLOT};
}

uint32_t rows_want_number(rows_plan *plan, size_t column) {
    rows_use *const use = &plan->uses[column];
    if (use->number == ROWS_NO_SLOT) use->number = plan->numbers++;
    return use->number;
}

uint32_t rows_want_text(rows_plan *plan, size_t column) {
    rows_use *const use = &plan->uses[column];
    if (use->text == ROWS_NO_SLOT) use->text = plan->texts++;
    return use->text;
}

void rows_plan_free(rows_plan *plan) {
    free(plan->uses);
    *plan = (rows_plan){NULL, NULL, 0, 0, NULL};
}

/* ---- Memory ------------------------------------------------------------------------------------------------------ */

void rows_grow(const rows_plan *plan, row_set *to) {
    if (to->count < to->capacity) return;
    if (to->numbers == NULL) {
        to->numbers = memory_new(plan->numbers, sizeof to->numbers[0]);
        to->texts = memory_new(plan->texts, sizeof to->texts[0]);
    }
    to->capacity = to->capacity == 0 ? 1024 : to->capacity * 2;
    for (uint32_t i = 0; i < plan->numbers; i++) {
        to->numbers[i] = memory_resize(to->numbers[i], to->capacity, sizeof to->numbers[i][0]);
    }
    for (uint32_t i = 0; i < plan->texts; i++) {
        to->texts[i] = memory_resize(to->texts[i], to->capacity, sizeof to->texts[i][0]);
    }
    to->lines = memory_resize(to->lines, to->capacity, sizeof to->lines[0]);
}

void rows_free(const rows_plan *plan, row_set *of) {
    for (uint32_t i = 0; i < plan->numbers && of->numbers != NULL; i++) free(of->numbers[i]);
    for (uint32_t i = 0; i < plan->texts && of->texts != NULL; i++) free(of->texts[i]);
    free(of->numbers);
    free(of->texts);
    free(of->lines);
    memset(of, 0, sizeof *of);
}

/* ---- Problems ---------------------------------------------------------------------------------------------------- */

/* The first one counts. The line of a cell inside quotes is the one in which the cell begins. */
static void set_problem(row_set *out, size_t line, const char *format, ...) CUSTVAL__PRINTF(3, 4);

static void set_problem(row_set *out, size_t line, const char *format, ...) {
    va_list list;
    if (out->has_problem) return;
    out->has_problem = 1;
    out->problem_line = line;
    va_start(list, format);
    custval__format_list(out->problem, sizeof out->problem, format, list);
    va_end(list);
}

static void set_wrong_number(const rows_plan *plan, row_set *out, size_t line, size_t column, const custval_text *cell,
                             int result) {
    const data_file *const data = plan->data;
    char name[QUOTED_SIZE], text[QUOTED_SIZE];
    quoted(data->names[column], strlen(data->names[column]), name);
    quoted(cell->data, cell->length, text);
    const char *advice =
        plan->advice != NULL ? plan->advice : "correct it, or name it with --missing if it means \"no answer\"";
    double number = 0.0;
    if (data->decimal == '.' && number_parse(cell->data, cell->length, ',', &number) == NUMBER_READ) {
        advice = "read decimal commas with --decimal ,";
    } else if (data->decimal == ',' && number_parse(cell->data, cell->length, '.', &number) == NUMBER_READ) {
        advice = "the decimal character is a comma (--decimal)";
    }
    set_problem(out, line, "column %s: %s is %s; %s", name, text,
                result == NUMBER_TOO_LARGE ? "too large a number" : "not a number", advice);
}

static void set_mistake(const rows_plan *plan, row_set *out, size_t line, size_t column, int end) {
    const char *const name = plan->data->names[column];
    char shown[QUOTED_SIZE];
    set_problem(out, line, "column %s: %s", quoted(name, strlen(name), shown), csv_mistake(end));
}

/* A record of another length than the header, which explains what else is wrong with it; `cells` have been read. */
static void set_ragged(const rows_plan *plan, row_set *out, csv_cursor *cursor, size_t line, size_t cells, int end) {
    custval_text ignored;
    while (end == CSV_DELIMITER) {
        end = csv_cell(cursor, &ignored);
        cells++;
    }
    out->has_problem = 0;
    set_problem(out, line, "this row has %zu cell%s, the header has %zu; does a cell need quotes?", cells,
                cells == 1 ? "" : "s", plan->data->columns);
}

void rows_fail(const data_file *data, const row_set *rows, uint64_t lines_before) {
    fail("%s: line %llu: %s", data->name, (unsigned long long)(lines_before + rows->problem_line + 1), rows->problem);
}

const char *rows_message(const custval_error *error, const uint64_t *numbers, uint64_t before, uint64_t count,
                         buffer *to) {
    static const char row[] = "row ", *once = " (counted from 1)";
    for (const char *at = error->message; *at != 0;) {
        const int is_row = (at == error->message || at[-1] == ' ') && strncmp(at, row, sizeof row - 1) == 0;
        char *end = NULL;
        const unsigned long long number = is_row ? strtoull(at + sizeof row - 1, &end, 10) : 0;
        if (!is_row || end == at + sizeof row - 1 || number >= count) {
            buffer_byte(to, *at++);
            continue;
        }
        buffer_format(to, "row %llu%s", (unsigned long long)(numbers != NULL ? numbers[number] : before + number + 1),
                      once);
        once = "";
        at = end;
    }
    buffer_byte(to, 0);
    return to->data;
}

void rows_fail_error(const char *name, const custval_error *error) {
    buffer text = {NULL, 0, 0};
    fail("%s: %s", name, rows_message(error, NULL, 0, UINT64_MAX, &text));
}

/* ---- Cells ------------------------------------------------------------------------------------------------------- */

static double number_of(const rows_plan *plan, row_set *out, size_t line, size_t column, const custval_text *cell) {
    double number = 0.0;
    const int result = number_parse(cell->data, cell->length, plan->data->decimal, &number);
    if (result == NUMBER_READ) return data_is_missing_number(plan->data, number) ? (double)NAN : number;
    if (data_is_missing(plan->data, cell->data, cell->length)) return (double)NAN;
    set_wrong_number(plan, out, line, column, cell, result);
    return (double)NAN;
}

static int is_ascii(const char *text, size_t length) {
    unsigned char all = 0;
    for (size_t i = 0; i < length; i++) all |= (unsigned char)text[i];
    return all < 0x80;
}

static void check_text(const rows_plan *plan, row_set *out, size_t line, size_t column, const custval_text *cell) {
    char name[QUOTED_SIZE], text[QUOTED_SIZE];
    if (is_ascii(cell->data, cell->length) || custval__utf8_valid(cell->data, cell->length)) return;
    quoted(plan->data->names[column], strlen(plan->data->names[column]), name);
    set_problem(out, line, "column %s: %s is not UTF-8; save the file as CSV in UTF-8", name,
                quoted(cell->data, cell->length, text));
}

/* Any cell; gives a csv_end. */
static int read_cell(const rows_plan *plan, csv_cursor *cursor, row_set *out, size_t column) {
    const rows_use use = plan->uses[column];
    const size_t line = cursor->lines;
    custval_text cell = {NULL, 0};
    const int end = csv_cell(cursor, &cell);
    if (end > CSV_RECORD) {
        set_mistake(plan, out, line, column, end);
        return end;
    }
    if (use.text != ROWS_NO_SLOT) {
        check_text(plan, out, line, column, &cell);
        out->texts[use.text][out->count] = cell;
    }
    if (use.number != ROWS_NO_SLOT) {
        out->numbers[use.number][out->count] = number_of(plan, out, line, column, &cell);
    }
    return end;
}

/* A cell that nothing but a number is wanted of, and which usually is one; else as read_cell(). */
static inline int read_number(const rows_plan *plan, csv_cursor *cursor, row_set *out, size_t column, char decimal) {
    double number = 0.0;
    const char *const after = number_parse_start(cursor->at, decimal, &number);
    if (after == NULL || !cursor->stops[(unsigned char)*after]) return read_cell(plan, cursor, out, column);
    const int end = csv_pass_end(cursor, cursor->at + (after - cursor->at));
    if (end > CSV_RECORD) set_mistake(plan, out, cursor->lines, column, end);
    if (data_is_missing_number(plan->data, number)) number = (double)NAN;
    out->numbers[plan->uses[column].number][out->count] = number;
    return end;
}

static void read_record(const rows_plan *plan, csv_cursor *cursor, row_set *out, char decimal) {
    const size_t columns = plan->data->columns, line = cursor->lines;
    size_t column = 0;
    int end = CSV_DELIMITER;
    out->lines[out->count] = (uint32_t)line;
    for (; column < columns && end == CSV_DELIMITER; column++) {
        const rows_use use = plan->uses[column];
        end = use.number != ROWS_NO_SLOT && use.text == ROWS_NO_SLOT ? read_number(plan, cursor, out, column, decimal)
                                                                     : read_cell(plan, cursor, out, column);
    }
    if (end <= CSV_RECORD && (column < columns || end == CSV_DELIMITER)) {
        set_ragged(plan, out, cursor, line, column, end);
    }
}

void rows_read(const rows_plan *plan, const csv_block *block, row_set *out) {
    const data_file *const data = plan->data;
    /* A decimal character that is the delimiter as well is one only within quotes. */
    const char decimal = data->decimal == data->reader.delimiter ? 0 : data->decimal;
    csv_cursor cursor;
    csv_cursor_init(&cursor, data->reader.delimiter, block->data, block->length);
    out->count = 0;
    out->has_problem = 0;
    rows_grow(plan, out); /* there are columns even if there are no rows */
    while (csv_next_record(&cursor)) {
        rows_grow(plan, out);
        read_record(plan, &cursor, out, decimal);
        if (out->has_problem) break;
        out->count++;
    }
    out->newlines = cursor.lines;
}
