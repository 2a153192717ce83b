/* Times scoring through the C interface, and the machine's read bandwidth, on columns from a file. Prints JSON. */
/* SPDX-License-Identifier: Apache-2.0 */
#define _POSIX_C_SOURCE 200809L
#include <custval/custval.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bandwidth.h"

#define COLUMNS 9
#define REPEATS 7
#define ROW_CALLS 1000000

static const char *const names[COLUMNS] = {"BRAND", "FUNC", "RELIA", "VARIETY", "SERVICE",
                                           "MONEY", "TIME", "PHYS",  "PSYCH"};

typedef struct setting {
    const double *values; /* column after column */
    size_t rows;
    custval_system *system;
    custval_table *table;
    custval_threads *threads;
    custval_host parallel;
    double *warm[8]; /* result arrays whose pages are there */
    uint32_t *status;
    volatile double sink;
} setting;

static void demand(custval_status status, const custval_error *error) {
    if (status == CUSTVAL_OK) return;
    fprintf(stderr, "bench_score: %s\n", error->message);
    exit(1);
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void *need(void *memory) {
    if (memory == NULL) {
        fprintf(stderr, "bench_score: out of memory\n");
        exit(1);
    }
    return memory;
}

static void *read_all(const char *path, size_t size) {
    FILE *file = fopen(path, "rb");
    void *block = need(malloc(size + 1));
    if (file == NULL || fread(block, 1, size, file) != size) {
        fprintf(stderr, "bench_score: %s: cannot read %zu bytes\n", path, size);
        exit(1);
    }
    fclose(file);
    return block;
}

/* ---- What is timed ----------------------------------------------------------------------------------------------- */

typedef void (*task)(setting *in);

static void read_long(setting *in) {
    in->sink = bandwidth_sum(in->values, COLUMNS * in->rows);
}

static void read_columns(setting *in) {
    in->sink = bandwidth_sum_columns(in->values, COLUMNS, in->rows, 0, in->rows);
}

/* Pieces of 16,384 rows on the pool, as scoring cuts its work. */
static int no_preparation(void *job, uint32_t threads) {
    (void)job;
    (void)threads;
    return 0;
}

static void read_piece(void *job, uint32_t index, uint32_t thread) {
    const setting *in = job;
    const size_t begin = (size_t)index * 16384, end = begin + 16384 < in->rows ? begin + 16384 : in->rows;
    volatile double sum = bandwidth_sum_columns(in->values, COLUMNS, in->rows, begin, end);
    (void)sum;
    (void)thread;
}

static void read_columns_parallel(setting *in) {
    custval_threads_run(in->threads, in, no_preparation, read_piece, 0, (uint32_t)((in->rows + 16383) / 16384));
}

static custval_score_options value_only(const setting *in, int parallel) {
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    options.levels = CUSTVAL_LEVEL_VALUE;
    options.coverage = CUSTVAL_COVERAGE_NONE;
    options.host = parallel ? &in->parallel : NULL;
    return options;
}

static void into_arrays(setting *in, const custval_score_options *options) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_scorer *scorer = NULL;
    demand(custval_scorer_new(in->system, options, &scorer, &error), &error);
    demand(custval_scorer_table(scorer, in->table, in->warm, in->status, &error), &error);
    custval_scorer_free(scorer);
}

static void value_into_arrays(setting *in) {
    const custval_score_options options = value_only(in, 0);
    into_arrays(in, &options);
}

static void value_into_arrays_parallel(setting *in) {
    const custval_score_options options = value_only(in, 1);
    into_arrays(in, &options);
}

static void into_table(setting *in, const custval_score_options *options) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *scores = NULL;
    demand(custval_score(in->system, in->table, options, &scores, &error), &error);
    custval_table_free(scores);
}

static void value_into_table(setting *in) {
    const custval_score_options options = value_only(in, 0);
    into_table(in, &options);
}

static void value_into_table_parallel(setting *in) {
    const custval_score_options options = value_only(in, 1);
    into_table(in, &options);
}

static void defaults_into_table(setting *in) {
    into_table(in, NULL);
}

static void every_level_into_table(setting *in) {
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    options.levels = CUSTVAL_LEVEL_VALUE | CUSTVAL_LEVEL_SIDE | CUSTVAL_LEVEL_DIMENSION | CUSTVAL_LEVEL_INDICATOR;
    into_table(in, &options);
}

static const struct {
    const char *name;
    task run;
} tasks[] = {
    {"read_long", read_long},
    {"read_columns", read_columns},
    {"value_into_arrays", value_into_arrays},
    {"value_into_table", value_into_table},
    {"read_columns_parallel", read_columns_parallel},
    {"value_into_arrays_parallel", value_into_arrays_parallel},
    {"value_into_table_parallel", value_into_table_parallel},
    {"defaults_into_table", defaults_into_table},
    {"every_level_into_table", every_level_into_table},
};
#define TASKS (sizeof tasks / sizeof *tasks)

/* ---- One row ----------------------------------------------------------------------------------------------------- */

static size_t allocations;

static void *counting(void *data, void *block, size_t old_size, size_t new_size) {
    (void)data;
    (void)old_size;
    if (new_size == 0) {
        free(block);
        return NULL;
    }
    allocations++;
    return realloc(block, new_size);
}

static double row_nanoseconds(setting *in, size_t *out_allocations) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_host host = CUSTVAL_HOST_INIT;
    custval_score_options options = value_only(in, 0);
    custval_scorer *scorer = NULL;
    double out[8], sum = 0.0;
    uint32_t status;
    host.allocator = counting;
    options.host = &host;
    demand(custval_scorer_new(in->system, &options, &scorer, &error), &error);
    const size_t before = allocations;
    const double start = seconds();
    for (size_t i = 0; i < ROW_CALLS; i++) {
        double row[COLUMNS];
        for (size_t c = 0; c < COLUMNS; c++) row[c] = in->values[c * in->rows + i % in->rows];
        demand(custval_scorer_row(scorer, row, NULL, out, &status), &error);
        sum += out[0];
    }
    const double elapsed = seconds() - start;
    in->sink = sum;
    *out_allocations = allocations - before;
    custval_scorer_free(scorer);
    return 1e9 * elapsed / ROW_CALLS;
}

/* ---- The report -------------------------------------------------------------------------------------------------- */

static void make_setting(setting *out, const char *system_path, const char *data_path, size_t rows) {
    custval_error error = CUSTVAL_ERROR_INIT;
    FILE *file = fopen(system_path, "rb");
    char document[65536];
    const size_t length = file != NULL ? fread(document, 1, sizeof document, file) : 0;
    if (file != NULL) fclose(file);
    out->rows = rows;
    out->values = read_all(data_path, COLUMNS * rows * sizeof(double));
    demand(custval_system_parse(NULL, document, length, &out->system, &error), &error);
    demand(custval_table_new(NULL, rows, &out->table, &error), &error);
    for (size_t c = 0; c < COLUMNS; c++) {
        demand(custval_table_add_doubles(out->table, names[c], out->values + c * rows, &error), &error);
    }
    demand(custval_threads_new(NULL, 0, &out->threads, &error), &error);
    out->parallel = (custval_host)CUSTVAL_HOST_INIT;
    out->parallel.runner = custval_threads_run;
    out->parallel.runner_data = out->threads;
    out->warm[0] = need(malloc(rows * sizeof(double)));
    out->status = need(malloc(rows * sizeof(uint32_t)));
    memset(out->warm[0], 0, rows * sizeof(double));
    memset(out->status, 0, rows * sizeof(uint32_t));
}

int main(int argc, char **argv) {
    static setting in;
    double took[TASKS][REPEATS];
    size_t row_allocations = 0;
    if (argc != 4) {
        fprintf(stderr, "usage: bench_score SYSTEM.json COLUMNS.f64 ROWS\n");
        return 2;
    }
    make_setting(&in, argv[1], argv[2], (size_t)strtoull(argv[3], NULL, 10));
    /* Interleaved, so that a change of the machine's speed meets all alike; the first round only warms up. */
    for (int repeat = -1; repeat < REPEATS; repeat++) {
        for (size_t t = 0; t < TASKS; t++) {
            const double start = seconds();
            tasks[t].run(&in);
            if (repeat >= 0) took[t][repeat] = seconds() - start;
        }
    }
    printf("{\"threads\": %u, \"row_ns\": [", (unsigned)custval_threads_count(in.threads));
    for (int repeat = 0; repeat < REPEATS; repeat++) {
        printf("%s%.2f", repeat > 0 ? ", " : "", row_nanoseconds(&in, &row_allocations));
    }
    printf("], \"row_allocations\": %zu", row_allocations);
    for (size_t t = 0; t < TASKS; t++) {
        printf(", \"%s\": [", tasks[t].name);
        for (int repeat = 0; repeat < REPEATS; repeat++) printf("%s%.6f", repeat > 0 ? ", " : "", took[t][repeat]);
        printf("]");
    }
    into_table(&in, NULL);
    value_into_arrays(&in);
    printf(", \"checksum\": %.17g}\n", bandwidth_sum(in.warm[0], in.rows));
    return 0;
}
