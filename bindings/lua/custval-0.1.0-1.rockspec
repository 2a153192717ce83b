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
equity. A binding of the C library custval, which must be installed.]],
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
                "builder.c", "columns.c", "custval.c", "equity.c", "formulas.c", "handle.c", "history.c", "lifetime.c",
                "options.c", "score.c", "summary.c", "system.c", "uncertainty.c", "weights.c", "worth.c",
            },
            libraries = {"custval"},
            incdirs = {"$(CUSTVAL_INCDIR)"},
            libdirs = {"$(CUSTVAL_LIBDIR)"},
        },
        custval_ffi = "custval_ffi.lua",
        custval_ffi_bridge = "custval_ffi_bridge.lua",
        custval_cdef = "custval_cdef.lua",
    },
}
