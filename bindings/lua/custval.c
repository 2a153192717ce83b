/* custval for Lua: the module: loading systems, threads, words. `local custval = require "custval"` makes no global. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "bridge.h"

#if defined(_WIN32)
#  define MODULE_API __declspec(dllexport)
#elif defined(__GNUC__)
#  define MODULE_API __attribute__((visibility("default")))
#else
#  define MODULE_API
#endif

MODULE_API int luaopen_custval(lua_State *L);

/* --- Loading ------------------------------------------------------------------------------------------------------ */

/* Gives the system of a document. */
static int document_read(lua_State *L, const char *text, size_t length) {
    bridge_call call = call_begin(L);
    custval_system *out = NULL;
    void **const made = handle_push(L, &handle_system);
    const custval_status status = custval_system_parse(NULL, text, length, &out, &call.error);
    *made = out;
    return call_give_handle(&call, status);
}

/* custval.loads(text) */
static int module_loads(lua_State *L) {
    size_t length = 0;
    luaL_checktype(L, 1, LUA_TSTRING);
    const char *const text = lua_tolstring(L, 1, &length);
    return document_read(L, text, length);
}

static int file_failed(lua_State *L, const char *path, const char *why) {
    lua_pushnil(L);
    lua_pushfstring(L, "%s: %s", path, why);
    lua_pushinteger(L, CUSTVAL_ERROR_NOT_FOUND);
    return 3;
}

int file_give(lua_State *L, const char *path, document_reader read) {
    void **const made = handle_push(L, &handle_file);
    FILE *const file = fopen(path, "rb");
    *made = file;
    if (file == NULL) return file_failed(L, path, strerror(errno));
    const int handle = lua_gettop(L);
    luaL_Buffer text;
    size_t got, all = 0;
    luaL_buffinit(L, &text);
    do {
        char piece[4096];
        got = fread(piece, 1, sizeof piece, file);
        luaL_addlstring(&text, piece, got);
        all += got;
    } while (got > 0 && all <= CUSTVAL_MAX_DOCUMENT_SIZE);
    luaL_pushresult(&text);
    if (ferror(file)) return file_failed(L, path, "cannot be read");
    handle_close(L, handle);
    return read(L, lua_tostring(L, -1), all);
}

/* custval.load(path) */
static int module_load(lua_State *L) {
    return file_give(L, luaL_checkstring(L, 1), document_read);
}

/* --- Threads and words -------------------------------------------------------------------------------------------- */

/* custval.threads([count]): a pool that options of calls may name; 0 or none: one thread per processor. */
static int module_threads(lua_State *L) {
    bridge_call call = call_begin(L);
    const lua_Number count = luaL_optnumber(L, 1, 0);
    luaL_argcheck(L, count >= 0 && count <= 1024 && (lua_Number)(uint32_t)count == count, 1, "0 to 1024 expected");
    custval_threads *out = NULL;
    void **const made = handle_push(L, &handle_threads);
    const custval_status status = custval_threads_new(NULL, (uint32_t)count, &out, &call.error);
    *made = out;
    return call_give_handle(&call, status);
}

static int threads_count(lua_State *L) {
    lua_pushinteger(L, (lua_Integer)custval_threads_count(handle_check(L, 1, &handle_threads)));
    return 1;
}

/* custval.status_words(status): {"gated", ...} for the status of a row. */
static int module_status_words(lua_State *L) {
    const lua_Number status = luaL_checknumber(L, 1);
    luaL_argcheck(L, status >= 0 && status <= 4294967295.0, 1, "a row's status expected");
    bits_push(L, (uint32_t)status, CUSTVAL_WORDS_ROW_STATUS, NULL);
    return 1;
}

/* custval.status_word(kind, status): "missing" for the status of a row of another kind. */
static int module_status_word(lua_State *L) {
    static const bridge_word kinds[] = {{"lifetime", CUSTVAL_WORDS_LIFETIME_ROW},
                                        {"worth", CUSTVAL_WORDS_WORTH_ROW},
                                        {"wallet", CUSTVAL_WORDS_WALLET_ROW},
                                        {"switching", CUSTVAL_WORDS_SWITCHING_ROW},
                                        {"group", CUSTVAL_WORDS_GROUP_ROW},
                                        {"zone", CUSTVAL_WORDS_ZONE},
                                        {"scenario", CUSTVAL_WORDS_SCENARIO_ROW},
                                        {"need", CUSTVAL_WORDS_NEED_ROW},
                                        {"programme", CUSTVAL_WORDS_PROGRAMME},
                                        {"proposer", CUSTVAL_WORDS_PROPOSER},
                                        {"remark", CUSTVAL_WORDS_REMARK},
                                        {"impact", CUSTVAL_WORDS_IMPACT_ROW},
                                        {NULL, 0}};
    const uint32_t vocabulary = word_check(L, "kind", 1, 0, kinds);
    const lua_Number status = luaL_checknumber(L, 2);
    luaL_argcheck(L, status >= 0 && status <= 4294967295.0, 2, "a row's status expected");
    lua_pushstring(L, custval_word(vocabulary, (uint32_t)status)); /* NULL: nil */
    return 1;
}

/* custval.describe(code): name and sentence of a failure's code. */
static int module_describe(lua_State *L) {
    const custval_status code = (custval_status)luaL_checkinteger(L, 1);
    lua_pushstring(L, custval_status_name(code));
    lua_pushstring(L, custval_status_description(code));
    return 2;
}

static int module_has_feature(lua_State *L) {
    lua_pushboolean(L, custval_has_feature(luaL_checkstring(L, 1)));
    return 1;
}

/* --- The module --------------------------------------------------------------------------------------------------- */

static void constants_add(lua_State *L) {
    lua_newtable(L);
    for (const bridge_word *code = words_of_custval_status_code; code->text != NULL; code++) {
        lua_pushinteger(L, code->value);
        lua_setfield(L, -2, code->text);
    }
    lua_setfield(L, -2, "status");
    lua_pushlightuserdata(L, NULL);
    lua_setfield(L, -2, "null");
    lua_pushstring(L, custval_version_string());
    lua_setfield(L, -2, "version");
}

int luaopen_custval(lua_State *L) {
    static const luaL_Reg functions[] = {{"describe", module_describe},
                                         {"has_feature", module_has_feature},
                                         {"load", module_load},
                                         {"loads", module_loads},
                                         {"status_word", module_status_word},
                                         {"status_words", module_status_words},
                                         {"threads", module_threads},
                                         {NULL, NULL}};
    static const luaL_Reg of_threads[] = {{"count", threads_count}, {NULL, NULL}};
    if (custval_abi_version() != CUSTVAL_ABI_VERSION) {
        return luaL_error(L, "the module custval was built for interface %d, but the library %s has %d",
                          CUSTVAL_ABI_VERSION, custval_version_string(), (int)custval_abi_version());
    }
    busy_set(L, 0);
    lua_newtable(L);
    functions_add(L, functions);
    constants_add(L);
    handle_register(L, &handle_threads, of_threads, NULL);
    columns_register(L);
    system_register(L);
    score_register(L);
    builder_register(L);
    weights_register(L);
    summary_register(L);
    uncertainty_register(L);
    history_register(L);
    lifetime_register(L);
    worth_register(L);
    equity_register(L);
    formulas_register(L);
    satisfaction_register(L);
    link_register(L);
    groups_register(L);
    migration_register(L);
    panel_register(L);
    scenario_register(L);
    programmes_register(L);
    impact_register(L);
    return 1;
}
