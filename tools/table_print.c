/* Tables for people: aligned columns, rounded numbers. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "frame.h"

#define BETWEEN "  "
#define LEAST_NUMBER_WIDTH 7 /* "-100.00", where the numbers are not known beforehand */

/* ---- Cells ------------------------------------------------------------------------------------------------------- */

/* Beyond this, thousandths of a double are not all integers any more, and nobody reads them. */
#define LARGEST_FIXED 1e12

/* Not by printf, whose decimal point is the locale's. */
static void put_number(buffer *to, double value, int decimals) {
    static const uint64_t scales[] = {1, 10, 100, 1000};
    if (isnan(value)) {
        buffer_byte(to, '-');
        return;
    }
    if (fabs(value) >= LARGEST_FIXED) {
        to->length += custval__number_text(value, buffer_room(to, CUSTVAL__NUMBER_SIZE));
        return;
    }
    const uint64_t scale = scales[decimals];
    const uint64_t scaled = (uint64_t)floor(fabs(value) * (double)scale + 0.5);
    if (value < 0.0 && scaled > 0) buffer_byte(to, '-'); /* no "-0.00" */
    to->length += custval__unsigned_text(scaled / scale, buffer_room(to, CUSTVAL__NUMBER_SIZE));
    if (decimals == 0) return;
    buffer_byte(to, '.');
    for (uint64_t unit = scale / 10; unit > 0; unit /= 10) buffer_byte(to, (char)('0' + scaled / unit % 10));
}

/* What would leave the line, or move about in it, is shown as a blank. */
static void put_text(buffer *to, const custval_text *text) {
    if (text->data == NULL) {
        buffer_byte(to, '-');
        return;
    }
    for (size_t i = 0; i < text->length; i++) {
        const unsigned char byte = (unsigned char)text->data[i];
        buffer_byte(to, byte < 0x20 || byte == 0x7f ? ' ' : text->data[i]);
    }
}

static void put_cell(buffer *to, const frame *rows, const frame_column *column, size_t row, int decimals) {
    switch (column->kind) {
    case FRAME_NUMBER: put_number(to, ((const double *)column->data)[row], decimals); break;
    case FRAME_TEXT: put_text(to, (const custval_text *)column->data + row); break;
    case FRAME_STATUS: print_status(to, ((const uint32_t *)column->data)[row]); break;
    default: buffer_format(to, "%llu", (unsigned long long)(rows->first_row + row + 1));
    }
}

/* ---- Layout ------------------------------------------------------------------------------------------------------ */

/* None for whole numbers; three for shares and weights; else two. */
static int decimals_of(const double *numbers, size_t count) {
    int whole = 1, small = 1;
    for (size_t i = 0; i < count; i++) {
        if (isnan(numbers[i])) continue;
        if (numbers[i] != floor(numbers[i])) whole = 0;
        if (fabs(numbers[i]) > 1.0) small = 0;
    }
    return whole ? 0 : small ? 3 : 2;
}

static int is_right(int kind) {
    return kind == FRAME_NUMBER || kind == FRAME_ROW;
}

void table_lay_out(printer *with, const frame *first) {
    buffer cell = {NULL, 0, 0};
    with->columns = first->count;
    with->widths = memory_new(first->count, sizeof with->widths[0]);
    with->decimals = memory_new(first->count, sizeof with->decimals[0]);
    for (size_t i = 0; i < first->count; i++) {
        const frame_column *const column = &first->columns[i];
        size_t width = custval__utf8_width(column->name, strlen(column->name));
        const int is_known = column->data != NULL || column->kind == FRAME_ROW;
        with->decimals[i] = 2;
        if (column->kind == FRAME_NUMBER && is_known) with->decimals[i] = decimals_of(column->data, first->rows);
        if (!is_known && width < LEAST_NUMBER_WIDTH) width = LEAST_NUMBER_WIDTH;
        for (size_t row = 0; row < first->rows && is_known; row++) {
            cell.length = 0;
            put_cell(&cell, first, column, row, with->decimals[i]);
            const size_t needed = custval__utf8_width(cell.data, cell.length);
            if (needed > width) width = needed;
        }
        with->widths[i] = width;
    }
    buffer_free(&cell);
}

/* Pads what was put behind `start`. The last column needs nothing behind it. */
static void align(const printer *with, buffer *to, size_t start, size_t column, int right) {
    const size_t width = custval__utf8_width(to->data + start, to->length - start);
    const size_t missing = width < with->widths[column] ? with->widths[column] - width : 0;
    if (right) {
        const size_t length = to->length - start;
        buffer_room(to, missing);
        memmove(to->data + start + missing, to->data + start, length);
        memset(to->data + start, ' ', missing);
        to->length += missing;
    } else if (column + 1 < with->columns) {
        buffer_repeat(to, ' ', missing);
    }
}

void table_write_names(const printer *with, buffer *to, const frame *names) {
    for (size_t i = 0; i < names->count; i++) {
        if (i > 0) buffer_text(to, BETWEEN);
        const size_t start = to->length;
        buffer_text(to, names->columns[i].name);
        align(with, to, start, i, is_right(names->columns[i].kind));
    }
    buffer_byte(to, '\n');
}

void table_write_rows(const printer *with, buffer *to, const frame *rows) {
    for (size_t row = 0; row < rows->rows; row++) {
        for (size_t i = 0; i < rows->count; i++) {
            if (i > 0) buffer_text(to, BETWEEN);
            const size_t start = to->length;
            put_cell(to, rows, &rows->columns[i], row, with->decimals[i]);
            align(with, to, start, i, is_right(rows->columns[i].kind));
        }
        buffer_byte(to, '\n');
    }
}
