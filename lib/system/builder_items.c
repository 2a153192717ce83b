/* The builder: items, their scales, codes and curves. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/maths.h"
#include "../base/options.h"
#include "../base/text.h"
#include "builder.h"

/* Published exponents are below 1 and published loss aversions between 1 and 3; these limits leave room and keep the
   curve's ends apart in double precision. */
#define MAX_PROSPECT_EXPONENT 10.0
#define MAX_LOSS_AVERSION 1e6

static int has_scale(const custval_item_spec *spec) {
    return spec->scale_min != 0 || spec->scale_max != 0;
}

static custval_status check_scale(custval__subject about, const custval_item_spec *spec, custval_error *error) {
    CUSTVAL__TRY(custval__check_finite(about, "scale_min", spec->scale_min, error));
    CUSTVAL__TRY(custval__check_finite(about, "scale_max", spec->scale_max, error));
    if (!has_scale(spec)) return CUSTVAL_OK;
    if (spec->scale_min >= spec->scale_max) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE,
                             "%s \"%s\": scale_min %g is not below scale_max %g; an item whose low answers are good is "
                             "reversed, not its scale",
                             about.kind, about.id, spec->scale_min, spec->scale_max);
    }
    const double slope = custval__scale_slope(spec->scale_max - spec->scale_min);
    if (slope > 0 && isfinite(slope)) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_RANGE, "%s \"%s\": the scale %g..%g is too %s for double precision",
                         about.kind, about.id, spec->scale_min, spec->scale_max, slope > 0 ? "narrow" : "wide");
}

static custval_status check_codes(custval__subject about, const custval_item_spec *spec, custval_error *error) {
    if (spec->missing_code_count > CUSTVAL__MAX_POINTS) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "%s \"%s\": %zu missing codes, at most %d are allowed",
                             about.kind, about.id, spec->missing_code_count, CUSTVAL__MAX_POINTS);
    }
    if (spec->missing_code_count > 0 && spec->missing_codes == NULL) return custval__fail_null(error, "missing_codes");
    for (size_t i = 0; i < spec->missing_code_count; i++) {
        CUSTVAL__TRY(custval__check_finite(about, "a missing code", spec->missing_codes[i], error));
    }
    return CUSTVAL_OK;
}

/* ---- Curves ------------------------------------------------------------------------------------------------------ */

static custval_status check_count(custval__subject about, const custval_curve *curve, uint32_t least, const char *what,
                                  custval_error *error) {
    if (curve->count > CUSTVAL__MAX_POINTS) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "%s \"%s\": %u %s, at most %d are allowed", about.kind,
                             about.id, (unsigned)curve->count, what, CUSTVAL__MAX_POINTS);
    }
    if (curve->count < least) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "%s \"%s\": %u %s, at least %u are needed", about.kind,
                             about.id, (unsigned)curve->count, what, (unsigned)least);
    }
    return curve->y == NULL ? custval__fail_null(error, "curve.y") : CUSTVAL_OK;
}

static custval_status check_piecewise(custval__subject about, const custval_curve *curve, custval_error *error) {
    CUSTVAL__TRY(check_count(about, curve, 2, "points", error));
    if (curve->x == NULL) return custval__fail_null(error, "curve.x");
    for (uint32_t i = 0; i < curve->count; i++) {
        CUSTVAL__TRY(custval__check_finite(about, "the x of a point", curve->x[i], error));
        CUSTVAL__TRY(custval__check_finite(about, "the y of a point", curve->y[i], error));
        if (i == 0) continue;
        if (curve->x[i - 1] >= curve->x[i]) {
            return custval__fail(error, CUSTVAL_ERROR_RANGE,
                                 "%s \"%s\": point %u has x %g, which is not above %g before it", about.kind, about.id,
                                 (unsigned)i, curve->x[i], curve->x[i - 1]);
        }
        if (!isfinite(curve->x[i] - curve->x[i - 1]) || !isfinite(curve->y[i] - curve->y[i - 1])) {
            return custval__fail(error, CUSTVAL_ERROR_RANGE,
                                 "%s \"%s\": points %u and %u are too far apart for double precision", about.kind,
                                 about.id, (unsigned)(i - 1), (unsigned)i);
        }
    }
    return CUSTVAL_OK;
}

static custval_status fail_twice(custval__subject about, const custval_curve *curve, uint32_t entry,
                                 custval_error *error) {
    if (curve->x != NULL) {
        return custval__fail(error, CUSTVAL_ERROR_DUPLICATE, "%s \"%s\": the table lists %g twice", about.kind,
                             about.id, curve->x[entry]);
    }
    return custval__fail(error, CUSTVAL_ERROR_DUPLICATE, "%s \"%s\": the table lists \"%s\" twice", about.kind,
                         about.id, curve->categories[entry]);
}

static custval_status check_table(custval__subject about, const custval_item_spec *spec, const custval_curve *curve,
                                  custval_error *error) {
    CUSTVAL__TRY(check_count(about, curve, 1, "entries in the table", error));
    if ((curve->x == NULL) == (curve->categories == NULL)) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "%s \"%s\": a table lists either numbers or categories",
                             about.kind, about.id);
    }
    for (uint32_t i = 0; i < curve->count; i++) {
        CUSTVAL__TRY(custval__check_finite(about, "a score of the table", curve->y[i], error));
        if (curve->x != NULL) {
            CUSTVAL__TRY(custval__check_finite(about, "a number of the table", curve->x[i], error));
        } else {
            CUSTVAL__TRY(custval__check_required(about, "a category", curve->categories[i], error));
        }
    }
    if (curve->categories != NULL && (has_scale(spec) || spec->missing_code_count > 0 || spec->has_expectation)) {
        return custval__fail(error, CUSTVAL_ERROR_STRUCTURE,
                             "%s \"%s\": a table of texts goes with no scale, missing code or expectation, which are "
                             "numbers",
                             about.kind, about.id);
    }
    uint32_t order[CUSTVAL__MAX_POINTS];
    const uint32_t twice = custval__curve_sort(curve, order);
    return twice == CUSTVAL_NONE ? CUSTVAL_OK : fail_twice(about, curve, twice, error);
}

/* A slope of 0 would give everybody the same score: the parameters were forgotten. */
static custval_status check_line(custval__subject about, const char *place, const char *slope, const double *parameters,
                                 custval_error *error) {
    CUSTVAL__TRY(custval__check_finite(about, place, parameters[0], error));
    CUSTVAL__TRY(custval__check_finite(about, slope, parameters[1], error));
    if (parameters[1] != 0) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_RANGE, "%s \"%s\": %s must not be 0", about.kind, about.id, slope);
}

static custval_status check_positive(custval__subject about, const char *what, double number, double least, double most,
                                     custval_error *error) {
    CUSTVAL__TRY(custval__check_finite(about, what, number, error));
    if (number > 0 && number >= least && number <= most) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_RANGE, "%s \"%s\": %s %g must be above %g and at most %g", about.kind,
                         about.id, what, number, least, most);
}

static custval_status check_prospect(custval__subject about, const custval_item_spec *spec, const double *parameters,
                                     custval_error *error) {
    CUSTVAL__TRY(check_positive(about, "alpha", parameters[0], 0, MAX_PROSPECT_EXPONENT, error));
    CUSTVAL__TRY(check_positive(about, "beta", parameters[1], 0, MAX_PROSPECT_EXPONENT, error));
    CUSTVAL__TRY(check_positive(about, "lambda", parameters[2], 1 / MAX_LOSS_AVERSION, MAX_LOSS_AVERSION, error));
    if (spec->has_expectation) return CUSTVAL_OK;
    return custval__fail(
        error, CUSTVAL_ERROR_STRUCTURE,
        "%s \"%s\": a prospect curve needs an expectation of the item itself, because a row may have no "
        "context",
        about.kind, about.id);
}

static custval_status check_log(custval__subject about, const custval_item_spec *spec, custval_error *error) {
    if (spec->scale_min <= 0) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "%s \"%s\": a log curve needs a scale_min above 0, not %g",
                             about.kind, about.id, spec->scale_min);
    }
    if (custval__log(spec->scale_max) > custval__log(spec->scale_min)) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_RANGE, "%s \"%s\": the scale %g..%g is too narrow for a log curve",
                         about.kind, about.id, spec->scale_min, spec->scale_max);
}

static custval_status check_curve(custval__subject about, const custval_item_spec *spec, const custval_curve *curve,
                                  custval_error *error) {
    CUSTVAL__TRY(custval__check_word(about, "curve", CUSTVAL_WORDS_CURVE, curve->type, error));
    const uint32_t type = curve->type;
    const int needs_scale = type == CUSTVAL_CURVE_SCALE || type == CUSTVAL_CURVE_LOG || type == CUSTVAL_CURVE_PROSPECT;
    if (needs_scale && !has_scale(spec)) {
        return custval__fail(error, CUSTVAL_ERROR_STRUCTURE,
                             "%s \"%s\": the curve \"%s\" needs a declared scale (scale_min and scale_max)", about.kind,
                             about.id, custval_word(CUSTVAL_WORDS_CURVE, type));
    }
    switch (type) {
    case CUSTVAL_CURVE_LINEAR: return check_line(about, "the curve's a", "the curve's b", curve->parameters, error);
    case CUSTVAL_CURVE_LOG: return check_log(about, spec, error);
    case CUSTVAL_CURVE_LOGISTIC: return check_line(about, "the curve's m", "the curve's k", curve->parameters, error);
    case CUSTVAL_CURVE_PIECEWISE: return check_piecewise(about, curve, error);
    case CUSTVAL_CURVE_PROSPECT: return check_prospect(about, spec, curve->parameters, error);
    case CUSTVAL_CURVE_TABLE: return check_table(about, spec, curve, error);
    default: return CUSTVAL_OK;
    }
}

/* Leaves only what the type uses, so that a system shows nothing that has no effect. */
static void drop_unused(custval_curve *curve) {
    static const size_t used[] = {[CUSTVAL_CURVE_LINEAR] = 2,
                                  [CUSTVAL_CURVE_LOGISTIC] = 2,
                                  [CUSTVAL_CURVE_PROSPECT] = 3,
                                  [CUSTVAL_CURVE_TABLE] = 0};
    for (size_t i = used[curve->type]; i < 3; i++) curve->parameters[i] = 0;
    if (curve->type != CUSTVAL_CURVE_TABLE) curve->categories = NULL;
    if (curve->type == CUSTVAL_CURVE_TABLE || curve->type == CUSTVAL_CURVE_PIECEWISE) return;
    curve->count = 0;
    curve->x = curve->y = NULL;
}

/* ---- Items ------------------------------------------------------------------------------------------------------- */

/* What the caller gave, with defaults made explicit, but still in the caller's memory. */
typedef struct reading {
    custval_item_spec spec;
    custval_curve curve;
    char id[CUSTVAL_MAX_ID_LENGTH + 1]; /* made from indicator and column */
} reading;

/* Sets the id if the caller gave none. */
static custval_status default_id(const custval_builder *builder, const char *indicator, reading *item,
                                 custval_error *error) {
    if (item->spec.id != NULL) return CUSTVAL_OK;
    const char *const column = item->spec.column;
    item->spec.id = column;
    if (!custval__id_is_reserved(column) &&
        custval__names_find(&builder->names, CUSTVAL__SPACE_NODE, 0, column) == CUSTVAL_NONE) {
        return CUSTVAL_OK;
    }
    item->spec.id = item->id;
    if (custval__format(item->id, sizeof item->id, "%s.%s", indicator, column) < sizeof item->id) return CUSTVAL_OK;
    return custval__fail(
        error, CUSTVAL_ERROR_LIMIT,
        "indicator \"%s\": the column \"%.*s\" needs an id of its own, \"indicator.column\" is too long", indicator, 40,
        column);
}

static custval_status check_item(const reading *item, custval_error *error) {
    const custval_item_spec *const spec = &item->spec;
    const custval__subject about = {"item", spec->id};
    CUSTVAL__TRY(custval__check_text(about, "note", spec->note, error));
    CUSTVAL__TRY(custval__check_weight(about, spec->weight, error));
    CUSTVAL__TRY(custval__check_flag(about, "reversed", spec->reversed, error));
    CUSTVAL__TRY(custval__check_flag(about, "has_expectation", spec->has_expectation, error));
    CUSTVAL__TRY(custval__check_unused(about, spec->reserved, error));
    if (spec->out_of_scale != 0) {
        CUSTVAL__TRY(
            custval__check_word(about, "out-of-scale policy", CUSTVAL_WORDS_OUT_OF_SCALE, spec->out_of_scale, error));
    }
    CUSTVAL__TRY(check_scale(about, spec, error));
    CUSTVAL__TRY(check_codes(about, spec, error));
    if (spec->has_expectation) {
        CUSTVAL__TRY(custval__draft_check_expectation(about, spec, spec->expectation, error));
    }
    return check_curve(about, spec, &item->curve, error);
}

custval_status custval__draft_check_expectation(custval__subject about, const custval_item_spec *spec,
                                                double expectation, custval_error *error) {
    if (!has_scale(spec)) return custval__check_finite(about, "expectation", expectation, error);
    return custval__check_range(about, "expectation", expectation, spec->scale_min, spec->scale_max, error);
}

/* Copies the item into the arena; NULL when out of memory. */
static custval__draft_item *keep_item(custval_builder *builder, const reading *item) {
    custval__draft_item *const kept = custval__arena_alloc(&builder->arena, 1, sizeof *kept);
    if (kept == NULL) return NULL;
    kept->spec = item->spec;
    kept->curve = item->curve;
    custval_item_spec *const spec = &kept->spec;
    custval_curve *const curve = &kept->curve;
    const void *codes = spec->missing_codes, *x = curve->x, *y = curve->y;
    if (custval__draft_keep(builder, &spec->id) != 0 || custval__draft_keep(builder, &spec->column) != 0 ||
        custval__draft_keep(builder, &spec->note) != 0 ||
        custval__draft_keep_array(builder, &codes, spec->missing_code_count, sizeof(double)) != 0 ||
        custval__draft_keep_array(builder, &x, x == NULL ? 0 : curve->count, sizeof(double)) != 0 ||
        custval__draft_keep_array(builder, &y, curve->count, sizeof(double)) != 0 ||
        custval__draft_keep_texts(builder, &curve->categories, curve->categories == NULL ? 0 : curve->count) != 0) {
        return NULL;
    }
    spec->missing_codes = codes;
    spec->curve = NULL;
    curve->x = x;
    curve->y = y;
    if (curve->type != CUSTVAL_CURVE_TABLE) return kept;
    kept->category_order = custval__arena_alloc(&builder->arena, curve->count, sizeof kept->category_order[0]);
    if (kept->category_order == NULL) return NULL;
    custval__curve_sort(curve, kept->category_order);
    return kept;
}

/* Reads the caller's structs, checks that they can be an item of this indicator. */
static custval_status read_item(const custval_builder *builder, const char *indicator, const custval_item_spec *given,
                                reading *out, custval_error *error) {
    CUSTVAL__TRY(custval__struct_read(&out->spec, sizeof out->spec, sizeof(custval_item_spec), given,
                                      "custval_item_spec", error));
    CUSTVAL__TRY(custval__struct_read(&out->curve, sizeof out->curve, sizeof(custval_curve), out->spec.curve,
                                      "custval_curve", error));
    if (out->curve.type == 0) out->curve.type = CUSTVAL_CURVE_SCALE;
    const custval__subject parent = {"indicator", indicator};
    CUSTVAL__TRY(custval__check_required(parent, "the column of an item", out->spec.column, error));
    CUSTVAL__TRY(default_id(builder, indicator, out, error));
    CUSTVAL__TRY(custval__check_node_id("item", out->spec.id, error));
    const uint32_t other = custval__names_find(&builder->names, CUSTVAL__SPACE_NODE, 0, out->spec.id);
    if (other != CUSTVAL_NONE) {
        return custval__fail(error, CUSTVAL_ERROR_DUPLICATE, "item \"%s\": there is already a node of this id (%s)",
                             out->spec.id,
                             custval_word(CUSTVAL_WORDS_KIND, custval__draft_node_at(builder, other)->kind));
    }
    return check_item(out, error);
}

custval_status custval_builder_item(custval_builder *builder, const char *indicator, const custval_item_spec *spec,
                                    custval_error *error) {
    if (builder == NULL) return custval__fail_null(error, "builder");
    if (spec == NULL) return custval__fail_null(error, "spec");
    uint32_t parent = CUSTVAL_NONE;
    CUSTVAL__TRY(custval__draft_find(builder, "indicator", indicator, &parent, error));
    const uint32_t side = custval__draft_node_at(builder, parent)->side;
    CUSTVAL__TRY(custval__draft_need_kind(custval__draft_node_at(builder, parent), 1U << CUSTVAL_KIND_INDICATOR,
                                          "cannot have items, only an indicator can", error));
    reading item = {.spec = CUSTVAL_ITEM_SPEC_INIT, .curve = CUSTVAL_CURVE_INIT};
    CUSTVAL__TRY(read_item(builder, indicator, spec, &item, error));
    drop_unused(&item.curve);
    custval__draft_node node = {.kind = CUSTVAL_KIND_ITEM, .side = side, .parent = parent};
    node.item = keep_item(builder, &item);
    if (node.item == NULL) return custval__fail_memory(error);
    node.spec = (custval_node_spec)CUSTVAL_NODE_SPEC_INIT;
    node.spec.id = node.item->spec.id;
    node.spec.note = node.item->spec.note;
    node.spec.weight = node.item->spec.weight;
    node.spec.aggregator = CUSTVAL_AGGREGATOR_MEAN;
    return custval__draft_add(builder, &node, error);
}

/* ---- Scales of items that exist ---------------------------------------------------------------------------------- */

/* What customers expect of the item in contexts lies on its scale, too. */
static custval_status check_context_expectations(const custval_builder *builder, uint32_t node,
                                                 const custval_item_spec *spec, custval_error *error) {
    const custval__draft_number *const numbers = builder->numbers.items;
    for (size_t i = 0; i < builder->numbers.count; i++) {
        if (numbers[i].space != CUSTVAL__SPACE_EXPECTATION || numbers[i].node != node) continue;
        CUSTVAL__TRY(
            custval__draft_check_expectation((custval__subject){"item", spec->id}, spec, numbers[i].number, error));
    }
    return CUSTVAL_OK;
}

custval_status custval_builder_set_scale(custval_builder *builder, const char *item, double scale_min, double scale_max,
                                         const custval_curve *curve, custval_error *error) {
    if (builder == NULL) return custval__fail_null(error, "builder");
    uint32_t index = CUSTVAL_NONE;
    CUSTVAL__TRY(custval__draft_find(builder, "item", item, &index, error));
    custval__draft_node *const node = custval__draft_node_at(builder, index);
    CUSTVAL__TRY(custval__draft_need_kind(node, 1U << CUSTVAL_KIND_ITEM, "has no scale, only an item has", error));
    reading changed = {.spec = node->item->spec, .curve = CUSTVAL_CURVE_INIT};
    CUSTVAL__TRY(custval__struct_read(&changed.curve, sizeof changed.curve, sizeof(custval_curve), curve,
                                      "custval_curve", error));
    if (changed.curve.type == 0) changed.curve.type = CUSTVAL_CURVE_SCALE;
    if (node->item->curve.type == CUSTVAL_CURVE_TABLE || changed.curve.type == CUSTVAL_CURVE_TABLE) {
        return custval__fail(error, CUSTVAL_ERROR_STRUCTURE, "item \"%s\": a table takes the place of a scale",
                             node->spec.id);
    }
    changed.spec.scale_min = scale_min;
    changed.spec.scale_max = scale_max;
    CUSTVAL__TRY(check_item(&changed, error));
    CUSTVAL__TRY(check_context_expectations(builder, index, &changed.spec, error));
    drop_unused(&changed.curve);
    custval__draft_item *const kept = keep_item(builder, &changed);
    if (kept == NULL) return custval__fail_memory(error);
    node->item = kept;
    custval__draft_forget_origin(builder, CUSTVAL_NONE, index);
    return CUSTVAL_OK;
}
