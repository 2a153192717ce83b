/* lifetime_and_equity.json: what BG/BB, sBG and BdW themselves can answer; the paper's optimum on its own data. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cases.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <custval/lifetime.h>

#include "csv_table.h"
#include "json_table.h"
#include "lifetime/model.h"

#define MOST 32

/* Rows of a table or of a case, with counts. */
typedef struct people {
    double x[MOST], t_x[MOST], T[MOST], lost[MOST], counts[MOST];
    custval__customers customers;
} people;

static void people_end(people *in, size_t count) {
    assert_true(count <= MOST);
    in->customers = (custval__customers){count, in->x, in->t_x, in->T, NULL, in->lost};
}

static size_t numbers_of(const json_t *test, const char *name, double *out) {
    const json_t *const value = json_object_get(test, name);
    const size_t count = json_is_array(value) ? json_array_size(value) : value != NULL;
    assert_true(count <= MOST);
    for (size_t i = 0; i < count; i++) {
        out[i] = json_number_value(json_is_array(value) ? json_array_get(value, i) : value);
    }
    return count;
}

static const json_t *input_of(const json_t *test) {
    return json_object_get(test, "input");
}

static double member(const json_t *test, const char *name) {
    return json_number_value(json_object_get(test, name));
}

static void assert_expected(const json_t *test, const double *actual, double relative) {
    double expected[MOST];
    const size_t count = numbers_of(test, "expected", expected);
    assert_true(count > 0);
    for (size_t i = 0; i < count; i++) assert_double_near(actual[i], expected[i], relative * fabs(expected[i]));
}

/* ---- At a published optimum ---- */

/* The likelihood is the published one, and no slope by the logarithm of a parameter is left. */
static void assert_optimum(const custval__model *model, const json_t *test, const people *in) {
    const json_t *const expected = json_object_get(test, "expected");
    double parameters[CUSTVAL__MODEL_PARAMETERS], values[MOST], by[4][MOST], sum = 0.0;
    double *const slopes[] = {by[0], by[1], by[2], by[3]};
    for (size_t k = 0; k < model->parameters; k++) parameters[k] = member(expected, model->names[k]);
    model->log_likelihood(parameters, &in->customers, values, slopes);
    for (size_t i = 0; i < in->customers.count; i++) sum += in->counts[i] * values[i];
    assert_double_near(sum, member(expected, "loglik"), 1e-6);
    for (size_t k = 0; k < model->parameters; k++) {
        double slope = 0.0;
        for (size_t i = 0; i < in->customers.count; i++) slope += in->counts[i] * by[k][i];
        assert_double_near(slope, 0.0, 1e-4); /* of thousands of customers; the optimum is given to 1e-6 or better */
    }
}

static void donations(const json_t *test) {
    people in;
    custval_table *const table = csv_table("examples/cdnow/donations.csv");
    const size_t count = custval_table_rows(table);
    people_end(&in, count);
    for (size_t i = 0; i < count; i++) {
        in.x[i] = table_cell(table, "frequency", i);
        in.t_x[i] = table_cell(table, "recency", i);
        in.T[i] = table_cell(table, "periods", i);
        in.counts[i] = table_cell(table, "weights", i);
        assert_null(custval__bgbb.check(&in.customers, i));
    }
    custval_table_free(table);
    assert_optimum(&custval__bgbb, test, &in);
}

static void curve(const json_t *test, const custval__model *model) {
    double survivors[MOST];
    people in;
    custval_table *table = NULL;
    custval_error error = CUSTVAL_ERROR_INIT;
    const size_t count = numbers_of(input_of(test), "survival_percent", survivors);
    const double size = member(input_of(test), "cohort_size");
    for (size_t i = 0; i < count; i++) survivors[i] *= size / 100.0;
    assert_ok(custval_lifetime_survivors(NULL, survivors, count, &table, &error), &error);
    assert_int_equal(custval_table_rows(table), count);
    people_end(&in, count);
    for (size_t i = 0; i < count; i++) {
        in.T[i] = table_cell(table, "T", i);
        in.lost[i] = table_cell(table, "lost", i);
        in.counts[i] = table_cell(table, "count", i);
        assert_null(model->check(&in.customers, i));
    }
    custval_table_free(table);
    assert_optimum(model, test, &in);
}

static void sbg_curve(const json_t *test) {
    curve(test, &custval__sbg);
}

static void bdw_curve(const json_t *test) {
    curve(test, &custval__bdw);
}

/* ---- Predictions ---- */

static void bgbb_input(const json_t *test, double *parameters, people *out) {
    const json_t *const input = input_of(test);
    const size_t count = numbers_of(input, "x", out->x);
    assert_int_equal(numbers_of(input, "params", parameters), 4);
    assert_int_equal(numbers_of(input, "t_x", out->t_x), count);
    for (size_t i = 0; i < count; i++) out->T[i] = member(input, "n");
    people_end(out, count);
}

static void bgbb_alive(const json_t *test) {
    double parameters[4], out[MOST];
    people in;
    bgbb_input(test, parameters, &in);
    custval__bgbb.log_alive(parameters, &in.customers, out);
    for (size_t i = 0; i < in.customers.count; i++) out[i] = exp(out[i]);
    assert_expected(test, out, 1e-12);
}

static void bgbb_expected(const json_t *test) {
    double parameters[4], out[MOST];
    people in;
    bgbb_input(test, parameters, &in);
    const double periods = member(input_of(test), "periods");
    custval__bgbb.expected(parameters, &in.customers, &periods, 1, out);
    assert_expected(test, out, 1e-12);
}

static void bgbb_new_customer(const json_t *test) {
    double parameters[4], out[MOST];
    people in = {{0.0}, {0.0}, {0.0}, {0.0}, {0.0}, {0, NULL, NULL, NULL, NULL, NULL}};
    people_end(&in, 1);
    numbers_of(input_of(test), "params", parameters);
    const double periods = member(input_of(test), "n");
    custval__bgbb.expected(parameters, &in.customers, &periods, 1, out);
    assert_expected(test, out, 1e-12);
}

static void bgbb_residual(const json_t *test) {
    double parameters[4], out[MOST];
    people in;
    bgbb_input(test, parameters, &in);
    custval__bgbb.residual(parameters, &in.customers, log1p(member(input_of(test), "discount_rate")), out);
    assert_expected(test, out, 1e-12);
}

static void bgbb_long(const json_t *test) {
    double parameters[4], out[MOST];
    people in;
    const json_t *const cells = json_object_get(input_of(test), "cells");
    numbers_of(input_of(test), "params", parameters);
    people_end(&in, json_array_size(cells));
    for (size_t i = 0; i < in.customers.count; i++) {
        const json_t *const cell = json_array_get(cells, i);
        in.x[i] = json_number_value(json_array_get(cell, 0));
        in.t_x[i] = json_number_value(json_array_get(cell, 1));
        in.T[i] = json_number_value(json_array_get(cell, 2));
    }
    custval__bgbb.log_likelihood(parameters, &in.customers, out, NULL);
    assert_expected(test, out, 1e-12);
}

static size_t sbg_input(const json_t *test, const char *list, double *parameters, people *out) {
    const size_t count = numbers_of(input_of(test), list, out->T);
    memset(out->lost, 0, sizeof out->lost);
    people_end(out, count);
    parameters[0] = member(input_of(test), "alpha");
    parameters[1] = member(input_of(test), "beta");
    return count;
}

/* The case counts the renewal that comes next in full: with money at the beginning of its period. */
static void sbg_residual(const json_t *test) {
    double parameters[2], out[MOST];
    people in;
    const size_t count = sbg_input(test, "renewals_made", parameters, &in);
    const double rate = member(input_of(test), "discount_rate");
    custval__sbg.residual(parameters, &in.customers, log1p(rate), out);
    for (size_t i = 0; i < count; i++) out[i] *= 1.0 + rate;
    assert_expected(test, out, 1e-12);
}

static void sbg_survival(const json_t *test) {
    double parameters[2], t[MOST], out[MOST];
    people in;
    const size_t count = sbg_input(test, "t", parameters, &in);
    memcpy(t, in.T, sizeof t);
    memset(in.T, 0, sizeof in.T);
    custval__sbg.alive_later(parameters, &in.customers, t, out);
    for (size_t i = 0; i < count; i++) out[i] *= 100.0;
    assert_expected(test, out, 1e-12);
}

static const named_case known[] = {
    {"fit.bgbb.donations", donations},  {"fit.sbg.regular", sbg_curve},   {"predict.sbg.regular", sbg_survival},
    {"fit.bdw.high_end.5", bdw_curve},  {"fit.bdw.regular.5", bdw_curve}, {"fit.bdw.high_end.8", bdw_curve},
    {"bgbb.palive.table6", bgbb_alive}, {"bgbb.cet", bgbb_expected},      {"bgbb.expectation", bgbb_new_customer},
    {"bgbb.dert", bgbb_residual},       {"sbg.derl.case1", sbg_residual}, {"sbg.derl.readme", sbg_residual},
    {"hard.bgbb.long", bgbb_long},
};

int main(void) {
    return cases_run_named("discrete time", "lifetime_and_equity.json", known, SUPPORT_COUNT(known));
}
