/* Arguments of a command: a table of options, read and explained. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "args.h"

#include <math.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "number_parse.h"
#include "output.h"
#include "tool.h"

const char *args_near(const char *wanted, const char *(*next)(const void *data, size_t index), const void *data,
                      char *out, size_t capacity) {
    char near[MESSAGE_SIZE / 2];
    custval__nearest_names(wanted, next, data, 2, near, sizeof near);
    custval__format(out, capacity, "%s%s%s", near[0] != 0 ? ", did you mean " : "", near, near[0] != 0 ? "?" : "");
    return out;
}

static const char *name_at(const void *data, size_t index) {
    const option *const one = (const option *)data + index;
    return one->kind == OPTION_END ? NULL : one->name;
}

/* ---- Help -------------------------------------------------------------------------------------------------------- */

#define HELP_COLUMN 26

static void print_option(buffer *to, const option *one) {
    const size_t before = to->length;
    buffer_text(to, "  ");
    if (one->letter != 0) buffer_format(to, "-%c, ", one->letter);
    buffer_format(to, "%s%s%s", one->name, one->value != NULL ? " " : "", one->value != NULL ? one->value : "");
    const size_t width = to->length - before;
    if (width >= HELP_COLUMN) buffer_byte(to, '\n');
    buffer_repeat(to, ' ', width >= HELP_COLUMN ? HELP_COLUMN : HELP_COLUMN - width);
    for (const char *line = one->help;;) {
        const size_t length = strcspn(line, "\n");
        buffer_put(to, line, length);
        buffer_byte(to, '\n');
        if (line[length] == 0) break;
        buffer_repeat(to, ' ', HELP_COLUMN);
        line += length + 1;
    }
}

static _Noreturn void print_help(const command_help *help, const option *options) {
    buffer text = {NULL, 0, 0};
    buffer_format(&text, "usage: custval %s %s\n\n", help->name, help->usage);
    buffer_text(&text, help->summary);
    buffer_text(&text, "\n\nOptions:\n");
    for (const option *one = options; one->kind != OPTION_END; one++) print_option(&text, one);
    buffer_text(&text, "  -h, --help");
    buffer_repeat(&text, ' ', HELP_COLUMN - strlen("  -h, --help"));
    buffer_text(&text, "this text\n\nExamples:\n");
    buffer_text(&text, help->examples);
    output_standard(text.data, text.length);
    buffer_free(&text);
    exit(EXIT_DONE);
}

/* ---- Reading ----------------------------------------------------------------------------------------------------- */

/* Where a rehearsal ends; NULL: this is none. */
static jmp_buf *rehearsal_end;

/* Of the command that read its arguments last; NULL: none did. */
static const command_help *last_help;

const char *args_order(char out[MESSAGE_SIZE]) {
    out[0] = 0;
    if (last_help != NULL) {
        custval__format(out, MESSAGE_SIZE, "; the order is: custval %s %s", last_help->name, last_help->usage);
    }
    return out;
}

static void set_count(const command_help *help, const option *one, const char *value) {
    char shown[QUOTED_SIZE];
    double number = 0.0;
    const int read = number_parse(value, strlen(value), '.', &number) == NUMBER_READ;
    if (!read || number < 1.0 || number > (double)ARGS_LARGEST_COUNT || number != floor(number)) {
        fail_usage(help->name, "%s: %s is not a whole number from 1 to %lld", one->name,
                   quoted(value, strlen(value), shown), (long long)ARGS_LARGEST_COUNT);
    }
    *(size_t *)one->target = (size_t)number;
}

static void set(const command_help *help, const option *one, const char *value) {
    char shown[QUOTED_SIZE];
    if (rehearsal_end != NULL && one->kind == OPTION_TEXTS) return; /* nobody would free the list */
    switch (one->kind) {
    case OPTION_TEXT: *(const char **)one->target = value; break;
    case OPTION_TEXTS: {
        text_list *const list = one->target;
        list->texts = memory_resize(list->texts, list->count + 1, sizeof list->texts[0]);
        list->texts[list->count++] = value;
        break;
    }
    case OPTION_COUNT: set_count(help, one, value); break;
    default:
        if (number_parse(value, strlen(value), '.', one->target) != NUMBER_READ) {
            fail_usage(help->name, "%s: %s is not a number", one->name, quoted(value, strlen(value), shown));
        }
    }
}

/* `text` begins with the name, dashes and all. */
static const option *find(const command_help *help, const option *options, const char *text, size_t length) {
    char near[MESSAGE_SIZE], wanted[QUOTED_SIZE], shown[QUOTED_SIZE];
    for (const option *one = options; one->kind != OPTION_END; one++) {
        if (strlen(one->name) == length && memcmp(one->name, text, length) == 0) return one;
    }
    custval__format(wanted, sizeof wanted, "%.*s", (int)(length < 100 ? length : 100), text);
    fail_usage(help->name, "there is no option %s%s", quoted(text, length, shown),
               args_near(wanted, name_at, options, near, sizeof near));
}

static const option *find_letter(const command_help *help, const option *options, const char *argument) {
    for (const option *one = options; one->kind != OPTION_END; one++) {
        if (one->letter == argument[1]) return one;
    }
    char shown[QUOTED_SIZE];
    fail_usage(help->name, "there is no option %s", quoted(argument, strlen(argument), shown));
}

/* Reads the option at argv[at]; gives how many arguments it took. */
static int read_option(int argc, char **argv, int at, const command_help *help, const option *options) {
    const char *const argument = argv[at];
    const option *one = NULL;
    const char *value = NULL;
    if (argument[1] == '-') {
        const size_t length = strcspn(argument, "=");
        one = find(help, options, argument, length);
        if (argument[length] == '=') value = argument + length + 1;
    } else {
        one = find_letter(help, options, argument);
        if (argument[2] != 0) value = argument + 2;
    }
    if (one->kind == OPTION_FLAG) {
        if (value != NULL) fail_usage(help->name, "%s takes no value", one->name);
        *(int *)one->target = 1;
        return 1;
    }
    if (value != NULL) {
        set(help, one, value);
        return 1;
    }
    if (at + 1 == argc) fail_usage(help->name, "%s needs a value: %s", one->name, one->value);
    set(help, one, argv[at + 1]);
    return 2;
}

size_t args_read(int argc, char **argv, const command_help *help, const option *options, size_t least, size_t most,
                 const char *arguments[ARGS_MOST]) {
    char shown[QUOTED_SIZE];
    size_t count = 0;
    int only_arguments = 0;
    last_help = help;
    for (const option *one = options; one->kind != OPTION_END; one++) {
        if (one->kind == OPTION_NUMBER) *(double *)one->target = (double)NAN;
    }
    for (int at = 1; at < argc;) {
        const char *const argument = argv[at];
        if (only_arguments || argument[0] != '-' || argument[1] == 0) {
            if (count == most) {
                fail_usage(help->name, "%s is one argument too many", quoted(argument, strlen(argument), shown));
            }
            arguments[count++] = argument;
            at++;
        } else if (strcmp(argument, "--") == 0) {
            only_arguments = 1;
            at++;
        } else if (rehearsal_end == NULL && (strcmp(argument, "--help") == 0 || strcmp(argument, "-h") == 0)) {
            print_help(help, options);
        } else {
            at += read_option(argc, argv, at, help, options);
        }
    }
    if (count < least) fail_usage(help->name, "too few arguments: custval %s %s", help->name, help->usage);
    for (size_t i = count; i < ARGS_MOST; i++) arguments[i] = NULL;
    if (rehearsal_end != NULL) longjmp(*rehearsal_end, 1);
    return count;
}

/* The command has nothing open yet when it reads its arguments, so that leaving it there is safe. */
int args_rehearse(int (*run)(int argc, char **argv), int argc, char **argv) {
    jmp_buf end;
    rehearsal_end = &end;
    if (setjmp(end) == 0) {
        (void)run(argc, argv);
        rehearsal_end = NULL;
        return 0;
    }
    rehearsal_end = NULL;
    return 1;
}

/* ---- Values ------------------------------------------------------------------------------------------------------ */

void args_check_range(const char *command, const char *option_name, double value, double least, double most) {
    if (!(value < least || value > most)) return;
    if (isinf(most)) fail_usage(command, "%s is %g, but must be at least %g", option_name, value, least);
    fail_usage(command, "%s is %g, but must be %g to %g", option_name, value, least, most);
}

void args_check_between(const char *command, const char *option_name, double value, double low, double high) {
    if (!(value <= low || value >= high)) return;
    if (isinf(high)) fail_usage(command, "%s is %g, but must be above %g", option_name, value, low);
    fail_usage(command, "%s is %g, but must be above %g and below %g", option_name, value, low, high);
}

uint32_t args_vocabulary(const char *command, const char *option_name, const char *text, uint32_t vocabulary) {
    enum { MOST = 32 };
    option_word words[MOST + 1] = {{NULL, 0}};
    for (uint32_t i = 0; i < MOST; i++) {
        words[i] = (option_word){custval_word(vocabulary, i + 1), i + 1};
        if (words[i].name == NULL) break;
    }
    return args_word(command, option_name, text, words);
}

uint32_t args_word(const char *command, const char *option_name, const char *text, const option_word *words) {
    char shown[QUOTED_SIZE];
    if (text == NULL) return 0;
    for (const option_word *word = words; word->name != NULL; word++) {
        if (strcmp(word->name, text) == 0) return word->value;
    }
    buffer list = {NULL, 0, 0};
    for (const option_word *word = words; word->name != NULL; word++) {
        buffer_format(&list, "%s%s", word == words ? "" : word[1].name == NULL ? " or " : ", ", word->name);
    }
    buffer_byte(&list, 0);
    fail_usage(command, "%s: %s is none of %s", option_name, quoted(text, strlen(text), shown), list.data);
}

text_list args_split(const char *command, const char *option_name, const text_list *lists) {
    text_list out = {NULL, 0};
    for (size_t i = 0; i < lists->count; i++) {
        for (const char *at = lists->texts[i];; at++) {
            const size_t length = strcspn(at, ",");
            if (length == 0) fail_usage(command, "%s: a name between commas is empty", option_name);
            out.texts = memory_resize(out.texts, out.count + 1, sizeof out.texts[0]);
            out.texts[out.count++] = memory_text(at, length);
            at += length;
            if (*at == 0) break;
        }
    }
    return out;
}

void args_free_split(text_list *list) {
    for (size_t i = 0; i < list->count; i++) free((char *)list->texts[i]);
    free(list->texts);
    *list = (text_list){NULL, 0};
}

double *args_numbers(const char *command, const char *option_name, const text_list *lists, size_t *out_count) {
    char shown[QUOTED_SIZE];
    text_list pieces = args_split(command, option_name, lists);
    double *const numbers = memory_new(pieces.count, sizeof *numbers);
    for (size_t i = 0; i < pieces.count; i++) {
        const size_t length = strlen(pieces.texts[i]);
        if (number_parse(pieces.texts[i], length, '.', &numbers[i]) == NUMBER_READ) continue;
        fail_usage(command, "%s: %s is not a number", option_name, quoted(pieces.texts[i], length, shown));
    }
    *out_count = pieces.count;
    args_free_split(&pieces);
    return numbers;
}
