/* Times: from text, Arrow's integers and numbers to periods, and back to text. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_HISTORY_DATES_H
#define CUSTVAL_HISTORY_DATES_H

#include <stddef.h>
#include <stdint.h>

/* How periods are told: a custval_period, and for numbers their width. A period is an integer: days, weeks, hours and
   seconds since that of 1970-01-01T00:00:00, months and quarters since that of the year 0, years, or floor(v / step). */
typedef struct custval__clock {
    uint32_t period;
    double step;
} custval__clock;

/* Periods are smaller than this in size: seconds of the years 1 to 9999 are. */
#define CUSTVAL__PERIOD_MOST (INT64_C(1) << 39)
/* Room for the text of a period. */
#define CUSTVAL__PERIOD_TEXT 32

/* Days since 1970-01-01 of 0001-01-01 and 9999-12-31. */
#define CUSTVAL__DAYS_FIRST (-719162)
#define CUSTVAL__DAYS_LAST 2932896

/* What became of a time. */
enum custval__time {
    CUSTVAL__TIME_OK = 0,
    CUSTVAL__TIME_NONE = -1,  /* no date, or no number */
    CUSTVAL__TIME_BEYOND = -2 /* beyond the years 1 to 9999, or a period of CUSTVAL__PERIOD_MOST or more */
};

/* Text of a date, or a date and a time of day, as in a column. */
int custval__period_of_text(const custval__clock *clock, const char *text, size_t length, int64_t *out);
/* Units since 1970-01-01T00:00:00, of which a day has `per_day`. */
int custval__period_of_units(const custval__clock *clock, int64_t units, int64_t per_day, int64_t *out);
int custval__period_of_number(const custval__clock *clock, double number, int64_t *out);

/* Text of a bound: as in a column, or a coarser one; the last period in it. Numbers as numbers. */
int custval__period_of_bound(const custval__clock *clock, const char *text, size_t length, int64_t *out);

/* Writes a period so that custval__period_of_bound reads it; returns the length. */
size_t custval__period_text(const custval__clock *clock, int64_t period, char out[CUSTVAL__PERIOD_TEXT]);

/* An example of a time, for messages. */
const char *custval__period_example(const custval__clock *clock);

/* 1 if a period can come from a time: for bytes from elsewhere. */
int custval__period_exists(const custval__clock *clock, int64_t period);

#endif
