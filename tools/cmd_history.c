/* custval history: from transactions to what each customer bought when. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "transactions.h"
#include "workers.h"

static const command_help help = {
    "history",
    "(TRANSACTIONS... | --merge FILE) [OPTIONS]",
    "Turns transactions in any order into one row per customer: x (repeat purchases), t_x (age at the\n"
    "last one), T (age at the end), spend, intervals. Purchases of a day are one purchase. That is what\n"
    "custval lifetime fits and predicts from. A history can be saved, and new transactions added to it.",
    "  custval history transactions.csv --end 1997-09-30 -o customers.csv\n"
    "  custval history transactions.csv --end 1997-09-30 --holdout-end 1998-06-30 --rfm\n"
    "  custval history october.csv --merge all.history --save all.history\n"
    "  custval history transactions.csv --path 1516 --end 1997-09-30\n",
};

typedef struct choices {
    transactions_choice from;
    const char *output, *format, *saved, *path, *rule;
    int course, rfm;
    size_t bins;
} choices;

/* ---- Results ----------------------------------------------------------------------------------------------------- */

static void add_scores(frame *all, const custval_table *customers, const choices *chosen, custval_table **scores) {
    custval_rfm_options options = CUSTVAL_RFM_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    const uint32_t rule = args_vocabulary(help.name, "--rfm-rule", chosen->rule, CUSTVAL_WORDS_RFM);
    size_t column = 0;
    if (rule != 0) options.rule = rule;
    if (chosen->bins != 0) options.bins = (uint32_t)(chosen->bins < UINT32_MAX ? chosen->bins : UINT32_MAX);
    if (custval_table_find(customers, "total_spend", &column, NULL) != CUSTVAL_OK) {
        fail("--rfm scores money, too, but there are no amounts; name their column with --amount");
    }
    if (custval_rfm(customers, &options, scores, NULL, &error) != CUSTVAL_OK) fail_error(NULL, &error);
    frame_add_table(all, *scores);
}

static void print(custval_table *table, const choices *chosen, int is_customers) {
    const int format =
        printer_format(chosen->format, chosen->course || chosen->path != NULL ? FORMAT_TABLE : FORMAT_CSV, help.name);
    custval_table *scores = NULL;
    frame all = {NULL, 0, 0, 0};
    frame_add_table(&all, table);
    if (chosen->rfm) add_scores(&all, table, chosen, &scores);
    if (is_customers) frame_order_names(&all);
    write_frame(&all, format, chosen->output);
    frame_free(&all);
    custval_table_free(scores);
}

static custval_table *table_of(const custval_history *history, const choices *chosen, const char *name) {
    custval_history_facts facts;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    const custval_history_view view = transactions_view(&facts, history, &chosen->from, name);
    const custval_status status = chosen->course ? custval_history_course(history, &view, &table, &error)
                                  : chosen->path != NULL
                                      ? custval_history_path(history, chosen->path, &view, &table, &error)
                                      : custval_history_table(history, &view, &table, &error);
    if (status != CUSTVAL_OK) fail_error(NULL, &error);
    return table;
}

int cmd_history(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        OPTIONS_OF_TRANSACTIONS(chosen.from),
        {"--holdout-end", 0, OPTION_TEXT, &chosen.from.holdout_end, "DATE",
         "add what was bought after --end until then"},
        {"--rfm", 0, OPTION_FLAG, &chosen.rfm, NULL, "add RFM scores; needs amounts"},
        {"--bins", 0, OPTION_COUNT, &chosen.bins, "N", "--rfm: scores from 1 to N (default: 5)"},
        {"--rfm-rule", 0, OPTION_TEXT, &chosen.rule, "R", "--rfm: quantiles, ranks, or plus-one (default: quantiles)"},
        {"--course", 0, OPTION_FLAG, &chosen.course, NULL,
         "print the course of the whole base, a row per unit of time"},
        {"--path", 0, OPTION_TEXT, &chosen.path, "CUSTOMER", "print the state of one customer at each unit of time"},
        {"--save", 0, OPTION_TEXT, &chosen.saved, "FILE", "save the history there, and print nothing"},
        OPTION_OF_FORMAT(chosen.format, "csv, json or table (default: csv; table for --course, --path)"),
        OPTION_OF_OUTPUT(chosen.output),
        OPTIONS_OF_DATA(chosen.from.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    const size_t count = args_read(argc, argv, &help, options, 0, ARGS_MOST, arguments);
    printer_format(chosen.format, FORMAT_CSV, help.name);
    if (count == 0 && chosen.from.merged.count == 0) fail_usage(help.name, "TRANSACTIONS or --merge is needed");
    if (chosen.course && chosen.path != NULL) fail_usage(help.name, "--course and --path exclude each other");
    if (chosen.rfm && (chosen.course || chosen.path != NULL))
        fail_usage(help.name, "--rfm scores customers: no --course, --path");
    if (!chosen.rfm && (chosen.bins != 0 || chosen.rule != NULL))
        fail_usage(help.name, "--bins and --rfm-rule need --rfm");
    if (chosen.saved != NULL &&
        (chosen.output != NULL || chosen.format != NULL || chosen.course || chosen.path != NULL || chosen.rfm)) {
        fail_usage(help.name, "--save prints nothing: no --output, --format, --course, --path, --rfm");
    }
    workers helpers;
    workers_start(&helpers);
    chosen.from.is_saved = chosen.saved != NULL;
    const char *const written = chosen.saved != NULL ? chosen.saved : chosen.output;
    custval_table *table = NULL;
    custval_history *const history =
        transactions_read(arguments, count, &chosen.from, &helpers.host, written, help.name);
    if (chosen.saved != NULL) {
        history_save(history, chosen.saved);
    } else {
        table = table_of(history, &chosen, count > 0 ? arguments[0] : NULL);
    }
    custval_history_free(history);
    if (table != NULL) print(table, &chosen, !chosen.course && chosen.path == NULL);
    custval_table_free(table);
    workers_stop(&helpers);
    transactions_free_choice(&chosen.from);
    return EXIT_DONE;
}
