"""Customer equity, chains, switching, formulas: money.json and formulas.json as C runs them, frames, and refusals."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import math

import numpy
import pandas
import polars
import pyarrow
import pytest
from conftest import bits, near, vectors

import custval as cv
from custval import equity

CASES = [case for case in vectors("money.json") if case["kind"] in ("switching", "markov", "spending", "equity")]


def columns_of(names, rows) -> dict:
    return {name: [row[k] for row in rows] for k, name in enumerate(names)}


def all_near(case, actual, expected) -> None:
    assert len(actual) == len(expected)
    assert all(near(*pair, case["tolerance"]) for pair in zip(actual, expected)), (list(actual), expected)


def switching(case) -> None:
    given, brands = case["options"], case["brands"]
    data = columns_of(case["columns"], case["rows"])
    options = {name: given[name] for name in ("inertia", "margins", "rate", "periods", "population") if name in given}
    if given["matrix"] is None:
        options["utilities"] = {brand: f"u_{brand}" for brand in brands}
    else:
        options["matrix"] = given["matrix"]
    options |= {name: name for name in ("volume", "frequency") if given.get(name)}
    customers, by_brand = equity.switching(data, brands, **options)
    for brand in brands:
        all_near(case, customers[brand], case["expected"][brand])
    assert by_brand["brand"] == brands
    all_near(case, by_brand["equity"], case["equity"])


def markov(case) -> None:
    options = {"rate": case["rate"], "periods": case["periods"], "counts": case["counts"]}
    if case["empty"] is not None:
        options["empty"] = case["empty"]
    all_near(case, equity.markov_value(case["P"], case["R"], **options), case["expected"])
    all_near(case, equity.markov_value(numpy.array(case["P"]), numpy.array(case["R"]), **options), case["expected"])


def spending(case) -> None:
    numbers = case["ceiling"], case["efficiency"], case["value"]
    if case["of"] == "acquisition":
        found = equity.acquisition_optimum(*numbers)
    else:
        found = equity.retention_optimum(*numbers, case["rate"])
    all_near(case, found, case["expected"])


def adding_up(case) -> None:
    current = columns_of(["segment", "value", "influence", "count"], case["current"])
    prospects = columns_of(["segment", "probability", "value", "cost", "count", "period"], case["prospects"])
    options = {"segment": "segment", "influence": "influence", "count": "count", "prospect_count": "count",
               "cost": "cost", "period": "period", "attribution": case["attribution"],
               "rate": case["rate"]}  # fmt: skip
    found = equity.customer_equity(current, prospects, **options)
    assert found["segment"] == [*case["segments"], None]
    for name, expected in case["expected"].items():
        all_near(case, found[name], expected)
    for kind in (pandas.DataFrame, lambda d: polars.DataFrame(d, strict=False), pyarrow.table, cv.Table):
        frames = kind(current), kind(prospects)
        assert equity.customer_equity(*frames, **options) == found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case):
    {"switching": switching, "markov": markov, "spending": spending, "equity": adding_up}[case["kind"]](case)


@pytest.mark.parametrize("case", vectors("formulas.json"), ids=lambda case: case["id"])
def test_formula(case):
    module = cv.programmes if case["of"] == "smoothed_interval" else equity
    found = getattr(module, case["of"])(**case["terms"])
    found = [found.value, found.inducement] if case["of"] == "economic_value" else [found]
    all_near(case, found, case["expected"])


# --- Equity


def test_equity_of_one_kind_of_customers():
    now = equity.customer_equity({"value": [100.0, None, 50.0]})
    assert now["equity"].tolist() == [150.0] and now["skipped"].tolist() == [1]
    later = equity.customer_equity(prospects={"probability": [0.5], "value": [100.0], "cost": [10.0]}, cost="cost")
    assert later["equity"].tolist() == [40.0]
    worth = cv.Worth({"custval": "worth", "version": 1, "existing": {"value": "paid"}})
    assert equity.customer_equity(worth.value({"paid": [1.0, 2.0]}), value="total")["equity"].tolist() == [3.0]


def test_equity_refuses():
    with pytest.raises(cv.ArgumentError):
        equity.customer_equity()
    with pytest.raises(cv.NotFoundError, match='"value"'):
        equity.customer_equity({"values": [1.0]})
    with pytest.raises(cv.Error, match="attribution"):  # a referred customer must not count twice
        equity.customer_equity({"value": [1.0], "influence": [1.0]}, influence="influence")
    with pytest.raises(cv.RangeError):
        equity.customer_equity({"value": [1.0], "i": [1.0]}, influence="i", attribution=2.0)
    with pytest.raises(cv.RangeError):
        equity.customer_equity({"value": [1.0]}, rate=-1.0)
    with pytest.raises(TypeError):
        equity.customer_equity(5)


def test_segments_may_be_numbers():
    found = equity.customer_equity({"value": [1.0, 2.0, 4.0], "cohort": [2025, 2026, 2025]}, segment="cohort")
    assert found["equity"].tolist() == [5.0, 2.0, 7.0]
    assert found["segment"] == ["2025", "2026", None]


# --- Chains


def test_chains_refuse():
    with pytest.raises(ValueError, match="a square"):
        equity.markov_value([[0.5, 0.5]], [1.0])
    with pytest.raises(ValueError, match="reward"):
        equity.markov_value([[1.0]], [1.0, 2.0])
    with pytest.raises(cv.RangeError, match="state 0|row 0"):
        equity.markov_value([[0.5, 0.4], [0.0, 1.0]], [1.0, 0.0], rate=0.1)
    with pytest.raises(cv.StateError):  # it has no end
        equity.markov_value([[1.0]], [1.0])
    with pytest.raises(cv.StateError):
        equity.markov_value([[5, 5], [0, 0]], [1.0, 0.0], rate=0.1, counts=True)
    with pytest.raises(cv.NotFoundError):
        equity.markov_value([[1.0]], [1.0], rate=0.1, empty="guess")
    with pytest.raises(TypeError):
        equity.markov_value([["a"]], [1.0])
    with pytest.raises(cv.RangeError):
        equity.markov_value([], [])


# --- Switching

DATA = {"last_brand": ["us", "them", "nobody", None], "often": [2.0, 1.0, 1.0, 1.0]}
MATRIX = [[0.7, 0.3], [0.2, 0.8]]


@pytest.mark.parametrize(
    "kind", [dict, cv.Table, lambda d: pandas.DataFrame(d, index=list("wxyz")), polars.DataFrame, pyarrow.table]
)
def test_switching_gives_the_same_kind(kind):
    options = {"matrix": MATRIX, "rate": 0.1, "periods": 3, "frequency": "often"}
    expected = equity.switching(DATA, ["us", "them"], **options)
    data = kind(DATA)
    customers, brands = equity.switching(data, ["us", "them"], **options)
    assert type(customers) is type(data) and brands == expected.brands
    table = cv.Table(customers)
    assert all(bits(table[name]) == bits(expected.customers[name]) for name in ("us", "them"))
    assert list(table["status"]) == [0, 0, 3, 1]
    if isinstance(customers, pandas.DataFrame):
        assert list(customers.index) == list("wxyz")


def test_switching_refuses():
    with pytest.raises(cv.RangeError):
        equity.switching(DATA, ["us", "them"], matrix=[[0.7, 0.2], [0.2, 0.8]])
    with pytest.raises(ValueError, match="square"):
        equity.switching(DATA, ["us", "them"], matrix=[[1.0]])
    with pytest.raises(ValueError, match="one margin"):
        equity.switching(DATA, ["us", "them"], matrix=MATRIX, margins=[1.0])
    with pytest.raises(ValueError, match="matrix or utilities"):
        equity.switching(DATA, ["us", "them"])
    with pytest.raises(ValueError, match="matrix or utilities"):
        equity.switching(DATA, ["us", "them"], matrix=MATRIX, utilities={"us": "a", "them": "b"})
    with pytest.raises(KeyError, match="them"):
        equity.switching(DATA, ["us", "them"], utilities={"us": "often"})
    with pytest.raises(cv.DuplicateError):
        equity.switching(DATA, ["us", "us"], matrix=MATRIX)
    with pytest.raises(cv.NotFoundError, match='"brand"'):
        equity.switching(DATA, ["us", "them"], matrix=MATRIX, last="brand")
    with pytest.raises(TypeError):
        equity.switching(DATA, "us", matrix=[[1.0]])


def test_the_number_of_threads_changes_no_bit():
    data = cv.Table({"last_brand": ["us", "them"] * 30000, "often": [1.0, 2.5] * 30000})
    found, seen = set(), []
    for threads in (1, 2, 3):
        cv.set_threads(threads)
        options = {"matrix": MATRIX, "periods": 3, "frequency": "often"}
        customers, brands = equity.switching(
            data, ["us", "them"], progress=lambda done, total: seen.append((done, total)), **options
        )
        found.add((bytes(customers["us"]), bytes(brands["equity"])))
    cv.set_threads(0)
    assert len(found) == 1 and seen[-1][0] == seen[-1][1] > 0


# --- Formulas


def test_formulas():
    assert equity.margin_multiple(0.8, 0.12, first="now") == pytest.approx(3.5)
    assert equity.margin_multiple(0.8, 0.12, first="next") == pytest.approx(2.5)
    assert equity.margin_multiple(0.8, 0.0, first="now", periods=2) == pytest.approx(1.8)
    assert equity.contractual_value(100, 1.0, 0.0, 2, first="next") == pytest.approx(200)
    assert equity.present_value([100.0], 0.1, first=1) == pytest.approx(100 / 1.1)
    assert equity.life_cycle_cost(100.0, [10.0, 10.0], 0.1, residual=20.0) == pytest.approx(
        100 + 10 / 1.1 + 10 / 1.21 - 20 / 1.21
    )
    assert equity.economic_value(300.0, start_up=20.0, post_purchase=80.0, increment=50.0, price=200.0) == (250.0, 50.0)
    assert equity.economic_value(300.0).inducement == 300.0
    assert equity.allowable_spend(0.5, 0.75, 100.0) == 25.0


@pytest.mark.parametrize(
    ("function", "arguments", "kind"),
    [
        (equity.acquisition_optimum, (1.5, 0.1, 100), cv.RangeError),
        (equity.retention_optimum, (0.5, 0.1, 100, -0.5), cv.RangeError),
        (equity.acquisition_optimum, (0.5, 0.1, math.inf), cv.NotFiniteError),
        (equity.present_value, ([1.0], -1.5), cv.RangeError),
        (equity.life_cycle_cost, (1.0, [1.0], -1.0), cv.RangeError),
        (equity.programme_return, (1.0, 0.0), cv.RangeError),
        (equity.allowable_spend, (0.5, 1.5, 1.0), cv.RangeError),
        (equity.active_probability, (5, 4, 1), cv.RangeError),
        (equity.active_probability, (3, 4, 1.5), cv.RangeError),
        (equity.programme_return, ("1", 1), TypeError),
        (equity.present_value, ("12", 1), TypeError),
    ],
)
def test_formulas_refuse(function, arguments, kind):
    with pytest.raises(kind):
        function(*arguments)
    with pytest.raises(cv.RangeError):
        equity.margin_multiple(1.2, 0.1, first="now")
    with pytest.raises(cv.NotFoundError, match="soon"):
        equity.margin_multiple(0.8, 0.1, first="soon")
    with pytest.raises(TypeError):
        equity.margin_multiple(0.8, 0.1)
