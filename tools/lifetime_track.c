/* custval lifetime track: a model against what customers did. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "lifetime_verbs.h"
#include "workers.h"

static const command_help help = {
    "lifetime track",
    "LIFETIME TRANSACTIONS... [OPTIONS]",
    "Holds a model against the repeat purchases in each unit of time, up to the end of observation and,\n"
    "with --holdout-end, after it: of the customers who came by --end. With --by-frequency against the\n"
    "number of purchases of each customer; that also works for one file of customers.",
    "  custval lifetime track lifetime.json transactions.csv --end 1997-09-30 --holdout-end 1998-06-30\n"
    "  custval lifetime track lifetime.json transactions.csv --end 1997-09-30 --by-frequency\n",
};

typedef struct choices {
    customers_choice from;
    const char *output, *format;
    int by_frequency;
    size_t most;
} choices;

static custval_table *track(const custval_lifetime *lifetime, const customers *from, const choices *chosen,
                            const custval_host *host) {
    custval_lifetime_check_options options = CUSTVAL_LIFETIME_CHECK_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *course = NULL, *out = NULL;
    options.host = host;
    options.columns = &from->columns;
    if (chosen->most != 0) options.most = (uint32_t)(chosen->most < UINT32_MAX ? chosen->most : UINT32_MAX);
    custval_status status = CUSTVAL_OK;
    if (chosen->by_frequency) {
        status = custval_lifetime_by_frequency(lifetime, from->table, &options, &out, &error);
    } else {
        status = custval_history_course(from->history, &from->view, &course, &error);
        if (status == CUSTVAL_OK)
            status = custval_lifetime_track(lifetime, from->table, course, &options, &out, &error);
    }
    if (status != CUSTVAL_OK) customers_fail(from, &error);
    custval_table_free(course);
    return out;
}

static void run(const char *document, const char *const *paths, size_t count, choices *chosen, int format) {
    custval_lifetime_facts facts = CUSTVAL_LIFETIME_FACTS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    customers from;
    workers helpers;
    workers_start(&helpers);
    custval_lifetime *const lifetime = lifetime_load(document, chosen->output);
    if (custval_lifetime_facts_get(lifetime, &facts, &error) != CUSTVAL_OK) fail_error(input_name(document), &error);
    if (chosen->from.from.unit == NULL) chosen->from.from.unit = facts.unit;
    customers_open(&from, paths, count, &chosen->from, &helpers.host, chosen->output, help.name);
    if (from.is_file && !chosen->by_frequency) {
        fail_usage(help.name, "the course of purchases needs transactions; customers go with --by-frequency");
    }
    customers_want(&from, facts.model, 0);
    if (from.is_file && customers_have(&from, "holdout_x")) {
        customers_want_number(&from, "holdout_x", "the holdout");
        customers_want_number(&from, "holdout_T", "the holdout");
    }
    customers_read(&from);
    custval_table *const table = track(lifetime, &from, chosen, &helpers.host);
    command_print(table, format, chosen->output);
    custval_table_free(table);
    customers_free(&from);
    custval_lifetime_free(lifetime);
    workers_stop(&helpers);
}

int lifetime_track(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        {"--holdout-end", 0, OPTION_TEXT, &chosen.from.from.holdout_end, "DATE", "go on after --end until then"},
        {"--by-frequency", 0, OPTION_FLAG, &chosen.by_frequency, NULL, "compare by number of repeat purchases instead"},
        {"--most", 0, OPTION_COUNT, &chosen.most, "N", "--by-frequency: N and more are one row (default: 7)"},
        {"--count", 0, OPTION_TEXT, &chosen.from.count, "COLUMN",
         "column that says how many customers a row stands for"},
        OPTIONS_OF_CUSTOMERS(chosen.from),
        OPTIONS_OF_TRANSACTIONS(chosen.from.from),
        OPTION_OF_FORMAT(chosen.format, "csv, json or table (default: table)"),
        OPTION_OF_OUTPUT(chosen.output),
        OPTIONS_OF_DATA(chosen.from.from.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    const size_t count = args_read(argc, argv, &help, options, 1, ARGS_MOST, arguments);
    const int format = printer_format(chosen.format, FORMAT_TABLE, help.name);
    if (count < 2 && chosen.from.from.merged.count == 0) fail_usage(help.name, "TRANSACTIONS are needed");
    if (chosen.most != 0 && !chosen.by_frequency) fail_usage(help.name, "--most needs --by-frequency");
    run(arguments[0], arguments + 1, count - 1, &chosen, format);
    transactions_free_choice(&chosen.from.from);
    return EXIT_DONE;
}
