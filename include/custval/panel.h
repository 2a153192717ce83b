/* custval: panels: the same customers asked or watched again and again. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_PANEL_H
#define CUSTVAL_PANEL_H

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
 * @file panel.h
 * @brief Trends of customers over periods, weights of respondents, change from wave to wave.
 *
 * @defgroup panel Panels
 *
 * Perception changes, and so does value. A trend says for each customer, or each segment, where a series stands and
 * where it goes; recent periods may count more, by a half-life. A panel of respondents is not the market: its weights
 * make it match what is known of the market, and cost precision, which is said. A change of a mean between two waves
 * has an error, smaller where the same people answered both.
 *
 *     custval_trend(scores, NULL, &trend, &error);                          // rows of customer, period, value
 *     custval_panel_weights(respondents, margins, &options, &facts, &weights, &error);
 *     custval_wave_change(spring, autumn, NULL, &change, &error);
 * @{
 */

/** @name Trends
 * @{ */

/** @brief What custval_trend() reads. @since 0.1 */
typedef struct custval_trend_options {
    size_t struct_size;       /**< Set by #CUSTVAL_TREND_OPTIONS_INIT. */
    const custval_host *host; /**< Memory; NULL: defaults. */
    const char *id;           /**< Column of the customer or segment, texts or whole numbers; default "customer". */
    const char *period;       /**< Column of the period, a whole number; default "period". */
    const char *value;        /**< Column of the value; default "value". */
    double half_life;         /**< Periods after which a value counts half in `smoothed`, > 0; infinite: all alike.
                                   Default 1. */
    double as_of;             /**< Period to look from if not from_latest; later rows are left out. */
    uint32_t from_latest;     /**< 1: look from the latest period with a value. The default. */
    uint32_t averages;        /**< 1: several rows of one id and period are averaged (segments); 0: they are refused. */
} custval_trend_options;

/** @brief Initialiser of a ::custval_trend_options. @since 0.1 */
#define CUSTVAL_TREND_OPTIONS_INIT {sizeof(custval_trend_options), 0, 0, 0, 0, 1.0, 0.0, 1, 0}

/**
 * @brief Gives level, slope and recent state of each series.
 *
 * One row per id, in the order of appearance: `id` (text), `periods` (with a value), `first`, `last` (period), `gaps`
 * (periods between them without a value: nothing is filled in for them), `since` = as_of - last, `level` (mean),
 * `slope` (per period, least squares; missing with fewer than two), `slope_error` (its standard error; missing with
 * fewer than three), `smoothed` = sum of w v / sum of w, w = 2^(-(last
 * - t) / half_life), `evidence` = sum of
 * 2^(-(as_of - t) / half_life): how many fresh values the old ones are worth, `latest` (value of the last period),
 * `change` (from the period right before it; missing where that is a gap). A row without a value counts as no row. An
 * id without any value has missing cells.
 * @param table one row per id and period, in any order; borrowed.
 * @param options NULL: defaults.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL; names column and row.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND, #CUSTVAL_ERROR_TYPE, #CUSTVAL_ERROR_RANGE (a
 *         period that is missing, not whole, or beyond 2^52; half_life), #CUSTVAL_ERROR_NOT_FINITE (a value),
 *         #CUSTVAL_ERROR_DUPLICATE (an id twice in a period), #CUSTVAL_ERROR_LIMIT, #CUSTVAL_ERROR_MEMORY,
 *         #CUSTVAL_ERROR_STRUCT_SIZE, #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Const use may be shared. A series has the same bits alone or among others, if not from_latest, in any order of
 * the rows unless they
 *       are averaged.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_trend(const custval_table *table,
                                                           const custval_trend_options *options, custval_table **out,
                                                           custval_error *error);
/** @} */

/** @name Weights of respondents
 * @{ */

/** @brief How custval_panel_weights() weighs. @since 0.1 */
typedef struct custval_panel_options {
    size_t struct_size;           /**< Set by #CUSTVAL_PANEL_OPTIONS_INIT. */
    const custval_host *host;     /**< Memory; NULL: defaults. */
    const char *const *variables; /**< Columns of texts or integers whose shares are known, e.g. region, age. */
    size_t variables_count;       /**< How many, 1 to 64. */
    const char *weight;           /**< Column of weights to begin with, > 0, e.g. of the sample's design; NULL: 1. */
    double tolerance;             /**< Largest |share - known share| that may be left, > 0. Default 1e-10. */
    uint32_t rounds;              /**< Most rounds over all variables. Default 1000. */
    uint32_t reserved;            /**< 0. */
} custval_panel_options;

/** @brief Initialiser of a ::custval_panel_options. @since 0.1 */
#define CUSTVAL_PANEL_OPTIONS_INIT {sizeof(custval_panel_options), 0, 0, 0, 0, 1.0e-10, 1000, 0}

/** @brief What the weights cost. @since 0.1 */
typedef struct custval_panel_facts {
    size_t struct_size; /**< Set by #CUSTVAL_PANEL_FACTS_INIT. */
    uint64_t weighted;  /**< Respondents with a weight. */
    uint64_t missing;   /**< Respondents without, because a variable or the first weight is missing. */
    uint32_t rounds;    /**< That were needed. */
    uint32_t reserved;  /**< 0. */
    double gap;         /**< Largest |share - known share| left. */
    double effective;   /**< Effective sample size (sum of w)^2 / sum of w^2: so many unweighted respondents are as
                             precise (Kish 1965). */
    double least;       /**< Smallest weight; the mean is 1. */
    double most;        /**< Largest weight. */
} custval_panel_facts;

/** @brief Initialiser of a ::custval_panel_facts. @since 0.1 */
#define CUSTVAL_PANEL_FACTS_INIT {sizeof(custval_panel_facts), 0, 0, 0, 0, 0, 0, 0, 0}

/**
 * @brief Weighs respondents so that they match known shares: post-stratification with one variable, raking with more.
 *
 * Each round multiplies the weights of every category by known share / present share, variable by variable, until all
 * match (Deming & Stephan 1940, Annals of Mathematical Statistics 11:427-444). One column `weight`, one row per
 * respondent, with mean 1; missing where a variable is.
 * @param table one row per respondent; borrowed.
 * @param margins what is known: `variable` (text, one of the columns), `category` (text or integer), `target` (number >
 * 0: shares or counts, only
 *        proportions within a variable matter); borrowed.
 * @param options the variables.
 * @param[in,out] facts its `struct_size` must be set; may be NULL.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL; names variable and category.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND (a column; a category without a target, or the
 *         reverse), #CUSTVAL_ERROR_TYPE, #CUSTVAL_ERROR_RANGE (a target or weight that is not above 0; number of
 *         variables; tolerance, rounds), #CUSTVAL_ERROR_DUPLICATE (a variable or category twice), #CUSTVAL_ERROR_STATE
 *         (no respondent has all variables), #CUSTVAL_ERROR_CONVERGENCE (the margins contradict the sample: the gap
 *         that is left is named), #CUSTVAL_ERROR_LIMIT, #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_STRUCT_SIZE,
 *         #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Const use may be shared. Sums are compensated, in the order of the rows.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_panel_weights(const custval_table *table,
                                                                   const custval_table *margins,
                                                                   const custval_panel_options *options,
                                                                   custval_panel_facts *facts, custval_table **out,
                                                                   custval_error *error);
/** @} */

/** @name Change from wave to wave
 * @{ */

/** @brief What custval_wave_change() reads. @since 0.1 */
typedef struct custval_wave_options {
    size_t struct_size;       /**< Set by #CUSTVAL_WAVE_OPTIONS_INIT. */
    const custval_host *host; /**< Memory; NULL: defaults. */
    const char *id;           /**< Column of the respondent, texts or integers, in both waves; default "customer". */
    const char *value;        /**< Column of the value; default "value". */
    const char *weight;       /**< Column of weights >= 0; NULL: all alike. */
} custval_wave_options;

/** @brief Initialiser of a ::custval_wave_options. @since 0.1 */
#define CUSTVAL_WAVE_OPTIONS_INIT {sizeof(custval_wave_options), 0, 0, 0, 0}

/** @brief A change of a mean, and its error. @since 0.1 */
typedef struct custval_wave_facts {
    size_t struct_size;    /**< Set by #CUSTVAL_WAVE_FACTS_INIT. */
    uint64_t before_count; /**< Respondents of the first wave with a value and a weight above 0. */
    uint64_t after_count;  /**< Those of the second. */
    uint64_t both;         /**< Those who are among both. */
    double before;         /**< Weighted mean of the first wave. */
    double after;          /**< That of the second. */
    double change;         /**< after - before. */
    double error;          /**< Standard error of the change. */
    double low;            /**< change - 1.96 error, */
    double high;           /**< change + 1.96 error: a confidence interval of 95 % for large samples. */
    double p;              /**< Two-sided probability of a change at least as large by chance (normal). */
} custval_wave_facts;

/** @brief Initialiser of a ::custval_wave_facts. @since 0.1 */
#define CUSTVAL_WAVE_FACTS_INIT {sizeof(custval_wave_facts), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}

/**
 * @brief Gives the change of a mean between two waves, with its error.
 *
 * The variance is that of the linearised difference: n / (n - 1) x sum over the n respondents of either wave of u^2, u
 * = w (y - mean) / sum of w in the second wave less the same in the first (Taylor linearisation; Wolter 2007,
 * Introduction to Variance Estimation). With the same respondents and no weights that is the paired t statistic's, with
 * none in common the two-sample one's. Weights are taken as known.
 * @param before one row per respondent of the first wave; borrowed.
 * @param after the same of the second; borrowed.
 * @param options NULL: defaults.
 * @param[in,out] out its `struct_size` must be set; filled in.
 * @param[out] error may be NULL; names column and row.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND, #CUSTVAL_ERROR_TYPE, #CUSTVAL_ERROR_RANGE (a
 *         weight below 0; a row without a respondent), #CUSTVAL_ERROR_NOT_FINITE, #CUSTVAL_ERROR_DUPLICATE (a
 *         respondent twice in a wave), #CUSTVAL_ERROR_STATE (fewer than two respondents of a wave),
 *         #CUSTVAL_ERROR_LIMIT, #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_STRUCT_SIZE, #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Const use may be shared. Sums are compensated, in the order of the rows, those of the first wave first.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_wave_change(const custval_table *before,
                                                                 const custval_table *after,
                                                                 const custval_wave_options *options,
                                                                 custval_wave_facts *out, custval_error *error);
/** @} */

/** @} */

#ifdef __cplusplus
}
#endif
#endif
