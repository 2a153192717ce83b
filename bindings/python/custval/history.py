"""Histories: from transactions to what each customer bought when."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import ctypes
import datetime
import numbers
from collections.abc import Sequence
from typing import Any, NamedTuple, Union

from . import _declarations as d
from ._carried import Carried
from ._frames import give_back, table_of, with_kept
from ._host import Host, Progress
from ._library import call, doubles, lib, new, number, several, struct, text
from ._options import Date
from .table import Table

__all__ = ["Cuts", "Facts", "History", "Rfm", "rfm"]

#: The end of an observation: a date or datetime, ISO text, or a number where times are numbers.
End = Union[Date, float]

#: Cuts of RFM scores: bins - 1 ascending numbers for recency, frequency and money; or the table of cuts of rfm().
Cuts = Union[tuple[Sequence[float], Sequence[float], Sequence[float]], Table]

#: Periods in a unit of time, by period and unit.
_DAYS = {"second": 1 / 86400, "hour": 1 / 24, "day": 1, "week": 7, "month": 30.4375, "quarter": 91.3125, "year": 365.25}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def end_of(end: End) -> str | None:
    """An end as the library reads it."""
    if end is None or isinstance(end, str):
        return end
    if isinstance(end, numbers.Real):
        return repr(float(end))
    if isinstance(end, datetime.datetime) and end.tzinfo is not None:
        end = end.astimezone(datetime.timezone.utc).replace(tzinfo=None)
    return end.isoformat() if isinstance(end, datetime.date) else str(end)


def days_of(unit: str) -> float:
    """Days in a unit of time."""
    if unit not in _DAYS:
        raise ValueError(f"{unit!r} is no unit of time; the units are {', '.join(_DAYS)}")
    return _DAYS[unit]


def _periods_per_unit(period: str, unit: str | float) -> float:
    if not isinstance(unit, str):
        return number(unit)
    units = _units(period)
    if unit not in units:
        raise ValueError(f"{unit!r} is no unit of {period}s; the units are {', '.join(units)}, or a number of periods")
    return units[unit]


def _units(period: str) -> dict[str, float]:
    """Periods in each unit of time that is no shorter."""
    length = _MONTHS if period in _MONTHS else _DAYS
    if period not in length:
        return {period: 1.0}
    return {unit: days / length[period] for unit, days in length.items() if days >= length[period]}


class Facts(NamedTuple):
    """What a history has seen.

    Attributes:
        rows: fed, those left out included.
        customers: with a purchase.
        purchases: different periods with a purchase, over all customers.
        refunds: rows with a negative amount that were netted or dropped.
        zeros: rows with an amount of 0 that were dropped.
        bad: rows that could not be read and were dropped.
        period: what is told apart, e.g. "day".
        first: earliest period, e.g. "2026-01-31"; None: there is none.
        last: latest period.
        folded: date up to which the history is folded; None: it is not.
    """

    rows: int
    customers: int
    purchases: int
    refunds: int
    zeros: int
    bad: int
    period: str
    first: str | None
    last: str | None
    folded: str | None


class History(Carried):
    """Transactions of many customers, in any order and in pieces.

    Purchases of a customer in one period are one purchase. A history can be merged with others, pickled, sent, and
    updated with new transactions.

    >>> history = History({"customer": [1, 1, 2], "date": ["2026-01-01", "2026-01-15", "2026-01-08"],
    ...                    "amount": [10.0, 20.0, 5.0]}, unit="week")
    >>> customers = history.customers(end="2026-01-29")
    >>> customers["customer"].tolist(), customers["x"].tolist(), customers["t_x"].tolist(), customers["T"].tolist()
    ([1, 2], [1.0, 0.0], [2.0, 0.0], [4.0, 3.0])
    """

    _type, _free = "custval_history", "custval_history_free"
    _read, _write, _merge = "custval_history_read", "custval_history_write", "custval_history_merge"
    __slots__ = ("_columns",)

    _columns: list[str] | None  # those that it reads; None: not known

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
        self._columns = [customer, date, *(name for name in (amount, cost, quantity) if name)]
        if unit is None:
            unit = "week" if period == "day" else period
        made = struct(
            "custval_history_options",
            customer=customer,
            time=date,
            amount=amount or "",
            cost=cost,
            quantity=quantity,
            period=period,
            step=step,
            periods_per_unit=_periods_per_unit(period, unit),
            refunds=refunds,
            zeros=zeros,
            bad_rows=bad_rows,
        )
        out = new(d.custval_history)
        call("custval_history_new", self._host.pointer, ctypes.byref(made), ctypes.byref(out))
        self._own(out)
        if data is not None:
            self.update(data, progress=progress)

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
        self._take(other)

    def fold(self, until: End) -> None:
        """Turns everything up to a date into totals, to save memory; rows up to it are refused from then on.

        Args:
            until: the last date to fold.

        Raises:
            RangeError: it is no date.
            StateError: it lies before an earlier one.
        """
        self._call("custval_history_fold", text(end_of(until)))

    def _facts(self) -> Any:
        made = struct("custval_history_facts")
        self._call("custval_history_facts_get", ctypes.byref(made))
        return made

    @property
    def facts(self) -> Facts:
        """How many rows, customers and purchases there are, what was left out, and the first and last period."""
        made = self._facts()
        values: dict[str, Any] = {name: getattr(made, name) for name in Facts._fields}
        values["period"] = lib.custval_word(d.CUSTVAL_WORDS_PERIOD, made.period)
        for name, value in values.items():
            if isinstance(value, bytes):
                values[name] = value.decode() or None
        return Facts(**values)

    @property
    def unit(self) -> str | float:
        """The unit of time of the results, e.g. "week"; or the number of periods in it, where it has no name."""
        made = self._facts()
        units = _units(lib.custval_word(d.CUSTVAL_WORDS_PERIOD, made.period).decode())
        return next((unit for unit, count in units.items() if count == made.periods_per_unit), made.periods_per_unit)

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
        if isinstance(customer, float) and customer.is_integer():
            customer = int(customer)
        return self._view("custval_history_path", end, None, text(str(customer)))

    def to_bytes(self) -> bytes:
        """Bytes that any machine can read with from_bytes(). Histories that hold the same give the same bytes."""
        return self._to_bytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> History:
        """Reads what to_bytes() wrote.

        Args:
            data: the bytes.

        Raises:
            DocumentError: the bytes are no history, damaged, or of a version that this library cannot read.
        """
        made = cls.__new__(cls)
        made._columns = None
        made._restore(bytes(data))
        return made

    def __reduce__(self) -> Any:
        return History.from_bytes, (self.to_bytes(),)

    def __repr__(self) -> str:
        facts = self.facts
        return f"<custval.History of {facts.customers} customers, {facts.purchases} purchases>"


class Rfm(NamedTuple):
    """Scores of customers, and where they were cut.

    Attributes:
        scores: a frame of the data's kind: `recency_score`, `frequency_score`, `monetary_score` (1 to bins, more is
            better) and `rfm` (the three digits as a number). A row that lacks a number has none.
        cuts: a Table of bins - 1 rows: `cut`, `recency`, `frequency`, `monetary`. A number on a cut belongs above it.
    """

    scores: Any
    cuts: Table


def rfm(
    data: Any,
    *,
    bins: int | None = None,
    rule: str = "quantiles",
    recency: str = "since_last",
    frequency: str = "x",
    monetary: str = "total_spend",
    cuts: Cuts | None = None,
    keep: str | Sequence[str] = (),
) -> Rfm:
    """Scores customers by recency, frequency and money.

    Args:
        data: a frame of one row per customer, e.g. of History.customers().
        bins: scores reach from 1 to this, 2 to 9; None: 5, or what the cuts say.
        rule: "quantiles" (ties never split), "ranks" (equal groups), or "plus-one" (as the R package rfm).
        recency: column of the time since the last purchase; less is better.
        frequency: column of the number of purchases.
        monetary: column of the money.
        cuts: ascending cuts each of recency, frequency and money, e.g. the cuts of an earlier base.
        keep: columns of the data that the scores carry along, e.g. "customer".

    Returns:
        The scores, and the Table of the cuts.

    Raises:
        NotFoundError: a column is missing.
        RangeError: the cuts do not ascend, or bins or rule are wrong.
        StateError: no row is complete.
    """
    made = struct("custval_rfm_options", recency=recency, frequency=frequency, monetary=monetary, rule=rule)
    if cuts is not None:
        if isinstance(cuts, Table):
            cuts = cuts["recency"], cuts["frequency"], cuts["monetary"]
        arrays = [doubles(values) for values in cuts]
        bins = len(arrays[0]) + 1 if bins is None and arrays else bins
        if len(arrays) != 3 or any(len(values) != (bins or 0) - 1 for values in arrays):
            raise ValueError("cuts are three sequences, of one number fewer than there are bins")
        made.recency_cuts, made.frequency_cuts, made.monetary_cuts = arrays
    made.bins = 5 if bins is None else bins
    scores, shown = new(d.custval_table), new(d.custval_table)
    wanted = [recency, frequency, monetary, *several(keep)]
    with table_of(data, wanted) as table:
        call("custval_rfm", table._handle, ctypes.byref(made), ctypes.byref(scores), ctypes.byref(shown))
        found, where = Table._of(scores), Table._of(shown)
        return Rfm(give_back(data)(with_kept(table, found, keep)), where)
