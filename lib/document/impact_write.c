/* Documents from impacts. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/words.h>

#include "../base/error.h"
#include "../impact/impact.h"
#include "document.h"
#include "layout.h"
#include "link.h"

static void put_predictors(custval__layout *to, const void *what) {
    const custval__impact_step *const step = what;
    custval__put_open(to, '[');
    for (uint32_t i = 0; i < step->predictor_count; i++) custval__put_text(to, step->predictors[i]);
    custval__put_close(to, ']');
}

static void put_fit(custval__layout *to, const void *what) {
    const custval__impact_step *const step = what;
    custval__put_open(to, '{');
    custval__put_member_text(to, "kind", custval_word(CUSTVAL_WORDS_LINK, step->kind));
    custval__put_member_text(to, "outcome", step->outcome);
    custval__put_member(to, "predictors", put_predictors, step);
    if (step->ridge > 0.0) custval__put_member_number(to, "ridge", step->ridge);
    custval__put_member_text(to, "note", step->note);
    custval__put_close(to, '}');
}

static void put_wish(custval__layout *to, const void *what) {
    custval__put_open(to, '{');
    custval__put_member(to, "fit", put_fit, what);
    custval__put_close(to, '}');
}

static void put_links(custval__layout *to, const void *what) {
    const custval_impact *const impact = what;
    custval__put_open(to, '[');
    for (uint32_t i = 0; i < impact->step_count; i++) {
        const custval__impact_step *const step = &impact->steps[i];
        if (step->link != NULL) {
            custval__put_fitting(to, custval__link_put, step->link);
        } else {
            custval__put_fitting(to, put_wish, step);
        }
    }
    custval__put_close(to, ']');
}

static void put_money(custval__layout *to, const void *what) {
    const custval__impact_money *const money = what;
    custval__put_open(to, '{');
    if (money->margin_column != NULL) {
        custval__put_member_text(to, "margin", money->margin_column);
    } else {
        custval__put_member_number(to, "margin", money->margin);
    }
    custval__put_member_number(to, "rate", money->rate);
    if (money->growth != 0.0) custval__put_member_number(to, "growth", money->growth);
    custval__put_member_text(to, "first", custval_word(CUSTVAL_WORDS_FIRST_MARGIN, money->first));
    if (money->periods > 0) custval__put_member_number(to, "periods", money->periods);
    custval__put_member_text(to, "note", money->note);
    custval__put_close(to, '}');
}

static void put_cost(custval__layout *to, const void *what) {
    const custval__impact_cost *const cost = what;
    custval__put_open(to, '{');
    custval__put_member_text(to, "node", cost->node);
    custval__put_member_number(to, "cost", cost->cost);
    if (cost->is_per_customer) custval__put_member_text(to, "per", CUSTVAL__WORD_CUSTOMER);
    custval__put_member_text(to, "note", cost->note);
    custval__put_close(to, '}');
}

static void put_costs(custval__layout *to, const void *what) {
    const custval_impact *const impact = what;
    custval__put_open(to, '[');
    for (uint32_t i = 0; i < impact->cost_count; i++) custval__put_fitting(to, put_cost, &impact->costs[i]);
    custval__put_close(to, ']');
}

static void put_impact(custval__layout *to, const custval_impact *impact) {
    custval__put_open(to, '{');
    custval__put_member_text(to, "custval", "impact");
    custval__put_member_number(to, "version", CUSTVAL__IMPACT_VERSION);
    custval__put_member_text(to, "note", impact->note);
    custval__put_member(to, "links", put_links, impact);
    custval__put_member_text(to, "use", custval_word(CUSTVAL_WORDS_IMPACT_USE, impact->use));
    custval__put_member(to, "money", put_money, &impact->money);
    custval__put_member_text(to, "where", impact->where);
    custval__put_member_text(to, "count", impact->count);
    if (impact->points != 1.0) custval__put_member_number(to, "points", impact->points);
    if (impact->cost_count > 0) {
        custval__put_member(to, "costs", put_costs, impact);
    }
    custval__put_close(to, '}');
    custval__put_end(to);
}

custval_status custval_impact_write(const custval_impact *impact, char *buffer, size_t capacity, size_t *out_length,
                                    custval_error *error) {
    if (out_length == NULL) return custval__fail_null(error, "out_length");
    *out_length = 0;
    if (buffer == NULL && capacity > 0) return custval__fail_null(error, "buffer");
    if (capacity > 0) buffer[0] = 0;
    if (impact == NULL) return custval__fail_null(error, "impact");
    custval__layout layout = {.out = buffer, .capacity = capacity};
    put_impact(&layout, impact);
    *out_length = layout.length;
    return CUSTVAL_OK;
}
