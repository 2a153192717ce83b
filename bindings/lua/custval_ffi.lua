-- custval for LuaJIT by its FFI: load, loads, score, score_row, vector, with the interface of the module in C.
-- SPDX-License-Identifier: Apache-2.0

--- The fast path for LuaJIT: no compiled module, only the library itself.
-- `local custval = require "custval_ffi"` has `load`, `loads` and `vector`; systems have `score`, `score_row`,
-- `scorer` and
-- `close`, as in the module `custval`, with the same arguments, results, failures and bits. Everything else is there
-- only.
-- The environment variable CUSTVAL_LIBRARY names the library's file, if it is not where the system looks.
-- @module custval_ffi

local ffi = require "ffi"
local constants = require "custval_cdef"

local ABI = 0

local library = ffi.load(os.getenv("CUSTVAL_LIBRARY") or (ffi.os == "Linux" and "libcustval.so." .. ABI or "custval"))
if library.custval_abi_version() ~= ABI then
    error(("custval_ffi is for interface %d, but the library has %d"):format(ABI, library.custval_abi_version()))
end

local doubles, texts, statuses = ffi.typeof "double[?]", ffi.typeof "custval_text[?]", ffi.typeof "uint32_t[?]"
local nan = 0 / 0
local M = {version = ffi.string(library.custval_version_string())}

-- Failures ---------------------------------------------------------------------------------------------------------

local function new_error()
    local err = ffi.new("custval_error")
    err.struct_size, err.node, err.row = ffi.sizeof(err), constants.NONE, ffi.cast("size_t", -1)
    return err
end

local function failed(status, err)
    local message = err.message[0] ~= 0 and ffi.string(err.message)
        or ffi.string(library.custval_status_description(status))
    local row = tonumber(err.row)
    if row < 2 ^ 53 then return nil, message, status, row + 1 end
    return nil, message, status
end

-- "No answer": nil, false, and the null of JSON libraries: a light userdata of NULL.
local function is_missing(value)
    return value == nil or value == false or (type(value) == "userdata" and ffi.cast("void *", value) == nil)
end

-- Vectors ----------------------------------------------------------------------------------------------------------

local vector_methods = {}

--- Numbers of a vector as an array.
function vector_methods:table()
    local result = {}
    for i = 1, self.count do result[i] = self.numbers[i - 1] end
    return result
end

--- Numbers of a vector as a string of packed doubles.
function vector_methods:bytes()
    return ffi.string(self.numbers, self.count * 8)
end

local vector_type = ffi.metatype("struct { int32_t count, reserved; double numbers[?]; }", {
    __len = function(self) return self.count end,
    __index = function(self, key)
        if type(key) ~= "number" then return vector_methods[key] end
        if key >= 1 and key <= self.count and key % 1 == 0 then return self.numbers[key - 1] end
    end,
    __newindex = function(self, key, value)
        if type(key) ~= "number" or key < 1 or key > self.count or key % 1 ~= 0 then error("outside the vector", 2) end
        self.numbers[key - 1] = value or nan
    end,
    __tostring = function(self) return "custval.vector of " .. self.count .. " numbers" end,
})

--- A vector of `count` zeros, of an array of numbers, or of a string of packed doubles.
function M.vector(from)
    local made
    if type(from) == "number" then
        made = vector_type(from)
        made.count = from
    elseif type(from) == "string" then
        if #from % 8 ~= 0 then error("packed doubles have a multiple of 8 bytes", 2) end
        made = vector_type(#from / 8)
        made.count = #from / 8
        ffi.copy(made.numbers, from, #from)
    else
        made = vector_type(#from)
        made.count = #from
        for i = 1, #from do made.numbers[i - 1] = is_missing(from[i]) and nan or from[i] end
    end
    return made
end

-- Options ----------------------------------------------------------------------------------------------------------

local function word_value(prefix, word, what)
    local value = type(word) == "string" and constants[prefix .. word:upper():gsub("-", "_")]
    if not value then error(("%s: %q is not known"):format(what, tostring(word)), 4) end
    return value
end

local function levels_value(levels)
    if levels == "all" then return 127 end
    if type(levels) ~= "table" then levels = {levels} end
    local value = 0
    for _, level in ipairs(levels) do value = bit.bor(value, word_value("LEVEL_", level, "levels")) end
    return value
end

local texts_of_options = {as_of = true, profile = true, context = true, language = true}

-- The struct, and what must stay alive with it.
local function score_options(options)
    local made, kept = ffi.new("custval_score_options"), {}
    made.struct_size = ffi.sizeof(made)
    for name, value in pairs(options or kept) do
        if texts_of_options[name] then
            if type(value) ~= "string" then error(("%s: a string expected, got %s"):format(name, type(value)), 3) end
            kept[name] = value
            made[name] = value
        elseif name == "levels" then
            made.levels = levels_value(value)
        elseif name == "coverage" then
            made.coverage = word_value("COVERAGE_", value, "coverage")
        elseif name ~= "packed" then
            error(('unknown option "%s"'):format(tostring(name)), 3)
        end
    end
    return made, kept
end

-- Columns ----------------------------------------------------------------------------------------------------------

local id_roles = bit.bor(constants.INPUT_PROFILE, constants.INPUT_CONTEXT, constants.INPUT_OVERRIDE)

local function id_text(value, name)
    if value % 1 ~= 0 then error(('column "%s": a text or a whole number expected'):format(name), 0) end
    return ("%.0f"):format(value)
end

local function add_texts(table_, name, column, rows, is_id, kept, err)
    local made = texts(rows + 1)
    for i = 1, rows do
        local value = column[i]
        if is_id and type(value) == "number" and value == value then
            value = id_text(value, name)
            kept[#kept + 1] = value
        end
        if type(value) == "string" then
            made[i - 1].data, made[i - 1].length = value, #value
        elseif not is_missing(value) and value == value then
            error(('column "%s", row %d: a string expected, got %s'):format(name, i, type(value)), 0)
        end
    end
    return library.custval_table_add_texts(table_, name, made, err)
end

local function holds_texts(column, rows)
    for i = 1, rows do
        if not is_missing(column[i]) then return type(column[i]) == "string" end
    end
    return false
end

local function is_vector(column)
    return type(column) == "cdata" and ffi.istype(vector_type, column)
end

local function length_of(column, name)
    if type(column) == "string" then
        if #column % 8 ~= 0 then error(('column "%s": packed doubles have a multiple of 8 bytes'):format(name), 0) end
        return #column / 8
    elseif type(column) == "table" or is_vector(column) then
        return #column
    end
    error(('column "%s": an array, a vector or a string of packed doubles expected, got %s'):format(name,
        type(column)), 0)
end

local function numbers_of(name, column, rows)
    local made = doubles(rows + 1)
    for i = 1, rows do
        local value = column[i]
        if type(value) == "number" then
            made[i - 1] = value
        elseif is_missing(value) then
            made[i - 1] = nan
        else
            error(('column "%s", row %d: a number expected, got %s'):format(name, i, type(value)), 0)
        end
    end
    return made
end

local function add_column(table_, name, column, rows, is_id, kept, err)
    if type(column) == "table" then
        if is_id or holds_texts(column, rows) then return add_texts(table_, name, column, rows, is_id, kept, err) end
        column = numbers_of(name, column, rows)
    elseif is_vector(column) then
        kept[#kept + 1] = column
        column = column.numbers
    elseif tonumber(ffi.cast("uintptr_t", ffi.cast("const char *", column))) % 8 == 0 then
        kept[#kept + 1] = column
        column = ffi.cast("const double *", ffi.cast("const char *", column))
    else
        local copy = doubles(#column / 8)
        ffi.copy(copy, column, #column)
        column = copy
    end
    kept[#kept + 1] = column
    return library.custval_table_add_doubles(table_, name, column, err)
end

local function rows_of(columns, wanted)
    local declared = type(columns.n) == "number" and columns.n or nil
    local rows, first = declared or 0, nil
    for _, input in ipairs(wanted) do
        local column = columns[input.name]
        if column ~= nil and type(column) ~= "number" then
            local length = length_of(column, input.name)
            if not declared and not first then
                first, rows = input.name, length
            elseif length ~= rows and not (declared and type(column) == "table" and length < rows) then
                error(('column "%s" has %d rows, but %s %d'):format(input.name, length,
                    declared and "n is" or 'column "' .. first .. '" has', rows), 0)
            end
        end
    end
    return rows
end

-- Every column there is, so that the library can say which names are similar to one that is missing.
local function all_columns(columns, inputs)
    local names, ids = {}, {}
    for _, input in ipairs(inputs) do ids[input.name] = input.is_id end
    for name, column in pairs(columns) do
        if type(name) == "string" and type(column) ~= "number" then names[#names + 1] = {name = name,
            is_id = ids[name]} end
    end
    table.sort(names, function(a, b) return a.name < b.name end)
    return names
end

local function release_table(pointer)
    library.custval_table_free(pointer)
end

-- The library's table and whether a column was packed, or nil and the failure. `kept` gets what must stay alive with
-- it.
local function table_of(columns, inputs, kept)
    if type(columns) ~= "table" then error("a table of columns expected, got " .. type(columns), 0) end
    local err, out, packed, wanted = new_error(), ffi.new("custval_table *[1]"), false, inputs
    for _, input in ipairs(inputs) do
        if columns[input.name] == nil then wanted = all_columns(columns, inputs) end
    end
    local rows = rows_of(columns, wanted)
    local status = library.custval_table_new(nil, rows, out, err)
    if status ~= 0 then return failed(status, err) end
    local made = ffi.gc(out[0], release_table)
    for _, input in ipairs(wanted) do
        local column = columns[input.name]
        if column ~= nil then
            packed = packed or type(column) ~= "table"
            status = add_column(made, input.name, column, rows, input.is_id, kept, err)
            if status ~= 0 then return failed(status, err) end
        end
    end
    return made, packed
end

-- Systems ----------------------------------------------------------------------------------------------------------

local System, Scorer = {}, {}
System.__index, Scorer.__index = System, Scorer

local function release_system(pointer)
    library.custval_system_free(pointer)
end

local function release_scorer(pointer)
    library.custval_scorer_free(pointer)
end

local function opened(object, noun)
    if object.pointer == nil then error("the " .. noun .. " is closed", 3) end
    return object.pointer
end

local function inputs_of(pointer)
    local inputs, input = {}, ffi.new("custval_input")
    input.struct_size = ffi.sizeof(input)
    for i = 0, library.custval_system_inputs(pointer) - 1 do
        if library.custval_system_input(pointer, i, input, nil) == 0 then
            inputs[i + 1] = {
                name = ffi.string(input.column),
                is_text = input.is_text ~= 0,
                is_id = bit.band(input.roles, id_roles) ~= 0,
            }
        end
    end
    return inputs
end

--- A system from the text of a document.
function M.loads(text)
    if type(text) ~= "string" then error("a string expected, got " .. type(text), 2) end
    local err, out = new_error(), ffi.new("custval_system *[1]")
    local status = library.custval_system_parse(nil, text, #text, out, err)
    if status ~= 0 then return failed(status, err) end
    local pointer = ffi.gc(out[0], release_system)
    return setmetatable({pointer = pointer, inputs_ = inputs_of(pointer)}, System)
end

--- A system from a file.
function M.load(path)
    local file, why = io.open(path, "rb")
    if not file then return nil, why, constants.ERROR_NOT_FOUND end
    local text = file:read("*a")
    file:close()
    return M.loads(text)
end

--- A scorer: a system with options and the memory to score.
function System:scorer(options)
    local pointer = opened(self, "system")
    local made, kept = score_options(options)
    local err, out = new_error(), ffi.new("custval_scorer *[1]")
    local status = library.custval_scorer_new(pointer, made, out, err)
    if status ~= 0 then return failed(status, err) end
    local scorer = ffi.gc(out[0], release_scorer)
    local names = {}
    for i = 0, library.custval_scorer_columns(scorer) - 1 do
        names[i + 1] = ffi.string(library.custval_scorer_column_name(scorer, i))
    end
    local inputs = self.inputs_
    return setmetatable({
        pointer = scorer, inputs = inputs, names = names, kept = kept, kept_row = {}, numbers = doubles(#inputs + 1),
        texts = texts(#inputs + 1), scores = doubles(#names + 1), status = statuses(1),
            packed = options and options.packed,
    }, Scorer)
end

--- Scores of every row.
function Scorer:score(columns)
    local scorer = opened(self, "scorer")
    self.kept_columns = {} -- in the object, where no compiler can think that it is not needed
    local table_, packed, code, row = table_of(columns, self.inputs, self.kept_columns)
    if not table_ then return nil, packed, code, row end
    if self.packed ~= nil then packed = self.packed end
    local rows, names = tonumber(library.custval_table_rows(table_)), self.names
    local vectors, pointers, result = {}, ffi.new("double *[?]", #names + 1), {}
    for i, name in ipairs(names) do
        vectors[i] = M.vector(rows)
        pointers[i - 1] = vectors[i].numbers
        result[i] = name
    end
    local marks, err = statuses(rows + 1), new_error()
    local status = library.custval_scorer_table(scorer, table_, pointers, marks, err)
    library.custval_table_free(ffi.gc(table_, nil))
    self.kept_columns = nil
    if status ~= 0 then return failed(status, err) end
    for i, name in ipairs(names) do result[name] = packed and vectors[i] or vectors[i]:table() end
    local numbers = packed and M.vector(rows) or {}
    for i = 1, rows do numbers[i] = marks[i - 1] end
    result[#names + 1], result.status = "status", numbers
    return result
end

--- Scores of one row, a table of answers by column.
function Scorer:row(row)
    local scorer, numbers, answers = opened(self, "scorer"), self.numbers, self.texts
    local kept = self.kept_row
    for i, input in ipairs(self.inputs) do
        local value = row[input.name]
        numbers[i - 1] = nan
        answers[i - 1].data, answers[i - 1].length = nil, 0
        if input.is_text and (type(value) == "string" or (input.is_id and type(value) == "number")) then
            if type(value) == "number" then value = id_text(value, input.name) end
            kept[i] = value
            answers[i - 1].data, answers[i - 1].length = value, #value
        elseif not input.is_text and type(value) == "number" then
            numbers[i - 1] = value
        elseif not is_missing(value) then
            error(('column "%s": a %s expected, got %s'):format(input.name, input.is_text and "string" or "number",
                type(value)), 2)
        end
    end
    if library.custval_scorer_row(scorer, numbers, answers, self.scores, self.status) ~= 0 then
        error("the row could not be scored", 2)
    end
    local result = {status = self.status[0]}
    for i, name in ipairs(self.names) do
        local score = self.scores[i - 1]
        if score == score then result[name] = score end
    end
    return result
end

--- Names of the scores.
function Scorer:columns()
    local names = {}
    for i, name in ipairs(self.names) do names[i] = name end
    return names
end

--- Scores of every row of a table of columns.
function System:score(columns, options)
    local scorer, message, code, row = self:scorer(options)
    if not scorer then return nil, message, code, row end
    return scorer:score(columns)
end

--- Scores of one row.
function System:score_row(row, options)
    opened(self, "system")
    if options == nil and self.row_scorer then return self.row_scorer:row(row) end
    local scorer, message, code = self:scorer(options)
    if not scorer then return nil, message, code end
    if options == nil then self.row_scorer = scorer end
    return scorer:row(row)
end

local function close(object, release)
    local pointer = object.pointer
    object.pointer = nil
    if pointer ~= nil then release(ffi.gc(pointer, nil)) end
end

--- Frees the scorer now.
function Scorer:close()
    close(self, release_scorer)
end

--- Frees the system now.
function System:close()
    if self.row_scorer then self.row_scorer:close() end
    close(self, release_system)
end

return M
