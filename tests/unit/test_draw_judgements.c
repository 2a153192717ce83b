/* custval_draw_judgements: AHP of judgements with noise, draw by draw. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/random.h"
#include "explain_support.h"

#define N 4
#define PAIRS 6
#define MEMBERS 3

static const char *const names[] = {"quality", "service", "price", "time"};
static const double importances[] = {3, 0, 1};

/* Of the third member's judgements two are missing. */
static const double group[MEMBERS][N * N] = {
    {1, 3, 5, 7, 1.0 / 3, 1, 2, 4, 1.0 / 5, 1.0 / 2, 1, 2, 1.0 / 7, 1.0 / 4, 1.0 / 2, 1},
    {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
    {1, 2, NONE, 4, 1.0 / 2, 1, 3, NONE, NONE, 1.0 / 3, 1, 2, 1.0 / 4, NONE, 1.0 / 2, 1}};

static custval_judgements judgements_of(const double *matrices, size_t members) {
    custval_judgements judgements = CUSTVAL_JUDGEMENTS_INIT;
    judgements.names = names;
    judgements.count = N;
    judgements.matrices = matrices;
    judgements.members = members;
    judgements.member_weights = members == MEMBERS ? importances : NULL;
    return judgements;
}

static custval_table *draws_of(const custval_judgements *judgements, const custval_ahp_options *ahp,
                               const custval_noise_options *options) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    assert_ok(custval_draw_judgements(judgements, ahp, options, &out, &error), &error);
    return out;
}

static void assert_fails(const custval_judgements *judgements, const custval_ahp_options *ahp,
                         const custval_noise_options *options, custval_status status, const char *message) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = (custval_table *)&error;
    assert_status(custval_draw_judgements(judgements, ahp, options, &out, &error), status, &error);
    assert_null(out);
    assert_message(&error, message);
}

static void assert_draw(const custval_table *draws, size_t draw, const custval_weights *weights) {
    double cr, sum = 0.0;
    assert_ok(custval_weights_diagnostic(weights, "cr", &cr, NULL), NULL);
    for (size_t i = 0; i < N; i++) {
        assert_double_near(cell(draws, names[i], draw), custval_weights_share(weights, i), 1e-12);
        sum += cell(draws, names[i], draw);
    }
    assert_double_bits(sum, 1.0);
    assert_double_near(cell(draws, "cr", draw), cr, 1e-11);
}

/* ---- Against custval_weights_ahp() -------------------------------------------------------------------------------- */

static void without_noise_every_draw_is_the_weights(void **state) {
    (void)state;
    for (uint32_t method = 1; method <= CUSTVAL_AHP_ARITHMETIC; method++) {
        for (uint32_t grouping = 1; grouping <= CUSTVAL_GROUPING_PRIORITIES_ARITHMETIC; grouping++) {
            for (size_t members = 1; members <= MEMBERS; members += 2) {
                const custval_judgements judgements = judgements_of(group[0], members);
                custval_ahp_options ahp = CUSTVAL_AHP_OPTIONS_INIT;
                custval_noise_options options = CUSTVAL_NOISE_OPTIONS_INIT;
                custval_weights *weights = NULL;
                ahp.method = method;
                ahp.grouping = grouping;
                options.spread = 0.0;
                options.draws = 19; /* not a number of whole eights */
                custval_table *draws = draws_of(&judgements, &ahp, &options);
                assert_int_equal(custval_table_columns(draws), N + 1);
                assert_int_equal(custval_table_rows(draws), 19);
                assert_ok(custval_weights_ahp(NULL, &judgements, &ahp, &weights, NULL), NULL);
                for (size_t draw = 0; draw < 19; draw++) assert_draw(draws, draw, weights);
                custval_weights_free(weights);
                custval_table_free(draws);
            }
        }
    }
}

/* The judgements of one draw: members of importance 0 have no noise, because nobody asks for it. */
static void add_noise(double *matrix, double spread, custval__random *random) {
    for (size_t i = 0; i < N; i++) {
        for (size_t j = i + 1; j < N; j++) {
            if (isnan(matrix[i * N + j])) continue;
            matrix[i * N + j] *= exp(spread * custval__random_normal(random));
            matrix[j * N + i] = 1.0 / matrix[i * N + j];
        }
    }
}

static void each_draw_is_the_weights_of_its_judgements(void **state) {
    (void)state;
    static const uint32_t groupings[] = {CUSTVAL_GROUPING_JUDGEMENTS, CUSTVAL_GROUPING_PRIORITIES_GEOMETRIC,
                                         CUSTVAL_GROUPING_PRIORITIES_ARITHMETIC};
    for (size_t g = 0; g < SUPPORT_COUNT(groupings); g++) {
        const size_t members = groupings[g] == CUSTVAL_GROUPING_JUDGEMENTS ? 1 : MEMBERS;
        const custval_judgements judgements = judgements_of(group[0], members);
        custval_ahp_options ahp = CUSTVAL_AHP_OPTIONS_INIT;
        custval_noise_options options = CUSTVAL_NOISE_OPTIONS_INIT;
        ahp.grouping = groupings[g];
        options.draws = 600;
        options.seed = 5;
        options.spread = 0.3;
        options.noise = 99; /* not used, as concentration is not */
        options.concentration = -1.0;
        custval_table *draws = draws_of(&judgements, &ahp, &options);
        for (size_t draw = 0; draw < 600; draw += 7) {
            double noisy[MEMBERS][N * N];
            custval_weights *weights = NULL;
            custval__random random;
            custval__random_init(&random, 5, draw);
            memcpy(noisy, group, sizeof noisy);
            for (size_t m = 0; m < members; m++) {
                if (importances[m] > 0.0) add_noise(noisy[m], 0.3, &random);
            }
            const custval_judgements drawn = judgements_of(noisy[0], members);
            assert_ok(custval_weights_ahp(NULL, &drawn, &ahp, &weights, NULL), NULL);
            assert_draw(draws, draw, weights);
            custval_weights_free(weights);
        }
        custval_table_free(draws);
    }
}

/* ---- Distributions ------------------------------------------------------------------------------------------------ */

/* By row geometric means ln(w1/w2) of three is (2 l12 + l13 - l23)/3, so that independent noise s on the logarithms gives
   it the variance 2/3 s^2; of two it is l12. In a group the variance shrinks by sum w^2 / (sum w)^2, here .625. */
static void logarithms_of_ratios_are_normal(void **state) {
    (void)state;
    enum { DRAWS = 20000 };
    static const double three[3][9] = {{1, 2, 6, 0.5, 1, 3, 1.0 / 6, 1.0 / 3, 1},
                                       {1, 9, 9, 1.0 / 9, 1, 1, 1.0 / 9, 1, 1},
                                       {1, 2, 6, 0.5, 1, 3, 1.0 / 6, 1.0 / 3, 1}};
    static const double two[3][4] = {{1, 2, 0.5, 1}, {1, 9, 1.0 / 9, 1}, {1, 2, 0.5, 1}};
    for (size_t n = 2; n <= 3; n++) {
        for (size_t members = 1; members <= 3; members += 2) {
            custval_judgements judgements = judgements_of(n == 2 ? two[0] : three[0], members);
            custval_ahp_options ahp = CUSTVAL_AHP_OPTIONS_INIT;
            custval_noise_options options = CUSTVAL_NOISE_OPTIONS_INIT;
            double sum = 0.0, squares = 0.0;
            judgements.count = n;
            ahp.method = CUSTVAL_AHP_GEOMETRIC;
            options.draws = DRAWS;
            custval_table *draws = draws_of(&judgements, &ahp, &options);
            for (size_t i = 0; i < DRAWS; i++) {
                const double away = log(cell(draws, names[0], i) / cell(draws, names[1], i)) - log(2.0);
                sum += away;
                squares += away * away;
            }
            const double variance = 0.25 * 0.25 * (n == 2 ? 1.0 : 2.0 / 3.0) * (members == 1 ? 1.0 : 0.625);
            assert_double_near(sum / DRAWS, 0.0, 4.0 * sqrt(variance / DRAWS));
            assert_double_near(squares / DRAWS, variance, 4.0 * variance * sqrt(2.0 / DRAWS));
            custval_table_free(draws);
        }
    }
}

static void threads_and_numbers_of_draws_change_no_bit(void **state) {
    (void)state;
    custval_threads *threads = NULL;
    custval_host host = CUSTVAL_HOST_INIT;
    const custval_judgements judgements = judgements_of(group[0], MEMBERS);
    custval_noise_options options = CUSTVAL_NOISE_OPTIONS_INIT;
    options.draws = 1003;
    custval_table *one = draws_of(&judgements, NULL, &options);
    assert_ok(custval_threads_new(NULL, threads_up_to(3), &threads, NULL), NULL);
    host.runner = custval_threads_run;
    host.runner_data = threads;
    options.host = &host;
    options.draws = 700;
    custval_table *three = draws_of(&judgements, NULL, &options);
    for (size_t i = 0; i < 700; i++) {
        for (size_t c = 0; c < N; c++) assert_double_bits(cell(one, names[c], i), cell(three, names[c], i));
        assert_double_bits(cell(one, "cr", i), cell(three, "cr", i));
    }
    custval_table_free(one);
    custval_table_free(three);
    custval_threads_free(threads);
}

/* ---- What is refused ------------------------------------------------------------------------------------------------ */

static void what_cannot_be_drawn_is_refused(void **state) {
    (void)state;
    static const char *const with_cr[] = {"quality", "cr", "price", "time"};
    static const double apart[N * N] = {1, 2, NONE, NONE, 0.5, 1, NONE, NONE, NONE, NONE, 1, 2, NONE, NONE, 0.5, 1};
    custval_judgements judgements = judgements_of(group[0], 1);
    custval_noise_options options = CUSTVAL_NOISE_OPTIONS_INIT;
    const double wrong[] = {-0.1, 10.5, NONE, (double)INFINITY};
    for (size_t i = 0; i < SUPPORT_COUNT(wrong); i++) {
        options.spread = wrong[i];
        assert_fails(&judgements, NULL, &options, CUSTVAL_ERROR_RANGE, "spread is ");
    }
    judgements.lower = judgements.upper = group[0];
    assert_fails(&judgements, NULL, NULL, CUSTVAL_ERROR_UNSUPPORTED, "crisp");
    judgements = judgements_of(apart, 1);
    assert_fails(&judgements, NULL, NULL, CUSTVAL_ERROR_STATE, "\"price\"");
    judgements = judgements_of(group[0], 1);
    judgements.names = with_cr;
    assert_fails(&judgements, NULL, NULL, CUSTVAL_ERROR_DUPLICATE, "\"cr\"");
}

static void the_widest_noise_gives_weights(void **state) {
    (void)state;
    const custval_judgements judgements = judgements_of(group[0], 1);
    custval_noise_options options = CUSTVAL_NOISE_OPTIONS_INIT;
    options.spread = 10.0;
    options.draws = 500;
    custval_table *draws = draws_of(&judgements, NULL, &options);
    for (size_t i = 0; i < 500; i++) {
        double sum = 0.0;
        for (size_t c = 0; c < N; c++) sum += cell(draws, names[c], i);
        assert_double_bits(sum, 1.0);
        assert_true(cell(draws, "cr", i) >= 0.0);
    }
    custval_table_free(draws);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_noise_every_draw_is_the_weights),
        cmocka_unit_test(each_draw_is_the_weights_of_its_judgements),
        cmocka_unit_test(logarithms_of_ratios_are_normal),
        cmocka_unit_test(threads_and_numbers_of_draws_change_no_bit),
        cmocka_unit_test(what_cannot_be_drawn_is_refused),
        cmocka_unit_test(the_widest_noise_gives_weights),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
