/* Times scoring through the C interface, and the machine's read bandwidth, on columns from a file. Prints JSON. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "common.h"

#define COLUMNS 9
#define ROW_CALLS 1000000
#define ROW_KINDS 1000 /* different rows, few enough to be in a cache */
#define MOST_SCORES 64

#define EVERY_LEVEL (CUSTVAL_LEVEL_VALUE | CUSTVAL_LEVEL_SIDE | CUSTVAL_LEVEL_DIMENSION | CUSTVAL_LEVEL_INDICATOR)

typedef struct setting {
    const double *values; /* column after column */
    size_t rows;
    custval_system *system;
    custval_table *table, *with_holes; /* with_holes: one cell in fifty is missing */
    custval_threads *threads;
    double *warm[MOST_SCORES]; /* result arrays whose pages are there */
    uint32_t *status;
    volatile double sink;
} setting;

/* ---- What is timed ----------------------------------------------------------------------------------------------- */

typedef enum work {
    READ_LONG,    /* the answers from end to end */
    READ_COLUMNS, /* in the order in which scoring reads them */
    INTO_ARRAYS,  /* custval_scorer_table, with a scorer and arrays made before */
    INTO_TABLE    /* custval_score: everything from the beginning */
} work;

typedef struct task {
    const char *name;
    work work;
    int parallel;
    uint32_t levels, coverage;
    int with_holes;
} task;

static const task tasks[] = {
    {"read_long", READ_LONG, 0, 0, 0, 0},
    {"read_columns", READ_COLUMNS, 0, 0, 0, 0},
    {"value_into_arrays", INTO_ARRAYS, 0, CUSTVAL_LEVEL_VALUE, CUSTVAL_COVERAGE_NONE, 0},
    {"value_into_table", INTO_TABLE, 0, CUSTVAL_LEVEL_VALUE, CUSTVAL_COVERAGE_NONE, 0},
    {"value_into_arrays_holes", INTO_ARRAYS, 0, CUSTVAL_LEVEL_VALUE, CUSTVAL_COVERAGE_NONE, 1},
    {"defaults_into_table", INTO_TABLE, 0, 0, CUSTVAL_COVERAGE_VALUE, 0},
    {"every_level_into_arrays", INTO_ARRAYS, 0, EVERY_LEVEL, CUSTVAL_COVERAGE_VALUE, 0},
    {"every_level_into_table", INTO_TABLE, 0, EVERY_LEVEL, CUSTVAL_COVERAGE_VALUE, 0},
    {"read_long_parallel", READ_LONG, 1, 0, 0, 0},
    {"read_columns_parallel", READ_COLUMNS, 1, 0, 0, 0},
    {"value_into_arrays_parallel", INTO_ARRAYS, 1, CUSTVAL_LEVEL_VALUE, CUSTVAL_COVERAGE_NONE, 0},
    {"value_into_table_parallel", INTO_TABLE, 1, CUSTVAL_LEVEL_VALUE, CUSTVAL_COVERAGE_NONE, 0},
    {"value_into_arrays_holes_parallel", INTO_ARRAYS, 1, CUSTVAL_LEVEL_VALUE, CUSTVAL_COVERAGE_NONE, 1},
    {"every_level_into_arrays_parallel", INTO_ARRAYS, 1, EVERY_LEVEL, CUSTVAL_COVERAGE_VALUE, 0},
};
#define TASKS (sizeof tasks / sizeof *tasks)

static double time_scoring(setting *in, const task *what) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_host host = CUSTVAL_HOST_INIT;
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    custval_scorer *scorer = NULL;
    custval_table *scores = NULL;
    const custval_table *answers = what->with_holes ? in->with_holes : in->table;
    host.runner = what->parallel ? custval_threads_run : NULL;
    host.runner_data = in->threads;
    options.host = &host;
    options.levels = what->levels;
    options.coverage = what->coverage;
    demand(custval_scorer_new(in->system, &options, &scorer, &error), &error);
    for (uint32_t c = 0; c < custval_scorer_columns(scorer); c++) {
        if (in->warm[c] == NULL) in->warm[c] = need(in->rows * sizeof(double));
    }
    const double start = seconds();
    if (what->work == INTO_ARRAYS) {
        demand(custval_scorer_table(scorer, answers, in->warm, in->status, &error), &error);
    } else {
        demand(custval_score(in->system, answers, &options, &scores, &error), &error);
    }
    const double elapsed = seconds() - start;
    custval_table_free(scores);
    custval_scorer_free(scorer);
    return elapsed;
}

static double time_task(setting *in, const task *what) {
    forget_caches();
    if (what->work == INTO_ARRAYS || what->work == INTO_TABLE) return time_scoring(in, what);
    return time_reading(what->parallel ? in->threads : NULL, in->values, COLUMNS, in->rows, what->work == READ_COLUMNS);
}

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

/* With what a scorer gives unless told otherwise: value, sides, coverage, status. */
static double row_nanoseconds(setting *in, size_t *out_allocations) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_host host = CUSTVAL_HOST_INIT;
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    custval_scorer *scorer = NULL;
    double out[MOST_SCORES], sum = 0.0;
    uint32_t status;
    host.allocator = counting;
    options.host = &host;
    demand(custval_scorer_new(in->system, &options, &scorer, &error), &error);
    const size_t before = allocations;
    const double start = seconds();
    for (size_t i = 0; i < ROW_CALLS; i++) {
        double row[COLUMNS];
        for (size_t c = 0; c < COLUMNS; c++) row[c] = in->values[c * in->rows + i % ROW_KINDS];
        demand(custval_scorer_row(scorer, row, NULL, out, &status), &error);
        sum += out[0];
    }
    const double elapsed = seconds() - start;
    in->sink = sum;
    *out_allocations = allocations - before;
    custval_scorer_free(scorer);
    return 1e9 * elapsed / ROW_CALLS;
}

/* ---- The setting ------------------------------------------------------------------------------------------------- */

static void make_setting(setting *out, const char *system_path, const char *data_path, size_t rows) {
    custval_error error = CUSTVAL_ERROR_INIT;
    const size_t size = COLUMNS * rows * sizeof(double);
    double *values = need(size), *holes = need(size);
    out->system = read_system(system_path);
    read_file(data_path, values, size, size);
    uint64_t random = 1;
    for (size_t i = 0; i < COLUMNS * rows; i++) {
        random = random * 6364136223846793005U + 1442695040888963407U;
        holes[i] = (random >> 33) % 50 == 0 ? (double)NAN : values[i];
    }
    out->rows = rows;
    out->values = values;
    out->table = table_of_answers(out->system, values, rows);
    out->with_holes = table_of_answers(out->system, holes, rows);
    out->status = need(rows * sizeof *out->status);
    demand(custval_threads_new(NULL, 0, &out->threads, &error), &error);
}

int main(int argc, char **argv) {
    static setting in;
    double took[TASKS][REPEATS], row[REPEATS], checksum = 0.0;
    size_t row_allocations = 0;
    if (argc != 4) {
        fprintf(stderr, "usage: bench_score SYSTEM.json COLUMNS.f64 ROWS\n");
        return 2;
    }
    make_setting(&in, argv[1], argv[2], (size_t)strtoull(argv[3], NULL, 10));
    /* Interleaved, so that a change of the machine's speed meets all alike; the first round only warms up. */
    for (int repeat = -1; repeat < REPEATS; repeat++) {
        const size_t slot = repeat < 0 ? 0 : (size_t)repeat;
        for (size_t t = 0; t < TASKS; t++) took[t][slot] = time_task(&in, &tasks[t]);
        row[slot] = row_nanoseconds(&in, &row_allocations);
    }
    time_scoring(&in, &tasks[2]);
    for (size_t i = 0; i < in.rows; i++) checksum += in.warm[0][i];
    printf("{\"threads\": %u, \"row_allocations\": %zu, \"checksum\": %.17g",
           (unsigned)custval_threads_count(in.threads), row_allocations, checksum);
    print_list("row_ns", row);
    for (size_t t = 0; t < TASKS; t++) print_list(tasks[t].name, took[t]);
    printf("}\n");
    return 0;
}
