/* Every allocation of Lua fails in turn while a script uses the whole module: an error each time, no crash, and, as the
   address sanitizer checks at the end, no leak. faults SCRIPT MODULE_FOLDER */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

#define MOST 1000000

static long left = -1; /* allocations until one fails; below 0: none does */

static void *allocate(void *data, void *pointer, size_t old_size, size_t new_size) {
    (void)data;
    (void)old_size;
    if (new_size == 0) {
        free(pointer);
        return NULL;
    }
    /* Lua relies on shrinking. */
    if (pointer != NULL && new_size <= old_size) return realloc(pointer, new_size);
    if (left == 0) return NULL;
    if (left > 0) left--;
    return realloc(pointer, new_size);
}

/* Runs the function that the script gives with the n-th allocation and all after it failing; gives whether it
   succeeded. */
static int survives(const char *script, const char *folder, long n) {
    left = -1;
    lua_State *const L = lua_newstate(allocate, NULL);
    if (L == NULL) exit(2);
    luaL_openlibs(L);
    lua_getglobal(L, "package");
    lua_pushfstring(L, "%s/?.so", folder);
    lua_setfield(L, -2, "cpath");
    lua_settop(L, 0);
    if (luaL_loadfile(L, script) != 0 || lua_pcall(L, 0, 1, 0) != 0) {
        fprintf(stderr, "%s\n", lua_tostring(L, -1));
        exit(1);
    }
    /* A finaliser that cannot be called for lack of memory is lost in Lua: they wait for lua_close(). */
    lua_gc(L, LUA_GCSTOP, 0);
    left = n;
    const int status = lua_pcall(L, 0, 0, 0);
    left = -1;
    if (status == LUA_ERRRUN) {
        fprintf(stderr, "allocation %ld: %s\n", n, lua_tostring(L, -1));
        exit(1);
    }
    lua_close(L);
    return status == 0;
}

int main(int count, char **arguments) {
    if (count != 3) return 2;
    long n = 0;
    while (n < MOST && !survives(arguments[1], arguments[2], n)) n++;
    printf("%ld allocations failed in turn\n", n);
    return n > 100 && n < MOST ? 0 : 1;
}
