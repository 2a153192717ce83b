-- custval for LuaJIT by its FFI: calls with tables of columns, classes of objects, on top of custval_ffi_bridge.lua.
-- SPDX-License-Identifier: Apache-2.0
local ffi = require "ffi"
local bridge = require "custval_ffi_bridge"

local library, constants = bridge.library, bridge.constants
local M = setmetatable({}, {__index = bridge})

-- Calls ------------------------------------------------------------------------------------------------------------

-- The status of a call, during which `kept` stays alive, and the error. It lies where no compiler can think that it is
-- not needed.
function M.call(kept, call, ...)
    local err = M.new_error()
    M.alive = kept
    local status = call(err, ...)
    M.alive = nil
    return status, err
end

-- A column of ids for an array of inputs, unless it is there already; no name adds nothing.
function M.add_input(inputs, name, is_id)
    if name == nil then return end
    for _, input in ipairs(inputs) do
        if input.name == name then return end
    end
    inputs[#inputs + 1] = {name = name, is_id = is_id}
end

-- All columns, of which the one of that name (nil: none) holds ids, as something to read.
function M.with_id(columns, id)
    local is_table = type(columns) == "table" and id ~= nil
    return {columns = columns, inputs = is_table and M.all_columns(columns, {{name = id, is_id = true}}) or nil}
end

-- Makes a call (err, table, ...) with the tables of `given`, an array of {columns =, inputs =}. Gives whether the first
-- was packed, or nil and the failure.
function M.with_tables(given, kept, call)
    local tables, packed, failure = {}, false, nil
    for i, each in ipairs(given) do
        local made, is_packed, code, row = M.table_of(each.columns, each.inputs, kept)
        if not made then
            failure = {is_packed, code, row}
            break
        end
        tables[i] = made
        if i == 1 then packed = is_packed end
    end
    local status, err
    if not failure then status, err = M.call({kept, tables}, call, unpack(tables)) end
    for _, each in ipairs(tables) do library.custval_table_free(ffi.gc(each, nil)) end
    if failure then return nil, failure[1], failure[2], failure[3] end
    if status ~= 0 then return M.failed(status, err) end
    return packed
end

-- The table of columns that a call (err, out, table, ...) gives; `given` as above.
function M.answer(given, options, kept, call)
    local out = ffi.new "custval_table *[1]"
    local packed, message, code, row = M.with_tables(given, kept, function(err, ...) return call(err, out, ...) end)
    if packed == nil then return nil, message, code, row end
    if options and options.packed ~= nil then packed = options.packed end
    return M.columns_of(out[0], packed)
end

-- The same, and a table of the facts that the call (err, out, facts, table, ...) fills.
function M.answer_with_facts(name, given, options, kept, call)
    local facts = M.new_facts(name)
    local columns, message, code, row = M.answer(given, options, kept, function(err, out, ...)
        return call(err, out, facts, ...)
    end)
    if columns == nil then return nil, message, code, row end
    return columns, M.facts_of(name, facts)
end

-- The tables of columns of these names, and `facts`, that a call (err, facts, outs, table, ...) gives, where `outs` lacks
-- those whose option is false.
function M.answers(names, facts_name, given, options, kept, call)
    local facts, outs, result = M.new_facts(facts_name), {}, {}
    for i, name in ipairs(names) do
        if not options or options[name] ~= false then outs[i] = ffi.new "custval_table *[1]" end
    end
    local packed, message, code, row = M.with_tables(given, kept, function(err, ...)
        return call(err, facts, outs, ...)
    end)
    if packed == nil then return nil, message, code, row end
    if options and options.packed ~= nil then packed = options.packed end
    for i, name in ipairs(names) do result[name] = outs[i] and M.columns_of(outs[i][0], packed) end
    result.facts = M.facts_of(facts_name, facts)
    return result
end

-- Turns rows that the library counts from 0 into those of Lua, in a column.
function M.rows_from_one(columns, name)
    local rows = columns[name]
    for i = 1, #rows do rows[i] = rows[i] + 1 end
    return columns
end

-- Objects ----------------------------------------------------------------------------------------------------------

function M.opened(object, noun)
    if object.pointer == nil then error("the " .. noun .. " is closed", 3) end
    return object.pointer
end

function M.close(object, release)
    local pointer = object.pointer
    object.pointer = nil
    if pointer ~= nil then release(ffi.gc(pointer, nil)) end
end

-- A class of objects, whose pointer is freed by that function of the library: its methods, a function that makes one
-- by a call (err, out), with further arguments of with_tables() if there are any, and one that gives the pointer.
function M.class(noun, free)
    local methods, made = {}, ffi.typeof("custval_" .. noun .. " *[1]")
    methods.__index = methods
    local function release(pointer) library[free](pointer) end

    --- An object, or nil and the failure.
    local function new(kept, call, given)
        local out = made()
        local packed, message, code, row = M.with_tables(given or {}, kept, function(err, ...)
            return call(err, out, ...)
        end)
        if packed == nil then return nil, message, code, row end
        return setmetatable({pointer = ffi.gc(out[0], release)}, methods)
    end

    --- Frees the object now.
    function methods:close() M.close(self, release) end

    return methods, new, function(object)
        if type(object) ~= "table" or getmetatable(object) ~= methods then error("a " .. noun .. " expected", 3) end
        return M.opened(object, noun)
    end
end

-- The bytes that a call (err, buffer, capacity, length) writes.
function M.bytes_of(write)
    local length = ffi.new "size_t[1]"
    local status, err = M.call(nil, write, nil, 0, length)
    if status ~= 0 then return M.failed(status, err) end
    local size = tonumber(length[0]) + 1 -- with a NUL of documents
    local buffer = ffi.new("char[?]", size)
    status, err = M.call(nil, write, buffer, size, length)
    if status ~= 0 then return M.failed(status, err) end
    return ffi.string(buffer, length[0])
end

function M.text_expected(text)
    if type(text) ~= "string" then error("a string expected, got " .. type(text), 3) end
end

function M.file_given(path, read)
    local file, why = io.open(path, "rb")
    if not file then return nil, why, constants.ERROR_NOT_FOUND end
    local text = file:read("*a")
    file:close()
    return read(text)
end

-- A class of objects that are documents, and what reads one of a text when it is called, and holds `load`.
function M.document_class(noun)
    local methods, new, pointer_of = M.class(noun, "custval_" .. noun .. "_free")
    local parse, write = "custval_" .. noun .. "_parse", "custval_" .. noun .. "_write"
    local function read(_, text)
        M.text_expected(text)
        return new({text}, function(err, out) return library[parse](nil, text, #text, out, err) end)
    end

    --- The document.
    function methods:to_json()
        local pointer = pointer_of(self)
        return M.bytes_of(function(err, buffer, size, length)
            return library[write](pointer, buffer, size, length, err)
        end)
    end

    --- Whether both have the same document.
    function methods.__eq(first, second) return first:to_json() == second:to_json() end

    return methods, new, pointer_of, setmetatable({
        load = function(path) return M.file_given(path, function(text) return read(nil, text) end) end,
    }, {__call = read})
end

-- The names that a function of the library gives of an object.
function M.names_of(pointer, count, name)
    local names = {}
    for i = 1, tonumber(count) do names[i] = ffi.string(name(pointer, i - 1)) end
    return names
end

return M
