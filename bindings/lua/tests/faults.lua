-- What faults.c runs again and again: every kind of object, once.
-- SPDX-License-Identifier: Apache-2.0
local custval = require "custval"
local document = [[{"custval": "system", "version": 1, "dimensions": [
  {"id": "product", "side": "benefit", "indicators": [
    {"id": "quality", "weight": 2, "items": [{"column": "q1", "scale": [1, 10]}]},
    {"id": "range", "weight": 1, "items": [{"column": "q2", "scale": [1, 10]}]}]}]}]]
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
    custval.load "/no/such/file"
end
