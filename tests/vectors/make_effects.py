#!/usr/bin/env python3
"""Writes effects.json: effects along chains of links, by walking every path.

Needs mpmath. Run by hand; the build only reads the result. Products of coefficients are added up path by path; errors are
the delta method with slopes by differences in 60 digits. Neither is how the library goes about it.
"""

# SPDX-License-Identifier: Apache-2.0
import json
import pathlib
import random

import mpmath as mp

mp.mp.dps = 60
HERE = pathlib.Path(__file__).resolve().parent
NOTE = (
    "Effects along chains of links, by make_effects.py. 'links' are documents; 'expected' holds the columns of the table, "
    "null where missing. |actual - expected| <= 1e-12 * max(1, |expected|)."
)


def covariance(rng, terms):
    """Positive definite, as the rows of its lower triangle."""
    root = [[mp.mpf(rng.randint(-9, 9)) / 64 for _ in range(terms)] for _ in range(terms)]
    return [[float(mp.fsum(a * b for a, b in zip(root[i], root[k]))) for k in range(i + 1)] for i in range(terms)]


def link(rng, outcome, coefficients, kind="linear", known=True):
    terms = [{"predictor": name, "coefficient": value} for name, value in coefficients.items()]
    made = {"custval": "link", "version": 1, "kind": kind, "outcome": outcome, "intercept": 0.5, "terms": terms}
    if known:
        made["covariance"] = covariance(rng, 1 + len(terms))
    return made


def walks(links, weights, variable, goal):
    """The product of each path from a variable to the goal, with the number of its steps."""
    if variable == goal:
        return [(mp.mpf(1), 0)]
    out = []
    for place, one in enumerate(links):
        for term, entry in enumerate(one["terms"]):
            if entry["predictor"] == variable:
                onward = walks(links, weights, one["outcome"], goal)
                out += [(weights[place][term] * product, steps + 1) for product, steps in onward]
    return out


def split(links, weights, variable):
    goal = links[-1]["outcome"]
    found = walks(links, weights, variable, goal)
    direct = mp.fsum(product for product, steps in found if steps == 1)
    indirect = mp.fsum(product for product, steps in found if steps > 1)
    return {"direct": direct, "indirect": indirect, "total": direct + indirect}


def full(rows):
    size = len(rows)
    return [[mp.mpf(rows[max(i, k)][min(i, k)]) for k in range(size)] for i in range(size)]


def errors(links, weights, variable):
    """Standard errors of the three; None where a link that matters has no covariance."""
    out = {}
    step = mp.mpf(10) ** -30
    for part in ("direct", "indirect", "total"):
        variance = mp.mpf(0)
        for place, one in enumerate(links):
            slopes = [mp.mpf(0)]
            for term in range(len(one["terms"])):
                sides = []
                for sign in (1, -1):
                    moved = [list(row) for row in weights]
                    moved[place][term] += sign * step
                    sides.append(split(links, moved, variable)[part])
                slopes.append((sides[0] - sides[1]) / (2 * step))
            if all(abs(slope) < mp.mpf(10) ** -20 for slope in slopes):
                continue
            if "covariance" not in one:
                variance = None
                break
            known = full(one["covariance"])
            variance += mp.fsum(a * known[i][k] * b for i, a in enumerate(slopes) for k, b in enumerate(slopes))
        out[part] = None if variance is None else mp.sqrt(variance)
    return out


def case(name, *links):
    weights = [[mp.mpf(entry["coefficient"]) for entry in one["terms"]] for one in links]
    goal = links[-1]["outcome"]
    variables = list(dict.fromkeys(entry["predictor"] for one in links for entry in one["terms"]))
    variables += [one["outcome"] for one in links if one["outcome"] not in variables and one["outcome"] != goal]
    quantile = mp.sqrt(2) * mp.erfinv(mp.mpf("0.9"))
    columns = {key: [] for key in ("direct", "direct_error", "indirect", "indirect_error", "total", "error", "low", "high")}
    for variable in variables:
        effects, spread = split(links, weights, variable), errors(links, weights, variable)
        total = spread["total"]
        row = {
            "direct": effects["direct"], "direct_error": spread["direct"],
            "indirect": effects["indirect"], "indirect_error": spread["indirect"],
            "total": effects["total"], "error": total,
            "low": None if total is None else effects["total"] - quantile * total,
            "high": None if total is None else effects["total"] + quantile * total,
        }  # fmt: skip
        for key, value in row.items():
            columns[key].append(None if value is None else float(value))
    return {"id": name, "links": list(links), "level": 0.9, "expected": {"variable": variables, **columns}}


def main():
    rng = random.Random(20)
    cases = [
        case("one_link", link(rng, "value", {"quality": 0.6, "price": -0.3})),
        # Intrinsic attributes work by themselves, through what is seen of them, and through reputation.
        case(
            "attributes",
            link(rng, "packaging", {"quality": 0.4}),
            link(rng, "reputation", {"quality": 0.25, "packaging": 0.5, "years": 0.125}),
            link(rng, "value", {"reputation": 0.7, "packaging": 0.1, "quality": 0.3}),
        ),
        case(
            "log_odds",
            link(rng, "satisfaction", {"value": 0.8, "service": 0.2}),
            link(rng, "trust", {"satisfaction": 0.5}),
            link(rng, "stayed", {"satisfaction": 0.05, "trust": 0.03, "value": -0.01}, kind="logistic"),
        ),
        case(
            "some_stated",
            link(rng, "a", {"x": 2.0}, known=False),
            link(rng, "b", {"y": -1.5, "a": 0.25}),
            link(rng, "c", {"z": 1.0}, known=False),  # leads to nothing
            link(rng, "d", {"b": 0.5, "x": 4.0}),
        ),
    ]
    text = json.dumps({"note": NOTE, "cases": cases}, indent=1)
    (HERE / "effects.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
