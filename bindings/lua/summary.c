/* custval for Lua: summaries of data, and criteria. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "bridge.h"

const char *const summary_keys[] = {"columns", "sacrifices", "ranges", NULL};
static const char *const new_keys[] = {"columns", "sacrifices", "ranges", "parts", "system", "level", "profile", NULL};

static custval_summary *summary_check(lua_State *L) {
    return handle_check(L, 1, &handle_summary);
}

/* --- Criteria ----------------------------------------------------------------------------------------------------- */

static custval_criterion *criterion_find(lua_State *L, custval_criterion *criteria, size_t count, const char *what,
                                         int index) {
    const char *const name = lua_type(L, index) == LUA_TSTRING ? lua_tostring(L, index) : "";
    for (size_t i = 0; i < count; i++) {
        if (strcmp(criteria[i].column, name) == 0) return &criteria[i];
    }
    luaL_error(L, "%s: \"%s\" is none of the columns", what, name);
    return NULL;
}

/* Reads {q1 = {1, 10}, ...} on top of the stack. */
static void ranges_read(lua_State *L, custval_criterion *criteria, size_t count) {
    if (!lua_istable(L, -1)) luaL_error(L, "ranges: a table expected, got %s", luaL_typename(L, -1));
    for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1)) {
        custval_criterion *const found = criterion_find(L, criteria, count, "ranges", -2);
        if (!lua_istable(L, -1)) luaL_error(L, "ranges: {low, high} expected for \"%s\"", found->column);
        lua_rawgeti(L, -1, 1);
        lua_rawgeti(L, -2, 2);
        if (lua_type(L, -1) != LUA_TNUMBER || lua_type(L, -2) != LUA_TNUMBER)
            luaL_error(L, "ranges: {low, high} expected for \"%s\"", found->column);
        found->low = lua_tonumber(L, -2);
        found->high = lua_tonumber(L, -1);
        lua_pop(L, 2);
    }
}

custval_criterion *criteria_push(lua_State *L, const char *const *names, const double *weights, size_t count,
                                 int options) {
    custval_criterion *const criteria = lua_newuserdata(L, (count + 1) * sizeof *criteria);
    for (size_t i = 0; i < count; i++) {
        criteria[i] = (custval_criterion)CUSTVAL_CRITERION_INIT;
        criteria[i].column = names[i];
        if (weights != NULL) criteria[i].weight = weights[i];
    }
    if (!lua_istable(L, options)) return criteria;
    lua_getfield(L, options, "ranges");
    if (!lua_isnil(L, -1)) ranges_read(L, criteria, count);
    lua_getfield(L, options, "sacrifices");
    if (!lua_isnil(L, -1)) {
        size_t sacrifices = 0;
        const int at = lua_gettop(L);
        texts_read(L, at, "sacrifices", &sacrifices);
        lua_pop(L, 1);
        for (size_t i = 0; i < sacrifices; i++) {
            lua_rawgeti(L, at, (int)i + 1);
            criterion_find(L, criteria, count, "sacrifices", -1)->side = CUSTVAL_SIDE_SACRIFICE;
            lua_pop(L, 1);
        }
    }
    lua_pop(L, 2);
    return criteria;
}

custval_status criteria_of_system(bridge_call *call, const custval_system *system, int options, custval_criterion **out,
                                  size_t *count) {
    lua_State *const L = call->L;
    lua_getfield(L, options, "level");
    const uint32_t kind =
        lua_isnil(L, -1) ? CUSTVAL_KIND_INDICATOR : word_check(L, "level", lua_gettop(L), CUSTVAL_WORDS_KIND, NULL);
    lua_getfield(L, options, "profile");
    const char *const profile = luaL_optstring(L, lua_gettop(L), NULL);
    *out = NULL;
    custval_status status = custval_system_criteria(system, kind, profile, NULL, 0, count, &call->error);
    if (status != CUSTVAL_OK) return status;
    *out = lua_newuserdata(L, (*count + 1) * sizeof **out);
    return custval_system_criteria(system, kind, profile, *out, *count, count, &call->error);
}

/* --- Making ------------------------------------------------------------------------------------------------------- */

/* Pushes a summary; what its host needs is kept with it. */
static custval_status summary_push(bridge_call *call, const custval_criterion *criteria, size_t count, uint32_t parts,
                                   int options, custval_summary **out) {
    lua_State *const L = call->L;
    void **const made = handle_push(L, &handle_summary);
    const custval_status status = custval_summary_new(call_host(call), criteria, count, parts, out, &call->error);
    *made = *out;
    threads_keep(L, options);
    return status;
}

/* custval.summary{columns =, ...} */
static int summary_new(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_criterion *criteria = NULL;
    custval_summary *out = NULL;
    size_t count = 0;
    custval_status status = CUSTVAL_OK;
    lua_remove(L, 1); /* custval.summary itself, which is called */
    lua_settop(L, 1);
    luaL_checktype(L, 1, LUA_TTABLE);
    options_read(L, 1, &call, NULL, new_keys);
    luaL_argcheck(L, call.progress == 0, 1, "a summary reports no progress");
    lua_getfield(L, 1, "parts");
    const uint32_t parts =
        lua_isnil(L, -1) ? 0 : bits_check(L, "parts", lua_gettop(L), 0, words_of_custval_summary_part);
    lua_getfield(L, 1, "system");
    if (!lua_isnil(L, -1)) {
        status = criteria_of_system(&call, handle_check(L, lua_gettop(L), &handle_system), 1, &criteria, &count);
    } else {
        lua_getfield(L, 1, "columns");
        const char *const *const names = texts_read(L, lua_gettop(L), "columns", &count);
        criteria = criteria_push(L, names, NULL, count, 1);
    }
    if (status == CUSTVAL_OK) status = summary_push(&call, criteria, count, parts, 1, &out);
    return call_give_handle(&call, status);
}

custval_status summary_of(bridge_call *call, int data, int options, const char *outcome, uint32_t parts,
                          custval_summary **out) {
    lua_State *const L = call->L;
    *out = handle_test(L, data, &handle_summary);
    if (*out != NULL) return CUSTVAL_OK;
    custval_table *table = NULL;
    custval_status status = columns_read(call, data, NULL, 0, &table);
    if (status != CUSTVAL_OK) return status;
    size_t count = 0;
    const char **names = NULL;
    lua_pushnil(L);
    if (lua_istable(L, options)) {
        lua_pop(L, 1);
        lua_getfield(L, options, "columns");
    }
    if (!lua_isnil(L, -1)) {
        const char **const chosen = texts_read(L, lua_gettop(L), "columns", &count);
        names = lua_newuserdata(L, (count + 2) * sizeof *names);
        memcpy(names, chosen, count * sizeof *names);
    } else {
        names = numeric_names_push(L, table, &count);
    }
    /* The outcome is one of the columns of a summary for drivers. */
    size_t at = 0;
    while (outcome != NULL && at < count && strcmp(names[at], outcome) != 0) at++;
    if (outcome != NULL && at == count) names[count++] = outcome;
    const custval_criterion *const criteria = criteria_push(L, names, NULL, count, options);
    status = summary_push(call, criteria, count, parts, options, out);
    return status == CUSTVAL_OK ? custval_summary_add(*out, table, &call->error) : status;
}

/* custval.summary.frombytes(bytes) */
static int summary_frombytes(lua_State *L) {
    bridge_call call = call_begin(L);
    size_t length = 0;
    const char *const bytes = luaL_checklstring(L, 1, &length);
    custval_summary *out = NULL;
    void **const made = handle_push(L, &handle_summary);
    const custval_status status = custval_summary_read(NULL, bytes, length, &out, &call.error);
    *made = out;
    return call_give_handle(&call, status);
}

/* --- Feeding ------------------------------------------------------------------------------------------------------ */

/* summary:add(columns): gives the summary. */
static int summary_add(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_summary *const summary = summary_check(L);
    custval_table *table = NULL;
    custval_status status = columns_read(&call, 2, NULL, 0, &table);
    if (status == CUSTVAL_OK) status = custval_summary_add(summary, table, &call.error);
    lua_settop(L, 1);
    return call_give_handle(&call, status);
}

/* summary:merge(other): gives the summary. */
static int summary_merge(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_summary *const summary = summary_check(L);
    const custval_summary *const other = handle_check(L, 2, &handle_summary);
    const custval_status status = custval_summary_merge(summary, other, &call.error);
    lua_settop(L, 1);
    return call_give_handle(&call, status);
}

/* --- Reading ------------------------------------------------------------------------------------------------------ */

static custval_status write_bytes(const void *summary, void *buffer, size_t capacity, size_t *out_length,
                                  custval_error *error) {
    return custval_summary_write(summary, buffer, capacity, out_length, error);
}

static int summary_tobytes(lua_State *L) {
    bridge_call call = call_begin(L);
    return bytes_give(&call, write_bytes, summary_check(L));
}

static int summary_rows(lua_State *L) {
    lua_pushinteger(L, (lua_Integer)custval_summary_rows(summary_check(L)));
    return 1;
}

static int summary_table(lua_State *L) {
    bridge_call call = call_begin(L);
    const custval_summary *const summary = summary_check(L);
    custval_table *out = NULL;
    void **const made = handle_push(L, &handle_table);
    const custval_status status = custval_summary_table(summary, &out, &call.error);
    return call_give(&call, status, made, out);
}

static int summary_correlations(lua_State *L) {
    bridge_call call = call_begin(L);
    const custval_summary *const summary = summary_check(L);
    custval_table *out = NULL;
    void **const made = handle_push(L, &handle_table);
    const custval_status status = custval_summary_correlations(summary, &out, &call.error);
    return call_give(&call, status, made, out);
}

/* Index of a column by its name. */
static custval_status column_index(bridge_call *call, const custval_summary *summary, const char *name, size_t *out) {
    custval_table *table = NULL;
    void **const made = handle_push(call->L, &handle_table);
    const custval_status status = custval_summary_table(summary, &table, &call->error);
    *made = table;
    if (status != CUSTVAL_OK) return status;
    for (*out = 0; *out < custval_table_rows(table); ++*out) {
        custval_text text = {NULL, 0};
        if (custval_table_text(table, 0, *out, &text, NULL) != CUSTVAL_OK) continue;
        if (text.length == strlen(name) && memcmp(text.data, name, text.length) == 0) return CUSTVAL_OK;
    }
    luaL_error(call->L, "\"%s\" is none of the summary's columns", name);
    return CUSTVAL_ERROR_NOT_FOUND;
}

/* summary:quantile(column, share): column by name or number. */
static int summary_quantile(lua_State *L) {
    bridge_call call = call_begin(L);
    const custval_summary *const summary = summary_check(L);
    const double share = luaL_checknumber(L, 3);
    size_t column = 0;
    double out = 0;
    custval_status status = CUSTVAL_OK;
    if (lua_type(L, 2) == LUA_TNUMBER)
        column = row_check(L, 2);
    else
        status = column_index(&call, summary, luaL_checkstring(L, 2), &column);
    if (status == CUSTVAL_OK) status = custval_summary_quantile(summary, column, share, &out, &call.error);
    if (status != CUSTVAL_OK) return call_failed(&call, status);
    lua_pushnumber(L, out);
    return 1;
}

/* summary:fit(system [, options]): a new system with scales fitted to the data. */
static int summary_fit(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_fit_options options;
    const custval_summary *const summary = summary_check(L);
    const custval_system *const system = handle_check(L, 2, &handle_system);
    custval_system *out = NULL;
    lua_settop(L, 3);
    options_read(L, 3, &call, OPTIONS(TARGET(custval_fit_options, options)), NULL);
    options.host = NULL;
    void **const made = handle_push(L, &handle_system);
    const custval_status status = custval_system_fit(system, summary, &options, &out, &call.error);
    *made = out;
    return call_give_handle(&call, status);
}

/* system:criteria([{level =, profile =}]): {{column =, side =, weight =, low =, high =}, ...} */
static int system_criteria(lua_State *L) {
    bridge_call call = call_begin(L);
    static const char *const keys[] = {"level", "profile", NULL};
    const custval_system *const system = system_check(L);
    custval_criterion *criteria = NULL;
    size_t count = 0;
    lua_settop(L, 2);
    options_read(L, 2, NULL, NULL, keys);
    if (lua_isnil(L, 2)) lua_replace(L, 2); /* the empty table of scratch */
    const custval_status status = criteria_of_system(&call, system, 2, &criteria, &count);
    if (status != CUSTVAL_OK) return call_failed(&call, status);
    lua_createtable(L, (int)count, 0);
    for (size_t i = 0; i < count; i++) {
        lua_createtable(L, 0, 5);
        lua_pushstring(L, criteria[i].column);
        lua_setfield(L, -2, "column");
        lua_pushstring(L, custval_word(CUSTVAL_WORDS_SIDE, criteria[i].side));
        lua_setfield(L, -2, "side");
        lua_pushnumber(L, criteria[i].weight);
        lua_setfield(L, -2, "weight");
        lua_pushnumber(L, criteria[i].low);
        lua_setfield(L, -2, "low");
        lua_pushnumber(L, criteria[i].high);
        lua_setfield(L, -2, "high");
        lua_rawseti(L, -2, (int)i + 1);
    }
    return 1;
}

void summary_register(lua_State *L) {
    static const luaL_Reg methods[] = {
        {"add", summary_add},     {"correlations", summary_correlations}, {"fit", summary_fit},
        {"merge", summary_merge}, {"quantile", summary_quantile},         {"rows", summary_rows},
        {"table", summary_table}, {"tobytes", summary_tobytes},           {NULL, NULL}};
    static const luaL_Reg of_system[] = {{"criteria", system_criteria}, {NULL, NULL}};
    handle_register(L, &handle_summary, methods, NULL);
    methods_add(L, &handle_system, of_system);
    lua_newtable(L);
    lua_pushcfunction(L, summary_frombytes);
    lua_setfield(L, -2, "frombytes");
    callable_make(L, summary_new);
    lua_setfield(L, -2, "summary");
}
