/* Every allocation fails once, and with all after it: finding drivers. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/custval.h>

#include "support.h"

#define ROWS 12
#define COLUMNS 4

typedef struct material {
    custval_table *table;
    custval_threads *threads;
    uint32_t method;
} material;

static material make_material(void) {
    static const char *const columns[] = {"a", "b", "fixed", "y"};
    static double cells[ROWS * COLUMNS];
    material out = {NULL, NULL, 0};
    for (size_t i = 0; i < ROWS; i++) {
        double *row = cells + i * COLUMNS;
        row[0] = (double)(i * 7 % 10);
        row[1] = (double)(i * 3 % 11);
        row[2] = 1.0;
        row[3] = row[0] - row[1];
    }
    assert_ok(custval_table_new_from_rows(NULL, columns, COLUMNS, cells, ROWS, COLUMNS, &out.table, NULL), NULL);
    assert_ok(custval_threads_new(NULL, threads_up_to(2), &out.threads, NULL), NULL);
    return out;
}

/* Weights are made in the summary's memory, so that the summary is made anew for every fault, and fails as well. */
static custval_status find_drivers(const custval_host *host, void *data) {
    const material *of = data;
    custval_host whole = *host;
    custval_criterion criteria[COLUMNS];
    custval_summary *summary = NULL;
    char anything = 0;
    custval_weights *weights = (custval_weights *)(void *)&anything;
    custval_drivers_options options = CUSTVAL_DRIVERS_OPTIONS_INIT;
    options.rows = of->table;
    options.method = of->method;
    options.resamples = 40;
    if (of->threads != NULL) {
        whole.runner = custval_threads_run;
        whole.runner_data = of->threads;
    }
    for (size_t i = 0; i < COLUMNS; i++) {
        criteria[i] = (custval_criterion)CUSTVAL_CRITERION_INIT;
        criteria[i].column = custval_table_name(of->table, i);
    }
    custval_status status = custval_summary_new(&whole, criteria, COLUMNS, CUSTVAL_SUMMARY_PAIRS, &summary, NULL);
    if (status == CUSTVAL_OK) status = custval_summary_add(summary, of->table, NULL);
    if (status == CUSTVAL_OK) {
        status = custval_weights_drivers(summary, "y", &options, &weights, NULL);
        assert_int_equal(weights == NULL, status != CUSTVAL_OK);
        custval_weights_free(weights);
    }
    custval_summary_free(summary);
    return status;
}

static void finding_drivers(void **state) {
    (void)state;
    material of = make_material();
    custval_threads *const threads = of.threads;
    for (of.method = CUSTVAL_DRIVERS_CORRELATION; of.method <= CUSTVAL_DRIVERS_SHAPLEY; of.method++) {
        of.threads = NULL;
        support_exhaust_memory(find_drivers, &of);
        of.threads = threads;
        support_exhaust_memory(find_drivers, &of);
    }
    custval_threads_free(threads);
    custval_table_free(of.table);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(finding_drivers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
