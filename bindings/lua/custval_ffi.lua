-- custval for LuaJIT by its FFI: systems, histories, lifetimes and worth, with the interface of the module in C.
-- SPDX-License-Identifier: Apache-2.0

--- The fast path for LuaJIT: no compiled module, only the library itself.
-- `local custval = require "custval_ffi"` has `load`, `loads`, `from_table`, `vector`, `history`, `lifetime`, `worth`,
-- `equity` and the formulas, and objects with those methods that feed, score, value and predict, and all of
-- satisfaction, links, panels, groups, cohorts, migration, scenarios, programmes and impacts, as in the module
-- `custval`, with the same arguments, results, failures and bits. Everything else is there only.
-- The environment variable CUSTVAL_LIBRARY names the library's file, if it is not where the system looks.
-- @module custval_ffi

local ffi = require "ffi"
local bridge = require "custval_ffi_objects"

local library, constants, failed, new_error = bridge.library, bridge.constants, bridge.failed, bridge.new_error
local is_missing, id_text, table_of, struct_of = bridge.is_missing, bridge.id_text, bridge.table_of, bridge.struct_of
local class, answer, bytes_of, opened, close = bridge.class, bridge.answer, bridge.bytes_of, bridge.opened, bridge.close
local doubles, texts, nan = bridge.doubles, bridge.texts, 0 / 0
local M = {version = ffi.string(library.custval_version_string()), vector = bridge.vector}

-- Keys of options that the library's structs do not have.
local own = {packed = true}

-- Systems ----------------------------------------------------------------------------------------------------------

local id_roles = bit.bor(constants.INPUT_PROFILE, constants.INPUT_CONTEXT, constants.INPUT_OVERRIDE)
local System, Scorer = {}, {}
System.__index, Scorer.__index = System, Scorer

local function release_system(pointer)
    library.custval_system_free(pointer)
end

local function release_scorer(pointer)
    library.custval_scorer_free(pointer)
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

local function system_made(out)
    local pointer = ffi.gc(out[0], release_system)
    return setmetatable({pointer = pointer, inputs_ = inputs_of(pointer)}, System)
end

--- A system from the text of a document.
function M.loads(text)
    if type(text) ~= "string" then error("a string expected, got " .. type(text), 2) end
    local err, out = new_error(), ffi.new("custval_system *[1]")
    local status = library.custval_system_parse(nil, text, #text, out, err)
    if status ~= 0 then return failed(status, err) end
    return system_made(out)
end

--- A system from a file.
function M.load(path)
    return bridge.file_given(path, M.loads)
end

--- A system from a table with one row per item.
function M.from_table(columns)
    local out = ffi.new "custval_system *[1]"
    local packed, message, code, row = bridge.with_tables({{columns = columns}}, {}, function(err, table_)
        return library.custval_system_from_table(nil, table_, out, err)
    end)
    if packed == nil then return nil, message, code, row end
    return system_made(out)
end

--- A scorer: a system with options and the memory to score.
function System:scorer(options)
    local pointer = opened(self, "system")
    local kept = {}
    local made = struct_of("custval_score_options", options, kept, own)
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
        texts = texts(#inputs + 1), scores = doubles(#names + 1), status = bridge.statuses(1),
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
    local marks, err = bridge.statuses(rows + 1), new_error()
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

--- Frees the scorer now.
function Scorer:close()
    close(self, release_scorer)
end

--- Frees the system now.
function System:close()
    if self.row_scorer then self.row_scorer:close() end
    close(self, release_system)
end

-- Histories, lifetimes, worth --------------------------------------------------------------------------------------

local History, new_history, history_of = class("history", "custval_history_free")
local days = {second = 1 / 86400, hour = 1 / 24, day = 1, week = 7, month = 30.4375, quarter = 91.3125, year = 365.25}
local months = {month = 1, quarter = 3, year = 12}

local function periods_in_unit(unit, period)
    if type(unit) ~= "string" then error("unit: a word expected, got " .. type(unit), 0) end
    if not days[unit] or not days[period] or days[unit] < days[period] then
        error(('unit: "%s" is no unit of at least one %s; periods_per_unit takes any number'):format(unit, period), 0)
    end
    return months[period] and months[unit] / months[period] or days[unit] / days[period]
end

local function history_new(_, options)
    local kept = {}
    local made = struct_of("custval_history_options", options, kept, {unit = true, packed = true})
    if options and options.unit ~= nil then
        made.periods_per_unit = periods_in_unit(options.unit, options.period or "day")
    end
    return new_history(kept, function(err, out) return library.custval_history_new(nil, made, out, err) end)
end

--- An empty history; `custval.history.frombytes(bytes)` reads one.
M.history = setmetatable({
    frombytes = function(bytes)
        bridge.text_expected(bytes)
        return new_history({bytes}, function(err, out)
            return library.custval_history_read(nil, bytes, #bytes, out, err)
        end)
    end,
}, {__call = history_new})

--- Feeds transactions.
function History:add(columns)
    local history = history_of(self)
    local packed, message, code, row = bridge.with_tables({{columns = columns}}, {}, function(err, table_)
        return library.custval_history_add(history, table_, err)
    end)
    if packed == nil then return nil, message, code, row end
    return self
end

--- Adds what another history has seen.
function History:merge(other)
    local history, added = history_of(self), history_of(other)
    local status, err = bridge.call(nil, function(err) return library.custval_history_merge(history, added, err) end)
    if status ~= 0 then return failed(status, err) end
    return self
end

--- Turns everything up to a date into totals.
function History:fold(until_)
    local history = history_of(self)
    bridge.text_value("until", until_)
    local status, err = bridge.call(nil, function(err) return library.custval_history_fold(history, until_, err) end)
    if status ~= 0 then return failed(status, err) end
    return self
end

local function view(name)
    return function(self, options)
        local history, kept = history_of(self), {}
        local made = struct_of("custval_history_view", options, kept, own)
        return answer({}, options, kept, function(err, out)
            return library[name](history, made, out, err)
        end)
    end
end

--- One row per customer.
History.customers = view "custval_history_table"
--- One row per unit of time.
History.course = view "custval_history_course"

--- The history as a string of bytes.
function History:tobytes()
    local history = history_of(self)
    return bytes_of(function(err, buffer, size, length)
        return library.custval_history_write(history, buffer, size, length, err)
    end)
end

local Lifetime, new_lifetime, lifetime_of = class("lifetime", "custval_lifetime_free")
local predict_own = {packed = true, spend = true}
M.lifetime = {}

--- Fits a model to customers.
function M.lifetime.fit(columns, options)
    local kept = {}
    local made = struct_of("custval_lifetime_fit_options", options, kept, own)
    return new_lifetime(kept, function(err, out, table_)
        return library.custval_lifetime_fit(table_, made, out, err)
    end, {{columns = columns}})
end

--- A lifetime from the text of a document.
function M.lifetime.loads(text)
    bridge.text_expected(text)
    return new_lifetime({text}, function(err, out)
        return library.custval_lifetime_parse(nil, text, #text, out, err)
    end)
end

--- A lifetime from a file.
function M.lifetime.load(path)
    return bridge.file_given(path, M.lifetime.loads)
end

--- Joins a model of purchases with one of spend.
function Lifetime:with_spend(spend)
    local lifetime, added = lifetime_of(self), lifetime_of(spend)
    return new_lifetime({self, spend}, function(err, out)
        return library.custval_lifetime_with_spend(lifetime, added, out, err)
    end)
end

--- The document.
function Lifetime:to_json()
    local lifetime = lifetime_of(self)
    return bytes_of(function(err, buffer, size, length)
        return library.custval_lifetime_write(lifetime, buffer, size, length, err)
    end)
end

--- Predicts for each customer.
function Lifetime:predict(columns, options)
    local lifetime, kept = lifetime_of(self), {self}
    local made = struct_of("custval_lifetime_predict_options", options, kept, predict_own)
    if options and not is_missing(options.spend) then
        made.spend = lifetime_of(options.spend)
        kept[#kept + 1] = options.spend
    end
    return answer({{columns = columns}}, options, kept, function(err, out, table_)
        return library.custval_lifetime_predict(lifetime, table_, made, out, err)
    end)
end

--- A worth from the text of a document; `custval.worth.load(path)` reads a file.
local Worth, _, worth_of, worth = bridge.document_class "worth"
M.worth = worth

--- The value of each customer.
function Worth:value(columns, options)
    local pointer, inputs = worth_of(self), {}
    for i = 0, tonumber(library.custval_worth_columns(pointer)) - 1 do
        inputs[i + 1] = {name = ffi.string(library.custval_worth_column(pointer, i))}
    end
    for name in pairs(options or inputs) do
        if options and not own[name] then error(('unknown option "%s"'):format(tostring(name)), 2) end
    end
    local given = {columns = columns, inputs = inputs[1] and inputs}
    return answer({given}, options, {self}, function(err, out, table_)
        return library.custval_worth_value(pointer, table_, nil, out, err)
    end)
end

-- Equity, formulas -------------------------------------------------------------------------------------------------

-- One of the two tables, in which segments may be numbers; nil gives none.
local function base_of(columns, segment, kept)
    if is_missing(columns) then return nil, false end
    local given = bridge.with_id(columns, segment)
    local table_, packed, code, row = table_of(given.columns, given.inputs, kept)
    kept[#kept + 1] = table_
    return table_, packed, code, row
end

--- Customer equity by segment and in total; one of the tables may be nil.
function M.equity(current, prospects, options)
    local kept = {}
    local made = struct_of("custval_equity_options", options, kept, own)
    local segment = options and options.segment
    local now, packed, code, row = base_of(current, segment, kept)
    if code then return nil, packed, code, row end
    local later, also_packed
    later, also_packed, code, row = base_of(prospects, segment, kept)
    if code then return nil, also_packed, code, row end
    local out = ffi.new "custval_table *[1]"
    local status, err = bridge.call(kept, function(err) return library.custval_equity(now, later, made, out, err) end)
    if status ~= 0 then return failed(status, err) end
    if options and options.packed ~= nil then return bridge.columns_of(out[0], options.packed) end
    return bridge.columns_of(out[0], packed or also_packed)
end

-- A formula whose terms are a struct of the library: gives one number, or two.
local function formula(struct, name, needed, has_two)
    return function(terms)
        local kept, out, second = {}, doubles(1), has_two and doubles(1)
        bridge.check_terms(terms, needed)
        local made = struct_of(struct, terms, kept)
        local status, err = bridge.call(kept, function(err)
            if second then return library[name](made, out, second, err) end
            return library[name](made, out, err)
        end)
        if status ~= 0 then return failed(status, err) end
        return out[0], second and second[0] or nil
    end
end

-- Named terms in the order of `names`: numbers, and where `arrays` says so arrays with their lengths. `defaults` are
-- those that need not be given.
local function terms_in_order(terms, names, arrays, defaults, kept)
    local needed, known, values = {}, {}, {}
    for _, name in ipairs(names) do
        known[name] = true
        if not defaults[name] then needed[#needed + 1] = name end
    end
    bridge.check_terms(terms, needed)
    for name in pairs(terms) do
        if not known[name] then error(('unknown option "%s"'):format(tostring(name)), 3) end
    end
    for _, name in ipairs(names) do
        local value = terms[name] == nil and defaults[name] or terms[name]
        if arrays[name] then
            local numbers, count, owner = bridge.numbers_value(name, value)
            kept[#kept + 1] = owner
            values[#values + 1], values[#values + 2] = numbers, count
        elseif type(value) == "number" then
            values[#values + 1] = value
        else
            error(("%s: a number expected, got %s"):format(name, type(value)), 3)
        end
    end
    return values
end

-- A formula whose terms are arguments.
local function formula_of(name, names, arrays, defaults)
    return function(terms)
        local kept, out = {}, doubles(1)
        local values = terms_in_order(terms, names, arrays or {}, defaults or {}, kept)
        local count = #values
        values[count + 1] = out
        local status, err = bridge.call(kept, function(err)
            values[count + 2] = err
            return library[name](unpack(values, 1, count + 2))
        end)
        if status ~= 0 then return failed(status, err) end
        return out[0]
    end
end

--- How many times its margin a customer is worth.
M.margin_multiple = formula("custval_multiple_terms", "custval_margin_multiple", {"retention", "rate"})
--- The value of a customer under contract.
M.contractual_value = formula("custval_contract_terms", "custval_contractual_value",
    {"contribution", "retention", "rate", "periods"})
--- The economic value to the customer, and the inducement.
M.economic_value = formula("custval_economic_terms", "custval_economic_value", {"reference_cost", "price"}, true)
--- The net present value of flows.
M.present_value = formula_of("custval_present_value", {"flows", "first", "rate"}, {flows = true}, {first = 0})
--- What owning a product costs over its life.
M.life_cycle_cost = formula_of("custval_life_cycle_cost", {"price", "costs", "residual", "rate"}, {costs = true},
    {residual = 0})
--- The return on a programme.
M.programme_return = formula_of("custval_programme_return", {"gain", "cost"})
--- The most that a change of a probability may cost.
M.allowable_spend = formula_of("custval_allowable_spend", {"before", "after", "value"})
--- P(active) by the simple rule.
M.active_probability = formula_of("custval_active_probability", {"last", "period", "purchases"})

local function optimum(name, names)
    return function(terms)
        local response, out, kept = ffi.new "custval_response", ffi.new "custval_spending", {}
        local values = terms_in_order(terms, names, {}, {}, kept)
        response.ceiling, response.efficiency = values[1], values[2]
        local status, err = bridge.call(response, function(err)
            if names[4] then return library[name](response, values[3], values[4], out, err) end
            return library[name](response, values[3], out, err)
        end)
        if status ~= 0 then return failed(status, err) end
        return {spend = out.spend, share = out.share, value = out.value, allowable = out.allowable}
    end
end

--- The best spending on acquisition.
M.acquisition_optimum = optimum("custval_acquisition_optimum", {"ceiling", "efficiency", "value"})
--- The best spending on retention.
M.retention_optimum = optimum("custval_retention_optimum", {"ceiling", "efficiency", "margin", "rate"})

-- Other subjects ---------------------------------------------------------------------------------------------------

local function system_of(object)
    if type(object) ~= "table" or getmetatable(object) ~= System then error("a system expected", 3) end
    return opened(object, "system"), object.inputs_
end

local new_link = require "custval_ffi_satisfaction"(M, system_of)
require "custval_ffi_plans"(M, system_of, history_of)
require "custval_ffi_impact"(M, system_of, new_link)

return M
