/* custval: how sure is it: what uncertain weights and small samples do to scores, ranks and means. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_UNCERTAINTY_H
#define CUSTVAL_UNCERTAINTY_H

#include <stddef.h>
#include <stdint.h>

#include "host.h"
#include "judgements.h"
#include "macros.h"
#include "score.h"
#include "status.h"
#include "system.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @file uncertainty.h
 * @brief Draws of weights, and what they do to scores and ranks; sensitivity; errors of means.
 *
 * @defgroup uncertainty Uncertainty
 *
 * Weights are never known exactly. Draws are weights that might as well be true, one set per row of a table; scoring
 * with each of them shows what can be relied on:
 *
 *     custval_draw_system(system, &noise, &draws, &error); // 10,000 sets of weights around the stated ones
 *     custval_uncertainty(system, offers, draws, NULL, &ranks, &error); // intervals, P(first), ranks
 *
 * A table of draws may also come from elsewhere (a Bayesian model, a panel): one column per node, named by its id.
 *
 * Draws are numbered, and a counter-based generator (Philox 4x32-10; Salmon et al. 2011) makes draw i from the seed and
 * i alone: the same for any number of threads and on any machine.
 *
 * Sources: Lahdelma, Hokkanen & Salminen (1998), EJOR 106:137-143 (rank acceptability); Saltelli et al. (2010),
 * Computer Physics Communications 181:259-270, and Jansen (1999), 117:35-43 (Sobol indices).
 * @{
 */

/** @brief How weights are uncertain. @since 0.1 */
enum custval_noise {
    CUSTVAL_NOISE_DIRICHLET = 1, /**< Dirichlet with parameters concentration x weights: mean as stated, variance w (1 -
                                      w)/(concentration + 1). A weight of 0 stays 0. The default. */
    CUSTVAL_NOISE_RELATIVE = 2,  /**< Each weight times a factor uniform on 1 - spread .. 1 + spread, then
                                      normalised. */
    CUSTVAL_NOISE_ANY = 3        /**< Every set of weights is as likely as any other: nothing is known, not even that a
                                      weight is 0. */
};

/** @brief How draws are made. @since 0.1 */
typedef struct custval_noise_options {
    size_t struct_size;       /**< Set by #CUSTVAL_NOISE_OPTIONS_INIT. */
    const custval_host *host; /**< Memory, threads, progress; NULL: defaults. */
    const char *profile;      /**< Draws around this profile's weights; NULL: the base weights. */
    uint32_t noise;           /**< A ::custval_noise. */
    uint32_t draws;           /**< How many, at least 1; default 10000. */
    uint64_t seed;            /**< Default 1. */
    double concentration;     /**< Dirichlet: > 0, default 50: a weight of .2 gets a standard deviation of .056. */
    double spread;            /**< Relative noise: 0 to 1, default 0.25. Judgements: standard deviation of the noise on
                                   ln a, 0 to 10, default 0.25. */
} custval_noise_options;

/** @brief Initialiser of a ::custval_noise_options. @since 0.1 */
#define CUSTVAL_NOISE_OPTIONS_INIT {sizeof(custval_noise_options), 0, 0, 0, 10000, 1, 50.0, 0.25}

/**
 * @brief Draws the weights of every group of siblings of a system.
 *
 * One row per draw and one column per node that has siblings (sides in the index form, dimensions, indicators, items),
 * named by its id, in the order of the tree; each group adds up to 1.
 * @param system a system.
 * @param options NULL: defaults.
 * @param[out] out the draws, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND (profile), #CUSTVAL_ERROR_RANGE,
 *         #CUSTVAL_ERROR_STATE (no node has siblings), #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_CANCELLED,
 *         #CUSTVAL_ERROR_STRUCT_SIZE, #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_draw_system(const custval_system *system,
                                                                 const custval_noise_options *options,
                                                                 custval_table **out, custval_error *error);

/**
 * @brief Draws around a set of weights: one column per criterion, each row adds up to 1.
 * @param weights a set of weights.
 * @param options NULL: defaults; profile is not used.
 * @param[out] out the draws, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return as custval_draw_system().
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_draw_weights(const custval_weights *weights,
                                                                  const custval_noise_options *options,
                                                                  custval_table **out, custval_error *error);

/**
 * @brief Draws weights by AHP from judgements with noise: each judgement of each member times exp(spread x z), z
 * standard normal.
 *
 * One column per criterion, each row adds up to 1, and the last column `cr`: the consistency ratio of the judgements
 * drawn (of a group's: aggregated), missing where there is no random index. Where a group's judgements are aggregated,
 * what is drawn is the noise that the mean of everyone's has.
 * @param judgements the judgements; crisp; may be incomplete.
 * @param ahp how they become weights; NULL: defaults.
 * @param options NULL: defaults; noise, profile and concentration are not used.
 * @param[out] out the draws, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return as custval_draw_system() and custval_weights_ahp(); #CUSTVAL_ERROR_DUPLICATE for a criterion called "cr",
 *         #CUSTVAL_ERROR_UNSUPPORTED (fuzzy judgements).
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_draw_judgements(const custval_judgements *judgements,
                                                                     const custval_ahp_options *ahp,
                                                                     const custval_noise_options *options,
                                                                     custval_table **out, custval_error *error);

/** @brief What custval_uncertainty() reports. @since 0.1 */
typedef struct custval_uncertainty_options {
    size_t struct_size;                 /**< Set by #CUSTVAL_UNCERTAINTY_OPTIONS_INIT. */
    const custval_score_options *score; /**< How rows are scored, memory, threads, progress; NULL: defaults. */
    double level;                       /**< Of the intervals; default 0.9. */
    uint32_t ranks;                     /**< Also the acceptability of ranks 1 to this, at most 10000; default 0. */
    uint32_t reserved;                  /**< 0. */
} custval_uncertainty_options;

/** @brief Initialiser of a ::custval_uncertainty_options. @since 0.1 */
#define CUSTVAL_UNCERTAINTY_OPTIONS_INIT {sizeof(custval_uncertainty_options), 0, 0.9, 0, 0}

/**
 * @brief Scores rows with every draw of weights: intervals of the value, and how safe the ranks are.
 *
 * One row of the result per row of the table: `value` and `rank` with the system's own weights; over the draws `mean`,
 * `deviation` (n - 1; missing for one draw), `low`, `high` (quantiles (1 - level)/2 and (1 + level)/2 of the value),
 * `mean_rank`, `rank_low`, `rank_high` (the same quantiles of the rank), `p_first` (share of draws in which no row is
 * better; equal firsts share it), `undefined` (draws without a value, left out of the row's numbers); and `rank_1` ...
 * up to options.ranks: the share of draws with that rank.
 *
 * Rows without a value take no rank; ranks are 1 + the number of better rows. All are exact: the quantile p of n
 * numbers is the smallest of them with at least p n at or below it. Missing answers, gates, overrides and aggregators
 * count as in custval_score(); drawn weights replace those of profiles, contexts and the row's own importances. A row
 * whose answers are refused has no value in any draw.
 *
 * Memory is bounded: beyond 8191 rows, rows x draws may be 2^24 at most (#CUSTVAL_ERROR_LIMIT says how many draws).
 * @param system the system.
 * @param table the rows: offers, or customers.
 * @param draws one row per draw, one column per node that is drawn, >= 0: whole groups of siblings, normalised within
 *              each. Columns that are no side, dimension, indicator or item are ignored if at least one is.
 * @param options NULL: defaults.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return as custval_score(); #CUSTVAL_ERROR_NOT_FOUND (no column is a node), #CUSTVAL_ERROR_STRUCTURE (a group is
 *         drawn in part), #CUSTVAL_ERROR_WEIGHT (a drawn weight; names draw and column), #CUSTVAL_ERROR_STATE (no
 *         draws), #CUSTVAL_ERROR_RANGE (level, ranks), #CUSTVAL_ERROR_LIMIT.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_uncertainty(const custval_system *system,
                                                                 const custval_table *table, const custval_table *draws,
                                                                 const custval_uncertainty_options *options,
                                                                 custval_table **out, custval_error *error);

/**
 * @brief Says which weights the uncertainty comes from: first-order and total Sobol indices.
 *
 * The outcome is the value of one row, or its lead over a rival. The inputs are the weights before normalisation,
 * independent of each other (gamma variates of the Dirichlet; factors of the relative noise). One row per node that has
 * siblings: `node`, `label`, `weight` (local), `first` (share of the variance explained by it alone), `total` (with all
 * its interactions), and `first_error`, `total_error` (standard errors over 16 batches of draws). Estimated as in
 * Saltelli et al. (2010) and Jansen (1999) with draws x (nodes + 2) evaluations; estimates of small indices may fall
 * below 0. They are missing if the outcome does not vary. Draws in which a row has no value are left out.
 * @param system the system.
 * @param table the rows.
 * @param row index of the row.
 * @param rival index of the rival, another row, or #CUSTVAL_ALL_ROWS for none.
 * @param score how rows are scored; NULL: defaults.
 * @param options at least 32 draws; NULL: defaults. Its host, if it has one, is used instead of score's.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return as custval_draw_system() and custval_explain(); #CUSTVAL_ERROR_STATE if a row has no value.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_sensitivity(const custval_system *system,
                                                                 const custval_table *table, size_t row, size_t rival,
                                                                 const custval_score_options *score,
                                                                 const custval_noise_options *options,
                                                                 custval_table **out, custval_error *error);

/**
 * @brief Finds the smallest change of one weight that changes the winner.
 *
 * For each node with siblings, the nearest weight at which some rival draws level with the row of the highest value
 * (the first of several), the siblings keeping their proportions (custval_flip()). One row per node, the smallest
 * change first, those that change nothing last: `node`, `label`, `weight` (local), `flip`, `distance` (missing: no
 * weight of this node changes the winner), `rival` (row).
 * @param system the system.
 * @param table the offers, at least two rows.
 * @param options NULL: defaults.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return as custval_flip(); #CUSTVAL_ERROR_STATE if fewer than two rows have a value.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_reversal(const custval_system *system, const custval_table *table,
                                                              const custval_score_options *options,
                                                              custval_table **out, custval_error *error);

/** @brief How custval_means() works. @since 0.1 */
typedef struct custval_means_options {
    size_t struct_size;         /**< Set by #CUSTVAL_MEANS_OPTIONS_INIT. */
    const custval_host *host;   /**< Memory, threads, progress; NULL: defaults. */
    const char *const *columns; /**< Columns of numbers; NULL: all but that of the groups. */
    size_t count;               /**< How many. */
    const char *group;          /**< Column whose text or integer (up to 2^53) names the group of a row; rows without
                                     one are a group, too. NULL: one group. */
    uint64_t seed;              /**< Of the bootstrap; default 1. */
    uint32_t resamples;         /**< Bootstrap samples, at most 2^20; default 1000; 0: the interval is that of Student's
                                     t. */
    uint32_t few;               /**< A group with fewer numbers is marked; default 30. */
    double level;               /**< Of the intervals; default 0.95. */
    double top;                 /**< A number of at least this counts for the top-box share, if has_top. */
    uint32_t has_top;           /**< 1: `top` counts. */
    uint32_t reserved;          /**< 0. */
} custval_means_options;

/** @brief Initialiser of a ::custval_means_options. @since 0.1 */
#define CUSTVAL_MEANS_OPTIONS_INIT {sizeof(custval_means_options), 0, 0, 0, 0, 1, 1000, 30, 0.95, 0.0, 0, 0}

/**
 * @brief Gives the means of columns, with the errors that the number of customers leaves.
 *
 * One row per group (in order of appearance) and column: `group` (missing: no group), `column`, `n`, `missing`, `mean`,
 * `deviation` (n - 1), `error` (standard error), `low`, `high` (percentile bootstrap, or Student's t), `low_n` (1:
 * fewer numbers than `few`), and with a top box `top_share`, `top_low`, `top_high` (Wilson's interval, 1927). One
 * number has a mean, but neither an error nor an interval. Numbers of any size will do, those near 1e200 or 1e-200 too,
 * unless a result is beyond the largest double. The bootstrap takes n x resamples steps: beyond some 100,000 numbers
 * the t interval is as good and comes at once.
 * @param table a table, e.g. of scores.
 * @param options NULL: defaults.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND, #CUSTVAL_ERROR_TYPE, #CUSTVAL_ERROR_RANGE,
 *         #CUSTVAL_ERROR_NOT_FINITE (an infinity, or a column whose deviation or interval is beyond the largest
 *         double), #CUSTVAL_ERROR_LIMIT (rows), #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_CANCELLED,
 *         #CUSTVAL_ERROR_STRUCT_SIZE, #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_means(const custval_table *table,
                                                           const custval_means_options *options, custval_table **out,
                                                           custval_error *error);

/** @} */

#ifdef __cplusplus
}
#endif
#endif
