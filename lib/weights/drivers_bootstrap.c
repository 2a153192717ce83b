/* The bootstrap of drivers: rows drawn with replacement, and the intervals of what they give. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/memory.h"
#include "../base/random.h"
#include "../base/run.h"
#include "drivers.h"

/* Variance below this share of the mean square is rounding: the column does not vary in the sample. */
#define NO_VARIANCE 1e-12

typedef struct worker {
    custval__drivers drivers;
    double *products; /* [column][column] sums over the sample, below the diagonal; the memory of all */
    double *sums;     /* [column] */
    double *roots;    /* [column] of the sums of squares about the sample's mean */
    uint32_t *counts; /* [row] how often it was drawn */
} worker;

typedef struct draws {
    const custval__bootstrap *bootstrap;
    worker *workers;
    uint32_t threads;
} draws;

/* ---- Workers ------------------------------------------------------------------------------------------------------- */

static custval_status make_worker(const custval__bootstrap *bootstrap, worker *out) {
    const size_t n = bootstrap->drivers, columns = n + 1;
    const size_t room = custval__drivers_room(n, bootstrap->method);
    out->counts = custval__alloc(bootstrap->host, bootstrap->rows, sizeof *out->counts);
    out->products = custval__alloc(bootstrap->host, columns * columns + 2 * columns + room, sizeof *out->products);
    if (out->counts == NULL || out->products == NULL) return CUSTVAL_ERROR_MEMORY;
    out->sums = out->products + columns * columns;
    out->roots = out->sums + columns;
    custval__drivers_init(&out->drivers, n, bootstrap->method, out->roots + columns);
    return CUSTVAL_OK;
}

static custval_status prepare(void *data, uint32_t threads) {
    draws *const all = data;
    all->workers = custval__alloc_zero(all->bootstrap->host, threads, sizeof *all->workers);
    if (all->workers == NULL) return CUSTVAL_ERROR_MEMORY;
    all->threads = threads;
    for (uint32_t i = 0; i < threads; i++) CUSTVAL__TRY(make_worker(all->bootstrap, all->workers + i));
    return CUSTVAL_OK;
}

static void free_workers(const draws *all) {
    for (uint32_t i = 0; i < all->threads; i++) {
        custval__free(all->bootstrap->host, all->workers[i].products);
        custval__free(all->bootstrap->host, all->workers[i].counts);
    }
    custval__free(all->bootstrap->host, all->workers);
}

/* ---- One sample ---------------------------------------------------------------------------------------------------- */

/* The number of the sample is that of the stream, so that it is the same whoever draws it. */
static void draw(const custval__bootstrap *bootstrap, uint32_t sample, uint32_t *counts) {
    custval__random random;
    custval__random_init(&random, bootstrap->seed, sample);
    memset(counts, 0, bootstrap->rows * sizeof *counts);
    for (size_t i = 0; i < bootstrap->rows; i++) counts[custval__random_below(&random, bootstrap->rows)]++;
}

/* Deviations are from the mean of all rows, so that little cancels when they are taken from the sample's. */
static void add_up(const custval__bootstrap *bootstrap, worker *to) {
    const size_t columns = bootstrap->drivers + 1;
    memset(to->products, 0, columns * columns * sizeof *to->products);
    memset(to->sums, 0, columns * sizeof *to->sums);
    for (size_t row = 0; row < bootstrap->rows; row++) {
        if (to->counts[row] == 0) continue;
        const double *const numbers = bootstrap->numbers + row * columns;
        const double count = to->counts[row];
        for (size_t i = 0; i < columns; i++) {
            const double times = count * numbers[i];
            double *const products = to->products + i * columns;
            to->sums[i] += times;
            for (size_t j = 0; j <= i; j++) products[j] += times * numbers[j];
        }
    }
}

static double correlation(const worker *of, size_t columns, double rows, size_t i, size_t j) {
    const double product = of->products[i * columns + j] - of->sums[i] / rows * of->sums[j];
    return fmax(-1.0, fmin(product / of->roots[i] / of->roots[j], 1.0));
}

/* 0 if a column does not vary. */
static int correlate(const custval__bootstrap *bootstrap, worker *of) {
    const size_t n = bootstrap->drivers, columns = n + 1;
    const double rows = (double)bootstrap->rows;
    for (size_t i = 0; i < columns; i++) {
        const double square = of->products[i * columns + i], variation = square - of->sums[i] / rows * of->sums[i];
        if (!(variation > NO_VARIANCE * square)) return 0;
        of->roots[i] = sqrt(variation);
    }
    for (size_t i = 0; i < n; i++) {
        double *const between = of->drivers.between;
        between[i * n + i] = 1.0;
        for (size_t j = 0; j < i; j++) between[i * n + j] = between[j * n + i] = correlation(of, columns, rows, i, j);
        of->drivers.with_outcome[i] = correlation(of, columns, rows, n, i);
    }
    return 1;
}

static custval_status sample(void *data, uint32_t index, uint32_t thread) {
    const draws *const all = data;
    const custval__bootstrap *const bootstrap = all->bootstrap;
    worker *const own = all->workers + thread;
    draw(bootstrap, index, own->counts);
    add_up(bootstrap, own);
    const int varies = correlate(bootstrap, own);
    if (varies) custval__drivers_solve(&own->drivers);
    for (size_t i = 0; i < bootstrap->drivers; i++) {
        const size_t at = i * bootstrap->resamples + index;
        bootstrap->importance[at] = varies ? own->drivers.importance[i] : (double)NAN;
        bootstrap->beta[at] = varies ? own->drivers.beta[i] : (double)NAN;
        bootstrap->correlation[at] = varies ? own->drivers.with_outcome[i] : (double)NAN;
    }
    return CUSTVAL_OK;
}

custval_status custval__bootstrap_run(const custval__bootstrap *bootstrap, custval_error *error) {
    draws all = {.bootstrap = bootstrap};
    const custval__job job = {.data = &all, .prepare = prepare, .piece = sample, .total_units = bootstrap->resamples};
    const custval_status status = custval__run(bootstrap->host, &job, bootstrap->resamples, error);
    free_workers(&all);
    return status;
}

/* ---- Intervals ----------------------------------------------------------------------------------------------------- */

uint32_t custval__bootstrap_pack(double *values, uint32_t count) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (!isnan(values[i])) values[kept++] = values[i];
    }
    return kept;
}

/* Lets the value at the root of a heap sink to where none below is greater. */
static void sink(double *values, size_t root, size_t count) {
    const double value = values[root];
    for (size_t child = 2 * root + 1; child < count; child = 2 * root + 1) {
        if (child + 1 < count && values[child] < values[child + 1]) child++;
        if (!(value < values[child])) break;
        values[root] = values[child];
        root = child;
    }
    values[root] = value;
}

/* A heap sort, because qsort may allocate behind the host's back. */
static void sort(double *values, size_t count) {
    for (size_t i = count / 2; i > 0; i--) sink(values, i - 1, count);
    for (size_t i = count; i > 1; i--) {
        const double greatest = values[0];
        values[0] = values[i - 1];
        values[i - 1] = greatest;
        sink(values, 0, i - 1);
    }
}

void custval__bootstrap_interval(double *values, uint32_t count, double level, double *out_low, double *out_high) {
    /* Ranks that are whole but for rounding are whole. */
    const double rank = floor((1.0 - level) / 2.0 * ((double)count + 1.0) + 1e-9);
    const size_t below = rank > 1.0 ? (size_t)rank - 1 : 0;
    sort(values, count);
    *out_low = values[below];
    *out_high = values[count - 1 - below];
}
