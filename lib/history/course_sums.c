/* What a fold keeps for the course of the base, by period. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "../base/compiler.h"
#include "object.h"

custval_status custval__course_put(custval__course *course, const custval_host *host, int64_t period, uint32_t *out) {
    const uint32_t known = course->periods.count;
    CUSTVAL__TRY(custval__keys_put_integer(&course->periods, host, period, custval__key_hash_integer(period), out));
    if (course->periods.count == known) return CUSTVAL_OK;
    void *sums = course->sums;
    if (custval__grow(host, &sums, &course->capacity, known, sizeof *course->sums) != 0) {
        custval__keys_cut(&course->periods, known);
        return CUSTVAL_ERROR_MEMORY;
    }
    course->sums = sums;
    course->sums[*out] = (custval__course_sums){0, 0, {0, 0}};
    return CUSTVAL_OK;
}

void custval__course_cut(custval__course *course, uint32_t count) {
    custval__keys_cut(&course->periods, count);
}

custval__course_sums custval__course_step(const custval__totals *before, const custval__totals *after) {
    custval__course_sums step = {0, after->purchases - before->purchases, {0, 0}};
    if (after->purchases == 0) return step; /* refunds wait for the first purchase */
    step.customers = before->purchases == 0;
    step.spend = before->purchases == 0 ? after->spend : custval__fixed_subtract(after->spend, before->spend);
    return step;
}

void custval__course_sums_add(custval__course_sums *to, const custval__course_sums *more) {
    to->customers += more->customers;
    to->purchases += more->purchases;
    to->spend = custval__fixed_add(to->spend, more->spend);
}
