-- Memory stays flat over many cycles of everything, failures included.
-- SPDX-License-Identifier: Apache-2.0
local H = require "harness"
local custval = require "custval"

local hotel = assert(custval.loads(H.document))

H.test_flat("rows scored leave nothing", 20000, function()
    hotel:score_row {q1 = 5, q2 = 6, q3 = 7}
end)

H.test_flat("tables scored leave nothing", 20000, function()
    hotel:score {q1 = {5}, q2 = {6}, q3 = {7}}
end)

H.test_flat("failures and errors leave nothing", 20000, function()
    hotel:score {q1 = {5}, q2 = {6}}
    pcall(hotel.score, hotel, {q1 = {5}, q2 = {true}, q3 = {7}})
    custval.loads "{"
end)

H.test_flat("systems loaded and dropped leave nothing", 1000, function()
    local system = custval.loads(H.document)
    system:scorer():row {q1 = 1}
    system:builder():build()
end)

H.test_flat("explanations, weights and summaries leave nothing", 600, function()
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

local sales = {customer = {1, 1, 2, 3}, date = {"2026-01-01", "2026-01-15", "2026-01-08", "2026-02-01"},
    amount = {10, 20, 5, 7}}
local model = assert(custval.lifetime.new("bgnbd", {0.243, 4.414, 0.793, 2.426}))
local worth = assert(custval.worth '{"custval": "worth", "version": 1, "existing": {"value": "amount"}}')

H.test_flat("histories and lifetimes leave nothing", 600, function()
    local history = custval.history {unit = "week"}
    local customers = history:add(sales):customers {["end"] = "2026-03-01"}
    history:merge(custval.history.frombytes(history:tobytes()))
    history:add {customer = {1}, date = {"soon"}, amount = {1}}
    pcall(history.add, history, {customer = {1}, date = {true}, amount = {1}})
    custval.rfm(customers, {bins = 2})
    model:predict(customers, {horizon = 5, outputs = "all", rate = 0.1, spend_column = "total_spend"})
    model:predict(customers, {horizon = -5})
    model:counts(customers)
    custval.lifetime.loads(model:to_json()):facts()
    custval.lifetime.fit(customers, {model = "bgnbd"})
    pcall(custval.lifetime.fit, customers, {model = "no model"})
end)

H.test_flat("worth, equity and formulas leave nothing", 2000, function()
    local values = worth:value(sales)
    custval.concentration(values)
    custval.equity({value = values.total})
    custval.switching({last_brand = {"a"}}, {brands = {"a", "b"}, matrix = {{0.5, 0.5}, {0.5, 0.5}}})
    custval.switching({last_brand = {"a"}}, {brands = {"a", "b"}, matrix = {{0.5, 0.4}, {0.5, 0.5}}})
    custval.markov_value({{0.5, 0.5}, {0, 1}}, {1, 0})
    custval.present_value {flows = {1, 2, 3}, rate = 0.1}
    pcall(custval.present_value, {flows = {1, "x"}, rate = 0.1})
    custval.worth "{}"
end)

local link = assert(custval.link.fit({y = {1, 3, 5, 7.5}, x = {0, 1, 2, 3}}, {outcome = "y", predictors = {"x"}}))
local bands = assert(custval.groups [[{"custval": "groups", "version": 1, "measures": [{"id": "q1", "cuts": [5]}],
    "groups": [{"id": "high", "when": {"q1": 2}}, {"id": "low"}]}]])
local plan = assert(custval.scenario [[{"custval": "scenario", "version": 1, "kind": "price", "periods": 3,
    "sales": {"mu": 0.1, "rival": 0}, "price": {"list": 100, "paid": 90, "money": [{"node": "price", "factor": 1}]}}]])
local base = assert(custval.programmes '{"custval": "programmes", "version": 1, "programmes": [{"id": "a"}]}')

H.test_flat("satisfaction, links, panels and groups leave nothing", 600, function()
    custval.satisfaction.gap(hotel, H.answers, H.answers)
    custval.satisfaction.gap(hotel, H.answers, {q1 = {1}})
    pcall(custval.satisfaction.gap, hotel, H.answers, {q1 = {true}})
    custval.satisfaction.backtest {score = {1, 2}, outcome = {0, 1}}
    custval.satisfaction.nps({recommend = {9}, shop = {1}}, {group = "shop"})
    custval.link(link:to_json()):predict {x = {1}}
    custval.link.fit({y = {0, 1}, x = {0, 1}}, {outcome = "y", predictors = {"x"}, kind = "logistic"})
    custval.panel.change({customer = {1, 2}, value = {1, 2}}, {customer = {1, 2}, value = {2, 4}})
    custval.panel.trend {customer = {1}, period = {0.5}, value = {1}}
    bands:fix(H.answers):assign(H.answers)
    bands:describe {q1 = {"x"}}
end)

H.test_flat("migration, scenarios and programmes leave nothing", 600, function()
    local migration = custval.migration {states = {"a", "b"}, empty = "stay"}
    migration:add({customer = {1, 2}, state = {"a", "b"}}):add {customer = {2, 1}, state = {"a", "b"}}
    migration:add {customer = {1}, state = {"c"}}
    migration:steady()
    migration:value {1, 2, 0}
    pcall(migration.value, migration, {1})
    plan:run(hotel, H.answers)
    plan:run(hotel, {q1 = {1}})
    plan:path()
    base:update({programme = {"a"}, success = {1}}):match {customer = {1}}
    base:update {programme = {"b"}, success = {1}}
    custval.next_need({interval = {3}, last = {1}}, {interval = "interval", since = "last"})
end)

local chain = assert(custval.impact [[{"custval": "impact", "version": 1, "links": [{"fit": {"kind": "linear",
    "outcome": "y", "predictors": ["value"]}}, {"custval": "link", "version": 1, "kind": "logistic", "outcome": "stays",
    "intercept": 0, "terms": [{"predictor": "y", "coefficient": 0.5}]}], "use": "retention",
    "money": {"margin": 1, "rate": 0.1, "first": "next"}}]])

H.test_flat("impacts, and systems of tables, leave nothing", 600, function()
    local answers = {q1 = {10, 1, 4, 7}, q2 = {5, 6, 7, 8}, q3 = {1, 10, 5, 2}, y = {3, 1, 2, 2}}
    local impact = chain:fit(hotel, answers)
    impact:run(hotel, answers, {draws = 3})
    chain:run(hotel, answers)
    chain:fit(hotel, H.answers)
    pcall(impact.run, impact, hotel, {q1 = {true}})
    impact:links()[1]:facts()
    impact:assumptions()
    custval.impact(impact:to_json())
    custval.impact "{}"
    local items = {side = {"benefit"}, dimension = {"d"}, indicator = {"i"}, column = {"q"}, low = {1}, high = {5}}
    custval.from_table(items):builder():relief {node = "i", by = "d", share = 1}
    items.low = nil
    custval.from_table(items)
end)

H.test_flat("large vectors leave nothing", 40, function()
    local column = custval.vector(50000)
    hotel:score {q1 = column, q2 = column, q3 = column}
end)
