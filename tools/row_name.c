/* Rows that an option names: by number, or by what stands in the column of --id. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "row_name.h"

#include <math.h>
#include <string.h>

#include "number_parse.h"
#include "tool.h"

int row_is(const custval_text *id, const char *text) {
    return strlen(text) == id->length && memcmp(text, id->data, id->length) == 0;
}

void row_fail_unknown(const named_rows *in, const char *text) {
    char shown[QUOTED_SIZE];
    fail("%s: %s stands in no row of column \"%s\"", in->file, quoted(text, strlen(text), shown), in->column);
}

void row_fail_twice(const named_rows *in, const char *text, uint64_t first, uint64_t second) {
    char shown[QUOTED_SIZE];
    fail(
        "%s: %s stands in rows %llu and %llu, counted from 1, of column \"%s\"; without --id a row is named by its number",
        in->file, quoted(text, strlen(text), shown), (unsigned long long)first + 1, (unsigned long long)second + 1,
        in->column);
}

void row_fail_beyond(const named_rows *in, uint64_t index, uint64_t count) {
    fail("%s has %llu rows; there is no row %llu, counted from 1", in->file, (unsigned long long)count,
         (unsigned long long)index + 1);
}

uint64_t row_number(const named_rows *in, const char *option_name, const char *text) {
    char shown[QUOTED_SIZE];
    double number = 0.0;
    const int read = number_parse(text, strlen(text), '.', &number) == NUMBER_READ;
    if (!read || number < 1.0 || number > 1e15 || number != floor(number)) {
        fail_usage(
            in->command,
            "%s: %s is not the number of a row, counted from 1; with --id COLUMN a row is named by what stands there",
            option_name, quoted(text, strlen(text), shown));
    }
    return (uint64_t)number - 1;
}

size_t row_find(const named_rows *in, const char *option_name, const char *text, const custval_text *ids,
                size_t count) {
    size_t found = SIZE_MAX;
    if (ids == NULL) {
        const uint64_t index = row_number(in, option_name, text);
        if (index >= count) row_fail_beyond(in, index, count);
        return (size_t)index;
    }
    for (size_t i = 0; i < count; i++) {
        if (!row_is(&ids[i], text)) continue;
        if (found != SIZE_MAX) row_fail_twice(in, text, found, i);
        found = i;
    }
    if (found == SIZE_MAX) row_fail_unknown(in, text);
    return found;
}
