/* What a summary knows of its columns and pairs, for the library and for tables. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/maths.h"
#include "criteria.h"
#include "object.h"

/* Beyond this, what a correlation lacks of 1 is rounding, and no conflict between columns. */
#define NEARLY_ONE (1.0 - 0x1p-49)

const custval_host *custval__summary_host(const custval_summary *summary) {
    return &summary->arena.host;
}

uint32_t custval__summary_parts(const custval_summary *summary) {
    return summary->shape.parts;
}

size_t custval__summary_count(const custval_summary *summary) {
    return summary->shape.count;
}

const custval_criterion *custval__summary_column(const custval_summary *summary, size_t column) {
    return &summary->shape.columns[column];
}

int custval__summary_has_range(const custval_summary *summary, size_t column) {
    return custval__criterion_has_range(&summary->shape.columns[column]);
}

size_t custval__summary_find(const custval_summary *summary, const char *name) {
    for (size_t i = 0; i < summary->shape.count; i++) {
        if (strcmp(summary->shape.columns[i].column, name) == 0) return i;
    }
    return SIZE_MAX;
}

static double finite_or_missing(double x) {
    return isfinite(x) ? x : (double)NAN;
}

static custval__facts facts_of(const custval_criterion *column, const custval__moments *moments, uint64_t rows) {
    const double nothing = (double)NAN;
    custval__facts out = {.count = moments->count,
                          .missing = rows - moments->count,
                          .low = nothing,
                          .high = nothing,
                          .mean = nothing,
                          .deviation = nothing,
                          .variation = nothing,
                          .spread = nothing,
                          .entropy = nothing,
                          .divergence = nothing};
    if (moments->count == 0) return out;
    const double unit = custval__unit(column, moments->low, moments->high);
    const double mean = moments->mean + moments->rest;
    out.low = moments->low;
    out.high = moments->high;
    out.mean = mean / unit;
    if (moments->count < 2) return out;
    const double deviation = sqrt(moments->squares / (double)(moments->count - 1));
    out.deviation = finite_or_missing(deviation / unit);
    out.variation = finite_or_missing(deviation / fabs(mean));
    out.spread = finite_or_missing(deviation / (moments->high * unit - moments->low * unit));
    return out;
}

/* Where all numbers are 0, there are no shares. */
static void add_entropy(const custval_summary *summary, size_t index, custval__facts *facts) {
    const custval_criterion *column = &summary->shape.columns[index];
    const custval__moments *own = &summary->sums->own[index];
    const double mean = custval__theil_mean(column, own), n = (double)own->count;
    if (own->count < 2 || !(mean > 0.0) || custval__theil_low(column, own) < 0.0) return;
    const double divergence = summary->sums->theil[index] / (n * mean * custval__log(n));
    facts->divergence = divergence < 1.0 ? divergence : 1.0;
    facts->entropy = 1.0 - facts->divergence;
}

custval__facts custval__summary_facts(const custval_summary *summary, size_t column) {
    custval__facts facts = facts_of(&summary->shape.columns[column], &summary->sums->own[column], summary->sums->rows);
    if (summary->sums->theil != NULL) add_entropy(summary, column, &facts);
    return facts;
}

uint64_t custval__summary_complete(const custval_summary *summary) {
    return summary->sums->complete;
}

custval__facts custval__summary_complete_facts(const custval_summary *summary, size_t column) {
    return facts_of(&summary->shape.columns[column], &summary->sums->joint[column], summary->sums->rows);
}

/* The same bits for (a, b) and (b, a). */
double custval__summary_correlation(const custval_summary *summary, size_t a, size_t b) {
    const size_t first = a < b ? a : b, second = a < b ? b : a;
    const double squares = summary->sums->joint[first].squares, others = summary->sums->joint[second].squares;
    if (!(squares > 0.0) || !(others > 0.0)) return (double)NAN;
    if (a == b) return 1.0;
    const size_t pair = custval__pair(&summary->shape, first, second);
    const double r = summary->sums->products[pair] / sqrt(squares) / sqrt(others);
    return r > NEARLY_ONE ? 1.0 : r < -NEARLY_ONE ? -1.0 : r;
}

double custval__summary_removal(const custval_summary *summary, size_t column) {
    return summary->sums->removal[column];
}
