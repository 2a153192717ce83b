/* Functions that JavaScript calls beside those of the library: see bridge.c. Pointers and sizes have 32 bits there. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CUSTVAL_WASM_BRIDGE_H
#define CUSTVAL_WASM_BRIDGE_H

#include <custval/custval.h>

/* An error to be passed to any number of calls; NULL without memory. */
custval_error *bridge_error_new(void);
const char *bridge_error_message(const custval_error *error);
uint32_t bridge_error_node(const custval_error *error);
size_t bridge_error_row(const custval_error *error);

/* Options with these members, to be freed with free(); texts are borrowed. NULL without memory. */
custval_score_options *bridge_score_options(uint32_t levels, uint32_t coverage, const char *as_of, const char *profile,
                                            const char *context, const char *language);
custval_lifetime_predict_options *bridge_predict_options(uint32_t outputs, uint32_t timing, double horizon,
                                                         double cash_period, double rate, double rate_period,
                                                         double margin, double cost, double level);

/* custval_weights_ahp() of one judge. */
custval_status bridge_weights(const char *const *names, const double *matrix, size_t count, uint32_t method,
                              uint32_t random_index, custval_weights **out, custval_error *error);

/* The name of an input of a system, and whether it is a text. */
const char *bridge_input(const custval_system *system, uint32_t place, uint32_t *out_is_text);
const char *bridge_system_id(const custval_system *system);

/* The packed values of a column of a result, and their type. */
const void *bridge_column(const custval_table *table, size_t place, uint32_t *out_type);

#endif
