/* custval templates: ready systems to start from. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "command.h"
#include "templates.h"

static const command_help help = {
    "templates",
    "list | show NAME [OPTIONS]",
    "Lists the systems that come with custval, or prints one, as a document to be edited. Their\n"
    "weights are placeholders unless their note says otherwise.",
    "  custval templates list\n"
    "  custval templates show wukong-nine > mine.json\n",
};

/* Files are numbered to keep them in order: "t01-wukong-nine" is called "wukong-nine". */
static const char *name_of(const template_file *file) {
    const char *const dash = strchr(file->name, '-');
    return dash == NULL ? file->name : dash + 1;
}

static const char *name_at(const void *data, size_t index) {
    const template_file *const file = (const template_file *)data + index;
    return file->name == NULL ? NULL : name_of(file);
}

/* The first sentence of a note, which is long. */
static custval_text first_sentence(const char *note) {
    if (note == NULL) return (custval_text){NULL, 0};
    const char *end = strchr(note, '.');
    while (end != NULL && end[1] != ' ' && end[1] != 0) end = strchr(end + 1, '.');
    return (custval_text){note, end == NULL ? strlen(note) : (size_t)(end - note)};
}

#define NAME_WIDTH 20

static void list(buffer *to) {
    for (const template_file *file = templates; file->name != NULL; file++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
        custval_system *system = NULL;
        const char *const name = name_of(file);
        if (custval_system_parse(NULL, file->text, file->length, &system, &error) != CUSTVAL_OK ||
            custval_system_get(system, &spec, &error) != CUSTVAL_OK) {
            fail_error(name, &error);
        }
        const custval_text about = first_sentence(spec.note);
        const size_t length = strlen(name);
        buffer_text(to, name);
        buffer_repeat(to, ' ', length < NAME_WIDTH ? NAME_WIDTH - length : 1);
        buffer_put(to, about.data, about.length);
        buffer_byte(to, '\n');
        custval_system_free(system);
    }
}

static void show(const char *name, buffer *to) {
    char near[MESSAGE_SIZE], shown[QUOTED_SIZE];
    for (const template_file *file = templates; file->name != NULL; file++) {
        if (strcmp(name, file->name) != 0 && strcmp(name, name_of(file)) != 0) continue;
        buffer_put(to, file->text, file->length);
        return;
    }
    fail_usage("templates", "there is no template %s%s", quoted(name, strlen(name), shown),
               args_near(name, name_at, templates, near, sizeof near));
}

static const char *action_at(const void *data, size_t index) {
    static const char *const actions[] = {"list", "show"};
    (void)data;
    return index < 2 ? actions[index] : NULL;
}

int cmd_templates(int argc, char **argv) {
    const char *arguments[ARGS_MOST], *path = NULL;
    char near[MESSAGE_SIZE], shown[QUOTED_SIZE];
    const option options[] = {
        OPTION_OF_OUTPUT(path),
        {NULL, 0, OPTION_END, NULL, NULL, NULL},
    };
    args_read(argc, argv, &help, options, 1, 2, arguments);
    const char *const action = arguments[0], *const name = arguments[1];
    buffer text = {NULL, 0, 0};
    if (strcmp(action, "list") == 0) {
        if (name != NULL) fail_usage(help.name, "list takes no name");
        list(&text);
    } else if (strcmp(action, "show") == 0) {
        if (name == NULL) fail_usage(help.name, "show needs the name of a template");
        show(name, &text);
    } else {
        fail_usage(help.name, "%s is neither list nor show%s", quoted(action, strlen(action), shown),
                   args_near(action, action_at, NULL, near, sizeof near));
    }
    command_write(path, &text);
    buffer_free(&text);
    return EXIT_DONE;
}
