/* The verbs of custval lifetime, and what they share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TOOLS_LIFETIME_VERBS_H
#define CUSTVAL_TOOLS_LIFETIME_VERBS_H

#include "transactions.h"
#include "whole.h"

/* Each gets its own name as argv[0] and gives the exit code. */
int lifetime_fit(int argc, char **argv);
int lifetime_show(int argc, char **argv);
int lifetime_compare(int argc, char **argv);
int lifetime_predict(int argc, char **argv);
int lifetime_track(int argc, char **argv);

/* Customers: columns of one CSV file, or made from files of transactions. */
typedef struct customers_choice {
    transactions_choice from;
    const char *x, *t_x, *T, *mean_spend, *lost, *count;
} customers_choice;

#define OPTIONS_OF_CUSTOMERS(choice)                                                                                   \
  {"--x", 0, OPTION_TEXT, &(choice).x, "COLUMN", "column of the repeat purchases (default: x)"},                       \
      {"--t-x", 0, OPTION_TEXT, &(choice).t_x, "COLUMN", "column of the age at the last purchase (default: t_x)"},     \
      {"--age", 0, OPTION_TEXT, &(choice).T, "COLUMN", "column of the age at the end (default: T)"},                   \
      {"--mean-spend",       0,        OPTION_TEXT,                                                                    \
       &(choice).mean_spend, "COLUMN", "column of the mean spend (default: mean_spend)"},                              \
  {                                                                                                                    \
    "--lost", 0, OPTION_TEXT, &(choice).lost, "COLUMN", "contracts: column with 1 for a lost customer (default: lost)" \
  }

typedef struct customers {
    whole file; /* of customers */
    int is_file;
    custval_history *history; /* of transactions; else NULL */
    custval_history_facts facts;
    custval_history_view view;
    custval_table *table;
    custval_lifetime_columns columns;
} customers;

/* Opens the files. Columns that a model of a file needs are asked for with customers_want() before customers_read(). */
void customers_open(customers *to, const char *const *paths, size_t count, const customers_choice *choice,
                    const custval_host *host, const char *written, const char *command);
/* Columns of a model; the spend only if the file has it and `with_spend`. */
void customers_want(customers *to, uint32_t model, int with_spend);
/* Another column of numbers, which only files of customers have. */
void customers_want_number(customers *to, const char *name, const char *reader);
void customers_read(customers *to);
_Noreturn void customers_fail(const customers *with, const custval_error *error);
void customers_free(customers *of);
/* 1 if there is a column of that name. */
int customers_have(const customers *of, const char *name);

/* A table with numbers to five digits, whatever their size. */
void table_print_digits(const custval_table *table, buffer *to);
/* Parameters with their errors, and how the fit went, for people. */
void lifetime_print(const custval_lifetime *lifetime, double level, buffer *to);

#endif
