-- Weights, summaries, uncertainty and other roll-ups.
-- SPDX-License-Identifier: Apache-2.0
local H = require "harness"
local custval = require "custval"
local test, eq, same, near = H.test, H.eq, H.same, H.near
local weights, uncertainty, status = custval.weights, custval.uncertainty, custval.status

local names = {"quality", "price", "service"}
local square = {{1, 4, 2}, {1 / 4, 1, 1 / 2}, {1 / 2, 2, 1}}

local function system()
    return assert(custval.loads(H.document))
end

test("judgements are matrices, pairs or matrices of several people", function()
    local set = assert(weights.ahp {names = names, matrix = square})
    eq(set:method(), "ahp-eigenvector")
    eq(#set, 3)
    local shares = set:shares()
    eq(table.concat(shares, " "), "quality price service")
    near(shares.quality, 4 / 7, 1e-12)
    near(set:diagnostic "cr", 0, 1e-12)
    local pairs_ = assert(weights.ahp {names = names, pairs = {{"quality", "price", 4}, {"quality", "service", 2},
        {"service", "price", 2}}})
    near(pairs_:shares().quality, 4 / 7, 1e-12)
    local group = assert(weights.ahp {
        names = names, matrices = {square, square}, member_names = {"a", "b"}, member_weights = {1, 2},
            grouping = "priorities-arithmetic",
    })
    near(group:shares().quality, 4 / 7, 1e-12)
    eq(group:sample(), 2)
    near(group:diagnostics().consensus, 1, 1e-9)
    local members = assert(weights.members {names = names, matrices = {square, square}, member_names = {"a", "b"}})
    eq(members.member[2], "b")
    eq(#assert(weights.triads {names = names, matrix = square}).first, 1)
    local incomplete = assert(weights.ahp {names = names, matrix = {{1, 4}, {nil, 1, 1 / 2}, {false, 2, 1}}})
    eq(incomplete:diagnostics().missing, 1)
    local fuzzy = assert(weights.ahp {names = {"a", "b"}, matrix = {{1, {2, 3, 4}}, {{1 / 4, 1 / 3, 1 / 2}, 1}}})
    eq(fuzzy:method(), "ahp-fuzzy")
    assert(fuzzy:table().middle)
end)

test("bad judgements are failures that name them", function()
    H.fails(status.RANGE, "-4", weights.ahp {names = names, matrix = {{1, -4, 2}, {1, 1, 1}, {1, 1, 1}}})
    H.fails(status.STATE, "", weights.ahp {names = names, pairs = {{"quality", "price", 4}}})
    H.raises("one of matrix", weights.ahp, {names = names})
    H.raises("3 names", weights.ahp, {names = names, matrix = {{1}}})
    H.raises("none of the names", weights.ahp, {names = names, pairs = {{"quality", "prize", 4}}})
    H.raises("member_names", weights.ahp, {names = names, matrix = square, member_names = {"a", "b"}})
    H.raises("an array of strings", weights.ahp, {matrix = square})
end)

test("the best-worst method", function()
    local set = assert(weights.bwm {names = names, best_to_others = {1, 4, 2}, others_to_worst = {4, 1, 2}})
    near(set:shares().service, 2 / 7, 1e-9)
    H.raises("its neighbours", weights.bwm, {names = names, best_to_others = {1, 4}, others_to_worst = {4, 1, 2}})
    H.fails(status.STRUCTURE, "", weights.bwm {names = names, best_to_others = {2, 4, 2}, others_to_worst = {4, 1, 2}})
end)

test("ratings and ranks", function()
    local set = assert(weights.rate({quality = 60, price = 30, service = 10}, {rating = "points"}))
    eq(table.concat(set:shares(), " "), "price quality service")
    same(set:shares().quality, 0.6)
    set = assert(weights.rate {{"quality", 60}, {"price", 40}})
    eq(table.concat(set:shares(), " "), "quality price")
    set = assert(weights.rate({{"quality", 60}, {"price", 40}}, {rating = "swing", range_judged = {1, 1},
        range_in_use = {1, 3}}))
    near(set:shares().price, 120 / 180, 1e-12)
    H.raises("range_judged", weights.rate, {{"a", 1}, {"b", 1}}, {range_judged = {1}, range_in_use = {1, 1}})
    H.fails(status.WEIGHT, "price", weights.rate {quality = 1, price = -1})
    near(assert(weights.rank(names)):shares().quality, 11 / 18, 1e-12)
    near(assert(weights.rank({quality = 1, price = 3, service = 2}, {ranking = "sum"})):shares().price, 1 / 6, 1e-12)
    H.raises("centroid", weights.rank, names, {ranking = "middle"})
end)

local data = {
    a = {1, 5, 3, 8, 2, 7, 4, 6}, b = {2, 4, 4, 9, 1, 6, 5, 5}, c = {9, 2, 5, 1, 8, 3, 4, 6}, y = {1, 5, 4, 9, 2, 7,
        4, 5},
}

test("weights that data suggest, from columns and from a summary", function()
    local summary = assert(custval.summary {columns = {"a", "b", "c"}, parts = {"pairs", "entropy"}})
    assert(summary:add(data))
    for _, method in ipairs {"entropy", "critic", "deviation", "variation"} do
        local one = assert(weights[method](summary))
        local other = assert(weights[method](data, {columns = {"a", "b", "c"}}))
        eq(one:method(), method)
        for _, name in ipairs {"a", "b", "c"} do same(one:shares()[name], other:shares()[name], method) end
    end
    local merec = assert(weights.merec(data, {columns = {"a", "b"}, ranges = {a = {1, 10}, b = {1, 10}}}))
    eq(merec:method(), "merec")
    H.fails(status.STATE, "", weights.merec(summary))
    H.fails(status.NOT_FOUND, "d", weights.critic(data, {columns = {"a", "d"}}))
    H.raises("none of the columns", weights.critic, data, {sacrifices = {"zzz"}})
    near(assert(weights.critic(data, {columns = {"a", "b"}, ranges = {a = {0, 10}, b = {0, 10}},
        declared_ranges = true})):shares().a
        + weights.critic(data, {columns = {"a", "b"}, ranges = {a = {0, 10}, b = {0, 10}},
            declared_ranges = true}):shares().b, 1, 1e-15)
end)

test("drivers, with and without intervals", function()
    local set = assert(weights.drivers(data, "y", {resamples = 50, sacrifices = {"c"}, seed = 7}))
    eq(table.concat(set:shares(), " "), "a b c")
    assert(set:table().low)
    set = assert(weights.drivers(data, "y", {resamples = 0, columns = {"b", "a"}}))
    eq(table.concat(set:shares(), " "), "b a")
    eq(set:table().low, nil)
    local summary = assert(custval.summary {columns = {"a", "b", "y"}, parts = {"pairs"}}):add(data)
    same(assert(weights.drivers(summary, "y")):shares().a,
        assert(weights.drivers(data, "y", {columns = {"a", "b"}, resamples = 0})):shares().a)
    H.fails(status.NOT_FOUND, "z", weights.drivers(data, "z"))
end)

test("sets are mixed, compared and applied", function()
    local first, second = weights.rate {quality = 1, range = 1}, weights.rate {quality = 3, range = 1}
    local mixed = assert(first:mix(second, {share = 0.25}))
    near(mixed:shares().quality, 0.25 * 0.5 + 0.75 * 0.75, 1e-15)
    eq(assert(weights.mix(first, second, {mixing = "multiplicative"})):method(), "mix-multiplicative")
    eq(assert(first:compare(second)).name[1], "quality")
    local with = assert(mixed:apply(system(), {profile = "new", source = "panel", date = "2026-03-01"}))
    eq(with:origins()[1].source, "panel")
    eq(with:profiles()[1].id, "new")
    near(with:weights("new").quality, mixed:shares().quality, 1e-15)
    H.fails(status.NOT_FOUND, "x", weights.rate({x = 1, y = 1}):apply(system()))
    H.fails(status.NOT_FOUND, "", first:mix(weights.rate {other = 1, range = 1}))
    H.fails(status.NOT_FOUND, "nothing", first:diagnostic "nothing")
    assert(#weights.rate({a = 0, b = 1}):notes().code == 1)
end)

test("summaries are fed, merged, sent and read", function()
    H.fails(status.RANGE, "a", custval.summary {columns = {"a"}, parts = "all"})
    local ranges = {a = {1, 10}, b = {1, 10}}
    assert(custval.summary {columns = {"a", "b"}, sacrifices = {"b"}, ranges = ranges, parts = "all",
        threads = custval.threads(2)})
    local one = assert(custval.summary {columns = {"a"}, parts = {"quantiles"}})
    local two = assert(custval.summary {columns = {"a"}, parts = {"quantiles"}})
    one:add {a = {1, 2, 3}}
    assert(two:add({a = {4, 5, false}}):merge(one))
    eq(two:rows(), 6)
    eq(two:table().missing[1], 1)
    eq(two:quantile("a", 0.5), 3)
    eq(two:quantile(1, 1), 5)
    local again = assert(custval.summary.frombytes(two:tobytes()))
    eq(again:tobytes(), two:tobytes())
    H.fails(status.DOCUMENT, "", custval.summary.frombytes "rubbish")
    H.fails(status.STRUCTURE, "", two:merge(custval.summary {columns = {"b"}, parts = {"quantiles"}}))
    H.fails(status.NOT_FINITE, "inf", two:add {a = {1 / 0}})
    eq(two:rows(), 6)
    H.raises("none of the summary's columns", two.quantile, two, "z", 0.5)
    H.fails(status.STATE, "", two:correlations())
    local related = assert(assert(custval.summary {columns = {"a", "b"}, parts = {"pairs"}}):add(data):correlations())
    near(related.a[1], 1, 1e-15)
end)

test("a summary of a system's scores, and scales fitted to data", function()
    local hotel = system()
    local summary = assert(custval.summary {system = hotel, level = "indicator", parts = {"pairs"}})
    summary:add(assert(hotel:score(H.answers, {levels = {"indicator"}})))
    eq(summary:table().name[3], "price")
    eq(summary:table().side[3], "sacrifice")
    local criteria = assert(hotel:criteria {level = "indicator"})
    eq(criteria[3].side, "sacrifice")
    eq(criteria[1].high, 100)
    eq(#assert(hotel:criteria()), 3)
    local raw = assert(custval.summary {columns = {"q1"}}):add(H.answers)
    local fitted = assert(raw:fit(hotel, {method = "range", source = "these"}))
    eq(fitted:node("q1").spec.scale_max, 10)
    eq(fitted:origins()[1].origin, "scale")
    H.raises("range", raw.fit, raw, hotel, {method = "rang"})
end)

test("draws and what they do", function()
    local hotel = system()
    local draws = assert(uncertainty.draw(hotel, {draws = 200, seed = "3"}))
    eq(#draws.quality, 200)
    near(draws.quality[7] + draws.range[7], 1, 1e-12)
    same(uncertainty.draw(hotel, {draws = 200, seed = 3}).quality[200], draws.quality[200])
    local ranks = assert(uncertainty.ranks(hotel, H.answers, draws, {ranks = 2, level = 0.8}))
    near(ranks.rank_1[1], 1, 1e-12)
    eq(#ranks.value, 4)
    eq(type(assert(uncertainty.ranks(hotel, H.answers, uncertainty.draw(hotel, {draws = 9, packed = true}))).value),
        "table")
    local set = weights.rate {quality = 2, range = 1}
    eq(#assert(uncertainty.draw(set, {draws = 10, noise = "relative"})).quality, 10)
    local judged = assert(uncertainty.draw_judgements {names = names, matrix = square, draws = 20})
    eq(#judged.cr, 20)
    local sources = assert(uncertainty.sensitivity(hotel, H.answers, 1, 3, {draws = 256}))
    eq(sources.node[1], "quality")
    local reversal = assert(uncertainty.reversal(hotel, {q1 = {8, 4}, q2 = {4, 7}, q3 = {2, 2}}))
    eq(reversal.rival[1], 2)
    H.fails(status.STATE, "", uncertainty.reversal(hotel, {q1 = {8}, q2 = {4}, q3 = {2}}))
end)

test("means by group, also where groups are numbers", function()
    local table_ = {score = {1, 2, 3, 4}, segment = {1, 1, 2, 2}}
    local means = assert(uncertainty.means(table_, {columns = {"score"}, group = "segment", resamples = 0, top = 3}))
    eq(means.group[2], "2")
    eq(means.mean[2], 3.5)
    eq(means.top_share[2], 1)
    means = assert(uncertainty.means(table_, {group = "segment", resamples = 0}))
    eq(#means.mean, 2)
    eq(means.column[1], "score")
    eq(assert(uncertainty.means({score = {1, 2, 3, 4}}, {resamples = 0})).top_share, nil)
end)

test("other roll-ups", function()
    local ranked = assert(custval.rank(data, {{"a", 1}, {"c", 2}}, {method = "topsis", sacrifices = {"c"}}))
    eq(ranked.rank[4], 1)
    assert(custval.rank(data, weights.rate {a = 1, b = 1}, {method = "vikor", share = 0.4}))
    local of_system = assert(custval.rank(H.answers, system(), {level = "indicator", normalisation = "range"}))
    eq(of_system.rank[1], 1)
    H.fails(status.NOT_FOUND, "zz", custval.rank(data, {zz = 1}))
    local ranks = assert(custval.ranks(custval.vector {3, 1, 2, 0 / 0}))
    eq(tostring(ranks), "custval.vector of 4 numbers")
    eq(ranks[1], 1)
    eq(custval.ranks({5, 5, 1}, "mean")[1], 1.5)
    local fuzzy = assert(custval.fuzzy(system(), H.answers, {grades = {"good", "bad"}, grade_scores = {100, 0},
        cuts = {50}}))
    assert(fuzzy.good)
    H.raises("its neighbours", custval.fuzzy, system(), H.answers, {grades = {"good", "bad"}, grade_scores = {100, 50,
        0}})
    near(custval.fuzzy_compose({{0.5, 0.5}, {1, 0}}, {0.5, 0.5})[1], 0.75, 1e-15)
    H.raises("rows of one length", custval.fuzzy_compose, {{0.5, 0.5}, {1}}, {0.5, 0.5})
    H.raises("one row per weight", custval.fuzzy_compose, {{0.5, 0.5}}, {0.5, 0.5})
end)
