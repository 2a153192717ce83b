"""Summaries: one reading of data, in pieces, on many machines."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import ctypes
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from . import _declarations as d
from ._carried import Carried
from ._frames import table_of
from ._handle import expected
from ._host import Host, Progress
from ._library import call, lib, new, number, struct, text, word_value
from ._options import Date, date_of
from .system import System
from .table import Table

_PARTS = {
    "pairs": d.CUSTVAL_SUMMARY_PAIRS,
    "entropy": d.CUSTVAL_SUMMARY_ENTROPY,
    "quantiles": d.CUSTVAL_SUMMARY_QUANTILES,
    "removal": d.CUSTVAL_SUMMARY_REMOVAL,
}


def column_names(data: Any, chosen: Sequence[str] | None) -> list[str]:
    """The chosen columns, or every one that holds numbers."""
    if chosen is not None:
        return list(chosen)
    with table_of(data) as table:
        return [name for name, kind in table.types.items() if "int" in kind or "float" in kind or "bool" in kind]


def criteria_of(
    names: Sequence[str],
    sacrifices: Iterable[str] = (),
    ranges: Mapping[str, tuple[float, float]] | None = None,
    weights: Mapping[str, float] | None = None,
) -> Any:
    """The library's array of columns with their sides, ranges and weights."""
    low, ranges, weights = set(sacrifices), expected(Mapping, ranges or {}), expected(Mapping, weights or {})
    unknown = [name for name in [*low, *ranges, *weights] if name not in names]
    if unknown:
        raise KeyError(f"{unknown[0]!r} is none of the columns {', '.join(names)}")
    made = (d.custval_criterion * len(names))()
    for criterion, name in zip(made, names):
        criterion.column = text(name)
        criterion.side = d.CUSTVAL_SIDE_SACRIFICE if name in low else d.CUSTVAL_SIDE_BENEFIT
        criterion.weight = number(weights.get(name, 1.0))
        lowest, highest = ranges.get(name, (0.0, 0.0))
        criterion.low, criterion.high = number(lowest), number(highest)
    return made


def system_criteria(system: System, level: str, profile: str | None = None) -> Any:
    """The nodes of a level as the library's criteria of a table of their scores."""
    count = ctypes.c_size_t()
    arguments = system._handle, word_value(d.CUSTVAL_WORDS_KIND, level), text(profile)
    call("custval_system_criteria", *arguments, None, 0, ctypes.byref(count))
    made: Any = (d.custval_criterion * count.value)()
    call("custval_system_criteria", *arguments, made, count.value, ctypes.byref(count))
    made._system = system._handle  # which owns the names
    return made


class Summary(Carried):
    """What weights, scales and drivers need to know of a table: moments, correlations, entropies, quantiles.

    Fed in pieces, merged with summaries of other pieces, pickled and sent to other machines; a few kilobytes.

    >>> january = Summary({"q1": [1, 2, 3]}, parts=["quantiles"])
    >>> february = Summary({"q1": [4, 5]}, parts=["quantiles"])
    >>> january.merge(february)
    >>> january.rows, january.quantile("q1", 0.5)
    (5, 3.0)
    """

    _type, _free = "custval_summary", "custval_summary_free"
    _read, _write, _merge = "custval_summary_read", "custval_summary_write", "custval_summary_merge"
    __slots__ = ("_level", "_names", "_system")

    def __init__(
        self,
        data: Any = None,
        *,
        columns: Sequence[str] | None = None,
        sacrifices: Iterable[str] = (),
        ranges: Mapping[str, tuple[float, float]] | None = None,
        system: System | None = None,
        level: str = "indicator",
        parts: Iterable[str] = (),
        progress: Progress = None,
    ) -> None:
        """Begins a summary, and feeds it with data if they are given.

        Args:
            data: a frame, as for System.score(); None: an empty summary.
            columns: names; None: every column of numbers in the data.
            sacrifices: columns where less is better.
            ranges: (low, high) of columns whose range is known; a number outside it is an error.
            system: summarise the scores of its nodes instead: data are answers, columns the nodes of the level.
            level: "side", "dimension", "indicator" or "item".
            parts: what to keep besides moments: "pairs", "entropy", "quantiles", "removal", or "all" but the last.
            progress: as in System.score().

        Raises:
            TypeError: neither data nor columns nor a system is given.
            KeyError: sacrifices or ranges name what is no column.
            RangeError: a number or a range is wrong, or a part needs a range that is not given.
            NotFiniteError: a cell is infinite.
        """
        if system is not None:
            criteria = system_criteria(expected(System, system), level)
        elif data is None and columns is None:
            raise TypeError("a summary needs data, the names of columns, or a system")
        else:
            criteria = criteria_of(column_names(data, columns), sacrifices, ranges)
        self._host = Host()
        self._system, self._level = system, level
        out = new(d.custval_summary)
        call("custval_summary_new", self._host.pointer, criteria, len(criteria), _bits_of(parts), ctypes.byref(out))
        self._own(out)
        self._names = [criterion.column.decode() for criterion in criteria]
        if data is not None:
            self.update(data, progress=progress)

    def update(self, data: Any, *, progress: Progress = None) -> None:
        """Feeds all rows of a table; on an error the summary stays as it was. Missing cells are counted and left out.

        Args:
            data: a frame with the columns of the summary, or of a summary of a system's nodes, with answers.
            progress: as in System.score().

        Raises:
            NotFoundError: a column is missing.
            RangeError: a number lies outside the range of its column.
            NotFiniteError: a cell is infinite.
        """
        if self._system is not None:
            options = {"levels": self._level, "coverage": "none", "progress": progress}
            data = self._system._on(Table, "custval_score", data, **options)
        with table_of(data, self._names) as table, self._lock, self._watched(progress):
            call("custval_summary_add", self._handle, table._handle)

    def _watched(self, progress: Progress) -> Any:
        self._handle  # noqa: B018 - which may make another host
        return self._host.watched(progress)

    def merge(self, other: Summary) -> None:
        """Adds what another summary has seen.

        Args:
            other: a summary of the same columns, sides, ranges and parts; it stays as it is.

        Raises:
            StructureError: the two differ in one of these.
            ArgumentError: they are the same summary.
        """
        self._take(other)

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return list(self._names)

    @property
    def rows(self) -> int:
        """How many rows were fed, those with missing cells included."""
        with self._lock:
            return int(lib.custval_summary_rows(self._handle))

    @property
    def table(self) -> Table:
        """A Table of one row per column.

        `name`, `side`, `count`, `missing`, `low`, `high`, `mean`, `deviation` (n - 1), `variation` (deviation /
        |mean|); with "entropy" `entropy` (0 to 1) and `divergence` (1 - entropy); with "quantiles" `q05`, `q25`,
        `median`, `q75`, `q95`.
        """
        with self._lock:
            return Table._made("custval_summary_table", self._handle)

    @property
    def correlations(self) -> Table:
        """A Table of Pearson's correlations over the rows that lack nothing: `name`, then a column for each column.

        Missing where a column does not vary. Needs "pairs", without which it raises StateError.
        """
        with self._lock:
            return Table._made("custval_summary_correlations", self._handle)

    def quantile(self, column: str, share: float) -> float:
        """A quantile of a column, within a relative 2^-8, exact for whole numbers up to 256; NaN of no numbers.

        Args:
            column: its name.
            share: 0 (the smallest) to 1 (the largest).

        Raises:
            KeyError: there is no such column.
            RangeError: the share is not within 0 and 1.
            StateError: the summary was not made with "quantiles".
        """
        if column not in self._names:
            raise KeyError(f"{column!r} is none of the columns {', '.join(self._names)}")
        out = ctypes.c_double()
        self._call("custval_summary_quantile", self._names.index(column), number(share), ctypes.byref(out))
        return out.value

    def fit(
        self,
        system: System,
        method: str = "range",
        *,
        source: str | None = None,
        date: Date = None,
        note: str | None = None,
    ) -> System:
        """A new system whose items' scales are fitted to these data and frozen; it records where they come from.

        Items whose columns are not in the summary stay as they are, and so does the system given.

        Args:
            system: the items' columns are named as the summary's, which are raw answers.
            method: "range" (from the least to the largest number), "z" (50 + 10 deviations from the mean) or "quantile"
                (share of customers at or below; needs "quantiles").
            source: which data; None: not said.
            date: a date or ISO text; None: not said.
            note: free text.

        Raises:
            NotFoundError: no item reads any of the columns.
            StateError: a column has no two different numbers, or a code for "no answer" among them.
            StructureError: an item has categories or the curve "prospect".
        """
        made = struct("custval_fit_options", method=method, source=source, date=date_of(date), note=note)
        with self._lock:
            return System._made(
                "custval_system_fit", expected(System, system)._handle, self._handle, ctypes.byref(made)
            )

    def to_bytes(self) -> bytes:
        """Bytes that any machine can read with from_bytes(). The same summary gives the same bytes."""
        return self._to_bytes()

    @classmethod
    def from_bytes(cls, data: bytes, system: System | None = None, level: str = "indicator") -> Summary:
        """Reads what to_bytes() wrote.

        Args:
            data: the bytes.
            system: of a summary of a system's nodes, the system again; else None.
            level: of its nodes, as when the summary was made.

        Raises:
            DocumentError: the bytes are no summary, damaged, or of a version that this library cannot read.
        """
        made = cls.__new__(cls)
        made._system, made._level = system, level
        made._restore(bytes(data))
        made._names = made.table["name"]
        return made

    def __reduce__(self) -> Any:
        return Summary.from_bytes, (self.to_bytes(), self._system, self._level)

    def __repr__(self) -> str:
        return f"<custval.Summary of {self.rows} rows: {', '.join(self._names)}>"

    def _repr_html_(self) -> str:
        return self.table._repr_html_()


def _bits_of(parts: Iterable[str]) -> int:
    wanted = [parts] if isinstance(parts, str) else list(parts)
    bits = 0
    for part in wanted:
        if part == "all":
            bits |= _PARTS["pairs"] | _PARTS["entropy"] | _PARTS["quantiles"]
        elif part in _PARTS:
            bits |= _PARTS[part]
        else:
            raise ValueError(f"{part!r} is no part of a summary; the parts are {', '.join(_PARTS)}, all")
    return bits
