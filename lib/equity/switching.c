/* custval_switching: what customers who switch between brands are worth to each of them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/equity.h>

#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/maths.h"
#include "../base/options.h"
#include "../base/run.h"
#include "../table/table.h"

#define BRANDS CUSTVAL_MAX_BRANDS
#define ROWS_PER_PIECE 256
#define PURCHASES_MOST 100000.0
#define SUM_TOLERANCE 1e-9

typedef struct switching {
    custval_host host; /* whole */
    custval_switching_options options;
    const custval_table *table;
    size_t count, last, volume, frequency; /* columns; SIZE_MAX: none */
    size_t utilities[BRANDS];
    double margins[BRANDS];
    double *matrix; /* stated: count x count, rows that add up to 1; else one such for each thread */
    double *values[BRANDS];
    uint32_t *status; /* [row] */
} switching;

/* ---- Checking ------------------------------------------------------------------------------------------------------- */

static custval_status check_brands(const switching *in, custval_error *error) {
    if (in->options.brands == NULL) return custval__fail_null(error, "brands");
    if (in->count < 2 || in->count > BRANDS) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "%zu brands, but there must be 2 to %d", in->count, BRANDS);
    }
    for (size_t i = 0; i < in->count; i++) {
        const char *const name = in->options.brands[i];
        if (name == NULL) return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "the name of brand %zu is NULL", i + 1);
        int is_twice = strcmp(name, "status") == 0;
        for (size_t k = 0; k < i; k++) is_twice |= strcmp(name, in->options.brands[k]) == 0;
        if (!is_twice) continue;
        return custval__fail(error, CUSTVAL_ERROR_DUPLICATE, "brand \"%s\" is there twice, or called \"status\"", name);
    }
    return CUSTVAL_OK;
}

static custval_status check_numbers(switching *in, custval_error *error) {
    const custval_switching_options *const options = &in->options;
    if (!(options->rate > -1.0 && isfinite(options->rate))) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "rate is %g, but must be above -1 (0.1 for 10 %%)",
                             options->rate);
    }
    if (!(options->periods > 0.0 && isfinite(options->periods))) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "periods is %g, but must be above 0", options->periods);
    }
    if (!(options->population >= 0.0 && isfinite(options->population)) || !isfinite(options->inertia)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE,
                             "population is %g and inertia %g, but both must be finite and the population 0 or more",
                             options->population, options->inertia);
    }
    for (size_t i = 0; i < in->count; i++) {
        in->margins[i] = options->margins == NULL ? 1.0 : options->margins[i];
        if (isfinite(in->margins[i])) continue;
        return custval__fail(error, CUSTVAL_ERROR_NOT_FINITE, "the margin of brand \"%s\" is %g", options->brands[i],
                             in->margins[i]);
    }
    return CUSTVAL_OK;
}

static custval_status find_number(const switching *in, const char *name, size_t *column, custval_error *error) {
    *column = SIZE_MAX;
    if (name == NULL) return CUSTVAL_OK;
    CUSTVAL__TRY(custval_table_find(in->table, name, column, error));
    return custval__table_need_number(in->table, *column, error);
}

static custval_status find_columns(switching *in, custval_error *error) {
    const custval_switching_options *const options = &in->options;
    const char *const last = options->last == NULL ? "last_brand" : options->last;
    if ((options->matrix == NULL) == (options->utilities == NULL)) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "give either a matrix or utilities");
    }
    CUSTVAL__TRY(custval_table_find(in->table, last, &in->last, error));
    CUSTVAL__TRY(custval__table_need_text(in->table, in->last, error));
    CUSTVAL__TRY(find_number(in, options->volume, &in->volume, error));
    CUSTVAL__TRY(find_number(in, options->frequency, &in->frequency, error));
    for (size_t i = 0; i < in->count && options->utilities != NULL; i++) {
        if (options->utilities[i] == NULL) {
            return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "the name of utility %zu is NULL", i + 1);
        }
        CUSTVAL__TRY(find_number(in, options->utilities[i], &in->utilities[i], error));
    }
    return CUSTVAL_OK;
}

/* Copies the stated matrix with rows that add up to 1. */
static custval_status read_matrix(switching *in, custval_error *error) {
    const size_t n = in->count;
    in->matrix = custval__alloc(&in->host, n * n, sizeof *in->matrix);
    if (in->matrix == NULL) return custval__fail_memory(error);
    for (size_t i = 0; i < n; i++) {
        const double *const row = in->options.matrix + i * n;
        double sum = 0.0;
        int are_shares = 1;
        for (size_t k = 0; k < n; k++) {
            are_shares &= row[k] >= 0.0;
            sum += row[k];
        }
        if (!(are_shares && fabs(sum - 1.0) <= SUM_TOLERANCE)) {
            return custval__fail(
                error, CUSTVAL_ERROR_RANGE,
                "the probabilities after brand \"%s\" must be 0 or more and add up to 1; the sum is %g",
                in->options.brands[i], sum);
        }
        for (size_t k = 0; k < n; k++) in->matrix[i * n + k] = row[k] / sum;
    }
    return CUSTVAL_OK;
}

/* ---- One customer --------------------------------------------------------------------------------------------------- */

static double cell(const switching *in, size_t column, size_t row, double otherwise) {
    double scratch;
    return column == SIZE_MAX ? otherwise : *custval__table_doubles(in->table, column, row, 1, &scratch);
}

static size_t find_brand(const switching *in, custval_text name) {
    size_t brand = 0;
    while (brand < in->count && (strlen(in->options.brands[brand]) != name.length ||
                                 memcmp(in->options.brands[brand], name.data, name.length) != 0)) {
        brand++;
    }
    return brand;
}

/* Logit: P(next | last) from the customer's utilities, the largest taken out so that nothing overflows. */
static uint32_t fill_logit(const switching *in, size_t row, double *matrix) {
    const size_t n = in->count;
    double utilities[BRANDS];
    for (size_t k = 0; k < n; k++) {
        utilities[k] = cell(in, in->utilities[k], row, 0.0);
        if (isnan(utilities[k])) return CUSTVAL_SWITCHING_ROW_MISSING;
    }
    for (size_t last = 0; last < n; last++) {
        double *const to = matrix + last * n, most = -(double)INFINITY, sum = 0.0;
        for (size_t k = 0; k < n; k++) {
            to[k] = utilities[k] + (k == last ? in->options.inertia : 0.0);
            if (!isfinite(to[k])) return CUSTVAL_SWITCHING_ROW_RANGE;
            most = fmax(most, to[k]);
        }
        for (size_t k = 0; k < n; k++) {
            to[k] = custval__exp(to[k] - most);
            sum += to[k];
        }
        for (size_t k = 0; k < n; k++) to[k] /= sum;
    }
    return CUSTVAL_SWITCHING_ROW_OK;
}

/* Sum over purchases of the discounted probability of each brand. */
static void follow(const double *matrix, size_t n, size_t last, double purchases, double discount, double *sums) {
    double now[BRANDS], next[BRANDS], weight = 1.0;
    for (size_t k = 0; k < n; k++) sums[k] = now[k] = k == last ? 1.0 : 0.0;
    for (double t = 1.0; t <= purchases; t++) {
        weight *= discount;
        for (size_t k = 0; k < n; k++) next[k] = 0.0;
        for (size_t i = 0; i < n; i++) {
            for (size_t k = 0; k < n; k++) next[k] += now[i] * matrix[i * n + k];
        }
        for (size_t k = 0; k < n; k++) {
            now[k] = next[k];
            sums[k] += weight * next[k];
        }
    }
}

static uint32_t value_row(const switching *in, size_t row, double *matrix, double *values) {
    const double volume = cell(in, in->volume, row, 1.0), frequency = cell(in, in->frequency, row, 1.0);
    custval_text name;
    if (!custval__table_get_text(in->table, in->last, row, &name) || isnan(volume) || isnan(frequency)) {
        return CUSTVAL_SWITCHING_ROW_MISSING;
    }
    const size_t last = find_brand(in, name);
    if (last == in->count) return CUSTVAL_SWITCHING_ROW_UNKNOWN;
    /* A product that was written as decimals may lie a rounding below the whole number that was meant. */
    const double purchases = floor(in->options.periods * frequency * (1.0 + 0x1p-50));
    if (!(volume >= 0.0 && isfinite(volume) && frequency > 0.0 && purchases <= PURCHASES_MOST)) {
        return CUSTVAL_SWITCHING_ROW_RANGE;
    }
    if (in->options.utilities != NULL) {
        const uint32_t status = fill_logit(in, row, matrix);
        if (status != CUSTVAL_SWITCHING_ROW_OK) return status;
    }
    follow(matrix, in->count, last, purchases, custval__pow(1.0 + in->options.rate, -1.0 / frequency), values);
    for (size_t k = 0; k < in->count; k++) {
        values[k] *= volume * in->margins[k];
        if (!isfinite(values[k])) return CUSTVAL_SWITCHING_ROW_RANGE;
    }
    return CUSTVAL_SWITCHING_ROW_OK;
}

/* ---- All customers -------------------------------------------------------------------------------------------------- */

static custval_status prepare(void *data, uint32_t threads) {
    switching *const in = data;
    if (in->options.utilities == NULL) return CUSTVAL_OK;
    in->matrix = custval__alloc(&in->host, threads, in->count * in->count * sizeof *in->matrix);
    return in->matrix == NULL ? CUSTVAL_ERROR_MEMORY : CUSTVAL_OK;
}

static custval_status piece(void *data, uint32_t index, uint32_t thread) {
    const switching *const in = data;
    const size_t rows = custval_table_rows(in->table), n = in->count, first = (size_t)index * ROWS_PER_PIECE;
    double *const matrix = in->options.utilities == NULL ? in->matrix : in->matrix + thread * n * n;
    double values[BRANDS];
    for (size_t row = first; row < rows && row - first < ROWS_PER_PIECE; row++) {
        in->status[row] = value_row(in, row, matrix, values);
        for (size_t k = 0; k < n; k++) {
            in->values[k][row] = in->status[row] == CUSTVAL_SWITCHING_ROW_OK ? values[k] : (double)NAN;
        }
    }
    return CUSTVAL_OK;
}

static custval_status fill_customers(switching *in, custval_table *result, custval_error *error) {
    const size_t rows = custval_table_rows(in->table);
    const size_t pieces = rows / ROWS_PER_PIECE + (rows % ROWS_PER_PIECE != 0);
    const custval__job job = {.data = in, .prepare = prepare, .piece = piece, .total_units = pieces};
    if (pieces > UINT32_MAX)
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "%zu rows are too many for one call", rows);
    for (size_t k = 0; k < in->count; k++) {
        CUSTVAL__TRY(custval__result_add_doubles(result, in->options.brands[k], &in->values[k], error));
    }
    CUSTVAL__TRY(custval__result_add_uint32(result, "status", &in->status, error));
    CUSTVAL__TRY(custval__run(&in->host, &job, (uint32_t)pieces, error));
    custval__result_finish(result);
    return CUSTVAL_OK;
}

static custval_status fill_brands(const switching *in, custval_table *result, custval_error *error) {
    const size_t rows = custval_table_rows(in->table);
    custval_text names[BRANDS];
    double *value, *equity, *share, all = 0.0, valued = 0.0;
    for (size_t k = 0; k < in->count; k++) {
        names[k] = (custval_text){in->options.brands[k], strlen(in->options.brands[k])};
    }
    CUSTVAL__TRY(custval__result_add_texts(result, "brand", names, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "value", &value, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "equity", &equity, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "share", &share, error));
    for (size_t row = 0; row < rows; row++) valued += in->status[row] == CUSTVAL_SWITCHING_ROW_OK;
    const double population = in->options.population > 0.0 ? in->options.population : valued;
    for (size_t k = 0; k < in->count; k++) {
        custval__sum sum = {0.0, 0.0};
        for (size_t row = 0; row < rows; row++) {
            if (in->status[row] == CUSTVAL_SWITCHING_ROW_OK) custval__sum_add(&sum, in->values[k][row] / valued);
        }
        value[k] = valued > 0.0 ? custval__sum_value(&sum) : (double)NAN;
        equity[k] = value[k] * population;
        if (valued > 0.0 && !isfinite(equity[k])) {
            return custval__fail(error, CUSTVAL_ERROR_NOT_FINITE,
                                 "the equity of brand \"%s\" is too large for a double", in->options.brands[k]);
        }
        all += equity[k];
    }
    for (size_t k = 0; k < in->count; k++) share[k] = all > 0.0 && isfinite(all) ? equity[k] / all : (double)NAN;
    custval__result_finish(result);
    return CUSTVAL_OK;
}

static custval_status make(switching *in, custval_table **customers, custval_table **brands, custval_error *error) {
    CUSTVAL__TRY(check_brands(in, error));
    CUSTVAL__TRY(check_numbers(in, error));
    CUSTVAL__TRY(find_columns(in, error));
    if (in->options.matrix != NULL) CUSTVAL__TRY(read_matrix(in, error));
    CUSTVAL__TRY(custval__result_new(&in->host, custval_table_rows(in->table), customers, error));
    CUSTVAL__TRY(fill_customers(in, *customers, error));
    CUSTVAL__TRY(custval__result_new(&in->host, in->count, brands, error));
    return fill_brands(in, *brands, error);
}

custval_status custval_switching(const custval_table *table, const custval_switching_options *options,
                                 custval_table **out_customers, custval_table **out_brands, custval_error *error) {
    switching in = {.table = table, .options = CUSTVAL_SWITCHING_OPTIONS_INIT};
    custval_table *customers = NULL, *brands = NULL;
    if (out_customers != NULL) *out_customers = NULL;
    if (out_brands != NULL) *out_brands = NULL;
    if (out_customers == NULL && out_brands == NULL) return custval__fail_null(error, "out_brands");
    if (table == NULL) return custval__fail_null(error, "table");
    if (options == NULL) return custval__fail_null(error, "options");
    CUSTVAL__TRY(custval__struct_read(&in.options, sizeof in.options, sizeof in.options, options,
                                      "custval_switching_options", error));
    CUSTVAL__TRY(custval__host_read(&in.host, in.options.host, error));
    in.count = in.options.brands_count;
    const custval_status status = make(&in, &customers, &brands, error);
    custval__free(&in.host, in.matrix);
    if (status == CUSTVAL_OK && out_customers != NULL) *out_customers = custval_table_ref(customers);
    if (status == CUSTVAL_OK && out_brands != NULL) *out_brands = custval_table_ref(brands);
    custval_table_free(customers);
    custval_table_free(brands);
    return status;
}
