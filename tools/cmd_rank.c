/* custval rank: offers ranked by other methods, for comparison. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "criteria.h"
#include "loaded.h"
#include "name_list.h"

static const command_help help = {
    "rank",
    "(SYSTEM OFFERS | OFFERS --weights FILE) [OPTIONS]",
    "Ranks offers, one per row of a CSV file, by a method that is not the system's roll-up: does the\n"
    "order depend on the way of adding up? The criteria are the scores of the system's nodes with their\n"
    "global weights; or without a system the columns that a file of weights names. A table has the\n"
    "best first, csv and json keep the order of the file.",
    "  custval rank system.json offers.csv --id brand --all\n"
    "  custval rank system.json offers.csv --id brand --method topsis --level dimension\n"
    "  custval rank offers.csv --weights importance.csv --sacrifice price --method vikor\n",
};

typedef struct choices {
    const char *output, *format, *id, *weights, *method, *normalisation, *ties;
    criteria_choice criteria; /* its system is the argument */
    score_choice scoring;
    double share;
    int all, shares;
} choices;

static custval_rank_options options_of(const choices *chosen) {
    custval_rank_options options = CUSTVAL_RANK_OPTIONS_INIT;
    options.method = args_vocabulary(help.name, "--method", chosen->method, CUSTVAL_WORDS_RANK);
    options.normalisation =
        args_vocabulary(help.name, "--normalisation", chosen->normalisation, CUSTVAL_WORDS_NORMALISATION);
    options.ties = args_vocabulary(help.name, "--ties", chosen->ties, CUSTVAL_WORDS_TIES);
    options.shares = (uint32_t)chosen->shares;
    if (!isnan(chosen->share)) options.share = chosen->share;
    return options;
}

/* What is ranked, whether a system says the criteria or a file of weights. */
typedef struct ranking {
    custval_table *table; /* has the criteria's columns */
    const custval_criterion *list;
    size_t count, rows;
    const custval_text *names; /* of the rows, or NULL */
    const data_file *data;
    const choices *chosen;
    custval_rank_options options;
    int has_value; /* the table has that of the system too */
} ranking;

/* ---- By one method ----------------------------------------------------------------------------------------------- */

static void print_all(const ranking *of, frame *all, const char *order, int format, buffer *to) {
    if (format == FORMAT_TABLE) frame_order(all, order, 0);
    print_frame(all, format, of->data->reader.delimiter, of->data->decimal, to);
    frame_free(all);
}

static void print_ranking(const ranking *of, int format, buffer *to) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *result = NULL;
    frame all = {NULL, 0, 0, 0};
    if (custval_rank(of->table, of->list, of->count, &of->options, &result, &error) != CUSTVAL_OK) {
        rows_fail_error(of->data->name, &error);
    }
    frame_add_names(&all, of->rows, of->chosen->id, of->names);
    frame_add_table(&all, result);
    print_all(of, &all, "rank", format, to);
    custval_table_free(result);
}

/* ---- By every method --------------------------------------------------------------------------------------------- */

static double *numbers_of(const custval_table *table, const char *name, size_t rows) {
    custval_error error = CUSTVAL_ERROR_INIT;
    double *const numbers = memory_new(rows, sizeof *numbers);
    size_t column = 0;
    custval_status status = custval_table_find(table, name, &column, &error);
    for (size_t i = 0; i < rows && status == CUSTVAL_OK; i++) {
        status = custval_table_number(table, column, i, &numbers[i], &error);
    }
    if (status != CUSTVAL_OK) fail_error(NULL, &error);
    return numbers;
}

/* The system's own value, and its rank. */
static void add_value(const ranking *of, frame *to) {
    custval_error error = CUSTVAL_ERROR_INIT;
    double *const values = numbers_of(of->table, "value", of->rows);
    double *const ranks = memory_new(of->rows, sizeof *ranks);
    if (custval_ranks(NULL, values, of->rows, of->options.ties, ranks, &error) != CUSTVAL_OK) fail_error(NULL, &error);
    frame_add(to, "value", FRAME_NUMBER, values)->is_owned = 1;
    frame_add(to, "value_rank", FRAME_NUMBER, ranks)->is_owned = 1;
}

/* A method that cannot take these numbers is left out, and said to be. */
static int add_method(const ranking *of, uint32_t method, const char *name, const char *rank_name, frame *to) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_rank_options options = of->options;
    custval_table *result = NULL;
    options.method = method;
    if (custval_rank(of->table, of->list, of->count, &options, &result, &error) != CUSTVAL_OK) {
        buffer text = {NULL, 0, 0};
        note("%s: no %s: %s", of->data->name, name, rows_message(&error, NULL, 0, of->rows, &text));
        buffer_free(&text);
        return 0;
    }
    frame_add(to, name, FRAME_NUMBER, numbers_of(result, "score", of->rows))->is_owned = 1;
    frame_add(to, rank_name, FRAME_NUMBER, numbers_of(result, "rank", of->rows))->is_owned = 1;
    custval_table_free(result);
    return 1;
}

static void print_methods(const ranking *of, int format, buffer *to) {
    static const char *const rank_names[] = {"saw_rank", "wpm_rank", "waspas_rank", "topsis_rank", "vikor_rank"};
    const char *order = of->has_value ? "value_rank" : NULL;
    frame all = {NULL, 0, 0, 0};
    frame_add_names(&all, of->rows, of->chosen->id, of->names);
    if (of->has_value) add_value(of, &all);
    for (uint32_t i = 0; i < sizeof rank_names / sizeof rank_names[0]; i++) {
        const char *const name = custval_word(CUSTVAL_WORDS_RANK, i + 1);
        if (add_method(of, i + 1, name, rank_names[i], &all) && order == NULL) order = rank_names[i];
    }
    print_all(of, &all, order == NULL ? "row" : order, format, to);
}

static void print(const ranking *of, int format) {
    buffer text = {NULL, 0, 0};
    if (of->chosen->all) {
        print_methods(of, format, &text);
    } else {
        print_ranking(of, format, &text);
    }
    command_write(of->chosen->output, &text);
    buffer_free(&text);
}

/* ---- With a system ----------------------------------------------------------------------------------------------- */

static void rank_scores(const char *system, const char *data, const choices *chosen, ranking *of, int format) {
    loaded with;
    uint32_t slot = ROWS_NO_SLOT, level = 0;
    custval_error error = CUSTVAL_ERROR_INIT;
    const uint32_t kind = criteria_kind(chosen->criteria.level, help.name);
    loaded_open(&with, system, data, &chosen->scoring, &chosen->criteria.data, chosen->output, help.name);
    if (chosen->id != NULL) slot = rows_want_text(&with.plan, data_column(&with.data, chosen->id, "--id"));
    loaded_read(&with, NULL, NULL);
    custval_criterion *const list = criteria_of(with.system, kind, chosen->scoring.profile, system, &of->count, &level);
    with.options.levels = level | CUSTVAL_LEVEL_VALUE;
    if (custval_score(with.system, with.table, &with.options, &of->table, &error) != CUSTVAL_OK) {
        loaded_fail(&with, &error);
    }
    of->list = list;
    of->rows = with.rows.count;
    of->names = loaded_texts(&with, slot);
    of->data = &with.data;
    of->has_value = 1;
    print(of, format);
    custval_table_free(of->table);
    free(list);
    loaded_free(&with);
}

/* ---- With a file of weights -------------------------------------------------------------------------------------- */

/* The names of the weights choose the columns. */
static custval_weights *choose(const choices *chosen, criteria_choice *choice) {
    custval_weights *const weights = weights_open(chosen->weights, &choice->data, chosen->output, help.name);
    const size_t count = custval_weights_count(weights);
    choice->columns.texts = memory_new(count, sizeof choice->columns.texts[0]);
    choice->columns.count = count;
    for (size_t i = 0; i < count; i++) choice->columns.texts[i] = custval_weights_name(weights, i);
    return weights;
}

static void rank_columns(const char *data, const choices *chosen, ranking *of, int format) {
    criteria from;
    criteria_rows rows;
    custval_error error = CUSTVAL_ERROR_INIT;
    criteria_choice choice = chosen->criteria;
    uint32_t slot = ROWS_NO_SLOT;
    custval_weights *const weights = choose(chosen, &choice);
    criteria_open(&from, data, &choice, NULL, chosen->output, help.name);
    for (size_t i = 0; i < from.count; i++) from.list[i].weight = custval_weights_share(weights, i);
    if (chosen->id != NULL) slot = rows_want_text(&from.plan, data_column(&from.data, chosen->id, "--id"));
    criteria_read_all(&from, NULL, 0, slot, &rows);
    custval_status status = custval_table_new(NULL, rows.count, &of->table, &error);
    for (size_t i = 0; i < from.count && status == CUSTVAL_OK; i++) {
        status = custval_table_add_doubles(of->table, from.list[i].column, rows.numbers[i], &error);
    }
    if (status != CUSTVAL_OK) criteria_fail(&from, 0, &error);
    of->list = from.list;
    of->count = from.count;
    of->rows = rows.count;
    of->names = rows.texts;
    of->data = &from.data;
    print(of, format);
    custval_table_free(of->table);
    criteria_rows_free(&rows);
    criteria_free(&from);
    custval_weights_free(weights);
    free(choice.columns.texts);
}

/* ---- The command ------------------------------------------------------------------------------------------------- */

static void check_choices(const choices *chosen, int has_system, const char *const *paths) {
    const criteria_choice *const of = &chosen->criteria;
    if (has_system) {
        if (chosen->weights != NULL) fail_usage(help.name, "the system has weights: no --weights");
        if (of->sacrifices.count + of->ranges.count > 0) {
            fail_usage(help.name, "the system has sides and ranges: no --sacrifice, --range");
        }
        command_check_inputs(help.name, paths[0], paths[1]);
    } else {
        if (chosen->weights == NULL)
            fail_usage(help.name, "one file is that of OFFERS: SYSTEM before it, or --weights, is needed");
        if (of->level != NULL || chosen->scoring.profile != NULL || chosen->scoring.context != NULL ||
            chosen->scoring.as_of != NULL) {
            fail_usage(help.name, "--level, --profile, --context and --as-of need a system");
        }
        if (strcmp(chosen->weights, "-") == 0 && strcmp(paths[0], "-") == 0) {
            fail_usage(help.name, "only one file can be standard input");
        }
    }
    if (chosen->all && chosen->method != NULL) fail_usage(help.name, "--all are all methods: no --method");
    if (chosen->all && chosen->shares) fail_usage(help.name, "--shares is for saw: no --all");
}

static void check_options(const choices *chosen, const custval_rank_options *options) {
    args_check_range(help.name, "--share", chosen->share, 0.0, 1.0);
    if (options->shares && options->method != 0 && options->method != CUSTVAL_RANK_SAW) {
        fail_usage(help.name, "--shares is for saw: no --method %s", chosen->method);
    }
    if (options->method == CUSTVAL_RANK_VIKOR && options->normalisation != 0 &&
        options->normalisation != CUSTVAL_NORMALISATION_RANGE) {
        fail_usage(help.name, "vikor normalises by range: no --normalisation %s", chosen->normalisation);
    }
}

int cmd_rank(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        {"--id", 0, OPTION_TEXT, &chosen.id, "COLUMN", "column that names the offers"},
        {"--method", 0, OPTION_TEXT, &chosen.method, "NAME",
         "saw: weighted sum; wpm: weighted product; waspas: both; topsis:\n"
         "nearness to the best; vikor: compromise (default: saw)"},
        {"--all", 0, OPTION_FLAG, &chosen.all, NULL, "every method side by side, and the system's value"},
        {"--normalisation", 0, OPTION_TEXT, &chosen.normalisation, "NAME",
         "vector, maximum, range, sum or none (default: topsis vector,\nvikor range, else maximum)"},
        {"--ties", 0, OPTION_TEXT, &chosen.ties, "RULE",
         "ranks of equals: minimum, maximum, dense or mean (default:\nminimum)"},
        {"--share", 0, OPTION_NUMBER, &chosen.share, "SHARE",
         "waspas: of the sum; vikor: of the group's loss (default: 0.5)"},
        {"--shares", 0, OPTION_FLAG, &chosen.shares, NULL, "saw: divide scores by their sum"},
        {"--level", 0, OPTION_TEXT, &chosen.criteria.level, "LEVEL",
         "which nodes: dimension, indicator or item (default: indicator)"},
        {"--weights", 0, OPTION_TEXT, &chosen.weights, "FILE",
         "without a system: columns and weights, name and weight"},
        OPTIONS_OF_SIDES(chosen.criteria),
        OPTION_OF_FORMAT(chosen.format, "csv, json or table (default: table)"),
        OPTION_OF_OUTPUT(chosen.output),
        OPTIONS_OF_SCORING(chosen.scoring),
        OPTIONS_OF_DATA(chosen.criteria.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    const int has_system = args_read(argc, argv, &help, options, 1, 2, arguments) == 2;
    const int format = printer_format(chosen.format, FORMAT_TABLE, help.name);
    check_choices(&chosen, has_system, arguments);
    ranking of = {.chosen = &chosen, .options = options_of(&chosen)};
    check_options(&chosen, &of.options);
    if (has_system) {
        rank_scores(arguments[0], arguments[1], &chosen, &of, format);
    } else {
        rank_columns(arguments[0], &chosen, &of, format);
    }
    criteria_free_choice(&chosen.criteria);
    return EXIT_DONE;
}
