-- A few words for tests in plain Lua.
-- SPDX-License-Identifier: Apache-2.0
local H = {passed = 0, failed = 0, skipped = 0, failures = {}}

H.source = os.getenv("CUSTVAL_SOURCE") or "."
H.null = nil -- set by run.lua: the module's null

--- Runs one test; its name is a sentence.
function H.test(name, body)
    local ok, message = xpcall(body, debug.traceback)
    if ok then
        H.passed = H.passed + 1
    else
        H.failed = H.failed + 1
        H.failures[#H.failures + 1] = name .. ": " .. tostring(message)
    end
end

function H.skip(name, why)
    H.skipped = H.skipped + 1
    print("skipped: " .. name .. ": " .. why)
end

local function show(value)
    return type(value) == "number" and ("%.17g"):format(value) or tostring(value)
end

function H.eq(actual, expected, what)
    if actual ~= expected then
        error(("%s is %s, expected %s"):format(what or "it", show(actual), show(expected)), 2)
    end
end

--- The same number to the last bit; NaN equals NaN.
function H.same(actual, expected, what)
    local equal = actual == expected and 1 / actual == 1 / expected or (actual ~= actual and expected ~= expected)
    if type(actual) ~= "number" or not equal then
        error(("%s is %s, expected %s"):format(what or "it", show(actual), show(expected)), 2)
    end
end

--- Within a tolerance; null expects NaN.
function H.within(actual, expected, tolerance, what)
    if expected == H.null then expected = 0 / 0 end
    local near = actual == expected or (actual ~= actual and expected ~= expected)
        or math.abs(actual - expected) <= tolerance
    if not near then error(("%s is %s, expected %s"):format(what or "it", show(actual), show(expected)), 2) end
end

--- Within a tolerance relative to numbers above 1; null expects NaN.
function H.near(actual, expected, tolerance, what)
    local size = type(expected) == "number" and math.abs(expected) or 1
    H.within(actual, expected, size > 1 and size < 1 / 0 and tolerance * size or tolerance, what)
end

local function all(check, actual, expected, tolerance, what)
    H.eq(#actual, #expected, "length of " .. (what or "it"))
    for i = 1, #expected do check(actual[i], expected[i], tolerance, (what or "it") .. " " .. i) end
end

--- Every number of an array, and no more.
function H.near_all(...) all(H.near, ...) end

function H.within_all(...) all(H.within, ...) end

--- The weights of a set, in order.
function H.shares(set)
    local shares, list = set:shares(), {}
    for i, name in ipairs(shares) do list[i] = shares[name] end
    return list
end

--- The call must raise, with a message that holds the text.
function H.raises(text, body, ...)
    local ok, message = pcall(body, ...)
    if ok then error("nothing was raised, expected: " .. text, 2) end
    if not tostring(message):find(text, 1, true) then
        error(("raised %q, expected %q"):format(tostring(message), text), 2)
    end
end

--- Results of a call that must fail: nil, a message that holds the text, and the code.
function H.fails(code, text, result, message, got)
    if result ~= nil then error("the call succeeded, expected: " .. text, 2) end
    if got ~= code then error(("code %s (%s), expected %s"):format(tostring(got), tostring(message), tostring(code)),
        2) end
    if not message:find(text, 1, true) then error(("message %q, expected %q"):format(message, text), 2) end
end

--- The vectors of a file, made by vectors.py.
function H.vectors(name)
    return assert(loadfile(os.getenv("CUSTVAL_VECTORS") .. "/" .. name .. ".lua"))(H.null)
end

--- The columns of rows, whose cells are in the order of the names.
function H.columns(names, rows)
    local columns = {n = #rows}
    for i, name in ipairs(names) do
        columns[name] = {}
        for row = 1, #rows do columns[name][row] = rows[row][i] end
    end
    return columns
end

--- Runs a test with the module in C and, in LuaJIT, with that by its FFI: body(module).
function H.test_both(name, body)
    H.test(name, function() body(require "custval") end)
    if rawget(_G, "jit") then H.test("FFI, " .. name, function() body(require "custval_ffi") end) end
end

-- Memory in use in KiB, or nil where nothing tells. What LuaJIT's FFI holds is freed when the collector comes to it,
-- in any order, and leaves the heap full of holes: there malloc is asked what it gave out. Elsewhere the pages count.
local function memory()
    if rawget(_G, "jit") then
        local ffi = require "ffi"
        pcall(ffi.cdef, [[struct custval_test_mallinfo { size_t field[10]; };
            struct custval_test_mallinfo mallinfo2(void);]])
        local known, info = pcall(function() return ffi.C.mallinfo2() end)
        -- hblkhd and uordblks: mapped by itself, and in use of the arenas.
        if known then return tonumber(info.field[4] + info.field[7]) / 1024 end
    end
    local file = io.open "/proc/self/statm"
    if not file then return end
    local pages = file:read("*a"):match "^%d+ (%d+)"
    file:close()
    return tonumber(pages) * 4
end

--- A body may leave nothing in memory: five rounds of so many cycles, after one that fills up what is free. A leak
--- grows in every round, a heap with holes in one or two: the median of the rounds is judged, a leak of 80 bytes a
--- cycle (at least 256 KiB a round, which is what pages round to) fails.
function H.test_flat(name, cycles, body)
    if not memory() then return H.skip(name, "neither mallinfo2 nor /proc/self/statm") end
    H.test(name, function()
        local before, grown = nil, {}
        for round = 0, 5 do
            for _ = 1, cycles do body() end
            collectgarbage()
            collectgarbage()
            local now = memory()
            grown[round] = before and now - before
            before = now
        end
        local rounds = table.concat(grown, ", ")
        table.sort(grown)
        local bar = math.max(cycles * 80 / 1024, 256)
        assert(grown[3] < bar, ("rounds of %d cycles leave %s KiB"):format(cycles, rounds))
    end)
end

--- Columns of a result: numbers within a tolerance as in near(), texts the same; null is what is missing.
function H.expected(result, expected, tolerance)
    for name, column in pairs(expected) do
        H.eq(#(result[name] or {}), #column, "length of " .. name)
        for row = 1, #column do
            local what = ("%s of row %d"):format(name, row)
            if type(column[row]) == "string" or result[name][row] == false then
                H.eq(result[name][row], column[row] ~= H.null and column[row], what)
            else
                H.near(result[name][row], column[row], tolerance, what)
            end
        end
    end
end

--- The columns of a CSV file without quotes; cells are numbers where they can be, false where they are empty.
function H.csv(path)
    local columns = {}
    for line in io.lines(H.source .. "/" .. path) do
        local i = 0
        for cell in (line .. ","):gmatch "([^,\r]*)\r?," do
            i = i + 1
            if #columns < i then
                columns[i], columns[cell] = cell, {}
            else
                local column = columns[columns[i]]
                column[#column + 1] = cell ~= "" and (tonumber(cell) or cell)
            end
        end
    end
    return columns
end

--- CDNOW with weeks as the unit, as known at an end.
function H.cdnow(finish, holdout_end)
    local custval = require "custval"
    local history = assert(assert(custval.history {unit = "week"}):add(H.csv "examples/cdnow/transactions.csv"))
    return assert(history:customers {["end"] = finish or "1997-09-30", holdout_end = holdout_end}), history
end

H.document = [[{"custval": "system", "version": 1, "id": "hotel", "dimensions": [
  {"id": "product", "side": "benefit", "indicators": [
    {"id": "quality", "weight": 2, "items": [{"column": "q1", "scale": [1, 10]}]},
    {"id": "range", "weight": 1, "items": [{"column": "q2", "scale": [1, 10]}]}]},
  {"id": "money", "side": "sacrifice", "indicators": [
    {"id": "price", "items": [{"column": "q3", "scale": [1, 10]}]}]}]}]]

H.answers = {q1 = {10, 1, 4, 7}, q2 = {5, 6, 7, 8}, q3 = {1, 10, 5, 2}}

return H
