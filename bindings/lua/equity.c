/* custval for Lua: customer equity, Markov chains, brand switching. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "bridge.h"

/* Reads all columns at an index, in which segments may be numbers; nil gives no table. */
static custval_status base_read(bridge_call *call, int index, const char *segment, custval_table **out) {
    *out = NULL;
    if (is_missing(call->L, index)) return CUSTVAL_OK;
    return columns_with_id(call, index, segment, out);
}

/* custval.equity(current, prospects [, options]): either may be nil */
static int equity(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_equity_options options;
    custval_table *current = NULL, *prospects = NULL, *out = NULL;
    lua_settop(L, 3);
    options_read(L, 3, &call, OPTIONS(TARGET(custval_equity_options, options)), NULL);
    custval_status status = base_read(&call, 1, options.segment, &current);
    if (status == CUSTVAL_OK) status = base_read(&call, 2, options.segment, &prospects);
    void **const made = handle_push(L, &handle_table);
    if (status == CUSTVAL_OK) status = custval_equity(current, prospects, &options, &out, &call.error);
    return call_give(&call, status, made, out);
}

/* custval.markov_value(transitions, rewards [, options]): a value for each state */
static int markov_value(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_markov_options options;
    size_t states = 0, columns = 0, count = 0;
    lua_settop(L, 3);
    options_read(L, 3, &call, OPTIONS(TARGET(custval_markov_options, options)), NULL);
    const double *const transitions = rows_read(L, 1, "transitions", &states, &columns);
    call.packed_input = vector_test(L, 2, &count) != NULL;
    const double *const rewards = numbers_read(L, 2, "rewards", &count);
    luaL_argcheck(L, columns == states, 1, "as many columns as rows expected");
    luaL_argcheck(L, count == states, 2, "one reward for each state expected");
    luaL_argcheck(L, states <= UINT32_MAX, 1, "too many states");
    double *const values = vector_push(L, states);
    const custval_status status =
        custval_markov_value((uint32_t)states, transitions, rewards, &options, values, &call.error);
    if (status != CUSTVAL_OK) return call_failed(&call, status);
    if (!(call.packed == -1 ? call.packed_input : call.packed)) vector_to_table(L, 0);
    return 1;
}

/* custval.switching(columns, options): values by customer, and by brand */
static int switching(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_switching_options options;
    custval_table *table = NULL, *customers = NULL, *brands = NULL;
    lua_settop(L, 2);
    options_read(L, 2, &call, OPTIONS(TARGET(custval_switching_options, options)), NULL);
    custval_status status = base_read(&call, 1, options.last == NULL ? "last_brand" : options.last, &table);
    void **const made = handle_push(L, &handle_table), **const made_brands = handle_push(L, &handle_table);
    if (status == CUSTVAL_OK) status = custval_switching(table, &options, &customers, &brands, &call.error);
    *made = customers;
    *made_brands = brands;
    return call_give_two(&call, status, made, made_brands);
}

void equity_register(lua_State *L) {
    static const luaL_Reg functions[] = {
        {"equity", equity}, {"markov_value", markov_value}, {"switching", switching}, {NULL, NULL}};
    functions_add(L, functions);
}
