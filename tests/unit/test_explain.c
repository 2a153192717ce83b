/* custval_explain, against numbers worked out by hand. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "explain_shop.h"

#include "base/maths.h"
#include "explain/exact_sum.h"

typedef struct expected {
    const char *node;
    double score, weight, effective, contribution;
} expected;

static void assert_rows(const custval_table *explanation, const expected *rows, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const size_t row = row_of(explanation, rows[i].node);
        assert_double_near(cell(explanation, "score", row), rows[i].score, 1e-12);
        assert_double_near(cell(explanation, "weight", row), rows[i].weight, 1e-12);
        assert_double_near(cell(explanation, "effective", row), rows[i].effective, 1e-12);
        assert_double_near(cell(explanation, "contribution", row), rows[i].contribution, 1e-12);
    }
}

/* ---- The tree ---------------------------------------------------------------------------------------------------- */

static void a_difference_is_split_by_path_weights(void **state) {
    (void)state;
    static const expected rows[] = {
        {"value", 29.0 + 1.0 / 3.0, 1.0, NONE, 29.0 + 1.0 / 3.0},
        {"benefit", 66.0, 1.0, 1.0, 66.0},
        {"product", 70.0, 0.6, 0.6, 42.0},
        {"reliability", 80.0, 0.75, 0.45, 36.0},
        {"REL", 80.0, 1.0, 0.45, 36.0},
        {"function", 40.0, 0.25, 0.15, 6.0},
        {"service", 60.0, 0.4, 0.4, 24.0},
        {"sacrifice", 110.0 / 3.0, 1.0, -1.0, -110.0 / 3.0},
        {"cost", 30.0, 2.0 / 3.0, -2.0 / 3.0, -20.0},
        {"TIME", 50.0, 1.0, -1.0 / 3.0, -50.0 / 3.0},
    };
    custval_table *explanation = explain_shop("", usual);
    assert_int_equal(custval_table_rows(explanation), SHOP_NODES);
    assert_rows(explanation, rows, SUPPORT_COUNT(rows));
    assert_double_bits(sum_of_parts(explanation, "contribution"), cell(explanation, "score", 0));
    assert_double_bits(cell(explanation, "answer", row_of(explanation, "REL")), 80.0);
    assert_double_bits(cell(explanation, "answer", row_of(explanation, "reliability")), NONE);
    static const char *const kinds[] = {"value", "side", "dimension", "indicator", "item"};
    for (size_t depth = 0; depth < SUPPORT_COUNT(kinds); depth++) {
        assert_text(explanation, "kind", depth, kinds[depth]);
        assert_double_bits(cell(explanation, "depth", depth), (double)depth);
        assert_double_bits(cell(explanation, "is_part", depth), depth == 4 ? 1.0 : 0.0);
        assert_text(explanation, "unit", depth, "points");
        assert_text(explanation, "note", depth, NULL);
    }
    custval_table_free(explanation);
}

static void missing_answers_are_no_parts_and_leave_their_weight_to_others(void **state) {
    (void)state;
    static const double answers[] = {80, NONE, NONE, 30, 50};
    static const expected rows[] = {
        {"benefit", 80.0, 1.0, 1.0, 80.0},       {"product", 80.0, 1.0, 1.0, 80.0}, {"REL", 80.0, 1.0, 1.0, 80.0},
        {"function", NONE, NONE, NONE, NONE},    {"FUN", NONE, NONE, NONE, NONE},   {"service", NONE, NONE, NONE, NONE},
        {"PRICE", 30.0, 1.0, -2.0 / 3.0, -20.0},
    };
    custval_table *explanation = explain_shop("", answers);
    assert_rows(explanation, rows, SUPPORT_COUNT(rows));
    assert_double_bits(cell(explanation, "is_part", row_of(explanation, "FUN")), 0.0);
    assert_double_near(cell(explanation, "coverage", row_of(explanation, "product")), 0.75, 1e-15);
    assert_double_near(cell(explanation, "coverage", row_of(explanation, "benefit")), 0.45, 1e-15);
    assert_double_bits(sum_of_parts(explanation, "contribution"), cell(explanation, "score", 0));
    custval_table_free(explanation);
}

static void flat_reweighting_uses_path_weights(void **state) {
    (void)state;
    static const double answers[] = {80, NONE, 60, 30, 50};
    /* Answered path weights: 0.45 and 0.4, of 0.85. */
    static const expected rows[] = {
        {"benefit", (0.45 * 80 + 0.4 * 60) / 0.85, 1.0, 1.0, (0.45 * 80 + 0.4 * 60) / 0.85},
        {"product", 80.0, 0.45 / 0.85, 0.45 / 0.85, 0.45 * 80 / 0.85},
        {"SVC", 60.0, 1.0, 0.4 / 0.85, 0.4 * 60 / 0.85},
    };
    custval_table *explanation = explain_shop("'missing': {'policy': 'flat'}, ", answers);
    assert_rows(explanation, rows, SUPPORT_COUNT(rows));
    assert_double_bits(sum_of_parts(explanation, "contribution"), cell(explanation, "score", 0));
    custval_table_free(explanation);
}

static void answers_that_a_policy_stands_in_for_are_parts(void **state) {
    (void)state;
    static const double answers[] = {80, NONE, 60, NONE, 50};
    static const struct {
        const char *policy;
        double function, price;
    } cases[] = {{"'missing': {'policy': 'neutral', 'neutral': 20}, ", 20.0, 20.0},
                 {"'missing': {'policy': 'worst'}, ", 0.0, 100.0}};
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_table *explanation = explain_shop(cases[i].policy, answers);
        const size_t function = row_of(explanation, "FUN"), price = row_of(explanation, "PRICE");
        assert_double_bits(cell(explanation, "answer", function), NONE);
        assert_double_bits(cell(explanation, "coverage", function), 0.0);
        assert_double_bits(cell(explanation, "is_part", function), 1.0);
        assert_double_near(cell(explanation, "contribution", function), 0.15 * cases[i].function, 1e-12);
        assert_double_near(cell(explanation, "contribution", price), -2.0 / 3.0 * cases[i].price, 1e-12);
        assert_double_bits(sum_of_parts(explanation, "contribution"), cell(explanation, "score", 0));
        custval_table_free(explanation);
    }
}

static void an_item_below_the_coverage_floor_has_a_score_but_no_part(void **state) {
    (void)state;
    static const double answers[] = {NONE, 40, 60, 30, 50};
    custval_table *explanation = explain_shop("'missing': {'coverage_floor': 0.5}, ", answers);
    const size_t item = row_of(explanation, "FUN");
    assert_double_bits(cell(explanation, "score", row_of(explanation, "product")), NONE);
    assert_double_bits(cell(explanation, "score", item), 40.0);
    assert_double_bits(cell(explanation, "contribution", item), NONE);
    assert_double_bits(cell(explanation, "is_part", item), 0.0);
    custval_table_free(explanation);
}

static void the_index_counts_what_is_not_given(void **state) {
    (void)state;
    /* B 66, S 110/3: (3 x 66 + 1 x (100 - 110/3)) / 4. */
    static const expected rows[] = {
        {"value", (3 * 66.0 + 190.0 / 3.0) / 4.0, 1.0, NONE, (3 * 66.0 + 190.0 / 3.0) / 4.0},
        {"benefit", 66.0, 0.75, 0.75, 49.5},
        {"REL", 80.0, 1.0, 0.3375, 27.0},
        {"sacrifice", 110.0 / 3.0, 0.25, 0.25, 190.0 / 12.0},
        {"PRICE", 30.0, 1.0, 1.0 / 6.0, 70.0 / 6.0},
        {"TIME", 50.0, 1.0, 1.0 / 12.0, 50.0 / 12.0},
    };
    custval_table *explanation = explain_shop("'form': 'index', 'benefit': {'weight': 3}, ", usual);
    assert_rows(explanation, rows, SUPPORT_COUNT(rows));
    assert_double_bits(sum_of_parts(explanation, "contribution"), cell(explanation, "score", 0));
    custval_table_free(explanation);
}

/* Shared known answer: nine indicators with fitted scales, weights 0.6 and 0.4, customer u1 (COINr agrees). */
static void the_nine_indicator_index_has_the_published_parts(void **state) {
    (void)state;
    custval_system *system =
        system_of("'form': 'index', 'benefit': {'weight': 0.6}, 'sacrifice': {'weight': 0.4}, 'dimensions': ["
                  "{'id': 'B', 'side': 'benefit', 'indicators': [{'id': 'brand', 'weight': 0.25, $brand:4:9},"
                  "{'id': 'func', 'weight': 0.2, $func:5:9}, {'id': 'relia', 'weight': 0.25, $relia:5:9},"
                  "{'id': 'svar', 'weight': 0.15, $svar:3:9}, {'id': 'srel', 'weight': 0.15, $srel:4:9}]},"
                  "{'id': 'S', 'side': 'sacrifice', 'indicators': [{'id': 'money', 'weight': 0.4, $money:60:210},"
                  "{'id': 'time', 'weight': 0.25, $time:10:40}, {'id': 'phys', 'weight': 0.15, $phys:2:6},"
                  "{'id': 'psych', 'weight': 0.2, $psych:1:6}]}]}");
    static const char *const ids[] = {"brand", "func", "relia", "svar", "srel", "money", "time", "phys", "psych"};
    static const double answers[] = {8, 7, 9, 6, 7, 120, 15, 3, 2};
    static const double parts[] = {12.0, 6.0, 15.0, 4.5, 5.4, 9.6, 8.3333333333, 4.5, 6.4};
    custval_table *table = table_of("brand func relia svar srel money time phys psych", answers, 1);
    custval_table *explanation = explain_with(system, table, 0, NULL);
    assert_double_near(cell(explanation, "score", 0), 71.7333333333, 1e-9);
    for (size_t i = 0; i < SUPPORT_COUNT(ids); i++) {
        assert_double_near(cell(explanation, "contribution", row_of(explanation, ids[i])), parts[i], 1e-9);
    }
    custval_table_free(explanation);
    custval_table_free(table);
    custval_system_free(system);
}

static void a_system_of_one_side_is_explained_by_it(void **state) {
    (void)state;
    static const struct {
        const char *document;
        double value, p, q;
    } cases[] = {
        {"'dimensions': [{'id': 'd', 'side': 'benefit', 'indicators': [{'id': 'i', $P}, {'id': 'j', "
         "'weight': 3, $Q}]}]}",
         35.0, 5.0, 30.0},
        {"'dimensions': [{'id': 'd', 'side': 'sacrifice', 'indicators': [{'id': 'i', $P}, {'id': 'j', "
         "'weight': 3, $Q}]}]}",
         -35.0, -5.0, -30.0},
        {"'form': 'index', 'dimensions': [{'id': 'd', 'side': 'sacrifice', 'indicators': [{'id': 'i', $P},"
         "{'id': 'j', 'weight': 3, $Q}]}]}",
         65.0, 20.0, 45.0},
    };
    static const double answers[] = {20, 40};
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_system *system = system_of(cases[i].document);
        custval_table *table = table_of("P Q", answers, 1), *explanation = explain_with(system, table, 0, NULL);
        assert_double_near(cell(explanation, "score", 0), cases[i].value, 1e-12);
        assert_double_near(cell(explanation, "contribution", row_of(explanation, "P")), cases[i].p, 1e-12);
        assert_double_near(cell(explanation, "contribution", row_of(explanation, "Q")), cases[i].q, 1e-12);
        assert_double_bits(cell(explanation, "weight", row_of(explanation, "d")), 1.0);
        custval_table_free(explanation);
        custval_table_free(table);
        custval_system_free(system);
    }
}

/* ---- Aggregators ------------------------------------------------------------------------------------------------- */

#define TWO_SIDES(aggregator, give)                                                                                \
  "'dimensions': [{'id': 'get', 'side': 'benefit', 'aggregator': '" aggregator "', 'exponent': 2, 'indicators': [" \
  "{'id': 'i', 'weight': 1, $P}, {'id': 'j', 'weight': 3, $Q}]},"                                                  \
  "{'id': 'give', 'side': 'sacrifice', 'aggregator': '" give "', 'exponent': 2, 'indicators': ["                   \
  "{'id': 'k', 'weight': 1, $R}, {'id': 'l', 'weight': 1, $T}]}]}"

static void each_aggregator_is_split_by_euler(void **state) {
    (void)state;
    /* P 20, Q 60 with weights 1/4, 3/4. Parts s df/ds, worked out by hand: the geometric mean 45.59
       splits by weight; harmonic 40: 20 each; power of 2: sqrt(2800), 100 and 2700 of 2800; minimum: all to P. */
    static const struct {
        const char *document;
        double get, p, q;
    } cases[] = {
        {"'missing': {}, " TWO_SIDES("mean", "mean"), 50.0, 5.0, 45.0},
        {TWO_SIDES("geometric", "mean"), 45.59014113909555, 11.397535284773888, 34.19260585432166},
        {TWO_SIDES("harmonic", "mean"), 40.0, 20.0, 20.0},
        {TWO_SIDES("minimum", "mean"), 20.0, 20.0, 0.0},
        {TWO_SIDES("power", "mean"), 52.91502622129181, 1.889822365046136, 51.02520385624568},
    };
    static const double answers[] = {20, 60, 30, 10};
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_system *system = system_of(cases[i].document);
        custval_table *table = table_of("P Q R T", answers, 1), *explanation = explain_with(system, table, 0, NULL);
        assert_double_near(cell(explanation, "score", row_of(explanation, "get")), cases[i].get, 1e-12);
        assert_double_near(cell(explanation, "contribution", row_of(explanation, "P")), cases[i].p, 1e-12);
        assert_double_near(cell(explanation, "contribution", row_of(explanation, "Q")), cases[i].q, 1e-12);
        assert_double_near(cell(explanation, "effective", row_of(explanation, "P")), cases[i].p / 20.0, 1e-12);
        assert_double_near(cell(explanation, "contribution", row_of(explanation, "give")), -20.0, 1e-12);
        assert_double_bits(sum_of_parts(explanation, "contribution"), cell(explanation, "score", 0));
        custval_table_free(explanation);
        custval_table_free(table);
        custval_system_free(system);
    }
}

static void what_is_left_of_a_hundred_is_shared_by_weight_and_distance(void **state) {
    (void)state;
    /* Index of both sides, half each. R 30, T 10 with equal weights; 100 - S is shared as 70 : 90, by the minimum all
       to T, whose score is the smallest. */
    static const struct {
        const char *document;
        double given, r, t;
    } cases[] = {
        {"'form': 'index', " TWO_SIDES("mean", "mean"), 20.0, 17.5, 22.5},
        {"'form': 'index', " TWO_SIDES("mean", "geometric"), 17.32050807568877, 18.086138858, 23.253607104},
        {"'form': 'index', " TWO_SIDES("mean", "minimum"), 10.0, 0.0, 45.0},
    };
    static const double answers[] = {20, 60, 30, 10};
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_system *system = system_of(cases[i].document);
        custval_table *table = table_of("P Q R T", answers, 1), *explanation = explain_with(system, table, 0, NULL);
        assert_double_near(cell(explanation, "score", row_of(explanation, "give")), cases[i].given, 1e-9);
        assert_double_near(cell(explanation, "contribution", row_of(explanation, "R")), cases[i].r, 1e-8);
        assert_double_near(cell(explanation, "contribution", row_of(explanation, "T")), cases[i].t, 1e-8);
        assert_double_bits(sum_of_parts(explanation, "contribution"), cell(explanation, "score", 0));
        custval_table_free(explanation);
        custval_table_free(table);
        custval_system_free(system);
    }
}

static void the_aggregators_of_the_index_are_split_by_euler_too(void **state) {
    (void)state;
    /* B 50, 100 - S 80, half each. Harmonic 800/13: parts h^2/2s; minimum: all to B; power 2: sqrt(4450). */
    static const struct {
        const char *document;
        double value, get, give;
    } cases[] = {
        {"'form': 'index', 'aggregator': 'harmonic', " TWO_SIDES("mean", "mean"), 800.0 / 13.0, 37.869822485207,
         23.668639053254},
        {"'form': 'index', 'aggregator': 'minimum', " TWO_SIDES("mean", "mean"), 50.0, 50.0, 0.0},
        {"'form': 'index', 'aggregator': 'power', 'exponent': 2, " TWO_SIDES("mean", "mean"), 66.70832032063167,
         18.738292225, 47.970028095},
    };
    static const double answers[] = {20, 60, 30, 10};
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_system *system = system_of(cases[i].document);
        custval_table *table = table_of("P Q R T", answers, 1), *explanation = explain_with(system, table, 0, NULL);
        assert_double_near(cell(explanation, "score", 0), cases[i].value, 1e-9);
        assert_double_near(cell(explanation, "contribution", row_of(explanation, "get")), cases[i].get, 1e-8);
        assert_double_near(cell(explanation, "contribution", row_of(explanation, "give")), cases[i].give, 1e-8);
        assert_text(explanation, "unit", 0, "points");
        assert_double_bits(sum_of_parts(explanation, "contribution"), cell(explanation, "score", 0));
        custval_table_free(explanation);
        custval_table_free(table);
        custval_system_free(system);
    }
}

static void a_zero_under_a_geometric_mean_leaves_nothing_to_share(void **state) {
    (void)state;
    static const double answers[] = {0, 60, 30, 10};
    custval_system *system = system_of(TWO_SIDES("geometric", "mean"));
    custval_table *table = table_of("P Q R T", answers, 1), *explanation = explain_with(system, table, 0, NULL);
    assert_double_bits(cell(explanation, "contribution", row_of(explanation, "get")), 0.0);
    assert_double_bits(cell(explanation, "contribution", row_of(explanation, "P")), 0.0);
    assert_double_bits(cell(explanation, "contribution", row_of(explanation, "Q")), 0.0);
    assert_double_bits(cell(explanation, "is_part", row_of(explanation, "P")), 1.0);
    assert_double_bits(sum_of_parts(explanation, "contribution"), -20.0);
    custval_table_free(explanation);
    custval_table_free(table);
    custval_system_free(system);
}

/* ---- Logarithms -------------------------------------------------------------------------------------------------- */

static void a_ratio_is_split_into_logarithms(void **state) {
    (void)state;
    /* Geometric benefits: w ln s each. Mean sacrifices R 30, T 10: -ln 20 shared as 3 : 1. */
    static const double answers[] = {20, 60, 30, 10};
    custval_system *system = system_of("'form': 'ratio', " TWO_SIDES("geometric", "mean"));
    custval_table *table = table_of("P Q R T", answers, 1), *explanation = explain_with(system, table, 0, NULL);
    const double value = cell(explanation, "score", 0);
    assert_double_near(value, 45.59014113909555 / 20.0, 1e-12);
    assert_double_near(cell(explanation, "contribution", row_of(explanation, "P")), 0.25 * log(20.0), 1e-12);
    assert_double_near(cell(explanation, "contribution", row_of(explanation, "Q")), 0.75 * log(60.0), 1e-12);
    assert_double_near(cell(explanation, "contribution", row_of(explanation, "R")), -0.75 * log(20.0), 1e-12);
    assert_double_near(cell(explanation, "contribution", row_of(explanation, "T")), -0.25 * log(20.0), 1e-12);
    assert_double_near(cell(explanation, "effective", row_of(explanation, "P")), 0.25, 1e-12);
    assert_double_bits(sum_of_parts(explanation, "contribution"), custval__log(value));
    assert_double_bits(cell(explanation, "contribution", 0), custval__log(value));
    assert_text(explanation, "unit", 0, "log");
    custval_table_free(explanation);
    custval_table_free(table);
    custval_system_free(system);
}

static void a_geometric_index_is_split_into_logarithms(void **state) {
    (void)state;
    static const double answers[] = {20, 60, 30, 10};
    custval_system *system = system_of("'form': 'index', 'aggregator': 'geometric', " TWO_SIDES("mean", "mean"));
    custval_table *table = table_of("P Q R T", answers, 1), *explanation = explain_with(system, table, 0, NULL);
    /* sqrt(50 x 80): ln 50 / 2 shared as 5 : 45, ln 80 / 2 as 35 : 45. */
    assert_double_near(cell(explanation, "score", 0), sqrt(4000.0), 1e-12);
    assert_double_near(cell(explanation, "contribution", row_of(explanation, "P")), 0.05 * log(50.0), 1e-12);
    assert_double_near(cell(explanation, "contribution", row_of(explanation, "R")), 35.0 / 160.0 * log(80.0), 1e-12);
    assert_double_near(cell(explanation, "contribution", row_of(explanation, "T")), 45.0 / 160.0 * log(80.0), 1e-12);
    assert_double_bits(sum_of_parts(explanation, "contribution"), custval__log(cell(explanation, "score", 0)));
    assert_text(explanation, "unit", 0, "log");
    custval_table_free(explanation);
    custval_table_free(table);
    custval_system_free(system);
}

static void a_ratio_of_zero_is_split_into_points(void **state) {
    (void)state;
    static const double answers[] = {0, 0, 30, 10};
    custval_system *system = system_of("'form': 'ratio', " TWO_SIDES("mean", "mean"));
    custval_table *table = table_of("P Q R T", answers, 1), *explanation = explain_with(system, table, 0, NULL);
    assert_double_bits(cell(explanation, "score", 0), 0.0);
    assert_text(explanation, "unit", 0, "points");
    assert_double_near(cell(explanation, "effective", row_of(explanation, "Q")), 0.75 / 20.0, 1e-15);
    assert_double_bits(cell(explanation, "contribution", row_of(explanation, "R")), 0.0);
    assert_double_bits(sum_of_parts(explanation, "contribution"), 0.0);
    custval_table_free(explanation);
    custval_table_free(table);
    custval_system_free(system);
}

/* ---- Steps ------------------------------------------------------------------------------------------------------- */

static void gates_and_judgements_are_steps_after_the_tree(void **state) {
    (void)state;
    custval_table *explanation = explain_rules("k1", usual);
    /* Service 60 judged 90: B 78, V 41.33, capped at 12.3, then at 5. */
    const size_t judged = SHOP_NODES, first = SHOP_NODES + 1, second = SHOP_NODES + 2;
    assert_double_near(cell(explanation, "contribution", row_of(explanation, "SVC")), 24.0, 1e-12);
    assert_double_near(cell(explanation, "contribution", row_of(explanation, "service")), 36.0, 1e-12);
    assert_double_near(cell(explanation, "contribution", row_of(explanation, "benefit")), 78.0, 1e-12);
    assert_double_near(cell(explanation, "contribution", judged), 12.0, 1e-12);
    assert_double_near(cell(explanation, "effective", judged), 0.4, 1e-12);
    assert_double_bits(cell(explanation, "score", judged), 90.0);
    assert_text(explanation, "kind", judged, "override");
    assert_text(explanation, "node", judged, "service");
    assert_text(explanation, "note", judged, "judged 90 by A. Mueller until 2026-12-31: complaint pending");
    assert_double_near(cell(explanation, "contribution", first), 12.3 - (78.0 - 110.0 / 3.0), 1e-12);
    assert_double_bits(cell(explanation, "score", first), 12.3);
    assert_text(explanation, "kind", first, "gate");
    assert_text(explanation, "note", first, "capped at 12.3: product 70 is below 75 (the product is the pass)");
    assert_double_near(cell(explanation, "contribution", second), 5.0 - 12.3, 1e-12);
    assert_text(explanation, "note", second, "capped at 5: price 30 is above 10");
    assert_double_bits(cell(explanation, "score", 0), 5.0);
    assert_double_bits(sum_of_parts(explanation, "contribution"), 5.0);
    assert_double_bits(cell(explanation, "contribution", 0), 5.0);
    custval_table_free(explanation);
}

static void a_judged_value_is_the_last_step(void **state) {
    (void)state;
    custval_table *explanation = explain_rules("k2", usual);
    const size_t last = SHOP_NODES + 2; // two gates, then the judgement; the expired one does not count
    assert_text(explanation, "kind", last, "override");
    assert_text(explanation, "note", last, "judged 35 by B. Lee until 2026-12-31: a friend");
    assert_double_near(cell(explanation, "contribution", last), 30.0, 1e-12);
    assert_double_bits(sum_of_parts(explanation, "contribution"), 35.0);
    custval_table_free(explanation);
}

static void a_judgement_where_nothing_was_answered_is_the_only_part(void **state) {
    (void)state;
    static const double nothing[] = {NONE, NONE, NONE, NONE, NONE}, no_service[] = {80, 40, NONE, 5, 50};
    custval_table *explanation = explain_rules("k2", nothing);
    assert_int_equal(custval_table_rows(explanation), SHOP_NODES + 1);
    assert_double_bits(cell(explanation, "contribution", SHOP_NODES), 35.0);
    assert_double_bits(cell(explanation, "is_part", row_of(explanation, "REL")), 0.0);
    assert_double_bits(sum_of_parts(explanation, "contribution"), 35.0);
    assert_double_bits(cell(explanation, "contribution", 0), 35.0);
    custval_table_free(explanation);
    explanation = explain_rules("k1", no_service);
    assert_double_near(cell(explanation, "contribution", SHOP_NODES), 36.0, 1e-12);
    assert_double_bits(cell(explanation, "is_part", row_of(explanation, "SVC")), 0.0);
    assert_double_bits(sum_of_parts(explanation, "contribution"), 12.3);
    custval_table_free(explanation);
}

static void judgements_are_steps_of_logarithms_too(void **state) {
    (void)state;
    static const double answers[] = {20, 60, 30, 10};
    static const char *const key = "k";
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    options.as_of = "2026-06-30";
    /* The benefits are judged 100 in place of their geometric mean, the sacrifices 40 in place of 20. */
    custval_system *system = system_of(
        "'form': 'ratio', 'override_column': 'customer', 'gates': [{'node': 'get', 'above': 0, 'cap': 1.5}], "
        "'overrides': ["
        "{'node': 'get', 'key': 'k', 'score': 100, 'author': 'A', 'reason': 'r', 'expires': '2027-01-01'},"
        "{'node': 'give', 'key': 'k', 'score': 40, 'author': 'A', 'reason': 'r', 'expires': '2027-01-01'}], " TWO_SIDES(
            "geometric", "mean"));
    custval_table *table = table_of("P Q R T", answers, 1);
    add_texts(table, "customer", &key);
    custval_table *explanation = explain_with(system, table, 0, &options);
    const size_t get = row_nth(explanation, "get", 1), give = row_nth(explanation, "give", 1);
    assert_double_near(cell(explanation, "contribution", row_of(explanation, "P")), 0.25 * log(20.0), 1e-12);
    assert_double_near(cell(explanation, "contribution", get), log(100.0 / 45.59014113909555), 1e-12);
    assert_double_near(cell(explanation, "contribution", give), -log(2.0), 1e-12);
    assert_double_near(cell(explanation, "contribution", row_nth(explanation, "get", 2)), log(1.5 / 2.5), 1e-12);
    assert_double_bits(sum_of_parts(explanation, "contribution"), custval__log(1.5));
    custval_table_free(explanation);
    custval_table_free(table);
    custval_system_free(system);
}

static void parts_that_no_double_can_round_get_a_row(void **state) {
    (void)state;
    /* One part of 80 and a cap of 12.3: their difference of about -67.7 is too coarse to end at 12.3. */
    static const double answers[] = {80.1};
    custval_system *system = system_of("'gates': [{'node': 'd', 'above': 0, 'cap': 12.3}], 'dimensions': [{'id': 'd', "
                                       "'side': 'benefit', 'indicators': [{'id': 'i', $P}]}]}");
    custval_table *table = table_of("P", answers, 1), *explanation = explain_with(system, table, 0, NULL);
    const size_t last = custval_table_rows(explanation) - 1;
    assert_text(explanation, "kind", last, "rounding");
    assert_text(explanation, "node", last, "value");
    assert_true(fabs(cell(explanation, "contribution", last)) < 1e-14);
    assert_double_bits(sum_of_parts(explanation, "contribution"), 12.3);
    custval_table_free(explanation);
    custval_table_free(table);
    custval_system_free(system);
}

static void parts_take_their_rounding_where_they_can(void **state) {
    (void)state;
    static const struct {
        double parts[4], total;
        int leaves_rest;
    } cases[] = {
        {{0.1, 0.2, 0.3, 0.4}, 1.0, 0},     {{0.1, 0.2, 0.3, 0.0}, 0.6, 0},    {{0.1, 0.7, -0.3, 0.0}, 0.5, 0},
        {{80.1, -67.8, 0.0, 0.0}, 12.3, 1}, {{1e6, -1e6, 0.0, 0.0}, 1e-20, 1}, {{0.0, 0.0, 0.0, 0.0}, 0.0, 0},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        double parts[4], *pointers[4], sum = 0.0, sizes = 0.0;
        for (size_t k = 0; k < 4; k++) {
            parts[k] = cases[i].parts[k];
            pointers[k] = &parts[k];
        }
        const double rest = custval__exact_sum(pointers, 4, cases[i].total);
        for (size_t k = 0; k < 4; k++) {
            sum += parts[k];
            sizes += fabs(parts[k]);
        }
        assert_double_bits(sum + rest, cases[i].total);
        assert_int_equal(rest != 0.0, cases[i].leaves_rest);
        assert_true(fabs(rest) <= 4e-16 * sizes);
        for (size_t k = 0; k < 4; k++) assert_true(fabs(parts[k] - cases[i].parts[k]) <= 4e-16 * sizes);
    }
}

/* ---- Rows without a value ---------------------------------------------------------------------------------------- */

static void a_row_without_a_value_says_why(void **state) {
    (void)state;
    static const double no_sacrifice[] = {80, 40, 60, NONE, NONE}, outside[] = {80, 400, 60, 30, 50};
    custval_table *explanation = explain_shop("", no_sacrifice);
    assert_double_bits(cell(explanation, "score", 0), NONE);
    assert_double_near(cell(explanation, "score", 1), 66.0, 1e-12);
    assert_double_bits(cell(explanation, "contribution", 1), NONE);
    assert_true(text_cell(explanation, "note", 0).length > 0);
    for (size_t i = 0; i < custval_table_rows(explanation); i++) {
        assert_double_bits(cell(explanation, "is_part", i), 0.0);
    }
    custval_table_free(explanation);
    explanation = explain_shop("", outside);
    assert_double_bits(cell(explanation, "score", 1), NONE);
    assert_double_bits(cell(explanation, "answer", row_of(explanation, "FUN")), 400.0);
    const custval_text note = text_cell(explanation, "note", 0);
    char copy[256] = {0};
    memcpy(copy, note.data, note.length < sizeof copy ? note.length : sizeof copy - 1);
    support_contains(copy, "column \"FUN\" is 400", __FILE__, __LINE__);
    custval_table_free(explanation);
}

/* ---- Labels, derived nodes, categories --------------------------------------------------------------------------- */

static void labels_come_in_the_language_asked_for(void **state) {
    (void)state;
    static const double answers[] = {20};
    static const char *const tier = "gold";
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    options.levels = 12345678; /* not used, so not looked at */
    custval_system *system = system_of(labelled);
    custval_table *table = table_of("P", answers, 1);
    add_texts(table, "tier", &tier);
    custval_table *explanation = explain_with(system, table, 0, &options);
    assert_text(explanation, "label", 0, "Perceived value");
    assert_text(explanation, "label", row_of(explanation, "give"), "give");
    assert_double_bits(cell(explanation, "answer", row_of(explanation, "tier")), NONE);
    assert_double_bits(cell(explanation, "contribution", row_of(explanation, "tier")), 100.0);
    const size_t image = row_of(explanation, "image");
    assert_text(explanation, "kind", image, "derived");
    assert_double_bits(cell(explanation, "score", image), 100.0);
    assert_double_bits(cell(explanation, "contribution", image), NONE);
    assert_double_bits(cell(explanation, "weight", image), NONE);
    assert_double_bits(cell(explanation, "is_part", image), 0.0);
    custval_table_free(explanation);
    options.language = "zh";
    explanation = explain_with(system, table, 0, &options);
    assert_text(explanation, "label", 0, "\xe6\x84\x9f\xe7\x9f\xa5\xe4\xbb\xb7\xe5\x80\xbc");
    custval_table_free(explanation);
    custval_table_free(table);
    custval_system_free(system);
}

/* ---- Failures ---------------------------------------------------------------------------------------------------- */

static void what_cannot_be_explained_is_refused(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = system_of(SHOP "}"), *ruled = system_of(RULES SHOP "}");
    custval_table *table = table_of(SHOP_COLUMNS, usual, 1), *out = (custval_table *)&error;
    assert_status(custval_explain(system, table, 1, NULL, &out, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_message(&error, "row is 1, but the table has 1 row");
    assert_null(out);
    assert_status(custval_explain(NULL, table, 0, NULL, &out, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_status(custval_explain(system, NULL, 0, NULL, &out, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_status(custval_explain(system, table, 0, NULL, NULL, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_status(custval_explain(ruled, table, 0, NULL, &out, &error), CUSTVAL_ERROR_STATE, &error);
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    options.profile = "nobody";
    assert_status(custval_explain(system, table, 0, &options, &out, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    options.struct_size = 3;
    assert_status(custval_explain(system, table, 0, &options, &out, &error), CUSTVAL_ERROR_STRUCT_SIZE, &error);
    assert_null(out);
    custval_table_free(table);
    table = table_of("REL FUN SVC PRICE", usual, 1);
    assert_status(custval_explain(system, table, 0, NULL, &out, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    assert_message(&error, "TIME");
    custval_table_free(table);
    custval_system_free(ruled);
    custval_system_free(system);
}

typedef struct attempt {
    const custval_system *system;
    const custval_table *table;
} attempt;

static custval_status explain_on(const custval_host *host, void *data) {
    const attempt *with = data;
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    custval_table *out = (custval_table *)&options;
    options.host = host;
    options.as_of = "2026-06-30";
    const custval_status status = custval_explain(with->system, with->table, 0, &options, &out, NULL);
    assert_int_equal(out != NULL, status == CUSTVAL_OK);
    custval_table_free(out);
    return status;
}

static void explaining_without_memory_leaves_nothing_behind(void **state) {
    (void)state;
    static const double no_value[] = {NONE, NONE, NONE, 400, 50};
    static const char *const keys[] = {"k1", "k3"};
    custval_system *system = system_of(RULES SHOP "}");
    custval_table *tables[] = {table_of(SHOP_COLUMNS, usual, 1), table_of(SHOP_COLUMNS, no_value, 1)};
    for (size_t i = 0; i < SUPPORT_COUNT(tables); i++) {
        add_texts(tables[i], "customer", &keys[i]);
        attempt with = {system, tables[i]};
        support_exhaust_memory(explain_on, &with);
        custval_table_free(tables[i]);
    }
    custval_system_free(system);
}

static void explaining_the_largest_system_without_memory_leaves_nothing_behind(void **state) {
    (void)state;
    static const double answers[] = {20, 70};
    custval_system *system = large_system();
    custval_table *table = large_table(answers);
    attempt with = {system, table};
    support_exhaust_memory(explain_on, &with);
    custval_table_free(table);
    custval_system_free(system);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_difference_is_split_by_path_weights),
        cmocka_unit_test(missing_answers_are_no_parts_and_leave_their_weight_to_others),
        cmocka_unit_test(flat_reweighting_uses_path_weights),
        cmocka_unit_test(answers_that_a_policy_stands_in_for_are_parts),
        cmocka_unit_test(an_item_below_the_coverage_floor_has_a_score_but_no_part),
        cmocka_unit_test(the_index_counts_what_is_not_given),
        cmocka_unit_test(the_nine_indicator_index_has_the_published_parts),
        cmocka_unit_test(a_system_of_one_side_is_explained_by_it),
        cmocka_unit_test(each_aggregator_is_split_by_euler),
        cmocka_unit_test(what_is_left_of_a_hundred_is_shared_by_weight_and_distance),
        cmocka_unit_test(the_aggregators_of_the_index_are_split_by_euler_too),
        cmocka_unit_test(a_zero_under_a_geometric_mean_leaves_nothing_to_share),
        cmocka_unit_test(a_ratio_is_split_into_logarithms),
        cmocka_unit_test(a_geometric_index_is_split_into_logarithms),
        cmocka_unit_test(a_ratio_of_zero_is_split_into_points),
        cmocka_unit_test(gates_and_judgements_are_steps_after_the_tree),
        cmocka_unit_test(a_judged_value_is_the_last_step),
        cmocka_unit_test(a_judgement_where_nothing_was_answered_is_the_only_part),
        cmocka_unit_test(judgements_are_steps_of_logarithms_too),
        cmocka_unit_test(parts_that_no_double_can_round_get_a_row),
        cmocka_unit_test(parts_take_their_rounding_where_they_can),
        cmocka_unit_test(a_row_without_a_value_says_why),
        cmocka_unit_test(labels_come_in_the_language_asked_for),
        cmocka_unit_test(what_cannot_be_explained_is_refused),
        cmocka_unit_test(explaining_without_memory_leaves_nothing_behind),
        cmocka_unit_test(explaining_the_largest_system_without_memory_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
