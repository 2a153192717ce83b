/* Where a value stands in its document. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "path.h"

#include <stdarg.h>
#include <string.h>

#include <custval/document.h>

#include "../base/error.h"
#include "../base/text.h"

#define MOST_KEY_BYTES 60

static int is_plain(const char *key) {
    const int starts_well = (*key >= 'a' && *key <= 'z') || (*key >= 'A' && *key <= 'Z') || *key == '_';
    const char *const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    return starts_well && key[strspn(key, letters)] == 0;
}

static size_t put_step(const custval__json *value, char *out, size_t capacity) {
    if (value->key == NULL) return custval__format(out, capacity, "[%u]", value->index);
    const size_t length = strlen(value->key);
    if (length > MOST_KEY_BYTES) {
        const size_t cut = custval__utf8_cut(value->key, MOST_KEY_BYTES);
        return custval__format(out, capacity, "[\"%.*s...\"]", (int)cut, value->key);
    }
    return custval__format(out, capacity, is_plain(value->key) ? ".%s" : "[\"%s\"]", value->key);
}

const char *custval__json_path(const custval__json *value, char out[CUSTVAL__PATH_SIZE]) {
    const custval__json *steps[CUSTVAL_MAX_DOCUMENT_DEPTH + 1];
    size_t count = 0;
    for (const custval__json *step = value; step->parent != NULL; step = step->parent) steps[count++] = step;
    size_t length = custval__format(out, CUSTVAL__PATH_SIZE, "$");
    while (count > 0 && length < CUSTVAL__PATH_SIZE) {
        length += put_step(steps[--count], out + length, CUSTVAL__PATH_SIZE - length);
    }
    return out;
}

custval_status custval__json_place(const custval__json *value, custval_status status, custval_error *error) {
    if (status == CUSTVAL_ERROR_MEMORY) return status;
    char path[CUSTVAL__PATH_SIZE], message[CUSTVAL_ERROR_MESSAGE_SIZE];
    memcpy(message, error->message, sizeof message);
    return custval__fail(error, status, "%s: %s", custval__json_path(value, path), message);
}

custval_status custval__json_fail(const custval__json *value, custval_status status, custval_error *error,
                                  const char *format, ...) {
    va_list list;
    va_start(list, format);
    custval__format_list(error->message, sizeof error->message, format, list);
    va_end(list);
    return custval__json_place(value, status, error);
}
