"""Groups, migrations and panels from Python, held against pandas where it has the like."""

# SPDX-License-Identifier: Apache-2.0
import json
import math
import pathlib
import pickle

import numpy as np
import pandas as pd
import pytest

import custval as cv
from custval import groups, migration, panel

EXAMPLES = pathlib.Path(__file__).parents[3] / "examples" / "groups"


def four(cuts):
    document = json.loads((EXAMPLES / "loyalty-profit.json").read_text(encoding="utf-8"))
    for measure, cut in zip(document["measures"], cuts):
        del measure["quantiles"]
        measure["cuts"] = [cut]
    return cv.Groups(document)


def test_reinartz_and_kumar():
    made = four([100, 24])
    frame = pd.DataFrame({"value": [120, 150, 10, 5, 100], "alive": [36, 6, 48, 2, 24]}, index=list("abcde"))
    found = made.assign(frame)
    assert list(found["group"]) == ["true_friend", "butterfly", "barnacle", "stranger", "true_friend"]
    assert list(found.index) == list("abcde")
    assert made.ids == ["true_friend", "butterfly", "barnacle", "stranger"]
    assert made.measures == {"profit": "value", "loyalty": "alive"}
    assert made.label("stranger", "zh") == "低盈利低忠诚顾客"
    assert made.advice("barnacle").startswith("Use contacts that cost little")
    with pytest.raises(KeyError):
        made.label("nobody")


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_documents_come_back(path):
    made = cv.Groups.load(path)
    assert json.loads(made.dumps()) == json.loads(path.read_text(encoding="utf-8"))
    assert pickle.loads(pickle.dumps(made)) == made
    assert hash(made) == hash(cv.Groups(made.dumps()))
    assert path.stem != "bands" or repr(made) == "<custval.Groups: low, fair, good, high>"


def test_quantiles_are_those_of_numpy():
    numbers = np.random.default_rng(3).lognormal(3, 1, 501)
    shares = [0.1, 0.25, 0.5, 0.9]
    made = cv.Groups(
        {"custval": "groups", "version": 1, "measures": [{"id": "m", "quantiles": shares}], "groups": [{"id": "a"}]}
    )
    cuts = json.loads(made.fix({"m": numbers}).dumps())["measures"][0]["cuts"]
    np.testing.assert_allclose(cuts, np.quantile(numbers, shares), rtol=1e-14)
    levels = made.assign({"m": numbers})["m"]
    np.testing.assert_array_equal(levels, np.searchsorted(cuts, numbers, side="right") + 1)


def test_descriptions_are_those_of_pandas():
    draw = np.random.default_rng(4)
    frame = pd.DataFrame({"value": draw.normal(50, 30, 400), "alive": draw.random(400), "worth": draw.random(400)})
    made = four([50, 0.5])
    found = made.describe(frame, "worth").to_pandas().set_index("group")
    wanted = frame.groupby(np.asarray(made.assign(frame)["group"]))
    for name in made.ids:
        assert found.loc[name, "customers"] == len(wanted.get_group(name))
        assert found.loc[name, "profit_mean"] == pytest.approx(wanted.get_group(name)["value"].mean(), rel=1e-12)
        assert found.loc[name, "allowable"] == pytest.approx(0.02 * wanted.get_group(name)["worth"].mean(), rel=1e-12)
    with pytest.raises(cv.NotFoundError):
        made.assign({"value": [1.0]})


def periods(seed, count=3, customers=300):
    draw = np.random.default_rng(seed)
    out = []
    for _ in range(count):
        here = draw.permutation(customers)[: draw.integers(customers // 2, customers)]
        out.append(pd.DataFrame({"customer": here, "state": draw.choice(["low", "mid", "high"], len(here))}))
    return out


def test_matrices_are_those_of_pandas():
    one, other = periods(5, 2)
    made = cv.Migration(["low", "mid", "high"], periods=[one, other], empty="stay")
    both = one.merge(other, on="customer", how="left", suffixes=("", "_after")).fillna({"state_after": "absent"})
    wanted = pd.crosstab(both["state"], both["state_after"])
    found = made.matrix().to_pandas().set_index("from")
    for state in ("low", "mid", "high"):
        for after in ("low", "mid", "high", "absent"):
            assert found.loc[state, f"to_{after}"] == wanted.loc[state, after]
    shares = made.matrix(0, probabilities=True).to_pandas().set_index("from").to_numpy()
    np.testing.assert_allclose(shares.sum(axis=1), 1, rtol=1e-15)
    assert made.states == ["low", "mid", "high", "absent"]
    assert made.steps == 1
    newcomers = set(other["customer"]) - set(one["customer"])
    assert made.flows()["newcomers"][-1] == len(newcomers)


def test_the_chain_agrees_with_numpy():
    made = cv.Migration(["low", "mid", "high"], periods=periods(6, 4))
    matrix = made.matrix(probabilities=True).to_pandas().set_index("from").to_numpy()
    forecast = made.forecast(3, [10, 0, 0, 0]).to_pandas().set_index("step").to_numpy()
    now = forecast[0]
    for step in range(3):
        now = now @ matrix + [10, 0, 0, 0]
        np.testing.assert_allclose(forecast[step + 1], now, rtol=1e-13)
    steady = made.steady()
    shares = np.array(steady.table["share"])
    np.testing.assert_allclose(shares @ matrix, shares, atol=1e-15)
    assert (steady.closed, steady.absorbing, steady.passing, steady.period) == (1, 0, 0, 1)
    values = made.value([1, 2, 3, 0], rate=0.1)
    np.testing.assert_allclose(
        list(values.values()), np.linalg.solve(np.eye(4) - matrix / 1.1, [1, 2, 3, 0]), rtol=1e-12
    )
    assert made.value([1, 2, 3, 0], periods=0) == {"low": 1.0, "mid": 2.0, "high": 3.0, "absent": 0.0}
    fit = made.test()
    assert 0 < fit.p < 1 and fit.freedom == 3 * 2 * 3 + 1 * 3
    assert made.test(made).statistic == 0


def test_what_a_migration_refuses():
    made = cv.Migration(["low", "high"])
    with pytest.raises(cv.DuplicateError, match="customer .1. is there twice"):
        made.add({"customer": [1, 1], "state": ["low", "low"]})
    with pytest.raises(cv.NotFoundError, match="no state"):
        made.add({"customer": ["a"], "state": ["hig"]})
    with pytest.raises(cv.StateError):
        made.matrix()
    made.add({"customer": [1, 2], "state": ["low", None]})
    made.add({"customer": [1, 2], "state": ["low", "low"]})
    assert made.flows()["unknown_in"][0] == 1
    with pytest.raises(ValueError, match="absent one included"):
        made.value([1, 2])
    with pytest.raises(TypeError):
        cv.Migration("low")
    with pytest.raises(TypeError):
        pickle.dumps(made)
    assert repr(made) == "<custval.Migration: low, high, absent; 1 steps>"
    assert isinstance(made, migration.Migration)


def test_cohorts():
    history = cv.History(
        {
            "customer": ["a", "b", "a", "b", "c"],
            "date": ["2026-01-01", "2026-01-02", "2026-02-01", "2026-03-01", "2026-03-09"],
        },
        amount=None,
        period="month",
    )
    found = groups.cohorts(history).to_pandas()
    assert list(found["age"]) == [0, 1, 2, 0]
    assert list(found["repeat"]) == [0, 0.5, 1, 0]
    assert len(groups.cohorts(history, "2026-02")) == 2
    with pytest.raises(cv.RangeError):
        groups.cohorts(history, length=0)


def test_trends_are_least_squares():
    draw = np.random.default_rng(8)
    frame = pd.DataFrame({"customer": np.repeat(np.arange(20), 12), "period": np.tile(np.arange(12), 20)})
    frame["value"] = draw.normal(size=240)
    frame = frame[draw.random(240) < 0.8]
    found = panel.trend(frame, half_life=3, as_of=11).to_pandas().set_index("id")
    for customer, rows in frame.groupby("customer"):
        slope = np.polyfit(rows["period"], rows["value"], 1)[0]
        weights = 0.5 ** ((rows["period"].max() - rows["period"]) / 3)
        assert found.loc[str(customer), "slope"] == pytest.approx(slope, abs=1e-12)
        assert found.loc[str(customer), "smoothed"] == pytest.approx(
            np.average(rows["value"], weights=weights), abs=1e-13
        )
        assert found.loc[str(customer), "gaps"] == np.ptp(rows["period"]) + 1 - len(rows)
    with pytest.raises(cv.DuplicateError):
        panel.trend({"customer": ["a", "a"], "period": [1, 1], "value": [1.0, 2.0]})
    assert (
        panel.trend({"customer": ["a", "a"], "period": [1, 1], "value": [1.0, 2.0]}, averages=True)["level"][0] == 1.5
    )


def test_weights_meet_the_margins():
    draw = np.random.default_rng(9)
    frame = pd.DataFrame({"region": draw.choice(["N", "S"], 200, p=[0.8, 0.2]), "age": draw.integers(0, 3, 200)})
    found = panel.weights(frame, {"region": {"N": 50, "S": 50}, "age": {0: 0.2, 1: 0.3, 2: 0.5}})
    weights = np.asarray(found.weights["weight"])
    assert weights.mean() == pytest.approx(1, rel=1e-12)
    assert weights[frame["region"] == "S"].sum() == pytest.approx(100, rel=1e-9)
    assert weights[frame["age"] == 2].sum() == pytest.approx(100, rel=1e-9)
    assert found.effective == pytest.approx(weights.sum() ** 2 / (weights**2).sum())
    assert (found.weighted, found.missing) == (200, 0)
    with pytest.raises(cv.NotFoundError, match="no target for category"):
        panel.weights(frame, {"region": {"N": 1}})


def test_changes_of_the_same_people_are_paired():
    draw = np.random.default_rng(10)
    one = draw.normal(50, 10, 40)
    other = one + draw.normal(2, 3, 40)
    found = panel.change({"customer": np.arange(40), "value": one}, {"customer": np.arange(40), "value": other})
    difference = other - one
    assert found.error == pytest.approx(difference.std(ddof=1) / math.sqrt(40), rel=1e-12)
    assert found.change == pytest.approx(difference.mean(), rel=1e-12)
    assert found.both == 40
    assert found.low < found.change < found.high
    apart = panel.change({"customer": np.arange(40), "value": one}, {"customer": np.arange(40) + 40, "value": other})
    assert apart.error > found.error
