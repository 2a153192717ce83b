/* The inner loops of impacts, built for several instruction sets. All of them give the same bits: additions go by one
   layout, whatever a register holds. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_IMPACT_KERNELS_H
#define CUSTVAL_IMPACT_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/* How many times its margin a customer is worth, as a function of the probability: settled once. */
typedef struct custval__impact_multiple {
    uint32_t is_choice, is_next, periods; /* periods 0: for ever */
    double rate, growth;
    double annuity; /* choice: the multiple at probability 1 */
} custval__impact_multiple;

typedef struct custval__impact_kernels {
    const char *name;
    /* out += coefficient x input. */
    void (*add)(double coefficient, const double *input, size_t count, double *out);
    /* 1 / (1 + e^-t) in place, and its derivative. */
    void (*logistic)(double *t, size_t count, double *slope);
    /* What customers are worth, probability by probability, and the derivatives; NaN where there is no end. */
    void (*worths)(const custval__impact_multiple *of, const double *p, const double *margin, size_t count, double *out,
                   double *out_slope);
    /* Sums of a x b, and of weight x (after - before). */
    double (*dot)(const double *a, const double *b, size_t count);
    double (*change)(const double *weight, const double *before, const double *after, size_t count);
    /* Sum of weight x number over the rows that have a weight; what the others hold does not matter. */
    double (*weigh)(const double *weight, const double *x, size_t count);
    /* What is not finite becomes 0, in `out` and in `ok`. */
    void (*take)(const double *from, size_t count, double *out, double *ok);
    /* 1 if no number is larger in size, and none is missing. */
    int (*is_within)(const double *x, size_t count, double most);
} custval__impact_kernels;

/* The best set for the processor in use. */
const custval__impact_kernels *custval__impact_kernels_best(void);
/* A set by name ("portable", "avx2", "avx512"), or NULL if it is not built in or the processor cannot run it. */
const custval__impact_kernels *custval__impact_kernels_named(const char *name);

#endif
