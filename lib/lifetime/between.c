/* Smooth functions of time at many cash periods, from few of their values. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "between.h"

/*
 * What a model expects up to t is a mean of functions of 1 + p t / b, with p from 0 to 1: analytic but for t <= -b.
 * Between t and 1.4 t a polynomial through Chebyshev's points has errors like 11.9^-15, which is the ellipse that reaches
 * back to 0; and of what falls as fast as e^(-q t), like e^-x (x / 10)^16 / 16! with x = q t, below 2e-17.
 */
#define NODES CUSTVAL__BETWEEN_NODES
#define REACH 1.4
#define FEW (2 * NODES)

/* (1 - cos(pi j / 15)) / 2 of the first half; the others lie as far from the end. */
static const double halves[NODES / 2] = {
    0.0,  0.010926199633097181036, 0.043227271178699552249, 0.095491502812526287949, 0.16543469682057089309,
    0.25, 0.34549150281252628795,  0.4477357683661732643,
};

size_t custval__between_count(const double *times, size_t count) {
    size_t low = 0, high = count; /* the answer is from low to high */
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (times[middle] <= REACH * times[0]) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low > FEW ? low : 0;
}

void custval__between_nodes(const double *times, size_t count, double nodes[NODES]) {
    const double first = times[0], last = times[count - 1], length = last - first;
    for (size_t j = 0; j < NODES / 2; j++) {
        nodes[j] = first + length * halves[j];
        nodes[NODES - 1 - j] = last - length * halves[j];
    }
}

/* The barycentric formula; all is well next to a node, too, where the same rounding error is above and below. */
void custval__between_shares(const double nodes[NODES], double t, double shares[NODES]) {
    double sum = 0.0;
    for (size_t j = 0; j < NODES; j++) {
        if (t == nodes[j]) {
            for (size_t i = 0; i < NODES; i++) shares[i] = i == j ? 1.0 : 0.0;
            return;
        }
        const double weight = (j == 0 || j == NODES - 1 ? 0.5 : 1.0) * (j % 2 == 0 ? 1.0 : -1.0);
        shares[j] = weight / (t - nodes[j]);
        sum += shares[j];
    }
    for (size_t j = 0; j < NODES; j++) shares[j] /= sum;
}
