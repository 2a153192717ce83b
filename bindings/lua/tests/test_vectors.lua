-- The shared vectors: what C, Python and Lua must all compute.
-- SPDX-License-Identifier: Apache-2.0
local H = require "harness"
local custval = require "custval"
local test, eq, near, same = H.test, H.eq, H.near, H.same

-- Scoring -----------------------------------------------------------------------------------------------------------

local function packed(data)
    local columns = {}
    for name, column in pairs(data) do
        columns[name] = column
        if type(column) == "table" and type(column[1]) == "number" then
            local whole = {}
            for row = 1, data.n do whole[row] = column[row] end
            columns[name] = custval.vector(whole)
        end
    end
    return columns
end

local function bit_equal(scores, exact, what)
    for name, column in pairs(exact) do
        for row = 1, #column do same(scores[name][row], column[row], ("%s: %s of row %d"):format(what, name, row)) end
    end
end

local function check_expected(case, scores)
    if case.result_columns then
        eq(#scores, #case.result_columns, "number of columns")
        for i, name in ipairs(case.result_columns) do eq(scores[i], name, "column " .. i) end
    end
    for name, column in pairs(case.expected) do
        for row = 1, case.data.n do
            if name ~= "status" then
                near(scores[name][row], column[row], case.tolerance, ("%s of row %d"):format(name, row))
            else
                local words = custval.status_words(scores.status[row])
                table.sort(words)
                table.sort(column[row])
                eq(table.concat(words, " "), table.concat(column[row], " "), "status of row " .. row)
            end
        end
    end
end

-- One row at a time gives the same bits as the table.
local function check_rows(case, system, scores)
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
end

local pool = custval.threads(2)

for _, case in ipairs(H.vectors "scoring") do
    test("scoring: " .. case.id, function()
        local system, message, code = custval.loads(case.document)
        if system and case.error then
            local result
            result, message, code = system:score(case.data, case.options)
            eq(result, nil, "result")
        end
        if case.error then
            eq(custval.describe(code), case.error, message)
            assert(message:find(case.message_part, 1, true), message)
            return
        end
        assert(system, message)
        local scores = assert(system:score(case.data, case.options))
        check_expected(case, scores)
        bit_equal(scores, case.exact, "tables")
        bit_equal(assert(system:score(packed(case.data), case.options)), case.exact, "vectors")
        local options = {threads = pool}
        for name, value in pairs(case.options or {}) do options[name] = value end
        bit_equal(assert(system:score(case.data, options)), case.exact, "threads")
        check_rows(case, system, scores)
        if not case.expected.status then return end
        for row = 1, case.data.n do
            eq(system:reason(case.data, row, case.options) == "", #case.expected.status[row] == 0,
                "a reason for row " .. row)
        end
    end)
end

-- Published answers -------------------------------------------------------------------------------------------------

local weights = custval.weights

local function names_of(count)
    local names = {}
    for i = 1, count do names[i] = ("c%02d"):format(i) end
    return names
end

local function shares_of(set)
    local shares = set:shares()
    local list = {}
    for i, name in ipairs(shares) do list[i] = shares[name] end
    return list
end

local function ahp(matrix, options)
    local given = {names = names_of(#matrix), matrix = matrix}
    for name, value in pairs(options or {}) do given[name] = value end
    return assert(weights.ahp(given))
end

local function columns_of(matrix)
    local columns = {}
    for c = 1, #matrix[1] do
        local column = {}
        for r = 1, #matrix do column[r] = matrix[r][c] end
        columns[("c%02d"):format(c)] = column
    end
    return columns
end

local function synthesis(case, normalisation)
    local criteria = shares_of(ahp(case.input.criteria_matrix))
    local columns, named = {}, {}
    for i, matrix in ipairs(case.input.alternative_matrices) do
        columns["c" .. i] = shares_of(ahp(matrix))
        named[i] = {"c" .. i, criteria[i]}
    end
    return assert(custval.rank(columns, named, {method = "saw", normalisation = normalisation, shares = true})).score
end

local function ahp_weights(case)
    H.near_all(shares_of(ahp(case.input.matrix)), case.expected.weights or case.expected, case.tolerance)
end

local function ahp_cr(random_index)
    return function(case)
        near(ahp(case.input.matrix, {random_index = random_index}):diagnostics().cr, case.expected, case.tolerance)
    end
end

local function index_table(name)
    return function(case)
        for i, n in ipairs(case.input.n) do same(weights.random_index(name, n), case.expected[i] + 0.0) end
    end
end

local function ranked(method)
    return function(case)
        local named, sacrifices = {}, {}
        for i, weight in ipairs(case.input.weights) do
            named[i] = {("c%02d"):format(i), weight}
            if case.input.types[i] == -1 then sacrifices[#sacrifices + 1] = ("c%02d"):format(i) end
        end
        local result = assert(custval.rank(columns_of(case.input.matrix), named, {method = method,
            sacrifices = sacrifices}))
        H.near_all(result.score, case.expected, case.tolerance)
    end
end

local function bwm(case, model)
    local set = assert(weights.bwm {
        names = names_of(#case.input.best_to_others), best_to_others = case.input.best_to_others,
        others_to_worst = case.input.others_to_worst, model = model,
    })
    H.near_all(shares_of(set), case.expected.weights, case.tolerance)
    near(set:diagnostics().ksi, case.expected.ksi, case.tolerance)
end

local function fuzzy(operation)
    return function(case)
        H.near_all(assert(custval.fuzzy_compose(case.input.R, case.input.A, operation)), case.expected, case.tolerance)
    end
end

local published = {
    ahp_drinks_weights = ahp_weights,
    ahp_school_criteria = ahp_weights,
    ahp_house_weights = ahp_weights,
    ahp_2x2 = ahp_weights,
    ahp_consistent_any_method = function(case)
        for _, method in ipairs {"eigenvector", "geometric", "arithmetic"} do
            local set = ahp(case.input.matrix, {method = method})
            H.near_all(shares_of(set), case.expected.weights, case.tolerance)
            near(set:diagnostics().cr, 0, 0)
        end
    end,
    ahp_drinks_cr_saaty2005 = ahp_cr "saaty-2005",
    ahp_drinks_cr_dd = ahp_cr "donegan-dodd-1991",
    ahp_house_cr_alonso_lamata = ahp_cr "alonso-lamata-fit",
    ahp_house_lambda_ci_cr = function(case)
        local found = ahp(case.input.matrix):diagnostics()
        near(found.lambda_max, case.expected.lambda_max, case.tolerance)
        near(found.ci, case.expected.CI, case.tolerance)
        near(found.cr, case.expected.CR, case.tolerance)
    end,
    ahp_house_geometric = function(case)
        H.near_all(shares_of(ahp(case.input.matrix, {method = "geometric"})), case.expected, case.tolerance)
    end,
    ahp_arithmetic_mean_8x8 = function(case)
        near(ahp(case.input.matrix, {method = "arithmetic"}):diagnostics().lambda_max, case.expected.lambda_max,
            case.tolerance)
    end,
    ahp_school_composite = function(case) H.near_all(synthesis(case, "sum"), case.expected, case.tolerance) end,
    ahp_school_ideal = function(case) H.near_all(synthesis(case, "maximum"), case.expected, case.tolerance) end,
    ahp_incomplete_4x4 = ahp_weights,
    group_aij_equals_aip_rgm = function(case)
        for _, grouping in ipairs {"judgements", "priorities-geometric"} do
            local set = assert(weights.ahp {
                names = names_of(#case.input.matrices[1]), matrices = case.input.matrices, method = "geometric",
                    grouping = grouping,
            })
            H.near_all(shares_of(set), case.expected, case.tolerance)
        end
    end,
    ri_table_saaty_1980 = index_table "saaty-1980",
    ri_table_saaty_variant_jmcdm = index_table "saaty-2008",
    ri_table_saaty_2005 = index_table "saaty-2005",
    ri_table_donegan_dodd_1991 = index_table "donegan-dodd-1991",
    ri_table_tummala_ling_1998 = index_table "tummala-ling-1998",
    ri_table_ahpsurvey_simulation = index_table "ahpsurvey",
    ri_table_alonso_lamata_2006 = index_table "alonso-lamata-2006",
    bwm_linear_consistent = function(case) bwm(case, "linear") end,
    bwm_linear_readme = function(case) bwm(case, "linear") end,
    bwm_nonlinear_3 = function(case) bwm(case, "nonlinear") end,
    entropy_hwang_yoon = function(case)
        local set = assert(weights.entropy(columns_of(case.input.matrix)))
        H.near_all(shares_of(set), case.expected.weights, case.tolerance)
        H.near_all(set:table().entropy, case.expected.entropy, case.tolerance)
    end,
    critic_diakoulaki = function(case)
        H.near_all(shares_of(assert(weights.critic(columns_of(case.input.matrix)))), case.expected, case.tolerance)
    end,
    rank_order_centroid = function(case)
        for i, n in ipairs(case.input.n) do H.near_all(shares_of(weights.rank(names_of(n))), case.expected[i],
            case.tolerance) end
    end,
    rank_sum_reciprocal = function(case)
        local names = names_of(case.input.n)
        H.near_all(shares_of(weights.rank(names, {ranking = "sum"})), case.expected.rank_sum, case.tolerance)
        H.near_all(shares_of(weights.rank(names, {ranking = "reciprocal"})), case.expected.rank_reciprocal,
            case.tolerance)
    end,
    topsis_hwang_yoon = ranked "topsis",
    saw_hwang_yoon = ranked "saw",
    fuzzy_clothing_maxmin_1 = fuzzy "min-max",
    fuzzy_clothing_weighted = fuzzy "weighted",
}

local found = {}
for _, case in ipairs(H.vectors "weights_and_rollup") do
    found[case.id] = true
    if published[case.id] then test("published: " .. case.id, function() published[case.id](case) end) end
end
test("every published answer that is known here was met", function()
    for id in pairs(published) do assert(found[id], id) end
end)

-- Rankings ----------------------------------------------------------------------------------------------------------

local function rank_case(case)
    local named, sacrifices, ranges = {}, {}, {}
    for i, name in ipairs(case.columns) do
        named[i] = {name, case.weights[i]}
        if case.sides[i] == "sacrifice" then sacrifices[#sacrifices + 1] = name end
        local range = case.ranges and case.ranges[i]
        if type(range) == "table" and #range == 2 then ranges[name] = range end
    end
    local options = {sacrifices = sacrifices, ranges = ranges}
    for name, value in pairs(case.options or {}) do options[name] = value end
    local result, message, code = custval.rank(case.data, named, options)
    if case.error then
        eq(code, custval.status[case.error], message)
        assert(message:find(case.message_part, 1, true), message)
        return
    end
    assert(result, message)
    for name, column in pairs(case.expected) do H.near_all(result[name], column, case.tolerance, name) end
end

local function fuzzy_case(case)
    local result = assert(custval.fuzzy(assert(custval.loads(case.document)), case.data, case.options))
    local grades = case.options.grades or {"excellent", "good", "fair", "poor", "bad"}
    local rows = {}
    for row, node in ipairs(result.node) do rows[node] = row end
    for node, expected in pairs(case.expected) do
        for i, degree in ipairs(expected.degrees) do near(result[grades[i]][rows[node]], degree, case.tolerance,
            node) end
        eq(result.grade[rows[node]], grades[expected.grade + 1], node)
        near(result.score[rows[node]], expected.score, case.tolerance, node)
    end
end

local kinds = {
    rank = rank_case,
    fuzzy = fuzzy_case,
    ranks = function(case)
        local numbers = {}
        for i, number in ipairs(case.numbers) do numbers[i] = number end
        H.near_all(assert(custval.ranks(numbers, case.ties)), case.expected, case.tolerance)
    end,
}
for _, case in ipairs(H.vectors "ranking") do
    test("ranking: " .. case.id, function() kinds[case.kind](case) end)
end

-- Drivers -----------------------------------------------------------------------------------------------------------

local function drivers_case(case, method, resamples, more)
    local options = {columns = case.columns, sacrifices = case.sacrifices, method = method, resamples = resamples}
    for name, value in pairs(more or {}) do options[name] = value end
    return weights.drivers(case.data, case.outcome, options)
end

local function check_drivers(case)
    if case.error then
        local result, message, code = drivers_case(case, case.method, 0)
        eq(result, nil, "result")
        eq(custval.describe(code), case.error, message)
        assert(message:find(case.message_part, 1, true), message)
        return
    end
    for method, expected in pairs(case.expected.methods) do
        local set, message, code = drivers_case(case, method, 0)
        if expected.error then
            eq(custval.describe(code), expected.error, message)
        else
            assert(set, message)
            H.near_all(shares_of(set), expected.weight, case.tolerance, method .. " weight")
            H.near_all(set:table().importance, expected.importance, case.tolerance, method .. " importance")
            near(set:diagnostic "n", case.expected.n, 0)
        end
    end
    for method, expected in pairs(case.bootstrap and case.bootstrap.methods or {}) do
        local set = assert(drivers_case(case, method, case.bootstrap.resamples, {seed = case.bootstrap.seed,
            level = case.bootstrap.level}))
        H.near_all(set:table().low, expected.low, case.tolerance, method .. " low")
        H.near_all(set:table().high, expected.high, case.tolerance, method .. " high")
    end
end
for _, case in ipairs(H.vectors "drivers") do
    test("drivers: " .. case.id, function() check_drivers(case) end)
end
