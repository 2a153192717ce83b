/* Where results go: standard output, or a file that appears only when it is complete. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_OUTPUT_H
#define CUSTVAL_TOOLS_OUTPUT_H

#include <stddef.h>
#include <stdio.h>

typedef struct output {
    FILE *file;
    const char *name; /* for messages */
    char *path;       /* what the temporary file is renamed to; NULL: written directly */
} output;

/* Opens standard output for NULL or "-"; a device or pipe directly; else a temporary file beside the path. One output
   is open at a time. Every function fails with the name of the file. */
void output_open(output *to, const char *path);
void output_write(output *to, const char *bytes, size_t count);
void output_close(output *to); /* makes the file appear; the last act of a command, as it ends interrupts */
/* All of it to standard output. */
void output_standard(const char *bytes, size_t count);

/* Fails if the path of an output (may be NULL) names this open file, which is called `name`. */
void output_refuse(const char *path, FILE *input, const char *name);

/* Removes the temporary file, if there is one. */
void output_discard(void);

#endif
