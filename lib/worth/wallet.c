/* Share of wallet: known, or estimated from how brands are rated. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/options.h"
#include "../table/table.h"
#include "worth.h"

#define BRANDS_MOST 256
#define ROWS_READ 256

static custval_status read_options(const custval_table *table, const custval_wallet_options *options,
                                   custval_wallet_options *whole, custval_host *host, custval_error *error) {
    const custval_wallet_options defaults = CUSTVAL_WALLET_OPTIONS_INIT;
    *whole = defaults;
    if (table == NULL) return custval__fail_null(error, "table");
    CUSTVAL__TRY(custval__struct_read(whole, sizeof *whole, sizeof *whole, options, "custval_wallet_options", error));
    return custval__host_read(host, whole->host, error);
}

static custval_status find_numbers(const custval_table *table, const char *name, size_t *column, custval_error *error) {
    CUSTVAL__TRY(custval_table_find(table, name, column, error));
    return custval__table_need_number(table, *column, error);
}

/* ---- own / category ------------------------------------------------------------------------------------------------- */

static uint32_t share_status(double own, double category) {
    if (isnan(own) || isnan(category)) return CUSTVAL_WALLET_ROW_MISSING;
    if (!(own >= 0.0 && category >= 0.0 && isfinite(own) && isfinite(category))) return CUSTVAL_WALLET_ROW_RANGE;
    if (own > category) return CUSTVAL_WALLET_ROW_EXCEEDS;
    return category > 0.0 ? CUSTVAL_WALLET_ROW_OK : CUSTVAL_WALLET_ROW_UNDEFINED;
}

static custval_status fill_share(const custval_table *table, size_t own_column, size_t category_column,
                                 custval_table *result, custval_error *error) {
    const size_t rows = custval_table_rows(table);
    double *share, *gap, own_scratch[ROWS_READ], category_scratch[ROWS_READ];
    uint32_t *status;
    CUSTVAL__TRY(custval__result_add_doubles(result, "share", &share, error));
    CUSTVAL__TRY(custval__result_add_doubles(result, "gap", &gap, error));
    CUSTVAL__TRY(custval__result_add_uint32(result, "status", &status, error));
    for (size_t start = 0; start < rows; start += ROWS_READ) {
        const size_t count = rows - start < ROWS_READ ? rows - start : ROWS_READ;
        const double *const own = custval__table_doubles(table, own_column, start, count, own_scratch);
        const double *const category = custval__table_doubles(table, category_column, start, count, category_scratch);
        for (size_t i = 0; i < count; i++) {
            status[start + i] = share_status(own[i], category[i]);
            const int is_known = status[start + i] == CUSTVAL_WALLET_ROW_OK;
            share[start + i] = is_known ? own[i] / category[i] : (double)NAN;
            gap[start + i] = is_known ? category[i] - own[i] : (double)NAN;
        }
    }
    custval__result_finish(result);
    return CUSTVAL_OK;
}

custval_status custval_wallet_share(const custval_table *table, const custval_wallet_options *options,
                                    custval_table **out, custval_error *error) {
    custval_wallet_options whole;
    custval_host host;
    size_t own, category;
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    CUSTVAL__TRY(read_options(table, options, &whole, &host, error));
    CUSTVAL__TRY(find_numbers(table, whole.own == NULL ? "own" : whole.own, &own, error));
    CUSTVAL__TRY(find_numbers(table, whole.category == NULL ? "category" : whole.category, &category, error));
    custval_table *result = NULL;
    CUSTVAL__TRY(custval__result_new(&host, custval_table_rows(table), &result, error));
    const custval_status status = fill_share(table, own, category, result, error);
    return custval__result_give(result, status, out);
}

/* ---- The Wallet Allocation Rule ------------------------------------------------------------------------------------- */

typedef struct allocation {
    const custval_table *table;
    custval_wallet_options options;
    size_t columns[BRANDS_MOST];
    double *shares[BRANDS_MOST];
    uint32_t *status;
} allocation;

static custval_status check_brand(const allocation *in, size_t brand, custval_error *error) {
    const char *const name = in->options.brands[brand];
    if (name == NULL) return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "the name of brand %zu is NULL", brand + 1);
    if (strcmp(name, "status") == 0) {
        return custval__fail(error, CUSTVAL_ERROR_DUPLICATE, "a brand cannot be called \"status\"; rename its column");
    }
    for (size_t i = 0; i < brand; i++) {
        if (strcmp(in->options.brands[i], name) != 0) continue;
        return custval__fail(error, CUSTVAL_ERROR_DUPLICATE, "brand \"%s\" is there twice", name);
    }
    return CUSTVAL_OK;
}

static custval_status find_brands(allocation *in, custval_error *error) {
    const size_t count = in->options.brands_count;
    if (in->options.brands == NULL) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "brands is NULL: name the columns of 1 to %d brands",
                             BRANDS_MOST);
    }
    if (count < 1 || count > BRANDS_MOST) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "%zu brands, but there must be 1 to %d", count, BRANDS_MOST);
    }
    for (size_t i = 0; i < count; i++) {
        CUSTVAL__TRY(check_brand(in, i, error));
        CUSTVAL__TRY(find_numbers(in->table, in->options.brands[i], &in->columns[i], error));
    }
    return CUSTVAL_OK;
}

/* Twice the rank is a whole number: 1 + 2 x those better + those equal, itself included. */
static void allocate(const double *ratings, size_t count, double *shares) {
    double used = 0.0;
    for (size_t i = 0; i < count; i++) used += !isnan(ratings[i]);
    for (size_t i = 0; i < count; i++) {
        double twice = 1.0;
        for (size_t k = 0; k < count; k++) {
            twice += ratings[k] > ratings[i] ? 2.0 : ratings[k] == ratings[i] ? 1.0 : 0.0;
        }
        shares[i] = isnan(ratings[i]) ? (double)NAN : (1.0 - 0.5 * twice / (used + 1.0)) * 2.0 / used;
    }
}

static void allocate_row(const allocation *in, size_t row) {
    double ratings[BRANDS_MOST], shares[BRANDS_MOST], scratch;
    const size_t count = in->options.brands_count;
    uint32_t status = CUSTVAL_WALLET_ROW_MISSING;
    for (size_t i = 0; i < count; i++) {
        ratings[i] = *custval__table_doubles(in->table, in->columns[i], row, 1, &scratch);
        if (!isnan(ratings[i]) && status == CUSTVAL_WALLET_ROW_MISSING) status = CUSTVAL_WALLET_ROW_OK;
        if (isinf(ratings[i])) status = CUSTVAL_WALLET_ROW_RANGE;
    }
    if (status == CUSTVAL_WALLET_ROW_OK) allocate(ratings, count, shares);
    for (size_t i = 0; i < count; i++) {
        in->shares[i][row] = status == CUSTVAL_WALLET_ROW_OK ? shares[i] : (double)NAN;
    }
    in->status[row] = status;
}

custval_status custval_wallet_allocation(const custval_table *table, const custval_wallet_options *options,
                                         custval_table **out, custval_error *error) {
    allocation in = {.table = table};
    custval_host host;
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    CUSTVAL__TRY(read_options(table, options, &in.options, &host, error));
    CUSTVAL__TRY(find_brands(&in, error));
    custval_table *result = NULL;
    CUSTVAL__TRY(custval__result_new(&host, custval_table_rows(table), &result, error));
    custval_status status = CUSTVAL_OK;
    for (size_t i = 0; i < in.options.brands_count && status == CUSTVAL_OK; i++) {
        status = custval__result_add_doubles(result, in.options.brands[i], &in.shares[i], error);
    }
    if (status == CUSTVAL_OK) status = custval__result_add_uint32(result, "status", &in.status, error);
    if (status != CUSTVAL_OK) {
        custval_table_free(result);
        return status;
    }
    for (size_t row = 0; row < custval_table_rows(table); row++) allocate_row(&in, row);
    custval__result_finish(result);
    *out = result;
    return CUSTVAL_OK;
}
