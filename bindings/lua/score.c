/* custval for Lua: scoring tables and rows, explaining, comparing. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "bridge.h"

/* --- Scoring ------------------------------------------------------------------------------------------------------ */

/* A scorer and the memory to score a row. The names of inputs and columns belong to the scorer's system. */
typedef struct row_memory {
    uint32_t inputs, columns;
    const char **names;
    unsigned char *is_text, *is_id;
    double *numbers, *scores;
    custval_text *texts;
} row_memory;

/* Pushes the memory for rows of a scorer. */
static void row_memory_push(lua_State *L, const custval_system *system, const custval_scorer *scorer) {
    const uint32_t inputs = custval_system_inputs(system), columns = custval_scorer_columns(scorer);
    const size_t bytes = sizeof(row_memory) + inputs * (sizeof(char *) + sizeof(double) + sizeof(custval_text) + 2) +
                         columns * sizeof(double);
    row_memory *const made = lua_newuserdata(L, bytes);
    made->inputs = inputs;
    made->columns = columns;
    made->numbers = (double *)(void *)(made + 1);
    made->scores = made->numbers + inputs;
    made->texts = (custval_text *)(void *)(made->scores + columns);
    made->names = (const char **)(void *)(made->texts + inputs);
    made->is_text = (unsigned char *)(made->names + inputs);
    made->is_id = made->is_text + inputs;
    for (uint32_t i = 0; i < inputs; i++) {
        custval_input input = CUSTVAL_INPUT_INIT;
        if (custval_system_input(system, i, &input, NULL) != CUSTVAL_OK) continue;
        made->names[i] = input.column;
        made->is_text[i] = input.is_text != 0;
        made->is_id[i] = (input.roles & (CUSTVAL_INPUT_PROFILE | CUSTVAL_INPUT_CONTEXT | CUSTVAL_INPUT_OVERRIDE)) != 0;
    }
}

/* Pushes a scorer; its uservalue holds the memory for rows. */
static custval_status scorer_push(bridge_call *call, custval_system *system, const custval_score_options *options,
                                  int options_index, custval_scorer **out) {
    lua_State *const L = call->L;
    void **const made = handle_push(L, &handle_scorer);
    const custval_status status = custval_scorer_new(system, options, out, &call->error);
    *made = *out;
    if (status != CUSTVAL_OK) return status;
    lua_getuservalue(L, -1);
    row_memory_push(L, system, *out);
    lua_rawseti(L, -2, 1);
    lua_pop(L, 1);
    threads_keep(L, options_index);
    return CUSTVAL_OK;
}

/* Pushes a scorer for the options at the index. */
static custval_status scorer_of_options(bridge_call *call, custval_system *system, int index, custval_scorer **out) {
    custval_score_options options;
    options_read(call->L, index, call, OPTIONS(TARGET(custval_score_options, options)), NULL);
    return scorer_push(call, system, &options, index, out);
}

/* system:scorer(options) */
static int system_scorer(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_system *const system = system_check(L);
    custval_scorer *scorer = NULL;
    lua_settop(L, 2);
    const custval_status status = scorer_of_options(&call, system, 2, &scorer);
    luaL_argcheck(L, call.progress == 0, 2, "a scorer reports no progress");
    return call_give_handle(&call, status);
}

/* Fills the memory from the row at the index. */
static void row_read(lua_State *L, int row, const row_memory *memory) {
    for (uint32_t i = 0; i < memory->inputs; i++) {
        lua_getfield(L, row, memory->names[i]);
        const int type = lua_type(L, -1);
        memory->numbers[i] = NAN;
        memory->texts[i].data = NULL;
        memory->texts[i].length = 0;
        if (memory->is_text[i] && (type == LUA_TSTRING || (type == LUA_TNUMBER && memory->is_id[i]))) {
            if (type == LUA_TNUMBER) id_push(L, memory->names[i], -1);
            memory->texts[i].data = lua_tolstring(L, -1, &memory->texts[i].length);
            continue; /* stays on the stack until the row is scored */
        }
        if (!memory->is_text[i] && type == LUA_TNUMBER)
            memory->numbers[i] = lua_tonumber(L, -1);
        else if (!is_missing(L, -1))
            luaL_error(L, "column \"%s\": a %s expected, got %s", memory->names[i],
                       memory->is_text[i] ? "string" : "number", lua_typename(L, type));
        lua_pop(L, 1);
    }
}

/* Scores the row at the index; gives {value =, benefit =, ..., status =}, in which missing scores are left out. */
static int row_score(lua_State *L, custval_scorer *scorer, const row_memory *memory, int row) {
    uint32_t status = 0;
    luaL_checktype(L, row, LUA_TTABLE);
    luaL_checkstack(L, (int)(2 * memory->inputs + 8), "too many texts");
    row_read(L, row, memory);
    if (custval_scorer_row(scorer, memory->numbers, memory->texts, memory->scores, &status) != CUSTVAL_OK)
        return luaL_error(L, "the row could not be scored");
    lua_createtable(L, 0, (int)memory->columns + 1);
    for (uint32_t i = 0; i < memory->columns; i++) {
        if (isnan(memory->scores[i])) continue;
        lua_pushnumber(L, memory->scores[i]);
        lua_setfield(L, -2, custval_scorer_column_name(scorer, i));
    }
    lua_pushinteger(L, (lua_Integer)status);
    lua_setfield(L, -2, "status");
    return 1;
}

static row_memory *memory_of(lua_State *L, int scorer) {
    lua_getuservalue(L, scorer);
    lua_rawgeti(L, -1, 1);
    row_memory *const memory = lua_touserdata(L, -1);
    lua_pop(L, 2);
    return memory;
}

/* scorer:row{...} */
static int scorer_row(lua_State *L) {
    custval_scorer *const scorer = handle_check(L, 1, &handle_scorer);
    return row_score(L, scorer, memory_of(L, 1), 2);
}

/* system:score_row(row [, options]): without options with the system's own scorer, made when first needed. */
static int system_score_row(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_system *const system = system_check(L);
    custval_scorer *scorer = NULL;
    lua_settop(L, 3);
    if (!lua_isnil(L, 3)) {
        const custval_status status = scorer_of_options(&call, system, 3, &scorer);
        if (status != CUSTVAL_OK) return call_failed(&call, status);
        return row_score(L, scorer, memory_of(L, lua_gettop(L)), 2);
    }
    lua_getuservalue(L, 1);
    lua_rawgeti(L, 4, 1);
    if (lua_isnil(L, 5)) {
        const custval_score_options options = CUSTVAL_SCORE_OPTIONS_INIT;
        lua_pop(L, 1);
        const custval_status status = scorer_push(&call, system, &options, 3, &scorer);
        if (status != CUSTVAL_OK) return call_failed(&call, status);
        lua_pushvalue(L, 5);
        lua_rawseti(L, 4, 1);
    }
    return row_score(L, handle_check(L, 5, &handle_scorer), memory_of(L, 5), 2);
}

/* Scores a table into columns that Lua owns, without a result table in between. */
static int table_score(bridge_call *call, custval_scorer *scorer, const custval_table *table) {
    lua_State *const L = call->L;
    const size_t rows = custval_table_rows(table);
    const uint32_t columns = custval_scorer_columns(scorer);
    const int packed = call->packed == -1 ? call->packed_input : call->packed;
    double **const scores = lua_newuserdata(L, (columns + 1) * sizeof *scores);
    uint32_t *const statuses = lua_newuserdata(L, (rows + 1) * sizeof *statuses);
    lua_createtable(L, (int)columns + 1, (int)columns + 1);
    const int result = lua_gettop(L);
    for (uint32_t i = 0; i < columns; i++) {
        const char *const name = custval_scorer_column_name(scorer, i);
        lua_pushstring(L, name);
        lua_rawseti(L, result, (int)i + 1);
        scores[i] = vector_push(L, rows);
        lua_setfield(L, result, name);
    }
    const custval_status status = custval_scorer_table(scorer, table, scores, statuses, &call->error);
    if (status != CUSTVAL_OK) return call_failed(call, status);
    for (uint32_t i = 0; i < columns && !packed; i++) {
        lua_getfield(L, result, custval_scorer_column_name(scorer, i));
        vector_to_table(L, 0);
        lua_setfield(L, result, custval_scorer_column_name(scorer, i));
    }
    double *const numbers = vector_push(L, rows);
    for (size_t row = 0; row < rows; row++) numbers[row] = statuses[row];
    if (!packed) vector_to_table(L, 1);
    lua_setfield(L, result, "status");
    lua_pushliteral(L, "status");
    lua_rawseti(L, result, (int)columns + 1);
    return 1;
}

/* system:score(columns [, options]) */
static int system_score(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_system *const system = system_check(L);
    custval_table *table = NULL;
    custval_scorer *scorer = NULL;
    lua_settop(L, 3);
    custval_status status = scorer_of_options(&call, system, 3, &scorer);
    if (status != CUSTVAL_OK) return call_failed(&call, status);
    const int scorer_at = lua_gettop(L);
    status = columns_of_system(&call, 2, system, NULL, 0, &table);
    const int table_at = lua_gettop(L),
              given = status == CUSTVAL_OK ? table_score(&call, scorer, table) : call_failed(&call, status);
    /* Not left to the collector, which does not know how much memory they hold. */
    handle_close(L, table_at);
    handle_close(L, scorer_at);
    return given;
}

/* scorer:score(columns) */
static int scorer_score(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_scorer *const scorer = handle_check(L, 1, &handle_scorer);
    const row_memory *const memory = memory_of(L, 1);
    custval_table *table = NULL;
    bridge_wanted *const columns = lua_newuserdata(L, (memory->inputs + 1) * sizeof *columns);
    for (uint32_t i = 0; i < memory->inputs; i++) columns[i] = (bridge_wanted){memory->names[i], memory->is_id[i]};
    const custval_status status = columns_read(&call, 2, columns, memory->inputs, &table);
    const int table_at = lua_gettop(L),
              given = status == CUSTVAL_OK ? table_score(&call, scorer, table) : call_failed(&call, status);
    handle_close(L, table_at);
    return given;
}

/* scorer:columns(): names of the scores. */
static int scorer_columns(lua_State *L) {
    const custval_scorer *const scorer = handle_check(L, 1, &handle_scorer);
    const uint32_t count = custval_scorer_columns(scorer);
    lua_createtable(L, (int)count, 0);
    for (uint32_t i = 0; i < count; i++) {
        lua_pushstring(L, custval_scorer_column_name(scorer, i));
        lua_rawseti(L, -2, (int)i + 1);
    }
    return 1;
}

/* --- What happened ------------------------------------------------------------------------------------------------ */

/* system:reason(columns, row [, options]) */
static int system_reason(lua_State *L) {
    bridge_call call = call_begin(L);
    const custval_system *const system = system_check(L);
    const size_t row = row_check(L, 3);
    char reason[4096];
    custval_score_options options;
    custval_table *table = NULL;
    lua_settop(L, 4);
    options_read(L, 4, &call, OPTIONS(TARGET(custval_score_options, options)), NULL);
    custval_status status = columns_of_system(&call, 2, system, NULL, 0, &table);
    if (status == CUSTVAL_OK) {
        status = custval_row_reason(system, table, row, &options, reason, sizeof reason, &call.error);
    }
    if (status != CUSTVAL_OK) return call_failed(&call, status);
    lua_pushstring(L, reason);
    return 1;
}

/* custval.summarise(scores): {rows =, scored =, marked =, count = {gated = n, ...}, first = {gated = row, ...}} */
static int statuses_summarise(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_row_summary summary = CUSTVAL_ROW_SUMMARY_INIT;
    size_t rows = 0;
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    lua_getfield(L, 1, "status");
    const double *const numbers = numbers_read(L, 2, "status", &rows);
    uint32_t *const statuses = lua_newuserdata(L, (rows + 1) * sizeof *statuses);
    for (size_t row = 0; row < rows; row++) {
        if (!(numbers[row] >= 0 && numbers[row] <= 4294967295.0))
            luaL_error(L, "status: entry %d is no status", (int)row + 1);
        statuses[row] = (uint32_t)numbers[row];
    }
    custval_column column = CUSTVAL_COLUMN_INIT;
    column.type = CUSTVAL_TYPE_UINT32;
    column.data = statuses;
    custval_table *table = NULL;
    void **const made = handle_push(L, &handle_table);
    custval_status status = custval_table_new(NULL, rows, &table, &call.error);
    *made = table;
    if (status == CUSTVAL_OK) status = custval_table_add(table, "status", &column, &call.error);
    if (status == CUSTVAL_OK) status = custval_row_summary_add(&summary, table, &call.error);
    if (status != CUSTVAL_OK) return call_failed(&call, status);
    lua_newtable(L);
    lua_pushinteger(L, (lua_Integer)summary.rows);
    lua_setfield(L, -2, "rows");
    lua_pushinteger(L, (lua_Integer)summary.scored);
    lua_setfield(L, -2, "scored");
    lua_pushinteger(L, (lua_Integer)summary.marked);
    lua_setfield(L, -2, "marked");
    lua_newtable(L);
    lua_newtable(L);
    for (uint32_t bit = 0; bit < CUSTVAL_ROW_BITS; bit++) {
        const char *const word = custval_word(CUSTVAL_WORDS_ROW_STATUS, 1U << bit);
        if (word == NULL || summary.count[bit] == 0) continue;
        lua_pushinteger(L, (lua_Integer)summary.count[bit]);
        lua_setfield(L, -3, word);
        lua_pushinteger(L, (lua_Integer)summary.first[bit] + 1);
        lua_setfield(L, -2, word);
    }
    lua_setfield(L, -3, "first");
    lua_setfield(L, -2, "count");
    return 1;
}

/* --- Why, and what if --------------------------------------------------------------------------------------------- */

static custval_status write_explanation(const void *explanation, const char *language, char *buffer, size_t capacity,
                                        size_t *out_length, custval_error *error) {
    (void)language;
    return custval_explain_text(explanation, buffer, capacity, out_length, error);
}

/* tostring(explanation): its text. */
static int explanation_text(lua_State *L) {
    lua_getfield(L, 1, "text");
    return 1;
}

void question_read(lua_State *L, bridge_question *question, int options, const bridge_target *targets) {
    question->call = call_begin(L);
    question->system = system_check(L);
    question->table = NULL;
    question->out = NULL;
    lua_settop(L, options);
    options_read(L, options, &question->call, targets, NULL);
}

void question_columns(lua_State *L, bridge_question *question, const char *more) {
    const bridge_wanted column = {more, 0};
    question->status = columns_of_system(&question->call, 2, question->system, &column, 1, &question->table);
    question->table_at = lua_gettop(L);
    question->made = handle_push(L, &handle_table);
}

int question_answer(bridge_question *question) {
    const int given = call_give(&question->call, question->status, question->made, question->out);
    handle_close(question->call.L, question->table_at);
    return given;
}

/* system:explain(columns, row [, options]) */
static int system_explain(lua_State *L) {
    bridge_question question;
    const size_t row = row_check(L, 3);
    question_read(L, &question, 4, OPTIONS(SCORED(question)));
    question_columns(L, &question, NULL);
    if (question.status == CUSTVAL_OK) {
        question.status =
            custval_explain(question.system, question.table, row, &question.score, &question.out, &question.call.error);
    }
    *question.made = question.out;
    if (question.status != CUSTVAL_OK) return call_failed(&question.call, question.status);
    const int made = lua_gettop(L);
    if (text_give(&question.call, write_explanation, question.out, NULL) != 1) return lua_error(L);
    const int text = lua_gettop(L);
    lua_pushvalue(L, made);
    if (question_answer(&question) != 1) return lua_error(L);
    lua_pushvalue(L, text);
    lua_setfield(L, -2, "text");
    luaL_getmetatable(L, "custval.explanation 1");
    lua_setmetatable(L, -2);
    return 1;
}

/* system:change(before, row_before, after, row_after [, options]) */
static int system_change(lua_State *L) {
    bridge_question question;
    const size_t row_before = row_check(L, 3), row_after = row_check(L, 5);
    custval_table *after = NULL;
    question_read(L, &question, 6, OPTIONS(SCORED(question)));
    custval_status status = columns_of_system(&question.call, 4, question.system, NULL, 0, &after);
    question_columns(L, &question, NULL);
    if (status == CUSTVAL_OK) status = question.status;
    if (status == CUSTVAL_OK) {
        status = custval_explain_change(question.system, question.table, row_before, after, row_after, &question.score,
                                        &question.out, &question.call.error);
    }
    question.status = status;
    return question_answer(&question);
}

/* system:levers(columns [, row [, options]]) */
static int system_levers(lua_State *L) {
    bridge_question question;
    const size_t row = row_optional(L, 3, CUSTVAL_ALL_ROWS);
    question_read(L, &question, 4, OPTIONS(SCORED(question)));
    question_columns(L, &question, NULL);
    if (question.status == CUSTVAL_OK) {
        question.status =
            custval_levers(question.system, question.table, row, &question.score, &question.out, &question.call.error);
    }
    return question_answer(&question);
}

/* system:flip(columns, row_a, row_b [, options]) */
static int system_flip(lua_State *L) {
    bridge_question question;
    const size_t row_a = row_check(L, 3), row_b = row_check(L, 4);
    question_read(L, &question, 5, OPTIONS(SCORED(question)));
    question_columns(L, &question, NULL);
    if (question.status == CUSTVAL_OK) {
        question.status = custval_flip(question.system, question.table, row_a, row_b, &question.score, &question.out,
                                       &question.call.error);
    }
    return question_answer(&question);
}

/* system:target(columns, row, value [, options]) */
static int system_target(lua_State *L) {
    bridge_question question;
    const size_t row = row_check(L, 3);
    const double value = luaL_checknumber(L, 4);
    question_read(L, &question, 5, OPTIONS(SCORED(question)));
    question_columns(L, &question, NULL);
    if (question.status == CUSTVAL_OK) {
        question.status = custval_target(question.system, question.table, row, value, &question.score, &question.out,
                                         &question.call.error);
    }
    return question_answer(&question);
}

/* system:compare(columns [, options]); with an own row as third argument: by indicator. */
static int compare(lua_State *L, int options, int has_own) {
    bridge_question question;
    custval_compare_options compared;
    const size_t own = has_own ? row_check(L, 3) : 0;
    question_read(L, &question, options, OPTIONS(TARGET(custval_compare_options, compared), SCORED(question)));
    compared.score = &question.score;
    question_columns(L, &question, compared.price_column);
    if (question.status == CUSTVAL_OK) {
        question.status =
            has_own ? custval_compare_indicators(question.system, question.table, own, &compared, &question.out,
                                                 &question.call.error)
                    : custval_compare(question.system, question.table, &compared, &question.out, &question.call.error);
    }
    return question_answer(&question);
}

static int system_compare(lua_State *L) {
    return compare(L, 3, 0);
}

static int system_compare_indicators(lua_State *L) {
    return compare(L, 4, 1);
}

void score_register(lua_State *L) {
    static const luaL_Reg of_system[] = {
        {"change", system_change},   {"compare", system_compare}, {"compare_indicators", system_compare_indicators},
        {"explain", system_explain}, {"flip", system_flip},       {"levers", system_levers},
        {"reason", system_reason},   {"score", system_score},     {"score_row", system_score_row},
        {"scorer", system_scorer},   {"target", system_target},   {NULL, NULL}};
    static const luaL_Reg of_scorer[] = {
        {"columns", scorer_columns}, {"row", scorer_row}, {"score", scorer_score}, {NULL, NULL}};
    methods_add(L, &handle_system, of_system);
    handle_register(L, &handle_scorer, of_scorer, NULL);
    luaL_newmetatable(L, "custval.explanation 1");
    lua_pushcfunction(L, explanation_text);
    lua_setfield(L, -2, "__tostring");
    lua_pop(L, 1);
    lua_pushcfunction(L, statuses_summarise);
    lua_setfield(L, -2, "summarise");
}
