"""Dates and times: from Python, NumPy, pandas and Arrow to columns of the library, and back."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import array
import ctypes
import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from . import _buffers
from . import _declarations as d
from ._library import struct

#: Types of the library: NumPy's unit, bytes of a value, values in a second (0: a value is a day).
_TYPES = {
    d.CUSTVAL_TYPE_DATE32: ("D", 4, 0),
    d.CUSTVAL_TYPE_DATE64: ("ms", 8, 1000),
    d.CUSTVAL_TYPE_TIMESTAMP_S: ("s", 8, 1),
    d.CUSTVAL_TYPE_TIMESTAMP_MS: ("ms", 8, 1000),
    d.CUSTVAL_TYPE_TIMESTAMP_US: ("us", 8, 10**6),
    d.CUSTVAL_TYPE_TIMESTAMP_NS: ("ns", 8, 10**9),
}
_BY_UNIT = {unit: kind for kind, (unit, _, _) in _TYPES.items() if kind != d.CUSTVAL_TYPE_DATE64}
#: NumPy's other units, and the next finer one of the library; attoseconds and the like are cut.
_FINER = {"Y": "D", "M": "D", "W": "D", "h": "s", "m": "s", "ps": "ns", "fs": "ns", "as": "ns"}
_EPOCH = datetime.datetime(1970, 1, 1)
_FIRST_DAY = _EPOCH.toordinal()
_MICROSECOND = datetime.timedelta(microseconds=1)


def is_time(kind: int) -> bool:
    """Whether a column type is one of dates or times."""
    return kind in _TYPES


class Times:
    """Cells of a column of dates or times: whole numbers since 1970 in the unit of a type of the library."""

    __slots__ = ("_missing", "_values", "type")

    def __init__(self, kind: int, values: Any, missing: Sequence[int] = ()) -> None:
        """Of any buffer of int32 (days) or int64, with the rows that are missing, in order."""
        self.type = kind
        self._values = values
        self._missing = missing

    @classmethod
    def of_cells(cls, cells: Sequence[Any]) -> Times:
        """Of datetime.date and datetime.datetime (without a time zone: UTC); None is missing.

        Raises TypeError if there is anything else.
        """
        missing = [row for row, cell in enumerate(cells) if cell is None]
        if any(isinstance(cell, datetime.datetime) for cell in cells):
            values = array.array("q", (0 if cell is None else _microseconds(cell) for cell in cells))
            return cls(d.CUSTVAL_TYPE_TIMESTAMP_US, values, missing)
        days = array.array("i", (0 if cell is None else _date(cell).toordinal() - _FIRST_DAY for cell in cells))
        return cls(d.CUSTVAL_TYPE_DATE32, days, missing)

    @classmethod
    def of_numpy(cls, values: Any) -> Times:
        """Of an array of datetime64 in any unit, without copying where the library has that unit; NaT is missing."""
        import numpy

        unit, step = numpy.datetime_data(values.dtype)
        unit = _FINER.get(unit, unit)
        values = numpy.ascontiguousarray(values, dtype=f"datetime64[{'s' if unit == 'generic' else unit}]")
        missing = numpy.flatnonzero(numpy.isnat(values)).tolist()
        numbers = values.view("int64")
        if unit == "D":
            numbers = numpy.where(numpy.isnat(values), 0, numbers)
            if len(numbers) > 0 and (numbers.min() < -(2**31) or numbers.max() >= 2**31):
                raise ValueError("a date is too far from 1970")
            numbers = numbers.astype("int32")
        return cls(_BY_UNIT["s" if unit == "generic" else unit], numbers, missing)

    @classmethod
    def of_column(cls, column: Any, rows: int) -> Times:
        """A copy of a column of the library."""
        _, size, _ = _TYPES[column.type]
        values = array.array("i" if size == 4 else "q")
        if column.stride in (0, size):
            values.frombytes(ctypes.string_at(column.data + column.offset * size, rows * size) if rows > 0 else b"")
        else:
            place = column.data + column.offset * column.stride
            for row in range(rows):
                values.frombytes(ctypes.string_at(place + row * column.stride, size))
        return cls(column.type, values, missing_rows(column, rows))

    @classmethod
    def joined(cls, parts: Sequence[Times]) -> Times:
        """One after the other; all of one type. Without any part, none."""
        values, missing, rows = array.array("q"), [], 0
        if parts and _TYPES[parts[0].type][1] == 4:
            values = array.array("i")
        for part in parts:
            missing += [rows + row for row in part._missing]
            values.extend(part._values)
            rows += len(part)
        return cls(parts[0].type if parts else d.CUSTVAL_TYPE_TIMESTAMP_S, values, missing)

    def __len__(self) -> int:
        return len(self._values)

    def column(self) -> tuple[Any, ...]:
        """A borrowed column, and what must live as long."""
        rows = len(self)
        if rows == 0:
            return (struct("custval_column", type=self.type),)
        view, validity = memoryview(self._values), None
        if self._missing:
            bits = bytearray(b"\xff" * (rows // 8 + 1))
            for row in self._missing:
                bits[row // 8] &= ~(1 << row % 8)
            validity = (ctypes.c_uint8 * len(bits)).from_buffer(bits)
        return struct("custval_column", type=self.type, data=_buffers.address(view), validity=validity), view, validity

    def cells(self) -> list[Any]:
        """datetime.date or datetime.datetime (UTC, without a time zone, cut to microseconds); None is missing."""
        _, _, second = _TYPES[self.type]
        missing = set(self._missing)
        if self.type == d.CUSTVAL_TYPE_DATE64:
            days = [value // 86_400_000 for value in self._values]
        else:
            days = list(self._values)
        if self.type in (d.CUSTVAL_TYPE_DATE32, d.CUSTVAL_TYPE_DATE64):
            return [
                None if row in missing else datetime.date.fromordinal(day + _FIRST_DAY) for row, day in enumerate(days)
            ]
        return [
            None if row in missing else _EPOCH + datetime.timedelta(microseconds=value * 10**6 // second)
            for row, value in enumerate(self._values)
        ]

    def to_numpy(self) -> Any:
        """An array of datetime64; what is missing is NaT."""
        import numpy

        unit, size, _ = _TYPES[self.type]
        values = numpy.array(self._values, dtype="int32" if size == 4 else "int64").astype("int64")
        made = values.view(f"datetime64[{unit}]")
        made[self._missing] = numpy.datetime64("NaT")
        return made

    def __reduce__(self) -> Any:
        return Times, (self.type, array.array("i" if _TYPES[self.type][1] == 4 else "q", self._values), self._missing)


def missing_rows(column: Any, rows: int) -> list[int]:
    """The rows whose bit in the bitmap is 0, which are few as a rule."""
    if not column.validity:
        return []
    bits = ctypes.string_at(column.validity, (column.offset + rows + 7) // 8)
    missing = []
    for place, byte in enumerate(bits):
        if byte != 0xFF:
            for bit in range(8):
                row = 8 * place + bit - column.offset
                if 0 <= row < rows and not byte >> bit & 1:
                    missing.append(row)
    return missing


def are_times(cells: Iterable[Any]) -> bool:
    """Whether the first cell that is there is a date."""
    return isinstance(next((cell for cell in cells if cell is not None), None), datetime.date)


def _date(cell: Any) -> datetime.date:
    if not isinstance(cell, datetime.date):
        raise TypeError(cell)
    return cell


def _microseconds(cell: Any) -> int:
    if not isinstance(_date(cell), datetime.datetime):
        return int(cell.toordinal() - _FIRST_DAY) * 86_400_000_000
    if cell.tzinfo is not None:
        cell = cell.astimezone(datetime.timezone.utc).replace(tzinfo=None)
    return int((cell - _EPOCH) // _MICROSECOND)
