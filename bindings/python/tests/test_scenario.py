"""Scenarios against the plain model of tests/vectors/scenario.json, by way of frames."""

# SPDX-License-Identifier: Apache-2.0
import json
import math
import pathlib
import pickle

import pytest

import custval as cv
from custval.scenario import Scenario, features, price_meter

VECTORS = json.loads(
    (pathlib.Path(__file__).parents[3] / "tests" / "vectors" / "scenario.json").read_text(encoding="utf-8")
)
CASES = {case["id"]: case for case in VECTORS["cases"]}
SYSTEM = cv.System(VECTORS["system"])
DATA = {name: [row[place] for row in VECTORS["rows"]] for place, name in enumerate(VECTORS["columns"])}


def is_missing(number):
    return number is None or (isinstance(number, float) and math.isnan(number))


def assert_near(found, expected):
    if expected is None:
        assert is_missing(found)
    else:
        assert found == pytest.approx(expected, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("name", CASES)
def test_plans_do_what_the_plain_model_says(name):
    case = CASES[name]
    effect = Scenario(case["scenario"]).run(SYSTEM, DATA, cuts=case["cuts"], group="segment")
    for row, expected in enumerate(case["customers"]):
        for key, number in expected.items():
            assert_near(effect.customers[key][row], number)
    for row, expected in enumerate(case["periods"]):
        for key, number in expected.items():
            assert_near(effect.periods[key][row], number)
    for key, number in case["facts"].items():
        assert_near(getattr(effect, "scored" if key == "customers" else key), number)
    assert effect.groups["group"] == ["a", "b", "", "c", None]


def test_customers_may_be_left_out():
    plan = Scenario(CASES["bogo"]["scenario"])
    whole, brief = plan.run(SYSTEM, DATA), plan.run(SYSTEM, DATA, customers=False)
    assert brief.customers is None
    assert brief[3:] == pytest.approx(whole[3:], nan_ok=True, abs=0)


def test_frames_come_back_as_they_came():
    pandas = pytest.importorskip("pandas")
    polars = pytest.importorskip("polars")
    plan = Scenario(CASES["delivery"]["scenario"])
    frame = pandas.DataFrame(DATA, index=range(10, 19))
    found = plan.run(SYSTEM, frame).customers
    assert isinstance(found, pandas.DataFrame)
    assert list(found.index) == list(frame.index)
    assert isinstance(plan.run(SYSTEM, polars.DataFrame(DATA, strict=False)).customers, polars.DataFrame)


@pytest.mark.parametrize("name", CASES)
def test_explanations_add_up(name):
    plan = Scenario(CASES[name]["scenario"])
    parts = plan.explain(SYSTEM, DATA, 0, 1)
    total = 0.0
    for change, is_part in zip(parts["change"], parts["is_part"]):
        total += change if is_part else 0.0
    assert total == parts["change"][0]


def test_a_document_is_written_compared_and_pickled():
    plan = Scenario(CASES["path"]["scenario"])
    assert json.loads(plan.dumps()) == CASES["path"]["scenario"]
    assert Scenario(plan.dumps()) == plan
    assert hash(Scenario(plan.dumps())) == hash(plan)
    assert pickle.loads(pickle.dumps(plan)) == plan
    assert plan != Scenario(CASES["bogo"]["scenario"])
    assert plan != 3
    assert plan.columns == ["volume", "rival", "stay"]
    assert "promotion" in repr(plan)
    plan.close()
    with pytest.raises(ValueError):
        plan.dumps()


def test_a_path_is_shown_without_customers(tmp_path):
    (tmp_path / "plan.json").write_text(json.dumps(CASES["bogo"]["scenario"]), encoding="utf-8")
    path = Scenario.load(tmp_path / "plan.json").path()
    assert path.jump == 1.0
    assert path.periods["phase"] == ["before"] + ["during"] * 3 + ["after"] * 5
    assert math.isnan(path.disappointment)


def test_what_is_wrong_raises():
    with pytest.raises(cv.DocumentError):
        Scenario({"custval": "worth"})
    with pytest.raises(cv.StructureError):
        Scenario({**CASES["bogo"]["scenario"], "kind": "price"})
    plan = Scenario(CASES["bogo"]["scenario"])
    with pytest.raises(cv.NotFoundError):
        plan.run(SYSTEM, {name: DATA[name] for name in DATA if name != "rival"})
    with pytest.raises(cv.RangeError):
        plan.run(SYSTEM, DATA, cuts=[1.0, 0.0])
    with pytest.raises(cv.ArgumentError):
        plan.explain(SYSTEM, DATA, 0, 99)
    with pytest.raises(TypeError):
        plan.explain(SYSTEM, DATA, 0, "first")
    with pytest.raises(cv.RangeError):
        features(3, capability=-1, saturation=1, usability=1, burden=1, weight=0.7)


@pytest.mark.parametrize("survey", VECTORS["surveys"])
def test_the_meter_finds_exact_prices(survey):
    names = ["too_cheap", "cheap", "expensive", "too_expensive"]
    found = price_meter({name: [row[place] for row in survey["rows"]] for place, name in enumerate(names)})
    for key, number in survey["facts"].items():
        assert_near(getattr(found, key), number)
    for row, expected in enumerate(survey["curves"]):
        for key, number in expected.items():
            assert_near(found.curves[key][row], number)
