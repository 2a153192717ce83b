"""A point of each of nine indicators for a million customers, through two links to lifetime value, beside NumPy as one
writes it down: every indicator scored again, gains without errors. Processor time, so that a busy machine does not
matter.

usage: impact.py LIBRARY RESULTS
"""
# SPDX-License-Identifier: Apache-2.0
import os
import sys
import time

import numpy as np

from common import demand, load_package, write_results

ROWS = 1_000_000
WEIGHTS = [0.2, 0.2, 0.1, 0.25, 0.25, 0.4, 0.3, 0.2, 0.1]
DIMENSIONS = [("benefit", 0.5, range(0, 3)), ("benefit", 0.5, range(3, 5)), ("sacrifice", 0.6, range(5, 7)),
              ("sacrifice", 0.4, range(7, 9))]
LINKS = [("linear", "satisfaction", "value", 5.0, 0.04), ("logistic", "stays", "satisfaction", -1.5, 0.5)]


def system(cv):
    dimensions = []
    for place, (side, weight, indicators) in enumerate(DIMENSIONS):
        children = [{"id": f"i{k}", "weight": WEIGHTS[k], "items": [{"column": f"q{k}", "scale": [1, 10]}]}
                    for k in indicators]
        dimensions.append({"id": f"d{place}", "side": side, "weight": weight, "indicators": children})
    return cv.System({"custval": "system", "version": 1, "dimensions": dimensions})


def impact(cv):
    links = [
        {"custval": "link", "version": 1, "kind": kind, "outcome": outcome, "intercept": intercept,
         "terms": [{"predictor": predictor, "coefficient": slope}], "covariance": [[0.01], [0, 0.0001]]}
        for kind, outcome, predictor, intercept, slope in LINKS
    ]
    money = {"margin": "margin", "rate": 0.1, "first": "next"}
    return cv.Impact({"custval": "impact", "version": 1, "links": links, "use": "retention", "money": money})


def worth(scores, margin):
    value = 0.0
    for side, weight, indicators in DIMENSIONS:
        total = sum(WEIGHTS[k] * scores[k] for k in indicators) / sum(WEIGHTS[k] for k in indicators)
        value = value + (weight if side == "benefit" else -weight) * total
    stays = 1.0 / (1.0 + np.exp(1.5 - 0.5 * (5.0 + 0.04 * value)))
    return margin * stays / (1.1 - stays)


def with_numpy(data):
    scores = [(data[f"q{k}"] - 1.0) * (100.0 / 9.0) for k in range(len(WEIGHTS))]
    before, gains = worth(scores, data["margin"]), []
    for k in range(len(WEIGHTS)):
        moved = list(scores)
        moved[k] = np.minimum(scores[k] + 1.0, 100.0) if k < 5 else np.maximum(scores[k] - 1.0, 0.0)
        gains.append((worth(moved, data["margin"]) - before).sum())
    return gains


def took(task, repeats=5):
    best = float("inf")
    for _ in range(repeats):
        start = time.process_time()
        result = task()
        best = min(best, time.process_time() - start)
    return best, result


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    cv = load_package(sys.argv[1])
    random = np.random.default_rng(1)
    data = {f"q{k}": random.integers(1, 11, ROWS).astype(float) for k in range(len(WEIGHTS))}
    data["margin"] = random.gamma(2.0, 50.0, ROWS)
    chain, tree = impact(cv), system(cv)
    cv.set_threads(1)
    seconds, answer = took(lambda: chain.run(tree, data, customers=False))
    peer, gains = took(lambda: with_numpy(data), 2)
    demand(np.allclose(list(answer.levers["gain"]), gains, rtol=1e-9), "impact: custval and NumPy disagree")
    print(f"custval, gains and their errors: {seconds * 1e3:.0f} ms")
    print(f"NumPy, gains alone: {peer * 1e3:.0f} ms, {peer / seconds:.1f} times custval's")
    write_results(sys.argv[2], {"rows": ROWS, "load": os.getloadavg(), "custval": seconds, "numpy": peer})


if __name__ == "__main__":
    main()
