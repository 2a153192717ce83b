/* custval for Lua: groups of customers, cohorts. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "bridge.h"

static custval_groups *groups_check(lua_State *L) {
    return handle_check(L, 1, &handle_groups);
}

/* --- Documents ---------------------------------------------------------------------------------------------------- */

static custval_status document_parse(const char *text, size_t length, void **out, custval_error *error) {
    custval_groups *made = NULL;
    const custval_status status = custval_groups_parse(NULL, text, length, &made, error);
    *out = made;
    return status;
}

static custval_status document_write(const void *groups, const char *language, char *buffer, size_t capacity,
                                     size_t *out_length, custval_error *error) {
    (void)language;
    return custval_groups_write(groups, buffer, capacity, out_length, error);
}

static const document_kind document = {&handle_groups, document_parse, document_write};

/* --- Looking at them ---------------------------------------------------------------------------------------------- */

static const char *group_name(const void *groups, size_t i) {
    return custval_groups_id(groups, i);
}

/* groups:ids(): in the order of the document. */
static int groups_ids(lua_State *L) {
    const custval_groups *const groups = groups_check(L);
    names_push(L, group_name, groups, custval_groups_count(groups));
    return 1;
}

static const char *measure_name(const void *groups, size_t i) {
    return custval_groups_measure(groups, i, NULL);
}

static const char *measure_column(const void *groups, size_t i) {
    const char *column = NULL;
    (void)custval_groups_measure(groups, i, &column);
    return column;
}

/* groups:measures(): their ids in order, and the column of each by its id. */
static int groups_measures(lua_State *L) {
    const custval_groups *const groups = groups_check(L);
    const size_t count = custval_groups_measures(groups);
    names_push(L, measure_name, groups, count);
    for (size_t i = 0; i < count; i++) {
        lua_pushstring(L, measure_column(groups, i));
        lua_setfield(L, -2, measure_name(groups, i));
    }
    return 1;
}

/* Gives a text of the group that the second argument names, in the language that the third does. */
static int text_of_group(lua_State *L, uint32_t kind) {
    const custval_groups *const groups = groups_check(L);
    const char *const id = luaL_checkstring(L, 2), *const language = luaL_optstring(L, 3, NULL);
    for (size_t i = 0; i < custval_groups_count(groups); i++) {
        if (strcmp(custval_groups_id(groups, i), id) != 0) continue;
        lua_pushstring(L, custval_groups_text(groups, i, kind, language));
        return 1;
    }
    lua_pushnil(L);
    lua_pushfstring(L, "no group \"%s\"", id);
    lua_pushinteger(L, CUSTVAL_ERROR_NOT_FOUND);
    return 3;
}

/* groups:label(group [, language]) */
static int groups_label(lua_State *L) {
    return text_of_group(L, CUSTVAL_GROUP_LABEL);
}

/* groups:advice(group [, language]) */
static int groups_advice(lua_State *L) {
    return text_of_group(L, CUSTVAL_GROUP_ADVICE);
}

/* --- Customers in groups ------------------------------------------------------------------------------------------ */

static custval_status columns_of_groups(bridge_call *call, const custval_groups *groups, const char *value,
                                        custval_table **out) {
    const size_t count = custval_groups_measures(groups);
    bridge_wanted *const columns = lua_newuserdata(call->L, (count + 1) * sizeof *columns);
    size_t all = 0;
    for (size_t i = 0; i < count; i++) wanted_add(columns, &all, measure_column(groups, i), 0);
    wanted_add(columns, &all, value, 0);
    return columns_read(call, 2, columns, all, out);
}

/* groups:fix(columns): groups whose quantiles are cuts. */
static int groups_fix(lua_State *L) {
    bridge_call call = call_begin(L);
    const custval_groups *const groups = groups_check(L);
    custval_table *table = NULL;
    custval_groups *out = NULL;
    lua_settop(L, 2);
    custval_status status = columns_of_groups(&call, groups, NULL, &table);
    void **const made = handle_push(L, &handle_groups);
    if (status == CUSTVAL_OK) status = custval_groups_fix(groups, table, NULL, &out, &call.error);
    *made = out;
    return call_give_handle(&call, status);
}

typedef custval_status (*groups_function)(const custval_groups *, const custval_table *, const custval_groups_options *,
                                          custval_table **, custval_error *);

static int groups_give(lua_State *L, groups_function function) {
    bridge_call call = call_begin(L);
    custval_groups_options options;
    const custval_groups *const groups = groups_check(L);
    custval_table *table = NULL, *out = NULL;
    lua_settop(L, 3);
    options_read(L, 3, &call, OPTIONS(TARGET(custval_groups_options, options)), NULL);
    custval_status status = columns_of_groups(&call, groups, options.value, &table);
    void **const made = handle_push(L, &handle_table);
    if (status == CUSTVAL_OK) status = function(groups, table, &options, &out, &call.error);
    return call_give(&call, status, made, out);
}

/* groups:assign(columns [, options]) */
static int groups_assign(lua_State *L) {
    return groups_give(L, custval_groups_assign);
}

/* groups:describe(columns [, options]) */
static int groups_describe(lua_State *L) {
    return groups_give(L, custval_groups_describe);
}

/* --- Cohorts ------------------------------------------------------------------------------------------------------ */

/* custval.cohorts(history [, options]) */
static int cohorts(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_cohort_options options;
    const custval_history *const history = handle_check(L, 1, &handle_history);
    custval_table *out = NULL;
    lua_settop(L, 2);
    options_read(L, 2, &call, OPTIONS(TARGET(custval_cohort_options, options)), NULL);
    void **const made = handle_push(L, &handle_table);
    const custval_status status = custval_cohorts(history, &options, &out, &call.error);
    return call_give(&call, status, made, out);
}

void groups_register(lua_State *L) {
    static const luaL_Reg methods[] = {
        {"advice", groups_advice}, {"assign", groups_assign}, {"describe", groups_describe}, {"fix", groups_fix},
        {"ids", groups_ids},       {"label", groups_label},   {"measures", groups_measures}, {NULL, NULL}};
    static const luaL_Reg functions[] = {{"cohorts", cohorts}, {NULL, NULL}};
    document_register(L, &document, "groups", methods, NULL);
    functions_add(L, functions);
}
