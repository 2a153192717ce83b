"""From transactions to the lifetime value of each customer, and whether to believe it.

usage: lifetime_value.py [FOLDER]     pictures go into FOLDER (the current one, if none is given)

Needs pandas and matplotlib beside custval.
"""

# SPDX-License-Identifier: Apache-2.0
import sys
from pathlib import Path

import pandas as pd

import custval as cv
from custval import plot

CDNOW = Path(__file__).resolve().parent.parent / "cdnow"
PICTURES = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
PICTURES.mkdir(parents=True, exist_ok=True)
END, HOLDOUT = "1997-09-30", "1998-06-30"

# 6,919 purchases of 2,357 customers. Days are told apart, ages are in weeks; the rest of the time is held out.
transactions = pd.read_csv(CDNOW / "transactions.csv", parse_dates=["date"])
history = cv.History(transactions)
customers = history.customers(end=END, holdout_end=HOLDOUT).to_pandas().set_index("customer")
print(history, "\n")
print(customers[["x", "t_x", "T", "mean_spend", "holdout_x"]].head().round(2), "\n")

# How often they buy and when they leave (BG/NBD), and how much they spend (gamma-gamma), in one model.
model = cv.Lifetime.fit(customers, "bgnbd", unit=history.unit, last=END)
print(model, "\n")
print(model.spend, "\n")

# Is another model better? Does this one foretell the 39 weeks that it has not seen?
others = [cv.Lifetime.fit(customers, name, spend=False) for name in ("nbd", "mbgnbd", "pnbd")]
print(cv.lifetime.compare([*others, model]), "\n")
tracked = model.track(customers, history.course(end=END, holdout_end=HOLDOUT))
plot.tracking(tracked, end=customers["T"].max(), unit=history.unit).figure.savefig(PICTURES / "tracking.png")
judged = model.by_frequency(customers)
print(judged, "\n")
plot.calibration(judged, holdout=True).figure.savefig(PICTURES / "calibration.png")

# Three years ahead, by calendar months, at 10 % a year. Of each purchase 30 % is margin.
months = cv.lifetime.months(END, 36, unit=history.unit)
forecast = model.predict(customers, cash_times=months, rate=0.10, rate_period="year", margin=0.3, level=0.9)
best = customers[["x", "t_x", "mean_spend"]].join(forecast).nlargest(5, "value")
print(best[["x", "t_x", "mean_spend", "alive", "expected", "value", "value_low", "value_high"]].round(2), "\n")
print(f"value of the base: {forecast['value'].sum():,.0f}")

# Who brings it? And what happened to the best customer?
spread = cv.worth.concentration(forecast, "value")
print(f"the best tenth brings {spread.top_decile:.0%}, Gini {spread.gini:.2f}")
plot.whale_curve(spread).figure.savefig(PICTURES / "whale-curve.png")
plot.alive_path(model, history.path(best.index[0], end=HOLDOUT)).figure.savefig(PICTURES / "alive-path.png")
plot.frequency_recency(model, customers).figure.savefig(PICTURES / "frequency-recency.png")
