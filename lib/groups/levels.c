/* Levels of measures: cuts at quantiles, and the groups of rows. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/options.h"
#include "../table/table.h"
#include "groups.h"

/* ---- Quantiles ------------------------------------------------------------------------------------------------------ */

/* The numbers of a column that are not missing; their number. */
static custval_status read_numbers(const custval_table *table, size_t column, double *numbers, size_t *out_count,
                                   custval_error *error) {
    const size_t rows = custval_table_rows(table);
    double scratch[CUSTVAL__GROUPS_ROWS];
    *out_count = 0;
    for (size_t start = 0; start < rows; start += CUSTVAL__GROUPS_ROWS) {
        const size_t count = rows - start < CUSTVAL__GROUPS_ROWS ? rows - start : CUSTVAL__GROUPS_ROWS;
        const double *const read = custval__table_doubles(table, column, start, count, scratch);
        for (size_t i = 0; i < count; i++) {
            if (isinf(read[i])) {
                return custval__fail_at(error, CUSTVAL_ERROR_NOT_FINITE, CUSTVAL_NONE, start + i,
                                        "row %zu: column \"%s\" is %g, of which no quantile can be taken", start + i,
                                        custval_table_name(table, column), read[i]);
            }
            if (!isnan(read[i])) numbers[(*out_count)++] = read[i];
        }
    }
    if (*out_count > 0) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_STATE, "column \"%s\" has no number to take quantiles of",
                         custval_table_name(table, column));
}

/* Merge sort: n log n whatever the numbers are. */
static const double *sort(double *numbers, double *spare, size_t count) {
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t start = 0; start < count; start += 2 * width) {
            const size_t middle = count - start < width ? count : start + width;
            const size_t end = count - middle < width ? count : middle + width;
            size_t a = start, b = middle;
            for (size_t i = start; i < end; i++) {
                const int takes_b = a == middle || (b < end && numbers[b] < numbers[a]);
                spare[i] = takes_b ? numbers[b++] : numbers[a++];
            }
        }
        double *const swap = numbers;
        numbers = spare;
        spare = swap;
    }
    return numbers;
}

/* Type 7: position (n - 1) q, straight between its neighbours, and never beyond them. */
static double quantile(const double *sorted, size_t count, double share) {
    const double position = (double)(count - 1) * share, below = floor(position);
    const size_t at = (size_t)below;
    if (at + 1 >= count) return sorted[count - 1];
    const double low = sorted[at], high = sorted[at + 1], part = position - below;
    const double between = isfinite(high - low) ? low + (high - low) * part : low * (1.0 - part) + high * part;
    return fmin(fmax(between, low), high);
}

static custval_status cut_at_quantiles(custval__measure *measure, const custval_host *host, const custval_table *table,
                                       size_t column, custval_error *error) {
    double *const numbers = custval__alloc(host, custval_table_rows(table), 2 * sizeof *numbers);
    size_t count;
    if (numbers == NULL) return custval__fail_memory(error);
    const custval_status status = read_numbers(table, column, numbers, &count, error);
    if (status == CUSTVAL_OK) {
        const double *const sorted = sort(numbers, numbers + count, count);
        for (uint32_t i = 0; i < measure->count; i++) measure->cuts[i] = quantile(sorted, count, measure->cuts[i]);
        measure->are_quantiles = 0;
    }
    custval__free(host, numbers);
    return status;
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
        status = cut_at_quantiles(&fixed->measures[m], whole_host, table, columns[m], error);
    }
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

uint32_t custval__level(const custval__measure *measure, double number) {
    uint32_t low = 0, high = measure->count;
    if (isnan(number)) return 0;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (number >= measure->cuts[middle]) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return measure->is_turned ? measure->count + 1 - low : low + 1;
}

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

void custval__groups_place(const custval_groups *fixed, const custval_table *table, const size_t *columns, uint32_t *of,
                           double *const *levels) {
    const size_t rows = custval_table_rows(table);
    uint32_t read[CUSTVAL__GROUPS_ROWS][CUSTVAL_MAX_MEASURES];
    double scratch[CUSTVAL__GROUPS_ROWS];
    for (size_t start = 0; start < rows; start += CUSTVAL__GROUPS_ROWS) {
        const size_t count = rows - start < CUSTVAL__GROUPS_ROWS ? rows - start : CUSTVAL__GROUPS_ROWS;
        for (uint32_t m = 0; m < fixed->measure_count; m++) {
            const double *const numbers = custval__table_doubles(table, columns[m], start, count, scratch);
            for (size_t i = 0; i < count; i++) {
                read[i][m] = custval__level(&fixed->measures[m], numbers[i]);
                if (levels != NULL) levels[m][start + i] = read[i][m] == 0 ? (double)NAN : (double)read[i][m];
            }
        }
        for (size_t i = 0; i < count; i++) of[start + i] = choose(fixed, read[i]);
    }
}
