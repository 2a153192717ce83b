-- A scoring endpoint without its server: answers by name in, the text of a JSON object out.
-- SPDX-License-Identifier: Apache-2.0
local custval = require "custval"
local M = {}

local function encoded(result)
    local names, parts = {}, {}
    for name in pairs(result) do names[#names + 1] = name end
    table.sort(names)
    for i, name in ipairs(names) do
        local value = result[name]
        parts[i] = type(value) == "number" and ('"%s": %.17g'):format(name, value)
            or ('"%s": "%s"'):format(name, value:gsub('[%c"\\]', " "))
    end
    return "{" .. table.concat(parts, ", ") .. "}"
end

--- Opens a system once, and gives a function that scores one customer: (answers) -> HTTP status, body.
function M.open(path)
    local system = assert(custval.load(path))
    local inputs, scorer = system:inputs(), assert(system:scorer())
    return function(answers)
        local row = {}
        for _, input in ipairs(inputs) do
            local given = answers[input.column]
            row[input.column] = input.is_text and given or tonumber(given)
            if given ~= nil and row[input.column] == nil then
                return 400, encoded {error = input.column .. " is not a number"}
            end
        end
        local result = scorer:row(row)
        result.remarks = table.concat(custval.status_words(result.status), " ")
        return 200, encoded(result)
    end
end

return M
