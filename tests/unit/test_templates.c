/* The shipped system documents: templates and examples. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include <custval/custval.h>

#include "support.h"

/* ---- The documents ------------------------------------------------------------------------------------------------- */

typedef struct shipped {
    const char *path, *id;
    const char *warnings;        /* "code node" of each, in order, joined by "; " */
    uint32_t benefit, sacrifice; /* number of items on each side */
} shipped;

static const shipped documents[] = {
    {"tools/templates/t01-wukong-nine.json", "wukong-nine", "", 18, 15},
    {"tools/templates/t02-kotler-four-values.json", "kotler-four-values", "zero-weight image", 20, 15},
    {"tools/templates/t03-zeithaml.json", "zeithaml", "", 9, 4},
    {"tools/templates/t04-middlebrook.json", "middlebrook", "", 4, 8},
    {"tools/templates/t05-perval.json", "perval", "", 12, 0},
    {"tools/templates/t06-servqual.json", "servqual", "", 22, 0},
    {"tools/templates/t07-markor.json", "markor", "", 20, 0},
    {"tools/templates/t08-mktor.json", "mktor", "", 15, 0},
    {"tools/templates/t09-firm-advantages.json", "firm-advantages", "", 9, 0},
    {"tools/templates/t10-felt-strength.json", "felt-strength", "", 5, 0},
    {"tools/templates/t11-commercial-value.json", "commercial-value", "", 9, 5},
    {"tools/templates/t12-acsi.json", "acsi", "zero-weight drivers; zero-weight outcomes", 17, 0},
    {"examples/survey/perceived-value.json", "perceived-value", "", 6, 3},
    {"examples/acsi/acsi.json", "acsi-perceived-value", "", 4, 3},
};

static custval_system *load(const char *path) {
    size_t length = 0;
    char *const text = support_read_file(path, &length);
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = NULL;
    const custval_status status = custval_system_parse(NULL, text, length, &system, &error);
    free(text);
    if (status != CUSTVAL_OK) {
        print_error("%s: %s\n", path, error.message);
        fail();
    }
    return system;
}

static uint32_t node_named(const custval_system *system, const char *id) {
    custval_error error = CUSTVAL_ERROR_INIT;
    uint32_t node = CUSTVAL_NONE;
    assert_ok(custval_system_find(system, id, &node, &error), &error);
    return node;
}

static custval_node node_at(const custval_system *system, uint32_t index) {
    custval_node node = CUSTVAL_NODE_INIT;
    assert_ok(custval_system_node(system, index, &node, NULL), NULL);
    return node;
}

static double local_weight(const custval_system *system, const char *id) {
    return node_at(system, node_named(system, id)).local_weight;
}

/* ---- What holds for all -------------------------------------------------------------------------------------------- */

static uint32_t items_of_side(const custval_system *system, uint32_t side) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < custval_system_nodes(system); i++) {
        const custval_node node = node_at(system, i);
        count += node.kind == CUSTVAL_KIND_ITEM && node.side == side;
    }
    return count;
}

static void every_document_loads_and_has_its_id_and_items(void **state) {
    (void)state;
    for (size_t i = 0; i < SUPPORT_COUNT(documents); i++) {
        custval_system *const system = load(documents[i].path);
        custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
        assert_ok(custval_system_get(system, &spec, NULL), NULL);
        assert_string_equal(spec.id, documents[i].id);
        assert_true(spec.note != NULL && strlen(spec.note) > 40);
        assert_int_equal(items_of_side(system, CUSTVAL_SIDE_BENEFIT), documents[i].benefit);
        assert_int_equal(items_of_side(system, CUSTVAL_SIDE_SACRIFICE), documents[i].sacrifice);
        custval_system_free(system);
    }
}

static char *warnings_of(const custval_system *system) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    assert_ok(custval_system_check(system, NULL, &table, &error), &error);
    char *const joined = calloc(custval_table_rows(table) + 1, 100);
    assert_non_null(joined);
    for (size_t row = 0; row < custval_table_rows(table); row++) {
        custval_text code, node;
        assert_ok(custval_table_text(table, 0, row, &code, &error), &error);
        assert_ok(custval_table_text(table, 1, row, &node, &error), &error);
        if (row > 0) strcat(joined, "; ");
        strncat(joined, code.data, code.length);
        strcat(joined, " ");
        strncat(joined, node.data, node.length);
    }
    custval_table_free(table);
    return joined;
}

static void a_check_finds_nothing_but_what_is_meant(void **state) {
    (void)state;
    for (size_t i = 0; i < SUPPORT_COUNT(documents); i++) {
        custval_system *const system = load(documents[i].path);
        char *const warnings = warnings_of(system);
        assert_string_equal(warnings, documents[i].warnings);
        free(warnings);
        custval_system_free(system);
    }
}

typedef const char *(*label_at)(const custval_system *system, uint32_t kind, uint32_t index, uint32_t label,
                                const char **out_language);

static const char *node_label(const custval_system *system, uint32_t kind, uint32_t index, uint32_t label,
                              const char **out_language) {
    (void)kind;
    return custval_system_label_at(system, index, label, out_language);
}

static int has_label(const custval_system *system, label_at at, uint32_t kind, uint32_t index, const char *wanted) {
    const char *language = NULL, *text = NULL;
    for (uint32_t label = 0; (text = at(system, kind, index, label, &language)) != NULL; label++) {
        if (strcmp(language, wanted) == 0) return text[0] != 0;
    }
    return 0;
}

static void assert_labelled(const custval_system *system, label_at at, uint32_t kind, uint32_t index, const char *id,
                            const char *path) {
    static const char *const languages[] = {"en", "zh", "ko"};
    for (size_t i = 0; i < SUPPORT_COUNT(languages); i++) {
        if (has_label(system, at, kind, index, languages[i])) continue;
        print_error("%s: \"%s\" has no label in %s\n", path, id, languages[i]);
        fail();
    }
}

static void everything_has_a_name_in_three_languages(void **state) {
    (void)state;
    for (size_t i = 0; i < SUPPORT_COUNT(documents); i++) {
        custval_system *const system = load(documents[i].path);
        for (uint32_t node = 0; node < custval_system_nodes(system); node++) {
            assert_labelled(system, node_label, 0, node, node_at(system, node).id, documents[i].path);
        }
        for (uint32_t kind = CUSTVAL_PROFILES; kind <= CUSTVAL_CONTEXTS; kind++) {
            for (uint32_t frame = 0; frame < custval_system_frames(system, kind); frame++) {
                custval_frame shown = CUSTVAL_FRAME_INIT;
                assert_ok(custval_system_frame(system, kind, frame, &shown, NULL), NULL);
                assert_labelled(system, custval_system_frame_label_at, kind, frame, shown.id, documents[i].path);
            }
        }
        custval_system_free(system);
    }
}

static void every_item_says_what_was_asked(void **state) {
    (void)state;
    for (size_t i = 0; i < SUPPORT_COUNT(documents); i++) {
        custval_system *const system = load(documents[i].path);
        for (uint32_t index = 0; index < custval_system_nodes(system); index++) {
            if (node_at(system, index).kind != CUSTVAL_KIND_ITEM) continue;
            custval_item_spec item = CUSTVAL_ITEM_SPEC_INIT;
            assert_ok(custval_system_item_spec(system, index, &item, NULL), NULL);
            assert_true(item.note != NULL && item.note[0] != 0);
        }
        custval_system_free(system);
    }
}

static void every_document_stands_as_it_would_be_written(void **state) {
    (void)state;
    for (size_t i = 0; i < SUPPORT_COUNT(documents); i++) {
        size_t length = 0, written = 0;
        char *const text = support_read_file(documents[i].path, &length);
        custval_system *const system = load(documents[i].path);
        char *const again = malloc(length + 1);
        assert_non_null(again);
        assert_ok(custval_system_write(system, again, length + 1, &written, NULL), NULL);
        if (written != length || memcmp(text, again, length) != 0) {
            print_error("%s: written again it is another text\n", documents[i].path);
            fail();
        }
        free(again);
        free(text);
        custval_system_free(system);
    }
}

/* ---- What their sources say ---------------------------------------------------------------------------------------- */

static void the_dimensions_of_service_quality_weigh_as_published(void **state) {
    (void)state;
    static const struct {
        const char *id;
        double weight;
        uint32_t indicators;
    } published[] = {
        {"tangibles", 0.11, 4}, {"reliability", 0.32, 5}, {"responsiveness", 0.22, 4},
        {"assurance", 0.19, 4}, {"empathy", 0.16, 5},
    };
    custval_system *const system = load("tools/templates/t06-servqual.json");
    for (size_t i = 0; i < SUPPORT_COUNT(published); i++) {
        assert_double_near(local_weight(system, published[i].id), published[i].weight, 1e-15);
        assert_int_equal(node_at(system, node_named(system, published[i].id)).child_count, published[i].indicators);
    }
    custval_system_free(system);
}

static void the_batteries_have_the_published_numbers_of_items(void **state) {
    (void)state;
    static const struct {
        const char *path, *dimension;
        uint32_t items;
    } published[] = {
        {"tools/templates/t07-markor.json", "generation", 6},
        {"tools/templates/t07-markor.json", "dissemination", 5},
        {"tools/templates/t07-markor.json", "responsiveness", 9},
        {"tools/templates/t08-mktor.json", "customer_orientation", 6},
        {"tools/templates/t08-mktor.json", "competitor_orientation", 4},
        {"tools/templates/t08-mktor.json", "coordination", 5},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(published); i++) {
        custval_system *const system = load(published[i].path);
        const custval_node node = node_at(system, node_named(system, published[i].dimension));
        assert_int_equal(node.child_count, published[i].items);
        custval_system_free(system);
    }
}

static void the_product_comes_first_and_is_the_pass(void **state) {
    (void)state;
    custval_system *const system = load("tools/templates/t02-kotler-four-values.json");
    assert_int_equal(node_at(system, node_named(system, "product")).must_be_highest, 1);
    assert_double_near(local_weight(system, "product"), 0.5, 1e-15);
    assert_int_equal(node_at(system, node_named(system, "image_result")).kind, CUSTVAL_KIND_DERIVED);
    assert_double_bits(local_weight(system, "image"), 0.0);
    custval_gate_spec gate = CUSTVAL_GATE_SPEC_INIT;
    assert_int_equal(custval_system_gates(system), 1);
    assert_ok(custval_system_gate(system, 0, &gate, NULL), NULL);
    assert_string_equal(gate.node, "product");
    assert_int_equal(gate.type, CUSTVAL_GATE_BELOW);
    assert_double_bits(gate.threshold, 40.0);
    assert_double_bits(gate.cap, 50.0);
    custval_system_free(system);
}

static void money_or_time_leads_for_whom_it_matters(void **state) {
    (void)state;
    custval_system *const system = load("tools/templates/t01-wukong-nine.json");
    const uint32_t nodes = custval_system_nodes(system);
    double *const weights = calloc(nodes, sizeof *weights);
    assert_non_null(weights);
    const uint32_t money = node_named(system, "money"), time = node_named(system, "time");
    assert_ok(custval_system_weights(system, "price-sensitive", NULL, weights, NULL, NULL), NULL);
    assert_true(weights[money] > 0.5 && weights[money] > weights[time]);
    assert_ok(custval_system_weights(system, "time-sensitive", NULL, weights, NULL, NULL), NULL);
    assert_true(weights[time] > weights[money]);
    free(weights);
    custval_system_free(system);
}

static void a_context_changes_weights_and_expectations(void **state) {
    (void)state;
    custval_system *const system = load("tools/templates/t03-zeithaml.json");
    custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
    assert_ok(custval_system_get(system, &spec, NULL), NULL);
    assert_string_equal(spec.context_column, "PLACE");
    assert_int_equal(custval_system_frames(system, CUSTVAL_CONTEXTS), 2);
    double weight = 0, expectation = 0;
    assert_true(custval_system_frame_weight(system, CUSTVAL_CONTEXTS, 1, node_named(system, "abstractions"), &weight));
    assert_double_bits(weight, 40.0);
    assert_true(custval_system_expectation(system, 1, node_named(system, "QUAL1"), &expectation));
    assert_double_bits(expectation, 4.0);
    custval_system_free(system);
}

static void sacrifices_are_to_pay_to_do_and_to_learn(void **state) {
    (void)state;
    static const struct {
        const char *indicator;
        uint32_t tag;
    } tagged[] = {
        {"price", CUSTVAL_TAG_PAY}, {"maintenance", CUSTVAL_TAG_PAY},     {"effort", CUSTVAL_TAG_DO},
        {"time", CUSTVAL_TAG_DO},   {"time_to_learn", CUSTVAL_TAG_LEARN},
    };
    custval_system *const system = load("tools/templates/t04-middlebrook.json");
    for (size_t i = 0; i < SUPPORT_COUNT(tagged); i++) {
        custval_node_spec spec = CUSTVAL_NODE_SPEC_INIT;
        assert_ok(custval_system_node_spec(system, node_named(system, tagged[i].indicator), &spec, NULL), NULL);
        assert_int_equal(spec.tag, tagged[i].tag);
    }
    custval_system_free(system);
}

static void the_index_of_satisfaction_has_the_published_weights(void **state) {
    (void)state;
    custval_system *const system = load("tools/templates/t12-acsi.json");
    assert_double_near(local_weight(system, "overall"), 0.3885, 1e-15);
    assert_double_near(local_weight(system, "confirmation"), 0.3190, 1e-15);
    assert_double_near(local_weight(system, "ideal"), 0.2925, 1e-15);
    assert_double_bits(local_weight(system, "satisfaction"), 1.0);
    custval_system_free(system);
}

/* ---- The guide ----------------------------------------------------------------------------------------------------- */

static void the_documents_of_the_guide_load_without_a_warning(void **state) {
    (void)state;
    static const char begin[] = "```json\n", end[] = "\n```";
    char *const guide = support_read_file("docs/system-document.md", NULL);
    size_t count = 0;
    for (const char *at = strstr(guide, begin); at != NULL; at = strstr(at, begin)) {
        at += sizeof begin - 1;
        const char *const stop = strstr(at, end);
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_system *system = NULL;
        assert_non_null(stop);
        assert_ok(custval_system_parse(NULL, at, (size_t)(stop - at), &system, &error), &error);
        char *const warnings = warnings_of(system);
        assert_string_equal(warnings, "");
        free(warnings);
        custval_system_free(system);
        count++;
    }
    assert_int_equal(count, 4);
    free(guide);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_document_loads_and_has_its_id_and_items),
        cmocka_unit_test(a_check_finds_nothing_but_what_is_meant),
        cmocka_unit_test(everything_has_a_name_in_three_languages),
        cmocka_unit_test(every_item_says_what_was_asked),
        cmocka_unit_test(every_document_stands_as_it_would_be_written),
        cmocka_unit_test(the_dimensions_of_service_quality_weigh_as_published),
        cmocka_unit_test(the_batteries_have_the_published_numbers_of_items),
        cmocka_unit_test(the_product_comes_first_and_is_the_pass),
        cmocka_unit_test(money_or_time_leads_for_whom_it_matters),
        cmocka_unit_test(a_context_changes_weights_and_expectations),
        cmocka_unit_test(sacrifices_are_to_pay_to_do_and_to_learn),
        cmocka_unit_test(the_index_of_satisfaction_has_the_published_weights),
        cmocka_unit_test(the_documents_of_the_guide_load_without_a_warning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
