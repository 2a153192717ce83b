/* The words of documents, tables and messages. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <custval/score.h>
#include <custval/system.h>

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
