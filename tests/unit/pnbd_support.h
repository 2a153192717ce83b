/* One customer's answers from the Pareto/NBD, for its tests. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TESTS_PNBD_SUPPORT_H
#define CUSTVAL_TESTS_PNBD_SUPPORT_H

#include <math.h>

#include "base/maths.h"
#include "lifetime/model.h"
#include "support.h"

typedef struct history {
    double x, t_x, T;
} history;

static inline custval__customers one_of(const history *h) {
    return (custval__customers){1, &h->x, &h->t_x, &h->T, NULL, NULL};
}

static inline double log_likelihood_of(const double *p, history h, double slopes[4]) {
    const custval__customers customers = one_of(&h);
    double out = 0, *places[4] = {NULL, NULL, NULL, NULL};
    for (size_t i = 0; slopes != NULL && i < 4; i++) places[i] = slopes + i;
    custval__pnbd.log_likelihood(p, &customers, &out, slopes == NULL ? NULL : places);
    return out;
}

static inline double log_alive_of(const double *p, history h) {
    const custval__customers customers = one_of(&h);
    double out = 0;
    custval__pnbd.log_alive(p, &customers, &out);
    return out;
}

static inline double alive_later_of(const double *p, history h, double t) {
    const custval__customers customers = one_of(&h);
    double out = 0;
    custval__pnbd.alive_later(p, &customers, &t, &out);
    return out;
}

static inline double expected_of(const double *p, history h, double t) {
    const custval__customers customers = one_of(&h);
    double out = 0;
    custval__pnbd.expected(p, &customers, &t, 1, &out);
    return out;
}

static inline double pairs_of(const double *p, history h, double t) {
    const custval__customers customers = one_of(&h);
    double out = 0;
    custval__pnbd.expected_pairs(p, &customers, &t, &out);
    return out;
}

static inline double residual_of(const double *p, history h, double delta) {
    const custval__customers customers = one_of(&h);
    double out = 0;
    custval__pnbd.residual(p, &customers, delta, &out);
    return out;
}

static inline double log_count_of(const double *p, history h, double t, uint32_t n) {
    const custval__customers customers = one_of(&h);
    double out = 0;
    custval__pnbd.log_counts(p, &customers, &t, n, 1, &out);
    return out;
}

static inline double number_at(const json_t *object, const char *key) {
    const json_t *const value = json_object_get(object, key);
    return json_is_string(value) ? support_double(json_string_value(value)) : json_number_value(value);
}

static inline void numbers_at(const json_t *object, const char *key, double *out, size_t most) {
    const json_t *const array = json_object_get(object, key);
    assert_true(json_array_size(array) > 0 && json_array_size(array) <= most);
    for (size_t i = 0; i < json_array_size(array); i++) {
        const json_t *const value = json_array_get(array, i);
        out[i] = json_is_string(value) ? support_double(json_string_value(value)) : json_number_value(value);
    }
}

#endif
