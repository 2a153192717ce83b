#!/usr/bin/env python3
"""Writes the shared test vectors as Lua: vectors.py SOURCE OUTPUT_DIRECTORY [LIBRARY].

A file of Lua takes the value that stands for null. Tables of rows become tables of columns. With the library's file,
scoring cases get `exact`: the scores of custval_score(), called from Python.
"""

# SPDX-License-Identifier: Apache-2.0
import json
import math
import os
import pathlib
import sys


def lua(value):
    """A value of JSON as a Lua expression."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and abs(value) > 2**53:
        return lua(str(value))
    if isinstance(value, (int, float)):
        if math.isnan(value):
            return "0/0"
        if math.isinf(value):
            return "1/0" if value > 0 else "-1/0"
        return repr(value)
    if isinstance(value, str):
        # Decimal escapes: every Lua reads them.
        return (
            '"' + "".join(chr(c) if 32 <= c < 127 and c not in (34, 92) else f"\\{c:03}" for c in value.encode()) + '"'
        )
    if isinstance(value, list):
        return "{" + ", ".join(lua(item) for item in value) + "}"
    return "{" + ", ".join(f"[{lua(key)}] = {lua(item)}" for key, item in value.items()) + "}"


def columns_of(case):
    """The columns of a case: texts where its types say so or one cell is one; else inf and nan are numbers."""
    columns, types = {"n": len(case["rows"])}, case.get("types") or {}
    for index, name in enumerate(case["columns"]):
        cells = [row[index] for row in case["rows"]]
        if types.get(name) != "utf8" and (name in types or not any(isinstance(cell, str) for cell in cells)):
            cells = [float(cell) if isinstance(cell, str) else cell for cell in cells]
        columns[name] = cells
    return columns


def with_file(source, case):
    """A case whose rows stand in a file of whole numbers, with them."""
    lines = (source / case["file"]).read_text(encoding="utf-8").split("\n")
    case["columns"] = [name.strip('"') for name in lines[0].split(",")]
    case["rows"] = [[float(cell) for cell in line.split(",")] for line in lines[1:] if line][: case.get("limit")]
    return case


def scenarios(content):
    """The cases of scenario.json, each with the system and the customers that all share, and the surveys as cases."""
    shared = {name: content[name] for name in ("system", "columns", "rows")}
    for case in content["cases"]:
        yield {**case, **shared, "scenario": json.dumps(case["scenario"])}
    for number, survey in enumerate(content["surveys"]):
        yield {"id": f"survey.{number}", "columns": ["too_cheap", "cheap", "expensive", "too_expensive"], **survey}


def impacts(content):
    """The cases of impact.json, each with the customers that all share; `fitted` is what its links come to."""
    shared = {name: content[name] for name in ("columns", "types", "rows", "as_of")}
    for case in content["cases"]:
        case["fitted"] = case.pop("links")
        for name in ("levers", "customers"):
            case[name] = {key: [row[key] for row in case[name]] for key in case[name][0]}
        yield {**case, **shared, "impact": json.dumps(case["impact"])}


def as_numbers(case):
    """A ranking, in which every text but a name stands for a number."""
    case["types"] = dict.fromkeys(case.get("columns", []), "float64")
    for key in ("weights", "numbers"):
        if key in case:
            case[key] = [float(number) if isinstance(number, str) else number for number in case[key]]
    return case


def exact(case):
    """Scores of the C interface as it gives them, or None where the call fails."""
    import custval

    data = {name: column for name, column in case["data"].items() if name != "n"}
    options = {"as_of": None, **case.get("options", {})}
    try:
        scores = custval.Table(data)
        result = custval.System(case["system"]).score(scores, **options)
        return {name: [float(cell) for cell in result[name]] for name in result.columns}
    except (custval.Error, ValueError, LookupError, TypeError):
        return None


def write(source, output, name, library):
    content = json.loads((source / f"tests/vectors/{name}.json").read_text(encoding="utf-8"))
    shared = {"scenario": scenarios, "impact": impacts}
    cases = shared[name](content) if name in shared else content["cases"]
    lines = ["local null = ...", "local cases = {}"]
    for case in cases:
        if "document" in case:
            case["document"] = json.dumps(case["document"])
        if case.get("kind") == "allocation":
            case["columns"] = case["brands"]
        if "links" in case:
            case["links"] = [json.dumps(link) for link in case["links"]]
        if "system" in case:
            case["document"] = json.dumps(case["system"], ensure_ascii=False)
        if "file" in case:
            case = with_file(source, case)
        if name == "ranking":
            case = as_numbers(case)
        if "columns" in case and "rows" in case:
            case["data"] = columns_of(case)
        if library and name == "scoring" and "error" not in case:
            case["exact"] = exact(case)
        case = {key: value for key, value in case.items() if key not in ("notes", "rows", "system")}
        # One function per column and case: there is a limit on constants.
        data = case.pop("data", None)
        lines.append(f"cases[#cases + 1] = (function() return {lua(case)} end)()")
        if data is not None:
            columns = [f"[{lua(key)}] = (function() return {lua(column)} end)()" for key, column in data.items()]
            lines.append("cases[#cases].data = {" + ", ".join(columns) + "}")
    lines += ["return cases", ""]
    (output / f"{name}.lua").write_text("\n".join(lines), encoding="utf-8")


def main(arguments):
    source, output = pathlib.Path(arguments[0]), pathlib.Path(arguments[1])
    library = arguments[2] if len(arguments) > 2 else None
    if library:
        os.environ["CUSTVAL_LIBRARY"] = library
        sys.path.insert(0, str(source / "bindings/python"))
    output.mkdir(parents=True, exist_ok=True)
    names = ["scoring", "weights_and_rollup", "ranking", "drivers", "history", "lifetime_and_equity", "money"]
    for name in [*names, "formulas", "satisfaction", "attributes", "effects", "migration", "panel", "scenario", "programmes", "impact"]:
        write(source, output, name, library)


if __name__ == "__main__":
    main(sys.argv[1:])
