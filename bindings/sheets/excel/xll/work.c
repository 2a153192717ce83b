/* Memory, failures, and the cells of one call. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "work.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <windows.h>

struct block {
    block *next;
    max_align_t bytes[];
};

void work_begin(work *of) {
    const custval_error none = CUSTVAL_ERROR_INIT;
    of->error = none;
    of->blocks = NULL;
}

void work_end(work *of) {
    while (of->blocks != NULL) {
        block *const next = of->blocks->next;
        free(of->blocks);
        of->blocks = next;
    }
}

custval_status work_refuse(work *of, custval_status status, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    of->error.status = status;
    vsnprintf(of->error.message, sizeof of->error.message, format, arguments);
    va_end(arguments);
    return status;
}

void *work_take(work *of, size_t count, size_t size) {
    const size_t most = (SIZE_MAX - sizeof(block)) / (size == 0 ? 1 : size);
    block *const taken = count > most ? NULL : calloc(1, sizeof(block) + count * size);
    if (taken == NULL) {
        work_refuse(of, CUSTVAL_ERROR_MEMORY, "there is not enough memory");
        return NULL;
    }
    taken->next = of->blocks;
    of->blocks = taken;
    return taken->bytes;
}

/* --- Single cells -------------------------------------------------------------------------------------------------- */

int is_blank(const excel_cell *cell) {
    const uint32_t kind = cell->type & EXCEL_KIND;
    return kind == EXCEL_MISSING || kind == EXCEL_BLANK || (kind == EXCEL_TEXT && cell->is.text[0] == 0);
}

char *utf8_of(work *of, const wchar_t *text, size_t length) {
    const int given = (int)length;
    const int size = given == 0 ? 0 : WideCharToMultiByte(CP_UTF8, 0, text, given, NULL, 0, NULL, NULL);
    char *const made = work_take(of, (size_t)size + 1, 1);
    if (made != NULL && size > 0) WideCharToMultiByte(CP_UTF8, 0, text, given, made, size, NULL, NULL);
    return made;
}

custval_status text_of(work *of, const excel_cell *cell, const char *what, const char **out) {
    *out = NULL;
    if (is_blank(cell)) return CUSTVAL_OK;
    const uint32_t kind = cell->type & EXCEL_KIND;
    if (kind == EXCEL_TEXT) {
        *out = utf8_of(of, cell->is.text + 1, cell->is.text[0]);
        return *out == NULL ? CUSTVAL_ERROR_MEMORY : CUSTVAL_OK;
    }
    const double number = kind == EXCEL_NUMBER ? cell->is.number : cell->is.whole;
    const int is_whole =
        kind == EXCEL_WHOLE || (kind == EXCEL_NUMBER && fabs(number) < 0x1p53 && number == floor(number));
    if (!is_whole) return work_refuse(of, CUSTVAL_ERROR_TYPE, "%s is no text", what);
    char *const digits = work_take(of, 32, 1);
    if (digits == NULL) return CUSTVAL_ERROR_MEMORY;
    snprintf(digits, 32, "%.0f", number);
    *out = digits;
    return CUSTVAL_OK;
}

custval_status number_of(work *of, const excel_cell *cell, const char *what, double missing, double *out) {
    *out = missing;
    if (is_blank(cell)) return CUSTVAL_OK;
    switch (cell->type & EXCEL_KIND) {
    case EXCEL_NUMBER: *out = cell->is.number; return CUSTVAL_OK;
    case EXCEL_WHOLE: *out = cell->is.whole; return CUSTVAL_OK;
    case EXCEL_TRUTH: *out = cell->is.truth != 0; return CUSTVAL_OK;
    case EXCEL_TEXT: {
        const char *const text = utf8_of(of, cell->is.text + 1, cell->is.text[0]);
        if (text == NULL) return CUSTVAL_ERROR_MEMORY;
        return work_refuse(of, CUSTVAL_ERROR_TYPE, "%s: \"%.40s\" is no number", what, text);
    }
    default: return work_refuse(of, CUSTVAL_ERROR_TYPE, "%s is no number", what);
    }
}

/* --- Ranges --------------------------------------------------------------------------------------------------------- */

static int is_blank_row(area of, size_t row) {
    for (size_t i = 0; i < of.columns; i++) {
        if (!is_blank(&of.cells[row * of.width + i])) return 0;
    }
    return 1;
}

area area_of(const excel_cell *given, size_t least_rows) {
    if ((given->type & EXCEL_KIND) != EXCEL_RANGE) return (area){given, 1, 1, 1};
    const size_t columns = (size_t)given->is.range.columns;
    area out = {given->is.range.cells, (size_t)given->is.range.rows, columns, columns};
    while (out.rows > least_rows && is_blank_row(out, out.rows - 1)) out.rows--;
    return out;
}

area rows_below(area from, size_t first) {
    return (area){from.cells + first * from.width, from.rows - first, from.columns, from.width};
}

custval_status names_of(work *of, area given, names *out) {
    const size_t count = given.rows * given.columns;
    if (given.rows > 1 && given.columns > 1) {
        return work_refuse(of, CUSTVAL_ERROR_ARGUMENT, "names are one row, not %zu rows of %zu cells", given.rows,
                           given.columns);
    }
    out->count = 0;
    out->at = work_take(of, count, sizeof *out->at);
    if (out->at == NULL) return CUSTVAL_ERROR_MEMORY;
    for (size_t i = 0; i < count; i++) {
        const custval_status status =
            text_of(of, &given.cells[i * (given.columns > 1 ? 1 : given.width)], "a name", &out->at[i]);
        if (status != CUSTVAL_OK) return status;
        if (out->at[i] == NULL) continue;
        out->count = i + 1;
        for (size_t k = 0; k < i; k++) {
            if (out->at[k] != NULL && strcmp(out->at[k], out->at[i]) == 0) {
                return work_refuse(of, CUSTVAL_ERROR_DUPLICATE, "the name \"%s\" stands there twice", out->at[i]);
            }
        }
    }
    return out->count > 0 ? CUSTVAL_OK : work_refuse(of, CUSTVAL_ERROR_ARGUMENT, "the names are blank");
}

/* --- Tables ---------------------------------------------------------------------------------------------------------- */

static custval_status add_texts(work *of, custval_table *table, const char *name, area rows, size_t column) {
    custval_text *const texts = work_take(of, rows.rows, sizeof *texts);
    if (texts == NULL) return CUSTVAL_ERROR_MEMORY;
    char what[200];
    for (size_t row = 0; row < rows.rows; row++) {
        snprintf(what, sizeof what, "column \"%.150s\", row %zu", name, row);
        const custval_status status = text_of(of, &rows.cells[row * rows.width + column], what, &texts[row].data);
        if (status != CUSTVAL_OK) return status;
        if (texts[row].data != NULL) texts[row].length = strlen(texts[row].data);
    }
    return custval_table_add_texts(table, name, texts, &of->error);
}

static custval_status add_numbers(work *of, custval_table *table, const char *name, area rows, size_t column) {
    double *const numbers = work_take(of, rows.rows, sizeof *numbers);
    if (numbers == NULL) return CUSTVAL_ERROR_MEMORY;
    char what[200];
    for (size_t row = 0; row < rows.rows; row++) {
        const excel_cell *const cell = &rows.cells[row * rows.width + column];
        if ((cell->type & EXCEL_KIND) == EXCEL_NUMBER) {
            numbers[row] = cell->is.number;
            continue;
        }
        snprintf(what, sizeof what, "column \"%.150s\", row %zu", name, row);
        const custval_status status = number_of(of, cell, what, (double)NAN, &numbers[row]);
        if (status != CUSTVAL_OK) return status;
    }
    return custval_table_add_doubles(table, name, numbers, &of->error);
}

static custval_status check_width(work *of, area rows, names have) {
    if (have.count <= rows.columns) return CUSTVAL_OK;
    return work_refuse(of, CUSTVAL_ERROR_ARGUMENT, "there are %zu names, but the cells are %zu wide", have.count,
                       rows.columns);
}

static size_t place_of(names have, const char *wanted) {
    size_t place = 0;
    while (place < have.count && (have.at[place] == NULL || strcmp(have.at[place], wanted) != 0)) place++;
    return place;
}

custval_status table_of(work *of, area rows, names have, names wanted, const unsigned char *is_text,
                        custval_table **out) {
    *out = NULL;
    custval_status status = check_width(of, rows, have);
    if (status == CUSTVAL_OK) status = custval_table_new(NULL, rows.rows, out, &of->error);
    for (size_t i = 0; status == CUSTVAL_OK && i < wanted.count; i++) {
        const size_t place = place_of(have, wanted.at[i]);
        if (place == have.count) {
            status =
                work_refuse(of, CUSTVAL_ERROR_NOT_FOUND, "there is no column \"%s\" among the names", wanted.at[i]);
        } else if (is_text != NULL && is_text[i]) {
            status = add_texts(of, *out, wanted.at[i], rows, place);
        } else {
            status = add_numbers(of, *out, wanted.at[i], rows, place);
        }
    }
    if (status == CUSTVAL_OK) return CUSTVAL_OK;
    custval_table_free(*out);
    *out = NULL;
    return status;
}

/* What a column of unknown kind holds, by its first cell that is not blank: 0 if there is none. */
static uint32_t kind_of_column(area rows, size_t column) {
    for (size_t row = 0; row < rows.rows; row++) {
        const excel_cell *const cell = &rows.cells[row * rows.width + column];
        if (!is_blank(cell)) return cell->type & EXCEL_KIND;
    }
    return 0;
}

custval_status table_of_all(work *of, area rows, names have, custval_table **out) {
    const char **const used = work_take(of, have.count, sizeof *used);
    unsigned char *const is_text = work_take(of, have.count, 1);
    *out = NULL;
    if (used == NULL || is_text == NULL) return CUSTVAL_ERROR_MEMORY;
    size_t count = 0;
    for (size_t i = 0; i < have.count && i < rows.columns; i++) {
        const uint32_t kind = have.at[i] == NULL ? 0 : kind_of_column(rows, i);
        if (kind == 0) continue;
        is_text[count] = kind == EXCEL_TEXT;
        used[count++] = have.at[i];
    }
    return table_of(of, rows, have, (names){used, count}, is_text, out);
}

/* --- Results --------------------------------------------------------------------------------------------------------- */

excel_cell *result_new(size_t rows, size_t columns) {
    if (rows > INT32_MAX || columns > INT32_MAX ||
        (columns != 0 && rows > SIZE_MAX / sizeof(excel_cell) / columns - 1)) {
        return NULL;
    }
    excel_cell *const result = calloc(rows * columns + 1, sizeof *result);
    if (result == NULL) return NULL;
    result->type = EXCEL_RANGE | EXCEL_OURS;
    result->is.range.cells = result + 1;
    result->is.range.rows = (int32_t)rows;
    result->is.range.columns = (int32_t)columns;
    for (size_t i = 0; i < rows * columns; i++) result[i + 1].type = EXCEL_BLANK;
    return result;
}

void result_free(excel_cell *result) {
    if (result == NULL) return;
    const size_t count = (size_t)result->is.range.rows * (size_t)result->is.range.columns;
    for (size_t i = 0; i < count; i++) {
        if (result[i + 1].type == EXCEL_TEXT) free(result[i + 1].is.text);
    }
    free(result);
}

void put_number(excel_cell *result, size_t place, double number) {
    excel_cell *const cell = &result->is.range.cells[place];
    if (isfinite(number) != 0) {
        cell->type = EXCEL_NUMBER;
        cell->is.number = number;
    } else {
        cell->type = EXCEL_ERROR;
        cell->is.error = EXCEL_NOT_AVAILABLE;
    }
}

int put_text(excel_cell *result, size_t place, const char *text, size_t length) {
    const int size = length == 0 ? 0 : MultiByteToWideChar(CP_UTF8, 0, text, (int)length, NULL, 0);
    const int kept = size > EXCEL_LONGEST_TEXT ? EXCEL_LONGEST_TEXT : size;
    wchar_t *const made = calloc((size_t)size + 1, sizeof *made);
    if (made == NULL) return -1;
    if (size > 0) MultiByteToWideChar(CP_UTF8, 0, text, (int)length, made + 1, size);
    made[0] = (wchar_t)kept;
    result->is.range.cells[place].type = EXCEL_TEXT;
    result->is.range.cells[place].is.text = made;
    return 0;
}

static custval_status put_cell(work *of, excel_cell *result, size_t place, const custval_table *table, size_t column,
                               uint32_t type, size_t row) {
    if (type != CUSTVAL_TYPE_UTF8) {
        double number = 0;
        const custval_status status = custval_table_number(table, column, row, &number, &of->error);
        if (status == CUSTVAL_OK) put_number(result, place, number);
        return status;
    }
    custval_text text = {NULL, 0};
    const custval_status status = custval_table_text(table, column, row, &text, &of->error);
    if (status != CUSTVAL_OK) return status;
    if (text.data == NULL) {
        put_number(result, place, (double)NAN);
        return CUSTVAL_OK;
    }
    return put_text(result, place, text.data, text.length) == 0
               ? CUSTVAL_OK
               : work_refuse(of, CUSTVAL_ERROR_MEMORY, "there is not enough memory");
}

custval_status result_of(work *of, const custval_table *table, const char *const *columns, size_t count, int with_names,
                         excel_cell **out) {
    const size_t rows = custval_table_rows(table), all = custval_table_columns(table);
    const size_t width = columns == NULL ? all : count, above = with_names ? 1 : 0;
    excel_cell *const result = result_new(rows + above, width);
    custval_status status = result == NULL ? work_refuse(of, CUSTVAL_ERROR_MEMORY, "there is not enough memory") : 0;
    for (size_t i = 0; status == CUSTVAL_OK && i < width; i++) {
        size_t column = i;
        if (columns != NULL) status = custval_table_find(table, columns[i], &column, &of->error);
        custval_column shape = CUSTVAL_COLUMN_INIT;
        if (status == CUSTVAL_OK) status = custval_table_column(table, column, &shape, &of->error);
        const char *const name = custval_table_name(table, column);
        if (status == CUSTVAL_OK && with_names && put_text(result, i, name, strlen(name)) != 0) {
            status = work_refuse(of, CUSTVAL_ERROR_MEMORY, "there is not enough memory");
        }
        for (size_t row = 0; status == CUSTVAL_OK && row < rows; row++) {
            status = put_cell(of, result, (row + above) * width + i, table, column, shape.type, row);
        }
    }
    if (status != CUSTVAL_OK) {
        result_free(result);
        return status;
    }
    *out = result;
    return CUSTVAL_OK;
}
