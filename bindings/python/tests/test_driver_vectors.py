"""drivers.json: key drivers by every method, and their bootstrap intervals, the same cases as in C."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import csv

import pytest
from conftest import ROOT, near, vectors

import custval as cv

CASES = vectors("drivers.json")


def columns_of(case) -> dict:
    if "file" in case:
        with open(ROOT / case["file"], encoding="utf-8", newline="") as file:
            names, *rows = csv.reader(file)
        return {name: [float(row[k]) for row in rows] for k, name in enumerate(names)}
    return {name: [row[k] for row in case["rows"]] for k, name in enumerate(case["columns"])}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case):
    data, outcome = columns_of(case), case["outcome"]
    summary = cv.Summary(data, sacrifices=case["sacrifices"], parts="pairs")
    if "error" in case:
        with pytest.raises(cv.Error) as raised:
            cv.weights.drivers(summary, outcome, method=case["method"])
        assert raised.value.name == case["error"] and case["message_part"] in str(raised.value)
        return
    expected, tolerance = case["expected"], case["tolerance"]
    for method, wanted in expected["methods"].items():
        if wanted["weight"] is None:
            with pytest.raises(cv.WeightError):
                cv.weights.drivers(summary, outcome, method=method)
            continue
        weights = cv.weights.drivers(summary, outcome, method=method)
        assert weights.method == f"drivers-{method}" and weights.sample == expected["n"]
        table = weights.table
        for name in ("correlation", "beta", "vif", "sign"):
            assert all(near(*pair, tolerance) for pair in zip(table[name], expected[name])), name
        for name in ("importance", "weight"):
            assert all(near(*pair, tolerance) for pair in zip(table[name], wanted[name])), name
        assert list(weights.values()) == table["weight"].tolist()
        for name in ("n", "dropped", "r_squared", "adjusted_r_squared"):
            assert near(weights.diagnostics[name], expected[name], tolerance), name
        remarks = [[row["code"], row["about"]] for row in weights.notes.rows() if row["code"] != "zero-weight"]
        assert remarks == wanted["remarks"]
    bootstrap = case.get("bootstrap", {})
    options = {name: bootstrap[name] for name in ("seed", "resamples", "level") if name in bootstrap}
    for method, wanted in bootstrap.get("methods", {}).items():
        weights = cv.weights.drivers(data, outcome, method=method, sacrifices=case["sacrifices"], **options)
        if "usable" in bootstrap:
            assert weights.diagnostics["resamples"] == bootstrap["usable"]
        for name in ("low", "high", "beta_low", "beta_high", "p_negative"):
            assert all(near(*pair, tolerance) for pair in zip(weights.table[name], wanted[name])), name
        unstable = [row["about"] for row in weights.notes.rows() if row["code"] == "unstable"]
        assert sorted(unstable) == sorted(wanted["unstable"])
