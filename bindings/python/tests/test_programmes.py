"""Knowledge bases of programmes: frames of any kind, documents, copies; the numbers are tests/vectors' affair."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import copy
import json
import math
import pathlib
import pickle

import numpy
import pandas
import polars
import pytest

import custval as cv
from custval.programmes import next_need, smoothed_interval

ROOT = pathlib.Path(__file__).resolve().parents[3]
EXAMPLES = ROOT / "examples" / "programmes"


@pytest.fixture
def base() -> cv.Programmes:
    return cv.Programmes.load(EXAMPLES / "programmes.json")


@pytest.fixture
def customers() -> pandas.DataFrame:
    return pandas.read_csv(EXAMPLES / "customers.csv")


def test_any_frame_gives_the_same_plan(base, customers):
    wanted = base.match(customers).to_dict()
    assert len(wanted["row"]) == 23
    assert base.match(polars.from_pandas(customers)).to_dict() == wanted
    assert base.match({name: list(customers[name]) for name in customers}).to_dict() == wanted


def test_threads_change_nothing(base, customers):
    many = pandas.concat([customers] * 2000, ignore_index=True)
    before = cv.threads()
    try:
        cv.set_threads(1)
        one = base.match(many).to_dict()
        cv.set_threads(3)
        assert base.match(many).to_dict() == one
    finally:
        cv.set_threads(before)


def test_a_base_shows_what_it_is(base):
    assert len(base) == 14
    assert base.traits["segment"] == "category" and base.traits["online"] == "flag" and base.traits["age"] == "number"
    assert base.segment == "segment"
    assert cv.Programmes({"custval": "programmes", "version": 1, "programmes": [{"id": "a"}]}).segment is None
    assert repr(base) == "<custval.Programmes: 14 programmes>"
    assert base.list("ko")["label"][0] == "방문 배송"
    assert base.dumps() == (EXAMPLES / "programmes.json").read_text(encoding="utf-8")
    for other in (pickle.loads(pickle.dumps(base)), copy.deepcopy(base), cv.Programmes(json.loads(base.dumps()))):
        assert other == base and hash(other) == hash(base)
    assert base != "base"


def test_explaining_and_comparing(base, customers):
    why = base.explain(customers, 5, language="zh").to_dict()
    assert why["programme"][0] == "home-delivery" and why["label"][0] == "送货上门"
    assert why["reason"][0] == "like Lin (0.986)"
    assert why["missing"][why["programme"].index("purchase-reminder")] == "uses_regularly"
    near = base.nearest(customers, 5, top=1).to_dict()
    assert near["trait"] == ["age", "hours_away", "segment", "effort", "uses_regularly"]
    known = [part for part in near["part"] if part is not None and not math.isnan(part)]
    assert near["similarity"][0] == pytest.approx(sum(known) / len(known), abs=1e-15)
    with pytest.raises(cv.ArgumentError):
        base.explain(customers, 8)


def test_checking(base, customers):
    assert base.check().to_dict()["place"] == []
    assert base.check(customers).to_dict()["place"] == ["age", "hours_away", "uses_regularly", "wallet_gap", "contacts"]


def test_a_budget_limits_the_cost(base, customers):
    plan = base.match(customers, budget=20).to_dict()
    assert sum(plan["cost"]) <= 20
    assert base.match(customers, top=1, least_net=50).to_dict()["programme"] == ["problem-solving"] * 2


def test_learning(base):
    outcomes = pandas.read_csv(EXAMPLES / "outcomes.csv")
    wiser = base.update(outcomes)
    assert wiser != base
    programmes = wiser.list().to_dict()
    assert programmes["rate"][0] == pytest.approx((3 + 2 * 0.6) / 5, abs=1e-15)
    assert programmes["segment"][1] == "household"
    with pytest.raises(cv.NotFoundError, match="did you mean"):
        base.update({"programme": ["win-bak"], "success": [1.0]})
    with pytest.raises(cv.RangeError, match="0 or 1"):
        base.update({"programme": ["win-back"], "success": [0.5]})


def test_refusals():
    with pytest.raises(cv.DocumentError, match="no programmes document"):
        cv.Programmes({"custval": "worth", "version": 1})
    with pytest.raises(cv.NotFoundError, match=r"\$\.contacted"):
        cv.Programmes({"custval": "programmes", "version": 1, "contacted": "x", "programmes": [{"id": "a"}]})


def test_the_next_need():
    jars = pandas.read_csv(EXAMPLES / "jars.csv")
    due = next_need(
        jars,
        as_of="2026-03-01",
        stock="rice",
        capacity="jar",
        since="days_since",
        users=[("adults", "per_adult"), ("children", "per_child")],
        lead=1,
    ).to_dict()
    assert due["row"] == [1, 0, 3, 2, 4, 5]
    assert due["date"][0] == "2026-02-27"
    assert due["quantity"][1] == pytest.approx(30 - 1.55, abs=1e-12)
    soon = next_need(jars, stock="rice", users=[("adults", "per_adult")], within=10).to_dict()
    assert "date" not in soon and all(days <= 10 for days in soon["days"])
    by_history = next_need(
        {"mean": numpy.array([30.0, 7.0]), "ago": numpy.array([20.0, 9.0])}, interval="mean", since="ago"
    )
    assert by_history.to_dict()["days"] == [-2.0, 10.0]
    with pytest.raises(cv.ArgumentError):
        next_need(jars, stock="rice")
    assert smoothed_interval([10.0, 20.0, 40.0], 0.5) == 27.5
    with pytest.raises(cv.RangeError):
        smoothed_interval([10.0], 0.0)
