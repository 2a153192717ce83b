/* custval: Arrow C Data Interface in and out. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_ARROW_H
#define CUSTVAL_ARROW_H

#include <stddef.h>
#include <stdint.h>

#include "host.h"
#include "macros.h"
#include "status.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @file arrow.h
 * @brief Tables from and to the Arrow C Data and C Stream interfaces, without copying.
 *
 * @defgroup arrow Arrow
 *
 * pandas, polars, pyarrow, DuckDB, R, Spark and many databases hand over data in these three structs
 * (https://arrow.apache.org/docs/format/CDataInterface.html). A table is one struct array (`"+s"`). Columns of type
 * bool, int8..uint64, float, double, utf8, large utf8, utf8 view, null, and dictionaries of text are read in place; a
 * column of any other type (dates, decimals, lists, float16 ...) is kept, but any use of it fails with
 * #CUSTVAL_ERROR_TYPE and names column and type, so that a data frame with a date column can still be scored.
 * @{
 */

#ifndef ARROW_C_DATA_INTERFACE
#  define ARROW_C_DATA_INTERFACE /**< Arrow: whoever declares the two structs first defines this. */

#  define ARROW_FLAG_DICTIONARY_ORDERED 1 /**< Arrow: dictionary order is meaningful. */
#  define ARROW_FLAG_NULLABLE 2           /**< Arrow: the column may have nulls. */
#  define ARROW_FLAG_MAP_KEYS_SORTED 4    /**< Arrow: map keys are sorted. */

/** @brief Arrow's description of a type, as its specification defines it. */
struct ArrowSchema {
    const char *format;             /**< Type, as a format string. */
    const char *name;               /**< Field name. */
    const char *metadata;           /**< Binary metadata, or NULL. */
    int64_t flags;                  /**< Flags. */
    int64_t n_children;             /**< Number of children. */
    struct ArrowSchema **children;  /**< Children. */
    struct ArrowSchema *dictionary; /**< Type of dictionary values, or NULL. */
    void (*release)(struct ArrowSchema *); /**< Release callback; NULL once released or moved. */
    void *private_data;             /**< Producer's own. */
};

/** @brief Arrow's description of data, as its specification defines it. */
struct ArrowArray {
    int64_t length;                /**< Number of elements. */
    int64_t null_count;            /**< Number of nulls, -1 if not known. */
    int64_t offset;                /**< Elements to skip. */
    int64_t n_buffers;             /**< Number of buffers. */
    int64_t n_children;            /**< Number of children. */
    const void **buffers;          /**< Buffers. */
    struct ArrowArray **children;  /**< Children. */
    struct ArrowArray *dictionary; /**< Dictionary values, or NULL. */
    void (*release)(struct ArrowArray *); /**< Release callback; NULL once released or moved. */
    void *private_data;            /**< Producer's own. */
};
#endif

#ifndef ARROW_C_STREAM_INTERFACE
#  define ARROW_C_STREAM_INTERFACE /**< Arrow: whoever declares the struct first defines this. */
/** @brief Arrow's stream of arrays of one type, as its specification defines it. */
struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out); /**< Gives the type; 0 or an errno value. */
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);    /**< The next array; released at the end. */
    const char *(*get_last_error)(struct ArrowArrayStream *);              /**< Text of the last error, or NULL. */
    void (*release)(struct ArrowArrayStream *);                            /**< Release callback; NULL once released. */
    void *private_data;                                                    /**< Producer's own. */
};
#endif

/**
 * @brief Makes a table from an Arrow struct array, without copying.
 *
 * On success both structs are *moved* into the table: their `release` is NULL afterwards, and the producer's release
 * callbacks are called when the table is freed. On failure they are left as they were.
 * @param host memory; copied; may be NULL.
 * @param array a struct array; rows that are null as a whole (validity of the struct itself) have every cell missing.
 * @param schema its type.
 * @param[out] out the table; NULL on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT (released structs, negative or too large counts, missing buffers),
 *         #CUSTVAL_ERROR_TYPE (the top level is not a struct), #CUSTVAL_ERROR_DUPLICATE (two columns of one name),
 *         #CUSTVAL_ERROR_MEMORY.
 * @note Thread-safe. Buffers are trusted to be as large as length and type say, as Arrow's specification demands.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_table_import_arrow(const custval_host *host,
                                                                        struct ArrowArray *array,
                                                                        struct ArrowSchema *schema,
                                                                        custval_table **out, custval_error *error);

/**
 * @brief Gives a table as an Arrow struct array, without copying packed columns.
 *
 * The array keeps the table alive until its consumer releases it. Columns with a stride, and `BOOL8`, are copied.
 * @param table the table; only its reference count changes.
 * @param[out] out_array receives the array; left released (`release` NULL) on failure.
 * @param[out] out_schema receives the type; left released on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_TYPE (a column of unsupported type),
 *         #CUSTVAL_ERROR_MEMORY.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_table_export_arrow(custval_table *table,
                                                                        struct ArrowArray *out_array,
                                                                        struct ArrowSchema *out_schema,
                                                                        custval_error *error);

/**
 * @brief Gives a table as an Arrow stream of one array.
 * @param table the table; the stream keeps it alive.
 * @param[out] out receives the stream; left released on failure.
 * @param[out] error may be NULL.
 * @return as custval_table_export_arrow().
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_table_export_stream(custval_table *table,
                                                                         struct ArrowArrayStream *out,
                                                                         custval_error *error);

/** @brief Reads an Arrow stream, one table at a time. @since 0.1 */
typedef struct custval_reader custval_reader;

/**
 * @brief Takes over an Arrow stream and reads its type.
 * @param host memory; copied; may be NULL.
 * @param stream moved into the reader on success; left as it was on failure.
 * @param[out] out the reader, to be freed with custval_reader_free(); NULL on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_TYPE, #CUSTVAL_ERROR_STREAM (with the producer's own
 *         text), #CUSTVAL_ERROR_MEMORY.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_reader_new(const custval_host *host,
                                                                struct ArrowArrayStream *stream, custval_reader **out,
                                                                custval_error *error);

/**
 * @brief Gives the next part of the stream as a table.
 * @param reader a reader.
 * @param[out] out the table, to be freed by the caller; NULL at the end of the stream, and on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK (also at the end), #CUSTVAL_ERROR_STREAM, and what custval_table_import_arrow() returns.
 * @note Not while another thread uses the reader.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_reader_next(custval_reader *reader, custval_table **out,
                                                                 custval_error *error);

/**
 * @brief Frees a reader and releases its stream; tables already read stay valid.
 * @param reader a reader, or NULL.
 * @since 0.1
 */
CUSTVAL_API void custval_reader_free(custval_reader *reader);

/** @} */

#ifdef __cplusplus
}
#endif
#endif
