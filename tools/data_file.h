/* A file of customers' answers: comma-separated values with a header. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_DATA_FILE_H
#define CUSTVAL_TOOLS_DATA_FILE_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "args.h"
#include "csv_reader.h"

/* How cells are written; options of every command that reads data. */
typedef struct data_options {
    const char *delimiter; /* a character, a name, or NULL: found out */
    const char *decimal;   /* NULL: '.' */
    text_list missing;     /* texts that mean "no answer", besides the usual ones */
} data_options;

/* What messages call a file: its path, or "standard input" for "-". */
const char *input_name(const char *path);

/* The delimiter, 0 if it is to be found out, and the decimal character; another one fails as usage of the command. */
char data_delimiter(const data_options *options, const char *command);
char data_decimal(const data_options *options, const char *command);

typedef struct data_file {
    const char *name; /* for messages */
    FILE *file;
    uint64_t size; /* in bytes; 0 if not known */
    csv_reader reader;
    char decimal;
    text_list missing;
    double *missing_numbers; /* those of the texts that are numbers */
    size_t missing_number_count;
    char **names; /* of the columns, as in the header */
    size_t columns;
    size_t lines; /* newlines up to the end of the header */
} data_file;

/* Opens a file, "-" for standard input, and reads its header, or fails. `command` is for messages about the options. */
void data_open(data_file *data, const char *path, const data_options *options, const char *command);
void data_close(data_file *data);

/* Index of the column, which is there once, or fails and names similar ones. `reader` is who needs it. */
size_t data_column(const data_file *data, const char *name, const char *reader);
/* Index of the column, or SIZE_MAX. Fails if there are two. */
size_t data_find(const data_file *data, const char *name);
/* Fails with the problem of a block, or of a mistake in a cell, in a line counted from 1. */
_Noreturn void data_fail_block(const data_file *data, int problem, uint64_t line);

/* 1 if the number is one of the missing ones. */
static inline int data_is_missing_number(const data_file *data, double number) {
    for (size_t i = 0; i < data->missing_number_count; i++) {
        if (number == data->missing_numbers[i]) return 1;
    }
    return 0;
}

/* 1 if a number's cell means "no answer": blank, or one of the texts. */
int data_is_missing(const data_file *data, const char *text, size_t length);
/* The same for a text's cell, where the usual words may be meant. */
int data_is_missing_text(const data_file *data, const char *text, size_t length);

#endif
