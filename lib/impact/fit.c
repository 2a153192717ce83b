/* custval_impact_fit: links from data. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <custval/score.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/options.h"
#include "../satisfaction/link.h"
#include "impact.h"

/* What links are fitted to. */
typedef struct material {
    const custval_impact *impact;
    const custval_system *system;
    const custval_table *table;
    custval_host host; /* whole, without progress */
    custval_table *scores;
} material;

static custval_status borrow(const custval_table *from, const char *name, custval_table *to, custval_error *error) {
    custval_column column = CUSTVAL_COLUMN_INIT;
    size_t index;
    CUSTVAL__TRY(custval_table_find(from, name, &index, error));
    CUSTVAL__TRY(custval_table_column(from, index, &column, error));
    return custval_table_add(to, name, &column, error);
}

/* Outcomes are observed, those of earlier links too; other names are nodes before they are columns. */
static custval_status gather(const material *from, uint32_t step, custval_table *to, custval_error *error) {
    const custval__impact_step *const wish = &from->impact->steps[step];
    uint32_t node;
    CUSTVAL__TRY(borrow(from->table, wish->outcome, to, error));
    for (uint32_t i = 0; i < wish->predictor_count; i++) {
        const char *const name = wish->predictors[i];
        const int is_node = custval__impact_earlier(from->impact, step, name) == CUSTVAL_NONE &&
                            custval_system_find(from->system, name, &node, NULL) == CUSTVAL_OK;
        CUSTVAL__TRY(borrow(is_node ? from->scores : from->table, name, to, error));
    }
    return CUSTVAL_OK;
}

static custval_status fit_step(const material *from, uint32_t step, custval_link **out, custval_error *error) {
    const custval__impact_step *const wish = &from->impact->steps[step];
    custval_link_options options = CUSTVAL_LINK_OPTIONS_INIT;
    custval_table *table = NULL;
    options.host = &from->host;
    options.outcome = wish->outcome;
    options.predictors = wish->predictors;
    options.predictor_count = wish->predictor_count;
    options.kind = wish->kind;
    options.ridge = wish->ridge;
    CUSTVAL__TRY(custval_table_new(&from->host, custval_table_rows(from->table), &table, error));
    custval_status status = gather(from, step, table, error);
    if (status == CUSTVAL_OK) status = custval_link_fit(table, &options, out, error);
    custval_table_free(table);
    if (status == CUSTVAL_OK && wish->note != NULL) {
        status = custval__link_copy_name(*out, wish->note, &(*out)->note, error);
    }
    return custval__impact_blame(from->impact, step, status, error);
}

static custval_status fit_all(const material *from, custval_impact *to, custval_error *error) {
    for (uint32_t step = 0; step < to->step_count; step++) {
        custval_link *const there = from->impact->steps[step].link;
        if (there != NULL) {
            to->steps[step].link = custval_link_ref(there);
        } else {
            CUSTVAL__TRY(fit_step(from, step, &to->steps[step].link, error));
        }
    }
    return CUSTVAL_OK;
}

/* An impact that shares all but its links with a plan. */
static custval_status new_from(const custval_host *host, const custval_impact *plan, custval_impact **out,
                               custval_error *error) {
    CUSTVAL__TRY(custval__impact_new(host, plan->step_count, 0, out, error));
    custval_impact *const impact = *out;
    impact->plan = custval_impact_ref(plan->plan == NULL ? plan : plan->plan);
    impact->note = plan->note;
    impact->use = plan->use;
    impact->money = plan->money;
    impact->where = plan->where;
    impact->count = plan->count;
    impact->points = plan->points;
    impact->costs = plan->costs;
    impact->cost_count = plan->cost_count;
    return CUSTVAL_OK;
}

static custval_status fit(material *from, const custval_score_options *options, custval_impact **out,
                          custval_error *error) {
    custval_score_options whole = CUSTVAL_SCORE_OPTIONS_INIT;
    CUSTVAL__TRY(custval__struct_read(&whole, sizeof whole, sizeof whole, options, "custval_score_options", error));
    CUSTVAL__TRY(custval__host_read(&from->host, whole.host, error));
    from->host.progress = NULL;
    whole.levels = CUSTVAL_LEVEL_VALUE | CUSTVAL_LEVEL_SIDE | CUSTVAL_LEVEL_DIMENSION | CUSTVAL_LEVEL_INDICATOR |
                   CUSTVAL_LEVEL_ITEM | CUSTVAL_LEVEL_DERIVED;
    whole.coverage = CUSTVAL_COVERAGE_NONE;
    CUSTVAL__TRY(custval_score(from->system, from->table, &whole, &from->scores, error));
    CUSTVAL__TRY(new_from(&from->host, from->impact, out, error));
    return fit_all(from, *out, error);
}

custval_status custval_impact_fit(const custval_impact *impact, const custval_system *system,
                                  const custval_table *table, const custval_score_options *options,
                                  custval_impact **out, custval_error *error) {
    material from = {.impact = impact, .system = system, .table = table};
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (impact == NULL) return custval__fail_null(error, "impact");
    if (system == NULL) return custval__fail_null(error, "system");
    if (table == NULL) return custval__fail_null(error, "table");
    custval_impact *fitted = NULL;
    const custval_status status = fit(&from, options, &fitted, error);
    custval_table_free(from.scores);
    if (status == CUSTVAL_OK) {
        *out = fitted;
    } else {
        custval_impact_free(fitted);
    }
    return status;
}
