/* The value of random customers: the way it moves, parts that add up, order of rows, threads; equity that adds up. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include <custval/custval.h>
#include <custval/equity.h>
#include <custval/formulas.h>
#include <custval/worth.h>

#include "json_table.h"

#define ROWS 9000 /* several pieces */
#define COLUMNS 15

static const char *const names[COLUMNS] = {"revenue", "goods", "service",  "attract",      "acquire",
                                           "develop", "keep",  "kept",     "trust",        "p_cross",
                                           "periods", "rate",  "referred", "satisfaction", "credited"};

static const char document[] =
    "{\"custval\": \"worth\", \"version\": 1, \"period\": \"month\", \"rate\": \"rate\", \"rate_period\": 12, "
    "\"credited\": \"credited\", \"existing\": {\"revenue\": \"revenue\", \"cost_of_goods\": \"goods\", "
    "\"service_cost\": \"service\", \"attract\": \"attract\", \"acquire\": \"acquire\", \"develop\": \"develop\", "
    "\"keep\": \"keep\"}, \"potential\": {\"trust\": \"trust\", \"periods\": \"periods\", \"first_period\": 1, "
    "\"retention\": \"kept\", \"cross\": [{\"probability\": \"p_cross\", \"margin\": 40}]}, \"influence\": "
    "{\"attribution\": 0.4, \"satisfaction\": \"satisfaction\", \"recommends_from\": 8, \"complains_below\": 4, "
    "\"referrals\": [{\"count\": \"referred\", \"margin\": 70, \"reward\": 5, \"period\": 3}], \"complaints\": "
    "[{\"count\": 2, \"margin\": 15, \"period\": 1}], \"chain\": {\"k\": \"referred\", \"decay\": 0.1, \"depth\": 4}}, "
    "\"learning\": {\"loss\": 3, \"gains\": [1, 2, 3]}}";

static double numbers[COLUMNS][ROWS], moved[COLUMNS][ROWS];

static void draw(support_random *random) {
    for (size_t row = 0; row < ROWS; row++) {
        for (size_t i = 0; i < 7; i++) numbers[i][row] = random_between(random, 0.0, i == 0 ? 500.0 : 60.0);
        for (size_t i = 7; i < 10; i++) numbers[i][row] = random_unit(random);
        numbers[10][row] = 1.0 + random_below(random, 60);
        numbers[11][row] = random_between(random, -0.2, 0.5);
        numbers[12][row] = random_below(random, 4);
        numbers[13][row] = random_below(random, 11);
        numbers[14][row] = random_below(random, 3) == 0 ? 28.0 : 0.0;
        if (random_below(random, 50) == 0) numbers[random_below(random, COLUMNS)][row] = (double)NAN;
    }
    memcpy(moved, numbers, sizeof moved);
}

static custval_worth *worth_new(void) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_worth *worth = NULL;
    assert_ok(custval_worth_parse(NULL, document, sizeof document - 1, &worth, &error), &error);
    return worth;
}

static custval_table *values_of(const custval_host *host, double (*columns)[ROWS], size_t first, size_t rows) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_worth_options options = CUSTVAL_WORTH_OPTIONS_INIT;
    custval_worth *worth = worth_new();
    custval_table *table = NULL, *values = NULL;
    options.host = host;
    assert_ok(custval_table_new(NULL, rows, &table, &error), &error);
    for (size_t i = 0; i < COLUMNS; i++) {
        assert_ok(custval_table_add_doubles(table, names[i], columns[i] + first, &error), &error);
    }
    assert_ok(custval_worth_value(worth, table, &options, &values, &error), &error);
    custval_table_free(table);
    custval_worth_free(worth);
    return values;
}

static void assert_same_cells(const custval_table *a, size_t row_a, const custval_table *b, size_t row_b,
                              int is_whole) {
    for (size_t i = 0; i < custval_table_columns(a); i++) {
        const char *name = custval_table_name(a, i);
        if (!is_whole && (strcmp(name, "share") == 0 || strcmp(name, "rank") == 0)) continue;
        assert_double_bits(table_cell(a, name, row_a), table_cell(b, name, row_b));
    }
}

static void threads_do_not_change_a_bit(void **state) {
    (void)state;
    support_random random = random_seeded("threads of worth");
    draw(&random);
    custval_table *expected = values_of(NULL, numbers, 0, ROWS);
    for (uint32_t count = 2; count <= 3; count++) {
        custval_threads *threads = NULL;
        custval_host host = CUSTVAL_HOST_INIT;
        assert_ok(custval_threads_new(NULL, threads_up_to(count), &threads, NULL), NULL);
        host.runner = custval_threads_run;
        host.runner_data = threads;
        custval_table *values = values_of(&host, numbers, 0, ROWS);
        for (size_t row = 0; row < ROWS; row++) assert_same_cells(values, row, expected, row, 1);
        custval_table_free(values);
        custval_threads_free(threads);
    }
    custval_table_free(expected);
}

static void a_row_is_worth_the_same_alone(void **state) {
    (void)state;
    support_random random = random_seeded("rows of worth");
    draw(&random);
    custval_table *all = values_of(NULL, numbers, 0, ROWS);
    for (size_t k = 0; k < 200; k++) {
        const size_t row = random_below(&random, ROWS);
        custval_table *one = values_of(NULL, numbers, row, 1);
        assert_same_cells(one, 0, all, row, 0);
        custval_table_free(one);
    }
    custval_table_free(all);
}

/* Ranks are exact; shares hang on a compensated sum, and so on the order only in the last bits. */
static void the_order_of_rows_does_not_matter(void **state) {
    (void)state;
    support_random random = random_seeded("order of worth");
    draw(&random);
    static size_t place[ROWS];
    for (size_t row = 0; row < ROWS; row++) place[row] = row;
    for (size_t row = ROWS; row > 1; row--) {
        const size_t other = random_below(&random, (uint32_t)row), kept = place[row - 1];
        place[row - 1] = place[other];
        place[other] = kept;
    }
    for (size_t i = 0; i < COLUMNS; i++) {
        for (size_t row = 0; row < ROWS; row++) moved[i][row] = numbers[i][place[row]];
    }
    custval_table *a = values_of(NULL, numbers, 0, ROWS), *b = values_of(NULL, moved, 0, ROWS);
    for (size_t row = 0; row < ROWS; row++) {
        const double share = table_cell(a, "share", place[row]);
        assert_same_cells(b, row, a, place[row], 0);
        assert_double_bits(table_cell(b, "rank", row), table_cell(a, "rank", place[row]));
        assert_double_near(table_cell(b, "share", row), share, 4 * 0x1p-52 * fabs(share));
    }
    custval_table_free(b);
    custval_table_free(a);
}

static void parts_add_up_to_the_total(void **state) {
    (void)state;
    support_random random = random_seeded("parts of worth");
    draw(&random);
    custval_table *values = values_of(NULL, numbers, 0, ROWS);
    size_t losses = 0;
    for (size_t row = 0; row < ROWS; row++) {
        const double existing = table_cell(values, "existing", row), latent = table_cell(values, "latent", row);
        const double sum = ((table_cell(values, "potential", row) + table_cell(values, "influence", row)) +
                            table_cell(values, "learning", row)) +
                           table_cell(values, "credited", row);
        assert_double_bits(latent, sum);
        assert_double_bits(table_cell(values, "direct", row), existing);
        assert_double_bits(table_cell(values, "total", row), existing + latent);
        assert_double_bits(table_cell(values, "loss_maker", row), existing < 0.0 ? 1.0 : 0.0);
        const double sources = table_cell(values, "consumption", row) + table_cell(values, "marketing", row) +
                               table_cell(values, "brand", row);
        assert_double_near(sources, existing + latent, 1e-12 * (1000.0 + fabs(latent)));
        losses += existing < 0.0;
    }
    assert_true(losses > 0 && losses < ROWS);
    custval_table_free(values);
}

/* Moves one column of every customer and says how the total may answer: 1 up, -1 down; strictly if `must`. */
static void assert_moves(size_t column, double step, int direction, int must) {
    memcpy(moved, numbers, sizeof moved);
    for (size_t row = 0; row < ROWS; row++) {
        moved[column][row] += step;
        if (column >= 7 && column < 10) moved[column][row] = fmin(moved[column][row], 1.0);
    }
    custval_table *before = values_of(NULL, numbers, 0, ROWS), *after = values_of(NULL, moved, 0, ROWS);
    for (size_t row = 0; row < ROWS; row++) {
        const double change = table_cell(after, "total", row) - table_cell(before, "total", row);
        if (isnan(change)) continue;
        assert_true(direction * change > 0.0 || (!must && change == 0.0));
    }
    custval_table_free(after);
    custval_table_free(before);
}

static void more_revenue_is_worth_more_and_more_cost_less(void **state) {
    (void)state;
    support_random random = random_seeded("direction of worth");
    draw(&random);
    assert_moves(0, 1.0, 1, 1);
    for (size_t i = 1; i < 7; i++) assert_moves(i, 1.0, -1, 1);
}

static void a_longer_tenure_is_not_worth_less(void **state) {
    (void)state;
    support_random random = random_seeded("tenure of worth");
    draw(&random);
    assert_moves(7, 0.01, 1, 0);
    assert_moves(8, 0.01, 1, 0);
    assert_moves(10, 1.0, 1, 0);
}

/* A chain of customers, each sent by the one before: whatever the attribution, the sum is that of their own values. */
static void a_referred_customer_counts_once_in_the_sum(void **state) {
    (void)state;
    enum { CHAIN = 50 };
    static const char text[] =
        "{\"custval\": \"worth\", \"version\": 1, \"existing\": {\"value\": \"own\"}, \"credited\": \"credited\", "
        "\"influence\": {\"attribution\": \"share\", \"referrals\": [{\"count\": \"sent\", \"margin\": \"next\"}]}}";
    support_random random = random_seeded("attribution");
    double own[CHAIN], next[CHAIN], share[CHAIN], sent[CHAIN], given[CHAIN], all = 0.0, total = 0.0;
    const double attribution = random_unit(&random);
    for (size_t i = 0; i < CHAIN; i++) {
        own[i] = random_between(&random, -20.0, 100.0);
        share[i] = attribution;
        sent[i] = i + 1 < CHAIN;
        given[i] = i > 0 ? attribution * own[i] : 0.0;
        all += own[i];
    }
    for (size_t i = 0; i < CHAIN; i++) next[i] = i + 1 < CHAIN ? own[i + 1] : 0.0;
    const char *const columns[] = {"own", "next", "share", "sent", "credited"};
    const double *const cells[] = {own, next, share, sent, given};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_worth *worth = NULL;
    custval_table *table = NULL, *values = NULL;
    assert_ok(custval_worth_parse(NULL, text, sizeof text - 1, &worth, &error), &error);
    assert_ok(custval_table_new(NULL, CHAIN, &table, &error), &error);
    for (size_t i = 0; i < 5; i++) assert_ok(custval_table_add_doubles(table, columns[i], cells[i], &error), &error);
    assert_ok(custval_worth_value(worth, table, NULL, &values, &error), &error);
    for (size_t row = 0; row < CHAIN; row++) total += table_cell(values, "total", row);
    assert_double_near(total, all, 1e-10);
    custval_table_free(values);
    custval_table_free(table);
    custval_worth_free(worth);
}

/* Buyers of three brands, whose utilities and habits are all over the place. */
static custval_table *switch_brands(const custval_host *host, size_t first, size_t rows) {
    static const char *const brands[] = {"x", "y", "z"}, *const utilities[] = {"u", "v", "w"};
    static double cells[4][ROWS];
    static custval_text last[ROWS];
    support_random random = {12345};
    custval_switching_options options = CUSTVAL_SWITCHING_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL, *values = NULL;
    for (size_t row = 0; row < ROWS; row++) {
        for (size_t i = 0; i < 3; i++) cells[i][row] = random_between(&random, -3.0, 3.0);
        cells[3][row] = random_between(&random, 0.1, 6.0);
        last[row] = (custval_text){brands[random_below(&random, 3)], 1};
    }
    assert_ok(custval_table_new(NULL, rows, &table, &error), &error);
    for (size_t i = 0; i < 3; i++) {
        assert_ok(custval_table_add_doubles(table, utilities[i], cells[i] + first, &error), &error);
    }
    assert_ok(custval_table_add_doubles(table, "frequency", cells[3] + first, &error), &error);
    assert_ok(custval_table_add_texts(table, "last_brand", last + first, &error), &error);
    options.host = host;
    options.brands = brands;
    options.brands_count = 3;
    options.utilities = utilities;
    options.frequency = "frequency";
    options.inertia = 0.7;
    options.rate = 0.1;
    options.periods = 3.0;
    assert_ok(custval_switching(table, &options, &values, NULL, &error), &error);
    custval_table_free(table);
    return values;
}

static void switching_gives_the_same_bits_alone_and_on_threads(void **state) {
    (void)state;
    custval_threads *threads = NULL;
    custval_host host = CUSTVAL_HOST_INIT;
    assert_ok(custval_threads_new(NULL, threads_up_to(3), &threads, NULL), NULL);
    host.runner = custval_threads_run;
    host.runner_data = threads;
    custval_table *all = switch_brands(NULL, 0, ROWS), *threaded = switch_brands(&host, 0, ROWS);
    for (size_t row = 0; row < ROWS; row++) {
        assert_double_bits(table_cell(all, "status", row), CUSTVAL_SWITCHING_ROW_OK);
        assert_same_cells(threaded, row, all, row, 1);
    }
    custval_table *one = switch_brands(NULL, 4321, 1);
    assert_same_cells(one, 0, all, 4321, 1);
    custval_table_free(one);
    custval_table_free(threaded);
    custval_table_free(all);
    custval_threads_free(threads);
}

/* Facts do not know the order of customers; scaling money scales nothing but money. */
static void concentration_knows_neither_order_nor_unit(void **state) {
    (void)state;
    support_random random = random_seeded("concentration");
    static double values[3][ROWS];
    custval_concentration_facts facts[3];
    for (size_t row = 0; row < ROWS; row++) {
        values[0][row] = random_between(&random, -40.0, 100.0) * random_unit(&random);
        values[1][ROWS - 1 - row] = values[0][row];
        values[2][row] = 1024.0 * values[0][row];
    }
    for (size_t i = 0; i < 3; i++) {
        custval_table *table = NULL;
        facts[i] = (custval_concentration_facts)CUSTVAL_CONCENTRATION_FACTS_INIT;
        assert_ok(custval_table_new(NULL, ROWS, &table, NULL), NULL);
        assert_ok(custval_table_add_doubles(table, "total", values[i], NULL), NULL);
        assert_ok(custval_concentration(table, NULL, &facts[i], NULL, NULL), NULL);
        custval_table_free(table);
    }
    for (size_t i = 1; i < 3; i++) {
        assert_double_bits(facts[i].gini, facts[0].gini);
        assert_double_bits(facts[i].gini_signed, facts[0].gini_signed);
        assert_double_bits(facts[i].peak, facts[0].peak);
        assert_double_bits(facts[i].top_decile, facts[0].top_decile);
    }
    assert_true(facts[0].peak > 1.0 && facts[0].gini_signed > 0.0 && facts[0].gini_signed < 1.0);
    assert_double_bits(facts[2].sum, 1024.0 * facts[0].sum);
}

/* A customer who stays with r and brings a margin in each period: chain, multiple and contract say the same. */
static void chain_multiple_and_contract_agree(void **state) {
    (void)state;
    support_random random = random_seeded("ways to a value");
    for (int k = 0; k < 200; k++) {
        const double r = random_unit(&random), rate = random_between(&random, 0.001, 0.5), margin = 100.0 * r;
        const double steps[] = {r, 1.0 - r, 0.0, 1.0}, rewards[] = {margin, 0.0};
        const uint32_t periods = random_below(&random, 40);
        custval_markov_options chain = CUSTVAL_MARKOV_OPTIONS_INIT;
        custval_multiple_terms terms = CUSTVAL_MULTIPLE_TERMS_INIT;
        custval_contract_terms contract = CUSTVAL_CONTRACT_TERMS_INIT;
        double values[2], multiple, contractual;
        chain.rate = terms.rate = contract.rate = rate;
        terms.retention = contract.retention = r;
        terms.first = contract.first = CUSTVAL_FIRST_NOW;
        contract.contribution = margin;
        assert_ok(custval_markov_value(2, steps, rewards, &chain, values, NULL), NULL);
        assert_ok(custval_margin_multiple(&terms, &multiple, NULL), NULL);
        assert_double_near(values[0], margin * multiple, 1e-12 * fabs(values[0]));
        chain.for_ever = 0;
        chain.periods = contract.periods = periods;
        terms.periods = periods + 1;
        assert_ok(custval_markov_value(2, steps, rewards, &chain, values, NULL), NULL);
        assert_ok(custval_margin_multiple(&terms, &multiple, NULL), NULL);
        assert_ok(custval_contractual_value(&contract, &contractual, NULL), NULL);
        assert_double_near(values[0], margin * multiple, 1e-13 * fabs(values[0]));
        assert_double_near(values[0], contractual, 1e-13 * fabs(values[0]));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_do_not_change_a_bit),
        cmocka_unit_test(a_row_is_worth_the_same_alone),
        cmocka_unit_test(the_order_of_rows_does_not_matter),
        cmocka_unit_test(parts_add_up_to_the_total),
        cmocka_unit_test(more_revenue_is_worth_more_and_more_cost_less),
        cmocka_unit_test(a_longer_tenure_is_not_worth_less),
        cmocka_unit_test(a_referred_customer_counts_once_in_the_sum),
        cmocka_unit_test(switching_gives_the_same_bits_alone_and_on_threads),
        cmocka_unit_test(concentration_knows_neither_order_nor_unit),
        cmocka_unit_test(chain_multiple_and_contract_agree),
    };
    return cmocka_run_group_tests_name("money", tests, NULL, NULL);
}
