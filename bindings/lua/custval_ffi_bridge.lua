-- custval for LuaJIT by its FFI: what custval_ffi.lua is made of: failures, vectors, options, columns.
-- SPDX-License-Identifier: Apache-2.0
local ffi = require "ffi"
local constants = require "custval_cdef"

local ABI = 0

local library = ffi.load(os.getenv("CUSTVAL_LIBRARY") or (ffi.os == "Linux" and "libcustval.so." .. ABI or "custval"))
if library.custval_abi_version() ~= ABI then
    error(("custval_ffi is for interface %d, but the library has %d"):format(ABI, library.custval_abi_version()))
end

local doubles, texts, statuses = ffi.typeof "double[?]", ffi.typeof "custval_text[?]", ffi.typeof "uint32_t[?]"
local strings = ffi.typeof "const char *[?]"
local nan = 0 / 0
local M = {library = library, constants = constants, doubles = doubles, texts = texts, statuses = statuses}

-- Failures ---------------------------------------------------------------------------------------------------------

function M.new_error()
    local err = ffi.new("custval_error")
    err.struct_size, err.node, err.row = ffi.sizeof(err), constants.NONE, ffi.cast("size_t", -1)
    return err
end

function M.failed(status, err)
    local message = err.message[0] ~= 0 and ffi.string(err.message)
        or ffi.string(library.custval_status_description(status))
    local row = tonumber(err.row)
    if row < 2 ^ 53 then return nil, message, status, row + 1 end
    return nil, message, status
end

-- "No answer": nil, false, and the null of JSON libraries: a light userdata of NULL.
function M.is_missing(value)
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
        for i = 1, #from do made.numbers[i - 1] = M.is_missing(from[i]) and nan or from[i] end
    end
    return made
end

-- Options ----------------------------------------------------------------------------------------------------------

local function word_value(member, name, word)
    if type(word) ~= "string" then error(("%s: a word expected, got %s"):format(name, type(word)), 0) end
    if member.words then return member.words[word] or error(("%s: %q is not known"):format(name, word), 0) end
    local value, err = ffi.new "uint32_t[1]", M.new_error()
    if library.custval_word_value(member.vocabulary, word, value, err) ~= 0 then
        error(name .. ": " .. ffi.string(err.message), 0)
    end
    return value[0]
end

M.word_value = word_value

-- Bits of one word, of an array of words, or of "all".
local function bits_value(member, name, words)
    local value = 0
    if words == "all" then
        for i = 0, 30 do
            local one = 2 ^ i
            if member.vocabulary and library.custval_word(member.vocabulary, one) ~= nil then value = value + one end
        end
        for _, one in pairs(member.words or {}) do value = bit.bor(value, one) end
        return value
    end
    if type(words) ~= "table" then words = {words} end
    for _, word in ipairs(words) do value = bit.bor(value, word_value(member, name, word)) end
    return value
end

function M.text_value(name, value)
    if type(value) ~= "string" then error(("%s: a string expected, got %s"):format(name, type(value)), 0) end
    if value:find("\0", 1, true) then error(name .. ": a string with a NUL in it", 0) end
    return value
end

-- Numbers of an array or a vector, how many, and what must stay alive with them.
function M.numbers_value(name, value)
    if M.is_vector(value) then return value.numbers, #value, value end
    if type(value) ~= "table" then
        error(("%s: an array of numbers expected, got %s"):format(name, type(value)), 0)
    end
    local made = doubles(#value + 1)
    for i = 1, #value do
        if type(value[i]) ~= "number" and not M.is_missing(value[i]) then
            error(("%s: entry %d is not a number"):format(name, i), 0)
        end
        made[i - 1] = M.is_missing(value[i]) and nan or value[i]
    end
    return made, #value, made
end

local setters = {}

local function counted(into, member, name, count)
    if into[member.count] ~= 0 and into[member.count] ~= count then
        error(("%s: %d entries, but its neighbours ask for %d"):format(name, count, tonumber(into[member.count])), 0)
    end
    into[member.count] = count
end

function setters.TEXT(into, _, name, value, kept)
    kept[#kept + 1] = M.text_value(name, value)
    into[name] = value
end

function setters.DOUBLE(into, member, name, value)
    if type(value) ~= "number" then error(("%s: a number expected, got %s"):format(name, type(value)), 0) end
    into[name] = value
    if member.given then into[member.given] = 1 end
end

-- The number of up to 64 bits that a text of digits stands for, or nil.
local function digits_value(text)
    local value, most = ffi.cast("uint64_t", 0), ffi.cast("uint64_t", ffi.cast("int64_t", -1))
    if not text:find "^%d+$" then return nil end
    for digit in text:gmatch "%d" do
        digit = tonumber(digit)
        if value > (most - digit) / 10 then return nil end
        value = value * 10 + digit
    end
    return value
end

function setters.INTEGER(into, member, name, value)
    if type(value) == "boolean" then value = value and 1 or 0 end
    local most = member.wide and 2 ^ 53 or 4294967295
    if member.wide and type(value) == "string" then
        value = digits_value(value)
    elseif type(value) ~= "number" or value < 0 or value > most or value % 1 ~= 0 then
        value = nil
    end
    if value == nil then
        error(("%s: a whole number from 0 to %s expected"):format(name,
            member.wide and "2^53, or a string of digits," or "4294967295"), 0)
    end
    into[name] = value
end

function setters.WORD(into, member, name, value)
    into[name] = word_value(member, name, value)
end

function setters.BITS(into, member, name, value)
    into[name] = bits_value(member, name, value)
end

function setters.TEXTS(into, member, name, value, kept)
    if type(value) ~= "table" then
        error(("%s: an array of strings expected, got %s"):format(name, type(value)), 0)
    end
    local made = strings(#value + 1)
    for i = 1, #value do
        kept[#kept + 1] = M.text_value(name, value[i])
        made[i - 1] = value[i]
    end
    counted(into, member, name, #value)
    kept[#kept + 1] = made
    into[name] = made
end

function setters.NUMBERS(into, member, name, value, kept)
    local numbers, count, owner = M.numbers_value(name, value)
    counted(into, member, name, count)
    kept[#kept + 1] = owner
    into[name] = numbers
end

-- Rows of one length, as many as are counted, with as many numbers each as `columns` says, or else as there are rows.
function setters.MATRIX(into, member, name, value, kept)
    if type(value) ~= "table" then error(("%s: an array of rows expected, got %s"):format(name, type(value)), 0) end
    local rows, columns = #value, member.columns or #value
    local made = doubles(rows * columns + 1)
    for row = 1, rows do
        local numbers, count = M.numbers_value(name, value[row])
        if count ~= columns then error(("%s: rows of %d numbers expected"):format(name, columns), 0) end
        ffi.copy(made + (row - 1) * columns, numbers, columns * 8)
    end
    counted(into, member, name, rows)
    kept[#kept + 1] = made
    into[name] = made
end

-- A struct with its initial values, filled from a table, whose keys are its members, `packed`, or those of `own`. What
-- must stay alive with it goes into `kept`.
function M.struct_of(name, options, kept, own)
    local described = constants.STRUCTS[name]
    local made = ffi.new(name)
    kept[#kept + 1] = made
    made.struct_size = ffi.sizeof(made)
    for member, value in pairs(described.initial) do made[member] = value end
    if options == nil then return made end
    if type(options) ~= "table" then error("a table of options expected, got " .. type(options), 0) end
    for key, value in pairs(options) do
        local member = described.members[key]
        if member then
            if not (type(value) == "userdata" and M.is_missing(value)) then
                setters[member.type](made, member, key, value, kept)
            end
        elseif not (own and own[key]) then
            error(('unknown option "%s"'):format(tostring(key)), 0)
        end
    end
    return made
end

function setters.STRUCT(into, member, name, value, kept)
    if type(value) ~= "table" then error(("%s: a table expected, got %s"):format(name, type(value)), 0) end
    into[name] = M.struct_of(member.struct, value, kept)
end

-- Two structs with one table of options: that of a call, and how rows are scored, which it points to.
function M.scored(name, options, kept, own)
    local members, scoring = constants.STRUCTS[name].members, constants.STRUCTS.custval_score_options.members
    local function others(known)
        return setmetatable({}, {__index = function(_, key) return known[key] or own[key] end})
    end
    local made = M.struct_of(name, options, kept, others(scoring))
    made.score = M.struct_of("custval_score_options", options, kept, others(members))
    return made
end

-- Facts: an empty struct, and what the library wrote into it as a table.
function M.new_facts(name)
    local made = ffi.new(name)
    made.struct_size = ffi.sizeof(made)
    return made
end

function M.facts_of(name, facts)
    local result = {}
    for member, described in pairs(constants.STRUCTS[name].members) do
        local number = tonumber(facts[member])
        if described.type == "WORD" then
            local word = library.custval_word(described.vocabulary, number)
            result[member] = word ~= nil and ffi.string(word) or nil
        else
            result[member] = number
        end
    end
    return result
end

-- Raises unless all of these terms are given.
function M.check_terms(terms, needed)
    if type(terms) ~= "table" then error("a table of terms expected, got " .. type(terms), 3) end
    for _, key in ipairs(needed) do
        if M.is_missing(terms[key]) then error(key .. " is not given", 3) end
    end
end

-- Columns ----------------------------------------------------------------------------------------------------------

function M.id_text(value, name)
    if value % 1 ~= 0 then error(('column "%s": a text or a whole number expected'):format(name), 0) end
    return ("%.0f"):format(value)
end

local function add_texts(table_, name, column, rows, is_id, kept, err)
    local made = texts(rows + 1)
    for i = 1, rows do
        local value = column[i]
        if is_id and type(value) == "number" and value == value then
            value = M.id_text(value, name)
            kept[#kept + 1] = value
        end
        if type(value) == "string" then
            made[i - 1].data, made[i - 1].length = value, #value
        elseif not M.is_missing(value) and value == value then
            error(('column "%s", row %d: a string expected, got %s'):format(name, i, type(value)), 0)
        end
    end
    return library.custval_table_add_texts(table_, name, made, err)
end

local function holds_texts(column, rows)
    for i = 1, rows do
        if not M.is_missing(column[i]) then return type(column[i]) == "string" end
    end
    return false
end

function M.is_vector(column)
    return type(column) == "cdata" and ffi.istype(vector_type, column)
end

local function length_of(column, name)
    if type(column) == "string" then
        if #column % 8 ~= 0 then error(('column "%s": packed doubles have a multiple of 8 bytes'):format(name), 0) end
        return #column / 8
    elseif type(column) == "table" or M.is_vector(column) then
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
        elseif M.is_missing(value) then
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
    elseif M.is_vector(column) then
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

-- Every column there is, in the order that the array part says, or else of the alphabet.
function M.all_columns(columns, inputs)
    local names, ids = {}, {}
    for _, input in ipairs(inputs or names) do ids[input.name] = input.is_id end
    for i, name in ipairs(columns) do
        if type(name) ~= "string" then
            error(("columns have names, but entry %d is a %s"):format(i, type(name)), 0)
        end
        names[i] = {name = name, is_id = ids[name]}
    end
    if names[1] then return names end
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

-- The library's table of the columns that are read (nil: all), and whether one was packed, or nil and the failure.
-- With a column missing all are given, so that the library can say which names are similar. `kept` gets what must stay
-- alive with the table.
function M.table_of(columns, inputs, kept)
    if type(columns) ~= "table" then error("a table of columns expected, got " .. type(columns), 0) end
    local err, out, packed, wanted = M.new_error(), ffi.new("custval_table *[1]"), false, inputs
    if inputs == nil then wanted = M.all_columns(columns) end
    for _, input in ipairs(wanted) do
        if columns[input.name] == nil then wanted = M.all_columns(columns, inputs) end
    end
    local rows = rows_of(columns, wanted)
    local status = library.custval_table_new(nil, rows, out, err)
    if status ~= 0 then return M.failed(status, err) end
    local made = ffi.gc(out[0], release_table)
    for _, input in ipairs(wanted) do
        local column = columns[input.name]
        if column ~= nil then
            packed = packed or type(column) ~= "table"
            status = add_column(made, input.name, column, rows, input.is_id, kept, err)
            if status ~= 0 then return M.failed(status, err) end
        end
    end
    return made, packed
end

local function texts_of(table_, column, rows)
    local made, text = {}, ffi.new "custval_text"
    for row = 1, rows do
        local status = library.custval_table_text(table_, column, row - 1, text, nil)
        made[row] = status == 0 and text.data ~= nil and ffi.string(text.data, text.length)
    end
    return made
end

-- A table of columns from the library's table, which is freed.
function M.columns_of(pointer, packed)
    local made, description, number = ffi.gc(pointer, release_table), ffi.new "custval_column", doubles(1)
    local rows, result = tonumber(library.custval_table_rows(made)), {}
    description.struct_size = ffi.sizeof(description)
    for column = 0, tonumber(library.custval_table_columns(made)) - 1 do
        local name = ffi.string(library.custval_table_name(made, column))
        result[column + 1] = name
        if library.custval_table_column(made, column, description, nil) == 0
            and description.type >= constants.TYPE_UTF8 then
            result[name] = texts_of(made, column, rows)
        else
            local numbers = packed and M.vector(rows) or {}
            for row = 1, rows do
                library.custval_table_number(made, column, row - 1, number, nil)
                numbers[row] = number[0]
            end
            result[name] = numbers
        end
    end
    library.custval_table_free(ffi.gc(made, nil))
    return result
end

return M
