/* custval programmes: which programme for which customer; what worked; who needs more, and when. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <custval/programmes.h>

#include "command.h"
#include "row_name.h"
#include "templates.h"
#include "whole.h"
#include "workers.h"

#define USERS_MOST 256

/* ---- What the verbs share ---------------------------------------------------------------------------------------- */

typedef struct choices {
    data_options data;
    const char *output, *format, *id, *row, *language;
    double least_net, budget;
    size_t top;
    int reasons;
    const char *as_of, *stock, *capacity, *since, *interval;
    text_list users;
    double lead, within;
} choices;

#define OPTION_TOP(chosen) \
  { "--top", 0, OPTION_COUNT, &(chosen).top, "N", "most programmes for one customer (default: 3)" }
#define OPTION_LEAST_NET(chosen)                                   \
  {                                                                \
    "--least-net", 0, OPTION_NUMBER, &(chosen).least_net, "MONEY", \
        "leave out what is expected to bring less (default: 0)"    \
  }
#define OPTION_LANGUAGE(chosen) \
  { "--language", 0, OPTION_TEXT, &(chosen).language, "CODE", "of labels, e.g. zh (default: the first)" }

static void want_trait(whole *to, const custval_programmes *base, size_t index, const char *path) {
    const char *const name = custval_programmes_column(base, index);
    if (custval_programmes_column_type(base, index) == CUSTVAL_TRAIT_CATEGORY) {
        whole_want_text(to, name, path);
    } else {
        whole_want_number(to, name, path);
    }
}

/* All that are missing at once: whoever starts with a document knows none of them. A single one is told like any other
   column, with names that are near. */
static void check_traits(const whole *from, const custval_programmes *base, const char *path) {
    enum { NAMED_MOST = 12 };
    char shown[QUOTED_SIZE];
    size_t missing = 0;
    buffer list = {NULL, 0, 0};
    for (size_t i = 0; i < custval_programmes_columns(base); i++) {
        const char *const name = custval_programmes_column(base, i);
        if (data_find(&from->data, name) != SIZE_MAX || missing++ >= NAMED_MOST) continue;
        buffer_format(&list, "%s%s (%s)", missing == 1 ? "" : ", ", quoted(name, strlen(name), shown),
                      custval_word(CUSTVAL_WORDS_TRAIT, custval_programmes_column_type(base, i)));
    }
    if (missing > NAMED_MOST) buffer_format(&list, " and %zu more", missing - NAMED_MOST);
    buffer_byte(&list, 0);
    if (missing > 1) {
        fail("%s lacks columns that %s needs: %s; each is called like its trait, and is blank where nothing is known",
             from->data.name, input_name(path), list.data);
    }
    buffer_free(&list);
}

static void want_traits(whole *to, const custval_programmes *base, const char *path) {
    check_traits(to, base, path);
    for (size_t i = 0; i < custval_programmes_columns(base); i++) want_trait(to, base, i, path);
}

static custval_programmes_options options_of(const choices *chosen) {
    custval_programmes_options how = CUSTVAL_PROGRAMMES_OPTIONS_INIT;
    how.language = chosen->language;
    if (!isnan(chosen->least_net)) how.least_net = chosen->least_net;
    if (!isnan(chosen->budget)) how.budget = chosen->budget;
    if (chosen->top != 0) how.top = (uint32_t)(chosen->top < UINT32_MAX ? chosen->top : UINT32_MAX);
    how.reasons = (uint32_t)chosen->reasons;
    return how;
}

static void print(const frame *all, int format, const char *output) {
    buffer text = {NULL, 0, 0};
    print_frame(all, format, ',', '.', &text);
    command_write(output, &text);
    buffer_free(&text);
}

/* A list of rows of a file: numbers them from 1 and names the customers. */
static void print_rows(const whole *from, const custval_table *result, uint32_t vocabulary, const char *words,
                       uint32_t words_vocabulary, int format, const choices *chosen) {
    const custval_text *const ids = whole_texts(from, chosen->id);
    const size_t rows = custval_table_rows(result);
    custval_text *const names = memory_new(rows, sizeof *names);
    frame all = {NULL, 0, 0, 0};
    size_t row_column = 0;
    if (ids != NULL) frame_add(&all, chosen->id, FRAME_TEXT, names);
    frame_add_results(&all, result, vocabulary);
    if (words != NULL) frame_name_words(&all, words, words_vocabulary);
    while (strcmp(all.columns[row_column].name, "row") != 0) row_column++;
    double *const numbers = (double *)(uintptr_t)all.columns[row_column].data;
    for (size_t i = 0; i < rows; i++) {
        if (ids != NULL) names[i] = ids[(size_t)numbers[i]];
        numbers[i] += 1.0;
    }
    print(&all, format, chosen->output);
    frame_free(&all);
    free(names);
}

/* ---- start ------------------------------------------------------------------------------------------------------- */

static const command_help start_help = {
    "programmes start",
    "[OPTIONS]",
    "Prints a document of fourteen programmes to start with, labelled in English, Chinese and Korean, to\n"
    "be edited: its numbers are placeholders.",
    "  custval programmes start -o mine.json\n",
};

static int programmes_start(int argc, char **argv) {
    const char *arguments[ARGS_MOST], *path = NULL;
    buffer text = {NULL, 0, 0};
    const option options[] = {
        OPTION_OF_OUTPUT(path),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    args_read(argc, argv, &start_help, options, 0, 0, arguments);
    buffer_put(&text, starting_programmes[0].text, starting_programmes[0].length);
    command_write(path, &text);
    buffer_free(&text);
    return EXIT_DONE;
}

/* ---- match ------------------------------------------------------------------------------------------------------- */

static const command_help match_help = {
    "programmes match",
    "PROGRAMMES CUSTOMERS [OPTIONS]",
    "Gives each customer's plan: the programmes whose rule holds, or that worked with a similar past\n"
    "customer, ranked by what they are expected to bring after their cost.",
    "  custval programmes match programmes.json customers.csv\n"
    "  custval programmes match programmes.json customers.csv --reasons --budget 100 -o plan.csv\n",
};

static int programmes_match(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        OPTION_TOP(chosen),
        OPTION_LEAST_NET(chosen),
        {"--budget", 0, OPTION_NUMBER, &chosen.budget, "MONEY", "most that all programmes may cost together"},
        {"--reasons", 0, OPTION_FLAG, &chosen.reasons, NULL, "say why each programme is proposed"},
        OPTION_OF_ID(chosen.id),
        OPTION_OF_FORMAT(chosen.format, "csv, json or table (default: csv)"),
        OPTION_OF_OUTPUT(chosen.output),
        OPTIONS_OF_DATA(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *plan = NULL;
    whole from;
    workers helpers;
    args_read(argc, argv, &match_help, options, 2, 2, arguments);
    const int format = printer_format(chosen.format, FORMAT_CSV, match_help.name);
    command_check_inputs(match_help.name, arguments[0], arguments[1]);
    workers_start(&helpers);
    custval_programmes *const base = programmes_load(arguments[0], chosen.output);
    whole_open(&from, arguments[1], &chosen.data, chosen.output, match_help.name);
    want_traits(&from, base, arguments[0]);
    whole_want_id(&from, &chosen.id);
    custval_table *const table = whole_read(&from);
    custval_programmes_options how = options_of(&chosen);
    how.host = &helpers.host;
    if (custval_programmes_match(base, table, &how, &plan, &error) != CUSTVAL_OK) whole_fail(&from, &error);
    print_rows(&from, plan, CUSTVAL_WORDS_PROGRAMME, "by", CUSTVAL_WORDS_PROPOSER, format, &chosen);
    custval_table_free(plan);
    custval_table_free(table);
    whole_free(&from);
    custval_programmes_free(base);
    workers_stop(&helpers);
    free(chosen.data.missing.texts);
    return EXIT_DONE;
}

/* ---- explain ----------------------------------------------------------------------------------------------------- */

static const command_help explain_help = {
    "programmes explain",
    "PROGRAMMES CUSTOMERS --row ROW [OPTIONS]",
    "Says what becomes of every programme for one customer, and why; with --cases, how similar past\n"
    "customers are, trait by trait.",
    "  custval programmes explain programmes.json customers.csv --row 1\n"
    "  custval programmes explain programmes.json customers.csv --id customer --row 6 --cases\n",
};

static void print_explained(const custval_table *why, int has_cases, int format, const char *output) {
    frame all = {NULL, 0, 0, 0};
    frame_add_results(&all, why, CUSTVAL_WORDS_PROGRAMME);
    if (!has_cases) frame_name_words(&all, "by", CUSTVAL_WORDS_PROPOSER);
    print(&all, format, output);
    frame_free(&all);
}

static int programmes_explain(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    int has_cases = 0;
    const option options[] = {
        {"--row", 0, OPTION_TEXT, &chosen.row, "ROW", HELP_ROW},
        {"--id", 0, OPTION_TEXT, &chosen.id, "COLUMN", HELP_ROW_ID},
        {"--cases", 0, OPTION_FLAG, &has_cases, NULL, "compare with past customers"},
        OPTION_TOP(chosen),
        OPTION_LEAST_NET(chosen),
        OPTION_LANGUAGE(chosen),
        OPTION_OF_FORMAT(chosen.format, "csv, json or table (default: table)"),
        OPTION_OF_OUTPUT(chosen.output),
        OPTIONS_OF_DATA(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *why = NULL;
    whole from;
    args_read(argc, argv, &explain_help, options, 2, 2, arguments);
    const int format = printer_format(chosen.format, FORMAT_TABLE, explain_help.name);
    if (chosen.row == NULL) fail_usage(explain_help.name, "which row? --row says it");
    command_check_inputs(explain_help.name, arguments[0], arguments[1]);
    custval_programmes *const base = programmes_load(arguments[0], chosen.output);
    whole_open(&from, arguments[1], &chosen.data, chosen.output, explain_help.name);
    want_traits(&from, base, arguments[0]);
    if (chosen.id != NULL) whole_want_text(&from, chosen.id, "--id");
    custval_table *const table = whole_read(&from);
    custval_programmes_options how = options_of(&chosen);
    const size_t row = whole_row(&from, chosen.id, chosen.row, "--row", explain_help.name);
    const custval_status status = has_cases ? custval_programmes_nearest(base, table, row, &how, &why, &error)
                                            : custval_programmes_explain(base, table, row, &how, &why, &error);
    if (status != CUSTVAL_OK) whole_fail(&from, &error);
    print_explained(why, has_cases, format, chosen.output);
    custval_table_free(why);
    custval_table_free(table);
    whole_free(&from);
    custval_programmes_free(base);
    free(chosen.data.missing.texts);
    return EXIT_DONE;
}

/* ---- check ------------------------------------------------------------------------------------------------------- */

static const command_help check_help = {
    "programmes check",
    "PROGRAMMES [CUSTOMERS] [OPTIONS]",
    "Looks for what is probably not meant: conditions that are never true, traits that nothing uses,\n"
    "programmes that cost more than they bring, columns and cells that do not fit.",
    "  custval programmes check programmes.json customers.csv\n",
};

static int programmes_check(int argc, char **argv) {
    const char *arguments[ARGS_MOST] = {NULL};
    choices chosen = {0};
    const option options[] = {
        OPTION_OF_FORMAT(chosen.format, "csv, json or table (default: table)"),
        OPTION_OF_OUTPUT(chosen.output),
        OPTIONS_OF_DATA(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *remarks = NULL, *table = NULL;
    whole from = {0};
    const size_t count = args_read(argc, argv, &check_help, options, 1, 2, arguments);
    const int format = printer_format(chosen.format, FORMAT_TABLE, check_help.name);
    const char *const data = count > 1 ? arguments[1] : NULL;
    command_check_inputs(check_help.name, arguments[0], data);
    custval_programmes *const base = programmes_load(arguments[0], chosen.output);
    if (data != NULL) {
        whole_open(&from, data, &chosen.data, chosen.output, check_help.name);
        for (size_t i = 0; i < custval_programmes_columns(base); i++) {
            if (data_find(&from.data, custval_programmes_column(base, i)) != SIZE_MAX)
                want_trait(&from, base, i, arguments[0]);
        }
        table = whole_read(&from);
    }
    if (custval_programmes_check(base, table, NULL, &remarks, &error) != CUSTVAL_OK) fail_error(NULL, &error);
    frame all = {NULL, 0, 0, 0};
    frame_add_table(&all, remarks);
    frame_name_words(&all, "remark", CUSTVAL_WORDS_REMARK);
    /* People read the note; whoever asks for a file or a format wants a table of no rows, too. */
    if (all.rows > 0 || chosen.format != NULL || chosen.output != NULL) print(&all, format, chosen.output);
    note("%zu programmes, %zu remarks", custval_programmes_count(base), all.rows);
    frame_free(&all);
    custval_table_free(remarks);
    custval_table_free(table);
    if (data != NULL) whole_free(&from);
    custval_programmes_free(base);
    free(chosen.data.missing.texts);
    return EXIT_DONE;
}

/* ---- list -------------------------------------------------------------------------------------------------------- */

static const command_help list_help = {
    "programmes list",
    "PROGRAMMES [OPTIONS]",
    "Lists the programmes with what they cost and bring, and how often they were tried and succeeded.",
    "  custval programmes list programmes.json --language zh\n",
};

static int programmes_list(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        OPTION_LANGUAGE(chosen),
        OPTION_OF_FORMAT(chosen.format, "csv, json or table (default: table)"),
        OPTION_OF_OUTPUT(chosen.output),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_programmes_options how = CUSTVAL_PROGRAMMES_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *programmes = NULL;
    args_read(argc, argv, &list_help, options, 1, 1, arguments);
    const int format = printer_format(chosen.format, FORMAT_TABLE, list_help.name);
    custval_programmes *const base = programmes_load(arguments[0], chosen.output);
    how.language = chosen.language;
    if (custval_programmes_list(base, &how, &programmes, &error) != CUSTVAL_OK) fail_error(NULL, &error);
    command_print(programmes, format, chosen.output);
    custval_table_free(programmes);
    custval_programmes_free(base);
    return EXIT_DONE;
}

/* ---- outcomes ---------------------------------------------------------------------------------------------------- */

static const command_help outcomes_help = {
    "programmes outcomes",
    "PROGRAMMES OUTCOMES [OPTIONS]",
    "Gives a document that has learnt how programmes went: OUTCOMES has a row for each try, with the\n"
    "columns programme and success (1 or 0), and that of the segment, if there is one.",
    "  custval programmes outcomes programmes.json outcomes.csv -o wiser.json\n",
};

static int programmes_outcomes(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        OPTION_OF_OUTPUT(chosen.output),
        OPTIONS_OF_DATA(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_programmes *wiser = NULL;
    buffer text = {NULL, 0, 0};
    whole from;
    args_read(argc, argv, &outcomes_help, options, 2, 2, arguments);
    command_check_inputs(outcomes_help.name, arguments[0], arguments[1]);
    custval_programmes *const base = programmes_load(arguments[0], chosen.output);
    const char *const segment = custval_programmes_segment(base);
    whole_open(&from, arguments[1], &chosen.data, chosen.output, outcomes_help.name);
    whole_want_text(&from, "programme", "outcomes");
    whole_want_number(&from, "success", "outcomes");
    if (segment != NULL && data_find(&from.data, segment) != SIZE_MAX) whole_want_text(&from, segment, arguments[0]);
    custval_table *const table = whole_read(&from);
    if (custval_programmes_update(base, table, NULL, &wiser, &error) != CUSTVAL_OK) whole_fail(&from, &error);
    programmes_text(wiser, &text);
    command_write(chosen.output, &text);
    buffer_free(&text);
    custval_table_free(table);
    whole_free(&from);
    custval_programmes_free(wiser);
    custval_programmes_free(base);
    free(chosen.data.missing.texts);
    return EXIT_DONE;
}

/* ---- due --------------------------------------------------------------------------------------------------------- */

static const command_help due_help = {
    "programmes due",
    "CUSTOMERS [OPTIONS]",
    "Gives the due list: who will need more, when, and how much, the earliest first; from what users\n"
    "use per day (--stock, --users), or from the days between purchases (--interval, --since), e.g.\n"
    "interval_mean and since_last of custval history.",
    "  custval programmes due jars.csv --stock rice --capacity jar --since days_since \\\n"
    "    --users adults:per_adult --users children:per_child --as-of 2026-03-01 --lead 1\n"
    "  custval programmes due bought.csv --interval interval_mean --since since_last --within 7\n",
};

/* "COUNT:RATE" as two names; the texts are the program's own for as long as it runs. */
static void split_users(const text_list *users, const char **counts, const char **rates) {
    for (size_t i = 0; i < users->count; i++) {
        const char *const colon = strchr(users->texts[i], ':');
        if (colon == NULL || colon == users->texts[i] || colon[1] == 0)
            fail_usage(due_help.name, "--users needs two columns, e.g. --users adults:per_adult");
        counts[i] = memory_text(users->texts[i], (size_t)(colon - users->texts[i]));
        rates[i] = colon + 1;
    }
}

static custval_need_options need_of(const choices *chosen, const char **counts, const char **rates) {
    custval_need_options how = CUSTVAL_NEED_OPTIONS_INIT;
    if (chosen->users.count > USERS_MOST) fail_usage(due_help.name, "--users: at most %d kinds", USERS_MOST);
    if ((chosen->users.count > 0) == (chosen->interval != NULL) || (chosen->users.count > 0 && chosen->stock == NULL) ||
        (chosen->interval != NULL && chosen->since == NULL))
        fail_usage(due_help.name, "either --stock and --users, or --interval and --since is needed");
    split_users(&chosen->users, counts, rates);
    how.as_of = chosen->as_of;
    how.stock = chosen->stock;
    how.capacity = chosen->capacity;
    how.since = chosen->since;
    how.interval = chosen->interval;
    how.counts = counts;
    how.rates = rates;
    how.kinds = chosen->users.count;
    if (!isnan(chosen->lead)) how.lead = chosen->lead;
    if (!isnan(chosen->within)) how.within = chosen->within;
    return how;
}

static void want_need(whole *to, const custval_need_options *how) {
    const char *const singles[][2] = {
        {how->stock, "--stock"}, {how->capacity, "--capacity"}, {how->since, "--since"}, {how->interval, "--interval"}};
    for (size_t i = 0; i < sizeof singles / sizeof singles[0]; i++) {
        if (singles[i][0] != NULL) whole_want_number(to, singles[i][0], singles[i][1]);
    }
    for (size_t i = 0; i < how->kinds; i++) {
        whole_want_number(to, how->counts[i], "--users");
        whole_want_number(to, how->rates[i], "--users");
    }
}

static int programmes_due(int argc, char **argv) {
    const char *arguments[ARGS_MOST], *counts[USERS_MOST], *rates[USERS_MOST];
    choices chosen = {0};
    const option options[] = {
        {"--stock", 0, OPTION_TEXT, &chosen.stock, "COLUMN", "column of what was there when it was last counted"},
        {"--users", 0, OPTION_TEXTS, &chosen.users, "COUNT:RATE",
         "columns of how many users there are of a kind, and of what one\nuses per day; may be repeated"},
        {"--interval", 0, OPTION_TEXT, &chosen.interval, "COLUMN", "column of the days between purchases"},
        {"--since", 0, OPTION_TEXT, &chosen.since, "COLUMN", "column of the days since then"},
        {"--capacity", 0, OPTION_TEXT, &chosen.capacity, "COLUMN", "column of what there is room for"},
        {"--as-of", 0, OPTION_TEXT, &chosen.as_of, "DATE", "today, YYYY-MM-DD; without it there are days only"},
        {"--lead", 0, OPTION_NUMBER, &chosen.lead, "DAYS", "days before the need to deliver (default: 0)"},
        {"--within", 0, OPTION_NUMBER, &chosen.within, "DAYS", "only who is due in so many days"},
        OPTION_OF_ID(chosen.id),
        OPTION_OF_FORMAT(chosen.format, "csv, json or table (default: table)"),
        OPTION_OF_OUTPUT(chosen.output),
        OPTIONS_OF_DATA(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *due = NULL;
    whole from;
    args_read(argc, argv, &due_help, options, 1, 1, arguments);
    const int format = printer_format(chosen.format, FORMAT_TABLE, due_help.name);
    const custval_need_options how = need_of(&chosen, counts, rates);
    whole_open(&from, arguments[0], &chosen.data, chosen.output, due_help.name);
    want_need(&from, &how);
    whole_want_id(&from, &chosen.id);
    custval_table *const table = whole_read(&from);
    if (custval_next_need(table, &how, &due, &error) != CUSTVAL_OK) whole_fail(&from, &error);
    print_rows(&from, due, CUSTVAL_WORDS_NEED_ROW, NULL, 0, format, &chosen);
    for (size_t i = 0; i < how.kinds; i++) free((void *)(uintptr_t)counts[i]);
    custval_table_free(due);
    custval_table_free(table);
    whole_free(&from);
    free(chosen.users.texts);
    free(chosen.data.missing.texts);
    return EXIT_DONE;
}

/* ---- The command ------------------------------------------------------------------------------------------------- */

static const command_verb verbs[] = {
    {"start", programmes_start}, {"match", programmes_match}, {"explain", programmes_explain},
    {"check", programmes_check}, {"list", programmes_list},   {"outcomes", programmes_outcomes},
    {"due", programmes_due},
};

static const char help[] =
    "usage: custval programmes VERB FILE... [OPTIONS]\n"
    "\n"
    "Which programme for which customer. A document of programmes says whom each is meant for, what it\n"
    "costs and brings, and how it went with past customers.\n"
    "\n"
    "Verbs:\n"
    "  start     a document to start with\n"
    "  match     each customer's plan\n"
    "  explain   what becomes of every programme for one customer, and why\n"
    "  check     what is probably not meant in a document, or does not fit it\n"
    "  list      the programmes\n"
    "  outcomes  a document that has learnt how programmes went\n"
    "  due       who will need more, when, and how much\n"
    "\n"
    "Options:\n"
    "  -h, --help  this text; 'custval programmes VERB --help' explains a verb\n"
    "\n"
    "Examples:\n"
    "  custval programmes match programmes.json customers.csv\n"
    "  custval programmes outcomes programmes.json outcomes.csv -o wiser.json\n";

int cmd_programmes(int argc, char **argv) {
    return command_dispatch("programmes", "verb", verbs, sizeof verbs / sizeof verbs[0], help, argc, argv);
}
