/* custval for Lua: what customers are worth, how it is spread over them, share of wallet. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "bridge.h"

static custval_worth *worth_check(lua_State *L) {
    return handle_check(L, 1, &handle_worth);
}

/* --- Making ------------------------------------------------------------------------------------------------------- */

static int document_read(lua_State *L, const char *text, size_t length) {
    bridge_call call = call_begin(L);
    custval_worth *out = NULL;
    void **const made = handle_push(L, &handle_worth);
    const custval_status status = custval_worth_parse(NULL, text, length, &out, &call.error);
    *made = out;
    return call_give_handle(&call, status);
}

/* custval.worth(text) */
static int worth_new(lua_State *L) {
    size_t length = 0;
    lua_remove(L, 1); /* custval.worth itself, which is called */
    luaL_checktype(L, 1, LUA_TSTRING);
    const char *const text = lua_tolstring(L, 1, &length);
    return document_read(L, text, length);
}

/* custval.worth.load(path) */
static int worth_load(lua_State *L) {
    return file_give(L, luaL_checkstring(L, 1), document_read);
}

/* --- Looking at one ----------------------------------------------------------------------------------------------- */

static custval_status write_document(const void *worth, const char *language, char *buffer, size_t capacity,
                                     size_t *out_length, custval_error *error) {
    (void)language;
    return custval_worth_write(worth, buffer, capacity, out_length, error);
}

static int worth_to_json(lua_State *L) {
    bridge_call call = call_begin(L);
    return text_give(&call, write_document, worth_check(L), NULL);
}

static int worth_equal(lua_State *L) {
    bridge_call call = call_begin(L);
    return text_equal(&call, write_document, worth_check(L), handle_check(L, 2, &handle_worth));
}

/* worth:parts(): {"existing", ...} */
static int worth_parts(lua_State *L) {
    bits_push(L, custval_worth_parts(worth_check(L)), CUSTVAL_WORDS_WORTH_PART, NULL);
    return 1;
}

/* worth:columns(): names of the columns that it reads. */
static int worth_columns(lua_State *L) {
    const custval_worth *const worth = worth_check(L);
    const size_t count = custval_worth_columns(worth);
    lua_createtable(L, (int)count, 0);
    for (size_t i = 0; i < count; i++) {
        lua_pushstring(L, custval_worth_column(worth, i));
        lua_rawseti(L, -2, (int)i + 1);
    }
    return 1;
}

/* --- The value of customers --------------------------------------------------------------------------------------- */

/* Reads the columns of a worth, and that of segments if there is one. A worth of numbers alone reads any columns: they
   say how many rows there are. */
static custval_status columns_of_worth(bridge_call *call, int index, const custval_worth *worth, const char *segment,
                                       custval_table **out) {
    const size_t count = custval_worth_columns(worth);
    bridge_wanted *const columns = lua_newuserdata(call->L, (count + 1) * sizeof *columns);
    for (size_t i = 0; i < count; i++) columns[i] = (bridge_wanted){custval_worth_column(worth, i), 0};
    if (segment != NULL) columns[count] = (bridge_wanted){segment, 1};
    const size_t all = count + (segment != NULL);
    return columns_read(call, index, all == 0 ? NULL : columns, all, out);
}

/* worth:value(columns [, options]) */
static int worth_value(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_worth_options options;
    const custval_worth *const worth = worth_check(L);
    custval_table *table = NULL, *out = NULL;
    lua_settop(L, 3);
    options_read(L, 3, &call, OPTIONS(TARGET(custval_worth_options, options)), NULL);
    custval_status status = columns_of_worth(&call, 2, worth, NULL, &table);
    void **const made = handle_push(L, &handle_table);
    if (status == CUSTVAL_OK) status = custval_worth_value(worth, table, &options, &out, &call.error);
    return call_give(&call, status, made, out);
}

/* worth:returns(columns [, options]) */
static int worth_returns(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_returns_options options;
    const custval_worth *const worth = worth_check(L);
    custval_table *table = NULL, *out = NULL;
    lua_settop(L, 3);
    options_read(L, 3, &call, OPTIONS(TARGET(custval_returns_options, options)), NULL);
    custval_status status = columns_of_worth(&call, 2, worth, options.segment, &table);
    void **const made = handle_push(L, &handle_table);
    if (status == CUSTVAL_OK) status = custval_worth_returns(worth, table, &options, &out, &call.error);
    return call_give(&call, status, made, out);
}

/* --- How it is spread --------------------------------------------------------------------------------------------- */

/* custval.concentration(columns [, options]): the curve, and facts */
static int concentration(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_concentration_options options;
    custval_concentration_facts facts = CUSTVAL_CONCENTRATION_FACTS_INIT;
    custval_table *table = NULL, *out = NULL;
    lua_settop(L, 2);
    options_read(L, 2, &call, OPTIONS(TARGET(custval_concentration_options, options)), NULL);
    const bridge_wanted column = {options.column == NULL ? "total" : options.column, 0};
    custval_status status = columns_read(&call, 1, &column, 1, &table);
    void **const made = handle_push(L, &handle_table);
    if (status == CUSTVAL_OK) status = custval_concentration(table, &options, &facts, &out, &call.error);
    const int given = call_give(&call, status, made, out);
    if (given != 1) return given;
    struct_push(L, &kind_of_custval_concentration_facts, &facts);
    return 2;
}

/* --- Share of wallet ---------------------------------------------------------------------------------------------- */

typedef custval_status (*wallet_function)(const custval_table *, const custval_wallet_options *, custval_table **,
                                          custval_error *);

static int wallet_give(lua_State *L, wallet_function function) {
    bridge_call call = call_begin(L);
    custval_wallet_options options;
    custval_table *table = NULL, *out = NULL;
    lua_settop(L, 2);
    options_read(L, 2, &call, OPTIONS(TARGET(custval_wallet_options, options)), NULL);
    custval_status status = columns_read(&call, 1, NULL, 0, &table);
    void **const made = handle_push(L, &handle_table);
    if (status == CUSTVAL_OK) status = function(table, &options, &out, &call.error);
    return call_give(&call, status, made, out);
}

/* custval.wallet_share(columns [, options]) */
static int wallet_share(lua_State *L) {
    return wallet_give(L, custval_wallet_share);
}

/* custval.wallet_allocation(columns, options) */
static int wallet_allocation(lua_State *L) {
    return wallet_give(L, custval_wallet_allocation);
}

void worth_register(lua_State *L) {
    static const luaL_Reg methods[] = {{"columns", worth_columns}, {"parts", worth_parts}, {"returns", worth_returns},
                                       {"to_json", worth_to_json}, {"value", worth_value}, {NULL, NULL}};
    static const luaL_Reg events[] = {{"__eq", worth_equal}, {NULL, NULL}};
    static const luaL_Reg functions[] = {{"concentration", concentration},
                                         {"wallet_allocation", wallet_allocation},
                                         {"wallet_share", wallet_share},
                                         {NULL, NULL}};
    handle_register(L, &handle_worth, methods, events);
    functions_add(L, functions);
    lua_newtable(L);
    lua_pushcfunction(L, worth_load);
    lua_setfield(L, -2, "load");
    callable_make(L, worth_new);
    lua_setfield(L, -2, "worth");
}
