# Histories, lifetime models and lifetime value with the package lifetimes, and what is simulated for them.
# SPDX-License-Identifier: Apache-2.0
import warnings

import numpy as np
import pandas as pd
from lifetimes import BetaGeoFitter, GammaGammaFitter, ParetoNBDFitter
from lifetimes.utils import summary_data_from_transaction_data

warnings.filterwarnings("ignore", category=RuntimeWarning)  # overflows on the way of an optimiser
warnings.filterwarnings("ignore", category=FutureWarning)

PURCHASES = {"bgnbd": (0.243, 4.414, 0.793, 2.426), "pnbd": (0.553, 10.578, 0.606, 11.669)}  # published, for CDNOW
SPEND = (6.25, 3.74, 15.44)
MONTH = 4.345  # weeks, as the package has it
END = "2025-12-31"


# --- Customers who came in one year and were observed to the end of the next one, from fixed seeds; ages in weeks -------------


def make_customers(model, rows):
    """x, t_x, T and the mean spend of repeat purchases, which is 0 if there is none."""
    generator = np.random.default_rng(20260401)
    T = generator.integers(364, 729, rows) / 7.0
    x, t_x = {"bgnbd": simulate_bgnbd, "pnbd": simulate_pnbd}[model](generator, T)
    t_x = np.where(x > 0, np.clip(np.rint(t_x * 7.0), 1.0, T * 7.0), 0.0) / 7.0  # whole days
    p, q, gamma = SPEND
    rate = generator.gamma(q, 1.0 / gamma, rows)
    times = np.maximum(x, 1.0)
    return {"x": x, "t_x": t_x, "T": T, "mean_spend": np.where(x > 0, generator.gamma(p * times) / (rate * times), 0.0)}


def simulate_bgnbd(generator, T):
    r, alpha, a, b = PURCHASES["bgnbd"]
    rate, leave = generator.gamma(r, 1.0 / alpha, len(T)), generator.beta(a, b, len(T))
    x, t_x, now = np.zeros(len(T)), np.zeros(len(T)), np.zeros(len(T))
    there = np.arange(len(T))
    while len(there) > 0:
        now[there] += generator.exponential(size=len(there)) / np.maximum(rate[there], 1e-300)
        there = there[now[there] <= T[there]]
        x[there] += 1.0
        t_x[there] = now[there]
        there = there[generator.uniform(size=len(there)) >= leave[there]]
    return x, t_x


def simulate_pnbd(generator, T):
    r, alpha, s, beta = PURCHASES["pnbd"]
    rate, leave = generator.gamma(r, 1.0 / alpha, len(T)), generator.gamma(s, 1.0 / beta, len(T))
    there = np.minimum(T, generator.exponential(size=len(T)) / np.maximum(leave, 1e-300))
    x = generator.poisson(rate * there).astype(np.float64)
    return x, there * generator.uniform(size=len(T)) ** (1.0 / np.maximum(x, 1.0))


def make_transactions(customers):
    """Their purchases in a random order: customers are texts, dates datetime64. Between the first and the last one of a
    customer they lie anywhere, so that some share a day."""
    generator = np.random.default_rng(20260402)
    x, t_x, T = (np.rint(customers[name] * days).astype(np.int64) for name, days in (("x", 1), ("t_x", 7), ("T", 7)))
    who = np.repeat(np.arange(len(x)), x + 1)
    number = np.arange(len(who)) - np.repeat(np.cumsum(x + 1) - (x + 1), x + 1)
    age = np.floor(generator.uniform(size=len(who)) * t_x[who]).astype(np.int64)
    age = np.where(number == 0, 0, np.where(number == x[who], t_x[who], age))
    order = generator.permutation(len(who))
    who, age = who[order], age[order]
    return pd.DataFrame({
        "customer": np.char.add("customer-", (who + 1_000_000).astype("U7")).astype(object),
        "date": np.datetime64(END) - (T[who] - age).astype("timedelta64[D]"),
        "amount": np.rint(generator.gamma(3.0, 1000.0, len(who)) + 1.0) / 100.0,
    })


# --- What is measured ------------------------------------------------------------------------------------------------------


def history(transactions):
    return summary_data_from_transaction_data(transactions, "customer", "date", "amount", observation_period_end=END,
                                              freq="D", freq_multiplier=7)


def fit_bgnbd(customers):
    return BetaGeoFitter().fit(customers["x"], customers["t_x"], customers["T"])


def fit_bgnbd_cells(customers):
    """The same with equal rows counted together first, which the package leaves to its user."""
    cells = pd.DataFrame({name: customers[name] for name in ("x", "t_x", "T")}).value_counts().reset_index(name="count")
    return BetaGeoFitter().fit(cells["x"], cells["t_x"], cells["T"], weights=cells["count"])


def fit_pnbd(customers):
    return ParetoNBDFitter().fit(customers["x"], customers["t_x"], customers["T"])


def fit_spend(customers):
    again = customers["x"] > 0
    return GammaGammaFitter().fit(customers["x"][again], customers["mean_spend"][again])


def stated(kind, names, parameters):
    fitter = kind()
    fitter.params_ = pd.Series(parameters, index=names)
    fitter.predict = getattr(fitter, "conditional_expected_number_of_purchases_up_to_time", None)
    return fitter


def value(customers, purchases, spend):
    """The value of twelve months at 1 % a month; customers is a frame. Parameters are given, to compare the numbers."""
    model = stated(BetaGeoFitter, ["r", "alpha", "a", "b"], purchases)
    return stated(GammaGammaFitter, ["p", "q", "v"], spend).customer_lifetime_value(
        model, customers["x"], customers["t_x"], customers["T"], customers["mean_spend"], time=12, discount_rate=0.01,
        freq="W")
