/* custval_fuzzy: degrees of the indicators over the rows, composed up the tree. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "fuzzy.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/maths.h"
#include "../base/options.h"
#include "../base/text.h"
#include "../explain/rows.h"

#define DEFAULT_GRADES 5
#define MOST_GRADES 100
#define LARGEST_SCORE 1e100
/* Degrees that differ by no more are equal but for rounding. */
#define SAME_DEGREE 1e-12

typedef struct evaluation {
    custval_fuzzy_options options; /* whole, every default made explicit, but for cuts of triangles */
    custval__study study;
    uint32_t *nodes, node_count; /* from the value to the indicators, in the order of the tree */
    size_t grades;
    custval__sum *sums; /* [node of the system][grade] of an indicator: its degrees, added over the rows */
    double *counted;    /* [node of the system] rows that have a score */
    double *degrees;    /* [node of the system][grade] */
} evaluation;

/* ---- Options ----------------------------------------------------------------------------------------------------- */

static custval_status check_descending(const char *name, const double *numbers, size_t count, custval_error *error) {
    for (size_t i = 0; i < count; i++) {
        if (fabs(numbers[i]) <= LARGEST_SCORE && (i == 0 || numbers[i] < numbers[i - 1])) continue;
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "%s[%zu] is %g, but they must fall and be at most %g", name, i,
                             numbers[i], LARGEST_SCORE);
    }
    return CUSTVAL_OK;
}

static custval_status check_names(const char *const *names, size_t count, custval_error *error) {
    static const char *const taken[] = {"node", "label", "kind", "side", "grade", "score"};
    for (size_t i = 0; i < count; i++) {
        const char *name = names[i];
        if (name == NULL || name[0] == 0 || !custval__utf8_valid(name, strlen(name))) {
            const char *what = name == NULL ? "NULL" : name[0] == 0 ? "empty" : "not UTF-8";
            return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "the name of grade %zu is %s", i, what);
        }
        for (size_t k = 0; k < i; k++) {
            if (strcmp(name, names[k]) != 0) continue;
            return custval__fail(error, CUSTVAL_ERROR_DUPLICATE, "grade \"%s\" is there twice", name);
        }
        for (size_t k = 0; k < sizeof taken / sizeof taken[0]; k++) {
            if (strcmp(name, taken[k]) != 0) continue;
            return custval__fail(error, CUSTVAL_ERROR_DUPLICATE, "grade \"%s\" is called like a column of the result",
                                 name);
        }
    }
    return CUSTVAL_OK;
}

static custval_status set_grades(custval_fuzzy_options *options, custval_error *error) {
    static const char *const names[DEFAULT_GRADES] = {"excellent", "good", "fair", "poor", "bad"};
    static const double scores[DEFAULT_GRADES] = {100.0, 75.0, 50.0, 25.0, 0.0};
    const size_t count = options->grade_count;
    if (count == 0 && (options->grades != NULL || options->grade_scores != NULL || options->cuts != NULL)) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "grade_count is 0, but grades, scores or cuts are given");
    }
    if (count != 0 && (count < 2 || count > MOST_GRADES)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "grade_count is %zu, but must be 2 to %d", count, MOST_GRADES);
    }
    if (count == 0) options->grade_count = DEFAULT_GRADES;
    if (options->grade_count != DEFAULT_GRADES && (options->grades == NULL || options->grade_scores == NULL)) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT,
                             "grade_count is %zu: only %d have names and scores by default", count, DEFAULT_GRADES);
    }
    if (options->grades == NULL) options->grades = names;
    if (options->grade_scores == NULL) options->grade_scores = scores;
    return CUSTVAL_OK;
}

static custval_status read_options(custval_fuzzy_options *options, const custval_fuzzy_options *given,
                                   custval_error *error) {
    *options = (custval_fuzzy_options)CUSTVAL_FUZZY_OPTIONS_INIT;
    CUSTVAL__TRY(
        custval__struct_read(options, sizeof *options, sizeof *options, given, "custval_fuzzy_options", error));
    CUSTVAL__TRY(custval__fuzzy_check_operation(options->operation, error));
    if (options->membership > CUSTVAL_MEMBERSHIP_TRIANGULAR) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "there is no kind of membership %u",
                             (unsigned)options->membership);
    }
    CUSTVAL__TRY(set_grades(options, error));
    CUSTVAL__TRY(check_names(options->grades, options->grade_count, error));
    CUSTVAL__TRY(check_descending("grade_scores", options->grade_scores, options->grade_count, error));
    if (options->cuts == NULL) return CUSTVAL_OK;
    if (options->membership == CUSTVAL_MEMBERSHIP_TRIANGULAR) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "cuts are given, but triangles have none");
    }
    return check_descending("cuts", options->cuts, options->grade_count - 1, error);
}

static custval_status set_cuts(evaluation *of, custval_error *error) {
    if (of->options.cuts != NULL) return CUSTVAL_OK;
    double *cuts = custval__study_alloc(&of->study, of->grades - 1, sizeof *cuts);
    if (cuts == NULL) return custval__fail_memory(error);
    for (size_t k = 0; k + 1 < of->grades; k++) {
        cuts[k] = 0.5 * of->options.grade_scores[k] + 0.5 * of->options.grade_scores[k + 1];
    }
    of->options.cuts = cuts;
    return CUSTVAL_OK;
}

/* ---- Degrees of an indicator ------------------------------------------------------------------------------------- */

static void add_share(const evaluation *of, double score, custval__sum *sums) {
    size_t k = 0;
    while (k + 1 < of->grades && score < of->options.cuts[k]) k++;
    custval__sum_add(&sums[k], 1.0);
}

// Between two grades the score belongs to both; beyond the first and the last to these alone.
static void add_triangles(const evaluation *of, double score, custval__sum *sums) {
    const double *grades = of->options.grade_scores;
    size_t below = 0;
    while (below < of->grades && score < grades[below]) below++;
    if (below == 0 || below == of->grades) {
        custval__sum_add(&sums[below == 0 ? 0 : of->grades - 1], 1.0);
        return;
    }
    const double degree = (score - grades[below]) / (grades[below - 1] - grades[below]);
    custval__sum_add(&sums[below - 1], degree);
    custval__sum_add(&sums[below], 1.0 - degree);
}

static void add_scores(evaluation *of, uint32_t node, const double *scores, uint32_t count) {
    const int is_sacrifice = of->study.plan.system->nodes[node].side == CUSTVAL_SIDE_SACRIFICE;
    custval__sum *sums = of->sums + node * of->grades;
    for (uint32_t i = 0; i < count; i++) {
        if (isnan(scores[i])) continue;
        const double score = is_sacrifice ? 100.0 - scores[i] : scores[i];
        of->counted[node] += 1.0;
        if (of->options.membership == CUSTVAL_MEMBERSHIP_TRIANGULAR) {
            add_triangles(of, score, sums);
        } else {
            add_share(of, score, sums);
        }
    }
}

static custval_status read_indicators(evaluation *of, custval_error *error) {
    custval__study *study = &of->study;
    const custval__node *nodes = study->plan.system->nodes;
    const size_t rows = custval_table_rows(study->table);
    for (size_t start = 0; start < rows; start += CUSTVAL__BLOCK) {
        const uint32_t count = (uint32_t)(rows - start < CUSTVAL__BLOCK ? rows - start : CUSTVAL__BLOCK);
        custval__engine_run(study->engine, &study->source, start, count, NULL);
        for (uint32_t i = 0; i < of->node_count; i++) {
            const uint32_t node = of->nodes[i];
            if (nodes[node].kind != CUSTVAL_KIND_INDICATOR) continue;
            add_scores(of, node, custval__engine_score(study->engine, node), count);
        }
    }
    for (uint32_t i = 0; i < of->node_count; i++) {
        const uint32_t node = of->nodes[i];
        if (nodes[node].kind != CUSTVAL_KIND_INDICATOR) continue;
        if (of->counted[node] == 0.0) {
            return custval__fail_at(error, CUSTVAL_ERROR_STATE, node, SIZE_MAX,
                                    "indicator \"%s\" has a score in none of the %zu rows", nodes[node].id, rows);
        }
        for (size_t k = 0; k < of->grades; k++) {
            const size_t at = node * of->grades + k;
            of->degrees[at] = custval__sum_value(&of->sums[at]) / of->counted[node];
        }
    }
    return CUSTVAL_OK;
}

/* ---- Up the tree ------------------------------------------------------------------------------------------------- */

// Local weights of the profile and context that the options name, else the base weights. Only the index weighs its
// sides; elsewhere they count the same.
static double weight_of(const evaluation *of, uint32_t node) {
    const custval__plan *plan = &of->study.plan;
    const custval_system *system = plan->system;
    if (system->nodes[node].kind == CUSTVAL_KIND_SIDE && system->spec.form != CUSTVAL_FORM_INDEX) {
        return 1.0 / (double)system->nodes[0].child_count;
    }
    return custval__system_set(system, plan->profile * (system->context_count + 1) + plan->context)[node];
}

// Children stand after their parent, so that from the last node to the first all are complete when they are added.
static void compose(evaluation *of) {
    const custval__node *nodes = of->study.plan.system->nodes;
    for (uint32_t i = of->node_count; i-- > 0;) {
        if (nodes[of->nodes[i]].kind == CUSTVAL_KIND_INDICATOR) continue;
        for (uint32_t child = nodes[of->nodes[i]].first_child; child != CUSTVAL_NONE;
             child = nodes[child].next_sibling) {
            custval__fuzzy_add(of->options.operation, weight_of(of, child), of->degrees + child * of->grades,
                               of->grades, of->degrees + of->nodes[i] * of->grades);
        }
    }
}

/* ---- The table --------------------------------------------------------------------------------------------------- */

static size_t best_grade(const evaluation *of, const double *degrees) {
    size_t best = 0;
    for (size_t k = 1; k < of->grades; k++) {
        if (degrees[k] > degrees[best] + SAME_DEGREE) best = k;
    }
    return best;
}

static double mean_score(const evaluation *of, const double *degrees) {
    double sum = 0.0, total = 0.0;
    for (size_t k = 0; k < of->grades; k++) {
        sum += degrees[k] * of->options.grade_scores[k];
        total += degrees[k];
    }
    return sum / total;
}

static custval_status fill_table(evaluation *of, custval_table *table, custval_error *error) {
    custval__study *study = &of->study;
    CUSTVAL__TRY(custval__rows_add_names(study, table, of->nodes, error));
    CUSTVAL__TRY(custval__rows_add_kinds(study, table, of->nodes, error));
    CUSTVAL__TRY(custval__rows_add_sides(study, table, of->nodes, error));
    for (size_t k = 0; k < of->grades; k++) {
        double *degree;
        CUSTVAL__TRY(custval__result_add_doubles(table, of->options.grades[k], &degree, error));
        for (uint32_t i = 0; i < of->node_count; i++) degree[i] = of->degrees[of->nodes[i] * of->grades + k];
    }
    const char **words = custval__study_alloc(study, of->node_count, sizeof *words);
    if (words == NULL) return custval__fail_memory(error);
    for (uint32_t i = 0; i < of->node_count; i++) {
        words[i] = of->options.grades[best_grade(of, of->degrees + of->nodes[i] * of->grades)];
    }
    CUSTVAL__TRY(custval__rows_add_words(study, table, "grade", words, error));
    double *score;
    CUSTVAL__TRY(custval__result_add_doubles(table, "score", &score, error));
    for (uint32_t i = 0; i < of->node_count; i++) {
        score[i] = mean_score(of, of->degrees + of->nodes[i] * of->grades);
    }
    custval__result_finish(table);
    return CUSTVAL_OK;
}

/* ---- The call ---------------------------------------------------------------------------------------------------- */

static custval_status allocate(evaluation *of, custval_error *error) {
    const custval_system *system = of->study.plan.system;
    const size_t count = system->node_count;
    of->grades = of->options.grade_count;
    of->nodes = custval__study_alloc(&of->study, count, sizeof *of->nodes);
    of->sums = custval__study_alloc(&of->study, count * of->grades, sizeof *of->sums);
    of->counted = custval__study_alloc(&of->study, count, sizeof *of->counted);
    of->degrees = custval__study_alloc(&of->study, count * of->grades, sizeof *of->degrees);
    if (of->nodes == NULL || of->sums == NULL || of->counted == NULL || of->degrees == NULL) {
        return custval__fail_memory(error);
    }
    for (uint32_t i = 0; i < system->first_derived; i++) {
        if (system->nodes[i].kind != CUSTVAL_KIND_ITEM) of->nodes[of->node_count++] = i;
    }
    return set_cuts(of, error);
}

static custval_status evaluate(evaluation *of, custval_table **out, custval_error *error) {
    CUSTVAL__TRY(allocate(of, error));
    CUSTVAL__TRY(read_indicators(of, error));
    compose(of);
    CUSTVAL__TRY(custval__result_new(&of->study.plan.host, of->node_count, out, error));
    return fill_table(of, *out, error);
}

custval_status custval_fuzzy(const custval_system *system, const custval_table *table,
                             const custval_fuzzy_options *options, custval_table **out, custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    evaluation of = {.node_count = 0};
    CUSTVAL__TRY(read_options(&of.options, options, error));
    custval_status status = custval__study_open(&of.study, system, table, of.options.score, CUSTVAL__BLOCK, error);
    if (status == CUSTVAL_OK) status = evaluate(&of, out, error);
    custval__study_close(&of.study);
    if (status != CUSTVAL_OK) {
        custval_table_free(*out);
        *out = NULL;
    }
    return status;
}
