/* The interface: scenarios, features, the price sensitivity meter. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "api.h"

#include <math.h>

#include <custval/scenario.h>

#include "scenarios.h"

static scenario_material self;

static int set_up(void **state) {
    (void)state;
    scenario_material_load(&self);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    scenario_material_free(&self);
    return 0;
}

/* ---- Documents ------------------------------------------------------------------------------------------------------ */

#define HEAD "{\"custval\": \"scenario\", \"version\": 1, \"kind\": "
#define SALES ", \"periods\": 4, \"sales\": {\"mu\": 1, \"rival\": 0}"

static void parsing_and_writing_give_the_same_document(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    const json_t *const cases = json_object_get(self.vectors, "cases");
    for (size_t i = 0; i < json_array_size(cases); i++) {
        char *const text = json_dumps(json_object_get(json_array_get(cases, i), "scenario"), 0);
        custval_scenario *const scenario = scenario_of_text(text);
        char first[4096], second[4096], cut[8];
        size_t length = 0, again = 0;
        assert_ok(custval_scenario_write(scenario, first, sizeof first, &length, &error), &error);
        assert_int_equal(length, strlen(first));
        custval_scenario *const read = scenario_of_text(first);
        assert_ok(custval_scenario_write(read, second, sizeof second, &again, &error), &error);
        assert_string_equal(first, second);
        assert_ok(custval_scenario_write(scenario, cut, sizeof cut, &again, &error), &error);
        assert_int_equal(again, length);
        assert_int_equal(strlen(cut), sizeof cut - 1);
        json_t *const reread = json_loads(first, 0, NULL), *const original = json_loads(text, 0, NULL);
        assert_true(json_equal(reread, original));
        json_decref(reread);
        json_decref(original);
        custval_scenario_free(read);
        custval_scenario_free(scenario);
        free(text);
    }
}

static void documents_that_contradict_themselves_are_refused(void **state) {
    static const struct {
        const char *text;
        custval_status status;
        const char *part;
    } bad[] = {
        {"[1]", CUSTVAL_ERROR_DOCUMENT, "a document is an object"},
        {"{\"custval\": \"worth\"}", CUSTVAL_ERROR_DOCUMENT, "no scenario document"},
        {"{\"custval\": \"scenario\", \"version\": 2}", CUSTVAL_ERROR_DOCUMENT, "reads version 1, not 2"},
        {HEAD "\"promo\"" SALES "}", CUSTVAL_ERROR_DOCUMENT, "\"promotion\""},
        {HEAD "\"price\", \"periods\": 4}", CUSTVAL_ERROR_STRUCTURE, "needs \"sales\""},
        {HEAD "\"price\"" SALES "}", CUSTVAL_ERROR_STRUCTURE, "needs \"price\""},
        {HEAD "\"price\"" SALES ", \"price\": {\"list\": 1}}", CUSTVAL_ERROR_STRUCTURE,
         "$.price: needs one of \"paid\""},
        {HEAD "\"price\"" SALES ", \"price\": {\"list\": 1, \"paid\": 1, \"length\": 1}}", CUSTVAL_ERROR_STRUCTURE,
         "is a promotion"},
        {HEAD "\"promotion\"" SALES ", \"price\": {\"list\": 1, \"paid\": 1}}", CUSTVAL_ERROR_STRUCTURE,
         "needs a \"length\""},
        {HEAD "\"promotion\"" SALES ", \"price\": {\"list\": 1, \"paid\": 1, \"length\": 4}}", CUSTVAL_ERROR_STRUCTURE,
         "to show what comes after"},
        {HEAD "\"promotion\"" SALES ", \"price\": {\"list\": 1, \"path\": [1], \"length\": 2}}",
         CUSTVAL_ERROR_STRUCTURE, "has 1 prices, but the plan lasts 2 periods"},
        {HEAD "\"promotion\"" SALES ", \"price\": {\"list\": 1, \"path\": [1, -1], \"length\": 2}}",
         CUSTVAL_ERROR_RANGE, "$.price.path[1]: -1 must be 0 or more"},
        {HEAD "\"price\"" SALES ", \"price\": {\"list\": 0, \"paid\": 1}}", CUSTVAL_ERROR_RANGE,
         "$.price.list: 0 must be above 0"},
        {HEAD "\"price\"" SALES ", \"price\": {\"list\": 1e16, \"paid\": 1}}", CUSTVAL_ERROR_RANGE,
         "1e+16 is too large"},
        {HEAD "\"price\"" SALES ", \"price\": {\"list\": 1e-9, \"paid\": 1e9}}", CUSTVAL_ERROR_RANGE,
         "in period 1 the plan has the strength"},
        {HEAD "\"price\"" SALES
              ", \"price\": {\"list\": 1, \"paid\": 1, \"money\": [{\"node\": \"a\", \"factor\": 1e99}]}}",
         CUSTVAL_ERROR_RANGE, "too large"},
        {HEAD "\"price\"" SALES ", \"price\": {\"list\": 1, \"paid\": 1, \"money\": []}}", CUSTVAL_ERROR_STRUCTURE,
         "must not be empty"},
        {HEAD "\"price\"" SALES ", \"price\": {\"list\": 1, \"paid\": 1, \"money\": [{\"node\": \"a\"}]}}",
         CUSTVAL_ERROR_DOCUMENT, "factor"},
        {HEAD "\"price\"" SALES
              ", \"price\": {\"list\": 1, \"paid\": 1, \"money\": [{\"node\": \"\", \"factor\": 1}]}}",
         CUSTVAL_ERROR_DOCUMENT, "must not be empty"},
        {HEAD "\"price\"" SALES ", \"price\": {\"list\": 1, \"paid\": 1, \"reference\": {\"points\": 1}}}",
         CUSTVAL_ERROR_DOCUMENT, "theta"},
        {HEAD "\"price\"" SALES
              ", \"price\": {\"list\": 1, \"paid\": 1, \"reference\": {\"points\": 1, \"theta\": 1.5}}}",
         CUSTVAL_ERROR_RANGE, "$.price.reference.theta"},
        {HEAD "\"price\", \"periods\": 4, \"sales\": {\"mu\": 1, \"rival\": 0, \"price\": 3}, \"price\": {\"list\": 1, "
              "\"paid\": 1}}",
         CUSTVAL_ERROR_STRUCTURE, "$.sales.price"},
        {HEAD "\"price\", \"periods\": 0, \"sales\": {\"mu\": 1, \"rival\": 0}}", CUSTVAL_ERROR_RANGE, "1 to 1200"},
        {HEAD "\"price\", \"periods\": 1, \"sales\": {\"mu\": 1, \"rival\": \"\"}}", CUSTVAL_ERROR_DOCUMENT,
         "must not be empty"},
        {HEAD "\"price\", \"periods\": 1, \"sales\": {\"mu\": \"m\", \"rival\": 0}}", CUSTVAL_ERROR_DOCUMENT, "mu"},
        {HEAD "\"price\"" SALES ", \"price\": {\"list\": 1, \"paid\": 1, \"reference\": {\"theta\": 0, \"points\": 1, "
              "\"beta\": 11}}}",
         CUSTVAL_ERROR_RANGE, "$.price.reference.beta: 11 must be above 0 and at most 10"},
        {HEAD "\"competition\", \"periods\": 1, \"sales\": {\"mu\": 1, \"rival\": 0, \"uplift\": -2}}",
         CUSTVAL_ERROR_RANGE, "-2 must be -1 or more"},
        {HEAD "\"indicator\"" SALES
              ", \"indicator\": {\"dimension\": \"d\", \"id\": \"i\", \"weight\": 1, \"score\": 101}}",
         CUSTVAL_ERROR_RANGE, "101 must be between 0 and 100"},
        {HEAD "\"competition\"" SALES ", \"price\": {\"list\": 1, \"paid\": 1}}", CUSTVAL_ERROR_STRUCTURE,
         "does not go with a scenario of the kind \"competition\""},
        {HEAD "\"competition\"" SALES ", \"competition\": {\"effects\": [{\"node\": \"a\"}]}}", CUSTVAL_ERROR_STRUCTURE,
         "\"points\", \"factor\" or both"},
        {HEAD "\"programme\"" SALES ", \"programme\": {}}", CUSTVAL_ERROR_STRUCTURE, "needs \"effects\""},
        {HEAD "\"programme\"" SALES
              ", \"programme\": {\"length\": 5, \"effects\": [{\"node\": \"a\", \"points\": 1}]}}",
         CUSTVAL_ERROR_STRUCTURE, "lasts 5 periods"},
        {HEAD "\"features\"" SALES ", \"features\": {\"capability\": 1, \"saturation\": 1, \"usability\": 1, "
              "\"burden\": 1, \"weight\": 0.6, \"from\": 1, \"to\": 2}}",
         CUSTVAL_ERROR_STRUCTURE, "needs \"nodes\""},
        {HEAD "\"features\"" SALES ", \"features\": {\"capability\": 1, \"saturation\": 1, \"usability\": 1, "
              "\"burden\": 1, \"weight\": 0.5, \"from\": 1, \"to\": 2, \"nodes\": []}}",
         CUSTVAL_ERROR_RANGE, "above 0.5"},
        {HEAD "\"indicator\"" SALES ", \"indicator\": {\"dimension\": \"d\", \"id\": \"i\", \"weight\": 1}}",
         CUSTVAL_ERROR_STRUCTURE, "either a \"column\""},
        {HEAD "\"indicator\"" SALES
              ", \"indicator\": {\"dimension\": \"d\", \"id\": \"i\", \"weight\": 1, \"column\": \"c\"}}",
         CUSTVAL_ERROR_STRUCTURE, "either a \"column\""},
        {HEAD "\"indicator\"" SALES ", \"indicator\": {\"dimension\": \"d\", \"id\": \"i\", \"weight\": 1, \"column\": "
              "\"c\", \"scale\": [2, 1]}}",
         CUSTVAL_ERROR_RANGE, "$.indicator.scale"},
    };
    (void)state;
    for (size_t i = 0; i < SUPPORT_COUNT(bad); i++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_scenario *scenario = (custval_scenario *)(void *)&self;
        assert_status(custval_scenario_parse(NULL, bad[i].text, strlen(bad[i].text), &scenario, &error), bad[i].status,
                      &error);
        assert_null(scenario);
        assert_message(&error, bad[i].part);
    }
}

static void documents_of_another_shape_are_refused(void **state) {
    (void)state;
    json_t *const cases = support_vectors("documents/scenario_refused.json");
    for (size_t i = 0; i < json_array_size(cases); i++) {
        const json_t *const test = json_array_get(cases, i);
        char *const text = json_dumps(json_object_get(test, "document"), JSON_ENCODE_ANY);
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_scenario *scenario = NULL;
        assert_status(custval_scenario_parse(NULL, text, strlen(text), &scenario, &error), CUSTVAL_ERROR_DOCUMENT,
                      &error);
        assert_message(&error, json_string_value(json_object_get(test, "message")));
        free(text);
    }
    json_decref(cases);
}

static void documents_refuse_missing_arguments(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_scenario *scenario = NULL;
    char buffer[8] = "xxxxxxx";
    size_t length = 7;
    assert_refused(custval_scenario_parse(NULL, "{}", 2, NULL, &error));
    assert_refused(custval_scenario_parse(NULL, NULL, 2, &scenario, &error));
    assert_status(custval_scenario_parse(NULL, "{", (size_t)CUSTVAL_MAX_DOCUMENT_SIZE + 1, &scenario, &error),
                  CUSTVAL_ERROR_LIMIT, &error);
    assert_refused(custval_scenario_write(NULL, buffer, sizeof buffer, &length, &error));
    assert_int_equal(length, 0);
    assert_string_equal(buffer, "");
    scenario = scenario_of_case(&self, "bogo");
    assert_refused(custval_scenario_write(scenario, buffer, sizeof buffer, NULL, &error));
    assert_refused(custval_scenario_write(scenario, NULL, 1, &length, &error));
    custval_scenario_free(scenario);
}

static void too_many_effects_are_refused(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_scenario *scenario = NULL;
    json_t *const document = json_loads(HEAD "\"competition\"" SALES "}", 0, NULL), *const list = json_array();
    for (int i = 0; i < 257; i++) json_array_append_new(list, json_loads("{\"node\": \"a\", \"points\": 1}", 0, NULL));
    json_t *const competition = json_object();
    json_object_set_new(competition, "effects", list);
    json_object_set_new(document, "competition", competition);
    char *const text = json_dumps(document, 0);
    assert_status(custval_scenario_parse(NULL, text, strlen(text), &scenario, &error), CUSTVAL_ERROR_LIMIT, &error);
    free(text);
    json_decref(document);
}

static void a_scenario_shows_its_kind_and_columns(void **state) {
    (void)state;
    custval_scenario *const scenario = scenario_of_case(&self, "delivery");
    assert_int_equal(custval_scenario_kind_of(scenario), CUSTVAL_SCENARIO_PROGRAMME);
    assert_int_equal(custval_scenario_columns(scenario), 4);
    assert_string_equal(custval_scenario_column(scenario, 0), "volume");
    assert_string_equal(custval_scenario_column(scenario, 3), "old");
    assert_null(custval_scenario_column(scenario, 4));
    assert_ptr_equal(custval_scenario_ref(scenario), scenario);
    custval_scenario_free(scenario);
    custval_scenario_free(scenario);
    assert_int_equal(custval_scenario_kind_of(NULL), 0);
    assert_int_equal(custval_scenario_columns(NULL), 0);
    assert_null(custval_scenario_column(NULL, 0));
    assert_null(custval_scenario_ref(NULL));
    custval_scenario_free(NULL);
}

/* ---- The plan ------------------------------------------------------------------------------------------------------- */

static const custval_scenario *shown;

static custval_status path_into(void *out, custval_error *error) {
    return custval_scenario_path(out == NULL ? NULL : shown, NULL, out, NULL, error);
}

static void a_path_has_what_its_kind_has(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_scenario *const promotion = scenario_of_case(&self, "bogo"), *const plan =
                                                                             scenario_of_case(&self, "delivery");
    custval_table *table = NULL;
    assert_ok(custval_scenario_path(promotion, NULL, NULL, &table, &error), &error);
    assert_int_equal(custval_table_rows(table), 9);
    assert_int_equal(custval_table_columns(table), 7);
    custval_table_free(table);
    assert_ok(custval_scenario_path(plan, NULL, NULL, &table, &error), &error);
    assert_int_equal(custval_table_columns(table), 3);
    custval_table_free(table);
    assert_refused(custval_scenario_path(NULL, NULL, NULL, &table, &error));
    assert_null(table);
    custval_scenario *const more = scenario_of_case(&self, "features");
    custval_scenario_path_facts facts = CUSTVAL_SCENARIO_PATH_FACTS_INIT;
    assert_ok(custval_scenario_path(more, NULL, &facts, NULL, &error), &error);
    custval_features_terms new_terms = {sizeof new_terms, 60.0, 0.2, 50.0, 4.0, 0.1, 0.7};
    custval_features_facts found = CUSTVAL_FEATURES_FACTS_INIT;
    assert_ok(custval_features(&new_terms, 12.0, &found, &error), &error);
    assert_double_bits(facts.best_before, found.best_before);
    assert_double_bits(facts.best_after, found.best_in_use);
    assert_double_bits(facts.disappointment, found.disappointment);
    assert_true(isnan(facts.jump) && isnan(facts.erosion) && isnan(facts.recovery));
    custval_scenario_free(more);
    shown = promotion;
    assert_writes_struct(path_into, sizeof(custval_scenario_path_facts));
    custval_scenario_free(plan);
    custval_scenario_free(promotion);
}

/* ---- Running -------------------------------------------------------------------------------------------------------- */

static custval_status run_with(const void *options, custval_error *error) {
    custval_table *customers = NULL;
    const custval_status status =
        custval_scenario_run(shown, self.system, self.table, options, NULL, &customers, NULL, NULL, error);
    assert_int_equal(customers == NULL, status != CUSTVAL_OK);
    custval_table_free(customers);
    return status;
}

static void running_refuses_what_is_missing(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_scenario *const plan = scenario_of_case(&self, "bogo");
    custval_table *out = self.table, *periods = self.table, *groups = self.table;
    custval_scenario_options options = CUSTVAL_SCENARIO_OPTIONS_INIT;
    assert_refused(custval_scenario_run(NULL, self.system, self.table, NULL, NULL, &out, &periods, &groups, &error));
    assert_true(out == NULL && periods == NULL && groups == NULL);
    assert_refused(custval_scenario_run(plan, NULL, self.table, NULL, NULL, &out, NULL, NULL, &error));
    assert_refused(custval_scenario_run(plan, self.system, NULL, NULL, NULL, &out, NULL, NULL, &error));
    shown = plan;
    assert_reads_struct(run_with, &options, sizeof options);
    custval_scenario_facts facts = CUSTVAL_SCENARIO_FACTS_INIT;
    facts.struct_size--;
    assert_status(custval_scenario_run(plan, self.system, self.table, NULL, &facts, &out, &periods, &groups, &error),
                  CUSTVAL_ERROR_STRUCT_SIZE, &error);
    assert_true(out == NULL && periods == NULL && groups == NULL);
    custval_scenario_free(plan);
}

static void options_out_of_range_are_refused(void **state) {
    (void)state;
    static const double falling[] = {1, 0}, endless[] = {(double)INFINITY};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_scenario *const plan = scenario_of_case(&self, "bogo");
    custval_scenario_options options = CUSTVAL_SCENARIO_OPTIONS_INIT;
    custval_score_options score = CUSTVAL_SCORE_OPTIONS_INIT;
    shown = plan;
    options.cut_count = 1;
    assert_status(run_with(&options, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    options.cuts = endless;
    assert_status(run_with(&options, &error), CUSTVAL_ERROR_RANGE, &error);
    options.cuts = falling;
    options.cut_count = 2;
    assert_status(run_with(&options, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_message(&error, "cut 2 is 0");
    options.cut_count = 101;
    assert_status(run_with(&options, &error), CUSTVAL_ERROR_RANGE, &error);
    options = (custval_scenario_options)CUSTVAL_SCENARIO_OPTIONS_INIT;
    score.profile = "nobody";
    options.score = &score;
    assert_status(run_with(&options, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    custval_scenario_free(plan);
}

static void run_text(const char *text, custval_status expected, const char *part) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_scenario *const plan = scenario_of_text(text);
    shown = plan;
    assert_status(run_with(NULL, &error), expected, &error);
    assert_message(&error, part);
    custval_scenario_free(plan);
}

static void nodes_and_columns_must_be_there(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_scenario_options options = CUSTVAL_SCENARIO_OPTIONS_INIT;
    custval_table *groups = NULL;
    run_text(HEAD "\"competition\"" SALES ", \"competition\": {\"effects\": [{\"node\": \"imag\", \"points\": 1}]}}",
             CUSTVAL_ERROR_NOT_FOUND, "image");
    run_text(HEAD "\"competition\", \"periods\": 2, \"sales\": {\"mu\": 1, \"rival\": \"rivals\"}}",
             CUSTVAL_ERROR_NOT_FOUND, "rival");
    run_text(HEAD "\"competition\", \"periods\": 2, \"sales\": {\"mu\": 1, \"rival\": \"segment\"}}",
             CUSTVAL_ERROR_TYPE, "segment");
    run_text(HEAD "\"programme\"" SALES
                  ", \"programme\": {\"where\": \"young\", \"effects\": [{\"node\": \"time\", \"points\": 1}]}}",
             CUSTVAL_ERROR_NOT_FOUND, "young");
    run_text(HEAD "\"indicator\"" SALES
                  ", \"indicator\": {\"dimension\": \"products\", \"id\": \"i\", \"weight\": 1, \"score\": 5}}",
             CUSTVAL_ERROR_NOT_FOUND, "product");
    run_text(HEAD "\"indicator\"" SALES
                  ", \"indicator\": {\"dimension\": \"product\", \"id\": \"image\", \"weight\": 1, \"score\": 5}}",
             CUSTVAL_ERROR_DUPLICATE, "image");
    run_text(HEAD "\"indicator\"" SALES
                  ", \"indicator\": {\"dimension\": \"product\", \"id\": \"E\", \"weight\": 1, \"score\": 5}}",
             CUSTVAL_ERROR_DUPLICATE, "another id");
    run_text(HEAD "\"indicator\"" SALES ", \"indicator\": {\"dimension\": \"product\", \"id\": \"i\", \"weight\": 1, "
                  "\"column\": \"newer\", \"scale\": [0, 1]}}",
             CUSTVAL_ERROR_NOT_FOUND, "newer");
    custval_scenario *const plan = scenario_of_case(&self, "bogo");
    options.group = "segments";
    assert_status(custval_scenario_run(plan, self.system, self.table, &options, NULL, NULL, NULL, &groups, &error),
                  CUSTVAL_ERROR_NOT_FOUND, &error);
    custval_scenario_free(plan);
}

static const char curved[] =
    "{\"custval\": \"system\", \"version\": 1, \"dimensions\": [{\"id\": \"d\", \"side\": \"benefit\", \"indicators\": ["
    "{\"id\": \"i\", \"items\": [{\"column\": \"F\", \"scale\": [1, 10], \"curve\": {\"type\": \"log\"}}]},"
    "{\"id\": \"k\", \"items\": [{\"column\": \"I\", \"scale\": [1, 7]}]},"
    "{\"id\": \"l\", \"items\": [{\"column\": \"I\", \"scale\": [1, 7]}]}]}], "
    "\"derived\": [{\"id\": \"both\", \"from\": {\"k\": 1, \"i\": 1}}]}";

static void items_that_cannot_be_moved_are_refused(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *const whole = self.system;
    assert_ok(custval_system_parse(NULL, curved, sizeof curved - 1, &self.system, &error), &error);
    run_text(HEAD "\"competition\"" SALES ", \"competition\": {\"effects\": [{\"node\": \"i\", \"points\": 1}]}}",
             CUSTVAL_ERROR_UNSUPPORTED, "not the curve \"log\"");
    run_text(HEAD "\"competition\"" SALES ", \"competition\": {\"effects\": [{\"node\": \"k\", \"points\": 1}]}}",
             CUSTVAL_ERROR_UNSUPPORTED, "read by two items");
    run_text(HEAD "\"competition\"" SALES ", \"competition\": {\"effects\": [{\"node\": \"both\", \"points\": 1}]}}",
             CUSTVAL_ERROR_UNSUPPORTED, "is derived");
    custval_system_free(self.system);
    self.system = whole;
}

static int stop(void *data, uint64_t done, uint64_t total) {
    (void)total;
    *(uint64_t *)data = done;
    return 1;
}

static void a_run_can_be_watched_and_cancelled(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_scenario *const plan = scenario_of_case(&self, "bogo");
    custval_scenario_options options = CUSTVAL_SCENARIO_OPTIONS_INIT;
    custval_score_options score = CUSTVAL_SCORE_OPTIONS_INIT;
    custval_host host = CUSTVAL_HOST_INIT;
    uint64_t done = 0;
    host.progress = stop;
    host.progress_data = &done;
    score.host = &host;
    options.score = &score;
    shown = plan;
    assert_status(run_with(&options, &error), CUSTVAL_ERROR_CANCELLED, &error);
    assert_int_equal(done, custval_table_rows(self.table));
    custval_scenario_free(plan);
}

static void no_customers_give_no_numbers(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    json_t *const none = json_array();
    custval_table *const empty = json_table(json_object_get(self.vectors, "columns"), none, NULL);
    custval_scenario *const plan = scenario_of_case(&self, "bogo");
    custval_scenario_facts facts = CUSTVAL_SCENARIO_FACTS_INIT;
    custval_table *customers = NULL, *periods = NULL, *groups = NULL;
    assert_ok(custval_scenario_run(plan, self.system, empty, NULL, &facts, &customers, &periods, &groups, &error),
              &error);
    assert_int_equal(custval_table_rows(customers), 0);
    assert_int_equal(custval_table_rows(groups), 1);
    assert_int_equal(facts.customers, 0);
    assert_true(isnan(facts.before) && isnan(facts.net) && isnan(facts.bought_anyway));
    assert_true(isnan(table_cell(periods, "value", 3)) && isnan(table_cell(groups, "before", 0)));
    custval_table_free(groups);
    custval_table_free(periods);
    custval_table_free(customers);
    custval_scenario_free(plan);
    custval_table_free(empty);
    json_decref(none);
}

/* ---- Explaining ----------------------------------------------------------------------------------------------------- */

static void explaining_refuses_what_is_not_there(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_scenario *const plan = scenario_of_case(&self, "bogo");
    custval_table *out = self.table;
    assert_refused(custval_scenario_explain(NULL, self.system, self.table, 0, 1, NULL, &out, &error));
    assert_null(out);
    assert_refused(custval_scenario_explain(plan, NULL, self.table, 0, 1, NULL, &out, &error));
    assert_refused(custval_scenario_explain(plan, self.system, NULL, 0, 1, NULL, &out, &error));
    assert_refused(custval_scenario_explain(plan, self.system, self.table, 0, 1, NULL, NULL, &error));
    assert_refused(custval_scenario_explain(plan, self.system, self.table, 9, 1, NULL, &out, &error));
    assert_refused(custval_scenario_explain(plan, self.system, self.table, 0, 0, NULL, &out, &error));
    assert_refused(custval_scenario_explain(plan, self.system, self.table, 0, 9, NULL, &out, &error));
    assert_message(&error, "1 to 8");
    /* The customer of row 5 has given too few answers for a value. */
    assert_status(custval_scenario_explain(plan, self.system, self.table, 5, 1, NULL, &out, &error),
                  CUSTVAL_ERROR_STATE, &error);
    assert_null(out);
    custval_scenario_free(plan);
}

static void what_cannot_be_added_up_is_not_explained(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    json_t *const document = json_deep_copy(json_object_get(self.vectors, "system"));
    custval_system *ratio = NULL, *neutral = NULL;
    custval_table *out = NULL;
    json_object_set_new(document, "form", json_string("ratio"));
    assert_ok(json_system(NULL, document, &ratio, &error), &error);
    json_object_set_new(document, "form", json_string("difference"));
    json_object_set_new(document, "missing", json_loads("{\"policy\": \"neutral\"}", 0, NULL));
    assert_ok(json_system(NULL, document, &neutral, &error), &error);
    custval_scenario *const bogo = scenario_of_case(&self, "bogo"), *const cut = scenario_of_case(&self, "price_cut");
    custval_scenario *const indicator = scenario_of_case(&self, "indicator");
    assert_status(custval_scenario_explain(bogo, ratio, self.table, 0, 1, NULL, &out, &error),
                  CUSTVAL_ERROR_UNSUPPORTED, &error);
    assert_ok(custval_scenario_explain(cut, ratio, self.table, 0, 1, NULL, &out, &error), &error);
    custval_table_free(out);
    assert_status(custval_scenario_explain(indicator, neutral, self.table, 0, 1, NULL, &out, &error),
                  CUSTVAL_ERROR_UNSUPPORTED, &error);
    assert_message(&error, "not \"neutral\"");
    custval_scenario *const again = scenario_of_text(
        HEAD "\"indicator\"" SALES ", \"indicator\": {\"dimension\": \"product\", \"id\": \"i\", \"weight\": 1, "
             "\"column\": \"T\", \"scale\": [0, 60]}}");
    assert_status(custval_scenario_explain(again, self.system, self.table, 0, 1, NULL, &out, &error),
                  CUSTVAL_ERROR_UNSUPPORTED, &error);
    assert_message(&error, "\"T\" is read before");
    custval_scenario_free(again);
    custval_scenario_free(indicator);
    custval_scenario_free(cut);
    custval_scenario_free(bogo);
    custval_system_free(neutral);
    custval_system_free(ratio);
    json_decref(document);
}

/* ---- Features and the meter ----------------------------------------------------------------------------------------- */

static custval_status features_of(const void *terms, custval_error *error) {
    custval_features_facts facts = CUSTVAL_FEATURES_FACTS_INIT;
    return custval_features(terms, 3.0, &facts, error);
}

static const custval_features_terms terms = {sizeof terms, 100.0, 0.2, 90.0, 4.0, 0.25, 0.7};

static custval_status features_into(void *out, custval_error *error) {
    return custval_features(&terms, 3.0, out, error);
}

static void features_refuse_terms_out_of_range(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_refused(features_of(NULL, &error));
    assert_reads_struct(features_of, &terms, sizeof terms);
    assert_writes_struct(features_into, sizeof(custval_features_facts));
    const double bad[] = {-1.0, (double)NAN, (double)INFINITY};
    for (size_t i = 0; i < SUPPORT_COUNT(bad); i++) {
        for (size_t k = 0; k < 6; k++) {
            custval_features_terms wrong = terms;
            double *const all[] = {&wrong.capability, &wrong.saturation, &wrong.usability,
                                   &wrong.burden,     &wrong.support,    &wrong.weight};
            if (k == 2 && i == 0) continue; /* any number will do */
            *all[k] = bad[i];
            assert_status(features_of(&wrong, &error), CUSTVAL_ERROR_RANGE, &error);
        }
        custval_features_facts facts = CUSTVAL_FEATURES_FACTS_INIT;
        assert_status(custval_features(&terms, bad[i], &facts, &error), CUSTVAL_ERROR_RANGE, &error);
    }
}

static custval_table *prices;

static custval_status meter_with(const void *options, custval_error *error) {
    custval_table *curves = NULL;
    const custval_status status = custval_price_meter(prices, options, NULL, &curves, error);
    custval_table_free(curves);
    return status;
}

static custval_status meter_into(void *out, custval_error *error) {
    return out == NULL ? custval_price_meter(NULL, NULL, NULL, NULL, error)
                       : custval_price_meter(prices, NULL, out, NULL, error);
}

static void the_meter_refuses_what_is_no_price(void **state) {
    static const double low[] = {1, 2}, high[] = {3, 4}, negative[] = {-1, 2}, endless[] = {1, (double)INFINITY};
    static const double none[] = {(double)NAN, (double)NAN};
    static const char *const names[] = {"too_cheap", "cheap", "expensive", "too_expensive"};
    const double *const columns[] = {low, low, high, high};
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    const custval_price_meter_options all = CUSTVAL_PRICE_METER_OPTIONS_INIT;
    custval_price_meter_options options = CUSTVAL_PRICE_METER_OPTIONS_INIT;
    assert_ok(custval_table_new(NULL, 2, &prices, NULL), NULL);
    for (size_t i = 0; i < 4; i++) assert_ok(custval_table_add_doubles(prices, names[i], columns[i], NULL), NULL);
    assert_ok(custval_table_add_doubles(prices, "negative", negative, NULL), NULL);
    assert_ok(custval_table_add_doubles(prices, "endless", endless, NULL), NULL);
    assert_ok(custval_table_add_doubles(prices, "none", none, NULL), NULL);
    assert_reads_struct(meter_with, &all, sizeof all);
    assert_writes_struct(meter_into, sizeof(custval_price_meter_facts));
    options.cheap = "cheep";
    assert_status(meter_with(&options, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    options.cheap = "negative";
    assert_status(meter_with(&options, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_message(&error, "row 0");
    options.cheap = "endless";
    assert_status(meter_with(&options, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
    options.cheap = "none";
    assert_status(meter_with(&options, &error), CUSTVAL_ERROR_STATE, &error);
    assert_message(&error, "2 miss a price");
    options.cheap = "too_expensive";
    options.too_expensive = "cheap";
    assert_status(meter_with(&options, &error), CUSTVAL_ERROR_STATE, &error);
    assert_message(&error, "2 are inconsistent");
    custval_table_free(prices);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parsing_and_writing_give_the_same_document),
        cmocka_unit_test(documents_that_contradict_themselves_are_refused),
        cmocka_unit_test(documents_of_another_shape_are_refused),
        cmocka_unit_test(documents_refuse_missing_arguments),
        cmocka_unit_test(too_many_effects_are_refused),
        cmocka_unit_test(a_scenario_shows_its_kind_and_columns),
        cmocka_unit_test(a_path_has_what_its_kind_has),
        cmocka_unit_test(running_refuses_what_is_missing),
        cmocka_unit_test(options_out_of_range_are_refused),
        cmocka_unit_test(nodes_and_columns_must_be_there),
        cmocka_unit_test(items_that_cannot_be_moved_are_refused),
        cmocka_unit_test(a_run_can_be_watched_and_cancelled),
        cmocka_unit_test(no_customers_give_no_numbers),
        cmocka_unit_test(explaining_refuses_what_is_not_there),
        cmocka_unit_test(what_cannot_be_added_up_is_not_explained),
        cmocka_unit_test(features_refuse_terms_out_of_range),
        cmocka_unit_test(the_meter_refuses_what_is_no_price),
    };
    return cmocka_run_group_tests_name("scenario", tests, set_up, tear_down);
}
