-- custval for LuaJIT by its FFI: from indicator to equity: a part of custval_ffi.lua.
-- SPDX-License-Identifier: Apache-2.0
local ffi = require "ffi"
local bridge = require "custval_ffi_objects"

local library, answer = bridge.library, bridge.answer
local own, run_own = {packed = true}, {packed = true, customers = true}

return function(M, system_of, new_link)
    local Impact, new, impact_of, read = bridge.document_class "impact"
    M.impact = read

    --- The links in order, each false while it is yet to be fitted.
    function Impact:links()
        local pointer, links = impact_of(self), {}
        for i = 1, tonumber(library.custval_impact_links(pointer)) do
            local link = library.custval_impact_link(pointer, i - 1)
            links[i] = link ~= nil and new_link({}, function(_, out)
                out[0] = library.custval_link_ref(link)
                return 0
            end)
        end
        return links
    end

    local function columns_of(pointer, system, fitting)
        local names, name = {}, nil
        repeat
            name = library.custval_impact_column(pointer, system, fitting and 1 or 0, #names)
            if name ~= nil then names[#names + 1] = ffi.string(name) end
        until name == nil
        return names
    end

    --- The columns that it reads beside those of the system.
    function Impact:columns(system, fitting)
        return columns_of(impact_of(self), system_of(system), fitting)
    end

    --- What the answer rests on.
    function Impact:assumptions()
        local pointer = impact_of(self)
        return answer({}, nil, {self}, function(err, out)
            return library.custval_impact_assumptions(pointer, nil, out, err)
        end)
    end

    -- What a call reads: the columns of the system, and those beside them.
    local function given_of(pointer, of, of_system, columns, fitting)
        local inputs = {}
        for i, input in ipairs(of_system) do inputs[i] = input end
        for _, name in ipairs(columns_of(pointer, of, fitting)) do bridge.add_input(inputs, name) end
        return {{columns = columns, inputs = inputs}}
    end

    --- The impact with its links.
    function Impact:fit(system, columns, options)
        local pointer, kept = impact_of(self), {self, system}
        local of, of_system = system_of(system)
        local made = bridge.struct_of("custval_score_options", options, kept, own)
        return new(kept, function(err, out, table_)
            return library.custval_impact_fit(pointer, of, table_, made, out, err)
        end, given_of(pointer, of, of_system, columns, true))
    end

    --- What a point of each indicator is worth.
    function Impact:run(system, columns, options)
        local pointer, kept = impact_of(self), {self, system}
        local of, of_system = system_of(system)
        local made = bridge.scored("custval_impact_options", options, kept, run_own)
        local given = given_of(pointer, of, of_system, columns, false)
        return bridge.answers({"levers", "customers"}, "custval_impact_facts", given, options, kept,
            function(err, facts, outs, table_)
                return library.custval_impact_run(pointer, of, table_, made, facts, outs[1], outs[2], err)
            end)
    end
end
