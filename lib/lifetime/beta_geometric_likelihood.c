/* Likelihood of BG/NBD and MBG/NBD: what depends on x is tabled, the rest is a kernel's. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "beta_geometric.h"

#include "../base/maths.h"
#include "../base/special.h"
#include "beta_geometric_kernels.h"

/* Most customers have few purchases: up to here a table is filled up from x = 0 as far as the block needs; the entry of an x is the
   same however far the table goes. */
#define TABLED 128

typedef struct entry {
    double level, by_r, by_a, by_b; /* custval__beta_geometric_looked_up */
} entry;

typedef struct looked_up_table {
    const double *parameters;
    double chances, log_alpha;
    size_t filled;
    custval__sum level;
    entry entries[TABLED];
} looked_up_table;

/* Adds chance n = x + chances to leave; its factor (b + n) / (a + b + n). */
static double add_chance(const looked_up_table *table, double n, entry *to) {
    const double a = table->parameters[2], stay = table->parameters[3] + n, both = a + stay;
    to->by_a += 1.0 / both;
    to->by_b += a / stay / both;
    return stay / both;
}

static void add_level(looked_up_table *table, double factor, entry *to) {
    custval__sum_add(&table->level, custval__log(factor));
    to->level = custval__sum_value(&table->level);
}

static void begin(const double *parameters, double chances, looked_up_table *table) {
    table->parameters = parameters;
    table->chances = chances;
    table->log_alpha = custval__log(parameters[1]);
    table->level = (custval__sum){0};
    table->entries[0] = (entry){0};
    if (chances > 0.0) add_level(table, add_chance(table, 0.0, &table->entries[0]), &table->entries[0]);
    table->filled = 1;
}

static void fill_to(looked_up_table *table, size_t x) {
    for (size_t k = table->filled; k <= x; k++) {
        const double before = (double)(k - 1), rate = table->parameters[0] + before;
        entry *const next = &table->entries[k];
        *next = table->entries[k - 1];
        next->by_r += 1.0 / rate;
        const double stays = add_chance(table, before + table->chances, next);
        add_level(table, rate / table->parameters[1] * stays, next);
        table->filled = k + 1;
    }
}

static entry entry_of_many(const looked_up_table *table, double x) {
    const double r = table->parameters[0], a = table->parameters[2], b = table->parameters[3];
    const double n = x + table->chances, rise = custval__digamma_rise(a + b, n);
    return (entry){
        custval__log_rising(r, x) - x * table->log_alpha + (custval__log_rising(b, n) - custval__log_rising(a + b, n)),
        custval__digamma_rise(r, x),
        rise,
        custval__digamma_rise(b, n) - rise,
    };
}

static void look_up(looked_up_table *table, const double *x, size_t count, custval__beta_geometric_looked_up *out) {
    double most = 0;
    for (size_t i = 0; i < count; i++) most = x[i] < TABLED && x[i] > most ? x[i] : most;
    fill_to(table, (size_t)most);
    for (size_t i = 0; i < count; i++) {
        const entry found = x[i] < TABLED ? table->entries[(size_t)x[i]] : entry_of_many(table, x[i]);
        out->level[i] = found.level;
        out->by_r[i] = found.by_r;
        out->by_a[i] = found.by_a;
        out->by_b[i] = found.by_b;
    }
}

void custval__beta_geometric_log_likelihood(const double *parameters, const custval__customers *customers, double *out,
                                            double *const *slopes, double chances) {
    const custval__beta_geometric_kernels *const kernels = custval__beta_geometric_kernels_best();
    looked_up_table table;
    custval__beta_geometric_looked_up looked_up;
    begin(parameters, chances, &table);
    for (size_t from = 0; from < customers->count; from += CUSTVAL__BETA_GEOMETRIC_ROWS) {
        const size_t left = customers->count - from;
        const size_t count = left < CUSTVAL__BETA_GEOMETRIC_ROWS ? left : CUSTVAL__BETA_GEOMETRIC_ROWS;
        double *parts[4] = {0};
        for (int p = 0; slopes != NULL && p < 4; p++) parts[p] = slopes[p] + from;
        look_up(&table, customers->x + from, count, &looked_up);
        kernels->likelihood(parameters, chances, count, customers->x + from, customers->t_x + from, customers->T + from,
                            &looked_up, out + from, slopes == NULL ? NULL : parts);
    }
}
