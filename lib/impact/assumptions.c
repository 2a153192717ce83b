/* custval_impact_assumptions: what is data, what was stated, what is taken for granted. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include <custval/formulas.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../satisfaction/link.h"
#include "../table/table.h"
#include "impact.h"

#define DATA "data"
#define STATED "stated"
#define ASSUMED "assumed"

#define STEP_SIZE 32
#define WORDS_SIZE 4608 /* a name, and words around it */

/* What the method takes for granted, whatever the document says. */
static const struct {
    const char *step, *what;
} premises[] = {
    {"cause", "an association that was observed or stated is taken for a cause: moving the one moves the other"},
    {"others", "the other indicators stay as they are while one moves"},
    {"expected", "between the links customers are as expected: how far each is off is left out"},
    {"straight", "a link holds for all customers alike, and as far as scores are moved"},
    {"independent", "errors of different links are independent of each other"},
    {"exact", "customers, money and costs are taken as exact: errors are those of the coefficients"},
};
#define PREMISES (sizeof premises / sizeof premises[0])

/* Money, customers and points have so many rows; costs one each, or one if there are none. */
#define OTHERS 8

typedef struct listing {
    const custval_impact *impact;
    custval__arena arena;
    custval_text *steps, *whats, *sources, *notes;
    double *n, *r2, *auc;
    size_t count;
} listing;

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

static custval_status copy(listing *of, const char *text, custval_text *out, custval_error *error) {
    if (text == NULL) return CUSTVAL_OK;
    out->length = strlen(text);
    out->data = custval__arena_text(&of->arena, text, out->length);
    return out->data == NULL ? custval__fail_memory(error) : CUSTVAL_OK;
}

static custval_status add(listing *of, const char *step, const char *what, const char *source, const char *note,
                          custval_error *error) {
    const size_t row = of->count++;
    of->n[row] = of->r2[row] = of->auc[row] = (double)NAN;
    CUSTVAL__TRY(copy(of, step, &of->steps[row], error));
    CUSTVAL__TRY(copy(of, what, &of->whats[row], error));
    CUSTVAL__TRY(copy(of, source, &of->sources[row], error));
    return copy(of, note, &of->notes[row], error);
}

/* "satisfaction from value, price: linear". */
static void describe_link(const custval__impact_step *step, char *out, size_t capacity) {
    size_t length = custval__format(out, capacity, "%s", custval__impact_outcome(step));
    const uint32_t count = custval__impact_predictors(step);
    for (uint32_t i = 0; i < count && length < capacity; i++) {
        length += custval__format(out + length, capacity - length, "%s%s", i == 0 ? " from " : ", ",
                                  custval__impact_predictor(step, i));
    }
    if (length >= capacity) return;
    custval__format(out + length, capacity - length, ": %s",
                    custval__impact_kind(step) == CUSTVAL_LINK_LOGISTIC ? "logistic" : "linear");
}

static custval_status add_link(listing *of, uint32_t index, custval_error *error) {
    const custval__impact_step *const step = &of->impact->steps[index];
    const custval_link *const link = step->link;
    char name[STEP_SIZE], what[WORDS_SIZE];
    custval__format(name, sizeof name, "link %u", (unsigned)index + 1);
    describe_link(step, what, sizeof what);
    if (link == NULL) {
        CUSTVAL__TRY(add(of, name, what, DATA, step->note, error));
        return add(of, name, "it is yet to be fitted", DATA, NULL, error);
    }
    CUSTVAL__TRY(add(of, name, what, link->facts.is_stated ? STATED : DATA, link->note, error));
    if (!link->facts.is_stated) of->n[of->count - 1] = (double)link->facts.n;
    of->r2[of->count - 1] = link->facts.r2;
    of->auc[of->count - 1] = link->facts.auc;
    if (link->covariance != NULL) return CUSTVAL_OK;
    return add(of, name, "its coefficients are taken as exact: no covariance is known", ASSUMED, NULL, error);
}

/* ---- Money and customers ----------------------------------------------------------------------------------------- */

static custval_status add_money(listing *of, custval_error *error) {
    const custval__impact_money *const money = &of->impact->money;
    char what[WORDS_SIZE];
    if (money->margin_column != NULL) {
        custval__format(what, sizeof what,
                        "of a customer and period: column \"%s\", the same in every period but for "
                        "growth",
                        money->margin_column);
    } else {
        custval__format(what, sizeof what, "of a customer and period: %g, the same for all", money->margin);
    }
    CUSTVAL__TRY(add(of, "margin", what, money->margin_column == NULL ? STATED : DATA, money->note, error));
    custval__format(what, sizeof what, "a margin of the next period counts 1 / (1 + %g) of one now", money->rate);
    CUSTVAL__TRY(add(of, "rate", what, STATED, NULL, error));
    custval__format(what, sizeof what, "margins grow by %g per period", money->growth);
    CUSTVAL__TRY(add(of, "growth", what, STATED, NULL, error));
    const char *const first = money->first == CUSTVAL_FIRST_NOW ? "now" : "after a period";
    if (money->periods > 0) {
        custval__format(what, sizeof what, "%u margins, the first %s", (unsigned)money->periods, first);
    } else {
        custval__format(what, sizeof what, "margins for ever, the first %s", first);
    }
    return add(of, "horizon", what, STATED, NULL, error);
}

static custval_status add_customers(listing *of, custval_error *error) {
    const custval_impact *const impact = of->impact;
    char what[WORDS_SIZE];
    CUSTVAL__TRY(add(of, "use",
                     impact->use == CUSTVAL_IMPACT_RETENTION
                         ? "the probability is that of staying, the same in every period; who leaves is gone for good"
                         : "the probability is that of buying, in every period anew; nobody leaves",
                     ASSUMED, NULL, error));
    if (impact->where != NULL) {
        custval__format(what, sizeof what, "those whose \"%s\" is neither 0 nor missing", impact->where);
        CUSTVAL__TRY(add(of, "customers", what, DATA, NULL, error));
    }
    if (impact->count != NULL) {
        custval__format(what, sizeof what, "a row stands for as many as its \"%s\"", impact->count);
        CUSTVAL__TRY(add(of, "customers", what, DATA, NULL, error));
    }
    custval__format(what, sizeof what, "a score is raised by %g, a sacrifice lowered, within 0..100, for good",
                    impact->points);
    return add(of, "points", what, STATED, NULL, error);
}

static custval_status add_costs(listing *of, custval_error *error) {
    const custval_impact *const impact = of->impact;
    char what[WORDS_SIZE];
    for (uint32_t i = 0; i < impact->cost_count; i++) {
        const custval__impact_cost *const cost = &impact->costs[i];
        custval__format(what, sizeof what, "a point of \"%s\" costs %g, once, %s", cost->node, cost->cost,
                        cost->is_per_customer ? "per customer" : "for all customers together");
        CUSTVAL__TRY(add(of, "cost", what, STATED, cost->note, error));
    }
    if (impact->cost_count > 0) return CUSTVAL_OK;
    return add(of, "cost", "none is stated, so there is no return, and the rank is that of the gain", ASSUMED, NULL,
               error);
}

static custval_status add_all(listing *of, custval_error *error) {
    for (uint32_t i = 0; i < of->impact->step_count; i++) CUSTVAL__TRY(add_link(of, i, error));
    CUSTVAL__TRY(add_money(of, error));
    CUSTVAL__TRY(add_customers(of, error));
    CUSTVAL__TRY(add_costs(of, error));
    for (size_t i = 0; i < PREMISES; i++) {
        CUSTVAL__TRY(add(of, premises[i].step, premises[i].what, ASSUMED, NULL, error));
    }
    return CUSTVAL_OK;
}

/* ---- The table --------------------------------------------------------------------------------------------------- */

static custval_status allocate(listing *of, custval_error *error) {
    const size_t rows = 2 * (size_t)of->impact->step_count + OTHERS + of->impact->cost_count + 1 + PREMISES;
    of->steps = custval__arena_alloc(&of->arena, rows, 4 * sizeof *of->steps);
    of->n = custval__arena_alloc(&of->arena, rows, 3 * sizeof *of->n);
    if (of->steps == NULL || of->n == NULL) return custval__fail_memory(error);
    of->whats = of->steps + rows;
    of->sources = of->whats + rows;
    of->notes = of->sources + rows;
    of->r2 = of->n + rows;
    of->auc = of->r2 + rows;
    return CUSTVAL_OK;
}

static custval_status fill(const listing *of, custval_table *table, custval_error *error) {
    const struct {
        const char *name;
        const double *numbers;
    } columns[] = {{"n", of->n}, {"r2", of->r2}, {"auc", of->auc}};
    double *to;
    CUSTVAL__TRY(custval__result_add_texts(table, "step", of->steps, error));
    CUSTVAL__TRY(custval__result_add_texts(table, "what", of->whats, error));
    CUSTVAL__TRY(custval__result_add_texts(table, "source", of->sources, error));
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        CUSTVAL__TRY(custval__result_add_doubles(table, columns[i].name, &to, error));
        memcpy(to, columns[i].numbers, of->count * sizeof *to);
    }
    CUSTVAL__TRY(custval__result_add_texts(table, "note", of->notes, error));
    custval__result_finish(table);
    return CUSTVAL_OK;
}

static custval_status list(listing *of, const custval_host *host, custval_table **out, custval_error *error) {
    CUSTVAL__TRY(allocate(of, error));
    CUSTVAL__TRY(add_all(of, error));
    CUSTVAL__TRY(custval__result_new(host, of->count, out, error));
    return fill(of, *out, error);
}

custval_status custval_impact_assumptions(const custval_impact *impact, const custval_host *host, custval_table **out,
                                          custval_error *error) {
    listing of = {.impact = impact};
    custval_host whole;
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (impact == NULL) return custval__fail_null(error, "impact");
    CUSTVAL__TRY(custval__host_read(&whole, host, error));
    custval__arena_init(&of.arena, &whole);
    custval_table *result = NULL;
    const custval_status status = list(&of, &whole, &result, error);
    custval__arena_free(&of.arena);
    return custval__result_give(result, status, out);
}
