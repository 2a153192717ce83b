/* Numbers and arrays of numbers of a vector, by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TESTS_VECTOR_NUMBERS_H
#define CUSTVAL_TESTS_VECTOR_NUMBERS_H

#include <string.h>

#include "support.h"

/* NaN for null: a number that does not exist. */
static inline double vector_number(const json_t *in, const char *name) {
    const json_t *const value = json_object_get(in, name);
    assert_non_null(value);
    return json_is_null(value) ? (double)NAN : support_number(value);
}

static inline size_t vector_numbers(const json_t *in, const char *name, double *out, size_t most) {
    const json_t *const values = json_object_get(in, name);
    const size_t count = json_array_size(values);
    assert_in_range(count, 1, most);
    for (size_t i = 0; i < count; i++) out[i] = support_number(json_array_get(values, i));
    return count;
}

/* The case of lifetime_and_equity.json with this id; the caller holds the file. */
static inline const json_t *vector_case_of(const json_t *vectors, const char *id) {
    const json_t *const cases = json_object_get(vectors, "cases");
    for (size_t i = 0; i < json_array_size(cases); i++) {
        const json_t *const one = json_array_get(cases, i);
        if (strcmp(json_string_value(json_object_get(one, "id")), id) == 0) return one;
    }
    fail_msg("no case %s", id);
    return NULL;
}

#endif
