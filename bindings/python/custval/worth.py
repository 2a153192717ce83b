"""What customers are worth to the firm: existing, potential, influence and learning value; how it is spread."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import ctypes
import json
import os
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from . import _declarations as d
from ._frames import give_back, table_of
from ._handle import Handle
from ._host import Progress, lent
from ._library import call, lib, new, struct, texts, written
from .table import Table

__all__ = ["Concentration", "Worth", "concentration", "wallet_allocation", "wallet_share"]

_PARTS = {
    "existing": d.CUSTVAL_WORTH_EXISTING,
    "potential": d.CUSTVAL_WORTH_POTENTIAL,
    "influence": d.CUSTVAL_WORTH_INFLUENCE,
    "learning": d.CUSTVAL_WORTH_LEARNING,
    "wallet": d.CUSTVAL_WORTH_WALLET,
}


class Worth(Handle):
    """How the value of a customer comes from columns of money; it does not change.

    >>> worth = Worth({"custval": "worth", "version": 1,
    ...                "existing": {"revenue": "revenue", "margin": 0.4, "service_cost": "service"}})
    >>> worth.value({"revenue": [100.0, 20.0], "service": [10.0, 15.0]})["total"]
    [30.0, -7.0]
    """

    _free = "custval_worth_free"
    __slots__ = ()

    def __init__(self, document: Mapping[str, Any] | str | bytes) -> None:
        """Reads a worth document.

        Args:
            document: JSON text, or a mapping as JSON has it.

        Raises:
            DocumentError: it is no worth document.
            StructureError: parts contradict each other, or a rate or an attribution that must be stated is not.
            RangeError: a number is out of its range.
        """
        data = json.dumps(document) if isinstance(document, Mapping) else document
        encoded = data.encode() if isinstance(data, str) else data
        out = new(d.custval_worth)
        call("custval_worth_parse", None, encoded, len(encoded), ctypes.byref(out))
        self._own(out)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Worth:
        """Reads a document from a file.

        Args:
            path: of the file.

        Raises:
            DocumentError: it is no worth document.
        """
        with open(path, "rb") as file:
            return cls(file.read())

    def dumps(self) -> str:
        """The document."""
        return written(lambda *into: call("custval_worth_write", self._handle, *into)).decode()

    @property
    def parts(self) -> list[str]:
        """The parts that it has: of existing, potential, influence, learning, wallet."""
        bits = lib.custval_worth_parts(self._handle)
        return [name for name, bit in _PARTS.items() if bits & bit]

    @property
    def columns(self) -> list[str]:
        """The columns that it reads."""
        count = lib.custval_worth_columns(self._handle)
        return [lib.custval_worth_column(self._handle, place).decode() for place in range(count)]

    def value(self, data: Any, *, progress: Progress = None) -> Any:
        """The value of each customer by parts.

        Args:
            data: a frame of one row per customer with the columns of the document.
            progress: as in System.score().

        Returns:
            A frame of the data's kind: the parts, `loss_maker`, `total`, `direct`, `latent`, `share`, `rank`, `status` and
            what else the document asks for (see the C manual).

        Raises:
            NotFoundError: a column is missing.
            ColumnTypeError: a column holds no numbers.
        """
        with table_of(data, self.columns) as table, lent(progress) as host:
            made = struct("custval_worth_options", host=host)
            result = Table._made("custval_worth_value", self._handle, table._handle, ctypes.byref(made))
        return give_back(data)(result)

    def returns(self, data: Any, segment: str | None = None, *, progress: Progress = None) -> Table:
        """The return on each class of cost, by segment and over all.

        Args:
            data: as in value().
            segment: column of texts or whole numbers; None: all customers are one.
            progress: as in System.score().

        Returns:
            A Table: `segment`, `class`, `customers`, `skipped`, `revenue`, `existing`, `value`, `cost`, `return`, `margin`.

        Raises:
            StateError: the existing value is not made of revenue and costs. Else as value().
        """
        wanted = [*self.columns, *([] if segment is None else [segment])]
        with table_of(data, wanted) as table, lent(progress) as host:
            made = struct("custval_returns_options", host=host, segment=segment)
            return Table._made("custval_worth_returns", self._handle, table._handle, ctypes.byref(made))

    def __eq__(self, other: object) -> bool:
        """The same document."""
        return self.dumps() == other.dumps() if isinstance(other, Worth) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.dumps())

    def __reduce__(self) -> Any:
        return Worth, (self.dumps(),)

    def __repr__(self) -> str:
        return f"<custval.Worth: {', '.join(self.parts)}>"


class Concentration(NamedTuple):
    """How a base's value is spread over its customers."""

    curve: Table
    count: int
    missing: int
    negative: int
    sum: float
    gini: float
    gini_signed: float
    peak: float
    peak_customers: float
    top_decile: float


def concentration(data: Any, column: str = "total", *, points: int = 0) -> Concentration:
    """The whale curve of a base, and how concentrated its value is.

    Args:
        data: a frame, e.g. of Worth.value().
        column: of values of any sign.
        points: rows of the curve, so many equal shares of customers; 0: one row per customer.

    Returns:
        The curve (`customers`, `value`, `cumulative`, `share`), the Gini coefficient, the peak of the curve, the share of the
        best tenth.

    Raises:
        NotFoundError: there is no such column.
        NotFiniteError: a value is infinite.
        StateError: no row has a value.

    >>> round(concentration({"total": [8.0, 1.0, 1.0]}).gini, 4)
    0.4667
    """
    made = struct("custval_concentration_options", column=column, points=points)
    facts, out = struct("custval_concentration_facts"), new(d.custval_table)
    with table_of(data, [column]) as table:
        call("custval_concentration", table._handle, ctypes.byref(made), ctypes.byref(facts), ctypes.byref(out))
    return Concentration(Table._of(out), *(getattr(facts, name) for name in Concentration._fields[1:]))


def wallet_share(data: Any, own: str = "own", category: str = "category") -> Any:
    """Each customer's share of wallet.

    Args:
        data: a frame of one row per customer.
        own: column of what the customer spends with us.
        category: column of what it spends in the category, ours included.

    Returns:
        A frame of the data's kind: `share`, `gap`, `status`.

    Raises:
        NotFoundError: a column is missing.

    >>> wallet_share({"own": [30.0], "category": [120.0]})["share"]
    [0.25]
    """
    made = struct("custval_wallet_options", own=own, category=category)
    with table_of(data, [own, category]) as table:
        result = Table._made("custval_wallet_share", table._handle, ctypes.byref(made))
    return give_back(data)(result)


def wallet_allocation(data: Any, brands: Sequence[str]) -> Any:
    """Shares of wallet from how each customer rates the brands that it uses: the Wallet Allocation Rule.

    Args:
        data: a frame of one row per customer.
        brands: columns of ratings, higher is better; a missing rating: not used.

    Returns:
        A frame of the data's kind: a share for each brand, and `status`.

    Raises:
        NotFoundError: a column is missing.
        DuplicateError: a brand is named twice.

    >>> wallet_allocation({"ours": [9.0], "theirs": [7.0]}, ["ours", "theirs"])["ours"]
    [0.6666666666666667]
    """
    made = struct("custval_wallet_options", brands=texts(brands), brands_count=len(brands))
    with table_of(data, brands) as table:
        result = Table._made("custval_wallet_allocation", table._handle, ctypes.byref(made))
    return give_back(data)(result)
