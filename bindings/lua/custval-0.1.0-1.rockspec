rockspec_format = "3.0"
package = "custval"
version = "0.1.0-1"
source = {
    -- `luarocks make` builds from the checkout; whoever publishes a rock puts the release's archive here.
    url = "file://custval-0.1.0.tar.gz",
}
description = {
    summary = "What an offer is worth to a customer, and a customer to the firm, and why",
    detailed = [[
Weighted three-level indicator systems, scored and explained; weights from judgements, from data and from outcomes, with
diagnostics and uncertainty. Histories of transactions, lifetime models, the commercial value of customers, customer
equity; satisfaction, groups, migration, panels, scenarios, programmes; from indicator to equity. A binding of the C library custval, which must
be installed.]],
    license = "Apache-2.0",
    labels = {"statistics", "scoring", "crm"},
}
dependencies = {
    "lua >= 5.1, < 5.5",
}
external_dependencies = {
    CUSTVAL = {
        header = "custval/custval.h",
        library = "custval",
    },
}
build = {
    type = "builtin",
    modules = {
        custval = {
            sources = {
                "builder.c", "columns.c", "custval.c", "document.c", "equity.c", "formulas.c", "groups.c", "handle.c",
                "history.c", "impact.c", "lifetime.c", "link.c", "migration.c", "options.c", "panel.c", "programmes.c",
                "satisfaction.c", "scenario.c", "score.c", "summary.c", "system.c", "uncertainty.c", "values.c",
                "weights.c", "worth.c",
            },
            libraries = {"custval"},
            incdirs = {"$(CUSTVAL_INCDIR)"},
            libdirs = {"$(CUSTVAL_LIBDIR)"},
        },
        custval_ffi = "custval_ffi.lua",
        custval_ffi_bridge = "custval_ffi_bridge.lua",
        custval_ffi_impact = "custval_ffi_impact.lua",
        custval_ffi_objects = "custval_ffi_objects.lua",
        custval_ffi_plans = "custval_ffi_plans.lua",
        custval_ffi_satisfaction = "custval_ffi_satisfaction.lua",
        custval_cdef = "custval_cdef.lua",
    },
}
