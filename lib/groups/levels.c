/* Levels of measures, groups whose cuts are fixed, and the groups of rows. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/options.h"
#include "../table/table.h"
#include "groups.h"

/* ---- Groups by levels ----------------------------------------------------------------------------------------------- */

#define CHOSEN_MOST 4096 /* combinations of levels that are kept */

/* The first group that takes the levels, as long as no missing one leaves it open. */
static uint32_t choose(const custval_groups *groups, const uint32_t *levels) {
    for (uint32_t g = 0; g < groups->group_count; g++) {
        const custval__wish *const wishes = groups->groups[g].wishes;
        int is_out = 0, is_open = 0;
        for (uint32_t m = 0; m < groups->measure_count; m++) {
            if (wishes[m].highest == 0) continue;
            is_open |= levels[m] == 0;
            is_out |= levels[m] != 0 && (levels[m] < wishes[m].lowest || levels[m] > wishes[m].highest);
        }
        if (!is_out) return is_open ? CUSTVAL__IN_UNKNOWN : g;
    }
    return CUSTVAL__IN_NONE;
}

/* Rows of the same levels are in the same group: asks once for every combination, if these are few. */
static custval_status choose_all(custval_groups *fixed, custval_error *error) {
    size_t count = 1;
    for (uint32_t m = 0; m < fixed->measure_count && count <= CHOSEN_MOST; m++) count *= fixed->measures[m].count + 2;
    if (count > CHOSEN_MOST) return CUSTVAL_OK;
    fixed->chosen = custval__arena_alloc(&fixed->arena, count, sizeof *fixed->chosen);
    if (fixed->chosen == NULL) return custval__fail_memory(error);
    for (size_t place = 0; place < count; place++) {
        uint32_t levels[CUSTVAL_MAX_MEASURES];
        size_t left = place;
        for (uint32_t m = 0; m < fixed->measure_count; m++) {
            levels[m] = (uint32_t)(left % (fixed->measures[m].count + 2));
            left /= fixed->measures[m].count + 2;
        }
        fixed->chosen[place] = choose(fixed, levels);
    }
    return CUSTVAL_OK;
}

/* ---- Fixed groups --------------------------------------------------------------------------------------------------- */

static custval_status copy_measures(custval_groups *to, const custval_groups *from, custval_error *error) {
    to->measures = custval__arena_alloc(&to->arena, from->measure_count, sizeof *to->measures);
    if (to->measures == NULL) return custval__fail_memory(error);
    for (uint32_t m = 0; m < from->measure_count; m++) {
        to->measures[m] = from->measures[m];
        to->measures[m].cuts = custval__arena_alloc(&to->arena, from->measures[m].count, sizeof(double));
        if (to->measures[m].cuts == NULL) return custval__fail_memory(error);
        memcpy(to->measures[m].cuts, from->measures[m].cuts, from->measures[m].count * sizeof(double));
    }
    to->measure_count = from->measure_count;
    return CUSTVAL_OK;
}

custval_status custval__groups_fix(const custval_groups *groups, const custval_host *whole_host,
                                   const custval_table *table, const size_t *columns, custval_groups **out,
                                   custval_error *error) {
    custval_groups *fixed;
    CUSTVAL__TRY(custval__groups_new(whole_host, &fixed, error));
    fixed->base = custval_groups_ref(groups);
    fixed->note = groups->note;
    fixed->groups = groups->groups;
    fixed->group_count = groups->group_count;
    custval_status status = copy_measures(fixed, groups, error);
    for (uint32_t m = 0; m < fixed->measure_count && status == CUSTVAL_OK; m++) {
        if (!fixed->measures[m].are_quantiles) continue;
        status = custval__groups_cut(&fixed->measures[m], whole_host, table, columns[m], error);
    }
    if (status == CUSTVAL_OK) status = choose_all(fixed, error);
    if (status != CUSTVAL_OK) {
        custval_groups_free(fixed);
        return status;
    }
    *out = fixed;
    return CUSTVAL_OK;
}

custval_status custval__groups_columns(const custval_groups *groups, const custval_table *table, const char *other,
                                       size_t columns[CUSTVAL_MAX_MEASURES + 1], custval_error *error) {
    const uint32_t count = groups->measure_count + (other != NULL);
    for (uint32_t m = 0; m < count; m++) {
        const char *const name = m < groups->measure_count ? groups->measures[m].column : other;
        CUSTVAL__TRY(custval_table_find(table, name, &columns[m], error));
        CUSTVAL__TRY(custval__table_need_number(table, columns[m], error));
    }
    return CUSTVAL_OK;
}

custval_status custval_groups_fix(const custval_groups *groups, const custval_table *table,
                                  const custval_groups_options *options, custval_groups **out, custval_error *error) {
    custval_groups_options whole = CUSTVAL_GROUPS_OPTIONS_INIT;
    size_t columns[CUSTVAL_MAX_MEASURES + 1];
    custval_host host;
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (groups == NULL) return custval__fail_null(error, "groups");
    if (table == NULL) return custval__fail_null(error, "table");
    CUSTVAL__TRY(custval__struct_read(&whole, sizeof whole, sizeof whole, options, "custval_groups_options", error));
    CUSTVAL__TRY(custval__host_read(&host, whole.host, error));
    CUSTVAL__TRY(custval__groups_columns(groups, table, NULL, columns, error));
    return custval__groups_fix(groups, &host, table, columns, out, error);
}

/* ---- Rows ----------------------------------------------------------------------------------------------------------- */

#define FEW_CUTS 16 /* which are sooner compared with all rows, than each row is led to its place */

static uint32_t search(const custval__measure *measure, double number) {
    uint32_t low = 0, high = measure->count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (number >= measure->cuts[middle]) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Levels of numbers; 0 for NaN. */
static void read_levels(const custval__measure *measure, const double *numbers, size_t count, uint32_t *levels) {
    for (size_t i = 0; i < count; i++) levels[i] = 0;
    for (uint32_t c = 0; c < measure->count && measure->count <= FEW_CUTS; c++) {
        const double cut = measure->cuts[c];
        for (size_t i = 0; i < count; i++) levels[i] += numbers[i] >= cut;
    }
    for (size_t i = 0; i < count && measure->count > FEW_CUTS; i++) levels[i] = search(measure, numbers[i]);
    for (size_t i = 0; i < count; i++) {
        const uint32_t level = measure->is_turned ? measure->count + 1 - levels[i] : levels[i] + 1;
        levels[i] = isnan(numbers[i]) ? 0 : level;
    }
}

static void choose_rows(const custval_groups *fixed, uint32_t (*levels)[CUSTVAL__GROUPS_ROWS], size_t count,
                        uint32_t *of) {
    uint32_t row[CUSTVAL_MAX_MEASURES];
    for (size_t i = 0; i < count && fixed->chosen == NULL; i++) {
        for (uint32_t m = 0; m < fixed->measure_count; m++) row[m] = levels[m][i];
        of[i] = choose(fixed, row);
    }
    if (fixed->chosen == NULL) return;
    for (size_t i = 0; i < count; i++) of[i] = 0;
    for (uint32_t m = 0, stride = 1; m < fixed->measure_count; m++) {
        for (size_t i = 0; i < count; i++) of[i] += stride * levels[m][i];
        stride *= fixed->measures[m].count + 2;
    }
    for (size_t i = 0; i < count; i++) of[i] = fixed->chosen[of[i]];
}

void custval__groups_place(const custval_groups *fixed, const custval_table *table, const size_t *columns, uint32_t *of,
                           double *const *levels) {
    const size_t rows = custval_table_rows(table);
    uint32_t read[CUSTVAL_MAX_MEASURES][CUSTVAL__GROUPS_ROWS];
    double scratch[CUSTVAL__GROUPS_ROWS];
    for (size_t start = 0; start < rows; start += CUSTVAL__GROUPS_ROWS) {
        const size_t count = rows - start < CUSTVAL__GROUPS_ROWS ? rows - start : CUSTVAL__GROUPS_ROWS;
        for (uint32_t m = 0; m < fixed->measure_count; m++) {
            const double *const numbers = custval__table_doubles(table, columns[m], start, count, scratch);
            read_levels(&fixed->measures[m], numbers, count, read[m]);
            for (size_t i = 0; i < count && levels != NULL; i++) {
                levels[m][start + i] = read[m][i] == 0 ? (double)NAN : (double)read[m][i];
            }
        }
        choose_rows(fixed, read, count, of + start);
    }
}
