-- custval for LuaJIT by its FFI: groups, migration, scenarios, programmes: a part of custval_ffi.lua.
-- SPDX-License-Identifier: Apache-2.0
local ffi = require "ffi"
local bridge = require "custval_ffi_objects"

local library, constants, struct_of, answer = bridge.library, bridge.constants, bridge.struct_of, bridge.answer
local own = {packed = true}

-- An argument that is a whole number from `least`.
local function whole(value, least, what)
    if type(value) ~= "number" or value < least or value % 1 ~= 0 or value >= 2 ^ 32 then
        error(("%s are whole numbers from %d"):format(what, least), 3)
    end
    return value
end

-- Groups -----------------------------------------------------------------------------------------------------------

local function add_groups(M, history_of)
    local Groups, new, groups_of, read = bridge.document_class "groups"
    M.groups = read

    --- The groups, in the order of the document.
    function Groups:ids()
        local pointer = groups_of(self)
        return bridge.names_of(pointer, library.custval_groups_count(pointer), library.custval_groups_id)
    end

    --- The measures, and the column that each reads.
    function Groups:measures()
        local pointer, column, found = groups_of(self), ffi.new "const char *[1]", {}
        for i = 1, tonumber(library.custval_groups_measures(pointer)) do
            local name = ffi.string(library.custval_groups_measure(pointer, i - 1, column))
            found[i], found[name] = name, ffi.string(column[0])
        end
        return found
    end

    local function text(kind)
        return function(self, group, language)
            local pointer = groups_of(self)
            for i, id in ipairs(self:ids()) do
                if id == group then return ffi.string(library.custval_groups_text(pointer, i - 1, kind, language)) end
            end
            return nil, ('no group "%s"'):format(tostring(group)), constants.ERROR_NOT_FOUND
        end
    end

    --- What a group is called.
    Groups.label = text(constants.GROUP_LABEL)
    --- What to do with its customers.
    Groups.advice = text(constants.GROUP_ADVICE)

    local function measured(self, columns, value)
        local inputs, measures = {}, self:measures()
        for _, id in ipairs(measures) do bridge.add_input(inputs, measures[id]) end
        bridge.add_input(inputs, value)
        return {{columns = columns, inputs = inputs}}
    end

    --- The groups with quantiles turned into cuts.
    function Groups:fix(columns)
        local pointer = groups_of(self)
        return new({self}, function(err, out, table_)
            return library.custval_groups_fix(pointer, table_, nil, out, err)
        end, measured(self, columns))
    end

    local function about(name)
        return function(self, columns, options)
            local pointer, kept = groups_of(self), {self}
            local made = struct_of("custval_groups_options", options, kept, own)
            local given = measured(self, columns, options and options.value)
            return answer(given, options, kept, function(err, out, table_)
                return library[name](pointer, table_, made, out, err)
            end)
        end
    end

    --- The group of each customer.
    Groups.assign = about "custval_groups_assign"
    --- Who is in the groups.
    Groups.describe = about "custval_groups_describe"

    --- Retention and repeat purchase by cohort.
    function M.cohorts(history, options)
        local pointer, kept = history_of(history), {history}
        local made = struct_of("custval_cohort_options", options, kept, own)
        return answer({}, options, kept, function(err, out) return library.custval_cohorts(pointer, made, out, err) end)
    end
end

-- Migration --------------------------------------------------------------------------------------------------------

local function add_migration(M)
    local Migration, new, migration_of = bridge.class("migration", "custval_migration_free")

    --- A migration without periods.
    function M.migration(options)
        local kept = {}
        local made = struct_of("custval_migration_options", options, kept)
        return new(kept, function(err, out) return library.custval_migration_new(made, out, err) end)
    end

    --- Adds the next period.
    function Migration:add(columns)
        local pointer = migration_of(self)
        local packed, message, code, row = bridge.with_tables({{columns = columns}}, {self}, function(err, table_)
            return library.custval_migration_add(pointer, table_, err)
        end)
        if packed == nil then return nil, message, code, row end
        return self
    end

    --- The states, the absent one last.
    function Migration:states()
        local pointer = migration_of(self)
        return bridge.names_of(pointer, library.custval_migration_states(pointer), library.custval_migration_state)
    end

    --- Periods less one.
    function Migration:steps()
        return library.custval_migration_steps(migration_of(self))
    end

    local function step_of(step)
        return step == nil and constants.ALL_STEPS or whole(step, 1, "rows") - 1
    end

    --- Who went from each state to each.
    function Migration:matrix(what, step)
        local pointer, kind = migration_of(self), constants.MATRIX_COUNTS
        if what ~= nil then kind = bridge.word_value({vocabulary = constants.WORDS_MATRIX}, "what", what) end
        local wanted = step_of(step)
        return answer({}, nil, {self}, function(err, out)
            return library.custval_migration_matrix(pointer, wanted, kind, out, err)
        end)
    end

    --- Who stayed, went and came.
    function Migration:flows(step)
        local pointer, wanted = migration_of(self), step_of(step)
        return answer({}, nil, {self}, function(err, out)
            return library.custval_migration_flows(pointer, wanted, out, err)
        end)
    end

    local function numbers_of_states(pointer, what, value)
        local numbers, count, owner = bridge.numbers_value(what, value)
        local states = library.custval_migration_states(pointer)
        if count ~= states then
            error(("%s: %d numbers, but there are %d states, the absent one included"):format(what, count, states), 0)
        end
        return numbers, owner
    end

    --- How many will be in each state.
    function Migration:forecast(steps, newcomers)
        local pointer, numbers, owner = migration_of(self), nil, nil
        whole(steps, 0, "steps")
        if newcomers ~= nil then numbers, owner = numbers_of_states(pointer, "newcomers", newcomers) end
        return answer({}, nil, {self, owner}, function(err, out)
            return library.custval_migration_forecast(pointer, steps, numbers, out, err)
        end)
    end

    --- Where customers end.
    function Migration:steady()
        local pointer = migration_of(self)
        return bridge.answer_with_facts("custval_steady_facts", {}, nil, {self}, function(err, out, facts)
            return library.custval_migration_steady(pointer, facts, out, err)
        end)
    end

    --- What a customer in each state is worth.
    function Migration:value(rewards, options)
        local pointer, kept, names = migration_of(self), {self}, self:states()
        local made = struct_of("custval_markov_options", options, kept, own)
        local numbers, owner = numbers_of_states(pointer, "rewards", rewards)
        local values = bridge.doubles(#names)
        local status, err = bridge.call({kept, owner}, function(err)
            return library.custval_migration_value(pointer, numbers, made, values, err)
        end)
        if status ~= 0 then return bridge.failed(status, err) end
        for i = 1, #names do names[names[i]] = values[i - 1] end
        return names
    end

    --- Whether probabilities are the same.
    function Migration:test(other)
        local pointer, facts = migration_of(self), bridge.new_facts "custval_migration_fit"
        local second = other ~= nil and migration_of(other) or nil
        local status, err = bridge.call({self, other}, function(err)
            return library.custval_migration_test(pointer, second, facts, err)
        end)
        if status ~= 0 then return bridge.failed(status, err) end
        return bridge.facts_of("custval_migration_fit", facts)
    end
end

-- Scenarios --------------------------------------------------------------------------------------------------------

local function add_scenarios(M, system_of)
    local Scenario, _, scenario_of, read = bridge.document_class "scenario"
    M.scenario = read

    --- Its kind.
    function Scenario:kind()
        return ffi.string(library.custval_word(constants.WORDS_SCENARIO,
            library.custval_scenario_kind_of(scenario_of(self))))
    end

    --- The columns that it reads beside those of the system.
    function Scenario:columns()
        local pointer = scenario_of(self)
        return bridge.names_of(pointer, library.custval_scenario_columns(pointer), library.custval_scenario_column)
    end

    --- The plan itself, period by period.
    function Scenario:path()
        local pointer = scenario_of(self)
        return bridge.answer_with_facts("custval_scenario_path_facts", {}, nil, {self}, function(err, out, facts)
            return library.custval_scenario_path(pointer, nil, facts, out, err)
        end)
    end

    local function inputs_of(self, of_system, group)
        local inputs = {}
        for i, input in ipairs(of_system) do inputs[i] = input end
        for _, name in ipairs(self:columns()) do bridge.add_input(inputs, name) end
        bridge.add_input(inputs, group, true)
        return inputs
    end

    local run_own = {packed = true, customers = true}

    --- Runs the plan.
    function Scenario:run(system, columns, options)
        local pointer, kept = scenario_of(self), {self, system}
        local of, of_system = system_of(system)
        local made = bridge.scored("custval_scenario_options", options, kept, run_own)
        local given = {columns = columns, inputs = inputs_of(self, of_system, options and options.group)}
        return bridge.answers({"customers", "periods", "groups"}, "custval_scenario_facts", {given}, options, kept,
            function(err, facts, outs, table_)
                return library.custval_scenario_run(pointer, of, table_, made, facts, outs[1], outs[2], outs[3], err)
            end)
    end

    --- What makes the value of one customer in one period differ from that before.
    function Scenario:explain(system, columns, row, period, options)
        local pointer, kept = scenario_of(self), {self, system}
        local of, of_system = system_of(system)
        whole(row, 1, "rows")
        whole(period, 1, "periods")
        local made = bridge.struct_of("custval_scenario_options", nil, kept)
        made.score = bridge.struct_of("custval_score_options", options, kept, own)
        local given = {columns = columns, inputs = inputs_of(self, of_system)}
        return answer({given}, options, kept, function(err, out, table_)
            return library.custval_scenario_explain(pointer, of, table_, row - 1, period, made, out, err)
        end)
    end

    --- What a number of features is worth.
    function M.features(terms)
        local kept, facts = {}, bridge.new_facts "custval_features_facts"
        bridge.check_terms(terms, {"count", "capability", "saturation", "usability", "burden", "weight"})
        local made, count = struct_of("custval_features_terms", terms, kept, {count = true}), terms.count
        if type(count) ~= "number" then error("count: a number expected, got " .. type(count), 2) end
        local status, err = bridge.call(kept, function(err)
            return library.custval_features(made, count, facts, err)
        end)
        if status ~= 0 then return bridge.failed(status, err) end
        return bridge.facts_of("custval_features_facts", facts)
    end

    --- The price sensitivity meter.
    function M.price_meter(columns, options)
        local kept = {}
        local made = struct_of("custval_price_meter_options", options, kept, own)
        return bridge.answer_with_facts("custval_price_meter_facts", {{columns = columns}}, options, kept,
            function(err, out, facts, table_) return library.custval_price_meter(table_, made, facts, out, err) end)
    end
end

-- Programmes -------------------------------------------------------------------------------------------------------

local function add_programmes(M)
    local Programmes, new, base_of, read = bridge.document_class "programmes"
    M.programmes = read

    --- How many there are.
    function Programmes:count()
        return tonumber(library.custval_programmes_count(base_of(self)))
    end

    --- The traits, which are the columns that matching reads, with their types.
    function Programmes:traits()
        local pointer = base_of(self)
        local names = bridge.names_of(pointer, library.custval_programmes_columns(pointer),
            library.custval_programmes_column)
        for i = 1, #names do
            names[names[i]] = ffi.string(library.custval_word(constants.WORDS_TRAIT,
                library.custval_programmes_column_type(pointer, i - 1)))
        end
        return names
    end

    --- The trait by which outcomes are counted as well.
    function Programmes:segment()
        local name = library.custval_programmes_segment(base_of(self))
        return name ~= nil and ffi.string(name) or nil
    end

    --- The programmes, with what was tried.
    function Programmes:list(options)
        local pointer, kept = base_of(self), {self}
        local made = struct_of("custval_programmes_options", options, kept, own)
        return answer({}, options, kept, function(err, out)
            return library.custval_programmes_list(pointer, made, out, err)
        end)
    end

    --- What is probably not meant.
    function Programmes:check(columns)
        local pointer = base_of(self)
        return answer(columns ~= nil and {{columns = columns}} or {}, nil, {self}, function(err, out, table_)
            return library.custval_programmes_check(pointer, table_, nil, out, err)
        end)
    end

    local function of_traits(self, columns)
        local inputs, traits = {}, self:traits()
        for _, name in ipairs(traits) do bridge.add_input(inputs, name, traits[name] == "category") end
        return {{columns = columns, inputs = inputs[1] and inputs}}
    end

    --- Each customer's plan.
    function Programmes:match(columns, options)
        local pointer, kept = base_of(self), {self}
        local made = struct_of("custval_programmes_options", options, kept, own)
        local plan, message, code, row = answer(of_traits(self, columns), options, kept, function(err, out, table_)
            return library.custval_programmes_match(pointer, table_, made, out, err)
        end)
        if plan == nil then return nil, message, code, row end
        return bridge.rows_from_one(plan, "row")
    end

    local function about_customer(name)
        return function(self, columns, row, options)
            local pointer, kept = base_of(self), {self}
            whole(row, 1, "rows")
            local made = struct_of("custval_programmes_options", options, kept, own)
            return answer(of_traits(self, columns), options, kept, function(err, out, table_)
                return library[name](pointer, table_, row - 1, made, out, err)
            end)
        end
    end

    --- What becomes of every programme for one customer.
    Programmes.explain = about_customer "custval_programmes_explain"
    --- One customer beside the past ones.
    Programmes.nearest = about_customer "custval_programmes_nearest"

    --- A base that has learnt how programmes went.
    function Programmes:update(outcomes)
        local pointer = base_of(self)
        return new({self}, function(err, out, table_)
            return library.custval_programmes_update(pointer, table_, nil, out, err)
        end, {bridge.with_id(outcomes, self:segment())})
    end

    --- The due list.
    function M.next_need(columns, options)
        local kept = {}
        local made = struct_of("custval_need_options", options, kept, own)
        local due, message, code, row = answer({{columns = columns}}, options, kept, function(err, out, table_)
            return library.custval_next_need(table_, made, out, err)
        end)
        if due == nil then return nil, message, code, row end
        return bridge.rows_from_one(due, "row")
    end

    --- The exponentially weighted mean of intervals.
    function M.smoothed_interval(intervals, smoothing)
        local numbers, count, owner = bridge.numbers_value("intervals", intervals)
        local out = bridge.doubles(1)
        local status, err = bridge.call(owner, function(err)
            return library.custval_smoothed_interval(numbers, count, smoothing or 0.3, out, err)
        end)
        if status ~= 0 then return bridge.failed(status, err) end
        return out[0]
    end
end

return function(M, system_of, history_of)
    add_groups(M, history_of)
    add_migration(M)
    add_scenarios(M, system_of)
    add_programmes(M)
end
