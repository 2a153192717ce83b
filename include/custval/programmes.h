/* custval: which programme for which customer. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_PROGRAMMES_H
#define CUSTVAL_PROGRAMMES_H

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
 * @file programmes.h
 * @brief A knowledge base of service programmes, matched to customers; outcomes fed back; the next need of a customer.
 *
 * @defgroup programmes Programmes for customers
 *
 * A knowledge base says what the firm can do for a customer, for whom it is meant, what it costs and brings, and how it
 * went with past customers. It is a JSON document (docs/programmes-document.md):
 *
 *     {"custval": "programmes", "version": 1, "contacted": "letters",
 *      "traits": [{"id": "age", "type": "number", "range": [18, 98]},
 *                 {"id": "home", "type": "category", "values": ["flat", "house", "farm"],
 *                  "similar": [["house", "farm", 0.5]]},
 *                 {"id": "letters", "type": "number", "range": [0, 9], "weight": 0}],
 *      "programmes": [{"id": "delivery", "label": {"en": "Home delivery"}, "cost": 4, "group": "transport",
 *                      "effect": {"value": 12, "success": 0.5}, "contact_limit": 3,
 *                      "when": {"any": [{"trait": "age", ">=": 70}, {"trait": "home", "in": ["farm"]}]}}],
 *      "cases": [{"id": "Kim", "programme": "delivery", "succeeded": true, "traits": {"age": 64, "home": "house"}}]}
 *
 *     custval_programmes_parse(NULL, text, length, &base, &error);
 *     custval_programmes_match(base, customers, NULL, &matches, &error);    // the plan: a few rows per customer
 *     custval_programmes_explain(base, customers, 17, NULL, &why, &error);  // every programme, with reasons
 *     custval_programmes_update(base, outcomes, NULL, &wiser, &error);      // a new base: what worked ranks higher
 *
 * **Traits** are columns of a table: numbers, categories (texts) or flags (0 and 1). What is missing, infinite, no
 * value of the category or neither 0 nor 1 is *not known*, and never an error of the batch.
 *
 * **Rules.** A comparison with a trait that is not known is neither true nor false. `all` is false if one part is
 * false, true if all are true; `any` is true if one part is true, false if all are false; else neither (Kleene 1952,
 * Introduction to Metamathematics, section 64). A programme is proposed by its rule where `when` is true; without
 * `when` it is for everybody.
 *
 * **Nearest case.** Where the rule does not propose a programme, the nearest of its cases may: that whose similarity to
 * the customer is highest, the first of equals, if it succeeded and the similarity is at least `nearest.similarity`
 * (0.8). Cases are left out of which the traits known of the customer have less than the share `nearest.known` (0.5) of
 * the weight. The similarity is sum w sim / sum w over those traits, with sim = 1 - |a - b| / range (not below 0) for
 * numbers, 1 or 0 or what the table `similar` says for categories and flags (Aamodt & Plaza 1994, AI Communications
 * 7(1):39-59).
 *
 * `unless` is a veto over rule and case: a programme is proposed only where `unless` is false.
 *
 * **Ranking.** rate = (s + 2 p) / (n + 2) for s successes of n tries, where p is the stated success rate; with p = 1/2,
 * which is taken where none is stated, that is Laplace's (s + 1) / (n + 2). Where the base has a `segment`, a category,
 * and the programme was tried in the customer's segment, s and n are those of the segment. `expected_effect` = rate x
 * value (times the trait `times`, if the effect has one), `score` = rate x score of the effect, `net` = expected_effect
 * + money_per_point x score - cost. Programmes stand by priority, highest first, then by net, highest first, then in
 * the order of the base. In that order a programme is taken unless its net is below `least_net`, one of its `group` is
 * taken already, or the customer would have been contacted more often than its `contact_limit`: `contacted` +
 * programmes taken so far + 1.
 * @{
 */

/** @brief A knowledge base of programmes; immutable. @since 0.1 */
typedef struct custval_programmes custval_programmes;

/** @brief What the values of a trait are. @since 0.1 */
enum custval_trait_type {
    CUSTVAL_TRAIT_NUMBER = 1,   /**< Numbers. */
    CUSTVAL_TRAIT_CATEGORY = 2, /**< Texts, of which the base names all. */
    CUSTVAL_TRAIT_FLAG = 3      /**< Numbers or booleans: 0 no, 1 yes. */
};

/** @brief What proposes a programme; column `by`. @since 0.1 */
enum custval_proposer {
    CUSTVAL_PROPOSER_NONE = 0, /**< Nothing. */
    CUSTVAL_PROPOSER_RULE = 1, /**< Its condition holds, or it has none. */
    CUSTVAL_PROPOSER_CASE = 2  /**< It succeeded with the most similar past customer. */
};

/** @brief What becomes of a programme for a customer; column `status` of custval_programmes_explain(). @since 0.1 */
enum custval_programme_status {
    CUSTVAL_PROGRAMME_TAKEN = 0,    /**< It is in the plan. */
    CUSTVAL_PROGRAMME_BEYOND = 1,   /**< It would be, after the best `top`. */
    CUSTVAL_PROGRAMME_LOSS = 2,     /**< Its net is below `least_net`. */
    CUSTVAL_PROGRAMME_GROUP = 3,    /**< A better one of its group is taken. */
    CUSTVAL_PROGRAMME_CONTACTS = 4, /**< The customer would be contacted too often. */
    CUSTVAL_PROGRAMME_UNTOLD = 5,   /**< A trait that decides is not known; column `missing` names it. */
    CUSTVAL_PROGRAMME_VETOED = 6,   /**< `unless` holds. */
    CUSTVAL_PROGRAMME_OTHERS = 7    /**< It is for other customers: `when` is false. */
};

/** @brief What custval_programmes_check() finds; column `remark`. @since 0.1 */
enum custval_programmes_remark {
    CUSTVAL_REMARK_NEVER = 1,      /**< A condition that is never true: the programme is for nobody. */
    CUSTVAL_REMARK_ALWAYS = 2,     /**< A condition that is never false, or a veto that always holds. */
    CUSTVAL_REMARK_RANGE = 3,      /**< A comparison with a number outside the range of the trait. */
    CUSTVAL_REMARK_UNUSED = 4,     /**< A trait that no condition, case, effect or setting uses. */
    CUSTVAL_REMARK_LOSS = 5,       /**< Even if it always succeeded, the programme would cost more than it brings. */
    CUSTVAL_REMARK_NO_COLUMN = 6,  /**< The table has no such column, or none of the right type. */
    CUSTVAL_REMARK_NOT_KNOWN = 7,  /**< Cells of the table that are missing or no value of the trait. */
    CUSTVAL_REMARK_BEYOND = 8      /**< Cells of the table outside the range of the trait. */
};

/** @brief Why a customer has no date; column `status` of custval_next_need(). @since 0.1 */
enum custval_need_row_status {
    CUSTVAL_NEED_ROW_OK = 0,      /**< It has. */
    CUSTVAL_NEED_ROW_MISSING = 1, /**< A cell that is needed is missing. */
    CUSTVAL_NEED_ROW_RANGE = 2,   /**< A number below 0, infinite, or a date beyond the year 9999. */
    CUSTVAL_NEED_ROW_NEVER = 3    /**< Nothing is used. */
};

/** @name Documents
 * @{ */

/**
 * @brief Makes a knowledge base from a document.
 * @param host memory for the reading and for the base; copied; may be NULL.
 * @param text the document, UTF-8, with or without a byte order mark; used only during the call.
 * @param length its length in bytes, at most #CUSTVAL_MAX_DOCUMENT_SIZE.
 * @param[out] out the base, to be freed with custval_programmes_free(); NULL on failure.
 * @param[out] error may be NULL; begins with the place, e.g. `$.programmes[3].when.any[0]`.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_DOCUMENT (no JSON, another document, unknown or missing
 *         key, wrong type), #CUSTVAL_ERROR_NOT_FOUND (a trait, programme, segment or value of a category that is not
 *         declared), #CUSTVAL_ERROR_TYPE (a comparison that the trait cannot have), #CUSTVAL_ERROR_RANGE (a number),
 *         #CUSTVAL_ERROR_DUPLICATE (an id or a value twice), #CUSTVAL_ERROR_STRUCTURE (members that contradict each
 *         other), #CUSTVAL_ERROR_LIMIT (size or depth; 4096 programmes, 256 traits, 65536 cases, 4096 values),
 *         #CUSTVAL_ERROR_MEMORY.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_programmes_parse(const custval_host *host, const char *text,
                                                                      size_t length, custval_programmes **out,
                                                                      custval_error *error);

/**
 * @brief Writes a knowledge base as a document; reading and writing that gives the same bytes.
 * @param base a knowledge base.
 * @param[out] buffer receives as much as fits, always with a NUL; may be NULL if capacity is 0.
 * @param capacity size of the buffer.
 * @param[out] out_length bytes of the whole document, without the NUL; 0 on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK (also when it did not fit: compare out_length), #CUSTVAL_ERROR_ARGUMENT.
 * @note Const use may be shared. Allocates nothing.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_programmes_write(const custval_programmes *base, char *buffer,
                                                                      size_t capacity, size_t *out_length,
                                                                      custval_error *error);

/**
 * @brief Adds one owner to a knowledge base.
 * @param base a knowledge base, or NULL.
 * @return its argument.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API custval_programmes *custval_programmes_ref(const custval_programmes *base);

/**
 * @brief Takes one owner away; the last one frees the knowledge base.
 * @param base a knowledge base, or NULL.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API void custval_programmes_free(custval_programmes *base);

/**
 * @brief Gives the number of programmes.
 * @param base a knowledge base; NULL gives 0.
 * @return the number.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API size_t custval_programmes_count(const custval_programmes *base);

/**
 * @brief Gives the number of columns that matching reads: one per trait.
 * @param base a knowledge base; NULL gives 0.
 * @return the number.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API size_t custval_programmes_columns(const custval_programmes *base);

/**
 * @brief Gives the name of a column that matching reads: the trait's id.
 * @param base a knowledge base.
 * @param index below custval_programmes_columns().
 * @return text owned by the base; NULL if there is no such column.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API const char *custval_programmes_column(const custval_programmes *base, size_t index);

/**
 * @brief Gives what a column that matching reads must hold.
 * @param base a knowledge base.
 * @param index below custval_programmes_columns().
 * @return a ::custval_trait_type; 0 if there is no such column.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API uint32_t custval_programmes_column_type(const custval_programmes *base, size_t index);

/**
 * @brief Gives the trait that is the segment.
 * @param base a knowledge base, or NULL.
 * @return its id, owned by the base; NULL if there is none.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API const char *custval_programmes_segment(const custval_programmes *base);

/** @brief What the functions on knowledge bases do. @since 0.1 */
typedef struct custval_programmes_options {
    size_t struct_size;       /**< Set by #CUSTVAL_PROGRAMMES_OPTIONS_INIT. */
    const custval_host *host; /**< Memory, threads, progress; NULL: defaults. */
    const char *language;     /**< list, explain: of labels and texts, e.g. "zh"; NULL, or not there: the first one. */
    double least_net;         /**< match, explain: programmes with less are left out; default 0. -INFINITY: none are. */
    double budget;            /**< match: most that all programmes taken may cost together; default 0: no limit. */
    uint32_t top;             /**< match, explain: most programmes for one customer; default 3. */
    uint32_t reasons;         /**< match: 1: columns `reason` and `missing`, as in explain. */
} custval_programmes_options;

/** @brief Initialiser of a ::custval_programmes_options. @since 0.1 */
#define CUSTVAL_PROGRAMMES_OPTIONS_INIT {sizeof(custval_programmes_options), 0, 0, 0, 0, 3, 0}

/**
 * @brief Lists the programmes.
 *
 * One row per programme, in the order of the base, followed by those of its segments that it was tried in: `programme`,
 * `label`, `text`, `segment` (missing: all), `group`, `priority`, `cost`, `tried`, `succeeded`, `rate`, `effect` (value
 * of a success), `score` (points of a success), `net` (missing where the effect is times a trait).
 * @param base a knowledge base.
 * @param options NULL: defaults.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_STRUCT_SIZE,
 *         #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_programmes_list(const custval_programmes *base,
                                                                     const custval_programmes_options *options,
                                                                     custval_table **out, custval_error *error);

/**
 * @brief Looks for what is probably not meant in a knowledge base, and in a table for it.
 *
 * One row per remark: `place` (path in the document, or name of the column), `remark` (a ::custval_programmes_remark),
 * `message`. No rows: nothing was found. Conditions are looked at part by part, so that not every one that is never
 * true is found; one that is named never is.
 * @param base a knowledge base.
 * @param table customers to be matched; borrowed; NULL: the base alone.
 * @param options NULL: defaults.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return as custval_programmes_list().
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_programmes_check(const custval_programmes *base,
                                                                      const custval_table *table,
                                                                      const custval_programmes_options *options,
                                                                      custval_table **out, custval_error *error);
/** @} */

/** @name Matching
 * @{ */

/**
 * @brief Gives each customer's plan: the programmes taken, ranked.
 *
 * One row per customer and programme taken, customers in the order of the table, programmes by rank; a customer for
 * whom nothing is taken has no row. `row` (of the table, from 0), `rank` (from 1), `programme` (id), `by` (a
 * ::custval_proposer), `rate`, `expected_effect`, `score`, `cost`, `net`, `similarity` (of the nearest case; missing
 * where the rule proposes), `case` (its id; the same).
 *
 * With a budget, programmes are granted over all customers by net / cost, highest first (what costs nothing always is),
 * then in the order of row and rank; one that does not fit is left out and cheaper ones are still looked at. What is
 * left out changes no other choice; ranks close up.
 * @param base a knowledge base.
 * @param table one row per customer, with the columns of the base; borrowed. A base of customers may come in several
 *              tables, one call each: rows do not depend on each other, the budget apart.
 * @param options NULL: defaults.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL; names the column.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND, #CUSTVAL_ERROR_TYPE, #CUSTVAL_ERROR_RANGE (an
 *         option), #CUSTVAL_ERROR_LIMIT (2^31 - 1 bytes of reasons), #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_CANCELLED,
 *         #CUSTVAL_ERROR_STRUCT_SIZE, #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Const use may be shared. The same bits for any number of threads, and for a row alone or among others (the
 *       budget apart).
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_programmes_match(const custval_programmes *base,
                                                                      const custval_table *table,
                                                                      const custval_programmes_options *options,
                                                                      custval_table **out, custval_error *error);

/**
 * @brief Says what becomes of every programme for one customer, and why.
 *
 * One row per programme: those taken by rank, then the others by status, each in the order of the ranking. `programme`,
 * `label`, `status` (a ::custval_programme_status), `rank` (missing if it is not taken), `by`, `rate`,
 * `expected_effect`, `score`, `cost`, `net`, `similarity`, `known` (share of the case's weight that is known), `case`:
 * of the nearest case that has traits in common with the customer, whatever it does; `reason`: the comparisons that
 * decide, with the customer's values, e.g. "age 71 >= 70"; `missing`: traits that are not known and would decide.
 * @param base a knowledge base.
 * @param table as in custval_programmes_match(); borrowed.
 * @param row of the table.
 * @param options NULL: defaults; a budget is not looked at.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return as custval_programmes_match(); #CUSTVAL_ERROR_ARGUMENT for a row that is not there.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_programmes_explain(const custval_programmes *base,
                                                                        const custval_table *table, size_t row,
                                                                        const custval_programmes_options *options,
                                                                        custval_table **out, custval_error *error);

/**
 * @brief Compares one customer with the past ones, trait by trait.
 *
 * One row per case and trait of it, the most similar case first, equals in the order of the base: `case`, `programme`,
 * `succeeded`, `similarity` (of the case; missing where no trait is known of both), `known`, `trait`, `weight`, `part`
 * (similarity of the trait; missing where it is not known of the customer). The similarity is sum weight x part / sum
 * weight over the rows that have a part.
 * @param base a knowledge base.
 * @param table as in custval_programmes_match(); borrowed.
 * @param row of the table.
 * @param options NULL: defaults; `top` is the number of cases, 0: all.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return as custval_programmes_explain().
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_programmes_nearest(const custval_programmes *base,
                                                                        const custval_table *table, size_t row,
                                                                        const custval_programmes_options *options,
                                                                        custval_table **out, custval_error *error);

/**
 * @brief Gives a knowledge base that has learnt how programmes went.
 *
 * Every row of the outcomes is a try: column `programme` is its id, `success` is 1 or 0; a row without either (an
 * empty text is none) is left out. Where the base has a segment and the table that column, the try counts for the
 * segment as well. The given base does not change.
 * @param base a knowledge base.
 * @param outcomes a table; borrowed.
 * @param options NULL: defaults.
 * @param[out] out the new base, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL; names the row.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND (a column, programme or segment),
 *         #CUSTVAL_ERROR_TYPE, #CUSTVAL_ERROR_RANGE (a success that is neither 0 nor 1), #CUSTVAL_ERROR_LIMIT (counts
 *         beyond 2^53), #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_STRUCT_SIZE, #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_programmes_update(const custval_programmes *base,
                                                                       const custval_table *outcomes,
                                                                       const custval_programmes_options *options,
                                                                       custval_programmes **out,
                                                                       custval_error *error);
/** @} */

/** @name The next need
 * @{ */

/** @brief What custval_next_need() reads. Names of columns; NULL: not there. @since 0.1 */
typedef struct custval_need_options {
    size_t struct_size;        /**< Set by #CUSTVAL_NEED_OPTIONS_INIT. */
    const custval_host *host;  /**< Memory; NULL: defaults. */
    const char *as_of;         /**< Today, "YYYY-MM-DD"; NULL: days only, no dates. */
    const char *stock;         /**< What was there when it was last counted or filled. */
    const char *capacity;      /**< What there is room for; default: no quantities. */
    const char *since;         /**< Days since then; default 0. With an interval required, e.g. `since_last`. */
    const char *const *counts; /**< Users of each kind, e.g. adults and children. */
    const char *const *rates;  /**< What one of each kind uses per day, as many as counts. */
    size_t kinds;              /**< How many. */
    const char *interval;      /**< Days between purchases, e.g. `interval_mean` of a history in days. */
    double lead;               /**< Days before the need to deliver; default 0. */
    double within;             /**< Only who is due in so many days; default 0: all. */
} custval_need_options;

/** @brief Initialiser of a ::custval_need_options. @since 0.1 */
#define CUSTVAL_NEED_OPTIONS_INIT {sizeof(custval_need_options), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}

/**
 * @brief Gives the due list: who will need more, when, and how much, the earliest first.
 *
 * By declared use: `usage` = sum of count x rate per day; `days` = stock / usage - since - lead; by history: `days` =
 * interval - since - lead, and usage is stock / interval where there is a stock. `quantity` = capacity - what remains
 * on the day of delivery, which is today if it should have been before: max(0, stock - usage x (since + max(0, days))).
 * Rice merchants of Chiayi had it in a notebook: the size of the jar, how many adults and children, how much they eat.
 *
 * `row` (of the table), `days` (from today; below 0: overdue), `date` ("YYYY-MM-DD", the day in which it falls; with
 * as_of), `usage`, `remaining` (today), `quantity` (missing without a capacity; 0 if there is more), `status` (a
 * ::custval_need_row_status). Equal days stand in the order of their rows. Rows without a date come last; with `within`
 * they are left out.
 * @param table one row per customer; borrowed.
 * @param options the columns.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT (a date that is none; columns of both ways or of neither),
 *         #CUSTVAL_ERROR_NOT_FOUND, #CUSTVAL_ERROR_TYPE, #CUSTVAL_ERROR_RANGE (lead or within below 0),
 *         #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_STRUCT_SIZE, #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_next_need(const custval_table *table,
                                                               const custval_need_options *options,
                                                               custval_table **out, custval_error *error);

/**
 * @brief Gives the exponentially weighted mean of a customer's intervals, newest last: m = a x + (1 - a) m, from the
 * first.
 *
 * It follows a change of habit where the mean does not (Brown 1959, Statistical Forecasting for Inventory Control).
 * @param intervals days between purchases, in order.
 * @param count how many, at least 1.
 * @param smoothing a, above 0 and at most 1.
 * @param[out] out the mean; NaN on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_RANGE (smoothing; an interval below 0),
 *         #CUSTVAL_ERROR_NOT_FINITE.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_smoothed_interval(const double *intervals, size_t count,
                                                                       double smoothing, double *out,
                                                                       custval_error *error);
/** @} */

/** @} */

#ifdef __cplusplus
}
#endif
#endif
