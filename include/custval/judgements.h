/* custval: weights from judgements in pairs: the analytic hierarchy process and the best-worst method. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_JUDGEMENTS_H
#define CUSTVAL_JUDGEMENTS_H

#include <stddef.h>
#include <stdint.h>

#include "host.h"
#include "macros.h"
#include "status.h"
#include "table.h"
#include "weights.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @file judgements.h
 * @brief Weights from judgements "how many times more important is this than that", of one judge or many.
 *
 * @defgroup judgements Judgements
 *
 *     const char *names[] = {"quality", "service", "price"};
 *     const double matrix[] = {1, 3, 5,   1.0/3, 1, 2,   1.0/5, 1.0/2, 1};   // quality is 3 times service, ...
 *     custval_judgements judgements = CUSTVAL_JUDGEMENTS_INIT;
 *     judgements.names = names; judgements.count = 3; judgements.matrices = matrix;
 *     custval_weights_ahp(NULL, &judgements, NULL, &weights, &error);
 *     custval_weights_diagnostic(weights, "cr", &cr, &error);               // below .1: consistent enough
 *
 * Sources: Saaty (1977), J. Mathematical Psychology 15:234-281; Saaty (1980), The Analytic Hierarchy Process; Harker
 * (1987), Mathematical Modelling 9:353-360 (incomplete judgements); Aguaron & Moreno-Jimenez (2003), EJOR 147:137-145
 * (geometric consistency index); Forman & Peniwati (1998), EJOR 108:165-169 (groups); Buckley (1985), Fuzzy Sets and
 * Systems 17:233-247; Rezaei (2015, 2016), Omega 53:49-57 and 64:126-130 (best-worst method).
 * @{
 */

#define CUSTVAL_MAX_JUDGED 100 /**< Most criteria of a matrix of judgements. @since 0.1 */

/** @brief Judgements of one or several people about the same criteria; all memory is borrowed for the call. @since 0.1 */
typedef struct custval_judgements {
    size_t struct_size;              /**< Set by #CUSTVAL_JUDGEMENTS_INIT. */
    const char *const *names;        /**< Names of the criteria, unique. */
    size_t count;                    /**< Number of criteria n, 1 to #CUSTVAL_MAX_JUDGED. */
    const double *matrices;          /**< members x n x n numbers > 0: entry (i, j) says how many times criterion i is as
                                          important as j; (j, i) is its reciprocal (within 1 %, as people round) or NaN, and
                                          it is NaN on both sides if the pair was not judged. */
    size_t members;                  /**< Number of judges, at least 1. */
    const char *const *member_names; /**< Names of the judges; NULL: "1", "2", ... */
    const double *member_weights;    /**< Importance of each judge, >= 0; NULL: equal. */
    const double *lower;             /**< Triangular fuzzy judgements: lower ends, as `matrices`, which hold the middles; else NULL. */
    const double *upper;             /**< Upper ends; else NULL. (i, j) and (j, i) swap their reciprocal ends. */
} custval_judgements;

/** @brief Initialiser of a ::custval_judgements. @since 0.1 */
#define CUSTVAL_JUDGEMENTS_INIT {sizeof(custval_judgements), 0, 0, 0, 1, 0, 0, 0, 0}

/** @brief How a matrix of judgements becomes weights. @since 0.1 */
enum custval_ahp_method {
    CUSTVAL_AHP_EIGENVECTOR = 1, /**< The principal eigenvector (Saaty), by power iteration to a relative 1e-14. The default. */
    CUSTVAL_AHP_GEOMETRIC = 2,   /**< Row geometric means (logarithmic least squares). */
    CUSTVAL_AHP_ARITHMETIC = 3   /**< Row means of the matrix with each column divided by its sum. */
};

/** @brief The mean consistency index of random matrices: tables by their source. @since 0.1 */
enum custval_random_index {
    CUSTVAL_RANDOM_INDEX_SAATY_1980 = 1,         /**< Saaty (1980); n to 15. The default. */
    CUSTVAL_RANDOM_INDEX_SAATY_2008 = 2,         /**< As printed after Saaty (2008): 1.53 at n = 12; n to 15. */
    CUSTVAL_RANDOM_INDEX_SAATY_2005 = 3,         /**< Saaty (2005), Theory and Applications of the ANP; n to 15. */
    CUSTVAL_RANDOM_INDEX_DONEGAN_DODD_1991 = 4,  /**< Donegan & Dodd (1991); n to 15. */
    CUSTVAL_RANDOM_INDEX_TUMMALA_LING_1998 = 5,  /**< Tummala & Ling (1998); n to 15. */
    CUSTVAL_RANDOM_INDEX_ALONSO_LAMATA_2006 = 6, /**< Alonso & Lamata (2006); n to 15. */
    CUSTVAL_RANDOM_INDEX_AHPSURVEY = 7,          /**< The simulation of the R package ahpsurvey; n to 15. */
    CUSTVAL_RANDOM_INDEX_ALONSO_LAMATA_FIT = 8   /**< (2.7699 n - 4.3513 - n) / (n - 1), Alonso & Lamata (2006); any n. */
};

/** @brief How a group's judgements become one set of weights. @since 0.1 */
enum custval_grouping {
    CUSTVAL_GROUPING_JUDGEMENTS = 1,            /**< AIJ: weighted geometric mean of each judgement, then weights. The default. */
    CUSTVAL_GROUPING_PRIORITIES_GEOMETRIC = 2,  /**< AIP: weighted geometric mean of everyone's weights, normalised. */
    CUSTVAL_GROUPING_PRIORITIES_ARITHMETIC = 3  /**< AIP: weighted mean of everyone's weights. */
};

/** @brief How judgements become weights. @since 0.1 */
typedef struct custval_ahp_options {
    size_t struct_size;    /**< Set by #CUSTVAL_AHP_OPTIONS_INIT. */
    uint32_t method;       /**< A ::custval_ahp_method. */
    uint32_t random_index; /**< A ::custval_random_index. */
    uint32_t grouping;     /**< A ::custval_grouping. */
    uint32_t reserved;     /**< 0. */
    double cr_limit;       /**< A consistency ratio above this gets a remark; default 0.1. */
} custval_ahp_options;

/** @brief Initialiser of a ::custval_ahp_options. @since 0.1 */
#define CUSTVAL_AHP_OPTIONS_INIT {sizeof(custval_ahp_options), 0, 0, 0, 0, 0.1}

/**
 * @brief Makes weights from judgements in pairs.
 *
 * Method "ahp-eigenvector", "ahp-geometric" or "ahp-arithmetic", or "ahp-fuzzy" for triangular judgements (Buckley's
 * row geometric means, centroids normalised; columns `low`, `middle`, `high` are the fuzzy weights).
 *
 * Diagnostics: `lambda_max`, `ci` = (lambda_max - n)/(n - 1) (0 for n < 3, never below 0), `ri`, `cr` = ci/ri (0 for n < 3;
 * missing where the table has no ri for this n: remark `no-random-index`), `gci` (missing for n < 3), `missing` (pairs
 * not judged), `steps` of the iteration, and for groups `members`, `consensus` (1: all priorities equal, 0: as
 * different as can be; AHP consensus after Shannon's alpha and beta diversity, Goepel 2013), `least_cr`, `largest_cr` of
 * the members. For the geometric and arithmetic methods lambda_max is the mean of (A w)_i / w_i. With missing pairs the
 * weights are Harker's, lambda_max the smallest that any completion has, and ci is judged by the ri of a complete matrix.
 *
 * Remarks: `inconsistent` (cr above the limit: names the worst triad, the judgement to revisit and the value that would
 * repair it), `inconsistent-member`, `no-random-index`, `no-convergence` (of the iteration; the geometric method is named as the
 * way out), `circular` (a is preferred to b, b to c, and c to a).
 * @param host memory, threads for many members; copied; may be NULL.
 * @param judgements the judgements.
 * @param options NULL: defaults.
 * @param[out] out the weights; NULL on failure.
 * @param[out] error may be NULL; names member, row, column and value.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_RANGE (a judgement that is not above 0 and finite, a diagonal
 *         that is not 1, not reciprocal, ends of a fuzzy judgement out of order), #CUSTVAL_ERROR_STATE (too few judgements to connect
 *         all criteria: names one that is apart), #CUSTVAL_ERROR_WEIGHT (member weights), #CUSTVAL_ERROR_DUPLICATE,
 *         #CUSTVAL_ERROR_LIMIT, #CUSTVAL_ERROR_UNSUPPORTED (fuzzy judgements that are incomplete), #CUSTVAL_ERROR_MEMORY,
 *         #CUSTVAL_ERROR_CANCELLED, #CUSTVAL_ERROR_STRUCT_SIZE, #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_weights_ahp(const custval_host *host,
                                                                 const custval_judgements *judgements,
                                                                 const custval_ahp_options *options,
                                                                 custval_weights **out, custval_error *error);

/**
 * @brief Gives every member's own weights and consistency.
 *
 * One row per member: `member`, one column per criterion with its share, `lambda_max`, `ci`, `cr`, `gci`, `missing`, and
 * `distance` (half the sum of absolute differences from the group's weights).
 *
 * Member by member the same numbers as custval_weights_ahp() for that member alone, to the bit. A column is named by its
 * criterion, or "weight of ..." where that name is taken by another column.
 * @param host memory, threads; copied; may be NULL.
 * @param judgements the judgements; crisp.
 * @param options NULL: defaults.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return as custval_weights_ahp(); #CUSTVAL_ERROR_UNSUPPORTED (fuzzy judgements).
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_ahp_members(const custval_host *host,
                                                                 const custval_judgements *judgements,
                                                                 const custval_ahp_options *options,
                                                                 custval_table **out, custval_error *error);

/**
 * @brief Lists the triads of a matrix by their inconsistency: which judgement to revisit, and what would repair it.
 *
 * A triad i, j, k is consistent if a_ij a_jk = a_ik. One row per triad whose three pairs were judged, the most inconsistent first:
 * `first`, `second`, `third` (names), `inconsistency` (|ln(a_ij a_jk / a_ik)|), `circular` (1 or 0), `row`, `column`
 * (names: of its three judgements the one that differs most, in logarithms, from what the weights say), `judgement` (as it is),
 * `suggested` (what the two others of the triad imply), `by_weights` (ratio of the weights).
 * @param host memory; copied; may be NULL.
 * @param judgements the judgements, crisp; a group's are aggregated first (AIJ).
 * @param options NULL: defaults.
 * @param[out] out the table, to be freed by the caller; no rows for n < 3; NULL on failure.
 * @param[out] error may be NULL.
 * @return as custval_ahp_members().
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_ahp_triads(const custval_host *host,
                                                                const custval_judgements *judgements,
                                                                const custval_ahp_options *options,
                                                                custval_table **out, custval_error *error);

/**
 * @brief Gives a random index.
 * @param table a ::custval_random_index.
 * @param count number of criteria n.
 * @return the index, 0 for n of 1 and 2; NaN if the table has none for this n, or there is no such table.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API double custval_random_index_value(uint32_t table, size_t count);

/** @brief Models of the best-worst method. @since 0.1 */
enum custval_bwm_model {
    CUSTVAL_BWM_LINEAR = 1,   /**< Minimises the largest |w_best - a_bj w_j| and |w_j - a_jw w_worst| (Rezaei 2016): one solution. The default. */
    CUSTVAL_BWM_NONLINEAR = 2 /**< Minimises the largest |w_best/w_j - a_bj| and |w_j/w_worst - a_jw| (Rezaei 2015); weights are
                                   the middles of the intervals that reach it (columns `low`, `high`). */
};

/** @brief Judgements of the best-worst method, borrowed for the call. @since 0.1 */
typedef struct custval_bwm_judgements {
    size_t struct_size;             /**< Set by #CUSTVAL_BWM_JUDGEMENTS_INIT. */
    const char *const *names;       /**< Names of the criteria, unique. */
    size_t count;                   /**< Number of criteria, 2 to #CUSTVAL_MAX_JUDGED. */
    const double *best_to_others;   /**< How many times the best is as important as each, >= 1; 1 for the best. */
    const double *others_to_worst;  /**< How many times each is as important as the worst, >= 1; 1 for the worst. */
    uint32_t model;                 /**< A ::custval_bwm_model; 0: linear. */
    uint32_t reserved;              /**< 0. */
} custval_bwm_judgements;

/** @brief Initialiser of a ::custval_bwm_judgements. @since 0.1 */
#define CUSTVAL_BWM_JUDGEMENTS_INIT {sizeof(custval_bwm_judgements), 0, 0, 0, 0, 0, 0}

/**
 * @brief Makes weights by the best-worst method.
 *
 * The best is the criterion with the largest judgement over the worst, among those with 1 in `best_to_others`; the worst
 * likewise. Method "bwm-linear" or "bwm-nonlinear". Columns: `best_to_others`, `others_to_worst`.
 * Diagnostics: `ksi` (the largest deviation left), `cr` (nonlinear: ksi / the consistency index of a_bw, Rezaei 2015; linear:
 * ksi itself, as Rezaei 2016 reads it), `input_cr` (Liang, Brunelli & Rezaei 2020: largest |a_bj a_jw - a_bw| /
 * (a_bw^2 - a_bw), 0 if a_bw is 1). Remarks: `inconsistent` (input_cr above their threshold for this a_bw and n), naming the criterion.
 * @param host memory; copied; may be NULL.
 * @param judgements the judgements.
 * @param[out] out the weights; NULL on failure.
 * @param[out] error may be NULL; names the criterion and value.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_RANGE, #CUSTVAL_ERROR_STRUCTURE (no best or no worst, one
 *         criterion is both, the two judgements of best against worst differ), #CUSTVAL_ERROR_DUPLICATE, #CUSTVAL_ERROR_LIMIT,
 *         #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_STRUCT_SIZE, #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_weights_bwm(const custval_host *host,
                                                                 const custval_bwm_judgements *judgements,
                                                                 custval_weights **out, custval_error *error);

/** @} */

#ifdef __cplusplus
}
#endif
#endif
