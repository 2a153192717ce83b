/* ranking.json, and what weights_and_rollup.json knows of rankings and fuzzy evaluation: through the public interface
   only. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cases.h"
#include "json_table.h"

#define MOST 32 /* criteria, rows, grades or nodes of a case */

static double tolerance_of(const json_t *test) {
    return json_number_value(json_object_get(test, "tolerance"));
}

static void assert_expected(double actual, const json_t *expected, double tolerance) {
    const double wanted = json_is_null(expected) ? (double)NAN : support_number(expected);
    assert_double_near(actual, wanted, tolerance * fmax(1.0, fabs(wanted)));
}

/* Value of an option that is a word; 0 if it is not given. */
static uint32_t word_option(const json_t *options, const char *key, uint32_t vocabulary) {
    const char *word = json_string_value(json_object_get(options, key));
    uint32_t value = 0;
    if (word != NULL) assert_ok(custval_word_value(vocabulary, word, &value, NULL), NULL);
    return value;
}

/* ---- Rankings ---------------------------------------------------------------------------------------------------- */

static custval_rank_options rank_options(const json_t *given) {
    custval_rank_options options = CUSTVAL_RANK_OPTIONS_INIT;
    options.method = word_option(given, "method", CUSTVAL_WORDS_RANK);
    options.normalisation = word_option(given, "normalisation", CUSTVAL_WORDS_NORMALISATION);
    options.ties = word_option(given, "ties", CUSTVAL_WORDS_TIES);
    options.shares = (uint32_t)json_integer_value(json_object_get(given, "shares"));
    const json_t *share = json_object_get(given, "share");
    if (share != NULL) options.share = json_number_value(share);
    return options;
}

static size_t criteria_of(const json_t *test, custval_criterion *criteria) {
    const json_t *columns = json_object_get(test, "columns"), *ranges = json_object_get(test, "ranges");
    const size_t count = json_array_size(columns);
    assert_true(count <= MOST);
    for (size_t i = 0; i < count; i++) {
        const json_t *range = json_array_get(ranges, i);
        criteria[i] = (custval_criterion)CUSTVAL_CRITERION_INIT;
        criteria[i].column = json_string_value(json_array_get(columns, i));
        criteria[i].weight = support_number(json_array_get(json_object_get(test, "weights"), i));
        const char *side = json_string_value(json_array_get(json_object_get(test, "sides"), i));
        assert_ok(custval_word_value(CUSTVAL_WORDS_SIDE, side, &criteria[i].side, NULL), NULL);
        if (json_array_size(range) == 0) continue;
        criteria[i].low = json_number_value(json_array_get(range, 0));
        criteria[i].high = json_number_value(json_array_get(range, 1));
    }
    return count;
}

/* Every column of a case is one of numbers, also where a text stands for infinity. */
static custval_table *numbers_of(const json_t *columns, const json_t *rows) {
    json_t *types = json_object();
    for (size_t i = 0; i < json_array_size(columns); i++) {
        json_object_set_new(types, json_string_value(json_array_get(columns, i)), json_string("float64"));
    }
    custval_table *table = json_table(columns, rows, types);
    json_decref(types);
    return table;
}

static void assert_columns(const json_t *test, const custval_table *ranking) {
    json_t *expected = json_object_get(test, "expected"), *column;
    const char *name;
    json_object_foreach(expected, name, column) {
        assert_int_equal(json_array_size(column), custval_table_rows(ranking));
        for (size_t row = 0; row < json_array_size(column); row++) {
            assert_expected(table_cell(ranking, name, row), json_array_get(column, row), tolerance_of(test));
        }
    }
}

static void run_rank(const json_t *test) {
    custval_criterion criteria[MOST];
    const size_t count = criteria_of(test, criteria);
    const custval_rank_options options = rank_options(json_object_get(test, "options"));
    custval_table *table = numbers_of(json_object_get(test, "columns"), json_object_get(test, "rows")), *ranking = NULL;
    custval_error error = CUSTVAL_ERROR_INIT;
    const custval_status status = custval_rank(table, criteria, count, &options, &ranking, &error);
    const char *wanted = json_string_value(json_object_get(test, "error"));
    if (wanted == NULL) {
        assert_ok(status, &error);
        assert_columns(test, ranking);
    } else {
        assert_string_equal(custval_status_name(status) + strlen("CUSTVAL_ERROR_"), wanted);
        assert_message(&error, json_string_value(json_object_get(test, "message_part")));
        assert_null(ranking);
    }
    custval_table_free(ranking);
    custval_table_free(table);
}

static void run_ranks(const json_t *test) {
    const json_t *given = json_object_get(test, "numbers");
    const size_t count = json_array_size(given);
    double numbers[MOST], ranks[MOST];
    assert_true(count <= MOST);
    for (size_t i = 0; i < count; i++) {
        const json_t *number = json_array_get(given, i);
        numbers[i] = json_is_null(number) ? (double)NAN : support_number(number);
    }
    assert_ok(custval_ranks(NULL, numbers, count, word_option(test, "ties", CUSTVAL_WORDS_TIES), ranks, NULL), NULL);
    for (size_t i = 0; i < count; i++) {
        assert_expected(ranks[i], json_array_get(json_object_get(test, "expected"), i), 0.0);
    }
}

/* ---- Fuzzy evaluation -------------------------------------------------------------------------------------------- */

/* What the options of a case point to. */
typedef struct fuzzy_case {
    custval_fuzzy_options options;
    custval_score_options score;
    const char *grades[MOST];
    double scores[MOST], cuts[MOST];
} fuzzy_case;

static size_t read_numbers(const json_t *from, double *to) {
    assert_true(json_array_size(from) <= MOST);
    for (size_t i = 0; i < json_array_size(from); i++) to[i] = json_number_value(json_array_get(from, i));
    return json_array_size(from);
}

static void fuzzy_options(const json_t *given, fuzzy_case *of) {
    static const char *const names[] = {"excellent", "good", "fair", "poor", "bad"};
    of->options = (custval_fuzzy_options)CUSTVAL_FUZZY_OPTIONS_INIT;
    of->score = (custval_score_options)CUSTVAL_SCORE_OPTIONS_INIT;
    of->options.score = &of->score;
    of->options.operation = word_option(given, "operation", CUSTVAL_WORDS_FUZZY);
    of->options.membership = word_option(given, "membership", CUSTVAL_WORDS_MEMBERSHIP);
    of->score.profile = json_string_value(json_object_get(given, "profile"));
    memcpy(of->grades, names, sizeof names);
    const json_t *grades = json_object_get(given, "grades");
    for (size_t i = 0; i < json_array_size(grades); i++) of->grades[i] = json_string_value(json_array_get(grades, i));
    if (grades != NULL) {
        of->options.grades = of->grades;
        of->options.grade_count = read_numbers(json_object_get(given, "grade_scores"), of->scores);
        of->options.grade_scores = of->scores;
    }
    if (read_numbers(json_object_get(given, "cuts"), of->cuts) == 0) return;
    if (grades == NULL) of->options.grade_count = SUPPORT_COUNT(names);
    of->options.cuts = of->cuts;
}

static void assert_node(const json_t *test, const custval_table *evaluation, const char *node, const json_t *expected,
                        const char *const *grades) {
    const size_t row = table_row(evaluation, "node", node);
    const json_t *degrees = json_object_get(expected, "degrees");
    for (size_t k = 0; k < json_array_size(degrees); k++) {
        assert_expected(table_cell(evaluation, grades[k], row), json_array_get(degrees, k), tolerance_of(test));
    }
    const char *grade = grades[json_integer_value(json_object_get(expected, "grade"))];
    const custval_text text = table_cell_text(evaluation, "grade", row);
    assert_int_equal(text.length, strlen(grade));
    assert_memory_equal(text.data, grade, text.length);
    assert_expected(table_cell(evaluation, "score", row), json_object_get(expected, "score"), tolerance_of(test));
}

static void run_fuzzy(const json_t *test) {
    fuzzy_case of;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = NULL;
    fuzzy_options(json_object_get(test, "options"), &of);
    assert_ok(json_system(NULL, json_object_get(test, "system"), &system, &error), &error);
    custval_table *table = numbers_of(json_object_get(test, "columns"), json_object_get(test, "rows"));
    custval_table *evaluation = NULL;
    assert_ok(custval_fuzzy(system, table, &of.options, &evaluation, &error), &error);
    json_t *expected = json_object_get(test, "expected"), *node;
    const char *name;
    assert_int_equal(json_object_size(expected), custval_table_rows(evaluation));
    json_object_foreach(expected, name, node) assert_node(test, evaluation, name, node, of.grades);
    custval_table_free(evaluation);
    custval_table_free(table);
    custval_system_free(system);
}

/* ---- weights_and_rollup.json ------------------------------------------------------------------------------------- */

static const char *const names[] = {"a", "b", "c", "d", "e", "f"};

static custval_table *rank_matrix(const json_t *matrix, const json_t *types, const double *weights,
                                  const custval_rank_options *options) {
    const size_t count = json_array_size(json_array_get(matrix, 0));
    custval_criterion criteria[SUPPORT_COUNT(names)];
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *ranking = NULL;
    json_t *columns = json_array();
    assert_true(count <= SUPPORT_COUNT(names));
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(columns, json_string(names[i]));
        criteria[i] = (custval_criterion)CUSTVAL_CRITERION_INIT;
        criteria[i].column = names[i];
        criteria[i].weight = weights[i];
        if (json_number_value(json_array_get(types, i)) < 0.0) criteria[i].side = CUSTVAL_SIDE_SACRIFICE;
    }
    custval_table *table = json_table(columns, matrix, NULL);
    assert_ok(custval_rank(table, criteria, count, options, &ranking, &error), &error);
    custval_table_free(table);
    json_decref(columns);
    return ranking;
}

static void assert_scores(const custval_table *ranking, const json_t *expected, double tolerance) {
    assert_int_equal(custval_table_rows(ranking), json_array_size(expected));
    for (size_t row = 0; row < json_array_size(expected); row++) {
        assert_double_near(table_cell(ranking, "score", row), json_number_value(json_array_get(expected, row)),
                           tolerance);
    }
}

static custval_table *rank_aircraft(const json_t *test, uint32_t method) {
    const json_t *input = json_object_get(test, "input");
    double weights[MOST];
    custval_rank_options options = CUSTVAL_RANK_OPTIONS_INIT;
    options.method = method;
    read_numbers(json_object_get(input, "weights"), weights);
    custval_table *ranking =
        rank_matrix(json_object_get(input, "matrix"), json_object_get(input, "types"), weights, &options);
    assert_scores(ranking, json_object_get(test, "expected"), tolerance_of(test));
    return ranking;
}

static void topsis_hwang_yoon(const json_t *test) {
    static const double ranks[] = {1, 4, 2, 3};
    custval_table *ranking = rank_aircraft(test, CUSTVAL_RANK_TOPSIS);
    for (size_t row = 0; row < SUPPORT_COUNT(ranks); row++) {
        assert_double_bits(table_cell(ranking, "rank", row), ranks[row]);
    }
    custval_table_free(ranking);
}

static void saw_hwang_yoon(const json_t *test) {
    custval_table_free(rank_aircraft(test, CUSTVAL_RANK_SAW));
}

/* ---- Fuzzy evaluation, by hand and as a system -------------------------------------------------------------------- */

/* degrees is an array of rows. */
static void compose(const json_t *degrees, const json_t *weights, uint32_t operation, double *out) {
    double numbers[MOST], factors[MOST];
    const size_t count = read_numbers(weights, factors), grades = json_array_size(json_array_get(degrees, 0));
    assert_int_equal(json_array_size(degrees), count);
    for (size_t i = 0; i < count; i++) {
        assert_true((i + 1) * grades <= MOST);
        read_numbers(json_array_get(degrees, i), numbers + i * grades);
    }
    assert_ok(custval_fuzzy_compose(numbers, factors, count, grades, operation, out, NULL), NULL);
}

static void assert_clothing(const json_t *test, uint32_t operation) {
    const json_t *input = json_object_get(test, "input"), *expected = json_object_get(test, "expected");
    double degrees[MOST];
    compose(json_object_get(input, "R"), json_object_get(input, "A"), operation, degrees);
    for (size_t k = 0; k < json_array_size(expected); k++) {
        assert_expected(degrees[k], json_array_get(expected, k), tolerance_of(test));
    }
}

static void fuzzy_clothing_maxmin_1(const json_t *test) {
    assert_clothing(test, CUSTVAL_FUZZY_MIN_MAX);
}

static void fuzzy_clothing_weighted(const json_t *test) {
    assert_clothing(test, CUSTVAL_FUZZY_WEIGHTED);
}

/* Ten rows of answers that lie on the grades' scores, as many on each as its degree says. */
static void add_answers(custval_table *table, const char *column, const json_t *degrees, const double *scores) {
    double answers[10];
    size_t filled = 0;
    for (size_t k = 0; k < json_array_size(degrees); k++) {
        const size_t rows = (size_t)floor(10.0 * json_number_value(json_array_get(degrees, k)) + 0.5);
        for (size_t i = 0; i < rows && filled < 10; i++) answers[filled++] = scores[k];
    }
    assert_int_equal(filled, 10);
    custval_column given = CUSTVAL_COLUMN_INIT;
    given.type = CUSTVAL_TYPE_FLOAT64;
    given.data = answers;
    assert_ok(custval_table_add_copy(table, column, &given, NULL), NULL);
}

static json_t *dimension_of(const char *id, const json_t *weight, const json_t *degrees, const json_t *weights,
                            const double *scores, custval_table *table) {
    json_t *indicators = json_array();
    for (size_t i = 0; i < json_array_size(degrees); i++) {
        char name[64], column[64];
        snprintf(name, sizeof name, "%s%zu", id, i);
        snprintf(column, sizeof column, "%s%zu answer", id, i);
        add_answers(table, column, json_array_get(degrees, i), scores);
        json_array_append_new(indicators,
                              json_pack("{s:s, s:O, s:[{s:s, s:[i, i]}]}", "id", name, "weight",
                                        json_array_get(weights, i), "items", "column", column, "scale", 0, 100));
    }
    return json_pack("{s:s, s:s, s:O, s:o}", "id", id, "side", "benefit", "weight", weight, "indicators", indicators);
}

/* The case as a system that was asked about. */
static void assert_evaluation(const json_t *input, const json_t *expected, double tolerance) {
    static const char *const grades[] = {"A", "B", "C", "D"};
    double scores[MOST];
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_fuzzy_options options = CUSTVAL_FUZZY_OPTIONS_INIT;
    custval_table *table = NULL, *evaluation = NULL;
    custval_system *system = NULL;
    options.grades = grades;
    options.grade_count = read_numbers(json_object_get(input, "grade_scores"), scores);
    options.grade_scores = scores;
    assert_int_equal(options.grade_count, SUPPORT_COUNT(grades));
    assert_ok(custval_table_new(NULL, 10, &table, NULL), NULL);
    const json_t *top = json_object_get(input, "top");
    json_t *first = dimension_of("first", json_array_get(top, 0), json_object_get(input, "R1"),
                                 json_object_get(input, "w1"), scores, table);
    json_t *second = dimension_of("second", json_array_get(top, 1), json_object_get(input, "R2"),
                                  json_object_get(input, "w2"), scores, table);
    json_t *document =
        json_pack("{s:s, s:i, s:[o, o]}", "custval", "system", "version", 1, "dimensions", first, second);
    assert_ok(json_system(NULL, document, &system, &error), &error);
    assert_ok(custval_fuzzy(system, table, &options, &evaluation, &error), &error);
    for (size_t k = 0; k < SUPPORT_COUNT(grades); k++) {
        assert_expected(table_cell(evaluation, grades[k], 0), json_array_get(json_object_get(expected, "B"), k),
                        tolerance);
    }
    assert_expected(table_cell(evaluation, "score", 0), json_object_get(expected, "score"), tolerance);
    custval_table_free(evaluation);
    custval_table_free(table);
    custval_system_free(system);
    json_decref(document);
}

/* By hand and as a system. */
static void fuzzy_two_level(const json_t *test) {
    const json_t *input = json_object_get(test, "input"), *expected = json_object_get(test, "expected");
    double middle[MOST], top[2], degrees[MOST];
    const size_t grades = json_array_size(json_object_get(input, "grade_scores"));
    assert_true(2 * grades <= MOST);
    compose(json_object_get(input, "R1"), json_object_get(input, "w1"), CUSTVAL_FUZZY_WEIGHTED, middle);
    compose(json_object_get(input, "R2"), json_object_get(input, "w2"), CUSTVAL_FUZZY_WEIGHTED, middle + grades);
    read_numbers(json_object_get(input, "top"), top);
    assert_ok(custval_fuzzy_compose(middle, top, 2, grades, CUSTVAL_FUZZY_WEIGHTED, degrees, NULL), NULL);
    for (size_t k = 0; k < grades; k++) {
        assert_expected(degrees[k], json_array_get(json_object_get(expected, "B"), k), tolerance_of(test));
    }
    assert_evaluation(input, expected, tolerance_of(test));
}

/* ---- AHP synthesis ----------------------------------------------------------------------------------------------- */

/* Weights of a matrix of judgements, in order. */
static void ahp_weights(const json_t *matrix, double *out) {
    const size_t count = json_array_size(matrix);
    double numbers[SUPPORT_COUNT(names) * SUPPORT_COUNT(names)];
    custval_judgements judgements = CUSTVAL_JUDGEMENTS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_weights *weights = NULL;
    assert_true(count <= SUPPORT_COUNT(names));
    for (size_t i = 0; i < count; i++) read_numbers(json_array_get(matrix, i), numbers + i * count);
    judgements.names = names;
    judgements.count = count;
    judgements.matrices = numbers;
    assert_ok(custval_weights_ahp(NULL, &judgements, NULL, &weights, &error), &error);
    for (size_t i = 0; i < count; i++) out[i] = custval_weights_share(weights, i);
    custval_weights_free(weights);
}

/* Rows are alternatives, columns the priorities by each criterion: distributive by sum, ideal by maximum. */
static custval_table *synthesis(const json_t *matrices, const double *criteria, uint32_t normalisation) {
    const size_t count = json_array_size(matrices), rows = json_array_size(json_array_get(matrices, 0));
    custval_rank_options options = CUSTVAL_RANK_OPTIONS_INIT;
    options.normalisation = normalisation;
    options.shares = 1;
    json_t *priorities = json_array();
    for (size_t i = 0; i < rows; i++) json_array_append_new(priorities, json_array());
    for (size_t k = 0; k < count; k++) {
        double weights[SUPPORT_COUNT(names)];
        ahp_weights(json_array_get(matrices, k), weights);
        for (size_t i = 0; i < rows; i++) {
            json_array_append_new(json_array_get(priorities, i), json_real(weights[i]));
        }
    }
    custval_table *ranking = rank_matrix(priorities, NULL, criteria, &options);
    json_decref(priorities);
    return ranking;
}

static void assert_school(const json_t *test, uint32_t normalisation) {
    const json_t *input = json_object_get(test, "input");
    double criteria[SUPPORT_COUNT(names)];
    ahp_weights(json_object_get(input, "criteria_matrix"), criteria);
    custval_table *ranking = synthesis(json_object_get(input, "alternative_matrices"), criteria, normalisation);
    assert_scores(ranking, json_object_get(test, "expected"), tolerance_of(test));
    custval_table_free(ranking);
}

static void ahp_school_composite(const json_t *test) {
    assert_school(test, CUSTVAL_NORMALISATION_SUM);
}

static void ahp_school_ideal(const json_t *test) {
    assert_school(test, CUSTVAL_NORMALISATION_MAXIMUM);
}

/* B is first; with a copy of B, A is, but in the ideal mode B stays first. */
static void ahp_rank_reversal_belton_gear(const json_t *test) {
    static const struct {
        const char *matrices, *expected;
        uint32_t normalisation;
        size_t first;
    } runs[] = {{"matrices3", "A_B_C", CUSTVAL_NORMALISATION_SUM, 1},
                {"matrices4", "A_B_C_D", CUSTVAL_NORMALISATION_SUM, 0},
                {"matrices3", NULL, CUSTVAL_NORMALISATION_MAXIMUM, 1},
                {"matrices4", NULL, CUSTVAL_NORMALISATION_MAXIMUM, 1}};
    const json_t *input = json_object_get(test, "input");
    double criteria[SUPPORT_COUNT(names)];
    read_numbers(json_object_get(input, "criteria_weights"), criteria);
    for (size_t i = 0; i < SUPPORT_COUNT(runs); i++) {
        custval_table *ranking = synthesis(json_object_get(input, runs[i].matrices), criteria, runs[i].normalisation);
        if (runs[i].expected != NULL) {
            assert_scores(ranking, json_object_get(json_object_get(test, "expected"), runs[i].expected),
                          tolerance_of(test));
        }
        assert_double_bits(table_cell(ranking, "rank", runs[i].first), 1.0);
        custval_table_free(ranking);
    }
}

static const named_case known[] = {
    {"ahp_school_composite", ahp_school_composite},
    {"ahp_school_ideal", ahp_school_ideal},
    {"ahp_rank_reversal_belton_gear", ahp_rank_reversal_belton_gear},
    {"topsis_hwang_yoon", topsis_hwang_yoon},
    {"saw_hwang_yoon", saw_hwang_yoon},
    {"fuzzy_clothing_maxmin_1", fuzzy_clothing_maxmin_1},
    {"fuzzy_clothing_weighted", fuzzy_clothing_weighted},
    {"fuzzy_two_level", fuzzy_two_level},
};

/* ---- All of them ------------------------------------------------------------------------------------------------- */

static void run_kind(const json_t *test) {
    static const named_case kinds[] = {{"rank", run_rank}, {"ranks", run_ranks}, {"fuzzy", run_fuzzy}};
    const char *kind = json_string_value(json_object_get(test, "kind"));
    for (size_t i = 0; i < SUPPORT_COUNT(kinds); i++) {
        if (strcmp(kinds[i].id, kind) != 0) continue;
        kinds[i].run(test);
        return;
    }
    fail_msg("no function runs \"%s\"", kind);
}

int main(void) {
    const int failed = cases_run_all("ranking", "ranking.json", run_kind);
    return failed + cases_run_named("ranking", "weights_and_rollup.json", known, SUPPORT_COUNT(known));
}
