/* custval: groups of customers that are managed apart. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_GROUPS_H
#define CUSTVAL_GROUPS_H

#include <stddef.h>
#include <stdint.h>

#include "history.h"
#include "host.h"
#include "macros.h"
#include "status.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @file groups.h
 * @brief Groups by profit and loyalty, bands of a score, RFM segments; what a group is worth, and may cost; cohorts.
 *
 * @defgroup groups Groups of customers
 *
 * A groups document says how customers fall into groups, and what is to be done with each. *Measures* cut columns into
 * levels;
 * *groups* are named by the levels that they take:
 *
 *     {"custval": "groups", "version": 1,
 *      "measures": [{"id": "profit", "column": "value", "cuts": [100]},
 *                   {"id": "loyalty", "column": "alive", "quantiles": [0.5]}],
 *      "groups": [{"id": "true_friend", "when": {"profit": 2, "loyalty": 2}, "label": {"en": "Dream customers", "zh":
 *      "..."},
 *                  "advice": {"en": "Keep them, and watch how much effort that takes."}, "gain": 0.05, "spend": 20},
 *                 {"id": "butterfly", "when": {"profit": 2}}, {"id": "barnacle", "when": {"loyalty": 2}}, {"id":
 *                 "stranger"}]}
 *
 *     custval_groups_parse(NULL, text, length, &groups, &error);
 *     custval_groups_assign(groups, customers, NULL, &assigned, &error);    // one row per customer: its group
 *     custval_groups_describe(groups, customers, NULL, &described, &error); // one row per group: share, means, spend
 *
 * k cuts make the levels 1 to k + 1; a number on a cut belongs above it. `cuts` are numbers; `quantiles` are taken from
 * the customers at hand (0.5 is the median), and custval_groups_fix() turns them into cuts, so that a later period is
 * measured by the same rule: without that nobody can be said to have moved. With `"less_is_better": true` the levels
 * count from the other end (recency). `when` gives for each measure a level, or [lowest, highest]; a group takes a
 * customer whose levels all fit, the first such group wins, and a group without `when` takes whoever is left.
 *
 * So one document is the four groups of profit and loyalty (Reinartz & Kumar 2002, Harvard Business Review
 * 80(7):86-94), bands of any score (one measure), or segments by recency, frequency and money; all three are in
 * examples/groups, to be edited: docs/groups-and-migration.md; docs/groups-document.md explains every key.
 * @{
 */

/** @brief How customers fall into groups; immutable. @since 0.1 */
typedef struct custval_groups custval_groups;

#define CUSTVAL_MAX_GROUPS 1000  /**< Most groups of a document. @since 0.1 */
#define CUSTVAL_MAX_MEASURES 16  /**< Most measures of a document. @since 0.1 */
#define CUSTVAL_MAX_CUTS 1000    /**< Most cuts of a measure. @since 0.1 */

/** @brief Why a customer is in no group; column `status`. @since 0.1 */
enum custval_group_row_status {
    CUSTVAL_GROUP_ROW_OK = 0,      /**< It is in one. */
    CUSTVAL_GROUP_ROW_MISSING = 1, /**< A measure is missing that the choice depends on. */
    CUSTVAL_GROUP_ROW_NONE = 2     /**< No group takes its levels. */
};

/** @brief The texts of a group. @since 0.1 */
enum custval_group_text {
    CUSTVAL_GROUP_LABEL = 1, /**< Its name for people. */
    CUSTVAL_GROUP_ADVICE = 2 /**< What to do with it. */
};

/** @name Documents
 * @{ */

/**
 * @brief Makes groups from a document.
 * @param host memory for the reading and for the groups; copied; may be NULL.
 * @param text the document, UTF-8, with or without a byte order mark; used only during the call.
 * @param length its length in bytes, at most #CUSTVAL_MAX_DOCUMENT_SIZE.
 * @param[out] out the groups, to be freed with custval_groups_free(); NULL on failure.
 * @param[out] error may be NULL; begins with the place, e.g. `$.groups[2].when.profit`.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_DOCUMENT (no JSON, another document, unknown or missing
 *         key, wrong type), #CUSTVAL_ERROR_STRUCTURE (no measure, no group; cuts and quantiles both or neither; a group
 *         that can never take anyone, because an earlier one takes whoever is left), #CUSTVAL_ERROR_RANGE (cuts that do
 *         not ascend, a quantile or level out of its range), #CUSTVAL_ERROR_NOT_FOUND (a `when` of an unknown measure),
 *         #CUSTVAL_ERROR_DUPLICATE (an id), #CUSTVAL_ERROR_LIMIT, #CUSTVAL_ERROR_MEMORY.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_groups_parse(const custval_host *host, const char *text,
                                                                  size_t length, custval_groups **out,
                                                                  custval_error *error);

/**
 * @brief Writes groups as a document; reading and writing that gives the same bytes.
 * @param groups the groups.
 * @param[out] buffer receives as much as fits, always with a NUL; may be NULL if capacity is 0.
 * @param capacity size of the buffer.
 * @param[out] out_length bytes of the whole document, without the NUL; 0 on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK (also when it did not fit: compare out_length), #CUSTVAL_ERROR_ARGUMENT.
 * @note Const use may be shared. Allocates nothing.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_groups_write(const custval_groups *groups, char *buffer,
                                                                  size_t capacity, size_t *out_length,
                                                                  custval_error *error);

/**
 * @brief Adds one owner to groups.
 * @param groups the groups, or NULL.
 * @return its argument.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API custval_groups *custval_groups_ref(const custval_groups *groups);

/**
 * @brief Takes one owner away; the last one frees the groups.
 * @param groups the groups, or NULL.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API void custval_groups_free(custval_groups *groups);

/**
 * @brief Gives the number of groups.
 * @param groups the groups; NULL gives 0.
 * @return the number.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API size_t custval_groups_count(const custval_groups *groups);

/**
 * @brief Gives the id of a group, in the order of the document.
 * @param groups the groups.
 * @param group below custval_groups_count().
 * @return text owned by the groups; NULL if there is no such group.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API const char *custval_groups_id(const custval_groups *groups, size_t group);

/**
 * @brief Gives a text of a group in a language, or the best there is.
 * @param groups the groups.
 * @param group below custval_groups_count().
 * @param kind a ::custval_group_text.
 * @param language wanted language, e.g. "zh"; NULL: "en".
 * @return the text in that language, else in English, else the first one; else the id for a label, "" for advice. NULL
 *         if there is no such group or kind.
 * @note Const use may be shared. The text is owned by the groups.
 * @since 0.1
 */
CUSTVAL_API const char *custval_groups_text(const custval_groups *groups, size_t group, uint32_t kind,
                                            const char *language);

/**
 * @brief Gives the number of measures; each reads one column.
 * @param groups the groups; NULL gives 0.
 * @return the number.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API size_t custval_groups_measures(const custval_groups *groups);

/**
 * @brief Gives the id and the column of a measure.
 * @param groups the groups.
 * @param measure below custval_groups_measures().
 * @param[out] out_column name of the column that it reads, owned by the groups; may be NULL.
 * @return its id, owned by the groups; NULL if there is no such measure.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API const char *custval_groups_measure(const custval_groups *groups, size_t measure, const char **out_column);
/** @} */

/** @name Customers in groups
 * @{ */

/** @brief How customers are put into groups and described. @since 0.1 */
typedef struct custval_groups_options {
    size_t struct_size;       /**< Set by #CUSTVAL_GROUPS_OPTIONS_INIT. */
    const custval_host *host; /**< Memory; NULL: defaults. */
    const char *value;        /**< describe: column of what a customer is worth if kept; NULL: none. */
} custval_groups_options;

/** @brief Initialiser of a ::custval_groups_options. @since 0.1 */
#define CUSTVAL_GROUPS_OPTIONS_INIT {sizeof(custval_groups_options), 0, 0}

/**
 * @brief Turns the quantiles of groups into cuts, those of a base period.
 *
 * A quantile is that of all customers whose measure is not missing, between its neighbours by a straight line (Hyndman
 * & Fan 1996, The American Statistician 50:361-365, type 7). Where many numbers are equal, several quantiles may be the
 * same cut: equal numbers are never split, and the levels between such cuts stay empty.
 * @param groups the groups.
 * @param table one row per customer, with the columns of the measures, as numbers; borrowed.
 * @param options NULL: defaults.
 * @param[out] out groups that have cuts only, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL; names the column.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND, #CUSTVAL_ERROR_TYPE,
 *         #CUSTVAL_ERROR_NOT_FINITE (an infinite number in a measure with quantiles), #CUSTVAL_ERROR_STATE (no number
 *         to take a quantile of), #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_STRUCT_SIZE, #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_groups_fix(const custval_groups *groups,
                                                                const custval_table *table,
                                                                const custval_groups_options *options,
                                                                custval_groups **out, custval_error *error);

/**
 * @brief Gives the group of each customer.
 *
 * `group` (its id as text; missing if it is in none), for each measure a column under its id (the level, 1 the lowest;
 * missing if the number is), `status`, a ::custval_group_row_status. A missing number fits a group only if the group
 * does not ask for that measure. If it does, and no other level of it rules the group out, the customer is in no group:
 * nobody knows in which.
 * @param groups the groups; quantiles are taken from the table, see custval_groups_fix().
 * @param table one row per customer; borrowed.
 * @param options NULL: defaults.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return as custval_groups_fix(); of infinite numbers only those of measures with quantiles are refused.
 * @note Const use may be shared. With cuts a row has the same group alone or among others.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_groups_assign(const custval_groups *groups,
                                                                   const custval_table *table,
                                                                   const custval_groups_options *options,
                                                                   custval_table **out, custval_error *error);

/**
 * @brief Describes the groups: who is in them, and what may be spent on them.
 *
 * One row per group in the order of the document, then customers in no group (`group` missing, if there are any), then
 * all customers (`group` "all"). `group`, `customers`, `share` (of all customers); for each measure `<id>_sum` and
 * `<id>_mean` of its column, over the customers that have a number. With `value`: `value_sum`, `value_mean`;
 * `allowable` = gain x value_mean: the most that a programme may cost per customer and period, which raises the
 * probability of staying by `gain` of the document (custval_allowable_spend()), missing without a gain; `spend` of the
 * document; `return` = (allowable - spend) / spend, missing where the spend is not above 0.
 * @param groups the groups.
 * @param table one row per customer; borrowed.
 * @param options NULL: defaults.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return as custval_groups_assign(); #CUSTVAL_ERROR_DUPLICATE (measures whose columns would have the same name, e.g.
 *         one called "value").
 * @note Const use may be shared. Sums are compensated, in the order of the rows.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_groups_describe(const custval_groups *groups,
                                                                     const custval_table *table,
                                                                     const custval_groups_options *options,
                                                                     custval_table **out, custval_error *error);
/** @} */

/** @name Cohorts
 * @{ */

/** @brief How cohorts are cut. @since 0.1 */
typedef struct custval_cohort_options {
    size_t struct_size;       /**< Set by #CUSTVAL_COHORT_OPTIONS_INIT. */
    const custval_host *host; /**< Memory; NULL: the history's. */
    const char *end;          /**< Last period that counts, as in custval_history_view::end; NULL: the latest seen. */
    uint32_t length;          /**< Periods of the history that are one age, and whose newcomers are one cohort; default
                                   1. */
    uint32_t reserved;        /**< 0. */
} custval_cohort_options;

/** @brief Initialiser of a ::custval_cohort_options. @since 0.1 */
#define CUSTVAL_COHORT_OPTIONS_INIT {sizeof(custval_cohort_options), 0, 0, 1, 0}

/**
 * @brief Gives retention and repeat purchase by cohort: how many of those who came together buy again, age by age.
 *
 * Time is cut into stretches of `length` periods from the first period of the history on; customers who bought first in
 * the same stretch are a cohort, and their age counts the stretches since. A last stretch that is not whole is left
 * out, and said nothing of. One row per cohort and age, cohorts in order, ages from 0: `cohort` (its first period, as
 * text), `age`, `customers` (of the cohort), `active` (who bought at this age), `retention` = active / customers,
 * `repeat` (share that bought again at any later age so far; 0 at age 0), `kept` = share of those active at the age
 * before who are active now too (missing at age 0 and where there were none).
 * @param history a history that holds the customers' periods, thus not folded.
 * @param options NULL: defaults.
 * @param[out] out the table, to be freed by the caller; NULL on failure. Empty if no stretch is whole.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_RANGE (no date; length 0), #CUSTVAL_ERROR_STATE (a
 *         folded history), #CUSTVAL_ERROR_LIMIT (more than 2048 stretches), #CUSTVAL_ERROR_MEMORY,
 *         #CUSTVAL_ERROR_STRUCT_SIZE, #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Not while another thread uses the history.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_cohorts(const custval_history *history,
                                                             const custval_cohort_options *options,
                                                             custval_table **out, custval_error *error);
/** @} */

/** @} */

#ifdef __cplusplus
}
#endif
#endif
