"""A second, plain implementation of scoring, written from docs/numerics.md and the headers alone, with 60 digits.

It is slow and simple on purpose: one row at a time, no state, no shared code with the library. make_scoring.py uses it
to compute the numbers of scoring.json."""

# SPDX-License-Identifier: Apache-2.0
from mpmath import mp, mpf

mp.dps = 60

LARGEST = mpf("1.7976931348623157e308")
SIDES = ("benefit", "sacrifice")
TAGS = ("pay", "do", "learn")
# Statuses that leave a row without any score; the others from "missing" on only take its value.
FATAL = {
    "out-of-scale",
    "not-finite",
    "unknown-category",
    "unknown-profile",
    "unknown-context",
    "bad-weight",
    "refused",
}
NO_VALUE = FATAL | {"missing", "undefined"}
STATUS_ORDER = (
    "gated",
    "overridden",
    "clamped",
    "dropped",
    "default-weights",
    "missing",
    "out-of-scale",
    "not-finite",
    "unknown-category",
    "unknown-profile",
    "unknown-context",
    "bad-weight",
    "undefined",
)
LEVELS = ("value", "side", "dimension", "indicator", "item", "derived", "tag")


def is_infinite(x):
    return isinstance(x, float) and x in (float("inf"), float("-inf"))


class Row:
    """One row on its way through the tree."""

    def __init__(self, system, cells, options):
        self.system, self.cells, self.options = system, cells, options
        self.status = set()
        self.scores = {}  # node id -> score or None
        self.coverage = {}  # node id -> coverage
        self.undefined = []  # ids of nodes whose aggregator or form gives no score
        self.profile = self.frame("profile", "profiles")
        self.context = self.frame("context", "contexts")

    # ---- Frames and weights ----

    def text(self, column):
        """A cell as a text: integers as decimals, an empty text is missing."""
        cell = self.cells[column]
        if isinstance(cell, float) and cell == int(cell):
            cell = int(cell)
        return None if cell is None or cell == "" else str(cell)

    def frame(self, what, table):
        if what in self.options:
            wanted = self.options[what]
        elif self.system.get(what + "_column"):
            wanted = self.text(self.system[what + "_column"])
        else:
            wanted = None
        if wanted is None:
            return {}
        for frame in self.system.get(table, []):
            if frame["id"] == wanted:
                return frame
        self.status.add("unknown-" + what)
        return {}

    def declared(self, node):
        """The weight in force: the context's, else the profile's, else the node's own."""
        for frame in (self.context, self.profile):
            if node["id"] in frame.get("weights", {}):
                return mpf(frame["weights"][node["id"]])
        return mpf(node.get("weight", 1))

    def weights(self, children):
        """Of a group of siblings: what the customer finds important, if the row has all of it, else the declared."""
        declared = [self.declared(child) for child in children]
        columns = [child.get("weight_column") for child in children]
        if columns[0] is None:
            return declared
        own = [self.cells[column] for column in columns]
        present = [x for x in own if x is not None]
        if any(is_infinite(x) or x < 0 for x in present):
            self.status.add("bad-weight")
        if len(present) < len(own):
            self.status.add("default-weights")
        elif sum(present) == 0:
            self.status.add("bad-weight")
        return declared if self.status & {"bad-weight"} or len(present) < len(own) else [mpf(x) for x in own]

    # ---- Items ----

    def curve(self, item, x):
        """Score of a valid answer."""
        curve = item.get("curve", {"type": "scale"})
        kind, x = curve["type"], mpf(x)
        low, high = (mpf(end) for end in item.get("scale", (0, 1)))
        if kind == "scale":
            score = 100 * (x - low) / (high - low)
        elif kind == "linear":
            score = mpf(curve["intercept"]) + mpf(curve["slope"]) * x
        elif kind == "log":
            score = 100 * (mp.log(x) - mp.log(low)) / (mp.log(high) - mp.log(low))
        elif kind == "logistic":
            score = 100 / (1 + mp.exp(-mpf(curve["steepness"]) * (x - mpf(curve["midpoint"]))))
        elif kind == "piecewise":
            score = self.piecewise(curve["points"], x)
        else:
            score = self.prospect(item, curve, x, low, high)
        return 100 - score if item.get("reversed") else score

    @staticmethod
    def piecewise(points, x):
        points = [(mpf(a), mpf(b)) for a, b in points]
        if x <= points[0][0]:
            return points[0][1]
        for (x0, y0), (x1, y1) in zip(points, points[1:]):
            if x <= x1:
                return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
        return points[-1][1]

    def prospect(self, item, curve, x, low, high):
        alpha, beta, loss = (mpf(curve.get(k, d)) for k, d in (("alpha", 0.88), ("beta", 0.88), ("lambda", 2.25)))
        expected = mpf(self.context.get("expectations", {}).get(item["id"], item["expectation"]))

        def felt(answer):
            d = (answer - expected) / (high - low)
            return d**alpha if d >= 0 else -loss * (-d) ** beta

        return 100 * (felt(x) - felt(low)) / (felt(high) - felt(low))

    def table_score(self, item, answer):
        curve = item["curve"]
        listed = dict(curve["scores"]) if "scores" in curve else {float(a): b for a, b in curve["points"]}
        if answer not in listed:
            self.status.add("unknown-category")
            return None
        score = mpf(listed[answer])
        return 100 - score if item.get("reversed") else score

    def answer(self, item):
        """Score of what was answered, or None."""
        cell = self.cells[item["column"]]
        is_table = item.get("curve", {}).get("type") == "table"
        if is_table and "scores" in item["curve"]:
            return None if cell in (None, "") else self.table_score(item, cell)
        if cell is None or cell in item.get("missing_codes", []):
            return None
        if is_infinite(cell):
            self.status.add("not-finite")
            return None
        if "scale" in item:
            low, high = item["scale"]
            if not low <= cell <= high:
                policy = item.get("out_of_scale", self.system.get("out_of_scale", "reject"))
                self.status.add({"reject": "out-of-scale", "missing": "dropped", "clamp": "clamped"}[policy])
                if policy != "clamp":
                    return None
                cell = low if cell < low else high
        score = self.table_score(item, cell) if is_table else self.curve(item, cell)
        if score is not None and abs(score) > LARGEST:
            self.status.add("not-finite")
            return None
        return score

    def item(self, item, side):
        missing = self.system.get("missing", {})
        policy = missing.get("policy", "nested")
        score = self.answer(item)
        coverage = mpf(0 if score is None else 1)
        if score is None:
            if policy == "reject":
                self.status |= {"missing", "refused"}
            elif policy == "neutral":
                score = mpf(missing.get("neutral", 50))
            elif policy == "worst":
                score = mpf(100 if side == "sacrifice" else 0)
        self.scores[item["id"]], self.coverage[item["id"]] = score, coverage

    # ---- Groups ----

    def aggregate(self, node, weights, scores, coverages, is_derived=False):
        """Score and coverage of a node from its children's. A child without weight is no child."""
        children = [(w, s, c) for w, s, c in zip(weights, scores, coverages) if w > 0]
        coverage = sum(w * c for w, _, c in children) / sum(w for w, _, _ in children)
        if len(scores) == 1:
            return scores[0], coverage
        if self.system.get("missing", {}).get("policy") == "flat":
            children = [(w * c, s, c) for w, s, c in children]
        answered = [(w, s) for w, s, _ in children if s is not None and w > 0]
        if not answered:
            return None, coverage
        kind = node.get("aggregator", "mean")
        total = sum(w for w, _ in answered)
        if kind in ("geometric", "harmonic", "power") and any(s < 0 for _, s in answered):
            if not is_derived:
                self.undefined.append(node["id"])
            return None, coverage
        zero = any(s == 0 for _, s in answered)
        if kind == "mean":
            return sum(w * s for w, s in answered) / total, coverage
        if kind == "minimum":
            return min(s for _, s in answered), coverage
        if kind == "geometric":
            return mpf(0) if zero else mp.exp(sum(w * mp.log(s) for w, s in answered) / total), coverage
        p = mpf(-1) if kind == "harmonic" else mpf(node["exponent"])
        if zero and p < 0:
            return mpf(0), coverage
        return (sum(w * s**p for w, s in answered) / total) ** (1 / p), coverage

    def settle(self, node, score, coverage):
        """Floor, reliefs, override, and the books."""
        floor = node.get("coverage_floor", self.system.get("missing", {}).get("coverage_floor", 0))
        if coverage < floor:
            score = None
        for relief in self.system.get("reliefs", []):
            benefit = self.scores[relief["by"]] if relief["node"] == node["id"] else None
            if score is not None and benefit is not None:
                score *= 1 - mpf(relief["share"]) * min(max(benefit, mpf(0)), mpf(100)) / 100
        override = self.override(node["id"])
        if override is not None and node["id"] != "value":
            score = override
            self.status.add("overridden")
        self.scores[node["id"]], self.coverage[node["id"]] = score, coverage

    def override(self, node):
        column = self.system.get("override_column")
        if not column:
            return None
        key = self.text(column)
        for override in self.system.get("overrides", []):
            holds = self.options.get("as_of", "") < override["expires"]
            if holds and override["key"] == key and override.get("node", "value") == node:
                return mpf(override["score"])
        return None

    def group(self, node, children):
        self.settle(
            node,
            *self.aggregate(
                node,
                self.weights(children),
                [self.scores[c["id"]] for c in children],
                [self.coverage[c["id"]] for c in children],
            )
        )

    def is_judged(self, node):
        """Whether a person's judgement stands in place of the node, or of one above it."""
        path = ["value"]
        for dimension in self.system["dimensions"]:
            for indicator in dimension["indicators"]:
                line = ["value", dimension["side"], dimension["id"], indicator["id"]]
                if node in line:
                    path = line[: line.index(node) + 1]
        return any(self.override(step) is not None for step in path)

    # ---- The whole ----

    def value(self, sides):
        form = self.system.get("form", "difference")
        weights = self.weights(sides)
        scores = [self.scores[side["id"]] for side in sides]
        coverages = [self.coverage[side["id"]] for side in sides]
        node = dict(self.system, id="value", coverage_floor=self.system.get("missing", {}).get("coverage_floor", 0))
        if len(sides) == 1:
            score, is_sacrifice = scores[0], sides[0]["id"] == "sacrifice"
            if score is not None and is_sacrifice:
                score = 100 - score if form == "index" else -score
            return self.settle(node, score, coverages[0])
        if form == "index":
            scores[1] = None if scores[1] is None else 100 - scores[1]
            return self.settle(node, *self.aggregate(node, weights, scores, coverages))
        coverage = self.aggregate({}, weights, [mpf(0), mpf(0)], coverages)[1]
        benefit, sacrifice = scores
        score = None
        if form == "ratio" and sacrifice == 0:
            self.undefined.append("value")
        elif benefit is not None and sacrifice is not None:
            score = benefit - sacrifice if form == "difference" else benefit / sacrifice
        self.settle(node, score, coverage)

    def derived(self, node):
        parts = list(node["from"].items())
        score, coverage = self.aggregate(
            node,
            [mpf(w) for _, w in parts],
            [self.scores[p] for p, _ in parts],
            [self.coverage[p] for p, _ in parts],
            is_derived=True,
        )
        self.settle(node, score, coverage)

    def gates(self):
        for gate in self.system.get("gates", []):
            score, value = self.scores[gate["node"]], self.scores["value"]
            if score is None or value is None:
                continue
            closed = score < gate["below"] if "below" in gate else score > gate["above"]
            if closed and value > gate["cap"]:
                self.scores["value"] = mpf(gate["cap"])
                self.status.add("gated")

    def tags(self, dimensions):
        def shares(siblings):
            total = sum(self.declared(s) for s in siblings)
            return [self.declared(s) / total for s in siblings]

        sums = {tag: [mpf(0), mpf(0)] for tag in TAGS}
        siblings = [d for d in dimensions if d["side"] == "sacrifice"]
        for dimension, outer in zip(siblings, shares(siblings) if siblings else []):
            for indicator, inner in zip(dimension["indicators"], shares(dimension["indicators"])):
                score = self.scores[indicator["id"]]
                if indicator.get("tag") in TAGS and score is not None:
                    sums[indicator["tag"]][0] += outer * inner * score
                    sums[indicator["tag"]][1] += outer * inner
        for tag, (total, weight) in sums.items():
            self.scores[tag] = total / weight if weight > 0 else None

    def run(self):
        dimensions = self.system["dimensions"]
        sides = []
        for side in SIDES:
            mine = [d for d in dimensions if d["side"] == side]
            for dimension in mine:
                for indicator in dimension["indicators"]:
                    for item in indicator["items"]:
                        self.item(item, side)
                    self.group(indicator, indicator["items"])
                self.group(dimension, dimension["indicators"])
            if mine:
                sides.append(dict(self.system.get(side, {}), id=side))
                self.group(sides[-1], mine)
        self.value(sides)
        for node in self.system.get("derived", []):
            self.derived(node)
        self.gates()
        judged = self.override("value")
        if judged is not None:
            self.scores["value"] = judged
            self.status.add("overridden")
        self.tags(dimensions)
        if any(not self.is_judged(node) for node in self.undefined):
            self.status.add("undefined")
        if self.scores["value"] is None and not self.status & NO_VALUE:
            self.status.add("missing")
        if self.status & NO_VALUE:
            self.scores["value"] = None
        if self.status & FATAL:
            self.scores = dict.fromkeys(self.scores)
            self.coverage = dict.fromkeys(self.coverage)
        self.status.discard("refused")


def name_items(system):
    """Gives every item the id that the library gives it: its own, else the column, else "indicator.column"."""
    taken = set()
    for dimension in system["dimensions"]:
        taken.add(dimension["id"])
        for indicator in dimension["indicators"]:
            taken.add(indicator["id"])
            for item in indicator["items"]:
                if "id" not in item:
                    column = item["column"]
                    item["id"] = column if column not in taken else indicator["id"] + "." + column
                taken.add(item["id"])


def columns_of(system, options):
    """Names of the result's columns, in order."""
    levels = options.get("levels", ["value", "side"])
    coverage = options.get("coverage", "value")
    names = []

    def add(level, name):
        if level in levels:
            names.append(name)
            if coverage == "all" and name != "value":
                names.append(name + ".coverage")

    add("value", "value")
    for side in SIDES:
        mine = [d for d in system["dimensions"] if d["side"] == side]
        if mine:
            add("side", side)
        for dimension in mine:
            add("dimension", dimension["id"])
            for indicator in dimension["indicators"]:
                add("indicator", indicator["id"])
                for item in indicator["items"]:
                    add("item", item["id"])
    for node in system.get("derived", []):
        add("derived", node["id"])
    if "tag" in levels:
        names += TAGS
    return names + (["coverage"] if coverage != "none" else [])


def score(system, columns, rows, options):
    """Result columns by name, in order, and the status of every row as words."""
    name_items(system)
    out = {name: [] for name in columns_of(system, options)}
    statuses = []
    for cells in rows:
        row = Row(system, dict(zip(columns, cells)), options)
        row.run()
        for name in out:
            of_coverage = name == "coverage" or name.endswith(".coverage")
            node = "value" if name == "coverage" else name.removesuffix(".coverage")
            number = (row.coverage if of_coverage else row.scores)[node]
            out[name].append(None if number is None else float(number))
        statuses.append([word for word in STATUS_ORDER if word in row.status])
    return out, statuses
