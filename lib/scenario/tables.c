/* Tables of what a scenario does: by customer, by period. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../table/table.h"
#include "run.h"

static double number(const custval__scenario_run *run, uint32_t which) {
    return custval__scenario_number_of(run->scenario, CUSTVAL__SCENARIO_SALES, which);
}

static double mean(double sum, double count) {
    return count > 0.0 ? sum / count : (double)NAN;
}

/* ---- Customers ------------------------------------------------------------------------------------------------------ */

static custval_status add_column(custval__scenario_run *run, custval_table *table, const char *name, double **out,
                                 custval_error *error) {
    if (table != NULL) return custval__result_add_doubles(table, name, out, error);
    *out = custval__arena_alloc(&run->arena, run->window, sizeof **out);
    return *out == NULL ? custval__fail_memory(error) : CUSTVAL_OK;
}

custval_status custval__scenario_add_customers(custval__scenario_run *run, custval_table *table, custval_error *error) {
    custval__scenario_customers *const to = &run->customers;
    const int has_quality = run->plain_of != NULL, has_after = run->scenario->length < run->scenario->periods;
    const struct {
        const char *name;
        double **numbers;
        int is_there;
    } columns[] = {
        {"before", &to->before, 1},
        {"during", &to->during, 1},
        {"after", &to->after, has_after},
        {"during_change", &to->during_change, 1},
        {"after_change", &to->after_change, has_after},
        {"lowest", &to->lowest, 1},
        {"band_before", &to->band_before, 1},
        {"band_during", &to->band_during, 1},
        {"band_after", &to->band_after, has_after},
        {"chosen", &to->chosen, run->where != SIZE_MAX},
        {"without", &to->without, has_quality},
        {"break_even", &to->break_even, has_quality},
        {"units_before", &to->units_before, 1},
        {"units_during", &to->units_during, 1},
        {"units_after", &to->units_after, has_after},
        {"switches", &to->switches, 1},
    };
    run->is_kept = table != NULL;
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        if (!columns[i].is_there) continue;
        CUSTVAL__TRY(add_column(run, table, columns[i].name, columns[i].numbers, error));
    }
    if (table != NULL) return custval__result_add_uint32(table, "status", &to->status, error);
    to->status = custval__arena_alloc(&run->arena, run->window, sizeof *to->status);
    return to->status == NULL ? custval__fail_memory(error) : CUSTVAL_OK;
}

void custval__scenario_finish_customers(const custval__scenario_run *run, custval_table *table) {
    const custval__scenario_customers *const of = &run->customers;
    const double *const valued[] = {of->before, of->during,      of->after,       of->during_change, of->after_change,
                                    of->lowest, of->band_before, of->band_during, of->band_after,    of->without};
    const double *const sold[] = {of->units_before, of->units_during, of->units_after};
    const double rows = (double)custval_table_rows(table);
    const int all_valued = custval__scenario_sum_in(run, 0, CUSTVAL__SUM_VALUED) == rows;
    const int all_sold = custval__scenario_sum_in(run, 0, CUSTVAL__SUM_SOLD) == rows;
    for (size_t i = 0; all_valued && i < sizeof valued / sizeof valued[0]; i++) custval__result_whole(table, valued[i]);
    for (size_t i = 0; all_sold && i < sizeof sold / sizeof sold[0]; i++) custval__result_whole(table, sold[i]);
    custval__result_whole(table, of->chosen);
    custval__result_finish(table);
}

/* ---- Periods -------------------------------------------------------------------------------------------------------- */

double custval__scenario_sum_in(const custval__scenario_run *run, uint32_t period, uint32_t sum) {
    return custval__sum_value(&run->sums[period * CUSTVAL__SCENARIO_SUMS + sum]);
}

/* Acquired customers buy as those do who are there; a share of them is kept after the end. */
custval__scenario_sales custval__scenario_sales_in(const custval__scenario_run *run, uint32_t period) {
    const custval_scenario *const scenario = run->scenario;
    const uint32_t phase = scenario->course[period].phase;
    const double bought = custval__scenario_sum_in(run, period, CUSTVAL__SUM_BOUGHT);
    double units = bought, acquired = 0.0, programme = 0.0;
    if (phase == CUSTVAL_PHASE_DURING) {
        units = bought * (1.0 + number(run, CUSTVAL__SALES_UPLIFT));
        acquired = units * number(run, CUSTVAL__SALES_ACQUISITION);
        programme = custval__scenario_number_of(scenario, CUSTVAL__SCENARIO_PROGRAM, CUSTVAL__PROGRAMME_COST) *
                    (double)run->total.chosen;
    } else if (phase == CUSTVAL_PHASE_AFTER) {
        acquired = units * number(run, CUSTVAL__SALES_ACQUISITION) * number(run, CUSTVAL__SALES_KEPT);
    }
    units += acquired;
    const double revenue = units * scenario->course[period].price;
    return (custval__scenario_sales){units, acquired, revenue,
                                     revenue - units * number(run, CUSTVAL__SALES_COST) - programme};
}

static custval_status fill_periods(const custval__scenario_run *run, custval_table *table, custval_error *error) {
    enum { VALUE, CHANGE, RIVAL, LEAD, CHOICE, SWITCHING, UNITS, ACQUIRED, REVENUE, PROFIT, COLUMNS };
    static const char *const names[COLUMNS] = {"value",     "change", "rival",    "lead",    "choice",
                                               "switching", "units",  "acquired", "revenue", "profit"};
    double *to[COLUMNS];
    const double before = custval__scenario_sum_in(run, 0, CUSTVAL__SUM_VALUE);
    CUSTVAL__TRY(custval__scenario_add_path(run->scenario, &run->host, table, error));
    for (size_t i = 0; i < COLUMNS; i++) CUSTVAL__TRY(custval__result_add_doubles(table, names[i], &to[i], error));
    for (uint32_t t = 0; t <= run->scenario->periods; t++) {
        const double valued = custval__scenario_sum_in(run, t, CUSTVAL__SUM_VALUED);
        const double sold = custval__scenario_sum_in(run, t, CUSTVAL__SUM_SOLD);
        const custval__scenario_sales sales = custval__scenario_sales_in(run, t);
        to[CHANGE][t] = mean(custval__scenario_sum_in(run, t, CUSTVAL__SUM_CHANGE), valued);
        to[VALUE][t] = mean(before, valued) + to[CHANGE][t];
        to[RIVAL][t] = mean(custval__scenario_sum_in(run, t, CUSTVAL__SUM_RIVAL), sold);
        to[LEAD][t] = mean(custval__scenario_sum_in(run, t, CUSTVAL__SUM_LEAD), sold);
        to[CHOICE][t] = mean(custval__scenario_sum_in(run, t, CUSTVAL__SUM_CHOICE), sold);
        to[SWITCHING][t] = custval__scenario_sum_in(run, t, CUSTVAL__SUM_SWITCHING);
        to[UNITS][t] = sales.units;
        to[ACQUIRED][t] = sales.acquired;
        to[REVENUE][t] = sales.revenue;
        to[PROFIT][t] = sales.profit;
    }
    custval__result_finish(table);
    return CUSTVAL_OK;
}

custval_status custval__scenario_periods(const custval__scenario_run *run, custval_table **out, custval_error *error) {
    custval_table *table = NULL;
    CUSTVAL__TRY(custval__result_new(&run->host, (size_t)run->scenario->periods + 1, &table, error));
    const custval_status status = fill_periods(run, table, error);
    return custval__result_give(table, status, out);
}
