/* What the programs that time have in common. */
/* SPDX-License-Identifier: Apache-2.0 */
#define _POSIX_C_SOURCE 200809L
#include "common.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bandwidth.h"

#define CACHES 134217728 /* bytes: more than the caches hold */
#define BLOCK 512        /* rows of a column that scoring reads before the next column's turn */
#define ROWS_PER_PIECE 16384

typedef struct reading {
    const double *values;
    size_t columns, rows;
    volatile uint64_t sink;
} reading;

static _Noreturn void give_up(const char *message) {
    fprintf(stderr, "benchmark: %s\n", message);
    exit(1);
}

void demand(custval_status status, const custval_error *error) {
    if (status != CUSTVAL_OK) give_up(error->message);
}

double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void *need(size_t size) {
    void *memory = aligned_alloc(64, (size + 63) / 64 * 64);
    if (memory == NULL) give_up("out of memory");
    return memset(memory, 0, size);
}

size_t read_file(const char *path, void *out, size_t least, size_t most) {
    FILE *file = fopen(path, "rb");
    const size_t size = file == NULL ? 0 : fread(out, 1, most, file);
    if (file == NULL || size < least) {
        fprintf(stderr, "benchmark: cannot read %s\n", path);
        exit(1);
    }
    fclose(file);
    return size;
}

custval_system *read_system(const char *path) {
    static char document[65536];
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_system *system = NULL;
    const size_t size = read_file(path, document, 1, sizeof document);
    demand(custval_system_parse(NULL, document, size, &system, &error), &error);
    return system;
}

custval_table *table_of_answers(const custval_system *system, const double *values, size_t rows) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    demand(custval_table_new(NULL, rows, &table, &error), &error);
    for (uint32_t c = 0; c < custval_system_inputs(system); c++) {
        custval_input input = CUSTVAL_INPUT_INIT;
        demand(custval_system_input(system, c, &input, &error), &error);
        demand(custval_table_add_doubles(table, input.column, values + c * rows, &error), &error);
    }
    return table;
}

void forget_caches(void) {
    static double *elsewhere;
    static volatile uint64_t sink;
    if (elsewhere == NULL) elsewhere = need(CACHES);
    sink = bandwidth_read(elsewhere, CACHES / sizeof(double));
    (void)sink;
}

/* ---- Reading, in pieces as scoring cuts its work ----------------------------------------------------------------- */

static size_t least_of(size_t a, size_t b) {
    return a < b ? a : b;
}

static void read_long(void *job, uint32_t index, uint32_t thread) {
    reading *in = job;
    const size_t all = in->columns * in->rows, piece = in->columns * ROWS_PER_PIECE, begin = index * piece;
    in->sink = bandwidth_read(in->values + begin, least_of(piece, all - begin));
    (void)thread;
}

static void read_blocks(void *job, uint32_t index, uint32_t thread) {
    reading *in = job;
    const size_t begin = (size_t)index * ROWS_PER_PIECE, end = least_of(begin + ROWS_PER_PIECE, in->rows);
    uint64_t sum = 0;
    for (size_t start = begin; start < end; start += BLOCK) {
        const size_t count = least_of(BLOCK, end - start);
        for (size_t c = 0; c < in->columns; c++) sum += bandwidth_read(in->values + c * in->rows + start, count);
    }
    in->sink = sum;
    (void)thread;
}

static int no_preparation(void *job, uint32_t threads) {
    (void)job;
    (void)threads;
    return 0;
}

double time_reading(custval_threads *threads, const double *values, size_t columns, size_t rows, int by_blocks) {
    reading what = {values, columns, rows, 0};
    const double start = seconds();
    custval_threads_run(threads, &what, no_preparation, by_blocks ? read_blocks : read_long, 0,
                        (uint32_t)((rows + ROWS_PER_PIECE - 1) / ROWS_PER_PIECE));
    return seconds() - start;
}

void print_list(const char *name, const double *numbers) {
    printf(", \"%s\": [", name);
    for (int i = 0; i < REPEATS; i++) printf("%s%.9g", i > 0 ? ", " : "", numbers[i]);
    printf("]");
}
