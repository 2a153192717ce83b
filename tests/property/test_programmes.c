/* Plans of random customers: threads, rows alone, what explaining says of them, order of programmes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <custval/custval.h>
#include <custval/programmes.h>

#include "json_table.h"

#define ROWS 9000 /* several pieces, and a block that is not full */

static const char head[] =
    "{\"custval\": \"programmes\", \"version\": 1, \"segment\": \"home\", \"contacted\": \"letters\", \"nearest\": "
    "{\"similarity\": 0.6}, \"traits\": [{\"id\": \"age\", \"type\": \"number\", \"range\": [0, 100]}, {\"id\": "
    "\"spend\", \"type\": \"number\", \"range\": [0, 500], \"weight\": 0.3}, {\"id\": \"letters\", \"type\": "
    "\"number\"}, {\"id\": \"home\", \"type\": \"category\", \"values\": [\"flat\", \"farm\", \"ship\"], \"similar\": "
    "[[\"farm\", \"ship\", 0.4]]}, {\"id\": \"old\", \"type\": \"flag\"}], \"cases\": [{\"id\": \"Kim\", "
    "\"programme\": \"near\", \"succeeded\": true, \"traits\": {\"age\": 60, \"spend\": 90.5, \"home\": \"farm\"}}, "
    "{\"id\": \"Lee\", \"programme\": \"near\", \"succeeded\": false, \"traits\": {\"age\": 20, \"old\": true}}], "
    "\"programmes\": [{\"id\": \"near\", \"cost\": 1.1, \"effect\": {\"value\": 7}, \"when\": {\"trait\": \"age\", "
    "\">\": 90}, \"unless\": {\"trait\": \"letters\", \">\": 6}}, {\"id\": \"a\", \"group\": \"g\", \"cost\": 0.7, "
    "\"effect\": {\"value\": 3.3, \"success\": 0.7}, \"when\": {\"any\": [{\"trait\": \"old\", \"=\": true}, "
    "{\"trait\": \"spend\", \"<\": 100}]}, \"outcomes\": {\"tried\": 30, \"succeeded\": 9, \"segments\": {\"farm\": "
    "{\"tried\": 7, \"succeeded\": 6}}}}, {\"id\": \"b\", \"group\": \"g\", \"cost\": 0.2, \"contact_limit\": 3, "
    "\"effect\": {\"value\": 2.6}, \"when\": {\"not\": {\"trait\": \"home\", \"=\": \"flat\"}}}, {\"id\": \"c\", "
    "\"priority\": 1, \"effect\": {\"value\": 0.1%s}, \"when\": {\"trait\": \"spend\", \">=\": 250}}]}";

/* The second has nets of the row's own. */
static const char *const effects[] = {"", ", \"times\": \"spend\""};

static double age[ROWS], spend[ROWS], letters[ROWS], old[ROWS];
static custval_text home[ROWS];

static void draw(support_random *random) {
    static const custval_text homes[] = {{"flat", 4}, {"farm", 4}, {"ship", 4}, {"tent", 4}, {NULL, 0}};
    for (size_t row = 0; row < ROWS; row++) {
        age[row] = random_below(random, 20) == 0 ? (double)NAN : random_between(random, 0.0, 110.0);
        spend[row] = random_below(random, 20) == 0 ? (double)INFINITY : random_between(random, 0.0, 500.0);
        letters[row] = random_below(random, 15) == 0 ? (double)NAN : random_below(random, 9);
        old[row] = random_below(random, 4);
        home[row] = homes[random_below(random, 5)];
    }
}

static custval_programmes *base_new(const char *effect) {
    char text[sizeof head + 64];
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_programmes *base = NULL;
    const int length = snprintf(text, sizeof text, head, effect);
    assert_ok(custval_programmes_parse(NULL, text, (size_t)length, &base, &error), &error);
    return base;
}

static custval_table *customers_of(size_t first, size_t rows) {
    custval_table *table = NULL;
    assert_ok(custval_table_new(NULL, rows, &table, NULL), NULL);
    assert_ok(custval_table_add_doubles(table, "age", age + first, NULL), NULL);
    assert_ok(custval_table_add_doubles(table, "spend", spend + first, NULL), NULL);
    assert_ok(custval_table_add_doubles(table, "letters", letters + first, NULL), NULL);
    assert_ok(custval_table_add_doubles(table, "old", old + first, NULL), NULL);
    assert_ok(custval_table_add_texts(table, "home", home + first, NULL), NULL);
    return table;
}

static custval_table *plan_of(const custval_programmes *base, const custval_host *host, size_t first, size_t rows) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_programmes_options options = CUSTVAL_PROGRAMMES_OPTIONS_INIT;
    custval_table *customers = customers_of(first, rows), *plan = NULL;
    options.host = host;
    options.top = 2;
    options.reasons = 1;
    assert_ok(custval_programmes_match(base, customers, &options, &plan, &error), &error);
    custval_table_free(customers);
    return plan;
}

static void assert_same_row(const custval_table *a, size_t row_a, const custval_table *b, size_t row_b) {
    static const char *const numbers[] = {"rank",  "by",   "rate", "expected_effect",
                                          "score", "cost", "net",  "similarity"};
    static const char *const texts[] = {"programme", "case", "reason", "missing"};
    for (size_t i = 0; i < SUPPORT_COUNT(numbers); i++) {
        assert_double_bits(table_cell(a, numbers[i], row_a), table_cell(b, numbers[i], row_b));
    }
    for (size_t i = 0; i < SUPPORT_COUNT(texts); i++) {
        const custval_text one = table_cell_text(a, texts[i], row_a), other = table_cell_text(b, texts[i], row_b);
        assert_int_equal(one.length, other.length);
        if (one.length > 0) assert_memory_equal(one.data, other.data, one.length);
    }
}

static void threads_change_nothing(void **state) {
    (void)state;
    custval_threads *threads = NULL;
    assert_ok(custval_threads_new(NULL, threads_up_to(3), &threads, NULL), NULL);
    custval_host host = CUSTVAL_HOST_INIT;
    host.runner = custval_threads_run;
    host.runner_data = threads;
    for (size_t i = 0; i < SUPPORT_COUNT(effects); i++) {
        custval_programmes *base = base_new(effects[i]);
        custval_table *alone = plan_of(base, NULL, 0, ROWS), *together = plan_of(base, &host, 0, ROWS);
        assert_int_equal(custval_table_rows(alone), custval_table_rows(together));
        assert_true(custval_table_rows(alone) > ROWS / 2);
        for (size_t row = 0; row < custval_table_rows(alone); row++) {
            assert_double_bits(table_cell(alone, "row", row), table_cell(together, "row", row));
            assert_same_row(alone, row, together, row);
        }
        custval_table_free(together);
        custval_table_free(alone);
        custval_programmes_free(base);
    }
    custval_threads_free(threads);
}

/* A customer's plan is the same alone, in a table that begins elsewhere, and as explained. */
static void a_customer_alone_has_the_same_plan(void **state) {
    (void)state;
    for (size_t i = 0; i < SUPPORT_COUNT(effects); i++) {
        custval_programmes *base = base_new(effects[i]);
        custval_table *all = plan_of(base, NULL, 0, ROWS), *customers = customers_of(0, ROWS);
        size_t at = 0;
        for (size_t customer = 0; customer < 300; customer++) {
            custval_programmes_options options = CUSTVAL_PROGRAMMES_OPTIONS_INIT;
            custval_table *one = plan_of(base, NULL, customer, 1), *why = NULL;
            options.top = 2;
            assert_ok(custval_programmes_explain(base, customers, customer, &options, &why, NULL), NULL);
            for (size_t row = 0; row < custval_table_rows(one); row++, at++) {
                assert_true(table_cell(all, "row", at) == (double)customer);
                assert_same_row(all, at, one, row);
                assert_true(table_cell(why, "status", row) == CUSTVAL_PROGRAMME_TAKEN);
                assert_true(table_cell(why, "rank", row) == table_cell(one, "rank", row));
                assert_double_bits(table_cell(why, "net", row), table_cell(one, "net", row));
            }
            if (custval_table_rows(one) < 4) {
                assert_true(table_cell(why, "status", custval_table_rows(one)) != CUSTVAL_PROGRAMME_TAKEN);
            }
            custval_table_free(why);
            custval_table_free(one);
        }
        assert_true(at == custval_table_rows(all) || table_cell(all, "row", at) >= 300.0);
        custval_table_free(customers);
        custval_table_free(all);
        custval_programmes_free(base);
    }
}

/* Many programmes, half of them with a net of each customer's own; in between groups, limits of contacts, priorities, and
   rates that depend on the segment. Numbers are whole, with an exponent: no locale writes them otherwise. */
static custval_programmes *many_new(support_random *random) {
    static const char *const times[] = {"", ", \"times\": \"spend\""}, *const groups[] = {"", ", \"group\": \"g\""};
    static char text[1 << 14];
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_programmes *base = NULL;
    size_t at =
        (size_t)snprintf(text, sizeof text,
                         "{\"custval\": \"programmes\", \"version\": 1, \"segment\": \"home\", \"contacted\": "
                         "\"letters\", \"traits\": [{\"id\": \"age\", \"type\": \"number\"}, {\"id\": \"spend\", "
                         "\"type\": \"number\"}, {\"id\": \"letters\", \"type\": \"number\"}, {\"id\": \"home\", "
                         "\"type\": \"category\", \"values\": [\"flat\", \"farm\"]}], \"programmes\": [");
    for (int i = 0; i < 40; i++) {
        const int is_own = random_below(random, 2) == 1;
        at += (size_t)snprintf(
            text + at, sizeof text - at,
            "%s{\"id\": \"p%d\", \"cost\": %de-2, \"priority\": %d%s, \"contact_limit\": %d, \"effect\": {\"value\": %de-3%s}, "
            "\"when\": {\"trait\": \"age\", \"%s\": %d}, \"outcomes\": {\"tried\": 30, \"succeeded\": 20, \"segments\": "
            "{\"farm\": {\"tried\": 9, \"succeeded\": %d}}}}",
            i == 0 ? "" : ", ", i, (int)random_below(random, 200), (int)(random_below(random, 12) / 11),
            groups[random_below(random, 2)], 3 + (int)random_below(random, 8),
            (int)random_below(random, is_own ? 36 : 9000), times[is_own], random_below(random, 2) == 1 ? "<" : ">",
            20 + (int)random_below(random, 70), (int)random_below(random, 10));
    }
    (void)snprintf(text + at, sizeof text - at, "]}");
    assert_ok(custval_programmes_parse(NULL, text, strlen(text), &base, &error), &error);
    return base;
}

/* Explaining sorts all that is proposed to a customer, whatever the net depends on. */
static void a_plan_is_what_explaining_takes(void **state) {
    support_random random = random_seeded("many programmes");
    custval_programmes_options options = CUSTVAL_PROGRAMMES_OPTIONS_INIT;
    (void)state;
    for (size_t i = 0; i < 4; i++) {
        custval_programmes *base = many_new(&random);
        custval_table *customers = customers_of(0, 500), *all = NULL;
        size_t at = 0;
        options.top = (uint32_t)(1 + 2 * i);
        assert_ok(custval_programmes_match(base, customers, &options, &all, NULL), NULL);
        for (size_t customer = 0; customer < 500; customer++) {
            custval_table *why = NULL;
            assert_ok(custval_programmes_explain(base, customers, customer, &options, &why, NULL), NULL);
            for (size_t row = 0; table_cell(why, "status", row) == CUSTVAL_PROGRAMME_TAKEN; row++, at++) {
                const custval_text one = table_cell_text(all, "programme", at);
                const custval_text other = table_cell_text(why, "programme", row);
                assert_true(table_cell(all, "row", at) == (double)customer);
                assert_true(table_cell(all, "rank", at) == table_cell(why, "rank", row));
                assert_double_bits(table_cell(all, "net", at), table_cell(why, "net", row));
                assert_true(one.length == other.length && memcmp(one.data, other.data, one.length) == 0);
            }
            custval_table_free(why);
        }
        assert_int_equal(at, custval_table_rows(all));
        assert_true(at > 250);
        custval_table_free(all);
        custval_table_free(customers);
        custval_programmes_free(base);
    }
}

static void a_budget_is_kept(void **state) {
    (void)state;
    custval_programmes *base = base_new("");
    custval_table *customers = customers_of(0, ROWS);
    for (double budget = 1.0; budget < 5000.0; budget *= 4.0) {
        custval_programmes_options options = CUSTVAL_PROGRAMMES_OPTIONS_INIT;
        custval_table *plan = NULL;
        double spent = 0.0;
        options.budget = budget;
        assert_ok(custval_programmes_match(base, customers, &options, &plan, NULL), NULL);
        for (size_t row = 0; row < custval_table_rows(plan); row++) {
            spent += table_cell(plan, "cost", row);
        }
        assert_true(spent <= budget * (1.0 + 1e-12)); /* rounding of sums of thousands */
        custval_table_free(plan);
    }
    custval_table_free(customers);
    custval_programmes_free(base);
}

static int set_up(void **state) {
    support_random random = random_seeded("programmes");
    (void)state;
    draw(&random);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_change_nothing),
        cmocka_unit_test(a_customer_alone_has_the_same_plan),
        cmocka_unit_test(a_plan_is_what_explaining_takes),
        cmocka_unit_test(a_budget_is_kept),
    };
    return cmocka_run_group_tests_name("plans", tests, set_up, NULL);
}
