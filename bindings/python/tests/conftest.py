"""What the tests share: the source tree, systems, and the vectors that C runs as well."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import csv
import json
import math
import pathlib
import struct
import subprocess
import sys

import pytest

import custval as cv

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parents[2]
SURVEY = ROOT / "examples" / "survey"
CDNOW = ROOT / "examples" / "cdnow"

#: Three levels, both sides, a text column, profiles, and a judgement that replaces a score.
DOCUMENT = {
    "custval": "system",
    "version": 1,
    "profile_column": "segment",
    "dimensions": [
        {
            "id": "product",
            "side": "benefit",
            "weight": 3,
            "indicators": [
                {
                    "id": "quality",
                    "weight": 2,
                    "items": [{"column": "q1", "scale": [1, 10]}, {"column": "q2", "scale": [1, 10]}],
                },
                {"id": "design", "weight": 1, "items": [{"column": "q3", "scale": [1, 10]}]},
            ],
        },
        {
            "id": "service",
            "side": "benefit",
            "weight": 1,
            "indicators": [{"id": "staff", "items": [{"column": "q4", "scale": [1, 10]}]}],
        },
        {
            "id": "money",
            "side": "sacrifice",
            "indicators": [{"id": "price", "items": [{"column": "q5", "scale": [1, 10]}]}],
        },
    ],
    "profiles": [{"id": "loyal", "weights": {"quality": 1, "design": 9}}],
}

ROWS = {
    "q1": [1, 5, 10, 8, 3],
    "q2": [2.5, 5, 9, None, 4],
    "q3": [7, 7, 6, 5, 1],
    "q4": [10, 1, 4, 4, 2],
    "q5": [3, 9, 1, 10, 6],
    "segment": ["loyal", None, "loyal", None, None],
}


def vectors(name: str) -> list:
    cases = json.loads((ROOT / "tests" / "vectors" / name).read_text(encoding="utf-8"))["cases"]
    assert cases
    return cases


def columns_of(path) -> dict[str, list[str]]:
    """The columns of a file of comma-separated values."""
    with open(path, encoding="utf-8", newline="") as file:
        names, *rows = csv.reader(file)
    return {name: [row[k] for row in rows] for k, name in enumerate(names)}


def transactions() -> dict:
    """The purchases of the CDNOW sample."""
    data = columns_of(CDNOW / "transactions.csv")
    return {
        "customer": [int(key) for key in data["customer"]],
        "date": data["date"],
        "amount": [float(amount) for amount in data["amount"]],
    }


def bits(numbers) -> list[bytes]:
    """Doubles by their bits; every NaN is the same."""
    return [struct.pack("<d", float("nan") if n is None or math.isnan(n) else n) for n in numbers]


def near(actual, expected, tolerance) -> bool:
    """Whether numbers agree as the vectors ask: relative to what is larger than 1, None and NaN being the same."""
    actual = float("nan") if actual is None else actual
    expected = float("nan") if expected is None else float(expected)
    if math.isnan(expected) or math.isinf(expected):
        return math.isnan(actual) if math.isnan(expected) else actual == expected
    return abs(actual - expected) <= tolerance * max(1.0, abs(expected))


def run_python(code: str, *arguments: str, timeout: float = 60) -> subprocess.CompletedProcess:
    """Runs code in a process of its own."""
    command = [sys.executable, "-X", "faulthandler", "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=timeout, check=False)


@pytest.fixture
def system() -> cv.System:
    return cv.System(DOCUMENT)


@pytest.fixture
def rows() -> dict:
    return {name: list(column) for name, column in ROWS.items()}
