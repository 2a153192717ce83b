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
 * Sources: Saaty (1977), J. Mathematical Psychology 15:234-281; Saaty (1980), The Analytic Hierarchy Process;
 * Shiraishi, Obata & Daigo (1998), J. Operations Research Society of Japan 41(3), and Bozoki, Fulop & Ronyai (2010),
 * Mathematical and Computer Modelling 52:318-333 (incomplete judgements); Aguaron & Moreno-Jimenez (2003), EJOR
 * 147:137-145 (geometric consistency index); Forman & Peniwati (1998), EJOR 108:165-169 (groups); Goepel (2013),
 * Proceedings of the ISAHP (consensus); Buckley (1985), Fuzzy Sets and Systems 17:233-247; Rezaei (2015, 2016), Omega
 * 53:49-57 and 64:126-130 (best-worst method); Liang, Brunelli & Rezaei (2020), Omega 96:102175 (its consistency).
 * @{
 */

#define CUSTVAL_MAX_JUDGED 100 /**< Most criteria of a matrix of judgements. @since 0.1 */

/** @brief Judgements of one or several people on the same criteria; all memory is borrowed for the call. @since 0.1 */
typedef struct custval_judgements {
    size_t struct_size;              /**< Set by #CUSTVAL_JUDGEMENTS_INIT. */
    const char *const *names;        /**< Names of the criteria, unique. */
    size_t count;                    /**< Number of criteria n, 1 to #CUSTVAL_MAX_JUDGED. */
    const double *matrices;          /**< members x n x n numbers from 1e-9 to 1e9: entry (i, j) says how many times
                                          criterion i is as important as j; (j, i) is its reciprocal within 5 %, as
                                          people round, or NaN; both are NaN if the pair was not judged. The larger of
                                          the two counts, for people write 3 and .33. The diagonal is 1. */
    size_t members;                  /**< Number of judges, at least 1. */
    const char *const *member_names; /**< Names of the judges; NULL: "1", "2", ... */
    const double *member_weights;    /**< Importance of each judge, >= 0; NULL: equal. */
    const double *lower;             /**< Triangular fuzzy judgements: lower ends, as `matrices`, which hold the
                                          middles; else NULL. */
    const double *upper;             /**< Upper ends; else NULL. (i, j) and (j, i) swap their reciprocal ends; that with
                                          the larger middle counts. */
} custval_judgements;

/** @brief Initialiser of a ::custval_judgements. @since 0.1 */
#define CUSTVAL_JUDGEMENTS_INIT {sizeof(custval_judgements), 0, 0, 0, 1, 0, 0, 0, 0}

/**
 * @brief How a matrix of judgements becomes weights.
 *
 * Pairs that were not judged take the judgements that leave lambda_max smallest; for the geometric means, those that
 * the logarithmic least squares of the others imply. These may be beyond what a double holds, as in a long chain:
 * weights are right all the same, and one too small for a double is 0 (remark `zero-weight`).
 * @since 0.1
 */
enum custval_ahp_method {
    CUSTVAL_AHP_EIGENVECTOR = 1, /**< The principal eigenvector (Saaty), by power iteration to a relative 1e-14. The
                                      default. */
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
    CUSTVAL_RANDOM_INDEX_ALONSO_LAMATA_FIT = 8   /**< (2.7699 n - 4.3513 - n) / (n - 1), Alonso & Lamata (2006); any
                                                      n. */
};

/** @brief How a group's judgements become one set of weights. @since 0.1 */
enum custval_grouping {
    CUSTVAL_GROUPING_JUDGEMENTS = 1,            /**< AIJ: weighted geometric mean of each judgement, then weights. The
                                                     default. */
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
    double cr_limit;       /**< A consistency ratio above this gets a remark; finite, at least 0; default 0.1. */
} custval_ahp_options;

/** @brief Initialiser of a ::custval_ahp_options. @since 0.1 */
#define CUSTVAL_AHP_OPTIONS_INIT {sizeof(custval_ahp_options), 0, 0, 0, 0, 0.1}

/**
 * @brief Makes weights from judgements in pairs.
 *
 * Method "ahp-eigenvector", "ahp-geometric" or "ahp-arithmetic", or "ahp-fuzzy" for triangular judgements (Buckley's
 * row geometric means, whatever options.method says; centroids normalised; columns `low`, `middle`, `high` are the
 * fuzzy weights; what is said about consistency is about the middles).
 *
 * Diagnostics: `lambda_max`, `ci` = (lambda_max - n)/(n - 1) (0 for n < 3, never below 0), `ri`, `cr` = ci/ri (0 for
 * n < 3; missing where the table has no ri for this n: remark `no-random-index`), `gci` (of the row geometric means;
 * missing for n < 3), `missing` (pairs not judged), `steps` of the iteration, and for groups `members`, `consensus`,
 * `least_cr`, `largest_cr` of the members. For the geometric and arithmetic methods lambda_max is the mean of (A w)_i /
 * w_i. With missing pairs they are those of the completed matrix, and ci is judged by the ri of a complete one. Those
 * of a group are about its aggregated judgements (a pair by those who judged it), also where priorities are aggregated.
 *
 * The consensus is that of Goepel's AHP-OS: e^-(gamma - alpha entropy) of the members' weights, stretched to 1 where
 * all are equal and 0 where members give everything that judgements from 1 to 9 allow to criteria of their own.
 *
 * Remarks: `inconsistent` (cr above the limit: names the worst triad, the judgement to revisit and the value that would
 * repair it), `inconsistent-member` (how many, and the worst), `unconnected-member` (how many members did not judge
 * enough pairs to have weights of their own: their judgements count, but not for consensus and crs), `no-random-index`,
 * `no-convergence` (of the iteration; the geometric method is named as the way out), `circular` (a is preferred to b, b
 * to c, and c to a).
 * @param host memory, threads for many members; copied; may be NULL.
 * @param judgements the judgements.
 * @param options NULL: defaults.
 * @param[out] out the weights; NULL on failure.
 * @param[out] error may be NULL; names member, row, column and value.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_RANGE (a judgement out of its range, a diagonal that is
 *         not 1, not reciprocal, ends of a fuzzy judgement out of order, cr_limit), #CUSTVAL_ERROR_STATE (too few
 *         judgements to connect all criteria, of the group, or of a member whose priorities are to be aggregated: names
 *         a criterion that is apart), #CUSTVAL_ERROR_WEIGHT (member weights), #CUSTVAL_ERROR_DUPLICATE,
 *         #CUSTVAL_ERROR_LIMIT, #CUSTVAL_ERROR_UNSUPPORTED (fuzzy judgements that are incomplete, or whose priorities
 *         are to be aggregated), #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_CANCELLED, #CUSTVAL_ERROR_STRUCT_SIZE,
 *         #CUSTVAL_ERROR_STRUCT_NEWER.
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
 * One row per member: `member`, one column per criterion with its share, `lambda_max`, `ci`, `cr`, `gci`, `missing`,
 * and `distance` (half the sum of absolute differences from the group's weights). All but `missing` is missing where a
 * member's judgements alone do not connect all criteria.
 *
 * Member by member the same numbers as custval_weights_ahp() for that member alone, to the bit. A column is named by
 * its criterion, or "weight of ..." where that name is taken by another column.
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
 * A triad i, j, k is consistent if a_ij a_jk = a_ik. One row per triad whose three pairs were judged, the most
 * inconsistent first: `first`, `second`, `third` (names), `inconsistency` (|ln(a_ij a_jk / a_ik)|), `circular` (1 or
 * 0), `row`, `column` (names: of its three judgements the one that differs most, in logarithms, from what the weights
 * say, the first of equals; the row is the one preferred), `judgement` (row over column, as it is), `suggested` (what
 * the two others of the triad imply), `by_weights` (ratio of the weights that the aggregated judgements give).
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
 * @param table a ::custval_random_index; 0 is the default.
 * @param count number of criteria n.
 * @return the index, 0 for n of 1 and 2; NaN if the table has none for this n, or there is no such table.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API double custval_random_index_value(uint32_t table, size_t count);

/** @brief Models of the best-worst method. @since 0.1 */
enum custval_bwm_model {
    CUSTVAL_BWM_LINEAR = 1,   /**< Minimises the largest |w_best - a_bj w_j| and |w_j - a_jw w_worst| (Rezaei 2016): one
                                   solution. The default. */
    CUSTVAL_BWM_NONLINEAR = 2 /**< Minimises the largest |w_best/w_j - a_bj| and |w_j/w_worst - a_jw| (Rezaei 2015);
                                   weights are the middles of the intervals that reach it (columns `low`, `high`). */
};

/** @brief Judgements of the best-worst method, borrowed for the call. @since 0.1 */
typedef struct custval_bwm_judgements {
    size_t struct_size;             /**< Set by #CUSTVAL_BWM_JUDGEMENTS_INIT. */
    const char *const *names;       /**< Names of the criteria, unique. */
    size_t count;                   /**< Number of criteria, 2 to #CUSTVAL_MAX_JUDGED. */
    const double *best_to_others;   /**< How many times the best is as important as each, 1 to 1e9; 1 for the best. */
    const double *others_to_worst;  /**< How many times each is as important as the worst, 1 to 1e9; 1 for the worst. */
    uint32_t model;                 /**< A ::custval_bwm_model; 0: linear. */
    uint32_t reserved;              /**< 0. */
} custval_bwm_judgements;

/** @brief Initialiser of a ::custval_bwm_judgements. @since 0.1 */
#define CUSTVAL_BWM_JUDGEMENTS_INIT {sizeof(custval_bwm_judgements), 0, 0, 0, 0, 0, 0}

/**
 * @brief Makes weights by the best-worst method.
 *
 * The best is the criterion with the largest judgement over the worst, among those with 1 in `best_to_others`; the
 * worst likewise, among the others. Method "bwm-linear" or "bwm-nonlinear". Columns: `best_to_others`,
 * `others_to_worst`. Diagnostics, where a_bw is the judgement of the best over the worst: `ksi` (the largest deviation
 * left), `cr` (nonlinear: ksi / the consistency index of a_bw, Rezaei 2015, the smaller root of x^2 - (1 + 2 a_bw) x +
 * a_bw^2 - a_bw; missing if that is 0 and ksi is not; linear: ksi itself, as Rezaei 2016 reads it), `input_cr` (Liang,
 * Brunelli & Rezaei 2020: largest |a_bj a_jw - a_bw| / (a_bw^2 - a_bw), 0 if a_bw is 1). Remark: `inconsistent`
 * (input_cr above the threshold of their table 3 nearest to a_bw and n, which has 2 to 9 and 3 to 9; if a_bw is 1, a
 * ksi that is not 0, for then only judgements of 1 fit), naming the criterion.
 * @param host memory; copied; may be NULL.
 * @param judgements the judgements.
 * @param[out] out the weights; NULL on failure.
 * @param[out] error may be NULL; names the criterion and value.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_RANGE, #CUSTVAL_ERROR_STRUCTURE (no best or no worst,
 *         one criterion is both, the two judgements of best against worst differ), #CUSTVAL_ERROR_DUPLICATE,
 *         #CUSTVAL_ERROR_LIMIT, #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_STRUCT_SIZE, #CUSTVAL_ERROR_STRUCT_NEWER.
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
