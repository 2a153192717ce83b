/* Times weights through the C interface: judgements, summaries, draws. Writes what came out beside the data, for the
   peers to be checked against, and prints JSON. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>

#include "common.h"

#define CRITERIA 9
#define MATRICES 1000
#define OFFERS 1000
#define DRAWS 10000
#define PATH_SIZE 4096

typedef struct setting {
    const char *folder;
    custval_threads *threads;
    custval_system *system;
    const char *names[CRITERIA];
    custval_criterion criteria[CRITERIA];
    size_t rows;
    const double *values; /* column after column */
    custval_table *columns, *offers, *draws;
    const double *matrices;
} setting;

/* ---- What is timed: each gives a table, and the seconds it took -------------------------------------------------- */

typedef struct task {
    const char *name;
    double (*run)(const setting *in, const struct task *what, const custval_host *host, custval_table **out);
    uint32_t parts, method; /* of a summary, of its weights */
} task;

static double read_long(const setting *in, const task *what, const custval_host *host, custval_table **out) {
    (void)what;
    *out = NULL;
    return time_reading(host->runner_data, in->values, CRITERIA, in->rows, 0);
}

static double read_columns(const setting *in, const task *what, const custval_host *host, custval_table **out) {
    (void)what;
    *out = NULL;
    return time_reading(host->runner_data, in->values, CRITERIA, in->rows, 1);
}

static custval_judgements judgements_of(const setting *in, size_t first, size_t members) {
    custval_judgements judgements = CUSTVAL_JUDGEMENTS_INIT;
    judgements.names = in->names;
    judgements.count = CRITERIA;
    judgements.matrices = in->matrices + first * CRITERIA * CRITERIA;
    judgements.members = members;
    return judgements;
}

/* One call per matrix, and what a caller wants of each. */
static double ahp_one_by_one(const setting *in, const task *what, const custval_host *host, custval_table **out) {
    static double found[CRITERIA + 1][MATRICES];
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_ahp_options options = CUSTVAL_AHP_OPTIONS_INIT;
    options.random_index = CUSTVAL_RANDOM_INDEX_TUMMALA_LING_1998;
    const double start = seconds();
    for (size_t m = 0; m < MATRICES; m++) {
        const custval_judgements judgements = judgements_of(in, m, 1);
        custval_weights *weights = NULL;
        demand(custval_weights_ahp(host, &judgements, &options, &weights, &error), &error);
        for (size_t i = 0; i < CRITERIA; i++) found[i][m] = custval_weights_share(weights, i);
        demand(custval_weights_diagnostic(weights, "cr", &found[CRITERIA][m], &error), &error);
        custval_weights_free(weights);
    }
    const double elapsed = seconds() - start;
    demand(custval_table_new(NULL, MATRICES, out, &error), &error);
    for (size_t i = 0; i <= CRITERIA; i++) {
        demand(custval_table_add_doubles(*out, i < CRITERIA ? in->names[i] : "cr", found[i], &error), &error);
    }
    (void)what;
    return elapsed;
}

/* All of them in one call, as judgements of so many people. */
static double ahp_members(const setting *in, const task *what, const custval_host *host, custval_table **out) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_ahp_options options = CUSTVAL_AHP_OPTIONS_INIT;
    const custval_judgements judgements = judgements_of(in, 0, MATRICES);
    options.random_index = CUSTVAL_RANDOM_INDEX_TUMMALA_LING_1998;
    const double start = seconds();
    demand(custval_ahp_members(host, &judgements, &options, out, &error), &error);
    (void)what;
    return seconds() - start;
}

static custval_summary *summary_of(const setting *in, uint32_t parts, const custval_host *host) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_summary *summary = NULL;
    demand(custval_summary_new(host, in->criteria, CRITERIA, parts, &summary, &error), &error);
    demand(custval_summary_add(summary, in->columns, &error), &error);
    return summary;
}

static double summary(const setting *in, const task *what, const custval_host *host, custval_table **out) {
    custval_error error = CUSTVAL_ERROR_INIT;
    const double start = seconds();
    custval_summary *made = summary_of(in, what->parts, host);
    demand(custval_summary_table(made, out, &error), &error);
    const double elapsed = seconds() - start;
    custval_summary_free(made);
    return elapsed;
}

static double data_weights(const setting *in, const task *what, const custval_host *host, custval_table **out) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_data_options options = CUSTVAL_DATA_OPTIONS_INIT;
    custval_weights *weights = NULL;
    options.method = what->method;
    const double start = seconds();
    custval_summary *made = summary_of(in, what->parts, host);
    demand(custval_weights_data(made, &options, &weights, &error), &error);
    const double elapsed = seconds() - start;
    custval_summary_free(made);
    *out = custval_table_ref((custval_table *)(uintptr_t)custval_weights_table(weights));
    custval_weights_free(weights);
    return elapsed;
}

static double draw(const setting *in, const task *what, const custval_host *host, custval_table **out) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_noise_options options = CUSTVAL_NOISE_OPTIONS_INIT;
    options.host = host;
    options.draws = DRAWS;
    const double start = seconds();
    demand(custval_draw_system(in->system, &options, out, &error), &error);
    (void)what;
    return seconds() - start;
}

static double uncertainty(const setting *in, const task *what, const custval_host *host, custval_table **out) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_score_options score = CUSTVAL_SCORE_OPTIONS_INIT;
    custval_uncertainty_options options = CUSTVAL_UNCERTAINTY_OPTIONS_INIT;
    score.host = host;
    options.score = &score;
    const double start = seconds();
    demand(custval_uncertainty(in->system, in->offers, in->draws, &options, out, &error), &error);
    (void)what;
    return seconds() - start;
}

#define EVERYTHING (CUSTVAL_SUMMARY_PAIRS | CUSTVAL_SUMMARY_ENTROPY | CUSTVAL_SUMMARY_QUANTILES)

static const task tasks[] = {
    {"read_long", read_long, 0, 0},
    {"read_columns", read_columns, 0, 0},
    {"ahp_one_by_one", ahp_one_by_one, 0, 0},
    {"ahp_members", ahp_members, 0, 0},
    {"summary", summary, 0, 0},
    {"summary_pairs", summary, CUSTVAL_SUMMARY_PAIRS, 0},
    {"summary_entropy", summary, CUSTVAL_SUMMARY_ENTROPY, 0},
    {"summary_quantiles", summary, CUSTVAL_SUMMARY_QUANTILES, 0},
    {"summary_everything", summary, EVERYTHING, 0},
    {"entropy", data_weights, CUSTVAL_SUMMARY_ENTROPY, CUSTVAL_DATA_ENTROPY},
    {"critic", data_weights, CUSTVAL_SUMMARY_PAIRS, CUSTVAL_DATA_CRITIC},
    {"draw", draw, 0, 0},
    {"uncertainty", uncertainty, 0, 0},
};
#define TASKS (sizeof tasks / sizeof *tasks)

/* ---- What came out ----------------------------------------------------------------------------------------------- */

static const double *cells_of(const custval_table *table, size_t column) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_column memory = CUSTVAL_COLUMN_INIT;
    demand(custval_table_column(table, column, &memory, &error), &error);
    return memory.type == CUSTVAL_TYPE_FLOAT64 ? memory.data : NULL;
}

/* FNV-1a over the bytes of all numbers: equal if they are equal to the bit. */
static uint64_t fingerprint(const custval_table *table) {
    uint64_t hash = 14695981039346656037U;
    for (size_t c = 0; c < custval_table_columns(table); c++) {
        const unsigned char *bytes = (const unsigned char *)cells_of(table, c);
        const size_t size = bytes == NULL ? 0 : custval_table_rows(table) * sizeof(double);
        for (size_t i = 0; i < size; i++) hash = (hash ^ bytes[i]) * 1099511628211U;
    }
    return hash;
}

/* NAME.f64: the columns of numbers, one after the other. */
static void write_numbers(const setting *in, const char *name, const custval_table *table) {
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/%s.f64", in->folder, name);
    FILE *file = fopen(path, "wb");
    int failed = file == NULL;
    for (size_t c = 0; !failed && c < custval_table_columns(table); c++) {
        const double *cells = cells_of(table, c);
        const size_t rows = custval_table_rows(table);
        failed = cells != NULL && fwrite(cells, sizeof *cells, rows, file) != rows;
    }
    if (failed || fclose(file) != 0) {
        fprintf(stderr, "benchmark: cannot write %s\n", path);
        exit(1);
    }
}

/* ---- The setting ------------------------------------------------------------------------------------------------- */

static const double *read_numbers(const setting *in, const char *name, size_t count) {
    char path[PATH_SIZE];
    double *numbers = need(count * sizeof *numbers);
    snprintf(path, sizeof path, "%s/%s.f64", in->folder, name);
    read_file(path, numbers, count * sizeof *numbers, count * sizeof *numbers);
    return numbers;
}

static void make_setting(setting *out, const char *system_path, const char *folder, size_t rows) {
    const custval_criterion plain = CUSTVAL_CRITERION_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    out->folder = folder;
    out->rows = rows;
    out->system = read_system(system_path);
    out->values = read_numbers(out, "columns", CRITERIA * rows);
    out->columns = table_of_answers(out->system, out->values, rows);
    out->offers = table_of_answers(out->system, read_numbers(out, "offers", CRITERIA * OFFERS), OFFERS);
    out->matrices = read_numbers(out, "judgements", MATRICES * CRITERIA * CRITERIA);
    for (size_t i = 0; i < CRITERIA; i++) {
        out->names[i] = custval_table_name(out->columns, i);
        out->criteria[i] = plain;
        out->criteria[i].column = out->names[i];
    }
    demand(custval_threads_new(NULL, 0, &out->threads, &error), &error);
    const task drawing = {"draw", draw, 0, 0};
    const custval_host host = CUSTVAL_HOST_INIT;
    draw(out, &drawing, &host, &out->draws);
}

/* Runs a task with one thread or all; the result must be the same to the bit, every time. */
static double time_task(const setting *in, const task *what, int parallel, uint64_t *seen) {
    custval_host host = CUSTVAL_HOST_INIT;
    custval_table *table = NULL;
    if (parallel) {
        host.runner = custval_threads_run;
        host.runner_data = in->threads;
    }
    forget_caches();
    const double elapsed = what->run(in, what, &host, &table);
    if (table == NULL) return elapsed;
    const uint64_t print = fingerprint(table);
    if (*seen == 0) {
        *seen = print;
        write_numbers(in, what->name, table);
    } else if (*seen != print) {
        fprintf(stderr, "benchmark: %s gives other bits in another run\n", what->name);
        exit(1);
    }
    custval_table_free(table);
    return elapsed;
}

int main(int argc, char **argv) {
    static setting in;
    static double took[TASKS][2][REPEATS];
    uint64_t seen[TASKS] = {0};
    if (argc != 4) {
        fprintf(stderr, "usage: bench_weights SYSTEM.json FOLDER ROWS\n");
        return 2;
    }
    make_setting(&in, argv[1], argv[2], (size_t)strtoull(argv[3], NULL, 10));
    /* Interleaved, so that a change of the machine's speed meets all alike; the first round only warms up. */
    for (int repeat = -1; repeat < REPEATS; repeat++) {
        const size_t slot = repeat < 0 ? 0 : (size_t)repeat;
        for (size_t t = 0; t < TASKS; t++) {
            for (int parallel = 0; parallel < 2; parallel++) {
                took[t][parallel][slot] = time_task(&in, &tasks[t], parallel, &seen[t]);
            }
        }
    }
    printf("{\"threads\": %u", (unsigned)custval_threads_count(in.threads));
    for (size_t t = 0; t < TASKS; t++) {
        char name[64];
        print_list(tasks[t].name, took[t][0]);
        snprintf(name, sizeof name, "%s_parallel", tasks[t].name);
        print_list(name, took[t][1]);
    }
    printf("}\n");
    return 0;
}
