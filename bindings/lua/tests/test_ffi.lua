-- The fast path by LuaJIT's FFI: the interface, results and bits of the module in C.
-- SPDX-License-Identifier: Apache-2.0
local H = require "harness"
if not rawget(_G, "jit") then return end
local custval, fast = require "custval", require "custval_ffi"
local test, eq, same, raises = H.test, H.eq, H.same, H.raises

for _, case in ipairs(H.vectors "scoring") do
    test("FFI, scoring: " .. case.id, function()
        local system, message, code = fast.loads(case.document)
        if case.error then
            if system then
                local result
                result, message, code = system:score(case.data, case.options)
                eq(result, nil, "result")
            end
            eq(custval.describe(code), case.error, message)
            assert(message:find(case.message_part, 1, true), message)
            return
        end
        local scores = assert(assert(system, message):score(case.data, case.options))
        for name, column in pairs(case.exact) do
            for row = 1, #column do same(scores[name][row], column[row], name .. " of row " .. row) end
        end
        local scorer = assert(system:scorer(case.options))
        for row = 1, case.data.n do
            local answers = {}
            for name, column in pairs(case.data) do answers[name] = type(column) == "table" and column[row] or nil end
            local result = scorer:row(answers)
            for _, name in ipairs(scores) do
                local one = result[name]
                if one == nil then one = 0 / 0 end
                same(one, scores[name][row], ("%s of row %d alone"):format(name, row))
            end
        end
    end)
end

test("FFI: sizes, offsets and constants are those of the C compiler", function()
    local ffi, constants = require "ffi", require "custval_cdef"
    local facts = dofile(os.getenv "CUSTVAL_FACTS")
    local structs = 0
    for struct, members in pairs(facts.sizes) do
        structs = structs + 1
        for member, offset in pairs(members) do
            if member == 1 then eq(ffi.sizeof(struct), offset, struct) else eq(ffi.offsetof(struct, member), offset,
                struct .. "." .. member) end
        end
    end
    assert(structs > 30)
    for name, value in pairs(facts.values) do
        if not name:find "VERSION" and value < 2 ^ 53 then eq(constants[name], value, name) end
    end
end)

test("FFI: tables, vectors and packed strings", function()
    local system = assert(fast.loads(H.document))
    local plain, vectors, bytes = assert(system:score(H.answers)), {}, {}
    for name, column in pairs(H.answers) do
        vectors[name] = fast.vector(column)
        bytes[name] = custval.vector(column):bytes()
        eq(vectors[name]:bytes(), bytes[name])
    end
    for _, input in ipairs {vectors, bytes} do
        local scores = assert(system:score(input))
        eq(tostring(scores.value), "custval.vector of 4 numbers")
        for row = 1, 4 do same(scores.value[row], plain.value[row]) end
    end
    eq(type(assert(system:score(vectors, {packed = false})).value), "table")
    eq(table.concat(plain, " "), "value benefit sacrifice coverage status")
end)

test("FFI: no answer, misuse, closing", function()
    local system = assert(fast.loads(H.document))
    local scores = assert(system:score {n = 4, q1 = {nil, false, 0 / 0, H.null}, q2 = {1, 1, 1, 1}, q3 = {1, 1, 1, 1}})
    for row = 1, 4 do same(scores.value[row], scores.value[1]) end
    eq(system:score_row({}).value, nil)
    same(system:score_row({q1 = 10, q2 = 5, q3 = 1}).value, system:score(H.answers).value[1])
    raises("a number expected, got string", system.score_row, system, {q1 = "x"})
    raises('unknown option "x"', system.score, system, H.answers, {x = 1})
    raises("levels", system.score, system, H.answers, {levels = "x"})
    raises("has 2 rows", system.score, system, {q1 = {1}, q2 = {1, 2}, q3 = {1}})
    raises("a table of columns expected", system.score, system, 5)
    raises("outside the vector", function() fast.vector(2)[3] = 1 end)
    H.fails(custval.status.NOT_FOUND, "q3", system:score {q1 = {1}, q2 = {1}})
    H.fails(custval.status.NOT_FOUND, "nobody", system:score(H.answers, {profile = "nobody"}))
    H.fails(custval.status.NOT_FOUND, "/no/such", fast.load "/no/such/file")
    system:close()
    system:close()
    raises("the system is closed", system.score_row, system, {})
    raises("the system is closed", system.score, system, {})
    eq(fast.version, custval.version)
end)

test("FFI: memory stays flat", function()
    local system = assert(fast.loads(H.document))
    local function resident()
        local file = assert(io.open "/proc/self/statm")
        local pages = file:read("*a"):match "^%d+ (%d+)"
        file:close()
        return tonumber(pages) * 4
    end
    local function cycles(count)
        for _ = 1, count do
            system:score {q1 = {5}, q2 = {6}, q3 = {7}}
            system:score_row {q1 = 5, q2 = 6, q3 = 7}
        end
        for _ = 1, count / 10 do fast.loads(H.document):score {q1 = {5}} end
        collectgarbage()
        collectgarbage()
    end
    cycles(5000)
    local before = resident()
    cycles(50000)
    assert(resident() - before < 4096, resident() - before)
end)
