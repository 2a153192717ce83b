/* The inner loops of the Pareto/NBD. This file is compiled once per instruction set. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "pnbd_kernels.h"

#include "../base/instructions.h"
#include "inline.h"

/* ---- Integrals --------------------------------------------------------------------------------------------------- */

/* Nodes and weights of Gauss and Legendre on [0, 1]. */
static const double nodes_10[] = {0.013046735741414139961, 0.067468316655507744634, 0.16029521585048779688,
                                  0.2833023029353764046,   0.42556283050918439456,  0.57443716949081560544,
                                  0.7166976970646235954,   0.83970478414951220312,  0.93253168334449225537,
                                  0.98695326425858586004};
static const double weights_10[] = {0.033335672154344068797, 0.074725674575290296573, 0.109543181257991022,
                                    0.13463335965499817755,  0.14776211235737643509,  0.14776211235737643509,
                                    0.13463335965499817755,  0.109543181257991022,    0.074725674575290296573,
                                    0.033335672154344068797};
static const double nodes_16[] = {
    0.0052995325041750337019, 0.027712488463383711961, 0.06718439880608412806, 0.12229779582249848305,
    0.19106187779867812578,   0.27099161117138630683,  0.35919822461037054338, 0.45249374508118127991,
    0.54750625491881872009,   0.64080177538962945662,  0.72900838882861369317, 0.80893812220132187422,
    0.87770220417750151695,   0.93281560119391587194,  0.97228751153661628804, 0.9947004674958249663};
static const double weights_16[] = {
    0.013576229705877047426, 0.031126761969323946431, 0.047579255841246392405, 0.062314485627766936026,
    0.074797994408288366041, 0.084578259697501269095, 0.091301707522461794433, 0.094725305227534248143,
    0.094725305227534248143, 0.091301707522461794433, 0.084578259697501269095, 0.074797994408288366041,
    0.062314485627766936026, 0.047579255841246392405, 0.031126761969323946431, 0.013576229705877047426};

static inline void add_node(double node, double node_weight, int slopes, custval__pnbd_bank *bank) {
    double *restrict s0 = bank->sums[0], *restrict s1 = bank->sums[1], *restrict s2 = bank->sums[2];
    double *restrict s3 = bank->sums[3], *restrict s4 = bank->sums[4], *restrict s5 = bank->sums[5];
    double *restrict s6 = bank->sums[6];
    const size_t count = bank->count / CUSTVAL__PNBD_LANES * CUSTVAL__PNBD_LANES; /* says so to the compiler */
    for (size_t i = 0; i < count; i++) {
        const double z = bank->low[i] + bank->length[i] * node, w = custval__expm1_within(z);
        const custval__log1p_parts far = custval__log1p_reduce(bank->rho[i] * w);
        /* One division for 1 / (1 + w), 1 / (1 + rho w), and the logarithm. */
        const double one_f = 1.0 + far.f, two_f = 2.0 + far.f, one_w = 1.0 + w;
        const double inverse = 1.0 / (one_f * two_f * one_w);
        const double L = custval__log1p_finish(far, far.f * (inverse * (one_f * one_w)));
        const double density = custval__exp_within(-(bank->p[i] * z + bank->q[i] * L));
        const double f = node_weight * bank->length[i] * density;
        s0[i] += f;
        if (slopes) {
            const double f_near = f * (inverse * (one_f * two_f)), f_far = f * (inverse * (two_f * one_w) * far.power);
            s1[i] += f * z;
            s2[i] += f * L;
            s3[i] += f_near;
            s4[i] += f_near * w;
            s5[i] += f_far;
            s6[i] += f_far * w;
        }
    }
}

static void integrate(int nodes, int slopes, custval__pnbd_bank *bank) {
    const double *const at = nodes == 10 ? nodes_10 : nodes_16, *const weights = nodes == 10 ? weights_10 : weights_16;
    for (int k = 0; k < (slopes ? CUSTVAL__PNBD_SUMS : 1); k++) {
        for (size_t i = 0; i < bank->count; i++) bank->sums[k][i] = 0.0;
    }
    for (int k = 0; k < nodes; k++) {
        if (slopes) {
            add_node(at[k], weights[k], 1, bank);
        } else {
            add_node(at[k], weights[k], 0, bank);
        }
    }
}

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

/* Keeps e^z within doubles for parameters beyond any sense. */
#define MOST_RATIO 1e300
static inline double ratio(double a, double b) {
    const double value = a / b;
    return value < MOST_RATIO ? value : MOST_RATIO;
}

static void prepare(const double *parameters, size_t count, const double *restrict x, const double *restrict t_x,
                    const double *restrict T, custval__pnbd_block *restrict block) {
    const double r = parameters[0], alpha = parameters[1], s = parameters[2], beta = parameters[3];
    const int buying_near = alpha <= beta;
    const double near = buying_near ? alpha : beta, far = buying_near ? beta : alpha;
    for (size_t i = 0; i < count; i++) {
        const double n = r + x[i], rest = T[i] - t_x[i];
        const double near0 = near + t_x[i], far0 = far + t_x[i], rho = near0 / far0;
        const double z = custval__log1p_within(ratio(rest, near0)), L = custval__log1p_within(ratio(rest, far0));
        /* du / (beta + u) is dz if beta is near, else rho e^z dz / (1 + rho w). */
        const double p = buying_near ? n - 1.0 : s, q = buying_near ? s + 1.0 : n;
        block->n[i] = n;
        block->p[i] = p;
        block->q[i] = q;
        block->near0[i] = near0;
        block->far0[i] = far0;
        block->rho[i] = rho;
        block->weight[i] = buying_near ? s * rho : s;
        block->near_end[i] = z;
        block->far_end[i] = L;
        block->fall[i] = p * z + q * L;
        block->alive_fall[i] = buying_near ? n * z + s * L : s * z + n * L;
    }
}

/* P(dead) : P(alive) = weight sum e^alive_fall; its logarithm beyond what e^x can hold. */
#define MOST_FALL 600.0

static void log_alive(size_t count, const custval__pnbd_block *restrict block, double *restrict out) {
    for (size_t i = 0; i < count; i++) {
        const double fall = block->alive_fall[i], dead = block->weight[i] * block->sums[0][i];
        const double part = fall < MOST_FALL ? fall : MOST_FALL;
        const double odds = dead * custval__exp_inline(part);
        const double beyond = -fall - custval__log_inline(dead + custval__exp_inline(-fall));
        out[i] = fall < MOST_FALL ? 0.0 - custval__log1p_within(odds) : beyond; /* not -0 */
    }
}

static void log_likelihood(const double *parameters, size_t count, const double *restrict x, const double *restrict t_x,
                           const custval__pnbd_block *restrict block, const custval__pnbd_rises *restrict rises,
                           double *restrict out) {
    const double r = parameters[0], alpha = parameters[1], s = parameters[2], beta = parameters[3];
    for (size_t i = 0; i < count; i++) {
        const double dead = block->weight[i] * block->sums[0][i];
        const double total = dead + custval__exp_inline(-block->alive_fall[i]);
        const double bought = rises->log_rising[i] - x[i] * custval__log_inline(alpha + t_x[i]);
        const double lived = r * custval__log1p_within(t_x[i] / alpha) + s * custval__log1p_within(t_x[i] / beta);
        out[i] = bought - lived + custval__log_inline(total);
    }
}

/* With E the mean over what became of the customer (died at u, or alive: u = T), the slopes are
       r (digamma(r + x) - digamma(r) - E ln(1 + u / alpha)),        r E u / (alpha + u) - x E alpha / (alpha + u),
       P(dead) - s E ln(1 + u / beta),                               s E u / (beta + u) - E[dead] beta / (beta + u):
   no differences of large numbers, however large or small the parameters. */
static void slopes(const double *parameters, size_t count, const double *restrict x, const double *restrict t_x,
                   const double *restrict T, const custval__pnbd_block *restrict block,
                   const custval__pnbd_rises *restrict rises, double *const out[4]) {
    const double r = parameters[0], alpha = parameters[1], s = parameters[2], beta = parameters[3];
    const int buying_near = alpha <= beta;
    const double near = buying_near ? alpha : beta, far = buying_near ? beta : alpha;
    double *restrict by_r = out[0], *restrict by_alpha = out[1], *restrict by_s = out[2], *restrict by_beta = out[3];
    for (size_t i = 0; i < count; i++) {
        const double still = custval__exp_inline(-block->alive_fall[i]);
        const double total = still + block->weight[i] * block->sums[0][i];
        const double alive = still / total, per_sum = block->weight[i] / total;
        const double near0 = block->near0[i], far0 = block->far0[i];
        const double near_log =
            custval__log1p_within(t_x[i] / near) + alive * block->near_end[i] + per_sum * block->sums[1][i];
        const double far_log =
            custval__log1p_within(t_x[i] / far) + alive * block->far_end[i] + per_sum * block->sums[2][i];
        /* E u / (near + u) and E near / (near + u), the latter for the dead and for the living. */
        const double near_u = per_sum * (t_x[i] / near0 * block->sums[3][i] + block->sums[4][i]);
        const double far_u = per_sum * (t_x[i] / far0 * block->sums[5][i] + block->rho[i] * block->sums[6][i]);
        const double near_time = near_u + alive * (T[i] / (near + T[i]));
        const double far_time = far_u + alive * (T[i] / (far + T[i]));
        const double near_dead = per_sum * (near / near0) * block->sums[3][i];
        const double far_dead = per_sum * (far / far0) * block->sums[5][i];
        const double alpha_dead = buying_near ? near_dead : far_dead, beta_dead = buying_near ? far_dead : near_dead;
        by_r[i] = r * (rises->digamma_rise[i] - (buying_near ? near_log : far_log));
        by_alpha[i] = r * (buying_near ? near_time : far_time) - x[i] * (alpha_dead + alive * (alpha / (alpha + T[i])));
        by_s[i] = per_sum * block->sums[0][i] - s * (buying_near ? far_log : near_log);
        by_beta[i] = s * (buying_near ? far_time : near_time) - beta_dead;
    }
}

extern const custval__pnbd_kernels CUSTVAL__KERNEL_TABLE(custval__pnbd_kernels_);
const custval__pnbd_kernels CUSTVAL__KERNEL_TABLE(custval__pnbd_kernels_) = {
    .name = CUSTVAL__KERNEL_NAME,
    .prepare = prepare,
    .integrate = integrate,
    .log_alive = log_alive,
    .log_likelihood = log_likelihood,
    .slopes = slopes,
};
