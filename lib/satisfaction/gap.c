/* custval_gap: performance against expectation, per customer and level. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/maths.h"
#include "../base/options.h"
#include "compared.h"
#include "levels.h"

#define MEASURES 5
#define BEND_MOST 10.0
#define LAMBDA_MOST 1e6

/* v(d) of one indicator. */
typedef struct curve {
    double alpha, beta, lambda;
} curve;

typedef struct gaps {
    custval__compared compared;
    custval_gap_options options;
    uint32_t levels;
    double **columns; /* [node][measure], NULL: not asked for */
    curve *curves;    /* [node] of indicators and items */
    uint8_t *linear;  /* [node] 1: can be rolled up from gaps as they are felt */
    double *attained;
    uint32_t *compared_count, *status, *expectation_status;
} gaps;

/* ---- Options ----------------------------------------------------------------------------------------------------- */

static custval_status check_curve(const char *what, const curve *given, custval_error *error) {
    const double numbers[] = {given->alpha, given->beta, given->lambda}, most[] = {BEND_MOST, BEND_MOST, LAMBDA_MOST};
    static const char *const names[] = {"alpha", "beta", "lambda"};
    for (size_t i = 0; i < 3; i++) {
        if (numbers[i] > 0.0 && numbers[i] <= most[i]) continue;
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "%s%s is %g, but must be above 0 and at most %g", what,
                             names[i], numbers[i], most[i]);
    }
    return CUSTVAL_OK;
}

static custval_status read_own_curve(gaps *in, size_t index, custval_error *error) {
    const char *const id = in->options.indicators[index];
    const double *const given = in->options.curves + 3 * index;
    const curve own = {given[0], given[1], given[2]};
    char what[CUSTVAL_MAX_ID_LENGTH + 32];
    uint32_t node;
    if (id == NULL) return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "the id of indicator %zu is NULL", index + 1);
    CUSTVAL__TRY(custval_system_find(in->compared.system, id, &node, error));
    if (in->compared.system->nodes[node].kind != CUSTVAL_KIND_INDICATOR) {
        return custval__fail(error, CUSTVAL_ERROR_STRUCTURE, "\"%s\" is no indicator: only they have curves of gaps",
                             id);
    }
    for (size_t i = 0; i < index; i++) {
        if (strcmp(in->options.indicators[i], id) != 0) continue;
        return custval__fail(error, CUSTVAL_ERROR_DUPLICATE, "indicator \"%s\" has two curves", id);
    }
    custval__format(what, sizeof what, "indicator \"%s\": ", id);
    in->curves[node] = own;
    return check_curve(what, &own, error);
}

static custval_status read_curves(gaps *in, custval_error *error) {
    const custval_system *const system = in->compared.system;
    const curve common = {in->options.alpha, in->options.beta, in->options.lambda};
    CUSTVAL__TRY(check_curve("", &common, error));
    in->curves = custval__alloc(&in->compared.plan.host, system->node_count, sizeof *in->curves);
    if (in->curves == NULL) return custval__fail_memory(error);
    for (uint32_t i = 0; i < system->node_count; i++) in->curves[i] = common;
    if (in->options.indicator_count > 0 && (in->options.indicators == NULL || in->options.curves == NULL)) {
        return custval__fail_null(error, in->options.indicators == NULL ? "indicators" : "curves");
    }
    for (size_t i = 0; i < in->options.indicator_count; i++) CUSTVAL__TRY(read_own_curve(in, i, error));
    for (uint32_t i = 0; i < system->item_count; i++) {
        const uint32_t node = system->items[i].node;
        in->curves[node] = in->curves[system->nodes[node].parent];
    }
    return CUSTVAL_OK;
}

static int is_mean(const custval_system *system, uint32_t node) {
    const uint32_t aggregator = node == 0 ? system->spec.aggregator : system->nodes[node].aggregator;
    if (node == 0 && system->spec.form != CUSTVAL_FORM_INDEX) return system->spec.form == CUSTVAL_FORM_DIFFERENCE;
    return system->nodes[node].child_count == 1 || aggregator == CUSTVAL_AGGREGATOR_MEAN;
}

/* Children stand after their parents, derived nodes after all others and their own parts. */
static custval_status find_linear(gaps *in, custval_error *error) {
    const custval_system *const system = in->compared.system;
    in->linear = custval__alloc(&in->compared.plan.host, system->node_count, 1);
    if (in->linear == NULL) return custval__fail_memory(error);
    for (uint32_t i = 0; i < system->node_count; i++) {
        const uint32_t kind = system->nodes[i].kind;
        in->linear[i] = kind == CUSTVAL_KIND_INDICATOR || kind == CUSTVAL_KIND_ITEM || is_mean(system, i);
    }
    for (uint32_t i = system->first_derived; i-- > 1;) {
        if (!in->linear[i]) in->linear[system->nodes[i].parent] = 0;
    }
    for (uint32_t i = system->first_derived; i < system->node_count; i++) {
        for (uint32_t p = 0; p < system->nodes[i].child_count; p++) {
            if (!in->linear[system->parts[system->nodes[i].first_part + p].node]) in->linear[i] = 0;
        }
    }
    return CUSTVAL_OK;
}

static custval_status read_options(gaps *in, const custval_gap_options *options, custval_error *error) {
    const custval_gap_options defaults = CUSTVAL_GAP_OPTIONS_INIT;
    in->options = defaults;
    CUSTVAL__TRY(
        custval__struct_read(&in->options, sizeof defaults, sizeof defaults, options, "custval_gap_options", error));
    if (in->options.reserved != 0) return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "reserved must be 0");
    if (in->options.measures >= 1U << MEASURES) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "measures has unknown bits: %u",
                             (unsigned)in->options.measures);
    }
    if (in->options.measures == 0) {
        in->options.measures = CUSTVAL_GAP_PERFORMANCE | CUSTVAL_GAP_EXPECTATION | CUSTVAL_GAP_DIFFERENCE;
    }
    return custval__levels_read(in->options.score, &in->levels, error);
}

/* ---- One row ----------------------------------------------------------------------------------------------------- */

static double felt(const custval_system *system, uint32_t node, const curve *how, double gap) {
    const double sign = custval__compared_is_worse(system, node) ? -1.0 : 1.0, d = sign * gap / 100.0;
    const double value = d >= 0.0 ? custval__pow(d, how->alpha) : -how->lambda * custval__pow(-d, how->beta);
    return sign * 100.0 * value;
}

static double gap_of(const custval__compared_thread *thread, uint32_t node) {
    const double gap = custval__compared_score(thread, node, 0) - custval__compared_score(thread, node, 1);
    return fabs(gap) < CUSTVAL__SCORE_ROUNDING ? 0.0 : gap;
}

static void put(const gaps *in, uint32_t node, uint32_t measure, size_t row, double number) {
    double *const column = in->columns[(size_t)node * MEASURES + measure];
    if (column != NULL) column[row] = number + 0.0; /* no -0 */
}

static void take_plain(const gaps *in, const custval__compared_thread *thread, size_t row) {
    const custval_system *const system = in->compared.system;
    uint32_t good = 0, all = 0;
    for (uint32_t i = 0; i < system->node_count; i++) {
        const double gap = gap_of(thread, i), sign = custval__compared_is_worse(system, i) ? -1.0 : 1.0;
        put(in, i, 0, row, custval__compared_score(thread, i, 0));
        put(in, i, 1, row, custval__compared_score(thread, i, 1));
        put(in, i, 2, row, gap);
        if (system->nodes[i].kind != CUSTVAL_KIND_INDICATOR || isnan(gap)) continue;
        all++;
        good += sign * gap >= 0.0;
    }
    in->attained[row] = all > 0 ? (double)good / all : (double)NAN;
    in->compared_count[row] = all;
}

/* Puts the felt gap of items and indicators, and prepares the roll-up: beside it zeros, because the index begins at 100
   less the sacrifice, which is no gap. */
static void feel(const gaps *in, custval__compared_thread *thread, size_t row) {
    const custval_system *const system = in->compared.system;
    for (uint32_t i = 0; i < system->node_count; i++) {
        const uint32_t kind = system->nodes[i].kind;
        if (kind != CUSTVAL_KIND_INDICATOR && kind != CUSTVAL_KIND_ITEM) continue;
        const double value = felt(system, i, &in->curves[i], gap_of(thread, i));
        put(in, i, 3, row, value);
        put(in, i, 4, row, custval__compared_score(thread, i, 1) + value);
        if (kind != CUSTVAL_KIND_INDICATOR) continue;
        double *const score = thread->score + (size_t)i * CUSTVAL__COMPARED_MOST;
        double *const coverage = thread->coverage + (size_t)i * CUSTVAL__COMPARED_MOST;
        score[0] = value;
        score[1] = isnan(value) ? value : 0.0;
        coverage[0] = coverage[1] = custval__engine_coverage(thread->variants, i)[0];
    }
}

static void take_felt(const gaps *in, custval__compared_thread *thread, size_t row) {
    const custval_system *const system = in->compared.system;
    /* Expectations are needed after the engine has forgotten them: the sum's column holds them meanwhile. */
    for (uint32_t i = 0; i < system->node_count; i++) put(in, i, 4, row, custval__compared_score(thread, i, 1));
    feel(in, thread, row);
    custval__compared_indicators(&in->compared, thread, row, 2);
    for (uint32_t i = 0; i < system->node_count; i++) {
        const uint32_t kind = system->nodes[i].kind;
        if (kind == CUSTVAL_KIND_INDICATOR || kind == CUSTVAL_KIND_ITEM) continue;
        const double value =
            in->linear[i] ? custval__compared_score(thread, i, 0) - custval__compared_score(thread, i, 1) : (double)NAN;
        const double *const sum = in->columns[(size_t)i * MEASURES + 4];
        put(in, i, 3, row, value);
        if (sum != NULL) put(in, i, 4, row, sum[row] + value);
    }
}

static void take(void *data, const custval__compared *compared, custval__compared_thread *thread, size_t row,
                 const uint32_t *statuses) {
    const gaps *const in = data;
    (void)compared;
    in->status[row] = statuses[0];
    in->expectation_status[row] = statuses[1];
    take_plain(in, thread, row);
    if (in->options.measures & (CUSTVAL_GAP_PROSPECT | CUSTVAL_GAP_SUM)) take_felt(in, thread, row);
}

/* ---- The table --------------------------------------------------------------------------------------------------- */

static custval_status add_columns(gaps *in, custval_table *result, custval_error *error) {
    static const char *const endings[MEASURES] = {".performance", ".expectation", ".gap", ".prospect", ".sum"};
    const custval_system *const system = in->compared.system;
    in->columns = custval__alloc_zero(&in->compared.plan.host, system->node_count, MEASURES * sizeof *in->columns);
    if (in->columns == NULL) return custval__fail_memory(error);
    for (uint32_t i = 0; i < system->node_count; i++) {
        if (!(in->levels & custval__level_of(&system->nodes[i]))) continue;
        for (uint32_t m = 0; m < MEASURES; m++) {
            if (!(in->options.measures & 1U << m)) continue;
            CUSTVAL__TRY(custval__levels_add(result, &system->nodes[i], endings[m],
                                             &in->columns[(size_t)i * MEASURES + m], error));
        }
    }
    CUSTVAL__TRY(custval__result_add_doubles(result, "attained", &in->attained, error));
    CUSTVAL__TRY(custval__result_add_uint32(result, "compared", &in->compared_count, error));
    CUSTVAL__TRY(custval__result_add_uint32(result, "status", &in->status, error));
    return custval__result_add_uint32(result, "expectation_status", &in->expectation_status, error);
}

static custval_status make(gaps *in, const custval_gap_options *options, custval_table **out, custval_error *error) {
    CUSTVAL__TRY(read_options(in, options, error));
    CUSTVAL__TRY(custval__compared_open(&in->compared, in->options.score, error));
    CUSTVAL__TRY(read_curves(in, error));
    CUSTVAL__TRY(find_linear(in, error));
    CUSTVAL__TRY(custval__result_new(&in->compared.plan.host, custval_table_rows(in->compared.tables[0]), out, error));
    CUSTVAL__TRY(add_columns(in, *out, error));
    CUSTVAL__TRY(custval__compared_run(&in->compared, error));
    custval__result_finish(*out);
    return CUSTVAL_OK;
}

custval_status custval_gap(const custval_system *system, const custval_table *performance,
                           const custval_table *expectation, const custval_gap_options *options, custval_table **out,
                           custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    gaps in = {.compared = {.system = system,
                            .tables = {performance, expectation},
                            .names = {"performance", "expectation"},
                            .count = 2,
                            .take = take}};
    in.compared.data = &in;
    custval_table *result = NULL;
    const custval_status status = make(&in, options, &result, error);
    if (in.compared.plan.host.allocator != NULL) {
        custval__free(&in.compared.plan.host, in.columns);
        custval__free(&in.compared.plan.host, in.curves);
        custval__free(&in.compared.plan.host, in.linear);
    }
    custval__compared_close(&in.compared);
    return custval__result_give(result, status, out);
}
