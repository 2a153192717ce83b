"""Systems: reading, building, looking into, scoring, explaining."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import csv
import datetime
import json
import math

import pytest
from conftest import DOCUMENT, ROWS, SURVEY, bits

import custval as cv


def test_documents_in_every_form(tmp_path, system):
    text = json.dumps(DOCUMENT)
    path = tmp_path / "ü.json"
    path.write_text("\ufeff" + text, encoding="utf-8")
    assert system == cv.System(text) == cv.System.loads(text) == cv.System.load(path) == cv.System.load(str(path))
    system.save(tmp_path / "saved.json")
    assert cv.System.load(tmp_path / "saved.json") == system
    assert cv.System(system.to_dict()) == system
    for wrong in (None, 5, b"{}", ["a"]):
        with pytest.raises(TypeError):
            cv.System(wrong)
    for wrong in ("", "{", "[]", "{}", '{"custval": "system", "version": 99}', "\ud800", text + "x"):
        with pytest.raises(ValueError):
            cv.System(wrong)
    with pytest.raises(FileNotFoundError):
        cv.System.load(tmp_path / "nowhere.json")


def test_equality_and_hash(system):
    other = system.with_weights({"quality": 5})
    assert other != system and system == cv.System(DOCUMENT) and hash(system) == hash(cv.System(DOCUMENT))
    assert system != "system" and {system: 1}[cv.System(DOCUMENT)] == 1
    assert system.with_weights({}) == system


def test_looking_into_it(system):
    assert system.id == "system" and system.inputs == ["q1", "q2", "q3", "q4", "q5", "segment"]
    assert system.profiles == ["loyal"] and system.contexts == []
    nodes = {node.id: node for node in system.nodes}
    assert (
        nodes["quality"].parent == "product" and nodes["product"].parent == "benefit" and nodes["value"].parent is None
    )
    assert (nodes["quality"].kind, nodes["quality"].side) == ("indicator", "benefit")
    assert nodes["quality"].local_weight == pytest.approx(2 / 3) and nodes["quality"].global_weight == pytest.approx(
        0.5
    )
    assert system.weights()["product"] == 0.75
    assert system.weights("loyal")["design"] == 0.9
    assert "quality" in str(system) == system.tree() and "15 nodes" in repr(system)
    with pytest.raises(cv.NotFoundError, match="nobody"):
        system.weights("nobody")
    with pytest.raises(cv.NotFoundError, match="qualty"):
        system.label("qualty")
    assert system.label("quality") == "quality"


def test_weights_by_name(system, rows):
    other = system.with_weights({"quality": 1, "design": 3})
    assert other.weights()["design"] == 0.75 and other.profiles == ["loyal"]
    third = system.with_weights({"quality": 1, "design": 1}, profile="loyal")
    assert third.weights("loyal")["design"] == 0.5 and third.weights() == system.weights()
    for wrong, error in (
        ({"nothing": 1}, cv.NotFoundError),
        ({"quality": -1}, cv.WeightError),
        ({"quality": math.inf}, cv.WeightError),
        ({"quality": "much"}, TypeError),
        ({"quality": 0, "design": 0}, cv.WeightError),
    ):
        with pytest.raises(error):
            system.with_weights(wrong)
    with pytest.raises(LookupError):
        system.with_weights({"quality": 1}, profile="nobody")


def test_builder_knows_everything(system):
    built = (
        cv.Builder(
            "everything",
            form="index",
            aggregator="geometric",
            missing="neutral",
            neutral=40,
            out_of_scale="clamp",
            coverage_floor=0.25,
            profile_column="segment",
            context_column="where",
            override_column="customer",
            note="a note",
        )
        .label("value", {"en": "Value", "zh": "价值"})
        .side("benefit", weight=0.75, aggregator="mean", label="Benefit", note="n")
        .side("sacrifice", weight=0.25, aggregator="power", exponent=2.0)
        .dimension("benefit", "product", weight=2, aggregator="geometric", coverage_floor=0.5, label="Product")
        .indicator("product", "quality", weight=3, cost=2.5, weight_column="importance of quality", note="n")
        .item("quality", "q1", scale=(1, 10), reversed=True, missing_codes=[98, 99], weight=2, id="item one")
        .item("quality", "q2", curve="linear", parameters=[10, 5])
        .indicator("product", "design", weight_column="importance")
        .item("design", "q3", points=[(0, 0), (5, 80), (10, 100)], out_of_scale="missing")
        .item("design", "q4", categories={"good": 100, "bad": 0})
        .item("design", "q5", categories={1: 10, 2: 20})
        .dimension("sacrifice", "money", note="n")
        .indicator("money", "price", tag="pay")
        .item(
            "price",
            "q6",
            scale=(1, 10),
            expectation=5,
            curve="prospect",
            parameters=[0.88, 0.88, 2.25],
            label={"en": "Price"},
        )
        .derived("extra", {"quality": 1, "price": 2}, label="Extra", aggregator="mean")
        .profile("loyal", {"quality": 5, "design": 1}, label="Loyal customers", note="n")
        .context("abroad", {"quality": 1}, {"q6": 7}, label={"en": "Abroad"}, note="n")
        .gate("quality", below=20, cap=30, note="n")
        .gate("price", above=90, cap=10)
        .relief("price", by="quality", share=0.25, note="worth it")
        .override("C1", 55, node="quality", author="me", reason="visit", expires=datetime.date(2030, 1, 31))
        .highest("quality")
        .origin("product", "ahp-eigenvector", source="panel", sample=12, date="2024-05-01", diagnostics={"cr": 0.05})
        .build()
    )
    document = built.to_dict()
    assert cv.System(document) == built and cv.Builder.from_system(built).build() == built
    text = built.to_json()
    for said in (
        "geometric",
        "neutral",
        "clamp",
        "价值",
        "item one",
        "prospect",
        "Loyal customers",
        "abroad",
        "visit",
        "worth it",
        "ahp-eigenvector",
    ):
        assert said in text
    assert built.contexts == ["abroad"] and built.label("value", "zh") == "价值"
    changed = (
        cv.Builder.from_system(built)
        .set_scale("item one", 0, 5)
        .set_scale("q3", 0, 1, points=[(0, 0), (1, 100)])
        .build()
    )
    assert changed != built


def test_builder_says_what_is_wrong():
    builder = cv.Builder().dimension("benefit", "a").indicator("a", "b")
    with pytest.raises(cv.NotFoundError, match="nowhere"):
        builder.indicator("nowhere", "c")
    with pytest.raises(cv.DuplicateError):
        builder.indicator("a", "b")
    with pytest.raises(cv.NotFoundError, match="no such side"):
        builder.dimension("no such side", "c")
    with pytest.raises(TypeError, match="unexpected keyword argument 'wieght'"):
        builder.indicator("a", "c", wieght=1)
    with pytest.raises(cv.NotFoundError):
        builder.indicator("a", "c", aggregator="sum of all")
    with pytest.raises(TypeError, match="either"):
        builder.gate("b", cap=1)
    with pytest.raises(ValueError, match="at most 3"):
        builder.item("b", "q", curve="linear", parameters=[1, 2, 3, 4])
    with pytest.raises((TypeError, ValueError)):
        builder.item("b", "q", scale=(1, 2, 3))
    with pytest.raises(TypeError):
        builder.item("b", "q", scale=("a", "b"))
    with pytest.raises(ValueError, match="NUL"):
        builder.indicator("a", "c\0d")
    with pytest.raises(TypeError):
        builder.indicator("a", 5)
    with pytest.raises(cv.StructureError):
        builder.build()
    assert builder.item("b", "q", scale=(0, 1)).build().inputs == ["q"]


def test_a_label_is_that_of_its_own_item():
    builder = cv.Builder().dimension("benefit", "a").indicator("a", "b").indicator("a", "c")
    builder.item("b", "q", scale=(0, 1))
    with pytest.raises(cv.DuplicateError, match='"q"'):
        builder.item("c", "q", scale=(0, 1), label="second")
    system = builder.item("c", "q", scale=(0, 1), id="again", label="second").build()
    assert (system.label("q"), system.label("again")) == ("q", "second")


def test_single_rows(system):
    scores = system.score_row({"q1": 5, "other": object()}, q2=6, q3=None, q4=7, q5=8, segment="loyal")
    assert list(scores) == ["value", "benefit", "sacrifice", "coverage"] and len(scores) == 4
    assert scores.value == scores["value"] and scores.status == 0 and scores.problems == []
    assert "value=" in repr(scores)
    assert math.isnan(system.score_row().value) and system.score_row().problems == ["missing"]
    assert system.score_row(q1=11).problems == ["out-of-scale"]
    assert "unknown-profile" in system.score_row(q1=5, segment="nobody").problems
    with pytest.raises(TypeError, match="no column 'q9'"):
        system.score_row(q9=1)
    for wrong in ({"q1": "five"}, {"q1": b"5"}, {"q1": object()}, {"q1": 1j}, {"segment": 1.5}):
        with pytest.raises(TypeError):
            system.score_row(wrong)
    with pytest.raises(ValueError):
        system.score_row(q1=10**400)
    system.close()
    with pytest.raises(ValueError, match="closed"):
        system.score_row(q1=1)


def test_a_mapping_that_scores_by_itself_disturbs_nothing(system):
    class Nested(dict):
        def get(self, name, default=None):
            system.score_row({"q1": 10, "segment": "loyal"})
            return super().get(name, default)

    row = {name: column[0] for name, column in ROWS.items()}
    assert system.score_row(Nested(row)).value == system.score_row(row).value


def test_levels_and_coverage(system, rows):
    scores = system.score(rows, levels=["value", "indicator"], coverage="all")
    assert {"value", "quality", "quality.coverage", "coverage", "status"} <= scores.keys() and "q1" not in scores
    assert system.score(rows, levels="item", coverage="none").keys() == {"q1", "q2", "q3", "q4", "q5", "status"}
    for wrong in ({"levels": "leaf"}, {"coverage": "some"}):
        with pytest.raises(ValueError, match="no "):
            system.score(rows, **wrong)
    with pytest.raises(TypeError):
        system.score(rows, level="value")
    assert system.score(rows, profile="loyal")["value"][1] != system.score(rows)["value"][1]


def test_statuses_in_words_and_numbers(system, rows):
    rows["q1"][0] = 50
    scores = system.score(rows)
    counts = cv.status_counts(scores, cv.Table(scores))
    assert counts["rows"] == 10 and counts["out-of-scale"] == 2 and counts["scored"] == 8
    assert "q1" in system.reason(rows, 0) and system.reason(rows, 1) == ""
    with pytest.raises(LookupError):
        cv.status_counts({"value": [1]})


def test_explanations_add_up(system, rows):
    explanation = system.explain(rows, 0)
    value = system.score(rows)["value"][0]
    total = 0.0
    for row in explanation.rows():
        total += row["contribution"] if row["is_part"] else 0.0
    assert bits([total]) == bits([value])
    assert (
        "total" in str(explanation) and "<table" in explanation._repr_html_() and "#b2182b" in explanation._repr_html_()
    )
    change = system.change(rows, 0, rows, 1)
    assert len(change) > 5
    labels = system.explain(rows, 0, language="zh")
    assert labels.columns == explanation.columns


@pytest.mark.parametrize("row", [-1, 5, 1 << 62, 1 << 64])
def test_rows_that_do_not_exist(system, rows, row):
    calls = [system.explain, system.levers, system.reason, lambda d, r: system.target(d, r, 50.0)]
    calls += [lambda d, r: system.flip(d, 0, r), lambda d, r: system.compare(d, own=r)]
    calls += [lambda d, r: cv.uncertainty.sensitivity(system, d, r, draws=16)]
    for call in calls:
        with pytest.raises((cv.Error, IndexError)):
            call(rows, row)


@pytest.mark.parametrize("row", ["first", 1.5, None, [1]])
def test_rows_that_are_no_numbers(system, rows, row):
    for call in (system.explain, system.reason):
        with pytest.raises(TypeError):
            call(rows, row)


def test_advice(system, rows):
    levers = system.levers(rows)
    assert {"quality", "design", "staff", "price"} == set(levers["node"])
    assert system.levers(rows, 2) != levers
    target = system.target(rows, 4, 30.0)
    assert len(target) >= 1
    flip = system.flip(rows, 0, 1)
    assert "node" in flip
    offers = {**rows, "cost": [100, 120, 90, 80, 110]}
    comparison = system.compare(offers, price="cost")
    assert sorted(comparison["rank"]) == [1, 2, 3, 4, 5] and "value_index" in comparison
    assert sum(comparison["choice_share"]) == pytest.approx(1)
    assert len(system.compare(offers, own=2)) == 4
    with pytest.raises(cv.RangeError):
        system.compare(offers, choice_scale=-1)
    with pytest.raises(TypeError):
        system.target(rows, 0, "more")


def test_checks(system, rows):
    assert cv.Table(system.check()).columns == ["code", "node", "message"]
    rows["q5"] = [5] * 5
    assert len(system.check(rows)) > len(system.check())


def test_overrides_need_a_date_and_have_one():
    builder = (
        cv.Builder(override_column="customer")
        .dimension("benefit", "d")
        .indicator("d", "i")
        .item("i", "q", scale=(0, 100))
    )
    until = datetime.date.today() + datetime.timedelta(days=1)
    system = builder.override("C1", 99, author="me", reason="visit", expires=until).build()
    rows = {"q": [10, 10], "customer": ["C1", "C2"]}
    assert system.score(rows)["value"] == [99, 10]
    assert system.score(rows, as_of=until + datetime.timedelta(days=1))["value"] == [10, 10]
    assert system.score(rows, as_of="2999-01-01")["value"] == [10, 10]
    assert system.score_row(q=10, customer="C1").problems == ["overridden"]
    with pytest.raises(ValueError):
        system.score(rows, as_of="tomorrow")


def test_the_survey_is_scored():
    system = cv.System.load(SURVEY / "perceived-value.json")
    with open(SURVEY / "customer_satisfaction_yellow_pages.csv", encoding="utf-8", newline="") as file:
        names, *cells = csv.reader(file)
    data = {name: [float(row[place]) for row in cells] for place, name in enumerate(names)}
    scores = system.score(data)
    assert len(scores["value"]) == 1811 and cv.status_counts(scores)["rows"] == 1811


def test_a_system_as_a_table_scores_as_its_document():
    with open(SURVEY / "perceived-value.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    numbers = ("low", "high", "reversed")
    items = {
        name: [None if row[name] == "" else float(row[name]) if name in numbers else row[name] for row in rows]
        for name in rows[0]
    }
    made, document = cv.System.from_table(items), cv.System.load(SURVEY / "perceived-value.json")
    assert made.inputs == document.inputs and made.texts == []
    answers = dict.fromkeys(made.inputs, 3)
    assert dict(made.score_row(answers)) == dict(document.score_row(answers))
    with pytest.raises(cv.StructureError, match='row 3: column "low" is missing') as caught:
        cv.System.from_table({**items, "low": [1, 1, 1, None, *items["low"][4:]]})
    assert caught.value.row == 3
    with pytest.raises(cv.NotFoundError, match='did you mean "low"'):
        cv.System.from_table({**items, "lo": items["low"]})


def test_columns_of_texts_are_known():
    system = cv.System(
        {
            "custval": "system",
            "version": 1,
            "dimensions": [
                {
                    "id": "d",
                    "side": "benefit",
                    "indicators": [
                        {
                            "id": "i",
                            "items": [
                                {"column": "class", "curve": {"type": "table", "scores": {"gold": 100}}},
                                {"column": "q", "scale": [1, 5]},
                            ],
                        }
                    ],
                }
            ],
        }
    )
    assert system.texts == ["class"]


def test_tables_show_themselves(system, rows):
    table = system.score(cv.Table({name: cells * 10 for name, cells in rows.items()}))
    assert str(table).count("\n") == 21 and "30 more rows" in str(table)
    assert "<table" in table._repr_html_() and "30 more" in table._repr_html_()
    assert "50 rows" in repr(table)
    tagged = cv.Table({"<b>": ["<script>", None]})
    assert "<script>" not in tagged._repr_html_() and "&lt;b&gt;" in tagged._repr_html_()
    assert list(table) == table.columns and "value" in table and "nothing" not in table
    assert next(table.rows())["status"] == 0
    with pytest.raises(cv.NotFoundError, match="valeu"):
        table["valeu"]
    with pytest.raises(TypeError):
        table[0]
    assert table != 5 and table == cv.Table(table)
    with pytest.raises(TypeError):
        hash(table)


def test_features():
    assert cv.has_feature("json") and not cv.has_feature("telepathy")
    assert cv.__version__.count(".") == 2 and cv.library_path
    assert set(cv.__all__) <= set(dir(cv))
