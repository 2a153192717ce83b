/* custval for Lua: systems: looking into them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "bridge.h"

custval_system *system_check(lua_State *L) {
    return handle_check(L, 1, &handle_system);
}

/* --- Looking into it ---------------------------------------------------------------------------------------------- */

static custval_status write_document(const void *system, const char *language, char *buffer, size_t capacity,
                                     size_t *out_length, custval_error *error) {
    (void)language;
    return custval_system_write(system, buffer, capacity, out_length, error);
}

static custval_status write_tree(const void *system, const char *language, char *buffer, size_t capacity,
                                 size_t *out_length, custval_error *error) {
    return custval_system_text(system, language, buffer, capacity, out_length, error);
}

static int system_to_json(lua_State *L) {
    bridge_call call = call_begin(L);
    return text_give(&call, write_document, system_check(L), NULL);
}

static int system_tree(lua_State *L) {
    bridge_call call = call_begin(L);
    const custval_system *const system = system_check(L);
    return text_give(&call, write_tree, system, luaL_optstring(L, 2, NULL));
}

static int system_spec(lua_State *L) {
    bridge_call call = call_begin(L);
    custval_system_spec spec = CUSTVAL_SYSTEM_SPEC_INIT;
    const custval_status status = custval_system_get(system_check(L), &spec, &call.error);
    if (status != CUSTVAL_OK) return call_failed(&call, status);
    struct_push(L, &kind_of_custval_system_spec, &spec);
    return 1;
}

/* Labels of a node or frame by language; `next` gives one at a time. */
typedef const char *(*label_at)(const custval_system *system, uint32_t kind, uint32_t index, uint32_t label,
                                const char **out_language);

static const char *node_label_at(const custval_system *system, uint32_t kind, uint32_t index, uint32_t label,
                                 const char **out_language) {
    (void)kind;
    return custval_system_label_at(system, index, label, out_language);
}

static void labels_push(lua_State *L, const custval_system *system, label_at next, uint32_t kind, uint32_t index,
                        uint32_t count) {
    lua_newtable(L);
    for (uint32_t i = 0; i < count; i++) {
        const char *language = NULL;
        const char *const text = next(system, kind, index, i, &language);
        lua_pushstring(L, text);
        lua_setfield(L, -2, language);
    }
}

/* Parts of a derived node: {{"product", 1}, ...}. */
static void parts_push(lua_State *L, const custval_system *system, uint32_t index, uint32_t count) {
    lua_newtable(L);
    for (uint32_t i = 0; i < count; i++) {
        custval_node part = CUSTVAL_NODE_INIT;
        uint32_t node = CUSTVAL_NONE;
        double weight = 0;
        if (custval_system_derived_part(system, index, i, &node, &weight) != CUSTVAL_OK ||
            custval_system_node(system, node, &part, NULL) != CUSTVAL_OK)
            continue;
        lua_createtable(L, 2, 0);
        lua_pushstring(L, part.id);
        lua_rawseti(L, -2, 1);
        lua_pushnumber(L, weight);
        lua_rawseti(L, -2, 2);
        lua_rawseti(L, -2, (int)i + 1);
    }
}

/* Pushes what a node was built from, or nil for the value. */
static void node_spec_push(lua_State *L, const custval_system *system, uint32_t index, const custval_node *node) {
    custval_item_spec item = CUSTVAL_ITEM_SPEC_INIT;
    custval_node_spec spec = CUSTVAL_NODE_SPEC_INIT;
    if (custval_system_item_spec(system, index, &item, NULL) == CUSTVAL_OK)
        struct_push(L, &kind_of_custval_item_spec, &item);
    else if (node->kind != CUSTVAL_KIND_VALUE && custval_system_node_spec(system, index, &spec, NULL) == CUSTVAL_OK)
        struct_push(L, &kind_of_custval_node_spec, &spec);
    else
        lua_pushnil(L);
}

/* Pushes a node as a table: the members of custval_node, its parent's id, labels and spec. */
static int node_push(bridge_call *call, const custval_system *system, uint32_t index) {
    lua_State *const L = call->L;
    custval_node node = CUSTVAL_NODE_INIT, parent = CUSTVAL_NODE_INIT;
    const custval_status status = custval_system_node(system, index, &node, &call->error);
    if (status != CUSTVAL_OK) return call_failed(call, status);
    struct_push(L, &kind_of_custval_node, &node);
    /* Indices are of no use in Lua: ids are. */
    const int has_parent = custval_system_node(system, node.parent, &parent, NULL) == CUSTVAL_OK;
    lua_pushstring(L, has_parent ? parent.id : NULL);
    lua_setfield(L, -2, "parent");
    lua_pushnil(L);
    lua_setfield(L, -2, "first_child");
    lua_pushnil(L);
    lua_setfield(L, -2, "next_sibling");
    lua_pushnil(L);
    lua_setfield(L, -2, "label_count");
    lua_pushboolean(L, node.must_be_highest != 0);
    lua_setfield(L, -2, "must_be_highest");
    lua_pushstring(L, custval_system_label(system, index, NULL));
    lua_setfield(L, -2, "label");
    labels_push(L, system, node_label_at, 0, index, node.label_count);
    lua_setfield(L, -2, "labels");
    node_spec_push(L, system, index, &node);
    lua_setfield(L, -2, "spec");
    if (node.kind == CUSTVAL_KIND_DERIVED) {
        parts_push(L, system, index, node.child_count);
        lua_setfield(L, -2, "parts");
    }
    return 1;
}

static int system_node(lua_State *L) {
    bridge_call call = call_begin(L);
    const custval_system *const system = system_check(L);
    uint32_t index = CUSTVAL_NONE;
    const custval_status status = custval_system_find(system, luaL_checkstring(L, 2), &index, &call.error);
    return status == CUSTVAL_OK ? node_push(&call, system, index) : call_failed(&call, status);
}

static int system_nodes(lua_State *L) {
    bridge_call call = call_begin(L);
    const custval_system *const system = system_check(L);
    const uint32_t count = custval_system_nodes(system);
    lua_createtable(L, (int)count, 0);
    for (uint32_t i = 0; i < count; i++) {
        node_push(&call, system, i);
        lua_rawseti(L, -2, (int)i + 1);
    }
    return 1;
}

static int system_label(lua_State *L) {
    bridge_call call = call_begin(L);
    const custval_system *const system = system_check(L);
    uint32_t index = CUSTVAL_NONE;
    const custval_status status = custval_system_find(system, luaL_checkstring(L, 2), &index, &call.error);
    if (status != CUSTVAL_OK) return call_failed(&call, status);
    lua_pushstring(L, custval_system_label(system, index, luaL_optstring(L, 3, NULL)));
    return 1;
}

/* Columns that the system reads: {{column =, is_text =, roles = {...}}, ...}. */
static int system_inputs(lua_State *L) {
    const custval_system *const system = system_check(L);
    const uint32_t count = custval_system_inputs(system);
    lua_createtable(L, (int)count, 0);
    for (uint32_t i = 0; i < count; i++) {
        custval_input input = CUSTVAL_INPUT_INIT;
        if (custval_system_input(system, i, &input, NULL) != CUSTVAL_OK) continue;
        struct_push(L, &kind_of_custval_input, &input);
        lua_pushboolean(L, input.is_text != 0);
        lua_setfield(L, -2, "is_text");
        lua_rawseti(L, -2, (int)i + 1);
    }
    return 1;
}

/* Weights that a profile or context declares, by node. */
static void frame_weights_push(lua_State *L, const custval_system *system, uint32_t kind, uint32_t frame,
                               int expectations) {
    lua_newtable(L);
    const uint32_t count = custval_system_nodes(system);
    for (uint32_t i = 0; i < count; i++) {
        custval_node node = CUSTVAL_NODE_INIT;
        double number = 0;
        const int found = expectations ? custval_system_expectation(system, frame, i, &number)
                                       : custval_system_frame_weight(system, kind, frame, i, &number);
        if (!found || custval_system_node(system, i, &node, NULL) != CUSTVAL_OK) continue;
        lua_pushnumber(L, number);
        lua_setfield(L, -2, node.id);
    }
}

static int frames_push(lua_State *L, uint32_t kind) {
    const custval_system *const system = system_check(L);
    const uint32_t count = custval_system_frames(system, kind);
    lua_createtable(L, (int)count, 0);
    for (uint32_t i = 0; i < count; i++) {
        custval_frame frame = CUSTVAL_FRAME_INIT;
        if (custval_system_frame(system, kind, i, &frame, NULL) != CUSTVAL_OK) continue;
        struct_push(L, &kind_of_custval_frame, &frame);
        lua_pushnil(L);
        lua_setfield(L, -2, "label_count");
        labels_push(L, system, custval_system_frame_label_at, kind, i, frame.label_count);
        lua_setfield(L, -2, "labels");
        frame_weights_push(L, system, kind, i, 0);
        lua_setfield(L, -2, "weights");
        if (kind == CUSTVAL_CONTEXTS) {
            frame_weights_push(L, system, kind, i, 1);
            lua_setfield(L, -2, "expectations");
        }
        lua_rawseti(L, -2, (int)i + 1);
    }
    return 1;
}

static int system_profiles(lua_State *L) {
    return frames_push(L, CUSTVAL_PROFILES);
}

static int system_contexts(lua_State *L) {
    return frames_push(L, CUSTVAL_CONTEXTS);
}

/* Local and global weights by node, in a profile and context. */
static int system_weights(lua_State *L) {
    bridge_call call = call_begin(L);
    const custval_system *const system = system_check(L);
    const char *const profile = luaL_optstring(L, 2, NULL), *const context = luaL_optstring(L, 3, NULL);
    const uint32_t count = custval_system_nodes(system);
    double *const local = lua_newuserdata(L, 2 * count * sizeof *local), *const global = local + count;
    const custval_status status = custval_system_weights(system, profile, context, local, global, &call.error);
    if (status != CUSTVAL_OK) return call_failed(&call, status);
    lua_newtable(L);
    lua_newtable(L);
    for (uint32_t i = 0; i < count; i++) {
        custval_node node = CUSTVAL_NODE_INIT;
        if (custval_system_node(system, i, &node, NULL) != CUSTVAL_OK) continue;
        lua_pushnumber(L, local[i]);
        lua_setfield(L, -3, node.id);
        lua_pushnumber(L, global[i]);
        lua_setfield(L, -2, node.id);
    }
    return 2;
}

static int system_gates(lua_State *L) {
    const custval_system *const system = system_check(L);
    lua_newtable(L);
    for (uint32_t i = 0; i < custval_system_gates(system); i++) {
        custval_gate_spec gate = CUSTVAL_GATE_SPEC_INIT;
        if (custval_system_gate(system, i, &gate, NULL) != CUSTVAL_OK) continue;
        struct_push(L, &kind_of_custval_gate_spec, &gate);
        lua_rawseti(L, -2, (int)i + 1);
    }
    return 1;
}

static int system_reliefs(lua_State *L) {
    const custval_system *const system = system_check(L);
    lua_newtable(L);
    for (uint32_t i = 0; i < custval_system_reliefs(system); i++) {
        custval_relief_spec relief = CUSTVAL_RELIEF_SPEC_INIT;
        if (custval_system_relief(system, i, &relief, NULL) != CUSTVAL_OK) continue;
        struct_push(L, &kind_of_custval_relief_spec, &relief);
        lua_rawseti(L, -2, (int)i + 1);
    }
    return 1;
}

static int system_overrides(lua_State *L) {
    const custval_system *const system = system_check(L);
    lua_newtable(L);
    for (uint32_t i = 0; i < custval_system_overrides(system); i++) {
        custval_override_spec override = CUSTVAL_OVERRIDE_SPEC_INIT;
        if (custval_system_override(system, i, &override, NULL) != CUSTVAL_OK) continue;
        struct_push(L, &kind_of_custval_override_spec, &override);
        lua_rawseti(L, -2, (int)i + 1);
    }
    return 1;
}

static int system_origins(lua_State *L) {
    const custval_system *const system = system_check(L);
    lua_newtable(L);
    for (uint32_t i = 0; i < custval_system_origins(system); i++) {
        custval_origin_spec origin = CUSTVAL_ORIGIN_SPEC_INIT;
        if (custval_system_origin(system, i, &origin, NULL) != CUSTVAL_OK) continue;
        struct_push(L, &kind_of_custval_origin_spec, &origin);
        lua_rawseti(L, -2, (int)i + 1);
    }
    return 1;
}

static int system_check_warnings(lua_State *L) {
    bridge_call call = call_begin(L);
    const custval_system *const system = system_check(L);
    custval_table *table = NULL, *out = NULL;
    custval_status status = CUSTVAL_OK;
    if (!lua_isnoneornil(L, 2)) status = columns_of_system(&call, 2, system, NULL, 0, &table);
    void **const made = handle_push(L, &handle_table);
    if (status == CUSTVAL_OK) status = custval_system_check(system, table, &out, &call.error);
    return call_give(&call, status, made, out);
}

static int system_equal(lua_State *L) {
    bridge_call call = call_begin(L);
    const custval_system *const first = handle_check(L, 1, &handle_system), *const second =
                                                                                handle_check(L, 2, &handle_system);
    return text_equal(&call, write_document, first, second);
}

void system_register(lua_State *L) {
    static const luaL_Reg methods[] = {{"check", system_check_warnings}, {"contexts", system_contexts},
                                       {"gates", system_gates},          {"inputs", system_inputs},
                                       {"label", system_label},          {"node", system_node},
                                       {"nodes", system_nodes},          {"origins", system_origins},
                                       {"overrides", system_overrides},  {"profiles", system_profiles},
                                       {"reliefs", system_reliefs},      {"spec", system_spec},
                                       {"to_json", system_to_json},      {"tree", system_tree},
                                       {"weights", system_weights},      {NULL, NULL}};
    static const luaL_Reg events[] = {{"__eq", system_equal}, {NULL, NULL}};
    handle_register(L, &handle_system, methods, events);
}
