/* Scales that data suggest, frozen into a new system. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include <custval/builder.h>

#include "../base/error.h"
#include "../base/memory.h"
#include "../base/options.h"
#include "../system/system.h"
#include "summary.h"

#define QUANTILES 20 /* steps between shares */

typedef struct fitting {
    const custval_system *system;
    const custval_summary *summary;
    custval_fit_options options;
    const char *method;
    custval_builder *builder;
    custval_error *error;
} fitting;

/* ---- One item ------------------------------------------------------------------------------------------------------ */

static custval_status check_item(const fitting *fit, const custval__item *item, const custval__facts *facts) {
    const char *id = fit->system->nodes[item->node].id;
    if (item->curve.type == CUSTVAL_CURVE_TABLE || item->curve.type == CUSTVAL_CURVE_PROSPECT) {
        return custval__fail_at(fit->error, CUSTVAL_ERROR_STRUCTURE, item->node, SIZE_MAX,
                                "item \"%s\" has the curve \"%s\", which no scale from data replaces", id,
                                custval_word(CUSTVAL_WORDS_CURVE, item->curve.type));
    }
    if (!(facts->low < facts->high)) {
        return custval__fail_at(fit->error, CUSTVAL_ERROR_STATE, item->node, SIZE_MAX,
                                "item \"%s\": the column \"%s\" has no two different numbers", id, item->column);
    }
    for (uint32_t i = 0; i < item->code_count; i++) {
        if (item->codes[i] != facts->low && item->codes[i] != facts->high) continue;
        return custval__fail_at(fit->error, CUSTVAL_ERROR_STATE, item->node, SIZE_MAX,
                                "item \"%s\": the summary has counted %g, which means \"no answer\", as a number", id,
                                item->codes[i]);
    }
    return CUSTVAL_OK;
}

/* Points (quantile, 100 x share); where several shares have the same quantile, the largest is that at or below it. */
static custval_status put_quantiles(const fitting *fit, const custval__item *item, const custval__facts *facts,
                                    custval_curve *curve, double *x, double *y) {
    const size_t column = custval__summary_find(fit->summary, item->column);
    for (int i = 0; i <= QUANTILES; i++) {
        double at = i == 0 ? facts->low : facts->high;
        if (i > 0 && i < QUANTILES) {
            CUSTVAL__TRY(custval_summary_quantile(fit->summary, column, (double)i / QUANTILES, &at, fit->error));
            at = fmin(fmax(at, facts->low), facts->high); /* the sketch rounds, the ends are exact */
        }
        if (curve->count == 0 || at > x[curve->count - 1]) x[curve->count++] = at;
        y[curve->count - 1] = 100.0 * i / QUANTILES;
    }
    curve->x = x;
    curve->y = y;
    return CUSTVAL_OK;
}

static custval_status set_scale(const fitting *fit, const custval__item *item, const custval__facts *facts) {
    const char *id = fit->system->nodes[item->node].id;
    if (fit->options.method == CUSTVAL_FIT_RANGE) {
        return custval_builder_set_scale(fit->builder, id, facts->low, facts->high, NULL, fit->error);
    }
    double x[QUANTILES + 1], y[QUANTILES + 1];
    custval_curve curve = CUSTVAL_CURVE_INIT;
    if (fit->options.method == CUSTVAL_FIT_Z) {
        curve.type = CUSTVAL_CURVE_LINEAR;
        curve.parameters[1] = 10.0 / facts->deviation;
        curve.parameters[0] = 50.0 - curve.parameters[1] * facts->mean;
    } else {
        curve.type = CUSTVAL_CURVE_PIECEWISE;
        CUSTVAL__TRY(put_quantiles(fit, item, facts, &curve, x, y));
    }
    return custval_builder_set_scale(fit->builder, id, item->scale_min, item->scale_max, &curve, fit->error);
}

static custval_status record(const fitting *fit, const custval__item *item, const custval__facts *facts) {
    static const char *const names[] = {"missing"};
    const double missing = (double)facts->missing;
    custval_origin_spec spec = CUSTVAL_ORIGIN_SPEC_INIT;
    spec.origin = CUSTVAL_ORIGIN_SCALE;
    spec.node = fit->system->nodes[item->node].id;
    spec.method = fit->method;
    spec.source = fit->options.source;
    spec.date = fit->options.date;
    spec.note = fit->options.note;
    spec.sample = facts->count;
    spec.diagnostic_names = names;
    spec.diagnostic_values = &missing;
    spec.diagnostic_count = 1;
    return custval_builder_origin(fit->builder, &spec, fit->error);
}

/* ---- The system ---------------------------------------------------------------------------------------------------- */

static custval_status fit_items(const fitting *fit) {
    int fitted = 0;
    for (uint32_t i = 0; i < fit->system->item_count; i++) {
        const custval__item *item = &fit->system->items[i];
        const size_t column = custval__summary_find(fit->summary, item->column);
        if (column == SIZE_MAX) continue;
        const custval__facts facts = custval__summary_facts(fit->summary, column);
        CUSTVAL__TRY(check_item(fit, item, &facts));
        CUSTVAL__TRY(set_scale(fit, item, &facts));
        CUSTVAL__TRY(record(fit, item, &facts));
        fitted = 1;
    }
    if (fitted) return CUSTVAL_OK;
    return custval__fail(fit->error, CUSTVAL_ERROR_NOT_FOUND, "no item reads a column of the summary, such as \"%s\"",
                         custval__summary_column(fit->summary, 0)->column);
}

static custval_status check_options(fitting *fit) {
    fit->method = custval_word(CUSTVAL_WORDS_FIT, fit->options.method);
    if (fit->method == NULL) {
        return custval__fail(fit->error, CUSTVAL_ERROR_ARGUMENT, "there is no way of fitting %u",
                             (unsigned)fit->options.method);
    }
    if (fit->options.reserved != 0) {
        return custval__fail(fit->error, CUSTVAL_ERROR_ARGUMENT, "reserved is %u, it must be 0",
                             (unsigned)fit->options.reserved);
    }
    if (fit->options.method != CUSTVAL_FIT_QUANTILE ||
        (custval__summary_parts(fit->summary) & CUSTVAL_SUMMARY_QUANTILES) != 0) {
        return CUSTVAL_OK;
    }
    return custval__fail(fit->error, CUSTVAL_ERROR_STATE, "the summary keeps no quantiles (CUSTVAL_SUMMARY_QUANTILES)");
}

custval_status custval_system_fit(const custval_system *system, const custval_summary *summary,
                                  const custval_fit_options *options, custval_system **out, custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (system == NULL) return custval__fail_null(error, "system");
    if (summary == NULL) return custval__fail_null(error, "summary");
    fitting fit = {.system = system, .summary = summary, .options = CUSTVAL_FIT_OPTIONS_INIT, .error = error};
    CUSTVAL__TRY(custval__struct_read(&fit.options, sizeof fit.options, sizeof(custval_fit_options), options,
                                      "custval_fit_options", error));
    CUSTVAL__TRY(check_options(&fit));
    CUSTVAL__TRY(custval_builder_new_from(fit.options.host, system, &fit.builder, error));
    custval_status status = fit_items(&fit);
    if (status == CUSTVAL_OK) status = custval_builder_build(fit.builder, out, error);
    custval_builder_free(fit.builder);
    return status;
}
