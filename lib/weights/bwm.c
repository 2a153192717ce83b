/* custval_weights_bwm: the best-worst method. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/judgements.h>

#include <math.h>

#include "../base/error.h"
#include "../base/linear_program.h"
#include "../base/options.h"
#include "weights.h"

#define MOST_JUDGEMENT 1e9
/* A ksi of judgements without contradictions: rounding. */
#define NO_DEVIATION 1e-9

typedef struct bwm {
    custval_bwm_judgements given; /* whole */
    size_t best, worst;
    double best_to_worst;
    size_t least_consistent; /* the criterion whose two judgements fit that of the best over the worst least */
    double ksi, cr, input_cr;
} bwm;

/* ---- Checking -------------------------------------------------------------------------------------------------------- */

static custval_status check_numbers(const bwm *of, const double *numbers, const char *what, custval_error *error) {
    for (size_t i = 0; i < of->given.count; i++) {
        if (numbers[i] >= 1.0 && numbers[i] <= MOST_JUDGEMENT) continue;
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "%s of \"%s\" is %g, but must be from 1 to 1e9", what,
                             of->given.names[i], numbers[i]);
    }
    return CUSTVAL_OK;
}

// Of the criteria with a 1, but for one, that with the largest other judgement; count if there is none.
static size_t choose(const double *ones, const double *others, size_t count, size_t but) {
    size_t chosen = count;
    for (size_t i = 0; i < count; i++) {
        if (i == but || ones[i] != 1.0) continue;
        if (chosen == count || others[i] > others[chosen]) chosen = i;
    }
    return chosen;
}

static custval_status find_ends(bwm *of, custval_error *error) {
    const size_t n = of->given.count;
    const double *from_best = of->given.best_to_others, *to_worst = of->given.others_to_worst;
    const char *const *names = of->given.names;
    of->best = choose(from_best, to_worst, n, n);
    if (of->best == n) {
        return custval__fail(error, CUSTVAL_ERROR_STRUCTURE, "no criterion is the best: best_to_others has no 1");
    }
    of->worst = choose(to_worst, from_best, n, of->best);
    if (of->worst == n) {
        return custval__fail(
            error, CUSTVAL_ERROR_STRUCTURE, "no criterion is the worst: others_to_worst has no 1%s%s%s",
            to_worst[of->best] == 1.0 ? " but that of \"" : "", to_worst[of->best] == 1.0 ? names[of->best] : "",
            to_worst[of->best] == 1.0 ? "\", the best" : "");
    }
    of->best_to_worst = from_best[of->worst];
    if (of->best_to_worst == to_worst[of->best]) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_STRUCTURE,
                         "\"%s\", the best, over \"%s\", the worst, is %g in best_to_others and %g in others_to_worst",
                         names[of->best], names[of->worst], of->best_to_worst, to_worst[of->best]);
}

static custval_status read_judgements(bwm *of, const custval_bwm_judgements *judgements, custval_error *error) {
    custval_bwm_judgements *given = &of->given;
    if (judgements == NULL) return custval__fail_null(error, "judgements");
    CUSTVAL__TRY(
        custval__struct_read(given, sizeof *given, sizeof *given, judgements, "custval_bwm_judgements", error));
    if (given->count < 2) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "%zu criteria are fewer than 2", given->count);
    }
    if (given->count > CUSTVAL_MAX_JUDGED) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "%zu criteria are more than %d", given->count,
                             CUSTVAL_MAX_JUDGED);
    }
    if (given->model > CUSTVAL_BWM_NONLINEAR) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "model is %u, which means nothing", (unsigned)given->model);
    }
    if (given->reserved != 0) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "reserved is %u, it must be 0", (unsigned)given->reserved);
    }
    CUSTVAL__TRY(custval__weights_check_names(given->names, given->count, error));
    if (given->best_to_others == NULL) return custval__fail_null(error, "best_to_others");
    if (given->others_to_worst == NULL) return custval__fail_null(error, "others_to_worst");
    CUSTVAL__TRY(check_numbers(of, given->best_to_others, "best_to_others", error));
    CUSTVAL__TRY(check_numbers(of, given->others_to_worst, "others_to_worst", error));
    return find_ends(of, error);
}

/* ---- Consistency of the judgements ----------------------------------------------------------------------------------- */

static void set_input_cr(bwm *of) {
    const double whole = of->best_to_worst;
    double most = 0.0;
    of->least_consistent = of->best;
    for (size_t i = 0; i < of->given.count; i++) {
        if (i == of->best || i == of->worst) continue;
        const double misfit = fabs(of->given.best_to_others[i] * of->given.others_to_worst[i] - whole);
        if (misfit <= most) continue;
        most = misfit;
        of->least_consistent = i;
    }
    of->input_cr = whole > 1.0 ? most / (whole * whole - whole) : 0.0;
}

/* Liang, Brunelli & Rezaei (2020), table 3: [judgement of best over worst - 2][criteria - 3]. */
static const double thresholds[8][7] = {
    {0, 0, 0, 0, 0, 0, 0},
    {0.1667, 0.1667, 0.1667, 0.1667, 0.1667, 0.1667, 0.1667},
    {0.1121, 0.1529, 0.1898, 0.2206, 0.2527, 0.2577, 0.2683},
    {0.1354, 0.1994, 0.2306, 0.2546, 0.2716, 0.2844, 0.2960},
    {0.1330, 0.1990, 0.2643, 0.3044, 0.3144, 0.3221, 0.3262},
    {0.1294, 0.2457, 0.2819, 0.3029, 0.3144, 0.3251, 0.3403},
    {0.1309, 0.2521, 0.2958, 0.3154, 0.3408, 0.3620, 0.3657},
    {0.1359, 0.2681, 0.3062, 0.3337, 0.3517, 0.3620, 0.3662},
};
/* The table has four decimals. */
#define HALF_A_DIGIT 5e-5

// The table's nearest: it ends at 9 criteria and 9 times as important.
static double threshold_of(const bwm *of) {
    const double scale = fmin(fmax(floor(of->best_to_worst + 0.5), 2.0), 9.0);
    const size_t n = of->given.count < 3 ? 3 : of->given.count > 9 ? 9 : of->given.count;
    return thresholds[(size_t)scale - 2][n - 3];
}

/* ---- The linear model ------------------------------------------------------------------------------------------------ */

// ksi >= |w[a] - times w[b]| in two rows; ksi is the last variable.
static double *add_deviation(double *row, size_t n, size_t a, size_t b, double times) {
    for (int side = 0; side < 2; side++, row += n + 1) {
        const double sign = side == 0 ? 1.0 : -1.0;
        row[a] = -sign;
        row[b] = sign * times;
        row[n] = 1.0;
    }
    return row;
}

static void fill_programme(const bwm *of, double *matrix, double *bound, double *cost, double *upper) {
    const size_t n = of->given.count, best = of->best, worst = of->worst;
    for (size_t i = 0; i < n; i++) {
        matrix[i] = 1.0;
        matrix[n + 1 + i] = -1.0;
        upper[i] = 1.0;
    }
    bound[0] = 1.0;
    bound[1] = -1.0;
    cost[n] = 1.0;
    upper[n] = (double)INFINITY;
    double *row = matrix + 2 * (n + 1);
    for (size_t i = 0; i < n; i++) {
        if (i != best) row = add_deviation(row, n, best, i, of->given.best_to_others[i]);
        if (i != best && i != worst) row = add_deviation(row, n, i, worst, of->given.others_to_worst[i]);
    }
}

static custval_status solve_linear(bwm *of, const custval_host *host, double *weights, custval_error *error) {
    const size_t n = of->given.count, variables = n + 1, rows = 4 * n - 4;
    double *memory = custval__alloc_zero(host, rows * variables + rows + 3 * variables, sizeof *memory);
    if (memory == NULL) return custval__fail_memory(error);
    double *bound = memory + rows * variables, *cost = bound + rows, *upper = cost + variables, *x = upper + variables;
    fill_programme(of, memory, bound, cost, upper);
    const custval__linear_program programme = {variables, rows, cost, upper, memory, bound};
    int is_feasible = 0; // it always is, with a ksi large enough
    const custval_status status = custval__linear_program_solve(host, &programme, x, &is_feasible, error);
    for (size_t i = 0; i < n; i++) weights[i] = x[i];
    of->ksi = of->cr = x[n];
    custval__free(host, memory);
    return status;
}

/* ---- The non-linear model -------------------------------------------------------------------------------------------- */

static double above_0(double x) {
    return x > 0.0 ? x : 0.0;
}

// The ratios of best to worst with which no judgement is more than ksi off: the interval shrinks with ksi.
static int ratios_within(const bwm *of, double ksi, double *out_low, double *out_high) {
    double low = of->best_to_worst - ksi, high = of->best_to_worst + ksi;
    for (size_t i = 0; i < of->given.count; i++) {
        if (i == of->best || i == of->worst) continue;
        const double from_best = of->given.best_to_others[i], to_worst = of->given.others_to_worst[i];
        low = fmax(low, above_0(from_best - ksi) * above_0(to_worst - ksi));
        high = fmin(high, (from_best + ksi) * (to_worst + ksi));
    }
    *out_low = low;
    *out_high = high;
    return low <= high;
}

static double smallest_ksi(const bwm *of) {
    double low, high, from = 0.0, to = MOST_JUDGEMENT; // with which every low is 0
    if (ratios_within(of, from, &low, &high)) return 0.0;
    for (;;) {
        const double middle = from + (to - from) / 2.0;
        if (middle <= from || middle >= to) return to;
        if (ratios_within(of, middle, &low, &high)) {
            to = middle;
        } else {
            from = middle;
        }
    }
}

// With the smallest ksi, best to worst is one number, and each other weight free within an interval of its own.
static void solve_nonlinear(bwm *of, double *weights, double *low, double *high) {
    const size_t n = of->given.count;
    double least, most, sum_low = 0.0, sum_high = 0.0;
    of->ksi = smallest_ksi(of);
    ratios_within(of, of->ksi, &least, &most);
    const double ratio = least + (most - least) / 2.0, ksi = of->ksi;
    for (size_t i = 0; i < n; i++) {
        const double from_best = of->given.best_to_others[i], to_worst = of->given.others_to_worst[i];
        low[i] = fmax(to_worst - ksi, ratio / (from_best + ksi));
        high[i] = from_best > ksi ? fmin(to_worst + ksi, ratio / (from_best - ksi)) : to_worst + ksi;
        if (i == of->best || i == of->worst) low[i] = high[i] = i == of->best ? ratio : 1.0;
        if (low[i] > high[i]) low[i] = high[i] = low[i] + (high[i] - low[i]) / 2.0; // rounding
        sum_low += low[i];
        sum_high += high[i];
    }
    for (size_t i = 0; i < n; i++) {
        const double lowest = low[i] / (sum_high - high[i] + low[i]);
        high[i] = high[i] / (sum_low - low[i] + high[i]);
        low[i] = lowest;
        weights[i] = low[i] + (high[i] - low[i]) / 2.0;
    }
    // Rezaei's consistency index is the largest ksi that judgements up to best_to_worst can leave.
    const double index = (1.0 + 2.0 * of->best_to_worst - sqrt(1.0 + 8.0 * of->best_to_worst)) / 2.0;
    of->cr = ksi == 0.0 ? 0.0 : index > 0.0 ? ksi / index : (double)NAN;
}

/* ---- The set of weights ---------------------------------------------------------------------------------------------- */

/* With the best over the worst judged 1 there is no input_cr to go by, but then nothing else than 1 fits. */
static custval_status note_not_equal(const bwm *of, custval_weights *weights, custval_error *error) {
    if (of->ksi <= NO_DEVIATION) return CUSTVAL_OK;
    const size_t i = of->least_consistent;
    return custval__weights_note(
        weights, "inconsistent", of->given.names[i], error,
        "the best over the worst was judged 1, but \"%s\" over \"%s\" is %g and that over \"%s\" %g, which together "
        "make %g",
        of->given.names[of->best], of->given.names[i], of->given.best_to_others[i], of->given.names[of->worst],
        of->given.others_to_worst[i], of->given.best_to_others[i] * of->given.others_to_worst[i]);
}

static custval_status note_inconsistent(const bwm *of, custval_weights *weights, custval_error *error) {
    if (of->best_to_worst == 1.0) return note_not_equal(of, weights, error);
    const double threshold = threshold_of(of);
    if (of->input_cr <= threshold + HALF_A_DIGIT) return CUSTVAL_OK;
    const size_t i = of->least_consistent;
    return custval__weights_note(
        weights, "inconsistent", of->given.names[i], error,
        "the input-based consistency ratio %g is above %g: \"%s\" over \"%s\" is %g and that over \"%s\" %g, which "
        "together make %g, but the best over the worst was judged %g",
        floor(of->input_cr * 1e4 + 0.5) / 1e4, threshold, of->given.names[of->best], of->given.names[i],
        of->given.best_to_others[i], of->given.names[of->worst], of->given.others_to_worst[i],
        of->given.best_to_others[i] * of->given.others_to_worst[i], of->best_to_worst);
}

static custval_status fill(bwm *of, const custval_host *host, custval_weights *weights, custval_error *error) {
    const size_t n = of->given.count;
    double *from_best, *to_worst, *low, *high;
    CUSTVAL__TRY(custval__weights_column(weights, "best_to_others", &from_best, error));
    CUSTVAL__TRY(custval__weights_column(weights, "others_to_worst", &to_worst, error));
    for (size_t i = 0; i < n; i++) {
        from_best[i] = of->given.best_to_others[i];
        to_worst[i] = of->given.others_to_worst[i];
    }
    if (of->given.model == CUSTVAL_BWM_NONLINEAR) {
        CUSTVAL__TRY(custval__weights_column(weights, "low", &low, error));
        CUSTVAL__TRY(custval__weights_column(weights, "high", &high, error));
        solve_nonlinear(of, custval__weights_numbers(weights), low, high);
    } else {
        CUSTVAL__TRY(solve_linear(of, host, custval__weights_numbers(weights), error));
    }
    set_input_cr(of);
    custval__weights_set_sample(weights, 1);
    CUSTVAL__TRY(custval__weights_diagnose(weights, "ksi", of->ksi, error));
    CUSTVAL__TRY(custval__weights_diagnose(weights, "cr", of->cr, error));
    CUSTVAL__TRY(custval__weights_diagnose(weights, "input_cr", of->input_cr, error));
    CUSTVAL__TRY(note_inconsistent(of, weights, error));
    return custval__weights_finish(weights, error);
}

custval_status custval_weights_bwm(const custval_host *host, const custval_bwm_judgements *judgements,
                                   custval_weights **out, custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    custval_host whole;
    bwm of = {.given = CUSTVAL_BWM_JUDGEMENTS_INIT};
    custval_weights *weights = NULL;
    CUSTVAL__TRY(custval__host_read(&whole, host, error));
    CUSTVAL__TRY(read_judgements(&of, judgements, error));
    custval_status status =
        custval__weights_new(&whole, of.given.names, of.given.count,
                             of.given.model == CUSTVAL_BWM_NONLINEAR ? "bwm-nonlinear" : "bwm-linear", &weights, error);
    if (status == CUSTVAL_OK) status = fill(&of, &whole, weights, error);
    return custval__weights_give(weights, status, out);
}
