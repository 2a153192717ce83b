/* custval impact: what a point of an indicator is worth in money. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <custval/impact.h>

#include "command.h"
#include "documents.h"
#include "levels.h"
#include "whole.h"
#include "workers.h"

/* ---- What the verbs share ---------------------------------------------------------------------------------------- */

typedef struct choices {
    data_options data;
    score_choice scoring;
    const char *output, *format, *id, *show, *levels;
    double confidence;
    size_t draws, seed;
} choices;

/* An impact, the system and its customers. */
typedef struct material {
    custval_impact *impact;
    custval_system *system;
    custval_table *table;
    custval_score_options score;
    char today[11];
    whole from;
} material;

static void open_material(material *out, const char *const *paths, choices *chosen, uint32_t fitting,
                          const char *command) {
    const char *name;
    command_check_files(command, paths, 3);
    out->impact = impact_load(paths[0], chosen->output);
    out->system = system_load(paths[1], chosen->output);
    out->score = score_options(out->system, &chosen->scoring, out->today);
    whole_open(&out->from, paths[2], &chosen->data, chosen->output, command);
    whole_want_inputs(&out->from, out->system, paths[1], &chosen->scoring);
    for (size_t i = 0; (name = custval_impact_column(out->impact, out->system, fitting, i)) != NULL; i++) {
        whole_want_number(&out->from, name, paths[0]);
    }
    if (!fitting) whole_want_id(&out->from, &chosen->id);
    out->table = whole_read(&out->from);
}

static void close_material(material *of) {
    custval_table_free(of->table);
    whole_free(&of->from);
    custval_system_free(of->system);
    custval_impact_free(of->impact);
}

/* ---- fit --------------------------------------------------------------------------------------------------------- */

static const command_help fit_help = {
    "impact fit",
    "PLAN SYSTEM DATA [OPTIONS]",
    "Fits the links of a plan that are to be fitted, and prints the plan with its links: coefficients,\n"
    "their covariances, and how well each fits. Rows that lack a cell of a link are left out of it.",
    "  custval impact fit plan.json system.json survey.csv -o impact.json\n",
};

static double rounded(double number, double digits) {
    return round(number * digits) / digits;
}

static void note_links(const custval_impact *plan, const custval_impact *fitted) {
    for (size_t i = 0; i < custval_impact_links(fitted); i++) {
        const custval_link *const link = custval_impact_link(fitted, i);
        custval_link_facts facts = CUSTVAL_LINK_FACTS_INIT;
        custval_error error = CUSTVAL_ERROR_INIT;
        if (custval_impact_link(plan, i) != NULL) continue;
        if (custval_link_describe(link, &facts, &error) != CUSTVAL_OK) fail_error(NULL, &error);
        const int is_linear = facts.kind == CUSTVAL_LINK_LINEAR;
        note("link %zu, %s: %llu rows, %llu left out; %s %g", i + 1, custval_link_column(link, (size_t)facts.terms - 1),
             (unsigned long long)facts.n, (unsigned long long)facts.missing, is_linear ? "R^2" : "area under the curve",
             rounded(is_linear ? facts.r2 : facts.auc, 1e4));
    }
}

static int impact_fit(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        OPTION_OF_OUTPUT(chosen.output),
        OPTIONS_OF_SCORING(chosen.scoring),
        OPTIONS_OF_DATA(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_impact *fitted = NULL;
    buffer text = {NULL, 0, 0};
    workers helpers;
    material on;
    args_read(argc, argv, &fit_help, options, 3, 3, arguments);
    workers_start(&helpers);
    open_material(&on, arguments, &chosen, 1, fit_help.name);
    on.score.host = &helpers.host;
    if (custval_impact_fit(on.impact, on.system, on.table, &on.score, &fitted, &error) != CUSTVAL_OK)
        whole_fail(&on.from, &error);
    impact_text(fitted, &text);
    command_write(chosen.output, &text);
    note_links(on.impact, fitted);
    buffer_free(&text);
    custval_impact_free(fitted);
    close_material(&on);
    workers_stop(&helpers);
    free(chosen.data.missing.texts);
    return EXIT_DONE;
}

/* ---- assumptions ------------------------------------------------------------------------------------------------- */

static const command_help assumptions_help = {
    "impact assumptions",
    "IMPACT [OPTIONS]",
    "Lists what an answer rests on: what is data, what was stated, and what is taken for granted.",
    "  custval impact assumptions impact.json\n",
};

static custval_table *list_assumptions(const custval_impact *impact) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    if (custval_impact_assumptions(impact, NULL, &table, &error) != CUSTVAL_OK) fail_error(NULL, &error);
    return table;
}

static int impact_assumptions(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        OPTION_OF_FORMAT(chosen.format, "csv, json or table (default: table)"),
        OPTION_OF_OUTPUT(chosen.output),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    args_read(argc, argv, &assumptions_help, options, 1, 1, arguments);
    const int format = printer_format(chosen.format, FORMAT_TABLE, assumptions_help.name);
    custval_impact *const impact = impact_load(arguments[0], chosen.output);
    custval_table *const table = list_assumptions(impact);
    command_print(table, format, chosen.output);
    custval_table_free(table);
    custval_impact_free(impact);
    return EXIT_DONE;
}

/* ---- run --------------------------------------------------------------------------------------------------------- */

static const command_help run_help = {
    "impact run",
    "IMPACT SYSTEM DATA [OPTIONS]",
    "Answers what a point of each indicator is worth in money, with intervals, and what it returns on its\n"
    "cost. As a table for people, what the answer rests on stands below it.",
    "  custval impact run impact.json system.json survey.csv\n"
    "  custval impact run impact.json system.json survey.csv --levels dimension,indicator --draws 1000\n"
    "  custval impact run impact.json system.json survey.csv --show customers -o customers.csv\n",
};

enum { SHOW_LEVERS = 1, SHOW_CUSTOMERS };
static const option_word shown_words[] = {{"levers", SHOW_LEVERS}, {"customers", SHOW_CUSTOMERS}, {NULL, 0}};

/* Rows that do not count, and why; nothing if there are none. */
static void note_left_out(uint64_t rows, const char *why) {
    if (rows > 0) note("%llu rows left out: %s", (unsigned long long)rows, why);
}

static void note_facts(const custval_impact_facts *facts) {
    note_left_out(facts->not_chosen, "not chosen");
    note_left_out(facts->no_value, "no value");
    note_left_out(facts->missing, "a cell is missing");
    note_left_out(facts->range, "a number is out of its range");
    note_left_out(facts->endless, "worth without end; state a number of periods");
    if (!(facts->customers > 0.0)) {
        note("no customer counts");
        return;
    }
    note("%g customers: mean value %g, mean probability %g, equity %g", facts->customers, rounded(facts->value, 100.0),
         rounded(facts->probability, 1e4), rounded(facts->equity, 100.0));
    if (isfinite(facts->equity_error))
        note("interval of the equity: %g to %g", rounded(facts->equity_low, 100.0), rounded(facts->equity_high, 100.0));
    if (facts->exact_links > 0)
        note("%llu links have no covariance: their coefficients are taken as exact, and intervals are too narrow",
             (unsigned long long)facts->exact_links);
}

/* For people: levers, best first, and below them what they rest on. */
static void print_levers(const material *on, const custval_table *levers, const choices *chosen) {
    const int format = printer_format(chosen->format, FORMAT_TABLE, run_help.name);
    frame all = {NULL, 0, 0, 0}, basis = {NULL, 0, 0, 0};
    buffer text = {NULL, 0, 0};
    custval_table *const assumptions = list_assumptions(on->impact);
    frame_add_table(&all, levers);
    frame_order(&all, "rank", 0);
    print_frame(&all, format, ',', '.', &text);
    if (format == FORMAT_TABLE) {
        buffer_byte(&text, '\n');
        frame_add_table(&basis, assumptions);
        print_frame(&basis, format, ',', '.', &text);
    }
    command_write(chosen->output, &text);
    buffer_free(&text);
    frame_free(&basis);
    frame_free(&all);
    custval_table_free(assumptions);
}

static void print_customers(const material *on, const custval_table *customers, const choices *chosen) {
    frame all = {NULL, 0, 0, 0};
    frame_add_names(&all, custval_table_rows(customers), chosen->id, whole_texts(&on->from, chosen->id));
    frame_add_results(&all, customers, CUSTVAL_WORDS_IMPACT_ROW);
    write_frame(&all, printer_format(chosen->format, FORMAT_CSV, run_help.name), chosen->output);
    frame_free(&all);
}

static void run_and_print(const material *on, const choices *chosen, uint32_t shown,
                          const custval_impact_options *how) {
    custval_impact_facts facts = CUSTVAL_IMPACT_FACTS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *levers = NULL, *customers = NULL;
    if (custval_impact_run(on->impact, on->system, on->table, how, &facts, shown == SHOW_LEVERS ? &levers : NULL,
                           shown == SHOW_CUSTOMERS ? &customers : NULL, &error) != CUSTVAL_OK)
        whole_fail(&on->from, &error);
    if (shown == SHOW_LEVERS) {
        print_levers(on, levers, chosen);
    } else {
        print_customers(on, customers, chosen);
    }
    note_facts(&facts);
    custval_table_free(levers);
    custval_table_free(customers);
}

static int impact_run(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        {"--show", 0, OPTION_TEXT, &chosen.show, "WHAT", "levers or customers (default: levers)"},
        {"--levels", 0, OPTION_TEXT, &chosen.levels, "LIST",
         "what is moved, of dimension, indicator, item (default: indicator)"},
        {"--draws", 0, OPTION_COUNT, &chosen.draws, "N",
         "draw the coefficients so many times, to check the intervals\n(default: none)"},
        {"--seed", 0, OPTION_COUNT, &chosen.seed, "N", "of the draws (default: 1)"},
        OPTION_OF_CONFIDENCE(chosen.confidence),
        OPTION_OF_ID(chosen.id),
        OPTION_OF_FORMAT(chosen.format, "csv, json or table (default: table; customers: csv)"),
        OPTION_OF_OUTPUT(chosen.output),
        OPTION_OF_LANGUAGE(chosen.scoring.language),
        OPTIONS_OF_SCORING(chosen.scoring),
        OPTIONS_OF_DATA(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_impact_options how = CUSTVAL_IMPACT_OPTIONS_INIT;
    workers helpers;
    material on;
    args_read(argc, argv, &run_help, options, 3, 3, arguments);
    const uint32_t shown =
        chosen.show == NULL ? SHOW_LEVERS : args_word(run_help.name, "--show", chosen.show, shown_words);
    printer_format(chosen.format, FORMAT_TABLE, run_help.name);
    args_check_between(run_help.name, "--confidence", chosen.confidence, 0.0, 1.0);
    if (chosen.levels != NULL) how.levels = levels_of(chosen.levels, run_help.name);
    how.draws = chosen.draws < UINT32_MAX ? (uint32_t)chosen.draws : UINT32_MAX;
    how.seed = chosen.seed == 0 ? 1 : chosen.seed;
    if (!isnan(chosen.confidence)) how.level = chosen.confidence;
    workers_start(&helpers);
    open_material(&on, arguments, &chosen, 0, run_help.name);
    on.score.host = &helpers.host;
    how.score = &on.score;
    run_and_print(&on, &chosen, shown, &how);
    close_material(&on);
    workers_stop(&helpers);
    free(chosen.data.missing.texts);
    return EXIT_DONE;
}

/* ---- The command ------------------------------------------------------------------------------------------------- */

static const command_verb verbs[] = {
    {"fit", impact_fit},
    {"run", impact_run},
    {"assumptions", impact_assumptions},
};

static const char help[] =
    "usage: custval impact VERB FILE... [OPTIONS]\n"
    "\n"
    "From indicator to equity: what one point more of an indicator is worth in money. An impact document\n"
    "names the links from value to staying or buying, the money, and what a point costs.\n"
    "\n"
    "Verbs:\n"
    "  fit          fits the links that are to be fitted\n"
    "  run          what a point of each indicator is worth, and what it returns\n"
    "  assumptions  what the answer rests on\n"
    "\n"
    "Options:\n"
    "  -h, --help  this text; 'custval impact VERB --help' explains a verb\n"
    "\n"
    "Examples:\n"
    "  custval impact fit plan.json system.json survey.csv -o impact.json\n"
    "  custval impact run impact.json system.json survey.csv\n";

int cmd_impact(int argc, char **argv) {
    return command_dispatch("impact", "verb", verbs, sizeof verbs / sizeof verbs[0], help, argc, argv);
}
