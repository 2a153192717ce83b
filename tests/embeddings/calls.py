#!/usr/bin/env python3
"""Writes the calls that every embedding must answer alike: calls.py [OUTPUT]; CUSTVAL_LIBRARY names the library.

One JSON document, so that a test in any language reads it: {"calls": [...]}. Cells are in the order of `inputs`, which is
that of the system; null is a missing cell. `expected` comes from the shared vectors, within `tolerance`; `exact` is what
the C library answers, which an embedding must give bit for bit. Kinds of calls:

    score     `system`, `inputs`, `cells` -> `expected`, `exact`: value, benefit, ... (null: no value), `status`
    refuse    `system` -> an error: `error` is its name, `message_part` is in its message
    weights   `matrix` -> `exact`: `weights`, `cr`, of the eigenvector method with Saaty's index of 1980
    group     `groups`, `inputs`, `cells` -> `expected`: the id of the group
    lifetime  `lifetime`, `cells` (x, t_x, T), `horizon` -> `expected`, `exact`: `alive`, `expected`
"""

# SPDX-License-Identifier: Apache-2.0
import json
import math
import pathlib
import sys

SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "bindings" / "python"))

import custval as cv  # noqa: E402


def cases_of(name):
    return json.loads((SOURCE / "tests" / "vectors" / name).read_text(encoding="utf-8"))["cases"]


def number(value):
    return None if value is None or math.isnan(value) else value


def scores(case):
    """A call for each row of a case of scoring.json that asks for nothing but the scores."""
    if case.get("options") or "file" in case:
        return
    if "error" in case:
        try:
            cv.System(case["system"])
        except cv.Error as error:
            if error.name == case["error"]:
                shown = {name: case[name] for name in ("system", "error", "message_part")}
                yield {"call": "refuse", "id": case["id"], **shown}
        return
    system = cv.System(case["system"])
    for place, row in enumerate(case["rows"]):
        by_name = dict(zip(case["columns"], row))
        # A cell such as "inf" stands for a number that JSON does not have: not every host can hold it.
        texts = {name for name in system.inputs if isinstance(by_name.get(name), str)}
        if not texts <= system._texts:
            continue
        alone = system.score_row({name: by_name[name] for name in system.inputs})
        yield {
            "call": "score",
            "id": f"{case['id']}[{place}]",
            "system": case["system"],
            "inputs": system.inputs,
            "cells": [by_name[name] for name in system.inputs],
            "expected": {name: column[place] for name, column in case["expected"].items() if name != "status"},
            "tolerance": case["tolerance"],
            "exact": {name: number(value) for name, value in alone.items()},
            "status": alone.status,
        }


def weights(case):
    matrix = case["input"].get("matrix")
    if not case["id"].startswith("ahp_") or not matrix or any(None in row for row in matrix):
        return
    made = cv.weights.ahp(matrix)
    call = {"call": "weights", "id": case["id"], "matrix": matrix}
    if case["id"] in ("ahp_drinks_weights", "ahp_house_weights", "ahp_2x2", "ahp_consistent_any_method"):
        expected = case["expected"]
        call["expected"] = expected["weights"] if isinstance(expected, dict) else expected
        call["tolerance"] = case["tolerance"]
    yield {**call, "exact": {"weights": list(made.values()), "cr": made.consistency_ratio}}


def groups(case):
    """Profit and loyalty: the case that the groups of the examples are made for."""
    if case["id"] != "reinartz_kumar":
        return
    given = case["input"]
    document = {
        "custval": "groups",
        "version": 1,
        "measures": [
            {"id": "profit", "cuts": [given["profit_threshold"]]},
            {"id": "months", "cuts": [given["loyalty_threshold_months"]]},
        ],
        "groups": [
            {"id": "true_friend", "when": {"profit": 2, "months": 2}},
            {"id": "butterfly", "when": {"profit": 2, "months": 1}},
            {"id": "barnacle", "when": {"profit": 1, "months": 2}},
            {"id": "stranger"},
        ],
    }
    for cells, expected in zip(given["customers_profit_months"], case["expected"]):
        shown = {"groups": document, "inputs": ["profit", "months"], "cells": cells, "expected": expected}
        yield {"call": "group", "id": f"{case['id']}{cells}", **shown}


def lifetimes(case):
    if case["model"] != "bgnbd":
        return
    lifetime = cv.Lifetime.stated("bgnbd", case["parameters"])
    names = ("x", "t_x", "T")
    for horizon, expected in zip(case["times"], case["expected"]):
        if horizon < 1e-3:
            continue
        row = {name: [cell] for name, cell in zip(names, case["row"])}
        made = cv.Table(lifetime.predict(row, horizon=horizon, outputs=["alive", "expected"]))
        yield {
            "call": "lifetime",
            "id": f"{case['parameters']}{case['row']}@{horizon}",
            "lifetime": json.loads(lifetime.to_json()),
            "cells": case["row"],
            "horizon": horizon,
            "expected": {"alive": math.exp(float(case["log_alive"])), "expected": float(expected)},
            "tolerance": 1e-11,
            "exact": {name: made[name][0] for name in ("alive", "expected")},
        }


def calls():
    for make, name in (
        (scores, "scoring.json"),
        (weights, "weights_and_rollup.json"),
        (groups, "lifetime_and_equity.json"),
        (lifetimes, "bgnbd.json"),
    ):
        for case in cases_of(name):
            yield from make(case)


def main():
    text = json.dumps({"calls": list(calls())}, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    if len(sys.argv) > 1:
        pathlib.Path(sys.argv[1]).write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
