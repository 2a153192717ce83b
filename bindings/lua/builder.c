/* custval for Lua: building systems, of a table or call by call. Each method gives the builder, so that calls chain. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "bridge.h"

static custval_builder *builder_check(lua_State *L) {
    return handle_check(L, 1, &handle_builder);
}

/* Gives the builder, or the failure. */
static int built(lua_State *L, bridge_call *call, custval_status status) {
    if (status != CUSTVAL_OK) return call_failed(call, status);
    lua_settop(L, 1);
    return 1;
}

/* custval.builder([spec]) */
static int builder_new(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_system_spec spec;
    custval_builder *out = NULL;
    lua_settop(L, 1);
    options_read(L, 1, NULL, OPTIONS(TARGET(custval_system_spec, spec)), NULL);
    void **const made = handle_push(L, &handle_builder);
    const custval_status status = custval_builder_new(NULL, &spec, &out, &call.error);
    *made = out;
    return call_give_handle(&call, status);
}

/* system:builder() */
static int builder_new_from(lua_State *L) {
    bridge_call call = call_begin(L);
    const custval_system *const system = system_check(L);
    custval_builder *out = NULL;
    void **const made = handle_push(L, &handle_builder);
    const custval_status status = custval_builder_new_from(NULL, system, &out, &call.error);
    *made = out;
    return call_give_handle(&call, status);
}

static int builder_build(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_builder *const builder = builder_check(L);
    custval_system *out = NULL;
    void **const made = handle_push(L, &handle_system);
    const custval_status status = custval_builder_build(builder, &out, &call.error);
    *made = out;
    return call_give_handle(&call, status);
}

/* custval.from_table(columns): the system of a table with one row per item. */
static int from_table(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_table *table = NULL;
    custval_system *out = NULL;
    lua_settop(L, 1);
    custval_status status = columns_read(&call, 1, NULL, 0, &table);
    const int handle = lua_gettop(L);
    void **const made = handle_push(L, &handle_system);
    if (status == CUSTVAL_OK) status = custval_system_from_table(NULL, table, &out, &call.error);
    *made = out;
    handle_close(L, handle);
    return call_give_handle(&call, status);
}

/* --- Methods with a spec ------------------------------------------------------------------------------------------ */

static uint32_t side_check(lua_State *L) {
    return word_check(L, "side", 2, CUSTVAL_WORDS_SIDE, NULL);
}

/* builder:side(side, spec) */
static int builder_side(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_builder *const builder = builder_check(L);
    custval_node_spec spec;
    const uint32_t side = side_check(L);
    options_read(L, 3, NULL, OPTIONS(TARGET(custval_node_spec, spec)), NULL);
    return built(L, &call, custval_builder_side(builder, side, &spec, &call.error));
}

/* builder:dimension(side, spec) */
static int builder_dimension(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_builder *const builder = builder_check(L);
    custval_node_spec spec;
    const uint32_t side = side_check(L);
    options_read(L, 3, NULL, OPTIONS(TARGET(custval_node_spec, spec)), NULL);
    return built(L, &call, custval_builder_dimension(builder, side, &spec, &call.error));
}

/* builder:indicator(dimension, spec) */
static int builder_indicator(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_builder *const builder = builder_check(L);
    custval_node_spec spec;
    const char *const dimension = luaL_checkstring(L, 2);
    options_read(L, 3, NULL, OPTIONS(TARGET(custval_node_spec, spec)), NULL);
    return built(L, &call, custval_builder_indicator(builder, dimension, &spec, &call.error));
}

/* builder:item(indicator, spec) */
static int builder_item(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_builder *const builder = builder_check(L);
    custval_item_spec spec;
    const char *const indicator = luaL_checkstring(L, 2);
    options_read(L, 3, NULL, OPTIONS(TARGET(custval_item_spec, spec)), NULL);
    return built(L, &call, custval_builder_item(builder, indicator, &spec, &call.error));
}

static int builder_derived(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_builder *const builder = builder_check(L);
    custval_node_spec spec;
    options_read(L, 2, NULL, OPTIONS(TARGET(custval_node_spec, spec)), NULL);
    return built(L, &call, custval_builder_derived(builder, &spec, &call.error));
}

static int builder_gate(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_builder *const builder = builder_check(L);
    custval_gate_spec spec;
    options_read(L, 2, NULL, OPTIONS(TARGET(custval_gate_spec, spec)), NULL);
    return built(L, &call, custval_builder_gate(builder, &spec, &call.error));
}

static int builder_relief(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_builder *const builder = builder_check(L);
    custval_relief_spec spec;
    options_read(L, 2, NULL, OPTIONS(TARGET(custval_relief_spec, spec)), NULL);
    return built(L, &call, custval_builder_relief(builder, &spec, &call.error));
}

static int builder_override(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_builder *const builder = builder_check(L);
    custval_override_spec spec;
    options_read(L, 2, NULL, OPTIONS(TARGET(custval_override_spec, spec)), NULL);
    return built(L, &call, custval_builder_override(builder, &spec, &call.error));
}

static int builder_origin(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_builder *const builder = builder_check(L);
    custval_origin_spec spec;
    options_read(L, 2, NULL, OPTIONS(TARGET(custval_origin_spec, spec)), NULL);
    return built(L, &call, custval_builder_origin(builder, &spec, &call.error));
}

/* builder:set_scale(item, low, high [, curve]) */
static int builder_set_scale(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_builder *const builder = builder_check(L);
    custval_curve curve;
    const char *const item = luaL_checkstring(L, 2);
    const double low = luaL_checknumber(L, 3), high = luaL_checknumber(L, 4);
    lua_settop(L, 5);
    options_read(L, 5, NULL, OPTIONS(TARGET(custval_curve, curve)), NULL);
    const custval_curve *const given = lua_isnil(L, 5) ? NULL : &curve;
    return built(L, &call, custval_builder_set_scale(builder, item, low, high, given, &call.error));
}

/* --- Methods with texts and a number ------------------------------------------------------------------------------ */

typedef custval_status (*three_texts)(custval_builder *, const char *, const char *, const char *, custval_error *);
typedef custval_status (*texts_number)(custval_builder *, const char *, const char *, double, custval_error *);
typedef custval_status (*two_texts)(custval_builder *, const char *, const char *, custval_error *);

static int labelled(lua_State *L, three_texts function) {
    bridge_call call = call_begin(L);
    custval_builder *const builder = builder_check(L);
    const char *const node = luaL_checkstring(L, 2), *const language = luaL_checkstring(L, 3),
                      *const text = luaL_checkstring(L, 4);
    return built(L, &call, function(builder, node, language, text, &call.error));
}

static int builder_label(lua_State *L) {
    return labelled(L, custval_builder_label);
}

static int builder_profile_label(lua_State *L) {
    return labelled(L, custval_builder_profile_label);
}

static int builder_context_label(lua_State *L) {
    return labelled(L, custval_builder_context_label);
}

static int weighted(lua_State *L, texts_number function) {
    bridge_call call = call_begin(L);
    custval_builder *const builder = builder_check(L);
    const char *const first = luaL_checkstring(L, 2), *const second = luaL_checkstring(L, 3);
    const double number = luaL_checknumber(L, 4);
    return built(L, &call, function(builder, first, second, number, &call.error));
}

static int builder_derived_part(lua_State *L) {
    return weighted(L, custval_builder_derived_part);
}

static int builder_profile_weight(lua_State *L) {
    return weighted(L, custval_builder_profile_weight);
}

static int builder_context_weight(lua_State *L) {
    return weighted(L, custval_builder_context_weight);
}

static int builder_context_expectation(lua_State *L) {
    return weighted(L, custval_builder_context_expectation);
}

static int framed(lua_State *L, two_texts function) {
    bridge_call call = call_begin(L);
    custval_builder *const builder = builder_check(L);
    const char *const id = luaL_checkstring(L, 2), *const note = luaL_optstring(L, 3, NULL);
    return built(L, &call, function(builder, id, note, &call.error));
}

static int builder_profile(lua_State *L) {
    return framed(L, custval_builder_profile);
}

static int builder_context(lua_State *L) {
    return framed(L, custval_builder_context);
}

static int builder_highest(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_builder *const builder = builder_check(L);
    return built(L, &call, custval_builder_highest(builder, luaL_checkstring(L, 2), &call.error));
}

/* builder:set_weight(node, weight [, profile]) */
static int builder_set_weight(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_builder *const builder = builder_check(L);
    const char *const node = luaL_checkstring(L, 2), *const profile = luaL_optstring(L, 4, NULL);
    const double weight = luaL_checknumber(L, 3);
    return built(L, &call, custval_builder_set_weight(builder, profile, node, weight, &call.error));
}

void builder_register(lua_State *L) {
    static const luaL_Reg methods[] = {{"build", builder_build},
                                       {"context", builder_context},
                                       {"context_expectation", builder_context_expectation},
                                       {"context_label", builder_context_label},
                                       {"context_weight", builder_context_weight},
                                       {"derived", builder_derived},
                                       {"derived_part", builder_derived_part},
                                       {"dimension", builder_dimension},
                                       {"gate", builder_gate},
                                       {"highest", builder_highest},
                                       {"indicator", builder_indicator},
                                       {"item", builder_item},
                                       {"label", builder_label},
                                       {"origin", builder_origin},
                                       {"override", builder_override},
                                       {"profile", builder_profile},
                                       {"profile_label", builder_profile_label},
                                       {"profile_weight", builder_profile_weight},
                                       {"relief", builder_relief},
                                       {"set_scale", builder_set_scale},
                                       {"set_weight", builder_set_weight},
                                       {"side", builder_side},
                                       {NULL, NULL}};
    static const luaL_Reg of_system[] = {{"builder", builder_new_from}, {NULL, NULL}};
    static const luaL_Reg functions[] = {{"builder", builder_new}, {"from_table", from_table}, {NULL, NULL}};
    handle_register(L, &handle_builder, methods, NULL);
    methods_add(L, &handle_system, of_system);
    functions_add(L, functions);
}
