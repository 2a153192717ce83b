/* What a margin is multiplied by, settled once. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include <custval/formulas.h>

#include "impact.h"

custval__impact_multiple custval__impact_multiple_of(const custval_impact *impact) {
    const custval__impact_money *const money = &impact->money;
    custval_multiple_terms terms = CUSTVAL_MULTIPLE_TERMS_INIT;
    custval__impact_multiple out = {.is_choice = impact->use == CUSTVAL_IMPACT_CHOICE,
                                    .is_next = money->first == CUSTVAL_FIRST_NEXT,
                                    .periods = money->periods,
                                    .rate = money->rate,
                                    .growth = money->growth,
                                    .annuity = (double)INFINITY};
    terms.retention = 1.0;
    terms.rate = money->rate;
    terms.growth = money->growth;
    terms.first = money->first;
    terms.periods = money->periods;
    /* Where it is too large for a double, so is what any customer is worth, and the row says so. */
    if (out.is_choice && custval_margin_multiple(&terms, &out.annuity, NULL) != CUSTVAL_OK) {
        out.annuity = (double)INFINITY;
    }
    return out;
}
