/* custval: scoring: a table, a stream, or one row. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SCORE_H
#define CUSTVAL_SCORE_H

#include <stddef.h>
#include <stdint.h>

#include "arrow.h"
#include "host.h"
#include "macros.h"
#include "status.h"
#include "system.h"
#include "table.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @file score.h
 * @brief Scores of every customer: value, benefit, sacrifice, and any level below.
 *
 * @defgroup score Scoring
 *
 *     custval_table *scores = NULL;
 *     custval_score(system, answers, NULL, &scores, &error);
 *
 * gives a table with one row per row of `answers`, in the same order, and the columns
 *
 * | column | type | holds |
 * | --- | --- | --- |
 * | `value` | float64 | perceived value, after gates and overrides |
 * | `benefit`, `sacrifice` | float64 | scores of the sides that the system has |
 * | `coverage` | float64 | answered weight / total weight of the value, 0..1 |
 * | `status` | uint32 | 0, or bits of ::custval_row_status |
 *
 * and, on request, a column for each node of further levels, named by its id, with its coverage as `id.coverage`. The
 * order is that of the tree (value, benefit and what is below it, sacrifice and what is below it, derived nodes, each
 * followed by its own coverage if asked for), then `pay`, `do`, `learn`, then `coverage`, then `status`.
 *
 * One customer never fails a batch: a row that cannot be scored has a status and missing scores. The same row has the
 * same scores, bit for bit, alone, in a table, in a stream, for any number of threads and on any processor.
 * @{
 */

/**
 * @brief What there is to say about a row; bits of the `status` column.
 *
 * From #CUSTVAL_ROW_MISSING on, the row has no value. Values never change; later versions may add bits.
 * @since 0.1
 */
enum custval_row_status {
    CUSTVAL_ROW_OK = 0,                   /**< Nothing to say. */
    CUSTVAL_ROW_GATED = 1,                /**< A gate lowered the value. */
    CUSTVAL_ROW_OVERRIDDEN = 2,           /**< A judgement replaced a score. */
    CUSTVAL_ROW_CLAMPED = 4,              /**< An answer was moved to the end of its scale. */
    CUSTVAL_ROW_DROPPED = 8,              /**< An answer outside its scale was read as missing. */
    CUSTVAL_ROW_DEFAULT_WEIGHTS = 16,     /**< An own importance was missing: the group's declared weights were used. */
    CUSTVAL_ROW_MISSING = 256,            /**< Too little was answered, or an answer is missing under the reject
                                               policy. */
    CUSTVAL_ROW_OUT_OF_SCALE = 512,       /**< An answer lies outside its declared scale. */
    CUSTVAL_ROW_NOT_FINITE = 1024,        /**< An answer is infinite, or a score overflowed. */
    CUSTVAL_ROW_UNKNOWN_CATEGORY = 2048,  /**< An answer is not in the item's table. */
    CUSTVAL_ROW_UNKNOWN_PROFILE = 4096,   /**< The profile column holds an id that the system does not have. */
    CUSTVAL_ROW_UNKNOWN_CONTEXT = 8192,   /**< The context column holds an id that the system does not have. */
    CUSTVAL_ROW_BAD_WEIGHT = 16384,       /**< An own importance is negative or infinite, or all of a group are 0. */
    CUSTVAL_ROW_UNDEFINED = 32768         /**< No value here: ratio with S = 0; geometric, harmonic or power mean below
                                               0. */
};

/** @brief Bits of a status that leave the row without a value. @since 0.1 */
#define CUSTVAL_ROW_NO_VALUE 0xffffff00U

/** @brief Which nodes become columns; bits. @since 0.1 */
enum custval_level {
    CUSTVAL_LEVEL_VALUE = 1,     /**< `value`. */
    CUSTVAL_LEVEL_SIDE = 2,      /**< `benefit`, `sacrifice`. */
    CUSTVAL_LEVEL_DIMENSION = 4, /**< Every dimension. */
    CUSTVAL_LEVEL_INDICATOR = 8, /**< Every indicator. */
    CUSTVAL_LEVEL_ITEM = 16,     /**< Every item. */
    CUSTVAL_LEVEL_DERIVED = 32,  /**< Every derived node. */
    CUSTVAL_LEVEL_TAG = 64       /**< `pay`, `do`, `learn`: mean score of the indicators so tagged, by global weight. */
};

/** @brief For which nodes coverage becomes a column. @since 0.1 */
enum custval_coverage {
    CUSTVAL_COVERAGE_VALUE = 0, /**< `coverage`, of the value. The default. */
    CUSTVAL_COVERAGE_ALL = 1,   /**< `coverage`, and `id.coverage` beside every other node that is a column. */
    CUSTVAL_COVERAGE_NONE = 2   /**< No coverage. */
};

/** @brief How rows are read and what is reported; used by every call that scores. @since 0.1 */
typedef struct custval_score_options {
    size_t struct_size;       /**< Set by #CUSTVAL_SCORE_OPTIONS_INIT. */
    const custval_host *host; /**< Memory of the results, threads, progress; NULL: the system's memory, one thread. */
    const char *as_of;        /**< ISO date of the scoring, needed when the system has overrides; NULL: none. */
    const char *profile;      /**< Profile of every row, instead of the profile column; NULL: by column. */
    const char *context;      /**< Context of every row, instead of the context column; NULL: by column. */
    const char *language;     /**< Language of labels in explanations; NULL: "en". */
    uint32_t levels;          /**< Bits of ::custval_level; 0: #CUSTVAL_LEVEL_VALUE and #CUSTVAL_LEVEL_SIDE. */
    uint32_t coverage;        /**< A ::custval_coverage. */
} custval_score_options;

/** @brief Initialiser of a ::custval_score_options. @since 0.1 */
#define CUSTVAL_SCORE_OPTIONS_INIT {sizeof(custval_score_options), 0, 0, 0, 0, 0, 0, 0}

/**
 * @brief Scores every row of a table.
 * @param system the system.
 * @param table needs every column that the system reads (custval_system_input()); others are ignored. Borrowed.
 * @param options NULL: defaults.
 * @param[out] out the scores, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND (a column, profile or context),
 *         #CUSTVAL_ERROR_TYPE (a text where numbers are needed, or the reverse), #CUSTVAL_ERROR_STATE (overrides and no
 *         `as_of`), #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_CANCELLED, #CUSTVAL_ERROR_STRUCT_SIZE,
 *         #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Const use of system and table may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_score(const custval_system *system, const custval_table *table,
                                                           const custval_score_options *options, custval_table **out,
                                                           custval_error *error);

/**
 * @brief Scores an Arrow stream lazily: each array pulled from `out` pulls one from `in`.
 *
 * Memory stays bounded by the largest array. Errors reach the consumer through the stream's own error calls.
 * @param system the system; the stream keeps it alive.
 * @param in moved into `out` on success; left as it was on failure.
 * @param options copied, except what its host points to; NULL: defaults.
 * @param[out] out receives the stream of scores; left released on failure.
 * @param[out] error may be NULL.
 * @return as custval_score(), and as custval_reader_new().
 * @note Const use of the system may be shared; the stream belongs to one thread at a time.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_score_stream(custval_system *system, struct ArrowArrayStream *in,
                                                                  const custval_score_options *options,
                                                                  struct ArrowArrayStream *out, custval_error *error);

/** @name Scoring again and again
 * @{ */

/**
 * @brief A system with its options and the memory to score, made once for any number of rows or tables; belongs to one
 * thread at a time. @since 0.1
 */
typedef struct custval_scorer custval_scorer;

/**
 * @brief Makes a scorer.
 * @param system the system; the scorer keeps it alive.
 * @param options NULL: defaults.
 * @param[out] out the scorer, to be freed with custval_scorer_free(); NULL on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, and as custval_score() without what concerns a table.
 * @note Const use of the system may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_scorer_new(custval_system *system,
                                                                const custval_score_options *options,
                                                                custval_scorer **out, custval_error *error);

/**
 * @brief Frees a scorer.
 * @param scorer a scorer, or NULL.
 * @since 0.1
 */
CUSTVAL_API void custval_scorer_free(custval_scorer *scorer);

/**
 * @brief Gives the number of scores of a row: the columns of custval_score() without `status`.
 * @param scorer a scorer; NULL gives 0.
 * @return the number.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API uint32_t custval_scorer_columns(const custval_scorer *scorer);

/**
 * @brief Gives the name of one score.
 * @param scorer a scorer.
 * @param column below custval_scorer_columns().
 * @return text owned by the scorer; NULL if there is no such column.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API const char *custval_scorer_column_name(const custval_scorer *scorer, uint32_t column);

/**
 * @brief Scores one row. Allocates nothing and takes no lock.
 * @param scorer a scorer.
 * @param numbers one double per input of the system (custval_system_input()), NaN if missing or if the input is a text.
 * @param texts one text per input, `data` NULL if missing or if the input is a number; NULL: all missing.
 * @param[out] out_scores custval_scorer_columns() doubles, NaN where there is no score.
 * @param[out] out_status bits of ::custval_row_status.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT.
 * @note Not while another thread uses the scorer.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_scorer_row(custval_scorer *scorer, const double *numbers,
                                                                const custval_text *texts, double *out_scores,
                                                                uint32_t *out_status);

/**
 * @brief Scores every row of a table into arrays of the caller: the way for hosts that have their own result columns.
 * @param scorer a scorer; its host's runner and progress are used.
 * @param table as in custval_score(). Borrowed.
 * @param[out] out_scores custval_scorer_columns() arrays, each with one double per row of the table, NaN where there is
 *             no score; an entry may be NULL to leave that column out.
 * @param[out] out_status one status per row; may be NULL.
 * @param[out] error may be NULL.
 * @return as custval_score(). After a failure the arrays may be partly written.
 * @note Not while another thread uses the scorer; const use of the table may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_scorer_table(custval_scorer *scorer, const custval_table *table,
                                                                  double *const *out_scores, uint32_t *out_status,
                                                                  custval_error *error);
/** @} */

/** @name What happened
 * @{ */

/** @brief Number of bits that a ::custval_row_summary counts. @since 0.1 */
#define CUSTVAL_ROW_BITS 16

/** @brief Counts of statuses over any number of score tables. Start with #CUSTVAL_ROW_SUMMARY_INIT. @since 0.1 */
typedef struct custval_row_summary {
    size_t struct_size;     /**< Set by #CUSTVAL_ROW_SUMMARY_INIT. */
    size_t rows;            /**< Rows seen. */
    size_t scored;          /**< Rows with a value. */
    size_t marked;          /**< Rows with any status bit. */
    size_t count[CUSTVAL_ROW_BITS]; /**< Entry b: rows with the status bit 2^b. */
    size_t first[CUSTVAL_ROW_BITS]; /**< Entry b: first of these rows, counted from 0 over all tables; `SIZE_MAX` if
                                         none. */
} custval_row_summary;

/** @brief Initialiser of a ::custval_row_summary: nothing seen. @since 0.1 */
#define CUSTVAL_ROW_SUMMARY_INIT {sizeof(custval_row_summary), 0, 0, 0, {0}, {0}}

/**
 * @brief Adds a table of scores to a summary.
 * @param[in,out] summary the summary so far.
 * @param scores a result of custval_score().
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND (no `status` column), #CUSTVAL_ERROR_TYPE,
 *         #CUSTVAL_ERROR_STRUCT_SIZE.
 * @note Safe if the summaries are distinct.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_row_summary_add(custval_row_summary *summary,
                                                                     const custval_table *scores, custval_error *error);

/**
 * @brief Says in one line what is wrong with a row: column, value, what was expected and which policy applies.
 * @param system the system.
 * @param table the table that was scored.
 * @param row index of the row.
 * @param options the options used for scoring; NULL: defaults.
 * @param[out] buffer receives at most `capacity` bytes with a NUL: the first reason for each bit of the row's status,
 *             separated by "; "; empty if the status is 0.
 * @param capacity size of the buffer.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, and as custval_score().
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_row_reason(const custval_system *system,
                                                                const custval_table *table, size_t row,
                                                                const custval_score_options *options, char *buffer,
                                                                size_t capacity, custval_error *error);
/** @} */

/** @} */

#ifdef __cplusplus
}
#endif
#endif
