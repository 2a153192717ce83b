/* Whatever instructions the processor has, random systems score random tables the same, to the bit, through the whole
   tree. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "random_system.h"
#include "score/engine.h"
#include "score/kernels.h"

static const char *const sets[] = {"avx2", "avx512"};

/* Scores, coverages and statuses of every node in every row of a block. */
typedef struct outcome {
    uint32_t nodes, rows;
    double *scores, *coverages; /* [node][row] */
    uint32_t status[CUSTVAL__BLOCK];
} outcome;

static void outcome_free(outcome *self) {
    free(self->scores);
    free(self->coverages);
}

static outcome outcome_read(const custval__engine *engine, uint32_t nodes, uint32_t rows) {
    outcome out = {.nodes = nodes, .rows = rows};
    out.scores = malloc((size_t)nodes * rows * sizeof(double));
    out.coverages = malloc((size_t)nodes * rows * sizeof(double));
    assert_true(out.scores != NULL && out.coverages != NULL);
    for (uint32_t node = 0; node < nodes; node++) {
        memcpy(out.scores + (size_t)node * rows, custval__engine_score(engine, node), rows * sizeof(double));
        memcpy(out.coverages + (size_t)node * rows, custval__engine_coverage(engine, node), rows * sizeof(double));
    }
    memcpy(out.status, custval__engine_status(engine), rows * sizeof(uint32_t));
    return out;
}

/* keep_all: as explanations score; else as tables are scored. */
static outcome run(const custval_system *system, const custval_table *table, const custval__kernels *set,
                   int keep_all) {
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    custval__plan plan;
    custval__source source;
    custval__engine *engine = NULL;
    options.as_of = RANDOM_AS_OF;
    options.levels = 2 * CUSTVAL_LEVEL_TAG - 1;
    options.coverage = CUSTVAL_COVERAGE_ALL;
    assert_ok(custval__plan_new(system, &options, &plan, NULL), NULL);
    plan.kernels = set;
    assert_ok(custval__source_bind(&plan, table, &source, NULL), NULL);
    assert_ok(custval__engine_new(&plan, CUSTVAL__BLOCK, keep_all, &engine, NULL), NULL);
    const uint32_t rows = (uint32_t)custval_table_rows(table);
    custval__engine_run(engine, &source, 0, rows, NULL);
    const outcome out = outcome_read(engine, custval_system_nodes(system), rows);
    custval__engine_free(engine);
    custval__source_free(&plan, &source);
    custval__plan_free(&plan);
    return out;
}

static void assert_same(const outcome *a, const outcome *b, const char *what) {
    for (size_t i = 0; i < (size_t)a->nodes * a->rows; i++) {
        support_double_bits(a->scores[i], b->scores[i], what, __FILE__, __LINE__);
        support_double_bits(a->coverages[i], b->coverages[i], what, __FILE__, __LINE__);
    }
    assert_memory_equal(a->status, b->status, a->rows * sizeof(uint32_t));
}

static void assert_same_on_every_set(const custval_system *system, const custval_table *table) {
    const custval__kernels *portable = custval__kernels_named("portable");
    outcome expected = run(system, table, portable, 0), kept = run(system, table, portable, 1);
    assert_same(&kept, &expected, "kept");
    outcome_free(&kept);
    for (size_t i = 0; i < SUPPORT_COUNT(sets); i++) {
        const custval__kernels *set = custval__kernels_named(sets[i]);
        for (int keep_all = 0; set != NULL && keep_all < 2; keep_all++) {
            outcome actual = run(system, table, set, keep_all);
            assert_same(&actual, &expected, sets[i]);
            outcome_free(&actual);
        }
    }
    outcome_free(&expected);
}

static void random_systems_score_the_same_on_every_set(void **state) {
    (void)state;
    support_random random = random_seeded("kernels through the tree");
    for (size_t i = 0; i < SUPPORT_COUNT(sets); i++) {
        if (custval__kernels_named(sets[i]) == NULL) print_message("# this processor or build has no %s\n", sets[i]);
    }
    for (int i = 0; i < 240; i++) {
        /* Every third system is plain enough for the fastest way, every second table has no bad answer. */
        custval_system *system = random_system(&random, i % 3 == 0 ? RANDOM_FRAMES : RANDOM_ALL);
        custval_table *table = random_table(&random, system, 1 + random_below(&random, CUSTVAL__BLOCK), i % 2);
        assert_same_on_every_set(system, table);
        custval_table_free(table);
        custval_system_free(system);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_systems_score_the_same_on_every_set),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
