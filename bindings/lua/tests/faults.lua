-- What faults.c runs again and again: every kind of object, once.
-- SPDX-License-Identifier: Apache-2.0
local custval = require "custval"
local document = [[{"custval": "system", "version": 1, "dimensions": [
  {"id": "product", "side": "benefit", "indicators": [
    {"id": "quality", "weight": 2, "items": [{"column": "q1", "scale": [1, 10]}]},
    {"id": "range", "weight": 1, "items": [{"column": "q2", "scale": [1, 10]}]}]}]}]]
local sales = {customer = {1, 1, 2, 9007199254740993}, date = {"2026-01-01", "2026-01-15", "2026-01-08", "2026-02-01"},
    amount = {10, 20, 5, 7}}
local worth_document = [[{"custval": "worth", "version": 1,
    "existing": {"revenue": "amount", "margin": 0.5, "keep": 1}}]]
local groups_document = [[{"custval": "groups", "version": 1, "measures": [{"id": "q1", "quantiles": [0.5]}],
    "groups": [{"id": "everybody"}]}]]
local scenario_document = [[{"custval": "scenario", "version": 1, "kind": "price", "periods": 2,
    "sales": {"mu": 0.1, "rival": 0}, "price": {"list": 100, "paid": 90, "money": [{"node": "quality", "factor": 1}]}}]]
local programmes_document = [[{"custval": "programmes", "version": 1,
    "traits": [{"id": "q1", "type": "number", "range": [1, 10]}], "programmes": [{"id": "a"}],
    "cases": [{"id": "c", "programme": "a", "succeeded": true, "traits": {"q1": 3}}]}]]
local impact_document = [[{"custval": "impact", "version": 1, "links": [{"fit": {"kind": "linear", "outcome": "y",
    "predictors": ["value"]}}, {"custval": "link", "version": 1, "kind": "logistic", "outcome": "stays",
    "intercept": 0, "terms": [{"predictor": "y", "coefficient": 0.5}]}], "use": "retention",
    "money": {"margin": "m", "rate": 0.1, "first": "next"}}]]
local columns = {q1 = {3, 4}, q2 = {5, false}}
-- The library's own failures are none of ours here.
return function()
    local system = custval.loads(document)
    system:score(columns)
    system:score({q1 = custval.vector {1, 2}, q2 = custval.vector(2):bytes()}, {levels = {"indicator"}})
    system:score_row {q1 = 1}
    system:scorer({coverage = "all"}):score(columns)
    system:explain(columns, 1)
    system:compare(columns)
    system:reason(columns, 1)
    system:nodes()
    system:inputs()
    system:to_json()
    system:check(columns)
    custval.builder({id = "x"}):dimension("benefit", {id = "d"}):indicator("d", {id = "i"})
        :item("i", {column = "c", curve = {type = "piecewise", x = {1, 2}, y = {0, 100}}}):build():profiles()
    local weights = custval.weights.ahp {names = {"quality", "range"}, matrix = {{1, {1, 2, 3}}, {{1 / 3, 1 / 2, 1},
        1}}}
    weights:apply(system):origins()
    weights:shares()
    weights:mix(custval.weights.rate {quality = 1, range = 2}):diagnostics()
    custval.weights.critic({a = {1, 2, 3}, b = {2, 1, 5}}, {sacrifices = {"b"}, ranges = {b = {0, 10}}})
    local summary = custval.summary {columns = {"q1"}, parts = {"quantiles"}}
    summary:add(columns):quantile("q1", 0.5)
    custval.summary.frombytes(summary:tobytes())
    custval.uncertainty.ranks(system, columns, custval.uncertainty.draw(system, {draws = 3}))
    custval.rank(columns, {q1 = 1}, {ties = "mean"})
    custval.from_table {side = {"benefit"}, dimension = {"d"}, indicator = {1}, column = {"q"}, low = {1}, high = {5}}
    custval.load "/no/such/file"
    local history = custval.history {unit = "week", amount = "amount"}
    history:add(sales):merge(custval.history.frombytes(history:tobytes()))
    local customers = history:customers {["end"] = "2026-03-01"}
    history:course()
    history:path(1, {["end"] = "2026-02-01"})
    history:facts()
    custval.rfm(customers, {bins = 2, recency_cuts = {3}})
    local lifetime = custval.lifetime.new("bgnbd", {0.243, 4.414, 0.793, 2.426}, "week")
    local joined = lifetime:with_spend(custval.lifetime.new("gamma-gamma", {6, 4, 15}))
    custval.lifetime.loads(joined:to_json()):spend():facts()
    joined:predict(customers, {outputs = {"alive", "value"}, rates = {0.1, 0.2}, columns = {x = "x"}})
    lifetime:counts(customers, {most = 2, quantiles = {0.5}})
    lifetime:track(customers, history:course())
    lifetime:by_frequency(customers)
    lifetime:parameters()
    custval.lifetime.fit(custval.lifetime.survivors {100, 60, 40}, {model = "sbg", columns = {count = "count"}})
    custval.lifetime.compare {lifetime}
    local worth = custval.worth(worth_document)
    worth:returns({amount = {1, 2}, s = {1, 2}}, {segment = "s"})
    custval.concentration(worth:value(sales))
    custval.equity({value = {1}, s = {"a"}}, {value = {1}, probability = {0.5}, s = {2}}, {segment = "s"})
    custval.markov_value({{0.5, 0.5}, {0, 1}}, {1, 0})
    custval.switching({last_brand = {"a"}}, {brands = {"a", "b"}, matrix = {{0.5, 0.5}, {0.5, 0.5}}})
    custval.wallet_allocation({a = {1}, b = {2}}, {brands = {"a", "b"}})
    custval.satisfaction.gap(system, columns, columns, {measures = {"gap"}, indicators = {"quality"},
        curves = {{1, 1, 2}}})
    custval.satisfaction.tolerance(system, columns, columns, columns)
    custval.satisfaction.encounters({customer = {1, 1}, score = {1, 2}}, {updating = 0.5, weight = 0.5})
    custval.satisfaction.backtest {score = {1, 2}, outcome = {0, 1}}
    local link = custval.link.fit({y = {1, 3, 5, 7.5}, x = {0, 1, 2, 3}}, {outcome = "y", predictors = {"x"}})
    custval.link(link:to_json()):predict {x = {1}}
    link:coefficients()
    link:covariance()
    custval.satisfaction.effects {link}
    link:facts()
    custval.satisfaction.disconfirmation({satisfaction = {5, 3, 6, 2, 5}, performance = {5, 3, 7, 2, 5},
        expectation = {4, 4, 5, 5, 5}}, {split = true})
    local groups = custval.groups(groups_document):fix(columns)
    groups:describe(columns, {value = "q1"})
    groups:measures()
    groups:label "everybody"
    custval.cohorts(custval.history():add(sales), {length = 1})
    local migration = custval.migration {states = {"a", "b"}, empty = "stay"}
    migration:add({customer = {1, 2}, state = {"a", "b"}}):add {customer = {1, 2}, state = {"b", "a"}}
    migration:matrix("probabilities", 1)
    migration:forecast(2, {1, 0, 0})
    migration:steady()
    migration:value({1, 2, 0}, {rate = 0.1})
    migration:test(migration)
    custval.panel.trend {customer = {1, 1}, period = {1, 2}, value = {1, 2}}
    custval.panel.weights({sex = {"m", "w"}}, {variable = {"sex", "sex"}, category = {"m", "w"}, target = {1, 2}},
        {variables = {"sex"}})
    custval.panel.change({customer = {1, 2}, value = {1, 2}}, {customer = {1, 2}, value = {2, 4}})
    local scenario = custval.scenario(scenario_document)
    scenario:path()
    scenario:run(system, columns, {cuts = {0, 10}})
    scenario:explain(system, columns, 1, 1)
    custval.features {count = 1, capability = 1, saturation = 1, usability = 1, burden = 1, weight = 0.7}
    custval.price_meter {too_cheap = {1}, cheap = {2}, expensive = {3}, too_expensive = {4}}
    local base = custval.programmes(programmes_document)
    base:update({programme = {"a"}, success = {1}}):list()
    base:match(columns)
    base:explain(columns, 1)
    base:nearest(columns, 1)
    base:traits()
    base:check()
    local answers = {q1 = {3, 4, 8}, q2 = {5, 6, 7}, y = {1, 3, 2}, m = {1, 2, 3}}
    local impact = custval.impact(impact_document):fit(system, answers)
    impact:run(system, answers, {levels = {"dimension"}, draws = 2})
    impact:links()
    impact:columns(system)
    impact:assumptions()
    custval.next_need({interval = {3}, last = {1}}, {interval = "interval", since = "last"})
    custval.smoothed_interval {1, 2}
    custval.present_value {flows = {1, 2}, rate = 0.1}
    custval.acquisition_optimum {ceiling = 0.4, efficiency = 0.2, value = 100}
    custval.calendar_months {date = "2026-01-31", count = 2, days_per_unit = 7}
end
