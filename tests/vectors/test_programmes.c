/* programmes.json: plans, explanations, learnt rates and due lists, through the public interface only. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <custval/programmes.h>
#include <custval/words.h>

#include "cases.h"
#include "json_table.h"

#define MOST 16 /* kinds of users */

static const json_t *of(const json_t *object, const char *key) {
    return json_object_get(object, key);
}

static void assert_known(double actual, const json_t *expected, const json_t *test) {
    const double wanted = json_is_null(expected) ? (double)NAN : support_number(expected);
    assert_double_near(actual, wanted, json_number_value(of(test, "tolerance")) * fmax(1.0, fabs(wanted)));
}

static void assert_text(custval_text actual, const json_t *expected) {
    const char *const wanted = json_is_null(expected) ? "" : json_string_value(expected);
    assert_int_equal(actual.length, strlen(wanted));
    if (actual.length > 0) assert_memory_equal(actual.data, wanted, actual.length);
}

static custval_programmes *base_of(const json_t *test) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_programmes *base = NULL;
    char *text = json_dumps(of(test, "document"), JSON_REAL_PRECISION(17));
    assert_ok(custval_programmes_parse(NULL, text, strlen(text), &base, &error), &error);
    free(text);
    return base;
}

static custval_table *table_of(const json_t *test) {
    json_t *types = json_pack("{s:s}", "region", "utf8");
    custval_table *table = json_table(of(test, "columns"), of(test, "rows"), types);
    json_decref(types);
    return table;
}

static custval_programmes_options options_of(const json_t *test) {
    custval_programmes_options options = CUSTVAL_PROGRAMMES_OPTIONS_INIT;
    const json_t *given = of(test, "options");
    options.top = (uint32_t)json_integer_value(of(given, "top"));
    options.least_net = support_number(of(given, "least_net"));
    if (of(given, "budget") != NULL) options.budget = support_number(of(given, "budget"));
    return options;
}

static void match(const json_t *test) {
    static const char *const numbers[] = {"rate", "expected_effect", "score", "cost", "net", "similarity"};
    custval_programmes *base = base_of(test);
    custval_table *customers = table_of(test), *plan = NULL;
    const custval_programmes_options options = options_of(test);
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_ok(custval_programmes_match(base, customers, &options, &plan, &error), &error);
    const json_t *expected = of(test, "expected");
    assert_int_equal(custval_table_rows(plan), json_array_size(expected));
    for (size_t row = 0; row < json_array_size(expected); row++) {
        const json_t *wanted = json_array_get(expected, row);
        assert_true(table_cell(plan, "row", row) == support_number(json_array_get(wanted, 0)));
        assert_true(table_cell(plan, "rank", row) == support_number(json_array_get(wanted, 1)));
        assert_text(table_cell_text(plan, "programme", row), json_array_get(wanted, 2));
        assert_string_equal(custval_word(CUSTVAL_WORDS_PROPOSER, (uint32_t)table_cell(plan, "by", row)),
                            json_string_value(json_array_get(wanted, 3)));
        for (size_t i = 0; i < SUPPORT_COUNT(numbers); i++) {
            assert_known(table_cell(plan, numbers[i], row), json_array_get(wanted, 4 + i), test);
        }
        assert_text(table_cell_text(plan, "case", row), json_array_get(wanted, 10));
    }
    custval_table_free(plan);
    custval_table_free(customers);
    custval_programmes_free(base);
}

/* The names of the traits, in any order. */
static void assert_missing(custval_text actual, const json_t *expected) {
    size_t length = json_array_size(expected) == 0 ? 0 : 2 * (json_array_size(expected) - 1);
    for (size_t i = 0; i < json_array_size(expected); i++) {
        const char *const name = json_string_value(json_array_get(expected, i));
        length += strlen(name);
        size_t at = 0;
        while (at + strlen(name) <= actual.length && memcmp(actual.data + at, name, strlen(name)) != 0) at++;
        assert_true(at + strlen(name) <= actual.length);
    }
    assert_int_equal(actual.length, length);
}

static void explain(const json_t *test) {
    custval_programmes *base = base_of(test);
    custval_table *customers = table_of(test), *why = NULL;
    const custval_programmes_options options = options_of(test);
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_ok(custval_programmes_explain(base, customers, 0, &options, &why, &error), &error);
    assert_int_equal(custval_table_rows(why), json_object_size(of(test, "expected")));
    const char *id;
    const json_t *wanted;
    json_object_foreach((json_t *)(uintptr_t)of(test, "expected"), id, wanted) {
        const size_t row = table_row(why, "programme", id);
        assert_string_equal(custval_word(CUSTVAL_WORDS_PROGRAMME, (uint32_t)table_cell(why, "status", row)),
                            json_string_value(json_array_get(wanted, 0)));
        assert_missing(table_cell_text(why, "missing", row), json_array_get(wanted, 1));
    }
    custval_table_free(why);
    custval_table_free(customers);
    custval_programmes_free(base);
}

static void update(const json_t *test) {
    json_t *columns = json_pack("[s,s,s]", "programme", "success", "region");
    json_t *types = json_pack("{s:s,s:s}", "programme", "utf8", "region", "utf8");
    custval_table *outcomes = json_table(columns, of(test, "outcomes"), types), *list = NULL;
    custval_programmes *base = base_of(test), *wiser = NULL;
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_ok(custval_programmes_update(base, outcomes, NULL, &wiser, &error), &error);
    assert_ok(custval_programmes_list(wiser, NULL, &list, &error), &error);
    assert_int_equal(custval_table_rows(list), json_object_size(of(test, "expected")));
    for (size_t row = 0; row < custval_table_rows(list); row++) {
        char name[64];
        const custval_text id = table_cell_text(list, "programme", row),
                           segment = table_cell_text(list, "segment", row);
        (void)snprintf(name, sizeof name, "%.*s%s%.*s", (int)id.length, id.data, segment.length > 0 ? "/" : "",
                       (int)segment.length, segment.length > 0 ? segment.data : "");
        assert_known(table_cell(list, "rate", row), of(of(test, "expected"), name), test);
    }
    custval_table_free(list);
    custval_table_free(outcomes);
    custval_programmes_free(wiser);
    custval_programmes_free(base);
    json_decref(types);
    json_decref(columns);
}

static void need(const json_t *test) {
    const json_t *given = of(test, "options"), *users = of(given, "users");
    const char *counts[MOST], *rates[MOST];
    custval_need_options options = CUSTVAL_NEED_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = json_table(of(test, "columns"), of(test, "rows"), NULL), *due = NULL;
    options.as_of = json_string_value(of(given, "as_of"));
    options.stock = json_string_value(of(given, "stock"));
    options.capacity = json_string_value(of(given, "capacity"));
    options.since = json_string_value(of(given, "since"));
    options.interval = json_string_value(of(given, "interval"));
    options.lead = of(given, "lead") == NULL ? 0.0 : support_number(of(given, "lead"));
    options.kinds = json_array_size(users);
    for (size_t i = 0; i < options.kinds; i++) {
        counts[i] = json_string_value(json_array_get(json_array_get(users, i), 0));
        rates[i] = json_string_value(json_array_get(json_array_get(users, i), 1));
    }
    options.counts = counts;
    options.rates = rates;
    assert_ok(custval_next_need(table, &options, &due, &error), &error);
    const char *name;
    const json_t *column;
    json_object_foreach((json_t *)(uintptr_t)of(test, "expected"), name, column) {
        assert_int_equal(custval_table_rows(due), json_array_size(column));
        for (size_t row = 0; row < json_array_size(column); row++) {
            const json_t *wanted = json_array_get(column, row);
            if (json_is_string(wanted)) {
                assert_text(table_cell_text(due, name, row), wanted);
            } else {
                assert_known(table_cell(due, name, row), wanted, test);
            }
        }
    }
    custval_table_free(due);
    custval_table_free(table);
}

static void run_case(const json_t *test) {
    static const struct {
        const char *kind;
        case_function run;
    } kinds[] = {{"match", match}, {"explain", explain}, {"update", update}, {"need", need}};
    for (size_t i = 0; i < SUPPORT_COUNT(kinds); i++) {
        if (strcmp(json_string_value(of(test, "kind")), kinds[i].kind) == 0) {
            kinds[i].run(test);
            return;
        }
    }
    fail_msg("%s: a kind of case that has no test", json_string_value(of(test, "kind")));
}

int main(void) {
    return cases_run_all("programmes", "programmes.json", run_case);
}
