/* custval_weights_drivers: weights from what goes with an outcome. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "drivers.h"

#include <math.h>

#include "../base/error.h"
#include "../base/memory.h"
#include "../base/options.h"
#include "../base/text.h"
#include "../explain/display.h"
#include "../summary/summary.h"
#include "weights.h"

#define FEWEST_RESAMPLES 40
/* Fewer rows per driver get the remark `low-n`. */
#define ROWS_PER_DRIVER 10
/* A sign that changes in more than this share of the samples is unstable. */
#define MOST_CHANGES 0.05

typedef struct study {
    const custval_summary *summary;
    const custval_host *host; /* the summary's */
    custval_drivers_options options;
    custval__arena arena;
    size_t outcome, drivers; /* a column; how many other columns there are */
    uint64_t complete;
    size_t *columns; /* [varying + 1] of the summary: drivers that vary, then the outcome */
    size_t varying;
    custval__drivers solution; /* of those that vary */
    custval__drivers_fit fit;
    double *inflation; /* [varying] */
    custval__bootstrap bootstrap;
    uint32_t usable; /* samples */
} study;

static const char *name_of(const study *of, size_t column) {
    return custval__summary_column(of->summary, column)->column;
}

static const char *outcome_of(const study *of) {
    return name_of(of, of->outcome);
}

/* Shares of R2 are never negative: whether such a driver works against the outcome, its correlation says. */
static int is_share(const study *of) {
    return of->options.method == CUSTVAL_DRIVERS_RELATIVE || of->options.method == CUSTVAL_DRIVERS_SHAPLEY;
}

static int sign_of(double number) {
    return (number > 0.0) - (number < 0.0);
}

/* ---- Asking -------------------------------------------------------------------------------------------------------- */

static custval_status read_options(custval_drivers_options *out, const custval_drivers_options *options,
                                   custval_error *error) {
    *out = (custval_drivers_options)CUSTVAL_DRIVERS_OPTIONS_INIT;
    CUSTVAL__TRY(custval__struct_read(out, sizeof *out, sizeof *out, options, "custval_drivers_options", error));
    if (out->method == 0) out->method = CUSTVAL_DRIVERS_RELATIVE;
    if (out->method > CUSTVAL_DRIVERS_SHAPLEY) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "method is %u, which is no custval_drivers_method",
                             (unsigned)out->method);
    }
    if (out->resamples < FEWEST_RESAMPLES) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "resamples is %u, but must be at least %d",
                             (unsigned)out->resamples, FEWEST_RESAMPLES);
    }
    if (!(out->level > 0.0 && out->level < 1.0)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "level is %g, but must lie between 0 and 1", out->level);
    }
    if (!(out->vif_limit >= 1.0)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "vif_limit is %g, but must be at least 1", out->vif_limit);
    }
    return CUSTVAL_OK;
}

static const char *column_at(const void *data, size_t index) {
    const custval_summary *summary = data;
    return index < custval__summary_count(summary) ? custval__summary_column(summary, index)->column : NULL;
}

static custval_status find_outcome(study *of, const char *outcome, custval_error *error) {
    of->outcome = custval__summary_find(of->summary, outcome);
    if (of->outcome != SIZE_MAX) return CUSTVAL_OK;
    char near[160];
    custval__nearest_names(outcome, column_at, of->summary, 3, near, sizeof near);
    return custval__fail(error, CUSTVAL_ERROR_NOT_FOUND, "the summary has no column \"%s\"%s%s%s", outcome,
                         near[0] ? "; did you mean " : "", near, near[0] ? "?" : "");
}

static custval_status check_summary(study *of, const char *outcome, custval_error *error) {
    if (!(custval__summary_parts(of->summary) & CUSTVAL_SUMMARY_PAIRS)) {
        return custval__fail(error, CUSTVAL_ERROR_STATE, "the summary keeps no pairs (CUSTVAL_SUMMARY_PAIRS)");
    }
    CUSTVAL__TRY(find_outcome(of, outcome, error));
    of->drivers = custval__summary_count(of->summary) - 1;
    of->complete = custval__summary_complete(of->summary);
    if (of->drivers == 0) {
        return custval__fail(error, CUSTVAL_ERROR_STATE, "the summary has no driver: \"%s\" is its only column",
                             outcome);
    }
    if (of->options.method == CUSTVAL_DRIVERS_SHAPLEY && of->drivers > CUSTVAL_MAX_SHAPLEY) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "%zu drivers are more than the %d that Shapley values take",
                             of->drivers, CUSTVAL_MAX_SHAPLEY);
    }
    if (of->complete < 2) {
        return custval__fail(error, CUSTVAL_ERROR_STATE, "%llu of %llu rows lack nothing, but 2 are needed",
                             (unsigned long long)of->complete, (unsigned long long)custval_summary_rows(of->summary));
    }
    return CUSTVAL_OK;
}

static int varies(const study *of, size_t column) {
    return !isnan(custval__summary_correlation(of->summary, column, column));
}

static custval_status choose_columns(study *of, custval_error *error) {
    of->columns = custval__arena_alloc(&of->arena, of->drivers + 1, sizeof *of->columns);
    if (of->columns == NULL) return custval__fail_memory(error);
    if (!varies(of, of->outcome)) {
        return custval__fail(error, CUSTVAL_ERROR_STATE,
                             "outcome \"%s\" does not vary in the %llu rows that lack nothing", outcome_of(of),
                             (unsigned long long)of->complete);
    }
    for (size_t i = 0; i <= of->drivers; i++) {
        if (i != of->outcome && varies(of, i)) of->columns[of->varying++] = i;
    }
    of->columns[of->varying] = of->outcome;
    if (of->varying > 0) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_STATE, "no driver of \"%s\" varies in the %llu rows that lack nothing",
                         outcome_of(of), (unsigned long long)of->complete);
}

/* ---- The estimate -------------------------------------------------------------------------------------------------- */

/* A sacrifice counts as its opposite. */
static double directed_correlation(const study *of, size_t a, size_t b) {
    const double correlation = custval__summary_correlation(of->summary, a, b);
    return custval__summary_column(of->summary, a)->side == custval__summary_column(of->summary, b)->side
               ? correlation
               : -correlation;
}

static custval_status estimate(study *of, custval_error *error) {
    const size_t n = of->varying;
    double *room = custval__arena_alloc(&of->arena, n + custval__drivers_room(n, of->options.method), sizeof *room);
    if (room == NULL) return custval__fail_memory(error);
    of->inflation = room;
    custval__drivers_init(&of->solution, n, of->options.method, room + n);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            of->solution.between[i * n + j] = directed_correlation(of, of->columns[i], of->columns[j]);
        }
        of->solution.with_outcome[i] = directed_correlation(of, of->columns[i], of->outcome);
    }
    of->fit = custval__drivers_estimate(&of->solution, of->inflation);
    return CUSTVAL_OK;
}

/* ---- Samples ------------------------------------------------------------------------------------------------------- */

static custval_status draw_samples(study *of, custval_error *error) {
    const size_t n = of->varying, resamples = of->options.resamples;
    if (of->complete > SIZE_MAX) return custval__fail_memory(error);
    custval__drivers_rows rows = {.summary = of->summary,
                                  .table = of->options.rows,
                                  .columns = of->columns,
                                  .count = n + 1,
                                  .complete = (size_t)of->complete};
    double *results = custval__arena_alloc(&of->arena, resamples, 3 * n * sizeof *results);
    rows.numbers = custval__alloc(of->host, rows.complete, rows.count * sizeof *rows.numbers);
    of->bootstrap = (custval__bootstrap){.host = of->host,
                                         .numbers = rows.numbers,
                                         .rows = rows.complete,
                                         .drivers = n,
                                         .seed = of->options.seed,
                                         .method = of->options.method,
                                         .resamples = of->options.resamples,
                                         .importance = results};
    custval_status status =
        results == NULL || rows.numbers == NULL ? custval__fail_memory(error) : custval__drivers_read(&rows, error);
    if (status == CUSTVAL_OK) {
        of->bootstrap.beta = results + n * resamples;
        of->bootstrap.correlation = results + 2 * n * resamples;
        status = custval__bootstrap_run(&of->bootstrap, error);
    }
    custval__free(of->host, rows.numbers);
    return status;
}

/* ---- The set of weights -------------------------------------------------------------------------------------------- */

/* Columns of the table, and what they hold. */
typedef struct report {
    double *importance, *correlation, *beta, *vif, *sign;
    double *low, *high, *beta_low, *beta_high, *p_negative; /* NULL without samples */
} report;

static custval_status add_columns(const study *of, custval_weights *weights, report *out, custval_error *error) {
    const struct {
        const char *name;
        double **values;
    } columns[] = {
        {"importance", &out->importance},
        {"correlation", &out->correlation},
        {"beta", &out->beta},
        {"vif", &out->vif},
        {"sign", &out->sign},
        {"low", &out->low},
        {"high", &out->high},
        {"beta_low", &out->beta_low},
        {"beta_high", &out->beta_high},
        {"p_negative", &out->p_negative},
    };
    const size_t count = of->options.rows == NULL ? 5 : 10;
    for (size_t k = 0; k < count; k++) {
        CUSTVAL__TRY(custval__weights_column(weights, columns[k].name, columns[k].values, error));
        for (size_t i = 0; i < of->drivers; i++) (*columns[k].values)[i] = (double)NAN;
    }
    return CUSTVAL_OK;
}

/* `at` is the place among the drivers that vary. */
static void set_intervals(study *of, size_t at, size_t driver, const report *to) {
    const custval__bootstrap *samples = &of->bootstrap;
    const size_t start = at * samples->resamples;
    double *importance = samples->importance + start, *beta = samples->beta + start;
    const double *signed_by = is_share(of) ? samples->correlation + start : importance;
    size_t negative = 0;
    for (uint32_t k = 0; k < samples->resamples; k++) negative += signed_by[k] < 0.0;
    of->usable = custval__bootstrap_pack(importance, samples->resamples);
    custval__bootstrap_pack(beta, samples->resamples);
    if (of->usable < FEWEST_RESAMPLES) return;
    to->p_negative[driver] = (double)negative / (double)of->usable;
    custval__bootstrap_interval(importance, of->usable, of->options.level, &to->low[driver], &to->high[driver]);
    custval__bootstrap_interval(beta, of->usable, of->options.level, &to->beta_low[driver], &to->beta_high[driver]);
}

static int works_against(const study *of, const report *from, size_t driver) {
    return (is_share(of) ? from->correlation[driver] : from->importance[driver]) < 0.0;
}

static void set_driver(study *of, size_t at, size_t driver, const report *to, double *number) {
    const custval__drivers *solution = &of->solution;
    to->importance[driver] = solution->importance[at];
    to->correlation[driver] = solution->with_outcome[at];
    to->beta[driver] = solution->beta[at];
    to->vif[driver] = of->inflation[at];
    const int signs = sign_of(solution->with_outcome[at]) + sign_of(solution->beta[at]);
    to->sign[driver] = signs / 2;
    *number = works_against(of, to, driver) ? 0.0 : fmax(solution->importance[at], 0.0);
    if (of->options.rows != NULL) set_intervals(of, at, driver, to);
}

/* Drivers that do not vary keep importance 0, weight 0 and what is missing. */
static void set_drivers(study *of, const report *to, double *numbers) {
    size_t driver = 0, at = 0;
    for (size_t column = 0; column <= of->drivers; column++) {
        if (column == of->outcome) continue;
        to->importance[driver] = to->sign[driver] = numbers[driver] = 0.0;
        if (of->columns[at] == column) {
            set_driver(of, at, driver, to, &numbers[driver]);
            at++;
        }
        driver++;
    }
}

/* ---- Remarks ------------------------------------------------------------------------------------------------------- */

/* Three digits that count. */
static const char *show(double number, char out[CUSTVAL__NUMBER_SIZE]) {
    double scale = 1.0;
    while (fabs(number) * scale < 100.0 && scale < 1e15) scale *= 10.0;
    custval__number_text(floor(number * scale + 0.5) / scale, out);
    return out;
}

static custval_status remark_negative(const study *of, custval_weights *weights, const char *name, double number,
                                      custval_error *error) {
    char shown[CUSTVAL__NUMBER_SIZE];
    return custval__weights_note(weights, "negative", name, error,
                                 "\"%s\" works against \"%s\": %s is %s; its weight is 0", name, outcome_of(of),
                                 is_share(of) ? "their correlation" : "its importance", show(number, shown));
}

static custval_status remark_suppressed(const study *of, custval_weights *weights, const char *name, double correlation,
                                        double beta, custval_error *error) {
    char shown[2][CUSTVAL__NUMBER_SIZE];
    return custval__weights_note(weights, "suppressed", name, error,
                                 "\"%s\" goes with \"%s\" (correlation %s), but beside the others it works against it "
                                 "(beta %s)",
                                 name, outcome_of(of), show(correlation, shown[0]), show(beta, shown[1]));
}

static custval_status remark_collinear(const study *of, custval_weights *weights, const char *name, double vif,
                                       custval_error *error) {
    char shown[CUSTVAL__NUMBER_SIZE];
    if (!(vif < CUSTVAL__MOST_INFLATION)) {
        return custval__weights_note(weights, "collinear", name, error, "\"%s\" is a combination of other drivers",
                                     name);
    }
    custval__display_beside(vif, of->options.vif_limit, shown);
    return custval__weights_note(weights, "collinear", name, error,
                                 "\"%s\" says little that other drivers do not: its variance inflation is %s, above %g",
                                 name, shown, of->options.vif_limit);
}

static custval_status remark_unstable(const study *of, custval_weights *weights, const char *name, const report *from,
                                      size_t driver, custval_error *error) {
    const double negative = from->p_negative[driver], low = from->beta_low[driver], high = from->beta_high[driver];
    const double changes = works_against(of, from, driver) ? 1.0 - negative : negative;
    char shown[2][CUSTVAL__NUMBER_SIZE];
    if (low == 0.0 && high == 0.0) {
        return custval__weights_note(weights, "unstable", name, error,
                                     "beside the others \"%s\" says nothing: the interval of its beta is 0 alone",
                                     name);
    }
    if (low <= 0.0 && high >= 0.0) {
        return custval__weights_note(weights, "unstable", name, error,
                                     "the interval of beta of \"%s\", %s to %s, holds 0", name, show(low, shown[0]),
                                     show(high, shown[1]));
    }
    if (!(changes > MOST_CHANGES)) return CUSTVAL_OK;
    return custval__weights_note(weights, "unstable", name, error, "the sign of \"%s\" changes in %s %% of the samples",
                                 name, show(100.0 * changes, shown[0]));
}

static custval_status remark_driver(const study *of, custval_weights *weights, const report *from, size_t driver,
                                    custval_error *error) {
    const char *name = custval_weights_name(weights, driver);
    const double correlation = from->correlation[driver], beta = from->beta[driver], vif = from->vif[driver];
    if (isnan(correlation)) {
        return custval__weights_note(weights, "constant", name, error,
                                     "\"%s\" does not vary in the rows that lack nothing: its weight is 0", name);
    }
    if (works_against(of, from, driver)) {
        CUSTVAL__TRY(remark_negative(of, weights, name, is_share(of) ? correlation : from->importance[driver], error));
    }
    if (correlation > 0.0 && beta < 0.0) {
        CUSTVAL__TRY(remark_suppressed(of, weights, name, correlation, beta, error));
    }
    if (vif > of->options.vif_limit) CUSTVAL__TRY(remark_collinear(of, weights, name, vif, error));
    if (of->options.rows == NULL || isnan(from->p_negative[driver])) return CUSTVAL_OK;
    return remark_unstable(of, weights, name, from, driver, error);
}

static custval_status remark_all(const study *of, custval_weights *weights, const report *from, custval_error *error) {
    for (size_t i = 0; i < of->drivers; i++) CUSTVAL__TRY(remark_driver(of, weights, from, i, error));
    const size_t per_driver = ROWS_PER_DRIVER * of->drivers;
    const size_t wanted = per_driver > CUSTVAL__LOW_N ? per_driver : CUSTVAL__LOW_N;
    if (of->complete >= wanted) return CUSTVAL_OK;
    return custval__weights_note(weights, "low-n", NULL, error,
                                 "%llu rows are few for %zu drivers: %zu or more are wanted",
                                 (unsigned long long)of->complete, of->drivers, wanted);
}

/* ---- The call ------------------------------------------------------------------------------------------------------ */

static custval_status diagnose(const study *of, custval_weights *weights, custval_error *error) {
    const double n = (double)of->complete, free_rows = n - 1.0 - (double)of->fit.rank;
    const double unexplained = 1.0 - of->fit.r_squared;
    CUSTVAL__TRY(custval__weights_diagnose(weights, "n", n, error));
    CUSTVAL__TRY(custval__weights_diagnose(weights, "dropped",
                                           (double)(custval_summary_rows(of->summary) - of->complete), error));
    CUSTVAL__TRY(custval__weights_diagnose(weights, "r_squared", of->fit.r_squared, error));
    CUSTVAL__TRY(custval__weights_diagnose(weights, "adjusted_r_squared",
                                           free_rows > 0.0 ? 1.0 - unexplained * (n - 1.0) / free_rows : (double)NAN,
                                           error));
    return custval__weights_diagnose(weights, "resamples", of->usable, error);
}

static custval_status fill_weights(study *of, custval_weights *weights, custval_error *error) {
    report columns = {0};
    double *numbers = custval__weights_numbers(weights);
    CUSTVAL__TRY(add_columns(of, weights, &columns, error));
    set_drivers(of, &columns, numbers);
    custval__weights_set_sample(weights, of->complete);
    CUSTVAL__TRY(diagnose(of, weights, error));
    CUSTVAL__TRY(remark_all(of, weights, &columns, error));
    for (size_t i = 0; i < of->drivers; i++) {
        if (numbers[i] > 0.0) return custval__weights_finish(weights, error);
    }
    return custval__fail(error, CUSTVAL_ERROR_WEIGHT, "no driver of \"%s\" has an importance above 0", outcome_of(of));
}

static custval_status make_weights(study *of, custval_weights **out, custval_error *error) {
    static const char *const methods[] = {
        [CUSTVAL_DRIVERS_CORRELATION] = "drivers-correlation",
        [CUSTVAL_DRIVERS_REGRESSION] = "drivers-regression",
        [CUSTVAL_DRIVERS_RELATIVE] = "drivers-relative",
        [CUSTVAL_DRIVERS_SHAPLEY] = "drivers-shapley",
    };
    const char **names = custval__arena_alloc(&of->arena, of->drivers, sizeof *names);
    if (names == NULL) return custval__fail_memory(error);
    for (size_t i = 0; i < of->drivers; i++) names[i] = name_of(of, i < of->outcome ? i : i + 1);
    custval_weights *weights = NULL;
    custval_status status =
        custval__weights_new(of->host, names, of->drivers, methods[of->options.method], &weights, error);
    if (status == CUSTVAL_OK) status = fill_weights(of, weights, error);
    return custval__weights_give(weights, status, out);
}

static custval_status run(study *of, const char *outcome, custval_weights **out, custval_error *error) {
    CUSTVAL__TRY(check_summary(of, outcome, error));
    CUSTVAL__TRY(choose_columns(of, error));
    CUSTVAL__TRY(estimate(of, error));
    if (of->options.rows != NULL) CUSTVAL__TRY(draw_samples(of, error));
    return make_weights(of, out, error);
}

custval_status custval_weights_drivers(const custval_summary *summary, const char *outcome,
                                       const custval_drivers_options *options, custval_weights **out,
                                       custval_error *error) {
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (summary == NULL) return custval__fail_null(error, "summary");
    if (outcome == NULL) return custval__fail_null(error, "outcome");
    study of = {.summary = summary, .host = custval__summary_host(summary)};
    CUSTVAL__TRY(read_options(&of.options, options, error));
    custval__arena_init(&of.arena, of.host);
    const custval_status status = run(&of, outcome, out, error);
    custval__arena_free(&of.arena);
    return status;
}
