-- The snippets of the reference and of the project's README: each block of Lua runs, and prints what the comments `--> ...` say.
-- SPDX-License-Identifier: Apache-2.0
local H = require "harness"

-- The lines that a piece of Lua prints, called with these arguments.
local function printed_by(body, ...)
    local printed, plain, arguments = {}, print, {...}
    rawset(_G, "print", function(...)
        local parts = {}
        for i = 1, select("#", ...) do parts[i] = tostring((select(i, ...))) end
        printed[#printed + 1] = table.concat(parts, " ")
    end)
    local ok, message = xpcall(function() body((unpack or table.unpack)(arguments)) end, debug.traceback)
    rawset(_G, "print", plain)
    assert(ok, message)
    return printed
end

local function run(name, code)
    local expected = {}
    for line in code:gmatch "[^\n]+" do
        local text = line:match "%-%-> (.*)$"
        if text then expected[#expected + 1] = text end
    end
    local printed = printed_by(assert((loadstring or load)(code, "=" .. name)))
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

run_page("docs/lua.md", 16)
run_page("README.md", 1)

-- Parameters as Fader, Hardie & Lee (2005) and later software print them; 2,357 customers.
H.test("the example of lifetimes", function()
    local printed = printed_by(assert(loadfile(H.source .. "/bindings/lua/examples/lifetimes.lua")),
        H.source .. "/examples/cdnow/transactions.csv")
    H.eq(#printed, 8)
    for i, start in ipairs {"r        0.2426 ", "alpha    4.4136 ", "a        0.7929 ",
        "b        2.4259 ", "2357 customers "} do
        H.eq(printed[i]:sub(1, #start), start)
    end
    assert(printed[6]:find "^customer +%d+: alive 0%.%d+, +%d+%.%d+ purchases of +%d+%.%d+, value +%d+%.%d+$")
end)
