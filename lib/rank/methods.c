/* The methods of ranking. Each goes through the columns in order and keeps its sums by row, so that a row's additions do
   not depend on the others and NaN stays with the rows that lack a number. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <float.h>
#include <math.h>

#include "../base/error.h"
#include "../base/maths.h"
#include "rank.h"

/* Differences of compromise scores that are smaller than this are rounding. */
#define SAME_COMPROMISE 1e-12

static void set_all(double *numbers, size_t count, double to) {
    for (size_t i = 0; i < count; i++) numbers[i] = to;
}

// A weight, a normalised number and their product are three roundings, each addition is one.
double custval__ranking_rounding(const custval__ranking *ranking, double size) {
    return 4.0 * DBL_EPSILON * (double)(ranking->column_count + 2) * size;
}

/* ---- Sum and product --------------------------------------------------------------------------------------------- */

static void add_up(const custval__ranking *ranking, double *sum) {
    set_all(sum, ranking->rows, 0.0);
    set_all(ranking->size, ranking->rows, 0.0);
    for (size_t k = 0; k < ranking->column_count; k++) {
        const double weight = ranking->columns[k].weight;
        const double *normalised = custval__normalise_column(ranking, &ranking->columns[k]);
        for (size_t i = 0; i < ranking->rows; i++) {
            const double part = weight * normalised[i];
            sum[i] += part;
            ranking->size[i] += fabs(part);
        }
    }
}

static custval_status fail_shares(size_t row, double score, custval_error *error) {
    return custval__fail_at(error, CUSTVAL_ERROR_RANGE, CUSTVAL_NONE, row,
                            "row %zu: the score %g has no share: shares need scores of at least 0, not all of them 0",
                            row, score);
}

static custval_status divide_by_sum(const custval__ranking *ranking, double *score, custval_error *error) {
    double most = 0.0;
    size_t last = 0;
    for (size_t i = 0; i < ranking->rows; i++) {
        if (!ranking->counts[i]) continue;
        if (score[i] < 0.0) return fail_shares(i, score[i], error);
        if (score[i] > most) most = score[i];
        last = i;
    }
    if (ranking->counted == 0) return CUSTVAL_OK;
    if (!(most > 0.0)) return fail_shares(last, score[last], error);
    custval__sum total = {0.0, 0.0}; /* in units of the largest score, for it could overflow */
    for (size_t i = 0; i < ranking->rows; i++) {
        if (ranking->counts[i]) custval__sum_add(&total, score[i] / most);
    }
    for (size_t i = 0; i < ranking->rows; i++) {
        score[i] = score[i] / most / custval__sum_value(&total);
        ranking->size[i] = ranking->size[i] / most / custval__sum_value(&total);
    }
    return CUSTVAL_OK;
}

custval_status custval__rank_by_sum(const custval__ranking *ranking, double *score, custval_error *error) {
    add_up(ranking, score);
    return ranking->options.shares ? divide_by_sum(ranking, score, error) : CUSTVAL_OK;
}

static custval_status fail_product(const custval__ranking *ranking, const custval__rank_column *column, size_t row,
                                   double normalised, custval_error *error) {
    return custval__fail_at(error, CUSTVAL_ERROR_RANGE, CUSTVAL_NONE, row,
                            "row %zu: column \"%s\" is %g, by normalisation \"%s\" %g, but products take only numbers "
                            "above 0",
                            row, column->given->column, custval__ranking_numbers(ranking, column)[row],
                            custval_word(CUSTVAL_WORDS_NORMALISATION, ranking->options.normalisation), normalised);
}

custval_status custval__rank_by_product(const custval__ranking *ranking, double *score, custval_error *error) {
    set_all(score, ranking->rows, 0.0);
    set_all(ranking->size, ranking->rows, 1.0);
    for (size_t k = 0; k < ranking->column_count; k++) {
        const custval__rank_column *column = &ranking->columns[k];
        const double *normalised = custval__normalise_column(ranking, column);
        for (size_t i = 0; i < ranking->rows; i++) {
            if (ranking->counts[i] && !(normalised[i] > 0.0)) {
                return fail_product(ranking, column, i, normalised[i], error);
            }
            const double part = column->weight * custval__log(normalised[i]);
            score[i] += part;
            ranking->size[i] += fabs(part);
        }
    }
    for (size_t i = 0; i < ranking->rows; i++) {
        score[i] = custval__exp(score[i]);
        ranking->size[i] *= score[i];
    }
    return CUSTVAL_OK;
}

custval_status custval__rank_by_both(const custval__ranking *ranking, custval_table *result, double *score,
                                     custval_error *error) {
    double *sum, *product;
    CUSTVAL__TRY(custval__result_add_doubles(result, "sum", &sum, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "product", &product, error));
    add_up(ranking, sum);
    CUSTVAL__TRY(custval__rank_by_product(ranking, product, error));
    const double share = ranking->options.share;
    for (size_t i = 0; i < ranking->rows; i++) {
        score[i] = share * sum[i] + (1.0 - share) * product[i];
        ranking->size[i] = share * sum[i] + (1.0 - share) * ranking->size[i];
    }
    return CUSTVAL_OK;
}

/* ---- TOPSIS ------------------------------------------------------------------------------------------------------ */

typedef struct ends {
    double worst, best;
} ends;

static ends ends_of(const custval__ranking *ranking, const custval__rank_column *column) {
    const double a = custval__normalise_number(column, ranking->options.normalisation, column->seen_low);
    const double b = custval__normalise_number(column, ranking->options.normalisation, column->seen_high);
    return a < b ? (ends){a, b} : (ends){b, a};
}

// The longest distance along one column, so that squares neither overflow nor vanish in units of it; 0 if there is none.
static double longest(const custval__ranking *ranking) {
    double most = 0.0;
    for (size_t k = 0; k < ranking->column_count; k++) {
        const ends range = ends_of(ranking, &ranking->columns[k]);
        most = fmax(most, ranking->columns[k].weight * range.best - ranking->columns[k].weight * range.worst);
    }
    return most;
}

custval_status custval__rank_by_distance(const custval__ranking *ranking, custval_table *result, double *score,
                                         custval_error *error) {
    double *to_best, *to_worst;
    CUSTVAL__TRY(custval__result_add_doubles(result, "to_best", &to_best, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "to_worst", &to_worst, error));
    set_all(to_best, ranking->rows, 0.0);
    set_all(to_worst, ranking->rows, 0.0);
    set_all(ranking->size, ranking->rows, 1.0);
    const double most = longest(ranking), unit = most > 0.0 ? most : 1.0;
    for (size_t k = 0; k < ranking->column_count; k++) {
        const custval__rank_column *column = &ranking->columns[k];
        const double weight = column->weight;
        const ends range = ends_of(ranking, column);
        const double *normalised = custval__normalise_column(ranking, column);
        for (size_t i = 0; i < ranking->rows; i++) {
            const double here = weight * normalised[i];
            const double up = (weight * range.best - here) / unit, down = (here - weight * range.worst) / unit;
            to_best[i] += up * up;
            to_worst[i] += down * down;
        }
    }
    for (size_t i = 0; i < ranking->rows; i++) {
        to_best[i] = sqrt(to_best[i]) * unit;
        to_worst[i] = sqrt(to_worst[i]) * unit;
        const double whole = to_best[i] + to_worst[i];
        // Where all rows are equal, each is as much the best as the worst.
        score[i] = whole == 0.0 ? 0.5 : isinf(whole) ? (double)NAN : to_worst[i] / whole;
    }
    return CUSTVAL_OK;
}

/* ---- VIKOR ------------------------------------------------------------------------------------------------------- */

// Losses: their sum and the largest.
static void find_losses(const custval__ranking *ranking, double *s, double *r) {
    set_all(s, ranking->rows, 0.0);
    set_all(r, ranking->rows, 0.0);
    for (size_t k = 0; k < ranking->column_count; k++) {
        const double weight = ranking->columns[k].weight;
        const double *normalised = custval__normalise_column(ranking, &ranking->columns[k]);
        for (size_t i = 0; i < ranking->rows; i++) {
            const double loss = weight * (1.0 - normalised[i]);
            s[i] += loss;
            if (!(loss <= r[i])) r[i] = loss;
        }
    }
}

static ends ends_of_losses(const custval__ranking *ranking, const double *losses) {
    ends range = {-(double)INFINITY, (double)INFINITY};
    for (size_t i = 0; i < ranking->rows; i++) {
        if (!ranking->counts[i]) continue;
        range.worst = fmax(range.worst, losses[i]);
        range.best = fmin(range.best, losses[i]);
    }
    return range;
}

// Losses are at most 1 together.
static double rounding(const custval__ranking *ranking) {
    return custval__ranking_rounding(ranking, 1.0);
}

// Where nobody loses more than others, but for rounding, the loss tells nothing.
static double share_of_losses(const custval__ranking *ranking, ends range, double loss) {
    const double width = range.worst - range.best;
    return width <= rounding(ranking) ? 0.0 : (loss - range.best) / width;
}

// The conditions of Opricovic & Tzeng (2004): acceptable advantage over the second, acceptable stability.
static void find_compromise(const custval__ranking *ranking, const double *s, const double *r, const double *q,
                            double *out) {
    size_t first = ranking->rows;
    double second = (double)INFINITY;
    for (size_t i = 0; i < ranking->rows; i++) {
        if (!ranking->counts[i]) continue;
        if (first == ranking->rows || q[i] < q[first]) {
            if (first != ranking->rows) second = q[first];
            first = i;
        } else if (q[i] < second) {
            second = q[i];
        }
    }
    if (first == ranking->rows) return;
    // One row alone has no second.
    const double advantage = ranking->counted > 1 ? 1.0 / (double)(ranking->counted - 1) : 0.0;
    const double best_s = ends_of_losses(ranking, s).best, best_r = ends_of_losses(ranking, r).best;
    const int is_better = second - q[first] >= advantage - SAME_COMPROMISE;
    const int is_stable = s[first] - best_s <= rounding(ranking) || r[first] - best_r <= rounding(ranking);
    for (size_t i = 0; i < ranking->rows; i++) {
        if (!ranking->counts[i]) continue;
        const double behind = q[i] - q[first];
        const int also = is_better ? !is_stable && q[i] <= second : behind < advantage - SAME_COMPROMISE;
        out[i] = i == first || also ? 1.0 : 0.0;
    }
}

custval_status custval__rank_by_compromise(const custval__ranking *ranking, custval_table *result, double *score,
                                           custval_error *error) {
    double *s, *r, *q, *compromise;
    CUSTVAL__TRY(custval__result_add_doubles(result, "s", &s, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "r", &r, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "q", &q, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "compromise", &compromise, error));
    set_all(ranking->size, ranking->rows, 1.0);
    find_losses(ranking, s, r);
    const ends of_s = ends_of_losses(ranking, s), of_r = ends_of_losses(ranking, r);
    const double share = ranking->options.share;
    for (size_t i = 0; i < ranking->rows; i++) {
        const double group = share_of_losses(ranking, of_s, s[i]), single = share_of_losses(ranking, of_r, r[i]);
        q[i] = ranking->counts[i] ? share * group + (1.0 - share) * single : (double)NAN;
        if (!ranking->counts[i]) s[i] = r[i] = (double)NAN;
        score[i] = 1.0 - q[i];
        compromise[i] = (double)NAN;
    }
    find_compromise(ranking, s, r, q, compromise);
    return CUSTVAL_OK;
}
