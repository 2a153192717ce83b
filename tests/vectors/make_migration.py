#!/usr/bin/env python3
"""Known answers for migrations: counted in dictionaries, solved in fractions, tested with mpmath. Writes migration.json."""

# SPDX-License-Identifier: Apache-2.0
import json
import pathlib
import random
from fractions import Fraction

import mpmath

mpmath.mp.dps = 50
UNKNOWN = None


def steps_of(periods, states):
    """Counts of each step, newcomers, and who is where in the end; the absent state is the last."""
    absent, now, steps, newcomers = states[-1], {}, [], []
    for number, period in enumerate(periods):
        count = {(one, other): 0 for one in states for other in states}
        new = {state: 0 for state in states}
        for customer, state in period.items():
            if customer not in now and state is not UNKNOWN:
                new[state] += 1
        for customer, state in now.items():
            after = period.get(customer, absent)
            if state is not UNKNOWN and after is not UNKNOWN:
                count[state, after] += 1
        if number > 0:
            steps.append(count)
            newcomers.append(new)
        now = {**{customer: absent for customer in now}, **period}
    return steps, newcomers, [sum(state == one for state in now.values()) for one in states]


def together(steps, states):
    return [[sum(step[one, other] for step in steps) for other in states] for one in states]


def idle_of(counts, new):
    """States in which nobody ever was."""
    return [sum(counts[i]) + sum(row[i] for row in counts) + new[i] == 0 for i in range(len(counts))]


def probabilities(counts, empty, idle):
    rows = []
    pooled = [sum(row[k] for row in counts) for k in range(len(counts))]
    for i, row in enumerate(counts):
        if sum(row) > 0:
            rows.append([Fraction(number, sum(row)) for number in row])
        elif empty == "stay" or idle[i]:
            rows.append([Fraction(int(i == k)) for k in range(len(row))])
        else:
            rows.append([Fraction(number, sum(pooled)) for number in pooled])
    return rows


def times(vector, matrix):
    return [sum(vector[i] * matrix[i][k] for i in range(len(vector))) for k in range(len(vector))]


def solve(matrix, right):
    """Gauss and Jordan in fractions."""
    n = len(matrix)
    rows = [[*matrix[i], right[i]] for i in range(n)]
    for column in range(n):
        pivot = next(i for i in range(column, n) if rows[i][column] != 0)
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [number / rows[column][column] for number in rows[column]]
        for i in range(n):
            if i != column and rows[i][column] != 0:
                factor = rows[i][column]
                rows[i] = [a - factor * b for a, b in zip(rows[i], rows[column])]
    return [row[n] for row in rows]


def reachable(matrix, start):
    seen, queue = {start}, [start]
    while queue:
        i = queue.pop()
        for k, number in enumerate(matrix[i]):
            if number and k not in seen:
                seen.add(k)
                queue.append(k)
    return seen


def steady(matrix, start, idle):
    """Long-run shares, closed classes, states passed through."""
    n = len(matrix)
    reach = [reachable(matrix, i) for i in range(n)]
    classes = []
    for i in range(n):
        if not idle[i] and all(i in reach[k] for k in reach[i]) and not any(i in one for one in classes):
            classes.append(sorted(reach[i]))
    passing = [i for i in range(n) if not idle[i] and not any(i in one for one in classes)]
    # Visits of the states that are passed through: v (I - Q) = start.
    left = [[Fraction(int(i == k)) - matrix[k][i] for k in passing] for i in passing]
    visits = dict(zip(passing, solve(left, [Fraction(start[i]) for i in passing])))
    shares = [Fraction(0)] * n
    for one in classes:
        mass = sum(start[i] for i in one) + sum(visits[i] * matrix[i][k] for i in passing for k in one)
        # x (P - I) = 0, its last equation replaced by sum x = 1.
        equations = [[matrix[k][i] - int(i == k) for k in one] for i in one[:-1]] + [[Fraction(1)] * len(one)]
        for i, share in zip(one, solve(equations, [Fraction(0)] * (len(one) - 1) + [Fraction(1)])):
            shares[i] = share * mass / sum(start)
    return shares, classes, passing


def chi_square(steps, states):
    statistic = likelihood = mpmath.mpf(0)
    freedom, least = 0, None
    for one in states:
        left = [sum(step[one, other] for other in states) for step in steps]
        used = [step for step, number in zip(steps, left) if number]
        reached = [other for other in states if sum(step[one, other] for step in steps)]
        if len(used) < 2:
            continue
        freedom += (len(used) - 1) * (len(reached) - 1)
        for step in used:
            row = sum(step[one, other] for other in states)
            for other in reached:
                expected = Fraction(row * sum(each[one, other] for each in steps), sum(left))
                found, wanted = step[one, other], mpmath.mpf(expected.numerator) / expected.denominator
                statistic += (found - wanted) ** 2 / wanted
                likelihood += 2 * found * mpmath.log(found / wanted) if found else 0
                least = wanted if least is None else min(least, wanted)
    p = mpmath.gammainc(mpmath.mpf(freedom) / 2, statistic / 2, regularized=True) if freedom else None
    return {"statistic": float(statistic), "likelihood": float(likelihood), "freedom": freedom,
            "p": None if p is None else float(p), "least": None if least is None else float(least)}


def case(identity, source, states, periods, empty="stay", newcomers=None, period=1):
    whole = [*states, "absent"]
    steps, new, now = steps_of(periods, whole)
    counts = together(steps, whole)
    arrived = [sum(one[state] for one in new) for state in whole]
    idle = idle_of(counts, arrived)
    matrix = probabilities(counts, empty, idle)
    shares, classes, passing = steady(matrix, now, idle)
    forecast, coming = [[Fraction(number) for number in now]], newcomers or [0] * len(whole)
    for _ in range(5):
        forecast.append([a + b for a, b in zip(times(forecast[-1], matrix), coming)])
    return {
        "id": identity, "source": source,
        "input": {"states": states, "empty": empty, "newcomers": newcomers,
                  "periods": [[[customer, state] for customer, state in one.items()] for one in periods]},
        "expected": {
            "counts": counts, "first": together(steps[:1], whole), "now": now,
            "arrived": arrived,
            "probabilities": [[float(number) for number in row] for row in matrix],
            "forecast": [[float(number) for number in row] for row in forecast],
            "steady": {"shares": [float(number) for number in shares], "closed": len(classes),
                       "absorbing": sum(len(one) == 1 for one in classes), "passing": len(passing), "period": period,
                       "classes": [next((c for c, one in enumerate(classes) if i in one), None)
                                   for i in range(len(whole))]},
            "test": chi_square(steps, whole) if len(steps) > 1 else None,
        },
    }


def moves(counts, states):
    """Two periods whose step has these counts."""
    before, after = {}, {}
    for i, row in enumerate(counts):
        for k, number in enumerate(row):
            for _ in range(number):
                name = f"c{len(before)}"
                before[name], after[name] = states[i], states[k]
    return [before, after]


def wandering(seed, customers, periods, states, unknown):
    draw = random.Random(seed)
    out = []
    for number in range(periods):
        here = {}
        for customer in range(customers):
            if draw.random() < 0.25 or customer > customers * (number + 2) / (periods + 1):
                continue
            here[f"customer {customer}"] = UNKNOWN if draw.random() < unknown else draw.choice(states)
        order = list(here.items())
        draw.shuffle(order)
        out.append(dict(order))
    return out


def main():
    oz = "Grinstead & Snell (1997) Introduction to Probability, chapter 11"
    walk = ["0", "1", "2", "3", "4"]
    cases = [
        case("oz", f"{oz}, example 11.1: Land of Oz, steady state .4, .2, .4", ["rain", "nice", "snow"],
             moves([[2, 1, 1], [2, 0, 2], [1, 1, 2]], ["rain", "nice", "snow"])),
        case("drunkard", f"{oz}, example 11.13: absorbed at 0 from 1, 2, 3 with .75, .5, .25", walk,
             moves([[1, 0, 0, 0, 0], [1, 0, 1, 0, 0], [0, 1, 0, 1, 0], [0, 0, 1, 0, 1], [0, 0, 0, 0, 1]], walk)),
        case("round", "own: two states that change places", ["a", "b"],
             moves([[0, 3], [5, 0]], ["a", "b"]), period=2),
        case("ring", "own: 1 to 2 to 3 to 1, and who passes through", ["1", "2", "3", "4"],
             moves([[0, 2, 0, 0], [0, 0, 3, 0], [4, 0, 0, 0], [1, 0, 0, 1]], ["1", "2", "3", "4"]), period=3),
        case("churn", "own: whoever is absent stays so", ["customer"],
             [{"a": "customer", "b": "customer", "c": "customer"}, {"a": "customer", "b": "customer"},
              {"a": "customer"}]),
        case("wandering", "own: comes, goes, returns, unknown", ["low", "middle", "high"],
             wandering(7, 120, 5, ["low", "middle", "high"], 0.05), newcomers=[3, 2, 0.5, 0]),
        case("pooled", "own: a state reached only at last moves as all do", ["low", "last", "never", "high"],
             [*wandering(8, 30, 3, ["low", "high"], 0.1), {f"customer {i}": "last" for i in range(9)}], empty="pooled"),
    ]
    text = json.dumps({"note": "Made by make_migration.py. The absent state is the last.", "cases": cases},
                      ensure_ascii=False, separators=(",", ":"))
    path = pathlib.Path(__file__).with_name("migration.json")
    path.write_text(text.replace('{"id"', '\n{"id"') + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
