/* custval for Lua: weights: stated, ranked, judged, seen in data, driven; mixing, comparing, applying. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bridge.h"

static custval_weights *weights_check(lua_State *L, int index) {
    return handle_check(L, index, &handle_weights);
}

/* --- Names with numbers ------------------------------------------------------------------------------------------- */

typedef struct bridge_named {
    const char *name;
    double number;
} bridge_named;

static int by_name(const void *a, const void *b) {
    return strcmp(((const bridge_named *)a)->name, ((const bridge_named *)b)->name);
}

/* Reads entry i of an array: a name, whose number is i, or a pair of name and number. */
static bridge_named entry_read(lua_State *L, int index, int i, const char *what) {
    bridge_named entry = {NULL, i};
    lua_rawgeti(L, index, i);
    if (lua_istable(L, -1)) {
        lua_rawgeti(L, -1, 1);
        lua_rawgeti(L, -2, 2);
        if (lua_type(L, -1) != LUA_TNUMBER) luaL_error(L, "%s: entry %d is no pair of name and number", what, i);
        entry.number = lua_tonumber(L, -1);
        entry.name = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : NULL;
        lua_pop(L, 2);
    } else if (lua_type(L, -1) == LUA_TSTRING) {
        entry.name = lua_tostring(L, -1);
    }
    if (entry.name == NULL) luaL_error(L, "%s: entry %d has no name", what, i);
    lua_pop(L, 1);
    return entry;
}

void named_numbers(lua_State *L, int index, const char *what, const char ***names, double **numbers, size_t *count) {
    luaL_checktype(L, index, LUA_TTABLE);
    const size_t listed = lua_rawlen(L, index);
    size_t all = 0;
    for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1)) all++;
    bridge_named *const entries = lua_newuserdata(L, (all + 1) * sizeof *entries);
    *count = 0;
    if (listed > 0) {
        for (size_t i = 0; i < listed && i < all; i++) entries[(*count)++] = entry_read(L, index, (int)i + 1, what);
    } else {
        for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1)) {
            if (lua_type(L, -2) != LUA_TSTRING || lua_type(L, -1) != LUA_TNUMBER)
                luaL_error(L, "%s: names with numbers expected", what);
            entries[(*count)++] = (bridge_named){lua_tostring(L, -2), lua_tonumber(L, -1)};
        }
        qsort(entries, *count, sizeof *entries, by_name);
    }
    *names = lua_newuserdata(L, (*count + 1) * sizeof **names);
    *numbers = lua_newuserdata(L, (*count + 1) * sizeof **numbers);
    for (size_t i = 0; i < *count; i++) {
        (*names)[i] = entries[i].name;
        (*numbers)[i] = entries[i].number;
    }
    lua_remove(L, -3);
}

/* --- Stated and ranked -------------------------------------------------------------------------------------------- */

/* Pushes the handle of a set of weights, or gives the failure. */
static int weights_give(bridge_call *call, custval_status status, void **made, custval_weights *out) {
    *made = out;
    return call_give_handle(call, status);
}

/* custval.weights.rate(ratings [, options]) */
static int weights_rate(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_rating_options options;
    const char **names;
    double *ratings;
    size_t count;
    custval_weights *out = NULL;
    lua_settop(L, 2);
    options_read(L, 2, &call, OPTIONS(TARGET(custval_rating_options, options)), NULL);
    named_numbers(L, 1, "ratings", &names, &ratings, &count);
    length_check(L, 2, "range_judged", count);
    length_check(L, 2, "range_in_use", count);
    void **const made = handle_push(L, &handle_weights);
    const custval_status status =
        custval_weights_ratings(call_host(&call), names, ratings, count, &options, &out, &call.error);
    return weights_give(&call, status, made, out);
}

/* custval.weights.rank(order [, options]) */
static int weights_rank(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_ranking_options options;
    const char **names;
    double *ranks;
    size_t count;
    custval_weights *out = NULL;
    lua_settop(L, 2);
    options_read(L, 2, &call, OPTIONS(TARGET(custval_ranking_options, options)), NULL);
    named_numbers(L, 1, "order", &names, &ranks, &count);
    void **const made = handle_push(L, &handle_weights);
    const custval_status status =
        custval_weights_ranks(call_host(&call), names, ranks, count, &options, &out, &call.error);
    return weights_give(&call, status, made, out);
}

/* --- Judged in pairs ---------------------------------------------------------------------------------------------- */

const char *const judgement_keys[] = {"names", "matrix", "matrices", "pairs", "member_names", "member_weights", NULL};

/* Where the cells of all judges go. */
typedef struct bridge_cells {
    size_t count, members;
    double *middle, *lower, *upper;
    int fuzzy;
} bridge_cells;

/* Puts the value on top of the stack, a number, nothing or {lower, middle, upper}, into a cell. */
static void cell_read(lua_State *L, bridge_cells *cells, size_t at) {
    if (lua_istable(L, -1)) {
        double three[3];
        for (int i = 0; i < 3; i++) {
            lua_rawgeti(L, -1, i + 1);
            if (lua_type(L, -1) != LUA_TNUMBER) luaL_error(L, "a fuzzy judgement is {lower, middle, upper}");
            three[i] = lua_tonumber(L, -1);
            lua_pop(L, 1);
        }
        cells->lower[at] = three[0];
        cells->middle[at] = three[1];
        cells->upper[at] = three[2];
        cells->fuzzy = 1;
        return;
    }
    if (!is_missing(L, -1) && lua_type(L, -1) != LUA_TNUMBER)
        luaL_error(L, "a judgement is a number, got %s", luaL_typename(L, -1));
    cells->lower[at] = cells->middle[at] = cells->upper[at] = is_missing(L, -1) ? (double)NAN : lua_tonumber(L, -1);
}

/* Reads the matrix on top of the stack. */
static void matrix_read(lua_State *L, bridge_cells *cells, size_t member) {
    const size_t n = cells->count;
    if (!lua_istable(L, -1)) luaL_error(L, "a matrix of judgements is an array of rows, got %s", luaL_typename(L, -1));
    if (lua_rawlen(L, -1) != n)
        luaL_error(L, "a matrix has %d rows, but there are %d names", (int)lua_rawlen(L, -1), (int)n);
    for (size_t row = 0; row < n; row++) {
        lua_rawgeti(L, -1, (int)row + 1);
        if (!lua_istable(L, -1)) luaL_error(L, "row %d of a matrix is a %s", (int)row + 1, luaL_typename(L, -1));
        if (lua_rawlen(L, -1) > n) luaL_error(L, "row %d of a matrix has more than %d columns", (int)row + 1, (int)n);
        for (size_t column = 0; column < n; column++) {
            lua_rawgeti(L, -1, (int)column + 1);
            cell_read(L, cells, (member * n + row) * n + column);
            lua_pop(L, 1);
        }
        lua_pop(L, 1);
    }
}

static size_t name_index(lua_State *L, const char *const *names, size_t count, int index) {
    const char *const name = lua_type(L, index) == LUA_TSTRING ? lua_tostring(L, index) : "";
    size_t i = 0;
    while (i < count && strcmp(names[i], name) != 0) i++;
    if (i == count) luaL_error(L, "pairs: \"%s\" is none of the names", name);
    return i;
}

/* Reads {{"quality", "price", 4}, ...}: what is not listed was not judged. */
static void pairs_read(lua_State *L, bridge_cells *cells, const char *const *names) {
    const size_t n = cells->count;
    if (!lua_istable(L, -1)) luaL_error(L, "pairs: an array expected, got %s", luaL_typename(L, -1));
    for (size_t i = 0; i < n * n; i++) {
        cells->lower[i] = cells->middle[i] = cells->upper[i] = i % (n + 1) == 0 ? 1.0 : (double)NAN;
    }
    const int pairs = (int)lua_rawlen(L, -1);
    for (int i = 1; i <= pairs; i++) {
        lua_rawgeti(L, -1, i);
        if (!lua_istable(L, -1)) luaL_error(L, "pairs: entry %d is no {first, second, judgement}", i);
        lua_rawgeti(L, -1, 1);
        lua_rawgeti(L, -2, 2);
        lua_rawgeti(L, -3, 3);
        const size_t first = name_index(L, names, n, -3), second = name_index(L, names, n, -2);
        cell_read(L, cells, first * n + second);
        lua_pop(L, 4);
    }
}

void judgements_read(lua_State *L, int index, custval_judgements *into) {
    const custval_judgements initial = CUSTVAL_JUDGEMENTS_INIT;
    bridge_cells cells = {.members = 1};
    size_t count = 0;
    luaL_checkstack(L, 24, NULL);
    luaL_checktype(L, index, LUA_TTABLE);
    *into = initial;
    lua_getfield(L, index, "names");
    const char *const *const names = texts_read(L, lua_gettop(L), "names", &cells.count);
    into->names = names;
    into->count = cells.count;
    lua_getfield(L, index, "matrices");
    const int has_matrices = lua_istable(L, -1);
    if (has_matrices) cells.members = lua_rawlen(L, -1);
    if (cells.count > CUSTVAL_MAX_JUDGED || cells.members > 1000000) luaL_error(L, "too many judgements");
    const size_t all = cells.members * cells.count * cells.count;
    cells.middle = lua_newuserdata(L, (3 * all + 1) * sizeof(double));
    cells.lower = cells.middle + all;
    cells.upper = cells.lower + all;
    for (size_t member = 0; has_matrices && member < cells.members; member++) {
        lua_rawgeti(L, -2, (int)member + 1);
        matrix_read(L, &cells, member);
        lua_pop(L, 1);
    }
    lua_getfield(L, index, "pairs");
    const int has_pairs = !lua_isnil(L, -1);
    if (has_pairs) pairs_read(L, &cells, names);
    lua_getfield(L, index, "matrix");
    const int has_matrix = !lua_isnil(L, -1);
    if (has_matrix + has_pairs + has_matrices != 1) luaL_error(L, "one of matrix, matrices and pairs is needed");
    if (has_matrix) matrix_read(L, &cells, 0);
    into->matrices = cells.middle;
    into->members = cells.members;
    if (cells.fuzzy) {
        into->lower = cells.lower;
        into->upper = cells.upper;
    }
    lua_getfield(L, index, "member_names");
    if (!lua_isnil(L, -1)) {
        into->member_names = texts_read(L, lua_gettop(L), "member_names", &count);
        if (count != cells.members)
            luaL_error(L, "member_names: %d names for %d members", (int)count, (int)cells.members);
    }
    lua_getfield(L, index, "member_weights");
    if (!lua_isnil(L, -1)) {
        into->member_weights = numbers_read(L, lua_gettop(L), "member_weights", &count);
        if (count != cells.members)
            luaL_error(L, "member_weights: %d numbers for %d members", (int)count, (int)cells.members);
    }
}

/* custval.weights.ahp{names =, matrix = | matrices = | pairs =, ...} */
static int weights_ahp(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_ahp_options options;
    custval_judgements judgements;
    custval_weights *out = NULL;
    lua_settop(L, 1);
    options_read(L, 1, &call, OPTIONS(TARGET(custval_ahp_options, options)), judgement_keys);
    judgements_read(L, 1, &judgements);
    void **const made = handle_push(L, &handle_weights);
    const custval_status status = custval_weights_ahp(call_host(&call), &judgements, &options, &out, &call.error);
    return weights_give(&call, status, made, out);
}

typedef custval_status (*ahp_table)(const custval_host *, const custval_judgements *, const custval_ahp_options *,
                                    custval_table **, custval_error *);

static int ahp_give(lua_State *L, ahp_table function) {
    bridge_call call = call_begin(L);
    custval_ahp_options options;
    custval_judgements judgements;
    custval_table *out = NULL;
    lua_settop(L, 1);
    options_read(L, 1, &call, OPTIONS(TARGET(custval_ahp_options, options)), judgement_keys);
    judgements_read(L, 1, &judgements);
    void **const made = handle_push(L, &handle_table);
    const custval_status status = function(call_host(&call), &judgements, &options, &out, &call.error);
    return call_give(&call, status, made, out);
}

static int weights_members(lua_State *L) {
    return ahp_give(L, custval_ahp_members);
}

static int weights_triads(lua_State *L) {
    return ahp_give(L, custval_ahp_triads);
}

/* custval.weights.bwm{names =, best_to_others =, others_to_worst =, model =} */
static int weights_bwm(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_bwm_judgements judgements;
    custval_weights *out = NULL;
    lua_settop(L, 1);
    options_read(L, 1, &call, OPTIONS(TARGET(custval_bwm_judgements, judgements)), NULL);
    void **const made = handle_push(L, &handle_weights);
    const custval_status status = custval_weights_bwm(call_host(&call), &judgements, &out, &call.error);
    return weights_give(&call, status, made, out);
}

/* custval.weights.random_index(table, n) */
static int weights_random_index(lua_State *L) {
    const uint32_t table = word_check(L, "random_index", 1, CUSTVAL_WORDS_RANDOM_INDEX, NULL);
    const lua_Number n = luaL_checknumber(L, 2);
    luaL_argcheck(L, n >= 1 && floor(n) == n, 2, "a whole number from 1 expected");
    lua_pushnumber(L, custval_random_index_value(table, (size_t)n));
    return 1;
}

/* --- Seen in data, or in an outcome ------------------------------------------------------------------------------- */

/* custval.weights.entropy(data [, options]) and its like: data are columns, or a summary with what is needed. */
static int weights_data(lua_State *L, uint32_t method, uint32_t parts) {
    bridge_call call = call_begin(L);
    custval_data_options options;
    custval_summary *summary = NULL;
    custval_weights *out = NULL;
    lua_settop(L, 2);
    options_read(L, 2, &call, OPTIONS(TARGET(custval_data_options, options)), summary_keys);
    options.method = method;
    custval_status status = summary_of(&call, 1, 2, NULL, parts, &summary);
    void **const made = handle_push(L, &handle_weights);
    if (status == CUSTVAL_OK) status = custval_weights_data(summary, &options, &out, &call.error);
    return weights_give(&call, status, made, out);
}

static int weights_entropy(lua_State *L) {
    return weights_data(L, CUSTVAL_DATA_ENTROPY, CUSTVAL_SUMMARY_ENTROPY);
}

static int weights_critic(lua_State *L) {
    return weights_data(L, CUSTVAL_DATA_CRITIC, CUSTVAL_SUMMARY_PAIRS);
}

static int weights_deviation(lua_State *L) {
    return weights_data(L, CUSTVAL_DATA_DEVIATION, 0);
}

static int weights_variation(lua_State *L) {
    return weights_data(L, CUSTVAL_DATA_VARIATION, 0);
}

static int weights_merec(lua_State *L) {
    return weights_data(L, CUSTVAL_DATA_MEREC, CUSTVAL_SUMMARY_REMOVAL);
}

/* custval.weights.drivers(data, outcome [, options]): columns give intervals, a summary none. */
static int weights_drivers(lua_State *L) {
    bridge_call call = call_begin(L);
    const custval_drivers_options initial = CUSTVAL_DRIVERS_OPTIONS_INIT;
    custval_drivers_options options;
    custval_summary *summary = NULL;
    custval_table *rows = NULL;
    custval_weights *out = NULL;
    const char *const outcome = luaL_checkstring(L, 2);
    lua_settop(L, 3);
    options_read(L, 3, &call, OPTIONS(TARGET(custval_drivers_options, options)), summary_keys);
    custval_status status = summary_of(&call, 1, 3, outcome, CUSTVAL_SUMMARY_PAIRS, &summary);
    if (status == CUSTVAL_OK && handle_test(L, 1, &handle_summary) == NULL && options.resamples != 0) {
        status = columns_read(&call, 1, NULL, 0, &rows);
        options.rows = rows;
    }
    if (options.resamples == 0) options.resamples = initial.resamples; /* not used without rows */
    void **const made = handle_push(L, &handle_weights);
    if (status == CUSTVAL_OK) status = custval_weights_drivers(summary, outcome, &options, &out, &call.error);
    return weights_give(&call, status, made, out);
}

/* --- Two sets, and into a system ---------------------------------------------------------------------------------- */

/* custval.weights.mix(first, second [, options]), also a method */
static int weights_mix(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_mix_options options;
    const custval_weights *const first = weights_check(L, 1), *const second = weights_check(L, 2);
    custval_weights *out = NULL;
    lua_settop(L, 3);
    options_read(L, 3, &call, OPTIONS(TARGET(custval_mix_options, options)), NULL);
    void **const made = handle_push(L, &handle_weights);
    const custval_status status = custval_weights_mix(call_host(&call), first, second, &options, &out, &call.error);
    return weights_give(&call, status, made, out);
}

/* custval.weights.compare(stated, derived), also a method */
static int weights_compare(lua_State *L) {
    bridge_call call = call_begin(L);
    const custval_weights *const stated = weights_check(L, 1), *const derived = weights_check(L, 2);
    custval_table *out = NULL;
    void **const made = handle_push(L, &handle_table);
    const custval_status status = custval_weights_compare(NULL, stated, derived, &out, &call.error);
    return call_give(&call, status, made, out);
}

/* weights:apply(system [, options]) */
static int weights_apply(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_apply_options options;
    const custval_weights *const weights = weights_check(L, 1);
    const custval_system *const system = handle_check(L, 2, &handle_system);
    custval_system *out = NULL;
    lua_settop(L, 3);
    options_read(L, 3, &call, OPTIONS(TARGET(custval_apply_options, options)), NULL);
    options.host = NULL;
    void **const made = handle_push(L, &handle_system);
    const custval_status status = custval_weights_apply(weights, system, &options, &out, &call.error);
    *made = out;
    return call_give_handle(&call, status);
}

/* --- Looking into a set ------------------------------------------------------------------------------------------- */

static int weights_method(lua_State *L) {
    lua_pushstring(L, custval_weights_method(weights_check(L, 1)));
    return 1;
}

static int weights_sample(lua_State *L) {
    lua_pushinteger(L, (lua_Integer)custval_weights_sample(weights_check(L, 1)));
    return 1;
}

static int weights_table(lua_State *L) {
    columns_push(L, custval_weights_table(weights_check(L, 1)), 0);
    return 1;
}

static int weights_notes(lua_State *L) {
    columns_push(L, custval_weights_notes(weights_check(L, 1)), 0);
    return 1;
}

/* Names in order as the array part, and each share by its name. */
static int weights_shares(lua_State *L) {
    const custval_weights *const weights = weights_check(L, 1);
    const size_t count = custval_weights_count(weights);
    lua_createtable(L, (int)count, (int)count);
    for (size_t i = 0; i < count; i++) {
        lua_pushstring(L, custval_weights_name(weights, i));
        lua_pushvalue(L, -1);
        lua_rawseti(L, -3, (int)i + 1);
        lua_pushnumber(L, custval_weights_share(weights, i));
        lua_rawset(L, -3);
    }
    return 1;
}

/* Every diagnostic by name; those that are missing are left out. */
static int weights_diagnostics(lua_State *L) {
    const custval_table *const table = custval_weights_diagnostics(weights_check(L, 1));
    const size_t rows = custval_table_rows(table);
    lua_newtable(L);
    for (size_t row = 0; row < rows; row++) {
        custval_text name = {NULL, 0};
        double value = 0;
        if (custval_table_text(table, 0, row, &name, NULL) != CUSTVAL_OK ||
            custval_table_number(table, 1, row, &value, NULL) != CUSTVAL_OK || isnan(value))
            continue;
        lua_pushlstring(L, name.data, name.length);
        lua_pushnumber(L, value);
        lua_rawset(L, -3);
    }
    return 1;
}

/* One diagnostic by name; NaN if it is missing. */
static int weights_diagnostic(lua_State *L) {
    bridge_call call = call_begin(L);
    const custval_weights *const weights = weights_check(L, 1);
    double value = 0;
    const custval_status status = custval_weights_diagnostic(weights, luaL_checkstring(L, 2), &value, &call.error);
    if (status != CUSTVAL_OK) return call_failed(&call, status);
    lua_pushnumber(L, value);
    return 1;
}

static int weights_length(lua_State *L) {
    lua_pushinteger(L, (lua_Integer)custval_weights_count(weights_check(L, 1)));
    return 1;
}

void weights_register(lua_State *L) {
    static const luaL_Reg methods[] = {{"apply", weights_apply},
                                       {"compare", weights_compare},
                                       {"diagnostic", weights_diagnostic},
                                       {"diagnostics", weights_diagnostics},
                                       {"method", weights_method},
                                       {"mix", weights_mix},
                                       {"notes", weights_notes},
                                       {"sample", weights_sample},
                                       {"shares", weights_shares},
                                       {"table", weights_table},
                                       {NULL, NULL}};
    static const luaL_Reg events[] = {{"__len", weights_length}, {NULL, NULL}};
    static const luaL_Reg functions[] = {{"ahp", weights_ahp},
                                         {"bwm", weights_bwm},
                                         {"compare", weights_compare},
                                         {"critic", weights_critic},
                                         {"deviation", weights_deviation},
                                         {"drivers", weights_drivers},
                                         {"entropy", weights_entropy},
                                         {"members", weights_members},
                                         {"merec", weights_merec},
                                         {"mix", weights_mix},
                                         {"random_index", weights_random_index},
                                         {"rank", weights_rank},
                                         {"rate", weights_rate},
                                         {"triads", weights_triads},
                                         {"variation", weights_variation},
                                         {NULL, NULL}};
    handle_register(L, &handle_weights, methods, events);
    lua_newtable(L);
    functions_add(L, functions);
    lua_setfield(L, -2, "weights");
}
