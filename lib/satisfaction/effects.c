/* custval_link_effects: direct and indirect effects along a chain of links. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "link.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/maths.h"
#include "../base/random.h"
#include "../table/table.h"

typedef struct paths {
    const custval_link *const *links;
    size_t count;
    custval__arena arena;
    const char **names; /* [variable] in the order in which they appear as predictors, then the last outcome */
    size_t variables;
    size_t *outcomes; /* [link] variable */
    size_t **inputs;  /* [link][predictor] variable; its coefficient is one further on, after the intercept */
    double *onward;   /* [variable] total effect on the last outcome */
    double *reached;  /* [variable] total effect of the variable in hand on it */
    double *gradient; /* of a link in hand */
} paths;

/* ---- The chain --------------------------------------------------------------------------------------------------- */

static size_t variable_of(paths *of, const char *name) {
    size_t at = 0;
    while (at < of->variables && strcmp(of->names[at], name) != 0) at++;
    if (at == of->variables) of->names[of->variables++] = name;
    return at;
}

// Outcomes of links from `first` on must not have been used: what they explain comes later.
static custval_status check_order(const paths *of, size_t first, custval_error *error) {
    const custval_link *const link = of->links[first];
    for (size_t i = first; i < of->count; i++) {
        for (size_t k = 0; k + 1 < link->terms; k++) {
            if (strcmp(link->predictors[k], of->links[i]->outcome) != 0) continue;
            return custval__fail(error, CUSTVAL_ERROR_STRUCTURE,
                                 "links[%zu] has the predictor \"%s\", which only links[%zu] explains: give links in "
                                 "the order in which one thing leads to the next",
                                 first, link->predictors[k], i);
        }
    }
    for (size_t i = 0; i < first; i++) {
        if (strcmp(of->links[i]->outcome, link->outcome) == 0) {
            return custval__fail(error, CUSTVAL_ERROR_DUPLICATE, "links[%zu] and links[%zu] both explain \"%s\"", i,
                                 first, link->outcome);
        }
    }
    return CUSTVAL_OK;
}

static custval_status check(const paths *of, custval_error *error) {
    for (size_t i = 0; i < of->count; i++) {
        if (of->links[i] == NULL) return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "links[%zu] is NULL", i);
    }
    for (size_t i = 0; i < of->count; i++) {
        CUSTVAL__TRY(check_order(of, i, error));
        if (i + 1 == of->count || of->links[i]->facts.kind == CUSTVAL_LINK_LINEAR) continue;
        return custval__fail(
            error, CUSTVAL_ERROR_UNSUPPORTED,
            "links[%zu], which explains \"%s\", is logistic: only the last link may be, because effects "
            "multiply along linear ones only",
            i, of->links[i]->outcome);
    }
    return CUSTVAL_OK;
}

static custval_status lay_out(paths *of, custval_error *error) {
    size_t names = of->count, terms = 1;
    for (size_t i = 0; i < of->count; i++) {
        names += of->links[i]->terms;
        if (of->links[i]->terms > terms) terms = of->links[i]->terms;
    }
    of->names = custval__arena_alloc(&of->arena, names, sizeof *of->names);
    of->outcomes = custval__arena_alloc(&of->arena, of->count, sizeof *of->outcomes);
    of->inputs = custval__arena_alloc(&of->arena, of->count, sizeof *of->inputs);
    of->onward = custval__arena_alloc(&of->arena, names, sizeof *of->onward);
    of->reached = custval__arena_alloc(&of->arena, names, sizeof *of->reached);
    of->gradient = custval__arena_alloc(&of->arena, terms, sizeof *of->gradient);
    if (of->names == NULL || of->outcomes == NULL || of->inputs == NULL || of->onward == NULL || of->reached == NULL ||
        of->gradient == NULL) {
        return custval__fail_memory(error);
    }
    for (size_t i = 0; i < of->count; i++) {
        const custval_link *const link = of->links[i];
        of->inputs[i] = custval__arena_alloc(&of->arena, link->terms, sizeof *of->inputs[i]);
        if (of->inputs[i] == NULL) return custval__fail_memory(error);
        for (size_t k = 0; k + 1 < link->terms; k++) of->inputs[i][k] = variable_of(of, link->predictors[k]);
    }
    // The last outcome comes last: it is no predictor. Others may be predictors of no link.
    for (size_t i = 0; i < of->count; i++) of->outcomes[i] = variable_of(of, of->links[i]->outcome);
    return CUSTVAL_OK;
}

/* ---- Effects ----------------------------------------------------------------------------------------------------- */

// Total effects of every variable on the last outcome, from the last link backwards.
static void carry_back(paths *of) {
    for (size_t v = 0; v < of->variables; v++) of->onward[v] = 0.0;
    of->onward[of->outcomes[of->count - 1]] = 1.0;
    for (size_t i = of->count; i-- > 0;) {
        const custval_link *const link = of->links[i];
        for (size_t k = 0; k + 1 < link->terms; k++) {
            of->onward[of->inputs[i][k]] += link->coefficients[k + 1] * of->onward[of->outcomes[i]];
        }
    }
}

// Total effects of one variable on every other; what leads to it does not count, as it is set from outside.
static void carry_on(paths *of, size_t from) {
    for (size_t v = 0; v < of->variables; v++) of->reached[v] = 0.0;
    of->reached[from] = 1.0;
    for (size_t i = 0; i < of->count; i++) {
        if (of->outcomes[i] == from) continue;
        const custval_link *const link = of->links[i];
        for (size_t k = 0; k + 1 < link->terms; k++) {
            of->reached[of->outcomes[i]] += link->coefficients[k + 1] * of->reached[of->inputs[i][k]];
        }
    }
}

// Variance of the total effect of `from`, or of its indirect part, by the delta method; links are independent.
static double variance(paths *of, size_t from, int is_indirect) {
    double sum = 0.0;
    for (size_t i = 0; i < of->count; i++) {
        const custval_link *const link = of->links[i];
        double *const gradient = of->gradient;
        int matters = 0;
        gradient[0] = 0.0;
        for (size_t k = 0; k + 1 < link->terms; k++) {
            const int is_direct = i + 1 == of->count && of->inputs[i][k] == from;
            const int counts = of->outcomes[i] != from && !(is_indirect && is_direct);
            gradient[k + 1] = counts ? of->onward[of->outcomes[i]] * of->reached[of->inputs[i][k]] : 0.0;
            matters |= gradient[k + 1] != 0.0;
        }
        if (!matters) continue;
        if (link->covariance == NULL) return (double)NAN;
        for (size_t a = 0; a < link->terms; a++) {
            for (size_t b = 0; b < link->terms; b++) {
                sum += gradient[a] * link->covariance[a * link->terms + b] * gradient[b];
            }
        }
    }
    return sum > 0.0 || isnan(sum) ? sum : 0.0; /* rounding apart, it cannot be below 0 */
}

enum column { DIRECT, DIRECT_ERROR, INDIRECT, INDIRECT_ERROR, TOTAL, ERROR, LOW, HIGH, COLUMNS };

// What the variable does by itself in the last link, and through the other predictors of it.
static void split(paths *of, size_t from, double *const columns[COLUMNS]) {
    const custval_link *const last = of->links[of->count - 1];
    const size_t *const inputs = of->inputs[of->count - 1];
    double direct = 0.0, spread = 0.0, indirect = 0.0;
    for (size_t k = 0; k + 1 < last->terms; k++) {
        if (inputs[k] != from) {
            indirect += last->coefficients[k + 1] * of->reached[inputs[k]];
            continue;
        }
        direct = last->coefficients[k + 1];
        spread = last->covariance == NULL ? (double)NAN : last->covariance[(k + 1) * last->terms + k + 1];
    }
    columns[DIRECT][from] = direct;
    columns[DIRECT_ERROR][from] = sqrt(spread);
    columns[INDIRECT][from] = indirect;
    columns[INDIRECT_ERROR][from] = sqrt(variance(of, from, 1));
    columns[TOTAL][from] = direct + indirect;
    columns[ERROR][from] = sqrt(variance(of, from, 0));
}

// An effect beyond a double, and what is computed from one, is missing.
static void drop_infinite(double *const columns[COLUMNS], size_t row) {
    for (int i = 0; i < COLUMNS; i++) {
        if (!isfinite(columns[i][row])) columns[i][row] = (double)NAN;
    }
}

static custval_status fill(paths *of, double level, custval_table *table, custval_error *error) {
    static const char *const names[COLUMNS] = {"direct", "direct_error", "indirect", "indirect_error",
                                               "total",  "error",        "low",      "high"};
    double *columns[COLUMNS];
    custval_text *const texts = custval__arena_alloc(&of->arena, of->variables, sizeof *texts);
    if (texts == NULL) return custval__fail_memory(error);
    for (size_t v = 0; v < of->variables; v++) texts[v] = (custval_text){of->names[v], strlen(of->names[v])};
    CUSTVAL__TRY(custval__result_add_texts(table, "variable", texts, error));
    for (int i = 0; i < COLUMNS; i++) CUSTVAL__TRY(custval__result_add_doubles(table, names[i], &columns[i], error));
    const double quantile = custval__normal_half_width(level);
    for (size_t v = 0; v + 1 < of->variables; v++) {
        carry_on(of, v);
        split(of, v, columns);
        columns[LOW][v] = columns[TOTAL][v] - quantile * columns[ERROR][v];
        columns[HIGH][v] = columns[TOTAL][v] + quantile * columns[ERROR][v];
        drop_infinite(columns, v);
    }
    custval__result_finish(table);
    return CUSTVAL_OK;
}

static custval_status measure(paths *of, const custval_host *host, double level, custval_table **out,
                              custval_error *error) {
    CUSTVAL__TRY(check(of, error));
    CUSTVAL__TRY(lay_out(of, error));
    carry_back(of);
    CUSTVAL__TRY(custval__result_new(host, of->variables - 1, out, error));
    return fill(of, level, *out, error);
}

custval_status custval_link_effects(const custval_link *const *links, size_t count, const custval_host *host,
                                    double level, custval_table **out, custval_error *error) {
    custval_host whole;
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (links == NULL) return custval__fail_null(error, "links");
    if (count == 0) return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "there are no links");
    if (count > CUSTVAL_MAX_LINKS) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "there are %zu links, more than %d", count, CUSTVAL_MAX_LINKS);
    }
    if (!(level > 0.0 && level < 1.0)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "level is %g, but must be between 0 and 1", level);
    }
    CUSTVAL__TRY(custval__host_read(&whole, host, error));
    paths of = {.links = links, .count = count};
    custval__arena_init(&of.arena, &whole);
    const custval_status status = measure(&of, &whole, level, out, error);
    custval__arena_free(&of.arena);
    if (status != CUSTVAL_OK) {
        custval_table_free(*out);
        *out = NULL;
    }
    return status;
}
