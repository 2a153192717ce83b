/* custval: indicator systems: what they are made of, and how to look into one. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SYSTEM_H
#define CUSTVAL_SYSTEM_H

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
 * @file system.h
 * @brief The weighted three-level indicator system: its parts, limits, introspection, checks.
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

/** @brief The vocabularies of custval_word(). @since 0.1 */
enum custval_vocabulary {
    CUSTVAL_WORDS_KIND = 1,         /**< ::custval_kind */
    CUSTVAL_WORDS_SIDE = 2,         /**< ::custval_side */
    CUSTVAL_WORDS_FORM = 3,         /**< ::custval_form */
    CUSTVAL_WORDS_AGGREGATOR = 4,   /**< ::custval_aggregator */
    CUSTVAL_WORDS_MISSING = 5,      /**< ::custval_missing */
    CUSTVAL_WORDS_OUT_OF_SCALE = 6, /**< ::custval_out_of_scale */
    CUSTVAL_WORDS_CURVE = 7,        /**< ::custval_curve_type */
    CUSTVAL_WORDS_TAG = 8,          /**< ::custval_tag */
    CUSTVAL_WORDS_GATE = 9,         /**< ::custval_gate_type */
    CUSTVAL_WORDS_ROW_STATUS = 10,  /**< ::custval_row_status, one bit at a time */
    CUSTVAL_WORDS_ORIGIN = 11,      /**< ::custval_origin */
    CUSTVAL_WORDS_RATING = 12,      /**< ::custval_rating */
    CUSTVAL_WORDS_RANKING = 13,     /**< ::custval_ranking */
    CUSTVAL_WORDS_MIXING = 14,      /**< ::custval_mixing */
    CUSTVAL_WORDS_AHP = 15,         /**< ::custval_ahp_method */
    CUSTVAL_WORDS_RANDOM_INDEX = 16, /**< ::custval_random_index */
    CUSTVAL_WORDS_GROUPING = 17,    /**< ::custval_grouping */
    CUSTVAL_WORDS_BWM = 18,         /**< ::custval_bwm_model */
    CUSTVAL_WORDS_DATA = 19,        /**< ::custval_data_method */
    CUSTVAL_WORDS_FIT = 20,         /**< ::custval_fit_method */
    CUSTVAL_WORDS_DRIVERS = 21,     /**< ::custval_drivers_method */
    CUSTVAL_WORDS_NOISE = 22,       /**< ::custval_noise */
    CUSTVAL_WORDS_RANK = 23,        /**< ::custval_rank_method */
    CUSTVAL_WORDS_NORMALISATION = 24, /**< ::custval_normalisation */
    CUSTVAL_WORDS_TIES = 25,        /**< ::custval_ties */
    CUSTVAL_WORDS_FUZZY = 26,       /**< ::custval_fuzzy_operator */
    CUSTVAL_WORDS_MEMBERSHIP = 27,  /**< ::custval_membership */
    CUSTVAL_WORDS_PERIOD = 28,      /**< ::custval_period */
    CUSTVAL_WORDS_REFUNDS = 29,     /**< ::custval_refunds */
    CUSTVAL_WORDS_ZEROS = 30,       /**< ::custval_zeros */
    CUSTVAL_WORDS_BAD_ROWS = 31,    /**< ::custval_bad_rows */
    CUSTVAL_WORDS_RFM = 32,         /**< ::custval_rfm_rule */
    CUSTVAL_WORDS_MODEL = 33,       /**< ::custval_model */
    CUSTVAL_WORDS_CONVERGENCE = 34, /**< ::custval_convergence */
    CUSTVAL_WORDS_TIMING = 35,      /**< ::custval_timing */
    CUSTVAL_WORDS_LIFETIME_OUTPUT = 36, /**< ::custval_lifetime_output */
    CUSTVAL_WORDS_LIFETIME_ROW = 37, /**< ::custval_lifetime_row_status */
    CUSTVAL_WORDS_WORTH_PART = 38,  /**< ::custval_worth_part */
    CUSTVAL_WORDS_WORTH_ROW = 39,   /**< ::custval_worth_row_status */
    CUSTVAL_WORDS_WALLET_ROW = 40,  /**< ::custval_wallet_row_status */
    CUSTVAL_WORDS_EMPTY_STATE = 41, /**< ::custval_empty_state */
    CUSTVAL_WORDS_SWITCHING_ROW = 42, /**< ::custval_switching_row_status */
    CUSTVAL_WORDS_FIRST_MARGIN = 43, /**< ::custval_first_margin */
    CUSTVAL_WORDS_GAP_MEASURE = 44, /**< ::custval_gap_measure */
    CUSTVAL_WORDS_ZONE = 45,        /**< ::custval_zone */
    CUSTVAL_WORDS_LINK = 46,        /**< ::custval_link_kind */
    CUSTVAL_WORDS_FACTOR = 47,      /**< ::custval_factor */
    CUSTVAL_WORDS_KANO = 48,        /**< ::custval_kano_class */
    CUSTVAL_WORDS_QUADRANT = 49,    /**< ::custval_quadrant */
    CUSTVAL_WORDS_GROUP_ROW = 50,   /**< ::custval_group_row_status */
    CUSTVAL_WORDS_GROUP_TEXT = 51,  /**< ::custval_group_text */
    CUSTVAL_WORDS_MATRIX = 52,      /**< ::custval_matrix */
    CUSTVAL_WORDS_TRAIT = 53,       /**< ::custval_trait_type */
    CUSTVAL_WORDS_PROPOSER = 54,    /**< ::custval_proposer */
    CUSTVAL_WORDS_PROGRAMME = 55,   /**< ::custval_programme_status */
    CUSTVAL_WORDS_REMARK = 56,      /**< ::custval_programmes_remark */
    CUSTVAL_WORDS_NEED_ROW = 57,    /**< ::custval_need_row_status */
    CUSTVAL_WORDS_SCENARIO = 58,    /**< ::custval_scenario_kind */
    CUSTVAL_WORDS_PHASE = 59,       /**< ::custval_scenario_phase */
    CUSTVAL_WORDS_SCENARIO_ROW = 60, /**< ::custval_scenario_row_status */
    CUSTVAL_WORDS_IMPACT_USE = 61,  /**< ::custval_impact_use */
    CUSTVAL_WORDS_IMPACT_ROW = 62   /**< ::custval_impact_row_status */
};

/**
 * @brief Gives the word for a value, as documents, tables and messages spell it, e.g. "geometric".
 * @param vocabulary a ::custval_vocabulary.
 * @param value a value of it.
 * @return a static string; NULL if there is no such value.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API const char *custval_word(uint32_t vocabulary, uint32_t value);

/**
 * @brief Gives the value of a word.
 * @param vocabulary a ::custval_vocabulary.
 * @param word e.g. "geometric".
 * @param[out] out_value the value; 0 on failure.
 * @param[out] error may be NULL; names the words that exist.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_word_value(uint32_t vocabulary, const char *word,
                                                                uint32_t *out_value, custval_error *error);

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
