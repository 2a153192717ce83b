/* custval_levers: what one point of each indicator is worth. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/explain.h>

#include <math.h>

#include "../base/error.h"
#include "../base/maths.h"
#include "rows.h"

/* Numbers of an indicator that are averaged over rows. A mean is taken over the rows that have the number: going all
   the way can leave a row without a value where staying does not (a ratio with no sacrifice left). */
enum lever { LEVER_SCORE, LEVER_GAIN, LEVER_ROOM, LEVER_POTENTIAL, LEVERS };

typedef struct levers {
    custval__study *study;
    custval__state state;
    custval__variants variants;
    uint32_t *indicators, count;
    custval__sum *sums; /* [indicator][LEVERS] */
    double *rows;       /* [indicator][LEVERS] how many rows are in the sum */
    size_t rows_with_value;
} levers;

/* Two variants per indicator: one point better, or as far as there is room, and all the way. */
#define VARIANTS_EACH 2

#define ROWS_BETWEEN_REPORTS 512

// Variants in a run: of all indicators, if that is not too many, and the row as it is.
static uint32_t most_variants(const custval_system *system) {
    uint32_t variants = 1;
    for (uint32_t i = 0; system != NULL && i < system->node_count && variants + VARIANTS_EACH <= CUSTVAL__BLOCK; i++) {
        if (system->nodes[i].kind == CUSTVAL_KIND_INDICATOR) variants += VARIANTS_EACH;
    }
    return variants;
}

static double room_of(const levers *of, uint32_t node) {
    const double score = custval__state_unrelieved(&of->state, node);
    const double room = of->study->plan.system->nodes[node].side == CUSTVAL_SIDE_BENEFIT ? 100.0 - score : score;
    return room > 0.0 ? room : isnan(room) ? room : 0.0;
}

static double improved(const levers *of, uint32_t node, double points) {
    const double score = custval__state_unrelieved(&of->state, node);
    const int is_benefit = of->study->plan.system->nodes[node].side == CUSTVAL_SIDE_BENEFIT;
    // Going all the way ends exactly at the best score.
    if (points >= room_of(of, node)) return room_of(of, node) > 0.0 ? (is_benefit ? 100.0 : 0.0) : score;
    return is_benefit ? score + points : score - points;
}

static void add_number(levers *of, uint32_t indicator, enum lever which, double number) {
    if (isnan(number)) return;
    custval__sum_add(&of->sums[indicator * LEVERS + which], number);
    of->rows[indicator * LEVERS + which] += 1.0;
}

// Scores the variants of indicators [first, first + count), which fit one run, and takes the gains.
static void measure(levers *of, uint32_t first, uint32_t count) {
    double *const *score = of->variants.score;
    custval__variants_fill(of->study, &of->variants, &of->state, NULL, 1 + VARIANTS_EACH * count);
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t node = of->indicators[first + i], variant = 1 + VARIANTS_EACH * i;
        score[node][variant] = improved(of, node, 1.0);
        score[node][variant + 1] = improved(of, node, (double)INFINITY);
    }
    const double *values = custval__variants_run(of->study, &of->variants, of->state.row, 1 + VARIANTS_EACH * count);
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t node = of->indicators[first + i], variant = 1 + VARIANTS_EACH * i;
        if (isnan(of->state.score[node])) continue;
        add_number(of, first + i, LEVER_SCORE, custval__state_unrelieved(&of->state, node));
        add_number(of, first + i, LEVER_ROOM, room_of(of, node));
        add_number(of, first + i, LEVER_GAIN, values[variant] - values[0]);
        add_number(of, first + i, LEVER_POTENTIAL, values[variant + 1] - values[0]);
    }
}

static void measure_row(levers *of, size_t row) {
    custval__state_read(of->study, row, &of->state);
    if (!custval__state_has_value(&of->state)) return;
    of->rows_with_value++;
    const uint32_t most = (of->variants.rows - 1) / VARIANTS_EACH;
    for (uint32_t first = 0; first < of->count; first += most) {
        measure(of, first, of->count - first < most ? of->count - first : most);
    }
}

static custval_status measure_all(levers *of, custval_error *error) {
    const size_t rows = custval_table_rows(of->study->table);
    const custval_host *host = &of->study->plan.host;
    for (size_t row = 0; row < rows; row++) {
        if (row % ROWS_BETWEEN_REPORTS == 0 && host->progress != NULL &&
            host->progress(host->progress_data, row, rows) != 0) {
            return custval__fail(error, CUSTVAL_ERROR_CANCELLED, "the host stopped after %zu of %zu rows", row, rows);
        }
        measure_row(of, row);
    }
    if (of->rows_with_value > 0) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_STATE, "none of the table's %zu rows has a value", rows);
}

static double mean_of(const levers *of, uint32_t indicator, enum lever which) {
    const size_t at = (size_t)indicator * LEVERS + which;
    return of->rows[at] > 0.0 ? custval__sum_value(&of->sums[at]) / of->rows[at] : (double)NAN;
}

static custval_status fill_table(levers *of, custval_table *table, custval_error *error) {
    static const char *const names[LEVERS] = {"score", "gain", "room", "potential"};
    const custval_system *system = of->study->plan.system;
    CUSTVAL__TRY(custval__rows_add_names(of->study, table, of->indicators, error));
    CUSTVAL__TRY(custval__rows_add_sides(of->study, table, of->indicators, error));
    double *columns[LEVERS], *cost, *gain_per_cost, *rows;
    for (int i = 0; i < LEVERS; i++) CUSTVAL__TRY(custval__result_add_doubles(table, names[i], &columns[i], error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "cost", &cost, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "gain_per_cost", &gain_per_cost, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "rows", &rows, error));
    for (uint32_t i = 0; i < of->count; i++) {
        const double price = system->nodes[of->indicators[i]].cost;
        for (int k = 0; k < LEVERS; k++) columns[k][i] = mean_of(of, i, (enum lever)k);
        cost[i] = price > 0.0 ? price : (double)NAN;
        gain_per_cost[i] = columns[LEVER_GAIN][i] / cost[i];
        rows[i] = of->rows[(size_t)i * LEVERS + LEVER_SCORE];
    }
    custval__result_finish(table);
    return CUSTVAL_OK;
}

static custval_status pull(custval__study *study, size_t row, custval_table **out, custval_error *error) {
    levers of = {.study = study};
    if (row != CUSTVAL_ALL_ROWS) CUSTVAL__TRY(custval__study_check_row(study, row, "row", error));
    CUSTVAL__TRY(custval__state_new(study, &of.state, error));
    CUSTVAL__TRY(custval__rows_of_kind(study, CUSTVAL_KIND_INDICATOR, &of.indicators, &of.count, error));
    CUSTVAL__TRY(custval__variants_new(study, CUSTVAL_KIND_INDICATOR, 0, most_variants(study->plan.system),
                                       &of.variants, error));
    of.sums = custval__study_alloc(study, (size_t)of.count * LEVERS, sizeof *of.sums);
    of.rows = custval__study_alloc(study, (size_t)of.count * LEVERS, sizeof *of.rows);
    if (of.sums == NULL || of.rows == NULL) return custval__fail_memory(error);
    if (row == CUSTVAL_ALL_ROWS) {
        CUSTVAL__TRY(measure_all(&of, error));
    } else {
        measure_row(&of, row);
        if (of.rows_with_value == 0) return custval__study_fail_no_value(study, row, error);
    }
    CUSTVAL__TRY(custval__result_new(&study->plan.host, of.count, out, error));
    return fill_table(&of, *out, error);
}

custval_status custval_levers(const custval_system *system, const custval_table *table, size_t row,
                              const custval_score_options *options, custval_table **out, custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    custval__study study;
    custval_status status = custval__study_open(&study, system, table, options, most_variants(system), error);
    if (status == CUSTVAL_OK) status = pull(&study, row, out, error);
    custval__study_close(&study);
    if (status != CUSTVAL_OK) {
        custval_table_free(*out);
        *out = NULL;
    }
    return status;
}
