/* custval for Lua: calls, their failures, and structs of options from tables. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "bridge.h"

#if defined(__GNUC__)
#  pragma GCC visibility push(hidden)
#endif
#include "options.inc"
#if defined(__GNUC__)
#  pragma GCC visibility pop
#endif

/* --- Calls -------------------------------------------------------------------------------------------------------- */

bridge_call call_begin(lua_State *L) {
    const bridge_call begun = {
        .L = L, .error = CUSTVAL_ERROR_INIT, .host = CUSTVAL_HOST_INIT, .packed = -1, .packed_input = 0};
    return begun;
}

const custval_host *call_host(const bridge_call *call) {
    return call->is_lent ? &call->host : NULL;
}

int call_failed(bridge_call *call, custval_status status) {
    lua_State *const L = call->L;
    if (call->raised) return lua_error(L);
    lua_pushnil(L);
    lua_pushstring(L, call->error.message[0] == '\0' ? custval_status_description(status) : call->error.message);
    lua_pushinteger(L, status);
    if (call->error.row == (size_t)-1) return 3;
    lua_pushinteger(L, (lua_Integer)call->error.row + 1);
    return 4;
}

void table_give(bridge_call *call, int handle, const custval_table *table) {
    columns_push(call->L, table, call->packed == -1 ? call->packed_input : call->packed);
    handle_close(call->L, handle);
}

int call_give(bridge_call *call, custval_status status, void **made, custval_table *out) {
    *made = out;
    if (status != CUSTVAL_OK) return call_failed(call, status);
    table_give(call, lua_gettop(call->L), out);
    return 1;
}

int call_give_two(bridge_call *call, custval_status status, void **first, void **second) {
    const int top = lua_gettop(call->L);
    if (status != CUSTVAL_OK) return call_failed(call, status);
    table_give(call, top - 1, *first);
    table_give(call, top, *second);
    return 2;
}

int call_give_handle(bridge_call *call, custval_status status) {
    return status == CUSTVAL_OK ? 1 : call_failed(call, status);
}

int call_give_facts(bridge_call *call, custval_status status, const struct_kind *kind, const void *facts) {
    if (status != CUSTVAL_OK) return call_failed(call, status);
    struct_push(call->L, kind, facts);
    return 1;
}

int call_give_with_facts(bridge_call *call, custval_status status, void **made, custval_table *out,
                         const struct_kind *kind, const void *facts) {
    const int given = call_give(call, status, made, out);
    return status == CUSTVAL_OK ? given + call_give_facts(call, status, kind, facts) : given;
}

int call_give_tables(bridge_call *call, custval_status status, int first, custval_table *const *tables,
                     const char *const *names, const struct_kind *kind, const void *facts) {
    lua_State *const L = call->L;
    if (status != CUSTVAL_OK) return call_failed(call, status);
    lua_newtable(L);
    for (int i = 0; names[i] != NULL; i++) {
        if (tables[i] == NULL) continue;
        table_give(call, first + i, tables[i]);
        lua_setfield(L, -2, names[i]);
    }
    struct_push(L, kind, facts);
    lua_setfield(L, -2, "facts");
    return 1;
}

/* Called in the thread of the call: the progress option excludes threads. */
static int progressed(void *data, uint64_t done, uint64_t total) {
    bridge_call *const call = data;
    lua_State *const L = call->L;
    if (!lua_checkstack(L, 8)) return 1;
    const int before = busy_set(L, 1);
    lua_pushvalue(L, call->progress);
    lua_pushnumber(L, (lua_Number)done);
    lua_pushnumber(L, (lua_Number)total);
    call->raised = lua_pcall(L, 2, 1, 0) != 0;
    busy_set(L, before);
    if (call->raised) return 1;
    const int stop = lua_isboolean(L, -1) && !lua_toboolean(L, -1);
    lua_pop(L, 1);
    return stop;
}

/* --- Members ------------------------------------------------------------------------------------------------------ */

/* Writes a whole number into a member of 4 or 8 bytes. */
static void integer_set(lua_State *L, const char *name, char *at, size_t size, lua_Number number) {
    const lua_Number most = size == sizeof(uint32_t) ? 4294967295.0 : 9007199254740992.0;
    if (!(number >= 0) || number > most || floor(number) != number) {
        luaL_error(L, "%s: a whole number from 0 to %s expected", name,
                   size == sizeof(uint32_t) ? "4294967295" : "2^53, or a string of digits,");
    }
    if (size == sizeof(uint32_t)) {
        const uint32_t value = (uint32_t)number;
        memcpy(at, &value, sizeof value);
    } else {
        const uint64_t value = (uint64_t)number;
        memcpy(at, &value, sizeof value);
    }
}

static lua_Number integer_get(const char *at, size_t size) {
    uint32_t narrow = 0;
    uint64_t wide = 0;
    if (size == sizeof narrow) {
        memcpy(&narrow, at, sizeof narrow);
        return narrow;
    }
    memcpy(&wide, at, sizeof wide);
    return (lua_Number)wide;
}

/* Seeds may need all 64 bits, which no number of Lua 5.1 has: a string of digits will do. */
static int digits_set(lua_State *L, int index, char *at) {
    uint64_t value = 0;
    const char *text = lua_tostring(L, index);
    if (*text == '\0') return 0;
    for (; *text != '\0'; text++) {
        if (*text < '0' || *text > '9') return 0;
        const uint64_t digit = (uint64_t)(*text - '0');
        if (value > (UINT64_MAX - digit) / 10) return 0;
        value = value * 10 + digit;
    }
    memcpy(at, &value, sizeof value);
    return 1;
}

/* Arrays that belong together must have one length, because the struct has one count for them. */
static void counted_set(lua_State *L, const bridge_member *member, char *into, size_t count) {
    if (member->count_size == 0) return;
    const lua_Number now = integer_get(into + member->count, member->count_size),
                     wanted = (lua_Number)(count + member->fewer);
    if (now != 0 && now != wanted) {
        luaL_error(L, "%s: %d entries, but its neighbours ask for %d", member->name, (int)count,
                   (int)now - (int)member->fewer);
    }
    integer_set(L, member->name, into + member->count, member->count_size, wanted);
}

static void struct_read(lua_State *L, int index, int scratch, const struct_kind *kind, void *into);

/* Keeps the value on top of the stack for as long as the scratch table lives. */
static void scratch_keep(lua_State *L, int scratch) {
    lua_rawseti(L, scratch, (int)lua_rawlen(L, scratch) + 1);
}

/* Sets a member from the value at the index. */
static void member_set(lua_State *L, const bridge_member *member, int index, int scratch, char *into) {
    char *const at = into + member->offset;
    size_t count = 0, columns = 0;
    const char *text;
    double number;
    const void *pointer;
    uint32_t value;
    switch (member->type) {
    case MEMBER_TEXT:
        text = text_check(L, index, member->name);
        lua_pushvalue(L, index);
        scratch_keep(L, scratch);
        memcpy(at, &text, sizeof text);
        break;
    case MEMBER_DOUBLE:
        if (lua_type(L, index) != LUA_TNUMBER)
            luaL_error(L, "%s: a number expected, got %s", member->name, luaL_typename(L, index));
        number = lua_tonumber(L, index);
        memcpy(at, &number, sizeof number);
        break;
    case MEMBER_DOUBLES:
        pointer = numbers_read(L, index, member->name, &count);
        if (count > member->length) luaL_error(L, "%s: at most %d numbers expected", member->name, (int)member->length);
        memcpy(at, pointer, count * sizeof number);
        lua_pop(L, 1);
        break;
    case MEMBER_INTEGER:
        if (lua_isboolean(L, index))
            integer_set(L, member->name, at, member->size, lua_toboolean(L, index));
        else if (lua_type(L, index) == LUA_TNUMBER)
            integer_set(L, member->name, at, member->size, lua_tonumber(L, index));
        else if (lua_type(L, index) != LUA_TSTRING || member->size != sizeof(uint64_t) || !digits_set(L, index, at))
            luaL_error(L, "%s: a whole number expected, got %s", member->name, luaL_typename(L, index));
        break;
    case MEMBER_WORD:
        value = word_check(L, member->name, index, member->vocabulary, member->words);
        memcpy(at, &value, sizeof value);
        break;
    case MEMBER_BITS:
        value = bits_check(L, member->name, index, member->vocabulary, member->words);
        memcpy(at, &value, sizeof value);
        break;
    case MEMBER_TEXTS:
        pointer = texts_read(L, index, member->name, &count);
        counted_set(L, member, into, count);
        memcpy(at, &pointer, sizeof pointer);
        scratch_keep(L, scratch);
        break;
    case MEMBER_NUMBERS:
        pointer = numbers_read(L, index, member->name, &count);
        counted_set(L, member, into, count);
        memcpy(at, &pointer, sizeof pointer);
        scratch_keep(L, scratch);
        break;
    case MEMBER_MATRIX:
        pointer = rows_read(L, index, member->name, &count, &columns);
        if (member->length == 0 && columns != count)
            luaL_error(L, "%s: as many columns as rows expected", member->name);
        if (member->length > 0 && columns != member->length)
            luaL_error(L, "%s: rows of %d numbers expected", member->name, (int)member->length);
        counted_set(L, member, into, count);
        memcpy(at, &pointer, sizeof pointer);
        scratch_keep(L, scratch);
        break;
    case MEMBER_STRUCT: {
        if (!lua_istable(L, index))
            luaL_error(L, "%s: a table expected, got %s", member->name, luaL_typename(L, index));
        void *const made = lua_newuserdata(L, member->kind->size);
        struct_read(L, index, scratch, member->kind, made);
        pointer = made;
        memcpy(at, &pointer, sizeof pointer);
        scratch_keep(L, scratch);
        break;
    }
    default: break;
    }
    if (member->has_size != 0) integer_set(L, member->name, into + member->has, member->has_size, 1);
}

static const bridge_member *member_find(const struct_kind *kind, const char *name) {
    for (const bridge_member *found = kind->members; found->name != NULL; found++) {
        if (found->type != MEMBER_HOST && strcmp(found->name, name) == 0) return found;
    }
    return NULL;
}

/* --- Options ------------------------------------------------------------------------------------------------------ */

/* Lists the keys that a call takes, for people who mistyped one. */
static int unknown_option(lua_State *L, const char *name, const bridge_call *call, const bridge_target *targets,
                          const char *const *own) {
    luaL_Buffer names;
    luaL_buffinit(L, &names);
    for (; targets != NULL && targets->kind != NULL; targets++) {
        for (const bridge_member *known = targets->kind->members; known->name != NULL; known++) {
            if (known->type == MEMBER_HOST) continue;
            luaL_addstring(&names, known->name);
            luaL_addstring(&names, ", ");
        }
    }
    for (; own != NULL && *own != NULL; own++) {
        luaL_addstring(&names, *own);
        luaL_addstring(&names, ", ");
    }
    luaL_addstring(&names, call == NULL ? "nothing else" : "threads, progress, packed");
    luaL_pushresult(&names);
    return luaL_error(L, "unknown option \"%s\"; known are %s", name, lua_tostring(L, -1));
}

/* Threads, progress and packed: the value lies on top of the stack. */
static int call_option(lua_State *L, bridge_call *call, const char *name) {
    const int value = lua_gettop(L);
    if (call == NULL) return 0;
    if (strcmp(name, "packed") == 0) {
        call->packed = lua_toboolean(L, value);
    } else if (strcmp(name, "threads") == 0) {
        call->host.runner = custval_threads_run;
        call->host.runner_data = handle_check(L, value, &handle_threads);
        call->is_lent = 1;
    } else if (strcmp(name, "progress") == 0) {
        if (!lua_isfunction(L, value)) luaL_error(L, "progress: a function expected, got %s", luaL_typename(L, value));
        call->host.progress = progressed;
        call->progress = 1;
        call->is_lent = 1;
    } else {
        return 0;
    }
    return 1;
}

static int is_own(const char *const *own, const char *name) {
    for (; own != NULL && *own != NULL; own++) {
        if (strcmp(*own, name) == 0) return 1;
    }
    return 0;
}

/* Sets one option, whose key and value lie on top of the stack, wherever it belongs. */
static void option_set(lua_State *L, bridge_call *call, int scratch, const bridge_target *targets,
                       const char *const *own) {
    if (lua_type(L, -2) != LUA_TSTRING) luaL_error(L, "options have names, but one key is a %s", luaL_typename(L, -2));
    const char *const name = lua_tostring(L, -2);
    int known = is_own(own, name);
    const int value = lua_gettop(L);
    for (const bridge_target *each = targets; each != NULL && each->kind != NULL; each++) {
        const bridge_member *const found = member_find(each->kind, name);
        if (found == NULL) continue;
        if (!(lua_islightuserdata(L, value) && is_missing(L, value))) member_set(L, found, value, scratch, each->into);
        known = 1;
    }
    if (!known && !call_option(L, call, name)) unknown_option(L, name, call, targets, own);
}

void options_need(lua_State *L, int index, const char *const *keys) {
    luaL_checktype(L, index, LUA_TTABLE);
    for (; *keys != NULL; keys++) {
        lua_getfield(L, index, *keys);
        if (is_missing(L, -1)) luaL_error(L, "%s is not given", *keys);
        lua_pop(L, 1);
    }
}

int option_given(lua_State *L, int options, const char *key) {
    if (!lua_istable(L, options)) return 0;
    lua_getfield(L, options, key);
    const int is_given = !is_missing(L, -1);
    lua_pop(L, 1);
    return is_given;
}

int option_is_false(lua_State *L, int options, const char *key) {
    if (!lua_istable(L, options)) return 0;
    lua_getfield(L, options, key);
    const int is_false = lua_isboolean(L, -1) && !lua_toboolean(L, -1);
    lua_pop(L, 1);
    return is_false;
}

void length_check(lua_State *L, int options, const char *key, size_t count) {
    if (!lua_istable(L, options)) return;
    lua_getfield(L, options, key);
    size_t length = count;
    if (vector_test(L, lua_gettop(L), &length) == NULL && !is_missing(L, -1)) length = lua_rawlen(L, -1);
    if (length != count) luaL_error(L, "%s: %d numbers, but %d expected", key, (int)length, (int)count);
    lua_pop(L, 1);
}

static void targets_begin(const bridge_target *targets) {
    for (; targets != NULL && targets->kind != NULL; targets++) {
        memcpy(targets->into, targets->kind->initial, targets->kind->size);
    }
}

/* Lends the host to every struct that takes one. */
static void targets_lend(const bridge_target *targets, const bridge_call *call) {
    const custval_host *const host = call_host(call);
    for (; targets != NULL && targets->kind != NULL; targets++) {
        for (const bridge_member *each = targets->kind->members; each->name != NULL; each++) {
            if (each->type == MEMBER_HOST) memcpy((char *)targets->into + each->offset, &host, sizeof host);
        }
    }
}

void options_read(lua_State *L, int index, bridge_call *call, const bridge_target *targets, const char *const *own) {
    luaL_checkstack(L, 24, NULL);
    targets_begin(targets);
    lua_newtable(L);
    if (lua_isnoneornil(L, index)) return;
    luaL_checktype(L, index, LUA_TTABLE);
    const int scratch = lua_gettop(L);
    for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1)) option_set(L, call, scratch, targets, own);
    if (call == NULL) return;
    if (call->progress != 0) {
        if (call->host.runner != NULL) luaL_error(L, "progress is reported by calls without threads only");
        call->host.progress_data = call;
        lua_getfield(L, index, "progress");
        lua_insert(L, scratch); /* at a place that stays where it is while the call runs */
        call->progress = scratch;
    }
    targets_lend(targets, call);
}

static void struct_read(lua_State *L, int index, int scratch, const struct_kind *kind, void *into) {
    const bridge_target targets[] = {{kind, into}, {NULL, NULL}};
    luaL_checkstack(L, 16, NULL);
    targets_begin(targets);
    for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1)) option_set(L, NULL, scratch, targets, NULL);
}

/* --- Structs to tables -------------------------------------------------------------------------------------------- */

static void integer_push(lua_State *L, lua_Number number) {
    lua_pushinteger(L, (lua_Integer)number);
}

/* Pushes an array of a struct; its length stands in the member that counts it. */
static void array_push(lua_State *L, const bridge_member *member, const char *from, const void *array) {
    const int count =
        array == NULL || member->count_size == 0 ? 0 : (int)integer_get(from + member->count, member->count_size);
    if (count == 0) {
        lua_pushnil(L);
        return;
    }
    lua_createtable(L, count, 0);
    for (int i = 0; i < count; i++) {
        if (member->type == MEMBER_TEXTS)
            lua_pushstring(L, ((const char *const *)array)[i]);
        else
            lua_pushnumber(L, ((const double *)array)[i]);
        lua_rawseti(L, -2, i + 1);
    }
}

static void member_push(lua_State *L, const bridge_member *member, const char *from) {
    const char *const at = from + member->offset;
    const void *pointer = NULL;
    double number = 0;
    switch (member->type) {
    case MEMBER_TEXT:
        memcpy(&pointer, at, sizeof pointer);
        lua_pushstring(L, pointer);
        break;
    case MEMBER_DOUBLE:
        memcpy(&number, at, sizeof number);
        if (member->has_size != 0 && integer_get(from + member->has, member->has_size) == 0)
            lua_pushnil(L);
        else
            lua_pushnumber(L, number);
        break;
    case MEMBER_DOUBLES:
        lua_createtable(L, (int)member->length, 0);
        for (size_t i = 0; i < member->length; i++) {
            memcpy(&number, at + i * sizeof number, sizeof number);
            lua_pushnumber(L, number);
            lua_rawseti(L, -2, (int)i + 1);
        }
        break;
    case MEMBER_INTEGER: integer_push(L, integer_get(at, member->size)); break;
    case MEMBER_WORD:
        lua_pushstring(L,
                       custval_word(member->vocabulary, (uint32_t)integer_get(at, sizeof(uint32_t)))); /* NULL: nil */
        break;
    case MEMBER_BITS:
        bits_push(L, (uint32_t)integer_get(at, sizeof(uint32_t)), member->vocabulary, member->words);
        break;
    case MEMBER_CHARS: lua_pushstring(L, *at == '\0' ? NULL : at); break; /* NULL: nil */
    case MEMBER_TEXTS:
    case MEMBER_NUMBERS:
        memcpy(&pointer, at, sizeof pointer);
        array_push(L, member, from, pointer);
        break;
    case MEMBER_STRUCT:
        memcpy(&pointer, at, sizeof pointer);
        if (pointer == NULL)
            lua_pushnil(L);
        else
            struct_push(L, member->kind, pointer);
        break;
    default: lua_pushnil(L);
    }
}

void struct_push(lua_State *L, const struct_kind *kind, const void *from) {
    luaL_checkstack(L, 8, NULL);
    lua_newtable(L);
    for (const bridge_member *each = kind->members; each->name != NULL; each++) {
        member_push(L, each, from);
        lua_setfield(L, -2, each->name);
    }
}
