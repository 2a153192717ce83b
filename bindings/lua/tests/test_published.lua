-- weights_and_rollup.json: published and peer results of weights, trees and rankings, the same cases as in C.
-- SPDX-License-Identifier: Apache-2.0
local H = require "harness"
local custval = require "custval"
local test, eq, same, within, within_all = H.test, H.eq, H.same, H.within, H.within_all
local weights = custval.weights

local published = {}

-- Judgements --------------------------------------------------------------------------------------------------------

local function names_of(count)
    local names = {}
    for i = 1, count do names[i] = ("c%02d"):format(i) end
    return names
end

local function ahp(matrix, options)
    local given = {names = names_of(#matrix), matrix = matrix}
    for name, value in pairs(options or {}) do given[name] = value end
    return assert(weights.ahp(given))
end

local function group(case, options)
    local given = {names = names_of(#case.input.matrices[1]), matrices = case.input.matrices}
    for name, value in pairs(options or {}) do given[name] = value end
    return given
end

local function ahp_weights(method)
    return function(case)
        within_all(H.shares(ahp(case.input.matrix, {method = method})), case.expected, case.tolerance)
    end
end

local function ahp_cr(random_index)
    return function(case)
        local set = ahp(case.input.matrix, {random_index = random_index})
        within(set:diagnostic "cr", case.expected, case.tolerance)
    end
end

local function consistency(method)
    return function(case)
        local found = ahp(case.input.matrix, {method = method}):diagnostics()
        within(found.lambda_max, case.expected.lambda_max, case.tolerance, "lambda_max")
        within(found.ci, case.expected.CI, case.tolerance, "ci")
        within(found.cr, case.expected.CR, case.tolerance, "cr")
    end
end

local function any_method(case)
    for _, method in ipairs {"eigenvector", "geometric", "arithmetic"} do
        local set = ahp(case.input.matrix, {method = method})
        within_all(H.shares(set), case.expected.weights, case.tolerance, method)
        same(set:diagnostic "cr", case.expected.CR + 0.0, method .. " cr")
    end
end

local function index_table(name)
    return function(case)
        eq(#case.expected, #case.input.n)
        for i, n in ipairs(case.input.n) do same(weights.random_index(name, n), case.expected[i] + 0.0) end
    end
end

local function bwm_of(best_to_others, others_to_worst, model)
    return assert(weights.bwm {
        names = names_of(#best_to_others), best_to_others = best_to_others, others_to_worst = others_to_worst,
        model = model,
    })
end

local function bwm(model)
    return function(case)
        local set = bwm_of(case.input.best_to_others, case.input.others_to_worst, model)
        within_all(H.shares(set), case.expected.weights, case.tolerance)
        within(set:diagnostic "ksi", case.expected.ksi, case.tolerance, "ksi")
    end
end

published.ahp_drinks_weights = ahp_weights "eigenvector"
published.ahp_school_criteria = ahp_weights "eigenvector"
published.ahp_house_weights = ahp_weights "eigenvector"
published.ahp_house_geometric = ahp_weights "geometric"
published.ahp_2x2 = any_method
published.ahp_consistent_any_method = any_method
published.ahp_drinks_cr_saaty2005 = ahp_cr "saaty-2005"
published.ahp_drinks_cr_dd = ahp_cr "donegan-dodd-1991"
published.ahp_house_cr_alonso_lamata = ahp_cr "alonso-lamata-fit"
published.ahp_house_lambda_ci_cr = consistency "eigenvector"
published.ahp_arithmetic_mean_8x8 = consistency "arithmetic"
published.ri_table_saaty_1980 = index_table "saaty-1980"
published.ri_table_saaty_variant_jmcdm = index_table "saaty-2008"
published.ri_table_saaty_2005 = index_table "saaty-2005"
published.ri_table_donegan_dodd_1991 = index_table "donegan-dodd-1991"
published.ri_table_tummala_ling_1998 = index_table "tummala-ling-1998"
published.ri_table_ahpsurvey_simulation = index_table "ahpsurvey"
published.ri_table_alonso_lamata_2006 = index_table "alonso-lamata-2006"
published.bwm_linear_consistent = bwm "linear"
published.bwm_linear_readme = bwm "linear"
published.bwm_nonlinear_3 = bwm "nonlinear"

function published.ahp_incomplete_4x4(case)
    local set = ahp(case.input.matrix, {random_index = "donegan-dodd-1991"})
    within_all(H.shares(set), case.expected.weights, case.tolerance)
    within(set:diagnostic "cr", case.expected.CR_dd, case.tolerance, "cr")
    eq(set:diagnostic "missing", 1)
end

-- Of a group that judges two things only, the weights stand to each other as the joint judgement. Triads show some of
-- the joint judgements themselves.
function published.group_aij_matrix(case)
    local matrices, names, index = case.input.matrices, names_of(#case.expected), {}
    local function check(judgement, row, column)
        within(judgement, case.expected[row][column], case.tolerance, names[row] .. " over " .. names[column])
    end
    for row, name in ipairs(names) do
        index[name] = row
        for column = 1, row - 1 do
            local two = {}
            for m, a in ipairs(matrices) do two[m] = {{1, a[row][column]}, {a[column][row], 1}} end
            local shares = H.shares(assert(weights.ahp {names = {"row", "column"}, matrices = two}))
            check(shares[1] / shares[2], row, column)
            check(shares[2] / shares[1], column, row)
        end
    end
    local triads = assert(weights.triads(group(case)))
    eq(#triads.judgement, 10)
    for i, judgement in ipairs(triads.judgement) do check(judgement, index[triads.row[i]], index[triads.column[i]]) end
end

-- The peer does not divide by the sum.
function published.group_aip_unnormalised(case)
    local expected, sum = {}, 0
    for _, share in ipairs(case.expected) do sum = sum + share end
    for i, share in ipairs(case.expected) do expected[i] = share / sum end
    local set = assert(weights.ahp(group(case, {grouping = "priorities-geometric"})))
    within_all(H.shares(set), expected, case.tolerance)
end

function published.group_aij_equals_aip_rgm(case)
    for _, grouping in ipairs {"judgements", "priorities-geometric"} do
        local set = assert(weights.ahp(group(case, {method = "geometric", grouping = grouping})))
        within_all(H.shares(set), case.expected, case.tolerance, grouping)
    end
end

function published.bwm_input_based_cr(case)
    eq(#case.input.cases, #case.expected)
    for i, pair in ipairs(case.input.cases) do
        for _, model in ipairs {"linear", "nonlinear"} do
            within(bwm_of(pair[1], pair[2], model):diagnostic "input_cr", case.expected[i], case.tolerance, model)
        end
    end
end

-- Data, ranks -------------------------------------------------------------------------------------------------------

local function columns_of(rows, names)
    local columns = {n = #rows}
    for c, name in ipairs(names or names_of(#rows[1])) do
        columns[name] = {}
        for r, row in ipairs(rows) do columns[name][r] = row[c] end
    end
    return columns
end

function published.entropy_ulutas(case)
    local set = assert(weights.entropy(columns_of(case.input.matrix)))
    within_all(H.shares(set), case.expected, case.tolerance)
end

function published.entropy_hwang_yoon(case)
    local set = assert(weights.entropy(columns_of(case.input.matrix)))
    within_all(H.shares(set), case.expected.weights, case.tolerance, "weight")
    within_all(set:table().entropy, case.expected.entropy, case.tolerance, "entropy")
end

function published.critic_diakoulaki(case)
    within_all(H.shares(assert(weights.critic(columns_of(case.input.matrix)))), case.expected, case.tolerance)
end

function published.rank_order_centroid(case)
    eq(#case.input.n, #case.expected)
    for i, n in ipairs(case.input.n) do
        within_all(H.shares(weights.rank(names_of(n))), case.expected[i], case.tolerance, n)
    end
end

function published.rank_sum_reciprocal(case)
    local names = names_of(case.input.n)
    for _, ranking in ipairs {"sum", "reciprocal"} do
        within_all(H.shares(weights.rank(names, {ranking = ranking})), case.expected["rank_" .. ranking],
            case.tolerance, ranking)
    end
end

-- Other roll-ups ----------------------------------------------------------------------------------------------------

local function ranked(method)
    return function(case)
        local named, sacrifices = {}, {}
        for i, name in ipairs(names_of(#case.input.weights)) do
            named[i] = {name, case.input.weights[i]}
            if case.input.types[i] < 0 then sacrifices[#sacrifices + 1] = name end
        end
        local result = assert(custval.rank(columns_of(case.input.matrix), named, {method = method,
            sacrifices = sacrifices}))
        within_all(result.score, case.expected, case.tolerance)
    end
end

-- AHP over alternatives: their priorities by each criterion, added up with the criteria's weights.
local function synthesis(criteria, alternatives, normalisation)
    local columns, named = {}, {}
    for i, name in ipairs(names_of(#alternatives)) do
        columns[name] = H.shares(ahp(alternatives[i]))
        named[i] = {name, criteria[i]}
    end
    return assert(custval.rank(columns, named, {method = "saw", normalisation = normalisation, shares = true})).score
end

local function school(normalisation)
    return function(case)
        local criteria = H.shares(ahp(case.input.criteria_matrix))
        within_all(synthesis(criteria, case.input.alternative_matrices, normalisation), case.expected, case.tolerance)
    end
end

local function fuzzy(operation)
    return function(case)
        within_all(assert(custval.fuzzy_compose(case.input.R, case.input.A, operation)), case.expected, case.tolerance)
    end
end

published.topsis_hwang_yoon = ranked "topsis"
published.saw_hwang_yoon = ranked "saw"
published.ahp_school_composite = school "sum"
published.ahp_school_ideal = school "maximum"
published.fuzzy_clothing_maxmin_1 = fuzzy "min-max"
published.fuzzy_clothing_weighted = fuzzy "weighted"

-- B comes first until D, its copy, is there; in ideal mode it stays first.
function published.ahp_rank_reversal_belton_gear(case)
    local given, expected = case.input, case.expected
    local function scores(matrices, normalisation)
        return synthesis(given.criteria_weights, matrices, normalisation)
    end
    local three, four = scores(given.matrices3, "sum"), scores(given.matrices4, "sum")
    within_all(three, expected.A_B_C, case.tolerance)
    within_all(four, expected.A_B_C_D, case.tolerance)
    assert(three[2] > three[1] and four[2] < four[1])
    for _, matrices in ipairs {given.matrices3, given.matrices4} do
        local ideal = scores(matrices, "maximum")
        assert(ideal[2] > ideal[1])
    end
end

function published.fuzzy_two_level(case)
    local given, compose = case.input, custval.fuzzy_compose
    local low = {assert(compose(given.R1, given.w1)), assert(compose(given.R2, given.w2))}
    local top = assert(compose(low, given.top))
    within_all(top, case.expected.B, case.tolerance)
    local score, sum = 0, 0
    for i, grade in ipairs(given.grade_scores) do
        score, sum = score + top[i] * grade, sum + top[i]
    end
    within(score / sum, case.expected.score, case.tolerance, "score")
end

-- The tree of nine --------------------------------------------------------------------------------------------------

local function facts_of(rows, column)
    local low, high, sum, count, squares = 1 / 0, -1 / 0, 0, 0, 0
    local cells = {}
    for _, row in ipairs(rows) do
        if row[column] ~= H.null then cells[#cells + 1] = row[column] end
    end
    for _, cell in ipairs(cells) do
        low, high, sum, count = math.min(low, cell), math.max(high, cell), sum + cell, count + 1
    end
    for _, cell in ipairs(cells) do squares = squares + (cell - sum / count) ^ 2 end
    return low, high, sum / count, math.sqrt(squares / (count - 1))
end

-- What an item's column becomes: "fixed", 0 .. 100 over the range of the column, reversed where low is good; "from
-- one", 1 .. 100 likewise; "standardised", (x - mean) / sd, negative where low is good; "asked", 0 .. 100, never
-- reversed.
local function item_of(given, place, kind)
    local name, falls = given.indicators[place], given.types[place] < 0
    local low, high, mean, deviation = facts_of(given.rows, place)
    local item = {id = "item " .. name, column = name}
    if kind == "fixed" or kind == "asked" then
        item.scale_min, item.scale_max, item.reversed = low, high, kind == "fixed" and falls
    elseif kind == "from one" then
        item.curve = {type = "piecewise", x = {low, high}, y = falls and {100, 1} or {1, 100}}
    else
        local slope = (falls and -1 or 1) / deviation
        item.curve = {type = "linear", parameters = {-mean * slope, slope}}
    end
    return item
end

-- Adds a dimension of the indicators at these places, which count from 0.
local function add_dimension(builder, given, side, kind, spec, places)
    assert(builder:dimension(side, spec))
    for _, place in ipairs(places or given.groups[spec.id]) do
        local name = given.indicators[place + 1]
        assert(builder:indicator(spec.id, {id = name, weight = given.local_weights[place + 1]}))
        assert(builder:item(name, item_of(given, place + 1, kind)))
    end
end

-- Benefits against sacrifices: the index of B and 100 - S.
local function two_sides(given)
    local builder = assert(custval.builder {form = "index"})
    add_dimension(builder, given, "benefit", "asked", {id = "B"})
    add_dimension(builder, given, "sacrifice", "asked", {id = "S"})
    assert(builder:side("benefit", {weight = given.top_weights.B}))
    assert(builder:side("sacrifice", {weight = given.top_weights.S}))
    return assert(builder:build())
end

-- The same where S scores low sacrifice: a second dimension of benefit, so that any aggregator can join both.
local function benefits(given, kind, aggregator, exponent)
    local builder = assert(custval.builder())
    for _, id in ipairs {"B", "S"} do
        add_dimension(builder, given, "benefit", kind, {
            id = id, weight = given.top_weights[id], aggregator = aggregator, exponent = exponent,
        })
    end
    assert(builder:side("benefit", {aggregator = aggregator, exponent = exponent}))
    return assert(builder:build())
end

local function rows_of(given)
    return columns_of(given.rows, given.indicators)
end

-- expected: one array per row with what the named columns hold.
local function check_rows(case, system, names)
    local scores = assert(system:score(rows_of(case.input), {levels = "all"}))
    eq(#scores.value, #case.expected, "number of rows")
    for row, expected in ipairs(case.expected) do
        eq(#expected, #names)
        for i, name in ipairs(names) do
            within(scores[name][row], expected[i], case.tolerance, ("%s of row %d"):format(name, row))
        end
        eq(table.concat(custval.status_words(scores.status[row]), " "),
            expected[#names] == H.null and "missing" or "", "status of row " .. row)
    end
end

local function check_two_sides(case)
    local scores = assert(two_sides(case.input):score(rows_of(case.input)))
    for row, expected in ipairs(case.expected) do
        within(scores.benefit[row], expected[1], case.tolerance, "benefit of row " .. row)
        within(100 - scores.sacrifice[row], expected[2], case.tolerance, "100 - sacrifice of row " .. row)
        within(scores.value[row], expected[3], case.tolerance, "value of row " .. row)
    end
end

local function tree(...)
    local how = {...}
    return function(case)
        check_rows(case, benefits(case.input, how[1], how[2], how[3]), {"B", "S", "value"})
        if how[1] == "fixed" then check_two_sides(case) end
    end
end

local function items(kind)
    return function(case)
        local names = {}
        for i, name in ipairs(case.input.indicators) do names[i] = "item " .. name end
        check_rows(case, benefits(case.input, kind), names)
    end
end

published.tree9_minmax = items "fixed"
published.tree9_zscore = items "standardised"
published.tree9_arithmetic = tree("fixed", "mean")
published.tree9_geometric = tree("from one", "geometric")
published.tree9_power_mean_minus_half = tree("from one", "power", -0.5)
published.tree9_missing_renormalise = tree("fixed", "mean")

-- Global weights are within a side; the sides' shares come on top.
function published.tree9_effective_weights(case)
    local system, found = two_sides(case.input), {}
    local _, global = system:weights()
    for i, name in ipairs(case.input.indicators) do
        local node = assert(system:node(name))
        found[i] = global[name] * global[node.side]
        same(node.global_weight, global[name], name)
    end
    within_all(found, case.expected, case.tolerance)
end

function published.tree9_copeland(case)
    local given = {indicators = case.input.indicators, types = case.input.types, rows = case.input.rows,
        local_weights = {}}
    local builder, places = assert(custval.builder()), {}
    for i = 1, #given.indicators do places[i], given.local_weights[i] = i - 1, 1 end
    add_dimension(builder, given, "benefit", "fixed", {id = "all"}, places)
    local offers = assert(assert(builder:build()):compare(rows_of(given)))
    within_all(offers.copeland, case.expected, case.tolerance)
end

function published.tree9_explanation_u1(case)
    local system, columns, row = two_sides(case.input), rows_of(case.input), case.input.customer + 1
    local why, parts, sum = assert(system:explain(columns, row)), {}, 0.0
    for i, contribution in ipairs(why.contribution) do
        if why.is_part[i] == 1 then parts[#parts + 1], sum = contribution, sum + contribution end
    end
    within_all(parts, case.expected, case.tolerance)
    same(sum, assert(system:score(columns)).value[row], "sum")
end

-- Indices in use ----------------------------------------------------------------------------------------------------

-- A builder with one dimension of benefit, "all".
local function one_dimension(aggregator)
    return assert(assert(custval.builder()):dimension("benefit", {id = "all", aggregator = aggregator}))
end

-- An item on its column's scale, named after it.
local function scaled(column, low, high, more)
    local item = {id = column .. " rating", column = column, scale_min = low, scale_max = high}
    for name, value in pairs(more or {}) do item[name] = value end
    return item
end

local function value_of(builder, answers)
    return assert(assert(builder:build()):score_row(answers)).value
end

function published.hdi_gni_index_2020(case)
    local given, builder = case.input, one_dimension()
    assert(builder:indicator("all", {id = "standard of living"}))
    assert(builder:item("standard of living", scaled("gni", given.min, given.max, {curve = {type = "log"}})))
    within(value_of(builder, {gni = given.gni}) / 100, case.expected, case.tolerance)
end

function published.hdi_geometric_2020(case)
    local builder, answers = one_dimension "geometric", {}
    for i, name in ipairs {"health", "education", "income"} do
        assert(builder:indicator("all", {id = name}))
        assert(builder:item(name, scaled(name, 0, 1)))
        answers[name] = case.input.indices[i]
    end
    within(value_of(builder, answers) / 100, case.expected, case.tolerance)
end

function published.hdi_arithmetic_germany(case)
    local given, ends, builder = case.input, case.input.goalposts, assert(custval.builder())
    local function add(dimension, weight, column, range, curve)
        assert(builder:indicator(dimension, {id = column .. " index", weight = weight}))
        assert(builder:item(column .. " index", scaled(column, range[1], range[2], {curve = curve})))
    end
    for _, id in ipairs {"le_index", "education_index", "gdp_index"} do
        assert(builder:dimension("benefit", {id = id}))
    end
    add("le_index", 1, "life_expectancy", ends.le)
    add("education_index", given.education_weights[1], "literacy", ends.literacy)
    add("education_index", given.education_weights[2], "enrolment", ends.enrolment)
    add("gdp_index", 1, "gdp_ppp", ends.gdp, {type = "log"})
    local system, columns = assert(builder:build()), {}
    for _, input in ipairs(system:inputs()) do columns[input.column] = {given[input.column]} end
    local scores = assert(system:score(columns, {levels = "all"}))
    for name, expected in pairs(case.expected) do
        within(scores[name == "hdi" and "value" or name][1] / 100, expected, case.tolerance, name)
    end
end

function published.acsi_formula(case)
    local builder, answers = one_dimension(), {}
    assert(builder:indicator("all", {id = "overall"}))
    for i, name in ipairs(names_of(#case.input.items)) do
        assert(builder:item("overall", scaled(name, 1, 10, {weight = case.input.weights[i]})))
        answers[name] = case.input.items[i]
    end
    within(value_of(builder, answers), case.expected, case.tolerance)
end

-- Five dimensions on the scale of the answers themselves, so that gaps are in its points.
function published.servqual_weighted_gap(case)
    local builder, names, given = assert(custval.builder()), names_of(#case.input.weights), case.input
    for i, name in ipairs(names) do
        assert(builder:dimension("benefit", {id = name, weight = given.weights[i]}))
        assert(builder:indicator(name, {id = name .. " seen"}))
        assert(builder:item(name .. " seen", {id = name .. " as rated", column = name,
            curve = {type = "linear", parameters = {0, 1}}}))
    end
    local document = assert(builder:build()):to_json()
    for _, module in ipairs {custval, rawget(_G, "jit") and require "custval_ffi"} do
        local gaps = assert(module.satisfaction.gap(assert(module.loads(document)), H.columns(names, {given.P}),
            H.columns(names, {given.E})))
        within(gaps["value.gap"][1], case.expected, case.tolerance)
        eq(gaps.attained[1], 0)
    end
end

-- Market-perceived quality ------------------------------------------------------------------------------------------

-- Ratings are on 0 .. 10, so that ratios of scores are ratios of ratings. The table was printed with each ratio
-- rounded half up to two decimals.
function published.gale_chicken_quality(case)
    local builder, columns, expected = one_dimension(), {}, case.expected
    for _, attribute in ipairs(case.input.attributes) do
        assert(builder:indicator("all", {id = attribute.name, weight = attribute.weight}))
        assert(builder:item(attribute.name, scaled(attribute.name, 0, 10)))
        columns[attribute.name] = {attribute.perdue, attribute.average}
    end
    local system, printed, exact = assert(builder:build()), 0, 0
    local profile = assert(system:compare_indicators(columns, 1))
    eq(#profile.ratio, #case.input.attributes)
    for i, attribute in ipairs(case.input.attributes) do
        printed = printed + attribute.weight * math.floor(100 * profile.ratio[i] + 0.5) / 100
        exact = exact + attribute.weight / 100 * profile.ratio[i]
    end
    within(printed, expected.quality_ratio, case.tolerance, "quality_ratio")
    local offers = assert(system:compare(columns))
    within(offers.quality_ratio[1], exact, 1e-15, "exact quality_ratio")
    within(100 * exact, 125.934, 0.0005, "exact quality_ratio") -- as the notes of the case say
    within(offers.value[1] / 10, expected.weighted_perdue, case.tolerance, "weighted_perdue")
    within(offers.value[2] / 10, expected.weighted_average, case.tolerance, "weighted_average")
end

-- An offer whose quality and price stand to its rival's as the case says.
function published.gale_value_point(case)
    local given, builder = case.input, one_dimension()
    assert(builder:indicator("all", {id = "as perceived"}))
    assert(builder:item("as perceived", {id = "as rated", column = "quality",
        curve = {type = "linear", parameters = {0, 1}}}))
    local columns = {quality = {given.quality_ratio, 1}, price = {given.relative_price, 1}}
    local offers = assert(assert(builder:build()):compare(columns, {price_column = "price",
        quality_weight = given.weights[1], price_weight = given.weights[2]}))
    within(offers.quality_per_price[1], case.expected.quality_over_price, case.tolerance)
    within(offers.value_index[1], case.expected.weighted_with_price_ratio_inverted, case.tolerance)
end

-- All of them -------------------------------------------------------------------------------------------------------

local unmet = {}
for id in pairs(published) do unmet[id] = true end
for _, case in ipairs(H.vectors "weights_and_rollup") do
    unmet[case.id] = nil
    test("published: " .. case.id, function()
        assert(published[case.id], "nothing answers the case")(case)
    end)
end
test("every published answer that is known here was met", function() eq(next(unmet), nil) end)
