/* Worth documents: what they say, what is refused, and what they are written as; the shipped examples. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <custval/worth.h>

#include "base/linear.h"
#include "csv_table.h"
#include "json_table.h"
#include "worth/worth.h"

static custval_status parse(const char *text, custval_worth **out, custval_error *error) {
    return custval_worth_parse(NULL, text, strlen(text), out, error);
}

/* The document of a worth; free() it. */
static char *written(const custval_worth *worth) {
    size_t length, again;
    assert_ok(custval_worth_write(worth, NULL, 0, &length, NULL), NULL);
    char *const text = malloc(length + 1);
    assert_non_null(text);
    assert_ok(custval_worth_write(worth, text, length + 1, &again, NULL), NULL);
    assert_int_equal(again, length);
    assert_int_equal(strlen(text), length);
    return text;
}

static custval_worth *worth_of(const char *text) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_worth *worth = NULL;
    assert_ok(parse(text, &worth, &error), &error);
    return worth;
}

static custval_worth *worth_of_file(const char *path) {
    char *const text = support_read_file(path, NULL);
    custval_worth *const worth = worth_of(text);
    free(text);
    return worth;
}

/* ---- Documents ------------------------------------------------------------------------------------------------------ */

static void a_refusal_names_the_place_and_the_reason(void **state) {
    (void)state;
    json_t *const refusals = support_vectors("documents/worth_refused.json");
    assert_true(json_array_size(refusals) > 60);
    for (size_t i = 0; i < json_array_size(refusals); i++) {
        const json_t *const refusal = json_array_get(refusals, i);
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_worth *worth = NULL;
        char *const text = json_dumps(json_object_get(refusal, "document"), JSON_ENCODE_ANY);
        const custval_status status = parse(text, &worth, &error);
        assert_null(worth);
        assert_string_equal(custval_status_name(status), json_string_value(json_object_get(refusal, "status")));
        assert_message(&error, json_string_value(json_object_get(refusal, "message")));
        free(text);
    }
    json_decref(refusals);
}

/* Every key of every kind. */
static const char everything[] =
    "{\"custval\": \"worth\", \"version\": 1, \"preset\": \"four\", \"period\": \"month\", \"note\": \"all\", \"rate\": "
    "0.1, \"rate_period\": 12, \"credited\": \"c\", \"existing\": {\"note\": \"n\", \"revenue\": \"r\", \"margin\": "
    "\"m\", \"service_cost\": 1, \"attract\": 2, \"acquire\": \"a\", \"develop\": 3, \"keep\": \"k\"}, \"potential\": "
    "{\"value\": \"v\", \"trust\": 0.5, \"periods\": 12, \"first_period\": 0, \"retention\": \"ret\", \"triggers\": "
    "[{\"note\": \"t\", \"probability\": 0.1, \"volume\": \"vol\", \"margin\": 2}], \"cross\": [{\"probability\": "
    "\"p\", \"margin\": 3}, {\"probability\": 1, \"margin\": -1}]}, \"influence\": {\"value\": 7, \"attribution\": "
    "0.25, \"satisfaction\": \"s\", \"recommends_from\": 8, \"complains_below\": 4, \"referrals\": [{\"period\": 1, "
    "\"count\": \"n1\", \"margin\": 5, \"reward\": 1, \"marketing_cost\": 2, \"saving\": 3}], \"helped\": [{\"period\": "
    "2, \"count\": 1, \"saving\": 4}], \"complaints\": [{\"period\": 3, \"count\": \"n2\", \"margin\": 6}], \"chain\": "
    "{\"k\": 2, \"decay\": 0.25, \"depth\": 3}, \"reference\": {\"uplift\": 0.1, \"exposed\": \"e\", \"margin\": 9}}, "
    "\"learning\": {\"loss\": 5, \"score\": \"sc\", \"gains\": [1, \"g\", 3]}, \"wallet\": {\"spending\": \"w\", "
    "\"margin\": 0.3, \"periods\": 10}}";

static void writing_and_reading_keeps_every_key(void **state) {
    (void)state;
    custval_worth *const worth = worth_of(everything);
    char *const text = written(worth);
    json_t *const before = json_loads(everything, 0, NULL), *const after = json_loads(text, 0, NULL);
    assert_non_null(before);
    assert_true(json_equal(before, after));
    custval_worth *const again = worth_of(text);
    char *const text_again = written(again);
    assert_string_equal(text, text_again);
    free(text_again);
    free(text);
    json_decref(after);
    json_decref(before);
    custval_worth_free(again);
    custval_worth_free(worth);
}

static void a_buffer_that_is_too_small_is_still_a_text(void **state) {
    (void)state;
    custval_worth *const worth = worth_of(everything);
    char buffer[16];
    size_t length;
    assert_ok(custval_worth_write(worth, buffer, sizeof buffer, &length, NULL), NULL);
    assert_true(length > sizeof buffer);
    assert_int_equal(strlen(buffer), sizeof buffer - 1);
    custval_worth_free(worth);
}

static void columns_stand_once_in_the_order_of_the_document(void **state) {
    (void)state;
    custval_worth *const worth =
        worth_of("{\"custval\": \"worth\", \"version\": 1, \"existing\": {\"revenue\": \"r\", \"margin\": \"m\", "
                 "\"keep\": \"r\"}, \"potential\": {\"value\": \"m\", \"trust\": \"t\"}}");
    assert_int_equal(custval_worth_columns(worth), 3);
    assert_string_equal(custval_worth_column(worth, 0), "r");
    assert_string_equal(custval_worth_column(worth, 1), "m");
    assert_string_equal(custval_worth_column(worth, 2), "t");
    assert_null(custval_worth_column(worth, 3));
    assert_int_equal(custval_worth_parts(worth), CUSTVAL_WORTH_EXISTING | CUSTVAL_WORTH_POTENTIAL);
    custval_worth *const other = custval_worth_ref(worth);
    custval_worth_free(worth);
    assert_string_equal(custval_worth_column(other, 0), "r");
    custval_worth_free(other);
}

/* ---- The examples --------------------------------------------------------------------------------------------------- */

static void the_example_gives_its_story(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_worth *const worth = worth_of_file("examples/worth/worth.json");
    custval_table *const customers = csv_table("examples/worth/customers.csv"), *values = NULL;
    assert_ok(custval_worth_value(worth, customers, NULL, &values, &error), &error);
    const size_t prospect = table_row(customers, "customer", "Garnet Foods");
    const size_t dissatisfied = table_row(customers, "customer", "Harbour Cafe");
    const size_t referred = table_row(customers, "customer", "Delta Bakery");
    const size_t unknown = table_row(customers, "customer", "Iris Pharma");
    /* 4200 - 3150 - 5800 - 2600 - 4100. */
    assert_double_bits(table_cell(values, "existing", prospect), -11450.0);
    assert_double_bits(table_cell(values, "loss_maker", prospect), 1.0);
    assert_true(table_cell(values, "potential", prospect) > 0.0);
    assert_true(table_cell(values, "influence", dissatisfied) < 0.0);
    assert_double_bits(table_cell(values, "credited", referred), -2900.0);
    assert_double_bits(table_cell(values, "status", unknown), CUSTVAL_WORTH_ROW_MISSING);
    assert_true(isnan(table_cell(values, "total", unknown)) && isnan(table_cell(values, "rank", unknown)));
    assert_double_bits(table_cell(values, "rank", 0), 1.0);
    custval_table_free(values);
    custval_table_free(customers);
    custval_worth_free(worth);
}

static void the_preset_with_three_parts_is_an_example_too(void **state) {
    (void)state;
    custval_worth *const worth = worth_of_file("examples/worth/three.json");
    assert_int_equal(custval_worth_parts(worth),
                     CUSTVAL_WORTH_EXISTING | CUSTVAL_WORTH_POTENTIAL | CUSTVAL_WORTH_INFLUENCE);
    custval_worth_free(worth);
}

/* Every document that the guide shows can be read. */
static void the_guide_shows_documents_that_work(void **state) {
    (void)state;
    static const char fence[] = "```json\n";
    char *const guide = support_read_file("docs/worth-document.md", NULL);
    size_t count = 0;
    for (char *at = strstr(guide, fence); at != NULL; at = strstr(at, fence)) {
        char *const text = at + sizeof fence - 1, *const end = strstr(text, "```");
        assert_non_null(end);
        *end = 0;
        custval_worth_free(worth_of(text));
        at = end + 1;
        count++;
    }
    assert_int_equal(count, 2);
    free(guide);
}

/* ---- Inside --------------------------------------------------------------------------------------------------------- */

static void every_kind_has_a_parent_before_it_and_rules_that_fit(void **state) {
    (void)state;
    for (uint32_t kind = 1; kind < CUSTVAL__WORTH_KINDS; kind++) {
        const custval__worth_kind *const which = &custval__worth_kinds[kind];
        assert_true(which->parent < kind);
        assert_true(which->rule_count <= CUSTVAL__WORTH_RULES_MOST);
        for (uint32_t i = 0; i < which->rule_count; i++) assert_non_null(which->rules[i].key);
    }
    /* Lists that are summed by the same function have their quantities in the same places. */
    assert_int_equal(CUSTVAL__HELPED_PERIOD, CUSTVAL__COMPLAINT_PERIOD);
    assert_int_equal(CUSTVAL__HELPED_COUNT, CUSTVAL__COMPLAINT_COUNT);
    assert_int_equal(CUSTVAL__HELPED_SAVING, CUSTVAL__COMPLAINT_MARGIN);
    assert_int_equal(CUSTVAL__HELPED_PERIOD, CUSTVAL__REFERRAL_PERIOD);
}

static void ranges_end_where_they_say(void **state) {
    (void)state;
    const double up = 1.0 + 0x1p-52, nothing = (double)NAN, far = (double)INFINITY;
    const struct {
        uint32_t range;
        double inside[2], outside[2];
    } cases[] = {
        {CUSTVAL__WORTH_ANY, {-1e300, 1e300}, {nothing, far}},
        {CUSTVAL__WORTH_NOT_NEGATIVE, {0.0, 1e300}, {-0x1p-1074, far}},
        {CUSTVAL__WORTH_ABOVE_ZERO, {0x1p-1074, 1e300}, {0.0, far}},
        {CUSTVAL__WORTH_SHARE, {0.0, 1.0}, {-0x1p-1074, up}},
        {CUSTVAL__WORTH_RATE, {-1.0 + 0x1p-53, 9.0}, {-1.0, -far}},
        {CUSTVAL__WORTH_ZERO_ONE, {0.0, 1.0}, {0.5, 2.0}},
        {CUSTVAL__WORTH_PERIODS, {1.0, 1200.0}, {0.0, 1201.0}},
        {CUSTVAL__WORTH_DEPTH, {0.0, 1200.0}, {1.5, 1201.0}},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        assert_true(custval__worth_in_range(cases[i].range, cases[i].inside[0]));
        assert_true(custval__worth_in_range(cases[i].range, cases[i].inside[1]));
        assert_false(custval__worth_in_range(cases[i].range, cases[i].outside[0]));
        assert_false(custval__worth_in_range(cases[i].range, cases[i].outside[1]));
        assert_false(custval__worth_in_range(cases[i].range, nothing));
        assert_true(strlen(custval__worth_range_words(cases[i].range)) > 0);
    }
}

/* "One tells ten, ten tell a hundred": 1 + 10 + 100, if only it did not fade. */
static void chains_add_up(void **state) {
    (void)state;
    assert_double_bits(custval__worth_chain(10.0, 2.0, 0), 111.0);
    assert_double_bits(custval__worth_chain(0.5, 0.0, 0), 1.0);
    assert_double_bits(custval__worth_chain(0.0, 9.0, 0), 1.0);
    assert_double_bits(custval__worth_chain(0.5, 0.0, 1), 2.0);
    assert_double_near(custval__worth_chain(0.5, 60.0, 0), 2.0, 0x1p-50);
}

static void equations_are_solved_with_pivots(void **state) {
    (void)state;
    /* The first pivot is 0; the solution is 1, 2, 3. */
    double matrix[] = {0, 2, 1, 1, 1e-20, 1, 4, 1, 0}, b[] = {7, 4 + 2e-20, 6};
    assert_true(custval__linear_solve(matrix, 3, b));
    for (size_t i = 0; i < 3; i++) assert_double_near(b[i], (double)(i + 1), 1e-14);
    double singular[] = {1, 2, 2, 4}, c[] = {1, 1};
    assert_false(custval__linear_solve(singular, 2, c));
    double none[] = {0};
    assert_true(custval__linear_solve(none, 0, c));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_refusal_names_the_place_and_the_reason),
        cmocka_unit_test(writing_and_reading_keeps_every_key),
        cmocka_unit_test(a_buffer_that_is_too_small_is_still_a_text),
        cmocka_unit_test(columns_stand_once_in_the_order_of_the_document),
        cmocka_unit_test(the_example_gives_its_story),
        cmocka_unit_test(the_preset_with_three_parts_is_an_example_too),
        cmocka_unit_test(the_guide_shows_documents_that_work),
        cmocka_unit_test(every_kind_has_a_parent_before_it_and_rules_that_fit),
        cmocka_unit_test(ranges_end_where_they_say),
        cmocka_unit_test(chains_add_up),
        cmocka_unit_test(equations_are_solved_with_pivots),
    };
    return cmocka_run_group_tests_name("worth", tests, NULL, NULL);
}
