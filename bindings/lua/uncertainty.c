/* custval for Lua: draws of weights and what they do, means, and other roll-ups. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "bridge.h"

/* --- Draws -------------------------------------------------------------------------------------------------------- */

/* custval.uncertainty.draw(system or weights [, options]) */
static int draw(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_noise_options options;
    custval_table *out = NULL;
    const custval_system *const system = handle_test(L, 1, &handle_system);
    const custval_weights *const weights = system != NULL ? NULL : handle_check(L, 1, &handle_weights);
    lua_settop(L, 2);
    options_read(L, 2, &call, OPTIONS(TARGET(custval_noise_options, options)), NULL);
    void **const made = handle_push(L, &handle_table);
    const custval_status status = system != NULL ? custval_draw_system(system, &options, &out, &call.error)
                                                 : custval_draw_weights(weights, &options, &out, &call.error);
    return call_give(&call, status, made, out);
}

/* custval.uncertainty.draw_judgements{names =, matrix = ..., draws =, ...} */
static int draw_judgements(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_ahp_options ahp;
    custval_noise_options options;
    custval_judgements judgements;
    custval_table *out = NULL;
    lua_settop(L, 1);
    options_read(L, 1, &call, OPTIONS(TARGET(custval_ahp_options, ahp), TARGET(custval_noise_options, options)),
                 judgement_keys);
    judgements_read(L, 1, &judgements);
    void **const made = handle_push(L, &handle_table);
    const custval_status status = custval_draw_judgements(&judgements, &ahp, &options, &out, &call.error);
    return call_give(&call, status, made, out);
}

/* --- What they do ------------------------------------------------------------------------------------------------- */

/* custval.uncertainty.ranks(system, columns, draws [, options]) */
static int ranks(lua_State *L) {
    bridge_question question;
    custval_uncertainty_options options;
    custval_table *draws = NULL;
    question_read(L, &question, 4, OPTIONS(TARGET(custval_uncertainty_options, options), SCORED(question)));
    options.score = &question.score;
    const custval_status status = columns_read(&question.call, 3, NULL, 0, &draws);
    question.call.packed_input = 0; /* results look like the rows, not like the draws */
    question_columns(L, &question, NULL);
    if (status != CUSTVAL_OK) question.status = status;
    if (question.status == CUSTVAL_OK) {
        question.status =
            custval_uncertainty(question.system, question.table, draws, &options, &question.out, &question.call.error);
    }
    return question_answer(&question);
}

/* custval.uncertainty.sensitivity(system, columns, row [, rival [, options]]) */
static int sensitivity(lua_State *L) {
    bridge_question question;
    custval_noise_options options;
    const size_t row = row_check(L, 3), rival = row_optional(L, 4, CUSTVAL_ALL_ROWS);
    question_read(L, &question, 5, OPTIONS(TARGET(custval_noise_options, options), SCORED(question)));
    question_columns(L, &question, NULL);
    if (question.status == CUSTVAL_OK) {
        question.status = custval_sensitivity(question.system, question.table, row, rival, &question.score, &options,
                                              &question.out, &question.call.error);
    }
    return question_answer(&question);
}

/* custval.uncertainty.reversal(system, columns [, options]) */
static int reversal(lua_State *L) {
    bridge_question question;
    question_read(L, &question, 3, OPTIONS(SCORED(question)));
    question_columns(L, &question, NULL);
    if (question.status == CUSTVAL_OK) {
        question.status =
            custval_reversal(question.system, question.table, &question.score, &question.out, &question.call.error);
    }
    question.call.packed = 0;
    const int given = question_answer(&question);
    if (given == 1) rows_from_one(L, "rival");
    return given;
}

/* custval.uncertainty.means(columns [, options]) */
static int means(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_means_options options;
    custval_table *table = NULL, *out = NULL;
    lua_settop(L, 2);
    options_read(L, 2, &call, OPTIONS(TARGET(custval_means_options, options)), NULL);
    bridge_wanted *columns;
    size_t count = options.count;
    if (options.columns == NULL) {
        luaL_checktype(L, 1, LUA_TTABLE);
        columns = columns_all(L, 1, &count);
    } else {
        columns = lua_newuserdata(L, (count + 1) * sizeof *columns);
        for (size_t i = 0; i < count; i++) columns[i] = (bridge_wanted){options.columns[i], 0};
        if (options.group != NULL) columns[count++] = (bridge_wanted){options.group, 0};
    }
    for (size_t i = 0; i < count; i++) {
        if (options.group != NULL && strcmp(columns[i].name, options.group) == 0) columns[i].is_id = 1;
    }
    custval_status status = columns_read(&call, 1, columns, count, &table);
    void **const made = handle_push(L, &handle_table);
    if (status == CUSTVAL_OK) status = custval_means(table, &options, &out, &call.error);
    return call_give(&call, status, made, out);
}

/* --- Other roll-ups ----------------------------------------------------------------------------------------------- */

/* Scores of the nodes of a level, as a table to rank; pushes its handle. */
static custval_status scores_of(bridge_call *call, const custval_system *system, int options, custval_table **out) {
    lua_State *const L = call->L;
    custval_score_options score = CUSTVAL_SCORE_OPTIONS_INIT;
    custval_table *table = NULL;
    lua_getfield(L, options, "level");
    const char *const level = luaL_optstring(L, lua_gettop(L), "indicator");
    lua_pushstring(L, level);
    score.levels = word_check(L, "level", lua_gettop(L), 0, words_of_custval_level);
    lua_getfield(L, options, "profile");
    score.profile = luaL_optstring(L, lua_gettop(L), NULL);
    lua_getfield(L, options, "as_of");
    score.as_of = luaL_optstring(L, lua_gettop(L), NULL);
    score.coverage = CUSTVAL_COVERAGE_NONE;
    custval_status status = columns_of_system(call, 1, system, NULL, 0, &table);
    void **const made = handle_push(L, &handle_table);
    if (status == CUSTVAL_OK) status = custval_score(system, table, &score, out, &call->error);
    *made = *out;
    return status;
}

/* custval.rank(columns, weights [, options]): weights are names with numbers, a set of weights, or a system, on whose
   scores of a level is ranked then. */
static int rank(lua_State *L) {
    static const char *const keys[] = {"sacrifices", "ranges", "level", "profile", "as_of", NULL};
    bridge_call call = call_begin(L);
    custval_rank_options options;
    custval_criterion *criteria = NULL;
    custval_table *table = NULL, *out = NULL;
    custval_status status = CUSTVAL_OK;
    const char **names;
    double *numbers;
    size_t count = 0;
    lua_settop(L, 3);
    options_read(L, 3, &call, OPTIONS(TARGET(custval_rank_options, options)), keys);
    if (lua_isnil(L, 3)) {
        lua_newtable(L);
        lua_replace(L, 3);
    }
    const custval_system *const system = handle_test(L, 2, &handle_system);
    const custval_weights *const weights = system != NULL ? NULL : handle_test(L, 2, &handle_weights);
    if (system != NULL) {
        status = criteria_of_system(&call, system, 3, &criteria, &count);
        if (status == CUSTVAL_OK) status = scores_of(&call, system, 3, &table);
    } else {
        if (weights != NULL) {
            count = custval_weights_count(weights);
            names = lua_newuserdata(L, (count + 1) * sizeof *names);
            numbers = lua_newuserdata(L, (count + 1) * sizeof *numbers);
            for (size_t i = 0; i < count; i++) {
                names[i] = custval_weights_name(weights, i);
                numbers[i] = custval_weights_share(weights, i);
            }
        } else {
            named_numbers(L, 2, "weights", &names, &numbers, &count);
        }
        criteria = criteria_push(L, names, numbers, count, 3);
        bridge_wanted *const columns = lua_newuserdata(L, (count + 1) * sizeof *columns);
        for (size_t i = 0; i < count; i++) columns[i] = (bridge_wanted){names[i], 0};
        status = columns_read(&call, 1, columns, count, &table);
    }
    void **const made = handle_push(L, &handle_table);
    if (status == CUSTVAL_OK) status = custval_rank(table, criteria, count, &options, &out, &call.error);
    return call_give(&call, status, made, out);
}

/* custval.ranks(numbers [, ties]) */
static int ranks_of(lua_State *L) {
    bridge_call call = call_begin(L);
    size_t count = 0;
    const uint32_t ties =
        lua_isnoneornil(L, 2) ? CUSTVAL_TIES_MINIMUM : word_check(L, "ties", 2, CUSTVAL_WORDS_TIES, NULL);
    lua_settop(L, 1);
    const int packed = vector_test(L, 1, &count) != NULL;
    const double *const numbers = numbers_read(L, 1, "numbers", &count);
    double *const out = vector_push(L, count);
    const custval_status status = custval_ranks(NULL, numbers, count, ties, out, &call.error);
    if (status != CUSTVAL_OK) return call_failed(&call, status);
    if (!packed) vector_to_table(L, 0);
    return 1;
}

/* custval.fuzzy(system, columns [, options]) */
static int fuzzy(lua_State *L) {
    bridge_question question;
    custval_fuzzy_options options;
    question_read(L, &question, 3, OPTIONS(TARGET(custval_fuzzy_options, options), SCORED(question)));
    options.score = &question.score;
    question_columns(L, &question, NULL);
    if (question.status == CUSTVAL_OK) {
        question.status = custval_fuzzy(question.system, question.table, &options, &question.out, &question.call.error);
    }
    return question_answer(&question);
}

/* custval.fuzzy_compose(degrees, weights [, operation]): degrees are one array per row. */
static int fuzzy_compose(lua_State *L) {
    bridge_call call = call_begin(L);
    size_t count = 0, rows = 0, grades = 0;
    const uint32_t operation =
        lua_isnoneornil(L, 3) ? CUSTVAL_FUZZY_WEIGHTED : word_check(L, "operation", 3, CUSTVAL_WORDS_FUZZY, NULL);
    lua_settop(L, 2);
    const double *const weights = numbers_read(L, 2, "weights", &count);
    const double *const degrees = rows_read(L, 1, "degrees", &rows, &grades);
    luaL_argcheck(L, rows == count, 1, "one row per weight expected");
    double *const out = vector_push(L, grades);
    const custval_status status = custval_fuzzy_compose(degrees, weights, count, grades, operation, out, &call.error);
    if (status != CUSTVAL_OK) return call_failed(&call, status);
    vector_to_table(L, 0);
    return 1;
}

void uncertainty_register(lua_State *L) {
    static const luaL_Reg functions[] = {
        {"draw", draw},         {"draw_judgements", draw_judgements}, {"means", means}, {"ranks", ranks},
        {"reversal", reversal}, {"sensitivity", sensitivity},         {NULL, NULL}};
    static const luaL_Reg roll_ups[] = {
        {"fuzzy", fuzzy}, {"fuzzy_compose", fuzzy_compose}, {"rank", rank}, {"ranks", ranks_of}, {NULL, NULL}};
    functions_add(L, roll_ups);
    lua_newtable(L);
    functions_add(L, functions);
    lua_setfield(L, -2, "uncertainty");
}
