/* The customers, systems and impacts of impact.json, for tests that need any. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TESTS_IMPACTS_H
#define CUSTVAL_TESTS_IMPACTS_H

#include <stdlib.h>
#include <string.h>

#include <custval/impact.h>

#include "json_table.h"
#include "support.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct impact_material {
    json_t *vectors;
    const json_t *test; /* the case */
    custval_system *system;
    custval_table *table;
    custval_impact *plan;
    custval_score_options score;
    custval_impact_options options;
} impact_material;

static inline custval_impact *impact_of_text(const char *text) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_impact *impact = NULL;
    assert_ok(custval_impact_parse(NULL, text, strlen(text), &impact, &error), &error);
    return impact;
}

/* Case `index`; 0 if there is none, and then there is nothing to free. Not to be copied: it points into itself. */
static inline int impact_material_load(impact_material *out, size_t index) {
    static const struct {
        const char *word;
        uint32_t level;
    } levels[] = {
        {"dimension", CUSTVAL_LEVEL_DIMENSION}, {"indicator", CUSTVAL_LEVEL_INDICATOR}, {"item", CUSTVAL_LEVEL_ITEM}};
    const custval_score_options score = CUSTVAL_SCORE_OPTIONS_INIT;
    const custval_impact_options options = CUSTVAL_IMPACT_OPTIONS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    out->vectors = support_vectors("impact.json");
    out->test = json_array_get(json_object_get(out->vectors, "cases"), index);
    if (out->test == NULL) {
        json_decref(out->vectors);
        return 0;
    }
    char *const text = json_dumps(json_object_get(out->test, "impact"), 0);
    out->plan = impact_of_text(text);
    free(text);
    out->table = json_table(json_object_get(out->vectors, "columns"), json_object_get(out->vectors, "rows"),
                            json_object_get(out->vectors, "types"));
    out->system = NULL;
    assert_ok(json_system(NULL, json_object_get(out->test, "system"), &out->system, &error), &error);
    out->score = score;
    out->score.as_of = json_string_value(json_object_get(out->vectors, "as_of"));
    out->options = options;
    out->options.score = &out->score;
    for (size_t i = 0; i < SUPPORT_COUNT(levels); i++) {
        size_t at;
        json_t *word;
        json_array_foreach(json_object_get(out->test, "levels"), at, word) {
            if (strcmp(json_string_value(word), levels[i].word) == 0) out->options.levels |= levels[i].level;
        }
    }
    return 1;
}

static inline void impact_material_free(impact_material *material) {
    custval_impact_free(material->plan);
    custval_system_free(material->system);
    custval_table_free(material->table);
    json_decref(material->vectors);
}

static inline custval_impact *impact_fitted(const impact_material *material) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_impact *fitted = NULL;
    assert_ok(custval_impact_fit(material->plan, material->system, material->table, &material->score, &fitted, &error),
              &error);
    return fitted;
}

#ifdef __cplusplus
}
#endif
#endif
