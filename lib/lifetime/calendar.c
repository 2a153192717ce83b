/* Ends of calendar months in units of time. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include <custval/lifetime.h>

#include "../base/error.h"
#include "../base/text.h"

/* A unit of time: a microsecond is 1.2e-11 days. */
#define LEAST_DAYS 1e-12
#define MOST_DAYS 1e12
#define MONTHS_IN_ALL (10000U * 12) /* before the year 10000 */

static unsigned digits_of(const char *text, size_t count) {
    unsigned value = 0;
    for (size_t i = 0; i < count; i++) value = value * 10 + (unsigned)(text[i] - '0');
    return value;
}

static void write_digits(char *text, size_t count, unsigned value) {
    for (size_t i = count; i-- > 0; value /= 10) text[i] = (char)('0' + value % 10);
}

/* Days since 1970-01-01 of a day of a month counted from January of the year 0; the last day of a shorter month. */
static int32_t days_of(unsigned month, unsigned day) {
    char text[] = "0000-00-00";
    int32_t days = 0;
    write_digits(text, 4, month / 12);
    write_digits(text + 5, 2, month % 12 + 1);
    for (int found = -1; found != 0; day--) {
        write_digits(text + 8, 2, day);
        found = custval__date_days(text, 10, &days);
    }
    return days;
}

custval_status custval_calendar_months(const char *date, uint32_t months, size_t count, double days_per_unit,
                                       double *times, custval_error *error) {
    int32_t start;
    if (date == NULL) return custval__fail_null(error, "date");
    if (times == NULL) return custval__fail_null(error, "times");
    if (months == 0) return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "months is 0, but must be at least 1");
    if (!(days_per_unit >= LEAST_DAYS && days_per_unit <= MOST_DAYS)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "days_per_unit is %g, but must be above 0, from %g to %g",
                             days_per_unit, LEAST_DAYS, MOST_DAYS);
    }
    if (custval__date_days(date, strlen(date), &start) != 0) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "date is \"%s\", but must be a date like 2026-03-31", date);
    }
    const unsigned first = digits_of(date, 4) * 12 + digits_of(date + 5, 2) - 1, day = digits_of(date + 8, 2);
    const size_t most = (MONTHS_IN_ALL - 1 - first) / months;
    if (count > most) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "cash period %zu ends beyond the year 9999", most);
    }
    for (size_t k = 0; k < count; k++) {
        const int32_t end = days_of(first + (unsigned)(k + 1) * months, day);
        times[k] = (double)(end - start) / days_per_unit;
    }
    return CUSTVAL_OK;
}
