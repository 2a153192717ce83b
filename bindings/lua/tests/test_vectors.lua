-- The shared vectors but for published answers (test_published.lua): what C, Python and Lua must all compute.
-- SPDX-License-Identifier: Apache-2.0
local H = require "harness"
local custval = require "custval"
local test, eq, near, same = H.test, H.eq, H.near, H.same

-- Scoring -----------------------------------------------------------------------------------------------------------

local function packed(data)
    local columns = {}
    for name, column in pairs(data) do
        columns[name] = column
        if type(column) == "table" and type(column[1]) == "number" then
            local whole = {}
            for row = 1, data.n do whole[row] = column[row] end
            columns[name] = custval.vector(whole)
        end
    end
    return columns
end

local function bit_equal(scores, exact, what)
    for name, column in pairs(exact) do
        for row = 1, #column do same(scores[name][row], column[row], ("%s: %s of row %d"):format(what, name, row)) end
    end
end

local function check_expected(case, scores)
    if case.result_columns then
        eq(#scores, #case.result_columns, "number of columns")
        for i, name in ipairs(case.result_columns) do eq(scores[i], name, "column " .. i) end
    end
    for name, column in pairs(case.expected) do
        for row = 1, case.data.n do
            if name ~= "status" then
                near(scores[name][row], column[row], case.tolerance, ("%s of row %d"):format(name, row))
            else
                local words = custval.status_words(scores.status[row])
                table.sort(words)
                table.sort(column[row])
                eq(table.concat(words, " "), table.concat(column[row], " "), "status of row " .. row)
            end
        end
    end
end

-- One row at a time gives the same bits as the table.
local function check_rows(case, system, scores)
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
end

local pool = custval.threads(2)

for _, case in ipairs(H.vectors "scoring") do
    test("scoring: " .. case.id, function()
        local system, message, code = custval.loads(case.document)
        if system and case.error then
            local result
            result, message, code = system:score(case.data, case.options)
            eq(result, nil, "result")
        end
        if case.error then
            eq(custval.describe(code), case.error, message)
            assert(message:find(case.message_part, 1, true), message)
            return
        end
        assert(system, message)
        local scores = assert(system:score(case.data, case.options))
        check_expected(case, scores)
        bit_equal(scores, case.exact, "tables")
        bit_equal(assert(system:score(packed(case.data), case.options)), case.exact, "vectors")
        local options = {threads = pool}
        for name, value in pairs(case.options or {}) do options[name] = value end
        bit_equal(assert(system:score(case.data, options)), case.exact, "threads")
        check_rows(case, system, scores)
        if not case.expected.status then return end
        for row = 1, case.data.n do
            eq(system:reason(case.data, row, case.options) == "", #case.expected.status[row] == 0,
                "a reason for row " .. row)
        end
    end)
end

-- Rankings ----------------------------------------------------------------------------------------------------------

local function rank_case(case)
    local named, sacrifices, ranges = {}, {}, {}
    for i, name in ipairs(case.columns) do
        named[i] = {name, case.weights[i]}
        if case.sides[i] == "sacrifice" then sacrifices[#sacrifices + 1] = name end
        local range = case.ranges and case.ranges[i]
        if type(range) == "table" and #range == 2 then ranges[name] = range end
    end
    local options = {sacrifices = sacrifices, ranges = ranges}
    for name, value in pairs(case.options or {}) do options[name] = value end
    local result, message, code = custval.rank(case.data, named, options)
    if case.error then
        eq(code, custval.status[case.error], message)
        assert(message:find(case.message_part, 1, true), message)
        return
    end
    assert(result, message)
    for name, column in pairs(case.expected) do H.near_all(result[name], column, case.tolerance, name) end
end

local function fuzzy_case(case)
    local result = assert(custval.fuzzy(assert(custval.loads(case.document)), case.data, case.options))
    local grades = case.options.grades or {"excellent", "good", "fair", "poor", "bad"}
    local rows = {}
    for row, node in ipairs(result.node) do rows[node] = row end
    for node, expected in pairs(case.expected) do
        for i, degree in ipairs(expected.degrees) do near(result[grades[i]][rows[node]], degree, case.tolerance,
            node) end
        eq(result.grade[rows[node]], grades[expected.grade + 1], node)
        near(result.score[rows[node]], expected.score, case.tolerance, node)
    end
end

local kinds = {
    rank = rank_case,
    fuzzy = fuzzy_case,
    ranks = function(case)
        local numbers = {}
        for i, number in ipairs(case.numbers) do numbers[i] = number end
        H.near_all(assert(custval.ranks(numbers, case.ties)), case.expected, case.tolerance)
    end,
}
for _, case in ipairs(H.vectors "ranking") do
    test("ranking: " .. case.id, function() kinds[case.kind](case) end)
end

-- Drivers -----------------------------------------------------------------------------------------------------------

local function drivers_case(case, method, resamples, more)
    local options = {columns = case.columns, sacrifices = case.sacrifices, method = method, resamples = resamples}
    for name, value in pairs(more or {}) do options[name] = value end
    return custval.weights.drivers(case.data, case.outcome, options)
end

local function check_drivers(case)
    if case.error then
        local result, message, code = drivers_case(case, case.method, 0)
        eq(result, nil, "result")
        eq(custval.describe(code), case.error, message)
        assert(message:find(case.message_part, 1, true), message)
        return
    end
    for method, expected in pairs(case.expected.methods) do
        local set, message, code = drivers_case(case, method, 0)
        if expected.error then
            eq(custval.describe(code), expected.error, message)
        else
            assert(set, message)
            H.near_all(H.shares(set), expected.weight, case.tolerance, method .. " weight")
            H.near_all(set:table().importance, expected.importance, case.tolerance, method .. " importance")
            near(set:diagnostic "n", case.expected.n, 0)
        end
    end
    for method, expected in pairs(case.bootstrap and case.bootstrap.methods or {}) do
        local set = assert(drivers_case(case, method, case.bootstrap.resamples, {seed = case.bootstrap.seed,
            level = case.bootstrap.level}))
        H.near_all(set:table().low, expected.low, case.tolerance, method .. " low")
        H.near_all(set:table().high, expected.high, case.tolerance, method .. " high")
    end
end
for _, case in ipairs(H.vectors "drivers") do
    test("drivers: " .. case.id, function() check_drivers(case) end)
end
