/* Columns of the nodes of chosen levels. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "levels.h"

#include "../base/compiler.h"
#include "../base/error.h"
#include "../base/options.h"

#define NAME_SIZE (CUSTVAL_MAX_ID_LENGTH + 32)

custval_status custval__levels_read(const custval_score_options *options, uint32_t *out, custval_error *error) {
    const uint32_t known = CUSTVAL_LEVEL_VALUE | CUSTVAL_LEVEL_SIDE | CUSTVAL_LEVEL_DIMENSION |
                           CUSTVAL_LEVEL_INDICATOR | CUSTVAL_LEVEL_ITEM | CUSTVAL_LEVEL_DERIVED | CUSTVAL_LEVEL_TAG;
    custval_score_options whole = CUSTVAL_SCORE_OPTIONS_INIT;
    CUSTVAL__TRY(custval__struct_read(&whole, sizeof whole, sizeof whole, options, "custval_score_options", error));
    *out = whole.levels == 0 ? CUSTVAL_LEVEL_VALUE | CUSTVAL_LEVEL_SIDE : whole.levels;
    if ((*out & ~known) == 0) return CUSTVAL_OK;
    return custval__fail(error, CUSTVAL_ERROR_ARGUMENT, "levels has unknown bits: %u", (unsigned)*out);
}

custval_status custval__levels_add(custval_table *result, const custval__node *node, const char *ending, double **out,
                                   custval_error *error) {
    char name[NAME_SIZE];
    custval__format(name, sizeof name, "%s%s", node->id, ending);
    return custval__result_add_doubles(result, name, out, error);
}

custval_status custval__levels_add_words(custval_table *result, const custval__node *node, const char *ending,
                                         uint32_t **out, custval_error *error) {
    char name[NAME_SIZE];
    custval__format(name, sizeof name, "%s%s", node->id, ending);
    return custval__result_add_uint32(result, name, out, error);
}
