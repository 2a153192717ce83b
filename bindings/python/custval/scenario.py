"""What if: what a plan does to value and sales, while it lasts and after its end; features; price sensitivity."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import contextlib
import ctypes
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from . import _declarations as d
from ._document import json_of
from ._frames import give_back, table_of
from ._handle import Handle, expected
from ._host import lent
from ._library import call, doubles, index, lib, new, number, struct, written
from ._options import scoring
from .system import System
from .table import Table

__all__ = ["Effect", "Features", "Path", "PriceMeter", "Scenario", "features", "price_meter"]


class Path(NamedTuple):
    """A plan without customers. A number that its kind does not have is NaN."""

    periods: Table
    jump: float
    felt_jump: float
    gain: float
    erosion: float
    recovery: float
    break_even_length: float
    best_before: float
    best_after: float
    disappointment: float


class Effect(NamedTuple):
    """What a plan does. A number that its kind does not have is NaN."""

    customers: Any
    periods: Table
    groups: Table
    scored: int
    skipped: int
    chosen: int
    switching: int
    rose: int
    fell: int
    before: float
    during_change: float
    after_change: float
    net: float
    without: float
    break_even: float
    premium: float
    bought_anyway: float
    units_before: float
    units_during: float
    units_after: float
    profit: float


class Scenario(Handle):
    """A plan: a promotion, a price, features, a new indicator, a programme, or competition; it does not change.

    >>> plan = Scenario({"custval": "scenario", "version": 1, "kind": "promotion", "periods": 4,
    ...                  "sales": {"mu": 0.1, "rival": 0},
    ...                  "price": {"list": 100, "second_unit": 1, "length": 2,
    ...                            "reference": {"theta": 0.6, "points": 10}}})
    >>> plan.kind
    'promotion'
    >>> plan.path().jump
    1.0
    >>> list(plan.path().periods["reference"])
    [100.0, 100.0, 80.0, 68.0, 80.8]
    """

    _free = "custval_scenario_free"
    __slots__ = ()

    def __init__(self, document: Mapping[str, Any] | str | bytes) -> None:
        """Reads a scenario document.

        Args:
            document: JSON text, or a mapping as JSON has it.

        Raises:
            DocumentError: it is no scenario document.
            StructureError: its keys contradict each other.
            RangeError: a number is out of its range.
        """
        encoded = document if isinstance(document, bytes) else json_of(document)
        out = new(d.custval_scenario)
        call("custval_scenario_parse", None, encoded, len(encoded), ctypes.byref(out))
        self._own(out)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Scenario:
        """Reads a document from a file.

        Args:
            path: of the file.

        Raises:
            DocumentError: it is no scenario document.
        """
        with open(path, "rb") as file:
            return cls(file.read())

    def dumps(self) -> str:
        """The document."""
        return written(lambda *into: call("custval_scenario_write", self._handle, *into)).decode()

    @property
    def kind(self) -> str:
        """Its kind: promotion, price, features, indicator, programme or competition."""
        kind = lib.custval_scenario_kind_of(self._handle)
        return str(lib.custval_word(d.CUSTVAL_WORDS_SCENARIO, kind).decode())

    @property
    def columns(self) -> list[str]:
        """The columns that it reads beside those of the system."""
        count = lib.custval_scenario_columns(self._handle)
        return [lib.custval_scenario_column(self._handle, index).decode() for index in range(count)]

    def path(self) -> Path:
        """The plan itself, period by period: its strength, the price, the reference price, the transaction value.

        Returns:
            The table `periods` and what there is to say of it (see the C manual).
        """
        facts, out = struct("custval_scenario_path_facts"), new(d.custval_table)
        call("custval_scenario_path", self._handle, None, ctypes.byref(facts), ctypes.byref(out))
        return Path(Table._of(out), *(getattr(facts, name) for name in Path._fields[1:]))

    @contextlib.contextmanager
    def _opened(
        self, system: System, data: Any, group: str | None, cuts: Sequence[float] | None, options: Mapping[str, Any]
    ) -> Iterator[tuple[Table, Any]]:
        more = [*self.columns, *([] if group is None else [group])]
        with expected(System, system)._read(data, *more) as table, scoring(**options) as score:
            borders = None if cuts is None else doubles(cuts)
            made = struct(
                "custval_scenario_options", group=group, cuts=borders, cut_count=0 if cuts is None else len(cuts)
            )
            made.score = ctypes.pointer(score)
            yield table, made

    def run(
        self,
        system: System,
        data: Any,
        *,
        group: str | None = None,
        cuts: Sequence[float] | None = None,
        customers: bool = True,
        **options: Any,
    ) -> Effect:
        """Runs the plan on the customers of a system.

        Args:
            system: the system as it is before.
            data: a frame of one row per customer, with the columns of the system and of the plan.
            group: column of texts or whole numbers; None: all customers are one group.
            cuts: ascending borders between bands of value; None: one border, 0.
            customers: False: only what holds for all and for groups, which takes less time and memory.
            options: as of System.score(): as_of, profile, context, progress.

        Returns:
            `customers`, a frame of the data's kind or None, the tables `periods` and `groups`, and what holds for all.

        Raises:
            NotFoundError: a node or a column is missing.
            UnsupportedError: an item that is to move has a curve other than its scale.
            RangeError: the cuts are not ascending.
        """
        facts = struct("custval_scenario_facts")
        outs = [new(d.custval_table) for _ in range(3)]
        with self._opened(system, data, group, cuts, options) as (table, made):
            call(
                "custval_scenario_run",
                self._handle,
                system._handle,
                table._handle,
                ctypes.byref(made),
                ctypes.byref(facts),
                *(ctypes.byref(out) if customers or place > 0 else None for place, out in enumerate(outs)),
            )
        rows = give_back(data)(Table._of(outs[0])) if customers else None
        periods, groups = (Table._of(out) for out in outs[1:])
        numbers = (getattr(facts, "customers" if name == "scored" else name) for name in Effect._fields[3:])
        return Effect(rows, periods, groups, *numbers)

    def explain(self, system: System, data: Any, row: int, period: int, **options: Any) -> Table:
        """What makes the value of one customer in one period differ from that before.

        Args:
            system: the system as it is before.
            data: as in run().
            row: index of the customer.
            period: from 1.
            options: as of System.score(): as_of, profile, context, language.

        Returns:
            A Table whose `change` adds up over the rows with `is_part` 1, from the first to the last, to the change of
            the value, to the bit.

        Raises:
            ArgumentError: there is no such row or period.
            StateError: the customer has no value.
            UnsupportedError: a new indicator where missing answers are not left out.
        """
        with self._opened(system, data, None, None, options) as (table, made):
            arguments = (
                self._handle,
                system._handle,
                table._handle,
                index(row),
                index(period, "period", 1 << 32),
                ctypes.byref(made),
            )
            return Table._made("custval_scenario_explain", *arguments)

    def __eq__(self, other: object) -> bool:
        """The same document."""
        return self.dumps() == other.dumps() if isinstance(other, Scenario) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.dumps())

    def __reduce__(self) -> Any:
        return Scenario, (self.dumps(),)

    def __repr__(self) -> str:
        return f"<custval.Scenario: {self.kind}>"


class Features(NamedTuple):
    """What a number of features is worth."""

    capability: float
    usability: float
    before_use: float
    in_use: float
    disappointment: float
    best_before: float
    best_in_use: float


def features(
    count: float,
    *,
    capability: float,
    saturation: float,
    usability: float,
    burden: float,
    weight: float,
    support: float = 0.0,
) -> Features:
    """What a number of features is worth before and after use (Thompson, Hamilton & Rust 2005).

    Args:
        count: number of features.
        capability: points of capability that features can bring.
        saturation: how fast they do.
        usability: points of usability without any feature.
        burden: points of usability that a feature costs.
        weight: of capability before use and of usability in use, above 0.5.
        support: share of the burden that support takes away.

    Returns:
        Capability, usability, both put together before and in use, the disappointment, and the best whole numbers.

    Raises:
        RangeError: a number is out of its range.

    >>> features(10, capability=100, saturation=0.2, usability=90, burden=4, weight=0.7).best_in_use
    4.0
    """
    made = struct(
        "custval_features_terms",
        capability=capability,
        saturation=saturation,
        usability=usability,
        burden=burden,
        support=support,
        weight=weight,
    )
    facts = struct("custval_features_facts")
    call("custval_features", ctypes.byref(made), number(count), ctypes.byref(facts))
    return Features(*(getattr(facts, name) for name in Features._fields))


class PriceMeter(NamedTuple):
    """The range of prices that people accept. A price is NaN where two curves do not meet."""

    curves: Table
    respondents: int
    dropped: int
    missing: int
    cheapest: float
    indifference: float
    optimal: float
    dearest: float


def price_meter(
    data: Any,
    *,
    too_cheap: str = "too_cheap",
    cheap: str = "cheap",
    expensive: str = "expensive",
    too_expensive: str = "too_expensive",
) -> PriceMeter:
    """The price sensitivity meter (van Westendorp 1976).

    Args:
        data: a frame of one row per respondent.
        too_cheap: column of the price that is so low that quality is in doubt.
        cheap: column of the price that is a bargain.
        expensive: column of the price that is getting expensive.
        too_expensive: column of the price that is out of the question.

    Returns:
        The four curves, how many respondents count and how many are left out, and the prices at which curves meet.

    Raises:
        NotFoundError: a column is missing.
        RangeError: a price is negative.
        StateError: nobody names four prices in order.

    >>> answers = {"too_cheap": [1.0, 2.0], "cheap": [2.0, 3.0], "expensive": [4.0, 5.0], "too_expensive": [5.0, 6.0]}
    >>> price_meter(answers).optimal
    3.5
    """
    names = {"too_cheap": too_cheap, "cheap": cheap, "expensive": expensive, "too_expensive": too_expensive}
    made = struct("custval_price_meter_options", **names)
    facts, out = struct("custval_price_meter_facts"), new(d.custval_table)
    with table_of(data, list(names.values())) as table, lent(None) as host:
        made.host = host
        call("custval_price_meter", table._handle, ctypes.byref(made), ctypes.byref(facts), ctypes.byref(out))
    return PriceMeter(Table._of(out), *(getattr(facts, name) for name in PriceMeter._fields[1:]))
