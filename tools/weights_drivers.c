/* custval weights drivers: what goes with an outcome. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "progress.h"
#include "saved_summary.h"
#include "weights_out.h"
#include "weights_verbs.h"
#include "workers.h"

static const command_help help = {
    "weights drivers",
    "(DATA | --summary FILE) --outcome COLUMN [OPTIONS]",
    "Key drivers: derives the importance of columns, or of a system's nodes, from what goes with an\n"
    "outcome such as satisfaction, loyalty or a stated value. Reports negative and unstable drivers,\n"
    "with intervals from the bootstrap; the rows are kept in memory for that. A saved summary gives\n"
    "no intervals. What goes together need not be cause and effect.",
    "  custval weights drivers survey.csv --outcome overall --system system.json\n"
    "  custval weights drivers survey.csv --outcome overall --columns q1,q2,q3 --method shapley\n"
    "  custval weights drivers survey.csv --outcome overall --columns q1,q2 --missing 98 --missing 99\n",
};

typedef struct choices {
    weights_choice out;
    criteria_choice criteria;
    const char *outcome, *method, *summary;
    size_t resamples, seed;
    double confidence, vif_limit;
} choices;

/* The ranges of the library, which would call them as its own options. */
static void check_ranges(const choices *chosen) {
    if (chosen->resamples > 0) {
        args_check_range(help.name, "--resamples", (double)chosen->resamples, 40.0, ARGS_LARGEST_COUNT);
    }
    args_check_between(help.name, "--confidence", chosen->confidence, 0.0, 1.0);
    args_check_range(help.name, "--vif-limit", chosen->vif_limit, 1.0, (double)INFINITY);
}

static custval_drivers_options drivers_options(const choices *chosen) {
    custval_drivers_options options = CUSTVAL_DRIVERS_OPTIONS_INIT;
    options.method = args_vocabulary(help.name, "--method", chosen->method, CUSTVAL_WORDS_DRIVERS);
    if (chosen->resamples > 0) options.resamples = (uint32_t)chosen->resamples;
    if (chosen->seed > 0) options.seed = chosen->seed;
    if (!isnan(chosen->confidence)) options.level = chosen->confidence;
    if (!isnan(chosen->vif_limit)) options.vif_limit = chosen->vif_limit;
    return options;
}

static custval_weights *from_summary(const choices *chosen, const custval_host *host) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *weights = NULL;
    const custval_drivers_options options = drivers_options(chosen);
    custval_summary *const summary = summary_load(chosen->summary, host, chosen->out.output);
    if (custval_weights_drivers(summary, chosen->outcome, &options, &weights, &error) != CUSTVAL_OK) {
        fail_error(input_name(chosen->summary), &error);
    }
    custval_summary_free(summary);
    return weights;
}

/* Drivers and outcome as one table in memory, and as one summary. */
static custval_weights *from_rows(const criteria *from, const criteria_rows *rows, const choices *chosen,
                                  const custval_host *host) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_summary *summary = NULL;
    custval_table *table = NULL;
    custval_weights *weights = NULL;
    const size_t count = from->count + 1;
    custval_drivers_options options = drivers_options(chosen);
    custval_criterion *const list = memory_new(count, sizeof *list);
    memcpy(list, from->list, from->count * sizeof *list);
    list[from->count] = (custval_criterion)CUSTVAL_CRITERION_INIT;
    list[from->count].column = chosen->outcome;
    custval_status status = custval_table_new(NULL, rows->count, &table, &error);
    for (size_t i = 0; i < count && status == CUSTVAL_OK; i++) {
        status = custval_table_add_doubles(table, list[i].column, rows->numbers[i], &error);
    }
    if (status == CUSTVAL_OK) {
        status = custval_summary_new(host, list, count, CUSTVAL_SUMMARY_PAIRS, &summary, &error);
    }
    if (status == CUSTVAL_OK) status = custval_summary_add(summary, table, &error);
    options.rows = table;
    if (status == CUSTVAL_OK) {
        status = custval_weights_drivers(summary, chosen->outcome, &options, &weights, &error);
    }
    if (status != CUSTVAL_OK) criteria_fail(from, 0, &error);
    custval_summary_free(summary);
    custval_table_free(table);
    free(list);
    return weights;
}

static custval_weights *from_data(const char *path, const choices *chosen, const custval_host *host) {
    criteria from;
    criteria_rows rows;
    criteria_open(&from, path, &chosen->criteria, chosen->outcome, chosen->out.output, help.name);
    const uint32_t slot = rows_want_number(&from.plan, data_column(&from.data, chosen->outcome, "--outcome"));
    progress_start(from.data.size, NULL);
    criteria_read_all(&from, &slot, 1, ROWS_NO_SLOT, &rows);
    criteria_note(&from);
    progress_start(0, NULL);
    custval_weights *const weights = from_rows(&from, &rows, chosen, host);
    criteria_rows_free(&rows);
    criteria_free(&from);
    return weights;
}

int weights_drivers(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        {"--outcome", 0, OPTION_TEXT, &chosen.outcome, "COLUMN", "what they are to explain"},
        {"--method", 0, OPTION_TEXT, &chosen.method, "NAME",
         "correlation, regression, relative (Johnson's relative weights) or\nshapley (default: relative)"},
        {"--resamples", 0, OPTION_COUNT, &chosen.resamples, "N", "samples of the bootstrap (default: 1000)"},
        {"--seed", 0, OPTION_COUNT, &chosen.seed, "N", "of the samples (default: 1)"},
        OPTION_OF_CONFIDENCE(chosen.confidence),
        {"--vif-limit", 0, OPTION_NUMBER, &chosen.vif_limit, "VIF",
         "remark on a larger variance inflation factor (default: 10)"},
        OPTIONS_OF_CRITERIA(chosen.criteria),
        OPTION_SUMMARY(chosen.summary),
        OPTIONS_OF_WEIGHTS(chosen.out),
        OPTIONS_OF_DATA(chosen.criteria.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    args_read(argc, argv, &help, options, 0, 1, arguments);
    if (chosen.outcome == NULL) fail_usage(help.name, "drivers of what? --outcome says it");
    if ((arguments[0] != NULL) == (chosen.summary != NULL)) {
        fail_usage(help.name, "either DATA or --summary is to be read");
    }
    check_ranges(&chosen);
    criteria_check_summary(&chosen.criteria, chosen.summary, help.name);
    const char *const source = chosen.summary != NULL ? chosen.summary : arguments[0];
    weights_check(&chosen.out, help.name, chosen.criteria.system);
    weights_check(&chosen.out, help.name, source);
    workers helpers;
    workers_start(&helpers);
    custval_weights *const weights =
        chosen.summary != NULL ? from_summary(&chosen, &helpers.host) : from_data(arguments[0], &chosen, &helpers.host);
    weights_finish(weights, &chosen.out, help.name, &source, 1);
    workers_stop(&helpers);
    criteria_free_choice(&chosen.criteria);
    return EXIT_DONE;
}
