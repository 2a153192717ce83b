/* Survival curves as rows that sBG and BdW are fitted to. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include <custval/lifetime.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/memory.h"
#include "../table/table.h"

static custval_status check_survivors(const double *survivors, size_t count, custval_error *error) {
    for (size_t i = 0; i < count; i++) {
        if (!(isfinite(survivors[i]) && survivors[i] >= 0.0)) {
            return custval__fail_at(error, CUSTVAL_ERROR_RANGE, CUSTVAL_NONE, i,
                                    "survivors[%zu] is %g, but must be a finite number >= 0", i, survivors[i]);
        }
        if (i > 0 && survivors[i] > survivors[i - 1]) {
            return custval__fail_at(error, CUSTVAL_ERROR_RANGE, CUSTVAL_NONE, i,
                                    "survivors[%zu] is %g, but cannot rise above the %g before it: nobody comes back",
                                    i, survivors[i], survivors[i - 1]);
        }
    }
    if (survivors[0] > 0.0) return CUSTVAL_OK;
    return custval__fail_at(error, CUSTVAL_ERROR_RANGE, CUSTVAL_NONE, 0, "survivors[0] is 0: there was nobody to lose");
}

static custval_status fill(custval_table *table, const double *survivors, size_t last, custval_error *error) {
    double *T, *lost, *customers;
    CUSTVAL__TRY(custval__result_add_doubles(table, "T", &T, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "lost", &lost, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "count", &customers, error));
    for (size_t i = 0; i < last; i++) {
        T[i] = (double)i + 1.0;
        lost[i] = 1.0;
        customers[i] = survivors[i] - survivors[i + 1];
    }
    T[last] = (double)last;
    lost[last] = 0.0;
    customers[last] = survivors[last];
    custval__result_finish(table);
    return CUSTVAL_OK;
}

custval_status custval_lifetime_survivors(const custval_host *host, const double *survivors, size_t count,
                                          custval_table **out, custval_error *error) {
    custval_host whole;
    custval_table *table;
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (survivors == NULL) return custval__fail_null(error, "survivors");
    if (count < 2) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "count is %zu: a curve has at least 2 points", count);
    }
    CUSTVAL__TRY(custval__host_read(&whole, host, error));
    CUSTVAL__TRY(check_survivors(survivors, count, error));
    CUSTVAL__TRY(custval__result_new(&whole, count, &table, error));
    const custval_status status = fill(table, survivors, count - 1, error);
    return custval__result_give(table, status, out);
}
