/* Numbers as people write them into tables. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "number_parse.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tool.h"

static int is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

/* Copies the digits at *text, without the zeros in front if told so; gives how many there were. */
static size_t copy_digits(const char **text, const char *end, int skip_zeros, char **to) {
    const char *const first = *text;
    const char *at = first;
    while (skip_zeros && at < end && *at == '0') at++;
    const char *const kept = at;
    while (at < end && is_digit(*at)) at++;
    memcpy(*to, kept, (size_t)(at - kept));
    *to += at - kept;
    *text = at;
    return (size_t)(at - first);
}

/* Writes the number as JSON has it, which is what the library reads: no plus, no zero in front, a digit on either side
   of the point. Gives its length, 0 if the text is no number. `to` holds length + 4 bytes. */
static size_t normalise(const char *text, size_t length, char decimal, char *to) {
    const char *const end = text + length;
    char *out = to;
    if (text < end && (*text == '-' || *text == '+')) {
        if (*text == '-') *out++ = '-';
        text++;
    }
    char *const whole = out;
    size_t digits = copy_digits(&text, end, 1, &out);
    if (out == whole) *out++ = '0';
    if (text < end && *text == decimal) {
        text++;
        *out++ = '.';
        const size_t after = copy_digits(&text, end, 0, &out);
        if (after == 0) out--;
        digits += after;
    }
    if (digits == 0) return 0;
    if (text < end && (*text == 'e' || *text == 'E')) {
        *out++ = *text++;
        if (text < end && (*text == '-' || *text == '+')) *out++ = *text++;
        if (copy_digits(&text, end, 0, &out) == 0) return 0;
    }
    return text == end ? (size_t)(out - to) : 0;
}

static int is_blank(char byte) {
    return byte == ' ' || byte == '\t';
}

int number_parse(const char *text, size_t length, char decimal, double *out) {
    char small[128];
    *out = 0.0;
    while (length > 0 && is_blank(text[length - 1])) length--;
    for (; length > 0 && is_blank(*text); text++) length--;
    char *const copy = length + 4 <= sizeof small ? small : memory_resize(NULL, length + 4, 1);
    const size_t normal = normalise(text, length, decimal, copy);
    double number = 0.0;
    const int complete = normal > 0 && custval__number_read(copy, normal, &number) == normal;
    if (copy != small) free(copy);
    if (!complete) return NUMBER_NONE;
    if (isinf(number)) return NUMBER_TOO_LARGE;
    *out = number;
    return NUMBER_READ;
}
