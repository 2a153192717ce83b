/* Any bytes as a lifetime document: refused with one line, or a lifetime that shows itself and writes itself back. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "any_document.h"

static void look_into(const custval_lifetime *lifetime) {
    custval_lifetime_facts facts = CUSTVAL_LIFETIME_FACTS_INIT;
    custval_table *table = NULL;
    DEMAND(custval_lifetime_facts_get(lifetime, &facts, NULL) == CUSTVAL_OK);
    DEMAND(custval_lifetime_parameters(lifetime, 0.95, &table, NULL) == CUSTVAL_OK);
    DEMAND(custval_table_rows(table) == facts.parameters);
    custval_table_free(table);
    const custval_status status = custval_lifetime_covariance(lifetime, 0, &table, NULL);
    DEMAND(status == CUSTVAL_OK || status == CUSTVAL_ERROR_STATE);
    custval_table_free(table);
    const custval_status compared = custval_lifetime_compare(&lifetime, 1, &table, NULL);
    DEMAND((compared == CUSTVAL_OK) == (facts.convergence == CUSTVAL_CONVERGENCE_OPTIMUM));
    custval_table_free(table);
}

FUZZ_DOCUMENT(lifetime, look_into)
