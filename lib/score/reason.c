/* Saying what is wrong with a row. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/text.h"
#include "scorer.h"

// Text being written: always terminated, cut when full.
typedef struct sentence {
    char *text;
    size_t capacity, length;
} sentence;

static void say(sentence *to, const char *text) {
    const size_t room = to->capacity - to->length;
    const size_t wanted = custval__format(to->text + to->length, room, "%s%s", to->length ? "; " : "", text);
    to->length += wanted < room ? wanted : strlen(to->text + to->length);
}

typedef struct inquiry {
    custval_scorer *scorer;
    custval__source source;
    size_t row;
    uint32_t left; // bits not explained yet
    sentence out;
} inquiry;

// The status that one item's answer causes, 0 if none.
static uint32_t status_of_answer(const custval__item *item, double answer, int has_text, custval_text text) {
    double score;
    if (has_text) return custval__item_category_text(item, text, &score) ? 0U : CUSTVAL_ROW_UNKNOWN_CATEGORY;
    if (isnan(answer)) return 0;
    for (uint32_t i = 0; i < item->code_count; i++) {
        if (answer == item->codes[i]) return 0;
    }
    if (isinf(answer)) return CUSTVAL_ROW_NOT_FINITE;
    if (answer < item->low || answer > item->high) {
        return item->out_of_scale == CUSTVAL_OUT_OF_SCALE_CLAMP     ? CUSTVAL_ROW_CLAMPED
               : item->out_of_scale == CUSTVAL_OUT_OF_SCALE_MISSING ? CUSTVAL_ROW_DROPPED
                                                                    : CUSTVAL_ROW_OUT_OF_SCALE;
    }
    if (item->curve.type != CUSTVAL_CURVE_TABLE) return 0;
    return custval__item_category_number(item, answer, &score) ? 0U : CUSTVAL_ROW_UNKNOWN_CATEGORY;
}

static void explain_item(inquiry *in, const custval__item *item) {
    const custval_system *system = in->scorer->system;
    char digits[CUSTVAL__NUMBER_SIZE], line[CUSTVAL_ERROR_MESSAGE_SIZE];
    custval_text text = {NULL, 0};
    double scratch, answer = (double)NAN;
    const int is_text = system->inputs[item->input].is_text != 0;
    const int has_text = is_text && custval__source_text(&in->source, item->input, in->row, digits, &text);
    if (!is_text) answer = *custval__source_numbers(&in->source, item->input, in->row, 1, &scratch);
    uint32_t status = status_of_answer(item, answer, has_text, text);
    if (status == 0 && !has_text && isnan(answer) && system->spec.missing == CUSTVAL_MISSING_REJECT) {
        status = CUSTVAL_ROW_MISSING;
    }
    if (!(in->left & status)) return;
    in->left &= ~status;
    switch (status) {
    case CUSTVAL_ROW_UNKNOWN_CATEGORY:
        custval__format(digits, sizeof digits, "%g", answer);
        custval__format(line, sizeof line, "column \"%s\" is \"%.*s\", which is not in the table of \"%s\"",
                        item->column, (int)(has_text ? text.length : strlen(digits)), has_text ? text.data : digits,
                        system->nodes[item->node].id);
        break;
    case CUSTVAL_ROW_NOT_FINITE: custval__format(line, sizeof line, "column \"%s\" is %g", item->column, answer); break;
    case CUSTVAL_ROW_MISSING:
        custval__format(line, sizeof line, "column \"%s\" is missing (missing: reject)", item->column);
        break;
    default:
        custval__format(line, sizeof line, "column \"%s\" is %g, outside %g..%g (out_of_scale: %s)", item->column,
                        answer, item->low, item->high, custval_word(CUSTVAL_WORDS_OUT_OF_SCALE, item->out_of_scale));
    }
    say(&in->out, line);
}

static void explain_frame(inquiry *in, uint32_t bit, uint32_t input, const char *what) {
    char digits[CUSTVAL__NUMBER_SIZE], line[CUSTVAL_ERROR_MESSAGE_SIZE];
    custval_text id;
    if (!(in->left & bit) || !custval__source_text(&in->source, input, in->row, digits, &id)) return;
    in->left &= ~bit;
    custval__format(line, sizeof line, "column \"%s\" is \"%.*s\", which is no %s of the system",
                    in->scorer->system->inputs[input].column, (int)id.length, id.data, what);
    say(&in->out, line);
}

static void explain_importances(inquiry *in) {
    const custval_system *system = in->scorer->system;
    char line[CUSTVAL_ERROR_MESSAGE_SIZE];
    for (uint32_t i = 0; i < system->node_count; i++) {
        const custval__node *node = &system->nodes[i];
        double scratch;
        if (node->weight_input == CUSTVAL_NONE) continue;
        const double own = *custval__source_numbers(&in->source, node->weight_input, in->row, 1, &scratch);
        const uint32_t status = isnan(own)                ? (uint32_t)CUSTVAL_ROW_DEFAULT_WEIGHTS
                                : own < 0.0 || isinf(own) ? (uint32_t)CUSTVAL_ROW_BAD_WEIGHT
                                                          : 0U;
        if (!(in->left & status)) continue;
        in->left &= ~status;
        if (isnan(own)) {
            custval__format(line, sizeof line, "importance \"%s\" is missing: declared weights used",
                            node->weight_column);
        } else {
            custval__format(line, sizeof line, "importance \"%s\" is %g", node->weight_column, own);
        }
        say(&in->out, line);
    }
    if (!(in->left & CUSTVAL_ROW_BAD_WEIGHT)) return;
    in->left &= ~(uint32_t)CUSTVAL_ROW_BAD_WEIGHT;
    say(&in->out, "all own importances of a group are 0");
}

// A value needs an answer on every side, however much of the other was answered.
static void explain_missing(inquiry *in, const custval__engine *engine) {
    const custval_system *system = in->scorer->system;
    const double coverage = *custval__engine_coverage(engine, 0);
    char line[CUSTVAL_ERROR_MESSAGE_SIZE];
    custval__format(line, sizeof line, "too little was answered (coverage %g)", coverage);
    for (int side = CUSTVAL_SIDE_BENEFIT; coverage > 0.0 && side <= CUSTVAL_SIDE_SACRIFICE; side++) {
        const uint32_t node = system->sides[side];
        if (node == CUSTVAL_NONE || *custval__engine_coverage(engine, node) > 0.0) continue;
        custval__format(line, sizeof line, "nothing was answered of \"%s\" (coverage %g)", system->nodes[node].id,
                        coverage);
    }
    say(&in->out, line);
}

static void explain_rules(inquiry *in, const custval__engine *engine) {
    const custval_system *system = in->scorer->system;
    char line[CUSTVAL_ERROR_MESSAGE_SIZE];
    if (in->left & CUSTVAL_ROW_OVERRIDDEN) {
        for (uint32_t node = 0; node < system->node_count; node++) {
            const uint32_t at = custval__override_of(&in->scorer->plan, &in->source, in->row, node);
            if (at == CUSTVAL_NONE) continue;
            const custval__override *override = &system->overrides[at];
            custval__format(line, sizeof line, "\"%s\" judged %g by %s until %s: %s", system->nodes[node].id,
                            override->score, override->author, override->expires, override->reason);
            say(&in->out, line);
        }
    }
    if (in->left & CUSTVAL_ROW_GATED) say(&in->out, "a gate lowered the value");
    if (in->left & CUSTVAL_ROW_UNDEFINED) {
        say(&in->out, system->spec.form == CUSTVAL_FORM_RATIO
                          ? "the value is not defined: sacrifice 0, or a score below 0"
                          : "the value is not defined: a score below 0");
    }
    if (in->left & CUSTVAL_ROW_NOT_FINITE) say(&in->out, "a score is too large for a number");
    if (in->left & CUSTVAL_ROW_MISSING) explain_missing(in, engine);
}

static custval_status write_reason(inquiry *in, custval_error *error) {
    const custval_system *system = in->scorer->system;
    custval__engine *engine = NULL;
    CUSTVAL__TRY(custval__engine_new(&in->scorer->plan, 1, 1, &engine, error));
    custval__engine_run(engine, &in->source, in->row, 1, NULL);
    in->left = *custval__engine_status(engine);
    for (uint32_t i = 0; in->left != 0 && i < system->item_count; i++) explain_item(in, &system->items[i]);
    explain_frame(in, CUSTVAL_ROW_UNKNOWN_PROFILE, system->profile_input, "profile");
    explain_frame(in, CUSTVAL_ROW_UNKNOWN_CONTEXT, system->context_input, "context");
    if (in->left & (CUSTVAL_ROW_BAD_WEIGHT | CUSTVAL_ROW_DEFAULT_WEIGHTS)) explain_importances(in);
    explain_rules(in, engine);
    custval__engine_free(engine);
    return CUSTVAL_OK;
}

custval_status custval_row_reason(const custval_system *system, const custval_table *table, size_t row,
                                  const custval_score_options *options, char *buffer, size_t capacity,
                                  custval_error *error) {
    if (buffer == NULL || capacity == 0) return custval__fail_null(error, "buffer");
    buffer[0] = '\0';
    if (table != NULL && row >= custval_table_rows(table)) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "there is no row %zu: the table has %zu", row,
                             custval_table_rows(table));
    }
    inquiry in = {.row = row, .out = {buffer, capacity, 0}};
    CUSTVAL__TRY(custval_scorer_new((custval_system *)(uintptr_t)system, options, &in.scorer, error));
    custval_status status = custval__source_bind(&in.scorer->plan, table, &in.source, error);
    if (status == CUSTVAL_OK) status = write_reason(&in, error);
    custval__source_free(&in.scorer->plan, &in.source);
    custval_scorer_free(in.scorer);
    return status;
}
