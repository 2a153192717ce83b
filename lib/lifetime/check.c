/* What the ways of judging a lifetime share. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include <math.h>

#include "../base/error.h"
#include "../base/options.h"

#define MOST 1000

custval_status custval__check_options_read(const custval_lifetime_check_options *given,
                                           custval_lifetime_check_options *out, custval_host *out_host,
                                           custval_error *error) {
    *out = (custval_lifetime_check_options)CUSTVAL_LIFETIME_CHECK_OPTIONS_INIT;
    CUSTVAL__TRY(custval__struct_read(out, sizeof *out, sizeof *out, given, "custval_lifetime_check_options", error));
    if (out->reserved != 0) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "reserved is %u, it must be 0", (unsigned)out->reserved);
    }
    if (!(out->observed >= 0.0 && isfinite(out->observed))) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "observed is %g, but must be at least 0 and finite",
                             out->observed);
    }
    if (out->most > MOST) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "most is %u, but must be at most %u", (unsigned)out->most,
                             (unsigned)MOST);
    }
    return custval__host_read(out_host, out->host, error);
}
