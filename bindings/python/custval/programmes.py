"""Which programme for which customer: knowledge bases, matching, outcomes fed back; the next need."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import ctypes
import os
from collections.abc import Mapping, Sequence
from typing import Any

from . import _declarations as d
from ._document import json_of
from ._frames import table_of
from ._handle import Handle
from ._host import Progress, lent
from ._library import call, doubles, index, lib, new, number, struct, texts, written
from .table import Table

__all__ = ["Programmes", "next_need", "smoothed_interval"]

_TYPES = {
    d.CUSTVAL_TRAIT_NUMBER: "number",
    d.CUSTVAL_TRAIT_CATEGORY: "category",
    d.CUSTVAL_TRAIT_FLAG: "flag",
}


class Programmes(Handle):
    """A knowledge base of programmes for customers; it does not change.

    >>> base = Programmes({"custval": "programmes", "version": 1,
    ...                    "traits": [{"id": "age", "type": "number", "range": [18, 98]}],
    ...                    "programmes": [{"id": "delivery", "cost": 4, "effect": {"value": 12},
    ...                                    "when": {"trait": "age", ">=": 70}}]})
    >>> base.match({"age": [71.0, 30.0]}).to_dict()["net"]
    [2.0]
    >>> base.explain({"age": [71.0, 30.0]}, 1).to_dict()["reason"]
    ['age 30 not >= 70']
    """

    _free = "custval_programmes_free"
    __slots__ = ()

    def __init__(self, document: Mapping[str, Any] | str | bytes) -> None:
        """Reads a document of programmes.

        Args:
            document: JSON text, or a mapping as JSON has it.

        Raises:
            DocumentError: it is no document of programmes.
            NotFoundError: a trait, programme or value is not declared.
            ColumnTypeError: a comparison that the trait cannot have.
            DuplicateError: an id or a value is there twice.
            StructureError: members contradict each other.
            RangeError: a number is out of its range.
        """
        encoded = document if isinstance(document, bytes) else json_of(document)
        out = new(d.custval_programmes)
        call("custval_programmes_parse", None, encoded, len(encoded), ctypes.byref(out))
        self._own(out)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Programmes:
        """Reads a document from a file.

        Args:
            path: of the file.

        Raises:
            DocumentError: it is no document of programmes. Others as for the class.
        """
        with open(path, "rb") as file:
            return cls(file.read())

    def dumps(self) -> str:
        """The document."""
        return written(lambda *into: call("custval_programmes_write", self._handle, *into)).decode()

    @property
    def traits(self) -> dict[str, str]:
        """The traits, which are the columns that matching reads, with their types: number, category, flag."""
        return {
            lib.custval_programmes_column(self._handle, place).decode(): _TYPES[
                lib.custval_programmes_column_type(self._handle, place)
            ]
            for place in range(lib.custval_programmes_columns(self._handle))
        }

    @property
    def segment(self) -> str | None:
        """The trait by which outcomes are counted as well; None: there is none."""
        name = lib.custval_programmes_segment(self._handle)
        return None if name is None else name.decode()

    def list(self, language: str | None = None) -> Table:
        """The programmes, with what was tried and what succeeded.

        Args:
            language: of labels and texts, e.g. "zh"; None, or one that is not there: the first.

        Returns:
            A Table: a row per programme and per segment that it was tried in.
        """
        made = struct("custval_programmes_options", language=language)
        return Table._made("custval_programmes_list", self._handle, ctypes.byref(made))

    def check(self, data: Any = None) -> Table:
        """What is probably not meant in the base, and in a frame of customers for it.

        Args:
            data: a frame of customers; None: the base alone.

        Returns:
            A Table: `place`, `remark`, `message`; no rows: nothing was found.
        """
        if data is None:
            return Table._made("custval_programmes_check", self._handle, None, None)
        with table_of(data) as table:
            return Table._made("custval_programmes_check", self._handle, table._handle, None)

    def match(
        self,
        data: Any,
        *,
        top: int = 3,
        least_net: float = 0.0,
        budget: float = 0.0,
        reasons: bool = False,
        progress: Progress = None,
    ) -> Table:
        """Each customer's plan: the programmes taken, ranked.

        Args:
            data: a frame of one row per customer with the traits as columns.
            top: most programmes for one customer.
            least_net: programmes that are expected to bring less, after their cost, are left out.
            budget: most that all programmes may cost together; 0: no limit.
            reasons: adds the columns `reason` and `missing`.
            progress: as in System.score().

        Returns:
            A Table: a row per customer and programme taken, with `row`, `rank`, `programme`, `by`, `rate`,
            `expected_effect`, `score`, `cost`, `net`, `similarity`, `case`.

        Raises:
            NotFoundError: a column is missing.
            ColumnTypeError: a column has the wrong type.
            RangeError: an option.
        """
        with table_of(data, list(self.traits)) as table, lent(progress) as host:
            made = struct(
                "custval_programmes_options",
                host=host,
                top=top,
                least_net=least_net,
                budget=budget,
                reasons=int(reasons),
            )
            return Table._made("custval_programmes_match", self._handle, table._handle, ctypes.byref(made))

    def explain(
        self, data: Any, row: int, *, top: int = 3, least_net: float = 0.0, language: str | None = None
    ) -> Table:
        """What becomes of every programme for one customer, and why.

        Args:
            data: as in match().
            row: of the customer, from 0.
            top: as in match().
            least_net: as in match().
            language: of the labels.

        Returns:
            A Table of all programmes, those taken first: `status`, `reason`, `missing` and what match() gives.

        Raises:
            ArgumentError: there is no such row. Else as match().
        """
        made, place = struct("custval_programmes_options", top=top, least_net=least_net, language=language), index(row)
        with table_of(data, list(self.traits)) as table:
            return Table._made("custval_programmes_explain", self._handle, table._handle, place, ctypes.byref(made))

    def nearest(self, data: Any, row: int, *, top: int = 0) -> Table:
        """One customer beside the past ones, trait by trait.

        Args:
            data: as in match().
            row: of the customer, from 0.
            top: number of cases, the most similar first; 0: all.

        Returns:
            A Table: a row per case and trait, with its part in the similarity.

        Raises:
            ArgumentError: there is no such row. Else as match().
        """
        made, place = struct("custval_programmes_options", top=top), index(row)
        with table_of(data, list(self.traits)) as table:
            return Table._made("custval_programmes_nearest", self._handle, table._handle, place, ctypes.byref(made))

    def update(self, outcomes: Any) -> Programmes:
        """A base that has learnt how programmes went; this one does not change.

        Args:
            outcomes: a frame of tries: `programme`, `success` (1 or 0), and the column of the segment, if there is one.

        Returns:
            The new base.

        Raises:
            NotFoundError: a column, programme or segment.
            RangeError: a success that is neither 0 nor 1.

        >>> base = Programmes({"custval": "programmes", "version": 1, "programmes": [{"id": "a"}]})
        >>> base.update({"programme": ["a", "a"], "success": [1.0, 1.0]}).list().to_dict()["rate"]
        [0.75]
        """
        out = new(d.custval_programmes)
        with table_of(outcomes) as table:
            call("custval_programmes_update", self._handle, table._handle, None, ctypes.byref(out))
        made = object.__new__(Programmes)
        made._own(out)
        return made

    def __len__(self) -> int:
        return int(lib.custval_programmes_count(self._handle))

    def __eq__(self, other: object) -> bool:
        """The same document."""
        return self.dumps() == other.dumps() if isinstance(other, Programmes) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.dumps())

    def __reduce__(self) -> Any:
        return Programmes, (self.dumps(),)

    def __repr__(self) -> str:
        return f"<custval.Programmes: {len(self)} programmes>"


def next_need(
    data: Any,
    *,
    as_of: str | None = None,
    stock: str | None = None,
    capacity: str | None = None,
    since: str | None = None,
    users: Sequence[tuple[str, str]] = (),
    interval: str | None = None,
    lead: float = 0.0,
    within: float = 0.0,
) -> Table:
    """The due list: who will need more, when, and how much, the earliest first.

    Args:
        data: a frame of one row per customer; the other names are those of its columns.
        as_of: today, "YYYY-MM-DD"; None: days only.
        stock: what was there when it was last counted or filled.
        capacity: what there is room for.
        since: days since then.
        users: pairs of how many there are of a kind, and what one of them uses per day.
        interval: days between purchases, instead of users.
        lead: days before the need to deliver.
        within: only who is due in so many days; 0: all.

    Returns:
        A Table: `row`, `days`, `date`, `usage`, `remaining`, `quantity`, `status`.

    Raises:
        ArgumentError: as_of is no date; columns of both ways or of neither.
        NotFoundError: a column is missing.

    >>> next_need({"jar": [30.0], "rice": [24.0], "adults": [2.0], "eats": [0.4]}, as_of="2026-03-01",
    ...           stock="rice", capacity="jar", users=[("adults", "eats")])["date"]
    ['2026-03-31']
    """
    counts, rates = [count for count, _ in users], [rate for _, rate in users]
    wanted = [name for name in (stock, capacity, since, interval, *counts, *rates) if name is not None]
    made = struct(
        "custval_need_options",
        as_of=as_of,
        stock=stock,
        capacity=capacity,
        since=since,
        counts=texts(counts),
        rates=texts(rates),
        kinds=len(counts),
        interval=interval,
        lead=lead,
        within=within,
    )
    with table_of(data, list(dict.fromkeys(wanted))) as table:
        return Table._made("custval_next_need", table._handle, ctypes.byref(made))


def smoothed_interval(intervals: Sequence[float], smoothing: float = 0.3) -> float:
    """The exponentially weighted mean of intervals between purchases, the newest last.

    Args:
        intervals: in the order of time.
        smoothing: weight of the newest one, above 0 and at most 1.

    Returns:
        The mean.

    Raises:
        ArgumentError: there is no interval.
        RangeError: smoothing, or an interval below 0.

    >>> smoothed_interval([10.0, 20.0], 0.5)
    15.0
    """
    values = doubles(intervals)
    out = ctypes.c_double()
    call("custval_smoothed_interval", values, len(values), number(smoothing), ctypes.byref(out))
    return out.value
