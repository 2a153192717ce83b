/* Laying out JSON text: commas, indentation, one line for what fits in one. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_DOCUMENT_LAYOUT_H
#define CUSTVAL_DOCUMENT_LAYOUT_H

#include <stddef.h>

/* Counts everything and stores what fits, so it neither allocates nor fails. */
typedef struct custval__layout {
    char *out;
    size_t capacity, length;
    size_t column; /* characters since the start of the line */
    size_t depth;  /* open containers */
    int is_flat;   /* inside a container that is written on one line */
    int is_first;  /* nothing stands in the innermost container yet */
    int is_placed; /* a key, or the place of an element, stands in front of the next value */
} custval__layout;

#define CUSTVAL__LAYOUT_WIDTH 120 /* what is longer gets a line for each element */

void custval__put_open(custval__layout *layout, char bracket);
void custval__put_close(custval__layout *layout, char bracket);
void custval__put_key(custval__layout *layout, const char *key);
void custval__put_text(custval__layout *layout, const char *text);
void custval__put_number(custval__layout *layout, double number);
void custval__put_flag(custval__layout *layout, int flag);

/* A member of an object; what is not known, NULL or NaN, is left out. */
void custval__put_member_text(custval__layout *layout, const char *key, const char *text);
void custval__put_member_number(custval__layout *layout, const char *key, double number);

/* Writes a value on one line if it fits there: `put` writes it, with `subject`, and is called first to measure. */
void custval__put_fitting(custval__layout *layout, void (*put)(custval__layout *layout, const void *subject),
                          const void *subject);

void custval__put_member(custval__layout *layout, const char *key,
                         void (*put)(custval__layout *layout, const void *subject), const void *subject);

/* Ends the document: a newline, and the NUL if there is room for anything. */
void custval__put_end(custval__layout *layout);

#endif
