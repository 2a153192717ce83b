/* custval for Lua: what customers are worth, how it is spread over them, share of wallet. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "bridge.h"

static custval_worth *worth_check(lua_State *L) {
    return handle_check(L, 1, &handle_worth);
}

/* --- Documents ---------------------------------------------------------------------------------------------------- */

static custval_status document_parse(const char *text, size_t length, void **out, custval_error *error) {
    custval_worth *made = NULL;
    const custval_status status = custval_worth_parse(NULL, text, length, &made, error);
    *out = made;
    return status;
}

static custval_status document_write(const void *worth, const char *language, char *buffer, size_t capacity,
                                     size_t *out_length, custval_error *error) {
    (void)language;
    return custval_worth_write(worth, buffer, capacity, out_length, error);
}

static const document_kind document = {&handle_worth, document_parse, document_write};

/* --- Looking at one ----------------------------------------------------------------------------------------------- */

/* worth:parts(): {"existing", ...} */
static int worth_parts(lua_State *L) {
    bits_push(L, custval_worth_parts(worth_check(L)), CUSTVAL_WORDS_WORTH_PART, NULL);
    return 1;
}

static const char *column_name(const void *worth, size_t i) {
    return custval_worth_column(worth, i);
}

/* worth:columns(): names of the columns that it reads. */
static int worth_columns(lua_State *L) {
    const custval_worth *const worth = worth_check(L);
    names_push(L, column_name, worth, custval_worth_columns(worth));
    return 1;
}

/* --- The value of customers --------------------------------------------------------------------------------------- */

/* Reads the columns of a worth, and that of segments if there is one. */
static custval_status columns_of_worth(bridge_call *call, int index, const custval_worth *worth, const char *segment,
                                       custval_table **out) {
    return columns_named(call, index, column_name, worth, custval_worth_columns(worth), segment, out);
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
    return call_give_with_facts(&call, status, made, out, &kind_of_custval_concentration_facts, &facts);
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
    static const luaL_Reg methods[] = {{"columns", worth_columns},
                                       {"parts", worth_parts},
                                       {"returns", worth_returns},
                                       {"value", worth_value},
                                       {NULL, NULL}};
    static const luaL_Reg functions[] = {{"concentration", concentration},
                                         {"wallet_allocation", wallet_allocation},
                                         {"wallet_share", wallet_share},
                                         {NULL, NULL}};
    document_register(L, &document, "worth", methods, NULL);
    functions_add(L, functions);
}
