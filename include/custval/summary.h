/* custval: summaries of data: mergeable, serialisable; weights and scales fitted from them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_SUMMARY_H
#define CUSTVAL_SUMMARY_H

#include <stddef.h>
#include <stdint.h>

#include "host.h"
#include "macros.h"
#include "status.h"
#include "system.h"
#include "table.h"
#include "weights.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @file summary.h
 * @brief One reading of data, in pieces, on many machines: moments, correlations, entropy, quantiles.
 *
 * @defgroup summary Summaries
 *
 * A summary holds what weights, scales and drivers need to know of a table. It is fed with tables of any size, merged
 * with summaries of other pieces, written as bytes, sent elsewhere and read back:
 *
 *     custval_summary_new(NULL, criteria, 9, CUSTVAL_SUMMARY_PAIRS, &summary, &error);
 *     custval_summary_add(summary, january, &error);
 *     custval_summary_merge(summary, from_the_other_machine, &error);
 *     custval_data_options options = CUSTVAL_DATA_OPTIONS_INIT;
 *     options.method = CUSTVAL_DATA_CRITIC;
 *     custval_weights_data(summary, &options, &weights, &error);
 *
 * Its size depends on the columns, not on the number of rows: a few hundred bytes each, 8 per pair if pairs are kept,
 * and with quantiles 8 KiB per column and 3 KiB for each power of two between which it has numbers (scores from 1 to 10
 * lie in four of them). Numbers of all magnitudes and both signs come to 12 MiB per column.
 *
 * The same tables fed and merged in the same order give the same bits for any number of threads. Counts, ranges and
 * quantiles do not depend on order or cutting at all; sums do within rounding (a relative 1e-13 of the column's scale).
 * A missing cell is counted and left out; what needs several columns at once (pairs, removal effects) reads the rows
 * that lack none. An infinite cell is an error that names row and column, and leaves the summary as it was.
 *
 * Deviations are joined as Chan, Golub & LeVeque (1979) do, with means carried in two doubles; entropies come from
 * Theil's decomposable index (1967), whose parts do not cancel when a column hardly varies. Numbers of any size will
 * do: those near 1e200 or 1e-200 neither overflow nor vanish.
 * @{
 */

/** @brief A summary of named columns; mutable. @since 0.1 */
typedef struct custval_summary custval_summary;

/** @brief What a summary keeps besides count, missing, range, mean and deviation; bits. @since 0.1 */
enum custval_summary_part {
    CUSTVAL_SUMMARY_PAIRS = 1,     /**< Co-moments of every pair: correlations, CRITIC, drivers. */
    CUSTVAL_SUMMARY_ENTROPY = 2,   /**< Entropy of each column. */
    CUSTVAL_SUMMARY_QUANTILES = 4, /**< A sketch of each column's quantiles. */
    CUSTVAL_SUMMARY_REMOVAL = 8    /**< Removal effects, for MEREC; every column needs a declared range with low > 0. */
};

/**
 * @brief Makes an empty summary.
 *
 * Directions come first: the entropy of a sacrifice column with a declared range is that of low + high - x, and without
 * one it is refused, because which column is the more telling depends on it. Where a range is declared, numbers outside
 * it are an error when fed. A range is finite, so are its width and low + high (and high / low, with removal effects).
 * @param host memory, threads, progress; copied; may be NULL.
 * @param criteria the columns; copied; weights are not used.
 * @param count number of columns, 1 to #CUSTVAL_MAX_CRITERIA (with pairs to 1024).
 * @param parts bits of ::custval_summary_part.
 * @param[out] out the summary, to be freed with custval_summary_free(); NULL on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_RANGE (a range; entropy or removal without the range
 *         that they need), #CUSTVAL_ERROR_DUPLICATE, #CUSTVAL_ERROR_LIMIT, #CUSTVAL_ERROR_MEMORY.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_summary_new(const custval_host *host,
                                                                 const custval_criterion *criteria, size_t count,
                                                                 uint32_t parts, custval_summary **out,
                                                                 custval_error *error);

/**
 * @brief Frees a summary.
 * @param summary a summary, or NULL.
 * @since 0.1
 */
CUSTVAL_API void custval_summary_free(custval_summary *summary);

/**
 * @brief Feeds all rows of a table.
 * @param summary the summary.
 * @param table needs the summary's columns, as numbers; others are ignored. Borrowed.
 * @param[out] error may be NULL; names row, column and value.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND, #CUSTVAL_ERROR_TYPE,
 *         #CUSTVAL_ERROR_NOT_FINITE (an infinity), #CUSTVAL_ERROR_RANGE (outside the declared range),
 *         #CUSTVAL_ERROR_LIMIT (2^53 rows in all), #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_CANCELLED. After a failure the
 *         summary is as it was.
 * @note Not while another thread uses the summary; const use of the table may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_summary_add(custval_summary *summary, const custval_table *table,
                                                                 custval_error *error);

/**
 * @brief Adds what another summary has seen.
 * @param summary the summary.
 * @param other a summary with the same columns, sides, ranges and parts; not changed; may be empty.
 * @param[out] error may be NULL; names what differs.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT (also if both are the same summary), #CUSTVAL_ERROR_STRUCTURE (they
 *         differ), #CUSTVAL_ERROR_LIMIT (2^53 rows in all), #CUSTVAL_ERROR_MEMORY. After a failure the summary is as it
 *         was.
 * @note Not while another thread uses one of them.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_summary_merge(custval_summary *summary,
                                                                   const custval_summary *other, custval_error *error);

/**
 * @brief Writes a summary as bytes that any machine can read.
 *
 * Little-endian, with a format version and a checksum; the same summary gives the same bytes.
 * @param summary a summary.
 * @param[out] buffer receives the bytes if they all fit; may be NULL if capacity is 0.
 * @param capacity size of the buffer.
 * @param[out] out_length bytes of the whole, also when the buffer is too small; 0 on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK (also when the buffer was too small, which is then left alone: compare out_length),
 *         #CUSTVAL_ERROR_ARGUMENT.
 * @note Const use may be shared. Allocates nothing.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_summary_write(const custval_summary *summary, void *buffer,
                                                                   size_t capacity, size_t *out_length,
                                                                   custval_error *error);

/**
 * @brief Reads a summary from bytes.
 * @param host as in custval_summary_new().
 * @param bytes what custval_summary_write() wrote.
 * @param length how many.
 * @param[out] out the summary; NULL on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_DOCUMENT (not a summary, cut off, damaged, bytes
 *         swapped, a version that this library cannot read, contradictory numbers), #CUSTVAL_ERROR_LIMIT,
 *         #CUSTVAL_ERROR_MEMORY.
 * @note Thread-safe.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_summary_read(const custval_host *host, const void *bytes,
                                                                  size_t length, custval_summary **out,
                                                                  custval_error *error);

/**
 * @brief Gives the number of rows fed, those with missing cells included.
 * @param summary a summary; NULL gives 0.
 * @return the number.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API uint64_t custval_summary_rows(const custval_summary *summary);

/**
 * @brief Gives the summary as a table, one row per column.
 *
 * `name`, `side` ("benefit", "sacrifice"), `count`, `missing`, `low`, `high`, `mean`, `deviation` (n - 1), `variation`
 * (deviation / |mean|); with entropy `entropy` (0..1, of the shares of the column's sum) and `divergence` (1 - entropy,
 * without cancellation); with quantiles `q05`, `q25`, `median`, `q75`, `q95`. What cannot be said is missing: the
 * deviation of one number, the entropy of numbers below 0 or of nothing but zeros.
 * @param summary a summary.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_MEMORY.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_summary_table(const custval_summary *summary, custval_table **out,
                                                                   custval_error *error);

/**
 * @brief Gives Pearson's correlations between the columns, over the rows that lack none.
 *
 * `name`, then one column per column; missing where a column does not vary, and exactly 1 or -1 where only rounding
 * could tell otherwise. Signs are those of the data: directions are not applied. A column that is itself called "name"
 * is called "name." ("name.." if there is a "name." as well).
 * @param summary a summary with #CUSTVAL_SUMMARY_PAIRS.
 * @param[out] out the table, to be freed by the caller; NULL on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_STATE (no pairs were kept), #CUSTVAL_ERROR_MEMORY.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_summary_correlations(const custval_summary *summary,
                                                                          custval_table **out, custval_error *error);

/**
 * @brief Gives a quantile of a column.
 *
 * The lower empirical quantile: the number of rank ceil(share n) (1 for share 0), where a share a rounding above a
 * whole rank means that rank: 0.07 of 100 is the 7th. Exact for whole numbers up to 256 in size, for every number that
 * repeats alone in its cell of the sketch, and for shares 0 and 1; otherwise within a relative 2^-8 (0.4 %), for any
 * data, order and merging (but for numbers below 2.2e-308 in size, which count as near 0).
 * @param summary a summary with #CUSTVAL_SUMMARY_QUANTILES.
 * @param column index of the column.
 * @param share 0 (the smallest) to 1 (the largest).
 * @param[out] out the quantile; NaN if the column has no numbers, or on failure.
 * @param[out] error may be NULL.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_RANGE (share), #CUSTVAL_ERROR_STATE (no quantiles were
 *         kept).
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_summary_quantile(const custval_summary *summary, size_t column,
                                                                      double share, double *out, custval_error *error);

/** @name Weights that data suggest
 * @{ */

/**
 * @brief What makes a column important: how much it tells apart. Directions are applied first.
 * @since 0.1
 */
enum custval_data_method {
    CUSTVAL_DATA_ENTROPY = 1,   /**< Divergence 1 - E; Shannon's entropy of the shares, Hwang & Yoon (1981). Needs
                                     #CUSTVAL_SUMMARY_ENTROPY and numbers >= 0. */
    CUSTVAL_DATA_CRITIC = 2,    /**< Deviation after scaling to the range x sum (1 - r); Diakoulaki, Mavrotas &
                                     Papayannakis (1995), Computers & OR 22:763-770. Needs #CUSTVAL_SUMMARY_PAIRS;
                                     correlations of sacrifices change sign. */
    CUSTVAL_DATA_DEVIATION = 3, /**< Deviation after scaling to the range. */
    CUSTVAL_DATA_VARIATION = 4, /**< Deviation / mean; numbers whose mean is > 0. Sacrifices with a declared range are
                                     reflected in it. */
    CUSTVAL_DATA_MEREC = 5      /**< Effect of removing the criterion; Keshavarz-Ghorabaee et al. (2021), Symmetry
                                     13:525, with low/x of benefits and x/high of sacrifices by the declared ranges.
                                     Needs #CUSTVAL_SUMMARY_REMOVAL. */
};

/** @brief How custval_weights_data() weighs. @since 0.1 */
typedef struct custval_data_options {
    size_t struct_size;       /**< Set by #CUSTVAL_DATA_OPTIONS_INIT. */
    uint32_t method;          /**< A ::custval_data_method; required. */
    uint32_t declared_ranges; /**< CRITIC, deviation: 1 scales to the declared ranges, 0 to those seen. */
} custval_data_options;

/** @brief Initialiser of a ::custval_data_options. @since 0.1 */
#define CUSTVAL_DATA_OPTIONS_INIT {sizeof(custval_data_options), 0, 0}

/**
 * @brief Makes weights from the data that a summary has seen.
 *
 * Method "entropy", "critic", "deviation", "variation" or "merec". A column that does not vary gets weight 0 and the
 * remark `constant`, and the others are weighed as if it were not there (MEREC apart, where it counts as one of the m
 * criteria of a row); if none varies, the call fails. Columns: `information` (what the weights are shares of) and those
 * of the method (entropy: `entropy`; CRITIC: `deviation` after scaling, `conflict`; deviation and variation:
 * `deviation` in the column's unit; MEREC: `removal`, the mean effect on a row). Remarks: `constant`; `low-n` below 30
 * rows. custval_weights_sample() is the rows that counted: CRITIC and MEREC those that lack nothing, else the fewest
 * numbers that a column which varies has.
 * @param summary a summary.
 * @param options the method.
 * @param[out] out the weights, in the summary's memory; NULL on failure.
 * @param[out] error may be NULL; names the column.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_STATE (a part that was not kept, fewer than two rows, no
 *         column varies, CRITIC without any conflict), #CUSTVAL_ERROR_RANGE (numbers that the method cannot take:
 *         entropy below 0, variation around a mean that is not above 0; a column without the declared range that
 *         custval_data_options::declared_ranges asks for), #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_STRUCT_SIZE,
 *         #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Const use may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_weights_data(const custval_summary *summary,
                                                                  const custval_data_options *options,
                                                                  custval_weights **out, custval_error *error);
/** @} */

/** @name Scales that data suggest
 * @{ */

/** @brief How an item's scale follows from data. @since 0.1 */
enum custval_fit_method {
    CUSTVAL_FIT_RANGE = 1,   /**< Scale from the smallest to the largest number seen. */
    CUSTVAL_FIT_Z = 2,       /**< Line 50 + 10 (x - mean)/deviation (T-score): scores may leave 0..100. */
    CUSTVAL_FIT_QUANTILE = 3 /**< Share of customers at or below x: piecewise through the quantiles of 0, .05 ... 1;
                                  where several are the same number, that has the largest of their shares. Needs
                                  #CUSTVAL_SUMMARY_QUANTILES. */
};

/** @brief How custval_system_fit() fits, and what the new system records. @since 0.1 */
typedef struct custval_fit_options {
    size_t struct_size;       /**< Set by #CUSTVAL_FIT_OPTIONS_INIT. */
    const custval_host *host; /**< Memory of the new system; NULL: the system's memory. */
    const char *source;       /**< Which data; NULL: not said. */
    const char *date;         /**< ISO date, as the caller says; NULL: not said. */
    const char *note;         /**< Free text; NULL: none. */
    uint32_t method;          /**< A ::custval_fit_method; required. */
    uint32_t reserved;        /**< 0. */
} custval_fit_options;

/** @brief Initialiser of a ::custval_fit_options. @since 0.1 */
#define CUSTVAL_FIT_OPTIONS_INIT {sizeof(custval_fit_options), 0, 0, 0, 0, 0, 0}

/**
 * @brief Makes a new system in which the items whose columns a summary has seen have scales fitted to the data, frozen.
 *
 * Fitted scales make a score depend on the sample, so they are never fitted in passing: the new system holds the
 * numbers, and records where they come from (custval_system_origin(): method, rows that counted, the diagnostic
 * `missing`). Reversed items stay reversed, and lines and quantiles keep the declared scale, outside of which an answer
 * is none; other items stay as they are. Answers that mean "no answer" must have been left out: a summary whose lowest
 * or highest number is one is refused.
 * @param system a system.
 * @param summary a summary of raw answers, its columns named as the items' columns.
 * @param options the method.
 * @param[out] out the new system, to be freed with custval_system_free(); NULL on failure.
 * @param[out] error may be NULL; names the item.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND (no item reads any of the columns),
 *         #CUSTVAL_ERROR_STATE (no quantiles kept, a column without two different numbers, a missing code among them),
 *         #CUSTVAL_ERROR_STRUCTURE (an item with a table or a prospect curve), #CUSTVAL_ERROR_RANGE and
 *         #CUSTVAL_ERROR_NOT_FINITE (a scale that double precision or an expectation does not allow),
 *         #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_STRUCT_SIZE, #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Const use of both may be shared.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_system_fit(const custval_system *system,
                                                                const custval_summary *summary,
                                                                const custval_fit_options *options,
                                                                custval_system **out, custval_error *error);
/** @} */

/** @} */

#ifdef __cplusplus
}
#endif
#endif
