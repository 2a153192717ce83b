/* custval lifetime fit, show, compare. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lifetime_verbs.h"
#include "output.h"
#include "workers.h"

static const command_help fit_help = {
    "lifetime fit",
    "(DATA... | --survivors LIST) [OPTIONS]",
    "Fits a model by maximum likelihood and prints its parameters with their errors. DATA is one file of\n"
    "customers (columns x, t_x, T and perhaps mean_spend) or files of transactions. Where spend is known\n"
    "a gamma-gamma model of it is fitted as well, and goes into the same document. A fit that does not\n"
    "come to a maximum fails and says why.",
    "  custval lifetime fit customers.csv\n"
    "  custval lifetime fit transactions.csv --end 1997-09-30 --model pnbd -o lifetime.json\n"
    "  custval lifetime fit --model sbg --survivors 1000,869,743,653,593\n",
};

typedef struct fit_choices {
    customers_choice from;
    const char *model, *output, *format, *survivors, *start;
    text_list purchase, dropout;
    double ridge, level;
    int no_spend, accept;
} fit_choices;

static void survivors_read(customers *to, const char *text) {
    custval_error error = CUSTVAL_ERROR_INIT;
    size_t count = 0;
    const text_list list = {&text, 1};
    double *const numbers = args_numbers(fit_help.name, "--survivors", &list, &count);
    if (custval_lifetime_survivors(NULL, numbers, count, &to->table, &error) != CUSTVAL_OK)
        fail_error("--survivors", &error);
    to->columns = (custval_lifetime_columns)CUSTVAL_LIFETIME_COLUMNS_INIT;
    to->columns.count = "count";
    free(numbers);
}

static custval_lifetime *fit(const customers *from, uint32_t model, const fit_choices *chosen,
                             const custval_host *host) {
    custval_lifetime_fit_options options = CUSTVAL_LIFETIME_FIT_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime *lifetime = NULL;
    double *start = NULL;
    const int is_spend = model == CUSTVAL_MODEL_GAMMA_GAMMA;
    options.host = host;
    options.columns = &from->columns;
    options.model = model;
    options.accept = (uint32_t)chosen->accept;
    if (!is_spend) {
        options.purchase_covariates = chosen->purchase.texts;
        options.purchase_count = chosen->purchase.count;
        options.dropout_covariates = chosen->dropout.texts;
        options.dropout_count = chosen->dropout.count;
    }
    if (!isnan(chosen->ridge)) options.ridge = chosen->ridge;
    if (chosen->start != NULL && !is_spend) {
        const char *text = chosen->start;
        const text_list list = {&text, 1};
        size_t count = 0;
        options.start = start = args_numbers(fit_help.name, "--start", &list, &count);
        options.start_count = count;
    }
    if (!from->is_file && from->history != NULL) {
        options.unit = transactions_unit(&chosen->from.from);
        options.from = from->facts.first;
        options.to = from->view.end;
    } else {
        options.unit = chosen->from.from.unit;
        options.to = chosen->from.from.end;
    }
    const custval_status status = custval_lifetime_fit(from->table, &options, &lifetime, &error);
    free(start);
    if (status != CUSTVAL_OK) customers_fail(from, &error);
    return lifetime;
}

/* 1 if anybody bought again for money, which is what gamma-gamma learns from. */
static int has_spend(const customers *from) {
    custval_error error = CUSTVAL_ERROR_INIT;
    size_t x = 0, spend = 0;
    if (custval_table_find(from->table, from->columns.mean_spend, &spend, NULL) != CUSTVAL_OK ||
        custval_table_find(from->table, from->columns.x, &x, NULL) != CUSTVAL_OK) {
        return 0;
    }
    for (size_t row = 0; row < custval_table_rows(from->table); row++) {
        double purchases = 0.0, mean = 0.0;
        if (custval_table_number(from->table, x, row, &purchases, &error) != CUSTVAL_OK ||
            custval_table_number(from->table, spend, row, &mean, &error) != CUSTVAL_OK) {
            customers_fail(from, &error);
        }
        if (purchases > 0.0 && mean > 0.0) return 1;
    }
    return 0;
}

static custval_lifetime *add_spend(custval_lifetime *lifetime, const customers *from, const fit_choices *chosen,
                                   const custval_host *host, buffer *report) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime *joined = NULL;
    custval_lifetime *const spend = fit(from, CUSTVAL_MODEL_GAMMA_GAMMA, chosen, host);
    buffer_byte(report, '\n');
    lifetime_print(spend, chosen->level, report);
    if (custval_lifetime_with_spend(lifetime, spend, &joined, &error) != CUSTVAL_OK) fail_error(NULL, &error);
    custval_lifetime_free(spend);
    custval_lifetime_free(lifetime);
    return joined;
}

/* The document goes to the file and the report to standard output; or with --format json the document takes its place. */
static void write_fit(const custval_lifetime *lifetime, const fit_choices *chosen, const buffer *report) {
    buffer document = {NULL, 0, 0};
    lifetime_text(lifetime, &document);
    if (chosen->output == NULL) {
        const buffer *const shown = chosen->format != NULL && strcmp(chosen->format, "json") == 0 ? &document : report;
        output_standard(shown->data, shown->length);
    } else {
        output to;
        output_open(&to, chosen->output);
        output_write(&to, document.data, document.length);
        output_standard(report->data, report->length);
        output_close(&to);
    }
    buffer_free(&document);
}

static void fit_and_write(const char *const *paths, size_t count, const fit_choices *chosen, uint32_t model) {
    customers from = {.is_file = 0};
    buffer report = {NULL, 0, 0};
    workers helpers;
    workers_start(&helpers);
    const int is_purchase = model <= CUSTVAL_MODEL_NBD;
    if (chosen->survivors != NULL) {
        survivors_read(&from, chosen->survivors);
    } else {
        customers_open(&from, paths, count, &chosen->from, &helpers.host, chosen->output, fit_help.name);
        customers_want(&from, model, is_purchase && !chosen->no_spend);
        for (size_t i = 0; i < chosen->purchase.count; i++) {
            customers_want_number(&from, chosen->purchase.texts[i], "--purchase-covariate");
        }
        for (size_t i = 0; i < chosen->dropout.count; i++) {
            customers_want_number(&from, chosen->dropout.texts[i], "--dropout-covariate");
        }
        customers_read(&from);
    }
    custval_lifetime *lifetime = fit(&from, model, chosen, &helpers.host);
    lifetime_print(lifetime, chosen->level, &report);
    if (is_purchase && !chosen->no_spend && has_spend(&from)) {
        lifetime = add_spend(lifetime, &from, chosen, &helpers.host, &report);
    }
    write_fit(lifetime, chosen, &report);
    custval_lifetime_free(lifetime);
    customers_free(&from);
    buffer_free(&report);
    workers_stop(&helpers);
}

int lifetime_fit(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    fit_choices chosen = {0};
    const option options[] = {
        {"--model", 'm', OPTION_TEXT, &chosen.model, "NAME",
         "bgnbd, mbgnbd, pnbd, nbd, bgbb, sbg, bdw or gamma-gamma (default: bgnbd)"},
        {"--purchase-covariate", 0, OPTION_TEXTS, &chosen.purchase, "COLUMN",
         "a column that bears on the rate of purchase; may be repeated"},
        {"--dropout-covariate", 0, OPTION_TEXTS, &chosen.dropout, "COLUMN",
         "a column that bears on leaving; may be repeated"},
        {"--ridge", 0, OPTION_NUMBER, &chosen.ridge, "X",
         "penalty on the squared logarithms of the parameters (default: 0)"},
        {"--start", 0, OPTION_TEXT, &chosen.start, "LIST", "parameters to start from, e.g. those of last month"},
        {"--accept", 0, OPTION_FLAG, &chosen.accept, NULL, "write the parameters even if they are no maximum"},
        {"--no-spend", 0, OPTION_FLAG, &chosen.no_spend, NULL, "do not fit a model of spend as well"},
        OPTION_OF_CONFIDENCE(chosen.level),
        {"--survivors", 0, OPTION_TEXT, &chosen.survivors, "LIST",
         "sbg, bdw: customers still there after 0, 1, 2 ... renewals"},
        {"--count", 0, OPTION_TEXT, &chosen.from.count, "COLUMN",
         "column that says how many customers a row stands for"},
        OPTIONS_OF_CUSTOMERS(chosen.from),
        OPTIONS_OF_TRANSACTIONS(chosen.from.from),
        OPTION_OF_FORMAT(chosen.format, "table or json, the document (default: table)"),
        {"--output", 'o', OPTION_TEXT, &chosen.output, "FILE", "write the document there"},
        OPTIONS_OF_DATA(chosen.from.from.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    const size_t count = args_read(argc, argv, &fit_help, options, 0, ARGS_MOST, arguments);
    uint32_t model = args_vocabulary(fit_help.name, "--model", chosen.model, CUSTVAL_WORDS_MODEL);
    if (model == 0) model = CUSTVAL_MODEL_BGNBD;
    if (isnan(chosen.level)) chosen.level = 0.95;
    args_check_between(fit_help.name, "--confidence", chosen.level, 0.0, 1.0);
    args_check_range(fit_help.name, "--ridge", chosen.ridge, 0.0, HUGE_VAL);
    if (printer_format(chosen.format, FORMAT_TABLE, fit_help.name) == FORMAT_CSV) {
        fail_usage(fit_help.name, "--format is table or json here");
    }
    if (chosen.survivors != NULL && count > 0) fail_usage(fit_help.name, "--survivors takes the place of DATA");
    if (chosen.survivors != NULL && model != CUSTVAL_MODEL_SBG && model != CUSTVAL_MODEL_BDW) {
        fail_usage(fit_help.name, "--survivors is for --model sbg or bdw");
    }
    if (count == 0 && chosen.survivors == NULL && chosen.from.from.merged.count == 0) {
        fail_usage(fit_help.name, "DATA, --merge or --survivors is needed");
    }
    fit_and_write(arguments, count, &chosen, model);
    free(chosen.purchase.texts);
    free(chosen.dropout.texts);
    transactions_free_choice(&chosen.from.from);
    return EXIT_DONE;
}

/* ---- Documents --------------------------------------------------------------------------------------------------- */

static const command_help show_help = {
    "lifetime show",
    "LIFETIME [OPTIONS]",
    "Prints a document's parameters with their errors, and how they were found.",
    "  custval lifetime show lifetime.json\n  custval lifetime show lifetime.json --covariance\n",
};

int lifetime_show(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    const char *format_name = NULL, *output_path = NULL;
    double level = 0.0;
    int covariance = 0;
    const option options[] = {
        OPTION_OF_CONFIDENCE(level),
        {"--covariance", 0, OPTION_FLAG, &covariance, NULL, "print the covariance of the parameters instead"},
        OPTION_OF_FORMAT(format_name, "csv, json or table (default: table)"),
        OPTION_OF_OUTPUT(output_path),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    args_read(argc, argv, &show_help, options, 1, 1, arguments);
    const int format = printer_format(format_name, FORMAT_TABLE, show_help.name);
    if (isnan(level)) level = 0.95;
    args_check_between(show_help.name, "--confidence", level, 0.0, 1.0);
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    buffer text = {NULL, 0, 0};
    custval_lifetime *const lifetime = lifetime_load(arguments[0], output_path);
    const custval_lifetime *const spend = custval_lifetime_spend(lifetime);
    if (format == FORMAT_TABLE && !covariance) {
        lifetime_print(lifetime, level, &text);
        if (spend != NULL) buffer_byte(&text, '\n');
        if (spend != NULL) lifetime_print(spend, level, &text);
        command_write(output_path, &text);
    } else {
        const custval_status status = covariance ? custval_lifetime_covariance(lifetime, 0, &table, &error)
                                                 : custval_lifetime_parameters(lifetime, level, &table, &error);
        if (status != CUSTVAL_OK) fail_error(input_name(arguments[0]), &error);
        if (format == FORMAT_TABLE) {
            table_print_digits(table, &text);
            command_write(output_path, &text);
        } else {
            command_print(table, format, output_path);
        }
    }
    buffer_free(&text);
    custval_table_free(table);
    custval_lifetime_free(lifetime);
    return EXIT_DONE;
}

static const command_help compare_help = {
    "lifetime compare",
    "LIFETIME LIFETIME... [OPTIONS]",
    "Compares models of the same data: AIC, BIC, Akaike weights; likelihood ratios against the first one\n"
    "where it is a special case.",
    "  custval lifetime compare nbd.json bgnbd.json pnbd.json\n",
};

int lifetime_compare(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    const char *format_name = NULL, *output_path = NULL;
    const option options[] = {
        OPTION_OF_FORMAT(format_name, "csv, json or table (default: table)"),
        OPTION_OF_OUTPUT(output_path),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    const size_t count = args_read(argc, argv, &compare_help, options, 1, ARGS_MOST, arguments);
    const int format = printer_format(format_name, FORMAT_TABLE, compare_help.name);
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    custval_lifetime **const all = memory_new(count, sizeof *all);
    frame rows = {NULL, 0, 0, 0};
    buffer text = {NULL, 0, 0};
    for (size_t i = 0; i < count; i++) all[i] = lifetime_load(arguments[i], output_path);
    if (custval_lifetime_compare((const custval_lifetime *const *)all, count, &table, &error) != CUSTVAL_OK) {
        fail_error(NULL, &error);
    }
    custval_text *const files = memory_new(count, sizeof *files);
    for (size_t i = 0; i < count; i++) files[i] = (custval_text){arguments[i], strlen(arguments[i])};
    frame_add(&rows, "file", FRAME_TEXT, files)->is_owned = 1;
    frame_add_table(&rows, table);
    print_frame(&rows, format, ',', '.', &text);
    command_write(output_path, &text);
    buffer_free(&text);
    frame_free(&rows);
    custval_table_free(table);
    for (size_t i = 0; i < count; i++) custval_lifetime_free(all[i]);
    free(all);
    return EXIT_DONE;
}
