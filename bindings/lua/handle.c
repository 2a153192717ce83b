/* custval for Lua: userdata that own objects of the library. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "bridge.h"

typedef struct handle {
    const handle_kind *kind;
    void *object; /* NULL: not made yet, or closed */
} handle;

static void destroy_system(void *object) {
    custval_system_free(object);
}

static void destroy_scorer(void *object) {
    custval_scorer_free(object);
}

static void destroy_table(void *object) {
    custval_table_free(object);
}

static void destroy_weights(void *object) {
    custval_weights_free(object);
}

static void destroy_summary(void *object) {
    custval_summary_free(object);
}

static void destroy_builder(void *object) {
    custval_builder_free(object);
}

static void destroy_threads(void *object) {
    custval_threads_free(object);
}

static void destroy_file(void *object) {
    fclose(object);
}

static void destroy_history(void *object) {
    custval_history_free(object);
}

static void destroy_lifetime(void *object) {
    custval_lifetime_free(object);
}

static void destroy_worth(void *object) {
    custval_worth_free(object);
}

static void destroy_link(void *object) {
    custval_link_free(object);
}

static void destroy_groups(void *object) {
    custval_groups_free(object);
}

static void destroy_migration(void *object) {
    custval_migration_free(object);
}

static void destroy_scenario(void *object) {
    custval_scenario_free(object);
}

static void destroy_programmes(void *object) {
    custval_programmes_free(object);
}

static void destroy_impact(void *object) {
    custval_impact_free(object);
}

const handle_kind handle_system = {
    .name = "custval.system 1", .noun = "system", .destroy = destroy_system, .keeps = 1, .kilobytes = 16};
const handle_kind handle_scorer = {.name = "custval.scorer 1", .noun = "scorer", .destroy = destroy_scorer, .keeps = 1};
const handle_kind handle_table = {.name = "custval.table 1", .noun = "table", .destroy = destroy_table, .keeps = 1};
const handle_kind handle_weights = {
    .name = "custval.weights 1", .noun = "weights", .destroy = destroy_weights, .kilobytes = 2};
const handle_kind handle_summary = {
    .name = "custval.summary 1", .noun = "summary", .destroy = destroy_summary, .keeps = 1, .kilobytes = 16};
const handle_kind handle_builder = {
    .name = "custval.builder 1", .noun = "builder", .destroy = destroy_builder, .kilobytes = 16};
const handle_kind handle_threads = {
    .name = "custval.threads 1", .noun = "threads", .destroy = destroy_threads, .is_lent = 1};
const handle_kind handle_file = {.name = "custval.file 1", .noun = "file", .destroy = destroy_file};
const handle_kind handle_history = {
    .name = "custval.history 1", .noun = "history", .destroy = destroy_history, .keeps = 1, .kilobytes = 16};
const handle_kind handle_lifetime = {
    .name = "custval.lifetime 1", .noun = "lifetime", .destroy = destroy_lifetime, .kilobytes = 4};
const handle_kind handle_worth = {.name = "custval.worth 1", .noun = "worth", .destroy = destroy_worth, .kilobytes = 4};
const handle_kind handle_link = {.name = "custval.link 1", .noun = "link", .destroy = destroy_link, .kilobytes = 4};
const handle_kind handle_groups = {
    .name = "custval.groups 1", .noun = "groups", .destroy = destroy_groups, .kilobytes = 4};
const handle_kind handle_migration = {
    .name = "custval.migration 1", .noun = "migration", .destroy = destroy_migration, .kilobytes = 4};
const handle_kind handle_scenario = {
    .name = "custval.scenario 1", .noun = "scenario", .destroy = destroy_scenario, .kilobytes = 4};
const handle_kind handle_programmes = {
    .name = "custval.programmes 1", .noun = "programmes", .destroy = destroy_programmes, .kilobytes = 16};
const handle_kind handle_impact = {
    .name = "custval.impact 1", .noun = "impact", .destroy = destroy_impact, .kilobytes = 4};

void functions_add(lua_State *L, const luaL_Reg *functions) {
    for (; functions->name != NULL; functions++) {
        lua_pushcfunction(L, functions->func);
        lua_setfield(L, -2, functions->name);
    }
}

void callable_make(lua_State *L, lua_CFunction function) {
    lua_newtable(L);
    lua_pushcfunction(L, function);
    lua_setfield(L, -2, "__call");
    lua_setmetatable(L, -2);
}

/* The collector does not see the library's memory: it is told to do some work for it, unless it is stopped. */
static void collect(lua_State *L, int kilobytes) {
#ifdef LUA_GCISRUNNING
    if (!lua_gc(L, LUA_GCISRUNNING, 0)) return;
#endif
    lua_gc(L, LUA_GCSTEP, kilobytes);
}

void **handle_push(lua_State *L, const handle_kind *kind) {
    handle *made = lua_newuserdata(L, sizeof *made);
    made->kind = kind;
    made->object = NULL;
    luaL_getmetatable(L, kind->name);
    lua_setmetatable(L, -2);
    if (kind->keeps) {
        lua_newtable(L);
        lua_setuservalue(L, -2);
    }
    if (kind->kilobytes > 0) collect(L, kind->kilobytes);
    return &made->object;
}

void *userdata_test(lua_State *L, int index, const char *name) {
    void *const found = lua_touserdata(L, index);
    if (found == NULL || !lua_getmetatable(L, index)) return NULL;
    luaL_getmetatable(L, name);
    const int same = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
    return same ? found : NULL;
}

static void *opened(lua_State *L, const handle *found) {
    if (found->object == NULL) luaL_error(L, "the %s is closed", found->kind->noun);
    return found->object;
}

void *handle_check(lua_State *L, int index, const handle_kind *kind) {
    return opened(L, luaL_checkudata(L, index, kind->name));
}

void *handle_test(lua_State *L, int index, const handle_kind *kind) {
    const handle *const found = userdata_test(L, index, kind->name);
    return found == NULL ? NULL : opened(L, found);
}

void threads_keep(lua_State *L, int options) {
    if (!lua_istable(L, options)) return;
    lua_getuservalue(L, -1);
    lua_getfield(L, options, "threads");
    lua_setfield(L, -2, "threads");
    lua_pop(L, 1);
}

void handle_close(lua_State *L, int index) {
    handle *const found = lua_touserdata(L, index);
    void *const object = found->object;
    found->object = NULL;
    if (object != NULL) found->kind->destroy(object);
}

/* Address of the registry's entry that says that the library is at work below. */
static const char busy_key = 0;

int busy_set(lua_State *L, int busy) {
    lua_pushlightuserdata(L, (void *)(uintptr_t)&busy_key);
    lua_rawget(L, LUA_REGISTRYINDEX);
    const int before = lua_toboolean(L, -1);
    lua_pushlightuserdata(L, (void *)(uintptr_t)&busy_key);
    lua_pushboolean(L, busy);
    lua_rawset(L, LUA_REGISTRYINDEX);
    lua_pop(L, 1);
    return before;
}

/* Serves :close(), __close and __gc; the kind is the upvalue. */
static int close_handle(lua_State *L) {
    const handle_kind *const kind = lua_touserdata(L, lua_upvalueindex(1));
    luaL_checkudata(L, 1, kind->name);
    handle_close(L, 1);
    return 0;
}

void idle_check(lua_State *L, const char *what) {
    const int busy = busy_set(L, 0);
    busy_set(L, busy);
    if (busy) luaL_error(L, "nothing can be %s while progress is reported", what);
}

/* The same for :close() and __close: not from a progress function, whose call may be using the object. */
static int close_idle_handle(lua_State *L) {
    idle_check(L, "closed");
    return close_handle(L);
}

static void push_close(lua_State *L, const handle_kind *kind, lua_CFunction function) {
    lua_pushlightuserdata(L, (void *)(uintptr_t)kind);
    lua_pushcclosure(L, function, 1);
}

static int handle_text(lua_State *L) {
    const handle *const found = lua_touserdata(L, 1);
    if (found == NULL) return luaL_argerror(L, 1, "no object of custval");
    lua_pushfstring(L, "custval.%s: %s%p", found->kind->noun, found->object == NULL ? "closed " : "",
                    lua_topointer(L, 1));
    return 1;
}

void methods_add(lua_State *L, const handle_kind *kind, const luaL_Reg *methods) {
    luaL_getmetatable(L, kind->name);
    lua_getfield(L, -1, "__index");
    functions_add(L, methods);
    lua_pop(L, 2);
}

void handle_register(lua_State *L, const handle_kind *kind, const luaL_Reg *methods, const luaL_Reg *events) {
    luaL_newmetatable(L, kind->name);
    lua_newtable(L);
    if (methods != NULL) functions_add(L, methods);
    if (!kind->is_lent) {
        push_close(L, kind, close_idle_handle);
        lua_setfield(L, -2, "close");
    }
    lua_setfield(L, -2, "__index");
    push_close(L, kind, close_handle);
    lua_setfield(L, -2, "__gc");
    if (!kind->is_lent) {
        push_close(L, kind, close_idle_handle);
        lua_setfield(L, -2, "__close");
    }
    lua_pushcfunction(L, handle_text);
    lua_setfield(L, -2, "__tostring");
    if (events != NULL) functions_add(L, events);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 1);
}
