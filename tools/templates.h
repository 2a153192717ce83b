/* The shipped documents, embedded into the command. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_TEMPLATES_H
#define CUSTVAL_TOOLS_TEMPLATES_H

#include <stddef.h>

typedef struct template_file {
    const char *name; /* file name without ".json" */
    const char *text; /* the document, NUL-terminated */
    size_t length;    /* without the NUL */
} template_file;

/* Systems, in order of name; the last has name NULL. */
extern const template_file templates[];

/* The document of programmes to start with, and one with name NULL. */
extern const template_file starting_programmes[];

#endif
