/* Summaries of random tables: the same bits for any threads; near for any order and cutting; weights that follow
   columns and do not know units. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "summaries.h"

#define COLUMNS 6
#define ROWS 150000
#define PARTS (CUSTVAL_SUMMARY_PAIRS | CUSTVAL_SUMMARY_ENTROPY | CUSTVAL_SUMMARY_QUANTILES)

static const char *const names[COLUMNS] = {"a", "b", "c", "d", "e", "f"};
static double values[COLUMNS * ROWS], moved[COLUMNS * ROWS];

/* Columns of all kinds: survey answers, money, far from 0, two levels, hardly varying, some with holes. */
static void draw(support_random *random) {
    for (size_t i = 0; i < ROWS; i++) {
        const double common = random_unit(random);
        const double row[COLUMNS] = {
            1.0 + random_below(random, 10),           exp(10.0 * common),
            1e9 + 3.0 * common + random_unit(random), random_below(random, 50) == 0 ? 1.0 : 0.0,
            7.0 + 1e-9 * random_unit(random),         random_unit(random) * common};
        for (size_t c = 0; c < COLUMNS; c++) values[c * ROWS + i] = row[c];
        if (random_below(random, 30) == 0) values[random_below(random, COLUMNS) * ROWS + i] = NONE;
    }
}

static custval_summary *whole(const custval_host *host) {
    custval_criterion criteria[COLUMNS];
    for (size_t i = 0; i < COLUMNS; i++) criteria[i] = benefit(names[i], 0, 0);
    return empty_summary(host, criteria, COLUMNS, PARTS);
}

/* Feeds rows [from, to). */
static void feed_rows(custval_summary *summary, const double *numbers, size_t from, size_t to) {
    custval_table *table = NULL;
    assert_ok(custval_table_new(NULL, to - from, &table, NULL), NULL);
    for (size_t i = 0; i < COLUMNS; i++) {
        assert_ok(custval_table_add_doubles(table, names[i], numbers + i * ROWS + from, NULL), NULL);
    }
    feed(summary, table);
    custval_table_free(table);
}

static void threads_do_not_change_a_bit(void **state) {
    (void)state;
    support_random random = random_seeded("threads of summaries");
    draw(&random);
    custval_summary *expected = whole(NULL);
    feed_rows(expected, values, 0, ROWS);
    for (uint32_t count = 1; count <= 4; count++) {
        custval_threads *threads = NULL;
        custval_host host = CUSTVAL_HOST_INIT;
        assert_ok(custval_threads_new(NULL, threads_up_to(count), &threads, NULL), NULL);
        host.runner = custval_threads_run;
        host.runner_data = threads;
        custval_summary *summary = whole(&host);
        feed_rows(summary, values, 0, ROWS);
        assert_same_summary(summary, expected);
        custval_summary_free(summary);
        custval_threads_free(threads);
    }
    custval_summary_free(expected);
}

/* Counts, ranges and quantiles exactly, sums within 1e-13 of what the column's numbers are in size. */
static void assert_near(const custval_summary *a, const custval_summary *b) {
    static const char *const exact[] = {"count", "missing", "low", "high", "q05", "q25", "median", "q75", "q95"};
    custval_table *of_a = summary_table(a), *of_b = summary_table(b), *r_a = NULL, *r_b = NULL;
    for (size_t i = 0; i < COLUMNS; i++) {
        const double scale = fmax(fabs(table_cell(of_a, "low", i)), fabs(table_cell(of_a, "high", i)));
        const double divergence = table_cell(of_a, "divergence", i);
        for (size_t k = 0; k < SUPPORT_COUNT(exact); k++) {
            assert_double_bits(table_cell(of_a, exact[k], i), table_cell(of_b, exact[k], i));
        }
        assert_double_near(table_cell(of_a, "mean", i), table_cell(of_b, "mean", i), 1e-13 * scale);
        assert_double_near(table_cell(of_a, "deviation", i), table_cell(of_b, "deviation", i), 1e-13 * scale);
        assert_double_near(divergence, table_cell(of_b, "divergence", i), 1e-13 * divergence);
    }
    assert_ok(custval_summary_correlations(a, &r_a, NULL), NULL);
    assert_ok(custval_summary_correlations(b, &r_b, NULL), NULL);
    for (size_t i = 0; i < COLUMNS; i++) {
        for (size_t k = 0; k < COLUMNS; k++) {
            assert_double_near(table_cell(r_a, names[k], i), table_cell(r_b, names[k], i), 1e-13);
        }
    }
    custval_table_free(of_a);
    custval_table_free(of_b);
    custval_table_free(r_a);
    custval_table_free(r_b);
}

static void cutting_and_order_hardly_matter(void **state) {
    (void)state;
    support_random random = random_seeded("cutting of summaries");
    draw(&random);
    custval_summary *expected = whole(NULL);
    feed_rows(expected, values, 0, ROWS);
    for (int round = 0; round < 6; round++) {
        enum { PIECES = 8 };
        size_t cuts[PIECES + 1] = {0};
        custval_summary *pieces[PIECES], *all = whole(NULL);
        for (size_t i = 1; i < PIECES; i++) cuts[i] = cuts[i - 1] + random_below(&random, ROWS / PIECES);
        cuts[PIECES] = ROWS;
        for (size_t i = 0; i < PIECES; i++) {
            pieces[i] = whole(NULL);
            feed_rows(pieces[i], values, cuts[i], cuts[i + 1]);
        }
        const size_t first = random_below(&random, PIECES), step = round % 2 ? 3 : 5;
        for (size_t i = 0; i < PIECES; i++) {
            assert_ok(custval_summary_merge(all, pieces[(first + i * step) % PIECES], NULL), NULL);
        }
        assert_near(all, expected);
        for (size_t i = 0; i < PIECES; i++) custval_summary_free(pieces[i]);
        custval_summary_free(all);
    }
    custval_summary_free(expected);
}

/* A tree of merges instead of a chain: the same tree gives the same bits. */
static void the_same_tree_gives_the_same_bits(void **state) {
    (void)state;
    enum { LEAVES = 4 };
    support_random random = random_seeded("trees of summaries");
    custval_summary *roots[2];
    draw(&random);
    for (size_t turn = 0; turn < 2; turn++) {
        custval_summary *leaves[LEAVES];
        for (size_t i = 0; i < LEAVES; i++) {
            leaves[i] = whole(NULL);
            feed_rows(leaves[i], values, i * ROWS / LEAVES, (i + 1) * ROWS / LEAVES);
        }
        assert_ok(custval_summary_merge(leaves[0], leaves[1], NULL), NULL);
        assert_ok(custval_summary_merge(leaves[2], leaves[3], NULL), NULL);
        assert_ok(custval_summary_merge(leaves[0], leaves[2], NULL), NULL);
        roots[turn] = leaves[0];
        for (size_t i = 1; i < LEAVES; i++) custval_summary_free(leaves[i]);
    }
    assert_same_summary(roots[0], roots[1]);
    custval_summary_free(roots[0]);
    custval_summary_free(roots[1]);
}

static custval_weights *weigh(const custval_summary *summary, uint32_t method) {
    custval_data_options options = CUSTVAL_DATA_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *weights = NULL;
    options.method = method;
    assert_ok(custval_weights_data(summary, &options, &weights, &error), &error);
    return weights;
}

/* Column i of the other summary is column order[i] of this one. */
static void assert_same_weights(const custval_summary *a, const custval_summary *b, const size_t *order) {
    for (uint32_t method = CUSTVAL_DATA_ENTROPY; method <= CUSTVAL_DATA_VARIATION; method++) {
        custval_weights *of_a = weigh(a, method), *of_b = weigh(b, method);
        for (size_t i = 0; i < COLUMNS; i++) {
            assert_double_near(custval_weights_share(of_b, i), custval_weights_share(of_a, order[i]), 1e-13);
        }
        custval_weights_free(of_a);
        custval_weights_free(of_b);
    }
}

static void weights_follow_their_columns(void **state) {
    (void)state;
    static const size_t order[COLUMNS] = {3, 0, 5, 1, 4, 2};
    support_random random = random_seeded("columns of summaries");
    draw(&random);
    for (size_t i = 0; i < COLUMNS; i++) {
        memcpy(moved + i * ROWS, values + order[i] * ROWS, ROWS * sizeof *moved);
    }
    custval_summary *a = whole(NULL), *b = whole(NULL);
    feed_rows(a, values, 0, 20000);
    feed_rows(b, moved, 0, 20000);
    assert_same_weights(a, b, order);
    custval_summary_free(a);
    custval_summary_free(b);
}

/* A unit is a factor; CRITIC and deviation do not know an offset either, but then others do. */
static void weights_do_not_know_units(void **state) {
    (void)state;
    static const double units[COLUMNS] = {1e-3, 1e150, 3.0, 1e-200, 0.5, 7e5};
    static const size_t order[COLUMNS] = {0, 1, 2, 3, 4, 5};
    support_random random = random_seeded("units of summaries");
    draw(&random);
    for (size_t c = 0; c < COLUMNS; c++) {
        /* What hardly varies, a rounded product changes: powers of two leave it. */
        const double unit = c == 2 || c == 4 ? 4.0 * units[4] : units[c];
        for (size_t i = 0; i < ROWS; i++) moved[c * ROWS + i] = values[c * ROWS + i] * unit;
    }
    custval_summary *a = whole(NULL), *b = whole(NULL);
    feed_rows(a, values, 0, 20000);
    feed_rows(b, moved, 0, 20000);
    assert_same_weights(a, b, order);
    custval_summary_free(a);
    custval_summary_free(b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_do_not_change_a_bit),       cmocka_unit_test(cutting_and_order_hardly_matter),
        cmocka_unit_test(the_same_tree_gives_the_same_bits), cmocka_unit_test(weights_follow_their_columns),
        cmocka_unit_test(weights_do_not_know_units),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
