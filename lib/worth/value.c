/* custval_worth_value: the value of each customer as a table. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include <custval/rank.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/maths.h"
#include "../base/options.h"
#include "../table/table.h"
#include "row.h"

/* The columns of the result; NULL: the worth does not have that part. */
typedef struct results {
    double *existing, *potential, *tenure, *margin, *influence, *learning, *score, *credited;
    double *direct, *latent, *total, *consumption, *marketing, *brand, *share, *rank, *ceiling, *realisation;
    uint32_t *loss_maker, *status;
} results;

static void put(double *column, size_t row, int is_valued, double number) {
    if (column != NULL) column[row] = is_valued ? number : (double)NAN;
}

static void take(void *data, size_t row, uint32_t status, const custval__row_worth *values) {
    const results *const out = data;
    const int is_valued = status == CUSTVAL_WORTH_ROW_OK;
    put(out->existing, row, is_valued, values->existing);
    put(out->potential, row, is_valued, values->potential);
    put(out->tenure, row, is_valued, values->tenure);
    put(out->margin, row, is_valued, values->margin);
    put(out->influence, row, is_valued, values->influence);
    put(out->learning, row, is_valued, values->learning);
    put(out->score, row, is_valued, values->score);
    put(out->credited, row, is_valued, values->credited);
    put(out->direct, row, is_valued, values->direct);
    put(out->latent, row, is_valued, values->latent);
    put(out->total, row, is_valued, values->total);
    put(out->consumption, row, is_valued, values->consumption);
    put(out->marketing, row, is_valued, values->marketing);
    put(out->brand, row, is_valued, values->brand);
    put(out->ceiling, row, is_valued, values->ceiling);
    put(out->realisation, row, is_valued && values->ceiling > 0.0,
        values->ceiling > 0.0 ? (values->existing + values->potential) / values->ceiling : 0.0);
    if (out->loss_maker != NULL) out->loss_maker[row] = is_valued && values->existing < 0.0;
    out->status[row] = status;
}

static custval_status add_columns(const custval_worth *worth, custval_table *table, results *out,
                                  custval_error *error) {
    const int has_existing = custval__worth_has(worth, CUSTVAL__WORTH_EXISTING);
    const int has_revenue = custval__worth_is_given(worth, CUSTVAL__WORTH_EXISTING, CUSTVAL__REVENUE);
    const int has_potential = custval__worth_has(worth, CUSTVAL__WORTH_POTENTIAL);
    const int has_periods = custval__worth_is_given(worth, CUSTVAL__WORTH_POTENTIAL, CUSTVAL__PERIODS);
    const int has_score = custval__worth_is_given(worth, CUSTVAL__WORTH_LEARNING, CUSTVAL__SCORE);
    const int has_money = custval__worth_has(worth, CUSTVAL__WORTH_GAINS) ||
                          custval__worth_is_given(worth, CUSTVAL__WORTH_LEARNING, CUSTVAL__LOSS) ||
                          custval__worth_is_given(worth, CUSTVAL__WORTH_LEARNING, CUSTVAL__LEARNING_VALUE) ||
                          custval__worth_is_given(worth, CUSTVAL__WORTH_LEARNING, CUSTVAL__MONEY_PER_POINT);
    const int has_wallet = custval__worth_has(worth, CUSTVAL__WORTH_WALLET);
    const struct {
        const char *name;
        double **numbers;
        uint32_t **words;
        int is_there;
    } columns[] = {
        {"existing", &out->existing, NULL, has_existing},
        {"loss_maker", NULL, &out->loss_maker, has_existing},
        {"potential", &out->potential, NULL, has_potential},
        {"tenure", &out->tenure, NULL, has_periods},
        {"margin", &out->margin, NULL, has_periods},
        {"influence", &out->influence, NULL, custval__worth_has(worth, CUSTVAL__WORTH_INFLUENCE)},
        {"learning", &out->learning, NULL, has_money},
        {"learning_score", &out->score, NULL, has_score},
        {"credited", &out->credited, NULL, custval__worth_is_given(worth, CUSTVAL__WORTH_ROOT, CUSTVAL__CREDITED)},
        {"direct", &out->direct, NULL, 1},
        {"latent", &out->latent, NULL, 1},
        {"total", &out->total, NULL, 1},
        {"consumption", &out->consumption, NULL, has_revenue},
        {"marketing", &out->marketing, NULL, has_revenue},
        {"brand", &out->brand, NULL, has_revenue},
        {"share", &out->share, NULL, 1},
        {"rank", &out->rank, NULL, 1},
        {"ceiling", &out->ceiling, NULL, has_wallet},
        {"realisation", &out->realisation, NULL, has_wallet},
        {"status", NULL, &out->status, 1},
    };
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        if (!columns[i].is_there) continue;
        CUSTVAL__TRY(columns[i].numbers != NULL
                         ? custval__result_add_doubles(table, columns[i].name, columns[i].numbers, error)
                         : custval__result_add_uint32(table, columns[i].name, columns[i].words, error));
    }
    return CUSTVAL_OK;
}

static custval_status compare(const custval_host *host, const results *out, size_t rows, custval_error *error) {
    custval__sum sum = {0.0, 0.0};
    for (size_t row = 0; row < rows; row++) {
        if (!isnan(out->total[row])) custval__sum_add(&sum, out->total[row]);
    }
    const double all = custval__sum_value(&sum);
    for (size_t row = 0; row < rows; row++) {
        out->share[row] = all > 0.0 && isfinite(all) ? out->total[row] / all : (double)NAN;
    }
    return custval_ranks(host, out->total, rows, CUSTVAL_TIES_MEAN, out->rank, error);
}

static custval_status fill(const custval_worth *worth, const custval_table *table, const custval_host *host,
                           custval_table *result, custval_error *error) {
    results out = {.existing = NULL};
    CUSTVAL__TRY(add_columns(worth, result, &out, error));
    custval__worth_rows rows = {.worth = worth, .table = table, .host = *host, .take = take, .data = &out};
    CUSTVAL__TRY(custval__worth_rows_run(&rows, error));
    CUSTVAL__TRY(compare(host, &out, custval_table_rows(table), error));
    custval__result_finish(result);
    return CUSTVAL_OK;
}

custval_status custval_worth_value(const custval_worth *worth, const custval_table *table,
                                   const custval_worth_options *options, custval_table **out, custval_error *error) {
    custval_worth_options whole = CUSTVAL_WORTH_OPTIONS_INIT;
    custval_host host;
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (worth == NULL) return custval__fail_null(error, "worth");
    if (table == NULL) return custval__fail_null(error, "table");
    CUSTVAL__TRY(custval__struct_read(&whole, sizeof whole, sizeof whole, options, "custval_worth_options", error));
    CUSTVAL__TRY(custval__host_read(&host, whole.host, error));
    custval_table *result = NULL;
    CUSTVAL__TRY(custval__result_new(&host, custval_table_rows(table), &result, error));
    const custval_status status = fill(worth, table, &host, result, error);
    return custval__result_give(result, status, out);
}
