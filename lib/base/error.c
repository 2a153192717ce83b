/* Errors: formatting one line without allocating and without the locale. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "error.h"

#include <string.h>

#include "text.h"

/* Counts everything, stores what fits. */
typedef struct writer {
    char *out;
    size_t capacity, length;
} writer;

static void put(writer *to, const char *bytes, size_t count) {
    if (to->length < to->capacity) {
        const size_t room = to->capacity - to->length;
        memcpy(to->out + to->length, bytes, count < room ? count : room);
    }
    to->length += count;
}

static void put_text(writer *to, const char *text) {
    if (text == NULL) text = "(null)";
    put(to, text, strlen(text));
}

/* %.*s reads at most `most` bytes, as printf does, so that the text needs no NUL. A negative number means no limit. */
static void put_text_of(writer *to, const char *text, int most) {
    if (text == NULL || most < 0) {
        put_text(to, text);
        return;
    }
    const char *const end = memchr(text, 0, (size_t)most);
    put(to, text, end == NULL ? (size_t)most : (size_t)(end - text));
}

static void put_integer(writer *to, int64_t value) {
    char digits[CUSTVAL__NUMBER_SIZE];
    put(to, digits, custval__integer_text(value, digits));
}

static void put_unsigned(writer *to, uint64_t value) {
    char digits[CUSTVAL__NUMBER_SIZE];
    put(to, digits, custval__unsigned_text(value, digits));
}

static void put_number(writer *to, double value) {
    char digits[CUSTVAL__NUMBER_SIZE];
    put(to, digits, custval__number_text(value, digits));
}

static int starts(const char *text, const char *with) {
    return strncmp(text, with, strlen(with)) == 0;
}

size_t custval__format_list(char *out, size_t capacity, const char *format, va_list list) {
    writer to = {out, capacity == 0 ? 0 : capacity - 1, 0};
    for (const char *at = format; *at != 0;) {
        const size_t plain = strcspn(at, "%");
        put(&to, at, plain);
        at += plain;
        if (*at == 0) break;
        size_t used = 2;
        if (starts(at, "%s")) {
            put_text(&to, va_arg(list, const char *));
        } else if (starts(at, "%.*s")) {
            const int most = va_arg(list, int);
            put_text_of(&to, va_arg(list, const char *), most);
            used = 4;
        } else if (starts(at, "%c")) {
            const char letter = (char)va_arg(list, int);
            put(&to, &letter, 1);
        } else if (starts(at, "%d")) {
            put_integer(&to, va_arg(list, int));
        } else if (starts(at, "%u")) {
            put_unsigned(&to, va_arg(list, unsigned));
        } else if (starts(at, "%zu")) {
            put_unsigned(&to, va_arg(list, size_t));
            used = 3;
        } else if (starts(at, "%lld")) {
            put_integer(&to, va_arg(list, long long));
            used = 4;
        } else if (starts(at, "%llu")) {
            put_unsigned(&to, va_arg(list, unsigned long long));
            used = 4;
        } else if (starts(at, "%g")) {
            put_number(&to, va_arg(list, double));
        } else if (starts(at, "%%")) {
            put(&to, "%", 1);
        } else {
            /* Not in the subset: what its argument is, and so where the next ones are, is unknown. */
            put_text(&to, at);
            break;
        }
        at += used;
    }
    if (capacity > 0) out[to.length <= to.capacity ? to.length : custval__utf8_cut(out, to.capacity)] = 0;
    return to.length;
}

size_t custval__format(char *out, size_t capacity, const char *format, ...) {
    va_list list;
    va_start(list, format);
    const size_t length = custval__format_list(out, capacity, format, list);
    va_end(list);
    return length;
}

/* The first version of the struct is this one, so a smaller one is not ours to write to. */
static int is_usable(const custval_error *error) {
    return error != NULL && error->struct_size >= sizeof *error && error->struct_size <= 4096;
}

/* Names come from the caller's documents and tables: a message stays one line of UTF-8 whatever is in them. */
static void make_one_line(char *message) {
    size_t left = strlen(message);
    for (char *at = message; left > 0;) {
        uint32_t letter = 0;
        size_t bytes = custval__utf8_next(at, left, &letter);
        if (bytes == 0) {
            *at = '?';
            bytes = 1;
        } else if (letter < 0x20 || letter == 0x7f) {
            *at = ' ';
        }
        at += bytes;
        left -= bytes;
    }
}

static custval_status fail_list(custval_error *error, custval_status status, uint32_t node, size_t row,
                                const char *format, va_list list) {
    if (is_usable(error)) {
        error->status = status;
        error->node = node;
        error->row = row;
        custval__format_list(error->message, sizeof error->message, format, list);
        make_one_line(error->message);
    }
    return status;
}

custval_status custval__fail(custval_error *error, custval_status status, const char *format, ...) {
    va_list list;
    va_start(list, format);
    fail_list(error, status, CUSTVAL_NONE, SIZE_MAX, format, list);
    va_end(list);
    return status;
}

custval_status custval__fail_at(custval_error *error, custval_status status, uint32_t node, size_t row,
                                const char *format, ...) {
    va_list list;
    va_start(list, format);
    fail_list(error, status, node, row, format, list);
    va_end(list);
    return status;
}

custval_status custval__fail_memory(custval_error *error) {
    return custval__fail(error, CUSTVAL_ERROR_MEMORY, "out of memory");
}

custval_status custval__fail_null(custval_error *error, const char *name) {
    return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "%s is NULL", name);
}

void custval__error_prefix(custval_error *error, const char *prefix) {
    if (!is_usable(error)) return;
    char message[CUSTVAL_ERROR_MESSAGE_SIZE];
    memcpy(message, error->message, sizeof message);
    message[sizeof message - 1] = 0;
    custval__format(error->message, sizeof error->message, "%s%s", prefix, message);
    make_one_line(error->message);
}
