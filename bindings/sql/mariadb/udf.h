/* MariaDB: the interface of user-defined functions, as its manual describes it; MySQL has the same. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_MARIADB_UDF_H
#define CUSTVAL_MARIADB_UDF_H

/*
 * Declared here because the headers of the client library, which is what one can install, have another `max_length`
 * than the server and lack the names of arguments.
 */

#if defined(_WIN32)
#  define UDF_EXPORT __declspec(dllexport)
#elif defined(__GNUC__)
#  define UDF_EXPORT __attribute__((visibility("default")))
#else
#  define UDF_EXPORT
#endif

enum Item_result { STRING_RESULT = 0, REAL_RESULT = 1, INT_RESULT = 2, ROW_RESULT = 3, DECIMAL_RESULT = 4 };

typedef struct UDF_ARGS {
    unsigned int arg_count;
    enum Item_result *arg_type; /* may be set in _init: the server converts */
    char **args;                /* in _init the constants, NULL for others; then the cells of the row, NULL for NULL */
    unsigned long *lengths;
    char *maybe_null;
    char **attributes; /* how an argument is written in the query */
    unsigned long *attribute_lengths;
    void *extension;
} UDF_ARGS;

typedef struct UDF_INIT {
    char maybe_null;
    unsigned int decimals;
    unsigned long max_length;
    char *ptr; /* the function's own */
    char const_item;
    void *extension;
} UDF_INIT;

/* Room for a message of _init, with its NUL. */
#define UDF_MESSAGE_SIZE 512

/* Digits after the point of a double that is shown as it is. */
#define UDF_ALL_DECIMALS 31

#endif
