/* The system, customers and plans of scenario.json, for tests that need any. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TESTS_SCENARIOS_H
#define CUSTVAL_TESTS_SCENARIOS_H

#include <stdlib.h>
#include <string.h>

#include <custval/scenario.h>

#include "json_table.h"
#include "support.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct scenario_material {
    json_t *vectors;
    custval_system *system;
    custval_table *table;
} scenario_material;

static inline void scenario_material_load(scenario_material *out) {
    custval_error error = CUSTVAL_ERROR_INIT;
    out->vectors = support_vectors("scenario.json");
    out->table = json_table(json_object_get(out->vectors, "columns"), json_object_get(out->vectors, "rows"), NULL);
    out->system = NULL;
    assert_ok(json_system(NULL, json_object_get(out->vectors, "system"), &out->system, &error), &error);
}

static inline void scenario_material_free(scenario_material *material) {
    custval_system_free(material->system);
    custval_table_free(material->table);
    json_decref(material->vectors);
}

/* The document of a case, free() it. */
static inline char *scenario_text(const scenario_material *material, const char *id) {
    json_t *const cases = json_object_get(material->vectors, "cases");
    for (size_t i = 0; i < json_array_size(cases); i++) {
        const json_t *const test = json_array_get(cases, i);
        if (strcmp(json_string_value(json_object_get(test, "id")), id) == 0) {
            return json_dumps(json_object_get(test, "scenario"), 0);
        }
    }
    fail_msg("scenario.json has no case %s", id);
    return NULL;
}

static inline custval_scenario *scenario_of_text(const char *text) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_scenario *scenario = NULL;
    assert_ok(custval_scenario_parse(NULL, text, strlen(text), &scenario, &error), &error);
    return scenario;
}

static inline custval_scenario *scenario_of_case(const scenario_material *material, const char *id) {
    char *const text = scenario_text(material, id);
    custval_scenario *const scenario = scenario_of_text(text);
    free(text);
    return scenario;
}

#ifdef __cplusplus
}
#endif
#endif
