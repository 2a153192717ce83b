-- Systems: loading, looking into them, building, scoring, explaining, comparing.
-- SPDX-License-Identifier: Apache-2.0
local H = require "harness"
local custval = require "custval"
local test, eq, same, near = H.test, H.eq, H.same, H.near
local status = custval.status

local function loaded()
    return assert(custval.loads(H.document))
end

local function index_of(list, value)
    for i, item in ipairs(list) do
        if item == value then return i end
    end
end

-- Loading and looking ------------------------------------------------------------------------------------------------

test("a document read, written and read again is the same system", function()
    local system = loaded()
    local text = system:to_json()
    local again = assert(custval.loads(text))
    eq(again:to_json(), text)
    assert(system == again)
    assert(system ~= assert(again:builder():set_weight("quality", 3):build()))
end)

test("a file is loaded, and one that is not there is a failure", function()
    local system = assert(custval.load(H.source .. "/examples/survey/perceived-value.json"))
    assert(#system:nodes() > 10)
    H.fails(status.NOT_FOUND, "/no/such/file", custval.load "/no/such/file")
    H.fails(status.DOCUMENT, "line 1", custval.loads "{")
    H.fails(status.DOCUMENT, "", custval.loads "")
    H.fails(status.DOCUMENT, "", custval.loads "null\0null")
end)

test("nodes show what they are and what they were built from", function()
    local system = loaded()
    local quality = assert(system:node "quality")
    eq(quality.kind, "indicator")
    eq(quality.side, "benefit")
    eq(quality.parent, "product")
    same(quality.local_weight, 2 / 3)
    eq(quality.spec.weight, 2)
    eq(system:node("q1").spec.scale_max, 10)
    eq(system:node("value").parent, nil)
    eq(system:node("value").spec, nil)
    eq(#system:nodes(), 11)
    eq(system:label("quality", "en"), "quality")
    H.fails(status.NOT_FOUND, "qualty", system:node "qualty")
    H.fails(status.NOT_FOUND, "qualty", system:label "qualty")
end)

test("the columns that a system reads have roles", function()
    local inputs = loaded():inputs()
    eq(#inputs, 3)
    eq(inputs[1].column, "q1")
    eq(inputs[1].is_text, false)
    eq(inputs[1].roles[1], "item")
end)

test("the tree is a text", function()
    local tree = loaded():tree()
    assert(tree:find("quality", 1, true) and tree:find("66.7 %%"))
end)

test("weights are given by node, local and global", function()
    local system = loaded()
    local here, there = system:weights()
    same(here.quality, 2 / 3)
    same(there.q1, here.product * here.quality * here.q1)
    H.fails(status.NOT_FOUND, "nobody", system:weights "nobody")
end)

test("a check names what is probably not meant", function()
    local warnings = assert(assert(custval.builder()):dimension("benefit", {id = "d"}):indicator("d", {id = "i"})
        :item("i", {column = "x", scale_min = 1, scale_max = 5}):item("i", {id = "y", column = "x", scale_min = 1,
            scale_max = 5})
        :build()):check()
    eq(warnings.code[1], "column-twice")
    eq(table.concat(loaded():check().code, " "), "weights-normalised")
    eq(table.concat(loaded():check(H.answers).code, " "), "weights-normalised")
    H.fails(status.NOT_FOUND, "q3", loaded():check {q1 = {1}, q2 = {1}})
end)

-- Building
-- -------------------------------------------------------------------------------------------------------------

local function built()
    local builder = assert(custval.builder {
        id = "shop", form = "index", profile_column = "kind", context_column = "place", override_column = "customer",
    })
    assert(builder:dimension("benefit", {id = "product"}))
    assert(builder:indicator("product", {id = "quality", weight = 3, cost = 2.5}))
    assert(builder:indicator("product", {id = "range"}))
    assert(builder:item("quality", {
        column = "q1", missing_codes = {98, 99}, note = "how good?",
        curve = {type = "piecewise", x = {1, 5, 10}, y = {0, 80, 100}},
    }))
    assert(builder:item("range", {column = "q2", scale_min = 1, scale_max = 10, expectation = 5}))
    assert(builder:dimension("sacrifice", {id = "money"}))
    assert(builder:indicator("money", {id = "price", tag = "pay"}))
    assert(builder:item("price", {column = "q3", scale_min = 1, scale_max = 10}))
    assert(builder:side("benefit", {weight = 2}))
    assert(builder:derived {id = "image"})
    assert(builder:derived_part("image", "product", 1))
    assert(builder:label("quality", "de", "Güte"))
    assert(builder:profile("young", "below 30"))
    assert(builder:profile_weight("young", "range", 5))
    assert(builder:profile_label("young", "de", "jung"))
    assert(builder:context("airport"))
    assert(builder:context_weight("airport", "quality", 1))
    assert(builder:context_expectation("airport", "q2", 7))
    assert(builder:context_label("airport", "de", "Flughafen"))
    assert(builder:gate {node = "quality", threshold = 20, cap = 40, note = "no value without quality"})
    assert(builder:relief {node = "price", by = "quality", share = 0.25, note = "worth the queue"})
    assert(builder:override {node = "quality", key = "17", author = "me", reason = "visit", expires = "2030-01-01",
        score = 90})
    assert(builder:highest "quality")
    assert(builder:set_weight("quality", 4))
    assert(builder:set_weight("range", 6, "young"))
    assert(builder:set_scale("q2", 0, 10))
    assert(builder:origin {node = "product", method = "stated", diagnostic_names = {"cr"}, diagnostic_values = {0.02},
        sample = 12})
    return builder
end

test("a builder makes everything, and a system shows it again", function()
    local builder = built()
    local system = assert(builder:build())
    eq(system:spec().form, "index")
    eq(system:spec().profile_column, "kind")
    local item = system:node("q1").spec
    eq(item.missing_codes[2], 99)
    eq(item.curve.type, "piecewise")
    eq(item.curve.y[2], 80)
    eq(item.expectation, nil)
    eq(system:node("q2").spec.expectation, 5)
    eq(system:node("q2").spec.scale_min, 0)
    eq(system:node("price").spec.tag, "pay")
    eq(system:node("quality").labels.de, "Güte")
    eq(system:label("quality", "de"), "Güte")
    eq(system:node("quality").must_be_highest, true)
    eq(system:node("image").parts[1][1], "product")
    local profiles, contexts = system:profiles(), system:contexts()
    eq(profiles[1].id, "young")
    eq(profiles[1].note, "below 30")
    eq(profiles[1].labels.de, "jung")
    eq(profiles[1].weights.range, 6)
    eq(contexts[1].weights.quality, 1)
    eq(contexts[1].expectations.q2, 7)
    eq(system:gates()[1].cap, 40)
    eq(system:gates()[1].type, "below")
    local reliefs = system:reliefs()
    eq(#reliefs, 1)
    eq(reliefs[1].node, "price")
    eq(reliefs[1].by, "quality")
    eq(reliefs[1].note, "worth the queue")
    eq(reliefs[1].share, 0.25)
    eq(system:overrides()[1].author, "me")
    eq(system:origins()[1].diagnostic_values[1], 0.02)
    eq(system:origins()[1].sample, 12)
    assert(system == assert(system:builder():build()))
    assert(system == custval.loads(system:to_json()))
end)

-- b = 100 takes the whole share away: the sacrifice of 100 becomes 100 (1 - 0.25).
test("a benefit relieves a sacrifice, as a share of its score", function()
    local relieved = assert(assert(loaded():builder():relief {node = "price", by = "product", share = 0.25}):build())
    local scores = assert(relieved:score({q1 = {10, 1, false}, q2 = {10, 1, false}, q3 = {10, 10, 10}},
        {levels = {"indicator", "side"}}))
    near(scores.price[1], 75, 1e-12)
    same(scores.price[2], 100.0)
    same(scores.price[3], 100.0)
    eq(#loaded():reliefs(), 0)
    local builder = loaded():builder()
    H.fails(status.NOT_FOUND, "prices", builder:relief {node = "prices", by = "product", share = 0.5})
    H.fails(status.RANGE, "share", builder:relief {node = "price", by = "product", share = 2})
    H.fails(status.STRUCTURE, "", builder:relief {node = "quality", by = "product", share = 0.5})
    H.raises('unknown option "shares"', builder.relief, builder, {shares = 1})
    H.raises("share: a number expected", builder.relief, builder, {share = "x"})
end)

H.test_both("a table with one row per item is a system", function(module)
    local items = H.csv "examples/survey/perceived-value.csv"
    local made, document = assert(module.from_table(items)),
        assert(module.load(H.source .. "/examples/survey/perceived-value.json"))
    local answers = {}
    for i, name in ipairs(items.column) do answers[name] = {i, 10 - i, 7, false} end
    local options = {levels = {"value", "side", "dimension", "indicator", "item"}} -- the document has tags besides
    local scores, expected = assert(made:score(answers, options)), assert(document:score(answers, options))
    eq(table.concat(scores, " "), table.concat(expected, " "))
    for _, name in ipairs(expected) do
        for row = 1, 4 do same(scores[name][row], expected[name][row], name) end
    end
    local numbered = assert(module.from_table {side = {"benefit", false}, dimension = {1, false}, indicator = {11, 12},
        column = {1, 2}, low = module.vector {1, 1}, high = {10, 5}})
    near(numbered:score({["1"] = {10}, ["2"] = {3}}, {levels = {"indicator"}})["12"][1], 50, 1e-12)
end)

H.test_both("tables that are no system fail", function(module)
    local items = H.csv "examples/survey/perceived-value.csv"
    items.low[4] = false
    H.fails(status.STRUCTURE, 'row 3: column "low" is missing', module.from_table(items))
    eq(select(4, module.from_table(items)), 4)
    items.low[4], items.lo = 1, items.low
    items[#items + 1] = "lo"
    H.fails(status.NOT_FOUND, 'did you mean "low"', module.from_table(items))
    H.fails(status.TYPE, "low", module.from_table {side = {"benefit"}, dimension = {"d"}, indicator = {"i"},
        column = {"q"}, low = {"x"}, high = {5}})
    H.raises("table", module.from_table, 5)
    H.raises("has 2 rows", module.from_table, {side = {"benefit", "benefit"}, column = {"q"}})
    H.raises("columns have names", module.from_table, {5})
end)

test("the system of a table shows what stood there", function()
    local system = assert(custval.from_table(H.csv "examples/survey/perceived-value.csv"))
    eq(system:label("effect", "en"), "Effect of the advertising")
    eq(system:node("price").side, "sacrifice")
    eq(system:node("q2").spec.reversed, 1)
    assert(system == assert(custval.loads(system:to_json())))
end)

test("a builder says what is wrong, and goes on", function()
    local builder = built()
    H.fails(status.NOT_FOUND, "nowhere", builder:item("nowhere", {column = "x"}))
    H.fails(status.DUPLICATE, "product", builder:dimension("benefit", {id = "product"}))
    H.fails(status.WEIGHT, "-1", builder:set_weight("quality", -1))
    assert(builder:build())
    H.fails(status.STRUCTURE, "", assert(custval.builder()):build())
end)

test("ids that are numbers find profiles and overrides", function()
    local system = assert(built():profile("3"):build())
    local columns = {q1 = {5, 5}, q2 = {5, 5}, q3 = {2, 2}, kind = {3, false}, place = {"airport", "airport"},
        customer = {16, 17}}
    local scores = assert(system:score(columns, {as_of = "2029-12-31", levels = {"indicator"}}))
    eq(scores.quality[1], 80)
    eq(scores.quality[2], 90)
    eq(table.concat(custval.status_words(scores.status[2]), " "), "overridden")
    local row = assert(system:score_row({q1 = 5, q2 = 5, q3 = 2, kind = 3, place = "airport", customer = 17},
        {as_of = "2029-12-31", levels = {"indicator"}}))
    eq(row.quality, 90)
    H.raises("whole number", system.score, system, {q1 = {1}, q2 = {1}, q3 = {1}, kind = {1.5}, place = {"airport"},
        customer = {1}},
        {as_of = "2029-12-31"})
    H.fails(status.STATE, "", system:score(columns))
    columns.q3 = nil
    H.fails(status.NOT_FOUND, "q3", system:score(columns, {as_of = "2029-12-31"}))
end)

-- Scoring
-- --------------------------------------------------------------------------------------------------------------

test("scores are a table of columns in order", function()
    local scores = assert(loaded():score(H.answers))
    eq(table.concat(scores, " "), "value benefit sacrifice coverage status")
    eq(#scores.value, 4)
    near(scores.value[2], 500 / 27 - 100, 1e-14)
    scores = assert(loaded():score(H.answers, {levels = "all", coverage = "all"}))
    assert(index_of(scores, "quality.coverage") and index_of(scores, "q1"))
    eq(#assert(loaded():score(H.answers, {levels = {"value"}, coverage = "none"})), 2)
end)

test("tables, vectors and packed strings give the same bits", function()
    local system = loaded()
    local plain = assert(system:score(H.answers))
    local vectors, bytes = {}, {}
    for name, column in pairs(H.answers) do
        vectors[name] = custval.vector(column)
        bytes[name] = vectors[name]:bytes()
    end
    for _, input in ipairs {vectors, bytes} do
        local scores = assert(system:score(input))
        eq(tostring(scores.value), "custval.vector of 4 numbers")
        for _, name in ipairs(plain) do
            for row = 1, 4 do same(scores[name][row] + 0.0, plain[name][row] + 0.0, name) end
        end
    end
    eq(type(assert(system:score(vectors, {packed = false})).value), "table")
    eq(type(assert(system:score(H.answers, {packed = true})).value), "userdata")
    eq(type(assert(system:score({q1 = vectors.q1, q2 = H.answers.q2, q3 = bytes.q3})).value), "userdata")
end)

test("a packed string need not be aligned", function()
    local column = custval.vector {1, 2, 3}
    for shift = 1, 8 do
        local text = (("x"):rep(shift) .. column:bytes()):sub(shift + 1)
        local scores = assert(loaded():score {q1 = text, q2 = text, q3 = text})
        same(scores.value[3], loaded():score({q1 = {3}, q2 = {3}, q3 = {3}}).value[1])
    end
end)

test("no answer is nil, false, NaN or null", function()
    local system = loaded()
    local nan = 0 / 0
    local scores = assert(system:score {n = 4, q1 = {nil, false, nan, H.null}, q2 = {1, 1, 1, 1}, q3 = {1, 1, 1, 1}})
    for row = 1, 4 do
        near(scores.coverage[row], 2 / 3, 1e-15)
        same(scores.value[row], scores.value[1])
    end
    local empty = assert(system:score {n = 2, q1 = {}, q2 = {}, q3 = {}})
    eq(#empty.value, 2)
    assert(empty.value[1] ~= empty.value[1])
    eq(table.concat(custval.status_words(empty.status[1])), "missing")
    eq(#assert(system:score {q1 = {}, q2 = {}, q3 = {}}).value, 0)
end)

test("a result is an input", function()
    local system = loaded()
    local scores = assert(system:score(H.answers, {levels = {"indicator"}, coverage = "none"}))
    local means = assert(custval.uncertainty.means(scores, {resamples = 0}))
    eq(table.concat(means.column, " "), "quality range price status")
end)

test("one row has named scores, and none where there is none", function()
    local system = loaded()
    local row = assert(system:score_row {q1 = 10, q2 = 5, q3 = 1, other = "x"})
    same(row.value, system:score(H.answers).value[1])
    eq(row.status, 0)
    row = assert(system:score_row {})
    eq(row.value, nil)
    eq(custval.status_words(row.status)[1], "missing")
    row = assert(system:score_row({q1 = 10}, {levels = {"indicator"}}))
    eq(row.quality, 100)
    eq(row.value, nil)
    H.fails(status.NOT_FOUND, "nobody", system:score_row({}, {profile = "nobody"}))
end)

test("a scorer scores rows and tables with one set of options", function()
    local scorer = assert(loaded():scorer {levels = {"value", "indicator"}, coverage = "none"})
    eq(table.concat(scorer:columns(), " "), "value quality range price")
    collectgarbage()
    same(scorer:row({q1 = 10, q2 = 5, q3 = 1}).value, scorer:score(H.answers).value[1])
    scorer:close()
    H.raises("closed", scorer.row, scorer, {})
end)

test("what happened is counted", function()
    local scores = assert(loaded():score {q1 = {1, 99, 2}, q2 = {1, 1, 1}, q3 = {1, 1, 1}})
    local counts = assert(custval.summarise(scores))
    eq(counts.rows, 3)
    eq(counts.scored, 2)
    eq(counts.count["out-of-scale"], 1)
    eq(counts.first["out-of-scale"], 2)
    local reason = assert(loaded():reason({q1 = {1, 99, 2}, q2 = {1, 1, 1}, q3 = {1, 1, 1}}, 2))
    assert(reason:find("99", 1, true), reason)
end)

test("threads and progress change nothing", function()
    local system, pool, calls = loaded(), custval.threads(2), 0
    eq(pool:count(), 2)
    local plain = assert(system:score(H.answers))
    same(assert(system:score(H.answers, {threads = pool})).value[3], plain.value[3])
    same(assert(system:score(H.answers, {progress = function(done, total)
        calls = calls + 1
        assert(done <= total)
    end})).value[3], plain.value[3])
    assert(calls > 0)
    H.fails(status.CANCELLED, "", system:score(H.answers, {progress = function() return false end}))
    H.raises("my own error", system.score, system, H.answers, {progress = function() error "my own error" end})
    H.raises("while progress is reported", system.score, system, H.answers, {progress = function() system:close() end})
    H.fails(status.CANCELLED, "", system:score(H.answers, {progress = function()
        assert(system:score(H.answers, {progress = function() end}))
        return not pcall(system.close, system) and false
    end}))
    H.raises("without threads", system.score, system, H.answers, {progress = print, threads = pool})
    assert(system:score(H.answers))
end)

-- Why
-- ------------------------------------------------------------------------------------------------------------------

test("contributions add up to the value, bit for bit", function()
    local system = loaded()
    local scores = assert(system:score(H.answers))
    for row = 1, 4 do
        local why, sum = assert(system:explain(H.answers, row)), 0.0
        for i = 1, #why.node do
            if why.is_part[i] == 1 then sum = sum + why.contribution[i] end
        end
        same(sum, scores.value[row])
        assert(tostring(why):find("quality", 1, true))
        eq(tostring(why), why.text)
        eq(why.note[1], false)
    end
    H.fails(status.ARGUMENT, "row", system:explain(H.answers, 5))
end)

test("a change is split", function()
    local system = loaded()
    local change, sum = assert(system:change(H.answers, 2, H.answers, 1)), 0
    for i = 1, #change.node do
        if change.is_part[i] == 1 then sum = sum + change.change[i] end
    end
    local value = system:score(H.answers).value
    near(sum, value[1] - value[2], 1e-13)
end)

test("levers, targets and flips", function()
    local system = loaded()
    local levers = assert(system:levers(H.answers, 3))
    near(levers.gain[1], 2 / 3, 1e-12)
    eq(levers.node[3], "price")
    eq(assert(system:levers(H.answers)).rows[1], 4)
    local target = assert(system:target(H.answers, 3, 40))
    assert(target.points[1])
    H.fails(status.RANGE, "", system:target(H.answers, 3, 1000))
    local flip = assert(system:flip(H.answers, 3, 4))
    assert(#flip.node > 0)
end)

test("offers are compared", function()
    local system = loaded()
    local columns = {cost = {10, 5, 7, 8}}
    for name, column in pairs(H.answers) do columns[name] = column end
    local offers = assert(system:compare(columns, {price_column = "cost", choice_scale = 0.2, language = "en"}))
    eq(offers.rank[1], 1)
    local sum = 0
    for row = 1, 4 do sum = sum + offers.choice_share[row] end
    near(sum, 1, 1e-12)
    assert(offers.price_ratio)
    eq(assert(system:compare(columns)).price_ratio, nil)
    eq(assert(system:compare_indicators(columns, 1)).node[1], "quality")
    H.fails(status.NOT_FOUND, "costs", system:compare(columns, {price_column = "costs"}))
end)
