/* What a scenario does by group of customers. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../table/table.h"
#include "run.h"

custval_status custval__scenario_find_groups(custval__scenario_run *run, custval_error *error) {
    size_t column = SIZE_MAX;
    if (run->options.group == NULL) return CUSTVAL_OK;
    CUSTVAL__TRY(custval_table_find(run->table, run->options.group, &column, error));
    CUSTVAL__TRY(custval__grouping_read(&run->arena, run->table, column, &run->groups.of, error));
    run->groups.count = run->groups.of.count;
    run->groups.all = custval__arena_alloc(&run->arena, run->groups.count, sizeof *run->groups.all);
    return run->groups.all == NULL ? custval__fail_memory(error) : CUSTVAL_OK;
}

/* `at` is the row in the window. */
static void add_row(const custval__scenario_run *run, size_t at, custval__scenario_group *to) {
    const custval__scenario_customers *const from = &run->customers;
    const size_t row = run->is_kept ? run->first + at : at;
    const double *const all[CUSTVAL__GROUP_SUMS] = {from->before,       from->during_change, from->after_change,
                                                    from->units_before, from->units_during,  from->units_after};
    if (from->status[row] == CUSTVAL_SCENARIO_ROW_NO_VALUE) {
        to->skipped++;
        return;
    }
    const double end = from->band_after == NULL ? from->band_during[row] : from->band_after[row];
    to->customers++;
    to->chosen += run->chosen[at] > 0.0;
    to->rose += end > from->band_before[row];
    to->fell += end < from->band_before[row];
    if (!isnan(from->switches[row])) to->switching++;
    for (size_t i = 0; i < CUSTVAL__GROUP_SUMS; i++) {
        if (all[i] != NULL && !isnan(all[i][row])) custval__sum_add(&to->sums[i], all[i][row]);
    }
}

void custval__scenario_add_groups(custval__scenario_run *run) {
    if (run->groups.count == 0) return;
    for (size_t i = 0; i < run->count; i++) {
        const uint32_t group = run->groups.of.of[run->first + i];
        add_row(run, i, &run->groups.all[group]);
    }
}

/* ---- The table ------------------------------------------------------------------------------------------------------ */

static double mean(double sum, double count) {
    return count > 0.0 ? sum / count : (double)NAN;
}

static double sum_over(const custval__scenario_run *run, uint32_t sum, uint32_t first, uint32_t last) {
    custval__sum all = {0.0, 0.0};
    for (uint32_t t = first; t <= last; t++) custval__sum_add(&all, custval__scenario_sum_in(run, t, sum));
    return custval__sum_value(&all);
}

/* All customers, from what they add up to by period. */
static custval__scenario_group all_of(const custval__scenario_run *run) {
    const uint32_t length = run->scenario->length, periods = run->scenario->periods;
    const double more =
        1.0 + custval__scenario_number_of(run->scenario, CUSTVAL__SCENARIO_SALES, CUSTVAL__SALES_UPLIFT);
    const custval__scenario_total *const total = &run->total;
    custval__scenario_group all = {(uint32_t)total->customers,
                                   (uint32_t)total->skipped,
                                   (uint32_t)total->chosen,
                                   (uint32_t)total->rose,
                                   (uint32_t)total->fell,
                                   (uint32_t)total->switching,
                                   {{0.0, 0.0}}};
    const double sums[CUSTVAL__GROUP_SUMS] = {
        sum_over(run, CUSTVAL__SUM_VALUE, 0, 0),
        sum_over(run, CUSTVAL__SUM_CHANGE, 1, length) / length,
        sum_over(run, CUSTVAL__SUM_CHANGE, length + 1, periods) / (periods - length),
        sum_over(run, CUSTVAL__SUM_BOUGHT, 0, 0),
        sum_over(run, CUSTVAL__SUM_BOUGHT, 1, length) * more / length,
        sum_over(run, CUSTVAL__SUM_BOUGHT, length + 1, periods) / (periods - length),
    };
    for (size_t i = 0; i < CUSTVAL__GROUP_SUMS; i++) all.sums[i].sum = sums[i];
    return all;
}

static custval_status fill_names(custval__scenario_run *run, custval_table *table, custval_error *error) {
    custval_text *const texts = custval__arena_alloc(&run->arena, run->groups.count + 1, sizeof *texts);
    if (texts == NULL) return custval__fail_memory(error);
    for (size_t i = 0; i < run->groups.count; i++) {
        const custval_text key = run->groups.of.keys[i];
        texts[i] = key.data == NULL ? (custval_text){"", 0} : key;
    }
    return custval__result_add_texts(table, "group", texts, error);
}

static custval_status fill_counts(const custval__scenario_group *groups, custval_table *table, custval_error *error) {
    static const char *const names[] = {"customers", "skipped", "chosen", "rose", "fell", "switching"};
    for (size_t k = 0; k < 6; k++) {
        uint32_t *to = NULL;
        CUSTVAL__TRY(custval__result_add_uint32(table, names[k], &to, error));
        for (size_t i = 0; i < custval_table_rows(table); i++) {
            const uint32_t counts[] = {groups[i].customers, groups[i].skipped, groups[i].chosen,
                                       groups[i].rose,      groups[i].fell,    groups[i].switching};
            to[i] = counts[k];
        }
    }
    return CUSTVAL_OK;
}

static custval_status fill_means(const custval__scenario_group *groups, int has_after, custval_table *table,
                                 custval_error *error) {
    static const char *const names[] = {"before", "during", "after", "during_change", "after_change"};
    double *to[5];
    for (size_t i = 0; i < 5; i++) CUSTVAL__TRY(custval__result_add_doubles(table, names[i], &to[i], error));
    for (size_t i = 0; i < custval_table_rows(table); i++) {
        const custval__sum *const sums = groups[i].sums;
        const double customers = groups[i].customers;
        const double after = mean(custval__sum_value(&sums[CUSTVAL__GROUP_AFTER_CHANGE]), customers);
        to[0][i] = mean(custval__sum_value(&sums[CUSTVAL__GROUP_BEFORE]), customers);
        to[3][i] = mean(custval__sum_value(&sums[CUSTVAL__GROUP_DURING_CHANGE]), customers);
        to[4][i] = has_after ? after : (double)NAN;
        to[1][i] = to[0][i] + to[3][i];
        to[2][i] = to[0][i] + to[4][i];
    }
    return CUSTVAL_OK;
}

static custval_status fill_units(const custval__scenario_group *groups, int has_after, custval_table *table,
                                 custval_error *error) {
    static const char *const names[] = {"units_before", "units_during", "units_after"};
    for (size_t k = 0; k < 3; k++) {
        double *to = NULL;
        CUSTVAL__TRY(custval__result_add_doubles(table, names[k], &to, error));
        for (size_t i = 0; i < custval_table_rows(table); i++) {
            const double units = custval__sum_value(&groups[i].sums[CUSTVAL__GROUP_UNITS_BEFORE + k]);
            to[i] = k == 2 && !has_after ? (double)NAN : units;
        }
    }
    return CUSTVAL_OK;
}

static custval_status fill(custval__scenario_run *run, custval_table *table, custval_error *error) {
    const size_t count = run->groups.count;
    const int has_after = run->scenario->length < run->scenario->periods;
    custval__scenario_group *const groups = custval__arena_alloc(&run->arena, count + 1, sizeof *groups);
    if (groups == NULL) return custval__fail_memory(error);
    for (size_t i = 0; i < count; i++) groups[i] = run->groups.all[i];
    groups[count] = all_of(run);
    CUSTVAL__TRY(fill_names(run, table, error));
    CUSTVAL__TRY(fill_counts(groups, table, error));
    CUSTVAL__TRY(fill_means(groups, has_after, table, error));
    CUSTVAL__TRY(fill_units(groups, has_after, table, error));
    custval__result_finish(table);
    return CUSTVAL_OK;
}

custval_status custval__scenario_group_table(custval__scenario_run *run, custval_table **out, custval_error *error) {
    custval_table *table = NULL;
    CUSTVAL__TRY(custval__result_new(&run->host, run->groups.count + 1, &table, error));
    const custval_status status = fill(run, table, error);
    return custval__result_give(table, status, out);
}
