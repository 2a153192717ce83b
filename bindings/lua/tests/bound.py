#!/usr/bin/env python3
"""Compares the module with what the headers declare: bound.py SOURCE BUILD MODULE OUTPUT.

Every declared function is called by the module, or stands with a reason in unbound.txt. Writes OUTPUT, sizes and
offsets of all structs and values of all constants as a C compiler sees them, for test_ffi.lua.
"""

# SPDX-License-Identifier: Apache-2.0
import os
import pathlib
import re
import subprocess
import sys
import tempfile


def declared(source, build):
    sys.path.insert(0, str(source / "bindings"))
    import declare

    headers = sorted((source / "include/custval").glob("*.h")) + [build / "include/custval/version.h"]
    return declare.Header([path.read_text(encoding="utf-8") for path in headers])


def check_bound(header, source, module):
    """Problems with what is bound."""
    listing = subprocess.run(
        ["nm", "-D", "--undefined-only", str(module)], check=True, capture_output=True, text=True
    ).stdout
    bound = set(re.findall(r"\bU (custval_\w+)", listing))
    exported = subprocess.run(
        ["nm", "-D", "--defined-only", str(module)], check=True, capture_output=True, text=True
    ).stdout
    names = [line.split()[-1] for line in exported.splitlines()]
    reasons = {}
    for line in (source / "bindings/lua/unbound.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, reason = line.partition(": ")
            reasons[name] = reason
    problems = [
        f"{name} is declared, but neither bound nor in unbound.txt"
        for name in header.functions
        if name not in bound | reasons.keys()
    ]
    problems += [f"{name} is in unbound.txt, but bound" for name in reasons if name in bound]
    problems += [f"{name} is in unbound.txt, but not declared" for name in reasons if name not in header.functions]
    problems += [f"{name} is in unbound.txt without a reason" for name, reason in reasons.items() if not reason]
    problems += [f"the module exports {name}" for name in names if name not in ("luaopen_custval", "_init", "_fini")]
    print(f"{len(header.functions)} functions declared, {len(bound)} bound, {len(reasons)} not, for a reason each")
    return problems


def facts(header, source, build, output):
    """Sizes, offsets and values as the C compiler sees them, written as Lua."""
    lines = ["#include <custval/custval.h>", "#include <stdio.h>", "int main(void) {", 'puts("return {sizes = {");']
    for struct, members in header.structs.items():
        kind = f"struct {struct}"
        lines.append(f'printf("[\\"{kind}\\"] = {{%zu", sizeof({kind}));')
        lines += [f'printf(", [\\"{name}\\"] = %zu", offsetof({kind}, {name}));' for _, name, _ in members]
        lines.append('puts("},");')
    lines.append('puts("}, values = {");')
    lines += [
        f'printf("{name[8:]} = %.0f,\\n", (double){name});'
        for name, value in header.constants.items()
        if abs(value) < 2**53
    ]
    lines += ['puts("}}");', "return 0;", "}"]
    with tempfile.TemporaryDirectory() as folder:
        program = pathlib.Path(folder, "facts")
        program.with_suffix(".c").write_text("\n".join(lines), encoding="utf-8")
        includes = [f"-I{source / 'include'}", f"-I{build / 'include'}"]
        subprocess.run([os.environ.get("CC", "cc"), *includes, str(program) + ".c", "-o", str(program)], check=True)
        output.write_text(
            subprocess.run([str(program)], check=True, capture_output=True, text=True).stdout, encoding="utf-8"
        )


def main(arguments):
    source, build, module, output = [pathlib.Path(argument).resolve() for argument in arguments]
    header = declared(source, build)
    problems = check_bound(header, source, module)
    facts(header, source, build, output)
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
