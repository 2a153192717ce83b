/* Tables of what a scenario does: by customer, by period, by group. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../table/table.h"
#include "../uncertainty/groups.h"
#include "run.h"

static double number(const custval__scenario_run *run, uint32_t which) {
    return custval__scenario_number_of(run->scenario, CUSTVAL__SCENARIO_SALES, which);
}

static double mean(double sum, double count) {
    return count > 0.0 ? sum / count : (double)NAN;
}

/* ---- Customers ------------------------------------------------------------------------------------------------------ */

custval_status custval__scenario_add_customers(custval__scenario_run *run, custval_table *table, custval_error *error) {
    custval__scenario_customers *const to = &run->customers;
    const int has_quality = run->plain_of != NULL;
    const struct {
        const char *name;
        double **numbers;
        int is_there;
    } columns[] = {
        {"before", &to->before, 1},
        {"during", &to->during, 1},
        {"after", &to->after, 1},
        {"during_change", &to->during_change, 1},
        {"after_change", &to->after_change, 1},
        {"lowest", &to->lowest, 1},
        {"band_before", &to->band_before, 1},
        {"band_during", &to->band_during, 1},
        {"band_after", &to->band_after, 1},
        {"chosen", &to->chosen, 1},
        {"without", &to->without, has_quality},
        {"break_even", &to->break_even, has_quality},
        {"units_before", &to->units_before, 1},
        {"units_during", &to->units_during, 1},
        {"units_after", &to->units_after, 1},
        {"switches", &to->switches, 1},
    };
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        if (!columns[i].is_there) continue;
        CUSTVAL__TRY(custval__result_add_doubles(table, columns[i].name, columns[i].numbers, error));
    }
    return custval__result_add_uint32(table, "status", &to->status, error);
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
    const double before = custval__sum_value(&run->total.before);
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
    if (status == CUSTVAL_OK) {
        *out = table;
    } else {
        custval_table_free(table);
    }
    return status;
}

/* ---- Groups --------------------------------------------------------------------------------------------------------- */

enum { BEFORE, DURING_CHANGE, AFTER_CHANGE, UNITS_BEFORE, UNITS_DURING, UNITS_AFTER, SUMS };

typedef struct group {
    uint32_t customers, skipped, chosen, rose, fell, switching;
    custval__sum sums[SUMS];
} group;

static void add_row(const custval__scenario_run *run, size_t row, group *to) {
    const custval__scenario_customers *const from = &run->customers;
    const double *const all[SUMS] = {from->before,       from->during_change, from->after_change,
                                     from->units_before, from->units_during,  from->units_after};
    if (from->status[row] == CUSTVAL_SCENARIO_ROW_NO_VALUE) {
        to->skipped++;
        return;
    }
    const double end = isnan(from->band_after[row]) ? from->band_during[row] : from->band_after[row];
    to->customers++;
    to->chosen += from->chosen[row] > 0.0;
    to->rose += end > from->band_before[row];
    to->fell += end < from->band_before[row];
    if (!isnan(from->switches[row])) to->switching++;
    for (size_t i = 0; i < SUMS; i++) {
        if (!isnan(all[i][row])) custval__sum_add(&to->sums[i], all[i][row]);
    }
}

static custval_status add_names(const custval__groups *groups, size_t count, custval__arena *arena,
                                custval_table *table, custval_error *error) {
    custval_text *const texts = custval__arena_alloc(arena, count + 1, sizeof *texts);
    if (texts == NULL) return custval__fail_memory(error);
    for (size_t i = 0; i < count; i++) {
        texts[i] = groups->keys[i].data == NULL ? (custval_text){"", 0} : groups->keys[i];
    }
    return custval__result_add_texts(table, "group", texts, error);
}

static custval_status fill_counts(const group *groups, size_t count, custval_table *table, custval_error *error) {
    uint32_t *customers, *skipped, *chosen;
    CUSTVAL__TRY(custval__result_add_uint32(table, "customers", &customers, error));
    CUSTVAL__TRY(custval__result_add_uint32(table, "skipped", &skipped, error));
    CUSTVAL__TRY(custval__result_add_uint32(table, "chosen", &chosen, error));
    for (size_t i = 0; i < count; i++) {
        customers[i] = groups[i].customers;
        skipped[i] = groups[i].skipped;
        chosen[i] = groups[i].chosen;
    }
    return CUSTVAL_OK;
}

static custval_status fill_moves(const group *groups, size_t count, custval_table *table, custval_error *error) {
    uint32_t *rose, *fell, *switching;
    CUSTVAL__TRY(custval__result_add_uint32(table, "rose", &rose, error));
    CUSTVAL__TRY(custval__result_add_uint32(table, "fell", &fell, error));
    CUSTVAL__TRY(custval__result_add_uint32(table, "switching", &switching, error));
    for (size_t i = 0; i < count; i++) {
        rose[i] = groups[i].rose;
        fell[i] = groups[i].fell;
        switching[i] = groups[i].switching;
    }
    return CUSTVAL_OK;
}

static custval_status fill_values(const group *groups, size_t count, int has_after, custval_table *table,
                                  custval_error *error) {
    static const char *const names[] = {"before", "during", "after", "during_change", "after_change"};
    double *to[5];
    for (size_t i = 0; i < 5; i++) CUSTVAL__TRY(custval__result_add_doubles(table, names[i], &to[i], error));
    for (size_t i = 0; i < count; i++) {
        const double customers = groups[i].customers;
        to[0][i] = mean(custval__sum_value(&groups[i].sums[BEFORE]), customers);
        to[3][i] = mean(custval__sum_value(&groups[i].sums[DURING_CHANGE]), customers);
        to[4][i] = has_after ? mean(custval__sum_value(&groups[i].sums[AFTER_CHANGE]), customers) : (double)NAN;
        to[1][i] = to[0][i] + to[3][i];
        to[2][i] = to[0][i] + to[4][i];
    }
    return CUSTVAL_OK;
}

static custval_status fill_units(const group *groups, size_t count, int has_after, custval_table *table,
                                 custval_error *error) {
    static const char *const names[] = {"units_before", "units_during", "units_after"};
    for (size_t k = 0; k < 3; k++) {
        double *to = NULL;
        CUSTVAL__TRY(custval__result_add_doubles(table, names[k], &to, error));
        for (size_t i = 0; i < count; i++) {
            to[i] = k == 2 && !has_after ? (double)NAN : custval__sum_value(&groups[i].sums[UNITS_BEFORE + k]);
        }
    }
    return CUSTVAL_OK;
}

custval_status custval__scenario_groups(custval__scenario_run *run, custval_table **out, custval_error *error) {
    const size_t rows = custval_table_rows(run->table);
    const int has_after = run->scenario->length < run->scenario->periods;
    custval__groups groups = {0};
    custval_table *table = NULL;
    size_t column = SIZE_MAX;
    if (run->options.group != NULL) CUSTVAL__TRY(custval_table_find(run->table, run->options.group, &column, error));
    CUSTVAL__TRY(custval__groups_read(&run->arena, run->table, column, &groups, error));
    const size_t named = column == SIZE_MAX ? 0 : groups.count;
    group *const all = custval__arena_alloc(&run->arena, named + 1, sizeof *all);
    if (all == NULL) return custval__fail_memory(error);
    for (size_t row = 0; row < rows; row++) {
        if (named > 0) add_row(run, row, &all[groups.of[row]]);
        add_row(run, row, &all[named]);
    }
    CUSTVAL__TRY(custval__result_new(&run->host, named + 1, &table, error));
    custval_status status = add_names(&groups, named, &run->arena, table, error);
    if (status == CUSTVAL_OK) status = fill_counts(all, named + 1, table, error);
    if (status == CUSTVAL_OK) status = fill_values(all, named + 1, has_after, table, error);
    if (status == CUSTVAL_OK) status = fill_moves(all, named + 1, table, error);
    if (status == CUSTVAL_OK) status = fill_units(all, named + 1, has_after, table, error);
    if (status != CUSTVAL_OK) {
        custval_table_free(table);
        return status;
    }
    custval__result_finish(table);
    *out = table;
    return CUSTVAL_OK;
}
