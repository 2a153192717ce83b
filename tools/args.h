/* Arguments of a command: a table of options, read and explained. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_ARGS_H
#define CUSTVAL_TOOLS_ARGS_H

#include <stddef.h>
#include <stdint.h>

typedef struct text_list {
    const char **texts;
    size_t count;
} text_list;

/* What an option sets; its kind says what `target` points to. */
enum option_kind {
    OPTION_END = 0,
    OPTION_FLAG,   /* int: 1 if given */
    OPTION_TEXT,   /* const char *: the last one given */
    OPTION_TEXTS,  /* text_list: all that are given */
    OPTION_COUNT,  /* size_t: a whole number from 1 on; 0 if not given */
    OPTION_NUMBER, /* double: NaN if not given */
};

typedef struct option {
    const char *name; /* with the dashes */
    char letter;      /* 0 for none */
    int kind;
    void *target;
    const char *value; /* what stands for the value in the help; NULL for a flag */
    const char *help;  /* lines after the first are indented */
} option;

typedef struct command_help {
    const char *name;     /* of the command */
    const char *usage;    /* what follows its name */
    const char *summary;  /* one sentence, then more if need be */
    const char *examples; /* one a line */
} command_help;

#define ARGS_MOST 4

/* Reads argv[1] on. Options may stand anywhere, "--" ends them, "-" is no option. Gives the other arguments, of which
   there must be `least` to `most`; the rest are NULL. --help prints the help and leaves; a mistake fails as usage. */
void args_read(int argc, char **argv, const command_help *help, const option *options, size_t least, size_t most,
               const char *arguments[ARGS_MOST]);

/* The names nearest to a mistaken one, as `; did you mean ...`, or "". next as in custval__nearest_names. */
const char *args_near(const char *wanted, const char *(*next)(const void *data, size_t index), const void *data,
                      char *out, size_t capacity);

#endif
