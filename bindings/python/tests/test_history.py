"""Histories and RFM scores: history.json as C runs it, CDNOW, every kind of frame, pieces, merging, folding, bytes."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import datetime
import math
import pickle
import threading

import duckdb
import numpy
import pandas
import polars
import pyarrow
import pytest
from conftest import CDNOW, bits, columns_of, near, transactions, vectors

import custval as cv

CASES = vectors("history.json")

ROWS = {
    "customer": ["ann", "bob", "ann", "cho", "bob", "ann"],
    "date": ["2026-01-01", "2026-01-05", "2026-01-15", "2026-02-01", "2026-01-05", "2026-02-02"],
    "amount": [10.0, 20.0, 30.0, 40.0, 5.0, 50.0],
}


# --- The same cases as in C


def same(table: cv.Table, expected: list) -> None:
    assert len(table) == len(expected)
    assert not expected or table.columns == list(expected[0])
    for row, wanted in zip(table.rows(), expected):
        for name, value in wanted.items():
            fits = row[name] == value if isinstance(value, str) else near(row[name], value, 1e-15)
            assert fits, (name, row[name], value)


def history_of(case, low=0, high=None) -> cv.History:
    options = dict(case["options"])
    options["unit"] = options.pop("periods_per_unit", 1.0)
    rows = case["rows"][low:high]
    data = {name: [row[k] for row in rows] for k, name in enumerate(case["columns"])}
    return cv.History(data, **options)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case):
    history = history_of(case)
    again = history_of(case, len(case["rows"]) // 3)
    again.merge(history_of(case, 0, len(case["rows"]) // 3))
    for made in (history, again, pickle.loads(pickle.dumps(history))):
        same(made.customers(case["end"], case["holdout_end"]), case["table"])
        same(made.course(case["end"], case["holdout_end"]), case["course"])
        if "path_customer" in case:
            same(made.path(case["path_customer"], case["end"]), case["path"])
        for name, value in case["facts"].items():
            assert getattr(made.facts, name) == (value if value != "" else None), name
        assert made.to_bytes() == history.to_bytes()


# --- CDNOW


def test_cdnow_is_what_the_literature_has():
    history = cv.History(transactions())
    assert history.unit == "week"
    assert history.facts[:3] == (6919, 2357, 6696)
    customers = history.customers("1997-09-30", "1998-06-30")
    summary = columns_of(CDNOW / "summary_with_spend.csv")
    assert customers["customer"].format == "q" and customers["customer"].tolist() == [int(n) for n in summary["ID"]]
    assert customers["x"].tolist() == [float(n) for n in summary["x"]]
    for name in ("t_x", "T"):
        assert all(abs(a - float(b)) <= 0.00501 for a, b in zip(customers[name], summary[name])), name
    spend = [0.0 if math.isnan(mean) else mean for mean in customers["mean_spend"]]
    assert all(abs(a - float(b)) <= 0.00501 for a, b in zip(spend, summary["zbar"]))
    assert set(customers["holdout_T"]) == {39.0}
    course = history.course("1997-09-30")
    assert sum(course["customers"]) == 2357 and sum(course["repeats"]) == sum(customers["x"]) == 2457


def test_the_number_of_threads_changes_no_bit():
    data = cv.Table(transactions())
    found = set()
    for threads in (1, 2, 3):
        cv.set_threads(threads)
        history = cv.History(data)
        table = history.customers("1997-09-30", "1998-06-30")
        found.add((history.to_bytes(), *(bytes(table[name]) for name in table if not isinstance(table[name], list))))
    cv.set_threads(0)
    assert len(found) == 1


# --- Frames


def frames() -> dict:
    dates = [datetime.date.fromisoformat(date) for date in ROWS["date"]]
    times = [datetime.datetime.fromisoformat(date) for date in ROWS["date"]]
    frame = pandas.DataFrame(ROWS)
    instants = frame["date"].astype("datetime64[us]")
    arrow = pyarrow.table({**ROWS, "date": dates})
    return {
        "dict": ROWS,
        "dates": {**ROWS, "date": dates},
        "datetimes": {**ROWS, "date": times},
        "arrays": {"customer": ROWS["customer"], "date": numpy.array(ROWS["date"], "datetime64[D]"),
                   "amount": numpy.array(ROWS["amount"])},
        "table": cv.Table({**ROWS, "date": dates}),
        "pandas": frame,
        "pandas index": frame.set_index("amount", drop=False),
        "pandas ns": frame.assign(date=frame["date"].astype("datetime64[ns]")),
        "pandas s": frame.assign(date=frame["date"].astype("datetime64[s]")),
        "pandas zone": frame.assign(date=instants.dt.tz_localize("UTC").dt.tz_convert("Asia/Tokyo")),
        "pandas categories": frame.assign(customer=frame["customer"].astype("category")),
        "pandas arrow": frame.assign(date=instants).convert_dtypes(dtype_backend="pyarrow"),
        "polars": polars.DataFrame(ROWS),
        "polars dates": polars.DataFrame({**ROWS, "date": dates}),
        "polars ns": polars.DataFrame({**ROWS, "date": times}).with_columns(polars.col("date").dt.cast_time_unit("ns")),
        "pyarrow": pyarrow.table({**ROWS, "date": dates}),
        "pyarrow date64": pyarrow.table({**ROWS, "date": pyarrow.array(dates, pyarrow.date64())}),
        "pyarrow zone": pyarrow.table({**ROWS, "date": pyarrow.array(times, pyarrow.timestamp("ms", "Asia/Tokyo"))}),
        "duckdb": duckdb.from_arrow(arrow),
        "duckdb times": duckdb.from_arrow(pyarrow.table({**ROWS, "date": times})),
        "pyarrow chunks": pyarrow.concat_tables([arrow[:2], arrow[2:]]),
    }  # fmt: skip


@pytest.mark.parametrize("kind", frames())
def test_every_kind_of_frame_gives_the_same_bytes(kind):
    expected = cv.History(ROWS)
    history = cv.History(frames()[kind])
    assert history.to_bytes() == expected.to_bytes()
    history = cv.History()
    history.update(frames()[kind])
    assert history.customers() == expected.customers()


def test_time_zones_are_utc():
    east = datetime.timezone(datetime.timedelta(hours=9))
    when = [datetime.datetime(2026, 1, 2, 3, tzinfo=east)]  # the evening before, in UTC
    data = {"customer": [1], "date": when}
    for frame in (data, pandas.DataFrame(data), polars.DataFrame(data), pyarrow.table(data)):
        assert cv.History(frame, amount=None).facts.first == "2026-01-01"


def test_missing_times_are_bad_rows():
    data = {"customer": [1, 2], "date": [datetime.date(2026, 1, 1), None]}
    for frame in (data, pandas.DataFrame({**data, "date": pandas.to_datetime(data["date"])}), polars.DataFrame(data)):
        with pytest.raises(cv.RangeError, match='row 1.*"date"|"date".*row 1') as raised:
            cv.History(frame, amount=None)
        assert raised.value.row == 1
        assert cv.History(frame, amount=None, bad_rows="drop").facts.bad == 1


def test_other_columns_and_names():
    frame = pandas.DataFrame(ROWS).rename(columns={"customer": "who", "date": "when", "amount": "paid"})
    frame["amount"] = ["text"] * 6
    frame["junk"] = [object()] * 6
    history = cv.History(frame, customer="who", date="when", amount="paid", cost="paid", quantity="paid")
    assert history.customers()["total_spend"].tolist() == [90.0, 25.0, 40.0]
    assert history.customers()["total_cost"].tolist() == [90.0, 25.0, 40.0]
    assert "total_quantity" in history.customers()
    read = pickle.loads(pickle.dumps(history))
    read.update(frame.assign(when="2026-03-01").drop(columns="junk"))  # it knows what its columns are called
    assert read.facts.purchases == 8 and history.facts.purchases == 5
    with pytest.raises(cv.NotFoundError, match='"customer".*did you mean'):
        cv.History(frame.rename(columns={"who": "customer_"}))
    assert cv.History(frame, customer="who", date="when", amount=None).customers().columns == [
        name for name in history.customers().columns if "spend" not in name and "total" not in name
    ]


# --- Views


def test_views_take_dates_of_every_kind():
    history = cv.History(ROWS)
    expected = history.customers("2026-01-31")
    assert expected["customer"] == ["ann", "bob"]
    east = datetime.timezone(datetime.timedelta(hours=9))
    for end in (
        datetime.date(2026, 1, 31),
        datetime.datetime(2026, 1, 31, 12),
        datetime.datetime(2026, 2, 1, 2, tzinfo=east),
        pandas.Timestamp("2026-01-31T23:59:59.999"),
        numpy.datetime64("2026-01-31"),
        numpy.datetime64("2026-01-31T01", "ns"),
    ):
        assert history.customers(end) == expected, end
        assert history.course(end) == history.course("2026-01-31")
        assert history.path("ann", end) == history.path("ann", "2026-01-31")
    assert history.customers("2026-01-31", datetime.date(2026, 2, 2))["holdout_x"].tolist() == [1.0, 0.0]
    for wrong in ("yesterday", "2026-02-30", 7):
        with pytest.raises(cv.RangeError):
            history.customers(wrong)
    with pytest.raises(cv.RangeError):
        history.customers("2026-01-31", "2026-01-30")


def test_times_may_be_numbers():
    data = {"customer": [1, 1, 2], "date": [0.5, 7.25, 2.0]}
    history = cv.History(data, amount=None, period="number", step=0.5, unit=2)
    assert history.unit == 2.0 and history.facts.last == "7"
    assert history.customers(numpy.int64(8))["T"].tolist() == [7.5, 6.0]
    assert history.path(1, end=8.0)["T"].tolist()[-1] == history.path(1.0, end=8)["T"].tolist()[-1] == 7.5


@pytest.mark.parametrize(
    ("period", "unit", "expected"),
    [
        ("day", None, "week"),
        ("day", "month", "month"),
        ("day", 7, "week"),
        ("day", 10, 10.0),
        ("week", None, "week"),
        ("week", "year", "year"),
        ("month", None, "month"),
        ("month", "quarter", "quarter"),
        ("month", "year", "year"),
        ("hour", "day", "day"),
        ("second", "hour", "hour"),
    ],
)
def test_units_have_names(period, unit, expected):
    history = cv.History(ROWS, period=period, unit=unit)
    assert history.unit == pickle.loads(pickle.dumps(history)).unit == expected
    assert history.facts.period == period


def test_units_that_do_not_fit_are_refused():
    for period, unit in (("week", "day"), ("month", "week"), ("day", "fortnight"), ("number", "week")):
        with pytest.raises(ValueError, match="is no unit of"):
            cv.History(period=period, unit=unit)
    with pytest.raises(TypeError):
        cv.History(unit=[7])
    with pytest.raises(cv.RangeError):
        cv.History(unit=-1)


def test_words_that_do_not_exist_are_refused():
    for option in ("refunds", "zeros", "bad_rows"):
        with pytest.raises(cv.NotFoundError, match="perhaps"):
            cv.History(**{option: "perhaps"})
    with pytest.raises((ValueError, cv.NotFoundError)):
        cv.History(period="decade")


# --- Errors leave it as it was


def test_a_failed_update_changes_nothing():
    history = cv.History(ROWS)
    before = history.to_bytes()
    good = {name: [*column, column[0]] for name, column in ROWS.items()}
    for column, wrong, kind in (
        ("date", "soon", cv.RangeError),
        ("date", None, cv.RangeError),
        ("amount", -5.0, cv.RangeError),
        ("amount", math.inf, cv.NotFiniteError),
        ("customer", None, cv.RangeError),
    ):
        data = {**good, column: [*ROWS[column], wrong]}
        with pytest.raises(kind, match=f'"{column}"') as raised:
            history.update(data)
        assert raised.value.row == 6 and history.to_bytes() == before
    with pytest.raises(cv.ColumnTypeError):
        history.update({**ROWS, "customer": [1.0] * 6})
    with pytest.raises(LookupError):
        history.update(cv.Table(ROWS), progress=stop)
    assert history.to_bytes() == before
    history.update(ROWS)
    assert history.facts.rows == 12


def stop(done, total):
    raise LookupError("enough")


def test_progress_counts_to_the_end():
    seen = []
    data = cv.Table({"customer": list(range(200_000)), "date": ["2026-01-01"] * 200_000})
    history = cv.History(data, amount=None, progress=lambda done, total: seen.append((done, total)))
    assert seen == sorted(seen) and seen[-1] == (200_000, 200_000)
    assert history.facts.customers == 200_000


# --- Merging and folding


def test_merging_needs_the_same_rules():
    history = cv.History(ROWS)
    before = history.to_bytes()
    for other in (cv.History(period="week"), cv.History(refunds="net"), cv.History(amount=None)):
        with pytest.raises(cv.StructureError):
            history.merge(other)
    with pytest.raises(cv.ArgumentError):
        history.merge(history)
    with pytest.raises(TypeError):
        history.merge(cv.Summary(columns=["x"]))
    assert history.to_bytes() == before
    empty = cv.History()
    empty.merge(history)
    assert empty.to_bytes() == before


def test_two_threads_may_merge_both_ways():
    one, other = cv.History(ROWS), cv.History({**ROWS, "customer": ["dan"] * 6})
    threads = [threading.Thread(target=a.merge, args=(b,)) for a, b in ((one, other), (other, one)) * 5]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
        assert not thread.is_alive()
    assert one.facts.customers == other.facts.customers == 4


def test_folding_keeps_the_views():
    history, folded = cv.History(ROWS), cv.History(ROWS)
    folded.fold(datetime.date(2026, 1, 31))
    assert folded.customers() == history.customers() and folded.facts.folded == "2026-01-31"
    assert history.facts.folded is None
    with pytest.raises(cv.StateError):
        folded.customers("2026-01-30")
    with pytest.raises(cv.StateError):
        folded.update(ROWS)
    with pytest.raises(cv.StateError):
        folded.fold("2026-01-30")
    with pytest.raises(cv.StateError):
        folded.path("ann")
    with pytest.raises(cv.NotFoundError):
        history.path("nobody")


def test_bytes():
    history = cv.History(ROWS)
    data = history.to_bytes()
    assert cv.History.from_bytes(data).customers() == cv.History.from_bytes(bytearray(data)).customers()
    for wrong in (b"", b"no history", data[:-1], data[:10] + bytes([data[10] ^ 1]) + data[11:], data + b"\0"):
        with pytest.raises(cv.DocumentError):
            cv.History.from_bytes(wrong)
    history.close()
    with pytest.raises(ValueError, match="closed"):
        history.customers()
    assert "3 customers, 5 purchases" in repr(cv.History(ROWS))
    assert cv.History().facts.first is None and len(cv.History().customers()) == 0


# --- RFM


def base():
    return cv.History(transactions()).customers("1997-09-30")


def test_rfm_of_every_kind_keeps_rows_and_index():
    customers = base()
    expected = cv.history.rfm(customers)
    assert expected.scores.columns == ["recency_score", "frequency_score", "monetary_score", "rfm"]
    assert expected.cuts.columns == ["cut", "recency", "frequency", "monetary"] and len(expected.cuts) == 4
    frame = customers.to_pandas().set_index("customer").sample(frac=1, random_state=1)
    scores = cv.history.rfm(frame).scores
    assert list(scores.index) == list(frame.index)
    assert bits(scores.sort_index()["rfm"]) == bits(expected.scores["rfm"])
    assert isinstance(cv.history.rfm(customers.to_polars()).scores, polars.DataFrame)
    assert isinstance(cv.history.rfm(customers.to_pyarrow()).scores, pyarrow.Table)
    kept = cv.history.rfm(customers, keep="customer").scores
    assert kept.columns == ["customer", *expected.scores.columns] and kept["customer"] == customers["customer"]


def test_cuts_of_one_base_serve_another():
    customers = base()
    scores, cuts = cv.history.rfm(customers, bins=4)
    again = cv.history.rfm(customers, cuts=cuts)
    assert again.scores == scores and again.cuts == cuts
    few = {name: customers[name].tolist()[:10] for name in ("since_last", "x", "total_spend")}
    by_hand = cuts["recency"].tolist(), cuts["frequency"].tolist(), cuts["monetary"].tolist()
    assert cv.history.rfm(few, cuts=by_hand).scores["rfm"] == scores["rfm"].tolist()[:10]
    assert max(cv.history.rfm(few, bins=3).scores["recency_score"]) == 3


def test_rfm_refuses():
    customers = base()
    with pytest.raises(ValueError, match="three sequences"):
        cv.history.rfm(customers, cuts=([1.0], [1.0]))
    with pytest.raises(ValueError, match="three sequences"):
        cv.history.rfm(customers, cuts=([1.0], [1.0], [1.0]), bins=5)
    with pytest.raises(cv.RangeError):
        cv.history.rfm(customers, cuts=([2.0, 1.0], [1.0, 2.0], [1.0, 2.0]))
    with pytest.raises(cv.RangeError):
        cv.history.rfm(customers, bins=10)
    with pytest.raises(cv.NotFoundError, match='"nothing"'):
        cv.history.rfm(customers, monetary="nothing")
    with pytest.raises(cv.NotFoundError, match='"nobody"'):
        cv.history.rfm(customers, keep="nobody")
    with pytest.raises(cv.NotFoundError):
        cv.history.rfm(customers, rule="magic")
    with pytest.raises(cv.StateError):
        cv.history.rfm({"since_last": [None], "x": [1.0], "total_spend": [1.0]})
