#!/usr/bin/env python3
"""Writes the bindings' declarations from the public headers: declare.py INCLUDE OUTPUT, or --check to compare only.

What the C interface declares is written by hand nowhere else, so that a new function is bound by running this once.
The output's name says what is wanted: .py declarations for ctypes, .inc descriptions of structs for the Lua module,
.lua declarations for LuaJIT's FFI, .php and .mjs those that PHP and Node use.
"""

# SPDX-License-Identifier: Apache-2.0
import pathlib
import re
import sys

SCALARS = {
    "char": "c_char",
    "int": "c_int",
    "double": "c_double",
    "size_t": "c_size_t",
    "ptrdiff_t": "c_ssize_t",
    "uint8_t": "c_uint8",
    "uint32_t": "c_uint32",
    "int32_t": "c_int32",
    "uint64_t": "c_uint64",
    "int64_t": "c_int64",
    "custval_status": "c_int32",
}
ORDER = [
    "status.h",
    "host.h",
    "table.h",
    "arrow.h",
    "parts.h",
    "words.h",
    "system.h",
    "builder.h",
    "document.h",
    "score.h",
    "explain.h",
    "compare.h",
]


def bare(text):
    """A header without comments, preprocessor lines and C++ fences."""
    text = re.sub(r"/\*.*?\*/", " ", text, flags=re.S)
    text = re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*$", "", text, flags=re.M)
    text = text.replace('extern "C" {', "").replace("CUSTVAL_NODISCARD", "")
    return text


class Header:
    """What one or several headers declare."""

    def __init__(self, texts):
        self.constants, self.structs, self.handles, self.callbacks, self.functions = {}, {}, [], {}, {}
        self.initial, self.enums, self.vocabularies, self.values = {}, {}, {}, {}
        self.bits, self.texts = set(), [bare(raw) for raw in texts]
        for raw in texts:
            self.read_macros(raw)
            self.read(bare(raw))

    def read_macros(self, raw):
        for name, value in re.findall(r"^#define (CUSTVAL_[A-Z0-9_]+) (\S.*?)\s*(?:/\*.*)?$", raw, flags=re.M):
            plain = re.fullmatch(r"\(*(?:\((\w+)\))?(-?(?:0x[0-9a-fA-F]+|\d+))[uUlL]*\)*", value)
            if plain:
                number = int(plain.group(2), 0)
                # (uint32_t)-1 is what C makes of it.
                self.constants[name] = number % 2**32 if plain.group(1) == "uint32_t" else number
        whole = re.sub(r"\s*\\\n\s*", " ", raw)
        for values in re.findall(r"^#define CUSTVAL_[A-Z_]+_INIT \{sizeof\((.*)\}", whole, flags=re.M):
            struct, *rest = [value.strip() for value in re.sub(r"\{[^}]*\}", "0", values).split(",")]
            self.initial[struct.rstrip(")")] = rest
        # A member whose comment says "a ::custval_noise", "the ..." or "Bits of ::custval_level" takes the words of that enum.
        for struct, body in re.findall(r"\bstruct (custval_\w+) \{(.*?)\n\}", raw, flags=re.S):
            for name, how, enum in re.findall(r"\buint32_t (\w+);\s*/\*\*<[^;]*?\b([Aa]|The|Bits of) ::(custval_\w+)", body):
                self.enums[struct, name] = enum
                if how == "Bits of":
                    self.bits.add((struct, name))
        self.vocabularies.update(
            (enum, name) for name, enum in re.findall(r"(CUSTVAL_WORDS_\w+) = \d+,?\s*/\*\*< ::(custval_\w+)", raw)
        )

    def read(self, text):
        for enum, body in re.findall(r"\benum\s+(\w+)\s*\{(.*?)\}", text, flags=re.S):
            self.values[enum] = {name: int(value, 0) for name, value in re.findall(r"(\w+)\s*=\s*(-?\w+)", body)}
            self.constants.update(self.values[enum])
        for result, name, arguments in re.findall(r"\btypedef\s+([\w\s\*]+?)\(\*(\w+)\)\s*\(([^;]*)\);", text):
            self.callbacks[name] = (result.strip(), split_arguments(arguments))
        self.handles += [name for kind, name in re.findall(r"\btypedef struct (\w+) (\w+);", text) if kind == name]
        for name, body in re.findall(r"\bstruct\s+(\w+)\s*\{(.*?)\n\}", text, flags=re.S):
            self.structs[name] = [member(part.strip()) for part in body.split(";") if part.strip()]
        for text_of in re.findall(r"\bCUSTVAL_API\b\s*([^;]*);", text):
            found = re.fullmatch(r"(.*?)\b(custval_\w+)\s*\((.*)\)", " ".join(text_of.split()))
            self.functions[found.group(2)] = (found.group(1).strip(), split_arguments(found.group(3)))


def split_arguments(text):
    """(type, name) of each argument."""
    text = " ".join(text.split())
    if text in ("void", ""):
        return []
    result = []
    for part in text.split(","):
        part = part.strip()
        array = re.fullmatch(r"(.*?)(\w+)\s*\[[^\]]*\]", part)
        found = array or re.fullmatch(r"(.*[\s\*])(\w+)", part)
        kind, name = (found.group(1), found.group(2)) if found else (part, "")
        if name in ("void", "ArrowArray", "ArrowSchema", "ArrowArrayStream"):  # an unnamed argument
            kind, name = part, ""
        result.append((kind.strip() + ("*" if array else ""), name))
    return result


def member(part):
    """(type, name, length or None) of a member; a function pointer's type is a pair."""
    part = " ".join(part.split())
    function = re.fullmatch(r"(.*?)\(\*(\w+)\)\s*\((.*)\)", part)
    if function:
        return (function.group(1).strip(), split_arguments(function.group(3))), function.group(2), None
    array = re.fullmatch(r"(.*?)(\w+)\[(\w+)\]", part)
    if array:
        return array.group(1).strip(), array.group(2), array.group(3)
    found = re.fullmatch(r"(.*[\s\*])(\w+)", part)
    return found.group(1).strip(), found.group(2), None


def python_type(kind, header):
    """The ctypes expression of a C type."""
    if isinstance(kind, tuple):
        arguments = [python_type(argument, header) for argument, _ in kind[1]]
        return "_c.CFUNCTYPE(" + ", ".join([python_type(kind[0], header), *arguments]) + ")"
    words = re.sub(r"\b(?:const|struct)\b", " ", kind)
    stars, name = words.count("*"), words.replace("*", " ").strip()
    if stars and name == "char":
        expression, stars = "_c.c_char_p", stars - 1
    elif stars and name == "void":
        expression, stars = "_c.c_void_p", stars - 1
    elif name == "void":
        return "None"
    elif name in SCALARS:
        expression = "_c." + SCALARS[name]
    else:
        expression = name
    for _ in range(stars):
        expression = f"_c.POINTER({expression})"
    return expression


def initial_value(text, header):
    """The number of an initialiser."""
    if text in header.constants:
        return header.constants[text]
    text = re.sub(r"^\(size_t\)", "", text)
    return float(text) if "." in text else int(text, 0)


def python_source(header):
    lines = [
        '"""What the C interface declares. Written by bindings/declare.py from the public headers: do not edit."""',
        "",
        "# SPDX-License-Identifier: Apache-2.0",
        "import ctypes as _c",
        "from typing import Any",
        "",
    ]
    lines += [f"{name} = {value}" for name, value in sorted(header.constants.items())]
    lines += [""]
    opaque = [name for name in header.handles if name not in header.structs]
    for name in [*opaque, *header.structs]:
        lines += ["", f"class {name}(_c.Structure):", f'    """{"An opaque handle" if name in opaque else "A struct of the interface"}."""', ""]
    lines += [""]
    for name, (result, arguments) in header.callbacks.items():
        lines.append(f"{name} = " + python_type((result, arguments), header))
    for name, members in header.structs.items():
        lines.append(f"{name}._fields_ = [")
        for kind, member_name, length in members:
            # A custval_text has a length: ctypes must not look for a NUL.
            expression = "_c.c_void_p" if (name, member_name) == ("custval_text", "data") else python_type(kind, header)
            if length is not None:
                count = length if length.isdigit() else str(header.constants[length])
                expression = f"{expression} * {count}"
            lines.append(f'    ("{member_name}", {expression}),')
        lines.append("]")
    lines += ["", "# struct: its members that do not begin as zero", "INITIAL: dict[str, dict[str, Any]] = {"]
    for struct, values in sorted(header.initial.items()):
        members = [name for _, name, _ in header.structs[struct]][1:]
        shown = {name: initial_value(value, header) for name, value in zip(members, values)}
        shown = ", ".join(f'"{name}": {value}' for name, value in shown.items() if value != 0)
        lines.append(f'    "{struct}": {{{shown}}},')
    lines += ["}", "", "# (struct, member): the vocabulary whose words it takes", "WORDS: dict[tuple[str, str], int] = {"]
    for (struct, name), enum in sorted(header.enums.items()):
        if enum in header.vocabularies:
            lines.append(f'    ("{struct}", "{name}"): {header.vocabularies[enum]},')
    lines += ["}"]
    lines += ["", "# name: (result, arguments)", "FUNCTIONS: dict[str, tuple[Any, list[Any]]] = {"]
    for name, (result, arguments) in sorted(header.functions.items()):
        kinds = ", ".join(python_type(kind, header) for kind, _ in arguments)
        lines.append(f'    "{name}": ({python_type(result, header)}, [{kinds}]),')
    lines += ["}", ""]
    return "\n".join(lines)


def main(arguments):
    check = "--check" in arguments
    include, output = [pathlib.Path(argument) for argument in arguments if argument != "--check"]
    names = ORDER + sorted({path.name for path in include.glob("*.h")} - set(ORDER))
    paths = [include / name for name in names if (include / name).exists()]
    version = include / "version.h.in"
    header = Header([path.read_text(encoding="utf-8") for path in [*paths, version] if path.exists()])
    if output.suffix == ".py":
        text = python_source(header)
    elif output.suffix in (".php", ".mjs"):
        import declare_backends

        text = declare_backends.php_source(header) if output.suffix == ".php" else declare_backends.node_source(header)
    else:
        import declare_lua

        text = declare_lua.ffi_source(header) if output.suffix == ".lua" else declare_lua.options_source(header)
    if not check:
        output.write_text(text, encoding="utf-8")
        return 0
    if output.read_text(encoding="utf-8") == text:
        print(f"{len(header.functions)} functions, {len(header.structs)} structs, {len(header.constants)} constants")
        return 0
    print(f"{output} is not what the headers declare: run bindings/declare.py {include} {output}")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
