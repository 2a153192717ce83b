#!/usr/bin/env python3
"""Writes cdnow_moves.json: groups of the buyers of CDNOW in three half-years, and who moved, counted in dictionaries.

Amounts are added up in cents, quantiles taken in fractions. Run by hand; the build only reads the result.
    make_cdnow_moves.py > cdnow_moves.json
"""

# SPDX-License-Identifier: Apache-2.0
import csv
import json
import pathlib
from fractions import Fraction

SOURCE = pathlib.Path(__file__).resolve().parents[2] / "examples" / "cdnow" / "transactions.csv"
HALVES = (("1997-01-01", "1997-06-30"), ("1997-07-01", "1997-12-31"), ("1998-01-01", "1998-06-30"))
GROUPS = ("light", "medium", "heavy")
STATES = (*GROUPS, "absent")
QUANTILES = (0.3333333333333333, 0.6666666666666666)  # as examples/groups/spend.json has them


def cents_of(half):
    """What each customer spent in a half-year."""
    spent = {}
    with open(SOURCE, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if half[0] <= row["date"] <= half[1]:
                cents = Fraction(row["amount"]) * 100
                spent[row["customer"]] = spent.get(row["customer"], 0) + cents
    return spent


def quantile(numbers, share):
    """Hyndman & Fan (1996), type 7, in fractions."""
    numbers, position = sorted(numbers), (len(numbers) - 1) * Fraction(share)
    place = int(position)
    if place + 1 == len(numbers):
        return numbers[place]
    return numbers[place] + (position - place) * (numbers[place + 1] - numbers[place])


def groups_of(spent, cuts):
    return {customer: GROUPS[sum(cents >= cut for cut in cuts)] for customer, cents in spent.items()}


def described(spent, groups):
    rows = []
    for name in (*GROUPS, "all"):
        members = [spent[customer] for customer, group in groups.items() if name in (group, "all")]
        rows.append({"customers": len(members), "share": len(members) / len(spent), "spend_sum": float(sum(members) / 100),
                     "spend_mean": float(sum(members) / 100 / len(members))})
    return rows


def steps_of(periods):
    """Matrix of each step and newcomers: customers who were seen before and have no row are absent."""
    now, steps = dict(periods[0]), []
    for period in periods[1:]:
        moved = [[0] * len(STATES) for _ in STATES]
        for customer, state in now.items():
            moved[STATES.index(state)][STATES.index(period.get(customer, "absent"))] += 1
        new = [sum(customer not in now and group == state for customer, group in period.items()) for state in STATES]
        now = {**{customer: "absent" for customer in now}, **period}
        after = [sum(state == one for state in now.values()) for one in STATES]
        steps.append({"moved": moved, "newcomers": new, "after": after})
    return steps


def cohorts(length, months=18):
    """Who came in the same stretch of months, and buys again, age by age."""
    bought = {}
    with open(SOURCE, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            year, month = (int(part) for part in row["date"].split("-")[:2])
            bought.setdefault(row["customer"], set()).add(((year - 1997) * 12 + month - 1) // length)
    rows = []
    for first in range(months // length):
        members = [stretches for stretches in bought.values() if min(stretches) == first]
        for age in range(months // length - first if members else 0):
            active = [stretches for stretches in members if first + age in stretches]
            back = [stretches for stretches in members if any(first < one <= first + age for one in stretches)]
            kept = None
            if age > 0:
                before = [stretches for stretches in members if first + age - 1 in stretches]
                kept = sum(first + age in stretches for stretches in before) / len(before) if before else None
            rows.append({"age": age, "customers": len(members), "active": len(active), "retention": len(active) / len(members),
                         "repeat": len(back) / len(members), "kept": kept})
    return rows


def main():
    spent = [cents_of(half) for half in HALVES]
    cuts = [quantile(spent[0].values(), share) for share in QUANTILES]
    groups = [groups_of(*pair) for pair in ((one, cuts) for one in spent)]
    steps = steps_of(groups)
    together = [[sum(step["moved"][i][k] for step in steps) for k in range(len(STATES))] for i in range(len(STATES))]
    print(json.dumps({
        "note": "Made by make_cdnow_moves.py from examples/cdnow/transactions.csv; the absent state is the last.",
        "halves": HALVES, "states": STATES, "cuts": [float(cut / 100) for cut in cuts],
        "described": [described(*pair) for pair in zip(spent, groups)],
        "steps": steps, "probabilities": [[number / sum(row) for number in row] for row in together],
        "cohorts": {str(length): cohorts(length) for length in (1, 3)},
    }, indent=1))


if __name__ == "__main__":
    main()
