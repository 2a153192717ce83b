/* Weights that data suggest: what tells customers or offers apart. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/options.h"
#include "../summary/summary.h"
#include "weights.h"

/* One call. */
typedef struct weighing {
    const custval_summary *summary;
    custval_data_options options;
    custval_weights *weights;
    double *information; /* [column] of the table of weights */
    uint64_t sample;     /* complete rows, or the fewest numbers that a column which varies has */
} weighing;

static const char *const method_names[] = {"", "entropy", "critic", "deviation", "variation", "merec"};

static const char *name_of(const weighing *in, size_t column) {
    return custval__summary_column(in->summary, column)->column;
}

static custval__facts facts_of(const weighing *in, size_t column) {
    return in->options.method == CUSTVAL_DATA_CRITIC ? custval__summary_complete_facts(in->summary, column)
                                                     : custval__summary_facts(in->summary, column);
}

static int varies(const custval__facts *facts) {
    return facts->low < facts->high;
}

/* ---- Checking ---------------------------------------------------------------------------------------------------- */

static custval_status check_part(const weighing *in, uint32_t part, const char *name, custval_error *error) {
    if ((custval__summary_parts(in->summary) & part) != 0) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_STATE, "method \"%s\" needs a summary that keeps %s",
                         method_names[in->options.method], name);
}

static custval_status check_method(const weighing *in, custval_error *error) {
    if (in->options.declared_ranges > 1) {
        return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "declared_ranges is %u, but must be 0 or 1",
                             (unsigned)in->options.declared_ranges);
    }
    switch (in->options.method) {
    case CUSTVAL_DATA_ENTROPY: return check_part(in, CUSTVAL_SUMMARY_ENTROPY, "entropy", error);
    case CUSTVAL_DATA_CRITIC: return check_part(in, CUSTVAL_SUMMARY_PAIRS, "pairs", error);
    case CUSTVAL_DATA_DEVIATION:
    case CUSTVAL_DATA_VARIATION: return CUSTVAL_OK;
    case CUSTVAL_DATA_MEREC: return check_part(in, CUSTVAL_SUMMARY_REMOVAL, "removal effects", error);
    default: return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "method %u is unknown", (unsigned)in->options.method);
    }
}

static custval_status count_rows(weighing *in, custval_error *error) {
    const uint64_t rows = custval_summary_rows(in->summary);
    const int needs_complete = in->options.method == CUSTVAL_DATA_CRITIC || in->options.method == CUSTVAL_DATA_MEREC;
    size_t varying = 0;
    in->sample = needs_complete ? custval__summary_complete(in->summary) : rows;
    for (size_t i = 0; i < custval__summary_count(in->summary); i++) {
        const custval__facts facts = facts_of(in, i);
        if (!varies(&facts)) continue;
        varying++;
        if (!needs_complete && facts.count < in->sample) in->sample = facts.count;
    }
    if (in->sample < 2) {
        return custval__fail(error, CUSTVAL_ERROR_STATE, "%llu of %llu rows can be used; weights need at least 2",
                             (unsigned long long)in->sample, (unsigned long long)rows);
    }
    if (varying > 0) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_STATE, "no column varies: there is nothing to weigh");
}

/* ---- Methods ----------------------------------------------------------------------------------------------------- */

static custval_status weigh_entropy(weighing *in, custval_error *error) {
    double *entropy;
    CUSTVAL__TRY(custval__weights_column(in->weights, "entropy", &entropy, error));
    for (size_t i = 0; i < custval__summary_count(in->summary); i++) {
        const custval_criterion *column = custval__summary_column(in->summary, i);
        const custval__facts facts = facts_of(in, i);
        const int is_turned = column->side == CUSTVAL_SIDE_SACRIFICE;
        const double least = is_turned ? column->low + column->high - facts.high : facts.low;
        if (least < 0.0) {
            return custval__fail(error, CUSTVAL_ERROR_RANGE,
                                 "column \"%s\" goes down to %g%s: entropy takes no numbers below 0", column->column,
                                 least, is_turned ? ", turned in its range" : "");
        }
        entropy[i] = facts.entropy;
        in->information[i] = varies(&facts) ? facts.divergence : 0.0;
    }
    return CUSTVAL_OK;
}

/* The deviation of a column after scaling; 0 if it does not vary. */
static custval_status scaled_deviation(const weighing *in, size_t column, const custval__facts *facts, double *out,
                                       custval_error *error) {
    const custval_criterion *criterion = custval__summary_column(in->summary, column);
    *out = varies(facts) ? facts->spread : 0.0;
    if (!in->options.declared_ranges) return CUSTVAL_OK;
    if (!custval__summary_has_range(in->summary, column)) {
        return custval__fail(error, CUSTVAL_ERROR_RANGE, "column \"%s\" has no declared range to be scaled to",
                             criterion->column);
    }
    if (varies(facts)) *out = facts->deviation / (criterion->high - criterion->low);
    return CUSTVAL_OK;
}

static double conflict_of(const weighing *in, size_t column) {
    const uint32_t side = custval__summary_column(in->summary, column)->side;
    double conflict = 0.0;
    for (size_t i = 0; i < custval__summary_count(in->summary); i++) {
        const double r = custval__summary_correlation(in->summary, column, i);
        const int is_turned = custval__summary_column(in->summary, i)->side != side;
        if (!isnan(r)) conflict += 1.0 - (is_turned ? -r : r);
    }
    return conflict;
}

static custval_status weigh_critic(weighing *in, custval_error *error) {
    double *deviation, *conflict;
    CUSTVAL__TRY(custval__weights_column(in->weights, "deviation", &deviation, error));
    CUSTVAL__TRY(custval__weights_column(in->weights, "conflict", &conflict, error));
    for (size_t i = 0; i < custval__summary_count(in->summary); i++) {
        const custval__facts facts = facts_of(in, i);
        CUSTVAL__TRY(scaled_deviation(in, i, &facts, &deviation[i], error));
        conflict[i] = varies(&facts) ? conflict_of(in, i) : 0.0;
        in->information[i] = deviation[i] * conflict[i];
    }
    return CUSTVAL_OK;
}

static custval_status weigh_deviation(weighing *in, custval_error *error) {
    double *deviation;
    CUSTVAL__TRY(custval__weights_column(in->weights, "deviation", &deviation, error));
    for (size_t i = 0; i < custval__summary_count(in->summary); i++) {
        const custval__facts facts = facts_of(in, i);
        deviation[i] = facts.deviation;
        CUSTVAL__TRY(scaled_deviation(in, i, &facts, &in->information[i], error));
    }
    return CUSTVAL_OK;
}

static custval_status weigh_variation(weighing *in, custval_error *error) {
    double *deviation;
    CUSTVAL__TRY(custval__weights_column(in->weights, "deviation", &deviation, error));
    for (size_t i = 0; i < custval__summary_count(in->summary); i++) {
        const custval_criterion *column = custval__summary_column(in->summary, i);
        const custval__facts facts = facts_of(in, i);
        const int is_turned = column->side == CUSTVAL_SIDE_SACRIFICE && custval__summary_has_range(in->summary, i);
        const double mean = is_turned ? column->low + column->high - facts.mean : facts.mean;
        deviation[i] = facts.deviation;
        in->information[i] = 0.0;
        if (!varies(&facts)) continue;
        if (!(mean > 0.0)) {
            return custval__fail(error, CUSTVAL_ERROR_RANGE, "column \"%s\" has the mean %g%s, which is not above 0",
                                 column->column, mean, is_turned ? ", turned in its range" : "");
        }
        in->information[i] = is_turned ? facts.deviation / mean : facts.variation;
    }
    return CUSTVAL_OK;
}

static custval_status weigh_removal(weighing *in, custval_error *error) {
    double *removal;
    CUSTVAL__TRY(custval__weights_column(in->weights, "removal", &removal, error));
    for (size_t i = 0; i < custval__summary_count(in->summary); i++) {
        const custval__facts facts = facts_of(in, i);
        const double effect = custval__summary_removal(in->summary, i);
        removal[i] = effect / (double)in->sample;
        in->information[i] = varies(&facts) ? effect : 0.0;
    }
    return CUSTVAL_OK;
}

static custval_status weigh(weighing *in, custval_error *error) {
    switch (in->options.method) {
    case CUSTVAL_DATA_ENTROPY: return weigh_entropy(in, error);
    case CUSTVAL_DATA_CRITIC: return weigh_critic(in, error);
    case CUSTVAL_DATA_DEVIATION: return weigh_deviation(in, error);
    case CUSTVAL_DATA_VARIATION: return weigh_variation(in, error);
    default: return weigh_removal(in, error);
    }
}

/* ---- The call ---------------------------------------------------------------------------------------------------- */

static custval_status make_weights(weighing *in, custval_error *error) {
    const custval_host *host = custval__summary_host(in->summary);
    const size_t count = custval__summary_count(in->summary);
    const char **names = custval__alloc(host, count, sizeof *names);
    if (names == NULL) return custval__fail_memory(error);
    for (size_t i = 0; i < count; i++) names[i] = name_of(in, i);
    const custval_status status =
        custval__weights_new(host, names, count, method_names[in->options.method], &in->weights, error);
    custval__free(host, names);
    return status;
}

static custval_status fill(weighing *in, custval_error *error) {
    CUSTVAL__TRY(custval__weights_column(in->weights, "information", &in->information, error));
    CUSTVAL__TRY(weigh(in, error));
    custval__weights_set_sample(in->weights, in->sample);
    double *numbers = custval__weights_numbers(in->weights), sum = 0.0;
    for (size_t i = 0; i < custval__summary_count(in->summary); i++) {
        const custval__facts facts = facts_of(in, i);
        numbers[i] = in->information[i];
        sum += numbers[i];
        if (varies(&facts)) continue;
        CUSTVAL__TRY(custval__weights_note(in->weights, "constant", name_of(in, i), error,
                                           "column \"%s\" does not vary: it tells nothing apart", name_of(in, i)));
    }
    if (sum == 0.0) {
        return custval__fail(error, CUSTVAL_ERROR_STATE, "method \"%s\" finds no column more telling than another",
                             method_names[in->options.method]);
    }
    if (in->sample < CUSTVAL__LOW_N) {
        CUSTVAL__TRY(custval__weights_note(in->weights, "low-n", NULL, error,
                                           "%llu rows are few: below %d, weights from data are mostly chance",
                                           (unsigned long long)in->sample, CUSTVAL__LOW_N));
    }
    return custval__weights_finish(in->weights, error);
}

custval_status custval_weights_data(const custval_summary *summary, const custval_data_options *options,
                                    custval_weights **out, custval_error *error) {
    weighing in = {.summary = summary, .options = CUSTVAL_DATA_OPTIONS_INIT};
    if (out == NULL) return custval__fail_null(error, "out");
    *out = NULL;
    if (summary == NULL) return custval__fail_null(error, "summary");
    CUSTVAL__TRY(custval__struct_read(&in.options, sizeof in.options, sizeof in.options, options,
                                      "custval_data_options", error));
    CUSTVAL__TRY(check_method(&in, error));
    CUSTVAL__TRY(count_rows(&in, error));
    custval_status status = make_weights(&in, error);
    if (status == CUSTVAL_OK) status = fill(&in, error);
    return custval__weights_give(in.weights, status, out);
}
