/* custval_system_from_table: systems written one item a row. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "draft.h"
#include "json_table.h"

static char *written(const custval_system *system) {
    size_t length = 0;
    assert_ok(custval_system_write(system, NULL, 0, &length, NULL), NULL);
    char *const text = malloc(length + 1);
    assert_non_null(text);
    assert_ok(custval_system_write(system, text, length + 1, &length, NULL), NULL);
    return text;
}

static json_t *parsed(const char *text) {
    json_error_t where;
    json_t *const made = json_loads(text, 0, &where);
    if (made == NULL) fail_msg("%s: %s", text, where.text);
    return made;
}

/* [[header...], [row...]...] */
static custval_table *table_of(const char *text) {
    json_t *const whole = parsed(text), *const rows = json_array();
    for (size_t i = 1; i < json_array_size(whole); i++) json_array_append(rows, json_array_get(whole, i));
    custval_table *const table = json_table(json_array_get(whole, 0), rows, NULL);
    json_decref(rows);
    json_decref(whole);
    return table;
}

static void assert_means(const char *rows, const char *document) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *from_table = NULL, *from_document = NULL;
    custval_table *const table = table_of(rows);
    json_t *const json = parsed(document);
    assert_ok(custval_system_from_table(NULL, table, &from_table, &error), &error);
    assert_ok(json_system(NULL, json, &from_document, &error), &error);
    char *const actual = written(from_table), *const expected = written(from_document);
    assert_string_equal(actual, expected);
    free(expected);
    free(actual);
    json_decref(json);
    custval_system_free(from_document);
    custval_system_free(from_table);
    custval_table_free(table);
}

/* ---- What a table means ------------------------------------------------------------------------------------------ */

static void a_table_means_the_document_that_says_the_same(void **unused) {
    (void)unused;
    assert_means("[[\"side\",\"dimension\",\"dimension_label\",\"dimension_weight\",\"indicator\",\"indicator_label\","
                 "\"indicator_weight\",\"item\",\"item_label\",\"item_weight\",\"item_note\",\"column\",\"low\","
                 "\"high\",\"reversed\",\"missing_code\",\"form\",\"missing\",\"out_of_scale\"],"
                 "[\"benefit\",\"product\",\"The product\",3,\"quality\",\"Quality\",2,\"a\",\"First\",0.5,\"asked\","
                 "\"q1\",1,10,null,99,\"index\",null,null],"
                 "[null,null,null,null,null,null,null,null,null,null,null,\"q2\",1,7,1,null,null,\"reject\",null],"
                 "[null,null,null,null,\"design\",null,null,null,\"Looks\",null,null,\"q3\",0,1,0,null,\"index\",null,"
                 "\"clamp\"],"
                 "[\"sacrifice\",\"money\",null,null,\"price\",null,null,null,null,null,null,\"q4\",1,10,1,null,null,"
                 "null,null]]",
                 "{\"custval\":\"system\",\"version\":1,\"form\":\"index\",\"missing\":{\"policy\":\"reject\"},"
                 "\"out_of_scale\":\"clamp\",\"dimensions\":["
                 "{\"id\":\"product\",\"side\":\"benefit\",\"label\":\"The product\",\"weight\":3,\"indicators\":["
                 "{\"id\":\"quality\",\"label\":\"Quality\",\"weight\":2,\"items\":["
                 "{\"id\":\"a\",\"label\":\"First\",\"weight\":0.5,\"note\":\"asked\",\"column\":\"q1\","
                 "\"scale\":[1,10],\"missing_codes\":[99]},"
                 "{\"column\":\"q2\",\"scale\":[1,7],\"reversed\":true}]},"
                 "{\"id\":\"design\",\"items\":[{\"column\":\"q3\",\"label\":\"Looks\",\"scale\":[0,1]}]}]},"
                 "{\"id\":\"money\",\"side\":\"sacrifice\",\"indicators\":["
                 "{\"id\":\"price\",\"items\":[{\"column\":\"q4\",\"scale\":[1,10],\"reversed\":true}]}]}]}");
}

/* What is said once may be said again; rows of a group need not stand together; blank rows part groups. */
static void rows_may_repeat_and_come_in_any_order(void **unused) {
    (void)unused;
    assert_means("[[\"column\",\"low\",\"high\",\"side\",\"dimension\",\"dimension_weight\",\"indicator\","
                 "\"indicator_label\"],"
                 "[\"q1\",1,5,\"benefit\",\"a\",2,\"x\",\"X\"],"
                 "[null,null,null,null,null,null,null,null],"
                 "[\"q2\",1,5,\"sacrifice\",\"b\",null,\"y\",null],"
                 "[\"q3\",1,5,\"benefit\",\"a\",2,\"x\",\"X\"],"
                 "[\"q4\",1,5,null,\"a\",null,\"z\",\"\"]]",
                 "{\"custval\":\"system\",\"version\":1,\"dimensions\":["
                 "{\"id\":\"a\",\"side\":\"benefit\",\"weight\":2,\"indicators\":["
                 "{\"id\":\"x\",\"label\":\"X\",\"items\":[{\"column\":\"q1\",\"scale\":[1,5]},{\"column\":\"q3\","
                 "\"scale\":[1,5]}]},{\"id\":\"z\",\"items\":[{\"column\":\"q4\",\"scale\":[1,5]}]}]},"
                 "{\"id\":\"b\",\"side\":\"sacrifice\",\"indicators\":["
                 "{\"id\":\"y\",\"items\":[{\"column\":\"q2\",\"scale\":[1,5]}]}]}]}");
}

static void numbers_stand_for_their_digits_where_texts_are_meant(void **unused) {
    (void)unused;
    assert_means("[[\"side\",\"dimension\",\"indicator\",\"column\",\"low\",\"high\",\"item_label\"],"
                 "[\"benefit\",1,11,7,1,5,3],[null,null,null,8,1,5,null]]",
                 "{\"custval\":\"system\",\"version\":1,\"dimensions\":[{\"id\":\"1\",\"side\":\"benefit\","
                 "\"indicators\":[{\"id\":\"11\",\"items\":[{\"column\":\"7\",\"scale\":[1,5],\"label\":\"3\"},"
                 "{\"column\":\"8\",\"scale\":[1,5]}]}]}]}");
}

/* An item of a taken name gets another id, and its label goes there. */
static void a_label_goes_to_the_item_of_its_row(void **unused) {
    (void)unused;
    assert_means("[[\"side\",\"dimension\",\"indicator\",\"column\",\"low\",\"high\",\"item_label\"],"
                 "[\"benefit\",\"price\",\"x\",\"price\",1,5,\"Paid\"]]",
                 "{\"custval\":\"system\",\"version\":1,\"dimensions\":[{\"id\":\"price\",\"side\":\"benefit\","
                 "\"indicators\":[{\"id\":\"x\",\"items\":[{\"column\":\"price\",\"scale\":[1,5],\"label\":"
                 "\"Paid\"}]}]}]}");
}

/* ---- What is refused --------------------------------------------------------------------------------------------- */

#define HEADER "[[\"side\",\"dimension\",\"indicator\",\"column\",\"low\",\"high\"]"
#define FIRST ",[\"benefit\",\"a\",\"x\",\"q1\",1,5]"
#define MORE "[[\"side\",\"dimension\",\"indicator\",\"column\",\"low\",\"high\","

static const struct {
    const char *rows;
    custval_status status;
    size_t row; /* SIZE_MAX: none */
    const char *message;
} refused[] = {
    {"[[\"colum\"],[\"q1\"]]", CUSTVAL_ERROR_NOT_FOUND, SIZE_MAX,
     "a system's table has no column \"colum\"; did you mean \"column\"?"},
    {"[[\"zzzzzzzzz\"],[1]]", CUSTVAL_ERROR_NOT_FOUND, SIZE_MAX, "a system's table has no column \"zzzzzzzzz\""},
    {"[[\"low\"],[\"one\"]]", CUSTVAL_ERROR_TYPE, SIZE_MAX, "low"},
    {HEADER "]", CUSTVAL_ERROR_STRUCTURE, SIZE_MAX, "dimension"},
    {HEADER ",[\"benefit\",null,\"x\",\"q1\",1,5]]", CUSTVAL_ERROR_STRUCTURE, 0,
     "row 0: column \"dimension\" is missing"},
    {HEADER ",[null,\"a\",\"x\",\"q1\",1,5]]", CUSTVAL_ERROR_STRUCTURE, 0, "row 0: column \"side\" is missing"},
    {HEADER ",[\"benefits\",\"a\",\"x\",\"q1\",1,5]]", CUSTVAL_ERROR_NOT_FOUND, 0, "row 0: \"benefits\""},
    {HEADER ",[\"none\",\"a\",\"x\",\"q1\",1,5]]", CUSTVAL_ERROR_NOT_FOUND, 0, "row 0: column \"side\" must not be"},
    {HEADER FIRST ",[\"none\",\"b\",\"y\",\"q2\",1,5]]", CUSTVAL_ERROR_NOT_FOUND, 1,
     "row 1: column \"side\" must not be \"none\" here"},
    {HEADER FIRST ",[null,\"b\",null,\"q2\",1,5]]", CUSTVAL_ERROR_STRUCTURE, 1,
     "row 1: column \"indicator\" is missing"},
    {HEADER FIRST ",[null,null,null,null,1,5]]", CUSTVAL_ERROR_STRUCTURE, 1, "row 1: column \"column\" is missing"},
    {HEADER FIRST ",[null,null,null,\"q2\",null,5]]", CUSTVAL_ERROR_STRUCTURE, 1, "row 1: column \"low\" is missing"},
    {HEADER FIRST ",[null,null,null,\"q2\",1,null]]", CUSTVAL_ERROR_STRUCTURE, 1, "row 1: column \"high\" is missing"},
    {HEADER FIRST ",[null,null,null,\"q2\",5,1]]", CUSTVAL_ERROR_RANGE, 1, "row 1: item \"q2\": scale_min 5"},
    {HEADER FIRST ",[\"sacrifice\",\"a\",\"x\",\"q2\",1,5]]", CUSTVAL_ERROR_DUPLICATE, 1,
     "row 1: dimension \"a\" is a benefit further up"},
    {HEADER FIRST ",[null,\"b\",\"x\",\"q2\",1,5]]", CUSTVAL_ERROR_DUPLICATE, 1,
     "row 1: indicator \"x\": there is already a node of this id"},
    {HEADER FIRST ",[null,\"x\",\"y\",\"q2\",1,5]]", CUSTVAL_ERROR_DUPLICATE, 1, "row 1: dimension \"x\""},
    {HEADER ",[\"benefit\",1.5,\"x\",\"q1\",1,5]]", CUSTVAL_ERROR_TYPE, 0,
     "row 0: column \"dimension\" is 1.5, neither a text nor a whole number"},
    {HEADER ",[\"benefit\",\"value\",\"x\",\"q1\",1,5]]", CUSTVAL_ERROR_ARGUMENT, 0, "row 0: dimension \"value\""},
    {MORE "\"reversed\"],[\"benefit\",\"a\",\"x\",\"q1\",1,5,2]]", CUSTVAL_ERROR_RANGE, 0,
     "row 0: column \"reversed\" is 2, neither 0 nor 1"},
    {MORE "\"dimension_weight\"],[\"benefit\",\"a\",\"x\",\"q1\",1,5,2],[null,null,null,\"q2\",1,5,3]]",
     CUSTVAL_ERROR_DUPLICATE, 1, "row 1: column \"dimension_weight\" is 3, but \"a\" has 2 further up"},
    {MORE "\"indicator_weight\"],[\"benefit\",\"a\",\"x\",\"q1\",1,5,null],[null,null,null,\"q2\",1,5,3]]",
     CUSTVAL_ERROR_DUPLICATE, 1, "row 1: column \"indicator_weight\" is 3, but \"x\" has 1 further up"},
    {MORE "\"item_weight\"],[\"benefit\",\"a\",\"x\",\"q1\",1,5,-1]]", CUSTVAL_ERROR_WEIGHT, 0,
     "row 0: item \"q1\": weight -1 is negative"},
    {MORE "\"dimension_weight\"],[\"benefit\",\"a\",\"x\",\"q1\",1,5,0]]", CUSTVAL_ERROR_WEIGHT, SIZE_MAX, "all 0"},
    {MORE "\"dimension_label\"],[\"benefit\",\"a\",\"x\",\"q1\",1,5,\"A\"],[null,null,null,\"q2\",1,5,\"B\"]]",
     CUSTVAL_ERROR_DUPLICATE, 1, "row 1: column \"dimension_label\": \"a\" has another label further up"},
    {MORE "\"indicator_label\"],[\"benefit\",\"a\",\"x\",\"q1\",1,5,null],[null,null,null,\"q2\",1,5,\"B\"]]",
     CUSTVAL_ERROR_DUPLICATE, 1, "row 1: column \"indicator_label\": \"x\" has no label further up"},
    {MORE "\"form\"],[\"benefit\",\"a\",\"x\",\"q1\",1,5,\"index\"],[null,null,null,\"q2\",1,5,\"ratio\"]]",
     CUSTVAL_ERROR_DUPLICATE, 1, "row 1: column \"form\" is \"ratio\", but \"index\" further up"},
    {MORE "\"missing\"],[\"benefit\",\"a\",\"x\",\"q1\",1,5,\"never\"]]", CUSTVAL_ERROR_NOT_FOUND, 0,
     "row 0: \"never\""},
    {MORE "\"missing_code\"],[\"benefit\",\"a\",\"x\",\"q1\",1,5,\"inf\"]]", CUSTVAL_ERROR_TYPE, SIZE_MAX,
     "missing_code"},
};

static void what_means_nothing_is_refused_with_its_row(void **unused) {
    (void)unused;
    for (size_t i = 0; i < SUPPORT_COUNT(refused); i++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_system *system = (custval_system *)&error;
        custval_table *const table = table_of(refused[i].rows);
        assert_status(custval_system_from_table(NULL, table, &system, &error), refused[i].status, &error);
        assert_null(system);
        assert_int_equal(error.row, refused[i].row);
        assert_message(&error, refused[i].message);
        assert_int_equal(custval_system_from_table(NULL, table, &system, NULL), refused[i].status);
        custval_table_free(table);
    }
}

static void arguments_are_needed(void **unused) {
    (void)unused;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = (custval_system *)&error;
    custval_table *const table = table_of(HEADER FIRST "]");
    assert_status(custval_system_from_table(NULL, NULL, &system, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_null(system);
    assert_message(&error, "table is NULL");
    assert_status(custval_system_from_table(NULL, table, NULL, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_message(&error, "out is NULL");
    custval_table_free(table);
}

static void a_text_that_a_nul_would_cut_is_refused(void **unused) {
    (void)unused;
    static const custval_text ids[] = {{"a\0b", 3}};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = NULL;
    custval_table *table = NULL;
    assert_ok(custval_table_new(NULL, 1, &table, &error), &error);
    assert_ok(custval_table_add_texts(table, "dimension", ids, &error), &error);
    assert_status(custval_system_from_table(NULL, table, &system, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_message(&error, "row 0: column \"dimension\" holds a NUL character");
    custval_table_free(table);
}

/* Whatever types columns may have besides texts and doubles. */
static void columns_of_integers_and_of_nothing_are_read(void **unused) {
    (void)unused;
    static const int32_t low[] = {1, 1}, high[] = {10, 10};
    static const uint8_t reversed = 2; /* bits: no, yes */
    static const custval_text sides[] = {{"benefit", 7}, {NULL, 0}}, columns[] = {{"q1", 2}, {"q2", 2}};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = NULL;
    custval_table *table = NULL;
    custval_item_spec item = CUSTVAL_ITEM_SPEC_INIT;
    custval_column bits = CUSTVAL_COLUMN_INIT, numbers = CUSTVAL_COLUMN_INIT;
    assert_ok(custval_table_new(NULL, 2, &table, &error), &error);
    bits.type = CUSTVAL_TYPE_BOOL;
    bits.data = &reversed;
    numbers.type = CUSTVAL_TYPE_INT32;
    numbers.data = low;
    assert_ok(custval_table_add(table, "reversed", &bits, &error), &error);
    assert_ok(custval_table_add(table, "low", &numbers, &error), &error);
    numbers.data = high;
    assert_ok(custval_table_add(table, "high", &numbers, &error), &error);
    assert_ok(custval_table_add(table, "dimension", &numbers, &error), &error);
    assert_ok(custval_table_add_texts(table, "indicator", columns, &error), &error);
    assert_ok(custval_table_add_texts(table, "side", sides, &error), &error);
    numbers.data = low;
    assert_ok(custval_table_add_texts(table, "column", columns, &error), &error);
    assert_ok(custval_system_from_table(NULL, table, &system, &error), &error);
    assert_int_equal(custval_system_item_spec(system, node_named(system, "q2.q2"), &item, &error), CUSTVAL_OK);
    assert_int_equal(item.reversed, 1);
    assert_double_bits(item.scale_max, 10.0);
    assert_int_equal(custval_system_item_spec(system, node_named(system, "q1.q1"), &item, &error), CUSTVAL_OK);
    assert_int_equal(item.reversed, 0);
    custval_system_free(system);
    custval_table_free(table);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_means_the_document_that_says_the_same),
        cmocka_unit_test(rows_may_repeat_and_come_in_any_order),
        cmocka_unit_test(numbers_stand_for_their_digits_where_texts_are_meant),
        cmocka_unit_test(a_label_goes_to_the_item_of_its_row),
        cmocka_unit_test(what_means_nothing_is_refused_with_its_row),
        cmocka_unit_test(arguments_are_needed),
        cmocka_unit_test(a_text_that_a_nul_would_cut_is_refused),
        cmocka_unit_test(columns_of_integers_and_of_nothing_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
