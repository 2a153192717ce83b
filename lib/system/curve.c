/* How answers become scores. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <float.h>
#include <math.h>
#include <string.h>

#include "../base/maths.h"
#include "system.h"

/* ---- Tables ------------------------------------------------------------------------------------------------------ */

/* Order of texts: shorter first, then by bytes. */
static int compare_texts(const char *a, size_t a_length, const char *b, size_t b_length) {
    if (a_length != b_length) return a_length < b_length ? -1 : 1;
    return a_length == 0 ? 0 : memcmp(a, b, a_length);
}

static int compare_numbers(double a, double b) {
    return (a > b) - (a < b);
}

static int compare_entries(const custval_curve *curve, uint32_t a, uint32_t b) {
    if (curve->x != NULL) return compare_numbers(curve->x[a], curve->x[b]);
    const char *const first = curve->categories[a], *const second = curve->categories[b];
    return compare_texts(first, strlen(first), second, strlen(second));
}

/* Lets the entry at the root of a heap sink to where no child is greater. */
static void sink(const custval_curve *curve, uint32_t *order, uint32_t root, uint32_t count) {
    const uint32_t entry = order[root];
    for (uint32_t child = 2 * root + 1; child < count; child = 2 * root + 1) {
        if (child + 1 < count && compare_entries(curve, order[child], order[child + 1]) < 0) child++;
        if (compare_entries(curve, entry, order[child]) >= 0) break;
        order[root] = order[child];
        root = child;
    }
    order[root] = entry;
}

/* A heap sort, because qsort may allocate behind the host's back. */
uint32_t custval__curve_sort(const custval_curve *curve, uint32_t *order) {
    const uint32_t count = curve->count;
    for (uint32_t i = 0; i < count; i++) order[i] = i;
    for (uint32_t i = count / 2; i > 0; i--) sink(curve, order, i - 1, count);
    for (uint32_t i = count; i > 1; i--) {
        const uint32_t greatest = order[0];
        order[0] = order[i - 1];
        order[i - 1] = greatest;
        sink(curve, order, 0, i - 1);
    }
    for (uint32_t i = 1; i < count; i++) {
        if (compare_entries(curve, order[i - 1], order[i]) == 0) return order[i];
    }
    return CUSTVAL_NONE;
}

/* Gives no negative zero: adding 0 turns it into 0 and leaves everything else. */
static double directed(const custval__item *item, double score) {
    return (item->reversed ? 100 - score : score) + 0.0;
}

int custval__item_category_text(const custval__item *item, custval_text text, double *out_score) {
    uint32_t begin = 0, end = item->curve.count;
    while (begin < end) {
        const uint32_t middle = begin + (end - begin) / 2, entry = item->category_order[middle];
        const custval_text category = item->category_texts[entry];
        const int order = compare_texts(text.data, text.length, category.data, category.length);
        if (order == 0) {
            *out_score = directed(item, item->curve.y[entry]);
            return 1;
        }
        if (order < 0) {
            end = middle;
        } else {
            begin = middle + 1;
        }
    }
    return 0;
}

int custval__item_category_number(const custval__item *item, double number, double *out_score) {
    uint32_t begin = 0, end = item->curve.count;
    while (begin < end) {
        const uint32_t middle = begin + (end - begin) / 2, entry = item->category_order[middle];
        const int order = compare_numbers(number, item->curve.x[entry]);
        if (order == 0) {
            *out_score = directed(item, item->curve.y[entry]);
            return 1;
        }
        if (order < 0) {
            end = middle;
        } else {
            begin = middle + 1;
        }
    }
    return 0;
}

/* ---- What is computed once --------------------------------------------------------------------------------------- */

double custval__scale_slope(double span) {
    double slope = 100 / span;
    if (slope == 0 || !isfinite(slope)) return slope;
    while (span * slope < 100) slope = nextafter(slope, (double)INFINITY);
    for (double less = nextafter(slope, 0); span * less >= 100; less = nextafter(less, 0)) slope = less;
    return slope;
}

void custval__item_prepare(custval__item *item) {
    const int has_scale = item->scale_min != 0 || item->scale_max != 0;
    item->low = has_scale ? item->scale_min : -DBL_MAX;
    item->high = has_scale ? item->scale_max : DBL_MAX;
    for (uint32_t i = 0; i < item->code_count; i++) {
        if (item->codes[i] >= item->low && item->codes[i] <= item->high) item->code_in_scale = 1;
    }
    if (!has_scale) return;
    item->slope = custval__scale_slope(item->high - item->low);
    if (item->curve.type != CUSTVAL_CURVE_LOG) return;
    item->log_low = custval__log(item->low);
    item->log_span = custval__log(item->high) - item->log_low;
}

/* Tversky and Kahneman's value of an answer that differs from the reference. */
static double prospect_value(const custval__item *item, double answer, double reference) {
    const double *const parameters = item->curve.parameters;
    const double difference = (answer - reference) / (item->high - item->low);
    if (difference >= 0) return custval__pow(difference, parameters[0]);
    return -parameters[2] * custval__pow(-difference, parameters[1]);
}

custval__prospect custval__item_prospect(const custval__item *item, double reference) {
    const double worst = prospect_value(item, item->low, reference);
    return (custval__prospect){reference, worst, prospect_value(item, item->high, reference) - worst};
}

/* ---- Curves ------------------------------------------------------------------------------------------------------ */

static double between(double number, double low, double high) {
    return number < low ? low : number > high ? high : number;
}

/* Straight lines through the points; exactly y at every point, and never beyond the ends of a line. */
static double piecewise(const custval_curve *curve, double answer) {
    const double *const x = curve->x, *const y = curve->y;
    if (answer <= x[0]) return y[0];
    uint32_t left = 0, right = curve->count - 1; /* x[left] < answer */
    if (answer >= x[right]) return y[right];
    while (right - left > 1) {
        const uint32_t middle = left + (right - left) / 2;
        if (x[middle] <= answer) {
            left = middle;
        } else {
            right = middle;
        }
    }
    const double score = y[left] + (y[right] - y[left]) * ((answer - x[left]) / (x[right] - x[left]));
    return y[left] < y[right] ? between(score, y[left], y[right]) : between(score, y[right], y[left]);
}

static double curve_score(const custval__item *item, double answer, uint32_t context) {
    const double *const parameters = item->curve.parameters;
    switch (item->curve.type) {
    case CUSTVAL_CURVE_LINEAR: return parameters[0] + parameters[1] * answer;
    case CUSTVAL_CURVE_LOG: return between((custval__log(answer) - item->log_low) / item->log_span, 0, 1) * 100;
    case CUSTVAL_CURVE_LOGISTIC: return 100 / (1 + custval__exp(-parameters[1] * (answer - parameters[0])));
    case CUSTVAL_CURVE_PIECEWISE: return piecewise(&item->curve, answer);
    default: break;
    }
    const custval__prospect *const prospect = &item->prospects[context];
    const double value = prospect_value(item, answer, prospect->reference);
    return between((value - prospect->floor) / prospect->span, 0, 1) * 100;
}

double custval__item_curve(const custval__item *item, double answer, uint32_t context) {
    return directed(item, curve_score(item, answer, context));
}
