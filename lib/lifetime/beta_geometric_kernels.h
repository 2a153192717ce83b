/* The inner loops of BG/NBD and MBG/NBD, built for several instruction sets; all of them give the same bits. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_LIFETIME_BETA_GEOMETRIC_KERNELS_H
#define CUSTVAL_LIFETIME_BETA_GEOMETRIC_KERNELS_H

#include <stddef.h>

#define CUSTVAL__BETA_GEOMETRIC_ROWS 256 /* most rows of one call */
#define CUSTVAL__BETA_GEOMETRIC_TIMES 16 /* most times of one call */

/* What depends on the parameters and x only, looked up for each row. With n = x + chances:
   level = ln of Gamma(r + x) / Gamma(r) B(a, b + n) / B(a, b) alpha^-x, and sums over 0 <= i < x or n of
   1 / (r + i), 1 / (a + b + i), and a / ((b + i) (a + b + i)): its slopes by r, -a, b. */
typedef struct custval__beta_geometric_looked_up {
    double level[CUSTVAL__BETA_GEOMETRIC_ROWS];
    double by_r[CUSTVAL__BETA_GEOMETRIC_ROWS];
    double by_a[CUSTVAL__BETA_GEOMETRIC_ROWS];
    double by_b[CUSTVAL__BETA_GEOMETRIC_ROWS];
} custval__beta_geometric_looked_up;

/* What a series sums up of the number N of purchases by then: P(still alive then), E(N), E(N(N - 1)). */
enum custval__beta_geometric_sum { CUSTVAL__SUM_ALIVE, CUSTVAL__SUM_MEAN, CUSTVAL__SUM_PAIRS };

/* The first terms of a series, each that of z / (1 + z) = scale, as far as one was needed. */
#define CUSTVAL__BETA_GEOMETRIC_TERMS 96

typedef struct custval__beta_geometric_next {
    double m;          /* the term that comes next */
    double share;      /* (s)_m / m! scale^m */
    double rho, added; /* rho_m = (c)_m / (a + c)_m, and the sum that goes with m purchases due */
} custval__beta_geometric_next;

typedef struct custval__beta_geometric_terms {
    double s, a, c, scale;
    custval__beta_geometric_next next;
    size_t count;
    double kept[CUSTVAL__BETA_GEOMETRIC_TERMS];
} custval__beta_geometric_terms;

static inline void custval__beta_geometric_terms_begin(custval__beta_geometric_terms *terms, double s, double a,
                                                       double c, double scale) {
    terms->s = s;
    terms->a = a;
    terms->c = c;
    terms->scale = scale;
    terms->next = (custval__beta_geometric_next){0.0, 1.0, 1.0, 0.0};
    terms->count = 0;
}

/* Up to this s terms of scale 1 are doubles, and can be shared by customers of all times: (s)_m / m! is below 1e175 for every m. */
#define CUSTVAL__BETA_GEOMETRIC_SHARED 100.0

typedef struct custval__beta_geometric_times {
    double t[CUSTVAL__BETA_GEOMETRIC_TIMES]; /* 0 from `count` on */
    size_t count, latest;                    /* latest: index of the largest */
} custval__beta_geometric_times;

typedef struct custval__beta_geometric_kernels {
    const char *name;
    /* Log-likelihood and slopes (NULL: none) of up to CUSTVAL__BETA_GEOMETRIC_ROWS rows. */
    void (*likelihood)(const double *parameters, double chances, size_t count, const double *x, const double *t_x,
                       const double *T, const custval__beta_geometric_looked_up *looked_up, double *out,
                       double *const *slopes);
    /* ln P(alive at T) of any number of rows. */
    void (*alive)(const double *parameters, double chances, size_t count, const double *x, const double *t_x,
                  const double *T, double *out);
    /* The sum at each of `count` times z = t / (alpha + T), given alive, for s = r + x and the posterior beta(a, c) of p. Both arrays have
       CUSTVAL__BETA_GEOMETRIC_TIMES elements, z 0 from `count` on. The caller knows that a z is above 0, that s ln(1 + z) is below 700,
       and that no z takes too many terms. */
    void (*series)(int sum, double s, double a, double c, const double *z, size_t count, double *out);
    /* The same at z = t / total by the terms of the sum, s, a and c, to which it adds what it needs; s is at most
       CUSTVAL__BETA_GEOMETRIC_SHARED. */
    void (*series_by)(int sum, custval__beta_geometric_terms *terms, const custval__beta_geometric_times *times,
                      double total, double *out);
} custval__beta_geometric_kernels;

const custval__beta_geometric_kernels *custval__beta_geometric_kernels_best(void);
/* A set by name ("portable", "avx2", "avx512"), or NULL if it is not built in or the processor cannot run it. */
const custval__beta_geometric_kernels *custval__beta_geometric_kernels_named(const char *name);

#endif
