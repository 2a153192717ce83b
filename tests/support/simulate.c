/* Customers drawn from the stories that the models tell. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "simulate.h"

#include <math.h>
#include <stdlib.h>

typedef struct customer {
    double x, t_x, T, mean_spend, lost, z;
} customer;

static double draw_unit(support_random *random) { /* (0, 1) */
    return ((double)(random_bits(random) >> 12) + 0.5) * 0x1p-52;
}

static double draw_exponential(support_random *random, double rate) {
    return -log(draw_unit(random)) / rate;
}

static double draw_normal(support_random *random) {
    const double radius = sqrt(-2.0 * log(draw_unit(random)));
    return radius * cos(6.283185307179586 * draw_unit(random));
}

/* Marsaglia & Tsang (2000). */
static double draw_gamma(support_random *random, double shape) {
    if (shape < 1.0) {
        const double more = draw_gamma(random, shape + 1.0);
        return more * pow(draw_unit(random), 1.0 / shape);
    }
    const double d = shape - 1.0 / 3.0, c = 1.0 / sqrt(9.0 * d);
    for (;;) {
        const double normal = draw_normal(random), root = 1.0 + c * normal, v = root * root * root;
        if (v <= 0.0) continue;
        if (log(draw_unit(random)) < 0.5 * normal * normal + d - d * v + d * log(v)) return d * v;
    }
}

static double draw_beta(support_random *random, double a, double b) {
    const double first = draw_gamma(random, a), second = draw_gamma(random, b);
    return first / (first + second);
}

/* Purchases at a rate until `end`, each followed by leaving with probability `leave`. */
static void buy(support_random *random, double rate, double leave, double end, customer *out) {
    double time = 0.0;
    for (;;) {
        time += draw_exponential(random, rate);
        if (time > end) return;
        out->x += 1.0;
        out->t_x = time;
        if (leave > 0.0 && draw_unit(random) < leave) return;
    }
}

static void draw_history(support_random *random, const simulation *what, customer *out) {
    const double *parameters = what->parameters;
    const double scale = parameters[1] * exp(-what->purchase * out->z);
    const double rate = draw_gamma(random, parameters[0]) / scale;
    double leave = 0.0, end = out->T;
    if (what->model == CUSTVAL_MODEL_PNBD) {
        const double leaving = draw_gamma(random, parameters[2]) / (parameters[3] * exp(-what->dropout * out->z));
        const double death = draw_exponential(random, leaving);
        end = death < end ? death : end;
    } else if (what->model != CUSTVAL_MODEL_NBD) {
        leave = draw_beta(random, parameters[2] * exp(what->dropout * out->z), parameters[3]);
        if (what->model == CUSTVAL_MODEL_MBGNBD && draw_unit(random) < leave) return;
    }
    buy(random, rate, leave, end, out);
}

static void draw_opportunities(support_random *random, const simulation *what, customer *out) {
    const double buys = draw_beta(random, what->parameters[0], what->parameters[1]);
    const double leaves = draw_beta(random, what->parameters[2], what->parameters[3]);
    for (double time = 1.0; time <= out->T && draw_unit(random) >= leaves; time += 1.0) {
        if (draw_unit(random) >= buys) continue;
        out->x += 1.0;
        out->t_x = time;
    }
}

static void draw_renewals(support_random *random, const simulation *what, customer *out) {
    const double c = what->model == CUSTVAL_MODEL_BDW ? what->parameters[2] : 1.0;
    const double stays = 1.0 - draw_beta(random, what->parameters[0], what->parameters[1]);
    const double unit = draw_unit(random);
    for (double period = 1.0; period <= out->T; period += 1.0) {
        if (unit < pow(stays, pow(period, c))) continue;
        out->T = period;
        out->lost = 1.0;
    }
}

static void draw_spend(support_random *random, const simulation *what, customer *out) {
    const double scale = draw_gamma(random, what->parameters[1]) / what->parameters[2];
    out->x = 1.0 + floor(draw_exponential(random, 0.5));
    out->mean_spend = draw_gamma(random, what->parameters[0] * out->x) / (scale * out->x);
}

static customer draw_customer(support_random *random, const simulation *what) {
    customer out = {0};
    const double unit = draw_unit(random);
    out.T = what->shortest + unit * (what->longest - what->shortest);
    out.z = what->continuous ? draw_normal(random) : random_unit(random) < 0.5 ? 0.0 : 1.0;
    switch (what->model) {
    case CUSTVAL_MODEL_BGBB:
        out.T = floor(what->shortest + unit * (what->longest - what->shortest + 1.0));
        draw_opportunities(random, what, &out);
        break;
    case CUSTVAL_MODEL_SBG:
    case CUSTVAL_MODEL_BDW:
        out.T = floor(what->shortest + unit * (what->longest - what->shortest + 1.0));
        draw_renewals(random, what, &out);
        break;
    case CUSTVAL_MODEL_GAMMA_GAMMA: draw_spend(random, what, &out); break;
    default: draw_history(random, what, &out);
    }
    return out;
}

custval_table *table_of_columns(const char *const *names, const double *const *columns, size_t count, size_t rows) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    assert_ok(custval_table_new(NULL, rows, &table, &error), &error);
    for (size_t k = 0; k < count; k++) {
        custval_column column = CUSTVAL_COLUMN_INIT;
        column.type = CUSTVAL_TYPE_FLOAT64;
        column.data = columns[k];
        assert_ok(custval_table_add_copy(table, names[k], &column, &error), &error);
    }
    return table;
}

custval_table *simulate(const simulation *what) {
    static const char *const names[] = {"x", "t_x", "T", "mean_spend", "lost", "z"};
    enum { COLUMNS = 6 };
    support_random random = {what->seed};
    double *columns[COLUMNS];
    for (size_t k = 0; k < COLUMNS; k++) {
        columns[k] = malloc((what->count + 1) * sizeof(double));
        assert_non_null(columns[k]);
    }
    for (size_t i = 0; i < what->count; i++) {
        const customer one = draw_customer(&random, what);
        const double values[COLUMNS] = {one.x, one.t_x, one.T, one.mean_spend, one.lost, one.z};
        for (size_t k = 0; k < COLUMNS; k++) columns[k][i] = values[k];
    }
    custval_table *table = table_of_columns(names, (const double *const *)columns, COLUMNS, what->count);
    for (size_t k = 0; k < COLUMNS; k++) free(columns[k]);
    return table;
}
