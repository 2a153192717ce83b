/* Totals of one customer. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "totals.h"

static void add_money(custval__fixed *to, const custval__cell *cell, int column) {
    if (column >= 0) *to = custval__fixed_add(*to, cell->money[column]);
}

void custval__totals_take(custval__totals *totals, const custval__moneys *moneys, const custval__cell *cell) {
    add_money(&totals->spend, cell, moneys->amount);
    add_money(&totals->cost, cell, moneys->cost);
    add_money(&totals->quantity, cell, moneys->quantity);
    if (cell->rows > 0) {
        if (totals->purchases > 0) {
            const int64_t interval = cell->period - totals->last;
            const custval__fixed square = custval__wide_product((uint64_t)interval, (uint64_t)interval);
            totals->squares = custval__fixed_add(totals->squares, square);
            if (interval > totals->longest) totals->longest = interval;
        } else {
            totals->first = cell->period;
        }
        totals->last = cell->period;
        totals->purchases++;
        totals->rows += cell->rows;
    }
    if (totals->purchases == 1) totals->first_spend = totals->spend;
}

/* With n intervals, their sum S and that of their squares Q it is (n Q - S^2) / (n (n - 1)). Periods are 40 bits, so that
   n and S are, and Q is at most S^2: n Q takes 120 bits. */
double custval__totals_interval_variance(const custval__totals *totals) {
    const uint64_t n = totals->purchases - 1, sum = (uint64_t)(totals->last - totals->first);
    custval__fixed product = custval__wide_product(n, totals->squares.low);
    product.high += n * totals->squares.high;
    const custval__fixed above = custval__fixed_subtract(product, custval__wide_product(sum, sum));
    return custval__wide_double(above) / ((double)n * (double)(n - 1));
}
