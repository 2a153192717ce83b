/* custval: what an indicator system is made of. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_PARTS_H
#define CUSTVAL_PARTS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @file parts.h
 * @brief The parts of an indicator system, their kinds and limits; system.h says how they work together.
 *
 * @addtogroup system
 * @{
 */

#define CUSTVAL_MAX_NODES 4096     /**< Most nodes of a system, items included. @since 0.1 */
#define CUSTVAL_MAX_SETS 1024      /**< Most weight sets: (profiles + 1) x (contexts + 1). @since 0.1 */
#define CUSTVAL_MAX_ID_LENGTH 128  /**< Most bytes of an id. @since 0.1 */
#define CUSTVAL_MAX_TEXT_LENGTH 4096 /**< Most bytes of a label, note, column name, key or reason. @since 0.1 */

/** @brief What a node is. Values never change. @since 0.1 */
enum custval_kind {
    CUSTVAL_KIND_VALUE = 1,     /**< Level 1: the root, id "value". */
    CUSTVAL_KIND_SIDE = 2,      /**< "benefit" or "sacrifice". */
    CUSTVAL_KIND_DIMENSION = 3, /**< Level 2. */
    CUSTVAL_KIND_INDICATOR = 4, /**< Level 3. */
    CUSTVAL_KIND_ITEM = 5,      /**< An observed column that measures an indicator. */
    CUSTVAL_KIND_DERIVED = 6    /**< Computed from other nodes and reported; never part of the value. */
};

/** @brief Which side a node is on. @since 0.1 */
enum custval_side {
    CUSTVAL_SIDE_NONE = 0,      /**< The value itself, and derived nodes. */
    CUSTVAL_SIDE_BENEFIT = 1,   /**< Higher is better. */
    CUSTVAL_SIDE_SACRIFICE = 2  /**< Higher is worse. */
};

/**
 * @brief How the value comes from benefit B and sacrifice S (Zeithaml 1988, J. Marketing 52(3): what is received
 * against what is given). A system with one side only has the value B, or for the difference -S, for the index 100 - S.
 * @since 0.1
 */
enum custval_form {
    CUSTVAL_FORM_DIFFERENCE = 1, /**< B - S, on -100..100. The default. */
    CUSTVAL_FORM_INDEX = 2,      /**< Weighted aggregate of B and 100 - S, on 0..100. */
    CUSTVAL_FORM_RATIO = 3       /**< B / S; a row with S = 0 gets #CUSTVAL_ROW_UNDEFINED. */
};

/**
 * @brief How a node's score comes from its answered children's scores s with weights w, W = sum w.
 * @since 0.1
 */
enum custval_aggregator {
    CUSTVAL_AGGREGATOR_MEAN = 1,      /**< sum w s / W. The default. */
    CUSTVAL_AGGREGATOR_GEOMETRIC = 2, /**< prod s^(w/W): any zero gives zero; scores below 0 make the row undefined. */
    CUSTVAL_AGGREGATOR_HARMONIC = 3,  /**< W / sum(w/s): any zero gives zero; below 0 as the geometric mean. */
    CUSTVAL_AGGREGATOR_MINIMUM = 4,   /**< The smallest score; weights only say which children count (> 0). */
    CUSTVAL_AGGREGATOR_POWER = 5      /**< (sum w s^p / W)^(1/p), p = exponent, 0.001 to 50 in size;
                                           below 0 as the geometric mean. */
};

/** @brief What happens to an unanswered item. @since 0.1 */
enum custval_missing {
    CUSTVAL_MISSING_NESTED = 1,  /**< Left out; the siblings' weights are re-normalised, level by level. The default. */
    CUSTVAL_MISSING_FLAT = 2,    /**< Left out; path weights are re-normalised over the whole node. Means only. */
    CUSTVAL_MISSING_NEUTRAL = 3, /**< Takes the neutral score. */
    CUSTVAL_MISSING_WORST = 4,   /**< Takes 0 on the benefit side, 100 on the sacrifice side. */
    CUSTVAL_MISSING_REJECT = 5   /**< The row gets #CUSTVAL_ROW_MISSING and no scores. */
};

/** @brief What happens to an answer outside the declared scale. @since 0.1 */
enum custval_out_of_scale {
    CUSTVAL_OUT_OF_SCALE_REJECT = 1,  /**< The row gets #CUSTVAL_ROW_OUT_OF_SCALE and no scores. The default. */
    CUSTVAL_OUT_OF_SCALE_MISSING = 2, /**< Read as unanswered; the row is marked #CUSTVAL_ROW_DROPPED. */
    CUSTVAL_OUT_OF_SCALE_CLAMP = 3    /**< Moved to the nearer end; the row is marked #CUSTVAL_ROW_CLAMPED. */
};

/**
 * @brief How an item's answer x becomes a score. A reversed item's score is 100 minus the curve's.
 * @since 0.1
 */
enum custval_curve_type {
    CUSTVAL_CURVE_SCALE = 1,     /**< 100 (x - lo)/(hi - lo) over the declared scale. The default. */
    CUSTVAL_CURVE_LINEAR = 2,    /**< a + b x; parameters: a, b. Scores may leave 0..100. */
    CUSTVAL_CURVE_LOG = 3,       /**< 100 (ln x - ln lo)/(ln hi - ln lo) over the declared scale, lo > 0. */
    CUSTVAL_CURVE_LOGISTIC = 4,  /**< 100/(1 + exp(-k (x - m))); parameters: m, k. */
    CUSTVAL_CURVE_PIECEWISE = 5, /**< Straight lines through (x, y) points, x strictly ascending, level beyond the
                                      ends. */
    CUSTVAL_CURVE_PROSPECT = 6,  /**< Tversky & Kahneman (1992): v(d) = d^alpha for d >= 0, -lambda (-d)^beta below,
                                      d = (x - expectation)/(hi - lo); rescaled so that lo gives 0 and hi 100.
                                      Parameters: alpha, beta, lambda (published: .88, .88, 2.25), above 0, at most 10,
                                      10 and 10^6. The item needs an expectation of its own. */
    CUSTVAL_CURVE_TABLE = 7      /**< A score for each listed text or number; anything else:
                                      #CUSTVAL_ROW_UNKNOWN_CATEGORY. */
};

/** @brief What kind of sacrifice an indicator is: what a customer must pay, do or learn. @since 0.1 */
enum custval_tag {
    CUSTVAL_TAG_NONE = 0,  /**< No tag. */
    CUSTVAL_TAG_PAY = 1,   /**< Money. */
    CUSTVAL_TAG_DO = 2,    /**< Time and effort. */
    CUSTVAL_TAG_LEARN = 3  /**< Understanding. */
};

/** @brief On which side of its threshold a gate closes. @since 0.1 */
enum custval_gate_type {
    CUSTVAL_GATE_BELOW = 1, /**< Node score < threshold. */
    CUSTVAL_GATE_ABOVE = 2  /**< Node score > threshold. */
};

/** @name What a system is made of
 * Given to a builder, which copies everything, and given back by a system, which owns what the pointers show.
 * A 0 in an enumerated member means its default.
 * @{ */

/** @brief Policies of a whole system. @since 0.1 */
typedef struct custval_system_spec {
    size_t struct_size;          /**< Set by #CUSTVAL_SYSTEM_SPEC_INIT. */
    const char *id;              /**< Name of the system; NULL: "system". */
    const char *note;            /**< Free text, e.g. where the weights come from; NULL: none. */
    const char *profile_column;  /**< Column whose text or integer names the row's profile; NULL: none. */
    const char *context_column;  /**< Column whose text or integer names the row's context; NULL: none. */
    const char *override_column; /**< Column that identifies customers for overrides; NULL: none. */
    uint32_t form;               /**< A ::custval_form. */
    uint32_t aggregator;         /**< Index form: a ::custval_aggregator of B and 100 - S. */
    uint32_t missing;            /**< A ::custval_missing. */
    uint32_t out_of_scale;       /**< A ::custval_out_of_scale, unless an item says otherwise. */
    double exponent;             /**< Exponent if the aggregator is the power mean: 0.001 to 50, or the negative. */
    double neutral;              /**< Score of an unanswered item under #CUSTVAL_MISSING_NEUTRAL; default 50. */
    double coverage_floor;       /**< A node, items apart, with less coverage than this (0..1) has no score; default
                                      0. */
} custval_system_spec;

/** @brief Initialiser of a ::custval_system_spec. @since 0.1 */
#define CUSTVAL_SYSTEM_SPEC_INIT {sizeof(custval_system_spec), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.0, 50.0, 0.0}

/** @brief A side, dimension, indicator or derived node. @since 0.1 */
typedef struct custval_node_spec {
    size_t struct_size;        /**< Set by #CUSTVAL_NODE_SPEC_INIT. */
    const char *id;            /**< Unique; UTF-8 without control characters; not one of the reserved words
                                    value, benefit, sacrifice, coverage, status, pay, do, learn, and no `.coverage` at
                                    its end, which columns of scores have. Sides: ignored. */
    const char *note;          /**< Free text; NULL: none. */
    const char *weight_column; /**< Column with each customer's own importance of this node; all siblings or none.
                                    A row that lacks one of them uses the declared weights of the group. Dimensions and
                                    indicators only. NULL: none. */
    uint32_t aggregator;       /**< A ::custval_aggregator over the children. */
    uint32_t tag;              /**< A ::custval_tag; indicators on the sacrifice side only. */
    double weight;             /**< Importance among the siblings, >= 0; default 1. */
    double exponent;           /**< Exponent if the aggregator is the power mean: 0.001 to 50, or the negative. */
    double coverage_floor;     /**< As in the system's; default -1: the system's. */
    double cost;               /**< Indicators: money for one point of improvement, for levers and targets; 0: not
                                    known. */
} custval_node_spec;

/** @brief Initialiser of a ::custval_node_spec. @since 0.1 */
#define CUSTVAL_NODE_SPEC_INIT {sizeof(custval_node_spec), 0, 0, 0, 0, 0, 1.0, 0.0, -1.0, 0.0}

/** @brief How answers become scores. @since 0.1 */
typedef struct custval_curve {
    size_t struct_size;             /**< Set by #CUSTVAL_CURVE_INIT. */
    uint32_t type;                  /**< A ::custval_curve_type; 0: the scale. */
    uint32_t count;                 /**< Number of points or categories, at most 1000. */
    const double *x;                /**< Piecewise: abscissae. Table of numbers: the numbers. */
    const double *y;                /**< Piecewise, table: scores. */
    const char *const *categories;  /**< Table of texts: the texts, none empty; then x is NULL, and the item has neither
                                         scale nor missing codes. */
    double parameters[3];           /**< See the type. */
} custval_curve;

/** @brief Initialiser of a ::custval_curve. @since 0.1 */
#define CUSTVAL_CURVE_INIT {sizeof(custval_curve), 0, 0, 0, 0, 0, {0.0, 0.0, 0.0}}

/** @brief One observed column that measures an indicator. @since 0.1 */
typedef struct custval_item_spec {
    size_t struct_size;         /**< Set by #CUSTVAL_ITEM_SPEC_INIT. */
    const char *id;             /**< Unique; NULL: the column, or "indicator.column" if that id is taken. */
    const char *column;         /**< Name of the column. */
    const char *note;           /**< Free text, e.g. the question asked; NULL: none. */
    const double *missing_codes; /**< Answers that mean "no answer", e.g. 98 and 99; checked before the scale. */
    size_t missing_code_count;  /**< How many; at most 1000. */
    const custval_curve *curve; /**< NULL: the scale. */
    uint32_t reversed;          /**< 1: a high answer means a low score. Price items asked as "good price" on the
                                     sacrifice side are reversed. */
    uint32_t out_of_scale;      /**< A ::custval_out_of_scale; 0: the system's. */
    uint32_t has_expectation;   /**< 1: `expectation` counts. */
    uint32_t reserved;          /**< 0. */
    double scale_min;           /**< Lowest valid answer. */
    double scale_max;           /**< Highest valid answer; both 0: no scale declared (then the curve is none that needs
                                     one). */
    double weight;              /**< Weight among the indicator's items; default 1. */
    double expectation;         /**< What the customer expects, on the item's scale: the prospect curve's reference. */
} custval_item_spec;

/** @brief Initialiser of a ::custval_item_spec. @since 0.1 */
#define CUSTVAL_ITEM_SPEC_INIT {sizeof(custval_item_spec), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.0, 0.0, 1.0, 0.0}

/**
 * @brief A non-compensatory rule applied after the roll-up, in the order of declaration: when the node's score is
 * beyond the threshold, the value is at most `cap`. A node without a score closes no gate.
 * @since 0.1
 */
typedef struct custval_gate_spec {
    size_t struct_size; /**< Set by #CUSTVAL_GATE_SPEC_INIT. */
    const char *node;   /**< Id of a side, dimension, indicator or derived node. */
    const char *note;   /**< Why; NULL: none. */
    uint32_t type;      /**< A ::custval_gate_type; 0: below. */
    uint32_t reserved;  /**< 0. */
    double threshold;   /**< Compared strictly: a score equal to the threshold leaves the gate open. */
    double cap;         /**< Largest value while the gate is closed. */
} custval_gate_spec;

/** @brief Initialiser of a ::custval_gate_spec. @since 0.1 */
#define CUSTVAL_GATE_SPEC_INIT {sizeof(custval_gate_spec), 0, 0, 0, 0, 0.0, 0.0}

/**
 * @brief An interaction: what a benefit gives makes a sacrifice weigh less. A good image simplifies the decision, so
 * that the psychic cost is felt less.
 *
 * s' = s (1 - share b / 100), where s is the score of `node` on the sacrifice side and b that of `by` on the benefit
 * side, kept within 0..100. It is applied to the score as it was rolled up, before the node's parent is computed;
 * several reliefs of a node in the order of declaration. Where b is missing there is none, and an override of the node
 * is final.
 * @since 0.1
 */
typedef struct custval_relief_spec {
    size_t struct_size; /**< Set by #CUSTVAL_RELIEF_SPEC_INIT. */
    const char *node;   /**< Id of a dimension or indicator of the sacrifice side: what is felt less. */
    const char *by;     /**< Id of the benefit side, or of a dimension or indicator of it. */
    const char *note;   /**< Why; NULL: none. */
    double share;       /**< What is taken away where b is 100, 0..1. */
} custval_relief_spec;

/** @brief Initialiser of a ::custval_relief_spec. @since 0.1 */
#define CUSTVAL_RELIEF_SPEC_INIT {sizeof(custval_relief_spec), 0, 0, 0, 0.0}

/**
 * @brief A person's judgement in place of a computed score, for one customer, until it expires.
 *
 * It is applied before the node's parent is computed; on the value itself it comes after the gates. It is always
 * visible: the row is marked #CUSTVAL_ROW_OVERRIDDEN and an explanation shows it as a step of its own.
 * @since 0.1
 */
typedef struct custval_override_spec {
    size_t struct_size;  /**< Set by #CUSTVAL_OVERRIDE_SPEC_INIT. */
    const char *node;    /**< Id of the value, a side, a dimension or an indicator; NULL: the value. */
    const char *key;     /**< What the override column holds in that customer's row; integers as decimal text. */
    const char *author;  /**< Who judged; required. */
    const char *reason;  /**< Why; required. */
    const char *expires; /**< ISO date from which it no longer holds; required. */
    double score;        /**< The judged score. */
} custval_override_spec;

/** @brief Initialiser of a ::custval_override_spec. @since 0.1 */
#define CUSTVAL_OVERRIDE_SPEC_INIT {sizeof(custval_override_spec), 0, 0, 0, 0, 0, 0.0}

/** @brief What an origin is about. @since 0.1 */
enum custval_origin {
    CUSTVAL_ORIGIN_WEIGHTS = 1, /**< The weights of a node's children. */
    CUSTVAL_ORIGIN_SCALE = 2    /**< The scale of an item. */
};

/** @brief Where the weights of a group of siblings, or the scale of an item, come from. @since 0.1 */
typedef struct custval_origin_spec {
    size_t struct_size;  /**< Set by #CUSTVAL_ORIGIN_SPEC_INIT. */
    const char *node;    /**< Weights: id of the parent (value, side, dimension or indicator); scale: id of the item. */
    const char *profile; /**< Weights: id of the profile that has them; NULL: the base weights. */
    const char *method;  /**< E.g. "ahp-eigenvector"; required. */
    const char *source;  /**< Who or what they come from; NULL: not said. */
    const char *date;    /**< ISO date; NULL: not said. */
    const char *note;    /**< Free text; NULL: none. */
    const char *const *diagnostic_names; /**< Named numbers about the method, e.g. "cr". */
    const double *diagnostic_values;     /**< Their values, finite. */
    size_t diagnostic_count;             /**< How many; at most 100. */
    uint64_t sample;     /**< Number of judges or rows; 0: not said. At most 2^53. */
    uint32_t origin;     /**< A ::custval_origin. */
    uint32_t reserved;   /**< 0. */
} custval_origin_spec;

/** @brief Initialiser of a ::custval_origin_spec. @since 0.1 */
#define CUSTVAL_ORIGIN_SPEC_INIT {sizeof(custval_origin_spec), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, CUSTVAL_ORIGIN_WEIGHTS, 0}

/** @} */

/** @} */

#ifdef __cplusplus
}
#endif
#endif
