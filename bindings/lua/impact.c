/* custval for Lua: from indicator to equity: what a point of an indicator is worth in money. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "bridge.h"

static custval_impact *impact_check(lua_State *L) {
    return handle_check(L, 1, &handle_impact);
}

/* --- Documents ---------------------------------------------------------------------------------------------------- */

static custval_status document_parse(const char *text, size_t length, void **out, custval_error *error) {
    custval_impact *made = NULL;
    const custval_status status = custval_impact_parse(NULL, text, length, &made, error);
    *out = made;
    return status;
}

static custval_status document_write(const void *impact, const char *language, char *buffer, size_t capacity,
                                     size_t *out_length, custval_error *error) {
    (void)language;
    return custval_impact_write(impact, buffer, capacity, out_length, error);
}

static const document_kind document = {&handle_impact, document_parse, document_write};

/* --- Looking at one ----------------------------------------------------------------------------------------------- */

/* impact:links(): the links in order, each false while it is yet to be fitted. */
static int impact_links(lua_State *L) {
    const custval_impact *const impact = impact_check(L);
    const size_t count = custval_impact_links(impact);
    lua_createtable(L, (int)count, 0);
    for (size_t i = 0; i < count; i++) {
        const custval_link *const link = custval_impact_link(impact, i);
        if (link == NULL) {
            lua_pushboolean(L, 0);
        } else {
            void **const made = handle_push(L, &handle_link);
            *made = custval_link_ref(link);
        }
        lua_rawseti(L, -2, (int)i + 1);
    }
    return 1;
}

/* What is read beside the columns of a system: while fitting, or while running. */
typedef struct reading {
    const custval_impact *impact;
    const custval_system *system;
    uint32_t fitting;
} reading;

static const char *column_name(const void *object, size_t i) {
    const reading *const of = object;
    return custval_impact_column(of->impact, of->system, of->fitting, i);
}

static size_t columns_count(const reading *of) {
    size_t count = 0;
    while (column_name(of, count) != NULL) count++;
    return count;
}

/* impact:columns(system [, fitting]): names of the columns that it reads beside those of the system. */
static int impact_columns(lua_State *L) {
    const custval_impact *const impact = impact_check(L);
    const reading of = {impact, handle_check(L, 2, &handle_system), (uint32_t)lua_toboolean(L, 3)};
    names_push(L, column_name, &of, columns_count(&of));
    return 1;
}

/* impact:assumptions(): what the answer rests on. */
static int impact_assumptions(lua_State *L) {
    bridge_call call = call_begin(L);
    const custval_impact *const impact = impact_check(L);
    custval_table *out = NULL;
    void **const made = handle_push(L, &handle_table);
    const custval_status status = custval_impact_assumptions(impact, NULL, &out, &call.error);
    return call_give(&call, status, made, out);
}

/* --- Fitting and running ------------------------------------------------------------------------------------------ */

/* Reads the columns at index 3: those of the system, and those that are read beside them. */
static custval_status columns_of_impact(bridge_call *call, const reading *of, custval_table **out) {
    const size_t count = columns_count(of);
    bridge_wanted *const columns = lua_newuserdata(call->L, (count + 1) * sizeof *columns);
    size_t all = 0;
    for (size_t i = 0; i < count; i++) wanted_add(columns, &all, column_name(of, i), 0);
    return columns_of_system(call, 3, of->system, columns, all, out);
}

/* impact:fit(system, columns [, options]): the impact with its links. */
static int impact_fit(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_score_options score;
    const custval_impact *const impact = impact_check(L);
    const reading of = {impact, handle_check(L, 2, &handle_system), 1};
    custval_table *table = NULL;
    custval_impact *out = NULL;
    lua_settop(L, 4);
    options_read(L, 4, &call, OPTIONS(TARGET(custval_score_options, score)), NULL);
    custval_status status = columns_of_impact(&call, &of, &table);
    const int handle = lua_gettop(L);
    void **const made = handle_push(L, &handle_impact);
    if (status == CUSTVAL_OK) status = custval_impact_fit(impact, of.system, table, &score, &out, &call.error);
    *made = out;
    handle_close(L, handle);
    return call_give_handle(&call, status);
}

/* impact:run(system, columns [, options]): {levers =, customers =, facts =}; customers unless the option `customers` is
   false. */
static int impact_run(lua_State *L) {
    static const char *const keys[] = {"customers", NULL}, *const names[] = {"levers", "customers", NULL};
    bridge_call call = call_begin(L);
    custval_impact_options options;
    custval_score_options score;
    custval_impact_facts facts = CUSTVAL_IMPACT_FACTS_INIT;
    const custval_impact *const impact = impact_check(L);
    const reading of = {impact, handle_check(L, 2, &handle_system), 0};
    custval_table *table = NULL, *out[2] = {NULL, NULL};
    void **made[2];
    lua_settop(L, 4);
    options_read(L, 4, &call, OPTIONS(TARGET(custval_impact_options, options), TARGET(custval_score_options, score)),
                 keys);
    options.score = &score;
    custval_table **const customers = option_is_false(L, 4, "customers") ? NULL : &out[1];
    custval_status status = columns_of_impact(&call, &of, &table);
    const int first = lua_gettop(L) + 1;
    for (int i = 0; i < 2; i++) made[i] = handle_push(L, &handle_table);
    if (status == CUSTVAL_OK) {
        status = custval_impact_run(impact, of.system, table, &options, &facts, &out[0], customers, &call.error);
    }
    for (int i = 0; i < 2; i++) *made[i] = out[i];
    return call_give_tables(&call, status, first, out, names, &kind_of_custval_impact_facts, &facts);
}

void impact_register(lua_State *L) {
    static const luaL_Reg methods[] = {{"assumptions", impact_assumptions},
                                       {"columns", impact_columns},
                                       {"fit", impact_fit},
                                       {"links", impact_links},
                                       {"run", impact_run},
                                       {NULL, NULL}};
    document_register(L, &document, "impact", methods, NULL);
}
