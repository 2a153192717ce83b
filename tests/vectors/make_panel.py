#!/usr/bin/env python3
"""Known answers for panels: trends and changes in fractions and mpmath, raking in mpmath. Writes panel.json."""

# SPDX-License-Identifier: Apache-2.0
import json
import pathlib
import random
from fractions import Fraction

import mpmath

mpmath.mp.dps = 50


def trend(points, half_life, as_of):
    """points: period -> value, doubles as they are."""
    series = sorted((period, Fraction(value)) for period, value in points.items() if period <= as_of)
    n = len(series)
    out = {"periods": n, "evidence": float(sum(mpmath.mpf(2) ** (-(as_of - t) / mpmath.mpf(half_life))
                                               for t, _ in series))}
    if not n:
        return out
    last = series[-1][0]
    level, middle = sum(v for _, v in series) / n, Fraction(sum(t for t, _ in series), n)
    weights = [mpmath.mpf(2) ** (-(last - t) / mpmath.mpf(half_life)) for t, _ in series]
    real = [mpmath.mpf(v.numerator) / v.denominator for _, v in series]
    out |= {"first": series[0][0], "last": last, "gaps": last - series[0][0] + 1 - n, "since": as_of - last,
            "level": float(level), "latest": float(series[-1][1]),
            "smoothed": float(sum(w * v for w, v in zip(weights, real)) / sum(weights))}
    if n > 1:
        squares = sum((t - middle) ** 2 for t, _ in series)
        slope = sum((t - middle) * (v - level) for t, v in series) / squares
        out["slope"] = float(slope)
        if series[-2][0] == last - 1:
            out["change"] = float(series[-1][1] - series[-2][1])
        if n > 2:
            rest = sum((v - level - slope * (t - middle)) ** 2 for t, v in series) / (n - 2) / squares
            out["slope_error"] = float(mpmath.sqrt(mpmath.mpf(rest.numerator) / rest.denominator))
    return out


def trend_case(identity, rows, half_life, as_of):
    series = {}
    for customer, period, value in rows:
        series.setdefault(customer, {})
        if value is not None:
            series[customer][period] = value
    return {"id": identity, "method": "trend",
            "input": {"rows": rows, "half_life": half_life, "as_of": as_of},
            "expected": {customer: trend(points, half_life, as_of) for customer, points in series.items()}}


def rake(rows, variables, margins, start):
    """Far beyond double precision, from the textbook."""
    weights = [mpmath.mpf(weight) for weight in start]
    total = len(rows)
    weights = [weight * total / sum(weights) for weight in weights]
    for _ in range(5000):
        worst = 0
        for v, variable in enumerate(variables):
            known = {category: mpmath.mpf(target) for name, category, target in margins if name == variable}
            scale = sum(known.values())
            present = {category: sum(w for w, row in zip(weights, rows) if row[v] == category) for category in known}
            worst = max(worst, *(abs(present[c] / total - known[c] / scale) for c in known))
            weights = [w * known[row[v]] / scale * total / present[row[v]] for w, row in zip(weights, rows)]
        if worst < mpmath.mpf(10) ** -30:
            break
    else:
        raise RuntimeError("no end")
    return weights


def rake_case(identity, source, rows, variables, margins, start=None):
    weights = rake(rows, variables, margins, start or [1] * len(rows))
    return {"id": identity, "method": "weights", "source": source,
            "input": {"rows": [[*row, w] for row, w in zip(rows, start or [1] * len(rows))], "variables": variables,
                      "margins": margins},
            "expected": {"weights": [float(weight) for weight in weights],
                         "effective": float(sum(weights) ** 2 / sum(w * w for w in weights))}}


def wave_case(identity, source, before, after):
    """Rows of respondent, value, weight."""
    waves, influence = [before, after], {}
    means = []
    for sign, wave in zip((-1, 1), waves):
        total = sum(Fraction(w) for _, _, w in wave)
        mean = sum(Fraction(w) * Fraction(v) for _, v, w in wave) / total
        means.append(mean)
        for who, value, weight in wave:
            influence[who] = influence.get(who, 0) + sign * Fraction(weight) * (Fraction(value) - mean) / total
    n = len(influence)
    variance = Fraction(n, n - 1) * sum(u * u for u in influence.values())
    error = mpmath.sqrt(mpmath.mpf(variance.numerator) / variance.denominator)
    change = means[1] - means[0]
    z = mpmath.mpf(change.numerator) / change.denominator / error
    both = len({who for who, _, _ in before} & {who for who, _, _ in after})
    return {"id": identity, "method": "change", "source": source, "input": {"before": before, "after": after},
            "expected": {"before": float(means[0]), "after": float(means[1]), "change": float(change), "both": both,
                         "error": float(error), "p": float(mpmath.erfc(abs(z) / mpmath.sqrt(2)))}}


def main():
    draw = random.Random(11)
    wandering = [[f"c{draw.randrange(12)}", period, draw.choice([None, round(draw.uniform(-5, 90), 3)])]
                 for period in range(-3, 15)]
    wandering += [[f"d{i}", period, round(draw.gauss(50, 20), 2)] for i in range(6) for period in range(1, 9)
                  if draw.random() < 0.7]
    draw.shuffle(wandering)
    # Student (1908) Biometrika 6:1-25: hours of sleep gained by ten patients with two drugs; paired t = 4.0621.
    one = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    two = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    people = [[draw.choice("NSW"), draw.choice(["young", "old"]), draw.choice(["a", "b", "c", "d"])] for _ in range(60)]
    margins = [["region", "N", 0.5], ["region", "S", 0.3], ["region", "W", 0.2], ["age", "young", 40], ["age", "old", 60],
               ["shop", "a", 1], ["shop", "b", 2], ["shop", "c", 3], ["shop", "d", 2.5]]
    some = [[f"p{i}", round(draw.gauss(60, 9), 2), round(draw.uniform(0.3, 3), 3)] for i in range(25)]
    later = [[f"p{i}", round(draw.gauss(63, 9), 2), round(draw.uniform(0.3, 3), 3)] for i in range(10, 45)]
    cases = [
        trend_case("trend.line", [["a", t, 2.0 + 3.0 * t] for t in range(5)] + [["b", 2, 7.0]], 2.0, 6),
        trend_case("trend.wandering", wandering, 1.5, 12),
        rake_case("weights.one", "post-stratification: known share / share in the sample",
                  [["m"], ["m"], ["m"], ["w"]], ["sex"], [["sex", "m", 0.49], ["sex", "w", 0.51]]),
        rake_case("weights.three", "Deming & Stephan (1940), iterated to 30 digits", people, ["region", "age", "shop"],
                  margins),
        rake_case("weights.start", "the same from weights of the design", people, ["region", "age", "shop"], margins,
                  [round(draw.uniform(0.5, 2), 3) for _ in people]),
        wave_case("change.sleep", "Student (1908), Biometrika 6:1-25: paired t = 4.0621",
                  [[f"p{i}", v, 1] for i, v in enumerate(one)], [[f"p{i}", v, 1] for i, v in enumerate(two)]),
        wave_case("change.apart", "own: nobody in both", [[f"p{i}", v, 1] for i, v in enumerate(one)],
                  [[f"q{i}", v, 1] for i, v in enumerate(two)]),
        wave_case("change.some", "own: some in both, with weights", some, later),
    ]
    text = json.dumps({"note": "Made by make_panel.py.", "cases": cases}, separators=(",", ":"))
    path = pathlib.Path(__file__).with_name("panel.json")
    path.write_text(text.replace('{"id"', '\n{"id"') + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
