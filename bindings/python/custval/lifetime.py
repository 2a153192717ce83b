"""Lifetime models: who is still a customer, what they will buy, and what that is worth today."""

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
from ._library import call, doubles, index, lib, number, several, struct, text, texts, word_value
from ._options import Date, date_of
from .history import days_of
from .table import Table

__all__ = ["Facts", "Lifetime", "compare", "months", "survivors"]

_COLUMNS = ("x", "t_x", "T", "mean_spend", "lost")
_PURCHASES = ("bgnbd", "mbgnbd", "pnbd", "nbd", "bgbb")


def _names_of(columns: Mapping[str, str] | None, count: str | None = None) -> Any:
    """The struct of the columns' names."""
    given = dict(columns or {})
    unknown = [name for name in given if name not in _COLUMNS]
    if unknown:
        raise ValueError(f"{unknown[0]!r} is no column of a lifetime model; they are {', '.join(_COLUMNS)}")
    return struct("custval_lifetime_columns", **given, count=count)


def _wanted(columns: Mapping[str, str] | None, *more: Any) -> list[str]:
    """The columns that a model may read, so that no others are converted."""
    given = dict(columns or {})
    return [*(given.get(name, name) for name in _COLUMNS), *(name for name in more if isinstance(name, str))]


def _outputs_of(outputs: str | Iterable[str] | None) -> int:
    bits = 0
    for word in several(outputs or ()):
        bits |= word_value(d.CUSTVAL_WORDS_LIFETIME_OUTPUT, word)
    return bits


class Facts(NamedTuple):
    """How a lifetime was fitted.

    Attributes:
        model: its word.
        convergence: "optimum"; "stated" (the parameters were given); or with accept: "boundary" (a parameter runs to 0
            or infinity), "flat" (parameters that the data do not tell apart), "iterations" (they were used up).
        parameters: how many, coefficients included.
        iterations: that the fit took.
        distinct: different rows.
        customers: that the rows stand for.
        log_likelihood: of the data.
        aic: Akaike's criterion, less is better.
        bic: Schwarz's criterion.
        gradient: largest component of the gradient in the end, in logarithms.
        condition: of the information matrix: large where parameters can hardly be told apart.
        ridge: as it was given.
        unit: of time; None: not said.
        first: date of the data; None: not said.
        last: end of observation; None: not said.
    """

    model: str
    convergence: str
    parameters: int
    iterations: int
    distinct: int
    customers: float
    log_likelihood: float
    aic: float
    bic: float
    gradient: float
    condition: float
    ridge: float
    unit: str | None
    first: str | None
    last: str | None


class Lifetime(Document):
    """A lifetime model with its parameters; it does not change.

    >>> model = Lifetime.stated("bgnbd", {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}, unit="week")
    >>> forecast = model.predict({"x": [2], "t_x": [30.43], "T": [38.86]}, horizon=39)
    >>> round(forecast["expected"][0], 3)
    1.226
    """

    _kind = d.custval_lifetime
    _parse, _write, _free = "custval_lifetime_parse", "custval_lifetime_write", "custval_lifetime_free"
    __slots__ = ()

    @classmethod
    def fit(
        cls,
        data: Any,
        model: str = "bgnbd",
        *,
        spend: bool | None = None,
        columns: Mapping[str, str] | None = None,
        count: str | None = None,
        purchase_covariates: str | Sequence[str] = (),
        dropout_covariates: str | Sequence[str] = (),
        start: Sequence[float] | None = None,
        ridge: float = 0.0,
        max_iterations: int = 200,
        accept: bool = False,
        unit: str | None = None,
        first: Date = None,
        last: Date = None,
        progress: Progress = None,
    ) -> Lifetime:
        """Fits a model by maximum likelihood.

        Args:
            data: a frame of one row per customer, e.g. of History.customers().
            model: "bgnbd", "mbgnbd", "pnbd", "nbd", "bgbb"; contracts "sbg", "bdw"; spend "gamma-gamma".
            spend: fit a gamma-gamma model of the spend as well, and join it; None: if the data have `mean_spend` and
                somebody bought again.
            columns: names of the columns where they differ: of x, t_x, T, mean_spend, lost.
            count: column that says how many customers a row stands for.
            purchase_covariates: columns that bear on the rate of purchase ("bgnbd", "mbgnbd", "pnbd").
            dropout_covariates: columns that bear on leaving.
            start: parameters to start from, e.g. last month's.
            ridge: penalty on the squared logarithms of the parameters.
            max_iterations: per start.
            accept: give the parameters even if they are no maximum; see facts.convergence.
            unit: name of the unit of time, e.g. "week"; goes into the document.
            first: first date of the data.
            last: end of observation.
            progress: as in System.score().

        Raises:
            ConvergenceError: there is no maximum; the message says why.
            StateError: there is too little to learn from.
            RangeError: a row is impossible, e.g. x no whole number or t_x above T.
            NotFiniteError: a cell is missing or infinite.
            NotFoundError: a column is missing.
        """
        common = {
            "columns": _names_of(columns, count),
            "max_iterations": max_iterations,
            "accept": int(accept),
            "unit": unit,
            "from": date_of(first),
            "to": date_of(last),
        }
        purchase, dropout = several(purchase_covariates), several(dropout_covariates)
        with table_of(data, _wanted(columns, count, *purchase, *dropout)) as table:
            with lent(progress) as host:
                made = struct("custval_lifetime_fit_options", host=host, model=model, ridge=ridge, **common)
                if start is not None:
                    made.start, made.start_count = doubles(start), len(start)
                if purchase:
                    made.purchase_covariates, made.purchase_count = texts(purchase), len(purchase)
                if dropout:
                    made.dropout_covariates, made.dropout_count = texts(dropout), len(dropout)
                fitted = cls._made("custval_lifetime_fit", table._handle, ctypes.byref(made))
            if spend is None:
                spend = fitted.model in _PURCHASES and _has_spend(table, columns or {})
            if not spend:
                return fitted
            with lent(progress) as host:
                made = struct("custval_lifetime_fit_options", host=host, model="gamma-gamma", **common)
                return fitted.with_spend(cls._made("custval_lifetime_fit", table._handle, ctypes.byref(made)))

    @classmethod
    def stated(cls, model: str, parameters: Mapping[str, float] | Sequence[float], unit: str | None = None) -> Lifetime:
        """A lifetime with given parameters.

        Args:
            model: as in fit().
            parameters: by name; or in the model's order: "bgnbd" and "mbgnbd" r, alpha, a, b; "pnbd" r, alpha, s, beta;
                "nbd" r, alpha; "bgbb" alpha, beta, gamma, delta; "sbg" alpha, beta; "bdw" alpha, beta, c; "gamma-gamma"
                p, q, gamma. Each above 0.
            unit: name of the unit of time.

        Raises:
            RangeError: a parameter is not above 0.
            ArgumentError: there are too few or too many.
            ValueError: a name is none of the model's.
        """
        given = list(parameters.values()) if isinstance(parameters, Mapping) else parameters
        values = doubles(given)
        which = word_value(d.CUSTVAL_WORDS_MODEL, model)
        made = cls._made("custval_lifetime_new", None, which, values, len(values), text(unit))
        if not isinstance(parameters, Mapping) or list(parameters) == list(made.parameters):
            return made
        names = list(made.parameters)
        if set(names) != set(parameters):
            raise ValueError(f"the parameters of {model!r} are {', '.join(names)}, not {', '.join(parameters)}")
        return cls.stated(model, [parameters[name] for name in names], unit)

    def with_spend(self, spend: Lifetime) -> Lifetime:
        """This model of purchases joined with one of spend: one document, one prediction of value.

        Args:
            spend: a gamma-gamma lifetime.

        Raises:
            StructureError: the models are not of these kinds.
        """
        return Lifetime._made("custval_lifetime_with_spend", self._handle, expected(Lifetime, spend)._handle)

    @property
    def spend(self) -> Lifetime | None:
        """The model of spend in it, or None."""
        pointer = lib.custval_lifetime_spend(self._handle)
        if not pointer:
            return None
        made = Lifetime.__new__(Lifetime)
        made._own(lib.custval_lifetime_ref(pointer))
        return made

    @property
    def facts(self) -> Facts:
        """The model, how the fit ended, its log-likelihood, AIC and BIC, and what the data were."""
        made = struct("custval_lifetime_facts")
        call("custval_lifetime_facts_get", self._handle, ctypes.byref(made))
        values = {name: getattr(made, name) for name, _ in made._fields_ if name != "struct_size"}
        values["model"] = lib.custval_word(d.CUSTVAL_WORDS_MODEL, made.model).decode()
        values["convergence"] = lib.custval_word(d.CUSTVAL_WORDS_CONVERGENCE, made.convergence).decode()
        for name, shown in (("unit", "unit"), ("from", "first"), ("to", "last")):
            value = values.pop(name)
            values[shown] = None if value is None else value.decode()
        return Facts(**values)

    @property
    def model(self) -> str:
        """The model's word, e.g. "bgnbd"."""
        return self.facts.model

    @property
    def parameters(self) -> dict[str, float]:
        """The parameters and coefficients by name."""
        shown = self.parameter_table()
        return dict(zip(shown["name"], shown["value"].tolist()))

    def parameter_table(self, level: float = 0.95) -> Table:
        """A Table of the parameters: `name`, `value`, `error`, `low`, `high`, `log_error`.

        Args:
            level: of the intervals, above 0 and below 1.

        Raises:
            RangeError: the level is not.
        """
        return Table._made("custval_lifetime_parameters", self._handle, number(level))

    def covariance(self, *, logarithms: bool = False) -> Table:
        """A Table of the covariance of the parameters: `name`, then a column for each.

        Args:
            logarithms: of the logarithms of the parameters instead.

        Raises:
            StateError: the parameters were stated, or are no maximum.
        """
        return Table._made("custval_lifetime_covariance", self._handle, int(logarithms))

    def predict(
        self,
        data: Any,
        *,
        horizon: float | str | None = None,
        outputs: str | Iterable[str] | None = None,
        columns: Mapping[str, str] | None = None,
        cash_period: float = 1.0,
        cash_times: Sequence[float] | None = None,
        rate: float | Sequence[float] = 0.0,
        rate_period: float | str | None = None,
        timing: str = "end",
        spend: Lifetime | str | None = None,
        margin: float | str = 1.0,
        cost: float | str = 0.0,
        level: float | None = None,
        keep: str | Sequence[str] = (),
        progress: Progress = None,
    ) -> Any:
        """Predicts for each customer.

        Args:
            data: a frame of one row per customer.
            horizon: units of time to look ahead; or the column with one for each customer; None: 1, or the last of
                cash_times.
            outputs: of "alive", "log_alive", "alive_later", "expected", "expected_deviation", "none", "residual",
                "spend", "value", "value_deviation", "log_likelihood"; None: alive, expected, and with spend also spend
                and value.
            columns: names of the columns where they differ, as in fit().
            cash_period: units of a cash period.
            cash_times: ends of cash periods, e.g. of months(); their last one is the horizon.
            rate: discount rate, 0.1 for 10 %; several: one for each rate period, the last one from then on.
            rate_period: what a rate is for: units of time, or "year", "month", ... where the unit is known. It must be
                said if there is a rate: 10 % a year is not 10 % a week.
            timing: when the money of a cash period counts: "end", "middle" or "begin".
            spend: a gamma-gamma lifetime, or the column with the expected spend or margin of a purchase; None: what is
                joined with this model.
            margin: share of the spend that is margin, or its column.
            cost: per cash period of a customer who is alive, or its column.
            level: of intervals, which come as `..._low` and `..._high`; None: none.
            keep: columns of the data that the result carries along, e.g. "customer".
            progress: as in System.score().

        Returns:
            A frame of the data's kind, row by row, with the outputs and `status`: 0, or why a row has no prediction:
            1 a cell is missing, 2 a number is out of its range, 3 there is no such mean.

        Raises:
            NotFoundError: a column is missing.
            RangeError: an option is out of its range.
            ValueError: there is a rate, but not for how long it is.
            StateError: there is no spend for a value, or there are no errors for intervals.
            UnsupportedError: the model does not have this output.
        """
        made = struct(
            "custval_lifetime_predict_options",
            columns=_names_of(columns),
            outputs=_outputs_of(outputs),
            timing=timing,
            cash_period=cash_period,
            rate_period=None if rate_period is None else self._units(rate_period),
            level=level,
            horizon=horizon if not isinstance(horizon, str) else None,
            horizon_column=horizon if isinstance(horizon, str) else None,
            margin=margin if not isinstance(margin, str) else None,
            margin_column=margin if isinstance(margin, str) else None,
            cost=cost if not isinstance(cost, str) else None,
            cost_column=cost if isinstance(cost, str) else None,
            spend_column=spend if isinstance(spend, str) else None,
            spend=expected(Lifetime, spend)._handle if spend is not None and not isinstance(spend, str) else None,
        )
        if cash_times is not None:
            made.cash_times, made.cash_count = doubles(cash_times), len(cash_times)
        if isinstance(rate, Iterable):
            curve = doubles(rate)
            made.rates, made.rates_count = curve, len(curve)
        else:
            made.rate = number(rate)
        if rate_period is None and (made.rates_count > 0 or made.rate != 0.0):
            raise ValueError('a rate needs its period: rate_period="year", or how many units of time it is for')
        wanted = self._wanted(columns, horizon, spend, margin, cost)
        return self._on("custval_lifetime_predict", data, wanted, made, keep, progress)

    def _wanted(self, columns: Mapping[str, str] | None, *more: Any) -> list[str]:
        covariates = (name.partition(":")[2] for name in self.parameters if ":" in name)
        return _wanted(columns, *more, *covariates)

    def _on(
        self, function: str, data: Any, wanted: list[str], made: Any, keep: str | Sequence[str], progress: Progress
    ) -> Any:
        with table_of(data, [*wanted, *several(keep)]) as table, lent(progress) as host:
            made.host = host
            result = Table._made(function, self._handle, table._handle, ctypes.byref(made))
            return give_back(data)(with_kept(table, result, keep))

    def _units(self, span: float | str) -> float:
        """A span of time in the model's units."""
        if not isinstance(span, str):
            return number(span)
        unit = self.facts.unit
        if unit is None:
            raise ValueError(f"{span!r}: this lifetime does not know its unit of time; give a number of units")
        return days_of(span) / days_of(unit)

    def counts(
        self,
        data: Any,
        *,
        horizon: float | str = 1.0,
        most: int = 10,
        quantiles: Sequence[float] = (),
        columns: Mapping[str, str] | None = None,
        keep: str | Sequence[str] = (),
        progress: Progress = None,
    ) -> Any:
        """The distribution of each customer's number of purchases in the horizon.

        Args:
            data: a frame of one row per customer.
            horizon: units of time to look ahead; or the column with one for each customer.
            most: probabilities of 0 to so many.
            quantiles: shares above 0 and below 1.
            columns: names of the columns where they differ, as in fit().
            keep: columns of the data that the result carries along, e.g. "customer".
            progress: as in System.score().

        Returns:
            A frame of the data's kind with `p0`, `p1`, ..., `more`, the quantiles (`q0.05`, ...) and `status`.

        Raises:
            UnsupportedError: it is no model of purchases. Else as predict().
        """
        made = struct(
            "custval_lifetime_counts_options",
            columns=_names_of(columns),
            horizon=horizon if not isinstance(horizon, str) else None,
            horizon_column=horizon if isinstance(horizon, str) else None,
            most=most,
        )
        if len(quantiles) > 0:
            made.quantiles, made.quantiles_count = doubles(quantiles), len(quantiles)
        return self._on("custval_lifetime_counts", data, self._wanted(columns, horizon), made, keep, progress)

    def track(
        self,
        customers: Any,
        course: Any,
        *,
        observed: float = 0.0,
        columns: Mapping[str, str] | None = None,
        count: str | None = None,
        progress: Progress = None,
    ) -> Table:
        """Holds the model against the course of repeat purchases.

        Args:
            customers: a frame with the column T.
            course: a frame with the column `elapsed`, e.g. of History.course() with the same end.
            observed: time since the first customer came at which T was taken; 0: the largest T.
            columns: names of the columns where they differ, as in fit().
            count: column that says how many customers a row stands for.
            progress: as in System.score().

        Returns:
            A Table: `elapsed`, `expected`, `expected_total`, and where the course has `repeats` `actual` and
            `actual_total`.

        Raises:
            UnsupportedError: the model does not have it.
            RangeError: a row is impossible.
        """
        made = struct("custval_lifetime_check_options", columns=_names_of(columns, count), observed=observed)
        wanted = self._wanted(columns, count)
        with table_of(customers, wanted) as table, table_of(course) as units, lent(progress) as host:
            made.host = host
            return Table._made("custval_lifetime_track", self._handle, table._handle, units._handle, ctypes.byref(made))

    def by_frequency(
        self,
        data: Any,
        *,
        most: int = 7,
        columns: Mapping[str, str] | None = None,
        count: str | None = None,
        progress: Progress = None,
    ) -> Table:
        """Holds the model against the data by number of repeat purchases.

        Args:
            data: a frame of one row per customer; with `holdout_x` and `holdout_T` the holdout as well.
            most: customers with so many repeats or more are one row.
            columns: names of the columns where they differ, as in fit().
            count: column that says how many customers a row stands for.
            progress: as in System.score().

        Returns:
            A Table: `x`, `customers`, `expected_customers`, and with a holdout `holdout_mean`, `holdout_expected`.

        Raises:
            UnsupportedError: it is no model of purchases.
            RangeError: a row is impossible.
        """
        made = struct("custval_lifetime_check_options", columns=_names_of(columns, count), most=most)
        with table_of(data, self._wanted(columns, count, "holdout_x", "holdout_T")) as table, lent(progress) as host:
            made.host = host
            return Table._made("custval_lifetime_by_frequency", self._handle, table._handle, ctypes.byref(made))

    def __repr__(self) -> str:
        shown = ", ".join(f"{name} {value:.4g}" for name, value in self.parameters.items())
        return f"<custval.Lifetime {self.model}: {shown}>"

    def __str__(self) -> str:
        facts = self.facts
        lines = [f"{facts.model}, {facts.convergence}", str(self.parameter_table())]
        if facts.convergence != "stated":
            lines.append(
                f"log-likelihood {facts.log_likelihood:.4f}, AIC {facts.aic:.4f}, {facts.customers:.0f} customers"
            )
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return self.parameter_table()._repr_html_()


def _has_spend(table: Table, columns: Mapping[str, str]) -> bool:
    """Whether anybody bought again for money, which is what gamma-gamma learns from."""
    x, spend = columns.get("x", "x"), columns.get("mean_spend", "mean_spend")
    if x not in table or spend not in table:
        return False
    if isinstance(table[spend], list):
        return True  # texts: the fit says so
    return any(repeats > 0 and mean > 0 for repeats, mean in zip(table[x], table[spend]))


def compare(lifetimes: Sequence[Lifetime]) -> Table:
    """Compares models of the same data; the first is the reference.

    Args:
        lifetimes: fitted ones.

    Returns:
        A Table: `model`, `parameters`, `log_likelihood`, `aic`, `bic`, `delta` (AIC above the lowest), `weight`
        (Akaike's), and `ratio`, `freedom`, `p` (likelihood-ratio test) where the first is a special case of the model.

    Raises:
        StateError: parameters were stated, or the numbers of customers differ.
        StructureError: models of purchases, renewals and spend cannot be compared.
    """
    handles = [expected(Lifetime, lifetime)._handle for lifetime in lifetimes]
    array = (ctypes.POINTER(d.custval_lifetime) * len(handles))(*handles)
    return Table._made("custval_lifetime_compare", array, len(handles))


def survivors(counts: Sequence[float]) -> Table:
    """The rows that "sbg" and "bdw" are fitted to, from a survival curve.

    Args:
        counts: customers still there after 0, 1, 2, ... renewals.

    Returns:
        A Table: `T`, `lost`, `count`.

    Raises:
        RangeError: the numbers rise, or begin with 0.

    >>> survivors([100, 80, 70])["count"].tolist()
    [20.0, 10.0, 70.0]
    """
    values = doubles(counts)
    return Table._made("custval_lifetime_survivors", None, values, len(values))


def months(end: Date, count: int, *, unit: str | float = "week", every: int = 1) -> list[float]:
    """Ends of calendar months after a date in units of time: cash times for Lifetime.predict().

    Args:
        end: the end of observation, a date or ISO text.
        count: how many cash periods.
        unit: of time: "day", "week", ..., or its length in days.
        every: months in a cash period.

    Raises:
        RangeError: it is no date.

    >>> months("2026-01-31", 2, unit="day")
    [28.0, 59.0]
    """
    length = days_of(unit) if isinstance(unit, str) else number(unit)
    out = (ctypes.c_double * index(count, "number of months"))()
    call("custval_calendar_months", text(date_of(end)), index(every, "number of months", 1 << 32), count, length, out)
    return list(out)
