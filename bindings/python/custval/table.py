"""Tables: named columns of equal length, results of every call that gives more than one number."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping
from typing import Any

from . import _arrow, _buffers
from . import _declarations as d
from ._handle import Handle
from ._library import call, doubles, lib, struct, text

_TEXTS = (d.CUSTVAL_TYPE_UTF8, d.CUSTVAL_TYPE_LARGE_UTF8, d.CUSTVAL_TYPE_UTF8_VIEW, d.CUSTVAL_TYPE_DICTIONARY)
_CTYPES = {
    d.CUSTVAL_TYPE_INT8: ctypes.c_int8,
    d.CUSTVAL_TYPE_INT16: ctypes.c_int16,
    d.CUSTVAL_TYPE_INT32: ctypes.c_int32,
    d.CUSTVAL_TYPE_INT64: ctypes.c_int64,
    d.CUSTVAL_TYPE_UINT8: ctypes.c_uint8,
    d.CUSTVAL_TYPE_UINT16: ctypes.c_uint16,
    d.CUSTVAL_TYPE_UINT32: ctypes.c_uint32,
    d.CUSTVAL_TYPE_UINT64: ctypes.c_uint64,
    d.CUSTVAL_TYPE_FLOAT32: ctypes.c_float,
    d.CUSTVAL_TYPE_FLOAT64: ctypes.c_double,
}
_FORMATS = {ctypes.c_float: "f", ctypes.c_double: "d"}


class Table(Handle):
    """Named columns of equal length.

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
    __slots__ = ()

    def __init__(self, data: Any = None, /) -> None:
        """Copies the columns of a mapping of sequences, a data frame, or anything that speaks Arrow."""
        from ._frames import table_of

        if data is None:
            data = {}
        with table_of(data, copy=True) as made:
            self._own(lib.custval_table_ref(made._handle))

    @classmethod
    def _of(cls, pointer: Any) -> Table:
        """Takes a handle over."""
        made = cls.__new__(cls)
        made._own(pointer)
        return made

    def __len__(self) -> int:
        return int(lib.custval_table_rows(self._handle))

    @property
    def columns(self) -> list[str]:
        """The names of the columns, in order."""
        count = lib.custval_table_columns(self._handle)
        return [lib.custval_table_name(self._handle, index).decode() for index in range(count)]

    def __contains__(self, name: object) -> bool:
        return name in self.columns

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def _find(self, name: str) -> tuple[int, Any]:
        index = ctypes.c_size_t()
        call("custval_table_find", self._handle, text(name), ctypes.byref(index))
        column = struct("custval_column")
        call("custval_table_column", self._handle, index, ctypes.byref(column))
        return index.value, column

    def __getitem__(self, name: str) -> Any:
        """A column: texts as a list with None for missing ones, numbers as a memoryview with NaN for missing ones.

        The memoryview shares the table's memory and keeps it alive; ``numpy.asarray`` and ``array.array`` take it as it is.
        """
        index, column = self._find(name)
        if column.type in _TEXTS:
            return self._texts(index)
        return self._numbers(index, column)

    def _texts(self, index: int) -> list[str | None]:
        cell, values = d.custval_text(), []
        # The bytes of a text end where its length says, so they are not read as a C string.
        for row in range(len(self)):
            call("custval_table_text", self._handle, index, row, ctypes.byref(cell))
            values.append(None if cell.data is None else ctypes.string_at(cell.data, cell.length).decode())
        return values

    def _numbers(self, index: int, column: Any) -> memoryview:
        rows = len(self)
        kind = _CTYPES.get(column.type)
        if kind is None or column.stride != 0 or (column.validity and kind is not ctypes.c_double) or not column.data:
            return self._gathered(index, rows)
        if column.validity and not self._holds_nan(column, rows):
            return self._gathered(index, rows)
        shared = (kind * rows).from_address(column.data + column.offset * ctypes.sizeof(kind))
        shared._table = Table._of(lib.custval_table_ref(self._handle))  # what keeps the memory alive
        view = memoryview(shared)
        return view.cast("B").cast(view.format.lstrip("<>=@")) if rows else memoryview(b"").cast("d")

    @staticmethod
    def _holds_nan(column: Any, rows: int) -> bool:
        """Results of the library hold NaN where a number is missing; borrowed data may hold anything there."""
        values = (ctypes.c_double * rows).from_address(column.data + column.offset * 8)
        for row in range(rows):
            at = column.offset + row
            if not column.validity[at // 8] >> (at % 8) & 1:
                return values[row] != values[row]
        return True

    def _gathered(self, index: int, rows: int) -> memoryview:
        values = (ctypes.c_double * rows)()
        cell = ctypes.c_double()
        for row in range(rows):
            call("custval_table_number", self._handle, index, row, ctypes.byref(cell))
            values[row] = cell.value
        return memoryview(values).cast("B").cast("d") if rows else memoryview(b"").cast("d")

    def to_dict(self) -> dict[str, list[Any]]:
        """Every column as a list, None for what is missing."""
        return {name: _plain(self[name]) for name in self.columns}

    def rows(self) -> Iterator[dict[str, Any]]:
        """The rows, one after the other, as dictionaries."""
        columns = self.to_dict()
        for values in zip(*columns.values()):
            yield dict(zip(columns, values))

    def to_numpy(self) -> dict[str, Any]:
        """Every column as a NumPy array: numbers without copying, texts as objects."""
        import numpy

        return {
            name: numpy.array(column, dtype=object) if isinstance(column, list) else numpy.asarray(column)
            for name, column in ((name, self[name]) for name in self.columns)
        }

    def to_pandas(self, index: Any = None) -> Any:
        """A pandas.DataFrame."""
        import pandas

        return pandas.DataFrame(self.to_numpy(), index=index, copy=False)

    def to_polars(self) -> Any:
        """A polars.DataFrame."""
        import polars

        return polars.DataFrame(self)

    def to_pyarrow(self) -> Any:
        """A pyarrow.Table."""
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
        return self.to_dict() == other.to_dict()

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Any, ...]:
        return Table, (self.to_dict(),)

    def __repr__(self) -> str:
        return f"<custval.Table of {len(self)} rows: {', '.join(self.columns)}>"

    def __str__(self) -> str:
        from ._show import plain

        return plain(self)

    def _repr_html_(self) -> str:
        from ._show import html

        return html(self)


def _plain(column: Any) -> list[Any]:
    if isinstance(column, list):
        return column
    return [None if value != value else value for value in column.tolist()]


class Columns:
    """A table in the making, from Python's memory; it borrows, so it lives no longer than the call it is made for."""

    def __init__(self, rows: int, *, copy: bool = False) -> None:
        self._kept: list[Any] = []
        self._copy = copy
        pointer = ctypes.POINTER(d.custval_table)()
        call("custval_table_new", None, rows, ctypes.byref(pointer))
        self.table = Table._of(pointer)
        self.rows = rows

    def __enter__(self) -> Table:
        return self.table

    def __exit__(self, *_: object) -> None:
        self.table.close()
        self._kept.clear()

    def _add(self, name: str, column: Any) -> None:
        add = "custval_table_add_copy" if self._copy else "custval_table_add"
        call(add, self.table._handle, text(name), ctypes.byref(column))

    def add(self, name: Any, values: Any) -> None:
        """Adds a column of anything that holds numbers or texts."""
        if not isinstance(name, str):
            raise TypeError(f"a column is called {name!r}, but names of columns are texts")
        borrowed = _buffers.column_of(values)
        if borrowed is None:
            self._add_list(name, values)
            return
        column, count, owner = borrowed
        self._check(name, count)
        self._kept.append(owner)
        self._add(name, column)

    def _check(self, name: str, count: int) -> None:
        if count != self.rows:
            raise ValueError(f'column "{name}" has {count} rows, but others have {self.rows}')

    def _add_list(self, name: str, values: Any) -> None:
        if isinstance(values, (str, bytes, Mapping)) or not hasattr(values, "__iter__"):
            raise TypeError(f'column "{name}" is of type {type(values).__name__}, but a sequence is needed')
        cells = [None if _is_missing(value) else value for value in values]
        self._check(name, len(cells))
        if any(isinstance(value, str) for value in cells):
            self.add_texts(name, cells)
            return
        try:
            numbers = doubles(cells)
        except (TypeError, ValueError):
            wrong = next(value for value in cells if value is not None and not isinstance(value, (int, float)))
            raise TypeError(f'column "{name}" holds {wrong!r}, which is neither a number nor a text') from None
        self._kept.append(numbers)
        self._add(name, struct("custval_column", type=d.CUSTVAL_TYPE_FLOAT64, data=ctypes.addressof(numbers)))

    def add_texts(self, name: str, cells: list[Any]) -> None:
        """Adds a copied column of texts; None is missing."""
        encoded = []
        for cell in cells:
            if cell is not None and not isinstance(cell, str):
                raise TypeError(f'column "{name}" holds texts, but also {cell!r}')
            encoded.append(None if cell is None else cell.encode())
        array = (d.custval_text * len(encoded))()
        for place, value in zip(array, encoded):
            if value is not None:
                place.data, place.length = ctypes.cast(value, ctypes.c_void_p), len(value)
        call("custval_table_add_texts", self.table._handle, text(name), array)


def _is_missing(value: Any) -> bool:
    """None, and what other libraries use for it: NaN, pandas.NA."""
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return True
    return isinstance(value, float) and value != value
