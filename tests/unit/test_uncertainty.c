/* custval_uncertainty, against numbers worked out by NumPy from the same draws, and against scoring draw by draw. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "explain_support.h"
#include "uncertainty/over_draws.h"

static custval_table *uncertainty_of(const custval_system *system, const custval_table *table,
                                     const custval_table *draws, const custval_uncertainty_options *options) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    assert_ok(custval_uncertainty(system, table, draws, options, &out, &error), &error);
    return out;
}

static void assert_fails(const custval_system *system, const custval_table *table, const custval_table *draws,
                         const custval_uncertainty_options *options, custval_status status, const char *message) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = (custval_table *)&error;
    assert_status(custval_uncertainty(system, table, draws, options, &out, &error), status, &error);
    assert_null(out);
    assert_message(&error, message);
}

static void assert_column(const custval_table *table, const char *name, const double *expected, double tolerance) {
    for (size_t i = 0; i < custval_table_rows(table); i++) {
        assert_double_near(cell(table, name, i), expected[i], tolerance);
    }
}

/* ---- Against NumPy -------------------------------------------------------------------------------------------------- */

#define FLOOR ", 'missing': {'coverage_floor': 0.5}}"
#define DRAWN "product service reliability function"

static const double rows[6][5] = {{80, 40, 60, 30, 50},   {80, 40, 60, 30, 50},   {100, 60, 10, 5, 40},
                                  {90, NONE, 70, 20, 30}, {70, 50, NONE, 10, 10}, {NONE, NONE, NONE, NONE, NONE}};
static const double drawn[6][4] = {{3, 1, 1, 1}, {1, 1, 3, 1}, {0.2, 0.8, 0.4, 0.6},
                                   {2, 3, 9, 1}, {1, 0, 1, 3}, {6, 4, 3, 1}};

/* Nested re-weighting and the floor written down in Python; quantiles: method="inverted_cdf". Rows 3 and 4 are incomplete:
   their weights fall below the floor in some draws. */
static void statistics_are_those_of_numpy(void **state) {
    (void)state;
    static const double value[] = {
        29.333333333333336, 29.333333333333336, 41.33333333333333, 58.66666666666667, 55, NONE};
    static const double rank[] = {4, 4, 3, 1, 2, NONE};
    static const double mean[] = {
        24.43333333333334, 24.43333333333334, 34.68333333333333, 55.66666666666667, 51.25, NONE};
    static const double deviation[] = {6.250439984513092, 6.250439984513092,  16.485842410990102,
                                       5.656854249492381, 4.7871355387816905, NONE};
    static const double low[] = {22.53333333333334, 22.53333333333334, 27.73333333333333, 46.66666666666667, 45, NONE};
    static const double high[] = {
        29.333333333333336, 29.333333333333336, 45.83333333333333, 58.66666666666667, 55, NONE};
    static const double mean_rank[] = {19.0 / 6, 19.0 / 6, 3, 1, 2, NONE};
    static const double rank_low[] = {2, 2, 3, 1, 2, NONE}, rank_high[] = {4, 4, 4, 1, 2, NONE};
    static const double p_first[] = {0, 0, 1.0 / 6, 1, 0, NONE}, undefined[] = {0, 0, 0, 1, 2, 6};
    static const double rank_2[] = {2.0 / 6, 2.0 / 6, 0, 0, 1, NONE}, rank_7[] = {0, 0, 0, 0, 0, NONE};
    custval_system *system = system_of(SHOP FLOOR);
    custval_table *table = table_of(SHOP_COLUMNS, rows[0], 6), *draws = table_of(DRAWN, drawn[0], 6);
    custval_uncertainty_options options = CUSTVAL_UNCERTAINTY_OPTIONS_INIT;
    options.level = 0.6;
    options.ranks = 7; /* more than there are rows */
    custval_table *out = uncertainty_of(system, table, draws, &options);
    assert_int_equal(custval_table_columns(out), 18);
    assert_column(out, "value", value, 1e-12);
    assert_column(out, "rank", rank, 0.0);
    assert_column(out, "mean", mean, 1e-12);
    assert_column(out, "deviation", deviation, 1e-12);
    assert_column(out, "low", low, 1e-12);
    assert_column(out, "high", high, 1e-12);
    assert_column(out, "mean_rank", mean_rank, 1e-15);
    assert_column(out, "rank_low", rank_low, 0.0);
    assert_column(out, "rank_high", rank_high, 0.0);
    assert_column(out, "p_first", p_first, 1e-15);
    assert_column(out, "undefined", undefined, 0.0);
    assert_column(out, "rank_1", p_first, 1e-15);
    assert_column(out, "rank_2", rank_2, 1e-15);
    assert_column(out, "rank_7", rank_7, 0.0);
    custval_table_free(out);
    custval_table_free(draws);
    custval_table_free(table);
    custval_system_free(system);
}

static void equal_firsts_share_the_first_place(void **state) {
    (void)state;
    static const double offers[4][5] = {
        {80, 40, 60, 30, 50}, {10, 10, 10, 90, 90}, {80, 40, 60, 30, 50}, {80, 40, 60, 30, 50}};
    static const double third[] = {1.0 / 3, 0, 1.0 / 3, 1.0 / 3}, one[] = {1, 0, 1, 1}, last[] = {1, 4, 1, 1};
    custval_system *system = system_of(SHOP "}");
    custval_table *table = table_of(SHOP_COLUMNS, offers[0], 4), *draws = table_of(DRAWN, drawn[0], 6);
    custval_uncertainty_options options = CUSTVAL_UNCERTAINTY_OPTIONS_INIT;
    options.ranks = 1;
    custval_table *out = uncertainty_of(system, table, draws, &options);
    assert_column(out, "p_first", third, 1e-15);
    assert_column(out, "rank_1", one, 0.0);
    assert_column(out, "mean_rank", last, 0.0);
    assert_column(out, "rank_high", last, 0.0);
    custval_table_free(out);
    custval_table_free(draws);
    custval_table_free(table);
    custval_system_free(system);
}

static void one_row_and_one_draw_are_enough(void **state) {
    (void)state;
    custval_system *system = system_of(SHOP "}");
    custval_table *table = table_of(SHOP_COLUMNS, rows[0], 1), *draws = table_of(DRAWN, drawn[5], 1);
    custval_table *none = table_of(SHOP_COLUMNS, rows[0], 0), *out = uncertainty_of(system, table, draws, NULL);
    const double value = cell(out, "value", 0);
    assert_double_near(value, 88.0 / 3, 1e-12);
    assert_double_near(cell(out, "mean", 0), value, 1e-12);
    assert_double_bits(cell(out, "low", 0), cell(out, "mean", 0));
    assert_double_bits(cell(out, "high", 0), cell(out, "mean", 0));
    assert_double_bits(cell(out, "deviation", 0), NONE); /* of one number */
    assert_double_bits(cell(out, "p_first", 0), 1.0);
    assert_double_bits(cell(out, "mean_rank", 0), 1.0);
    custval_table_free(out);
    out = uncertainty_of(system, none, draws, NULL);
    assert_int_equal(custval_table_rows(out), 0);
    custval_table_free(out);
    custval_table_free(none);
    custval_table_free(draws);
    custval_table_free(table);
    custval_system_free(system);
}

static void equal_draws_have_no_spread(void **state) {
    (void)state;
    enum { DRAWS = 1000 };
    static double same[DRAWS][4];
    custval_system *system = system_of(SHOP "}");
    for (int i = 0; i < DRAWS; i++) memcpy(same[i], drawn[2], sizeof same[i]);
    custval_table *table = table_of(SHOP_COLUMNS, rows[0], 3), *draws = table_of(DRAWN, same[0], DRAWS);
    custval_table *out = uncertainty_of(system, table, draws, NULL);
    for (size_t i = 0; i < 3; i++) {
        assert_double_bits(cell(out, "deviation", i), 0.0);
        assert_double_bits(cell(out, "low", i), cell(out, "high", i));
        assert_double_bits(cell(out, "mean", i), cell(out, "low", i));
        assert_double_bits(cell(out, "rank_low", i), cell(out, "rank_high", i));
    }
    custval_table_free(out);
    custval_table_free(draws);
    custval_table_free(table);
    custval_system_free(system);
}

/* A judgement about the value does not give one to a row whose answers cannot be read; custval_score() says the same. */
static void refused_answers_have_no_value_whatever_is_judged(void **state) {
    (void)state;
    static const double offers[3][5] = {{80, 40, 60, 30, 50}, {80, 40, 60, 30, 500}, {NONE, NONE, NONE, 30, 50}};
    static const char *const keys[] = {"a", "b", "c"};
    custval_system *system =
        system_of(SHOP ", 'override_column': 'key', 'overrides': [{'node': 'value', 'key': 'b', 'score': 5, 'author': "
                       "'m', 'reason': 'r', 'expires': '2030-01-01'}, {'node': 'value', 'key': 'c', 'score': 7, "
                       "'author': 'm', 'reason': 'r', 'expires': '2030-01-01'}]}");
    custval_table *table = table_of(SHOP_COLUMNS, offers[0], 3), *draws = table_of(DRAWN, drawn[0], 6);
    custval_score_options score = CUSTVAL_SCORE_OPTIONS_INIT;
    custval_uncertainty_options options = CUSTVAL_UNCERTAINTY_OPTIONS_INIT;
    add_texts(table, "key", keys);
    score.as_of = "2026-01-01";
    options.score = &score;
    custval_table *out = uncertainty_of(system, table, draws, &options);
    assert_double_bits(cell(out, "value", 1), NONE);
    assert_double_bits(cell(out, "undefined", 1), 6.0);
    assert_double_bits(cell(out, "mean", 1), NONE);
    assert_double_bits(cell(out, "value", 2), 7.0); /* judged where answers are missing */
    assert_double_bits(cell(out, "mean", 2), 7.0);
    assert_double_bits(cell(out, "deviation", 2), 0.0);
    custval_table_free(out);
    custval_table_free(draws);
    custval_table_free(table);
    custval_system_free(system);
}

/* ---- Two ways to a value ---------------------------------------------------------------------------------------------- */

typedef struct evaluation {
    custval_host host;
    custval__arena arena;
    custval__drawn drawn;
    custval__weighing weighing;
    custval__values values;
} evaluation;

static void open_evaluation(evaluation *in, const custval_system *system, const custval_table *table,
                            const custval_table *draws) {
    assert_ok(custval__host_read(&in->host, NULL, NULL), NULL);
    custval__arena_init(&in->arena, &in->host);
    assert_ok(custval__drawn_read(&in->arena, system, draws, &in->drawn, &in->weighing, NULL), NULL);
    assert_ok(custval__values_open(&in->values, &in->drawn, table, NULL, NULL), NULL);
}

static void close_evaluation(evaluation *in) {
    custval__values_close(&in->values);
    custval__arena_free(&in->arena);
}

/* Rows that are sums, evaluated as sums and by the engine. */
static void assert_ways_agree(const char *document, int some_drawn) {
    enum { DRAWS = 1500, ROWS = 20 };
    static double answers[ROWS * 5], few[DRAWS * 2], sums[DRAWS], engine[DRAWS];
    support_random random = random_seeded("two ways");
    for (int i = 0; i < ROWS * 5; i++) answers[i] = random_between(&random, 0.0, 100.0);
    custval_system *system = system_of(document);
    custval_table *table = table_of(SHOP_COLUMNS, answers, ROWS), *draws = NULL;
    custval_noise_options noise = CUSTVAL_NOISE_OPTIONS_INIT;
    noise.noise = CUSTVAL_NOISE_ANY;
    noise.draws = DRAWS;
    if (some_drawn) {
        for (int i = 0; i < DRAWS * 2; i++) few[i] = random_unit(&random);
        draws = table_of("product service", few, DRAWS);
    } else {
        assert_ok(custval_draw_system(system, &noise, &draws, NULL), NULL);
    }
    evaluation in;
    open_evaluation(&in, system, table, draws);
    for (size_t row = 0; row < ROWS; row++) {
        custval__values_read(&in.values, row);
        assert_true(in.values.is_sum);
        custval__values_run(&in.values, &in.weighing, 0, DRAWS, sums);
        in.values.is_sum = 0;
        custval__variants_fill(&in.values.study, &in.values.variants, &in.values.state, NULL, CUSTVAL__BLOCK);
        custval__values_run(&in.values, &in.weighing, 0, DRAWS, engine);
        for (size_t i = 0; i < DRAWS; i++) assert_double_near(sums[i], engine[i], 1e-12);
        custval__values_run(&in.values, &in.weighing, 3, 700, sums); /* not from the start */
        for (size_t i = 0; i < 700; i++) assert_double_bits(sums[i], engine[i + 3]);
    }
    close_evaluation(&in);
    custval_table_free(draws);
    custval_table_free(table);
    custval_system_free(system);
}

static void sums_and_the_engine_agree(void **state) {
    (void)state;
    for (int some = 0; some < 2; some++) {
        assert_ways_agree(SHOP "}", some);
        assert_ways_agree("'form': 'index', 'benefit': {'weight': 3}, " SHOP "}", some);
        assert_ways_agree(SHOP ", 'profiles': [{'id': 'p', 'weights': {'cost': 9}}]}", some);
    }
}

static int is_sum(const char *document, const double *answers, const char *names, const double *weights) {
    custval_system *system = system_of(document);
    custval_table *table = table_of(SHOP_COLUMNS, answers, 1), *draws = table_of(names, weights, 1);
    evaluation in;
    open_evaluation(&in, system, table, draws);
    custval__values_read(&in.values, 0);
    const int result = in.values.is_sum;
    close_evaluation(&in);
    custval_table_free(draws);
    custval_table_free(table);
    custval_system_free(system);
    return result;
}

static void only_complete_rows_of_means_are_sums(void **state) {
    (void)state;
    static const char geometric[] = "'dimensions': [{'id': 'product', 'side': 'benefit', 'aggregator': 'geometric', "
                                    "'indicators': [{'id': 'reliability', $REL}, {'id': 'function', $FUN}]},"
                                    "{'id': 'service', 'side': 'benefit', 'indicators': [{'id': 's', $SVC}]},"
                                    "{'id': 'cost', 'side': 'sacrifice', 'indicators': [{'id': 'p', $PRICE}, "
                                    "{'id': 't', $TIME}]}]}";
    static const double below[] = {1, 2}, above[] = {1, 3};
    assert_true(is_sum(SHOP "}", rows[0], "product service", above));
    assert_false(is_sum(SHOP "}", rows[3], "reliability function", below)); /* a hole */
    assert_false(
        is_sum(SHOP ", 'gates': [{'node': 'product', 'below': 40, 'cap': 5}]}", rows[0], "product service", above));
    assert_false(is_sum("'form': 'ratio', " SHOP "}", rows[0], "product service", above));
    assert_false(is_sum("'form': 'index', 'aggregator': 'geometric', " SHOP "}", rows[0], "product service", above));
    assert_false(is_sum(geometric, rows[0], "reliability function", below)); /* drawn below no mean */
    assert_true(is_sum(geometric, rows[0], "product service", above));       /* drawn above it */
    assert_true(is_sum(geometric, rows[0], "p t", above));
}

/* ---- Large tables ------------------------------------------------------------------------------------------------------ */

typedef struct outcome {
    double numbers[9][64], *acceptability[2], shares[2][64];
    uint32_t undefined[64];
} outcome;

static void run_over_draws(evaluation *in, const custval_table *table, size_t most_ranks, size_t most_values,
                           outcome *out) {
    double(*numbers)[64] = out->numbers;
    out->acceptability[0] = out->shares[0];
    out->acceptability[1] = out->shares[1];
    custval__over_draws over = {.drawn = &in->drawn,
                                .weighing = &in->weighing,
                                .table = table,
                                .host = &in->host,
                                .rows = (uint32_t)custval_table_rows(table),
                                .draws = in->weighing.count,
                                .share_low = 0.1,
                                .share_high = 0.9,
                                .results = {numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], out->undefined,
                                            numbers[5], numbers[6], numbers[7], numbers[8], out->acceptability, 2},
                                .most_ranks = most_ranks,
                                .most_values = most_values};
    assert_ok(custval__over_draws_run(&over, NULL), NULL);
}

/* However few ranks and values are in memory at once: one block of draws, and none kept. */
static void memory_changes_nothing(void **state) {
    (void)state;
    enum { ROWS = 41, DRAWS = 333 };
    static const char *const documents[] = {SHOP "}", SHOP FLOOR,
                                            SHOP ", 'gates': [{'node': 'product', 'below': 50, 'cap': 5}]}"};
    static const size_t memory[][2] = {{1, 0}, {0, 1}, {1, 1}, {ROWS * 64, ROWS * 64}, {ROWS * 200, 1}};
    static outcome usual, other;
    double answers[ROWS * 5];
    support_random random = random_seeded("memory");
    for (int i = 0; i < ROWS * 5; i++) {
        answers[i] = random_below(&random, 12) == 0 ? NONE : (double)random_below(&random, 21) * 5.0;
    }
    for (int i = 0; i < 5; i++) answers[i] = answers[25 + i] = i < 3 ? 100.0 : 0.0; /* two equal firsts */
    for (size_t d = 0; d < SUPPORT_COUNT(documents); d++) {
        custval_system *system = system_of(documents[d]);
        custval_table *table = table_of(SHOP_COLUMNS, answers, ROWS), *draws = NULL;
        custval_noise_options noise = CUSTVAL_NOISE_OPTIONS_INIT;
        evaluation in;
        noise.draws = DRAWS;
        noise.noise = CUSTVAL_NOISE_ANY;
        assert_ok(custval_draw_system(system, &noise, &draws, NULL), NULL);
        open_evaluation(&in, system, table, draws);
        run_over_draws(&in, table, 0, 0, &usual);
        assert_double_near(usual.numbers[8][0], 0.5, 1e-12);
        assert_double_bits(usual.shares[0][0], 1.0);
        for (size_t m = 0; m < SUPPORT_COUNT(memory); m++) {
            run_over_draws(&in, table, memory[m][0], memory[m][1], &other);
            for (size_t row = 0; row < ROWS; row++) {
                assert_int_equal(usual.undefined[row], other.undefined[row]);
                for (size_t c = 0; c < 8; c++) assert_double_bits(usual.numbers[c][row], other.numbers[c][row]);
                /* Shares of first ranks are added up tile by tile. */
                assert_double_near(usual.numbers[8][row], other.numbers[8][row], 1e-13);
                assert_double_bits(usual.shares[0][row], other.shares[0][row]);
                assert_double_bits(usual.shares[1][row], other.shares[1][row]);
            }
        }
        close_evaluation(&in);
        custval_table_free(draws);
        custval_table_free(table);
        custval_system_free(system);
    }
}

static void too_many_rows_for_so_many_draws_are_refused(void **state) {
    (void)state;
    enum { ROWS = 20000, DRAWS = 1000 };
    double *answers = calloc(ROWS * 5, sizeof *answers);
    custval_system *system = system_of(SHOP "}");
    custval_noise_options noise = CUSTVAL_NOISE_OPTIONS_INIT;
    custval_table *table = table_of(SHOP_COLUMNS, answers, ROWS), *draws = NULL;
    noise.draws = DRAWS;
    assert_ok(custval_draw_system(system, &noise, &draws, NULL), NULL);
    assert_fails(system, table, draws, NULL, CUSTVAL_ERROR_LIMIT,
                 "20000 rows with 1000 draws are too many to rank: with so many rows at most 832 draws");
    custval_table_free(draws);
    custval_table_free(table);
    custval_system_free(system);
    free(answers);
}

/* ---- Awkward draws ---------------------------------------------------------------------------------------------------- */

static void assert_draws_fail(const char *names, const double *cells, size_t count, custval_status status,
                              const char *message) {
    custval_system *system = system_of(SHOP "}");
    custval_table *table = table_of(SHOP_COLUMNS, rows[0], 2), *draws = table_of(names, cells, count);
    assert_fails(system, table, draws, NULL, status, message);
    custval_table_free(draws);
    custval_table_free(table);
    custval_system_free(system);
}

static void draws_that_cannot_be_weights_are_refused_by_draw_and_column(void **state) {
    (void)state;
    static const double negative[2][2] = {{1, 2}, {3, -0.5}}, missing[2][2] = {{1, 2}, {NONE, 1}};
    static const double infinite[1][2] = {{(double)INFINITY, 1}}, zero[3][2] = {{1, 2}, {0, 1}, {0, 0}};
    assert_draws_fail("product service", negative[0], 2, CUSTVAL_ERROR_WEIGHT,
                      "draw 1, column \"service\": weight -0.5 is negative");
    assert_draws_fail("product service", missing[0], 2, CUSTVAL_ERROR_WEIGHT,
                      "draw 1, column \"product\": there is no weight");
    assert_draws_fail("product service", infinite[0], 1, CUSTVAL_ERROR_WEIGHT,
                      "draw 0, column \"product\": weight inf is not finite");
    assert_draws_fail("product service", zero[0], 3, CUSTVAL_ERROR_WEIGHT,
                      "draw 2: the weights of \"product\" and its siblings are all 0");
    assert_draws_fail("product service", zero[0], 0, CUSTVAL_ERROR_STATE, "there are no draws");
    assert_draws_fail("product cr", zero[0], 3, CUSTVAL_ERROR_STRUCTURE,
                      "\"product\" is drawn, but its sibling \"service\" is not");
    assert_draws_fail("service cr", zero[0], 3, CUSTVAL_ERROR_STRUCTURE,
                      "\"service\" is drawn, but its sibling \"product\" is not");
    assert_draws_fail("value cr", zero[0], 3, CUSTVAL_ERROR_NOT_FOUND, "no column that is named as a node");
}

static void draws_must_be_numbers(void **state) {
    (void)state;
    static const char *const words[] = {"much", "little"};
    custval_system *system = system_of(SHOP "}");
    custval_table *table = table_of(SHOP_COLUMNS, rows[0], 2), *draws = table_of("product", rows[0], 2);
    add_texts(draws, "service", words);
    assert_fails(system, table, draws, NULL, CUSTVAL_ERROR_TYPE, "service");
    custval_table_free(draws);
    custval_table_free(table);
    custval_system_free(system);
}

/* Weights that play no part may be drawn: of an only child, of sides that are subtracted, of columns that are no node. */
static void weights_without_effect_change_nothing(void **state) {
    (void)state;
    static const double more[2][7] = {{3, 1, 7, 2, 5, 8, 9}, {1, 1, 2, 1, 1, 4, -9}};
    custval_system *system = system_of(SHOP "}");
    custval_table *table = table_of(SHOP_COLUMNS, rows[0], 3);
    custval_table *draws = table_of("product service support benefit sacrifice price cr", more[0], 2);
    custval_table *few = table_of("product service", (const double[]){3, 1, 1, 1}, 2);
    custval_table *a = uncertainty_of(system, table, draws, NULL), *b = uncertainty_of(system, table, few, NULL);
    for (size_t i = 0; i < 3; i++) {
        assert_double_near(cell(a, "mean", i), cell(b, "mean", i), 1e-12);
        assert_double_near(cell(a, "low", i), cell(b, "low", i), 1e-12);
    }
    custval_table_free(a);
    custval_table_free(b);
    custval_table_free(few);
    few = table_of("support", more[0], 1);
    a = uncertainty_of(system, table, few, NULL);
    for (size_t i = 0; i < 3; i++) assert_double_near(cell(a, "mean", i), cell(a, "value", i), 1e-12);
    custval_table_free(a);
    custval_table_free(few);
    custval_table_free(draws);
    custval_table_free(table);
    custval_system_free(system);
}

static void wrong_options_are_named(void **state) {
    (void)state;
    custval_system *system = system_of(SHOP "}");
    custval_table *table = table_of(SHOP_COLUMNS, rows[0], 2), *draws = table_of(DRAWN, drawn[0], 6);
    custval_uncertainty_options options = CUSTVAL_UNCERTAINTY_OPTIONS_INIT;
    const double wrong[] = {0.0, 1.0, -1.0, NONE};
    for (size_t i = 0; i < SUPPORT_COUNT(wrong); i++) {
        options.level = wrong[i];
        assert_fails(system, table, draws, &options, CUSTVAL_ERROR_RANGE, "level is ");
    }
    options.level = 0.9;
    options.ranks = 10001;
    assert_fails(system, table, draws, &options, CUSTVAL_ERROR_RANGE, "ranks is 10001");
    options.ranks = 0;
    options.reserved = 7;
    assert_fails(system, table, draws, &options, CUSTVAL_ERROR_ARGUMENT, "reserved is 7");
    custval_table_free(draws);
    custval_table_free(table);
    custval_system_free(system);
}

/* ---- The host --------------------------------------------------------------------------------------------------------- */

typedef struct watch {
    uint64_t done, total, stop_at;
} watch;

static int progress(void *data, uint64_t done, uint64_t total) {
    watch *seen = data;
    assert_true(done > seen->done && done <= total);
    seen->done = done;
    seen->total = total;
    return seen->stop_at != 0 && done >= seen->stop_at;
}

static void progress_goes_up_to_the_end_and_may_stop_the_call(void **state) {
    (void)state;
    custval_system *system = system_of(SHOP "}");
    custval_table *table = table_of(SHOP_COLUMNS, rows[0], 3), *draws = NULL;
    custval_host host = CUSTVAL_HOST_INIT;
    watch seen = {0, 0, 0};
    assert_ok(custval_draw_system(system, NULL, &draws, NULL), NULL);
    host.progress = progress;
    host.progress_data = &seen;
    custval_score_options score = CUSTVAL_SCORE_OPTIONS_INIT;
    score.host = &host;
    custval_uncertainty_options options = CUSTVAL_UNCERTAINTY_OPTIONS_INIT;
    options.score = &score;
    custval_table_free(uncertainty_of(system, table, draws, &options));
    assert_true(seen.total > 0);
    assert_int_equal(seen.done, seen.total);
    const uint64_t total = seen.total;
    for (uint64_t part = 1; part < 4; part++) {
        seen = (watch){0, 0, total * part / 4};
        assert_fails(system, table, draws, &options, CUSTVAL_ERROR_CANCELLED, "stopped");
    }
    custval_table_free(draws);
    custval_table_free(table);
    custval_system_free(system);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statistics_are_those_of_numpy),
        cmocka_unit_test(equal_firsts_share_the_first_place),
        cmocka_unit_test(one_row_and_one_draw_are_enough),
        cmocka_unit_test(equal_draws_have_no_spread),
        cmocka_unit_test(refused_answers_have_no_value_whatever_is_judged),
        cmocka_unit_test(sums_and_the_engine_agree),
        cmocka_unit_test(only_complete_rows_of_means_are_sums),
        cmocka_unit_test(memory_changes_nothing),
        cmocka_unit_test(too_many_rows_for_so_many_draws_are_refused),
        cmocka_unit_test(draws_that_cannot_be_weights_are_refused_by_draw_and_column),
        cmocka_unit_test(draws_must_be_numbers),
        cmocka_unit_test(weights_without_effect_change_nothing),
        cmocka_unit_test(wrong_options_are_named),
        cmocka_unit_test(progress_goes_up_to_the_end_and_may_stop_the_call),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
