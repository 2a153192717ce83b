"""Lifetime models: published fits of CDNOW, every kind of frame, documents, options, and what is refused."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import datetime
import json
import math
import pickle

import numpy
import pandas
import polars
import pyarrow
import pytest
from conftest import bits, transactions

import custval as cv

END, HOLDOUT = "1997-09-30", "1998-06-30"
COLUMNS = {"x": [2, 1, 0, 7, 26], "t_x": [30.43, 1.71, 0, 29.43, 30.86], "T": [38.86, 38.86, 38.86, 38.86, 31.0],
           "mean_spend": [22.35, 11.77, None, 73.74, 40.0]}  # fmt: skip


@pytest.fixture(scope="module")
def history():
    return cv.History(transactions())


@pytest.fixture(scope="module")
def customers(history):
    return history.customers(END, HOLDOUT)


@pytest.fixture(scope="module")
def model(history, customers):
    return cv.Lifetime.fit(customers, unit=history.unit, last=datetime.date(1997, 9, 30))


# --- Known answers


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("bgnbd", [0.2426, 4.4136, 0.7929, 2.4259]),
        ("pnbd", [0.553, 10.578, 0.606, 11.669]),
        ("gamma-gamma", [6.2496, 3.7442, 15.444]),
    ],
)
def test_published_parameters(customers, word, expected):
    """Fader, Hardie & Lee (2005), both papers; Hardie's note 025."""
    fitted = cv.Lifetime.fit(customers, word, spend=False)
    for value, wanted in zip(fitted.parameters.values(), expected):
        digits = len(str(wanted).partition(".")[2])
        assert round(value, digits) == wanted
    assert fitted.facts.convergence == "optimum" and fitted.model == word


def test_a_fit_says_what_it_is(model):
    assert list(model.parameters) == ["r", "alpha", "a", "b"] and model.facts.customers == 2357
    assert model.facts.unit == "week" and model.facts.last == "1997-09-30" and model.facts.first is None
    assert model.spend is not None and model.spend.model == "gamma-gamma"
    assert model.facts.aic == pytest.approx(2 * 4 - 2 * model.facts.log_likelihood, abs=1e-9)
    table = model.parameter_table(0.9)
    assert all(low < value < high for low, value, high in zip(table["low"], table["value"], table["high"]))
    covariance = model.covariance()
    assert [math.sqrt(covariance[n][k]) for k, n in enumerate(covariance["name"])] == pytest.approx(
        list(table["error"])
    )
    assert model.covariance(logarithms=True) != covariance
    assert str(model).startswith("bgnbd, optimum") and "alpha 4.414" in repr(model) and "<table" in model._repr_html_()
    with pytest.raises(cv.RangeError):
        model.parameter_table(1.0)


def test_spend_is_joined_when_there_is_any(customers):
    columns = {name: customers[name].tolist() for name in ("x", "t_x", "T", "mean_spend")}
    assert cv.Lifetime.fit(columns).spend is not None
    assert cv.Lifetime.fit(columns, spend=False).spend is None
    without = {name: column for name, column in columns.items() if name != "mean_spend"}
    assert cv.Lifetime.fit(without).spend is None
    assert cv.Lifetime.fit({**columns, "mean_spend": [0.0] * 2357}).spend is None
    with pytest.raises(cv.NotFoundError, match='"mean_spend"'):
        cv.Lifetime.fit(without, spend=True)
    with pytest.raises(cv.ColumnTypeError, match='"mean_spend"'):
        cv.Lifetime.fit({**columns, "mean_spend": ["much"] * 2357})
    named = {"freq": columns["x"], "rec": columns["t_x"], "age": columns["T"], "money": columns["mean_spend"]}
    names = {"x": "freq", "t_x": "rec", "T": "age", "mean_spend": "money"}
    fitted = cv.Lifetime.fit(named, columns=names)
    assert fitted == cv.Lifetime.fit(columns)
    assert fitted.predict(named, columns=names) == fitted.predict(columns)


def test_equal_rows_may_be_counted(customers):
    cells = {}
    for row in zip(customers["x"], customers["t_x"], customers["T"]):
        cells[row] = cells.get(row, 0) + 1
    x, t_x, age = map(list, zip(*cells))
    table = {"x": x, "t_x": t_x, "T": age, "how_many": list(cells.values())}
    counted = cv.Lifetime.fit(table, count="how_many")
    assert counted.facts.customers == 2357
    assert list(counted.parameters.values()) == pytest.approx(
        list(cv.Lifetime.fit(customers).parameters.values()), rel=1e-6
    )
    assert sum(counted.by_frequency(table, count="how_many")["customers"]) == 2357
    course = {"elapsed": [10.0, 20.0]}
    together, each = (counted.track(t, course, **o) for t, o in ((table, {"count": "how_many"}), (customers, {})))
    assert list(together["expected_total"]) == pytest.approx(list(each["expected_total"]))


def test_covariates():
    """A column that doubles the rate of purchase is found again."""
    random = numpy.random.default_rng(7)
    online = random.integers(0, 2, 4000).astype(float)
    rates = random.gamma(2.0, 1 / 10.0, 4000) * numpy.exp(math.log(2) * online)
    times = [numpy.cumsum(random.exponential(1 / rate, 400)) for rate in rates]
    ends = random.uniform(20, 40, 4000)
    x = [int((t < end).sum()) for t, end in zip(times, ends)]
    frame = pandas.DataFrame(
        {"x": x, "t_x": [t[n - 1] if n else 0.0 for t, n in zip(times, x)], "T": ends, "online": online}
    )
    fitted = cv.Lifetime.fit(frame, "pnbd", purchase_covariates=["online"], dropout_covariates=["online"], accept=True)
    assert list(fitted.parameters)[4:] == ["purchase:online", "dropout:online"]
    assert fitted.parameters["purchase:online"] == pytest.approx(math.log(2), abs=0.1)
    again = cv.Lifetime.fit(frame, "pnbd", purchase_covariates=["online"], dropout_covariates=["online"], accept=True,
                            start=list(fitted.parameters.values()))  # fmt: skip
    assert again.facts.log_likelihood == pytest.approx(fitted.facts.log_likelihood, abs=0.5)
    expected = fitted.predict(frame, horizon=10)["expected"]
    assert expected[online == 1].mean() > expected[online == 0].mean()
    with pytest.raises(cv.NotFoundError, match='"online"'):
        fitted.predict(frame.drop(columns="online"))
    with pytest.raises(cv.UnsupportedError):
        cv.Lifetime.fit(frame, "nbd", purchase_covariates=["online"])
    one = cv.Lifetime.fit(frame, "pnbd", purchase_covariates="online", accept=True)
    assert list(one.parameters)[4:] == ["purchase:online"]


# --- What cannot be fitted


def test_fits_that_fail(customers):
    columns = {"x": [0, 0, 0], "t_x": [0, 0, 0], "T": [5, 6, 7]}
    with pytest.raises(cv.StateError):
        cv.Lifetime.fit(columns)
    # Everybody buys in every period: nobody leaves, and a parameter runs away.
    eager = {"x": [5, 6, 7, 8] * 5, "t_x": [5, 6, 7, 8] * 5, "T": [5, 6, 7, 8] * 5}
    with pytest.raises(cv.ConvergenceError) as raised:
        cv.Lifetime.fit(eager)
    assert isinstance(raised.value, cv.Error) and raised.value.name == "CUSTVAL_ERROR_CONVERGENCE"
    accepted = cv.Lifetime.fit(eager, accept=True)
    assert accepted.facts.convergence in ("boundary", "flat", "iterations")
    with pytest.raises(cv.ConvergenceError):
        cv.Lifetime.fit(customers, spend=False, max_iterations=1, start=[5.0, 5.0, 5.0, 5.0])
    ridged = cv.Lifetime.fit(customers, spend=False, ridge=0.1)
    assert ridged.facts.ridge == 0.1 and ridged.parameters != cv.Lifetime.fit(customers).parameters


@pytest.mark.parametrize(
    ("change", "kind", "words"),
    [
        ({"x": [1.5, 1, 0, 7, 26]}, cv.RangeError, "row 0: x is not an integer"),
        ({"t_x": [99, 1, 0, 1, 1]}, cv.RangeError, "row 0: t_x is above T"),
        ({"T": [None, 9, 9, 30, 31]}, cv.NotFiniteError, '"T".*row 0|row 0.*"T"'),
        ({"x": ["a"] * 5}, cv.ColumnTypeError, '"x"'),
        ({"x": [datetime.date(2020, 1, 1)] * 5}, cv.ColumnTypeError, '"x"'),
    ],
)
def test_impossible_rows_are_named(change, kind, words):
    with pytest.raises(kind, match=words):
        cv.Lifetime.fit({**COLUMNS, **change})


def test_wrong_words():
    with pytest.raises(cv.NotFoundError, match="bgnbb"):
        cv.Lifetime.fit(COLUMNS, "bgnbb")
    with pytest.raises(cv.NotFoundError, match="clv"):
        cv.Lifetime.stated("nbd", [1, 2]).predict(COLUMNS, outputs="clv")
    with pytest.raises(ValueError, match="no column of a lifetime model"):
        cv.Lifetime.fit(COLUMNS, columns={"frequency": "x"})
    with pytest.raises(cv.NotFoundError, match='"t_x"'):
        cv.Lifetime.fit({"x": [1], "T": [2]})
    with pytest.raises(TypeError):
        cv.Lifetime.fit(None)


# --- Documents


def test_documents(model, tmp_path):
    path = tmp_path / "model.json"
    model.save(path)
    for again in (cv.Lifetime.load(path), cv.Lifetime.loads(model.to_json()), cv.Lifetime(model.to_dict()),
                  pickle.loads(pickle.dumps(model))):  # fmt: skip
        assert again == model and hash(again) == hash(model) and again.to_json() == model.to_json()
        assert again.predict(COLUMNS, horizon=39) == model.predict(COLUMNS, horizon=39)
    assert model != model.spend and model != 5
    assert "customer_id" not in model.to_json() and model.to_dict()["custval"] == "lifetime"
    for wrong in ("", "{}", json.dumps({**model.to_dict(), "version": 99})):
        with pytest.raises(cv.DocumentError):
            cv.Lifetime.loads(wrong)
    with pytest.raises(TypeError):
        cv.Lifetime(5)
    with pytest.raises(TypeError):
        cv.Lifetime()


def test_stated_parameters():
    one = cv.Lifetime.stated("bgnbd", [0.243, 4.414, 0.793, 2.426], unit="week")
    other = cv.Lifetime.stated("bgnbd", {"a": 0.793, "b": 2.426, "r": 0.243, "alpha": 4.414}, unit="week")
    assert one == other and one.facts.convergence == "stated"
    assert cv.Lifetime.stated(one.model, one.parameters, "week") == one
    with pytest.raises(ValueError, match="the parameters of 'bgnbd' are r, alpha, a, b, not r, alpha, a, c"):
        cv.Lifetime.stated("bgnbd", {"r": 1, "alpha": 1, "a": 1, "c": 1})
    with pytest.raises(cv.RangeError):
        cv.Lifetime.stated("nbd", [0.0, 1.0])
    with pytest.raises(cv.ArgumentError):
        cv.Lifetime.stated("nbd", [1.0])
    with pytest.raises(cv.StateError):
        one.covariance()
    with pytest.raises(cv.StateError):
        one.predict(COLUMNS, level=0.9)


def test_spend_joins_purchases_only(model):
    with pytest.raises(cv.StructureError):
        model.spend.with_spend(model)
    with pytest.raises(TypeError):
        model.with_spend("gamma-gamma")
    bare = cv.Lifetime.stated("bgnbd", model.parameters)
    assert bare.spend is None and bare.with_spend(model.spend).spend == model.spend


# --- Predictions


def frames() -> dict:
    frame = pandas.DataFrame(COLUMNS, index=list("vwxyz"))
    table = pyarrow.table(COLUMNS)
    return {
        "dict": COLUMNS,
        "arrays": {name: numpy.array(column, dtype=float) for name, column in COLUMNS.items()},
        "table": cv.Table(COLUMNS),
        "pandas": frame.assign(junk=[object()] * 5, when=pandas.Timestamp("2020-01-01")),
        "pandas nullable": frame.convert_dtypes(),
        "pandas arrow": frame.convert_dtypes(dtype_backend="pyarrow"),
        "polars": polars.DataFrame(COLUMNS, strict=False),
        "pyarrow": table,
        "pyarrow chunks": pyarrow.concat_tables([table[:2], table[2:]]),
    }


KINDS = {"dict": dict, "arrays": dict, "table": cv.Table, "pandas": pandas.DataFrame, "polars": polars.DataFrame,
         "pyarrow": pyarrow.Table}  # fmt: skip


@pytest.mark.parametrize("kind", frames())
def test_every_kind_gives_the_same_bits_and_its_own_kind(model, kind):
    options = {"horizon": 39, "rate": 0.1, "rate_period": "year", "outputs": ["alive", "expected", "residual", "value"]}
    expected = model.predict(cv.Table(COLUMNS), **options)
    data = frames()[kind]
    given = model.predict(data, **options)
    assert isinstance(given, KINDS[kind.partition(" ")[0]])
    result = cv.Table(given)
    assert result.columns == [*options["outputs"], "status"]
    assert all(bits(result[name]) == bits(expected[name]) for name in expected)
    if isinstance(given, pandas.DataFrame):
        assert list(given.index) == list("vwxyz")
        given["value"] *= 2
    counted = cv.Table(model.counts(data, horizon=10, most=2, quantiles=[0.5, 0.95]))
    assert counted.columns == ["p0", "p1", "p2", "more", "q0.5", "q0.95", "status"]
    assert all(sum(row[name] for name in ("p0", "p1", "p2", "more")) == pytest.approx(1) for row in counted.rows())


def test_ids_stay_with_their_rows(model, customers):
    """Whatever the order of the rows; in lifetimes 0.11 it was that of a new index, and values went to others."""
    frame = customers.to_pandas().set_index("customer").sample(frac=1, random_state=3)
    forecast = model.predict(frame, horizon=39)
    frame["value"] = forecast["value"]
    expected = dict(zip(customers["customer"], model.predict(customers, horizon=39)["value"]))
    assert frame["value"].notna().all() and frame["value"].to_dict() == expected
    shuffled = cv.Table(frame.reset_index()[["customer", "x", "t_x", "T", "mean_spend"]])
    kept = model.predict(shuffled, horizon=39, keep="customer")
    assert kept.columns == ["customer", "alive", "expected", "spend", "value", "status"]
    assert kept["customer"].format == "q" and dict(zip(kept["customer"], kept["value"])) == expected
    lone = model.predict(shuffled.to_polars()[5:6], horizon=39, keep=["customer", "x"])
    assert isinstance(lone, polars.DataFrame) and lone["value"][0] == expected[lone["customer"][0]]
    assert model.counts(COLUMNS, keep="x", most=1)["x"] == COLUMNS["x"]
    named = pandas.DataFrame(COLUMNS).assign(who=list("abcde"), since=pandas.Timestamp("2020-01-01"), key=2**60 + 1)
    for data in (named, named.astype({"who": "category"}), polars.DataFrame(named), pyarrow.Table.from_pandas(named)):
        kept = cv.Table(model.predict(data, keep=["who", "since", "key"], outputs="alive"))
        assert kept.columns == ["who", "since", "key", "alive", "status"] and kept["who"] == list("abcde")
        assert set(kept["since"]) == {datetime.datetime(2020, 1, 1)} and set(kept["key"]) == {2**60 + 1}
    with pytest.raises(cv.NotFoundError, match='"nobody"'):
        model.predict(COLUMNS, keep="nobody")
    with pytest.raises(cv.DuplicateError):
        model.predict({**COLUMNS, "alive": [1] * 5}, keep="alive")


def test_the_number_of_threads_changes_no_bit(customers):
    found = set()
    for threads in (1, 2, 3):
        cv.set_threads(threads)
        fitted = cv.Lifetime.fit(customers)
        table = fitted.predict(customers, horizon=39, level=0.9, outputs=["alive", "expected", "value"])
        judged = fitted.by_frequency(customers), fitted.track(customers, {"elapsed": [10.0, 60.0]})
        found.add((fitted.to_json(), *(bytes(t[name]) for t in (table, *judged) for name in t)))
    cv.set_threads(0)
    assert len(found) == 1


def test_a_row_is_the_same_alone(model):
    together = model.predict(COLUMNS, horizon=39)
    for row in range(5):
        alone = model.predict({name: column[row : row + 1] for name, column in COLUMNS.items()}, horizon=39)
        assert {name: column[0] for name, column in alone.items()} == {n: c[row] for n, c in together.items()}


def test_rows_that_cannot_be_predicted_say_why(model):
    data = {"x": [2, None, 1.5, 2], "t_x": [3, 3, 3, 9], "T": [5] * 4, "mean_spend": [5] * 4}
    found = model.predict(data)
    assert found["status"] == [0, 1, 2, 2] and found["alive"][1:] == [None] * 3


def test_rates_need_a_period(model):
    with pytest.raises(ValueError, match='rate_period="year"'):
        model.predict(COLUMNS, rate=0.1)
    with pytest.raises(ValueError, match="needs its period"):
        model.predict(COLUMNS, rate=[0.1, 0.2])
    yearly = model.predict(COLUMNS, horizon=104, rate=0.1, rate_period="year")["value"]
    assert yearly == model.predict(COLUMNS, horizon=104, rate=0.1, rate_period=365.25 / 7)["value"]
    curve = model.predict(COLUMNS, horizon=104, rate=numpy.array([0.1, 0.2]), rate_period="year")["value"]
    assert all(0 < a < b for a, b in zip(curve, yearly))
    with pytest.raises(ValueError, match="does not know its unit"):
        cv.Lifetime.stated("nbd", [1, 2]).predict(COLUMNS, rate=0.1, rate_period="year")
    with pytest.raises(ValueError, match="fortnight"):
        model.predict(COLUMNS, rate=0.1, rate_period="fortnight")


def test_options_may_be_columns(model):
    data = {**COLUMNS, "ahead": [39.0] * 4 + [0.0], "share": [0.5] * 5, "fee": [0.01] * 5, "paid": [20.0] * 5}
    found = model.predict(
        data, horizon="ahead", margin="share", cost="fee", spend="paid", outputs=["expected", "value"]
    )
    same = model.predict(data, horizon=39, margin=0.5, cost=0.01, spend="paid", outputs=["expected", "value"])
    assert found["value"][:4] == same["value"][:4] and found["expected"][4] == 0.0
    bare = cv.Lifetime.stated("bgnbd", model.parameters)
    with pytest.raises(cv.StateError):
        bare.predict(COLUMNS, outputs="value")
    assert bare.predict(COLUMNS, spend=model.spend, outputs="value") == {
        "value": bare.with_spend(model.spend).predict(COLUMNS)["value"], "status": [0] * 5,
    }  # fmt: skip
    with pytest.raises(TypeError):
        bare.predict(COLUMNS, spend=5)
    with pytest.raises(cv.NotFoundError, match='"soon"'):
        model.predict(COLUMNS, horizon="soon")


def test_intervals_hold_the_prediction(model):
    found = model.predict(COLUMNS, horizon=39, level=0.95)
    for name in ("alive", "expected", "spend", "value"):
        rows = zip(found[f"{name}_low"], found[name], found[f"{name}_high"])
        assert all(low <= value <= high for low, value, high in rows), name


def test_cash_times(model):
    months = cv.lifetime.months("1997-09-30", 12)
    assert months[0] == 30 / 7 and months[-1] == 365 / 7
    assert cv.lifetime.months(datetime.date(1997, 9, 30), 4, unit="day", every=3)[0] == 91
    found = model.predict(COLUMNS, cash_times=months, rate=0.1, rate_period="year")
    monthly = model.predict(COLUMNS, horizon=365 / 7, cash_period=365 / 84, rate=0.1, rate_period="year")
    assert found["expected"] == monthly["expected"]
    assert found["value"] == pytest.approx(monthly["value"], rel=1e-3)
    with pytest.raises(ValueError, match="fortnight"):
        cv.lifetime.months("1997-09-30", 1, unit="fortnight")
    with pytest.raises(cv.RangeError):
        cv.lifetime.months("soon", 1)
    for wrong in (-1, 2.5):
        with pytest.raises((IndexError, TypeError)):
            cv.lifetime.months("1997-09-30", wrong)


@pytest.mark.parametrize(
    "option",
    [{"horizon": -1}, {"horizon": 0}, {"cash_period": 0}, {"rate": -1, "rate_period": 1}, {"level": 1.5},
     {"cash_times": [2, 1]}, {"margin": math.inf}],
)  # fmt: skip
def test_options_out_of_range(model, option):
    with pytest.raises((cv.RangeError, cv.NotFiniteError)):
        model.predict(COLUMNS, **option)


def test_options_of_wrong_types(model):
    for option in ({"horizon": [1]}, {"timing": 2.5}, {"margin": None, "cost": {}}):
        with pytest.raises(TypeError):
            model.predict(COLUMNS, **option)
    with pytest.raises(cv.NotFoundError, match="noon"):
        model.predict(COLUMNS, timing="noon")


# --- Judging


def test_models_are_compared(customers):
    models = [cv.Lifetime.fit(customers, word, spend=False) for word in ("nbd", "bgnbd", "pnbd", "mbgnbd")]
    table = cv.lifetime.compare(models)
    assert table["model"] == ["nbd", "bgnbd", "pnbd", "mbgnbd"] and min(table["delta"]) == 0
    assert sum(table["weight"]) == pytest.approx(1) and table["p"][1] < 1e-10
    with pytest.raises(cv.StateError):
        cv.lifetime.compare([models[0], cv.Lifetime.stated("nbd", [1, 2])])
    with pytest.raises(cv.StructureError):
        cv.lifetime.compare([models[0], cv.Lifetime.fit(customers, "gamma-gamma")])
    with pytest.raises(cv.ArgumentError):
        cv.lifetime.compare([])
    with pytest.raises(TypeError):
        cv.lifetime.compare([5])


def test_tracking(model, history, customers):
    tracked = model.track(customers, history.course(END, HOLDOUT))
    assert tracked.columns == ["elapsed", "expected_total", "expected", "actual", "actual_total"]
    assert len(tracked) == 78
    assert tracked["actual_total"][-1] == sum(history.course(END, HOLDOUT)["repeats"]) == sum(tracked["actual"])
    assert tracked["expected_total"][-1] == pytest.approx(tracked["actual_total"][-1], rel=0.1)
    judged = model.by_frequency(customers)
    assert judged.columns == ["x", "customers", "expected_customers", "holdout_mean", "holdout_expected"]
    assert sum(judged["customers"]) == 2357 == pytest.approx(sum(judged["expected_customers"]))
    with pytest.raises(cv.UnsupportedError):
        model.spend.by_frequency(customers)
    with pytest.raises(cv.NotFoundError, match='"elapsed"'):
        model.track(customers, {"time": [1.0]})


def test_contracts():
    rows = cv.lifetime.survivors([1000, 869, 743, 653, 593, 551, 517, 491])
    fitted = cv.Lifetime.fit(rows, "sbg", count="count", unit="year")
    assert fitted.parameters == pytest.approx({"alpha": 0.668, "beta": 3.806}, abs=5e-3)  # Fader & Hardie (2007)
    kept = fitted.predict({"T": [0, 0]}, horizon=4, outputs="alive_later")["alive_later"]
    assert kept[0] == pytest.approx(0.593, abs=0.02)
    for wrong in ([100, 110], [0, 0], [100]):
        with pytest.raises((cv.RangeError, cv.ArgumentError)):
            cv.lifetime.survivors(wrong)
    with pytest.raises(TypeError):
        cv.lifetime.survivors("100")


# --- Progress


def test_progress_can_end_a_call(model, customers):
    def stop(done, total):
        raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        cv.Lifetime.fit(customers, progress=stop)
    large = {name: column * 20000 for name, column in COLUMNS.items()}
    large = cv.Table(large)
    for call in (model.predict, model.counts):
        with pytest.raises(LookupError, match="enough"):
            call(large, progress=stop)
    seen = []
    model.predict(large, progress=lambda done, total: seen.append((done, total)))
    assert seen == sorted(seen) and seen[-1][0] == seen[-1][1] > 0
