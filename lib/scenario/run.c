/* custval_scenario_run: what a plan does to value and sales. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "run.h"

#include <math.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/options.h"
#include "../table/table.h"

static double number(const custval__scenario_run *run, uint32_t which) {
    return custval__scenario_number_of(run->scenario, CUSTVAL__SCENARIO_SALES, which);
}

/* Sum over the periods [first, last] of a sum over customers. */
static double sum_over(const custval__scenario_run *run, uint32_t sum, uint32_t first, uint32_t last) {
    custval__sum all = {0.0, 0.0};
    for (uint32_t t = first; t <= last; t++) custval__sum_add(&all, custval__scenario_sum_in(run, t, sum));
    return custval__sum_value(&all);
}

static void fill_sales(const custval__scenario_run *run, custval_scenario_facts *facts) {
    const uint32_t length = run->scenario->length, periods = run->scenario->periods;
    const custval__scenario_sales before = custval__scenario_sales_in(run, 0);
    custval__sum during = {0.0, 0.0}, after = {0.0, 0.0}, profit = {0.0, 0.0};
    for (uint32_t t = 1; t <= periods; t++) {
        const custval__scenario_sales sales = custval__scenario_sales_in(run, t);
        custval__sum_add(t <= length ? &during : &after, sales.units);
        custval__sum_add(&profit, sales.profit - before.profit);
    }
    const double bought =
        sum_over(run, CUSTVAL__SUM_BOUGHT, 1, length) * (1.0 + number(run, CUSTVAL__SALES_ACQUISITION));
    facts->units_before = before.units;
    facts->units_during = custval__sum_value(&during) / length;
    facts->units_after = periods > length ? custval__sum_value(&after) / (periods - length) : (double)NAN;
    facts->profit = custval__sum_value(&profit);
    facts->bought_anyway = bought > 0.0 ? sum_over(run, CUSTVAL__SUM_ANYWAY, 1, length) / bought : (double)NAN;
}

/* The price changes the system's value by so much per unit of money; the lead is worth so many of them. */
static double premium_of(const custval__scenario_run *run, double customers) {
    const custval__scenario_period *const course = run->scenario->course;
    const double sold = custval__scenario_sum_in(run, 0, CUSTVAL__SUM_SOLD);
    const double lead = custval__scenario_sum_in(run, 0, CUSTVAL__SUM_LEAD) / sold;
    const double change =
        custval__scenario_sum_in(run, 1, CUSTVAL__SUM_CHANGE) / customers - (course[1].extra - course[0].extra);
    const int is_moved = run->scenario->has[CUSTVAL__SCENARIO_PRICES] && run->state_of[1] != 0 && change != 0.0;
    return is_moved ? -lead * (course[1].price - course[0].price) / change : (double)NAN;
}

static void fill_facts(const custval__scenario_run *run, custval_scenario_facts *facts) {
    const uint32_t length = run->scenario->length, periods = run->scenario->periods;
    const custval__scenario_total *const total = &run->total;
    const double customers = (double)total->customers;
    const double during = sum_over(run, CUSTVAL__SUM_CHANGE, 1, length) / length;
    const double plain = custval__sum_value(&total->without), quality = during - plain;
    facts->customers = total->customers;
    facts->skipped = total->skipped;
    facts->chosen = total->chosen;
    facts->switching = total->switching;
    facts->rose = total->rose;
    facts->fell = total->fell;
    /* Without customers these are 0 / 0. */
    facts->before = custval__scenario_sum_in(run, 0, CUSTVAL__SUM_VALUE) / customers;
    facts->during_change = during / customers;
    facts->after_change = periods > length
                              ? sum_over(run, CUSTVAL__SUM_CHANGE, length + 1, periods) / (periods - length) / customers
                              : (double)NAN;
    facts->net = sum_over(run, CUSTVAL__SUM_CHANGE, 1, periods) / customers;
    facts->without = run->plain_of != NULL ? plain / customers : (double)NAN;
    facts->break_even = run->plain_of != NULL && quality != 0.0 ? -plain / quality : (double)NAN;
    facts->premium = premium_of(run, customers);
    fill_sales(run, facts);
}

static custval_status run_all(custval__scenario_run *run, custval_scenario_facts *out_facts, custval_table *customers,
                              custval_table **out_periods, custval_table **out_groups, custval_error *error) {
    custval_scenario_facts facts = CUSTVAL_SCENARIO_FACTS_INIT;
    if (out_groups != NULL) CUSTVAL__TRY(custval__scenario_find_groups(run, error));
    CUSTVAL__TRY(custval__scenario_add_customers(run, customers, error));
    CUSTVAL__TRY(custval__scenario_run_rows(run, error));
    if (out_periods != NULL) CUSTVAL__TRY(custval__scenario_periods(run, out_periods, error));
    if (out_groups != NULL) CUSTVAL__TRY(custval__scenario_group_table(run, out_groups, error));
    if (customers != NULL) custval__scenario_finish_customers(run, customers);
    if (out_facts == NULL) return CUSTVAL_OK;
    fill_facts(run, &facts);
    return custval__struct_write(out_facts, &facts, sizeof facts, sizeof facts, "custval_scenario_facts", error);
}

static void drop(custval_table **table) {
    if (table == NULL) return;
    custval_table_free(*table);
    *table = NULL;
}

custval_status custval_scenario_run(const custval_scenario *scenario, const custval_system *system,
                                    const custval_table *table, const custval_scenario_options *options,
                                    custval_scenario_facts *out_facts, custval_table **out_customers,
                                    custval_table **out_periods, custval_table **out_groups, custval_error *error) {
    custval__scenario_run run;
    custval_table *customers = NULL;
    if (out_customers != NULL) *out_customers = NULL;
    if (out_periods != NULL) *out_periods = NULL;
    if (out_groups != NULL) *out_groups = NULL;
    custval_status status = custval__scenario_open(&run, scenario, system, table, SIZE_MAX, options, error);
    if (status == CUSTVAL_OK && out_customers != NULL) {
        status = custval__result_new(&run.host, custval_table_rows(table), &customers, error);
    }
    if (status == CUSTVAL_OK) status = run_all(&run, out_facts, customers, out_periods, out_groups, error);
    custval__scenario_close(&run);
    if (status == CUSTVAL_OK) {
        if (out_customers != NULL) *out_customers = customers;
        return CUSTVAL_OK;
    }
    custval_table_free(customers);
    drop(out_periods);
    drop(out_groups);
    return status;
}
