/* Files of transactions, and saved histories, as one history. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "transactions.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "file_bytes.h"
#include "number_parse.h"
#include "output.h"
#include "progress.h"

/* ---- Units of time ----------------------------------------------------------------------------------------------- */

/* Days of a unit; those of a month and a year are the Gregorian mean to four digits, as the guide says. */
static const struct {
    const char *name;
    double days;
} units[] = {
    {"second", 1.0 / 86400.0}, {"hour", 1.0 / 24.0}, {"day", 1.0},     {"week", 7.0},
    {"month", 30.4375},        {"quarter", 91.3125}, {"year", 365.25},
};

#define UNITS (sizeof units / sizeof units[0])

double unit_days(const char *unit) {
    for (size_t i = 0; i < UNITS; i++) {
        if (unit != NULL && strcmp(unit, units[i].name) == 0) return units[i].days;
    }
    return (double)NAN;
}

static const char *period_of(const transactions_choice *choice) {
    return choice->period == NULL ? "day" : choice->period;
}

const char *transactions_unit(const transactions_choice *choice) {
    if (choice->unit != NULL) return choice->unit;
    return strcmp(period_of(choice), "day") == 0 ? "week" : period_of(choice);
}

static double periods_per_unit(const transactions_choice *choice, const char *command) {
    const char *const period = period_of(choice), *const unit = transactions_unit(choice);
    char shown[QUOTED_SIZE];
    double number = 0.0;
    if (strcmp(period, unit) == 0) return 1.0;
    if (number_parse(unit, strlen(unit), '.', &number) == NUMBER_READ && number >= 1e-12 && number <= 1e12) {
        return number;
    }
    const int is_calendar =
        strcmp(period, "month") == 0 || strcmp(period, "quarter") == 0 || strcmp(period, "year") == 0;
    if (is_calendar) { /* whole months, however long they are */
        const double ratio = round(unit_days(unit) / unit_days(period));
        if (ratio >= 1.0) return ratio;
    } else if (unit_days(unit) >= unit_days(period)) {
        return unit_days(unit) / unit_days(period);
    }
    fail_usage(command, "--unit: %s is no unit of at least one %s, nor a number of periods",
               quoted(unit, strlen(unit), shown), period);
}

/* ---- Reading ----------------------------------------------------------------------------------------------------- */

static int has_amount(const transactions_choice *choice) {
    return choice->amount == NULL || strcmp(choice->amount, "none") != 0;
}

custval_history *transactions_start(const transactions_choice *choice, const custval_host *host, const char *written,
                                    const char *command) {
    custval_history_options options = CUSTVAL_HISTORY_OPTIONS_INIT;
    custval_history *history = NULL;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_host quiet = *host;
    quiet.progress = NULL; /* which is that of the files here */
    const uint32_t period = args_vocabulary(command, "--period", choice->period, CUSTVAL_WORDS_PERIOD);
    const uint32_t refunds = args_vocabulary(command, "--refunds", choice->refunds, CUSTVAL_WORDS_REFUNDS);
    const uint32_t zeros = args_vocabulary(command, "--zeros", choice->zeros, CUSTVAL_WORDS_ZEROS);
    options.customer = choice->customer;
    options.time = choice->date;
    options.amount = has_amount(choice) ? choice->amount : "";
    options.cost = choice->cost;
    options.quantity = choice->quantity;
    if (period != 0) options.period = period;
    if (refunds != 0) options.refunds = refunds;
    if (zeros != 0) options.zeros = zeros;
    if (choice->skip_bad) options.bad_rows = CUSTVAL_BAD_ROWS_DROP;
    if (!isnan(choice->step)) options.step = choice->step;
    options.periods_per_unit = periods_per_unit(choice, command);
    if (custval_history_new(&quiet, &options, &history, &error) != CUSTVAL_OK) fail_error(NULL, &error);
    for (size_t i = 0; i < choice->merged.count; i++) {
        custval_history *const other = history_load(choice->merged.texts[i], &quiet, written);
        if (custval_history_merge(history, other, &error) != CUSTVAL_OK) {
            fail_error(input_name(choice->merged.texts[i]), &error);
        }
        custval_history_free(other);
    }
    return history;
}

#define FOLD_DATE sizeof(((custval_history_facts *)0)->last)

/* A column of the file that goes into the table of a block. */
typedef struct fed_column {
    const char *name;
    uint32_t slot;
    int is_text;
} fed_column;

enum { FED_MOST = 5 };

static size_t feed_columns(const transactions_choice *choice, const data_file *data, rows_plan *plan,
                           fed_column out[FED_MOST]) {
    const int is_number = strcmp(period_of(choice), "number") == 0;
    const struct {
        const char *name, *reader;
        int is_text, is_wanted;
    } wanted[FED_MOST] = {
        {choice->customer == NULL ? "customer" : choice->customer, "a history (--id)", 1, 1},
        {choice->date == NULL ? "date" : choice->date, "a history (--date)", !is_number, 1},
        {choice->amount == NULL ? "amount" : choice->amount, "a history (--amount; none if there is no money)", 0,
         has_amount(choice)},
        {choice->cost, "--cost", 0, choice->cost != NULL},
        {choice->quantity, "--quantity", 0, choice->quantity != NULL},
    };
    size_t count = 0;
    for (size_t i = 0; i < FED_MOST; i++) {
        if (!wanted[i].is_wanted) continue;
        const size_t column = data_column(data, wanted[i].name, wanted[i].reader);
        out[count++] = (fed_column){
            data->names[column],
            wanted[i].is_text ? rows_want_text(plan, column) : rows_want_number(plan, column),
            wanted[i].is_text,
        };
    }
    return count;
}

static custval_table *block_table(const data_file *data, const row_set *rows, const fed_column *columns, size_t count) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    custval_status status = custval_table_new(NULL, rows->count, &table, &error);
    for (size_t i = 0; i < count && status == CUSTVAL_OK; i++) {
        if (!columns[i].is_text) {
            status = custval_table_add_doubles(table, columns[i].name, rows->numbers[columns[i].slot], &error);
            continue;
        }
        custval_text *const texts = rows->texts[columns[i].slot];
        for (size_t row = 0; row < rows->count; row++) {
            if (data_is_missing_text(data, texts[row].data, texts[row].length)) texts[row] = (custval_text){NULL, 0};
        }
        status = custval_table_add_texts(table, columns[i].name, texts, &error);
    }
    if (status != CUSTVAL_OK) fail_error(data->name, &error);
    return table;
}

/* What is as old as the latest date of the block before is complete once a later date has come. */
static void fold_ordered(custval_history *history, char previous[FOLD_DATE], const data_file *data) {
    custval_history_facts facts = CUSTVAL_HISTORY_FACTS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_status status = custval_history_facts_get(history, &facts, &error);
    if (status == CUSTVAL_OK && strcmp(facts.last, previous) != 0) {
        if (previous[0] != 0) status = custval_history_fold(history, previous, &error);
        memcpy(previous, facts.last, FOLD_DATE);
    }
    if (status != CUSTVAL_OK) fail_error(data->name, &error);
}

/* A row is told by its line, which is what people look for in a file. */
static _Noreturn void fail_row(const data_file *data, const row_set *rows, uint64_t lines, const custval_error *error) {
    static const char row[] = ", row ";
    const char *const at = strstr(error->message, row);
    if (error->row >= rows->count || at == NULL) fail_error(data->name, error);
    const char *const rest = at + sizeof row - 1;
    fail("%s: line %llu: %.*s%s", data->name, (unsigned long long)(lines + rows->lines[error->row] + 1),
         (int)(at - error->message), error->message, rest + strspn(rest, "0123456789"));
}

void transactions_feed(custval_history *to, data_file *data, const transactions_choice *choice) {
    csv_block block = {NULL, 0, 0, 0, 0};
    row_set rows = {0};
    rows_plan plan;
    fed_column columns[FED_MOST];
    custval_error error = CUSTVAL_ERROR_INIT;
    char previous[FOLD_DATE] = "";
    uint64_t lines = data->lines, fed = 0;
    rows_plan_init(&plan, data);
    const size_t count = feed_columns(choice, data, &plan, columns);
    progress_start(data->size, NULL);
    while (csv_reader_next(&data->reader, &block)) {
        if (block.problem != CSV_NO_PROBLEM) data_fail_block(data, block.problem, lines + block.problem_line + 1);
        rows_read(&plan, &block, &rows);
        if (rows.has_problem) rows_fail(data, &rows, lines);
        custval_table *const table = block_table(data, &rows, columns, count);
        if (custval_history_add(to, table, &error) != CUSTVAL_OK) fail_row(data, &rows, lines, &error);
        custval_table_free(table);
        if (choice->ordered) fold_ordered(to, previous, data);
        lines += rows.newlines;
        fed += rows.count;
        progress_show(fed, data->reader.bytes - data->reader.rest_length);
    }
    progress_clear();
    rows_free(&plan, &rows);
    rows_plan_free(&plan);
    csv_block_free(&block);
}

custval_history *transactions_read(const char *const *paths, size_t count, const transactions_choice *choice,
                                   const custval_host *host, const char *written, const char *command) {
    custval_history *const history = transactions_start(choice, host, choice->is_saved ? NULL : written, command);
    for (size_t i = 0; i < count; i++) {
        data_file data;
        data_open(&data, paths[i], &choice->data, command);
        output_refuse(written, data.file, data.name);
        transactions_feed(history, &data, choice);
        data_close(&data);
    }
    return history;
}

void transactions_free_choice(transactions_choice *choice) {
    free(choice->merged.texts);
    free(choice->data.missing.texts);
}

custval_history_view transactions_view(custval_history_facts *facts, const custval_history *history,
                                       const transactions_choice *choice, const char *name) {
    custval_history_view view = CUSTVAL_HISTORY_VIEW_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    *facts = (custval_history_facts)CUSTVAL_HISTORY_FACTS_INIT;
    if (custval_history_facts_get(history, facts, &error) != CUSTVAL_OK) fail_error(NULL, &error);
    view.end = choice->end != NULL ? choice->end : facts->last;
    view.holdout_end = choice->holdout_end;
    if (facts->customers == 0) {
        fail("%s: there is no purchase", name != NULL ? name : choice->merged.texts[0]);
    }
    if (choice->end == NULL) {
        note("end of observation: %s, the latest date; if people were watched longer, say so with --end", facts->last);
    }
    if (facts->bad > 0)
        note("%llu rows without a customer, a date or an amount left out", (unsigned long long)facts->bad);
    if (facts->refunds > 0) {
        note("%llu negative amounts %s", (unsigned long long)facts->refunds,
             choice->refunds != NULL && strcmp(choice->refunds, "net") == 0 ? "netted" : "left out");
    }
    if (facts->zeros > 0) note("%llu amounts of 0 left out", (unsigned long long)facts->zeros);
    return view;
}

/* ---- Saved ------------------------------------------------------------------------------------------------------- */

custval_history *history_load(const char *path, const custval_host *host, const char *written) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_history *history = NULL;
    buffer bytes = {NULL, 0, 0};
    file_bytes(path, SIZE_MAX, written, &bytes);
    if (custval_history_read(host, bytes.data, bytes.length, &history, &error) != CUSTVAL_OK) {
        fail_error(input_name(path), &error);
    }
    buffer_free(&bytes);
    return history;
}

void history_save(const custval_history *history, const char *path) {
    buffer bytes = {NULL, 0, 0};
    history_bytes(history, &bytes);
    command_write(path, &bytes);
    buffer_free(&bytes);
}
