/* custval equity sum, markov, switching: from files. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "equity_verbs.h"
#include "number_parse.h"
#include "sheet.h"
#include "whole.h"
#include "workers.h"

/* ---- sum --------------------------------------------------------------------------------------------------------- */

static const command_help sum_help = {
    "equity sum",
    "(CUSTOMERS | --prospects FILE) [OPTIONS]",
    "Adds up customer equity: the values of current customers, and of prospects by their probability\n"
    "of being won, less what trying costs. A customer who was referred must not count twice: influence\n"
    "is added with a share that has to be stated.",
    "  custval equity sum values.csv --value total\n"
    "  custval equity sum values.csv --value direct --influence influence --attribution 0.5\n"
    "  custval equity sum values.csv --value total --prospects prospects.csv --period year --rate 0.1\n",
};

typedef struct sum_choices {
    data_options data;
    const char *output, *format, *prospects, *group, *value, *influence, *count;
    const char *probability, *prospect_value, *cost, *prospect_count, *period;
    double attribution, rate;
} sum_choices;

static const char *or_default(const char *name, const char *otherwise) {
    return name != NULL ? name : otherwise;
}

static void want_number(whole *to, const char *name, const char *reader) {
    if (name != NULL) whole_want_number(to, name, reader);
}

static custval_table *read_current(whole *from, const char *path, const sum_choices *chosen) {
    if (path == NULL) return NULL;
    whole_open(from, path, &chosen->data, chosen->output, sum_help.name);
    want_number(from, or_default(chosen->value, "value"), "the sum (--value)");
    want_number(from, chosen->influence, "--influence");
    want_number(from, chosen->count, "--count");
    if (chosen->group != NULL) whole_want_text(from, chosen->group, "--group");
    return whole_read(from);
}

static custval_table *read_prospects(whole *from, const sum_choices *chosen) {
    if (chosen->prospects == NULL) return NULL;
    whole_open(from, chosen->prospects, &chosen->data, chosen->output, sum_help.name);
    want_number(from, or_default(chosen->probability, "probability"), "the sum (--probability)");
    want_number(from, or_default(chosen->prospect_value, "value"), "the sum (--prospect-value)");
    want_number(from, chosen->cost, "--cost");
    want_number(from, chosen->prospect_count, "--prospect-count");
    want_number(from, chosen->period, "--period");
    if (chosen->group != NULL) whole_want_text(from, chosen->group, "--group");
    return whole_read(from);
}

static custval_equity_options sum_options(const sum_choices *chosen) {
    custval_equity_options options = CUSTVAL_EQUITY_OPTIONS_INIT;
    options.segment = chosen->group;
    options.value = chosen->value;
    options.influence = chosen->influence;
    options.count = chosen->count;
    options.probability = chosen->probability;
    options.prospect_value = chosen->prospect_value;
    options.cost = chosen->cost;
    options.prospect_count = chosen->prospect_count;
    options.period = chosen->period;
    if (!isnan(chosen->attribution)) options.attribution = chosen->attribution;
    if (!isnan(chosen->rate)) options.rate = chosen->rate;
    return options;
}

int equity_sum(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    sum_choices chosen = {0};
    const option options[] = {
        {"--value", 0, OPTION_TEXT, &chosen.value, "COLUMN", "customers: column of the value (default: value)"},
        {"--influence", 0, OPTION_TEXT, &chosen.influence, "COLUMN", "customers: column of the influence value"},
        {"--attribution", 0, OPTION_NUMBER, &chosen.attribution, "A", "share of the influence that is added, 0 to 1"},
        {"--count", 0, OPTION_TEXT, &chosen.count, "COLUMN", "customers: how many a row stands for"},
        {"--prospects", 0, OPTION_TEXT, &chosen.prospects, "FILE", "prospects and cohorts to come"},
        {"--probability", 0, OPTION_TEXT, &chosen.probability, "COLUMN", "prospects: P(won) (default: probability)"},
        {"--prospect-value", 0, OPTION_TEXT, &chosen.prospect_value, "COLUMN",
         "prospects: value once won (default: value)"},
        {"--cost", 0, OPTION_TEXT, &chosen.cost, "COLUMN", "prospects: cost of trying, each"},
        {"--prospect-count", 0, OPTION_TEXT, &chosen.prospect_count, "COLUMN", "prospects: how many a row stands for"},
        {"--period", 0, OPTION_TEXT, &chosen.period, "COLUMN", "prospects: period in which they come (default: now)"},
        {"--rate", 0, OPTION_NUMBER, &chosen.rate, "R", "discount rate per such period (default: 0)"},
        {"--group", 0, OPTION_TEXT, &chosen.group, "COLUMN", "column of the group, in both files"},
        OPTION_OF_FORMAT(chosen.format, "csv, json or table (default: table)"),
        OPTION_OF_OUTPUT(chosen.output),
        OPTIONS_OF_DATA(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *equity = NULL;
    whole customers = {0}, prospects = {0};
    args_read(argc, argv, &sum_help, options, 0, 1, arguments);
    const int format = printer_format(chosen.format, FORMAT_TABLE, sum_help.name);
    if (arguments[0] == NULL && chosen.prospects == NULL)
        fail_usage(sum_help.name, "CUSTOMERS or --prospects is needed");
    if (arguments[0] != NULL) command_check_inputs(sum_help.name, arguments[0], chosen.prospects);
    custval_table *const now = read_current(&customers, arguments[0], &chosen);
    custval_table *const later = read_prospects(&prospects, &chosen);
    const custval_equity_options how = sum_options(&chosen);
    if (custval_equity(now, later, &how, &equity, &error) != CUSTVAL_OK) fail_error(NULL, &error);
    command_print(equity, format, chosen.output);
    custval_table_free(equity);
    custval_table_free(now);
    custval_table_free(later);
    if (now != NULL) whole_free(&customers);
    if (later != NULL) whole_free(&prospects);
    free(chosen.data.missing.texts);
    return EXIT_DONE;
}

/* ---- Matrices ---------------------------------------------------------------------------------------------------- */

/* A square matrix with the names of its states in the header; further columns are found by name. */
typedef struct matrix {
    sheet file;
    text_list names;
    double *numbers; /* [from][to] */
} matrix;

static double cell_number(const matrix *of, const char *path, size_t record, size_t column) {
    sheet_problem problem = {0, ""};
    double number = 0.0;
    const custval_text *const name = sheet_cell(&of->file, 0, column);
    char what[QUOTED_SIZE];
    quoted(name->data, name->length, what);
    if (!sheet_number(&of->file, record, column, what, &number, &problem)) sheet_fail(path, &problem);
    return number;
}

/* The first column names the state from which, the others the states to which; a column called `aside` is none. */
static void matrix_open(matrix *to, const char *path, const data_options *data, const char *aside, const char *written,
                        const char *command) {
    char shown[QUOTED_SIZE];
    *to = (matrix){.names = {NULL, 0}};
    sheet_open(&to->file, path, data, written, command);
    const size_t states = to->file.records - 1;
    size_t *const columns = memory_new(to->file.columns, sizeof *columns);
    size_t count = 0;
    for (size_t i = 1; i < to->file.columns; i++) {
        if (aside == NULL || !sheet_is_word(sheet_cell(&to->file, 0, i), aside)) columns[count++] = i;
    }
    if (count != states) {
        fail("%s: %zu rows and %zu columns of states; the first column names the states, one column each follows",
             input_name(path), states, count);
    }
    to->names.texts = memory_new(states, sizeof to->names.texts[0]);
    to->numbers = memory_new(states * states, sizeof to->numbers[0]);
    for (size_t i = 0; i < states; i++) {
        const custval_text *const from = sheet_cell(&to->file, i + 1, 0), *const name =
                                                                              sheet_cell(&to->file, 0, columns[i]);
        if (from->length != name->length || memcmp(from->data, name->data, name->length) != 0) {
            fail("%s: line %llu is of %s, but column %zu is not", input_name(path),
                 (unsigned long long)to->file.lines[i + 1], quoted(from->data, from->length, shown), columns[i] + 1);
        }
        to->names.texts[to->names.count++] = memory_text(name->data, name->length);
        for (size_t k = 0; k < states; k++) to->numbers[i * states + k] = cell_number(to, path, i + 1, columns[k]);
    }
    free(columns);
}

static void matrix_free(matrix *of) {
    args_free_split(&of->names);
    free(of->numbers);
    sheet_free(&of->file);
}

/* ---- markov ------------------------------------------------------------------------------------------------------ */

static const command_help markov_help = {
    "equity markov",
    "MATRIX [OPTIONS]",
    "Gives the value of a customer in each state of a Markov chain (Pfeifer & Carraway 2000). MATRIX is a\n"
    "CSV file: the first column names the state, one column per state says the probability (or with\n"
    "--counts the number of customers) that go there, and a column `reward` the money of a period in it.",
    "  custval equity markov chain.csv --rate 0.2\n  custval equity markov chain.csv --rate 0.2 --periods 4\n",
};

typedef struct markov_choices {
    data_options data;
    const char *output, *format, *empty;
    double rate;
    size_t periods;
    int counts;
} markov_choices;

static void print_values(const matrix *of, const double *rewards, const double *values, const markov_choices *chosen) {
    frame all = {NULL, 0, of->names.count, 0};
    custval_text *const names = memory_new(of->names.count, sizeof *names);
    for (size_t i = 0; i < of->names.count; i++)
        names[i] = (custval_text){of->names.texts[i], strlen(of->names.texts[i])};
    frame_add(&all, "state", FRAME_TEXT, names)->is_owned = 1;
    frame_add(&all, "reward", FRAME_NUMBER, rewards);
    frame_add(&all, "value", FRAME_NUMBER, values);
    write_frame(&all, printer_format(chosen->format, FORMAT_TABLE, markov_help.name), chosen->output);
    frame_free(&all);
}

/* The library counts states; people have named them. */
static _Noreturn void fail_states(const matrix *of, const char *path, const custval_error *error) {
    static const char state[] = "state ";
    buffer text = {NULL, 0, 0};
    char shown[QUOTED_SIZE];
    for (const char *at = error->message; *at != 0;) {
        char *end = NULL;
        const int is_state = strncmp(at, state, sizeof state - 1) == 0;
        const unsigned long long index = is_state ? strtoull(at + sizeof state - 1, &end, 10) : 0;
        if (!is_state || end == at + sizeof state - 1 || index >= of->names.count) {
            buffer_byte(&text, *at++);
            continue;
        }
        buffer_text(&text, state);
        buffer_text(&text, quoted(of->names.texts[index], strlen(of->names.texts[index]), shown));
        at = end;
    }
    buffer_byte(&text, 0);
    fail("%s: %s", input_name(path), text.data);
}

int equity_markov(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    markov_choices chosen = {0};
    const option options[] = {
        {"--rate", 0, OPTION_NUMBER, &chosen.rate, "R", "discount rate per step (default: 0)"},
        {"--periods", 0, OPTION_COUNT, &chosen.periods, "N", "rewards at t = 0, 1 ... N (default: for ever)"},
        {"--counts", 0, OPTION_FLAG, &chosen.counts, NULL, "the matrix holds numbers of customers"},
        {"--empty", 0, OPTION_TEXT, &chosen.empty, "E",
         "--counts: a state without customers is refused, stays, or moves\nas all do: refuse, stay, pooled (default: refuse)"},
        OPTION_OF_FORMAT(chosen.format, "csv, json or table (default: table)"),
        OPTION_OF_OUTPUT(chosen.output),
        OPTIONS_OF_DATA(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_markov_options how = CUSTVAL_MARKOV_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    matrix chain;
    args_read(argc, argv, &markov_help, options, 1, 1, arguments);
    printer_format(chosen.format, FORMAT_TABLE, markov_help.name);
    if (!isnan(chosen.rate)) how.rate = chosen.rate;
    how.for_ever = chosen.periods == 0;
    how.periods = (uint32_t)(chosen.periods < UINT32_MAX ? chosen.periods : UINT32_MAX);
    how.counts = (uint32_t)chosen.counts;
    how.empty = args_vocabulary(markov_help.name, "--empty", chosen.empty, CUSTVAL_WORDS_EMPTY_STATE);
    matrix_open(&chain, arguments[0], &chosen.data, "reward", chosen.output, markov_help.name);
    const size_t reward = sheet_column(&chain.file, "reward"), states = chain.names.count;
    if (reward == SIZE_MAX) fail("%s has no column \"reward\"", input_name(arguments[0]));
    double *const rewards = memory_new(states, sizeof *rewards), *const values = memory_new(states, sizeof *values);
    for (size_t i = 0; i < states; i++) rewards[i] = cell_number(&chain, arguments[0], i + 1, reward);
    if (custval_markov_value((uint32_t)states, chain.numbers, rewards, &how, values, &error) != CUSTVAL_OK) {
        fail_states(&chain, arguments[0], &error);
    }
    print_values(&chain, rewards, values, &chosen);
    free(values);
    free(rewards);
    matrix_free(&chain);
    free(chosen.data.missing.texts);
    return EXIT_DONE;
}

/* ---- switching --------------------------------------------------------------------------------------------------- */

static const command_help switching_help = {
    "equity switching",
    "CUSTOMERS --matrix FILE [OPTIONS]",
    "Gives what customers are worth to each brand (Rust, Lemon & Zeithaml 2004): from the brand that each\n"
    "bought last, its volume and frequency, and the probabilities of switching. The matrix is a CSV\n"
    "file: the first column names the brand, one column per brand says P(next | last), and a column\n"
    "`margin`, if there is one, the contribution per unit of volume.",
    "  custval equity switching customers.csv --matrix switching.csv --periods 3 --rate 0.1\n"
    "  custval equity switching customers.csv --matrix switching.csv --show customers -o values.csv\n",
};

typedef struct switching_choices {
    data_options data;
    const char *output, *format, *matrix, *last, *volume, *frequency, *show;
    double rate, periods, population;
} switching_choices;

enum { SHOW_BRANDS = 1, SHOW_CUSTOMERS };
static const option_word shown_words[] = {{"brands", SHOW_BRANDS}, {"customers", SHOW_CUSTOMERS}, {NULL, 0}};

int equity_switching(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    switching_choices chosen = {0};
    const option options[] = {
        {"--matrix", 0, OPTION_TEXT, &chosen.matrix, "FILE", "probabilities of switching (needed)"},
        {"--last", 0, OPTION_TEXT, &chosen.last, "COLUMN", "column of the brand bought last (default: last_brand)"},
        {"--volume", 0, OPTION_TEXT, &chosen.volume, "COLUMN", "column of the volume of a purchase (default: 1)"},
        {"--frequency", 0, OPTION_TEXT, &chosen.frequency, "COLUMN", "column of the purchases per period (default: 1)"},
        {"--rate", 0, OPTION_NUMBER, &chosen.rate, "R", "discount rate per period (default: 0)"},
        {"--periods", 0, OPTION_NUMBER, &chosen.periods, "N", "horizon in periods (default: 1)"},
        {"--population", 0, OPTION_NUMBER, &chosen.population, "N",
         "customers that the file stands for (default: its rows)"},
        {"--show", 0, OPTION_TEXT, &chosen.show, "WHAT", "brands or customers (default: brands)"},
        OPTION_OF_FORMAT(chosen.format, "csv, json or table (default: table)"),
        OPTION_OF_OUTPUT(chosen.output),
        OPTIONS_OF_DATA(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_switching_options how = CUSTVAL_SWITCHING_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *result = NULL;
    matrix brands;
    whole from;
    workers helpers;
    args_read(argc, argv, &switching_help, options, 1, 1, arguments);
    const int format = printer_format(chosen.format, FORMAT_TABLE, switching_help.name);
    const uint32_t shown =
        chosen.show == NULL ? SHOW_BRANDS : args_word(switching_help.name, "--show", chosen.show, shown_words);
    if (chosen.matrix == NULL) fail_usage(switching_help.name, "--matrix is needed");
    command_check_inputs(switching_help.name, chosen.matrix, arguments[0]);
    workers_start(&helpers);
    matrix_open(&brands, chosen.matrix, &chosen.data, "margin", chosen.output, switching_help.name);
    whole_open(&from, arguments[0], &chosen.data, chosen.output, switching_help.name);
    how.host = &helpers.host;
    how.brands = brands.names.texts;
    how.brands_count = brands.names.count;
    how.matrix = brands.numbers;
    how.last = or_default(chosen.last, "last_brand");
    how.volume = chosen.volume;
    how.frequency = chosen.frequency;
    if (!isnan(chosen.rate)) how.rate = chosen.rate;
    if (!isnan(chosen.periods)) how.periods = chosen.periods;
    if (!isnan(chosen.population)) how.population = chosen.population;
    const size_t margin = sheet_column(&brands.file, "margin");
    double *const margins = memory_new(brands.names.count, sizeof *margins);
    for (size_t i = 0; i < brands.names.count && margin != SIZE_MAX; i++) {
        margins[i] = cell_number(&brands, chosen.matrix, i + 1, margin);
    }
    if (margin != SIZE_MAX) how.margins = margins;
    whole_want_text(&from, how.last, "the last brand (--last)");
    want_number(&from, chosen.volume, "--volume");
    want_number(&from, chosen.frequency, "--frequency");
    custval_table *const table = whole_read(&from);
    if (custval_switching(table, &how, shown == SHOW_CUSTOMERS ? &result : NULL, shown == SHOW_BRANDS ? &result : NULL,
                          &error) != CUSTVAL_OK) {
        whole_fail(&from, &error);
    }
    frame all = {NULL, 0, 0, 0};
    frame_add_results(&all, result, CUSTVAL_WORDS_SWITCHING_ROW);
    write_frame(&all, format, chosen.output);
    frame_free(&all);
    custval_table_free(result);
    custval_table_free(table);
    free(margins);
    whole_free(&from);
    matrix_free(&brands);
    workers_stop(&helpers);
    free(chosen.data.missing.texts);
    return EXIT_DONE;
}
