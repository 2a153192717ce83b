/* Linear programmes: known answers, and every vertex tried. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <math.h>
#include <stdlib.h>

#include "base/linear_program.h"

#define MOST 8

static custval_host plain_host(void) {
    custval_host host;
    assert_ok(custval__host_read(&host, NULL, NULL), NULL);
    return host;
}

/* Solves; checks bounds and rows; gives the cost, NaN if nothing is feasible. */
static double solve(const custval__linear_program *program, double *x) {
    const custval_host host = plain_host();
    int feasible = -1;
    double cost = 0.0;
    assert_ok(custval__linear_program_solve(&host, program, x, &feasible, NULL), NULL);
    for (size_t j = 0; j < program->variables; j++) {
        assert_true(x[j] >= 0.0 && x[j] <= program->upper[j]);
        cost += program->cost[j] * x[j];
    }
    if (!feasible) return (double)NAN;
    for (size_t i = 0; i < program->rows; i++) {
        double sum = 0.0, size = fabs(program->bound[i]);
        for (size_t j = 0; j < program->variables; j++) {
            sum += program->matrix[i * program->variables + j] * x[j];
            size += fabs(program->matrix[i * program->variables + j]) * x[j];
        }
        assert_true(sum >= program->bound[i] - 1e-10 * (1.0 + size));
    }
    return cost;
}

/* Costs from HiGHS (scipy.optimize.linprog); NaN: infeasible. */
static void known_programmes_have_their_known_cost(void **state) {
    (void)state;
    static const struct {
        size_t variables, rows;
        double cost[4], upper[4], matrix[16], bound[4], least;
    } cases[] = {
        /* A diet: 2x + y >= 8, x + 3y >= 9. */
        {2, 2, {3, 2}, {(double)INFINITY, (double)INFINITY}, {2, 1, 1, 3}, {8, 9}, 13.0},
        {2, 2, {3, 2}, {2.5, 10}, {2, 1, 1, 3}, {8, 9}, 13.5},
        {2, 2, {3, 2}, {2, 3}, {2, 1, 1, 3}, {8, 9}, (double)NAN},
        /* The largest x + y under x + 2y <= 4, 3x + y <= 6. */
        {2, 2, {-1, -1}, {10, 10}, {-1, -2, -3, -1}, {-4, -6}, -2.8},
        /* An equality as two rows; what is fixed at 0 stays there. */
        {3, 2, {1, 2, 0.5}, {5, 5, 0}, {1, 1, 1, -1, -1, -1}, {6, -6}, 7.0},
        {1, 0, {-2}, {3}, {0}, {0}, -6.0},
        {1, 1, {1}, {3}, {0}, {1}, (double)NAN},
        {1, 1, {1}, {3}, {0}, {-1}, 0.0},
        /* Linear best-worst weights (Rezaei 2016): best 8 times the worst, 2 times the middle: w and the deviation. */
        {4, 4, {0, 0, 0, 1}, {1, 1, 1, 1}, {-1, 2, 0, 1, 1, -2, 0, 1, 1, 1, 1, 0, -1, -1, -1, 0}, {0, 0, 1, -1}, 0.0},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        double x[4];
        const custval__linear_program program = {cases[i].variables, cases[i].rows,   cases[i].cost,
                                                 cases[i].upper,     cases[i].matrix, cases[i].bound};
        assert_double_near(solve(&program, x), cases[i].least, 1e-12);
    }
}

/* ---- Every vertex ------------------------------------------------------------------------------------------------ */

/* Solves n equations by elimination with pivoting; 0 if they are singular. */
static int solve_equations(double a[MOST][MOST + 1], size_t n) {
    for (size_t k = 0; k < n; k++) {
        size_t best = k;
        for (size_t i = k; i < n; i++) {
            if (fabs(a[i][k]) > fabs(a[best][k])) best = i;
        }
        if (fabs(a[best][k]) < 1e-9) return 0;
        for (size_t j = 0; j <= n; j++) {
            const double swap = a[k][j];
            a[k][j] = a[best][j];
            a[best][j] = swap;
        }
        for (size_t i = 0; i < n; i++) {
            const double factor = a[i][k] / a[k][k];
            for (size_t j = k; i != k && j <= n; j++) a[i][j] -= factor * a[k][j];
        }
    }
    for (size_t k = 0; k < n; k++) a[k][n] /= a[k][k];
    return 1;
}

/* The constraint of an index: a row, then x >= 0, then x <= upper; as coefficients and right side. */
static void constraint(const custval__linear_program *program, size_t index, double *out) {
    const size_t n = program->variables;
    for (size_t j = 0; j <= n; j++) out[j] = 0.0;
    if (index < program->rows) {
        for (size_t j = 0; j < n; j++) out[j] = program->matrix[index * n + j];
        out[n] = program->bound[index];
    } else {
        const size_t variable = (index - program->rows) % n;
        out[variable] = 1.0;
        out[n] = index - program->rows < n ? 0.0 : program->upper[variable];
    }
}

static int is_feasible(const custval__linear_program *program, double a[MOST][MOST + 1]) {
    const size_t n = program->variables;
    for (size_t j = 0; j < n; j++) {
        if (a[j][n] < -1e-9 || a[j][n] > program->upper[j] + 1e-9) return 0;
    }
    for (size_t i = 0; i < program->rows; i++) {
        double sum = 0.0;
        for (size_t j = 0; j < n; j++) sum += program->matrix[i * n + j] * a[j][n];
        if (sum < program->bound[i] - 1e-9) return 0;
    }
    return 1;
}

/* Least cost over all points where n constraints hold with equality; NaN if none is feasible. */
static double cost_of_best_vertex(const custval__linear_program *program) {
    const size_t n = program->variables, constraints = program->rows + 2 * n;
    double least = (double)NAN;
    for (unsigned chosen = 0; chosen < 1U << constraints; chosen++) {
        double a[MOST][MOST + 1], cost = 0.0;
        size_t count = 0;
        for (size_t i = 0; i < constraints; i++) {
            if (!(chosen >> i & 1)) continue;
            if (count < n) constraint(program, i, a[count]);
            count++;
        }
        if (count != n || !solve_equations(a, n) || !is_feasible(program, a)) continue;
        for (size_t j = 0; j < n; j++) cost += program->cost[j] * a[j][n];
        if (!(cost >= least)) least = cost;
    }
    return least;
}

static void no_vertex_is_cheaper(void **state) {
    (void)state;
    support_random random = random_seeded("vertices");
    size_t solved = 0, infeasible = 0;
    for (int trial = 0; trial < 3000; trial++) {
        const size_t n = 1 + random_below(&random, 4), m = random_below(&random, 5);
        double cost[4], upper[4], matrix[16], bound[4], x[4];
        /* Small whole numbers, so that ties and degenerate vertices are the rule. */
        for (size_t j = 0; j < n; j++) {
            cost[j] = (double)random_below(&random, 7) - 2.0;
            upper[j] = (double)random_below(&random, 5);
        }
        for (size_t j = 0; j < n * m; j++) matrix[j] = (double)random_below(&random, 7) - 3.0;
        for (size_t i = 0; i < m; i++) bound[i] = (double)random_below(&random, 9) - 4.0;
        const custval__linear_program program = {n, m, cost, upper, matrix, bound};
        const double expected = cost_of_best_vertex(&program);
        assert_double_near(solve(&program, x), expected, 1e-9);
        *(isnan(expected) ? &infeasible : &solved) += 1;
    }
    assert_true(solved > 1000 && infeasible > 300);
}

static void large_and_degenerate_programmes_end(void **state) {
    (void)state;
    enum { VARIABLES = 200, ROWS = 60 };
    support_random random = random_seeded("large");
    double *matrix = malloc(ROWS * VARIABLES * sizeof *matrix), cost[VARIABLES], upper[VARIABLES], bound[ROWS],
           x[VARIABLES], sum = 0.0;
    assert_non_null(matrix);
    for (size_t j = 0; j < VARIABLES; j++) {
        cost[j] = 1.0 + random_below(&random, 3);
        upper[j] = 100.0;
    }
    for (size_t j = 0; j < ROWS * VARIABLES; j++) matrix[j] = random_below(&random, 4) == 0 ? 1.0 : 0.0;
    for (size_t i = 0; i < ROWS; i++) bound[i] = 50.0 * random_below(&random, 3);
    const custval__linear_program program = {VARIABLES, ROWS, cost, upper, matrix, bound};
    const double least = solve(&program, x);
    /* Twice the same programme, twice the same point. */
    double again[VARIABLES];
    assert_double_bits(solve(&program, again), least);
    for (size_t j = 0; j < VARIABLES; j++) {
        assert_double_bits(again[j], x[j]);
        sum += x[j];
    }
    assert_true(least >= sum && least > 0.0);
    free(matrix);
}

static custval_status solve_on(const custval_host *host, void *data) {
    static const double cost[] = {3, 2}, upper[] = {10, 10}, matrix[] = {2, 1, 1, 3}, bound[] = {8, 9};
    const custval__linear_program program = {2, 2, cost, upper, matrix, bound};
    double x[2] = {1, 1};
    int feasible = -1;
    (void)data;
    const custval_status status = custval__linear_program_solve(host, &program, x, &feasible, NULL);
    assert_int_equal(feasible, status == CUSTVAL_OK);
    assert_double_near(x[0], status == CUSTVAL_OK ? 3.0 : 0.0, 1e-12);
    return status;
}

static void solving_without_memory_leaves_nothing_behind(void **state) {
    (void)state;
    support_exhaust_memory(solve_on, NULL);
}

/* Cost / coefficient overflows, so that every ratio of the ratio test is infinite. */
static void a_coefficient_of_all_but_nothing_is_enough(void **state) {
    (void)state;
    static const double cost[] = {1.0, 1.0}, upper[] = {100.0, 100.0}, matrix[] = {4e-320, 0.0}, bound[] = {1e-318};
    const custval__linear_program one = {1, 1, cost, upper, matrix, bound}, two = {2, 1, cost, upper, matrix, bound};
    double x[2];
    assert_double_near(solve(&one, x), 25.0, 0.1);
    assert_double_near(solve(&two, x), 25.0, 0.1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_programmes_have_their_known_cost),
        cmocka_unit_test(no_vertex_is_cheaper),
        cmocka_unit_test(large_and_degenerate_programmes_end),
        cmocka_unit_test(solving_without_memory_leaves_nothing_behind),
        cmocka_unit_test(a_coefficient_of_all_but_nothing_is_enough),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
