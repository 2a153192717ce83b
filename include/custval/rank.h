/* custval: other roll-ups of the same indicators: weighted sums and products, TOPSIS, VIKOR, fuzzy evaluation. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_RANK_H
#define CUSTVAL_RANK_H

#include <stddef.h>
#include <stdint.h>

#include "host.h"
#include "macros.h"
#include "score.h"
#include "status.h"
#include "system.h"
#include "table.h"
#include "weights.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @file rank.h
 * @brief Ranking by other methods, for comparison: does the order depend on the way of adding up?
 *
 * @defgroup rank Other roll-ups
 *
 * The roll-up of a system is custval_score(). These are the methods that people will ask to see beside it. They read
 * any table of numbers; the indicators of a system become one by custval_score() and custval_system_criteria().
 *
 * Unlike a system with declared scales, most normalisations here depend on the other rows of the table: adding a row
 * can reorder the rest.
 * @{
 */

/** @brief How rows are ranked. Normalised numbers r are higher for better; weights w add up to 1. @since 0.1 */
enum custval_rank_method {
    CUSTVAL_RANK_SAW = 1,    /**< Simple additive weighting: sum w r. The default. */
    CUSTVAL_RANK_WPM = 2,    /**< Weighted product: prod r^w; every r must be above 0, for a single 0 would decide
                                  alone. */
    CUSTVAL_RANK_WASPAS = 3, /**< share sum w r + (1 - share) prod r^w, every r above 0; Zavadskas et al. (2012). */
    CUSTVAL_RANK_TOPSIS = 4, /**< Closeness to the best seen: d- / (d+ + d-), Euclidean distances of w r; 0.5 where all
                                  rows are equal; Hwang & Yoon (1981). */
    CUSTVAL_RANK_VIKOR = 5   /**< Compromise between the sum of losses w (1 - r), column `s`, and the largest, column
                                  `r`; Opricovic & Tzeng (2004), EJOR 156:445-455. Score 1 - q. Where `s` or `r` is the
                                  same for all rows, it adds nothing to q. */
};

/**
 * @brief How numbers x become comparable. For a sacrifice see each.
 *
 * Ratios to a maximum or a sum have no meaning below 0: such numbers are an error, and for sacrifices 0 is one too. A
 * column that is the same in all rows counts, whatever it holds, as a column of ones would; by range seen 1 (no loss).
 * @since 0.1
 */
enum custval_normalisation {
    CUSTVAL_NORMALISATION_VECTOR = 1,  /**< x / sqrt(sum x^2); sacrifices 1 - that. TOPSIS' default. */
    CUSTVAL_NORMALISATION_MAXIMUM = 2, /**< x / max x; sacrifices min x / x. The default of SAW, WPM and WASPAS. */
    CUSTVAL_NORMALISATION_RANGE = 3,   /**< (x - low)/(high - low), sacrifices (high - x)/(high - low): the declared
                                            range, else that seen. The only one of VIKOR. */
    CUSTVAL_NORMALISATION_SUM = 4,     /**< x / sum x; sacrifices (1/x) / sum (1/x). */
    CUSTVAL_NORMALISATION_NONE = 5     /**< As they are; sacrifices low + high - x of the declared range, which they
                                            need. */
};

/** @brief What rows of equal score share (in custval_rank() also where rounding alone makes it unequal). @since 0.1 */
enum custval_ties {
    CUSTVAL_TIES_MINIMUM = 1, /**< The smallest of their ranks: 1, 2, 2, 4. The default. */
    CUSTVAL_TIES_MAXIMUM = 2, /**< The largest: 1, 3, 3, 4. */
    CUSTVAL_TIES_DENSE = 3,   /**< One rank, and the next one follows: 1, 2, 2, 3. */
    CUSTVAL_TIES_MEAN = 4     /**< Their mean: 1, 2.5, 2.5, 4. */
};

/** @brief How rows are ranked. @since 0.1 */
typedef struct custval_rank_options {
    size_t struct_size;       /**< Set by #CUSTVAL_RANK_OPTIONS_INIT. */
    const custval_host *host; /**< Memory; NULL: defaults. */
    uint32_t method;          /**< A ::custval_rank_method. */
    uint32_t normalisation;   /**< A ::custval_normalisation; 0: the method's default. */
    uint32_t ties;            /**< A ::custval_ties. */
    uint32_t shares;          /**< 1: scores, >= 0, are divided by their sum (AHP synthesis with NORMALISATION_SUM:
                                   distributive mode, with NORMALISATION_MAXIMUM: ideal mode; Saaty). SAW only. */
    double share;             /**< WASPAS: share of the sum, 0 to 1; VIKOR: weight v of the group's loss; default
                                   0.5. */
} custval_rank_options;

/** @brief Initialiser of a ::custval_rank_options. @since 0.1 */
#define CUSTVAL_RANK_OPTIONS_INIT {sizeof(custval_rank_options), 0, 0, 0, 0, 0, 0.5}

/**
 * @brief Ranks the rows of a table.
 *
 * One row of the result per row, in the same order: `score` (higher is better), `rank` (1 the best), and for WASPAS
 * `sum`, `product`, for TOPSIS `to_best`, `to_worst`, for VIKOR `s`, `r`, `q` and `compromise` (1: belongs to the
 * compromise set by the conditions of acceptable advantage and stability). Rows share a rank where only rounding can
 * tell their scores apart: from the best score down a row shares that of the row before it unless it is behind by more
 * than 4 (n + 2) 2^-52, n the number of criteria, times the size of what the scores are made of (@ref numerics; 1 for
 * TOPSIS and VIKOR). A row that lacks a number has neither score nor rank, and does not influence the others. A
 * criterion of weight 0 plays no part: rows may lack it. Where a range is declared, numbers outside it are an error.
 * @param table the rows.
 * @param criteria columns with their weights (normalised here), sides and ranges.
 * @param count number of criteria.
 * @param options NULL: defaults.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL; names row and column.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND, #CUSTVAL_ERROR_TYPE, #CUSTVAL_ERROR_WEIGHT,
 *         #CUSTVAL_ERROR_RANGE (a number outside its range, or that normalisation, product or shares cannot take; an
 *         option), #CUSTVAL_ERROR_NOT_FINITE (an infinity, or numbers too large to be added), #CUSTVAL_ERROR_DUPLICATE,
 *         #CUSTVAL_ERROR_LIMIT, #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_STRUCT_SIZE, #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_rank(const custval_table *table, const custval_criterion *criteria,
                                                          size_t count, const custval_rank_options *options,
                                                          custval_table **out, custval_error *error);

/**
 * @brief Gives numbers their ranks, 1 for the highest; only numbers that are exactly equal share one.
 * @param host memory; may be NULL.
 * @param numbers the numbers; NaN gets no rank (NaN). May be NULL if there are none.
 * @param count how many; the time is that of sorting them.
 * @param ties a ::custval_ties; 0: the minimum.
 * @param[out] out_ranks one rank per number; may be `numbers` itself; left alone on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_MEMORY.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_ranks(const custval_host *host, const double *numbers,
                                                           size_t count, uint32_t ties, double *out_ranks,
                                                           custval_error *error);

/** @name Fuzzy comprehensive evaluation
 * Every indicator belongs to each of some grades ("excellent", "good", ...) to a degree; the degrees are composed up
 * the tree with the weights. The method that the Chinese literature pairs with AHP.
 * @{ */

/** @brief How degrees r and weights w are composed to a degree of the parent. @since 0.1 */
enum custval_fuzzy_operator {
    CUSTVAL_FUZZY_WEIGHTED = 1,     /**< M(., +): sum w r, weights adding up to 1. The default. */
    CUSTVAL_FUZZY_MIN_MAX = 2,      /**< M(min, max): max min(w, r): the main factor decides. */
    CUSTVAL_FUZZY_PRODUCT_MAX = 3,  /**< M(., max): max w r. */
    CUSTVAL_FUZZY_MIN_BOUNDED = 4   /**< M(min, bounded sum): min(1, sum min(w, r)). */
};

/** @brief How an indicator's scores become degrees. @since 0.1 */
enum custval_membership {
    CUSTVAL_MEMBERSHIP_SHARE = 1,     /**< Share of the rows whose score lies in the grade's band. The default. */
    CUSTVAL_MEMBERSHIP_TRIANGULAR = 2 /**< Mean over the rows of triangles that peak at the grades' scores and meet at
                                           1/2; beyond the first and the last grade 1. */
};

/** @brief How custval_fuzzy() evaluates. @since 0.1 */
typedef struct custval_fuzzy_options {
    size_t struct_size;                 /**< Set by #CUSTVAL_FUZZY_OPTIONS_INIT. */
    const custval_score_options *score; /**< How rows are scored; NULL: defaults. */
    const char *const *grades;          /**< Names of the grades, best first; NULL: "excellent", "good", "fair", "poor",
                                             "bad". */
    const double *grade_scores;         /**< Score of each grade, descending; NULL: 100, 75, 50, 25, 0 (5 grades). */
    const double *cuts;                 /**< Shares only: lower end of each grade's band but the last, descending, the
                                             end belongs to the better grade; NULL: midway between the grade scores. */
    size_t grade_count;                 /**< Number of grades, 2 to 100; 0: the five above, and all three NULL. */
    uint32_t operation;                 /**< A ::custval_fuzzy_operator. */
    uint32_t membership;                /**< A ::custval_membership. */
} custval_fuzzy_options;

/** @brief Initialiser of a ::custval_fuzzy_options. @since 0.1 */
#define CUSTVAL_FUZZY_OPTIONS_INIT {sizeof(custval_fuzzy_options), 0, 0, 0, 0, 0, 0, 0}

/**
 * @brief Composes degrees of membership by hand.
 * @param degrees count x grades numbers of 0..1, row by row.
 * @param weights one per row, >= 0; as they are, not normalised, so that weighted degrees may exceed 1.
 * @param count number of rows, at least 1.
 * @param grades number of grades, at least 1.
 * @param operation a ::custval_fuzzy_operator; 0: weighted.
 * @param[out] out one degree per grade; left alone on failure; must not overlap the degrees.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_RANGE, #CUSTVAL_ERROR_WEIGHT.
 * @note Thread-safe. Allocates nothing.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_fuzzy_compose(const double *degrees, const double *weights,
                                                                   size_t count, size_t grades, uint32_t operation,
                                                                   double *out, custval_error *error);

/**
 * @brief Evaluates a system over the rows of a table, level by level.
 *
 * One row per node from the value down to the indicators, in the order of the tree: `node`, `label`, `kind`, `side`
 * ("none" for the value), one column per grade with its degree, `grade` (the one with the highest degree, the better
 * one of equals), `score` (mean of the grade scores, weighted by the degrees). Grades judge how good something is: a
 * sacrifice of score s counts as 100 - s, and so do the nodes above it. The value is composed of both sides with their
 * shares (index form) or half each.
 *
 * An indicator's degrees are those of its scores in all rows that have one. They are composed with the local weights,
 * as they are, of the profile and context that the score options name, else with the base weights: a group has one set
 * of weights, so that profiles by column and own importances of rows are not used, nor are aggregators, gates, and
 * overrides above the indicators.
 * @param system the system.
 * @param table the rows.
 * @param options NULL: defaults.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return as custval_score(); #CUSTVAL_ERROR_RANGE (grades, cuts), #CUSTVAL_ERROR_STATE (no row has a score for an
 *         indicator), #CUSTVAL_ERROR_DUPLICATE (grades of the same name, or called like another column).
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_fuzzy(const custval_system *system, const custval_table *table,
                                                           const custval_fuzzy_options *options, custval_table **out,
                                                           custval_error *error);
/** @} */

/** @} */

#ifdef __cplusplus
}
#endif
#endif
