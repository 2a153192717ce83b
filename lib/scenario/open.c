/* What a scenario needs before its first row: columns, moves, states, the system with a new indicator. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include <custval/builder.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/options.h"
#include "../table/table.h"
#include "run.h"

#define CUTS_MOST 100
#define NUMBERS_MOST ((size_t)1 << 22) /* of the values of a window: 32 MiB */
#define WINDOW_MOST ((size_t)16 * CUSTVAL__SCENARIO_PIECE)

/* ---- Options -------------------------------------------------------------------------------------------------------- */

static custval_status check_cuts(const custval_scenario_options *options, custval_error *error) {
    if (options->cuts == NULL) {
        if (options->cut_count == 0) return CUSTVAL_OK;
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "cuts is NULL, but cut_count is %zu", options->cut_count);
    }
    if (options->cut_count > CUTS_MOST) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "%zu cuts, but at most %d are allowed", options->cut_count,
                             CUTS_MOST);
    }
    for (size_t i = 0; i < options->cut_count; i++) {
        const double cut = options->cuts[i];
        if (isfinite(cut) && (i == 0 || options->cuts[i - 1] < cut)) continue;
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "cut %zu is %g, but cuts must be finite and ascending", i + 1,
                             cut);
    }
    return CUSTVAL_OK;
}

static custval_status read_options(custval__scenario_run *run, const custval_scenario_options *options,
                                   custval_error *error) {
    run->options = (custval_scenario_options)CUSTVAL_SCENARIO_OPTIONS_INIT;
    run->score = (custval_score_options)CUSTVAL_SCORE_OPTIONS_INIT;
    CUSTVAL__TRY(custval__struct_read(&run->options, sizeof run->options, sizeof run->options, options,
                                      "custval_scenario_options", error));
    CUSTVAL__TRY(custval__struct_read(&run->score, sizeof run->score, sizeof run->score, run->options.score,
                                      "custval_score_options", error));
    CUSTVAL__TRY(custval__host_read(&run->host, run->score.host, error));
    run->quiet = run->host;
    run->quiet.progress = NULL;
    run->score.host = &run->quiet;
    run->score.levels = CUSTVAL_LEVEL_VALUE;
    run->score.coverage = CUSTVAL_COVERAGE_NONE;
    return check_cuts(&run->options, error);
}

/* ---- Columns -------------------------------------------------------------------------------------------------------- */

static custval_status find_number(const custval_table *table, const char *name, size_t *out, custval_error *error) {
    *out = SIZE_MAX;
    if (name == NULL) return CUSTVAL_OK;
    CUSTVAL__TRY(custval_table_find(table, name, out, error));
    return custval__table_need_number(table, *out, error);
}

static custval_status find_columns(custval__scenario_run *run, custval_error *error) {
    const custval_scenario *const scenario = run->scenario;
    const struct {
        uint32_t number;
        size_t *column;
    } sales[] = {{CUSTVAL__SALES_VOLUME, &run->volume},
                 {CUSTVAL__SALES_RIVAL, &run->rival},
                 {CUSTVAL__SALES_SWITCHING_COST, &run->stay}};
    for (size_t i = 0; i < sizeof sales / sizeof sales[0]; i++) {
        const uint32_t column = scenario->numbers[CUSTVAL__SCENARIO_SALES][sales[i].number].column;
        const char *const name = column == CUSTVAL_NONE ? NULL : scenario->columns[column];
        CUSTVAL__TRY(find_number(run->table, name, sales[i].column, error));
    }
    return find_number(run->table, scenario->where, &run->where, error);
}

/* ---- The system after ----------------------------------------------------------------------------------------------- */

/* Without a column of answers the same score holds for all, in a column that has the indicator's name. */
static custval_status check_column(const custval_scenario *scenario, const custval_system *system,
                                   custval_error *error) {
    custval_input input = CUSTVAL_INPUT_INIT;
    for (uint32_t i = 0; i < custval_system_inputs(system) && scenario->column == NULL; i++) {
        CUSTVAL__TRY(custval_system_input(system, i, &input, error));
        if (strcmp(input.column, scenario->id) != 0) continue;
        return custval__fail(error, CUSTVAL_ERROR_DUPLICATE,
                             "the system reads a column \"%s\" already: give the new indicator another id",
                             scenario->id);
    }
    return CUSTVAL_OK;
}

static custval_status add_indicator(const custval_scenario *scenario, custval_builder *builder, custval_error *error) {
    custval_node_spec node = CUSTVAL_NODE_SPEC_INIT;
    custval_item_spec item = CUSTVAL_ITEM_SPEC_INIT;
    node.id = scenario->id;
    node.weight = custval__scenario_number_of(scenario, CUSTVAL__SCENARIO_NEW_INDICATOR, CUSTVAL__INDICATOR_WEIGHT);
    item.column = scenario->column == NULL ? scenario->id : scenario->column;
    item.scale_min = scenario->column == NULL ? 0.0 : scenario->scale_min;
    item.scale_max = scenario->column == NULL ? 100.0 : scenario->scale_max;
    CUSTVAL__TRY(custval_builder_indicator(builder, scenario->dimension, &node, error));
    return custval_builder_item(builder, scenario->id, &item, error);
}

static custval_status make_after(custval__scenario_run *run, custval_error *error) {
    custval_builder *builder = NULL;
    if (run->scenario->kind != CUSTVAL_SCENARIO_INDICATOR) {
        run->after = custval_system_ref((custval_system *)(uintptr_t)run->system);
        return CUSTVAL_OK;
    }
    CUSTVAL__TRY(check_column(run->scenario, run->system, error));
    CUSTVAL__TRY(custval_builder_new_from(&run->quiet, run->system, &builder, error));
    custval_status status = add_indicator(run->scenario, builder, error);
    if (status == CUSTVAL_OK) status = custval_builder_build(builder, &run->after, error);
    custval_builder_free(builder);
    return status;
}

/* ---- States --------------------------------------------------------------------------------------------------------- */

static uint32_t state_for(custval__scenario_run *run, double strength, int with_quality) {
    uint32_t state = strength == 0.0 ? 0 : 1;
    if (state == 0) return 0;
    while (state < run->state_count &&
           (run->states[state].strength != strength || run->states[state].with_quality != with_quality)) {
        state++;
    }
    if (state == run->state_count) run->states[run->state_count++] = (custval__scenario_state){strength, with_quality};
    return state;
}

static int has_quality(const custval_scenario *scenario) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < scenario->effect_count; i++) {
        count += scenario->effects[i].list == CUSTVAL__SCENARIO_QUALITY;
    }
    return count > 0;
}

static custval_status find_states(custval__scenario_run *run, custval_error *error) {
    const custval_scenario *const scenario = run->scenario;
    const size_t periods = (size_t)scenario->periods + 1;
    run->states = custval__arena_alloc(&run->arena, 2 * periods + 1, sizeof *run->states);
    run->state_of = custval__arena_alloc(&run->arena, periods, sizeof *run->state_of);
    if (has_quality(scenario)) run->plain_of = custval__arena_alloc(&run->arena, periods, sizeof *run->plain_of);
    if (run->states == NULL || run->state_of == NULL || (has_quality(scenario) && run->plain_of == NULL)) {
        return custval__fail_memory(error);
    }
    run->state_count = 1;
    for (uint32_t t = 0; t < periods; t++) {
        const double strength = scenario->course[t].strength;
        run->state_of[t] = state_for(run, strength, 1);
        if (run->plain_of != NULL && t <= scenario->length) run->plain_of[t] = state_for(run, strength, 0);
    }
    return CUSTVAL_OK;
}

/* ---- Memory --------------------------------------------------------------------------------------------------------- */

/* Windows are whole pieces, so that their size changes no sum. */
static size_t window_for(const custval__scenario_run *run, size_t most) {
    const size_t columns = (size_t)run->state_count + run->moves.count, all = custval_table_rows(run->table);
    const size_t rows = all < most ? all : most;
    const size_t piece = CUSTVAL__SCENARIO_PIECE, pieces = NUMBERS_MOST / columns / piece;
    size_t window = pieces == 0 ? piece : pieces * piece;
    if (window > WINDOW_MOST) window = WINDOW_MOST;
    return rows / piece < window / piece ? (rows / piece + 1) * piece : window;
}

static custval_status make_room(custval__scenario_run *run, size_t rows_most, custval_error *error) {
    const size_t periods = (size_t)run->scenario->periods + 1;
    run->window = window_for(run, rows_most);
    const size_t pieces = run->window / CUSTVAL__SCENARIO_PIECE, rows = run->window;
    run->values = custval__arena_alloc(&run->arena, run->state_count * rows, sizeof *run->values);
    run->moved = custval__arena_alloc(&run->arena, (run->moves.count + (size_t)1) * rows, sizeof *run->moved);
    run->chosen = custval__arena_alloc(&run->arena, rows, sizeof *run->chosen);
    run->scratch = custval__arena_alloc(&run->arena, rows, sizeof *run->scratch);
    run->sums = custval__arena_alloc(&run->arena, periods * CUSTVAL__SCENARIO_SUMS, sizeof *run->sums);
    run->blocks = custval__arena_alloc(&run->arena, pieces * periods * CUSTVAL__SCENARIO_SUMS, sizeof *run->blocks);
    run->piece_total = custval__arena_alloc(&run->arena, pieces, sizeof *run->piece_total);
    if (run->values == NULL || run->moved == NULL || run->chosen == NULL || run->scratch == NULL || run->sums == NULL ||
        run->blocks == NULL || run->piece_total == NULL) {
        return custval__fail_memory(error);
    }
    return CUSTVAL_OK;
}

custval_status custval__scenario_open(custval__scenario_run *run, const custval_scenario *scenario,
                                      const custval_system *system, const custval_table *table, size_t rows,
                                      const custval_scenario_options *options, custval_error *error) {
    *run = (custval__scenario_run){.scenario = scenario, .system = system, .table = table};
    if (scenario == NULL) return custval__fail_null(error, "scenario");
    if (system == NULL) return custval__fail_null(error, "system");
    if (table == NULL) return custval__fail_null(error, "table");
    CUSTVAL__TRY(read_options(run, options, error));
    custval__arena_init(&run->arena, &run->host);
    run->kernels = custval__scenario_kernels_best();
    CUSTVAL__TRY(find_columns(run, error));
    CUSTVAL__TRY(custval__moves_find(scenario, system, &run->arena, &run->moves, error));
    CUSTVAL__TRY(find_states(run, error));
    CUSTVAL__TRY(make_after(run, error));
    CUSTVAL__TRY(custval_scorer_new((custval_system *)(uintptr_t)system, &run->score, &run->scorer_before, error));
    CUSTVAL__TRY(custval_scorer_new(run->after, &run->score, &run->scorer_after, error));
    return make_room(run, rows, error);
}

void custval__scenario_close(custval__scenario_run *run) {
    custval_scorer_free(run->scorer_after);
    custval_scorer_free(run->scorer_before);
    custval_system_free(run->after);
    if (run->kernels != NULL) custval__arena_free(&run->arena);
}
