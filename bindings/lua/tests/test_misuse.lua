-- Wrong types, wrong names, closed objects, wild arguments: errors, never a crash, never a leak.
-- SPDX-License-Identifier: Apache-2.0
local H = require "harness"
local custval = require "custval"
local test, eq, raises = H.test, H.eq, H.raises

local function system()
    return assert(custval.loads(H.document))
end

test("wrong types raise", function()
    local hotel = system()
    raises("table expected", hotel.score, hotel)
    raises("table expected", hotel.score, hotel, 5)
    raises("table expected", hotel.score, hotel, H.answers, 5)
    raises("custval.system 1 expected", hotel.score, {}, H.answers)
    raises("custval.system 1 expected", hotel.score, custval.vector(2), H.answers)
    raises("table expected", hotel.score_row, hotel, 5)
    raises("string", custval.loads, 5)
    raises("string expected", custval.load)
    raises("rows are whole numbers from 1", hotel.explain, hotel, H.answers, 0)
    raises("rows are whole numbers from 1", hotel.explain, hotel, H.answers, 1.5)
    raises("rows are whole numbers from 1", hotel.explain, hotel, H.answers, 0 / 0)
    raises("number expected", hotel.explain, hotel, H.answers)
end)

test("wrong options raise, and the known ones are named", function()
    local hotel = system()
    raises('unknown option "lebels"; known are as_of, profile', hotel.score, hotel, H.answers, {lebels = "all"})
    raises("the words are value, side", hotel.score, hotel, H.answers, {levels = {"values"}})
    raises("a string expected", hotel.score, hotel, H.answers, {profile = 5})
    raises("options have names", hotel.score, hotel, H.answers, {"value"})
    raises("a whole number", custval.uncertainty.draw, hotel, {draws = -1})
    raises("a whole number", custval.uncertainty.draw, hotel, {draws = 1.5})
    raises("a whole number", custval.uncertainty.draw, hotel, {draws = 2 ^ 40})
    raises("a whole number", custval.uncertainty.draw, hotel, {seed = "x"})
    raises("a whole number", custval.uncertainty.draw, hotel, {seed = "18446744073709551616"})
    raises("a number expected", custval.uncertainty.draw, hotel, {spread = "x"})
    raises("custval.threads 1 expected", hotel.score, hotel, H.answers, {threads = 2})
    raises("a function expected", hotel.score, hotel, H.answers, {progress = 2})
    raises("no progress", hotel.scorer, hotel, {progress = print})
end)

test("wrong specs raise", function()
    local function begun()
        return assert(custval.builder():dimension("benefit", {id = "d"}):indicator("d", {id = "i"}))
    end
    local builder = begun()
    raises("curve: a table expected", builder.item, builder, "i", {column = "x", curve = 5})
    raises('unknown option "typ"; known are type, x, y', builder.item, builder, "i", {column = "x",
        curve = {typ = "scale"}})
    raises("its neighbours ask for", builder.item, builder, "i", {column = "x", curve = {x = {1, 2}, y = {1, 2, 3}}})
    raises("parameters: at most 3", builder.item, builder, "i", {column = "x", curve = {type = "logistic",
        parameters = {1, 2, 3, 4}}})
    assert(builder:item("i", {column = "x", curve = {type = "logistic", parameters = {5, 1}}}))
    eq(assert(builder:build()):node("x").spec.curve.parameters[2], 1)
end)

test("texts with a NUL in them raise", function()
    local hotel = system()
    raises("profile: a string with a NUL", hotel.score, hotel, H.answers, {profile = "a\0b"})
    raises("names: a string with a NUL", custval.weights.ahp, {names = {"a\0b"}, matrix = {{1}}})
end)

test("wrong criteria and judgements raise", function()
    local data = {a = {1, 2, 3}, b = {2, 1, 5}}
    raises("ranges: {low, high} expected", custval.weights.critic, data, {ranges = {a = 5}})
    raises("ranges: {low, high} expected", custval.weights.critic, data, {ranges = {a = {1, "x"}}})
    raises("a judgement is a number", custval.weights.ahp, {names = {"a", "b"}, matrix = {{1, "x"}, {1, 1}}})
    raises("member_weights: 1 numbers", custval.weights.ahp,
        {names = {"a", "b"}, matrices = {{{1, 2}, {1 / 2, 1}}, {{1, 2}, {1 / 2, 1}}}, member_weights = {1}})
    raises("is no status", custval.summarise, {status = {-1}})
end)

test("wrong columns raise, and name column and row", function()
    local hotel = system()
    raises('column "q2" has 2 rows, but column "q1" has 1', hotel.score, hotel, {q1 = {1}, q2 = {1, 2}, q3 = {1}})
    raises('column "q1" has 3 rows, but n is 2', hotel.score, hotel, {n = 2, q1 = {1, 2, 3}, q2 = {1, 2}, q3 = {1, 2}})
    raises('column "q1" has 1 rows, but n is 2', hotel.score, hotel, {n = 2, q1 = custval.vector {1}, q2 = {1, 2},
        q3 = {1, 2}})
    raises("n:", hotel.score, hotel, {n = -1, q1 = {1}, q2 = {1}, q3 = {1}})
    raises('column "q1", row 2: a number expected, got boolean', hotel.score, hotel, {q1 = {1, true}, q2 = {1, 2},
        q3 = {1, 2}})
    raises('column "q1", row 2: a number expected, got string', hotel.score, hotel, {q1 = {1, "x"}, q2 = {1, 2},
        q3 = {1, 2}})
    raises('column "q1", row 2: a string expected, got number', hotel.score, hotel, {q1 = {"x", 1}, q2 = {1, 2},
        q3 = {1, 2}})
    raises("multiple of 8", hotel.score, hotel, {q1 = "abc", q2 = {1}, q3 = {1}})
    raises("an array, a vector", hotel.score, hotel, {q1 = print, q2 = {1}, q3 = {1}})
    raises("columns have names", hotel.score, hotel, {[1.5] = {1}})
    raises('column "q1": a number expected', hotel.score_row, hotel, {q1 = "7"})
end)

test("a missing column is a failure that names similar ones", function()
    H.fails(custval.status.NOT_FOUND, 'no column "q3"; did you mean "Q3"', system():score {q1 = {1}, q2 = {1},
        Q3 = {1}})
    H.fails(custval.status.TYPE, "q1", system():score {q1 = {"five"}, q2 = {1}, q3 = {1}})
end)

test("closed objects raise, and closing twice does not", function()
    local hotel = system()
    hotel:score_row {q1 = 1}
    hotel:close()
    hotel:close()
    for _, name in ipairs {"score", "score_row", "to_json", "tree", "nodes", "inputs", "explain", "levers", "builder",
        "check", "spec"} do
        raises("the system is closed", hotel[name], hotel, H.answers, 1)
    end
    raises("closed", custval.uncertainty.draw, hotel)
    raises("closed", custval.summary, {system = hotel})
    assert(tostring(hotel):find "closed")
    eq(custval.threads(1).close, nil) -- scorers and summaries use it
    local set = custval.weights.rate {a = 1}
    set:close()
    raises("closed", set.shares, set)
    local summary = assert(custval.summary {columns = {"a"}})
    summary:close()
    raises("closed", summary.add, summary, {a = {1}})
    local builder = assert(custval.builder())
    builder:close()
    raises("closed", builder.build, builder)
    raises("expected", hotel.close, {})
end)

test("a scorer outlives the handle of its system, and threads that of their pool", function()
    local scorer
    do
        local hotel = system()
        scorer = assert(hotel:scorer {threads = custval.threads(2)})
        hotel:close()
    end
    collectgarbage()
    collectgarbage()
    assert(scorer:row({q1 = 1, q2 = 1, q3 = 1}).value)
    assert(scorer:score(H.answers).value[1])
    local summary = assert(custval.summary {columns = {"q1"}, threads = custval.threads(2)})
    collectgarbage()
    collectgarbage()
    assert(summary:add(H.answers))
end)

test("vectors keep their bounds", function()
    local vector = custval.vector(3)
    eq(#vector, 3)
    eq(vector[1], 0)
    vector[3] = 7
    eq(vector[3], 7)
    vector[2] = nil
    assert(vector[2] ~= vector[2])
    for _, index in ipairs {0, 4, 1.5, -1, 2 ^ 60} do
        eq(vector[index], nil)
        raises("outside the vector", function() vector[index] = 1 end)
    end
    raises("number expected", function() vector.x = 1 end)
    eq(vector.nothing, nil)
    eq(#vector:bytes(), 24)
    eq(#custval.vector(vector:bytes()), 3)
    eq(custval.vector({1, false, 3}):table()[3], 3)
    raises("multiple of 8", custval.vector, "abc")
    raises("whole number", custval.vector, -1)
    raises("whole number", custval.vector, 0.5)
    raises("an array of numbers", custval.vector, print)
    raises("not a number", custval.vector, {"x"})
end)

test("no method is hurt by wild arguments", function()
    local hotel = system()
    local wild = {
        nil, true, false, 0, -1, 1e300, 0 / 0, "", "x", {}, {1, 2}, {{}}, H.answers, print, custval.vector(2), hotel,
            H.null, custval.threads(1),
        custval.weights.rate {quality = 1, range = 2}, {columns = {"q1"}}, {names = {"a"}}, {q1 = {}},
            coroutine.create(function() end), io.stdout,
    }
    local count, calls = 24, 0
    local function attack(name, body, first)
        for i = 1, count do
            for j = 1, count do
                local ok, result, message, code = pcall(body, first ~= nil and first or wild[i], wild[j],
                    wild[(i * 7 + j * 3) % count + 1],
                    wild[(i + j * 5) % count + 1])
                calls = calls + 1
                if not ok then
                    assert(type(result) == "string", name)
                elseif result == nil and message ~= nil then
                    assert(type(message) == "string" and type(code) == "number", name)
                end
                if first ~= nil and i > 3 then break end
            end
        end
    end
    local function called(module)
        return function(...) return module(...) end
    end
    local modules = {custval, custval.weights, custval.uncertainty, custval.lifetime, {
        frombytes = custval.summary.frombytes, summary = called(custval.summary), history = called(custval.history),
        history_frombytes = custval.history.frombytes, worth = called(custval.worth), link = called(custval.link),
        link_fit = custval.link.fit, groups = called(custval.groups), scenario = called(custval.scenario),
        programmes = called(custval.programmes), impact = called(custval.impact),
    }, custval.satisfaction, custval.panel}
    for _, functions in ipairs(modules) do
        for name, body in pairs(functions) do
            if type(body) == "function" then attack(name, body) end
        end
    end
    local handles = {
        hotel, assert(hotel:scorer()), assert(custval.builder()), custval.weights.rate {quality = 1, range = 2},
        assert(custval.summary {columns = {"q1"}, parts = {"pairs"}}), custval.vector(2), assert(custval.history()),
        assert(custval.lifetime.new("bgnbd", {0.243, 4.414, 0.793, 2.426})),
        assert(custval.worth '{"custval": "worth", "version": 1, "existing": {"value": "x"}}'),
        assert(custval.link '{"custval": "link", "version": 1, "kind": "linear", "outcome": "y", "intercept": 0}'),
        assert(custval.groups [[{"custval": "groups", "version": 1, "measures": [{"id": "q1", "cuts": [5]}],
            "groups": [{"id": "everybody"}]}]]),
        assert(custval.migration {states = {"a"}}),
        assert(custval.scenario [[{"custval": "scenario", "version": 1, "kind": "competition", "periods": 2,
            "sales": {"mu": 0.1, "rival": 0}, "competition": {"effects": [{"node": "value", "points": 1}]}}]]),
        assert(custval.programmes '{"custval": "programmes", "version": 1, "programmes": [{"id": "a"}]}'),
        assert(custval.impact [[{"custval": "impact", "version": 1, "links": [{"custval": "link", "version": 1,
            "kind": "logistic", "outcome": "stays", "intercept": 0}], "use": "retention",
            "money": {"margin": 1, "rate": 0.1, "first": "next"}}]]),
    }
    local methods = {
        "score", "score_row", "scorer", "explain", "change", "levers", "target", "flip", "compare",
            "compare_indicators", "check", "reason", "row",
        "columns", "node", "label", "weights", "criteria", "tree", "dimension", "indicator", "item", "side",
            "derived", "derived_part",
        "profile", "profile_weight", "context", "context_weight", "context_expectation", "gate", "override", "origin",
            "highest", "set_weight", "relief",
        "set_scale", "build", "apply", "mix", "diagnostic", "add", "merge", "quantile", "fit", "correlations",
            "table", "bytes",
        "customers", "course", "path", "fold", "predict", "counts", "track", "by_frequency", "with_spend", "parameters",
            "covariance", "value", "returns",
        "coefficients", "label", "advice", "fix", "assign", "describe", "matrix", "flows", "forecast", "test", "run",
            "match", "nearest", "list", "update", "links",
    }
    for _, handle in ipairs(handles) do
        for _, method in ipairs(methods) do
            if handle[method] then attack(method, handle[method], handle) end
        end
    end
    assert(calls > 10000)
    assert(hotel:score(H.answers))
end)

test("metatables are closed", function()
    eq(getmetatable(system()), false)
    eq(getmetatable(custval.vector(1)), false)
end)

if _VERSION == "Lua 5.4" then
    test("a variable that is to be closed closes", function()
        local kept = assert(load [[
            local custval, document = ...
            local kept
            do
                local system <close> = custval.loads(document)
                kept = system
            end
            return kept
        ]])(custval, H.document)
        raises("closed", kept.tree, kept)
    end)
end
