/* The Gregorian calendar, ISO 8601, and periods. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "dates.h"

#include <math.h>
#include <string.h>

#include <custval/history.h>

#include "../base/elementary.h"
#include "../base/error.h"
#include "../base/text.h"

#define DAY_SECONDS 86400
#define DAYS_OF_400_YEARS 146097

/* Rounds down, as C does not for negative numbers. */
static int64_t floor_divide(int64_t a, int64_t b) {
    return a / b - (a % b < 0);
}

/* ---- The calendar ------------------------------------------------------------------------------------------------ */

static const int16_t days_before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};

static int is_leap(int32_t year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int32_t days_of_month(int32_t year, int32_t month) {
    return days_before[month] - days_before[month - 1] + (month == 2 && is_leap(year));
}

/* Days since 1970-01-01; years from 1. */
static int32_t days_of(int32_t year, int32_t month, int32_t day) {
    const int32_t past = year - 1;
    const int32_t days = past * 365 + past / 4 - past / 100 + past / 400;
    return days + days_before[month - 1] + (month > 2 && is_leap(year)) + day - 1 + CUSTVAL__DAYS_FIRST;
}

typedef struct civil {
    int32_t year, month, day;
} civil;

static civil civil_of(int32_t days) {
    const int32_t since = days - CUSTVAL__DAYS_FIRST, cycle = since / DAYS_OF_400_YEARS;
    int32_t rest = since % DAYS_OF_400_YEARS;
    /* The last day of a century or of four years belongs to no further one. */
    int32_t century = rest / 36524;
    century -= century == 4;
    rest -= century * 36524;
    const int32_t four = rest / 1461;
    rest -= four * 1461;
    int32_t one = rest / 365;
    one -= one == 4;
    rest -= one * 365;
    civil out = {cycle * 400 + century * 100 + four * 4 + one + 1, rest / 32 + 1, 0};
    const int leap = is_leap(out.year);
    if (rest >= days_before[out.month] + (out.month > 1 && leap)) out.month++;
    out.day = rest - days_before[out.month - 1] - (out.month > 2 && leap) + 1;
    return out;
}

/* ---- Times as text ----------------------------------------------------------------------------------------------- */

/* The stretch of time that a text names, by its last second. */
typedef struct moment {
    int32_t days, seconds;
} moment;

/* The number that so many digits give; negative if one of them is none. */
static int32_t digits_of(const char *text, size_t count) {
    int32_t value = 0;
    unsigned wrong = 0;
    for (size_t i = 0; i < count; i++) {
        const unsigned digit = (unsigned)(unsigned char)text[i] - '0';
        wrong |= digit > 9;
        value = value * 10 + (int32_t)(digit & 15);
    }
    return wrong != 0 ? -1 : value;
}

static int read_date(const char *text, int32_t *days) {
    const int32_t year = digits_of(text, 4), month = digits_of(text + 5, 2), day = digits_of(text + 8, 2);
    if (text[4] != '-' || text[7] != '-' || year < 1 || month < 1 || month > 12 || day < 1) return -1;
    if (day > 28 && day > days_of_month(year, month)) return -1;
    *days = days_of(year, month, day);
    return 0;
}

/* "HH:MM", and ":SS" with a fraction, of which only whole seconds are kept; the last second of it. */
static int read_time_of_day(const char *text, size_t length, int32_t *seconds) {
    if (length > 0 && text[length - 1] == 'Z') length--;
    if (length < 5 || text[2] != ':') return -1;
    const int32_t hour = digits_of(text, 2), minute = digits_of(text + 3, 2);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return -1;
    *seconds = hour * 3600 + minute * 60 + 59;
    if (length == 5) return 0;
    const int32_t second = length >= 8 && text[5] == ':' ? digits_of(text + 6, 2) : -1;
    if (second < 0 || second > 59) return -1;
    *seconds += second - 59;
    if (length == 8) return 0;
    if (length == 9 || (text[8] != '.' && text[8] != ',')) return -1;
    for (size_t i = 9; i < length; i++) {
        if (text[i] < '0' || text[i] > '9') return -1;
    }
    return 0;
}

/* `*has_time` 0: the text is a date alone. */
static int read_moment(const char *text, size_t length, moment *out, int *has_time) {
    *has_time = length > 10;
    out->seconds = DAY_SECONDS - 1;
    if (length < 10 || read_date(text, &out->days) != 0) return -1;
    if (length == 10) return 0;
    if (text[10] != 'T' && text[10] != ' ') return -1;
    return read_time_of_day(text + 11, length - 11, &out->seconds);
}

static int64_t period_of(uint32_t period, moment at) {
    switch (period) {
    case CUSTVAL_PERIOD_WEEK: return floor_divide((int64_t)at.days + 3, 7); /* 1970-01-01 is a Thursday */
    case CUSTVAL_PERIOD_HOUR: return (int64_t)at.days * 24 + at.seconds / 3600;
    case CUSTVAL_PERIOD_SECOND: return (int64_t)at.days * DAY_SECONDS + at.seconds;
    case CUSTVAL_PERIOD_DAY: return at.days;
    default: break;
    }
    const civil date = civil_of(at.days);
    if (period == CUSTVAL_PERIOD_YEAR) return date.year;
    if (period == CUSTVAL_PERIOD_QUARTER) return (int64_t)date.year * 4 + (date.month - 1) / 3;
    return (int64_t)date.year * 12 + date.month - 1;
}

int custval__period_of_text(const custval__clock *clock, const char *text, size_t length, int64_t *out) {
    moment at;
    int has_time;
    if (read_moment(text, length, &at, &has_time) != 0) return CUSTVAL__TIME_NONE;
    if (!has_time) {
        at.seconds = 0;
    } else if (length <= 17) { /* without seconds, "Z" or not */
        at.seconds -= at.seconds % 60;
    }
    *out = period_of(clock->period, at);
    return CUSTVAL__TIME_OK;
}

int custval__period_of_units(const custval__clock *clock, int64_t units, int64_t per_day, int64_t *out) {
    const int64_t days = floor_divide(units, per_day);
    if (days < CUSTVAL__DAYS_FIRST || days > CUSTVAL__DAYS_LAST) return CUSTVAL__TIME_BEYOND;
    const int64_t left = units % per_day; /* days * per_day may lie below every int64_t */
    const int64_t rest = left < 0 ? left + per_day : left;
    const int64_t seconds = per_day >= DAY_SECONDS ? rest / (per_day / DAY_SECONDS) : rest * (DAY_SECONDS / per_day);
    *out = period_of(clock->period, (moment){(int32_t)days, (int32_t)seconds});
    return CUSTVAL__TIME_OK;
}

int custval__period_of_number(const custval__clock *clock, double number, int64_t *out) {
    const double period = floor(number / clock->step);
    if (isnan(number)) return CUSTVAL__TIME_NONE;
    if (!(fabs(period) < (double)CUSTVAL__PERIOD_MOST)) return CUSTVAL__TIME_BEYOND;
    *out = (int64_t)period;
    return CUSTVAL__TIME_OK;
}

static int period_of_number_text(const custval__clock *clock, const char *text, size_t length, int64_t *out) {
    double number = 0.0;
    if (length == 0 || custval__number_read(text, length, &number) != length) return CUSTVAL__TIME_NONE;
    return custval__period_of_number(clock, number, out);
}

int custval__period_of_bound(const custval__clock *clock, const char *text, size_t length, int64_t *out) {
    moment at = {0, DAY_SECONDS - 1};
    int has_time;
    if (clock->period == CUSTVAL_PERIOD_NUMBER) return period_of_number_text(clock, text, length, out);
    if (length == 4 || length == 7) {
        const int32_t year = digits_of(text, 4), month = length == 4 ? 12 : digits_of(text + 5, 2);
        if (year < 1 || month < 1 || month > 12 || (length == 7 && text[4] != '-')) return CUSTVAL__TIME_NONE;
        at.days = days_of(year, month, days_of_month(year, month));
    } else if (read_moment(text, length, &at, &has_time) != 0) {
        return CUSTVAL__TIME_NONE;
    }
    *out = period_of(clock->period, at);
    return CUSTVAL__TIME_OK;
}

/* ---- Periods as text --------------------------------------------------------------------------------------------- */

/* Writes a number with leading zeros. */
static char *put_digits(char *to, int64_t value, int count) {
    for (int i = count - 1; i >= 0; i--, value /= 10) to[i] = (char)('0' + value % 10);
    return to + count;
}

static char *put_month(char *to, int64_t year, int64_t month) {
    to = put_digits(to, year, 4);
    *to++ = '-';
    return put_digits(to, month, 2);
}

static char *put_date(char *to, int64_t days) {
    const civil date = civil_of((int32_t)days);
    to = put_month(to, date.year, date.month);
    *to++ = '-';
    return put_digits(to, date.day, 2);
}

static char *put_time(char *to, int64_t seconds, int with_seconds) {
    const int64_t days = floor_divide(seconds, DAY_SECONDS), rest = seconds - days * DAY_SECONDS;
    to = put_date(to, days);
    *to++ = 'T';
    to = put_digits(to, rest / 3600, 2);
    *to++ = ':';
    to = put_digits(to, rest / 60 % 60, 2);
    if (!with_seconds) return to;
    *to++ = ':';
    return put_digits(to, rest % 60, 2);
}

/* The least number, or nearly, of which the period is this one: the product may round to one of the period before. */
static double number_of(const custval__clock *clock, int64_t period) {
    double number = (double)period * clock->step;
    while (floor(number / clock->step) < (double)period) {
        const uint64_t bits = custval__bits_of(number);
        number = custval__double_of(number > 0.0 ? bits + 1 : bits - 1); /* towards +inf; 0 lies in period 0 */
    }
    return number;
}

size_t custval__period_text(const custval__clock *clock, int64_t period, char out[CUSTVAL__PERIOD_TEXT]) {
    char *end = out;
    switch (clock->period) {
    case CUSTVAL_PERIOD_DAY: end = put_date(out, period); break;
    case CUSTVAL_PERIOD_WEEK: end = put_date(out, period * 7 - 3); break;
    case CUSTVAL_PERIOD_MONTH: end = put_month(out, period / 12, period % 12 + 1); break;
    case CUSTVAL_PERIOD_QUARTER: end = put_month(out, period / 4, period % 4 * 3 + 1); break;
    case CUSTVAL_PERIOD_YEAR: end = put_digits(out, period, 4); break;
    case CUSTVAL_PERIOD_HOUR: end = put_time(out, period * 3600, 0); break;
    case CUSTVAL_PERIOD_SECOND: end = put_time(out, period, 1); break;
    default: return custval__number_text(number_of(clock, period), out);
    }
    *end = '\0';
    return (size_t)(end - out);
}

const char *custval__period_example(const custval__clock *clock) {
    switch (clock->period) {
    case CUSTVAL_PERIOD_NUMBER: return "12.5";
    case CUSTVAL_PERIOD_HOUR:
    case CUSTVAL_PERIOD_SECOND: return "\"2026-11-26T17:30:00\"";
    default: return "\"2026-11-26\"";
    }
}

int custval__period_exists(const custval__clock *clock, int64_t period) {
    if (clock->period == CUSTVAL_PERIOD_NUMBER) return period > -CUSTVAL__PERIOD_MOST && period < CUSTVAL__PERIOD_MOST;
    return period >= period_of(clock->period, (moment){CUSTVAL__DAYS_FIRST, 0}) &&
           period <= period_of(clock->period, (moment){CUSTVAL__DAYS_LAST, DAY_SECONDS - 1});
}
