/* custval weights entropy, critic, deviation, variation, merec: weights that data suggest. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "saved_summary.h"
#include "weights_out.h"
#include "weights_verbs.h"
#include "workers.h"

#define USAGE "(DATA | --summary FILE) [OPTIONS]"
#define READS                                                                                       \
  "\nReads the data once, block by block, in little memory: columns of CSV, or with --system the\n" \
  "scores of its nodes; or a summary that custval summary saved."

typedef struct method {
    command_help help;
    uint32_t method, parts;
} method;

static const method entropy = {
    {"weights entropy", USAGE,
     "Weighs columns by their entropy: the less alike the rows share a column's sum, the more it tells.\n"
     "Needs numbers >= 0, and the range of a sacrifice." READS,
     "  custval weights entropy survey.csv --columns q1,q2,q3,q4\n"
     "  custval weights entropy survey.csv --system system.json --level dimension\n"},
    CUSTVAL_DATA_ENTROPY,
    CUSTVAL_SUMMARY_ENTROPY};
static const method critic = {
    {"weights critic", USAGE,
     "Weighs columns by CRITIC: how much a column varies, and how little it goes with the others." READS,
     "  custval weights critic survey.csv --columns q1,q2,q3,q4\n"
     "  custval weights critic survey.csv --system system.json --apply system.json -o weighted.json\n"},
    CUSTVAL_DATA_CRITIC,
    CUSTVAL_SUMMARY_PAIRS};
static const method deviation = {
    {"weights deviation", USAGE, "Weighs columns by their standard deviation, scaled to the range." READS,
     "  custval weights deviation survey.csv --columns q1,q2,q3,q4\n"
     "  custval weights deviation survey.csv --columns q1,q2 --range q1=1:10 --range q2=1:10 --declared\n"},
    CUSTVAL_DATA_DEVIATION,
    0};
static const method variation = {{"weights variation", USAGE,
                                  "Weighs columns by their coefficient of variation: deviation / mean." READS,
                                  "  custval weights variation survey.csv --columns q1,q2,q3,q4\n"},
                                 CUSTVAL_DATA_VARIATION,
                                 0};
static const method merec = {
    {"weights merec", USAGE,
     "Weighs columns by MEREC: how much leaving one out changes how rows stand. Needs numbers above 0.\n"
     "Columns without --range are scaled to the range that is seen, for which the data are read twice:\n"
     "then they cannot be standard input.",
     "  custval weights merec survey.csv --columns q1,q2,q3,q4\n"
     "  custval weights merec survey.csv --columns q1,q2 --range q1=1:10 --range q2=1:10\n"},
    CUSTVAL_DATA_MEREC,
    CUSTVAL_SUMMARY_REMOVAL};

typedef struct data_choices {
    weights_choice out;
    criteria_choice criteria;
    const char *summary;
    int declared;
} data_choices;

/* ---- MEREC without declared ranges ------------------------------------------------------------------------------- */

static int lacks_ranges(const criteria *of) {
    if (of->system != NULL) return 1; /* scores may be 0, and then those declared do not do */
    for (size_t i = 0; i < of->count; i++) {
        if (of->list[i].low == of->list[i].high) return 1;
    }
    return 0;
}

static double *seen(const custval_table *table, const char *name, size_t count) {
    custval_error error = CUSTVAL_ERROR_INIT;
    double *const numbers = memory_new(count, sizeof *numbers);
    size_t column = 0;
    custval_status status = custval_table_find(table, name, &column, &error);
    for (size_t i = 0; i < count && status == CUSTVAL_OK; i++) {
        status = custval_table_number(table, column, i, &numbers[i], &error);
    }
    if (status != CUSTVAL_OK) fail_error(NULL, &error);
    return numbers;
}

/* Reads the data and opens them again, with the ranges seen where none are declared. */
static void see_ranges(criteria *of, const char *path, const data_choices *chosen, const custval_host *host) {
    const char *const command = of->command;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    char shown[QUOTED_SIZE];
    if (strcmp(path, "-") == 0) {
        fail_usage(command, "standard input cannot be read twice: say the range of each column with --range");
    }
    custval_summary *const summary = summary_of(of, 0, host);
    if (custval_summary_table(summary, &table, &error) != CUSTVAL_OK) fail_error(path, &error);
    double *const low = seen(table, "low", of->count), *const high = seen(table, "high", of->count);
    custval_table_free(table);
    custval_summary_free(summary);
    criteria_free(of);
    criteria_open(of, path, &chosen->criteria, NULL, chosen->out.output, command);
    for (size_t i = 0; i < of->count; i++) {
        custval_criterion *const one = &of->list[i];
        if (of->system == NULL && one->low != one->high) continue;
        if (!(low[i] < high[i])) {
            fail("%s: column %s does not vary", path, quoted(one->column, strlen(one->column), shown));
        }
        one->low = low[i];
        one->high = high[i];
    }
    free(low);
    free(high);
}

/* ---- The verbs --------------------------------------------------------------------------------------------------- */

static custval_summary *summarise(const char *path, const method *how, const data_choices *chosen,
                                  const custval_host *host) {
    criteria from;
    if (chosen->summary != NULL) return summary_load(chosen->summary, host, chosen->out.output);
    criteria_open(&from, path, &chosen->criteria, NULL, chosen->out.output, how->help.name);
    if (how->method == CUSTVAL_DATA_MEREC && lacks_ranges(&from)) see_ranges(&from, path, chosen, host);
    custval_summary *const summary = summary_of(&from, how->parts, host);
    criteria_note(&from);
    criteria_free(&from);
    return summary;
}

static void weigh(const char *path, const method *how, const data_choices *chosen) {
    const char *const source = chosen->summary != NULL ? chosen->summary : path;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_data_options options = CUSTVAL_DATA_OPTIONS_INIT;
    custval_weights *weights = NULL;
    workers helpers;
    workers_start(&helpers);
    custval_summary *const summary = summarise(path, how, chosen, &helpers.host);
    options.method = how->method;
    options.declared_ranges = (uint32_t)chosen->declared;
    if (custval_weights_data(summary, &options, &weights, &error) != CUSTVAL_OK) {
        fail_error(input_name(source), &error);
    }
    custval_summary_free(summary);
    weights_finish(weights, &chosen->out, how->help.name, &source, 1);
    workers_stop(&helpers);
}

static int run(int argc, char **argv, const method *how) {
    const char *arguments[ARGS_MOST];
    data_choices chosen = {0};
    const int may_declare = how->method == CUSTVAL_DATA_CRITIC || how->method == CUSTVAL_DATA_DEVIATION;
    const option options[] = {
        OPTIONS_OF_CRITERIA(chosen.criteria),
        OPTION_SUMMARY(chosen.summary),
        OPTIONS_OF_WEIGHTS(chosen.out),
        OPTIONS_OF_DATA(chosen.criteria.data),
        /* Where it is not taken, the list ends before it. */
        {"--declared", 0, may_declare ? OPTION_FLAG : OPTION_END, &chosen.declared, NULL,
         "scale to the declared ranges, not those seen"},
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    args_read(argc, argv, &how->help, options, 0, 1, arguments);
    if ((arguments[0] != NULL) == (chosen.summary != NULL)) {
        fail_usage(how->help.name, "either DATA or --summary is to be weighed");
    }
    criteria_check_summary(&chosen.criteria, chosen.summary, how->help.name);
    weights_check(&chosen.out, how->help.name, chosen.criteria.system);
    weights_check(&chosen.out, how->help.name, chosen.summary != NULL ? chosen.summary : arguments[0]);
    weigh(arguments[0], how, &chosen);
    criteria_free_choice(&chosen.criteria);
    return EXIT_DONE;
}

int weights_entropy(int argc, char **argv) {
    return run(argc, argv, &entropy);
}

int weights_critic(int argc, char **argv) {
    return run(argc, argv, &critic);
}

int weights_deviation(int argc, char **argv) {
    return run(argc, argv, &deviation);
}

int weights_variation(int argc, char **argv) {
    return run(argc, argv, &variation);
}

int weights_merec(int argc, char **argv) {
    return run(argc, argv, &merec);
}
