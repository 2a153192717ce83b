/* The interface: knowledge bases of programmes, matching, outcomes, the next need. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "api.h"

#include <math.h>

#include <custval/programmes.h>

#include "json_table.h"

#define ROWS 4

static const char document[] =
    "{\"custval\": \"programmes\", \"version\": 1, \"segment\": \"home\", \"contacted\": \"letters\", \"traits\": "
    "[{\"id\": \"age\", \"type\": \"number\", \"range\": [20, 100]}, {\"id\": \"home\", \"type\": \"category\", "
    "\"values\": [\"flat\", \"farm\"]}, {\"id\": \"letters\", \"type\": \"number\"}, {\"id\": \"old\", \"type\": "
    "\"flag\"}], \"programmes\": [{\"id\": \"delivery\", \"label\": {\"en\": \"Home delivery\", \"zh\": "
    "\"\xe9\x80\x81\xe8\xb4\xa7\"}, \"cost\": 4, \"effect\": {\"value\": 12}, \"contact_limit\": 3, \"group\": \"g\", "
    "\"when\": {\"trait\": \"age\", \">=\": 70}, \"unless\": {\"trait\": \"old\", \"=\": true}}, {\"id\": \"club\", "
    "\"cost\": 1, \"effect\": {\"value\": 3}, \"group\": \"g\"}], \"cases\": [{\"id\": \"Kim\", \"programme\": "
    "\"delivery\", \"succeeded\": true, \"traits\": {\"age\": 60, \"home\": \"farm\"}}]}";

static const double age[ROWS] = {71, 60, 20, (double)NAN}, letters[ROWS] = {0, 2, 0, 0}, old[ROWS] = {0, 0, 0, 0};
static const custval_text home[ROWS] = {{"flat", 4}, {"farm", 4}, {"flat", 4}, {NULL, 0}};

typedef struct fixture {
    custval_programmes *base;
    custval_table *customers, *jars;
} fixture;

static fixture self;

static int set_up(void **state) {
    static const double stock[] = {10, 4, 1}, room[] = {20, 20, 20}, users[] = {2, 1, 0}, rate[] = {0.5, 1, 1},
                        since[] = {1, 6, 0};
    (void)state;
    assert_ok(custval_programmes_parse(NULL, document, sizeof document - 1, &self.base, NULL), NULL);
    assert_ok(custval_table_new(NULL, ROWS, &self.customers, NULL), NULL);
    assert_ok(custval_table_add_doubles(self.customers, "age", age, NULL), NULL);
    assert_ok(custval_table_add_texts(self.customers, "home", home, NULL), NULL);
    assert_ok(custval_table_add_doubles(self.customers, "letters", letters, NULL), NULL);
    assert_ok(custval_table_add_doubles(self.customers, "old", old, NULL), NULL);
    assert_ok(custval_table_new(NULL, 3, &self.jars, NULL), NULL);
    assert_ok(custval_table_add_doubles(self.jars, "stock", stock, NULL), NULL);
    assert_ok(custval_table_add_doubles(self.jars, "room", room, NULL), NULL);
    assert_ok(custval_table_add_doubles(self.jars, "users", users, NULL), NULL);
    assert_ok(custval_table_add_doubles(self.jars, "rate", rate, NULL), NULL);
    assert_ok(custval_table_add_doubles(self.jars, "since", since, NULL), NULL);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    custval_table_free(self.jars);
    custval_table_free(self.customers);
    custval_programmes_free(self.base);
    return 0;
}

static custval_table *taken_of(const custval_programmes_options *options) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    assert_ok(custval_programmes_match(self.base, self.customers, options, &out, &error), &error);
    return out;
}

static void assert_cell(const custval_table *table, const char *column, size_t row, const char *expected) {
    const custval_text text = table_cell_text(table, column, row);
    assert_int_equal(text.length, strlen(expected));
    if (text.length > 0) assert_memory_equal(text.data, expected, text.length);
}

/* ---- Documents ------------------------------------------------------------------------------------------------------ */

static void documents_are_read_and_written(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_programmes *base = self.base;
    char text[2048], small[8] = "xxxxxxx";
    size_t length = 7;
    assert_refused(custval_programmes_parse(NULL, document, sizeof document - 1, NULL, &error));
    assert_refused(custval_programmes_parse(NULL, NULL, 3, &base, &error));
    assert_null(base);
    assert_status(custval_programmes_parse(NULL, "{", 1, &base, &error), CUSTVAL_ERROR_DOCUMENT, &error);
    assert_status(custval_programmes_parse(NULL, document, (size_t)CUSTVAL_MAX_DOCUMENT_SIZE + 1, &base, &error),
                  CUSTVAL_ERROR_LIMIT, &error);
    assert_refused(custval_programmes_write(self.base, small, sizeof small, NULL, &error));
    assert_refused(custval_programmes_write(self.base, NULL, 1, &length, &error));
    assert_refused(custval_programmes_write(NULL, small, sizeof small, &length, &error));
    assert_int_equal(length, 0);
    assert_ok(custval_programmes_write(self.base, text, sizeof text, &length, &error), &error);
    assert_true(length < sizeof text);
    assert_ok(custval_programmes_write(self.base, small, sizeof small, &length, &error), &error);
    assert_memory_equal(small, text, sizeof small - 1);
    assert_int_equal(small[7], 0);
}

static void a_base_can_be_looked_into(void **state) {
    (void)state;
    assert_int_equal(custval_programmes_count(self.base), 2);
    assert_int_equal(custval_programmes_count(NULL), 0);
    assert_int_equal(custval_programmes_columns(self.base), 4);
    assert_int_equal(custval_programmes_columns(NULL), 0);
    assert_string_equal(custval_programmes_column(self.base, 1), "home");
    assert_null(custval_programmes_column(self.base, 4));
    assert_null(custval_programmes_column(NULL, 0));
    assert_int_equal(custval_programmes_column_type(self.base, 0), CUSTVAL_TRAIT_NUMBER);
    assert_int_equal(custval_programmes_column_type(self.base, 1), CUSTVAL_TRAIT_CATEGORY);
    assert_int_equal(custval_programmes_column_type(self.base, 3), CUSTVAL_TRAIT_FLAG);
    assert_int_equal(custval_programmes_column_type(self.base, 4), 0);
    assert_int_equal(custval_programmes_column_type(NULL, 0), 0);
    assert_string_equal(custval_programmes_segment(self.base), "home");
    assert_null(custval_programmes_segment(NULL));
    assert_null(custval_programmes_ref(NULL));
    custval_programmes_free(NULL);
    custval_programmes *const owned = custval_programmes_ref(self.base);
    assert_ptr_equal(owned, self.base);
    custval_programmes_free(owned);
    assert_int_equal(custval_programmes_count(self.base), 2);
}

static void programmes_are_listed_in_a_language(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_programmes_options options = CUSTVAL_PROGRAMMES_OPTIONS_INIT;
    custval_table *list = self.customers;
    assert_refused(custval_programmes_list(self.base, NULL, NULL, &error));
    assert_refused(custval_programmes_list(NULL, NULL, &list, &error));
    assert_null(list);
    options.language = "zh";
    assert_ok(custval_programmes_list(self.base, &options, &list, &error), &error);
    assert_cell(list, "label", 0, "\xe9\x80\x81\xe8\xb4\xa7");
    assert_cell(list, "label", 1, "");
    assert_true(table_cell(list, "net", 0) == 2.0 && table_cell(list, "rate", 1) == 0.5);
    custval_table_free(list);
    options.language = "fr";
    assert_ok(custval_programmes_list(self.base, &options, &list, &error), &error);
    assert_cell(list, "label", 0, "Home delivery");
    custval_table_free(list);
}

/* ---- Matching ------------------------------------------------------------------------------------------------------- */

/* By rule; by a case; the other of the group; nobody knows. */
static void a_plan_takes_the_best_of_a_group(void **state) {
    (void)state;
    custval_table *plan = taken_of(NULL);
    assert_int_equal(custval_table_rows(plan), 4);
    assert_cell(plan, "programme", 0, "delivery");
    assert_true(table_cell(plan, "by", 0) == CUSTVAL_PROPOSER_RULE && isnan(table_cell(plan, "similarity", 0)));
    assert_cell(plan, "programme", 1, "delivery");
    assert_cell(plan, "case", 1, "Kim");
    assert_true(table_cell(plan, "by", 1) == CUSTVAL_PROPOSER_CASE && table_cell(plan, "similarity", 1) == 1.0);
    assert_cell(plan, "programme", 2, "club");
    assert_cell(plan, "programme", 3, "club");
    assert_true(table_cell(plan, "net", 3) == 0.5 && table_cell(plan, "row", 3) == 3.0);
    custval_table_free(plan);
}

static void options_narrow_a_plan(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_programmes_options options = CUSTVAL_PROGRAMMES_OPTIONS_INIT;
    custval_table *plan = NULL;
    options.top = 0;
    plan = taken_of(&options);
    assert_int_equal(custval_table_rows(plan), 0);
    custval_table_free(plan);
    options.top = 3;
    options.least_net = 1.0;
    plan = taken_of(&options);
    assert_int_equal(custval_table_rows(plan), 2);
    custval_table_free(plan);
    options.least_net = 0.0;
    options.budget = 5.0; /* 2 / 4 and 0.5 / 1 are equal: the first row, then a cheap one */
    plan = taken_of(&options);
    assert_int_equal(custval_table_rows(plan), 2);
    assert_cell(plan, "programme", 1, "club");
    custval_table_free(plan);
    options.budget = -1.0;
    assert_status(custval_programmes_match(self.base, self.customers, &options, &plan, &error), CUSTVAL_ERROR_RANGE,
                  &error);
    assert_null(plan);
    options.budget = 0.0;
    options.least_net = (double)NAN;
    assert_status(custval_programmes_match(self.base, self.customers, &options, &plan, &error), CUSTVAL_ERROR_RANGE,
                  &error);
    options.least_net = 0.0;
    options.reasons = 2;
    assert_status(custval_programmes_match(self.base, self.customers, &options, &plan, &error), CUSTVAL_ERROR_RANGE,
                  &error);
    options.reasons = 1;
    plan = taken_of(&options);
    assert_cell(plan, "reason", 0, "age 71 >= 70");
    assert_cell(plan, "reason", 1, "like Kim (1)");
    assert_cell(plan, "reason", 2, "for everybody");
    custval_table_free(plan);
}

static void matching_needs_its_columns(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *plan = self.customers, *other = NULL;
    assert_refused(custval_programmes_match(self.base, self.customers, NULL, NULL, &error));
    assert_refused(custval_programmes_match(NULL, self.customers, NULL, &plan, &error));
    assert_null(plan);
    assert_refused(custval_programmes_match(self.base, NULL, NULL, &plan, &error));
    assert_status(custval_programmes_match(self.base, self.jars, NULL, &plan, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    assert_message(&error, "\"age\"");
    assert_ok(custval_table_new(NULL, ROWS, &other, NULL), NULL);
    assert_ok(custval_table_add_texts(other, "age", home, NULL), NULL);
    assert_status(custval_programmes_match(self.base, other, NULL, &plan, &error), CUSTVAL_ERROR_TYPE, &error);
    custval_table_free(other);
}

static custval_status match_with(const void *given, custval_error *error) {
    custval_table *out = NULL;
    const custval_status status = custval_programmes_match(self.base, self.customers, given, &out, error);
    custval_table_free(out);
    return status;
}

static void options_may_be_of_another_version(void **state) {
    (void)state;
    const custval_programmes_options options = CUSTVAL_PROGRAMMES_OPTIONS_INIT;
    assert_reads_struct(match_with, &options, sizeof options);
}

static int stop(void *data, uint64_t done, uint64_t total) {
    (void)data;
    (void)done;
    (void)total;
    return 1;
}

static void matching_can_be_cancelled(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_host host = CUSTVAL_HOST_INIT;
    custval_programmes_options options = CUSTVAL_PROGRAMMES_OPTIONS_INIT;
    custval_table *plan = self.customers;
    host.progress = stop;
    options.host = &host;
    assert_status(custval_programmes_match(self.base, self.customers, &options, &plan, &error), CUSTVAL_ERROR_CANCELLED,
                  &error);
    assert_null(plan);
}

/* ---- Explaining ----------------------------------------------------------------------------------------------------- */

static void explaining_names_what_is_missing(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *why = self.customers;
    assert_refused(custval_programmes_explain(self.base, self.customers, 0, NULL, NULL, &error));
    assert_refused(custval_programmes_explain(NULL, self.customers, 0, NULL, &why, &error));
    assert_null(why);
    assert_refused(custval_programmes_explain(self.base, NULL, 0, NULL, &why, &error));
    assert_refused(custval_programmes_explain(self.base, self.customers, ROWS, NULL, &why, &error));
    assert_int_equal(error.row, ROWS);
    assert_ok(custval_programmes_explain(self.base, self.customers, 3, NULL, &why, &error), &error);
    assert_cell(why, "programme", 0, "club");
    assert_true(table_cell(why, "status", 0) == CUSTVAL_PROGRAMME_TAKEN && table_cell(why, "rank", 0) == 1.0);
    assert_cell(why, "programme", 1, "delivery");
    assert_true(table_cell(why, "status", 1) == CUSTVAL_PROGRAMME_UNTOLD && isnan(table_cell(why, "rank", 1)));
    assert_cell(why, "missing", 1, "age");
    custval_table_free(why);
    assert_ok(custval_programmes_explain(self.base, self.customers, 2, NULL, &why, &error), &error);
    assert_true(table_cell(why, "status", 1) == CUSTVAL_PROGRAMME_OTHERS);
    assert_cell(why, "reason", 1, "age 20 not >= 70");
    assert_cell(why, "label", 1, "Home delivery");
    custval_table_free(why);
}

/* 1 - 11 / 80 and 0 with equal weights. */
static void cases_are_compared_by_trait(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *near = self.customers;
    assert_refused(custval_programmes_nearest(self.base, self.customers, 0, NULL, NULL, &error));
    assert_refused(custval_programmes_nearest(NULL, self.customers, 0, NULL, &near, &error));
    assert_null(near);
    assert_refused(custval_programmes_nearest(self.base, NULL, 0, NULL, &near, &error));
    assert_refused(custval_programmes_nearest(self.base, self.customers, ROWS, NULL, &near, &error));
    assert_ok(custval_programmes_nearest(self.base, self.customers, 0, NULL, &near, &error), &error);
    assert_int_equal(custval_table_rows(near), 2);
    assert_true(table_cell(near, "part", 0) == 0.8625 && table_cell(near, "part", 1) == 0.0);
    assert_true(table_cell(near, "similarity", 0) == 0.43125 && table_cell(near, "known", 1) == 1.0);
    assert_cell(near, "trait", 1, "home");
    custval_table_free(near);
    assert_ok(custval_programmes_nearest(self.base, self.customers, 3, NULL, &near, &error), &error);
    assert_true(isnan(table_cell(near, "similarity", 0)) && table_cell(near, "known", 0) == 0.0);
    custval_table_free(near);
}

static void a_base_can_be_checked(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *remarks = self.customers;
    assert_refused(custval_programmes_check(self.base, NULL, NULL, NULL, &error));
    assert_refused(custval_programmes_check(NULL, NULL, NULL, &remarks, &error));
    assert_null(remarks);
    assert_ok(custval_programmes_check(self.base, NULL, NULL, &remarks, &error), &error);
    assert_int_equal(custval_table_rows(remarks), 0);
    custval_table_free(remarks);
    assert_ok(custval_programmes_check(self.base, self.customers, NULL, &remarks, &error), &error);
    assert_int_equal(custval_table_rows(remarks), 2);
    assert_cell(remarks, "place", 1, "home");
    custval_table_free(remarks);
}

/* ---- Outcomes ------------------------------------------------------------------------------------------------------- */

static custval_table *outcomes_of(const char *id, double success, const char *segment) {
    static double successes[1];
    const custval_text ids[1] = {{id, id == NULL ? 0 : strlen(id)}};
    const custval_text segments[1] = {{segment, segment == NULL ? 0 : strlen(segment)}};
    custval_table *table = NULL;
    successes[0] = success;
    assert_ok(custval_table_new(NULL, 1, &table, NULL), NULL);
    assert_ok(custval_table_add_texts(table, "programme", ids, NULL), NULL);
    assert_ok(custval_table_add_doubles(table, "success", successes, NULL), NULL);
    assert_ok(custval_table_add_texts(table, "home", segments, NULL), NULL);
    return table;
}

static void what_worked_ranks_higher(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_programmes *wiser = self.base;
    custval_table *outcomes = outcomes_of("club", 1, "farm"), *list = NULL;
    assert_refused(custval_programmes_update(self.base, outcomes, NULL, NULL, &error));
    assert_refused(custval_programmes_update(NULL, outcomes, NULL, &wiser, &error));
    assert_null(wiser);
    assert_refused(custval_programmes_update(self.base, NULL, NULL, &wiser, &error));
    assert_status(custval_programmes_update(self.base, self.customers, NULL, &wiser, &error), CUSTVAL_ERROR_NOT_FOUND,
                  &error);
    assert_ok(custval_programmes_update(self.base, outcomes, NULL, &wiser, &error), &error);
    assert_ok(custval_programmes_list(wiser, NULL, &list, &error), &error);
    assert_int_equal(custval_table_rows(list), 3);
    assert_cell(list, "segment", 2, "farm");
    assert_double_near(table_cell(list, "rate", 2), 2.0 / 3.0, 1e-15);
    custval_table_free(list);
    custval_programmes_free(wiser);
    custval_table_free(outcomes);
}

static void outcomes_that_cannot_be_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *id, *segment, *message;
        double success;
        custval_status status;
    } wrong[] = {
        {"clubb", "farm", "row 0: column \"programme\": there is no programme \"clubb\"; did you mean \"club\"?", 1,
         CUSTVAL_ERROR_NOT_FOUND},
        {"club", "house", "row 0: column \"home\": \"house\" is no value", 1, CUSTVAL_ERROR_NOT_FOUND},
        {"club", "farm", "row 0: column \"success\" is 0.5", 0.5, CUSTVAL_ERROR_RANGE},
    };
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_programmes *wiser = self.base;
    for (size_t i = 0; i < SUPPORT_COUNT(wrong); i++) {
        custval_table *outcomes = outcomes_of(wrong[i].id, wrong[i].success, wrong[i].segment);
        assert_status(custval_programmes_update(self.base, outcomes, NULL, &wiser, &error), wrong[i].status, &error);
        assert_message(&error, wrong[i].message);
        assert_null(wiser);
        custval_table_free(outcomes);
    }
    custval_table *missing = outcomes_of(NULL, 7, NULL), *list = NULL;
    assert_ok(custval_programmes_update(self.base, missing, NULL, &wiser, &error), &error);
    assert_ok(custval_programmes_list(wiser, NULL, &list, &error), &error);
    assert_true(table_cell(list, "tried", 0) == 0.0 && table_cell(list, "tried", 1) == 0.0);
    custval_table_free(list);
    custval_table_free(missing);
    custval_programmes_free(wiser);
}

/* ---- The next need -------------------------------------------------------------------------------------------------- */

static const char *const counts[] = {"users"};
static const char *const rates[] = {"rate"};

static custval_need_options need_options(void) {
    custval_need_options options = CUSTVAL_NEED_OPTIONS_INIT;
    options.stock = "stock";
    options.capacity = "room";
    options.since = "since";
    options.counts = counts;
    options.rates = rates;
    options.kinds = 1;
    return options;
}

static void who_needs_more_comes_first(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_need_options options = need_options();
    custval_table *due = NULL;
    options.as_of = "2024-02-28";
    assert_ok(custval_next_need(self.jars, &options, &due, &error), &error);
    assert_int_equal(custval_table_rows(due), 3);
    assert_true(table_cell(due, "row", 0) == 1.0 && table_cell(due, "days", 0) == -2.0);
    assert_true(table_cell(due, "quantity", 0) == 20.0 && table_cell(due, "remaining", 0) == 0.0);
    assert_cell(due, "date", 0, "2024-02-26");
    assert_true(table_cell(due, "row", 1) == 0.0 && table_cell(due, "days", 1) == 9.0);
    assert_cell(due, "date", 1, "2024-03-08");
    assert_true(table_cell(due, "status", 2) == CUSTVAL_NEED_ROW_NEVER && isnan(table_cell(due, "days", 2)));
    assert_cell(due, "date", 2, "");
    custval_table_free(due);
    options.within = 5;
    assert_ok(custval_next_need(self.jars, &options, &due, &error), &error);
    assert_int_equal(custval_table_rows(due), 1);
    custval_table_free(due);
}

static custval_status need_with(const void *given, custval_error *error) {
    custval_table *out = NULL;
    const custval_status status = custval_next_need(self.jars, given, &out, error);
    custval_table_free(out);
    return status;
}

static void a_need_comes_one_way_or_the_other(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_need_options options = need_options();
    custval_table *due = self.jars;
    assert_reads_struct(need_with, &options, sizeof options);
    assert_refused(custval_next_need(self.jars, &options, NULL, &error));
    assert_refused(custval_next_need(NULL, &options, &due, &error));
    assert_null(due);
    assert_refused(custval_next_need(self.jars, NULL, &due, &error));
    options.interval = "since";
    assert_refused(need_with(&options, &error));
    options.kinds = 0;
    options.since = NULL;
    assert_refused(need_with(&options, &error));
    options.since = "since";
    assert_ok(need_with(&options, &error), &error);
    options = need_options();
    options.stock = NULL;
    assert_refused(need_with(&options, &error));
    options = need_options();
    options.rates = NULL;
    assert_refused(need_with(&options, &error));
    options = need_options();
    options.as_of = "2024-02-30";
    assert_refused(need_with(&options, &error));
    options = need_options();
    options.kinds = 257;
    assert_refused(need_with(&options, &error));
    options = need_options();
    options.lead = -1;
    assert_status(need_with(&options, &error), CUSTVAL_ERROR_RANGE, &error);
    options.lead = 0;
    options.within = (double)NAN;
    assert_status(need_with(&options, &error), CUSTVAL_ERROR_RANGE, &error);
    options = need_options();
    options.stock = "stok";
    assert_status(need_with(&options, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
}

static void intervals_are_smoothed(void **state) {
    (void)state;
    static const double intervals[] = {10, 20, 40}, wrong[] = {10, -1}, infinite[] = {10, (double)INFINITY};
    custval_error error = CUSTVAL_ERROR_INIT;
    double out = 7;
    assert_refused(custval_smoothed_interval(intervals, 3, 0.5, NULL, &error));
    assert_refused(custval_smoothed_interval(NULL, 3, 0.5, &out, &error));
    assert_true(isnan(out));
    assert_refused(custval_smoothed_interval(intervals, 0, 0.5, &out, &error));
    assert_status(custval_smoothed_interval(intervals, 3, 0.0, &out, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_status(custval_smoothed_interval(intervals, 3, 1.5, &out, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_status(custval_smoothed_interval(wrong, 2, 0.5, &out, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_status(custval_smoothed_interval(infinite, 2, 0.5, &out, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
    assert_ok(custval_smoothed_interval(intervals, 3, 0.5, &out, &error), &error);
    assert_true(out == 27.5);
    assert_ok(custval_smoothed_interval(intervals, 3, 1.0, &out, &error), &error);
    assert_true(out == 40.0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documents_are_read_and_written),
        cmocka_unit_test(a_base_can_be_looked_into),
        cmocka_unit_test(programmes_are_listed_in_a_language),
        cmocka_unit_test(a_plan_takes_the_best_of_a_group),
        cmocka_unit_test(options_narrow_a_plan),
        cmocka_unit_test(matching_needs_its_columns),
        cmocka_unit_test(options_may_be_of_another_version),
        cmocka_unit_test(matching_can_be_cancelled),
        cmocka_unit_test(explaining_names_what_is_missing),
        cmocka_unit_test(cases_are_compared_by_trait),
        cmocka_unit_test(a_base_can_be_checked),
        cmocka_unit_test(what_worked_ranks_higher),
        cmocka_unit_test(outcomes_that_cannot_be_are_refused),
        cmocka_unit_test(who_needs_more_comes_first),
        cmocka_unit_test(a_need_comes_one_way_or_the_other),
        cmocka_unit_test(intervals_are_smoothed),
    };
    return cmocka_run_group_tests_name("programmes", tests, set_up, tear_down);
}
