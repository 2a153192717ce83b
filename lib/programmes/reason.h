/* Why a programme is, or is not, for a customer, in words. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_PROGRAMMES_REASON_H
#define CUSTVAL_PROGRAMMES_REASON_H

#include "crowd.h"
#include "tables.h"

typedef struct custval__reasons {
    const custval_host *host;
    custval__crowd *block;
    uint8_t *decides; /* nodes of the longest condition */
    uint8_t *is_told; /* traits, as missing */
    custval__text_list reason, missing;
} custval__reasons;

custval_status custval__reasons_new(custval__reasons *out, const custval_host *host, custval__crowd *block,
                                    custval_error *error);
void custval__reasons_free(custval__reasons *reasons);

/* Appends why a programme has that status for a customer: `by` is what proposes it, `near` the nearest case. */
void custval__reasons_put(custval__reasons *reasons, uint32_t programme, size_t row, uint32_t status, uint32_t by,
                          const custval__nearest *near);

#endif
