/* Every allocation of a survival curve's table fails once, and with all after it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/lifetime.h>

#include "support.h"

static custval_status make(const custval_host *host, void *data) {
    static const double survivors[] = {1000, 869, 743, 653, 593};
    custval_table *table = NULL;
    (void)data;
    const custval_status status = custval_lifetime_survivors(host, survivors, 5, &table, NULL);
    assert_int_equal(table == NULL, status != CUSTVAL_OK);
    custval_table_free(table);
    return status;
}

static void survivors(void **state) {
    (void)state;
    support_exhaust_memory(make, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(survivors)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
