/* What all parts of the command share: failing with one line, memory, byte buffers. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tool.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "output.h"
#include "progress.h"

/* ---- Messages ---------------------------------------------------------------------------------------------------- */

#define LONGEST_LINE 1000
#define KEPT_AT_THE_ENDS 480

/* What messages are about; "" if that goes without saying. */
static char subject[MESSAGE_SIZE];

void message_about(const char *format, ...) {
    va_list list;
    va_start(list, format);
    custval__format_list(subject, sizeof subject, format, list);
    va_end(list);
}

/* A long name must not hide the reason, which comes last: the middle gives way. */
static size_t shorten(char *message, size_t length) {
    static const char gap[] = " ... ";
    if (length <= LONGEST_LINE) return length;
    const size_t kept = custval__utf8_cut(message, KEPT_AT_THE_ENDS);
    size_t from = length - KEPT_AT_THE_ENDS;
    while (((unsigned char)message[from] & 0xc0) == 0x80) from++;
    memcpy(message + kept, gap, sizeof gap - 1);
    memmove(message + kept + sizeof gap - 1, message + from, length - from);
    return kept + sizeof gap - 1 + length - from;
}

/* In one call, so that lines of several threads do not mix. */
static void print_line(const char *format, va_list list, const char *end) {
    char message[16 * MESSAGE_SIZE], line[2 * MESSAGE_SIZE];
    custval__format(message, sizeof message, "%s%s", subject, subject[0] == 0 ? "" : ": ");
    size_t length = strlen(message);
    custval__format_list(message + length, sizeof message - length, format, list);
    length = shorten(message, strlen(message));
    for (size_t i = 0; i < length; i++) { /* names and texts of files may hold anything */
        if ((unsigned char)message[i] < 0x20 || message[i] == 0x7f) message[i] = ' ';
    }
    const int asks = length > 0 && message[length - 1] == '?';
    length = custval__format(line, sizeof line, "custval: %.*s%s%s\n", (int)length, message,
                             *end == 0 ? ""
                             : asks    ? " "
                                       : "; ",
                             end);
    progress_clear();
    fwrite(line, 1, length < sizeof line ? length : sizeof line - 1, stderr);
    fflush(stderr);
}

/* Not exit(): other threads may be at work. Nothing of ours waits in a stdio buffer. */
static _Noreturn void leave(int code) {
    output_discard();
    _Exit(code);
}

void fail(const char *format, ...) {
    va_list list;
    va_start(list, format);
    print_line(format, list, "");
    va_end(list);
    leave(EXIT_FAILED);
}

void fail_usage(const char *command, const char *format, ...) {
    char end[MESSAGE_SIZE];
    va_list list;
    custval__format(end, sizeof end, "try 'custval%s%s --help'", command == NULL ? "" : " ",
                    command == NULL ? "" : command);
    va_start(list, format);
    print_line(format, list, end);
    va_end(list);
    leave(subject[0] == 0 ? EXIT_USAGE : EXIT_FAILED);
}

void fail_silently(void) {
    leave(EXIT_FAILED);
}

void fail_error(const char *name, const custval_error *error) {
    if (name == NULL) fail("%s", error->message);
    fail("%s: %s", name, error->message);
}

void note(const char *format, ...) {
    va_list list;
    va_start(list, format);
    print_line(format, list, "");
    va_end(list);
}

const char *quoted(const char *text, size_t length, char out[QUOTED_SIZE]) {
    static const char digits[] = "0123456789abcdef";
    size_t used = 0, at = 0;
    out[used++] = '"';
    for (int characters = 0; at < length && characters < 40; characters++) {
        uint32_t character = 0;
        const size_t bytes = custval__utf8_next(text + at, length - at, &character);
        if (bytes > 0 && character >= 0x20 && character != 0x7f) {
            memcpy(out + used, text + at, bytes);
            used += bytes;
        } else {
            const unsigned char byte = (unsigned char)text[at];
            out[used++] = '\\';
            if (byte == '\n' || byte == '\t' || byte == '\r') {
                out[used++] = byte == '\n' ? 'n' : byte == '\t' ? 't' : 'r';
            } else {
                out[used++] = 'x';
                out[used++] = digits[byte >> 4];
                out[used++] = digits[byte & 15];
            }
        }
        at += bytes > 0 ? bytes : 1;
    }
    memcpy(out + used, at < length ? "...\"" : "\"", at < length ? 5 : 2);
    return out;
}

/* ---- Memory ------------------------------------------------------------------------------------------------------ */

void *memory_resize(void *block, size_t count, size_t size) {
    const size_t bytes = count == 0 || size == 0 ? 1 : count * size;
    void *const resized = size != 0 && count > SIZE_MAX / size ? NULL : realloc(block, bytes);
    if (resized == NULL) fail("out of memory");
    return resized;
}

void *memory_new(size_t count, size_t size) {
    void *const block = memory_resize(NULL, count, size);
    memset(block, 0, count * size);
    return block;
}

char *memory_text(const char *text, size_t length) {
    char *const copy = memory_resize(NULL, length + 1, 1);
    memcpy(copy, text, length);
    copy[length] = 0;
    return copy;
}

/* ---- Buffers ----------------------------------------------------------------------------------------------------- */

void buffer_grow(buffer *to, size_t more) {
    if (more > SIZE_MAX / 4 - to->length) fail("out of memory");
    size_t capacity = to->capacity == 0 ? 256 : to->capacity;
    while (capacity - to->length < more) capacity *= 2;
    to->data = memory_resize(to->data, capacity, 1);
    to->capacity = capacity;
}

void buffer_put(buffer *to, const char *bytes, size_t count) {
    if (count == 0) return;
    memcpy(buffer_room(to, count), bytes, count);
    to->length += count;
}

void buffer_text(buffer *to, const char *text) {
    buffer_put(to, text, strlen(text));
}

void buffer_repeat(buffer *to, char byte, size_t count) {
    memset(buffer_room(to, count), byte, count);
    to->length += count;
}

void buffer_format(buffer *to, const char *format, ...) {
    char text[MESSAGE_SIZE];
    va_list list;
    va_start(list, format);
    custval__format_list(text, sizeof text, format, list);
    va_end(list);
    buffer_text(to, text);
}

void buffer_free(buffer *of) {
    free(of->data);
    *of = (buffer){NULL, 0, 0};
}
