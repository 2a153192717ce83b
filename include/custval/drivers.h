/* custval: weights from outcomes: which indicators drive satisfaction, loyalty, value. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_DRIVERS_H
#define CUSTVAL_DRIVERS_H

#include <stddef.h>
#include <stdint.h>

#include "macros.h"
#include "status.h"
#include "summary.h"
#include "table.h"
#include "weights.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @file drivers.h
 * @brief Key drivers: importance derived from what goes with an outcome.
 *
 * @defgroup drivers Key drivers
 *
 * A summary with pairs of the drivers *and* the outcome is enough, so that drivers can be found on data that no machine
 * holds as a whole. With the rows at hand as well, intervals come from the bootstrap.
 *
 * Association is not cause: drivers say what goes together in these data. Sources: Johnson (2000), Multivariate
 * Behavioral Research 35:1-19 (relative weights); Lindeman, Merenda & Gold (1980) and Grömping (2007), American
 * Statistician 61:139-147 (LMG, the Shapley value of R2); Efron (1979), Annals of Statistics 7:1-26 (the bootstrap).
 * @{
 */

#define CUSTVAL_MAX_SHAPLEY 15 /**< Most drivers of #CUSTVAL_DRIVERS_SHAPLEY. @since 0.1 */

/** @brief How importance is derived. @since 0.1 */
enum custval_drivers_method {
    CUSTVAL_DRIVERS_CORRELATION = 1, /**< Correlation with the outcome. */
    CUSTVAL_DRIVERS_REGRESSION = 2,  /**< Standardised coefficient of the regression on all drivers. */
    CUSTVAL_DRIVERS_RELATIVE = 3,    /**< Johnson's relative weights: shares of R2. The default. */
    CUSTVAL_DRIVERS_SHAPLEY = 4      /**< Mean gain of R2 over all orders (LMG); at most #CUSTVAL_MAX_SHAPLEY
                                          drivers. */
};

/** @brief How custval_weights_drivers() works. @since 0.1 */
typedef struct custval_drivers_options {
    size_t struct_size;         /**< Set by #CUSTVAL_DRIVERS_OPTIONS_INIT. */
    const custval_table *rows;  /**< The rows that the summary has seen, for intervals; NULL: no intervals. */
    uint32_t method;            /**< A ::custval_drivers_method. */
    uint32_t resamples;         /**< Bootstrap samples; default 1000; at least 40. */
    uint64_t seed;              /**< Same seed, same intervals, for any number of threads; default 1. */
    double level;               /**< Of the intervals, above 0 and below 1; default 0.95. */
    double vif_limit;           /**< A larger variance inflation factor gets a remark; default 10; at least 1. */
} custval_drivers_options;

/** @brief Initialiser of a ::custval_drivers_options. @since 0.1 */
#define CUSTVAL_DRIVERS_OPTIONS_INIT {sizeof(custval_drivers_options), 0, 0, 1000, 1, 0.95, 10.0}

/**
 * @brief Makes weights from what goes with an outcome.
 *
 * Every column of the summary but the outcome is a driver. Sides come first: a sacrifice counts as its opposite, so
 * that a positive number always means "the better this is, the better the outcome".
 *
 * Method "drivers-correlation", "drivers-regression", "drivers-relative" or "drivers-shapley". Columns: `importance`
 * (in the method's unit: r, beta or share of R2), `correlation`, `beta` (of drivers that depend on each other the
 * solution of least length), `vif` (variance inflation factor; 1e12 for a driver that is a combination of others),
 * `sign` (of correlation and beta: 1 both positive, -1 both negative, 0 otherwise), and with rows `low`, `high`
 * (percentile interval of the importance), `beta_low`, `beta_high`, `p_negative` (share of samples in which the
 * importance, or for shares of R2 the correlation, is below 0). What cannot be said is missing. A correlation, beta or
 * importance within 1e-12 of 0 is rounding: it is 0, in the samples as well.
 *
 * A driver works against the outcome if its importance, or for shares of R2, which are never negative, its correlation
 * is below 0. Its importance is reported as it is; its weight is 0, and the remark `negative` says so. Nothing is
 * clipped in silence.
 *
 * Intervals: each sample draws as many rows as lack nothing, with replacement; the ends are the results of rank k and
 * m + 1 - k of m, k = (1 - level)/2 (m + 1) rounded down, but at least 1. Samples in which the outcome or a driver does
 * not vary are left out; if fewer than 40 remain, intervals are missing.
 *
 * Diagnostics: `n` (rows that lack nothing), `dropped`, `r_squared` and `adjusted_r_squared` (of the regression on all
 * drivers; the latter missing without two rows more than independent drivers), `resamples` that could be used.
 *
 * Remarks: `negative`; `suppressed` (correlation positive, beta negative); `unstable` (the interval of beta holds 0, or
 * the sign that `p_negative` counts is another one in more than 5 % of the samples); `collinear` (vif above the limit);
 * `constant` (weight and importance 0, all else missing); `low-n` (fewer than 10 rows per driver, or 30).
 * @param summary a summary with #CUSTVAL_SUMMARY_PAIRS.
 * @param outcome name of the outcome's column.
 * @param options NULL: defaults.
 * @param[out] out the weights, in the summary's memory; NULL on failure.
 * @param[out] error may be NULL; names the column.
 * @return #CUSTVAL_OK, #CUSTVAL_ERROR_ARGUMENT, #CUSTVAL_ERROR_NOT_FOUND (the outcome, or a column of `rows`),
 *         #CUSTVAL_ERROR_STATE (no pairs kept, no driver, fewer than two rows that lack nothing, the outcome does not
 *         vary, no driver does, `rows` are other rows than the summary's), #CUSTVAL_ERROR_WEIGHT (no driver gets a
 *         weight above 0), #CUSTVAL_ERROR_LIMIT (too many for Shapley), #CUSTVAL_ERROR_RANGE (an option),
 *         #CUSTVAL_ERROR_TYPE (a column of `rows`), #CUSTVAL_ERROR_MEMORY, #CUSTVAL_ERROR_CANCELLED,
 *         #CUSTVAL_ERROR_STRUCT_SIZE, #CUSTVAL_ERROR_STRUCT_NEWER.
 * @note Const use of summary and rows may be shared; the summary's host runs the samples.
 * @since 0.1
 */
CUSTVAL_API CUSTVAL_NODISCARD custval_status custval_weights_drivers(const custval_summary *summary,
                                                                     const char *outcome,
                                                                     const custval_drivers_options *options,
                                                                     custval_weights **out, custval_error *error);

/** @} */

#ifdef __cplusplus
}
#endif
#endif
