/* What tests of failing allocations share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TESTS_FAULTS_H
#define CUSTVAL_TESTS_FAULTS_H

#include <custval/custval.h>

#include "support.h"

/* Something that a failed call must overwrite. */
static inline void *rubbish(void) {
    static char nothing[64];
    return nothing;
}

/* Frees a result, which is NULL after a failure. */
static inline custval_status end(custval_table *out, custval_status status) {
    assert_int_equal(out == NULL, status != CUSTVAL_OK);
    custval_table_free(out);
    return status;
}

#endif
