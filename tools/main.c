/* custval: perceived value from a system document and a table of answers. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "command.h"
#include "output.h"
#include "platform.h"

static const command_verb commands[] = {
    {"check", cmd_check},
    {"score", cmd_score},
    {"explain", cmd_explain},
    {"compare", cmd_compare},
    {"templates", cmd_templates},
    {"weights", cmd_weights},
    {"summary", cmd_summary},
    {"fit", cmd_fit},
    {"uncertainty", cmd_uncertainty},
    {"rank", cmd_rank},
    {"fuzzy", cmd_fuzzy},
    {"history", cmd_history},
    {"lifetime", cmd_lifetime},
    {"worth", cmd_worth},
    {"satisfaction", cmd_satisfaction},
    {"equity", cmd_equity},
    {"groups", cmd_groups},
    {"migration", cmd_migration},
    {"panel", cmd_panel},
    {"programmes", cmd_programmes},
    {"scenario", cmd_scenario},
    {"impact", cmd_impact},
    {"run", cmd_run},
    {"report", cmd_report},
};

static const char help[] =
    "usage: custval COMMAND [OPTIONS] ...\n"
    "\n"
    "Customer perceived value: what customers get against what it takes, by weighted indicators.\n"
    "\n"
    "Commands:\n"
    "  templates    lists and shows ready systems to start from\n"
    "  check        shows a system's tree with its weights and warns of what is probably not meant\n"
    "  score        scores every row of a CSV file\n"
    "  explain      says why a row has its value, what changed it, and what would raise it\n"
    "  compare      ranks offers and says which indicators decide\n"
    "  weights      finds weights from judgements, data or an outcome, and puts them into a system\n"
    "  summary      summarises columns of data; summaries can be saved and put together\n"
    "  fit          fits the scales of a system to data\n"
    "  uncertainty  says how far values, ranks and means can be relied on\n"
    "  rank         ranks offers by other methods: sums, products, TOPSIS, VIKOR\n"
    "  fuzzy        evaluates a system by grades (fuzzy comprehensive evaluation)\n"
    "  history      turns transactions into what each customer bought when\n"
    "  lifetime     fits models of purchases, renewals and spend, and predicts lifetime value\n"
    "  worth        what each customer is worth: existing, potential, influence and learning value\n"
    "  satisfaction gaps to expectations, links to behaviour, Kano, NPS, back-tests\n"
    "  equity       what all customers are worth, and what winning and keeping them may cost\n"
    "  groups       groups of customers that are managed apart, and cohorts\n"
    "  migration    how customers move between groups or stages from period to period\n"
    "  panel        trends, weights of respondents, change from wave to wave\n"
    "  programmes   which service programme for which customer, what worked, who needs more and when\n"
    "  scenario     what a plan does to value and to sales: promotions, prices, features, programmes\n"
    "  impact       what a point of an indicator is worth in money, and what it returns\n"
    "  run          a pipeline of these commands, and whether its goals are met\n"
    "  report       one HTML page that shows what the other commands found\n"
    "\n"
    "SYSTEM is a JSON document: weighted indicators of benefit and of sacrifice. DATA is a CSV file with\n"
    "a header and one row per customer, survey answer or offer; rows are counted from 1 without the\n"
    "header. Either may be -, standard input. Commands such as weights and lifetime have verbs:\n"
    "'custval weights --help' lists them.\n"
    "\n"
    "Options:\n"
    "  -h, --help     this text; 'custval COMMAND --help' explains a command\n"
    "  -V, --version  the version\n"
    "\n"
    "Examples:\n"
    "  custval templates show wukong-nine > mine.json\n"
    "  custval check mine.json survey.csv\n"
    "  custval score mine.json survey.csv -o scores.csv\n"
    "  custval explain mine.json survey.csv --row 17\n"
    "\n"
    "Exit codes: 0 done, 1 failure or bad data, 2 wrong usage.\n";

typedef struct verb_list {
    const command_verb *verbs;
    size_t count;
} verb_list;

static const char *name_at(const void *data, size_t index) {
    const verb_list *const list = data;
    return index < list->count ? list->verbs[index].name : NULL;
}

int command_dispatch(const char *command, const char *noun, const command_verb *verbs, size_t count,
                     const char *help_text, int argc, char **argv) {
    char near[MESSAGE_SIZE], shown[QUOTED_SIZE];
    const verb_list list = {verbs, count};
    if (argc < 2) fail_usage(command, "a %s is needed", noun);
    const char *const word = argv[1];
    for (size_t i = 0; i < count; i++) {
        if (strcmp(word, verbs[i].name) == 0) return verbs[i].run(argc - 1, argv + 1);
    }
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || (command == NULL && strcmp(word, "help") == 0)) {
        output_standard(help_text, strlen(help_text));
        return EXIT_DONE;
    }
    fail_usage(command, "there is no %s %s%s", word[0] == '-' ? "option" : noun, quoted(word, strlen(word), shown),
               args_near(word, name_at, &list, near, sizeof near));
}

void command_check_inputs(const char *command, const char *system, const char *data) {
    if (data == NULL || strcmp(system, "-") != 0 || strcmp(data, "-") != 0) return;
    fail_usage(command, "SYSTEM and DATA cannot both be standard input");
}

void command_check_files(const char *command, const char *const *paths, size_t count) {
    size_t standard = 0;
    for (size_t i = 0; i < count; i++) standard += strcmp(paths[i], "-") == 0;
    if (standard > 1) fail_usage(command, "only one file can be standard input");
}

void command_write(const char *path, const buffer *text) {
    output to;
    output_open(&to, path);
    output_write(&to, text->data, text->length);
    output_close(&to);
}

void command_print(const custval_table *table, int format, const char *path) {
    buffer text = {NULL, 0, 0};
    frame all = {NULL, 0, 0, 0};
    frame_add_table(&all, table);
    print_frame(&all, format, ',', '.', &text);
    command_write(path, &text);
    frame_free(&all);
    buffer_free(&text);
}

static int print_version(void) {
    buffer text = {NULL, 0, 0};
    buffer_format(&text, "custval %s\n", custval_version_string());
    output_standard(text.data, text.length);
    buffer_free(&text);
    return EXIT_DONE;
}

int command_run(int argc, char **argv) {
    return command_dispatch(NULL, "command", commands, sizeof commands / sizeof commands[0], help, argc, argv);
}

int main(int argc, char **argv) {
    platform_start();
    if (argc > 1 && (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0)) return print_version();
    return command_run(argc, argv);
}
