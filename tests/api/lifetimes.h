/* Lifetimes for tests: from stated parameters, and fitted to the shipped purchases. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TESTS_LIFETIMES_H
#define CUSTVAL_TESTS_LIFETIMES_H

#include <math.h>

#include "api.h"
#include "csv_table.h"
#include "json_table.h"

#define NONE ((double)NAN)

static const double bgnbd[] = {0.243, 4.414, 0.793, 2.426};
static const custval_lifetime_columns in_words = {
    sizeof(custval_lifetime_columns), "frequency", "recency", NULL, NULL, NULL, NULL,
};

static inline custval_lifetime *stated(uint32_t model, const double *parameters, size_t count) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime *out = NULL;
    assert_ok(custval_lifetime_new(NULL, model, parameters, count, "week", &out, &error), &error);
    return out;
}

static inline custval_lifetime_fit_options options_for(uint32_t model) {
    custval_lifetime_fit_options options = CUSTVAL_LIFETIME_FIT_OPTIONS_INIT;
    options.model = model;
    return options;
}

static inline custval_lifetime *fitted(uint32_t model) {
    custval_lifetime_fit_options options = options_for(model);
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime *out = NULL;
    custval_table *table = csv_table("examples/cdnow/summary.csv");
    options.columns = &in_words;
    options.unit = "week";
    options.from = "1997-01-01";
    options.to = "1997-09-30";
    assert_ok(custval_lifetime_fit(table, &options, &out, &error), &error);
    custval_table_free(table);
    return out;
}

static inline custval_lifetime_facts facts_of(const custval_lifetime *lifetime) {
    custval_lifetime_facts facts = CUSTVAL_LIFETIME_FACTS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    assert_ok(custval_lifetime_facts_get(lifetime, &facts, &error), &error);
    return facts;
}

#endif
