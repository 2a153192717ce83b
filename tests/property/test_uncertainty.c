/* Uncertainty on random systems: draws are what a system with those weights would be, and nothing depends on threads or on
   the order of rows. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <custval/custval.h>

#include "json_table.h"
#include "random_system.h"

#define ROWS 40
#define SYSTEMS 60

static custval_score_options options_of(const custval_host *host) {
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    options.as_of = RANDOM_AS_OF;
    options.host = host;
    return options;
}

static custval_table *uncertainty_of(const custval_system *system, const custval_table *table,
                                     const custval_table *draws, double level, const custval_host *host) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    const custval_score_options score = options_of(host);
    custval_uncertainty_options options = CUSTVAL_UNCERTAINTY_OPTIONS_INIT;
    options.score = &score;
    options.level = level;
    options.ranks = 3;
    assert_ok(custval_uncertainty(system, table, draws, &options, &out, &error), &error);
    return out;
}

/* NULL if the system has no weights to draw. */
static custval_table *draws_of(const custval_system *system, uint32_t noise, uint32_t count, double concentration) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *draws = NULL;
    custval_noise_options options = CUSTVAL_NOISE_OPTIONS_INIT;
    options.noise = noise;
    options.draws = count;
    options.concentration = concentration;
    const custval_status status = custval_draw_system(system, &options, &draws, &error);
    assert_true(status == CUSTVAL_OK || status == CUSTVAL_ERROR_STATE);
    return draws;
}

static void assert_same_tables(const custval_table *a, const custval_table *b, const size_t *row_of) {
    assert_int_equal(custval_table_columns(a), custval_table_columns(b));
    for (size_t c = 0; c < custval_table_columns(a); c++) {
        const char *name = custval_table_name(a, c);
        for (size_t row = 0; row < custval_table_rows(a); row++) {
            const size_t other = row_of == NULL ? row : row_of[row];
            assert_double_bits(table_cell(a, name, row), table_cell(b, name, other));
        }
    }
}

/* ---- Draws are weights -------------------------------------------------------------------------------------------- */

/* Gives every node of a document that is drawn its weight. Own weights of profiles and contexts go away, for drawn weights
   replace them, too. */
static void set_weights(json_t *at, const custval_table *draws, size_t draw) {
    const char *key;
    json_t *value;
    size_t index;
    const json_t *id = json_object_get(at, "id"), *column = json_object_get(at, "column");
    const json_t *name = id != NULL ? id : column;
    if (json_is_string(name) && custval_table_find(draws, json_string_value(name), &index, NULL) == CUSTVAL_OK) {
        json_object_set_new(at, "weight", json_real(table_cell(draws, json_string_value(name), draw)));
    }
    json_object_del(at, "weights");
    json_object_foreach(at, key, value) {
        set_weights(value, draws, draw);
    }
    json_array_foreach(at, index, value) {
        set_weights(value, draws, draw);
    }
}

static custval_system *system_of_draw(const custval_system *system, const custval_table *draws, size_t draw) {
    static const char *const sides[] = {"benefit", "sacrifice"};
    static char text[1 << 17];
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *out = NULL;
    size_t length = 0;
    assert_ok(custval_system_write(system, text, sizeof text, &length, &error), &error);
    assert_true(length < sizeof text);
    json_t *document = json_loads(text, 0, NULL);
    assert_non_null(document);
    set_weights(document, draws, draw);
    for (size_t i = 0; i < 2; i++) { /* what the document need not mention */
        size_t index;
        if (custval_table_find(draws, sides[i], &index, NULL) != CUSTVAL_OK) continue;
        if (json_object_get(document, sides[i]) == NULL) json_object_set_new(document, sides[i], json_object());
        json_object_set_new(json_object_get(document, sides[i]), "weight",
                            json_real(table_cell(draws, sides[i], draw)));
    }
    assert_ok(json_system(NULL, document, &out, &error), &error);
    json_decref(document);
    return out;
}

static double rank_of(const custval_table *scores, size_t row) {
    double rank = 1.0;
    const double own = table_cell(scores, "value", row);
    for (size_t i = 0; i < ROWS; i++)
        rank += table_cell(scores, "value", i) > own + 1e-9 * (1.0 + fabs(own)) ? 1.0 : 0.0;
    return rank;
}

static void assert_near(double actual, double expected) {
    if (isnan(expected) || isnan(actual)) {
        assert_double_bits(actual, expected);
    } else {
        assert_double_near(actual, expected, 1e-9 * (1.0 + fabs(expected)));
    }
}

/* One draw at a time, so that the mean is the value. Own importances are left out: the document cannot take them away without
   changing what a row has to answer. */
static void a_draw_is_scored_as_a_system_with_its_weights(void **state) {
    (void)state;
    support_random random = random_seeded("draws as systems");
    const custval_score_options options = options_of(NULL);
    size_t with_value = 0;
    for (int i = 0; i < SYSTEMS; i++) {
        custval_system *system = random_system(&random, RANDOM_ALL & ~(uint32_t)RANDOM_IMPORTANCES);
        custval_table *table = random_table(&random, system, ROWS, i % 2);
        custval_table *draws = draws_of(system, CUSTVAL_NOISE_ANY, 1, 1.0);
        if (draws != NULL) {
            custval_error error = CUSTVAL_ERROR_INIT;
            custval_table *scores = NULL, *out = uncertainty_of(system, table, draws, 0.9, NULL);
            custval_system *drawn = system_of_draw(system, draws, 0);
            assert_ok(custval_score(drawn, table, &options, &scores, &error), &error);
            for (size_t row = 0; row < ROWS; row++) {
                const double value = table_cell(scores, "value", row);
                assert_near(table_cell(out, "mean", row), value);
                assert_near(table_cell(out, "low", row), value);
                assert_double_bits(table_cell(out, "undefined", row), isnan(value) ? 1.0 : 0.0);
                if (isnan(value)) continue;
                with_value++;
                /* Values that are equal but for rounding may rank either way. */
                const double rank = table_cell(out, "mean_rank", row), least = rank_of(scores, row);
                double most = 0.0;
                for (size_t k = 0; k < ROWS; k++) {
                    const double other = table_cell(scores, "value", k);
                    most += other >= value - 1e-9 * (1.0 + fabs(value)) ? 1.0 : 0.0;
                }
                assert_true(rank >= least && rank <= most);
            }
            custval_table_free(scores);
            custval_table_free(out);
            custval_system_free(drawn);
        }
        custval_table_free(draws);
        custval_table_free(table);
        custval_system_free(system);
    }
    assert_true(with_value > SYSTEMS * 5);
}

static void values_without_draws_are_those_of_scoring(void **state) {
    (void)state;
    support_random random = random_seeded("values");
    const custval_score_options options = options_of(NULL);
    for (int i = 0; i < SYSTEMS; i++) {
        custval_system *system = random_system(&random, RANDOM_ALL);
        custval_table *table = random_table(&random, system, ROWS, 0), *scores = NULL;
        custval_table *draws = draws_of(system, CUSTVAL_NOISE_DIRICHLET, 20, 50.0);
        if (draws != NULL) {
            custval_table *out = uncertainty_of(system, table, draws, 0.9, NULL);
            assert_ok(custval_score(system, table, &options, &scores, NULL), NULL);
            for (size_t row = 0; row < ROWS; row++) {
                assert_double_bits(table_cell(out, "value", row), table_cell(scores, "value", row));
            }
            custval_table_free(scores);
            custval_table_free(out);
        }
        custval_table_free(draws);
        custval_table_free(table);
        custval_system_free(system);
    }
}

/* ---- What changes nothing ------------------------------------------------------------------------------------------- */

static void threads_change_no_bit(void **state) {
    (void)state;
    support_random random = random_seeded("threads");
    for (uint32_t count = 2; count <= 5; count++) {
        custval_threads *threads = NULL;
        custval_host host = CUSTVAL_HOST_INIT;
        assert_ok(custval_threads_new(NULL, threads_up_to(count), &threads, NULL), NULL);
        host.runner = custval_threads_run;
        host.runner_data = threads;
        for (int i = 0; i < 8; i++) {
            custval_system *system = random_system(&random, i % 2 ? RANDOM_ALL : 0);
            custval_table *table = random_table(&random, system, 333, i % 4 < 2);
            custval_table *draws = draws_of(system, CUSTVAL_NOISE_ANY, 700, 1.0);
            if (draws != NULL) {
                custval_table *one = uncertainty_of(system, table, draws, 0.8, NULL);
                custval_table *many = uncertainty_of(system, table, draws, 0.8, &host);
                assert_same_tables(one, many, NULL);
                custval_table_free(one);
                custval_table_free(many);
            }
            custval_table_free(draws);
            custval_table_free(table);
            custval_system_free(system);
        }
        custval_threads_free(threads);
    }
}

/* A system of three indicators whose answers are scores, for tables made here. */
static custval_system *plain_system(void) {
    static const char document[] =
        "{\"custval\": \"system\", \"version\": 1, \"dimensions\": [{\"id\": \"d\", \"side\": \"benefit\", "
        "\"indicators\": [{\"id\": \"a\", \"items\": [{\"column\": \"A\", \"scale\": [0, 100]}]}, "
        "{\"id\": \"b\", \"weight\": 2, \"items\": [{\"column\": \"B\", \"scale\": [0, 100]}]}, "
        "{\"id\": \"c\", \"weight\": 3, \"items\": [{\"column\": \"C\", \"scale\": [0, 100]}]}]}]}";
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = NULL;
    assert_ok(custval_system_parse(NULL, document, strlen(document), &system, &error), &error);
    return system;
}

static custval_table *plain_table(const double *cells, size_t rows) {
    static const char *const names[] = {"A", "B", "C"};
    custval_table *table = NULL;
    assert_ok(custval_table_new_from_rows(NULL, names, 3, cells, rows, 3, &table, NULL), NULL);
    return table;
}

static void rows_in_another_order_have_the_same_results(void **state) {
    (void)state;
    enum { COUNT = 200 };
    static double cells[COUNT * 3], shuffled[COUNT * 3];
    static size_t row_of[COUNT]; /* where a row of the first table is in the second */
    support_random random = random_seeded("permutation");
    custval_system *system = plain_system();
    custval_table *draws = draws_of(system, CUSTVAL_NOISE_DIRICHLET, 500, 5.0);
    for (size_t i = 0; i < COUNT; i++) {
        const size_t at = random_below(&random, (uint32_t)i + 1);
        row_of[i] = i;
        for (size_t k = 0; k < i; k++) row_of[k] = row_of[k] == at ? i : row_of[k];
        row_of[i] = at;
        for (size_t c = 0; c < 3; c++) {
            cells[i * 3 + c] = random_below(&random, 50) == 0 ? (double)NAN : (double)random_below(&random, 11) * 10.0;
        }
    }
    for (size_t i = 0; i < COUNT * 3; i++) shuffled[row_of[i / 3] * 3 + i % 3] = cells[i];
    custval_table *first = plain_table(cells, COUNT), *second = plain_table(shuffled, COUNT);
    custval_table *a = uncertainty_of(system, first, draws, 0.9, NULL);
    custval_table *b = uncertainty_of(system, second, draws, 0.9, NULL);
    assert_same_tables(a, b, row_of);
    custval_table_free(a);
    custval_table_free(b);
    custval_table_free(first);
    custval_table_free(second);
    custval_table_free(draws);
    custval_system_free(system);
}

/* ---- What must follow -------------------------------------------------------------------------------------------------- */

static void more_concentration_narrows_the_intervals(void **state) {
    (void)state;
    enum { COUNT = 30 };
    static double cells[COUNT * 3];
    support_random random = random_seeded("concentration");
    custval_system *system = plain_system();
    for (size_t i = 0; i < COUNT * 3; i++) cells[i] = random_between(&random, 0.0, 100.0);
    custval_table *table = plain_table(cells, COUNT);
    static const double concentrations[] = {2.0, 20.0, 200.0, 2000.0};
    double widths[COUNT];
    for (size_t k = 0; k < SUPPORT_COUNT(concentrations); k++) {
        custval_table *draws = draws_of(system, CUSTVAL_NOISE_DIRICHLET, 2000, concentrations[k]);
        custval_table *out = uncertainty_of(system, table, draws, 0.9, NULL);
        for (size_t i = 0; i < COUNT; i++) {
            const double width = table_cell(out, "high", i) - table_cell(out, "low", i);
            assert_true(k == 0 || width < widths[i]);
            assert_true(table_cell(out, "low", i) <= table_cell(out, "mean", i));
            assert_true(table_cell(out, "high", i) >= table_cell(out, "mean", i));
            assert_true(table_cell(out, "rank_low", i) <= table_cell(out, "rank_high", i));
            widths[i] = width;
        }
        custval_table_free(out);
        custval_table_free(draws);
    }
    custval_table_free(table);
    custval_system_free(system);
}

static void the_dominated_are_never_first_and_shares_add_up(void **state) {
    (void)state;
    enum { COUNT = 12 };
    static double cells[COUNT * 3];
    support_random random = random_seeded("dominated");
    custval_system *system = plain_system();
    custval_table *draws = draws_of(system, CUSTVAL_NOISE_ANY, 3000, 1.0);
    for (size_t i = 0; i < COUNT * 3; i++) cells[i] = random_between(&random, 10.0, 100.0);
    for (size_t c = 0; c < 3; c++) cells[3 + c] = cells[c] - 1.0; /* row 1 is worse than row 0 in everything */
    custval_table *table = plain_table(cells, COUNT), *out = uncertainty_of(system, table, draws, 0.9, NULL);
    double first = 0.0, ranks = 0.0;
    for (size_t i = 0; i < COUNT; i++) {
        first += table_cell(out, "p_first", i);
        ranks += table_cell(out, "mean_rank", i);
    }
    assert_double_bits(table_cell(out, "p_first", 1), 0.0);
    assert_true(table_cell(out, "mean_rank", 1) >= table_cell(out, "mean_rank", 0) + 1.0);
    assert_double_near(first, 1.0, 1e-12);
    assert_double_near(ranks, COUNT * (COUNT + 1) / 2.0, 1e-9);
    custval_table_free(out);
    custval_table_free(table);
    custval_table_free(draws);
    custval_system_free(system);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_draw_is_scored_as_a_system_with_its_weights),
        cmocka_unit_test(values_without_draws_are_those_of_scoring),
        cmocka_unit_test(threads_change_no_bit),
        cmocka_unit_test(rows_in_another_order_have_the_same_results),
        cmocka_unit_test(more_concentration_narrows_the_intervals),
        cmocka_unit_test(the_dominated_are_never_first_and_shares_add_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
