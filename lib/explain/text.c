/* custval_explain_text: an explanation as a text tree for people. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/explain.h>

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/maths.h"
#include "../table/table.h"
#include "display.h"

/* ---- Writing: counts everything, keeps what fits ----------------------------------------------------------------- */

typedef struct writer {
    char *buffer;
    size_t capacity, length;
} writer;

static void put(writer *out, const char *text, size_t length) {
    if (out->length < out->capacity) {
        const size_t room = out->capacity - out->length;
        memcpy(out->buffer + out->length, text, length < room ? length : room);
    }
    out->length += length;
}

static void put_word(writer *out, const char *text) {
    put(out, text, strlen(text));
}

static void put_spaces(writer *out, size_t count) {
    while (count-- > 0) put(out, " ", 1);
}

static void put_right(writer *out, const char *text, size_t width) {
    const size_t length = strlen(text);
    put_spaces(out, 1 + (length < width ? width - length : 0));
    put(out, text, length);
}

// Ends the text within the buffer, at a whole character.
static void finish(const writer *out) {
    if (out->capacity == 0) return;
    const size_t end = out->length < out->capacity ? out->length : custval__utf8_cut(out->buffer, out->capacity - 1);
    out->buffer[end] = 0;
}

/* ---- Reading the explanation ------------------------------------------------------------------------------------- */

enum column { LABEL, KIND, UNIT, NOTE, TEXTS, DEPTH = TEXTS, SCORE, WEIGHT, CONTRIBUTION, IS_PART, COLUMNS };
static const char *const column_names[COLUMNS] = {
    [LABEL] = "label",     [KIND] = "kind",   [UNIT] = "unit",     [NOTE] = "note",
    [DEPTH] = "depth",     [SCORE] = "score", [WEIGHT] = "weight", [CONTRIBUTION] = "contribution",
    [IS_PART] = "is_part",
};

typedef struct explanation {
    const custval_table *table;
    size_t columns[COLUMNS];
} explanation;

static custval_status open_explanation(const custval_table *table, explanation *out, custval_error *error) {
    out->table = table;
    for (int i = 0; i < COLUMNS; i++) {
        const char *name = column_names[i];
        const int found = custval_table_find(table, name, &out->columns[i], NULL) == CUSTVAL_OK;
        const int fits = found && (i < TEXTS ? custval__table_is_text(table, out->columns[i])
                                             : custval__table_is_number(table, out->columns[i]));
        if (fits) continue;
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT,
                             "the table is no explanation: it has no column \"%s\" of %s", name,
                             i < TEXTS ? "text" : "numbers");
    }
    if (custval_table_rows(table) > 0) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "the table is no explanation: it has no rows");
}

static double number_at(const explanation *from, int column, size_t row) {
    double scratch;
    return *custval__table_doubles(from->table, from->columns[column], row, 1, &scratch);
}

static custval_text text_at(const explanation *from, int column, size_t row) {
    custval_text text;
    if (!custval__table_get_text(from->table, from->columns[column], row, &text)) return (custval_text){"", 0};
    return text;
}

static int says(custval_text text, const char *word) {
    return text.length == strlen(word) && memcmp(text.data, word, text.length) == 0;
}

static int is_step(const explanation *from, size_t row) {
    const custval_text kind = text_at(from, KIND, row);
    return says(kind, "gate") || says(kind, "relief") || says(kind, "override");
}

// People see two decimals, which rounding does not reach.
static int is_shown(const explanation *from, size_t row) {
    return !says(text_at(from, KIND, row), "rounding");
}

/* ---- Lines ------------------------------------------------------------------------------------------------------- */

#define NUMBER_WIDTH 9

// Columns before the label of a row: indentation, or the kind of a step.
static size_t lead_width(const explanation *from, size_t row) {
    if (is_step(from, row)) return text_at(from, KIND, row).length + 2;
    // No system is deeper; what else a table may say does not make lines any longer.
    const double depth = number_at(from, DEPTH, row);
    return depth > 0.0 ? 2 * (size_t)(depth < 16.0 ? depth : 16.0) : 0;
}

static size_t label_width(const explanation *from, size_t row) {
    const custval_text label = text_at(from, LABEL, row);
    return lead_width(from, row) + custval__utf8_width(label.data, label.length);
}

static void put_number(writer *out, double value, int with_sign, const char *suffix) {
    char digits[CUSTVAL__NUMBER_SIZE], cell[2 * CUSTVAL__NUMBER_SIZE];
    if (isnan(value)) {
        put_right(out, "-", NUMBER_WIDTH);
        return;
    }
    custval__display_fixed(value, with_sign, digits);
    custval__format(cell, sizeof cell, "%s%s", digits, suffix);
    put_right(out, cell, NUMBER_WIDTH);
}

static void put_share(writer *out, double share) {
    char digits[CUSTVAL__NUMBER_SIZE], cell[2 * CUSTVAL__NUMBER_SIZE];
    custval__display(share * 100.0, digits);
    custval__format(cell, sizeof cell, "%s%%", digits);
    put_right(out, isnan(share) ? "-" : cell, NUMBER_WIDTH);
}

static void put_line(writer *out, const explanation *from, size_t row, size_t width) {
    const custval_text label = text_at(from, LABEL, row), note = text_at(from, NOTE, row);
    if (is_step(from, row)) {
        const custval_text kind = text_at(from, KIND, row);
        put(out, kind.data, kind.length);
        put_word(out, ": ");
    } else {
        put_spaces(out, lead_width(from, row));
    }
    put(out, label.data, label.length);
    put_spaces(out, width - label_width(from, row));
    put_number(out, number_at(from, SCORE, row), 0, "");
    if (is_step(from, row)) {
        put_spaces(out, NUMBER_WIDTH + 1);
    } else {
        put_share(out, number_at(from, WEIGHT, row));
    }
    put_number(out, number_at(from, CONTRIBUTION, row), 1, "");
    if (note.length > 0) {
        put_word(out, "  ");
        put(out, note.data, note.length);
    }
    put_word(out, "\n");
}

static void put_header(writer *out, const explanation *from, size_t width) {
    put_spaces(out, width);
    put_right(out, "score", NUMBER_WIDTH);
    put_right(out, "weight", NUMBER_WIDTH);
    put_right(out, says(text_at(from, UNIT, 0), "log") ? "log" : "points", NUMBER_WIDTH);
    put_word(out, "\n");
}

static void put_total(writer *out, const explanation *from, size_t width) {
    double total = 0.0;
    size_t parts = 0;
    for (size_t i = 0; i < custval_table_rows(from->table); i++) {
        if (number_at(from, IS_PART, i) != 1.0) continue;
        total += number_at(from, CONTRIBUTION, i);
        parts++;
    }
    put_word(out, "total");
    put_spaces(out, width - strlen("total") + 2 * (NUMBER_WIDTH + 1));
    put_number(out, parts > 0 ? total : (double)NAN, 1, "");
    if (parts > 0 && says(text_at(from, UNIT, 0), "log")) {
        char digits[CUSTVAL__NUMBER_SIZE];
        custval__display_fixed(custval__exp(total), 0, digits);
        put_word(out, "  the logarithm of ");
        put_word(out, digits);
    }
    put_word(out, "\n");
}

custval_status custval_explain_text(const custval_table *table, char *buffer, size_t capacity, size_t *out_length,
                                    custval_error *error) {
    if (out_length == NULL) return custval__fail_null(error, "out_length");
    *out_length = 0;
    if (buffer == NULL && capacity > 0) return custval__fail_null(error, "buffer");
    if (capacity > 0) buffer[0] = 0;
    if (table == NULL) return custval__fail_null(error, "explanation");
    explanation from;
    CUSTVAL__TRY(open_explanation(table, &from, error));
    const size_t rows = custval_table_rows(table);
    size_t width = strlen("total");
    for (size_t i = 0; i < rows; i++) {
        if (is_shown(&from, i) && label_width(&from, i) > width) width = label_width(&from, i);
    }
    writer out = {buffer, capacity, 0};
    put_header(&out, &from, width);
    for (size_t i = 0; i < rows; i++) {
        if (is_shown(&from, i)) put_line(&out, &from, i, width);
    }
    put_total(&out, &from, width);
    finish(&out);
    *out_length = out.length;
    return CUSTVAL_OK;
}
