/* custval for Lua: documents: writing and comparing them, and the objects that are read from one. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "bridge.h"

int text_give(bridge_call *call, text_writer write, const void *object, const char *language) {
    lua_State *const L = call->L;
    size_t length = 0;
    custval_status status = write(object, language, NULL, 0, &length, &call->error);
    if (status != CUSTVAL_OK) return call_failed(call, status);
    char *const buffer = lua_newuserdata(L, length + 1);
    status = write(object, language, buffer, length + 1, &length, &call->error);
    if (status != CUSTVAL_OK) return call_failed(call, status);
    lua_pushlstring(L, buffer, length);
    return 1;
}

int text_equal(bridge_call *call, text_writer write, const void *first, const void *second) {
    lua_State *const L = call->L;
    if (text_give(call, write, first, NULL) != 1) return lua_error(L);
    const int at = lua_gettop(L);
    if (text_give(call, write, second, NULL) != 1) return lua_error(L);
    lua_pushboolean(L, lua_rawequal(L, at, -1));
    return 1;
}

/* The kind is the upvalue of every function below. */
static const document_kind *kind_of_call(lua_State *L) {
    return lua_touserdata(L, lua_upvalueindex(1));
}

static int document_read(lua_State *L, const char *text, size_t length) {
    bridge_call call = call_begin(L);
    const document_kind *const kind = kind_of_call(L);
    void **const made = handle_push(L, kind->handle);
    const custval_status status = kind->parse(text, length, made, &call.error);
    return call_give_handle(&call, status);
}

/* custval.worth(text), and so on */
static int document_new(lua_State *L) {
    size_t length = 0;
    lua_remove(L, 1); /* custval.worth itself, which is called */
    luaL_checktype(L, 1, LUA_TSTRING);
    const char *const text = lua_tolstring(L, 1, &length);
    return document_read(L, text, length);
}

/* custval.worth.load(path) */
static int document_load(lua_State *L) {
    return file_give(L, luaL_checkstring(L, 1), document_read);
}

/* worth:to_json() */
static int document_to_json(lua_State *L) {
    bridge_call call = call_begin(L);
    const document_kind *const kind = kind_of_call(L);
    return text_give(&call, kind->write, handle_check(L, 1, kind->handle), NULL);
}

static int document_equal(lua_State *L) {
    bridge_call call = call_begin(L);
    const document_kind *const kind = kind_of_call(L);
    return text_equal(&call, kind->write, handle_check(L, 1, kind->handle), handle_check(L, 2, kind->handle));
}

/* Puts a function about the kind into the table on top of the stack. */
static void function_put(lua_State *L, const document_kind *kind, const char *name, lua_CFunction function) {
    lua_pushlightuserdata(L, (void *)(uintptr_t)kind);
    lua_pushcclosure(L, function, 1);
    lua_setfield(L, -2, name);
}

void document_register(lua_State *L, const document_kind *kind, const char *name, const luaL_Reg *methods,
                       const luaL_Reg *functions) {
    handle_register(L, kind->handle, methods, NULL);
    luaL_getmetatable(L, kind->handle->name);
    function_put(L, kind, "__eq", document_equal);
    lua_getfield(L, -1, "__index");
    function_put(L, kind, "to_json", document_to_json);
    lua_pop(L, 2);
    lua_newtable(L);
    function_put(L, kind, "load", document_load);
    if (functions != NULL) functions_add(L, functions);
    lua_newtable(L);
    function_put(L, kind, "__call", document_new);
    lua_setmetatable(L, -2);
    lua_setfield(L, -2, name);
}
