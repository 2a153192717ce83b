/* custval for Lua: links from predictors to an outcome. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "bridge.h"

static custval_link *link_check(lua_State *L) {
    return handle_check(L, 1, &handle_link);
}

/* --- Documents ---------------------------------------------------------------------------------------------------- */

static custval_status document_parse(const char *text, size_t length, void **out, custval_error *error) {
    custval_link *made = NULL;
    const custval_status status = custval_link_parse(NULL, text, length, &made, error);
    *out = made;
    return status;
}

static custval_status document_write(const void *link, const char *language, char *buffer, size_t capacity,
                                     size_t *out_length, custval_error *error) {
    (void)language;
    return custval_link_write(link, buffer, capacity, out_length, error);
}

static const document_kind document = {&handle_link, document_parse, document_write};

/* --- Fitting ------------------------------------------------------------------------------------------------------ */

/* custval.link.fit(columns, options) */
static int link_fit(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_link_options options;
    custval_table *table = NULL;
    custval_link *out = NULL;
    lua_settop(L, 2);
    options_read(L, 2, NULL, OPTIONS(TARGET(custval_link_options, options)), NULL);
    custval_status status = columns_read(&call, 1, NULL, 0, &table);
    const int handle = lua_gettop(L);
    void **const made = handle_push(L, &handle_link);
    if (status == CUSTVAL_OK) status = custval_link_fit(table, &options, &out, &call.error);
    *made = out;
    handle_close(L, handle);
    return call_give_handle(&call, status);
}

/* custval.satisfaction.disconfirmation(columns [, options]): the link, and with `split` how much more losses weigh than
   gains */
static int disconfirmation(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_disconfirmation_options options;
    custval_loss_aversion found = CUSTVAL_LOSS_AVERSION_INIT;
    custval_table *table = NULL;
    custval_link *out = NULL;
    lua_settop(L, 2);
    options_read(L, 2, NULL, OPTIONS(TARGET(custval_disconfirmation_options, options)), NULL);
    custval_loss_aversion *const wanted = options.split != 0 ? &found : NULL;
    custval_status status = columns_read(&call, 1, NULL, 0, &table);
    const int handle = lua_gettop(L);
    void **const made = handle_push(L, &handle_link);
    if (status == CUSTVAL_OK) status = custval_disconfirmation(table, &options, wanted, &out, &call.error);
    *made = out;
    handle_close(L, handle);
    const int given = call_give_handle(&call, status);
    if (status != CUSTVAL_OK || wanted == NULL) return given;
    return given + call_give_facts(&call, status, &kind_of_custval_loss_aversion, wanted);
}

/* --- Looking at one ----------------------------------------------------------------------------------------------- */

static custval_link_facts facts_of(lua_State *L, const custval_link *link) {
    custval_link_facts facts = CUSTVAL_LINK_FACTS_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    if (custval_link_describe(link, &facts, &error) != CUSTVAL_OK) luaL_error(L, "%s", error.message);
    return facts;
}

/* link:facts() */
static int link_facts(lua_State *L) {
    const custval_link_facts facts = facts_of(L, link_check(L));
    struct_push(L, &kind_of_custval_link_facts, &facts);
    return 1;
}

static const char *column_name(const void *link, size_t i) {
    return custval_link_column(link, i);
}

/* link:predictors(): names of the columns that it reads. */
static int link_predictors(lua_State *L) {
    const custval_link *const link = link_check(L);
    names_push(L, column_name, link, (size_t)facts_of(L, link).terms - 1);
    return 1;
}

/* link:outcome() */
static int link_outcome(lua_State *L) {
    const custval_link *const link = link_check(L);
    lua_pushstring(L, custval_link_column(link, (size_t)facts_of(L, link).terms - 1));
    return 1;
}

/* link:coefficients([level]): with their errors, and intervals of that level, else of 0.95. */
static int link_coefficients(lua_State *L) {
    bridge_call call = call_begin(L);
    const custval_link *const link = link_check(L);
    const double level = luaL_optnumber(L, 2, 0.95);
    custval_table *out = NULL;
    void **const made = handle_push(L, &handle_table);
    const custval_status status = custval_link_coefficients(link, NULL, level, &out, &call.error);
    return call_give(&call, status, made, out);
}

/* link:covariance(): rows of the covariances of the coefficients, intercept first. */
static int link_covariance(lua_State *L) {
    bridge_call call = call_begin(L);
    const custval_link *const link = link_check(L);
    const size_t terms = (size_t)facts_of(L, link).terms;
    double *const numbers = lua_newuserdata(L, terms * terms * sizeof *numbers);
    const custval_status status = custval_link_numbers(link, NULL, numbers, &call.error);
    if (status != CUSTVAL_OK) return call_failed(&call, status);
    lua_createtable(L, (int)terms, 0);
    for (size_t row = 0; row < terms; row++) {
        lua_createtable(L, (int)terms, 0);
        for (size_t i = 0; i < terms; i++) {
            lua_pushnumber(L, numbers[row * terms + i]);
            lua_rawseti(L, -2, (int)i + 1);
        }
        lua_rawseti(L, -2, (int)row + 1);
    }
    return 1;
}

/* --- Predicting --------------------------------------------------------------------------------------------------- */

/* link:predict(columns [, options]) */
static int link_predict(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_link_predict_options options;
    const custval_link *const link = link_check(L);
    const size_t predictors = (size_t)facts_of(L, link).terms - 1;
    custval_table *table = NULL, *out = NULL;
    lua_settop(L, 3);
    options_read(L, 3, &call, OPTIONS(TARGET(custval_link_predict_options, options)), NULL);
    custval_status status = columns_named(&call, 2, column_name, link, predictors, NULL, &table);
    void **const made = handle_push(L, &handle_table);
    if (status == CUSTVAL_OK) status = custval_link_predict(link, table, &options, &out, &call.error);
    return call_give(&call, status, made, out);
}

/* custval.satisfaction.effects({first, second, ...} [, level]): what each variable does to the outcome of the last
   link. */
static int effects(lua_State *L) {
    bridge_call call = call_begin(L);
    const double level = luaL_optnumber(L, 2, 0.95);
    custval_table *out = NULL;
    luaL_checktype(L, 1, LUA_TTABLE);
    const size_t count = lua_rawlen(L, 1);
    const custval_link **const links = lua_newuserdata(L, (count + 1) * sizeof *links);
    for (size_t i = 0; i < count; i++) {
        lua_rawgeti(L, 1, (int)i + 1);
        links[i] = handle_check(L, lua_gettop(L), &handle_link); /* kept alive by the array */
        lua_pop(L, 1);
    }
    void **const made = handle_push(L, &handle_table);
    const custval_status status = custval_link_effects(links, count, NULL, level, &out, &call.error);
    return call_give(&call, status, made, out);
}

void link_register(lua_State *L) {
    static const luaL_Reg methods[] = {{"coefficients", link_coefficients},
                                       {"covariance", link_covariance},
                                       {"facts", link_facts},
                                       {"outcome", link_outcome},
                                       {"predict", link_predict},
                                       {"predictors", link_predictors},
                                       {NULL, NULL}};
    static const luaL_Reg functions[] = {{"fit", link_fit}, {NULL, NULL}};
    static const luaL_Reg of_satisfaction[] = {
        {"disconfirmation", disconfirmation}, {"effects", effects}, {NULL, NULL}};
    document_register(L, &document, "link", methods, functions);
    lua_getfield(L, -1, "satisfaction");
    functions_add(L, of_satisfaction);
    lua_pop(L, 1);
}
