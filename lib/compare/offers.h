/* Offers: the rows of a table, each scored with all its indicators and weights. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_COMPARE_OFFERS_H
#define CUSTVAL_COMPARE_OFFERS_H

#include <custval/compare.h>

#include "../explain/study.h"

typedef struct custval__offers {
    custval__study study;
    custval_compare_options options; /* whole */
    size_t count;
    uint32_t *indicators, indicator_count; /* nodes */
    double *value, *benefit, *sacrifice;   /* [offer] NaN: none */
    uint32_t *status;                      /* [offer] */
    double *scores, *weights;              /* [offer][indicator]; weights are global within the side */
    double *side_weights;                  /* [offer][custval_side] share of the side: in the index, else 1 */
} custval__offers;

/* Scores every row; custval__offers_close() is due also after a failure. */
custval_status custval__offers_open(custval__offers *offers, const custval_system *system, const custval_table *table,
                                    const custval_compare_options *options, custval_error *error);
void custval__offers_close(custval__offers *offers);

static inline double custval__offers_score(const custval__offers *offers, size_t offer, uint32_t indicator) {
    return offers->scores[offer * offers->indicator_count + indicator];
}
static inline double custval__offers_weight(const custval__offers *offers, size_t offer, uint32_t indicator) {
    return offers->weights[offer * offers->indicator_count + indicator];
}

/* Mean of what the other offers have, NaN if none has it; `stride` doubles from one offer to the next. */
double custval__offers_mean_of_others(const double *numbers, size_t stride, size_t count, size_t offer);

#endif
