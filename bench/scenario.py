# A promotion with quality inference on a million customers, period by period, beside NumPy: as one writes it down first (every period
# scored from the answers), and with its scorings reused. Processor time, so that a busy machine does not matter. Needs the package
# custval, as bindings/python/test.sh finds it.
# SPDX-License-Identifier: Apache-2.0
import time

import numpy as np

import custval as cv

ROWS, PERIODS, LENGTH, MU, STAY, RIVAL, POINTS = 1_000_000, 12, 3, 0.1, 5.0, 5.0, 10.0
WEIGHTS = [0.2, 0.2, 0.1, 0.25, 0.25, 0.4, 0.3, 0.2, 0.1]
DIMENSIONS = [("benefit", 0.5, range(0, 3)), ("benefit", 0.5, range(3, 5)), ("sacrifice", 0.6, range(5, 7)), ("sacrifice", 0.4, range(7, 9))]
PLAN = {
    "custval": "scenario", "version": 1, "kind": "promotion", "periods": PERIODS,
    "sales": {"mu": MU, "rival": RIVAL, "volume": "volume", "switching_cost": STAY, "uplift": 0.5},
    "price": {"list": 100, "second_unit": 1, "length": LENGTH, "money": [{"node": "i5", "factor": 1}],
              "quality": [{"node": "i0", "kappa": 0.2}], "reference": {"theta": 0.6, "points": POINTS}},
}


def system():
    dimensions = []
    for place, (side, weight, indicators) in enumerate(DIMENSIONS):
        children = [{"id": f"i{k}", "weight": WEIGHTS[k], "items": [{"column": f"q{k}", "scale": [1, 10]}]} for k in indicators]
        dimensions.append({"id": f"d{place}", "side": side, "weight": weight, "indicators": children})
    return cv.System({"custval": "system", "version": 1, "dimensions": dimensions})


def score(data):
    """Missing answers are left out, as the system does."""
    total = 0.0
    for side, weight, indicators in DIMENSIONS:
        above = below = 0.0
        for k in indicators:
            points = (data[f"q{k}"] - 1.0) * (100.0 / 9.0)
            is_there = ~np.isnan(points)
            above = above + np.where(is_there, WEIGHTS[k] * points, 0.0)
            below = below + np.where(is_there, WEIGHTS[k], 0.0)
        total = total + (weight if side == "benefit" else -weight) * above / below
    return total


def moved(data, strength):
    """Values without and with what the price says of quality."""
    data = dict(data)
    data["q5"] = 1.0 + np.clip((data["q5"] - 1.0) * (1.0 + strength), 0.0, 9.0)
    plain = score(data)
    data["q0"] = 1.0 + np.clip((data["q0"] - 1.0) * (1.0 + 0.2 * strength), 0.0, 9.0)
    return score(data), plain


def with_numpy(data, path, reuse):
    strengths, extras = path
    known = {}
    values, plains, units, totals = [], [], [], []
    for t in range(PERIODS + 1):
        if not reuse or strengths[t] not in known:
            known[strengths[t]] = moved(data, strengths[t])
        value, plain = (part + extras[t] for part in known[strengths[t]])
        values.append(value)
        plains.append(plain)
        choice = 1.0 / (1.0 + np.exp(-MU * (value + STAY - RIVAL)))
        units.append(data["volume"] * choice)
        least = np.minimum(units[-1], units[0])
        totals.append([(value - values[0]).sum(), choice.sum(), (value + STAY < RIVAL).sum(), units[-1].sum(), least.sum()])
    during, after = slice(1, LENGTH + 1), slice(LENGTH + 1, None)
    before = values[0]
    switches = np.argmax([value + STAY < RIVAL for value in values[1:]], axis=0)
    columns = [before, sum(values[during]) / LENGTH, sum(values[after]) / (PERIODS - LENGTH), np.min(values[1:], axis=0), switches]
    columns += [sum(plains[during]) / LENGTH, units[0], 1.5 * sum(units[during]) / LENGTH, sum(units[after]) / (PERIODS - LENGTH)]
    return columns, totals


def took(task, repeats=5):
    best = float("inf")
    for _ in range(repeats):
        start = time.process_time()
        result = task()
        best = min(best, time.process_time() - start)
    return best, result


def main():
    random = np.random.default_rng(1)
    data = {f"q{k}": random.integers(1, 11, ROWS).astype(float) for k in range(len(WEIGHTS))}
    data["volume"] = random.gamma(2.0, 1.0, ROWS)
    plan, tree = cv.Scenario(PLAN), system()
    periods = plan.path().periods
    path = list(periods["strength"]), [POINTS * felt for felt in periods["transaction"]]
    cv.set_threads(1)
    whole, effect = took(lambda: plan.run(tree, data))
    brief, _ = took(lambda: plan.run(tree, data, customers=False))
    for name, reuse in (("every period scored", False), ("scorings reused", True)):
        seconds, (columns, totals) = took(lambda reuse=reuse: with_numpy(data, path, reuse), 2)
        assert np.allclose(effect.customers["during"], columns[1], rtol=0, atol=1e-9)
        assert np.isclose(effect.periods["units"][5], totals[5][3], rtol=1e-12)
        print(f"NumPy, {name}: {seconds * 1e3:.0f} ms, {seconds / whole:.1f} and {seconds / brief:.1f} times custval's")
    print(f"custval: {whole * 1e3:.0f} ms with every customer's row, {brief * 1e3:.0f} ms without")


main()
