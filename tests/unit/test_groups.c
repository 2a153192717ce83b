/* Groups: documents, levels at their edges, missing numbers, descriptions; cohorts. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <custval/custval.h>

#include "csv_table.h"
#include "json_table.h"

#define HEAD "{\"custval\": \"groups\", \"version\": 1, "
#define MEASURE "\"measures\": [{\"id\": \"m\", \"cuts\": [1, 2]}], "

static custval_groups *groups_of(const char *text) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_groups *groups = NULL;
    assert_ok(custval_groups_parse(NULL, text, strlen(text), &groups, &error), &error);
    return groups;
}

/* The document of groups; free() it. */
static char *written(const custval_groups *groups) {
    size_t length, again;
    assert_ok(custval_groups_write(groups, NULL, 0, &length, NULL), NULL);
    char *const text = malloc(length + 1);
    assert_non_null(text);
    assert_ok(custval_groups_write(groups, text, length + 1, &again, NULL), NULL);
    assert_int_equal(again, length);
    assert_int_equal(strlen(text), length);
    return text;
}

static custval_table *table_of(const char *const *names, const double *const *columns, size_t count, size_t rows) {
    custval_table *table = NULL;
    assert_ok(custval_table_new(NULL, rows, &table, NULL), NULL);
    for (size_t i = 0; i < count; i++) assert_ok(custval_table_add_doubles(table, names[i], columns[i], NULL), NULL);
    return table;
}

static void assert_group(const custval_table *assigned, size_t row, const char *wanted) {
    const custval_text found = table_cell_text(assigned, "group", row);
    if (found.length != strlen(wanted) || memcmp(found.data, wanted, found.length) != 0) {
        fail_msg("row %zu: %.*s, not %s", row, (int)found.length, found.data, wanted);
    }
}

/* ---- Documents ------------------------------------------------------------------------------------------------------ */

static void a_refusal_names_the_place_and_the_reason(void **state) {
    (void)state;
    json_t *const refusals = support_vectors("documents/groups_refused.json");
    assert_true(json_array_size(refusals) > 60);
    for (size_t i = 0; i < json_array_size(refusals); i++) {
        const json_t *const refusal = json_array_get(refusals, i);
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_groups *groups = NULL;
        char *const text = json_dumps(json_object_get(refusal, "document"), JSON_ENCODE_ANY);
        const custval_status status = custval_groups_parse(NULL, text, strlen(text), &groups, &error);
        assert_null(groups);
        assert_string_equal(custval_status_name(status), json_string_value(json_object_get(refusal, "status")));
        assert_message(&error, json_string_value(json_object_get(refusal, "message")));
        free(text);
    }
    json_decref(refusals);
}

static void the_shipped_documents_are_written_as_they_say(void **state) {
    static const char *const paths[] = {"examples/groups/loyalty-profit.json", "examples/groups/bands.json",
                                        "examples/groups/rfm.json", "examples/groups/spend.json"};
    (void)state;
    for (size_t i = 0; i < SUPPORT_COUNT(paths); i++) {
        char *const text = support_read_file(paths[i], NULL);
        custval_groups *const groups = groups_of(text);
        char *const once = written(groups);
        custval_groups *const again = groups_of(once);
        char *const twice = written(again);
        json_t *const before = json_loads(text, 0, NULL), *const after = json_loads(once, 0, NULL);
        assert_string_equal(once, twice);
        assert_true(json_equal(before, after));
        json_decref(after);
        json_decref(before);
        free(twice);
        free(once);
        custval_groups_free(again);
        custval_groups_free(groups);
        free(text);
    }
}

static void the_guide_shows_documents_that_work(void **state) {
    static const char fence[] = "```json\n";
    char *const guide = support_read_file("docs/groups-document.md", NULL);
    size_t count = 0;
    (void)state;
    for (char *at = strstr(guide, fence); at != NULL; at = strstr(at, fence)) {
        char *const text = at + sizeof fence - 1, *const end = strstr(text, "```");
        assert_non_null(end);
        *end = 0;
        custval_groups_free(groups_of(text));
        at = end + 1;
        count++;
    }
    assert_int_equal(count, 2);
    free(guide);
}

static void texts_fall_back_on_english_and_the_id(void **state) {
    (void)state;
    custval_groups *const groups = groups_of(
        HEAD MEASURE "\"groups\": [{\"id\": \"a\", \"when\": {\"m\": 1}, \"label\": {\"zh\": \"\xe4\xb8\x80\", \"en\": "
                     "\"one\"}, \"advice\": \"do\"}, {\"id\": \"b\", \"label\": {\"ko\": \"k\"}}]}");
    assert_string_equal(custval_groups_text(groups, 0, CUSTVAL_GROUP_LABEL, "zh"), "\xe4\xb8\x80");
    assert_string_equal(custval_groups_text(groups, 0, CUSTVAL_GROUP_LABEL, NULL), "one");
    assert_string_equal(custval_groups_text(groups, 0, CUSTVAL_GROUP_LABEL, "fr"), "one");
    assert_string_equal(custval_groups_text(groups, 0, CUSTVAL_GROUP_ADVICE, "zh"), "do");
    assert_string_equal(custval_groups_text(groups, 1, CUSTVAL_GROUP_LABEL, "zh"), "k");
    assert_string_equal(custval_groups_text(groups, 1, CUSTVAL_GROUP_ADVICE, "ko"), "");
    assert_null(custval_groups_text(groups, 2, CUSTVAL_GROUP_LABEL, NULL));
    assert_null(custval_groups_text(groups, 0, 3, NULL));
    custval_groups_free(groups);
}

/* ---- Levels --------------------------------------------------------------------------------------------------------- */

static void a_number_on_a_cut_belongs_above_it(void **state) {
    const double numbers[] = {nextafter(1.0, 0.0),
                              1.0,
                              nextafter(1.0, 2.0),
                              nextafter(2.0, 0.0),
                              2.0,
                              nextafter(2.0, (double)INFINITY),
                              -0.0,
                              (double)-(double)INFINITY,
                              (double)INFINITY,
                              (double)NAN};
    static const double levels[] = {1, 2, 2, 2, 3, 3, 1, 1, 3, (double)NAN};
    const double *const columns[] = {numbers, numbers};
    static const char *const names[] = {"m", "t"};
    custval_table *const table = table_of(names, columns, 2, SUPPORT_COUNT(numbers)), *assigned = NULL;
    custval_groups *const groups =
        groups_of(HEAD "\"measures\": [{\"id\": \"m\", \"cuts\": [1, 2]}, {\"id\": \"t\", \"cuts\": [1, 2], "
                       "\"less_is_better\": true}], \"groups\": [{\"id\": \"a\"}]}");
    (void)state;
    assert_ok(custval_groups_assign(groups, table, NULL, &assigned, NULL), NULL);
    for (size_t row = 0; row < SUPPORT_COUNT(numbers); row++) {
        assert_double_bits(table_cell(assigned, "m", row), levels[row]);
        assert_double_bits(table_cell(assigned, "t", row), isnan(levels[row]) ? levels[row] : 4.0 - levels[row]);
        assert_group(assigned, row, "a"); /* it asks for nothing */
    }
    custval_table_free(assigned);
    custval_groups_free(groups);
    custval_table_free(table);
}

/* 1 2 3 4 10 without the missing one: type 7 quantiles 0.25, 0.5, 0.9 are 2, 3, 4 + 0.6 x 6 = 7.6. */
static void quantiles_become_the_cuts_of_a_base_period(void **state) {
    static const double base[] = {10, 3, (double)NAN, 1, 4, 2}, later[] = {7.5, 7.7, 3, 2.9, 1, 2};
    const double *const columns[] = {base}, *const later_columns[] = {later};
    static const char *const names[] = {"m"};
    custval_table *const table = table_of(names, columns, 1, 6), *const next = table_of(names, later_columns, 1, 6);
    custval_table *assigned = NULL;
    custval_groups *const groups = groups_of(
        HEAD "\"measures\": [{\"id\": \"m\", \"quantiles\": [0.25, 0.5, 0.9]}], \"groups\": [{\"id\": \"a\"}]}");
    custval_groups *fixed = NULL;
    static const double levels[] = {3, 4, 3, 2, 1, 2};
    (void)state;
    assert_ok(custval_groups_fix(groups, table, NULL, &fixed, NULL), NULL);
    custval_groups_free(groups); /* the fixed ones keep what they need */
    char *const text = written(fixed);
    json_t *const document = json_loads(text, 0, NULL);
    const json_t *const cuts = json_object_get(json_array_get(json_object_get(document, "measures"), 0), "cuts");
    assert_int_equal(json_array_size(cuts), 3);
    assert_double_bits(json_number_value(json_array_get(cuts, 0)), 2.0);
    assert_double_bits(json_number_value(json_array_get(cuts, 1)), 3.0);
    assert_double_near(json_number_value(json_array_get(cuts, 2)), 7.6, 1e-15);
    assert_ok(custval_groups_assign(fixed, next, NULL, &assigned, NULL), NULL);
    for (size_t row = 0; row < 6; row++) assert_double_bits(table_cell(assigned, "m", row), levels[row]);
    json_decref(document);
    free(text);
    custval_table_free(assigned);
    custval_groups_free(fixed);
    custval_table_free(next);
    custval_table_free(table);
}

static void equal_numbers_are_never_split(void **state) {
    static const double numbers[] = {0, 0, 0, 0, 5};
    const double *const columns[] = {numbers};
    static const char *const names[] = {"m"};
    custval_table *const table = table_of(names, columns, 1, 5), *assigned = NULL;
    custval_groups *const groups = groups_of(
        HEAD "\"measures\": [{\"id\": \"m\", \"quantiles\": [0.2, 0.4, 0.6, 0.8]}], \"groups\": [{\"id\": \"a\"}]}");
    (void)state;
    assert_ok(custval_groups_assign(groups, table, NULL, &assigned, NULL), NULL);
    /* Cuts 0, 0, 0 and 1: nobody is left for the levels between. */
    for (size_t row = 0; row < 5; row++) assert_double_bits(table_cell(assigned, "m", row), row < 4 ? 4.0 : 5.0);
    custval_table_free(assigned);
    custval_groups_free(groups);
    custval_table_free(table);
}

static int compare_numbers(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* So many that only those near a quantile are put in order: of one size or of many, with ties, of both signs. */
static void quantiles_of_many_are_those_of_all_sorted(void **state) {
    enum { ROWS = 70001, QUANTILES = 5 };
    static const double shares[QUANTILES] = {1e-9, 0.25, 0.5, 0.75, 0.999999};
    static const char *const names[] = {"m"};
    double *const numbers = malloc(2 * ROWS * sizeof *numbers), *const sorted = numbers + ROWS;
    const double *const columns[] = {numbers};
    custval_groups *const groups = groups_of(
        HEAD "\"measures\": [{\"id\": \"m\", \"quantiles\": [1e-9, 0.25, 0.5, 0.75, 0.999999]}], \"groups\": [{\"id\": "
             "\"a\"}]}");
    support_random random = random_seeded("quantiles_of_many_are_those_of_all_sorted");
    (void)state;
    for (int kind = 0; kind < 4; kind++) {
        size_t count = 0;
        for (size_t i = 0; i < ROWS; i++) {
            const double number = random_between(&random, -1, 1);
            numbers[i] = kind == 0   ? number
                         : kind == 1 ? (number < 0 ? -0.0 : 0.0)
                         : kind == 2 ? floor(8 * number)
                                     : number * pow(10, floor(600 * random_between(&random, -0.5, 0.5)));
            if (random_below(&random, 50) == 0) numbers[i] = (double)NAN;
            if (!(isnan(numbers[i]) != 0)) sorted[count++] = numbers[i];
        }
        qsort(sorted, count, sizeof *sorted, compare_numbers);
        custval_table *const table = table_of(names, columns, 1, ROWS);
        custval_groups *fixed = NULL;
        assert_ok(custval_groups_fix(groups, table, NULL, &fixed, NULL), NULL);
        char *const text = written(fixed);
        json_t *const document = json_loads(text, 0, NULL);
        const json_t *const cuts = json_object_get(json_array_get(json_object_get(document, "measures"), 0), "cuts");
        for (size_t q = 0; q < QUANTILES; q++) {
            const double position = (double)(count - 1) * shares[q];
            const double *const at = &sorted[(size_t)position];
            assert_double_near(json_number_value(json_array_get(cuts, q)),
                               at[0] + (position - floor(position)) * (at[1] - at[0]), 1e-15 * fabs(at[1]));
        }
        json_decref(document);
        free(text);
        custval_groups_free(fixed);
        custval_table_free(table);
    }
    custval_groups_free(groups);
    free(numbers);
}

static void quantiles_need_finite_numbers(void **state) {
    static const double none[] = {(double)NAN, (double)NAN}, endless[] = {1, (double)INFINITY};
    const double *const columns[] = {none}, *const others[] = {endless};
    static const char *const names[] = {"m"};
    custval_table *const empty = table_of(names, columns, 1, 2), *const infinite = table_of(names, others, 1, 2);
    custval_table *assigned = NULL;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_groups *const groups =
        groups_of(HEAD "\"measures\": [{\"id\": \"m\", \"quantiles\": [0.5]}], \"groups\": [{\"id\": \"a\"}]}");
    (void)state;
    assert_status(custval_groups_assign(groups, empty, NULL, &assigned, &error), CUSTVAL_ERROR_STATE, &error);
    assert_message(&error, "column \"m\" has no number");
    assert_status(custval_groups_assign(groups, infinite, NULL, &assigned, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
    assert_message(&error, "row 1: column \"m\" is inf");
    assert_int_equal(error.row, 1);
    custval_groups_free(groups);
    custval_table_free(infinite);
    custval_table_free(empty);
}

/* ---- Rows ----------------------------------------------------------------------------------------------------------- */

static void a_missing_number_matters_only_where_it_is_asked_for(void **state) {
    static const double p[] = {1, 1, (double)NAN, (double)NAN, 0, (double)NAN};
    static const double q[] = {1, (double)NAN, 1, 0, (double)NAN, (double)NAN};
    const double *const columns[] = {p, q};
    static const char *const names[] = {"p", "q"};
    static const char *const wanted[] = {"both", "", "", "rest", "rest", ""};
    static const double statuses[] = {CUSTVAL_GROUP_ROW_OK, CUSTVAL_GROUP_ROW_MISSING, CUSTVAL_GROUP_ROW_MISSING,
                                      CUSTVAL_GROUP_ROW_OK, CUSTVAL_GROUP_ROW_OK,      CUSTVAL_GROUP_ROW_MISSING};
    custval_table *const table = table_of(names, columns, 2, 6), *assigned = NULL;
    custval_groups *const groups = groups_of(
        HEAD "\"measures\": [{\"id\": \"p\", \"cuts\": [1]}, {\"id\": \"q\", \"cuts\": [1]}], \"groups\": [{\"id\": "
             "\"both\", \"when\": {\"p\": 2, \"q\": 2}}, {\"id\": \"rest\"}]}");
    (void)state;
    assert_ok(custval_groups_assign(groups, table, NULL, &assigned, NULL), NULL);
    for (size_t row = 0; row < 6; row++) {
        assert_group(assigned, row, wanted[row]);
        assert_double_bits(table_cell(assigned, "status", row), statuses[row]);
    }
    custval_table_free(assigned);
    custval_groups_free(groups);
    custval_table_free(table);
}

static void many_rows_are_placed_as_each_alone(void **state) {
    double numbers[1000], one;
    const double *const columns[] = {numbers}, *const alone[] = {&one};
    static const char *const names[] = {"m"};
    support_random random = random_seeded("many_rows_are_placed_as_each_alone");
    custval_groups *const groups =
        groups_of(HEAD MEASURE "\"groups\": [{\"id\": \"a\", \"when\": {\"m\": [1, 2]}}, {\"id\": \"b\"}]}");
    custval_table *assigned = NULL, *single = NULL;
    (void)state;
    for (size_t i = 0; i < 1000; i++) {
        numbers[i] = random_below(&random, 9) == 0 ? (double)NAN : random_between(&random, 0, 3);
    }
    custval_table *const table = table_of(names, columns, 1, 1000);
    assert_ok(custval_groups_assign(groups, table, NULL, &assigned, NULL), NULL);
    for (size_t i = 0; i < 1000; i++) {
        one = numbers[i];
        custval_table *const row = table_of(names, alone, 1, 1);
        assert_ok(custval_groups_assign(groups, row, NULL, &single, NULL), NULL);
        const custval_text text = table_cell_text(single, "group", 0);
        char copy[8] = {0};
        if (text.length > 0) memcpy(copy, text.data, text.length);
        assert_group(assigned, i, copy);
        custval_table_free(single);
        custval_table_free(row);
    }
    custval_table_free(assigned);
    custval_table_free(table);
    custval_groups_free(groups);
}

/* A document of three measures with `cuts` cuts each, at 1, 2, ..., the last one turned; groups by their levels. */
static custval_groups *cut_often(unsigned cuts) {
    char text[2000] = HEAD "\"measures\": [";
    for (unsigned m = 0; m < 3; m++) {
        size_t at = strlen(text);
        at += (size_t)snprintf(text + at, sizeof text - at, "%s{\"id\": \"%c\", \"less_is_better\": %s, \"cuts\": [",
                               m == 0 ? "" : ", ", 'p' + m, m == 2 ? "true" : "false");
        for (unsigned c = 1; c <= cuts; c++) {
            at += (size_t)snprintf(text + at, sizeof text - at, "%s%u", c == 1 ? "" : ", ", c);
        }
        snprintf(text + at, sizeof text - at, "]}");
    }
    const size_t at = strlen(text);
    snprintf(
        text + at, sizeof text - at,
        "], \"groups\": [{\"id\": \"a\", \"when\": {\"p\": [2, 3], \"q\": 2}}, {\"id\": \"b\", \"when\": {\"r\": %u}}, "
        "{\"id\": \"c\", \"when\": {\"p\": [1, 2], \"r\": [1, 2]}}]}",
        cuts + 1);
    return groups_of(text);
}

/* What a level may be: missing (0) leaves it open, which `to` 0 does not ask. */
static int takes(double level, double from, double to) {
    return level == 0 ? -1 : level >= from && level <= to;
}

static const char *group_by_hand(const double *levels, double highest) {
    const int a = takes(levels[0], 2, 3), also = takes(levels[1], 2, 2), b = takes(levels[2], highest, highest);
    const int c = takes(levels[0], 1, 2), too = takes(levels[2], 1, 2);
    if (a != 0 && also != 0) return a + also == 2 ? "a" : "";
    if (b != 0) return b > 0 ? "b" : "";
    return c != 0 && too != 0 && c + too == 2 ? "c" : "";
}

/* Few cuts and many, few combinations of levels and too many to be kept. */
static void levels_of_many_cuts_are_the_cuts_not_above(void **state) {
    enum { ROWS = 600 };
    static const char *const names[] = {"p", "q", "r"};
    static const unsigned cuts[] = {2, 3, 14, 16, 17, 40};
    double numbers[3][ROWS];
    const double *const columns[] = {numbers[0], numbers[1], numbers[2]};
    support_random random = random_seeded("levels_of_many_cuts_are_the_cuts_not_above");
    (void)state;
    for (size_t i = 0; i < SUPPORT_COUNT(cuts); i++) {
        custval_groups *const groups = cut_often(cuts[i]);
        custval_table *assigned = NULL;
        for (size_t k = 0; k < 3 * (size_t)ROWS; k++) {
            numbers[k / ROWS][k % ROWS] =
                random_below(&random, 8) == 0 ? (double)NAN : 0.5 * (double)random_below(&random, 2 * (cuts[i] + 2));
        }
        custval_table *const table = table_of(names, columns, 3, ROWS);
        assert_ok(custval_groups_assign(groups, table, NULL, &assigned, NULL), NULL);
        for (size_t row = 0; row < ROWS; row++) {
            double levels[3];
            for (size_t m = 0; m < 3; m++) {
                const double above = fmin(floor(numbers[m][row]), cuts[i]);
                levels[m] = isnan(numbers[m][row]) != 0 ? 0 : m == 2 ? cuts[i] + 1 - above : above + 1;
                const double found = table_cell(assigned, names[m], row);
                assert_double_bits(isnan(found) != 0 ? 0 : found, levels[m]);
            }
            assert_group(assigned, row, group_by_hand(levels, cuts[i] + 1));
        }
        custval_table_free(assigned);
        custval_table_free(table);
        custval_groups_free(groups);
    }
}

/* Two high with values 10 and 30 (mean 20), one low, one in none; gain 0.1 allows 2; spend 0.5 returns 3. */
static void a_description_says_what_may_be_spent(void **state) {
    static const double m[] = {2, 3, 0, (double)NAN}, value[] = {10, 30, (double)NAN, 7};
    const double *const columns[] = {m, value};
    static const char *const names[] = {"m", "value"};
    custval_table *const table = table_of(names, columns, 2, 4), *found = NULL;
    custval_groups_options options = CUSTVAL_GROUPS_OPTIONS_INIT;
    custval_groups *const groups =
        groups_of(HEAD MEASURE "\"groups\": [{\"id\": \"high\", \"when\": {\"m\": 3}, \"gain\": 0.1, \"spend\": 0.5}, "
                               "{\"id\": \"low\", \"when\": {\"m\": [1, 2]}, \"spend\": 0}]}");
    (void)state;
    options.value = "value";
    assert_ok(custval_groups_describe(groups, table, &options, &found, NULL), NULL);
    assert_int_equal(custval_table_rows(found), 4);
    assert_group(found, 0, "high");
    assert_group(found, 2, ""); /* in none */
    assert_group(found, 3, "all");
    const double wanted[4][8] = {{2, 0.5, 5, 2.5, 40, 20, 2, 3},
                                 {1, 0.25, 0, 0, 0, (double)NAN, (double)NAN, (double)NAN},
                                 {1, 0.25, 0, (double)NAN, 7, 7, (double)NAN, (double)NAN},
                                 {4, 1, 5, 5.0 / 3.0, 47, 47.0 / 3.0, (double)NAN, (double)NAN}};
    static const char *const columns_found[] = {"customers", "share",      "m_sum",     "m_mean",
                                                "value_sum", "value_mean", "allowable", "return"};
    for (size_t row = 0; row < 4; row++) {
        for (size_t i = 0; i < 8; i++) {
            assert_double_near(table_cell(found, columns_found[i], row), wanted[row][i], 1e-15);
        }
    }
    custval_table_free(found);
    custval_groups_free(groups);
    custval_table_free(table);
}

/* ---- Cohorts -------------------------------------------------------------------------------------------------------- */

static custval_history *history_of(const char *const (*rows)[2], size_t count) {
    custval_history_options options = CUSTVAL_HISTORY_OPTIONS_INIT;
    custval_history *history = NULL;
    custval_table *table = NULL;
    custval_text customers[32], dates[32];
    custval_error error = CUSTVAL_ERROR_INIT;
    options.period = CUSTVAL_PERIOD_MONTH;
    options.amount = "";
    for (size_t i = 0; i < count; i++) {
        customers[i] = (custval_text){rows[i][0], strlen(rows[i][0])};
        dates[i] = (custval_text){rows[i][1], strlen(rows[i][1])};
    }
    assert_ok(custval_table_new(NULL, count, &table, NULL), NULL);
    assert_ok(custval_table_add_texts(table, "customer", customers, NULL), NULL);
    assert_ok(custval_table_add_texts(table, "date", dates, NULL), NULL);
    assert_ok(custval_history_new(NULL, &options, &history, &error), &error);
    assert_ok(custval_history_add(history, table, &error), &error);
    custval_table_free(table);
    return history;
}

/* January: a, b, c. a buys again in February and March, b in March; d comes in March. */
static void cohorts_are_followed_by_age(void **state) {
    static const char *const rows[][2] = {{"a", "2026-01-05"}, {"b", "2026-01-06"}, {"c", "2026-01-31"},
                                          {"a", "2026-01-20"}, {"a", "2026-02-01"}, {"d", "2026-03-01"},
                                          {"b", "2026-03-03"}, {"a", "2026-03-09"}};
    static const double wanted[4][6] = {{0, 3, 3, 1, 0, (double)NAN},
                                        {1, 3, 1, 1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0},
                                        {2, 3, 2, 2.0 / 3.0, 2.0 / 3.0, 1},
                                        {0, 1, 1, 1, 0, (double)NAN}};
    static const char *const columns[] = {"age", "customers", "active", "retention", "repeat", "kept"};
    custval_cohort_options options = CUSTVAL_COHORT_OPTIONS_INIT;
    custval_history *const history = history_of(rows, SUPPORT_COUNT(rows));
    custval_table *cohorts = NULL;
    custval_error error = CUSTVAL_ERROR_INIT;
    (void)state;
    assert_ok(custval_cohorts(history, NULL, &cohorts, &error), &error);
    assert_int_equal(custval_table_rows(cohorts), 4);
    for (size_t row = 0; row < 4; row++) {
        for (size_t i = 0; i < 6; i++) assert_double_near(table_cell(cohorts, columns[i], row), wanted[row][i], 0.0);
    }
    assert_memory_equal(table_cell_text(cohorts, "cohort", 3).data, "2026-03", 7);
    custval_table_free(cohorts);
    /* Stretches of two months: the second one is not whole, so one cohort at age 0. */
    options.length = 2;
    assert_ok(custval_cohorts(history, &options, &cohorts, &error), &error);
    assert_int_equal(custval_table_rows(cohorts), 1);
    assert_double_bits(table_cell(cohorts, "active", 0), 3.0);
    custval_table_free(cohorts);
    options.length = 4;
    assert_ok(custval_cohorts(history, &options, &cohorts, &error), &error);
    assert_int_equal(custval_table_rows(cohorts), 0);
    custval_table_free(cohorts);
    options.length = 1;
    options.end = "2026-02";
    assert_ok(custval_cohorts(history, &options, &cohorts, &error), &error);
    assert_int_equal(custval_table_rows(cohorts), 2);
    custval_table_free(cohorts);
    assert_ok(custval_history_fold(history, "2026-01-31", &error), &error);
    assert_status(custval_cohorts(history, NULL, &cohorts, &error), CUSTVAL_ERROR_STATE, &error);
    assert_message(&error, "the history is folded");
    custval_history_free(history);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_refusal_names_the_place_and_the_reason),
        cmocka_unit_test(the_shipped_documents_are_written_as_they_say),
        cmocka_unit_test(the_guide_shows_documents_that_work),
        cmocka_unit_test(texts_fall_back_on_english_and_the_id),
        cmocka_unit_test(a_number_on_a_cut_belongs_above_it),
        cmocka_unit_test(quantiles_become_the_cuts_of_a_base_period),
        cmocka_unit_test(equal_numbers_are_never_split),
        cmocka_unit_test(quantiles_of_many_are_those_of_all_sorted),
        cmocka_unit_test(quantiles_need_finite_numbers),
        cmocka_unit_test(a_missing_number_matters_only_where_it_is_asked_for),
        cmocka_unit_test(many_rows_are_placed_as_each_alone),
        cmocka_unit_test(levels_of_many_cuts_are_the_cuts_not_above),
        cmocka_unit_test(a_description_says_what_may_be_spent),
        cmocka_unit_test(cohorts_are_followed_by_age),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
