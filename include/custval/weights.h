/* custval: weights: what they are, where they come from, how they get into a system. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_WEIGHTS_H
#define CUSTVAL_WEIGHTS_H

#include <stddef.h>
#include <stdint.h>

#include "host.h"
#include "macros.h"
#include "status.h"
#include "system.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @file weights.h
 * @brief Sets of weights with their method and diagnostics, stated or ranked; mixing, comparing and applying them.
 *
 * @defgroup weights Weights
 *
 * A *set of weights* says how important each of some named criteria is, by which method that was found, from how many
 * judges or rows, and how far it can be trusted. Whatever its origin, it is one immutable object:
 *
 *     stated, rated, ranked           this header
 *     judged in pairs (AHP, BWM)      judgements.h      ---->  custval_weights  ---->  custval_weights_apply()
 *     seen in data                    summary.h                                        a new system
 *     seen in an outcome (drivers)    drivers.h
 *
 * A set has three tables that live as long as it does: the criteria (custval_weights_table()), named numbers about the
 * whole (custval_weights_diagnostics()), and remarks (custval_weights_notes()).
 * @{
 */

/** @brief An immutable, reference-counted set of weights. @since 0.1 */
typedef struct custval_weights custval_weights;

#define CUSTVAL_MAX_CRITERIA 4096 /**< Most criteria of a set of weights, a summary or a ranking. @since 0.1 */

/**
 * @brief A column to be summarised, weighed or ranked. Frozen: will never grow.
 * @since 0.1
 */
typedef struct custval_criterion {
    const char *column; /**< Name of the column, and of the criterion. */
    uint32_t side;      /**< #CUSTVAL_SIDE_BENEFIT (or 0): more is better; #CUSTVAL_SIDE_SACRIFICE: less is better. */
    uint32_t reserved;  /**< 0. */
    double weight;      /**< Importance, >= 0; only where a call says that it reads it. */
    double low;         /**< Lowest possible number; with `high` both 0: no range is declared. A number beyond it is an
                             error, unless by no more than 1e-12 of the range: that is rounding, and counts as its
                             end. */
    double high;        /**< Highest possible number. */
} custval_criterion;

/** @brief Initialiser of a ::custval_criterion: a benefit of weight 1 without a declared range. @since 0.1 */
#define CUSTVAL_CRITERION_INIT {0, 0, 0, 1.0, 0.0, 0.0}

/**
 * @brief Gives the nodes of a kind as criteria of a table of their scores.
 *
 * What custval_score() with the level of that kind gives can then be summarised, weighed or ranked: the column is the
 * node's id, the side its side, the weight its global weight (times its side's share in the index form), the range 0 to
 * 100, or none where a curve of an item lets scores leave it (a line, points or categories outside).
 * @param system a system.
 * @param kind #CUSTVAL_KIND_SIDE, #CUSTVAL_KIND_DIMENSION, #CUSTVAL_KIND_INDICATOR or #CUSTVAL_KIND_ITEM.
 * @param profile whose weights; NULL: the base weights.
 * @param[out] out receives at most `capacity` criteria in the order of the tree, whose texts the system owns; may be
 *             NULL if capacity is 0.
 * @param capacity room in `out`.
 * @param[out] out_count how many there are, also when there was no room for all; 0 on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND (profile).
 * @note Const use may be shared. Allocates nothing.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_system_criteria(const custval_system *system, uint32_t kind,
                                                                     const char *profile, custval_criterion *out,
                                                                     size_t capacity, size_t *out_count,
                                                                     custval_error *error);

/** @name Looking into a set of weights
 * @{ */

/**
 * @brief Adds one owner to a set of weights.
 * @param weights a set, or NULL.
 * @return its argument.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API custval_weights *custval_weights_ref(custval_weights *weights);

/**
 * @brief Takes one owner away; the last one frees the set with its tables.
 * @param weights a set, or NULL.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API void custval_weights_free(custval_weights *weights);

/**
 * @brief Gives the number of criteria.
 * @param weights a set; NULL gives 0.
 * @return the number.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API size_t custval_weights_count(const custval_weights *weights);

/**
 * @brief Gives the name of a criterion.
 * @param weights a set.
 * @param index below custval_weights_count().
 * @return text owned by the set; NULL if there is no such criterion.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API const char *custval_weights_name(const custval_weights *weights, size_t index);

/**
 * @brief Gives the weight of a criterion: its share of all, >= 0; added in order, the shares give exactly 1.
 *
 * What is above 0 keeps a share above 0: at least 2.2e-308, the smallest normal double. Numbers that are more than some
 * 300 powers of ten below the largest therefore have shares that no longer tell them apart.
 * @param weights a set.
 * @param index below custval_weights_count().
 * @return the share; NaN if there is no such criterion.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API double custval_weights_share(const custval_weights *weights, size_t index);

/**
 * @brief Gives the method by which the weights were found, e.g. "ahp-eigenvector", "critic", "mix".
 * @param weights a set.
 * @return text owned by the set; NULL for NULL.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API const char *custval_weights_method(const custval_weights *weights);

/**
 * @brief Gives the number of judges or rows that the weights come from.
 * @param weights a set.
 * @return the number; 0 where the method has none (ranks, mixes) and for NULL.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API uint64_t custval_weights_sample(const custval_weights *weights);

/**
 * @brief Gives the criteria as a table: `name`, `weight` (the shares), and the columns that the method's page adds.
 * @param weights a set.
 * @return a table owned by the set (custval_table_ref() keeps it longer); NULL for NULL.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API const custval_table *custval_weights_table(const custval_weights *weights);

/**
 * @brief Gives the named numbers about the whole set as a table: `name` (text), `value`; e.g. `cr`, `r_squared`.
 * @param weights a set.
 * @return a table owned by the set; NULL for NULL.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API const custval_table *custval_weights_diagnostics(const custval_weights *weights);

/**
 * @brief Gives the remarks as a table: the texts `code`, `about` (a criterion, or missing), `message`.
 *
 * A remark says what a careful reader would want to know before using the weights: judgements that contradict each
 * other, a column that does not vary, a driver that works against the outcome. The codes are on the pages of the
 * methods.
 * @param weights a set.
 * @return a table owned by the set, without rows if there is nothing to say; NULL for NULL.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API const custval_table *custval_weights_notes(const custval_weights *weights);

/**
 * @brief Gives one diagnostic by name.
 * @param weights a set.
 * @param name e.g. "cr".
 * @param[out] out its value; NaN on failure.
 * @param[out] error may be NULL; names the diagnostics that there are.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_weights_diagnostic(const custval_weights *weights,
                                                                        const char *name, double *out,
                                                                        custval_error *error);
/** @} */

/** @name Stated weights
 * Names are UTF-8, not empty, unique and copied. Weights that end as 0 get the remark `zero-weight`.
 * @{ */

/** @brief How numbers that people gave are read. @since 0.1 */
enum custval_rating {
    CUSTVAL_RATING_STATED = 1, /**< Any numbers >= 0, only their proportions count. The default. */
    CUSTVAL_RATING_POINTS = 2, /**< Shares of 100 points: remark `not-100` if they add up to something else. */
    CUSTVAL_RATING_SWING = 3,  /**< Swings from worst to best, the largest rated 100 (remark `no-100` without one); von
                                    Winterfeldt & Edwards (1986). */
    CUSTVAL_RATING_SMART = 4   /**< Ratio ratings, the least important rated 10 (remark `no-10` without one); Edwards
                                    (1977). */
};

/** @brief How custval_weights_ratings() reads its numbers. @since 0.1 */
typedef struct custval_rating_options {
    size_t struct_size;         /**< Set by #CUSTVAL_RATING_OPTIONS_INIT. */
    const double *range_judged; /**< Swings: width of the range that the judge saw, one per criterion, > 0. NULL:
                                     none. */
    const double *range_in_use; /**< Swings: width of the range in use, > 0; a weight is rating x range_in_use /
                                     range_judged. Both ranges or neither. */
    uint32_t rating;            /**< A ::custval_rating. */
    uint32_t reserved;          /**< 0. */
} custval_rating_options;

/** @brief Initialiser of a ::custval_rating_options. @since 0.1 */
#define CUSTVAL_RATING_OPTIONS_INIT {sizeof(custval_rating_options), 0, 0, 0, 0}

/**
 * @brief Makes weights from numbers that people gave.
 *
 * Method "stated", "points", "swing" or "smart". Column: `rating`. Equal weights: ratings that are all 1.
 * @param host memory; copied; may be NULL.
 * @param names one per criterion.
 * @param ratings one per criterion, >= 0, not all 0.
 * @param count number of criteria, 1 to #CUSTVAL_MAX_CRITERIA.
 * @param options NULL: defaults.
 * @param[out] out the weights, to be freed with custval_weights_free(); NULL on failure.
 * @param[out] error may be NULL; names the criterion.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_WEIGHT, #CUSTVAL_ERROR_RANGE (a width),
 *         #CUSTVAL_ERROR_DUPLICATE, #CUSTVAL_ERROR_LIMIT, #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_STRUCT_SIZE,
 *         #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_weights_ratings(const custval_host *host, const char *const *names,
                                                                     const double *ratings, size_t count,
                                                                     const custval_rating_options *options,
                                                                     custval_weights **out, custval_error *error);

/** @brief How an order of importance becomes weights; r is the rank, 1 the most important, n the number. @since 0.1 */
enum custval_ranking {
    CUSTVAL_RANKING_CENTROID = 1,   /**< Rank-order centroid: (1/n) sum from k = r to n of 1/k; Barron & Barrett (1996).
                                         The default. */
    CUSTVAL_RANKING_SUM = 2,        /**< 2 (n + 1 - r) / (n (n + 1)); Stillwell, Seaver & Edwards (1981). */
    CUSTVAL_RANKING_RECIPROCAL = 3, /**< (1/r) / sum 1/k; the same. */
    CUSTVAL_RANKING_EXPONENT = 4    /**< (n + 1 - r)^p / sum; the same. p = 0: equal, 1: rank sum. */
};

/** @brief How custval_weights_ranks() turns an order into weights. @since 0.1 */
typedef struct custval_ranking_options {
    size_t struct_size; /**< Set by #CUSTVAL_RANKING_OPTIONS_INIT. */
    uint32_t ranking;   /**< A ::custval_ranking. */
    uint32_t reserved;  /**< 0. */
    double exponent;    /**< p of the rank exponent, 0 to 50; default 1. */
} custval_ranking_options;

/** @brief Initialiser of a ::custval_ranking_options. @since 0.1 */
#define CUSTVAL_RANKING_OPTIONS_INIT {sizeof(custval_ranking_options), 0, 0, 1.0}

/**
 * @brief Makes weights from an order of importance.
 *
 * Only the order of the ranks counts: 1 is the most important. Criteria of equal rank share the mean of the weights of
 * the places that they take (remark `ties`). Method "rank-order-centroid", "rank-sum", "rank-reciprocal" or
 * "rank-exponent". Column: `rank` (its place, the mean of places where several share them).
 * @param host memory; copied; may be NULL.
 * @param names one per criterion.
 * @param ranks one finite number per criterion.
 * @param count number of criteria, 1 to #CUSTVAL_MAX_CRITERIA.
 * @param options NULL: defaults.
 * @param[out] out the weights; NULL on failure.
 * @param[out] error may be NULL.
 * @return as custval_weights_ratings(); #CUSTVAL_ERROR_NOT_FINITE, #CUSTVAL_ERROR_RANGE (exponent).
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_weights_ranks(const custval_host *host, const char *const *names,
                                                                   const double *ranks, size_t count,
                                                                   const custval_ranking_options *options,
                                                                   custval_weights **out, custval_error *error);
/** @} */

/** @name Two sets of weights
 * Both must have the same names, in any order; the first set's order is kept.
 * @{ */

/** @brief How two sets of weights become one. @since 0.1 */
enum custval_mixing {
    CUSTVAL_MIXING_ARITHMETIC = 1,    /**< share w1 + (1 - share) w2. The default. */
    CUSTVAL_MIXING_MULTIPLICATIVE = 2 /**< w1^share w2^(1 - share), then normalised: a 0 in either is a 0, unless the
                                           other set has the whole share. */
};

/** @brief How custval_weights_mix() mixes. @since 0.1 */
typedef struct custval_mix_options {
    size_t struct_size; /**< Set by #CUSTVAL_MIX_OPTIONS_INIT. */
    uint32_t mixing;    /**< A ::custval_mixing. */
    uint32_t reserved;  /**< 0. */
    double share;       /**< Share of the first set, 0 to 1; default 0.5. */
} custval_mix_options;

/** @brief Initialiser of a ::custval_mix_options. @since 0.1 */
#define CUSTVAL_MIX_OPTIONS_INIT {sizeof(custval_mix_options), 0, 0, 0.5}

/**
 * @brief Mixes two sets of weights.
 *
 * Method "mix-arithmetic" or "mix-multiplicative". Columns: `first`, `second` (the shares in each). Diagnostics:
 * `share`, `correlation` (Pearson, of the two sets; missing where all weights of one are equal), `distance` (half the
 * sum of absolute differences, 0 to 1).
 * @param host memory; copied; may be NULL.
 * @param first a set.
 * @param second a set with the same names.
 * @param options NULL: defaults.
 * @param[out] out the weights; NULL on failure.
 * @param[out] error may be NULL.
 * @return as custval_weights_ratings(); #CUSTVAL_ERROR_NOT_FOUND (a name that only one set has), #CUSTVAL_ERROR_WEIGHT
 *         (a product of 0 everywhere), #CUSTVAL_ERROR_RANGE (share).
 * @note Const use of the sets may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_weights_mix(const custval_host *host,
                                                                 const custval_weights *first,
                                                                 const custval_weights *second,
                                                                 const custval_mix_options *options,
                                                                 custval_weights **out, custval_error *error);

/**
 * @brief Compares what people say is important with what turns out to be: dual importance.
 *
 * One row per criterion in the order of the first set: `name`, `stated`, `derived` (shares), `difference` (derived -
 * stated), `stated_rank`, `derived_rank` (1 the highest; ties take the mean), `class`: "key" (both at least the mean
 * share), "hidden" (derived only: matters more than people say), "expected" (stated only: taken for granted, or said by
 * habit), "minor". Shares that differ by rounding only are equal.
 * @param host memory; copied; may be NULL.
 * @param stated what people say.
 * @param derived what data say; same names.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND, #CUSTVAL_ERROR_MEMORY.
 * @note Const use of the sets may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_weights_compare(const custval_host *host,
                                                                     const custval_weights *stated,
                                                                     const custval_weights *derived,
                                                                     custval_table **out, custval_error *error);
/** @} */

/** @name Into a system
 * @{ */

/** @brief Where weights go, and what the new system records about them. @since 0.1 */
typedef struct custval_apply_options {
    size_t struct_size;       /**< Set by #CUSTVAL_APPLY_OPTIONS_INIT. */
    const custval_host *host; /**< Memory of the new system; NULL: the system's memory. */
    const char *profile;      /**< Set the weights of this profile, added if there is none; NULL: the base weights. */
    const char *source;       /**< Who or what they come from, e.g. "panel of 12, March"; NULL: not said. */
    const char *date;         /**< ISO date, as the caller says: the library reads no clock; NULL: not said. */
    const char *note;         /**< Free text; NULL: none. */
} custval_apply_options;

/** @brief Initialiser of a ::custval_apply_options. @since 0.1 */
#define CUSTVAL_APPLY_OPTIONS_INIT {sizeof(custval_apply_options), 0, 0, 0, 0, 0}

/**
 * @brief Makes a new system with these weights; the old one stays as it is.
 *
 * Each criterion's name is the id of a node, or else the column of an item. The names are either all children of one
 * node, whose weights they become, or nodes of one level from several groups. Then the weights are read as global,
 * within the lowest node that all of them are below:
 *
 *     indicator        a1    a2    b1    b2          dimensions a and b get the sums .4 and .6, their indicators the
 *     weight           .1    .3    .2    .4          shares within: a1 .25, a2 .75; b1 1/3, b2 2/3
 *
 * and so on up to the children of that node; sides have weights in the index form only. No sibling may be left out on
 * any of these levels. A group whose weights are all 0 keeps its own. Profiles and contexts that replace weights keep
 * theirs.
 *
 * For each group of two nodes or more that changes, the new system records method, sample, source, date, note and
 * diagnostics that are not missing (custval_system_origin(), and `origins` in its document).
 * @param weights the weights.
 * @param system the system.
 * @param options NULL: defaults.
 * @param[out] out the new system, to be freed with custval_system_free(); NULL on failure.
 * @param[out] error may be NULL; names the node.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND (a name that is no node; names the nearest),
 *         #CUSTVAL_ERROR_STRUCTURE (nodes of different levels, derived nodes, sides of a system whose form has no
 *         weights for them, a sibling that is left out, a node named twice, a column of two items),
 *         #CUSTVAL_ERROR_WEIGHT (a context would leave a group without weight), #CUSTVAL_ERROR_LIMIT (a profile too
 *         many), #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_STRUCT_SIZE, #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Const use of both may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_weights_apply(const custval_weights *weights,
                                                                   const custval_system *system,
                                                                   const custval_apply_options *options,
                                                                   custval_system **out, custval_error *error);
/** @} */

/** @} */

#ifdef __cplusplus
}
#endif
#endif
