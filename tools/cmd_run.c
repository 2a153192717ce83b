/* custval run: a pipeline of commands, from one document. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "command.h"
#include "output.h"
#include "pipeline.h"
#include "platform.h"
#include "progress.h"

static const command_help help = {
    "run",
    "PIPELINE [OPTIONS]",
    "Runs the steps of a pipeline document, each a command that may read the results of those before\n"
    "it, and compares what comes out with the goals of the document. Everything about the steps that\n"
    "can be checked is checked before the first one runs.",
    "  custval run pipeline.json --to results\n"
    "  custval run pipeline.json --to results --input transactions=october.csv --from groups\n"
    "  custval run pipeline.json --dry-run\n",
};

typedef struct choices {
    pipeline_choice of;
    const char *from, *format;
    int is_dry, is_logged;
} choices;

/* ---- Before ------------------------------------------------------------------------------------------------------ */

/* Each command reads its words, as if it were to run, and says what it does not know. */
static void rehearse(const pipeline *of) {
    for (size_t i = 0; i < of->step_count; i++) {
        const pipeline_step *const step = &of->steps[i];
        message_about("%s: $.steps[%zu]", input_name(of->path), i);
        if (!args_rehearse(command_run, step->count, step->words))
            fail("%s is no command that makes a result", step->words[1]);
    }
    message_about("%s", "");
}

static const char *step_at(const void *data, size_t index) {
    const pipeline *const of = data;
    return index < of->step_count ? of->steps[index].id : NULL;
}

/* The number of the step to begin with. What is not made again but read must be there. */
static size_t first_step(const pipeline *of, const char *id) {
    char near[MESSAGE_SIZE], shown[QUOTED_SIZE];
    if (id == NULL) return 0;
    const pipeline_step *const step = pipeline_step_find(of, id);
    if (step == NULL)
        fail_usage(help.name, "--from: there is no step %s%s", quoted(id, strlen(id), shown),
                   args_near(id, step_at, of, near, sizeof near));
    const size_t first = (size_t)(step - of->steps);
    for (size_t i = 0; i < first; i++) {
        const pipeline_step *const earlier = &of->steps[i];
        if (earlier->used_until >= first && platform_kind_of(earlier->output) == PLATFORM_NOTHING)
            fail("--from: step \"%s\" has left no %s, which is read later", earlier->id, earlier->output);
    }
    return first;
}

/* ---- Command lines ----------------------------------------------------------------------------------------------- */

/* A word as a POSIX shell takes it. */
static void put_word(buffer *to, const char *word) {
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:=,+@%-";
    size_t length = 0;
    while (word[length] != 0 && (strchr(plain, word[length]) != NULL || (unsigned char)word[length] >= 0x80)) length++;
    if (length > 0 && word[length] == 0) {
        buffer_text(to, word);
        return;
    }
    buffer_byte(to, '\'');
    for (; *word != 0; word++) {
        if (*word == '\'') {
            buffer_text(to, "'\\''");
        } else {
            buffer_byte(to, *word);
        }
    }
    buffer_byte(to, '\'');
}

static void print_lines(const pipeline *of, size_t first) {
    buffer text = {NULL, 0, 0};
    for (size_t i = first; i < of->step_count; i++) {
        for (int word = 0; word < of->steps[i].count; word++) {
            if (word > 0) buffer_byte(&text, ' ');
            put_word(&text, of->steps[i].words[word]);
        }
        buffer_byte(&text, '\n');
    }
    output_standard(text.data, text.length);
    buffer_free(&text);
}

/* ---- Running ----------------------------------------------------------------------------------------------------- */

static void run_step(const pipeline *of, size_t index, const choices *chosen) {
    const pipeline_step *const step = &of->steps[index];
    char line[MESSAGE_SIZE];
    custval__format(line, sizeof line, "step %zu of %zu: %s", index + 1, of->step_count, step->id);
    if (chosen->is_logged) note("%s", line);
    progress_about(line);
    message_about("step \"%s\"", step->id);
    const int code = command_run(step->count, step->words);
    if (code != EXIT_DONE) fail("the command ends with exit code %d; its result is %s", code, step->output);
    message_about("%s", "");
    progress_about("");
    platform_heed_signals();
}

int cmd_run(int argc, char **argv) {
    const char *arguments[ARGS_MOST];
    choices chosen = {0};
    const option options[] = {
        {"--input", 0, OPTION_TEXTS, &chosen.of.inputs, "NAME=FILE", "reads this file for that input; may be repeated"},
        {"--to", 0, OPTION_TEXT, &chosen.of.to, "DIR",
         "folder for the results, made if it is not there (default:\nthe pipeline's name and -results, beside it)"},
        {"--from", 0, OPTION_TEXT, &chosen.from, "STEP", "goes on with this step and the results that are there"},
        {"--dry-run", 0, OPTION_FLAG, &chosen.is_dry, NULL, "checks everything and prints the command lines only"},
        {"--log", 0, OPTION_FLAG, &chosen.is_logged, NULL, "a line on standard error as each step begins"},
        OPTION_OF_FORMAT(chosen.format, "of the goals: csv, json or table (default: table)"),
        {"--output", 'o', OPTION_TEXT, &chosen.of.written, "FILE",
         "write the goals there instead of to standard output"},
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    pipeline steps;
    args_read(argc, argv, &help, options, 1, 1, arguments);
    const int format = printer_format(chosen.format, FORMAT_TABLE, help.name);
    pipeline_load(&steps, arguments[0], chosen.of.written);
    const int has_goals = custval__json_member(steps.document.root, "goals") != NULL;
    if (chosen.of.written != NULL && !has_goals) fail_usage(help.name, "--output: the pipeline has no goals");
    pipeline_bind(&steps, &chosen.of, help.name);
    rehearse(&steps);
    const size_t first = first_step(&steps, chosen.from);
    if (chosen.is_dry) {
        print_lines(&steps, first);
    } else {
        if (platform_make_folder(steps.folder) != 0)
            fail("cannot make the folder %s: %s", steps.folder, strerror(errno));
        for (size_t i = first; i < steps.step_count; i++) run_step(&steps, i, &chosen);
        if (has_goals) pipeline_write_goals(&steps, format, chosen.of.written);
    }
    pipeline_free(&steps);
    free(chosen.of.inputs.texts);
    return EXIT_DONE;
}
