/* custval satisfaction fit, disconfirmation, show and predict: links. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "satisfaction_verbs.h"
#include "workers.h"

static double rounded(double x) {
    return round(x * 1e4) / 1e4;
}

static void note_link(const custval_link *link) {
    custval_link_facts facts = CUSTVAL_LINK_FACTS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    if (custval_link_describe(link, &facts, &error) != CUSTVAL_OK) fail_error(NULL, &error);
    if (facts.is_stated) {
        note("the coefficients were stated, not fitted");
    } else if (facts.kind == CUSTVAL_LINK_LINEAR) {
        note("%llu rows, %llu left out; R^2 %g, deviation of the rest %g", (unsigned long long)facts.n,
             (unsigned long long)facts.missing, rounded(facts.r2), rounded(facts.deviation));
    } else {
        note("%llu rows, %llu left out, %llu events; McFadden's R^2 %g, area under the curve %g",
             (unsigned long long)facts.n, (unsigned long long)facts.missing, (unsigned long long)facts.events,
             rounded(facts.mcfadden), rounded(facts.auc));
    }
}

/* The document, or with a format its coefficients. */
static void print_link(const custval_link *link, const satisfaction_choice *chosen, double level, const char *command) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *coefficients = NULL;
    buffer text = {NULL, 0, 0};
    if (chosen->format == NULL) {
        link_text(link, &text);
        command_write(chosen->output, &text);
        buffer_free(&text);
        return;
    }
    if (custval_link_coefficients(link, NULL, isnan(level) ? 0.95 : level, &coefficients, &error) != CUSTVAL_OK)
        fail_error(NULL, &error);
    command_print(coefficients, printer_format(chosen->format, FORMAT_TABLE, command), chosen->output);
    custval_table_free(coefficients);
}

#define HELP_OF_LINK "csv, json or table: the coefficients instead of the document"

/* ---- fit --------------------------------------------------------------------------------------------------------- */

static const command_help fit_help = {
    "satisfaction fit",
    "DATA --outcome COLUMN --predictors LIST [OPTIONS]",
    "Fits a link: how an outcome follows from predictors. Writes it as a document, to be used by\n"
    "'custval satisfaction predict', or its coefficients with errors. Rows that lack a cell are left out.",
    "  custval satisfaction fit customers.csv --outcome satisfaction --predictors value -o link.json\n"
    "  custval satisfaction fit customers.csv --outcome stayed --predictors value --logistic -o link.json\n",
};

int satisfaction_fit(int argc, char **argv) {
    const char *arguments[ARGS_MOST], *outcome = NULL;
    text_list lists = {NULL, 0};
    double ridge, level;
    int logistic = 0;
    satisfaction_choice chosen = {0};
    const option options[] = {
        {"--outcome", 0, OPTION_TEXT, &outcome, "COLUMN", "column that is explained; needed"},
        {"--predictors", 0, OPTION_TEXTS, &lists, "LIST", "columns that explain it; needed"},
        {"--logistic", 0, OPTION_FLAG, &logistic, NULL, "the outcome is 0 or 1: fit its probability"},
        {"--ridge", 0, OPTION_NUMBER, &ridge, "X", "penalty on standardised coefficients (default: 0)"},
        OPTION_OF_CONFIDENCE(level),
        OPTIONS_OF_RESULT(chosen, HELP_OF_LINK),
        OPTIONS_OF_DATA(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_link_options how = CUSTVAL_LINK_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_link *link = NULL;
    whole from;
    args_read(argc, argv, &fit_help, options, 1, 1, arguments);
    printer_format(chosen.format, FORMAT_TABLE, fit_help.name);
    args_check_range(fit_help.name, "--ridge", ridge, 0.0, (double)INFINITY);
    args_check_between(fit_help.name, "--confidence", level, 0.0, 1.0);
    text_list names = args_split(fit_help.name, "--predictors", &lists);
    if (outcome == NULL || names.count == 0) fail_usage(fit_help.name, "--outcome and --predictors are needed");
    how.outcome = outcome;
    how.predictors = names.texts;
    how.predictor_count = names.count;
    how.kind = logistic ? CUSTVAL_LINK_LOGISTIC : CUSTVAL_LINK_LINEAR;
    if (!isnan(ridge)) how.ridge = ridge;
    whole_open(&from, arguments[0], &chosen.data, chosen.output, fit_help.name);
    whole_want_number(&from, outcome, "--outcome");
    for (size_t i = 0; i < names.count; i++) whole_want_number(&from, names.texts[i], "--predictors");
    custval_table *const table = whole_read(&from);
    if (custval_link_fit(table, &how, &link, &error) != CUSTVAL_OK) whole_fail(&from, &error);
    print_link(link, &chosen, level, fit_help.name);
    note_link(link);
    custval_link_free(link);
    custval_table_free(table);
    whole_free(&from);
    args_free_split(&names);
    free(lists.texts);
    free(chosen.data.missing.texts);
    return EXIT_DONE;
}

/* ---- disconfirmation --------------------------------------------------------------------------------------------- */

static const command_help disconfirmation_help = {
    "satisfaction disconfirmation",
    "DATA [OPTIONS]",
    "Fits satisfaction to expectation and gap (Oliver): a + b1 E + b2 (P - E); with --split to gains and\n"
    "losses apart, which says how much more a loss weighs than a gain (lambda).",
    "  custval satisfaction disconfirmation customers.csv --split --format table\n",
};

int satisfaction_disconfirmation(int argc, char **argv) {
    const char *arguments[ARGS_MOST], *outcome = NULL, *performance = NULL, *expectation = NULL;
    double level;
    int split = 0;
    satisfaction_choice chosen = {0};
    const option options[] = {
        {"--outcome", 0, OPTION_TEXT, &outcome, "COLUMN", "column of satisfaction (default: satisfaction)"},
        {"--performance", 0, OPTION_TEXT, &performance, "COLUMN", "column of what they got (default: performance)"},
        {"--expectation", 0, OPTION_TEXT, &expectation, "COLUMN",
         "column of what they expected (default: expectation)"},
        {"--split", 0, OPTION_FLAG, &split, NULL, "gains and losses apart"},
        OPTION_OF_CONFIDENCE(level),
        OPTIONS_OF_RESULT(chosen, HELP_OF_LINK),
        OPTIONS_OF_DATA(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_disconfirmation_options how = CUSTVAL_DISCONFIRMATION_OPTIONS_INIT;
    custval_loss_aversion lambda = CUSTVAL_LOSS_AVERSION_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_link *link = NULL;
    whole from;
    args_read(argc, argv, &disconfirmation_help, options, 1, 1, arguments);
    printer_format(chosen.format, FORMAT_TABLE, disconfirmation_help.name);
    args_check_between(disconfirmation_help.name, "--confidence", level, 0.0, 1.0);
    how.outcome = outcome == NULL ? "satisfaction" : outcome;
    how.performance = performance == NULL ? "performance" : performance;
    how.expectation = expectation == NULL ? "expectation" : expectation;
    how.split = (uint32_t)split;
    if (!isnan(level)) how.level = level;
    whole_open(&from, arguments[0], &chosen.data, chosen.output, disconfirmation_help.name);
    whole_want_number(&from, how.outcome, "--outcome");
    whole_want_number(&from, how.performance, "--performance");
    whole_want_number(&from, how.expectation, "--expectation");
    custval_table *const table = whole_read(&from);
    if (custval_disconfirmation(table, &how, split ? &lambda : NULL, &link, &error) != CUSTVAL_OK)
        whole_fail(&from, &error);
    print_link(link, &chosen, level, disconfirmation_help.name);
    note_link(link);
    if (split && isnan(lambda.lambda)) note("gains do not raise satisfaction here: no lambda");
    if (split && !isnan(lambda.lambda)) {
        note("lambda %g, error %g, interval %g to %g", rounded(lambda.lambda), rounded(lambda.error),
             rounded(lambda.low), rounded(lambda.high));
    }
    custval_link_free(link);
    custval_table_free(table);
    whole_free(&from);
    free(chosen.data.missing.texts);
    return EXIT_DONE;
}

/* ---- show -------------------------------------------------------------------------------------------------------- */

static const command_help show_help = {
    "satisfaction show",
    "LINK [OPTIONS]",
    "Shows the coefficients of a link with their errors, and how well it fits.",
    "  custval satisfaction show link.json\n",
};

int satisfaction_show(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    double level;
    satisfaction_choice chosen = {0};
    const option options[] = {
        OPTION_OF_CONFIDENCE(level),
        OPTIONS_OF_RESULT(chosen, "csv, json or table (default: table)"),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    args_read(argc, argv, &show_help, options, 1, 1, arguments);
    printer_format(chosen.format, FORMAT_TABLE, show_help.name);
    args_check_between(show_help.name, "--confidence", level, 0.0, 1.0);
    custval_link *const link = link_load(arguments[0], chosen.output);
    if (chosen.format == NULL) chosen.format = "table";
    print_link(link, &chosen, level, show_help.name);
    note_link(link);
    custval_link_free(link);
    return EXIT_DONE;
}

/* ---- effects ----------------------------------------------------------------------------------------------------- */

static const command_help effects_help = {
    "satisfaction effects",
    "LINK... [OPTIONS]",
    "Says what each thing does to the outcome of the last link: by itself, and through the outcomes of\n"
    "the links before it. Give the links in the order in which one thing leads to the next.",
    "  custval satisfaction effects reputation.json value.json\n",
};

int satisfaction_effects(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    double level;
    satisfaction_choice chosen = {0};
    custval_link *links[ARGS_MOST];
    custval_table *effects = NULL;
    custval_error error = CUSTVAL_ERROR_INIT;
    const option options[] = {
        OPTION_OF_CONFIDENCE(level),
        OPTIONS_OF_RESULT(chosen, "csv, json or table (default: table)"),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    const size_t count = args_read(argc, argv, &effects_help, options, 1, ARGS_MOST, arguments);
    const int format = printer_format(chosen.format, FORMAT_TABLE, effects_help.name);
    args_check_between(effects_help.name, "--confidence", level, 0.0, 1.0);
    for (size_t i = 0; i < count; i++) links[i] = link_load(arguments[i], chosen.output);
    if (custval_link_effects((const custval_link *const *)links, count, NULL, isnan(level) ? 0.95 : level, &effects,
                             &error) != CUSTVAL_OK)
        fail_error(NULL, &error);
    command_print(effects, format, chosen.output);
    custval_table_free(effects);
    for (size_t i = 0; i < count; i++) custval_link_free(links[i]);
    return EXIT_DONE;
}

/* ---- predict ----------------------------------------------------------------------------------------------------- */

static const command_help predict_help = {
    "satisfaction predict",
    "LINK DATA [OPTIONS]",
    "Gives the outcome that a link expects of each row, with its standard error and interval.",
    "  custval satisfaction predict link.json customers.csv -o predictions.csv\n",
};

int satisfaction_predict(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    double level;
    satisfaction_choice chosen = {0};
    const option options[] = {
        OPTION_OF_CONFIDENCE(level),
        OPTION_OF_ID(chosen.id),
        OPTIONS_OF_RESULT(chosen, "csv, json or table (default: csv)"),
        OPTIONS_OF_DATA(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_link_predict_options how = CUSTVAL_LINK_PREDICT_OPTIONS_INIT;
    custval_link_facts facts = CUSTVAL_LINK_FACTS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *result = NULL;
    whole from;
    workers helpers;
    args_read(argc, argv, &predict_help, options, 2, 2, arguments);
    printer_format(chosen.format, FORMAT_CSV, predict_help.name);
    args_check_between(predict_help.name, "--confidence", level, 0.0, 1.0);
    command_check_inputs(predict_help.name, arguments[0], arguments[1]);
    workers_start(&helpers);
    custval_link *const link = link_load(arguments[0], chosen.output);
    if (custval_link_describe(link, &facts, &error) != CUSTVAL_OK) fail_error(NULL, &error);
    whole_open(&from, arguments[1], &chosen.data, chosen.output, predict_help.name);
    for (size_t i = 0; i + 1 < facts.terms; i++) {
        whole_want_number(&from, custval_link_column(link, i), arguments[0]);
    }
    whole_want_id(&from, &chosen.id);
    custval_table *const table = whole_read(&from);
    how.host = &helpers.host;
    if (!isnan(level)) how.level = level;
    if (custval_link_predict(link, table, &how, &result, &error) != CUSTVAL_OK) whole_fail(&from, &error);
    satisfaction_print_rows(&from, result, &chosen);
    custval_table_free(result);
    custval_table_free(table);
    whole_free(&from);
    custval_link_free(link);
    workers_stop(&helpers);
    free(chosen.data.missing.texts);
    return EXIT_DONE;
}
