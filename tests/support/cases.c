/* Cases of a file of vectors as tests. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cases.h"

#include <stdlib.h>
#include <string.h>

typedef struct bound_case {
    const char *id;
    const json_t *test; /* NULL: there is none */
    case_function run;
} bound_case;

static void run_bound(void **state) {
    const bound_case *bound = *state;
    if (bound->test == NULL) fail_msg("there is no case \"%s\"", bound->id);
    bound->run(bound->test);
}

static const char *id_of(const json_t *test) {
    return json_string_value(json_object_get(test, "id"));
}

static int run_group(const char *group, bound_case *bound, size_t count) {
    struct CMUnitTest *tests = calloc(count, sizeof *tests);
    if (count == 0 || tests == NULL) return 1;
    for (size_t i = 0; i < count; i++) tests[i] = (struct CMUnitTest){bound[i].id, run_bound, NULL, NULL, &bound[i]};
    const int failed = _cmocka_run_group_tests(group, tests, count, NULL, NULL);
    free(tests);
    return failed;
}

int cases_run_all(const char *group, const char *file, case_function run) {
    json_t *vectors = support_vectors(file);
    const json_t *cases = json_object_get(vectors, "cases");
    const size_t count = json_array_size(cases);
    bound_case *bound = calloc(count + 1, sizeof *bound);
    if (bound == NULL) return 1;
    for (size_t i = 0; i < count; i++) {
        const json_t *test = json_array_get(cases, i);
        bound[i] = (bound_case){id_of(test), test, run};
    }
    const int failed = run_group(group, bound, count);
    free(bound);
    json_decref(vectors);
    return failed;
}

int cases_run_named(const char *group, const char *file, const named_case *named, size_t count) {
    json_t *vectors = support_vectors(file);
    const json_t *cases = json_object_get(vectors, "cases");
    bound_case *bound = calloc(count + 1, sizeof *bound);
    if (bound == NULL) return 1;
    for (size_t k = 0; k < count; k++) {
        bound[k] = (bound_case){named[k].id, NULL, named[k].run};
        for (size_t i = 0; i < json_array_size(cases); i++) {
            if (strcmp(id_of(json_array_get(cases, i)), named[k].id) == 0) bound[k].test = json_array_get(cases, i);
        }
    }
    const int failed = run_group(group, bound, count);
    free(bound);
    json_decref(vectors);
    return failed;
}
