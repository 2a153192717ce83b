"""What declare.py writes for backends: the part of the interface that PHP and Node use, as each of them reads it."""

# SPDX-License-Identifier: Apache-2.0
import json
import re

NOTICE = "Written by bindings/declare.py from the public headers: do not edit."

FUNCTIONS = [
    "custval_explain",
    "custval_explain_text",
    "custval_groups_assign",
    "custval_groups_free",
    "custval_groups_measure",
    "custval_groups_measures",
    "custval_groups_parse",
    "custval_lifetime_free",
    "custval_lifetime_parse",
    "custval_lifetime_predict",
    "custval_row_reason",
    "custval_score",
    "custval_scorer_column_name",
    "custval_scorer_columns",
    "custval_scorer_free",
    "custval_scorer_new",
    "custval_scorer_row",
    "custval_scorer_table",
    "custval_status_description",
    "custval_status_name",
    "custval_system_free",
    "custval_system_input",
    "custval_system_inputs",
    "custval_system_parse",
    "custval_table_add_copy",
    "custval_table_add_doubles",
    "custval_table_column",
    "custval_table_columns",
    "custval_table_free",
    "custval_table_name",
    "custval_table_new",
    "custval_table_number",
    "custval_table_rows",
    "custval_table_text",
    "custval_version_string",
    "custval_weights_ahp",
    "custval_weights_diagnostic",
    "custval_weights_free",
    "custval_weights_share",
]
# Enums whose words name what is wanted: the bits of options.
WORDS = ["custval_level", "custval_coverage", "custval_lifetime_output", "custval_timing", "custval_type"]


def names_in(kind):
    """Names of custval in a C type."""
    kinds = [kind[0], *(argument for argument, _ in kind[1])] if isinstance(kind, tuple) else [kind]
    return {name for one in kinds for name in re.findall(r"\bcustval_\w+", one)}


def needed(header):
    """Callbacks, structs and handles that the functions take, each after those that it needs."""
    done = []

    def take(name):
        if name in done or name == "custval_status":
            return
        members = [(kind, other) for kind, other, _ in header.structs.get(name, [])]
        result, arguments = header.callbacks.get(name, ("", []))
        for kind, _ in [*members, (result, ""), *arguments]:
            for other in sorted(names_in(kind)):
                if other != name:
                    take(other)
        done.append(name)

    for function in FUNCTIONS:
        result, arguments = header.functions[function]
        for kind, _ in [(result, ""), *arguments]:
            for name in sorted(names_in(kind)):
                take(name)
    return done


def spaced(kind, name):
    return f"{kind}{'' if kind.endswith('*') else ' '}{name}"


def declared(kind, name, length, header):
    """A member as C declares it."""
    if isinstance(kind, tuple):
        return f"{kind[0]} (*{name})({', '.join(spaced(*argument) for argument in kind[1])})"
    count = "" if length is None else f"[{header.constants.get(length, length)}]"
    return spaced(kind, name) + count


def prototype(header, name):
    result, arguments = header.functions[name]
    if name == "custval_table_add_doubles":
        # So that a string of packed numbers may be lent as it is.
        arguments = [("const void *" if kind == "const double *" else kind, other) for kind, other in arguments]
    return f"{spaced(result, name)}({', '.join(spaced(*argument) for argument in arguments) or 'void'});"


def initial_of(header):
    """struct: its members that do not begin as zero."""
    import declare

    shown = {}
    for struct in needed(header):
        if struct in header.initial and struct != "custval_error":
            names = [name for _, name, _ in header.structs[struct]][1:]
            first = {name: declare.initial_value(value, header) for name, value in zip(names, header.initial[struct])}
            shown[struct] = {name: value for name, value in first.items() if value != 0}
    return {struct: values for struct, values in shown.items() if values}


def words_of(header):
    """enum: its constants by what their names have beyond the beginning that all share, in small letters."""
    import declare_lua

    return {
        enum: {
            declare_lua.word(name, list(header.values[enum])).replace("-", "_"): value
            for name, value in header.values[enum].items()
        }
        for enum in WORDS
    }


def c_source(header):
    """C declarations, as FFI of PHP reads them."""
    lines = ["typedef int32_t custval_status;"]
    for name in needed(header):
        if name in header.callbacks:
            result, arguments = header.callbacks[name]
            lines.append(f"typedef {declared((result, arguments), name, None, header)};")
        elif name in header.structs:
            lines.append(f"typedef struct {name} {{")
            lines += [f"    {declared(*member, header)};" for member in header.structs[name]]
            lines.append(f"}} {name};")
        else:
            lines.append(f"typedef struct {name} {name};")
    return lines + [prototype(header, name) for name in FUNCTIONS]


def php_array(value, indent="        "):
    inner = "".join(
        f"{indent}'{name}' => " + (f"[{', '.join(f'{key!r} => {one}' for key, one in sorted(members.items()))}],\n")
        for name, members in sorted(value.items())
    )
    return f"[\n{inner}    ]"


def php_source(header):
    lines = [
        "<?php",
        f"// {NOTICE}",
        "// SPDX-License-Identifier: Apache-2.0",
        "declare(strict_types=1);",
        "",
        "namespace Custval;",
        "",
        "/** What the C interface declares, as far as this binding uses it. */",
        "final class Declarations",
        "{",
        "    public const HEADER = <<<'C'",
        *c_source(header),
        "C;",
        "",
        "    /** Members of structs that do not begin as zero. */",
        f"    public const INITIAL = {php_array(initial_of(header))};",
        "",
        "    /** Words of enums. */",
        f"    public const WORDS = {php_array(words_of(header))};",
        "}",
        "",
    ]
    return "\n".join(lines)


def node_type(kind, name):
    """A type as koffi reads it: what the call writes is marked, so that it comes back."""
    plain = re.sub(r"\b(?:const|struct)\b", "", kind).replace(" ", "")
    if plain == "custval_error*":
        return "_Inout_ custval_error *"
    if plain.endswith("**") and name == "out":
        return f"_Out_ {plain[:-2]} **"
    if (plain, name) == ("char**", "out_column"):
        return "_Out_ const char **"
    if plain in ("custval_input*", "custval_column*") and "const" not in kind:
        return f"_Inout_ {plain[:-1]} *"
    if plain in ("char**", "double**", "size_t*", "uint32_t*", "double*", "char*") and "const" not in kind:
        return "void *"  # an array of the caller
    if (plain, name) == ("custval_text*", "out"):
        return "_Out_ custval_text *"
    return {"char*": "const char *", "double*": "const double *"}.get(plain, kind.replace("custval_status", "int32_t"))


def node_member(struct, member, kind, length, header):
    if (struct, member) == ("custval_text", "data"):
        return "void *"  # it has a length, and no NUL
    if isinstance(kind, tuple) or kind in header.callbacks:
        return "void *"
    if length is not None:
        return f"char[{header.constants.get(length, length)}]"
    known = {"const char *": "str", "const char *const *": "const char **", "ptrdiff_t": "intptr_t"}
    return known.get(kind, "void *" if "*" in kind else kind)


def node_source(header):
    # Nothing of the host is lent from here: the library's own defaults are right, and calls back would be slow.
    structs = {
        name: {member: node_member(name, member, kind, length, header) for kind, member, length in header.structs[name]}
        for name in needed(header)
        if name in header.structs and name != "custval_host"
    }
    handles = [name for name in needed(header) if name not in structs and name not in header.callbacks]
    functions = {}
    for name in FUNCTIONS:
        result, arguments = header.functions[name]
        shown = ", ".join(spaced(node_type(kind, argument), argument) for kind, argument in arguments)
        functions[name] = f"{spaced(result.replace('custval_status', 'int32_t'), name)}({shown or 'void'})"
    parts = {
        "HANDLES": handles,
        "STRUCTS": structs,
        "FUNCTIONS": functions,
        "INITIAL": initial_of(header),
        "WORDS": words_of(header),
    }
    lines = [f"// {NOTICE}", "// SPDX-License-Identifier: Apache-2.0"]
    lines += [f"export const {name} = {json.dumps(value, indent=2)};" for name, value in parts.items()]
    return "\n".join(lines) + "\n"
