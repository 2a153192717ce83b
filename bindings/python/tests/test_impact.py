"""From indicator to equity, against the plain model of tests/vectors/impact.json, by way of frames."""

# SPDX-License-Identifier: Apache-2.0
import json
import math
import pathlib
import pickle

import pytest

import custval as cv
from custval.impact import Impact

ROOT = pathlib.Path(__file__).parents[3]
VECTORS = json.loads((ROOT / "tests" / "vectors" / "impact.json").read_text(encoding="utf-8"))
CASES = {case["id"]: case for case in VECTORS["cases"]}
DATA = {
    name: [float("inf") if row[place] == "inf" else row[place] for row in VECTORS["rows"]]
    for place, name in enumerate(VECTORS["columns"])
}
FITTED = "fitted chain, gated difference"


def assert_near(found, expected):
    if expected is None:
        assert found is None or (isinstance(found, float) and math.isnan(found))
    else:
        assert found == pytest.approx(expected, rel=1e-11, abs=1e-11)


def fitted(name):
    case = CASES[name]
    system = cv.System(case["system"])
    return case, system, Impact(case["impact"]).fit(system, DATA, as_of=VECTORS["as_of"])


@pytest.mark.parametrize("name", CASES)
def test_every_answer_is_that_of_the_plain_model(name):
    case, system, impact = fitted(name)
    answer = impact.run(system, DATA, levels=case["levels"], as_of=VECTORS["as_of"])
    assert len(answer.levers["node"]) == len(case["levers"])
    for row, expected in enumerate(case["levers"]):
        for key, number in expected.items():
            if key in ("node", "kind"):
                assert answer.levers[key][row] == number
            else:
                assert_near(answer.levers[key][row], number)
    for row, expected in enumerate(case["customers"]):
        for key, number in expected.items():
            assert_near(answer.customers[key][row], number)
    for key, number in case["facts"].items():
        assert_near(getattr(answer, "counted" if key == "customers" else key), number)
    for link, expected in zip(impact.links, case["links"]):
        for found, number in zip(link.coefficients()["coefficient"], expected["coefficients"]):
            assert_near(found, number)


def test_columns_are_what_is_read_beside_those_of_the_system():
    case, system, impact = fitted(FITTED)
    plan = Impact(case["impact"])
    assert plan.columns(system, fitting=True) == ["satisfaction", "renewed"]
    assert impact.columns(system) == ["margin"]
    assert impact.columns(system, fitting=True) == []
    with pytest.raises(TypeError):
        plan.columns(None)


def test_a_document_is_written_compared_and_pickled():
    case, _, impact = fitted(FITTED)
    plan = Impact(case["impact"])
    assert plan.to_dict() == case["impact"]
    assert plan.links == [None, None] and "2 yet to be fitted" in repr(plan)
    assert [link.kind for link in impact.links] == ["linear", "logistic"] and "fitted" not in repr(impact)
    assert pickle.loads(pickle.dumps(impact)) == impact != plan
    assert Impact.loads(impact.to_json()) == impact


def test_what_an_answer_rests_on_is_listed():
    _, _, impact = fitted(FITTED)
    rests = impact.assumptions()
    assert {"data", "stated", "assumed"} == set(rests["source"])
    assert list(rests["n"])[:1] == [33.0]
    assert any("taken for a cause" in what for what in rests["what"])


def test_frames_come_back_as_they_came_with_what_is_kept():
    pandas = pytest.importorskip("pandas")
    _, system, impact = fitted(FITTED)
    frame = pandas.DataFrame(DATA, index=range(5, 41))
    found = impact.run(system, frame, keep="key").customers
    assert isinstance(found, pandas.DataFrame)
    assert list(found.index) == list(frame.index) and list(found["key"]) == DATA["key"]
    assert impact.run(system, frame, customers=False).customers is None


def test_draws_are_those_of_their_seed():
    _, system, impact = fitted(FITTED)
    first, again, other = (impact.run(system, DATA, draws=100, seed=seed).levers["drawn.low"] for seed in (1, 1, 2))
    assert list(first) == list(again) != list(other)


def test_what_cannot_be_is_refused():
    case, system, impact = fitted(FITTED)
    with pytest.raises(cv.StateError, match="yet to be fitted"):
        Impact(case["impact"]).run(system, DATA)
    with pytest.raises(cv.NotFoundError, match="margin"):
        impact.run(system, {name: cells for name, cells in DATA.items() if name != "margin"})
    with pytest.raises(cv.RangeError, match="level"):
        impact.run(system, DATA, level=1.0)
    with pytest.raises(cv.ArgumentError, match="only dimensions"):
        impact.run(system, DATA, levels="value")
    with pytest.raises(cv.DocumentError, match="no impact document"):
        Impact({"custval": "link"})


def test_levers_are_drawn_with_their_intervals_and_costs():
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    from matplotlib import pyplot

    from custval import plot

    _, system, impact = fitted(FITTED)
    answer = impact.run(system, DATA)
    ax = plot.levers(answer.levers)
    widths = sorted(patch.get_width() for patch in ax.patches)
    assert widths == sorted(answer.levers["gain"])
    intervals = [line.get_xdata() for line in ax.lines if len(set(line.get_ydata())) == 1]
    assert sorted(low for low, _ in intervals) == sorted(answer.levers["low"])
    costs = [line.get_xdata()[0] for line in ax.lines[1:] if line.get_xdata()[0] == line.get_xdata()[1]]
    assert sorted(costs) == sorted(row["cost"] for row in answer.levers.rows() if row["cost"] is not None)
    assert "cost" in ax.get_xlabel()
    pyplot.close("all")
    with pytest.raises(ValueError):
        plot.levers(cv.Table({"gain": [], "low": [], "cost": []}))
