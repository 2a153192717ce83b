/* custval: indicator systems, and how to look into one. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SYSTEM_H
#define CUSTVAL_SYSTEM_H

#include <stddef.h>
#include <stdint.h>

#include "host.h"
#include "macros.h"
#include "parts.h"
#include "status.h"
#include "table.h"
#include "words.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @file system.h
 * @brief The weighted three-level indicator system: introspection and checks; its parts are in parts.h.
 *
 * @defgroup system Indicator systems
 *
 * A *system* says what a customer's perceived value is made of and how it is computed:
 *
 *     level 1   value                        perceived value: benefit against sacrifice
 *               |- benefit  (side)           what the customer gets
 *     level 2   |  |- product (dimension)
 *     level 3   |  |  |- reliability (indicator)
 *               |  |  |    |- REL1 (item)    one observed column with its scale
 *               |  |  |    '- REL2 (item)
 *               '- sacrifice (side)          what it takes: pay, do, learn
 *                  '- money (dimension) ...
 *
 * Every node has a *score* on 0..100; a sacrifice score is higher when the sacrifice is greater. Every node has a
 * *weight* among its siblings: any number >= 0, normalised within the group. *Profiles* are other sets of weights for
 * kinds of customers; *contexts* (a place, an occasion) may replace weights again and set expectations. *Gates* cap the
 * value after the roll-up, *overrides* put a person's judgement, with author, reason and expiry, in place of a score.
 *
 * Systems come from a JSON document (document.h) or from a builder (builder.h).
 *
 * A built system is immutable: any number of threads may use it at once. Its nodes are numbered in the order of the
 * tree: 0 is the value, then the benefit side with everything below it, then the sacrifice side, then derived nodes.
 * @{
 */

/** @brief An immutable, reference-counted indicator system. @since 0.1 */
typedef struct custval_system custval_system;

/** @name Sharing
 * @{ */

/**
 * @brief Adds one owner to a system.
 * @param system a system, or NULL.
 * @return its argument.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API custval_system *custval_system_ref(custval_system *system);

/**
 * @brief Takes one owner away; the last one frees the system.
 * @param system a system, or NULL.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API void custval_system_free(custval_system *system);
/** @} */

/** @name Looking into a system
 * Nothing here fails for a valid argument and nothing allocates; pointers live as long as the system. Const use may be
 * shared.
 * @{ */

/**
 * @brief Gives the policies.
 * @param system a system.
 * @param[in,out] out its `struct_size` must be set; filled in, every default made explicit.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_STRUCT_SIZE.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_system_get(const custval_system *system, custval_system_spec *out,
                                                                custval_error *error);

/** @brief A node as it stands in a system. @since 0.1 */
typedef struct custval_node {
    size_t struct_size;      /**< Set by #CUSTVAL_NODE_INIT. */
    const char *id;          /**< Its id. */
    uint32_t kind;           /**< A ::custval_kind. */
    uint32_t side;           /**< A ::custval_side. */
    uint32_t parent;         /**< Index of its parent; #CUSTVAL_NONE for the value and for derived nodes. */
    uint32_t first_child;    /**< Index of its first child, or #CUSTVAL_NONE. */
    uint32_t next_sibling;   /**< Index of the next child of its parent, or #CUSTVAL_NONE. */
    uint32_t child_count;    /**< Number of children; derived nodes: number of parts. */
    uint32_t must_be_highest; /**< 1 if custval_builder_highest() was called for it. */
    uint32_t label_count;    /**< Number of labels. */
    double local_weight;     /**< Share among its siblings; a group's add up to exactly 1. Derived: 0. */
    double global_weight;    /**< Product of the local weights on its path *within its side*; a side's is its share in
                                  the index form and 1 otherwise; the value's is 1. */
} custval_node;

/** @brief Initialiser of a ::custval_node. @since 0.1 */
#define CUSTVAL_NODE_INIT {sizeof(custval_node), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.0, 0.0}

/**
 * @brief Gives the number of nodes, items and derived nodes included.
 * @param system a system; NULL gives 0.
 * @return the number.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API uint32_t custval_system_nodes(const custval_system *system);

/**
 * @brief Describes a node.
 * @param system a system.
 * @param node index below custval_system_nodes().
 * @param[in,out] out its `struct_size` must be set; filled in.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_STRUCT_SIZE.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_system_node(const custval_system *system, uint32_t node,
                                                                 custval_node *out, custval_error *error);

/**
 * @brief Finds a node by its id.
 * @param system a system.
 * @param id the id.
 * @param[out] out_node its index; #CUSTVAL_NONE on failure.
 * @param[out] error may be NULL; names similar ids.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_system_find(const custval_system *system, const char *id,
                                                                 uint32_t *out_node, custval_error *error);

/**
 * @brief Gives what a side, dimension, indicator or derived node was built from.
 * @param system a system.
 * @param node index of such a node.
 * @param[in,out] out its `struct_size` must be set; filled in.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_STRUCTURE (an item, or the value),
 *         #CUSTVAL_ERROR_STRUCT_SIZE.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_system_node_spec(const custval_system *system, uint32_t node,
                                                                      custval_node_spec *out, custval_error *error);

/**
 * @brief Gives what an item was built from.
 * @param system a system.
 * @param node index of an item.
 * @param[in,out] out its `struct_size` must be set; filled in; `curve` is never NULL.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_STRUCTURE (no item), #CUSTVAL_ERROR_STRUCT_SIZE.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_system_item_spec(const custval_system *system, uint32_t node,
                                                                      custval_item_spec *out, custval_error *error);

/**
 * @brief Gives one part of a derived node.
 * @param system a system.
 * @param derived index of a derived node.
 * @param part below its child_count.
 * @param[out] out_node index of the part's node; #CUSTVAL_NONE on failure.
 * @param[out] out_weight its weight as declared; 0 on failure.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_system_derived_part(const custval_system *system, uint32_t derived,
                                                                         uint32_t part, uint32_t *out_node,
                                                                         double *out_weight);

/**
 * @brief Gives the label of a node in a language, or the best there is.
 * @param system a system.
 * @param node index of a node.
 * @param language wanted language, e.g. "zh"; NULL: "en".
 * @return the label in that language, else in English, else the first one, else the id; NULL if there is no such node.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API const char *custval_system_label(const custval_system *system, uint32_t node, const char *language);

/**
 * @brief Gives one label of a node with its language, for walking over all of them.
 * @param system a system.
 * @param node index of a node.
 * @param label below custval_node::label_count.
 * @param[out] out_language its language; may be NULL.
 * @return the label; NULL if there is none of that index.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API const char *custval_system_label_at(const custval_system *system, uint32_t node, uint32_t label,
                                                const char **out_language);

/** @brief A profile or a context as it stands in a system. @since 0.1 */
typedef struct custval_frame {
    size_t struct_size;  /**< Set by #CUSTVAL_FRAME_INIT. */
    const char *id;      /**< Its id. */
    const char *note;    /**< Its note, or NULL. */
    uint32_t label_count; /**< Number of labels. */
    uint32_t reserved;   /**< 0. */
} custval_frame;

/** @brief Initialiser of a ::custval_frame. @since 0.1 */
#define CUSTVAL_FRAME_INIT {sizeof(custval_frame), 0, 0, 0, 0}

/** @brief Says whether a call means the profiles or the contexts. @since 0.1 */
enum custval_frame_kind {
    CUSTVAL_PROFILES = 1, /**< The profiles. */
    CUSTVAL_CONTEXTS = 2  /**< The contexts. */
};

/**
 * @brief Gives the number of profiles or contexts.
 * @param system a system; NULL gives 0.
 * @param kind a ::custval_frame_kind.
 * @return the number.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API uint32_t custval_system_frames(const custval_system *system, uint32_t kind);

/**
 * @brief Describes a profile or a context.
 * @param system a system.
 * @param kind a ::custval_frame_kind.
 * @param frame below custval_system_frames().
 * @param[in,out] out its `struct_size` must be set; filled in.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_STRUCT_SIZE.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_system_frame(const custval_system *system, uint32_t kind,
                                                                  uint32_t frame, custval_frame *out,
                                                                  custval_error *error);

/**
 * @brief Gives one label of a profile or context.
 * @param system a system.
 * @param kind a ::custval_frame_kind.
 * @param frame below custval_system_frames().
 * @param label below custval_frame::label_count.
 * @param[out] out_language its language; may be NULL.
 * @return the label; NULL if there is none of that index.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API const char *custval_system_frame_label_at(const custval_system *system, uint32_t kind, uint32_t frame,
                                                      uint32_t label, const char **out_language);

/**
 * @brief Gives the weight that a profile or context declares for a node.
 * @param system a system.
 * @param kind a ::custval_frame_kind.
 * @param frame below custval_system_frames().
 * @param node index of a node.
 * @param[out] out_weight the weight as declared; not touched if there is none.
 * @return 1 if it declares one, else 0.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API int custval_system_frame_weight(const custval_system *system, uint32_t kind, uint32_t frame, uint32_t node,
                                            double *out_weight);

/**
 * @brief Gives the expectation that a context declares for an item.
 * @param system a system.
 * @param context below custval_system_frames() of the contexts.
 * @param node index of an item.
 * @param[out] out_expectation the expectation; not touched if there is none.
 * @return 1 if it declares one, else 0.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API int custval_system_expectation(const custval_system *system, uint32_t context, uint32_t node,
                                           double *out_expectation);

/**
 * @brief Gives every node's local and global weight in a profile and context.
 * @param system a system.
 * @param profile id, or NULL for the base weights.
 * @param context id, or NULL for none.
 * @param[out] out_local custval_system_nodes() doubles, as custval_node::local_weight; may be NULL.
 * @param[out] out_global custval_system_nodes() doubles, as custval_node::global_weight; may be NULL.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_system_weights(const custval_system *system, const char *profile,
                                                                    const char *context, double *out_local,
                                                                    double *out_global, custval_error *error);

/**
 * @brief Gives the number of gates.
 * @param system a system; NULL gives 0.
 * @return the number.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API uint32_t custval_system_gates(const custval_system *system);

/**
 * @brief Gives a gate.
 * @param system a system.
 * @param gate below custval_system_gates().
 * @param[in,out] out its `struct_size` must be set; filled in.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_STRUCT_SIZE.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_system_gate(const custval_system *system, uint32_t gate,
                                                                 custval_gate_spec *out, custval_error *error);

/**
 * @brief Gives the number of reliefs.
 * @param system a system; NULL gives 0.
 * @return the number.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API uint32_t custval_system_reliefs(const custval_system *system);

/**
 * @brief Gives a relief.
 * @param system a system.
 * @param relief below custval_system_reliefs().
 * @param[in,out] out its `struct_size` must be set; filled in.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_STRUCT_SIZE.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_system_relief(const custval_system *system, uint32_t relief,
                                                                   custval_relief_spec *out, custval_error *error);

/**
 * @brief Gives the number of overrides.
 * @param system a system; NULL gives 0.
 * @return the number.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API uint32_t custval_system_overrides(const custval_system *system);

/**
 * @brief Gives an override.
 * @param system a system.
 * @param override below custval_system_overrides().
 * @param[in,out] out its `struct_size` must be set; filled in.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_STRUCT_SIZE.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_system_override(const custval_system *system, uint32_t override,
                                                                     custval_override_spec *out, custval_error *error);

/**
 * @brief Gives the number of recorded origins.
 * @param system a system; NULL gives 0.
 * @return the number.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API uint32_t custval_system_origins(const custval_system *system);

/**
 * @brief Gives an origin: where some weights or a scale come from.
 * @param system a system.
 * @param origin below custval_system_origins().
 * @param[in,out] out its `struct_size` must be set; filled in.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_STRUCT_SIZE.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_system_origin(const custval_system *system, uint32_t origin,
                                                                   custval_origin_spec *out, custval_error *error);

/** @brief What a column is read for; bits. @since 0.1 */
enum custval_input_role {
    CUSTVAL_INPUT_ITEM = 1,     /**< An item's answers. */
    CUSTVAL_INPUT_WEIGHT = 2,   /**< A node's individual importance. */
    CUSTVAL_INPUT_PROFILE = 4,  /**< The profile's id. */
    CUSTVAL_INPUT_CONTEXT = 8,  /**< The context's id. */
    CUSTVAL_INPUT_OVERRIDE = 16 /**< The customer's key for overrides. */
};

/** @brief A column that a system reads. @since 0.1 */
typedef struct custval_input {
    size_t struct_size; /**< Set by #CUSTVAL_INPUT_INIT. */
    const char *column; /**< Name of the column. */
    uint32_t roles;     /**< Bits of ::custval_input_role. */
    uint32_t is_text;   /**< 1: texts (categories, ids; integer columns are read as their decimal text); 0: numbers. */
} custval_input;

/** @brief Initialiser of a ::custval_input. @since 0.1 */
#define CUSTVAL_INPUT_INIT {sizeof(custval_input), 0, 0, 0}

/**
 * @brief Gives the number of columns that a system reads; each column counts once.
 * @param system a system; NULL gives 0.
 * @return the number.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API uint32_t custval_system_inputs(const custval_system *system);

/**
 * @brief Describes a column that a system reads, in the order in which custval_scorer_row() takes them.
 *
 * Items come first in the order of the tree, then importance columns, then the profile, context and override columns.
 * @param system a system.
 * @param input below custval_system_inputs().
 * @param[in,out] out its `struct_size` must be set; filled in.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_STRUCT_SIZE.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_system_input(const custval_system *system, uint32_t input,
                                                                  custval_input *out, custval_error *error);
/** @} */

/** @name For people
 * @{ */

/**
 * @brief Writes the tree with local and global weights as text, one node per line.
 * @param system a system.
 * @param language of the labels; NULL: "en".
 * @param[out] buffer receives at most `capacity` bytes with a NUL; may be NULL if capacity is 0.
 * @param capacity size of the buffer.
 * @param[out] out_length bytes of the whole text without the NUL, also when the buffer is too small.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK (also when the text was cut: compare out_length), #CUSTVAL_ERROR_ARGUMENT.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_system_text(const custval_system *system, const char *language,
                                                                 char *buffer, size_t capacity, size_t *out_length,
                                                                 custval_error *error);

/**
 * @brief Looks for what is allowed but probably not meant.
 *
 * Without data: a column used by two items (`column-twice`); a node that must have the highest weight and has not
 * (`not-highest`); unequal weights that add up to neither 1 nor 100 and were normalised (`weights-normalised`); a
 * weight of 0 in every profile and context (`zero-weight`); a derived node that counts a node both by itself and within
 * another part, or that only repeats its one part (`double-counting`); an item without a declared scale (`no-scale`).
 *
 * With data: an item, as coded, whose scores correlate negatively with the mean of the other items of its indicator, or
 * an indicator with the mean of the others of its side (`direction`): r below -0.1 and below -2/sqrt(n), n at least 30,
 * so its direction may be wrong, or applied twice; an item with answers outside its declared scale, codes apart
 * (`out-of-scale`); an item without a single valid answer (`no-answers`); an item that is constant (`constant`). Only
 * the columns of items are looked at; answers that no policy would take as they are, are left out.
 * @param system a system.
 * @param table data to look at as well, or NULL.
 * @param[out] out a table with one row per warning and the texts `code`, `node`, `message`; to be freed by the caller;
 *                 NULL on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK (also with no warnings: an empty table), #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND (a
 *         column is missing from the table), #CUSTVAL_ERROR_TYPE, #CUSTVAL_ERROR_MEMORY.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_system_check(const custval_system *system,
                                                                  const custval_table *table, custval_table **out,
                                                                  custval_error *error);
/** @} */

/** @} */

#ifdef __cplusplus
}
#endif
#endif
