"""Groups of customers that are managed apart: profit and loyalty, bands of a score, RFM segments; cohorts."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import ctypes
import os
from collections.abc import Mapping
from typing import Any

from . import _declarations as d
from ._document import json_of
from ._frames import give_back, table_of
from ._handle import Handle, expected
from ._library import call, lib, new, struct, text, written
from .history import End, History, end_of
from .table import Table

__all__ = ["Groups", "cohorts"]


class Groups(Handle):
    """How customers fall into groups; it does not change.

    >>> groups = Groups({"custval": "groups", "version": 1,
    ...                  "measures": [{"id": "score", "cuts": [40, 60]}],
    ...                  "groups": [{"id": "high", "when": {"score": 3}}, {"id": "rest"}]})
    >>> groups.assign({"score": [60.0, 59.9]})["group"]
    ['high', 'rest']
    """

    _free = "custval_groups_free"
    __slots__ = ()

    def __init__(self, document: Mapping[str, Any] | str | bytes) -> None:
        """Reads a groups document.

        Args:
            document: JSON text, or a mapping as JSON has it.

        Raises:
            DocumentError: it is no groups document.
            StructureError: a group can never take anyone, or a measure has no cuts.
            RangeError: cuts descend, or a level does not exist.
        """
        encoded = document if isinstance(document, bytes) else json_of(document)
        out = new(d.custval_groups)
        call("custval_groups_parse", None, encoded, len(encoded), ctypes.byref(out))
        self._own(out)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Groups:
        """Reads a document from a file.

        Args:
            path: of the file.

        Raises:
            DocumentError: it is no groups document.
        """
        with open(path, "rb") as file:
            return cls(file.read())

    def dumps(self) -> str:
        """The document."""
        return written(lambda *into: call("custval_groups_write", self._handle, *into)).decode()

    @property
    def ids(self) -> list[str]:
        """The groups, in the order of the document."""
        return [lib.custval_groups_id(self._handle, i).decode() for i in range(lib.custval_groups_count(self._handle))]

    @property
    def measures(self) -> dict[str, str]:
        """The measures, and the column that each reads."""
        out = {}
        for place in range(lib.custval_groups_measures(self._handle)):
            column = ctypes.c_char_p()
            name = lib.custval_groups_measure(self._handle, place, ctypes.byref(column))
            out[name.decode()] = (column.value or b"").decode()
        return out

    def label(self, group: str, language: str = "en") -> str:
        """What a group is called.

        Args:
            group: its id.
            language: wanted; else English, else whatever there is, else the id.

        Raises:
            KeyError: there is no such group.
        """
        return self._text(group, d.CUSTVAL_GROUP_LABEL, language)

    def advice(self, group: str, language: str = "en") -> str:
        """What to do with the customers of a group.

        Args:
            group: its id.
            language: wanted; else English, else whatever there is, else nothing.

        Raises:
            KeyError: there is no such group.
        """
        return self._text(group, d.CUSTVAL_GROUP_ADVICE, language)

    def _text(self, group: str, kind: int, language: str) -> str:
        ids = self.ids
        if group not in ids:
            raise KeyError(group)
        found: bytes = lib.custval_groups_text(self._handle, ids.index(group), kind, text(language))
        return found.decode()

    def fix(self, data: Any) -> Groups:
        """The groups with the quantiles turned into the cuts of a base period.

        Args:
            data: a frame of one row per customer with the columns of the measures.

        Raises:
            StateError: there is no number to take a quantile of.
            NotFoundError: a column is missing.
        """
        out = new(d.custval_groups)
        with table_of(data, list(self.measures.values())) as table:
            call("custval_groups_fix", self._handle, table._handle, None, ctypes.byref(out))
        made = Groups.__new__(Groups)
        made._own(out)
        return made

    def assign(self, data: Any) -> Any:
        """The group of each customer.

        Args:
            data: as in fix().

        Returns:
            A frame of the data's kind: `group`, the level of each measure under its id, `status`.

        Raises:
            StateError: there is no number to take a quantile of.
            NotFoundError: a column is missing.
        """
        with table_of(data, list(self.measures.values())) as table:
            result = Table._made("custval_groups_assign", self._handle, table._handle, None)
        return give_back(data)(result)

    def describe(self, data: Any, value: str | None = None) -> Table:
        """Who is in the groups, and what may be spent on them.

        Args:
            data: as in fix().
            value: column of what a customer is worth if kept; None: none.

        Returns:
            A Table of one row per group, one for customers in none, one for all: `group`, `customers`, `share`,
            sum and mean of each measure; with a value its sum and mean, `allowable`, `spend`, `return`.

        Raises:
            DuplicateError: columns of the result would have the same name. Else as assign().
        """
        made = struct("custval_groups_options", value=value)
        wanted = [*self.measures.values(), *([] if value is None else [value])]
        with table_of(data, wanted) as table:
            return Table._made("custval_groups_describe", self._handle, table._handle, ctypes.byref(made))

    def __eq__(self, other: object) -> bool:
        """The same document."""
        return self.dumps() == other.dumps() if isinstance(other, Groups) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.dumps())

    def __reduce__(self) -> Any:
        return Groups, (self.dumps(),)

    def __repr__(self) -> str:
        return f"<custval.Groups: {', '.join(self.ids)}>"


def cohorts(history: History, end: End = None, *, length: int = 1) -> Table:
    """Retention and repeat purchase by cohort: how many of those who came together buy again, age by age.

    Args:
        history: of purchases, e.g. by months.
        end: last period that counts; None: the latest one seen.
        length: periods of the history that are one age, and whose newcomers are one cohort.

    Returns:
        A Table of one row per cohort and age: `cohort`, `age`, `customers`, `active`, `retention`, `repeat`, `kept`.

    Raises:
        StateError: the history is folded.
        LimitError: there are too many stretches of this length.

    >>> history = History(amount=None, period="month")
    >>> history.update({"customer": [1, 1, 2, 3], "date": ["2026-01-03", "2026-02-09", "2026-01-31", "2026-02-01"]})
    >>> cohorts(history)["retention"].tolist()
    [1.0, 0.5, 1.0]
    """
    made = struct("custval_cohort_options", end=end_of(end), length=length)
    kept = expected(History, history)
    with kept._lock:
        return Table._made("custval_cohorts", kept._handle, ctypes.byref(made))
