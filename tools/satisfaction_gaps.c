/* custval satisfaction gap and zone: performance against what was expected. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "levels.h"
#include "satisfaction_verbs.h"
#include "workers.h"

#define TABLES_MOST 3

typedef struct choices {
    satisfaction_choice common;
    const char *profile, *context, *levels;
    text_list measures;
    double alpha, beta, lambda;
} choices;

/* A system, and the tables that it scores. */
typedef struct answers {
    custval_system *system;
    custval_score_options scoring;
    whole files[TABLES_MOST];
    custval_table *tables[TABLES_MOST];
    size_t count;
    workers helpers;
} answers;

/* Which inputs of a system a file must have, and which may be absent: all but its items from the second file on. */
static void want_inputs(answers *of, size_t which, const choices *chosen, const char *system_path) {
    whole *const to = &of->files[which];
    for (uint32_t i = 0; i < custval_system_inputs(of->system); i++) {
        custval_input input = CUSTVAL_INPUT_INIT;
        custval_error error = CUSTVAL_ERROR_INIT;
        if (custval_system_input(of->system, i, &input, &error) != CUSTVAL_OK) fail_error(NULL, &error);
        uint32_t roles = input.roles & ~(uint32_t)CUSTVAL_INPUT_OVERRIDE;
        if (chosen->profile != NULL) roles &= ~(uint32_t)CUSTVAL_INPUT_PROFILE;
        if (chosen->context != NULL) roles &= ~(uint32_t)CUSTVAL_INPUT_CONTEXT;
        const int is_needed = which == 0 ? roles != 0 : (roles & CUSTVAL_INPUT_ITEM) != 0;
        if (!is_needed && (roles == 0 || data_find(&to->data, input.column) == SIZE_MAX)) continue;
        if (input.is_text) {
            whole_want_text(to, input.column, system_path);
        } else {
            whole_want_number(to, input.column, system_path);
        }
    }
}

static void answers_open(answers *of, const char *const *paths, size_t count, choices *chosen, const char *command) {
    *of = (answers){.count = count, .scoring = CUSTVAL_SCORE_OPTIONS_INIT};
    for (size_t i = 0; i < count; i++) command_check_inputs(command, paths[0], paths[i + 1]);
    workers_start(&of->helpers);
    of->scoring.host = &of->helpers.host;
    of->scoring.profile = chosen->profile;
    of->scoring.context = chosen->context;
    of->scoring.levels = levels_of(chosen->levels, command);
    of->system = system_load(paths[0], chosen->common.output);
    for (size_t i = 0; i < count; i++) {
        whole_open(&of->files[i], paths[i + 1], &chosen->common.data, chosen->common.output, command);
        want_inputs(of, i, chosen, paths[0]);
        if (i == 0) whole_want_id(&of->files[0], &chosen->common.id);
        of->tables[i] = whole_read(&of->files[i]);
    }
}

static void answers_free(answers *of) {
    for (size_t i = 0; i < of->count; i++) {
        custval_table_free(of->tables[i]);
        whole_free(&of->files[i]);
    }
    custval_system_free(of->system);
    workers_stop(&of->helpers);
}

static const command_help gap_help = {
    "satisfaction gap",
    "SYSTEM PERFORMANCE EXPECTATIONS [OPTIONS]",
    "Compares what customers got with what they expected, per customer and level, with the system's\n"
    "weights. EXPECTATIONS has the same columns of answers: one row for all customers (goals, say), or\n"
    "one row each in the same order. Says how many customers had all, some or none of it attained.",
    "  custval satisfaction gap system.json answers.csv expectations.csv -o gaps.csv\n"
    "  custval satisfaction gap system.json answers.csv goals.csv --levels indicator --measures gap\n",
};

static const option_word measure_words[] = {
    {"performance", CUSTVAL_GAP_PERFORMANCE},
    {"expectation", CUSTVAL_GAP_EXPECTATION},
    {"gap", CUSTVAL_GAP_DIFFERENCE},
    {"prospect", CUSTVAL_GAP_PROSPECT},
    {"sum", CUSTVAL_GAP_SUM},
    {NULL, 0},
};

static void note_attained(const custval_table *gaps) {
    size_t column = 0, all = 0, some = 0, none = 0, unknown = 0;
    if (custval_table_find(gaps, "attained", &column, NULL) != CUSTVAL_OK) return;
    for (size_t row = 0; row < custval_table_rows(gaps); row++) {
        double share = (double)NAN;
        if (custval_table_number(gaps, column, row, &share, NULL) != CUSTVAL_OK || isnan(share)) {
            unknown++;
        } else if (share >= 1.0) {
            all++;
        } else if (share > 0.0) {
            some++;
        } else {
            none++;
        }
    }
    note("%zu rows met all expectations, %zu some, %zu none; %zu could not be compared", all, some, none, unknown);
}

int satisfaction_gap(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        {"--levels", 0, OPTION_TEXT, &chosen.levels, "LIST", HELP_LEVELS},
        {"--measures", 0, OPTION_TEXTS, &chosen.measures, "LIST",
         "of each: performance, expectation, gap, prospect (as it is felt),\nsum (expectation + prospect)\n(default: the "
         "first three)"},
        {"--alpha", 0, OPTION_NUMBER, &chosen.alpha, "A", "bend of felt gains (default: 0.88)"},
        {"--beta", 0, OPTION_NUMBER, &chosen.beta, "B", "bend of felt losses (default: 0.88)"},
        {"--lambda", 0, OPTION_NUMBER, &chosen.lambda, "L", "how much more losses weigh than gains (default: 2.25)"},
        OPTION_PROFILE(chosen),
        OPTION_CONTEXT(chosen),
        OPTION_OF_ID(chosen.common.id),
        OPTIONS_OF_RESULT(chosen.common, "csv, json or table (default: csv)"),
        OPTIONS_OF_DATA(chosen.common.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_gap_options how = CUSTVAL_GAP_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *gaps = NULL;
    answers from;
    args_read(argc, argv, &gap_help, options, 3, 3, arguments);
    printer_format(chosen.common.format, FORMAT_CSV, gap_help.name);
    text_list measures = args_split(gap_help.name, "--measures", &chosen.measures);
    for (size_t i = 0; i < measures.count; i++) {
        how.measures |= args_word(gap_help.name, "--measures", measures.texts[i], measure_words);
    }
    if (!isnan(chosen.alpha)) how.alpha = chosen.alpha;
    if (!isnan(chosen.beta)) how.beta = chosen.beta;
    if (!isnan(chosen.lambda)) how.lambda = chosen.lambda;
    answers_open(&from, arguments, 2, &chosen, gap_help.name);
    how.score = &from.scoring;
    if (custval_gap(from.system, from.tables[0], from.tables[1], &how, &gaps, &error) != CUSTVAL_OK)
        whole_fail(&from.files[0], &error);
    satisfaction_print_rows(&from.files[0], gaps, &chosen.common);
    note_attained(gaps);
    custval_table_free(gaps);
    answers_free(&from);
    args_free_split(&measures);
    free(chosen.measures.texts);
    free(chosen.common.data.missing.texts);
    return EXIT_DONE;
}

static const command_help zone_help = {
    "satisfaction zone",
    "SYSTEM PERFORMANCE ADEQUATE DESIRED [OPTIONS]",
    "Says for each indicator whether it lies below, within or above the zone of tolerance, which reaches\n"
    "from what customers would just accept to what they hope for. Both are files with the columns of\n"
    "answers: one row for all customers, or one row each.",
    "  custval satisfaction zone system.json answers.csv adequate.csv desired.csv\n",
};

/* Zones by their words; other columns as they are. */
static void print_zones(const whole *from, const custval_table *zones, const satisfaction_choice *chosen) {
    const size_t rows = custval_table_rows(zones), columns = custval_table_columns(zones);
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *shown = NULL;
    custval_status status = custval_table_new(NULL, rows, &shown, &error);
    custval_text *const words = memory_new(rows, sizeof *words);
    for (size_t i = 0; i < columns && status == CUSTVAL_OK; i++) {
        const char *const name = custval_table_name(zones, i), *const ending = strrchr(name, '.');
        custval_column column = CUSTVAL_COLUMN_INIT;
        const int is_zone = ending != NULL && strcmp(ending, ".zone") == 0;
        status = custval_table_column(zones, i, &column, &error);
        for (size_t row = 0; is_zone && row < rows; row++) {
            const char *const word = custval_word(CUSTVAL_WORDS_ZONE, ((const uint32_t *)column.data)[row]);
            words[row] = (custval_text){word, strlen(word)};
        }
        if (status == CUSTVAL_OK) {
            status = is_zone ? custval_table_add_texts(shown, name, words, &error)
                             : custval_table_add(shown, name, &column, &error);
        }
    }
    if (status != CUSTVAL_OK) fail_error(NULL, &error);
    satisfaction_print_rows(from, shown, chosen);
    custval_table_free(shown);
    free(words);
}

int satisfaction_zone(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        OPTION_PROFILE(chosen),
        OPTION_CONTEXT(chosen),
        OPTION_OF_ID(chosen.common.id),
        OPTIONS_OF_RESULT(chosen.common, "csv, json or table (default: csv)"),
        OPTIONS_OF_DATA(chosen.common.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *zones = NULL;
    answers from;
    args_read(argc, argv, &zone_help, options, 4, 4, arguments);
    printer_format(chosen.common.format, FORMAT_CSV, zone_help.name);
    answers_open(&from, arguments, 3, &chosen, zone_help.name);
    if (custval_tolerance(from.system, from.tables[0], from.tables[1], from.tables[2], &from.scoring, &zones, &error) !=
        CUSTVAL_OK) {
        whole_fail(&from.files[0], &error);
    }
    print_zones(&from.files[0], zones, &chosen.common);
    custval_table_free(zones);
    answers_free(&from);
    free(chosen.common.data.missing.texts);
    return EXIT_DONE;
}
