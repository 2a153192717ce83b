/* custval for Lua: knowledge bases of programmes, the next need. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "bridge.h"

static custval_programmes *programmes_check(lua_State *L) {
    return handle_check(L, 1, &handle_programmes);
}

/* --- Documents ---------------------------------------------------------------------------------------------------- */

static custval_status document_parse(const char *text, size_t length, void **out, custval_error *error) {
    custval_programmes *made = NULL;
    const custval_status status = custval_programmes_parse(NULL, text, length, &made, error);
    *out = made;
    return status;
}

static custval_status document_write(const void *base, const char *language, char *buffer, size_t capacity,
                                     size_t *out_length, custval_error *error) {
    (void)language;
    return custval_programmes_write(base, buffer, capacity, out_length, error);
}

static const document_kind document = {&handle_programmes, document_parse, document_write};

/* --- Looking at one ----------------------------------------------------------------------------------------------- */

/* programmes:count() */
static int programmes_count(lua_State *L) {
    lua_pushinteger(L, (lua_Integer)custval_programmes_count(programmes_check(L)));
    return 1;
}

static const char *trait_name(const void *base, size_t i) {
    return custval_programmes_column(base, i);
}

/* programmes:traits(): their ids, which are the columns that matching reads, and the type of each by its id. */
static int programmes_traits(lua_State *L) {
    const custval_programmes *const base = programmes_check(L);
    const size_t count = custval_programmes_columns(base);
    names_push(L, trait_name, base, count);
    for (size_t i = 0; i < count; i++) {
        lua_pushstring(L, custval_word(CUSTVAL_WORDS_TRAIT, custval_programmes_column_type(base, i)));
        lua_setfield(L, -2, trait_name(base, i));
    }
    return 1;
}

/* programmes:segment(): nil if there is none. */
static int programmes_segment(lua_State *L) {
    lua_pushstring(L, custval_programmes_segment(programmes_check(L))); /* NULL: nil */
    return 1;
}

/* programmes:list([options]) */
static int programmes_list(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_programmes_options options;
    const custval_programmes *const base = programmes_check(L);
    custval_table *out = NULL;
    lua_settop(L, 2);
    options_read(L, 2, &call, OPTIONS(TARGET(custval_programmes_options, options)), NULL);
    void **const made = handle_push(L, &handle_table);
    const custval_status status = custval_programmes_list(base, &options, &out, &call.error);
    return call_give(&call, status, made, out);
}

/* programmes:check([columns]) */
static int programmes_check_all(lua_State *L) {
    bridge_call call = call_begin(L);
    const custval_programmes *const base = programmes_check(L);
    custval_table *table = NULL, *out = NULL;
    custval_status status = CUSTVAL_OK;
    lua_settop(L, 2);
    if (!lua_isnil(L, 2)) status = columns_read(&call, 2, NULL, 0, &table);
    void **const made = handle_push(L, &handle_table);
    if (status == CUSTVAL_OK) status = custval_programmes_check(base, table, NULL, &out, &call.error);
    return call_give(&call, status, made, out);
}

/* --- Matching ----------------------------------------------------------------------------------------------------- */

/* Reads the traits of customers; categories may be whole numbers. */
static custval_status columns_of_traits(bridge_call *call, const custval_programmes *base, custval_table **out) {
    const size_t count = custval_programmes_columns(base);
    bridge_wanted *const columns = lua_newuserdata(call->L, (count + 1) * sizeof *columns);
    size_t all = 0;
    for (size_t i = 0; i < count; i++) {
        const int is_id = custval_programmes_column_type(base, i) == CUSTVAL_TRAIT_CATEGORY;
        wanted_add(columns, &all, trait_name(base, i), is_id);
    }
    return columns_read(call, 2, all == 0 ? NULL : columns, all, out);
}

/* programmes:match(columns [, options]) */
static int programmes_match(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_programmes_options options;
    const custval_programmes *const base = programmes_check(L);
    custval_table *table = NULL, *out = NULL;
    lua_settop(L, 3);
    options_read(L, 3, &call, OPTIONS(TARGET(custval_programmes_options, options)), NULL);
    custval_status status = columns_of_traits(&call, base, &table);
    void **const made = handle_push(L, &handle_table);
    if (status == CUSTVAL_OK) status = custval_programmes_match(base, table, &options, &out, &call.error);
    const int given = call_give(&call, status, made, out);
    if (status == CUSTVAL_OK) rows_from_one(L, "row");
    return given;
}

typedef custval_status (*customer_function)(const custval_programmes *, const custval_table *, size_t,
                                            const custval_programmes_options *, custval_table **, custval_error *);

static int customer_give(lua_State *L, customer_function function) {
    bridge_call call = call_begin(L);
    custval_programmes_options options;
    const custval_programmes *const base = programmes_check(L);
    const size_t row = row_check(L, 3);
    custval_table *table = NULL, *out = NULL;
    lua_settop(L, 4);
    options_read(L, 4, &call, OPTIONS(TARGET(custval_programmes_options, options)), NULL);
    custval_status status = columns_of_traits(&call, base, &table);
    void **const made = handle_push(L, &handle_table);
    if (status == CUSTVAL_OK) status = function(base, table, row, &options, &out, &call.error);
    return call_give(&call, status, made, out);
}

/* programmes:explain(columns, row [, options]) */
static int programmes_explain(lua_State *L) {
    return customer_give(L, custval_programmes_explain);
}

/* programmes:nearest(columns, row [, options]) */
static int programmes_nearest(lua_State *L) {
    return customer_give(L, custval_programmes_nearest);
}

/* programmes:update(outcomes): a base that has learnt. */
static int programmes_update(lua_State *L) {
    bridge_call call = call_begin(L);
    const custval_programmes *const base = programmes_check(L);
    custval_table *table = NULL;
    custval_programmes *out = NULL;
    lua_settop(L, 2);
    custval_status status = columns_with_id(&call, 2, custval_programmes_segment(base), &table);
    void **const made = handle_push(L, &handle_programmes);
    if (status == CUSTVAL_OK) status = custval_programmes_update(base, table, NULL, &out, &call.error);
    *made = out;
    return call_give_handle(&call, status);
}

/* --- The next need ------------------------------------------------------------------------------------------------ */

/* custval.next_need(columns, options) */
static int next_need(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_need_options options;
    custval_table *table = NULL, *out = NULL;
    lua_settop(L, 2);
    options_read(L, 2, &call, OPTIONS(TARGET(custval_need_options, options)), NULL);
    custval_status status = columns_read(&call, 1, NULL, 0, &table);
    void **const made = handle_push(L, &handle_table);
    if (status == CUSTVAL_OK) status = custval_next_need(table, &options, &out, &call.error);
    const int given = call_give(&call, status, made, out);
    if (status == CUSTVAL_OK) rows_from_one(L, "row");
    return given;
}

/* custval.smoothed_interval(intervals [, smoothing]) */
static int smoothed_interval(lua_State *L) {
    bridge_call call = call_begin(L);
    const double smoothing = luaL_optnumber(L, 2, 0.3);
    double out = 0;
    size_t count = 0;
    const double *const intervals = numbers_read(L, 1, "intervals", &count);
    const custval_status status = custval_smoothed_interval(intervals, count, smoothing, &out, &call.error);
    if (status != CUSTVAL_OK) return call_failed(&call, status);
    lua_pushnumber(L, out);
    return 1;
}

void programmes_register(lua_State *L) {
    static const luaL_Reg methods[] = {{"check", programmes_check_all}, {"count", programmes_count},
                                       {"explain", programmes_explain}, {"list", programmes_list},
                                       {"match", programmes_match},     {"nearest", programmes_nearest},
                                       {"segment", programmes_segment}, {"traits", programmes_traits},
                                       {"update", programmes_update},   {NULL, NULL}};
    static const luaL_Reg functions[] = {
        {"next_need", next_need}, {"smoothed_interval", smoothed_interval}, {NULL, NULL}};
    document_register(L, &document, "programmes", methods, NULL);
    functions_add(L, functions);
}
