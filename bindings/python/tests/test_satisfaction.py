"""Satisfaction from Python: the known answers of the C tests, frames in and out, links as objects."""

# SPDX-License-Identifier: Apache-2.0
import copy
import json
import math
import pathlib
import pickle

import pytest

import custval
from custval import System, satisfaction
from custval.satisfaction import Link

SOURCE = pathlib.Path(__file__).resolve().parents[3]
CASES = {
    case["id"]: case
    for case in json.loads((SOURCE / "tests/vectors/satisfaction.json").read_text(encoding="utf-8"))["cases"]
}
ATTRIBUTES = json.loads((SOURCE / "tests/vectors/attributes.json").read_text(encoding="utf-8"))["cases"]
EFFECTS = json.loads((SOURCE / "tests/vectors/effects.json").read_text(encoding="utf-8"))["cases"]


def columns(case, rows="rows"):
    """Columns of a case; None where a number or text is missing."""
    return {name: [row[place] for row in case[rows]] for place, name in enumerate(case["columns"])}


def check(result, case, key="expected"):
    for name, wanted in case[key].items():
        assert len(result[name]) == len(wanted)
        for got, number in zip(result[name], wanted):
            if number is None:
                assert got is None or math.isnan(got)
            elif isinstance(number, str):
                assert got == number
            else:
                assert got == pytest.approx(number, rel=case["tolerance"], abs=case["tolerance"])


@pytest.mark.parametrize("name", ["gap_each", "gap_goals"])
def test_gaps_are_those_of_fractions(name):
    case = CASES[name]
    result = satisfaction.gap(
        System(case["system"]),
        columns(case),
        columns(case, "expectation"),
        measures=["performance", "expectation", "gap", "prospect", "sum"],
        curves={indicator: tuple(curve) for indicator, curve in case["curves"].items()},
        levels=["value", "side", "dimension", "indicator"],
    )
    check(result, case)


@pytest.mark.parametrize("case", EFFECTS, ids=lambda case: case["id"])
def test_effects_are_those_of_walked_paths(case):
    result = satisfaction.effects([Link(document) for document in case["links"]], case["level"])
    check(result, {**case, "tolerance": 1e-12})


def test_loss_aversion_is_an_option():
    indicator = {"id": "i", "items": [{"column": "q", "scale": [0, 10]}]}
    dimension = {"id": "d", "side": "benefit", "indicators": [indicator]}
    system = System({"custval": "system", "version": 1, "dimensions": [dimension]})
    even = satisfaction.gap(system, {"q": [4.0]}, {"q": [5.0]}, measures="prospect", alpha=1, beta=1, loss_aversion=3)
    assert even["value.prospect"] == pytest.approx([-30.0])
    with pytest.raises(ValueError, match="is no measure"):
        satisfaction.gap(system, {"q": [4.0]}, {"q": [5.0]}, measures="loss")
    with pytest.raises(custval.StructureError, match="one row for all customers"):
        satisfaction.gap(system, {"q": [4.0, 1.0, 2.0]}, {"q": [5.0, 5.0]})
    with pytest.raises(custval.NotFoundError, match='"q"'):
        satisfaction.gap(system, {"q": [4.0]}, {"r": [5.0]})


def test_zones_are_those_of_fractions():
    case = CASES["zone"]
    three = [columns(case, key) for key in ("rows", "adequate", "desired")]
    check(satisfaction.tolerance(System(case["system"]), *three), case)


@pytest.mark.parametrize("name", ["encounters_first_score", "encounters_first_stated"])
def test_encounters_are_those_of_fractions(name):
    case = CASES[name]
    check(satisfaction.encounters(columns(case), time="time", **case["options"]), case)


@pytest.mark.parametrize("name", ["linear", "logistic", "logistic_ridge", "linear_ridge"])
def test_links_are_those_of_the_packages(name):
    case = CASES[name]
    link = Link.fit(columns(case), case["outcome"], case["predictors"], kind=case["link"], ridge=case.get("ridge", 0))
    check(link.coefficients().to_dict(), case)
    for key, number in case["facts"].items():
        assert link.facts[key] == pytest.approx(number, rel=case["tolerance"])
    if "new" in case:
        data = {name: [row[place] for row in case["new"]] for place, name in enumerate(case["predictors"])}
        check(link.predict(data, level=case["level"]), case, "predicted")
    if "covariance" in case:
        flat = [number for row in link.covariance() for number in row]
        assert flat == pytest.approx(case["covariance"], rel=1e-5)


def test_a_link_is_its_document():
    case = CASES["logistic"]
    link = Link.fit(columns(case), case["outcome"], case["predictors"], kind="logistic")
    again = Link.loads(link.to_json())
    assert again == link == pickle.loads(pickle.dumps(link)) == Link(json.loads(link.to_json()))
    assert hash(again) == hash(link) and copy.copy(link) == link
    assert again.facts == pytest.approx(link.facts, nan_ok=True) and again.covariance() == link.covariance()
    assert (link.kind, link.outcome, link.predictors) == ("logistic", "z", ["a", "b", "c"])
    assert "z from a, b, c" in repr(link)
    link.close()
    with pytest.raises(ValueError, match="closed"):
        link.to_json()
    with pytest.raises(custval.DocumentError, match=r"\$\.kind"):
        Link({"custval": "link", "version": 1, "kind": "cubic", "outcome": "y", "intercept": 1, "terms": []})


def test_separated_outcomes_are_refused_and_a_ridge_helps():
    data = {"y": [0, 0, 1, 1], "x": [1.0, 2.0, 3.0, 4.0]}
    with pytest.raises(custval.ConvergenceError, match="use a ridge"):
        Link.fit(data, "y", ["x"], kind="logistic")
    assert Link.fit(data, "y", ["x"], kind="logistic", ridge=1).coefficients()["coefficient"][1] > 0


def test_frames_come_back_as_they_went_in():
    pandas = pytest.importorskip("pandas")
    data = pandas.DataFrame({"x": [1.0, None, 3.0]}, index=["a", "b", "c"])
    link = Link(
        {
            "custval": "link",
            "version": 1,
            "kind": "linear",
            "outcome": "y",
            "intercept": 1,
            "terms": [{"predictor": "x", "coefficient": 2}],
        }
    )
    out = link.predict(data)
    assert list(out.index) == ["a", "b", "c"]
    assert out["prediction"]["a"] == 3 and math.isnan(out["prediction"]["b"])


def test_nps_and_backtests_are_those_of_the_packages():
    case = CASES["nps"]
    check(satisfaction.nps(columns(case), group="region").to_dict(), case)
    for name in ("backtest_binary", "backtest_numeric"):
        case = CASES[name]
        result = satisfaction.backtest(columns(case), edges=case["edges"], level=case["level"])
        check(result.bands.to_dict(), case)
        for key, number in case["facts"].items():
            assert getattr(result, key) == pytest.approx(number, rel=1e-12)
    assert math.isnan(result.auc)


def test_disconfirmation_gives_the_loss_aversion():
    data = {"performance": [5.0, 7, 3, 8, 4, 6, 2, 9], "expectation": [5.0, 5, 6, 5, 6, 4, 5, 7]}
    gain = [max(p - e, 0) for p, e in zip(data["performance"], data["expectation"])]
    loss = [max(e - p, 0) for p, e in zip(data["performance"], data["expectation"])]
    data["satisfaction"] = [2 + 0.5 * e + up - 2 * down for e, up, down in zip(data["expectation"], gain, loss)]
    link, aversion = satisfaction.disconfirmation(data, split=True)
    assert link.predictors == ["expectation", "gain", "loss"]
    assert aversion.value == pytest.approx(2) and aversion.error < 1e-12
    link, aversion = satisfaction.disconfirmation(data)
    assert link.predictors == ["expectation", "gap"] and aversion is None


def test_what_matters_in_which_way():
    rows = [(o, q) for o, q in [(2, 1), (3, 1), (6, 5), (6, 6), (6, 5), (7, 10), (7, 10)] * 3]
    table = satisfaction.penalty_reward({"overall": [o for o, _ in rows], "q": [q for _, q in rows]}, "overall", ["q"])
    assert table["factor"] == ["basic"] and list(table["lows"]) == [6]
    with pytest.raises(ValueError, match="go together"):
        satisfaction.penalty_reward({}, "a", ["b"], low=1)
    kano = satisfaction.kano({"f": [1, 1, 3], "d": [2, 3, None]}, {"f": "d"})
    assert kano["class"] == ["attractive"] and list(kano["missing"]) == [1]
    four = satisfaction.quadrants({"importance": [1, 2, 3], "performance": [3, 2, 1]}, performance_cut=2.5)
    assert four["quadrant"] == ["overkill", "concentrate", "concentrate"]


@pytest.mark.parametrize("case", ATTRIBUTES, ids=lambda case: case["id"])
def test_attributes_are_classified_as_with_fractions(case):
    if case["kind"] == "kano":
        result = satisfaction.kano(columns(case), dict(case["features"]))
    else:
        cuts = {name: case[name] for name in ("importance_cut", "performance_cut")}
        result = satisfaction.quadrants(columns(case), **cuts)
    check(result, case)


def test_kept_columns_come_along():
    indicator = {"id": "i", "items": [{"column": "q", "scale": [0, 10]}]}
    dimension = {"id": "d", "side": "benefit", "indicators": [indicator]}
    system = System({"custval": "system", "version": 1, "dimensions": [dimension]})
    data = {"who": ["a", "b"], "q": [7.0, 4.0], "importance": [1.0, 2.0], "performance": [1.0, 2.0]}
    link = Link.fit({"y": [1.0, 3.0, 5.0, 7.5], "q": [0.0, 1.0, 2.0, 3.0]}, "y", ["q"])
    results = [
        satisfaction.gap(system, data, {"q": [5.0]}, keep="who"),
        satisfaction.tolerance(system, data, {"q": [5.0]}, {"q": [8.0]}, keep="who"),
        satisfaction.encounters(data, updating=1, weight=1, customer="who", score="q", keep=["who"]),
        satisfaction.quadrants(data, keep="who"),
        link.predict(data, keep="who"),
    ]
    for result in results:
        assert list(result)[0] == "who" and result["who"] == ["a", "b"]
