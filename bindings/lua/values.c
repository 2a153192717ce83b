/* custval for Lua: arguments: numbers, texts, rows, words. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "bridge.h"

/* --- Values ------------------------------------------------------------------------------------------------------- */

int is_missing(lua_State *L, int index) {
    switch (lua_type(L, index)) {
    case LUA_TNIL: return 1;
    case LUA_TBOOLEAN: return !lua_toboolean(L, index);
    case LUA_TLIGHTUSERDATA: return lua_touserdata(L, index) == NULL;
    default: return 0;
    }
}

size_t row_optional(lua_State *L, int index, size_t otherwise) {
    return lua_isnoneornil(L, index) ? otherwise : row_check(L, index);
}

size_t row_check(lua_State *L, int index) {
    const lua_Number row = luaL_checknumber(L, index);
    if (!(row >= 1) || floor(row) != row || row > 9007199254740992.0)
        luaL_argerror(L, index, "rows are whole numbers from 1");
    return (size_t)row - 1;
}

const char *text_check(lua_State *L, int index, const char *what) {
    size_t length = 0;
    if (lua_type(L, index) != LUA_TSTRING)
        luaL_error(L, "%s: a string expected, got %s", what, luaL_typename(L, index));
    const char *const text = lua_tolstring(L, index, &length);
    if (strlen(text) != length) luaL_error(L, "%s: a string with a NUL in it", what);
    return text;
}

const char **texts_read(lua_State *L, int index, const char *what, size_t *count) {
    if (!lua_istable(L, index))
        luaL_error(L, "%s: an array of strings expected, got %s", what, luaL_typename(L, index));
    *count = lua_rawlen(L, index);
    const char **const texts = lua_newuserdata(L, (*count + 1) * sizeof *texts);
    for (size_t i = 0; i < *count; i++) {
        lua_rawgeti(L, index, (int)i + 1);
        texts[i] = text_check(L, -1, what); /* kept alive by the array */
        lua_pop(L, 1);
    }
    return texts;
}

double *rows_read(lua_State *L, int index, const char *what, size_t *rows, size_t *columns) {
    if (!lua_istable(L, index)) luaL_error(L, "%s: an array of rows expected, got %s", what, luaL_typename(L, index));
    const int top = lua_gettop(L);
    *rows = lua_rawlen(L, index);
    *columns = 0;
    lua_rawgeti(L, index, 1);
    if (*rows > 0) numbers_read(L, lua_gettop(L), what, columns);
    lua_settop(L, top);
    if (*columns > 0 && *rows > SIZE_MAX / sizeof(double) / 2 / *columns) luaL_error(L, "%s: too many numbers", what);
    double *const numbers = lua_newuserdata(L, (*rows * *columns + 1) * sizeof *numbers);
    for (size_t row = 0; row < *rows; row++) {
        size_t length = 0;
        lua_rawgeti(L, index, (int)row + 1);
        const double *const given = numbers_read(L, lua_gettop(L), what, &length);
        if (length != *columns) luaL_error(L, "%s: rows of one length expected", what);
        memcpy(numbers + row * *columns, given, length * sizeof *numbers);
        lua_pop(L, 2);
    }
    return numbers;
}

double *numbers_read(lua_State *L, int index, const char *what, size_t *count) {
    double *numbers = vector_test(L, index, count);
    if (numbers != NULL) {
        lua_pushvalue(L, index);
        return numbers;
    }
    if (!lua_istable(L, index))
        luaL_error(L, "%s: an array of numbers expected, got %s", what, luaL_typename(L, index));
    *count = lua_rawlen(L, index);
    numbers = lua_newuserdata(L, (*count + 1) * sizeof *numbers);
    for (size_t i = 0; i < *count; i++) {
        lua_rawgeti(L, index, (int)i + 1);
        if (!is_missing(L, -1) && lua_type(L, -1) != LUA_TNUMBER)
            luaL_error(L, "%s: entry %d is not a number", what, (int)i + 1);
        numbers[i] = is_missing(L, -1) ? (double)NAN : lua_tonumber(L, -1);
        lua_pop(L, 1);
    }
    return numbers;
}

/* --- Words -------------------------------------------------------------------------------------------------------- */

uint32_t word_check(lua_State *L, const char *what, int index, uint32_t vocabulary, const bridge_word *words) {
    const char *const text = lua_type(L, index) == LUA_TSTRING ? lua_tostring(L, index) : NULL;
    if (text == NULL) luaL_error(L, "%s: a word expected, got %s", what, luaL_typename(L, index));
    if (vocabulary != 0) {
        custval_error error = CUSTVAL_ERROR_INIT;
        uint32_t value = 0;
        if (custval_word_value(vocabulary, text, &value, &error) != CUSTVAL_OK)
            luaL_error(L, "%s: %s", what, error.message);
        return value;
    }
    for (const bridge_word *known = words; known->text != NULL; known++) {
        if (strcmp(known->text, text) == 0) return (uint32_t)known->value;
    }
    luaL_Buffer names;
    luaL_buffinit(L, &names);
    for (const bridge_word *known = words; known->text != NULL; known++) {
        if (known != words) luaL_addstring(&names, ", ");
        luaL_addstring(&names, known->text);
    }
    luaL_pushresult(&names);
    luaL_error(L, "%s: \"%s\" is not known; the words are %s", what, text, lua_tostring(L, -1));
    return 0;
}

/* The word of a bit, or NULL. */
static const char *bit_word(uint32_t bit, uint32_t vocabulary, const bridge_word *words) {
    if (vocabulary != 0) return custval_word(vocabulary, bit);
    while (words->text != NULL && (uint32_t)words->value != bit) words++;
    return words->text;
}

void bits_push(lua_State *L, uint32_t bits, uint32_t vocabulary, const bridge_word *words) {
    lua_newtable(L);
    for (uint32_t bit = 1; bit != 0; bit <<= 1) {
        const char *const word = (bits & bit) == 0 ? NULL : bit_word(bit, vocabulary, words);
        if (word == NULL) continue;
        lua_pushstring(L, word);
        lua_rawseti(L, -2, (int)lua_rawlen(L, -2) + 1);
    }
}

uint32_t bits_check(lua_State *L, const char *what, int index, uint32_t vocabulary, const bridge_word *words) {
    uint32_t bits = 0;
    if (lua_type(L, index) == LUA_TSTRING && strcmp(lua_tostring(L, index), "all") == 0) {
        for (uint32_t bit = 1; bit != 0; bit <<= 1) bits |= bit_word(bit, vocabulary, words) == NULL ? 0 : bit;
        return bits;
    }
    if (!lua_istable(L, index)) return word_check(L, what, index, vocabulary, words);
    const int count = (int)lua_rawlen(L, index);
    for (int i = 1; i <= count; i++) {
        lua_rawgeti(L, index, i);
        bits |= word_check(L, what, lua_gettop(L), vocabulary, words);
        lua_pop(L, 1);
    }
    return bits;
}
