/* Making lifetimes: fitting, stating, facts, tables; what is refused, and in which words. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "lifetimes.h"
#include "simulate.h"

/* ---- Stated ------------------------------------------------------------------------------------------------------ */

static void parameters_can_be_stated(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime *lifetime = stated(CUSTVAL_MODEL_BGNBD, bgnbd, 4);
    custval_lifetime_facts facts = facts_of(lifetime);
    custval_table *table = NULL;
    assert_int_equal(facts.model, CUSTVAL_MODEL_BGNBD);
    assert_int_equal(facts.convergence, CUSTVAL_CONVERGENCE_STATED);
    assert_int_equal(facts.parameters, 4);
    assert_string_equal(facts.unit, "week");
    assert_null(facts.from);
    assert_true(isnan(facts.log_likelihood) && isnan(facts.aic) && isnan(facts.bic));
    assert_ok(custval_lifetime_parameters(lifetime, 0.95, &table, &error), &error);
    for (size_t i = 0; i < 4; i++) {
        assert_double_bits(table_cell(table, "value", i), bgnbd[i]);
        assert_true(isnan(table_cell(table, "error", i)) && isnan(table_cell(table, "low", i)));
    }
    custval_table_free(table);
    assert_status(custval_lifetime_covariance(lifetime, 0, &table, &error), CUSTVAL_ERROR_STATE, &error);
    assert_message(&error, "stated, not fitted");
    assert_null(table);
    assert_ptr_equal(custval_lifetime_ref(lifetime), lifetime);
    custval_lifetime_free(lifetime);
    assert_int_equal(facts_of(lifetime).parameters, 4);
    custval_lifetime_free(lifetime);
    custval_lifetime_free(NULL);
    assert_null(custval_lifetime_ref(NULL));
}

static void what_cannot_be_stated(void **state) {
    (void)state;
    const double wrong[][4] = {{0, 1, 1, 1}, {1, -1, 1, 1}, {1, 1, NONE, 1}, {1, 1, 1, HUGE_VAL}, {1, 1e308, 1, 1}};
    static const char *const names[] = {"parameter r is 0", "parameter alpha is -1", "parameter a is nan",
                                        "parameter b is inf", "parameter alpha is 1e+308"};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime *out = NULL;
    for (size_t i = 0; i < SUPPORT_COUNT(wrong); i++) {
        assert_status(custval_lifetime_new(NULL, CUSTVAL_MODEL_BGNBD, wrong[i], 4, NULL, &out, &error),
                      CUSTVAL_ERROR_RANGE, &error);
        assert_message(&error, names[i]);
        assert_null(out);
    }
    assert_refused(custval_lifetime_new(NULL, CUSTVAL_MODEL_BGNBD, bgnbd, 3, NULL, &out, &error));
    assert_message(&error, "the model has 4 parameters, not 3");
    assert_refused(custval_lifetime_new(NULL, 99, bgnbd, 4, NULL, &out, &error));
    assert_refused(custval_lifetime_new(NULL, CUSTVAL_MODEL_BGNBD, NULL, 4, NULL, &out, &error));
    assert_refused(custval_lifetime_new(NULL, CUSTVAL_MODEL_BGNBD, bgnbd, 4, NULL, NULL, &error));
    assert_refused(custval_lifetime_new(NULL, CUSTVAL_MODEL_BGNBD, bgnbd, 4, "\xff", &out, &error));
}

/* ---- Fitted ------------------------------------------------------------------------------------------------------ */

static void facts_of_a_fit(void **state) {
    (void)state;
    custval_lifetime *lifetime = fitted(CUSTVAL_MODEL_BGNBD);
    const custval_lifetime_facts facts = facts_of(lifetime);
    assert_int_equal(facts.convergence, CUSTVAL_CONVERGENCE_OPTIMUM);
    assert_double_near(facts.customers, 2357, 0);
    assert_true(facts.distinct > 900 && facts.distinct < 2357);
    assert_double_near(facts.aic, 8 - 2 * facts.log_likelihood, 1e-11);
    assert_double_near(facts.bic, 4 * log(2357) - 2 * facts.log_likelihood, 1e-11);
    assert_true(facts.gradient < 1e-10 && facts.condition > 1 && facts.condition < 1e4);
    assert_string_equal(facts.from, "1997-01-01");
    assert_string_equal(facts.to, "1997-09-30");
    custval_lifetime_free(lifetime);
}

/* Symmetric to the bit, positive correlations below 1, and its diagonal the squared errors. */
static void the_covariance_is_one(void **state) {
    (void)state;
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime *lifetime = fitted(CUSTVAL_MODEL_BGNBD);
    custval_table *parameters = NULL;
    static const char *const names[] = {"r", "alpha", "a", "b"};
    assert_ok(custval_lifetime_parameters(lifetime, 0.95, &parameters, &error), &error);
    for (uint32_t logarithms = 0; logarithms < 2; logarithms++) {
        custval_table *covariance = NULL;
        assert_ok(custval_lifetime_covariance(lifetime, logarithms, &covariance, &error), &error);
        for (size_t i = 0; i < 4; i++) {
            const double deviation = table_cell(parameters, logarithms ? "log_error" : "error", i);
            const double own = table_cell(covariance, names[i], i);
            assert_double_near(sqrt(own), deviation, 1e-14 * deviation);
            for (size_t k = 0; k < 4; k++) {
                const double shared = table_cell(covariance, names[k], i);
                assert_double_bits(shared, table_cell(covariance, names[i], k));
                if (k != i) assert_true(fabs(shared) < sqrt(own * table_cell(covariance, names[k], k)));
            }
        }
        custval_table_free(covariance);
    }
    for (size_t i = 0; i < 4; i++) { /* on the scale of logarithms */
        const double low = table_cell(parameters, "low", i), high = table_cell(parameters, "high", i);
        const double value = table_cell(parameters, "value", i);
        assert_true(low > 0);
        assert_double_near(low * high, value * value, 1e-12 * value * value);
        assert_double_near(log(high / value), 1.959963984540054 * table_cell(parameters, "log_error", i), 1e-12);
    }
    custval_table_free(parameters);
    custval_lifetime_free(lifetime);
}

static void tables_refuse(void **state) {
    (void)state;
    const double levels[] = {0, 1, -0.5, 2, NONE};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime *lifetime = fitted(CUSTVAL_MODEL_BGNBD);
    custval_lifetime_facts facts = CUSTVAL_LIFETIME_FACTS_INIT;
    custval_table *out = NULL;
    for (size_t i = 0; i < SUPPORT_COUNT(levels); i++) {
        assert_status(custval_lifetime_parameters(lifetime, levels[i], &out, &error), CUSTVAL_ERROR_RANGE, &error);
    }
    assert_refused(custval_lifetime_parameters(NULL, 0.95, &out, &error));
    assert_refused(custval_lifetime_parameters(lifetime, 0.95, NULL, &error));
    assert_refused(custval_lifetime_covariance(NULL, 0, &out, &error));
    assert_refused(custval_lifetime_covariance(lifetime, 0, NULL, &error));
    assert_refused(custval_lifetime_covariance(lifetime, 2, &out, &error));
    assert_refused(custval_lifetime_facts_get(NULL, &facts, &error));
    assert_refused(custval_lifetime_facts_get(lifetime, NULL, &error));
    facts.struct_size = 3;
    assert_status(custval_lifetime_facts_get(lifetime, &facts, &error), CUSTVAL_ERROR_STRUCT_SIZE, &error);
    custval_lifetime_free(lifetime);
}

/* ---- What a fit refuses ------------------------------------------------------------------------------------------ */

typedef struct cell_rows {
    double x[8], t_x[8], T[8], z[8];
    size_t count;
} cell_rows;

static custval_table *table_of(const cell_rows *rows) {
    static const char *const names[] = {"x", "t_x", "T", "z"};
    const double *const columns[] = {rows->x, rows->t_x, rows->T, rows->z};
    return table_of_columns(names, columns, 4, rows->count);
}

static const cell_rows good = {{0, 1, 2, 0, 3, 1}, {0, 3, 8, 0, 6, 9}, {9, 8, 9, 7, 9, 9}, {0, 1, 0, 1, 1, 0}, 6};

static void assert_fails(const cell_rows *rows, const custval_lifetime_fit_options *options, custval_status status,
                         const char *message) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = table_of(rows);
    custval_lifetime *out = (custval_lifetime *)&error;
    assert_status(custval_lifetime_fit(table, options, &out, &error), status, &error);
    assert_message(&error, message);
    assert_null(out);
    custval_table_free(table);
}

/* What peers answer with a hint for everything, or not at all. */
static void data_that_teach_nothing(void **state) {
    (void)state;
    const uint32_t models[] = {CUSTVAL_MODEL_BGNBD, CUSTVAL_MODEL_MBGNBD, CUSTVAL_MODEL_PNBD, CUSTVAL_MODEL_NBD,
                               CUSTVAL_MODEL_BGBB};
    const cell_rows none = {.count = 0}, silent = {{0}, {0}, {9, 8, 9, 7, 9}, {0}, 5};
    const cell_rows one = {{2}, {3}, {9}, {0}, 1}, same = {{2, 2, 2}, {3, 3, 3}, {9, 9, 9}, {0}, 3};
    for (size_t m = 0; m < SUPPORT_COUNT(models); m++) {
        custval_lifetime_fit_options options = options_for(models[m]);
        for (options.accept = 0; options.accept < 2; options.accept++) {
            assert_fails(&none, &options, CUSTVAL_ERROR_STATE, "there is no row to learn from");
            assert_fails(&silent, &options, CUSTVAL_ERROR_STATE, "no customer made a repeat purchase");
            assert_fails(&one, &options, CUSTVAL_ERROR_STATE, "one customer only");
            assert_fails(&same, &options, CUSTVAL_ERROR_STATE, "all 3 customers are the same");
        }
    }
}

static void renewals_and_spend_that_teach_nothing(void **state) {
    (void)state;
    static const char *const renewal_names[] = {"T", "lost"}, *const spend_names[] = {"x", "mean_spend"};
    const double T[] = {2, 3, 4}, kept[] = {0, 0, 0}, no_x[] = {0, 0, 0}, spend[] = {NONE, 0, 0};
    const double *const renewals[] = {T, kept}, *const spends[] = {no_x, spend};
    custval_table *tables[] = {table_of_columns(renewal_names, renewals, 2, 3),
                               table_of_columns(spend_names, spends, 2, 3)};
    custval_lifetime_fit_options options = options_for(CUSTVAL_MODEL_SBG);
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime *out = NULL;
    assert_status(custval_lifetime_fit(tables[0], &options, &out, &error), CUSTVAL_ERROR_STATE, &error);
    assert_message(&error, "no customer was lost");
    options.model = CUSTVAL_MODEL_GAMMA_GAMMA;
    assert_status(custval_lifetime_fit(tables[1], &options, &out, &error), CUSTVAL_ERROR_STATE, &error);
    assert_message(&error, "no row with a repeat purchase");
    custval_table_free(tables[0]);
    custval_table_free(tables[1]);
}

static void one_bad_row_is_named_and_nothing_is_skipped(void **state) {
    (void)state;
    const struct {
        double x, t_x, T;
        custval_status status;
        const char *message;
    } rows[] = {
        {1.9, 3, 8, CUSTVAL_ERROR_RANGE, "x 1.9"},
        {-1, 3, 8, CUSTVAL_ERROR_RANGE, "x -1"},
        {1, 8.5, 8, CUSTVAL_ERROR_RANGE, "t_x 8.5, T 8"},
        {1, -3, 8, CUSTVAL_ERROR_RANGE, "t_x -3"},
        {0, 3, 8, CUSTVAL_ERROR_RANGE, "x 0, t_x 3"},
        {1, NONE, 8, CUSTVAL_ERROR_NOT_FINITE, "column \"t_x\" is missing"},
        {NONE, 3, 8, CUSTVAL_ERROR_NOT_FINITE, "column \"x\" is missing"},
        {1, 3, HUGE_VAL, CUSTVAL_ERROR_NOT_FINITE, "column \"T\" is inf"},
    };
    for (size_t i = 0; i < SUPPORT_COUNT(rows); i++) {
        custval_lifetime_fit_options options = options_for(CUSTVAL_MODEL_BGNBD);
        cell_rows bad = good;
        bad.x[1] = rows[i].x;
        bad.t_x[1] = rows[i].t_x;
        bad.T[1] = rows[i].T;
        assert_fails(&bad, &options, rows[i].status, rows[i].message);
        assert_fails(&bad, &options, rows[i].status, "row 1: ");
    }
}

static void options_are_checked(void **state) {
    (void)state;
    static const char *const z[] = {"z", "z"}, *const unknown[] = {"zz"}, *const null_name[] = {NULL};
    const double negative[] = {1, -1, 1, 1}, infinite[] = {1, 1, 1, HUGE_VAL};
    custval_lifetime_fit_options options = options_for(99);
    assert_fails(&good, &options, CUSTVAL_ERROR_ARGUMENT, "model 99 is unknown");
    options.model = 0;
    assert_fails(&good, &options, CUSTVAL_ERROR_ARGUMENT, "a model is required");
    options = options_for(CUSTVAL_MODEL_BGNBD);
    options.accept = 2;
    assert_fails(&good, &options, CUSTVAL_ERROR_ARGUMENT, "accept is 2");
    options = options_for(CUSTVAL_MODEL_BGNBD);
    options.reserved = 7;
    assert_fails(&good, &options, CUSTVAL_ERROR_ARGUMENT, "reserved is 7");
    options = options_for(CUSTVAL_MODEL_BGNBD);
    options.max_iterations = 0;
    assert_fails(&good, &options, CUSTVAL_ERROR_ARGUMENT, "max_iterations is 0");
    options = options_for(CUSTVAL_MODEL_BGNBD);
    options.ridge = -1;
    assert_fails(&good, &options, CUSTVAL_ERROR_RANGE, "ridge is -1");
    options.ridge = NONE;
    assert_fails(&good, &options, CUSTVAL_ERROR_RANGE, "ridge is nan");
    options = options_for(CUSTVAL_MODEL_BGNBD);
    options.start = negative;
    assert_fails(&good, &options, CUSTVAL_ERROR_ARGUMENT, "start_count is 0, but must be 4");
    options.start_count = 4;
    assert_fails(&good, &options, CUSTVAL_ERROR_RANGE, "start[1] is -1");
    options.start = infinite;
    assert_fails(&good, &options, CUSTVAL_ERROR_RANGE, "start[3] is inf");
    options.start = NULL;
    assert_fails(&good, &options, CUSTVAL_ERROR_ARGUMENT, "start_count is 4, but must be 0");
    options = options_for(CUSTVAL_MODEL_NBD);
    options.dropout_covariates = z;
    options.dropout_count = 1;
    assert_fails(&good, &options, CUSTVAL_ERROR_UNSUPPORTED, "\"nbd\" has no dropout covariates");
    options.model = CUSTVAL_MODEL_BGNBD;
    options.dropout_count = 33;
    assert_fails(&good, &options, CUSTVAL_ERROR_LIMIT, "33 dropout covariates");
    options.dropout_count = 2;
    assert_fails(&good, &options, CUSTVAL_ERROR_ARGUMENT, "\"z\" is named twice");
    options.dropout_count = 1;
    options.dropout_covariates = unknown;
    assert_fails(&good, &options, CUSTVAL_ERROR_NOT_FOUND, "zz");
    options.dropout_covariates = null_name;
    assert_fails(&good, &options, CUSTVAL_ERROR_ARGUMENT, "covariate 0 is NULL");
    options.dropout_covariates = NULL;
    assert_fails(&good, &options, CUSTVAL_ERROR_ARGUMENT, "dropout_covariates is NULL");
    cell_rows constant = good;
    for (size_t i = 0; i < good.count; i++) constant.z[i] = 4;
    options.dropout_covariates = z;
    assert_fails(&constant, &options, CUSTVAL_ERROR_STATE, "\"z\" has the same value in every row");
    for (size_t i = 0; i < good.count; i++) constant.z[i] = i % 2 == 0 ? -1e308 : 1e308;
    assert_fails(&constant, &options, CUSTVAL_ERROR_RANGE, "\"z\" runs from -1e+308 to 1e+308");
    for (size_t i = 0; i < good.count; i++) constant.z[i] = i % 2 == 0 ? 0 : 1e-310;
    assert_fails(&constant, &options, CUSTVAL_ERROR_RANGE, "\"z\" runs from 0 to 1e-310");
}

/* The parameters are those at 0 of every covariate: there are none where that is too far away. */
static void a_covariate_far_from_0_is_named(void **state) {
    (void)state;
    simulation what = {.model = CUSTVAL_MODEL_PNBD,
                       .parameters = {1, 5, 0.8, 12},
                       .count = 2000,
                       .shortest = 20,
                       .longest = 40,
                       .purchase = 0.5,
                       .dropout = 0.5,
                       .seed = 4};
    static const char *const names[] = {"x", "t_x", "T", "z"}, *const z[] = {"z"};
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime *out = NULL;
    custval_table *near = simulate(&what);
    double *cells = calloc(4 * what.count, sizeof *cells);
    const double *columns[4];
    assert_non_null(cells);
    for (size_t k = 0; k < 4; k++) {
        columns[k] = cells + k * what.count;
        for (size_t i = 0; i < what.count; i++) {
            cells[k * what.count + i] = table_cell(near, names[k], i) + (k == 3 ? 1e6 : 0);
        }
    }
    custval_table *table = table_of_columns(names, columns, 4, what.count);
    custval_lifetime_fit_options options = options_for(CUSTVAL_MODEL_PNBD);
    options.purchase_covariates = z;
    options.purchase_count = 1;
    assert_status(custval_lifetime_fit(table, &options, &out, &error), CUSTVAL_ERROR_RANGE, &error);
    assert_message(&error, "covariate \"z\" is near 1000000.485, and at 0 of it alpha would be inf: subtract its mean");
    assert_null(out);
    custval_table_free(table);
    custval_table_free(near);
    free(cells);
}

static custval_status read_fit_options(const void *given, custval_error *error) {
    custval_lifetime *out = NULL;
    custval_table *table = csv_table("examples/cdnow/summary.csv");
    const custval_status status = custval_lifetime_fit(table, given, &out, error);
    custval_lifetime_free(out);
    custval_table_free(table);
    return status;
}

static custval_status read_columns(const void *given, custval_error *error) {
    custval_lifetime_fit_options options = options_for(CUSTVAL_MODEL_BGNBD);
    options.columns = given;
    return read_fit_options(&options, error);
}

static void arguments_of_a_fit_are_checked(void **state) {
    (void)state;
    custval_lifetime_fit_options options = options_for(CUSTVAL_MODEL_BGNBD);
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = table_of(&good);
    custval_lifetime *out = NULL;
    assert_refused(custval_lifetime_fit(NULL, &options, &out, &error));
    assert_refused(custval_lifetime_fit(table, NULL, &out, &error));
    assert_refused(custval_lifetime_fit(table, &options, NULL, &error));
    custval_table_free(table);
    options.columns = &in_words;
    assert_reads_struct(read_fit_options, &options, sizeof options);
    assert_reads_struct(read_columns, &in_words, sizeof in_words);
}

static int stop(void *data, uint64_t done, uint64_t total) {
    assert_int_equal(total, 0);
    return done >= *(const uint64_t *)data;
}

static void a_fit_can_be_stopped(void **state) {
    (void)state;
    for (uint64_t at = 1; at < 40; at += 6) {
        custval_lifetime_fit_options options = options_for(CUSTVAL_MODEL_BGNBD);
        custval_host host = CUSTVAL_HOST_INIT;
        custval_error error = CUSTVAL_ERROR_INIT;
        host.progress = stop;
        host.progress_data = &at;
        options.host = &host;
        options.columns = &in_words;
        assert_status(read_fit_options(&options, &error), CUSTVAL_ERROR_CANCELLED, &error);
    }
}

/* ---- Fits without an optimum ------------------------------------------------------------------------------------- */

/* A fit without an optimum is refused in such words; accepted it says how it ended, and has no covariance. */
static void assert_no_optimum(const custval_table *table, custval_lifetime_fit_options options, uint32_t convergence,
                              const char *message) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime *out = NULL;
    custval_table *covariance = NULL;
    assert_status(custval_lifetime_fit(table, &options, &out, &error), CUSTVAL_ERROR_CONVERGENCE, &error);
    assert_message(&error, message);
    assert_null(out);
    options.accept = 1;
    assert_ok(custval_lifetime_fit(table, &options, &out, &error), &error);
    assert_int_equal(facts_of(out).convergence, convergence);
    assert_true(isfinite(facts_of(out).log_likelihood));
    assert_status(custval_lifetime_covariance(out, 1, &covariance, &error), CUSTVAL_ERROR_STATE, &error);
    custval_lifetime_free(out);
}

/* Customers of NBD never leave: BG/NBD and Pareto/NBD are richer than that. */
static void a_boundary_is_named(void **state) {
    (void)state;
    const simulation stays = {
        .model = CUSTVAL_MODEL_NBD, .parameters = {0.8, 5}, .count = 3000, .shortest = 20, .longest = 40, .seed = 3};
    custval_table *table = simulate(&stays);
    assert_no_optimum(table, options_for(CUSTVAL_MODEL_PNBD), CUSTVAL_CONVERGENCE_BOUNDARY,
                      "NBD fits as well as the best that was found");
    assert_no_optimum(table, options_for(CUSTVAL_MODEL_BGNBD), CUSTVAL_CONVERGENCE_BOUNDARY,
                      "NBD fits as well as the best that was found");
    custval_table_free(table);
    /* By chance these look as if all left alike, though late. */
    simulation late = stays;
    late.seed = 7;
    table = simulate(&late);
    assert_no_optimum(table, options_for(CUSTVAL_MODEL_BGNBD), CUSTVAL_CONVERGENCE_BOUNDARY,
                      "a and b run to infinity: customers do not differ");
    custval_table_free(table);
    /* Everybody buys at the same rate. */
    const simulation alike = {
        .model = CUSTVAL_MODEL_NBD, .parameters = {1e9, 5e9}, .count = 3000, .shortest = 20, .longest = 40, .seed = 5};
    table = simulate(&alike);
    assert_no_optimum(table, options_for(CUSTVAL_MODEL_NBD), CUSTVAL_CONVERGENCE_BOUNDARY,
                      "r and alpha run to infinity: customers do not differ");
    custval_table_free(table);
}

/* Nearly all are lost in period 7: the walls of the box end a way that leads up. */
static void a_boundary_that_is_not_reached_is_told(void **state) {
    (void)state;
    static const char *const names[] = {"T", "lost", "count"};
    static const double T[] = {8, 4, 7, 1, 8, 2, 4, 5, 7, 4}, lost[] = {0, 1, 1, 0, 0, 1, 0, 0, 0, 0},
                        counts[] = {10, 2, 1000, 1000, 2, 10, 1, 1, 1, 1000};
    const double *const columns[] = {T, lost, counts};
    custval_lifetime_columns with = CUSTVAL_LIFETIME_COLUMNS_INIT;
    custval_table *table = table_of_columns(names, columns, 3, 10);
    custval_lifetime_fit_options options = options_for(CUSTVAL_MODEL_BDW);
    with.count = "count";
    options.columns = &with;
    assert_no_optimum(table, options, CUSTVAL_CONVERGENCE_BOUNDARY,
                      "beta runs to infinity: the likelihood still rises on the way there");
    /* At the wall of beta, alpha and c climb on. */
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime *out = NULL;
    options.accept = 1;
    assert_ok(custval_lifetime_fit(table, &options, &out, &error), &error);
    assert_double_near(facts_of(out).log_likelihood, -943.29427, 1e-4);
    custval_lifetime_free(out);
    custval_table_free(table);
}

/* Two covariates that are one. */
static void what_cannot_be_told_apart_is_named(void **state) {
    (void)state;
    static const char *const names[] = {"x", "t_x", "T", "z", "again"}, *const both[] = {"z", "again"};
    const simulation what = {.model = CUSTVAL_MODEL_BGNBD,
                             .parameters = {1.2, 6, 0.8, 3},
                             .count = 2000,
                             .shortest = 20,
                             .longest = 40,
                             .purchase = 0.3,
                             .seed = 5};
    custval_table *table = simulate(&what);
    double *columns[5];
    for (size_t k = 0; k < 5; k++) {
        columns[k] = malloc(what.count * sizeof(double));
        assert_non_null(columns[k]);
        for (size_t i = 0; i < what.count; i++) {
            columns[k][i] = k == 4 ? 1 - 2 * columns[3][i] : table_cell(table, names[k], i);
        }
    }
    custval_table *more = table_of_columns(names, (const double *const *)columns, 5, what.count);
    custval_lifetime_fit_options options = options_for(CUSTVAL_MODEL_BGNBD);
    options.purchase_covariates = both;
    options.purchase_count = 2;
    assert_no_optimum(more, options, CUSTVAL_CONVERGENCE_FLAT, "do not tell apart purchase:z and purchase:again");
    /* A ridge chooses among them. */
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_lifetime *out = NULL;
    options.ridge = 1e-3;
    assert_ok(custval_lifetime_fit(more, &options, &out, &error), &error);
    assert_int_equal(facts_of(out).convergence, CUSTVAL_CONVERGENCE_OPTIMUM);
    custval_lifetime_free(out);
    for (size_t k = 0; k < 5; k++) free(columns[k]);
    custval_table_free(more);
    custval_table_free(table);
}

/* Frequent customers over long times, and many opportunities: where peers fail or overflow. */
static void large_numbers_are_fitted(void **state) {
    (void)state;
    const simulation frequent = {.model = CUSTVAL_MODEL_BGNBD,
                                 .parameters = {2, 4, 0.5, 60},
                                 .count = 1500,
                                 .shortest = 400,
                                 .longest = 501,
                                 .seed = 6};
    const simulation weekly = {.model = CUSTVAL_MODEL_BGBB,
                               .parameters = {0.5, 5, 0.6, 8},
                               .count = 3000,
                               .shortest = 100,
                               .longest = 300,
                               .seed = 7};
    const simulation *const cases[] = {&frequent, &weekly};
    for (size_t i = 0; i < SUPPORT_COUNT(cases); i++) {
        custval_error error = CUSTVAL_ERROR_INIT;
        custval_lifetime *out = NULL;
        custval_table *table = simulate(cases[i]), *parameters = NULL;
        custval_lifetime_fit_options options = options_for(cases[i]->model);
        assert_ok(custval_lifetime_fit(table, &options, &out, &error), &error);
        assert_ok(custval_lifetime_parameters(out, 0.9999, &parameters, &error), &error);
        for (size_t k = 0; k < 4; k++) {
            assert_true(table_cell(parameters, "low", k) < cases[i]->parameters[k]);
            assert_true(table_cell(parameters, "high", k) > cases[i]->parameters[k]);
        }
        custval_table_free(parameters);
        custval_lifetime_free(out);
        custval_table_free(table);
    }
}

static void iterations_that_are_used_up_are_no_optimum(void **state) {
    (void)state;
    custval_table *table = csv_table("examples/cdnow/summary.csv");
    custval_lifetime_fit_options options = options_for(CUSTVAL_MODEL_PNBD);
    options.columns = &in_words;
    options.max_iterations = 2;
    assert_no_optimum(table, options, CUSTVAL_CONVERGENCE_ITERATIONS, "raise max_iterations");
    custval_table_free(table);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parameters_can_be_stated),
        cmocka_unit_test(what_cannot_be_stated),
        cmocka_unit_test(facts_of_a_fit),
        cmocka_unit_test(the_covariance_is_one),
        cmocka_unit_test(tables_refuse),
        cmocka_unit_test(data_that_teach_nothing),
        cmocka_unit_test(renewals_and_spend_that_teach_nothing),
        cmocka_unit_test(one_bad_row_is_named_and_nothing_is_skipped),
        cmocka_unit_test(options_are_checked),
        cmocka_unit_test(arguments_of_a_fit_are_checked),
        cmocka_unit_test(a_fit_can_be_stopped),
        cmocka_unit_test(a_covariate_far_from_0_is_named),
        cmocka_unit_test(a_boundary_is_named),
        cmocka_unit_test(a_boundary_that_is_not_reached_is_told),
        cmocka_unit_test(what_cannot_be_told_apart_is_named),
        cmocka_unit_test(large_numbers_are_fitted),
        cmocka_unit_test(iterations_that_are_used_up_are_no_optimum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
