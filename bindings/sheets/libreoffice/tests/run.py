#!/usr/bin/env python3
"""Drives the extension in a real, private LibreOffice: run.py FOLDER, which holds what test.sh put there.

Prints a line for each test, and last "N passed, N failed, N skipped".
"""

# SPDX-License-Identifier: Apache-2.0
import json
import os
import pathlib
import random
import subprocess
import sys
import threading
import traceback
import zipfile

import sample as sample_workbook
from office import Office, cell_name, properties

NOT_AVAILABLE, NO_VALUE, NO_NAME, WRONG_PARAMETER, DIVIDED_BY_ZERO = 32767, 519, 525, 504, 532
passed, failed, skipped = [], [], []


def test(name):
    """Runs what it decorates as a test at once."""

    def run(body):
        try:
            body()
        except Exception:
            failed.append(name)
            print(f"not ok {name}\n{traceback.format_exc()}", flush=True)
        else:
            passed.append(name)
            print(f"ok {name}", flush=True)

    return run


def skip(name, why):
    skipped.append(name)
    print(f"ok {name} # SKIP {why}", flush=True)


def expect(actual, wanted, what=""):
    assert actual == wanted, f"{what}: {actual!r}, not {wanted!r}"


def put(sheet, column, row, value):
    """Writes a cell; None leaves it blank."""
    cell = sheet.getCellByPosition(column, row)
    if isinstance(value, str):
        cell.String = value
    elif value is not None:
        cell.Value = value


def put_row(sheet, column, row, values):
    for place, value in enumerate(values):
        put(sheet, column + place, row, value)
    return f"{cell_name(column, row)}:{cell_name(column + len(values) - 1, row)}"


def formula(sheet, column, row, text):
    cell = sheet.getCellByPosition(column, row)
    cell.Formula = text
    return cell


def array(sheet, column, row, width, height, text):
    """The cells of an array formula, row by row."""
    range_ = sheet.getCellRangeByPosition(column, row, column + width - 1, row + height - 1)
    range_.setArrayFormula(text)
    return [[sheet.getCellByPosition(column + x, row + y) for x in range(width)] for y in range(height)]


def same(cell, wanted, what):
    """A cell has exactly this number; None: it is not available."""
    if wanted is None:
        expect(cell.getError(), NOT_AVAILABLE, what)
    else:
        expect((cell.getError(), cell.Value), (0, float(wanted)), what)


def near(cell, wanted, tolerance, what):
    if wanted is None:
        expect(cell.getError(), NOT_AVAILABLE, what)
    else:
        error = abs(cell.Value - wanted)
        allowed = tolerance * max(1.0, abs(wanted))
        assert cell.getError() == 0 and error <= allowed, f"{what}: {cell.Value!r} is not {wanted!r}"


# --- The calls that every embedding answers alike ---------------------------------------------------------------------


def run_score(sheet, row, call):
    put(sheet, 0, row, json.dumps(call["system"], ensure_ascii=False))
    width = len(call["inputs"])
    names = put_row(sheet, 1, row, call["inputs"])
    cells = put_row(sheet, 1, row + 1, call["cells"])
    document, both = f"A{row + 1}", f"{cell_name(1, row)}:{cell_name(width, row + 1)}"
    value = formula(sheet, width + 1, row, f"=CUSTVAL.VALUE({document};{cells})")
    same(value, call["exact"]["value"], "VALUE")
    same(
        formula(sheet, width + 1, row + 1, f"=CUSTVAL.VALUE({document};{cells};{names})"),
        call["exact"]["value"],
        "named",
    )
    wanted = len(call["exact"]) + 1
    head, scores = array(sheet, width + 2, row, wanted, 2, f"=CUSTVAL.SCORES({document};{both})")
    expect([cell.String for cell in head], [*call["exact"], "status"], "names")
    for cell, (name, number) in zip(scores, call["exact"].items()):
        same(cell, number, f"SCORES {name}")
        if name in call["expected"]:
            near(cell, call["expected"][name], call["tolerance"], f"SCORES {name}")
    same(scores[-1], call["status"], "status")
    why = formula(sheet, width + wanted + 2, row, f'=CUSTVAL.WHY("VALUE";{document};{cells})').String
    assert bool(why) == (call["exact"]["value"] is None), why
    explained = array(sheet, width + wanted + 3, row, 5, 2, f"=CUSTVAL.EXPLAIN({document};{cells})")
    expect([cell.String for cell in explained[0]], ["node", "label", "score", "weight", "contribution"])
    expect(explained[1][0].String, "value")
    same(explained[1][2], call["exact"]["value"], "EXPLAIN score")


def run_refuse(sheet, row, call):
    put(sheet, 0, row, json.dumps(call["system"], ensure_ascii=False))
    expect(formula(sheet, 1, row, f"=CUSTVAL.VALUE(A{row + 1};1)").getError(), NO_VALUE, "VALUE")
    said = formula(sheet, 2, row, f'=CUSTVAL.WHY("VALUE";A{row + 1};1)').String
    assert call["message_part"] in said, said


def run_weights(sheet, row, call):
    size = len(call["matrix"])
    for place, numbers in enumerate(call["matrix"]):
        put_row(sheet, 0, row + place, numbers)
    square = f"A{row + 1}:{cell_name(size - 1, row + size - 1)}"
    cells = array(sheet, size, row, 1, size, f"=CUSTVAL.WEIGHTS({square})")
    for (cell,), number in zip(cells, call["exact"]["weights"]):
        same(cell, number, "weight")
    for (cell,), number in zip(cells, call.get("expected", [])):
        near(cell, number, call["tolerance"], "weight")
    same(formula(sheet, size + 1, row, f"=CUSTVAL.CONSISTENCY({square})"), call["exact"]["cr"], "ratio")


def run_group(sheet, row, call):
    put(sheet, 0, row, json.dumps(call["groups"]))
    cells = put_row(sheet, 1, row, call["cells"])
    expect(formula(sheet, 9, row, f"=CUSTVAL.GROUP(A{row + 1};{cells})").String, call["expected"])


def run_lifetime(sheet, row, call):
    put(sheet, 0, row, json.dumps(call["lifetime"]))
    cells = put_row(sheet, 1, row, call["cells"])
    put(sheet, 4, row, call["horizon"])
    for place, name in enumerate(call["exact"]):
        cell = formula(sheet, 5 + place, row, f'=CUSTVAL.CLV(A{row + 1};{cells};E{row + 1};"{name}")')
        same(cell, call["exact"][name], name)
        near(cell, call["expected"][name], call["tolerance"], name)


RUN = {"score": run_score, "refuse": run_refuse, "weights": run_weights, "group": run_group, "lifetime": run_lifetime}


def shared_calls(office, kind, calls):
    document = office.new()
    row = 0
    for call in calls:

        @test(f"{kind} {call['id']}")
        def _(call=call, row=row):
            RUN[kind](document.Sheets[0], row, call)

        row += max(3, len(call.get("matrix", [])))
    document.close(True)


# --- What only a spreadsheet has --------------------------------------------------------------------------------------


def spreadsheet(office, folder):
    survey = (folder / "survey" / "perceived-value.json").read_text(encoding="utf-8")
    reference = json.loads((folder / "reference.json").read_text(encoding="utf-8"))
    lines = [line.split(",") for line in (folder / "answers.csv").read_text().replace('"', "").splitlines()]
    columns, answers = lines[0], [[float(cell) if cell else None for cell in line] for line in lines[1:]]
    shape = [line.split(",") for line in (folder / "survey" / "perceived-value.csv").read_text().splitlines()]
    document = office.new()
    sheet = document.Sheets[0]
    put_row(sheet, 0, 0, columns)
    for row, cells in enumerate(answers):
        put_row(sheet, 0, row + 1, cells)
    put(sheet, 20, 0, survey)
    for row, cells in enumerate(shape):
        put_row(sheet, 22, row, [float(c) if row and c.isdigit() else c or None for c in cells])
    whole = f"A:{cell_name(len(columns) - 1, 0)[:-1]}"
    table = f"$W$1:{cell_name(21 + len(shape[0]), len(shape) - 1)}"
    count = len(answers)

    def row_of(row):
        return f"A{row + 2}:{cell_name(len(columns) - 1, row + 1)}"

    names = f"$A$1:{cell_name(len(columns) - 1, 0)}"

    @test("whole columns: what is blank below is cut off, and values are those of exact fractions")
    def _():
        made = array(sheet, 11, 0, 5, count + 2, f"=CUSTVAL.SCORES(U1;{whole})")
        expect([cell.String for cell in made[0]], ["value", "benefit", "sacrifice", "coverage", "status"])
        for cells, wanted in zip(made[1:], reference):
            near(cells[0], wanted, 1e-13, "value")
        expect(made[count + 1][0].getError(), NOT_AVAILABLE, "below the rows")

    @test("a system written as a table gives the same")
    def _():
        for row, wanted in enumerate(reference):
            near(formula(sheet, 17, row, f"=CUSTVAL.VALUE({table};{row_of(row)};{names})"), wanted, 1e-13, f"row {row}")
        put(sheet, 17, count, None)
        text = formula(sheet, 17, count, f"=CUSTVAL.SYSTEM({table})").String
        expect(json.loads(text)["dimensions"][2]["indicators"][0]["items"][1]["reversed"], True)
        near(
            formula(sheet, 18, 0, f"=CUSTVAL.VALUE(R{count + 1};{row_of(0)};{names})"),
            reference[0],
            1e-13,
            "by document",
        )

    @test("several rows give a column")
    def _():
        made = array(sheet, 19, 0, 1, count, f"=CUSTVAL.VALUE(U1;A2:{cell_name(len(columns) - 1, count)};{names})")
        for (cell,), wanted in zip(made, reference):
            near(cell, wanted, 1e-13, "value")

    @test("labels in the language asked for")
    def _():
        for language, wanted in (("zh", "感知利得"), ("ko", "지각된 편익"), ("en", "Perceived benefits")):
            made = array(sheet, 40, 0, 2, 3, f'=CUSTVAL.EXPLAIN(U1;{row_of(0)};{names};"{language}")')
            expect(made[2][1].String, wanted)
            sheet.getCellRangeByPosition(40, 0, 41, 2).clearContents(16)

    @test("levels of scores are chosen by name")
    def _():
        made = array(sheet, 44, 0, 5, 2, f'=CUSTVAL.SCORES(U1;{whole};"value, dimension")')
        expect([cell.String for cell in made[0]], ["value", "effect", "audience", "price", "coverage"])
        sheet.getCellRangeByPosition(44, 0, 48, 1).clearContents(16)

    refused(sheet, row_of(0), names, table)
    files(office, folder, document, sheet, row_of(0), names, reference[0])
    saved(office, folder, document, count)
    document.close(True)


def refused(sheet, row, names, table):
    cases = [
        ("VALUE", "U1;A2:C2", "9 cells are needed (q5, q8, q6, q7, q9, q10, q2, q3, q4), not 3; or give the names"),
        ("VALUE", f"U1;{row};D1:J1", 'there is no column "q2" among the names q4, q5, q6, q7, q8, q9, q10'),
        ("VALUE", f"U1;{row};B1:C2", "names are one row"),
        ("VALUE", f"U1;{row};A2:J2", "stands there twice"),
        ("VALUE", f"U1;W2:AF2;{names}", "where a number is needed"),
        ("VALUE", f'"";{row}', "a document is needed"),
        ("VALUE", f"5;{row}", "a document is needed"),
        ("VALUE", f'"{{";{row}', "line 1, column"),
        ("SCORES", 'U1;A1:J9;"sides"', "'sides' is no level"),
        ("SCORES", "U1;A1:J1", "no answers below the names"),
        ("EXPLAIN", f"U1;{row}", "9 cells are needed"),
        ("SYSTEM", "W1:AF1", "no row below its names"),
        ("SYSTEM", "X1:AF10", 'row 0: column "side" is missing (row 2 of the range)'),
        ("SYSTEM", "A1:B3", "a system's table has no column"),
        ("WEIGHTS", "A2:B2", "judgements are a square, not 1 rows of 2"),
        ("CONSISTENCY", "A1:B2", "where a number is needed"),
        ("GROUP", "U1;1", "$"),
        ("CLV", "U1;A2:C2;1", "$"),
        ("NONE", "1", '"NONE" is no function'),
    ]
    for place, (name, arguments, message) in enumerate(cases):

        @test(f"{name}({arguments}) is refused with its reason")
        def _(name=name, arguments=arguments, message=message, place=place):
            if name != "NONE":
                expect(formula(sheet, 50, place, f"=CUSTVAL.{name}({arguments})").getError(), NO_VALUE, "error")
            said = formula(sheet, 51, place, f'=CUSTVAL.WHY("{name}";{arguments})').String
            assert message in said, said

    @test("errors of the office stay what they are")
    def _():
        expect(formula(sheet, 50, 40, f"=CUSTVAL.VALUE(U1;{row};{names};1)").getError(), WRONG_PARAMETER)
        formula(sheet, 50, 41, "=1/0")
        expect(
            formula(sheet, 50, 42, "=CUSTVAL.VALUE(U1;AY42:AY42)").getError(), WRONG_PARAMETER, "an error in a range"
        )
        expect(
            formula(sheet, 50, 43, "=CUSTVAL.VALUE(AY42;A1:B1)").getError(),
            DIVIDED_BY_ZERO,
            "a division by zero goes through",
        )
        sheet.getCellRangeByPosition(50, 0, 51, 43).clearContents(16)


def files(office, folder, document, sheet, row, names, wanted):
    path = folder / "workbook with a space.ods"

    def value(given, place):
        return formula(sheet, 52, place, f'=CUSTVAL.VALUE("{given}";{row};{names})')

    @test("a relative path needs a workbook that was saved")
    def _():
        expect(value("survey/perceived-value.json", 0).getError(), NO_VALUE)
        said = formula(sheet, 53, 0, f'=CUSTVAL.WHY("VALUE";"survey/perceived-value.json";{row};{names})').String
        assert "save the workbook first" in said, said
        document.storeAsURL(path.as_uri(), ())
        document.calculateAll()
        near(sheet.getCellByPosition(52, 0), wanted, 1e-13, "relative")

    @test("systems come from paths and file: URLs, and follow their file")
    def _():
        copy = folder / "中文 system.json"
        copy.write_bytes((folder / "survey" / "perceived-value.json").read_bytes())
        near(value(copy, 1), wanted, 1e-13, "path")
        near(value(copy.as_uri(), 2), wanted, 1e-13, "URL")
        copy.write_text("{}")
        document.calculateAll()
        expect(sheet.getCellByPosition(52, 1).getError(), NO_VALUE, "after a change")

    @test("no file of another computer is opened")
    def _():
        for place, given in enumerate(
            ("https://example.org/a.json", "file://host/share/a.json", "//host/share/a.json", r"\\host\share\a.json")
        ):
            expect(value(given, 10 + place).getError(), NO_VALUE, given)
            said = formula(sheet, 53, 10 + place, f'=CUSTVAL.WHY("VALUE";"{given}";{row};{names})').String
            assert "only files of this computer are read" in said, said

    sheet.getCellRangeByPosition(52, 0, 53, 20).clearContents(16)


def saved(office, folder, document, count):
    wanted = document.Sheets[0].getCellRangeByPosition(11, 0, 19, count).getDataArray()
    for extension, filter_name in (("ods", "calc8"), ("xlsx", "Calc MS Excel 2007 XML")):

        @test(f"saved as .{extension}, opened and recalculated, it has the same numbers")
        def _(extension=extension, filter_name=filter_name):
            path = folder / f"saved.{extension}"
            office.save(document, path, filter_name)
            again = office.open(path)
            again.calculateAll()
            cells = again.Sheets[0].getCellRangeByPosition(11, 0, 19, count)
            expect(cells.getDataArray(), wanted, "cells")
            # What a file stores can never change: no workbook that is saved now may lose its functions.
            stored = b"".join(zipfile.ZipFile(path).read(name) for name in zipfile.ZipFile(path).namelist())
            assert b"ORG.CUSTVAL.CALC.FUNCTIONS.SCORES(" in stored.upper()
            again.close(True)


def customers(office):
    @test("customers without a prediction or a group are not available, and WHY says which")
    def _():
        document = office.new()
        sheet = document.Sheets[0]
        put(sheet, 0, 0, json.dumps(sample_workbook.LIFETIME))
        put(sheet, 0, 1, json.dumps(sample_workbook.GROUPS))
        put_row(sheet, 1, 0, [2, 30.43, 38.86, 22.35])
        put_row(sheet, 1, 1, [None, 1, 2, 3])
        put_row(sheet, 1, 2, [2, 50.43, 38.86, 22.35])
        for place, row in enumerate(array(sheet, 6, 0, 1, 3, '=CUSTVAL.CLV(A1;B1:E3;39;"expected")')):
            if place == 0:  # published with the model: 1.226
                near(row[0], 1.226, 5e-4, "expected")
            else:
                expect(row[0].getError(), NOT_AVAILABLE, f"row {place}")
        expect(array(sheet, 7, 0, 1, 1, "=CUSTVAL.GROUP(A2;B2:C2)")[0][0].getError(), NOT_AVAILABLE, "group")
        for place, (arguments, wanted) in enumerate(
            [
                ('"CLV";A1;B1:E3;39', "row 2 of the cells: missing"),
                ('"CUSTVAL.CLV";A1;B3:E3;39', "row 1 of the cells: range"),
                ('"CLV";A1;B1:E1;"soon"', "the horizon is a number, not 'soon'"),
                ('"CLV";A1;B1:E1;39;"valu"', '"valu" is no output'),
                ('"CLV";A1;B1:E1;39;"value";;0.1', "a rate needs its period"),
                ('"CLV";A1;B1:E1;39;"value";;0.1;"year"', ""),
                ('"GROUP";A2;B2:C2', "row 1 of the cells: missing"),
            ]
        ):
            said = formula(sheet, 9, place, f"=CUSTVAL.WHY({arguments})").String
            assert said.startswith(wanted) and bool(said) == bool(wanted), said
        document.close(True)


# --- Abuse ------------------------------------------------------------------------------------------------------------

ARGUMENTS = [
    "", "1", "-1E+308", "0", '""', '"x"', '"{"', '"{}"', '"[1]"', "A1", "A1:A1", "A1:D9", "A1:A1048576", "Z9", "D5:F7",
    "A5", "TRUE()", "NA()", "1/0", "A2:C4", "A2:E2", "{1;2|3;4}", '{"a";1}', "A2:A4~C2:C4", "U1", "H1:M3", "-1", "1.5",
    'REPT("x";30000)', 'CONCATENATE("{""custval"": ""system"", ""version"": 1, ";REPT("[";500))', '"/dev/null"', '"/"',
    '"file:///etc"', "SQRT(-1)", "1E+400", '"index"', '"value"', '"value,value"', '"alive"', '"\ud800"', "A1:XFD1",
]  # fmt: skip
NAMES = ["VALUE", "SCORES", "EXPLAIN", "SYSTEM", "WEIGHTS", "CONSISTENCY", "GROUP", "CLV"]


def abused(office, folder):
    seed = int(os.environ.get("CUSTVAL_SEED", "20260302"))
    choose = random.Random(seed)
    document = office.new()
    sheet = document.Sheets[0]
    for row in range(9):
        put_row(sheet, 0, row, [1.0, 2.5, "text", -3.0, 1e300, 0.0][: 3 + row % 4])
    put(sheet, 20, 0, (folder / "survey" / "perceived-value.json").read_text(encoding="utf-8"))
    put(sheet, 4, 4, "\u0000".replace("\u0000", "\ufffd") * 40)

    @test(f"400 formulas of anything are answered, seed {seed}")
    def _():
        seen = {}
        for turn in range(400):
            name = choose.choice(NAMES)
            given = [choose.choice(ARGUMENTS) for _ in range(choose.randrange(1, 9))]
            wrapped = choose.random() < 0.3
            inside = f'"{name}";' if wrapped else ""
            text = f"=CUSTVAL.{'WHY' if wrapped else name}({inside}{';'.join(given)})"
            try:
                cell = formula(sheet, 30, turn, text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
            except UnicodeError:
                continue
            assert office.is_alive(), text
            seen[cell.getError()] = seen.get(cell.getError(), 0) + 1
        print("# errors of cells:", dict(sorted(seen.items())))
        assert len(seen) > 2, seen

    @test("after that, values are right")
    def _():
        row = put_row(sheet, 32, 0, [10, 10, 10, 10, 10, 10, 10, 10, 10])
        same(formula(sheet, 30, 0, f"=CUSTVAL.VALUE(U1;{row})"), 100, "all answers at the best")

    document.close(True)


def system_of(weight):
    dimension = {"id": "d", "side": "benefit"}
    first = {"id": "a", "weight": weight, "items": [{"column": "x", "scale": [0, 1]}]}
    second = {"id": "b", "items": [{"column": "y", "scale": [0, 1]}]}
    return {"custval": "system", "version": 1, "dimensions": [{**dimension, "indicators": [first, second]}]}


def concurrent(office):
    @test("workbooks that are calculated at once do not mix their systems up")
    def _():
        documents, wrong = [], []
        for weight in range(1, 9):
            document = office.new()
            sheet = document.Sheets[0]
            put(sheet, 0, 0, json.dumps(system_of(weight)))
            for row in range(50):
                put_row(sheet, 1, row, [1, 0])
                formula(sheet, 3, row, f"=CUSTVAL.VALUE($A$1;B{row + 1}:C{row + 1})")
            documents.append((document, 100 * weight / (weight + 1)))

        def work(document, wanted):
            for _ in range(5):
                document.calculateAll()
                cells = document.Sheets[0].getCellRangeByPosition(3, 0, 3, 49).getDataArray()
                wrong.extend(cell for (cell,) in cells if abs(cell - wanted) > 1e-12)

        threads = [threading.Thread(target=work, args=pair) for pair in documents]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for document, _ in documents:
            document.close(True)
        expect(wrong, [], "numbers of another workbook")


# --- The extension itself ---------------------------------------------------------------------------------------------


def described(office):
    descriptions = office.service("com.sun.star.sheet.FunctionDescriptions")
    found = {}
    for place in range(descriptions.Count):
        made = {entry.Name: entry.Value for entry in descriptions.getByIndex(place)}
        if made["Name"].startswith("CUSTVAL."):
            found[made["Name"][8:]] = made
    return found


def wizard(office, folder):
    shared = json.loads((folder / "functions.json").read_text(encoding="utf-8"))

    @test("the function wizard shows every function with its help")
    def _():
        found = described(office)
        expect(sorted(found), sorted(entry["name"] for entry in shared["functions"]))
        for entry in shared["functions"]:
            made = found[entry["name"]]
            expect(made["Description"], entry["text"]["en"])
            wanted = [shared["arguments"][name] for name in entry["arguments"]]
            if "times" in wanted[-1]:
                wanted += (wanted[-1]["times"] - 1) * wanted[-1:]
            for argument, said in zip(wanted, made["Arguments"], strict=True):
                assert said.Name.startswith(argument["name"]["en"]), said.Name
                expect(said.Description, argument["text"]["en"])

    @test("the configuration holds every text in English, Chinese and Korean")
    def _():
        # The node of a locale gives the texts in it, whatever language the office speaks.
        provider = office.service("com.sun.star.configuration.ConfigurationProvider")
        for entry in shared["functions"]:
            for language, tag in (("en", "en"), ("zh", "zh-CN"), ("ko", "ko")):
                path = "/org.openoffice.Office.CalcAddIns/AddInInfo/org.custval.calc.Functions/AddInFunctions/"
                node = provider.createInstanceWithArguments(
                    "com.sun.star.configuration.ConfigurationAccess",
                    properties(nodepath=path + entry["method"], Locale=tag),
                )
                expect(node.getByName("Description"), entry["text"][language])


def one_number(office, folder):
    """The formula of a saved workbook, and its error."""
    document = office.open(folder / "saved.ods")
    document.calculateAll()
    cell = document.Sheets[0].getCellByPosition(17, 0)
    found = cell.getError(), cell.Value
    document.close(True)
    return found


def upgraded(folder):
    office = Office(folder)

    def run(*arguments):
        done = office.extension(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @test("removed, the formulas have no name; another version installed over nothing brings them back")
    def _():
        with office:
            wanted = one_number(office, folder)
        expect(wanted[0], 0)
        run("remove", "org.custval.calc")
        with office:
            expect(one_number(office, folder)[0], NO_NAME)
        run("add", "-f", "-s", str(folder / "custval.oxt"))
        with office:
            expect(one_number(office, folder), wanted)

    @test("a later version takes the place of the one installed")
    def _():
        run("add", "-f", "-s", str(folder / "later.oxt"))
        listed = run("list")
        assert listed.count("Identifier: org.custval.calc") == 1 and "Version: 99.0" in listed, listed
        with office:
            expect(one_number(office, folder)[0], 0)

    @test("without a library for the computer, cells say so and the office goes on")
    def _():
        run("add", "-f", "-s", str(folder / "foreign.oxt"))
        with office:
            document = office.new()
            sheet = document.Sheets[0]
            expect(formula(sheet, 0, 0, "=CUSTVAL.CONSISTENCY(B1:B1)").getError(), NO_VALUE)
            said = formula(sheet, 0, 1, '=CUSTVAL.WHY("CONSISTENCY";B1:B1)').String
            assert "cannot be loaded" in said, said
            document.close(True)


def cells_of(office, path):
    """What the cells of a workbook hold after recalculation; fails where one is an error."""
    document = office.open(path)
    document.calculateAll()
    found = {}
    for sheet in document.Sheets:
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = cursor.RangeAddress
        found[sheet.Name] = sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow).getDataArray()
        for row in range(end.EndRow + 1):
            for column in range(end.EndColumn + 1):
                cell = sheet.getCellByPosition(column, row)
                assert cell.getError() == 0, f"{path}: {sheet.Name}.{cell_name(column, row)}: {cell.Formula}"
    document.close(True)
    return found


def sample(office, folder):
    @test("the sample workbook is made without an error, and those of the examples are the same")
    def _():
        for path in sample_workbook.make(office, folder / "sample", folder):
            made, kept = cells_of(office, path), cells_of(office, folder / "spreadsheet" / path.name)
            expect(list(kept), list(made), "sheets")
            for name, rows in made.items():
                expect(kept[name], rows, f"{path.name}: {name}")

    @test("the sample is drawn, a page for every sheet at least")
    def _():
        document = office.open(folder / "sample" / "custval.ods")
        sheets = document.Sheets.Count
        office.save(document, folder / "sample" / "custval.pdf", "calc_pdf_Export")
        document.close(True)
        command = ["pdftoppm", "-r", "60", "-png", "custval.pdf", "page"]
        subprocess.run(command, cwd=folder / "sample", check=True, timeout=60)
        pages = list((folder / "sample").glob("page*.png"))
        assert len(pages) >= sheets and all(page.stat().st_size > 5000 for page in pages), pages


def main(folder):
    folder = pathlib.Path(folder).resolve()
    calls = json.loads((folder / "calls.json").read_text(encoding="utf-8"))["calls"]
    office = Office(folder)
    installed = office.extension("add", "-f", "-s", str(folder / "custval.oxt"))
    if installed.returncode != 0:
        sys.exit(installed.stdout + installed.stderr)
    with office:
        wizard(office, folder)
        for kind in RUN:
            shared_calls(office, kind, [call for call in calls if call["call"] == kind])
        spreadsheet(office, folder)
        customers(office)
        concurrent(office)
        abused(office, folder)
        sample(office, folder)
    upgraded(folder)
    left = sorted({call["call"] for call in calls} - RUN.keys())
    if left:
        skip("calls that Calc cannot express", ", ".join(left))
    print(f"{len(passed)} passed, {len(failed)} failed, {len(skipped)} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
