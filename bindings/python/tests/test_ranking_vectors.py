"""ranking.json: rankings, ranks and fuzzy evaluation, the same cases as in C."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from conftest import near, vectors

import custval as cv

CASES = vectors("ranking.json")


def columns_of(case) -> dict:
    names = case["columns"]
    return {name: [None if row[k] is None else float(row[k]) for row in case["rows"]] for k, name in enumerate(names)}


def rank(case):
    names, options = case["columns"], dict(case["options"])
    ranges = {name: tuple(ends) for name, ends in zip(names, case.get("ranges") or []) if ends}
    if "shares" in options:
        options["shares"] = bool(options["shares"])
    return cv.ranking.rank(
        columns_of(case),
        dict(zip(names, map(float, case["weights"]))),
        sacrifices=[name for name, side in zip(names, case["sides"]) if side == "sacrifice"],
        ranges=ranges,
        **options,
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case):
    if "error" in case:
        with pytest.raises(cv.Error) as raised:
            rank(case)
        assert raised.value.name == f"CUSTVAL_ERROR_{case['error']}"
        assert case["message_part"] in str(raised.value)
        return
    tolerance = case["tolerance"]
    if case["kind"] == "rank":
        found = rank(case)
        for name, numbers in case["expected"].items():
            assert len(found[name]) == len(numbers)
            assert all(near(*pair, tolerance) for pair in zip(found[name], numbers)), name
    elif case["kind"] == "ranks":
        found = cv.ranking.ranks([None if n is None else float(n) for n in case["numbers"]], ties=case["ties"])
        assert all(near(*pair, 0) for pair in zip(found, case["expected"]))
    else:
        options = dict(case["options"])
        options["scores"] = options.pop("grade_scores", None)
        grades = options.get("grades") or ["excellent", "good", "fair", "poor", "bad"]
        found = cv.ranking.fuzzy(cv.System(case["system"]), columns_of(case), **options)
        assert set(found["node"]) == case["expected"].keys()
        for row in found.rows():
            wanted = case["expected"][row["node"]]
            assert all(near(row[grade], degree, tolerance) for grade, degree in zip(grades, wanted["degrees"]))
            assert row["grade"] == grades[wanted["grade"]]
            assert near(row["score"], wanted["score"], tolerance)
