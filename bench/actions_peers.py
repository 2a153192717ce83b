# Groups, migration, programmes and scenarios with NumPy, pandas and polars: as one writes them down first, and the fastest that
# we found; and what is simulated for them.
# SPDX-License-Identifier: Apache-2.0
import json
from pathlib import Path

import numpy as np
import pandas as pd

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
STATES = ["light", "medium", "heavy"]
ABSENT = len(STATES)
CHUNK = 50_000  # customers at a time where a matrix of all would not fit


# --- Groups: recency, frequency and money of examples/groups/rfm.json --------------------------------------------------------


def make_customers(rows):
    random = np.random.default_rng(20260501)
    return pd.DataFrame({
        "since_last": random.exponential(90.0, rows),
        "transactions": (random.poisson(2.0, rows) + 1).astype(np.float64),
        "total_spend": random.gamma(1.5, 80.0, rows),
    })


def groups_plain(customers):
    """Levels with pandas, one condition after the other."""
    levels = {}
    for measure in json.loads((EXAMPLES / "groups" / "rfm.json").read_text())["measures"]:
        column = customers[measure["column"]]
        cuts = measure.get("cuts") or column.quantile(measure["quantiles"]).tolist()
        level = pd.cut(column, [-np.inf, *cuts, np.inf], right=False, labels=False) + 1
        levels[measure["id"]] = len(cuts) + 2 - level if measure.get("less_is_better") else level
    r, f, m = levels["recency"], levels["frequency"], levels["money"]
    wishes = [(r >= 4) & (f >= 4) & (m >= 4), (r >= 3) & (f >= 3), (r >= 4) & (f == 2), (r >= 4) & (f == 1),
              (r <= 2) & (f >= 3), r == 3, r <= 2]
    names = ["champions", "loyal", "promising", "new", "at_risk", "attention", "lost"]
    return pd.DataFrame({"group": np.select(wishes, names, default=""), **levels})


def groups_fast(customers):
    """Levels by comparing with each cut, groups from a table of all combinations; the names stay a category."""
    document = json.loads((EXAMPLES / "groups" / "rfm.json").read_text())
    codes, levels = np.zeros(len(customers), dtype=np.int16), {}
    for measure in document["measures"]:
        column = customers[measure["column"]].to_numpy()
        cuts = measure.get("cuts") or np.quantile(column, measure["quantiles"])
        level = np.ones(len(column), dtype=np.int16)
        for cut in cuts:
            level += column >= cut
        if measure.get("less_is_better"):
            level = np.int16(len(cuts) + 2) - level
        levels[measure["id"]] = level
        codes = codes * np.int16(6) + level
    chosen = np.full(6**3, -1, dtype=np.int8)
    for place, level in enumerate(np.ndindex(6, 6, 6)):
        known = dict(zip(levels, level))
        for number, group in enumerate(document["groups"]):
            wanted = {name: wish if isinstance(wish, list) else [wish, wish] for name, wish in group["when"].items()}
            if all(low <= known[name] <= high for name, (low, high) in wanted.items()):
                chosen[place] = number
                break
    names = [group["id"] for group in document["groups"]]
    return pd.DataFrame({"group": pd.Categorical.from_codes(chosen[codes], names), **levels})


# --- Migration: a million customers in each of two periods, a sixth of whom are in one of them only --------------------------


def make_periods(rows, kind):
    """kind: the ids are whole numbers close together or far apart, or texts."""
    random = np.random.default_rng(20260502)
    pool = rows + rows // 5
    ids = {
        "close": lambda: np.arange(pool) + 1000,
        "far": lambda: random.permutation(np.unique(random.integers(0, 1 << 50, pool + pool // 8)))[:pool],
        "texts": lambda: np.char.add("customer-", (np.arange(pool) + 1_000_000).astype("U7")).astype(object),
    }[kind]()
    frames = []
    for _ in range(2):
        who = random.choice(pool, rows, replace=False)
        states = np.array(STATES, dtype=object)[random.integers(0, len(STATES), rows)]
        frames.append(pd.DataFrame({"customer": ids[who], "state": states}))
    return frames


def as_counts(rows):
    """{(from, to): customers}; the absent ones of pandas and polars are missing."""
    return {tuple("absent" if state is None or state != state else state for state in key): count for key, count in rows}


def migration_plain(first, second):
    both = first.merge(second, on="customer", how="outer", suffixes=("_0", "_1"))
    states = [both[name].astype(object).fillna("absent") for name in ("state_0", "state_1")]
    return as_counts(pd.crosstab(*states).stack().items())


def migration_polars(first, second):
    both = first.join(second, on="customer", how="full", suffix="_1").group_by("state", "state_1").len()
    return as_counts(((a, b), count) for a, b, count in both.iter_rows())


def migration_fast(first, second):
    """pandas' hash table alone, and one count over codes."""
    at = pd.Index(first["customer"]).get_indexer(second["customer"])
    before, after = (pd.Categorical(frame["state"], STATES).codes.astype(np.int64) for frame in (first, second))
    came = at >= 0
    then = np.full(len(first), ABSENT)
    then[at[came]] = after[came]
    moved = np.bincount(before * (ABSENT + 1) + then, minlength=(ABSENT + 1) ** 2).reshape(ABSENT + 1, -1)
    moved[ABSENT, :ABSENT] += np.bincount(after[~came], minlength=ABSENT)
    names = [*STATES, "absent"]
    return {(a, b): moved[i, k] for i, a in enumerate(names) for k, b in enumerate(names)}


# --- Programmes: 200, each for whom two or three comparisons hold, three taken ------------------------------------------------

PROGRAMMES, TOP = 200, 3
NUMBERS, FLAGS = [f"n{k}" for k in range(6)], [f"f{k}" for k in range(3)]
SEGMENTS = ["household", "small_firm", "large_firm", "public"]
COMPARE = {">=": np.greater_equal, "<": np.less}


def make_base(times):
    """The document; times: a tenth of the effects depends on the customer."""
    random = np.random.default_rng(20260503)
    programmes = []
    for place in range(PROGRAMMES):
        parts = [{"trait": str(random.choice(NUMBERS)), str(random.choice([">=", "<"])): round(random.uniform(20.0, 80.0), 1)}
                 for _ in range(1 + place % 2)]
        parts.append({"trait": "segment", "=": str(random.choice(SEGMENTS))} if place % 3 == 0 else
                     {"trait": str(random.choice(FLAGS)), "=": bool(place % 2)})
        effect = {"value": round(random.uniform(1.0, 30.0), 3), "success": round(random.uniform(0.1, 0.9), 3)}
        if times and place % 10 == 0:
            effect |= {"value": round(effect["value"] / 50.0, 5), "times": "n0"}
        programmes.append({"id": f"p{place}", "cost": round(random.uniform(0.0, 3.0), 2), "effect": effect, "when": {"all": parts}})
    traits = [{"id": name, "type": "number", "range": [0, 100]} for name in NUMBERS]
    traits += [{"id": name, "type": "flag"} for name in FLAGS]
    traits.append({"id": "segment", "type": "category", "values": SEGMENTS})
    return {"custval": "programmes", "version": 1, "traits": traits, "programmes": programmes}


def make_traits(rows):
    """One cell in twenty is not known."""
    random = np.random.default_rng(20260504)
    data = {name: random.uniform(0.0, 100.0, rows) for name in NUMBERS}
    data |= {name: (random.uniform(size=rows) < 0.4).astype(np.float64) for name in FLAGS}
    for column in data.values():
        column[random.uniform(size=rows) < 0.05] = np.nan
    return pd.DataFrame(data | {"segment": pd.Categorical.from_codes(random.integers(0, len(SEGMENTS), rows), SEGMENTS)})


def fits(programme, columns):
    """Whom it is for: a comparison with what is not known does not hold."""
    whole = True
    for part in programme["when"]["all"]:
        (operator, wanted), = ((key, value) for key, value in part.items() if key != "trait")
        column = columns[part["trait"]]
        whole = whole & (COMPARE[operator](column, wanted) if operator in COMPARE else column == wanted)
    return whole


def net_of(programme, columns):
    effect = programme["effect"]
    value = effect["value"] * columns[effect["times"]] if "times" in effect else effect["value"]
    return effect["success"] * value - programme["cost"]


def columns_of(traits, rows=slice(None)):
    """Arrays; segments as objects, which compare like texts."""
    return {name: traits[name].to_numpy()[rows] for name in traits}


def match_plain(base, traits):
    """The net of every programme for every customer, sorted by row."""
    taken, nets = [], []
    for start in range(0, len(traits), CHUNK):
        columns = columns_of(traits, slice(start, start + CHUNK))
        matrix = np.full((len(columns["n0"]), PROGRAMMES), -np.inf)
        for place, programme in enumerate(base["programmes"]):
            net = net_of(programme, columns)
            matrix[:, place] = np.where(fits(programme, columns) & (net >= 0.0), net, -np.inf)
        best = np.argsort(-matrix, axis=1, kind="stable")[:, :TOP].copy()
        taken.append(best)
        nets.append(np.take_along_axis(matrix, best, axis=1))
    return np.concatenate(taken), np.concatenate(nets)


def match_part(base, traits):
    """The same, with the three highest picked rather than all sorted, and segments compared as codes."""
    taken, nets = [], []
    for start in range(0, len(traits), CHUNK):
        rows = slice(start, start + CHUNK)
        columns = columns_of(traits[[*NUMBERS, *FLAGS]], rows)
        codes = traits["segment"].cat.codes.to_numpy()[rows]
        matrix = np.full((PROGRAMMES, len(codes)), -np.inf)
        for place, programme in enumerate(base["programmes"]):
            whole = fits_codes(programme, columns, codes)
            net = net_of(programme, columns)
            np.copyto(matrix[place], net, where=whole & (net >= 0.0))
        some = np.argpartition(-matrix, TOP, axis=0)[:TOP]
        order = np.argsort(-np.take_along_axis(matrix, some, axis=0), axis=0, kind="stable")
        best = np.take_along_axis(some, order, axis=0)
        taken.append(best.T)
        nets.append(np.take_along_axis(matrix, best, axis=0).T)
    return np.concatenate(taken), np.concatenate(nets)


def fits_codes(programme, columns, codes):
    parts = programme["when"]["all"]
    whole = fits({"when": {"all": [part for part in parts if part["trait"] != "segment"]}}, columns)
    for part in parts:
        if part["trait"] == "segment":
            whole = whole & (codes == SEGMENTS.index(part["="]))
    return whole


def match_ranked(base, traits):
    """Where no net depends on the customer: programme by programme from the best one down, until all have three."""
    taken = np.full((len(traits), TOP), -1, dtype=np.int16)
    nets = np.full((len(traits), TOP), -np.inf)
    ranking = sorted(range(PROGRAMMES), key=lambda place: -net_of(base["programmes"][place], None))
    for start in range(0, len(traits), CHUNK):
        rows = slice(start, start + CHUNK)
        columns, codes = columns_of(traits[[*NUMBERS, *FLAGS]], rows), traits["segment"].cat.codes.to_numpy()[rows]
        filled, left = np.zeros(len(codes), dtype=np.int8), len(codes)
        for place in ranking:
            programme = base["programmes"][place]
            net = net_of(programme, columns)
            if net < 0.0 or left == 0:
                break
            who = np.flatnonzero(fits_codes(programme, columns, codes) & (filled < TOP))
            taken[start + who, filled[who]] = place
            nets[start + who, filled[who]] = net
            filled[who] += 1
            left -= np.count_nonzero(filled[who] == TOP)
    return taken, nets


# --- Scenario: a promotion with quality inference, period by period -----------------------------------------------------------

PERIODS, LENGTH, MU, STAY, RIVAL, POINTS = 12, 3, 0.1, 5.0, 5.0, 10.0
WEIGHTS = [0.2, 0.2, 0.1, 0.25, 0.25, 0.4, 0.3, 0.2, 0.1]
DIMENSIONS = [("benefit", 0.5, range(0, 3)), ("benefit", 0.5, range(3, 5)), ("sacrifice", 0.6, range(5, 7)), ("sacrifice", 0.4, range(7, 9))]
PLAN = {
    "custval": "scenario", "version": 1, "kind": "promotion", "periods": PERIODS,
    "sales": {"mu": MU, "rival": RIVAL, "volume": "volume", "switching_cost": STAY, "uplift": 0.5},
    "price": {"list": 100, "second_unit": 1, "length": LENGTH, "money": [{"node": "i5", "factor": 1}],
              "quality": [{"node": "i0", "kappa": 0.2}], "reference": {"theta": 0.6, "points": POINTS}},
}


def make_tree():
    """The system, as a document."""
    dimensions = []
    for place, (side, weight, indicators) in enumerate(DIMENSIONS):
        children = [{"id": f"i{k}", "weight": WEIGHTS[k], "items": [{"column": f"q{k}", "scale": [1, 10]}]} for k in indicators]
        dimensions.append({"id": f"d{place}", "side": side, "weight": weight, "indicators": children})
    return {"custval": "system", "version": 1, "dimensions": dimensions}


def make_answers(rows):
    random = np.random.default_rng(20260505)
    data = {f"q{k}": random.integers(1, 11, rows).astype(np.float64) for k in range(len(WEIGHTS))}
    data["volume"] = random.gamma(2.0, 1.0, rows)
    return data


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
    """Values with and without what the price says of quality."""
    data = dict(data)
    data["q5"] = 1.0 + np.clip((data["q5"] - 1.0) * (1.0 + strength), 0.0, 9.0)
    plain = score(data)
    data["q0"] = 1.0 + np.clip((data["q0"] - 1.0) * (1.0 + 0.2 * strength), 0.0, 9.0)
    return score(data), plain


def scenario(data, path, reuse):
    """reuse: values of a strength that was there before are not scored again."""
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
    switches = np.argmax([value + STAY < RIVAL for value in values[1:]], axis=0)
    columns = [values[0], sum(values[during]) / LENGTH, sum(values[after]) / (PERIODS - LENGTH), np.min(values[1:], axis=0), switches]
    columns += [sum(plains[during]) / LENGTH, units[0], 1.5 * sum(units[during]) / LENGTH, sum(units[after]) / (PERIODS - LENGTH)]
    return columns, totals
