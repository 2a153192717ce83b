/* Columns that say which node a row stands for. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "rows.h"

#include <string.h>

#include "../base/error.h"

custval_status custval__rows_of_kind(custval__study *study, uint32_t kind, uint32_t **out_nodes, uint32_t *out_count,
                                     custval_error *error) {
    const custval_system *system = study->plan.system;
    uint32_t *nodes = custval__study_alloc(study, system->node_count, sizeof *nodes);
    *out_nodes = nodes;
    *out_count = 0;
    if (nodes == NULL) return custval__fail_memory(error);
    for (uint32_t i = 0; i < system->first_derived; i++) {
        if (system->nodes[i].kind == kind) nodes[(*out_count)++] = i;
    }
    return CUSTVAL_OK;
}

custval_status custval__rows_weighed(custval__study *study, uint32_t **out_nodes, uint32_t *out_count,
                                     custval_error *error) {
    const custval_system *system = study->plan.system;
    uint32_t *nodes = custval__study_alloc(study, system->node_count, sizeof *nodes);
    *out_nodes = nodes;
    *out_count = 0;
    if (nodes == NULL) return custval__fail_memory(error);
    for (uint32_t i = 1; i < system->first_derived; i++) {
        if (custval__system_is_weighed(system, i)) nodes[(*out_count)++] = i;
    }
    return CUSTVAL_OK;
}

custval_status custval__rows_add_words(custval__study *study, custval_table *table, const char *name,
                                       const char *const *words, custval_error *error) {
    const size_t rows = custval_table_rows(table);
    custval_text *texts = custval__study_alloc(study, rows, sizeof *texts);
    if (texts == NULL) return custval__fail_memory(error);
    for (size_t i = 0; i < rows; i++) {
        if (words[i] != NULL) texts[i] = (custval_text){words[i], strlen(words[i])};
    }
    return custval__result_add_texts(table, name, texts, error);
}

custval_status custval__rows_add_names(custval__study *study, custval_table *table, const uint32_t *nodes,
                                       custval_error *error) {
    const custval_system *system = study->plan.system;
    const size_t rows = custval_table_rows(table);
    const char **words = custval__study_alloc(study, rows, sizeof *words);
    if (words == NULL) return custval__fail_memory(error);
    for (size_t i = 0; i < rows; i++) words[i] = system->nodes[nodes[i]].id;
    CUSTVAL__TRY(custval__rows_add_words(study, table, "node", words, error));
    for (size_t i = 0; i < rows; i++) words[i] = custval_system_label(system, nodes[i], study->plan.language);
    return custval__rows_add_words(study, table, "label", words, error);
}

custval_status custval__rows_add_sides(custval__study *study, custval_table *table, const uint32_t *nodes,
                                       custval_error *error) {
    const size_t rows = custval_table_rows(table);
    const char **words = custval__study_alloc(study, rows, sizeof *words);
    if (words == NULL) return custval__fail_memory(error);
    for (size_t i = 0; i < rows; i++) {
        words[i] = custval_word(CUSTVAL_WORDS_SIDE, study->plan.system->nodes[nodes[i]].side);
    }
    return custval__rows_add_words(study, table, "side", words, error);
}

custval_status custval__rows_add_kinds(custval__study *study, custval_table *table, const uint32_t *nodes,
                                       custval_error *error) {
    const size_t rows = custval_table_rows(table);
    const char **words = custval__study_alloc(study, rows, sizeof *words);
    if (words == NULL) return custval__fail_memory(error);
    for (size_t i = 0; i < rows; i++) {
        words[i] = custval_word(CUSTVAL_WORDS_KIND, study->plan.system->nodes[nodes[i]].kind);
    }
    return custval__rows_add_words(study, table, "kind", words, error);
}

static const char *step_word(uint32_t kind) {
    static const char *const words[] = {[CUSTVAL__STEP_RELIEF] = "relief",
                                        [CUSTVAL__STEP_OVERRIDE] = "override",
                                        [CUSTVAL__STEP_GATE] = "gate",
                                        [CUSTVAL__STEP_ROUNDING] = "rounding"};
    return words[kind];
}

custval_status custval__rows_add_tree(custval__study *study, custval_table *table, const custval__step *steps,
                                      uint32_t step_count, custval_error *error) {
    const custval_system *system = study->plan.system;
    const size_t rows = custval_table_rows(table);
    uint32_t *nodes = custval__study_alloc(study, rows, sizeof *nodes);
    const char **kinds = custval__study_alloc(study, rows, sizeof *kinds);
    if (nodes == NULL || kinds == NULL) return custval__fail_memory(error);
    for (uint32_t i = 0; i < system->node_count; i++) {
        nodes[i] = i;
        kinds[i] = custval_word(CUSTVAL_WORDS_KIND, system->nodes[i].kind);
    }
    for (uint32_t i = 0; i < step_count; i++) {
        nodes[system->node_count + i] = steps[i].node;
        kinds[system->node_count + i] = step_word(steps[i].kind);
    }
    CUSTVAL__TRY(custval__rows_add_names(study, table, nodes, error));
    CUSTVAL__TRY(custval__rows_add_words(study, table, "kind", kinds, error));
    uint32_t *depth;
    CUSTVAL__TRY(custval__result_add_uint32(table, "depth", &depth, error));
    for (uint32_t i = 0; i < system->node_count; i++) {
        const uint32_t parent = system->nodes[i].parent;
        depth[i] = parent == CUSTVAL_NONE ? 0 : depth[parent] + 1;
    }
    for (uint32_t i = 0; i < step_count; i++) depth[system->node_count + i] = 0;
    return CUSTVAL_OK;
}
