/* custval for Lua: histories of transactions, and RFM scores. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "bridge.h"

static custval_history *history_check(lua_State *L) {
    return handle_check(L, 1, &handle_history);
}

/* --- Making ------------------------------------------------------------------------------------------------------- */

/* What a word for a span of time means; days of a month and a year are the Gregorian mean. */
typedef struct bridge_span {
    const char *word;
    double days;
    uint32_t period; /* 0: none is like it */
    double months;   /* 0: it is no calendar period */
} bridge_span;

static const bridge_span spans[] = {{"second", 1.0 / 86400, CUSTVAL_PERIOD_SECOND, 0},
                                    {"hour", 1.0 / 24, CUSTVAL_PERIOD_HOUR, 0},
                                    {"day", 1, CUSTVAL_PERIOD_DAY, 0},
                                    {"week", 7, CUSTVAL_PERIOD_WEEK, 0},
                                    {"month", 30.4375, CUSTVAL_PERIOD_MONTH, 1},
                                    {"quarter", 91.3125, CUSTVAL_PERIOD_QUARTER, 3},
                                    {"year", 365.25, CUSTVAL_PERIOD_YEAR, 12}};

/* Periods in the unit that the value on top of the stack names. */
static double periods_in_unit(lua_State *L, uint32_t period) {
    const char *const unit = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : NULL;
    const bridge_span *grain = NULL, *wanted = NULL;
    if (unit == NULL) luaL_error(L, "unit: a word expected, got %s", luaL_typename(L, -1));
    for (size_t i = 0; i < sizeof spans / sizeof spans[0]; i++) {
        if (spans[i].period == period) grain = &spans[i];
        if (strcmp(spans[i].word, unit) == 0) wanted = &spans[i];
    }
    if (grain == NULL || wanted == NULL || wanted->days < grain->days) {
        luaL_error(L, "unit: \"%s\" is no unit of at least one %s; periods_per_unit takes any number", unit,
                   custval_word(CUSTVAL_WORDS_PERIOD, period));
    }
    return grain->months > 0 ? wanted->months / grain->months : wanted->days / grain->days;
}

static void unit_read(lua_State *L, int index, custval_history_options *options) {
    if (!lua_istable(L, index)) return;
    lua_getfield(L, index, "unit");
    if (!is_missing(L, -1)) options->periods_per_unit = periods_in_unit(L, options->period);
    lua_pop(L, 1);
}

/* custval.history([options]) */
static int history_new(lua_State *L) {
    static const char *const keys[] = {"unit", NULL};
    bridge_call call = call_begin(L);
    custval_history_options options;
    custval_history *out = NULL;
    lua_remove(L, 1); /* custval.history itself, which is called */
    lua_settop(L, 1);
    options_read(L, 1, &call, OPTIONS(TARGET(custval_history_options, options)), keys);
    luaL_argcheck(L, call.progress == 0, 1, "a history reports no progress");
    unit_read(L, 1, &options);
    void **const made = handle_push(L, &handle_history);
    const custval_status status = custval_history_new(call_host(&call), &options, &out, &call.error);
    *made = out;
    threads_keep(L, 1);
    return call_give_handle(&call, status);
}

/* custval.history.frombytes(bytes) */
static int history_frombytes(lua_State *L) {
    bridge_call call = call_begin(L);
    size_t length = 0;
    const char *const bytes = luaL_checklstring(L, 1, &length);
    custval_history *out = NULL;
    void **const made = handle_push(L, &handle_history);
    const custval_status status = custval_history_read(NULL, bytes, length, &out, &call.error);
    *made = out;
    return call_give_handle(&call, status);
}

/* --- Feeding ------------------------------------------------------------------------------------------------------ */

/* history:add(columns): gives the history. */
static int history_add(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_history *const history = history_check(L);
    custval_table *table = NULL;
    idle_check(L, "changed");
    custval_status status = columns_read(&call, 2, NULL, 0, &table);
    const int handle = lua_gettop(L);
    if (status == CUSTVAL_OK) status = custval_history_add(history, table, &call.error);
    handle_close(L, handle);
    lua_settop(L, 1);
    return call_give_handle(&call, status);
}

/* history:merge(other): gives the history. */
static int history_merge(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_history *const history = history_check(L);
    const custval_history *const other = handle_check(L, 2, &handle_history);
    idle_check(L, "changed");
    const custval_status status = custval_history_merge(history, other, &call.error);
    lua_settop(L, 1);
    return call_give_handle(&call, status);
}

/* history:fold(until): gives the history. */
static int history_fold(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_history *const history = history_check(L);
    const char *const until = text_check(L, 2, "until");
    idle_check(L, "changed");
    const custval_status status = custval_history_fold(history, until, &call.error);
    lua_settop(L, 1);
    return call_give_handle(&call, status);
}

/* --- Looking at one ----------------------------------------------------------------------------------------------- */

typedef custval_status (*history_view)(const custval_history *, const custval_history_view *, custval_table **,
                                       custval_error *);

static int history_give(lua_State *L, history_view function) {
    bridge_call call = call_begin(L);
    custval_history_view view;
    const custval_history *const history = history_check(L);
    custval_table *out = NULL;
    lua_settop(L, 2);
    options_read(L, 2, &call, OPTIONS(TARGET(custval_history_view, view)), NULL);
    void **const made = handle_push(L, &handle_table);
    const custval_status status = function(history, &view, &out, &call.error);
    return call_give(&call, status, made, out);
}

/* history:customers([view]) */
static int history_customers(lua_State *L) {
    return history_give(L, custval_history_table);
}

/* history:course([view]) */
static int history_course(lua_State *L) {
    return history_give(L, custval_history_course);
}

/* history:path(customer [, view]) */
static int history_path(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_history_view view;
    const custval_history *const history = history_check(L);
    custval_table *out = NULL;
    lua_settop(L, 3);
    options_read(L, 3, &call, OPTIONS(TARGET(custval_history_view, view)), NULL);
    if (lua_type(L, 2) == LUA_TNUMBER)
        id_push(L, "customer", 2);
    else
        lua_pushstring(L, text_check(L, 2, "customer"));
    const char *const customer = lua_tostring(L, -1);
    void **const made = handle_push(L, &handle_table);
    const custval_status status = custval_history_path(history, customer, &view, &out, &call.error);
    return call_give(&call, status, made, out);
}

/* history:facts() */
static int history_facts(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_history_facts facts = CUSTVAL_HISTORY_FACTS_INIT;
    const custval_status status = custval_history_facts_get(history_check(L), &facts, &call.error);
    return call_give_facts(&call, status, &kind_of_custval_history_facts, &facts);
}

static custval_status write_bytes(const void *history, void *buffer, size_t capacity, size_t *out_length,
                                  custval_error *error) {
    return custval_history_write(history, buffer, capacity, out_length, error);
}

static int history_tobytes(lua_State *L) {
    bridge_call call = call_begin(L);
    return bytes_give(&call, write_bytes, history_check(L));
}

/* --- RFM ---------------------------------------------------------------------------------------------------------- */

/* custval.rfm(columns [, options]): scores and cuts */
static int rfm(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_rfm_options options;
    custval_table *table = NULL, *out = NULL, *cuts = NULL;
    lua_settop(L, 2);
    options_read(L, 2, &call, OPTIONS(TARGET(custval_rfm_options, options)), NULL);
    length_check(L, 2, "recency_cuts", options.bins - (size_t)1);
    length_check(L, 2, "frequency_cuts", options.bins - (size_t)1);
    length_check(L, 2, "monetary_cuts", options.bins - (size_t)1);
    custval_status status = columns_read(&call, 1, NULL, 0, &table);
    void **const made = handle_push(L, &handle_table), **const made_cuts = handle_push(L, &handle_table);
    if (status == CUSTVAL_OK) status = custval_rfm(table, &options, &out, &cuts, &call.error);
    *made = out;
    *made_cuts = cuts;
    return call_give_two(&call, status, made, made_cuts);
}

void history_register(lua_State *L) {
    static const luaL_Reg methods[] = {
        {"add", history_add},     {"course", history_course},   {"customers", history_customers},
        {"facts", history_facts}, {"fold", history_fold},       {"merge", history_merge},
        {"path", history_path},   {"tobytes", history_tobytes}, {NULL, NULL}};
    static const luaL_Reg functions[] = {{"rfm", rfm}, {NULL, NULL}};
    handle_register(L, &handle_history, methods, NULL);
    functions_add(L, functions);
    lua_newtable(L);
    lua_pushcfunction(L, history_frombytes);
    lua_setfield(L, -2, "frombytes");
    callable_make(L, history_new);
    lua_setfield(L, -2, "history");
}
