# The same scores with what a user would pick instead: the value of every row, NaN where an answer is missing or outside its
# scale, unless the name says otherwise.
# SPDX-License-Identifier: Apache-2.0
import json
import warnings
from pathlib import Path

import numpy as np
import polars as pl
from pymcdm.methods import WSM
from skcriteria import mkdm
from skcriteria.agg.simple import WeightedSumModel

SYSTEM = Path(__file__).resolve().parent / "system.json"


class Items:
    """What peers need of the system document: one dimension per side, one item per indicator, weights that add up to 1."""

    def __init__(self, path=SYSTEM):
        document = json.loads(path.read_text())
        found = [(item["column"], item["scale"], indicator["weight"], dimension["side"] == "benefit")
                 for dimension in document["dimensions"]
                 for indicator in dimension["indicators"] for item in indicator["items"]]
        self.columns = [column for column, _, _, _ in found]
        self.low, self.high = (np.array([float(scale[end]) for _, scale, _, _ in found]) for end in (0, 1))
        self.weights = np.array([weight for _, _, weight, _ in found])
        self.is_benefit = np.array([is_benefit for _, _, _, is_benefit in found])
        self.signs = np.where(self.is_benefit, 1.0, -1.0)
        # Everything folded into value = answers @ gain - offset.
        self.gain = 100.0 * self.weights * self.signs / (self.high - self.low)
        self.offset = float(self.low @ self.gain)


items = Items()


# --- NumPy ---------------------------------------------------------------------------------------------------------------


def numpy_plain(matrix):
    """As most people write it. matrix: one row per customer."""
    valid = ((matrix >= items.low) & (matrix <= items.high)).all(axis=1)
    scores = (matrix - items.low) / (items.high - items.low) * 100.0
    return np.where(valid, scores @ (items.weights * items.signs), np.nan)


def numpy_blocked(columns, block=32768):
    """In place, in blocks that stay in the cache: the fastest we found that finds each bad row as it goes."""
    value = np.zeros(len(columns[0]))
    product = np.empty(block)
    outside, bad = np.empty(block, bool), np.empty(block, bool)
    for start in range(0, len(value), block):
        total = value[start : start + block]
        n = len(total)
        p, o, b = product[:n], outside[:n], bad[:n]
        b[:] = False
        for column, low, high, gain in zip(columns, items.low, items.high, items.gain):
            x = column[start : start + n]
            np.less(x, low, out=o)
            np.logical_or(b, o, out=b)
            np.greater(x, high, out=o)
            np.logical_or(b, o, out=b)
            np.subtract(x, low, out=p)
            np.multiply(p, gain, out=p)
            np.add(total, p, out=total)
        total[b] = np.nan
    return value


def numpy_extremes(matrix):
    """The fastest we found: looks only at the extremes of each column, and if they are fine, one product gives all values.
    A single bad answer sends it the long way. matrix: one column after the other in memory (Fortran order)."""
    columns = [matrix[:, i] for i in range(matrix.shape[1])]
    fine = all(column.min() >= low and column.max() <= high
               for column, low, high in zip(columns, items.low, items.high))
    return numpy_product(matrix) if fine else numpy_blocked(columns)


def numpy_product(matrix):
    """No check at all, no scores: one product."""
    value = matrix @ items.gain
    value -= items.offset
    return value


# --- Data frames and decision aids ---------------------------------------------------------------------------------------


def pandas_frame(frame):
    answers = frame[items.columns]
    valid = answers.ge(items.low).all(axis=1) & answers.le(items.high).all(axis=1)
    scores = (answers - items.low) / (items.high - items.low) * 100.0
    return scores.mul(items.weights * items.signs, axis=1).sum(axis=1).where(valid)


def polars_expressions():
    """Whether a row is valid, its benefit and its sacrifice."""
    scales = list(zip(items.columns, items.low, items.high, items.weights, items.is_benefit))
    valid = pl.all_horizontal(*[pl.col(name).is_between(low, high) for name, low, high, _, _ in scales])
    sides = [sum((pl.col(name) - low) * (100.0 * weight / (high - low))
                 for name, low, high, weight, is_benefit in scales if is_benefit == side) for side in (True, False)]
    return valid, *sides


def polars_frame(frame):
    valid, benefit, sacrifice = polars_expressions()
    return frame.select(value=pl.when(valid).then(benefit - sacrifice))["value"]


def pymcdm_wsm(matrix):
    """Scales by the data's own extremes, as it does by itself; no check; another value (an index)."""
    return WSM()(matrix, items.weights / items.weights.sum(), items.signs)


def scikit_criteria_wsm(matrix):
    """No scaling and no check; ranks as well."""
    decisions = mkdm(matrix, objectives=[max] * matrix.shape[1], weights=items.weights, criteria=items.columns)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return WeightedSumModel().evaluate(decisions)
