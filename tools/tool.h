/* What all parts of the command share: failing with one line, memory, byte buffers. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_TOOL_H
#define CUSTVAL_TOOLS_TOOL_H

#include <stddef.h>
#include <stdint.h>

#include <custval/custval.h>

#include "base/compiler.h"

/* Exit codes, as the manual has them. */
#define EXIT_DONE 0
#define EXIT_FAILED 1 /* bad data, a file that cannot be read or written, a check that found something */
#define EXIT_USAGE 2

#define MESSAGE_SIZE 1024

/* Each prints "custval: ..." as one line on stderr. Formats are those of custval__format. Those that fail remove an
   unfinished output file and leave the program; any thread may call them. */
_Noreturn void fail(const char *format, ...) CUSTVAL__PRINTF(1, 2);
_Noreturn void fail_usage(const char *command, const char *format, ...) CUSTVAL__PRINTF(2, 3);
_Noreturn void fail_silently(void);
void note(const char *format, ...) CUSTVAL__PRINTF(1, 2);
/* From now on messages begin with this, e.g. "step \"groups\"", and wrong usage is not that of whoever called the
   program, but bad data. "" ends it. */
void message_about(const char *format, ...) CUSTVAL__PRINTF(1, 2);
/* Fails with the message of a library call about a file; `name` may be NULL. */
_Noreturn void fail_error(const char *name, const custval_error *error);

/* A text in quotes for a message: at most 40 characters of it, without what would leave the line. */
#define QUOTED_SIZE 256
const char *quoted(const char *text, size_t length, char out[QUOTED_SIZE]);

/* Memory that is there, or the program fails. count * size is checked. */
void *memory_new(size_t count, size_t size);
void *memory_resize(void *block, size_t count, size_t size);
char *memory_text(const char *text, size_t length);

/* Bytes that grow at the end. Starts as zeros. */
typedef struct buffer {
    char *data;
    size_t length, capacity;
} buffer;

void buffer_grow(buffer *to, size_t more); /* the slow part of buffer_room */
void buffer_put(buffer *to, const char *bytes, size_t count);
void buffer_text(buffer *to, const char *text);
void buffer_repeat(buffer *to, char byte, size_t count);
void buffer_format(buffer *to, const char *format, ...) CUSTVAL__PRINTF(2, 3); /* at most MESSAGE_SIZE bytes */
void buffer_free(buffer *of);

/* Makes room for that many more bytes; gives the place for the first. */
static inline char *buffer_room(buffer *to, size_t more) {
    if (to->capacity - to->length < more) buffer_grow(to, more);
    return to->data + to->length;
}

static inline void buffer_byte(buffer *to, char byte) {
    *buffer_room(to, 1) = byte;
    to->length++;
}

#endif
