/* The words of documents, tables and messages. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <custval/drivers.h>
#include <custval/equity.h>
#include <custval/formulas.h>
#include <custval/groups.h>
#include <custval/history.h>
#include <custval/impact.h>
#include <custval/judgements.h>
#include <custval/lifetime.h>
#include <custval/link.h>
#include <custval/migration.h>
#include <custval/parts.h>
#include <custval/programmes.h>
#include <custval/rank.h>
#include <custval/satisfaction.h>
#include <custval/scenario.h>
#include <custval/score.h>
#include <custval/summary.h>
#include <custval/uncertainty.h>
#include <custval/weights.h>
#include <custval/words.h>
#include <custval/worth.h>

#include "../base/error.h"
#include "../base/text.h"

typedef struct entry {
    uint32_t value;
    const char *text;
} entry;

/* Ends with a NULL text, which ends the list for custval__nearest_names too. */
static const entry kinds[] = {
    {CUSTVAL_KIND_VALUE, "value"},
    {CUSTVAL_KIND_SIDE, "side"},
    {CUSTVAL_KIND_DIMENSION, "dimension"},
    {CUSTVAL_KIND_INDICATOR, "indicator"},
    {CUSTVAL_KIND_ITEM, "item"},
    {CUSTVAL_KIND_DERIVED, "derived"},
    {0, NULL},
};
static const entry sides[] = {
    {CUSTVAL_SIDE_NONE, "none"},
    {CUSTVAL_SIDE_BENEFIT, "benefit"},
    {CUSTVAL_SIDE_SACRIFICE, "sacrifice"},
    {0, NULL},
};
static const entry forms[] = {
    {CUSTVAL_FORM_DIFFERENCE, "difference"},
    {CUSTVAL_FORM_INDEX, "index"},
    {CUSTVAL_FORM_RATIO, "ratio"},
    {0, NULL},
};
static const entry aggregators[] = {
    {CUSTVAL_AGGREGATOR_MEAN, "mean"},         {CUSTVAL_AGGREGATOR_GEOMETRIC, "geometric"},
    {CUSTVAL_AGGREGATOR_HARMONIC, "harmonic"}, {CUSTVAL_AGGREGATOR_MINIMUM, "minimum"},
    {CUSTVAL_AGGREGATOR_POWER, "power"},       {0, NULL},
};
static const entry missing[] = {
    {CUSTVAL_MISSING_NESTED, "nested"}, {CUSTVAL_MISSING_FLAT, "flat"},     {CUSTVAL_MISSING_NEUTRAL, "neutral"},
    {CUSTVAL_MISSING_WORST, "worst"},   {CUSTVAL_MISSING_REJECT, "reject"}, {0, NULL},
};
static const entry out_of_scale[] = {
    {CUSTVAL_OUT_OF_SCALE_REJECT, "reject"},
    {CUSTVAL_OUT_OF_SCALE_MISSING, "missing"},
    {CUSTVAL_OUT_OF_SCALE_CLAMP, "clamp"},
    {0, NULL},
};
static const entry curves[] = {
    {CUSTVAL_CURVE_SCALE, "scale"},
    {CUSTVAL_CURVE_LINEAR, "linear"},
    {CUSTVAL_CURVE_LOG, "log"},
    {CUSTVAL_CURVE_LOGISTIC, "logistic"},
    {CUSTVAL_CURVE_PIECEWISE, "piecewise"},
    {CUSTVAL_CURVE_PROSPECT, "prospect"},
    {CUSTVAL_CURVE_TABLE, "table"},
    {0, NULL},
};
static const entry tags[] = {
    {CUSTVAL_TAG_NONE, "none"},
    {CUSTVAL_TAG_PAY, "pay"},
    {CUSTVAL_TAG_DO, "do"},
    {CUSTVAL_TAG_LEARN, "learn"},
    {0, NULL},
};
static const entry gates[] = {
    {CUSTVAL_GATE_BELOW, "below"},
    {CUSTVAL_GATE_ABOVE, "above"},
    {0, NULL},
};
static const entry row_statuses[] = {
    {CUSTVAL_ROW_OK, "ok"},
    {CUSTVAL_ROW_GATED, "gated"},
    {CUSTVAL_ROW_OVERRIDDEN, "overridden"},
    {CUSTVAL_ROW_CLAMPED, "clamped"},
    {CUSTVAL_ROW_DROPPED, "dropped"},
    {CUSTVAL_ROW_DEFAULT_WEIGHTS, "default-weights"},
    {CUSTVAL_ROW_MISSING, "missing"},
    {CUSTVAL_ROW_OUT_OF_SCALE, "out-of-scale"},
    {CUSTVAL_ROW_NOT_FINITE, "not-finite"},
    {CUSTVAL_ROW_UNKNOWN_CATEGORY, "unknown-category"},
    {CUSTVAL_ROW_UNKNOWN_PROFILE, "unknown-profile"},
    {CUSTVAL_ROW_UNKNOWN_CONTEXT, "unknown-context"},
    {CUSTVAL_ROW_BAD_WEIGHT, "bad-weight"},
    {CUSTVAL_ROW_UNDEFINED, "undefined"},
    {0, NULL},
};
static const entry origins[] = {
    {CUSTVAL_ORIGIN_WEIGHTS, "weights"},
    {CUSTVAL_ORIGIN_SCALE, "scale"},
    {0, NULL},
};
static const entry ratings[] = {
    {CUSTVAL_RATING_STATED, "stated"},
    {CUSTVAL_RATING_POINTS, "points"},
    {CUSTVAL_RATING_SWING, "swing"},
    {CUSTVAL_RATING_SMART, "smart"},
    {0, NULL},
};
static const entry rankings[] = {
    {CUSTVAL_RANKING_CENTROID, "centroid"},
    {CUSTVAL_RANKING_SUM, "sum"},
    {CUSTVAL_RANKING_RECIPROCAL, "reciprocal"},
    {CUSTVAL_RANKING_EXPONENT, "exponent"},
    {0, NULL},
};
static const entry mixings[] = {
    {CUSTVAL_MIXING_ARITHMETIC, "arithmetic"},
    {CUSTVAL_MIXING_MULTIPLICATIVE, "multiplicative"},
    {0, NULL},
};
static const entry ahp_methods[] = {
    {CUSTVAL_AHP_EIGENVECTOR, "eigenvector"},
    {CUSTVAL_AHP_GEOMETRIC, "geometric"},
    {CUSTVAL_AHP_ARITHMETIC, "arithmetic"},
    {0, NULL},
};
static const entry random_indices[] = {
    {CUSTVAL_RANDOM_INDEX_SAATY_1980, "saaty-1980"},
    {CUSTVAL_RANDOM_INDEX_SAATY_2008, "saaty-2008"},
    {CUSTVAL_RANDOM_INDEX_SAATY_2005, "saaty-2005"},
    {CUSTVAL_RANDOM_INDEX_DONEGAN_DODD_1991, "donegan-dodd-1991"},
    {CUSTVAL_RANDOM_INDEX_TUMMALA_LING_1998, "tummala-ling-1998"},
    {CUSTVAL_RANDOM_INDEX_ALONSO_LAMATA_2006, "alonso-lamata-2006"},
    {CUSTVAL_RANDOM_INDEX_AHPSURVEY, "ahpsurvey"},
    {CUSTVAL_RANDOM_INDEX_ALONSO_LAMATA_FIT, "alonso-lamata-fit"},
    {0, NULL},
};
static const entry groupings[] = {
    {CUSTVAL_GROUPING_JUDGEMENTS, "judgements"},
    {CUSTVAL_GROUPING_PRIORITIES_GEOMETRIC, "priorities-geometric"},
    {CUSTVAL_GROUPING_PRIORITIES_ARITHMETIC, "priorities-arithmetic"},
    {0, NULL},
};
static const entry bwm_models[] = {
    {CUSTVAL_BWM_LINEAR, "linear"},
    {CUSTVAL_BWM_NONLINEAR, "nonlinear"},
    {0, NULL},
};
static const entry data_methods[] = {
    {CUSTVAL_DATA_ENTROPY, "entropy"},     {CUSTVAL_DATA_CRITIC, "critic"}, {CUSTVAL_DATA_DEVIATION, "deviation"},
    {CUSTVAL_DATA_VARIATION, "variation"}, {CUSTVAL_DATA_MEREC, "merec"},   {0, NULL},
};
static const entry fit_methods[] = {
    {CUSTVAL_FIT_RANGE, "range"},
    {CUSTVAL_FIT_Z, "z"},
    {CUSTVAL_FIT_QUANTILE, "quantile"},
    {0, NULL},
};
static const entry drivers_methods[] = {
    {CUSTVAL_DRIVERS_CORRELATION, "correlation"},
    {CUSTVAL_DRIVERS_REGRESSION, "regression"},
    {CUSTVAL_DRIVERS_RELATIVE, "relative"},
    {CUSTVAL_DRIVERS_SHAPLEY, "shapley"},
    {0, NULL},
};
static const entry noises[] = {
    {CUSTVAL_NOISE_DIRICHLET, "dirichlet"},
    {CUSTVAL_NOISE_RELATIVE, "relative"},
    {CUSTVAL_NOISE_ANY, "any"},
    {0, NULL},
};
static const entry rank_methods[] = {
    {CUSTVAL_RANK_SAW, "saw"},       {CUSTVAL_RANK_WPM, "wpm"},     {CUSTVAL_RANK_WASPAS, "waspas"},
    {CUSTVAL_RANK_TOPSIS, "topsis"}, {CUSTVAL_RANK_VIKOR, "vikor"}, {0, NULL},
};
static const entry normalisations[] = {
    {CUSTVAL_NORMALISATION_VECTOR, "vector"}, {CUSTVAL_NORMALISATION_MAXIMUM, "maximum"},
    {CUSTVAL_NORMALISATION_RANGE, "range"},   {CUSTVAL_NORMALISATION_SUM, "sum"},
    {CUSTVAL_NORMALISATION_NONE, "none"},     {0, NULL},
};
static const entry ties[] = {
    {CUSTVAL_TIES_MINIMUM, "minimum"},
    {CUSTVAL_TIES_MAXIMUM, "maximum"},
    {CUSTVAL_TIES_DENSE, "dense"},
    {CUSTVAL_TIES_MEAN, "mean"},
    {0, NULL},
};
static const entry fuzzy_operators[] = {
    {CUSTVAL_FUZZY_WEIGHTED, "weighted"},
    {CUSTVAL_FUZZY_MIN_MAX, "min-max"},
    {CUSTVAL_FUZZY_PRODUCT_MAX, "product-max"},
    {CUSTVAL_FUZZY_MIN_BOUNDED, "min-bounded"},
    {0, NULL},
};
static const entry memberships[] = {
    {CUSTVAL_MEMBERSHIP_SHARE, "share"},
    {CUSTVAL_MEMBERSHIP_TRIANGULAR, "triangular"},
    {0, NULL},
};
static const entry periods[] = {
    {CUSTVAL_PERIOD_DAY, "day"},         {CUSTVAL_PERIOD_WEEK, "week"},     {CUSTVAL_PERIOD_MONTH, "month"},
    {CUSTVAL_PERIOD_QUARTER, "quarter"}, {CUSTVAL_PERIOD_YEAR, "year"},     {CUSTVAL_PERIOD_HOUR, "hour"},
    {CUSTVAL_PERIOD_SECOND, "second"},   {CUSTVAL_PERIOD_NUMBER, "number"}, {0, NULL},
};
static const entry refund_rules[] = {
    {CUSTVAL_REFUNDS_REJECT, "reject"},
    {CUSTVAL_REFUNDS_NET, "net"},
    {CUSTVAL_REFUNDS_DROP, "drop"},
    {CUSTVAL_REFUNDS_KEEP, "keep"},
    {0, NULL},
};
static const entry zero_rules[] = {
    {CUSTVAL_ZEROS_KEEP, "keep"},
    {CUSTVAL_ZEROS_DROP, "drop"},
    {CUSTVAL_ZEROS_REJECT, "reject"},
    {0, NULL},
};
static const entry bad_row_rules[] = {
    {CUSTVAL_BAD_ROWS_REJECT, "reject"},
    {CUSTVAL_BAD_ROWS_DROP, "drop"},
    {0, NULL},
};
static const entry rfm_rules[] = {
    {CUSTVAL_RFM_QUANTILES, "quantiles"},
    {CUSTVAL_RFM_PLUS_ONE, "plus-one"},
    {CUSTVAL_RFM_RANKS, "ranks"},
    {0, NULL},
};
static const entry models[] = {
    {CUSTVAL_MODEL_BGNBD, "bgnbd"},
    {CUSTVAL_MODEL_MBGNBD, "mbgnbd"},
    {CUSTVAL_MODEL_PNBD, "pnbd"},
    {CUSTVAL_MODEL_BGBB, "bgbb"},
    {CUSTVAL_MODEL_NBD, "nbd"},
    {CUSTVAL_MODEL_SBG, "sbg"},
    {CUSTVAL_MODEL_BDW, "bdw"},
    {CUSTVAL_MODEL_GAMMA_GAMMA, "gamma-gamma"},
    {0, NULL},
};
static const entry convergences[] = {
    {CUSTVAL_CONVERGENCE_STATED, "stated"},         {CUSTVAL_CONVERGENCE_OPTIMUM, "optimum"},
    {CUSTVAL_CONVERGENCE_BOUNDARY, "boundary"},     {CUSTVAL_CONVERGENCE_FLAT, "flat"},
    {CUSTVAL_CONVERGENCE_ITERATIONS, "iterations"}, {0, NULL},
};
static const entry timings[] = {
    {CUSTVAL_TIMING_END, "end"},
    {CUSTVAL_TIMING_MIDDLE, "middle"},
    {CUSTVAL_TIMING_BEGIN, "begin"},
    {0, NULL},
};
static const entry lifetime_outputs[] = {
    {CUSTVAL_LIFETIME_ALIVE, "alive"},
    {CUSTVAL_LIFETIME_LOG_ALIVE, "log_alive"},
    {CUSTVAL_LIFETIME_ALIVE_LATER, "alive_later"},
    {CUSTVAL_LIFETIME_EXPECTED, "expected"},
    {CUSTVAL_LIFETIME_EXPECTED_DEVIATION, "expected_deviation"},
    {CUSTVAL_LIFETIME_NONE, "none"},
    {CUSTVAL_LIFETIME_RESIDUAL, "residual"},
    {CUSTVAL_LIFETIME_SPEND, "spend"},
    {CUSTVAL_LIFETIME_VALUE, "value"},
    {CUSTVAL_LIFETIME_VALUE_DEVIATION, "value_deviation"},
    {CUSTVAL_LIFETIME_LOG_LIKELIHOOD, "log_likelihood"},
    {0, NULL},
};
static const entry lifetime_row_statuses[] = {
    {CUSTVAL_LIFETIME_ROW_OK, "ok"},
    {CUSTVAL_LIFETIME_ROW_MISSING, "missing"},
    {CUSTVAL_LIFETIME_ROW_RANGE, "range"},
    {CUSTVAL_LIFETIME_ROW_UNDEFINED, "undefined"},
    {0, NULL},
};
static const entry worth_parts[] = {
    {CUSTVAL_WORTH_EXISTING, "existing"},   {CUSTVAL_WORTH_POTENTIAL, "potential"},
    {CUSTVAL_WORTH_INFLUENCE, "influence"}, {CUSTVAL_WORTH_LEARNING, "learning"},
    {CUSTVAL_WORTH_WALLET, "wallet"},       {0, NULL},
};
static const entry worth_row_statuses[] = {
    {CUSTVAL_WORTH_ROW_OK, "ok"},
    {CUSTVAL_WORTH_ROW_MISSING, "missing"},
    {CUSTVAL_WORTH_ROW_RANGE, "range"},
    {0, NULL},
};
static const entry wallet_row_statuses[] = {
    {CUSTVAL_WALLET_ROW_OK, "ok"},           {CUSTVAL_WALLET_ROW_MISSING, "missing"},
    {CUSTVAL_WALLET_ROW_RANGE, "range"},     {CUSTVAL_WALLET_ROW_UNDEFINED, "undefined"},
    {CUSTVAL_WALLET_ROW_EXCEEDS, "exceeds"}, {0, NULL},
};
static const entry trait_types[] = {
    {CUSTVAL_TRAIT_NUMBER, "number"},
    {CUSTVAL_TRAIT_CATEGORY, "category"},
    {CUSTVAL_TRAIT_FLAG, "flag"},
    {0, NULL},
};
static const entry proposers[] = {
    {CUSTVAL_PROPOSER_NONE, "none"},
    {CUSTVAL_PROPOSER_RULE, "rule"},
    {CUSTVAL_PROPOSER_CASE, "case"},
    {0, NULL},
};
static const entry programme_statuses[] = {
    {CUSTVAL_PROGRAMME_TAKEN, "taken"},
    {CUSTVAL_PROGRAMME_BEYOND, "beyond"},
    {CUSTVAL_PROGRAMME_LOSS, "loss"},
    {CUSTVAL_PROGRAMME_GROUP, "group"},
    {CUSTVAL_PROGRAMME_CONTACTS, "contacts"},
    {CUSTVAL_PROGRAMME_UNTOLD, "untold"},
    {CUSTVAL_PROGRAMME_VETOED, "vetoed"},
    {CUSTVAL_PROGRAMME_OTHERS, "others"},
    {0, NULL},
};
static const entry programmes_remarks[] = {
    {CUSTVAL_REMARK_NEVER, "never"},         {CUSTVAL_REMARK_ALWAYS, "always"}, {CUSTVAL_REMARK_RANGE, "range"},
    {CUSTVAL_REMARK_UNUSED, "unused"},       {CUSTVAL_REMARK_LOSS, "loss"},     {CUSTVAL_REMARK_NO_COLUMN, "no_column"},
    {CUSTVAL_REMARK_NOT_KNOWN, "not_known"}, {CUSTVAL_REMARK_BEYOND, "beyond"}, {0, NULL},
};
static const entry need_row_statuses[] = {
    {CUSTVAL_NEED_ROW_OK, "ok"},
    {CUSTVAL_NEED_ROW_MISSING, "missing"},
    {CUSTVAL_NEED_ROW_RANGE, "range"},
    {CUSTVAL_NEED_ROW_NEVER, "never"},
    {0, NULL},
};
static const entry empty_states[] = {
    {CUSTVAL_EMPTY_REFUSE, "refuse"},
    {CUSTVAL_EMPTY_STAY, "stay"},
    {CUSTVAL_EMPTY_POOLED, "pooled"},
    {0, NULL},
};
static const entry switching_row_statuses[] = {
    {CUSTVAL_SWITCHING_ROW_OK, "ok"},
    {CUSTVAL_SWITCHING_ROW_MISSING, "missing"},
    {CUSTVAL_SWITCHING_ROW_RANGE, "range"},
    {CUSTVAL_SWITCHING_ROW_UNKNOWN, "unknown"},
    {0, NULL},
};
static const entry first_margins[] = {
    {CUSTVAL_FIRST_NOW, "now"},
    {CUSTVAL_FIRST_NEXT, "next"},
    {0, NULL},
};

static const entry group_row_statuses[] = {
    {CUSTVAL_GROUP_ROW_OK, "ok"},
    {CUSTVAL_GROUP_ROW_MISSING, "missing"},
    {CUSTVAL_GROUP_ROW_NONE, "none"},
    {0, NULL},
};
static const entry group_texts[] = {
    {CUSTVAL_GROUP_LABEL, "label"},
    {CUSTVAL_GROUP_ADVICE, "advice"},
    {0, NULL},
};
static const entry matrices[] = {
    {CUSTVAL_MATRIX_COUNTS, "counts"},
    {CUSTVAL_MATRIX_PROBABILITIES, "probabilities"},
    {0, NULL},
};
static const entry gap_measures[] = {
    {CUSTVAL_GAP_PERFORMANCE, "performance"},
    {CUSTVAL_GAP_EXPECTATION, "expectation"},
    {CUSTVAL_GAP_DIFFERENCE, "gap"},
    {CUSTVAL_GAP_PROSPECT, "prospect"},
    {CUSTVAL_GAP_SUM, "sum"},
    {0, NULL},
};
static const entry zones[] = {
    {CUSTVAL_ZONE_NONE, "none"},
    {CUSTVAL_ZONE_BELOW, "below"},
    {CUSTVAL_ZONE_WITHIN, "within"},
    {CUSTVAL_ZONE_ABOVE, "above"},
    {0, NULL},
};
static const entry links[] = {
    {CUSTVAL_LINK_LINEAR, "linear"},
    {CUSTVAL_LINK_LOGISTIC, "logistic"},
    {0, NULL},
};
static const entry factors[] = {
    {CUSTVAL_FACTOR_NONE, "none"},
    {CUSTVAL_FACTOR_BASIC, "basic"},
    {CUSTVAL_FACTOR_PERFORMANCE, "performance"},
    {CUSTVAL_FACTOR_EXCITEMENT, "excitement"},
    {CUSTVAL_FACTOR_INCONSISTENT, "inconsistent"},
    {0, NULL},
};
static const entry kano_classes[] = {
    {CUSTVAL_KANO_MUST_BE, "must-be"},
    {CUSTVAL_KANO_ONE_DIMENSIONAL, "one-dimensional"},
    {CUSTVAL_KANO_ATTRACTIVE, "attractive"},
    {CUSTVAL_KANO_INDIFFERENT, "indifferent"},
    {CUSTVAL_KANO_REVERSE, "reverse"},
    {CUSTVAL_KANO_QUESTIONABLE, "questionable"},
    {0, NULL},
};
static const entry quadrants[] = {
    {CUSTVAL_QUADRANT_CONCENTRATE, "concentrate"},
    {CUSTVAL_QUADRANT_KEEP, "keep"},
    {CUSTVAL_QUADRANT_LOW_PRIORITY, "low-priority"},
    {CUSTVAL_QUADRANT_OVERKILL, "overkill"},
    {0, NULL},
};
static const entry scenario_kinds[] = {
    {CUSTVAL_SCENARIO_PROMOTION, "promotion"},
    {CUSTVAL_SCENARIO_PRICE, "price"},
    {CUSTVAL_SCENARIO_FEATURES, "features"},
    {CUSTVAL_SCENARIO_INDICATOR, "indicator"},
    {CUSTVAL_SCENARIO_PROGRAMME, "programme"},
    {CUSTVAL_SCENARIO_COMPETITION, "competition"},
    {0, NULL},
};
static const entry scenario_phases[] = {
    {CUSTVAL_PHASE_BEFORE, "before"},
    {CUSTVAL_PHASE_DURING, "during"},
    {CUSTVAL_PHASE_AFTER, "after"},
    {0, NULL},
};
static const entry scenario_row_statuses[] = {
    {CUSTVAL_SCENARIO_ROW_OK, "ok"},
    {CUSTVAL_SCENARIO_ROW_NO_VALUE, "no_value"},
    {CUSTVAL_SCENARIO_ROW_MISSING, "missing"},
    {CUSTVAL_SCENARIO_ROW_RANGE, "range"},
    {0, NULL},
};

static const entry impact_uses[] = {
    {CUSTVAL_IMPACT_RETENTION, "retention"},
    {CUSTVAL_IMPACT_CHOICE, "choice"},
    {0, NULL},
};
static const entry impact_row_statuses[] = {
    {CUSTVAL_IMPACT_ROW_OK, "ok"},
    {CUSTVAL_IMPACT_ROW_NOT_CHOSEN, "not_chosen"},
    {CUSTVAL_IMPACT_ROW_NO_VALUE, "no_value"},
    {CUSTVAL_IMPACT_ROW_MISSING, "missing"},
    {CUSTVAL_IMPACT_ROW_RANGE, "range"},
    {CUSTVAL_IMPACT_ROW_ENDLESS, "endless"},
    {0, NULL},
};

/* By custval_vocabulary, 0 is none. */
static const struct vocabulary {
    const char *name;
    const entry *words;
} vocabularies[] = {
    {NULL, NULL},
    {"kind of node", kinds},
    {"side", sides},
    {"form of the value", forms},
    {"aggregator", aggregators},
    {"missing policy", missing},
    {"out-of-scale policy", out_of_scale},
    {"curve", curves},
    {"tag", tags},
    {"gate type", gates},
    {"row status", row_statuses},
    {"origin", origins},
    {"rating", ratings},
    {"ranking", rankings},
    {"way of mixing", mixings},
    {"AHP method", ahp_methods},
    {"random index", random_indices},
    {"way of grouping", groupings},
    {"model of the best-worst method", bwm_models},
    {"way of weighing data", data_methods},
    {"way of fitting", fit_methods},
    {"way of deriving importance", drivers_methods},
    {"kind of noise", noises},
    {"way of ranking", rank_methods},
    {"normalisation", normalisations},
    {"rule of ties", ties},
    {"fuzzy operator", fuzzy_operators},
    {"kind of membership", memberships},
    {"kind of period", periods},
    {"rule of refunds", refund_rules},
    {"rule of zeros", zero_rules},
    {"rule of bad rows", bad_row_rules},
    {"rule of RFM scores", rfm_rules},
    {"lifetime model", models},
    {"way a fit ended", convergences},
    {"timing of money", timings},
    {"output of a lifetime model", lifetime_outputs},
    {"status of a prediction", lifetime_row_statuses},
    {"part of a worth", worth_parts},
    {"status of a worth", worth_row_statuses},
    {"status of a share of wallet", wallet_row_statuses},
    {"rule of empty states", empty_states},
    {"status of switching", switching_row_statuses},
    {"time of the first margin", first_margins},
    [CUSTVAL_WORDS_GROUP_ROW] = {"status of a customer in groups", group_row_statuses},
    [CUSTVAL_WORDS_GROUP_TEXT] = {"text of a group", group_texts},
    [CUSTVAL_WORDS_MATRIX] = {"kind of matrix", matrices},
    [CUSTVAL_WORDS_GAP_MEASURE] = {"measure of a gap", gap_measures},
    [CUSTVAL_WORDS_ZONE] = {"zone of tolerance", zones},
    [CUSTVAL_WORDS_LINK] = {"kind of link", links},
    [CUSTVAL_WORDS_FACTOR] = {"factor of satisfaction", factors},
    [CUSTVAL_WORDS_KANO] = {"class of Kano", kano_classes},
    [CUSTVAL_WORDS_QUADRANT] = {"quadrant", quadrants},
    [CUSTVAL_WORDS_TRAIT] = {"type of a trait", trait_types},
    [CUSTVAL_WORDS_PROPOSER] = {"proposer of a programme", proposers},
    [CUSTVAL_WORDS_PROGRAMME] = {"status of a programme", programme_statuses},
    [CUSTVAL_WORDS_REMARK] = {"remark on programmes", programmes_remarks},
    [CUSTVAL_WORDS_NEED_ROW] = {"status of a need", need_row_statuses},
    [CUSTVAL_WORDS_SCENARIO] = {"kind of scenario", scenario_kinds},
    [CUSTVAL_WORDS_PHASE] = {"phase of a scenario", scenario_phases},
    [CUSTVAL_WORDS_SCENARIO_ROW] = {"status of a scenario", scenario_row_statuses},
    [CUSTVAL_WORDS_IMPACT_USE] = {"use of a probability", impact_uses},
    [CUSTVAL_WORDS_IMPACT_ROW] = {"status of an impact", impact_row_statuses},
};

static const entry *words_of(uint32_t vocabulary) {
    return vocabulary < sizeof vocabularies / sizeof vocabularies[0] ? vocabularies[vocabulary].words : NULL;
}

const char *custval_word(uint32_t vocabulary, uint32_t value) {
    const entry *at = words_of(vocabulary);
    if (at == NULL) return NULL;
    while (at->text != NULL && at->value != value) at++;
    return at->text;
}

static const char *word_at(const void *data, size_t index) {
    return ((const entry *)data)[index].text;
}

static custval_status fail_unknown(uint32_t vocabulary, const char *wanted, custval_error *error) {
    char known[CUSTVAL_ERROR_MESSAGE_SIZE], near[CUSTVAL_ERROR_MESSAGE_SIZE];
    size_t length = 0;
    for (const entry *at = words_of(vocabulary); at->text != NULL; at++) {
        length += custval__format(known + length, sizeof known - length, "%s%s", length == 0 ? "" : ", ", at->text);
    }
    custval__nearest_names(wanted, word_at, words_of(vocabulary), 1, near, sizeof near);
    const int is_near = near[0] != 0;
    return custval__fail(error, CUSTVAL_ERROR_NOT_FOUND, "\"%.*s\" is no %s; the words are %s%s%s%s", 80, wanted,
                         vocabularies[vocabulary].name, known, is_near ? "; did you mean " : "", near,
                         is_near ? "?" : "");
}

custval_status custval_word_value(uint32_t vocabulary, const char *word, uint32_t *out_value, custval_error *error) {
    if (out_value == NULL) return custval__fail_null(error, "out_value");
    *out_value = 0;
    if (word == NULL) return custval__fail_null(error, "word");
    if (words_of(vocabulary) == NULL) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "there is no vocabulary %u", (unsigned)vocabulary);
    }
    for (const entry *at = words_of(vocabulary); at->text != NULL; at++) {
        if (strcmp(at->text, word) == 0) {
            *out_value = at->value;
            return CUSTVAL_OK;
        }
    }
    return fail_unknown(vocabulary, word, error);
}
