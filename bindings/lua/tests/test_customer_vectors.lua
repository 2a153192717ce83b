-- formulas.json, satisfaction.json, attributes.json, effects.json, migration.json, panel.json, scenario.json,
-- programmes.json and impact.json: the same cases as in C, with the module and by LuaJIT's FFI.
-- SPDX-License-Identifier: Apache-2.0
local H = require "harness"
local custval = require "custval"
local eq, near, within = H.eq, H.near, H.within

local function run(name, kinds, kind_of)
    for _, case in ipairs(H.vectors(name)) do
        local answer = kinds[kind_of(case)]
        H.test_both(name .. ": " .. case.id, function(module)
            assert(answer, "nothing answers the case")(case, module)
        end)
    end
end

local function facts_are(facts, expected, tolerance)
    for name, number in pairs(expected) do near(facts[name], number, tolerance, name) end
end

-- Formulas ----------------------------------------------------------------------------------------------------------

run("formulas", {case = function(case, module)
    local terms, got = case.terms, nil
    if case.of == "smoothed_interval" then
        got = {module.smoothed_interval(terms.intervals, terms.smoothing)}
    else
        got = {module[case.of](terms)}
    end
    H.near_all(got, case.expected, case.tolerance)
end}, function() return "case" end)

-- Satisfaction ------------------------------------------------------------------------------------------------------

local satisfaction = {}

-- Further answers in the columns of a case.
local function others(case, key)
    return H.columns(case.columns, case[key])
end

function satisfaction.gap(case, module)
    local indicators, curves = {}, {}
    for id, curve in pairs(case.curves) do indicators[#indicators + 1], curves[#curves + 1] = id, curve end
    local gaps = assert(module.satisfaction.gap(assert(module.loads(case.document)), case.data,
        others(case, "expectation"), {indicators = indicators, curves = curves, measures = "all",
            levels = {"value", "side", "dimension", "indicator", "item"}}))
    H.expected(gaps, case.expected, case.tolerance)
end

function satisfaction.tolerance(case, module)
    local zones = assert(module.satisfaction.tolerance(assert(module.loads(case.document)), case.data,
        others(case, "adequate"), others(case, "desired")))
    H.expected(zones, case.expected, case.tolerance)
end

function satisfaction.encounters(case, module)
    case.options.time = "time"
    H.expected(assert(module.satisfaction.encounters(case.data, case.options)), case.expected, case.tolerance)
end

-- Covariances are small numbers, so they are compared relative to the errors of both coefficients.
local function covariance_is(rows, expected, tolerance)
    local terms = #rows
    eq(#expected, terms * terms)
    for i = 1, terms do
        for j = 1, terms do
            within(rows[i][j], expected[(i - 1) * terms + j], 10 * tolerance * math.sqrt(rows[i][i] * rows[j][j]))
        end
    end
end

function satisfaction.link(case, module)
    local link = assert(module.link.fit(case.data, {outcome = case.outcome, predictors = case.predictors,
        kind = case.link, ridge = case.ridge}))
    H.expected(assert(link:coefficients()), case.expected, case.tolerance)
    facts_are(link:facts(), case.facts, case.tolerance)
    if case.covariance then covariance_is(link:covariance(), case.covariance, case.tolerance) end
    if not case.new then return end
    local predicted = assert(link:predict(H.columns(case.predictors, case.new), {level = case.level}))
    H.expected(predicted, case.predicted, case.tolerance)
end

function satisfaction.disconfirmation(case, module)
    local link, aversion = module.satisfaction.disconfirmation(case.data, {outcome = case.outcome,
        performance = case.performance, expectation = case.expectation, split = case.split == 1})
    H.expected(assert(link, aversion):coefficients(), case.expected, case.tolerance)
    eq(aversion ~= nil, case.split == 1)
    if aversion then facts_are(aversion, case.facts, case.tolerance) end
end

function satisfaction.penalty(case, module)
    H.expected(assert(module.satisfaction.penalty_reward(case.data, {outcome = case.outcome,
        indicators = case.indicators, low = case.low, high = case.high})), case.expected, case.tolerance)
end

function satisfaction.kano(case, module)
    local functional, dysfunctional = {}, {}
    for i, pair in ipairs(case.features) do functional[i], dysfunctional[i] = pair[1], pair[2] end
    H.expected(assert(module.satisfaction.kano(case.data, {functional = functional, dysfunctional = dysfunctional})),
        case.expected, case.tolerance)
end

function satisfaction.quadrants(case, module)
    local options = {}
    for _, cut in ipairs {"importance_cut", "performance_cut"} do
        if case[cut] ~= H.null then options[cut] = case[cut] end
    end
    H.expected(assert(module.satisfaction.quadrants(case.data, options)), case.expected, case.tolerance)
end

function satisfaction.nps(case, module)
    H.expected(assert(module.satisfaction.nps(case.data, {group = case.group})), case.expected, case.tolerance)
end

function satisfaction.backtest(case, module)
    local bands, facts = module.satisfaction.backtest(case.data, {edges = case.edges, level = case.level})
    H.expected(assert(bands, facts), case.expected, case.tolerance)
    facts_are(facts, case.facts, case.tolerance)
end

run("satisfaction", satisfaction, function(case) return case.kind end)
run("attributes", satisfaction, function(case) return case.kind end)

run("effects", {case = function(case, module)
    local links = {}
    for i, document in ipairs(case.links) do links[i] = assert(module.link(document)) end
    H.expected(assert(module.satisfaction.effects(links, case.level)), case.expected, 1e-12)
end}, function() return "case" end)

-- Migration ---------------------------------------------------------------------------------------------------------

-- Counts are exact. Probabilities are one division, forecasts and shares a handful of additions of positive numbers.
local NEAR = 1e-14
-- A sum of up to 80 terms, and the tail of chi-square at 1e-13.
local TEST_NEAR = 1e-12

-- The columns from the second on hold what stands in the rows.
local function rows_are(columns, expected, tolerance)
    eq(#columns[columns[1]], #expected)
    for row, numbers in ipairs(expected) do
        for i, number in ipairs(numbers) do near(columns[columns[i + 1]][row], number, tolerance, columns[i + 1]) end
    end
end

local function steady_is(migration, expected)
    local states, facts = migration:steady()
    local customers = 0
    for _, count in ipairs(expected.now) do customers = customers + count end
    for name, number in pairs(assert(states, facts) and expected.steady) do
        if type(number) == "number" then eq(facts[name], number, name) end
    end
    for i, share in ipairs(expected.steady.shares) do
        within(states.share[i], share, NEAR)
        within(states.customers[i], share * customers, NEAR * customers)
        within(states.class[i], expected.steady.classes[i], 0)
    end
end

local function test_is(migration, expected)
    local fit, message, code = migration:test()
    if expected == H.null then
        H.fails(custval.status.STATE, "", fit, message, code)
        return
    end
    facts_are(assert(fit, message), {statistic = expected.statistic, likelihood = expected.likelihood}, TEST_NEAR)
    eq(fit.freedom, expected.freedom)
    within(fit.p, expected.p, TEST_NEAR)
    within(fit.least, expected.least, NEAR * 100)
end

run("migration", {case = function(case, module)
    local given, expected = case.input, case.expected
    local migration = assert(module.migration {states = given.states, empty = given.empty})
    for _, period in ipairs(given.periods) do
        eq(migration:add(H.columns({"customer", "state"}, period)), migration)
    end
    eq(migration:steps(), #given.periods - 1)
    eq(#migration:states(), #given.states + 1)
    rows_are(assert(migration:matrix()), expected.counts, 0)
    rows_are(assert(migration:matrix("counts", 1)), expected.first, 0)
    rows_are(assert(migration:matrix "probabilities"), expected.probabilities, NEAR)
    local flows = assert(migration:flows())
    for i, count in ipairs(expected.arrived) do eq(flows.newcomers[i], count) end
    local newcomers = given.newcomers ~= H.null and given.newcomers or nil
    rows_are(assert(migration:forecast(5, newcomers)), expected.forecast, NEAR)
    steady_is(migration, expected)
    test_is(migration, expected.test)
end}, function() return "case" end)

-- Panels ------------------------------------------------------------------------------------------------------------

local panel = {}
-- Some ten operations on numbers of like size; slopes and errors lose a digit where values nearly cancel.
local PANEL_NEAR = 1e-13
-- Raking stops at a gap of 1e-12 of a share; a weight of 1 in 60 respondents feels it 60 times over.
local RAKED = 1e-10

function panel.trend(case, module)
    local found = assert(module.panel.trend(H.columns({"customer", "period", "value"}, case.input.rows),
        {half_life = case.input.half_life, as_of = case.input.as_of}))
    local count = 0
    for row, id in ipairs(found.id) do
        count = count + 1
        for _, name in ipairs(found) do
            local expected = case.expected[id][name]
            if expected == nil then expected = H.null end
            if name ~= "id" then near(found[name][row], expected, PANEL_NEAR, name .. " of " .. id) end
        end
    end
    for _ in pairs(case.expected) do count = count - 1 end
    eq(count, 0)
end

function panel.weights(case, module)
    local names = {}
    for i, name in ipairs(case.input.variables) do names[i] = name end
    names[#names + 1] = "start"
    local found, facts = module.panel.weights(H.columns(names, case.input.rows),
        H.columns({"variable", "category", "target"}, case.input.margins),
        {variables = case.input.variables, weight = "start", tolerance = 1e-12})
    H.near_all(assert(found, facts).weight, case.expected.weights, RAKED)
    near(facts.effective, case.expected.effective, RAKED)
    eq(facts.weighted, #case.expected.weights)
    assert(facts.gap <= 1e-12)
end

function panel.change(case, module)
    local names = {"customer", "value", "weight"}
    local facts = assert(module.panel.change(H.columns(names, case.input.before), H.columns(names, case.input.after),
        {weight = "weight"}))
    facts_are(facts, case.expected, PANEL_NEAR)
end

run("panel", panel, function(case) return case.method end)

-- Scenarios ---------------------------------------------------------------------------------------------------------

local scenario = {}
-- Values are sums of a dozen scores up to 100, units of nine customers: rounding stays far below this share of them.
local PLAN_NEAR = 1e-12

-- Rows that are expected, as tables by column.
local function plain_rows_are(columns, expected)
    eq(#columns[columns[1]], #expected)
    for row, wanted in ipairs(expected) do
        for name, number in pairs(wanted) do near(columns[name][row], number, PLAN_NEAR, name) end
    end
end

function scenario.plan(case, module)
    local effect = assert(assert(module.scenario(case.scenario)):run(assert(module.loads(case.document)), case.data,
        {group = "segment", cuts = case.cuts}))
    plain_rows_are(effect.customers, case.customers)
    plain_rows_are(effect.periods, case.periods)
    facts_are(effect.facts, case.facts, PLAN_NEAR)
    local sum, groups = 0, effect.groups
    for i = 1, #groups.group - 1 do sum = sum + groups.customers[i] end
    eq(sum, groups.customers[#groups.group])
    eq(groups.customers[#groups.group], case.facts.customers)
end

function scenario.survey(case, module)
    local curves, facts = module.price_meter(case.data)
    plain_rows_are(assert(curves, facts), case.curves)
    facts_are(facts, case.facts, PLAN_NEAR)
end

run("scenario", scenario, function(case) return case.scenario and "plan" or "survey" end)

-- Programmes --------------------------------------------------------------------------------------------------------

local programmes = {}

-- Options of a case: infinities are written as texts there.
local function numbers_of(options)
    local made = {}
    for name, value in pairs(options) do
        made[name] = value == "-inf" and -1 / 0 or value == "inf" and 1 / 0 or value
    end
    return made
end

function programmes.match(case, module)
    local plan = assert(assert(module.programmes(case.document)):match(case.data, numbers_of(case.options)))
    local names = {"rank", "programme", "by", "rate", "expected_effect", "score", "cost", "net", "similarity", "case"}
    eq(#plan.row, #case.expected)
    for row, expected in ipairs(case.expected) do
        eq(plan.row[row], expected[1] + 1)
        for i, name in ipairs(names) do
            local wanted, found = expected[i + 1], plan[name][row]
            if name == "by" then
                eq(custval.status_word("proposer", found), wanted)
            elseif name == "programme" or name == "case" then
                eq(found, wanted ~= H.null and wanted, name)
            else
                near(found, wanted, case.tolerance, name)
            end
        end
    end
end

-- The words of a text, in the order of the alphabet.
local function sorted(names)
    table.sort(names)
    return table.concat(names, ", ")
end

function programmes.explain(case, module)
    local why = assert(assert(module.programmes(case.document)):explain(case.data, 1, numbers_of(case.options)))
    local count = 0
    for row, id in ipairs(why.programme) do
        local expected, missing = case.expected[id], {}
        count = count + 1
        eq(custval.status_word("programme", why.status[row]), expected[1], id)
        for name in (why.missing[row] or ""):gmatch "[^, ]+" do missing[#missing + 1] = name end
        eq(sorted(missing), sorted(expected[2]), id)
    end
    for _ in pairs(case.expected) do count = count - 1 end
    eq(count, 0)
end

function programmes.update(case, module)
    local base = assert(module.programmes(case.document))
    local list = assert(base:update(H.columns({"programme", "success", "region"}, case.outcomes))):list()
    for row, id in ipairs(list.programme) do
        local name = list.segment[row] and id .. "/" .. list.segment[row] or id
        near(list.rate[row], case.expected[name], case.tolerance, name)
    end
end

function programmes.need(case, module)
    local options = numbers_of(case.options)
    options.users, options.counts, options.rates = nil, {}, {}
    for i, user in ipairs(case.options.users or {}) do options.counts[i], options.rates[i] = user[1], user[2] end
    local expected = {}
    for name, column in pairs(case.expected) do expected[name] = column end
    for i, row in ipairs(case.expected.row or {}) do -- counted from 0 there
        expected.row = i > 1 and expected.row or {}
        expected.row[i] = row + 1
    end
    H.expected(assert(module.next_need(case.data, options)), expected, case.tolerance)
end

run("programmes", programmes, function(case) return case.kind end)

-- From indicator to equity ------------------------------------------------------------------------------------------

-- Sums of three dozen customers, and links fitted to them.
local IMPACT_NEAR = 1e-11

local function link_is(link, expected)
    H.near_all(link:coefficients().coefficient, expected.coefficients, IMPACT_NEAR)
    for i, row in ipairs(link:covariance()) do
        for k, number in ipairs(row) do
            local wanted = expected.covariance ~= H.null and expected.covariance[i][k] or H.null
            near(number, wanted, IMPACT_NEAR, ("covariance %d, %d"):format(i, k))
        end
    end
end

run("impact", {case = function(case, module)
    local system, plan = assert(module.loads(case.document)), assert(module.impact(case.impact))
    local impact = assert(plan:fit(system, case.data, {as_of = case.as_of}))
    local links = impact:links()
    eq(#links, #case.fitted)
    for i, expected in ipairs(case.fitted) do link_is(links[i], expected) end
    local answer = assert(impact:run(system, case.data, {as_of = case.as_of, levels = case.levels}))
    H.expected(answer.levers, case.levers, IMPACT_NEAR)
    H.expected(answer.customers, case.customers, IMPACT_NEAR)
    facts_are(answer.facts, case.facts, IMPACT_NEAR)
end}, function() return "case" end)
