/* What JavaScript calls beside the library itself: whatever takes or gives a struct that may grow. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include <custval/custval.h>

#include "bridge.h"

/* A copy of an options struct, to be freed by the caller; NULL without memory. */
static void *copied(const void *options, size_t size) {
    unsigned char *const copy = malloc(size);
    const unsigned char *const bytes = options;
    for (size_t i = 0; copy != NULL && i < size; i++) copy[i] = bytes[i];
    return copy;
}

/* --- Errors -------------------------------------------------------------------------------------------------------- */

custval_error *bridge_error_new(void) {
    const custval_error none = CUSTVAL_ERROR_INIT;
    return copied(&none, sizeof none);
}

const char *bridge_error_message(const custval_error *error) {
    return error->message;
}

uint32_t bridge_error_node(const custval_error *error) {
    return error->node;
}

size_t bridge_error_row(const custval_error *error) {
    return error->row;
}

/* --- Options ------------------------------------------------------------------------------------------------------- */

custval_score_options *bridge_score_options(uint32_t levels, uint32_t coverage, const char *as_of, const char *profile,
                                            const char *context, const char *language) {
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    options.levels = levels;
    options.coverage = coverage;
    options.as_of = as_of;
    options.profile = profile;
    options.context = context;
    options.language = language;
    return copied(&options, sizeof options);
}

custval_lifetime_predict_options *bridge_predict_options(uint32_t outputs, uint32_t timing, double horizon,
                                                         double cash_period, double rate, double rate_period,
                                                         double margin, double cost, double level) {
    custval_lifetime_predict_options options = CUSTVAL_LIFETIME_PREDICT_OPTIONS_INIT;
    options.outputs = outputs;
    options.timing = timing;
    options.horizon = horizon;
    options.cash_period = cash_period;
    options.rate = rate;
    options.rate_period = rate_period;
    options.margin = margin;
    options.cost = cost;
    options.level = level;
    return copied(&options, sizeof options);
}

custval_status bridge_weights(const char *const *names, const double *matrix, size_t count, uint32_t method,
                              uint32_t random_index, custval_weights **out, custval_error *error) {
    custval_judgements judgements = CUSTVAL_JUDGEMENTS_INIT;
    judgements.names = names;
    judgements.count = count;
    judgements.matrices = matrix;
    custval_ahp_options options = CUSTVAL_AHP_OPTIONS_INIT;
    options.method = method;
    options.random_index = random_index;
    return custval_weights_ahp(NULL, &judgements, &options, out, error);
}

/* --- Looking into things ------------------------------------------------------------------------------------------- */

const char *bridge_input(const custval_system *system, uint32_t place, uint32_t *out_is_text) {
    custval_input input = CUSTVAL_INPUT_INIT;
    if (custval_system_input(system, place, &input, NULL) != CUSTVAL_OK) return NULL;
    *out_is_text = input.is_text;
    return input.column;
}

const char *bridge_system_id(const custval_system *system) {
    custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
    return custval_system_get(system, &spec, NULL) == CUSTVAL_OK ? spec.id : NULL;
}

const void *bridge_column(const custval_table *table, size_t place, uint32_t *out_type) {
    custval_column column = CUSTVAL_COLUMN_INIT;
    *out_type = CUSTVAL_TYPE_UNSUPPORTED;
    if (custval_table_column(table, place, &column, NULL) != CUSTVAL_OK) return NULL;
    *out_type = column.type;
    return column.data;
}
