/* Drivers: what changes nothing, and whether intervals hold the truth as often as they say. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/custval.h>

#include "json_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ROWS 150
#define DRIVERS 4
#define COLUMNS (DRIVERS + 1)

static const char *const names[COLUMNS] = {"a", "b", "c", "d", "y"};
static const uint32_t all_methods[] = {CUSTVAL_DRIVERS_CORRELATION, CUSTVAL_DRIVERS_REGRESSION,
                                       CUSTVAL_DRIVERS_RELATIVE, CUSTVAL_DRIVERS_SHAPLEY};
static const char *const results[] = {"weight", "importance", "correlation", "beta",      "vif",       "sign",
                                      "low",    "high",       "beta_low",    "beta_high", "p_negative"};

/* ---- Making ------------------------------------------------------------------------------------------------------ */

/* What is asked; the cells of a row lie side by side. */
typedef struct question {
    const char *columns[COLUMNS];
    uint32_t sides[COLUMNS];
    double cells[ROWS * COLUMNS];
    uint32_t method, threads;
    size_t split; /* rows that are summarised apart and merged; 0: none */
} question;

static double normal(support_random *random) {
    const double u = 1.0 - random_unit(random), v = random_unit(random);
    return sqrt(-2.0 * log(u)) * cos(6.283185307179586 * v);
}

/* Answers with something in common; some rows lack a cell. */
static question random_question(support_random *random, uint32_t method) {
    question out = {.method = method, .threads = 1};
    memcpy(out.columns, names, sizeof names);
    for (size_t i = 0; i < ROWS; i++) {
        double *row = out.cells + i * COLUMNS;
        const double mood = normal(random);
        row[DRIVERS] = normal(random);
        for (size_t k = 0; k < DRIVERS; k++) {
            row[k] = 0.7 * mood + normal(random);
            row[DRIVERS] += (0.9 - 0.4 * (double)k) * row[k];
        }
        if (random_below(random, 12) == 0) row[random_below(random, COLUMNS)] = (double)NAN;
    }
    return out;
}

static custval_table *table_of(const question *of, size_t begin, size_t end) {
    custval_table *table = NULL;
    assert_ok(custval_table_new_from_rows(NULL, of->columns, COLUMNS, of->cells + begin * COLUMNS, end - begin, COLUMNS,
                                          &table, NULL),
              NULL);
    return table;
}

static custval_summary *summary_of(const question *of, const custval_host *host, size_t begin, size_t end) {
    custval_criterion criteria[COLUMNS];
    custval_summary *summary = NULL;
    custval_table *table = table_of(of, begin, end);
    for (size_t i = 0; i < COLUMNS; i++) {
        criteria[i] = (custval_criterion)CUSTVAL_CRITERION_INIT;
        criteria[i].column = of->columns[i];
        criteria[i].side = of->sides[i];
    }
    assert_ok(custval_summary_new(host, criteria, COLUMNS, CUSTVAL_SUMMARY_PAIRS, &summary, NULL), NULL);
    assert_ok(custval_summary_add(summary, table, NULL), NULL);
    custval_table_free(table);
    return summary;
}

static custval_weights *answer(const question *of) {
    custval_drivers_options options = CUSTVAL_DRIVERS_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_threads *threads = NULL;
    custval_host host = CUSTVAL_HOST_INIT;
    custval_weights *weights = NULL;
    assert_ok(custval_threads_new(NULL, threads_up_to(of->threads), &threads, NULL), NULL);
    host.runner = custval_threads_run;
    host.runner_data = threads;
    custval_summary *summary = summary_of(of, &host, of->split, ROWS);
    if (of->split > 0) {
        custval_summary *first = summary_of(of, NULL, 0, of->split);
        assert_ok(custval_summary_merge(summary, first, NULL), NULL);
        custval_summary_free(first);
    }
    custval_table *table = table_of(of, 0, ROWS);
    options.method = of->method;
    options.rows = table;
    options.resamples = 100;
    assert_ok(custval_weights_drivers(summary, "y", &options, &weights, &error), &error);
    custval_summary_free(summary);
    custval_table_free(table);
    custval_threads_free(threads);
    return weights;
}

/* Drivers are found by name. */
static void assert_same(const question *a, const question *b, double tolerance) {
    custval_weights *first = answer(a), *second = answer(b);
    const custval_table *x = custval_weights_table(first), *y = custval_weights_table(second);
    for (size_t i = 0; i < custval_weights_count(first); i++) {
        const size_t row = table_row(y, "name", custval_weights_name(first, i));
        for (size_t k = 0; k < SUPPORT_COUNT(results); k++) {
            assert_double_near(table_cell(x, results[k], i), table_cell(y, results[k], row), tolerance);
        }
    }
    custval_weights_free(first);
    custval_weights_free(second);
}

/* ---- What changes nothing ---------------------------------------------------------------------------------------- */

static void threads_do_not_change_a_bit(void **state) {
    (void)state;
    support_random random = random_seeded("threads");
    for (size_t m = 0; m < SUPPORT_COUNT(all_methods); m++) {
        const question one = random_question(&random, all_methods[m]);
        question many = one;
        for (many.threads = 2; many.threads < 9; many.threads += 3) assert_same(&one, &many, 0.0);
    }
}

static void units_of_the_columns_do_not_matter(void **state) {
    (void)state;
    support_random random = random_seeded("units");
    for (size_t m = 0; m < SUPPORT_COUNT(all_methods); m++) {
        const question plain = random_question(&random, all_methods[m]);
        question scaled = plain;
        for (size_t k = 0; k < COLUMNS; k++) {
            const double factor = ldexp(1.0 + random_unit(&random), (int)random_below(&random, 100) - 50);
            const double shift = random_between(&random, -10.0, 10.0) * factor;
            for (size_t i = 0; i < ROWS; i++)
                scaled.cells[i * COLUMNS + k] = shift + factor * plain.cells[i * COLUMNS + k];
        }
        assert_same(&plain, &scaled, 1e-11);
    }
}

static void a_reflected_column_that_is_declared_a_sacrifice_is_the_same(void **state) {
    (void)state;
    support_random random = random_seeded("sides");
    for (size_t m = 0; m < SUPPORT_COUNT(all_methods); m++) {
        const question plain = random_question(&random, all_methods[m]);
        for (uint32_t which = 0; which < 1U << COLUMNS; which += 1 + random_below(&random, 4)) {
            question turned = plain;
            for (size_t k = 0; k < COLUMNS; k++) {
                if (!(which & 1U << k)) continue;
                turned.sides[k] = CUSTVAL_SIDE_SACRIFICE;
                for (size_t i = 0; i < ROWS; i++) turned.cells[i * COLUMNS + k] = 11.0 - plain.cells[i * COLUMNS + k];
            }
            assert_same(&plain, &turned, 1e-11);
        }
    }
}

static void the_order_of_the_columns_does_not_matter(void **state) {
    (void)state;
    support_random random = random_seeded("order");
    for (size_t m = 0; m < SUPPORT_COUNT(all_methods); m++) {
        const question plain = random_question(&random, all_methods[m]);
        for (size_t first = 1; first < COLUMNS; first++) {
            question turned = plain;
            for (size_t k = 0; k < COLUMNS; k++) {
                const size_t from = (k + first) % COLUMNS;
                turned.columns[k] = names[from];
                for (size_t i = 0; i < ROWS; i++) turned.cells[i * COLUMNS + k] = plain.cells[i * COLUMNS + from];
            }
            assert_same(&plain, &turned, 1e-11);
        }
    }
}

static void pieces_that_are_merged_are_as_good_as_the_whole(void **state) {
    (void)state;
    support_random random = random_seeded("pieces");
    for (size_t m = 0; m < SUPPORT_COUNT(all_methods); m++) {
        const question whole = random_question(&random, all_methods[m]);
        question parts = whole;
        parts.split = 1 + random_below(&random, ROWS - 1);
        assert_same(&whole, &parts, 1e-11);
    }
}

/* ---- Coverage ---------------------------------------------------------------------------------------------------- */

#define RUNS 200

/* y = 0.6 a + 0.3 b + e with variances 1 and correlation 0.4 of a and b: r is 0.72 and 0.54, R2 0.594, of which a has
   0.5 (0.5184 + 0.594 - 0.2916) by both ways of sharing. */
static void fill_known(support_random *random, double *cells) {
    const double noise = sqrt(1.0 - 0.594);
    for (size_t i = 0; i < ROWS; i++) {
        double *row = cells + i * 3;
        row[0] = normal(random);
        row[1] = 0.4 * row[0] + sqrt(1.0 - 0.16) * normal(random);
        row[2] = 0.6 * row[0] + 0.3 * row[1] + noise * normal(random);
    }
}

/* Adds 1 for each driver and interval that holds the truth: of importance, then of beta. */
static void count_hits(support_random *random, uint32_t method, const double truth[2], size_t hits[4]) {
    static const double beta[] = {0.6, 0.3};
    static const char *const columns[] = {"a", "b", "y"};
    double cells[ROWS * 3];
    custval_criterion criteria[3];
    custval_drivers_options options = CUSTVAL_DRIVERS_OPTIONS_INIT;
    custval_table *table = NULL;
    custval_summary *summary = NULL;
    custval_weights *weights = NULL;
    fill_known(random, cells);
    for (size_t i = 0; i < 3; i++) {
        criteria[i] = (custval_criterion)CUSTVAL_CRITERION_INIT;
        criteria[i].column = columns[i];
    }
    assert_ok(custval_table_new_from_rows(NULL, columns, 3, cells, ROWS, 3, &table, NULL), NULL);
    assert_ok(custval_summary_new(NULL, criteria, 3, CUSTVAL_SUMMARY_PAIRS, &summary, NULL), NULL);
    assert_ok(custval_summary_add(summary, table, NULL), NULL);
    options.rows = table;
    options.method = method;
    options.resamples = 199;
    options.seed = random_bits(random);
    assert_ok(custval_weights_drivers(summary, "y", &options, &weights, NULL), NULL);
    const custval_table *out = custval_weights_table(weights);
    for (size_t i = 0; i < 2; i++) {
        hits[i] += table_cell(out, "low", i) <= truth[i] && table_cell(out, "high", i) >= truth[i];
        hits[2 + i] += table_cell(out, "beta_low", i) <= beta[i] && table_cell(out, "beta_high", i) >= beta[i];
    }
    custval_weights_free(weights);
    custval_summary_free(summary);
    custval_table_free(table);
}

/* Of 200 runs 190 are expected; 4 standard deviations of chance, and 2 % for the percentile method on 150 rows. */
static void intervals_hold_the_truth_as_often_as_they_say(void **state) {
    (void)state;
    support_random random = random_seeded("coverage");
    static const double truths[][2] = {{0.72, 0.54}, {0.6, 0.3}, {0.4104, 0.1836}, {0.4104, 0.1836}};
    for (size_t m = 0; m < SUPPORT_COUNT(all_methods); m++) {
        size_t hits[4] = {0, 0, 0, 0};
        for (size_t run = 0; run < RUNS; run++) count_hits(&random, all_methods[m], truths[m], hits);
        print_message("# method %u: %zu, %zu; beta: %zu, %zu of %d\n", (unsigned)all_methods[m], hits[0], hits[1],
                      hits[2], hits[3], RUNS);
        for (size_t k = 0; k < 4; k++) assert_true(hits[k] >= 174 && hits[k] < RUNS);
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_do_not_change_a_bit),
        cmocka_unit_test(units_of_the_columns_do_not_matter),
        cmocka_unit_test(a_reflected_column_that_is_declared_a_sacrifice_is_the_same),
        cmocka_unit_test(the_order_of_the_columns_does_not_matter),
        cmocka_unit_test(pieces_that_are_merged_are_as_good_as_the_whole),
        cmocka_unit_test(intervals_hold_the_truth_as_often_as_they_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
