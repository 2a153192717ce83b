/* The interface: from indicator to equity. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "api.h"

#include <math.h>

#include <custval/impact.h>

#include "impacts.h"

/* Case 0 is fitted, with costs; case 2 chooses and counts customers. */
static impact_material self;
static custval_impact *impact;

static int set_up(void **state) {
    (void)state;
    assert_true(impact_material_load(&self, 0));
    impact = impact_fitted(&self);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    custval_impact_free(impact);
    impact_material_free(&self);
    return 0;
}

/* ---- Documents --------------------------------------------------------------------------------------------------- */

static void assert_round_trip(const custval_impact *of) {
    custval_error error = CUSTVAL_ERROR_INIT;
    char first[8192], second[8192], cut[8];
    size_t length = 0, again = 0;
    assert_ok(custval_impact_write(of, first, sizeof first, &length, &error), &error);
    assert_int_equal(length, strlen(first));
    custval_impact *const read = impact_of_text(first);
    assert_ok(custval_impact_write(read, second, sizeof second, &again, &error), &error);
    assert_string_equal(first, second);
    assert_ok(custval_impact_write(of, cut, sizeof cut, &again, &error), &error);
    assert_int_equal(again, length);
    assert_int_equal(strlen(cut), sizeof cut - 1);
    custval_impact_free(read);
}

static void plans_and_what_is_fitted_are_read_as_they_were_written(void **state) {
    (void)state;
    impact_material of;
    for (size_t i = 0; impact_material_load(&of, i); i++) {
        custval_impact *const fitted = impact_fitted(&of);
        assert_round_trip(of.plan);
        assert_round_trip(fitted);
        custval_impact_free(fitted);
        impact_material_free(&of);
    }
}

static void a_plan_keeps_every_key(void **state) {
    (void)state;
    static const char text[] =
        "{\"custval\": \"impact\", \"version\": 1, \"note\": \"n\", \"links\": [{\"fit\": {\"kind\": \"logistic\", "
        "\"outcome\": \"y\", \"predictors\": [\"a\", \"b\"], \"ridge\": 0.5, \"note\": \"f\"}}], \"use\": \"choice\", "
        "\"money\": {\"margin\": -2.5, \"rate\": 0.1, \"growth\": 0.01, \"first\": \"now\", \"periods\": 12, \"note\": "
        "\"m\"}, \"where\": \"w\", \"count\": \"c\", \"points\": 2.5, \"costs\": [{\"node\": \"a\", \"cost\": 3, "
        "\"per\": \"customer\", \"note\": \"k\"}, {\"node\": \"b\", \"cost\": 4}]}";
    custval_impact *const plan = impact_of_text(text);
    char written[2048];
    size_t length = 0;
    assert_ok(custval_impact_write(plan, written, sizeof written, &length, NULL), NULL);
    json_t *const first = json_loads(text, 0, NULL), *const second = json_loads(written, 0, NULL);
    assert_true(json_equal(first, second));
    json_decref(second);
    json_decref(first);
    custval_impact_free(plan);
}

#define HEAD "{\"custval\": \"impact\", \"version\": 1, "
#define WISH "{\"fit\": {\"kind\": \"logistic\", \"outcome\": \"y\", \"predictors\": [\"value\"]}}"
#define LINEAR(outcome) "{\"fit\": {\"kind\": \"linear\", \"outcome\": \"" outcome "\", \"predictors\": [\"value\"]}}"
#define LINKS "\"links\": [" WISH "], "
#define MONEY "\"money\": {\"margin\": 1, \"rate\": 0.1, \"first\": \"next\"}"
#define REST "\"use\": \"retention\", " MONEY "}"
#define WITH_MONEY(money) HEAD LINKS "\"use\": \"retention\", \"money\": {" money "}}"
#define WITH_COSTS(costs) HEAD LINKS "\"use\": \"retention\", " MONEY ", \"costs\": [" costs "]}"
#define LINK "{\"custval\": \"link\", \"version\": 1, \"kind\": \"logistic\", \"outcome\": \"y\", \"intercept\": 0, "

static void bad_documents_are_refused_with_their_place(void **state) {
    static const struct {
        const char *text;
        custval_status status;
        const char *part;
    } bad[] = {
        {"[1]", CUSTVAL_ERROR_DOCUMENT, "a document is an object"},
        {"{\"custval\": \"link\"}", CUSTVAL_ERROR_DOCUMENT, "no impact document"},
        {"{\"custval\": \"impact\", \"version\": 2}", CUSTVAL_ERROR_DOCUMENT, "reads version 1, not 2"},
        {HEAD REST, CUSTVAL_ERROR_DOCUMENT, "\"links\" of an impact is missing"},
        {HEAD "\"links\": [], " REST, CUSTVAL_ERROR_STRUCTURE, "$.links: must not be empty"},
        {HEAD "\"links\": [1], " REST, CUSTVAL_ERROR_DOCUMENT, "$.links[0]"},
        {HEAD "\"links\": [{}], " REST, CUSTVAL_ERROR_DOCUMENT, "\"fit\" of a link that is to be fitted is missing"},
        {HEAD "\"links\": [{\"fit\": {\"kind\": \"logistic\", \"outcome\": \"y\"}}], " REST, CUSTVAL_ERROR_DOCUMENT,
         "$.links[0].fit: the key \"predictors\""},
        {HEAD "\"links\": [{\"fit\": {\"kind\": \"cubic\", \"outcome\": \"y\", \"predictors\": [\"a\"]}}], " REST,
         CUSTVAL_ERROR_DOCUMENT, "$.links[0].fit.kind"},
        {HEAD "\"links\": [{\"fit\": {\"kind\": \"logistic\", \"outcome\": \"\", \"predictors\": [\"a\"]}}], " REST,
         CUSTVAL_ERROR_DOCUMENT, "$.links[0].fit.outcome: a name must not be empty"},
        {HEAD
         "\"links\": [{\"fit\": {\"kind\": \"logistic\", \"outcome\": \"y\", \"predictors\": [\"a\", \"a\"]}}], " REST,
         CUSTVAL_ERROR_DUPLICATE, "$.links[0].fit: predictor \"a\" is there twice"},
        {HEAD "\"links\": [{\"fit\": {\"kind\": \"logistic\", \"outcome\": \"y\", \"predictors\": [\"a\"], \"ridge\": "
              "-1}}], " REST,
         CUSTVAL_ERROR_RANGE, "$.links[0].fit.ridge: -1"},
        {HEAD "\"links\": [" LINEAR("y") "], " REST, CUSTVAL_ERROR_STRUCTURE, "$.links[0]: the last link"},
        {HEAD "\"links\": [" LINEAR("y") ", " WISH "], " REST, CUSTVAL_ERROR_DUPLICATE,
         "$.links[1]: \"y\" is the outcome of an earlier link"},
        {HEAD "\"links\": [" LINEAR("probability") ", " WISH "], " REST, CUSTVAL_ERROR_DUPLICATE,
         "\"probability\" is a name of results"},
        {HEAD "\"links\": [" LINK "\"terms\": [{\"predictor\": \"a\"}]}], " REST, CUSTVAL_ERROR_DOCUMENT,
         "$.links[0].terms[0]: the key \"coefficient\""},
        {HEAD "\"links\": [" LINK "\"covariance\": [[1], [1]]}], " REST, CUSTVAL_ERROR_STRUCTURE,
         "$.links[0].covariance"},
        {HEAD LINKS "\"use\": \"staying\", " MONEY "}", CUSTVAL_ERROR_DOCUMENT, "$.use"},
        {HEAD LINKS "\"use\": \"retention\"}", CUSTVAL_ERROR_DOCUMENT, "\"money\" of an impact is missing"},
        {WITH_MONEY("\"margin\": 1, \"rate\": 0.1"), CUSTVAL_ERROR_DOCUMENT, "\"first\" of the money is missing"},
        {WITH_MONEY("\"margin\": 1, \"rate\": 0.1, \"first\": \"later\""), CUSTVAL_ERROR_DOCUMENT, "$.money.first"},
        {WITH_MONEY("\"margin\": 1e16, \"rate\": 0.1, \"first\": \"now\""), CUSTVAL_ERROR_RANGE, "$.money.margin"},
        {WITH_MONEY("\"margin\": \"\", \"rate\": 0.1, \"first\": \"now\""), CUSTVAL_ERROR_DOCUMENT, "$.money.margin"},
        {WITH_MONEY("\"margin\": 1, \"rate\": -1, \"first\": \"now\""), CUSTVAL_ERROR_RANGE, "a rate must be above -1"},
        {WITH_MONEY("\"margin\": 1, \"rate\": 0, \"growth\": -1.5, \"first\": \"now\""), CUSTVAL_ERROR_RANGE,
         "$.money.growth: -1.5"},
        {WITH_MONEY("\"margin\": 1, \"rate\": 0, \"periods\": 1.5, \"first\": \"now\""), CUSTVAL_ERROR_RANGE,
         "$.money.periods: a number of periods is whole"},
        {HEAD LINKS "\"use\": \"choice\", \"money\": {\"margin\": 1, \"rate\": 0.1, \"growth\": 0.1, \"first\": "
                    "\"now\"}}",
         CUSTVAL_ERROR_RANGE, "$.money: customers who never leave"},
        {HEAD LINKS "\"points\": 0, " REST, CUSTVAL_ERROR_RANGE, "$.points"},
        {HEAD LINKS "\"where\": \"\", " REST, CUSTVAL_ERROR_DOCUMENT, "$.where"},
        {WITH_COSTS("{\"node\": \"a\"}"), CUSTVAL_ERROR_DOCUMENT, "$.costs[0]: the key \"cost\""},
        {WITH_COSTS("{\"node\": \"a\", \"cost\": 0}"), CUSTVAL_ERROR_RANGE, "$.costs[0].cost"},
        {WITH_COSTS("{\"node\": \"a\", \"cost\": 1, \"per\": \"year\"}"), CUSTVAL_ERROR_DOCUMENT, "$.costs[0].per"},
        {WITH_COSTS("{\"node\": \"a\", \"cost\": 1}, {\"node\": \"a\", \"cost\": 2}"), CUSTVAL_ERROR_DUPLICATE,
         "$.costs[1]: node \"a\" has a cost already"},
    };
    (void)state;
    for (size_t i = 0; i < SUPPORT_COUNT(bad); i++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_impact *out = impact;
        assert_status(custval_impact_parse(NULL, bad[i].text, strlen(bad[i].text), &out, &error), bad[i].status,
                      &error);
        assert_message(&error, bad[i].part);
        assert_null(out);
    }
}

static void there_are_no_more_links_than_the_limit(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_impact *out = NULL;
    json_t *const document = json_loads(HEAD LINKS REST, 0, NULL);
    json_t *const links = json_object_get(document, "links");
    while (json_array_size(links) <= CUSTVAL_MAX_IMPACT_LINKS) json_array_append(links, json_array_get(links, 0));
    char *const text = json_dumps(document, 0);
    assert_status(custval_impact_parse(NULL, text, strlen(text), &out, &error), CUSTVAL_ERROR_LIMIT, &error);
    assert_message(&error, "$.links: 17 entries");
    free(text);
    json_decref(document);
}

static void columns_are_what_is_neither_a_node_nor_expected(void **state) {
    (void)state;
    impact_material of;
    assert_true(impact_material_load(&of, 2));
    static const char *const run[] = {"age", "margin", "chosen", "count"};
    for (size_t i = 0; i < SUPPORT_COUNT(run); i++) {
        assert_string_equal(custval_impact_column(of.plan, of.system, 0, i), run[i]);
    }
    assert_null(custval_impact_column(of.plan, of.system, 0, SUPPORT_COUNT(run)));
    assert_null(custval_impact_column(of.plan, of.system, 1, 0));
    impact_material_free(&of);
    assert_string_equal(custval_impact_column(self.plan, self.system, 1, 0), "satisfaction");
    assert_string_equal(custval_impact_column(self.plan, self.system, 1, 1), "renewed");
    assert_null(custval_impact_column(self.plan, self.system, 1, 2));
    assert_string_equal(custval_impact_column(self.plan, self.system, 0, 0), "margin");
    assert_null(custval_impact_column(self.plan, self.system, 0, 1));
    assert_null(custval_impact_column(NULL, self.system, 0, 0));
    assert_null(custval_impact_column(self.plan, NULL, 0, 0));
}

static void links_are_there_once_they_are_fitted(void **state) {
    (void)state;
    assert_int_equal(custval_impact_links(NULL), 0);
    assert_int_equal(custval_impact_links(impact), 2);
    assert_null(custval_impact_link(self.plan, 0));
    assert_null(custval_impact_link(impact, 2));
    assert_null(custval_impact_link(NULL, 0));
    assert_string_equal(custval_link_column(custval_impact_link(impact, 1), 0), "satisfaction");
    custval_impact *const same = custval_impact_ref(impact);
    assert_ptr_equal(same, impact);
    custval_impact_free(same);
    assert_null(custval_impact_ref(NULL));
    custval_impact_free(NULL);
}

/* Fitted once more, nothing is left to be fitted, and the plan may go. */
static void what_is_fitted_outlives_its_plan(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_impact *again = NULL;
    impact_material of;
    assert_true(impact_material_load(&of, 0));
    custval_impact *const first = impact_fitted(&of);
    assert_ok(custval_impact_fit(first, of.system, of.table, &of.score, &again, &error), &error);
    assert_ptr_equal(custval_impact_link(first, 0), custval_impact_link(again, 0));
    impact_material_free(&of);
    custval_impact_free(first);
    assert_round_trip(again);
    custval_impact_free(again);
}

/* ---- Calls ------------------------------------------------------------------------------------------------------- */

static custval_status run_with(const void *options, custval_error *error) {
    custval_table *levers = NULL;
    const custval_status status =
        custval_impact_run(impact, self.system, self.table, options, NULL, &levers, NULL, error);
    assert_int_equal(levers == NULL, status != CUSTVAL_OK);
    custval_table_free(levers);
    return status;
}

/* The facts may be left out; the check of structs wants NULL to be refused, and so it is of an impact. */
static custval_status run_into(void *facts, custval_error *error) {
    return custval_impact_run(facts == NULL ? NULL : impact, self.system, self.table, &self.options, facts, NULL, NULL,
                              error);
}

static void structs_of_other_sizes(void **state) {
    (void)state;
    assert_reads_struct(run_with, &self.options, sizeof self.options);
    assert_writes_struct(run_into, sizeof(custval_impact_facts));
}

static void missing_arguments_are_refused(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_impact *out = NULL;
    custval_table *table = NULL;
    size_t length = 0;
    assert_refused(custval_impact_parse(NULL, "{}", 2, NULL, &error));
    assert_refused(custval_impact_parse(NULL, NULL, 2, &out, &error));
    assert_refused(custval_impact_write(NULL, NULL, 0, &length, &error));
    assert_refused(custval_impact_write(impact, NULL, 4, &length, &error));
    assert_refused(custval_impact_write(impact, NULL, 0, NULL, &error));
    assert_refused(custval_impact_fit(NULL, self.system, self.table, NULL, &out, &error));
    assert_refused(custval_impact_fit(impact, NULL, self.table, NULL, &out, &error));
    assert_refused(custval_impact_fit(impact, self.system, NULL, NULL, &out, &error));
    assert_refused(custval_impact_fit(impact, self.system, self.table, NULL, NULL, &error));
    assert_refused(custval_impact_run(NULL, self.system, self.table, NULL, NULL, &table, NULL, &error));
    assert_refused(custval_impact_run(impact, NULL, self.table, NULL, NULL, &table, NULL, &error));
    assert_refused(custval_impact_run(impact, self.system, NULL, NULL, NULL, &table, NULL, &error));
    assert_refused(custval_impact_assumptions(NULL, NULL, &table, &error));
    assert_refused(custval_impact_assumptions(impact, NULL, NULL, &error));
}

static void options_out_of_range_are_refused(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_impact_options options = self.options;
    options.level = 1.0;
    assert_status(run_with(&options, &error), CUSTVAL_ERROR_RANGE, &error);
    options = self.options;
    options.draws = CUSTVAL_MAX_IMPACT_DRAWS + 1;
    assert_status(run_with(&options, &error), CUSTVAL_ERROR_RANGE, &error);
    options = self.options;
    options.levels = CUSTVAL_LEVEL_VALUE;
    assert_refused(run_with(&options, &error));
    assert_message(&error, "only dimensions, indicators and items");
}

static void a_plan_that_is_not_fitted_is_not_run(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_status(custval_impact_run(self.plan, self.system, self.table, &self.options, NULL, NULL, NULL, &error),
                  CUSTVAL_ERROR_STATE, &error);
    assert_message(&error,
                   "link 1 (\"satisfaction\"): the link is yet to be fitted: fit the plan, and run what that gives");
}

/* A table with the answers alone. */
static custval_table *answers_alone(void) {
    custval_table *out = NULL;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_input input = CUSTVAL_INPUT_INIT;
    assert_ok(custval_table_new(NULL, custval_table_rows(self.table), &out, &error), &error);
    for (uint32_t i = 0; i < custval_system_inputs(self.system); i++) {
        custval_column column = CUSTVAL_COLUMN_INIT;
        size_t index = 0;
        assert_ok(custval_system_input(self.system, i, &input, &error), &error);
        assert_ok(custval_table_find(self.table, input.column, &index, &error), &error);
        assert_ok(custval_table_column(self.table, index, &column, &error), &error);
        assert_ok(custval_table_add(out, input.column, &column, &error), &error);
    }
    return out;
}

static void what_is_missing_is_named(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_impact *out = NULL;
    custval_table *const answers = answers_alone();
    assert_status(custval_impact_run(impact, self.system, answers, &self.options, NULL, NULL, NULL, &error),
                  CUSTVAL_ERROR_NOT_FOUND, &error);
    assert_message(&error, "margin");
    assert_status(custval_impact_fit(self.plan, self.system, answers, &self.score, &out, &error),
                  CUSTVAL_ERROR_NOT_FOUND, &error);
    assert_message(&error, "link 1 (\"satisfaction\"): ");
    custval_impact *const stated = impact_of_text(
        HEAD "\"links\": [" LINK "\"terms\": [{\"predictor\": \"nobody\", \"coefficient\": 1}]}], " REST);
    custval_impact *const costly = impact_of_text(
        HEAD "\"links\": [" LINK "\"terms\": [{\"predictor\": \"value\", \"coefficient\": 1}]}], \"use\": "
             "\"retention\", " MONEY ", \"costs\": [{\"node\": \"suport\", \"cost\": 1}]}");
    assert_status(custval_impact_run(stated, self.system, answers, NULL, NULL, NULL, NULL, &error),
                  CUSTVAL_ERROR_NOT_FOUND, &error);
    assert_message(&error, "link 1 (\"y\"): ");
    assert_message(&error, "nobody");
    assert_status(custval_impact_run(costly, self.system, answers, NULL, NULL, NULL, NULL, &error),
                  CUSTVAL_ERROR_NOT_FOUND, &error);
    assert_message(&error, "cost: ");
    assert_message(&error, "support");
    custval_impact_free(costly);
    custval_impact_free(stated);
    custval_table_free(answers);
}

static int stop(void *data, uint64_t done, uint64_t total) {
    (void)data;
    return done <= total;
}

static void a_run_can_be_stopped(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_host host = CUSTVAL_HOST_INIT;
    custval_score_options score = self.score;
    custval_impact_options options = self.options;
    custval_table *customers = self.table;
    host.progress = stop;
    score.host = &host;
    options.score = &score;
    assert_status(custval_impact_run(impact, self.system, self.table, &options, NULL, NULL, &customers, &error),
                  CUSTVAL_ERROR_CANCELLED, &error);
    assert_null(customers);
}

static void no_customers_are_worth_nothing(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_impact_facts facts = CUSTVAL_IMPACT_FACTS_INIT;
    custval_table *levers = NULL, *customers = NULL, *none = NULL;
    assert_ok(custval_table_new(NULL, 0, &none, &error), &error);
    static const double nothing[1] = {0.0};
    custval_input input = CUSTVAL_INPUT_INIT;
    for (uint32_t i = 0; i < custval_system_inputs(self.system); i++) {
        assert_ok(custval_system_input(self.system, i, &input, &error), &error);
        assert_ok(custval_table_add_doubles(none, input.column, nothing, &error), &error);
    }
    assert_ok(custval_table_add_doubles(none, "margin", nothing, &error), &error);
    assert_ok(custval_impact_run(impact, self.system, none, &self.options, &facts, &levers, &customers, &error),
              &error);
    assert_double_bits(facts.equity, 0.0);
    assert_true(isnan(facts.value) != 0);
    assert_int_equal(custval_table_rows(customers), 0);
    assert_double_bits(table_cell(levers, "gain", 0), 0.0);
    assert_true(isnan(table_cell(levers, "value.change", 0)) != 0);
    custval_table_free(levers);
    custval_table_free(customers);
    custval_table_free(none);
}

static void what_ends_is_not_called_endless(void **state) {
    (void)state;
    static const char *const uses[] = {"retention", "choice"};
    for (size_t i = 0; i < SUPPORT_COUNT(uses); i++) {
        char text[512];
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_impact_facts facts = CUSTVAL_IMPACT_FACTS_INIT;
        /* A multiple beyond every double, of nothing. */
        snprintf(text, sizeof text,
                 HEAD "\"links\": [" LINK "\"note\": \"one in two\"}], \"use\": \"%s\", \"money\": {\"margin\": 0, "
                      "\"rate\": 0.1, \"growth\": 1000, \"first\": \"now\", \"periods\": 1000000}}",
                 uses[i]);
        custval_impact *const growing = impact_of_text(text);
        assert_ok(custval_impact_run(growing, self.system, self.table, &self.options, &facts, NULL, NULL, &error),
                  &error);
        assert_int_equal(facts.endless, 0);
        assert_true(facts.range > 0 && facts.rows == 0);
        custval_impact_free(growing);
    }
}

static void the_widest_intervals_have_ends(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_impact_facts facts = CUSTVAL_IMPACT_FACTS_INIT;
    custval_impact_options options = self.options;
    custval_table *levers = NULL;
    options.level = nextafter(1.0, 0.0);
    assert_ok(custval_impact_run(impact, self.system, self.table, &options, &facts, &levers, NULL, &error), &error);
    assert_true(isfinite(facts.equity_low) && isfinite(facts.equity_high));
    assert_true(table_cell(levers, "low", 0) < table_cell(levers, "gain", 0));
    custval_table_free(levers);
}

/* ---- Assumptions ------------------------------------------------------------------------------------------------- */

static int says(const custval_table *table, const char *step, const char *source, const char *part) {
    for (size_t row = 0; row < custval_table_rows(table); row++) {
        const custval_text found = table_cell_text(table, "step", row), what = table_cell_text(table, "what", row);
        const custval_text from = table_cell_text(table, "source", row);
        char text[512] = {0};
        memcpy(text, what.data, what.length < sizeof text ? what.length : sizeof text - 1);
        if (found.length == strlen(step) && memcmp(found.data, step, found.length) == 0 &&
            from.length == strlen(source) && memcmp(from.data, source, from.length) == 0 &&
            strstr(text, part) != NULL) {
            return 1;
        }
    }
    return 0;
}

static custval_table *assumptions_of(const custval_impact *of) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    assert_ok(custval_impact_assumptions(of, NULL, &table, &error), &error);
    return table;
}

static void data_statements_and_assumptions_are_kept_apart(void **state) {
    (void)state;
    custval_table *const fitted = assumptions_of(impact), *const planned = assumptions_of(self.plan);
    assert_true(says(fitted, "link 1", "data", "satisfaction from value: linear"));
    assert_true(says(fitted, "link 2", "data", "renewed from satisfaction: logistic"));
    assert_true(says(fitted, "margin", "data", "column \"margin\""));
    assert_true(says(fitted, "cost", "stated", "a point of \"price\" costs 1.5, once, per customer"));
    assert_true(says(fitted, "cause", "assumed", "taken for a cause"));
    assert_true(says(fitted, "independent", "assumed", "independent of each other"));
    /* Of 36 rows one has no price, one an answer outside its scale, one no satisfaction. */
    assert_double_bits(table_cell(fitted, "n", 0), 33.0);
    assert_true(table_cell(fitted, "r2", 0) > 0.0 && isnan(table_cell(fitted, "auc", 0)) != 0);
    assert_true(table_cell(fitted, "auc", 1) > 0.5 && isnan(table_cell(fitted, "r2", 1)) != 0);
    assert_true(says(planned, "link 1", "data", "it is yet to be fitted"));
    custval_table_free(planned);
    custval_table_free(fitted);
    custval_impact *const stated = impact_of_text(
        HEAD "\"links\": [" LINK "\"note\": \"from the workshop\"}], \"use\": \"choice\", \"money\": {\"margin\": 8, "
             "\"rate\": 0.1, \"first\": \"now\", \"periods\": 3}, \"where\": \"w\", \"count\": \"c\"}");
    custval_table *const said = assumptions_of(stated);
    assert_true(says(said, "link 1", "stated", "y: logistic"));
    assert_true(says(said, "link 1", "assumed", "taken as exact"));
    assert_true(says(said, "margin", "stated", "8, the same for all"));
    assert_true(says(said, "horizon", "stated", "3 margins, the first now"));
    assert_true(says(said, "use", "assumed", "that of buying"));
    assert_true(says(said, "customers", "data", "\"w\""));
    assert_true(says(said, "customers", "data", "\"c\""));
    assert_true(says(said, "cost", "assumed", "none is stated"));
    assert_int_equal(table_cell_text(said, "note", 0).length, strlen("from the workshop"));
    custval_table_free(said);
    custval_impact_free(stated);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plans_and_what_is_fitted_are_read_as_they_were_written),
        cmocka_unit_test(a_plan_keeps_every_key),
        cmocka_unit_test(bad_documents_are_refused_with_their_place),
        cmocka_unit_test(there_are_no_more_links_than_the_limit),
        cmocka_unit_test(columns_are_what_is_neither_a_node_nor_expected),
        cmocka_unit_test(links_are_there_once_they_are_fitted),
        cmocka_unit_test(what_is_fitted_outlives_its_plan),
        cmocka_unit_test(structs_of_other_sizes),
        cmocka_unit_test(missing_arguments_are_refused),
        cmocka_unit_test(options_out_of_range_are_refused),
        cmocka_unit_test(a_plan_that_is_not_fitted_is_not_run),
        cmocka_unit_test(what_is_missing_is_named),
        cmocka_unit_test(a_run_can_be_stopped),
        cmocka_unit_test(no_customers_are_worth_nothing),
        cmocka_unit_test(what_ends_is_not_called_endless),
        cmocka_unit_test(the_widest_intervals_have_ends),
        cmocka_unit_test(data_statements_and_assumptions_are_kept_apart),
    };
    return cmocka_run_group_tests_name("impact", tests, set_up, tear_down);
}
