-- Histories, lifetimes, worth, equity, formulas: options, failures, objects; test_lifetime_vectors.lua has the numbers.
-- SPDX-License-Identifier: Apache-2.0
local H = require "harness"
local custval = require "custval"
local test, eq, same, near, raises, fails = H.test, H.eq, H.same, H.near, H.raises, H.fails
local status, lifetime = custval.status, custval.lifetime

local sales = {
    customer = {1, 1, 2}, date = {"2026-01-01", "2026-01-15", "2026-01-08"}, amount = {10, 20, 5}, cost = {4, 8, 2},
}

local function history(options)
    return assert(assert(custval.history(options or {unit = "week"})):add(sales))
end

-- Names or whole numbers in a row.
local function names(table_)
    return (table.concat(table_, " "):gsub("%.0", ""))
end

-- Histories ---------------------------------------------------------------------------------------------------------

test("a history is fed, and shows its customers", function()
    local customers = assert(history {unit = "week", cost = "cost"}:customers {["end"] = "2026-01-29"})
    eq(names(customers), "customer x t_x T since_last first last transactions mean_spend first_spend total_spend "
        .. "total_cost interval_mean interval_deviation interval_longest")
    eq(names(customers.customer), "1 2")
    eq(customers.x[1], 1)
    eq(customers.t_x[1], 2)
    eq(customers.T[1], 4)
    eq(customers.first[2], "2026-01-08")
    eq(customers.total_cost[1], 12)
    assert(customers.mean_spend[2] ~= customers.mean_spend[2])
    local course = assert(history():course())
    eq(names(course), "unit until elapsed customers purchases repeats spend")
    local path = assert(history():path(1, {["end"] = "2026-01-29"}))
    eq(names(path.x), "0 0 1 1 1")
    eq(#assert(history():path "1").x, 3)
end)

test("units of time are words, or numbers of periods", function()
    local function unit(options)
        return assert(custval.history(options)):facts().periods_per_unit
    end
    eq(unit(), 1)
    eq(unit {unit = "week"}, 7)
    eq(unit {unit = "month"}, 30.4375)
    eq(unit {periods_per_unit = 10}, 10)
    eq(unit {period = "month", unit = "year"}, 12)
    eq(unit {period = "quarter", unit = "year"}, 4)
    eq(unit {period = "hour", unit = "day"}, 24)
    eq(unit {period = "second", unit = "second"}, 1)
    raises('unit: "day" is no unit of at least one week', custval.history, {period = "week", unit = "day"})
    raises('unit: "sol" is no unit of at least one day', custval.history, {unit = "sol"})
    raises("unit: a word expected, got number", custval.history, {unit = 7})
    raises("is no unit of at least one number", custval.history, {period = "number", unit = "day"})
    raises('did you mean "month"', custval.history, {period = "mont"})
    raises('unknown option "units"; known are customer, time', custval.history, {units = "week"})
    fails(status.RANGE, "periods_per_unit", custval.history {periods_per_unit = 0})
end)

test("histories are merged, folded, written and read", function()
    local first = history()
    local bytes = first:tobytes()
    eq(assert(custval.history.frombytes(bytes)):tobytes(), bytes)
    local other = assert(custval.history {unit = "week"})
    eq(other:add {customer = {3}, date = {"2026-01-02"}, amount = {1}}, other)
    eq(first:merge(other), first)
    local facts = first:facts()
    eq(facts.customers, 3)
    eq(facts.rows, 4)
    eq(facts.period, "day")
    eq(facts.first, "2026-01-01")
    eq(facts.folded, nil)
    eq(first:fold "2026-01-10", first)
    eq(first:facts().folded, "2026-01-10")
    fails(status.STATE, "fold", first:add {customer = {3}, date = {"2026-01-02"}, amount = {1}})
    fails(status.STATE, "", first:customers {["end"] = "2026-01-05"})
    fails(status.STRUCTURE, "", first:merge(assert(custval.history {unit = "month"})))
    fails(status.ARGUMENT, "", first:merge(first))
    fails(status.DOCUMENT, "", custval.history.frombytes "no history")
    fails(status.RANGE, "", first:fold "soon")
end)

test("bad transactions are failures with their row, or dropped", function()
    local made = assert(custval.history())
    local result, message, code, row = made:add {customer = {1, 2}, date = {"2026-01-01", "1.1.2026"}, amount = {1, 1}}
    fails(status.RANGE, "1.1.2026", result, message, code)
    eq(row, 2)
    fails(status.RANGE, "-3", made:add {customer = {1}, date = {"2026-01-01"}, amount = {-3}})
    fails(status.NOT_FOUND, 'did you mean "Date"', made:add {customer = {1}, Date = {"2026-01-01"}, amount = {1}})
    fails(status.NOT_FINITE, "", made:add {customer = {1}, date = {"2026-01-01"}, amount = {1 / 0}})
    raises("table expected", made.add, made)
    raises("has 2 rows", made.add, made, {customer = {1}, date = {"2026-01-01", "2026-01-02"}, amount = {1}})
    eq(made:facts().rows, 0)
    local lenient = assert(custval.history {bad_rows = "drop", zeros = "drop", refunds = "net"})
    assert(lenient:add {n = 4, customer = {1, 1, 1, nil}, date = {"2026-01-01", "2026-01-02", "2026-01-03",
        "2026-01-04"}, amount = {5, 0, -2, 9}})
    local facts = lenient:facts()
    eq(("%d %d %d"):format(facts.bad, facts.zeros, facts.refunds), "1 1 1")
    eq(lenient:customers().total_spend[1], 3)
    fails(status.NOT_FOUND, "7", lenient:path(7))
    raises("a whole number expected", lenient.path, lenient, 1.5)
    raises("customer: a string expected, got table", lenient.path, lenient, {})
    raises("customer: a string with a NUL", lenient.path, lenient, "1\0")
    raises("until: a string expected, got number", lenient.fold, lenient, 5)
end)

test("keys are whole numbers or texts, and as exact as Lua is", function()
    local function keys(given)
        local made = assert(custval.history {amount = ""})
        local dates = {}
        for i = 1, #given do dates[i] = "2026-01-01" end
        assert(made:add {customer = given, date = dates})
        return assert(made:customers()).customer, made
    end
    eq(names(keys {"b", "a"}), "a b")
    eq(keys({2 ^ 53, -5})[2], 2 ^ 53)
    if not math.type then return end
    local long = {math.mininteger, -5, 9007199254740993, math.maxinteger}
    local found, made = keys(long)
    for i, key in ipairs(long) do
        eq(found[i], key)
        eq(math.type(found[i]), "integer")
        eq(#assert(made:path(key)).x, 1)
    end
    local packed = assert(made:customers {packed = true})
    eq(type(packed.customer), "table") -- no double holds them
    eq(tostring(packed.x), "custval.vector of 4 numbers")
    eq(tostring(assert(history():customers {packed = true}).customer), "custval.vector of 2 numbers")
    fails(status.RANGE, "", custval.history {amount = ""}:add {n = 2, customer = {9007199254740993, nil},
        date = {"2026-01-01", "2026-01-01"}})
end)

test("a history neither reports progress nor changes while it is reported", function()
    raises("no progress", custval.history, {progress = print})
    local customers = H.cdnow()
    local made = history()
    for _, change in ipairs {
        function() made:add(sales) end, function() made:merge(history()) end, function() made:fold "2026-01-01" end,
    } do
        raises("nothing can be changed while progress is reported", lifetime.fit, customers, {model = "bgnbd",
            progress = change})
    end
    assert(made:add(sales))
    collectgarbage()
    local threaded = assert(custval.history {unit = "week", threads = custval.threads(2)})
    collectgarbage()
    collectgarbage()
    assert(threaded:add(sales))
    eq(threaded:tobytes(), history():tobytes())
    threaded:close()
    raises("the history is closed", threaded.add, threaded, sales)
    raises("the history is closed", made.merge, made, threaded)
end)

test("RFM scores come with their cuts", function()
    local data = {since_last = {1, 2, 3, 4}, x = {4, 3, 2, 1}, total_spend = {10, 20, 30, 40}}
    local scores, cuts = custval.rfm(data, {bins = 2})
    eq(names(assert(scores, cuts)), "recency_score frequency_score monetary_score rfm")
    eq(names(scores.rfm), "221 221 112 112")
    eq(names(cuts), "cut recency frequency monetary")
    eq(cuts.monetary[1], 25)
    local again = assert(custval.rfm(data, {bins = 2, rule = "quantiles", recency_cuts = cuts.recency,
        frequency_cuts = cuts.frequency, monetary_cuts = custval.vector(cuts.monetary)}))
    eq(names(again.rfm), names(scores.rfm))
    raises("recency_cuts: 1 numbers, but 2 expected", custval.rfm, data, {bins = 3, recency_cuts = {2}})
    raises("monetary_cuts: 1 numbers, but 4 expected", custval.rfm, data, {monetary_cuts = custval.vector(1)})
    fails(status.RANGE, "bins", custval.rfm(data, {bins = 1}))
    fails(status.RANGE, "bins", custval.rfm(data, {bins = 0}))
    fails(status.NOT_FOUND, "since_last", custval.rfm {x = {1}})
    raises("did you mean", custval.rfm, data, {rule = "quantile"})
end)

-- Lifetimes ---------------------------------------------------------------------------------------------------------

local customers, transactions = H.cdnow(nil, "1998-06-30")
local bgnbd = assert(lifetime.fit(customers, {model = "bgnbd", unit = "week", from = "1997-01-01", to = "1997-09-30"}))
local spend = assert(lifetime.fit(customers, {model = "gamma-gamma"}))

test("a lifetime tells how it was fitted", function()
    local facts = bgnbd:facts()
    eq(facts.model, "bgnbd")
    eq(facts.convergence, "optimum")
    eq(facts.customers, 2357)
    eq(facts.unit, "week")
    eq(facts.from, "1997-01-01")
    eq(facts.to, "1997-09-30")
    eq(spend:facts().unit, nil)
    local parameters = bgnbd:parameters()
    eq(names(parameters), "name value error low high log_error")
    eq(names(parameters.name), "r alpha a b")
    assert(bgnbd:parameters(0.5).low[1] > parameters.low[1])
    fails(status.RANGE, "level", bgnbd:parameters(1))
    local covariance = bgnbd:covariance()
    eq(names(covariance), "name r alpha a b")
    near(math.sqrt(covariance.r[1]), parameters.error[1], 1e-12)
    near(math.sqrt(bgnbd:covariance(true).r[1]), parameters.log_error[1], 1e-12)
    local compared = assert(lifetime.compare {assert(lifetime.fit(customers, {model = "nbd"})), bgnbd})
    eq(names(compared.model), "nbd bgnbd")
    assert(compared.weight[2] > 0.999 and compared.p[2] < 0.001)
end)

test("a lifetime is a document", function()
    local text = bgnbd:to_json()
    local again = assert(lifetime.loads(text))
    assert(again == bgnbd and again ~= spend)
    eq(again:to_json(), text)
    local path = os.tmpname()
    local file = assert(io.open(path, "w"))
    file:write(text)
    file:close()
    assert(assert(lifetime.load(path)) == bgnbd)
    os.remove(path)
    fails(status.NOT_FOUND, "/no/such/file", lifetime.load "/no/such/file")
    fails(status.DOCUMENT, "", lifetime.loads "{}")
    fails(status.DOCUMENT, "", lifetime.loads(H.document))
    raises("string expected", lifetime.loads, 5)
end)

test("a lifetime with spend is one document", function()
    local joined = assert(bgnbd:with_spend(spend))
    assert(joined:spend() == spend)
    eq(select("#", bgnbd:spend()), 1)
    eq(bgnbd:spend(), nil)
    local inner = assert(lifetime.loads(joined:to_json())):spend()
    collectgarbage()
    collectgarbage()
    assert(inner == spend)
    fails(status.STRUCTURE, "", spend:with_spend(bgnbd))
    raises("custval.lifetime 1 expected", bgnbd.with_spend, bgnbd, {})
end)

test("predictions are what the options ask for, the same for any number of threads", function()
    local joined = assert(bgnbd:with_spend(spend))
    local plain = assert(joined:predict(customers, {horizon = 52}))
    eq(names(plain), "alive expected spend value status")
    eq(names(assert(bgnbd:predict(customers))), "alive expected status")
    local all = assert(joined:predict(customers, {horizon = 52, outputs = "all", rate = 0.1, rate_period = 52}))
    eq(names(all), "alive log_alive alive_later expected expected_deviation none residual spend value "
        .. "value_deviation log_likelihood status")
    local pool = custval.threads(2)
    local threaded = assert(joined:predict(customers, {horizon = 52, threads = pool, packed = true}))
    for row = 1, #plain.value, 97 do same(threaded.value[row], plain.value[row]) end
    local some = assert(bgnbd:predict(customers, {outputs = {"alive"}, level = 0.95}))
    eq(names(some), "alive alive_low alive_high status")
    local months = assert(custval.calendar_months {date = "1997-09-30", count = 12, days_per_unit = 7})
    near(months[1], 30 / 7, 1e-12)
    local cash = {cash_times = months, rates = {0.1, 0.05}, rate_period = 52.1775, spend_column = "mean_spend",
        outputs = {"value"}, margin = 0.3, cost = 0.1, timing = "middle"}
    assert(bgnbd:predict(customers, cash).value[1] > 0)
    eq(plain.value[1] == plain.value[1] and plain.status[1], 0)
end)

test("rows that cannot be predicted say why", function()
    local result = assert(bgnbd:predict {n = 3, x = {1, nil, 1}, t_x = {1, 1, 5}, T = {4, 4, 4}})
    eq(custval.status_word("lifetime", result.status[1]), "ok")
    eq(custval.status_word("lifetime", result.status[2]), "missing")
    eq(custval.status_word("lifetime", result.status[3]), "range")
    assert(result.alive[3] ~= result.alive[3])
    eq(custval.status_word("lifetime", 99), nil)
    raises('kind: "life" is not known; the words are lifetime, worth', custval.status_word, "life", 0)
    raises("a row's status", custval.status_word, "worth", -1)
end)

test("counts, the course and frequencies judge a lifetime", function()
    local counts = assert(bgnbd:counts({x = {2}, t_x = {30.43}, T = {38.86}}, {horizon = 39, most = 2,
        quantiles = {0.5, 0.95}}))
    eq(names(counts), "p0 p1 p2 more q0.5 q0.95 status")
    near(counts.p0[1] + counts.p1[1] + counts.p2[1] + counts.more[1], 1, 1e-12)
    local track = assert(bgnbd:track(customers, transactions:course {["end"] = "1997-09-30"}))
    eq(names(track), "elapsed expected_total expected actual actual_total")
    eq(#track.elapsed, 39)
    local bins = assert(bgnbd:by_frequency(customers, {most = 3}))
    eq(names(bins), "x customers expected_customers holdout_mean holdout_expected")
    eq(#bins.x, 4)
end)

test("covariates, starts and counts go into a fit", function()
    local data = {x = {}, t_x = {}, T = {}, age = {}, count = {}}
    for row = 1, #customers.x do
        data.x[row], data.t_x[row], data.T[row] = customers.x[row], customers.t_x[row], customers.T[row]
        data.age[row], data.count[row] = row % 2, 1
    end
    local made = assert(lifetime.fit(data, {
        model = "bgnbd", purchase_covariates = {"age"}, dropout_covariates = {"age"}, columns = {count = "count"},
        ridge = 0.001, max_iterations = 500,
    }))
    eq(names(made:parameters().name), "r alpha a b purchase:age dropout:age")
    local again = assert(lifetime.fit(data, {model = "bgnbd", start = bgnbd:parameters().value}))
    near(again:facts().log_likelihood, bgnbd:facts().log_likelihood, 1e-9)
    fails(status.NOT_FOUND, "age", made:predict(customers))
end)

test("fits that cannot be made are failures", function()
    fails(status.ARGUMENT, "model", lifetime.fit(customers, {}))
    fails(status.NOT_FOUND, '"t_x"', lifetime.fit({x = {1}, T = {1}}, {model = "bgnbd"}))
    local _, message, code, row = lifetime.fit({x = {1, 2}, t_x = {1, 9}, T = {2, 2}}, {model = "bgnbd"})
    fails(status.RANGE, "t_x", nil, message, code)
    eq(row, 2)
    fails(status.STATE, "", lifetime.fit({x = {0}, t_x = {0}, T = {2}}, {model = "bgnbd"}))
    fails(status.UNSUPPORTED, "", lifetime.fit(customers, {model = "nbd", purchase_covariates = {"x"}}))
    fails(status.CANCELLED, "", lifetime.fit(customers, {model = "pnbd", progress = function() return false end}))
    raises("not this time", lifetime.fit, customers, {model = "pnbd", progress = function() error "not this time" end})
    raises('did you mean "bgnbd"', lifetime.fit, customers, {model = "bgnb"})
    raises('unknown option "horizon"; known are columns, model', lifetime.fit, customers, {model = "nbd", horizon = 1})
    raises('unknown option "frequency"', lifetime.fit, customers, {model = "nbd", columns = {frequency = "x"}})
    fails(status.RANGE, "", lifetime.new("nbd", {-1, 1}))
    fails(status.ARGUMENT, "", lifetime.new("nbd", {1}))
    raises("model: a word expected", lifetime.new, 1, {1})
    eq(assert(lifetime.new("nbd", {1, 2}, "week")):facts().unit, "week")
    fails(status.STATE, "", assert(lifetime.new("nbd", {1, 2})):covariance())
    fails(status.RANGE, "horizon", bgnbd:predict(customers, {horizon = -1}))
    fails(status.STATE, "spend", bgnbd:predict(customers, {outputs = "value"}))
    fails(status.UNSUPPORTED, "", spend:predict(customers, {outputs = "alive"}))
    raises('did you mean "alive"', bgnbd.predict, bgnbd, customers, {outputs = {"alve"}})
    raises("custval.lifetime 1 expected", bgnbd.predict, bgnbd, customers, {spend = 5})
    raises("custval.lifetime 1 expected", lifetime.compare, {5})
    fails(status.ARGUMENT, "", lifetime.compare {})
    fails(status.STRUCTURE, "", lifetime.compare {bgnbd, spend})
    eq(names(assert(lifetime.survivors {1000, 869, 743})), "T lost count")
    fails(status.RANGE, "", lifetime.survivors {10, 11})
    local closed = assert(lifetime.new("nbd", {1, 2}))
    closed:close()
    raises("the lifetime is closed", closed.predict, closed, customers)
    raises("the lifetime is closed", bgnbd.predict, bgnbd, customers, {spend = closed})
end)

-- Worth and equity --------------------------------------------------------------------------------------------------

test("a worth is a document that values customers", function()
    local worth = assert(custval.worth.load(H.source .. "/examples/worth/worth.json"))
    local data = H.csv "examples/worth/customers.csv"
    local values = assert(worth:value(data))
    eq(values[#values], "status")
    assert(#worth:parts() >= 2 and #worth:columns() >= 3)
    local threaded = assert(worth:value(data, {threads = custval.threads(2)}))
    for row = 1, #values.total do same(threaded.total[row], values.total[row]) end
    local curve, facts = custval.concentration(values, {points = 4})
    eq(#assert(curve, facts).share, 4)
    eq(facts.count + facts.missing, #values.total)
    fails(status.STATE, "", custval.concentration {total = {0 / 0}})
    fails(status.NOT_FOUND, "worth", custval.concentration({total = {1}}, {column = "worth"}))
    fails(status.DOCUMENT, "", custval.worth "{}")
    fails(status.STRUCTURE, "", custval.worth '{"custval": "worth", "version": 1}')
    fails(status.NOT_FOUND, "/no/such", custval.worth.load "/no/such/file")
    fails(status.NOT_FOUND, worth:columns()[1], worth:value {x = {1}})
    raises("string expected", custval.worth, 5)
    raises('unknown option "rate"; known are threads', worth.value, worth, data, {rate = 1})
    worth:close()
    raises("the worth is closed", worth.value, worth, data)
end)

test("returns are by segment, whose keys may be numbers", function()
    local worth = assert(custval.worth [[{"custval": "worth", "version": 1,
        "existing": {"revenue": "revenue", "margin": 0.5, "keep": "keep"}}]])
    local data = {revenue = {100, 200}, keep = {10, 20}, segment = {7, 3}}
    local returns = assert(worth:returns(data, {segment = "segment"}))
    eq(returns.segment[1], "7")
    eq(returns.segment[7], "3")
    eq(returns.segment[13], false)
    eq(#assert(worth:returns(data)).class, 6)
    local ready = assert(custval.worth '{"custval": "worth", "version": 1, "existing": {"value": "revenue"}}')
    fails(status.STATE, "", ready:returns(data))
end)

test("equity adds up, and refuses what is counted twice", function()
    local current = {value = {100, 50}, influence = {10, 0}, segment = {1, 2}}
    local prospects = {probability = {0.5}, value = {80}, cost = {10}, segment = {2}}
    local total = assert(custval.equity(current, prospects, {segment = "segment", cost = "cost"}))
    eq(names(total.equity), "100 80 180")
    eq(total.segment[2], "2")
    eq(assert(custval.equity(current)).equity[1], 150)
    eq(assert(custval.equity(nil, prospects)).equity[1], 40)
    fails(status.ARGUMENT, "", custval.equity())
    fails(status.RANGE, "attribution", custval.equity(current, nil, {influence = "influence"}))
    raises("table expected", custval.equity, 5)
end)

test("chains have a value in each state", function()
    local moves = {{0.5, 0.5}, {0, 1}}
    local values = assert(custval.markov_value(moves, {10, 0}))
    near(values[1], 20, 1e-12)
    eq(tostring(assert(custval.markov_value(moves, custval.vector {10, 0}))), "custval.vector of 2 numbers")
    near(assert(custval.markov_value({{5, 5}, {0, 0}}, {10, 0}, {counts = true, empty = "stay"}))[1], 20, 1e-12)
    fails(status.STATE, "", custval.markov_value({{5, 5}, {0, 0}}, {10, 0}, {counts = true}))
    fails(status.RANGE, "", custval.markov_value({{0.5, 0.4}, {0, 1}}, {10, 0}))
    fails(status.STATE, "", custval.markov_value(moves, {10, 1}))
    raises("as many columns as rows", custval.markov_value, {{1, 2}}, {1})
    raises("one reward for each state", custval.markov_value, moves, {1})
    raises("transitions: rows of one length", custval.markov_value, {{1, 0}, {1}}, {1, 1})
    raises("transitions: an array of rows", custval.markov_value, 5, {1, 1})
end)

test("switching tells customers and brands", function()
    local options = {brands = {"us", "them"}, matrix = {{0.8, 0.2}, {0.3, 0.7}}, margins = {10, 8}}
    local by_customer, brands = custval.switching({last_brand = {"us", "them", "others"}}, options)
    eq(names(assert(by_customer, brands)), "us them status")
    eq(custval.status_word("switching", by_customer.status[3]), "unknown")
    eq(names(brands), "brand value equity share")
    -- Brands may be numbers.
    local numbered = assert(custval.switching({last_brand = {1, 2}}, {brands = {"1", "2"}, matrix = options.matrix}))
    eq(numbered.status[1], 0)
    raises("as many columns as rows", custval.switching, {last_brand = {"us"}}, {brands = {"us", "them"},
        matrix = {{0.8, 0.2}}})
    raises("its neighbours ask for", custval.switching, {last_brand = {"us"}}, {brands = {"us", "them", "others"},
        matrix = options.matrix})
    fails(status.ARGUMENT, "", custval.switching {last_brand = {"us"}})
    fails(status.RANGE, "", custval.switching({last_brand = {"us"}}, {brands = {"us", "them"},
        matrix = {{0.8, 0.1}, {0.3, 0.7}}}))
    fails(status.DUPLICATE, "us", custval.switching({last_brand = {"us"}}, {brands = {"us", "us"},
        matrix = options.matrix}))
end)

test("shares of wallet", function()
    local shares = assert(custval.wallet_share {own = {30}, category = {120}})
    eq(names(shares), "share gap status")
    eq(shares.gap[1], 90)
    local allocated = assert(custval.wallet_allocation({us = {9}, them = {7}}, {brands = {"us", "them"}}))
    near(allocated.us[1], 2 / 3, 1e-12)
    fails(status.NOT_FOUND, "category", custval.wallet_share {own = {30}})
    fails(status.ARGUMENT, "brands", custval.wallet_allocation {us = {9}})
end)

-- Formulas ----------------------------------------------------------------------------------------------------------

test("formulas take named terms", function()
    near(assert(custval.margin_multiple {retention = 0.8, rate = 0.12, first = "next"}), 2.5, 1e-12)
    near(assert(custval.margin_multiple {retention = 0.8, rate = 0.12, first = "now", periods = 2}), 1 + 0.8 / 1.12,
        1e-12)
    near(assert(custval.contractual_value {contribution = 10, retention = 0.5, rate = 0, periods = 2, first = "next"}),
        7.5, 1e-12)
    near(assert(custval.present_value {flows = {1, 2, 3}, rate = 0.1}), 1 + 2 / 1.1 + 3 / 1.21, 1e-12)
    near(assert(custval.present_value {flows = custval.vector {1}, rate = 0.1, first = 1}), 1 / 1.1, 1e-12)
    eq(assert(custval.present_value {flows = {}, rate = 0.1}), 0)
    near(assert(custval.life_cycle_cost {price = 100, costs = {10, 10}, rate = 0, residual = 20}), 100, 1e-12)
    local value, inducement = custval.economic_value {reference_cost = 1000, start_up = 100, post_purchase = 300,
        increment = 50, price = 400}
    eq(value, 650)
    eq(inducement, 250)
    near(assert(custval.programme_return {gain = 150, cost = 100}), 0.5, 1e-12)
    near(assert(custval.allowable_spend {before = 0.2, after = 0.3, value = 100}), 10, 1e-12)
    near(assert(custval.active_probability {last = 8, period = 12, purchases = 2}), 4 / 9, 1e-12)
    local best = assert(custval.retention_optimum {ceiling = 0.9, efficiency = 0.1, margin = 100, rate = 0.1})
    assert(best.spend > 0 and best.share < 0.9 and best.value > 0 and best.allowable > best.spend)
    eq(custval.acquisition_optimum({ceiling = 0.4, efficiency = 0.2, value = 1}).spend, 0)
    local months = assert(custval.calendar_months {date = "2026-01-31", count = 2, months = 1, days_per_unit = 1})
    eq(names(months), "28 59")
end)

test("formulas refuse what is not stated, known or possible", function()
    raises("retention is not given", custval.margin_multiple, {rate = 0.1, first = "now"})
    raises("rate: a number expected, got string", custval.margin_multiple, {retention = 0.8, rate = "0.1"})
    raises("the words are now, next", custval.margin_multiple, {retention = 0.8, rate = 0.1, first = "later"})
    raises('unknown option "discount"; known are flows, rate, first, nothing else', custval.present_value,
        {flows = {1}, rate = 0.1, discount = 1})
    raises("flows: entry 1 is not a number", custval.present_value, {flows = {"x"}, rate = 0.1})
    raises("table expected", custval.programme_return, 5, 6)
    raises("cost is not given", custval.programme_return, {gain = 5})
    raises("date is not given", custval.calendar_months, {count = 1, days_per_unit = 1})
    raises("count: a whole number", custval.calendar_months, {date = "2026-01-31", count = -1, days_per_unit = 1})
    raises("date: a string expected", custval.calendar_months, {date = 5, count = 1, days_per_unit = 1})
    fails(status.ARGUMENT, "first", custval.margin_multiple {retention = 0.8, rate = 0.1})
    fails(status.RANGE, "retention", custval.margin_multiple {retention = 1.2, rate = 0.1, first = "now"})
    fails(status.RANGE, "", custval.margin_multiple {retention = 1, rate = 0, first = "now"})
    fails(status.RANGE, "", custval.contractual_value {contribution = 1, retention = 2, rate = 0, periods = 1,
        first = "now"})
    fails(status.NOT_FINITE, "", custval.present_value {flows = {1 / 0}, rate = 0.1})
    fails(status.RANGE, "", custval.life_cycle_cost {price = 1, costs = {}, rate = -2})
    fails(status.NOT_FINITE, "", custval.economic_value {reference_cost = 0 / 0, price = 1})
    fails(status.RANGE, "cost", custval.programme_return {gain = 1, cost = 0})
    fails(status.RANGE, "", custval.allowable_spend {before = 2, after = 0.3, value = 100})
    fails(status.RANGE, "", custval.active_probability {last = 13, period = 12, purchases = 2})
    fails(status.RANGE, "", custval.acquisition_optimum {ceiling = 2, efficiency = 0.2, value = 1})
    fails(status.RANGE, "", custval.retention_optimum {ceiling = 0.9, efficiency = 0, margin = 1, rate = 0.1})
    fails(status.RANGE, "", custval.calendar_months {date = "soon", count = 1, days_per_unit = 7})
end)
