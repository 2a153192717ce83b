"""Histories: from transactions to what each customer bought when."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any, NamedTuple, Union

from . import _declarations as d
from ._frames import give_back, table_of
from ._handle import Mutable, expected
from ._host import Host, Progress
from ._library import call, doubles, new, struct, text
from ._options import Date, date_of
from .table import Table

__all__ = ["Cuts", "History", "rfm"]

#: The end of an observation: a date, ISO text, or a number where times are numbers.
End = Union[Date, float]

#: Cuts of RFM scores: bins - 1 ascending numbers for recency, frequency and money.
Cuts = tuple[Sequence[float], Sequence[float], Sequence[float]]

#: Periods in a unit of time, by period and unit.
_DAYS = {"second": 1 / 86400, "hour": 1 / 24, "day": 1, "week": 7, "month": 30.4375, "quarter": 91.3125, "year": 365.25}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def end_of(end: End) -> str | None:
    """An end as the library reads it."""
    return repr(float(end)) if isinstance(end, (int, float)) else date_of(end)


def days_of(unit: str | None) -> float | None:
    """Days in a unit of time; None if that is not known."""
    return None if unit is None else _DAYS.get(unit)


def _periods_per_unit(period: str, unit: str | float) -> float:
    if not isinstance(unit, str):
        return float(unit)
    if unit == period:
        return 1.0
    length = _MONTHS if period in _MONTHS else _DAYS
    if period not in length or unit not in length or length[unit] < length[period]:
        raise ValueError(f"{unit!r} is no unit of at least one {period}; give the number of periods in a unit")
    return length[unit] / length[period]


class Facts(NamedTuple):
    """What a history has seen."""

    rows: int
    customers: int
    purchases: int
    refunds: int
    zeros: int
    bad: int
    first: str
    last: str
    folded: str


class History(Mutable):
    """Transactions of many customers, in any order and in pieces.

    Purchases of a customer in one period are one purchase. A history can be merged with others, pickled, sent, and
    updated with new transactions.

    >>> history = History({"customer": [1, 1, 2], "date": ["2026-01-01", "2026-01-15", "2026-01-08"],
    ...                    "amount": [10.0, 20.0, 5.0]}, unit="week")
    >>> customers = history.customers(end="2026-01-29")
    >>> customers["customer"].tolist(), customers["x"].tolist(), customers["t_x"].tolist(), customers["T"].tolist()
    ([1, 2], [1.0, 0.0], [2.0, 0.0], [4.0, 3.0])
    """

    _free = "custval_history_free"
    __slots__ = ("_columns", "_host", "_unit")

    def __init__(
        self,
        data: Any = None,
        *,
        customer: str = "customer",
        date: str = "date",
        amount: str | None = "amount",
        cost: str | None = None,
        quantity: str | None = None,
        period: str = "day",
        unit: str | float | None = None,
        step: float = 1.0,
        refunds: str = "reject",
        zeros: str = "keep",
        bad_rows: str = "reject",
        progress: Progress = None,
    ) -> None:
        """Begins a history, and feeds it with transactions if they are given.

        Args:
            data: a frame of transactions, as for System.score(); None: an empty history.
            customer: column of the customers' keys, whole numbers or texts.
            date: column of the times: dates, datetimes (as UTC), ISO texts; numbers with period "number".
            amount: column of the money; None: there is none.
            cost: column of the cost; None: there is none.
            quantity: column of the quantity; None: there is none.
            period: what is told apart: "day", "week", "month", "quarter", "year", "hour", "second" or "number".
            unit: unit of time of the results, e.g. "week", or a number of periods; None: "week" for days, else the
                period.
            step: of period "number": its width.
            refunds: negative amounts: "reject", "net" (taken off the last purchase), "drop", "keep" (amounts are
                margins).
            zeros: amounts of 0: "keep", "drop" or "reject".
            bad_rows: rows without a customer, a time or an amount: "reject" or "drop".
            progress: as in System.score().

        Raises:
            NotFoundError: a column is missing.
            RangeError: a text is no date, or the rules refuse an amount.
            NotFiniteError: an amount is infinite.
        """
        self._host = Host()
        self._unit = ("week" if period == "day" else period) if unit is None else unit
        self._columns = [customer, date, *(name for name in (amount, cost, quantity) if name)]
        made = struct(
            "custval_history_options",
            customer=customer,
            time=date,
            amount=amount or "",
            cost=cost,
            quantity=quantity,
            period=period,
            step=step,
            periods_per_unit=_periods_per_unit(period, self._unit),
            refunds=refunds,
            zeros=zeros,
            bad_rows=bad_rows,
        )
        out = new(d.custval_history)
        call("custval_history_new", self._host.pointer, ctypes.byref(made), ctypes.byref(out))
        self._own(out)
        if data is not None:
            self.update(data, progress=progress)

    @property
    def _handle(self) -> Any:
        if not self._host.is_of_this_process:  # in a forked child, without the threads of its parent
            self._restore(self._bytes_of(super()._handle))
        return super()._handle

    def _restore(self, data: bytes) -> None:
        self._host = Host()
        out = new(d.custval_history)
        call("custval_history_read", self._host.pointer, data, len(data), ctypes.byref(out))
        self._own(out)

    def update(self, data: Any, *, progress: Progress = None) -> None:
        """Feeds all rows of a table of transactions; on an error the history stays as it was.

        Args:
            data: a frame with the columns of the history.
            progress: as in System.score().

        Raises:
            StateError: a row lies before the date up to which the history is folded. Else as History().
        """
        with table_of(data, self._columns) as table, self._lock:
            self._handle  # noqa: B018 - which may make another host
            with self._host.watched(progress):
                call("custval_history_add", self._handle, table._handle)

    def merge(self, other: History) -> None:
        """Adds what another history has seen.

        Args:
            other: a history of the same period and rules; it stays as it is.

        Raises:
            StructureError: the two differ in one of these.
            StateError: a customer was folded in both.
            ArgumentError: they are the same history.
        """
        expected(History, other)
        first, second = sorted((self, other), key=id)  # two threads that merge both ways do not wait for each other
        with first._lock, second._lock:
            call("custval_history_merge", self._handle, other._handle)

    def fold(self, until: End) -> None:
        """Turns everything up to a date into totals, to save memory; rows up to it are refused from then on.

        Args:
            until: the last date to fold.

        Raises:
            RangeError: it is no date.
            StateError: it lies before an earlier one.
        """
        self._call("custval_history_fold", text(end_of(until)))

    @property
    def facts(self) -> Facts:
        """How many rows, customers and purchases there are, what was left out, and the first and last period."""
        made = struct("custval_history_facts")
        self._call("custval_history_facts_get", ctypes.byref(made))
        values = {name: getattr(made, name) for name in Facts._fields}
        return Facts(**{name: value.decode() if isinstance(value, bytes) else value for name, value in values.items()})

    @property
    def unit(self) -> str | float:
        """The unit of time of the results."""
        return self._unit

    def _view(self, function: str, end: End, holdout_end: End, *arguments: Any) -> Table:
        made = struct("custval_history_view", end=end_of(end), holdout_end=end_of(holdout_end))
        with self._lock:
            return Table._made(function, self._handle, *arguments, ctypes.byref(made))

    def customers(self, end: End = None, holdout_end: End = None) -> Table:
        """A Table of one row per customer, in order of their keys, ready for a lifetime model.

        Args:
            end: end of observation; None: the latest period seen, which may be too early: a base without a sale on its
                last day is older than its last sale. Customers who came later are left out.
            holdout_end: end of a holdout that follows; None: there is none.

        Returns:
            `customer`, `x` (repeat purchases), `t_x` (age at the last one), `T` (age at the end), `since_last`,
            `first`, `last`, `transactions`; with amounts `mean_spend` (of the repeat purchases), `first_spend`,
            `total_spend`; `total_cost`, `total_quantity`; `interval_mean`, `interval_deviation`, `interval_longest`;
            with a holdout `holdout_x`, `holdout_T`, `holdout_spend`.

        Raises:
            RangeError: an end is no date, or the holdout does not end after the end.
            StateError: the end lies before the date up to which the history is folded.
        """
        return self._view("custval_history_table", end, holdout_end)

    def course(self, end: End = None, holdout_end: End = None) -> Table:
        """A Table of the course of the whole base, one row per unit of time.

        Args:
            end: as in customers().
            holdout_end: the course goes on until then, with the customers who came by the end.

        Returns:
            `unit`, `until`, `elapsed`, `customers` (who came in it), `purchases`, `repeats`, and with amounts `spend`.

        Raises:
            LimitError: there are too many units. Else as customers().
        """
        return self._view("custval_history_course", end, holdout_end)

    def path(self, customer: Any, end: End = None) -> Table:
        """A Table of one customer's state at the end of each unit of time: to see P(alive) over time.

        Args:
            customer: the key.
            end: as in customers().

        Returns:
            `until`, `x`, `t_x`, `T`, and with amounts `mean_spend`.

        Raises:
            NotFoundError: there is no such customer by then.
            StateError: the history is folded.
        """
        return self._view("custval_history_path", end, None, text(str(customer)))

    def to_bytes(self) -> bytes:
        """Bytes that any machine can read with from_bytes(). Histories that hold the same give the same bytes."""
        with self._lock:
            return self._bytes_of(self._handle)

    @staticmethod
    def _bytes_of(handle: Any) -> bytes:
        length = ctypes.c_size_t()
        call("custval_history_write", handle, None, 0, ctypes.byref(length))
        buffer = ctypes.create_string_buffer(length.value)
        call("custval_history_write", handle, buffer, length.value, ctypes.byref(length))
        return buffer.raw

    @classmethod
    def from_bytes(cls, data: bytes, columns: Sequence[str] = ("customer", "date", "amount"), unit: Any = None) -> History:
        """Reads what to_bytes() wrote.

        Args:
            data: the bytes.
            columns: names of the columns of further transactions, in the order of History().
            unit: of the history's times, as when it was made; None: the number of periods in it.

        Raises:
            DocumentError: the bytes are no history, damaged, or of a version that this library cannot read.
        """
        made = cls.__new__(cls)
        made._restore(bytes(data))
        made._columns = list(columns)
        if unit is None:
            facts = struct("custval_history_facts")
            made._call("custval_history_facts_get", ctypes.byref(facts))
            unit = facts.periods_per_unit
        made._unit = unit
        return made

    def __reduce__(self) -> Any:
        return History.from_bytes, (self.to_bytes(), self._columns, self._unit)

    def __repr__(self) -> str:
        facts = self.facts
        return f"<custval.History of {facts.customers} customers, {facts.purchases} purchases>"


def rfm(
    data: Any,
    *,
    bins: int = 5,
    rule: str = "quantiles",
    recency: str = "since_last",
    frequency: str = "x",
    monetary: str = "total_spend",
    cuts: Cuts | None = None,
) -> tuple[Any, Table]:
    """Scores customers by recency, frequency and money.

    Args:
        data: a frame of one row per customer, e.g. of History.customers().
        bins: scores reach from 1 to this, 2 to 9.
        rule: "quantiles" (ties never split), "ranks" (equal groups), or "plus-one" (as the R package rfm).
        recency: column of the time since the last purchase; less is better.
        frequency: column of the number of purchases.
        monetary: column of the money.
        cuts: bins - 1 ascending cuts each of recency, frequency and money, e.g. of a base period.

    Returns:
        A frame of the data's kind with `recency_score`, `frequency_score`, `monetary_score` and `rfm` (the three digits),
        and a Table of the cuts.

    Raises:
        NotFoundError: a column is missing.
        RangeError: the cuts do not ascend, or bins or rule are wrong.
        StateError: no row is complete.
    """
    made = struct("custval_rfm_options", recency=recency, frequency=frequency, monetary=monetary, bins=bins, rule=rule)
    if cuts is not None:
        arrays = [doubles(values) for values in cuts]
        if len(arrays) != 3 or any(len(array) != bins - 1 for array in arrays):
            raise ValueError(f"cuts are three sequences of {bins - 1} numbers")
        made.recency_cuts, made.frequency_cuts, made.monetary_cuts = arrays
    scores, shown = new(d.custval_table), new(d.custval_table)
    with table_of(data, [recency, frequency, monetary]) as table:
        call("custval_rfm", table._handle, ctypes.byref(made), ctypes.byref(scores), ctypes.byref(shown))
    return give_back(data)(Table._of(scores)), Table._of(shown)
