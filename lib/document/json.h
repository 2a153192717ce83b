/* JSON as a tree in the host's memory, each value with its parent, so that it knows its place. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_DOCUMENT_JSON_H
#define CUSTVAL_DOCUMENT_JSON_H

#include <stddef.h>
#include <stdint.h>

#include <custval/host.h>

#include "../base/memory.h"

/* Bits, so that a set of types is a number too. */
enum custval__json_type {
    CUSTVAL__JSON_NULL = 1,
    CUSTVAL__JSON_FLAG = 2,
    CUSTVAL__JSON_NUMBER = 4,
    CUSTVAL__JSON_TEXT = 8,
    CUSTVAL__JSON_ARRAY = 16,
    CUSTVAL__JSON_OBJECT = 32
};

typedef struct custval__json {
    uint32_t type;
    uint32_t at;                              /* offset of its first byte in the document */
    uint32_t index;                           /* among its siblings */
    uint32_t count;                           /* array, object: number of children */
    double number;                            /* number; flag: 0 or 1. Always finite */
    const char *text;                         /* text: without a NUL inside */
    const char *key;                          /* member of an object: its key; else NULL */
    const struct custval__json *parent;       /* NULL for the root */
    const struct custval__json *first, *next; /* first child, next sibling */
} custval__json;

typedef struct custval__json_document {
    custval__arena arena;
    const custval__json *root;
} custval__json_document;

/* Why a reader of our own: a host that runs short of memory must get an error. With the n-th allocation failing, jansson
   2.14 gives another document without a word, or stops the process on a long number (load.c, lex_unget_unsave), and its
   allocator is global to the process. This one takes its memory from the host, needs no locale, and cannot recurse. */

/* Reads a document of at most CUSTVAL_MAX_DOCUMENT_SIZE bytes and CUSTVAL_MAX_DOCUMENT_DEPTH levels; nothing of the text
   is kept. custval__json_free is due after a failure too. Errors (CUSTVAL_ERROR_DOCUMENT, CUSTVAL_ERROR_LIMIT,
   CUSTVAL_ERROR_MEMORY) begin with line and column where the text is not JSON. */
custval_status custval__json_read(custval__json_document *out, const custval_host *whole_host, const char *text,
                                  size_t length, custval_error *error);
void custval__json_free(custval__json_document *document);

/* A member of an object, or NULL. */
const custval__json *custval__json_member(const custval__json *object, const char *key);

#endif
