/* The history itself, for the files of this folder. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_HISTORY_OBJECT_H
#define CUSTVAL_HISTORY_OBJECT_H

#include <stddef.h>
#include <stdint.h>

#include <custval/history.h>

#include "../base/memory.h"
#include "cells.h"
#include "dates.h"
#include "fixed.h"
#include "keys.h"
#include "totals.h"

/* Columns of a table of transactions. */
enum custval__history_column {
    CUSTVAL__CUSTOMER = 0,
    CUSTVAL__TIME = 1,
    CUSTVAL__AMOUNT = 2,
    CUSTVAL__COST = 3,
    CUSTVAL__QUANTITY = 4,
    CUSTVAL__HISTORY_COLUMNS = 5
};

/* What a fold keeps of a period for the course of the base. */
typedef struct custval__course_sums {
    uint64_t customers, purchases; /* who came in it; periods with a purchase */
    custval__fixed spend;
} custval__course_sums;

typedef struct custval__course {
    custval__keys periods; /* integers, in any order */
    custval__course_sums *sums;
    size_t capacity;
} custval__course;

/* What has been counted, and can be put back as it was. */
typedef struct custval__counts {
    uint64_t rows, refunds, zeros, bad;
    uint64_t held;                          /* purchases that are not folded, as rows: at most 2^32 - 1 */
    custval__fixed volume[CUSTVAL__MONEYS]; /* sums of amounts without their signs: no sum of amounts overflows */
    int64_t first, last;                    /* periods with a row that counted */
    int has_seen;                           /* there are such */
} custval__counts;

struct custval_history {
    custval_host host;
    custval__arena arena; /* names of columns */
    custval__clock clock;
    double unit; /* periods in it */
    uint32_t refunds, zeros, bad_rows;
    const char *names[CUSTVAL__HISTORY_COLUMNS]; /* NULL: no such column */
    size_t money_count;
    custval__moneys moneys; /* where they stand in a cell */
    custval__counts counts;
    custval__keys keys;
    custval__cells cells;
    custval__totals *totals; /* folded, by number of the key; those from total_count on have none */
    size_t total_count, total_capacity;
    custval__course course; /* folded */
    int64_t folded;         /* last period that is */
    int is_folded;
};

/* The default options with those of the caller: column names checked, and set. */
custval_status custval__history_options_read(custval_history_options *out, const custval_history_options *given,
                                             custval_error *error);
/* Makes a history from whole options. */
custval_status custval__history_make(const custval_host *whole_host, const custval_history_options *options,
                                     custval_history **out, custval_error *error);

/* Adds what rows have counted to what others have; CUSTVAL_ERROR_LIMIT. */
custval_status custval__counts_add(custval__counts *to, const custval__counts *more, custval_error *error);
void custval__counts_see(custval__counts *counts, int64_t period);

/* Number of the sums of a period, made if there are none; CUSTVAL_ERROR_MEMORY, CUSTVAL_ERROR_LIMIT without message. */
custval_status custval__course_put(custval__course *course, const custval_host *host, int64_t period, uint32_t *out);
void custval__course_cut(custval__course *course, uint32_t count);
/* What a cell that was taken brought to the period of totals->last: see custval__totals_take. */
custval__course_sums custval__course_step(const custval__totals *before, const custval__totals *after);
void custval__course_sums_add(custval__course_sums *to, const custval__course_sums *more);

/* Makes room for the totals of all customers, those new to them zero; 0 on success. */
int custval__totals_reserve(custval_history *history, size_t customers);

/* 1 if something of the customer is folded. */
int custval__totals_any(const custval_history *history, uint32_t customer);

/* Cells are put in order also by those who only look: the same history, in other words. */
void custval__history_compact(const custval_history *history);
/* Where the cells of each customer begin in compact cells, and where the last ends; custval__free() it. */
size_t *custval__history_starts(const custval_history *history, const custval_host *host);

/* Reads a bound of time that an argument gives; `name` is the argument's. */
custval_status custval__bound_read(const custval_history *history, const char *name, const char *text, int64_t *out,
                                   custval_error *error);

#endif
