#!/usr/bin/env python3
"""Writes reliefs.json: what reliefs do to changes, flips and draws of weights, by scoring again.

Needs mpmath. Run by hand; the build only reads the result. The plain model of scoring_model.py scores every weight on a grid
and every draw; roots are bisected. The library solves flips in closed form where it can, and explains by parts.
"""

# SPDX-License-Identifier: Apache-2.0
import json
import math
import pathlib
import random

import scoring_model
from mpmath import mpf

HERE = pathlib.Path(__file__).resolve().parent
NOTE = (
    "Reliefs, by make_reliefs.py. 'values' of the rows; 'relieved': what the reliefs of a node add to the value of each row; "
    "'flips' of row 0 and row 1, null where there is none; 'draws' of weights and 'expected', columns of the table of "
    "custval_uncertainty(). |actual - expected| <= 1e-11 * max(1, |expected|)."
)
LEVEL = 0.9
DRAWS = 40
GRID = 512


def nodes(system):
    found = {side: system[side] for side in scoring_model.SIDES if side in system}
    for dimension in system["dimensions"]:
        found[dimension["id"]] = dimension
        found.update({indicator["id"]: indicator for indicator in dimension["indicators"]})
    return found


def siblings(system):
    groups = [[system["benefit"], system["sacrifice"]]] if "benefit" in system else []
    for side in scoring_model.SIDES:
        groups.append([dimension for dimension in system["dimensions"] if dimension["side"] == side])
    groups += [dimension["indicators"] for dimension in system["dimensions"]]
    return [group for group in groups if len(group) > 1]


def row_of(system, columns, cells):
    made = scoring_model.Row(system, dict(zip(columns, cells)), {})
    made.run()
    return made


def with_weights(system, weights, work):
    """What `work` gives while nodes have other weights."""
    known = nodes(system)
    before = {name: known[name]["weight"] for name in weights}
    for name, weight in weights.items():
        known[name]["weight"] = weight
    result = work()
    for name, weight in before.items():
        known[name]["weight"] = weight
    return result


def names_of(system, group):
    known = nodes(system)
    return [next(name for name, node in known.items() if node is member) for member in group]


def flip(system, columns, rows, names, name):
    """The nearest share of a node at which rows 0 and 1 have the same value, or None."""
    known = nodes(system)
    weights = {member: mpf(known[member]["weight"]) for member in names}
    total, others = sum(weights.values()), sum(weight for member, weight in weights.items() if member != name)
    now = weights[name] / total

    def lead(share):
        moved = {member: (1 - share) * weight / others for member, weight in weights.items()}
        moved[name] = share
        a, b = with_weights(system, moved, lambda: [row_of(system, columns, row).scores["value"] for row in rows[:2]])
        return a - b

    found = []
    for end in (mpf(0), mpf(1)):
        near, first = now, lead(now)
        for step in range(1, GRID + 1):
            far = now + (end - now) * step / GRID
            if lead(far) * first <= 0:
                for _ in range(80):
                    middle = (near + far) / 2
                    near, far = (middle, far) if lead(middle) * first > 0 else (near, middle)
                found.append(far)
                break
            near = far
    return float(min(found, key=lambda share: abs(share - now))) if found else None


def relieved(system, columns, cells):
    """What the reliefs of each node add: its share of the value times what they take away from its score."""
    row, known = row_of(system, columns, cells), nodes(system)
    side = [dimension for dimension in system["dimensions"] if dimension["side"] == "sacrifice"]
    whole = mpf(1)
    if "benefit" in system:
        whole = mpf(known["sacrifice"]["weight"]) / (known["sacrifice"]["weight"] + known["benefit"]["weight"])
    out = {}
    for dimension in side:
        of_dimension = whole * dimension["weight"] / sum(other["weight"] for other in side)
        total = sum(indicator["weight"] for indicator in dimension["indicators"])
        parts = [(indicator, of_dimension * indicator["weight"] / total) for indicator in dimension["indicators"]]
        for node, weight in [(dimension, of_dimension), *parts]:
            left = mpf(1)
            for relief in system["reliefs"]:
                if relief["node"] == node["id"]:
                    left *= 1 - mpf(relief["share"]) * row.scores[relief["by"]] / 100
            if any(relief["node"] == node["id"] for relief in system["reliefs"]):
                out[node["id"]] = float(weight * row.scores[node["id"]] * (1 / left - 1))
    return out


def drawn(rng, system):
    names = [name for group in siblings(system) for name in names_of(system, group)]
    rows = []
    for _ in range(DRAWS):
        made = {}
        for group in siblings(system):
            parts = [rng.random() + 0.05 for _ in group]
            made.update({name: part / math.fsum(parts) for name, part in zip(names_of(system, group), parts)})
        rows.append([made[name] for name in names])
    return names, rows


def uncertain(system, columns, rows, names, draws):
    values = []
    for weights in draws:
        given = {name: mpf(weight) for name, weight in zip(names, weights)}
        values.append(
            with_weights(system, given, lambda: [row_of(system, columns, row).scores["value"] for row in rows])
        )
    out = {key: [] for key in ("mean", "low", "high", "mean_rank", "p_first")}
    for place in range(len(rows)):
        own = sorted(value[place] for value in values)
        ranks = [1 + sum(other > value[place] for other in value) for value in values]
        out["mean"].append(float(sum(own) / DRAWS))
        out["low"].append(float(own[math.ceil(round(DRAWS * (1 - LEVEL) / 2, 9)) - 1]))
        out["high"].append(float(own[math.ceil(round(DRAWS * (1 + LEVEL) / 2, 9)) - 1]))
        out["mean_rank"].append(sum(ranks) / DRAWS)
        out["p_first"].append(ranks.count(1) / DRAWS)
    return out


def system_of(form, reliefs, more):
    def indicator(name, weight):
        return {"id": name, "weight": weight, "items": [{"column": f"{name}_answer", "scale": [0, 10]}]}

    dimensions = [
        {"id": "product", "side": "benefit", "weight": 3, "indicators": [indicator("quality", 2), indicator("design", 1)]},
        {"id": "image", "side": "benefit", "weight": 1, "indicators": [indicator("name", 1), indicator("proof", 3)]},
        {"id": "money", "side": "sacrifice", "weight": 2, "indicators": [indicator("price", 1)]},
        {"id": "nerve", "side": "sacrifice", "weight": 1, "indicators": [indicator("doubt", 2), indicator("effort", 1)]},
    ]
    made = {"custval": "system", "version": 1, "form": form, "dimensions": dimensions, "reliefs": [], **more}
    made["reliefs"] = [{"node": node, "by": by, "share": share} for node, by, share in reliefs]
    scoring_model.name_items(made)
    return made


def case(name, form, reliefs, **more):
    rng = random.Random(name)
    system = system_of(form, reliefs, more)
    columns = [f"{part}_answer" for part in ("quality", "design", "name", "proof", "price", "doubt", "effort")]
    rows = [[float(rng.randint(1, 9)) for _ in columns] for _ in range(4)]
    names, draws = drawn(rng, system)
    flips = {}
    for group in siblings(system):
        members = names_of(system, group)
        flips.update({member: flip(system, columns, rows, members, member) for member in members})
    made = {"id": name, "system": system, "columns": columns, "rows": rows}
    made["values"] = [float(row_of(system, columns, row).scores["value"]) for row in rows]
    made["relieved"] = [relieved(system, columns, row) for row in rows] if form != "ratio" else []
    made["flips"] = flips
    made["level"], made["draws"] = LEVEL, {"columns": names, "rows": draws}
    made["expected"] = uncertain(system, columns, rows, names, draws)
    return made


def main():
    cases = [
        case("one relief", "difference", [("nerve", "image", 0.5)]),
        case("two of one node", "difference", [("nerve", "image", 0.5), ("nerve", "quality", 0.25)]),
        case("on two levels", "difference", [("doubt", "proof", 0.75), ("nerve", "image", 0.5), ("money", "name", 1.0)]),
        case("in an index", "index", [("price", "quality", 0.4), ("nerve", "product", 0.3)],
             benefit={"weight": 2}, sacrifice={"weight": 1}),
        case("in a ratio", "ratio", [("doubt", "name", 0.6), ("money", "image", 0.2)]),
        case("by a whole dimension", "difference", [("effort", "product", 1.0), ("doubt", "product", 1.0)]),
    ]  # fmt: skip
    with open(HERE / "reliefs.json", "w", encoding="utf-8", newline="\n") as file:
        lines = ",\n ".join(json.dumps(made, ensure_ascii=False) for made in cases)
        file.write(f'{{"note": {json.dumps(NOTE)},\n"cases": [\n {lines}\n]}}\n')


if __name__ == "__main__":
    main()
