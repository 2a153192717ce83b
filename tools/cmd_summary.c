/* custval summary: what data look like, column by column; saved and put together. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "saved_summary.h"
#include "workers.h"

static const command_help help = {
    "summary",
    "(DATA | --merge FILE) [OPTIONS]",
    "Summarises columns of numbers, or with --system the scores of its nodes: count, range, mean,\n"
    "deviation, quantiles, correlations. Reads the data once, in little memory. A summary can be saved\n"
    "in a few kilobytes, sent elsewhere, and put together with others of the same columns; custval\n"
    "weights and custval fit read saved ones too.",
    "  custval summary survey.csv --columns q1,q2,q3\n"
    "  custval summary survey.csv --columns q1,q2,q3 --save survey.summary\n"
    "  custval summary --merge survey.summary --correlations\n",
};

typedef struct choices {
    criteria_choice criteria;
    text_list merged, parts;
    const char *output, *format, *saved;
    int correlations;
} choices;

static uint32_t parts_of(const text_list *lists) {
    static const option_word parts[] = {{"pairs", CUSTVAL_SUMMARY_PAIRS},
                                        {"quantiles", CUSTVAL_SUMMARY_QUANTILES},
                                        {"entropy", CUSTVAL_SUMMARY_ENTROPY},
                                        {"removal", CUSTVAL_SUMMARY_REMOVAL},
                                        {NULL, 0}};
    text_list words = args_split(help.name, "--parts", lists);
    uint32_t bits = words.count == 0 ? CUSTVAL_SUMMARY_PAIRS | CUSTVAL_SUMMARY_QUANTILES : 0;
    for (size_t i = 0; i < words.count; i++) bits |= args_word(help.name, "--parts", words.texts[i], parts);
    args_free_split(&words);
    return bits;
}

/* Adds the summary of a file to those before, NULL for none. */
static custval_summary *merge(custval_summary *into, const char *path, const custval_host *host, const char *written) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_summary *const other = summary_load(path, host, written);
    if (into == NULL) return other;
    if (custval_summary_merge(into, other, &error) != CUSTVAL_OK) fail_error(input_name(path), &error);
    custval_summary_free(other);
    return into;
}

static custval_summary *summarise(const char *path, const choices *chosen, const custval_host *host) {
    custval_summary *summary = NULL;
    const char *const written = chosen->saved != NULL ? chosen->saved : chosen->output;
    if (path != NULL) {
        criteria from;
        criteria_open(&from, path, &chosen->criteria, NULL, written, help.name);
        summary = summary_of(&from, parts_of(&chosen->parts), host);
        criteria_note(&from);
        criteria_free(&from);
    }
    /* A summary may be saved in the place of one that goes into it. */
    for (size_t i = 0; i < chosen->merged.count; i++) {
        summary = merge(summary, chosen->merged.texts[i], host, chosen->output);
    }
    return summary;
}

int cmd_summary(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        OPTIONS_OF_CRITERIA(chosen.criteria),
        {"--parts", 0, OPTION_TEXTS, &chosen.parts, "LIST",
         "what to keep besides: pairs (correlations, CRITIC, drivers),\n"
         "quantiles, entropy, removal (MEREC) (default: pairs,quantiles)"},
        {"--correlations", 0, OPTION_FLAG, &chosen.correlations, NULL, "print the correlations of the columns instead"},
        {"--save", 0, OPTION_TEXT, &chosen.saved, "FILE", "save the summary there, and print nothing"},
        {"--merge", 0, OPTION_TEXTS, &chosen.merged, "FILE", "add a saved summary; may be repeated"},
        OPTION_OF_FORMAT(chosen.format, "csv, json or table (default: table)"),
        OPTION_OF_OUTPUT(chosen.output),
        OPTIONS_OF_DATA(chosen.criteria.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    args_read(argc, argv, &help, options, 0, 1, arguments);
    const int format = printer_format(chosen.format, FORMAT_TABLE, help.name);
    if (arguments[0] == NULL && chosen.merged.count == 0) fail_usage(help.name, "DATA or --merge is needed");
    if (arguments[0] == NULL) criteria_check_summary(&chosen.criteria, chosen.merged.texts[0], help.name);
    if (chosen.saved != NULL && (chosen.output != NULL || chosen.correlations || chosen.format != NULL)) {
        fail_usage(help.name, "--save prints nothing: no --output, --format, --correlations");
    }
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    workers helpers;
    workers_start(&helpers);
    custval_summary *const summary = summarise(arguments[0], &chosen, &helpers.host);
    if (chosen.saved != NULL) {
        summary_save(summary, chosen.saved);
    } else {
        const custval_status status = chosen.correlations ? custval_summary_correlations(summary, &table, &error)
                                                          : custval_summary_table(summary, &table, &error);
        if (status != CUSTVAL_OK) fail_error(NULL, &error);
        command_print(table, format, chosen.output);
        custval_table_free(table);
    }
    custval_summary_free(summary);
    workers_stop(&helpers);
    criteria_free_choice(&chosen.criteria);
    free(chosen.merged.texts);
    free(chosen.parts.texts);
    return EXIT_DONE;
}
