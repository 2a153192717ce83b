/* Reading JSON: texts with escapes, and what is said of what is none. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/options.h"
#include "document/json.h"
#include "support.h"

/* Characters by RFC 8259, section 7; the bytes are those of UTF-8 (RFC 3629). */
static void escapes_stand_for_characters(void **state) {
    (void)state;
    static const struct {
        const char *json, *text;
    } cases[] = {
        {"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t"},
        {"\"\\u0041\\u007f\"", "A\x7f"},
        {"\"\\u0080\\u00E9\\u07fF\"", "\xc2\x80\xc3\xa9\xdf\xbf"},
        {"\"\\u0800\\uABCD\\uabcd\\uffff\"", "\xe0\xa0\x80\xea\xaf\x8d\xea\xaf\x8d\xef\xbf\xbf"},
        {"\"\\ud800\\udc00\\uD83D\\uDE00\\uDBFF\\uDFFF\"", "\xf0\x90\x80\x80\xf0\x9f\x98\x80\xf4\x8f\xbf\xbf"},
        {"\"\\ud7ff\\ue000\"", "\xed\x9f\xbf\xee\x80\x80"},
        {"\"a\\\\\"", "a\\"},
        {"\"\xf0\x9f\x98\x80\"", "\xf0\x9f\x98\x80"},
    };
    custval_host host;
    assert_ok(custval__host_read(&host, NULL, NULL), NULL);
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        custval__json_document document;
        assert_ok(custval__json_read(&document, &host, cases[i].json, strlen(cases[i].json), &error), &error);
        assert_int_equal(document.root->type, CUSTVAL__JSON_TEXT);
        assert_string_equal(document.root->text, cases[i].text);
        custval__json_free(&document);
    }
}

#define ESCAPE "a backslash must be followed by one of \" \\ / b f n r t or by u and four hexadecimal digits"
#define HALF "half of a surrogate pair is no character"

static const struct {
    const char *json, *message;
} wrong[] = {
    {"\"\\x\"", "line 1, column 2: " ESCAPE},
    {"\"\\u\"", "line 1, column 2: " ESCAPE},
    {"\"\\u12\"", "line 1, column 2: " ESCAPE},
    {"\"\\u12g4\"", "line 1, column 2: " ESCAPE},
    {"\"\\u12G4\"", "line 1, column 2: " ESCAPE},
    {"\"\\u12`4\"", "line 1, column 2: " ESCAPE},
    {"\"\\u12/4\"", "line 1, column 2: " ESCAPE},
    {"\"\\u12:4\"", "line 1, column 2: " ESCAPE},
    {"\"\\ud800\"", "line 1, column 2: " HALF},
    {"\"\\ud800 and more\"", "line 1, column 2: " HALF},
    {"\"\\ud800\\n12345\"", "line 1, column 2: " HALF},
    {"\"\\ud800\\ud800\"", "line 1, column 2: " HALF},
    {"\"\\ud800\\ue000\"", "line 1, column 2: " HALF},
    {"\"\\ud800\\ug000\"", "line 1, column 2: " HALF},
    {"\"\\udc00\\udc00\"", "line 1, column 2: " HALF},
    {"\"\\u0000\"", "line 1, column 2: a text must not contain a NUL character"},
    {"\"a\nb\"", "line 1, column 3: the end of a line in a text; is a closing quote missing?"},
    {"\"a\tb\"", "line 1, column 3: a control character in a text; write it as \\u and four digits"},
    {"\"\xff\"", "line 1, column 2: a byte that is not UTF-8"},
    {"\"a", "line 1, column 1: this text has no closing quote"},
    {"\"a\\", "line 1, column 1: this text has no closing quote"},
    {"\"a\\\"", "line 1, column 1: this text has no closing quote"},
    {"'a'", "found \"'\"; texts stand in double quotes"},
    {"// a", "found \"/\"; JSON has no comments: use \"note\""},
    {"# a", "found \"#\"; JSON has no comments: use \"note\""},
    {"[1 \"a\"]", "found a text"},
    {"\xff", "found a byte that is not UTF-8"},
    {"\x01", "found a control character"},
    {"\x7f", "found a control character"},
    {"", "found the end of the document"},
    {"1e999", "1e999 is too large for a number"},
    {"1000000000000000000000000000000000000000000000e999",
     "1000000000000000000000000000000000000000 is too large for a number"},
};

static void what_is_no_json_is_said_with_its_place(void **state) {
    (void)state;
    custval_host host;
    assert_ok(custval__host_read(&host, NULL, NULL), NULL);
    for (size_t i = 0; i < SUPPORT_COUNT(wrong); i++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        custval__json_document document;
        /* Without a NUL behind it, so that a step beyond the end is seen. */
        const size_t length = strlen(wrong[i].json);
        char *const text = malloc(length > 0 ? length : 1);
        assert_non_null(text);
        memcpy(text, wrong[i].json, length);
        assert_status(custval__json_read(&document, &host, text, length, &error), CUSTVAL_ERROR_DOCUMENT, &error);
        assert_message(&error, wrong[i].message);
        custval__json_free(&document);
        free(text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(escapes_stand_for_characters),
        cmocka_unit_test(what_is_no_json_is_said_with_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
