"""What all customers are worth, those to come included; formulas of money."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import ctypes
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from . import _declarations as d
from ._frames import give_back, table_of
from ._host import Progress, lent
from ._library import call, doubles, new, number, struct, texts
from .table import Table

__all__ = [
    "EconomicValue",
    "Spending",
    "Switching",
    "acquisition_optimum",
    "active_probability",
    "allowable_spend",
    "contractual_value",
    "customer_equity",
    "economic_value",
    "life_cycle_cost",
    "margin_multiple",
    "markov_value",
    "present_value",
    "programme_return",
    "retention_optimum",
    "switching",
]


def customer_equity(
    current: Any = None,
    prospects: Any = None,
    *,
    value: str = "value",
    influence: str | None = None,
    attribution: float | None = None,
    count: str | None = None,
    probability: str = "probability",
    prospect_value: str = "value",
    cost: str | None = None,
    prospect_count: str | None = None,
    period: str | None = None,
    rate: float = 0.0,
    segment: str | None = None,
) -> Table:
    """Adds up customer equity by segment and in total.

    Args:
        current: a frame of current customers; None: none.
        prospects: a frame of prospects and cohorts to come; None: none.
        value: customers: column of the value.
        influence: customers: column of the influence value in full; None: none.
        attribution: share of the influence that is added, 0 to 1: a referred customer must not count twice. Needed with
            influence.
        count: customers: column that says how many a row stands for.
        probability: prospects: column of P(won).
        prospect_value: prospects: column of the value once won.
        cost: prospects: column of the cost of trying, each.
        prospect_count: prospects: column that says how many a row stands for.
        period: prospects: column of the period in which they come.
        rate: discount rate per such period.
        segment: column of both frames; None: one segment.

    Returns:
        A Table of one row per segment, and with segments one for all: `segment`, `customers`, `current`, `influence`,
        `prospects`, `acquired`, `prospective`, `acquisition_cost`, `equity`, `share`, `skipped`.

    Raises:
        ArgumentError: neither customers nor prospects are given.
        NotFoundError: a column is missing.
        RangeError: the attribution or the rate is out of its range.

    >>> customer_equity({"value": [100.0, 50.0]})["equity"].tolist()
    [150.0]
    """
    made = struct(
        "custval_equity_options",
        segment=segment,
        value=value,
        influence=influence,
        count=count,
        probability=probability,
        prospect_value=prospect_value,
        cost=cost,
        prospect_count=prospect_count,
        period=period,
        attribution=attribution,
        rate=rate,
    )
    now = [name for name in (value, influence, count, segment) if name]
    later = [name for name in (probability, prospect_value, cost, prospect_count, period, segment) if name]
    with (
        table_of({} if current is None else current, now) as mine,
        table_of({} if prospects is None else prospects, later) as theirs,
    ):
        return Table._made(
            "custval_equity",
            None if current is None else mine._handle,
            None if prospects is None else theirs._handle,
            ctypes.byref(made),
        )


def markov_value(
    transitions: Sequence[Sequence[float]] | Any,
    rewards: Sequence[float],
    *,
    rate: float = 0.0,
    periods: int | None = None,
    counts: bool = False,
    empty: str = "refuse",
) -> list[float]:
    """The value of a customer in each state of a Markov chain.

    Args:
        transitions: a square: from each state to each.
        rewards: money of a period in each state.
        rate: discount rate per step.
        periods: rewards at t = 0, 1, ..., periods; None: for ever.
        counts: transitions are numbers of customers.
        empty: a state without customers: "refuse", "stay" or "pooled".

    Raises:
        RangeError: a row does not add up to 1, or a number is out of its range.
        StateError: a state without customers, or a value without end.

    >>> [round(value, 4) for value in markov_value([[0.5, 0.5], [0.0, 1.0]], [10.0, 0.0], rate=0.25)]
    [16.6667, 0.0]
    """
    rows = [list(row) for row in transitions]
    states = len(rows)
    if any(len(row) != states for row in rows) or len(rewards) != states:
        raise ValueError(f"transitions are a square, with a reward for each of its {states} states")
    made = struct(
        "custval_markov_options",
        rate=rate,
        for_ever=int(periods is None),
        periods=periods,
        counts=int(counts),
        empty=empty,
    )
    out = (ctypes.c_double * states)()
    cells = doubles(cell for row in rows for cell in row)
    call("custval_markov_value", states, cells, doubles(rewards), ctypes.byref(made), out)
    return list(out)


class Switching(NamedTuple):
    """What customers are worth to each brand.

    Attributes:
        customers: a frame of the data's kind: a value for each brand, and `status`: 0, or why a row has none: 1 a cell
            is missing, 2 a number is out of its range, 3 its last brand is none of those named.
        brands: a Table: `brand`, `value` (mean per customer), `equity`, `share` of all brands' equity.
    """

    customers: Any
    brands: Table


def switching(
    data: Any,
    brands: Sequence[str],
    *,
    matrix: Sequence[Sequence[float]] | Any = None,
    utilities: Mapping[str, str] | None = None,
    inertia: float = 0.0,
    margins: Sequence[float] | None = None,
    last: str = "last_brand",
    volume: str | None = None,
    frequency: str | None = None,
    rate: float = 0.0,
    periods: float = 1.0,
    population: float = 0.0,
    progress: Progress = None,
) -> Switching:
    """What customers are worth to each brand, by the probabilities of switching between them.

    Args:
        data: a frame of one row per customer.
        brands: their names.
        matrix: P(next | last), the same for all customers; None: logit of the utilities.
        utilities: for each brand the column of the customer's utility.
        inertia: logit: added to the utility of the brand bought last.
        margins: contribution per unit of volume, one per brand.
        last: column of the brand bought last.
        volume: column of the volume of a purchase.
        frequency: column of the purchases per period.
        rate: discount rate per period.
        periods: horizon.
        population: customers that the frame stands for; 0: its rows.
        progress: as in System.score().

    Returns:
        The customers and the brands.

    Raises:
        NotFoundError: a column is missing.
        RangeError: a row of the matrix does not add up to 1, or an option is out of its range.
        KeyError: a brand has no utility.
        DuplicateError: a brand is named twice.
    """
    names = texts(brands)
    if (matrix is None) == (utilities is None):
        raise ValueError("switching needs a matrix or utilities")
    if matrix is not None and [len(row) for row in matrix] != [len(brands)] * len(brands):
        raise ValueError("the matrix is a square, with a row and a column for each brand")
    if margins is not None and len(margins) != len(brands):
        raise ValueError("there is one margin for each brand")
    columns = None if utilities is None else [utilities[brand] for brand in brands]
    made = struct(
        "custval_switching_options",
        brands=names,
        brands_count=len(brands),
        last=last,
        matrix=None if matrix is None else doubles(cell for row in matrix for cell in row),
        utilities=None if columns is None else texts(columns),
        inertia=inertia,
        margins=None if margins is None else doubles(margins),
        volume=volume,
        frequency=frequency,
        rate=rate,
        periods=periods,
        population=population,
    )
    wanted = [name for name in (last, volume, frequency) if name] + (columns or [])
    customers, shown = new(d.custval_table), new(d.custval_table)
    with table_of(data, wanted, texts=[last]) as table, lent(progress) as host:
        made.host = host
        call("custval_switching", table._handle, ctypes.byref(made), ctypes.byref(customers), ctypes.byref(shown))
    return Switching(give_back(data)(Table._of(customers)), Table._of(shown))


class Spending(NamedTuple):
    """The best spending per customer or prospect.

    Attributes:
        spend: the best one; 0 where none pays.
        share: won or kept with it.
        value: what is left after it.
        allowable: spending above which less than nothing is left; 0 where none pays.
    """

    spend: float
    share: float
    value: float
    allowable: float


def _optimum(function: str, ceiling: float, efficiency: float, *arguments: float) -> Spending:
    response = struct("custval_response", ceiling=number(ceiling), efficiency=number(efficiency))
    out = struct("custval_spending")
    call(function, ctypes.byref(response), *map(number, arguments), ctypes.byref(out))
    return Spending(out.spend, out.share, out.value, out.allowable)


def acquisition_optimum(ceiling: float, efficiency: float, value: float) -> Spending:
    """The spending on winning a prospect that leaves most; the share won is ceiling (1 - exp(-efficiency spend)).

    Args:
        ceiling: share that no spending exceeds.
        efficiency: how fast it is approached, per unit of money.
        value: what a customer who was won is worth.

    Raises:
        RangeError: a number is out of its range.

    >>> round(acquisition_optimum(0.4, 0.2, 100).spend, 4)
    10.3972
    """
    return _optimum("custval_acquisition_optimum", ceiling, efficiency, value)


def retention_optimum(ceiling: float, efficiency: float, margin: float, rate: float) -> Spending:
    """The spending on keeping a customer, per period, that leaves most; the share kept is as in acquisition_optimum().

    Args:
        ceiling: share that no spending exceeds.
        efficiency: how fast it is approached, per unit of money.
        margin: of a period of a customer who was kept.
        rate: discount rate per period.

    Raises:
        RangeError: a number is out of its range.
    """
    return _optimum("custval_retention_optimum", ceiling, efficiency, margin, rate)


def _number(function: str, *arguments: Any) -> float:
    out = ctypes.c_double()
    call(function, *arguments, ctypes.byref(out))
    return out.value


def margin_multiple(
    retention: float, rate: float, *, first: str, growth: float = 0.0, periods: int | None = None
) -> float:
    """How many times the margin of a period a customer is worth.

    Args:
        retention: share kept per period.
        rate: discount rate per period.
        first: the first margin comes "now", or "next": after one period.
        growth: of the margin per period.
        periods: number of margins; None: for ever.

    Raises:
        RangeError: a number is out of its range, or the sum has no end.

    >>> round(margin_multiple(0.8, 0.12, first="next"), 4)
    2.5
    """
    terms = struct(
        "custval_multiple_terms", retention=retention, rate=rate, growth=growth, first=first, periods=periods
    )
    return _number("custval_margin_multiple", ctypes.byref(terms))


def contractual_value(
    contribution: float,
    retention: float,
    rate: float,
    periods: int,
    *,
    first: str,
    cost: float = 0.0,
    cost_timing: str = "middle",
) -> float:
    """The value of a customer under contract.

    Args:
        contribution: of a period.
        retention: probability of renewal.
        rate: discount rate per period.
        periods: last period.
        first: contributions from "now" or from "next".
        cost: of keeping the customer, per period.
        cost_timing: it is paid at the "end", "middle" or "begin" of a period.

    Raises:
        RangeError: a number is out of its range.

    >>> round(contractual_value(260, 0.75, 0.2, 10, first="now", cost=50), 2)
    568.78
    """
    terms = struct(
        "custval_contract_terms",
        contribution=contribution,
        cost=cost,
        retention=retention,
        rate=rate,
        periods=periods,
        first=first,
        cost_timing=cost_timing,
    )
    return _number("custval_contractual_value", ctypes.byref(terms))


def present_value(flows: Sequence[float], rate: float, *, first: float = 0.0) -> float:
    """The net present value of flows, one per period.

    Args:
        flows: money of any sign.
        rate: discount rate per period.
        first: period of the first flow: 0 now, 1 at the end of the first period.

    Raises:
        RangeError: the rate or the period is out of its range.

    >>> round(present_value([-100.0, 110.0], 0.1), 9) + 0.0
    0.0
    """
    return _number("custval_present_value", doubles(flows), len(flows), number(first), number(rate))


def life_cycle_cost(price: float, costs: Sequence[float], rate: float, *, residual: float = 0.0) -> float:
    """What owning a product costs over its life.

    Args:
        price: paid now.
        costs: of use, upkeep and disposal, one per period, at its end.
        rate: discount rate per period.
        residual: what the product brings at the end.

    Raises:
        RangeError: the rate is out of its range.

    >>> life_cycle_cost(100.0, [10.0, 10.0], 0.0)
    120.0
    """
    return _number("custval_life_cycle_cost", number(price), doubles(costs), len(costs), number(residual), number(rate))


class EconomicValue(NamedTuple):
    """What a product is worth to a customer next to a reference.

    Attributes:
        value: the price at which ours is as good as the reference.
        inducement: what the customer gains at our price.
    """

    value: float
    inducement: float


def economic_value(
    reference_cost: float,
    *,
    start_up: float = 0.0,
    post_purchase: float = 0.0,
    increment: float = 0.0,
    price: float = 0.0,
) -> EconomicValue:
    """The price at which our product is as good as the reference, and what the customer gains at our price.

    Args:
        reference_cost: life-cycle cost of the reference product, its price included.
        start_up: what starting with ours costs.
        post_purchase: what using ours costs.
        increment: what ours gives beyond the reference.
        price: of ours.

    >>> economic_value(300.0, start_up=20.0, post_purchase=80.0, increment=50.0, price=200.0)
    EconomicValue(value=250.0, inducement=50.0)
    """
    terms = struct(
        "custval_economic_terms",
        reference_cost=reference_cost,
        start_up=start_up,
        post_purchase=post_purchase,
        increment=increment,
        price=price,
    )
    value, inducement = ctypes.c_double(), ctypes.c_double()
    call("custval_economic_value", ctypes.byref(terms), ctypes.byref(value), ctypes.byref(inducement))
    return EconomicValue(value.value, inducement.value)


def programme_return(gain: float, cost: float) -> float:
    """The return on a programme: (gain - cost) / cost.

    Args:
        gain: what it adds, before its cost.
        cost: what it costs, above 0.

    Raises:
        RangeError: the cost is not above 0.

    >>> round(programme_return(101.3, 70), 3)
    0.447
    """
    return _number("custval_programme_return", number(gain), number(cost))


def allowable_spend(before: float, after: float, value: float) -> float:
    """The most that a change of a probability may cost, per customer.

    Args:
        before: P(won) or P(kept) without the effort.
        after: the same with it.
        value: what a customer is worth once won or kept.

    Raises:
        RangeError: a probability is not within 0 and 1.

    >>> allowable_spend(0.5, 0.75, 100.0)
    25.0
    """
    return _number("custval_allowable_spend", number(before), number(after), number(value))


def active_probability(last: float, period: float, purchases: float) -> float:
    """P(active) by the simple rule (last / period)^purchases.

    Args:
        last: time of the last purchase since the first one.
        period: time observed.
        purchases: their number.

    Raises:
        RangeError: the last purchase lies beyond the period, or purchases is no whole number.

    >>> round(active_probability(8, 12, 4), 4)
    0.1975
    """
    return _number("custval_active_probability", number(last), number(period), number(purchases))
