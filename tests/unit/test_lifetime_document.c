/* Lifetime documents inside the library: the schema has the keys that are read, and the guide's documents are read. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include <custval/lifetime.h>

#include "document/lifetime.h"
#include "support.h"

static int contains(const json_t *array, const char *text) {
    for (size_t i = 0; i < json_array_size(array); i++) {
        if (strcmp(json_string_value(json_array_get(array, i)), text) == 0) return 1;
    }
    return 0;
}

static void assert_shape(const json_t *definition, const custval__shape *shape) {
    const json_t *properties = json_object_get(definition, "properties");
    const json_t *required = json_object_get(definition, "required");
    size_t keys = 0, needed = 0;
    assert_true(json_is_false(json_object_get(definition, "additionalProperties")));
    for (const custval__member *member = shape->members; member->key != NULL; member++) {
        const json_t *property = json_object_get(properties, member->key);
        assert_true(json_is_string(json_object_get(property, "description")));
        assert_int_equal(contains(required, member->key), member->required);
        keys++;
        needed += member->required;
    }
    assert_int_equal(json_object_size(properties), keys);
    assert_int_equal(json_array_size(required), needed);
}

static void the_schema_has_the_keys_that_are_read(void **state) {
    (void)state;
    size_t length = 0;
    char *text = support_read_file("docs/lifetime.schema.json", &length);
    json_t *schema = json_loadb(text, length, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(schema);
    assert_shape(schema, &custval__lifetime_shapes[CUSTVAL__LIFETIME_SHAPE_LIFETIME]);
    assert_shape(json_object_get(json_object_get(schema, "$defs"), "fit"),
                 &custval__lifetime_shapes[CUSTVAL__LIFETIME_SHAPE_FIT]);
    json_decref(schema);
    free(text);
}

/* The second is in the layout of what is written: to the byte. */
static void documents_of_the_guide_are_read(void **state) {
    (void)state;
    size_t length = 0, count = 0;
    char *text = support_read_file("docs/lifetime-document.md", &length), *next = text;
    while ((next = strstr(next, "```json\n")) != NULL) {
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_lifetime *lifetime = NULL;
        char again[2000];
        size_t written;
        const char *first = next + strlen("```json\n");
        next = strstr(first, "```");
        assert_ok(custval_lifetime_parse(NULL, first, (size_t)(next - first), &lifetime, &error), &error);
        assert_ok(custval_lifetime_write(lifetime, again, sizeof again, &written, &error), &error);
        if (++count == 2) assert_memory_equal(again, first, written);
        custval_lifetime_free(lifetime);
        next++;
    }
    assert_int_equal(count, 2);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_schema_has_the_keys_that_are_read),
        cmocka_unit_test(documents_of_the_guide_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
