/* Columns of lifetime models in a table: found by name, checked. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "rows.h"

#include <stdint.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/options.h"
#include "../table/table.h"

static const char default_lost[] = "lost";

custval_status custval__lifetime_columns_read(const custval_lifetime_columns *given, custval_lifetime_columns *out,
                                              custval_error *error) {
    *out = (custval_lifetime_columns)CUSTVAL_LIFETIME_COLUMNS_INIT;
    CUSTVAL__TRY(custval__struct_read(out, sizeof *out, sizeof(custval_lifetime_columns), given,
                                      "custval_lifetime_columns", error));
    if (out->x == NULL) out->x = "x";
    if (out->t_x == NULL) out->t_x = "t_x";
    if (out->T == NULL) out->T = "T";
    if (out->mean_spend == NULL) out->mean_spend = "mean_spend";
    if (out->lost == NULL) out->lost = default_lost;
    return CUSTVAL_OK;
}

static custval_status find_number(const custval_table *table, const char *name, size_t *out, custval_error *error) {
    CUSTVAL__TRY(custval_table_find(table, name, out, error));
    return custval__table_need_number(table, *out, error);
}

static custval_status find_wanted(const custval_table *table, uint32_t wanted, uint32_t column, const char *name,
                                  size_t *out, custval_error *error) {
    *out = SIZE_MAX;
    return (wanted & column) != 0 ? find_number(table, name, out, error) : CUSTVAL_OK;
}

static custval_status find_covariates(const custval_table *table, const char *const *names, size_t count, size_t *out,
                                      custval_error *error) {
    for (size_t i = 0; i < count; i++) {
        if (names[i] == NULL) {
            return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "the name of covariate %zu is NULL", i);
        }
        CUSTVAL__TRY(find_number(table, names[i], &out[i], error));
    }
    return CUSTVAL_OK;
}

custval_status custval__row_columns_find(const custval_table *table, const custval_lifetime_columns *given,
                                         uint32_t wanted, int lost_optional, int with_count,
                                         const char *const *purchase_names, size_t purchase_count,
                                         const char *const *dropout_names, size_t dropout_count,
                                         custval__row_columns *out, custval_error *error) {
    CUSTVAL__TRY(find_wanted(table, wanted, CUSTVAL__COLUMN_X, given->x, &out->x, error));
    CUSTVAL__TRY(find_wanted(table, wanted, CUSTVAL__COLUMN_T_X, given->t_x, &out->t_x, error));
    CUSTVAL__TRY(find_wanted(table, wanted, CUSTVAL__COLUMN_T, given->T, &out->T, error));
    CUSTVAL__TRY(find_wanted(table, wanted, CUSTVAL__COLUMN_MEAN_SPEND, given->mean_spend, &out->mean_spend, error));
    /* Only a column that the caller has not named may be absent: a name with a slip is not to go unnoticed. */
    size_t column = SIZE_MAX;
    const int lost_absent = lost_optional && strcmp(given->lost, default_lost) == 0 &&
                            custval_table_find(table, given->lost, &column, NULL) != CUSTVAL_OK;
    if (lost_absent) wanted &= ~(uint32_t)CUSTVAL__COLUMN_LOST;
    CUSTVAL__TRY(find_wanted(table, wanted, CUSTVAL__COLUMN_LOST, given->lost, &out->lost, error));
    out->count = SIZE_MAX;
    if (with_count && given->count != NULL) CUSTVAL__TRY(find_number(table, given->count, &out->count, error));
    CUSTVAL__TRY(find_covariates(table, purchase_names, purchase_count, out->purchase, error));
    return find_covariates(table, dropout_names, dropout_count, out->dropout, error);
}
