"""How customers move between states - groups, bands, stages - from one period to the next."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import ctypes
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from . import _declarations as d
from ._frames import table_of
from ._handle import Mutable, expected
from ._library import call, doubles, index, lib, new, struct, texts
from .table import Table

__all__ = ["Fit", "Migration", "Steady"]


class Steady(NamedTuple):
    """Where the customers of the last period end, if nobody new comes."""

    table: Table
    closed: int
    absorbing: int
    passing: int
    period: int


class Fit(NamedTuple):
    """Whether probabilities are the same: chi-square, and how likely so large a one is if they are."""

    statistic: float
    likelihood: float
    freedom: float
    p: float
    least: float


class Migration(Mutable):
    """Customers' states in one period after the other, and what moved between them.

    >>> migration = Migration(["low", "high"])
    >>> migration.add({"customer": [1, 2, 3], "state": ["low", "low", "high"]})
    >>> migration.add({"customer": [1, 2], "state": ["low", "high"]})
    >>> migration.matrix()["to_high"].tolist()
    [1.0, 0.0, 0.0]
    >>> migration.flows()["lost"].tolist()
    [0.0, 1.0, 0.0, 1.0]
    """

    _free = "custval_migration_free"
    __slots__ = ("_columns",)

    def __init__(
        self,
        states: Iterable[str],
        *,
        id: str = "customer",
        state: str = "state",
        absent: str = "absent",
        empty: str = "refuse",
        periods: Iterable[Any] = (),
    ) -> None:
        """Makes a migration.

        Args:
            states: all but the absent one, from the lowest to the highest.
            id: column of the customer, texts or whole numbers.
            state: column of the state, texts or whole numbers.
            absent: name of the state of who is not there.
            empty: the probabilities of a state in which no customer was: "refuse", "stay" or "pooled".
            periods: frames to add() in the order of time.

        Raises:
            DuplicateError: a state is named twice.
            RangeError: there is no state, or there are too many.
        """
        names = texts(states)
        made = struct(
            "custval_migration_options",
            states=names,
            states_count=len(names),
            id=id,
            state=state,
            absent=absent,
            empty=empty,
        )
        out = new(d.custval_migration)
        call("custval_migration_new", ctypes.byref(made), ctypes.byref(out))
        self._columns = (id, state)
        self._own(out)
        for period in periods:
            self.add(period)

    def add(self, data: Any) -> None:
        """Adds the next period.

        Args:
            data: a frame of one row per customer; who was seen before and is not in it is absent.

        Raises:
            DuplicateError: a customer is there twice.
            NotFoundError: a column or a state does not exist.
        """
        with table_of(data, self._columns) as table:
            self._call("custval_migration_add", table._handle)

    @property
    def states(self) -> list[str]:
        """The states, the absent one last."""
        handle = self._handle
        count = lib.custval_migration_states(handle)
        return [lib.custval_migration_state(handle, state).decode() for state in range(count)]

    @property
    def steps(self) -> int:
        """Number of steps: periods less one."""
        return int(lib.custval_migration_steps(self._handle))

    def _result(self, name: str, *arguments: Any) -> Table:
        with self._lock:
            return Table._made(name, self._handle, *arguments)

    def _step(self, step: int | None) -> int:
        return int(d.CUSTVAL_ALL_STEPS) if step is None else index(step, "step", d.CUSTVAL_ALL_STEPS)

    def matrix(self, step: int | None = None, *, probabilities: bool = False) -> Table:
        """How many customers, or which share of them, went from each state to each.

        Args:
            step: from 0; None: all together.
            probabilities: shares of those in the state before.

        Returns:
            A Table: `from`, and `to_<state>` for each state.

        Raises:
            StateError: there is no step yet, or no customer was in a state.
            RangeError: there is no such step.
        """
        what = d.CUSTVAL_MATRIX_PROBABILITIES if probabilities else d.CUSTVAL_MATRIX_COUNTS
        return self._result("custval_migration_matrix", self._step(step), what)

    def flows(self, step: int | None = None) -> Table:
        """Who stayed, went up, down or away, and who came in, by state.

        Args:
            step: from 0; None: all together.

        Returns:
            A Table: `state`, `before`, `stayed`, `upgraded`, `downgraded`, `lost`, `unknown`, `after`, `upgraded_in`,
            `downgraded_in`, `returned`, `newcomers`, `unknown_in`, `net`; the last row is all states but absent.

        Raises:
            StateError: there is no step yet.
        """
        return self._result("custval_migration_flows", self._step(step))

    def _numbers(self, values: Sequence[float], what: str) -> Any:
        made = doubles(values)
        if len(made) != len(self.states):
            raise ValueError(f"{len(made)} {what}, but there are {len(self.states)} states, the absent one included")
        return made

    def forecast(self, steps: int, newcomers: Sequence[float] | None = None) -> Table:
        """How many customers will be in each state.

        Args:
            steps: to forecast.
            newcomers: who come to each state with every step, the absent one last; None: nobody.

        Returns:
            A Table: `step`, from 0, the last period, and a column for each state.

        Raises:
            StateError: there is no step yet, or no customer was in a state.
        """
        coming = None if newcomers is None else self._numbers(newcomers, "newcomers")
        return self._result("custval_migration_forecast", index(steps, "step", 1 << 32), coming)

    def steady(self) -> Steady:
        """Where the customers of the last period end, if nobody new comes.

        Returns:
            A table (`state`, `class`, `absorbing`, `share`, `customers`), the numbers of closed classes, of single
            states among them, of states passed through, and the period: above 1 the shares go round for ever.

        Raises:
            StateError: there is no step yet, no customer was in a state, or the chain hardly ever ends.
        """
        facts = struct("custval_steady_facts")
        table = self._result("custval_migration_steady", ctypes.byref(facts))
        return Steady(table, facts.closed, facts.absorbing, facts.passing, facts.period)

    def value(self, rewards: Sequence[float], *, rate: float = 0.0, periods: int | None = None) -> dict[str, float]:
        """What a customer in each state is worth.

        Args:
            rewards: money had in each period spent in a state, the absent one last.
            rate: discount rate per step.
            periods: rewards at t = 0, 1, ..., periods; None: for ever.

        Raises:
            StateError: a value has no end, or there is no step yet.
        """
        made = struct(
            "custval_markov_options",
            rate=rate,
            for_ever=int(periods is None),
            periods=0 if periods is None else periods,
        )
        names = self.states
        given, values = self._numbers(rewards, "rewards"), (ctypes.c_double * len(names))()
        self._call("custval_migration_value", given, ctypes.byref(made), values)
        return dict(zip(names, values))

    def test(self, other: Migration | None = None) -> Fit:
        """Tests whether the steps have the same probabilities, or two migrations do.

        Args:
            other: a migration of the same states; None: the steps against each other.

        Raises:
            StateError: there are fewer than two steps.
            ArgumentError: the other has other states.
        """
        out = struct("custval_migration_fit")
        second = None if other is None else expected(Migration, other)._handle
        self._call("custval_migration_test", second, ctypes.byref(out))
        return Fit(*(getattr(out, name) for name in Fit._fields))

    def __repr__(self) -> str:
        return f"<custval.Migration: {', '.join(self.states)}; {self.steps} steps>"
