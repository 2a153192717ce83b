/* MariaDB: what its functions share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_MARIADB_PLACE_H
#define CUSTVAL_MARIADB_PLACE_H

#include "shared/shared.h"
#include "udf.h"

#if defined(__GNUC__)
#  pragma GCC visibility push(hidden)
#endif

/*
 * The server looks a function up by its name as CREATE FUNCTION spells it, and calls it in any case of letters. Ours
 * are in capitals, for functions of the library in this same module have some of the same names in small ones.
 */

/* What a place in a query keeps, from its _init to its _deinit. */
typedef struct place {
    sql_site site;
    sql_text text;      /* the latest answer, which the server reads before the next row */
    sql_gather *gather; /* aggregates */
    double *numbers;    /* of a row that no document describes */
    size_t count;
} place;

/* Makes a place for a function that answers with a number or with a text; 1 with a message on failure. */
char place_begin(UDF_INIT *init, const sql_site *initial, int is_text, char *message);
void place_end(UDF_INIT *init);
place *place_of(const UDF_INIT *init);

/* Asks for the document in argument 0 as a text, and for numbers elsewhere. If the document is a constant, what is
   wrong with it, or with the other arguments, is said now: 1 with a message. */
char document_prepare(UDF_INIT *init, UDF_ARGS *arguments, char *message);

/* Asks for numbers from argument `first` on. */
void numbers_prepare(UDF_ARGS *arguments, unsigned int first);

/* Says why _init fails; gives 1. */
char refuse(custval_status status, const custval_error *error, char *message);

/* The place with the row in its site; NULL if the row fails, which is said to the server. */
place *row_read(const UDF_INIT *init, const UDF_ARGS *arguments, char *failed);

/* A number of an argument, NaN for NULL; 0 if it is something else. */
int argument_number(const UDF_ARGS *arguments, unsigned int argument, double *out);

/* Lets the query fail with the message. */
void row_fail(custval_status status, const custval_error *error, char *failed);

/* What a function that gives a number or a text returns. */
double give_number(double number, char *is_null);
char *give_text(const sql_text *text, unsigned long *length);

/* The symbols of a function: _init and the call itself are to be defined. */
#define UDF(name)                                                                  \
  UDF_EXPORT char name##_init(UDF_INIT *init, UDF_ARGS *arguments, char *message); \
  UDF_EXPORT void name##_deinit(UDF_INIT *init);                                   \
  void name##_deinit(UDF_INIT *init) {                                             \
    place_end(init);                                                               \
  }
#define NUMBER_FUNCTION(name) \
  UDF(name)                   \
  UDF_EXPORT double name(UDF_INIT *init, UDF_ARGS *arguments, char *is_null, char *failed);
#define TEXT_FUNCTION(name)                                                                                      \
  UDF(name)                                                                                                      \
  UDF_EXPORT char *name(UDF_INIT *init, UDF_ARGS *arguments, char *result, unsigned long *length, char *is_null, \
                        char *failed);

#if defined(__GNUC__)
#  pragma GCC visibility pop
#endif

#endif
