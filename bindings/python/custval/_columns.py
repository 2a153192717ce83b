"""Tables in the making, from whatever Python has for a column."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import array
import ctypes
import itertools
import numbers
import sys
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Optional

from . import _arrow, _buffers
from . import _declarations as d
from ._errors import ColumnTypeError
from ._library import bytes_at, call, doubles, is_missing, new, number, struct, text
from ._times import Times, are_times
from .table import Table

_EXACT = 2**53  # whole numbers up to this are doubles
_ARROW_TEXTS = ("string", "large_string", "string_view")


def library_of(value: Any) -> str:
    """The package that a value's class comes from, e.g. "pandas"."""
    return type(value).__module__.partition(".")[0]


class Texts(list[Optional[str]]):
    """Cells that are known to be texts, also where there are none."""


class Columns:
    """A table in the making. It borrows if it does not copy, and then lives no longer than the call it is made for."""

    def __init__(self, rows: int, *, copy: bool = False, texts: Collection[str] = ()) -> None:
        """Columns named in texts are read as texts: one without any cell becomes one."""
        self._kept: list[Any] = []
        self._copy = copy
        self._texts = texts
        self._rows = rows
        pointer = new(d.custval_table)
        call("custval_table_new", None, rows, ctypes.byref(pointer))
        self.table = Table._of(pointer)

    def __enter__(self) -> Columns:  # noqa: PYI034
        return self

    def __exit__(self, *_: object) -> None:
        self.table.close()
        self._kept.clear()

    def _add(self, name: str, column: Any, *kept: Any) -> None:
        self._kept.extend(kept)
        add = "custval_table_add_copy" if self._copy else "custval_table_add"
        call(add, self.table._handle, text(name), ctypes.byref(column))

    def add(self, name: Any, values: Any) -> None:
        """Adds a column of anything that holds numbers, texts, dates or times."""
        if not isinstance(name, str):
            raise TypeError(f"a column is called {name!r}, but names of columns are texts")
        if library_of(values) == "pandas" and hasattr(values, "dtype"):
            self.add_series(name, values)
            return
        if isinstance(values, Texts):
            self.add_texts(name, values)
            return
        if library_of(values) == "pyarrow" and str(getattr(values, "type", None)) in _ARROW_TEXTS:
            self._add_arrow(name, values)
            return
        if isinstance(values, Times):
            self._add_times(name, values)
            return
        values = _unwrapped(values)
        if library_of(values) == "numpy" and getattr(values.dtype, "kind", "") == "M" and values.ndim == 1:
            self._add_times(name, values)
            return
        borrowed = None if isinstance(values, bytes) else _buffers.column_of(values)
        if borrowed is None:
            self._add_cells(name, values)
            return
        column, count, owner = borrowed
        self._check(name, count)
        self._add(name, column, owner)

    def _check(self, name: str, count: int) -> None:
        if count != self._rows:
            raise ValueError(f'column "{name}" has {count} rows, but others have {self._rows}')

    def _add_cells(self, name: str, values: Any) -> None:
        if isinstance(values, (str, bytes, Mapping)) or not hasattr(values, "__iter__"):
            raise TypeError(f'column "{name}" is of type {type(values).__name__}, but a sequence is needed')
        try:
            cells = [None if is_missing(value) else value for value in values]
        except NotImplementedError:  # a memoryview of a format that Python itself cannot read
            raise ColumnTypeError(f'column "{name}" is of type {type(values).__name__}, which cannot be read') from None
        self._check(name, len(cells))
        if any(isinstance(cell, str) for cell in cells) or (
            name in self._texts and not any(c is not None for c in cells)
        ):
            self.add_texts(name, cells)
            return
        if are_times(cells):
            self._add_times(name, cells)
            return
        if _are_integers(cells):
            self._add_integers(name, cells)
            return
        try:
            numbers = doubles(cells)
        except TypeError:
            wrong = next(cell for cell in cells if not _is_number(cell))
            raise ColumnTypeError(f'column "{name}" holds {wrong!r}, which is neither a number nor a text') from None
        self._add(name, struct("custval_column", type=d.CUSTVAL_TYPE_FLOAT64, data=ctypes.addressof(numbers)), numbers)

    def _add_times(self, name: str, values: Any) -> None:
        """Adds dates or times: as they are, an array of datetime64, or a list of Python's."""
        try:
            if not isinstance(values, Times):
                values = Times.of_cells(values) if isinstance(values, list) else Times.of_numpy(values)
        except TypeError as failure:
            raise ColumnTypeError(f'column "{name}" holds dates, but also {failure.args[0]!r}') from None
        except ValueError as failure:
            raise ValueError(f'column "{name}": {failure}') from None
        self._check(name, len(values))
        column, *kept = values.column()
        self._add(name, column, *kept)

    def _add_integers(self, name: str, cells: list[int | None]) -> None:
        """Adds whole numbers, which doubles would round beyond 2^53: customers must not become one another."""
        values = array.array("q", (0 if cell is None else int(cell) for cell in cells))
        validity = _validity(cell is not None for cell in cells) if None in cells else None
        data = values.buffer_info()[0]
        self._add(
            name, struct("custval_column", type=d.CUSTVAL_TYPE_INT64, data=data, validity=validity), values, validity
        )

    def add_texts(self, name: str, cells: Any) -> None:
        """Adds a column of texts; None is missing."""
        self._check(name, len(cells))
        column, *kept = _text_column(name, cells)
        self._add(name, column, *kept)

    def _add_ascii(self, name: str, cells: list[Any]) -> bool:
        """Adds cells all of which are texts of ASCII, as most are; False if others are among them."""
        self._check(name, len(cells))
        found = _ascii_column(cells)
        if found is not None:
            self._add(name, *found)
        return found is not None

    def add_series(self, name: str, series: Any) -> None:
        """Adds a pandas.Series; texts of which some are missing become an index into the different ones."""
        import pandas

        series = pandas.Series(series, copy=False)  # it may be an array of pandas' own
        dtype = series.dtype
        kind = getattr(dtype, "kind", "O")
        if str(dtype) == "category":
            self._add_index(name, series.cat.codes.to_numpy(), series.cat.categories.tolist())
        elif kind in "biuf" and type(dtype).__module__.startswith("numpy"):
            self.add(name, series.to_numpy())
        elif kind in "iu" and not series.isna().any():  # nullable and Arrow-backed: exact
            self.add(name, series.to_numpy(dtype=f"{kind}8"))
        elif kind in "iu" and series.abs().max() > _EXACT:
            self._add_cells(name, series.tolist())
        elif kind in "biuf":
            self.add(name, series.to_numpy(dtype="float64", na_value=float("nan")))
        elif str(dtype).startswith(("date32", "date64")):  # Arrow's
            self._add_cells(name, series.tolist())
        elif kind == "M":
            self._add_times(name, _instants(series))
        elif _is_of_arrow_texts(series):
            self._add_arrow(name, series.array.__arrow_array__())
        elif kind == "O" and not _is_of_texts(series):
            self._add_cells(name, series.tolist())
        elif kind == "O" and self._add_ascii(name, series.tolist()):
            pass
        elif kind == "O" and not series.isna().any():
            self.add_texts(name, series.tolist())
        elif kind in "OUST" or str(dtype) in ("string", "str"):
            codes, different = series.factorize()
            self._add_index(name, codes, different.tolist())
        else:
            raise ColumnTypeError(f'column "{name}" holds {dtype}, but numbers, texts or dates are needed')

    def _add_arrow(self, name: str, array: Any) -> None:
        """Adds an array of pyarrow as it is."""
        import pyarrow

        self._check(name, len(array))
        if hasattr(array, "chunks"):  # of which even a single one would be copied
            array = array.chunk(0) if array.num_chunks == 1 else array.combine_chunks()
        shown = Table._of(_arrow.import_array(pyarrow.record_batch([array], names=[name])), from_elsewhere=True)
        self._add(name, shown._find(name)[1], shown)

    def add_column(self, name: str, source: Table) -> None:
        """Adds a column of another table as it is."""
        self._add(name, source._find(name)[1])

    def add_name(self, name: str) -> None:
        """Adds a column of which only the name counts: messages can say what is similar."""
        zeros = bytes(self._rows)
        self._add(name, struct("custval_column", type=d.CUSTVAL_TYPE_UINT8, data=bytes_at(zeros)), zeros)

    def _add_index(self, name: str, codes: Any, different: list[Any]) -> None:
        if any(not isinstance(value, str) for value in different):
            self._add_cells(name, [None if code < 0 else different[code] for code in codes.tolist()])
            return
        self._check(name, len(codes))
        import numpy

        # A dictionary is never empty, so that a column without any text is one as well.
        entries, *kept = _text_column(name, different or [""])
        present = codes >= 0
        bits: Any = numpy.packbits(present, bitorder="little")
        validity = (ctypes.c_uint8 * len(bits)).from_buffer(bits)
        codes = numpy.ascontiguousarray(numpy.where(present, codes, 0), dtype="int32")
        column = struct(
            "custval_column",
            type=d.CUSTVAL_TYPE_DICTIONARY,
            index_type=d.CUSTVAL_TYPE_INT32,
            data=_buffers.address(memoryview(codes)) if len(codes) else None,
            validity=validity if len(codes) else None,
            dictionary=entries,
            dictionary_length=max(len(different), 1),
        )
        self._add(name, column, codes, validity, entries, *kept)


def _text_column(name: str, cells: list[Any]) -> tuple[Any, ...]:
    """A column of texts, and the memory it shows."""
    found = _ascii_column(cells)
    if found is not None:
        return found
    for cell in cells:
        if cell is not None and not isinstance(cell, str):
            raise ColumnTypeError(f'column "{name}" holds texts, but also {cell!r}')
    encoded = [b"" if cell is None else cell.encode() for cell in cells]
    data = b"".join(encoded)
    return _packed(bytes_at(data), encoded, data, _validity(cell is not None for cell in cells))


def _ascii_column(cells: list[Any]) -> tuple[Any, ...] | None:
    """The same if each cell is a text, and has as many bytes as characters; None otherwise."""
    try:
        whole = "".join(cells)
    except TypeError:
        return None
    # A str of ASCII is its own UTF-8: Python gives where it is.
    return _packed(_utf8_at(whole), cells, whole, None) if whole.isascii() else None


_utf8_at = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.py_object)(("PyUnicode_AsUTF8", ctypes.pythonapi))


def _packed(at: int, cells: list[Any], data: Any, validity: Any) -> tuple[Any, ...]:
    """A column of the cells that lie one after another from `at` on, in data."""
    numpy = sys.modules.get("numpy")  # counts faster, where it is loaded anyway
    if numpy is not None:
        offsets: Any = numpy.zeros(len(cells) + 1, dtype="int64")
        numpy.cumsum(numpy.fromiter(map(len, cells), dtype="int64", count=len(cells)), out=offsets[1:])
        first = _buffers.address(memoryview(offsets))
    else:
        offsets = array.array("q", itertools.accumulate(map(len, cells), initial=0))
        first = offsets.buffer_info()[0]
    column = struct("custval_column", type=d.CUSTVAL_TYPE_LARGE_UTF8, data=at, offsets=first, validity=validity)
    return column, data, offsets, validity


def _validity(present: Iterable[bool]) -> Any:
    bits = bytearray(1)
    for row, is_there in enumerate(present):
        if row // 8 == len(bits):
            bits.append(0)
        bits[row // 8] |= is_there << row % 8
    return (ctypes.c_uint8 * len(bits)).from_buffer(bits)


def _instants(series: Any) -> Any:
    """The array of datetime64 of a pandas.Series of times, in UTC."""
    if getattr(series.dt, "tz", None) is not None:
        series = series.dt.tz_convert("UTC").dt.tz_localize(None)
    if not type(series.dtype).__module__.startswith("numpy"):  # Arrow's
        series = series.astype(f"datetime64[{series.dt.unit}]")
    return series.to_numpy()


def _unwrapped(values: Any) -> Any:
    """What is not as plain as it looks: masked cells become NaN, columns of other libraries arrays or lists."""
    library = library_of(values)
    if library == "numpy" and hasattr(values, "mask"):
        return values.astype("float64").filled(float("nan"))
    if library == "pyarrow" and hasattr(values, "to_pylist"):
        kind = str(values.type)
        # Whole numbers with missing ones would become doubles, and large ones would be rounded.
        is_plain = kind in ("double", "float") or ("int" in kind and values.null_count == 0)
        is_plain = is_plain or kind.startswith(("timestamp", "date"))
        return values.to_numpy(zero_copy_only=False) if is_plain else values.to_pylist()
    if library == "polars" and hasattr(values, "to_list"):
        return values.to_list()
    return values


def _is_of_arrow_texts(series: Any) -> bool:
    """Whether the texts of a pandas column are an array of pyarrow."""
    dtype = series.dtype
    if getattr(dtype, "storage", None) == "pyarrow":
        return True
    return str(getattr(dtype, "pyarrow_dtype", None)) in _ARROW_TEXTS


def _is_of_texts(series: Any) -> bool:
    """Whether a pandas column of objects begins with a text."""
    for value in series.array:
        if not is_missing(value):
            return isinstance(value, str)
    return False


def _are_integers(cells: list[Any]) -> bool:
    """Whether all cells that are there are whole numbers of 64 bits."""
    known = [cell for cell in cells if cell is not None]
    if not known or not all(type(cell) is int or _is_integral(cell) for cell in known):
        return False
    return bool(min(known) >= -(2**63) and max(known) < 2**63)


def _is_integral(cell: Any) -> bool:
    return isinstance(cell, numbers.Integral) and not isinstance(cell, bool)


def _is_number(cell: Any) -> bool:
    try:
        number(cell)
    except TypeError:
        return False
    return True
