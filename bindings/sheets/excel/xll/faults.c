/* Every allocation of the add-in and of the library fails in turn, alone and with all that come after it, while each
   function is called: the right cells or an error each time, and nothing left. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "documents.h"
#include "documents_used.h"
#include "exports.h"
#include "wrapped.h"

/* --- Cells, of memory that is not counted --------------------------------------------------------------------------- */

static const excel_cell missing = {{0}, EXCEL_MISSING};

static excel_cell text_cell(const char *text) {
    const size_t length = strlen(text);
    excel_cell out = {{0}, EXCEL_TEXT};
    out.is.text = wrapped_take((length + 1) * sizeof *out.is.text);
    out.is.text[0] = (wchar_t)length;
    for (size_t i = 0; i < length; i++) out.is.text[i + 1] = (wchar_t)text[i];
    return out;
}

static excel_cell number_cell(double number) {
    excel_cell out = {{0}, EXCEL_NUMBER};
    out.is.number = number;
    return out;
}

static excel_cell range_of(int32_t rows, int32_t columns, excel_cell *cells) {
    excel_cell out = {{0}, EXCEL_RANGE};
    out.is.range.cells = cells;
    out.is.range.rows = rows;
    out.is.range.columns = columns;
    return out;
}

/* Arguments, made once. */
static excel_cell document, groups, lifetime, head, row, unknown, table, items, judged, profit, customer, value_word;

static void arguments_begin(void) {
    static excel_cell named[2], answers[2], strange[2], both[4], item[12], square[4], profits[1], history[3];
    static const char *const words[] = {"side",    "dimension", "indicator", "column", "low", "high",
                                        "benefit", "product",   "quality",   "q1",     NULL,  NULL};
    document = text_cell(system_text);
    groups = text_cell(groups_text);
    lifetime = text_cell(lifetime_text);
    value_word = text_cell("value");
    named[0] = text_cell("quality"), named[1] = text_cell("kind");
    answers[0] = number_cell(80.0), answers[1] = text_cell("good");
    strange[0] = number_cell(80.0), strange[1] = text_cell("odd");
    memcpy(both, named, sizeof named);
    memcpy(both + 2, answers, sizeof answers);
    for (size_t i = 0; i < 12; i++)
        item[i] = words[i] == NULL ? number_cell(i == 10 ? 1.0 : 10.0) : text_cell(words[i]);
    square[0] = square[3] = number_cell(1.0), square[1] = number_cell(3.0), square[2] = number_cell(1.0 / 3.0);
    profits[0] = number_cell(120.0);
    history[0] = number_cell(2.0), history[1] = number_cell(30.43), history[2] = number_cell(38.86);
    head = range_of(1, 2, named), row = range_of(1, 2, answers), unknown = range_of(1, 2, strange);
    table = range_of(2, 2, both), items = range_of(2, 6, item), judged = range_of(2, 2, square);
    profit = range_of(1, 1, profits), customer = range_of(1, 3, history);
}

/* --- Calls, and what they give -------------------------------------------------------------------------------------- */

static excel_cell *value(void) {
    return sheet_value(&document, &row, &head);
}

static excel_cell *scores(void) {
    return sheet_scores(&document, &table, &value_word);
}

static excel_cell *explain(void) {
    return sheet_explain(&document, &row, &missing, &missing);
}

static excel_cell *write_system(void) {
    return sheet_system(&items);
}

static excel_cell *weights(void) {
    return sheet_weights(&judged);
}

static excel_cell *consistency(void) {
    return sheet_consistency(&judged);
}

static excel_cell *group(void) {
    return sheet_group(&groups, &profit, &missing);
}

static excel_cell *clv(void) {
    static const excel_cell horizon = {{.number = 39.0}, EXCEL_NUMBER};
    return sheet_clv(&lifetime, &customer, &horizon, &missing, &missing, &missing, &missing);
}

static excel_cell *why(void) {
    return sheet_why(&value_word, &document, &unknown, &missing, &missing, &missing, &missing, &missing);
}

static excel_cell *name_of_addin(void) {
    static const excel_cell one = {{.number = 1.0}, EXCEL_NUMBER};
    return xlAddInManagerInfo12(&one);
}

/* Each with a cell of its result: a number within bounds, or a part of a text. */
static const struct step {
    const char *name;
    excel_cell *(*call)(void);
    size_t place;
    double low, high;
    const char *part;
} steps[] = {
    {"VALUE", value, 0, 85.0, 85.0, NULL},
    {"SCORES", scores, 3, 85.0, 85.0, NULL},
    {"EXPLAIN", explain, 5, 0.0, 0.0, "value"},
    {"SYSTEM", write_system, 0, 0.0, 0.0, "\"quality\""},
    {"WEIGHTS", weights, 0, 0.7499999, 0.7500001, NULL},
    {"CONSISTENCY", consistency, 0, -1e-9, 1e-9, NULL},
    {"GROUP", group, 0, 0.0, 0.0, "high"},
    {"CLV", clv, 0, 0.1, 10.0, NULL},
    {"WHY", why, 0, 0.0, 0.0, "odd"},
    {"the name of the add-in", name_of_addin, 0, 0.0, 0.0, "custval"},
};

static int holds(const excel_cell *cell, const char *part) {
    char text[4096] = "";
    if (cell->type != EXCEL_TEXT) return 0;
    for (size_t i = 0; i < cell->is.text[0] && i + 1 < sizeof text; i++) text[i] = (char)cell->is.text[i + 1];
    return strstr(text, part) != NULL;
}

static int is_right(const struct step *of, const excel_cell *result) {
    if ((result->type & EXCEL_KIND) != EXCEL_RANGE) return 0;
    const excel_cell *const cell = &result->is.range.cells[of->place];
    if (of->part != NULL) return holds(cell, of->part);
    return cell->type == EXCEL_NUMBER && cell->is.number >= of->low && cell->is.number <= of->high;
}

/* An error, or the reason that CUSTVAL.WHY gives for one. */
static int is_refused(const excel_cell *result) {
    const int is_range = (result->type & EXCEL_KIND) == EXCEL_RANGE;
    const excel_cell *const cell = is_range ? result->is.range.cells : result;
    return (cell->type == EXCEL_ERROR && cell->is.error == EXCEL_VALUE) || holds(cell, "memory");
}

static unsigned failed;

static void expect(int good, const struct step *of, size_t n, const char *what) {
    if (good) return;
    failed++;
    printf("not ok - %s, allocation %zu: %s\n", of->name, n, what);
}

/* Whether the n-th allocation was reached. */
static int fails_well(const struct step *of, size_t n, int for_ever, size_t *refused) {
    documents_begin();
    wrapped_begin(n, for_ever);
    excel_cell *const result = of->call();
    const int reached = wrapped.calls >= n;
    *refused += is_refused(result) != 0;
    expect(is_right(of, result) || (reached && is_refused(result)), of, n, "neither the right cells nor an error");
    if (result->type & EXCEL_OURS) xlAutoFree12(result);
    documents_end();
    expect(wrapped_end() == 0, of, n, "memory is left");
    return reached;
}

int main(void) {
    arguments_begin();
    unsigned passed = 0;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        const unsigned before = failed;
        size_t refused = 0, n = 1;
        for (int for_ever = 0; for_ever < 2; for_ever++) {
            for (n = 1; n < 10000 && fails_well(&steps[i], n, for_ever, &refused);) n++;
        }
        expect(n > 1 && n < 10000 && refused > n / 2, &steps[i], n, "too few of them fail");
        if (failed > before) continue;
        passed++;
        printf("ok %u - %s without memory: %zu allocations, %zu refusals\n", passed, steps[i].name, n - 1, refused);
    }
    printf("%u passed, %u failed, 0 skipped\n", passed, failed);
    return failed == 0 ? 0 : 1;
}
