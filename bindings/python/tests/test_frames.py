"""Data of every kind in, the same kind out, without copying where the type allows."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import array
import collections
import datetime
import decimal
import fractions
import itertools
import math
import pickle

import duckdb
import numpy
import pandas
import polars
import pyarrow
import pytest
from conftest import ROWS, bits

import custval as cv
from custval import _arrow, _frames

NUMBERS = ["q1", "q2", "q3", "q4", "q5"]


def frames() -> dict:
    arrays = {name: numpy.array(cells, dtype="float64") for name, cells in ROWS.items() if name != "segment"}
    frame = pandas.DataFrame(ROWS, index=list("vwxyz"))
    table = pyarrow.table(ROWS)
    return {
        "dict": ROWS,
        "ordered": collections.OrderedDict(ROWS),
        "arrays": {**arrays, "segment": ROWS["segment"]},
        "table": cv.Table(ROWS),
        "pandas": frame,
        "pandas categories": frame.assign(segment=frame["segment"].astype("category")),
        "pandas objects": frame.assign(segment=frame["segment"].astype(object), q2=frame["q2"].astype(object)),
        "pandas nullable": frame.convert_dtypes(),
        "pandas arrow": frame.convert_dtypes(dtype_backend="pyarrow"),
        "polars": polars.DataFrame(ROWS, strict=False),
        "polars chunks": polars.concat(
            [polars.DataFrame(ROWS, strict=False)[:2], polars.DataFrame(ROWS, strict=False)[2:]], rechunk=False
        ),
        "polars categories": polars.DataFrame(ROWS, strict=False).with_columns(
            polars.col("segment").cast(polars.Categorical)
        ),
        "pyarrow": table,
        "pyarrow chunks": pyarrow.concat_tables([table[:3], table[3:]]),
        "pyarrow slice": pyarrow.concat_tables([table, table])[5:],
        "pyarrow batch": table.to_batches()[0],
        "pyarrow dictionary": table.set_column(5, "segment", table["segment"].combine_chunks().dictionary_encode()),
        "stream in pieces": Pieces(table),
        "duckdb": duckdb.from_arrow(table),
        "series": {name: pandas.Series(cells) for name, cells in ROWS.items()},
        "polars series": {name: polars.Series(cells, strict=False) for name, cells in ROWS.items()},
        "arrow arrays": {name: table[name] for name in ROWS},
    }


class Pieces:
    """A stream of one row at a time, from a library that nobody knows."""

    def __init__(self, table):
        self.table = table

    def __arrow_c_stream__(self, requested_schema=None):
        batches = [self.table[row : row + 1].combine_chunks().to_batches()[0] for row in range(len(self.table))]
        return pyarrow.RecordBatchReader.from_batches(self.table.schema, batches).__arrow_c_stream__()


KINDS = frames().keys()
BACK = {
    "dict": dict,
    "ordered": dict,
    "arrays": dict,
    "table": cv.Table,
    "pandas": pandas.DataFrame,
    "polars": polars.DataFrame,
    "pyarrow": pyarrow.Table,
    "duckdb": pyarrow.Table,
    "stream": cv.Table,
    "series": dict,
    "arrow": dict,
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_gives_the_same_bits_and_its_own_kind(system, kind):
    expected = system.score(cv.Table(ROWS), levels="all", coverage="all")
    data = frames()[kind]
    given = system.score(data, levels="all", coverage="all")
    wanted = BACK["dict" if kind == "polars series" else kind.partition(" ")[0]]
    assert isinstance(given, wanted)
    result = cv.Table(given)
    assert result.columns == expected.columns
    for name in expected:
        assert bits(result[name]) == bits(expected[name]), name
    if isinstance(given, pandas.DataFrame):
        assert list(given.index) == list("vwxyz")
        given["value"] = given["value"] * 2  # results can be worked with
        given.loc["v", "benefit"] = 0.0


@pytest.mark.parametrize("kind", KINDS)
def test_every_other_call_takes_every_kind(system, kind):
    data = frames()[kind]
    assert str(system.explain(data, 0)) == str(system.explain(ROWS, 0))
    assert system.reason(data, 0) == ""
    assert system.levers(data, 1) == system.levers(ROWS, 1)
    assert cv.Summary(frames()[kind], columns=NUMBERS).rows == 5
    assert len(system.check(frames()[kind]).columns) == len(system.check().columns)
    assert cv.Table(cv.ranking.rank(frames()[kind], dict.fromkeys(NUMBERS[2:], 1)))["rank"].nbytes == 40
    assert cv.uncertainty.means(frames()[kind], ["q1"], group="segment", resamples=0)["n"].tolist() == [2, 3]


def test_arrays_come_back_as_arrays(system):
    result = system.score(frames()["arrays"])
    assert all(isinstance(column, numpy.ndarray) for column in result.values())
    assert result["status"].dtype == numpy.uint32
    structured = numpy.zeros(3, dtype=[(name, "f8") for name in NUMBERS] + [("segment", "U5")])
    for name in NUMBERS:
        structured[name] = 5.0
    structured["segment"] = "loyal"
    assert system.score(structured)["value"].shape == (3,)


def test_other_columns_play_no_part(system):
    frame = pandas.DataFrame(ROWS)
    frame["when"] = pandas.Timestamp("2024-02-29")
    frame["what"] = [object()] * 5
    frame[7] = 1.0
    frame["complex"] = 1j
    assert len(system.score(frame)) == 5
    assert cv.Summary(frame[["q1", "when", "complex"]]).columns == ["q1"]
    table = pyarrow.table({**ROWS, "list": [[1]] * 5})
    assert len(system.score(table)) == 5
    polar = polars.DataFrame(ROWS, strict=False).with_columns(
        polars.Series("thing", [object()] * 5, dtype=polars.Object)
    )
    assert len(system.score(polar)) == 5


@pytest.mark.parametrize("make", [dict, pandas.DataFrame, pyarrow.table, lambda d: polars.DataFrame(d, strict=False)])
def test_a_missing_column_is_named_with_its_likeness(system, make):
    given = {"q_1" if name == "q1" else name: cells for name, cells in ROWS.items()}
    with pytest.raises(cv.NotFoundError, match='no column "q1"; did you mean .*"q_1"'):
        system.score(make(given))


def test_columns_of_one_name_are_refused(system):
    frame = pandas.DataFrame([[1, 2]], columns=["a", "a"])
    with pytest.raises(cv.DuplicateError):
        cv.Table(frame)


@pytest.mark.parametrize(
    "data",
    [None, 5, "text", b"bytes", [1, 2], object(), pandas.Series([1.0]), {"q1": 5}, {"q1": "text"}, {"q1": b"ab"}],
)
def test_what_is_no_table_is_refused(system, data):
    with pytest.raises(TypeError):
        system.score(data)


@pytest.mark.parametrize(
    "column",
    [
        ["a", 1.0],
        [b"1"],
        [object()],
        [1j],
        [[1.0]],
        numpy.array([1j]),
        numpy.array([5], dtype="timedelta64[D]"),
        {"a": 1},
        pandas.Series([pandas.Timedelta(days=1)]),
        [datetime.date(2020, 1, 1), 5],
        [datetime.time(12)],
        memoryview(b"abcdefgh").cast("c"),
    ],
)
def test_what_is_no_column_is_refused(column):
    with pytest.raises(TypeError, match='"a"'):
        cv.Table({"a": column})


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ([1, 2.5, None], [1, 2.5, None]),
        ((True, False), [1, 0]),
        (range(3), [0, 1, 2]),
        ([decimal.Decimal("1.5"), fractions.Fraction(1, 4)], [1.5, 0.25]),
        ([float("nan"), math.inf], [None, math.inf]),
        ([None, None], [None, None]),
        ([], []),
        (["a", None, "", "ü\0b"], ["a", None, "", "ü\0b"]),
        ([pandas.NA, 1], [None, 1]),
        (array.array("i", [1, -2]), [1, -2]),
        (array.array("B", [1, 255]), [1, 255]),
        (bytearray(b"\1\2"), [1, 2]),
        (numpy.arange(3, dtype="float16"), [0, 1, 2]),
        (numpy.arange(3, dtype="longdouble"), [0, 1, 2]),
        (numpy.arange(3, dtype=">f8"), [0, 1, 2]),
        (numpy.arange(3, dtype=">i4"), [0, 1, 2]),
        (numpy.array([True, False]), [1, 0]),
        (numpy.array(["a", "bc"]), ["a", "bc"]),
        (numpy.broadcast_to(1.5, 4), [1.5] * 4),
        (numpy.arange(6.0)[::2], [0, 2, 4]),
        (numpy.arange(3.0)[::-1], [2, 1, 0]),
        (numpy.arange(6.0).reshape(3, 2)[:, 1], [1, 3, 5]),
        (numpy.ma.array([1.0, 2.0], mask=[True, False]), [None, 2]),
        (numpy.zeros(3, dtype="i1,f8")["f1"], [0, 0, 0]),
        (pandas.array([1, None], dtype="Int64"), [1, None]),
        (pandas.Categorical(["a", None]), ["a", None]),
        (pandas.Series([1, 2], dtype="category"), [1, 2]),
        (pandas.Series(["a", None], dtype="string"), ["a", None]),
        (pandas.Series([None, None], dtype="category"), [None, None]),
        (polars.Series([1, None]), [1, None]),
        (pyarrow.array([1, None]), [1, None]),
        (pyarrow.array(["a", None]), ["a", None]),
        (pyarrow.array([True, None]), [1, None]),
    ],
)
def test_columns_of_every_type(column, expected):
    assert cv.Table({"a": column}).to_dict() == {"a": expected}
    with _frames.table_of({"a": column}) as borrowed:
        assert borrowed.to_dict() == {"a": expected}


# --- Dates and times

DAYS = [datetime.date(1997, 1, 1), None, datetime.date(1969, 12, 31), datetime.date(2262, 4, 11)]
INSTANTS = [datetime.datetime(1997, 1, 1, 12, 30, 0, 5), None, datetime.datetime(1969, 12, 31, 23, 59, 59, 999999)]
WHOLE = [datetime.datetime(1997, 1, 1, 12, 0, 1), None, datetime.datetime(1969, 12, 31, 23, 59, 59)]
EAST = datetime.timezone(datetime.timedelta(hours=9))


def in_east(cells):
    return [cell and cell.replace(tzinfo=datetime.timezone.utc).astimezone(EAST) for cell in cells]


def times():
    found = {
        "dates": (DAYS, DAYS, "date32"),
        "datetimes": (INSTANTS, INSTANTS, "timestamp_us"),
        "aware datetimes": (in_east(INSTANTS), INSTANTS, "timestamp_us"),
        "dates among datetimes": (
            [datetime.datetime(2020, 1, 1), datetime.date(2020, 1, 2)],
            [datetime.datetime(2020, 1, 1), datetime.datetime(2020, 1, 2)],
            "timestamp_us",
        ),
        "timestamps": ([pandas.Timestamp("2020-01-01T00:00:00.000000001"), pandas.NaT],
                       [datetime.datetime(2020, 1, 1), None], "timestamp_us"),
        "numpy D": (numpy.array(DAYS, dtype="datetime64[D]"), DAYS, "date32"),
        "numpy M": (numpy.array(["2020-02", "NaT"], dtype="datetime64[M]"), [datetime.date(2020, 2, 1), None],
                    "date32"),
        "numpy h": (numpy.array(["2020-02-01T07"], dtype="datetime64[h]"), [datetime.datetime(2020, 2, 1, 7)],
                    "timestamp_s"),
        "numpy 5m": (numpy.array(["2020-02-01T07:25"], dtype="datetime64[5m]"),
                     [datetime.datetime(2020, 2, 1, 7, 25)], "timestamp_s"),
        "numpy swapped": (numpy.array(WHOLE, dtype=">M8[s]"), WHOLE, "timestamp_s"),
        "numpy step": (numpy.repeat(numpy.array(INSTANTS, dtype="datetime64[us]"), 2)[::2], INSTANTS, "timestamp_us"),
        "numpy generic": (numpy.array(["NaT"], dtype="datetime64"), [None], "timestamp_s"),
        "series of dates": (pandas.Series(DAYS), DAYS, "date32"),
        "series": (pandas.Series(INSTANTS), INSTANTS, "timestamp_us"),
        "series in a zone": (pandas.Series(pandas.DatetimeIndex(INSTANTS).tz_localize("UTC").tz_convert("Asia/Tokyo")),
                             INSTANTS, "timestamp_us"),
        "series of arrow": (pandas.Series(INSTANTS, dtype="timestamp[us][pyarrow]"), INSTANTS, "timestamp_us"),
        "series of arrow in a zone": (pandas.Series(in_east(INSTANTS), dtype="timestamp[us, Asia/Tokyo][pyarrow]"),
                                      INSTANTS, "timestamp_us"),
        "series of arrow dates": (pandas.Series(DAYS, dtype="date32[pyarrow]"), DAYS, "date32"),
        "index": (pandas.DatetimeIndex(INSTANTS).to_series(), INSTANTS, "timestamp_us"),
        "polars dates": (polars.Series(DAYS), DAYS, "date32"),
        "polars": (polars.Series(INSTANTS), INSTANTS, "timestamp_us"),
        "arrow dates": (pyarrow.array(DAYS), DAYS, "date32"),
        "arrow in a zone": (pyarrow.array(INSTANTS, pyarrow.timestamp("us", "Asia/Tokyo")), INSTANTS, "timestamp_us"),
    }  # fmt: skip
    for unit in ("s", "ms", "us", "ns"):
        cells = INSTANTS if unit in ("us", "ns") else WHOLE
        found[f"numpy {unit}"] = numpy.array(cells, dtype=f"datetime64[{unit}]"), cells, f"timestamp_{unit}"
        found[f"series {unit}"] = pandas.Series(cells, dtype=f"datetime64[{unit}]"), cells, f"timestamp_{unit}"
        found[f"arrow {unit}"] = pyarrow.array(cells, pyarrow.timestamp(unit)), cells, f"timestamp_{unit}"
    return found


@pytest.mark.parametrize("kind", times())
def test_dates_and_times_of_every_kind(kind):
    column, expected, type = times()[kind]
    table = cv.Table({"a": column})
    assert table.to_dict() == {"a": expected} and table.types == {"a": type}
    assert all(cell.__class__ is (expected[0] or WHOLE[0]).__class__ for cell in table["a"] if cell is not None)
    with _frames.table_of({"a": column}) as borrowed:
        assert borrowed.to_dict() == {"a": expected}
    again = pickle.loads(pickle.dumps(table))
    assert again == table and again.types == table.types
    assert numpy.array(table.to_numpy()["a"], dtype="datetime64[us]").tolist() == [
        cell
        if cell is None or isinstance(cell, datetime.datetime)
        else datetime.datetime.combine(cell, datetime.time())
        for cell in expected
    ]
    assert table.to_pyarrow()["a"].to_pylist() == table.to_polars()["a"].to_list() == expected
    assert table.to_pandas()["a"].isna().tolist() == [cell is None for cell in expected]
    assert "1970" not in str(table)


@pytest.mark.parametrize("offset", [0, 1])
@pytest.mark.parametrize("chunks", [False, True])
def test_times_of_frames_in_pieces(chunks, offset):
    data = {"day": DAYS * 3, "when": [*INSTANTS, None] * 3, "milli": DAYS[::-1] * 3}
    types = {"day": "date32", "when": "timestamp_ns", "milli": "date64"}
    schema = pyarrow.schema({"day": pyarrow.date32(), "when": pyarrow.timestamp("ns"), "milli": pyarrow.date64()})
    table = pyarrow.table(data, schema)[offset:]
    expected = {name: cells[offset:] for name, cells in data.items()}
    made = cv.Table(Pieces(table) if chunks else table)
    assert made.to_dict() == expected and made.types == types
    assert cv.Table(Pieces(table[:0])).types == {"day": "timestamp_s", "when": "timestamp_s", "milli": "timestamp_s"}
    polar = polars.DataFrame({"day": data["day"], "when": data["when"]})
    assert cv.Table(polars.concat([polar[:5], polar[5:]], rechunk=False))["when"] == data["when"]


def test_nanoseconds_pass_through_numpy_and_arrow():
    exact = numpy.array(["2020-01-01T00:00:00.123456789"], dtype="datetime64[ns]")
    table = cv.Table({"a": exact})
    assert table.to_numpy()["a"] == exact and table.to_pandas()["a"][0].nanosecond == 789
    assert pickle.loads(pickle.dumps(table)).to_numpy()["a"] == exact


def test_dates_too_far_away_are_refused():
    with pytest.raises(ValueError, match='"a": a date is too far'):
        cv.Table({"a": numpy.array([2**31], dtype="datetime64[D]")})


def test_dates_are_no_scores(system):
    frame = pandas.DataFrame(ROWS).assign(when=pandas.Timestamp("2024-02-29"), day=datetime.date(2024, 1, 1))
    assert bits(system.score(frame)["value"]) == bits(system.score(ROWS)["value"])
    assert cv.Summary(frame[["q1", "when", "day"]]).columns == ["q1"]
    assert cv.uncertainty.means(frame[["q1", "when"]], resamples=0)["column"] == ["q1"]
    with pytest.raises(cv.ColumnTypeError, match="when"):
        cv.Summary(frame, columns=["when"])
    with pytest.raises(cv.ColumnTypeError, match='"q1"'):
        system.score(frame.assign(q1=frame["when"]))
    with pytest.raises(cv.ColumnTypeError, match='"q1"'):
        system.score(polars.DataFrame(ROWS, strict=False).with_columns(polars.lit(DAYS[0]).alias("q1")))


LARGE = 2**60 + 1


@pytest.mark.parametrize(
    "column",
    [
        [LARGE, LARGE + 1, None],
        [numpy.int64(LARGE), numpy.int64(LARGE + 1), None],
        pandas.Series([LARGE, LARGE + 1, None], dtype="Int64"),
        pandas.Series([LARGE, LARGE + 1, None], dtype="int64[pyarrow]"),
        polars.Series([LARGE, LARGE + 1, None]),
        pyarrow.array([LARGE, LARGE + 1, None]),
    ],
)
def test_large_keys_stay_apart(column):
    """Whole numbers beyond 2^53 are no doubles: they would become one another."""
    data = {"customer": column[:2], "date": ["2026-01-01"] * 2}
    customers = cv.History(data, amount=None).customers()["customer"]
    assert customers.format == "q" and customers.tolist() == [LARGE, LARGE + 1]
    history = cv.History({"customer": column, "date": ["2026-01-01"] * 3}, amount=None, bad_rows="drop")
    assert history.customers()["customer"].tolist() == [LARGE, LARGE + 1] and history.facts.bad == 1
    table = pyarrow.table({"customer": pyarrow.array([LARGE, None, LARGE + 1]), "date": ["2026-01-01"] * 3})
    pieces = cv.History(Pieces(table), amount=None, bad_rows="drop")
    assert pieces.customers()["customer"].tolist() == [LARGE, LARGE + 1]
    frame = history.customers().to_pandas()
    assert frame["customer"].dtype == "int64" and frame["customer"].tolist() == [LARGE, LARGE + 1]
    assert history.customers().to_polars()["customer"].to_list() == [LARGE, LARGE + 1]
    with _frames.table_of({"customer": column}) as table:
        assert table.to_dict()["customer"] == [LARGE, LARGE + 1, None]


def test_large_keys_with_others_between_stay_apart():
    rows = numpy.array([(LARGE, 1), (LARGE + 1, 2)], dtype=[("customer", "i8"), ("other", "u4")])
    with _frames.table_of(rows) as table:
        assert table.to_dict()["customer"] == [LARGE, LARGE + 1]
        assert [row["customer"] for row in table.rows()] == [LARGE, LARGE + 1]
    with _frames.table_of(rows[::-1]) as table:
        assert table.to_dict()["customer"] == [LARGE + 1, LARGE]


@pytest.mark.parametrize("code", "bhilqBHILQfd")
def test_every_number_type_is_borrowed_as_it_is(code):
    column = array.array(code, [1, 2, 3])
    with _frames.table_of({"a": column}) as table:
        column[1] = 7
        assert table["a"].tolist() == [1, 7, 3]
        with pytest.raises(BufferError):
            column.append(4)  # whoever lends memory cannot take it away meanwhile
    column.append(4)


def test_numpy_pandas_polars_and_arrow_are_not_copied():
    column = numpy.arange(4.0)
    frame = pandas.DataFrame({"a": column}, copy=False)
    polar = polars.DataFrame({"a": column})
    arrow = pyarrow.table({"a": column})
    for data, where in (
        ({"a": column}, column.ctypes.data),
        (frame, frame["a"].to_numpy().ctypes.data),
        (polar, polar["a"].to_numpy().ctypes.data),
        (arrow, arrow["a"].chunk(0).buffers()[1].address),
    ):
        with _frames.table_of(data) as table:
            assert numpy.asarray(table["a"]).ctypes.data == where


def test_results_are_not_copied(system):
    result = system.score(cv.Table(ROWS))
    where = numpy.asarray(result["value"]).ctypes.data
    assert result.to_numpy()["value"].ctypes.data == where
    assert result.to_polars()["value"].to_numpy().ctypes.data == where
    assert result.to_pyarrow()["value"].chunk(0).buffers()[1].address == where
    with pytest.raises((ValueError, TypeError)):
        result["value"][0] = 1.0
    frame = result.to_pandas()
    frame.iloc[0, 0] = -1.0
    assert result["value"][0] != -1.0


def test_missing_cells_of_others_are_missing_whatever_they_hold():
    column = pyarrow.Array.from_buffers(
        pyarrow.float64(), 10, [pyarrow.py_buffer(b"\xfb\x02"), pyarrow.py_buffer(array.array("d", range(10)))]
    )
    expected = [0, 1, None, 3, 4, 5, 6, 7, None, 9]
    for offset, end in itertools.product((0, 1, 3), (9, 10)):
        table = cv.Table(pyarrow.table({"a": column[offset:end]}))
        assert table.to_dict() == {"a": expected[offset:end]}
        assert cv.Table(table).to_dict() == {"a": expected[offset:end]}
        assert pyarrow.table(table)["a"].to_pylist() == expected[offset:end]


@pytest.mark.parametrize("type", [pyarrow.string(), pyarrow.large_string(), pyarrow.string_view(), None], ids=str)
def test_texts_of_arrow(type):
    cells = ["a", None, "ö" * 30, "", "e"]
    column = pyarrow.array(cells).dictionary_encode() if type is None else pyarrow.array(cells, type)
    table = cv.Table(pyarrow.table({"a": column}))
    assert table["a"] == cells
    assert cv.Table(pyarrow.table({"a": column[1:4]}))["a"] == cells[1:4]
    assert table._lists(2) == {"a": cells[:2]}


@pytest.mark.parametrize("dtype", ["str", "string[pyarrow]", "large_string", "string"])
def test_texts_of_arrow_in_pandas_are_shown_as_they_are(dtype):
    cells = ["a", None, "ö" * 30, "", "e"]
    kind = dtype if dtype in ("str", "string[pyarrow]") else pandas.ArrowDtype(getattr(pyarrow, dtype)())
    column = pandas.Series(cells, dtype=kind)
    for part, expected in ((column, cells), (column[1:4], cells[1:4]), (column[:0], []), (column[::2], cells[::2])):
        for data in ({"a": part}, pandas.DataFrame({"a": part})):
            with _frames.table_of(data) as borrowed:
                assert borrowed["a"] == expected
                assert borrowed.types["a"].endswith("utf8")
            assert cv.Table(data)["a"] == expected
    joined = pandas.concat([column, column[1:]])  # in pieces
    assert cv.Table({"a": joined})["a"] == cells + cells[1:]
    with _frames.table_of({"a": column}) as borrowed:
        assert borrowed._find("a")[1].data == column.array.__arrow_array__().chunk(0).buffers()[2].address


@pytest.mark.parametrize("type", [pyarrow.string(), pyarrow.large_string(), pyarrow.string_view(), None], ids=str)
def test_texts_come_to_pandas_as_it_holds_them(type):
    cells = ["a", None, "ö" * 30, "", "a"]
    column = pyarrow.array(cells).dictionary_encode() if type is None else pyarrow.array(cells, type)
    table = cv.Table(pyarrow.table({"a": column, "n": [1.0, None, 3.0, 4.0, 5.0]}))
    frame = table.to_pandas(index=list("vwxyz"))
    pandas.testing.assert_series_equal(frame["a"], pandas.Series(cells, index=list("vwxyz"), name="a"))
    assert frame["n"].isna().tolist() == [False, True, False, False, False]
    frame.loc["v", "a"] = "changed"
    assert table["a"] == cells
    assert cv.Table(pyarrow.table({"a": column[:0]})).to_pandas()["a"].tolist() == []


def test_dictionaries_with_wild_codes_of_missing_cells():
    codes = pyarrow.array([0, 7, 1, 1], pyarrow.int8(), mask=numpy.array([False, True, False, True]))
    column = pyarrow.DictionaryArray.from_arrays(codes, ["x", "ö"], safe=False)
    assert cv.Table(pyarrow.table({"a": column}))["a"] == ["x", None, "ö", None]
    assert cv.Table(pyarrow.table({"a": column[2:]}))["a"] == ["ö", None]
    for kind in (pyarrow.int16(), pyarrow.uint8(), pyarrow.uint32(), pyarrow.int64()):
        column = (
            pyarrow.array(["b", "a", None, "b"]).dictionary_encode().cast(pyarrow.dictionary(kind, pyarrow.string()))
        )
        assert cv.Table(pyarrow.table({"a": column}))["a"] == ["b", "a", None, "b"]


def test_empty_tables_of_every_kind(system):
    for name, data in frames().items():
        if name in ("table", "stream in pieces", "duckdb"):
            continue
        empty = {key: column[:0] for key, column in data.items()} if isinstance(data, dict) else data[:0]
        result = cv.Table(system.score(empty))
        assert len(result) == 0 and "value" in result, name
    assert len(system.score(Pieces(pyarrow.table(ROWS)[:0]))) == 0
    assert len(system.score(duckdb.from_arrow(pyarrow.table(ROWS)).filter("q1 > 1000"))) == 0
    assert len(cv.Table()) == 0 and cv.Table().columns == []


def test_an_all_missing_column_of_texts_is_one(system):
    for data in ({**ROWS, "segment": [None] * 5}, pandas.DataFrame(ROWS).assign(segment=None)):
        assert len(cv.Table(system.score(data))) == 5


def test_lengths_must_agree():
    with pytest.raises(ValueError, match='column "b" has 1 rows, but others have 2'):
        cv.Table({"a": [1, 2], "b": [1]})
    with pytest.raises(ValueError, match="others have 2"):
        cv.Table({"a": [1, 2], "b": array.array("d", [1])})


def test_names_must_be_texts():
    for name in (1, None, b"a", ("a", "b")):
        with pytest.raises(TypeError):
            cv.Table({name: [1]})
    with pytest.raises(ValueError, match="NUL"):
        cv.Table({"a\0": [1]})
    with pytest.raises(cv.ArgumentError):
        cv.Table({"": [1]})


def test_failing_streams_are_told_apart(system):
    def fails():
        raise RuntimeError("the disk is gone")
        yield

    schema = pyarrow.schema({"q1": "float64"})
    with pytest.raises(cv.StreamError, match="the disk is gone"):
        system.score(pyarrow.RecordBatchReader.from_batches(schema, fails()))


def test_streams_are_scored_as_they_are_read(system):
    read = []

    def batches():
        for row in range(5):
            read.append(row)
            yield table[row : row + 1].to_batches()[0]

    table = pyarrow.table(ROWS)
    stream = system.score_stream(pyarrow.RecordBatchReader.from_batches(table.schema, batches()))
    del system
    reader = pyarrow.RecordBatchReader.from_stream(stream)
    first = reader.read_next_batch()
    assert len(first) == 1 and len(read) <= 2
    rest = reader.read_all()
    assert len(rest) == 4
    with pytest.raises(ValueError, match="has been read"):
        pyarrow.RecordBatchReader.from_stream(stream)


def test_streams_give_the_same_bits(system):
    table = pyarrow.table(ROWS)
    reader = pyarrow.RecordBatchReader.from_batches(table.schema, table.to_batches(max_chunksize=2))
    streamed = pyarrow.table(system.score_stream(reader, levels="all"))
    whole = system.score(table, levels="all")
    for name in whole.column_names:
        assert bits(streamed[name].to_pylist()) == bits(whole[name].to_pylist())
    with pytest.raises(TypeError):
        system.score_stream(ROWS)
    with pytest.raises(cv.NotFoundError):
        system.score_stream(table, profile="nobody")


def test_nothing_stays_alive_behind_capsules():
    before = len(_arrow._alive)
    table = cv.Table(ROWS)
    for _ in range(10):
        table.__arrow_c_array__()
        table.__arrow_c_stream__()
        pyarrow.table(table)
        polars.DataFrame(table)
    assert len(_arrow._alive) == before


def test_duckdb_reads_tables(system):
    scores = system.score(cv.Table(ROWS))  # noqa: F841 - DuckDB finds it by name
    assert duckdb.sql("select count(*), max(value) from scores").fetchall()[0][0] == 5
