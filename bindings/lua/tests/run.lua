-- Runs files of tests: lua run.lua NAME FILE...; prints one line of counts.
-- SPDX-License-Identifier: Apache-2.0
local directory = arg[0]:match("^(.*)/[^/]*$") or "."
package.path = directory .. "/?.lua;" .. directory .. "/../?.lua;" .. package.path
local H = require "harness"
H.null = require("custval").null

local known = {}
for name in pairs(_G) do known[name] = true end
for i = 2, #arg do
    local ok, message = xpcall(function() dofile(arg[i]) end, debug.traceback)
    if not ok then H.test(arg[i], function() error(message, 0) end) end
end
H.test("no global is made", function()
    for name in pairs(_G) do
        if not known[name] then error("the global " .. name) end
    end
end)
collectgarbage()
for _, failure in ipairs(H.failures) do io.stderr:write("FAILED ", arg[1], ": ", failure, "\n") end
print(("%s: %d passed, %d failed, %d skipped"):format(arg[1], H.passed, H.failed, H.skipped))
os.exit(H.failed == 0 and 0 or 1)
