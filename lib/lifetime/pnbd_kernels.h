/* The inner loops of the Pareto/NBD, built for several instruction sets. Rows and pieces lie side by side, and each is
   computed by itself: all sets give the same bits, and so does a row among any others. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_LIFETIME_PNBD_KERNELS_H
#define CUSTVAL_LIFETIME_PNBD_KERNELS_H

#include <stddef.h>

#define CUSTVAL__PNBD_ROWS 128   /* most rows of a block */
#define CUSTVAL__PNBD_PIECES 128 /* most pieces of a bank */
#define CUSTVAL__PNBD_SUMS 7
#define CUSTVAL__PNBD_LANES 8 /* of the widest registers */

/*
 * The customer died at u, t_x < u < T, with the density s (alpha + u)^-n (beta + u)^-(s + 1), n = r + x. Of alpha and
 * beta the smaller is called near, the larger far, and near0 = near + t_x, far0 = far + t_x, rho = near0 / far0 <= 1.
 * In
 *     z = ln((near + u) / near0),  w = e^z - 1,  L = ln((far + u) / far0) = ln(1 + rho w)
 * the density over dz is, over its scale at t_x, weight e^(-p z - q L): no singularity is nearer than pi to the
 * real axis, whatever the parameters, so that few nodes of Gauss and Legendre do.
 */
typedef struct custval__pnbd_block {
    double n[CUSTVAL__PNBD_ROWS];
    double p[CUSTVAL__PNBD_ROWS], q[CUSTVAL__PNBD_ROWS];
    double near0[CUSTVAL__PNBD_ROWS], far0[CUSTVAL__PNBD_ROWS], rho[CUSTVAL__PNBD_ROWS], weight[CUSTVAL__PNBD_ROWS];
    double near_end[CUSTVAL__PNBD_ROWS], far_end[CUSTVAL__PNBD_ROWS]; /* z and L at T */
    double fall[CUSTVAL__PNBD_ROWS];                                  /* p z + q L at T */
    double alive_fall[CUSTVAL__PNBD_ROWS]; /* of the chance to be alive at T, over the scale at t_x */
    double sums[CUSTVAL__PNBD_SUMS][CUSTVAL__PNBD_ROWS];
} custval__pnbd_block;

/* Pieces of integrals over z, from `low`, of the given length. sums: of f = e^(-p z - q L), f z, f L, f / (1 + w),
   f w / (1 + w), f / (1 + rho w), f w / (1 + rho w). */
typedef struct custval__pnbd_bank {
    size_t count; /* for integrate(): a multiple of CUSTVAL__PNBD_LANES */
    size_t row[CUSTVAL__PNBD_PIECES];
    double low[CUSTVAL__PNBD_PIECES], length[CUSTVAL__PNBD_PIECES];
    double p[CUSTVAL__PNBD_PIECES], q[CUSTVAL__PNBD_PIECES], rho[CUSTVAL__PNBD_PIECES];
    double sums[CUSTVAL__PNBD_SUMS][CUSTVAL__PNBD_PIECES];
} custval__pnbd_bank;

/* What depends on x alone, of each row: ln Gamma(r + x) / Gamma(r), and digamma(r + x) - digamma(r). */
typedef struct custval__pnbd_rises {
    double log_rising[CUSTVAL__PNBD_ROWS], digamma_rise[CUSTVAL__PNBD_ROWS];
} custval__pnbd_rises;

typedef struct custval__pnbd_kernels {
    const char *name;
    /* Fills in the block but for its sums. */
    void (*prepare)(const double *parameters, size_t count, const double *x, const double *t_x, const double *T,
                    custval__pnbd_block *block);
    /* Integrates the pieces by 10 or 16 nodes; only f without `slopes`. */
    void (*integrate)(int nodes, int slopes, custval__pnbd_bank *bank);
    void (*log_alive)(size_t count, const custval__pnbd_block *block, double *out);
    void (*log_likelihood)(const double *parameters, size_t count, const double *x, const double *t_x,
                           const custval__pnbd_block *block, const custval__pnbd_rises *rises, double *out);
    /* By the logarithms of r, alpha, s, beta. */
    void (*slopes)(const double *parameters, size_t count, const double *x, const double *t_x, const double *T,
                   const custval__pnbd_block *block, const custval__pnbd_rises *rises, double *const out[4]);
} custval__pnbd_kernels;

/* The best set for the processor in use. */
const custval__pnbd_kernels *custval__pnbd_kernels_best(void);
/* A set by name ("portable", "avx2", "avx512"), or NULL if it is not built in or the processor cannot run it. */
const custval__pnbd_kernels *custval__pnbd_kernels_named(const char *name);

/* The same as the model's functions, by a given set. */
void custval__pnbd_likelihood_by(const custval__pnbd_kernels *kernels, const double *parameters, size_t count,
                                 const double *x, const double *t_x, const double *T, double *out,
                                 double *const *slopes);

#endif
