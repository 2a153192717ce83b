/* custval for Lua: satisfaction: gaps, zones of tolerance, encounters, penalties, Kano, quadrants, NPS, back-tests. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "bridge.h"

/* --- What was expected -------------------------------------------------------------------------------------------- */

/* Reads answers beside those of customers, which results look like. */
static custval_status others_read(bridge_question *question, int index, custval_table **out) {
    const custval_status status = columns_of_system(&question->call, index, question->system, NULL, 0, out);
    question->call.packed_input = 0;
    return status;
}

/* custval.satisfaction.gap(system, performance, expectation [, options]) */
static int gap(lua_State *L) {
    bridge_question question;
    custval_gap_options options;
    custval_table *expectation = NULL;
    question_read(L, &question, 4, OPTIONS(TARGET(custval_gap_options, options), SCORED(question)));
    options.score = &question.score;
    const custval_status status = others_read(&question, 3, &expectation);
    question_columns(L, &question, NULL);
    if (status != CUSTVAL_OK) question.status = status;
    if (question.status == CUSTVAL_OK) {
        question.status =
            custval_gap(question.system, question.table, expectation, &options, &question.out, &question.call.error);
    }
    return question_answer(&question);
}

/* custval.satisfaction.tolerance(system, performance, adequate, desired [, options]) */
static int tolerance(lua_State *L) {
    bridge_question question;
    custval_table *adequate = NULL, *desired = NULL;
    question_read(L, &question, 5, OPTIONS(SCORED(question)));
    custval_status status = others_read(&question, 3, &adequate);
    if (status == CUSTVAL_OK) status = others_read(&question, 4, &desired);
    question_columns(L, &question, NULL);
    if (status != CUSTVAL_OK) question.status = status;
    if (question.status == CUSTVAL_OK) {
        question.status = custval_tolerance(question.system, question.table, adequate, desired, &question.score,
                                            &question.out, &question.call.error);
    }
    return question_answer(&question);
}

/* custval.satisfaction.encounters(columns, options) */
static int encounters(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_encounters_options options;
    custval_table *table = NULL, *out = NULL;
    lua_settop(L, 2);
    options_read(L, 2, &call, OPTIONS(TARGET(custval_encounters_options, options)), NULL);
    const char *const customer = options.customer == NULL ? "customer" : options.customer;
    custval_status status = columns_with_id(&call, 1, customer, &table);
    void **const made = handle_push(L, &handle_table);
    if (status == CUSTVAL_OK) status = custval_encounters(table, &options, &out, &call.error);
    return call_give(&call, status, made, out);
}

/* --- What matters in which way ------------------------------------------------------------------------------------ */

/* custval.satisfaction.penalty_reward(columns, options) */
static int penalty_reward(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_penalty_options options;
    custval_table *table = NULL, *out = NULL;
    lua_settop(L, 2);
    options_read(L, 2, &call, OPTIONS(TARGET(custval_penalty_options, options)), NULL);
    luaL_argcheck(L, option_given(L, 2, "low") == option_given(L, 2, "high"), 2, "low and high go together");
    custval_status status = columns_read(&call, 1, NULL, 0, &table);
    void **const made = handle_push(L, &handle_table);
    if (status == CUSTVAL_OK) status = custval_penalty_reward(table, &options, &out, &call.error);
    return call_give(&call, status, made, out);
}

/* custval.satisfaction.kano(columns, {functional =, dysfunctional =}) */
static int kano(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_kano_options options;
    custval_table *table = NULL, *out = NULL;
    lua_settop(L, 2);
    options_read(L, 2, &call, OPTIONS(TARGET(custval_kano_options, options)), NULL);
    custval_status status = columns_read(&call, 1, NULL, 0, &table);
    void **const made = handle_push(L, &handle_table);
    if (status == CUSTVAL_OK) status = custval_kano(table, &options, &out, &call.error);
    return call_give(&call, status, made, out);
}

/* custval.satisfaction.quadrants(columns [, options]) */
static int quadrants(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_quadrants_options options;
    custval_table *table = NULL, *out = NULL;
    lua_settop(L, 2);
    options_read(L, 2, &call, OPTIONS(TARGET(custval_quadrants_options, options)), NULL);
    custval_status status = columns_read(&call, 1, NULL, 0, &table);
    void **const made = handle_push(L, &handle_table);
    if (status == CUSTVAL_OK) status = custval_quadrants(table, &options, &out, &call.error);
    return call_give(&call, status, made, out);
}

/* --- Recommendation and outcomes ---------------------------------------------------------------------------------- */

/* custval.satisfaction.nps(columns [, options]) */
static int nps(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_nps_options options;
    custval_table *table = NULL, *out = NULL;
    lua_settop(L, 2);
    options_read(L, 2, &call, OPTIONS(TARGET(custval_nps_options, options)), NULL);
    custval_status status = columns_with_id(&call, 1, options.group, &table);
    void **const made = handle_push(L, &handle_table);
    if (status == CUSTVAL_OK) status = custval_nps(table, &options, &out, &call.error);
    return call_give(&call, status, made, out);
}

/* custval.satisfaction.backtest(columns [, options]): the bands, and facts */
static int backtest(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_backtest_options options;
    custval_backtest_facts facts = CUSTVAL_BACKTEST_FACTS_INIT;
    custval_table *table = NULL, *out = NULL;
    lua_settop(L, 2);
    options_read(L, 2, &call, OPTIONS(TARGET(custval_backtest_options, options)), NULL);
    custval_status status = columns_read(&call, 1, NULL, 0, &table);
    void **const made = handle_push(L, &handle_table);
    if (status == CUSTVAL_OK) status = custval_backtest(table, &options, &facts, &out, &call.error);
    return call_give_with_facts(&call, status, made, out, &kind_of_custval_backtest_facts, &facts);
}

void satisfaction_register(lua_State *L) {
    static const luaL_Reg functions[] = {{"backtest", backtest},
                                         {"encounters", encounters},
                                         {"gap", gap},
                                         {"kano", kano},
                                         {"nps", nps},
                                         {"penalty_reward", penalty_reward},
                                         {"quadrants", quadrants},
                                         {"tolerance", tolerance},
                                         {NULL, NULL}};
    lua_newtable(L);
    functions_add(L, functions);
    lua_setfield(L, -2, "satisfaction");
}
