/* Every allocation of summaries fails once, and with all after it: nothing leaks, nothing changes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "summaries.h"

#define ROWS 200000 /* several pieces */

static const char *const names[] = {"x", "y"};
static const custval_criterion criteria[] = {{"x", CUSTVAL_SIDE_BENEFIT, 0, 1.0, 1.0, 100.0},
                                             {"y", CUSTVAL_SIDE_SACRIFICE, 0, 1.0, 1.0, 100.0}};

/* Made before anything fails. */
typedef struct material {
    custval_table *table;
    unsigned char *bytes; /* of a summary of the table */
    size_t length;
    custval_threads *threads;
} material;

static material material_new(void) {
    static double values[2 * ROWS];
    material out = {NULL, NULL, 0, NULL};
    for (size_t i = 0; i < 2 * ROWS; i++) values[i] = 1.0 + (double)(i * 7919 % 9900) / 100.0;
    out.table = columns_table(names, 2, values, ROWS);
    custval_summary *summary = empty_summary(NULL, criteria, 2, SUMMARY_EVERYTHING);
    feed(summary, out.table);
    out.bytes = summary_bytes(summary, &out.length);
    custval_summary_free(summary);
    assert_ok(custval_threads_new(NULL, threads_up_to(2), &out.threads, NULL), NULL);
    return out;
}

static material shared;

static int set_up(void **state) {
    (void)state;
    shared = material_new();
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    custval_table_free(shared.table);
    custval_threads_free(shared.threads);
    free(shared.bytes);
    return 0;
}

static custval_status make(const custval_host *host, void *data) {
    (void)data;
    custval_summary *summary = NULL;
    const custval_status status = custval_summary_new(host, criteria, 2, SUMMARY_EVERYTHING, &summary, NULL);
    assert_int_equal(summary == NULL, status != CUSTVAL_OK);
    custval_summary_free(summary);
    return status;
}

static void making(void **state) {
    (void)state;
    support_exhaust_memory(make, NULL);
}

static custval_status read_bytes(const custval_host *host, void *data) {
    (void)data;
    custval_summary *summary = NULL;
    const custval_status status = custval_summary_read(host, shared.bytes, shared.length, &summary, NULL);
    assert_int_equal(summary == NULL, status != CUSTVAL_OK);
    custval_summary_free(summary);
    return status;
}

static void reading(void **state) {
    (void)state;
    support_exhaust_memory(read_bytes, NULL);
}

/* Feeds, or merges, an empty summary; after a failure it is as empty as before. */
static custval_status fill(const custval_host *host, int merges) {
    custval_summary *summary = NULL, *other = NULL;
    custval_status status = custval_summary_new(host, criteria, 2, SUMMARY_EVERYTHING, &summary, NULL);
    if (status != CUSTVAL_OK) return status;
    custval_summary *before = empty_summary(NULL, criteria, 2, SUMMARY_EVERYTHING);
    if (merges) {
        assert_ok(custval_summary_read(NULL, shared.bytes, shared.length, &other, NULL), NULL);
        status = custval_summary_merge(summary, other, NULL);
    } else {
        status = custval_summary_add(summary, shared.table, NULL);
    }
    if (status != CUSTVAL_OK) assert_same_summary(summary, before);
    custval_summary_free(other);
    custval_summary_free(before);
    custval_summary_free(summary);
    return status;
}

static custval_status add(const custval_host *host, void *data) {
    (void)data;
    return fill(host, 0);
}

static custval_status add_with_threads(const custval_host *host, void *data) {
    custval_host threaded = *host;
    (void)data;
    threaded.runner = custval_threads_run;
    threaded.runner_data = shared.threads;
    return fill(&threaded, 0);
}

static custval_status merge(const custval_host *host, void *data) {
    (void)data;
    return fill(host, 1);
}

static void adding(void **state) {
    (void)state;
    support_exhaust_memory(add, NULL);
}

static void adding_with_threads(void **state) {
    (void)state;
    support_exhaust_memory(add_with_threads, NULL);
}

static void merging(void **state) {
    (void)state;
    support_exhaust_memory(merge, NULL);
}

static custval_status tabulate(const custval_host *host, void *data) {
    custval_summary *summary = NULL;
    custval_table *table = NULL;
    custval_status status = custval_summary_read(host, shared.bytes, shared.length, &summary, NULL);
    if (status != CUSTVAL_OK) return status;
    status = data == NULL ? custval_summary_table(summary, &table, NULL)
                          : custval_summary_correlations(summary, &table, NULL);
    assert_int_equal(table == NULL, status != CUSTVAL_OK);
    custval_table_free(table);
    custval_summary_free(summary);
    return status;
}

static void tables(void **state) {
    int correlations = 1;
    (void)state;
    support_exhaust_memory(tabulate, NULL);
    support_exhaust_memory(tabulate, &correlations);
}

static custval_status weigh(const custval_host *host, void *data) {
    custval_summary *summary = NULL;
    custval_weights *weights = NULL;
    custval_data_options options = CUSTVAL_DATA_OPTIONS_INIT;
    options.method = *(const uint32_t *)data;
    custval_status status = custval_summary_read(host, shared.bytes, shared.length, &summary, NULL);
    if (status != CUSTVAL_OK) return status;
    status = custval_weights_data(summary, &options, &weights, NULL);
    assert_int_equal(weights == NULL, status != CUSTVAL_OK);
    custval_weights_free(weights);
    custval_summary_free(summary);
    return status;
}

static void weighing(void **state) {
    (void)state;
    for (uint32_t method = CUSTVAL_DATA_ENTROPY; method <= CUSTVAL_DATA_MEREC; method++) {
        support_exhaust_memory(weigh, &method);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(making),   cmocka_unit_test(reading),
        cmocka_unit_test(adding),   cmocka_unit_test(adding_with_threads),
        cmocka_unit_test(merging),  cmocka_unit_test(tables),
        cmocka_unit_test(weighing),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
