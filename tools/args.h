/* Arguments of a command: a table of options, read and explained. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_ARGS_H
#define CUSTVAL_TOOLS_ARGS_H

#include <stddef.h>
#include <stdint.h>

#include "tool.h"

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
    OPTION_COUNT,  /* size_t: a whole number from 1 to ARGS_LARGEST_COUNT; 0 if not given */
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

#define ARGS_MOST 1000
#define ARGS_LARGEST_COUNT 4294967295

/* Reads argv[1] on. Options may stand anywhere, "--" ends them, "-" is no option. Gives the other arguments, of which
   there must be `least` to `most`; the rest are NULL. Gives how many there are. --help prints the help and leaves; a
   mistake fails as usage. */
size_t args_read(int argc, char **argv, const command_help *help, const option *options, size_t least, size_t most,
                 const char *arguments[ARGS_MOST]);

/* How the command is called that read its arguments last, as `; the order is: ...`, or "". */
const char *args_order(char out[MESSAGE_SIZE]);

/* Has a command read its arguments, and no more: a mistake fails as ever, --help counting as one. 0 if the command reads
   none that way. */
int args_rehearse(int (*run)(int argc, char **argv), int argc, char **argv);

/* Each fails as usage, naming the range, if a value is outside it; NaN is not given, and `most` or `high` may be
   infinite. */
void args_check_range(const char *command, const char *option_name, double value, double least, double most);
void args_check_between(const char *command, const char *option_name, double value, double low, double high);

/* A word that an option takes for a value; the last of a list has no name. */
typedef struct option_word {
    const char *name;
    uint32_t value;
} option_word;

/* The value of a word of one of the library's vocabularies, 0 for NULL; another word fails as usage and names those that
   there are. */
uint32_t args_vocabulary(const char *command, const char *option_name, const char *text, uint32_t vocabulary);

/* The same for words that are the command's own. */
uint32_t args_word(const char *command, const char *option_name, const char *text, const option_word *words);

/* The pieces of lists with commas between them, in order; fails as usage if one is empty. */
text_list args_split(const char *command, const char *option_name, const text_list *lists);
/* Frees what args_split() gave. */
void args_free_split(text_list *list);
/* The same as numbers, and how many; free() them. Fails as usage if one is none. */
double *args_numbers(const char *command, const char *option_name, const text_list *lists, size_t *out_count);

/* The names nearest to a mistaken one, as `; did you mean ...`, or "". next as in custval__nearest_names. */
const char *args_near(const char *wanted, const char *(*next)(const void *data, size_t index), const void *data,
                      char *out, size_t capacity);

#endif
