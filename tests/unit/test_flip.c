/* custval_flip, against numbers worked out by hand and against systems built with the weights that it finds. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "explain_support.h"

static custval_table *flip_of(const custval_system *system, const custval_table *table,
                              const custval_score_options *options) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *out = NULL;
    assert_ok(custval_flip(system, table, 0, 1, options, &out, &error), &error);
    return out;
}

typedef struct expected {
    const char *node;
    double weight, flip;
} expected;

static void assert_flips(const custval_table *flips, const expected *rows, size_t count, double tolerance) {
    assert_int_equal(custval_table_rows(flips), count);
    for (size_t i = 0; i < count; i++) {
        assert_text(flips, "node", i, rows[i].node);
        assert_double_near(cell(flips, "weight", i), rows[i].weight, 1e-15);
        assert_double_near(cell(flips, "flip", i), rows[i].flip, tolerance);
        assert_double_near(cell(flips, "distance", i), fabs(rows[i].flip - rows[i].weight), tolerance);
    }
}

static const double two_shops[2][5] = {{80, 80, 60, 30, 50}, {50, 50, 90, 60, 20}};

static void a_linear_lead_is_solved_in_closed_form(void **state) {
    (void)state;
    /* Lead 16. Product: 30 w - 30 (1 - w) + 10 = 0. Cost: 6 + 30 c - 30 (1 - c) = 0. */
    static const expected rows[] = {
        {"product", 0.6, 1.0 / 3.0}, {"reliability", 0.75, NONE}, {"function", 0.25, NONE},
        {"service", 0.4, 2.0 / 3.0}, {"cost", 2.0 / 3.0, 0.4},    {"effort", 1.0 / 3.0, 0.6},
    };
    custval_system *system = system_of(SHOP "}");
    custval_table *table = table_of(SHOP_COLUMNS, two_shops[0], 2), *flips = flip_of(system, table, NULL);
    assert_flips(flips, rows, SUPPORT_COUNT(rows), 1e-14);
    assert_text(flips, "kind", 0, "dimension");
    assert_text(flips, "kind", 1, "indicator");
    for (size_t i = 0; i < SUPPORT_COUNT(rows); i++) assert_double_near(cell(flips, "lead", i), 16.0, 1e-12);
    custval_table_free(flips);
    custval_table_free(table);
    custval_system_free(system);
}

static void the_index_weighs_its_sides(void **state) {
    (void)state;
    /* B 72 and 66, 100 - S 190/3 and 160/3: a leads on both sides, unless other weights change that. */
    static const expected rows[] = {
        {"benefit", 0.5, NONE},   {"product", 0.6, 1.0 / 3.0}, {"reliability", 0.75, NONE},
        {"function", 0.25, NONE}, {"service", 0.4, 2.0 / 3.0}, {"sacrifice", 0.5, NONE},
        {"cost", 2.0 / 3.0, 0.4}, {"effort", 1.0 / 3.0, 0.6},
    };
    custval_system *system = system_of("'form': 'index', " SHOP "}");
    custval_table *table = table_of(SHOP_COLUMNS, two_shops[0], 2), *flips = flip_of(system, table, NULL);
    assert_flips(flips, rows, SUPPORT_COUNT(rows), 1e-14);
    custval_table_free(flips);
    custval_table_free(table);
    custval_system_free(system);
}

static void siblings_keep_their_proportions(void **state) {
    (void)state;
    static const double answers[2][3] = {{90, 40, 30}, {40, 50, 50}};
    custval_system *system =
        system_of("'dimensions': [{'id': 'get', 'side': 'benefit', 'indicators': [{'id': 'a', 'weight': 1, $A},"
                  "{'id': 'b', 'weight': 2, $B}, {'id': 'c', 'weight': 1, $C}]}]}");
    custval_table *table = table_of("A B C", answers[0], 2), *flips = flip_of(system, table, NULL);
    /* Leads +50, -10, -20: now 2.5. a: 50 w - 40/3 (1 - w); b: 15 (1 - w) - 10 w; c: 10 (1 - w) - 20 w. */
    static const expected rows[] = {{"a", 0.25, 4.0 / 19.0}, {"b", 0.5, 0.6}, {"c", 0.25, 1.0 / 3.0}};
    assert_flips(flips, rows, SUPPORT_COUNT(rows), 1e-14);
    custval_table_free(flips);
    custval_table_free(table);
    custval_system_free(system);
}

#define GET(policies, aggregator)                                                       \
  policies "'dimensions': [{'id': 'get', 'side': 'benefit', 'aggregator': '" aggregator \
           "', 'indicators': [{'id': 'a',"                                              \
           "'weight': 3, $A}, {'id': 'b', 'weight': 1, $B}]}]}"

static void other_means_are_bisected(void **state) {
    (void)state;
    /* 80^w 60^(1 - w) = 50^w 90^(1 - w); harmonic: the same with reciprocals. */
    static const double answers[2][2] = {{80, 60}, {50, 90}};
    static const struct {
        const char *document;
        double flip;
    } cases[] = {
        {GET("", "geometric"), 0.4631405906436828}, /* ln 1.5 / ln 2.4 */
        {GET("", "harmonic"), (1.0 / 60 - 1.0 / 90) / (1.0 / 50 - 1.0 / 80 + 1.0 / 60 - 1.0 / 90)},
        /* The minimum does not look at the weights until one of them is 0: then b alone counts, and a loses. */
        {GET("", "minimum"), 0.0},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_system *system = system_of(cases[i].document);
        custval_table *table = table_of("A B", answers[0], 2), *flips = flip_of(system, table, NULL);
        assert_double_near(cell(flips, "flip", 0), cases[i].flip, 2e-12);
        assert_double_near(cell(flips, "flip", 1), 1.0 - cases[i].flip, 2e-12);
        custval_table_free(flips);
        custval_table_free(table);
        custval_system_free(system);
    }
}

static void a_ratio_is_bisected(void **state) {
    (void)state;
    /* (80 w + 60 (1 - w)) / 50 = (50 w + 90 (1 - w)) / 40: 85 w = 52.5. */
    static const double answers[2][3] = {{80, 60, 50}, {50, 90, 40}};
    custval_system *system =
        system_of("'form': 'ratio', 'dimensions': [{'id': 'get', 'side': 'benefit', 'indicators': [{'id': 'a', "
                  "'weight': 3, $A}, {'id': 'b', $B}]}, {'id': 'give', 'side': 'sacrifice', 'indicators': ["
                  "{'id': 'c', $C}]}]}");
    custval_table *table = table_of("A B C", answers[0], 2), *flips = flip_of(system, table, NULL);
    assert_double_near(cell(flips, "flip", 0), (90.0 / 40 - 60.0 / 50) / (20.0 / 50 + 40.0 / 40), 2e-12);
    custval_table_free(flips);
    custval_table_free(table);
    custval_system_free(system);
}

static void a_gate_can_flip_the_choice_with_a_jump(void **state) {
    (void)state;
    /* a has 60 + 20 w, b 90 - 40 w; each is capped at 40 where it falls below 72: a for w < 0.6, b for w > 0.45. At
       0.75 a leads by 35; below 0.6 both are capped and tie; the lead never crosses 0, it jumps. */
    static const double answers[2][2] = {{80, 60}, {50, 90}};
    custval_system *system = system_of(GET("'gates': [{'node': 'get', 'below': 72, 'cap': 40}], ", "mean"));
    custval_table *table = table_of("A B", answers[0], 2), *flips = flip_of(system, table, NULL);
    assert_double_near(cell(flips, "lead", 0), 35.0, 1e-12);
    assert_double_near(cell(flips, "flip", 0), 0.6, 2e-12);
    assert_double_near(cell(flips, "flip", 1), 0.4, 2e-12);
    custval_table_free(flips);
    custval_table_free(table);
    custval_system_free(system);
    /* Above 77 they close for a where w > 0.85: from 0.75, that jump is nearer than the crossing at 0.5. */
    system = system_of(GET("'gates': [{'node': 'get', 'above': 77, 'cap': 40}], ", "mean"));
    table = table_of("A B", answers[0], 2);
    flips = flip_of(system, table, NULL);
    assert_double_near(cell(flips, "flip", 0), 0.85, 2e-12);
    custval_table_free(flips);
    custval_table_free(table);
    custval_system_free(system);
    /* Below 65 the gates leave the crossing at 0.5 as it is. */
    system = system_of(GET("'gates': [{'node': 'get', 'below': 65, 'cap': 40}], ", "mean"));
    table = table_of("A B", answers[0], 2);
    flips = flip_of(system, table, NULL);
    assert_double_near(cell(flips, "flip", 0), 0.5, 2e-12);
    custval_table_free(flips);
    custval_table_free(table);
    custval_system_free(system);
}

static void missing_answers_make_the_lead_curved(void **state) {
    (void)state;
    /* b lacks B: its benefit is A alone, 50, whatever the weight; a has 20 w + 60 (1 - w): they tie at 1/4. */
    static const double answers[2][2] = {{20, 60}, {50, NONE}};
    custval_system *system = system_of(GET("", "mean"));
    custval_table *table = table_of("A B", answers[0], 2), *flips = flip_of(system, table, NULL);
    assert_double_near(cell(flips, "flip", 0), 0.25, 2e-12);
    assert_double_near(cell(flips, "flip", 1), 0.75, 2e-12);
    custval_table_free(flips);
    custval_table_free(table);
    custval_system_free(system);
}

static void both_rows_are_scored_with_the_weights_of_the_first(void **state) {
    (void)state;
    static const double answers[2][4] = {{80, 60, 1, 1}, {50, 90, 9, 1}};
    custval_system *system = system_of(
        "'dimensions': [{'id': 'get', 'side': 'benefit', 'indicators': [{'id': 'a', 'weight_column': 'wa', $A},"
        "{'id': 'b', 'weight_column': 'wb', $B}]}]}");
    custval_table *table = table_of("A B wa wb", answers[0], 2), *flips = flip_of(system, table, NULL);
    assert_double_near(cell(flips, "lead", 0), 0.0, 1e-12);
    assert_double_bits(cell(flips, "weight", 0), 0.5);
    assert_double_bits(cell(flips, "flip", 0), 0.5); /* a tie now is the nearest tie */
    assert_double_bits(cell(flips, "distance", 0), 0.0);
    custval_table_free(flips);
    custval_table_free(table);
    custval_system_free(system);
}

static void siblings_without_weight_have_no_proportions(void **state) {
    (void)state;
    static const double answers[2][2] = {{80, 60}, {50, 90}};
    custval_system *system =
        system_of("'dimensions': [{'id': 'get', 'side': 'benefit', 'indicators': [{'id': 'a', $A}, {'id': 'b', "
                  "'weight': 0, $B}]}]}");
    custval_table *table = table_of("A B", answers[0], 2), *flips = flip_of(system, table, NULL);
    assert_double_bits(cell(flips, "flip", 0), NONE);
    assert_double_near(cell(flips, "flip", 1), 0.5, 1e-14);
    custval_table_free(flips);
    custval_table_free(table);
    custval_system_free(system);
}

/* ---- Found weights are put into systems -------------------------------------------------------------------------- */

#define GROUPS 3
#define EACH 2
typedef struct design {
    uint32_t form, aggregators[GROUPS];
    double dimension[GROUPS], indicator[GROUPS][EACH]; /* weights */
} design;

/* Two dimensions of benefits and one of sacrifices, each with two indicators; d0 .. d2, i00 .. i21, q00 .. q21. */
static custval_system *build(const design *of) {
    custval_builder *builder = NULL;
    custval_system *system = NULL;
    custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
    spec.form = of->form;
    assert_ok(custval_builder_new(NULL, &spec, &builder, NULL), NULL);
    for (int d = 0; d < GROUPS; d++) {
        char name[16];
        custval_node_spec node = CUSTVAL_NODE_SPEC_INIT;
        snprintf(name, sizeof name, "d%d", d);
        node.id = name;
        node.weight = of->dimension[d];
        node.aggregator = of->aggregators[d];
        node.exponent = 2.0;
        assert_ok(custval_builder_dimension(builder, d < 2 ? 1 : 2, &node, NULL), NULL);
        for (int i = 0; i < EACH; i++) {
            char id[16], column[16];
            custval_node_spec indicator = CUSTVAL_NODE_SPEC_INIT;
            custval_item_spec item = CUSTVAL_ITEM_SPEC_INIT;
            snprintf(id, sizeof id, "i%d%d", d, i);
            snprintf(column, sizeof column, "q%d%d", d, i);
            indicator.id = id;
            indicator.weight = of->indicator[d][i];
            item.column = column;
            item.scale_max = 100.0;
            assert_ok(custval_builder_indicator(builder, name, &indicator, NULL), NULL);
            assert_ok(custval_builder_item(builder, id, &item, NULL), NULL);
        }
    }
    assert_ok(custval_builder_build(builder, &system, NULL), NULL);
    custval_builder_free(builder);
    return system;
}

/* The lead of row 0 where the n-th weight of a design is `weight` and its sibling has the rest. */
static double lead_with(const design *of, const custval_table *table, const char *node, double weight) {
    design changed = *of;
    const int d = node[1] - '0', i = node[0] == 'i' ? node[2] - '0' : 0;
    if (node[0] == 'i') {
        changed.indicator[d][i] = weight;
        changed.indicator[d][1 - i] = 1.0 - weight;
    } else {
        changed.dimension[d] = weight;
        changed.dimension[1 - d] = 1.0 - weight;
    }
    custval_system *system = build(&changed);
    custval_table *scores = NULL;
    assert_ok(custval_score(system, table, NULL, &scores, NULL), NULL);
    const double lead = cell(scores, "value", 0) - cell(scores, "value", 1);
    custval_table_free(scores);
    custval_system_free(system);
    return lead;
}

static void values_are_equal_at_the_weights_found_and_nowhere_nearer(void **state) {
    (void)state;
    support_random random = random_seeded("flips");
    size_t found = 0, missing = 0;
    for (int trial = 0; trial < 300; trial++) {
        design of = {.form = 1 + random_below(&random, 3)};
        double answers[2 * GROUPS * EACH];
        for (int d = 0; d < GROUPS; d++) {
            of.aggregators[d] = random_below(&random, 2) ? CUSTVAL_AGGREGATOR_MEAN : 1 + random_below(&random, 5);
            of.dimension[d] = random_between(&random, 0.1, 1.0);
            for (int i = 0; i < EACH; i++) of.indicator[d][i] = random_between(&random, 0.1, 1.0);
        }
        for (int i = 0; i < 2 * GROUPS * EACH; i++) answers[i] = random_between(&random, 1.0, 100.0);
        custval_system *system = build(&of);
        custval_table *table = table_of("q00 q01 q10 q11 q20 q21", answers, 2), *flips = flip_of(system, table, NULL);
        for (size_t row = 0; row < custval_table_rows(flips); row++) {
            char node[16] = {0};
            const custval_text text = text_cell(flips, "node", row);
            memcpy(node, text.data, text.length);
            if (node[0] != 'i' && node[0] != 'd') continue;
            const int has_sibling_of_its_kind = node[0] == 'i' || node[1] != '2';
            if (!has_sibling_of_its_kind || of.aggregators[node[1] - '0'] == CUSTVAL_AGGREGATOR_MINIMUM) continue;
            const double weight = cell(flips, "weight", row), flip = cell(flips, "flip", row);
            const double lead = cell(flips, "lead", row);
            if (isnan(flip)) {
                missing++;
                /* No tie anywhere: the sign stays that of now up to both ends. */
                assert_true(lead_with(&of, table, node, 1e-9) * lead > 0.0);
                assert_true(lead_with(&of, table, node, 1.0 - 1e-9) * lead > 0.0);
                continue;
            }
            found++;
            assert_double_near(lead_with(&of, table, node, flip), 0.0, 1e-8);
            const double before = weight + 0.99 * (flip - weight);
            assert_true(lead_with(&of, table, node, before) * lead > 0.0);
        }
        custval_table_free(flips);
        custval_table_free(table);
        custval_system_free(system);
    }
    assert_true(found > 200 && missing > 200);
}

/* ---- Failures ---------------------------------------------------------------------------------------------------- */

static void flips_without_two_values_are_refused(void **state) {
    (void)state;
    static const double answers[3][2] = {{80, 60}, {NONE, NONE}, {NONE, 90}};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = system_of(GET("", "mean"));
    custval_table *table = table_of("A B", answers[0], 3), *out = (custval_table *)&error;
    assert_status(custval_flip(system, table, 0, 1, NULL, &out, &error), CUSTVAL_ERROR_STATE, &error);
    assert_message(&error, "row 1 has no value: ");
    assert_null(out);
    assert_status(custval_flip(system, table, 1, 0, NULL, &out, &error), CUSTVAL_ERROR_STATE, &error);
    assert_status(custval_flip(system, table, 3, 0, NULL, &out, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_message(&error, "row_a is 3");
    assert_status(custval_flip(system, table, 0, 3, NULL, &out, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_message(&error, "row_b is 3");
    assert_status(custval_flip(NULL, table, 0, 1, NULL, &out, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_status(custval_flip(system, NULL, 0, 1, NULL, &out, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_status(custval_flip(system, table, 0, 1, NULL, NULL, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    custval_table_free(table);
    custval_system_free(system);
}

static void a_rival_may_have_no_value_with_the_weights_of_the_first(void **state) {
    (void)state;
    /* All weight on A, which row 1 did not answer; with its own weights it has a value. */
    static const double answers[2][4] = {{80, 60, 1, 0}, {NONE, 90, 0, 1}};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = system_of(
        "'dimensions': [{'id': 'get', 'side': 'benefit', 'indicators': [{'id': 'a', 'weight_column': 'wa', $A},"
        "{'id': 'b', 'weight_column': 'wb', $B}]}]}");
    custval_table *table = table_of("A B wa wb", answers[0], 2), *out = (custval_table *)&error;
    assert_status(custval_flip(system, table, 0, 1, NULL, &out, &error), CUSTVAL_ERROR_STATE, &error);
    assert_message(&error, "row 1 has no value with the weights of row 0");
    assert_null(out);
    custval_table_free(table);
    custval_system_free(system);
}

typedef struct attempt {
    const custval_system *system;
    const custval_table *table;
} attempt;

static custval_status flip_on(const custval_host *host, void *data) {
    const attempt *with = data;
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    custval_table *out = (custval_table *)&options;
    options.host = host;
    const custval_status status = custval_flip(with->system, with->table, 0, 1, &options, &out, NULL);
    assert_int_equal(out != NULL, status == CUSTVAL_OK);
    custval_table_free(out);
    return status;
}

static void flips_without_memory_leave_nothing_behind(void **state) {
    (void)state;
    custval_system *system = system_of(SHOP "}");
    custval_table *table = table_of(SHOP_COLUMNS, two_shops[0], 2);
    attempt with = {system, table};
    support_exhaust_memory(flip_on, &with);
    custval_table_free(table);
    custval_system_free(system);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_linear_lead_is_solved_in_closed_form),
        cmocka_unit_test(the_index_weighs_its_sides),
        cmocka_unit_test(siblings_keep_their_proportions),
        cmocka_unit_test(other_means_are_bisected),
        cmocka_unit_test(a_ratio_is_bisected),
        cmocka_unit_test(a_gate_can_flip_the_choice_with_a_jump),
        cmocka_unit_test(missing_answers_make_the_lead_curved),
        cmocka_unit_test(both_rows_are_scored_with_the_weights_of_the_first),
        cmocka_unit_test(siblings_without_weight_have_no_proportions),
        cmocka_unit_test(values_are_equal_at_the_weights_found_and_nowhere_nearer),
        cmocka_unit_test(flips_without_two_values_are_refused),
        cmocka_unit_test(a_rival_may_have_no_value_with_the_weights_of_the_first),
        cmocka_unit_test(flips_without_memory_leave_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
