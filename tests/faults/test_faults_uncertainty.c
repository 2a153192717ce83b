/* Every allocation of draws, uncertainty, sensitivity, reversal and means fails once, and with all after it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/custval.h>

#include "faults.h"
#include "sample.h"
#include "support.h"

typedef struct material {
    custval_system *system;
    custval_table *table, *draws;
} material;

static void with_sample(custval_status (*attempt)(const custval_host *host, void *data)) {
    material sample = {sample_system(), sample_table(), NULL};
    custval_noise_options noise = CUSTVAL_NOISE_OPTIONS_INIT;
    noise.draws = 40;
    assert_ok(custval_draw_system(sample.system, &noise, &sample.draws, NULL), NULL);
    support_exhaust_memory(attempt, &sample);
    custval_table_free(sample.draws);
    custval_table_free(sample.table);
    custval_system_free(sample.system);
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

static custval_status draw_system(const custval_host *host, void *data) {
    const material *from = data;
    custval_table *out = rubbish();
    custval_noise_options options = CUSTVAL_NOISE_OPTIONS_INIT;
    options.host = host;
    options.draws = 300; /* more than a piece */
    const custval_status status = custval_draw_system(from->system, &options, &out, NULL);
    return end(out, status);
}

static custval_status draw_weights(const custval_host *host, void *data) {
    static const char *const names[] = {"a", "b", "c"};
    static const double ratings[] = {1, 2, 3};
    custval_table *out = rubbish();
    custval_weights *weights = NULL;
    custval_noise_options options = CUSTVAL_NOISE_OPTIONS_INIT;
    (void)data;
    assert_ok(custval_weights_ratings(NULL, names, ratings, 3, NULL, &weights, NULL), NULL);
    options.host = host;
    options.draws = 20;
    const custval_status status = custval_draw_weights(weights, &options, &out, NULL);
    custval_weights_free(weights);
    return end(out, status);
}

static custval_status draw_judgements_grouped(const custval_host *host, uint32_t grouping) {
    static const char *const names[] = {"a", "b", "c"};
    static const double matrices[] = {1, 2, 4, 0.5, 1, 3, 0.25, 1.0 / 3, 1, 1, 3, 2, 1.0 / 3, 1, 1, 0.5, 1, 1};
    custval_judgements judgements = CUSTVAL_JUDGEMENTS_INIT;
    custval_ahp_options ahp = CUSTVAL_AHP_OPTIONS_INIT;
    custval_noise_options options = CUSTVAL_NOISE_OPTIONS_INIT;
    custval_table *out = rubbish();
    judgements.names = names;
    judgements.count = 3;
    judgements.matrices = matrices;
    judgements.members = 2;
    ahp.grouping = grouping;
    options.host = host;
    options.draws = 20;
    const custval_status status = custval_draw_judgements(&judgements, &ahp, &options, &out, NULL);
    return end(out, status);
}

static custval_status draw_judgements(const custval_host *host, void *data) {
    (void)data;
    return draw_judgements_grouped(host, CUSTVAL_GROUPING_JUDGEMENTS);
}

static custval_status draw_priorities(const custval_host *host, void *data) {
    (void)data;
    return draw_judgements_grouped(host, CUSTVAL_GROUPING_PRIORITIES_ARITHMETIC);
}

static void drawing_weights(void **state) {
    (void)state;
    with_sample(draw_system);
    with_sample(draw_weights);
    with_sample(draw_judgements);
    with_sample(draw_priorities);
}

static custval_status uncertainty(const custval_host *host, void *data) {
    const material *from = data;
    custval_table *out = rubbish();
    custval_score_options score = sample_options();
    custval_uncertainty_options options = CUSTVAL_UNCERTAINTY_OPTIONS_INIT;
    const custval_host both = with_runner(host);
    score.host = &both;
    options.score = &score;
    options.ranks = 2;
    const custval_status status = custval_uncertainty(from->system, from->table, from->draws, &options, &out, NULL);
    return end(out, status);
}

static custval_status sensitivity(const custval_host *host, void *data) {
    const material *from = data;
    custval_table *out = rubbish();
    custval_score_options score = sample_options();
    custval_noise_options options = CUSTVAL_NOISE_OPTIONS_INIT;
    const custval_host both = with_runner(host);
    score.host = &both;
    options.draws = 32;
    const custval_status status = custval_sensitivity(from->system, from->table, 0, 1, &score, &options, &out, NULL);
    return end(out, status);
}

static custval_status reversal(const custval_host *host, void *data) {
    const material *from = data;
    custval_table *out = rubbish();
    custval_score_options score = sample_options();
    score.host = host;
    const custval_status status = custval_reversal(from->system, from->table, &score, &out, NULL);
    return end(out, status);
}

static void studying_weights(void **state) {
    (void)state;
    with_sample(uncertainty);
    with_sample(sensitivity);
    with_sample(reversal);
}

static custval_status means_by(const custval_host *host, const material *from, const char *group) {
    custval_table *out = rubbish();
    custval_means_options options = CUSTVAL_MEANS_OPTIONS_INIT;
    options.host = host;
    options.group = group;
    options.resamples = 40;
    options.has_top = 1;
    const custval_status status = custval_means(from->table, &options, &out, NULL);
    return end(out, status);
}

static custval_status means_of_all(const custval_host *host, void *data) {
    return means_by(host, data, NULL);
}

static custval_status means_by_text(const custval_host *host, void *data) {
    return means_by(host, data, "customer");
}

/* Twenty groups, whose keys are copied and whose table has to grow. */
static custval_status means_by_integer(const custval_host *host, void *data) {
    static int32_t keys[20];
    static double numbers[20];
    custval_column column = CUSTVAL_COLUMN_INIT;
    material many = *(const material *)data;
    for (int i = 0; i < 20; i++) keys[i] = i;
    column.type = CUSTVAL_TYPE_INT32;
    column.data = keys;
    assert_ok(custval_table_new(NULL, 20, &many.table, NULL), NULL);
    assert_ok(custval_table_add(many.table, "key", &column, NULL), NULL);
    assert_ok(custval_table_add_doubles(many.table, "x", numbers, NULL), NULL);
    const custval_status status = means_by(host, &many, "key");
    custval_table_free(many.table);
    return status;
}

static void means(void **state) {
    (void)state;
    with_sample(means_of_all);
    with_sample(means_by_text);
    with_sample(means_by_integer);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(drawing_weights),
        cmocka_unit_test(studying_weights),
        cmocka_unit_test(means),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
