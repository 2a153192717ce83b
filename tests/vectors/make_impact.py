#!/usr/bin/env python3
"""Writes impact.json, cases of what a point of a node is worth, answered by impact_model.py: make_impact.py OUTPUT"""

# SPDX-License-Identifier: Apache-2.0
import copy
import json
import pathlib
import random
import sys

from mpmath import exp, mpf

import scoring_model
from impact_model import INFINITE, LEVELS, answer

# ---- Material ----

GATED = {
    "custval": "system",
    "version": 1,
    "profile_column": "profile",
    "profiles": [{"id": "price", "weights": {"function": 1, "support": 5}}],
    "gates": [{"node": "support", "below": 30, "cap": 10}],
    "derived": [{"id": "quality", "from": {"function": 2, "image": 1}}],
    "dimensions": [
        {
            "id": "product",
            "side": "benefit",
            "weight": 3,
            "indicators": [
                {
                    "id": "function",
                    "weight": 2,
                    "items": [{"column": "F", "scale": [1, 10]}],
                },
                {
                    "id": "image",
                    "items": [
                        {"column": "I", "scale": [1, 7]},
                        {"column": "J", "scale": [0, 4], "reversed": True},
                    ],
                },
            ],
        },
        {
            "id": "service",
            "side": "benefit",
            "weight": 2,
            "indicators": [
                {"id": "support", "items": [{"column": "S", "scale": [1, 10]}]}
            ],
        },
        {
            "id": "money",
            "side": "sacrifice",
            "indicators": [
                {"id": "price", "items": [{"column": "P", "scale": [1, 10]}]}
            ],
        },
    ],
}
BENT = {
    "custval": "system",
    "version": 1,
    "form": "index",
    "override_column": "key",
    "overrides": [
        {
            "key": "k7",
            "node": "image",
            "score": 99.5,
            "author": "m",
            "reason": "seen",
            "expires": "2027-01-01",
        },
        {
            "key": "k9",
            "node": "value",
            "score": 40,
            "author": "m",
            "reason": "seen",
            "expires": "2027-01-01",
        },
    ],
    "missing": {"policy": "nested", "coverage_floor": 0.3},
    "dimensions": [
        {
            "id": "product",
            "side": "benefit",
            "weight": 3,
            "aggregator": "geometric",
            "indicators": [
                {
                    "id": "function",
                    "weight": 2,
                    "weight_column": "wf",
                    "items": [{"column": "F", "scale": [1, 10]}],
                },
                {
                    "id": "image",
                    "weight_column": "wi",
                    "items": [
                        {"column": "I", "scale": [1, 7]},
                        {"column": "J", "scale": [0, 4], "reversed": True},
                    ],
                },
            ],
        },
        {
            "id": "service",
            "side": "benefit",
            "weight": 2,
            "aggregator": "minimum",
            "indicators": [
                {"id": "support", "items": [{"column": "S", "scale": [1, 10]}]},
                {
                    "id": "speed",
                    "items": [{"column": "T", "scale": [0, 60], "reversed": True}],
                },
            ],
        },
        {
            "id": "money",
            "side": "sacrifice",
            "aggregator": "power",
            "exponent": 2,
            "indicators": [
                {"id": "price", "items": [{"column": "P", "scale": [1, 10]}]},
                {
                    "id": "effort",
                    "weight": 0,
                    "items": [{"column": "E", "scale": [1, 5]}],
                },
            ],
        },
    ],
}
RELIEVED = copy.deepcopy(GATED) | {
    "reliefs": [
        {"node": "price", "by": "support", "share": 0.4},
        {"node": "money", "by": "product", "share": 0.9},
    ]
}
RATIO = copy.deepcopy(GATED) | {"form": "ratio"}
for unwanted in ("gates", "derived"):
    del RATIO[unwanted]

COLUMNS = [
    "F",
    "I",
    "J",
    "S",
    "P",
    "T",
    "E",
    "profile",
    "key",
    "wf",
    "wi",
    "age",
    "margin",
    "count",
    "chosen",
    "satisfaction",
    "renewed",
]


def make_rows():
    generator = random.Random(21)
    rows = []
    for number in range(36):
        f, s, p = (generator.randint(1, 10) for _ in range(3))
        age = generator.randint(1, 30)
        satisfaction = round(
            min(10, max(0, 2 + 0.35 * f + 0.3 * s - 0.2 * p + generator.gauss(0, 1.2))),
            1,
        )
        renewed = int(
            generator.random() < 1 / (1 + float(exp(-(0.7 * satisfaction - 2.6))))
        )
        rows.append(
            [
                f,
                generator.randint(1, 7),
                generator.randint(0, 4),
                s,
                p,
                generator.randint(0, 60),
                generator.randint(1, 5),
                "price" if number % 3 == 1 else None,
                f"k{number}",
                generator.choice([None, 1, 3]),
                generator.choice([0.5, 2]),
                age,
                generator.choice([40, 120.5, 300, -15]),
                generator.choice([1, 2, 0.5]),
                generator.choice([1, 1, 0, 2]),
                satisfaction,
                renewed,
            ]
        )
    for row, column, cell in [
        (4, "F", None),
        (4, "I", None),
        (4, "J", None),
        (5, "S", None),
        (6, "P", None),
        (8, "margin", None),
        (10, "count", -1),
        (11, "age", None),
        (12, "margin", INFINITE),
        (13, "chosen", None),
        (14, "satisfaction", None),
        (15, "renewed", None),
        (16, "S", 10),
        (17, "S", 10),
        (18, "F", 10),
        (19, "P", 1),
        (20, "P", 1),
        (21, "S", 11),
        (22, "I", 7),
        (23, "S", 3),
        (24, "S", 3),
        (25, "wf", -1),
        (26, "J", None),
    ]:
        rows[row][COLUMNS.index(column)] = cell
    return rows


VALUE = {"fit": {"kind": "linear", "outcome": "satisfaction", "predictors": ["value"]}}
RENEWAL = {
    "fit": {"kind": "logistic", "outcome": "renewed", "predictors": ["satisfaction"]}
}
STATED = {
    "custval": "link",
    "version": 1,
    "kind": "logistic",
    "outcome": "stays",
    "intercept": -1.5,
    "terms": [
        {"predictor": "value", "coefficient": 0.03},
        {"predictor": "age", "coefficient": 0.02},
    ],
    "covariance": [[0.04], [-0.0005, 0.00003], [0.0002, 0, 0.0001]],
}
EXACT = {
    "custval": "link",
    "version": 1,
    "kind": "logistic",
    "outcome": "stays",
    "intercept": -2,
    "terms": [{"predictor": "satisfaction", "coefficient": 0.4}],
}
MONEY = {"margin": "margin", "rate": 0.1, "first": "next"}


def impact(links, use="retention", money=None, **more):
    return {
        "custval": "impact",
        "version": 1,
        "links": links,
        "use": use,
        "money": money or MONEY,
        **more,
    }


def cases():
    everything = list(LEVELS)
    yield (
        "fitted chain, gated difference",
        GATED,
        impact(
            [VALUE, RENEWAL],
            costs=[
                {"node": "support", "cost": 20},
                {"node": "price", "cost": 1.5, "per": "customer"},
            ],
        ),
        ["indicator"],
    )
    yield (
        "several predictors, a derived node among them",
        GATED,
        impact(
            [
                {
                    "fit": {
                        "kind": "linear",
                        "outcome": "satisfaction",
                        "predictors": ["quality", "support", "price", "age"],
                    }
                },
                {
                    "fit": {
                        "kind": "logistic",
                        "outcome": "renewed",
                        "predictors": ["satisfaction", "price"],
                    }
                },
            ],
            money={
                "margin": 75,
                "rate": 0.08,
                "growth": 0.02,
                "first": "now",
                "periods": 7,
            },
        ),
        everything,
    )
    yield (
        "five points against the ceiling, chosen and counted",
        GATED,
        impact(
            [STATED],
            where="chosen",
            count="count",
            points=5,
            money={"margin": "margin", "rate": 0.12, "first": "now", "periods": 4},
        ),
        everything,
    )
    yield (
        "choice for ever",
        BENT,
        impact(
            [STATED],
            use="choice",
            money={"margin": 20, "rate": 0.1, "growth": 0.03, "first": "next"},
        ),
        everything,
    )
    yield (
        "choice, three periods",
        BENT,
        impact(
            [VALUE, RENEWAL],
            use="choice",
            points=2.5,
            money={"margin": "margin", "rate": 0, "first": "now", "periods": 3},
            costs=[{"node": "speed", "cost": 9}],
        ),
        ["indicator", "item"],
    )
    yield (
        "bent aggregators, own importances, judgements",
        BENT,
        impact([VALUE, EXACT], count="count"),
        everything,
    )
    yield (
        "every link exact",
        RATIO,
        impact(
            [EXACT | {"terms": [{"predictor": "value", "coefficient": 0.7}]}], points=40
        ),
        ["dimension", "indicator"],
    )
    yield (
        "worth without end",
        GATED,
        impact(
            [STATED],
            money={"margin": 10, "rate": 0.02, "growth": 0.6, "first": "next"},
            points=3,
        ),
        ["indicator"],
    )
    yield (
        "benefits that relieve",
        RELIEVED,
        impact([VALUE, RENEWAL], points=4),
        everything,
    )
    yield (
        "an outcome beside its node",
        GATED,
        impact(
            [
                {
                    "custval": "link",
                    "version": 1,
                    "kind": "linear",
                    "outcome": "trust",
                    "intercept": 1,
                    "terms": [
                        {"predictor": "support", "coefficient": 0.05},
                        {"predictor": "benefit", "coefficient": 0.02},
                    ],
                    "covariance": [[0.1], [0.001, 0.0004], [0, 0.00001, 0.0002]],
                },
                {
                    "custval": "link",
                    "version": 1,
                    "kind": "logistic",
                    "outcome": "likes",
                    "intercept": -1,
                    "terms": [{"predictor": "trust", "coefficient": 0.3}],
                    "covariance": [[0.02], [-0.001, 0.004]],
                },
                {
                    "custval": "link",
                    "version": 1,
                    "kind": "logistic",
                    "outcome": "stays",
                    "intercept": -1,
                    "terms": [
                        {"predictor": "trust", "coefficient": 0.2},
                        {"predictor": "likes", "coefficient": 1.5},
                        {"predictor": "F", "coefficient": 0.01},
                    ],
                    "covariance": [
                        [0.05],
                        [0, 0.003],
                        [-0.01, 0.001, 0.2],
                        [0, 0, 0, 0.00002],
                    ],
                },
            ]
        ),
        everything,
    )


def plain(value):
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    if value == INFINITE:
        return "inf"
    return float(value) if isinstance(value, type(mpf(1))) else value


def main(path):
    rows = make_rows()
    cells = [dict(zip(COLUMNS, row)) for row in rows]
    out = []
    for name, system, document, levels in cases():
        named = copy.deepcopy(system)
        scoring_model.name_items(named)
        out.append(
            {
                "id": name,
                "system": system,
                "impact": document,
                "levels": levels,
                **answer(document, named, cells, levels),
            }
        )
    types = {"profile": "utf8", "key": "utf8", "margin": "float64"}
    made = {
        "columns": COLUMNS,
        "types": types,
        "rows": rows,
        "as_of": "2026-06-30",
        "cases": out,
    }
    lines = json.dumps(
        plain(made), ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )
    pathlib.Path(path).write_text(
        lines.replace('{"id":', '\n{"id":') + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main(sys.argv[1])
