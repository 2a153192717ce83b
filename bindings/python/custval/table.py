"""Tables: named columns of equal length, results of every call that gives more than one number."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import array
import ctypes
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from . import _arrow
from . import _declarations as d
from ._handle import Handle
from ._library import call, is_missing, lib, new, struct, text
from ._times import Times, is_time, missing_rows

if TYPE_CHECKING:
    from typing_extensions import Self

_TEXTS = (d.CUSTVAL_TYPE_UTF8, d.CUSTVAL_TYPE_LARGE_UTF8, d.CUSTVAL_TYPE_UTF8_VIEW, d.CUSTVAL_TYPE_DICTIONARY)
_OFFSETS = {d.CUSTVAL_TYPE_UTF8: ctypes.c_int32, d.CUSTVAL_TYPE_LARGE_UTF8: ctypes.c_int64}
_FORMATS = {
    d.CUSTVAL_TYPE_INT8: "b",
    d.CUSTVAL_TYPE_INT16: "h",
    d.CUSTVAL_TYPE_INT32: "i",
    d.CUSTVAL_TYPE_INT64: "q",
    d.CUSTVAL_TYPE_UINT8: "B",
    d.CUSTVAL_TYPE_UINT16: "H",
    d.CUSTVAL_TYPE_UINT32: "I",
    d.CUSTVAL_TYPE_UINT64: "Q",
    d.CUSTVAL_TYPE_FLOAT32: "f",
    d.CUSTVAL_TYPE_FLOAT64: "d",
}


class Table(Handle):
    """Named columns of equal length. It does not change.

    A table can be given to every call that takes data, and hands itself over without copying to whatever speaks
    Arrow's PyCapsule protocol: ``polars.DataFrame(table)``, ``pyarrow.table(table)``, ``duckdb.sql("from table")``.

    >>> table = Table({"name": ["a", "b"], "value": [1.5, None]})
    >>> table.columns
    ['name', 'value']
    >>> table["name"]
    ['a', 'b']
    >>> table.to_dict()
    {'name': ['a', 'b'], 'value': [1.5, None]}
    """

    _free = "custval_table_free"
    __slots__ = ("_from_elsewhere",)

    _from_elsewhere: bool

    def __init__(self, data: Any = None, /) -> None:
        """Makes a table of any data.

        Args:
            data: a mapping of names to sequences, a pandas frame, or anything that speaks Arrow; None: no columns.
                Columns are copied, but for those of Arrow, which are shared.

        Raises:
            ColumnTypeError: a column holds neither numbers nor texts nor dates.
        """
        from ._frames import table_of

        with table_of({} if data is None else data, copy=True) as made:
            self._own(lib.custval_table_ref(made._handle))
            self._from_elsewhere = made._from_elsewhere

    @classmethod
    def _of(cls, pointer: Any, *, from_elsewhere: bool = False) -> Self:
        """Takes a handle over; results of the library hold NaN where a number is missing, others may hold anything."""
        made = cls.__new__(cls)
        made._own(pointer)
        made._from_elsewhere = from_elsewhere
        return made

    @classmethod
    def _made(cls, function: str, *arguments: Any) -> Self:
        """The table that a function of (arguments, out, error) makes."""
        out = new(d.custval_table)
        call(function, *arguments, ctypes.byref(out))
        return cls._of(out)

    def __len__(self) -> int:
        return int(lib.custval_table_rows(self._handle))

    @property
    def columns(self) -> list[str]:
        """The names of the columns, in order."""
        count = lib.custval_table_columns(self._handle)
        return [lib.custval_table_name(self._handle, index).decode() for index in range(count)]

    @property
    def types(self) -> dict[str, str]:
        """The type of each column, e.g. "float64" or "utf8"."""
        return {name: lib.custval_type_name(self._find(name)[1].type).decode() for name in self.columns}

    def __contains__(self, name: object) -> bool:
        return name in self.columns

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def _find(self, name: str) -> tuple[int, Any]:
        if not isinstance(name, str):
            raise TypeError(f"columns are called by texts, not by {name!r}")
        index = ctypes.c_size_t()
        call("custval_table_find", self._handle, text(name), ctypes.byref(index))
        column = struct("custval_column")
        call("custval_table_column", self._handle, index, ctypes.byref(column))
        return index.value, column

    def __getitem__(self, name: str) -> Any:
        """A column: numbers as a memoryview with NaN for missing ones; texts, dates and times as a list with None.

        The memoryview shares the table's memory and keeps it alive; ``numpy.asarray`` takes it as it is. Times are in
        UTC and cut to microseconds.
        """
        column = self._column(name)
        return column if isinstance(column, list) else column.toreadonly()

    def _column(self, name: str, rows: int | None = None) -> Any:
        """As above, but writable: for those who have the table to themselves; or only of the first rows."""
        index, column = self._find(name)
        rows = len(self) if rows is None else min(rows, len(self))
        if column.type in _TEXTS:
            return self._texts(index, column, rows)
        if is_time(column.type):
            return Times.of_column(column, rows).cells()
        kind: Any = _FORMATS.get(column.type)
        if kind is None or column.stride != 0 or (column.validity and kind != "d"):
            return self._gathered(index, rows)
        if rows == 0:
            return memoryview(b"").cast(kind)
        if column.validity and self._from_elsewhere:
            return self._cleaned(column, rows)
        size = array.array(kind).itemsize
        shared: Any = (ctypes.c_char * (rows * size)).from_address(column.data + column.offset * size)
        shared._table = Table._of(lib.custval_table_ref(self._handle))  # what keeps the memory alive
        return memoryview(shared).cast("B").cast(kind)

    def _texts(self, index: int, column: Any, rows: int) -> list[str | None]:
        if column.type in _OFFSETS and rows > 0:
            return _decoded(column, rows)
        if column.type == d.CUSTVAL_TYPE_DICTIONARY and column.dictionary.contents.type in _OFFSETS and rows > 0:
            return _indexed(column, rows)
        cell, values = d.custval_text(), []
        for row in range(rows):
            call("custval_table_text", self._handle, index, row, ctypes.byref(cell))
            # The bytes of a text end where its length says, so they are not read as a C string.
            values.append(None if cell.data is None else ctypes.string_at(cell.data, cell.length).decode())
        return values

    def _gathered(self, index: int, rows: int) -> memoryview:
        values = array.array("d", bytes(8 * rows))
        cell = ctypes.c_double()
        for row in range(rows):
            call("custval_table_number", self._handle, index, row, ctypes.byref(cell))
            values[row] = cell.value
        return memoryview(values)

    def _integers(self, name: str, rows: int | None = None) -> list[int | None]:
        """A column of 64-bit whole numbers, exact also where some are missing or others lie between."""
        column, rows = self._find(name)[1], len(self) if rows is None else min(rows, len(self))
        kind, width = _FORMATS[column.type], column.stride or 8
        start = column.data + column.offset * width if rows > 0 else 0
        if width == 8:
            cells: list[int | None] = [*array.array(kind, ctypes.string_at(start, rows * 8))]
        else:
            one = ctypes.c_int64 if kind == "q" else ctypes.c_uint64
            cells = [one.from_address(start + row * width).value for row in range(rows)]
        for row in missing_rows(column, rows):
            cells[row] = None
        return cells

    def _cells(self, name: str, rows: int | None = None) -> list[Any]:
        """A column as a list, with every digit of whole numbers, and None for what is missing."""
        if self._find(name)[1].type in (d.CUSTVAL_TYPE_INT64, d.CUSTVAL_TYPE_UINT64):
            return self._integers(name, rows)
        return _plain(self._column(name, rows))

    def _cleaned(self, column: Any, rows: int) -> memoryview:
        """A copy of doubles with NaN where the bitmap says that they are missing."""
        values = array.array("d", ctypes.string_at(column.data + column.offset * 8, rows * 8))
        for row in missing_rows(column, rows):
            values[row] = float("nan")
        return memoryview(values)

    def to_dict(self) -> dict[str, list[Any]]:
        """Every column as a list, None for what is missing."""
        return self._lists(None)

    def _lists(self, rows: int | None) -> dict[str, list[Any]]:
        return {name: self._cells(name, rows) for name in self.columns}

    def rows(self) -> Iterator[dict[str, Any]]:
        """The rows, one after the other, as dictionaries of a cell by column; None for what is missing."""
        columns = self.to_dict()
        for values in zip(*columns.values()):
            yield dict(zip(columns, values))

    def to_numpy(self) -> dict[str, Any]:
        """Every column as a NumPy array: numbers without copying and read-only, texts as objects, times datetime64."""
        return self._arrays(self.__getitem__)

    def _arrays(self, column_of: Callable[[str], Any], known: dict[str, Any] | None = None) -> dict[str, Any]:
        """Arrays of NumPy, but for the columns that are known."""
        import numpy

        arrays = {}
        for name in self.columns:
            if known is not None and name in known:
                arrays[name] = known[name]
                continue
            times = self._times(name)
            column = column_of(name) if times is None else times.to_numpy()
            arrays[name] = numpy.array(column, dtype=object) if isinstance(column, list) else numpy.asarray(column)
        return arrays

    def _times(self, name: str) -> Times | None:
        """A copy of a column of dates or times; None if it is another."""
        column = self._find(name)[1]
        return Times.of_column(column, len(self)) if is_time(column.type) else None

    def to_pandas(self, index: Any = None) -> Any:
        """A pandas.DataFrame, copied.

        Args:
            index: of the frame; None: 0, 1, 2, ...
        """
        return self._pandas(self.__getitem__, index, copy=True)

    def _pandas(self, column_of: Callable[[str], Any], index: Any, *, copy: bool) -> Any:
        import pandas

        return pandas.DataFrame(self._arrays(column_of, self._pandas_texts()), index=index, copy=copy)

    def _pandas_texts(self) -> dict[str, Any]:
        """The columns of texts as pandas holds them, if it holds them as Arrow does: without a text of Python each."""
        import pandas

        dtype = pandas.Series([""]).dtype
        names = [name for name in self.columns if self._find(name)[1].type in _TEXTS]
        if getattr(dtype, "storage", None) != "pyarrow" or not names:
            return {}
        shown = self.to_pyarrow()
        return {name: pandas.array(shown[name].cast("large_string"), dtype=dtype) for name in names}

    def to_polars(self) -> Any:
        """A polars.DataFrame that shares the memory."""
        import polars

        return polars.DataFrame(self)

    def to_pyarrow(self) -> Any:
        """A pyarrow.Table that shares the memory."""
        import pyarrow

        return pyarrow.table(self)

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[Any, Any]:
        return _arrow.export_array(self._handle)

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        return _arrow.export_stream(self._handle)

    def __eq__(self, other: object) -> bool:
        """The same columns with the same cells; missing ones are equal."""
        if not isinstance(other, Table):
            return NotImplemented
        return self.columns == other.columns and self.to_dict() == other.to_dict()

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> Any:
        columns = {name: self._times(name) or self._column(name) for name in self.columns}
        packed = {
            name: (column.format, bytes(column)) if isinstance(column, memoryview) else column
            for name, column in columns.items()
        }
        return _unpickled, (type(self), len(self), packed)

    def __repr__(self) -> str:
        return f"<custval.{type(self).__name__} of {len(self)} rows: {', '.join(self.columns)}>"

    def __str__(self) -> str:
        from ._show import plain

        return plain(self)

    def _repr_html_(self) -> str:
        from ._show import html

        return html(self)


def _unpickled(kind: type[Table], rows: int, packed: dict[str, Any]) -> Table:
    from ._columns import Columns

    with Columns(rows, copy=True) as made:
        for name, column in packed.items():
            if isinstance(column, list):
                made.add_texts(name, column)
            elif isinstance(column, Times):
                made.add(name, column)
            else:
                made.add(name, memoryview(column[1]).cast(column[0]))
        return kind._of(lib.custval_table_ref(made.table._handle))


def _plain(column: Any) -> list[Any]:
    if isinstance(column, list):
        return column
    return [None if is_missing(value) else value for value in column.tolist()]


def _decoded(column: Any, rows: int) -> list[str | None]:
    offset_type = _OFFSETS[column.type]
    offsets: list[int] = (offset_type * (rows + 1)).from_address(
        column.offsets + column.offset * ctypes.sizeof(offset_type)
    )[:]  # type: ignore[assignment]
    start = offsets[0]
    data = ctypes.string_at(column.data + start, offsets[-1] - start) if column.data else b""
    texts: list[Any]
    if data.isascii():  # as many characters as bytes
        whole = data.decode()
        texts = [whole[low - start : high - start] for low, high in zip(offsets, offsets[1:])]
    else:
        texts = [data[low - start : high - start].decode() for low, high in zip(offsets, offsets[1:])]
    for row in missing_rows(column, rows):
        texts[row] = None
    return texts


def _indexed(column: Any, rows: int) -> list[str | None]:
    """The texts of a dictionary, each of which is decoded once."""
    entries = _decoded(column.dictionary.contents, column.dictionary_length) if column.dictionary_length else []
    kind, count = _FORMATS[column.index_type], len(entries)
    size = array.array(kind).itemsize
    codes = array.array(kind, ctypes.string_at(column.data + column.offset * size, rows * size))
    texts = [entries[code] if 0 <= code < count else None for code in codes]
    for row in missing_rows(column, rows):
        texts[row] = None
    return texts
