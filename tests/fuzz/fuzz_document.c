/* Any bytes as a system document: refused with one line, or a system that writes itself back and scores anything. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "random_system.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEMAND(condition)                                                        \
    do {                                                                         \
        if (!(condition)) {                                                      \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);      \
            abort();                                                             \
        }                                                                        \
    } while (0)

static char *written(const custval_system *system, size_t *length) {
    DEMAND(custval_system_write(system, NULL, 0, length, NULL) == CUSTVAL_OK);
    char *text = malloc(*length + 1);
    size_t again;
    DEMAND(text != NULL);
    DEMAND(custval_system_write(system, text, *length + 1, &again, NULL) == CUSTVAL_OK && again == *length);
    return text;
}

/* A builder that starts from the system makes the same again. */
static void rebuild(const custval_system *system, const char *text, size_t length) {
    custval_builder *builder = NULL;
    custval_system *copy = NULL;
    size_t length_again;
    DEMAND(custval_builder_new_from(NULL, system, &builder, NULL) == CUSTVAL_OK);
    DEMAND(custval_builder_build(builder, &copy, NULL) == CUSTVAL_OK);
    char *text_again = written(copy, &length_again);
    DEMAND(length == length_again && memcmp(text, text_again, length) == 0);
    free(text_again);
    custval_system_free(copy);
    custval_builder_free(builder);
}

/* Writing, reading and writing again gives the same bytes. */
static void round_trip(const custval_system *system) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *second = NULL;
    size_t length, length_again;
    char *text = written(system, &length);
    rebuild(system, text, length);
    if (length > CUSTVAL_MAX_DOCUMENT_SIZE) {
        free(text);
        return;
    }
    if (custval_system_parse(NULL, text, length, &second, &error) != CUSTVAL_OK) {
        fprintf(stderr, "%s\n%s\n", error.message, text);
        abort();
    }
    char *text_again = written(second, &length_again);
    DEMAND(length == length_again && memcmp(text, text_again, length) == 0);
    custval_system_free(second);
    free(text_again);
    free(text);
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
    if (custval_score(system, table, &options, &scores, &error) != CUSTVAL_OK) {
        fprintf(stderr, "%s\n", error.message);
        abort();
    }
    custval_table_free(scores);
    custval_table_free(table);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = NULL;
    const custval_status status = custval_system_parse(NULL, (const char *)data, size, &system, &error);
    DEMAND((status == CUSTVAL_OK) == (system != NULL));
    if (system == NULL) {
        DEMAND(error.status == status && error.message[0] != '\0' && strchr(error.message, '\n') == NULL);
        return 0;
    }
    round_trip(system);
    look_into(system);
    score_something(system, size * 2654435761u + data[size / 2]);
    custval_system_free(system);
    return 0;
}
