/* Documents of programmes, conditions, reasons and remarks. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <custval/programmes.h>

#include "json_table.h"
#include "programmes/crowd.h"
#include "programmes/reachable.h"
#include "programmes/sorted.h"
#include "support.h"

static custval_status parse(const char *text, custval_programmes **out, custval_error *error) {
    return custval_programmes_parse(NULL, text, strlen(text), out, error);
}

static custval_programmes *base_new(const char *text) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_programmes *base = NULL;
    assert_ok(parse(text, &base, &error), &error);
    return base;
}

/* A base of one programme with that condition, over a number, a category and a flag. */
static custval_programmes *base_when(const char *condition) {
    char text[2048];
    (void)snprintf(text, sizeof text,
                   "{\"custval\": \"programmes\", \"version\": 1, \"traits\": [{\"id\": \"n\", \"type\": \"number\", "
                   "\"range\": [0, 100]}, {\"id\": \"c\", \"type\": \"category\", \"values\": [\"x\", \"y\", \"z\"]}, "
                   "{\"id\": \"f\", \"type\": \"flag\"}], \"programmes\": [{\"id\": \"p\", \"when\": %s}]}",
                   condition);
    return base_new(text);
}

/* ---- Documents ------------------------------------------------------------------------------------------------------ */

static void refusals_name_the_place(void **state) {
    (void)state;
    json_t *const refusals = support_vectors("documents/programmes_refused.json");
    assert_true(json_array_size(refusals) > 70);
    for (size_t i = 0; i < json_array_size(refusals); i++) {
        const json_t *const refusal = json_array_get(refusals, i);
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_programmes *base = NULL;
        char *const text = json_dumps(json_object_get(refusal, "document"), JSON_ENCODE_ANY);
        const custval_status status = parse(text, &base, &error);
        assert_null(base);
        assert_string_equal(custval_status_name(status), json_string_value(json_object_get(refusal, "status")));
        assert_message(&error, json_string_value(json_object_get(refusal, "message")));
        free(text);
    }
    json_decref(refusals);
}

static void limits_are_kept(void **state) {
    (void)state;
    static const char head[] = "{\"custval\": \"programmes\", \"version\": 1, \"programmes\": [";
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_programmes *base = NULL;
    const size_t count = CUSTVAL__PROGRAMMES_MOST + 1;
    char *const text = malloc(sizeof head + count * 20);
    assert_non_null(text);
    size_t length = sizeof head - 1;
    memcpy(text, head, length);
    for (size_t i = 0; i < count; i++) {
        length += (size_t)snprintf(text + length, 20, "%s{\"id\": \"%zu\"}", i == 0 ? "" : ",", i);
    }
    memcpy(text + length, "]}", 3);
    assert_status(parse(text, &base, &error), CUSTVAL_ERROR_LIMIT, &error);
    assert_message(&error, "4097 programmes");
    free(text);
}

static void the_example_writes_itself(void **state) {
    (void)state;
    size_t length = 0, written = 0;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_programmes *base = NULL;
    char *const text = support_read_file("examples/programmes/programmes.json", &length);
    assert_ok(custval_programmes_parse(NULL, text, length, &base, &error), &error);
    char *const again = malloc(length + 1);
    assert_non_null(again);
    assert_ok(custval_programmes_write(base, again, length + 1, &written, &error), &error);
    assert_int_equal(written, length);
    assert_memory_equal(again, text, length);
    assert_int_equal(custval_programmes_count(base), 14);
    custval_programmes_free(base);
    free(again);
    free(text);
}

/* ---- Conditions ----------------------------------------------------------------------------------------------------- */

typedef struct told {
    const char *condition;
    int expected[4]; /* 1 true, 0 false, -1 not known */
} told;

/* n: 50, 10, missing, infinite; c: x, missing, y, strange; f: 1, 0, missing, 2. */
static const told all_told[] = {
    {"{\"trait\": \"n\", \"<\": 50}", {0, 1, -1, -1}},
    {"{\"trait\": \"n\", \"<=\": 50}", {1, 1, -1, -1}},
    {"{\"trait\": \"n\", \">\": 10}", {1, 0, -1, -1}},
    {"{\"trait\": \"n\", \">=\": 10}", {1, 1, -1, -1}},
    {"{\"trait\": \"n\", \"=\": 10}", {0, 1, -1, -1}},
    {"{\"trait\": \"n\", \"missing\": true}", {0, 0, 1, 1}},
    {"{\"trait\": \"n\", \"missing\": false}", {1, 1, 0, 0}},
    {"{\"trait\": \"c\", \"=\": \"x\"}", {1, -1, 0, -1}},
    {"{\"trait\": \"c\", \"in\": [\"y\", \"z\"]}", {0, -1, 1, -1}},
    {"{\"trait\": \"c\", \"in\": []}", {0, -1, 0, -1}},
    {"{\"trait\": \"f\", \"=\": true}", {1, 0, -1, -1}},
    {"{\"trait\": \"f\", \"=\": false}", {0, 1, -1, -1}},
    {"{\"not\": {\"trait\": \"f\", \"=\": true}}", {0, 1, -1, -1}},
    {"{\"all\": []}", {1, 1, 1, 1}},
    {"{\"any\": []}", {0, 0, 0, 0}},
    /* Kleene: false decides `all`, true decides `any`, whatever is not known. */
    {"{\"all\": [{\"trait\": \"n\", \"<\": 50}, {\"trait\": \"c\", \"=\": \"x\"}]}", {0, -1, 0, -1}},
    {"{\"any\": [{\"trait\": \"n\", \"<\": 50}, {\"trait\": \"c\", \"=\": \"y\"}]}", {0, 1, 1, -1}},
    {"{\"any\": [{\"all\": [{\"trait\": \"f\", \"=\": true}, {\"not\": {\"trait\": \"n\", \"=\": 10}}]}, {\"trait\": "
     "\"c\", \"missing\": true}]}",
     {1, 1, -1, 1}},
};

static void conditions_know_true_false_and_not_known(void **state) {
    (void)state;
    static const double n[] = {50, 10, (double)NAN, (double)INFINITY}, f[] = {1, 0, (double)NAN, 2};
    static const custval_text c[] = {{"x", 1}, {NULL, 0}, {"y", 1}, {"strange", 7}};
    custval_table *table = NULL;
    size_t columns[3];
    assert_ok(custval_table_new(NULL, 4, &table, NULL), NULL);
    assert_ok(custval_table_add_doubles(table, "n", n, NULL), NULL);
    assert_ok(custval_table_add_texts(table, "c", c, NULL), NULL);
    assert_ok(custval_table_add_doubles(table, "f", f, NULL), NULL);
    custval_host host;
    assert_ok(custval__host_read(&host, NULL, NULL), NULL);
    for (size_t i = 0; i < SUPPORT_COUNT(all_told); i++) {
        custval_programmes *base = base_when(all_told[i].condition);
        custval__crowd *crowd = NULL;
        assert_ok(custval__crowd_columns(base, table, columns, NULL), NULL);
        assert_non_null(custval__crowd_new(&host, base, table, columns, 1, &crowd));
        custval__crowd_read(crowd, 0, 4);
        const custval__truth truth = custval__crowd_test(crowd, &base->programmes[0].when);
        assert_true((truth.yes & truth.no) == 0 && (truth.yes | truth.no) < 16);
        for (size_t row = 0; row < 4; row++) {
            const int found = truth.yes >> row & 1 ? 1 : truth.no >> row & 1 ? 0 : -1;
            if (found != all_told[i].expected[row]) fail_msg("%s: row %zu is %d", all_told[i].condition, row, found);
        }
        custval__free(&host, crowd);
        custval_programmes_free(base);
    }
    custval_table_free(table);
}

/* ---- What is probably not meant ------------------------------------------------------------------------------------- */

typedef struct reaching {
    const char *condition;
    int can_be_true, can_be_false;
} reaching;

static const reaching all_reaching[] = {
    {"{\"trait\": \"n\", \"<\": 5}", 1, 1},
    {"{\"all\": [{\"trait\": \"n\", \"<\": 5}, {\"trait\": \"n\", \">=\": 5}]}", 0, 1},
    {"{\"all\": [{\"trait\": \"n\", \"<=\": 5}, {\"trait\": \"n\", \">=\": 5}]}", 1, 1},
    {"{\"all\": [{\"trait\": \"n\", \"=\": 5}, {\"trait\": \"n\", \">\": 5}]}", 0, 1},
    {"{\"all\": [{\"trait\": \"n\", \"=\": 5}, {\"all\": [{\"trait\": \"f\", \"=\": true}, {\"trait\": \"n\", "
     "\"=\": 6}]}]}",
     0, 1},
    {"{\"any\": [{\"trait\": \"n\", \"=\": 5}, {\"trait\": \"n\", \"=\": 6}]}", 1, 1},
    {"{\"all\": [{\"trait\": \"c\", \"=\": \"x\"}, {\"trait\": \"c\", \"in\": [\"y\", \"z\"]}]}", 0, 1},
    {"{\"all\": [{\"trait\": \"c\", \"=\": \"x\"}, {\"trait\": \"c\", \"in\": [\"x\", \"z\"]}]}", 1, 1},
    {"{\"all\": [{\"trait\": \"f\", \"=\": true}, {\"trait\": \"f\", \"=\": false}]}", 0, 1},
    {"{\"all\": [{\"trait\": \"n\", \"missing\": true}, {\"trait\": \"n\", \">\": 1}]}", 0, 1},
    {"{\"all\": [{\"trait\": \"n\", \"missing\": false}, {\"trait\": \"n\", \">\": 1}]}", 1, 1},
    {"{\"trait\": \"c\", \"in\": [\"x\", \"y\", \"z\"]}", 1, 0},
    {"{\"trait\": \"c\", \"in\": []}", 0, 1},
    {"{\"not\": {\"trait\": \"c\", \"in\": []}}", 1, 0},
    {"{\"all\": []}", 1, 0},
    {"{\"any\": []}", 0, 1},
    {"{\"any\": [{\"all\": []}, {\"trait\": \"n\", \">\": 1}]}", 1, 0},
    {"{\"all\": [{\"any\": []}, {\"trait\": \"n\", \">\": 1}]}", 0, 1},
};

static void what_can_never_be_is_found(void **state) {
    (void)state;
    uint32_t scratch[64];
    for (size_t i = 0; i < SUPPORT_COUNT(all_reaching); i++) {
        const reaching *const one = &all_reaching[i];
        custval_programmes *base = base_when(one->condition);
        const custval__reach reach =
            custval__reachable(base, &base->programmes[0].when, (unsigned char *)(void *)scratch);
        if (reach.can_be_true != one->can_be_true || reach.can_be_false != one->can_be_false) {
            fail_msg("%s: %d %d", one->condition, reach.can_be_true, reach.can_be_false);
        }
        custval_programmes_free(base);
    }
}

static void remarks_say_where(void **state) {
    (void)state;
    static const double n[] = {50, 101, (double)NAN};
    static const double c[] = {1, 2, 3};
    static const struct {
        const char *place;
        uint32_t remark;
    } expected[] = {
        {"$.programmes[0].when", CUSTVAL_REMARK_RANGE},
        {"$.programmes[0].when", CUSTVAL_REMARK_NEVER},
        {"$.programmes[0].unless", CUSTVAL_REMARK_ALWAYS},
        {"$.programmes[0]", CUSTVAL_REMARK_LOSS},
        {"$.traits[2]", CUSTVAL_REMARK_UNUSED},
        {"n", CUSTVAL_REMARK_NOT_KNOWN},
        {"n", CUSTVAL_REMARK_BEYOND},
        {"c", CUSTVAL_REMARK_NO_COLUMN},
        {"f", CUSTVAL_REMARK_NO_COLUMN},
    };
    custval_programmes *base = base_new(
        "{\"custval\": \"programmes\", \"version\": 1, \"traits\": [{\"id\": \"n\", \"type\": \"number\", \"range\": "
        "[0, 100]}, {\"id\": \"c\", \"type\": \"category\", \"values\": [\"x\"]}, {\"id\": \"f\", \"type\": "
        "\"flag\"}], \"programmes\": [{\"id\": \"p\", \"cost\": 2, \"effect\": {\"value\": 1}, \"when\": {\"all\": "
        "[{\"trait\": \"n\", \">\": 200}, {\"trait\": \"n\", \"<\": 3}]}, \"unless\": {\"trait\": \"c\", \"in\": "
        "[\"x\"]}}]}");
    custval_table *table = NULL, *remarks = NULL;
    assert_ok(custval_table_new(NULL, 3, &table, NULL), NULL);
    assert_ok(custval_table_add_doubles(table, "n", n, NULL), NULL);
    assert_ok(custval_table_add_doubles(table, "c", c, NULL), NULL);
    assert_ok(custval_programmes_check(base, table, NULL, &remarks, NULL), NULL);
    assert_int_equal(custval_table_rows(remarks), SUPPORT_COUNT(expected));
    for (size_t row = 0; row < SUPPORT_COUNT(expected); row++) {
        const custval_text place = table_cell_text(remarks, "place", row);
        assert_int_equal(place.length, strlen(expected[row].place));
        assert_memory_equal(place.data, expected[row].place, place.length);
        assert_true(table_cell(remarks, "remark", row) == expected[row].remark);
        assert_true(table_cell_text(remarks, "message", row).length > 0);
    }
    custval_table_free(remarks);
    custval_table_free(table);
    custval_programmes_free(base);
}

/* ---- Names ---------------------------------------------------------------------------------------------------------- */

static void names_are_found_by_all_their_bytes(void **state) {
    (void)state;
    static const char *const names[] = {"b", "", "ba", "a", "bb", "\xe4\xb8\xad"};
    static const char *const twice[] = {"b", "a", "b"};
    uint32_t order[6], spare[6];
    assert_int_equal(custval__sorted_make(names, 6, order, spare), CUSTVAL_NONE);
    for (uint32_t i = 0; i < 6; i++) {
        assert_int_equal(custval__sorted_find(names, order, 6, names[i], strlen(names[i])), i);
    }
    assert_int_equal(custval__sorted_find(names, order, 6, "b\0a", 3), CUSTVAL_NONE);
    assert_int_equal(custval__sorted_find(names, order, 6, "bc", 2), CUSTVAL_NONE);
    assert_int_equal(custval__sorted_find(names, order, 0, "b", 1), CUSTVAL_NONE);
    assert_int_equal(custval__sorted_make(twice, 3, order, spare), 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refusals_name_the_place),
        cmocka_unit_test(limits_are_kept),
        cmocka_unit_test(the_example_writes_itself),
        cmocka_unit_test(conditions_know_true_false_and_not_known),
        cmocka_unit_test(what_can_never_be_is_found),
        cmocka_unit_test(remarks_say_where),
        cmocka_unit_test(names_are_found_by_all_their_bytes),
    };
    return cmocka_run_group_tests_name("programmes", tests, NULL, NULL);
}
