/* Names and descriptions of the status codes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <string.h>

#define CODES(each)                                                                                       \
  each(CUSTVAL_OK) each(CUSTVAL_ERROR_ARGUMENT) each(CUSTVAL_ERROR_MEMORY) each(CUSTVAL_ERROR_RANGE)      \
      each(CUSTVAL_ERROR_WEIGHT) each(CUSTVAL_ERROR_STRUCTURE) each(CUSTVAL_ERROR_DUPLICATE)              \
          each(CUSTVAL_ERROR_NOT_FOUND) each(CUSTVAL_ERROR_TYPE) each(CUSTVAL_ERROR_NOT_FINITE)           \
              each(CUSTVAL_ERROR_STATE) each(CUSTVAL_ERROR_STRUCT_SIZE) each(CUSTVAL_ERROR_STRUCT_NEWER)  \
                  each(CUSTVAL_ERROR_CANCELLED) each(CUSTVAL_ERROR_INTERNAL) each(CUSTVAL_ERROR_DOCUMENT) \
                      each(CUSTVAL_ERROR_LIMIT) each(CUSTVAL_ERROR_UNSUPPORTED) each(CUSTVAL_ERROR_STREAM) each(CUSTVAL_ERROR_CONVERGENCE)

static const struct {
    custval_status status;
    const char *name;
} codes[] = {
#define ROW(code) {code, #code},
    CODES(ROW)
#undef ROW
};

static void every_code_has_its_name_and_a_sentence(void **state) {
    (void)state;
    for (size_t i = 0; i < SUPPORT_COUNT(codes); i++) {
        assert_int_equal(codes[i].status, -(int)i);
        assert_string_equal(custval_status_name(codes[i].status), codes[i].name);
        const char *const description = custval_status_description(codes[i].status);
        assert_true(strlen(description) > 10);
        assert_int_equal(description[strlen(description) - 1], '.');
    }
}

static void any_other_value_is_called_unknown(void **state) {
    (void)state;
    static const custval_status others[] = {1, 2, 19, -20, -21, -1000, INT32_MAX, INT32_MIN, INT32_MIN + 1};
    for (size_t i = 0; i < SUPPORT_COUNT(others); i++) {
        assert_string_equal(custval_status_name(others[i]), "CUSTVAL_ERROR_UNKNOWN");
        assert_string_equal(custval_status_description(others[i]), "A status that this version does not know.");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_has_its_name_and_a_sentence),
        cmocka_unit_test(any_other_value_is_called_unknown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
