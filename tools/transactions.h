/* Files of transactions, and saved histories, as one history. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_TRANSACTIONS_H
#define CUSTVAL_TOOLS_TRANSACTIONS_H

#include "command.h"

typedef struct transactions_choice {
    data_options data;
    const char *customer, *date, *amount, *cost, *quantity;
    const char *period, *unit, *refunds, *zeros, *end, *holdout_end;
    double step;
    int skip_bad, ordered;
    text_list merged; /* saved histories */
    int is_saved;     /* what is written is a history again, which may take the place of one that goes into it */
} transactions_choice;

#define OPTIONS_OF_TRANSACTIONS(choice)                                                                                                 \
  {"--id", 0, OPTION_TEXT, &(choice).customer, "COLUMN", "column of the customer (default: customer)"},                                 \
      {"--date",       0,        OPTION_TEXT,                                                                                           \
       &(choice).date, "COLUMN", "column of the date, YYYY-MM-DD or with a time (default: date)"},                                      \
      {"--amount", 0, OPTION_TEXT, &(choice).amount, "COLUMN", "column of the money, or none (default: amount)"},                       \
      {"--cost", 0, OPTION_TEXT, &(choice).cost, "COLUMN", "column of the cost of a transaction"},                                      \
      {"--quantity", 0, OPTION_TEXT, &(choice).quantity, "COLUMN", "column of the quantity"},                                           \
      {"--period",                                                                                                                      \
       0,                                                                                                                               \
       OPTION_TEXT,                                                                                                                     \
       &(choice).period,                                                                                                                \
       "P",                                                                                                                             \
       "purchases in one are one purchase: day, week, month, quarter,\nyear, hour, second, or number for times that are numbers\n"      \
       "(default: day)"},                                                                                                               \
      {"--step", 0, OPTION_NUMBER, &(choice).step, "S", "--period number: width of a period (default: 1)"},                             \
      {"--unit",                                                                                                                        \
       0,                                                                                                                               \
       OPTION_TEXT,                                                                                                                     \
       &(choice).unit,                                                                                                                  \
       "U",                                                                                                                             \
       "unit of time of the results: day, week, month, year, hour, or\na number of periods (default: week for days, else the period)"}, \
      {"--end", 0, OPTION_TEXT, &(choice).end, "DATE", "end of observation (default: the latest date)"},                                \
      {"--refunds",                                                                                                                     \
       0,                                                                                                                               \
       OPTION_TEXT,                                                                                                                     \
       &(choice).refunds,                                                                                                               \
       "R",                                                                                                                             \
       "negative amounts: reject, net (taken off the last purchase),\ndrop, keep (amounts are margins) (default: reject)"},             \
      {"--zeros", 0, OPTION_TEXT, &(choice).zeros, "Z", "amounts of 0: keep, drop, reject (default: keep)"},                            \
      {"--skip-bad",       0,    OPTION_FLAG,                                                                                           \
       &(choice).skip_bad, NULL, "leave out rows without a customer, a date or an amount"},                                             \
      {"--ordered",       0,    OPTION_FLAG,                                                                                            \
       &(choice).ordered, NULL, "the rows come in order of date: memory follows the customers,\nnot the purchases"},                    \
  {                                                                                                                                     \
    "--merge", 0, OPTION_TEXTS, &(choice).merged, "FILE", "add a saved history; may be repeated"                                        \
  }

/* An empty history after the options, with the saved ones in it. */
custval_history *transactions_start(const transactions_choice *choice, const custval_host *host, const char *written,
                                    const char *command);
/* Feeds an open file to the end, or fails. */
void transactions_feed(custval_history *to, data_file *data, const transactions_choice *choice);
/* Both, with all of these files, none of which may be `written` (may be NULL). */
custval_history *transactions_read(const char *const *paths, size_t count, const transactions_choice *choice,
                                   const custval_host *host, const char *written, const char *command);
void transactions_free_choice(transactions_choice *choice);

/* The view that the options ask for. If the end of observation was not said, it is the last date, and a note says so.
   `name`: the first of the files, NULL if all are saved histories. */
custval_history_view transactions_view(custval_history_facts *facts, const custval_history *history,
                                       const transactions_choice *choice, const char *name);

/* Name of the unit of time, and the length of such a unit in days; NaN if it has none. */
const char *transactions_unit(const transactions_choice *choice);
double unit_days(const char *unit);

custval_history *history_load(const char *path, const custval_host *host, const char *written);
void history_save(const custval_history *history, const char *path);

#endif
