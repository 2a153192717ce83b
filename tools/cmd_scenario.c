/* custval scenario: what a plan does to value and to sales. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <custval/scenario.h>

#include "command.h"
#include "documents.h"
#include "row_name.h"
#include "whole.h"
#include "workers.h"

/* ---- What the verbs share ---------------------------------------------------------------------------------------- */

typedef struct choices {
    data_options data;
    score_choice scoring;
    text_list cuts;
    const char *output, *format, *id, *row, *group, *show;
    const char *too_cheap, *cheap, *expensive, *too_expensive;
    size_t period;
} choices;

/* A plan, the system and the customers that it is run on. */
typedef struct material {
    custval_scenario *scenario;
    custval_system *system;
    custval_table *table;
    custval_score_options score;
    char today[11];
    whole from;
} material;

static void open_material(material *out, const char *const *paths, choices *chosen, const char *command) {
    command_check_files(command, paths, 3);
    out->scenario = scenario_load(paths[0], chosen->output);
    out->system = system_load(paths[1], chosen->output);
    out->score = score_options(out->system, &chosen->scoring, out->today);
    whole_open(&out->from, paths[2], &chosen->data, chosen->output, command);
    whole_want_inputs(&out->from, out->system, paths[1], &chosen->scoring);
    for (size_t i = 0; i < custval_scenario_columns(out->scenario); i++)
        whole_want_number(&out->from, custval_scenario_column(out->scenario, i), paths[0]);
    if (chosen->group != NULL) whole_want_text(&out->from, chosen->group, "--group");
    if (chosen->row == NULL) {
        whole_want_id(&out->from, &chosen->id);
    } else if (chosen->id != NULL) {
        whole_want_text(&out->from, chosen->id, "--id");
    }
    out->table = whole_read(&out->from);
}

static void close_material(material *of) {
    custval_table_free(of->table);
    whole_free(&of->from);
    custval_system_free(of->system);
    custval_scenario_free(of->scenario);
}

/* ---- run --------------------------------------------------------------------------------------------------------- */

static const command_help run_help = {
    "scenario run",
    "SCENARIO SYSTEM DATA [OPTIONS]",
    "Runs a plan on the customers of a system: what it does to their value and to sales, while it lasts\n"
    "and after it ends. Prints one row per period, per group of customers, or per customer.",
    "  custval scenario run bogo.json system.json survey.csv\n"
    "  custval scenario run bogo.json system.json survey.csv --show groups --group region\n"
    "  custval scenario run bogo.json system.json survey.csv --show customers -o effects.csv\n",
};

enum { SHOW_PERIODS = 1, SHOW_GROUPS, SHOW_CUSTOMERS };
static const option_word shown_words[] = {
    {"periods", SHOW_PERIODS}, {"groups", SHOW_GROUPS}, {"customers", SHOW_CUSTOMERS}, {NULL, 0}};

static double *cuts_of(const text_list *lists, size_t *out_count) {
    double *const cuts = args_numbers(run_help.name, "--cuts", lists, out_count);
    for (size_t i = 1; i < *out_count; i++) {
        if (cuts[i] <= cuts[i - 1])
            fail_usage(run_help.name, "--cuts: %g is not above %g before it", cuts[i], cuts[i - 1]);
    }
    return cuts;
}

static double rounded(double number, double digits) {
    return round(number * digits) / digits;
}

static void note_facts(const custval_scenario_facts *facts) {
    note("%llu customers, %llu without a value; %llu switch to the rival; %llu rise and %llu fall by a band",
         (unsigned long long)facts->customers, (unsigned long long)facts->skipped, (unsigned long long)facts->switching,
         (unsigned long long)facts->rose, (unsigned long long)facts->fell);
    if (facts->customers == 0) return;
    note("mean value %g, changed by %g while the plan lasts; units per period %g, then %g; profit of the plan %g",
         rounded(facts->before, 100.0), rounded(facts->during_change, 100.0), rounded(facts->units_before, 100.0),
         rounded(facts->units_during, 100.0), rounded(facts->profit, 100.0));
    if (isfinite(facts->after_change))
        note("after its end: mean value changed by %g; units per period %g", rounded(facts->after_change, 100.0),
             rounded(facts->units_after, 100.0));
    if (isfinite(facts->bought_anyway))
        note("%g %% of the purchases during would have been made anyway", rounded(facts->bought_anyway * 100.0, 10.0));
    if (isfinite(facts->premium))
        note("at a list price changed by %g our mean value is that of the rival", rounded(facts->premium, 100.0));
    if (isfinite(facts->break_even))
        note("the gain is lost if the price says %g times as much of quality as stated",
             rounded(facts->break_even, 1000.0));
}

static void print_customers(const material *on, const custval_table *customers, const choices *chosen) {
    frame all = {NULL, 0, 0, 0};
    frame_add_names(&all, custval_table_rows(customers), chosen->id, whole_texts(&on->from, chosen->id));
    frame_add_results(&all, customers, CUSTVAL_WORDS_SCENARIO_ROW);
    write_frame(&all, printer_format(chosen->format, FORMAT_CSV, run_help.name), chosen->output);
    frame_free(&all);
}

static void run_and_print(material *on, const choices *chosen, uint32_t shown, custval_scenario_options *how) {
    custval_scenario_facts facts = CUSTVAL_SCENARIO_FACTS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *customers = NULL, *periods = NULL, *groups = NULL;
    const custval_status status = custval_scenario_run(
        on->scenario, on->system, on->table, how, &facts, shown == SHOW_CUSTOMERS ? &customers : NULL,
        shown == SHOW_PERIODS ? &periods : NULL, shown == SHOW_GROUPS ? &groups : NULL, &error);
    if (status != CUSTVAL_OK) whole_fail(&on->from, &error);
    if (shown == SHOW_CUSTOMERS) {
        print_customers(on, customers, chosen);
    } else {
        const int format = printer_format(chosen->format, FORMAT_TABLE, run_help.name);
        command_print(shown == SHOW_PERIODS ? periods : groups, format, chosen->output);
    }
    note_facts(&facts);
    custval_table_free(customers);
    custval_table_free(periods);
    custval_table_free(groups);
}

static int scenario_run(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        {"--show", 0, OPTION_TEXT, &chosen.show, "WHAT", "periods, groups or customers (default: periods)"},
        {"--group", 0, OPTION_TEXT, &chosen.group, "COLUMN", "column of the group of a customer"},
        {"--cuts", 0, OPTION_TEXTS, &chosen.cuts, "LIST", "borders between bands of value, ascending (default: 0)"},
        OPTION_OF_ID(chosen.id),
        OPTION_OF_FORMAT(chosen.format, "csv, json or table (default: table; customers: csv)"),
        OPTION_OF_OUTPUT(chosen.output),
        OPTIONS_OF_SCORING(chosen.scoring),
        OPTIONS_OF_DATA(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_scenario_options how = CUSTVAL_SCENARIO_OPTIONS_INIT;
    workers helpers;
    material on;
    args_read(argc, argv, &run_help, options, 3, 3, arguments);
    const uint32_t shown =
        chosen.show == NULL ? SHOW_PERIODS : args_word(run_help.name, "--show", chosen.show, shown_words);
    printer_format(chosen.format, FORMAT_TABLE, run_help.name);
    double *const cuts = cuts_of(&chosen.cuts, &how.cut_count);
    workers_start(&helpers);
    open_material(&on, arguments, &chosen, run_help.name);
    on.score.host = &helpers.host;
    how.score = &on.score;
    how.group = chosen.group;
    how.cuts = how.cut_count == 0 ? NULL : cuts;
    run_and_print(&on, &chosen, shown, &how);
    close_material(&on);
    workers_stop(&helpers);
    free(cuts);
    free(chosen.cuts.texts);
    free(chosen.data.missing.texts);
    return EXIT_DONE;
}

/* ---- explain ----------------------------------------------------------------------------------------------------- */

static const command_help explain_help = {
    "scenario explain",
    "SCENARIO SYSTEM DATA --row ROW [OPTIONS]",
    "Says what makes the value of one customer in one period differ from that before. The changes of\n"
    "the parts add up to that of the value.",
    "  custval scenario explain bogo.json system.json survey.csv --row 17 --period 4\n"
    "  custval scenario explain bogo.json system.json survey.csv --id customer --row A17\n",
};

static int scenario_explain(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        {"--row", 0, OPTION_TEXT, &chosen.row, "ROW", HELP_ROW},
        {"--id", 0, OPTION_TEXT, &chosen.id, "COLUMN", HELP_ROW_ID},
        {"--period", 0, OPTION_COUNT, &chosen.period, "N", "the period, counted from 1 (default: 1)"},
        OPTION_OF_FORMAT(chosen.format, "csv, json or table (default: table)"),
        OPTION_OF_OUTPUT(chosen.output),
        OPTIONS_OF_SCORING(chosen.scoring),
        OPTIONS_OF_DATA(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_scenario_options how = CUSTVAL_SCENARIO_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *parts = NULL;
    material on;
    args_read(argc, argv, &explain_help, options, 3, 3, arguments);
    const int format = printer_format(chosen.format, FORMAT_TABLE, explain_help.name);
    if (chosen.row == NULL) fail_usage(explain_help.name, "which row? --row says it");
    open_material(&on, arguments, &chosen, explain_help.name);
    const size_t row = whole_row(&on.from, chosen.id, chosen.row, "--row", explain_help.name);
    how.score = &on.score;
    const uint32_t period = chosen.period == 0 ? 1 : chosen.period < UINT32_MAX ? (uint32_t)chosen.period : UINT32_MAX;
    if (custval_scenario_explain(on.scenario, on.system, on.table, row, period, &how, &parts, &error) != CUSTVAL_OK)
        whole_fail(&on.from, &error);
    command_print(parts, format, chosen.output);
    custval_table_free(parts);
    close_material(&on);
    free(chosen.data.missing.texts);
    return EXIT_DONE;
}

/* ---- path -------------------------------------------------------------------------------------------------------- */

static const command_help path_help = {
    "scenario path",
    "SCENARIO [OPTIONS]",
    "Shows a plan by itself, period by period: how strong it is, the price, the price that is remembered\n"
    "and what it feels like.",
    "  custval scenario path bogo.json\n",
};

static void note_path(const custval_scenario_path_facts *facts) {
    if (isfinite(facts->jump)) note("when it ends the price jumps by %g %%", rounded(facts->jump * 100.0, 10.0));
    if (isfinite(facts->felt_jump))
        note("felt as %g %%; gains %g, losses after the end %g; the reference price recovers in %g periods",
             rounded(facts->felt_jump * 100.0, 10.0), rounded(facts->gain, 1000.0), rounded(facts->erosion, 1000.0),
             facts->recovery);
    if (isfinite(facts->break_even_length))
        note("the longest promotion whose gains make up for its losses: %g periods", facts->break_even_length);
    if (isfinite(facts->disappointment))
        note("the best number of features before use is %g, in use %g; the disappointment is %g points",
             facts->best_before, facts->best_after, rounded(facts->disappointment, 100.0));
}

static int scenario_path(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        OPTION_OF_FORMAT(chosen.format, "csv, json or table (default: table)"),
        OPTION_OF_OUTPUT(chosen.output),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_scenario_path_facts facts = CUSTVAL_SCENARIO_PATH_FACTS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *periods = NULL;
    args_read(argc, argv, &path_help, options, 1, 1, arguments);
    const int format = printer_format(chosen.format, FORMAT_TABLE, path_help.name);
    custval_scenario *const scenario = scenario_load(arguments[0], chosen.output);
    if (custval_scenario_path(scenario, NULL, &facts, &periods, &error) != CUSTVAL_OK) fail_error(NULL, &error);
    command_print(periods, format, chosen.output);
    note_path(&facts);
    custval_table_free(periods);
    custval_scenario_free(scenario);
    return EXIT_DONE;
}

/* ---- meter ------------------------------------------------------------------------------------------------------- */

static const command_help meter_help = {
    "scenario meter",
    "PRICES [OPTIONS]",
    "Finds the range of prices that people accept (price sensitivity meter): each names the price that\n"
    "is too cheap to be good, cheap, expensive, and too expensive. Prints the four curves.",
    "  custval scenario meter prices.csv\n",
};

static int scenario_meter(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        {"--too-cheap", 0, OPTION_TEXT, &chosen.too_cheap, "COLUMN", "column of the price (default: too_cheap)"},
        {"--cheap", 0, OPTION_TEXT, &chosen.cheap, "COLUMN", "likewise (default: cheap)"},
        {"--expensive", 0, OPTION_TEXT, &chosen.expensive, "COLUMN", "likewise (default: expensive)"},
        {"--too-expensive", 0, OPTION_TEXT, &chosen.too_expensive, "COLUMN", "likewise (default: too_expensive)"},
        OPTION_OF_FORMAT(chosen.format, "csv, json or table (default: table)"),
        OPTION_OF_OUTPUT(chosen.output),
        OPTIONS_OF_DATA(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_price_meter_options how = CUSTVAL_PRICE_METER_OPTIONS_INIT;
    custval_price_meter_facts facts = CUSTVAL_PRICE_METER_FACTS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *curves = NULL;
    whole from;
    args_read(argc, argv, &meter_help, options, 1, 1, arguments);
    const int format = printer_format(chosen.format, FORMAT_TABLE, meter_help.name);
    how.too_cheap = chosen.too_cheap == NULL ? "too_cheap" : chosen.too_cheap;
    how.cheap = chosen.cheap == NULL ? "cheap" : chosen.cheap;
    how.expensive = chosen.expensive == NULL ? "expensive" : chosen.expensive;
    how.too_expensive = chosen.too_expensive == NULL ? "too_expensive" : chosen.too_expensive;
    whole_open(&from, arguments[0], &chosen.data, chosen.output, meter_help.name);
    whole_want_number(&from, how.too_cheap, "--too-cheap");
    whole_want_number(&from, how.cheap, "--cheap");
    whole_want_number(&from, how.expensive, "--expensive");
    whole_want_number(&from, how.too_expensive, "--too-expensive");
    custval_table *const table = whole_read(&from);
    if (custval_price_meter(table, &how, &facts, &curves, &error) != CUSTVAL_OK) whole_fail(&from, &error);
    command_print(curves, format, chosen.output);
    note("%llu respondents, %llu left out as inconsistent, %llu without a price", (unsigned long long)facts.respondents,
         (unsigned long long)facts.dropped, (unsigned long long)facts.missing);
    note("acceptable from %g to %g; indifference price %g, optimal price %g", rounded(facts.cheapest, 1e4),
         rounded(facts.dearest, 1e4), rounded(facts.indifference, 1e4), rounded(facts.optimal, 1e4));
    custval_table_free(curves);
    custval_table_free(table);
    whole_free(&from);
    free(chosen.data.missing.texts);
    return EXIT_DONE;
}

/* ---- The command ------------------------------------------------------------------------------------------------- */

static const command_verb verbs[] = {
    {"run", scenario_run},
    {"explain", scenario_explain},
    {"path", scenario_path},
    {"meter", scenario_meter},
};

static const char help[] =
    "usage: custval scenario VERB FILE... [OPTIONS]\n"
    "\n"
    "What if: what a plan - a promotion, a price, features, a new indicator, a programme, competition -\n"
    "does to the value of customers and to sales. A scenario document describes the plan.\n"
    "\n"
    "Verbs:\n"
    "  run      runs a plan on customers: by period, by group, by customer\n"
    "  explain  what makes the value of one customer change\n"
    "  path     the plan itself: prices, remembered prices\n"
    "  meter    the range of prices that people accept\n"
    "\n"
    "Options:\n"
    "  -h, --help  this text; 'custval scenario VERB --help' explains a verb\n"
    "\n"
    "Examples:\n"
    "  custval scenario path bogo.json\n"
    "  custval scenario run bogo.json system.json survey.csv\n";

int cmd_scenario(int argc, char **argv) {
    return command_dispatch("scenario", "verb", verbs, sizeof verbs / sizeof verbs[0], help, argc, argv);
}
