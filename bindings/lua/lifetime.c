/* custval for Lua: lifetime models: making them, predicting with them, judging them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "bridge.h"

static custval_lifetime *lifetime_check(lua_State *L) {
    return handle_check(L, 1, &handle_lifetime);
}

/* --- Making ------------------------------------------------------------------------------------------------------- */

/* Gives the lifetime in the handle on top of the stack, or the failure. */
static int lifetime_give(bridge_call *call, custval_status status, void **made, custval_lifetime *out) {
    *made = out;
    return call_give_handle(call, status);
}

/* custval.lifetime.fit(columns, options) */
static int lifetime_fit(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_lifetime_fit_options options;
    custval_table *table = NULL;
    custval_lifetime *out = NULL;
    lua_settop(L, 2);
    options_read(L, 2, &call, OPTIONS(TARGET(custval_lifetime_fit_options, options)), NULL);
    custval_status status = columns_read(&call, 1, NULL, 0, &table);
    const int handle = lua_gettop(L);
    void **const made = handle_push(L, &handle_lifetime);
    if (status == CUSTVAL_OK) status = custval_lifetime_fit(table, &options, &out, &call.error);
    handle_close(L, handle);
    return lifetime_give(&call, status, made, out);
}

/* custval.lifetime.new(model, parameters [, unit]) */
static int lifetime_new(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_lifetime *out = NULL;
    size_t count = 0;
    const uint32_t model = word_check(L, "model", 1, CUSTVAL_WORDS_MODEL, NULL);
    const char *const unit = lua_isnoneornil(L, 3) ? NULL : text_check(L, 3, "unit");
    lua_settop(L, 3);
    const double *const parameters = numbers_read(L, 2, "parameters", &count);
    void **const made = handle_push(L, &handle_lifetime);
    const custval_status status = custval_lifetime_new(NULL, model, parameters, count, unit, &out, &call.error);
    return lifetime_give(&call, status, made, out);
}

static int document_read(lua_State *L, const char *text, size_t length) {
    bridge_call call = call_begin(L);
    custval_lifetime *out = NULL;
    void **const made = handle_push(L, &handle_lifetime);
    const custval_status status = custval_lifetime_parse(NULL, text, length, &out, &call.error);
    return lifetime_give(&call, status, made, out);
}

/* custval.lifetime.loads(text) */
static int lifetime_loads(lua_State *L) {
    size_t length = 0;
    luaL_checktype(L, 1, LUA_TSTRING);
    const char *const text = lua_tolstring(L, 1, &length);
    return document_read(L, text, length);
}

/* custval.lifetime.load(path) */
static int lifetime_load(lua_State *L) {
    return file_give(L, luaL_checkstring(L, 1), document_read);
}

/* lifetime:with_spend(spend) */
static int lifetime_with_spend(lua_State *L) {
    bridge_call call = call_begin(L);
    const custval_lifetime *const lifetime = lifetime_check(L), *const spend = handle_check(L, 2, &handle_lifetime);
    custval_lifetime *out = NULL;
    void **const made = handle_push(L, &handle_lifetime);
    const custval_status status = custval_lifetime_with_spend(lifetime, spend, &out, &call.error);
    return lifetime_give(&call, status, made, out);
}

/* lifetime:spend(): nil if there is none. */
static int lifetime_spend(lua_State *L) {
    const custval_lifetime *const spend = custval_lifetime_spend(lifetime_check(L));
    lua_pushnil(L);
    if (spend == NULL) return 1;
    void **const made = handle_push(L, &handle_lifetime);
    *made = custval_lifetime_ref(spend);
    return 1;
}

/* custval.lifetime.survivors(counts) */
static int lifetime_survivors(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_table *out = NULL;
    size_t count = 0;
    lua_settop(L, 1);
    call.packed_input = vector_test(L, 1, &count) != NULL;
    const double *const survivors = numbers_read(L, 1, "survivors", &count);
    void **const made = handle_push(L, &handle_table);
    const custval_status status = custval_lifetime_survivors(NULL, survivors, count, &out, &call.error);
    return call_give(&call, status, made, out);
}

/* --- Looking at one ----------------------------------------------------------------------------------------------- */

static custval_status write_document(const void *lifetime, const char *language, char *buffer, size_t capacity,
                                     size_t *out_length, custval_error *error) {
    (void)language;
    return custval_lifetime_write(lifetime, buffer, capacity, out_length, error);
}

static int lifetime_to_json(lua_State *L) {
    bridge_call call = call_begin(L);
    return text_give(&call, write_document, lifetime_check(L), NULL);
}

static int lifetime_equal(lua_State *L) {
    bridge_call call = call_begin(L);
    return text_equal(&call, write_document, lifetime_check(L), handle_check(L, 2, &handle_lifetime));
}

/* lifetime:facts() */
static int lifetime_facts(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_lifetime_facts facts = CUSTVAL_LIFETIME_FACTS_INIT;
    const custval_status status = custval_lifetime_facts_get(lifetime_check(L), &facts, &call.error);
    return call_give_facts(&call, status, &kind_of_custval_lifetime_facts, &facts);
}

/* lifetime:parameters([level]): with their errors, and intervals of that level, else of 0.95. */
static int lifetime_parameters(lua_State *L) {
    bridge_call call = call_begin(L);
    const custval_lifetime *const lifetime = lifetime_check(L);
    const double level = luaL_optnumber(L, 2, 0.95);
    custval_table *out = NULL;
    void **const made = handle_push(L, &handle_table);
    const custval_status status = custval_lifetime_parameters(lifetime, level, &out, &call.error);
    return call_give(&call, status, made, out);
}

/* lifetime:covariance([logarithms]) */
static int lifetime_covariance(lua_State *L) {
    bridge_call call = call_begin(L);
    const custval_lifetime *const lifetime = lifetime_check(L);
    const uint32_t logarithms = lua_toboolean(L, 2) != 0;
    custval_table *out = NULL;
    void **const made = handle_push(L, &handle_table);
    const custval_status status = custval_lifetime_covariance(lifetime, logarithms, &out, &call.error);
    return call_give(&call, status, made, out);
}

/* custval.lifetime.compare{first, second, ...} */
static int lifetime_compare(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_table *out = NULL;
    luaL_checktype(L, 1, LUA_TTABLE);
    const size_t count = lua_rawlen(L, 1);
    const custval_lifetime **const lifetimes = lua_newuserdata(L, (count + 1) * sizeof *lifetimes);
    for (size_t i = 0; i < count; i++) {
        lua_rawgeti(L, 1, (int)i + 1);
        lifetimes[i] = handle_check(L, lua_gettop(L), &handle_lifetime);
        lua_pop(L, 1);
    }
    void **const made = handle_push(L, &handle_table);
    const custval_status status = custval_lifetime_compare(lifetimes, count, &out, &call.error);
    return call_give(&call, status, made, out);
}

/* --- Predicting --------------------------------------------------------------------------------------------------- */

/* lifetime:predict(columns [, options]) */
static int lifetime_predict(lua_State *L) {
    static const char *const keys[] = {"spend", NULL};
    bridge_call call = call_begin(L);
    custval_lifetime_predict_options options;
    const custval_lifetime *const lifetime = lifetime_check(L);
    custval_table *table = NULL, *out = NULL;
    lua_settop(L, 3);
    options_read(L, 3, &call, OPTIONS(TARGET(custval_lifetime_predict_options, options)), keys);
    if (lua_istable(L, 3)) {
        lua_getfield(L, 3, "spend");
        if (!is_missing(L, -1)) options.spend = handle_check(L, lua_gettop(L), &handle_lifetime);
    }
    custval_status status = columns_read(&call, 2, NULL, 0, &table);
    void **const made = handle_push(L, &handle_table);
    if (status == CUSTVAL_OK) status = custval_lifetime_predict(lifetime, table, &options, &out, &call.error);
    return call_give(&call, status, made, out);
}

/* lifetime:counts(columns [, options]) */
static int lifetime_counts(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_lifetime_counts_options options;
    const custval_lifetime *const lifetime = lifetime_check(L);
    custval_table *table = NULL, *out = NULL;
    lua_settop(L, 3);
    options_read(L, 3, &call, OPTIONS(TARGET(custval_lifetime_counts_options, options)), NULL);
    custval_status status = columns_read(&call, 2, NULL, 0, &table);
    void **const made = handle_push(L, &handle_table);
    if (status == CUSTVAL_OK) status = custval_lifetime_counts(lifetime, table, &options, &out, &call.error);
    return call_give(&call, status, made, out);
}

/* lifetime:track(customers, course [, options]) */
static int lifetime_track(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_lifetime_check_options options;
    const custval_lifetime *const lifetime = lifetime_check(L);
    custval_table *customers = NULL, *course = NULL, *out = NULL;
    lua_settop(L, 4);
    options_read(L, 4, &call, OPTIONS(TARGET(custval_lifetime_check_options, options)), NULL);
    custval_status status = columns_read(&call, 2, NULL, 0, &customers);
    call.packed_input = 0; /* the result looks like the course */
    if (status == CUSTVAL_OK) status = columns_read(&call, 3, NULL, 0, &course);
    void **const made = handle_push(L, &handle_table);
    if (status == CUSTVAL_OK) status = custval_lifetime_track(lifetime, customers, course, &options, &out, &call.error);
    return call_give(&call, status, made, out);
}

/* lifetime:by_frequency(columns [, options]) */
static int lifetime_by_frequency(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_lifetime_check_options options;
    const custval_lifetime *const lifetime = lifetime_check(L);
    custval_table *table = NULL, *out = NULL;
    lua_settop(L, 3);
    options_read(L, 3, &call, OPTIONS(TARGET(custval_lifetime_check_options, options)), NULL);
    custval_status status = columns_read(&call, 2, NULL, 0, &table);
    void **const made = handle_push(L, &handle_table);
    if (status == CUSTVAL_OK) status = custval_lifetime_by_frequency(lifetime, table, &options, &out, &call.error);
    return call_give(&call, status, made, out);
}

void lifetime_register(lua_State *L) {
    static const luaL_Reg methods[] = {{"by_frequency", lifetime_by_frequency},
                                       {"counts", lifetime_counts},
                                       {"covariance", lifetime_covariance},
                                       {"facts", lifetime_facts},
                                       {"parameters", lifetime_parameters},
                                       {"predict", lifetime_predict},
                                       {"spend", lifetime_spend},
                                       {"to_json", lifetime_to_json},
                                       {"track", lifetime_track},
                                       {"with_spend", lifetime_with_spend},
                                       {NULL, NULL}};
    static const luaL_Reg events[] = {{"__eq", lifetime_equal}, {NULL, NULL}};
    static const luaL_Reg functions[] = {{"compare", lifetime_compare},
                                         {"fit", lifetime_fit},
                                         {"load", lifetime_load},
                                         {"loads", lifetime_loads},
                                         {"new", lifetime_new},
                                         {"survivors", lifetime_survivors},
                                         {NULL, NULL}};
    handle_register(L, &handle_lifetime, methods, events);
    lua_newtable(L);
    functions_add(L, functions);
    lua_setfield(L, -2, "lifetime");
}
