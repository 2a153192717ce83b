/* custval: the words for the values of enumerations. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_WORDS_H
#define CUSTVAL_WORDS_H

#include <stdint.h>

#include "macros.h"
#include "status.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @file words.h
 * @brief The words that documents, tables and messages have for the values of enumerations.
 *
 * @defgroup words Words
 *
 * Every enumeration whose values are written somewhere has a vocabulary: one word per value, the same in documents,
 * tables, messages and bindings.
 * @{
 */

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

/** @} */

#ifdef __cplusplus
}
#endif
#endif
