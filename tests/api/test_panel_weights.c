/* Weights of a panel: respondents who lack something, and margins that cannot be met, by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "api.h"

#include <math.h>

#include "json_table.h"

#define LONG "a category whose name goes on and on until it is longer than what a message shows, which is eighty"

static const char *const both[] = {"sex", "age"};

static custval_panel_options options_of(size_t variables) {
    custval_panel_options options = CUSTVAL_PANEL_OPTIONS_INIT;
    options.variables = both;
    options.variables_count = variables;
    return options;
}

static const char margins_columns[] = "[\"variable\", \"category\", \"target\"]";

/* Four with everything: women weigh .5 : .5 as they are, but are known to be .75. The two who lack a sex or a weight have
   none, and do not count. */
static void who_lacks_something_has_no_weight(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_panel_options options = options_of(1);
    custval_panel_facts facts = CUSTVAL_PANEL_FACTS_INIT;
    custval_table *const people = json_text_table(
        "[\"sex\", \"design\"]", "[[\"f\", 1], [\"f\", 1], [null, 1], [\"m\", 1], [\"m\", null], [\"m\", 1]]");
    custval_table *const margins = json_text_table(margins_columns, "[[\"sex\", \"f\", 3], [\"sex\", \"m\", 1]]");
    static const double expected[] = {1.5, 1.5, (double)NAN, 0.5, (double)NAN, 0.5};
    custval_table *out = NULL;
    options.weight = "design";
    assert_ok(custval_panel_weights(people, margins, &options, &facts, &out, &error), &error);
    for (size_t row = 0; row < 6; row++) assert_double_near(table_cell(out, "weight", row), expected[row], 1e-12);
    assert_int_equal(facts.weighted, 4);
    assert_int_equal(facts.missing, 2);
    assert_double_near(facts.effective, 16.0 / 5.0, 1e-12);
    assert_double_near(facts.least, 0.5, 1e-12);
    assert_double_near(facts.most, 1.5, 1e-12);
    custval_table_free(out);
    custval_table_free(margins);
    custval_table_free(people);
}

typedef struct refusal {
    const char *people, *columns, *margins; /* columns NULL: those of margins */
    size_t variables;
    custval_status status;
    const char *message;
} refusal;

static const refusal refusals[] = {
    {"[[\"f\", \"y\"]]", "[\"category\", \"target\"]", "[[\"f\", 1]]", 1, CUSTVAL_ERROR_NOT_FOUND, "\"variable\""},
    {"[[\"f\", \"y\"]]", "[\"variable\", \"target\"]", "[[\"sex\", 1]]", 1, CUSTVAL_ERROR_NOT_FOUND, "\"category\""},
    {"[[\"f\", \"y\"]]", "[\"variable\", \"category\"]", "[[\"sex\", \"f\"]]", 1, CUSTVAL_ERROR_NOT_FOUND,
     "\"target\""},
    {"[[\"f\", \"y\"]]", NULL, "[[1, \"f\", 1]]", 1, CUSTVAL_ERROR_TYPE, "\"variable\""},
    {"[[\"f\", \"y\"], [\"m\", \"y\"]]", NULL, "[[\"sex\", \"f\", 1]]", 1, CUSTVAL_ERROR_NOT_FOUND,
     "variable \"sex\": the margins have no target for category \"m\""},
    {"[[\"f\", \"y\"], [\"" LONG "\", \"y\"]]", NULL, "[[\"sex\", \"f\", 1]]", 1, CUSTVAL_ERROR_NOT_FOUND,
     "than what a message show\""},
    {"[[\"f\", \"y\"]]", NULL, "[[\"sex\", \"f\", 1], [\"sex\", \"" LONG "\", 1]]", 1, CUSTVAL_ERROR_NOT_FOUND,
     "margins, row 1: category \"a category whose name goes on and on"},
    {"[[\"f\", \"y\"]]", NULL, "[[\"sex\", null, 1], [\"sex\", \"f\", 1]]", 1, CUSTVAL_ERROR_NOT_FOUND,
     "margins, row 0: category \"\" has no respondent"},
    {"[[\"f\", \"y\"]]", NULL, "[[\"sex\", \"f\", 1], [null, \"f\", 1]]", 1, CUSTVAL_ERROR_NOT_FOUND,
     "margins, row 1: \"\" is none of the variables"},
    {"[[\"f\", \"y\"]]", NULL, "[[\"sex\", \"f\", 1], [\"" LONG "\", \"f\", 1]]", 1, CUSTVAL_ERROR_NOT_FOUND,
     "is none of the variables"},
    {"[[\"f\", null], [null, \"y\"]]", NULL, "[[\"sex\", \"f\", 1], [\"age\", \"y\", 1]]", 2, CUSTVAL_ERROR_STATE,
     "no respondent has all variables and a weight"},
    {"[[\"f\", \"y\"], [\"m\", null]]", NULL, "[[\"sex\", \"f\", 1], [\"sex\", \"m\", 1], [\"age\", \"y\", 1]]", 2,
     CUSTVAL_ERROR_NOT_FOUND, "variable \"sex\": no respondent of category \"m\" has all variables and a weight"},
    {"[[\"f\", \"y\"], [\"" LONG "\", null]]", NULL,
     "[[\"sex\", \"f\", 1], [\"sex\", \"" LONG "\", 1], [\"age\", \"y\", 1]]", 2, CUSTVAL_ERROR_NOT_FOUND,
     "has all variables and a weight"},
};

static void what_cannot_be_met_is_named(void **state) {
    (void)state;
    for (size_t i = 0; i < SUPPORT_COUNT(refusals); i++) {
        const refusal *const one = &refusals[i];
        custval_error error = CUSTVAL_ERROR_INIT;
        const custval_panel_options options = options_of(one->variables);
        custval_table *const people = json_text_table("[\"sex\", \"age\"]", one->people), *out = people;
        custval_table *const margins =
            json_text_table(one->columns == NULL ? margins_columns : one->columns, one->margins);
        assert_status(custval_panel_weights(people, margins, &options, NULL, &out, &error), one->status, &error);
        assert_message(&error, one->message);
        assert_null(out);
        custval_table_free(margins);
        custval_table_free(people);
    }
}

static void options_have_bounds(void **state) {
    (void)state;
    static const char *const nobody[] = {"sex", NULL};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_panel_options options = options_of(65);
    custval_table *const people = json_text_table("[\"sex\", \"age\"]", "[[\"f\", \"y\"]]");
    custval_table *const margins = json_text_table(margins_columns, "[[\"sex\", \"f\", 1]]"), *out = people;
    const custval_host small = {.struct_size = 1};
    assert_status(custval_panel_weights(people, margins, &options, NULL, &out, &error), CUSTVAL_ERROR_RANGE, &error);
    options = options_of(1);
    options.rounds = 0;
    assert_status(custval_panel_weights(people, margins, &options, NULL, &out, &error), CUSTVAL_ERROR_RANGE, &error);
    options = options_of(2);
    options.variables = nobody;
    assert_refused(custval_panel_weights(people, margins, &options, NULL, &out, &error));
    options = options_of(1);
    options.weight = "age";
    assert_status(custval_panel_weights(people, margins, &options, NULL, &out, &error), CUSTVAL_ERROR_TYPE, &error);
    options = options_of(1);
    options.host = &small;
    assert_status(custval_panel_weights(people, margins, &options, NULL, &out, &error), CUSTVAL_ERROR_STRUCT_SIZE,
                  &error);
    assert_null(out);
    custval_table_free(margins);
    custval_table_free(people);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_lacks_something_has_no_weight),
        cmocka_unit_test(what_cannot_be_met_is_named),
        cmocka_unit_test(options_have_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
