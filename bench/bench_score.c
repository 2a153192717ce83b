/* Times scoring through the C interface, and the machine's read bandwidth, on columns from a file. Prints JSON. */
/* SPDX-License-Identifier: Apache-2.0 */
#define _POSIX_C_SOURCE 200809L
#include <custval/custval.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bandwidth.h"

#define COLUMNS 9
#define REPEATS 7
#define ROW_CALLS 1000000
#define ROW_KINDS 1000 /* different rows, few enough to be in a cache */
#define MOST_SCORES 64
#define BLOCK 512 /* rows of a column that scoring reads before the next column's turn */
#define ROWS_PER_PIECE 16384
#define CACHES 134217728 /* bytes: more than the caches hold */

#define EVERY_LEVEL (CUSTVAL_LEVEL_VALUE | CUSTVAL_LEVEL_SIDE | CUSTVAL_LEVEL_DIMENSION | CUSTVAL_LEVEL_INDICATOR)

typedef struct setting {
    const double *values; /* column after column */
    size_t rows;
    custval_system *system;
    custval_table *table, *with_holes; /* with_holes: one cell in fifty is missing */
    custval_threads *threads;
    double *warm[MOST_SCORES]; /* result arrays whose pages are there */
    uint32_t *status;
    double *elsewhere; /* CACHES bytes of something else */
    volatile uint64_t sink;
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

/* Memory whose pages are there, aligned as large arrays of NumPy are. */
static void *need(size_t size) {
    void *memory = aligned_alloc(64, (size + 63) / 64 * 64);
    if (memory == NULL) {
        fprintf(stderr, "bench_score: out of memory\n");
        exit(1);
    }
    return memset(memory, 0, size);
}

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

/* Pieces as scoring cuts its work. */
static void read_long(void *job, uint32_t index, uint32_t thread) {
    setting *in = job;
    const size_t all = COLUMNS * in->rows, begin = (size_t)index * COLUMNS * ROWS_PER_PIECE;
    const size_t left = all - begin;
    in->sink = bandwidth_read(in->values + begin, left < COLUMNS * ROWS_PER_PIECE ? left : COLUMNS * ROWS_PER_PIECE);
    (void)thread;
}

static void read_columns(void *job, uint32_t index, uint32_t thread) {
    setting *in = job;
    const size_t begin = (size_t)index * ROWS_PER_PIECE;
    const size_t end = in->rows - begin < ROWS_PER_PIECE ? in->rows : begin + ROWS_PER_PIECE;
    uint64_t sum = 0;
    for (size_t start = begin; start < end; start += BLOCK) {
        const size_t count = end - start < BLOCK ? end - start : BLOCK;
        for (size_t c = 0; c < COLUMNS; c++) sum += bandwidth_read(in->values + c * in->rows + start, count);
    }
    in->sink = sum;
    (void)thread;
}

static int no_preparation(void *job, uint32_t threads) {
    (void)job;
    (void)threads;
    return 0;
}

static double time_reading(setting *in, const task *what) {
    const double start = seconds();
    custval_threads_run(what->parallel ? in->threads : NULL, in, no_preparation,
                        what->work == READ_LONG ? read_long : read_columns, 0,
                        (uint32_t)((in->rows + ROWS_PER_PIECE - 1) / ROWS_PER_PIECE));
    return seconds() - start;
}

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

/* Nothing of the answers is in a cache at the start, for no real table of this size is. */
static double time_task(setting *in, const task *what) {
    in->sink = bandwidth_read(in->elsewhere, CACHES / sizeof(double));
    return what->work == READ_LONG || what->work == READ_COLUMNS ? time_reading(in, what) : time_scoring(in, what);
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
    in->sink = sum > 0.0;
    *out_allocations = allocations - before;
    custval_scorer_free(scorer);
    return 1e9 * elapsed / ROW_CALLS;
}

/* ---- The setting ------------------------------------------------------------------------------------------------- */

static void read_file(const char *path, void *out, size_t least, size_t most) {
    FILE *file = fopen(path, "rb");
    if (file == NULL || fread(out, 1, most, file) < least) {
        fprintf(stderr, "bench_score: cannot read %s\n", path);
        exit(1);
    }
    fclose(file);
}

/* The columns in the order in which the system reads them; the file has them in the same. */
static custval_table *make_table(const custval_system *system, const double *values, size_t rows) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    demand(custval_table_new(NULL, rows, &table, &error), &error);
    for (uint32_t c = 0; c < COLUMNS; c++) {
        custval_input input = CUSTVAL_INPUT_INIT;
        demand(custval_system_input(system, c, &input, &error), &error);
        demand(custval_table_add_doubles(table, input.column, values + c * rows, &error), &error);
    }
    return table;
}

static void make_setting(setting *out, const char *system_path, const char *data_path, size_t rows) {
    custval_error error = CUSTVAL_ERROR_INIT;
    static char document[65536];
    const size_t size = COLUMNS * rows * sizeof(double);
    double *values = need(size), *holes = need(size);
    read_file(system_path, document, 1, sizeof document - 1);
    demand(custval_system_parse(NULL, document, strlen(document), &out->system, &error), &error);
    read_file(data_path, values, size, size);
    uint64_t random = 1;
    for (size_t i = 0; i < COLUMNS * rows; i++) {
        random = random * 6364136223846793005U + 1442695040888963407U;
        holes[i] = (random >> 33) % 50 == 0 ? (double)NAN : values[i];
    }
    out->rows = rows;
    out->values = values;
    out->table = make_table(out->system, values, rows);
    out->with_holes = make_table(out->system, holes, rows);
    out->status = need(rows * sizeof *out->status);
    out->elsewhere = need(CACHES);
    demand(custval_threads_new(NULL, 0, &out->threads, &error), &error);
}

static void print_list(const char *name, const double *numbers) {
    printf(", \"%s\": [", name);
    for (int i = 0; i < REPEATS; i++) printf("%s%.9g", i > 0 ? ", " : "", numbers[i]);
    printf("]");
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
