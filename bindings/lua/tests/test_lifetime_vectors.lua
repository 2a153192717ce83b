-- lifetime_and_equity.json, history.json and money.json: published and computed answers, the same cases as in C.
-- SPDX-License-Identifier: Apache-2.0
local H = require "harness"
local custval = require "custval"
local test, eq, near, within = H.test, H.eq, H.near, H.within
local lifetime = custval.lifetime

-- Cases that are not for the interface of Lua.
local elsewhere = {
    ["rfm.orders"] = "its data cannot be distributed; custval.rfm has tests of its own",
}
local known = {}

-- An element of a list; a number stands for itself in every row.
local function nth(value, i)
    if type(value) == "table" then return value[i] end
    return value
end

-- Tolerances there are relative or absolute.
local function as_expected(case, actual, expected, what)
    local tolerance = case.tolerance
    within(actual, expected, (tolerance.abs or 0) + (tolerance.rel or 0) * math.abs(expected), what)
end

-- Fits --------------------------------------------------------------------------------------------------------------

local rounded = {columns = {x = "frequency", t_x = "recency"}}

local function summary()
    return H.csv "examples/cdnow/summary.csv"
end

local function with(options, model)
    local made = {model = model}
    for name, value in pairs(options or {}) do made[name] = value end
    return made
end

local function fitted(case, model, data, options)
    local made, expected, tolerance = assert(lifetime.fit(data, with(options, model))), case.expected, case.tolerance
    local facts, parameters = made:facts(), made:parameters()
    eq(facts.convergence, "optimum")
    eq(facts.model, model)
    within(facts.log_likelihood, expected.loglik, tolerance.loglik_abs, "log_likelihood")
    eq(facts.parameters, #parameters.name)
    for i, name in ipairs(parameters.name) do
        within(parameters.value[i], expected[name], tolerance.params_rel * expected[name], name)
    end
    return made, parameters
end

local function fit(model, data, options)
    return function(case) fitted(case, model, data(), options) end
end

local function survivors_of(case)
    local counts = {}
    for i, percent in ipairs(case.input.survival_percent) do
        counts[i] = math.floor(case.input.cohort_size * percent / 100 + 0.5)
    end
    return assert(lifetime.survivors(counts))
end

local function renewing(model)
    return function(case) fitted(case, model, survivors_of(case), {columns = {count = "count"}}) end
end

known["fit.bgnbd.cdnow"] = fit("bgnbd", summary, rounded)
known["fit.pnbd.cdnow"] = fit("pnbd", summary, rounded)
known["fit.mbgnbd.cdnow"] = fit("mbgnbd", summary, rounded)
known["fit.bgnbd.cdnow.exact"] = fit("bgnbd", H.cdnow)
known["fit.pnbd.cdnow.exact"] = fit("pnbd", H.cdnow)
known["fit.nbd.cdnow"] = fit("nbd", H.cdnow)
known["fit.gg.cdnow.exact"] = fit("gamma-gamma", H.cdnow)
known["fit.gg.cdnow"] = fit("gamma-gamma", function() return H.csv "examples/cdnow/summary_with_spend.csv" end,
    {columns = {mean_spend = "zbar"}})
known["fit.bgbb.donations"] = fit("bgbb", function() return H.csv "examples/cdnow/donations.csv" end,
    {columns = {x = "frequency", t_x = "recency", T = "periods", count = "weights"}})
known["fit.sbg.regular"] = renewing "sbg"
known["fit.bdw.high_end.5"] = renewing "bdw"
known["fit.bdw.regular.5"] = renewing "bdw"
known["fit.bdw.high_end.8"] = renewing "bdw"

known["se.bgnbd.cdnow"] = function(case)
    local errors = assert(lifetime.fit(summary(), with(rounded, "bgnbd"))):parameters().error
    eq(#errors, #case.expected)
    for i, expected in ipairs(case.expected) do as_expected(case, errors[i], expected) end
end

-- Predictions -------------------------------------------------------------------------------------------------------

local function stated(case, model, key)
    model = model or case.method:match "^%a+"
    return assert(lifetime.new(model, case.input[key or "params"]))
end

-- One output of one customer.
local function predicted(model, output, x, t_x, T, horizon, more)
    local options = {outputs = output, horizon = horizon}
    for name, value in pairs(more or {}) do options[name] = value end
    local result = assert(model:predict({x = {x}, t_x = {t_x}, T = {T}}, options))
    eq(result.status[1], 0, "status")
    return result[output][1]
end

local function expectation(case)
    local model, times = stated(case), case.input.t or case.input.n
    local count = type(case.expected) == "table" and #case.expected or 1
    for i = 1, count do
        local t = nth(times, i)
        -- The horizon of all rows is above 0.
        if t > 0 then as_expected(case, predicted(model, "expected", 0, 0, 0, t), nth(case.expected, i)) end
    end
end

-- Several outputs of each customer, in the order of the case.
local function outputs(...)
    local wanted = {...}
    return function(case)
        local model, given, expected = stated(case), case.input, case.expected
        local many = type(expected) == "table" and (#wanted == 1 or type(expected[1]) == "table")
        for row = 1, many and #expected or 1 do
            for i, output in ipairs(wanted) do
                local answer = expected
                if many then answer = expected[row] end
                as_expected(case, predicted(model, output, nth(given.x, row), nth(given.t_x, row), nth(given.T, row),
                    given.t), nth(answer, i), output .. " of row " .. row)
            end
        end
    end
end

local function alive_later(case)
    local model, given = stated(case), case.input
    for row, answers in ipairs(case.expected) do
        for i, expected in ipairs(answers) do
            local t = given.t[i]
            as_expected(case, predicted(model, t > 0 and "alive_later" or "alive", given.x[row], given.t_x[row],
                given.T[row], t > 0 and t or nil), expected)
        end
    end
end

-- The cases have delta; a rate of e^delta - 1 for 1 unit is the same. Tiny ones as a series: Lua has no expm1.
local function rate_of(delta)
    if delta > 0.05 then return math.exp(delta) - 1 end
    local term, sum = delta, delta
    for n = 2, 12 do
        term = term * delta / n
        sum = sum + term
    end
    return sum
end

local function residual(case)
    local model, given = stated(case), case.input
    local deltas = given.delta or given.delta_per_week
    local rows = type(case.expected) == "table" and case.expected or {case.expected}
    for row, answers in ipairs(rows) do
        for i = 1, type(answers) == "table" and #answers or 1 do
            as_expected(case, predicted(model, "residual", nth(given.x, row), nth(given.t_x, row), nth(given.T, row),
                nil, {rate = rate_of(nth(deltas, i))}), nth(answers, i))
        end
    end
end

-- P(X(t) = n) of a new customer.
local function numbers(case)
    local model = stated(case)
    for i, expected in ipairs(case.expected) do
        local n, t = case.input.n_t[i][1], case.input.n_t[i][2]
        local result = assert(model:counts({x = {0}, t_x = {0}, T = {0}}, {most = n, horizon = t}))
        as_expected(case, result["p" .. n][1], expected, "p" .. n)
    end
end

local function in_periods(output, options_of)
    return function(case)
        local model, given = stated(case, "bgbb"), case.input
        for row, expected in ipairs(case.expected) do
            as_expected(case, predicted(model, output, given.x[row], given.t_x[row], given.n, given.periods,
                options_of and options_of(given)), expected)
        end
    end
end

local function renewals(case)
    local given = case.input
    local model = assert(lifetime.new("sbg", {given.alpha, given.beta}))
    for i, expected in ipairs(case.expected) do
        local result = assert(model:predict({T = {given.renewals_made[i]}}, {outputs = {"residual"},
            rate = given.discount_rate, timing = "begin"}))
        as_expected(case, result.residual[1], expected)
    end
end

local function of_spend(output)
    return function(case)
        local model = stated(case, "gamma-gamma")
        local result = assert(model:predict({x = case.input.x, mean_spend = case.input.mean_value},
            {outputs = output}))
        local found = result[output]
        for i, expected in ipairs(case.expected) do as_expected(case, found[i], expected) end
        return model
    end
end

for id, answer in pairs {
    ["bgnbd.expectation.hardie"] = expectation,
    ["bgbb.expectation"] = expectation,
    ["pnbd.expectation.btyd"] = expectation,
    ["pnbd.expectation52"] = expectation,
    ["bgnbd.cet.hardie"] = outputs "expected",
    ["pnbd.cet.paradox"] = outputs "expected",
    ["pnbd.customer1516"] = outputs("expected", "alive"),
    ["bgnbd.pmf.btyd"] = numbers,
    ["pnbd.pmf.btyd"] = numbers,
    ["bgnbd.palive_future"] = alive_later,
    ["pnbd.palive_future"] = alive_later,
    ["bgnbd.dert"] = residual,
    ["pnbd.dert.btyd"] = residual,
    ["gg.mean.hardie"] = of_spend "spend",
    ["gg.ll"] = of_spend "log_likelihood",
    ["bgbb.palive.table6"] = in_periods "alive",
    ["bgbb.cet"] = in_periods "expected",
    ["bgbb.dert"] = in_periods("residual", function(given) return {rate = given.discount_rate} end),
    ["sbg.derl.case1"] = renewals,
    ["sbg.derl.readme"] = renewals,
    ["hard.bgnbd.ll.x500.tx36.T37"] = outputs "log_likelihood",
    ["hard.bgnbd.ll.x1000.tx36.T37"] = outputs "log_likelihood",
    ["hard.pnbd.ll.x500.tx36.T37"] = outputs "log_likelihood",
    ["hard.pnbd.ll.x1000.tx36.T37"] = outputs "log_likelihood",
    ["hard.bgnbd.cet.x500.tx36.T37"] = outputs "expected",
    ["hard.bgnbd.cet.x1000.tx36.T37"] = outputs "expected",
    ["hard.bgnbd.b_eq_1_x0"] = outputs "expected",
    ["hard.pnbd.palive_cet.x500.tx36.T37"] = outputs("alive", "expected"),
    ["hard.pnbd.palive_cet.x1000.tx36.T37"] = outputs("alive", "expected"),
    ["hard.pnbd.clvtools100.x221"] = outputs("alive", "expected"),
    ["hard.pnbd.clvtools100.x161"] = outputs("alive", "expected"),
    ["hard.pnbd.tiny_alpha.palive"] = outputs "alive",
    ["hard.bgnbd.huge_T"] = outputs("log_likelihood", "alive", "expected"),
    ["hard.bgnbd.large_params"] = outputs("log_likelihood", "expected"),
    ["hard.bgnbd.tx_eq_T"] = outputs("log_likelihood", "alive"),
    ["hard.bgnbd.x_pos_tx0"] = outputs("log_likelihood", "alive"),
    ["hard.pnbd.alpha_eq_beta"] = outputs("log_likelihood", "alive", "expected"),
    ["hard.pnbd.beta_huge"] = outputs("log_likelihood", "alive", "expected"),
    ["hard.pnbd.alpha_huge"] = outputs("log_likelihood", "alive", "expected"),
    ["hard.pnbd.x0"] = outputs("log_likelihood", "alive", "expected"),
    ["hard.pnbd.tx_near_T"] = outputs("log_likelihood", "alive", "expected"),
    ["hard.pnbd.x_pos_tx0"] = outputs("log_likelihood", "alive", "expected"),
    ["hard.pnbd.dert.d5.0.s0.6062.beta11.669"] = residual,
    ["hard.pnbd.dert.d0.07.s0.3.beta50000.0"] = residual,
    ["hard.pnbd.dert.d0.0027.s1.0.beta11.669"] = residual,
} do known[id] = answer end

known["hard.bgnbd.small_t"] = function(case)
    local model, given = stated(case), case.input
    for i, expected in ipairs(case.expected) do
        as_expected(case, predicted(model, "expected", given.x, given.t_x, given.T, given.t[i]), expected)
    end
end

known["hard.bgnbd.a_near_1"] = function(case)
    local given = case.input
    for i, expected in ipairs(case.expected) do
        local model = assert(lifetime.new("bgnbd", {given.r, given.alpha, given.params_a[i], given.b}))
        as_expected(case, predicted(model, "expected", given.x, given.t_x, given.T, given.t), expected)
    end
end

-- Of a new customer, then of the customer.
known["hard.pnbd.s_eq_1"] = function(case)
    local model, given = stated(case), case.input
    as_expected(case, predicted(model, "expected", 0, 0, 0, given.t), case.expected[1])
    as_expected(case, predicted(model, "expected", given.x, given.t_x, given.T, given.t), case.expected[2])
end

known["hard.bgnbd.no_purchase.x0"] = function(case)
    local model, given = stated(case), case.input
    for row, expected in ipairs(case.expected) do
        as_expected(case, predicted(model, "none", given.x[row], given.t_x[row], given.T, given.t[row]), expected)
    end
end

known["mbgnbd.basic"] = function(case)
    local model, given, at = stated(case), case.input, 0
    local function check(actual)
        at = at + 1
        as_expected(case, actual, case.expected[at])
    end
    for _, t in ipairs(given.t) do check(predicted(model, "expected", 0, 0, 0, t)) end
    for _, one in ipairs {given.customer, given.zero} do
        check(predicted(model, "expected", one.x, one.t_x, one.T, one.t))
        check(predicted(model, "alive", one.x, one.t_x, one.T, one.t))
    end
    eq(at, #case.expected)
end

-- Per cent of the customers who are still there.
known["predict.sbg.regular"] = function(case)
    local given = case.input
    local model = assert(lifetime.new("sbg", {given.alpha, given.beta}))
    for i, expected in ipairs(case.expected) do
        as_expected(case, 100 * predicted(model, "alive_later", 0, 0, 0, given.t[i]), expected)
    end
end

known["hard.bgbb.long"] = function(case)
    local model = stated(case)
    for i, cell in ipairs(case.input.cells) do
        as_expected(case, predicted(model, "log_likelihood", cell[1], cell[2], cell[3]), case.expected[i])
    end
end

-- And the mean of those who never came back does not exist.
known["hard.gg.q_below_1"] = function(case)
    local never = assert(of_spend "spend"(case):predict {x = {0}, mean_spend = {0}})
    assert(never.spend[1] ~= never.spend[1])
    eq(custval.status_word("lifetime", never.status[1]), "undefined")
end

known["clv.lifetimes.quickstart"] = function(case)
    local given, columns = case.input, {x = {}, t_x = {}, T = {}, mean_spend = {}}
    for row, customer in ipairs(given.customers) do
        for i, name in ipairs {"x", "t_x", "T", "mean_spend"} do columns[name][row] = customer[i] end
    end
    local purchases, spend = stated(case, "bgnbd", "bgnbd"), stated(case, "gamma-gamma", "gg")
    local options = {
        outputs = "value", horizon = given.period_length * given.periods, cash_period = given.period_length,
        rate_period = given.period_length, rate = given.rate_per_period,
    }
    local joined = assert(assert(purchases:with_spend(spend)):predict(columns, options))
    options.spend = spend
    local result = assert(purchases:predict(columns, options))
    for row, expected in ipairs(case.expected) do
        as_expected(case, result.value[row], expected)
        H.same(joined.value[row], result.value[row], "the joined lifetime's")
    end
end

known["bgnbd.tracking.cdnow"] = function(case)
    local result = assert(stated(case):track(H.cdnow(), {elapsed = case.input.weeks}))
    for i, expected in ipairs(case.expected) do as_expected(case, result.expected_total[i], expected) end
end

known["bgnbd.cet.by_frequency"] = function(case)
    local customers = H.cdnow()
    customers[#customers + 1], customers[#customers + 2] = "holdout_x", "holdout_T"
    customers.holdout_x, customers.holdout_T = {}, {}
    for row = 1, #customers.x do customers.holdout_x[row], customers.holdout_T[row] = 0, case.input.t end
    local result = assert(stated(case):by_frequency(customers, {most = case.input.censor}))
    eq(table.concat(result.customers, " "):gsub("%.0", ""), "1411 439 214 100 62 38 29 64")
    for i, expected in ipairs(case.expected) do as_expected(case, result.holdout_expected[i], expected) end
end

-- The value of customers --------------------------------------------------------------------------------------------

local function markov(case)
    local given, expected = case.input, case.expected
    local values = assert(custval.markov_value(given.P, given.R, {rate = given.discount_rate,
        for_ever = given.periods == nil, periods = given.periods}))
    eq(#values, 5)
    if type(expected) == "number" then expected = {expected} end
    for i, value in ipairs(expected) do as_expected(case, values[i], value) end
end

known["markov.pfeifer_carraway.T4"] = markov
known["markov.pfeifer_carraway.inf"] = markov
known["markov.undiscounted"] = markov

local function multiple(retention, rate, growth, first)
    return assert(custval.margin_multiple {retention = retention, rate = rate, growth = growth, first = first})
end

known["gupta_lehmann.margin_multiple"] = function(case)
    for i, retention in ipairs(case.input.retention) do
        for k, rate in ipairs(case.input.discount) do
            local next_ = multiple(retention, rate, nil, "next")
            as_expected(case, next_, case.expected[i][k])
            within(multiple(retention, rate, nil, "now") - next_, 1, 1e-14)
        end
    end
end

known["gupta_lehmann.growth"] = function(case)
    for i, retention in ipairs(case.input.retention) do
        for k, growth in ipairs(case.input.growth) do
            as_expected(case, multiple(retention, case.input.discount, growth, "next"), case.expected[i][k])
        end
    end
end

known["berger_nasr.case1"] = function(case)
    local given = case.input
    as_expected(case, assert(custval.contractual_value {
        contribution = given.gross_contribution, cost = given.retention_cost, retention = given.retention,
        rate = given.discount_rate, periods = given.years, first = "now", cost_timing = "middle",
    }), case.expected)
end

known["rlz.roi"] = function(case)
    local given = case.input
    as_expected(case, assert(custval.programme_return {gain = given.delta_customer_equity_musd,
        cost = given.investment_musd}), case.expected)
end

-- A list of objects as JSON, with other names for what they hold.
local function renamed(list, names)
    local objects = {}
    for i, entry in ipairs(list) do
        local parts = {'"count": 1'}
        for from, to in pairs(names) do parts[#parts + 1] = ('"%s": %.17g'):format(to, entry[from]) end
        objects[i] = "{" .. table.concat(parts, ", ") .. "}"
    end
    return "[" .. table.concat(objects, ", ") .. "]"
end

known["crv.kumar"] = function(case)
    local worth = assert(custval.worth(([[{"custval": "worth", "version": 1, "period": "year", "rate": %.17g,
        "influence": {"attribution": 1, "referrals": %s, "helped": %s}}]]):format(case.input.rate,
        renamed(case.input.type1, {t = "period", margin = "margin", referral_cost = "reward",
            marketing_cost = "marketing_cost", acq_saving = "saving"}),
        renamed(case.input.type2, {t = "period", acq_saving = "saving"}))))
    eq(#worth:columns(), 0)
    eq(table.concat(worth:parts(), " "), "influence")
    for _, columns in ipairs {{n = 1}, {anything = {7}}} do
        local values = assert(worth:value(columns))
        as_expected(case, values.influence[1], case.expected)
        as_expected(case, values.total[1], case.expected)
    end
end

known["value.components"] = function(case)
    local worth = assert(custval.worth [[{"custval": "worth", "version": 1, "existing": {"value": "existing"},
        "potential": {"value": "potential"}, "influence": {"value": "influence", "attribution": 1},
        "learning": {"value": "learning"}}]])
    local columns = {}
    for _, part in ipairs(worth:parts()) do
        columns[part] = {}
        for row, customer in ipairs(case.input.customers) do columns[part][row] = customer[part] end
    end
    local values = assert(worth:value(columns))
    for row, expected in ipairs(case.expected) do as_expected(case, values.total[row], expected) end
    eq(values.loss_maker[1], 1)
end

known.share_of_customer = function(case)
    local own, category = case.input.own_spend, case.input.category_spend
    local count = #own
    own[count + 1], category[count + 1] = 0, 0
    own[count + 2], category[count + 2] = 51, 50
    local shares = assert(custval.wallet_share({mine = own, category = category}, {own = "mine"}))
    for row, expected in ipairs(case.expected) do as_expected(case, shares.share[row], expected) end
    eq(custval.status_word("wallet", shares.status[count + 1]), "undefined")
    eq(custval.status_word("wallet", shares.status[count + 2]), "exceeds")
end

known["acquisition.optimum"] = function(case)
    local given = case.input
    local found = assert(custval.acquisition_optimum {ceiling = given.ceiling, efficiency = given.efficiency_k,
        value = given.value_if_acquired})
    as_expected(case, found.spend, case.expected.spend)
    as_expected(case, found.value, case.expected.net)
end

known["reinartz_kumar.tn"] = function(case)
    local given = case.input
    for i, purchases in ipairs(given.purchases) do
        as_expected(case, assert(custval.active_probability {last = given.last_purchase_time,
            period = given.period_length, purchases = purchases}), case.expected[i])
    end
end

-- The shipped document, with the thresholds of the case instead of medians.
known.reinartz_kumar = function(case)
    local given, file = case.input, assert(io.open(H.source .. "/examples/groups/loyalty-profit.json"))
    local text, cuts = file:read "*a", {given.profit_threshold, given.loyalty_threshold_months}
    file:close()
    local changed, count = text:gsub('"quantiles": %[[^%]]*%]', function()
        return ('"cuts": [%d]'):format(table.remove(cuts, 1))
    end)
    eq(count, 2)
    local customers = H.columns({"value", "alive"}, given.customers_profit_months)
    for _, module in ipairs {custval, rawget(_G, "jit") and require "custval_ffi"} do
        local assigned = assert(assert(module.groups(changed)):assign(customers))
        eq(table.concat(assigned.group, " "), table.concat(case.expected, " "))
    end
end

-- All of them -------------------------------------------------------------------------------------------------------

local unmet = {}
for id in pairs(known) do unmet[id] = true end
for id in pairs(elsewhere) do unmet[id] = true end
for _, case in ipairs(H.vectors "lifetime_and_equity") do
    unmet[case.id] = nil
    if not elsewhere[case.id] then
        test("known: " .. case.id, function() assert(known[case.id], "nothing answers the case")(case) end)
    end
end
test("every known answer that is named here was met", function() eq(next(unmet), nil) end)

-- Histories ---------------------------------------------------------------------------------------------------------

local words = {
    period = {"day", "week", "month", "quarter", "year", "hour", "second", "number"},
    refunds = {"reject", "net", "drop", "keep"}, zeros = {"keep", "drop", "reject"}, bad_rows = {"reject", "drop"},
}

local function options_of(case)
    local options = {}
    for name, value in pairs(case.options) do options[name] = words[name] and words[name][value] or value end
    return options
end

local function check_rows(table_, expected, what)
    for row, object in ipairs(expected) do
        for name, value in pairs(object) do
            local cell = table_[name][row]
            if type(value) == "string" then
                eq(cell, value, ("%s, %s of row %d"):format(what, name, row))
            else
                near(cell, value, 1e-15, ("%s, %s of row %d"):format(what, name, row))
            end
        end
    end
    eq(#table_[table_[1]], #expected, "rows of " .. what)
end

for _, case in ipairs(H.vectors "history") do
    test("history: " .. case.id, function()
        local history = assert(custval.history(options_of(case)))
        assert(history:add(case.data) == history)
        history = assert(custval.history.frombytes(history:tobytes()))
        local view = {["end"] = case["end"], holdout_end = case.holdout_end}
        check_rows(assert(history:customers(view)), case.table, "customers")
        check_rows(assert(history:course(view)), case.course, "course")
        if case.path then
            check_rows(assert(history:path(case.path_customer, {["end"] = case["end"]})), case.path, "path")
        end
        local facts = history:facts()
        for name, value in pairs(case.facts) do eq(facts[name], value, name) end
        eq(facts.period, options_of(case).period)
    end)
end

-- Money -------------------------------------------------------------------------------------------------------------

local function check_table(table_, case)
    for name, column in pairs(case.expected) do H.near_all(table_[name], column, case.tolerance, name) end
end

local money = {}

function money.worth(case)
    local worth = assert(custval.worth(case.document))
    check_table(assert(worth:value(case.data)), case)
    assert(worth == assert(custval.worth(worth:to_json())))
end

function money.returns(case)
    check_table(assert(assert(custval.worth(case.document)):returns(case.data, {segment = case.segment})), case)
end

function money.concentration(case)
    local curve, facts = custval.concentration({total = case.values}, {points = case.points})
    check_table(assert(curve, facts), case)
    for name, value in pairs(case.facts) do near(facts[name], value, case.tolerance, name) end
end

function money.allocation(case)
    check_table(assert(custval.wallet_allocation(case.data, {brands = case.brands})), case)
end

function money.switching(case)
    local given = case.options
    local options = {
        brands = case.brands, margins = given.margins, inertia = given.inertia, rate = given.rate,
        periods = given.periods, population = given.population, volume = given.volume and "volume" or nil,
        frequency = given.frequency and "frequency" or nil, matrix = given.matrix,
    }
    if given.matrix == H.null then
        options.utilities = {}
        for i, brand in ipairs(case.brands) do options.utilities[i] = "u_" .. brand end
    end
    local customers, brands = custval.switching(case.data, options)
    check_table(assert(customers, brands), case)
    H.near_all(brands.equity, case.equity, case.tolerance, "equity")
    eq(table.concat(brands.brand, " "), table.concat(case.brands, " "))
end

function money.markov(case)
    local periods, empty = case.periods, case.empty
    if periods == H.null then periods = nil end
    if empty == H.null then empty = nil end
    H.near_all(assert(custval.markov_value(case.P, case.R, {rate = case.rate, for_ever = periods == nil,
        periods = periods, counts = case.counts, empty = empty})), case.expected, case.tolerance)
end

function money.spending(case)
    local found
    if case.of == "acquisition" then
        found = assert(custval.acquisition_optimum {ceiling = case.ceiling, efficiency = case.efficiency,
            value = case.value})
    else
        found = assert(custval.retention_optimum {ceiling = case.ceiling, efficiency = case.efficiency,
            margin = case.value, rate = case.rate})
    end
    H.near_all({found.spend, found.share, found.value, found.allowable}, case.expected, case.tolerance)
end

local function columns_of(rows, names)
    local columns = {n = #rows}
    for i, name in ipairs(names) do
        columns[name] = {}
        for row, cells in ipairs(rows) do columns[name][row] = cells[i] end
    end
    return columns
end

function money.equity(case)
    local result = assert(custval.equity(columns_of(case.current, {"segment", "value", "influence", "count"}),
        columns_of(case.prospects, {"segment", "probability", "value", "cost", "count", "period"}), {
            segment = "segment", influence = "influence", count = "count", prospect_count = "count", cost = "cost",
            period = "period", attribution = case.attribution, rate = case.rate,
        }))
    check_table(result, case)
    for i, segment in ipairs(case.segments) do eq(result.segment[i], segment) end
    eq(result.segment[#case.segments + 1], false)
end

for _, case in ipairs(H.vectors "money") do
    test("money: " .. case.id, function() assert(money[case.kind], case.kind)(case) end)
end
