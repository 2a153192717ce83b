/* Random systems on random tables with wild numbers mixed in: alone, permuted, in a table, and from a written document
   the same bits; every sum of an explanation exact; a value exactly where the status says so. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "input_bytes.h"
#include "random_system.h"

#define MOST_ROWS 40

static double number_at(const custval_table *table, size_t column, size_t row) {
    double value;
    DEMAND(custval_table_number(table, column, row, &value, NULL) == CUSTVAL_OK);
    return value;
}

static int same_bits(double a, double b) {
    return memcmp(&a, &b, sizeof a) == 0 || (isnan(a) && isnan(b));
}

/* A copy of the table whose number columns have some cells replaced by the input's bytes, read as doubles. */
static custval_table *mutate(input *in, const custval_table *table) {
    const size_t rows = custval_table_rows(table);
    custval_table *out = NULL;
    DEMAND(custval_table_new(NULL, rows, &out, NULL) == CUSTVAL_OK);
    for (size_t c = 0; c < custval_table_columns(table); c++) {
        custval_column column = CUSTVAL_COLUMN_INIT;
        double numbers[MOST_ROWS];
        DEMAND(custval_table_column(table, c, &column, NULL) == CUSTVAL_OK);
        if (column.type == CUSTVAL_TYPE_FLOAT64) {
            for (size_t i = 0; i < rows; i++) numbers[i] = number_at(table, c, i);
            const size_t changes = take(in, 1) % 4;
            for (size_t i = 0; i < changes; i++) {
                const uint64_t bits = take(in, 8);
                memcpy(&numbers[take(in, 1) % rows], &bits, sizeof bits);
            }
            column = (custval_column)CUSTVAL_COLUMN_INIT;
            column.type = CUSTVAL_TYPE_FLOAT64;
            column.data = numbers;
        }
        DEMAND(custval_table_add_copy(out, custval_table_name(table, c), &column, NULL) == CUSTVAL_OK);
    }
    return out;
}

static void check_rows(custval_system *system, const custval_table *table, const custval_table *scores,
                       const custval_score_options *options) {
    const uint32_t inputs = custval_system_inputs(system);
    custval_scorer *scorer = NULL;
    DEMAND(custval_scorer_new(system, options, &scorer, NULL) == CUSTVAL_OK);
    const uint32_t columns = custval_scorer_columns(scorer);
    double *numbers = malloc((inputs + 1) * sizeof *numbers), *out = malloc((columns + 1) * sizeof *out);
    custval_text *texts = calloc(inputs + 1, sizeof *texts);
    DEMAND(numbers != NULL && out != NULL && texts != NULL);
    for (size_t row = 0; row < custval_table_rows(table); row++) {
        uint32_t status;
        for (uint32_t i = 0; i < inputs; i++) {
            custval_input what = CUSTVAL_INPUT_INIT;
            size_t column;
            DEMAND(custval_system_input(system, i, &what, NULL) == CUSTVAL_OK);
            DEMAND(custval_table_find(table, what.column, &column, NULL) == CUSTVAL_OK);
            numbers[i] = (double)NAN;
            if (what.is_text)
                DEMAND(custval_table_text(table, column, row, &texts[i], NULL) == CUSTVAL_OK);
            else
                numbers[i] = number_at(table, column, row);
        }
        DEMAND(custval_scorer_row(scorer, numbers, texts, out, &status) == CUSTVAL_OK);
        for (uint32_t c = 0; c < columns; c++) DEMAND(same_bits(out[c], number_at(scores, c, row)));
        DEMAND((double)status == number_at(scores, columns, row));
        DEMAND(((status & CUSTVAL_ROW_NO_VALUE) != 0) == (isnan(out[0]) != 0));
        DEMAND(!isinf(out[0]));
    }
    custval_scorer_free(scorer);
    free(numbers);
    free(out);
    free(texts);
}

/* The rows in the other direction. */
static custval_table *reverse(const custval_table *table) {
    const size_t rows = custval_table_rows(table);
    custval_table *out = NULL;
    DEMAND(custval_table_new(NULL, rows, &out, NULL) == CUSTVAL_OK);
    for (size_t c = 0; c < custval_table_columns(table); c++) {
        custval_column column = CUSTVAL_COLUMN_INIT;
        double numbers[MOST_ROWS];
        custval_text texts[MOST_ROWS];
        DEMAND(custval_table_column(table, c, &column, NULL) == CUSTVAL_OK);
        if (column.type == CUSTVAL_TYPE_FLOAT64) {
            for (size_t i = 0; i < rows; i++) numbers[i] = number_at(table, c, rows - 1 - i);
            column = (custval_column)CUSTVAL_COLUMN_INIT;
            column.type = CUSTVAL_TYPE_FLOAT64;
            column.data = numbers;
            DEMAND(custval_table_add_copy(out, custval_table_name(table, c), &column, NULL) == CUSTVAL_OK);
        } else {
            for (size_t i = 0; i < rows; i++) {
                DEMAND(custval_table_text(table, c, rows - 1 - i, &texts[i], NULL) == CUSTVAL_OK);
            }
            DEMAND(custval_table_add_texts(out, custval_table_name(table, c), texts, NULL) == CUSTVAL_OK);
        }
    }
    return out;
}

/* The scores again, with the rows in the other direction, by the system that the document of this one describes. */
static void check_again(const custval_system *system, const custval_table *table, const custval_table *scores,
                        const custval_score_options *options) {
    const size_t rows = custval_table_rows(table);
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *again = NULL;
    custval_table *reversed = reverse(table), *others = NULL;
    size_t length, other_length;
    DEMAND(custval_system_write(system, NULL, 0, &length, &error) == CUSTVAL_OK);
    char *text = malloc(length + 1), *other_text = malloc(length + 1);
    DEMAND(text != NULL && other_text != NULL);
    DEMAND(custval_system_write(system, text, length + 1, &length, &error) == CUSTVAL_OK);
    DEMAND(custval_system_parse(NULL, text, length, &again, &error) == CUSTVAL_OK);
    DEMAND(custval_system_write(again, other_text, length + 1, &other_length, &error) == CUSTVAL_OK);
    DEMAND(length == other_length && memcmp(text, other_text, length) == 0);
    DEMAND(custval_score(again, reversed, options, &others, &error) == CUSTVAL_OK);
    DEMAND(custval_table_columns(others) == custval_table_columns(scores));
    for (size_t c = 0; c < custval_table_columns(scores); c++) {
        for (size_t row = 0; row < rows; row++) {
            const double score = number_at(scores, c, row);
            DEMAND(same_bits(number_at(others, c, rows - 1 - row), score));
            DEMAND(score != 0.0 || !signbit(score));
        }
    }
    free(text);
    free(other_text);
    custval_table_free(others);
    custval_table_free(reversed);
    custval_system_free(again);
}

static size_t column_named(const custval_table *table, const char *name) {
    size_t column;
    DEMAND(custval_table_find(table, name, &column, NULL) == CUSTVAL_OK);
    return column;
}

static void check_explanation(const custval_system *system, const custval_table *table, size_t row, double value,
                              const custval_score_options *options) {
    custval_table *parts = NULL;
    custval_error error = CUSTVAL_ERROR_INIT;
    DEMAND(custval_explain(system, table, row, options, &parts, &error) == CUSTVAL_OK);
    const size_t contribution = column_named(parts, "contribution"), is_part = column_named(parts, "is_part");
    custval_text unit;
    DEMAND(custval_table_text(parts, column_named(parts, "unit"), 0, &unit, NULL) == CUSTVAL_OK);
    double sum = 0.0;
    for (size_t i = 0; i < custval_table_rows(parts); i++) {
        if (number_at(parts, is_part, i) == 1.0) sum += number_at(parts, contribution, i);
    }
    if (!isnan(value) && unit.length == strlen("points")) DEMAND(sum == value);
    size_t length;
    DEMAND(custval_explain_text(parts, NULL, 0, &length, &error) == CUSTVAL_OK);
    custval_table_free(parts);
}

/* These calls may refuse a row, but must answer. */
static void ask_the_rest(const custval_system *system, const custval_table *table, input *in,
                         const custval_score_options *options) {
    const size_t rows = custval_table_rows(table), a = take(in, 1) % rows, b = take(in, 1) % rows;
    custval_table *out = NULL;
    custval_compare_options compare = CUSTVAL_COMPARE_OPTIONS_INIT;
    char reason[300];
    compare.score = options;
    const double target = (double)(take(in, 1) % 200) - 100.0;
    DEMAND((custval_explain_change(system, table, a, table, b, options, &out, NULL) == CUSTVAL_OK) == (out != NULL));
    custval_table_free(out);
    DEMAND((custval_levers(system, table, a, options, &out, NULL) == CUSTVAL_OK) == (out != NULL));
    custval_table_free(out);
    DEMAND((custval_flip(system, table, a, b, options, &out, NULL) == CUSTVAL_OK) == (out != NULL));
    custval_table_free(out);
    DEMAND((custval_target(system, table, a, target, options, &out, NULL) == CUSTVAL_OK) == (out != NULL));
    custval_table_free(out);
    DEMAND((custval_compare(system, table, &compare, &out, NULL) == CUSTVAL_OK) == (out != NULL));
    custval_table_free(out);
    DEMAND((custval_compare_indicators(system, table, a, &compare, &out, NULL) == CUSTVAL_OK) == (out != NULL));
    custval_table_free(out);
    DEMAND(custval_row_reason(system, table, b, options, reason, sizeof reason, NULL) == CUSTVAL_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    input in = {data, size, 0};
    support_random random = {take(&in, 4)};
    const uint32_t features = (uint32_t)take(&in, 1) & RANDOM_ALL;
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    options.as_of = RANDOM_AS_OF;
    options.levels = 2 * CUSTVAL_LEVEL_TAG - 1;
    options.coverage = CUSTVAL_COVERAGE_ALL;
    custval_system *system = random_system(&random, features);
    const size_t rows = 1 + take(&in, 1) % MOST_ROWS;
    custval_table *drawn = random_table(&random, system, rows, (int)(take(&in, 1) % 2));
    custval_table *table = mutate(&in, drawn), *scores = NULL;
    DEMAND(custval_score(system, table, &options, &scores, NULL) == CUSTVAL_OK);
    check_rows(system, table, scores, &options);
    check_again(system, table, scores, &options);
    for (size_t row = 0; row < rows && row < 5; row++) {
        check_explanation(system, table, row, number_at(scores, 0, row), &options);
    }
    ask_the_rest(system, table, &in, &options);
    custval_table_free(scores);
    custval_table_free(table);
    custval_table_free(drawn);
    custval_system_free(system);
    return 0;
}
