#!/usr/bin/env python3
# Finds weights, and what uncertain weights do to ranks, with custval and with what a user would pick instead, in one run;
# prints tables and writes JSON.
# SPDX-License-Identifier: Apache-2.0
"""usage: weights.py BENCH_WEIGHTS OUTPUT.json [ROWS]

BENCH_WEIGHTS is the built program. Every figure is the median of 7 runs. See README.md beside this file.
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl

import weights_peers as peers
from common import medians, milliseconds, report_bars, report_setting, table, times, write_results
from peers import SYSTEM, items

CRITERIA = len(items.columns)
MATRICES, OFFERS, DRAWS = 1000, 1000, 10_000
LOOP_DRAWS = 200  # of the loops that take minutes: measured on so many, and scaled
MEMBERS = [*items.columns, "lambda_max", "ci", "cr", "gci", "missing", "distance"]
UNCERTAINTY = ["value", "rank", "mean", "deviation", "low", "high", "mean_rank", "rank_low", "rank_high", "p_first",
               "undefined"]


# --- The data, from fixed seeds --------------------------------------------------------------------------------------------


def make_judgements():
    """What people would answer who know their weights roughly: on the scale 1/9 ... 9, with noise."""
    generator = np.random.default_rng(20260301)
    weights = generator.dirichlet(np.full(CRITERIA, 3.0), MATRICES)
    meant = np.log(weights[:, :, None] / weights[:, None, :]) + generator.normal(0.0, 0.35, (MATRICES, CRITERIA, CRITERIA))
    scale = np.concatenate([1.0 / np.arange(9, 1, -1), np.arange(1.0, 10.0)])
    matrices = scale[np.abs(meant[..., None] - np.log(scale)).argmin(axis=-1)]
    lower = np.tril_indices(CRITERIA, -1)
    matrices[:, lower[0], lower[1]] = 1.0 / matrices.transpose(0, 2, 1)[:, lower[0], lower[1]]
    matrices[:, range(CRITERIA), range(CRITERIA)] = 1.0
    return matrices


def make_columns(rows):
    """Numbers above 0, correlated as answers of people are, some of them skewed as money is. One row of this array per
    criterion, so that a column is in one piece."""
    generator = np.random.default_rng(20260302)
    level = generator.normal(size=rows)
    columns = np.empty((CRITERIA, rows))
    for i, column in enumerate(columns):
        own = generator.normal(size=rows)
        if i < 5:
            np.clip(5.5 + (0.5 + 0.1 * i) * level + 1.5 * own, 1.0, 10.0, out=column)
        else:
            np.exp(3.0 + 0.3 * level + (0.3 + 0.1 * i) * own, out=column)
    return columns


def make_offers():
    """Answers anywhere on their scales, so that there are no ties."""
    generator = np.random.default_rng(20260303)
    return generator.uniform(items.low, items.high, (OFFERS, CRITERIA)).T.copy()


def scores_of(offers):
    """Offers x indicators; more is better. The weights of the sacrifices add up to 1: sums are custval's values + 100."""
    scores = (offers.T - items.low) / (items.high - items.low) * 100.0
    return np.where(items.is_benefit, scores, 100.0 - scores)


# --- Running custval, and checking the peers against it --------------------------------------------------------------------


def run_custval(program, folder, judgements, columns, offers):
    """Seconds, and what came out: arrays with one column per line."""
    for name, numbers in (("judgements", judgements), ("columns", columns), ("offers", offers)):
        numbers.tofile(folder / f"{name}.f64")
    done = subprocess.run([program, SYSTEM, folder, str(columns.shape[1])], stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(done.returncode)
    found = {name: np.fromfile(folder / f"{name}.f64") for name in ("ahp_one_by_one", "ahp_members", "entropy", "critic",
                                                                   "summary", "draw", "uncertainty")}
    for name, rows in (("ahp_one_by_one", MATRICES), ("ahp_members", MATRICES), ("draw", DRAWS), ("uncertainty", OFFERS)):
        found[name] = found[name].reshape(-1, rows)
    for name in ("entropy", "critic", "summary"):
        found[name] = found[name].reshape(-1, CRITERIA)
    return json.loads(done.stdout), found


def demand_same(name, theirs, ours, tolerance=1e-9):
    if not np.allclose(theirs, ours, rtol=tolerance, atol=1e-12):
        sys.exit(f"{name} gives other numbers than custval: up to {np.abs(np.asarray(theirs) - ours).max():g} apart")


def measure(results, name, task, check, repeats=7):
    check(name, task())
    results[name] = times(task, repeats)


def measure_ahp(results, found, judgements):
    members = dict(zip(MEMBERS, found["ahp_members"]))
    shares, ratios = found["ahp_one_by_one"][:CRITERIA].T, found["ahp_one_by_one"][CRITERIA]
    if not (np.array_equal(found["ahp_members"][:CRITERIA].T, shares) and np.array_equal(members["cr"], ratios)):
        sys.exit("custval's ways to judge many matrices differ")

    def check(name, result):
        demand_same(name, result[0], shares)
        demand_same(name, result[1], ratios)

    across = np.ascontiguousarray(judgements.transpose(1, 2, 0))
    measure(results, "numpy_eig_loop", lambda: peers.numpy_eig_loop(judgements), check)
    measure(results, "numpy_eig_batch", lambda: peers.numpy_eig_batch(judgements), check)
    measure(results, "numpy_power_batch", lambda: peers.numpy_power_batch(judgements), check)
    measure(results, "numpy_power_across", lambda: peers.numpy_power_across(across), check)
    measure(results, "pymcdm_ahp", lambda: peers.pymcdm_ahp(judgements), check)


def measure_data(results, found, columns):
    matrix = columns.T

    def check(name, result):
        demand_same(name, result, found["entropy" if "entropy" in name else "critic"][0])

    def check_moments(name, result):
        summary = found["summary"]  # count, missing, low, high, mean, deviation, variation
        demand_same(name, np.array(result).T, summary[2:6])

    measure(results, "numpy_entropy_plain", lambda: peers.numpy_entropy_plain(matrix), check)
    measure(results, "numpy_entropy_blocked", lambda: peers.numpy_entropy_blocked(columns), check)
    measure(results, "pymcdm_entropy", lambda: peers.pymcdm_entropy(matrix), check)
    measure(results, "scikit_criteria_entropy", lambda: peers.scikit_criteria_entropy(matrix), check)
    measure(results, "numpy_critic_plain", lambda: peers.numpy_critic_plain(matrix), check)
    measure(results, "numpy_critic_blocked", lambda: peers.numpy_critic_blocked(columns), check)
    measure(results, "pymcdm_critic", lambda: peers.pymcdm_critic(matrix), check)
    measure(results, "scikit_criteria_critic", lambda: peers.scikit_criteria_critic(matrix), check)
    measure(results, "numpy_moments", lambda: peers.numpy_moments(columns), check_moments)
    names = dict(zip(items.columns, columns))
    pandas_frame, polars_frame = pd.DataFrame(names), pl.DataFrame(names)
    results["pandas_describe"] = times(pandas_frame.describe, 3)
    results["polars_describe"] = times(polars_frame.describe, 3)


def measure_draws(results, found, offers):
    scores, draws = scores_of(offers), np.ascontiguousarray(found["draw"].T)
    ours = dict(zip(UNCERTAINTY, found["uncertainty"]))

    def check(name, result):
        for key, numbers in result.items():
            demand_same(f"{name}, {key},", numbers - 100.0 if key in ("mean", "low", "high") else numbers, ours[key])

    def check_ranks(name, result):
        wanted = peers.numpy_ranks_plain(scores, draws[:LOOP_DRAWS])["mean_rank"]
        demand_same(name, result.mean(axis=0), wanted)

    measure(results, "numpy_ranks_plain", lambda: peers.numpy_ranks_plain(scores, draws), check)
    measure(results, "numpy_ranks_sorted", lambda: peers.numpy_ranks_sorted(scores, draws), check)
    measure(results, "numpy_ranks_blocked", lambda: peers.numpy_ranks_blocked(scores, draws), check)
    for name in ("pymcdm_loop", "pymcdm_short_loop", "scikit_criteria_loop"):
        loop, few = getattr(peers, name), draws[:LOOP_DRAWS] / 2.0  # pymcdm wants weights that add up to 1
        measure(results, name, lambda: loop(scores, few), check_ranks, 3)
        results[name] = [took * DRAWS / LOOP_DRAWS for took in results[name]]
    generator = np.random.default_rng(1)
    benefits, sacrifices = 50.0 * items.weights[items.is_benefit], 50.0 * items.weights[~items.is_benefit]
    results["numpy_draw"] = times(lambda: (generator.dirichlet(benefits, DRAWS), generator.dirichlet(sacrifices, DRAWS)))


# --- The report ------------------------------------------------------------------------------------------------------------


def report_ours(middle, rows):
    size = rows * CRITERIA * 8
    read = min(middle["read_long"], middle["read_columns"])
    lines = [("", "1 thread, ms", "all threads, ms", "GB/s", "of reading")]
    for name in ("read_long", "read_columns", "summary", "summary_pairs", "summary_entropy", "summary_quantiles",
                 "summary_everything", "entropy", "critic"):
        lines.append((name, milliseconds(middle[name]), milliseconds(middle[name + "_parallel"]),
                      f"{size / middle[name] / 1e9:.1f}", f"{read / middle[name]:.0%}"))
    for name in ("ahp_one_by_one", "ahp_members", "draw", "uncertainty"):
        lines.append((name, milliseconds(middle[name]), milliseconds(middle[name + "_parallel"]), "", ""))
    table("custval: the same bits with one thread and with all, in every run", lines)
    return read


def report_peers(middle, title, ours, names):
    lines = [("", "ms", "custval is faster, 1 thread", "all threads")]
    one, many = middle[ours], middle[ours + "_parallel"]
    for name in names:
        lines.append((name, milliseconds(middle[name]), f"{middle[name] / one:.1f} x", f"{middle[name] / many:.1f} x"))
    table(title, lines)


def bars_of(middle, read):
    """With one thread. NumPy: as most people write it, and the fastest that we found."""
    ahp, draws = middle["ahp_members"], middle["uncertainty"]
    eig = min(middle["numpy_eig_loop"], middle["numpy_eig_batch"])
    power = min(middle["numpy_power_batch"], middle["numpy_power_across"])
    bars = [
        ("AHP with CR, times faster than numpy.linalg.eig", eig / ahp, 20),
        ("AHP with CR, times faster than the fastest NumPy, which checks nothing", power / ahp, 20),
        ("AHP with CR, times faster than pymcdm", middle["pymcdm_ahp"] / ahp, 100),
    ]
    for name in ("entropy", "critic"):
        bars += [(f"{name}, times faster than NumPy as most write it", middle[f"numpy_{name}_plain"] / middle[name], 5),
                 (f"{name}, times faster than the fastest NumPy", middle[f"numpy_{name}_blocked"] / middle[name], 5)]
    return bars + [
        ("summary, share of read bandwidth", read / middle["summary"], 0.5),
        ("ranks over draws, times faster than NumPy as most write it", middle["numpy_ranks_plain"] / draws, 10),
        ("ranks over draws, times faster than the fastest NumPy, which knows no ties",
         min(middle["numpy_ranks_sorted"], middle["numpy_ranks_blocked"]) / draws, 10),
        ("ranks over draws, times faster than pymcdm", middle["pymcdm_loop"] / draws, 300),
        ("ranks over draws, times faster than scikit-criteria", middle["scikit_criteria_loop"] / draws, 300),
    ]


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    rows = int(sys.argv[3]) if len(sys.argv) == 4 else 1_000_000
    judgements, columns, offers = make_judgements(), make_columns(rows), make_offers()
    with tempfile.TemporaryDirectory(prefix="custval-bench-") as name:
        results, found = run_custval(sys.argv[1], Path(name), judgements, columns, offers)
    measure_ahp(results, found, judgements)
    measure_data(results, found, columns)
    measure_draws(results, found, offers)
    middle = medians(results)
    results["rows"] = rows
    report_setting(f"{MATRICES} matrices of judgements; {rows} rows; {DRAWS} draws for {OFFERS} offers; "
                   f"{CRITERIA} criteria each", results)
    read = report_ours(middle, rows)
    report_peers(middle, "AHP: one call for all matrices, against", "ahp_members",
                 ("numpy_eig_loop", "numpy_eig_batch", "numpy_power_batch", "numpy_power_across", "pymcdm_ahp"))
    report_peers(middle, "AHP: one call per matrix, against", "ahp_one_by_one", ("numpy_eig_loop", "pymcdm_ahp"))
    for method in ("entropy", "critic"):
        report_peers(middle, f"{method}, against", method,
                     [f"{peer}_{method}{way}" for peer, way in (("numpy", "_plain"), ("numpy", "_blocked"), ("pymcdm", ""),
                                                               ("scikit_criteria", ""))])
    report_peers(middle, "moments, against", "summary", ["numpy_moments"])
    report_peers(middle, "moments and quantiles, against", "summary_quantiles", ["pandas_describe", "polars_describe"])
    report_peers(middle, f"ranks over draws, against (loops: {LOOP_DRAWS} draws, scaled to {DRAWS})", "uncertainty",
                 ("numpy_ranks_plain", "numpy_ranks_sorted", "numpy_ranks_blocked", "pymcdm_loop", "pymcdm_short_loop",
                  "scikit_criteria_loop"))
    report_peers(middle, "drawing weights, against", "draw", ["numpy_draw"])
    report_bars(bars_of(middle, read), results)
    write_results(sys.argv[2], results)


if __name__ == "__main__":
    main()
