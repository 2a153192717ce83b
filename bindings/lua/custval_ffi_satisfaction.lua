-- custval for LuaJIT by its FFI: satisfaction, links to outcomes, panels: a part of custval_ffi.lua.
-- SPDX-License-Identifier: Apache-2.0
local ffi = require "ffi"
local bridge = require "custval_ffi_objects"

local library, struct_of, answer, with_id = bridge.library, bridge.struct_of, bridge.answer, bridge.with_id
local own = {packed = true}

-- A call with all columns and a struct of options, which may name the column of ids: the member `id`, or `default`.
local function about_columns(struct, name, id, default)
    return function(columns, options)
        local kept = {}
        local made = struct_of(struct, options, kept, own)
        return answer({with_id(columns, id and options and options[id] or default)}, options, kept,
            function(err, out, table_) return library[name](table_, made, out, err) end)
    end
end

local function add_satisfaction(M, system_of)
    local S = {}
    M.satisfaction = S

    --- Compares what customers got with what they expected.
    function S.gap(system, performance, expectation, options)
        local pointer, inputs = system_of(system)
        local kept = {system}
        local made = bridge.scored("custval_gap_options", options, kept, own)
        local given = {{columns = performance, inputs = inputs}, {columns = expectation, inputs = inputs}}
        return answer(given, options, kept, function(err, out, got, expected)
            return library.custval_gap(pointer, got, expected, made, out, err)
        end)
    end

    --- Where each indicator lies in the zone of tolerance.
    function S.tolerance(system, performance, adequate, desired, options)
        local pointer, inputs = system_of(system)
        local kept = {system}
        local made = struct_of("custval_score_options", options, kept, own)
        local given = {{columns = performance, inputs = inputs}, {columns = adequate, inputs = inputs},
            {columns = desired, inputs = inputs}}
        return answer(given, options, kept, function(err, out, got, least, hoped)
            return library.custval_tolerance(pointer, got, least, hoped, made, out, err)
        end)
    end

    --- Expectation and cumulative satisfaction from one encounter to the next.
    S.encounters = about_columns("custval_encounters_options", "custval_encounters", "customer", "customer")
    --- A Kano survey.
    S.kano = about_columns("custval_kano_options", "custval_kano")
    --- Importance and performance.
    S.quadrants = about_columns("custval_quadrants_options", "custval_quadrants")
    --- The net promoter score.
    S.nps = about_columns("custval_nps_options", "custval_nps", "group")

    local penalties = about_columns("custval_penalty_options", "custval_penalty_reward")

    --- Basic, performance and excitement factors.
    function S.penalty_reward(columns, options)
        if type(options) == "table" and bridge.is_missing(options.low) ~= bridge.is_missing(options.high) then
            error("low and high go together", 2)
        end
        return penalties(columns, options)
    end

    --- A score, and what happened later.
    function S.backtest(columns, options)
        local kept = {}
        local made = struct_of("custval_backtest_options", options, kept, own)
        return bridge.answer_with_facts("custval_backtest_facts", {{columns = columns}}, options, kept,
            function(err, out, facts, table_) return library.custval_backtest(table_, made, facts, out, err) end)
    end
end

-- Links ------------------------------------------------------------------------------------------------------------

local function add_links(M)
    local Link, new, link_of, read = bridge.document_class "link"
    M.link = read

    --- Fits a link.
    function M.link.fit(columns, options)
        local kept = {}
        local made = struct_of("custval_link_options", options, kept)
        return new(kept, function(err, out, table_)
            return library.custval_link_fit(table_, made, out, err)
        end, {{columns = columns}})
    end

    --- Fits satisfaction to expectation and gap.
    function M.satisfaction.disconfirmation(columns, options)
        local kept = {}
        local made = struct_of("custval_disconfirmation_options", options, kept)
        local found = made.split ~= 0 and bridge.new_facts "custval_loss_aversion" or nil
        local link, message, code, row = new(kept, function(err, out, table_)
            return library.custval_disconfirmation(table_, made, found, out, err)
        end, {{columns = columns}})
        if link == nil then return nil, message, code, row end
        return link, found and bridge.facts_of("custval_loss_aversion", found)
    end

    --- What each variable does to the outcome of the last link.
    function M.satisfaction.effects(links, level)
        if type(links) ~= "table" then error("a table of links expected, got " .. type(links), 2) end
        local pointers = ffi.new("const custval_link *[?]", #links + 1)
        for i, link in ipairs(links) do pointers[i - 1] = link_of(link) end
        return answer({}, nil, {links, pointers}, function(err, out)
            return library.custval_link_effects(pointers, #links, nil, level or 0.95, out, err)
        end)
    end

    --- What it is, and how well it fits.
    function Link:facts()
        local pointer, facts = link_of(self), bridge.new_facts "custval_link_facts"
        local status, err = bridge.call(self, function(err)
            return library.custval_link_describe(pointer, facts, err)
        end)
        if status ~= 0 then return bridge.failed(status, err) end
        return bridge.facts_of("custval_link_facts", facts)
    end

    local function names_of(self)
        return bridge.names_of(link_of(self), self:facts().terms, library.custval_link_column)
    end

    --- The columns that it reads.
    function Link:predictors()
        local names = names_of(self)
        names[#names] = nil
        return names
    end

    --- The column that it explains.
    function Link:outcome()
        local names = names_of(self)
        return names[#names]
    end

    --- The coefficients with their errors.
    function Link:coefficients(level)
        local pointer = link_of(self)
        return answer({}, nil, {self}, function(err, out)
            return library.custval_link_coefficients(pointer, nil, level or 0.95, out, err)
        end)
    end

    --- Covariances of the coefficients, intercept first.
    function Link:covariance()
        local pointer, terms, rows = link_of(self), self:facts().terms, {}
        local numbers = bridge.doubles(terms * terms)
        local status, err = bridge.call(numbers, function(err)
            return library.custval_link_numbers(pointer, nil, numbers, err)
        end)
        if status ~= 0 then return bridge.failed(status, err) end
        for row = 1, terms do
            rows[row] = {}
            for i = 1, terms do rows[row][i] = numbers[(row - 1) * terms + i - 1] end
        end
        return rows
    end

    --- The expected outcome of each row.
    function Link:predict(columns, options)
        local pointer, kept, inputs = link_of(self), {self}, {}
        local made = struct_of("custval_link_predict_options", options, kept, own)
        for _, name in ipairs(self:predictors()) do bridge.add_input(inputs, name) end
        return answer({{columns = columns, inputs = inputs[1] and inputs}}, options, kept, function(err, out, table_)
            return library.custval_link_predict(pointer, table_, made, out, err)
        end)
    end

    return new
end

-- Panels -----------------------------------------------------------------------------------------------------------

local function add_panels(M)
    M.panel = {}

    --- Level, slope and recent state of each series.
    function M.panel.trend(columns, options)
        local kept = {}
        local made = struct_of("custval_trend_options", options, kept, own)
        if options and not bridge.is_missing(options.as_of) then made.from_latest = 0 end
        return answer({{columns = columns}}, options, kept, function(err, out, table_)
            return library.custval_trend(table_, made, out, err)
        end)
    end

    --- Weights with which respondents match known shares.
    function M.panel.weights(columns, margins, options)
        local kept = {}
        local made = struct_of("custval_panel_options", options, kept, own)
        return bridge.answer_with_facts("custval_panel_facts", {{columns = columns}, with_id(margins, "category")},
            options, kept, function(err, out, facts, table_, known)
                return library.custval_panel_weights(table_, known, made, facts, out, err)
            end)
    end

    --- The change of a mean between two waves.
    function M.panel.change(before, after, options)
        local kept, facts = {}, bridge.new_facts "custval_wave_facts"
        local made = struct_of("custval_wave_options", options, kept, own)
        local packed, message, code, row = bridge.with_tables({{columns = before}, {columns = after}}, kept,
            function(err, one, other) return library.custval_wave_change(one, other, made, facts, err) end)
        if packed == nil then return nil, message, code, row end
        return bridge.facts_of("custval_wave_facts", facts)
    end
end

-- Gives what makes a link.
return function(M, system_of)
    add_satisfaction(M, system_of)
    add_panels(M)
    return add_links(M)
end
