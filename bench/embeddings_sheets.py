"""Calc with the extension: embeddings_sheets.py LIBRARY [FOLDER]

Prints a JSON line for each figure: a column of formulas, one array formula, and whole columns, recalculated; beside the plain
expression in Calc and the call in C. Runs under a Python with LibreOffice's `uno` (/usr/bin/python3 on Debian). With FOLDER it
drives the office from there; that is how it calls itself.
"""

# SPDX-License-Identifier: Apache-2.0
import array
import json
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parent
ROWS, REPEATS = 10_000, 7
COLUMNS = [f"q{place}" for place in range(6)]
WEIGHTS = [3, 2, 1, 2, 1, 1]
GROUPS = [("benefit", range(0, 3)), ("sacrifice", range(3, 6))]


def system():
    dimensions = []
    for side, places in GROUPS:
        indicators = [
            {"id": f"i{place}", "weight": WEIGHTS[place], "items": [{"column": f"q{place}", "scale": [1, 10]}]}
            for place in places
        ]
        dimensions.append({"id": f"d_{side}", "side": side, "indicators": indicators})
    return {"custval": "system", "version": 1, "dimensions": dimensions}


def plain(row):
    """The value as an expression of Calc: without checks, missing answers, or another place to change a weight."""
    parts = []
    for sign, (_, places) in zip("+-", GROUPS):
        total = sum(WEIGHTS[place] for place in places)
        terms = "+".join(f"{WEIGHTS[place]}*({chr(65 + place)}{row}-1)" for place in places)
        parts.append(f"{sign}({terms})*100/9/{total}")
    return "=" + "".join(parts)


def answers():
    chosen = random.Random(7)
    return [tuple(float(chosen.randint(1, 10)) for _ in COLUMNS) for _ in range(ROWS)]


def median(task):
    took = []
    for repeat in range(-1, REPEATS):
        start = time.perf_counter()
        task()
        if repeat >= 0:  # the first warms up
            took.append(time.perf_counter() - start)
    return statistics.median(took)


def seconds_in_c(library):
    os.environ["CUSTVAL_LIBRARY"] = library
    sys.path.insert(0, str(SOURCE / "bindings" / "python"))
    import custval as cv

    columns = {name: array.array("d", cells) for name, cells in zip(COLUMNS, zip(*answers()))}
    made = cv.System(system())
    return median(lambda: made.score(cv.Table(columns)))


def drive(folder):
    """Seconds of recalculating a sheet that holds nothing but the answers and these formulas."""
    sys.path.insert(0, folder)
    from office import Office

    rows, last = answers(), ROWS + 1
    cells = "A{0}:F{0}"
    ways = {
        "a formula a row": [f"=CUSTVAL.VALUE($Z$1;{cells.format(row)})" for row in range(2, last + 1)],
        "a formula a row, names": [f"=CUSTVAL.VALUE($Z$1;{cells.format(row)};$A$1:$F$1)" for row in range(2, last + 1)],
        "one array": f"=CUSTVAL.SCORES($Z$1;A1:F{last})",
        "whole columns": "=CUSTVAL.SCORES($Z$1;A:F)",
        "plain": [plain(row) for row in range(2, last + 1)],
    }
    found = {}
    office = Office(folder)
    done = office.extension("add", "-f", "-s", str(pathlib.Path(folder) / "custval.oxt"))
    if done.returncode != 0:
        sys.exit(done.stderr)
    with office:
        for what, formulas in ways.items():
            document = office.new()
            sheet = document.Sheets[0]
            sheet.getCellRangeByPosition(0, 0, 5, 0).setDataArray((tuple(COLUMNS),))
            sheet.getCellRangeByPosition(0, 1, 5, ROWS).setDataArray(tuple(rows))
            sheet.getCellByPosition(25, 0).String = json.dumps(system())
            if isinstance(formulas, str):
                sheet.getCellRangeByPosition(8, 0, 12, ROWS).setArrayFormula(formulas)
            else:
                sheet.getCellRangeByPosition(8, 1, 8, ROWS).setFormulaArray(tuple((text,) for text in formulas))
            found[what] = median(document.calculateAll)
            document.close(True)
    print(json.dumps(found))


def seconds_in_calc(library):
    """Those of drive(), by another user where this one is root, whom LibreOffice's unopkg refuses."""
    libreoffice = SOURCE / "bindings" / "sheets" / "libreoffice"
    with tempfile.TemporaryDirectory() as folder:
        package = [sys.executable, libreoffice / "package.py", f"{folder}/custval.oxt", library]
        subprocess.run(package, check=True)
        for file in (libreoffice / "office.py", __file__):
            shutil.copy(file, folder)
        command = [sys.executable, f"{folder}/{pathlib.Path(__file__).name}", library, folder]
        if os.getuid() == 0:
            subprocess.run(["chown", "-R", "nobody", folder], check=True)
            command = ["runuser", "-u", "nobody", "--", *command]
        env = {**os.environ, "HOME": folder, "XDG_CACHE_HOME": f"{folder}/cache", "PYTHONDONTWRITEBYTECODE": "1"}
        env.pop("CUSTVAL_LIBRARY", None)
        done = subprocess.run(command, check=True, env=env, stdout=subprocess.PIPE, text=True)
        return json.loads(done.stdout)


def main(arguments):
    if not 1 <= len(arguments) <= 2:
        sys.exit(__doc__)
    if len(arguments) == 2:
        drive(arguments[1])
        return
    library = os.path.abspath(arguments[0])
    found = seconds_in_calc(library)
    in_c, peer = seconds_in_c(library), found.pop("plain")
    for what, seconds in found.items():
        line = {"embedding": "sheets", "what": what, "rows": ROWS, "seconds": seconds}
        print(json.dumps({**line, "c_seconds": in_c, "peer_seconds": peer}))


if __name__ == "__main__":
    main(sys.argv[1:])
