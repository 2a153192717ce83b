/* The dual simplex method with bounds, on a dictionary. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "linear_program.h"

#include <math.h>
#include <string.h>

#include "error.h"

/* A dictionary writes every basic variable as a constant plus a combination of the nonbasic ones, each of which rests
   at one of its bounds. Variables are numbered: x first, then the surplus of each row, which is 0 .. infinity. Nonbasic
   variables start at the bound that is cheaper, so that costs are optimal (dual feasible) from the start and stay so;
   each pivot sends a basic variable that is out of bounds to the bound that it violates. Of several choices the
   variable with the smallest number is taken (Bland 1977, Mathematics of Operations Research 2(2)), so that it ends. */
typedef struct dictionary {
    const custval__linear_program *program;
    double *cells;       /* rows x variables */
    double *constants;   /* [row] */
    double *costs;       /* [column] reduced */
    double *tolerances;  /* [variable] how far out of bounds is rounding */
    size_t *basic;       /* [row] variable */
    size_t *nonbasic;    /* [column] variable */
    unsigned char *high; /* [column] 1: rests at its upper bound */
} dictionary;

/* Relative sizes of what is taken for rounding. */
#define FEASIBLE 1e-12
#define SMALLEST_PIVOT 1e-11

static size_t most_pivots(const custval__linear_program *program) {
    return 10000 + 100 * (program->variables + program->rows);
}

static double upper_of(const dictionary *of, size_t variable) {
    return variable < of->program->variables ? of->program->upper[variable] : (double)INFINITY;
}

static double resting_value(const dictionary *of, size_t column) {
    return of->high[column] ? upper_of(of, of->nonbasic[column]) : 0.0;
}

static double basic_value(const dictionary *of, size_t row) {
    const size_t n = of->program->variables;
    double value = of->constants[row];
    for (size_t j = 0; j < n; j++) {
        if (of->high[j]) value += of->cells[row * n + j] * resting_value(of, j);
    }
    return value;
}

static void start(dictionary *of) {
    const custval__linear_program *program = of->program;
    const size_t n = program->variables;
    memcpy(of->cells, program->matrix, program->rows * n * sizeof *of->cells);
    for (size_t j = 0; j < n; j++) {
        of->costs[j] = program->cost[j];
        of->nonbasic[j] = j;
        of->high[j] = program->cost[j] < 0.0;
        of->tolerances[j] = FEASIBLE * (isfinite(program->upper[j]) ? program->upper[j] : 1.0);
    }
    for (size_t i = 0; i < program->rows; i++) {
        double size = fabs(program->bound[i]);
        for (size_t j = 0; j < n; j++) {
            size += fabs(program->matrix[i * n + j]) * (isfinite(program->upper[j]) ? program->upper[j] : 1.0);
        }
        of->constants[i] = -program->bound[i];
        of->basic[i] = n + i;
        of->tolerances[n + i] = FEASIBLE * size;
    }
}

// The row whose basic variable leaves; rows if all are within their bounds. *out_direction: 1 if it must rise, else -1.
static size_t leaving_row(const dictionary *of, int *out_direction) {
    size_t chosen = of->program->rows;
    for (size_t i = 0; i < of->program->rows; i++) {
        const size_t variable = of->basic[i];
        if (chosen < of->program->rows && variable > of->basic[chosen]) continue;
        const double value = basic_value(of, i), tolerance = of->tolerances[variable];
        if (value >= -tolerance && value <= upper_of(of, variable) + tolerance) continue;
        chosen = i;
        *out_direction = value < 0.0 ? 1 : -1;
    }
    return chosen;
}

// The column that enters: of those that move the row's variable the right way, the one whose cost runs out first;
// variables if there is none, which means that nothing satisfies the row.
static size_t entering_column(const dictionary *of, size_t row, int direction) {
    const size_t n = of->program->variables;
    const double *cells = of->cells + row * n;
    double largest = 0.0, least = (double)INFINITY;
    size_t chosen = n;
    for (size_t j = 0; j < n; j++) largest = fmax(largest, fabs(cells[j]));
    for (size_t j = 0; j < n; j++) {
        // How the row's variable moves when this one leaves its bound.
        const double move = (of->high[j] ? -cells[j] : cells[j]) * direction;
        if (!(move > SMALLEST_PIVOT * largest) || upper_of(of, of->nonbasic[j]) == 0.0) continue;
        const double ratio = fabs(of->costs[j]) / move;
        // The ratio may be infinite, where a move is all but nothing.
        if (chosen == n || ratio < least || (ratio == least && of->nonbasic[j] < of->nonbasic[chosen])) {
            least = ratio;
            chosen = j;
        }
    }
    return chosen;
}

static void pivot(dictionary *of, size_t row, size_t column, int direction) {
    const size_t n = of->program->variables;
    double *from = of->cells + row * n;
    const double divisor = from[column];
    for (size_t j = 0; j < n; j++) from[j] = j == column ? 1.0 / divisor : -from[j] / divisor;
    of->constants[row] /= -divisor;
    for (size_t i = 0; i < of->program->rows; i++) {
        double *cells = of->cells + i * n;
        const double factor = cells[column];
        if (i == row || factor == 0.0) continue;
        for (size_t j = 0; j < n; j++) cells[j] = (j == column ? 0.0 : cells[j]) + factor * from[j];
        of->constants[i] += factor * of->constants[row];
    }
    const double factor = of->costs[column];
    for (size_t j = 0; j < n; j++) of->costs[j] = (j == column ? 0.0 : of->costs[j]) + factor * from[j];
    const size_t leaving = of->basic[row];
    of->basic[row] = of->nonbasic[column];
    of->nonbasic[column] = leaving;
    of->high[column] = direction < 0;
}

static void read_solution(const dictionary *of, double *out_x) {
    const size_t n = of->program->variables;
    for (size_t j = 0; j < n; j++) {
        if (of->nonbasic[j] < n) out_x[of->nonbasic[j]] = resting_value(of, j);
    }
    for (size_t i = 0; i < of->program->rows; i++) {
        if (of->basic[i] < n) out_x[of->basic[i]] = fmin(fmax(basic_value(of, i), 0.0), upper_of(of, of->basic[i]));
    }
}

static custval_status solve(dictionary *of, double *out_x, int *out_feasible, custval_error *error) {
    start(of);
    for (size_t pivots = most_pivots(of->program); pivots > 0; pivots--) {
        int direction = 0;
        const size_t row = leaving_row(of, &direction);
        if (row == of->program->rows) {
            read_solution(of, out_x);
            *out_feasible = 1;
            return CUSTVAL_OK;
        }
        const size_t column = entering_column(of, row, direction);
        if (column == of->program->variables) return CUSTVAL_OK;
        pivot(of, row, column, direction);
    }
    return custval__fail(error, CUSTVAL_ERROR_INTERNAL, "a linear programme of %zu variables and %zu rows did not end",
                         of->program->variables, of->program->rows);
}

custval_status custval__linear_program_solve(const custval_host *host, const custval__linear_program *program,
                                             double *out_x, int *out_feasible, custval_error *error) {
    const size_t n = program->variables, m = program->rows;
    *out_feasible = 0;
    memset(out_x, 0, n * sizeof *out_x);
    if (m > 0 && n > SIZE_MAX / sizeof(double) / 2 / m) return custval__fail_memory(error);
    double *numbers = custval__alloc(host, m * n + 2 * (m + n), sizeof *numbers);
    size_t *variables = custval__alloc(host, m + n, sizeof *variables);
    unsigned char *high = custval__alloc(host, n, 1);
    custval_status status = CUSTVAL_ERROR_MEMORY;
    if (numbers == NULL || variables == NULL || high == NULL) {
        custval__fail_memory(error);
    } else {
        dictionary of = {.program = program,
                         .cells = numbers,
                         .constants = numbers + m * n,
                         .costs = numbers + m * n + m,
                         .tolerances = numbers + m * n + m + n,
                         .basic = variables,
                         .nonbasic = variables + m,
                         .high = high};
        status = solve(&of, out_x, out_feasible, error);
    }
    custval__free(host, numbers);
    custval__free(host, variables);
    custval__free(host, high);
    return status;
}
