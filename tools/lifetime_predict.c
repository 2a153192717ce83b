/* custval lifetime predict: P(alive), purchases, value of each customer. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lifetime_verbs.h"
#include "number_parse.h"
#include "workers.h"

static const command_help help = {
    "lifetime predict",
    "LIFETIME DATA... [OPTIONS]",
    "Predicts for each customer from a document and data: one file of customers, or files of\n"
    "transactions. Gives P(alive) and the expected purchases in the horizon, and where spend is known\n"
    "the expected spend and the lifetime value, discounted.",
    "  custval lifetime predict lifetime.json customers.csv --horizon 52\n"
    "  custval lifetime predict lifetime.json transactions.csv --end 1997-09-30 --months 12 --rate 0.1\n"
    "  custval lifetime predict lifetime.json customers.csv --outputs alive,residual --rate 0.1\n"
    "  custval lifetime predict lifetime.json customers.csv --counts 5\n",
};

typedef struct choices {
    customers_choice from;
    const char *output, *format, *per, *timing, *spend_column, *margin_column, *cost_column, *horizon_column;
    text_list outputs, quantiles;
    size_t months, counts;
    double horizon, cash, rate, margin, cost, level;
} choices;

/* ---- Options of the library -------------------------------------------------------------------------------------- */

/* Length of a word's or a number's span in units of the model. */
static double units_of(const char *text, const char *unit, const char *option_name) {
    char shown[QUOTED_SIZE];
    double number = 0.0;
    if (number_parse(text, strlen(text), '.', &number) == NUMBER_READ && number > 0.0) return number;
    const double span = unit_days(text);
    if (isnan(span)) {
        fail_usage(help.name, "%s: %s is neither day, week, month, quarter, year nor a number of units", option_name,
                   quoted(text, strlen(text), shown));
    }
    if (isnan(unit_days(unit))) {
        fail_usage(help.name, "%s: the document does not say how long its unit of time is; give a number of units",
                   option_name);
    }
    return span / unit_days(unit);
}

static uint32_t outputs_of(const text_list *lists) {
    text_list words = args_split(help.name, "--outputs", lists);
    uint32_t bits = 0;
    for (size_t i = 0; i < words.count; i++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        uint32_t bit = 0;
        if (custval_word_value(CUSTVAL_WORDS_LIFETIME_OUTPUT, words.texts[i], &bit, &error) != CUSTVAL_OK) {
            fail_usage(help.name, "--outputs: %s", error.message);
        }
        bits |= bit;
    }
    args_free_split(&words);
    return bits;
}

/* Ends of calendar months after the end of observation, in units of time. */
static double *month_ends(const char *end, const char *unit, size_t months) {
    custval_error error = CUSTVAL_ERROR_INIT;
    double *const times = memory_new(months, sizeof *times);
    if (end == NULL) fail_usage(help.name, "--months counts from the end of observation: --end DATE is needed");
    if (isnan(unit_days(unit))) {
        fail_usage(help.name, "--months: the document does not say how long its unit of time is; use --horizon");
    }
    if (custval_calendar_months(end, 1, months, unit_days(unit), times, &error) != CUSTVAL_OK)
        fail_error("--months", &error);
    return times;
}

static void choose(custval_lifetime_predict_options *options, const choices *chosen,
                   const custval_lifetime_facts *facts) {
    const uint32_t timing = args_vocabulary(help.name, "--timing", chosen->timing, CUSTVAL_WORDS_TIMING);
    options->outputs = outputs_of(&chosen->outputs);
    if (timing != 0) options->timing = timing;
    if (!isnan(chosen->horizon)) options->horizon = chosen->horizon;
    if (!isnan(chosen->cash)) options->cash_period = chosen->cash;
    if (!isnan(chosen->margin)) options->margin = chosen->margin;
    if (!isnan(chosen->cost)) options->cost = chosen->cost;
    if (!isnan(chosen->level)) options->level = chosen->level;
    options->horizon_column = chosen->horizon_column;
    options->spend_column = chosen->spend_column;
    options->margin_column = chosen->margin_column;
    options->cost_column = chosen->cost_column;
    if (isnan(chosen->rate)) return;
    options->rate = chosen->rate;
    options->rate_period = units_of(chosen->per == NULL ? "year" : chosen->per, facts->unit, "--per");
}

/* ---- Customers --------------------------------------------------------------------------------------------------- */

/* Transactions are counted in the unit of the model. */
static void take_unit(customers_choice *choice, const custval_lifetime_facts *facts) {
    if (choice->from.unit == NULL) choice->from.unit = facts->unit;
}

static void want_all(customers *from, const custval_lifetime *lifetime, const custval_lifetime_facts *facts,
                     const choices *chosen) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *names = NULL;
    customers_want(from, facts->model, chosen->spend_column == NULL && custval_lifetime_spend(lifetime) != NULL);
    if (chosen->spend_column != NULL) customers_want_number(from, chosen->spend_column, "--spend-column");
    if (chosen->margin_column != NULL) customers_want_number(from, chosen->margin_column, "--margin-column");
    if (chosen->cost_column != NULL) customers_want_number(from, chosen->cost_column, "--cost-column");
    if (chosen->horizon_column != NULL) customers_want_number(from, chosen->horizon_column, "--horizon-column");
    if (from->is_file && chosen->from.from.customer != NULL)
        whole_want_text(&from->file, chosen->from.from.customer, "--id");
    /* Coefficients are named "purchase:age". */
    if (custval_lifetime_parameters(lifetime, 0.95, &names, &error) != CUSTVAL_OK) fail_error(NULL, &error);
    for (size_t row = 0; row < custval_table_rows(names); row++) {
        custval_text name = {NULL, 0};
        if (custval_table_text(names, 0, row, &name, &error) != CUSTVAL_OK) fail_error(NULL, &error);
        const char *const colon = memchr(name.data, ':', name.length);
        if (colon == NULL) continue;
        char *const column = memory_text(colon + 1, (size_t)(name.data + name.length - colon - 1));
        customers_want_number(from, column, "the model");
        free(column);
    }
    custval_table_free(names);
}

static void add_ids(frame *all, const customers *from, const choices *chosen) {
    custval_error error = CUSTVAL_ERROR_INIT;
    if (from->is_file && chosen->from.from.customer == NULL) {
        frame_add_names(all, custval_table_rows(from->table), NULL, NULL);
        return;
    }
    custval_text *const ids = memory_new(custval_table_rows(from->table), sizeof *ids);
    const custval_text *const texts = from->is_file ? whole_texts(&from->file, chosen->from.from.customer) : NULL;
    for (size_t row = 0; row < custval_table_rows(from->table); row++) {
        if (texts != NULL) {
            ids[row] = texts[row];
        } else if (custval_table_text(from->table, 0, row, &ids[row], &error) != CUSTVAL_OK) {
            fail_error(NULL, &error);
        }
    }
    frame_add(all, from->is_file ? chosen->from.from.customer : "customer", FRAME_TEXT, ids)->is_owned = 1;
}

/* ---- Predicting -------------------------------------------------------------------------------------------------- */

static custval_table *predict(const custval_lifetime *lifetime, const customers *from, const choices *chosen,
                              const custval_lifetime_facts *facts, const custval_host *host) {
    custval_lifetime_predict_options options = CUSTVAL_LIFETIME_PREDICT_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    double *times = NULL;
    choose(&options, chosen, facts);
    options.host = host;
    options.columns = &from->columns;
    if (chosen->months > 0) {
        options.cash_times = times =
            month_ends(from->is_file ? chosen->from.from.end : from->view.end, facts->unit, chosen->months);
        options.cash_count = chosen->months;
    }
    if (custval_lifetime_predict(lifetime, from->table, &options, &out, &error) != CUSTVAL_OK)
        customers_fail(from, &error);
    free(times);
    return out;
}

static custval_table *count(const custval_lifetime *lifetime, const customers *from, const choices *chosen,
                            const custval_host *host) {
    custval_lifetime_counts_options options = CUSTVAL_LIFETIME_COUNTS_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    size_t share_count = 0;
    double *const shares = args_numbers(help.name, "--quantiles", &chosen->quantiles, &share_count);
    options.host = host;
    options.columns = &from->columns;
    options.most = (uint32_t)(chosen->counts < UINT32_MAX ? chosen->counts : UINT32_MAX);
    options.quantiles = share_count == 0 ? NULL : shares;
    options.quantiles_count = (uint32_t)share_count;
    options.horizon_column = chosen->horizon_column;
    if (!isnan(chosen->horizon)) options.horizon = chosen->horizon;
    if (custval_lifetime_counts(lifetime, from->table, &options, &out, &error) != CUSTVAL_OK)
        customers_fail(from, &error);
    free(shares);
    return out;
}

static void run(const char *document, const char *const *paths, size_t path_count, choices *chosen, int format) {
    custval_lifetime_facts facts = CUSTVAL_LIFETIME_FACTS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    customers from;
    const char **const id = &chosen->from.from.customer;
    frame all = {NULL, 0, 0, 0};
    workers helpers;
    workers_start(&helpers);
    custval_lifetime *const lifetime = lifetime_load(document, chosen->output);
    if (custval_lifetime_facts_get(lifetime, &facts, &error) != CUSTVAL_OK) fail_error(input_name(document), &error);
    take_unit(&chosen->from, &facts);
    customers_open(&from, paths, path_count, &chosen->from, &helpers.host, chosen->output, help.name);
    if (from.is_file && *id == NULL && customers_have(&from, "customer")) *id = "customer";
    want_all(&from, lifetime, &facts, chosen);
    customers_read(&from);
    custval_table *const table = chosen->counts > 0 ? count(lifetime, &from, chosen, &helpers.host)
                                                    : predict(lifetime, &from, chosen, &facts, &helpers.host);
    add_ids(&all, &from, chosen);
    frame_add_results(&all, table, CUSTVAL_WORDS_LIFETIME_ROW);
    if (!from.is_file) frame_order_names(&all);
    write_frame(&all, format, chosen->output);
    frame_free(&all);
    custval_table_free(table);
    customers_free(&from);
    custval_lifetime_free(lifetime);
    workers_stop(&helpers);
}

int lifetime_predict(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        {"--months", 0, OPTION_COUNT, &chosen.months, "N", "horizon of N calendar months from the end of observation"},
        {"--horizon", 0, OPTION_NUMBER, &chosen.horizon, "H", "horizon in the model's units of time (default: 1)"},
        {"--horizon-column", 0, OPTION_TEXT, &chosen.horizon_column, "COLUMN", "a horizon for each customer"},
        {"--outputs", 0, OPTION_TEXTS, &chosen.outputs, "LIST",
         "of alive, log_alive, alive_later, expected, expected_deviation,\nnone, residual, spend, value, value_deviation,\n"
         "log_likelihood (default: alive,expected and with spend\nspend,value)"},
        {"--rate", 0, OPTION_NUMBER, &chosen.rate, "R", "discount rate, 0.1 for 10 % (default: 0)"},
        {"--per", 0, OPTION_TEXT, &chosen.per, "SPAN",
         "what the rate is for: year, month, week, day, or a number of\nunits (default: year)"},
        {"--timing", 0, OPTION_TEXT, &chosen.timing, "T",
         "money of a cash period counts at its end, middle or begin\n(default: end)"},
        {"--cash", 0, OPTION_NUMBER, &chosen.cash, "UNITS",
         "length of a cash period (default: 1; months with --months)"},
        {"--margin", 0, OPTION_NUMBER, &chosen.margin, "M", "share of the spend that is margin (default: 1)"},
        {"--cost", 0, OPTION_NUMBER, &chosen.cost, "C", "cost per cash period of a customer who is alive (default: 0)"},
        {"--spend-column", 0, OPTION_TEXT, &chosen.spend_column, "COLUMN",
         "expected spend of a purchase, instead of the model's"},
        {"--margin-column", 0, OPTION_TEXT, &chosen.margin_column, "COLUMN", "a margin for each customer"},
        {"--cost-column", 0, OPTION_TEXT, &chosen.cost_column, "COLUMN", "a cost for each customer"},
        {"--confidence", 0, OPTION_NUMBER, &chosen.level, "SHARE", "add intervals, e.g. of 0.95"},
        {"--counts", 0, OPTION_COUNT, &chosen.counts, "N",
         "print P(0), P(1) ... P(N) purchases in the horizon instead"},
        {"--quantiles", 0, OPTION_TEXTS, &chosen.quantiles, "LIST", "--counts: quantiles, e.g. 0.05,0.5,0.95"},
        OPTIONS_OF_CUSTOMERS(chosen.from),
        OPTIONS_OF_TRANSACTIONS(chosen.from.from),
        OPTION_OF_FORMAT(chosen.format, "csv, json or table (default: csv)"),
        OPTION_OF_OUTPUT(chosen.output),
        OPTIONS_OF_DATA(chosen.from.from.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    const size_t count_of_all = args_read(argc, argv, &help, options, 1, ARGS_MOST, arguments);
    const int format = printer_format(chosen.format, FORMAT_CSV, help.name);
    if (count_of_all < 2 && chosen.from.from.merged.count == 0)
        fail_usage(help.name, "DATA is needed: customers or transactions");
    if (chosen.months > 0 &&
        (!isnan(chosen.horizon) || !isnan(chosen.cash) || chosen.horizon_column != NULL || chosen.counts > 0)) {
        fail_usage(help.name,
                   "--months is a horizon with its cash periods: no --horizon, --horizon-column, --cash, --counts");
    }
    if (chosen.quantiles.count > 0 && chosen.counts == 0) fail_usage(help.name, "--quantiles needs --counts");
    run(arguments[0], arguments + 1, count_of_all - 1, &chosen, format);
    free(chosen.outputs.texts);
    free(chosen.quantiles.texts);
    transactions_free_choice(&chosen.from.from);
    return EXIT_DONE;
}
