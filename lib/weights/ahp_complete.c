/* Incomplete matrices of judgements: what connects the criteria, and the judgements that fit best in the gaps. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/maths.h"
#include "ahp_solve.h"

/* One lane's matrix, its unknowns and a system of linear equations. Everything is in logarithms: y of the weights, z of
   the left eigenvector. A missing pair has sqrt(w_i v_j / (w_j v_i)) where lambda_max is smallest, for there its
   derivative by the pair, v_i a_ij w_j - v_j a_ji w_i over lambda v w, is 0. */
typedef struct gaps {
    double *cells; /* of the lane: every LANES-th */
    size_t n;
    double *y, *z, *step_y, *step_z; /* n each */
    double *w, *v, *s;               /* e^y, e^z, e^((y + z) / 2) */
    double *rows_y, *rows_z;         /* logarithms of (A w)_i / w_i and (A' v)_i / v_i */
    double *matrix, *right;          /* of the linear equations: (2n + 2)^2 and 2n + 2 */
} gaps;

/* Logarithm beyond which no gap is filled, lest a product overflow: 1e60. */
#define FARTHEST 138.0
/* Criteria further apart than this, as an exponent of 2 (1e12), are brought nearer to each other. */
#define FAR_APART 40.0
/* Newton's method squares the error: one step after this, all that is left is rounding. */
#define NEAR 1e-8
#define MOST_STEPS 50
#define SMALLEST_SHARE 1e-4

size_t custval__ahp_complete_room(size_t count) {
    const size_t unknowns = 2 * count + 2;
    return unknowns * unknowns + unknowns + 9 * count;
}

static void place(gaps *of, double *cells, size_t n, size_t lane, double *scratch) {
    of->cells = cells + lane;
    of->n = n;
    double **const vectors[] = {&of->y, &of->z, &of->step_y, &of->step_z, &of->w,
                                &of->v, &of->s, &of->rows_y, &of->rows_z};
    for (size_t k = 0; k < sizeof vectors / sizeof *vectors; k++, scratch += n) *vectors[k] = scratch;
    of->right = scratch;
    of->matrix = scratch + 2 * n + 2;
}

static double cell(const gaps *of, size_t i, size_t j) {
    return of->cells[(i * of->n + j) * CUSTVAL__LANES];
}

/* ---- Connection ------------------------------------------------------------------------------------------------------ */

size_t custval__ahp_apart(const double *cells, size_t count, size_t lane, unsigned char *scratch) {
    unsigned char *reached = scratch, *order = scratch + count;
    memset(reached, 0, count);
    size_t found = 0;
    reached[0] = 1;
    order[found++] = 0;
    for (size_t k = 0; k < found; k++) {
        for (size_t j = 0; j < count; j++) {
            if (reached[j] || isnan(cells[(order[k] * count + j) * CUSTVAL__LANES + lane])) continue;
            reached[j] = 1;
            order[found++] = (unsigned char)j;
        }
    }
    for (size_t j = 0; j < count; j++) {
        if (!reached[j]) return j;
    }
    return SIZE_MAX;
}

/* ---- Linear equations ------------------------------------------------------------------------------------------------ */

// Gauss with the largest pivot of each column; the solution replaces the right side.
static void solve_linear(double *matrix, double *right, size_t n) {
    for (size_t k = 0; k < n; k++) {
        size_t pivot = k;
        for (size_t i = k + 1; i < n; i++) {
            if (fabs(matrix[i * n + k]) > fabs(matrix[pivot * n + k])) pivot = i;
        }
        for (size_t j = k; j < n && pivot != k; j++) {
            const double kept = matrix[k * n + j];
            matrix[k * n + j] = matrix[pivot * n + j];
            matrix[pivot * n + j] = kept;
        }
        const double kept = right[k];
        right[k] = right[pivot];
        right[pivot] = kept;
        for (size_t i = k + 1; i < n; i++) {
            const double factor = matrix[i * n + k] / matrix[k * n + k];
            if (factor == 0.0) continue;
            for (size_t j = k + 1; j < n; j++) matrix[i * n + j] -= factor * matrix[k * n + j];
            right[i] -= factor * right[k];
        }
    }
    for (size_t k = n; k-- > 0;) {
        for (size_t j = k + 1; j < n; j++) right[k] -= matrix[k * n + j] * right[j];
        right[k] /= matrix[k * n + k];
    }
}

// Logarithmic least squares: y of the first criterion is 0.
static void least_squares(const gaps *of) {
    const size_t n = of->n, unknowns = n - 1;
    memset(of->matrix, 0, unknowns * unknowns * sizeof *of->matrix);
    memset(of->right, 0, unknowns * sizeof *of->right);
    for (size_t i = 1; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            if (j == i || isnan(cell(of, i, j))) continue;
            of->right[i - 1] += custval__log(cell(of, i, j));
            of->matrix[(i - 1) * unknowns + i - 1] += 1.0;
            if (j > 0) of->matrix[(i - 1) * unknowns + j - 1] = -1.0;
        }
    }
    solve_linear(of->matrix, of->right, unknowns);
    of->y[0] = of->z[0] = 0.0;
    for (size_t i = 1; i < n; i++) {
        of->y[i] = of->right[i - 1];
        of->z[i] = -of->y[i];
    }
}

/* A chain of judgements may imply ratios that no double holds. With D of powers of 2 near the least squares' weights,
   D^-1 A D has the same eigenvalues, holds only what the judgements contradict each other by, and is exact. */
static int scale(const gaps *of, double *exponents) {
    const size_t n = of->n;
    double least = of->y[0], most = of->y[0];
    for (size_t i = 1; i < n; i++) {
        least = fmin(least, of->y[i]);
        most = fmax(most, of->y[i]);
    }
    if (most - least <= FAR_APART * CUSTVAL__LN2) return 0;
    for (size_t i = 0; i < n; i++) exponents[i * CUSTVAL__LANES] = floor((of->y[i] - most) / CUSTVAL__LN2 + 0.5);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            double *at = of->cells + (i * n + j) * CUSTVAL__LANES;
            *at = ldexp(*at, (int)(exponents[j * CUSTVAL__LANES] - exponents[i * CUSTVAL__LANES]));
        }
    }
    return 1;
}

/* ---- The smallest lambda_max ----------------------------------------------------------------------------------------- */

// Rows of the completed matrix and of its transpose; gives how far they are from being all the same.
static double evaluate(const gaps *of, const double *y, const double *z) {
    const size_t n = of->n;
    double least[2] = {HUGE_VAL, HUGE_VAL}, most[2] = {-HUGE_VAL, -HUGE_VAL};
    for (size_t i = 0; i < n; i++) {
        of->w[i] = custval__exp(y[i]);
        of->v[i] = custval__exp(z[i]);
        of->s[i] = custval__exp(0.5 * (y[i] + z[i]));
    }
    for (size_t i = 0; i < n; i++) {
        double right = 0.0, left = 0.0, missing = 0.0;
        for (size_t j = 0; j < n; j++) {
            if (isnan(cell(of, i, j))) {
                missing += of->s[j];
                continue;
            }
            right += cell(of, i, j) * of->w[j];
            left += cell(of, j, i) * of->v[j];
        }
        of->rows_y[i] = custval__log(right / of->w[i] + missing / of->s[i]);
        of->rows_z[i] = custval__log(left / of->v[i] + missing / of->s[i]);
        least[0] = fmin(least[0], of->rows_y[i]);
        most[0] = fmax(most[0], of->rows_y[i]);
        least[1] = fmin(least[1], of->rows_z[i]);
        most[1] = fmax(most[1], of->rows_z[i]);
    }
    return fmax(most[0] - least[0], most[1] - least[1]);
}

// Derivatives of one row: `own` by the logarithms that it is made of, `other` by those that come in with the gaps.
static void fill_row(const gaps *of, size_t i, int transposed, double *own, double *other) {
    const double *x = transposed ? of->v : of->w;
    const double whole = custval__exp(transposed ? of->rows_z[i] : of->rows_y[i]);
    double own_sum = 0.0, other_sum = 0.0;
    for (size_t j = 0; j < of->n; j++) {
        const double judged = transposed ? cell(of, j, i) : cell(of, i, j);
        const int is_gap = isnan(judged);
        const double term = (is_gap ? 0.5 * of->s[j] / of->s[i] : judged * x[j] / x[i]) / whole;
        own[j] = term;
        other[j] = is_gap ? term : 0.0;
        own_sum += own[j];
        other_sum += other[j];
    }
    own[i] -= own_sum;
    other[i] -= other_sum;
}

// All rows shall have the same logarithm, and so those of the transpose; y and z each keep their sum.
static void newton_step(const gaps *of) {
    const size_t n = of->n, unknowns = 2 * n + 2;
    memset(of->matrix, 0, unknowns * unknowns * sizeof *of->matrix);
    for (size_t i = 0; i < n; i++) {
        double *upper = of->matrix + i * unknowns, *lower = of->matrix + (n + i) * unknowns;
        fill_row(of, i, 0, upper, upper + n);
        fill_row(of, i, 1, lower + n, lower);
        upper[2 * n] = lower[2 * n + 1] = -1.0;
        of->right[i] = -of->rows_y[i];
        of->right[n + i] = -of->rows_z[i];
        of->matrix[2 * n * unknowns + i] = of->matrix[(2 * n + 1) * unknowns + n + i] = 1.0;
    }
    of->right[2 * n] = of->right[2 * n + 1] = 0.0;
    solve_linear(of->matrix, of->right, unknowns);
}

// Goes as far along the step as it brings the rows nearer to each other; 0 if it does not.
static int move(const gaps *of, double *inout_spread) {
    for (double share = 1.0; share >= SMALLEST_SHARE; share *= 0.5) {
        for (size_t i = 0; i < of->n; i++) {
            of->step_y[i] = of->y[i] + share * of->right[i];
            of->step_z[i] = of->z[i] + share * of->right[of->n + i];
        }
        const double spread = evaluate(of, of->step_y, of->step_z);
        if (!(spread < *inout_spread)) continue;
        memcpy(of->y, of->step_y, of->n * sizeof *of->y);
        memcpy(of->z, of->step_z, of->n * sizeof *of->z);
        *inout_spread = spread;
        return 1;
    }
    return 0;
}

// 0 if it does not get there.
static int minimise(const gaps *of) {
    double spread = evaluate(of, of->y, of->z);
    int is_near = 0, moves = 1;
    for (int step = 0; step < MOST_STEPS && moves && !is_near; step++) {
        is_near = spread <= NEAR;
        newton_step(of);
        moves = move(of, &spread);
    }
    return is_near;
}

int custval__ahp_complete(custval__ahp_block *block, size_t count, size_t lane, uint32_t method) {
    gaps of;
    place(&of, block->cells, count, lane, block->scratch);
    least_squares(&of);
    block->is_scaled[lane] = scale(&of, block->exponents + lane);
    if (block->is_scaled[lane]) least_squares(&of);
    const int done = method == CUSTVAL_AHP_GEOMETRIC || minimise(&of);
    if (!done) least_squares(&of);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = i + 1; j < count; j++) {
            if (!isnan(cell(&of, i, j))) continue;
            const double ratio = 0.5 * (of.y[i] - of.y[j] + of.z[j] - of.z[i]);
            const double filled = custval__exp(fmax(-FARTHEST, fmin(FARTHEST, ratio)));
            of.cells[(i * count + j) * CUSTVAL__LANES] = filled;
            of.cells[(j * count + i) * CUSTVAL__LANES] = 1.0 / filled;
        }
    }
    return done;
}
