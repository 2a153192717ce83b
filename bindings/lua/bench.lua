-- How fast is it: a million rows of the shipped survey, and one row at a time; as many transactions. lua bench.lua [ROWS], with custval.so
-- on the cpath.
-- SPDX-License-Identifier: Apache-2.0
local directory = arg[0]:match "^(.*)/[^/]*$" or "."
package.path = directory .. "/?.lua;" .. package.path
local custval = require "custval"
local path, rows = directory .. "/../../examples/survey/perceived-value.json", tonumber(arg[1]) or 1000000
local has_jit = rawget(_G, "jit") ~= nil
local system = assert(custval.load(path))

math.randomseed(1)
local names, tables, vectors, bytes = {}, {}, {}, {}
for i, input in ipairs(system:inputs()) do
    local column = {}
    for row = 1, rows do column[row] = math.random(1, 10) end
    names[i], tables[input.column], vectors[input.column] = input.column, column, custval.vector(column)
    bytes[input.column] = vectors[input.column]:bytes()
end
local answers = {}
for _, name in ipairs(names) do answers[name] = tables[name][1] end

local function time(what, body)
    local best = math.huge
    for _ = 1, 5 do
        collectgarbage()
        local start = os.clock()
        body()
        best = math.min(best, os.clock() - start)
    end
    print(("%-8s %-36s %8.1f ms"):format(has_jit and "LuaJIT" or _VERSION:sub(5), what, best * 1000))
end

print(("%d rows, %d columns"):format(rows, #names))
time("module: vectors", function() assert(system:score(vectors)) end)
time("module: packed strings", function() assert(system:score(bytes)) end)
time("module: tables to vectors", function() assert(system:score(tables, {packed = true})) end)
time("module: tables", function() assert(system:score(tables)) end)
time("module: 100,000 times score_row", function()
    for _ = 1, 100000 do system:score_row(answers) end
end)

local sales = {customer = {}, date = {}, amount = {}}
for row = 1, rows do
    sales.customer[row], sales.amount[row] = math.random(1, rows / 10), math.random(1, 100)
    sales.date[row] = ("2025-%02d-%02d"):format(math.random(1, 12), math.random(1, 28))
end

-- From transactions to predictions, by the module or the FFI.
local function customers(name, by)
    local history, found, model
    time(name .. ": history:add", function()
        history = assert(assert(by.history {unit = "week"}):add(sales))
    end)
    time(name .. ": history:customers", function() found = assert(history:customers {["end"] = "2025-12-31"}) end)
    time(name .. ": lifetime.fit", function()
        model = assert(by.lifetime.fit(found, {model = "bgnbd", accept = true}))
    end)
    time(name .. ": lifetime:predict", function() assert(model:predict(found, {horizon = 52})) end)
    local few = {"x", "t_x", "T", x = found.x, t_x = found.t_x, T = found.T}
    time(name .. ": lifetime:predict, three columns", function() assert(model:predict(few, {horizon = 52})) end)
end

customers("module", custval)
if not has_jit then return end

local fast, ffi = require "custval_ffi", require "ffi"
local quick, packed = assert(fast.load(path)), {}
for name, column in pairs(tables) do packed[name] = fast.vector(column) end
time("FFI: vectors", function() assert(quick:score(packed)) end)
time("FFI: packed strings", function() assert(quick:score(bytes)) end)
time("FFI: tables", function() assert(quick:score(tables)) end)
customers("FFI", fast)
time("FFI: 100,000 times score_row", function()
    for _ = 1, 100000 do quick:score_row(answers) end
end)

-- The call itself, on columns and results that are there already.
local library = ffi.load(os.getenv "CUSTVAL_LIBRARY" or "libcustval.so.0")
local scorer = assert(quick:scorer())
local columns, scores = ffi.new "custval_table *[1]", ffi.new("double *[?]", #scorer.names)
assert(library.custval_table_new(nil, rows, columns, nil) == 0)
for name, column in pairs(packed) do
    assert(library.custval_table_add_doubles(columns[0], name, column.numbers, nil) == 0)
end
local kept, statuses = {}, ffi.new("uint32_t[?]", rows)
for i = 1, #scorer.names do
    kept[i] = fast.vector(rows)
    scores[i - 1] = kept[i].numbers
end
time("C: custval_scorer_table", function()
    assert(library.custval_scorer_table(scorer.pointer, columns[0], scores, statuses, nil) == 0)
end)
time("C: custval_score", function()
    local out = ffi.new "custval_table *[1]"
    assert(library.custval_score(quick.pointer, columns[0], nil, out, nil) == 0)
    library.custval_table_free(out[0])
end)
