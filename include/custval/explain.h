/* custval: explaining a value, its change, and what would raise it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_EXPLAIN_H
#define CUSTVAL_EXPLAIN_H

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
 * @file explain.h
 * @brief Why a customer's value is what it is, and what would change it.
 *
 * @defgroup explain Explaining
 *
 * Every explanation is a table, and every sum in it is exact: adding the `contribution` cells of the *parts* (items,
 * reliefs, gates and overrides) from the first row to the last, in double precision, gives the value itself, bit for
 * bit. To that end one part takes the rounding of the others, a few ulps; where no double can do that (80.1 - 67.8 =
 * 12.3 has no solution), one more part comes last, of the kind `rounding`.
 *
 * Contributions are in *points* of value for the difference and the index. For all aggregators f of the scores s_i
 * (each is homogeneous of degree 1), Euler's theorem f = sum s_i df/ds_i splits the score without a remainder: w s for
 * the mean, w G for the geometric mean, all of it to the binding child for the minimum. On the sacrifice side of the
 * index the part is weight x (100 - s); other aggregators than the mean share what is left of 100 in that proportion,
 * the minimum gives all of it to the binding child. For the ratio, and where the top aggregator is geometric,
 * contributions are natural *logarithms* that add up to ln(value); their exponentials are factors that multiply to the
 * value: w ln s for the geometric mean; below a node that is not geometric its logarithm is shared as its points would
 * be. (A value of 0 or less has no logarithm; then points are used.)
 * @{
 */

/**
 * @brief Explains the value of one row.
 *
 * One row of the result per node in the order of the tree, then the steps that applied, in order. Columns:
 *
 * | column | type | holds |
 * | --- | --- | --- |
 * | `node` | text | id of the node; for a step: of the node it looks at |
 * | `label` | text | label in the options' language |
 * | `kind` | text | a word of ::custval_kind (`value`, `side` ...); steps: `relief`, `override`, `gate`, `rounding` |
 * | `depth` | uint32 | 0 for the value, derived nodes and steps; children one more |
 * | `answer` | float64 | items: the answer as given (a category's answer is missing here) |
 * | `score` | float64 | score of the node, missing if it has none; steps: the score or cap put in place |
 * | `coverage` | float64 | answered weight / total weight below the node |
 * | `weight` | float64 | share among the siblings that counted for this row (re-normalised) |
 * | `effective` | float64 | contribution / term; reliefs, overrides: what a unit of `score` adds; other steps missing |
 * | `contribution` | float64 | see above; a node's adds up items, reliefs, overrides on and below it; derived missing |
 * | `is_part` | uint32 | 1 for the rows that add up to the value |
 * | `unit` | text | `points` or `log` |
 * | `note` | text | steps: the reason in words; nodes: missing |
 *
 * An override never explains itself away, nor does a relief: the parts below the node explain the computed score, and
 * the relief or override is a step with the difference. A row without a value is explained as far as it goes: scores
 * and coverage are there, contributions are missing, and the first `note` says why.
 * @param system the system.
 * @param table the table.
 * @param row index of the row.
 * @param options NULL: defaults; levels and coverage are not used.
 * @param[out] out the explanation, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, and as custval_score(); #CUSTVAL_ERROR_ARGUMENT if there is no such row.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_explain(const custval_system *system, const custval_table *table,
                                                             size_t row, const custval_score_options *options,
                                                             custval_table **out, custval_error *error);

/**
 * @brief Splits the change of value between two rows (two dates of one customer, or two customers) exactly.
 *
 * For an item answered at both: score part (w0 + w1)/2 (t1 - t0), weight part (t0 + t1)/2 (w1 - w0), where w is the
 * effective weight and t the term it multiplies (the score, 100 - score, or ln score). What appears or vanishes counts
 * wholly in the weight part. Reliefs, gates and overrides are steps with their difference in `weight_part`; a
 * `rounding` may come last.
 *
 * Columns: `node`, `label`, `kind`, `depth`, `score_before`, `score_after`, `effective_before`, `effective_after`,
 * `score_part`, `weight_part`, `change` (a part's score part + weight part; a node's: the sum of its items'),
 * `is_part`, `unit`. Adding `change` over the parts from the first row to the last gives value_after - value_before,
 * bit for bit (or the difference of logarithms).
 * @param system the system, the same for both.
 * @param before table of the first row.
 * @param row_before index of the first row.
 * @param after table of the second row; may be the same.
 * @param row_after index of the second row.
 * @param options NULL: defaults; used for both rows.
 * @param[out] out the split, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return as custval_explain(); #CUSTVAL_ERROR_STATE if one of the rows has no value, or if one value is positive and
 *         the other not where logarithms are needed.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_explain_change(const custval_system *system,
                                                                    const custval_table *before, size_t row_before,
                                                                    const custval_table *after, size_t row_after,
                                                                    const custval_score_options *options,
                                                                    custval_table **out, custval_error *error);

/** @brief Stands for a row index where all rows of a table are meant. @since 0.1 */
#define CUSTVAL_ALL_ROWS ((size_t)-1)

/**
 * @brief Says what one point of each indicator is worth.
 *
 * An indicator improves when its score rises on the benefit side, or falls on the sacrifice side. The gain is
 * computed by scoring again with the changed indicator, so that reliefs, gates and any aggregator count as they are;
 * the score is that before reliefs.
 *
 * Columns, one row per indicator in the order of the tree: `node`, `label`, `side`, `score`, `gain` (value gained by
 * one point, or by the room if it is less), `room` (points left to the best score), `potential` (value gained by going
 * all the way; missing where that leaves no value), `cost` (per point, missing if not known), `gain_per_cost`, `rows`
 * (how many rows these numbers come from). For #CUSTVAL_ALL_ROWS every number is the mean over the rows that have a
 * value and a score for the indicator.
 * @param system the system.
 * @param table the table.
 * @param row index of a row, or #CUSTVAL_ALL_ROWS.
 * @param options NULL: defaults.
 * @param[out] out the levers, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return as custval_explain(); #CUSTVAL_ERROR_STATE if the row (or every row) has no value.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_levers(const custval_system *system, const custval_table *table,
                                                            size_t row, const custval_score_options *options,
                                                            custval_table **out, custval_error *error);

/**
 * @brief Finds the weights at which two offers (rows) tie: where the choice flips.
 *
 * For each node with siblings, its local weight is varied from 0 to 1 while the siblings keep their proportions. (Sides
 * have a weight in the index only; siblings without any weight have no proportions, so that nothing is found.) Where a
 * gate lets the lead jump over 0, the flip is at the jump.
 *
 * Columns: `node`, `label`, `kind`, `weight` (local weight now), `flip` (nearest weight at which the values are equal;
 * missing if there is none), `distance` (absolute difference of the two), `lead` (value of row a minus value of row b
 * now). Rows in the order of the tree. Solved in closed form where the value is linear in the weight, else by bisection
 * to 1e-12 of the nearest change of sign on a grid of 256 steps to each side.
 * @param system the system.
 * @param table the table.
 * @param row_a index of one row.
 * @param row_b index of the other row.
 * @param options NULL: defaults. Both rows are scored with the weights of row a.
 * @param[out] out the flip points, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return as custval_explain(); #CUSTVAL_ERROR_STATE if one of the rows has no value.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_flip(const custval_system *system, const custval_table *table,
                                                          size_t row_a, size_t row_b,
                                                          const custval_score_options *options, custval_table **out,
                                                          custval_error *error);

/**
 * @brief Finds the cheapest way to bring one row to a value.
 *
 * Minimises sum cost x points over the indicators that have a score, each within its room (see custval_levers()), so
 * that the value after gates reaches the target; solved exactly as a linear programme. Indicators without a declared
 * cost cost 1 per point if no indicator has one, and are left alone if others have.
 *
 * Columns, one row per indicator: `node`, `label`, `side`, `from`, `to`, `points`, `cost` (of these points), `gain`
 * (value that they bring, before gates).
 * @param system a system whose value is linear in its indicators (means, difference or index; no reliefs).
 * @param table the table.
 * @param row index of the row.
 * @param target wanted value.
 * @param options NULL: defaults.
 * @param[out] out the way, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return as custval_explain(); #CUSTVAL_ERROR_UNSUPPORTED (a node that is no mean, or the ratio; the message names
 *         it), #CUSTVAL_ERROR_RANGE (out of reach: the message says how far it goes), #CUSTVAL_ERROR_STATE (no value,
 *         or the value is overridden), #CUSTVAL_ERROR_NOT_FINITE.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_target(const custval_system *system, const custval_table *table,
                                                            size_t row, double target,
                                                            const custval_score_options *options, custval_table **out,
                                                            custval_error *error);

/**
 * @brief Writes an explanation as a text tree for people.
 * @param explanation a result of custval_explain().
 * @param[out] buffer receives at most `capacity` bytes with a NUL; may be NULL if capacity is 0.
 * @param capacity size of the buffer.
 * @param[out] out_length bytes of the whole text without the NUL, also when the buffer is too small.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK (also when the text was cut: compare out_length), #CUSTVAL_ERROR_ARGUMENT (not an explanation).
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_explain_text(const custval_table *explanation, char *buffer,
                                                                  size_t capacity, size_t *out_length,
                                                                  custval_error *error);

/** @} */

#ifdef __cplusplus
}
#endif
#endif
