/* The area under the curve, by ranks. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "area.h"

#include <math.h>
#include <string.h>

#include <custval/rank.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/maths.h"
#include "../base/memory.h"

typedef struct side {
    double *ranks; /* among its own; before that its scores, events first */
    size_t count;
    double sign; /* of the ranks' difference */
} side;

/* Variance of the placements of one side: the share of the other side that each of its members beats. Ranks count from
   the highest, so a member is beaten by (rank among all - rank among its own) of the others. */
static double variance(const side *own, const double *all, size_t others, double mean) {
    double squares = 0.0;
    for (size_t i = 0; i < own->count; i++) {
        const double beaten_by = (all[i] - own->ranks[i]) / (double)others;
        const double away = (own->sign > 0.0 ? 1.0 - beaten_by : beaten_by) - mean;
        squares += away * away;
    }
    return squares / ((double)own->count - 1.0);
}

static custval_status find(const custval_host *host, double *all, double *own, size_t events, size_t count, double *out,
                           double *out_error, custval_error *error) {
    const side sides[2] = {{own, events, 1.0}, {own + events, count - events, -1.0}};
    custval__sum sum = {0.0, 0.0};
    CUSTVAL__TRY(custval_ranks(host, all, count, CUSTVAL_TIES_MEAN, all, error));
    for (size_t k = 0; k < 2; k++) {
        CUSTVAL__TRY(custval_ranks(host, sides[k].ranks, sides[k].count, CUSTVAL_TIES_MEAN, sides[k].ranks, error));
    }
    for (size_t i = 0; i < events; i++) custval__sum_add(&sum, all[i] - own[i]);
    *out = 1.0 - custval__sum_value(&sum) / (double)events / (double)(count - events);
    if (out_error == NULL || events < 2 || count - events < 2) return CUSTVAL_OK;
    const double first = variance(&sides[0], all, sides[1].count, *out);
    const double second = variance(&sides[1], all + events, sides[0].count, *out);
    *out_error = sqrt(first / (double)sides[0].count + second / (double)sides[1].count);
    return CUSTVAL_OK;
}

custval_status custval__area_under(const custval_host *whole_host, const double *scores, const double *outcomes,
                                   size_t count, double *out, double *out_error, custval_error *error) {
    size_t events = 0, event = 0, other;
    *out = (double)NAN;
    if (out_error != NULL) *out_error = (double)NAN;
    for (size_t i = 0; i < count; i++) events += outcomes[i] == 1.0;
    if (events == 0 || events == count) return CUSTVAL_OK;
    double *const all = custval__alloc(whole_host, count, 2 * sizeof *all);
    if (all == NULL) return custval__fail_memory(error);
    other = events;
    for (size_t i = 0; i < count; i++) all[outcomes[i] == 1.0 ? event++ : other++] = scores[i];
    memcpy(all + count, all, count * sizeof *all);
    const custval_status status = find(whole_host, all, all + count, events, count, out, out_error, error);
    custval__free(whole_host, all);
    return status;
}
