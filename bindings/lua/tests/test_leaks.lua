-- Memory stays flat over many cycles of everything, failures included.
-- SPDX-License-Identifier: Apache-2.0
local H = require "harness"
local custval = require "custval"

local function resident()
    local file = io.open "/proc/self/statm"
    if not file then return end
    local pages = file:read("*a"):match "^%d+ (%d+)"
    file:close()
    return tonumber(pages) * 4
end

local hotel = assert(custval.loads(H.document))

local function flat(name, cycles, body)
    if not resident() then
        H.skip(name, "no /proc/self/statm")
        return
    end
    H.test(name, function()
        for _ = 1, cycles / 10 do body() end
        collectgarbage()
        collectgarbage()
        local before = resident()
        for _ = 1, cycles do body() end
        collectgarbage()
        collectgarbage()
        local grown = resident() - before
        assert(grown < 4096, ("%d KiB more after %d cycles"):format(grown, cycles))
    end)
end

flat("100,000 rows scored leave nothing", 100000, function()
    hotel:score_row {q1 = 5, q2 = 6, q3 = 7}
end)

flat("100,000 tables scored leave nothing", 100000, function()
    hotel:score {q1 = {5}, q2 = {6}, q3 = {7}}
end)

flat("100,000 failures and errors leave nothing", 100000, function()
    hotel:score {q1 = {5}, q2 = {6}}
    pcall(hotel.score, hotel, {q1 = {5}, q2 = {true}, q3 = {7}})
    custval.loads "{"
end)

flat("systems loaded and dropped leave nothing", 5000, function()
    local system = custval.loads(H.document)
    system:scorer():row {q1 = 1}
    system:builder():build()
end)

flat("explanations, weights and summaries leave nothing", 3000, function()
    hotel:explain(H.answers, 1)
    hotel:compare(H.answers)
    local set = custval.weights.ahp {names = {"quality", "range"}, matrix = {{1, 3}, {1 / 3, 1}}}
    set:apply(hotel)
    custval.weights.ahp {names = {"quality", "range"}, matrix = {{1, -3}, {1 / 3, 1}}}
    pcall(custval.weights.ahp, {names = {"quality", "range"}, matrix = {{1, "x"}, {1 / 3, 1}}})
    local summary = custval.summary {columns = {"q1"}, parts = {"quantiles"}}
    summary:add(H.answers):tobytes()
    summary:add {q1 = {1 / 0}}
    custval.uncertainty.draw(hotel, {draws = 10})
end)

flat("large vectors leave nothing", 200, function()
    local column = custval.vector(50000)
    hotel:score {q1 = column, q2 = column, q3 = column}
end)
