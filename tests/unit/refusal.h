/* Calls of the builder that must fail and change nothing. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TESTS_REFUSAL_H
#define CUSTVAL_TESTS_REFUSAL_H

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "draft.h"

#define A10 "aaaaaaaaaa"
#define A50 A10 A10 A10 A10 A10
#define A128 A50 A50 A10 A10 "aaaaaaaa"

static inline double not_a_number(void) {
    return (double)NAN;
}

/* One byte longer than a text may be. */
static inline const char *long_text(void) {
    static char text[CUSTVAL_MAX_TEXT_LENGTH + 2];
    memset(text, 'x', sizeof text - 1);
    return text;
}

/* Text and inputs of the system that would be built: what a caller can see of a builder. free() it. */
static inline char *seen(custval_builder *builder) {
    custval_system *system = NULL;
    custval_error error = CUSTVAL_ERROR_INIT;
    size_t length = 0;
    assert_ok(custval_builder_build(builder, &system, &error), &error);
    assert_ok(custval_system_write(system, NULL, 0, &length, &error), &error);
    char *const text = malloc(length + 1);
    assert_non_null(text);
    assert_ok(custval_system_write(system, text, length + 1, &length, &error), &error);
    custval_system_free(system);
    return text;
}

/* A builder with something of everything, to which bad calls are made. */
static inline custval_builder *with_everything(void) {
    custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
    spec.override_column = "customer";
    custval_builder *const builder = draft_small(&spec);
    draft_dimension(builder, CUSTVAL_SIDE_SACRIFICE, "money", 1);
    draft_indicator(builder, "money", "fee", 1);
    draft_item(builder, "fee", "q3", 1);
    assert_ok(full_derived(builder, NULL), NULL);
    assert_ok(custval_builder_derived_part(builder, "image", "product", 1, NULL), NULL);
    assert_ok(custval_builder_profile(builder, "p", NULL, NULL), NULL);
    assert_ok(custval_builder_profile_weight(builder, "p", "q1", 2, NULL), NULL);
    assert_ok(custval_builder_context(builder, "c", NULL, NULL), NULL);
    assert_ok(custval_builder_context_weight(builder, "c", "q1", 2, NULL), NULL);
    assert_ok(custval_builder_context_expectation(builder, "c", "q1", 2, NULL), NULL);
    assert_ok(custval_builder_highest(builder, "product", NULL), NULL);
    assert_ok(full_override(builder, NULL, "c17", NULL), NULL);
    return builder;
}

/* Runs one bad call, which gives its error to `error`: it fails as expected, with one line that contains the part, and
   nothing has changed. */
#define REFUSE(builder, before, call, expected, part) \
  do {                                                \
    custval_error error = CUSTVAL_ERROR_INIT;         \
    assert_status(call, expected, &error);            \
    assert_message(&error, part);                     \
    char *const after = seen(builder);                \
    assert_string_equal(after, before);               \
    free(after);                                      \
  } while (0)

#endif
