"""The shipped survey from the first look to a decision.

usage: survey.py [FOLDER]      pictures go into FOLDER (the current one, if none is given)

Needs pandas and matplotlib beside custval.
"""

# SPDX-License-Identifier: Apache-2.0
import sys
from pathlib import Path

import pandas as pd

import custval as cv
from custval import plot

SURVEY = Path(__file__).resolve().parent.parent / "survey"
PICTURES = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
PICTURES.mkdir(parents=True, exist_ok=True)

# What does the value of advertising in the yellow pages consist of? Five indicators, measured by nine answers from 1 to 10.
system = cv.System.load(SURVEY / "perceived-value.json")
print(system)
plot.tree(system).figure.savefig(PICTURES / "tree.png")

# 1,811 advertisers answered. Is anything odd about the system, or about what they said?
answers = pd.read_csv(SURVEY / "customer_satisfaction_yellow_pages.csv")
warnings = system.check(answers)
print(f"{len(answers)} rows, {len(warnings)} warnings\n")

# Everybody's value: benefits minus sacrifices, from -100 to 100. Rows that cannot be scored would have a status.
scores = system.score(answers)
print(scores[["value", "benefit", "sacrifice"]].describe().round(1))
print(f"rows without a value: {(scores['status'] != 0).sum()}")

# The survey also asked for the overall value (q1), which the system does not read. Do the two agree?
print(f"correlation with the stated value: {scores['value'].corr(answers['q1']):.3f}\n")
content = answers["q1"].gt(7).map({True: "content (8 to 10)", False: "less content"})
plot.distribution(scores, content).figure.savefig(PICTURES / "distribution.png")

# Why does customer 4 see so little value? The parts add up exactly.
explanation = system.explain(answers, row=4)
print(explanation)
plot.waterfall(explanation).figure.savefig(PICTURES / "waterfall.png")

# The cheapest way to bring this customer to a value of 0.
print(system.target(answers, 4, 0.0), "\n")

# What is one point of each indicator worth, on average over all customers?
levers = system.levers(answers)
print(levers, "\n")
rows = {row["node"]: row for row in levers.rows()}
ax = plot.importance_performance(
    importance={node: row["gain"] for node, row in rows.items()},
    performance={node: 100 - row["room"] for node, row in rows.items()},  # of a sacrifice, less is better
    labels={node: row["label"] for node, row in rows.items()},
)
ax.figure.savefig(PICTURES / "importance-performance.png")

# What do content customers see that others do not? Means of the groups, compared like offers.
groups = answers.groupby(content)[system.inputs].mean()
print(system.compare(groups)[["value", "rank", "margin"]].round(2), "\n")
print(system.compare(groups, own=0))
