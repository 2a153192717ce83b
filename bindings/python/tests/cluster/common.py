"""What a cluster must give: the same as one machine, to the bit. One suite for Spark and Dask, of the same functions.

A cluster is an object with `module` (custval.spark or custval.dask), frame(pandas, pieces), pieces(frame) and
pandas(frame), and kept(frame), which is the frame written to files and read again.
"""

# SPDX-License-Identifier: Apache-2.0
import datetime
import json
import math
import pathlib
import struct
import traceback

import numpy
import pandas

import custval as cv

ROOT = pathlib.Path(__file__).resolve().parents[4]
EXAMPLES = ROOT / "examples"
END = "1997-09-30"


class Result:
    """Counts, and says at once what failed or was skipped."""

    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def check(self, name, holds, detail=""):
        if holds:
            self.passed += 1
            print(f"ok      {name}", flush=True)
        else:
            self.failed += 1
            print(f"FAILED  {name}: {detail}", flush=True)

    def skip(self, name, why):
        self.skipped += 1
        print(f"skipped: {name}: {why}", flush=True)

    def raises(self, name, kind, words, call):
        try:
            call()
        except kind as error:
            self.check(name, words in str(error), f"it says: {str(error)[-600:]}")
        except Exception as error:  # noqa: BLE001 - the wrong one is what is told
            self.check(name, False, f"{type(error).__name__}: {error}")
        else:
            self.check(name, False, "nothing was raised")

    def part(self, function, *arguments):
        """A part of the suite that stops by itself does not stop the others."""
        try:
            function(self, *arguments)
        except Exception:  # noqa: BLE001
            self.check(function.__name__, False, traceback.format_exc())

    def end(self):
        print(f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped", flush=True)
        return int(self.failed > 0)


def cell_bits(cell):
    """A cell by its bits; whatever is missing is None, and texts stay texts."""
    if cell is None or cell is pandas.NA or (isinstance(cell, float) and math.isnan(cell)):
        return None
    return cell if isinstance(cell, str) else struct.pack("<d", float(cell))


def different(made, expected, names=None):
    """Names of the columns that are not the same to the bit."""
    return [
        name
        for name in names or list(expected.columns)
        if list(map(cell_bits, made[name].tolist())) != list(map(cell_bits, expected[name].tolist()))
    ]


def in_order(frame, *keys):
    return frame.sort_values(list(keys)).reset_index(drop=True)


def survey():
    """The real survey with a key; every seventh answer to q2 is missing."""
    data = pandas.read_csv(EXAMPLES / "survey" / "customer_satisfaction_yellow_pages.csv").astype(float)
    data.loc[::7, "q2"] = numpy.nan
    data["key"] = numpy.arange(len(data))
    return data


def system():
    return cv.System.load(EXAMPLES / "survey" / "perceived-value.json")


def transactions():
    return pandas.read_csv(EXAMPLES / "cdnow" / "transactions.csv", dtype={"date": str})[["customer", "date", "amount"]]


# --- Row by row


def scores(result, cluster):
    data, by = survey(), system()
    options = {"levels": "all", "coverage": "all", "as_of": "2026-03-01"}
    expected = by.score(data, **options)
    for pieces in (1, 5):
        made = cluster.pandas(cluster.module.score(cluster.frame(data, pieces), by, keep="key", **options))
        wrong = different(in_order(made, "key"), expected)
        result.check(f"scores of {len(data)} customers in {pieces} pieces", len(made) == len(data) and not wrong, wrong)
    made = cluster.pandas(cluster.module.score(cluster.frame(data, 3), by))
    names = [*data.columns, *by.score(data).columns]
    result.check("all columns are kept unless told", list(made.columns) == names, list(made.columns))
    wrong = different(in_order(made, "key"), data, list(data.columns))
    result.check("kept columns are as they were", not wrong, wrong)
    made = cluster.pandas(cluster.module.score(cluster.frame(data.iloc[:0], 1), by, keep="key"))
    result.check("no rows give no rows", len(made) == 0 and "value" in made.columns, made)


def groups(result, cluster):
    data = survey()
    bands = cv.Groups({"custval": "groups", "version": 1, "measures": [{"id": "q1", "cuts": [4, 8]}],
                       "groups": [{"id": "high", "when": {"q1": 3}}, {"id": "rest"}]})  # fmt: skip
    expected = bands.assign(data)
    made = in_order(cluster.pandas(cluster.module.group(cluster.frame(data, 4), bands, keep="key")), "key")
    wrong = different(made, expected.drop(columns="q1"))
    result.check("groups", not wrong, wrong)
    open_ended = cv.Groups({"custval": "groups", "version": 1, "measures": [{"id": "q1", "quantiles": [0.5]}],
                            "groups": [{"id": "high", "when": {"q1": 2}}, {"id": "rest"}]})  # fmt: skip
    frame = cluster.frame(data, 4)
    result.raises("groups of quantiles are refused", cv.StateError, "quantile",
                  lambda: cluster.module.group(frame, open_ended, keep="key"))  # fmt: skip
    made = cluster.module.group(frame, open_ended.fix(data), keep="key")
    wrong = different(in_order(cluster.pandas(made), "key"), open_ended.assign(data), ["group"])
    result.check("and fixed they are not", not wrong, wrong)


def programmes(result, cluster):
    base = cv.Programmes.load(EXAMPLES / "programmes" / "programmes.json")
    one = pandas.read_csv(EXAMPLES / "programmes" / "customers.csv")
    data = pandas.concat([one] * 25, ignore_index=True)
    data["key"] = numpy.arange(len(data))
    expected = base.match(data, reasons=True).to_pandas()
    frame = cluster.frame(data, 4)
    made = in_order(cluster.pandas(cluster.module.match(frame, base, keep="key", reasons=True)), "key", "rank")
    wrong = different(made, expected.rename(columns={"row": "key"}))
    result.check(f"{len(expected)} programmes taken", len(made) == len(expected) > 0 and not wrong, wrong)
    result.raises("a budget is refused", TypeError, "one for all customers",
                  lambda: cluster.module.match(frame, base, keep="key", budget=100.0))  # fmt: skip


# --- Over all rows


def summaries(result, cluster):
    data = survey().drop(columns="key")
    options = {"parts": "all", "ranges": {"q1": (0, 10), "q3": (0, 10)}, "sacrifices": ["q3"]}
    alone = cv.Summary(data, **options)
    made = cluster.module.summary(cluster.frame(data, 1), **options)
    result.check("a summary of one piece", made.to_bytes() == alone.to_bytes(), made)
    frame = cluster.frame(data, 37)
    made = cluster.module.summary(frame, **options)
    ours, theirs = made.table.to_pandas(), alone.table.to_pandas()
    exact = ["name", "side", "count", "missing", "low", "high", "q05", "q25", "median", "q75", "q95"]
    wrong = different(ours, theirs, exact)
    result.check("counts, ranges and quantiles of 37 pieces", not wrong, wrong)
    close = [
        numpy.allclose(ours[name], theirs[name], rtol=1e-12, atol=0) for name in ("mean", "deviation", "divergence")
    ]
    result.check("sums within rounding", all(close), close)
    again = cluster.module.summary(frame, **options)
    result.check("the same bits again", again.to_bytes() == made.to_bytes())
    by_place = {place: cv.Summary(piece, **options).to_bytes() for place, piece in enumerate(cluster.pieces(frame))}
    result.check(
        "and as one machine merges these pieces", merged(by_place, cv.Summary(data[:0], **options)) == made.to_bytes()
    )
    by = system()
    for method in ("range", "quantile"):
        fitted = made.fit(by, method, source="survey"), alone.fit(by, method, source="survey")
        result.check(f"scales fitted by {method}", fitted[0].to_json() == fitted[1].to_json())
    for name in ("entropy", "critic", "deviation"):
        weights = getattr(cv.weights, name)
        pairs = zip(weights(made).values(), weights(alone).values())
        result.check(f"weights by {name}", all(abs(a - b) <= 1e-12 for a, b in pairs))
    made = cluster.module.summary(frame, system=by, level="indicator", parts=["pairs"])
    alone = cv.Summary(data, system=by, level="indicator", parts=["pairs"])
    exact = ["name", "count", "missing", "low", "high"]
    result.check(
        "a summary of a system's indicators", not different(made.table.to_pandas(), alone.table.to_pandas(), exact)
    )


def merged(parts, empty):
    """Sixteen neighbours at a time, and what comes of that: said here once more, in other words."""
    made = empty
    for start in range(0, max(parts) + 1, 16):
        near = None
        for place in sorted(parts):
            if start <= place < start + 16:
                if near is None:
                    near = cv.Summary.from_bytes(parts[place])
                else:
                    near.merge(cv.Summary.from_bytes(parts[place]))
        if near is not None:
            made.merge(near)
    return made.to_bytes()


def histories(result, cluster):
    data = transactions()
    alone = cv.History(data)
    frame = cluster.frame(data, 6)
    result.check("one history", cluster.module.history(frame).to_bytes() == alone.to_bytes())
    expected = alone.customers(end=END).to_pandas()
    bases = cluster.module.histories(frame, buckets=11)
    made = in_order(cluster.pandas(cluster.module.customers(bases, end=END)), "customer")
    wrong = different(made, expected)
    result.check(f"{len(expected)} customers from buckets", len(made) == len(expected) and not wrong, wrong)

    early = data[data["date"] <= "1997-12-31"]
    old = cluster.kept(cluster.module.histories(cluster.frame(early, 3), buckets=11, fold="1997-09-30"))
    late = cluster.frame(data[data["date"] > "1997-12-31"], 2)
    now = cluster.module.histories(late, buckets=11, before=old)
    made = in_order(cluster.pandas(cluster.module.customers(now, end="1998-06-30")), "customer")
    wrong = different(made, alone.customers(end="1998-06-30").to_pandas())
    result.check("folded, kept, and brought up to date", not wrong, wrong)

    model = cv.Lifetime.fit(expected, unit="week")
    options = {"horizon": 39, "rate": 0.1, "rate_period": "year"}
    made = cluster.module.predict(cluster.module.customers(bases, end=END), model, keep="customer", **options)
    wrong = different(in_order(cluster.pandas(made), "customer"), model.predict(expected, **options))
    result.check("lifetimes and values", not wrong, wrong)

    names = {"customer": "who", "date": "when", "amount": "money"}
    odd = data.rename(columns=names).assign(what="x", who="c" + data["customer"].astype(str))
    odd["when"] = [datetime.date.fromisoformat(day) for day in odd["when"]]
    odd.loc[::9, "money"] *= -1
    options = {**names, "refunds": "net", "zeros": "drop", "period": "month"}
    bases = cluster.module.histories(cluster.frame(odd, 3), buckets=5, **options)
    made = in_order(cluster.pandas(cluster.module.customers(bases, end="1998-06")), "customer")
    wrong = different(made, in_order(cv.History(odd, **options).customers(end="1998-06").to_pandas(), "customer"))
    result.check("other names, keys of text, dates as objects, refunds, months", not wrong, wrong)


# --- What is refused


def refusals(result, cluster):
    data, by = survey(), system()
    frame, to = cluster.frame(data, 2), cluster.module
    lacking = cluster.frame(data.drop(columns="q3"), 2)
    result.raises("a column is missing", cv.NotFoundError, "q3", lambda: to.score(lacking, by, keep="key"))
    result.raises("nothing of that name to keep", KeyError, "'kee'", lambda: to.score(frame, by, keep="kee"))
    taken = cluster.frame(data.assign(value=1.0), 2)
    result.raises("a name is taken", ValueError, "'value' is a column of the result", lambda: to.score(taken, by))
    result.raises("no such option", TypeError, "lebels", lambda: to.score(frame, by, lebels="all"))
    result.raises("no such level", ValueError, "'leaf' is no level", lambda: to.score(frame, by, levels="leaf"))
    result.raises("no such profile", cv.NotFoundError, "nobody", lambda: to.score(frame, by, profile="nobody"))
    result.raises("another kind of model", TypeError, "a System is needed", lambda: to.score(frame, "system.json"))
    texts = cluster.frame(data.assign(q3="many"), 2)
    result.raises("texts for numbers", cv.ColumnTypeError, "q3", lambda: to.score(texts, by, keep="key"))
    bases = to.histories(cluster.frame(transactions()[:50], 2), buckets=2)
    result.raises("no end", ValueError, "end of observation", lambda: to.customers(bases, end=None))
    empty = to.histories(cluster.frame(transactions()[:0], 1), buckets=2)
    result.raises("no history", ValueError, "no history", lambda: to.customers(empty, end=END))
    result.raises("a part of no summary", ValueError, "'odds' is no part", lambda: to.summary(frame, parts=["odds"]))
    wild = cluster.frame(data.assign(q3=[math.inf if k == 1700 else 1.0 for k in range(len(data))]), 2)
    result.raises("an infinity on a worker", Exception, '"q3"', lambda: to.summary(wild))
    bad = cluster.frame(transactions().assign(date="soon"), 2)
    result.raises("no date on a worker", Exception, "soon", lambda: to.history(bad))
    made = cluster.pandas(to.score(frame, by, keep="key"))
    result.check("and the cluster works on", len(made) == len(data))


# --- What every embedding must answer


def calls(result, cluster, shared):
    """The shared calls: those of one model are one frame."""
    kinds = {"score": score_calls, "lifetime": lifetime_calls, "group": group_calls}
    for kind, run in kinds.items():
        by_model = {}
        for call in shared:
            if call["call"] == kind:
                model = json.dumps({name: call.get(name) for name in ("system", "lifetime", "groups", "inputs")})
                by_model.setdefault(model, []).append(call)
        wrong = [problem for group in by_model.values() for problem in run(cluster, group)]
        count = sum(map(len, by_model.values()))
        result.check(f"{count} shared calls of {kind}", count > 0 and not wrong, "; ".join(wrong[:5]))
    refused = [call for call in shared if call["call"] == "refuse"]
    wrong = [call["id"] for call in refused if not is_refused(call)]
    result.check(f"{len(refused)} documents are refused before anything runs", refused and not wrong, wrong)
    count = sum(call["call"] == "weights" for call in shared)
    result.skip(
        f"{count} shared calls of weights", "judgements are no data: custval.weights.ahp() solves them on the driver"
    )


def wrong_cells(call, made, names):
    """What is not as the call says: bits of the exact answer, and the expected one within the tolerance."""
    for name in names:
        got = None if pandas.isna(made[name]) else float(made[name])
        exact = call["exact"][name]
        if cell_bits(got) != cell_bits(exact):
            yield f"{call['id']}: {name} is {got!r}, not {exact!r}"
        expected = call["expected"].get(name, exact)
        if (got is None) != (expected is None):
            yield f"{call['id']}: {name} is {got!r}, not about {expected!r}"
        elif got is not None and abs(got - expected) > call["tolerance"] * max(1.0, abs(expected)):
            yield f"{call['id']}: {name} is {got!r}, not about {expected!r}"


def score_calls(cluster, group):
    by = cv.System(group[0]["system"])
    cells = list(zip(*(call["cells"] for call in group)))
    data = {}
    for name, column in zip(group[0]["inputs"], cells):
        if name in by._texts:
            data[name] = pandas.Series([None if cell is None else str(cell) for cell in column], dtype="str")
        else:
            data[name] = pandas.Series([numpy.nan if cell is None else float(cell) for cell in column], dtype="float64")
    data["call"] = numpy.arange(len(group))
    made = cluster.pandas(cluster.module.score(cluster.frame(pandas.DataFrame(data), 1), by, keep="call"))
    for (_, row), call in zip(in_order(made, "call").iterrows(), group):
        yield from wrong_cells(call, row, call["exact"])
        if int(row["status"]) != call["status"]:
            yield f"{call['id']}: status is {row['status']}, not {call['status']}"


def lifetime_calls(cluster, group):
    model = cv.Lifetime(group[0]["lifetime"])
    data = pandas.DataFrame([call["cells"] for call in group], columns=["x", "t_x", "T"], dtype="float64")
    data["ahead"] = [float(call["horizon"]) for call in group]
    data["call"] = numpy.arange(len(group))
    frame = cluster.frame(data, 1)
    made = cluster.pandas(
        cluster.module.predict(frame, model, keep="call", horizon="ahead", outputs=["alive", "expected"])
    )
    for (_, row), call in zip(in_order(made, "call").iterrows(), group):
        yield from wrong_cells(call, row, call["exact"])


def group_calls(cluster, group):
    model = cv.Groups(group[0]["groups"])
    data = pandas.DataFrame([call["cells"] for call in group], columns=group[0]["inputs"], dtype="float64")
    data["call"] = numpy.arange(len(group))
    made = in_order(cluster.pandas(cluster.module.group(cluster.frame(data, 1), model, keep="call")), "call")
    for got, call in zip(made["group"], group):
        if got != call["expected"]:
            yield f"{call['id']}: {got}, not {call['expected']}"


def is_refused(call):
    try:
        cv.System(call["system"])
    except cv.Error as error:
        return error.name == call["error"] and call["message_part"] in str(error)
    return False


PARTS = [scores, groups, programmes, summaries, histories, refusals]
