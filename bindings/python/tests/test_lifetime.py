"""Nothing dangles, whatever outlives whatever; and nothing stays behind."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import array
import copy
import gc
import itertools
import pickle
import threading
import weakref

import numpy
import pandas
import polars
import pyarrow
import pytest
from conftest import DOCUMENT, ROWS

import custval as cv
from custval import _frames

SIZE = 5000


def big() -> dict:
    return {name: numpy.tile(numpy.array(ROWS[name], dtype=float), SIZE // 5) for name in ROWS if name != "segment"} | {
        "segment": ROWS["segment"] * (SIZE // 5)
    }


def churn():
    """Overwrites what was given back."""
    gc.collect()
    for _ in range(20):
        numpy.full(SIZE, -12345.0)
        bytes(SIZE * 8)


VIEWS = {
    "memoryview": lambda table: table["value"],
    "numpy": lambda table: numpy.asarray(table["value"]),
    "to_numpy": lambda table: table.to_numpy()["value"],
    "pandas": lambda table: table.to_pandas()["value"],
    "polars": lambda table: table.to_polars()["value"],
    "pyarrow": lambda table: table.to_pyarrow()["value"],
    "capsules": lambda table: pyarrow.RecordBatch._import_from_c_capsule(*table.__arrow_c_array__())["value"],
    "slice": lambda table: table["value"][0:SIZE],
}


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("end", ["close", "del", "both"])
def test_views_outlive_tables(system, view, end):
    table = system.score(cv.Table(big()))
    expected = list(table["value"])
    seen = VIEWS[view](table)
    if end != "del":
        table.close()
    if end != "close":
        del table
    churn()
    assert list(seen.to_pylist() if hasattr(seen, "to_pylist") else seen) == expected


@pytest.mark.parametrize("order", list(itertools.permutations(["system", "data", "result", "explanation"])))
def test_objects_end_in_any_order(order):
    held = {"system": cv.System(DOCUMENT), "data": cv.Table(big())}
    held["result"] = held["system"].score(held["data"])
    held["explanation"] = held["system"].explain(held["data"], 3)
    first, text = held["result"]["value"][0], str(held["explanation"])
    for name in order:
        held.pop(name)
        churn()
        if "result" in held:
            assert held["result"]["value"][0] == first
        if "explanation" in held:
            assert str(held["explanation"]) == text
        if "system" in held and "data" in held:
            assert held["system"].score(held["data"])["value"][0] == first


def test_tables_of_users_copy_what_may_change():
    column = array.array("d", [1, 2, 3])
    frame = pandas.DataFrame({"a": numpy.array([1.0, 2.0, 3.0])}, copy=False)
    tables = [cv.Table({"a": column}), cv.Table(frame), cv.Table({"a": frame["a"].to_numpy()})]
    column[0] = 9
    frame.iloc[0, 0] = 9
    column.extend([1] * 10000)
    del column, frame
    churn()
    assert all(table["a"].tolist() == [1, 2, 3] for table in tables)


def test_tables_share_what_does_not_change():
    data = polars.DataFrame({"a": [1.0, 2.0, 3.0], "b": ["x", None, "z" * 50]})
    table = cv.Table(data)
    again = cv.Table(table)
    del data, table
    churn()
    assert again.to_dict() == {"a": [1, 2, 3], "b": ["x", None, "z" * 50]}


def test_weights_tables_outlive_weights():
    weights = cv.weights.ahp([[1, 3], [1 / 3, 1]], names=["a", "b"])
    table, diagnostics, notes = weights.table, weights.diagnostics, weights.notes
    view = table["weight"]
    weights.close()
    del weights
    churn()
    assert table["name"] == ["a", "b"] and view.tolist() == [0.75, 0.25]
    assert diagnostics["cr"] == 0 and len(notes) == 0


def test_systems_made_from_others_stand_alone(system, rows):
    other = system.with_weights({"quality": 3, "design": 1})
    builder = cv.Builder.from_system(system)
    system.close()
    churn()
    assert other.weights()["quality"] == 0.75
    assert builder.set_weight("quality", 1).build().score(rows)["value"][0] is not None


@pytest.mark.parametrize(
    "make",
    [
        lambda: cv.System(DOCUMENT),
        lambda: cv.Table(ROWS),
        lambda: cv.Builder(),
        lambda: cv.Summary({"a": [1.0]}),
        lambda: cv.weights.rank(["a", "b"]),
        lambda: cv.System(DOCUMENT).explain(ROWS, 0),
    ],
)
def test_closed_objects_say_so(make):
    made = make()
    with made as same:
        assert same is made
    made.close()
    for use in (
        lambda: made.__enter__(),
        lambda: made.score(ROWS),
        lambda: made.score_row(),
        lambda: made.to_json(),
        lambda: len(made) if isinstance(made, cv.Table) else made.rows,
        lambda: made.table,
        lambda: made.build(),
        lambda: made.columns,
        lambda: made["value"],
        lambda: str(made),
        lambda: repr(made),
        lambda: pickle.dumps(made),
    ):
        try:
            use()
        except (ValueError, AttributeError, TypeError, KeyError) as error:
            if type(error) is ValueError:
                assert "closed" in str(error)
    with pytest.raises(ValueError, match=f"this {type(made).__name__} is closed"):
        made.__enter__()


def test_closed_objects_are_no_arguments(system, rows):
    table = cv.Table(rows)
    table.close()
    with pytest.raises(ValueError, match="this Table is closed"):
        system.score(table)
    weights = cv.weights.rank(["a", "b"])
    weights.close()
    with pytest.raises(ValueError, match="closed"):
        cv.uncertainty.draw(weights)
    summary = cv.Summary({"a": [1.0]})
    other = cv.Summary({"a": [1.0]})
    other.close()
    with pytest.raises(ValueError, match="closed"):
        summary.merge(other)


def test_closing_under_a_running_call_is_harmless():
    expected = cv.System(DOCUMENT).score(cv.Table(big()))["value"].tolist()
    for _ in range(20):
        system, table = cv.System(DOCUMENT), cv.Table(big())
        started, results = threading.Event(), []

        def work(system=system, table=table, started=started, results=results):
            started.set()
            try:
                results.append(system.score(table)["value"].tolist())
            except ValueError:
                results.append(expected)

        thread = threading.Thread(target=work)
        thread.start()
        started.wait()
        system.close()
        table.close()
        thread.join()
        assert results == [expected]


def test_pickles_and_copies_are_equal(system, rows):
    table = cv.Table(
        {
            "f": [1.5, None],
            "t": ["a", None],
            "i": array.array("i", [1, 2]),
            "n": [None, None],
            "u": array.array("Q", [1, 2**63]),
        }
    )
    explanation = system.explain(rows, 0)
    summary = cv.Summary(rows, columns=["q1", "q2"], parts="all")
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(table, protocol))
        assert again == table and again.types == table.types and again["u"].tolist() == [1, 2**63]
        assert pickle.loads(pickle.dumps(system, protocol)) == system
        same = pickle.loads(pickle.dumps(explanation, protocol))
        assert type(same) is cv.Explanation and str(same) == str(explanation)
        assert pickle.loads(pickle.dumps(summary, protocol)).to_bytes() == summary.to_bytes()
    assert copy.copy(system) == system and copy.deepcopy(table) == table
    assert hash(copy.copy(system)) == hash(system)
    for made in (cv.Builder(), cv.weights.rank(["a"]), system.score_stream(pyarrow.table(ROWS))):
        with pytest.raises((TypeError, ValueError)):
            pickle.dumps(made)


def test_borrowed_memory_is_given_back_after_errors(system):
    column = array.array("d", [1.0])
    with pytest.raises(cv.NotFoundError):
        system.score({"q1": column})
    gc.collect()
    column.append(2.0)
    with pytest.raises(ZeroDivisionError), _frames.table_of({"a": column}):
        1 / 0  # noqa: B018
    gc.collect()
    column.append(3.0)


def test_arrow_producers_are_released(system):
    column = pyarrow.array(numpy.arange(float(SIZE)))
    before = pyarrow.total_allocated_bytes()
    table = pyarrow.table(
        {name: pyarrow.array([5.0] * SIZE) for name in system.inputs[:-1]} | {"segment": ["loyal"] * SIZE}
    )
    for _ in range(3):
        system.score(table)
        cv.Table(table).close()
        cv.Summary(table, columns=["q1"])
    del table
    gc.collect()
    assert pyarrow.total_allocated_bytes() <= before
    assert len(column) == SIZE


def test_nothing_waits_for_a_collection(system):
    """Memory goes back when the last object goes: no object of the package holds itself."""
    columns = {name: array.array("d", [5.0] * SIZE) for name in system.inputs[:-1]}
    data = {**columns, "segment": ["loyal"] * SIZE}
    gc.collect()
    gc.disable()
    try:
        for _ in range(2):
            pointers = [
                weakref.ref(made._pointer) for made in (cv.Table(data), cv.Summary(data), system.explain(data, 0))
            ]
            pointers += [weakref.ref(cv.weights.ahp([[1, 3], [1 / 3, 1]])._pointer), weakref.ref(cv.Builder()._pointer)]
            pointers.append(weakref.ref(cv.System(DOCUMENT)._pointer))
            result = system.score(data)
            cv.uncertainty.means(data, ["q1"], resamples=0)
            assert [pointer() for pointer in pointers] == [None] * 6
            for column in columns.values():
                column.append(5.0)
            data["segment"] = [*data["segment"], None]
            assert len(result["value"]) == len(columns["q1"]) - 1
    finally:
        gc.enable()
