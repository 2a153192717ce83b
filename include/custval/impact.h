/* custval: what a point of an indicator is worth in money. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_IMPACT_H
#define CUSTVAL_IMPACT_H

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
 * @file impact.h
 * @brief From indicator to equity: what one point more of an indicator is worth in money, and what it returns.
 *
 * @defgroup impact From indicator to equity
 *
 * Rust, Lemon & Zeithaml (2004, Journal of Marketing 68(1):109-127) judge an investment by what it does to customer
 * equity: it moves a driver, which moves what customers think, which moves whether they stay or buy, which moves what
 * they are worth. An impact is such a chain:
 *
 *     indicator -> perceived value -> link -> link -> probability -> lifetime value -> equity
 *                  (the system)      (fitted or stated)              (money)
 *
 * The document (docs/impact-document.md) names the links, the money, the customers, and what a point costs:
 *
 *     {"custval": "impact", "version": 1,
 *      "links": [{"fit": {"kind": "linear", "outcome": "satisfaction", "predictors": ["value"]}},
 *                {"fit": {"kind": "logistic", "outcome": "renewed", "predictors": ["satisfaction"]}}],
 *      "use": "retention",
 *      "money": {"margin": "margin", "rate": 0.1, "first": "next"},
 *      "costs": [{"node": "reliability", "cost": 50000}]}
 *
 *     custval_impact_parse(NULL, text, length, &plan, &error);
 *     custval_impact_fit(plan, system, answers, NULL, &impact, &error);       // links from data
 *     custval_impact_run(impact, system, answers, NULL, &facts, &levers, NULL, &error);
 *
 * **Links** come in order. A predictor is, whichever is first: the outcome of an earlier link; a node of the system,
 * by its id ("value" is the whole), which stands for its score; a column of the table, which stays as it is. The
 * last link is logistic: its outcome is the probability.
 *
 * Fitting takes outcomes of earlier links as they were *observed*; running takes them as they are *expected*. So the
 * coefficients are those of the data, and what moves is the expectation.
 *
 * **Money.** With p the probability, g the growth, i the rate and m the margin per period, a customer is worth
 *
 * - use "retention": m times the multiple of custval_margin_multiple(): p is that of staying, each period;
 * - use "choice": m p sum of (1 + g)^k / (1 + i)^t, t = k from 0 (first "now") or t = k + 1 (first "next"): p is
 *   that of buying, in each period anew; nobody leaves.
 *
 * Equity is the sum over the customers, each counted as often as its row stands for.
 *
 * **Moving** an indicator by a point raises its score (of a sacrifice: lowers it), held within 0..100, in every
 * customer, and scores everything above it again, exactly: gates, aggregators, missing answers and ceilings work as
 * they do in custval_score(). What lies below stays as it is, and so do the other indicators. A judged score
 * (an override) is moved as well, as in custval_levers(); one above the indicator holds. Of a sacrifice that a benefit
 * relieves, what moves is its score without the relief.
 *
 * **Errors** are those of the coefficients, by the delta method: with G the gain and C the covariances of link k,
 * var G = sum over k of (dG/db_k)' C_k (dG/db_k), the derivatives exact. Links are taken as independent of each other,
 * customers as they are in the table, money and costs as exact. custval_impact_options::draws checks the method by
 * drawing coefficients.
 *
 * What is data, what was stated and what is assumed is a table of its own: custval_impact_assumptions().
 * @{
 */

/** @brief A chain from indicators to equity; immutable. @since 0.1 */
typedef struct custval_impact custval_impact;

#define CUSTVAL_MAX_IMPACT_LINKS 16     /**< Most links of an impact. @since 0.1 */
#define CUSTVAL_MAX_IMPACT_DRAWS 100000 /**< Most draws of a run. @since 0.1 */

/** @brief What the probability is that of. @since 0.1 */
enum custval_impact_use {
    CUSTVAL_IMPACT_RETENTION = 1, /**< Of staying, per period. */
    CUSTVAL_IMPACT_CHOICE = 2     /**< Of buying, in each period anew. */
};

/** @brief What there is to say about a customer; column `status`. @since 0.1 */
enum custval_impact_row_status {
    CUSTVAL_IMPACT_ROW_OK = 0,         /**< Counted. */
    CUSTVAL_IMPACT_ROW_NOT_CHOSEN = 1, /**< Its `where` is 0 or missing. */
    CUSTVAL_IMPACT_ROW_NO_VALUE = 2,   /**< The system gives no value, or no score of a predictor. */
    CUSTVAL_IMPACT_ROW_MISSING = 3,    /**< A predictor, the margin or the count is missing. */
    CUSTVAL_IMPACT_ROW_RANGE = 4,      /**< One is beyond 1e15, the count is negative, or a result beyond 1e150. */
    CUSTVAL_IMPACT_ROW_ENDLESS = 5     /**< Without a number of periods, p (1 + g) >= 1 + i: worth without end. */
};

/** @name Documents
 * @{ */

/**
 * @brief Makes an impact from a document (docs/impact-document.md).
 * @param host memory for the reading and for the impact; copied; may be NULL.
 * @param text the document, UTF-8, with or without a byte order mark; used only during the call.
 * @param length its length in bytes, at most #CUSTVAL_MAX_DOCUMENT_SIZE.
 * @param[out] out the impact, to be freed with custval_impact_free(); NULL on failure.
 * @param[out] error may be NULL; begins with the place, e.g. `$.links[1].fit.outcome`.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_DOCUMENT (no JSON, another document, unknown or missing
 *         key, wrong type or word), #CUSTVAL_ERROR_STRUCTURE (the last link is not logistic; a link's covariance),
 *         #CUSTVAL_ERROR_RANGE (a number; a growth that outruns the rate without end), #CUSTVAL_ERROR_DUPLICATE (an
 *         outcome, a predictor of a link, a node of a cost), #CUSTVAL_ERROR_LIMIT, #CUSTVAL_ERROR_MEMORY.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_impact_parse(const custval_host *host, const char *text,
                                                                  size_t length, custval_impact **out,
                                                                  custval_error *error);

/**
 * @brief Writes an impact as a document; reading and writing that gives the same bytes.
 * @param impact an impact.
 * @param[out] buffer receives as much as fits, always with a NUL; may be NULL if capacity is 0.
 * @param capacity size of the buffer.
 * @param[out] out_length bytes of the whole document, without the NUL; 0 on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK (also when it did not fit: compare out_length), #CUSTVAL_ERROR_ARGUMENT.
 * @note Const use may be shared. Allocates nothing.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_impact_write(const custval_impact *impact, char *buffer,
                                                                  size_t capacity, size_t *out_length,
                                                                  custval_error *error);

/**
 * @brief Adds one owner to an impact.
 * @param impact an impact, or NULL.
 * @return its argument.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API custval_impact *custval_impact_ref(const custval_impact *impact);

/**
 * @brief Takes one owner away; the last one frees the impact.
 * @param impact an impact, or NULL.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API void custval_impact_free(custval_impact *impact);

/**
 * @brief Gives the number of links of an impact.
 * @param impact an impact; NULL gives 0.
 * @return the number.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API size_t custval_impact_links(const custval_impact *impact);

/**
 * @brief Gives a link of an impact.
 * @param impact an impact.
 * @param index below custval_impact_links().
 * @return the link, owned by the impact; NULL if it is yet to be fitted, or if there is none of that index.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API const custval_link *custval_impact_link(const custval_impact *impact, size_t index);

/**
 * @brief Gives the name of a column that is read beside those of the system.
 * @param impact an impact.
 * @param system the system that it is used with: its nodes are no columns.
 * @param fitting 1: columns that custval_impact_fit() reads; 0: those of custval_impact_run().
 * @param index from 0 on; each column is there once.
 * @return text owned by the impact; NULL if there is no such column.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API const char *custval_impact_column(const custval_impact *impact, const custval_system *system,
                                              uint32_t fitting, size_t index);
/** @} */

/** @name Fitting and running
 * @{ */

/**
 * @brief Fits the links that are to be fitted, each to all rows that lack none of its columns.
 *
 * As custval_link_fit(), with the scores of the system as further columns. Links that are there already stay.
 * @param impact an impact.
 * @param system the system whose scores are predictors.
 * @param table one row per customer: the system's columns, and those of custval_impact_column(). Borrowed.
 * @param options how rows are scored, and the host; levels and coverage are not used; NULL: defaults.
 * @param[out] out the impact with its links, to be freed with custval_impact_free(); NULL on failure.
 * @param[out] error may be NULL; begins with the link, e.g. `link 2 ("renewed"): `.
 * @return as custval_score() and custval_link_fit().
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_impact_fit(const custval_impact *impact,
                                                                const custval_system *system,
                                                                const custval_table *table,
                                                                const custval_score_options *options,
                                                                custval_impact **out, custval_error *error);

/** @brief How an impact is run. @since 0.1 */
typedef struct custval_impact_options {
    size_t struct_size;                 /**< Set by #CUSTVAL_IMPACT_OPTIONS_INIT. */
    const custval_score_options *score; /**< How rows are scored, the language of labels, and the host; levels and
                                             coverage are not used; NULL: defaults. */
    uint32_t levels;                    /**< Bits of ::custval_level: which nodes are moved, #CUSTVAL_LEVEL_DIMENSION,
                                             #CUSTVAL_LEVEL_INDICATOR, #CUSTVAL_LEVEL_ITEM; 0: indicators. */
    uint32_t draws;                     /**< Draws of the coefficients, at most #CUSTVAL_MAX_IMPACT_DRAWS; 0: none. Each
                                             costs about as much time as running once. */
    uint64_t seed;                      /**< Of the draws; the same seed, the same draws, for any number of threads. */
    double level;                       /**< Of the intervals, between 0 and 1; default 0.95. */
} custval_impact_options;

/** @brief Initialiser of a ::custval_impact_options. @since 0.1 */
#define CUSTVAL_IMPACT_OPTIONS_INIT \
  {sizeof(custval_impact_options), 0, 0, 0, 0, 0.95}

/** @brief What custval_impact_run() says of the customers as they are. @since 0.1 */
typedef struct custval_impact_facts {
    size_t struct_size;   /**< Set by #CUSTVAL_IMPACT_FACTS_INIT. */
    uint64_t rows;        /**< Rows that are counted. */
    uint64_t not_chosen;  /**< Rows left out because `where` does not choose them. */
    uint64_t no_value;    /**< Chosen rows left out, by ::custval_impact_row_status. */
    uint64_t missing;     /**< As before. */
    uint64_t range;       /**< As before. */
    uint64_t endless;     /**< As before. */
    uint64_t exact_links; /**< Links without covariance, whose coefficients are taken as exact. */
    double customers;     /**< Customers that the counted rows stand for. */
    double value;         /**< Their mean value; means are NaN without customers. */
    double probability;   /**< Their mean probability. */
    double equity;        /**< What they are worth, all together. */
    double equity_error;  /**< Its standard error; NaN if every link is exact, here and in the table. */
    double equity_low;    /**< Normal interval. */
    double equity_high;   /**< Its other end. */
} custval_impact_facts;

/** @brief Initialiser of a ::custval_impact_facts. @since 0.1 */
#define CUSTVAL_IMPACT_FACTS_INIT \
  {sizeof(custval_impact_facts), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}

/**
 * @brief Answers what a point of each indicator is worth, ranked by what it returns.
 *
 * Levers: one row per node moved, dimensions before indicators before items, each in the order of the system: `node`,
 * `label`, `kind`; `moved` (customers whose score of the node changes: not those at the end of the scale, or without a
 * score), `left_out` (customers who are worth something only before: they count for nothing here); `value.change`,
 * `<outcome>.change` of each link but the last, `probability.change` (means over the customers); `gain` (of equity,
 * for custval_impact's `points`), `error`, `low`, `high`; with draws `drawn.error`, `drawn.low`, `drawn.high`
 * (standard deviation and quantiles of the drawn gains); `cost` (missing if none is stated), `net` (gain - cost),
 * `return` ((gain - cost) / cost), `return.low`, `return.high` (from those of the gain), `rank` (by return, those
 * without a cost have none; by gain where no node of the table has a cost; equal ones share the smaller number).
 *
 * Customers: one row per row of the table: `value`, `<outcome>.expected` of each link but the last, `probability`,
 * `lifetime_value`, `status`. Numbers are missing where the status is not #CUSTVAL_IMPACT_ROW_OK.
 * @param impact an impact whose links are all there.
 * @param system the system.
 * @param table one row per customer: the system's columns, and those of custval_impact_column(). Borrowed.
 * @param options NULL: defaults.
 * @param[in,out] out_facts its `struct_size` must be set; may be NULL.
 * @param[out] out_levers the levers, to be freed by the caller; NULL on failure; may be NULL.
 * @param[out] out_customers the customers, to be freed by the caller; NULL on failure; may be NULL.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_STATE (a link is yet to be fitted; overrides and no
 *         `as_of`), #CUSTVAL_ERROR_NOT_FOUND (a column; a node of a cost), #CUSTVAL_ERROR_TYPE, #CUSTVAL_ERROR_RANGE
 *         (level, draws), #CUSTVAL_ERROR_LIMIT, #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_CANCELLED,
 *         #CUSTVAL_ERROR_STRUCT_SIZE, #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Const use may be shared. The same bits for any number of threads.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status
custval_impact_run(const custval_impact *impact, const custval_system *system, const custval_table *table,
                   const custval_impact_options *options, custval_impact_facts *out_facts, custval_table **out_levers,
                   custval_table **out_customers, custval_error *error);

/**
 * @brief Lists what the answer rests on.
 *
 * One row per step: `step` (link 1, ..., use, margin, rate, growth, horizon, customers, points, cost, and what the
 * method takes for granted), `what` (in English), `source` (data: fitted; stated: given in the document; assumed: taken
 * for granted by the method), `n` (rows of a fit), `r2`, `auc` (how well it fits), `note` (of the document).
 * @param impact an impact.
 * @param host memory; may be NULL.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_MEMORY.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_impact_assumptions(const custval_impact *impact,
                                                                        const custval_host *host, custval_table **out,
                                                                        custval_error *error);
/** @} */

/** @} */

#ifdef __cplusplus
}
#endif
#endif
