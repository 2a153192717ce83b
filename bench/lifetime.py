#!/usr/bin/env python3
# Transactions to histories, lifetime models and lifetime value, with custval and with what a user would pick instead, in
# one run; prints tables and writes JSON.
# SPDX-License-Identifier: Apache-2.0
"""usage: lifetime.py LIBRARY COMMAND PYMC OUTPUT.json [ROWS]

LIBRARY is the built libcustval, COMMAND the built custval, PYMC a Python that has PyMC-Marketing, or none. This one has
the package lifetimes. See README.md beside this file.
"""
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

import lifetime_peers as peers
from common import (PEER_REPEATS, demand, load_package, measure_custval, measure_peer, medians, milliseconds, report_bars,
                    report_setting, say, table, write_results)

HERE = Path(__file__).resolve().parent
SLOW_ROWS = 20_000  # of Pareto/NBD: its peers are measured on so many rows, and scaled
TRANSACTIONS = 2_600_000
OUTPUT_ROWS = 100_000  # of what is measured for its price of a row only
MODELS = ("bgnbd", "pnbd")
OUTPUTS = ("alive", "alive_later", "expected", "expected_deviation", "none", "residual", "spend", "value",
           "value_deviation", "log_likelihood")
READ_ONLY = "import sys, pandas; pandas.read_csv(sys.argv[1], parse_dates=['date'])"
FORECAST = {"horizon": 12 * peers.MONTH, "cash_period": peers.MONTH, "rate": 0.01, "rate_period": peers.MONTH}


# --- Fits ------------------------------------------------------------------------------------------------------------------


def demand_maximum(cv, name, model, parameters, data):
    """What a peer found on these rows must be as likely as custval's maximum to six digits, and not likelier."""
    ours = cv.Lifetime.fit(data, model, spend=False).facts.log_likelihood
    there = cv.Lifetime.stated(model, parameters).predict(data, outputs="log_likelihood")["log_likelihood"]
    lead = np.nansum(np.asarray(there)) - ours
    demand(-1e-6 * abs(ours) < lead < 1e-3, f"{name} does not end at the maximum: its likelihood is {lead:g} from custval's")


def measure_fits(cv, results, model, customers, pymc, folder):
    rows = len(customers["x"])
    measured = rows if model == "bgnbd" else min(rows, SLOW_ROWS)
    few = {name: column[:measured] for name, column in customers.items()}
    purchases = cv.Table({name: customers[name] for name in ("x", "t_x", "T")})
    fitted = measure_custval(cv, results, model, lambda: cv.Lifetime.fit(purchases, model))
    fits = {"lifetimes": peers.fit_bgnbd, "lifetimes_cells": peers.fit_bgnbd_cells} if model == "bgnbd" else {
        "lifetimes": peers.fit_pnbd}
    for peer, fit in fits.items():
        found = measure_peer(results, f"{peer}_{model}", lambda fit=fit: fit(few), rows / measured)
        demand_maximum(cv, peer, model, found.params_.tolist(), few)
    if pymc is not None:
        say(f"pymc_{model}")
        np.save(folder / "customers.npy", [few[name] for name in ("x", "t_x", "T")])
        done = subprocess.run([pymc, HERE / "pymc_map.py", model, folder / "customers.npy", str(PEER_REPEATS)], check=True,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        found = json.loads(done.stdout)
        results[f"pymc_{model}"] = [took * rows / measured for took in found["seconds"]]
        demand_maximum(cv, "pymc", model, found["parameters"], few)
    return fitted


def measure_spend(cv, results, customers):
    data = cv.Table({name: customers[name] for name in ("x", "mean_spend")})
    fitted = measure_custval(cv, results, "spend", lambda: cv.Lifetime.fit(data, "gamma-gamma"))
    found = measure_peer(results, "lifetimes_spend", lambda: peers.fit_spend(customers))
    again = customers["x"] > 0
    demand_maximum(cv, "lifetimes", "gamma-gamma", found.params_.tolist(),
                   {name: customers[name][again] for name in ("x", "mean_spend")})
    return fitted


# --- Predictions -----------------------------------------------------------------------------------------------------------


def measure_value(cv, results, customers, purchases, spend):
    data, joined = cv.Table(customers), purchases.with_spend(spend)
    ours = measure_custval(cv, results, "value", lambda: joined.predict(data, outputs="value", **FORECAST))
    frame = pd.DataFrame(customers)
    theirs = measure_peer(results, "lifetimes_value", lambda: peers.value(
        frame, *(list(model.parameters.values()) for model in (purchases, spend))))
    demand(np.allclose(theirs, ours["value"], rtol=1e-6, atol=1e-9), "lifetimes gives other lifetime values than custval")


def measure_outputs(cv, results, model, fitted, spend, customers):
    """Every output by itself, and what costs more: distributions, and intervals."""
    data = cv.Table({name: column[:OUTPUT_ROWS] for name, column in customers.items()})
    joined = fitted.with_spend(spend)
    for output in OUTPUTS:
        measure_custval(cv, results, f"{model}_{output}",
                        lambda output=output: joined.predict(data, outputs=output, **FORECAST), PEER_REPEATS)
    measure_custval(cv, results, f"{model}_alive_interval",
                    lambda: joined.predict(data, outputs="alive", level=0.95), PEER_REPEATS)
    measure_custval(cv, results, f"{model}_expected_interval",
                    lambda: joined.predict(data, outputs="expected", level=0.95, **FORECAST), PEER_REPEATS)
    measure_custval(cv, results, f"{model}_value_interval",
                    lambda: joined.predict(data, outputs="value", level=0.95, **FORECAST), PEER_REPEATS)
    measure_custval(cv, results, f"{model}_counts",
                    lambda: joined.counts(data, horizon=FORECAST["horizon"], quantiles=[0.5, 0.95]), PEER_REPEATS)


# --- Histories -------------------------------------------------------------------------------------------------------------


def measure_history(cv, results, transactions):
    """From the same frame of pandas; and from columns of custval's, as files and Arrow give them."""
    columns = cv.Table({"customer": transactions["customer"].tolist(), "date": transactions["date"],
                        "amount": transactions["amount"]})
    measure_custval(cv, results, "history_columns", lambda: cv.History(columns).customers(end=peers.END))
    ours = measure_custval(cv, results, "history", lambda: cv.History(transactions).customers(end=peers.END))
    theirs = measure_peer(results, "lifetimes_history", lambda: peers.history(transactions)).sort_index()
    demand(list(theirs.index) == list(ours["customer"]), "lifetimes finds other customers than custval")
    for name, column in (("x", "frequency"), ("t_x", "recency"), ("T", "T"), ("mean_spend", "monetary_value")):
        demand(np.allclose(theirs[column], np.nan_to_num(ours[name]), rtol=1e-9, atol=1e-9),
               f"lifetimes gives another {column} than custval")


def measure_programs(results, command, library, transactions, folder):
    """Whole programs from CSV to CSV: seconds, and the largest resident size of each."""
    given, found = folder / "transactions.csv", {}
    transactions.to_csv(given, index=False)
    os.environ["PYTHONPATH"] = str(HERE.parent / "bindings" / "python")
    os.environ["CUSTVAL_LIBRARY"] = library
    for name, program in (("command", [command, "history", given, "--end", peers.END, "-o"]),
                          ("pandas", [sys.executable, "-c", READ_ONLY, given]),
                          ("custval", [sys.executable, HERE / "history_with_custval.py", given, peers.END]),
                          ("lifetimes", [sys.executable, HERE / "history_with_lifetimes.py", given, peers.END])):
        say(f"{name}_program")
        runs = []
        for _ in range(PEER_REPEATS):
            done = subprocess.run([sys.executable, HERE / "run_program.py", *program, folder / f"{name}.csv"],
                                  check=True, stdout=subprocess.PIPE, text=True)
            runs.append([float(number) for number in done.stdout.split()])
        results[f"{name}_program"] = [seconds for seconds, _ in runs]
        found[name] = max(size for _, size in runs)
    results["resident_bytes"] = found


# --- The report ------------------------------------------------------------------------------------------------------------


def report_ours(middle, rows, transactions):
    lines = [("", "1 thread, ms", "all threads, ms", "1 thread, ns a row")]
    for name in [name for name in middle if name + "_parallel" in middle]:
        count = transactions if name.startswith("history") else min(rows, OUTPUT_ROWS) if "_" in name else rows
        lines.append((name, milliseconds(middle[name]), milliseconds(middle[name + "_parallel"]),
                      f"{1e9 * middle[name] / count:.0f}"))
    table("custval: the same bits with one thread and with all", lines)


PAIRS = (("bgnbd", ("lifetimes_bgnbd", "lifetimes_cells_bgnbd", "pymc_bgnbd")), ("pnbd", ("lifetimes_pnbd", "pymc_pnbd")),
         ("spend", ("lifetimes_spend",)), ("value", ("lifetimes_value",)), ("history", ("lifetimes_history",)),
         ("history_columns", ("lifetimes_history",)))


def report_peers(middle):
    lines = [("", "", "ms", "custval is faster, 1 thread", "all threads")]
    for ours, names in PAIRS:
        for name in names:
            if name in middle:
                one, many = middle[ours], middle[ours + "_parallel"]
                lines.append((ours, name, milliseconds(middle[name]), f"{middle[name] / one:.1f} x",
                              f"{middle[name] / many:.1f} x"))
    table(f"against (of Pareto/NBD {SLOW_ROWS} rows, scaled)", lines)


def report_programs(middle, sizes):
    lines = [("", "ms", "MB resident")]
    for name, size in sizes.items():
        lines.append((f"{name}_program", milliseconds(middle[f"{name}_program"]), f"{size / 1e6:.0f}"))
    table("transactions to customers, CSV to CSV", lines)


def bars_of(middle, sizes):
    """With one thread."""
    return [
        ("BG/NBD fit, times faster than lifetimes", middle["lifetimes_bgnbd"] / middle["bgnbd"], 40),
        ("Pareto/NBD fit, times faster than lifetimes, scaled", middle["lifetimes_pnbd"] / middle["pnbd"], 100),
        ("gamma-gamma fit, times faster than lifetimes", middle["lifetimes_spend"] / middle["spend"], 20),
        ("lifetime value, times faster than lifetimes", middle["lifetimes_value"] / middle["value"], 30),
        ("history, times faster than lifetimes on the same frame", middle["lifetimes_history"] / middle["history"], 10),
        ("history, memory: share of lifetimes, command", sizes["command"] / sizes["lifetimes"], -0.5),
        ("history, memory: share of lifetimes, beyond the frame that both are given",
         (sizes["custval"] - sizes["pandas"]) / (sizes["lifetimes"] - sizes["pandas"]), -0.5),
    ]


def main():
    if len(sys.argv) not in (5, 6):
        sys.exit(__doc__)
    library, command, pymc = sys.argv[1:4]
    pymc = pymc if Path(pymc).exists() else None
    rows = int(sys.argv[5]) if len(sys.argv) == 6 else 1_000_000
    cv = load_package(library)
    results = {"rows": rows, "load": os.getloadavg(), "threads": cv.threads()}
    customers = {model: peers.make_customers(model, rows) for model in MODELS}
    transactions = peers.make_transactions(customers["bgnbd"]).head(TRANSACTIONS)
    with tempfile.TemporaryDirectory(prefix="custval-bench-") as name:
        folder = Path(name)
        fitted = {model: measure_fits(cv, results, model, customers[model], pymc, folder) for model in MODELS}
        spend = measure_spend(cv, results, customers["bgnbd"])
        measure_value(cv, results, customers["bgnbd"], fitted["bgnbd"], spend)
        measure_history(cv, results, transactions)
        measure_programs(results, command, library, transactions, folder)
    for model in MODELS:
        measure_outputs(cv, results, model, fitted[model], spend, customers[model])
    middle = medians(results)
    report_setting(f"{rows} customers, {len(transactions)} transactions", results, ("numpy", "pandas", "scipy", "lifetimes"))
    print(f"peers: medians of {PEER_REPEATS}; load of the machine at the start: {results['load'][0]:.1f}"
          + ("" if pymc else "; PyMC-Marketing did not install and is left out"))
    report_ours(middle, rows, len(transactions))
    report_peers(middle)
    report_programs(middle, results["resident_bytes"])
    report_bars(bars_of(middle, results["resident_bytes"]), results)
    write_results(sys.argv[4], results)


if __name__ == "__main__":
    main()
