/* System documents: what is refused and where, what survives writing and reading, limits, memory. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <custval/custval.h>

#include "document/shape.h"

#include "support.h"

/* ---- Help ---------------------------------------------------------------------------------------------------------- */

/* Documents here are written with ' for ". */
static char *quoted(const char *text) {
    const size_t length = strlen(text);
    char *const copy = malloc(length + 1);
    assert_non_null(copy);
    for (size_t i = 0; i <= length; i++) copy[i] = text[i] == '\'' ? '"' : text[i];
    return copy;
}

static custval_status parse(const char *text, custval_system **out, custval_error *error) {
    char *const copy = quoted(text);
    const custval_status status = custval_system_parse(NULL, copy, strlen(copy), out, error);
    free(copy);
    return status;
}

static custval_system *parsed(const char *text) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = NULL;
    assert_ok(parse(text, &system, &error), &error);
    return system;
}

static char *written(const custval_system *system) {
    custval_error error = CUSTVAL_ERROR_INIT;
    size_t length = 0, again = 0;
    assert_ok(custval_system_write(system, NULL, 0, &length, &error), &error);
    char *const text = malloc(length + 1);
    assert_non_null(text);
    assert_ok(custval_system_write(system, text, length + 1, &again, &error), &error);
    assert_int_equal(again, length);
    assert_int_equal(strlen(text), length);
    return text;
}

static void assert_written(const char *document, const char *expected) {
    custval_system *const system = parsed(document);
    char *const text = written(system);
    char *const wanted = quoted(expected);
    assert_string_equal(text, wanted);
    free(wanted);
    free(text);
    custval_system_free(system);
}

static uint32_t node_named(const custval_system *system, const char *id) {
    custval_error error = CUSTVAL_ERROR_INIT;
    uint32_t node = CUSTVAL_NONE;
    assert_ok(custval_system_find(system, id, &node, &error), &error);
    return node;
}

#define HEAD "{'custval': 'system', 'version': 1, "
#define ITEM "{'column': 'X', 'scale': [1, 5]}"
#define TREE "'dimensions': [{'id': 'a', 'side': 'benefit', 'indicators': [{'id': 'b', 'items': [" ITEM "]}]}]"
#define WITH(members) HEAD TREE ", " members "}"

/* ---- What is refused ----------------------------------------------------------------------------------------------- */

static custval_status status_named(const char *name) {
    for (custval_status status = 0; status > -100; status--) {
        if (strcmp(custval_status_name(status), name) == 0) return status;
    }
    print_error("there is no status %s\n", name);
    fail();
    return CUSTVAL_OK;
}

static void assert_refused(const json_t *refusal) {
    const custval_status expected = status_named(json_string_value(json_object_get(refusal, "status")));
    char *const text = json_dumps(json_object_get(refusal, "document"), JSON_ENCODE_ANY);
    custval_error error = CUSTVAL_ERROR_INIT;
    counting_host counter;
    counting_host_init(&counter);
    custval_system *system = (custval_system *)&error;
    assert_non_null(text);
    assert_status(custval_system_parse(&counter.host, text, strlen(text), &system, &error), expected, &error);
    assert_null(system);
    assert_string_equal(error.message, json_string_value(json_object_get(refusal, "message")));
    assert_int_equal(error.node, CUSTVAL_NONE);
    assert_true(error.row == SIZE_MAX);
    assert_status(custval_system_parse(&counter.host, text, strlen(text), &system, NULL), expected, NULL);
    counting_host_end(&counter);
    free(text);
}

static void a_refusal_names_the_place_and_the_reason_and_leaves_nothing(void **state) {
    (void)state;
    json_t *const refusals = support_vectors("documents/refused.json");
    assert_true(json_array_size(refusals) > 80);
    for (size_t i = 0; i < json_array_size(refusals); i++) assert_refused(json_array_get(refusals, i));
    json_decref(refusals);
}

static void what_is_no_json_is_refused_by_line_and_column(void **state) {
    (void)state;
    static const struct {
        const char *document, *place;
    } cases[] = {
        {"", "line 1, column "},
        {"   ", "line 1, column "},
        {"{", "line 1, column "},
        {"{'a': 1,}", "line 1, column "},
        {"{'a' 1}", "line 1, column "},
        {"{a: 1}", "line 1, column "},
        {"// note\n{}", "line 1, column 1: "},
        {"{\n  'a': 1,\n  'b': 2,\n  'a': 3\n}", "line 4, column "},
        {"{\n  'a': NaN\n}", "line 2, column "},
        {"{'a': 01}", "line 1, column "},
        {"{'a': 1.}", "line 1, column "},
        {"{'a': +1}", "line 1, column "},
        {"{'a': 1e999}", "line 1, column "},
        {"{'a': 'x\ty'}", "line 1, column "},
        {"{\n'a': 'x\ny'}", "line 2, column "},
        {"{'a': '\\x'}", "line 1, column "},
        {"{'a': '\\ud800'}", "line 1, column "},
        {"{'a': '\\u0000'}", "line 1, column "},
        {"{'\\u0000': 1}", "line 1, column "},
        {"{'a': '\xff'}", "line 1, column "},
        {"{'a': '\xc0\xaf'}", "line 1, column "},
        {"{'a': '\xed\xa0\x80'}", "line 1, column "},
        {"{'a': 'unclosed}", "line 1, column "},
        {"{'a': [1 2]}", "line 1, column "},
        {"{} {}", "line 1, column 4: "},
        {"{'a': tru}", "line 1, column "},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_system *system = NULL;
        assert_status(parse(cases[i].document, &system, &error), CUSTVAL_ERROR_DOCUMENT, &error);
        assert_null(system);
        if (strncmp(error.message, cases[i].place, strlen(cases[i].place)) != 0) {
            print_error("%s: \"%s\" does not begin with \"%s\"\n", cases[i].document, error.message, cases[i].place);
            fail();
        }
    }
}

static void a_NUL_byte_is_no_end_of_the_document(void **state) {
    (void)state;
    static const char document[] = "{\"custval\": \"system\"}\0, \"version\": 1}";
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = NULL;
    assert_status(custval_system_parse(NULL, document, sizeof document - 1, &system, &error), CUSTVAL_ERROR_DOCUMENT,
                  &error);
    assert_message(&error, "line 1, column ");
}

static void arguments_are_checked(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = (custval_system *)&error;
    assert_status(custval_system_parse(NULL, NULL, 0, &system, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_null(system);
    assert_status(custval_system_parse(NULL, "{}", 2, NULL, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    custval_host strange = CUSTVAL_HOST_INIT;
    strange.struct_size = 1;
    assert_status(custval_system_parse(&strange, "{}", 2, &system, &error), CUSTVAL_ERROR_STRUCT_SIZE, &error);
    custval_system *const good = parsed(HEAD TREE "}");
    size_t length = 7;
    char buffer[8];
    assert_status(custval_system_write(NULL, buffer, sizeof buffer, &length, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_int_equal(length, 0);
    assert_status(custval_system_write(good, NULL, 1, &length, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_status(custval_system_write(good, buffer, sizeof buffer, NULL, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    custval_system_free(good);
}

/* ---- Limits -------------------------------------------------------------------------------------------------------- */

static char *nested(size_t levels) {
    char *const text = malloc(2 * levels + 1);
    assert_non_null(text);
    memset(text, '[', levels);
    memset(text + levels, ']', levels);
    text[2 * levels] = 0;
    return text;
}

static void nesting_is_limited_before_anybody_recurses(void **state) {
    (void)state;
    static const struct {
        size_t levels;
        custval_status status;
    } cases[] = {
        {CUSTVAL_MAX_DOCUMENT_DEPTH, CUSTVAL_ERROR_DOCUMENT}, /* it is JSON, but no object */
        {CUSTVAL_MAX_DOCUMENT_DEPTH + 1, CUSTVAL_ERROR_LIMIT},
        {1000000, CUSTVAL_ERROR_LIMIT},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_system *system = NULL;
        char *const text = nested(cases[i].levels);
        assert_status(parse(text, &system, &error), cases[i].status, &error);
        free(text);
    }
}

static void brackets_in_texts_are_no_nesting(void **state) {
    (void)state;
    custval_system *const system =
        parsed(WITH("'note': '[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[ \\' {{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{ \\\\'"));
    custval_system_free(system);
}

static void the_size_of_a_document_is_limited(void **state) {
    (void)state;
    static const char head[] = "{\"custval\": \"system\", \"version\": 1, \"dimensions\": [{\"id\": \"a\", \"side\": "
                               "\"benefit\", \"indicators\": [{\"id\": \"b\", \"items\": [{\"column\": \"X\", "
                               "\"scale\": [1, 5]}]}]}]}";
    const size_t most = CUSTVAL_MAX_DOCUMENT_SIZE;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = NULL;
    char *const text = malloc(most + 1);
    assert_non_null(text);
    memset(text, ' ', most + 1);
    memcpy(text, head, sizeof head - 1);
    assert_ok(custval_system_parse(NULL, text, most, &system, &error), &error);
    custval_system_free(system);
    assert_status(custval_system_parse(NULL, text, most + 1, &system, &error), CUSTVAL_ERROR_LIMIT, &error);
    assert_string_equal(error.message, "the document has 16777217 bytes; the most is 16777216");
    assert_null(system);
    free(text);
}

static void a_long_key_is_cut_in_the_path(void **state) {
    (void)state;
    char document[600], key[200];
    memset(key, 'k', sizeof key - 1);
    key[sizeof key - 1] = 0;
    snprintf(document, sizeof document, WITH("'profiles': [{'id': 'p', 'weights': {'%s': 3}}]"), key);
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = NULL;
    assert_status(parse(document, &system, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    assert_message(&error, "kkk...\"]: there is no node");
}

/* ---- Writing ------------------------------------------------------------------------------------------------------- */

static char *everything(void) {
    return support_read_file("tests/vectors/documents/everything.json", NULL);
}

static void every_key_survives(void **state) {
    (void)state;
    char *const text = everything();
    assert_written(text, text);
    free(text);
}

static void the_order_of_writing_is_that_of_the_tree(void **state) {
    (void)state;
    assert_written(HEAD "'highest_weight': ['c', 'a'], 'dimensions': [{'indicators': [{'items': [{'scale': [0, 1], "
                        "'column': 'X'}], 'id': 'd'}], 'side': 'sacrifice', 'id': 'c'}, {'id': 'a', 'side': 'benefit', "
                        "'indicators': [{'id': 'b', 'items': [{'column': 'X', 'scale': [0, 1]}]}]}]}",
                   "{\n"
                   "  'custval': 'system',\n"
                   "  'version': 1,\n"
                   "  'dimensions': [\n"
                   "    {\n"
                   "      'id': 'a',\n"
                   "      'side': 'benefit',\n"
                   "      'indicators': [\n"
                   "        {\n"
                   "          'id': 'b',\n"
                   "          'items': [\n"
                   "            {'column': 'X', 'id': 'b.X', 'scale': [0, 1]}\n"
                   "          ]\n"
                   "        }\n"
                   "      ]\n"
                   "    },\n"
                   "    {\n"
                   "      'id': 'c',\n"
                   "      'side': 'sacrifice',\n"
                   "      'indicators': [\n"
                   "        {\n"
                   "          'id': 'd',\n"
                   "          'items': [\n"
                   "            {'column': 'X', 'scale': [0, 1]}\n"
                   "          ]\n"
                   "        }\n"
                   "      ]\n"
                   "    }\n"
                   "  ],\n"
                   "  'highest_weight': ['a', 'c']\n"
                   "}\n");
}

#define SHORT                                                                                                         \
  "{\n  'custval': 'system',\n  'version': 1,\n  'dimensions': [\n    {\n      'id': 'a',\n      'side': "            \
  "'benefit',\n      'indicators': [\n        {\n          'id': 'b',\n          'items': [\n            {'column': " \
  "'X', 'scale': [1, 5]}\n          ]\n        }\n      ]\n    }\n  ]\n}\n"

static void what_equals_its_default_is_not_written(void **state) {
    (void)state;
    assert_written(HEAD TREE "}", SHORT);
    assert_written(HEAD
                   "'id': 'system', 'label': {}, 'form': 'difference', 'aggregator': 'mean', 'exponent': 7, 'missing': "
                   "{'policy': 'nested', 'neutral': 50, 'coverage_floor': 0}, 'out_of_scale': 'reject', 'benefit': "
                   "{'weight': 1, 'aggregator': 'mean', 'label': {}}, 'sacrifice': {'note': 'no dimension'}, "
                   "'derived': [], 'profiles': [], 'contexts': [], 'gates': [], 'overrides': [], 'highest_weight': "
                   "[], 'dimensions': [{'id': 'a', 'side': 'benefit', 'weight': 1, 'aggregator': 'mean', "
                   "'indicators': [{'id': 'b', 'tag': 'none', 'cost': 0, 'weight': 1.0, 'items': [{'column': 'X', "
                   "'id': 'X', 'scale': [1, 5], 'reversed': false, 'missing_codes': [], 'weight': 1e0, 'curve': "
                   "{'type': 'scale'}}]}]}]}",
                   SHORT);
}

static void a_byte_order_mark_is_skipped(void **state) {
    (void)state;
    assert_written("\xef\xbb\xbf" HEAD TREE "}", SHORT);
}

static void escapes_become_characters(void **state) {
    (void)state;
    custval_system *const system = parsed(WITH("'note': '\\u00e9\\ud83d\\ude00\\/\\b\\f\\r'"));
    custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
    assert_ok(custval_system_get(system, &spec, NULL), NULL);
    assert_string_equal(spec.note, "\xc3\xa9\xf0\x9f\x98\x80/\b\f\r");
    char *const text = written(system);
    assert_non_null(strstr(text, "\"\xc3\xa9\xf0\x9f\x98\x80/\\u0008\\u000c\\u000d\""));
    free(text);
    custval_system_free(system);
}

static void a_buffer_that_is_too_small_gets_whole_characters(void **state) {
    (void)state;
    custval_system *const system = parsed(WITH("'label': {'zh': '价值'}"));
    char *const text = written(system);
    const size_t whole = strlen(text);
    const size_t wide = (size_t)(strstr(text, "价") - text);
    for (size_t capacity = 1; capacity <= whole + 2; capacity++) {
        char *const buffer = malloc(capacity);
        size_t length = 0;
        assert_non_null(buffer);
        memset(buffer, 'x', capacity);
        assert_ok(custval_system_write(system, buffer, capacity, &length, NULL), NULL);
        assert_int_equal(length, whole);
        const size_t got = strlen(buffer);
        assert_true(got < capacity && got + 3 >= (capacity <= whole ? capacity : whole));
        assert_memory_equal(buffer, text, got);
        assert_false(got == wide + 1 || got == wide + 2);
        free(buffer);
    }
    free(text);
    custval_system_free(system);
}

static void a_read_system_has_what_the_document_says(void **state) {
    (void)state;
    char *const document = everything();
    custval_system *const system = parsed(document);
    free(document);
    custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
    assert_ok(custval_system_get(system, &spec, NULL), NULL);
    assert_int_equal(spec.form, CUSTVAL_FORM_INDEX);
    assert_int_equal(spec.missing, CUSTVAL_MISSING_NEUTRAL);
    assert_double_bits(spec.neutral, 40.0);
    assert_double_bits(spec.exponent, -1.5);
    assert_string_equal(custval_system_label(system, 0, "ko"), "모든 키");
    assert_string_equal(custval_system_label(system, node_named(system, "benefit"), NULL), "Gets");
    custval_item_spec item = CUSTVAL_ITEM_SPEC_INIT;
    assert_ok(custval_system_item_spec(system, node_named(system, "again"), &item, NULL), NULL);
    assert_int_equal(item.reversed, 1);
    assert_int_equal(item.missing_code_count, 2);
    assert_double_bits(item.missing_codes[1], 99.0);
    assert_ok(custval_system_item_spec(system, node_named(system, "Q8"), &item, NULL), NULL);
    assert_int_equal(item.curve->type, CUSTVAL_CURVE_PROSPECT);
    assert_double_bits(item.curve->parameters[0], 0.5);
    assert_double_bits(item.curve->parameters[2], 1.5);
    assert_ok(custval_system_item_spec(system, node_named(system, "Q9"), &item, NULL), NULL);
    assert_string_equal(item.curve->categories[1], "gold");
    assert_double_bits(item.curve->y[1], 100.0);
    double expectation = 0;
    assert_true(custval_system_expectation(system, 0, node_named(system, "Q7"), &expectation));
    assert_double_bits(expectation, 2.0);
    custval_override_spec override = CUSTVAL_OVERRIDE_SPEC_INIT;
    assert_ok(custval_system_override(system, 0, &override, NULL), NULL);
    assert_string_equal(override.node, "value");
    assert_string_equal(override.author, "A. Müller");
    custval_system_free(system);
}

/* ---- Memory -------------------------------------------------------------------------------------------------------- */

static custval_status attempt_parse(const custval_host *host, void *data) {
    const char *const text = data;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = (custval_system *)&error;
    const custval_status status = custval_system_parse(host, text, strlen(text), &system, &error);
    if (status != CUSTVAL_OK) {
        assert_null(system);
        assert_string_equal(error.message, "out of memory");
    }
    custval_system_free(system);
    return status;
}

static void reading_survives_every_failed_allocation(void **state) {
    (void)state;
    char *const text = everything();
    support_exhaust_memory(attempt_parse, text);
    free(text);
}

/* ---- The schema ---------------------------------------------------------------------------------------------------- */

static const json_t *schema_of(const json_t *schema, const char *name) {
    if (strcmp(name, "system") == 0) return schema;
    return json_object_get(json_object_get(schema, "$defs"), name);
}

static int contains(const json_t *array, const char *text) {
    for (size_t i = 0; i < json_array_size(array); i++) {
        if (strcmp(json_string_value(json_array_get(array, i)), text) == 0) return 1;
    }
    return 0;
}

/* The words of a schema are those of the vocabulary; a dimension has no side "none". */
static void assert_words(const json_t *words, const custval__member *member) {
    size_t count = 0;
    for (uint32_t value = 0; value < 32; value++) {
        const char *const word = custval_word(member->vocabulary, value);
        if (word == NULL || (member->vocabulary == CUSTVAL_WORDS_SIDE && value == CUSTVAL_SIDE_NONE)) continue;
        assert_true(contains(words, word));
        count++;
    }
    assert_int_equal(json_array_size(words), count);
}

static void assert_shape(const json_t *schema, const custval__shape *shape) {
    const json_t *const definition = schema_of(schema, shape->name);
    const json_t *const properties = json_object_get(definition, "properties");
    const json_t *const required = json_object_get(definition, "required");
    size_t keys = 0, needed = 0;
    if (properties == NULL) {
        print_error("the schema does not define %s\n", shape->name);
        fail();
    }
    assert_true(json_is_false(json_object_get(definition, "additionalProperties")));
    for (const custval__member *member = shape->members; member->key != NULL; member++) {
        const json_t *const property = json_object_get(properties, member->key);
        if (property == NULL || !json_is_string(json_object_get(property, "description"))) {
            print_error("the schema says nothing about \"%s\" of %s\n", member->key, shape->words);
            fail();
        }
        keys++;
        needed += member->required;
        assert_int_equal(contains(required, member->key), member->required);
        const json_t *const words = json_object_get(property, "enum");
        if (words != NULL) assert_words(words, member);
    }
    assert_int_equal(json_object_size(properties), keys);
    assert_int_equal(json_array_size(required), needed);
}

static void the_schema_has_the_keys_that_are_read(void **state) {
    (void)state;
    size_t length = 0;
    char *const text = support_read_file("docs/system.schema.json", &length);
    json_t *const schema = json_loadb(text, length, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(schema);
    for (size_t i = 0; i < CUSTVAL__SHAPES; i++) {
        if (i != CUSTVAL__SHAPE_CURVE) assert_shape(schema, &custval__shapes[i]); /* a curve has one of the types */
    }
    json_decref(schema);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_refusal_names_the_place_and_the_reason_and_leaves_nothing),
        cmocka_unit_test(what_is_no_json_is_refused_by_line_and_column),
        cmocka_unit_test(a_NUL_byte_is_no_end_of_the_document),
        cmocka_unit_test(arguments_are_checked),
        cmocka_unit_test(nesting_is_limited_before_anybody_recurses),
        cmocka_unit_test(brackets_in_texts_are_no_nesting),
        cmocka_unit_test(the_size_of_a_document_is_limited),
        cmocka_unit_test(a_long_key_is_cut_in_the_path),
        cmocka_unit_test(every_key_survives),
        cmocka_unit_test(the_order_of_writing_is_that_of_the_tree),
        cmocka_unit_test(what_equals_its_default_is_not_written),
        cmocka_unit_test(a_byte_order_mark_is_skipped),
        cmocka_unit_test(escapes_become_characters),
        cmocka_unit_test(a_buffer_that_is_too_small_gets_whole_characters),
        cmocka_unit_test(a_read_system_has_what_the_document_says),
        cmocka_unit_test(reading_survives_every_failed_allocation),
        cmocka_unit_test(the_schema_has_the_keys_that_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
