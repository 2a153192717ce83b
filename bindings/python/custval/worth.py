"""What customers are worth to the firm: existing, potential, influence and learning value; how it is spread."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any, NamedTuple

from . import _declarations as d
from ._document import Document
from ._frames import give_back, table_of, with_kept
from ._host import Progress, lent
from ._library import call, index, lib, new, several, struct, texts
from .table import Table

__all__ = ["Concentration", "Worth", "concentration", "wallet_allocation", "wallet_share"]

_PARTS = {
    "existing": d.CUSTVAL_WORTH_EXISTING,
    "potential": d.CUSTVAL_WORTH_POTENTIAL,
    "influence": d.CUSTVAL_WORTH_INFLUENCE,
    "learning": d.CUSTVAL_WORTH_LEARNING,
    "wallet": d.CUSTVAL_WORTH_WALLET,
}


class Worth(Document):
    """How the value of a customer comes from columns of money; it does not change.

    >>> worth = Worth({"custval": "worth", "version": 1,
    ...                "existing": {"revenue": "revenue", "margin": 0.4, "service_cost": "service"}})
    >>> worth.value({"revenue": [100.0, 20.0], "service": [10.0, 15.0]})["total"]
    [30.0, -7.0]
    """

    _kind = d.custval_worth
    _parse, _write, _free = "custval_worth_parse", "custval_worth_write", "custval_worth_free"
    __slots__ = ()

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

    def value(self, data: Any, *, keep: str | Sequence[str] = (), progress: Progress = None) -> Any:
        """The value of each customer by parts.

        Args:
            data: a frame of one row per customer with the columns of the document.
            keep: columns of the data that the result carries along, e.g. "customer".
            progress: as in System.score().

        Returns:
            A frame of the data's kind, row by row: a column for each part; `direct` (existing) + `latent` (the other
            parts) = `total`, which comes from `consumption`, `marketing` and `brand` as well; `loss_maker` (1: existing
            is below 0), `share` of the sum of all totals, `rank` (1 the highest), and what else the document asks for
            (see the C manual). `status`: 0, or why a row has no value: 1 a cell is missing, 2 a number is out of its
            range.

        Raises:
            NotFoundError: a column is missing.
            ColumnTypeError: a column holds no numbers.
        """
        wanted = [*self.columns, *several(keep)]
        with table_of(data, wanted) as table, lent(progress) as host:
            made = struct("custval_worth_options", host=host)
            result = Table._made("custval_worth_value", self._handle, table._handle, ctypes.byref(made))
            return give_back(data)(with_kept(table, result, keep))

    def returns(self, data: Any, segment: str | None = None, *, progress: Progress = None) -> Table:
        """The return on each class of cost, by segment and over all.

        Args:
            data: as in value().
            segment: column of texts or whole numbers; None: all customers are one.
            progress: as in System.score().

        Returns:
            A Table: `segment`, `class`, `customers`, `skipped`, `revenue`, `existing`, `value`, `cost`, `return` (value
            / cost of the class), `margin` (existing / revenue).

        Raises:
            StateError: the existing value is not made of revenue and costs. Else as value().
        """
        wanted = [*self.columns, *([] if segment is None else [segment])]
        with table_of(data, wanted) as table, lent(progress) as host:
            made = struct("custval_returns_options", host=host, segment=segment)
            return Table._made("custval_worth_returns", self._handle, table._handle, ctypes.byref(made))

    def __repr__(self) -> str:
        return f"<custval.Worth: {', '.join(self.parts)}>"


class Concentration(NamedTuple):
    """How a base's value is spread over its customers.

    Attributes:
        curve: a Table: `customers` (share of them, the best first), `value`, `cumulative`, `share` of the sum.
        customers: with a value.
        missing: customers without.
        negative: customers whose value is below 0.
        sum: of all values.
        gini: 0 (all equal) to 1; above 1 where values below 0 weigh enough; NaN where the sum is not above 0.
        gini_signed: the same for values of any sign, 0 to 1.
        peak: what the customers above 0 bring, as a share of the sum.
        peak_customers: their share of all customers.
        top_decile: share of the sum that the best tenth brings.
    """

    curve: Table
    customers: int
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
        The curve, and what it says.

    Raises:
        NotFoundError: there is no such column.
        NotFiniteError: a value is infinite.
        StateError: no row has a value.

    >>> round(concentration({"total": [8.0, 1.0, 1.0]}).gini, 4)
    0.4667
    """
    made = struct("custval_concentration_options", column=column, points=index(points, "number of points"))
    facts, out = struct("custval_concentration_facts"), new(d.custval_table)
    with table_of(data, [column]) as table:
        call("custval_concentration", table._handle, ctypes.byref(made), ctypes.byref(facts), ctypes.byref(out))
    found = [getattr(facts, name) for name in Concentration._fields[2:]]
    return Concentration(Table._of(out), facts.count, *found)


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
