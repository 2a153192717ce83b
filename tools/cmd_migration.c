/* custval migration: how customers move between states. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "whole.h"

/* ---- What the verbs share ---------------------------------------------------------------------------------------- */

typedef struct choices {
    data_options data;
    const char *output, *format, *id, *state, *absent, *empty;
    text_list states, numbers; /* lists with commas */
    size_t step, periods;
    double rate;
    int probabilities;
} choices;

#define OPTIONS_OF_MIGRATION(chosen)                                                                              \
  {"--states", 0, OPTION_TEXTS, &(chosen).states, "LIST", "all states, from the lowest to the highest"},          \
      {"--state", 0, OPTION_TEXT, &(chosen).state, "COLUMN", "column of the state (default: state, else group)"}, \
      {"--id", 0, OPTION_TEXT, &(chosen).id, "COLUMN", "column of the customer (default: customer)"},             \
      {"--absent", 0, OPTION_TEXT, &(chosen).absent, "NAME", "state of who is in no row (default: absent)"}, {    \
    "--empty", 0, OPTION_TEXT, &(chosen).empty, "E",                                                              \
        "what a state without customers does next: refuse, stay or\npooled (default: refuse)"                     \
  }
#define OPTIONS_OF_OUTPUT(chosen)                                                                              \
  OPTION_OF_FORMAT((chosen).format, "csv, json or table (default: table)"), OPTION_OF_OUTPUT((chosen).output), \
      OPTIONS_OF_DATA((chosen).data)

#define FILES                                                                                         \
  "PERIODS are files, one row per customer, in the order of time; a customer who is in none of the\n" \
  "rows of a later one is absent there."

static void add_period(custval_migration *to, const char *path, const choices *chosen, const char *command) {
    custval_error error = CUSTVAL_ERROR_INIT;
    const char *id = chosen->id == NULL ? "customer" : chosen->id;
    whole from;
    whole_open(&from, path, &chosen->data, chosen->output, command);
    whole_want_text(&from, id, "--id");
    whole_want_text(&from, chosen->state, "--state");
    custval_table *const table = whole_read(&from);
    if (custval_migration_add(to, table, &error) != CUSTVAL_OK) whole_fail(&from, &error);
    custval_table_free(table);
    whole_free(&from);
}

/* The column of the state, where it is not said: that of the first file. */
static void find_column(choices *chosen, const char *path, const char *command) {
    data_file data;
    if (chosen->state != NULL) return;
    chosen->state = "state";
    if (strcmp(path, "-") == 0) return;
    data_open(&data, path, &chosen->data, command);
    if (data_find(&data, "state") == SIZE_MAX && data_find(&data, "group") != SIZE_MAX) chosen->state = "group";
    data_close(&data);
}

static custval_migration *migration_read(const char *const *paths, size_t count, choices *chosen,
                                         const command_help *help) {
    custval_migration_options options = CUSTVAL_MIGRATION_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_migration *migration = NULL;
    if (chosen->states.count == 0)
        fail_usage(help->name, "--states is needed: all states, from the lowest to the highest");
    find_column(chosen, paths[0], help->name);
    text_list states = args_split(help->name, "--states", &chosen->states);
    options.states = states.texts;
    options.states_count = states.count;
    options.absent = chosen->absent;
    options.id = chosen->id;
    options.state = chosen->state;
    options.empty = args_vocabulary(help->name, "--empty", chosen->empty, CUSTVAL_WORDS_EMPTY_STATE);
    if (custval_migration_new(&options, &migration, &error) != CUSTVAL_OK) fail_error(NULL, &error);
    args_free_split(&states);
    for (size_t i = 0; i < count; i++) add_period(migration, paths[i], chosen, help->name);
    return migration;
}

/* The number of a step as people count them, from 1. */
static uint32_t step_of(const custval_migration *migration, const choices *chosen, const command_help *help) {
    const uint32_t steps = custval_migration_steps(migration);
    if (chosen->step > steps) fail_usage(help->name, "--step is %zu, but there are %u", chosen->step, (unsigned)steps);
    return chosen->step == 0 ? CUSTVAL_ALL_STEPS : (uint32_t)(chosen->step - 1);
}

/* One number per state, the absent one last; missing ones are 0. NULL if none were given. */
static double *numbers_of(const custval_migration *migration, const choices *chosen, const command_help *help,
                          const char *option_name) {
    const size_t states = custval_migration_states(migration);
    size_t count = 0;
    if (chosen->numbers.count == 0) return NULL;
    double *given = args_numbers(help->name, option_name, &chosen->numbers, &count);
    if (count != states && count + 1 != states) {
        fail_usage(help->name, "%s has %zu numbers, but there are %zu states and the absent one", option_name, count,
                   states - 1);
    }
    given = memory_resize(given, states, sizeof *given);
    if (count < states) given[count] = 0.0;
    return given;
}

static void finish(custval_table *table, custval_migration *migration, choices *chosen) {
    command_print(table, printer_format(chosen->format, FORMAT_TABLE, NULL), chosen->output);
    custval_table_free(table);
    custval_migration_free(migration);
    free(chosen->states.texts);
    free(chosen->numbers.texts);
    free(chosen->data.missing.texts);
}

/* ---- matrix, flows ----------------------------------------------------------------------------------------------- */

static const command_help matrix_help = {
    "migration matrix",
    "PERIODS... --states LIST [OPTIONS]",
    "Gives the migration matrix: how many customers, or which share of them, went from each state to\n"
    "each.\n" FILES,
    "  custval migration matrix spring.csv autumn.csv --states low,middle,high\n"
    "  custval migration matrix m1.csv m2.csv m3.csv --states suspect,prospect,customer --probabilities\n",
};

static int migration_matrix(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        OPTIONS_OF_MIGRATION(chosen),
        {"--probabilities", 0, OPTION_FLAG, &chosen.probabilities, NULL, "shares of those in the state before"},
        {"--step", 0, OPTION_COUNT, &chosen.step, "N", "the Nth step alone (default: all together)"},
        OPTIONS_OF_OUTPUT(chosen),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    const size_t count = args_read(argc, argv, &matrix_help, options, 2, ARGS_MOST, arguments);
    printer_format(chosen.format, FORMAT_TABLE, matrix_help.name);
    custval_migration *const migration = migration_read(arguments, count, &chosen, &matrix_help);
    const uint32_t what = chosen.probabilities ? CUSTVAL_MATRIX_PROBABILITIES : CUSTVAL_MATRIX_COUNTS;
    if (custval_migration_matrix(migration, step_of(migration, &chosen, &matrix_help), what, &table, &error) !=
        CUSTVAL_OK)
        fail_error(NULL, &error);
    finish(table, migration, &chosen);
    return EXIT_DONE;
}

static const command_help flows_help = {
    "migration flows",
    "PERIODS... --states LIST [OPTIONS]",
    "Gives the flows of each state: who stayed, went up, down or away, and who came in.\n" FILES,
    "  custval migration flows spring.csv autumn.csv --states low,middle,high\n",
};

static int migration_flows(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        OPTIONS_OF_MIGRATION(chosen),
        {"--step", 0, OPTION_COUNT, &chosen.step, "N", "the Nth step alone (default: all together)"},
        OPTIONS_OF_OUTPUT(chosen),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    const size_t count = args_read(argc, argv, &flows_help, options, 2, ARGS_MOST, arguments);
    printer_format(chosen.format, FORMAT_TABLE, flows_help.name);
    custval_migration *const migration = migration_read(arguments, count, &chosen, &flows_help);
    if (custval_migration_flows(migration, step_of(migration, &chosen, &flows_help), &table, &error) != CUSTVAL_OK)
        fail_error(NULL, &error);
    finish(table, migration, &chosen);
    return EXIT_DONE;
}

/* ---- forecast ---------------------------------------------------------------------------------------------------- */

static const command_help forecast_help = {
    "migration forecast",
    "PERIODS... --states LIST [OPTIONS]",
    "Forecasts how many customers will be in each state, if they go on moving as they did.\n" FILES,
    "  custval migration forecast q1.csv q2.csv q3.csv --states low,middle,high \\\n"
    "    --periods 4 --newcomers 100,20,5\n",
};

static int migration_forecast(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        OPTIONS_OF_MIGRATION(chosen),
        {"--periods", 0, OPTION_COUNT, &chosen.periods, "N", "so many periods after the last one (default: 1)"},
        {"--newcomers", 0, OPTION_TEXTS, &chosen.numbers, "LIST", "who come to each state with every step"},
        OPTIONS_OF_OUTPUT(chosen),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    const size_t count = args_read(argc, argv, &forecast_help, options, 2, ARGS_MOST, arguments);
    printer_format(chosen.format, FORMAT_TABLE, forecast_help.name);
    custval_migration *const migration = migration_read(arguments, count, &chosen, &forecast_help);
    double *const newcomers = numbers_of(migration, &chosen, &forecast_help, "--newcomers");
    const uint32_t steps = chosen.periods == 0 ? 1 : (uint32_t)chosen.periods;
    if (custval_migration_forecast(migration, steps, newcomers, &table, &error) != CUSTVAL_OK) fail_error(NULL, &error);
    free(newcomers);
    finish(table, migration, &chosen);
    return EXIT_DONE;
}

/* ---- steady ------------------------------------------------------------------------------------------------------ */

static const command_help steady_help = {
    "migration steady",
    "PERIODS... --states LIST [OPTIONS]",
    "Gives the steady state: where today's customers end if they go on moving as they did and nobody new\n"
    "comes. Says so where the end depends on the beginning, or goes round for ever.\n" FILES,
    "  custval migration steady q1.csv q2.csv q3.csv --states low,middle,high\n",
};

static int migration_steady(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        OPTIONS_OF_MIGRATION(chosen),
        OPTIONS_OF_OUTPUT(chosen),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_steady_facts facts = CUSTVAL_STEADY_FACTS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    const size_t count = args_read(argc, argv, &steady_help, options, 2, ARGS_MOST, arguments);
    printer_format(chosen.format, FORMAT_TABLE, steady_help.name);
    custval_migration *const migration = migration_read(arguments, count, &chosen, &steady_help);
    if (custval_migration_steady(migration, &facts, &table, &error) != CUSTVAL_OK) fail_error(NULL, &error);
    finish(table, migration, &chosen);
    if (facts.closed > 1)
        note("%u sets of states are never left: the shares depend on where the customers are now",
             (unsigned)facts.closed);
    if (facts.period > 1)
        note("the shares go round for ever with period %u; these are their means over time", (unsigned)facts.period);
    if (facts.absorbing > 0) note("states that are never left (absorbing): %u", (unsigned)facts.absorbing);
    return EXIT_DONE;
}

/* ---- value ------------------------------------------------------------------------------------------------------- */

static const command_help value_help = {
    "migration value",
    "PERIODS... --states LIST --rewards LIST [OPTIONS]",
    "Gives what a customer in each state is worth, from the money had per period in each state and the\n"
    "probabilities of moving.\n" FILES,
    "  custval migration value q1.csv q2.csv q3.csv --states low,middle,high --rewards 2,8,30 --rate 0.02\n",
};

static custval_table *values_of(const custval_migration *migration, const double *rewards, const choices *chosen) {
    custval_markov_options how = CUSTVAL_MARKOV_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    const size_t states = custval_migration_states(migration);
    custval_text *const names = memory_new(states, sizeof *names);
    double *const values = memory_new(states, sizeof *values);
    custval_column column = CUSTVAL_COLUMN_INIT;
    if (!isnan(chosen->rate)) how.rate = chosen->rate;
    if (chosen->periods != 0) {
        how.for_ever = 0;
        how.periods = (uint32_t)chosen->periods;
    }
    if (custval_migration_value(migration, rewards, &how, values, &error) != CUSTVAL_OK) fail_error(NULL, &error);
    for (uint32_t i = 0; i < states; i++) {
        const char *const name = custval_migration_state(migration, i);
        names[i] = (custval_text){name, strlen(name)};
    }
    column.type = CUSTVAL_TYPE_FLOAT64;
    column.data = values;
    if (custval_table_new(NULL, states, &table, &error) != CUSTVAL_OK ||
        custval_table_add_texts(table, "state", names, &error) != CUSTVAL_OK ||
        custval_table_add_copy(table, "value", &column, &error) != CUSTVAL_OK) {
        fail_error(NULL, &error);
    }
    free(names);
    free(values);
    return table;
}

static int migration_value(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        OPTIONS_OF_MIGRATION(chosen),
        {"--rewards", 0, OPTION_TEXTS, &chosen.numbers, "LIST", "money had in each period spent in a state"},
        {"--rate", 0, OPTION_NUMBER, &chosen.rate, "R", "discount rate per step (default: 0)"},
        {"--periods", 0, OPTION_COUNT, &chosen.periods, "N", "up to the Nth step from now (default: for ever)"},
        OPTIONS_OF_OUTPUT(chosen),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    const size_t count = args_read(argc, argv, &value_help, options, 2, ARGS_MOST, arguments);
    printer_format(chosen.format, FORMAT_TABLE, value_help.name);
    if (chosen.numbers.count == 0) fail_usage(value_help.name, "--rewards is needed: money had in each state");
    custval_migration *const migration = migration_read(arguments, count, &chosen, &value_help);
    double *const rewards = numbers_of(migration, &chosen, &value_help, "--rewards");
    custval_table *const table = values_of(migration, rewards, &chosen);
    free(rewards);
    finish(table, migration, &chosen);
    return EXIT_DONE;
}

/* ---- test -------------------------------------------------------------------------------------------------------- */

static const command_help test_help = {
    "migration test",
    "PERIODS... --states LIST [OPTIONS]",
    "Tests whether the steps have the same probabilities (chi-square): only then do forecasts from all\n"
    "of them make sense. Three periods are needed.\n" FILES,
    "  custval migration test q1.csv q2.csv q3.csv --states low,middle,high\n",
};

static custval_table *fit_table(const custval_migration_fit *fit) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    const struct {
        const char *name;
        const double *number;
    } columns[] = {{"statistic", &fit->statistic},
                   {"likelihood", &fit->likelihood},
                   {"freedom", &fit->freedom},
                   {"p", &fit->p},
                   {"least", &fit->least}};
    custval_status status = custval_table_new(NULL, 1, &table, &error);
    for (size_t i = 0; i < sizeof columns / sizeof columns[0] && status == CUSTVAL_OK; i++)
        status = custval_table_add_doubles(table, columns[i].name, columns[i].number, &error);
    if (status != CUSTVAL_OK) fail_error(NULL, &error);
    return table;
}

static int migration_test(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        OPTIONS_OF_MIGRATION(chosen),
        OPTIONS_OF_OUTPUT(chosen),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_migration_fit fit = CUSTVAL_MIGRATION_FIT_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    const size_t count = args_read(argc, argv, &test_help, options, 3, ARGS_MOST, arguments);
    printer_format(chosen.format, FORMAT_TABLE, test_help.name);
    custval_migration *const migration = migration_read(arguments, count, &chosen, &test_help);
    if (custval_migration_test(migration, NULL, &fit, &error) != CUSTVAL_OK) fail_error(NULL, &error);
    finish(fit_table(&fit), migration, &chosen);
    if (fit.least < 5.0) note("the smallest expected count is %g: the probability is rough", fit.least);
    return EXIT_DONE;
}

/* ---- The command ------------------------------------------------------------------------------------------------- */

static const command_verb verbs[] = {
    {"matrix", migration_matrix}, {"flows", migration_flows}, {"forecast", migration_forecast},
    {"steady", migration_steady}, {"value", migration_value}, {"test", migration_test},
};

static const char help[] =
    "usage: custval migration VERB PERIODS... --states LIST [OPTIONS]\n"
    "\n"
    "How customers move between states - groups, bands, or stages such as suspect, prospect, customer -\n"
    "from one period to the next.\n"
    "\n"
    "Verbs:\n"
    "  matrix    customers, or shares, from each state to each\n"
    "  flows     who stayed, went up, down or away, and who came in\n"
    "  forecast  how many will be in each state\n"
    "  steady    where today's customers end\n"
    "  value     what a customer in each state is worth\n"
    "  test      whether the steps are alike\n"
    "\n"
    "Options:\n"
    "  -h, --help  this text; 'custval migration VERB --help' explains a verb\n"
    "\n"
    "Examples:\n"
    "  custval migration matrix spring.csv autumn.csv --states low,middle,high\n"
    "  custval migration forecast spring.csv autumn.csv --states low,middle,high --empty stay\n";

int cmd_migration(int argc, char **argv) {
    return command_dispatch("migration", "verb", verbs, sizeof verbs / sizeof verbs[0], help, argc, argv);
}
