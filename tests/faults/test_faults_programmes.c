/* Every allocation of knowledge bases and of the next need fails once, and with all after it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include <custval/custval.h>
#include <custval/programmes.h>

#include "csv_table.h"
#include "faults.h"
#include "support.h"

/* Made before anything fails. */
typedef struct material {
    custval_table *customers, *outcomes, *jars;
    custval_programmes *base;
    char *document;
    size_t length;
} material;

static material shared;

static int set_up(void **state) {
    (void)state;
    shared.customers = csv_table("examples/programmes/customers.csv");
    shared.outcomes = csv_table("examples/programmes/outcomes.csv");
    shared.jars = csv_table("examples/programmes/jars.csv");
    shared.document = support_read_file("examples/programmes/programmes.json", &shared.length);
    assert_ok(custval_programmes_parse(NULL, shared.document, shared.length, &shared.base, NULL), NULL);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    custval_programmes_free(shared.base);
    free(shared.document);
    custval_table_free(shared.jars);
    custval_table_free(shared.outcomes);
    custval_table_free(shared.customers);
    return 0;
}

static custval_programmes_options options_of(const custval_host *host) {
    custval_programmes_options options = CUSTVAL_PROGRAMMES_OPTIONS_INIT;
    options.host = host;
    options.reasons = 1;
    options.budget = 100.0;
    options.language = "ko";
    return options;
}

static custval_status parse(const custval_host *host, void *data) {
    (void)data;
    custval_programmes *base = rubbish();
    const custval_status status = custval_programmes_parse(host, shared.document, shared.length, &base, NULL);
    assert_int_equal(base == NULL, status != CUSTVAL_OK);
    custval_programmes_free(base);
    return status;
}

static custval_status update(const custval_host *host, void *data) {
    (void)data;
    const custval_programmes_options options = options_of(host);
    custval_programmes *base = rubbish();
    const custval_status status = custval_programmes_update(shared.base, shared.outcomes, &options, &base, NULL);
    assert_int_equal(base == NULL, status != CUSTVAL_OK);
    custval_programmes_free(base);
    return status;
}

static custval_status match(const custval_host *host, void *data) {
    (void)data;
    const custval_programmes_options options = options_of(host);
    custval_table *out = rubbish();
    const custval_status status = custval_programmes_match(shared.base, shared.customers, &options, &out, NULL);
    return end(out, status);
}

static custval_status explain(const custval_host *host, void *data) {
    (void)data;
    const custval_programmes_options options = options_of(host);
    custval_table *out = rubbish();
    const custval_status status = custval_programmes_explain(shared.base, shared.customers, 5, &options, &out, NULL);
    return end(out, status);
}

static custval_status nearest(const custval_host *host, void *data) {
    (void)data;
    const custval_programmes_options options = options_of(host);
    custval_table *out = rubbish();
    const custval_status status = custval_programmes_nearest(shared.base, shared.customers, 5, &options, &out, NULL);
    return end(out, status);
}

static custval_status list(const custval_host *host, void *data) {
    (void)data;
    const custval_programmes_options options = options_of(host);
    custval_table *out = rubbish();
    const custval_status status = custval_programmes_list(shared.base, &options, &out, NULL);
    return end(out, status);
}

static custval_status check(const custval_host *host, void *data) {
    (void)data;
    const custval_programmes_options options = options_of(host);
    custval_table *out = rubbish();
    const custval_status status = custval_programmes_check(shared.base, shared.customers, &options, &out, NULL);
    return end(out, status);
}

static custval_status need(const custval_host *host, void *data) {
    static const char *const counts[] = {"adults"};
    static const char *const rates[] = {"per_adult"};
    (void)data;
    custval_need_options options = CUSTVAL_NEED_OPTIONS_INIT;
    custval_table *out = rubbish();
    options.host = host;
    options.as_of = "2026-03-01";
    options.stock = "rice";
    options.capacity = "jar";
    options.counts = counts;
    options.rates = rates;
    options.kinds = 1;
    const custval_status status = custval_next_need(shared.jars, &options, &out, NULL);
    return end(out, status);
}

#define EXHAUSTS(name, call)            \
  static void name(void **state) {      \
    (void)state;                        \
    support_exhaust_memory(call, NULL); \
  }

EXHAUSTS(parsing, parse)
EXHAUSTS(updating, update)
EXHAUSTS(matching, match)
EXHAUSTS(explaining, explain)
EXHAUSTS(comparing, nearest)
EXHAUSTS(listing, list)
EXHAUSTS(checking, check)
EXHAUSTS(needing, need)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parsing),    cmocka_unit_test(updating),  cmocka_unit_test(matching),
        cmocka_unit_test(explaining), cmocka_unit_test(comparing), cmocka_unit_test(listing),
        cmocka_unit_test(checking),   cmocka_unit_test(needing),
    };
    return cmocka_run_group_tests_name("faults of programmes", tests, set_up, tear_down);
}
