/* How a system scores, and what it reads from a data file. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "system_file.h"

#include <stdlib.h>
#include <string.h>

#include "platform.h"

/* ---- Options ----------------------------------------------------------------------------------------------------- */

custval_score_options score_options(const custval_system *system, const score_choice *choice, char today[11]) {
    custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
    options.profile = choice->profile;
    options.context = choice->context;
    options.language = choice->language;
    options.as_of = choice->as_of;
    if (options.as_of == NULL && custval_system_overrides(system) > 0) {
        platform_today(today);
        options.as_of = today;
    }
    return options;
}

/* ---- Columns ----------------------------------------------------------------------------------------------------- */

/* The roles for which a column is read. */
static uint32_t needed_roles(const custval_input *input, const custval_score_options *options) {
    uint32_t roles = input->roles;
    if (options->profile != NULL) roles &= ~(uint32_t)CUSTVAL_INPUT_PROFILE;
    if (options->context != NULL) roles &= ~(uint32_t)CUSTVAL_INPUT_CONTEXT;
    return roles;
}

void binding_init(binding *to, const custval_system *system, const char *path, const custval_score_options *options,
                  rows_plan *plan) {
    custval_error error = CUSTVAL_ERROR_INIT;
    *to = (binding){system, path, custval_system_inputs(system), NULL, NULL};
    to->inputs = memory_new(to->count, sizeof to->inputs[0]);
    to->slots = memory_new(to->count, sizeof to->slots[0]);
    for (uint32_t i = 0; i < to->count; i++) {
        to->inputs[i] = (custval_input)CUSTVAL_INPUT_INIT;
        if (custval_system_input(system, i, &to->inputs[i], &error) != CUSTVAL_OK) fail_error(path, &error);
        to->slots[i] = ROWS_NO_SLOT;
        if (needed_roles(&to->inputs[i], options) == 0) continue;
        const size_t column = data_column(plan->data, to->inputs[i].column, path);
        to->slots[i] = to->inputs[i].is_text ? rows_want_text(plan, column) : rows_want_number(plan, column);
    }
}

static custval_status add_texts(custval_table *table, const char *name, const data_file *data,
                                const custval_text *texts, size_t count, custval_error *error) {
    custval_text *const answers = memory_new(count, sizeof *answers);
    for (size_t i = 0; i < count; i++) {
        if (!data_is_missing_text(data, texts[i].data, texts[i].length)) answers[i] = texts[i];
    }
    const custval_status status = custval_table_add_texts(table, name, answers, error);
    free(answers);
    return status;
}

custval_table *binding_table(const binding *from, const rows_plan *plan, const row_set *rows) {
    custval_error error = CUSTVAL_ERROR_INIT;
    custval_table *table = NULL;
    custval_status status = custval_table_new(NULL, rows->count, &table, &error);
    for (uint32_t i = 0; i < from->count && status == CUSTVAL_OK; i++) {
        const uint32_t slot = from->slots[i];
        const char *const name = from->inputs[i].column;
        if (slot == ROWS_NO_SLOT) continue;
        status = from->inputs[i].is_text ? add_texts(table, name, plan->data, rows->texts[slot], rows->count, &error)
                                         : custval_table_add_doubles(table, name, rows->numbers[slot], &error);
    }
    if (status != CUSTVAL_OK) fail_error(plan->data->name, &error);
    return table;
}

void binding_free(binding *of) {
    free(of->inputs);
    free(of->slots);
    of->inputs = NULL;
    of->slots = NULL;
}
