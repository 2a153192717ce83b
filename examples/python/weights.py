"""How important is each indicator? Asked, seen in data, derived from an outcome; and whether it matters.

usage: weights.py [FOLDER]     pictures go into FOLDER (the current one, if none is given)

Needs pandas and matplotlib beside custval. docs/choosing-weights.md says what to make of the numbers.
"""

# SPDX-License-Identifier: Apache-2.0
import sys
from pathlib import Path

import pandas as pd

import custval as cv
from custval import plot, uncertainty, weights

SURVEY = Path(__file__).resolve().parent.parent / "survey"
PICTURES = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
PICTURES.mkdir(parents=True, exist_ok=True)

system = cv.System.load(SURVEY / "perceived-value.json")
answers = pd.read_csv(SURVEY / "customer_satisfaction_yellow_pages.csv")
scores = system.score(answers, levels="indicator", coverage="none")
indicators = ["effectiveness", "exposure", "reach", "distribution", "money"]

# What people say: three of them judged the indicators in pairs ("three times as important as").
judgements = pd.read_csv(SURVEY / "judgements.csv")
members = {
    name: {(first, second): value for first, second, value in zip(of["first"], of["second"], of["value"])}
    for name, of in judgements.groupby("member", sort=False)
}
stated = weights.ahp(list(members.values()), names=indicators, members=list(members))
print(stated)
print(f"consistency ratio {stated.consistency_ratio:.3f}, consensus {stated.diagnostics['consensus']:.2f}")
print(stated.notes, "\n")

# Who contradicts their own judgements, and where?
print(weights.members(list(members.values()), names=indicators, members=list(members)))
print(weights.triads(members["service"], names=indicators), "\n")

# What tells customers apart in the data. That is spread, not importance.
print(weights.entropy(answers, system=system))
print(weights.critic(answers, system=system), "\n")

# What goes with the overall value that customers state: shares of explained variance, with intervals by the bootstrap.
derived = weights.drivers(scores.assign(stated=answers["q1"]), "stated", columns=indicators, sacrifices=["money"])
print(derived.table)
print(f"R2 {derived.diagnostics['r_squared']:.3f}\n")

# Stated against derived: what does the firm overlook?
print(stated.compare(derived), "\n")

# Half of each goes into a new system, which remembers where its weights come from.
mixed = stated.mix(derived)
weighted = mixed.apply(system, source="panel of three, and q1 of the survey", date="2026-03-02")
plot.tree(weighted).figure.savefig(PICTURES / "weighted.png")
for name, which in (("equal", system), ("mixed", weighted)):
    print(f"{name} weights: correlation with the stated value {which.score(answers)['value'].corr(answers['q1']):.3f}")

# Nobody knows weights that well. How safe are the ranks of the first ten customers?
draws = uncertainty.draw(weighted, draws=2000, concentration=20)
ranks = uncertainty.ranks(weighted, answers.head(10), draws, ranks=10)
print(ranks[["value", "low", "high", "rank", "rank_low", "rank_high", "p_first"]].round(2), "\n")
plot.acceptability(ranks, [f"customer {row}" for row in ranks.index]).figure.savefig(PICTURES / "acceptability.png")

# And which weights does the value of customer 4 hang on?
sensitive = uncertainty.sensitivity(weighted, answers, 4, draws=2000, concentration=20)
print(sensitive)
