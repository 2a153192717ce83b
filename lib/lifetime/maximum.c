/* Climbing: BFGS far from the top, Newton's steps near it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "maximum.h"

#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/symmetric.h"

#define LONGEST_STEP 3.0 /* of a variable; on the scale of logarithms */
#define AT_WALL 1e-6     /* of the box: so near to it is there */
#define PROMISE 1e-13    /* gain below which BFGS ends: some roundings of a value of the order of 1 */
#define RISE 1e-4        /* share of the promised gain that a step must bring */
#define LEFT 0.9         /* share of the slope that may be left after a step */
#define LOOKS 40         /* most values asked for in one step */
#define SPAN 0x1p-14     /* of central differences: errors of its square and of roundings over it are both below 1e-8 */
#define SHORT_SPAN 0x1p-24 /* of one-sided ones: errors of some 1e-8 of the largest eigenvalue */
#define GOOD_CONDITION 1e3 /* up to it they do for all eigenvalues */
#define NEWTON_STEPS 12
#define SAME_PLACE 3e-5 /* the information is found again after a longer step */
#define SMALL_STEP 1e-10
#define TOP_STEP 1e-6 /* the top is known if the step that is left is shorter */

static double dot(const double *a, const double *b, size_t count) {
    double sum = 0.0;
    for (size_t i = 0; i < count; i++) sum += a[i] * b[i];
    return sum;
}

static double largest(const double *x, size_t count) {
    double most = 0.0;
    for (size_t i = 0; i < count; i++) most = fabs(x[i]) > most ? fabs(x[i]) : most;
    return most;
}

static void multiply(const double *matrix, const double *x, size_t count, double *out) {
    for (size_t i = 0; i < count; i++) out[i] = dot(matrix + i * count, x, count);
}

static double rounding_of(double value) {
    return 1e-14 * (1.0 + fabs(value));
}

custval_status custval__climber_init(custval__climber *climber, const custval_host *whole_host, size_t count,
                                     custval_error *error) {
    *climber = (custval__climber){.host = *whole_host, .value = -HUGE_VAL};
    climber->memory = custval__alloc_zero(whole_host, 8 * count + 3 * count * count, sizeof(double));
    if (climber->memory == NULL) return custval__fail_memory(error);
    double *next = climber->memory;
    double **const parts[] = {&climber->at,   &climber->slopes,      &climber->values, &climber->direction,
                              &climber->next, &climber->next_slopes, &climber->step,   &climber->change};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++, next += count) *parts[i] = next;
    climber->information = next;
    climber->inverse = next + count * count;
    climber->vectors = next + 2 * count * count;
    return CUSTVAL_OK;
}

void custval__climber_free(custval__climber *climber) {
    custval__free(&climber->host, climber->memory);
    climber->memory = NULL;
}

static int is_inside(const custval__hill *hill, const double *at) {
    for (size_t i = 0; i < hill->count; i++) {
        if (!(at[i] >= hill->low[i] && at[i] <= hill->high[i])) return 0;
    }
    return 1;
}

/* -inf where there is nothing, be it the value or a slope that is not finite. */
static custval_status ask(const custval__hill *hill, const double *at, double *value, double *slopes,
                          custval_error *error) {
    *value = -HUGE_VAL;
    if (!is_inside(hill, at)) return CUSTVAL_OK;
    CUSTVAL__TRY(hill->climb(hill->data, at, value, slopes, error));
    int is_finite = isfinite(*value);
    for (size_t i = 0; i < hill->count; i++) is_finite = is_finite && isfinite(slopes[i]);
    if (!is_finite) *value = -HUGE_VAL;
    return CUSTVAL_OK;
}

custval_status custval__climber_start(custval__climber *climber, const custval__hill *hill, const double *at,
                                      custval_error *error) {
    climber->hill = hill;
    climber->iterations = 0;
    climber->used_up = climber->is_top = 0;
    memmove(climber->at, at, hill->count * sizeof *at);
    return ask(hill, climber->at, &climber->value, climber->slopes, error);
}

/* ---- A step along a direction ------------------------------------------------------------------------------------ */

/* The longest step that stays in the box and below LONGEST_STEP. */
static double longest_step(const custval__climber *in, const double *direction) {
    double longest = LONGEST_STEP / largest(direction, in->hill->count);
    for (size_t i = 0; i < in->hill->count; i++) {
        const double wall = direction[i] > 0.0 ? in->hill->high[i] : in->hill->low[i];
        const double distance = (wall - in->at[i]) / direction[i];
        if (direction[i] != 0.0 && distance < longest) longest = distance;
    }
    return longest;
}

static custval_status look(custval__climber *in, double length, double *value, custval_error *error) {
    for (size_t i = 0; i < in->hill->count; i++) in->next[i] = in->at[i] + length * in->direction[i];
    return ask(in->hill, in->next, value, in->next_slopes, error);
}

static void move(custval__climber *in, double value) {
    const size_t bytes = in->hill->count * sizeof(double);
    memcpy(in->at, in->next, bytes);
    memcpy(in->slopes, in->next_slopes, bytes);
    in->value = value;
}

/* Where a parabola through the value and slope at 0 and the value at `length` has its top, kept away from both ends. */
static double parabola(double slope, double length, double gain) {
    const double top = slope * length * length / (2.0 * (slope * length - gain));
    const double least = 0.1 * length, most = 0.5 * length;
    return !(top > least) ? least : top > most ? most : top;
}

/* Halves an interval of steps, of which the lower end is too short and the upper one too long (Lewis & Overton 2013),
   until the gain and the slope that is left are as wanted. `next` then is where it leads; gives whether it leads
   anywhere. */
static custval_status search(custval__climber *in, double slope, int *found, double *value, custval_error *error) {
    const size_t count = in->hill->count;
    const double longest = longest_step(in, in->direction);
    double low = 0.0, high = HUGE_VAL, length = longest < 1.0 ? longest : 1.0;
    *found = 0;
    for (int i = 0; i < LOOKS && length > 0.0; i++) {
        CUSTVAL__TRY(look(in, length, value, error));
        const double gain = *value - in->value;
        if (!(gain >= RISE * length * slope - rounding_of(in->value))) {
            high = length;
            length = low > 0.0 ? 0.5 * (low + high) : *value > -HUGE_VAL ? parabola(slope, length, gain) : 0.2 * length;
        } else if (length < longest && dot(in->next_slopes, in->direction, count) > LEFT * slope && i + 1 < LOOKS) {
            low = length;
            length = high < HUGE_VAL ? 0.5 * (low + high) : length < 0.25 * longest ? 4.0 * length : longest;
        } else {
            *found = 1;
            return CUSTVAL_OK;
        }
    }
    return CUSTVAL_OK;
}

/* ---- BFGS -------------------------------------------------------------------------------------------------------- */

/* A variable at a wall of the box, beyond which the hill goes on, is held while the others climb on. */
static int is_held(const custval__climber *in, size_t i) {
    const double slope = in->slopes[i];
    return (slope > 0.0 && in->hill->high[i] - in->at[i] < AT_WALL) ||
           (slope < 0.0 && in->at[i] - in->hill->low[i] < AT_WALL);
}

static void free_slopes(const custval__climber *in, double *out) {
    for (size_t i = 0; i < in->hill->count; i++) out[i] = is_held(in, i) ? 0.0 : in->slopes[i];
}

/* Gives the slope along it. */
static double find_direction(custval__climber *in) {
    const size_t count = in->hill->count;
    free_slopes(in, in->step);
    multiply(in->inverse, in->step, count, in->direction);
    for (size_t i = 0; i < count; i++) in->direction[i] = is_held(in, i) ? 0.0 : in->direction[i];
    return dot(in->direction, in->step, count);
}

/* The first steps go straight up, by half of a natural logarithm at most. */
static void forget(custval__climber *in) {
    const size_t count = in->hill->count;
    free_slopes(in, in->step);
    const double steepest = largest(in->step, count);
    memset(in->inverse, 0, count * count * sizeof(double));
    for (size_t i = 0; i < count; i++) in->inverse[i * count + i] = steepest > 0.0 ? 0.5 / steepest : 1.0;
}

/* `step` and `change` are those of place and of slopes (downwards). The first update after forget() also sets the
   scale. */
static void learn(custval__climber *in, int is_first) {
    const size_t count = in->hill->count;
    double *product = in->direction;
    const double curvature = dot(in->step, in->change, count);
    if (!(curvature > 1e-16 * dot(in->change, in->change, count))) return;
    if (is_first) {
        const double scale = curvature / dot(in->change, in->change, count);
        for (size_t i = 0; i < count; i++) in->inverse[i * count + i] = scale;
    }
    multiply(in->inverse, in->change, count, product);
    const double factor = (1.0 + dot(in->change, product, count) / curvature) / curvature;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < count; k++) {
            in->inverse[i * count + k] +=
                factor * in->step[i] * in->step[k] - (product[i] * in->step[k] + in->step[i] * product[k]) / curvature;
        }
    }
}

static void note_step(custval__climber *in) {
    for (size_t i = 0; i < in->hill->count; i++) {
        in->step[i] = in->next[i] - in->at[i];
        in->change[i] = is_held(in, i) ? 0.0 : in->slopes[i] - in->next_slopes[i];
    }
}

custval_status custval__climber_climb(custval__climber *climber, uint32_t most, custval_error *error) {
    custval__climber *in = climber;
    const size_t count = in->hill->count;
    int is_fresh = !(in->is_known && in->condition < CUSTVAL__WORST_CONDITION);
    if (!(in->value > -HUGE_VAL)) return CUSTVAL_OK;
    if (is_fresh) forget(in);
    in->is_known = in->is_top = in->used_up = 0;
    for (uint32_t i = 0; i < most; i++) {
        const double slope = find_direction(in);
        if (slope >= 0.0 && slope < PROMISE && !is_fresh) return CUSTVAL_OK;
        if (largest(in->step, count) == 0.0) return CUSTVAL_OK;
        int found = 0;
        double value = -HUGE_VAL;
        if (slope > 0.0) CUSTVAL__TRY(search(in, slope, &found, &value, error));
        if (!found) {
            if (is_fresh) return CUSTVAL_OK;
            forget(in);
            is_fresh = 1;
            continue;
        }
        note_step(in);
        move(in, value);
        learn(in, is_fresh);
        is_fresh = 0;
        in->iterations++;
    }
    in->used_up = 1;
    return CUSTVAL_OK;
}

/* ---- Newton ------------------------------------------------------------------------------------------------------ */

/* Eigenvalues, condition and inverse of the information. */
static void take_apart(custval__climber *in) {
    const size_t count = in->hill->count;
    memcpy(in->inverse, in->information, count * count * sizeof(double));
    custval__symmetric_eigen(in->inverse, count, in->values, in->vectors);
    const double least = in->values[count - 1];
    in->condition = least > 0.0 ? in->values[0] / least : HUGE_VAL;
    in->is_known = 1;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k <= i; k++) {
            double sum = 0.0;
            for (size_t e = 0; e < count; e++) {
                sum += in->vectors[e * count + i] * in->vectors[e * count + k] / in->values[e];
            }
            in->inverse[i * count + k] = in->inverse[k * count + i] = sum;
        }
    }
}

/* Differences of the slopes, made symmetric: central ones, or with `one_sided` those to the slopes here, for half the
   price. is_known stays 0 where a neighbour has no value. */
static custval_status inform(custval__climber *in, int one_sided, custval_error *error) {
    const size_t count = in->hill->count;
    const double reach = one_sided ? SHORT_SPAN : SPAN;
    double value, *up = in->step, *down = in->change;
    in->is_known = 0;
    in->condition = HUGE_VAL;
    for (size_t i = 0; i < count; i++) {
        memcpy(in->next, in->at, count * sizeof(double));
        in->next[i] = in->at[i] + reach;
        const double upper = in->next[i];
        CUSTVAL__TRY(ask(in->hill, in->next, &value, up, error));
        if (!(value > -HUGE_VAL)) return CUSTVAL_OK;
        in->next[i] = one_sided ? in->at[i] : in->at[i] - reach;
        const double span = upper - in->next[i];
        if (one_sided) {
            memcpy(down, in->slopes, count * sizeof *down);
        } else {
            CUSTVAL__TRY(ask(in->hill, in->next, &value, down, error));
        }
        if (!(value > -HUGE_VAL)) return CUSTVAL_OK;
        for (size_t k = 0; k < count; k++) in->information[i * count + k] = (down[k] - up[k]) / span;
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < i; k++) {
            double *a = &in->information[i * count + k], *b = &in->information[k * count + i];
            *a = *b = 0.5 * (*a + *b);
        }
    }
    take_apart(in);
    return CUSTVAL_OK;
}

/* Newton's steps with one information, while each is shorter than a tenth of the one before. *length: of all of them,
   *left: of the one that is to come. */
static custval_status step_up(custval__climber *in, double *length, double *left, custval_error *error) {
    const size_t count = in->hill->count;
    *length = 0.0;
    multiply(in->inverse, in->slopes, count, in->direction);
    *left = largest(in->direction, count);
    while (*left > SMALL_STEP && *length < SAME_PLACE) {
        const double longest = longest_step(in, in->direction), before = *left;
        double value;
        CUSTVAL__TRY(look(in, longest < 1.0 ? longest : 1.0, &value, error));
        if (!(value >= in->value - rounding_of(in->value))) return CUSTVAL_OK;
        multiply(in->inverse, in->next_slopes, count, in->step);
        const double after = largest(in->step, count);
        if (!(after < before)) return CUSTVAL_OK;
        move(in, value);
        memcpy(in->direction, in->step, count * sizeof(double));
        *length += before;
        *left = after;
        if (after > 0.1 * before) return CUSTVAL_OK;
    }
    return CUSTVAL_OK;
}

custval_status custval__climber_finish(custval__climber *climber, int is_costly, custval_error *error) {
    custval__climber *in = climber;
    const int one_sided = is_costly && in->condition < GOOD_CONDITION;
    in->is_top = in->is_known = 0;
    if (!(in->value > -HUGE_VAL)) return CUSTVAL_OK;
    for (int i = 0; i < NEWTON_STEPS; i++) {
        double length, left;
        CUSTVAL__TRY(inform(in, one_sided, error));
        if (!(in->condition < CUSTVAL__WORST_CONDITION)) return CUSTVAL_OK;
        CUSTVAL__TRY(step_up(in, &length, &left, error));
        in->is_top = left < TOP_STEP && length < SAME_PLACE;
        if (in->is_top || length == 0.0) return CUSTVAL_OK;
    }
    return CUSTVAL_OK;
}

custval_status custval__climber_look(custval__climber *climber, const double *direction, double distance, double *value,
                                     custval_error *error) {
    const custval__hill *hill = climber->hill;
    for (size_t i = 0; i < hill->count; i++) {
        const double x = climber->at[i] + distance * direction[i];
        climber->next[i] = x < hill->low[i] ? hill->low[i] : x > hill->high[i] ? hill->high[i] : x;
    }
    return ask(hill, climber->next, value, climber->next_slopes, error);
}
