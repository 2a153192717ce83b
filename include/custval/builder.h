/* custval: building an indicator system call by call. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_BUILDER_H
#define CUSTVAL_BUILDER_H

#include <stddef.h>
#include <stdint.h>

#include "host.h"
#include "macros.h"
#include "status.h"
#include "system.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @file builder.h
 * @brief Makes systems without a document.
 *
 * @defgroup builder Building systems
 *
 * A builder makes a system step by step, from the sides down to the items:
 *
 *     custval_builder *builder = NULL;
 *     custval_builder_new(NULL, NULL, &builder, &error);
 *     custval_node_spec node = CUSTVAL_NODE_SPEC_INIT;
 *     node.id = "product";
 *     custval_builder_dimension(builder, CUSTVAL_SIDE_BENEFIT, &node, &error);
 *     node.id = "reliability";
 *     custval_builder_indicator(builder, "product", &node, &error);
 *     custval_item_spec item = CUSTVAL_ITEM_SPEC_INIT;
 *     item.column = "REL1"; item.scale_min = 1; item.scale_max = 10;
 *     custval_builder_item(builder, "reliability", &item, &error);
 *     custval_builder_build(builder, &system, &error);
 *     custval_builder_free(builder);
 *
 * Every call copies what it is given, validates what can be validated alone, and leaves the builder as it was if it
 * fails. Each returns #CUSTVAL_OK, or #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_STRUCT_SIZE,
 * #CUSTVAL_ERROR_STRUCT_NEWER, #CUSTVAL_ERROR_LIMIT, and what its own page adds ("see above").
 * @{
 */

/** @brief A system in the making; belongs to one thread at a time. @since 0.1 */
typedef struct custval_builder custval_builder;

/**
 * @brief Starts a system.
 * @param host memory for the builder and the system; copied; may be NULL.
 * @param spec policies; copied; NULL: all defaults.
 * @param[out] out the builder, to be freed with custval_builder_free(); NULL on failure.
 * @param[out] error may be NULL.
 * @return see above; #CUSTVAL_ERROR_RANGE, #CUSTVAL_ERROR_NOT_FINITE.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_builder_new(const custval_host *host,
                                                                 const custval_system_spec *spec,
                                                                 custval_builder **out, custval_error *error);

/**
 * @brief Starts from a system that exists, to make another one like it.
 *
 * Building at once gives an equal system; nodes, frames, gates, reliefs, overrides and origins keep their order.
 * @param host memory for the builder and the new system; copied; NULL: the old system's memory.
 * @param system the system; copied.
 * @param[out] out the builder, to be freed with custval_builder_free(); NULL on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_MEMORY, and of the host #CUSTVAL_ERROR_STRUCT_SIZE and
 *         #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Const use of the system may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_builder_new_from(const custval_host *host,
                                                                      const custval_system *system,
                                                                      custval_builder **out, custval_error *error);

/**
 * @brief Frees a builder; systems built from it stay valid.
 * @param builder a builder, or NULL.
 * @since 0.1
 */
CUSTVAL_API void custval_builder_free(custval_builder *builder);

/**
 * @brief Sets the weight (index form), aggregator, floor and note of a side; its id is fixed.
 * @param builder the builder.
 * @param side a ::custval_side, not none.
 * @param spec copied.
 * @param[out] error may be NULL.
 * @return see above; #CUSTVAL_ERROR_WEIGHT, #CUSTVAL_ERROR_RANGE, #CUSTVAL_ERROR_NOT_FINITE,
 *         #CUSTVAL_ERROR_STRUCTURE (a tag, cost or weight_column).
 * @note Not while another thread uses the builder.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_builder_side(custval_builder *builder, uint32_t side,
                                                                  const custval_node_spec *spec, custval_error *error);

/**
 * @brief Adds a dimension to a side.
 * @param builder the builder.
 * @param side a ::custval_side, not none.
 * @param spec copied.
 * @param[out] error may be NULL.
 * @return see above; #CUSTVAL_ERROR_DUPLICATE, #CUSTVAL_ERROR_WEIGHT, #CUSTVAL_ERROR_RANGE, #CUSTVAL_ERROR_NOT_FINITE,
 *         #CUSTVAL_ERROR_STRUCTURE (a tag or cost).
 * @note Not while another thread uses the builder.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_builder_dimension(custval_builder *builder, uint32_t side,
                                                                       const custval_node_spec *spec,
                                                                       custval_error *error);

/**
 * @brief Adds an indicator to a dimension.
 * @param builder the builder.
 * @param dimension id of a dimension added before.
 * @param spec copied.
 * @param[out] error may be NULL.
 * @return see above; #CUSTVAL_ERROR_NOT_FOUND, #CUSTVAL_ERROR_STRUCTURE (the parent is no dimension, or a
 *         benefit has a tag), #CUSTVAL_ERROR_DUPLICATE, #CUSTVAL_ERROR_WEIGHT, #CUSTVAL_ERROR_RANGE,
 *         #CUSTVAL_ERROR_NOT_FINITE.
 * @note Not while another thread uses the builder.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_builder_indicator(custval_builder *builder, const char *dimension,
                                                                       const custval_node_spec *spec,
                                                                       custval_error *error);

/**
 * @brief Adds an item to an indicator.
 * @param builder the builder.
 * @param indicator id of an indicator added before.
 * @param spec copied, with its curve.
 * @param[out] error may be NULL.
 * @return see above; #CUSTVAL_ERROR_NOT_FOUND, #CUSTVAL_ERROR_STRUCTURE, #CUSTVAL_ERROR_DUPLICATE,
 *         #CUSTVAL_ERROR_WEIGHT, #CUSTVAL_ERROR_RANGE (e.g. scale_min >= scale_max), #CUSTVAL_ERROR_NOT_FINITE.
 * @note Not while another thread uses the builder.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_builder_item(custval_builder *builder, const char *indicator,
                                                                  const custval_item_spec *spec, custval_error *error);

/**
 * @brief Adds a derived node: reported beside the others, never part of the value (e.g. image as the result of product,
 * service and people).
 * @param builder the builder.
 * @param spec copied; weight and weight_column are not used.
 * @param[out] error may be NULL.
 * @return see above; #CUSTVAL_ERROR_DUPLICATE, #CUSTVAL_ERROR_RANGE, #CUSTVAL_ERROR_NOT_FINITE,
 *         #CUSTVAL_ERROR_STRUCTURE (a tag or cost).
 * @note Not while another thread uses the builder.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_builder_derived(custval_builder *builder,
                                                                     const custval_node_spec *spec,
                                                                     custval_error *error);

/**
 * @brief Adds a part to a derived node.
 * @param builder the builder.
 * @param derived id of a derived node added before.
 * @param node id of a side, dimension or indicator added before.
 * @param weight its weight among the parts, >= 0.
 * @param[out] error may be NULL.
 * @return see above; #CUSTVAL_ERROR_NOT_FOUND, #CUSTVAL_ERROR_STRUCTURE, #CUSTVAL_ERROR_DUPLICATE,
 *         #CUSTVAL_ERROR_WEIGHT.
 * @note Not while another thread uses the builder.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_builder_derived_part(custval_builder *builder, const char *derived,
                                                                          const char *node, double weight,
                                                                          custval_error *error);

/**
 * @brief Gives a node a label in a language; a second label in the same language replaces the first.
 * @param builder the builder.
 * @param node id of a node added before, or "value", "benefit", "sacrifice". The value's label is the system's title.
 * @param language short language tag, e.g. "en", "zh", "ko".
 * @param text UTF-8.
 * @param[out] error may be NULL.
 * @return see above; #CUSTVAL_ERROR_NOT_FOUND.
 * @note Not while another thread uses the builder.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_builder_label(custval_builder *builder, const char *node,
                                                                   const char *language, const char *text,
                                                                   custval_error *error);

/**
 * @brief Adds a profile: other weights for a kind of customer.
 * @param builder the builder.
 * @param id unique among profiles; what the profile column holds.
 * @param note free text, or NULL.
 * @param[out] error may be NULL.
 * @return see above; #CUSTVAL_ERROR_DUPLICATE.
 * @note Not while another thread uses the builder.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_builder_profile(custval_builder *builder, const char *id,
                                                                     const char *note, custval_error *error);

/**
 * @brief Replaces the weight of one node in a profile; nodes not named keep theirs.
 * @param builder the builder.
 * @param profile id of a profile added before.
 * @param node id of a side, dimension, indicator or item added before.
 * @param weight >= 0.
 * @param[out] error may be NULL.
 * @return see above; #CUSTVAL_ERROR_NOT_FOUND, #CUSTVAL_ERROR_STRUCTURE, #CUSTVAL_ERROR_DUPLICATE,
 *         #CUSTVAL_ERROR_WEIGHT.
 * @note Not while another thread uses the builder.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_builder_profile_weight(custval_builder *builder,
                                                                            const char *profile, const char *node,
                                                                            double weight, custval_error *error);

/**
 * @brief Gives a profile a label in a language.
 * @param builder the builder.
 * @param profile id of a profile added before.
 * @param language short language tag.
 * @param text UTF-8.
 * @param[out] error may be NULL.
 * @return see above; #CUSTVAL_ERROR_NOT_FOUND.
 * @note Not while another thread uses the builder.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_builder_profile_label(custval_builder *builder,
                                                                           const char *profile, const char *language,
                                                                           const char *text, custval_error *error);

/**
 * @brief Adds a context: a frame of reference (place, occasion) with its own weights or expectations.
 *
 * Where a row has both, the context's weights come after the profile's: the situation has the last word.
 * @param builder the builder.
 * @param id unique among contexts; what the context column holds.
 * @param note free text, or NULL.
 * @param[out] error may be NULL.
 * @return see above; #CUSTVAL_ERROR_DUPLICATE.
 * @note Not while another thread uses the builder.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_builder_context(custval_builder *builder, const char *id,
                                                                     const char *note, custval_error *error);

/**
 * @brief Replaces the weight of one node in a context.
 * @param builder the builder.
 * @param context id of a context added before.
 * @param node id of a side, dimension, indicator or item added before.
 * @param weight >= 0.
 * @param[out] error may be NULL.
 * @return as custval_builder_profile_weight().
 * @note Not while another thread uses the builder.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_builder_context_weight(custval_builder *builder,
                                                                            const char *context, const char *node,
                                                                            double weight, custval_error *error);

/**
 * @brief Sets what customers expect of an item in a context.
 * @param builder the builder.
 * @param context id of a context added before.
 * @param item id of an item added before.
 * @param expectation on the item's scale.
 * @param[out] error may be NULL.
 * @return see above; #CUSTVAL_ERROR_NOT_FOUND, #CUSTVAL_ERROR_STRUCTURE, #CUSTVAL_ERROR_DUPLICATE,
 *         #CUSTVAL_ERROR_RANGE, #CUSTVAL_ERROR_NOT_FINITE.
 * @note Not while another thread uses the builder.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_builder_context_expectation(custval_builder *builder,
                                                                                 const char *context, const char *item,
                                                                                 double expectation,
                                                                                 custval_error *error);

/**
 * @brief Gives a context a label in a language.
 * @param builder the builder.
 * @param context id of a context added before.
 * @param language short language tag.
 * @param text UTF-8.
 * @param[out] error may be NULL.
 * @return see above; #CUSTVAL_ERROR_NOT_FOUND.
 * @note Not while another thread uses the builder.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_builder_context_label(custval_builder *builder,
                                                                           const char *context, const char *language,
                                                                           const char *text, custval_error *error);

/**
 * @brief Adds a gate; gates apply in the order in which they are added.
 * @param builder the builder.
 * @param spec copied.
 * @param[out] error may be NULL.
 * @return see above; #CUSTVAL_ERROR_NOT_FOUND, #CUSTVAL_ERROR_STRUCTURE, #CUSTVAL_ERROR_NOT_FINITE.
 * @note Not while another thread uses the builder.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_builder_gate(custval_builder *builder,
                                                                  const custval_gate_spec *spec, custval_error *error);

/**
 * @brief Adds a relief; those of one node apply in the order in which they are added.
 * @param builder the builder.
 * @param spec copied.
 * @param[out] error may be NULL.
 * @return see above; #CUSTVAL_ERROR_NOT_FOUND, #CUSTVAL_ERROR_STRUCTURE (a node of the wrong side or kind),
 *         #CUSTVAL_ERROR_RANGE (share).
 * @note Not while another thread uses the builder.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_builder_relief(custval_builder *builder,
                                                                    const custval_relief_spec *spec,
                                                                    custval_error *error);

/**
 * @brief Adds an override; the system needs an override column.
 * @param builder the builder.
 * @param spec copied.
 * @param[out] error may be NULL.
 * @return see above; #CUSTVAL_ERROR_NOT_FOUND, #CUSTVAL_ERROR_STRUCTURE, #CUSTVAL_ERROR_DUPLICATE (same node and key),
 *         #CUSTVAL_ERROR_NOT_FINITE.
 * @note Not while another thread uses the builder.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_builder_override(custval_builder *builder,
                                                                      const custval_override_spec *spec,
                                                                      custval_error *error);

/**
 * @brief Demands that a node's weight is not below any sibling's; custval_system_check() warns where it is.
 * @param builder the builder.
 * @param node id of a dimension or indicator added before.
 * @param[out] error may be NULL.
 * @return see above; #CUSTVAL_ERROR_NOT_FOUND, #CUSTVAL_ERROR_STRUCTURE, #CUSTVAL_ERROR_DUPLICATE.
 * @note Not while another thread uses the builder.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_builder_highest(custval_builder *builder, const char *node,
                                                                     custval_error *error);

/**
 * @brief Sets the weight of a node that exists, in place of the one it has.
 *
 * What is recorded of where the weights of its group come from is forgotten, as it is true no more: record anew with
 * custval_builder_origin() after setting all of them.
 * @param builder the builder.
 * @param profile id of a profile added before, to set the weight there; NULL: the base weight.
 * @param node id of a side, dimension, indicator or item added before.
 * @param weight >= 0.
 * @param[out] error may be NULL.
 * @return see above; #CUSTVAL_ERROR_NOT_FOUND, #CUSTVAL_ERROR_STRUCTURE, #CUSTVAL_ERROR_WEIGHT.
 * @note Not while another thread uses the builder.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_builder_set_weight(custval_builder *builder, const char *profile,
                                                                        const char *node, double weight,
                                                                        custval_error *error);

/**
 * @brief Sets the scale and the curve of an item that exists, in place of those it has, and forgets where that came
 * from.
 * @param builder the builder.
 * @param item id of an item added before.
 * @param scale_min lowest valid answer.
 * @param scale_max highest valid answer; both 0: no scale declared.
 * @param curve copied; NULL: the scale. Not a table.
 * @param[out] error may be NULL.
 * @return as custval_builder_item(); #CUSTVAL_ERROR_RANGE (also an expectation, its own or of a context, that the new
 *         scale does not hold), #CUSTVAL_ERROR_STRUCTURE (an item with a table, or a table).
 * @note Not while another thread uses the builder.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_builder_set_scale(custval_builder *builder, const char *item,
                                                                       double scale_min, double scale_max,
                                                                       const custval_curve *curve,
                                                                       custval_error *error);

/**
 * @brief Records where weights or a scale come from, in place of what was recorded of the same before.
 * @param builder the builder.
 * @param spec copied.
 * @param[out] error may be NULL.
 * @return see above (#CUSTVAL_ERROR_ARGUMENT: also a date that is none); #CUSTVAL_ERROR_NOT_FOUND (node or profile),
 *         #CUSTVAL_ERROR_STRUCTURE (weights of a node without children, the scale of what is no item, a scale in a
 *         profile), #CUSTVAL_ERROR_RANGE (sample), #CUSTVAL_ERROR_NOT_FINITE (a diagnostic), #CUSTVAL_ERROR_DUPLICATE
 *         (two diagnostics of one name).
 * @note Not while another thread uses the builder.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_builder_origin(custval_builder *builder,
                                                                    const custval_origin_spec *spec,
                                                                    custval_error *error);

/**
 * @brief Validates the whole and makes the immutable system; the builder can go on and build another.
 *
 * Validated here: at least one dimension, each with an indicator, each with an item; a positive weight in every group
 * of every weight set; importance columns for all siblings or none; the flat policy with means only; the ratio with
 * both sides; parts for derived nodes.
 * @param builder the builder.
 * @param[out] out the system, to be freed with custval_system_free(); NULL on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_STRUCTURE, #CUSTVAL_ERROR_WEIGHT, #CUSTVAL_ERROR_LIMIT,
 *         #CUSTVAL_ERROR_MEMORY.
 * @note Not while another thread uses the builder.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_builder_build(custval_builder *builder, custval_system **out,
                                                                   custval_error *error);

/**
 * @brief Makes a system of a table with one row per item: how people write a system in a spreadsheet or as CSV.
 *
 * | column | cells | a missing cell |
 * | --- | --- | --- |
 * | `side` | "benefit" or "sacrifice" | as in the row above |
 * | `dimension` | id | as in the row above |
 * | `dimension_label`, `dimension_weight` | of the dimension, in the first row of it | no label; 1 |
 * | `indicator` | id | as in the row above, within a dimension |
 * | `indicator_label`, `indicator_weight` | of the indicator, in the first row of it | no label; 1 |
 * | `item` | id | as in ::custval_item_spec |
 * | `item_label`, `item_weight`, `item_note` | of the item | no label; 1; no note |
 * | `column` | name of the column with the answers | not allowed |
 * | `low`, `high` | ends of the scale | not allowed |
 * | `reversed` | 1: a high answer means a low score | 0 |
 * | `missing_code` | answer that means "no answer" | none |
 * | `form`, `missing`, `out_of_scale` | words about the whole system, in any row | the default |
 *
 * Columns may come in any order, and those that are not needed may be left out. Labels are in English ("en"), which is
 * also what other languages fall back on. In place of a text a whole number stands for its digits. A row without any
 * cell is passed over; an empty text is a missing cell. A row may repeat what is said of a dimension or an indicator
 * further up, but not contradict it. What else a system may have is added to a builder made from the result
 * (custval_builder_new_from()).
 * @param host memory for the reading and for the system; copied; may be NULL.
 * @param table the table; borrowed until return.
 * @param[out] out the system, to be freed with custval_system_free(); NULL on failure.
 * @param[out] error may be NULL; of a row it has the index, and the message begins with it: `row 3: ...`.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND (a column that is none of these, or no such
 *         word), #CUSTVAL_ERROR_TYPE (a text where a number is needed, or the reverse), #CUSTVAL_ERROR_STRUCTURE (a
 *         cell is missing), #CUSTVAL_ERROR_DUPLICATE (rows contradict each other), #CUSTVAL_ERROR_RANGE,
 *         #CUSTVAL_ERROR_MEMORY, of the host #CUSTVAL_ERROR_STRUCT_SIZE and #CUSTVAL_ERROR_STRUCT_NEWER, and what
 *         custval_builder_build() and the calls before it return.
 * @note Const use of the table may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_system_from_table(const custval_host *host,
                                                                       const custval_table *table,
                                                                       custval_system **out, custval_error *error);
/** @} */

#ifdef __cplusplus
}
#endif
#endif
