/* Links: making and freeing them, and looking into them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "link.h"

#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/maths.h"
#include "../base/options.h"
#include "../base/random.h"
#include "../base/special.h"
#include "../base/student.h"
#include "../table/table.h"

/* ---- Owners ------------------------------------------------------------------------------------------------------ */

custval_status custval__link_new(const custval_host *whole_host, size_t predictors, custval_link **out,
                                 custval_error *error) {
    const double none = (double)NAN;
    custval__arena arena;
    custval__arena_init(&arena, whole_host);
    custval_link *const link = custval__arena_alloc(&arena, 1, sizeof *link);
    const char **const names = custval__arena_alloc(&arena, predictors, sizeof *names);
    double *const coefficients = custval__arena_alloc(&arena, predictors + 1, sizeof *coefficients);
    if (link == NULL || names == NULL || coefficients == NULL) {
        custval__arena_free(&arena);
        return custval__fail_memory(error);
    }
    atomic_init(&link->owners, 1);
    link->arena = arena;
    link->predictors = names;
    link->terms = predictors + 1;
    link->coefficients = coefficients;
    link->facts = (custval_link_facts){.struct_size = sizeof link->facts,
                                       .kind = CUSTVAL_LINK_LINEAR,
                                       .is_stated = 1,
                                       .terms = predictors + 1,
                                       .r2 = none,
                                       .r2_adjusted = none,
                                       .deviation = none,
                                       .log_likelihood = none,
                                       .null_log_likelihood = none,
                                       .mcfadden = none,
                                       .auc = none};
    *out = link;
    return CUSTVAL_OK;
}

custval_status custval__link_copy_name(custval_link *link, const char *name, const char **out, custval_error *error) {
    *out = custval__arena_text(&link->arena, name, strlen(name));
    return *out == NULL ? custval__fail_memory(error) : CUSTVAL_OK;
}

custval_status custval__link_add_covariance(custval_link *link, custval_error *error) {
    link->covariance = custval__arena_alloc(&link->arena, link->terms * link->terms, sizeof *link->covariance);
    return link->covariance == NULL ? custval__fail_memory(error) : CUSTVAL_OK;
}

custval_link *custval_link_ref(const custval_link *link) {
    custval_link *const owned = (custval_link *)(uintptr_t)link;
    if (owned != NULL) atomic_fetch_add_explicit(&owned->owners, 1, memory_order_relaxed);
    return owned;
}

void custval_link_free(custval_link *link) {
    if (link == NULL || atomic_fetch_sub_explicit(&link->owners, 1, memory_order_acq_rel) != 1) return;
    custval__arena arena = link->arena; /* holds the link, too */
    custval__arena_free(&arena);
}

/* ---- What is in it ----------------------------------------------------------------------------------------------- */

custval_status custval_link_describe(const custval_link *link, custval_link_facts *out, custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    if (link == NULL) return custval__fail_null(error, "link");
    return custval__struct_write(out, &link->facts, sizeof link->facts, sizeof link->facts, "custval_link_facts",
                                 error);
}

const char *custval_link_column(const custval_link *link, size_t index) {
    if (link == NULL || index >= link->terms) return NULL;
    return index + 1 == link->terms ? link->outcome : link->predictors[index];
}

custval_status custval_link_numbers(const custval_link *link, double *out_coefficients, double *out_covariance,
                                    custval_error *error) {
    if (link == NULL) return custval__fail_null(error, "link");
    for (size_t i = 0; out_coefficients != NULL && i < link->terms; i++) out_coefficients[i] = link->coefficients[i];
    for (size_t i = 0; out_covariance != NULL && i < link->terms * link->terms; i++) {
        out_covariance[i] = link->covariance == NULL ? (double)NAN : link->covariance[i];
    }
    return CUSTVAL_OK;
}

/* ---- Numbers ----------------------------------------------------------------------------------------------------- */

/* Degrees of freedom; 0: none, the normal distribution holds. */
static double freedom(const custval_link *link) {
    const int has_some = link->facts.kind == CUSTVAL_LINK_LINEAR && link->facts.n > link->terms;
    return has_some ? (double)link->facts.n - (double)link->terms : 0.0;
}

double custval__link_quantile(const custval_link *link, double level) {
    const double degrees = freedom(link);
    return degrees > 0.0 ? custval__student_half_width(level, degrees) : custval__normal_half_width(level);
}

double custval__link_chance(const custval_link *link, double statistic) {
    const double degrees = freedom(link), square = statistic * statistic;
    if (isnan(statistic)) return statistic;
    if (degrees <= 0.0) return 2.0 * custval__normal_share(-fabs(statistic));
    if (isinf(square)) return 0.0;
    return custval__beta_share(degrees / 2.0, 0.5, degrees / (degrees + square), square / (degrees + square));
}

double custval__link_linear(const custval_link *link, const double *x) {
    double sum = link->coefficients[0];
    for (size_t i = 1; i < link->terms; i++) sum += link->coefficients[i] * x[i - 1];
    return sum;
}

double custval__link_variance(const custval_link *link, const double *x) {
    if (link->covariance == NULL) return (double)NAN;
    double sum = 0.0;
    for (size_t i = 0; i < link->terms; i++) {
        const double *const row = link->covariance + i * link->terms;
        double inner = row[0];
        for (size_t k = 1; k < link->terms; k++) inner += row[k] * x[k - 1];
        sum += i == 0 ? inner : inner * x[i - 1];
    }
    return sum > 0.0 || isnan(sum) ? sum : 0.0; /* rounding apart, it cannot be below 0 */
}

double custval__logistic(double t) {
    const double small = custval__exp(-fabs(t));
    return (t >= 0.0 ? 1.0 : small) / (1.0 + small);
}

double custval__log_one_plus_exp(double t) {
    return t > 0.0 ? t + custval__log1p(custval__exp(-t)) : custval__log1p(custval__exp(t));
}

/* ---- The table of coefficients ----------------------------------------------------------------------------------- */

static custval_status add_names(const custval_link *link, custval_table *table, custval_error *error) {
    const custval_host *const host = &table->host;
    custval_text *const names = custval__alloc(host, link->terms, sizeof *names);
    if (names == NULL) return custval__fail_memory(error);
    names[0] = (custval_text){"intercept", strlen("intercept")};
    for (size_t i = 1; i < link->terms; i++) {
        names[i] = (custval_text){link->predictors[i - 1], strlen(link->predictors[i - 1])};
    }
    const custval_status status = custval__result_add_texts(table, "term", names, error);
    custval__free(host, names);
    return status;
}

static custval_status fill(const custval_link *link, double level, custval_table *table, custval_error *error) {
    double *coefficient, *deviation, *statistic, *p, *low, *high;
    CUSTVAL__TRY(add_names(link, table, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "coefficient", &coefficient, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "error", &deviation, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "statistic", &statistic, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "p", &p, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "low", &low, error));
    CUSTVAL__TRY(custval__result_add_doubles(table, "high", &high, error));
    const double quantile = custval__link_quantile(link, level);
    for (size_t i = 0; i < link->terms; i++) {
        coefficient[i] = link->coefficients[i];
        deviation[i] = link->covariance == NULL ? (double)NAN : sqrt(link->covariance[i * link->terms + i]);
        statistic[i] = deviation[i] > 0.0 ? coefficient[i] / deviation[i] : (double)NAN;
        p[i] = custval__link_chance(link, statistic[i]);
        low[i] = coefficient[i] - quantile * deviation[i];
        high[i] = coefficient[i] + quantile * deviation[i];
    }
    custval__result_finish(table);
    return CUSTVAL_OK;
}

custval_status custval_link_coefficients(const custval_link *link, const custval_host *host, double level,
                                         custval_table **out, custval_error *error) {
    custval_host whole;
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (link == NULL) return custval__fail_null(error, "link");
    if (!(level > 0.0 && level < 1.0)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "level is %g, but must be between 0 and 1", level);
    }
    CUSTVAL__TRY(custval__host_read(&whole, host, error));
    custval_table *result = NULL;
    CUSTVAL__TRY(custval__result_new(&whole, link->terms, &result, error));
    const custval_status status = fill(link, level, result, error);
    return custval__result_give(result, status, out);
}
