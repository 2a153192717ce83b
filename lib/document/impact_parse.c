/* Impacts from documents. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include <custval/formulas.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../impact/impact.h"
#include "../satisfaction/link_fit.h"
#include "document.h"
#include "json.h"
#include "link.h"
#include "path.h"
#include "shape.h"

#define PERIODS_MOST 1000000 /* as custval_margin_multiple() */

typedef struct loader {
    custval_host host; /* whole */
    custval__json_document document;
    custval_impact *impact;
    custval_error error; /* the caller's may be NULL; this one is read to put places into messages */
} loader;

/* ---- Shapes ------------------------------------------------------------------------------------------------------ */

static const custval__member root_members[] = {
    {"custval", CUSTVAL__JSON_TEXT, 0, 0, 1},
    {"version", CUSTVAL__JSON_NUMBER, 0, 0, 1},
    {"note", CUSTVAL__JSON_TEXT, 0, 0, 0},
    {"links", CUSTVAL__JSON_ARRAY, CUSTVAL__JSON_OBJECT, 0, 1},
    {"use", CUSTVAL__JSON_TEXT, 0, CUSTVAL_WORDS_IMPACT_USE, 1},
    {"money", CUSTVAL__JSON_OBJECT, 0, 0, 1},
    {"where", CUSTVAL__JSON_TEXT, 0, 0, 0},
    {"count", CUSTVAL__JSON_TEXT, 0, 0, 0},
    {"points", CUSTVAL__JSON_NUMBER, 0, 0, 0},
    {"costs", CUSTVAL__JSON_ARRAY, CUSTVAL__JSON_OBJECT, 0, 0},
    {NULL, 0, 0, 0, 0},
};
static const custval__shape root_shape = {"impact", "an impact", root_members};

static const custval__member wish_members[] = {
    {"fit", CUSTVAL__JSON_OBJECT, 0, 0, 1},
    {NULL, 0, 0, 0, 0},
};
static const custval__shape wish_shape = {"wish", "a link that is to be fitted", wish_members};

static const custval__member fit_members[] = {
    {"kind", CUSTVAL__JSON_TEXT, 0, CUSTVAL_WORDS_LINK, 1},
    {"outcome", CUSTVAL__JSON_TEXT, 0, 0, 1},
    {"predictors", CUSTVAL__JSON_ARRAY, CUSTVAL__JSON_TEXT, 0, 1},
    {"ridge", CUSTVAL__JSON_NUMBER, 0, 0, 0},
    {"note", CUSTVAL__JSON_TEXT, 0, 0, 0},
    {NULL, 0, 0, 0, 0},
};
static const custval__shape fit_shape = {"fit", "a fit", fit_members};

static const custval__member money_members[] = {
    {"margin", CUSTVAL__JSON_NUMBER | CUSTVAL__JSON_TEXT, 0, 0, 1},
    {"rate", CUSTVAL__JSON_NUMBER, 0, 0, 1},
    {"growth", CUSTVAL__JSON_NUMBER, 0, 0, 0},
    {"first", CUSTVAL__JSON_TEXT, 0, CUSTVAL_WORDS_FIRST_MARGIN, 1},
    {"periods", CUSTVAL__JSON_NUMBER, 0, 0, 0},
    {"note", CUSTVAL__JSON_TEXT, 0, 0, 0},
    {NULL, 0, 0, 0, 0},
};
static const custval__shape money_shape = {"money", "the money", money_members};

static const custval__member cost_members[] = {
    {"node", CUSTVAL__JSON_TEXT, 0, 0, 1},
    {"cost", CUSTVAL__JSON_NUMBER, 0, 0, 1},
    {"per", CUSTVAL__JSON_TEXT, 0, 0, 0},
    {"note", CUSTVAL__JSON_TEXT, 0, 0, 0},
    {NULL, 0, 0, 0, 0},
};
static const custval__shape cost_shape = {"cost", "a cost", cost_members};

/* ---- Values ------------------------------------------------------------------------------------------------------ */

static custval_status fail(loader *load, const custval__json *value, custval_status status, const char *message) {
    return custval__json_fail(value, status, &load->error, "%s", message);
}

static custval_status copy_text(loader *load, const custval__json *value, const char **out) {
    if (value == NULL) return CUSTVAL_OK;
    *out = custval__arena_text(&load->impact->arena, value->text, strlen(value->text));
    return *out == NULL ? custval__fail_memory(&load->error) : CUSTVAL_OK;
}

static custval_status copy_name(loader *load, const custval__json *value, const char **out) {
    if (value != NULL && value->text[0] == 0) {
        return fail(load, value, CUSTVAL_ERROR_DOCUMENT, "a name must not be empty");
    }
    return copy_text(load, value, out);
}

/* A number that may be left out. */
static custval_status read_number(loader *load, const custval__json *object, const char *key, double least, double most,
                                  double *out) {
    const custval__json *const value = custval__json_member(object, key);
    if (value == NULL) return CUSTVAL_OK;
    if (!(value->number >= least && value->number <= most)) {
        return custval__json_fail(value, CUSTVAL_ERROR_RANGE, &load->error, "%g must be between %g and %g",
                                  value->number, least, most);
    }
    *out = value->number;
    return CUSTVAL_OK;
}

/* ---- Links ------------------------------------------------------------------------------------------------------- */

static custval_status read_fit(loader *load, const custval__json *fit, custval__impact_step *step) {
    CUSTVAL__TRY(custval__shape_check(fit, &fit_shape, &load->error));
    const custval__json *const predictors = custval__json_member(fit, "predictors");
    if (predictors->count > CUSTVAL_MAX_PREDICTORS) {
        return custval__json_fail(predictors, CUSTVAL_ERROR_LIMIT, &load->error,
                                  "%u predictors, but at most %d are possible", (unsigned)predictors->count,
                                  CUSTVAL_MAX_PREDICTORS);
    }
    step->predictors = custval__arena_alloc(&load->impact->arena, predictors->count, sizeof *step->predictors);
    if (step->predictors == NULL) return custval__fail_memory(&load->error);
    step->predictor_count = predictors->count;
    for (const custval__json *name = predictors->first; name != NULL; name = name->next) {
        CUSTVAL__TRY(copy_name(load, name, &step->predictors[name->index]));
    }
    CUSTVAL__TRY(copy_name(load, custval__json_member(fit, "outcome"), &step->outcome));
    CUSTVAL__TRY(copy_text(load, custval__json_member(fit, "note"), &step->note));
    CUSTVAL__TRY(read_number(load, fit, "ridge", 0.0, CUSTVAL__IMPACT_MOST, &step->ridge));
    CUSTVAL__TRY(
        custval_word_value(CUSTVAL_WORDS_LINK, custval__json_member(fit, "kind")->text, &step->kind, &load->error));
    const custval_status status =
        custval__link_check_names(step->outcome, step->predictors, step->predictor_count, &load->error);
    return status == CUSTVAL_OK ? status : custval__json_place(fit, status, &load->error);
}

/* Outcomes are columns of results, beside those that are always there, and predictors of later links. */
static custval_status check_outcome(loader *load, const custval__json *link, uint32_t index) {
    const char *const outcome = custval__impact_outcome(&load->impact->steps[index]);
    const int is_last = index + 1 == load->impact->step_count;
    if (strcmp(outcome, "value") == 0 || (strcmp(outcome, "probability") == 0 && !is_last)) {
        return custval__json_fail(link, CUSTVAL_ERROR_DUPLICATE, &load->error,
                                  "\"%s\" is a name of results, give the outcome another one", outcome);
    }
    if (custval__impact_earlier(load->impact, index, outcome) != CUSTVAL_NONE) {
        return custval__json_fail(link, CUSTVAL_ERROR_DUPLICATE, &load->error,
                                  "\"%s\" is the outcome of an earlier link", outcome);
    }
    return CUSTVAL_OK;
}

static custval_status read_link(loader *load, const custval__json *link) {
    custval__impact_step *const step = &load->impact->steps[link->index];
    if (custval__json_member(link, "custval") != NULL) {
        CUSTVAL__TRY(custval__link_read(&load->host, link, &step->link, &load->error));
    } else {
        CUSTVAL__TRY(custval__shape_check(link, &wish_shape, &load->error));
        CUSTVAL__TRY(read_fit(load, custval__json_member(link, "fit"), step));
    }
    CUSTVAL__TRY(check_outcome(load, link, link->index));
    if (link->index + 1 < load->impact->step_count || custval__impact_kind(step) == CUSTVAL_LINK_LOGISTIC) {
        return CUSTVAL_OK;
    }
    return fail(load, link, CUSTVAL_ERROR_STRUCTURE, "the last link gives a probability, so it must be logistic");
}

/* ---- Money ------------------------------------------------------------------------------------------------------- */

static custval_status read_margin(loader *load, const custval__json *margin) {
    custval__impact_money *const money = &load->impact->money;
    if (margin->type == CUSTVAL__JSON_TEXT) return copy_name(load, margin, &money->margin_column);
    return read_number(load, margin->parent, "margin", -CUSTVAL__IMPACT_MOST, CUSTVAL__IMPACT_MOST, &money->margin);
}

static custval_status read_money(loader *load, const custval__json *object) {
    custval__impact_money *const money = &load->impact->money;
    double periods = 0.0;
    CUSTVAL__TRY(custval__shape_check(object, &money_shape, &load->error));
    CUSTVAL__TRY(read_margin(load, custval__json_member(object, "margin")));
    CUSTVAL__TRY(copy_text(load, custval__json_member(object, "note"), &money->note));
    CUSTVAL__TRY(read_number(load, object, "rate", -1.0, 1000.0, &money->rate));
    CUSTVAL__TRY(read_number(load, object, "growth", -1.0, 1000.0, &money->growth));
    CUSTVAL__TRY(read_number(load, object, "periods", 0.0, PERIODS_MOST, &periods));
    CUSTVAL__TRY(custval_word_value(CUSTVAL_WORDS_FIRST_MARGIN, custval__json_member(object, "first")->text,
                                    &money->first, &load->error));
    if (money->rate <= -1.0) {
        return fail(load, custval__json_member(object, "rate"), CUSTVAL_ERROR_RANGE, "a rate must be above -1");
    }
    if (periods != floor(periods)) {
        return fail(load, custval__json_member(object, "periods"), CUSTVAL_ERROR_RANGE,
                    "a number of periods is whole; 0 is for ever");
    }
    money->periods = (uint32_t)periods;
    if (load->impact->use != CUSTVAL_IMPACT_CHOICE || money->periods > 0 || money->growth < money->rate) {
        return CUSTVAL_OK;
    }
    return fail(load, object, CUSTVAL_ERROR_RANGE,
                "customers who never leave are worth without end unless growth is below rate: state the number of "
                "periods");
}

static custval_status read_cost(loader *load, const custval__json *object) {
    custval__impact_cost *const cost = &load->impact->costs[object->index];
    CUSTVAL__TRY(custval__shape_check(object, &cost_shape, &load->error));
    CUSTVAL__TRY(copy_name(load, custval__json_member(object, "node"), &cost->node));
    CUSTVAL__TRY(copy_text(load, custval__json_member(object, "note"), &cost->note));
    CUSTVAL__TRY(read_number(load, object, "cost", 1.0 / CUSTVAL__IMPACT_MOST, CUSTVAL__IMPACT_MOST, &cost->cost));
    for (uint32_t i = 0; i < object->index; i++) {
        if (strcmp(load->impact->costs[i].node, cost->node) != 0) continue;
        return custval__json_fail(object, CUSTVAL_ERROR_DUPLICATE, &load->error, "node \"%s\" has a cost already",
                                  cost->node);
    }
    const custval__json *const per = custval__json_member(object, "per");
    if (per == NULL || strcmp(per->text, CUSTVAL__WORD_ALL) == 0) return CUSTVAL_OK;
    cost->is_per_customer = strcmp(per->text, CUSTVAL__WORD_CUSTOMER) == 0;
    if (cost->is_per_customer) return CUSTVAL_OK;
    return fail(load, per, CUSTVAL_ERROR_DOCUMENT, "a cost is per \"all\" or per \"customer\"");
}

/* ---- The document ------------------------------------------------------------------------------------------------ */

static custval_status read_members(loader *load) {
    const custval__json *const root = load->document.root, *const costs = custval__json_member(root, "costs");
    custval_impact *const impact = load->impact;
    const custval__json *link = custval__json_member(root, "links")->first;
    CUSTVAL__TRY(copy_text(load, custval__json_member(root, "note"), &impact->note));
    CUSTVAL__TRY(copy_name(load, custval__json_member(root, "where"), &impact->where));
    CUSTVAL__TRY(copy_name(load, custval__json_member(root, "count"), &impact->count));
    CUSTVAL__TRY(custval_word_value(CUSTVAL_WORDS_IMPACT_USE, custval__json_member(root, "use")->text, &impact->use,
                                    &load->error));
    impact->points = 1.0;
    CUSTVAL__TRY(read_number(load, root, "points", 1e-6, 100.0, &impact->points));
    for (; link != NULL; link = link->next) CUSTVAL__TRY(read_link(load, link));
    CUSTVAL__TRY(read_money(load, custval__json_member(root, "money")));
    for (const custval__json *cost = costs == NULL ? NULL : costs->first; cost != NULL; cost = cost->next) {
        CUSTVAL__TRY(read_cost(load, cost));
    }
    return CUSTVAL_OK;
}

static custval_status parse(loader *load, const char *text, size_t length) {
    CUSTVAL__TRY(custval__json_read(&load->document, &load->host, text, length, &load->error));
    const custval__json *const root = load->document.root;
    CUSTVAL__TRY(custval__shape_check_head(load->document.root, "impact", CUSTVAL__IMPACT_VERSION, &load->error));
    CUSTVAL__TRY(custval__shape_check(root, &root_shape, &load->error));
    const custval__json *const links = custval__json_member(root, "links"), *const costs =
                                                                                custval__json_member(root, "costs");
    if (links->count > CUSTVAL_MAX_IMPACT_LINKS || (costs != NULL && costs->count > CUSTVAL_MAX_NODES)) {
        const int is_links = links->count > CUSTVAL_MAX_IMPACT_LINKS;
        return custval__json_fail(is_links ? links : costs, CUSTVAL_ERROR_LIMIT, &load->error,
                                  "%u entries, but at most %d are possible",
                                  (unsigned)(is_links ? links->count : costs->count),
                                  is_links ? CUSTVAL_MAX_IMPACT_LINKS : CUSTVAL_MAX_NODES);
    }
    CUSTVAL__TRY(
        custval__impact_new(&load->host, links->count, costs == NULL ? 0 : costs->count, &load->impact, &load->error));
    return read_members(load);
}

custval_status custval_impact_parse(const custval_host *host, const char *text, size_t length, custval_impact **out,
                                    custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (text == NULL) return custval__fail_null(error, "text");
    loader load = {.error = CUSTVAL_ERROR_INIT};
    CUSTVAL__TRY(custval__host_read(&load.host, host, error));
    const custval_status status = parse(&load, text, length);
    custval__json_free(&load.document);
    if (status == CUSTVAL_OK) {
        *out = load.impact;
        return CUSTVAL_OK;
    }
    custval_impact_free(load.impact);
    return custval__fail(error, status, "%s", load.error.message);
}
