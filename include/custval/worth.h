/* custval: what a customer is worth to the firm. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_WORTH_H
#define CUSTVAL_WORTH_H

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
 * @file worth.h
 * @brief Existing, potential, influence and learning value of customers; concentration; share of wallet.
 *
 * @defgroup worth Commercial value of a customer
 *
 * A worth says how the commercial value of a customer comes from money columns. It is a JSON document
 * (docs/worth-document.md); every quantity in it is a number, the same for all customers, or the name of a column:
 *
 *     {"custval": "worth", "version": 1, "period": "year", "rate": 0.1,
 *      "existing": {"revenue": "revenue", "margin": 0.4, "service_cost": "service", "keep": "keep_cost"},
 *      "potential": {"periods": 5, "first_period": 1, "retention": "retention", "trust": 0.8,
 *                    "cross": [{"note": "insurance", "probability": "p_insurance", "margin": 120}]},
 *      "influence": {"attribution": 1, "referrals": [{"count": "referred", "margin": 90, "reward": 20, "period": 1}]}}
 *
 *     custval_worth_parse(NULL, text, length, &worth, &error);
 *     custval_worth_value(worth, customers, NULL, &values, &error);   // one row per customer
 *
 * Money keeps its sign everywhere: a customer may cost more than it brings, and nothing is clipped. A rate is that of
 * the flows' period, or says how many periods it is for. A missing or impossible cell is the row's own affair, never
 * the batch's.
 *
 * The parts are those of customer engagement value (Kumar, Aksoy, Donkers, Venkatesan, Wiesel & Tillmanns 2010, Journal
 * of Service Research 13:297-310): existing and potential value are the lifetime value, influence is referral and
 * influencer value, learning is knowledge value. Preset "four" of a document, the default, may have them all; with
 * "three" learning is refused.
 * @{
 */

/** @brief How the value of a customer is made; immutable. @since 0.1 */
typedef struct custval_worth custval_worth;

/** @brief The parts of a worth; bits. @since 0.1 */
enum custval_worth_part {
    CUSTVAL_WORTH_EXISTING = 1, /**< Profit of the present period. */
    CUSTVAL_WORTH_POTENTIAL = 2, /**< Purchases to come, if the customer stays. */
    CUSTVAL_WORTH_INFLUENCE = 4, /**< Purchases of others. */
    CUSTVAL_WORTH_LEARNING = 8, /**< What is learnt from the customer. */
    CUSTVAL_WORTH_WALLET = 16 /**< The full wallet, for ceiling and realisation; no part of the total. */
};

/** @brief Why a row has no value; column `status`. @since 0.1 */
enum custval_worth_row_status {
    CUSTVAL_WORTH_ROW_OK = 0, /**< It has. */
    CUSTVAL_WORTH_ROW_MISSING = 1, /**< A cell that is needed is missing. */
    CUSTVAL_WORTH_ROW_RANGE = 2 /**< A number out of its range (docs/worth-document.md), infinite, or money beyond a
                                     double. */
};

/** @name Documents
 * @{ */

/**
 * @brief Makes a worth from a document.
 * @param host memory for the reading and for the worth; copied; may be NULL.
 * @param text the document, UTF-8, with or without a byte order mark; used only during the call.
 * @param length its length in bytes, at most #CUSTVAL_MAX_DOCUMENT_SIZE.
 * @param[out] out the worth, to be freed with custval_worth_free(); NULL on failure.
 * @param[out] error may be NULL; begins with the place, e.g. `$.influence.referrals[0].count`.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_DOCUMENT (no JSON, another document, unknown or missing
 *         key, wrong type), #CUSTVAL_ERROR_STRUCTURE (no part at all; parts that contradict each other; a rate, an
 *         attribution or a period that must be stated and is not), #CUSTVAL_ERROR_RANGE (a number; a chain with k decay
 *         >= 1), #CUSTVAL_ERROR_LIMIT (the document's size or depth, 256 entries of a list), #CUSTVAL_ERROR_MEMORY.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_worth_parse(const custval_host *host, const char *text,
                                                                 size_t length, custval_worth **out,
                                                                 custval_error *error);

/**
 * @brief Writes a worth as a document; reading and writing that gives the same bytes.
 * @param worth a worth.
 * @param[out] buffer receives as much as fits, always with a NUL; may be NULL if capacity is 0.
 * @param capacity size of the buffer.
 * @param[out] out_length bytes of the whole document, without the NUL; 0 on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK (also when it did not fit: compare out_length), #CUSTVAL_ERROR_ARGUMENT.
 * @note Const use may be shared. Allocates nothing.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_worth_write(const custval_worth *worth, char *buffer,
                                                                 size_t capacity, size_t *out_length,
                                                                 custval_error *error);

/**
 * @brief Adds one owner to a worth.
 * @param worth a worth, or NULL.
 * @return its argument.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API custval_worth *custval_worth_ref(const custval_worth *worth);

/**
 * @brief Takes one owner away; the last one frees the worth.
 * @param worth a worth, or NULL.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API void custval_worth_free(custval_worth *worth);

/**
 * @brief Gives the parts that a worth has.
 * @param worth a worth; NULL gives 0.
 * @return bits of ::custval_worth_part.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API uint32_t custval_worth_parts(const custval_worth *worth);

/**
 * @brief Gives the number of columns that a worth reads.
 * @param worth a worth; NULL gives 0.
 * @return the number; each column counts once.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API size_t custval_worth_columns(const custval_worth *worth);

/**
 * @brief Gives the name of a column that a worth reads, in the order of the document.
 * @param worth a worth.
 * @param index below custval_worth_columns().
 * @return text owned by the worth; NULL if there is no such column.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API const char *custval_worth_column(const custval_worth *worth, size_t index);
/** @} */

/** @name The value of customers
 * @{ */

/** @brief How custval_worth_value() computes. @since 0.1 */
typedef struct custval_worth_options {
    size_t struct_size;       /**< Set by #CUSTVAL_WORTH_OPTIONS_INIT. */
    const custval_host *host; /**< Memory, threads, progress; NULL: defaults. */
} custval_worth_options;

/** @brief Initialiser of a ::custval_worth_options. @since 0.1 */
#define CUSTVAL_WORTH_OPTIONS_INIT {sizeof(custval_worth_options), 0}

/**
 * @brief Gives the value of each customer, by parts.
 *
 * All in the unit of money of the table. Columns, those of parts that the worth does not have left out:
 *
 * - `existing` = revenue x margin (or revenue - cost_of_goods) - service_cost - attract - acquire - develop - keep;
 *   `loss_maker` is 1 where it is below 0.
 * - `potential` = trust x (value + margin x sum of (retention / (1 + i))^t over its periods), where margin, per period,
 *   = sum of P(trigger) x volume x margin + sum of P(cross) x margin. Where periods are given, `margin` is that margin
 *   and `tenure` the expected number of periods, the sum of retention^t: the time and the price factor apart.
 * - `influence`: (Kumar, Petersen & Leone 2007, Harvard Business Review 85(10); 2010, Journal of Marketing 74(5)) at or
 *   above the satisfaction `recommends_from`, attribution x value + chain x sum of count (attribution x margin - reward
 *   - marketing_cost + saving) / (1 + i)^period over referrals + sum of count x saving / (1 + i)^period over helped +
 *   attribution x uplift x exposed x margin; below `complains_below` - sum of count x margin / (1 + i)^period over
 *   complaints; 0 between. chain = sum of (k decay)^d, d from 0 to its depth.
 * - `learning` = value, or - loss + the sum of gains_t / (1 + i)^t, t from 1, or score x money_per_point;
 *   `learning_score` the score. A score without money_per_point is shown and never added.
 * - `credited` = minus the money of this customer's own value that is counted with whoever referred it: with
 *   `attribution` it counts a referred customer once in the sum over the base. It is there if the worth has `credited`.
 * - `direct` = existing; `latent` = ((potential + influence) + learning) + credited; `total` = direct + latent:
 *   exactly, in doubles.
 * - `consumption` = existing value before the four marketing costs + potential; `marketing` = minus those costs;
 *   `brand` = influence + learning + credited: what the total comes from; they add up to it but for rounding. They are
 *   there if existing value is made of revenue.
 * - `share` = total / sum of all totals (signed; missing where the sum is not above 0); `rank` by total, 1 the highest,
 *   ties the mean of their ranks.
 * - with a wallet: `ceiling` = spending x margin x sum of (1 + i)^-t, t from 0 to periods - 1; `realisation` =
 *   (existing + potential) / ceiling (missing where the ceiling is not above 0).
 * - `status`: a ::custval_worth_row_status. A row without a value has missing cells, does not count in `share` and
 *   `rank`, and hinders no other.
 *
 * @param worth a worth.
 * @param table one row per customer, with the columns of the worth, as numbers; borrowed.
 * @param options NULL: defaults.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL; names the column.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND, #CUSTVAL_ERROR_TYPE, #CUSTVAL_ERROR_MEMORY,
 *         #CUSTVAL_ERROR_CANCELLED, #CUSTVAL_ERROR_STRUCT_SIZE, #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Const use may be shared. The same bits for any number of threads; share and rank apart, for a row alone or
 *       among others.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_worth_value(const custval_worth *worth, const custval_table *table,
                                                                 const custval_worth_options *options,
                                                                 custval_table **out, custval_error *error);

/** @brief How custval_worth_returns() groups. @since 0.1 */
typedef struct custval_returns_options {
    size_t struct_size;       /**< Set by #CUSTVAL_RETURNS_OPTIONS_INIT. */
    const custval_host *host; /**< Memory, threads, progress; NULL: defaults. */
    const char *segment;      /**< Column of texts or integers; NULL: all customers are one. */
} custval_returns_options;

/** @brief Initialiser of a ::custval_returns_options. @since 0.1 */
#define CUSTVAL_RETURNS_OPTIONS_INIT {sizeof(custval_returns_options), 0, 0}

/**
 * @brief Gives the return on each class of cost, by segment and over all.
 *
 * One row per segment, in the order of appearance, and class of cost: "attract", "acquire", "develop", "keep",
 * "marketing" (those four together) and "service". Customers without a segment are a segment of their own. The last six
 * rows are all customers; their `segment` is missing. `segment`, `class`, `customers` (rows with a value), `skipped`
 * (rows without), `revenue`, `existing`, `value` (sum of totals, after all costs), `cost` (of the class), `return` =
 * value / cost (what is left after all costs, per unit of money of this class; missing where the cost is not above 0),
 * `margin` = existing / revenue (missing where the revenue is not above 0).
 * @param worth a worth whose existing value is made of revenue and costs.
 * @param table as in custval_worth_value(); borrowed.
 * @param options NULL: defaults.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return as custval_worth_value(); #CUSTVAL_ERROR_STATE (the existing value is a ready number, or there is none),
 *         #CUSTVAL_ERROR_NOT_FINITE (a sum beyond a double), #CUSTVAL_ERROR_LIMIT (2^32 rows).
 * @note Const use may be shared. Sums are compensated, in the order of the rows.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_worth_returns(const custval_worth *worth,
                                                                   const custval_table *table,
                                                                   const custval_returns_options *options,
                                                                   custval_table **out, custval_error *error);
/** @} */

/** @name How a base's value is spread
 * @{ */

/** @brief What custval_concentration() reads and shows. @since 0.1 */
typedef struct custval_concentration_options {
    size_t struct_size;       /**< Set by #CUSTVAL_CONCENTRATION_OPTIONS_INIT. */
    const custval_host *host; /**< Memory; NULL: defaults. */
    const char *column;       /**< Column of values of any sign; default "total". */
    uint32_t points;          /**< Rows of the curve: so many equal shares of customers, e.g. 10 for deciles; 0: one
                                   row per customer. */
    uint32_t reserved;        /**< 0. */
} custval_concentration_options;

/** @brief Initialiser of a ::custval_concentration_options. @since 0.1 */
#define CUSTVAL_CONCENTRATION_OPTIONS_INIT {sizeof(custval_concentration_options), 0, 0, 0, 0}

/** @brief What custval_concentration() says of the whole base. @since 0.1 */
typedef struct custval_concentration_facts {
    size_t struct_size;       /**< Set by #CUSTVAL_CONCENTRATION_FACTS_INIT. */
    uint64_t count;           /**< Customers with a value. */
    uint64_t missing;         /**< Customers without. */
    uint64_t negative;        /**< Customers whose value is below 0. */
    double sum;               /**< Sum of all values. */
    double gini;              /**< Mean absolute difference / (2 mean): 0 (all equal) to 1, above 1 where values
                                   below 0 weigh enough; NaN where the sum is not above 0. */
    double gini_signed;       /**< The same difference over the largest that such gains and such losses could have: 0
                                   to 1 for any signs (Raffinetti, Siletti & Vernizzi 2015, Statistical Methods &
                                   Applications 24:507-521); NaN for fewer than two customers, or nothing but zeros. */
    double peak;              /**< Highest point of the curve: what the customers above 0 bring, as a share of the
                                   sum; NaN where the sum is not above 0. */
    double peak_customers;    /**< Share of customers at which it is reached first. */
    double top_decile;        /**< Share of the sum that the best tenth brings (curve at 0.1); NaN where the sum is
                                   not above 0. */
} custval_concentration_facts;

/** @brief Initialiser of a ::custval_concentration_facts. @since 0.1 */
#define CUSTVAL_CONCENTRATION_FACTS_INIT {sizeof(custval_concentration_facts), 0, 0, 0, 0, 0, 0, 0, 0, 0}

/**
 * @brief Gives the whale curve of a base and how concentrated its value is.
 *
 * Customers stand from the best to the worst; equal values in the order of their rows, which changes no point at which
 * a run of equals ends. The curve has `customers` (cumulative share of customers), `value` (of the customer; of a share
 * of customers: what it brings), `cumulative` (sum of values so far), `share` (cumulative / sum; missing where the sum
 * is not above 0); with one row per customer also `row` (of the table). Between two customers the curve is a straight
 * line. Rows with a missing value are left out.
 * @param table a table, e.g. of custval_worth_value(); borrowed.
 * @param options NULL: defaults.
 * @param[in,out] facts its `struct_size` must be set; may be NULL.
 * @param[out] out the curve, to be freed by the caller; NULL on failure; may be NULL if facts is not.
 * @param[out] error may be NULL; names column and row.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND, #CUSTVAL_ERROR_TYPE,
 *         #CUSTVAL_ERROR_NOT_FINITE (an infinite value, or a sum beyond a double), #CUSTVAL_ERROR_STATE (no row has a
 *         value), #CUSTVAL_ERROR_RANGE (points above 100000), #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_STRUCT_SIZE,
 *         #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_concentration(const custval_table *table,
                                                                   const custval_concentration_options *options,
                                                                   custval_concentration_facts *facts,
                                                                   custval_table **out, custval_error *error);
/** @} */

/** @name Share of wallet
 * @{ */

/**
 * @brief Why a row has no share; column `status` of custval_wallet_share() and custval_wallet_allocation().
 * @since 0.1
 */
enum custval_wallet_row_status {
    CUSTVAL_WALLET_ROW_OK = 0, /**< It has. */
    CUSTVAL_WALLET_ROW_MISSING = 1, /**< A cell that is needed is missing; no brand is rated. */
    CUSTVAL_WALLET_ROW_RANGE = 2, /**< Spending below 0; an infinite number. */
    CUSTVAL_WALLET_ROW_UNDEFINED = 3, /**< Nothing is spent in the category. */
    CUSTVAL_WALLET_ROW_EXCEEDS = 4 /**< More is spent with us than in the whole category. */
};

/** @brief What the functions of the wallet read. @since 0.1 */
typedef struct custval_wallet_options {
    size_t struct_size;       /**< Set by #CUSTVAL_WALLET_OPTIONS_INIT. */
    const custval_host *host; /**< Memory; NULL: defaults. */
    const char *own;          /**< share: column of what the customer spends with us; default "own". */
    const char *category;     /**< share: column of what it spends in the category, ours included; default
                                   "category". */
    const char *const *brands; /**< allocation: columns of ratings, one per brand, higher is better. */
    size_t brands_count;      /**< allocation: how many, 1 to 256. */
} custval_wallet_options;

/** @brief Initialiser of a ::custval_wallet_options. @since 0.1 */
#define CUSTVAL_WALLET_OPTIONS_INIT {sizeof(custval_wallet_options), 0, 0, 0, 0, 0}

/**
 * @brief Gives each customer's share of wallet: own / category.
 *
 * `share`, `gap` (category - own: what could still be won) and `status`, a ::custval_wallet_row_status.
 * @param table one row per customer; borrowed.
 * @param options NULL: defaults.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND, #CUSTVAL_ERROR_TYPE, #CUSTVAL_ERROR_MEMORY,
 *         #CUSTVAL_ERROR_STRUCT_SIZE, #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_wallet_share(const custval_table *table,
                                                                  const custval_wallet_options *options,
                                                                  custval_table **out, custval_error *error);

/**
 * @brief Estimates shares of wallet from how a customer rates the brands that it uses: the Wallet Allocation Rule.
 *
 * (1 - rank / (n + 1)) x 2 / n, where n brands are rated (a missing rating: not used) and rank 1 is the best; ties take
 * the mean of their ranks (Keiningham, Aksoy, Buoye & Cooil 2011, Harvard Business Review 89(10):29-31). The shares of
 * a customer add up to 1. One column per brand, under its own name (missing where the brand is not rated), and
 * `status`, a ::custval_wallet_row_status. A brand column must not be called "status".
 * @param table one row per customer; borrowed.
 * @param options the brands.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return as custval_wallet_share(); #CUSTVAL_ERROR_RANGE (number of brands), #CUSTVAL_ERROR_DUPLICATE (a brand twice,
 *         or called "status").
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_wallet_allocation(const custval_table *table,
                                                                       const custval_wallet_options *options,
                                                                       custval_table **out, custval_error *error);
/** @} */

/** @} */

#ifdef __cplusplus
}
#endif
#endif
