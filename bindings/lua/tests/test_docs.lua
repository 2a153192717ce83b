-- The snippets of the reference and of the project's README: each block of Lua runs, and prints what the comments `--> ...` say.
-- SPDX-License-Identifier: Apache-2.0
local H = require "harness"

local function run(name, code)
    local expected, printed = {}, {}
    for line in code:gmatch "[^\n]+" do
        local text = line:match "%-%-> (.*)$"
        if text then expected[#expected + 1] = text end
    end
    local plain = print
    rawset(_G, "print", function(...)
        local parts = {}
        for i = 1, select("#", ...) do parts[i] = tostring((select(i, ...))) end
        printed[#printed + 1] = table.concat(parts, " ")
    end)
    local body, message = (loadstring or load)(code, "=" .. name)
    local ok = body ~= nil
    if ok then ok, message = xpcall(body, debug.traceback) end
    rawset(_G, "print", plain)
    assert(ok, message)
    for i = 1, math.max(#expected, #printed) do H.eq(printed[i], expected[i], "line " .. i) end
end

-- Runs the snippets of a page, of which there must be that many at least.
local function run_page(page, least)
    local file = assert(io.open(H.source .. "/" .. page))
    local text, count = file:read "*a", 0
    file:close()
    for code in text:gmatch "```lua\n(.-)```" do
        count = count + 1
        local name = ("%s, snippet %d"):format(page, count)
        if not code:find "custval_ffi" or rawget(_G, "jit") then H.test(name, function() run(name, code) end) end
    end
    H.test(page .. " has snippets", function() assert(count >= least) end)
end

run_page("docs/lua.md", 6)
run_page("README.md", 1)
