/* custval: satisfaction: what customers expected, what they got, and what follows from it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SATISFACTION_H
#define CUSTVAL_SATISFACTION_H

#include <stddef.h>
#include <stdint.h>

#include "host.h"
#include "link.h"
#include "macros.h"
#include "score.h"
#include "status.h"
#include "system.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @file satisfaction.h
 * @brief Gaps to expectations, zones of tolerance, encounters, penalties and rewards, Kano, quadrants, NPS,
 * back-tests.
 *
 * @defgroup satisfaction Satisfaction
 *
 * Value weighs benefit against sacrifice; satisfaction compares what was got with what was expected. The same system
 * scores both:
 *
 *     custval_gap(system, answers, expectations, NULL, &gaps, &error);        // per customer and level: P, E and P - E
 *     custval_tolerance(system, answers, adequate, desired, NULL, &zones, &error);
 *
 * A table of expectations has the columns of the system's items, and either one row, which holds for all customers,
 * or one row each. It may as well hold goals, competitors, or what engineers measured: then the gap says how far
 * perception is from it.
 *
 * A satisfaction index (ACSI) needs nothing of its own: it is the benefit side of a system in the index form, with
 * items on 1..10 and the published weights; custval_score() gives it per customer and custval_means() per group
 * (docs/satisfaction.md). How satisfaction becomes behaviour is a link: see link.h.
 * @{
 */

/** @name Gaps
 * @{ */

/** @brief What custval_gap() reports of each node; bits. @since 0.1 */
enum custval_gap_measure {
    CUSTVAL_GAP_PERFORMANCE = 1, /**< `id.performance`: P. */
    CUSTVAL_GAP_EXPECTATION = 2, /**< `id.expectation`: E. */
    CUSTVAL_GAP_DIFFERENCE = 4,  /**< `id.gap`: P - E. */
    CUSTVAL_GAP_PROSPECT = 8,    /**< `id.prospect`: the gap as it is felt. */
    CUSTVAL_GAP_SUM = 16         /**< `id.sum`: E + the gap as it is felt. */
};

/** @brief How gaps are made. @since 0.1 */
typedef struct custval_gap_options {
    size_t struct_size;                 /**< Set by #CUSTVAL_GAP_OPTIONS_INIT. */
    const custval_score_options *score; /**< Host, profile, context, levels; the rest is not used. NULL: defaults. */
    const char *const *indicators;      /**< Ids of indicators that feel gaps in their own way; NULL: none. */
    const double *curves;               /**< Their alpha, beta, lambda: three numbers each. */
    size_t indicator_count;             /**< How many. */
    uint32_t measures;                  /**< Bits of ::custval_gap_measure; 0: performance, expectation and gap. */
    uint32_t reserved;                  /**< 0. */
    double alpha;                       /**< Bend of gains, above 0, at most 10; default 0.88. */
    double beta;                        /**< Bend of losses, as alpha; default 0.88. */
    double lambda;                      /**< Weight of losses against gains, above 0, at most 10^6; default 2.25. */
} custval_gap_options;

/** @brief Initialiser of a ::custval_gap_options. @since 0.1 */
#define CUSTVAL_GAP_OPTIONS_INIT {sizeof(custval_gap_options), 0, 0, 0, 0, 0, 0, 0.88, 0.88, 2.25}

/**
 * @brief Compares performance with expectation, per customer and level.
 *
 * Both are scored by the system, with the customer's own profile, context and importances; an item counts only where
 * both are there. SERVQUAL's gap (Parasuraman, Zeithaml & Berry 1988, Journal of Retailing 64:12-40) is P - E, rolled
 * up by the same weights, in points of the scores. On the sacrifice side P above E is the worse; in the value its
 * sign is turned. Gates, reliefs and overrides do not take part: they judge a result, not a comparison.
 *
 * Columns: for each node of the levels (tags are none), in the order of custval_score(), those of options.measures.
 * Then `attained`: the share of indicators with a gap on the good side or 0; `compared`: the number of indicators
 * where both are there; `status` and `expectation_status`: bits of ::custval_row_status of the two rows. A gap that
 * is 0 but for rounding (below 10^-9 points) is 0.
 *
 * A gap as it is felt is v(d) = d^alpha for gains, -lambda (-d)^beta for losses (Tversky & Kahneman 1992, Journal of
 * Risk and Uncertainty 5:297-323), where d is an indicator's gap / 100, on the good side of it above 0; x 100, and
 * rolled up by the same weights. On the sacrifice side its sign is turned, so that a high number is worse as
 * everywhere on that side. It is linear in the weights: missing where a node of an aggregator other than the mean, or
 * a value of the ratio form, would have to be computed from it. Items: as their indicator.
 * @param system a system.
 * @param performance one row per customer, with all columns of the system; borrowed.
 * @param expectation one row, or as many as performance, with the columns of the items; borrowed.
 * @param options NULL: defaults.
 * @param[out] out one row per row of performance, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return as custval_score(); #CUSTVAL_ERROR_STRUCTURE (expectation has another number of rows; a curve for what is
 *         no indicator), #CUSTVAL_ERROR_RANGE (alpha, beta, lambda), #CUSTVAL_ERROR_DUPLICATE (an indicator twice;
 *         two columns of one name).
 * @note Const use may be shared. The same bits for any number of threads, for a row alone or among others.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_gap(const custval_system *system, const custval_table *performance,
                                                         const custval_table *expectation,
                                                         const custval_gap_options *options, custval_table **out,
                                                         custval_error *error);

/** @brief Where a performance lies. @since 0.1 */
enum custval_zone {
    CUSTVAL_ZONE_NONE = 0,    /**< One of the three is missing, or the desired level is below the adequate one. */
    CUSTVAL_ZONE_BELOW = 1,   /**< Worse than adequate. */
    CUSTVAL_ZONE_WITHIN = 2,  /**< Between the two, both ends included. */
    CUSTVAL_ZONE_ABOVE = 3    /**< Better than desired. */
};

/**
 * @brief Says where each indicator lies in the zone of tolerance.
 *
 * Zeithaml, Berry & Parasuraman (1993), Journal of the Academy of Marketing Science 21(1):1-12. Per indicator
 * `id.zone`, a ::custval_zone, and `id.tolerance` = (P - adequate) / (desired - adequate): below 0 under the zone,
 * 0..1 in it, above 1 over it; missing where the two levels are equal. On the sacrifice side less is better, and
 * zones are turned accordingly. Then `below`, `within`, `above`: numbers of indicators; `contradictory`: those whose
 * desired level is worse than the adequate one; and `status`, `adequate_status`, `desired_status`. An item counts
 * only where all three are there. Differences below 10^-9 points count as none.
 * @param system a system.
 * @param performance one row per customer, with all columns of the system; borrowed.
 * @param adequate what customers would just accept: one row, or one each; borrowed.
 * @param desired what they hope for: one row, or one each; borrowed.
 * @param options how rows are scored; levels, as_of and coverage are not used; NULL: defaults.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return as custval_gap().
 * @note As custval_gap().
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_tolerance(const custval_system *system,
                                                               const custval_table *performance,
                                                               const custval_table *adequate,
                                                               const custval_table *desired,
                                                               const custval_score_options *options,
                                                               custval_table **out, custval_error *error);
/** @} */

/** @name One encounter after another
 * @{ */

/** @brief What custval_encounters() reads. Shares are 0..1 and have no default: they are the firm's own. @since 0.1 */
typedef struct custval_encounters_options {
    size_t struct_size;       /**< Set by #CUSTVAL_ENCOUNTERS_OPTIONS_INIT. */
    const custval_host *host; /**< Memory; NULL: defaults. */
    const char *customer;     /**< Column of texts or integers; default "customer". */
    const char *time;         /**< Column of numbers, equal ones in the order of the rows; NULL: rows are in order. */
    const char *score;        /**< Column of what the customer met; default "score". */
    double updating;          /**< k: how much of a gap moves the expectation; default -1: not stated. */
    double weight;            /**< g: weight of the latest encounter in the cumulative score; default -1: not stated. */
    double first;             /**< Expectation before the first encounter, if has_first is 1. */
    uint32_t has_first;       /**< 1: `first` counts; 0: the first score is the expectation after it. */
    uint32_t reserved;        /**< 0. */
} custval_encounters_options;

/** @brief Initialiser of a ::custval_encounters_options. @since 0.1 */
#define CUSTVAL_ENCOUNTERS_OPTIONS_INIT {sizeof(custval_encounters_options), 0, 0, 0, 0, -1.0, -1.0, 0.0, 0, 0}

/**
 * @brief Follows expectation and cumulative satisfaction of each customer over time.
 *
 * E' = E + k (P - E) (Boulding, Kalra, Staelin & Zeithaml 1993, Journal of Marketing Research 30:7-27), and C' = (1 -
 * g) C + g P, which begins with the first score. One row per row of the table, in its order: `encounter` (1, 2, ...
 * of the customer, 0 without a customer), `expectation` (before it), `gap` (P - E), `updated` (E'), `cumulative`
 * (C'), `latest` (1: the customer's last row). A missing score moves nothing. Without an expectation, the first gap
 * is missing and E' is the first score. A row without a customer, or without a time where one is asked for, has
 * nothing but missing cells.
 * @param table the encounters; borrowed.
 * @param options the shares.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL; names column and row.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND, #CUSTVAL_ERROR_TYPE, #CUSTVAL_ERROR_RANGE
 *         (updating and weight: not stated, or not 0..1), #CUSTVAL_ERROR_NOT_FINITE (an infinite score, time or first
 *         expectation), #CUSTVAL_ERROR_LIMIT (2^32 rows), #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_STRUCT_SIZE,
 *         #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_encounters(const custval_table *table,
                                                                const custval_encounters_options *options,
                                                                custval_table **out, custval_error *error);
/** @} */

/** @name What matters in which way
 * @{ */

/** @brief How an indicator acts on satisfaction. @since 0.1 */
enum custval_factor {
    CUSTVAL_FACTOR_NONE = 0,         /**< Neither lows nor highs do anything at all. */
    CUSTVAL_FACTOR_BASIC = 1,        /**< It harms when low, and does little when high. */
    CUSTVAL_FACTOR_PERFORMANCE = 2,  /**< Both alike. */
    CUSTVAL_FACTOR_EXCITEMENT = 3,   /**< It pleases when high, and does little when low. */
    CUSTVAL_FACTOR_INCONSISTENT = 4  /**< Low pleases, or high harms: not to be classified. */
};

/** @brief What custval_penalty_reward() reads. @since 0.1 */
typedef struct custval_penalty_options {
    size_t struct_size;            /**< Set by #CUSTVAL_PENALTY_OPTIONS_INIT. */
    const custval_host *host;      /**< Memory; NULL: defaults. */
    const char *outcome;           /**< Column of overall satisfaction, higher is better; required. */
    const char *const *indicators; /**< Columns of indicators, higher is better; required. */
    size_t indicator_count;        /**< How many, 1 to 128. */
    uint32_t has_limits;           /**< 1: `low` and `high` count; 0: the lowest and highest answers seen. */
    uint32_t reserved;             /**< 0. */
    double low;                    /**< An answer at or below it is low. */
    double high;                   /**< An answer at or above it is high. */
    double cut;                    /**< Asymmetry from which it is basic or excitement, 0..1; default 1/3. */
} custval_penalty_options;

/** @brief Initialiser of a ::custval_penalty_options. @since 0.1 */
#define CUSTVAL_PENALTY_OPTIONS_INIT {sizeof(custval_penalty_options), 0, 0, 0, 0, 0, 0, 0.0, 0.0, 0.3333333333333333}

/**
 * @brief Tells basic, performance and excitement factors apart, by what low and high answers do to the outcome.
 *
 * Brandt (1987); Mikulic & Prebezac (2008), Managing Service Quality 18:559-576. One regression (least squares) of
 * the outcome on two dummies per indicator, over rows that lack nothing. One row per indicator: `indicator`,
 * `penalty` (coefficient of low, expected below 0), `penalty_error`, `reward` (of high), `reward_error`, `range` =
 * reward - penalty, `asymmetry` = (reward + penalty) / range, `factor` (a word of ::custval_factor: basic below -cut,
 * excitement above cut, performance between, both included; inconsistent where penalty > 0 or reward < 0, and then
 * range and asymmetry are missing), `lows`, `highs`, `n`, `r2`.
 * @param table one row per respondent; borrowed.
 * @param options the columns.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return as custval_link_fit(); #CUSTVAL_ERROR_STATE (an indicator without low or high answers, or the lows or highs
 *         of several that are the same respondents), #CUSTVAL_ERROR_RANGE (cut; low not below high).
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_penalty_reward(const custval_table *table,
                                                                    const custval_penalty_options *options,
                                                                    custval_table **out, custval_error *error);

/** @brief What custval_kano() reads. @since 0.1 */
typedef struct custval_kano_options {
    size_t struct_size;               /**< Set by #CUSTVAL_KANO_OPTIONS_INIT. */
    const custval_host *host;         /**< Memory; NULL: defaults. */
    const char *const *functional;    /**< Columns: how would you feel if the product had it? */
    const char *const *dysfunctional; /**< Columns: and if it had not? In the same order. */
    size_t count;                     /**< Number of features, 1 to 4096. */
} custval_kano_options;

/** @brief Initialiser of a ::custval_kano_options. @since 0.1 */
#define CUSTVAL_KANO_OPTIONS_INIT {sizeof(custval_kano_options), 0, 0, 0, 0}

/**
 * @brief Evaluates a Kano survey.
 *
 * Answers are 1 (I like it), 2 (must be so), 3 (do not mind), 4 (can live with it), 5 (dislike it). The 5 x 5 table
 * is that of Berger et al. (1993), Center for Quality of Management Journal 2(4):3-36. One row per feature: `feature`
 * (its functional column), `attractive`, `one_dimensional`, `must_be`, `indifferent`, `reverse`, `questionable`
 * (respondents), `n`, `missing` (a question of the two unanswered), `class` (the most frequent; of equal ones must-be
 * before one-dimensional, attractive, indifferent, reverse, questionable), `better` = (A + O) / (A + O + M + I),
 * `worse` = -(O + M) / (A + O + M + I), `strength` (share of the class less that of the next), `total` (share of A, O
 * and M).
 * @param table one row per respondent; borrowed.
 * @param options the columns.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL; names column and row.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND, #CUSTVAL_ERROR_TYPE, #CUSTVAL_ERROR_RANGE
 *         (an answer that is none of the five), #CUSTVAL_ERROR_LIMIT, #CUSTVAL_ERROR_MEMORY,
 *         #CUSTVAL_ERROR_STRUCT_SIZE, #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_kano(const custval_table *table,
                                                          const custval_kano_options *options, custval_table **out,
                                                          custval_error *error);

/** @brief A class of a Kano survey. @since 0.1 */
enum custval_kano_class {
    CUSTVAL_KANO_MUST_BE = 1,         /**< Taken for granted. */
    CUSTVAL_KANO_ONE_DIMENSIONAL = 2, /**< The more, the better. */
    CUSTVAL_KANO_ATTRACTIVE = 3,      /**< Pleases, and is not missed. */
    CUSTVAL_KANO_INDIFFERENT = 4,     /**< Nobody minds. */
    CUSTVAL_KANO_REVERSE = 5,         /**< Unwanted. */
    CUSTVAL_KANO_QUESTIONABLE = 6     /**< The two answers contradict each other. */
};

/** @brief A quadrant of importance and performance. @since 0.1 */
enum custval_quadrant {
    CUSTVAL_QUADRANT_CONCENTRATE = 1, /**< Important, performance low: concentrate here. */
    CUSTVAL_QUADRANT_KEEP = 2,        /**< Important, performance high: keep up the good work. */
    CUSTVAL_QUADRANT_LOW_PRIORITY = 3, /**< Neither. */
    CUSTVAL_QUADRANT_OVERKILL = 4     /**< Not important, performance high: possible overkill. */
};

/** @brief What custval_quadrants() reads. @since 0.1 */
typedef struct custval_quadrants_options {
    size_t struct_size;       /**< Set by #CUSTVAL_QUADRANTS_OPTIONS_INIT. */
    const custval_host *host; /**< Memory; NULL: defaults. */
    const char *importance;   /**< Column: stated, or derived, e.g. weights of drivers; default "importance". */
    const char *performance;  /**< Column, higher is better; default "performance". */
    uint32_t has_importance_cut; /**< 1: `importance_cut` counts; 0: the mean. */
    uint32_t has_performance_cut; /**< 1: `performance_cut` counts; 0: the mean. */
    double importance_cut;    /**< Where important begins. A scale's midpoint is stated: 4 on 1..7. */
    double performance_cut;   /**< Where performance is high. */
} custval_quadrants_options;

/** @brief Initialiser of a ::custval_quadrants_options. @since 0.1 */
#define CUSTVAL_QUADRANTS_OPTIONS_INIT {sizeof(custval_quadrants_options), 0, 0, 0, 0, 0, 0.0, 0.0}

/**
 * @brief Puts attributes into the four quadrants of importance and performance.
 *
 * Martilla & James (1977), Journal of Marketing 41(1):77-79. One row per row of the table, in its order:
 * `importance`, `performance`, `importance_cut`, `performance_cut`, `quadrant` (a word of ::custval_quadrant, missing
 * where a number is). A number equal to its cut is on the high side; where the cut is a mean, rounding (10^-12 of it)
 * does not decide.
 * @param table one row per attribute; borrowed.
 * @param options NULL: defaults.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND, #CUSTVAL_ERROR_TYPE,
 *         #CUSTVAL_ERROR_NOT_FINITE, #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_STRUCT_SIZE, #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_quadrants(const custval_table *table,
                                                               const custval_quadrants_options *options,
                                                               custval_table **out, custval_error *error);
/** @} */

/** @name Would you recommend us?
 * @{ */

/** @brief What custval_nps() reads. @since 0.1 */
typedef struct custval_nps_options {
    size_t struct_size;       /**< Set by #CUSTVAL_NPS_OPTIONS_INIT. */
    const custval_host *host; /**< Memory; NULL: defaults. */
    const char *column;       /**< Column of answers; default "recommend". */
    const char *group;        /**< Column of texts or integers; NULL: all rows are one. */
    double scale_min;         /**< Lowest answer; default 0. */
    double scale_max;         /**< Highest answer; default 10. */
    double detractors_to;     /**< Answers up to it are detractors; default 6. */
    double promoters_from;    /**< Answers from it on are promoters; default 9. */
    double level;             /**< Of the interval; default 0.95. */
} custval_nps_options;

/** @brief Initialiser of a ::custval_nps_options. @since 0.1 */
#define CUSTVAL_NPS_OPTIONS_INIT {sizeof(custval_nps_options), 0, 0, 0, 0.0, 10.0, 6.0, 9.0, 0.95}

/**
 * @brief Gives the net promoter score and its error, by group.
 *
 * 100 (p - d), with shares p of promoters and d of detractors (Reichheld 2003, Harvard Business Review 81(12):46-54);
 * standard error 100 sqrt((p + d - (p - d)^2) / n), that of a mean of -1, 0 and 1. One row per group, in the order of
 * appearance: `group`, `n`, `missing`, `promoters`, `passives`, `detractors` (respondents), `nps`, `error`, `low`,
 * `high` (normal interval, kept within -100..100).
 * @param table one row per respondent; borrowed.
 * @param options NULL: defaults.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL; names column and row.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND, #CUSTVAL_ERROR_TYPE, #CUSTVAL_ERROR_RANGE
 *         (an answer off the scale; a scale or limits that are not scale_min <= detractors_to < promoters_from <=
 *         scale_max; level), #CUSTVAL_ERROR_LIMIT, #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_STRUCT_SIZE,
 *         #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_nps(const custval_table *table, const custval_nps_options *options,
                                                         custval_table **out, custval_error *error);
/** @} */

/** @name Did the score tell?
 * @{ */

/** @brief What custval_backtest() reads. @since 0.1 */
typedef struct custval_backtest_options {
    size_t struct_size;       /**< Set by #CUSTVAL_BACKTEST_OPTIONS_INIT. */
    const custval_host *host; /**< Memory; NULL: defaults. */
    const char *score;        /**< Column of the score given before; default "score". */
    const char *outcome;      /**< Column of what came later: 0 and 1, or any number; default "outcome". */
    const double *edges;      /**< Where bands of the score begin, ascending; NULL: one band. */
    size_t edge_count;        /**< How many, at most 10000. */
    double level;             /**< Of the intervals; default 0.95. */
} custval_backtest_options;

/** @brief Initialiser of a ::custval_backtest_options. @since 0.1 */
#define CUSTVAL_BACKTEST_OPTIONS_INIT {sizeof(custval_backtest_options), 0, 0, 0, 0, 0, 0.95}

/** @brief What custval_backtest() says of the whole; NaN: does not apply. @since 0.1 */
typedef struct custval_backtest_facts {
    size_t struct_size;      /**< Set by #CUSTVAL_BACKTEST_FACTS_INIT. */
    uint64_t n;              /**< Rows with both. */
    uint64_t missing;        /**< Rows without. */
    uint64_t events;         /**< Outcomes of 1, if all are 0 or 1; else 0. */
    double auc;              /**< P(score of an event > score of none), ties half; NaN unless outcomes are 0 and 1. */
    double auc_error;        /**< Its standard error; NaN below two of each. */
    double auc_low;          /**< Normal interval, kept within 0..1. */
    double auc_high;         /**< Its other end. */
    double brier;            /**< Mean of (score - outcome)^2, if outcomes are 0 or 1 and all scores are 0..1. */
    double correlation;      /**< Pearson's, of score and outcome; NaN if one does not vary. */
    double rank_correlation; /**< Spearman's: of mid-ranks. */
} custval_backtest_facts;

/** @brief Initialiser of a ::custval_backtest_facts. @since 0.1 */
#define CUSTVAL_BACKTEST_FACTS_INIT {sizeof(custval_backtest_facts), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}

/**
 * @brief Compares a score with what happened later.
 *
 * The error of the area is that of DeLong, DeLong & Clarke-Pearson (1988), Biometrics 44:837-845. One row per band of
 * the score, half open: from `from` (missing: no limit) to below `to`; `n`, `score` (mean), `outcome` (mean: the rate
 * of events), `low`, `high`: Wilson's interval of a rate of 0 and 1, Student's of a mean otherwise.
 * @param table one row per customer; borrowed.
 * @param options NULL: defaults.
 * @param[in,out] facts its `struct_size` must be set; may be NULL.
 * @param[out] out the bands, to be freed by the caller; NULL on failure; may be NULL if facts is not.
 * @param[out] error may be NULL; names column and row.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND, #CUSTVAL_ERROR_TYPE,
 *         #CUSTVAL_ERROR_NOT_FINITE, #CUSTVAL_ERROR_STATE (no row has both), #CUSTVAL_ERROR_RANGE (edges, level),
 *         #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_STRUCT_SIZE, #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_backtest(const custval_table *table,
                                                              const custval_backtest_options *options,
                                                              custval_backtest_facts *facts, custval_table **out,
                                                              custval_error *error);
/** @} */

/** @} */

#ifdef __cplusplus
}
#endif
#endif
