/* custval: perceived value from a system document and a table of answers. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "command.h"
#include "output.h"
#include "platform.h"

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
} commands[] = {
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
};

#define COMMANDS (sizeof commands / sizeof commands[0])

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
    "Exit codes: 0 done, 1 failure or bad data, 2 wrong usage. DATA and SYSTEM may be -, standard input.\n";

static const char *name_at(const void *data, size_t index) {
    (void)data;
    return index < COMMANDS ? commands[index].name : NULL;
}

void command_check_inputs(const char *command, const char *system, const char *data) {
    if (data == NULL || strcmp(system, "-") != 0 || strcmp(data, "-") != 0) return;
    fail_usage(command, "SYSTEM and DATA cannot both be standard input");
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

int main(int argc, char **argv) {
    char near[MESSAGE_SIZE], shown[QUOTED_SIZE];
    platform_start();
    if (argc < 2) fail_usage(NULL, "a command is needed");
    const char *const word = argv[1];
    for (size_t i = 0; i < COMMANDS; i++) {
        if (strcmp(word, commands[i].name) == 0) return commands[i].run(argc - 1, argv + 1);
    }
    if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0) {
        buffer text = {NULL, 0, 0};
        buffer_format(&text, "custval %s\n", custval_version_string());
        output_standard(text.data, text.length);
        buffer_free(&text);
        return EXIT_DONE;
    }
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0) {
        output_standard(help, sizeof help - 1);
        return EXIT_DONE;
    }
    fail_usage(NULL, "there is no %s %s%s", word[0] == '-' ? "option" : "command", quoted(word, strlen(word), shown),
               args_near(word, name_at, NULL, near, sizeof near));
}
