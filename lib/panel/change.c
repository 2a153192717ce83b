/* custval_wave_change: the change of a mean between two waves, and its error. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/maths.h"
#include "../base/options.h"
#include "../base/special.h"
#include "../history/keys.h"
#include "../table/grouping.h"
#include "../table/table.h"
#include "panel.h"

#define CONFIDENCE_95 1.959963984540054 /* quantile of the standard normal at 0.975 */

typedef struct wave {
    const custval_table *table;
    custval__grouping groups; /* respondents: one row each */
    double *values, *weights;
    double mean, total;
    uint64_t count;
} wave;

typedef struct change {
    custval__arena arena;
    custval_host host;            /* whole */
    custval_wave_options options; /* whole */
    custval__keys keys;
    wave waves[2];
    double *influence; /* [key] */
    custval_wave_facts facts;
} change;

/* ---- One wave ------------------------------------------------------------------------------------------------------- */

static custval_status check_respondents(const change *in, const wave *of, custval_error *error) {
    for (size_t row = 0; row < custval_table_rows(of->table); row++) {
        const uint32_t who = of->groups.of[row];
        const custval_text key = of->groups.keys[who];
        if (key.data == NULL) {
            return custval__fail_at(error, CUSTVAL_ERROR_RANGE, CUSTVAL_NONE, row,
                                    "row %zu: column \"%s\" is missing, but every row must name its respondent", row,
                                    in->options.id);
        }
        if (of->groups.rows[who] > 1) {
            return custval__fail_at(error, CUSTVAL_ERROR_DUPLICATE, CUSTVAL_NONE, row,
                                    "row %zu: respondent \"%.*s\" is in the wave twice", row,
                                    (int)(key.length < 80 ? key.length : 80), key.data);
        }
    }
    return CUSTVAL_OK;
}

static custval_status check_weights(const change *in, const wave *of, custval_error *error) {
    for (size_t row = 0; row < custval_table_rows(of->table) && of->weights != NULL; row++) {
        if (!(of->weights[row] < 0.0)) continue;
        return custval__fail_at(error, CUSTVAL_ERROR_RANGE, CUSTVAL_NONE, row,
                                "row %zu: column \"%s\" is %g, but a weight must be 0 or more", row, in->options.weight,
                                of->weights[row]);
    }
    return CUSTVAL_OK;
}

/* Weight of a row that counts, else 0. */
static double weight_of(const wave *of, size_t row) {
    const double weight = of->weights == NULL ? 1.0 : of->weights[row];
    return isnan(of->values[row]) || isnan(weight) ? 0.0 : weight;
}

static custval_status take_mean(wave *of, custval_error *error) {
    custval__sum weights = {0.0, 0.0}, sum = {0.0, 0.0};
    for (size_t row = 0; row < custval_table_rows(of->table); row++) {
        const double weight = weight_of(of, row);
        if (weight == 0.0) continue;
        of->count++;
        custval__sum_add(&weights, weight);
        custval__sum_add(&sum, weight * of->values[row]);
    }
    if (of->count < 2) {
        return custval__fail(error, CUSTVAL_ERROR_STATE,
                             "a wave has %llu respondents with a value and a weight above 0, but needs two",
                             (unsigned long long)of->count);
    }
    of->total = custval__sum_value(&weights);
    of->mean = custval__sum_value(&sum) / of->total;
    return CUSTVAL_OK;
}

static custval_status read_wave(change *in, wave *to, custval_error *error) {
    size_t column;
    CUSTVAL__TRY(custval_table_find(to->table, in->options.id, &column, error));
    CUSTVAL__TRY(custval__grouping_of_ids(&in->arena, to->table, column, &to->groups, error));
    CUSTVAL__TRY(check_respondents(in, to, error));
    CUSTVAL__TRY(custval__panel_numbers(&in->arena, to->table, in->options.value, &to->values, error));
    if (in->options.weight != NULL) {
        CUSTVAL__TRY(custval__panel_numbers(&in->arena, to->table, in->options.weight, &to->weights, error));
    }
    CUSTVAL__TRY(check_weights(in, to, error));
    return take_mean(to, error);
}

/* ---- Both ----------------------------------------------------------------------------------------------------------- */

/* Adds what each respondent of a wave does to the change. Keys of the first wave come first. */
static custval_status add_influence(change *in, const wave *of, double sign, custval_error *error) {
    for (size_t row = 0; row < custval_table_rows(of->table); row++) {
        const double weight = weight_of(of, row);
        const custval_text text = of->groups.keys[of->groups.of[row]];
        const uint32_t known = in->keys.count;
        uint32_t key;
        if (weight == 0.0) continue;
        if (custval__keys_put_text(&in->keys, &in->host, text, custval__key_hash_text(text), &key) != CUSTVAL_OK) {
            return custval__fail_memory(error);
        }
        in->facts.both += key < known;
        in->influence[key] += sign * weight * (of->values[row] - of->mean) / of->total;
    }
    return CUSTVAL_OK;
}

static custval_status compute(change *in, custval_error *error) {
    custval__sum squares = {0.0, 0.0};
    for (size_t w = 0; w < 2; w++) CUSTVAL__TRY(read_wave(in, &in->waves[w], error));
    const size_t most = custval_table_rows(in->waves[0].table) + custval_table_rows(in->waves[1].table);
    in->keys.kind = CUSTVAL__KEYS_TEXT;
    in->influence = custval__arena_alloc(&in->arena, most, sizeof *in->influence);
    if (in->influence == NULL) return custval__fail_memory(error);
    CUSTVAL__TRY(add_influence(in, &in->waves[0], -1.0, error));
    CUSTVAL__TRY(add_influence(in, &in->waves[1], 1.0, error));
    for (uint32_t i = 0; i < in->keys.count; i++) custval__sum_add(&squares, in->influence[i] * in->influence[i]);
    const double n = (double)in->keys.count;
    custval_wave_facts *const facts = &in->facts;
    facts->before_count = in->waves[0].count;
    facts->after_count = in->waves[1].count;
    facts->before = in->waves[0].mean;
    facts->after = in->waves[1].mean;
    facts->change = facts->after - facts->before;
    facts->error = sqrt(n / (n - 1.0) * custval__sum_value(&squares));
    facts->low = facts->change - CONFIDENCE_95 * facts->error;
    facts->high = facts->change + CONFIDENCE_95 * facts->error;
    facts->p = facts->error > 0.0     ? 2.0 * custval__normal_share(-fabs(facts->change) / facts->error)
               : facts->change == 0.0 ? 1.0
                                      : 0.0;
    return CUSTVAL_OK;
}

custval_status custval_wave_change(const custval_table *before, const custval_table *after,
                                   const custval_wave_options *options, custval_wave_facts *out, custval_error *error) {
    change in = {.options = CUSTVAL_WAVE_OPTIONS_INIT, .facts = CUSTVAL_WAVE_FACTS_INIT};
    if (before == NULL) return custval__fail_null(error, "before");
    if (after == NULL) return custval__fail_null(error, "after");
    if (out == NULL) return custval__fail_null(error, "out");
    CUSTVAL__TRY(custval__struct_read(&in.options, sizeof in.options, sizeof in.options, options,
                                      "custval_wave_options", error));
    CUSTVAL__TRY(custval__host_read(&in.host, in.options.host, error));
    if (in.options.id == NULL) in.options.id = "customer";
    if (in.options.value == NULL) in.options.value = "value";
    in.waves[0].table = before;
    in.waves[1].table = after;
    custval__arena_init(&in.arena, &in.host);
    custval_status status = compute(&in, error);
    custval__keys_free(&in.keys, &in.host);
    custval__arena_free(&in.arena);
    if (status == CUSTVAL_OK) {
        status = custval__struct_write(out, &in.facts, sizeof in.facts, sizeof in.facts, "custval_wave_facts", error);
    }
    return status;
}
