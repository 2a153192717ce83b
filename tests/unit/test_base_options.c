/* Size-prefixed structs across versions. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <string.h>

#include "base/options.h"

/* Three versions of one struct; the library of these tests knows the second. */
typedef struct first_options {
    size_t struct_size;
    uint32_t flags, level;
} first_options;

typedef struct options {
    size_t struct_size;
    uint32_t flags, level;
    double floor;
} options;

typedef struct newer_options {
    size_t struct_size;
    uint32_t flags, level;
    double floor, ceiling;
} newer_options;

static const options defaults = {sizeof(options), 1, 2, 0.5};

static custval_status read_options(options *out, const void *given, custval_error *error) {
    *out = defaults;
    return custval__struct_read(out, sizeof *out, sizeof(first_options), given, "custval_options", error);
}

static custval_status write_options(void *out, custval_error *error) {
    const options from = {sizeof from, 7, 8, 9.0};
    return custval__struct_write(out, &from, sizeof from, sizeof(first_options), "out", error);
}

static void no_struct_means_the_defaults(void **state) {
    (void)state;
    options out;
    assert_ok(read_options(&out, NULL, NULL), NULL);
    assert_memory_equal(&out, &defaults, sizeof out);
}

static void a_struct_of_an_older_version_leaves_the_defaults_of_what_it_lacks(void **state) {
    (void)state;
    options out;
    const first_options given = {sizeof given, 10, 20};
    assert_ok(read_options(&out, &given, NULL), NULL);
    const options expected = {sizeof expected, 10, 20, 0.5};
    assert_memory_equal(&out, &expected, sizeof out);
}

static void a_struct_of_this_version_is_copied(void **state) {
    (void)state;
    options out;
    const options given = {sizeof given, 10, 20, 30.0};
    assert_ok(read_options(&out, &given, NULL), NULL);
    assert_memory_equal(&out, &given, sizeof out);
}

static void a_newer_struct_is_read_while_the_unknown_part_is_zero(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    options out;
    newer_options given = {sizeof given, 10, 20, 30.0, 0.0};
    assert_ok(read_options(&out, &given, &error), &error);
    const options expected = {sizeof expected, 10, 20, 30.0};
    assert_memory_equal(&out, &expected, sizeof out);
    unsigned char *const bytes = (unsigned char *)&given;
    for (size_t i = sizeof(options); i < sizeof given; i++) {
        bytes[i] = 1;
        assert_status(read_options(&out, &given, &error), CUSTVAL_ERROR_STRUCT_NEWER, &error);
        assert_message(&error, "custval_options has ");
        assert_memory_equal(&out, &defaults, sizeof out);
        bytes[i] = 0;
    }
}

static void a_size_that_no_version_had_is_refused_in_both_directions(void **state) {
    (void)state;
    static const size_t sizes[] = {0, 1, sizeof(size_t), sizeof(first_options) - 1, 4097, SIZE_MAX};
    for (size_t i = 0; i < SUPPORT_COUNT(sizes); i++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        options out, given = defaults;
        given.struct_size = sizes[i];
        const options before = given;
        assert_status(read_options(&out, &given, &error), CUSTVAL_ERROR_STRUCT_SIZE, &error);
        assert_message(&error, "custval_options.struct_size is ");
        assert_memory_equal(&out, &defaults, sizeof out);
        assert_status(write_options(&given, &error), CUSTVAL_ERROR_STRUCT_SIZE, &error);
        assert_memory_equal(&given, &before, sizeof given);
    }
}

static void the_largest_size_is_read_and_written(void **state) {
    (void)state;
    union {
        size_t struct_size;
        unsigned char bytes[4096];
    } huge;
    memset(&huge, 0, sizeof huge);
    huge.struct_size = sizeof huge;
    options out;
    assert_ok(read_options(&out, &huge, NULL), NULL);
    assert_int_equal(out.flags, 0);
    memset(&huge, 0x11, sizeof huge);
    huge.struct_size = sizeof huge;
    assert_ok(write_options(&huge, NULL), NULL);
    assert_int_equal(huge.struct_size, sizeof huge);
    for (size_t i = sizeof(options); i < sizeof huge; i++) assert_int_equal(huge.bytes[i], 0);
}

static void an_output_struct_keeps_its_size_and_gets_what_fits(void **state) {
    (void)state;
    struct {
        first_options out;
        unsigned char beyond[8];
    } old = {{sizeof(first_options), 0, 0}, "0123456"};
    assert_ok(write_options(&old.out, NULL), NULL);
    assert_int_equal(old.out.struct_size, sizeof old.out);
    assert_int_equal(old.out.flags, 7);
    assert_int_equal(old.out.level, 8);
    assert_memory_equal(old.beyond, "0123456", 8);
    newer_options newer = {sizeof newer, 1, 1, 1.0, 1.0};
    assert_ok(write_options(&newer, NULL), NULL);
    const newer_options expected = {sizeof expected, 7, 8, 9.0, 0.0};
    assert_memory_equal(&newer, &expected, sizeof newer);
}

static void an_output_that_is_null_is_named(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_status(write_options(NULL, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_string_equal(error.message, "out is NULL");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_struct_means_the_defaults),
        cmocka_unit_test(a_struct_of_an_older_version_leaves_the_defaults_of_what_it_lacks),
        cmocka_unit_test(a_struct_of_this_version_is_copied),
        cmocka_unit_test(a_newer_struct_is_read_while_the_unknown_part_is_zero),
        cmocka_unit_test(a_size_that_no_version_had_is_refused_in_both_directions),
        cmocka_unit_test(the_largest_size_is_read_and_written),
        cmocka_unit_test(an_output_struct_keeps_its_size_and_gets_what_fits),
        cmocka_unit_test(an_output_that_is_null_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
