/* Numbers as people write them into tables. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_NUMBER_PARSE_H
#define CUSTVAL_TOOLS_NUMBER_PARSE_H

#include <stddef.h>
#include <stdint.h>

enum number_result {
    NUMBER_READ = 0,
    NUMBER_NONE,      /* not a number */
    NUMBER_TOO_LARGE, /* beyond the largest double */
};

/* Reads a text that is a number throughout, blanks around it aside: an optional sign, digits with at most one decimal
   character ('.' or another) before, among or behind them, an optional exponent. No infinity, no NaN, no hexadecimal,
   no thousands separator. *out is the nearest double, 0 on failure. */
int number_parse(const char *text, size_t length, char decimal, double *out);

/* The same for what nearly every cell is: an optional minus and few digits. Gives the place of the first byte that is
   no part of the number, or NULL if number_parse must decide. The text must end with a byte that is no digit. */
static inline const char *number_parse_start(const char *text, char decimal, double *out) {
    static const double tens[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    const int negative = *text == '-';
    const char *const first = text + negative;
    const char *at = first;
    uint64_t digits = 0;
    ptrdiff_t after = 0;
    for (; (unsigned char)(*at - '0') < 10; at++) digits = digits * 10 + (unsigned char)(*at - '0');
    ptrdiff_t count = at - first;
    if (*at == decimal) {
        const char *const point = at++;
        for (; (unsigned char)(*at - '0') < 10; at++) digits = digits * 10 + (unsigned char)(*at - '0');
        after = at - point - 1;
        count += after;
    }
    /* Up to 15 digits make an integer that a double holds, and one division by an exact power of ten rounds once. */
    if (count == 0 || count > 15) return NULL;
    const double size = after == 0 ? (double)digits : (double)digits / tens[after];
    *out = negative ? -size : size;
    return at;
}

#endif
