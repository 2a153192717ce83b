#!/usr/bin/env python3
"""Writes attributes.json: Kano surveys and quadrants of importance and performance, classified here with fractions.

Needs nothing. Run by hand; the build only reads the result. The table of Berger et al. (1993) is written as it is
printed, by pairs of answers; shares and means are fractions, so that ties are ties."""
# SPDX-License-Identifier: Apache-2.0
import json
import pathlib
import random
from collections import Counter
from fractions import Fraction

NOTE = (
    "'columns' and 'rows' (null: missing). Kind 'kano': 'features' are pairs of columns, functional and dysfunctional. Kind "
    "'quadrants': 'importance_cut' and 'performance_cut', null is the mean. 'expected' holds columns of the result; null is a "
    "missing number. |actual - expected| <= tolerance * max(1, |expected|)."
)
# A row per functional answer, a column per dysfunctional one: like, must be, neutral, live with, dislike.
PRINTED = ["QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ"]
CLASSES = {"M": "must-be", "O": "one-dimensional", "A": "attractive", "I": "indifferent", "R": "reverse", "Q": "questionable"}
NAMES = {letter: name.replace("-", "_") for letter, name in CLASSES.items()}
cases = []


def number(value):
    return value if value is None or isinstance(value, (int, str)) else float(value)


def add(name, kind, columns, rows, expected, **members):
    expected = {key: [number(cell) for cell in column] for key, column in expected.items()}
    cases.append({"id": name, "kind": kind, "columns": columns, "rows": rows, **members, "expected": expected, "tolerance": 1e-15})


def kano(name, features, rows):
    columns = [column for pair in features for column in pair]
    expected = {key: [] for key in ["feature", *NAMES.values(), "n", "missing", "class", "better", "worse", "strength", "total"]}
    for place, (feature, _) in enumerate(features):
        pairs = [row[2 * place : 2 * place + 2] for row in rows]
        votes = Counter(PRINTED[f - 1][d - 1] for f, d in pairs if f is not None and d is not None)
        n = sum(votes.values())
        # The letters of CLASSES stand in the order that settles ties.
        order = sorted(CLASSES, key=lambda letter: (-votes[letter], list(CLASSES).index(letter)))
        of_use = sum(votes[letter] for letter in "AOMI")
        expected["feature"].append(feature)
        for letter, key in NAMES.items():
            expected[key].append(votes[letter])
        expected["n"].append(n)
        expected["missing"].append(len(rows) - n)
        expected["class"].append(CLASSES[order[0]])
        expected["better"].append(Fraction(votes["A"] + votes["O"], of_use) if of_use else None)
        expected["worse"].append(-Fraction(votes["O"] + votes["M"], of_use) if of_use else None)
        expected["strength"].append(Fraction(votes[order[0]] - votes[order[1]], n))
        expected["total"].append(Fraction(votes["A"] + votes["O"] + votes["M"], n))
    add(name, "kano", columns, rows, expected, features=features)


def quadrants(name, rows, importance_cut=None, performance_cut=None):
    cuts = []
    for place, stated in enumerate([importance_cut, performance_cut]):
        there = [Fraction(row[place]) for row in rows if row[place] is not None]
        cuts.append(Fraction(stated) if stated is not None else sum(there) / len(there))
    words = []
    for row in rows:
        if None in row:
            words.append(None)
            continue
        important, good = (Fraction(cell) >= cut for cell, cut in zip(row, cuts))
        words.append({(1, 0): "concentrate", (1, 1): "keep", (0, 0): "low-priority", (0, 1): "overkill"}[important, good])
    expected = {
        "importance": [row[0] for row in rows],
        "performance": [row[1] for row in rows],
        "importance_cut": [cuts[0]] * len(rows),
        "performance_cut": [cuts[1]] * len(rows),
        "quadrant": words,
    }
    add(name, "quadrants", ["importance", "performance"], rows, expected, importance_cut=importance_cut, performance_cut=performance_cut)


every_pair = [[f, d] for f in range(1, 6) for d in range(1, 6)]
kano("kano_every_pair", [["with", "without"]], every_pair)
kano("kano_pair_by_pair", [[f"with_{f}{d}", f"without_{f}{d}"] for f, d in every_pair], [[cell for pair in every_pair for cell in pair]])
chance = random.Random(1993)
answer = lambda: chance.choices([1, 2, 3, 4, 5, None], [4, 3, 3, 2, 3, 1])[0]  # noqa: E731
kano("kano_survey", [["edge_f", "edge_d"], ["bindings_f", "bindings_d"], ["scratch_f", "scratch_d"]], [[answer() for _ in range(6)] for _ in range(400)])
TIED = [[1, 5, 1, 3, 3, 3, 5, 1], [2, 5, 1, 5, 1, 2, 1, 1], [1, 2, 2, 5, 2, 1, None, 5], [3, 3, 3, 4, 4, 1, 2, None]]
kano("kano_ties", [["a", "b"], ["c", "d"], ["e", "f"], ["g", "h"]], TIED)

SEVEN = [[5.5, 3.0], [6.0, 6.5], [2.0, 2.5], [3.0, 6.0], [4.0, 4.0], [7.0, 4.0], [4.0, 1.0]]
quadrants("quadrants_midpoint", SEVEN, 4.0, 4.0)
quadrants("quadrants_means", SEVEN)
quadrants("quadrants_on_the_mean", [[1.0, 4.0], [3.0, 2.0], [2.0, 3.0]])
# A tenth is no double: the mean of three of them is not one of them by rounding alone.
quadrants("quadrants_all_equal", [[0.1, 0.7]] * 3)
quadrants("quadrants_one_stated", [[0.31, 4.1], [0.12, None], [None, 3.0], [0.12, 4.0], [0.45, 2.2]], None, 4.1)

with open(pathlib.Path(__file__).resolve().parent / "attributes.json", "w", encoding="utf-8") as file:
    file.write('{"note": ' + json.dumps(NOTE) + ',\n"cases": [\n')
    file.write(",\n".join(json.dumps(case) for case in cases) + "\n]}\n")
