/* The likelihood of the Pareto/NBD, its slopes, and P(alive): one integral over the time of death for all of them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "pnbd.h"

#include <math.h>

#include "../base/maths.h"
#include "../base/special.h"
#include "pnbd_kernels.h"

#define KNOWN 256 /* numbers of purchases whose rises are kept */

/* Rises by x, found when first asked for: a row has the same bits whatever rows came before it. */
typedef struct known_rises {
    double log_rising[KNOWN], digamma_rise[KNOWN];
    unsigned char known[KNOWN];
} known_rises;

static void look_up(known_rises *known, double r, size_t count, const double *x, int slopes,
                    custval__pnbd_rises *rises) {
    for (size_t i = 0; i < count; i++) {
        if (!(x[i] < KNOWN)) {
            rises->log_rising[i] = custval__log_rising(r, x[i]);
            rises->digamma_rise[i] = slopes ? custval__digamma_rise(r, x[i]) : 0.0;
            continue;
        }
        const size_t k = (size_t)x[i];
        if (!known->known[k]) {
            known->log_rising[k] = custval__log_rising(r, x[i]);
            known->digamma_rise[k] = slopes ? custval__digamma_rise(r, x[i]) : 0.0;
            known->known[k] = 1;
        }
        rises->log_rising[i] = known->log_rising[k];
        rises->digamma_rise[i] = known->digamma_rise[k];
    }
}

/* ---- Pieces ------------------------------------------------------------------------------------------------------ */

/* Up to these lengths and falls of the exponent the errors of 10 and of 16 nodes are below 1e-13 and 1e-14, found over
   all p, q, rho (docs/numerics.md). What lies beyond MOST_FALL is below 2^-60 of the whole, for p z + q L is convex. */
#define LENGTH_10 1.6
#define FALL_10 4.0
#define LENGTH_16 2.5
#define FALL_16 14.0
#define MOST_FALL 46.0
#define CUT_FALL 42.0

/* Newton's steps from the right on a convex function: none passes the point where the fall is CUT_FALL. */
static double cut(double p, double q, double rho, double z, double *fall) {
    while (*fall > MOST_FALL) {
        const double e = custval__exp(z), w = custval__expm1(z), y = 1.0 + rho * w;
        z -= (*fall - CUT_FALL) / (p + q * (rho * e / y));
        *fall = p * z + q * custval__log1p(rho * custval__expm1(z));
    }
    return z;
}

static void flush(const custval__pnbd_kernels *kernels, int nodes, int slopes, custval__pnbd_bank *bank,
                  custval__pnbd_block *block) {
    const size_t count = bank->count;
    while (bank->count % CUSTVAL__PNBD_LANES != 0) { /* pieces of no length: no loop has a rest */
        const size_t i = bank->count++;
        bank->low[i] = bank->length[i] = bank->p[i] = bank->q[i] = bank->rho[i] = 0.0;
    }
    kernels->integrate(nodes, slopes, bank);
    for (int k = 0; k < (slopes ? CUSTVAL__PNBD_SUMS : 1); k++) {
        for (size_t i = 0; i < count; i++) block->sums[k][bank->row[i]] += bank->sums[k][i];
    }
    bank->count = 0;
}

static void add_piece(custval__pnbd_bank *bank, const custval__pnbd_block *block, size_t row, double low,
                      double length) {
    const size_t i = bank->count++;
    bank->row[i] = row;
    bank->low[i] = low;
    bank->length[i] = length;
    bank->p[i] = block->p[row];
    bank->q[i] = block->q[row];
    bank->rho[i] = block->rho[row];
}

/* The sums of a prepared block. A row's pieces are all in one bank, one after the other. */
static void integrate(const custval__pnbd_kernels *kernels, size_t count, int slopes, custval__pnbd_block *block) {
    custval__pnbd_bank few, many;
    few.count = many.count = 0;
    for (int k = 0; k < (slopes ? CUSTVAL__PNBD_SUMS : 1); k++) {
        for (size_t i = 0; i < count; i++) block->sums[k][i] = 0.0;
    }
    for (size_t i = 0; i < count; i++) {
        double end = block->near_end[i], fall = block->fall[i];
        if (end <= LENGTH_10 && fall <= FALL_10) {
            add_piece(&few, block, i, 0.0, end);
            continue;
        }
        end = cut(block->p[i], block->q[i], block->rho[i], end, &fall);
        const double by_length = end / LENGTH_16, by_fall = fall / FALL_16;
        const double pieces = ceil(by_length > by_fall ? by_length : by_fall), length = end / pieces;
        for (double k = 0; k < pieces; k++) {
            if (many.count == CUSTVAL__PNBD_PIECES) flush(kernels, 16, slopes, &many, block);
            add_piece(&many, block, i, k * length, length);
        }
    }
    flush(kernels, 10, slopes, &few, block);
    flush(kernels, 16, slopes, &many, block);
}

/* ---- Blocks ------------------------------------------------------------------------------------------------------ */

void custval__pnbd_likelihood_by(const custval__pnbd_kernels *kernels, const double *parameters, size_t count,
                                 const double *x, const double *t_x, const double *T, double *out,
                                 double *const *slopes) {
    known_rises known = {.known = {0}};
    custval__pnbd_block block;
    custval__pnbd_rises rises;
    for (size_t from = 0; from < count; from += CUSTVAL__PNBD_ROWS) {
        const size_t rows = count - from < CUSTVAL__PNBD_ROWS ? count - from : CUSTVAL__PNBD_ROWS;
        kernels->prepare(parameters, rows, x + from, t_x + from, T + from, &block);
        integrate(kernels, rows, slopes != NULL, &block);
        look_up(&known, parameters[CUSTVAL__PNBD_R], rows, x + from, slopes != NULL, &rises);
        kernels->log_likelihood(parameters, rows, x + from, t_x + from, &block, &rises, out + from);
        if (slopes != NULL) {
            double *const here[] = {slopes[0] + from, slopes[1] + from, slopes[2] + from, slopes[3] + from};
            kernels->slopes(parameters, rows, x + from, t_x + from, T + from, &block, &rises, here);
        }
    }
}

void custval__pnbd_log_likelihood(const double *parameters, const custval__customers *customers, double *out,
                                  double *const *slopes) {
    custval__pnbd_likelihood_by(custval__pnbd_kernels_best(), parameters, customers->count, customers->x,
                                customers->t_x, customers->T, out, slopes);
}

void custval__pnbd_log_alive(const double *parameters, const custval__customers *customers, double *out) {
    const custval__pnbd_kernels *const kernels = custval__pnbd_kernels_best();
    custval__pnbd_block block;
    for (size_t from = 0; from < customers->count; from += CUSTVAL__PNBD_ROWS) {
        const size_t rest = customers->count - from, rows = rest < CUSTVAL__PNBD_ROWS ? rest : CUSTVAL__PNBD_ROWS;
        kernels->prepare(parameters, rows, customers->x + from, customers->t_x + from, customers->T + from, &block);
        integrate(kernels, rows, 0, &block);
        kernels->log_alive(rows, &block, out + from);
    }
}
