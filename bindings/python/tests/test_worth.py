"""Values of customers: money.json as C runs it, frames, documents, concentration, wallets."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
import math
import pickle

import numpy
import pandas
import polars
import pyarrow
import pytest
from conftest import bits, near, vectors

import custval as cv

CASES = [case for case in vectors("money.json") if case["kind"] in ("worth", "returns", "concentration", "allocation")]

DOCUMENT = {
    "custval": "worth", "version": 1, "period": "year", "rate": 0.1,
    "existing": {"revenue": "revenue", "margin": 0.4, "service_cost": "service"},
    "potential": {"value": "clv"},
    "influence": {"attribution": 0.5, "value": "influence"},
}  # fmt: skip
ROWS = {"revenue": [100.0, 20.0, None, 50.0], "service": [10.0, 15.0, 1.0, 5.0], "clv": [60.0, 5.0, 3.0, -4.0],
        "influence": [10.0, 0.0, 0.0, 2.0], "segment": ["a", "b", "a", "b"]}  # fmt: skip


def table_of(case) -> dict:
    rows = [[math.inf if cell == "inf" else cell for cell in row] for row in case["rows"]]
    return {name: [row[k] for row in rows] for k, name in enumerate(case.get("columns", case.get("brands")))}


def same(case, table: cv.Table) -> None:
    for name, expected in case["expected"].items():
        actual = table[name]
        assert len(actual) == len(expected)
        for one, wanted in zip(actual, expected):
            assert one == wanted if isinstance(wanted, str) else near(one, wanted, case["tolerance"]), name


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case):
    if case["kind"] == "worth":
        found = cv.Worth(case["document"]).value(cv.Table(table_of(case)))
        assert set(found.columns) == case["expected"].keys()
        same(case, found)
    elif case["kind"] == "returns":
        same(case, cv.Worth(case["document"]).returns(table_of(case), case["segment"]))
    elif case["kind"] == "concentration":
        found = cv.worth.concentration({"total": case["values"]}, points=case["points"])
        for name, value in case["facts"].items():
            assert near(getattr(found, "customers" if name == "count" else name), value, case["tolerance"]), name
        same(case, found.curve)
    else:
        same(case, cv.Table(cv.worth.wallet_allocation(cv.Table(table_of(case)), case["brands"])))


def frames() -> dict:
    frame = pandas.DataFrame(ROWS, index=list("wxyz"))
    table = pyarrow.table(ROWS)
    return {
        "dict": ROWS,
        "arrays": {
            name: numpy.array(column, dtype=object if name == "segment" else float) for name, column in ROWS.items()
        },
        "table": cv.Table(ROWS),
        "pandas": frame.assign(junk=[object()] * 4, since=pandas.Timestamp("2020-01-01")),
        "pandas nullable": frame.convert_dtypes(),
        "polars": polars.DataFrame(ROWS),
        "pyarrow": table,
        "pyarrow chunks": pyarrow.concat_tables([table[:1], table[1:]]),
    }


KINDS = {"dict": dict, "arrays": dict, "table": cv.Table, "pandas": pandas.DataFrame, "polars": polars.DataFrame,
         "pyarrow": pyarrow.Table}  # fmt: skip


@pytest.mark.parametrize("kind", frames())
def test_every_kind_of_frame(kind):
    worth, data = cv.Worth(DOCUMENT), frames()[kind]
    expected = worth.value(cv.Table(ROWS))
    given = worth.value(data)
    assert isinstance(given, KINDS[kind.partition(" ")[0]])
    assert cv.Table(given).columns == expected.columns
    assert all(bits(cv.Table(given)[name]) == bits(expected[name]) for name in expected)
    if isinstance(given, pandas.DataFrame):
        assert list(given.index) == list("wxyz")
    assert worth.returns(data, "segment") == worth.returns(ROWS, "segment")
    assert worth.returns(ROWS)["segment"] == [None] * 6
    kept = cv.Table(worth.value(data, keep="segment"))
    assert kept.columns == ["segment", *expected.columns] and kept["segment"] == ROWS["segment"]
    assert cv.worth.concentration(given).customers == 3
    shares = cv.worth.wallet_share(data, own="service", category="clv")
    assert isinstance(shares, KINDS[kind.partition(" ")[0]]) and cv.Table(shares).columns == ["share", "gap", "status"]
    assert isinstance(cv.worth.wallet_allocation(data, ["clv", "revenue"]), KINDS[kind.partition(" ")[0]])


def test_the_parts_add_up():
    found = cv.Table(cv.Worth(DOCUMENT).value(ROWS))
    assert found["status"].tolist() == [0, 0, 1, 0]
    for row in found.rows():
        if row["status"] == 0:
            assert row["total"] == row["direct"] + row["latent"] and row["direct"] == row["existing"]
    assert found["loss_maker"].tolist()[1] == 1 and found["rank"].tolist()[0] == 1.0


def test_documents(tmp_path):
    worth = cv.Worth(DOCUMENT)
    assert worth.parts == ["existing", "potential", "influence"]
    assert worth.columns == ["revenue", "service", "clv", "influence"]
    worth.save(tmp_path / "worth.json")
    for again in (cv.Worth.load(tmp_path / "worth.json"), cv.Worth.loads(worth.to_json()), cv.Worth(worth.to_dict()),
                  pickle.loads(pickle.dumps(worth))):  # fmt: skip
        assert again == worth and hash(again) == hash(worth) and again.to_json() == worth.to_json()
    assert repr(worth) == "<custval.Worth: existing, potential, influence>" and worth != 5
    for document, kind in (
        ("{", cv.DocumentError),
        ({**DOCUMENT, "version": 2}, cv.DocumentError),
        ({"custval": "worth", "version": 1}, cv.StructureError),
        ({**DOCUMENT, "influence": {"value": "influence"}}, cv.StructureError),
        ({**DOCUMENT, "rate": -2}, cv.RangeError),
        ({**DOCUMENT, "existing": {"revenues": 1}}, cv.DocumentError),
    ):
        with pytest.raises(kind, match=r"\$|line"):
            cv.Worth(document if isinstance(document, str) else json.dumps(document))
    worth.close()
    with pytest.raises(ValueError, match="closed"):
        worth.value(ROWS)


def test_what_is_missing_is_named():
    worth = cv.Worth(DOCUMENT)
    with pytest.raises(cv.NotFoundError, match='"clv"'):
        worth.value({name: column for name, column in ROWS.items() if name != "clv"})
    with pytest.raises(cv.ColumnTypeError, match='"clv"'):
        worth.value({**ROWS, "clv": ["much"] * 4})
    with pytest.raises(cv.NotFoundError, match='"region"'):
        worth.returns(ROWS, "region")
    with pytest.raises(cv.StateError):
        cv.Worth({"custval": "worth", "version": 1, "potential": {"value": "clv"}}).returns(ROWS)
    with pytest.raises(cv.NotFoundError, match='"total"'):
        cv.worth.concentration(ROWS)
    with pytest.raises(cv.NotFiniteError):
        cv.worth.concentration({"total": [math.inf]})
    with pytest.raises(cv.StateError):
        cv.worth.concentration({"total": [None]})
    with pytest.raises(cv.RangeError):
        cv.worth.concentration({"total": [1.0]}, points=1_000_000)
    with pytest.raises(cv.DuplicateError):
        cv.worth.wallet_allocation({"us": [1.0]}, ["us", "us"])
    with pytest.raises(TypeError):
        cv.worth.wallet_allocation({"us": [1.0]}, "us")


def test_segments_may_be_numbers():
    keys = [2026, 7, 2026, 7]
    found = cv.Worth(DOCUMENT).returns({**ROWS, "segment": keys}, "segment")
    assert len(found) == 18 and found["customers"].tolist()[::6] == [1.0, 2.0, 3.0]
    with pytest.raises(cv.RangeError, match="use text"):
        cv.Worth(DOCUMENT).returns({**ROWS, "segment": [2**60] * 4}, "segment")


def test_the_number_of_threads_changes_no_bit():
    data = cv.Table({name: column * 20000 for name, column in ROWS.items()})
    found, seen = set(), []
    for threads in (1, 2, 3):
        cv.set_threads(threads)
        table = cv.Worth(DOCUMENT).value(data, progress=lambda done, total: seen.append((done, total)))
        found.add(tuple(bytes(table[name]) for name in table))
    cv.set_threads(0)
    assert len(found) == 1 and seen[-1][0] == seen[-1][1]
    with pytest.raises(LookupError):
        cv.Worth(DOCUMENT).value(data, progress=stop)


def stop(done, total):
    raise LookupError("enough")
