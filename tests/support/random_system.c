/* Random systems and random tables for them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "random_system.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int chance(support_random *random, uint32_t percent) {
    return random_below(random, 100) < percent;
}

static double random_weight(support_random *random) {
    return chance(random, 5) ? 0.0 : random_between(random, 0.1, 60.0);
}

static uint32_t random_aggregator(support_random *random, uint32_t features) {
    return (features & RANDOM_AGGREGATORS) && chance(random, 40) ? 1 + random_below(random, 5)
                                                                 : CUSTVAL_AGGREGATOR_MEAN;
}

static custval_node_spec random_node(support_random *random, uint32_t features, const char *id) {
    static const double exponents[] = {-2.0, -0.5, 0.5, 2.0, 3.0};
    custval_node_spec spec = CUSTVAL_NODE_SPEC_INIT;
    spec.id = id;
    spec.weight = random_weight(random);
    spec.aggregator = random_aggregator(random, features);
    spec.exponent = exponents[random_below(random, SUPPORT_COUNT(exponents))];
    if ((features & RANDOM_POLICIES) && chance(random, 20)) spec.coverage_floor = random_unit(random);
    spec.cost = chance(random, 50) ? random_between(random, 0.5, 20.0) : 0.0;
    return spec;
}

static const double codes[] = {98.0, 99.0, 0.0};

/* Fills in a curve whose arrays live in static memory. */
static void random_curve(support_random *random, custval_item_spec *item, custval_curve *curve) {
    static const double x[] = {1.0, 3.0, 4.5, 7.0}, y[] = {0.0, 55.0, 60.0, 100.0};
    static const char *const names[] = {"gold", "\xe9\x93\xb6", "none"};
    static const double name_scores[] = {100.0, 40.5, 0.0};
    curve->type = 1 + random_below(random, 7);
    item->curve = curve;
    switch (curve->type) {
    case CUSTVAL_CURVE_LINEAR:
        curve->parameters[0] = random_between(random, -20.0, 20.0);
        curve->parameters[1] = random_between(random, 0.5, 9.0);
        break;
    case CUSTVAL_CURVE_LOGISTIC:
        curve->parameters[0] = random_between(random, 2.0, 6.0);
        curve->parameters[1] = random_between(random, 0.2, 2.0);
        break;
    case CUSTVAL_CURVE_PIECEWISE:
        curve->x = x;
        curve->y = y;
        curve->count = SUPPORT_COUNT(x);
        break;
    case CUSTVAL_CURVE_PROSPECT:
        curve->parameters[0] = curve->parameters[1] = 0.88;
        curve->parameters[2] = 2.25;
        item->has_expectation = 1;
        item->expectation = random_between(random, item->scale_min, item->scale_max);
        break;
    case CUSTVAL_CURVE_TABLE:
        curve->count = SUPPORT_COUNT(names);
        curve->y = name_scores;
        if (chance(random, 50))
            curve->categories = names;
        else
            curve->x = x;
        item->scale_min = item->scale_max = 0.0;
        break;
    default: break;
    }
}

static custval_status add_item(support_random *random, custval_builder *builder, uint32_t features,
                               const char *indicator, int number) {
    char column[64];
    custval_item_spec item = CUSTVAL_ITEM_SPEC_INIT;
    custval_curve curve = CUSTVAL_CURVE_INIT;
    snprintf(column, sizeof column, "%s_%d", indicator, number);
    item.column = column;
    item.scale_min = 1.0;
    item.scale_max = 2.0 + (double)random_below(random, 9);
    item.weight = random_weight(random);
    item.reversed = random_below(random, 2);
    if (chance(random, 30)) {
        item.missing_codes = codes;
        item.missing_code_count = 1 + random_below(random, SUPPORT_COUNT(codes));
        if (chance(random, 30)) item.scale_min = -1.0; /* then the code 0 lies within the scale */
    }
    if ((features & RANDOM_POLICIES) && chance(random, 30)) item.out_of_scale = 1 + random_below(random, 3);
    if ((features & RANDOM_CURVES) && chance(random, 40)) {
        if (item.scale_min < 1.0) item.scale_min = 1.0;
        random_curve(random, &item, &curve);
    }
    return custval_builder_item(builder, indicator, &item, NULL);
}

static custval_status add_dimension(support_random *random, custval_builder *builder, uint32_t features, uint32_t side,
                                    const char *id) {
    custval_node_spec spec = random_node(random, features, id);
    spec.cost = 0.0; /* only indicators have one */
    custval_status status = custval_builder_dimension(builder, side, &spec, NULL);
    const int own = (features & RANDOM_IMPORTANCES) && chance(random, 30);
    const int indicators = 1 + (int)random_below(random, 4);
    for (int i = 0; i < indicators && status == CUSTVAL_OK; i++) {
        char name[24], importance[40];
        snprintf(name, sizeof name, "%s%d", id, i);
        snprintf(importance, sizeof importance, "importance_%s", name);
        spec = random_node(random, features, name);
        if (side == CUSTVAL_SIDE_SACRIFICE) spec.tag = random_below(random, 4);
        if (own) spec.weight_column = importance;
        status = custval_builder_indicator(builder, id, &spec, NULL);
        const int items = 1 + (int)random_below(random, 3);
        for (int k = 0; k < items && status == CUSTVAL_OK; k++) {
            status = add_item(random, builder, features, name, k);
        }
    }
    return status;
}

static custval_status add_frames(support_random *random, custval_builder *builder) {
    custval_status status = custval_builder_profile(builder, "1", NULL, NULL);
    if (status == CUSTVAL_OK) status = custval_builder_profile(builder, "price", NULL, NULL);
    if (status == CUSTVAL_OK) {
        status = custval_builder_profile_weight(builder, "price", "a0", random_between(random, 1.0, 90.0), NULL);
    }
    if (status == CUSTVAL_OK) status = custval_builder_context(builder, "airport", NULL, NULL);
    if (status == CUSTVAL_OK) {
        status = custval_builder_context_weight(builder, "airport", "a", random_between(random, 1.0, 90.0), NULL);
    }
    return status;
}

/* Systems of one side, or without such nodes, have none. */
static custval_status add_reliefs(support_random *random, custval_builder *builder) {
    static const char *const nodes[] = {"b", "b0", "b1", "d"}, *const benefits[] = {"benefit", "a", "a0", "c"};
    custval_relief_spec relief = CUSTVAL_RELIEF_SPEC_INIT;
    custval_status status = CUSTVAL_OK;
    for (int i = 0; i < 3 && status == CUSTVAL_OK; i++) {
        relief.node = nodes[random_below(random, 4)];
        relief.by = benefits[random_below(random, 4)];
        relief.share = chance(random, 10) ? 1.0 : random_unit(random);
        status = custval_builder_relief(builder, &relief, NULL);
        if (status == CUSTVAL_ERROR_NOT_FOUND || status == CUSTVAL_ERROR_STRUCTURE) status = CUSTVAL_OK;
    }
    return status;
}

static custval_status add_rules(support_random *random, custval_builder *builder) {
    custval_gate_spec gate = CUSTVAL_GATE_SPEC_INIT;
    custval_override_spec override = CUSTVAL_OVERRIDE_SPEC_INIT;
    custval_node_spec derived = CUSTVAL_NODE_SPEC_INIT;
    gate.node = "a";
    gate.threshold = random_between(random, 10.0, 90.0);
    gate.cap = random_between(random, -50.0, 60.0);
    custval_status status = custval_builder_gate(builder, &gate, NULL);
    gate.node = "a0";
    gate.type = CUSTVAL_GATE_ABOVE;
    if (status == CUSTVAL_OK) status = custval_builder_gate(builder, &gate, NULL);
    override.author = "A. M\xc3\xbcller";
    override.reason = "complaint";
    static const char *const nodes[] = {"value", "benefit", "a", "a0"};
    static const char *const dates[] = {"2026-01-01", "2026-12-31"};
    for (int i = 0; i < 6 && status == CUSTVAL_OK; i++) {
        char key[16];
        snprintf(key, sizeof key, "%d", i / 2);
        override.node = nodes[random_below(random, 4)];
        override.key = key;
        override.expires = dates[random_below(random, 2)];
        override.score = random_between(random, 0.0, 100.0);
        status = custval_builder_override(builder, &override, NULL);
        if (status == CUSTVAL_ERROR_DUPLICATE) status = CUSTVAL_OK;
    }
    if (status == CUSTVAL_OK && chance(random, 50)) status = add_reliefs(random, builder);
    derived.id = "derived";
    if (status == CUSTVAL_OK) status = custval_builder_derived(builder, &derived, NULL);
    if (status == CUSTVAL_OK) status = custval_builder_derived_part(builder, "derived", "a", 2.0, NULL);
    if (status == CUSTVAL_OK) status = custval_builder_derived_part(builder, "derived", "a0", 1.0, NULL);
    return status;
}

static custval_status draft(support_random *random, custval_builder *builder, uint32_t features) {
    static const char *const ids[] = {"a", "b", "c", "d"};
    const uint32_t sides = random_below(random, 10); /* mostly both */
    const int dimensions = 1 + (int)random_below(random, 4);
    custval_status status = CUSTVAL_OK;
    for (int i = 0; i < dimensions && status == CUSTVAL_OK; i++) {
        const uint32_t side = sides == 0   ? CUSTVAL_SIDE_SACRIFICE
                              : sides == 1 ? CUSTVAL_SIDE_BENEFIT
                                           : 1 + (uint32_t)i % 2;
        status = add_dimension(random, builder, features, side, ids[i]);
    }
    for (uint32_t side = 1; side <= 2 && status == CUSTVAL_OK; side++) {
        custval_node_spec spec = random_node(random, features, NULL);
        spec.cost = 0.0;
        status = custval_builder_side(builder, side, &spec, NULL);
    }
    if (status == CUSTVAL_OK && (features & RANDOM_FRAMES)) status = add_frames(random, builder);
    if (status == CUSTVAL_OK && (features & RANDOM_RULES)) status = add_rules(random, builder);
    return status;
}

custval_system *random_system(support_random *random, uint32_t features) {
    for (;;) {
        custval_builder *builder = NULL;
        custval_system *system = NULL;
        custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
        spec.form = 1 + random_below(random, 3);
        spec.aggregator = random_aggregator(random, features);
        spec.exponent = 0.5;
        if (features & RANDOM_FRAMES) {
            spec.profile_column = "segment";
            spec.context_column = "place";
        }
        if (features & RANDOM_RULES) spec.override_column = "customer";
        if (features & RANDOM_POLICIES) {
            spec.missing = 1 + random_below(random, 5);
            spec.out_of_scale = 1 + random_below(random, 3);
            if (chance(random, 30)) spec.coverage_floor = random_unit(random);
        }
        if (custval_builder_new(NULL, &spec, &builder, NULL) == CUSTVAL_OK &&
            draft(random, builder, features) == CUSTVAL_OK) {
            const custval_status status = custval_builder_build(builder, &system, NULL);
            if (status != CUSTVAL_OK) system = NULL;
        }
        custval_builder_free(builder);
        if (system != NULL) return system;
    }
}

/* ---- Tables ------------------------------------------------------------------------------------------------------ */

/* The item that reads a column, so that answers can be made to fit it. */
static int find_item(const custval_system *system, const char *column, custval_item_spec *out) {
    for (uint32_t i = 0; i < custval_system_nodes(system); i++) {
        custval_node node = CUSTVAL_NODE_INIT;
        if (custval_system_node(system, i, &node, NULL) != CUSTVAL_OK || node.kind != CUSTVAL_KIND_ITEM) continue;
        if (custval_system_item_spec(system, i, out, NULL) == CUSTVAL_OK && strcmp(out->column, column) == 0) return 1;
    }
    return 0;
}

static double random_answer(support_random *random, const custval_item_spec *item, int clean) {
    static const double bad[] = {98.0, 99.0, 0.0, -3.0, 1e9};
    if (!clean && chance(random, 6)) return (double)NAN;
    if (!clean && chance(random, 3)) return bad[random_below(random, SUPPORT_COUNT(bad))];
    if (!clean && chance(random, 1)) return (double)INFINITY;
    if (item->curve->type == CUSTVAL_CURVE_TABLE) return item->curve->x[random_below(random, item->curve->count)];
    const double low = item->scale_max > item->scale_min ? item->scale_min : 1.0;
    const double high = item->scale_max > item->scale_min ? item->scale_max : 7.0;
    double answer =
        chance(random, 50) ? floor(random_between(random, low, high + 1.0)) : random_between(random, low, high);
    if (answer > high) answer = high;
    for (size_t i = 0; clean && i < item->missing_code_count; i++) {
        if (answer == item->missing_codes[i]) answer = high;
    }
    return answer;
}

static custval_text random_text(support_random *random, const custval_input *input, const custval_item_spec *item,
                                int clean) {
    static const char *const profiles[] = {"1", "price"}, *const places[] = {"airport"};
    static const char *const keys[] = {"0", "1", "2", "77", "\xed\x95\x9c"};
    const char *text = "unknown";
    if (!clean && chance(random, 5)) return (custval_text){NULL, 0};
    if (clean || chance(random, 95)) {
        if (input->roles & CUSTVAL_INPUT_PROFILE)
            text = profiles[random_below(random, 2)];
        else if (input->roles & CUSTVAL_INPUT_CONTEXT)
            text = places[0];
        else if (input->roles & CUSTVAL_INPUT_OVERRIDE)
            text = keys[random_below(random, 5)];
        else
            text = item->curve->categories[random_below(random, item->curve->count)];
    }
    return (custval_text){text, strlen(text)};
}

static void add_numbers(support_random *random, custval_table *table, const custval_input *input, size_t rows,
                        int clean, const custval_item_spec *item) {
    double *values = malloc((rows + 1) * sizeof *values);
    assert_non_null(values);
    for (size_t i = 0; i < rows; i++) {
        if (item != NULL)
            values[i] = random_answer(random, item, clean);
        else if (!clean && chance(random, 5))
            values[i] = chance(random, 50) ? (double)NAN : -1.0;
        else
            values[i] = random_between(random, 0.0, 10.0);
    }
    custval_column column = CUSTVAL_COLUMN_INIT;
    column.type = CUSTVAL_TYPE_FLOAT64;
    column.data = values;
    assert_int_equal(custval_table_add_copy(table, input->column, &column, NULL), CUSTVAL_OK);
    free(values);
}

custval_table *random_table(support_random *random, const custval_system *system, size_t rows, int clean) {
    custval_table *table = NULL;
    assert_int_equal(custval_table_new(NULL, rows, &table, NULL), CUSTVAL_OK);
    for (uint32_t i = 0; i < custval_system_inputs(system); i++) {
        custval_input input = CUSTVAL_INPUT_INIT;
        custval_item_spec item = CUSTVAL_ITEM_SPEC_INIT;
        assert_int_equal(custval_system_input(system, i, &input, NULL), CUSTVAL_OK);
        const int is_item = find_item(system, input.column, &item);
        if (!input.is_text) {
            add_numbers(random, table, &input, rows, clean, is_item ? &item : NULL);
            continue;
        }
        custval_text *texts = malloc((rows + 1) * sizeof *texts);
        assert_non_null(texts);
        for (size_t row = 0; row < rows; row++) texts[row] = random_text(random, &input, &item, clean);
        assert_int_equal(custval_table_add_texts(table, input.column, texts, NULL), CUSTVAL_OK);
        free(texts);
    }
    return table;
}
