/* Every allocation of predictions, counts, tracking and by-frequency fails once, and with all after it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "faults.h"
#include "predicting.h"

#define ROWS 5

typedef struct material {
    custval_lifetime *lifetime, *spend;
    custval_table *table, *course;
} material;

/* Fitted to customers with a covariate, so that there are groups and intervals. */
static material *shared(void) {
    static const char *const covariates[] = {"z"};
    static const double parameters[] = {6.25, 3.74, 15.44}, elapsed[] = {10, 30, 52};
    static const double rows[] = {2, 30.43, 38.86, 0, 0, 38.86, 7, 20.5, 38.5, 26, 30, 31, 1, 1, 2};
    static const double z[ROWS] = {0, 1, 0, 2, 1}, spend[ROWS] = {22, 0, 30, 41, 5}, holdout[ROWS] = {1, 0, 3, 9, 1};
    static double of_all[2400];
    static material self;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime_fit_options options = CUSTVAL_LIFETIME_FIT_OPTIONS_INIT;
    custval_table *all = predicting_cdnow();
    for (size_t i = 0; i < custval_table_rows(all); i++) of_all[i] = (double)(i * 7 % 3);
    assert_ok(custval_table_add_doubles(all, "z", of_all, &error), &error);
    options.model = CUSTVAL_MODEL_BGNBD;
    options.purchase_covariates = covariates;
    options.purchase_count = 1;
    assert_ok(custval_lifetime_fit(all, &options, &self.lifetime, &error), &error);
    custval_table_free(all);
    self.spend = predicting_lifetime(CUSTVAL_MODEL_GAMMA_GAMMA, parameters, 3);
    self.table = predicting_customers(rows, ROWS);
    assert_ok(custval_table_add_doubles(self.table, "z", z, &error), &error);
    assert_ok(custval_table_add_doubles(self.table, "mean_spend", spend, &error), &error);
    assert_ok(custval_table_add_doubles(self.table, "holdout_x", holdout, &error), &error);
    assert_ok(custval_table_add_doubles(self.table, "holdout_T", holdout, &error), &error);
    assert_ok(custval_table_new(NULL, 3, &self.course, &error), &error);
    assert_ok(custval_table_add_doubles(self.course, "elapsed", elapsed, &error), &error);
    return &self;
}

/* A runner of two threads that run one after the other, so that what fails does not depend on the moment. */
static int run_in_turn(void *data, void *job, custval_runner_init init, custval_runner_body body, uint32_t begin,
                       uint32_t end) {
    (void)data;
    const int failed = init(job, 2);
    if (failed != 0) return failed;
    for (uint32_t i = begin; i < end; i++) body(job, i, i % 2);
    return 0;
}

static custval_host with_runner(const custval_host *host) {
    custval_host out = *host;
    out.runner = run_in_turn;
    return out;
}

static custval_status predict_values(const custval_host *host, void *data) {
    const material *from = data;
    const custval_host both = with_runner(host);
    custval_table *out = rubbish();
    custval_lifetime_predict_options options = CUSTVAL_LIFETIME_PREDICT_OPTIONS_INIT;
    options.host = &both;
    options.spend = from->spend;
    options.horizon_column = "holdout_T";
    options.cost = 1.0;
    const custval_status status = custval_lifetime_predict(from->lifetime, from->table, &options, &out, NULL);
    return end(out, status);
}

static custval_status predict_intervals(const custval_host *host, void *data) {
    const material *from = data;
    custval_table *out = rubbish();
    custval_lifetime_predict_options options = CUSTVAL_LIFETIME_PREDICT_OPTIONS_INIT;
    options.host = host;
    options.level = 0.9;
    const custval_status status = custval_lifetime_predict(from->lifetime, from->table, &options, &out, NULL);
    return end(out, status);
}

static custval_status count(const custval_host *host, void *data) {
    static const double shares[] = {0.5};
    const material *from = data;
    const custval_host both = with_runner(host);
    custval_table *out = rubbish();
    custval_lifetime_counts_options options = CUSTVAL_LIFETIME_COUNTS_OPTIONS_INIT;
    options.host = &both;
    options.most = 2;
    options.quantiles = shares;
    options.quantiles_count = 1;
    const custval_status status = custval_lifetime_counts(from->lifetime, from->table, &options, &out, NULL);
    return end(out, status);
}

static custval_status track(const custval_host *host, void *data) {
    const material *from = data;
    const custval_host both = with_runner(host);
    custval_table *out = rubbish();
    custval_lifetime_check_options options = CUSTVAL_LIFETIME_CHECK_OPTIONS_INIT;
    options.host = &both;
    const custval_status status =
        custval_lifetime_track(from->lifetime, from->table, from->course, &options, &out, NULL);
    return end(out, status);
}

static custval_status by_frequency(const custval_host *host, void *data) {
    const material *from = data;
    custval_table *out = rubbish();
    custval_lifetime_check_options options = CUSTVAL_LIFETIME_CHECK_OPTIONS_INIT;
    options.host = host;
    const custval_status status = custval_lifetime_by_frequency(from->lifetime, from->table, &options, &out, NULL);
    return end(out, status);
}

static void predictions(void **state) {
    material *self = shared();
    (void)state;
    support_exhaust_memory(predict_values, self);
    support_exhaust_memory(predict_intervals, self);
    support_exhaust_memory(count, self);
    support_exhaust_memory(track, self);
    support_exhaust_memory(by_frequency, self);
    custval_table_free(self->course);
    custval_table_free(self->table);
    custval_lifetime_free(self->spend);
    custval_lifetime_free(self->lifetime);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(predictions),
    };
    return cmocka_run_group_tests_name("faults of predictions", tests, NULL, NULL);
}
