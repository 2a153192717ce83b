"""Weights, summaries, uncertainty and rankings as Python sees them; their numbers are tested with the vectors."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import math
import pickle
import random

import numpy
import pandas
import pytest
from conftest import ROWS

import custval as cv

PAIRS = {("quality", "price"): 4, ("quality", "service"): 2, ("service", "price"): 2}
NUMBERS = ["q1", "q3", "q4", "q5"]


def test_weights_are_a_mapping():
    weights = cv.weights.ahp(PAIRS)
    assert list(weights) == ["quality", "price", "service"] and len(weights) == 3
    assert weights == dict(weights) and sum(weights.values()) == 1.0
    assert weights.method == "ahp-eigenvector" and weights.sample == 1
    assert weights.consistency_ratio == pytest.approx(0, abs=1e-12)
    assert weights.diagnostics["lambda_max"] == pytest.approx(3)
    assert weights.table["name"] == list(weights) and weights.table["weight"].tolist() == list(weights.values())
    assert weights.notes.columns == ["code", "about", "message"]
    assert "by ahp-eigenvector" in repr(weights) and "<table" in weights._repr_html_()
    with pytest.raises(KeyError):
        weights["nothing"]
    with pytest.raises(TypeError):
        cv.Weights()


def test_judgements_in_every_form():
    square = [[1, 4, 2], [None, 1, 1 / 2], [1 / 2, 2, 1]]
    names = ["quality", "price", "service"]
    expected = cv.weights.ahp(PAIRS)
    assert cv.weights.ahp(square, names=names) == expected
    assert cv.weights.ahp(numpy.array([[1, 4, 2], [0.25, 1, 0.5], [0.5, 2, 1]]), names=names) == expected
    assert cv.weights.ahp([PAIRS, PAIRS], members=["ann", "bob"]) == pytest.approx(dict(expected))
    assert cv.weights.ahp(numpy.array([[[1, 4, 2], [0.25, 1, 0.5], [0.5, 2, 1]]] * 2), names=names).sample == 2
    fuzzy = cv.weights.ahp({pair: (value - 1, value, value + 1) for pair, value in PAIRS.items()})
    assert fuzzy.method == "ahp-fuzzy" and {"low", "middle", "high"} <= set(fuzzy.table)
    members = cv.weights.members(
        [PAIRS, {**PAIRS, ("quality", "price"): 9}], members=["ann", "bob"], member_weights=[1, 3]
    )
    assert members["member"] == ["ann", "bob"] and members["distance"][0] > 0
    assert cv.weights.triads({**PAIRS, ("quality", "price"): 9})["suggested"].tolist()[0] > 0
    inconsistent = cv.weights.ahp({**PAIRS, ("price", "quality"): 9, ("quality", "price"): 1 / 9})
    assert "circular" in inconsistent.notes["code"] and inconsistent.consistency_ratio > 0.1


@pytest.mark.parametrize(
    ("judgements", "options"),
    [
        ([], {}),
        ([[1, 2]], {}),
        ([[1, 2], [0.5]], {}),
        ([[1, 2], [0.5, 1]], {"names": ["a"]}),
        ([[1, 2], [0.5, 1]], {"names": ["a", "a"]}),
        ([[1, 2], [3, 1]], {}),
        ([[1, -2], [-0.5, 1]], {}),
        ([[1, "two"], [0.5, 1]], {}),
        ([[1, (1, 2)], [None, 1]], {}),
        ([PAIRS, {("quality", "price"): 2}], {"members": ["only one"]}),
        ([PAIRS, PAIRS], {"member_weights": [1]}),
        (PAIRS, {"method": "guess"}),
        (PAIRS, {"names": ["quality", "price"]}),
        ([[[1, 2], [0.5, 1]], [[1]]], {}),
        (5, {}),
        (None, {}),
    ],
)
def test_wrong_judgements_are_refused(judgements, options):
    with pytest.raises((cv.Error, ValueError, TypeError, LookupError)):
        cv.weights.ahp(judgements, **options)


def test_stated_ranked_mixed_compared():
    points = cv.weights.rate({"quality": 60, "price": 40}, method="points")
    assert points == {"quality": 0.6, "price": 0.4} and points.method == "points"
    assert cv.weights.rate({"a": 100, "b": 50}, method="swing", range_judged=[1, 1], range_in_use=[1, 2]) == {
        "a": 0.5,
        "b": 0.5,
    }
    ranked = cv.weights.rank({"price": 1, "quality": 2}, method="sum")
    mixed = points.mix(ranked, share=0.25)
    assert mixed["quality"] == pytest.approx(0.25 * 0.6 + 0.75 / 3) and mixed.method == "mix-arithmetic"
    assert len(points.compare(ranked)) == 2
    with pytest.raises(cv.NotFoundError):
        points.mix(cv.weights.rank(["a", "b"]))
    with pytest.raises(ValueError):
        cv.weights.rate({"a": 1, "b": 1}, method="swing", range_judged=[1], range_in_use=[1, 2])
    with pytest.raises(ValueError, match="twice"):
        cv.weights.rank(["a", "a"])
    with pytest.raises(cv.WeightError):
        cv.weights.rate({"a": -1})
    with pytest.raises(cv.NotFoundError):
        _ = points.consistency_ratio


def test_weights_get_into_a_system(system):
    weights = cv.weights.rate({"quality": 1, "design": 3})
    other = weights.apply(system, source="panel", date="2024-05-01", note="n")
    assert other.weights()["design"] == 0.75 and "panel" in other.to_json() and system.weights()["design"] != 0.75
    profiled = weights.apply(system, profile="new")
    assert "new" in profiled.profiles


def test_weights_from_data():
    data = {name: [float(cell) for cell in ROWS[name]] for name in NUMBERS}
    summary = cv.Summary(data, parts="all")
    assert cv.weights.entropy(data) == cv.weights.entropy(summary)
    assert cv.weights.critic(data) == cv.weights.critic(summary)
    for method in (cv.weights.deviation, cv.weights.variation):
        assert sum(method(data).values()) == 1.0
    assert sum(cv.weights.merec(data).values()) == 1.0
    assert cv.weights.critic(data, columns=["q1", "q3"], sacrifices=["q3"]).keys() == {"q1", "q3"}
    with pytest.raises(cv.StateError):
        cv.weights.entropy(cv.Summary(data))
    with pytest.raises(TypeError, match="columns already"):
        cv.weights.entropy(summary, columns=["q1"])
    with pytest.raises(KeyError):
        cv.weights.critic(data, sacrifices=["q9"])


def test_drivers():
    generator = random.Random(1)
    rows = [[generator.gauss(0, 1) for _ in range(3)] for _ in range(200)]
    data = {"a": [r[0] for r in rows], "b": [r[1] for r in rows], "y": [r[0] * 2 + r[1] + r[2] / 2 for r in rows]}
    weights = cv.weights.drivers(data, "y", resamples=100, seed=7)
    assert weights["a"] > weights["b"] and weights.diagnostics["r_squared"] > 0.9
    assert (
        weights.table["low"][0] < weights.table["importance"][0] < weights.table["high"][0]
    ) and weights.sample == 200
    assert cv.weights.drivers(data, "y", resamples=100, seed=7).table == weights.table
    assert "low" not in cv.weights.drivers(data, "y", resamples=0).table
    assert cv.weights.drivers(pandas.DataFrame(data), "y", resamples=0) == cv.weights.drivers(
        cv.Summary(data, parts="pairs"), "y"
    )
    with pytest.raises(cv.NotFoundError):
        cv.weights.drivers(data, "z")


# --- Summaries


def test_summaries_merge_and_travel():
    whole = cv.Summary(ROWS, columns=["q1", "q2"], parts="all")
    parts = [cv.Summary({n: c[k::2] for n, c in ROWS.items()}, columns=["q1", "q2"], parts="all") for k in (0, 1)]
    sent = [pickle.loads(pickle.dumps(part)) for part in parts]
    sent[0].merge(sent[1])
    assert sent[0].rows == whole.rows == 5 and sent[0].columns == ["q1", "q2"]
    assert sent[0].table["mean"].tolist() == pytest.approx(whole.table["mean"].tolist())
    assert sent[0].table["missing"].tolist() == [0, 1]
    assert sent[0].quantile("q1", 0.5) == 5.0 and whole.correlations["q1"][0] == 1.0
    assert cv.Summary.from_bytes(whole.to_bytes()).to_bytes() == whole.to_bytes()
    assert "5 rows" in repr(whole) and "<table" in whole._repr_html_()
    whole.update(ROWS)
    assert whole.rows == 10


def test_summaries_refuse(system):
    summary = cv.Summary({"a": [1.0, 2.0]})
    for call, error in (
        (lambda: summary.merge(cv.Summary({"b": [1.0]})), cv.StructureError),
        (lambda: summary.merge(summary), cv.ArgumentError),
        (lambda: summary.merge("another"), TypeError),
        (lambda: summary.update({"b": [1.0]}), cv.NotFoundError),
        (lambda: summary.update({"a": ["text"]}), cv.ColumnTypeError),
        (lambda: summary.update({"a": [math.inf]}), cv.NotFiniteError),
        (lambda: summary.quantile("a", 0.5), cv.StateError),
        (lambda: summary.quantile("b", 0.5), KeyError),
        (lambda: summary.correlations, cv.StateError),
        (lambda: cv.Summary(), TypeError),
        (lambda: cv.Summary({"a": [1.0]}, parts="everything"), ValueError),
        (lambda: cv.Summary({"a": [1.0]}, ranges={"a": (0, 0.5)}), cv.RangeError),
        (lambda: cv.Summary({"a": [1.0]}, ranges={"a": (0, 1, 2)}), ValueError),
        (lambda: cv.Summary.from_bytes(b"damaged"), cv.DocumentError),
        (lambda: cv.Summary.from_bytes(summary.to_bytes()[:-1]), cv.DocumentError),
        (lambda: cv.Summary(ROWS, system=system, level="leaf"), cv.NotFoundError),
    ):
        with pytest.raises(error):
            call()
    assert summary.rows == 2


def test_summaries_of_a_systems_nodes(system):
    summary = cv.Summary(ROWS, system=system, parts="all")
    assert summary.columns == ["quality", "design", "staff", "price"] and summary.rows == 5
    again = pickle.loads(pickle.dumps(summary))
    again.update(ROWS)
    assert again.rows == 10
    weights = cv.weights.critic(summary)
    assert (
        weights.apply(system).weights() != system.weights()
        if set(weights) == {"quality", "design"}
        else len(weights) == 4
    )


def test_scales_are_fitted(system):
    summary = cv.Summary(ROWS, columns=["q1", "q2"], parts=["quantiles"])
    for method in ("range", "z", "quantile"):
        fitted = summary.fit(system, method, source="survey", date="2024-01-01")
        assert fitted != system and "survey" in fitted.to_json()
    with pytest.raises(cv.NotFoundError):
        summary.fit(system, "guess")


# --- Uncertainty, rankings


def test_draws(system):
    draws = cv.uncertainty.draw(system, draws=50, seed=3)
    assert len(draws) == 50 and "quality" in draws and draws == cv.uncertainty.draw(system, draws=50, seed=3)
    assert draws != cv.uncertainty.draw(system, draws=50, seed=4)
    weights = cv.weights.rank(["a", "b"])
    for noise in ("dirichlet", "relative", "any"):
        drawn = cv.uncertainty.draw(weights, noise=noise, draws=20)
        assert all(a + b == pytest.approx(1) for a, b in zip(drawn["a"], drawn["b"]))
    judged = cv.uncertainty.draw_judgements(PAIRS, draws=20)
    assert judged.columns == ["quality", "price", "service", "cr"]
    for wrong in ({"draws": -1}, {"draws": 0}, {"noise": "loud"}, {"concentration": 0}, {"seed": -1}, {"draws": 1.5}):
        with pytest.raises((cv.Error, ValueError, TypeError)):
            cv.uncertainty.draw(system, **wrong)
    with pytest.raises(TypeError):
        cv.uncertainty.draw({"a": 1})


def test_ranks_under_uncertainty(system):
    draws = cv.uncertainty.draw(system, draws=200)
    result = cv.uncertainty.ranks(system, pandas.DataFrame(ROWS, index=list("abcde")), draws, ranks=2)
    assert list(result.index) == list("abcde") and result["p_first"].sum() == pytest.approx(1)
    assert {"rank_1", "rank_2"} <= set(result.columns)
    own = {name: list(draws[name]) for name in draws}
    again = cv.uncertainty.ranks(system, ROWS, own)
    assert again["mean_rank"] == result["mean_rank"].tolist()
    sobol = cv.uncertainty.sensitivity(system, ROWS, 0, rival=1, draws=64)
    assert {"first", "total"} <= set(sobol)
    assert "rival" in cv.uncertainty.reversal(system, ROWS)


def test_means():
    data = {"group": ["x", "y", "x"], "a": [1.0, 2.0, 3.0], "b": [1, 2, None]}
    means = cv.uncertainty.means(data, ["a"], group="group", resamples=100, top=2)
    assert means["group"] == ["x", "y"] and means["mean"].tolist() == [2, 2] and means["top_share"].tolist() == [0.5, 1]
    assert cv.uncertainty.means(data, resamples=0)["column"] == ["a", "b"]
    with pytest.raises(cv.NotFoundError):
        cv.uncertainty.means(data, ["c"])


def test_rankings(system):
    frame = pandas.DataFrame({"a": [1.0, 3.0, 2.0], "b": [9.0, 5.0, 1.0]}, index=list("xyz"))
    ranking = cv.ranking.rank(frame, {"a": 1, "b": 1}, method="topsis", sacrifices=["b"])
    assert list(ranking.index) == list("xyz") and sorted(ranking["rank"]) == [1, 2, 3]
    of_system = cv.ranking.rank(ROWS, system, method="vikor", level="indicator")
    assert len(of_system["rank"]) == 5 and "compromise" in of_system
    assert cv.ranking.ranks([1.0, math.nan, 3.0])[0::2] == [2, 1]
    fuzzy = cv.ranking.fuzzy(system, ROWS, grades=["high", "low"], scores=[100, 0], membership="triangular")
    assert set(fuzzy["grade"]) <= {"high", "low"}
    for wrong, error in (
        (lambda: cv.ranking.rank(frame, {"c": 1}), cv.NotFoundError),
        (lambda: cv.ranking.rank(frame, {"a": 1}, sacrifices=["b"]), KeyError),
        (lambda: cv.ranking.rank(frame, {"a": 1}, profile="loyal"), TypeError),
        (lambda: cv.ranking.rank(frame, {"a": -1}), cv.WeightError),
        (lambda: cv.ranking.rank(frame, {"a": "x"}), TypeError),
        (lambda: cv.ranking.fuzzy(system, ROWS, grades=["a", "b"], scores=[1]), ValueError),
        (lambda: cv.ranking.fuzzy(system, ROWS, cuts=[1]), ValueError),
        (lambda: cv.ranking.fuzzy_compose([[1.0]], [1, 2]), ValueError),
        (lambda: cv.ranking.fuzzy_compose([], []), cv.ArgumentError),
    ):
        with pytest.raises(error):
            wrong()
