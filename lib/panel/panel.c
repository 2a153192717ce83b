/* Columns of panels. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "panel.h"

#include <math.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../table/table.h"

custval_status custval__panel_numbers(custval__arena *arena, const custval_table *table, const char *name, double **out,
                                      custval_error *error) {
    const size_t rows = custval_table_rows(table);
    size_t column;
    CUSTVAL__TRY(custval_table_find(table, name, &column, error));
    CUSTVAL__TRY(custval__table_need_number(table, column, error));
    double *const numbers = custval__arena_alloc(arena, rows, sizeof *numbers);
    if (numbers == NULL) return custval__fail_memory(error);
    const double *const read = custval__table_doubles(table, column, 0, rows, numbers);
    if (read != numbers && rows > 0) memcpy(numbers, read, rows * sizeof *numbers);
    for (size_t row = 0; row < rows; row++) {
        if (!isinf(numbers[row])) continue;
        return custval__fail_at(error, CUSTVAL_ERROR_NOT_FINITE, CUSTVAL_NONE, row, "row %zu: column \"%s\" is %g", row,
                                name, numbers[row]);
    }
    *out = numbers;
    return CUSTVAL_OK;
}
