/* custval: histories: from transactions to what a customer bought when. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_HISTORY_H
#define CUSTVAL_HISTORY_H

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
 * @file history.h
 * @brief Transactions in any order, in pieces, on many machines, to one row per customer.
 *
 * @defgroup history Histories
 *
 * A history is fed with tables of transactions, merged with histories of other pieces, written as bytes and read back;
 * at any moment it says what lifetime models need to know of each customer:
 *
 *     custval_history_options options = CUSTVAL_HISTORY_OPTIONS_INIT;
 *     options.periods_per_unit = 7;                          // days are the period, weeks the unit of time
 *     custval_history_new(NULL, &options, &history, &error);
 *     custval_history_add(history, transactions, &error);   // columns customer, date, amount
 *     custval_history_view view = CUSTVAL_HISTORY_VIEW_INIT;
 *     view.end = "1997-09-30";
 *     custval_history_table(history, &view, &customers, &error);
 *
 * ## The words The *period* is the grain of time: purchases of a customer in one period are one purchase. Days by
 * default. Outputs count in *units* of so many periods (weeks: 7 days), so that a model's rates are per week although
 * days are told apart.
 * - `x`: repeat purchases: distinct periods with a purchase, minus the first. The literature's frequency.
 * - `t_x`: age of the customer at the last purchase: from the first period with a purchase to the last, in units; 0 if
 *   x is 0. The literature of lifetime models calls this recency.
 * - `T`: age at the end of observation, in units.
 * - `since_last`: T - t_x. The recency of RFM scores is this one.
 *
 * ## Same numbers however it was fed Rows may come in any order, cut and merged in any way: the result is the same to
 * the bit. Amounts are added as fixed-point numbers of 2^-50, of which sums are exact.
 *
 * ## Memory 16 bytes for each period in which a customer bought and 16 more for each column of money, and the
 * customer's key. While a table is added each of its rows takes as much: feed some million rows at a time.
 * custval_history_fold() turns what is older than a date into totals: then memory follows the number of customers (and
 * of different periods), and rows up to that date are refused.
 * @{
 */

/** @brief Transactions of many customers; mutable. @since 0.1 */
typedef struct custval_history custval_history;

/** @brief The grain of time: what is told apart. @since 0.1 */
enum custval_period {
    CUSTVAL_PERIOD_DAY = 1,   /**< Days of the Gregorian calendar. The default. */
    CUSTVAL_PERIOD_WEEK = 2,  /**< Weeks that begin on Monday (ISO 8601). */
    CUSTVAL_PERIOD_MONTH = 3, /**< Calendar months; ages count months, whatever their length. */
    CUSTVAL_PERIOD_QUARTER = 4, /**< Calendar quarters. */
    CUSTVAL_PERIOD_YEAR = 5,  /**< Calendar years. */
    CUSTVAL_PERIOD_HOUR = 6,  /**< Hours. */
    CUSTVAL_PERIOD_SECOND = 7, /**< Seconds. */
    CUSTVAL_PERIOD_NUMBER = 8 /**< Times are numbers, not dates; a period is custval_history_options::step of them. */
};

/** @brief What a negative amount means. @since 0.1 */
enum custval_refunds {
    CUSTVAL_REFUNDS_REJECT = 1, /**< An error that names row and amount. The default. */
    CUSTVAL_REFUNDS_NET = 2,  /**< A return: lowers the spend of the customer's latest period of purchase up to then
                                   (or what comes before the first one, of that), and is no purchase itself. */
    CUSTVAL_REFUNDS_DROP = 3, /**< Left out, and counted. */
    CUSTVAL_REFUNDS_KEEP = 4  /**< A purchase like others: amounts are margins, which may be negative. */
};

/** @brief What an amount of 0 means. @since 0.1 */
enum custval_zeros {
    CUSTVAL_ZEROS_KEEP = 1,   /**< A purchase. The default. */
    CUSTVAL_ZEROS_DROP = 2,   /**< Left out, and counted. */
    CUSTVAL_ZEROS_REJECT = 3  /**< An error that names the row. */
};

/**
 * @brief What happens to a row that cannot be read: no customer, no time, a text that is no date, an amount missing.
 * @since 0.1
 */
enum custval_bad_rows {
    CUSTVAL_BAD_ROWS_REJECT = 1, /**< An error that names row, column and value; the history stays as it was. The
                                      default. */
    CUSTVAL_BAD_ROWS_DROP = 2 /**< Left out, and counted. An infinite amount is an error all the same. */
};

/** @brief How transactions are read. Column names are copied. @since 0.1 */
typedef struct custval_history_options {
    size_t struct_size;       /**< Set by #CUSTVAL_HISTORY_OPTIONS_INIT. */
    const char *customer;     /**< Column of the customer's key, integers or text; NULL: "customer". Whole numbers
                                   within 2^53 in a column of floating-point numbers are integers; an empty text is
                                   no customer. */
    const char *time;         /**< Column of the time; NULL: "date". Text "2026-11-26", "2026-11-26T17:30:00" (a
                                   space instead of T, a fraction and a final Z are allowed, seconds may be left
                                   out), Arrow dates and timestamps (as UTC), or with #CUSTVAL_PERIOD_NUMBER numbers. */
    const char *amount;       /**< Column of the money of a transaction; NULL: "amount"; "": there is none, no money
                                   is kept. */
    const char *cost;         /**< Column of its cost; NULL or "": none. */
    const char *quantity;     /**< Column of its quantity; NULL or "": none. */
    uint32_t period;          /**< A ::custval_period. */
    uint32_t refunds;         /**< A ::custval_refunds. */
    uint32_t zeros;           /**< A ::custval_zeros. */
    uint32_t bad_rows;        /**< A ::custval_bad_rows. */
    double step;              /**< #CUSTVAL_PERIOD_NUMBER: width of a period, > 0; time v lies in period floor(v /
                                   step). Default 1, as it must be for other periods. */
    double periods_per_unit;  /**< Periods in a unit of time: 7 for weeks of days, 30.4375 for months of days; from
                                   1e-12 to 1e12. Default 1. */
} custval_history_options;

/** @brief Initialiser of a ::custval_history_options. @since 0.1 */
#define CUSTVAL_HISTORY_OPTIONS_INIT \
  {sizeof(custval_history_options), 0, 0, 0, 0, 0, CUSTVAL_PERIOD_DAY, CUSTVAL_REFUNDS_REJECT, CUSTVAL_ZEROS_KEEP, \
   CUSTVAL_BAD_ROWS_REJECT, 1.0, 1.0}

/**
 * @brief Makes an empty history.
 * @param host memory, threads, progress; copied; may be NULL.
 * @param options NULL: defaults.
 * @param[out] out the history, to be freed with custval_history_free(); NULL on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_RANGE, #CUSTVAL_ERROR_MEMORY,
 *         #CUSTVAL_ERROR_STRUCT_SIZE, #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_history_new(const custval_host *host,
                                                                 const custval_history_options *options,
                                                                 custval_history **out, custval_error *error);

/**
 * @brief Frees a history.
 * @param history a history, or NULL.
 * @since 0.1
 */
CUSTVAL_API void custval_history_free(custval_history *history);

/**
 * @brief Feeds all rows of a table of transactions.
 *
 * The customer's keys are all integers or all text, for the life of a history. An amount, a cost or a quantity must be
 * within 1e14 in size.
 * @param history the history.
 * @param transactions needs the columns of the options; others are ignored. Borrowed.
 * @param[out] error may be NULL; names row, column and value.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND, #CUSTVAL_ERROR_TYPE, #CUSTVAL_ERROR_RANGE (no
 *         date, an amount that the rules refuse), #CUSTVAL_ERROR_NOT_FINITE, #CUSTVAL_ERROR_STATE (a row not after the
 *         date up to which the history is folded), #CUSTVAL_ERROR_LIMIT (2^32 - 1 customers, 2^32 - 1 purchases that
 *         are not folded, amounts that add up to 1.5e23, times beyond the years 1 to 9999 or 2^39 steps from 0),
 *         #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_CANCELLED. After a failure the history is as it was.
 * @note Not while another thread uses the history; const use of the table may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_history_add(custval_history *history,
                                                                 const custval_table *transactions,
                                                                 custval_error *error);

/**
 * @brief Adds what another history has seen.
 * @param history the history.
 * @param other a history with the same period, step, unit, rules and kinds of money (their columns may have other
 *              names); not changed; may be empty. If both are folded, it is up to the same date, and no customer has
 *              been folded in both; if one is, the other holds no row up to that date.
 * @param[out] error may be NULL; names what differs.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT (also if both are the same history), #CUSTVAL_ERROR_STRUCTURE (they
 *         differ), #CUSTVAL_ERROR_STATE (folded parts overlap), #CUSTVAL_ERROR_LIMIT, #CUSTVAL_ERROR_MEMORY. After a
 *         failure the history is as it was.
 * @note Not while another thread uses one of them.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_history_merge(custval_history *history,
                                                                   const custval_history *other, custval_error *error);

/**
 * @brief Turns everything up to a date into totals, to save memory.
 *
 * Promises that all rows up to that date have been fed: later ones are refused. Views then need an end on or after it,
 * or after the last row. custval_history_table() and custval_history_course() say the same to the bit as without the
 * fold.
 * @param history the history.
 * @param until last date to fold, as in custval_history_view::end.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_RANGE (no date), #CUSTVAL_ERROR_STATE (before an earlier
 *         fold), #CUSTVAL_ERROR_MEMORY. After a failure the history is as it was.
 * @note Not while another thread uses the history.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_history_fold(custval_history *history, const char *until,
                                                                  custval_error *error);

/**
 * @brief Writes a history as bytes that any machine can read.
 *
 * Little-endian, with a format version and a checksum. Histories that hold the same give the same bytes.
 * @param history a history.
 * @param[out] buffer receives the bytes if they all fit; may be NULL if capacity is 0.
 * @param capacity size of the buffer.
 * @param[out] out_length bytes of the whole, also when the buffer is too small; 0 on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK (also when the buffer was too small, which is then left alone: compare out_length),
 *         #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_MEMORY.
 * @note Not while another thread uses the history.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_history_write(const custval_history *history, void *buffer,
                                                                   size_t capacity, size_t *out_length,
                                                                   custval_error *error);

/**
 * @brief Reads a history from bytes.
 * @param host as in custval_history_new().
 * @param bytes what custval_history_write() wrote.
 * @param length how many.
 * @param[out] out the history; NULL on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_DOCUMENT (not a history, cut off, damaged, a version
 *         that this library cannot read, contradictory numbers), #CUSTVAL_ERROR_LIMIT, #CUSTVAL_ERROR_MEMORY.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_history_read(const custval_host *host, const void *bytes,
                                                                  size_t length, custval_history **out,
                                                                  custval_error *error);

/** @brief What a history has seen. @since 0.1 */
typedef struct custval_history_facts {
    size_t struct_size;       /**< Set by #CUSTVAL_HISTORY_FACTS_INIT. */
    uint64_t rows;            /**< Rows fed, those left out included. */
    uint64_t customers;       /**< Customers with a purchase. */
    uint64_t purchases;       /**< Distinct periods with a purchase, over all customers. */
    uint64_t refunds;         /**< Rows with a negative amount that were netted or dropped. */
    uint64_t zeros;           /**< Rows with an amount of 0 that were dropped. */
    uint64_t bad;             /**< Rows that could not be read and were dropped. */
    uint32_t period;          /**< The ::custval_period. */
    uint32_t text_keys;       /**< 1: customers are text, 0: integers. */
    double step;              /**< Of the options. */
    double periods_per_unit;  /**< Of the options. */
    char first[32];           /**< Earliest period with a row that counted, as in custval_history_view::end; "" if
                                   none. */
    char last[32];            /**< Latest. */
    char folded[32];          /**< Date up to which the history is folded; "" if it is not. */
} custval_history_facts;

/** @brief Initialiser of a ::custval_history_facts. @since 0.1 */
#define CUSTVAL_HISTORY_FACTS_INIT {sizeof(custval_history_facts), 0, 0, 0, 0, 0, 0, 0, 0, 0.0, 0.0, {0}, {0}, {0}}

/**
 * @brief Gives the facts of a history.
 * @param history a history.
 * @param[in,out] out its `struct_size` must be set; filled in.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_STRUCT_SIZE.
 * @note Not while another thread uses the history.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_history_facts_get(const custval_history *history,
                                                                       custval_history_facts *out,
                                                                       custval_error *error);

/**
 * @brief From where to where a history is looked at.
 *
 * Dates are text as in the column of times; one of a coarser period means its last: "2026-11" with days is 2026-11-30,
 * "2026-11-30" with hours is 23 o'clock. Numbers are written as numbers. In results a period is the text of its first
 * day, month, hour or second ("2026-11-30", "2026-10" also for quarters, "2026", "2026-11-30T17:00").
 * @since 0.1
 */
typedef struct custval_history_view {
    size_t struct_size;       /**< Set by #CUSTVAL_HISTORY_VIEW_INIT. */
    const custval_host *host; /**< Memory of the result; NULL: the history's. */
    const char *end;          /**< Last period of observation; NULL: the latest period seen. Say it: a base without a
                                   sale on its last day is older than its last sale. Customers who came later are
                                   left out. */
    const char *holdout_end;  /**< Last period of the holdout that follows, after `end`; NULL: none. */
} custval_history_view;

/** @brief Initialiser of a ::custval_history_view. @since 0.1 */
#define CUSTVAL_HISTORY_VIEW_INIT {sizeof(custval_history_view), 0, 0, 0}

/**
 * @brief Gives one row per customer, in order of their keys.
 *
 * `customer` (int64 or text), `x`, `t_x`, `T`, `since_last` (see above), `first`, `last` (periods as text),
 * `transactions` (rows that counted as purchases); with amounts `mean_spend` (mean over the x repeat periods; missing
 * if x is 0), `first_spend`, `total_spend`; with costs `total_cost`; with quantities `total_quantity`; `interval_mean`,
 * `interval_deviation` (n - 1), `interval_longest` (between purchases, in units; missing where there are too few); with
 * a holdout `holdout_x` (periods with a purchase in it), `holdout_T` (its length in units), and with amounts
 * `holdout_spend` (total in it, less all refunds of it).
 * @param history a history.
 * @param view NULL: up to the latest period seen, without a holdout.
 * @param[out] out the table, to be freed by the caller; NULL on failure. Empty if no customer had come by then.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_RANGE (no date; a holdout that does not end after
 *         `end`), #CUSTVAL_ERROR_STATE (`end` lies before the date up to which the history is folded),
 *         #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_CANCELLED, #CUSTVAL_ERROR_STRUCT_SIZE, #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Not while another thread uses the history.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_history_table(const custval_history *history,
                                                                   const custval_history_view *view,
                                                                   custval_table **out, custval_error *error);

/**
 * @brief Gives the course of the whole base, one row per unit of time.
 *
 * Unit k reaches from `first` + (k - 1) to `first` + k units, the last one to `end` and thus perhaps less. `unit` (k,
 * from 1), `until` (last period in it, as text), `elapsed` (units from `first` to `until`: the age that a customer of
 * the very first period has reached), `customers` (who came in it), `purchases`, `repeats` (periods with a purchase
 * that were not the customer's first), with amounts `spend`. With a holdout the course goes on to its end, with the
 * customers who came by `end`.
 * @param history a history.
 * @param view NULL: up to the latest period seen, without a holdout.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return as custval_history_table(); #CUSTVAL_ERROR_LIMIT (more than 2^20 units).
 * @note Not while another thread uses the history.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_history_course(const custval_history *history,
                                                                    const custval_history_view *view,
                                                                    custval_table **out, custval_error *error);

/**
 * @brief Gives one customer's state at the end of each unit of time: rows to predict P(alive) over time from.
 *
 * `until` (period, as text), `x`, `t_x`, `T`, and with amounts `mean_spend`, as custval_history_table() would give them
 * with that end. The first row is the period of the first purchase, the next ones are 1, 2, ... units later (rounded
 * down to periods), the last one is `end`.
 * @param history a history that holds the customer's periods, thus not folded (beyond the first).
 * @param customer the key; integers are written as text.
 * @param view its `end`; NULL: the latest period seen.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return as custval_history_table(); #CUSTVAL_ERROR_NOT_FOUND (no such customer by then), #CUSTVAL_ERROR_STATE
 *         (folded).
 * @note Not while another thread uses the history.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_history_path(const custval_history *history, const char *customer,
                                                                  const custval_history_view *view, custval_table **out,
                                                                  custval_error *error);

/** @name RFM scores
 * @{ */

/** @brief Where RFM scores cut. @since 0.1 */
enum custval_rfm_rule {
    CUSTVAL_RFM_QUANTILES = 1, /**< At quantiles of the data (linear interpolation, Hyndman & Fan's type 7); a number
                                    on a cut belongs above it. Ties never split: groups may be unequal. The default. */
    CUSTVAL_RFM_PLUS_ONE = 2, /**< As the R package rfm: each quantile plus 1. For comparison with it only. */
    CUSTVAL_RFM_RANKS = 3     /**< Equal groups by rank; ties in the order of rows. */
};

/** @brief How custval_rfm() scores. @since 0.1 */
typedef struct custval_rfm_options {
    size_t struct_size;       /**< Set by #CUSTVAL_RFM_OPTIONS_INIT. */
    const custval_host *host; /**< Memory; NULL: defaults. */
    const char *recency;      /**< Column of the time since the last purchase, less is better; NULL: "since_last". */
    const char *frequency;    /**< Column of the number of purchases; NULL: "x". */
    const char *monetary;     /**< Column of the money; NULL: "total_spend". */
    uint32_t bins;            /**< Scores reach from 1 to this, 2 to 9; default 5. */
    uint32_t rule;            /**< A ::custval_rfm_rule. */
    const double *recency_cuts; /**< bins - 1 ascending cuts instead of the rule's, e.g. those of a base period;
                                     NULL: none. */
    const double *frequency_cuts; /**< The same. */
    const double *monetary_cuts; /**< The same. */
} custval_rfm_options;

/** @brief Initialiser of a ::custval_rfm_options. @since 0.1 */
#define CUSTVAL_RFM_OPTIONS_INIT {sizeof(custval_rfm_options), 0, 0, 0, 0, 5, CUSTVAL_RFM_QUANTILES, 0, 0, 0}

/**
 * @brief Scores customers by recency, frequency and money (Hughes 1994).
 *
 * `recency_score`, `frequency_score`, `monetary_score` (1 to bins, more is better), `rfm` (the three digits as a
 * number). A row that lacks one of the three has no scores.
 * @param table one row per customer, e.g. of custval_history_table().
 * @param options NULL: defaults.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] out_cuts the cuts: `cut` (1 to bins - 1), `recency`, `frequency`, `monetary`; missing by rank. May be
 *                      NULL.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND, #CUSTVAL_ERROR_TYPE, #CUSTVAL_ERROR_RANGE
 *         (bins, rule, cuts that do not ascend), #CUSTVAL_ERROR_NOT_FINITE, #CUSTVAL_ERROR_STATE (no complete row to
 *         take cuts from), #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_STRUCT_SIZE, #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_rfm(const custval_table *table, const custval_rfm_options *options,
                                                         custval_table **out, custval_table **out_cuts,
                                                         custval_error *error);
/** @} */

/** @} */

#ifdef __cplusplus
}
#endif
#endif
