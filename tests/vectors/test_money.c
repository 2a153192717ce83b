/* money.json, and what lifetime_and_equity.json knows of the value of customers: through the public interface only. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <custval/equity.h>
#include <custval/formulas.h>
#include <custval/worth.h>

#include "cases.h"
#include "json_table.h"

#define MOST 64 /* rows, states or brands of a case */

static double tolerance_of(const json_t *test) {
    return json_number_value(json_object_get(test, "tolerance"));
}

static void assert_expected(double actual, const json_t *expected, double tolerance) {
    const double wanted = json_is_null(expected) ? (double)NAN : support_number(expected);
    assert_double_near(actual, wanted, tolerance * fmax(1.0, fabs(wanted)));
}

/* Every column that is expected is there, with these numbers. */
static void assert_table(const custval_table *table, const json_t *expected, double tolerance) {
    const char *name;
    const json_t *column;
    json_object_foreach((json_t *)(uintptr_t)expected, name, column) {
        assert_int_equal(custval_table_rows(table), json_array_size(column));
        for (size_t row = 0; row < json_array_size(column); row++) {
            assert_expected(table_cell(table, name, row), json_array_get(column, row), tolerance);
        }
    }
}

static const json_t *input_of(const json_t *test, const char *key) {
    return json_object_get(json_object_get(test, "input"), key);
}

static double number_of(const json_t *object, const char *key) {
    return json_number_value(json_object_get(object, key));
}

static size_t read_numbers(const json_t *array, double *out) {
    assert_true(json_array_size(array) <= MOST * MOST);
    for (size_t i = 0; i < json_array_size(array); i++) out[i] = support_number(json_array_get(array, i));
    return json_array_size(array);
}

/* An array of arrays, row by row. */
static void read_matrix(const json_t *matrix, double *out) {
    for (size_t i = 0; i < json_array_size(matrix); i++) out += read_numbers(json_array_get(matrix, i), out);
}

static size_t read_names(const json_t *array, const char **out) {
    assert_true(json_array_size(array) <= MOST);
    for (size_t i = 0; i < json_array_size(array); i++) out[i] = json_string_value(json_array_get(array, i));
    return json_array_size(array);
}

static custval_worth *worth_of(const json_t *document) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_worth *worth = NULL;
    char *text = json_dumps(document, 0);
    assert_ok(custval_worth_parse(NULL, text, strlen(text), &worth, &error), &error);
    free(text);
    return worth;
}

/* ---- Cases of money.json -------------------------------------------------------------------------------------------- */

static custval_table *rows_of(const json_t *test) {
    return json_table(json_object_get(test, "columns"), json_object_get(test, "rows"), json_object_get(test, "types"));
}

static void worth_case(const json_t *test) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_worth *worth = worth_of(json_object_get(test, "document"));
    custval_table *table = rows_of(test), *values = NULL;
    assert_ok(custval_worth_value(worth, table, NULL, &values, &error), &error);
    assert_int_equal(custval_table_columns(values), json_object_size(json_object_get(test, "expected")));
    assert_table(values, json_object_get(test, "expected"), tolerance_of(test));
    custval_table_free(values);
    custval_table_free(table);
    custval_worth_free(worth);
}

static void returns_case(const json_t *test) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_worth *worth = worth_of(json_object_get(test, "document"));
    custval_table *table = rows_of(test), *values = NULL;
    custval_returns_options options = CUSTVAL_RETURNS_OPTIONS_INIT;
    options.segment = json_string_value(json_object_get(test, "segment"));
    assert_ok(custval_worth_returns(worth, table, &options, &values, &error), &error);
    assert_table(values, json_object_get(test, "expected"), tolerance_of(test));
    custval_table_free(values);
    custval_table_free(table);
    custval_worth_free(worth);
}

static void concentration_case(const json_t *test) {
    const json_t *values = json_object_get(test, "values"), *facts = json_object_get(test, "facts");
    const double tolerance = tolerance_of(test);
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_concentration_options options = CUSTVAL_CONCENTRATION_OPTIONS_INIT;
    custval_concentration_facts found = CUSTVAL_CONCENTRATION_FACTS_INIT;
    custval_table *table = NULL, *curve = NULL;
    double numbers[MOST];
    for (size_t i = 0; i < json_array_size(values); i++) {
        const json_t *value = json_array_get(values, i);
        numbers[i] = json_is_null(value) ? (double)NAN : json_number_value(value);
    }
    assert_ok(custval_table_new(NULL, json_array_size(values), &table, &error), &error);
    assert_ok(custval_table_add_doubles(table, "total", numbers, &error), &error);
    options.points = (uint32_t)json_integer_value(json_object_get(test, "points"));
    assert_ok(custval_concentration(table, &options, &found, &curve, &error), &error);
    assert_table(curve, json_object_get(test, "expected"), tolerance);
    assert_expected((double)found.count, json_object_get(facts, "count"), 0.0);
    assert_expected((double)found.missing, json_object_get(facts, "missing"), 0.0);
    assert_expected((double)found.negative, json_object_get(facts, "negative"), 0.0);
    assert_expected(found.sum, json_object_get(facts, "sum"), tolerance);
    assert_expected(found.gini, json_object_get(facts, "gini"), tolerance);
    assert_expected(found.gini_signed, json_object_get(facts, "gini_signed"), tolerance);
    assert_expected(found.peak, json_object_get(facts, "peak"), tolerance);
    assert_expected(found.peak_customers, json_object_get(facts, "peak_customers"), tolerance);
    assert_expected(found.top_decile, json_object_get(facts, "top_decile"), tolerance);
    custval_table_free(curve);
    custval_table_free(table);
}

static void allocation_case(const json_t *test) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_wallet_options options = CUSTVAL_WALLET_OPTIONS_INIT;
    const char *brands[MOST];
    custval_table *table = json_table(json_object_get(test, "brands"), json_object_get(test, "rows"), NULL);
    custval_table *shares = NULL;
    options.brands_count = read_names(json_object_get(test, "brands"), brands);
    options.brands = brands;
    assert_ok(custval_wallet_allocation(table, &options, &shares, &error), &error);
    assert_table(shares, json_object_get(test, "expected"), tolerance_of(test));
    custval_table_free(shares);
    custval_table_free(table);
}

static void switching_case(const json_t *test) {
    const json_t *given = json_object_get(test, "options"), *equity = json_object_get(test, "equity");
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_switching_options options = CUSTVAL_SWITCHING_OPTIONS_INIT;
    const char *brands[MOST], *utilities[MOST];
    char names[MOST][16];
    double matrix[MOST * MOST], margins[MOST];
    custval_table *table = rows_of(test), *customers = NULL, *by_brand = NULL;
    options.brands_count = read_names(json_object_get(test, "brands"), brands);
    options.brands = brands;
    for (size_t i = 0; i < options.brands_count; i++) {
        snprintf(names[i], sizeof names[i], "u_%s", brands[i]);
        utilities[i] = names[i];
    }
    read_matrix(json_object_get(given, "matrix"), matrix);
    read_numbers(json_object_get(given, "margins"), margins);
    if (json_is_null(json_object_get(given, "matrix"))) {
        options.utilities = utilities;
    } else {
        options.matrix = matrix;
    }
    options.margins = margins;
    options.inertia = number_of(given, "inertia");
    options.rate = number_of(given, "rate");
    options.periods = number_of(given, "periods");
    options.population = number_of(given, "population");
    options.volume = json_is_true(json_object_get(given, "volume")) ? "volume" : NULL;
    options.frequency = json_is_true(json_object_get(given, "frequency")) ? "frequency" : NULL;
    assert_ok(custval_switching(table, &options, &customers, &by_brand, &error), &error);
    assert_table(customers, json_object_get(test, "expected"), tolerance_of(test));
    for (size_t i = 0; i < options.brands_count; i++) {
        assert_expected(table_cell(by_brand, "equity", i), json_array_get(equity, i), tolerance_of(test));
    }
    custval_table_free(by_brand);
    custval_table_free(customers);
    custval_table_free(table);
}

/* Values of the chain that an object describes; `periods` null or absent: for ever. */
static size_t markov_values(const json_t *chain, double rate, double *values) {
    const json_t *periods = json_object_get(chain, "periods");
    const char *empty = json_string_value(json_object_get(chain, "empty"));
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_markov_options options = CUSTVAL_MARKOV_OPTIONS_INIT;
    double steps[MOST * MOST], rewards[MOST];
    read_matrix(json_object_get(chain, "P"), steps);
    const size_t states = read_numbers(json_object_get(chain, "R"), rewards);
    options.rate = rate;
    options.for_ever = !json_is_integer(periods);
    options.periods = (uint32_t)json_integer_value(periods);
    options.counts = json_is_true(json_object_get(chain, "counts"));
    if (empty != NULL) options.empty = strcmp(empty, "stay") == 0 ? CUSTVAL_EMPTY_STAY : CUSTVAL_EMPTY_POOLED;
    assert_ok(custval_markov_value((uint32_t)states, steps, rewards, &options, values, &error), &error);
    return states;
}

static void markov_case(const json_t *test) {
    const json_t *expected = json_object_get(test, "expected");
    double values[MOST];
    const size_t states = markov_values(test, number_of(test, "rate"), values);
    assert_int_equal(json_array_size(expected), states);
    for (size_t i = 0; i < states; i++) {
        assert_expected(values[i], json_array_get(expected, i), tolerance_of(test));
    }
}

static void spending_case(const json_t *test) {
    const json_t *expected = json_object_get(test, "expected");
    const int is_acquisition = strcmp(json_string_value(json_object_get(test, "of")), "acquisition") == 0;
    const custval_response response = {number_of(test, "ceiling"), number_of(test, "efficiency")};
    const double value = number_of(test, "value"), rate = number_of(test, "rate");
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_spending found;
    assert_ok(is_acquisition ? custval_acquisition_optimum(&response, value, &found, &error)
                             : custval_retention_optimum(&response, value, rate, &found, &error),
              &error);
    const double actual[] = {found.spend, found.share, found.value, found.allowable};
    for (size_t i = 0; i < 4; i++) assert_expected(actual[i], json_array_get(expected, i), tolerance_of(test));
}

static void equity_case(const json_t *test) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_equity_options options = CUSTVAL_EQUITY_OPTIONS_INIT;
    json_t *current_columns = json_pack("[ssss]", "segment", "value", "influence", "count");
    json_t *prospect_columns = json_pack("[ssssss]", "segment", "probability", "value", "cost", "count", "period");
    custval_table *current = json_table(current_columns, json_object_get(test, "current"), NULL);
    custval_table *prospects = json_table(prospect_columns, json_object_get(test, "prospects"), NULL);
    custval_table *equity = NULL;
    options.segment = "segment";
    options.influence = "influence";
    options.count = options.prospect_count = "count";
    options.cost = "cost";
    options.period = "period";
    options.attribution = number_of(test, "attribution");
    options.rate = number_of(test, "rate");
    assert_ok(custval_equity(current, prospects, &options, &equity, &error), &error);
    assert_table(equity, json_object_get(test, "expected"), tolerance_of(test));
    custval_table_free(equity);
    custval_table_free(prospects);
    custval_table_free(current);
    json_decref(prospect_columns);
    json_decref(current_columns);
}

static void run_case(const json_t *test) {
    static const named_case kinds[] = {
        {"worth", worth_case},           {"returns", returns_case},     {"concentration", concentration_case},
        {"allocation", allocation_case}, {"switching", switching_case}, {"markov", markov_case},
        {"spending", spending_case},     {"equity", equity_case},
    };
    const char *kind = json_string_value(json_object_get(test, "kind"));
    size_t i = 0;
    while (i < SUPPORT_COUNT(kinds) && strcmp(kinds[i].id, kind) != 0) i++;
    assert_true(i < SUPPORT_COUNT(kinds));
    kinds[i].run(test);
}

/* ---- Cases of lifetime_and_equity.json ------------------------------------------------------------------------------ */

/* Tolerances there are relative or absolute. */
static void assert_known(double actual, const json_t *expected, const json_t *test) {
    const json_t *tolerance = json_object_get(test, "tolerance");
    const double wanted = json_number_value(expected);
    const double allowed = number_of(tolerance, "abs") + number_of(tolerance, "rel") * fabs(wanted);
    assert_true(allowed > 0.0);
    assert_double_near(actual, wanted, allowed);
}

static const json_t *expected_of(const json_t *test) {
    return json_object_get(test, "expected");
}

static void markov_known(const json_t *test) {
    const json_t *expected = expected_of(test);
    double values[MOST];
    const size_t states =
        markov_values(json_object_get(test, "input"), json_number_value(input_of(test, "discount_rate")), values);
    assert_int_equal(states, 5);
    if (json_is_number(expected)) assert_known(values[0], expected, test);
    for (size_t i = 0; i < json_array_size(expected); i++) assert_known(values[i], json_array_get(expected, i), test);
}

static double multiple(double retention, double rate, double growth, uint32_t first) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_multiple_terms terms = CUSTVAL_MULTIPLE_TERMS_INIT;
    double out;
    terms.retention = retention;
    terms.rate = rate;
    terms.growth = growth;
    terms.first = first;
    assert_ok(custval_margin_multiple(&terms, &out, &error), &error);
    return out;
}

static void multiples(const json_t *test) {
    const json_t *retention = input_of(test, "retention"), *rate = input_of(test, "discount");
    for (size_t i = 0; i < json_array_size(retention); i++) {
        for (size_t k = 0; k < json_array_size(rate); k++) {
            const double r = json_number_value(json_array_get(retention, i));
            const double d = json_number_value(json_array_get(rate, k));
            assert_known(multiple(r, d, 0.0, CUSTVAL_FIRST_NEXT),
                         json_array_get(json_array_get(expected_of(test), i), k), test);
            /* An immediate first margin makes it one larger. */
            assert_double_near(multiple(r, d, 0.0, CUSTVAL_FIRST_NOW) - multiple(r, d, 0.0, CUSTVAL_FIRST_NEXT), 1.0,
                               1e-14);
        }
    }
}

static void multiples_growing(const json_t *test) {
    const json_t *retention = input_of(test, "retention"), *growth = input_of(test, "growth");
    const double rate = json_number_value(input_of(test, "discount"));
    for (size_t i = 0; i < json_array_size(retention); i++) {
        for (size_t k = 0; k < json_array_size(growth); k++) {
            const double r = json_number_value(json_array_get(retention, i));
            const double g = json_number_value(json_array_get(growth, k));
            assert_known(multiple(r, rate, g, CUSTVAL_FIRST_NEXT),
                         json_array_get(json_array_get(expected_of(test), i), k), test);
        }
    }
}

static void contract(const json_t *test) {
    const json_t *input = json_object_get(test, "input");
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_contract_terms terms = CUSTVAL_CONTRACT_TERMS_INIT;
    double out;
    terms.contribution = number_of(input, "gross_contribution");
    terms.cost = number_of(input, "retention_cost");
    terms.retention = number_of(input, "retention");
    terms.rate = number_of(input, "discount_rate");
    terms.periods = (uint32_t)json_integer_value(json_object_get(input, "years"));
    terms.first = CUSTVAL_FIRST_NOW;
    terms.cost_timing = CUSTVAL_TIMING_MIDDLE;
    assert_ok(custval_contractual_value(&terms, &out, &error), &error);
    assert_known(out, expected_of(test), test);
}

static void programme(const json_t *test) {
    const json_t *input = json_object_get(test, "input");
    custval_error error = CUSTVAL_ERROR_INIT;
    double out;
    assert_ok(custval_programme_return(number_of(input, "delta_customer_equity_musd"),
                                       number_of(input, "investment_musd"), &out, &error),
              &error);
    assert_known(out, expected_of(test), test);
}

/* Entries of a list with other names for what they hold. */
static json_t *renamed(const json_t *list, const char *const (*names)[2], size_t count) {
    json_t *out = json_array();
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *entry = json_pack("{s:i}", "count", 1);
        for (size_t k = 0; k < count; k++) {
            json_object_set(entry, names[k][1], json_object_get(json_array_get(list, i), names[k][0]));
        }
        json_array_append_new(out, entry);
    }
    return out;
}

/* The value of one row without columns of its own. */
static void referral_value(const json_t *test) {
    static const char *const referral[][2] = {{"t", "period"},
                                              {"margin", "margin"},
                                              {"referral_cost", "reward"},
                                              {"marketing_cost", "marketing_cost"},
                                              {"acq_saving", "saving"}};
    static const char *const helped[][2] = {{"t", "period"}, {"acq_saving", "saving"}};
    custval_error error = CUSTVAL_ERROR_INIT;
    json_t *document = json_pack("{s:s, s:i, s:s, s:O, s:{s:i, s:o, s:o}}", "custval", "worth", "version", 1, "period",
                                 "year", "rate", input_of(test, "rate"), "influence", "attribution", 1, "referrals",
                                 renamed(input_of(test, "type1"), referral, SUPPORT_COUNT(referral)), "helped",
                                 renamed(input_of(test, "type2"), helped, SUPPORT_COUNT(helped)));
    custval_worth *worth = worth_of(document);
    custval_table *table = NULL, *values = NULL;
    assert_int_equal(custval_worth_columns(worth), 0);
    assert_ok(custval_table_new(NULL, 1, &table, &error), &error);
    assert_ok(custval_worth_value(worth, table, NULL, &values, &error), &error);
    assert_known(table_cell(values, "influence", 0), expected_of(test), test);
    assert_known(table_cell(values, "total", 0), expected_of(test), test);
    custval_table_free(values);
    custval_table_free(table);
    custval_worth_free(worth);
    json_decref(document);
}

static void components(const json_t *test) {
    static const char *const parts[] = {"existing", "potential", "influence", "learning"};
    const json_t *customers = input_of(test, "customers");
    custval_error error = CUSTVAL_ERROR_INIT;
    json_t *document = json_pack("{s:s, s:i, s:{s:s}, s:{s:s}, s:{s:s, s:i}, s:{s:s}}", "custval", "worth", "version",
                                 1, "existing", "value", "existing", "potential", "value", "potential", "influence",
                                 "value", "influence", "attribution", 1, "learning", "value", "learning");
    custval_worth *worth = worth_of(document);
    custval_table *table = NULL, *values = NULL;
    double cells[4][MOST];
    assert_ok(custval_table_new(NULL, json_array_size(customers), &table, &error), &error);
    for (size_t i = 0; i < 4; i++) {
        for (size_t row = 0; row < json_array_size(customers); row++) {
            cells[i][row] = number_of(json_array_get(customers, row), parts[i]);
        }
        assert_ok(custval_table_add_doubles(table, parts[i], cells[i], &error), &error);
    }
    assert_ok(custval_worth_value(worth, table, NULL, &values, &error), &error);
    for (size_t row = 0; row < json_array_size(customers); row++) {
        assert_known(table_cell(values, "total", row), json_array_get(expected_of(test), row), test);
    }
    assert_double_bits(table_cell(values, "loss_maker", 0), 1.0);
    custval_table_free(values);
    custval_table_free(table);
    custval_worth_free(worth);
    json_decref(document);
}

static void share_of_customer(const json_t *test) {
    custval_error error = CUSTVAL_ERROR_INIT;
    double own[MOST], category[MOST];
    size_t count = read_numbers(input_of(test, "own_spend"), own);
    assert_int_equal(read_numbers(input_of(test, "category_spend"), category), count);
    own[count] = 0.0; /* what the case's note says of other rows */
    category[count++] = 0.0;
    own[count] = 51.0;
    category[count++] = 50.0;
    custval_table *table = NULL, *shares = NULL;
    assert_ok(custval_table_new(NULL, count, &table, &error), &error);
    assert_ok(custval_table_add_doubles(table, "own", own, &error), &error);
    assert_ok(custval_table_add_doubles(table, "category", category, &error), &error);
    assert_ok(custval_wallet_share(table, NULL, &shares, &error), &error);
    for (size_t row = 0; row + 2 < count; row++) {
        const double expected = json_number_value(json_array_get(expected_of(test), row));
        assert_double_near(table_cell(shares, "share", row), expected, 1e-12 * expected);
        assert_double_bits(table_cell(shares, "status", row), CUSTVAL_WALLET_ROW_OK);
    }
    assert_true(isnan(table_cell(shares, "share", count - 2)) && isnan(table_cell(shares, "share", count - 1)));
    assert_double_bits(table_cell(shares, "status", count - 2), CUSTVAL_WALLET_ROW_UNDEFINED);
    assert_double_bits(table_cell(shares, "status", count - 1), CUSTVAL_WALLET_ROW_EXCEEDS);
    custval_table_free(shares);
    custval_table_free(table);
}

static void acquisition(const json_t *test) {
    const json_t *input = json_object_get(test, "input");
    const custval_response response = {number_of(input, "ceiling"), number_of(input, "efficiency_k")};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_spending found;
    assert_ok(custval_acquisition_optimum(&response, number_of(input, "value_if_acquired"), &found, &error), &error);
    assert_known(found.spend, json_object_get(expected_of(test), "spend"), test);
    assert_known(found.value, json_object_get(expected_of(test), "net"), test);
}

static void active(const json_t *test) {
    const json_t *input = json_object_get(test, "input"), *purchases = json_object_get(input, "purchases");
    custval_error error = CUSTVAL_ERROR_INIT;
    for (size_t i = 0; i < json_array_size(purchases); i++) {
        double out;
        assert_ok(custval_active_probability(number_of(input, "last_purchase_time"), number_of(input, "period_length"),
                                             json_number_value(json_array_get(purchases, i)), &out, &error),
                  &error);
        assert_known(out, json_array_get(expected_of(test), i), test);
    }
}

static const named_case known[] = {
    {"markov.pfeifer_carraway.T4", markov_known},
    {"markov.pfeifer_carraway.inf", markov_known},
    {"markov.undiscounted", markov_known},
    {"gupta_lehmann.margin_multiple", multiples},
    {"gupta_lehmann.growth", multiples_growing},
    {"berger_nasr.case1", contract},
    {"rlz.roi", programme},
    {"crv.kumar", referral_value},
    {"value.components", components},
    {"share_of_customer", share_of_customer},
    {"acquisition.optimum", acquisition},
    {"reinartz_kumar.tn", active},
};

int main(void) {
    const int failed = cases_run_named("money", "lifetime_and_equity.json", known, SUPPORT_COUNT(known));
    return failed + cases_run_all("computed money", "money.json", run_case);
}
