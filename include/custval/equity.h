/* custval: the value of a whole base of customers, present and to come. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_EQUITY_H
#define CUSTVAL_EQUITY_H

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
 * @file equity.h
 * @brief Customer equity, values by Markov chains, brand switching, what to spend on winning and keeping.
 *
 * @defgroup equity Customer equity
 *
 * Customer equity is the sum of the discounted lifetime values of all customers, of those to come as well (Blattberg &
 * Deighton 1996; Rust, Zeithaml & Lemon 2000). The values of current customers come from custval_worth_value() or
 * custval_lifetime_predict(), or from the chains of this header:
 *
 *     custval_equity_options options = CUSTVAL_EQUITY_OPTIONS_INIT;
 *     options.value = "total";                                           // of custval_worth_value()
 *     custval_equity(values, prospects, &options, &equity, &error);      // one row per segment, and one for all
 *
 * Every rate says which period it is for: that of the flows, of the chain's step, or of the arrivals. Money keeps its
 * sign.
 * @{
 */

/** @name Customer equity
 * @{ */

/**
 * @brief What custval_equity() reads. A column is NULL for its default name; see each for whether it must be there.
 * @since 0.1
 */
typedef struct custval_equity_options {
    size_t struct_size;       /**< Set by #CUSTVAL_EQUITY_OPTIONS_INIT. */
    const custval_host *host; /**< Memory; NULL: defaults. */
    const char *segment;      /**< Text or integer column of both tables: segment or cohort; NULL: one segment. */
    const char *value;        /**< Current customers: own value; default "value". */
    const char *influence;    /**< Current customers: influence value in full, where `value` does not hold it yet as
                                   a worth's total does; NULL: none. */
    const char *count;        /**< Current customers: how many such; NULL: 1 each. */
    const char *probability;  /**< Prospects: P(acquire), 0..1; default "probability". */
    const char *prospect_value; /**< Prospects: value once acquired, at the time of arrival; default "value". */
    const char *cost;         /**< Prospects: cost of trying, spent on each, won or not; NULL: none. */
    const char *prospect_count; /**< Prospects: how many such; NULL: 1 each. */
    const char *period;       /**< Prospects: period in which the cohort arrives, >= 0, not only whole; NULL: now. */
    double attribution;       /**< Share of influence that is added, 0..1: what is left of it is the referred
                                   customers' own value (a referred customer must not count twice). Required with
                                   influence; -1: not stated, the default. */
    double rate;              /**< Discount rate for arrivals per period of `period`, > -1; default 0. */
} custval_equity_options;

/**
 * @brief Initialiser of a ::custval_equity_options; the attribution must be stated where there is influence.
 * @since 0.1
 */
#define CUSTVAL_EQUITY_OPTIONS_INIT {sizeof(custval_equity_options), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1.0, 0.0}

/**
 * @brief Adds up customer equity by segment and in total.
 *
 * One row per segment, in the order of appearance (current customers first), then one for all, whose `segment` is
 * missing. `segment`, `customers` (count), `current` (sum of count x value), `influence` (sum of count x attribution x
 * influence), `prospects` (count), `acquired` (sum of count x P), `prospective` (sum of count x P x value / (1 +
 * rate)^period), `acquisition_cost` (sum of count x cost / (1 + rate)^period), `equity` = ((current + influence) +
 * prospective) - acquisition_cost, `share` of the total equity (missing where that is not above 0), `skipped` (rows
 * with a missing cell or a number out of its range: they count nowhere else). The row for all is the sum of the
 * segments' rows.
 * @param current current customers, or NULL; borrowed.
 * @param prospects prospects and cohorts to come, or NULL; borrowed. Not both NULL.
 * @param options NULL: defaults.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL; names the column.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND, #CUSTVAL_ERROR_TYPE, #CUSTVAL_ERROR_RANGE
 *         (attribution, rate), #CUSTVAL_ERROR_NOT_FINITE (a sum beyond a double), #CUSTVAL_ERROR_LIMIT (10000
 *         segments), #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_STRUCT_SIZE, #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Const use may be shared. Sums are compensated, in the order of the rows.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_equity(const custval_table *current,
                                                            const custval_table *prospects,
                                                            const custval_equity_options *options, custval_table **out,
                                                            custval_error *error);
/** @} */

/** @name Values by Markov chains
 * @{ */

#define CUSTVAL_MAX_STATES 1024 /**< Most states of a chain. @since 0.1 */

/** @brief What a state from which no customer was seen does next; where transitions are counts. @since 0.1 */
enum custval_empty_state {
    CUSTVAL_EMPTY_REFUSE = 1, /**< The call fails and names it. The default. */
    CUSTVAL_EMPTY_STAY = 2,   /**< It stays for ever. */
    CUSTVAL_EMPTY_POOLED = 3  /**< It moves as all customers together do: by the sums of the columns. */
};

/** @brief How custval_markov_value() computes. @since 0.1 */
typedef struct custval_markov_options {
    size_t struct_size;       /**< Set by #CUSTVAL_MARKOV_OPTIONS_INIT. */
    const custval_host *host; /**< Memory; NULL: defaults. */
    double rate;              /**< Discount rate per step of the chain, > -1; for ever: >= 0. Default 0. */
    uint32_t for_ever;        /**< 1: infinite horizon; 0: `periods`. Default 1. */
    uint32_t periods;         /**< Last period n: rewards are had at t = 0, 1, ..., n. At most 1000000. */
    uint32_t counts;          /**< 1: transitions are numbers of customers; 0: probabilities, whose rows add up to 1
                                   within 1e-9. */
    uint32_t empty;           /**< A ::custval_empty_state; 0: refuse. */
} custval_markov_options;

/** @brief Initialiser of a ::custval_markov_options. @since 0.1 */
#define CUSTVAL_MARKOV_OPTIONS_INIT {sizeof(custval_markov_options), 0, 0.0, 1, 0, 0, 0}

/**
 * @brief Gives the expected present value of a customer in each state of a Markov chain.
 *
 * V = sum of (P / (1 + d))^t R, t from 0 to n, or for ever (I - P / (1 + d))^-1 R (Pfeifer & Carraway 2000, Journal of
 * Interactive Marketing 14(2):43-55). Undiscounted and for ever, absorbing states with reward 0 have value 0 and are
 * dropped before the equations are solved; every other state must be able to reach one of them, or its value has no end
 * and the call is refused.
 * @param states number of states, 1 to #CUSTVAL_MAX_STATES.
 * @param transitions states x states numbers >= 0, row by row: from each state to each.
 * @param rewards money had in each period spent in a state.
 * @param options NULL: defaults.
 * @param[out] values receives one value per state; left alone on failure.
 * @param[out] error may be NULL; names states, counted from 0.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_RANGE (states, a transition below 0, a row that does not
 *         add up to 1, rate, periods), #CUSTVAL_ERROR_NOT_FINITE (an input, or a value beyond a double),
 *         #CUSTVAL_ERROR_STATE (a state without customers; a value without end), #CUSTVAL_ERROR_MEMORY,
 *         #CUSTVAL_ERROR_STRUCT_SIZE, #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Thread-safe. Time grows with states^3 for ever, with states^2 x periods otherwise.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_markov_value(uint32_t states, const double *transitions,
                                                                  const double *rewards,
                                                                  const custval_markov_options *options, double *values,
                                                                  custval_error *error);
/** @} */

/** @name Brand switching
 * @{ */

#define CUSTVAL_MAX_BRANDS 64 /**< Most brands of custval_switching(). @since 0.1 */

/** @brief Brands, how customers switch between them, and what they buy. @since 0.1 */
typedef struct custval_switching_options {
    size_t struct_size;       /**< Set by #CUSTVAL_SWITCHING_OPTIONS_INIT. */
    const custval_host *host; /**< Memory, threads, progress; NULL: defaults. */
    const char *const *brands; /**< Names of the brands; required. */
    size_t brands_count;      /**< How many, 2 to #CUSTVAL_MAX_BRANDS. */
    const char *last;         /**< Text column with the brand bought last; default "last_brand". */
    const double *matrix;     /**< The same for all customers: P(next | last), brands x brands, rows add up to 1
                                   within 1e-9. NULL: logit. */
    const char *const *utilities; /**< Logit: one column per brand, the customer's utility of it, inertia left out. */
    double inertia;           /**< Logit: added to the utility of the brand bought last. Default 0. */
    const double *margins;    /**< Contribution margin per unit of volume, one per brand; NULL: 1 each. */
    const char *volume;       /**< Column with the volume of a purchase, >= 0; NULL: 1. */
    const char *frequency;    /**< Column with purchases per period of the rate, > 0; NULL: 1. */
    double rate;              /**< Discount rate per period, > -1. Default 0. */
    double periods;           /**< Horizon in periods, > 0; each customer buys at t = 0, 1, ..., floor(periods x
                                   frequency). Default 1. */
    double population;        /**< Customers that the table stands for; 0: the rows with a value. */
} custval_switching_options;

/** @brief Initialiser of a ::custval_switching_options. @since 0.1 */
#define CUSTVAL_SWITCHING_OPTIONS_INIT \
  {sizeof(custval_switching_options), 0, 0, 0, 0, 0, 0, 0.0, 0, 0, 0, 0.0, 1.0, 0.0}

/** @brief Why a row has no value; column `status` of custval_switching(). @since 0.1 */
enum custval_switching_row_status {
    CUSTVAL_SWITCHING_ROW_OK = 0, /**< It has. */
    CUSTVAL_SWITCHING_ROW_MISSING = 1, /**< A cell that is needed is missing. */
    CUSTVAL_SWITCHING_ROW_RANGE = 2, /**< A number out of its range, infinite, or more than 100000 purchases. */
    CUSTVAL_SWITCHING_ROW_UNKNOWN = 3 /**< The last brand is none of those named. */
};

/**
 * @brief Gives each customer's lifetime value to each brand, and each brand's customer equity.
 *
 * CLV_ij = sum over purchases t of (1 + d)^(-t/f_i) v_i m_j B_ijt with B_it = A_i M_i^t, where A_i stands on the brand
 * bought last and M_i is the stated matrix or logit, P(k | last j) = exp(u_ik + inertia [k = j]) / sum (Rust, Lemon &
 * Zeithaml 2004, Journal of Marketing 68(1):109-127). A brand's equity is the mean of its CLV over the customers x the
 * population.
 * @param table one row per customer; borrowed.
 * @param options the brands; required.
 * @param[out] out_customers one column per brand, under its name, and `status` (a ::custval_switching_row_status; no
 *                           brand may be called so); may be NULL.
 * @param[out] out_brands one row per brand: `brand`, `value` (mean per customer), `equity`, `share` of all brands'
 *                        equity (missing where that is not above 0); may be NULL, but not both.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND, #CUSTVAL_ERROR_TYPE, #CUSTVAL_ERROR_RANGE (an
 *         option), #CUSTVAL_ERROR_NOT_FINITE (a margin, or an equity beyond a double), #CUSTVAL_ERROR_DUPLICATE (a
 *         brand twice, or called "status"), #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_CANCELLED,
 *         #CUSTVAL_ERROR_STRUCT_SIZE, #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Const use may be shared. The same bits for any number of threads, and for a row alone or among others.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_switching(const custval_table *table,
                                                               const custval_switching_options *options,
                                                               custval_table **out_customers,
                                                               custval_table **out_brands, custval_error *error);
/** @} */

/** @name What to spend on winning and keeping
 * @{ */

/** @brief How spending answers: share = ceiling x (1 - exp(-efficiency x spend)). @since 0.1 */
typedef struct custval_response {
    double ceiling;           /**< Share that no spending exceeds, above 0 to 1. */
    double efficiency;        /**< How fast it is approached, per unit of money, > 0. */
} custval_response;

/** @brief The best spending per customer or prospect. @since 0.1 */
typedef struct custval_spending {
    double spend;             /**< Best spending; 0 where none pays. */
    double share;             /**< Share acquired or kept with it. */
    double value;             /**< What is left after it: acquisition per prospect; retention per customer, the
                                   discounted future. */
    double allowable;         /**< Spending above which less than nothing is left; 0 where none pays. */
} custval_spending;

/**
 * @brief Gives the spending on acquisition that leaves most: a x value - spend (Blattberg & Deighton 1996, Harvard
 *        Business Review 74(4):136-144).
 * @param response how prospects answer.
 * @param value what an acquired customer is worth, without the cost of acquiring.
 * @param[out] out receives the result; left alone on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_RANGE, #CUSTVAL_ERROR_NOT_FINITE.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_acquisition_optimum(const custval_response *response, double value,
                                                                         custval_spending *out, custval_error *error);

/**
 * @brief Gives the spending on retention, per customer and period, that leaves most: (margin x r - spend) / (1 + rate -
 *        r).
 *
 * This is Blattberg & Deighton's (margin - spend / r) x r' / (1 - r') with r' = r / (1 + rate): the customer is kept
 * with r, spending is on all those of the period before, for ever.
 * @param response how customers answer.
 * @param margin margin per period of a kept customer, before that spending.
 * @param rate discount rate per period, >= 0; with a ceiling of 1 above 0.
 * @param[out] out receives the result; left alone on failure.
 * @param[out] error may be NULL.
 * @return as custval_acquisition_optimum().
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_retention_optimum(const custval_response *response, double margin,
                                                                       double rate, custval_spending *out,
                                                                       custval_error *error);
/** @} */

/** @} */

#ifdef __cplusplus
}
#endif
#endif
