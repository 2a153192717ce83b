/* custval for Lua: vectors of doubles, and tables of columns in both directions. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bridge.h"

#define VECTOR "custval.vector 1"

/* --- Vectors ------------------------------------------------------------------------------------------------------ */

typedef struct bridge_vector {
    size_t count;
    double numbers[];
} bridge_vector;

double *vector_push(lua_State *L, size_t count) {
    if (count > (SIZE_MAX - sizeof(bridge_vector)) / sizeof(double))
        luaL_error(L, "a vector that long is not possible");
    bridge_vector *const made = lua_newuserdata(L, sizeof *made + count * sizeof(double));
    made->count = count;
    luaL_getmetatable(L, VECTOR);
    lua_setmetatable(L, -2);
    return made->numbers;
}

double *vector_test(lua_State *L, int index, size_t *count) {
    bridge_vector *const found = userdata_test(L, index, VECTOR);
    if (found == NULL) return NULL;
    *count = found->count;
    return found->numbers;
}

static bridge_vector *vector_check(lua_State *L, int index) {
    return luaL_checkudata(L, index, VECTOR);
}

void vector_to_table(lua_State *L, int whole) {
    const bridge_vector *const from = lua_touserdata(L, -1);
    lua_createtable(L, (int)from->count, 0);
    for (size_t i = 0; i < from->count; i++) {
        if (whole)
            lua_pushinteger(L, (lua_Integer)from->numbers[i]);
        else
            lua_pushnumber(L, from->numbers[i]);
        lua_rawseti(L, -2, (int)i + 1);
    }
    lua_remove(L, -2);
}

/* custval.vector(count), of an array, or of a string of packed doubles. */
static int vector_new(lua_State *L) {
    size_t count = 0;
    if (lua_type(L, 1) == LUA_TNUMBER) {
        const lua_Number wanted = lua_tonumber(L, 1);
        luaL_argcheck(L, wanted >= 0 && wanted <= 2147483647.0 && floor(wanted) == wanted, 1,
                      "a whole number from 0 expected");
        memset(vector_push(L, (size_t)wanted), 0, (size_t)wanted * sizeof(double));
    } else if (lua_type(L, 1) == LUA_TSTRING) {
        const char *const bytes = lua_tolstring(L, 1, &count);
        luaL_argcheck(L, count % sizeof(double) == 0, 1, "packed doubles have a multiple of 8 bytes");
        memcpy(vector_push(L, count / sizeof(double)), bytes, count);
    } else {
        const double *const numbers = numbers_read(L, 1, "vector", &count);
        memcpy(vector_push(L, count), numbers, count * sizeof(double));
    }
    return 1;
}

static int vector_length(lua_State *L) {
    lua_pushinteger(L, (lua_Integer)vector_check(L, 1)->count);
    return 1;
}

static int vector_index(lua_State *L) {
    const bridge_vector *const from = vector_check(L, 1);
    if (lua_type(L, 2) != LUA_TNUMBER) {
        lua_pushvalue(L, 2);
        lua_gettable(L, lua_upvalueindex(1));
        return 1;
    }
    const lua_Number index = lua_tonumber(L, 2);
    if (!(index >= 1 && index <= (lua_Number)from->count && floor(index) == index)) return 0;
    lua_pushnumber(L, from->numbers[(size_t)index - 1]);
    return 1;
}

static int vector_newindex(lua_State *L) {
    bridge_vector *const into = vector_check(L, 1);
    const lua_Number index = luaL_checknumber(L, 2);
    luaL_argcheck(L, index >= 1 && index <= (lua_Number)into->count && floor(index) == index, 2, "outside the vector");
    into->numbers[(size_t)index - 1] = is_missing(L, 3) ? (double)NAN : luaL_checknumber(L, 3);
    return 0;
}

static int vector_text(lua_State *L) {
    lua_pushfstring(L, "custval.vector of %d numbers", (int)vector_check(L, 1)->count);
    return 1;
}

static int vector_table(lua_State *L) {
    vector_check(L, 1);
    lua_settop(L, 1);
    vector_to_table(L, 0);
    return 1;
}

static int vector_bytes(lua_State *L) {
    const bridge_vector *const from = vector_check(L, 1);
    lua_pushlstring(L, (const char *)from->numbers, from->count * sizeof(double));
    return 1;
}

/* --- Columns in --------------------------------------------------------------------------------------------------- */

/* What a column is, and how long. */
typedef enum column_kind { COLUMN_NONE, COLUMN_ARRAY, COLUMN_VECTOR, COLUMN_BYTES } column_kind;

static column_kind column_at(lua_State *L, int index, const char *name, size_t *length) {
    switch (lua_type(L, index)) {
    case LUA_TTABLE: *length = lua_rawlen(L, index); return COLUMN_ARRAY;
    case LUA_TSTRING:
        lua_tolstring(L, index, length);
        if (*length % sizeof(double) != 0)
            luaL_error(L, "column \"%s\": packed doubles have a multiple of 8 bytes", name);
        *length /= sizeof(double);
        return COLUMN_BYTES;
    case LUA_TUSERDATA:
        if (vector_test(L, index, length) != NULL) return COLUMN_VECTOR;
        /* fall through */
    default:
        luaL_error(L, "column \"%s\": an array, a vector or a string of packed doubles expected, got %s", name,
                   luaL_typename(L, index));
        return COLUMN_NONE;
    }
}

static int cell_error(lua_State *L, const char *name, size_t row, const char *expected) {
    return luaL_error(L, "column \"%s\", row %d: %s expected, got %s", name, (int)row + 1, expected,
                      luaL_typename(L, -1));
}

void id_push(lua_State *L, const char *column, int index) {
    char text[32];
#if LUA_VERSION_NUM >= 503
    if (lua_isinteger(L, index)) {
        lua_pushvalue(L, index);
        lua_tostring(L, -1); /* turns the copy into a string */
        return;
    }
#endif
    const lua_Number number = lua_tonumber(L, index);
    if (floor(number) != number || fabs(number) > 9007199254740992.0)
        luaL_error(L, "column \"%s\": a text or a whole number expected", column);
    /* Digits by hand: no printf, whose locale is the host's. */
    char *at = text + sizeof text;
    *--at = '\0';
    double rest = fabs(number);
    do {
        *--at = (char)('0' + (int)fmod(rest, 10));
        rest = floor(rest / 10);
    } while (rest > 0);
    if (number < 0) *--at = '-';
    lua_pushstring(L, at);
}

/* Adds an array of texts; the table copies them. */
static custval_status texts_add(bridge_call *call, int index, const bridge_wanted *column, size_t rows,
                                custval_table *table) {
    lua_State *const L = call->L;
    custval_text *const texts = lua_newuserdata(L, (rows + 1) * sizeof *texts);
    lua_newtable(L); /* keeps texts made of numbers */
    const int kept = lua_gettop(L);
    for (size_t row = 0; row < rows; row++) {
        lua_rawgeti(L, index, (int)row + 1);
        texts[row].data = NULL;
        texts[row].length = 0;
        if (lua_type(L, -1) == LUA_TNUMBER && column->is_id && !isnan(lua_tonumber(L, -1))) {
            id_push(L, column->name, -1);
            texts[row].data = lua_tolstring(L, -1, &texts[row].length);
            lua_rawseti(L, kept, (int)row + 1);
        } else if (lua_type(L, -1) == LUA_TSTRING) {
            texts[row].data = lua_tolstring(L, -1, &texts[row].length);
        } else if (!is_missing(L, -1) && !(lua_type(L, -1) == LUA_TNUMBER && isnan(lua_tonumber(L, -1)))) {
            cell_error(L, column->name, row, "a string");
        }
        lua_pop(L, 1);
    }
    const custval_status status = custval_table_add_texts(table, column->name, texts, &call->error);
    lua_pop(L, 2);
    return status;
}

/* Whether the first cell that is there is a text. */
static int holds_texts(lua_State *L, int index, size_t rows) {
    for (size_t row = 0; row < rows; row++) {
        lua_rawgeti(L, index, (int)row + 1);
        const int missing = is_missing(L, -1), text = lua_type(L, -1) == LUA_TSTRING;
        lua_pop(L, 1);
        if (!missing) return text;
    }
    return 0;
}

/* Adds numbers that the table borrows from what the keeping table at the index `kept` holds. */
static custval_status numbers_add(bridge_call *call, const bridge_wanted *column, const double *numbers, int kept,
                                  custval_table *table) {
    lua_rawseti(call->L, kept, (int)lua_rawlen(call->L, kept) + 1);
    return custval_table_add_doubles(table, column->name, numbers, &call->error);
}

/* Whether a whole number is so large that doubles do not tell it from its neighbours. */
static int is_long(int64_t number) {
    return number > 9007199254740992 || number < -9007199254740992;
}

#if LUA_VERSION_NUM >= 503
/* Whether an array of numbers holds integers that doubles round, and no number with a fraction. */
static int holds_long(lua_State *L, int index, size_t rows) {
    int is_some = 0, is_whole = 1;
    for (size_t row = 0; row < rows && is_whole; row++) {
        lua_rawgeti(L, index, (lua_Integer)row + 1);
        is_some |= lua_isinteger(L, -1) && is_long(lua_tointeger(L, -1));
        if (!is_missing(L, -1)) lua_tointegerx(L, -1, &is_whole);
        lua_pop(L, 1);
    }
    return is_some && is_whole;
}

/* Adds an array of integers, which doubles would round. */
static custval_status integers_add(bridge_call *call, int index, const bridge_wanted *wanted, size_t rows, int kept,
                                   custval_table *table) {
    lua_State *const L = call->L;
    custval_column column = CUSTVAL_COLUMN_INIT;
    int64_t *const numbers = lua_newuserdata(L, rows * sizeof *numbers + rows / 8 + 1);
    uint8_t *const validity = (uint8_t *)(numbers + rows);
    memset(validity, 0, rows / 8 + 1);
    for (size_t row = 0; row < rows; row++) {
        lua_rawgeti(L, index, (lua_Integer)row + 1);
        numbers[row] = lua_tointeger(L, -1);
        if (!is_missing(L, -1)) validity[row / 8] |= (uint8_t)(1u << row % 8);
        lua_pop(L, 1);
    }
    column.type = CUSTVAL_TYPE_INT64;
    column.data = numbers;
    column.validity = validity;
    lua_rawseti(L, kept, (lua_Integer)lua_rawlen(L, kept) + 1);
    return custval_table_add(table, wanted->name, &column, &call->error);
}
#endif

static custval_status array_add(bridge_call *call, int index, const bridge_wanted *column, size_t rows, int kept,
                                custval_table *table) {
    lua_State *const L = call->L;
    if (column->is_id || holds_texts(L, index, rows)) return texts_add(call, index, column, rows, table);
    double largest = 0;
    double *const numbers = lua_newuserdata(L, (rows + 1) * sizeof *numbers);
    for (size_t row = 0; row < rows; row++) {
        lua_rawgeti(L, index, (int)row + 1);
        if (lua_type(L, -1) == LUA_TNUMBER)
            numbers[row] = lua_tonumber(L, -1);
        else if (is_missing(L, -1))
            numbers[row] = NAN;
        else
            cell_error(L, column->name, row, "a number");
        if (fabs(numbers[row]) > largest) largest = fabs(numbers[row]);
        lua_pop(L, 1);
    }
#if LUA_VERSION_NUM >= 503
    if (largest >= 9007199254740992.0 && holds_long(L, index, rows))
        return integers_add(call, index, column, rows, kept, table);
#endif
    return numbers_add(call, column, numbers, kept, table);
}

/* Adds the column on top of the stack. */
static custval_status column_add(bridge_call *call, const bridge_wanted *column, size_t rows, int kept,
                                 custval_table *table) {
    lua_State *const L = call->L;
    const int index = lua_gettop(L);
    size_t length = 0;
    const column_kind kind = column_at(L, index, column->name, &length);
    if (kind == COLUMN_ARRAY) return array_add(call, index, column, rows, kept, table);
    call->packed_input = 1;
    lua_pushvalue(L, index);
    if (kind == COLUMN_VECTOR) return numbers_add(call, column, vector_test(L, -1, &length), kept, table);
    const char *const bytes = lua_tostring(L, -1);
    if ((uintptr_t)bytes % sizeof(double) == 0)
        return numbers_add(call, column, (const double *)(const void *)bytes, kept, table);
    double *const copy = lua_newuserdata(L, (length + 1) * sizeof *copy);
    memcpy(copy, bytes, length * sizeof *copy);
    lua_remove(L, -2);
    return numbers_add(call, column, copy, kept, table);
}

static int by_name(const void *a, const void *b) {
    return strcmp(((const bridge_wanted *)a)->name, ((const bridge_wanted *)b)->name);
}

bridge_wanted *columns_all(lua_State *L, int index, size_t *count) {
    size_t most = 0;
    *count = 0;
    for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1)) most++;
    bridge_wanted *const found = lua_newuserdata(L, (most + 1) * sizeof *found);
    const size_t named = lua_rawlen(L, index);
    for (size_t i = 0; i < named && i < most; i++) {
        lua_rawgeti(L, index, (int)i + 1);
        if (lua_type(L, -1) != LUA_TSTRING)
            luaL_error(L, "columns have names, but entry %d is a %s", (int)i + 1, luaL_typename(L, -1));
        found[(*count)++] = (bridge_wanted){lua_tostring(L, -1), 0};
        lua_pop(L, 1);
    }
    if (named > 0) return found;
    for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING)
            luaL_error(L, "columns have names, but one key is a %s", luaL_typename(L, -2));
        if (lua_type(L, -1) == LUA_TNUMBER) continue; /* n */
        found[(*count)++] = (bridge_wanted){lua_tostring(L, -2), 0};
    }
    qsort(found, *count, sizeof *found, by_name);
    return found;
}

custval_status columns_with_id(bridge_call *call, int index, const char *id, custval_table **out) {
    size_t count = 0;
    luaL_checktype(call->L, index, LUA_TTABLE);
    bridge_wanted *const columns = columns_all(call->L, index, &count);
    for (size_t i = 0; i < count; i++) columns[i].is_id = id != NULL && strcmp(columns[i].name, id) == 0;
    return columns_read(call, index, columns, count, out);
}

void wanted_add(bridge_wanted *columns, size_t *count, const char *name, int is_id) {
    if (name == NULL) return;
    for (size_t i = 0; i < *count; i++) {
        if (strcmp(columns[i].name, name) == 0) return;
    }
    columns[(*count)++] = (bridge_wanted){name, is_id};
}

custval_status columns_named(bridge_call *call, int index, name_getter name, const void *object, size_t count,
                             const char *id, custval_table **out) {
    size_t all = 0;
    bridge_wanted *const columns = lua_newuserdata(call->L, (count + 1) * sizeof *columns);
    for (size_t i = 0; i < count; i++) wanted_add(columns, &all, name(object, i), 0);
    wanted_add(columns, &all, id, 1);
    return columns_read(call, index, all == 0 ? NULL : columns, all, out);
}

static int has_column(lua_State *L, int index, const char *name) {
    lua_pushstring(L, name);
    lua_rawget(L, index);
    const int found = !lua_isnil(L, -1) && lua_type(L, -1) != LUA_TNUMBER;
    lua_pop(L, 1);
    return found;
}

/* The number of rows: what n says, or the length that every column has. */
static size_t rows_of(lua_State *L, int index, const bridge_wanted *columns, size_t count) {
    size_t rows = 0;
    const char *first = NULL;
    lua_pushliteral(L, "n");
    lua_rawget(L, index);
    const int declared = lua_type(L, -1) == LUA_TNUMBER;
    if (declared) {
        const lua_Number n = lua_tonumber(L, -1);
        if (!(n >= 0) || floor(n) != n || n > 2147483647.0) luaL_error(L, "n: a whole number of rows expected");
        rows = (size_t)n;
    }
    lua_pop(L, 1);
    for (size_t i = 0; i < count; i++) {
        size_t length = 0;
        if (!has_column(L, index, columns[i].name)) continue;
        lua_getfield(L, index, columns[i].name);
        const column_kind kind = column_at(L, lua_gettop(L), columns[i].name, &length);
        lua_pop(L, 1);
        if (first == NULL && !declared) {
            first = columns[i].name;
            rows = length;
        } else if (length != rows && !(declared && kind == COLUMN_ARRAY && length < rows)) {
            luaL_error(L, "column \"%s\" has %d rows, but %s%s%s %d", columns[i].name, (int)length,
                       declared ? "n is" : "column \"", declared ? "" : first, declared ? "" : "\" has", (int)rows);
        }
    }
    return rows;
}

custval_status columns_read(bridge_call *call, int index, const bridge_wanted *columns, size_t count,
                            custval_table **out) {
    lua_State *const L = call->L;
    *out = NULL;
    luaL_checktype(L, index, LUA_TTABLE);
    luaL_checkstack(L, 16, NULL);
    void **const made = handle_push(L, &handle_table);
    const int handle = lua_gettop(L);
    lua_getuservalue(L, handle);
    const int kept = lua_gettop(L);
    /* With a column missing, the rest is given as well: the library says which names are similar. */
    size_t there = 0;
    while (there < count && has_column(L, index, columns[there].name)) there++;
    if (columns == NULL || there < count) {
        size_t all = 0;
        bridge_wanted *const given = columns_all(L, index, &all);
        for (size_t i = 0; i < all; i++) {
            for (size_t k = 0; k < count; k++)
                given[i].is_id |= columns[k].is_id && strcmp(columns[k].name, given[i].name) == 0;
        }
        columns = given;
        count = all;
    }
    const size_t rows = rows_of(L, index, columns, count);
    custval_table *table = NULL;
    custval_status status = custval_table_new(NULL, rows, &table, &call->error);
    *made = table;
    for (size_t i = 0; i < count && status == CUSTVAL_OK; i++) {
        if (!has_column(L, index, columns[i].name)) continue;
        lua_getfield(L, index, columns[i].name);
        const int column = lua_gettop(L);
        status = column_add(call, &columns[i], rows, kept, table);
        lua_settop(L, column - 1);
    }
    lua_settop(L, handle);
    if (status == CUSTVAL_OK) *out = table;
    return status;
}

custval_status columns_of_system(bridge_call *call, int index, const custval_system *system, const bridge_wanted *more,
                                 size_t count, custval_table **out) {
    const uint32_t inputs = custval_system_inputs(system);
    bridge_wanted *const columns = lua_newuserdata(call->L, (inputs + count + 1) * sizeof *columns);
    size_t all = 0;
    for (uint32_t i = 0; i < inputs; i++) {
        custval_input input = CUSTVAL_INPUT_INIT;
        if (custval_system_input(system, i, &input, &call->error) != CUSTVAL_OK) continue;
        const int is_id = (input.roles & (CUSTVAL_INPUT_PROFILE | CUSTVAL_INPUT_CONTEXT | CUSTVAL_INPUT_OVERRIDE)) != 0;
        wanted_add(columns, &all, input.column, is_id);
    }
    for (size_t i = 0; i < count; i++) wanted_add(columns, &all, more[i].name, more[i].is_id);
    return columns_read(call, index, columns, all, out);
}

/* --- Columns out -------------------------------------------------------------------------------------------------- */

/* Pushes a column of texts; what is missing is false, so that no array has holes. */
static void texts_push(lua_State *L, const custval_table *table, size_t column, size_t rows) {
    lua_createtable(L, (int)rows, 0);
    for (size_t row = 0; row < rows; row++) {
        custval_text text = {NULL, 0};
        if (custval_table_text(table, column, row, &text, NULL) != CUSTVAL_OK || text.data == NULL)
            lua_pushboolean(L, 0);
        else
            lua_pushlstring(L, text.data, text.length);
        lua_rawseti(L, -2, (int)row + 1);
    }
}

static int64_t integer_at(const custval_column *column, size_t row) {
    const ptrdiff_t stride = column->stride == 0 ? (ptrdiff_t)sizeof(int64_t) : column->stride;
    int64_t number;
    memcpy(&number, (const char *)column->data + (ptrdiff_t)(column->offset + row) * stride, sizeof number);
    return number;
}

/* Pushes a column of integers of 64 bits without missing ones; as exact as numbers of this Lua are. */
static void integers_push(lua_State *L, const custval_column *column, size_t rows) {
    lua_createtable(L, (int)rows, 0);
    for (size_t row = 0; row < rows; row++) {
        lua_pushinteger(L, (lua_Integer)integer_at(column, row));
        lua_rawseti(L, -2, (int)row + 1);
    }
}

/* Whether doubles hold all of such a column, so that it can be packed. */
static int fits_doubles(const custval_column *column, size_t rows) {
    for (size_t row = 0; row < rows; row++) {
        if (is_long(integer_at(column, row))) return 0;
    }
    return 1;
}

static void column_push(lua_State *L, const custval_table *table, size_t column, size_t rows, int packed) {
    custval_column description = CUSTVAL_COLUMN_INIT;
    custval_error error = CUSTVAL_ERROR_INIT;
    if (custval_table_column(table, column, &description, &error) != CUSTVAL_OK) luaL_error(L, "%s", error.message);
    if (description.type >= CUSTVAL_TYPE_UTF8) {
        texts_push(L, table, column, rows);
        return;
    }
    if (description.type == CUSTVAL_TYPE_INT64 && description.validity == NULL &&
        !(packed && fits_doubles(&description, rows))) {
        integers_push(L, &description, rows);
        return;
    }
    double *const numbers = vector_push(L, rows);
    for (size_t row = 0; row < rows; row++) {
        if (custval_table_number(table, column, row, &numbers[row], &error) != CUSTVAL_OK)
            luaL_error(L, "%s", error.message);
    }
    if (!packed) vector_to_table(L, description.type != CUSTVAL_TYPE_FLOAT64 && description.validity == NULL);
}

void columns_push(lua_State *L, const custval_table *table, int packed) {
    const size_t rows = custval_table_rows(table), columns = custval_table_columns(table);
    luaL_checkstack(L, 8, NULL);
    lua_createtable(L, (int)columns, (int)columns);
    for (size_t column = 0; column < columns; column++) {
        const char *const name = custval_table_name(table, column);
        lua_pushstring(L, name);
        lua_rawseti(L, -2, (int)column + 1);
        column_push(L, table, column, rows, packed);
        lua_setfield(L, -2, name);
    }
}

void names_push(lua_State *L, name_getter name, const void *object, size_t count) {
    lua_createtable(L, (int)count, 0);
    for (size_t i = 0; i < count; i++) {
        lua_pushstring(L, name(object, i));
        lua_rawseti(L, -2, (int)i + 1);
    }
}

void rows_from_one(lua_State *L, const char *column) {
    size_t count = 0;
    lua_getfield(L, -1, column);
    double *const packed = vector_test(L, -1, &count);
    for (size_t i = 0; i < count; i++) packed[i] += 1;
    if (packed == NULL) count = lua_rawlen(L, -1);
    for (size_t i = 0; i < count && packed == NULL; i++) {
        lua_rawgeti(L, -1, (int)i + 1);
        const lua_Number row = lua_tonumber(L, -1);
        lua_pop(L, 1);
        if (isnan(row)) continue;
        lua_pushinteger(L, (lua_Integer)row + 1);
        lua_rawseti(L, -2, (int)i + 1);
    }
    lua_pop(L, 1);
}

const char **numeric_names_push(lua_State *L, const custval_table *table, size_t *count) {
    const size_t columns = custval_table_columns(table);
    const char **const names = lua_newuserdata(L, (columns + 1) * sizeof *names);
    *count = 0;
    for (size_t i = 0; i < columns; i++) {
        custval_column column = CUSTVAL_COLUMN_INIT;
        if (custval_table_column(table, i, &column, NULL) != CUSTVAL_OK || column.type >= CUSTVAL_TYPE_UTF8) continue;
        names[(*count)++] = custval_table_name(table, i);
    }
    return names;
}

int bytes_give(bridge_call *call, bytes_writer write, const void *object) {
    lua_State *const L = call->L;
    size_t length = 0;
    custval_status status = write(object, NULL, 0, &length, &call->error);
    if (status != CUSTVAL_OK) return call_failed(call, status);
    void *const bytes = lua_newuserdata(L, length + 1);
    status = write(object, bytes, length, &length, &call->error);
    if (status != CUSTVAL_OK) return call_failed(call, status);
    lua_pushlstring(L, bytes, length);
    return 1;
}

void columns_register(lua_State *L) {
    static const luaL_Reg events[] = {
        {"__len", vector_length}, {"__newindex", vector_newindex}, {"__tostring", vector_text}, {NULL, NULL}};
    static const luaL_Reg methods[] = {{"table", vector_table}, {"bytes", vector_bytes}, {NULL, NULL}};
    luaL_newmetatable(L, VECTOR);
    functions_add(L, events);
    lua_newtable(L);
    functions_add(L, methods);
    lua_pushcclosure(L, vector_index, 1);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 1);
    handle_register(L, &handle_table, NULL, NULL);
    handle_register(L, &handle_file, NULL, NULL);
    lua_pushcfunction(L, vector_new);
    lua_setfield(L, -2, "vector");
}
