/* Fitting: from a table to the parameters under which it is most likely, or to the reason why there are none. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/maths.h"
#include "../base/options.h"
#include "likelihood.h"
#include "maximum.h"
#include "outcome.h"

#define FARTHEST 20.0     /* from the centre, of a logarithm: beyond e^20 no data tell one value from the next */
#define FIRST_SAMPLE 4096 /* distinct rows that all starts are tried on */
#define SAMPLE_GROWTH 16  /* each sample that follows is so many times larger, up to all rows */
#define FEW 1000          /* distinct rows up to which all starts are tried, and not the usual ones only */
#define COSTLY 100000     /* distinct rows from which on every pass counts */
#define HIGHER 1e-3       /* gain of the whole log-likelihood for which a flat place is left */
#define ESCAPES 3         /* times that a flat place is left for a better one */

typedef struct fitting {
    custval_host host, quiet; /* quiet: without progress, which is told of values, not of pieces */
    custval_lifetime_fit_options options;
    custval__cell_source source;
    const custval__model *model;
    custval__cells cells, sample;
    custval__likelihood likelihood;
    custval__hill hill;
    custval__climber best, trial;
    uint64_t evaluations;
    size_t start_count;
    double low[CUSTVAL__FIT_VARIABLES], high[CUSTVAL__FIT_VARIABLES];
    double starts[CUSTVAL__MODEL_STARTS][CUSTVAL__FIT_VARIABLES];
} fitting;

/* ---- Options ----------------------------------------------------------------------------------------------------- */

static custval_status check_covariates(const fitting *in, const char *kind, const char *const *names, size_t count,
                                       custval__covariate_place place, custval_error *error) {
    if (count == 0) return CUSTVAL_OK;
    if (names == NULL) return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "%s_covariates is NULL", kind);
    if (place.index == CUSTVAL__NO_PARAMETER) {
        return custval__fail(error, CUSTVAL_ERROR_UNSUPPORTED, "model \"%s\" has no %s covariates",
                             custval__model_word(in->model->id), kind);
    }
    if (count > CUSTVAL__LIFETIME_COVARIATES) {
        return custval__fail(error, CUSTVAL_ERROR_LIMIT, "%zu %s covariates are given, at most %d are possible", count,
                             kind, CUSTVAL__LIFETIME_COVARIATES);
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < i; k++) {
            if (names[i] == NULL || names[k] == NULL || strcmp(names[i], names[k]) != 0) continue;
            return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "%s covariate \"%s\" is named twice", kind, names[i]);
        }
    }
    return CUSTVAL_OK;
}

static custval_status check_start(const fitting *in, custval_error *error) {
    const custval_lifetime_fit_options *options = &in->options;
    const size_t parameters = in->model->parameters;
    const size_t needed = options->start == NULL ? 0 : parameters + options->purchase_count + options->dropout_count;
    if (options->start_count != needed) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "start_count is %zu, but must be %zu: %s",
                             options->start_count, needed,
                             options->start == NULL ? "start is NULL" : "parameters, then coefficients");
    }
    for (size_t i = 0; i < needed; i++) {
        const double x = options->start[i];
        if (isfinite(x) && (i >= parameters || x > 0.0)) continue;
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "start[%zu] is %g, but must be %s", i, x,
                             i < parameters ? "above 0 and finite" : "finite");
    }
    return CUSTVAL_OK;
}

static custval_status read_options(fitting *in, const custval_lifetime_fit_options *given, custval_error *error) {
    custval_lifetime_fit_options *options = &in->options;
    CUSTVAL__TRY(
        custval__struct_read(options, sizeof *options, sizeof *options, given, "custval_lifetime_fit_options", error));
    CUSTVAL__TRY(custval__host_read(&in->host, options->host, error));
    if (options->model == 0) return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "a model is required, such as bgnbd");
    CUSTVAL__TRY(custval__lifetime_model(options->model, &in->model, error));
    in->quiet = in->host;
    in->quiet.progress = NULL;
    if (options->accept > 1 || options->reserved != 0) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "%s is %u, but must be %s",
                             options->accept > 1 ? "accept" : "reserved",
                             (unsigned)(options->accept > 1 ? options->accept : options->reserved),
                             options->accept > 1 ? "0 or 1" : "0");
    }
    if (options->max_iterations == 0) return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "max_iterations is 0");
    if (!(options->ridge >= 0.0) || !isfinite(options->ridge)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "ridge is %g, but must be finite and not below 0",
                             options->ridge);
    }
    CUSTVAL__TRY(check_covariates(in, "purchase", options->purchase_covariates, options->purchase_count,
                                  in->model->purchase, error));
    CUSTVAL__TRY(check_covariates(in, "dropout", options->dropout_covariates, options->dropout_count,
                                  in->model->dropout, error));
    return check_start(in, error);
}

/* ---- Data -------------------------------------------------------------------------------------------------------- */

static custval_status read_cells(fitting *in, const custval_table *table, custval_error *error) {
    const custval_lifetime_fit_options *options = &in->options;
    custval_lifetime_columns columns;
    custval__cell_source source = {table, in->model, {0}, options->purchase_count, options->dropout_count};
    CUSTVAL__TRY(custval__lifetime_columns_read(options->columns, &columns, error));
    CUSTVAL__TRY(custval__row_columns_find(table, &columns, in->model->columns, 0, 1, options->purchase_covariates,
                                           options->purchase_count, options->dropout_covariates, options->dropout_count,
                                           &source.columns, error));
    in->source = source;
    return custval__cells_read(&in->quiet, &in->source, &in->cells, error);
}

static int is_all_zero(const double *column, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (column[i] != 0.0) return 0;
    }
    return 1;
}

static custval_status check_enough(const fitting *in, custval_error *error) {
    const custval__cells *cells = &in->cells;
    const custval__customers *customers = &cells->customers;
    if (cells->count == 0) {
        return custval__fail(error, CUSTVAL_ERROR_STATE, "there is no row%s to learn from",
                             in->model->spend != NULL ? " with a repeat purchase" : "");
    }
    if (customers->x != NULL && is_all_zero(customers->x, cells->count)) {
        return custval__fail(error, CUSTVAL_ERROR_STATE,
                             "no customer made a repeat purchase: there is nothing to learn from");
    }
    if (customers->lost != NULL && is_all_zero(customers->lost, cells->count)) {
        return custval__fail(error, CUSTVAL_ERROR_STATE, "no customer was lost: there is nothing to learn from");
    }
    if (!(cells->total > 1.0)) {
        return custval__fail(error, CUSTVAL_ERROR_STATE,
                             "there is one customer only; how customers differ takes many to learn");
    }
    if (cells->count == 1) {
        return custval__fail(error, CUSTVAL_ERROR_STATE,
                             "all %g customers are the same; how customers differ cannot be learned from them",
                             cells->total);
    }
    return CUSTVAL_OK;
}

static const char *name_of(const custval_lifetime_fit_options *options, size_t covariate) {
    return covariate < options->purchase_count ? options->purchase_covariates[covariate]
                                               : options->dropout_covariates[covariate - options->purchase_count];
}

static custval_status standardise(fitting *in, custval_error *error) {
    custval__likelihood *likelihood = &in->likelihood;
    const custval_lifetime_fit_options *options = &in->options;
    likelihood->host = &in->quiet;
    likelihood->purchase_count = options->purchase_count;
    likelihood->dropout_count = options->dropout_count;
    likelihood->count = in->model->parameters + options->purchase_count + options->dropout_count;
    likelihood->ridge = options->ridge;
    const size_t constant = custval__likelihood_standardise(likelihood, &in->cells);
    if (constant == SIZE_MAX) return CUSTVAL_OK;
    const int is_purchase = constant < options->purchase_count;
    double low, high;
    custval__cells_range(&in->cells, constant, &low, &high);
    if (low < high) {
        return custval__fail(
            error, CUSTVAL_ERROR_RANGE,
            "covariate \"%s\" runs from %g to %g, whose squares are out of range: give it in other units",
            name_of(options, constant), low, high);
    }
    return custval__fail(error, CUSTVAL_ERROR_STATE,
                         "covariate \"%s\" has the same value in every row: its effect cannot be told from %s",
                         name_of(options, constant),
                         in->model->names[is_purchase ? in->model->purchase.index : in->model->dropout.index]);
}

#define MEAN_ROWS 512 /* added up by themselves */

/* Logarithm of the mean of a column; 0 if it has none above 0. */
static double log_mean(const custval__cells *cells, const double *column) {
    custval__sum sum = {0.0, 0.0};
    if (column == NULL) return 0.0;
    for (size_t first = 0, end = 0; first < cells->count; first = end) {
        double part = 0.0;
        end = cells->count - first < MEAN_ROWS ? cells->count : first + MEAN_ROWS;
        for (size_t i = first; i < end; i++) part += cells->counts[i] / cells->total * column[i];
        custval__sum_add(&sum, part);
    }
    const double mean = custval__sum_value(&sum);
    return mean > 0.0 && isfinite(mean) ? custval__log(mean) : 0.0;
}

static void make_box(fitting *in) {
    const double time = log_mean(&in->cells, in->cells.customers.T);
    const double money = log_mean(&in->cells, in->cells.customers.mean_spend);
    for (size_t i = 0; i < in->likelihood.count; i++) {
        const int dimension = i < in->model->parameters ? in->model->dimension[i] : 0;
        const double centre = dimension == 2 ? money : dimension * time;
        if (i < in->model->parameters) in->likelihood.centre[i] = centre;
        in->low[i] = centre - FARTHEST;
        in->high[i] = centre + FARTHEST;
    }
}

static void make_starts(fitting *in) {
    double natural[CUSTVAL__MODEL_STARTS][CUSTVAL__MODEL_PARAMETERS], raw[CUSTVAL__FIT_VARIABLES] = {0};
    const size_t parameters = in->model->parameters, count = in->likelihood.count;
    if (in->options.start != NULL) {
        for (size_t i = 0; i < count; i++) {
            raw[i] = i < parameters ? custval__log(in->options.start[i]) : in->options.start[i];
        }
        in->start_count = 1;
        custval__likelihood_from_raw(&in->likelihood, raw, in->starts[0]);
        return;
    }
    in->start_count = in->model->starts(&in->cells.customers, in->cells.counts, natural);
    if (in->cells.count > FEW && in->start_count > CUSTVAL__USUAL_STARTS) in->start_count = CUSTVAL__USUAL_STARTS;
    for (size_t s = 0; s < in->start_count; s++) {
        for (size_t i = 0; i < parameters; i++) {
            const double x = custval__log(natural[s][i]), low = in->low[i] + 1.0, high = in->high[i] - 1.0;
            in->starts[s][i] = x > high ? high : x > low ? x : low;
        }
    }
}

/* ---- Climbing ---------------------------------------------------------------------------------------------------- */

static custval_status climb(void *data, const double *at, double *value, double *slopes, custval_error *error) {
    fitting *in = data;
    in->evaluations++;
    if (in->host.progress != NULL && in->host.progress(in->host.progress_data, in->evaluations, 0) != 0) {
        return custval__fail(error, CUSTVAL_ERROR_CANCELLED, "stopped by the host's progress callback");
    }
    return custval__likelihood_at(&in->likelihood, at, NULL, value, slopes, error);
}

/* Goes up from each start, and from where the climber that is best so far stands, and keeps the highest. */
static custval_status climb_from_all(fitting *in, custval_error *error) {
    double here[CUSTVAL__FIT_VARIABLES];
    const int has_best = in->best.value > -HUGE_VAL;
    memcpy(here, in->best.at, in->likelihood.count * sizeof *here);
    in->best.value = -HUGE_VAL;
    for (size_t s = 0; s < in->start_count + (size_t)has_best; s++) {
        in->trial.is_known = 0;
        CUSTVAL__TRY(custval__climber_start(&in->trial, &in->hill, s < in->start_count ? in->starts[s] : here, error));
        CUSTVAL__TRY(custval__climber_climb(&in->trial, in->options.max_iterations, error));
        if (!(in->trial.value > in->best.value)) continue;
        const custval__climber other = in->best;
        in->best = in->trial;
        in->trial = other;
    }
    return CUSTVAL_OK;
}

static custval_status climb_on(fitting *in, const custval__cells *cells, custval_error *error) {
    CUSTVAL__TRY(custval__likelihood_take(&in->likelihood, cells, error));
    if (in->best.is_top) {
        CUSTVAL__TRY(custval__climber_start(&in->best, &in->hill, in->best.at, error));
        CUSTVAL__TRY(custval__climber_climb(&in->best, in->options.max_iterations, error));
    } else {
        CUSTVAL__TRY(climb_from_all(in, error));
    }
    return custval__climber_finish(&in->best, cells->count > COSTLY, error);
}

/* Where the information is singular, the hill may go on beyond a flat place: looks from afar, and climbs on if so. */
static custval_status escape(fitting *in, custval_error *error) {
    for (int i = 0; i < ESCAPES && !in->best.is_top && in->best.is_known && !in->best.used_up; i++) {
        const double *flattest = in->best.vectors + (in->likelihood.count - 1) * in->likelihood.count;
        const double before = in->best.value;
        double value = -HUGE_VAL;
        CUSTVAL__TRY(custval__climber_look(&in->best, flattest, CUSTVAL__FAR, &value, error));
        if (!(value > before)) CUSTVAL__TRY(custval__climber_look(&in->best, flattest, -CUSTVAL__FAR, &value, error));
        if (!((value - before) * in->cells.total > HIGHER)) return CUSTVAL_OK;
        const uint32_t iterations = in->best.iterations;
        in->best.is_known = 0;
        CUSTVAL__TRY(custval__climber_start(&in->best, &in->hill, in->best.next, error));
        CUSTVAL__TRY(custval__climber_climb(&in->best, in->options.max_iterations, error));
        CUSTVAL__TRY(custval__climber_finish(&in->best, 0, error));
        in->best.iterations += iterations;
    }
    return CUSTVAL_OK;
}

/* Samples first, each larger than the one before: far from the top a few thousand rows show the way as well as a
   million. */
static custval_status climb_all(fitting *in, custval_error *error) {
    size_t stride = 1;
    in->hill = (custval__hill){in, in->likelihood.count, in->low, in->high, climb};
    CUSTVAL__TRY(custval__climber_init(&in->best, &in->quiet, in->likelihood.count, error));
    CUSTVAL__TRY(custval__climber_init(&in->trial, &in->quiet, in->likelihood.count, error));
    while (in->cells.count / stride > FIRST_SAMPLE) stride *= SAMPLE_GROWTH;
    for (; stride > 1; stride /= SAMPLE_GROWTH) {
        custval__cells_free(&in->sample);
        CUSTVAL__TRY(custval__cells_sample(&in->cells, stride, &in->sample, error));
        CUSTVAL__TRY(climb_on(in, &in->sample, error));
    }
    CUSTVAL__TRY(climb_on(in, &in->cells, error));
    if (in->best.value > -HUGE_VAL) return escape(in, error);
    return custval__fail(error, CUSTVAL_ERROR_CONVERGENCE, "the data have no likelihood at %s",
                         in->options.start != NULL ? "the start that is given" : "any start; give one");
}

/* ---- The lifetime ------------------------------------------------------------------------------------------------ */

static custval_status fill_facts(fitting *in, uint32_t convergence, custval_lifetime *out, custval_error *error) {
    const custval_lifetime_fit_options *options = &in->options;
    custval_lifetime_facts facts = out->facts;
    const double total = in->cells.total;
    double plain = in->best.value, value = 0.0, slopes[CUSTVAL__FIT_VARIABLES];
    if (options->ridge > 0.0) {
        CUSTVAL__TRY(custval__likelihood_at(&in->likelihood, in->best.at, &plain, &value, slopes, error));
    }
    facts.convergence = convergence;
    facts.iterations = in->best.iterations;
    facts.distinct = in->cells.count;
    facts.customers = total;
    facts.log_likelihood = plain * total;
    facts.gradient = 0.0;
    for (size_t i = 0; i < in->likelihood.count; i++) {
        facts.gradient = fabs(in->best.slopes[i]) > facts.gradient ? fabs(in->best.slopes[i]) : facts.gradient;
    }
    facts.condition = in->best.is_known && isfinite(in->best.condition) ? in->best.condition : (double)NAN;
    facts.ridge = options->ridge;
    facts.unit = options->unit;
    facts.from = options->from;
    facts.to = options->to;
    return custval__lifetime_set_facts(out, &facts, error);
}

/* Parameters are those of a customer whose covariates are all 0, which may be far from any that there is. */
static custval_status check_near(const fitting *in, const double *raw, const double *values, custval_error *error) {
    const size_t parameters = in->model->parameters;
    size_t farthest = 0;
    double most = 0.0;
    for (size_t k = 0; k < in->likelihood.count - parameters; k++) {
        const size_t index = k < in->options.purchase_count ? in->model->purchase.index : in->model->dropout.index;
        const double share = fabs(in->likelihood.means[k] * raw[parameters + k]);
        if ((values[index] > 0.0 && isfinite(values[index])) || !(share > most)) continue;
        most = share;
        farthest = k;
    }
    if (most == 0.0) return custval__lifetime_check_values(in->model, values, error);
    const size_t index = farthest < in->options.purchase_count ? in->model->purchase.index : in->model->dropout.index;
    return custval__fail(error, CUSTVAL_ERROR_RANGE,
                         "covariate \"%s\" is near %g, and at 0 of it %s would be %g: subtract its mean from it",
                         name_of(&in->options, farthest), in->likelihood.means[farthest], in->model->names[index],
                         values[index]);
}

static custval_status fill(fitting *in, uint32_t convergence, custval_lifetime *out, custval_error *error) {
    const size_t count = in->likelihood.count;
    double raw[CUSTVAL__FIT_VARIABLES];
    custval__likelihood_to_raw(&in->likelihood, in->best.at, raw);
    for (size_t i = 0; i < count; i++) out->values[i] = i < in->model->parameters ? custval__exp(raw[i]) : raw[i];
    CUSTVAL__TRY(check_near(in, raw, out->values, error));
    CUSTVAL__TRY(fill_facts(in, convergence, out, error));
    if (convergence != CUSTVAL_CONVERGENCE_OPTIMUM) return CUSTVAL_OK;
    double *covariance = custval__lifetime_add_covariance(out);
    if (covariance == NULL) return custval__fail_memory(error);
    for (size_t i = 0; i < count * count; i++) covariance[i] = in->best.inverse[i] / in->cells.total;
    custval__likelihood_covariance_to_raw(&in->likelihood, covariance);
    return CUSTVAL_OK;
}

static custval_status make_lifetime(fitting *in, custval_lifetime **out, custval_error *error) {
    const custval_lifetime_fit_options *options = &in->options;
    custval_lifetime *self;
    uint32_t convergence;
    CUSTVAL__TRY(custval__lifetime_new(&in->host, in->model, (uint32_t)options->purchase_count,
                                       options->purchase_covariates, (uint32_t)options->dropout_count,
                                       options->dropout_covariates, &self, error));
    custval_status status = custval__fit_outcome(&in->best, self, in->cells.total, &convergence, error);
    if (status == CUSTVAL_ERROR_CONVERGENCE && options->accept) status = CUSTVAL_OK;
    if (status == CUSTVAL_OK) status = fill(in, convergence, self, error);
    return custval__lifetime_give(self, status, out);
}

static custval_status fit(fitting *in, const custval_table *table, custval_lifetime **out, custval_error *error) {
    CUSTVAL__TRY(read_cells(in, table, error));
    CUSTVAL__TRY(check_enough(in, error));
    CUSTVAL__TRY(standardise(in, error));
    make_box(in);
    make_starts(in);
    CUSTVAL__TRY(climb_all(in, error));
    return make_lifetime(in, out, error);
}

custval_status custval_lifetime_fit(const custval_table *table, const custval_lifetime_fit_options *options,
                                    custval_lifetime **out, custval_error *error) {
    fitting in = {.options = CUSTVAL_LIFETIME_FIT_OPTIONS_INIT};
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (table == NULL) return custval__fail_null(error, "table");
    if (options == NULL) return custval__fail_null(error, "options");
    CUSTVAL__TRY(read_options(&in, options, error));
    in.cells.host = in.sample.host = in.best.host = in.trial.host = in.quiet;
    in.likelihood.host = &in.quiet;
    const custval_status status = fit(&in, table, out, error);
    custval__climber_free(&in.best);
    custval__climber_free(&in.trial);
    custval__likelihood_free(&in.likelihood);
    custval__cells_free(&in.sample);
    custval__cells_free(&in.cells);
    return status;
}
