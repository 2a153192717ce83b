-- From a file of transactions to the customers of most lifetime value: lua lifetimes.lua [transactions.csv [end]]
-- SPDX-License-Identifier: Apache-2.0
local custval = require "custval"
local path, finish = ...
path, finish = path or "examples/cdnow/transactions.csv", finish or "1997-09-30"

-- Transactions, some thousand rows at a time: memory follows the number of purchases.
local history = assert(custval.history {unit = "week"})
local function feed(lines)
    local rows = {customer = {}, date = {}, amount = {}}
    for i, line in ipairs(lines) do
        local customer, date, amount = line:match "^(%d+),([%d-]+),.-([%d.]+)%s*$"
        rows.customer[i], rows.date[i], rows.amount[i] = tonumber(customer), date, tonumber(amount)
    end
    rows.n = #lines
    assert(history:add(rows))
end

local lines, is_header = {}, true
for line in io.lines(path) do
    if not is_header then lines[#lines + 1] = line end
    is_header = false
    if #lines == 4096 then
        feed(lines)
        lines = {}
    end
end
feed(lines)

-- How often they buy, and for how much.
local customers = assert(history:customers {["end"] = finish})
local purchases = assert(custval.lifetime.fit(customers, {model = "bgnbd", unit = "week", to = finish}))
local spend = assert(custval.lifetime.fit(customers, {model = "gamma-gamma"}))
local model = assert(purchases:with_spend(spend))
local parameters = model:parameters()
for i, name in ipairs(parameters.name) do
    print(("%-6s %8.4f  (%.4f to %.4f)"):format(name, parameters.value[i], parameters.low[i], parameters.high[i]))
end

-- What the next year brings, at 10 % a year and a margin of 30 %.
local forecast = assert(model:predict(customers, {horizon = 52, rate = 0.10, rate_period = 52.1775, margin = 0.3}))
local order, total = {}, 0
for row, value in ipairs(forecast.value) do
    order[row], total = row, total + value
end
table.sort(order, function(a, b)
    if forecast.value[a] ~= forecast.value[b] then return forecast.value[a] > forecast.value[b] end
    return a < b
end)
print(("%d customers are worth %.0f; the best:"):format(#order, total))
for i = 1, 3 do
    local row = order[i]
    print(("customer %4d: alive %.3f, %5.2f purchases of %6.2f, value %7.2f"):format(customers.customer[row],
        forecast.alive[row], forecast.expected[row], forecast.spend[row], forecast.value[row]))
end
