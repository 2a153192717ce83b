/* custval: lifetime models: who is still a customer, what they will buy, and what that is worth today. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_LIFETIME_H
#define CUSTVAL_LIFETIME_H

#include <stddef.h>
#include <stdint.h>

#include "host.h"
#include "macros.h"
#include "status.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @file lifetime.h
 * @brief Lifetime models: fit, predict, judge; one interface for all of them.
 *
 * @defgroup lifetime Lifetime models
 *
 * A lifetime is a model with its parameters: immutable, shareable, a small JSON document without any customer's data.
 *
 *     custval_lifetime_fit_options fit = CUSTVAL_LIFETIME_FIT_OPTIONS_INIT;
 *     fit.model = CUSTVAL_MODEL_BGNBD;
 *     custval_lifetime_fit(customers, &fit, &purchases, &error);       // columns x, t_x, T: what
 *     custval_history_table() gives
 *     fit.model = CUSTVAL_MODEL_GAMMA_GAMMA;
 *     custval_lifetime_fit(customers, &fit, &spend, &error);           // columns x, mean_spend
 *     custval_lifetime_predict_options predict = CUSTVAL_LIFETIME_PREDICT_OPTIONS_INIT;
 *     predict.horizon = 52, predict.spend = spend, predict.rate = 0.10, predict.rate_period = 52;
 *     custval_lifetime_predict(purchases, customers, &predict, &forecast, &error);
 *
 * ## Units Times are in the unit of the data; a lifetime remembers its name if it was told. A discount rate always
 * comes with its period in that unit: 10 % a year on weekly data is `rate` 0.10, `rate_period` 52.1786.
 *
 * BG/BB, sBG and BdW count whole periods, up to 2^52 of them: a horizon (or cash time) of 2.9 is one of 2. BG/BB takes
 * up to 2^20 opportunities, in the past and in the horizon of custval_lifetime_counts().
 *
 * ## What P(alive) of 0 repeats means In BG/NBD a customer can leave only after a repeat purchase, so P(alive) is 1 for
 * x = 0 however long ago the first one was. MBG/NBD and Pareto/NBD have no such rule.
 *
 * ## Numbers All formulas are evaluated from the posterior of a customer who is alive (gamma for the rate, beta or
 * gamma for leaving), not from differences of hypergeometric functions: there is nothing special about a = 1, s = 1,
 * gamma = 1, b
 * <= 1, alpha = beta, t_x = T or a short horizon. docs/numerics.md has the errors found against 50-digit arithmetic.
 * @{
 */

/** @brief A lifetime model with parameters; immutable, shareable. @since 0.1 */
typedef struct custval_lifetime custval_lifetime;

/**
 * @brief The models, their parameters and the columns that they read.
 *
 * x and t_x are those of custval_history_table(): repeat purchases, and age at the last one.
 * @since 0.1
 */
enum custval_model {
    CUSTVAL_MODEL_BGNBD = 1,  /**< r, alpha, a, b; x, t_x, T. Fader, Hardie & Lee (2005), Marketing Science
                                   24:275-284. */
    CUSTVAL_MODEL_MBGNBD = 2, /**< r, alpha, a, b; x, t_x, T. A customer may leave after the first purchase, too;
                                   Batislam, Denizel & Filiztekin (2007), IJRM 24:201-209. */
    CUSTVAL_MODEL_PNBD = 3,   /**< Pareto/NBD: r, alpha, s, beta; x, t_x, T. Schmittlein, Morrison & Colombo (1987),
                                   Management Science 33:1-24. */
    CUSTVAL_MODEL_BGBB = 4,   /**< alpha, beta, gamma, delta; x, t_x, T as counts of opportunities to buy. Fader,
                                   Hardie & Shang (2010), Marketing Science 29:1086-1108. */
    CUSTVAL_MODEL_NBD = 5,    /**< r, alpha; x, T. Nobody leaves; Ehrenberg (1959), Applied Statistics 8:26-41. */
    CUSTVAL_MODEL_SBG = 6,    /**< Shifted beta-geometric: alpha, beta; T, lost. Fader & Hardie (2007), J.
                                   Interactive Marketing 21:76-90. */
    CUSTVAL_MODEL_BDW = 7,    /**< Beta-discrete-Weibull: alpha, beta, c; T, lost. Fader, Hardie, Liu, Davin &
                                   Steenburgh (2018), J. Interactive Marketing 43:1-16. */
    CUSTVAL_MODEL_GAMMA_GAMMA = 8 /**< Spend: p, q, gamma; x, mean_spend of customers with x > 0 and mean_spend > 0.
                                       Fader, Hardie & Lee (2005), J. Marketing Research 42:415-430. */
};

/** @brief How a fit ended. @since 0.1 */
enum custval_convergence {
    CUSTVAL_CONVERGENCE_STATED = 1, /**< The parameters were given, not fitted. */
    CUSTVAL_CONVERGENCE_OPTIMUM = 2, /**< A maximum: gradient 0 within rounding, information positive definite. */
    CUSTVAL_CONVERGENCE_BOUNDARY = 3, /**< A parameter runs to 0 or infinity: the model is richer than the data. */
    CUSTVAL_CONVERGENCE_FLAT = 4, /**< Parameters that the data do not tell apart: the information is singular. */
    CUSTVAL_CONVERGENCE_ITERATIONS = 5 /**< The iterations were used up. */
};

/** @brief Columns by name; NULL: the name of the field. @since 0.1 */
typedef struct custval_lifetime_columns {
    size_t struct_size;       /**< Set by #CUSTVAL_LIFETIME_COLUMNS_INIT. */
    const char *x;            /**< Repeat purchases: an integer >= 0. */
    const char *t_x;          /**< Age at the last purchase, 0 <= t_x <= T; 0 if x is 0. */
    const char *T;            /**< Age at the end of observation; for sBG and BdW the renewals made, or with `lost`
                                   the period in which the customer was lost (1: the first renewal was refused). */
    const char *mean_spend;   /**< Mean spend of the repeat purchases. */
    const char *lost;         /**< sBG, BdW: 1 if lost in period T, 0 if still there after T renewals. Predict: may
                                   be absent. */
    const char *count;        /**< How many customers a row stands for, > 0 or 0 to leave it out; NULL: 1 each. Fit
                                   only. */
} custval_lifetime_columns;

/** @brief Initialiser of a ::custval_lifetime_columns. @since 0.1 */
#define CUSTVAL_LIFETIME_COLUMNS_INIT {sizeof(custval_lifetime_columns), 0, 0, 0, 0, 0, 0}

/** @name Making one
 * @{ */

/** @brief How a model is fitted. @since 0.1 */
typedef struct custval_lifetime_fit_options {
    size_t struct_size;       /**< Set by #CUSTVAL_LIFETIME_FIT_OPTIONS_INIT. */
    const custval_host *host; /**< Memory, threads, progress (values of the likelihood; the total is not known);
                                   NULL: defaults. */
    const custval_lifetime_columns *columns; /**< NULL: the default names, no counts. */
    uint32_t model;           /**< A ::custval_model; required. */
    uint32_t accept;          /**< 1: gives the lifetime however the fit ended, see
                                   custval_lifetime_facts::convergence. 0: anything but an optimum is
                                   #CUSTVAL_ERROR_CONVERGENCE. */
    const char *const *purchase_covariates; /**< BG/NBD, MBG/NBD, Pareto/NBD: columns that bear on the rate of
                                                 purchase; alpha of a customer is alpha exp(-sum of coefficient x
                                                 value): a positive coefficient means more purchases. */
    size_t purchase_count;    /**< How many, at most 32. */
    const char *const *dropout_covariates; /**< The same for leaving. Pareto/NBD: beta exp(-...); BG/NBD, MBG/NBD: a
                                                exp(...): a positive coefficient means leaving sooner. Fader & Hardie
                                                (2007), brucehardie.com/notes/019. */
    size_t dropout_count;     /**< How many, at most 32. */
    size_t start_count;       /**< Numbers in `start`; 0 without. */
    const double *start;      /**< Parameters to start from, e.g. those of last month, then coefficients; NULL:
                                   several starts of the library's choice. */
    double ridge;             /**< >= 0; the objective is the mean log-likelihood - ridge x sum of squares of the log
                                   parameters (those with the dimension of time or money relative to its mean in the
                                   data) and of the coefficients. Default 0. */
    uint32_t max_iterations;  /**< Per start; default 200. */
    uint32_t reserved;        /**< 0. */
    const char *unit;         /**< Name of the unit of time, e.g. "week"; goes into the document; NULL: not said. */
    const char *from;         /**< First date of the data, as the caller says; NULL: not said. */
    const char *to;           /**< End of observation; NULL: not said. */
} custval_lifetime_fit_options;

/** @brief Initialiser of a ::custval_lifetime_fit_options. @since 0.1 */
#define CUSTVAL_LIFETIME_FIT_OPTIONS_INIT \
  {sizeof(custval_lifetime_fit_options), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.0, 200, 0, 0, 0, 0}

/**
 * @brief Fits a model by maximum likelihood.
 *
 * Over the logarithms of the parameters, with analytic gradients; equal rows are counted together. Gamma-gamma reads
 * the rows with x > 0 and leaves out those without a purchase to learn from; all others count every row.
 *
 * An optimum is a local one, the highest found from several starting points (up to 12 for few distinct rows, 4 for more
 * than 1000). Of few customers the likelihood may have several peaks, and a higher one may be missed: seldom, see
 * docs/numerics-lifetime.md. Where it matters, fit from starts of your own and keep the highest likelihood.
 * @param table one row per customer (or per cell, with counts).
 * @param options the model.
 * @param[out] out the lifetime, to be freed with custval_lifetime_free(); NULL on failure.
 * @param[out] error may be NULL; names row, column and value, or why there is no optimum.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND, #CUSTVAL_ERROR_TYPE, #CUSTVAL_ERROR_RANGE (x
 *         not an integer, t_x > T, ...), #CUSTVAL_ERROR_NOT_FINITE (also for a missing cell), #CUSTVAL_ERROR_STATE (too
 *         little to learn from: no row, no repeat purchase, one customer), #CUSTVAL_ERROR_CONVERGENCE (no optimum),
 *         #CUSTVAL_ERROR_UNSUPPORTED (covariates for a model that has none), #CUSTVAL_ERROR_LIMIT,
 *         #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_CANCELLED, #CUSTVAL_ERROR_STRUCT_SIZE, #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Const use of the table may be shared. The same bits for any number of threads.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_lifetime_fit(const custval_table *table,
                                                                  const custval_lifetime_fit_options *options,
                                                                  custval_lifetime **out, custval_error *error);

/**
 * @brief Makes a lifetime with given parameters.
 * @param host memory; copied; may be NULL.
 * @param model a ::custval_model.
 * @param parameters as many as the model has, in the order of ::custval_model, each between 1e-100 and 1e100.
 * @param count how many.
 * @param unit name of the unit of time, or NULL.
 * @param[out] out the lifetime, to be freed with custval_lifetime_free(); NULL on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_RANGE (a parameter), #CUSTVAL_ERROR_MEMORY.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_lifetime_new(const custval_host *host, uint32_t model,
                                                                  const double *parameters, size_t count,
                                                                  const char *unit, custval_lifetime **out,
                                                                  custval_error *error);

/**
 * @brief Joins a model of purchases with one of spend: one document, one prediction of value.
 * @param lifetime BG/NBD, MBG/NBD, Pareto/NBD, NBD or BG/BB.
 * @param spend a gamma-gamma lifetime.
 * @param[out] out the first with the second in it, in the first one's memory; NULL on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_STRUCTURE (not models of these kinds),
 *         #CUSTVAL_ERROR_MEMORY.
 * @note Const use of both may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_lifetime_with_spend(const custval_lifetime *lifetime,
                                                                         const custval_lifetime *spend,
                                                                         custval_lifetime **out, custval_error *error);

/**
 * @brief Gives the model of spend in a lifetime.
 * @param lifetime a lifetime, or NULL.
 * @return owned by the lifetime; NULL if there is none.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API const custval_lifetime *custval_lifetime_spend(const custval_lifetime *lifetime);

/**
 * @brief Makes a lifetime from a document.
 *
 * A document begins with `{"custval": "lifetime", "version": 1, ...`; docs/lifetime-document.md explains every key.
 * @param host memory; copied; may be NULL.
 * @param text the document, UTF-8; used only during the call.
 * @param length its length in bytes.
 * @param[out] out the lifetime; NULL on failure.
 * @param[out] error may be NULL; begins with line and column, or with the path.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_DOCUMENT, #CUSTVAL_ERROR_RANGE, #CUSTVAL_ERROR_LIMIT,
 *         #CUSTVAL_ERROR_MEMORY.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_lifetime_parse(const custval_host *host, const char *text,
                                                                    size_t length, custval_lifetime **out,
                                                                    custval_error *error);

/**
 * @brief Writes a lifetime as a document. Parsing it gives an equal lifetime, and writing that the same bytes.
 * @param lifetime a lifetime.
 * @param[out] buffer receives at most `capacity` bytes with a NUL; may be NULL if capacity is 0.
 * @param capacity size of the buffer.
 * @param[out] out_length bytes of the whole text without the NUL, also when the buffer is too small; 0 on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK (also when the text was cut: compare out_length), #CUSTVAL_ERROR_ARGUMENT.
 * @note Const use may be shared. Allocates nothing.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_lifetime_write(const custval_lifetime *lifetime, char *buffer,
                                                                    size_t capacity, size_t *out_length,
                                                                    custval_error *error);

/**
 * @brief Adds one owner.
 * @param lifetime a lifetime, or NULL.
 * @return its argument.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API custval_lifetime *custval_lifetime_ref(const custval_lifetime *lifetime);

/**
 * @brief Takes one owner away; the last one frees the lifetime.
 * @param lifetime a lifetime, or NULL.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API void custval_lifetime_free(custval_lifetime *lifetime);
/** @} */

/** @name Looking at one
 * @{ */

/** @brief What is known of a lifetime. @since 0.1 */
typedef struct custval_lifetime_facts {
    size_t struct_size;       /**< Set by #CUSTVAL_LIFETIME_FACTS_INIT. */
    uint32_t model;           /**< A ::custval_model. */
    uint32_t convergence;     /**< A ::custval_convergence. */
    uint32_t parameters;      /**< Number of parameters, coefficients included. */
    uint32_t iterations;      /**< Of the start that won. */
    uint64_t distinct;        /**< Distinct rows fitted. */
    double customers;         /**< Customers fitted: the sum of the counts. */
    double log_likelihood;    /**< Without the ridge, in the unit of time of the data; optima of models of the same
                                   data compare. Of a fit that is no optimum: where it stopped (a boundary is
                                   followed to e^20 times the centre), which may be far below what the model can
                                   reach. NaN if the parameters were stated. */
    double aic;               /**< 2 parameters - 2 log-likelihood. */
    double bic;               /**< parameters ln(customers) - 2 log-likelihood. */
    double gradient;          /**< Largest slope of the mean objective over a log parameter at the end. */
    double condition;         /**< Condition number of the information over the log parameters. */
    double ridge;             /**< Of the options. */
    const char *unit;         /**< Owned by the lifetime; NULL: not said. */
    const char *from;         /**< The same. */
    const char *to;           /**< The same. */
} custval_lifetime_facts;

/** @brief Initialiser of a ::custval_lifetime_facts. @since 0.1 */
#define CUSTVAL_LIFETIME_FACTS_INIT \
  {sizeof(custval_lifetime_facts), 0, 0, 0, 0, 0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0, 0, 0}

/**
 * @brief Gives the facts of a lifetime.
 * @param lifetime a lifetime.
 * @param[in,out] out its `struct_size` must be set; filled in.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_STRUCT_SIZE.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_lifetime_facts_get(const custval_lifetime *lifetime,
                                                                        custval_lifetime_facts *out,
                                                                        custval_error *error);

/**
 * @brief Gives the parameters with their errors.
 *
 * `name` ("r"; coefficients "purchase:age", "dropout:age"), `value`, `error` (standard error by the delta method),
 * `low`, `high` (of a parameter from its logarithm, so that they are > 0; of a coefficient symmetric), `log_error`
 * (standard error of the logarithm; of a coefficient its own). Errors are missing where there is no information matrix.
 * @param lifetime a lifetime.
 * @param level of the intervals, above 0 and below 1, e.g. 0.95.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_RANGE (level), #CUSTVAL_ERROR_MEMORY.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_lifetime_parameters(const custval_lifetime *lifetime, double level,
                                                                         custval_table **out, custval_error *error);

/**
 * @brief Gives the covariance of the parameters: inverse of the observed information.
 *
 * `name`, then one column per parameter. With a ridge it is that of the penalised likelihood.
 * @param lifetime a lifetime.
 * @param logarithms 1: of the logarithms of the parameters (coefficients as they are), 0: of the parameters.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_STATE (stated parameters, or no optimum),
 *         #CUSTVAL_ERROR_MEMORY.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_lifetime_covariance(const custval_lifetime *lifetime,
                                                                         uint32_t logarithms, custval_table **out,
                                                                         custval_error *error);

/**
 * @brief Compares models of the same data.
 *
 * `model`, `parameters`, `log_likelihood`, `aic`, `bic`, `delta` (AIC above the lowest), `weight` (Akaike's), and
 * against the first one where it is a special case of the model (NBD of the models in which customers leave, sBG of
 * BdW, a model without some of the covariates): `ratio` (likelihood-ratio statistic), `freedom`, `p` (of the chi-square
 * distribution; for NBD, which lies on the boundary, an upper bound).
 * @param lifetimes fitted lifetimes, each an optimum; the first is the reference.
 * @param count how many, at least one.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_STATE (stated parameters, a fit that is no optimum, or
 *         not the same number of customers), #CUSTVAL_ERROR_STRUCTURE (models of purchases, of renewals and of spend
 *         cannot be compared), #CUSTVAL_ERROR_MEMORY.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_lifetime_compare(const custval_lifetime *const *lifetimes,
                                                                      size_t count, custval_table **out,
                                                                      custval_error *error);
/** @} */

/** @name Predicting
 * @{ */

/**
 * @brief What custval_lifetime_predict() gives; bits. Each is one column, of the same name in lower case.
 * @since 0.1
 */
enum custval_lifetime_output {
    CUSTVAL_LIFETIME_ALIVE = 1, /**< P(alive) at T. BG/BB: at the next opportunity. sBG, BdW: 1 unless lost. */
    CUSTVAL_LIFETIME_LOG_ALIVE = 2, /**< Its logarithm, where P(alive) itself is 0 in doubles. */
    CUSTVAL_LIFETIME_ALIVE_LATER = 4, /**< P(alive) one horizon later. sBG, BdW: survival. */
    CUSTVAL_LIFETIME_EXPECTED = 8, /**< Expected purchases (renewals) in the horizon. */
    CUSTVAL_LIFETIME_EXPECTED_DEVIATION = 16, /**< Standard deviation of that number. */
    CUSTVAL_LIFETIME_NONE = 32, /**< Probability of no purchase in the horizon. */
    CUSTVAL_LIFETIME_RESIDUAL = 64, /**< Discounted expected residual purchases: over all time to come, continuously
                                         discounted (DERT; Fader, Hardie & Lee 2005); BG/BB, sBG, BdW: by period
                                         (DERT, DERL), with the timing. Needs a rate > 0. */
    CUSTVAL_LIFETIME_SPEND = 128, /**< Expected spend per purchase: of the spend model, or the spend column. */
    CUSTVAL_LIFETIME_VALUE = 256, /**< Lifetime value over the horizon: discounted sum of purchases x spend x margin
                                       - cost. */
    CUSTVAL_LIFETIME_VALUE_DEVIATION = 512, /**< Standard deviation of a customer's lifetime value: of what will
                                                 happen, not of its mean. */
    CUSTVAL_LIFETIME_LOG_LIKELIHOOD = 1024 /**< Log-likelihood of the row. */
};

/** @brief When the money of a cash period counts. @since 0.1 */
enum custval_timing {
    CUSTVAL_TIMING_END = 1,   /**< At its end. The default. */
    CUSTVAL_TIMING_MIDDLE = 2, /**< In its middle. */
    CUSTVAL_TIMING_BEGIN = 3  /**< At its beginning: the first is not discounted. */
};

/** @brief Why a row has no prediction; column `status` of predictions. @since 0.1 */
enum custval_lifetime_row_status {
    CUSTVAL_LIFETIME_ROW_OK = 0, /**< It has. */
    CUSTVAL_LIFETIME_ROW_MISSING = 1, /**< A cell that is needed is missing. */
    CUSTVAL_LIFETIME_ROW_RANGE = 2, /**< A number out of its range: x no integer >= 0, t_x > T, infinite ... */
    CUSTVAL_LIFETIME_ROW_UNDEFINED = 3 /**< A mean or deviation does not exist (gamma-gamma with p x + q <= 1, or <=
                                            2), or lies beyond all doubles; only these cells are missing. */
};

/** @brief What is predicted, over which horizon, and how money counts. @since 0.1 */
typedef struct custval_lifetime_predict_options {
    size_t struct_size;       /**< Set by #CUSTVAL_LIFETIME_PREDICT_OPTIONS_INIT. */
    const custval_host *host; /**< Memory, threads, progress; NULL: defaults. */
    const custval_lifetime_columns *columns; /**< NULL: the default names. */
    uint32_t outputs;         /**< Bits of ::custval_lifetime_output; 0: alive, expected, and with spend also spend
                                   and value. */
    uint32_t timing;          /**< A ::custval_timing, of value and of residual by period. */
    double horizon;           /**< Units of time to look ahead, > 0; default 1. */
    const char *horizon_column; /**< Column with a horizon for each customer, >= 0; NULL: the same for all. */
    double cash_period;       /**< Units of a cash period; default 1. The last one of a horizon may be shorter. */
    const double *cash_times; /**< Ends of cash periods, ascending, > 0, e.g. of calendar months; then these are
                                   used, and the last one is the horizon; not with horizon_column. NULL: every
                                   cash_period. */
    size_t cash_count;        /**< How many. */
    double rate;              /**< Discount rate per rate_period, > -1: 0.10 for 10 %. Default 0. */
    double rate_period;       /**< Units of time that the rate is for, e.g. 52.1786 for a year in weeks; default 1. */
    const double *rates;      /**< A curve: rate k holds in the k-th rate_period, the last one from then on. NULL:
                                   `rate`. Not for residual. */
    size_t rates_count;       /**< How many. */
    const custval_lifetime *spend; /**< A gamma-gamma lifetime; then x and mean_spend are read. NULL: the one that
                                        was joined with custval_lifetime_with_spend(), if there is one and no
                                        spend_column, where money is asked for, or nothing is and the table has
                                        mean_spend. */
    const char *spend_column; /**< Column with the expected spend or margin of a purchase, of any sign; instead of
                                   `spend`. NULL: none. */
    double margin;            /**< Share of the spend that is margin; default 1. */
    const char *margin_column; /**< The same for each customer; NULL: `margin`. */
    double cost;              /**< Cost per cash period, in full, while the customer is alive at its beginning;
                                   default 0. May be negative: a fee that the customer pays. */
    const char *cost_column;  /**< The same for each customer; NULL: `cost`. */
    double level;             /**< Level of the intervals, e.g. 0.95: then each output also has `..._low` and
                                   `..._high`, from the errors of the parameters (delta method; probabilities on the
                                   logit, positive numbers on the log scale). 0: none. */
} custval_lifetime_predict_options;

/** @brief Initialiser of a ::custval_lifetime_predict_options. @since 0.1 */
#define CUSTVAL_LIFETIME_PREDICT_OPTIONS_INIT \
  {sizeof(custval_lifetime_predict_options), 0, 0, 0, CUSTVAL_TIMING_END, 1.0, 0, 1.0, 0, 0, 0.0, 1.0, 0, 0, 0, 0, \
   1.0, 0, 0.0, 0, 0.0}

/**
 * @brief Predicts for each customer.
 *
 * The columns asked for, in the order of ::custval_lifetime_output, and `status`. A row that cannot be predicted has
 * missing cells and its reason in `status`. A row with x, t_x and T of 0 is a new customer. For gamma-gamma, SPEND and
 * LOG_LIKELIHOOD.
 * @param lifetime a lifetime.
 * @param table one row per customer; needs the columns of the model and of the options, and the covariates.
 * @param options NULL: defaults.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND, #CUSTVAL_ERROR_TYPE, #CUSTVAL_ERROR_RANGE (an
 *         option), #CUSTVAL_ERROR_STATE (intervals without errors of the parameters; value without spend; residual
 *         without a rate > 0 where it does not converge), #CUSTVAL_ERROR_UNSUPPORTED (an output that the model does not
 *         have), #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_CANCELLED, #CUSTVAL_ERROR_STRUCT_SIZE,
 *         #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Const use may be shared. The same bits for any number of threads, and for a row alone or among others.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_lifetime_predict(const custval_lifetime *lifetime,
                                                                      const custval_table *table,
                                                                      const custval_lifetime_predict_options *options,
                                                                      custval_table **out, custval_error *error);

/** @brief Which probabilities custval_lifetime_counts() gives. @since 0.1 */
typedef struct custval_lifetime_counts_options {
    size_t struct_size;       /**< Set by #CUSTVAL_LIFETIME_COUNTS_OPTIONS_INIT. */
    const custval_host *host; /**< Memory, threads, progress; NULL: defaults. */
    const custval_lifetime_columns *columns; /**< NULL: the default names. */
    double horizon;           /**< Units of time to look ahead, > 0; default 1. */
    const char *horizon_column; /**< The same for each customer, >= 0; NULL: the same for all. */
    uint32_t most;            /**< Probabilities of 0 to so many purchases, at most 1000; default 10. */
    uint32_t quantiles_count; /**< How many quantiles, at most 32. */
    const double *quantiles;  /**< Shares above 0 and below 1, each once, e.g. 0.05, 0.5, 0.95; NULL: none. */
} custval_lifetime_counts_options;

/** @brief Initialiser of a ::custval_lifetime_counts_options. @since 0.1 */
#define CUSTVAL_LIFETIME_COUNTS_OPTIONS_INIT {sizeof(custval_lifetime_counts_options), 0, 0, 1.0, 0, 10, 0, 0}

/**
 * @brief Gives the distribution of each customer's number of purchases in the horizon.
 *
 * `p0`, `p1`, ... up to `most`, `more` (the rest), and for each quantile the smallest number that is not exceeded with
 * at least that probability (`q0.05`, ...; searched up to 2^20, missing beyond); `status`. The rest is exact however
 * small it is, not left over from 1.
 *
 * A quantile takes a few evaluations with BG/NBD, MBG/NBD, NBD, sBG and BdW; Pareto/NBD goes through the numbers one by
 * one, 2 microseconds each; BG/BB, too, each taking a walk through the horizon: there numbers x opportunities are at
 * most 2^28 (a second), and a quantile beyond is missing.
 * @param lifetime a model of purchases or renewals.
 * @param table as in custval_lifetime_predict().
 * @param options NULL: defaults.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return as custval_lifetime_predict().
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_lifetime_counts(const custval_lifetime *lifetime,
                                                                     const custval_table *table,
                                                                     const custval_lifetime_counts_options *options,
                                                                     custval_table **out, custval_error *error);
/** @} */

/** @name Judging one
 * @{ */

/** @brief What custval_lifetime_track() and custval_lifetime_by_frequency() read. @since 0.1 */
typedef struct custval_lifetime_check_options {
    size_t struct_size;       /**< Set by #CUSTVAL_LIFETIME_CHECK_OPTIONS_INIT. */
    const custval_host *host; /**< Memory, threads, progress; NULL: defaults. */
    const custval_lifetime_columns *columns; /**< NULL: the default names. */
    double observed;          /**< track: time since the first customer came at which T was taken; 0: the largest T. */
    uint32_t most;            /**< by_frequency: customers with so many repeats or more are one row; default 7, at
                                   most 1000. */
    uint32_t reserved;        /**< 0. */
} custval_lifetime_check_options;

/** @brief Initialiser of a ::custval_lifetime_check_options. @since 0.1 */
#define CUSTVAL_LIFETIME_CHECK_OPTIONS_INIT {sizeof(custval_lifetime_check_options), 0, 0, 0.0, 7, 0}

/**
 * @brief Holds the model against the course of repeat purchases, in the time of the fit and after it.
 *
 * One row per row of `course`: `elapsed`, `expected_total` (repeat purchases expected until then of all customers, each
 * from its first purchase on), `expected` (in this unit), and if the course has `repeats`: `actual`, `actual_total`.
 * @param lifetime BG/NBD, MBG/NBD, Pareto/NBD or NBD.
 * @param customers their `T` (and covariates, `count`).
 * @param course `elapsed`, ascending, >= 0: units of time since the first customer came; e.g. of
 *               custval_history_course() with the same `end`, and with a `holdout_end` to go on after it.
 * @param options NULL: defaults.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return as custval_lifetime_predict(); #CUSTVAL_ERROR_RANGE also for a row of `customers` or `course` (named).
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_lifetime_track(const custval_lifetime *lifetime,
                                                                    const custval_table *customers,
                                                                    const custval_table *course,
                                                                    const custval_lifetime_check_options *options,
                                                                    custval_table **out, custval_error *error);

/**
 * @brief Holds the model against the data by number of repeat purchases.
 *
 * One row per x from 0 to `most` (and more): `x`, `customers`, `expected_customers` (how many the model expects to have
 * made so many), and if the table has `holdout_x` and `holdout_T`: `holdout_mean` (repeat purchases in the holdout,
 * mean), `holdout_expected` (what the model expected of these customers, given their histories).
 * @param lifetime BG/NBD, MBG/NBD, Pareto/NBD, BG/BB or NBD.
 * @param table as for the fit; every row must be whole.
 * @param options NULL: defaults.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return as custval_lifetime_predict(); #CUSTVAL_ERROR_RANGE also for a row (named).
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status
custval_lifetime_by_frequency(const custval_lifetime *lifetime, const custval_table *table,
                              const custval_lifetime_check_options *options, custval_table **out, custval_error *error);

/**
 * @brief Turns a survival curve into the rows that sBG and BdW are fitted to.
 *
 * `T`, `lost`, `count`: one row per period with those lost in it, and one for those still there.
 * @param host memory; copied; may be NULL.
 * @param survivors customers still there after 0, 1, 2, ... renewals, not rising, > 0 at first; e.g. 1000, 869, 743.
 * @param count how many, at least 2.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_RANGE, #CUSTVAL_ERROR_MEMORY.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_lifetime_survivors(const custval_host *host,
                                                                        const double *survivors, size_t count,
                                                                        custval_table **out, custval_error *error);

/**
 * @brief Gives the ends of calendar months (or of spans of several) after a date, in units of time: cash times of a
 *        horizon.
 *
 * The k-th is the same day k x `months` months later (the last day of a shorter month).
 * @param date ISO date from which the horizon counts: the end of observation.
 * @param months months in a cash period, at least 1.
 * @param count how many cash periods.
 * @param days_per_unit days in a unit of time: 7 for weeks; from 1e-12 to 1e12.
 * @param[out] times receives `count` times.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_RANGE (no date; beyond the year 9999; days_per_unit).
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_calendar_months(const char *date, uint32_t months, size_t count,
                                                                     double days_per_unit, double *times,
                                                                     custval_error *error);
/** @} */

/** @} */

#ifdef __cplusplus
}
#endif
#endif
