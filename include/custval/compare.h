/* custval: comparing offers. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_COMPARE_H
#define CUSTVAL_COMPARE_H

#include <stddef.h>
#include <stdint.h>

#include "macros.h"
#include "score.h"
#include "status.h"
#include "system.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @file compare.h
 * @brief Which of several offers has the highest value, by how much, and because of what.
 *
 * @defgroup compare Comparing offers
 *
 * Each row of a table is one offer as one customer (or the mean customer) sees it.
 * @{
 */

/** @brief How offers are compared. @since 0.1 */
typedef struct custval_compare_options {
    size_t struct_size;                 /**< Set by #CUSTVAL_COMPARE_OPTIONS_INIT. */
    const custval_score_options *score; /**< How rows are scored; NULL: defaults. */
    const char *price_column;           /**< Column with the price of each offer; NULL: none. */
    double choice_scale;                /**< mu of the choice share, per point of value, >= 0; default 0.1. */
    double quality_weight;              /**< Weight of quality in `value_index`; default 0.5. */
    double price_weight;                /**< Weight of price in `value_index`; default 0.5. */
} custval_compare_options;

/** @brief Initialiser of a ::custval_compare_options. @since 0.1 */
#define CUSTVAL_COMPARE_OPTIONS_INIT {sizeof(custval_compare_options), 0, 0, 0.1, 0.5, 0.5}

/**
 * @brief Compares offers.
 *
 * One row of the result per offer, in the same order. Columns:
 *
 * | column | holds |
 * | --- | --- |
 * | `value`, `benefit`, `sacrifice`, `status` | as custval_score() |
 * | `rank` | 1 for the highest value; ties share the smallest rank; missing without a value |
 * | `margin` | value minus the best other value (negative unless the offer leads) |
 * | `relative_value` | value / best other value; missing unless both are positive |
 * | `choice_share` | exp(mu v_j) / sum_k exp(mu v_k) over offers with a value (McFadden's conditional logit) |
 * | `copeland` | indicators compared pairwise by global weight, sides by their shares: offers beaten minus lost to |
 * | `quality_ratio` | Gale (1994): sum over benefits of weight x own / mean of the others; missing if a mean is <= 0 |
 * | `price_ratio` | own price / mean price of the others |
 * | `quality_per_price` | quality_ratio / price_ratio |
 * | `value_index` | quality_weight x quality_ratio + price_weight / price_ratio, weights normalised |
 *
 * The last three are there with a price column only; where a price is missing, so are they.
 *
 * @param system the system.
 * @param offers the offers, at least one row.
 * @param options NULL: defaults.
 * @param[out] out the comparison, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return as custval_score(); #CUSTVAL_ERROR_ARGUMENT if there is no row, #CUSTVAL_ERROR_RANGE for an option or a price
 *         that is not positive.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_compare(const custval_system *system, const custval_table *offers,
                                                             const custval_compare_options *options,
                                                             custval_table **out, custval_error *error);

/**
 * @brief Says which indicators decide between one offer and its rivals.
 *
 * One row of the result per indicator, in the order of the tree. Columns: `node`, `label`, `side`, `weight` (global),
 * `own` (score), `rivals` (mean score of the others), `ratio` (own / rivals, Gale 1994; missing unless rivals > 0),
 * `lead` (contribution to this offer's value minus contribution to the best rival's), `spread` (standard deviation
 * between offers, n - 1), `determinance` (weight x spread; Myers & Alpert 1968).
 * @param system the system.
 * @param offers the offers, at least two rows.
 * @param own row of the offer in question.
 * @param options NULL: defaults.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return as custval_compare(); #CUSTVAL_ERROR_STATE if the offer, or every rival, has no value.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_compare_indicators(const custval_system *system,
                                                                        const custval_table *offers, size_t own,
                                                                        const custval_compare_options *options,
                                                                        custval_table **out, custval_error *error);

/** @} */

#ifdef __cplusplus
}
#endif
#endif
