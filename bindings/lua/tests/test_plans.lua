-- Satisfaction, links, panels, groups, migration, scenarios, programmes and impacts: what is given, refused and raised,
-- with the module and by LuaJIT's FFI. The numbers are in test_customer_vectors.lua.
-- SPDX-License-Identifier: Apache-2.0
local H = require "harness"
local custval = require "custval"
local eq, same, near, raises, fails, test_both = H.eq, H.same, H.near, H.raises, H.fails, H.test_both
local status = custval.status

local function text(values)
    local parts = {}
    for i = 1, #values do parts[i] = tostring(values[i]) end
    return table.concat(parts, " ")
end

local function count_of(columns)
    return #columns[columns[1]]
end

-- Satisfaction ------------------------------------------------------------------------------------------------------

test_both("gaps take options of scoring and of their own", function(module)
    local system = assert(module.loads(H.document))
    local wished = {q1 = {8}, q2 = {6}, q3 = {3}}
    local gaps = assert(module.satisfaction.gap(system, H.answers, wished, {levels = {"indicator"},
        measures = {"gap"}}))
    eq(text(gaps), "quality.gap range.gap price.gap attained compared status expectation_status")
    near(gaps["quality.gap"][1], 200 / 9, 1e-12)
    local felt = assert(module.satisfaction.gap(system, H.answers, wished, {levels = {"indicator"},
        measures = "prospect", alpha = 1, beta = 1, lambda = 3, indicators = {"quality"}, curves = {{1, 1, 2}}}))
    near(felt["quality.prospect"][2], -2 * 700 / 9, 1e-12)
    local vectors = {q1 = module.vector {8}, q2 = {6}, q3 = {3}}
    eq(tostring(module.satisfaction.gap(system, vectors, wished)["value.gap"]), "custval.vector of 1 numbers")
    eq(type(module.satisfaction.gap(system, wished, vectors)["value.gap"]), "table")
    fails(status.STRUCTURE, "", module.satisfaction.gap(system, H.answers, {q1 = {1, 2}, q2 = {1, 2}, q3 = {1, 2}}))
    fails(status.NOT_FOUND, "elegance", module.satisfaction.gap(system, H.answers, wished, {indicators = {"elegance"},
        curves = {{1, 1, 2}}}))
    fails(status.NOT_FOUND, "q3", module.satisfaction.gap(system, H.answers, {q1 = {1}, q2 = {1}}))
    fails(status.RANGE, "alpha", module.satisfaction.gap(system, H.answers, wished, {alpha = 0}))
    raises('unknown option "alfa"', module.satisfaction.gap, system, H.answers, wished, {alfa = 1})
    raises("rows of 3 numbers", module.satisfaction.gap, system, H.answers, wished, {curves = {{1, 1}}})
    raises("an array of rows", module.satisfaction.gap, system, H.answers, wished, {curves = 5})
    raises("its neighbours ask for", module.satisfaction.gap, system, H.answers, wished, {indicators = {"quality"},
        curves = {{1, 1, 2}, {1, 1, 2}}})
    raises("measures: ", module.satisfaction.gap, system, H.answers, wished, {measures = "gaps"})
    raises("system", module.satisfaction.gap, {}, H.answers, wished)
    raises("table", module.satisfaction.gap, system, H.answers)
    system:close()
    raises("the system is closed", module.satisfaction.gap, system, H.answers, wished)
end)

test_both("zones of tolerance", function(module)
    local system = assert(module.loads(H.document))
    local zones = assert(module.satisfaction.tolerance(system, H.answers, {q1 = {3}, q2 = {6}, q3 = {6}},
        {q1 = {8}, q2 = {9}, q3 = {2}}))
    local words = {}
    for row = 1, 4 do words[row] = custval.status_word("zone", zones["quality.zone"][row]) end
    eq(text(words), "above below within within")
    fails(status.STRUCTURE, "", module.satisfaction.tolerance(system, H.answers, {q1 = {3, 1}, q2 = {6, 1},
        q3 = {6, 1}}, {q1 = {8}, q2 = {9}, q3 = {2}}))
    fails(status.NOT_FOUND, "q1", module.satisfaction.tolerance(system, H.answers, {q2 = {1}}, {q1 = {8}}))
    raises("unknown option", module.satisfaction.tolerance, system, H.answers, H.answers, H.answers, {measures = "gap"})
    raises("table", module.satisfaction.tolerance, system, H.answers, H.answers)
end)

test_both("encounters, Kano, quadrants, recommendation", function(module)
    local S = module.satisfaction
    local met = assert(S.encounters({who = {1, 2, 1}, score = {6, 5, 8}}, {customer = "who", updating = 0.5,
        weight = 0.25}))
    eq(text(met.encounter), "1 1 2")
    eq(met.updated[3], 7)
    eq(assert(S.encounters({customer = {"a"}, score = {6}}, {updating = 0.5, weight = 0, first = 4})).gap[1], 2)
    fails(status.RANGE, "updating", S.encounters {customer = {1}, score = {6}})
    fails(status.NOT_FOUND, "customer", S.encounters({who = {1}, score = {6}}, {updating = 0.5, weight = 0.25}))
    raises("first: a number expected", S.encounters, {customer = {1}}, {first = "x"})
    local kano = assert(S.kano({has = {1, 1, 3}, lacks = {5, 5, 3}}, {functional = {"has"}, dysfunctional = {"lacks"}}))
    eq(kano.class[1], "one-dimensional")
    fails(status.RANGE, "", S.kano({has = {6}, lacks = {5}}, {functional = {"has"}, dysfunctional = {"lacks"}}))
    raises("its neighbours ask for", S.kano, {}, {functional = {"has"}, dysfunctional = {"a", "b"}})
    local found = assert(S.quadrants {importance = {3, 1}, performance = {2, 4}})
    eq(text(found.quadrant), "concentrate overkill")
    eq(text(S.quadrants({importance = {3, 1}, performance = {2, 4}}, {importance_cut = 0,
        performance_cut = 3}).quadrant), "concentrate keep")
    fails(status.NOT_FOUND, "performance", S.quadrants {importance = {3, 1}})
    local nps = assert(S.nps({recommend = {10, 9, 7, 3}, shop = {1, 2, 1, 2}}, {group = "shop"}))
    eq(text(nps.group), "1 2")
    eq(nps.nps[1], 50)
    fails(status.RANGE, "", S.nps {recommend = {11}})
    raises("table", S.nps, 5)
    local answers = {all = {5, 1, 3, 4, 2, 5}, a = {5, 1, 3, 5, 1, 3}}
    eq(count_of(assert(S.penalty_reward(answers, {outcome = "all", indicators = {"a"}}))), 1)
    eq(S.penalty_reward(answers, {outcome = "all", indicators = {"a"}, low = 1, high = 4}).highs[1], 2)
    raises("low and high go together", S.penalty_reward, answers, {outcome = "all", indicators = {"a"}, low = 1})
    fails(status.ARGUMENT, "indicators", S.penalty_reward(answers))
end)

test_both("back-tests give bands and facts", function(module)
    local data = {score = {1, 2, 3, 4}, outcome = {0, 0, 1, 1}}
    local bands, facts = module.satisfaction.backtest(data, {edges = {3}})
    eq(text(assert(bands, facts).n), "2 2")
    eq(facts.auc, 1)
    eq(facts.events, 2)
    assert(facts.brier ~= facts.brier)
    fails(status.RANGE, "edges", module.satisfaction.backtest(data, {edges = {3, 3}}))
    fails(status.STATE, "", module.satisfaction.backtest {score = {}, outcome = {}})
    raises("edges: an array of numbers", module.satisfaction.backtest, data, {edges = 3})
end)

-- Links -------------------------------------------------------------------------------------------------------------

test_both("links are fitted, written and read", function(module)
    local data = {y = {1, 3, 5, 7.5}, x = {0, 1, 2, 3}, more = {"a", "b", "c", "d"}}
    local link = assert(module.link.fit(data, {outcome = "y", predictors = {"x"}}))
    eq(text(link:predictors()), "x")
    eq(link:outcome(), "y")
    eq(link:facts().kind, "linear")
    eq(link:facts().n, 4)
    near(link:coefficients().coefficient[2], 2.15, 1e-12)
    assert(link:coefficients(0.5).low[2] > link:coefficients().low[2])
    eq(#link:covariance(), 2)
    near(assert(link:predict {x = {1, false}}).prediction[1], 3.05, 1e-12)
    eq(tostring(link:predict({x = {1}}, {packed = true}).low), "custval.vector of 1 numbers")
    local read = assert(module.link(link:to_json()))
    assert(read == link)
    assert(read ~= module.link.fit(data, {outcome = "x", predictors = {"y"}}))
    local stated = assert(module.link [[{"custval": "link", "version": 1, "kind": "logistic", "outcome": "stayed",
        "intercept": -3, "terms": [{"predictor": "s", "coefficient": 0.05}]}]])
    same(assert(stated:predict {s = {60}}).prediction[1], 0.5)
    eq(stated:facts().is_stated, 1)
    local constant = assert(module.link [[{"custval": "link", "version": 1, "kind": "linear", "outcome": "y",
        "intercept": 2}]])
    eq(text(constant:predictors()), "")
    eq(constant:outcome(), "y")
    eq(#assert(constant:predict {any = {1, 2}}).prediction, 2)
    fails(status.RANGE, "level", link:coefficients(2))
    fails(status.NOT_FOUND, "x", link:predict {y = {1}})
    fails(status.CONVERGENCE, "", module.link.fit({y = {0, 0, 1, 1}, x = {1, 2, 3, 4}}, {outcome = "y",
        predictors = {"x"}, kind = "logistic"}))
    fails(status.DOCUMENT, "", module.link "{}")
    fails(status.NOT_FOUND, "/no/such", module.link.load "/no/such/file")
    raises('unknown option "threads"', module.link.fit, data, {threads = 1})
    raises("kind: ", module.link.fit, data, {kind = "quadratic"})
    raises("string", module.link, 5)
    raises("table", link.predict, link)
    raises("unknown option", link.predict, link, {x = {1}}, {levels = 1})
    link:close()
    link:close()
    raises("the link is closed", link.facts, link)
    raises("the link is closed", link.predict, link, {x = {1}})
end)

test_both("disconfirmation gives a link, and the loss aversion where it is asked for", function(module)
    local data = {satisfaction = {5, 3, 6, 2, 5, 4, 6}, performance = {5, 3, 7, 2, 5, 4, 6},
        expectation = {4, 4, 5, 5, 5, 3, 7}}
    local link, none = module.satisfaction.disconfirmation(data)
    eq(text(assert(link, none):predictors()), "expectation gap")
    eq(none, nil)
    local split, aversion = module.satisfaction.disconfirmation(data, {split = true})
    eq(text(assert(split, aversion):predictors()), "expectation gain loss")
    assert(aversion.error > 0 and aversion.low < aversion.lambda and aversion.lambda < aversion.high)
    fails(status.NOT_FOUND, "performance", module.satisfaction.disconfirmation {satisfaction = {1}})
    fails(status.STATE, "", module.satisfaction.disconfirmation {satisfaction = {1}, performance = {1},
        expectation = {1}})
end)

test_both("effects along a chain of links", function(module)
    local function link(outcome, predictor)
        return assert(module.link(([[{"custval": "link", "version": 1, "kind": "linear", "outcome": "%s",
            "intercept": 0, "terms": [{"predictor": "%s", "coefficient": 0.5}]}]]):format(outcome, predictor)))
    end
    local chain = {link("reputation", "quality"), link("value", "reputation")}
    local found = assert(module.satisfaction.effects(chain))
    eq(text(found.variable), "quality reputation")
    eq(found.indirect[1], 0.25)
    fails(status.STRUCTURE, "", module.satisfaction.effects {chain[2], chain[1]})
    fails(status.RANGE, "level", module.satisfaction.effects(chain, 2))
    fails(status.ARGUMENT, "", module.satisfaction.effects {})
    raises("link", module.satisfaction.effects, {chain[1], {}})
    raises("table", module.satisfaction.effects, 5)
    chain[1]:close()
    raises("the link is closed", module.satisfaction.effects, chain)
end)

-- Panels ------------------------------------------------------------------------------------------------------------

test_both("panels: trends, weights, changes", function(module)
    local series = {customer = {"a", "a", "b"}, period = {1, 2, 1}, value = {4, 7, 1}}
    local found = assert(module.panel.trend(series))
    eq(text(found.id), "a b")
    eq(found.smoothed[1], 6)
    eq(found.since[2], 1)
    eq(module.panel.trend(series, {as_of = 1}).periods[1], 1)
    eq(text(module.panel.trend({customer = {7, 8}, period = {1, 1}, value = {1, 2}}).id), "7 8")
    fails(status.DUPLICATE, "", module.panel.trend {customer = {"a", "a"}, period = {1, 1}, value = {4, 7}})
    eq(module.panel.trend({customer = {1, 1}, period = {1, 1}, value = {4, 7}}, {averages = true}).level[1], 5.5)
    raises('unknown option "from_latest"', module.panel.trend, series, {from_latest = true})
    local people = {sex = {"m", "m", "m", "w"}, age = {1, 2, 1, 2}}
    local margins = {variable = {"sex", "sex", "age", "age"}, category = {"m", "w", 1, 2}, target = {50, 50, 40, 60}}
    local halves = {variable = {"sex", "sex"}, category = {"m", "w"}, target = {1, 1}}
    local weights, facts = module.panel.weights(people, halves, {variables = {"sex"}})
    near(assert(weights, facts).weight[4], 2, 1e-9)
    near(facts.effective, 3, 1e-9)
    assert(module.panel.weights(people, margins, {variables = {"sex", "age"}}))
    fails(status.CONVERGENCE, "", module.panel.weights(people, margins, {variables = {"sex", "age"}, rounds = 1}))
    fails(status.ARGUMENT, "variables", module.panel.weights(people, margins))
    fails(status.NOT_FOUND, "", module.panel.weights(people, {variable = {"sex"}, category = {"m"}, target = {1}},
        {variables = {"sex"}}))
    raises("table", module.panel.weights, people)
    local before, after = {customer = {1, 2, 3}, value = {4, 5, 9}}, {customer = {1, 2, 3}, value = {5, 7, 10}}
    local change = assert(module.panel.change(before, after))
    near(change.change, 4 / 3, 1e-12)
    eq(change.both, 3)
    fails(status.STATE, "", module.panel.change(before, {customer = {1}, value = {5}}))
    fails(status.NOT_FOUND, "weight", module.panel.change(before, after, {weight = "weight"}))
    raises("table", module.panel.change, before)
end)

-- Groups ------------------------------------------------------------------------------------------------------------

local bands = [[{"custval": "groups", "version": 1, "measures": [{"id": "score", "column": "total",
    "quantiles": [0.5]}], "groups": [{"id": "high", "when": {"score": 2}, "label": {"en": "Best", "zh": "最"},
    "advice": {"en": "Keep"}, "gain": 0.1, "spend": 2}, {"id": "rest"}]}]]

test_both("groups assign, describe and are fixed", function(module)
    local groups = assert(module.groups(bands))
    eq(text(groups:ids()), "high rest")
    eq(text(groups:measures()), "score")
    eq(groups:measures().score, "total")
    eq(groups:label "high", "Best")
    eq(groups:label("high", "zh"), "最")
    eq(groups:label "rest", "rest")
    eq(groups:advice "high", "Keep")
    eq(groups:advice("rest", "ko"), "")
    fails(status.NOT_FOUND, 'no group "low"', groups:label "low")
    local fixed = assert(groups:fix {total = {1, 2, 3}})
    assert(fixed ~= groups and fixed == module.groups(fixed:to_json()))
    local assigned = assert(fixed:assign {total = {2, 1.9, false}, other = {"x", "y", "z"}})
    eq(text(assigned), "group score status")
    eq(text(assigned.group), "high rest false")
    eq(custval.status_word("group", assigned.status[3]), "missing")
    local described = assert(fixed:describe({total = {2, 1}, kept = {100, 50}}, {value = "kept"}))
    eq(text(described.group), "high rest all")
    eq(described.allowable[1], 10)
    eq(described["return"][1], 4)
    eq(described.score_mean[3], 1.5)
    fails(status.NOT_FOUND, "total", fixed:assign {other = {1}})
    fails(status.NOT_FOUND, "kept", fixed:describe({total = {1}}, {value = "kept"}))
    fails(status.STATE, "", groups:fix {total = {false}})
    fails(status.DOCUMENT, "", module.groups "{}")
    fails(status.NOT_FOUND, "/no/such", module.groups.load "/no/such/file")
    assert(module.groups.load(H.source .. "/examples/groups/loyalty-profit.json"))
    raises("table", fixed.assign, fixed)
    raises("unknown option", fixed.assign, fixed, {total = {1}}, {values = "x"})
    raises("string", module.groups, 5)
    groups:close()
    raises("the groups is closed", groups.ids, groups)
end)

test_both("cohorts", function(module)
    local history = assert(module.history {period = "month", amount = "paid"})
    assert(history:add {customer = {1, 1, 2, 3}, date = {"2026-01-03", "2026-02-09", "2026-01-31", "2026-02-01"},
        paid = {1, 1, 1, 1}})
    local found = assert(module.cohorts(history))
    eq(text(found), "cohort age customers active retention repeat kept")
    eq(found.retention[2], 0.5)
    eq(count_of(module.cohorts(history, {["end"] = "2026-01-31"})), 1)
    fails(status.RANGE, "", module.cohorts(history, {length = 0}))
    raises("unknown option", module.cohorts, history, {lengths = 1})
    raises("history", module.cohorts, {})
    history:close()
    raises("the history is closed", module.cohorts, history)
end)

-- Migration ---------------------------------------------------------------------------------------------------------

test_both("migration follows customers", function(module)
    local migration = assert(module.migration {states = {"low", "high"}, absent = "gone", empty = "stay"})
    eq(migration:steps(), 0)
    fails(status.STATE, "", migration:matrix())
    eq(migration:add {customer = {1, 2, 3}, state = {"low", "low", "high"}, other = {1, 2, 3}}, migration)
    eq(migration:add {customer = {1, 2}, state = {"low", "high"}}, migration)
    eq(text(migration:states()), "low high gone")
    eq(migration:steps(), 1)
    local matrix = assert(migration:matrix "probabilities")
    eq(text(matrix), "from to_low to_high to_gone")
    eq(matrix.to_high[1], 0.5)
    eq(migration:matrix("counts", 1).to_gone[2], 1)
    fails(status.RANGE, "step", migration:matrix(nil, 2))
    fails(status.RANGE, "step", migration:flows(2))
    raises("whole numbers from 1", migration.matrix, migration, nil, 2 ^ 32) -- not all steps together
    raises("whole numbers from 1", migration.flows, migration, 2 ^ 32 + 1)
    eq(text(migration:flows().lost), text(migration:flows(1).lost))
    local forecast = assert(migration:forecast(1, {10, 0, 0}))
    eq(text(forecast), "step low high gone")
    eq(forecast.low[2], 10.5)
    eq(count_of(migration:forecast(0)), 1)
    local states, facts = migration:steady()
    eq(text(assert(states, facts).state), "low high gone")
    eq(facts.absorbing, 1)
    local values = assert(migration:value({10, 20, 0}, {rate = 0.1}))
    eq(text(values), "low high gone")
    eq(values.gone, 0)
    near(values.high, 20, 1e-12)
    near(values.low, (10 + 0.5 * 20 / 1.1) / (1 - 0.5 / 1.1), 1e-9)
    fails(status.STATE, "", migration:value {10, 20, 1})
    fails(status.STATE, "", migration:test())
    assert(migration:test(migration).p == 1)
    local other = assert(module.migration {states = {"a"}})
    assert(assert(other:add {customer = {1}, state = {"a"}}):add {customer = {1}, state = {"a"}})
    fails(status.ARGUMENT, "", migration:test(other))
    fails(status.NOT_FOUND, 'did you mean "high"', migration:add {customer = {1}, state = {"hig"}})
    fails(status.DUPLICATE, "", migration:add {customer = {1, 1}, state = {"low", "low"}})
    eq(select(4, migration:add {customer = {1, false}, state = {"low", "low"}}), 2)
    eq(migration:steps(), 1)
    assert(migration:add {customer = {}, state = {}})
    eq(migration:flows(2).lost[4], 2)
    fails(status.DUPLICATE, "a", module.migration {states = {"a", "a"}})
    raises('unknown option "packed"', module.migration, {states = {"a"}, packed = true})
    raises("empty: ", module.migration, {states = {"a"}, empty = "full"})
    raises("rows are whole numbers from 1", migration.flows, migration, 0)
    raises("what: ", migration.matrix, migration, "count")
    raises("steps", migration.forecast, migration, 1.5)
    raises("newcomers: 1 numbers, but there are 3 states", migration.forecast, migration, 1, {1})
    raises("rewards: 2 numbers, but there are 3 states", migration.value, migration, {1, 2})
    raises("migration", migration.test, migration, {})
    raises("table", migration.add, migration)
    migration:close()
    raises("the migration is closed", migration.add, migration, {customer = {1}, state = {"low"}})
    local named = assert(module.migration {states = {"1", "2"}, id = "who", state = "band"})
    assert(named:add {who = {"a", "b"}, band = {1, 2}})
    assert(named:add {who = {}, band = {}})
    eq(named:flows().lost[1], 1)
end)

-- Scenarios ---------------------------------------------------------------------------------------------------------

local promotion = [[{"custval": "scenario", "version": 1, "kind": "promotion", "periods": 4,
    "sales": {"mu": 0.1, "rival": "rival"}, "price": {"list": 100, "second_unit": 1, "length": 2,
    "money": [{"node": "price", "factor": 1}], "reference": {"theta": 0.6, "points": 10}}}]]

test_both("scenarios run and explain", function(module)
    local scenario, system = assert(module.scenario(promotion)), assert(module.loads(H.document))
    eq(scenario:kind(), "promotion")
    eq(text(scenario:columns()), "rival")
    local periods, facts = scenario:path()
    eq(text(assert(periods, facts).reference), text {100.0, 100.0, 80.0, 68.0, 80.8})
    eq(facts.jump, 1)
    assert(facts.best_before ~= facts.best_before)
    local answers = {q1 = {10, 1}, q2 = {5, 6}, q3 = {4, 8}, rival = {0, 5}, shop = {1, 2}}
    local effect = assert(scenario:run(system, answers, {group = "shop", cuts = {0, 50}}))
    eq(count_of(effect.customers), 2)
    eq(count_of(effect.periods), 5)
    eq(text(effect.groups.group), "1 2 false")
    eq(effect.facts.customers, 2)
    local brief = assert(scenario:run(system, answers, {customers = false, packed = true}))
    eq(brief.customers, nil)
    eq(tostring(brief.periods.value), "custval.vector of 5 numbers")
    same(brief.facts.net, effect.facts.net)
    local why, sum = assert(scenario:explain(system, answers, 1, 1)), 0
    for i = 1, #why.node do
        if why.is_part[i] == 1 then sum = sum + why.change[i] end
    end
    local first = assert(scenario:run(system, {q1 = {10}, q2 = {5}, q3 = {4}, rival = {0}}))
    near(sum, first.periods.change[2], 1e-12)
    assert(module.scenario(scenario:to_json()) == scenario)
    fails(status.NOT_FOUND, "rival", scenario:run(system, H.answers))
    fails(status.RANGE, "", scenario:run(system, answers, {cuts = {1, 1}}))
    fails(status.ARGUMENT, "", scenario:explain(system, answers, 3, 1))
    fails(status.ARGUMENT, "", scenario:explain(system, answers, 1, 5))
    fails(status.DOCUMENT, "", module.scenario "{}")
    fails(status.NOT_FOUND, "/no/such", module.scenario.load "/no/such/file")
    raises("rows are whole numbers from 1", scenario.explain, scenario, system, answers, 0, 1)
    raises("periods are whole numbers from 1", scenario.explain, scenario, system, answers, 1, 0)
    raises("unknown option", scenario.run, scenario, system, answers, {cut = {1}})
    raises("system", scenario.run, scenario, {}, answers)
    raises("table", scenario.run, scenario, system)
    raises("string", module.scenario, 5)
    scenario:close()
    raises("the scenario is closed", scenario.path, scenario)
end)

test_both("features and price meters", function(module)
    local terms = {count = 10, capability = 100, saturation = 0.2, usability = 90, burden = 4, weight = 0.7}
    eq(assert(module.features(terms)).best_in_use, 4)
    terms.weight = 0.2
    fails(status.RANGE, "weight", module.features(terms))
    raises("burden is not given", module.features, {count = 1, capability = 1, saturation = 1, usability = 1,
        weight = 1})
    terms.count = "x"
    raises("count: a number expected", module.features, terms)
    terms.counts = 1
    raises('unknown option "counts"', module.features, terms)
    local prices = {too_cheap = {1, 2}, cheap = {2, 3}, expensive = {4, 5}, high = {5, 6}}
    local curves, facts = module.price_meter(prices, {too_expensive = "high"})
    eq(count_of(assert(curves, facts)), 6)
    eq(facts.optimal, 3.5)
    fails(status.NOT_FOUND, "too_expensive", module.price_meter(prices))
    fails(status.RANGE, "", module.price_meter {too_cheap = {-1}, cheap = {2}, expensive = {4}, too_expensive = {5}})
end)

-- Programmes --------------------------------------------------------------------------------------------------------

local base_document = [[{"custval": "programmes", "version": 1, "segment": "region",
    "traits": [{"id": "age", "type": "number", "range": [18, 98]},
        {"id": "region", "type": "category", "values": ["1", "2"]}],
    "programmes": [{"id": "delivery", "label": {"en": "Delivery", "zh": "送"}, "cost": 4, "effect": {"value": 12},
        "when": {"trait": "age", ">=": 70}}, {"id": "tour", "cost": 1, "effect": {"value": 4}}],
    "cases": [{"id": "c", "programme": "tour", "succeeded": true, "traits": {"age": 40}}]}]]

test_both("programmes match, explain and learn", function(module)
    local base = assert(module.programmes(base_document))
    local people = {age = {30, 71}, region = {1, 2}}
    eq(base:count(), 2)
    eq(text(base:traits()), "age region")
    eq(base:traits().region, "category")
    eq(base:segment(), "region")
    local plan = assert(base:match(people, {top = 1, reasons = true}))
    eq(text(plan.row), "1 2")
    eq(text(plan.programme), "tour delivery")
    eq(custval.status_word("proposer", plan.by[2]), "rule")
    local packed = assert(base:match({age = module.vector {30, 71}, region = {"1", "2"}}))
    eq(packed.row[#packed.row], 2)
    eq(tostring(packed.net):match "custval.vector", "custval.vector")
    local why = assert(base:explain(people, 1, {language = "zh"}))
    eq(why.label[2], "送")
    eq(why.reason[2], "age 30 not >= 70")
    eq(custval.status_word("programme", why.status[2]), "others")
    near(assert(base:nearest(people, 1)).similarity[1], 1 - 10 / 80, 1e-12)
    local wiser = assert(base:update {programme = {"tour", "tour"}, success = {1, 1}, region = {2, 2}})
    assert(wiser ~= base and wiser == module.programmes(wiser:to_json()))
    local list = assert(wiser:list {language = "en"})
    eq(text(list.segment), "false false 2")
    eq(list.rate[3], 0.75)
    eq(list.label[1], "Delivery")
    eq(custval.status_word("remark", assert(base:check {age = {1}, region = {1}}).remark[1]), "beyond")
    assert(base:check())
    eq(module.programmes('{"custval": "programmes", "version": 1, "programmes": [{"id": "a"}]}'):segment(), nil)
    fails(status.NOT_FOUND, "region", base:match {age = {1}})
    fails(status.RANGE, "", base:match(people, {budget = -1}))
    fails(status.ARGUMENT, "", base:explain(people, 3))
    fails(status.NOT_FOUND, "feast", base:update {programme = {"feast"}, success = {1}, region = {1}})
    fails(status.DOCUMENT, "", module.programmes "{}")
    fails(status.NOT_FOUND, "/no/such", module.programmes.load "/no/such/file")
    raises("rows are whole numbers from 1", base.explain, base, people, 0)
    raises("unknown option", base.match, base, people, {tops = 1})
    raises("table", base.match, base)
    raises("string", module.programmes, 5)
    base:close()
    raises("the programmes is closed", base.match, base, people)
end)

test_both("the next need", function(module)
    local due = assert(module.next_need({jar = {30, 10}, rice = {24, 2}, adults = {2, 2}, eats = {0.4, 0.5}},
        {as_of = "2026-03-01", stock = "rice", capacity = "jar", counts = {"adults"}, rates = {"eats"}}))
    eq(text(due.row), "2 1")
    eq(text(due.date), "2026-03-03 2026-03-31")
    eq(custval.status_word("need", due.status[1]), "ok")
    fails(status.ARGUMENT, "", module.next_need {jar = {30}})
    fails(status.ARGUMENT, "soon", module.next_need({i = {1}, s = {1}}, {interval = "i", since = "s", as_of = "soon"}))
    raises("its neighbours ask for", module.next_need, {}, {counts = {"a"}, rates = {"b", "c"}})
    raises('unknown option "kinds"', module.next_need, {}, {kinds = 1})
    eq(module.smoothed_interval({10, 20}, 0.5), 15)
    eq(module.smoothed_interval(module.vector {10}), 10)
    fails(status.RANGE, "smoothing", module.smoothed_interval({10}, 2))
    fails(status.ARGUMENT, "", module.smoothed_interval {})
    raises("intervals: an array of numbers", module.smoothed_interval, 5)
end)

-- From indicator to equity ------------------------------------------------------------------------------------------

local impact_document = [=[{"custval": "impact", "version": 1,
    "links": [{"fit": {"kind": "linear", "outcome": "content", "predictors": ["value"]}},
        {"custval": "link", "version": 1, "kind": "logistic", "outcome": "stays", "intercept": -1,
            "terms": [{"predictor": "content", "coefficient": 0.5}, {"predictor": "years", "coefficient": 0.1}],
            "covariance": [[0.04], [-0.002, 0.01], [0, 0, 0.0004]]}],
    "use": "retention", "money": {"margin": "margin", "rate": 0.1, "first": "next"},
    "costs": [{"node": "quality", "cost": 5}, {"node": "price", "cost": 1, "per": "customer"}]}]=]
local advertisers = {q1 = {10, 1, 4, 7, 3}, q2 = {5, 6, 7, 8, 2}, q3 = {1, 10, 5, 2, 4}, content = {6, 1, 4, 5, 4},
    years = {1, 2, 3, 4, false}, margin = {10, 20, 30, 40, 50}}

local function fitted_impact(module)
    local system = assert(module.loads(H.document))
    return assert(assert(module.impact(impact_document)):fit(system, advertisers)), system
end

test_both("impacts are fitted and run", function(module)
    local impact, system = fitted_impact(module)
    local answer = assert(impact:run(system, advertisers))
    eq(text(answer.levers.node), "quality range price")
    eq(text(answer.levers.kind), "indicator indicator indicator")
    eq(custval.status_word("impact", answer.customers.status[5]), "missing")
    eq(answer.facts.customers, 4)
    eq(answer.facts.missing, 1)
    near(answer.levers.net[1], answer.levers.gain[1] - 5, 1e-12)
    local sum = 0
    for row = 1, 4 do sum = sum + answer.customers.lifetime_value[row] end
    near(sum, answer.facts.equity, 1e-12)
    local brief = assert(impact:run(system, advertisers, {customers = false, packed = true, levels = {"dimension"},
        level = 0.5}))
    eq(brief.customers, nil)
    eq(text(brief.levers.node), "product money")
    eq(tostring(brief.levers.gain), "custval.vector of 2 numbers")
    assert(brief.facts.equity_high < answer.facts.equity_high)
    local columns = {}
    for name, column in pairs(advertisers) do columns[name] = column end
    columns.margin = module.vector(advertisers.margin)
    eq(tostring(impact:run(system, columns).customers.value), "custval.vector of 5 numbers")
end)

test_both("draws are those of their seed, which may be a string of digits", function(module)
    local impact, system = fitted_impact(module)
    local function drawn(seed) return assert(impact:run(system, advertisers, {draws = 50, seed = seed})).levers end
    local plain, plain_system = fitted_impact(custval)
    for _, seed in ipairs {1, "18446744073709551615"} do
        local levers = drawn(seed)
        local expected = plain:run(plain_system, advertisers, {draws = 50, seed = seed}).levers
        for _, name in ipairs(expected) do
            for row, number in ipairs(expected[name]) do
                if type(number) == "number" then same(levers[name][row], number, name) end
            end
        end
    end
    eq(text(drawn(1)["drawn.low"]), text(drawn("1")["drawn.low"]))
    assert(drawn(1)["drawn.low"][1] ~= drawn("18446744073709551615")["drawn.low"][1])
    raises("a whole number", drawn, "18446744073709551616")
    raises("a whole number", drawn, "x")
    raises("a whole number", drawn, "")
    raises("a whole number", drawn, -1)
end)

test_both("impacts show their links, their columns, and what they rest on", function(module)
    local plan, impact, system = assert(module.impact(impact_document)), fitted_impact(module)
    eq(text(plan:columns(system)), "years margin")
    eq(text(plan:columns(system, true)), "content")
    eq(text(impact:columns(system, true)), "")
    eq(plan:links()[1], false)
    eq(plan:links()[2]:outcome(), "stays")
    local links = impact:links()
    eq(links[1]:facts().n, 5)
    local rests = assert(impact:assumptions())
    eq(rests.source[1], "data")
    eq(rests.n[1], 5)
    eq(rests.source[2], "stated")
    assert(module.impact(impact:to_json()) == impact)
    assert(plan ~= impact)
    impact:close()
    collectgarbage()
    eq(links[1]:outcome(), "content")
    near(links[1]:predict({value = {0}}).prediction[1], links[1]:coefficients().coefficient[1], 1e-12)
end)

test_both("impacts fail and refuse", function(module)
    local impact, system = fitted_impact(module)
    local plan = assert(module.impact(impact_document))
    fails(status.STATE, "link 1", plan:run(system, advertisers))
    fails(status.NOT_FOUND, "content", plan:fit(system, H.answers))
    fails(status.NOT_FOUND, "margin", impact:run(system, {q1 = {1}, q2 = {1}, q3 = {1}, years = {1}}))
    fails(status.NOT_FOUND, "q3", impact:run(system, {q1 = {1}, q2 = {1}, years = {1}, margin = {1}}))
    fails(status.TYPE, "margin", impact:run(system, {q1 = {1}, q2 = {1}, q3 = {1}, years = {1}, margin = {"x"}}))
    fails(status.RANGE, "level", impact:run(system, advertisers, {level = 1}))
    fails(status.RANGE, "draws", impact:run(system, advertisers, {draws = 1000000}))
    fails(status.ARGUMENT, "", impact:run(system, advertisers, {levels = {"value"}}))
    fails(status.DOCUMENT, "", module.impact "{}")
    fails(status.STRUCTURE, "", module.impact [[{"custval": "impact", "version": 1,
        "links": [{"fit": {"kind": "linear", "outcome": "y", "predictors": ["value"]}}], "use": "retention",
        "money": {"margin": 1, "rate": 0.1, "first": "next"}}]])
    fails(status.NOT_FOUND, "/no/such", module.impact.load "/no/such/file")
    assert(module.impact.load(H.source .. "/examples/impact/plan.json"))
    raises('unknown option "customer"', impact.run, impact, system, advertisers, {customer = false})
    raises('unknown option "draws"', plan.fit, plan, system, advertisers, {draws = 1})
    raises("levels: ", impact.run, impact, system, advertisers, {levels = {"indicators"}})
    raises("level: a number expected", impact.run, impact, system, advertisers, {level = "x"})
    raises("system", impact.run, impact, {}, advertisers)
    raises("system", impact.fit, impact, plan, advertisers)
    raises("system", impact.columns, impact)
    raises("table", impact.run, impact, system)
    raises("table", impact.fit, impact, system)
    raises("impact", impact.run, system, system, advertisers)
    raises("string", module.impact, 5)
    impact:close()
    impact:close()
    raises("the impact is closed", impact.run, impact, system, advertisers)
    raises("the impact is closed", impact.links, impact)
    system:close()
    raises("the system is closed", plan.fit, plan, system, advertisers)
    raises("the system is closed", plan.columns, plan, system)
end)

H.test("fitting and running impacts report progress and take threads", function()
    local impact, system = fitted_impact(custval)
    local plan, options = assert(custval.impact(impact_document)), {threads = custval.threads(2), draws = 20}
    eq(text(impact:run(system, advertisers, options).levers.error),
        text(impact:run(system, advertisers, {draws = 20}).levers.error))
    assert(plan:fit(system, advertisers, {threads = options.threads}) == impact)
    local function stop() return false end
    fails(status.CANCELLED, "", impact:run(system, advertisers, {progress = stop}))
    fails(status.CANCELLED, "", plan:fit(system, advertisers, {progress = stop}))
    raises("stop here", impact.run, impact, system, advertisers, {progress = function() error "stop here" end})
    raises("stop here", plan.fit, plan, system, advertisers, {progress = function() error "stop here" end})
end)

H.test("calls that report progress can be stopped by it", function()
    local link = assert(custval.link [[{"custval": "link", "version": 1, "kind": "linear", "outcome": "y",
        "intercept": 0, "terms": [{"predictor": "x", "coefficient": 1}]}]])
    local x = custval.vector(100000)
    fails(status.CANCELLED, "", link:predict({x = x}, {progress = function() return false end}))
    raises("stop here", link.predict, link, {x = x}, {progress = function() error "stop here" end})
    local alone, together = link:predict {x = x}, link:predict({x = x}, {threads = custval.threads(2)})
    eq(alone.prediction:bytes(), together.prediction:bytes())
end)
