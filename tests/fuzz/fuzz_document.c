/* Any bytes as a system document: refused with one line, or a system that writes itself back and scores anything. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "any_document.h"
#include "random_system.h"

static void use(const custval_system *system);

FUZZ_DOCUMENT(system, use)

/* A builder that starts from the system makes the same again. */
static void rebuild(const custval_system *system, const char *text, size_t length) {
    custval_builder *builder = NULL;
    custval_system *copy = NULL;
    size_t length_again;
    DEMAND(custval_builder_new_from(NULL, system, &builder, NULL) == CUSTVAL_OK);
    DEMAND(custval_builder_build(builder, &copy, NULL) == CUSTVAL_OK);
    char *text_again = system_written(copy, &length_again);
    DEMAND(length == length_again && memcmp(text, text_again, length) == 0);
    free(text_again);
    custval_system_free(copy);
    custval_builder_free(builder);
}

static void look_into(const custval_system *system) {
    custval_table *warnings = NULL;
    size_t length;
    DEMAND(custval_system_text(system, "zh", NULL, 0, &length, NULL) == CUSTVAL_OK && length > 0);
    DEMAND(custval_system_check(system, NULL, &warnings, NULL) == CUSTVAL_OK);
    custval_table_free(warnings);
    double *local = malloc(custval_system_nodes(system) * sizeof *local);
    DEMAND(local != NULL && custval_system_weights(system, NULL, NULL, local, NULL, NULL) == CUSTVAL_OK);
    /* The weights of every group add up to exactly 1. */
    for (uint32_t i = 0; i < custval_system_nodes(system); i++) {
        custval_node node = CUSTVAL_NODE_INIT;
        DEMAND(custval_system_node(system, i, &node, NULL) == CUSTVAL_OK);
        if (node.first_child == CUSTVAL_NONE) continue;
        double sum = 0.0;
        for (uint32_t child = node.first_child; child != CUSTVAL_NONE; child = node.next_sibling) {
            sum += local[child];
            DEMAND(custval_system_node(system, child, &node, NULL) == CUSTVAL_OK);
        }
        DEMAND(sum == 1.0);
    }
    free(local);
}

static void score_something(const custval_system *system, uint64_t seed) {
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    custval_table *scores = NULL;
    support_random random = {seed};
    options.as_of = RANDOM_AS_OF;
    options.levels = 2 * CUSTVAL_LEVEL_TAG - 1;
    options.coverage = CUSTVAL_COVERAGE_ALL;
    if (custval_system_inputs(system) > 200) return; /* time */
    custval_table *table = random_table(&random, system, 9, 0);
    custval_error error = CUSTVAL_ERROR_INIT;
    must_be_fine(custval_score(system, table, &options, &scores, &error), &error);
    custval_table_free(scores);
    custval_table_free(table);
}

static void use(const custval_system *system) {
    size_t length;
    char *const text = system_written(system, &length);
    rebuild(system, text, length);
    look_into(system);
    score_something(system, length * 2654435761u + (unsigned char)text[length / 2]);
    free(text);
}
