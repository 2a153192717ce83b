/* Systems from documents. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include <custval/builder.h>
#include <custval/document.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../system/builder.h"
#include "document.h"
#include "json.h"
#include "path.h"
#include "shape.h"

typedef struct loader {
    custval__json_document document;
    custval_builder *builder;
    custval_error error; /* the caller's may be NULL; this one is read to put places into messages */
} loader;

/* ---- Reading members of an object whose shape was checked ---------------------------------------------------------- */

static double number_of(const custval__json *object, const char *key, double otherwise) {
    const custval__json *const member = custval__json_member(object, key);
    return member == NULL ? otherwise : member->number;
}

static const char *text_of(const custval__json *object, const char *key) {
    const custval__json *const member = custval__json_member(object, key);
    return member == NULL ? NULL : member->text;
}

static uint32_t word_of(const custval__json *object, const char *key, uint32_t vocabulary) {
    const char *const word = text_of(object, key);
    uint32_t value = 0;
    return word == NULL || custval_word_value(vocabulary, word, &value, NULL) != CUSTVAL_OK ? 0 : value;
}

static const custval__json *first_of(const custval__json *object, const char *key) {
    const custval__json *const member = custval__json_member(object, key);
    return member == NULL ? NULL : member->first;
}

/* ---- Failing ------------------------------------------------------------------------------------------------------- */

static custval_status fail(loader *load, const custval__json *value, custval_status status, const char *message) {
    return custval__json_fail(value, status, &load->error, "%s", message);
}

static custval_status check(loader *load, const custval__json *object, uint32_t shape) {
    return custval__shape_check(object, &custval__shapes[shape], &load->error);
}

/* A call of the builder that took its arguments from one value. */
static custval_status place(loader *load, const custval__json *value, custval_status status) {
    return status == CUSTVAL_OK ? CUSTVAL_OK : custval__json_place(value, status, &load->error);
}

/* A call of the builder that took its arguments from an object: the status may tell which member it did not like. */
static custval_status place_in(loader *load, const custval__json *object, custval_status status) {
    const char *key = NULL;
    if (status == CUSTVAL_ERROR_WEIGHT) key = "weight";
    if (status == CUSTVAL_ERROR_DUPLICATE) key = custval__json_member(object, "id") != NULL ? "id" : "column";
    const custval__json *const member = key == NULL ? NULL : custval__json_member(object, key);
    return place(load, member == NULL ? object : member, status);
}

/* ---- What several kinds of objects have ---------------------------------------------------------------------------- */

/* -1 stands for "the system's" in a custval_node_spec, but a document says that by leaving the key out. */
static custval_status check_floor(loader *load, const custval__json *object) {
    const custval__json *const floor = custval__json_member(object, "coverage_floor");
    if (floor == NULL || (floor->number >= 0 && floor->number <= 1)) return CUSTVAL_OK;
    return custval__json_fail(floor, CUSTVAL_ERROR_RANGE, &load->error, "%g lies outside 0..1", floor->number);
}

typedef custval_status (*add_label)(custval_builder *builder, const char *owner, const char *language, const char *text,
                                    custval_error *error);

/* A label is a text in English, or an object of languages. */
static custval_status load_label(loader *load, const custval__json *object, const char *owner, add_label add) {
    const custval__json *const label = custval__json_member(object, "label");
    if (label == NULL) return CUSTVAL_OK;
    if (label->type == CUSTVAL__JSON_TEXT) {
        return place(load, label, add(load->builder, owner, "en", label->text, &load->error));
    }
    for (const custval__json *text = label->first; text != NULL; text = text->next) {
        CUSTVAL__TRY(place(load, text, add(load->builder, owner, text->key, text->text, &load->error)));
    }
    return CUSTVAL_OK;
}

typedef custval_status (*add_number)(custval_builder *builder, const char *owner, const char *node, double number,
                                     custval_error *error);

/* An object of nodes and numbers: weights, expectations, parts. */
static custval_status load_numbers(loader *load, const custval__json *object, const char *key, const char *owner,
                                   add_number add) {
    for (const custval__json *number = first_of(object, key); number != NULL; number = number->next) {
        CUSTVAL__TRY(place(load, number, add(load->builder, owner, number->key, number->number, &load->error)));
    }
    return CUSTVAL_OK;
}

static custval_node_spec node_of(const custval__json *object) {
    custval_node_spec spec = CUSTVAL_NODE_SPEC_INIT;
    spec.id = text_of(object, "id");
    spec.note = text_of(object, "note");
    spec.weight_column = text_of(object, "weight_column");
    spec.aggregator = word_of(object, "aggregator", CUSTVAL_WORDS_AGGREGATOR);
    spec.tag = word_of(object, "tag", CUSTVAL_WORDS_TAG);
    spec.weight = number_of(object, "weight", spec.weight);
    spec.exponent = number_of(object, "exponent", spec.exponent);
    spec.coverage_floor = number_of(object, "coverage_floor", spec.coverage_floor);
    spec.cost = number_of(object, "cost", spec.cost);
    return spec;
}

/* ---- Items --------------------------------------------------------------------------------------------------------- */

/* The numbers of an array or object, in the document's memory. */
static custval_status load_array(loader *load, const custval__json *array, const double **out) {
    double *const numbers = custval__arena_alloc(&load->document.arena, array->count, sizeof *numbers);
    if (numbers == NULL) return custval__fail_memory(&load->error);
    for (const custval__json *element = array->first; element != NULL; element = element->next) {
        numbers[element->index] = element->number;
    }
    *out = numbers;
    return CUSTVAL_OK;
}

/* Points are an array of pairs. */
static custval_status load_points(loader *load, const custval__json *points, custval_curve *curve) {
    double *const x = custval__arena_alloc(&load->document.arena, points->count, sizeof *x);
    double *const y = custval__arena_alloc(&load->document.arena, points->count, sizeof *y);
    if (x == NULL || y == NULL) return custval__fail_memory(&load->error);
    for (const custval__json *point = points->first; point != NULL; point = point->next) {
        const int is_pair = point->count == 2 && point->first->type == CUSTVAL__JSON_NUMBER &&
                            point->first->next->type == CUSTVAL__JSON_NUMBER;
        if (!is_pair) return fail(load, point, CUSTVAL_ERROR_DOCUMENT, "a point is a pair of numbers, [x, score]");
        x[point->index] = point->first->number;
        y[point->index] = point->first->next->number;
    }
    curve->x = x;
    curve->y = y;
    curve->count = points->count;
    return CUSTVAL_OK;
}

/* Scores are an object of categories and numbers. */
static custval_status load_scores(loader *load, const custval__json *scores, custval_curve *curve) {
    const char **const categories = custval__arena_alloc(&load->document.arena, scores->count, sizeof *categories);
    double *const y = custval__arena_alloc(&load->document.arena, scores->count, sizeof *y);
    if (categories == NULL || y == NULL) return custval__fail_memory(&load->error);
    for (const custval__json *score = scores->first; score != NULL; score = score->next) {
        categories[score->index] = score->key;
        y[score->index] = score->number;
    }
    curve->categories = categories;
    curve->y = y;
    curve->count = scores->count;
    return CUSTVAL_OK;
}

static custval_status load_table(loader *load, const custval__json *object, custval_curve *curve) {
    const custval__json *const scores = custval__json_member(object, "scores");
    const custval__json *const points = custval__json_member(object, "points");
    if ((scores == NULL) == (points == NULL)) {
        return fail(load, object, CUSTVAL_ERROR_DOCUMENT,
                    "a table has either \"scores\" of texts, or \"points\" of numbers");
    }
    return scores != NULL ? load_scores(load, scores, curve) : load_points(load, points, curve);
}

static custval_status load_curve(loader *load, const custval__json *object, custval_curve *curve) {
    static const uint32_t shapes[] = {
        [CUSTVAL_CURVE_SCALE] = CUSTVAL__SHAPE_CURVE_SCALE,
        [CUSTVAL_CURVE_LINEAR] = CUSTVAL__SHAPE_CURVE_LINEAR,
        [CUSTVAL_CURVE_LOG] = CUSTVAL__SHAPE_CURVE_LOG,
        [CUSTVAL_CURVE_LOGISTIC] = CUSTVAL__SHAPE_CURVE_LOGISTIC,
        [CUSTVAL_CURVE_PIECEWISE] = CUSTVAL__SHAPE_CURVE_PIECEWISE,
        [CUSTVAL_CURVE_PROSPECT] = CUSTVAL__SHAPE_CURVE_PROSPECT,
        [CUSTVAL_CURVE_TABLE] = CUSTVAL__SHAPE_CURVE_TABLE,
    };
    const custval__json *const type = custval__json_member(object, "type");
    if (type == NULL || type->type != CUSTVAL__JSON_TEXT) return check(load, object, CUSTVAL__SHAPE_CURVE);
    curve->type = word_of(object, "type", CUSTVAL_WORDS_CURVE);
    CUSTVAL__TRY(check(load, object, curve->type == 0 ? CUSTVAL__SHAPE_CURVE : shapes[curve->type]));
    switch (curve->type) {
    case CUSTVAL_CURVE_LINEAR:
        curve->parameters[0] = number_of(object, "intercept", 0);
        curve->parameters[1] = number_of(object, "slope", 0);
        return CUSTVAL_OK;
    case CUSTVAL_CURVE_LOGISTIC:
        curve->parameters[0] = number_of(object, "midpoint", 0);
        curve->parameters[1] = number_of(object, "steepness", 0);
        return CUSTVAL_OK;
    case CUSTVAL_CURVE_PROSPECT:
        curve->parameters[0] = number_of(object, "alpha", CUSTVAL__PROSPECT_ALPHA);
        curve->parameters[1] = number_of(object, "beta", CUSTVAL__PROSPECT_BETA);
        curve->parameters[2] = number_of(object, "lambda", CUSTVAL__PROSPECT_LAMBDA);
        return CUSTVAL_OK;
    case CUSTVAL_CURVE_PIECEWISE: return load_points(load, custval__json_member(object, "points"), curve);
    case CUSTVAL_CURVE_TABLE: return load_table(load, object, curve);
    default: return CUSTVAL_OK;
    }
}

static custval_status load_scale(loader *load, const custval__json *scale, custval_item_spec *spec) {
    if (scale->count != 2) {
        return fail(load, scale, CUSTVAL_ERROR_DOCUMENT, "a scale is a pair of numbers, [lowest, highest]");
    }
    spec->scale_min = scale->first->number;
    spec->scale_max = scale->first->next->number;
    if (spec->scale_min < spec->scale_max) return CUSTVAL_OK;
    return custval__json_fail(scale, CUSTVAL_ERROR_RANGE, &load->error,
                              "%g is not below %g; where low answers are good, say \"reversed\": true instead",
                              spec->scale_min, spec->scale_max);
}

static custval_status load_item(loader *load, const custval__json *object, const char *indicator) {
    CUSTVAL__TRY(check(load, object, CUSTVAL__SHAPE_ITEM));
    custval_item_spec spec = CUSTVAL_ITEM_SPEC_INIT;
    custval_curve curve = CUSTVAL_CURVE_INIT;
    spec.id = text_of(object, "id");
    spec.column = text_of(object, "column");
    spec.note = text_of(object, "note");
    spec.reversed = number_of(object, "reversed", 0) != 0;
    spec.out_of_scale = word_of(object, "out_of_scale", CUSTVAL_WORDS_OUT_OF_SCALE);
    spec.weight = number_of(object, "weight", spec.weight);
    spec.has_expectation = custval__json_member(object, "expectation") != NULL;
    spec.expectation = number_of(object, "expectation", 0);
    const custval__json *const scale = custval__json_member(object, "scale");
    if (scale != NULL) CUSTVAL__TRY(load_scale(load, scale, &spec));
    const custval__json *const codes = custval__json_member(object, "missing_codes");
    if (codes != NULL) {
        CUSTVAL__TRY(load_array(load, codes, &spec.missing_codes));
        spec.missing_code_count = codes->count;
    }
    const custval__json *const shape = custval__json_member(object, "curve");
    if (shape != NULL) {
        CUSTVAL__TRY(load_curve(load, shape, &curve));
        spec.curve = &curve;
    }
    CUSTVAL__TRY(place_in(load, object, custval_builder_item(load->builder, indicator, &spec, &load->error)));
    /* The builder may have made up the id. */
    const char *const id = custval__draft_node_at(load->builder, load->builder->nodes.count - 1)->spec.id;
    return load_label(load, object, id, custval_builder_label);
}

/* ---- The tree ------------------------------------------------------------------------------------------------------ */

static custval_status load_side(loader *load, const char *key, uint32_t side) {
    const custval__json *const object = custval__json_member(load->document.root, key);
    if (object == NULL) return CUSTVAL_OK;
    CUSTVAL__TRY(check(load, object, CUSTVAL__SHAPE_SIDE));
    CUSTVAL__TRY(check_floor(load, object));
    const custval_node_spec spec = node_of(object);
    CUSTVAL__TRY(place_in(load, object, custval_builder_side(load->builder, side, &spec, &load->error)));
    return load_label(load, object, key, custval_builder_label);
}

static custval_status load_indicator(loader *load, const custval__json *object, const char *dimension) {
    CUSTVAL__TRY(check(load, object, CUSTVAL__SHAPE_INDICATOR));
    CUSTVAL__TRY(check_floor(load, object));
    const custval_node_spec spec = node_of(object);
    CUSTVAL__TRY(place_in(load, object, custval_builder_indicator(load->builder, dimension, &spec, &load->error)));
    CUSTVAL__TRY(load_label(load, object, spec.id, custval_builder_label));
    for (const custval__json *item = first_of(object, "items"); item != NULL; item = item->next) {
        CUSTVAL__TRY(load_item(load, item, spec.id));
    }
    return CUSTVAL_OK;
}

static uint32_t side_of(const custval__json *dimension) {
    return word_of(dimension, "side", CUSTVAL_WORDS_SIDE);
}

static custval_status load_dimension(loader *load, const custval__json *object) {
    CUSTVAL__TRY(check(load, object, CUSTVAL__SHAPE_DIMENSION));
    CUSTVAL__TRY(check_floor(load, object));
    if (side_of(object) == CUSTVAL_SIDE_NONE) {
        return fail(load, custval__json_member(object, "side"), CUSTVAL_ERROR_DOCUMENT,
                    "a dimension is on the side benefit or sacrifice");
    }
    const custval_node_spec spec = node_of(object);
    CUSTVAL__TRY(
        place_in(load, object, custval_builder_dimension(load->builder, side_of(object), &spec, &load->error)));
    CUSTVAL__TRY(load_label(load, object, spec.id, custval_builder_label));
    for (const custval__json *indicator = first_of(object, "indicators"); indicator != NULL;
         indicator = indicator->next) {
        CUSTVAL__TRY(load_indicator(load, indicator, spec.id));
    }
    return CUSTVAL_OK;
}

static custval_status load_derived(loader *load, const custval__json *object) {
    CUSTVAL__TRY(check(load, object, CUSTVAL__SHAPE_DERIVED));
    CUSTVAL__TRY(check_floor(load, object));
    const custval_node_spec spec = node_of(object);
    CUSTVAL__TRY(place_in(load, object, custval_builder_derived(load->builder, &spec, &load->error)));
    CUSTVAL__TRY(load_label(load, object, spec.id, custval_builder_label));
    return load_numbers(load, object, "from", spec.id, custval_builder_derived_part);
}

/* ---- What is said about the tree ----------------------------------------------------------------------------------- */

static custval_status load_profile(loader *load, const custval__json *object) {
    CUSTVAL__TRY(check(load, object, CUSTVAL__SHAPE_PROFILE));
    const char *const id = text_of(object, "id");
    CUSTVAL__TRY(
        place_in(load, object, custval_builder_profile(load->builder, id, text_of(object, "note"), &load->error)));
    CUSTVAL__TRY(load_label(load, object, id, custval_builder_profile_label));
    return load_numbers(load, object, "weights", id, custval_builder_profile_weight);
}

static custval_status load_context(loader *load, const custval__json *object) {
    CUSTVAL__TRY(check(load, object, CUSTVAL__SHAPE_CONTEXT));
    const char *const id = text_of(object, "id");
    CUSTVAL__TRY(
        place_in(load, object, custval_builder_context(load->builder, id, text_of(object, "note"), &load->error)));
    CUSTVAL__TRY(load_label(load, object, id, custval_builder_context_label));
    CUSTVAL__TRY(load_numbers(load, object, "weights", id, custval_builder_context_weight));
    return load_numbers(load, object, "expectations", id, custval_builder_context_expectation);
}

static custval_status load_gate(loader *load, const custval__json *object) {
    CUSTVAL__TRY(check(load, object, CUSTVAL__SHAPE_GATE));
    const custval__json *const below = custval__json_member(object, "below");
    const custval__json *const above = custval__json_member(object, "above");
    if ((below == NULL) == (above == NULL)) {
        return fail(load, object, CUSTVAL_ERROR_DOCUMENT, "a gate has either \"below\" or \"above\"");
    }
    custval_gate_spec spec = CUSTVAL_GATE_SPEC_INIT;
    spec.node = text_of(object, "node");
    spec.note = text_of(object, "note");
    spec.type = below != NULL ? CUSTVAL_GATE_BELOW : CUSTVAL_GATE_ABOVE;
    spec.threshold = below != NULL ? below->number : above->number;
    spec.cap = number_of(object, "cap", 0);
    return place(load, object, custval_builder_gate(load->builder, &spec, &load->error));
}

static custval_status load_relief(loader *load, const custval__json *object) {
    CUSTVAL__TRY(check(load, object, CUSTVAL__SHAPE_RELIEF));
    custval_relief_spec spec = CUSTVAL_RELIEF_SPEC_INIT;
    spec.node = text_of(object, "node");
    spec.by = text_of(object, "by");
    spec.note = text_of(object, "note");
    spec.share = number_of(object, "share", 0);
    return place(load, object, custval_builder_relief(load->builder, &spec, &load->error));
}

static custval_status load_override(loader *load, const custval__json *object) {
    CUSTVAL__TRY(check(load, object, CUSTVAL__SHAPE_OVERRIDE));
    custval_override_spec spec = CUSTVAL_OVERRIDE_SPEC_INIT;
    spec.node = text_of(object, "node");
    spec.key = text_of(object, "key");
    spec.author = text_of(object, "author");
    spec.reason = text_of(object, "reason");
    spec.expires = text_of(object, "expires");
    spec.score = number_of(object, "score", 0);
    return place(load, object, custval_builder_override(load->builder, &spec, &load->error));
}

/* Diagnostics are an object of names and numbers. */
static custval_status load_diagnostics(loader *load, const custval__json *diagnostics, custval_origin_spec *spec) {
    const char **const names = custval__arena_alloc(&load->document.arena, diagnostics->count, sizeof *names);
    if (names == NULL) return custval__fail_memory(&load->error);
    for (const custval__json *number = diagnostics->first; number != NULL; number = number->next) {
        names[number->index] = number->key;
    }
    spec->diagnostic_names = names;
    spec->diagnostic_count = diagnostics->count;
    return load_array(load, diagnostics, &spec->diagnostic_values);
}

static custval_status load_sample(loader *load, const custval__json *sample, custval_origin_spec *spec) {
    if (!(sample->number >= 0 && sample->number <= 0x1p53 && sample->number == floor(sample->number))) {
        return custval__json_fail(sample, CUSTVAL_ERROR_RANGE, &load->error, "%g is no number of judges or rows",
                                  sample->number);
    }
    spec->sample = (uint64_t)sample->number;
    return CUSTVAL_OK;
}

static custval_status load_origin(loader *load, const custval__json *object) {
    CUSTVAL__TRY(check(load, object, CUSTVAL__SHAPE_ORIGIN));
    const char *const weights = text_of(object, "weights"), *const scale = text_of(object, "scale");
    if ((weights == NULL) == (scale == NULL)) {
        return fail(load, object, CUSTVAL_ERROR_DOCUMENT, "an origin is that of either \"weights\" or a \"scale\"");
    }
    custval_origin_spec spec = CUSTVAL_ORIGIN_SPEC_INIT;
    spec.origin = weights != NULL ? CUSTVAL_ORIGIN_WEIGHTS : CUSTVAL_ORIGIN_SCALE;
    spec.node = weights != NULL ? weights : scale;
    spec.profile = text_of(object, "profile");
    spec.method = text_of(object, "method");
    spec.source = text_of(object, "source");
    spec.date = text_of(object, "date");
    spec.note = text_of(object, "note");
    const custval__json *const sample = custval__json_member(object, "sample");
    if (sample != NULL) CUSTVAL__TRY(load_sample(load, sample, &spec));
    const custval__json *const diagnostics = custval__json_member(object, "diagnostics");
    if (diagnostics != NULL) CUSTVAL__TRY(load_diagnostics(load, diagnostics, &spec));
    const size_t before = load->builder->origins.count;
    CUSTVAL__TRY(place(load, object, custval_builder_origin(load->builder, &spec, &load->error)));
    if (load->builder->origins.count > before) return CUSTVAL_OK;
    return fail(load, object, CUSTVAL_ERROR_DUPLICATE, "the same has an origin already");
}

static custval_status load_highest(loader *load, const custval__json *node) {
    return place(load, node, custval_builder_highest(load->builder, node->text, &load->error));
}

/* ---- The document -------------------------------------------------------------------------------------------------- */

static custval_status begin(loader *load, const custval_host *host) {
    const custval__json *const root = load->document.root;
    const custval__json *const missing = custval__json_member(root, "missing");
    custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
    if (missing != NULL) {
        CUSTVAL__TRY(check(load, missing, CUSTVAL__SHAPE_MISSING));
        CUSTVAL__TRY(check_floor(load, missing));
        spec.missing = word_of(missing, "policy", CUSTVAL_WORDS_MISSING);
        spec.neutral = number_of(missing, "neutral", spec.neutral);
        spec.coverage_floor = number_of(missing, "coverage_floor", spec.coverage_floor);
    }
    spec.id = text_of(root, "id");
    spec.note = text_of(root, "note");
    spec.profile_column = text_of(root, "profile_column");
    spec.context_column = text_of(root, "context_column");
    spec.override_column = text_of(root, "override_column");
    spec.form = word_of(root, "form", CUSTVAL_WORDS_FORM);
    spec.aggregator = word_of(root, "aggregator", CUSTVAL_WORDS_AGGREGATOR);
    spec.exponent = number_of(root, "exponent", spec.exponent);
    spec.out_of_scale = word_of(root, "out_of_scale", CUSTVAL_WORDS_OUT_OF_SCALE);
    return place(load, root, custval_builder_new(host, &spec, &load->builder, &load->error));
}

static custval_status load_each(loader *load, const char *key,
                                custval_status (*load_one)(loader *load, const custval__json *value)) {
    for (const custval__json *value = first_of(load->document.root, key); value != NULL; value = value->next) {
        CUSTVAL__TRY(load_one(load, value));
    }
    return CUSTVAL_OK;
}

static custval_status load_all(loader *load) {
    CUSTVAL__TRY(load_label(load, load->document.root, "value", custval_builder_label));
    CUSTVAL__TRY(load_side(load, "benefit", CUSTVAL_SIDE_BENEFIT));
    CUSTVAL__TRY(load_side(load, "sacrifice", CUSTVAL_SIDE_SACRIFICE));
    CUSTVAL__TRY(load_each(load, "dimensions", load_dimension));
    CUSTVAL__TRY(load_each(load, "derived", load_derived));
    CUSTVAL__TRY(load_each(load, "profiles", load_profile));
    CUSTVAL__TRY(load_each(load, "contexts", load_context));
    CUSTVAL__TRY(load_each(load, "gates", load_gate));
    CUSTVAL__TRY(load_each(load, "reliefs", load_relief));
    CUSTVAL__TRY(load_each(load, "overrides", load_override));
    CUSTVAL__TRY(load_each(load, "highest_weight", load_highest));
    return load_each(load, "origins", load_origin);
}

/* Passes over values and, for each, over those in its member keys[0] and so on, until *left of them lie behind. */
static const custval__json *pass(const custval__json *values, const char *const *keys, uint32_t side, uint32_t *left) {
    for (const custval__json *value = values; value != NULL; value = value->next) {
        if (side != CUSTVAL_SIDE_NONE && side_of(value) != side) continue;
        if (*left == 0) return value;
        --*left;
        const custval__json *const found =
            keys[0] == NULL ? NULL : pass(first_of(value, keys[0]), keys + 1, CUSTVAL_SIDE_NONE, left);
        if (found != NULL) return found;
    }
    return NULL;
}

/* The value that became a node of the system; the root for what has no place of its own. */
static const custval__json *source_of(const custval__json *root, uint32_t node) {
    static const char *const below_dimension[] = {"indicators", "items", NULL}, *const below_derived[] = {NULL};
    static const char *const sides[] = {NULL, "benefit", "sacrifice"};
    if (node == CUSTVAL_NONE || node == 0) return root;
    uint32_t left = node - 1;
    for (uint32_t side = CUSTVAL_SIDE_BENEFIT; side <= CUSTVAL_SIDE_SACRIFICE; side++) {
        uint32_t none = 0;
        const custval__json *const dimensions = first_of(root, "dimensions");
        if (pass(dimensions, below_derived, side, &none) == NULL) continue; /* such a side is no node */
        if (left == 0) {
            const custval__json *const whole = custval__json_member(root, sides[side]);
            return whole != NULL ? whole : custval__json_member(root, "dimensions");
        }
        left--;
        const custval__json *const found = pass(dimensions, below_dimension, side, &left);
        if (found != NULL) return found;
    }
    const custval__json *const derived = pass(first_of(root, "derived"), below_derived, CUSTVAL_SIDE_NONE, &left);
    return derived == NULL ? root : derived;
}

static custval_status parse(loader *load, const custval_host *host, const char *text, size_t length,
                            custval_system **out) {
    CUSTVAL__TRY(custval__json_read(&load->document, host, text, length, &load->error));
    CUSTVAL__TRY(custval__shape_check_head(load->document.root, "system", CUSTVAL__SYSTEM_VERSION, &load->error));
    CUSTVAL__TRY(check(load, load->document.root, CUSTVAL__SHAPE_SYSTEM));
    CUSTVAL__TRY(begin(load, host));
    CUSTVAL__TRY(load_all(load));
    const custval_status status = custval_builder_build(load->builder, out, &load->error);
    return place(load, source_of(load->document.root, load->error.node), status);
}

custval_status custval_system_parse(const custval_host *host, const char *text, size_t length, custval_system **out,
                                    custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (text == NULL) return custval__fail_null(error, "text");
    custval_host whole;
    CUSTVAL__TRY(custval__host_read(&whole, host, error));
    loader load = {.error = CUSTVAL_ERROR_INIT};
    const custval_status status = parse(&load, &whole, text, length, out);
    custval_builder_free(load.builder);
    custval__json_free(&load.document);
    return status == CUSTVAL_OK ? CUSTVAL_OK : custval__fail(error, status, "%s", load.error.message);
}
