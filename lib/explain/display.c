/* Numbers for people. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "display.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"

/* Beyond this, hundredths of a double are not all integers any more, and nobody reads them. */
#define LARGEST_FIXED 1e12

size_t custval__display_fixed(double value, int with_sign, char out[CUSTVAL__NUMBER_SIZE]) {
    if (!(fabs(value) < LARGEST_FIXED)) return custval__number_text(value, out);
    const uint64_t hundredths = (uint64_t)floor(fabs(value) * 100.0 + 0.5);
    const char *sign = value < 0.0 && hundredths > 0 ? "-" : with_sign ? "+" : "";
    const unsigned cents = (unsigned)(hundredths % 100);
    return custval__format(out, CUSTVAL__NUMBER_SIZE, "%s%llu.%u%u", sign, (unsigned long long)(hundredths / 100),
                           cents / 10, cents % 10);
}

size_t custval__display(double value, char out[CUSTVAL__NUMBER_SIZE]) {
    size_t length = custval__display_fixed(value, 0, out);
    if (!(fabs(value) < LARGEST_FIXED)) return length;
    while (out[length - 1] == '0') length--;
    if (out[length - 1] == '.') length--;
    out[length] = 0;
    return length;
}

size_t custval__display_beside(double value, double other, char out[CUSTVAL__NUMBER_SIZE]) {
    char compared[CUSTVAL__NUMBER_SIZE];
    const size_t length = custval__display(value, out);
    custval__display(other, compared);
    return value != other && strcmp(out, compared) == 0 ? custval__number_text(value, out) : length;
}
