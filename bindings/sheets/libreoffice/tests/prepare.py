#!/usr/bin/env python3
"""Writes what run.py needs into a folder: prepare.py FOLDER LIBRARY

The extension, as it is, in a later version and without a library for this computer; the calls that every embedding
answers; answers of customers and their values by exact fractions.
"""

# SPDX-License-Identifier: Apache-2.0
import csv
import json
import os
import pathlib
import shutil
import subprocess
import sys
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
OFFICE = HERE.parent
SOURCE = HERE.parents[3]
ROWS = 25

sys.path[:0] = [str(OFFICE), str(SOURCE / "tests" / "cli")]
import package  # noqa: E402
from reference import OutOfScale, Reference  # noqa: E402


def later(made, output):
    """The same extension with a larger version."""
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            data = source.read(name)
            if name == "description.xml":
                data = data.replace(f'<version value="{package.version()}"'.encode(), b'<version value="99.0"')
            archive.writestr(name, data)


def value_of(reference, row):
    try:
        value = reference.score(row)["value"]
    except OutOfScale:
        return None
    return None if value is None else float(value)


def references(folder):
    """The first answers of the survey, holes made in some, and their values."""
    survey = SOURCE / "examples" / "survey"
    reference = Reference(json.loads((survey / "perceived-value.json").read_text(encoding="utf-8")))
    with open(survey / "customer_satisfaction_yellow_pages.csv", encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = [row for row, _ in zip(reader, range(ROWS))]
    for place, row in enumerate(rows):
        if place % 5 == 1:
            row[reader.fieldnames[1 + place % 9]] = ""
        if place % 11 == 7:
            row["q5"] = "11"
    with open(folder / "answers.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, reader.fieldnames, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    (folder / "reference.json").write_text(json.dumps([value_of(reference, row) for row in rows]))


def main(arguments):
    if len(arguments) != 2:
        sys.exit(__doc__)
    folder, library = pathlib.Path(arguments[0]).resolve(), os.path.abspath(arguments[1])
    package.write(folder / "custval.oxt", [library])
    package.write(folder / "foreign.oxt", [f"nowhere-m68k={library}"])
    later(folder / "custval.oxt", folder / "later.oxt")
    calls = [sys.executable, SOURCE / "tests" / "embeddings" / "calls.py", folder / "calls.json"]
    subprocess.run(calls, check=True, env={**os.environ, "CUSTVAL_LIBRARY": library})
    references(folder)
    for name in ("survey", "cdnow", "spreadsheet"):
        shutil.copytree(SOURCE / "examples" / name, folder / name, dirs_exist_ok=True)
    for file in (HERE / "run.py", OFFICE / "office.py", OFFICE / "sample.py", OFFICE.parent / "functions.json"):
        shutil.copy(file, folder)


if __name__ == "__main__":
    main(sys.argv[1:])
