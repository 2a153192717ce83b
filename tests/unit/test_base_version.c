/* Version and feature queries. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <stdio.h>

#include <custval/version.h>

#include "base/compiler.h"

static void the_library_and_its_headers_agree(void **state) {
    (void)state;
    char text[32];
    snprintf(text, sizeof text, "%d.%d.%d", CUSTVAL_VERSION_MAJOR, CUSTVAL_VERSION_MINOR, CUSTVAL_VERSION_PATCH);
    assert_string_equal(text, CUSTVAL_VERSION_STRING);
    assert_string_equal(custval_version_string(), CUSTVAL_VERSION_STRING);
    assert_int_equal(custval_version(), CUSTVAL_VERSION);
    assert_int_equal(custval_abi_version(), CUSTVAL_ABI_VERSION);
}

static void features_are_told_by_name(void **state) {
    (void)state;
    assert_int_equal(custval_has_feature("threads"), CUSTVAL__HAVE_THREADS);
    assert_int_equal(custval_has_feature("arrow"), 1);
    assert_int_equal(custval_has_feature("json"), 1);
}

static void an_unknown_feature_is_absent(void **state) {
    (void)state;
    static const char *const names[] = {NULL, "", "thread", "threads ", "AVX2", "no such feature"};
    for (size_t i = 0; i < SUPPORT_COUNT(names); i++) assert_int_equal(custval_has_feature(names[i]), 0);
}

static void a_vector_feature_is_what_the_processor_has(void **state) {
    (void)state;
    const int avx2 = custval_has_feature("avx2"), avx512 = custval_has_feature("avx512");
    assert_in_range(avx2, 0, 1);
    assert_in_range(avx512, 0, avx2);
#if defined(__x86_64__)
    if (!__builtin_cpu_supports("avx2")) assert_int_equal(avx2, 0);
    if (!__builtin_cpu_supports("avx512f")) assert_int_equal(avx512, 0);
#endif
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_library_and_its_headers_agree),
        cmocka_unit_test(features_are_told_by_name),
        cmocka_unit_test(an_unknown_feature_is_absent),
        cmocka_unit_test(a_vector_feature_is_what_the_processor_has),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
