# Weights and their uncertainty with what a user would pick instead.
# SPDX-License-Identifier: Apache-2.0
import warnings

import numpy as np
from pymcdm import weights as pymcdm_weights
from pymcdm.methods import WSM
from pymcdm.weights.subjective import AHP
from scipy.stats import rankdata
from skcriteria import mkdm
from skcriteria.agg.simple import WeightedSumModel
from skcriteria.preprocessing import weighters

RANDOM_INDEX = dict(enumerate(AHP.RI_M, start=1))  # Tummala & Ling (1998)
LEVEL = 0.9  # of intervals


# --- AHP: the weights and the consistency ratio of each of many matrices ---------------------------------------------------


def consistency_ratio(largest, n):
    return (largest - n) / (n - 1) / RANDOM_INDEX[n]


def numpy_eig_loop(matrices):
    """As most people write it."""
    n = matrices.shape[1]
    shares, ratios = np.empty((len(matrices), n)), np.empty(len(matrices))
    for k, matrix in enumerate(matrices):
        values, vectors = np.linalg.eig(matrix)
        largest = values.real.argmax()
        vector = vectors[:, largest].real
        shares[k] = vector / vector.sum()
        ratios[k] = consistency_ratio(values[largest].real, n)
    return shares, ratios


def numpy_eig_batch(matrices):
    """All in one call."""
    n = matrices.shape[1]
    values, vectors = np.linalg.eig(matrices)
    largest, every = values.real.argmax(axis=1), np.arange(len(matrices))
    shares = vectors[every, :, largest].real
    shares /= shares.sum(axis=1, keepdims=True)
    return shares, consistency_ratio(values[every, largest].real, n)


def numpy_power_batch(matrices):
    """Power iteration on all at once, until no weight of any moves by more than 1e-14; no check of the matrices."""
    n = matrices.shape[1]
    shares = np.full((len(matrices), n, 1), 1.0 / n)
    for _ in range(1000):
        ahead = matrices @ shares
        largest = ahead.sum(axis=1, keepdims=True)
        ahead /= largest
        moved = np.abs(ahead - shares).max()
        shares = ahead
        if moved <= 1e-14:
            break
    return shares[:, :, 0], consistency_ratio(largest[:, 0, 0], n)


def numpy_power_across(matrices):
    """The same with entry (i, j) of all matrices side by side in memory: the fastest we found. matrices: n x n x many."""
    n = len(matrices)
    shares = np.full(matrices.shape[1:], 1.0 / n)
    for _ in range(1000):
        ahead = np.einsum("ijk,jk->ik", matrices, shares)
        largest = ahead.sum(axis=0)
        ahead /= largest
        moved = np.abs(ahead - shares).max()
        shares = ahead
        if moved <= 1e-14:
            break
    return shares.T, consistency_ratio(largest, n)


def pymcdm_ahp(matrices):
    asked = [AHP(matrix=matrix) for matrix in matrices]
    return np.array([ahp() for ahp in asked]), np.array([ahp.get_cr() for ahp in asked])


# --- Weights from data -----------------------------------------------------------------------------------------------------
#
# matrix: customers x criteria, columns: criteria x customers; a criterion in one piece of memory, which suits all of them.


def numpy_entropy_plain(matrix):
    """As most people write it."""
    shares = matrix / matrix.sum(axis=0)
    divergence = 1.0 + (shares * np.log(shares)).sum(axis=0) / np.log(len(matrix))
    return divergence / divergence.sum()


def numpy_entropy_blocked(columns, block=8192):
    """Sums of x and of x ln x, in blocks that stay in the cache: the fastest we found. Numbers above 0 only."""
    divergence, logarithms = np.empty(len(columns)), np.empty(block)
    for i, column in enumerate(columns):
        total = product = 0.0
        for start in range(0, len(column), block):
            x = column[start : start + block]
            logarithm = np.log(x, out=logarithms[: len(x)])
            total += x.sum()
            product += x.dot(logarithm)
        divergence[i] = 1.0 - (np.log(total) - product / total) / np.log(len(column))
    return divergence / divergence.sum()


def numpy_critic_plain(matrix):
    """As most people write it."""
    scaled = (matrix - matrix.min(axis=0)) / np.ptp(matrix, axis=0)
    information = scaled.std(axis=0, ddof=1) * (1.0 - np.corrcoef(scaled, rowvar=False)).sum(axis=0)
    return information / information.sum()


def numpy_critic_blocked(columns, block=8192):
    """Co-moments about the first row, in blocks that stay in the cache: the fastest we found that keeps its digits where a
    mean is far from 0."""
    k, n = columns.shape
    origin, block_of = columns[:, :1].copy(), np.empty((k, block))
    products, sums, low, high = np.zeros((k, k)), np.zeros(k), np.full(k, np.inf), np.full(k, -np.inf)
    for start in range(0, n, block):
        x = columns[:, start : start + block]
        moved = np.subtract(x, origin, out=block_of[:, : x.shape[1]])
        products += moved @ moved.T
        sums += moved.sum(axis=1)
        np.minimum(low, x.min(axis=1), out=low)
        np.maximum(high, x.max(axis=1), out=high)
    covariances = (products - np.outer(sums, sums) / n) / (n - 1)
    deviations = np.sqrt(np.diag(covariances))
    correlations = covariances / np.outer(deviations, deviations)
    information = deviations / (high - low) * (1.0 - correlations).sum(axis=0)
    return information / information.sum()


def pymcdm_entropy(matrix):
    return pymcdm_weights.entropy_weights(matrix)


def pymcdm_critic(matrix):
    return pymcdm_weights.critic_weights(matrix)


def scikit_criteria_entropy(matrix):
    return weighters.entropy_weights(matrix)


def scikit_criteria_critic(matrix):
    return weighters.critic_weights(matrix, objectives=np.ones(matrix.shape[1]))


def numpy_moments(columns):
    """Range, mean and deviation of each column."""
    return [(x.min(), x.max(), x.mean(), x.std(ddof=1)) for x in columns]


# --- Uncertain weights: values and ranks of every offer over all draws -----------------------------------------------------
#
# scores: offers x indicators, 0..100, more is better (100 - s for a sacrifice). draws: draws x indicators.


def places_of(count):
    """Of the lower quantiles among so many numbers in ascending order."""
    return [int(np.ceil(share * count)) - 1 for share in ((1.0 - LEVEL) / 2.0, (1.0 + LEVEL) / 2.0)]


def statistics(values, ranks):
    ends = [(1.0 - LEVEL) / 2.0, (1.0 + LEVEL) / 2.0]
    low, high = np.quantile(values, ends, axis=0, method="inverted_cdf")
    rank_low, rank_high = np.quantile(ranks, ends, axis=0, method="inverted_cdf")
    return {"mean": values.mean(axis=0), "deviation": values.std(axis=0, ddof=1), "low": low, "high": high,
            "mean_rank": ranks.mean(axis=0), "rank_low": rank_low, "rank_high": rank_high,
            "p_first": (ranks == 1).mean(axis=0)}


def numpy_ranks_plain(scores, draws):
    """As most people write it: SciPy's ranks, for NumPy has none; equal offers share theirs, as with custval."""
    values = draws @ scores.T
    return statistics(values, rankdata(-values, method="min", axis=1))


def numpy_ranks_sorted(scores, draws):
    """Ranks from the order; of equal offers any comes first."""
    values = draws @ scores.T
    order = np.argsort(-values, axis=1)
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(1, len(scores) + 1)[None, :], axis=1)
    return statistics(values, ranks)


def numpy_ranks_blocked(scores, draws, block=200):
    """The same, counted block by block in the cache, with selection for the quantiles: the fastest we found."""
    count, rows = len(draws), len(scores)
    against = np.ascontiguousarray(-scores.T)  # ascending is best first
    losses, counts = np.empty((count, rows)), np.zeros(rows * rows, np.int64)
    base = np.arange(rows) * rows
    for start in range(0, count, block):
        part = np.matmul(draws[start : start + block], against, out=losses[start : start + block])
        order = np.argsort(part, axis=1)
        order += base
        counts += np.bincount(order.ravel(), minlength=rows * rows)
    counts = counts.reshape(rows, rows)  # rank x offer
    seen = counts.cumsum(axis=0)
    low, high = places_of(count)
    by_offer = np.ascontiguousarray(losses.T)
    mean = by_offer.mean(axis=1)
    deviation = by_offer.std(axis=1, ddof=1, mean=mean[:, None])
    by_offer.partition([count - 1 - high, count - 1 - low], axis=1)
    return {"mean": -mean, "deviation": deviation, "low": -by_offer[:, count - 1 - low],
            "high": -by_offer[:, count - 1 - high], "mean_rank": np.arange(1, rows + 1) @ counts / count,
            "rank_low": (seen > low).argmax(axis=0) + 1, "rank_high": (seen > high).argmax(axis=0) + 1,
            "p_first": counts[0] / count}


def pymcdm_loop(scores, draws):
    """Ranks of each draw with its own functions, as its documentation shows; scores are scaled already."""
    model, types = WSM(normalization_function=lambda column, cost=False: column), np.ones(scores.shape[1])
    return np.array([model.rank(model(scores, weights, types)) for weights in draws])


def pymcdm_short_loop(scores, draws):
    """The same without its checks, and with SciPy's ranks."""
    model, types = WSM(normalization_function=lambda column, cost=False: column), np.ones(scores.shape[1])
    return np.array([rankdata(-model(scores, weights, types, validation=False), method="min") for weights in draws])


def scikit_criteria_loop(scores, draws):
    """Values and ranks of each draw."""
    objectives, model = [max] * scores.shape[1], WeightedSumModel()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return np.array([model.evaluate(mkdm(scores, objectives=objectives, weights=weights)).rank_ for weights in draws])
