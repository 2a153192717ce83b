"""From indicator to equity: what a point of an indicator is worth in money, and what it returns."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any, NamedTuple

from . import _declarations as d
from ._document import Document
from ._frames import give_back, with_kept
from ._handle import expected
from ._library import call, lib, new, several, struct
from ._options import Levels, levels_of, scoring
from .satisfaction import Link
from .system import System
from .table import Table

__all__ = ["Answer", "Impact"]


class Answer(NamedTuple):
    """What moving each node is worth, and what the customers are worth as they are."""

    levers: Table
    customers: Any
    rows: int
    not_chosen: int
    no_value: int
    missing: int
    range: int
    endless: int
    exact_links: int
    counted: float
    value: float
    probability: float
    equity: float
    equity_error: float
    equity_low: float
    equity_high: float


class Impact(Document):
    """A chain from indicators to equity: links, money, customers, costs; it does not change.

    >>> indicator = {"id": "quality", "items": [{"column": "q", "scale": [0, 10]}]}
    >>> dimension = {"id": "product", "side": "benefit", "indicators": [indicator]}
    >>> system = System({"custval": "system", "version": 1, "dimensions": [dimension]})
    >>> link = {"custval": "link", "version": 1, "kind": "logistic", "outcome": "stays", "intercept": -3,
    ...         "terms": [{"predictor": "value", "coefficient": 0.05}]}
    >>> impact = Impact({"custval": "impact", "version": 1, "links": [link], "use": "retention",
    ...                  "money": {"margin": 100, "rate": 0.1, "first": "next"},
    ...                  "costs": [{"node": "quality", "cost": 2, "per": "customer"}]})
    >>> answer = impact.run(system, {"q": [6.0, 10.0, 4.0]})
    >>> round(answer.equity, 2), round(answer.levers["gain"][0], 2), list(answer.levers["moved"])
    (517.51, 5.5, [2.0])
    """

    _kind = d.custval_impact
    _parse, _write, _free = "custval_impact_parse", "custval_impact_write", "custval_impact_free"
    __slots__ = ()

    @property
    def links(self) -> list[Link | None]:
        """The links in order; None: yet to be fitted."""
        return [Link(link) if "custval" in link else None for link in self.to_dict()["links"]]

    def columns(self, system: System, *, fitting: bool = False) -> list[str]:
        """The columns that are read beside those of the system.

        Args:
            system: the system that the impact is used with.
            fitting: those that fit() reads instead of those that run() does.

        Returns:
            Their names.
        """
        expected(System, system)
        found: list[str] = []
        while True:
            name = lib.custval_impact_column(self._handle, system._handle, int(fitting), len(found))
            if name is None:
                return found
            found.append(name.decode())

    def fit(self, system: System, data: Any, **options: Any) -> Impact:
        """Fits the links that are to be fitted; the others stay as they are.

        Args:
            system: the system whose scores are predictors.
            data: a frame of one row per customer: the columns of the system, and columns(system, fitting=True).
            **options: of System.score(): as_of, profile, context.

        Returns:
            An impact with all its links.

        Raises:
            NotFoundError: a column is missing.
            ConvergenceError: predictors separate the outcomes of a link.
            StateError: too few rows, or predictors that do not vary or follow from others.
        """
        columns = self.columns(system, fitting=True)
        with system._read(data, *columns) as table, scoring(**options) as score:
            return self._made("custval_impact_fit", self._handle, system._handle, table._handle, ctypes.byref(score))

    def run(
        self,
        system: System,
        data: Any,
        *,
        levels: Levels = "indicator",
        draws: int = 0,
        seed: int = 1,
        level: float = 0.95,
        customers: bool = True,
        keep: str | Sequence[str] = (),
        **options: Any,
    ) -> Answer:
        """Answers what a point of each indicator is worth in money.

        Args:
            system: the system.
            data: a frame of one row per customer: the columns of the system, and columns(system).
            levels: which nodes are moved: "dimension", "indicator", "item", or several.
            draws: draws of the coefficients, to check the intervals.
            seed: of the draws.
            level: of the intervals.
            customers: False: no row per customer, which takes less memory.
            keep: columns of the data that the customers carry along, e.g. "customer".
            **options: of System.score(): as_of, profile, context, language, progress.

        Returns:
            `levers`, a Table with a row per node (see the C manual); `customers`, a frame of the data's kind or None;
            how many rows count (`rows`) and why others do not; `exact_links`, links without covariance; how many
            customers the rows stand for (`counted`), their mean `value` and `probability`, and their `equity` with its
            error and interval.

        Raises:
            StateError: a link is yet to be fitted.
            NotFoundError: a column is missing, or the system has no such node as a cost is stated for.
            RangeError: level is no share, or there are too many draws.
        """
        facts, outs = struct("custval_impact_facts"), [new(d.custval_table), new(d.custval_table)]
        columns = [*self.columns(system), *several(keep)]
        with system._read(data, *columns) as table, scoring(**options) as score:
            made = struct(
                "custval_impact_options", score=score, levels=levels_of(levels), draws=draws, seed=seed, level=level
            )
            call(
                "custval_impact_run",
                self._handle,
                system._handle,
                table._handle,
                ctypes.byref(made),
                ctypes.byref(facts),
                ctypes.byref(outs[0]),
                ctypes.byref(outs[1]) if customers else None,
            )
            rows = give_back(data)(with_kept(table, Table._of(outs[1]), keep)) if customers else None
        numbers = (getattr(facts, "customers" if name == "counted" else name) for name in Answer._fields[2:])
        return Answer(Table._of(outs[0]), rows, *numbers)

    def assumptions(self) -> Table:
        """What an answer rests on.

        Returns:
            A Table with a row per step: `step`, `what`, `source` (data, stated or assumed), `n`, `r2`, `auc`, `note`.
        """
        return Table._made("custval_impact_assumptions", self._handle, None)

    def __repr__(self) -> str:
        links = self.links
        lacking = sum(link is None for link in links)
        return f"<custval.Impact: {len(links)} links{f', {lacking} yet to be fitted' if lacking else ''}>"
