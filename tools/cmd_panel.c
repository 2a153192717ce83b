/* custval panel: trends, weights of respondents, change from wave to wave. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "command.h"
#include "whole.h"

typedef struct choices {
    data_options data;
    const char *output, *format, *id, *period, *value, *weight;
    text_list variables;
    double half_life, as_of, tolerance;
    int averages;
} choices;

static const char *or_default(const char *name, const char *otherwise) {
    return name != NULL ? name : otherwise;
}

#define OPTION_ID(chosen) \
  { "--id", 0, OPTION_TEXT, &(chosen).id, "COLUMN", "column of the customer (default: customer)" }
#define OPTION_VALUE(chosen) \
  { "--value", 0, OPTION_TEXT, &(chosen).value, "COLUMN", "column of the value (default: value)" }

/* ---- trend ------------------------------------------------------------------------------------------------------- */

static const command_help trend_help = {
    "panel trend",
    "DATA [OPTIONS]",
    "Gives level, slope and recent state of each customer's series, from one row per customer and period.\n"
    "Recent values may count more, by a half-life. Gaps are counted, and never filled in.",
    "  custval panel trend scores.csv --half-life 2\n"
    "  custval panel trend scores.csv --id region --averages --value score\n",
};

static int panel_trend(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        OPTION_ID(chosen),
        {"--period", 0, OPTION_TEXT, &chosen.period, "COLUMN",
         "column of the period, a whole number (default: period)"},
        OPTION_VALUE(chosen),
        {"--half-life", 0, OPTION_NUMBER, &chosen.half_life, "H",
         "periods after which a value counts half (default: 1)"},
        {"--as-of", 0, OPTION_NUMBER, &chosen.as_of, "P", "period to look from (default: the latest)"},
        {"--averages", 0, OPTION_FLAG, &chosen.averages, NULL, "average rows of one customer and period"},
        OPTION_OF_FORMAT(chosen.format, "csv, json or table (default: csv)"),
        OPTION_OF_OUTPUT(chosen.output),
        OPTIONS_OF_DATA(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_trend_options how = CUSTVAL_TREND_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *trend = NULL;
    whole from;
    args_read(argc, argv, &trend_help, options, 1, 1, arguments);
    const int format = printer_format(chosen.format, FORMAT_CSV, trend_help.name);
    how.id = or_default(chosen.id, "customer");
    how.period = or_default(chosen.period, "period");
    how.value = or_default(chosen.value, "value");
    how.averages = (uint32_t)chosen.averages;
    how.from_latest = isnan(chosen.as_of) ? 1U : 0U;
    if (!isnan(chosen.as_of)) how.as_of = chosen.as_of;
    if (!isnan(chosen.half_life)) how.half_life = chosen.half_life;
    whole_open(&from, arguments[0], &chosen.data, chosen.output, trend_help.name);
    whole_want_text(&from, how.id, "--id");
    whole_want_number(&from, how.period, "--period");
    whole_want_number(&from, how.value, "--value");
    custval_table *const table = whole_read(&from);
    if (custval_trend(table, &how, &trend, &error) != CUSTVAL_OK) whole_fail(&from, &error);
    command_print(trend, format, chosen.output);
    custval_table_free(trend);
    custval_table_free(table);
    whole_free(&from);
    free(chosen.data.missing.texts);
    return EXIT_DONE;
}

/* ---- weights ----------------------------------------------------------------------------------------------------- */

static const command_help weights_help = {
    "panel weights",
    "RESPONDENTS MARGINS --variables LIST [OPTIONS]",
    "Weighs respondents so that they match known shares of the market. MARGINS has the columns variable,\n"
    "category and target (shares or counts). Says how many respondents the weighted ones are worth.",
    "  custval panel weights survey.csv census.csv --variables region,age -o weights.csv\n",
};

static void print_weights(const whole *from, const custval_table *weights, const choices *chosen, int format) {
    frame all = {NULL, 0, 0, 0};
    frame_add_ids(&all, custval_table_rows(weights), chosen->id, whole_texts(from, chosen->id));
    frame_add_table(&all, weights);
    write_frame(&all, format, chosen->output);
    frame_free(&all);
}

static void note_facts(const custval_panel_facts *facts) {
    note("%llu respondents are worth %g unweighted ones; weights from %g to %g; %llu without a weight",
         (unsigned long long)facts->weighted, round(facts->effective * 10.0) / 10.0,
         round(facts->least * 1000.0) / 1000.0, round(facts->most * 1000.0) / 1000.0,
         (unsigned long long)facts->missing);
}

static int panel_weights(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        {"--variables", 0, OPTION_TEXTS, &chosen.variables, "LIST", "columns whose shares are known"},
        {"--weight", 0, OPTION_TEXT, &chosen.weight, "COLUMN", "column of weights to begin with (default: all alike)"},
        {"--tolerance", 0, OPTION_NUMBER, &chosen.tolerance, "T", "largest gap to a known share (default: 1e-10)"},
        OPTION_OF_ID(chosen.id),
        OPTION_OF_FORMAT(chosen.format, "csv, json or table (default: csv)"),
        OPTION_OF_OUTPUT(chosen.output),
        OPTIONS_OF_DATA(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_panel_options how = CUSTVAL_PANEL_OPTIONS_INIT;
    custval_panel_facts facts = CUSTVAL_PANEL_FACTS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *weights = NULL;
    whole people, known;
    args_read(argc, argv, &weights_help, options, 2, 2, arguments);
    const int format = printer_format(chosen.format, FORMAT_CSV, weights_help.name);
    command_check_inputs(weights_help.name, arguments[0], arguments[1]);
    if (chosen.variables.count == 0)
        fail_usage(weights_help.name, "--variables is needed: columns whose shares are known");
    text_list variables = args_split(weights_help.name, "--variables", &chosen.variables);
    whole_open(&people, arguments[0], &chosen.data, chosen.output, weights_help.name);
    for (size_t i = 0; i < variables.count; i++) whole_want_text(&people, variables.texts[i], "--variables");
    if (chosen.weight != NULL) whole_want_number(&people, chosen.weight, "--weight");
    whole_want_id(&people, &chosen.id);
    whole_open(&known, arguments[1], &chosen.data, chosen.output, weights_help.name);
    whole_want_text(&known, "variable", "margins");
    whole_want_text(&known, "category", "margins");
    whole_want_number(&known, "target", "margins");
    custval_table *const table = whole_read(&people), *const margins = whole_read(&known);
    how.variables = variables.texts;
    how.variables_count = variables.count;
    how.weight = chosen.weight;
    if (!isnan(chosen.tolerance)) how.tolerance = chosen.tolerance;
    if (custval_panel_weights(table, margins, &how, &facts, &weights, &error) != CUSTVAL_OK) {
        /* A message about the margins says so, and tells them by their rows. */
        rows_fail_error(strncmp(error.message, "margins", 7) == 0 ? known.data.name : people.data.name, &error);
    }
    print_weights(&people, weights, &chosen, format);
    note_facts(&facts);
    custval_table_free(weights);
    custval_table_free(margins);
    custval_table_free(table);
    whole_free(&known);
    whole_free(&people);
    args_free_split(&variables);
    free(chosen.variables.texts);
    free(chosen.data.missing.texts);
    return EXIT_DONE;
}

/* ---- change ------------------------------------------------------------------------------------------------------ */

static const command_help change_help = {
    "panel change",
    "BEFORE AFTER [OPTIONS]",
    "Gives the change of a mean between two waves, with its error, which is smaller where the same people\n"
    "answered both.",
    "  custval panel change spring.csv autumn.csv --value satisfaction --weight weight\n",
};

static custval_table *wave_read(whole *from, const char *path, const custval_wave_options *how, const choices *chosen) {
    whole_open(from, path, &chosen->data, chosen->output, change_help.name);
    whole_want_text(from, how->id, "--id");
    whole_want_number(from, how->value, "--value");
    if (how->weight != NULL) whole_want_number(from, how->weight, "--weight");
    return whole_read(from);
}

static custval_table *change_table(const custval_wave_facts *facts) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    const double counts[] = {(double)facts->before_count, (double)facts->after_count, (double)facts->both};
    const struct {
        const char *name;
        const double *number;
    } columns[] = {{"before_count", &counts[0]}, {"after_count", &counts[1]},
                   {"both", &counts[2]},         {"before", &facts->before},
                   {"after", &facts->after},     {"change", &facts->change},
                   {"error", &facts->error},     {"low", &facts->low},
                   {"high", &facts->high},       {"p", &facts->p}};
    custval_status status = custval_table_new(NULL, 1, &table, &error);
    for (size_t i = 0; i < sizeof columns / sizeof columns[0] && status == CUSTVAL_OK; i++) {
        custval_column column = CUSTVAL_COLUMN_INIT;
        column.type = CUSTVAL_TYPE_FLOAT64;
        column.data = columns[i].number;
        status = custval_table_add_copy(table, columns[i].name, &column, &error);
    }
    if (status != CUSTVAL_OK) fail_error(NULL, &error);
    return table;
}

static int panel_change(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        OPTION_ID(chosen),
        OPTION_VALUE(chosen),
        {"--weight", 0, OPTION_TEXT, &chosen.weight, "COLUMN", "column of weights (default: all alike)"},
        OPTION_OF_FORMAT(chosen.format, "csv, json or table (default: table)"),
        OPTION_OF_OUTPUT(chosen.output),
        OPTIONS_OF_DATA(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_wave_options how = CUSTVAL_WAVE_OPTIONS_INIT;
    custval_wave_facts facts = CUSTVAL_WAVE_FACTS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    whole one, other;
    args_read(argc, argv, &change_help, options, 2, 2, arguments);
    const int format = printer_format(chosen.format, FORMAT_TABLE, change_help.name);
    command_check_inputs(change_help.name, arguments[0], arguments[1]);
    how.id = or_default(chosen.id, "customer");
    how.value = or_default(chosen.value, "value");
    how.weight = chosen.weight;
    custval_table *const before = wave_read(&one, arguments[0], &how, &chosen);
    custval_table *const after = wave_read(&other, arguments[1], &how, &chosen);
    if (custval_wave_change(before, after, &how, &facts, &error) != CUSTVAL_OK) {
        char names[MESSAGE_SIZE];
        custval__format(names, sizeof names, "%s or %s", one.data.name, other.data.name); /* the message does not say */
        rows_fail_error(names, &error);
    }
    custval_table *const table = change_table(&facts);
    command_print(table, format, chosen.output);
    custval_table_free(table);
    custval_table_free(after);
    custval_table_free(before);
    whole_free(&other);
    whole_free(&one);
    free(chosen.data.missing.texts);
    return EXIT_DONE;
}

/* ---- The command ------------------------------------------------------------------------------------------------- */

static const command_verb verbs[] = {
    {"trend", panel_trend},
    {"weights", panel_weights},
    {"change", panel_change},
};

static const char help[] = "usage: custval panel VERB FILE... [OPTIONS]\n"
                           "\n"
                           "The same customers asked or watched again and again.\n"
                           "\n"
                           "Verbs:\n"
                           "  trend    level, slope and recent state of each series\n"
                           "  weights  weights of respondents that match known shares\n"
                           "  change   change of a mean between two waves, with its error\n"
                           "\n"
                           "Options:\n"
                           "  -h, --help  this text; 'custval panel VERB --help' explains a verb\n"
                           "\n"
                           "Examples:\n"
                           "  custval panel trend scores.csv --half-life 2\n"
                           "  custval panel change spring.csv autumn.csv\n";

int cmd_panel(int argc, char **argv) {
    return command_dispatch("panel", "verb", verbs, sizeof verbs / sizeof verbs[0], help, argc, argv);
}
