/* custval_sensitivity: which weights the uncertainty of a value comes from. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/explain.h>

#include <math.h>

#include "../base/error.h"
#include "../explain/rows.h"
#include "noise.h"
#include "sobol.h"
#include "values.h"

/* Outcomes that differ by less than this share of the values that they come from differ by rounding alone. */
#define ROUNDING 1e-13
/* Random numbers of inputs are in streams beyond those of whole draws. */
#define INPUT_STREAMS ((uint64_t)1 << 63)

/* What one thread evaluates with. */
typedef struct evaluator {
    custval__values values;
    custval__weighing weighing;
    double **weights; /* [input][draw], what weighing points to */
    double *together; /* weights of one group in one draw */
    double outcome[CUSTVAL__SOBOL_BLOCK];
} evaluator;

typedef struct sensitivity {
    custval__noise noise;
    const custval_host *host;
    custval__study study; /* checks the arguments, and holds the memory of the call */
    size_t row, rival;    /* CUSTVAL_ALL_ROWS: none */
    custval__drawn drawn;
    uint32_t *nodes, count; /* the inputs */
    uint32_t *input_of;     /* [node] */
    const double *stated;   /* [node] weights that the draws lie around */
    evaluator **threads;    /* each in memory of its own: engines point into them */
    uint32_t thread_count;
} sensitivity;

/* ---- Threads --------------------------------------------------------------------------------------------------------- */

static custval_status open_evaluator(const sensitivity *in, evaluator *out, custval_error *error) {
    CUSTVAL__TRY(custval__values_open(&out->values, &in->drawn, in->study.table, in->study.options, error));
    custval__arena *arena = &out->values.study.arena;
    CUSTVAL__TRY(custval__weighing_new(arena, &in->drawn, CUSTVAL__SOBOL_BLOCK, &out->weighing, error));
    out->weights = custval__arena_alloc(arena, in->count, sizeof *out->weights);
    out->together = custval__arena_alloc(arena, in->count, sizeof *out->together);
    if (out->weights == NULL || out->together == NULL) return custval__fail_memory(error);
    for (uint32_t i = 0; i < in->count; i++) {
        out->weights[i] = custval__arena_alloc(arena, CUSTVAL__SOBOL_BLOCK, sizeof **out->weights);
        if (out->weights[i] == NULL) return custval__fail_memory(error);
        out->weighing.weight[in->nodes[i]] = out->weights[i];
    }
    return CUSTVAL_OK;
}

static custval_status add_evaluator(sensitivity *in, custval_error *error) {
    evaluator **more = custval__resize(in->host, in->threads, (size_t)in->thread_count + 1, sizeof *in->threads);
    if (more == NULL) return custval__fail_memory(error);
    in->threads = more;
    evaluator *next = custval__alloc_zero(in->host, 1, sizeof *next);
    if (next == NULL) return custval__fail_memory(error);
    in->threads[in->thread_count++] = next;
    return open_evaluator(in, next, error);
}

static custval_status prepare(void *data, uint32_t threads) {
    sensitivity *in = data;
    while (in->thread_count < threads) CUSTVAL__TRY(add_evaluator(in, NULL));
    return CUSTVAL_OK;
}

static void close_evaluators(sensitivity *in) {
    for (uint32_t i = 0; i < in->thread_count; i++) {
        custval__values_close(&in->threads[i]->values);
        custval__free(in->host, in->threads[i]);
    }
    custval__free(in->host, in->threads);
}

/* ---- Draws ------------------------------------------------------------------------------------------------------------ */

static void sample(void *data, uint32_t input, uint32_t matrix, uint32_t start, uint32_t count, double *out) {
    const sensitivity *in = data;
    const double stated = in->stated[in->nodes[input]];
    for (uint32_t k = 0; k < count; k++) {
        const uint64_t place = 2 * ((uint64_t)start + k) + matrix;
        custval__random random;
        custval__random_init(&random, in->noise.options.seed, INPUT_STREAMS + place * CUSTVAL_MAX_NODES + input);
        out[k] = custval__noise_size(&in->noise.options, stated, &random);
    }
}

// Makes the sizes of a group weights.
static void weigh_group(const sensitivity *in, evaluator *with, uint32_t first, const double *const *sizes,
                        uint32_t count) {
    const custval__node *nodes = in->drawn.system->nodes;
    for (uint32_t k = 0; k < count; k++) {
        size_t members = 0;
        for (uint32_t i = first; i != CUSTVAL_NONE; i = nodes[i].next_sibling) {
            with->together[members++] = sizes[in->input_of[i]][k];
        }
        custval__noise_weights(&in->noise.options, with->together, members);
        members = 0;
        for (uint32_t i = first; i != CUSTVAL_NONE; i = nodes[i].next_sibling) {
            with->weights[in->input_of[i]][k] = with->together[members++];
        }
    }
}

static void evaluate(void *data, uint32_t thread, const double *const *sizes, uint32_t count, double *out) {
    const sensitivity *in = data;
    const custval__node *nodes = in->drawn.system->nodes;
    evaluator *with = in->threads[thread];
    for (uint32_t i = 0; i < in->count; i++) {
        const uint32_t node = in->nodes[i];
        if (nodes[nodes[node].parent].first_child == node) weigh_group(in, with, node, sizes, count);
    }
    custval__weighing_multiply(&in->drawn, &with->weighing);
    custval__values_read(&with->values, in->row);
    custval__values_run(&with->values, &with->weighing, 0, count, out);
    if (in->rival == CUSTVAL_ALL_ROWS) return;
    custval__values_read(&with->values, in->rival);
    custval__values_run(&with->values, &with->weighing, 0, count, with->outcome);
    for (uint32_t k = 0; k < count; k++) out[k] -= with->outcome[k];
}

/* ---- The table --------------------------------------------------------------------------------------------------------- */

static custval_status value_now(sensitivity *in, size_t row, const char *name, double *out, custval_error *error) {
    custval__state state;
    CUSTVAL__TRY(custval__study_check_row(&in->study, row, name, error));
    CUSTVAL__TRY(custval__state_new(&in->study, &state, error));
    custval__state_read(&in->study, row, &state);
    if (!custval__state_has_value(&state)) return custval__study_fail_no_value(&in->study, row, error);
    *out = state.score[0];
    return CUSTVAL_OK;
}

static custval_status find_inputs(sensitivity *in, custval_error *error) {
    const custval_system *system = in->study.plan.system;
    CUSTVAL__TRY(custval__noise_stated(system, in->noise.options.profile, &in->stated, error));
    CUSTVAL__TRY(custval__rows_weighed(&in->study, &in->nodes, &in->count, error));
    if (in->count == 0) {
        return custval__fail(error, CUSTVAL_ERROR_STATE,
                             "no node of the system has siblings: there are no weights to vary");
    }
    in->input_of = custval__study_alloc(&in->study, system->node_count, sizeof *in->input_of);
    uint8_t *is_drawn = custval__study_alloc(&in->study, system->node_count, 1);
    if (in->input_of == NULL || is_drawn == NULL) return custval__fail_memory(error);
    for (uint32_t i = 0; i < in->count; i++) {
        in->input_of[in->nodes[i]] = i;
        is_drawn[in->nodes[i]] = 1;
    }
    return custval__drawn_new(&in->study.arena, system, is_drawn, &in->drawn, error);
}

static custval_status fill_table(sensitivity *in, double centre, double rounding, custval_table *table,
                                 custval_error *error) {
    custval__sobol_indices out;
    double *weight;
    CUSTVAL__TRY(custval__rows_add_names(&in->study, table, in->nodes, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "weight", &weight, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "first", &out.first, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "total", &out.total, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "first_error", &out.first_error, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "total_error", &out.total_error, error));
    for (uint32_t i = 0; i < in->count; i++) weight[i] = in->stated[in->nodes[i]];
    const custval__sobol sobol = {.host = in->host,
                                  .inputs = in->count,
                                  .draws = in->noise.options.draws,
                                  .centre = centre,
                                  .rounding = rounding,
                                  .data = in,
                                  .sample = sample,
                                  .prepare = prepare,
                                  .evaluate = evaluate};
    CUSTVAL__TRY(custval__sobol_run(&sobol, &out, error));
    custval__result_finish(table);
    return CUSTVAL_OK;
}

static custval_status find_sensitivity(sensitivity *in, custval_table **out, custval_error *error) {
    double value, rival = 0.0;
    in->host = in->noise.options.host != NULL ? &in->noise.host : &in->study.plan.host;
    CUSTVAL__TRY(value_now(in, in->row, "row", &value, error));
    if (in->rival == in->row) {
        return custval__fail_at(error, CUSTVAL_ERROR_ARGUMENT, CUSTVAL_NONE, in->row,
                                "row and rival are both row %zu, but must differ", in->row);
    }
    if (in->rival != CUSTVAL_ALL_ROWS) CUSTVAL__TRY(value_now(in, in->rival, "rival", &rival, error));
    CUSTVAL__TRY(find_inputs(in, error));
    CUSTVAL__TRY(custval__result_new(in->host, in->count, out, error));
    return fill_table(in, value - rival, ROUNDING * (fabs(value) + fabs(rival)), *out, error);
}

custval_status custval_sensitivity(const custval_system *system, const custval_table *table, size_t row, size_t rival,
                                   const custval_score_options *score, const custval_noise_options *options,
                                   custval_table **out, custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    sensitivity in = {.row = row, .rival = rival};
    CUSTVAL__TRY(custval__noise_read(&in.noise, options, error));
    CUSTVAL__TRY(custval__noise_check(&in.noise.options, error));
    if (in.noise.options.draws < CUSTVAL__SOBOL_FEWEST) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "draws is %u, but must be at least %d",
                             (unsigned)in.noise.options.draws, CUSTVAL__SOBOL_FEWEST);
    }
    custval_status status = custval__study_open(&in.study, system, table, score, 1, error);
    if (status == CUSTVAL_OK) status = find_sensitivity(&in, out, error);
    close_evaluators(&in);
    custval__study_close(&in.study);
    if (status != CUSTVAL_OK) {
        custval_table_free(*out);
        *out = NULL;
    }
    return status;
}
