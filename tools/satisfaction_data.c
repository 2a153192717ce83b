/* custval satisfaction encounters, penalty, kano, quadrants, nps and backtest: what columns of one file say. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "satisfaction_verbs.h"

#define HELP_OF_ROWS "csv, json or table (default: csv)"
#define HELP_OF_TABLE "csv, json or table (default: table)"

/* Prints a result of its own rows and frees what was read. */
static int finish(whole *from, custval_table *table, custval_table *result, satisfaction_choice *chosen,
                  const char *command) {
    command_print(result, printer_format(chosen->format, FORMAT_TABLE, command), chosen->output);
    custval_table_free(result);
    custval_table_free(table);
    whole_free(from);
    free(chosen->data.missing.texts);
    return EXIT_DONE;
}

static const char *or_else(const char *given, const char *otherwise) {
    return given == NULL ? otherwise : given;
}

/* ---- encounters -------------------------------------------------------------------------------------------------- */

static const command_help encounters_help = {
    "satisfaction encounters",
    "DATA --updating K --weight G [OPTIONS]",
    "Follows each customer's expectation and cumulative satisfaction from one encounter to the next:\n"
    "E' = E + K (P - E), C' = (1 - G) C + G P. DATA has one row per encounter.",
    "  custval satisfaction encounters visits.csv --updating 0.3 --weight 0.4 --time visit\n",
};

int satisfaction_encounters(int argc, char **argv) {
    const char *arguments[ARGS_MOST], *customer = NULL, *time = NULL, *score = NULL;
    double updating, weight, first;
    satisfaction_choice chosen = {0};
    const option options[] = {
        {"--updating", 0, OPTION_NUMBER, &updating, "K", "share of a gap that moves the expectation, 0 to 1; needed"},
        {"--weight", 0, OPTION_NUMBER, &weight, "G", "weight of the latest encounter, 0 to 1; needed"},
        {"--first", 0, OPTION_NUMBER, &first, "E", "expectation before the first one (default: the first score)"},
        {"--id", 0, OPTION_TEXT, &customer, "COLUMN", "column of the customer (default: customer)"},
        {"--time", 0, OPTION_TEXT, &time, "COLUMN", "column of a number to order them by (default: as they stand)"},
        {"--score", 0, OPTION_TEXT, &score, "COLUMN", "column of the score (default: score)"},
        OPTIONS_OF_RESULT(chosen, HELP_OF_ROWS),
        OPTIONS_OF_DATA(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_encounters_options how = CUSTVAL_ENCOUNTERS_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *result = NULL;
    whole from;
    args_read(argc, argv, &encounters_help, options, 1, 1, arguments);
    printer_format(chosen.format, FORMAT_CSV, encounters_help.name);
    if (isnan(updating) || isnan(weight)) fail_usage(encounters_help.name, "--updating and --weight are needed");
    args_check_range(encounters_help.name, "--updating", updating, 0.0, 1.0);
    args_check_range(encounters_help.name, "--weight", weight, 0.0, 1.0);
    whole_open(&from, arguments[0], &chosen.data, chosen.output, encounters_help.name);
    how.customer = chosen.id = or_else(customer, "customer");
    how.score = or_else(score, "score");
    how.time = time;
    how.updating = updating;
    how.weight = weight;
    how.has_first = isnan(first) ? 0U : 1U;
    how.first = isnan(first) ? 0.0 : first;
    whole_want_text(&from, how.customer, "--id");
    whole_want_number(&from, how.score, "--score");
    if (time != NULL) whole_want_number(&from, time, "--time");
    custval_table *const table = whole_read(&from);
    if (custval_encounters(table, &how, &result, &error) != CUSTVAL_OK) whole_fail(&from, &error);
    satisfaction_print_rows(&from, result, &chosen);
    custval_table_free(result);
    custval_table_free(table);
    whole_free(&from);
    free(chosen.data.missing.texts);
    return EXIT_DONE;
}

/* ---- penalty ----------------------------------------------------------------------------------------------------- */

static const command_help penalty_help = {
    "satisfaction penalty",
    "DATA --outcome COLUMN --predictors LIST [OPTIONS]",
    "Penalty-reward contrasts: tells factors that harm when low (basic), please when high (excitement),\n"
    "or both (performance) apart.",
    "  custval satisfaction penalty survey.csv --outcome overall --predictors q1,q2,q3 --low 4 --high 9\n",
};

int satisfaction_penalty(int argc, char **argv) {
    const char *arguments[ARGS_MOST], *outcome = NULL;
    text_list lists = {NULL, 0};
    double low, high, cut;
    satisfaction_choice chosen = {0};
    const option options[] = {
        {"--outcome", 0, OPTION_TEXT, &outcome, "COLUMN", "column of overall satisfaction; needed"},
        {"--predictors", 0, OPTION_TEXTS, &lists, "LIST", "columns that explain it, higher is better; needed"},
        {"--low", 0, OPTION_NUMBER, &low, "X", "up to it an answer is low (default: the lowest seen)"},
        {"--high", 0, OPTION_NUMBER, &high, "X", "from it on an answer is high (default: the highest seen)"},
        {"--cut", 0, OPTION_NUMBER, &cut, "X", "asymmetry that makes it basic or excitement (default: 1/3)"},
        OPTIONS_OF_RESULT(chosen, HELP_OF_TABLE),
        OPTIONS_OF_DATA(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_penalty_options how = CUSTVAL_PENALTY_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *result = NULL;
    whole from;
    args_read(argc, argv, &penalty_help, options, 1, 1, arguments);
    printer_format(chosen.format, FORMAT_TABLE, penalty_help.name);
    text_list names = args_split(penalty_help.name, "--predictors", &lists);
    if (outcome == NULL || names.count == 0) fail_usage(penalty_help.name, "--outcome and --predictors are needed");
    if (isnan(low) != isnan(high)) fail_usage(penalty_help.name, "--low and --high go together");
    how.outcome = outcome;
    how.indicators = names.texts;
    how.indicator_count = names.count;
    how.has_limits = isnan(low) ? 0U : 1U;
    how.low = how.has_limits ? low : 0.0;
    how.high = how.has_limits ? high : 0.0;
    if (!isnan(cut)) how.cut = cut;
    whole_open(&from, arguments[0], &chosen.data, chosen.output, penalty_help.name);
    whole_want_number(&from, outcome, "--outcome");
    for (size_t i = 0; i < names.count; i++) whole_want_number(&from, names.texts[i], "--predictors");
    custval_table *const table = whole_read(&from);
    if (custval_penalty_reward(table, &how, &result, &error) != CUSTVAL_OK) whole_fail(&from, &error);
    const int done = finish(&from, table, result, &chosen, penalty_help.name);
    args_free_split(&names);
    free(lists.texts);
    return done;
}

/* ---- kano -------------------------------------------------------------------------------------------------------- */

static const command_help kano_help = {
    "satisfaction kano",
    "DATA --functional LIST --dysfunctional LIST [OPTIONS]",
    "Evaluates a Kano survey. Answers are 1 (I like it), 2 (must be so), 3 (do not mind), 4 (can live\n"
    "with it), 5 (dislike it), to \"if the product had it\" and \"if it had not\", in the same order.",
    "  custval satisfaction kano survey.csv --functional with1,with2 --dysfunctional without1,without2\n",
};

int satisfaction_kano(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    text_list lists[2] = {{NULL, 0}, {NULL, 0}};
    satisfaction_choice chosen = {0};
    const option options[] = {
        {"--functional", 0, OPTION_TEXTS, &lists[0], "LIST", "columns of answers if the product had it; needed"},
        {"--dysfunctional", 0, OPTION_TEXTS, &lists[1], "LIST", "columns of answers if it had not; needed"},
        OPTIONS_OF_RESULT(chosen, HELP_OF_TABLE),
        OPTIONS_OF_DATA(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_kano_options how = CUSTVAL_KANO_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *result = NULL;
    whole from;
    args_read(argc, argv, &kano_help, options, 1, 1, arguments);
    printer_format(chosen.format, FORMAT_TABLE, kano_help.name);
    text_list functional = args_split(kano_help.name, "--functional", &lists[0]);
    text_list dysfunctional = args_split(kano_help.name, "--dysfunctional", &lists[1]);
    if (functional.count == 0 || functional.count != dysfunctional.count) {
        fail_usage(kano_help.name, "--functional and --dysfunctional need as many columns; they have %zu and %zu",
                   functional.count, dysfunctional.count);
    }
    how.functional = functional.texts;
    how.dysfunctional = dysfunctional.texts;
    how.count = functional.count;
    whole_open(&from, arguments[0], &chosen.data, chosen.output, kano_help.name);
    for (size_t i = 0; i < how.count; i++) {
        whole_want_number(&from, functional.texts[i], "--functional");
        whole_want_number(&from, dysfunctional.texts[i], "--dysfunctional");
    }
    custval_table *const table = whole_read(&from);
    if (custval_kano(table, &how, &result, &error) != CUSTVAL_OK) whole_fail(&from, &error);
    const int done = finish(&from, table, result, &chosen, kano_help.name);
    args_free_split(&functional);
    args_free_split(&dysfunctional);
    free(lists[0].texts);
    free(lists[1].texts);
    return done;
}

/* ---- quadrants --------------------------------------------------------------------------------------------------- */

static const command_help quadrants_help = {
    "satisfaction quadrants",
    "DATA [OPTIONS]",
    "Importance-performance analysis: concentrate, keep, low-priority, overkill. DATA has one row per\n"
    "attribute; importance may be stated, or derived as by 'custval weights drivers'.",
    "  custval satisfaction quadrants attributes.csv --id attribute\n"
    "  custval satisfaction quadrants attributes.csv --importance weight --performance-cut 4\n",
};

int satisfaction_quadrants(int argc, char **argv) {
    const char *arguments[ARGS_MOST], *importance = NULL, *performance = NULL;
    double importance_cut, performance_cut;
    satisfaction_choice chosen = {0};
    const option options[] = {
        {"--importance", 0, OPTION_TEXT, &importance, "COLUMN", "column of the importance (default: importance)"},
        {"--performance", 0, OPTION_TEXT, &performance, "COLUMN", "column of the performance (default: performance)"},
        {"--importance-cut", 0, OPTION_NUMBER, &importance_cut, "X", "where important begins (default: the mean)"},
        {"--performance-cut", 0, OPTION_NUMBER, &performance_cut, "X", "where high begins (default: the mean)"},
        {"--id", 0, OPTION_TEXT, &chosen.id, "COLUMN", "column that names the attributes"},
        OPTIONS_OF_RESULT(chosen, HELP_OF_ROWS),
        OPTIONS_OF_DATA(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_quadrants_options how = CUSTVAL_QUADRANTS_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *result = NULL;
    whole from;
    args_read(argc, argv, &quadrants_help, options, 1, 1, arguments);
    printer_format(chosen.format, FORMAT_CSV, quadrants_help.name);
    how.importance = or_else(importance, "importance");
    how.performance = or_else(performance, "performance");
    how.has_importance_cut = isnan(importance_cut) ? 0U : 1U;
    how.has_performance_cut = isnan(performance_cut) ? 0U : 1U;
    how.importance_cut = how.has_importance_cut ? importance_cut : 0.0;
    how.performance_cut = how.has_performance_cut ? performance_cut : 0.0;
    whole_open(&from, arguments[0], &chosen.data, chosen.output, quadrants_help.name);
    whole_want_number(&from, how.importance, "--importance");
    whole_want_number(&from, how.performance, "--performance");
    if (chosen.id != NULL) whole_want_text(&from, chosen.id, "--id");
    custval_table *const table = whole_read(&from);
    if (custval_quadrants(table, &how, &result, &error) != CUSTVAL_OK) whole_fail(&from, &error);
    satisfaction_print_rows(&from, result, &chosen);
    custval_table_free(result);
    custval_table_free(table);
    whole_free(&from);
    free(chosen.data.missing.texts);
    return EXIT_DONE;
}

/* ---- nps --------------------------------------------------------------------------------------------------------- */

static const command_help nps_help = {
    "satisfaction nps",
    "DATA [OPTIONS]",
    "The net promoter score with its standard error and interval, for all rows or by group.",
    "  custval satisfaction nps survey.csv --answer recommend --group region\n",
};

int satisfaction_nps(int argc, char **argv) {
    const char *arguments[ARGS_MOST], *answer = NULL, *group = NULL;
    double low, high, detractors, promoters, level;
    satisfaction_choice chosen = {0};
    const option options[] = {
        {"--answer", 0, OPTION_TEXT, &answer, "COLUMN", "column of the answers (default: recommend)"},
        {"--group", 0, OPTION_TEXT, &group, "COLUMN", "column of the group of a customer"},
        {"--lowest", 0, OPTION_NUMBER, &low, "X", "lowest answer of the scale (default: 0)"},
        {"--highest", 0, OPTION_NUMBER, &high, "X", "highest answer (default: 10)"},
        {"--detractors", 0, OPTION_NUMBER, &detractors, "X", "up to it an answer is a detractor's (default: 6)"},
        {"--promoters", 0, OPTION_NUMBER, &promoters, "X", "from it on an answer is a promoter's (default: 9)"},
        OPTION_OF_CONFIDENCE(level),
        OPTIONS_OF_RESULT(chosen, HELP_OF_TABLE),
        OPTIONS_OF_DATA(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_nps_options how = CUSTVAL_NPS_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *result = NULL;
    whole from;
    args_read(argc, argv, &nps_help, options, 1, 1, arguments);
    printer_format(chosen.format, FORMAT_TABLE, nps_help.name);
    args_check_between(nps_help.name, "--confidence", level, 0.0, 1.0);
    how.column = or_else(answer, "recommend");
    how.group = group;
    if (!isnan(low)) how.scale_min = low;
    if (!isnan(high)) how.scale_max = high;
    if (!isnan(detractors)) how.detractors_to = detractors;
    if (!isnan(promoters)) how.promoters_from = promoters;
    if (!isnan(level)) how.level = level;
    whole_open(&from, arguments[0], &chosen.data, chosen.output, nps_help.name);
    whole_want_number(&from, how.column, "--answer");
    if (group != NULL) whole_want_text(&from, group, "--group");
    custval_table *const table = whole_read(&from);
    if (custval_nps(table, &how, &result, &error) != CUSTVAL_OK) whole_fail(&from, &error);
    return finish(&from, table, result, &chosen, nps_help.name);
}

/* ---- backtest ---------------------------------------------------------------------------------------------------- */

static const command_help backtest_help = {
    "satisfaction backtest",
    "DATA [OPTIONS]",
    "Compares a score with what happened later, 0 or 1 or any number: the outcome by bands of the score\n"
    "with intervals, and how well the score told.",
    "  custval satisfaction backtest customers.csv --score value --outcome stayed --cuts 20,40,60,80\n",
};

static void note_backtest(const custval_backtest_facts *facts) {
    note("%llu rows, %llu without score or outcome; correlation %g, of ranks %g", (unsigned long long)facts->n,
         (unsigned long long)facts->missing, round(facts->correlation * 1e4) / 1e4,
         round(facts->rank_correlation * 1e4) / 1e4);
    if (isnan(facts->auc)) return;
    note("%llu events; area under the curve %g, error %g, interval %g to %g", (unsigned long long)facts->events,
         round(facts->auc * 1e4) / 1e4, round(facts->auc_error * 1e4) / 1e4, round(facts->auc_low * 1e4) / 1e4,
         round(facts->auc_high * 1e4) / 1e4);
}

int satisfaction_backtest(int argc, char **argv) {
    const char *arguments[ARGS_MOST], *score = NULL, *outcome = NULL;
    text_list cuts = {NULL, 0};
    double level;
    satisfaction_choice chosen = {0};
    const option options[] = {
        {"--score", 0, OPTION_TEXT, &score, "COLUMN", "column of the score (default: score)"},
        {"--outcome", 0, OPTION_TEXT, &outcome, "COLUMN", "column of what came later (default: outcome)"},
        {"--cuts", 0, OPTION_TEXTS, &cuts, "LIST", "borders between bands of the score, ascending (default: one band)"},
        OPTION_OF_CONFIDENCE(level),
        OPTIONS_OF_RESULT(chosen, HELP_OF_TABLE),
        OPTIONS_OF_DATA(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_backtest_options how = CUSTVAL_BACKTEST_OPTIONS_INIT;
    custval_backtest_facts facts = CUSTVAL_BACKTEST_FACTS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *result = NULL;
    whole from;
    args_read(argc, argv, &backtest_help, options, 1, 1, arguments);
    printer_format(chosen.format, FORMAT_TABLE, backtest_help.name);
    args_check_between(backtest_help.name, "--confidence", level, 0.0, 1.0);
    double *const numbers = args_numbers(backtest_help.name, "--cuts", &cuts, &how.edge_count);
    how.edges = numbers;
    how.score = or_else(score, "score");
    how.outcome = or_else(outcome, "outcome");
    if (!isnan(level)) how.level = level;
    whole_open(&from, arguments[0], &chosen.data, chosen.output, backtest_help.name);
    whole_want_number(&from, how.score, "--score");
    whole_want_number(&from, how.outcome, "--outcome");
    custval_table *const table = whole_read(&from);
    if (custval_backtest(table, &how, &facts, &result, &error) != CUSTVAL_OK) whole_fail(&from, &error);
    const int done = finish(&from, table, result, &chosen, backtest_help.name);
    note_backtest(&facts);
    free(numbers);
    free(cuts.texts);
    return done;
}
