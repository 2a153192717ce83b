"""Satisfaction: gaps, zones of tolerance, encounters, links to behaviour, Kano, quadrants, NPS, back-tests."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import ctypes
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from . import _declarations as d
from ._document import Document
from ._frames import give_back, table_of, with_kept
from ._handle import expected
from ._host import Progress, lent
from ._library import call, doubles, lib, new, number, several, struct, texts
from ._options import scoring
from .system import System
from .table import Table

__all__ = [
    "Backtest",
    "Link",
    "LossAversion",
    "backtest",
    "disconfirmation",
    "effects",
    "encounters",
    "gap",
    "kano",
    "nps",
    "penalty_reward",
    "quadrants",
    "tolerance",
]

_MEASURES = {
    "performance": d.CUSTVAL_GAP_PERFORMANCE,
    "expectation": d.CUSTVAL_GAP_EXPECTATION,
    "gap": d.CUSTVAL_GAP_DIFFERENCE,
    "prospect": d.CUSTVAL_GAP_PROSPECT,
    "sum": d.CUSTVAL_GAP_SUM,
}


def _bits(measures: Iterable[str]) -> int:
    bits = 0
    for measure in [measures] if isinstance(measures, str) else measures:
        if measure not in _MEASURES:
            raise ValueError(f"{measure!r} is no measure; the measures are {', '.join(_MEASURES)}")
        bits |= _MEASURES[measure]
    return bits


def _answers(system: System, data: Any, keep: str | Sequence[str] = ()) -> Any:
    return table_of(data, [*system.inputs, *several(keep)], texts=system._texts)


def gap(
    system: System,
    performance: Any,
    expectation: Any,
    *,
    measures: Iterable[str] = ("performance", "expectation", "gap"),
    alpha: float = 0.88,
    beta: float = 0.88,
    loss_aversion: float = 2.25,
    curves: Mapping[str, tuple[float, float, float]] | None = None,
    keep: str | Sequence[str] = (),
    progress: Progress = None,
    **options: Any,
) -> Any:
    """Compares what customers got with what they expected, per customer and level.

    Args:
        system: the system that scores both.
        performance: a frame of one row per customer, as for System.score().
        expectation: a frame with the columns of the items: one row for all customers, or one row each.
        measures: of each node: performance, expectation, gap, prospect (the gap as it is felt), sum (expectation +
            prospect).
        alpha: bend of felt gains.
        beta: bend of felt losses.
        loss_aversion: how much more losses weigh than gains.
        curves: alpha, beta and loss aversion of indicators that have their own.
        keep: columns of the performance that the result carries along, e.g. "customer".
        progress: as in System.score().
        **options: of System.score(): levels, profile, context.

    Returns:
        A frame of the performance's kind: `id.performance`, `id.expectation`, `id.gap` ... of each node, then
        `attained` (share of indicators that meet the expectation), `compared`, `status`, `expectation_status`.

    Raises:
        StructureError: expectation has another number of rows.
        NotFoundError: a column is missing. Else as System.score().

    >>> indicator = {"id": "i", "items": [{"column": "q", "scale": [0, 10]}]}
    >>> dimension = {"id": "d", "side": "benefit", "indicators": [indicator]}
    >>> system = System({"custval": "system", "version": 1, "dimensions": [dimension]})
    >>> gap(system, {"q": [7.0, 4.0]}, {"q": [5.0]})["value.gap"]
    [20.0, -10.0]
    """
    expected(System, system)
    own = dict(curves or {})
    with scoring(progress=progress, **options) as score, _answers(system, performance, keep) as first:
        with _answers(system, expectation) as second:
            made = struct(
                "custval_gap_options",
                score=score,
                indicators=texts(list(own)) if own else None,
                curves=doubles([number for curve in own.values() for number in curve]) if own else None,
                indicator_count=len(own),
                measures=_bits(measures),
                alpha=alpha,
                beta=beta,
            )
            setattr(made, "lambda", loss_aversion)
            result = Table._made("custval_gap", system._handle, first._handle, second._handle, ctypes.byref(made))
            return give_back(performance)(with_kept(first, result, keep))


def tolerance(
    system: System,
    performance: Any,
    adequate: Any,
    desired: Any,
    *,
    keep: str | Sequence[str] = (),
    progress: Progress = None,
    **options: Any,
) -> Any:
    """Where each indicator lies in the zone of tolerance.

    Args:
        system: the system that scores all three.
        performance: a frame of one row per customer, as for System.score().
        adequate: what customers would just accept: one row, or one each.
        desired: what they hope for: one row, or one each.
        keep: columns of the performance that the result carries along, e.g. "customer".
        progress: as in System.score().
        **options: of System.score(): profile, context.

    Returns:
        A frame of the performance's kind: per indicator `id.zone` (0 none, 1 below, 2 within, 3 above) and
        `id.tolerance`; `below`,
        `within`, `above`, `contradictory`, and the three statuses.

    Raises:
        StructureError: a frame has another number of rows. Else as gap().
    """
    expected(System, system)
    with scoring(progress=progress, **options) as score, _answers(system, performance, keep) as first:
        with _answers(system, adequate) as second, _answers(system, desired) as third:
            result = Table._made(
                "custval_tolerance", system._handle, first._handle, second._handle, third._handle, ctypes.byref(score)
            )
            return give_back(performance)(with_kept(first, result, keep))


def encounters(
    data: Any,
    *,
    updating: float,
    weight: float,
    customer: str = "customer",
    score: str = "score",
    time: str | None = None,
    first: float | None = None,
    keep: str | Sequence[str] = (),
) -> Any:
    """Expectation and cumulative satisfaction of each customer from one encounter to the next.

    Args:
        data: a frame of one row per encounter.
        updating: share of a gap that moves the expectation: E' = E + updating (P - E).
        weight: of the latest encounter in cumulative satisfaction.
        customer: column of texts or whole numbers.
        score: column of what the customer met.
        time: column of numbers to order them by; None: as the rows stand.
        first: expectation before the first encounter; None: the first score.
        keep: columns of the data that the result carries along, e.g. "customer".

    Returns:
        A frame of the data's kind: `encounter`, `expectation`, `gap`, `updated`, `cumulative`, `latest`.

    Raises:
        RangeError: updating or weight is no share.
        NotFoundError: a column is missing.

    >>> encounters({"customer": ["a", "a"], "score": [6.0, 8.0]}, updating=0.5, weight=0.25)["updated"]
    [6.0, 7.0]
    """
    made = struct(
        "custval_encounters_options",
        customer=customer,
        time=time,
        score=score,
        updating=updating,
        weight=weight,
        first=0.0 if first is None else first,
        has_first=int(first is not None),
    )
    with table_of(data, [customer, score, *([] if time is None else [time]), *several(keep)]) as table:
        result = Table._made("custval_encounters", table._handle, ctypes.byref(made))
        return give_back(data)(with_kept(table, result, keep))


class Link(Document):
    """How an outcome follows from predictors; it does not change.

    >>> link = Link({"custval": "link", "version": 1, "kind": "logistic", "outcome": "stayed", "intercept": -3,
    ...              "terms": [{"predictor": "satisfaction", "coefficient": 0.05}]})
    >>> link.predict({"satisfaction": [60.0]})["prediction"]
    [0.5]
    """

    _kind = d.custval_link
    _parse, _write, _free = "custval_link_parse", "custval_link_write", "custval_link_free"
    __slots__ = ()

    @classmethod
    def fit(
        cls, data: Any, outcome: str, predictors: Sequence[str], *, kind: str = "linear", ridge: float = 0.0
    ) -> Link:
        """Fits a link to data; rows that lack a cell are left out.

        Args:
            data: a frame of one row per customer.
            outcome: column that is explained; 0 and 1 for a logistic link.
            predictors: columns that explain it.
            kind: "linear" or "logistic".
            ridge: penalty on standardised coefficients.

        Returns:
            The link.

        Raises:
            ConvergenceError: the predictors separate the outcomes, so that no coefficients are the best.
            StateError: too few rows, or predictors that do not vary or follow from others.
            NotFoundError: a column is missing.

        >>> link = Link.fit({"y": [1.0, 3.0, 5.0, 7.5], "x": [0.0, 1.0, 2.0, 3.0]}, "y", ["x"])
        >>> round(link.coefficients()["coefficient"][1], 10)
        2.15
        """
        made = struct(
            "custval_link_options",
            outcome=outcome,
            predictors=texts(predictors),
            predictor_count=len(predictors),
            kind=kind,
            ridge=ridge,
        )
        with table_of(data, [outcome, *predictors]) as table:
            return cls._made("custval_link_fit", table._handle, ctypes.byref(made))

    @property
    def facts(self) -> dict[str, float]:
        """How well it fits: `n`, `missing`, `events`, `r2`, `mcfadden`, `auc` and so on; what does not apply is NaN."""
        made = struct("custval_link_facts")
        call("custval_link_describe", self._handle, ctypes.byref(made))
        return {name: getattr(made, name) for name, *_ in made._fields_ if name not in ("struct_size", "kind")}

    @property
    def kind(self) -> str:
        """ "linear" or "logistic"."""
        made = struct("custval_link_facts")
        call("custval_link_describe", self._handle, ctypes.byref(made))
        return "logistic" if made.kind == d.CUSTVAL_LINK_LOGISTIC else "linear"

    def _names(self) -> list[str]:
        made = struct("custval_link_facts")
        call("custval_link_describe", self._handle, ctypes.byref(made))
        return [lib.custval_link_column(self._handle, place).decode() for place in range(made.terms)]

    @property
    def predictors(self) -> list[str]:
        """The columns that it reads."""
        return self._names()[:-1]

    @property
    def outcome(self) -> str:
        """The column that it explains."""
        return self._names()[-1]

    def coefficients(self, level: float = 0.95) -> Table:
        """The coefficients with their errors.

        Args:
            level: of the intervals.

        Returns:
            A Table: `term`, `coefficient`, `error`, `statistic`, `p`, `low`, `high`.

        Raises:
            RangeError: the level is not between 0 and 1.
        """
        return Table._made("custval_link_coefficients", self._handle, None, level)

    def covariance(self) -> list[list[float]]:
        """Covariances of the coefficients, intercept first; NaN where they are not known."""
        terms = len(self._names())
        room = (ctypes.c_double * (terms * terms))()
        call("custval_link_numbers", self._handle, None, room)
        return [list(room[row * terms : (row + 1) * terms]) for row in range(terms)]

    def predict(
        self, data: Any, *, level: float = 0.95, keep: str | Sequence[str] = (), progress: Progress = None
    ) -> Any:
        """The expected outcome of each row.

        Args:
            data: a frame with the predictors.
            level: of the intervals.
            keep: columns of the data that the result carries along, e.g. "customer".
            progress: as in System.score().

        Returns:
            A frame of the data's kind: `prediction`, `error`, `low`, `high`, and for a logistic link `linear`.

        Raises:
            NotFoundError: a column is missing.
        """
        with table_of(data, [*self.predictors, *several(keep)]) as table, lent(progress) as host:
            made = struct("custval_link_predict_options", host=host, level=level)
            result = Table._made("custval_link_predict", self._handle, table._handle, ctypes.byref(made))
            return give_back(data)(with_kept(table, result, keep))

    def __repr__(self) -> str:
        return f"<custval.satisfaction.Link: {self.outcome} from {', '.join(self.predictors) or 'nothing'}>"


class LossAversion(NamedTuple):
    """How much more losses weigh than gains."""

    value: float
    error: float
    low: float
    high: float


def effects(links: Sequence[Link], level: float = 0.95) -> Table:
    """What each variable does to the outcome of the last link, by itself and through the outcomes in between.

    Args:
        links: in the order in which one thing leads to the next; all but the last one linear.
        level: of the intervals.

    Returns:
        A Table, one row per variable: `variable`, `direct`, `direct_error`, `indirect`, `indirect_error`, `total`,
        `error`, `low`, `high`; of a last link that is logistic, on the scale of the log-odds.

    Raises:
        StructureError: a link has a predictor that the same or a later one explains.
        UnsupportedError: a link before the last is logistic.

    >>> def link(outcome, **terms):
    ...     return Link({"custval": "link", "version": 1, "kind": "linear", "outcome": outcome, "intercept": 0,
    ...                  "terms": [{"predictor": p, "coefficient": b} for p, b in terms.items()]})
    >>> chain = [link("reputation", quality=0.5), link("value", quality=0.25, reputation=0.5)]
    >>> list(effects(chain)["total"])
    [0.5, 0.5]
    """
    handles = [expected(Link, link)._handle for link in links]
    array = (ctypes.POINTER(d.custval_link) * len(handles))(*handles)
    return Table._made("custval_link_effects", array, len(handles), None, number(level))


def disconfirmation(
    data: Any,
    *,
    outcome: str = "satisfaction",
    performance: str = "performance",
    expectation: str = "expectation",
    split: bool = False,
    kind: str = "linear",
    level: float = 0.95,
) -> tuple[Link, LossAversion | None]:
    """Fits satisfaction to expectation and gap.

    Args:
        data: a frame of one row per customer.
        outcome: column of satisfaction.
        performance: column of what the customer got.
        expectation: column of what it expected.
        split: gains and losses apart.
        kind: "linear" or "logistic".
        level: of the interval of the loss aversion.

    Returns:
        The link, from `expectation` and `gap`, or from `expectation`, `gain` and `loss`; and with split the loss
        aversion.

    Raises:
        StateError: too few rows, or predictors that do not vary. Else as Link.fit().
    """
    made = struct(
        "custval_disconfirmation_options",
        outcome=outcome,
        performance=performance,
        expectation=expectation,
        kind=kind,
        split=int(split),
        level=level,
    )
    found = struct("custval_loss_aversion")
    with table_of(data, [outcome, performance, expectation]) as table:
        link = Link._made(
            "custval_disconfirmation", table._handle, ctypes.byref(made), ctypes.byref(found) if split else None
        )
    return link, LossAversion(getattr(found, "lambda"), found.error, found.low, found.high) if split else None


def penalty_reward(
    data: Any,
    outcome: str,
    indicators: Sequence[str],
    *,
    low: float | None = None,
    high: float | None = None,
    cut: float = 1 / 3,
) -> Table:
    """Tells basic, performance and excitement factors apart.

    Args:
        data: a frame of one row per respondent.
        outcome: column of overall satisfaction.
        indicators: columns of indicators, higher is better.
        low: an answer at or below it is low; None: the lowest seen.
        high: an answer at or above it is high; None: the highest seen.
        cut: asymmetry from which it is basic or excitement.

    Returns:
        A Table of one row per indicator: `penalty`, `reward`, their errors, `range`, `asymmetry`, `factor`, `lows`,
        `highs`, `n`, `r2`.

    Raises:
        StateError: an indicator has no low or no high answers.
        ValueError: low without high.
    """
    if (low is None) != (high is None):
        raise ValueError("low and high go together")
    made = struct(
        "custval_penalty_options",
        outcome=outcome,
        indicators=texts(indicators),
        indicator_count=len(indicators),
        has_limits=int(low is not None),
        low=0.0 if low is None else low,
        high=0.0 if high is None else high,
        cut=cut,
    )
    with table_of(data, [outcome, *indicators]) as table:
        return Table._made("custval_penalty_reward", table._handle, ctypes.byref(made))


def kano(data: Any, features: Mapping[str, str]) -> Table:
    """Evaluates a Kano survey.

    Args:
        data: a frame of one row per respondent; answers 1 (like) to 5 (dislike).
        features: the column of the functional question, and that of its dysfunctional one.

    Returns:
        A Table of one row per feature: respondents by class, `class`, `better`, `worse`, `strength`, `total`.

    Raises:
        RangeError: an answer is none of the five.

    >>> kano({"with": [1.0, 1.0, 3.0], "without": [5.0, 5.0, 3.0]}, {"with": "without"})["class"]
    ['one-dimensional']
    """
    expected(Mapping, features)
    made = struct(
        "custval_kano_options",
        functional=texts(list(features)),
        dysfunctional=texts(list(features.values())),
        count=len(features),
    )
    with table_of(data, [*features, *features.values()]) as table:
        return Table._made("custval_kano", table._handle, ctypes.byref(made))


def quadrants(
    data: Any,
    importance: str = "importance",
    performance: str = "performance",
    *,
    importance_cut: float | None = None,
    performance_cut: float | None = None,
    keep: str | Sequence[str] = (),
) -> Any:
    """Importance-performance analysis.

    Args:
        data: a frame of one row per attribute.
        importance: column of the stated or derived importance.
        performance: column of the performance.
        importance_cut: where important begins; None: the mean.
        performance_cut: where performance is high; None: the mean.
        keep: columns of the data that the result carries along, e.g. "customer".

    Returns:
        A frame of the data's kind: the numbers, their cuts, and `quadrant`: concentrate, keep, low-priority, overkill.

    Raises:
        NotFoundError: a column is missing.

    >>> quadrants({"importance": [3.0, 1.0], "performance": [2.0, 4.0]})["quadrant"]
    ['concentrate', 'overkill']
    """
    made = struct(
        "custval_quadrants_options",
        importance=importance,
        performance=performance,
        has_importance_cut=int(importance_cut is not None),
        has_performance_cut=int(performance_cut is not None),
        importance_cut=0.0 if importance_cut is None else importance_cut,
        performance_cut=0.0 if performance_cut is None else performance_cut,
    )
    with table_of(data, [importance, performance, *several(keep)]) as table:
        result = Table._made("custval_quadrants", table._handle, ctypes.byref(made))
        return give_back(data)(with_kept(table, result, keep))


def nps(
    data: Any,
    column: str = "recommend",
    *,
    group: str | None = None,
    scale: tuple[float, float] = (0, 10),
    detractors_to: float = 6,
    promoters_from: float = 9,
    level: float = 0.95,
) -> Table:
    """The net promoter score with its error, by group.

    Args:
        data: a frame of one row per respondent.
        column: of the answers.
        group: column of texts or whole numbers; None: all rows are one.
        scale: lowest and highest answer.
        detractors_to: answers up to it are detractors'.
        promoters_from: answers from it on are promoters'.
        level: of the intervals.

    Returns:
        A Table: `group`, `n`, `missing`, `promoters`, `passives`, `detractors`, `nps`, `error`, `low`, `high`.

    Raises:
        RangeError: an answer is off the scale.

    >>> list(nps({"recommend": [10.0, 9.0, 7.0, 3.0]})["nps"])
    [25.0]
    """
    made = struct(
        "custval_nps_options",
        column=column,
        group=group,
        scale_min=scale[0],
        scale_max=scale[1],
        detractors_to=detractors_to,
        promoters_from=promoters_from,
        level=level,
    )
    with table_of(data, [column, *([] if group is None else [group])]) as table:
        return Table._made("custval_nps", table._handle, ctypes.byref(made))


class Backtest(NamedTuple):
    """How well a score told what happened later."""

    bands: Table
    n: int
    missing: int
    events: int
    auc: float
    auc_error: float
    auc_low: float
    auc_high: float
    brier: float
    correlation: float
    rank_correlation: float


def backtest(
    data: Any, score: str = "score", outcome: str = "outcome", *, edges: Sequence[float] = (), level: float = 0.95
) -> Backtest:
    """Compares a score with what happened later.

    Args:
        data: a frame of one row per customer.
        score: column of the score.
        outcome: column of what came later: 0 and 1, or any number.
        edges: where bands of the score begin, ascending.
        level: of the intervals.

    Returns:
        The bands (`from`, `to`, `n`, `score`, `outcome`, `low`, `high`), the area under the curve with its error,
        Brier's score,
        correlations. What does not apply is NaN.

    Raises:
        StateError: no row has both.
        RangeError: edges that do not ascend.

    >>> backtest({"score": [1.0, 2.0, 3.0, 4.0], "outcome": [0.0, 0.0, 1.0, 1.0]}).auc
    1.0
    """
    made = struct(
        "custval_backtest_options",
        score=score,
        outcome=outcome,
        edges=doubles(edges) if len(edges) else None,
        edge_count=len(edges),
        level=level,
    )
    facts, out = struct("custval_backtest_facts"), new(d.custval_table)
    with table_of(data, [score, outcome]) as table:
        call("custval_backtest", table._handle, ctypes.byref(made), ctypes.byref(facts), ctypes.byref(out))
    return Backtest(Table._of(out), *(getattr(facts, name) for name in Backtest._fields[1:]))
