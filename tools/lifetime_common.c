/* What the verbs of custval lifetime share: customers from files, parameters for people. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "lifetime_verbs.h"
#include "output.h"

/* ---- Customers --------------------------------------------------------------------------------------------------- */

static const char *or_default(const char *name, const char *otherwise) {
    return name != NULL ? name : otherwise;
}

static void name_columns(custval_lifetime_columns *columns, const customers_choice *choice) {
    *columns = (custval_lifetime_columns)CUSTVAL_LIFETIME_COLUMNS_INIT;
    columns->x = or_default(choice->x, "x");
    columns->t_x = or_default(choice->t_x, "t_x");
    columns->T = or_default(choice->T, "T");
    columns->mean_spend = or_default(choice->mean_spend, "mean_spend");
    columns->lost = or_default(choice->lost, "lost");
    columns->count = choice->count;
}

/* A file with the age of customers, or with x for models of spend, is one of customers. */
static int has_customers(const data_file *data, const custval_lifetime_columns *columns) {
    return data_find(data, columns->T) != SIZE_MAX || data_find(data, columns->x) != SIZE_MAX;
}

void customers_open(customers *to, const char *const *paths, size_t count, const customers_choice *choice,
                    const custval_host *host, const char *written, const char *command) {
    custval_error error = CUSTVAL_ERROR_INIT;
    *to = (customers){.is_file = 1};
    name_columns(&to->columns, choice);
    if (count > 0) {
        whole_open(&to->file, paths[0], &choice->from.data, written, command);
        if (has_customers(&to->file.data, &to->columns)) {
            if (count > 1) fail_usage(command, "customers are in one file; several are files of transactions");
            return;
        }
    }
    to->is_file = 0;
    to->history = transactions_start(&choice->from, host, written, command);
    if (count > 0) transactions_feed(to->history, &to->file.data, &choice->from);
    if (count > 0) whole_free(&to->file);
    for (size_t i = 1; i < count; i++) {
        data_file data;
        data_open(&data, paths[i], &choice->from.data, command);
        output_refuse(written, data.file, data.name);
        transactions_feed(to->history, &data, &choice->from);
        data_close(&data);
    }
    to->view = transactions_view(&to->facts, to->history, &choice->from, count > 0 ? paths[0] : NULL);
    if (custval_history_table(to->history, &to->view, &to->table, &error) != CUSTVAL_OK) fail_error(NULL, &error);
}

int customers_have(const customers *of, const char *name) {
    size_t column = 0;
    if (of->is_file) return data_find(&of->file.data, name) != SIZE_MAX;
    return custval_table_find(of->table, name, &column, NULL) == CUSTVAL_OK;
}

void customers_want_number(customers *to, const char *name, const char *reader) {
    if (to->is_file) whole_want_number(&to->file, name, reader);
}

void customers_want(customers *to, uint32_t model, int with_spend) {
    const custval_lifetime_columns *const columns = &to->columns;
    const int is_contract = model == CUSTVAL_MODEL_SBG || model == CUSTVAL_MODEL_BDW;
    const int is_spend = model == CUSTVAL_MODEL_GAMMA_GAMMA;
    char reader[MESSAGE_SIZE / 8];
    custval__format(reader, sizeof reader, "the model %s", custval_word(CUSTVAL_WORDS_MODEL, model));
    if (!to->is_file) {
        if (is_contract) fail("%s is fitted to customers (T, lost) or --survivors, not to transactions", reader);
        return;
    }
    if (!is_contract) customers_want_number(to, columns->x, reader);
    if (!is_contract && !is_spend && model != CUSTVAL_MODEL_NBD) customers_want_number(to, columns->t_x, reader);
    if (!is_spend) customers_want_number(to, columns->T, reader);
    if (is_contract && customers_have(to, columns->lost)) customers_want_number(to, columns->lost, reader);
    if (is_spend || (with_spend && customers_have(to, columns->mean_spend))) {
        customers_want_number(to, columns->mean_spend, reader);
    }
    if (columns->count != NULL) customers_want_number(to, columns->count, "--count");
}

void customers_read(customers *to) {
    if (to->is_file) to->table = whole_read(&to->file);
}

void customers_fail(const customers *with, const custval_error *error) {
    if (with->is_file) whole_fail(&with->file, error);
    fail_error(NULL, error);
}

void customers_free(customers *of) {
    custval_table_free(of->table);
    custval_history_free(of->history);
    if (of->is_file) whole_free(&of->file);
    *of = (customers){0};
}

/* ---- For people -------------------------------------------------------------------------------------------------- */

/* Five digits: tables of parameters hold 0.0005 beside 12,000. */
static double five_digits(double value) {
    double scale = 1.0;
    if (value == 0.0 || !isfinite(value)) return value;
    while (fabs(value) * scale < 1e4 && scale < 1e300) scale *= 10.0;
    while (fabs(value) * scale >= 1e5 && scale > 1e-300) scale /= 10.0;
    return round(value * scale) / scale;
}

static void put_cell(const custval_table *table, size_t column, size_t row, buffer *to) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_column kind = CUSTVAL_COLUMN_INIT;
    custval_text text = {NULL, 0};
    double number = 0.0;
    custval_status status = custval_table_column(table, column, &kind, &error);
    if (status == CUSTVAL_OK && kind.type == CUSTVAL_TYPE_FLOAT64) {
        status = custval_table_number(table, column, row, &number, &error);
        if (!isnan(number)) buffer_format(to, "%g", five_digits(number));
    } else if (status == CUSTVAL_OK) {
        status = custval_table_text(table, column, row, &text, &error);
        buffer_put(to, text.data, text.length);
    }
    if (status != CUSTVAL_OK) fail_error(NULL, &error);
}

void table_print_digits(const custval_table *table, buffer *to) {
    const size_t rows = custval_table_rows(table), columns = custval_table_columns(table);
    frame all = {NULL, 0, rows, 0};
    buffer cells = {NULL, 0, 0};
    size_t *const ends = memory_new(rows * columns, sizeof *ends);
    for (size_t i = 0; i < columns; i++) {
        for (size_t row = 0; row < rows; row++) {
            put_cell(table, i, row, &cells);
            ends[i * rows + row] = cells.length;
        }
    }
    for (size_t i = 0; i < columns; i++) {
        custval_text *const texts = memory_new(rows, sizeof *texts);
        for (size_t row = 0; row < rows; row++) {
            const size_t at = i * rows + row, start = at == 0 ? 0 : ends[at - 1];
            if (ends[at] > start) texts[row] = (custval_text){cells.data + start, ends[at] - start};
        }
        frame_add(&all, custval_table_name(table, i), FRAME_TEXT, texts)->is_owned = 1;
    }
    print_frame(&all, FORMAT_TABLE, ',', '.', to);
    frame_free(&all);
    free(ends);
    buffer_free(&cells);
}

void lifetime_print(const custval_lifetime *lifetime, double level, buffer *to) {
    custval_lifetime_facts facts = CUSTVAL_LIFETIME_FACTS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *parameters = NULL;
    if (custval_lifetime_parameters(lifetime, level, &parameters, &error) != CUSTVAL_OK ||
        custval_lifetime_facts_get(lifetime, &facts, &error) != CUSTVAL_OK) {
        fail_error(NULL, &error);
    }
    table_print_digits(parameters, to);
    custval_table_free(parameters);
    buffer_format(to, "\nmodel %s, %s", custval_word(CUSTVAL_WORDS_MODEL, facts.model),
                  custval_word(CUSTVAL_WORDS_CONVERGENCE, facts.convergence));
    if (facts.unit != NULL) buffer_format(to, ", time in units of one %s", facts.unit);
    buffer_byte(to, '\n');
    if (facts.convergence == CUSTVAL_CONVERGENCE_STATED) return;
    buffer_format(
        to, "customers            %g\nlog-likelihood       %g\nAIC                  %g\nBIC                  %g\n",
        facts.customers, round(facts.log_likelihood * 1e4) / 1e4, round(facts.aic * 1e4) / 1e4,
        round(facts.bic * 1e4) / 1e4);
    if (facts.from != NULL || facts.to != NULL) {
        buffer_format(to, "data                 %s to %s\n", facts.from != NULL ? facts.from : "?",
                      facts.to != NULL ? facts.to : "?");
    }
}
