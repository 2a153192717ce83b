/* custval: links: how strongly one thing follows from others, fitted to data or stated. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_LINK_H
#define CUSTVAL_LINK_H

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
 * @file link.h
 * @brief Linear and logistic links between scores and what customers do: fitting, stating, predicting with intervals.
 *
 * @defgroup link Links
 *
 * A link says how an outcome follows from predictors, all of them columns: satisfaction from value, repurchase from
 * satisfaction. A *linear* link gives a + b1 x1 + b2 x2 + ...; a *logistic* one the probability 1 / (1 + exp(-(a + b1
 * x1 + ...))) that a 0/1 outcome is 1.
 *
 *     custval_link_options options = CUSTVAL_LINK_OPTIONS_INIT;
 *     options.kind = CUSTVAL_LINK_LOGISTIC;
 *     options.outcome = "stayed";
 *     options.predictors = names;                                             // "satisfaction", "value"
 *     options.predictor_count = 2;
 *     custval_link_fit(table, &options, &link, &error);
 *     custval_link_predict(link, others, NULL, &probabilities, &error);       // with errors and intervals
 *
 * Steps follow one another, each with a link of its own: value, satisfaction, repurchase. A link is immutable; it is
 * written as a JSON document, and a document with stated coefficients is read just the same:
 *
 *     {"custval": "link", "version": 1, "kind": "logistic", "outcome": "stayed", "intercept": -3.1,
 *      "terms": [{"predictor": "satisfaction", "coefficient": 0.05}]}
 *
 * A link shows what goes together in the data that it was fitted to; whether the one makes the other is for its user
 * to judge.
 * @{
 */

/** @brief A link; immutable. @since 0.1 */
typedef struct custval_link custval_link;

/** @brief Kinds of links. @since 0.1 */
enum custval_link_kind {
    CUSTVAL_LINK_LINEAR = 1,  /**< Any number; least squares. */
    CUSTVAL_LINK_LOGISTIC = 2 /**< A probability; maximum likelihood. */
};

#define CUSTVAL_MAX_PREDICTORS 256 /**< Most predictors of a link. @since 0.1 */

/** @brief What custval_link_fit() fits. @since 0.1 */
typedef struct custval_link_options {
    size_t struct_size;            /**< Set by #CUSTVAL_LINK_OPTIONS_INIT. */
    const custval_host *host;      /**< Memory of the fit and of the link; NULL: defaults. */
    const char *outcome;           /**< Column that is explained; required. */
    const char *const *predictors; /**< Columns that explain it; copied; NULL if there are none. */
    size_t predictor_count;        /**< How many, at most #CUSTVAL_MAX_PREDICTORS. */
    uint32_t kind;                 /**< A ::custval_link_kind; default linear. */
    uint32_t reserved;             /**< 0. */
    double ridge;                  /**< Penalty, >= 0, default 0: ridge x the squares of standardised coefficients is
                                        added to the squared residuals; logistic: half of it to -log-likelihood. */
} custval_link_options;

/** @brief Initialiser of a ::custval_link_options. @since 0.1 */
#define CUSTVAL_LINK_OPTIONS_INIT {sizeof(custval_link_options), 0, 0, 0, 0, 1, 0, 0.0}

/** @brief What a link is and how well it fits; NaN: does not apply, or not known (stated links). @since 0.1 */
typedef struct custval_link_facts {
    size_t struct_size;       /**< Set by #CUSTVAL_LINK_FACTS_INIT. */
    uint32_t kind;            /**< A ::custval_link_kind. */
    uint32_t is_stated;       /**< 1: coefficients were given, not fitted. */
    uint64_t terms;           /**< Coefficients, the intercept included. */
    uint64_t n;               /**< Rows it was fitted to; 0: stated. */
    uint64_t missing;         /**< Rows left out because a cell is missing. */
    uint64_t events;          /**< Logistic: outcomes of 1. */
    uint64_t iterations;      /**< Logistic: Newton's steps. */
    double r2;                /**< Linear: share of the variance explained. */
    double r2_adjusted;       /**< Linear: corrected for the number of predictors. */
    double deviation;         /**< Linear: standard deviation of the residuals, sqrt(RSS / (n - terms)). */
    double log_likelihood;    /**< Logistic: at the optimum, without the penalty. */
    double null_log_likelihood; /**< Logistic: of the intercept alone. */
    double mcfadden;          /**< Logistic: 1 - log_likelihood / null_log_likelihood. */
    double auc;               /**< Logistic: P(an event's probability > another's), ties half; in the sample. */
    double ridge;             /**< The penalty. */
} custval_link_facts;

/** @brief Initialiser of a ::custval_link_facts. @since 0.1 */
#define CUSTVAL_LINK_FACTS_INIT {sizeof(custval_link_facts), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}

/** @name Making links
 * @{ */

/**
 * @brief Fits a link.
 *
 * Rows that lack the outcome or a predictor are left out, and counted. Least squares by Householder's method on
 * centred columns; logistic by Newton's method (iteratively reweighted least squares), each step by the same method.
 * Where the predictors separate outcomes of 1 from those of 0, no maximum exists, and the call says so instead of
 * returning the coefficients at which it gave up; a ridge has a maximum always. With a ridge, errors are those of the
 * penalised curvature.
 * @param table one row per customer; borrowed.
 * @param options what is fitted.
 * @param[out] out the link, to be freed with custval_link_free(); NULL on failure.
 * @param[out] error may be NULL; names column and row.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND, #CUSTVAL_ERROR_TYPE,
 *         #CUSTVAL_ERROR_DUPLICATE (a predictor twice, or the outcome among them), #CUSTVAL_ERROR_RANGE (a logistic
 *         outcome other than 0 or 1; ridge), #CUSTVAL_ERROR_NOT_FINITE (an infinite cell), #CUSTVAL_ERROR_STATE
 *         (fewer rows than coefficients + 1; a predictor that does not vary or follows from those before it; an
 *         outcome that does not vary, if logistic), #CUSTVAL_ERROR_CONVERGENCE (outcomes are separated),
 *         #CUSTVAL_ERROR_LIMIT, #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_STRUCT_SIZE, #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_link_fit(const custval_table *table,
                                                              const custval_link_options *options, custval_link **out,
                                                              custval_error *error);

/**
 * @brief Reads a link from a document (docs/link-document.md).
 *
 * Keys: `custval` "link", `version` 1, `kind` (a word of ::custval_link_kind), `outcome`, `note`, `intercept`,
 * `terms` (each with `predictor` and `coefficient`); `terms` is left out where there are none; optionally
 * `covariance` (rows of the lower triangle, intercept first) and `fit` (what custval_link_facts holds of a fitted
 * link: intervals of a linear one take their degrees of freedom from `n`).
 * @param host memory for the reading and for the link; copied; may be NULL.
 * @param text the document, UTF-8; used only during the call.
 * @param length its length in bytes, at most #CUSTVAL_MAX_DOCUMENT_SIZE.
 * @param[out] out the link, to be freed with custval_link_free(); NULL on failure.
 * @param[out] error may be NULL; begins with the place, e.g. `$.terms[1].coefficient`.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_DOCUMENT, #CUSTVAL_ERROR_STRUCTURE (a covariance of
 *         another size), #CUSTVAL_ERROR_RANGE (a variance below 0), #CUSTVAL_ERROR_DUPLICATE, #CUSTVAL_ERROR_LIMIT,
 *         #CUSTVAL_ERROR_MEMORY.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_link_parse(const custval_host *host, const char *text,
                                                                size_t length, custval_link **out,
                                                                custval_error *error);

/**
 * @brief Writes a link as a document; reading and writing that gives the same bytes.
 * @param link a link.
 * @param[out] buffer receives as much as fits, always with a NUL; may be NULL if capacity is 0.
 * @param capacity size of the buffer.
 * @param[out] out_length bytes of the whole document, without the NUL; 0 on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK (also when it did not fit: compare out_length), #CUSTVAL_ERROR_ARGUMENT.
 * @note Const use may be shared. Allocates nothing.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_link_write(const custval_link *link, char *buffer, size_t capacity,
                                                                size_t *out_length, custval_error *error);

/**
 * @brief Adds one owner to a link.
 * @param link a link, or NULL.
 * @return its argument.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API custval_link *custval_link_ref(const custval_link *link);

/**
 * @brief Takes one owner away; the last one frees the link.
 * @param link a link, or NULL.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API void custval_link_free(custval_link *link);
/** @} */

/** @name Looking into links
 * @{ */

/**
 * @brief Gives the facts of a link.
 * @param link a link.
 * @param[in,out] out its `struct_size` must be set.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_STRUCT_SIZE.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_link_describe(const custval_link *link, custval_link_facts *out,
                                                                   custval_error *error);

/**
 * @brief Gives the name of a column that a link reads: the predictors in order, and last the outcome.
 * @param link a link.
 * @param index 0 to the number of predictors (custval_link_facts::terms - 1).
 * @return text owned by the link; NULL if there is no such column.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API const char *custval_link_column(const custval_link *link, size_t index);

/**
 * @brief Gives the coefficients with their errors.
 *
 * One row per coefficient: `term` ("intercept", then the predictors), `coefficient`, `error`, `statistic`
 * (coefficient / error), `p` (two-sided: Student's t for linear links, normal for logistic ones), `low`, `high`. What
 * is not known is missing.
 * @param link a link.
 * @param host memory; may be NULL.
 * @param level of the intervals, between 0 and 1, e.g. 0.95.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_RANGE (level), #CUSTVAL_ERROR_MEMORY.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_link_coefficients(const custval_link *link,
                                                                       const custval_host *host, double level,
                                                                       custval_table **out, custval_error *error);

/**
 * @brief Copies the coefficients, intercept first, and their covariances.
 * @param link a link.
 * @param[out] out_coefficients room for custval_link_facts::terms numbers; may be NULL.
 * @param[out] out_covariance room for terms x terms numbers, row by row, NaN where not known; may be NULL.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_link_numbers(const custval_link *link, double *out_coefficients,
                                                                  double *out_covariance, custval_error *error);
/** @} */

/** @name Using links
 * @{ */

/** @brief How custval_link_predict() computes. @since 0.1 */
typedef struct custval_link_predict_options {
    size_t struct_size;       /**< Set by #CUSTVAL_LINK_PREDICT_OPTIONS_INIT. */
    const custval_host *host; /**< Memory, threads, progress; NULL: defaults. */
    double level;             /**< Of the intervals; default 0.95. */
} custval_link_predict_options;

/** @brief Initialiser of a ::custval_link_predict_options. @since 0.1 */
#define CUSTVAL_LINK_PREDICT_OPTIONS_INIT {sizeof(custval_link_predict_options), 0, 0.95}

/**
 * @brief Predicts the outcome of each row.
 *
 * `linear` (a + b1 x1 + ..., logistic links only), `prediction` (the expected outcome, or its probability), `error`
 * (of the expectation, by the delta method; p (1 - p) x that of `linear`), `low`, `high` (of the expectation: linear
 * by Student's t; logistic those of `linear`, carried over, so that they stay within 0..1). Where a predictor is
 * missing or infinite, the row is missing; where no covariance is known, errors and intervals are.
 * @param link a link.
 * @param table the predictors; borrowed.
 * @param options NULL: defaults.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND, #CUSTVAL_ERROR_TYPE, #CUSTVAL_ERROR_RANGE
 *         (level), #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_CANCELLED, #CUSTVAL_ERROR_STRUCT_SIZE,
 *         #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Const use may be shared. The same bits for any number of threads, for a row alone or among others.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_link_predict(const custval_link *link, const custval_table *table,
                                                                  const custval_link_predict_options *options,
                                                                  custval_table **out, custval_error *error);
/** @} */

/** @name Effects along a chain
 * @{ */

#define CUSTVAL_MAX_LINKS 32 /**< Most links of a chain. @since 0.1 */

/**
 * @brief Gives what each variable does to the last outcome, by itself and through what lies between.
 *
 * Path analysis (Wright 1934, Annals of Mathematical Statistics 5:161-215): quality may raise value by itself, and
 * because it raises reputation, which raises value. The direct effect of a variable is its coefficient in the last
 * link, 0 if it is no predictor there; the indirect one is the sum over all paths through other outcomes of the
 * products of their coefficients; both are per unit of the variable. If the last link is logistic, they are on the
 * scale of the log-odds; the others must be linear.
 *
 * One row per variable that the links mention, but for the last outcome, in order of appearance: `variable`, `direct`,
 * `direct_error`, `indirect`, `indirect_error`, `total`, `error`, `low`, `high` (of the total, normal). Errors come by
 * the delta method (Sobel 1982, Sociological Methodology 13:290-312) with links that are independent of each other, as
 * they are where each was fitted with all that the outcome depends on; they are missing where a link that matters has
 * no covariance. An effect beyond a double is missing.
 * @param links the chain: each link's predictors are outcomes of links before it, or of none.
 * @param count how many, 1 to #CUSTVAL_MAX_LINKS.
 * @param host memory; may be NULL.
 * @param level of the intervals, between 0 and 1, e.g. 0.95.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL; names the link, counted from 0, and the variable.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_STRUCTURE (a predictor that the same or a later link
 *         explains), #CUSTVAL_ERROR_DUPLICATE (an outcome of two links), #CUSTVAL_ERROR_UNSUPPORTED (a logistic link
 *         before the last), #CUSTVAL_ERROR_RANGE (level), #CUSTVAL_ERROR_LIMIT, #CUSTVAL_ERROR_MEMORY.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_link_effects(const custval_link *const *links, size_t count,
                                                                  const custval_host *host, double level,
                                                                  custval_table **out, custval_error *error);
/** @} */

/** @name Satisfaction from expectation and gap
 * @{ */

/** @brief What custval_disconfirmation() fits. @since 0.1 */
typedef struct custval_disconfirmation_options {
    size_t struct_size;       /**< Set by #CUSTVAL_DISCONFIRMATION_OPTIONS_INIT. */
    const custval_host *host; /**< Memory; NULL: defaults. */
    const char *outcome;      /**< Column of satisfaction; default "satisfaction". */
    const char *performance;  /**< Column of P; default "performance". */
    const char *expectation;  /**< Column of E; default "expectation". */
    uint32_t kind;            /**< A ::custval_link_kind; default linear. */
    uint32_t split;           /**< 1: gains and losses apart. */
    double level;             /**< Of the interval of lambda; default 0.95. */
} custval_disconfirmation_options;

/** @brief Initialiser of a ::custval_disconfirmation_options. @since 0.1 */
#define CUSTVAL_DISCONFIRMATION_OPTIONS_INIT {sizeof(custval_disconfirmation_options), 0, 0, 0, 0, 1, 0, 0.95}

/** @brief How much more losses weigh than gains; NaN: not known. @since 0.1 */
typedef struct custval_loss_aversion {
    size_t struct_size; /**< Set by #CUSTVAL_LOSS_AVERSION_INIT. */
    double lambda;      /**< -(coefficient of loss) / (coefficient of gain); NaN if gains do not raise satisfaction. */
    double error;       /**< Its standard error, by the delta method. */
    double low;         /**< Normal interval. */
    double high;        /**< Its other end. */
} custval_loss_aversion;

/** @brief Initialiser of a ::custval_loss_aversion. @since 0.1 */
#define CUSTVAL_LOSS_AVERSION_INIT {sizeof(custval_loss_aversion), 0, 0, 0, 0}

/**
 * @brief Fits satisfaction to expectation and gap, d = P - E.
 *
 * Oliver (1980), Journal of Marketing Research 17:460-469: a + b1 E + b2 d; predictors of the link are "expectation"
 * and "gap". With options.split: a + b1 E + b2 max(d, 0) + b3 max(-d, 0), predictors "expectation", "gain", "loss",
 * and lambda = -b3 / b2.
 * @param table one row per customer; borrowed.
 * @param options NULL: defaults.
 * @param[in,out] lambda its `struct_size` must be set; may be NULL; with options.split only.
 * @param[out] out the link, to be freed with custval_link_free(); NULL on failure.
 * @param[out] error may be NULL.
 * @return as custval_link_fit().
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_disconfirmation(const custval_table *table,
                                                                     const custval_disconfirmation_options *options,
                                                                     custval_loss_aversion *lambda, custval_link **out,
                                                                     custval_error *error);
/** @} */

/** @} */

#ifdef __cplusplus
}
#endif
#endif
