/* custval fuzzy: fuzzy comprehensive evaluation of a system. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "loaded.h"
#include "number_parse.h"
#include "workers.h"

static const command_help help = {
    "fuzzy",
    "SYSTEM DATA [OPTIONS]",
    "Fuzzy comprehensive evaluation: to which degree each node, from the value down to the indicators,\n"
    "belongs to each of some grades, over all rows of the data. Grades judge how good something is: a\n"
    "sacrifice of score s counts as 100 - s. Keeps the columns in memory.",
    "  custval fuzzy system.json survey.csv\n"
    "  custval fuzzy system.json survey.csv --grades good=100,fair=50,poor=0 --membership triangular\n",
};

typedef struct choices {
    const char *output, *format, *grades, *cuts, *operation, *membership;
    score_choice scoring;
    data_options data;
} choices;

#define DEFAULT_GRADES 5

typedef struct grade_list {
    text_list names;
    double *scores, *cuts; /* cuts: NULL: midway */
} grade_list;

static double number_of(const char *text, const char *option_name) {
    char shown[QUOTED_SIZE];
    double number = 0.0;
    if (number_parse(text, strlen(text), '.', &number) != NUMBER_READ) {
        fail_usage(help.name, "%s: %s is not a number", option_name, quoted(text, strlen(text), shown));
    }
    return number;
}

static void check_falling(const double *numbers, size_t count, const char *option_name) {
    for (size_t i = 1; i < count; i++) {
        if (numbers[i] < numbers[i - 1]) continue;
        fail_usage(help.name, "%s: the best comes first, but %g is not below %g", option_name, numbers[i],
                   numbers[i - 1]);
    }
}

/* "excellent=100,good=75": the names are cut off at the sign. */
static void read_grades(const char *text, grade_list *to) {
    char shown[QUOTED_SIZE];
    const text_list lists = {&text, 1};
    to->names = args_split(help.name, "--grades", &lists);
    if (to->names.count < 2) fail_usage(help.name, "--grades: there must be at least two");
    to->scores = memory_new(to->names.count, sizeof to->scores[0]);
    for (size_t i = 0; i < to->names.count; i++) {
        char *const sign = strrchr(to->names.texts[i], '=');
        if (sign == NULL) {
            fail_usage(help.name, "--grades: %s is not NAME=SCORE",
                       quoted(to->names.texts[i], strlen(to->names.texts[i]), shown));
        }
        to->scores[i] = number_of(sign + 1, "--grades");
        *sign = 0;
    }
    check_falling(to->scores, to->names.count, "--grades");
}

static void read_cuts(const char *text, size_t grades, grade_list *to) {
    const text_list lists = {&text, 1};
    text_list cuts = args_split(help.name, "--cuts", &lists);
    if (cuts.count + 1 != grades) {
        fail_usage(help.name, "--cuts: %zu grades have %zu cuts, not %zu", grades, grades - 1, cuts.count);
    }
    to->cuts = memory_new(cuts.count, sizeof to->cuts[0]);
    for (size_t i = 0; i < cuts.count; i++) to->cuts[i] = number_of(cuts.texts[i], "--cuts");
    check_falling(to->cuts, cuts.count, "--cuts");
    args_free_split(&cuts);
}

static void evaluate(const char *system, const char *data, const choices *chosen, custval_fuzzy_options *options) {
    const int format = printer_format(chosen->format, FORMAT_TABLE, help.name);
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *result = NULL;
    workers helpers;
    loaded with;
    loaded_open(&with, system, data, &chosen->scoring, &chosen->data, chosen->output, help.name);
    loaded_read(&with, NULL, NULL);
    workers_start(&helpers);
    with.options.host = &helpers.host;
    options->score = &with.options;
    if (custval_fuzzy(with.system, with.table, options, &result, &error) != CUSTVAL_OK) loaded_fail(&with, &error);
    command_print(result, format, chosen->output);
    custval_table_free(result);
    workers_stop(&helpers);
    loaded_free(&with);
}

int cmd_fuzzy(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    grade_list grades = {{NULL, 0}, NULL, NULL};
    custval_fuzzy_options how = CUSTVAL_FUZZY_OPTIONS_INIT;
    const option options[] = {
        {"--grades", 0, OPTION_TEXT, &chosen.grades, "LIST",
         "NAME=SCORE, best first, with commas between them (default:\n"
         "excellent=100,good=75,fair=50,poor=25,bad=0)"},
        {"--cuts", 0, OPTION_TEXT, &chosen.cuts, "LIST", "lowest score of each grade but the last (default: midway)"},
        {"--membership", 0, OPTION_TEXT, &chosen.membership, "NAME",
         "share: of rows in the grade's band; triangular: mean of triangles\n"
         "that peak at the grades' scores (default: share)"},
        {"--operator", 0, OPTION_TEXT, &chosen.operation, "NAME",
         "weighted, min-max, product-max or min-bounded (default: weighted)"},
        OPTION_OF_FORMAT(chosen.format, "csv, json or table (default: table)"),
        OPTION_OF_OUTPUT(chosen.output),
        OPTION_OF_LANGUAGE(chosen.scoring.language),
        OPTIONS_OF_SCORING(chosen.scoring),
        OPTIONS_OF_DATA(chosen.data),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    args_read(argc, argv, &help, options, 2, 2, arguments);
    command_check_inputs(help.name, arguments[0], arguments[1]);
    how.operation = args_vocabulary(help.name, "--operator", chosen.operation, CUSTVAL_WORDS_FUZZY);
    how.membership = args_vocabulary(help.name, "--membership", chosen.membership, CUSTVAL_WORDS_MEMBERSHIP);
    if (chosen.cuts != NULL && how.membership == CUSTVAL_MEMBERSHIP_TRIANGULAR) {
        fail_usage(help.name, "triangles have no cuts: no --cuts");
    }
    if (chosen.grades != NULL) read_grades(chosen.grades, &grades);
    how.grade_count = chosen.grades == NULL && chosen.cuts != NULL ? DEFAULT_GRADES : grades.names.count;
    if (chosen.cuts != NULL) read_cuts(chosen.cuts, how.grade_count, &grades);
    how.grades = grades.names.texts;
    how.grade_scores = grades.scores;
    how.cuts = grades.cuts;
    evaluate(arguments[0], arguments[1], &chosen, &how);
    args_free_split(&grades.names);
    free(grades.scores);
    free(grades.cuts);
    free(chosen.data.missing.texts);
    return EXIT_DONE;
}
