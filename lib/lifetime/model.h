/* What a lifetime model is to the rest: a table of functions over blocks of customers. A model knows nothing of tables, documents,
   covariates, fitting or intervals; frames know nothing of formulas. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_LIFETIME_MODEL_H
#define CUSTVAL_LIFETIME_MODEL_H

#include <stddef.h>
#include <stdint.h>

#include <custval/lifetime.h>

#define CUSTVAL__MODEL_PARAMETERS 4  /* most parameters of a model, without coefficients */
#define CUSTVAL__MODEL_STARTS 12     /* most starting points that a model proposes */
#define CUSTVAL__USUAL_STARTS 4      /* how many of them do where there are many customers */
#define CUSTVAL__MOST_PERIODS 0x1p52 /* of a discrete model: doubles count them one by one */

/* A block of customers who share the parameters, column by column; what a model does not read may be NULL.
   Contractual models: T and lost. Gamma-gamma: x and mean_spend. Every row has passed `check`. */
typedef struct custval__customers {
    size_t count;
    const double *x, *t_x, *T;
    const double *mean_spend;
    const double *lost;
} custval__customers;

/* Columns that a model reads; bits. */
enum custval__model_column {
    CUSTVAL__COLUMN_X = 1,
    CUSTVAL__COLUMN_T_X = 2,
    CUSTVAL__COLUMN_T = 4,
    CUSTVAL__COLUMN_MEAN_SPEND = 8,
    CUSTVAL__COLUMN_LOST = 16
};

/* Money over a horizon that is cut into cash periods: times 0 < ends[0] < ... are those of the ends of periods, discounts[k] the
   factor of the money in period k. Times in [0, ends[count - 1]]. */
typedef struct custval__cash {
    size_t count;
    const double *ends;
    const double *discounts;
} custval__cash;

/* Which parameter a covariate bears on, and with which sign of its logarithm: effective ln parameter = ln parameter + sign x sum of
   coefficient x value. index CUSTVAL__NO_PARAMETER: the model has none of that kind. */
#define CUSTVAL__NO_PARAMETER 255
typedef struct custval__covariate_place {
    uint8_t index;
    int8_t sign;
} custval__covariate_place;

/* All functions: `parameters` are natural (not logarithms), all > 0; outputs have one element per customer (or as said); NaN stands
   for what does not exist. None allocates; none fails; a row gives the same bits in any block. */
typedef struct custval__model {
    uint32_t id;         /* ::custval_model */
    uint32_t parameters; /* how many */
    const char *names[CUSTVAL__MODEL_PARAMETERS];
    /* Dimension of each parameter's logarithm: 1 if it scales with time (alpha), -1 if with 1 / time; 2 if with money; else 0. */
    int8_t dimension[CUSTVAL__MODEL_PARAMETERS];
    uint32_t columns; /* bits of custval__model_column */
    int contractual;  /* sBG, BdW */
    int discrete;     /* time is counted in whole periods: BG/BB, sBG, BdW */
    custval__covariate_place purchase, dropout;

    /* NULL if the row is whole and in range, else words for what is wrong with it, e.g. "t_x is above T". Values are finite or NaN
       (missing), which the caller has treated. NULL members of values are never read. */
    const char *(*check)(const custval__customers *customers, size_t row);

    /* Writes up to CUSTVAL__MODEL_STARTS starting points (natural parameters), made from moments of the data with the counts as
       weights, the most promising first; gives how many. Those beyond CUSTVAL__USUAL_STARTS are for few customers, whose
       likelihood may have several peaks. */
    size_t (*starts)(const custval__customers *customers, const double *counts,
                     double out[CUSTVAL__MODEL_STARTS][CUSTVAL__MODEL_PARAMETERS]);

    /* Log-likelihood of each customer, and, if slopes is not NULL, its derivatives by the logarithm of each parameter: slopes[p][row]. */
    void (*log_likelihood)(const double *parameters, const custval__customers *customers, double *out,
                           double *const *slopes);

    /* ln P(alive at T); BG/BB: at opportunity T + 1. The functions below are NULL where the model has no such thing. */
    void (*log_alive)(const double *parameters, const custval__customers *customers, double *out);
    /* P(alive at T + t[row]); BG/BB: at opportunity T + 1 + t[row]. Discrete models count whole periods of t here and below. */
    void (*alive_later)(const double *parameters, const custval__customers *customers, const double *t, double *out);
    /* E(purchases in (T, T + times[k]]) at out[k * customers->count + row], for ascending times shared by all rows. */
    void (*expected)(const double *parameters, const custval__customers *customers, const double *times, size_t count,
                     double *out);
    /* E(N(N - 1)) of the purchases N in (T, T + t[row]]. */
    void (*expected_pairs)(const double *parameters, const custval__customers *customers, const double *t, double *out);
    /* Discounted expected residual purchases: integral (or sum over periods k = 1, 2, ... with discount e^(-delta k)) of e^(-delta u) times the
       expected rate at T + u. delta > 0. Contractual and discrete models: sum. */
    void (*residual)(const double *parameters, const custval__customers *customers, double delta, double *out);
    /* ln P(N = n) for n = from .. from + count - 1 purchases N in (T, T + t[row]] at out[k * customers->count + row]. */
    void (*log_counts)(const double *parameters, const custval__customers *customers, const double *t, uint32_t from,
                       uint32_t count, double *out);
    /* ln P(N > n) of the same, n >= 0 an integer; NULL: by adding up only. */
    void (*log_more)(const double *parameters, const custval__customers *customers, const double *t, double n,
                     double *out);
    /* First two moments of S = sum over purchases of the discount of their cash period: mean[row] = E(S), pairs[row] = E(sum over ordered
       pairs of different purchases of the product of their discounts), squares[row] = E(sum of squared discounts). */
    void (*cash_moments)(const double *parameters, const custval__customers *customers, const custval__cash *cash,
                         double *mean, double *pairs, double *squares);

    /* Gamma-gamma only: expected spend per purchase; NaN where it does not exist. And E(Z^2) of the customer's mean spend Z plus the
       within-customer variance needed for the deviation of value: see spend_moments. */
    void (*spend)(const double *parameters, const custval__customers *customers, double *out);
    /* Of one purchase's amount given the customer's history: E(m^2) of the mean m = p / nu, and E(variance) = E(p / nu^2). */
    void (*spend_moments)(const double *parameters, const custval__customers *customers, double *mean_square,
                          double *variance);
} custval__model;

extern const custval__model custval__bgnbd, custval__mbgnbd, custval__pnbd, custval__bgbb, custval__nbd, custval__sbg,
    custval__bdw, custval__gamma_gamma;

/* The model of a ::custval_model, or NULL. */
const custval__model *custval__model_of(uint32_t id);

/* The `check` of models in continuous time with x, t_x and T: BG/NBD, MBG/NBD, Pareto/NBD. */
const char *custval__check_purchases(const custval__customers *customers, size_t row);

#endif
