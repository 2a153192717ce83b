/* Every allocation of worths, concentration, wallets and equity fails once, and with all after it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include <custval/custval.h>
#include <custval/equity.h>
#include <custval/worth.h>

#include "csv_table.h"
#include "faults.h"
#include "support.h"

/* Made before anything fails. */
typedef struct material {
    custval_table *customers, *buyers;
    custval_worth *worth;
    char *document;
    size_t length;
} material;

static material shared;

static int set_up(void **state) {
    static const custval_text last[] = {{"us", 2}, {"them", 4}, {"us", 2}};
    static const double utility[] = {1, 2, 3}, other[] = {2, 2, 1}, probability[] = {0.1, 0.2, 0.3};
    (void)state;
    shared.customers = csv_table("examples/worth/customers.csv");
    shared.document = support_read_file("examples/worth/worth.json", &shared.length);
    assert_ok(custval_worth_parse(NULL, shared.document, shared.length, &shared.worth, NULL), NULL);
    assert_ok(custval_table_new(NULL, 3, &shared.buyers, NULL), NULL);
    assert_ok(custval_table_add_texts(shared.buyers, "last_brand", last, NULL), NULL);
    assert_ok(custval_table_add_doubles(shared.buyers, "us", utility, NULL), NULL);
    assert_ok(custval_table_add_doubles(shared.buyers, "them", other, NULL), NULL);
    assert_ok(custval_table_add_doubles(shared.buyers, "value", other, NULL), NULL);
    assert_ok(custval_table_add_doubles(shared.buyers, "probability", probability, NULL), NULL);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    custval_table_free(shared.buyers);
    custval_worth_free(shared.worth);
    free(shared.document);
    custval_table_free(shared.customers);
    return 0;
}

static custval_status parse(const custval_host *host, void *data) {
    (void)data;
    custval_worth *worth = rubbish();
    const custval_status status = custval_worth_parse(host, shared.document, shared.length, &worth, NULL);
    assert_int_equal(worth == NULL, status != CUSTVAL_OK);
    custval_worth_free(worth);
    return status;
}

static custval_status value(const custval_host *host, void *data) {
    (void)data;
    custval_worth_options options = CUSTVAL_WORTH_OPTIONS_INIT;
    custval_table *out = rubbish();
    options.host = host;
    const custval_status status = custval_worth_value(shared.worth, shared.customers, &options, &out, NULL);
    return end(out, status);
}

static custval_status returns(const custval_host *host, void *data) {
    (void)data;
    custval_returns_options options = CUSTVAL_RETURNS_OPTIONS_INIT;
    custval_table *out = rubbish();
    options.host = host;
    options.segment = "segment";
    const custval_status status = custval_worth_returns(shared.worth, shared.customers, &options, &out, NULL);
    return end(out, status);
}

static custval_status concentration(const custval_host *host, void *data) {
    (void)data;
    custval_concentration_options options = CUSTVAL_CONCENTRATION_OPTIONS_INIT;
    custval_table *out = rubbish();
    options.host = host;
    options.column = "revenue";
    const custval_status status = custval_concentration(shared.customers, &options, NULL, &out, NULL);
    return end(out, status);
}

static custval_status share(const custval_host *host, void *data) {
    (void)data;
    custval_wallet_options options = CUSTVAL_WALLET_OPTIONS_INIT;
    custval_table *out = rubbish();
    options.host = host;
    options.own = "revenue";
    options.category = "wallet";
    const custval_status status = custval_wallet_share(shared.customers, &options, &out, NULL);
    return end(out, status);
}

static const char *const brands[] = {"us", "them"};

static custval_status allocation(const custval_host *host, void *data) {
    (void)data;
    custval_wallet_options options = CUSTVAL_WALLET_OPTIONS_INIT;
    custval_table *out = rubbish();
    options.host = host;
    options.brands = brands;
    options.brands_count = 2;
    const custval_status status = custval_wallet_allocation(shared.buyers, &options, &out, NULL);
    return end(out, status);
}

static custval_status equity(const custval_host *host, void *data) {
    (void)data;
    custval_equity_options options = CUSTVAL_EQUITY_OPTIONS_INIT;
    custval_table *out = rubbish();
    options.host = host;
    options.segment = "last_brand";
    const custval_status status = custval_equity(shared.buyers, shared.buyers, &options, &out, NULL);
    return end(out, status);
}

static custval_status markov(const custval_host *host, uint32_t for_ever) {
    static const double steps[] = {0.5, 0.5, 0, 1}, rewards[] = {1, 0};
    custval_markov_options options = CUSTVAL_MARKOV_OPTIONS_INIT;
    double values[2] = {7, 7};
    options.host = host;
    options.for_ever = for_ever;
    options.periods = 1;
    const custval_status status = custval_markov_value(2, steps, rewards, &options, values, NULL);
    assert_double_bits(values[0], status != CUSTVAL_OK ? 7.0 : for_ever ? 2.0 : 1.5);
    return status;
}

static custval_status markov_for_ever(const custval_host *host, void *data) {
    (void)data;
    return markov(host, 1);
}

static custval_status markov_with_an_end(const custval_host *host, void *data) {
    (void)data;
    return markov(host, 0);
}

static custval_status switching(const custval_host *host, const double *matrix) {
    custval_switching_options options = CUSTVAL_SWITCHING_OPTIONS_INIT;
    custval_table *out = rubbish(), *by_brand = rubbish();
    options.host = host;
    options.brands = brands;
    options.brands_count = 2;
    options.matrix = matrix;
    options.utilities = matrix == NULL ? brands : NULL;
    const custval_status status = custval_switching(shared.buyers, &options, &out, &by_brand, NULL);
    end(by_brand, status);
    return end(out, status);
}

static custval_status switching_stated(const custval_host *host, void *data) {
    static const double matrix[] = {0.5, 0.5, 0.25, 0.75};
    (void)data;
    return switching(host, matrix);
}

static custval_status switching_logit(const custval_host *host, void *data) {
    (void)data;
    return switching(host, NULL);
}

static void each_allocation_may_fail(void **state) {
    static custval_status (*const attempts[])(const custval_host *host, void *data) = {
        parse,          value,  returns,         concentration,      share,
        allocation,     equity, markov_for_ever, markov_with_an_end, switching_stated,
        switching_logit};
    (void)state;
    for (size_t i = 0; i < SUPPORT_COUNT(attempts); i++) support_exhaust_memory(attempts[i], NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_allocation_may_fail),
    };
    return cmocka_run_group_tests_name("faults of money", tests, set_up, tear_down);
}
