-- The fast path by LuaJIT's FFI: the interface, results and bits of the module in C.
-- SPDX-License-Identifier: Apache-2.0
local H = require "harness"
if not rawget(_G, "jit") then return end
local custval, fast = require "custval", require "custval_ffi"
local test, eq, same, raises = H.test, H.eq, H.same, H.raises

for _, case in ipairs(H.vectors "scoring") do
    test("FFI, scoring: " .. case.id, function()
        local system, message, code = fast.loads(case.document)
        if case.error then
            if system then
                local result
                result, message, code = system:score(case.data, case.options)
                eq(result, nil, "result")
            end
            eq(custval.describe(code), case.error, message)
            assert(message:find(case.message_part, 1, true), message)
            return
        end
        local scores = assert(assert(system, message):score(case.data, case.options))
        for name, column in pairs(case.exact) do
            for row = 1, #column do same(scores[name][row], column[row], name .. " of row " .. row) end
        end
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
    end)
end

test("FFI: sizes, offsets and constants are those of the C compiler", function()
    local ffi, constants = require "ffi", require "custval_cdef"
    local facts = dofile(os.getenv "CUSTVAL_FACTS")
    local structs = 0
    for struct, members in pairs(facts.sizes) do
        structs = structs + 1
        for member, offset in pairs(members) do
            if member == 1 then eq(ffi.sizeof(struct), offset, struct) else eq(ffi.offsetof(struct, member), offset,
                struct .. "." .. member) end
        end
    end
    assert(structs > 30)
    for name, value in pairs(facts.values) do
        if not name:find "VERSION" and value < 2 ^ 53 then eq(constants[name], value, name) end
    end
end)

test("FFI: tables, vectors and packed strings", function()
    local system = assert(fast.loads(H.document))
    local plain, vectors, bytes = assert(system:score(H.answers)), {}, {}
    for name, column in pairs(H.answers) do
        vectors[name] = fast.vector(column)
        bytes[name] = custval.vector(column):bytes()
        eq(vectors[name]:bytes(), bytes[name])
    end
    for _, input in ipairs {vectors, bytes} do
        local scores = assert(system:score(input))
        eq(tostring(scores.value), "custval.vector of 4 numbers")
        for row = 1, 4 do same(scores.value[row], plain.value[row]) end
    end
    eq(type(assert(system:score(vectors, {packed = false})).value), "table")
    eq(table.concat(plain, " "), "value benefit sacrifice coverage status")
end)

test("FFI: no answer, misuse, closing", function()
    local system = assert(fast.loads(H.document))
    local scores = assert(system:score {n = 4, q1 = {nil, false, 0 / 0, H.null}, q2 = {1, 1, 1, 1}, q3 = {1, 1, 1, 1}})
    for row = 1, 4 do same(scores.value[row], scores.value[1]) end
    eq(system:score_row({}).value, nil)
    same(system:score_row({q1 = 10, q2 = 5, q3 = 1}).value, system:score(H.answers).value[1])
    raises("a number expected, got string", system.score_row, system, {q1 = "x"})
    raises('unknown option "x"', system.score, system, H.answers, {x = 1})
    raises("levels", system.score, system, H.answers, {levels = "x"})
    raises("has 2 rows", system.score, system, {q1 = {1}, q2 = {1, 2}, q3 = {1}})
    raises("a table of columns expected", system.score, system, 5)
    raises("outside the vector", function() fast.vector(2)[3] = 1 end)
    H.fails(custval.status.NOT_FOUND, "q3", system:score {q1 = {1}, q2 = {1}})
    H.fails(custval.status.NOT_FOUND, "nobody", system:score(H.answers, {profile = "nobody"}))
    H.fails(custval.status.NOT_FOUND, "/no/such", fast.load "/no/such/file")
    system:close()
    system:close()
    raises("the system is closed", system.score_row, system, {})
    raises("the system is closed", system.score, system, {})
    eq(fast.version, custval.version)
end)

-- The same tables, to the bit.
local function same_tables(actual, expected)
    eq(table.concat(actual, " "), table.concat(expected, " "))
    for _, name in ipairs(expected) do
        eq(#actual[name], #expected[name], name)
        for row = 1, #expected[name] do
            local one, other = actual[name][row], expected[name][row]
            if type(other) == "number" then same(one, other, name .. " of row " .. row) else eq(one, other, name) end
        end
    end
end

for _, case in ipairs(H.vectors "history") do
    test("FFI, history: " .. case.id, function()
        local options = {}
        for name, value in pairs(case.options) do
            if type(value) ~= "number" or name == "step" or name == "periods_per_unit" then options[name] = value end
        end
        local words = {period = {"day", "week", "month", "quarter", "year", "hour", "second", "number"},
            refunds = {"reject", "net", "drop", "keep"}, zeros = {"keep", "drop"}, bad_rows = {"reject", "drop"}}
        for name, word in pairs(words) do options[name] = word[case.options[name]] end
        local view = {["end"] = case["end"], holdout_end = case.holdout_end}
        local quick, plain = assert(fast.history(options)), assert(custval.history(options))
        same_tables(assert(quick:add(case.data)):customers(view), assert(plain:add(case.data)):customers(view))
        same_tables(assert(quick:course(view)), assert(plain:course(view)))
        eq(quick:tobytes(), plain:tobytes())
        eq(assert(fast.history.frombytes(plain:tobytes())):tobytes(), plain:tobytes())
    end)
end

test("FFI: from transactions to lifetime values, with the bits of the module", function()
    local data, view = H.csv "examples/cdnow/transactions.csv", {["end"] = "1997-09-30"}
    local customers = assert(assert(fast.history {unit = "week"}):add(data)):customers(view)
    same_tables(customers, (H.cdnow()))
    local options = {outputs = "all", horizon = 52, rate = 0.1, rate_period = 52}
    local quick, plain = {}, {}
    for _, model in ipairs {"bgnbd", "gamma-gamma"} do
        quick[model] = assert(fast.lifetime.fit(customers, {model = model, unit = "week"}))
        plain[model] = assert(custval.lifetime.fit(customers, {model = model, unit = "week"}))
        eq(quick[model]:to_json(), plain[model]:to_json())
    end
    local joined = assert(quick.bgnbd:with_spend(quick["gamma-gamma"]))
    local expected = assert(plain.bgnbd:with_spend(plain["gamma-gamma"])):predict(customers, options)
    same_tables(assert(joined:predict(customers, options)), expected)
    same_tables(assert(fast.lifetime.loads(joined:to_json())):predict(customers, options), expected)
    options.spend = quick["gamma-gamma"]
    options.packed = true
    local packed = assert(quick.bgnbd:predict({x = fast.vector(customers.x), t_x = customers.t_x, T = customers.T,
        mean_spend = customers.mean_spend}, options))
    eq(tostring(packed.value), "custval.vector of 2357 numbers")
    for row = 1, 2357 do same(packed.value[row], expected.value[row]) end
    local months = {cash_times = {4, 9, 13}, rates = {0.1, 0.2}, spend_column = "mean_spend", outputs = {"value"},
        columns = {x = "x"}, timing = "middle"}
    same_tables(quick.bgnbd:predict(customers, months), plain.bgnbd:predict(customers, months))
    local covariates = {model = "bgnbd", purchase_covariates = {"first_spend"}, ridge = 0.01, accept = true}
    eq(assert(fast.lifetime.fit(customers, covariates)):to_json(),
        assert(custval.lifetime.fit(customers, covariates)):to_json())
end)

for _, case in ipairs(H.vectors "money") do
    if case.kind == "worth" then
        test("FFI, worth: " .. case.id, function()
            local worth = assert(fast.worth(case.document))
            same_tables(assert(worth:value(case.data)), custval.worth(case.document):value(case.data))
            eq(worth:to_json(), custval.worth(case.document):to_json())
        end)
    end
end

test("FFI: histories, lifetimes and worth fail and refuse as in the module", function()
    local status, history = custval.status, assert(fast.history())
    local sale = {customer = {1}, date = {"2026-01-01"}, amount = {1}}
    H.fails(status.RANGE, "soon", history:add {customer = {1}, date = {"soon"}, amount = {1}})
    eq(select(4, history:add {customer = {1, 1}, date = {"2026-01-01", "soon"}, amount = {1, 1}}), 2)
    H.fails(status.NOT_FOUND, 'did you mean "Date"', history:add {customer = {1}, Date = {"x"}, amount = {1}})
    eq(history:add(sale), history)
    eq(history:merge(assert(fast.history()):add(sale)), history)
    eq(history:fold "2026-01-01", history)
    H.fails(status.STATE, "", history:add(sale))
    H.fails(status.RANGE, "", history:customers {["end"] = "soon"})
    H.fails(status.DOCUMENT, "", fast.history.frombytes "x")
    raises('unit: "sol" is no unit of at least one day', fast.history, {unit = "sol"})
    raises('unknown option "units"', fast.history, {units = "week"})
    raises("did you mean", fast.history, {period = "mont"})
    raises("a table of columns expected", history.add, history)
    raises("columns have names", history.add, history, {5})
    raises("a history expected", history.merge, history, {})
    history:close()
    history:close()
    raises("the history is closed", history.add, history, sale)
    local model = assert(fast.lifetime.loads(custval.lifetime.new("nbd", {1, 2}):to_json()))
    H.fails(status.DOCUMENT, "", fast.lifetime.loads "{}")
    H.fails(status.NOT_FOUND, "/no/such", fast.lifetime.load "/no/such/file")
    H.fails(status.ARGUMENT, "model", fast.lifetime.fit({x = {1}}, {}))
    H.fails(status.STRUCTURE, "", model:with_spend(model))
    H.fails(status.RANGE, "horizon", model:predict({x = {1}, T = {2}}, {horizon = -1}))
    H.fails(status.NOT_FOUND, "x", model:predict {T = {2}})
    raises("horizon: a number expected, got string", model.predict, model, {x = {1}}, {horizon = "1"})
    raises("outputs: ", model.predict, model, {x = {1}}, {outputs = {"alve"}})
    raises("outputs: a word expected", model.predict, model, {x = {1}}, {outputs = 5})
    raises("cash_times: an array of numbers", model.predict, model, {x = {1}}, {cash_times = 5})
    raises("cash_times: entry 1 is not a number", model.predict, model, {x = {1}}, {cash_times = {"x"}})
    raises("columns: a table expected", model.predict, model, {x = {1}}, {columns = 5})
    raises("x: a string with a NUL", model.predict, model, {x = {1}}, {columns = {x = "a\0b"}})
    raises("a lifetime expected", model.predict, model, {x = {1}}, {spend = 5})
    raises("an array of strings", fast.lifetime.fit, {x = {1}}, {purchase_covariates = "x"})
    raises("a whole number", fast.lifetime.fit, {x = {1}}, {max_iterations = 1.5})
    raises("a table of options expected", model.predict, model, {x = {1}}, 5)
    H.fails(status.STRUCTURE, "", fast.worth '{"custval": "worth", "version": 1}')
    local worth = assert(fast.worth.load(H.source .. "/examples/worth/worth.json"))
    H.fails(status.NOT_FOUND, "", worth:value {x = {1}})
    raises('unknown option "x"', worth.value, worth, {x = {1}}, {x = 1})
    raises("a string expected", fast.worth, 5)
end)

test("FFI: equity and formulas as in the module", function()
    local current = {value = {100, 50}, influence = {10, 0}, segment = {1, 2}}
    local prospects = {probability = {0.5}, value = {80}, cost = {10}, segment = {2}}
    local options = {segment = "segment", cost = "cost", influence = "influence", attribution = 0.5}
    same_tables(assert(fast.equity(current, prospects, options)), custval.equity(current, prospects, options))
    same_tables(assert(fast.equity(nil, prospects)), custval.equity(nil, prospects))
    H.fails(custval.status.ARGUMENT, "", fast.equity())
    H.fails(custval.status.NOT_FOUND, "value", fast.equity {x = {1}})
    raises("a table of columns expected", fast.equity, 5)
    local response = {ceiling = 0.4, efficiency = 0.2}
    local cases = {
        margin_multiple = {{retention = 0.8, rate = 0.12, first = "next"}, {retention = 0.8, rate = 0.12},
            {retention = 0.8, rate = 0.1, first = "now", periods = 3}, {retention = 0.8}},
        contractual_value = {{contribution = 10, retention = 0.5, rate = 0, periods = 2, first = "next"}, {rate = 1}},
        economic_value = {{reference_cost = 1000, price = 400, start_up = 100}, {reference_cost = 0 / 0, price = 1}},
        present_value = {{flows = {1, 2, 3}, rate = 0.1}, {flows = {}, rate = 0.1}, {flows = {1 / 0}, rate = 0.1},
            {flows = {1}, first = 1, rate = -2}, {flows = {"x"}, rate = 1}, {flows = {1}, rate = "1"}},
        life_cycle_cost = {{price = 100, costs = {10, 10}, rate = 0.1, residual = 20}, {price = 1, costs = {1}}},
        programme_return = {{gain = 150, cost = 100}, {gain = 1, cost = 0}, {gain = 1, cost = 1, x = 1}},
        allowable_spend = {{before = 0.2, after = 0.3, value = 100}, {before = 2, after = 0.3, value = 100}},
        active_probability = {{last = 8, period = 12, purchases = 2}, {last = 13, period = 12, purchases = 2}, 5},
    }
    for name, given in pairs(cases) do
        for _, terms in ipairs(given) do
            local quick, plain = {pcall(fast[name], terms)}, {pcall(custval[name], terms)}
            for i = 1, 4 do
                if plain[1] then eq(quick[i], plain[i], name) end
            end
            eq(quick[1], plain[1], name)
        end
    end
    for name, more in pairs {acquisition_optimum = {value = 100}, retention_optimum = {margin = 50, rate = 0.1}} do
        for key, value in pairs(response) do more[key] = value end
        local expected = assert(custval[name](more))
        for key, value in pairs(assert(fast[name](more))) do same(value, expected[key], name .. "." .. key) end
        more.ceiling = 2
        H.fails(custval.status.RANGE, "", fast[name](more))
        more.ceiling = nil
        raises("ceiling is not given", fast[name], more)
    end
    raises("rate is not given", fast.margin_multiple, {retention = 0.8})
    raises("a table of terms expected", fast.margin_multiple, 5)
    raises('unknown option "x"', fast.programme_return, {gain = 1, cost = 1, x = 1})
end)

do
    local system = assert(fast.loads(H.document))
    local model = assert(fast.lifetime.loads(custval.lifetime.new("nbd", {1, 2}):to_json()))
    local plan = assert(fast.scenario [[{"custval": "scenario", "version": 1, "kind": "price", "periods": 3,
        "sales": {"mu": 0.1, "rival": 0}, "price": {"list": 100, "paid": 90,
        "money": [{"node": "price", "factor": 1}]}}]])
    local chain = assert(fast.impact [[{"custval": "impact", "version": 1, "links": [{"fit": {"kind": "linear",
        "outcome": "y", "predictors": ["value"]}}, {"custval": "link", "version": 1, "kind": "logistic",
        "outcome": "stays", "intercept": 0, "terms": [{"predictor": "y", "coefficient": 0.5}]}], "use": "retention",
        "money": {"margin": 1, "rate": 0.1, "first": "next"}}]])
    local chained = {q1 = {10, 1, 4, 7}, q2 = {5, 6, 7, 8}, q3 = {1, 10, 5, 2}, y = {3, 1, 2, 2}}

    H.test_flat("FFI: scores leave nothing", 10000, function()
        system:score {q1 = {5}, q2 = {6}, q3 = {7}}
        system:score_row {q1 = 5, q2 = 6, q3 = 7}
    end)

    H.test_flat("FFI: objects and failures leave nothing", 1000, function()
        fast.loads(H.document):score {q1 = {5}}
        local history = fast.history {unit = "week"}
        local sales = {customer = {1, 1}, date = {"2026-01-01", "2026-01-15"}, amount = {1, 2}}
        model:predict(history:add(sales):customers(), {horizon = 5})
        history:add {customer = {1}, date = {"soon"}, amount = {1}}
        pcall(model.predict, model, sales, {outputs = "alve"})
        fast.lifetime.loads(model:to_json())
        fast.satisfaction.gap(system, H.answers, H.answers)
        fast.satisfaction.gap(system, H.answers, {q1 = {1}})
        pcall(fast.satisfaction.gap, system, H.answers, {q1 = {true}})
        local migration = fast.migration {states = {"a", "b"}, empty = "stay"}
        migration:add({customer = {1, 2}, state = {"a", "b"}}):add {customer = {2, 1}, state = {"a", "b"}}
        migration:add {customer = {1}, state = {"c"}}
        migration:steady()
        plan:run(system, H.answers)
        plan:run(system, {q1 = {1}})
        fast.link "{}"
        chain:fit(system, chained):run(system, chained)
        chain:fit(system, chained):links()[1]:facts()
        chain:run(system, chained)
        fast.from_table {side = {"benefit"}, dimension = {"d"}, indicator = {"i"}, column = {"q"}, low = {1}}
        fast.link.fit({y = {1, 3, 5, 7.5}, x = {0, 1, 2, 3}}, {outcome = "y", predictors = {"x"}}):predict {x = {1}}
    end)
end
