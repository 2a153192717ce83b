"""scoring.json, the same cases as in C: as a dictionary, as an Arrow table, row by row; with equal bits."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pyarrow
import pytest
from conftest import bits, near, vectors

import custval as cv

CASES = vectors("scoring.json")
_TYPES = {"utf8": pyarrow.string(), "int32": pyarrow.int32(), "float64": pyarrow.float64()}


def columns_of(case) -> tuple[dict, dict]:
    """Columns as lists, and the type of each."""
    columns, types = {}, {}
    for place, name in enumerate(case["columns"]):
        cells = [row[place] for row in case["rows"]]
        given = case.get("types", {}).get(name)
        kind = given or ("utf8" if any(isinstance(cell, str) for cell in cells) else "float64")
        if kind == "float64":
            cells = [None if cell is None else float(cell) for cell in cells]
        columns[name], types[name] = cells, kind
    return columns, types


def statuses(words) -> int:
    known = {word: 1 << bit for bit in range(16) for word in cv.status_words(1 << bit)}
    return sum(known[word] for word in words)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case):
    options = case.get("options", {})
    columns, types = columns_of(case)
    table = pyarrow.table({name: pyarrow.array(cells, _TYPES[types[name]]) for name, cells in columns.items()})
    if case["id"] == "error_no_date_of_scoring":  # in Python that is today
        assert len(cv.System(case["system"]).score(table)) == len(case["rows"])
        return
    if "error" in case:
        with pytest.raises(cv.Error) as raised:
            cv.System(case["system"]).score(table, **options)
        assert raised.value.name == case["error"]
        assert case["message_part"] in str(raised.value)
        return
    system = cv.System(case["system"])
    assert cv.System(system.to_json()) == system and cv.System(system.to_dict()) == system
    assert cv.Builder.from_system(system).build() == system
    scores = cv.Table(system.score(table, **options))
    expected = case["expected"]
    if "result_columns" in case:
        assert scores.columns == case["result_columns"]
    for name, numbers in expected.items():
        if name == "status":
            assert "value" not in scores or scores["status"].tolist() == [statuses(words) for words in numbers]
            continue
        assert len(scores) == len(numbers)
        for actual, wanted in zip(scores[name], numbers):
            assert near(actual, wanted, case["tolerance"]), (name, actual, wanted)
    for row, words in enumerate(expected["status"]):
        usual = {name: value for name, value in options.items() if name not in ("levels", "coverage")}
        assert (system.reason(table, row, **usual) == "") == (words == [])
    as_lists = cv.Table(system.score(cv.Table(columns), **options)) if "int32" not in types.values() else scores
    for name in scores.columns:
        assert bits(as_lists[name]) == bits(scores[name]), name
    if not options and "int32" not in types.values():
        for row in range(len(scores)):
            alone = system.score_row({name: cells[row] for name, cells in columns.items()})
            assert alone.status == scores["status"][row]
            for name, number in alone.items():
                assert bits([number]) == bits([scores[name][row]]), name
