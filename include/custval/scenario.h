/* custval: what if: promotions, prices, features, new indicators, programmes, competition. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SCENARIO_H
#define CUSTVAL_SCENARIO_H

#include <stddef.h>
#include <stdint.h>

#include "host.h"
#include "macros.h"
#include "score.h"
#include "status.h"
#include "system.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @file scenario.h
 * @brief What a plan does to value and to sales, while it lasts and after it ends.
 *
 * @defgroup scenario Scenarios
 *
 * A plan can help sales and hurt value: a promotion sells while it lasts, and makes the old price feel dear when it
 * ends. A scenario is a plan as a JSON document (docs/scenario-document.md); running it on a system and its customers
 * gives both effects, for every customer, for every group, and period by period:
 *
 *     {"custval": "scenario", "version": 1, "kind": "promotion", "periods": 12,
 *      "sales": {"mu": 0.1, "volume": 2, "rival": 20, "switching_cost": 5, "uplift": 0.4, "cost": 30},
 *      "price": {"list": 100, "second_unit": 1, "length": 3,
 *                "money": [{"node": "price", "factor": 1}], "quality": [{"node": "image", "kappa": 0.2}],
 *                "reference": {"theta": 0.7, "points": 20}}}
 *
 *     custval_scenario_parse(NULL, text, length, &scenario, &error);
 *     custval_scenario_run(scenario, system, answers, NULL, &facts, &customers, &periods, NULL, &error);
 *
 * **How it works.** Period 0 is before. In period t = 1, 2, ... the plan has a strength g_t, the same for all
 * customers, and moves the scores of the items that it names, before anything is rolled up:
 *
 *     score_t = score (1 + g_t factor) + g_t points, kept within 0..100
 *
 * - promotion, price: g_t = p_t / p_0 - 1, the change of the price. `money` nodes (what is paid) have a factor, mostly
 *   1; `quality` nodes the factor kappa with which the price is taken for a sign of quality (Rao & Monroe 1989, Journal
 *   of Marketing Research 26:351-357);
 * - features: g_t = what n features are worth more than before, in points (custval_features());
 * - indicator: the system with one more indicator, which re-weighs its siblings;
 * - programme: g_t = 1 while it runs, then (1 - decay)^(periods since); only customers whose `where` column is neither
 *   0 nor missing;
 * - competition: g_t = t: points lost each period, as expectations rise at constant performance.
 *
 * The customer's value in period t is that of the system with the moved answers, plus `points` x v(d) of the
 * transaction, where d = (R - p) / R compares the price with the reference price R that is remembered (Thaler 1985,
 * Marketing Science 4:199-214), v(d) = d^alpha for gains, -lambda (-d)^beta for losses (Tversky & Kahneman 1992), and R
 * follows the prices paid, R' = theta R + (1 - theta) p (Kalyanaram & Winer 1995, Marketing Science 14:G161-G169).
 *
 * Sales: the customer buys with probability P_t = 1 / (1 + exp(-mu (value_t + switching_cost - rival_t))), against the
 * best rival, or against not buying where `rival` is what that is worth (McFadden's logit); units_t = volume (1 +
 * uplift) P_t, the uplift only while the plan lasts. It *switches* in a period in which rival_t > value_t +
 * switching_cost. The rival may grow by `rival_growth` a period and catch up a share `catch_up` of our lead a period:
 * rival_t = rival_(t-1) + rival_growth + catch_up max(value_(t-1) - rival_(t-1), 0), so that at constant value a lead
 * decays as (1 - catch_up)^t.
 * @{
 */

/** @brief A plan; immutable. @since 0.1 */
typedef struct custval_scenario custval_scenario;

#define CUSTVAL_MAX_PERIODS 1200 /**< Most periods of a scenario. @since 0.1 */

/** @brief Kinds of scenarios. @since 0.1 */
enum custval_scenario_kind {
    CUSTVAL_SCENARIO_PROMOTION = 1,  /**< Another price, for a time. */
    CUSTVAL_SCENARIO_PRICE = 2,      /**< Another price, for good. */
    CUSTVAL_SCENARIO_FEATURES = 3,   /**< Another number of features, before and after they are used. */
    CUSTVAL_SCENARIO_INDICATOR = 4,  /**< A new indicator: value that nobody has offered yet. */
    CUSTVAL_SCENARIO_PROGRAMME = 5,  /**< Something done for some customers. */
    CUSTVAL_SCENARIO_COMPETITION = 6 /**< Nothing done, while expectations rise and rivals improve. */
};

/** @brief Where a period lies. @since 0.1 */
enum custval_scenario_phase {
    CUSTVAL_PHASE_BEFORE = 1, /**< Period 0. */
    CUSTVAL_PHASE_DURING = 2, /**< While the plan lasts; features: before they are used. */
    CUSTVAL_PHASE_AFTER = 3   /**< After it has ended; features: once they are used. */
};

/** @brief What there is to say about a customer; column `status`. @since 0.1 */
enum custval_scenario_row_status {
    CUSTVAL_SCENARIO_ROW_OK = 0,       /**< Nothing. */
    CUSTVAL_SCENARIO_ROW_NO_VALUE = 1, /**< The system gives no value, before or in some period:
                                            custval_row_reason(). */
    CUSTVAL_SCENARIO_ROW_MISSING = 2,  /**< A cell of the sales is missing: value effects are there, sales effects are
                                            not. */
    CUSTVAL_SCENARIO_ROW_RANGE = 3     /**< A cell of the sales is out of its range; as missing. */
};

/** @name Documents
 * @{ */

/**
 * @brief Makes a scenario from a document.
 * @param host memory for the reading and for the scenario; copied; may be NULL.
 * @param text the document, UTF-8, with or without a byte order mark; used only during the call.
 * @param length its length in bytes, at most #CUSTVAL_MAX_DOCUMENT_SIZE.
 * @param[out] out the scenario, to be freed with custval_scenario_free(); NULL on failure.
 * @param[out] error may be NULL; begins with the place, e.g. `$.price.length`.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_DOCUMENT (no JSON, another document, unknown or missing
 *         key, wrong type or word), #CUSTVAL_ERROR_STRUCTURE (keys that contradict each other), #CUSTVAL_ERROR_RANGE (a
 *         number), #CUSTVAL_ERROR_LIMIT (the document's size or depth, 256 effects, #CUSTVAL_MAX_PERIODS),
 *         #CUSTVAL_ERROR_MEMORY.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_scenario_parse(const custval_host *host, const char *text,
                                                                    size_t length, custval_scenario **out,
                                                                    custval_error *error);

/**
 * @brief Writes a scenario as a document; reading and writing that gives the same bytes.
 * @param scenario a scenario.
 * @param[out] buffer receives as much as fits, always with a NUL; may be NULL if capacity is 0.
 * @param capacity size of the buffer.
 * @param[out] out_length bytes of the whole document, without the NUL; 0 on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK (also when it did not fit: compare out_length), #CUSTVAL_ERROR_ARGUMENT.
 * @note Const use may be shared. Allocates nothing.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_scenario_write(const custval_scenario *scenario, char *buffer,
                                                                    size_t capacity, size_t *out_length,
                                                                    custval_error *error);

/**
 * @brief Adds one owner to a scenario.
 * @param scenario a scenario, or NULL.
 * @return its argument.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API custval_scenario *custval_scenario_ref(const custval_scenario *scenario);

/**
 * @brief Takes one owner away; the last one frees the scenario.
 * @param scenario a scenario, or NULL.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API void custval_scenario_free(custval_scenario *scenario);

/**
 * @brief Gives the kind of a scenario.
 * @param scenario a scenario; NULL gives 0.
 * @return a ::custval_scenario_kind.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API uint32_t custval_scenario_kind_of(const custval_scenario *scenario);

/**
 * @brief Gives the number of columns that a scenario reads beside those of the system.
 * @param scenario a scenario; NULL gives 0.
 * @return the number; each column counts once.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API size_t custval_scenario_columns(const custval_scenario *scenario);

/**
 * @brief Gives the name of a column that a scenario reads.
 * @param scenario a scenario.
 * @param index below custval_scenario_columns().
 * @return text owned by the scenario; NULL if there is no such column.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API const char *custval_scenario_column(const custval_scenario *scenario, size_t index);
/** @} */

/** @name The plan itself, without customers
 * @{ */

/** @brief What custval_scenario_path() says of a plan. NaN: not of this kind. @since 0.1 */
typedef struct custval_scenario_path_facts {
    size_t struct_size;       /**< Set by #CUSTVAL_SCENARIO_PATH_FACTS_INIT. */
    double jump;              /**< How much more is paid in the first period after the end than in the last before it:
                                   p_after / p_promo - 1; exactly 1, 100 % more, after "buy one, get one free". */
    double felt_jump;         /**< The same as it is felt, against the reference price of that period: (p - R) / R. */
    double gain;              /**< Sum of the positive transaction values v. */
    double erosion;           /**< Sum of the negative transaction values after the end: <= 0. */
    double recovery;          /**< Periods after the end until the reference price is within 1 % of the list price; NaN:
                                   not within #CUSTVAL_MAX_PERIODS. */
    double break_even_length; /**< The longest promotion at its mean price whose gain makes up for its erosion, counted
                                   until the reference recovers; 0: none does; NaN: there is no longest one. */
    double best_before;       /**< Features: the number that looks best before use. */
    double best_after;        /**< Features: the number that is best in use. */
    double disappointment;    /**< Features: points by which they look better than they are: before use - after use. */
} custval_scenario_path_facts;

/** @brief Initialiser of a ::custval_scenario_path_facts. @since 0.1 */
#define CUSTVAL_SCENARIO_PATH_FACTS_INIT {sizeof(custval_scenario_path_facts), 0, 0, 0, 0, 0, 0, 0, 0, 0}

/**
 * @brief Gives what a plan does, period by period.
 *
 * One row per period, from 0. Columns: `period`, `phase` (text), `strength` (g_t); with a price: `price`; with a
 * reference price: `reference` (R as the period begins), `felt` ((p - R) / R), `transaction` (v).
 * @param scenario a scenario.
 * @param host memory of the table; NULL: defaults.
 * @param[in,out] out_facts its `struct_size` must be set; may be NULL.
 * @param[out] out the table, to be freed by the caller; NULL on failure; may be NULL.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_STRUCT_SIZE,
 *         #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_scenario_path(const custval_scenario *scenario,
                                                                   const custval_host *host,
                                                                   custval_scenario_path_facts *out_facts,
                                                                   custval_table **out, custval_error *error);
/** @} */

/** @name Running
 * @{ */

/** @brief How a scenario is run. @since 0.1 */
typedef struct custval_scenario_options {
    size_t struct_size;                 /**< Set by #CUSTVAL_SCENARIO_OPTIONS_INIT. */
    const custval_score_options *score; /**< How rows are scored, and the host; levels and coverage are not used; NULL:
                                             defaults. */
    const char *group;                  /**< Column of texts or integers; NULL: all customers are one group. */
    const double *cuts;                 /**< Ascending borders between bands of value, >= in the higher one; NULL: one
                                             border, 0. */
    size_t cut_count;                   /**< How many; at most 100. */
} custval_scenario_options;

/** @brief Initialiser of a ::custval_scenario_options. @since 0.1 */
#define CUSTVAL_SCENARIO_OPTIONS_INIT {sizeof(custval_scenario_options), 0, 0, 0, 0}

/** @brief What custval_scenario_run() says of all customers; means and shares of nobody are NaN. @since 0.1 */
typedef struct custval_scenario_facts {
    size_t struct_size;   /**< Set by #CUSTVAL_SCENARIO_FACTS_INIT. */
    uint64_t customers;   /**< Customers with a value. */
    uint64_t skipped;     /**< Customers without. */
    uint64_t chosen;      /**< Customers that the plan is for, of those with a value. */
    uint64_t switching;   /**< Customers who switch in some period from 1 on. */
    uint64_t rose;        /**< Customers in a higher band at the end (after; if nothing is after: during) than
                               before. */
    uint64_t fell;        /**< Customers in a lower one. */
    double before;        /**< Mean value before. */
    double during_change; /**< Mean change of value during. */
    double after_change;  /**< Mean change of value after; NaN where nothing is after. */
    double net;           /**< Sum over all periods of the mean change: what it comes to. */
    double without;       /**< Mean change of value during if the price said nothing of quality; NaN without
                               `quality`. */
    double break_even;    /**< Multiple of the stated kappas at which the mean change during is 0, by a straight line
                               through 0 and 1, exact where the value is linear in the scores; NaN where quality does
                               not move the value. */
    double premium;       /**< How much more than the list price could be asked until our mean value is that of the
                               rival, by a straight line through the list price and the first price of the plan,
                               transactions apart: what customers pay for image and quality at equal value; below 0: how
                               much cheaper it would have to be. NaN where the price does not move the value. */
    double bought_anyway; /**< Share of the purchases during that would have been made anyway: sum of min(P_0, P_t) /
                               sum of P_t (1 + acquisition). */
    double units_before;  /**< Units per period before, of all customers. */
    double units_during;  /**< Mean per period during, with the acquired customers. */
    double units_after;   /**< The same after. */
    double profit;        /**< Sum over the periods from 1 on of profit - profit of period 0: what the plan earns. */
} custval_scenario_facts;

/** @brief Initialiser of a ::custval_scenario_facts. @since 0.1 */
#define CUSTVAL_SCENARIO_FACTS_INIT \
  {sizeof(custval_scenario_facts), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}

/**
 * @brief Runs a scenario.
 *
 * Customers, one row per row of the table: `before`, `during`, `after` (value; mean over the phase's periods),
 * `during_change`, `after_change`, `lowest` (least value of a period from 1 on), `band_before`, `band_during`,
 * `band_after` (0 below the first cut), `chosen` (1 or 0; with `where` only), `without` (`during` if the price said
 * nothing of quality) and `break_even` (as in the facts, for this customer), both with `quality` only, `units_before`,
 * `units_during`, `units_after` (mean per period), `switches` (first period in which it switches; missing: never),
 * `status` (a ::custval_scenario_row_status). Where nothing comes after, the columns of after are not there.
 *
 * Periods, one row per period from 0: what custval_scenario_path() has, and `value` (mean), `change` (mean, against
 * period 0), `rival` (mean), `lead` (mean of value - rival), `choice` (mean of P), `switching` (customers who switch in
 * it), `units`, `acquired` (units of acquired customers, in `units`), `revenue`, `profit` (revenue - cost of units -
 * cost of the programme).
 *
 * Groups, one row per group in the order of appearance, then one for all, whose `group` is missing; customers without a
 * group are one of their own, named "": `group`, `customers`, `skipped`, `chosen`, `rose`, `fell`, `switching` (how
 * many), `before`, `during`, `after`, `during_change`, `after_change` (means), `units_before`, `units_during`,
 * `units_after` (sums over customers of the mean per period).
 * @param scenario a scenario.
 * @param system the system as it is before.
 * @param table one row per customer, with the columns of the system and of the scenario. Borrowed.
 * @param options NULL: defaults.
 * @param[in,out] out_facts its `struct_size` must be set; may be NULL.
 * @param[out] out_customers to be freed by the caller; NULL on failure; may be NULL: not wanted.
 * @param[out] out_periods the same.
 * @param[out] out_groups the same.
 * @param[out] error may be NULL.
 * @return as custval_score(); #CUSTVAL_ERROR_NOT_FOUND (a node, column), #CUSTVAL_ERROR_UNSUPPORTED (an item of a node
 *         that is moved has a curve other than its scale, or shares its column with another item), #CUSTVAL_ERROR_RANGE
 *         (cuts), #CUSTVAL_ERROR_DUPLICATE (the new indicator's id), and as custval_builder_indicator().
 * @note Const use may be shared. The same bits for any number of threads.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_scenario_run(
    const custval_scenario *scenario, const custval_system *system, const custval_table *table,
    const custval_scenario_options *options, custval_scenario_facts *out_facts, custval_table **out_customers,
    custval_table **out_periods, custval_table **out_groups, custval_error *error);

/**
 * @brief Says what makes the value of one customer in one period differ from that before.
 *
 * Columns `node`, `label`, `kind`, `score_before`, `score_after`, `change`, `is_part`, `unit` as
 * custval_explain_change(); the transaction value of a price is a part of the kind `transaction`. Adding `change` over
 * the parts from the first row to the last gives value - value before, bit for bit. A new indicator is explained as
 * unanswered before, which needs the missing policy `nested` or `flat`.
 * @param scenario a scenario.
 * @param system the system as it is before.
 * @param table as in custval_scenario_run().
 * @param row index of the customer.
 * @param period 1 to the last one.
 * @param options NULL: defaults; cuts and group are not used.
 * @param[out] out the explanation, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return as custval_scenario_run() and custval_explain_change(); #CUSTVAL_ERROR_UNSUPPORTED (another missing policy; a
 *         transaction where changes are logarithms).
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_scenario_explain(const custval_scenario *scenario,
                                                                      const custval_system *system,
                                                                      const custval_table *table, size_t row,
                                                                      uint32_t period,
                                                                      const custval_scenario_options *options,
                                                                      custval_table **out, custval_error *error);
/** @} */

/** @name Features
 * @{ */

/** @brief What features do for a product. @since 0.1 */
typedef struct custval_features_terms {
    size_t struct_size;      /**< Set by #CUSTVAL_FEATURES_TERMS_INIT. */
    double capability;       /**< a: points of capability that features can bring, >= 0. */
    double saturation;       /**< b: how fast they do, > 0. */
    double usability;        /**< u0: points of usability without any feature. */
    double burden;           /**< c: points of usability that a feature costs, >= 0. */
    double support;          /**< Share of that burden which support takes away, 0..1. */
    double weight;           /**< w: weight of capability before use, and of usability in use; above 0.5, at most 1. */
} custval_features_terms;

/** @brief Initialiser of a ::custval_features_terms. @since 0.1 */
#define CUSTVAL_FEATURES_TERMS_INIT {sizeof(custval_features_terms), 0, 0, 0, 0, 0, 0}

/** @brief What custval_features() gives. @since 0.1 */
typedef struct custval_features_facts {
    size_t struct_size;    /**< Set by #CUSTVAL_FEATURES_FACTS_INIT. */
    double capability;     /**< C(n) = a (1 - exp(-b n)). */
    double usability;      /**< U(n) = u0 - c n (1 - support). */
    double before_use;     /**< w C + (1 - w) U. */
    double in_use;         /**< (1 - w) C + w U. */
    double disappointment; /**< before_use - in_use. */
    double best_before;    /**< Whole number of features that looks best before use; infinite if a feature costs
                                nothing. */
    double best_in_use;    /**< Whole number that is best in use. */
} custval_features_facts;

/** @brief Initialiser of a ::custval_features_facts. @since 0.1 */
#define CUSTVAL_FEATURES_FACTS_INIT {sizeof(custval_features_facts), 0, 0, 0, 0, 0, 0, 0}

/**
 * @brief Gives what a number of features is worth before and after use.
 *
 * Before use capability counts for more, in use usability does, so that products are sold with more features than
 * satisfy (Thompson, Hamilton & Rust 2005, Journal of Marketing Research 42:431-442).
 * @param terms the terms.
 * @param count number of features, >= 0.
 * @param[in,out] out its `struct_size` must be set.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_RANGE, #CUSTVAL_ERROR_STRUCT_SIZE,
 *         #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Thread-safe. Allocates nothing.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_features(const custval_features_terms *terms, double count,
                                                              custval_features_facts *out, custval_error *error);
/** @} */

/** @name The price sensitivity meter
 * @{ */

/** @brief What custval_price_meter() reads. @since 0.1 */
typedef struct custval_price_meter_options {
    size_t struct_size;        /**< Set by #CUSTVAL_PRICE_METER_OPTIONS_INIT. */
    const custval_host *host;  /**< Memory; NULL: defaults. */
    const char *too_cheap;     /**< Column: so cheap that quality is in doubt; NULL: "too_cheap". */
    const char *cheap;         /**< Column: a bargain; NULL: "cheap". */
    const char *expensive;     /**< Column: getting expensive; NULL: "expensive". */
    const char *too_expensive; /**< Column: too expensive to consider; NULL: "too_expensive". */
} custval_price_meter_options;

/** @brief Initialiser of a ::custval_price_meter_options. @since 0.1 */
#define CUSTVAL_PRICE_METER_OPTIONS_INIT {sizeof(custval_price_meter_options), 0, 0, 0, 0, 0}

/** @brief The prices that custval_price_meter() finds; NaN where two curves do not cross. @since 0.1 */
typedef struct custval_price_meter_facts {
    size_t struct_size;  /**< Set by #CUSTVAL_PRICE_METER_FACTS_INIT. */
    uint64_t respondents; /**< Consistent respondents: too_cheap <= cheap <= expensive <= too_expensive. */
    uint64_t dropped;    /**< Respondents left out because their prices are in another order. */
    uint64_t missing;    /**< Respondents left out because a price is missing. */
    double cheapest;     /**< Point of marginal cheapness: too cheap meets expensive. */
    double indifference; /**< Indifference price: cheap meets expensive. */
    double optimal;      /**< Optimal price: too cheap meets too expensive. */
    double dearest;      /**< Point of marginal expensiveness: cheap meets too expensive. */
} custval_price_meter_facts;

/** @brief Initialiser of a ::custval_price_meter_facts. @since 0.1 */
#define CUSTVAL_PRICE_METER_FACTS_INIT {sizeof(custval_price_meter_facts), 0, 0, 0, 0, 0, 0, 0}

/**
 * @brief Finds the range of prices that people accept, from four prices that each of them names.
 *
 * Van Westendorp (1976, Proceedings of the 29th ESOMAR Congress, 139-167). One row of the table per price named,
 * ascending: `price`, `too_cheap` and `cheap` (share of the respondents to whom this price is: those whose answer is at
 * or above it), `expensive` and `too_expensive` (those whose answer is at or below it).
 *
 * Convention: curves are straight lines between these points. Two curves meet where their difference first is 0; where
 * it stays 0 for a while, in the middle of that stretch.
 * @param table one row per respondent, prices as numbers >= 0; borrowed.
 * @param options NULL: defaults.
 * @param[in,out] out_facts its `struct_size` must be set; may be NULL.
 * @param[out] out the curves, to be freed by the caller; NULL on failure; may be NULL.
 * @param[out] error may be NULL; names column and row.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND, #CUSTVAL_ERROR_TYPE, #CUSTVAL_ERROR_RANGE (a
 *         negative price), #CUSTVAL_ERROR_NOT_FINITE, #CUSTVAL_ERROR_STATE (no consistent respondent),
 *         #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_STRUCT_SIZE, #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_price_meter(const custval_table *table,
                                                                 const custval_price_meter_options *options,
                                                                 custval_price_meter_facts *out_facts,
                                                                 custval_table **out, custval_error *error);
/** @} */

/** @} */

#ifdef __cplusplus
}
#endif
#endif
