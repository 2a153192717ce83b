/* Parameters with their errors, and their covariance, as tables. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/maths.h"
#include "../base/random.h"
#include "../table/table.h"
#include "lifetime.h"

#define NOT_KNOWN ((double)NAN)

static int is_parameter(const custval_lifetime *lifetime, uint32_t i) {
    return i < lifetime->model->parameters;
}

/* What one of the logarithm is of the value: the parameter itself; of a coefficient 1. */
static double slope_of(const custval_lifetime *lifetime, uint32_t i) {
    return is_parameter(lifetime, i) ? lifetime->values[i] : 1.0;
}

/* ---- Names ------------------------------------------------------------------------------------------------------- */

static const custval_host *host_of(const custval_lifetime *lifetime) {
    return &lifetime->arena.host;
}

/* Names of all values, in one block behind the texts that point to them; NULL if memory runs out. */
static custval_text *names_new(const custval_lifetime *lifetime) {
    size_t bytes = 0;
    for (uint32_t i = 0; i < lifetime->count; i++) bytes += custval__lifetime_value_name(lifetime, i, NULL, 0) + 1;
    custval_text *names = custval__alloc(host_of(lifetime), lifetime->count * sizeof *names + bytes, 1);
    if (names == NULL) return NULL;
    char *next = (char *)(names + lifetime->count);
    for (uint32_t i = 0; i < lifetime->count; i++) {
        const size_t length = custval__lifetime_value_name(lifetime, i, next, bytes);
        names[i] = (custval_text){next, length};
        next += length + 1;
        bytes -= length + 1;
    }
    return names;
}

/* A table of one row per value with the column `name`; names receives what is to be freed. */
static custval_status table_new(const custval_lifetime *lifetime, custval_text **names, custval_table **out,
                                custval_error *error) {
    *out = NULL;
    *names = names_new(lifetime);
    if (*names == NULL) return custval__fail_memory(error);
    CUSTVAL__TRY(custval__result_new(host_of(lifetime), lifetime->count, out, error));
    return custval__result_add_texts(*out, "name", *names, error);
}

static custval_status give(const custval_lifetime *lifetime, custval_text *names, custval_table *table,
                           custval_status status, custval_table **out) {
    custval__free(host_of(lifetime), names);
    if (status == CUSTVAL_OK) custval__result_finish(table);
    return custval__result_give(table, status, out);
}

/* ---- Parameters -------------------------------------------------------------------------------------------------- */

static custval_status fill_parameters(const custval_lifetime *lifetime, double level, custval_table *table,
                                      custval_error *error) {
    static const char *const columns[] = {"value", "error", "low", "high", "log_error"};
    enum { VALUE, ERROR, LOW, HIGH, LOG_ERROR, COLUMNS };
    const double wide = custval__normal_half_width(level);
    double *cells[COLUMNS];
    for (size_t k = 0; k < COLUMNS; k++) {
        CUSTVAL__TRY(custval__result_add_doubles(table, columns[k], &cells[k], error));
    }
    for (uint32_t i = 0; i < lifetime->count; i++) {
        const double value = lifetime->values[i], *covariance = lifetime->covariance;
        const double own = covariance == NULL ? NOT_KNOWN : sqrt(covariance[(size_t)i * lifetime->count + i]);
        const double factor = custval__exp(wide * own);
        cells[VALUE][i] = value;
        cells[ERROR][i] = slope_of(lifetime, i) * own;
        cells[LOW][i] = is_parameter(lifetime, i) ? value / factor : value - wide * own;
        cells[HIGH][i] = is_parameter(lifetime, i) ? value * factor : value + wide * own;
        cells[LOG_ERROR][i] = own;
    }
    return CUSTVAL_OK;
}

custval_status custval_lifetime_parameters(const custval_lifetime *lifetime, double level, custval_table **out,
                                           custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (lifetime == NULL) return custval__fail_null(error, "lifetime");
    if (!(level > 0.0 && level < 1.0)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "level is %g, but must be above 0 and below 1", level);
    }
    custval_text *names;
    custval_table *table;
    custval_status status = table_new(lifetime, &names, &table, error);
    if (status == CUSTVAL_OK) status = fill_parameters(lifetime, level, table, error);
    return give(lifetime, names, table, status, out);
}

/* ---- Covariance -------------------------------------------------------------------------------------------------- */

static custval_status fill_covariance(const custval_lifetime *lifetime, int logarithms, const custval_text *names,
                                      custval_table *table, custval_error *error) {
    const size_t count = lifetime->count;
    for (uint32_t k = 0; k < count; k++) {
        double *cells;
        CUSTVAL__TRY(custval__result_add_doubles(table, names[k].data, &cells, error));
        for (uint32_t i = 0; i < count; i++) {
            /* The product of both slopes first: the same bits on both sides of the diagonal. */
            const double scale = logarithms ? 1.0 : slope_of(lifetime, i) * slope_of(lifetime, k);
            cells[i] = lifetime->covariance[i * count + k] * scale;
        }
    }
    return CUSTVAL_OK;
}

custval_status custval_lifetime_covariance(const custval_lifetime *lifetime, uint32_t logarithms, custval_table **out,
                                           custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (lifetime == NULL) return custval__fail_null(error, "lifetime");
    if (logarithms > 1) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "logarithms is %u, but must be 0 or 1",
                             (unsigned)logarithms);
    }
    if (lifetime->covariance == NULL) {
        return custval__fail(error, CUSTVAL_ERROR_STATE, "the parameters are %s: there is no covariance",
                             lifetime->facts.convergence == CUSTVAL_CONVERGENCE_STATED ? "stated, not fitted"
                                                                                       : "not at an optimum");
    }
    custval_text *names;
    custval_table *table;
    custval_status status = table_new(lifetime, &names, &table, error);
    if (status == CUSTVAL_OK) status = fill_covariance(lifetime, (int)logarithms, names, table, error);
    return give(lifetime, names, table, status, out);
}
