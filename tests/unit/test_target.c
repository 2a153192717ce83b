/* custval_target, against numbers worked out by hand and against grids of everything that could be done. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "explain_support.h"

static custval_table *target_of(const custval_system *system, const custval_table *table, double target,
                                const custval_score_options *options) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    assert_ok(custval_target(system, table, 0, target, options, &out, &error), &error);
    return out;
}

typedef struct expected {
    const char *node, *side;
    double from, to, cost, gain;
} expected;

static void assert_way(const custval_table *way, const expected *rows, size_t count) {
    assert_int_equal(custval_table_rows(way), count);
    for (size_t i = 0; i < count; i++) {
        assert_text(way, "node", i, rows[i].node);
        assert_text(way, "side", i, rows[i].side);
        assert_double_bits(cell(way, "from", i), rows[i].from);
        assert_double_near(cell(way, "to", i), rows[i].to, 1e-9);
        assert_double_near(cell(way, "points", i), fabs(rows[i].to - rows[i].from), 1e-9);
        assert_double_near(cell(way, "cost", i), rows[i].cost, 1e-9);
        assert_double_near(cell(way, "gain", i), rows[i].gain, 1e-9);
    }
}

/* The value of the row with the scores of the way in place of its answers; items are on 0..100, one per indicator. */
static double value_with(const custval_system *system, const custval_table *way, const char *columns) {
    double answers[16];
    custval_table *scores = NULL;
    for (size_t i = 0; i < custval_table_rows(way); i++) answers[i] = cell(way, "to", i);
    custval_table *changed = table_of(columns, answers, 1);
    assert_ok(custval_score(system, changed, NULL, &scores, NULL), NULL);
    const double value = cell(scores, "value", 0);
    custval_table_free(scores);
    custval_table_free(changed);
    return value;
}

static const double usual[] = {80, 40, 60, 30, 50}; /* B 66, S 110/3 */

static void without_costs_the_steepest_indicators_come_first(void **state) {
    (void)state;
    /* 29.33 now. Price gains 2/3 a point, 20 in all; reliability 0.45. */
    static const struct {
        double target;
        expected rows[5];
    } cases[] = {
        {20.0,
         {{"reliability", "benefit", 80, 80, 0, 0},
          {"function", "benefit", 40, 40, 0, 0},
          {"support", "benefit", 60, 60, 0, 0},
          {"price", "sacrifice", 30, 30, 0, 0},
          {"time", "sacrifice", 50, 50, 0, 0}}},
        {86.0 - 110.0 / 3.0,
         {{"reliability", "benefit", 80, 80, 0, 0},
          {"function", "benefit", 40, 40, 0, 0},
          {"support", "benefit", 60, 60, 0, 0},
          {"price", "sacrifice", 30, 0, 30, 20},
          {"time", "sacrifice", 50, 50, 0, 0}}},
        {90.5 - 110.0 / 3.0,
         {{"reliability", "benefit", 80, 90, 10, 4.5},
          {"function", "benefit", 40, 40, 0, 0},
          {"support", "benefit", 60, 60, 0, 0},
          {"price", "sacrifice", 30, 0, 30, 20},
          {"time", "sacrifice", 50, 50, 0, 0}}},
        {100.0,
         {{"reliability", "benefit", 80, 100, 20, 9},
          {"function", "benefit", 40, 100, 60, 9},
          {"support", "benefit", 60, 100, 40, 16},
          {"price", "sacrifice", 30, 0, 30, 20},
          {"time", "sacrifice", 50, 0, 50, 50.0 / 3.0}}},
    };
    custval_system *system = system_of(SHOP "}");
    custval_table *table = table_of(SHOP_COLUMNS, usual, 1);
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_table *way = target_of(system, table, cases[i].target, NULL);
        assert_way(way, cases[i].rows, 5);
        assert_true(value_with(system, way, SHOP_COLUMNS) >= cases[i].target);
        custval_table_free(way);
    }
    custval_table_free(table);
    custval_system_free(system);
}

#define PAIR(policies, cost_a, cost_b)                                                                     \
  policies "'dimensions': [{'id': 'get', 'side': 'benefit', 'indicators': [{'id': 'a', 'weight': 3" cost_a \
           ",$A}, {'id': 'b', 'weight': 1" cost_b ",$B}]}]}"
#define PAIR_COLUMNS "A B"
static const double pair[] = {40, 20}; /* value 35 */

static void with_costs_the_best_gain_per_cost_comes_first(void **state) {
    (void)state;
    static const struct {
        const char *document;
        double target, a, b, cost_a, cost_b;
    } cases[] = {
        {PAIR("", "", ""), 50.0, 60, 20, 20, 0},
        /* b gains 1/4 a point for 1, a 3/4 for 6. */
        {PAIR("", ", 'cost': 6", ", 'cost': 1"), 50.0, 40, 80, 0, 60},
        {PAIR("", ", 'cost': 6", ", 'cost': 1"), 58.0, 44, 100, 24, 80},
        /* No cost is known for a, so it is left alone. */
        {PAIR("", "", ", 'cost': 9"), 50.0, 40, 80, 0, 540},
        /* Index of one side: 100 - S does not come into it. */
        {PAIR("'form': 'index', ", "", ""), 50.0, 60, 20, 20, 0},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_system *system = system_of(cases[i].document);
        custval_table *table = table_of(PAIR_COLUMNS, pair, 1);
        custval_table *way = target_of(system, table, cases[i].target, NULL);
        assert_double_near(cell(way, "to", 0), cases[i].a, 1e-9);
        assert_double_near(cell(way, "to", 1), cases[i].b, 1e-9);
        assert_double_near(cell(way, "cost", 0), cases[i].cost_a, 1e-9);
        assert_double_near(cell(way, "cost", 1), cases[i].cost_b, 1e-9);
        assert_true(value_with(system, way, PAIR_COLUMNS) >= cases[i].target);
        custval_table_free(way);
        custval_table_free(table);
        custval_system_free(system);
    }
}

static void gates_that_cap_below_the_target_are_opened(void **state) {
    (void)state;
    static const struct {
        const char *document;
        double target, a, b;
    } cases[] = {
        /* The gate caps at 45 while b is below 50: for 50, b must rise to 50 (7.5), and a brings the rest. */
        {PAIR("'gates': [{'node': 'b', 'below': 50, 'cap': 45}], ", "", ""), 50.0, 50, 50},
        /* It does not matter for 45. */
        {PAIR("'gates': [{'node': 'b', 'below': 50, 'cap': 45}], ", "", ""), 45.0, 40 + 40.0 / 3.0, 20},
        /* A gate on what is already reached: opening is all there is to do. */
        {PAIR("'gates': [{'node': 'b', 'below': 50, 'cap': 30}], ", "", ""), 31.0, 40, 50},
        /* A gate that closes above: a may not pass 50. */
        {PAIR("'gates': [{'node': 'a', 'above': 50, 'cap': 40}], ", "", ""), 50.0, 50, 50},
        /* A gate on a derived node: (a + 2 b) / 3 must reach 60, so that 4 points of a and 48 of b are cheapest. */
        {PAIR("'derived': [{'id': 'image', 'from': {'a': 1, 'b': 2}}], 'gates': [{'node': 'image', 'below': 60, "
              "'cap': 45}], ",
              "", ""),
         50.0, 44, 68},
        /* Two gates in a row. */
        {PAIR("'gates': [{'node': 'get', 'below': 55, 'cap': 45}, {'node': 'b', 'below': 30, 'cap': 48}], ", "", ""),
         50.0, 190.0 / 3.0, 30},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_system *system = system_of(cases[i].document);
        custval_table *table = table_of(PAIR_COLUMNS, pair, 1);
        custval_table *way = target_of(system, table, cases[i].target, NULL);
        assert_double_near(cell(way, "to", 0), cases[i].a, 1e-9);
        assert_double_near(cell(way, "to", 1), cases[i].b, 1e-9);
        assert_true(value_with(system, way, PAIR_COLUMNS) >= cases[i].target);
        custval_table_free(way);
        custval_table_free(table);
        custval_system_free(system);
    }
}

static void what_has_no_score_or_is_judged_is_left_alone(void **state) {
    (void)state;
    static const double answers[] = {80, NONE, 60, 30, 50}; /* B 0.6 x 80 + 0.4 x 60 = 72 */
    static const char *const key = "k";
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    options.as_of = "2026-06-30";
    custval_system *system = system_of(
        "'override_column': 'customer', 'overrides': [{'node': 'cost', 'key': 'k', 'score': 30, 'author': 'A', "
        "'reason': "
        "'r', 'expires': '2027-01-01'}], " SHOP "}");
    custval_table *table = table_of(SHOP_COLUMNS, answers, 1);
    add_texts(table, "customer", &key);
    custval_table *way = target_of(system, table, 72.0 - 110.0 / 3.0 + 6.0, &options);
    /* Price would gain most, but its dimension is judged; reliability now has 0.6 a point, and 10 points do. */
    static const expected rows[] = {
        {"reliability", "benefit", 80, 90, 10, 6}, {"function", "benefit", NONE, NONE, NONE, NONE},
        {"support", "benefit", 60, 60, 0, 0},      {"price", "sacrifice", 30, 30, 0, 0},
        {"time", "sacrifice", 50, 50, 0, 0},
    };
    assert_way(way, rows, SUPPORT_COUNT(rows));
    custval_table_free(way);
    custval_table_free(table);
    custval_system_free(system);
}

static void derived_nodes_count_only_parts_that_have_a_score(void **state) {
    (void)state;
    /* The image is a alone, as b was not answered: it must reach 60. */
    static const double answers[] = {40, NONE};
    static const char *const policies[] = {"nested", "flat"};
    for (size_t i = 0; i < SUPPORT_COUNT(policies); i++) {
        char document[2048];
        snprintf(document, sizeof document, "'missing': {'policy': '%s'}, %s", policies[i],
                 PAIR("'derived': [{'id': 'image', 'from': {'a': 1, 'b': 2}}],"
                      "'gates': [{'node': 'image', 'below': 60, 'cap': 45}], ",
                      "", ""));
        custval_system *system = system_of(document);
        custval_table *table = table_of(PAIR_COLUMNS, answers, 1), *way = target_of(system, table, 46.0, NULL);
        assert_double_near(cell(way, "to", 0), 60.0, 1e-9);
        custval_table_free(way);
        custval_table_free(table);
        custval_system_free(system);
    }
}

/* ---- Out of reach ------------------------------------------------------------------------------------------------ */

static void targets_out_of_reach_say_how_far_it_goes(void **state) {
    (void)state;
    static const struct {
        const char *document;
        double target;
        const char *message;
    } cases[] = {
        {PAIR("", "", ""), 100.5, "row 0 cannot reach a value of 100.5: it is 35 now and at most 100"},
        {PAIR("", "", ", 'cost': 2"), 60.0, "it is 35 now and at most 55"},
        /* The gate on b cannot be opened, as b has no cost. */
        {PAIR("'gates': [{'node': 'b', 'below': 50, 'cap': 45}], ", ", 'cost': 2", ""), 50.0, "at most 45"},
        {PAIR("'gates': [{'node': 'b', 'below': 50, 'cap': 45}, {'node': 'b', 'below': 30, 'cap': 38}], ",
              ", 'cost': 2", ""),
         50.0, "at most 38"},
        /* a is not to pass 50: 0.75 x 50 + 25. */
        {PAIR("'gates': [{'node': 'a', 'above': 50, 'cap': 20}], ", "", ""), 63.0, "it is 35 now and at most 62.5"},
        /* Passing 50 costs the value above 70, but staying reaches no more than 62.5: the cap is the most. */
        {PAIR("'gates': [{'node': 'a', 'above': 50, 'cap': 70}], ", "", ""), 80.0, "at most 70"},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_system *system = system_of(cases[i].document);
        custval_table *table = table_of(PAIR_COLUMNS, pair, 1), *out = (custval_table *)&error;
        assert_status(custval_target(system, table, 0, cases[i].target, NULL, &out, &error), CUSTVAL_ERROR_RANGE,
                      &error);
        assert_message(&error, cases[i].message);
        assert_null(out);
        custval_table_free(table);
        custval_system_free(system);
    }
}

static void the_very_end_of_what_can_be_reached_is_reached(void **state) {
    (void)state;
    /* All that can be done is a up to 75, where its gate closes, b and c all the way. That the value is met to the last
       bit leaves no room for rounding. */
    static const double answers[] = {35, 80, 70};
    support_random random = random_seeded("the very end");
    for (int i = 0; i < 100; i++) {
        char document[1024];
        snprintf(document, sizeof document,
                 "'form': 'index', 'gates': [{'node': 'a', 'above': 75, 'cap': -12.5}], 'dimensions': ["
                 "{'id': 'get', 'side': 'benefit', 'indicators': [{'id': 'a', 'weight': %d, $A},"
                 "{'id': 'b', 'weight': %d, $B}]}, {'id': 'give', 'side': 'sacrifice', 'indicators': ["
                 "{'id': 'c', $C}]}]}",
                 1 + (int)random_below(&random, 1000), 1 + (int)random_below(&random, 1000));
        custval_system *system = system_of(document);
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_table *table = table_of("A B C", answers, 1), *way = NULL;
        assert_status(custval_target(system, table, 0, 100.0, NULL, &way, &error), CUSTVAL_ERROR_RANGE, &error);
        const double reach = support_double(strstr(error.message, "at most ") + strlen("at most "));
        way = target_of(system, table, reach, NULL);
        assert_double_near(cell(way, "to", 0), 75.0, 1e-9);
        assert_double_near(cell(way, "to", 1), 100.0, 1e-9);
        assert_double_near(cell(way, "to", 2), 0.0, 1e-9);
        assert_true(value_with(system, way, "A B C") >= reach);
        custval_table_free(way);
        custval_table_free(table);
        custval_system_free(system);
    }
}

static void systems_that_are_not_linear_are_refused_by_the_node(void **state) {
    (void)state;
    static const struct {
        const char *policies, *message;
    } cases[] = {
        {"'form': 'ratio', ", "node \"value\" is a ratio"},
        {"'form': 'index', 'aggregator': 'geometric', ", "node \"value\" is no mean (aggregator: geometric)"},
        {"'benefit': {'aggregator': 'minimum'}, ", "node \"benefit\" is no mean (aggregator: minimum)"},
        {"'derived': [{'id': 'image', 'aggregator': 'harmonic', 'from': {'product': 1, 'service': 1}}],"
         "'gates': [{'node': 'image', 'below': 90, 'cap': 10}], ",
         "node \"image\" is no mean (aggregator: harmonic)"},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        char document[4096];
        custval_error error = CUSTVAL_ERROR_INIT;
        snprintf(document, sizeof document, "%s%s}", cases[i].policies, SHOP);
        custval_system *system = system_of(document);
        custval_table *table = table_of(SHOP_COLUMNS, usual, 1), *out = (custval_table *)&error;
        assert_status(custval_target(system, table, 0, 40.0, NULL, &out, &error), CUSTVAL_ERROR_UNSUPPORTED, &error);
        assert_message(&error, cases[i].message);
        assert_null(out);
        custval_table_free(table);
        custval_system_free(system);
    }
}

static void targets_that_make_no_sense_are_refused(void **state) {
    (void)state;
    static const double answers[2][5] = {{80, 40, 60, 30, 50}, {80, 40, 60, NONE, NONE}};
    static const char *const keys[] = {"k", "none"};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    options.as_of = "2026-06-30";
    custval_system *system =
        system_of("'override_column': 'customer', 'overrides': [{'key': 'k', 'score': 30, 'author': 'A. Lee', "
                  "'reason': 'r', 'expires': "
                  "'2027-01-01'}], " SHOP "}");
    custval_table *table = table_of(SHOP_COLUMNS, answers[0], 2), *out = (custval_table *)&error;
    add_texts(table, "customer", keys);
    assert_status(custval_target(system, table, 0, 40, &options, &out, &error), CUSTVAL_ERROR_STATE, &error);
    assert_message(&error, "the value of row 0 is judged 30 by A. Lee until 2027-01-01");
    assert_status(custval_target(system, table, 1, 40, &options, &out, &error), CUSTVAL_ERROR_STATE, &error);
    assert_message(&error, "row 1 has no value: ");
    assert_status(custval_target(system, table, 2, 40, &options, &out, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_status(custval_target(system, table, 0, NONE, &options, &out, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
    assert_status(custval_target(system, table, 0, (double)INFINITY, &options, &out, &error), CUSTVAL_ERROR_NOT_FINITE, &error);
    assert_status(custval_target(NULL, table, 0, 40, &options, &out, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_status(custval_target(system, NULL, 0, 40, &options, &out, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_null(out);
    assert_status(custval_target(system, table, 0, 40, &options, NULL, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    custval_table_free(table);
    custval_system_free(system);
}

/* ---- Everything that could be done ------------------------------------------------------------------------------- */

#define STEPS 21 /* of 5 points */

typedef struct trial {
    custval_system *system;
    double answers[3], costs[3];
} trial;

/* Two benefits and one sacrifice, with gates on some of them. */
static trial random_trial(support_random *random) {
    static const char *const names[] = {"a", "b", "c"};
    trial out;
    custval_builder *builder = NULL;
    custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
    spec.form = 1 + random_below(random, 2);
    assert_ok(custval_builder_new(NULL, &spec, &builder, NULL), NULL);
    const int with_costs = (int)random_below(random, 2);
    for (int d = 0; d < 2; d++) {
        custval_node_spec node = CUSTVAL_NODE_SPEC_INIT;
        node.id = d == 0 ? "get" : "give";
        assert_ok(custval_builder_dimension(builder, 1 + (uint32_t)d, &node, NULL), NULL);
    }
    for (int i = 0; i < 3; i++) {
        custval_node_spec node = CUSTVAL_NODE_SPEC_INIT;
        custval_item_spec item = CUSTVAL_ITEM_SPEC_INIT;
        char column[4];
        snprintf(column, sizeof column, "%s_", names[i]);
        out.answers[i] = 5.0 * random_below(random, STEPS);
        out.costs[i] = with_costs ? random_between(random, 0.5, 5.0) : 1.0;
        node.id = names[i];
        node.weight = random_between(random, 0.2, 1.0);
        node.cost = with_costs ? out.costs[i] : 0.0;
        item.id = column;
        item.column = names[i];
        item.scale_max = 100.0;
        assert_ok(custval_builder_indicator(builder, i < 2 ? "get" : "give", &node, NULL), NULL);
        assert_ok(custval_builder_item(builder, names[i], &item, NULL), NULL);
    }
    for (uint32_t g = random_below(random, 3); g > 0; g--) {
        custval_gate_spec gate = CUSTVAL_GATE_SPEC_INIT;
        static const char *const nodes[] = {"a", "b", "c", "get", "benefit", "sacrifice"};
        gate.node = nodes[random_below(random, 6)];
        gate.type = 1 + random_below(random, 2);
        gate.threshold = 5.0 * random_below(random, STEPS);
        gate.cap = random_between(random, -30.0, 80.0);
        assert_ok(custval_builder_gate(builder, &gate, NULL), NULL);
    }
    assert_ok(custval_builder_build(builder, &out.system, NULL), NULL);
    custval_builder_free(builder);
    return out;
}

/* Values of all improvements on the grid; entry 0 is no improvement. */
typedef struct grid {
    double cells[STEPS * STEPS * STEPS][3], value[STEPS * STEPS * STEPS], cost[STEPS * STEPS * STEPS];
    size_t count;
} grid;

static void fill_grid(const trial *of, grid *out) {
    out->count = 0;
    for (double a = of->answers[0]; a <= 100.0; a += 5.0) {
        for (double b = of->answers[1]; b <= 100.0; b += 5.0) {
            for (double c = of->answers[2]; c >= 0.0; c -= 5.0) {
                double *cells = out->cells[out->count];
                cells[0] = a;
                cells[1] = b;
                cells[2] = c;
                out->cost[out->count++] = (a - of->answers[0]) * of->costs[0] + (b - of->answers[1]) * of->costs[1] +
                                          (of->answers[2] - c) * of->costs[2];
            }
        }
    }
    custval_table *table = table_of("a b c", out->cells[0], out->count), *scores = NULL;
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    options.levels = CUSTVAL_LEVEL_VALUE;
    assert_ok(custval_score(of->system, table, &options, &scores, NULL), NULL);
    custval_column column = CUSTVAL_COLUMN_INIT;
    assert_ok(custval_table_column(scores, 0, &column, NULL), NULL);
    memcpy(out->value, column.data, out->count * sizeof(double));
    custval_table_free(scores);
    custval_table_free(table);
}

static void nothing_on_a_grid_is_cheaper_or_reaches_further(void **state) {
    (void)state;
    support_random random = random_seeded("targets");
    grid *all = malloc(sizeof *all);
    assert_non_null(all);
    size_t reached = 0, out_of_reach = 0;
    for (int i = 0; i < 400; i++) {
        trial of = random_trial(&random);
        fill_grid(&of, all);
        const double target = all->value[0] + random_between(&random, -1.0, 60.0);
        custval_table *table = table_of("a b c", of.answers, 1), *way = NULL;
        const custval_status status = custval_target(of.system, table, 0, target, NULL, &way, NULL);
        if (status == CUSTVAL_OK) {
            reached++;
            const double cost = cell(way, "cost", 0) + cell(way, "cost", 1) + cell(way, "cost", 2);
            assert_true(value_with(of.system, way, "a b c") >= target);
            for (size_t k = 0; k < all->count; k++) {
                assert_true(all->value[k] < target || all->cost[k] >= cost - 1e-7);
            }
        } else {
            out_of_reach++;
            assert_int_equal(status, CUSTVAL_ERROR_RANGE);
            for (size_t k = 0; k < all->count; k++) assert_true(all->value[k] < target);
        }
        custval_table_free(way);
        custval_table_free(table);
        custval_system_free(of.system);
    }
    assert_true(reached > 150 && out_of_reach > 40);
    free(all);
}

static void the_message_names_a_value_that_is_reached(void **state) {
    (void)state;
    support_random random = random_seeded("reach");
    grid *all = malloc(sizeof *all);
    assert_non_null(all);
    for (int i = 0; i < 200; i++) {
        trial of = random_trial(&random);
        fill_grid(&of, all);
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_table *table = table_of("a b c", of.answers, 1), *way = NULL;
        assert_status(custval_target(of.system, table, 0, 101.0, NULL, &way, &error), CUSTVAL_ERROR_RANGE, &error);
        const char *most = strstr(error.message, "at most ");
        assert_non_null(most);
        const double reach = support_double(most + strlen("at most "));
        assert_ok(custval_target(of.system, table, 0, reach, NULL, &way, &error), &error);
        custval_table_free(way);
        for (size_t k = 0; k < all->count; k++) assert_true(all->value[k] <= reach + 1e-9);
        custval_table_free(table);
        custval_system_free(of.system);
    }
    free(all);
}

typedef struct attempt {
    const custval_system *system;
    const custval_table *table;
} attempt;

static custval_status target_on(const custval_host *host, void *data) {
    const attempt *with = data;
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    custval_table *out = (custval_table *)&options;
    options.host = host;
    const custval_status status = custval_target(with->system, with->table, 0, 40.0, &options, &out, NULL);
    assert_int_equal(out != NULL, status == CUSTVAL_OK);
    custval_table_free(out);
    return status;
}

static custval_status reach_on(const custval_host *host, void *data) {
    const attempt *with = data;
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    custval_table *out = (custval_table *)&options;
    options.host = host;
    const custval_status status = custval_target(with->system, with->table, 0, 101.0, &options, &out, NULL);
    assert_null(out);
    return status == CUSTVAL_ERROR_RANGE ? CUSTVAL_OK : status;
}

static void targets_without_memory_leave_nothing_behind(void **state) {
    (void)state;
    custval_system *system = system_of("'gates': [{'node': 'product', 'below': 75, 'cap': 20}], " SHOP "}");
    custval_table *table = table_of(SHOP_COLUMNS, usual, 1);
    attempt with = {system, table};
    support_exhaust_memory(target_on, &with);
    support_exhaust_memory(reach_on, &with);
    custval_table_free(table);
    custval_system_free(system);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_costs_the_steepest_indicators_come_first),
        cmocka_unit_test(with_costs_the_best_gain_per_cost_comes_first),
        cmocka_unit_test(gates_that_cap_below_the_target_are_opened),
        cmocka_unit_test(what_has_no_score_or_is_judged_is_left_alone),
        cmocka_unit_test(derived_nodes_count_only_parts_that_have_a_score),
        cmocka_unit_test(targets_out_of_reach_say_how_far_it_goes),
        cmocka_unit_test(the_very_end_of_what_can_be_reached_is_reached),
        cmocka_unit_test(systems_that_are_not_linear_are_refused_by_the_node),
        cmocka_unit_test(targets_that_make_no_sense_are_refused),
        cmocka_unit_test(nothing_on_a_grid_is_cheaper_or_reaches_further),
        cmocka_unit_test(the_message_names_a_value_that_is_reached),
        cmocka_unit_test(targets_without_memory_leave_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
