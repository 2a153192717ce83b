/* What the ways of judging a lifetime share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_LIFETIME_CHECK_H
#define CUSTVAL_LIFETIME_CHECK_H

#include "lifetime.h"

/* Reads the caller's options, NULL for defaults, and the host in them. */
custval_status custval__check_options_read(const custval_lifetime_check_options *given,
                                           custval_lifetime_check_options *out, custval_host *out_host,
                                           custval_error *error);

#endif
