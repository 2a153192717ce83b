#!/usr/bin/env python3
"""Writes formulas.json: formulas of one customer, computed here with fractions, by other ways than the library.

Needs nothing. Run by hand; the build only reads the result. Flows are discounted from the last to the first, residuals
are flows, means are sums of all their weights; a number that is no fraction (half a period) is squared to be one."""
# SPDX-License-Identifier: Apache-2.0
import json
import math
import pathlib
from fractions import Fraction

NOTE = (
    "'of' is a function, 'terms' what it is given, by the names of its parameters, 'expected' its numbers. "
    "|actual - expected| <= tolerance * max(1, |expected|)."
)
cases = []


def add(of, terms, *expected, tolerance=1e-14):
    number = sum(case["of"] == of for case in cases)
    cases.append({"id": f"{of}.{number}", "of": of, "terms": terms, "expected": list(map(float, expected)), "tolerance": tolerance})


def exact(numbers):
    return [Fraction(float(x)) for x in numbers]


def discounted(flows, rate):
    """The first flow is at the end of the first period: each is carried back one period with all that come after it."""
    value = Fraction(0)
    for flow in reversed(exact(flows)):
        value = (value + flow) / (1 + Fraction(rate))
    return value


def root(value, digits=60):
    """The square root of a fraction."""
    return Fraction(math.isqrt(value.numerator * 10 ** (2 * digits) // value.denominator), 10**digits)


FLOWS = [([100.0, 110.0, 121.0], 0.1), ([-500.0, 120.5, 0.0, 640.25, 80.0], 0.08), ([7.0] * 240, 0.004), ([3.0, -2.0], -0.25), ([], 0.1)]
for flows, rate in FLOWS:
    value = discounted(flows, rate)
    add("present_value", {"flows": flows, "rate": rate, "first": 1.0}, value)
    add("present_value", {"flows": flows, "rate": rate, "first": 0.0}, value * (1 + Fraction(rate)))
    add("present_value", {"flows": flows, "rate": rate, "first": 0.5}, value * root(1 + Fraction(rate)))

for price, costs, rate, residual in [
    (20000.0, [1800.0, 1950.0, 2100.0, 2600.0, 2900.0], 0.06, 7500.0),
    (99.0, [12.0] * 36, 0.01, 0.0),
    (0.0, [5.0, 5.0], 0.0, 1.0),
    (300.0, [], 0.1, 40.0),
]:
    flows = exact(costs)
    brought = Fraction(residual)
    if flows:
        flows[-1] -= brought
    value = Fraction(price) + (discounted(flows, rate) if flows else -brought)
    add("life_cycle_cost", {"price": price, "costs": costs, "rate": rate, "residual": residual}, value)

for terms in [
    {"reference_cost": 1000.0, "start_up": 100.0, "post_purchase": 300.0, "increment": 100.0, "price": 475.0},
    {"reference_cost": 82.7, "start_up": 3.15, "post_purchase": 41.9, "increment": 0.0, "price": 40.0},
    {"reference_cost": 10.0, "start_up": 20.0, "post_purchase": 5.5, "increment": -1.25, "price": 0.1},
]:
    reference, start, post, gain, price = exact(terms.values())
    worth = sum([reference, gain, -start, -post])
    add("economic_value", terms, worth, worth - price)

for gain, cost in [(447.0, 300.0), (0.0, 12.5), (-3.3, 1.1), (1e9, 1e-3)]:
    add("programme_return", {"gain": gain, "cost": cost}, Fraction(gain) / Fraction(cost) - 1)

for before, after, value in [(0.2, 0.3, 100.0), (0.55, 0.55, 80.0), (0.9, 0.85, 1234.5), (0.0, 1.0, 17.25)]:
    before_, after_, value_ = exact([before, after, value])
    add("allowable_spend", {"before": before, "after": after, "value": value}, after_ * value_ - before_ * value_)

for last, period, purchases in [(8.0, 12.0, 2.0), (0.0, 5.0, 0.0), (0.0, 5.0, 3.0), (29.5, 38.86, 7.0), (10.0, 10.0, 50.0), (1.0, 7.0, 300.0)]:
    add("active_probability", {"last": last, "period": period, "purchases": purchases}, (Fraction(last) / Fraction(period)) ** int(purchases))

for intervals, smoothing in [
    ([10.0, 20.0], 0.5),
    ([30.0], 0.3),
    ([28.0, 31.0, 29.5, 60.0, 61.0, 58.0], 0.3),
    ([7.0, 14.0, 0.0, 7.0], 1.0),
    ([float(5 + 7 * k % 11) for k in range(200)], 0.015625),
]:
    x, a = exact(intervals), Fraction(smoothing)
    weights = [(1 - a) ** (len(x) - 1)] + [a * (1 - a) ** (len(x) - 1 - k) for k in range(1, len(x))]
    assert sum(weights) == 1
    add("smoothed_interval", {"intervals": intervals, "smoothing": smoothing}, sum(w * i for w, i in zip(weights, x)), tolerance=1e-13)

with open(pathlib.Path(__file__).resolve().parent / "formulas.json", "w", encoding="utf-8") as file:
    file.write('{"note": ' + json.dumps(NOTE) + ',\n"cases": [\n')
    file.write(",\n".join(json.dumps(case) for case in cases) + "\n]}\n")
