"""Satisfaction in the survey of the American Customer Satisfaction Index: index, expectation, drivers, loyalty, quadrants.

usage: satisfaction.py ACSI.csv

The survey is not part of custval; examples/acsi/README.md says where it is. Needs pandas beside custval.
"""

# SPDX-License-Identifier: Apache-2.0
import sys

import pandas as pd

import custval as cv

INDUSTRIES = {1001: "processed food", 3003: "airlines", 3013: "internet providers", 5001: "banks"}
INDEX = {"SATIS": 0.3885, "CONFIRM": 0.3190, "IDEAL": 0.2925}  # one published set of weights
DRIVERS = ["OVERALLQ", "CUSTOMQ", "WRONGQ", "PQ", "QP"]
NO_ANSWER = [98, 99]

survey = pd.read_csv(sys.argv[1])
answers = survey[survey.columns[3:]].mask(survey.isin(NO_ANSWER))  # of questions; who did not answer has no number

# The index is a system of one indicator: 100 x the weighted mean of (answer - 1) / 9. Who left out one of the three counts
# with the others.
items = [{"column": name, "scale": [1, 10], "weight": weight, "missing_codes": NO_ANSWER} for name, weight in INDEX.items()]
indicator = {"id": "satisfaction", "items": items}
index = cv.System({"custval": "system", "version": 1, "form": "index",
                   "dimensions": [{"id": "acsi", "side": "benefit", "indicators": [indicator]}]})
answers["index"] = index.score(survey)["value"]
answers["industry"] = survey["INDUSTRY"].map(INDUSTRIES)
print("The index by industry")
print(answers.groupby("industry")["index"].agg(["count", "mean", "sem"]).round(2), "\n")

# What they had expected and what they got: do expectations raise satisfaction, and do losses weigh more than gains?
link, _ = cv.satisfaction.disconfirmation(answers, outcome="SATIS", performance="OVERALLQ", expectation="OVERALLX")
print(f"Satisfaction from expectation and gap, R squared {link.facts['r2']:.3f}\n{link.coefficients()}\n")
link, aversion = cv.satisfaction.disconfirmation(
    answers, outcome="SATIS", performance="OVERALLQ", expectation="OVERALLX", split=True)
print(f"Gains and losses apart: a loss weighs {aversion.value:.2f} times a gain ({aversion.low:.2f} to {aversion.high:.2f})\n"
      f"{link.coefficients()}\n")

# What drives satisfaction?
drivers = cv.weights.drivers(answers, "SATIS", columns=DRIVERS, method="shapley", resamples=200)
print(f"Drivers of satisfaction, shares of R squared {drivers.diagnostics['r_squared']:.3f}\n{drivers.table}\n")

# Satisfaction and loyalty. Who says 9 or 10 means to come again.
loyal = answers.assign(comes_again=(answers["REPUR"] >= 9).astype(float).where(answers["REPUR"].notna()))
likelihood = cv.satisfaction.Link.fit(loyal, "REPUR", ["index"])
print(f"Likelihood to come again from the index, R squared {likelihood.facts['r2']:.3f}\n{likelihood.coefficients()}\n")
again = cv.satisfaction.Link.fit(loyal, "comes_again", ["index"], kind="logistic")
steps = again.predict(pd.DataFrame({"index": [40.0, 60.0, 80.0, 100.0]}))
print(f"Probability of 9 or 10, area under the curve {again.facts['auc']:.3f}\n{again.coefficients()}\n{steps}\n")

# Importance and performance, by attribute.
means = answers[DRIVERS].mean()
attributes = pd.DataFrame({"importance": dict(drivers), "performance": means}).rename_axis("attribute").reset_index()
print("Quadrants")
print(cv.satisfaction.quadrants(attributes, keep="attribute").round(2).to_string(), "\n")

# Which attributes only harm when they are poor, which only please when they are good? By industry.
for name, customers in answers.groupby("industry"):
    print(f"Penalty and reward: {name}")
    print(cv.satisfaction.penalty_reward(customers, "SATIS", DRIVERS, low=5, high=9), "\n")
