/* custval for Lua: migration of customers between states. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "bridge.h"

static custval_migration *migration_check(lua_State *L) {
    return handle_check(L, 1, &handle_migration);
}

/* --- Making ------------------------------------------------------------------------------------------------------- */

/* custval.migration{states =, id =, state =, absent =, empty =} */
static int migration_new(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_migration_options options;
    custval_migration *out = NULL;
    lua_settop(L, 1);
    options_read(L, 1, NULL, OPTIONS(TARGET(custval_migration_options, options)), NULL);
    void **const made = handle_push(L, &handle_migration);
    const custval_status status = custval_migration_new(&options, &out, &call.error);
    *made = out;
    return call_give_handle(&call, status);
}

/* migration:add(columns): the next period; gives the migration. */
static int migration_add(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_migration *const migration = migration_check(L);
    custval_table *table = NULL;
    idle_check(L, "changed");
    custval_status status = columns_read(&call, 2, NULL, 0, &table);
    const int handle = lua_gettop(L);
    if (status == CUSTVAL_OK) status = custval_migration_add(migration, table, &call.error);
    handle_close(L, handle);
    lua_settop(L, 1);
    return call_give_handle(&call, status);
}

/* --- Looking at one ----------------------------------------------------------------------------------------------- */

static const char *state_name(const void *migration, size_t i) {
    return custval_migration_state(migration, (uint32_t)i);
}

/* migration:states(): the absent one last. */
static int migration_states(lua_State *L) {
    const custval_migration *const migration = migration_check(L);
    names_push(L, state_name, migration, custval_migration_states(migration));
    return 1;
}

/* migration:steps(): periods less one. */
static int migration_steps(lua_State *L) {
    lua_pushinteger(L, (lua_Integer)custval_migration_steps(migration_check(L)));
    return 1;
}

/* A step, counted from 1 as rows are; nil: all of them. */
static uint32_t step_optional(lua_State *L, int index) {
    if (lua_isnoneornil(L, index)) return CUSTVAL_ALL_STEPS;
    const size_t step = row_check(L, index);
    luaL_argcheck(L, step < CUSTVAL_ALL_STEPS, index, "steps are whole numbers from 1 to 4294967295");
    return (uint32_t)step;
}

/* migration:matrix([what [, step]]): "counts" or "probabilities" */
static int migration_matrix(lua_State *L) {
    bridge_call call = call_begin(L);
    const custval_migration *const migration = migration_check(L);
    const uint32_t what =
        lua_isnoneornil(L, 2) ? CUSTVAL_MATRIX_COUNTS : word_check(L, "what", 2, CUSTVAL_WORDS_MATRIX, NULL);
    const uint32_t step = step_optional(L, 3);
    custval_table *out = NULL;
    void **const made = handle_push(L, &handle_table);
    const custval_status status = custval_migration_matrix(migration, step, what, &out, &call.error);
    return call_give(&call, status, made, out);
}

/* migration:flows([step]) */
static int migration_flows(lua_State *L) {
    bridge_call call = call_begin(L);
    const custval_migration *const migration = migration_check(L);
    const uint32_t step = step_optional(L, 2);
    custval_table *out = NULL;
    void **const made = handle_push(L, &handle_table);
    const custval_status status = custval_migration_flows(migration, step, &out, &call.error);
    return call_give(&call, status, made, out);
}

/* --- Where it leads ----------------------------------------------------------------------------------------------- */

/* Numbers of states at an index; pushes what keeps them alive. */
static const double *numbers_of_states(lua_State *L, int index, const char *what, const custval_migration *migration) {
    size_t count = 0;
    const double *const numbers = numbers_read(L, index, what, &count);
    if (count != custval_migration_states(migration)) {
        luaL_error(L, "%s: %d numbers, but there are %d states, the absent one included", what, (int)count,
                   (int)custval_migration_states(migration));
    }
    return numbers;
}

/* migration:forecast(steps [, newcomers]) */
static int migration_forecast(lua_State *L) {
    bridge_call call = call_begin(L);
    const custval_migration *const migration = migration_check(L);
    const lua_Number steps = luaL_checknumber(L, 2);
    custval_table *out = NULL;
    luaL_argcheck(L, steps >= 0 && steps <= 4294967295.0 && (lua_Number)(uint32_t)steps == steps, 2,
                  "a whole number of steps expected");
    lua_settop(L, 3);
    const double *const newcomers = lua_isnil(L, 3) ? NULL : numbers_of_states(L, 3, "newcomers", migration);
    void **const made = handle_push(L, &handle_table);
    const custval_status status = custval_migration_forecast(migration, (uint32_t)steps, newcomers, &out, &call.error);
    return call_give(&call, status, made, out);
}

/* migration:steady(): a table of states, and facts */
static int migration_steady(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_steady_facts facts = CUSTVAL_STEADY_FACTS_INIT;
    const custval_migration *const migration = migration_check(L);
    custval_table *out = NULL;
    void **const made = handle_push(L, &handle_table);
    const custval_status status = custval_migration_steady(migration, &facts, &out, &call.error);
    return call_give_with_facts(&call, status, made, out, &kind_of_custval_steady_facts, &facts);
}

/* migration:value(rewards [, options]): states in order, and the value of each by its name. */
static int migration_value(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_markov_options options;
    const custval_migration *const migration = migration_check(L);
    const uint32_t states = custval_migration_states(migration);
    lua_settop(L, 3);
    options_read(L, 3, &call, OPTIONS(TARGET(custval_markov_options, options)), NULL);
    const double *const rewards = numbers_of_states(L, 2, "rewards", migration);
    double *const values = lua_newuserdata(L, states * sizeof *values);
    const custval_status status = custval_migration_value(migration, rewards, &options, values, &call.error);
    if (status != CUSTVAL_OK) return call_failed(&call, status);
    names_push(L, state_name, migration, states);
    for (uint32_t i = 0; i < states; i++) {
        lua_pushnumber(L, values[i]);
        lua_setfield(L, -2, custval_migration_state(migration, i));
    }
    return 1;
}

/* migration:test([other]): facts */
static int migration_test(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_migration_fit fit = CUSTVAL_MIGRATION_FIT_INIT;
    const custval_migration *const migration = migration_check(L), *const other =
                                                                       lua_isnoneornil(L, 2)
                                                                           ? NULL
                                                                           : handle_check(L, 2, &handle_migration);
    const custval_status status = custval_migration_test(migration, other, &fit, &call.error);
    return call_give_facts(&call, status, &kind_of_custval_migration_fit, &fit);
}

void migration_register(lua_State *L) {
    static const luaL_Reg methods[] = {{"add", migration_add},           {"flows", migration_flows},
                                       {"forecast", migration_forecast}, {"matrix", migration_matrix},
                                       {"states", migration_states},     {"steady", migration_steady},
                                       {"steps", migration_steps},       {"test", migration_test},
                                       {"value", migration_value},       {NULL, NULL}};
    static const luaL_Reg functions[] = {{"migration", migration_new}, {NULL, NULL}};
    handle_register(L, &handle_migration, methods, NULL);
    functions_add(L, functions);
}
