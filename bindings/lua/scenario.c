/* custval for Lua: scenarios, features, the price sensitivity meter. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "bridge.h"

static custval_scenario *scenario_check(lua_State *L) {
    return handle_check(L, 1, &handle_scenario);
}

/* --- Documents ---------------------------------------------------------------------------------------------------- */

static custval_status document_parse(const char *text, size_t length, void **out, custval_error *error) {
    custval_scenario *made = NULL;
    const custval_status status = custval_scenario_parse(NULL, text, length, &made, error);
    *out = made;
    return status;
}

static custval_status document_write(const void *scenario, const char *language, char *buffer, size_t capacity,
                                     size_t *out_length, custval_error *error) {
    (void)language;
    return custval_scenario_write(scenario, buffer, capacity, out_length, error);
}

static const document_kind document = {&handle_scenario, document_parse, document_write};

/* --- Looking at one ----------------------------------------------------------------------------------------------- */

/* scenario:kind() */
static int scenario_kind(lua_State *L) {
    lua_pushstring(L, custval_word(CUSTVAL_WORDS_SCENARIO, custval_scenario_kind_of(scenario_check(L))));
    return 1;
}

static const char *column_name(const void *scenario, size_t i) {
    return custval_scenario_column(scenario, i);
}

/* scenario:columns(): names of the columns that it reads beside those of the system. */
static int scenario_columns(lua_State *L) {
    const custval_scenario *const scenario = scenario_check(L);
    names_push(L, column_name, scenario, custval_scenario_columns(scenario));
    return 1;
}

/* scenario:path(): a row per period, and facts */
static int scenario_path(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_scenario_path_facts facts = CUSTVAL_SCENARIO_PATH_FACTS_INIT;
    const custval_scenario *const scenario = scenario_check(L);
    custval_table *out = NULL;
    void **const made = handle_push(L, &handle_table);
    const custval_status status = custval_scenario_path(scenario, NULL, &facts, &out, &call.error);
    return call_give_with_facts(&call, status, made, out, &kind_of_custval_scenario_path_facts, &facts);
}

/* --- Running ------------------------------------------------------------------------------------------------------ */

/* Reads the columns at an index: those of the system and of the scenario, and that of groups, which may be NULL. */
static custval_status columns_of_scenario(bridge_call *call, int index, const custval_scenario *scenario,
                                          const custval_system *system, const char *group, custval_table **out) {
    const size_t count = custval_scenario_columns(scenario);
    bridge_wanted *const columns = lua_newuserdata(call->L, (count + 1) * sizeof *columns);
    size_t all = 0;
    for (size_t i = 0; i < count; i++) wanted_add(columns, &all, custval_scenario_column(scenario, i), 0);
    wanted_add(columns, &all, group, 1);
    return columns_of_system(call, index, system, columns, all, out);
}

/* scenario:run(system, columns [, options]): {customers =, periods =, groups =, facts =}; customers unless the option
   `customers` is false. */
static int scenario_run(lua_State *L) {
    static const char *const keys[] = {"customers", NULL}, *const names[] = {"customers", "periods", "groups", NULL};
    bridge_call call = call_begin(L);
    custval_scenario_options options;
    custval_score_options score;
    custval_scenario_facts facts = CUSTVAL_SCENARIO_FACTS_INIT;
    const custval_scenario *const scenario = scenario_check(L);
    const custval_system *const system = handle_check(L, 2, &handle_system);
    custval_table *table = NULL, *out[3] = {NULL, NULL, NULL};
    void **made[3];
    lua_settop(L, 4);
    options_read(L, 4, &call, OPTIONS(TARGET(custval_scenario_options, options), TARGET(custval_score_options, score)),
                 keys);
    options.score = &score;
    const int without = option_is_false(L, 4, "customers");
    custval_status status = columns_of_scenario(&call, 3, scenario, system, options.group, &table);
    const int first = lua_gettop(L) + 1;
    for (int i = 0; i < 3; i++) made[i] = handle_push(L, &handle_table);
    if (status == CUSTVAL_OK) {
        status = custval_scenario_run(scenario, system, table, &options, &facts, without ? NULL : &out[0], &out[1],
                                      &out[2], &call.error);
    }
    for (int i = 0; i < 3; i++) *made[i] = out[i];
    return call_give_tables(&call, status, first, out, names, &kind_of_custval_scenario_facts, &facts);
}

/* scenario:explain(system, columns, row, period [, options]) */
static int scenario_explain(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_scenario_options options = CUSTVAL_SCENARIO_OPTIONS_INIT;
    custval_score_options score;
    const custval_scenario *const scenario = scenario_check(L);
    const custval_system *const system = handle_check(L, 2, &handle_system);
    const size_t row = row_check(L, 4);
    const lua_Number period = luaL_checknumber(L, 5);
    custval_table *table = NULL, *out = NULL;
    luaL_argcheck(L, period >= 1 && period <= CUSTVAL_MAX_PERIODS && (lua_Number)(uint32_t)period == period, 5,
                  "periods are whole numbers from 1");
    lua_settop(L, 6);
    options_read(L, 6, &call, OPTIONS(TARGET(custval_score_options, score)), NULL);
    options.score = &score;
    custval_status status = columns_of_scenario(&call, 3, scenario, system, NULL, &table);
    void **const made = handle_push(L, &handle_table);
    if (status == CUSTVAL_OK) {
        status = custval_scenario_explain(scenario, system, table, row, (uint32_t)period, &options, &out, &call.error);
    }
    return call_give(&call, status, made, out);
}

/* --- Features and prices ------------------------------------------------------------------------------------------ */

/* custval.features{count =, capability =, saturation =, usability =, burden =, support =, weight =}: facts */
static int features(lua_State *L) {
    static const char *const needed[] = {"count", "capability", "saturation", "usability", "burden", "weight", NULL},
                             *const keys[] = {"count", NULL};
    bridge_call call = call_begin(L);
    custval_features_terms terms;
    custval_features_facts facts = CUSTVAL_FEATURES_FACTS_INIT;
    options_need(L, 1, needed);
    options_read(L, 1, NULL, OPTIONS(TARGET(custval_features_terms, terms)), keys);
    lua_getfield(L, 1, "count");
    if (lua_type(L, -1) != LUA_TNUMBER) luaL_error(L, "count: a number expected, got %s", luaL_typename(L, -1));
    const custval_status status = custval_features(&terms, lua_tonumber(L, -1), &facts, &call.error);
    return call_give_facts(&call, status, &kind_of_custval_features_facts, &facts);
}

/* custval.price_meter(columns [, options]): the curves, and facts */
static int price_meter(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_price_meter_options options;
    custval_price_meter_facts facts = CUSTVAL_PRICE_METER_FACTS_INIT;
    custval_table *table = NULL, *out = NULL;
    lua_settop(L, 2);
    options_read(L, 2, &call, OPTIONS(TARGET(custval_price_meter_options, options)), NULL);
    custval_status status = columns_read(&call, 1, NULL, 0, &table);
    void **const made = handle_push(L, &handle_table);
    if (status == CUSTVAL_OK) status = custval_price_meter(table, &options, &facts, &out, &call.error);
    return call_give_with_facts(&call, status, made, out, &kind_of_custval_price_meter_facts, &facts);
}

void scenario_register(lua_State *L) {
    static const luaL_Reg methods[] = {{"columns", scenario_columns}, {"explain", scenario_explain},
                                       {"kind", scenario_kind},       {"path", scenario_path},
                                       {"run", scenario_run},         {NULL, NULL}};
    static const luaL_Reg functions[] = {{"features", features}, {"price_meter", price_meter}, {NULL, NULL}};
    document_register(L, &document, "scenario", methods, NULL);
    functions_add(L, functions);
}
