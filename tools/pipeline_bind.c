/* From a pipeline document to files and command lines. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "data_file.h"
#include "output.h"
#include "pipeline.h"
#include "platform.h"

/* ---- Paths ------------------------------------------------------------------------------------------------------- */

/* The pieces in a row. */
static char *joined(pipeline *of, const char *const *pieces, size_t count) {
    size_t length = 0;
    for (size_t i = 0; i < count; i++) length += strlen(pieces[i]);
    char *const text = pipeline_memory(of, length + 1, 1);
    for (size_t i = 0; i < count; i++) strcat(text, pieces[i]);
    return text;
}

/* A path that no command takes for an option. */
static const char *as_argument(pipeline *of, const char *path) {
    const char *const pieces[] = {"./", path};
    return path[0] == '-' ? joined(of, pieces, 2) : path;
}

static const char *in_folder(pipeline *of, const char *folder, const char *name) {
    const size_t length = strlen(folder);
    const int is_ended = length == 0 || platform_is_separator(folder[length - 1]);
    const char *const pieces[] = {folder, is_ended ? "" : "/", name};
    return platform_is_absolute(name) ? name : as_argument(of, joined(of, pieces, 3));
}

/* Beside the document. */
static const char *beside(pipeline *of, const char *name) {
    size_t length = strlen(of->path);
    while (length > 0 && !platform_is_separator(of->path[length - 1])) length--;
    char *const folder = pipeline_memory(of, length + 1, 1);
    memcpy(folder, of->path, length);
    return in_folder(of, folder, name);
}

/* ---- Inputs ------------------------------------------------------------------------------------------------------ */

static const char *input_at(const void *data, size_t index) {
    const pipeline *const of = data;
    return index < of->input_count ? of->inputs[index].id : NULL;
}

static pipeline_input *input_find(const pipeline *of, const char *id, size_t length) {
    for (size_t i = 0; i < of->input_count; i++) {
        if (strlen(of->inputs[i].id) == length && memcmp(of->inputs[i].id, id, length) == 0) return &of->inputs[i];
    }
    return NULL;
}

static void replace_inputs(pipeline *of, const text_list *replaced, const char *command) {
    char near[MESSAGE_SIZE], shown[QUOTED_SIZE];
    for (size_t i = 0; i < replaced->count; i++) {
        const char *const text = replaced->texts[i];
        const size_t length = strcspn(text, "=");
        if (text[length] == 0 || text[length + 1] == 0)
            fail_usage(command, "--input: %s is not NAME=FILE", quoted(text, strlen(text), shown));
        pipeline_input *const input = input_find(of, text, length);
        if (input == NULL) {
            char *const name = pipeline_memory(of, length + 1, 1);
            memcpy(name, text, length);
            fail_usage(command, "--input: the pipeline has no input %s%s", quoted(text, length, shown),
                       args_near(name, input_at, of, near, sizeof near));
        }
        input->path = as_argument(of, text + length + 1);
    }
}

/* A file that is there already, or NULL. */
static FILE *open_regular(const char *path) {
    return platform_kind_of(path) == PLATFORM_REGULAR ? fopen(path, "rb") : NULL;
}

void pipeline_keep_results(const pipeline *of, const char *written) {
    for (size_t i = 0; written != NULL && i < of->step_count; i++) {
        const char *const path = of->steps[i].output;
        FILE *const file = open_regular(path);
        if (file == NULL) continue;
        if (platform_is_same_file(written, file))
            fail("the goals would overwrite %s, the result of step \"%s\"", path, of->steps[i].id);
        fclose(file);
    }
}

/* Results of other names may be one file by a link. */
static void check_apart(const pipeline *of) {
    for (size_t i = 0; i < of->step_count; i++) {
        FILE *const file = open_regular(of->steps[i].output);
        if (file == NULL) continue;
        for (size_t k = i + 1; k < of->step_count; k++) {
            if (!platform_is_same_file(of->steps[k].output, file)) continue;
            pipeline_fail(of, custval__json_member(of->steps[k].at, "output"), "%s would overwrite %s of step \"%s\"",
                          of->steps[k].output, of->steps[i].output, of->steps[i].id);
        }
        fclose(file);
    }
}

/* Inputs must be there, and no result may take the place of one, or of the document. */
static void check_kept(const pipeline *of, const char *path, const char *written, const custval__json *at) {
    FILE *const file = fopen(path, "rb");
    if (file == NULL) pipeline_fail(of, at, "cannot read %s: %s", path, strerror(errno));
    for (size_t i = 0; i < of->step_count; i++) {
        if (!platform_is_same_file(of->steps[i].output, file)) continue;
        pipeline_fail(of, custval__json_member(of->steps[i].at, "output"), "%s would overwrite %s, which is read",
                      of->steps[i].output, path);
    }
    output_refuse(written, file, path);
    fclose(file);
}

/* A text that is taken as it is may be a file beside the inputs. A step that wrote there would destroy it, or else be read by
   a name that --from and the order of the steps do not know. */
static void check_literal(const pipeline *of, const custval__json *at, const char *written) {
    const int is_escaped = at->text[0] == '$' && at->text[1] == '$';
    if (at->text[0] == '$' && !is_escaped) return;
    const char *const path = at->text + is_escaped;
    FILE *const file = open_regular(path);
    for (size_t i = 0; i < of->step_count; i++) {
        const pipeline_step *const step = &of->steps[i];
        if (strcmp(path, step->output) != 0 && (file == NULL || !platform_is_same_file(step->output, file))) continue;
        pipeline_fail(of, at, "%s is where step \"%s\" writes: read its result as \"$%s\"", path, step->id, step->id);
    }
    if (file == NULL) return;
    output_refuse(written, file, path);
    fclose(file);
}

/* Texts in a list, an object, or lists in it. */
static void check_literals(const pipeline *of, const custval__json *in, const char *written) {
    for (const custval__json *at = in == NULL ? NULL : in->first; at != NULL; at = at->next) {
        if (at->type == CUSTVAL__JSON_TEXT) check_literal(of, at, written);
        if (at->type == CUSTVAL__JSON_ARRAY) check_literals(of, at, written);
    }
}

static void check_files(const pipeline *of, const char *written) {
    for (size_t i = 0; i < of->input_count; i++) {
        const pipeline_input *const input = &of->inputs[i];
        const int kind = platform_kind_of(input->path);
        if (kind == PLATFORM_NOTHING) pipeline_fail(of, input->at, "there is no file %s", input->path);
        /* A pipe is nobody's result, and opening it would take what is in it. */
        if (kind == PLATFORM_REGULAR) check_kept(of, input->path, written, input->at);
    }
    if (strcmp(of->path, "-") != 0) check_kept(of, of->path, written, of->document.root);
    for (size_t i = 0; i < of->step_count; i++) {
        check_literals(of, custval__json_member(of->steps[i].at, "arguments"), written);
        check_literals(of, custval__json_member(of->steps[i].at, "options"), written);
    }
    check_apart(of);
    pipeline_keep_results(of, written);
}

/* ---- Names ------------------------------------------------------------------------------------------------------- */

/* Inputs and the steps before the one that is made. */
typedef struct known_names {
    const pipeline *of;
    size_t steps;
} known_names;

static const char *known_at(const void *data, size_t index) {
    const known_names *const known = data;
    const size_t inputs = known->of->input_count;
    if (index < inputs) return known->of->inputs[index].id;
    return index - inputs < known->steps ? known->of->steps[index - inputs].id : NULL;
}

static _Noreturn void fail_name(const pipeline *of, const custval__json *at, const char *name, size_t steps) {
    char near[MESSAGE_SIZE], shown[QUOTED_SIZE];
    const known_names known = {of, steps};
    const pipeline_step *const later = pipeline_step_find(of, name);
    quoted(name, strlen(name), shown);
    if (later == of->steps + steps) pipeline_fail(of, at, "the step %s cannot read its own result", shown);
    if (later != NULL) pipeline_fail(of, at, "the step %s comes later", shown);
    pipeline_fail(of, at, "there is no input and no earlier step %s%s", shown,
                  args_near(name, known_at, &known, near, sizeof near));
}

/* What a text stands for among the arguments of step number `steps`: "$name" is a file, "$$" a dollar sign. */
static const char *meaning(pipeline *of, const custval__json *at, size_t steps) {
    const char *const text = at->text;
    if (text[0] != '$') return text;
    if (text[1] == '$') return text + 1;
    const pipeline_input *const input = input_find(of, text + 1, strlen(text + 1));
    if (input != NULL) return input->path;
    for (size_t i = 0; i < steps; i++) {
        if (strcmp(of->steps[i].id, text + 1) != 0) continue;
        of->steps[i].used_until = steps;
        return of->steps[i].output;
    }
    fail_name(of, at, text + 1, steps);
}

/* ---- Command lines ----------------------------------------------------------------------------------------------- */

static void put(pipeline_step *to, const char *word) {
    to->words[to->count++] = (char *)word; /* argv is not const, but nobody writes there */
}

/* Names of commands: whatever begins with a dash, or leads elsewhere, makes no result. */
static void put_run(pipeline *of, pipeline_step *to) {
    put(to, "custval");
    for (const custval__json *word = custval__json_member(to->at, "run")->first; word != NULL; word = word->next) {
        char shown[QUOTED_SIZE];
        const int is_other = word->index == 0 && (strcmp(word->text, "run") == 0 || strcmp(word->text, "help") == 0);
        if (is_other || word->text[0] == '-') {
            pipeline_fail(of, word, "%s is no command that makes a result",
                          quoted(word->text, strlen(word->text), shown));
        }
        put(to, word->text);
    }
}

static void put_arguments(pipeline *of, pipeline_step *to, size_t steps) {
    const custval__json *const arguments = custval__json_member(to->at, "arguments");
    const custval__json *argument = arguments == NULL ? NULL : arguments->first;
    for (; argument != NULL; argument = argument->next) {
        if (argument->text[0] == '-')
            pipeline_fail(of, argument, "an argument must not begin with -; options stand under \"options\"");
        put(to, meaning(of, argument, steps));
    }
}

static void put_value(pipeline *of, pipeline_step *to, const char *name, const custval__json *value, size_t steps) {
    char *const digits = pipeline_memory(of, CUSTVAL__NUMBER_SIZE, 1);
    const char *const pieces[] = {
        "--",
        name,
        "=",
        value->type == CUSTVAL__JSON_TEXT ? meaning(of, value, steps) : digits,
    };
    if ((value->type & (CUSTVAL__JSON_TEXT | CUSTVAL__JSON_NUMBER)) == 0)
        pipeline_fail(of, value, "the value of an option is a text, a number, true, or a list of texts and numbers");
    if (value->type == CUSTVAL__JSON_NUMBER) custval__number_text(value->number, digits);
    put(to, joined(of, pieces, 4));
}

/* Flags come last: there, one that should have had a value takes none from its neighbour. */
static void put_options(pipeline *of, pipeline_step *to, size_t steps) {
    const custval__json *const options = custval__json_member(to->at, "options");
    const custval__json *const first = options == NULL ? NULL : options->first;
    for (const custval__json *given = first; given != NULL; given = given->next) {
        const custval__json *value = given->type == CUSTVAL__JSON_ARRAY ? given->first : given;
        if (given->key[0] == '-') pipeline_fail(of, given, "options are written without dashes");
        if (strchr(given->key, '=') != NULL)
            pipeline_fail(of, given, "the value of an option stands after its name, not in it");
        if (strcmp(given->key, "output") == 0)
            pipeline_fail(of, given, "where the result goes is said by \"output\" of the step");
        if (given->type == CUSTVAL__JSON_FLAG && given->number != 0.0) continue;
        if (given->type != CUSTVAL__JSON_ARRAY) {
            put_value(of, to, given->key, value, steps);
            continue;
        }
        for (; value != NULL; value = value->next) put_value(of, to, given->key, value, steps);
    }
    put(to, "-o");
    put(to, to->output);
    for (const custval__json *given = first; given != NULL; given = given->next) {
        const char *const pieces[] = {"--", given->key};
        if (given->type == CUSTVAL__JSON_FLAG) put(to, joined(of, pieces, 2));
    }
}

/* Words that a step has at most. */
static size_t most_words(const pipeline_step *step) {
    const custval__json *const arguments = custval__json_member(step->at, "arguments");
    const custval__json *const options = custval__json_member(step->at, "options");
    size_t count = custval__json_member(step->at, "run")->count + (arguments == NULL ? 0 : arguments->count);
    const custval__json *given = options == NULL ? NULL : options->first;
    for (; given != NULL; given = given->next) count += given->count + 1;
    return count + 4; /* the program's name, the output, and the NULL of every argv */
}

static void bind_goals(pipeline *of) {
    char shown[QUOTED_SIZE];
    const custval__json *const goals = custval__json_member(of->document.root, "goals");
    for (const custval__json *goal = goals == NULL ? NULL : goals->first; goal != NULL; goal = goal->next) {
        const custval__json *const result = custval__json_member(goal, "result");
        pipeline_step *const step = result->text[0] == '$' ? pipeline_step_find(of, result->text + 1) : NULL;
        if (step == NULL) {
            pipeline_fail(of, result, "$ and the id of a step are needed, not %s",
                          quoted(result->text, strlen(result->text), shown));
        }
        step->used_until = of->step_count;
    }
}

void pipeline_bind(pipeline *of, const pipeline_choice *choice, const char *command) {
    const char *const pieces[] = {custval__json_member(of->document.root, "name")->text, "-results"};
    of->folder = choice->to != NULL ? as_argument(of, choice->to) : beside(of, joined(of, pieces, 2));
    replace_inputs(of, &choice->inputs, command);
    for (size_t i = 0; i < of->input_count; i++) {
        if (of->inputs[i].path == NULL) of->inputs[i].path = beside(of, of->inputs[i].at->text);
    }
    for (size_t i = 0; i < of->step_count; i++) {
        of->steps[i].output = in_folder(of, of->folder, of->steps[i].file);
    }
    for (size_t i = 0; i < of->step_count; i++) {
        pipeline_step *const step = &of->steps[i];
        step->words = pipeline_memory(of, most_words(step), sizeof step->words[0]);
        put_run(of, step);
        put_arguments(of, step, i);
        put_options(of, step, i);
    }
    bind_goals(of);
    check_files(of, choice->written);
}
