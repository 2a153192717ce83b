/* custval for Lua: panels: trends, weights of respondents, change from wave to wave. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "bridge.h"

/* custval.panel.trend(columns [, options]) */
static int trend(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_trend_options options;
    custval_table *table = NULL, *out = NULL;
    lua_settop(L, 2);
    options_read(L, 2, &call, OPTIONS(TARGET(custval_trend_options, options)), NULL);
    if (option_given(L, 2, "as_of")) options.from_latest = 0;
    custval_status status = columns_read(&call, 1, NULL, 0, &table);
    void **const made = handle_push(L, &handle_table);
    if (status == CUSTVAL_OK) status = custval_trend(table, &options, &out, &call.error);
    return call_give(&call, status, made, out);
}

/* custval.panel.weights(columns, margins, options): the weights, and facts */
static int weights(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_panel_options options;
    custval_panel_facts facts = CUSTVAL_PANEL_FACTS_INIT;
    custval_table *table = NULL, *margins = NULL, *out = NULL;
    lua_settop(L, 3);
    options_read(L, 3, &call, OPTIONS(TARGET(custval_panel_options, options)), NULL);
    custval_status status = columns_with_id(&call, 2, "category", &margins);
    call.packed_input = 0; /* weights look like the respondents, not like the margins */
    if (status == CUSTVAL_OK) status = columns_read(&call, 1, NULL, 0, &table);
    void **const made = handle_push(L, &handle_table);
    if (status == CUSTVAL_OK) status = custval_panel_weights(table, margins, &options, &facts, &out, &call.error);
    return call_give_with_facts(&call, status, made, out, &kind_of_custval_panel_facts, &facts);
}

/* custval.panel.change(before, after [, options]): facts */
static int change(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_wave_options options;
    custval_wave_facts facts = CUSTVAL_WAVE_FACTS_INIT;
    custval_table *before = NULL, *after = NULL;
    lua_settop(L, 3);
    options_read(L, 3, &call, OPTIONS(TARGET(custval_wave_options, options)), NULL);
    custval_status status = columns_read(&call, 1, NULL, 0, &before);
    if (status == CUSTVAL_OK) status = columns_read(&call, 2, NULL, 0, &after);
    if (status == CUSTVAL_OK) status = custval_wave_change(before, after, &options, &facts, &call.error);
    return call_give_facts(&call, status, &kind_of_custval_wave_facts, &facts);
}

void panel_register(lua_State *L) {
    static const luaL_Reg functions[] = {{"change", change}, {"trend", trend}, {"weights", weights}, {NULL, NULL}};
    lua_newtable(L);
    functions_add(L, functions);
    lua_setfield(L, -2, "panel");
}
