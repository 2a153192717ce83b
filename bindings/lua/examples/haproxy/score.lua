-- A service of HAProxy that scores the customer in the query by the system that CUSTVAL_SYSTEM names.
-- SPDX-License-Identifier: Apache-2.0
local score = require("endpoint").open(os.getenv "CUSTVAL_SYSTEM")

local function decoded(text)
    return (text:gsub("+", " "):gsub("%%(%x%x)", function(digits) return string.char(tonumber(digits, 16)) end))
end

core.register_service("score", "http", function(applet)
    local answers = {}
    for name, value in applet.qs:gmatch("([^&=]+)=([^&]*)") do answers[decoded(name)] = decoded(value) end
    local status, body = score(answers)
    applet:set_status(status)
    applet:add_header("content-length", #body)
    applet:add_header("content-type", "application/json")
    applet:start_response()
    applet:send(body)
end)
