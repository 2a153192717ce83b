/* Memory of an engine: laid out once, so that running it allocates nothing. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "../base/error.h"
#include "plain.h"

#define ARRAYS_PER_LEVEL 7
#define ROW_INTEGERS 4
#define ALIGNMENT 64

// What of a node is kept, as numbers of arrays.
static uint32_t arrays_of_node(const custval__plan *plan, int keep_all, uint32_t node) {
    if (keep_all) return 4;
    return (plan->keep[node] & CUSTVAL__KEEP_SCORE ? 1U : 0U) + (plan->keep[node] & CUSTVAL__KEEP_COVERAGE ? 1U : 0U);
}

// The first array of the block, aligned for the widest vectors; so are those after it if they are long.
static double *first_array(const custval__engine *engine) {
    const size_t past = (uintptr_t)engine->memory % ALIGNMENT;
    return engine->memory + (ALIGNMENT - past) / sizeof(double);
}

// Gives the next array of the block.
static double *take(double **next, uint32_t capacity) {
    double *array = *next;
    *next += capacity;
    return array;
}

void custval__engine_reset(custval__engine *engine) {
    const uint32_t capacity = engine->capacity;
    const int keep_all = engine->keep_all;
    const custval__plan *plan = engine->plan;
    double *next = first_array(engine);
    engine->ones = take(&next, capacity);
    engine->zeros = take(&next, capacity);
    engine->spare = take(&next, capacity);
    engine->benefit = take(&next, capacity);
    for (uint32_t i = 0; i < capacity; i++) {
        engine->ones[i] = 1.0;
        engine->zeros[i] = 0.0;
    }
    for (uint32_t depth = 0; depth < CUSTVAL__DEPTHS; depth++) {
        custval__level *level = &engine->levels[depth];
        double **const arrays[ARRAYS_PER_LEVEL] = {&level->score, &level->coverage, &level->total, &level->all,
                                                   &level->term,  &level->weight,   &level->share};
        for (uint32_t i = 0; i < ARRAYS_PER_LEVEL; i++) *arrays[i] = take(&next, capacity);
        level->declared = engine->declared + (size_t)depth * capacity;
    }
    for (uint32_t tag = 0; tag <= CUSTVAL_TAG_LEARN; tag++) engine->tags[tag] = take(&next, capacity);
    if (keep_all) engine->before_gates = take(&next, capacity);
    for (uint32_t node = 0; node < engine->system->node_count; node++) {
        custval__kept *kept = &engine->kept[node];
        if (keep_all || plan->keep[node] & CUSTVAL__KEEP_SCORE) kept->score = take(&next, capacity);
        if (keep_all || plan->keep[node] & CUSTVAL__KEEP_COVERAGE) kept->coverage = take(&next, capacity);
        if (keep_all) kept->weight = take(&next, capacity);
        if (keep_all) kept->computed = take(&next, capacity);
    }
    engine->incomplete = 0;
    engine->status = engine->integers;
    engine->set = engine->integers + capacity;
    engine->context = engine->integers + 2 * (size_t)capacity;
    engine->override = engine->integers + 3 * (size_t)capacity;
    for (uint32_t i = 0; i < capacity; i++) {
        engine->context[i] = plan->context;
        engine->set[i] = plan->profile * (engine->system->context_count + 1) + plan->context;
    }
}

custval_status custval__engine_new(const custval__plan *plan, uint32_t capacity, int keep_all, custval__engine **out,
                                   custval_error *error) {
    const custval_system *system = plan->system;
    *out = NULL;
    // At most 4 arrays for each of 4096 nodes: the sums below cannot overflow.
    size_t arrays = 4 + CUSTVAL__DEPTHS * ARRAYS_PER_LEVEL + CUSTVAL_TAG_LEARN + 1 + (keep_all ? 1 : 0);
    for (uint32_t node = 0; node < system->node_count; node++) arrays += arrays_of_node(plan, keep_all, node);
    custval__engine *engine = custval__alloc_zero(&plan->host, 1, sizeof *engine);
    if (engine == NULL) return custval__fail_memory(error);
    engine->plan = plan;
    engine->system = system;
    engine->memory = custval__alloc_zero(&plan->host, arrays * capacity + ALIGNMENT / sizeof(double), sizeof(double));
    engine->integers = custval__alloc_zero(&plan->host, (size_t)ROW_INTEGERS * capacity, sizeof(uint32_t));
    engine->declared = custval__alloc_zero(&plan->host, (size_t)CUSTVAL__DEPTHS * capacity, 1);
    engine->kept = custval__alloc_zero(&plan->host, system->node_count, sizeof *engine->kept);
    if (engine->memory == NULL || engine->integers == NULL || engine->declared == NULL || engine->kept == NULL) {
        custval__engine_free(engine);
        return custval__fail_memory(error);
    }
    engine->capacity = capacity;
    engine->keep_all = keep_all;
    custval__engine_reset(engine);
    const custval_status status = custval__plain_prepare(engine, error);
    if (status != CUSTVAL_OK) {
        custval__engine_free(engine);
        return status;
    }
    *out = engine;
    return CUSTVAL_OK;
}

void custval__engine_free(custval__engine *engine) {
    if (engine == NULL) return;
    const custval_host *host = &engine->plan->host;
    custval__free(host, engine->memory);
    custval__free(host, engine->integers);
    custval__free(host, engine->declared);
    custval__free(host, engine->kept);
    custval__free(host, engine->steps);
    custval__free(host, engine);
}

void custval__engine_place(custval__engine *engine, uint32_t node, double *score, double *coverage) {
    if (score != NULL) engine->kept[node].score = score;
    if (coverage != NULL) engine->kept[node].coverage = coverage;
}

void custval__engine_place_status(custval__engine *engine, uint32_t *status) {
    engine->status = status;
}

void custval__engine_place_tag(custval__engine *engine, uint32_t tag, double *score) {
    engine->tags[tag] = score;
}

int custval__engine_incomplete(const custval__engine *engine) {
    return engine->incomplete;
}

const uint32_t *custval__engine_status(const custval__engine *engine) {
    return engine->status;
}

const uint32_t *custval__engine_set(const custval__engine *engine) {
    return engine->set;
}

const double *custval__engine_score(const custval__engine *engine, uint32_t node) {
    return engine->kept[node].score;
}

const double *custval__engine_coverage(const custval__engine *engine, uint32_t node) {
    return engine->kept[node].coverage;
}

const double *custval__engine_weight(const custval__engine *engine, uint32_t node) {
    return engine->kept[node].weight;
}

const double *custval__engine_computed(const custval__engine *engine, uint32_t node) {
    return engine->kept[node].computed;
}

const double *custval__engine_before_gates(const custval__engine *engine) {
    return engine->before_gates;
}

const double *custval__engine_tag(const custval__engine *engine, uint32_t tag) {
    return engine->tags[tag];
}
