/* Pipeline documents: their shape, and what can be said about them without the files. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "data_file.h"
#include "document/path.h"
#include "file_bytes.h"
#include "pipeline.h"

enum {
    NUMBER = CUSTVAL__JSON_NUMBER,
    TEXT = CUSTVAL__JSON_TEXT,
    ARRAY = CUSTVAL__JSON_ARRAY,
    OBJECT = CUSTVAL__JSON_OBJECT
};

/* ---- The tables -------------------------------------------------------------------------------------------------- */

static const custval__member root_members[] = {
    {"custval", TEXT, 0, 0, 1},           {"version", NUMBER, 0, 0, 1},   {"name", TEXT, 0, 0, 1},
    {"label", TEXT | OBJECT, TEXT, 0, 0}, {"note", TEXT, 0, 0, 0},        {"inputs", OBJECT, TEXT, 0, 0},
    {"steps", ARRAY, OBJECT, 0, 1},       {"goals", ARRAY, OBJECT, 0, 0}, {NULL, 0, 0, 0, 0},
};

static const custval__member step_members[] = {
    {"id", TEXT, 0, 0, 1},        {"stage", TEXT, 0, 0, 1},   {"label", TEXT | OBJECT, TEXT, 0, 0},
    {"note", TEXT, 0, 0, 0},      {"run", ARRAY, TEXT, 0, 1}, {"arguments", ARRAY, TEXT, 0, 0},
    {"options", OBJECT, 0, 0, 0}, {"output", TEXT, 0, 0, 1},  {NULL, 0, 0, 0, 0},
};

static const custval__member goal_members[] = {
    {"id", TEXT, 0, 0, 1},       {"label", TEXT | OBJECT, TEXT, 0, 0},
    {"note", TEXT, 0, 0, 0},     {"result", TEXT, 0, 0, 1},
    {"column", TEXT, 0, 0, 1},   {"where", OBJECT, TEXT, 0, 0},
    {"target", NUMBER, 0, 0, 0}, {"least", NUMBER, 0, 0, 0},
    {"most", NUMBER, 0, 0, 0},   {NULL, 0, 0, 0, 0},
};

const custval__shape pipeline_shapes[PIPELINE_SHAPES] = {
    [PIPELINE_SHAPE_PIPELINE] = {"pipeline", "a pipeline", root_members},
    [PIPELINE_SHAPE_STEP] = {"step", "a step", step_members},
    [PIPELINE_SHAPE_GOAL] = {"goal", "a goal", goal_members},
};

/* In the order in which they come: valuation is what segments are made of. */
static const char *const stages[] = {"ingest", "value", "segment", "match", "report"};
#define STAGES (sizeof stages / sizeof stages[0])

static const char *stage_at(const void *data, size_t index) {
    (void)data;
    return index < STAGES ? stages[index] : NULL;
}

/* ---- Failing ----------------------------------------------------------------------------------------------------- */

void pipeline_fail(const pipeline *of, const custval__json *at, const char *format, ...) {
    char message[MESSAGE_SIZE], place[CUSTVAL__PATH_SIZE];
    va_list list;
    va_start(list, format);
    custval__format_list(message, sizeof message, format, list);
    va_end(list);
    fail("%s: %s: %s", input_name(of->path), custval__json_path(at, place), message);
}

static void check_shape(const pipeline *of, const custval__json *object, int shape) {
    custval_error error = CUSTVAL_ERROR_INIT;
    if (custval__shape_check(object, &pipeline_shapes[shape], &error) != CUSTVAL_OK) {
        fail_error(input_name(of->path), &error);
    }
}

/* ---- Names ------------------------------------------------------------------------------------------------------- */

#define LONGEST_ID 60

/* A name that "$name" and NAME=FILE can hold. */
static void check_id(const pipeline *of, const custval__json *at, const char *id) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    char shown[QUOTED_SIZE];
    const size_t length = strlen(id);
    if (length > 0 && length <= LONGEST_ID && id[strspn(id, letters)] == 0 && *id != '-') return;
    pipeline_fail(of, at, "%s is no id: up to %d letters, digits, _ and - make one, which does not begin with -",
                  quoted(id, length, shown), LONGEST_ID);
}

static char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? (char)(letter + ('a' - 'A')) : letter;
}

/* As systems compare names that keep no case apart. */
static int is_same_file_name(const char *a, const char *b) {
    for (; *a != 0 && lower(*a) == lower(*b); a++) b++;
    return *a == 0 && *b == 0;
}

/* Devices of Windows, whatever follows a point. */
static int is_device(const char *name) {
    static const char *const devices[] = {"con", "prn", "aux", "nul", "com", "lpt"};
    const size_t length = strcspn(name, ".");
    for (size_t i = 0; i < sizeof devices / sizeof devices[0]; i++) {
        const int has_number = i >= 4;
        size_t same = 0;
        while (same < 3 && lower(name[same]) == devices[i][same]) same++;
        if (same == 3 && length == 3 + (size_t)has_number && (!has_number || (name[3] >= '0' && name[3] <= '9')))
            return 1;
    }
    return 0;
}

/* A name that is a file's on every system, in the folder of the results. */
static void check_file_name(const pipeline *of, const custval__json *at) {
    const char *const name = at->text;
    const size_t length = strlen(name);
    char shown[QUOTED_SIZE];
    int is_plain = length > 0 && length <= 200 && strpbrk(name, "<>:\"/\\|?*") == NULL && !is_device(name);
    for (size_t i = 0; i < length; i++) is_plain = is_plain && (unsigned char)name[i] >= 0x20 && name[i] != 0x7f;
    if (is_plain && name[0] != '.' && name[length - 1] != '.' && name[length - 1] != ' ') return;
    pipeline_fail(of, at, "%s is no name of a file that every system takes: a plain name without a folder is needed",
                  quoted(name, length, shown));
}

/* ---- The parts --------------------------------------------------------------------------------------------------- */

static void read_inputs(pipeline *of) {
    const custval__json *const inputs = custval__json_member(of->document.root, "inputs");
    if (inputs == NULL) return;
    of->inputs = pipeline_memory(of, inputs->count, sizeof of->inputs[0]);
    for (const custval__json *input = inputs->first; input != NULL; input = input->next) {
        check_id(of, input, input->key);
        if (input->text[0] == 0) pipeline_fail(of, input, "the name of a file must not be empty");
        of->inputs[of->input_count++] = (pipeline_input){input->key, NULL, input};
    }
}

static size_t stage_of(const pipeline *of, const custval__json *step) {
    const custval__json *const stage = custval__json_member(step, "stage");
    char near[MESSAGE_SIZE], shown[QUOTED_SIZE];
    for (size_t i = 0; i < STAGES; i++) {
        if (strcmp(stages[i], stage->text) == 0) return i;
    }
    pipeline_fail(of, stage, "%s is none of ingest, value, segment, match and report%s",
                  quoted(stage->text, strlen(stage->text), shown),
                  args_near(stage->text, stage_at, NULL, near, sizeof near));
}

static void check_order(const pipeline *of, const custval__json *step, const custval__json *before) {
    if (before == NULL) return;
    const size_t stage = stage_of(of, step), last = stage_of(of, before);
    if (stage >= last) return;
    pipeline_fail(of, custval__json_member(step, "stage"),
                  "%s stands after %s; the order is ingest, value, segment, match, report", stages[stage],
                  stages[last]);
}

/* The id and the name of the file must be nobody else's. */
static void check_unique(const pipeline *of, const pipeline_step *step) {
    for (size_t i = 0; i < of->input_count; i++) {
        if (strcmp(of->inputs[i].id, step->id) == 0)
            pipeline_fail(of, step->at, "the id \"%s\" is that of an input, too", step->id);
    }
    for (const pipeline_step *other = of->steps; other < step; other++) {
        if (strcmp(other->id, step->id) == 0)
            pipeline_fail(of, step->at, "the id \"%s\" is that of step %zu, too", step->id,
                          (size_t)(other - of->steps) + 1);
        if (is_same_file_name(other->file, step->file))
            pipeline_fail(of, custval__json_member(step->at, "output"), "step \"%s\" writes %s, too", other->id,
                          other->file);
    }
}

static void read_steps(pipeline *of) {
    const custval__json *const steps = custval__json_member(of->document.root, "steps");
    const custval__json *before = NULL;
    of->steps = pipeline_memory(of, steps->count, sizeof of->steps[0]);
    for (const custval__json *at = steps->first; at != NULL; at = at->next) {
        pipeline_step *const step = &of->steps[of->step_count];
        check_shape(of, at, PIPELINE_SHAPE_STEP);
        const custval__json *const id = custval__json_member(at, "id"), *const output =
                                                                            custval__json_member(at, "output");
        check_id(of, id, id->text);
        check_file_name(of, output);
        *step = (pipeline_step){.id = id->text, .file = output->text, .at = at};
        (void)stage_of(of, at);
        check_order(of, at, before);
        check_unique(of, step);
        before = at;
        of->step_count++;
    }
}

static void check_goals(const pipeline *of) {
    const custval__json *const goals = custval__json_member(of->document.root, "goals");
    for (const custval__json *goal = goals == NULL ? NULL : goals->first; goal != NULL; goal = goal->next) {
        check_shape(of, goal, PIPELINE_SHAPE_GOAL);
        const custval__json *const id = custval__json_member(goal, "id");
        const custval__json *const least = custval__json_member(goal, "least");
        const custval__json *const most = custval__json_member(goal, "most");
        check_id(of, id, id->text);
        for (const custval__json *other = goals->first; other != goal; other = other->next) {
            if (strcmp(custval__json_member(other, "id")->text, id->text) == 0)
                pipeline_fail(of, id, "the id \"%s\" is that of another goal, too", id->text);
        }
        if (least == NULL && most == NULL) pipeline_fail(of, goal, "a goal needs \"least\", \"most\" or both");
        if (least != NULL && most != NULL && least->number > most->number)
            pipeline_fail(of, goal, "at least %g and at most %g is nothing", least->number, most->number);
    }
}

/* Asked first, so that another document is not taken for one with strange keys. */
static void check_head(const pipeline *of) {
    const custval__json *const root = of->document.root;
    if (root->type != OBJECT) pipeline_fail(of, root, "a document is an object, {\"custval\": \"pipeline\", ...}");
    const custval__json *const kind = custval__json_member(root, "custval");
    if (kind == NULL || kind->type != TEXT || strcmp(kind->text, "pipeline") != 0)
        pipeline_fail(of, kind == NULL ? root : kind,
                      "this is no pipeline document, which says \"custval\": \"pipeline\"");
    const custval__json *const version = custval__json_member(root, "version");
    if (version != NULL && version->type == NUMBER && version->number != PIPELINE_VERSION)
        pipeline_fail(of, version, "this version of custval reads version %d, not %g", PIPELINE_VERSION,
                      version->number);
}

void pipeline_load(pipeline *out, const char *path, const char *written) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_host host;
    buffer text = {NULL, 0, 0};
    *out = (pipeline){.path = path};
    document_bytes(path, "pipeline", written, &text);
    if (custval__host_read(&host, NULL, &error) != CUSTVAL_OK ||
        custval__json_read(&out->document, &host, text.data, text.length, &error) != CUSTVAL_OK) {
        fail_error(input_name(path), &error);
    }
    buffer_free(&text);
    check_head(out);
    check_shape(out, out->document.root, PIPELINE_SHAPE_PIPELINE);
    check_file_name(out, custval__json_member(out->document.root, "name"));
    read_inputs(out);
    read_steps(out);
    check_goals(out);
}

void pipeline_free(pipeline *of) {
    custval__json_free(&of->document);
    *of = (pipeline){0};
}

void *pipeline_memory(pipeline *of, size_t count, size_t size) {
    void *const block = custval__arena_alloc(&of->document.arena, count, size);
    if (block == NULL) fail("out of memory");
    return block;
}

pipeline_step *pipeline_step_find(const pipeline *of, const char *id) {
    for (size_t i = 0; i < of->step_count; i++) {
        if (strcmp(of->steps[i].id, id) == 0) return &of->steps[i];
    }
    return NULL;
}
