/* The words of documents, tables and messages. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <string.h>

#include <custval/custval.h>
#include <custval/programmes.h>
#include <custval/scenario.h>

static const struct {
    uint32_t vocabulary, value;
    const char *word;
} words[] = {
    {CUSTVAL_WORDS_KIND, CUSTVAL_KIND_VALUE, "value"},
    {CUSTVAL_WORDS_KIND, CUSTVAL_KIND_SIDE, "side"},
    {CUSTVAL_WORDS_KIND, CUSTVAL_KIND_DIMENSION, "dimension"},
    {CUSTVAL_WORDS_KIND, CUSTVAL_KIND_INDICATOR, "indicator"},
    {CUSTVAL_WORDS_KIND, CUSTVAL_KIND_ITEM, "item"},
    {CUSTVAL_WORDS_KIND, CUSTVAL_KIND_DERIVED, "derived"},
    {CUSTVAL_WORDS_SIDE, CUSTVAL_SIDE_NONE, "none"},
    {CUSTVAL_WORDS_SIDE, CUSTVAL_SIDE_BENEFIT, "benefit"},
    {CUSTVAL_WORDS_SIDE, CUSTVAL_SIDE_SACRIFICE, "sacrifice"},
    {CUSTVAL_WORDS_FORM, CUSTVAL_FORM_DIFFERENCE, "difference"},
    {CUSTVAL_WORDS_FORM, CUSTVAL_FORM_INDEX, "index"},
    {CUSTVAL_WORDS_FORM, CUSTVAL_FORM_RATIO, "ratio"},
    {CUSTVAL_WORDS_AGGREGATOR, CUSTVAL_AGGREGATOR_MEAN, "mean"},
    {CUSTVAL_WORDS_AGGREGATOR, CUSTVAL_AGGREGATOR_GEOMETRIC, "geometric"},
    {CUSTVAL_WORDS_AGGREGATOR, CUSTVAL_AGGREGATOR_HARMONIC, "harmonic"},
    {CUSTVAL_WORDS_AGGREGATOR, CUSTVAL_AGGREGATOR_MINIMUM, "minimum"},
    {CUSTVAL_WORDS_AGGREGATOR, CUSTVAL_AGGREGATOR_POWER, "power"},
    {CUSTVAL_WORDS_MISSING, CUSTVAL_MISSING_NESTED, "nested"},
    {CUSTVAL_WORDS_MISSING, CUSTVAL_MISSING_FLAT, "flat"},
    {CUSTVAL_WORDS_MISSING, CUSTVAL_MISSING_NEUTRAL, "neutral"},
    {CUSTVAL_WORDS_MISSING, CUSTVAL_MISSING_WORST, "worst"},
    {CUSTVAL_WORDS_MISSING, CUSTVAL_MISSING_REJECT, "reject"},
    {CUSTVAL_WORDS_OUT_OF_SCALE, CUSTVAL_OUT_OF_SCALE_REJECT, "reject"},
    {CUSTVAL_WORDS_OUT_OF_SCALE, CUSTVAL_OUT_OF_SCALE_MISSING, "missing"},
    {CUSTVAL_WORDS_OUT_OF_SCALE, CUSTVAL_OUT_OF_SCALE_CLAMP, "clamp"},
    {CUSTVAL_WORDS_CURVE, CUSTVAL_CURVE_SCALE, "scale"},
    {CUSTVAL_WORDS_CURVE, CUSTVAL_CURVE_LINEAR, "linear"},
    {CUSTVAL_WORDS_CURVE, CUSTVAL_CURVE_LOG, "log"},
    {CUSTVAL_WORDS_CURVE, CUSTVAL_CURVE_LOGISTIC, "logistic"},
    {CUSTVAL_WORDS_CURVE, CUSTVAL_CURVE_PIECEWISE, "piecewise"},
    {CUSTVAL_WORDS_CURVE, CUSTVAL_CURVE_PROSPECT, "prospect"},
    {CUSTVAL_WORDS_CURVE, CUSTVAL_CURVE_TABLE, "table"},
    {CUSTVAL_WORDS_TAG, CUSTVAL_TAG_NONE, "none"},
    {CUSTVAL_WORDS_TAG, CUSTVAL_TAG_PAY, "pay"},
    {CUSTVAL_WORDS_TAG, CUSTVAL_TAG_DO, "do"},
    {CUSTVAL_WORDS_TAG, CUSTVAL_TAG_LEARN, "learn"},
    {CUSTVAL_WORDS_GATE, CUSTVAL_GATE_BELOW, "below"},
    {CUSTVAL_WORDS_GATE, CUSTVAL_GATE_ABOVE, "above"},
    {CUSTVAL_WORDS_ROW_STATUS, CUSTVAL_ROW_OK, "ok"},
    {CUSTVAL_WORDS_ROW_STATUS, CUSTVAL_ROW_GATED, "gated"},
    {CUSTVAL_WORDS_ROW_STATUS, CUSTVAL_ROW_OVERRIDDEN, "overridden"},
    {CUSTVAL_WORDS_ROW_STATUS, CUSTVAL_ROW_CLAMPED, "clamped"},
    {CUSTVAL_WORDS_ROW_STATUS, CUSTVAL_ROW_DROPPED, "dropped"},
    {CUSTVAL_WORDS_ROW_STATUS, CUSTVAL_ROW_DEFAULT_WEIGHTS, "default-weights"},
    {CUSTVAL_WORDS_ROW_STATUS, CUSTVAL_ROW_MISSING, "missing"},
    {CUSTVAL_WORDS_ROW_STATUS, CUSTVAL_ROW_OUT_OF_SCALE, "out-of-scale"},
    {CUSTVAL_WORDS_ROW_STATUS, CUSTVAL_ROW_NOT_FINITE, "not-finite"},
    {CUSTVAL_WORDS_ROW_STATUS, CUSTVAL_ROW_UNKNOWN_CATEGORY, "unknown-category"},
    {CUSTVAL_WORDS_ROW_STATUS, CUSTVAL_ROW_UNKNOWN_PROFILE, "unknown-profile"},
    {CUSTVAL_WORDS_ROW_STATUS, CUSTVAL_ROW_UNKNOWN_CONTEXT, "unknown-context"},
    {CUSTVAL_WORDS_ROW_STATUS, CUSTVAL_ROW_BAD_WEIGHT, "bad-weight"},
    {CUSTVAL_WORDS_ROW_STATUS, CUSTVAL_ROW_UNDEFINED, "undefined"},
    {CUSTVAL_WORDS_ORIGIN, CUSTVAL_ORIGIN_WEIGHTS, "weights"},
    {CUSTVAL_WORDS_ORIGIN, CUSTVAL_ORIGIN_SCALE, "scale"},
    {CUSTVAL_WORDS_RATING, CUSTVAL_RATING_STATED, "stated"},
    {CUSTVAL_WORDS_RATING, CUSTVAL_RATING_POINTS, "points"},
    {CUSTVAL_WORDS_RATING, CUSTVAL_RATING_SWING, "swing"},
    {CUSTVAL_WORDS_RATING, CUSTVAL_RATING_SMART, "smart"},
    {CUSTVAL_WORDS_RANKING, CUSTVAL_RANKING_CENTROID, "centroid"},
    {CUSTVAL_WORDS_RANKING, CUSTVAL_RANKING_SUM, "sum"},
    {CUSTVAL_WORDS_RANKING, CUSTVAL_RANKING_RECIPROCAL, "reciprocal"},
    {CUSTVAL_WORDS_RANKING, CUSTVAL_RANKING_EXPONENT, "exponent"},
    {CUSTVAL_WORDS_MIXING, CUSTVAL_MIXING_ARITHMETIC, "arithmetic"},
    {CUSTVAL_WORDS_MIXING, CUSTVAL_MIXING_MULTIPLICATIVE, "multiplicative"},
    {CUSTVAL_WORDS_AHP, CUSTVAL_AHP_EIGENVECTOR, "eigenvector"},
    {CUSTVAL_WORDS_AHP, CUSTVAL_AHP_GEOMETRIC, "geometric"},
    {CUSTVAL_WORDS_AHP, CUSTVAL_AHP_ARITHMETIC, "arithmetic"},
    {CUSTVAL_WORDS_RANDOM_INDEX, CUSTVAL_RANDOM_INDEX_SAATY_1980, "saaty-1980"},
    {CUSTVAL_WORDS_RANDOM_INDEX, CUSTVAL_RANDOM_INDEX_SAATY_2008, "saaty-2008"},
    {CUSTVAL_WORDS_RANDOM_INDEX, CUSTVAL_RANDOM_INDEX_SAATY_2005, "saaty-2005"},
    {CUSTVAL_WORDS_RANDOM_INDEX, CUSTVAL_RANDOM_INDEX_DONEGAN_DODD_1991, "donegan-dodd-1991"},
    {CUSTVAL_WORDS_RANDOM_INDEX, CUSTVAL_RANDOM_INDEX_TUMMALA_LING_1998, "tummala-ling-1998"},
    {CUSTVAL_WORDS_RANDOM_INDEX, CUSTVAL_RANDOM_INDEX_ALONSO_LAMATA_2006, "alonso-lamata-2006"},
    {CUSTVAL_WORDS_RANDOM_INDEX, CUSTVAL_RANDOM_INDEX_AHPSURVEY, "ahpsurvey"},
    {CUSTVAL_WORDS_RANDOM_INDEX, CUSTVAL_RANDOM_INDEX_ALONSO_LAMATA_FIT, "alonso-lamata-fit"},
    {CUSTVAL_WORDS_GROUPING, CUSTVAL_GROUPING_JUDGEMENTS, "judgements"},
    {CUSTVAL_WORDS_GROUPING, CUSTVAL_GROUPING_PRIORITIES_GEOMETRIC, "priorities-geometric"},
    {CUSTVAL_WORDS_GROUPING, CUSTVAL_GROUPING_PRIORITIES_ARITHMETIC, "priorities-arithmetic"},
    {CUSTVAL_WORDS_BWM, CUSTVAL_BWM_LINEAR, "linear"},
    {CUSTVAL_WORDS_BWM, CUSTVAL_BWM_NONLINEAR, "nonlinear"},
    {CUSTVAL_WORDS_DATA, CUSTVAL_DATA_ENTROPY, "entropy"},
    {CUSTVAL_WORDS_DATA, CUSTVAL_DATA_CRITIC, "critic"},
    {CUSTVAL_WORDS_DATA, CUSTVAL_DATA_DEVIATION, "deviation"},
    {CUSTVAL_WORDS_DATA, CUSTVAL_DATA_VARIATION, "variation"},
    {CUSTVAL_WORDS_DATA, CUSTVAL_DATA_MEREC, "merec"},
    {CUSTVAL_WORDS_FIT, CUSTVAL_FIT_RANGE, "range"},
    {CUSTVAL_WORDS_FIT, CUSTVAL_FIT_Z, "z"},
    {CUSTVAL_WORDS_FIT, CUSTVAL_FIT_QUANTILE, "quantile"},
    {CUSTVAL_WORDS_DRIVERS, CUSTVAL_DRIVERS_CORRELATION, "correlation"},
    {CUSTVAL_WORDS_DRIVERS, CUSTVAL_DRIVERS_REGRESSION, "regression"},
    {CUSTVAL_WORDS_DRIVERS, CUSTVAL_DRIVERS_RELATIVE, "relative"},
    {CUSTVAL_WORDS_DRIVERS, CUSTVAL_DRIVERS_SHAPLEY, "shapley"},
    {CUSTVAL_WORDS_NOISE, CUSTVAL_NOISE_DIRICHLET, "dirichlet"},
    {CUSTVAL_WORDS_NOISE, CUSTVAL_NOISE_RELATIVE, "relative"},
    {CUSTVAL_WORDS_NOISE, CUSTVAL_NOISE_ANY, "any"},
    {CUSTVAL_WORDS_RANK, CUSTVAL_RANK_SAW, "saw"},
    {CUSTVAL_WORDS_RANK, CUSTVAL_RANK_WPM, "wpm"},
    {CUSTVAL_WORDS_RANK, CUSTVAL_RANK_WASPAS, "waspas"},
    {CUSTVAL_WORDS_RANK, CUSTVAL_RANK_TOPSIS, "topsis"},
    {CUSTVAL_WORDS_RANK, CUSTVAL_RANK_VIKOR, "vikor"},
    {CUSTVAL_WORDS_NORMALISATION, CUSTVAL_NORMALISATION_VECTOR, "vector"},
    {CUSTVAL_WORDS_NORMALISATION, CUSTVAL_NORMALISATION_MAXIMUM, "maximum"},
    {CUSTVAL_WORDS_NORMALISATION, CUSTVAL_NORMALISATION_RANGE, "range"},
    {CUSTVAL_WORDS_NORMALISATION, CUSTVAL_NORMALISATION_SUM, "sum"},
    {CUSTVAL_WORDS_NORMALISATION, CUSTVAL_NORMALISATION_NONE, "none"},
    {CUSTVAL_WORDS_TIES, CUSTVAL_TIES_MINIMUM, "minimum"},
    {CUSTVAL_WORDS_TIES, CUSTVAL_TIES_MAXIMUM, "maximum"},
    {CUSTVAL_WORDS_TIES, CUSTVAL_TIES_DENSE, "dense"},
    {CUSTVAL_WORDS_TIES, CUSTVAL_TIES_MEAN, "mean"},
    {CUSTVAL_WORDS_FUZZY, CUSTVAL_FUZZY_WEIGHTED, "weighted"},
    {CUSTVAL_WORDS_FUZZY, CUSTVAL_FUZZY_MIN_MAX, "min-max"},
    {CUSTVAL_WORDS_FUZZY, CUSTVAL_FUZZY_PRODUCT_MAX, "product-max"},
    {CUSTVAL_WORDS_FUZZY, CUSTVAL_FUZZY_MIN_BOUNDED, "min-bounded"},
    {CUSTVAL_WORDS_MEMBERSHIP, CUSTVAL_MEMBERSHIP_SHARE, "share"},
    {CUSTVAL_WORDS_MEMBERSHIP, CUSTVAL_MEMBERSHIP_TRIANGULAR, "triangular"},
    {CUSTVAL_WORDS_PERIOD, CUSTVAL_PERIOD_DAY, "day"},
    {CUSTVAL_WORDS_PERIOD, CUSTVAL_PERIOD_WEEK, "week"},
    {CUSTVAL_WORDS_PERIOD, CUSTVAL_PERIOD_MONTH, "month"},
    {CUSTVAL_WORDS_PERIOD, CUSTVAL_PERIOD_QUARTER, "quarter"},
    {CUSTVAL_WORDS_PERIOD, CUSTVAL_PERIOD_YEAR, "year"},
    {CUSTVAL_WORDS_PERIOD, CUSTVAL_PERIOD_HOUR, "hour"},
    {CUSTVAL_WORDS_PERIOD, CUSTVAL_PERIOD_SECOND, "second"},
    {CUSTVAL_WORDS_PERIOD, CUSTVAL_PERIOD_NUMBER, "number"},
    {CUSTVAL_WORDS_REFUNDS, CUSTVAL_REFUNDS_REJECT, "reject"},
    {CUSTVAL_WORDS_REFUNDS, CUSTVAL_REFUNDS_NET, "net"},
    {CUSTVAL_WORDS_REFUNDS, CUSTVAL_REFUNDS_DROP, "drop"},
    {CUSTVAL_WORDS_REFUNDS, CUSTVAL_REFUNDS_KEEP, "keep"},
    {CUSTVAL_WORDS_ZEROS, CUSTVAL_ZEROS_KEEP, "keep"},
    {CUSTVAL_WORDS_ZEROS, CUSTVAL_ZEROS_DROP, "drop"},
    {CUSTVAL_WORDS_ZEROS, CUSTVAL_ZEROS_REJECT, "reject"},
    {CUSTVAL_WORDS_BAD_ROWS, CUSTVAL_BAD_ROWS_REJECT, "reject"},
    {CUSTVAL_WORDS_BAD_ROWS, CUSTVAL_BAD_ROWS_DROP, "drop"},
    {CUSTVAL_WORDS_RFM, CUSTVAL_RFM_QUANTILES, "quantiles"},
    {CUSTVAL_WORDS_RFM, CUSTVAL_RFM_PLUS_ONE, "plus-one"},
    {CUSTVAL_WORDS_RFM, CUSTVAL_RFM_RANKS, "ranks"},
    {CUSTVAL_WORDS_MODEL, CUSTVAL_MODEL_BGNBD, "bgnbd"},
    {CUSTVAL_WORDS_MODEL, CUSTVAL_MODEL_MBGNBD, "mbgnbd"},
    {CUSTVAL_WORDS_MODEL, CUSTVAL_MODEL_PNBD, "pnbd"},
    {CUSTVAL_WORDS_MODEL, CUSTVAL_MODEL_BGBB, "bgbb"},
    {CUSTVAL_WORDS_MODEL, CUSTVAL_MODEL_NBD, "nbd"},
    {CUSTVAL_WORDS_MODEL, CUSTVAL_MODEL_SBG, "sbg"},
    {CUSTVAL_WORDS_MODEL, CUSTVAL_MODEL_BDW, "bdw"},
    {CUSTVAL_WORDS_MODEL, CUSTVAL_MODEL_GAMMA_GAMMA, "gamma-gamma"},
    {CUSTVAL_WORDS_CONVERGENCE, CUSTVAL_CONVERGENCE_STATED, "stated"},
    {CUSTVAL_WORDS_CONVERGENCE, CUSTVAL_CONVERGENCE_OPTIMUM, "optimum"},
    {CUSTVAL_WORDS_CONVERGENCE, CUSTVAL_CONVERGENCE_BOUNDARY, "boundary"},
    {CUSTVAL_WORDS_CONVERGENCE, CUSTVAL_CONVERGENCE_FLAT, "flat"},
    {CUSTVAL_WORDS_CONVERGENCE, CUSTVAL_CONVERGENCE_ITERATIONS, "iterations"},
    {CUSTVAL_WORDS_TIMING, CUSTVAL_TIMING_END, "end"},
    {CUSTVAL_WORDS_TIMING, CUSTVAL_TIMING_MIDDLE, "middle"},
    {CUSTVAL_WORDS_TIMING, CUSTVAL_TIMING_BEGIN, "begin"},
    {CUSTVAL_WORDS_LIFETIME_OUTPUT, CUSTVAL_LIFETIME_ALIVE, "alive"},
    {CUSTVAL_WORDS_LIFETIME_OUTPUT, CUSTVAL_LIFETIME_LOG_ALIVE, "log_alive"},
    {CUSTVAL_WORDS_LIFETIME_OUTPUT, CUSTVAL_LIFETIME_ALIVE_LATER, "alive_later"},
    {CUSTVAL_WORDS_LIFETIME_OUTPUT, CUSTVAL_LIFETIME_EXPECTED, "expected"},
    {CUSTVAL_WORDS_LIFETIME_OUTPUT, CUSTVAL_LIFETIME_EXPECTED_DEVIATION, "expected_deviation"},
    {CUSTVAL_WORDS_LIFETIME_OUTPUT, CUSTVAL_LIFETIME_NONE, "none"},
    {CUSTVAL_WORDS_LIFETIME_OUTPUT, CUSTVAL_LIFETIME_RESIDUAL, "residual"},
    {CUSTVAL_WORDS_LIFETIME_OUTPUT, CUSTVAL_LIFETIME_SPEND, "spend"},
    {CUSTVAL_WORDS_LIFETIME_OUTPUT, CUSTVAL_LIFETIME_VALUE, "value"},
    {CUSTVAL_WORDS_LIFETIME_OUTPUT, CUSTVAL_LIFETIME_VALUE_DEVIATION, "value_deviation"},
    {CUSTVAL_WORDS_LIFETIME_OUTPUT, CUSTVAL_LIFETIME_LOG_LIKELIHOOD, "log_likelihood"},
    {CUSTVAL_WORDS_LIFETIME_ROW, CUSTVAL_LIFETIME_ROW_OK, "ok"},
    {CUSTVAL_WORDS_LIFETIME_ROW, CUSTVAL_LIFETIME_ROW_MISSING, "missing"},
    {CUSTVAL_WORDS_LIFETIME_ROW, CUSTVAL_LIFETIME_ROW_RANGE, "range"},
    {CUSTVAL_WORDS_LIFETIME_ROW, CUSTVAL_LIFETIME_ROW_UNDEFINED, "undefined"},
    {CUSTVAL_WORDS_WORTH_PART, CUSTVAL_WORTH_EXISTING, "existing"},
    {CUSTVAL_WORDS_WORTH_PART, CUSTVAL_WORTH_POTENTIAL, "potential"},
    {CUSTVAL_WORDS_WORTH_PART, CUSTVAL_WORTH_INFLUENCE, "influence"},
    {CUSTVAL_WORDS_WORTH_PART, CUSTVAL_WORTH_LEARNING, "learning"},
    {CUSTVAL_WORDS_WORTH_PART, CUSTVAL_WORTH_WALLET, "wallet"},
    {CUSTVAL_WORDS_WORTH_ROW, CUSTVAL_WORTH_ROW_OK, "ok"},
    {CUSTVAL_WORDS_WORTH_ROW, CUSTVAL_WORTH_ROW_MISSING, "missing"},
    {CUSTVAL_WORDS_WORTH_ROW, CUSTVAL_WORTH_ROW_RANGE, "range"},
    {CUSTVAL_WORDS_WALLET_ROW, CUSTVAL_WALLET_ROW_OK, "ok"},
    {CUSTVAL_WORDS_WALLET_ROW, CUSTVAL_WALLET_ROW_MISSING, "missing"},
    {CUSTVAL_WORDS_WALLET_ROW, CUSTVAL_WALLET_ROW_RANGE, "range"},
    {CUSTVAL_WORDS_WALLET_ROW, CUSTVAL_WALLET_ROW_UNDEFINED, "undefined"},
    {CUSTVAL_WORDS_WALLET_ROW, CUSTVAL_WALLET_ROW_EXCEEDS, "exceeds"},
    {CUSTVAL_WORDS_EMPTY_STATE, CUSTVAL_EMPTY_REFUSE, "refuse"},
    {CUSTVAL_WORDS_EMPTY_STATE, CUSTVAL_EMPTY_STAY, "stay"},
    {CUSTVAL_WORDS_EMPTY_STATE, CUSTVAL_EMPTY_POOLED, "pooled"},
    {CUSTVAL_WORDS_SWITCHING_ROW, CUSTVAL_SWITCHING_ROW_OK, "ok"},
    {CUSTVAL_WORDS_SWITCHING_ROW, CUSTVAL_SWITCHING_ROW_MISSING, "missing"},
    {CUSTVAL_WORDS_SWITCHING_ROW, CUSTVAL_SWITCHING_ROW_RANGE, "range"},
    {CUSTVAL_WORDS_SWITCHING_ROW, CUSTVAL_SWITCHING_ROW_UNKNOWN, "unknown"},
    {CUSTVAL_WORDS_FIRST_MARGIN, CUSTVAL_FIRST_NOW, "now"},
    {CUSTVAL_WORDS_FIRST_MARGIN, CUSTVAL_FIRST_NEXT, "next"},
    {CUSTVAL_WORDS_GROUP_ROW, CUSTVAL_GROUP_ROW_OK, "ok"},
    {CUSTVAL_WORDS_GROUP_ROW, CUSTVAL_GROUP_ROW_MISSING, "missing"},
    {CUSTVAL_WORDS_GROUP_ROW, CUSTVAL_GROUP_ROW_NONE, "none"},
    {CUSTVAL_WORDS_GROUP_TEXT, CUSTVAL_GROUP_LABEL, "label"},
    {CUSTVAL_WORDS_GROUP_TEXT, CUSTVAL_GROUP_ADVICE, "advice"},
    {CUSTVAL_WORDS_MATRIX, CUSTVAL_MATRIX_COUNTS, "counts"},
    {CUSTVAL_WORDS_MATRIX, CUSTVAL_MATRIX_PROBABILITIES, "probabilities"},
    {CUSTVAL_WORDS_GAP_MEASURE, CUSTVAL_GAP_PERFORMANCE, "performance"},
    {CUSTVAL_WORDS_GAP_MEASURE, CUSTVAL_GAP_EXPECTATION, "expectation"},
    {CUSTVAL_WORDS_GAP_MEASURE, CUSTVAL_GAP_DIFFERENCE, "gap"},
    {CUSTVAL_WORDS_GAP_MEASURE, CUSTVAL_GAP_PROSPECT, "prospect"},
    {CUSTVAL_WORDS_GAP_MEASURE, CUSTVAL_GAP_SUM, "sum"},
    {CUSTVAL_WORDS_ZONE, CUSTVAL_ZONE_NONE, "none"},
    {CUSTVAL_WORDS_ZONE, CUSTVAL_ZONE_BELOW, "below"},
    {CUSTVAL_WORDS_ZONE, CUSTVAL_ZONE_WITHIN, "within"},
    {CUSTVAL_WORDS_ZONE, CUSTVAL_ZONE_ABOVE, "above"},
    {CUSTVAL_WORDS_LINK, CUSTVAL_LINK_LINEAR, "linear"},
    {CUSTVAL_WORDS_LINK, CUSTVAL_LINK_LOGISTIC, "logistic"},
    {CUSTVAL_WORDS_FACTOR, CUSTVAL_FACTOR_NONE, "none"},
    {CUSTVAL_WORDS_FACTOR, CUSTVAL_FACTOR_BASIC, "basic"},
    {CUSTVAL_WORDS_FACTOR, CUSTVAL_FACTOR_PERFORMANCE, "performance"},
    {CUSTVAL_WORDS_FACTOR, CUSTVAL_FACTOR_EXCITEMENT, "excitement"},
    {CUSTVAL_WORDS_FACTOR, CUSTVAL_FACTOR_INCONSISTENT, "inconsistent"},
    {CUSTVAL_WORDS_KANO, CUSTVAL_KANO_MUST_BE, "must-be"},
    {CUSTVAL_WORDS_KANO, CUSTVAL_KANO_ONE_DIMENSIONAL, "one-dimensional"},
    {CUSTVAL_WORDS_KANO, CUSTVAL_KANO_ATTRACTIVE, "attractive"},
    {CUSTVAL_WORDS_KANO, CUSTVAL_KANO_INDIFFERENT, "indifferent"},
    {CUSTVAL_WORDS_KANO, CUSTVAL_KANO_REVERSE, "reverse"},
    {CUSTVAL_WORDS_KANO, CUSTVAL_KANO_QUESTIONABLE, "questionable"},
    {CUSTVAL_WORDS_QUADRANT, CUSTVAL_QUADRANT_CONCENTRATE, "concentrate"},
    {CUSTVAL_WORDS_QUADRANT, CUSTVAL_QUADRANT_KEEP, "keep"},
    {CUSTVAL_WORDS_QUADRANT, CUSTVAL_QUADRANT_LOW_PRIORITY, "low-priority"},
    {CUSTVAL_WORDS_QUADRANT, CUSTVAL_QUADRANT_OVERKILL, "overkill"},
    {CUSTVAL_WORDS_TRAIT, CUSTVAL_TRAIT_NUMBER, "number"},
    {CUSTVAL_WORDS_TRAIT, CUSTVAL_TRAIT_CATEGORY, "category"},
    {CUSTVAL_WORDS_TRAIT, CUSTVAL_TRAIT_FLAG, "flag"},
    {CUSTVAL_WORDS_PROPOSER, CUSTVAL_PROPOSER_NONE, "none"},
    {CUSTVAL_WORDS_PROPOSER, CUSTVAL_PROPOSER_RULE, "rule"},
    {CUSTVAL_WORDS_PROPOSER, CUSTVAL_PROPOSER_CASE, "case"},
    {CUSTVAL_WORDS_PROGRAMME, CUSTVAL_PROGRAMME_TAKEN, "taken"},
    {CUSTVAL_WORDS_PROGRAMME, CUSTVAL_PROGRAMME_BEYOND, "beyond"},
    {CUSTVAL_WORDS_PROGRAMME, CUSTVAL_PROGRAMME_LOSS, "loss"},
    {CUSTVAL_WORDS_PROGRAMME, CUSTVAL_PROGRAMME_GROUP, "group"},
    {CUSTVAL_WORDS_PROGRAMME, CUSTVAL_PROGRAMME_CONTACTS, "contacts"},
    {CUSTVAL_WORDS_PROGRAMME, CUSTVAL_PROGRAMME_UNTOLD, "untold"},
    {CUSTVAL_WORDS_PROGRAMME, CUSTVAL_PROGRAMME_VETOED, "vetoed"},
    {CUSTVAL_WORDS_PROGRAMME, CUSTVAL_PROGRAMME_OTHERS, "others"},
    {CUSTVAL_WORDS_REMARK, CUSTVAL_REMARK_NEVER, "never"},
    {CUSTVAL_WORDS_REMARK, CUSTVAL_REMARK_ALWAYS, "always"},
    {CUSTVAL_WORDS_REMARK, CUSTVAL_REMARK_RANGE, "range"},
    {CUSTVAL_WORDS_REMARK, CUSTVAL_REMARK_UNUSED, "unused"},
    {CUSTVAL_WORDS_REMARK, CUSTVAL_REMARK_LOSS, "loss"},
    {CUSTVAL_WORDS_REMARK, CUSTVAL_REMARK_NO_COLUMN, "no_column"},
    {CUSTVAL_WORDS_REMARK, CUSTVAL_REMARK_NOT_KNOWN, "not_known"},
    {CUSTVAL_WORDS_REMARK, CUSTVAL_REMARK_BEYOND, "beyond"},
    {CUSTVAL_WORDS_NEED_ROW, CUSTVAL_NEED_ROW_OK, "ok"},
    {CUSTVAL_WORDS_NEED_ROW, CUSTVAL_NEED_ROW_MISSING, "missing"},
    {CUSTVAL_WORDS_NEED_ROW, CUSTVAL_NEED_ROW_RANGE, "range"},
    {CUSTVAL_WORDS_NEED_ROW, CUSTVAL_NEED_ROW_NEVER, "never"},
    {CUSTVAL_WORDS_SCENARIO, CUSTVAL_SCENARIO_PROMOTION, "promotion"},
    {CUSTVAL_WORDS_SCENARIO, CUSTVAL_SCENARIO_PRICE, "price"},
    {CUSTVAL_WORDS_SCENARIO, CUSTVAL_SCENARIO_FEATURES, "features"},
    {CUSTVAL_WORDS_SCENARIO, CUSTVAL_SCENARIO_INDICATOR, "indicator"},
    {CUSTVAL_WORDS_SCENARIO, CUSTVAL_SCENARIO_PROGRAMME, "programme"},
    {CUSTVAL_WORDS_SCENARIO, CUSTVAL_SCENARIO_COMPETITION, "competition"},
    {CUSTVAL_WORDS_PHASE, CUSTVAL_PHASE_BEFORE, "before"},
    {CUSTVAL_WORDS_PHASE, CUSTVAL_PHASE_DURING, "during"},
    {CUSTVAL_WORDS_PHASE, CUSTVAL_PHASE_AFTER, "after"},
    {CUSTVAL_WORDS_SCENARIO_ROW, CUSTVAL_SCENARIO_ROW_OK, "ok"},
    {CUSTVAL_WORDS_SCENARIO_ROW, CUSTVAL_SCENARIO_ROW_NO_VALUE, "no_value"},
    {CUSTVAL_WORDS_SCENARIO_ROW, CUSTVAL_SCENARIO_ROW_MISSING, "missing"},
    {CUSTVAL_WORDS_SCENARIO_ROW, CUSTVAL_SCENARIO_ROW_RANGE, "range"},
    {CUSTVAL_WORDS_IMPACT_USE, CUSTVAL_IMPACT_RETENTION, "retention"},
    {CUSTVAL_WORDS_IMPACT_USE, CUSTVAL_IMPACT_CHOICE, "choice"},
    {CUSTVAL_WORDS_IMPACT_ROW, CUSTVAL_IMPACT_ROW_OK, "ok"},
    {CUSTVAL_WORDS_IMPACT_ROW, CUSTVAL_IMPACT_ROW_NOT_CHOSEN, "not_chosen"},
    {CUSTVAL_WORDS_IMPACT_ROW, CUSTVAL_IMPACT_ROW_NO_VALUE, "no_value"},
    {CUSTVAL_WORDS_IMPACT_ROW, CUSTVAL_IMPACT_ROW_MISSING, "missing"},
    {CUSTVAL_WORDS_IMPACT_ROW, CUSTVAL_IMPACT_ROW_RANGE, "range"},
    {CUSTVAL_WORDS_IMPACT_ROW, CUSTVAL_IMPACT_ROW_ENDLESS, "endless"},
};

static void every_value_has_its_word(void **unused) {
    (void)unused;
    for (size_t i = 0; i < SUPPORT_COUNT(words); i++) {
        assert_string_equal(custval_word(words[i].vocabulary, words[i].value), words[i].word);
    }
}

static void every_word_has_its_value(void **unused) {
    (void)unused;
    for (size_t i = 0; i < SUPPORT_COUNT(words); i++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        uint32_t value = 12345;
        assert_ok(custval_word_value(words[i].vocabulary, words[i].word, &value, &error), &error);
        assert_int_equal(value, words[i].value);
    }
}

static void no_other_value_has_a_word(void **unused) {
    (void)unused;
    for (uint32_t vocabulary = 0; vocabulary < 65; vocabulary++) {
        for (uint32_t value = 0; value < 70000; value++) {
            size_t known = 0;
            for (size_t i = 0; i < SUPPORT_COUNT(words); i++) {
                known += words[i].vocabulary == vocabulary && words[i].value == value;
            }
            if ((custval_word(vocabulary, value) != NULL) != (known == 1)) {
                fail_msg("vocabulary %u, value %u", vocabulary, value);
            }
        }
    }
    assert_null(custval_word(CUSTVAL_WORDS_SIDE, UINT32_MAX));
    assert_null(custval_word(UINT32_MAX, 1));
}

static void an_unknown_word_is_answered_with_those_that_exist(void **unused) {
    (void)unused;
    static const struct {
        uint32_t vocabulary;
        const char *word, *message;
    } cases[] = {
        {CUSTVAL_WORDS_AGGREGATOR, "mena",
         "\"mena\" is no aggregator; the words are mean, geometric, harmonic, minimum, power"},
        {CUSTVAL_WORDS_AGGREGATOR, "geometrical",
         "\"geometrical\" is no aggregator; the words are mean, geometric, harmonic, minimum, power; did you mean "
         "\"geometric\"?"},
        {CUSTVAL_WORDS_GATE, "Below", "\"Below\" is no gate type; the words are below, above; did you mean \"below\"?"},
        {CUSTVAL_WORDS_FORM, "", "\"\" is no form of the value; the words are difference, index, ratio"},
        {CUSTVAL_WORDS_KIND, "itm", "\"itm\" is no kind of node; "},
        {CUSTVAL_WORDS_SIDE, "x", "\"x\" is no side; the words are none, benefit, sacrifice"},
        {CUSTVAL_WORDS_MISSING, "x", "\"x\" is no missing policy; the words are nested, flat, neutral, worst, reject"},
        {CUSTVAL_WORDS_OUT_OF_SCALE, "x", "\"x\" is no out-of-scale policy; the words are reject, missing, clamp"},
        {CUSTVAL_WORDS_CURVE, "x", "\"x\" is no curve; the words are scale, linear, log, "},
        {CUSTVAL_WORDS_TAG, "x", "\"x\" is no tag; the words are none, pay, do, learn"},
        {CUSTVAL_WORDS_ROW_STATUS, "x", "\"x\" is no row status; the words are ok, gated, "},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        uint32_t value = 12345;
        assert_status(custval_word_value(cases[i].vocabulary, cases[i].word, &value, &error), CUSTVAL_ERROR_NOT_FOUND,
                      &error);
        assert_int_equal(value, 0);
        assert_message(&error, cases[i].message);
    }
}

static void a_very_long_word_is_refused_in_one_message(void **unused) {
    (void)unused;
    static char word[3000];
    memset(word, 'a', sizeof word - 1);
    custval_error error = CUSTVAL_ERROR_INIT;
    uint32_t value = 1;
    assert_status(custval_word_value(CUSTVAL_WORDS_TAG, word, &value, &error), CUSTVAL_ERROR_NOT_FOUND, &error);
    assert_message(&error, "aaaa\" is no tag; the words are none, pay, do, learn");
}

static void bad_arguments_are_named(void **unused) {
    (void)unused;
    custval_error error = CUSTVAL_ERROR_INIT;
    uint32_t value = 12345;
    assert_status(custval_word_value(CUSTVAL_WORDS_TAG, NULL, &value, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_message(&error, "word");
    assert_int_equal(value, 0);
    assert_status(custval_word_value(CUSTVAL_WORDS_TAG, "pay", NULL, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_message(&error, "out_value");
    assert_status(custval_word_value(0, "pay", &value, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_status(custval_word_value(63, "pay", &value, &error), CUSTVAL_ERROR_ARGUMENT, &error);
    assert_message(&error, "there is no vocabulary 63");
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_value_has_its_word),
        cmocka_unit_test(every_word_has_its_value),
        cmocka_unit_test(no_other_value_has_a_word),
        cmocka_unit_test(an_unknown_word_is_answered_with_those_that_exist),
        cmocka_unit_test(a_very_long_word_is_refused_in_one_message),
        cmocka_unit_test(bad_arguments_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
