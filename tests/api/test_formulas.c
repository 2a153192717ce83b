/* The interface: spending on customers, and formulas of money. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "api.h"

#include <math.h>

#include <custval/equity.h>
#include <custval/formulas.h>

static const double none = (double)NAN, far = (double)INFINITY;

/* ---- Spending ------------------------------------------------------------------------------------------------------- */

static void spending_refuses_what_is_no_response(void **state) {
    (void)state;
    const custval_response good = {0.5, 0.1}, sure = {1.0, 0.1}, huge = {1.0, 1e308};
    const custval_response wrong[] = {{0.0, 0.1}, {1.1, 0.1}, {none, 0.1}, {0.5, 0.0}, {0.5, far}, {0.5, none}};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_spending out = {7, 7, 7, 7};
    assert_refused(custval_acquisition_optimum(NULL, 10, &out, &error));
    assert_refused(custval_acquisition_optimum(&good, 10, NULL, &error));
    assert_refused(custval_retention_optimum(NULL, 10, 0.1, &out, &error));
    assert_refused(custval_retention_optimum(&good, 10, 0.1, NULL, &error));
    for (size_t i = 0; i < SUPPORT_COUNT(wrong); i++) {
        assert_status(custval_acquisition_optimum(&wrong[i], 10, &out, &error), CUSTVAL_ERROR_RANGE, &error);
        assert_status(custval_retention_optimum(&wrong[i], 10, 0.1, &out, &error), CUSTVAL_ERROR_RANGE, &error);
    }
    assert_status(custval_acquisition_optimum(&good, far, &out, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
    assert_status(custval_retention_optimum(&good, none, 0.1, &out, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
    assert_status(custval_retention_optimum(&good, 10, -0.1, &out, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_status(custval_retention_optimum(&sure, 10, 0.0, &out, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_double_bits(out.spend, 7.0);
    assert_ok(custval_acquisition_optimum(&good, -10, &out, &error), &error);
    assert_double_bits(out.spend, 0.0);
    assert_status(custval_retention_optimum(&huge, 1e308, 0.1, &out, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
    assert_message(&error, "too large for a double");
    assert_ok(custval_retention_optimum(&sure, 1000, 0.1, &out, &error), &error);
    assert_true(out.spend > 0.0 && out.share < 1.0 && out.allowable > out.spend);
}

/* ---- Formulas ------------------------------------------------------------------------------------------------------- */

static custval_status multiple_with(const void *terms, custval_error *error) {
    double out = 7;
    const custval_status status = custval_margin_multiple(terms, &out, error);
    assert_int_equal(isnan(out) != 0, status != CUSTVAL_OK);
    return status;
}

static custval_status contract_with(const void *terms, custval_error *error) {
    double out = 7;
    const custval_status status = custval_contractual_value(terms, &out, error);
    assert_int_equal(isnan(out) != 0, status != CUSTVAL_OK);
    return status;
}

static custval_status economic_with(const void *terms, custval_error *error) {
    double out = 7, inducement = 7;
    const custval_status status = custval_economic_value(terms, &out, &inducement, error);
    assert_int_equal(isnan(out) != 0, status != CUSTVAL_OK);
    assert_int_equal(isnan(inducement) != 0, status != CUSTVAL_OK);
    return status;
}

#define assert_terms(call, type, whole, change, expected)      \
  do {                                                         \
    type terms = whole;                                        \
    custval_error refused = CUSTVAL_ERROR_INIT;                \
    change;                                                    \
    assert_status(call(&terms, &refused), expected, &refused); \
  } while (0)

static void a_multiple_needs_its_convention_and_an_end(void **state) {
    (void)state;
    custval_multiple_terms terms = CUSTVAL_MULTIPLE_TERMS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    double out;
    terms.retention = 0.8;
    terms.rate = 0.1;
    assert_refused(multiple_with(&terms, &error)); /* when does the first margin come? */
    assert_message(&error, "first must be now or next");
    terms.first = CUSTVAL_FIRST_NOW;
    assert_reads_struct(multiple_with, &terms, sizeof terms);
    custval_multiple_terms slow = CUSTVAL_MULTIPLE_TERMS_INIT;
    slow.retention = 1.0;
    slow.rate = 1e-300;
    slow.first = CUSTVAL_FIRST_NOW;
    assert_ok(custval_margin_multiple(&slow, &out, &error), &error);
    assert_double_near(out, 1e300, 1e286);
    assert_refused(custval_margin_multiple(&terms, NULL, &error));
    assert_refused(custval_margin_multiple(NULL, &out, &error));
    assert_ok(custval_margin_multiple(&terms, &out, &error), &error);
    assert_double_near(out, 1.1 / 0.3, 1e-14 * 4);
    terms.growth = 0.375; /* 0.8 x 1.375 is 1.1 */
    assert_status(multiple_with(&terms, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_message(&error, "no end");
    terms.periods = 3; /* a finite horizon has an end */
    assert_ok(custval_margin_multiple(&terms, &out, &error), &error);
    assert_double_near(out, 3.0, 1e-14 * 3);
    terms.first = CUSTVAL_FIRST_NEXT;
    assert_ok(custval_margin_multiple(&terms, &out, &error), &error);
    assert_double_near(out, 3.0 * 0.8 / 1.1, 1e-14 * 3);
    const struct {
        double retention, rate, growth;
        custval_status status;
    } wrong[] = {{1.1, 0, 0, CUSTVAL_ERROR_RANGE},        {0.5, -1, 0, CUSTVAL_ERROR_RANGE},
                 {0.5, 0, -2, CUSTVAL_ERROR_RANGE},       {none, 0, 0, CUSTVAL_ERROR_NOT_FINITE},
                 {0.5, far, 0, CUSTVAL_ERROR_NOT_FINITE}, {0.5, 0, none, CUSTVAL_ERROR_NOT_FINITE}};
    for (size_t i = 0; i < SUPPORT_COUNT(wrong); i++) {
        terms.retention = wrong[i].retention;
        terms.rate = wrong[i].rate;
        terms.growth = wrong[i].growth;
        assert_status(multiple_with(&terms, &error), wrong[i].status, &error);
    }
    terms = (custval_multiple_terms)CUSTVAL_MULTIPLE_TERMS_INIT;
    terms.retention = 1.0;
    terms.first = CUSTVAL_FIRST_NOW;
    terms.periods = 1000001;
    assert_status(multiple_with(&terms, &error), CUSTVAL_ERROR_RANGE, &error);
    terms.periods = 1000000;
    terms.growth = 1.0;
    assert_status(multiple_with(&terms, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
}

static custval_contract_terms a_contract(void) {
    custval_contract_terms terms = CUSTVAL_CONTRACT_TERMS_INIT;
    terms.contribution = 100;
    terms.cost = 10;
    terms.retention = 0.5;
    terms.rate = 0.25;
    terms.periods = 2;
    terms.first = CUSTVAL_FIRST_NEXT;
    terms.cost_timing = CUSTVAL_TIMING_END;
    return terms;
}

static double contract_value(uint32_t first, uint32_t timing, uint32_t periods) {
    custval_contract_terms terms = a_contract();
    custval_error error = CUSTVAL_ERROR_INIT;
    double out;
    terms.first = first;
    terms.cost_timing = timing;
    terms.periods = periods;
    assert_ok(custval_contractual_value(&terms, &out, &error), &error);
    return out;
}

/* ratio 0.4: contributions 100 (0.4 + 0.16), costs 10 (1 + 0.4) at each end. */
static void contracts_pay_when_they_say(void **state) {
    (void)state;
    const custval_contract_terms whole = a_contract();
    custval_error error = CUSTVAL_ERROR_INIT;
    double out;
    assert_double_near(contract_value(CUSTVAL_FIRST_NEXT, CUSTVAL_TIMING_END, 2), 56.0 - 14.0 / 1.25, 1e-13);
    assert_double_near(contract_value(CUSTVAL_FIRST_NEXT, CUSTVAL_TIMING_BEGIN, 2), 56.0 - 14.0, 1e-13);
    assert_double_near(contract_value(CUSTVAL_FIRST_NOW, CUSTVAL_TIMING_BEGIN, 2), 156.0 - 14.0, 1e-13);
    assert_double_near(contract_value(CUSTVAL_FIRST_NOW, 0, 2), 156.0 - 14.0 / sqrt(1.25), 1e-13);
    assert_double_bits(contract_value(CUSTVAL_FIRST_NOW, 0, 0), 100.0);
    assert_double_bits(contract_value(CUSTVAL_FIRST_NEXT, 0, 0), 0.0);
    assert_reads_struct(contract_with, &whole, sizeof whole);
    assert_refused(custval_contractual_value(&whole, NULL, &error));
    assert_refused(custval_contractual_value(NULL, &out, &error));
    assert_terms(contract_with, custval_contract_terms, whole, terms.first = 0, CUSTVAL_ERROR_ARGUMENT);
    assert_terms(contract_with, custval_contract_terms, whole, terms.cost_timing = 4, CUSTVAL_ERROR_ARGUMENT);
    assert_terms(contract_with, custval_contract_terms, whole, terms.reserved = 1, CUSTVAL_ERROR_ARGUMENT);
    assert_terms(contract_with, custval_contract_terms, whole, terms.periods = 1000001, CUSTVAL_ERROR_RANGE);
    assert_terms(contract_with, custval_contract_terms, whole, terms.retention = -0.1, CUSTVAL_ERROR_RANGE);
    assert_terms(contract_with, custval_contract_terms, whole, terms.rate = -2, CUSTVAL_ERROR_RANGE);
    assert_terms(contract_with, custval_contract_terms, whole, terms.contribution = far, CUSTVAL_ERROR_NOT_FINITE);
    assert_terms(contract_with, custval_contract_terms, whole, terms.cost = none, CUSTVAL_ERROR_NOT_FINITE);
}

static void flows_are_discounted(void **state) {
    (void)state;
    const double flows[] = {-100, 55, 60.5}, wrong[] = {1, none};
    custval_error error = CUSTVAL_ERROR_INIT;
    double out;
    assert_ok(custval_present_value(flows, 3, 0, 0.1, &out, &error), &error);
    assert_double_near(out, 0.0, 1e-13);
    assert_ok(custval_present_value(flows + 1, 1, 1, 0.1, &out, &error), &error);
    assert_double_near(out, 50.0, 1e-13);
    assert_ok(custval_present_value(NULL, 0, 0, 0.1, &out, &error), &error);
    assert_double_bits(out, 0.0);
    assert_refused(custval_present_value(flows, 3, 0, 0.1, NULL, &error));
    assert_refused(custval_present_value(NULL, 3, 0, 0.1, &out, &error));
    assert_true(isnan(out));
    assert_status(custval_present_value(flows, 3, -1, 0.1, &out, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_status(custval_present_value(flows, 3, 0, -1, &out, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_status(custval_present_value(wrong, 2, 0, 0.1, &out, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
    assert_message(&error, "flows[1]");
    assert_status(custval_present_value(flows, 3, 1e6, -0.9, &out, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
    /* 1000 + 110 / 1.1 + 121 / 1.21 - 242 / 1.21. */
    const double costs[] = {110, 121};
    assert_ok(custval_life_cycle_cost(1000, costs, 2, 242, 0.1, &out, &error), &error);
    assert_double_near(out, 1000.0, 1e-12);
    assert_refused(custval_life_cycle_cost(1000, costs, 2, 242, 0.1, NULL, &error));
    assert_refused(custval_life_cycle_cost(1000, NULL, 2, 242, 0.1, &out, &error));
    assert_status(custval_life_cycle_cost(none, costs, 2, 242, 0.1, &out, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
    assert_status(custval_life_cycle_cost(1, costs, 2, far, 0.1, &out, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
    assert_status(custval_life_cycle_cost(1, costs, 2, 0, -1, &out, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_status(custval_life_cycle_cost(1, wrong, 2, 0, 0, &out, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
    assert_message(&error, "costs[1]");
}

/* A reference that costs 1000 over its life; ours costs 100 to start and 300 to use, and gives 200 more. */
static void economic_value_is_the_price_at_which_both_are_as_good(void **state) {
    (void)state;
    custval_economic_terms whole = CUSTVAL_ECONOMIC_TERMS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    double out, inducement;
    whole.reference_cost = 1000;
    whole.start_up = 100;
    whole.post_purchase = 300;
    whole.increment = 200;
    whole.price = 475;
    assert_ok(custval_economic_value(&whole, &out, &inducement, &error), &error);
    assert_double_bits(out, 800.0);
    assert_double_bits(inducement, 325.0);
    assert_ok(custval_economic_value(&whole, &out, NULL, &error), &error);
    assert_reads_struct(economic_with, &whole, sizeof whole);
    assert_refused(custval_economic_value(&whole, NULL, &inducement, &error));
    assert_refused(custval_economic_value(NULL, &out, &inducement, &error));
    assert_terms(economic_with, custval_economic_terms, whole, terms.reference_cost = none, CUSTVAL_ERROR_NOT_FINITE);
    assert_terms(economic_with, custval_economic_terms, whole, terms.start_up = none, CUSTVAL_ERROR_NOT_FINITE);
    assert_terms(economic_with, custval_economic_terms, whole, terms.post_purchase = far, CUSTVAL_ERROR_NOT_FINITE);
    assert_terms(economic_with, custval_economic_terms, whole, terms.increment = far, CUSTVAL_ERROR_NOT_FINITE);
    assert_terms(economic_with, custval_economic_terms, whole, terms.price = none, CUSTVAL_ERROR_NOT_FINITE);
}

static void single_numbers_are_checked(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    double out;
    assert_ok(custval_programme_return(150, 100, &out, &error), &error);
    assert_double_bits(out, 0.5);
    assert_refused(custval_programme_return(150, 100, NULL, &error));
    assert_status(custval_programme_return(150, 0, &out, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_status(custval_programme_return(none, 1, &out, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
    assert_status(custval_programme_return(1, far, &out, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
    assert_ok(custval_allowable_spend(0.5, 0.75, 100, &out, &error), &error);
    assert_double_bits(out, 25.0);
    assert_refused(custval_allowable_spend(0.5, 0.75, 100, NULL, &error));
    assert_status(custval_allowable_spend(-0.5, 0.75, 100, &out, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_status(custval_allowable_spend(0.5, 1.75, 100, &out, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_status(custval_allowable_spend(0.5, 0.75, far, &out, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
    assert_ok(custval_active_probability(6, 12, 2, &out, &error), &error);
    assert_double_bits(out, 0.25);
    assert_ok(custval_active_probability(0, 12, 0, &out, &error), &error);
    assert_double_bits(out, 1.0);
    assert_refused(custval_active_probability(6, 12, 2, NULL, &error));
    assert_status(custval_active_probability(13, 12, 2, &out, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_status(custval_active_probability(-1, 12, 2, &out, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_status(custval_active_probability(0, 0, 2, &out, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_status(custval_active_probability(6, 12, 1.5, &out, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_status(custval_active_probability(6, 12, -1, &out, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_status(custval_active_probability(6, none, 1, &out, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spending_refuses_what_is_no_response),
        cmocka_unit_test(a_multiple_needs_its_convention_and_an_end),
        cmocka_unit_test(contracts_pay_when_they_say),
        cmocka_unit_test(flows_are_discounted),
        cmocka_unit_test(economic_value_is_the_price_at_which_both_are_as_good),
        cmocka_unit_test(single_numbers_are_checked),
    };
    return cmocka_run_group_tests_name("formulas", tests, NULL, NULL);
}
