/* custval: tables, the only bulk data that crosses the interface. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_TABLE_H
#define CUSTVAL_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "host.h"
#include "macros.h"
#include "status.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @file table.h
 * @brief Named, typed columns of equal length.
 *
 * @defgroup table Tables
 *
 * A table is a set of named, typed columns of equal length. It *borrows* what the host already has (arrays, a
 * row-major block, Arrow buffers) without copying, and a result of custval is a table too, so that it can be the input
 * of the next call.
 *
 *     double q1[] = {2, 7, 5}, q2[] = {8, 8, 3};
 *     custval_table *answers = NULL;                              // each call gives a status: see status.h
 *     custval_table_new(NULL, 3, &answers, &error);
 *     custval_table_add_doubles(answers, "q1", q1, &error);       // borrowed: must outlive the table
 *     custval_table_add_doubles(answers, "q2", q2, &error);
 *     ...
 *     custval_table_free(answers);
 *
 * A missing cell is one whose validity bit is 0, or a NaN in a floating-point column; both mean the same everywhere.
 * Text is UTF-8. A table is reference-counted; once its columns are added it may be read by many threads at once.
 * @{
 */

/** @brief A table. @since 0.1 */
typedef struct custval_table custval_table;

/** @brief Type of the values in a column. Values never change; later versions may add types. @since 0.1 */
enum custval_type {
    CUSTVAL_TYPE_UNSUPPORTED = 0, /**< An imported Arrow column of a type that custval cannot read; any use names it. */
    CUSTVAL_TYPE_INT8 = 1,     /**< `int8_t` */
    CUSTVAL_TYPE_INT16 = 2,    /**< `int16_t` */
    CUSTVAL_TYPE_INT32 = 3,    /**< `int32_t` */
    CUSTVAL_TYPE_INT64 = 4,    /**< `int64_t`; read as a double, exact up to 2^53 */
    CUSTVAL_TYPE_UINT8 = 5,    /**< `uint8_t` */
    CUSTVAL_TYPE_UINT16 = 6,   /**< `uint16_t` */
    CUSTVAL_TYPE_UINT32 = 7,   /**< `uint32_t` */
    CUSTVAL_TYPE_UINT64 = 8,   /**< `uint64_t`; read as a double, exact up to 2^53 */
    CUSTVAL_TYPE_FLOAT32 = 9,  /**< `float` */
    CUSTVAL_TYPE_FLOAT64 = 10, /**< `double` */
    CUSTVAL_TYPE_BOOL = 11,    /**< bits, least significant first (Arrow); read as 0 and 1. No stride */
    CUSTVAL_TYPE_BOOL8 = 12,   /**< one byte per value, 0 false, anything else true (C, NumPy) */
    CUSTVAL_TYPE_UTF8 = 20,    /**< text with `int32_t` offsets */
    CUSTVAL_TYPE_LARGE_UTF8 = 21, /**< text with `int64_t` offsets */
    CUSTVAL_TYPE_UTF8_VIEW = 22,  /**< text as Arrow string views */
    CUSTVAL_TYPE_DICTIONARY = 30, /**< integer indices into a text column */
    CUSTVAL_TYPE_DATE32 = 40,     /**< `int32_t`, days since 1970-01-01; times are read by histories only */
    CUSTVAL_TYPE_DATE64 = 41,     /**< `int64_t`, milliseconds since 1970-01-01 */
    CUSTVAL_TYPE_TIMESTAMP_S = 42,  /**< `int64_t`, seconds since 1970-01-01T00:00:00 UTC */
    CUSTVAL_TYPE_TIMESTAMP_MS = 43, /**< `int64_t`, milliseconds */
    CUSTVAL_TYPE_TIMESTAMP_US = 44, /**< `int64_t`, microseconds */
    CUSTVAL_TYPE_TIMESTAMP_NS = 45  /**< `int64_t`, nanoseconds */
};

/**
 * @brief Gives the name of a type, e.g. `"float64"`.
 * @param type any value.
 * @return a static string; `"unknown"` for a value that this version does not know.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API const char *custval_type_name(uint32_t type);

/** @brief A piece of UTF-8 text, not NUL-terminated; `data` NULL means missing. Frozen: will never grow. @since 0.1 */
typedef struct custval_text {
    const char *data; /**< First byte, or NULL. */
    size_t length;    /**< Length in bytes. */
} custval_text;

/**
 * @brief Describes the memory of one column, in and out.
 *
 * Element i of the column is element `offset + i` of `data`, `validity` and `offsets`. All memory is borrowed.
 * @since 0.1
 */
typedef struct custval_column {
    size_t struct_size;      /**< `sizeof(custval_column)`, set by #CUSTVAL_COLUMN_INIT. */
    uint32_t type;           /**< A ::custval_type. */
    uint32_t index_type;     /**< Dictionary: integer type of the indices. Else 0. */
    const void *data;        /**< Values; dictionary: indices; text: the bytes; views: the 16-byte views. May be NULL if
                                  empty. */
    ptrdiff_t stride;        /**< Bytes from one value to the next; 0 means packed. Numbers, times and `BOOL8` only. */
    const uint8_t *validity; /**< One bit per element, least significant first, 1 = present; NULL: all present. */
    size_t offset;           /**< Elements to skip. */
    const void *offsets;     /**< Text: length + 1 offsets. Views: pointer to the array of data buffers. */
    const struct custval_column *dictionary; /**< Dictionary: its text column. Else NULL. */
    size_t dictionary_length; /**< Dictionary: number of its entries. Views: number of data buffers. */
} custval_column;

/** @brief Initialiser of a ::custval_column. @since 0.1 */
#define CUSTVAL_COLUMN_INIT {sizeof(custval_column), 0, 0, 0, 0, 0, 0, 0, 0, 0}

/**
 * @brief Makes a table without columns.
 * @param host memory; copied; may be NULL.
 * @param rows number of rows of every column to come; may be 0.
 * @param[out] out the table; NULL on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_MEMORY.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_table_new(const custval_host *host, size_t rows,
                                                               custval_table **out, custval_error *error);

/**
 * @brief Makes a table over a row-major block of doubles without copying it.
 *
 * Cell (r, c) is `values[r * stride + c]`. NaN is missing.
 * @param host memory; copied; may be NULL.
 * @param names one name per column, copied.
 * @param columns number of columns.
 * @param values first cell, borrowed for the life of the table; may be NULL if there are no rows.
 * @param rows number of rows.
 * @param stride doubles from one row to the next, at least `columns`.
 * @param[out] out the table; NULL on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_DUPLICATE, #CUSTVAL_ERROR_MEMORY.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_table_new_from_rows(const custval_host *host,
                                                                         const char *const *names, size_t columns,
                                                                         const double *values, size_t rows,
                                                                         size_t stride, custval_table **out,
                                                                         custval_error *error);

/**
 * @brief Adds a column whose memory the table borrows.
 * @param table the table; must not be shared yet.
 * @param name column name, copied: UTF-8, not empty, unique in the table.
 * @param column description of at least as many elements as the table has rows; its memory must outlive the table.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_TYPE, #CUSTVAL_ERROR_DUPLICATE,
 *         #CUSTVAL_ERROR_STRUCT_SIZE, #CUSTVAL_ERROR_STRUCT_NEWER, #CUSTVAL_ERROR_MEMORY.
 * @note Not while another thread uses the table.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_table_add(custval_table *table, const char *name,
                                                               const custval_column *column, custval_error *error);

/**
 * @brief Adds a column as custval_table_add(), but copies its cells into memory of the table.
 * @param table the table; must not be shared yet.
 * @param name column name, copied.
 * @param column description; its memory is only used during the call.
 * @param[out] error may be NULL.
 * @return as custval_table_add(); #CUSTVAL_ERROR_LIMIT if a text column holds more than 2^31 - 1 bytes.
 * @note Not while another thread uses the table.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_table_add_copy(custval_table *table, const char *name,
                                                                    const custval_column *column,
                                                                    custval_error *error);

/**
 * @brief Adds a packed column of doubles that the table borrows; NaN is missing.
 * @param table the table; must not be shared yet.
 * @param name column name, copied.
 * @param values one double per row.
 * @param[out] error may be NULL.
 * @return as custval_table_add().
 * @note Not while another thread uses the table.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_table_add_doubles(custval_table *table, const char *name,
                                                                       const double *values, custval_error *error);

/**
 * @brief Adds a column of texts that the table copies.
 * @param table the table; must not be shared yet.
 * @param name column name, copied.
 * @param texts one text per row, UTF-8; `data` NULL is missing.
 * @param[out] error may be NULL.
 * @return as custval_table_add_copy().
 * @note Not while another thread uses the table.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_table_add_texts(custval_table *table, const char *name,
                                                                     const custval_text *texts, custval_error *error);

/**
 * @brief Adds one owner to a table, also to one that another object owns and shows.
 * @param table a table, or NULL.
 * @return its argument.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API custval_table *custval_table_ref(const custval_table *table);

/**
 * @brief Takes one owner away; the last one frees the table and calls the release callbacks of what it imported.
 * @param table a table, or NULL.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API void custval_table_free(custval_table *table);

/**
 * @brief Gives the number of rows.
 * @param table a table; NULL gives 0.
 * @return the number.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API size_t custval_table_rows(const custval_table *table);

/**
 * @brief Gives the number of columns.
 * @param table a table; NULL gives 0.
 * @return the number.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API size_t custval_table_columns(const custval_table *table);

/**
 * @brief Gives the name of a column.
 * @param table a table.
 * @param column index below custval_table_columns().
 * @return text owned by the table; NULL if there is no such column.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API const char *custval_table_name(const custval_table *table, size_t column);

/**
 * @brief Finds a column by name.
 * @param table a table.
 * @param name the name, compared byte by byte.
 * @param[out] out_column its index; `SIZE_MAX` on failure.
 * @param[out] error may be NULL; names up to three columns with a similar name.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_table_find(const custval_table *table, const char *name,
                                                                size_t *out_column, custval_error *error);

/**
 * @brief Describes the memory of a column, e.g. to read a result without copying it.
 *
 * Columns of result tables are packed; a number that is missing has validity bit 0 *and* holds NaN.
 * @param table a table.
 * @param column index below custval_table_columns().
 * @param[in,out] out its `struct_size` must be set; filled in; the memory is owned by the table.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_STRUCT_SIZE.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_table_column(const custval_table *table, size_t column,
                                                                  custval_column *out, custval_error *error);

/**
 * @brief Reads one cell as a number.
 * @param table a table.
 * @param column index of a number or boolean column.
 * @param row index of the row.
 * @param[out] out the number; NaN if the cell is missing or the call fails.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK (also for a missing cell), #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_TYPE.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_table_number(const custval_table *table, size_t column,
                                                                  size_t row, double *out, custval_error *error);

/**
 * @brief Reads one cell of a text or dictionary column.
 * @param table a table.
 * @param column index of a text or dictionary column.
 * @param row index of the row.
 * @param[out] out the text, owned by the table; `data` NULL if the cell is missing or the call fails.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK (also for a missing cell), #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_TYPE.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_table_text(const custval_table *table, size_t column, size_t row,
                                                                custval_text *out, custval_error *error);

/** @} */

#ifdef __cplusplus
}
#endif
#endif
