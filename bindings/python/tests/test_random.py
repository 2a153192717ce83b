"""Whatever comes in, what comes out is a result or one of the promised exceptions, and never a crash."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import array
import copy
import datetime
import decimal
import json
import math
import pickle

import numpy
import pandas
import polars
import pyarrow
import pytest
from conftest import DOCUMENT, ROWS, bits
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import custval as cv

PROMISED = (cv.Error, ValueError, TypeError, LookupError)
settings.register_profile(
    "here", deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, max_examples=150
)
settings.load_profile("here")

numbers = st.one_of(st.floats(), st.integers(-20, 20), st.sampled_from([1, 10, 5.5, 0, math.inf, -1e308, 5e-324]))
texts = st.text(max_size=8) | st.sampled_from(["loyal", "", "q1", "ü", "\ud800", "a\0b"])
words = st.sampled_from(
    [
        "difference",
        "index",
        "ratio",
        "mean",
        "geometric",
        "power",
        "reject",
        "neutral",
        "worst",
        "clamp",
        "log",
        "benefit",
        "en",
    ]
)
leaves = st.none() | st.booleans() | numbers | texts | words
anything = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3), max_leaves=6
)


# --- Documents


def places(value, path=()):
    yield path
    if isinstance(value, dict):
        for key in value:
            yield from places(value[key], (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from places(inner, (*path, index))


@st.composite
def documents(draw):
    """The document with some places replaced, removed, doubled or added to."""
    document = copy.deepcopy(DOCUMENT)
    for _ in range(draw(st.integers(0, 3))):
        path = draw(st.sampled_from([path for path in places(document) if path]))
        inside = document
        for key in path[:-1]:
            inside = inside[key]
        kind = draw(st.sampled_from(["replace", "remove", "double", "add"]))
        if kind == "replace":
            inside[path[-1]] = draw(anything)
        elif kind == "remove":
            del inside[path[-1]]
        elif kind == "double" and isinstance(inside, list):
            inside.append(copy.deepcopy(inside[path[-1]]))
        elif isinstance(inside, dict):
            key = st.sampled_from(
                ["weight", "aggregator", "form", "missing", "gates", "scale", "curve", "exponent", "label", "note"]
            )
            inside[draw(key | texts)] = draw(anything)
    return document


@given(documents())
@settings(max_examples=400)
def test_documents(document):
    try:
        system = cv.System(document)
    except PROMISED:
        return
    assert cv.System(system.to_json()) == system == pickle.loads(pickle.dumps(system))
    assert cv.Builder.from_system(system).build() == system
    assert str(system) and len(system.nodes) > 3 and len(system.check().columns) == 3
    data = {name: ROWS.get(name, [1, 2, 3, 4, 5]) for name in system.inputs}
    try:
        scores = system.score(data, levels="all")
        system.explain(data, 0)
    except PROMISED:
        return
    assert len(scores["status"]) == 5


@given(st.text(max_size=40) | st.binary(max_size=40).map(lambda b: b.decode("utf-8", "surrogateescape")) | anything)
def test_texts_that_are_no_documents(text):
    with pytest.raises(PROMISED):
        cv.System(text)


# --- Tables


def columns_of(rows):
    floats = st.lists(st.none() | numbers, min_size=rows, max_size=rows)
    strings = st.lists(st.none() | texts.filter(lambda t: "\ud800" not in t), min_size=rows, max_size=rows)
    small = st.lists(st.integers(-100, 100), min_size=rows, max_size=rows)
    return st.one_of(
        floats,
        strings,
        small.map(lambda c: array.array("b", c)),
        small.map(lambda c: numpy.array(c, dtype="int32")),
        small.map(lambda c: numpy.array(c * 2, dtype="float32")[::2]),
        small.map(lambda c: numpy.array(c, dtype=float)[::-1]),
        floats.map(lambda c: pandas.Series(c, dtype="Float64")),
        strings.map(lambda c: pandas.Series(c, dtype="category")),
        strings.map(lambda c: pyarrow.array(c, pyarrow.string())),
        floats.map(lambda c: pyarrow.array([None if n is None else float(n) for n in c], pyarrow.float64())),
        small.map(lambda c: polars.Series(c, dtype=polars.Int16)),
        st.lists(leaves, min_size=rows, max_size=rows),
    )


tables = st.integers(0, 9).flatmap(
    lambda rows: st.dictionaries(st.sampled_from([*ROWS, "other", "ü"]), columns_of(rows), min_size=1)
)


def same(one, other):
    return one.columns == other.columns and all(
        one[name] == other[name] if isinstance(one[name], list) else bits(one[name]) == bits(other[name])
        for name in one
    )


@given(tables)
@settings(max_examples=400)
def test_tables(columns):
    try:
        table = cv.Table(columns)
    except PROMISED:
        return
    assert same(pickle.loads(pickle.dumps(table)), table)
    assert same(cv.Table(pyarrow.table(table)), table) and same(cv.Table(polars.DataFrame(table)), table)
    assert table.to_dict().keys() == columns.keys() and len(list(table.rows())) == len(table)
    assert str(table) and table._repr_html_() and len(table.to_pandas()) == len(table)


@given(tables)
@settings(max_examples=300)
def test_scoring_random_tables(columns):
    system = cv.System(DOCUMENT)
    data = {
        **{name: [5] * len(next(iter(columns.values()))) for name in system.inputs[:-1]},
        "segment": [None] * 99,
        **columns,
    }
    data["segment"] = columns.get("segment", [None] * len(next(iter(columns.values()))))
    try:
        scores = system.score(data)
    except PROMISED:
        return
    scores = cv.Table(scores)
    for row in range(len(scores)):
        bad = int(scores["status"][row]) & 0xFFFFFF00
        assert math.isnan(scores["value"][row]) == bool(bad)
        assert (system.reason(data, row) == "") == (scores["status"][row] == 0)
    try:
        alone = [system.score_row({name: cells[row] for name, cells in data.items()}) for row in range(len(scores))]
    except PROMISED:
        return
    assert bits([row.value for row in alone]) == bits(scores["value"])


@given(
    st.dictionaries(st.sampled_from([*ROWS, "other"]), anything),
    st.dictionaries(st.sampled_from(["q1", "segment"]), leaves),
)
@settings(max_examples=300)
def test_scoring_random_rows(answers, more):
    try:
        scores = cv.System(DOCUMENT).score_row(answers, **more)
    except PROMISED:
        return
    assert math.isnan(scores.value) == bool(scores.status & 0xFFFFFF00)


# --- Every call with anything

THINGS = [
    None,
    True,
    0,
    -1,
    7,
    1 << 70,
    1.5,
    math.nan,
    math.inf,
    1j,
    "",
    "quality",
    "benefit",
    "mean",
    "\ud800",
    "a\0",
    b"bytes",
    [],
    [1, 2],
    ["q1"],
    [[1, 2], [0.5, 1]],
    (1, 10),
    {},
    {"quality": 1},
    {"quality": "x"},
    {1: 2},
    ROWS,
    {"q1": [1.0, 2.0, 4.0], "q2": [3, 1, 2]},
    DOCUMENT,
    object(),
    int,
    datetime.date(2024, 1, 1),
    decimal.Decimal(3),
    numpy.float64(2),
    numpy.int64(1),
    numpy.zeros(3),
    numpy.zeros((2, 2)),
    pandas.DataFrame(ROWS),
    polars.DataFrame({"q1": [1.0]}),
    pyarrow.table(ROWS),
]
things = st.sampled_from(THINGS) | st.sampled_from(
    [
        cv.System(DOCUMENT),
        cv.Table(ROWS),
        cv.Summary({"q1": [1.0, 2.0], "q3": [2.0, 1.0]}, parts="all"),
        cv.weights.rank(["quality", "design"]),
    ]
)
SYSTEM = cv.System(DOCUMENT)


def method(make, name):
    """A call of a method of a new object."""
    return lambda *arguments, **options: getattr(make(), name)(*arguments, **options)


def small(call, **usual):
    """A call that does not take long unless it is asked to."""
    return lambda *arguments, **options: call(*arguments, **{**usual, **options})


def new_builder():
    return cv.Builder.from_system(SYSTEM)


def new_summary():
    return cv.Summary(ROWS, columns=["q1", "q2"], parts="all")


def new_weights():
    return cv.weights.rank(["quality", "design"])


METHODS = {
    lambda: SYSTEM: (
        "change check compare explain flip label levers reason score score_row score_stream target tree weights "
        "with_weights"
    ),
    new_builder: (
        "context derived dimension gate highest indicator item label origin override profile set_scale set_weight side"
    ),
    new_summary: "fit from_bytes merge quantile update",
    new_weights: "apply compare mix",
}
FUNCTIONS = {
    cv: "Builder Summary System Table has_feature status_counts",
    cv.Builder: "from_system",
    cv.weights: "ahp bwm critic deviation entropy members merec random_index rank rate triads variation",
    cv.uncertainty: "means ranks reversal",
    cv.ranking: "fuzzy fuzzy_compose rank ranks",
}
CALLS = {
    **{
        f"{type(make()).__name__}.{name}": method(make, name)
        for make, names in METHODS.items()
        for name in names.split()
    },
    **{
        f"{where.__name__}.{name}": getattr(where, name) for where, names in FUNCTIONS.items() for name in names.split()
    },
    "drivers": small(cv.weights.drivers, resamples=0),
    "draw": small(cv.uncertainty.draw, draws=10),
    "draw_judgements": small(cv.uncertainty.draw_judgements, draws=10),
    "sensitivity": small(cv.uncertainty.sensitivity, draws=16),
}
OPTIONS = [
    "aggregator",
    "as_of",
    "columns",
    "context",
    "coverage",
    "data",
    "diagnostics",
    "group",
    "label",
    "level",
    "levels",
    "method",
    "names",
    "noise",
    "note",
    "operation",
    "parts",
    "points",
    "price",
    "profile",
    "ranges",
    "row",
    "sacrifices",
    "scale",
    "share",
    "spread",
    "ties",
    "weight",
    "weights",
    "members",
    "member_weights",
    "cuts",
    "grades",
    "own",
    "categories",
    "curve",
    "parameters",
    "missing_codes",
]


@pytest.mark.parametrize("name", CALLS)
@given(arguments=st.lists(things, max_size=4), options=st.dictionaries(st.sampled_from(OPTIONS), things, max_size=2))
@settings(max_examples=120)
def test_calls_with_anything(name, arguments, options):
    try:
        CALLS[name](*arguments, **options)
    except PROMISED:
        pass


@given(st.data())
def test_summaries_from_damaged_bytes(data):
    whole = bytearray(cv.Summary(ROWS, columns=["q1", "q2"], parts="all").to_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    whole = whole[: data.draw(st.integers(0, len(whole)))]
    try:
        cv.Summary.from_bytes(bytes(whole)).table.to_dict()
    except PROMISED:
        pass


def test_json_of_any_size():
    deep = "[" * 100000
    for text in (deep, json.dumps({"custval": "system", "version": 1, "x": "y" * 100000})):
        with pytest.raises(PROMISED):
            cv.System(text)
