/* custval_concentration: the whale curve of a base, and how unevenly its value is spread. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/maths.h"
#include "../base/options.h"
#include "../table/table.h"
#include "worth.h"

#define POINTS_MOST 100000
#define ROWS_READ 256

typedef struct customer {
    double value;
    size_t row;
} customer;

typedef struct curve {
    custval_host host; /* whole */
    custval_concentration_options options;
    const custval_table *table;
    size_t column;
    custval_concentration_facts facts; /* its count is that of customers */
    customer *customers;               /* the best first */
    double *cumulative;                /* [k] what the best k bring; count + 1 of them */
} curve;

/* ---- The customers in order ----------------------------------------------------------------------------------------- */

static custval_status read_values(curve *in, custval_error *error) {
    const size_t rows = custval_table_rows(in->table);
    double scratch[ROWS_READ];
    size_t count = 0;
    for (size_t start = 0; start < rows; start += ROWS_READ) {
        const size_t block = rows - start < ROWS_READ ? rows - start : ROWS_READ;
        const double *const values = custval__table_doubles(in->table, in->column, start, block, scratch);
        for (size_t i = 0; i < block; i++) {
            if (isinf(values[i])) {
                return custval__fail_at(error, CUSTVAL_ERROR_NOT_FINITE, CUSTVAL_NONE, start + i,
                                        "row %zu: column \"%s\" is %g", start + i,
                                        custval_table_name(in->table, in->column), values[i]);
            }
            if (!isnan(values[i])) in->customers[count++] = (customer){values[i], start + i};
        }
    }
    in->facts.count = count;
    in->facts.missing = rows - count;
    if (count > 0) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_STATE, "column \"%s\" has no value in any row",
                         custval_table_name(in->table, in->column));
}

/* Merge sort from the bottom: n log n whatever the values are, equal ones in the order of their rows. */
static void sort_customers(customer *customers, customer *spare, size_t count) {
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t start = 0; start < count; start += 2 * width) {
            const size_t middle = count - start < width ? count : start + width;
            const size_t end = count - middle < width ? count : middle + width;
            size_t left = start, right = middle;
            for (size_t i = start; i < end; i++) {
                const int from_left =
                    right == end || (left < middle && customers[left].value >= customers[right].value);
                spare[i] = customers[from_left ? left++ : right++];
            }
        }
        memcpy(customers, spare, count * sizeof *customers);
    }
}

/* ---- What is said of the whole -------------------------------------------------------------------------------------- */

/* What the best share of customers brings: straight between two of them. */
static double at_share(const curve *in, double customers) {
    const double below = fmin(floor(customers), (double)in->facts.count);
    const size_t k = (size_t)below;
    return k == in->facts.count ? in->cumulative[k] : in->cumulative[k] + (customers - below) * in->customers[k].value;
}

static custval_status add_up(curve *in, custval_error *error) {
    const size_t count = (size_t)in->facts.count;
    custval__sum sum = {0.0, 0.0};
    in->cumulative[0] = 0.0;
    for (size_t k = 0; k < count; k++) {
        custval__sum_add(&sum, in->customers[k].value);
        in->cumulative[k + 1] = custval__sum_value(&sum);
        if (isfinite(in->cumulative[k + 1])) continue;
        return custval__fail(error, CUSTVAL_ERROR_NOT_FINITE, "column \"%s\": its sum is too large for a double",
                             custval_table_name(in->table, in->column));
    }
    return CUSTVAL_OK;
}

/* With values from the largest, the sum over pairs of |x_i - x_j| is sum of (n - 1 - 2k) x_k, each pair once. */
static void describe(curve *in) {
    custval_concentration_facts *const facts = &in->facts;
    const size_t count = (size_t)facts->count;
    const double n = (double)count, unit = fmax(fabs(in->customers[0].value), fabs(in->customers[count - 1].value));
    custval__sum differences = {0.0, 0.0}, sizes = {0.0, 0.0};
    size_t gainers = 0;
    for (size_t k = 0; k < count && unit > 0.0; k++) {
        const double part = in->customers[k].value / unit;
        custval__sum_add(&differences, (n - 1.0 - 2.0 * (double)k) * part);
        custval__sum_add(&sizes, fabs(part));
        gainers += part > 0.0;
        facts->negative += part < 0.0;
    }
    const double pairs = custval__sum_value(&differences), size = custval__sum_value(&sizes);
    const int is_above_zero = in->cumulative[count] > 0.0;
    facts->sum = in->cumulative[count];
    facts->gini = is_above_zero ? pairs / (n * (facts->sum / unit)) : (double)NAN;
    facts->gini_signed = count > 1 && size > 0.0 ? pairs / ((n - 1.0) * size) : (double)NAN;
    facts->peak = is_above_zero ? in->cumulative[gainers] / facts->sum : (double)NAN;
    facts->peak_customers = (double)gainers / n;
    facts->top_decile = is_above_zero ? at_share(in, n / 10.0) / facts->sum : (double)NAN;
}

/* ---- The curve ------------------------------------------------------------------------------------------------------ */

static custval_status fill(const curve *in, custval_table *result, custval_error *error) {
    static const char *const names[] = {"customers", "value", "cumulative", "share", "row"};
    const size_t rows = custval_table_rows(result);
    const int is_by_customer = in->options.points == 0;
    double *to[5];
    for (size_t i = 0; i < (is_by_customer ? 5U : 4U); i++) {
        CUSTVAL__TRY(custval__result_add_doubles(result, names[i], &to[i], error));
    }
    for (size_t k = 0; k < rows; k++) {
        const double customers = (double)(k + 1) / (double)rows, n = (double)in->facts.count;
        const double until = is_by_customer ? in->cumulative[k + 1] : at_share(in, n * (double)(k + 1) / (double)rows);
        to[0][k] = customers;
        to[1][k] = is_by_customer ? in->customers[k].value : until - at_share(in, n * (double)k / (double)rows);
        to[2][k] = until;
        to[3][k] = in->facts.sum > 0.0 ? until / in->facts.sum : (double)NAN;
        if (is_by_customer) to[4][k] = (double)in->customers[k].row;
    }
    custval__result_finish(result);
    return CUSTVAL_OK;
}

static custval_status make(curve *in, custval_table **out, custval_error *error) {
    const size_t rows = custval_table_rows(in->table);
    in->customers = custval__alloc(&in->host, rows, sizeof *in->customers);
    customer *const spare = custval__alloc(&in->host, rows, sizeof *spare);
    in->cumulative = custval__alloc(&in->host, rows + 1, sizeof *in->cumulative);
    custval_status status = CUSTVAL_OK;
    if (in->customers == NULL || spare == NULL || in->cumulative == NULL) status = custval__fail_memory(error);
    if (status == CUSTVAL_OK) status = read_values(in, error);
    if (status == CUSTVAL_OK) {
        sort_customers(in->customers, spare, (size_t)in->facts.count);
        status = add_up(in, error);
    }
    if (status == CUSTVAL_OK) {
        describe(in);
        const size_t points = in->options.points > 0 ? in->options.points : (size_t)in->facts.count;
        if (out != NULL) status = custval__result_new(&in->host, points, out, error);
        if (status == CUSTVAL_OK && out != NULL) status = fill(in, *out, error);
    }
    custval__free(&in->host, in->cumulative);
    custval__free(&in->host, spare);
    custval__free(&in->host, in->customers);
    return status;
}

static custval_status prepare(curve *in, const custval_concentration_options *options, custval_error *error) {
    custval_concentration_options *const whole = &in->options;
    CUSTVAL__TRY(
        custval__struct_read(whole, sizeof *whole, sizeof *whole, options, "custval_concentration_options", error));
    CUSTVAL__TRY(custval__host_read(&in->host, whole->host, error));
    if (whole->reserved != 0) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "reserved is %u, it must be 0", (unsigned)whole->reserved);
    }
    if (whole->points > POINTS_MOST) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "points is %u, but must be at most %d",
                             (unsigned)whole->points, POINTS_MOST);
    }
    if (whole->column == NULL) whole->column = "total";
    CUSTVAL__TRY(custval_table_find(in->table, whole->column, &in->column, error));
    return custval__table_need_number(in->table, in->column, error);
}

custval_status custval_concentration(const custval_table *table, const custval_concentration_options *options,
                                     custval_concentration_facts *facts, custval_table **out, custval_error *error) {
    const size_t facts_size = sizeof *facts;
    if (out != NULL) *out = NULL;
    if (out == NULL && facts == NULL) return custval__fail_null(error, "out");
    if (table == NULL) return custval__fail_null(error, "table");
    curve in = {
        .table = table, .options = CUSTVAL_CONCENTRATION_OPTIONS_INIT, .facts = CUSTVAL_CONCENTRATION_FACTS_INIT};
    CUSTVAL__TRY(prepare(&in, options, error));
    custval_status status = make(&in, out, error);
    if (status == CUSTVAL_OK && facts != NULL) {
        status = custval__struct_write(facts, &in.facts, facts_size, facts_size, "custval_concentration_facts", error);
    }
    if (status != CUSTVAL_OK && out != NULL) {
        custval_table_free(*out);
        *out = NULL;
    }
    return status;
}
