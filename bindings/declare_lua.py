"""What declare.py writes for Lua: descriptions of structs for the module in C, declarations for LuaJIT's FFI."""

# SPDX-License-Identifier: Apache-2.0
import re

NOTICE = "Written by bindings/declare.py from the public headers: do not edit."

# Structs that the module fills by hand, or that never cross to Lua.
BY_HAND = {"custval_error", "custval_host", "custval_column", "custval_row_summary", "custval_judgements"}
# Enums without a vocabulary of custval_word() that code of the module needs, besides those of members.
MORE_WORDS = ["custval_summary_part"]
# (struct, member): how many elements fewer than the struct's count the array has.
FEWER = {("custval_fuzzy_options", "cuts"): 1}
# (struct, member): arrays of as many rows as the struct's count, with so many columns; None: as many as rows.
ROWS = {("custval_switching_options", "matrix"): None, ("custval_gap_options", "curves"): 3}
# (struct, member): what counts it, or says that it is given, where its name does not tell.
COUNTS = {("custval_need_options", "counts"): "kinds", ("custval_need_options", "rates"): "kinds"}
GIVEN = {("custval_penalty_options", "low"): "has_limits", ("custval_penalty_options", "high"): "has_limits"}
# (struct, member): what follows from another member.
DERIVED = {("custval_trend_options", "from_latest")}
# Structs that custval_ffi.lua and its parts fill, or show.
FFI_STRUCTS = {
    "custval_backtest_facts",
    "custval_backtest_options",
    "custval_cohort_options",
    "custval_contract_terms",
    "custval_disconfirmation_options",
    "custval_economic_terms",
    "custval_encounters_options",
    "custval_equity_options",
    "custval_features_facts",
    "custval_features_terms",
    "custval_gap_options",
    "custval_groups_options",
    "custval_history_options",
    "custval_history_view",
    "custval_impact_facts",
    "custval_impact_options",
    "custval_kano_options",
    "custval_lifetime_columns",
    "custval_lifetime_fit_options",
    "custval_lifetime_predict_options",
    "custval_link_facts",
    "custval_link_options",
    "custval_link_predict_options",
    "custval_loss_aversion",
    "custval_markov_options",
    "custval_migration_fit",
    "custval_migration_options",
    "custval_multiple_terms",
    "custval_need_options",
    "custval_nps_options",
    "custval_panel_facts",
    "custval_panel_options",
    "custval_penalty_options",
    "custval_price_meter_facts",
    "custval_price_meter_options",
    "custval_programmes_options",
    "custval_quadrants_options",
    "custval_scenario_facts",
    "custval_scenario_options",
    "custval_scenario_path_facts",
    "custval_score_options",
    "custval_steady_facts",
    "custval_trend_options",
    "custval_wave_facts",
    "custval_wave_options",
}
INTEGERS = {"uint32_t", "uint64_t", "size_t"}
WIDE = {"uint64_t", "size_t"}
ARRAYS = ("const char *const *", "const double *")


def word(constant, among):
    """The word of a constant: what its name has beyond the beginning that all of its enum share."""
    shared = among[0].split("_")
    for other in among[1:]:
        shared = [a for a, b in zip(shared, other.split("_")) if a == b]
    return (
        "_".join(constant.split("_")[len(shared) :] if len(among) > 1 else constant.split("_")[1:])
        .lower()
        .replace("_", "-")
    )


def counts_of(struct, members):
    """array: what counts it: `rates_count` of `rates`, `cash_count` of `cash_times`, or the only count of the struct."""
    arrays = [name for kind, name, _ in members if kind in ARRAYS]
    counts = [name for kind, name, _ in members if kind in INTEGERS and (name == "count" or name.endswith("_count"))]
    found = {}
    for name in arrays:
        own = [count for count in counts if count in (f"{name}_count", f"{name.split('_')[0]}_count")]
        if own or len(counts) == 1:
            found[name] = (own or counts)[0]
        elif (struct, name) in COUNTS:
            found[name] = COUNTS[struct, name]
    return found


def given_by(struct, name, members):
    """The member that says whether this one is given, or None."""
    flag = GIVEN.get((struct, name), f"has_{name}")
    return flag if flag in [other for _, other, _ in members] else None


def described(header, struct, name, kind, length, counts):
    """(type, details) of a member, or None if Lua does not set it."""
    plain = re.sub(r"\bconst\b|\s", "", kind) if isinstance(kind, str) else ""
    if name in ("struct_size", "reserved") or name in counts.values() or name.startswith("has_"):
        return None
    if (struct, name) in DERIVED:
        return None
    if length is not None:
        return {"double": ("DOUBLES", length), "char": ("CHARS", length)}.get(plain)
    if (struct, name) in header.enums:
        return "BITS" if (struct, name) in header.bits else "WORD", header.enums[struct, name]
    if plain == "double":
        return "DOUBLE", None
    if plain in INTEGERS:
        return "INTEGER", None
    if plain == "char*":
        return "TEXT", None
    if plain == "char**":
        return "TEXTS", None
    if plain == "double*":
        return ("MATRIX", ROWS[struct, name]) if (struct, name) in ROWS else ("NUMBERS", None)
    if plain == "custval_host*":
        return "HOST", None
    if plain == "custval_score_options*":  # its members stand beside the others
        return None
    if plain.endswith("*") and plain[:-1] in header.initial:
        return "STRUCT", plain[:-1]
    return None


def options_of(header):
    """The structs that tables of Lua fill or show."""
    return [name for name in header.structs if name in header.initial and name not in BY_HAND]


def options_source(header):
    structs = options_of(header)
    enums = [enum for (struct, _), enum in header.enums.items() if struct in structs]
    words = [enum for enum in dict.fromkeys([*enums, *MORE_WORDS]) if enum not in header.vocabularies]
    lines = [f"/* {NOTICE} */", "/* SPDX-License-Identifier: Apache-2.0 */"]
    for enum in [*words, "custval_status_code"]:
        names = list(header.values[enum])
        lines += ["", f"const bridge_word words_of_{enum}[] = {{"]
        if enum == "custval_status_code":
            lines += [f'    {{"{re.sub("CUSTVAL_(ERROR_)?", "", name)}", {name}}},' for name in names]
        else:
            lines += [f'    {{"{word(name, names)}", (int){name}}},' for name in names]
        lines += ["    {NULL, 0},", "};"]
    for struct in structs:
        members = header.structs[struct]
        counts = counts_of(struct, members)
        lines += ["", f"static const bridge_member members_of_{struct}[] = {{"]
        for kind, name, length in members:
            found = described(header, struct, name, kind, length, counts)
            if found is None:
                continue
            type_name, details = found
            extra = []
            if type_name in ("WORD", "BITS") and details in header.vocabularies:
                extra.append(f".vocabulary = {header.vocabularies[details]}")
            elif type_name in ("WORD", "BITS"):
                extra.append(f".words = words_of_{details}")
            elif type_name == "STRUCT":
                extra.append(f".kind = &kind_of_{details}")
            elif type_name in ("DOUBLES", "CHARS"):
                extra.append(f".length = {length}")
            elif type_name == "MATRIX" and details is not None:
                extra.append(f".length = {details}")
            if name in counts:
                extra += [f"COUNTED({struct}, {counts[name]})"]
                if (struct, name) in FEWER:
                    extra += [f".fewer = {FEWER[struct, name]}"]
            flag = given_by(struct, name, members)
            if flag is not None:
                extra += [f"HAS({struct}, {flag})"]
            lines.append("    {" + ", ".join([f"MEMBER({struct}, {name}), .type = MEMBER_{type_name}", *extra]) + "},")
        lines += ["    {.name = NULL},", "};"]
        lines.append(f"static const {struct} initial_{struct} = {struct.upper()}_INIT;")
        lines.append(
            f"const struct_kind kind_of_{struct} = {{sizeof({struct}), &initial_{struct}, members_of_{struct}}};"
        )
    return "\n".join(lines) + "\n"


def ffi_words(header, enum):
    names = list(header.values[enum])
    return "{" + ", ".join(f'["{word(name, names)}"] = {header.values[enum][name]}' for name in names) + "}"


def ffi_members(header, struct):
    """The members of a struct as Lua: `outputs = {type = "BITS", vocabulary = 36}`, and what is not 0 at first."""
    import declare

    members, shown = header.structs[struct], []
    counts = counts_of(struct, members)
    for kind, name, length in members:
        found = described(header, struct, name, kind, length, counts)
        if found is None or found[0] == "HOST":
            continue
        parts = [f'type = "{found[0]}"']
        if found[0] in ("WORD", "BITS") and found[1] in header.vocabularies:
            parts.append(f"vocabulary = {header.constants[header.vocabularies[found[1]]]}")
        elif found[0] in ("WORD", "BITS"):
            parts.append(f"words = {ffi_words(header, found[1])}")
        elif found[0] == "INTEGER" and kind in WIDE:
            parts.append("wide = true")
        elif found[0] == "STRUCT":
            parts.append(f'struct = "{found[1]}"')
        elif found[0] == "MATRIX" and found[1] is not None:
            parts.append(f"columns = {found[1]}")
        if name in counts:
            parts.append(f'count = "{counts[name]}"')
        flag = given_by(struct, name, members)
        if flag is not None:
            parts.append(f'given = "{flag}"')
        shown.append(f"[\"{name}\"] = {{{', '.join(parts)}}}")
    names = [name for _, name, _ in members][1:]
    first = {name: declare.initial_value(value, header) for name, value in zip(names, header.initial[struct])}
    shown_first = ", ".join(f"{name} = {value}" for name, value in first.items() if value != 0)
    return f"{{members = {{{', '.join(shown)}}}, initial = {{{shown_first}}}}}"


def in_order(texts):
    """The texts of headers, each after those that declare what it uses."""
    declares = {text: set(re.findall(r"\btypedef struct \w+ (custval_\w+);|\} (custval_\w+);", text)) for text in texts}
    declares = {text: {first or second for first, second in names} for text, names in declares.items()}
    waiting, done = list(texts), []
    while waiting:
        ready = next(
            text
            for text in waiting
            if not any(
                re.search(rf"\b{name}\b", text) for other in waiting if other is not text for name in declares[other]
            )
        )
        waiting.remove(ready)
        done.append(ready)
    return done


def ffi_source(header):
    """The headers as one declaration that LuaJIT reads, and the constants."""
    text = "\n".join(in_order(header.texts))
    text = re.sub(r"\bCUSTVAL_API\b", " ", text)
    text = re.sub(r"\[(CUSTVAL_\w+)\]", lambda found: f"[{header.constants[found.group(1)]}]", text)
    text = re.sub(r"^\s*\}\s*$", "", text, flags=re.M)  # the end of extern "C"
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"; ", ";\n", text)
    lines = [
        f"-- {NOTICE}",
        "-- SPDX-License-Identifier: Apache-2.0",
        'local ffi = require "ffi"',
        "ffi.cdef [[",
        text.strip(),
        "]]",
    ]
    lines += ["return {"]
    # CUSTVAL_ALL_ROWS is a size_t that no number of Lua can be.
    shown = {name[8:]: value for name, value in sorted(header.constants.items()) if name != "CUSTVAL_ALL_ROWS"}
    lines += [f"    {name} = {value}," for name, value in shown.items()]
    lines += ["    STRUCTS = {"]
    structs = [struct for struct in options_of(header) if struct in FFI_STRUCTS]
    lines += [f"        {struct} = {ffi_members(header, struct)}," for struct in structs]
    lines += ["    },"]
    lines += ["}", ""]
    return "\n".join(lines)
