/* What a run of an impact needs before the first row. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/options.h"
#include "../base/random.h"
#include "../base/symmetric.h"
#include "run.h"

#define LEVELS (CUSTVAL_LEVEL_DIMENSION | CUSTVAL_LEVEL_INDICATOR | CUSTVAL_LEVEL_ITEM)

/* ---- Options ----------------------------------------------------------------------------------------------------- */

static custval_status read_options(custval__impact_run *run, const custval_impact_options *options,
                                   custval_error *error) {
    custval_impact_options *const whole = &run->options;
    const custval_impact_options defaults = CUSTVAL_IMPACT_OPTIONS_INIT;
    *whole = defaults;
    CUSTVAL__TRY(custval__struct_read(whole, sizeof *whole, sizeof *whole, options, "custval_impact_options", error));
    if (whole->levels == 0) whole->levels = CUSTVAL_LEVEL_INDICATOR;
    if (whole->levels & ~(uint32_t)LEVELS) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT,
                             "levels is %u, but only dimensions, indicators and items can be moved",
                             (unsigned)whole->levels);
    }
    if (!(whole->level > 0.0 && whole->level < 1.0)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "level is %g, but must be between 0 and 1", whole->level);
    }
    if (whole->draws <= CUSTVAL_MAX_IMPACT_DRAWS) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_RANGE, "draws is %u, but must be at most %d", (unsigned)whole->draws,
                         CUSTVAL_MAX_IMPACT_DRAWS);
}

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

static custval_status find_column(const custval__impact_run *run, const char *name, size_t *out, custval_error *error) {
    *out = SIZE_MAX;
    if (name == NULL) return CUSTVAL_OK;
    CUSTVAL__TRY(custval_table_find(run->table, name, out, error));
    return custval__table_need_number(run->table, *out, error);
}

static custval_status find_columns(custval__impact_run *run, custval_error *error) {
    CUSTVAL__TRY(find_column(run, run->impact->money.margin_column, &run->margin, error));
    CUSTVAL__TRY(find_column(run, run->impact->where, &run->where, error));
    return find_column(run, run->impact->count, &run->count, error);
}

/* ---- The chain --------------------------------------------------------------------------------------------------- */

/* Room for a source per predictor, and the value. */
static custval_status make_chain(custval__impact_run *run, custval_error *error) {
    const custval_impact *const impact = run->impact;
    custval__chain *const chain = &run->chain;
    size_t terms = 0;
    for (uint32_t k = 0; k < impact->step_count; k++) {
        if (impact->steps[k].link == NULL) {
            const custval_status status = custval__fail(
                error, CUSTVAL_ERROR_STATE, "the link is yet to be fitted: fit the plan, and run what that gives");
            return custval__impact_blame(impact, k, status, error);
        }
        terms += custval__impact_predictors(&impact->steps[k]) + (size_t)1;
    }
    chain->link_count = impact->step_count;
    chain->links = custval__study_alloc(&run->study, chain->link_count, sizeof *chain->links);
    chain->sources = custval__study_alloc(&run->study, terms + 1, sizeof *chain->sources);
    chain->coefficients = custval__study_alloc(&run->study, terms, sizeof *chain->coefficients);
    if (chain->links == NULL || chain->sources == NULL || chain->coefficients == NULL) {
        return custval__fail_memory(error);
    }
    chain->source_count = 1; /* the value */
    chain->kernels = custval__impact_kernels_best();
    chain->multiple = custval__impact_multiple_of(impact);
    return CUSTVAL_OK;
}

static uint32_t add_source(custval__chain *chain, custval__chain_source source) {
    for (uint32_t s = 0; s < chain->source_count; s++) {
        const custval__chain_source *const there = &chain->sources[s];
        if (there->is_column == source.is_column && there->node == source.node && there->column == source.column) {
            return s;
        }
    }
    chain->sources[chain->source_count] = source;
    return chain->source_count++;
}

/* Earlier links are marked, because the number of sources is not known yet. */
#define EARLIER 0x80000000U

static custval_status find_input(custval__impact_run *run, uint32_t step, const char *name, uint32_t *out,
                                 custval_error *error) {
    const uint32_t earlier = custval__impact_earlier(run->impact, step, name);
    custval__chain_source source = {0, 0, 0};
    *out = EARLIER | earlier;
    if (earlier != CUSTVAL_NONE) return CUSTVAL_OK;
    source.is_column = custval_system_find(run->study.plan.system, name, &source.node, NULL) != CUSTVAL_OK;
    if (source.is_column) {
        source.node = 0;
        CUSTVAL__TRY(custval__impact_blame(run->impact, step, find_column(run, name, &source.column, error), error));
    }
    *out = add_source(&run->chain, source);
    return CUSTVAL_OK;
}

static custval_status add_link(custval__impact_run *run, uint32_t step, custval_error *error) {
    const custval_link *const from = run->impact->steps[step].link;
    custval__chain *const chain = &run->chain;
    custval_link_facts facts = CUSTVAL_LINK_FACTS_INIT;
    CUSTVAL__TRY(custval_link_describe(from, &facts, error));
    const uint32_t terms = (uint32_t)facts.terms;
    uint32_t *const inputs = custval__study_alloc(&run->study, terms, sizeof *inputs);
    double *const covariance = custval__study_alloc(&run->study, (size_t)terms * terms, sizeof *covariance);
    if (inputs == NULL || covariance == NULL) return custval__fail_memory(error);
    CUSTVAL__TRY(custval_link_numbers(from, chain->coefficients + chain->coefficient_count, covariance, error));
    for (uint32_t i = 0; i + 1 < terms; i++) {
        CUSTVAL__TRY(find_input(run, step, custval_link_column(from, i), &inputs[i], error));
    }
    chain->links[step] = (custval__chain_link){.terms = terms,
                                               .is_logistic = facts.kind == CUSTVAL_LINK_LOGISTIC,
                                               .first = chain->coefficient_count,
                                               .inputs = inputs,
                                               .covariance = isnan(covariance[0]) ? NULL : covariance};
    chain->coefficient_count += terms;
    return CUSTVAL_OK;
}

static custval_status open_chain(custval__impact_run *run, custval_error *error) {
    custval__chain *const chain = &run->chain;
    CUSTVAL__TRY(make_chain(run, error));
    for (uint32_t k = 0; k < chain->link_count; k++) CUSTVAL__TRY(add_link(run, k, error));
    for (uint32_t k = 0; k < chain->link_count; k++) {
        uint32_t *const inputs = (uint32_t *)(uintptr_t)chain->links[k].inputs;
        for (uint32_t i = 0; i + 1 < chain->links[k].terms; i++) {
            if (inputs[i] & EARLIER) inputs[i] = chain->source_count + (inputs[i] & ~EARLIER);
        }
    }
    return CUSTVAL_OK;
}

/* ---- Levers ------------------------------------------------------------------------------------------------------ */

static custval_status find_levers(custval__impact_run *run, custval_error *error) {
    static const uint32_t kinds[] = {CUSTVAL_KIND_DIMENSION, CUSTVAL_KIND_INDICATOR, CUSTVAL_KIND_ITEM};
    const custval_system *const system = run->study.plan.system;
    run->levers = custval__study_alloc(&run->study, system->node_count, sizeof *run->levers);
    if (run->levers == NULL) return custval__fail_memory(error);
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        for (uint32_t node = 0; node < system->first_derived; node++) {
            const int is_wanted = (run->options.levels & custval__level_of(&system->nodes[node])) != 0;
            if (is_wanted && system->nodes[node].kind == kinds[k]) run->levers[run->lever_count++] = node;
        }
    }
    for (uint32_t i = 0; i < run->impact->cost_count; i++) {
        uint32_t node;
        const custval_status status = custval_system_find(system, run->impact->costs[i].node, &node, error);
        if (status != CUSTVAL_OK) {
            custval__error_prefix(error, "cost: ");
            return status;
        }
    }
    return CUSTVAL_OK;
}

/* ---- Draws ------------------------------------------------------------------------------------------------------- */

/* Coefficients of one link: b + V sqrt(L) z, where the covariance is V L V'. Links have streams of their own. */
static custval_status draw_link(custval__impact_run *run, uint32_t step, custval_error *error) {
    const custval__chain_link *const link = &run->chain.links[step];
    const size_t n = link->terms, all = run->chain.coefficient_count;
    if (link->covariance == NULL) return CUSTVAL_OK;
    double *const matrix = custval__study_alloc(&run->study, 2 * n * n + n, sizeof *matrix);
    if (matrix == NULL) return custval__fail_memory(error);
    double *const vectors = matrix + n * n, *const values = vectors + n * n;
    memcpy(matrix, link->covariance, n * n * sizeof *matrix);
    custval__symmetric_eigen(matrix, n, values, vectors);
    for (uint32_t d = 0; d < run->options.draws; d++) {
        double *const out = run->drawn + d * all + link->first;
        custval__random random;
        custval__random_init(&random, run->options.seed, (uint64_t)d * CUSTVAL_MAX_IMPACT_LINKS + step);
        for (size_t k = 0; k < n; k++) {
            const double length = values[k] > 0.0 ? sqrt(values[k]) : 0.0;
            const double z = custval__random_normal(&random);
            for (size_t i = 0; i < n; i++) out[i] += length * z * vectors[k * n + i];
        }
    }
    return CUSTVAL_OK;
}

static custval_status draw(custval__impact_run *run, custval_error *error) {
    const size_t all = run->chain.coefficient_count;
    if (run->options.draws == 0) return CUSTVAL_OK;
    run->drawn = custval__study_alloc(&run->study, run->options.draws, all * sizeof *run->drawn);
    if (run->drawn == NULL) return custval__fail_memory(error);
    for (uint32_t d = 0; d < run->options.draws; d++) {
        memcpy(run->drawn + d * all, run->chain.coefficients, all * sizeof *run->drawn);
    }
    for (uint32_t k = 0; k < run->chain.link_count; k++) CUSTVAL__TRY(draw_link(run, k, error));
    return CUSTVAL_OK;
}

/* ---- Threads ----------------------------------------------------------------------------------------------------- */

/* Arrays of a block, one for each of `count` things; NULL if there is no memory. */
static double **new_arrays(custval__impact_run *run, size_t count) {
    double **const arrays = custval__study_alloc(&run->study, count, sizeof *arrays);
    for (size_t i = 0; arrays != NULL && i < count; i++) {
        arrays[i] = custval__study_alloc(&run->study, CUSTVAL__BLOCK, sizeof **arrays);
        if (arrays[i] == NULL) return NULL;
    }
    return arrays;
}

static int open_state(custval__impact_run *run, custval__chain_state *state) {
    state->x = new_arrays(run, (size_t)run->chain.source_count + run->chain.link_count);
    state->slope = new_arrays(run, run->chain.link_count);
    double **const worths = new_arrays(run, 2);
    if (state->x == NULL || state->slope == NULL || worths == NULL) return 0;
    state->worth = worths[0];
    state->worth_slope = worths[1];
    return 1;
}

/* Arrays of a length of their own. */
static int open_sums(custval__impact_run *run, custval__impact_thread *thread) {
    const size_t coefficients = run->chain.coefficient_count, draws = run->options.draws;
    const size_t nodes = run->study.plan.system->node_count;
    thread->gradient = custval__study_alloc(&run->study, 2 * (coefficients + draws), sizeof *thread->gradient);
    thread->sums = custval__study_alloc(&run->study, run->lever_count + (size_t)1, run->slots * sizeof *thread->sums);
    thread->preset_scores = custval__study_alloc(&run->study, nodes, sizeof *thread->preset_scores);
    thread->preset_coverages = custval__study_alloc(&run->study, nodes, sizeof *thread->preset_coverages);
    if (thread->gradient == NULL || thread->sums == NULL || thread->preset_scores == NULL ||
        thread->preset_coverages == NULL) {
        return 0;
    }
    thread->gradient_before = thread->gradient + coefficients;
    thread->worths = thread->gradient_before + coefficients;
    thread->worths_before = thread->worths + draws;
    return 1;
}

static custval_status open_thread(custval__impact_run *run, custval__impact_thread *thread) {
    enum { MOVED, MARGIN, WEIGHT, KEPT, SCRATCH, ARRAYS };
    const int has_states = open_state(run, &thread->base) && open_state(run, &thread->before) &&
                           open_state(run, &thread->after) && open_state(run, &thread->drawn);
    double **const arrays = new_arrays(run, ARRAYS);
    thread->scores = new_arrays(run, run->lever_count);
    thread->coverages = new_arrays(run, run->lever_count);
    thread->flow = new_arrays(run, run->chain.link_count);
    if (!has_states || arrays == NULL || thread->scores == NULL || thread->coverages == NULL || thread->flow == NULL ||
        !open_sums(run, thread)) {
        return CUSTVAL_ERROR_MEMORY;
    }
    thread->moved = arrays[MOVED];
    thread->margin = arrays[MARGIN];
    thread->weight = arrays[WEIGHT];
    thread->kept = arrays[KEPT];
    thread->scratch = arrays[SCRATCH];
    return custval__engine_new(&run->study.plan, CUSTVAL__BLOCK, run->study.plan.has_reliefs, &thread->engine, NULL);
}

custval_status custval__impact_open_threads(custval__impact_run *run, uint32_t threads) {
    if (threads <= run->thread_count) return CUSTVAL_OK;
    custval__impact_thread *const more = custval__study_alloc(&run->study, threads, sizeof *more);
    if (more == NULL) return CUSTVAL_ERROR_MEMORY;
    if (run->thread_count > 0) memcpy(more, run->threads, run->thread_count * sizeof *more);
    run->threads = more;
    while (run->thread_count < threads) {
        CUSTVAL__TRY(open_thread(run, &run->threads[run->thread_count]));
        run->thread_count++;
    }
    return CUSTVAL_OK;
}

/* ---- The study --------------------------------------------------------------------------------------------------- */

/* A study without an engine: those of the threads keep every score and coverage, and all that explanations need only
   where reliefs ask for it. */
static custval_status open_study(custval__impact_run *run, const custval_system *system, custval_error *error) {
    custval__study *const study = &run->study;
    custval_score_options whole = CUSTVAL_SCORE_OPTIONS_INIT;
    CUSTVAL__TRY(
        custval__struct_read(&whole, sizeof whole, sizeof whole, run->options.score, "custval_score_options", error));
    whole.levels = CUSTVAL_LEVEL_VALUE | CUSTVAL_LEVEL_SIDE | LEVELS | CUSTVAL_LEVEL_DERIVED;
    whole.coverage = CUSTVAL_COVERAGE_ALL;
    CUSTVAL__TRY(custval__plan_new(system, &whole, &study->plan, error));
    custval__arena_init(&study->arena, &study->plan.host);
    study->table = run->table;
    study->options = run->options.score;
    return custval__source_bind(&study->plan, run->table, &study->source, error);
}

/* ---- All of it --------------------------------------------------------------------------------------------------- */

custval_status custval__impact_open(custval__impact_run *run, const custval_impact *impact,
                                    const custval_system *system, const custval_table *table,
                                    const custval_impact_options *options, custval_error *error) {
    *run = (custval__impact_run){.impact = impact, .table = table};
    if (impact == NULL) return custval__fail_null(error, "impact");
    if (system == NULL) return custval__fail_null(error, "system");
    if (table == NULL) return custval__fail_null(error, "table");
    CUSTVAL__TRY(read_options(run, options, error));
    CUSTVAL__TRY(open_study(run, system, error));
    CUSTVAL__TRY(find_columns(run, error));
    CUSTVAL__TRY(open_chain(run, error));
    CUSTVAL__TRY(find_levers(run, error));
    run->slots = CUSTVAL__IMPACT_OUTCOMES + run->chain.link_count + run->chain.coefficient_count + run->options.draws;
    return draw(run, error);
}

void custval__impact_close(custval__impact_run *run) {
    for (uint32_t i = 0; i < run->thread_count; i++) custval__engine_free(run->threads[i].engine);
    custval__study_close(&run->study);
}
