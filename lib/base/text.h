/* Text: numbers as text without the locale, UTF-8, similar names. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_BASE_TEXT_H
#define CUSTVAL_BASE_TEXT_H

#include <stddef.h>
#include <stdint.h>

#define CUSTVAL__NUMBER_SIZE 32

/* Writes the shortest decimal that reads back as the same double, and of those the nearest ("0.1", "50", "1e+300", "-0"
   becomes "0", "nan", "inf", "-inf"), with a NUL; returns its length. Plain digits for 1e-5 <= |x| < 1e15, else one
   digit, the rest after a point, and an exponent of at least two digits. No locale, no allocation, the same text on
   every platform. Fast for 1e-11 <= |x| < 1e15. */
size_t custval__number_text(double value, char out[CUSTVAL__NUMBER_SIZE]);
size_t custval__integer_text(int64_t value, char out[CUSTVAL__NUMBER_SIZE]);
size_t custval__unsigned_text(uint64_t value, char out[CUSTVAL__NUMBER_SIZE]);

/* Reads the JSON number at the start of the text and returns the number of its bytes, 0 if there is none. *out is the
   nearest double on every platform (ties to even; what custval__number_text wrote reads back as it was), +-inf beyond
   the largest one. No locale, no allocation. */
size_t custval__number_read(const char *text, size_t length, double *out);

/* Reads the first character of well-formed UTF-8 and returns the number of its bytes; 0 if the bytes are malformed or
   length is 0. */
size_t custval__utf8_next(const char *text, size_t length, uint32_t *out_character);

/* 1 if the bytes are well-formed UTF-8. */
int custval__utf8_valid(const char *text, size_t length);
/* Largest cut <= length that does not split a character. */
size_t custval__utf8_cut(const char *text, size_t length);
/* Columns that the text takes in a terminal: none for combining marks and controls, two for wide East Asian ones. */
size_t custval__utf8_width(const char *text, size_t length);

/* The candidates nearest to `wanted` by edit distance over characters (case-insensitive for ASCII, and a candidate that
   contains the wanted text, or is contained in it, counts as near). Formats up to `most` of them as  "a", "b" or "c"
   into out; empty when none is near. next(data, i) gives candidate i or NULL past the end. */
void custval__nearest_names(const char *wanted, const char *(*next)(const void *data, size_t index), const void *data,
                            size_t most, char *out, size_t capacity);

/* Days since 1970-01-01 of an ISO date "YYYY-MM-DD" (proleptic Gregorian, years 0001 to 9999). 0 on success, -1 if the
   text is not such a date. */
int custval__date_days(const char *text, size_t length, int32_t *out_days);

#endif
