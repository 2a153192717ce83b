/* custval_draw_system and custval_draw_weights: what is drawn, and how it is distributed. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "explain_support.h"
#include "weights/weights.h"

static custval_table *draws_of(const custval_system *system, const custval_noise_options *options) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    assert_ok(custval_draw_system(system, options, &out, &error), &error);
    return out;
}

static void assert_fails(const custval_system *system, const custval_noise_options *options, custval_status status,
                         const char *message) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = (custval_table *)&error;
    assert_status(custval_draw_system(system, options, &out, &error), status, &error);
    assert_null(out);
    assert_message(&error, message);
}

static const double *column_of(const custval_table *table, const char *name) {
    size_t index;
    custval_column column = CUSTVAL_COLUMN_INIT;
    assert_ok(custval_table_find(table, name, &index, NULL), NULL);
    assert_ok(custval_table_column(table, index, &column, NULL), NULL);
    return column.data;
}

static void assert_sums(const custval_table *draws, const char *const *names, size_t count) {
    for (size_t draw = 0; draw < custval_table_rows(draws); draw++) {
        double sum = 0.0;
        for (size_t i = 0; i < count; i++) {
            const double weight = column_of(draws, names[i])[draw];
            assert_true(weight >= 0.0 && weight <= 1.0);
            sum += weight;
        }
        assert_double_bits(sum, 1.0);
    }
}

/* ---- Which weights ------------------------------------------------------------------------------------------------- */

static void every_group_of_siblings_is_drawn_and_adds_up_to_one(void **state) {
    (void)state;
    static const char *const names[] = {"product", "reliability", "function", "service", "cost", "effort"};
    static const char *const groups[3][2] = {{"product", "service"}, {"reliability", "function"}, {"cost", "effort"}};
    custval_system *system = system_of(SHOP "}");
    for (uint32_t noise = 0; noise <= CUSTVAL_NOISE_ANY; noise++) {
        custval_noise_options options = CUSTVAL_NOISE_OPTIONS_INIT;
        options.noise = noise;
        options.draws = 1000;
        custval_table *draws = draws_of(system, &options);
        assert_int_equal(custval_table_rows(draws), 1000);
        assert_int_equal(custval_table_columns(draws), SUPPORT_COUNT(names));
        for (size_t i = 0; i < SUPPORT_COUNT(names); i++) assert_string_equal(custval_table_name(draws, i), names[i]);
        for (size_t i = 0; i < 3; i++) assert_sums(draws, groups[i], 2);
        custval_table_free(draws);
    }
    custval_system_free(system);
}

static void sides_are_drawn_where_the_index_weighs_them(void **state) {
    (void)state;
    static const char *const sides[] = {"benefit", "sacrifice"};
    custval_system *system = system_of("'form': 'index', 'benefit': {'weight': 3}, " SHOP "}");
    custval_table *draws = draws_of(system, NULL);
    assert_int_equal(custval_table_rows(draws), 10000);
    assert_int_equal(custval_table_columns(draws), 8);
    assert_string_equal(custval_table_name(draws, 0), "benefit");
    assert_string_equal(custval_table_name(draws, 5), "sacrifice");
    assert_sums(draws, sides, 2);
    custval_table_free(draws);
    custval_system_free(system);
}

static void weights_of_a_profile_are_drawn_around(void **state) {
    (void)state;
    custval_system *system = system_of(SHOP ", 'contexts': [{'id': 'shop'}, {'id': 'web'}], 'profiles': [{'id': 'a'}, "
                                            "{'id': 'keen', 'weights': {'reliability': 0}}]}");
    custval_noise_options options = CUSTVAL_NOISE_OPTIONS_INIT;
    options.profile = "keen";
    options.draws = 100;
    custval_table *draws = draws_of(system, &options);
    for (size_t i = 0; i < 100; i++) {
        assert_double_bits(cell(draws, "reliability", i), 0.0); /* a weight of 0 stays 0 */
        assert_double_bits(cell(draws, "function", i), 1.0);
        assert_true(cell(draws, "product", i) > 0.0);
    }
    custval_table_free(draws);
    options.profile = "keem";
    assert_fails(system, &options, CUSTVAL_ERROR_NOT_FOUND, "no profile \"keem\"; the nearest are \"keen\"");
    custval_system_free(system);
}

static custval_weights *weights_of(const double *ratings, size_t count) {
    static const char *const names[] = {"a", "b", "c", "d"};
    custval_host host;
    custval_weights *weights = NULL;
    assert_ok(custval__host_read(&host, NULL, NULL), NULL);
    assert_ok(custval__weights_new(&host, names, count, "stated", &weights, NULL), NULL);
    for (size_t i = 0; i < count; i++) custval__weights_numbers(weights)[i] = ratings[i];
    assert_ok(custval__weights_finish(weights, NULL), NULL);
    return weights;
}

static void sets_of_weights_are_one_group(void **state) {
    (void)state;
    static const double ratings[] = {2, 0, 1, 5};
    static const char *const names[] = {"a", "b", "c", "d"};
    custval_weights *weights = weights_of(ratings, 4), *one = weights_of(ratings, 1);
    custval_table *draws = NULL;
    assert_ok(custval_draw_weights(weights, NULL, &draws, NULL), NULL);
    assert_int_equal(custval_table_rows(draws), 10000);
    assert_sums(draws, names, 4);
    assert_double_bits(cell(draws, "b", 77), 0.0);
    custval_table_free(draws);
    assert_ok(custval_draw_weights(one, NULL, &draws, NULL), NULL);
    assert_int_equal(custval_table_columns(draws), 1);
    assert_double_bits(cell(draws, "a", 5), 1.0);
    custval_table_free(draws);
    custval_weights_free(one);
    custval_weights_free(weights);
}

/* ---- How they are distributed ------------------------------------------------------------------------------------- */

static double mean_of(const double *x, size_t n) {
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) sum += x[i];
    return sum / (double)n;
}

static double variance_of(const double *x, size_t n) {
    const double mean = mean_of(x, n);
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) sum += (x[i] - mean) * (x[i] - mean);
    return sum / (double)(n - 1);
}

/* Mean w, variance w (1 - w) / (c + 1): within four standard errors of the mean, and five of the variance as if normal
   (Dirichlet weights have lighter tails there). For shapes above and below 1. */
static void dirichlet_draws_have_their_mean_and_variance(void **state) {
    (void)state;
    static const double ratings[] = {5, 1, 3, 11}, concentrations[] = {50.0, 4.0, 0.5, 5000.0};
    static const char *const names[] = {"a", "b", "c", "d"};
    custval_weights *weights = weights_of(ratings, 4);
    for (size_t k = 0; k < SUPPORT_COUNT(concentrations); k++) {
        custval_noise_options options = CUSTVAL_NOISE_OPTIONS_INIT;
        custval_table *draws = NULL;
        options.concentration = concentrations[k];
        options.draws = 40000;
        assert_ok(custval_draw_weights(weights, &options, &draws, NULL), NULL);
        for (size_t i = 0; i < 4; i++) {
            const double w = ratings[i] / 20.0, variance = w * (1 - w) / (concentrations[k] + 1);
            const double *x = column_of(draws, names[i]);
            assert_double_near(mean_of(x, 40000), w, 4.0 * sqrt(variance / 40000));
            assert_double_near(variance_of(x, 40000), variance, 0.1 * variance);
        }
        custval_table_free(draws);
    }
    custval_weights_free(weights);
}

static void vanishing_concentrations_give_everything_to_one(void **state) {
    (void)state;
    static const double ratings[] = {3, 1}, tiny[] = {1e-3, 1e-300, 5e-324};
    static const char *const names[] = {"a", "b"};
    custval_weights *weights = weights_of(ratings, 2);
    for (size_t k = 0; k < SUPPORT_COUNT(tiny); k++) {
        custval_noise_options options = CUSTVAL_NOISE_OPTIONS_INIT;
        custval_table *draws = NULL;
        options.concentration = tiny[k];
        options.draws = 4000;
        assert_ok(custval_draw_weights(weights, &options, &draws, NULL), NULL);
        assert_sums(draws, names, 2);
        if (k == 0) {
            const double *a = column_of(draws, "a");
            assert_double_near(mean_of(a, 4000), 0.75, 4.0 * sqrt(0.75 * 0.25 / 4000));
            assert_double_near(variance_of(a, 4000), 0.75 * 0.25, 0.02);
        }
        custval_table_free(draws);
    }
    custval_weights_free(weights);
}

static int compare(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Kolmogorov and Smirnov: below 1.95 / sqrt(n) in 999 of 1000 samples; the seed is fixed. */
static void any_two_weights_are_uniform(void **state) {
    (void)state;
    enum { DRAWS = 20000 };
    static const double ratings[] = {9, 0};
    static double x[DRAWS];
    custval_weights *weights = weights_of(ratings, 2);
    custval_noise_options options = CUSTVAL_NOISE_OPTIONS_INIT;
    custval_table *draws = NULL;
    options.noise = CUSTVAL_NOISE_ANY;
    options.draws = DRAWS;
    assert_ok(custval_draw_weights(weights, &options, &draws, NULL), NULL);
    memcpy(x, column_of(draws, "a"), sizeof x);
    qsort(x, DRAWS, sizeof *x, compare);
    for (int i = 0; i < DRAWS; i++) assert_double_near(x[i], (i + 0.5) / DRAWS, 1.95 / sqrt(DRAWS));
    custval_table_free(draws);
    custval_weights_free(weights);
}

/* Of two weights w and 1 - w with factors within 1 -+ s, the share is between w (1 - s)/(w (1 - s) + (1 - w)(1 + s)) and
   the same with s changed in sign. */
static void relative_draws_stay_within_the_spread(void **state) {
    (void)state;
    static const double ratings[] = {3, 1}, spreads[] = {0.25, 1.0, 0.0};
    custval_weights *weights = weights_of(ratings, 2);
    for (size_t k = 0; k < SUPPORT_COUNT(spreads); k++) {
        const double s = spreads[k], least = 0.75 * (1 - s) / (0.75 * (1 - s) + 0.25 * (1 + s));
        const double most = 0.75 * (1 + s) / (0.75 * (1 + s) + 0.25 * (1 - s));
        custval_noise_options options = CUSTVAL_NOISE_OPTIONS_INIT;
        custval_table *draws = NULL;
        double low = 1.0, high = 0.0;
        options.noise = CUSTVAL_NOISE_RELATIVE;
        options.spread = s;
        assert_ok(custval_draw_weights(weights, &options, &draws, NULL), NULL);
        for (size_t i = 0; i < 10000; i++) {
            low = fmin(low, cell(draws, "a", i));
            high = fmax(high, cell(draws, "a", i));
        }
        assert_true(low >= least - 1e-15 && low <= least + 0.05 * (most - least) + 1e-15);
        assert_true(high <= most + 1e-15 && high >= most - 0.05 * (most - least) - 1e-15);
        custval_table_free(draws);
    }
    custval_weights_free(weights);
}

/* ---- Counted, not drawn --------------------------------------------------------------------------------------------- */

static void a_draw_depends_on_its_number_and_the_seed_alone(void **state) {
    (void)state;
    custval_threads *threads = NULL;
    custval_host host = CUSTVAL_HOST_INIT;
    custval_system *system = system_of(SHOP "}");
    custval_noise_options options = CUSTVAL_NOISE_OPTIONS_INIT;
    options.draws = 2000;
    custval_table *many = draws_of(system, &options);
    assert_ok(custval_threads_new(NULL, threads_up_to(3), &threads, NULL), NULL);
    host.runner = custval_threads_run;
    host.runner_data = threads;
    options.host = &host;
    options.draws = 700;
    custval_table *few = draws_of(system, &options);
    options.seed = 2;
    custval_table *other = draws_of(system, &options);
    for (size_t c = 0; c < custval_table_columns(few); c++) {
        const char *name = custval_table_name(few, c);
        for (size_t i = 0; i < 700; i++) {
            assert_double_bits(cell(few, name, i), cell(many, name, i));
            assert_true(cell(few, name, i) != cell(other, name, i));
        }
    }
    custval_table_free(other);
    custval_table_free(few);
    custval_table_free(many);
    custval_system_free(system);
    custval_threads_free(threads);
}

/* ---- What is refused ------------------------------------------------------------------------------------------------- */

static void wrong_options_are_named(void **state) {
    (void)state;
    const custval_noise_options usual = CUSTVAL_NOISE_OPTIONS_INIT;
    custval_system *system = system_of(SHOP "}");
    custval_noise_options options = usual;
    options.noise = 4;
    assert_fails(system, &options, CUSTVAL_ERROR_ARGUMENT, "noise is 4");
    options = usual;
    options.draws = 0;
    assert_fails(system, &options, CUSTVAL_ERROR_RANGE, "draws is 0");
    const double wrong[] = {0.0, -1.0, NONE, (double)INFINITY};
    for (size_t i = 0; i < SUPPORT_COUNT(wrong); i++) {
        options = usual;
        options.concentration = wrong[i];
        assert_fails(system, &options, CUSTVAL_ERROR_RANGE, "concentration is ");
    }
    const double spreads[] = {-0.1, 1.1, NONE};
    for (size_t i = 0; i < SUPPORT_COUNT(spreads); i++) {
        options = usual;
        options.noise = CUSTVAL_NOISE_RELATIVE;
        options.spread = spreads[i];
        assert_fails(system, &options, CUSTVAL_ERROR_RANGE, "spread is ");
    }
    custval_system_free(system);
}

static void without_siblings_there_is_nothing_to_draw(void **state) {
    (void)state;
    custval_system *system =
        system_of("'dimensions': [{'id': 'd', 'side': 'benefit', 'indicators': [{'id': 'i', $P}]}]}");
    assert_fails(system, NULL, CUSTVAL_ERROR_STATE, "no node of the system has siblings");
    custval_system_free(system);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_group_of_siblings_is_drawn_and_adds_up_to_one),
        cmocka_unit_test(sides_are_drawn_where_the_index_weighs_them),
        cmocka_unit_test(weights_of_a_profile_are_drawn_around),
        cmocka_unit_test(sets_of_weights_are_one_group),
        cmocka_unit_test(dirichlet_draws_have_their_mean_and_variance),
        cmocka_unit_test(vanishing_concentrations_give_everything_to_one),
        cmocka_unit_test(any_two_weights_are_uniform),
        cmocka_unit_test(relative_draws_stay_within_the_spread),
        cmocka_unit_test(a_draw_depends_on_its_number_and_the_seed_alone),
        cmocka_unit_test(wrong_options_are_named),
        cmocka_unit_test(without_siblings_there_is_nothing_to_draw),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
