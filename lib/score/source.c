/* Where answers come from: columns of a table bound to the inputs of a system, or one row given as arrays. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "../base/error.h"
#include "../base/text.h"
#include "engine.h"

// What an input is read for, in words for messages.
static void describe_use(const custval_system *system, uint32_t input, char *out, size_t capacity) {
    const uint32_t roles = system->inputs[input].roles;
    for (uint32_t i = 0; i < system->node_count; i++) {
        const custval__node *node = &system->nodes[i];
        if (node->item != CUSTVAL_NONE && system->items[node->item].input == input) {
            custval__format(out, capacity, "item \"%s\"", node->id);
            return;
        }
        if (node->weight_input == input) {
            custval__format(out, capacity, "the importance of \"%s\"", node->id);
            return;
        }
    }
    custval__format(out, capacity, "%s",
                    roles & CUSTVAL_INPUT_PROFILE   ? "the profile"
                    : roles & CUSTVAL_INPUT_CONTEXT ? "the context"
                                                    : "the customer of overrides");
}

// Forced profiles and contexts, and overrides that all expired, make their columns unnecessary.
static int is_needed(const custval__plan *plan, uint32_t input) {
    uint32_t roles = plan->system->inputs[input].roles;
    if (plan->forced_profile) roles &= ~(uint32_t)CUSTVAL_INPUT_PROFILE;
    if (plan->forced_context) roles &= ~(uint32_t)CUSTVAL_INPUT_CONTEXT;
    if (plan->active_overrides == 0) roles &= ~(uint32_t)CUSTVAL_INPUT_OVERRIDE;
    return roles != 0;
}

static custval_status check_type(const custval__plan *plan, const custval_table *table, uint32_t input, size_t column,
                                 custval_error *error) {
    const custval__input *wanted = &plan->system->inputs[input];
    const int is_number = custval__table_is_number(table, column);
    const int is_category = wanted->is_text && (wanted->roles & CUSTVAL_INPUT_ITEM);
    if (wanted->is_text ? custval__table_is_text(table, column) || (is_number && !is_category) : is_number) {
        return CUSTVAL_OK;
    }
    char use[2 * CUSTVAL_MAX_ID_LENGTH], words[160];
    describe_use(plan->system, input, use, sizeof use);
    return custval__fail(error, CUSTVAL_ERROR_TYPE, "column \"%s\" holds %s, but %s needs %s", wanted->column,
                         custval__table_type_words(table, column, words, sizeof words), use,
                         wanted->is_text ? "text" : "numbers");
}

custval_status custval__source_bind(const custval__plan *plan, const custval_table *table, custval__source *out,
                                    custval_error *error) {
    const custval_system *system = plan->system;
    *out = (custval__source){0};
    if (table == NULL) return custval__fail_null(error, "table");
    size_t *columns = custval__alloc(&plan->host, system->input_count, sizeof *columns);
    if (columns == NULL) return custval__fail_memory(error);
    for (uint32_t i = 0; i < system->input_count; i++) {
        columns[i] = SIZE_MAX;
        if (!is_needed(plan, i)) continue;
        custval_status status = custval_table_find(table, system->inputs[i].column, &columns[i], error);
        if (status == CUSTVAL_OK) status = check_type(plan, table, i, columns[i], error);
        if (status != CUSTVAL_OK) {
            custval__free(&plan->host, columns);
            return status;
        }
    }
    out->table = table;
    out->columns = columns;
    return CUSTVAL_OK;
}

void custval__source_free(const custval__plan *plan, custval__source *source) {
    if (source->columns != NULL) custval__free(&plan->host, source->columns);
    *source = (custval__source){0};
}

const double *custval__source_numbers(const custval__source *source, uint32_t input, size_t start, uint32_t count,
                                      double *scratch) {
    if (source->table == NULL) return &source->numbers[input];
    return custval__table_doubles(source->table, source->columns[input], start, count, scratch);
}

int custval__source_text(const custval__source *source, uint32_t input, size_t row, char digits[CUSTVAL__NUMBER_SIZE],
                         custval_text *out) {
    double number = (double)NAN;
    *out = (custval_text){0};
    if (source->table == NULL) {
        if (source->texts != NULL && source->texts[input].data != NULL) {
            *out = source->texts[input];
            return out->length > 0;
        }
        number = source->numbers[input];
    } else if (custval__table_is_text(source->table, source->columns[input])) {
        return custval__table_get_text(source->table, source->columns[input], row, out) && out->length > 0;
    } else {
        double scratch;
        number = *custval__table_doubles(source->table, source->columns[input], row, 1, &scratch);
    }
    if (isnan(number)) return 0;
    out->length = custval__number_text(number, digits);
    out->data = digits;
    return 1;
}
