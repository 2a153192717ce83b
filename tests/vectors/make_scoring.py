#!/usr/bin/env python3
"""Writes scoring.json: cases of scoring for every language, with the numbers of scoring_model.py.

Needs mpmath (pip install mpmath). Run by hand after a change of the documented semantics; the build only reads the
result. Cases that fail carry the status and a part of the message that they must give; those are written by hand."""
# SPDX-License-Identifier: Apache-2.0
import copy
import json
import pathlib

import scoring_model

NOTE = (
    "Scoring, for every language. A case is a system document ('system'), a table ('columns', 'rows'; null is a "
    "missing cell), 'options', and what must come out: 'expected' holds some result columns by name, null where "
    "there is no score, and 'status' as lists of words; 'result_columns', where given, are the names of all "
    "result columns in order. |actual - expected| <= tolerance * max(1, |expected|). 'types' gives the type of a "
    "column as custval_type_name() does; else a column with a text in it is 'utf8', any other 'float64'; in a "
    "column of numbers the texts 'inf', '-inf' and 'nan' stand for these doubles. Instead of 'expected' a case "
    "may have 'error', the name of the status that building the system or scoring the table gives, and "
    "'message_part', which the message contains. Computed by make_scoring.py, an implementation of its own in 60 "
    "digits."
)
SPECIAL = {"inf": float("inf"), "-inf": float("-inf"), "nan": None}
cases = []


# ---- Short ways to write documents ----


def item(column, scale=(1, 10), **more):
    return {"column": column, **({"scale": list(scale)} if scale else {}), **more}


def indicator(name, *items, **more):
    return {"id": name, **more, "items": [item(i) if isinstance(i, str) else i for i in items]}


def benefit(name, *indicators, **more):
    return {"id": name, "side": "benefit", **more, "indicators": list(indicators)}


def sacrifice(name, *indicators, **more):
    return {"id": name, "side": "sacrifice", **more, "indicators": list(indicators)}


def system(*dimensions, **more):
    return {"custval": "system", "version": 1, **more, "dimensions": list(dimensions)}


def flat_system(*columns, node=None, **more):
    """One benefit dimension of one indicator, whose items are the columns."""
    items = [c if isinstance(c, dict) else item(c) for c in columns]
    return system(benefit("product", indicator("quality", *items, **(node or {}))), **more)


def both_sides(**more):
    return system(
        benefit("product", indicator("quality", "q1", "q2", weight=3), indicator("range", "q3", weight=1), weight=60),
        benefit("service", indicator("staff", "q4"), weight=40),
        sacrifice("money", indicator("price", "q5", tag="pay"), weight=2),
        sacrifice("effort", indicator("waiting", "q6", tag="do", weight=3), indicator("manual", "q7", tag="learn"),
        weight=1),
        **more,
    )


SEVEN = ["q1", "q2", "q3", "q4", "q5", "q6", "q7"]
FULL = [[8, 6, 9, 7, 4, 3, 2], [1, 1, 1, 1, 10, 10, 10], [10, 10, 10, 10, 1, 1, 1]]
HOLES = [[8, None, 9, 7, 4, 3, 2], [None, None, 9, 7, 4, None, 2], [8, 6, None, None, None, 3, None]]
ALL_LEVELS = list(scoring_model.LEVELS)


# ---- Adding cases ----


def add(name, document, columns, rows, only=None, notes="", tolerance=1e-12, order=False, types=None, **options):
    """A case whose numbers the model computes; `only` names the result columns to compare, else all."""
    types = types or {}
    numbers = [[SPECIAL.get(x, x) if types.get(c) == "float64" else x for c, x in zip(columns, row)] for row in rows]
    model_options = dict(options)
    out, status = scoring_model.score(copy.deepcopy(document), columns, numbers, model_options)
    expected = {key: out[key] for key in only} if only else out
    case = {"id": name, "notes": notes, "system": document, "columns": columns, "rows": rows}
    if types:
        case["types"] = types
    if options:
        case["options"] = options
    if order:
        case["result_columns"] = list(out) + ["status"]
    case["expected"] = {**expected, "status": status}
    case["tolerance"] = tolerance
    cases.append(case)


def fails(name, document, error, part, columns=("q1",), rows=((5,),), notes="", types=None, **options):
    case = {"id": name, "notes": notes, "system": document, "columns": list(columns), "rows": [list(r) for r in rows]}
    if types:
        case["types"] = types
    if options:
        case["options"] = options
    cases.append({**case, "error": "CUSTVAL_ERROR_" + error, "message_part": part})


# ---- Forms ----

for form in ("difference", "index", "ratio"):
    add(f"form_{form}", both_sides(form=form), SEVEN, FULL, order=True, levels=ALL_LEVELS, coverage="all",
        notes="awkward input: one row, all rows equal: the second and third row are the ends of every scale")
add("form_default_levels", both_sides(), SEVEN, FULL[:1], order=True)
add("form_no_coverage", both_sides(), SEVEN, FULL[:1], order=True, coverage="none", levels=["value", "dimension"])
add("form_index_side_weights", both_sides(form="index", benefit={"weight": 3}, sacrifice={"weight": 1}), SEVEN, FULL)
for aggregator, more in (("geometric", {}), ("harmonic", {}), ("minimum", {}), ("power", {"exponent": 0.5})):
    add(f"form_index_{aggregator}", both_sides(form="index", aggregator=aggregator, **more, benefit={"weight": 2}),
        SEVEN,
        FULL)
add("form_index_one_side_unanswered", both_sides(form="index"), SEVEN,
    [[None] * 4 + [4, 3, 2], [8, 6, 9, 7] + [None] * 3])
add("form_difference_one_side_unanswered", both_sides(), SEVEN, [[None] * 4 + [4, 3, 2], [8, 6, 9, 7] + [None] * 3])
add("form_ratio_sacrifice_zero", both_sides(form="ratio"), SEVEN, [[8, 6, 9, 7, 1, 1, 1], [1, 1, 1, 1, 4, 3, 2]],
    notes="S = 0 has no value; B = 0 has the value 0")
add("form_benefit_only", flat_system("q1", "q2"), ["q1", "q2"], [[3, 8]], order=True)
for form in ("difference", "index"):
    add(f"form_sacrifice_only_{form}", system(sacrifice("money", indicator("price", "q1", "q2")), form=form),
        ["q1", "q2"],
        [[3, 8], [1, 1], [None, None]], order=True)

# ---- Weights ----

add("weights_any_scale", flat_system(item("q1", weight=1), item("q2", weight=3)), ["q1", "q2"], [[3, 8]],
    notes="awkward input: weights that sum to 4 are normalised")
add("weights_huge", flat_system(item("q1", weight=1e308), item("q2", weight=1.5e308), item("q3", weight=1e-300)),
    ["q1", "q2", "q3"], [[3, 8, 5]], notes="awkward input: values near 1e200")
add("weights_zero_child_left_out", flat_system(item("q1", weight=0), "q2"), ["q1", "q2"],
    [[3, 8], [None, 8], [3, None]],
    levels=ALL_LEVELS, coverage="all")

# ---- Aggregators ----

AGGREGATORS = (("mean", {}), ("geometric", {}), ("harmonic", {}), ("minimum", {}), ("power", {"exponent": 2}))
THREE = (item("q1", weight=2), item("q2", weight=3), item("q3", weight=5))
for aggregator, more in AGGREGATORS:
    add(f"aggregator_{aggregator}", flat_system(*THREE, node={"aggregator": aggregator, **more}), ["q1", "q2", "q3"],
        [[3, 8, 5], [3, None, 5], [1, 8, 5], [10, 10, 10], [1, 1, 1], [None, None, 4]],
        notes="awkward input: a zero in a geometric mean gives zero, by definition")
for exponent in (-0.5, -1, 1, 0.25, 8):
    add(f"aggregator_power_{exponent}", flat_system(*THREE, node={"aggregator": "power", "exponent": exponent}),
        ["q1", "q2", "q3"], [[3, 8, 5], [1, 8, 5], [3, None, 5]])
add("aggregator_at_every_level",
    system(
        benefit("product", indicator("quality", "q1", "q2", aggregator="harmonic"), indicator("range", "q3"),
                aggregator="geometric"),
        benefit("service", indicator("staff", "q4")),
        sacrifice("money", indicator("price", "q5", "q6", aggregator="power", exponent=3)),
        sacrifice("effort", indicator("waiting", "q7")),
        benefit={"aggregator": "minimum"}, sacrifice={"aggregator": "harmonic"},
    ), SEVEN, FULL + HOLES, levels=ALL_LEVELS, coverage="all")
LINE = {"type": "linear", "intercept": -20, "slope": 10}
LINES = [item("q1", None, curve=LINE), item("q2", None, curve=LINE)]
for aggregator, more in AGGREGATORS:
    add(f"aggregator_{aggregator}_below_zero", flat_system(*LINES, "q3", node={"aggregator": aggregator, **more}),
        ["q1", "q2", "q3"], [[1, 8, 5], [3, 8, 5], [1, 8, None], [1, None, None]], levels=ALL_LEVELS, coverage="all",
        notes="awkward input: a negative score under a geometric, harmonic or power mean has no value, and a status")
add("aggregator_only_child_stands_for_parent",
    flat_system(item("q1", None, curve=LINE), node={"aggregator": "geometric"}), ["q1"], [[1], [2], [8]],
    levels=ALL_LEVELS)
add("aggregator_minimum_ignores_weightless", flat_system(item("q1", weight=0), "q2", "q3",
    node={"aggregator": "minimum"}),
    ["q1", "q2", "q3"], [[1, 8, 5], [1, None, None]])
add("aggregator_weightless_below_zero",
    system(
        benefit("product", indicator("a", item("q1", None, curve=LINE), weight_column="wa"),
        indicator("b", "q2", weight_column="wb"),
                indicator("c", "q3", weight_column="wc"), aggregator="geometric"),
        benefit("service", indicator("staff", "q4")),
    ), ["q1", "q2", "q3", "q4", "wa", "wb", "wc"], [[1, 8, 5, 4, 0, 1, 2], [1, 8, 5, 4, 1, 1, 2]], levels=ALL_LEVELS,
    notes="a weight of 0 leaves a child out altogether, also when it is this customer's own")

# ---- Curves ----


def curve_case(name, answers, only=None, notes="", scale=(1, 7), **more):
    add("curve_" + name, flat_system(item("q1", scale, **more)), ["q1"], [[a] for a in answers], only=only, notes=notes)


curve_case("scale", [1, 2, 3.7, 6.999, 7])
curve_case("scale_reversed", [1, 2, 3.7, 6.999, 7], reversed=True)
curve_case("scale_awkward_ends", [0.1, 0.7, 0.30000000000000004], scale=(0.1, 0.7))
curve_case("scale_huge", [-1e200, 0, 3e199, 1e200], scale=(-1e200, 1e200), notes="awkward input: values near 1e200")
curve_case("scale_constant_column", [4, 4, 4],
    notes="awkward input: constant column: the scale is declared, not taken from data")
curve_case("linear", [-3, 0, 12.5], scale=None, curve={"type": "linear", "intercept": 12.5, "slope": 3.25})
curve_case("linear_reversed_beyond_100", [-3, 0, 40], scale=None, reversed=True,
           curve={"type": "linear", "intercept": 12.5, "slope": 3.25})
curve_case("linear_overflow", [1e200, 1], scale=None, curve={"type": "linear", "intercept": 0, "slope": 1e200},
           notes="awkward input: values near 1e200: an overflow is a status, not an infinity")
curve_case("log", [100, 3829, 20000, 75000], scale=(100, 75000), curve={"type": "log"})
curve_case("log_reversed", [0.001, 0.5, 1], scale=(0.001, 1), reversed=True, curve={"type": "log"})
curve_case("logistic", [-1000, 1, 4, 5.5, 1000], scale=None, curve={"type": "logistic", "midpoint": 4,
    "steepness": 1.5})
curve_case("logistic_falling", [1, 4, 5.5], curve={"type": "logistic", "midpoint": 4, "steepness": -0.7})
POINTS = {"type": "piecewise", "points": [[1, 0], [3, 55], [4.5, 50], [7, 100]]}
curve_case("piecewise", [-5, 1, 2, 3, 4, 4.5, 5, 7, 99], scale=None, curve=POINTS)
curve_case("piecewise_reversed_on_scale", [1, 2, 5], reversed=True, curve=POINTS)
PROSPECT = {"type": "prospect", "alpha": 0.88, "beta": 0.8, "lambda": 2.25}
curve_case("prospect", [1, 2, 4, 5, 7], expectation=4, curve=PROSPECT)
curve_case("prospect_published_defaults", [1, 3, 6, 7], expectation=5, curve={"type": "prospect"})
curve_case("prospect_reversed", [1, 3, 6, 7], expectation=2.5, reversed=True, curve=PROSPECT)
curve_case("prospect_expectation_at_the_end", [1, 3, 7], expectation=1, curve=PROSPECT)
CLASSES = {"type": "table", "scores": {"gold": 100, "\u94f6": 40.5, "none": 0}}
add("curve_table_of_texts", flat_system(item("class", None, curve=CLASSES)), ["class"],
    [["gold"], ["\u94f6"], ["none"], [None], [""], ["Gold"], ["gold "]],
    notes="a text that is not listed is not guessed at; an empty text is missing")
add("curve_table_of_texts_reversed", flat_system(item("class", None, reversed=True, curve=CLASSES)), ["class"],
    [["gold"], ["none"]])
curve_case("table_of_numbers", [1, 2, 99, None, 3], scale=None, missing_codes=[99],
           curve={"type": "table", "points": [[2, 30], [1, 10]]})
curve_case("table_of_numbers_on_scale", [1, 7, 3, 8], out_of_scale="clamp",
           curve={"type": "table", "points": [[1, 0], [3, 80], [7, 100]]})

# ---- Missing answers ----

for policy in ("nested", "flat", "neutral", "worst", "reject"):
    add(f"missing_{policy}", both_sides(missing={"policy": policy}), SEVEN, FULL[:1] + HOLES, levels=ALL_LEVELS,
        coverage="all", notes="awkward input: one NaN or missing cell concerns that row only")
add("missing_neutral_of_30", both_sides(missing={"policy": "neutral", "neutral": 30}), SEVEN, HOLES)
add("missing_nan_is_missing", flat_system("q1", "q2"), ["q1", "q2"], [["nan", 4], [4, 4]], types={"q1": "float64"})
add("missing_everything", both_sides(), SEVEN, [[None] * 7], levels=ALL_LEVELS, coverage="all",
    types={c: "float64" for c in SEVEN})
add("missing_flat_index", both_sides(form="index", missing={"policy": "flat"}, benefit={"weight": 3}), SEVEN, HOLES)
add("missing_geometric_neutral", flat_system(*THREE, node={"aggregator": "geometric"}, missing={"policy": "neutral"}),
    ["q1", "q2", "q3"], [[3, None, 5], [None, None, None]])
add("missing_geometric_worst", flat_system(*THREE, node={"aggregator": "geometric"}, missing={"policy": "worst"}),
    ["q1", "q2", "q3"], [[3, None, 5]])

# ---- Coverage floors ----

add("floor_of_system", both_sides(missing={"coverage_floor": 0.6}), SEVEN, FULL[:1] + HOLES, levels=ALL_LEVELS,
    coverage="all")
add("floor_at_its_edge", flat_system("q1", "q2", missing={"coverage_floor": 0.5}), ["q1", "q2"],
    [[3, None], [None, None]],
    notes="a coverage equal to the floor is enough")
add("floor_of_node_goes_first",
    system(benefit("product", indicator("quality", "q1", "q2", coverage_floor=0), indicator("range", "q3", "q4"),
                   indicator("look", "q5", "q6", coverage_floor=1), coverage_floor=0.1),
           missing={"coverage_floor": 0.6}, benefit={"coverage_floor": 0}),
    SEVEN[:6], [[8, None, 9, None, 4, None], [8, 3, 9, None, 4, None], [8, 6, 9, 7, 4, 3]], levels=ALL_LEVELS,
    coverage="all")
for policy in ("neutral", "worst"):
    add(f"floor_with_{policy}",
        system(benefit("product", indicator("quality", "q1", "q2"), indicator("range", "q3", "q4", "q5")),
               missing={"policy": policy, "coverage_floor": 0.5}),
        SEVEN[:5], [[8, None, 9, None, None], [8, None, 9, 7, None]], levels=ALL_LEVELS, coverage="all",
        notes="a floor looks at nodes; an unanswered item still takes its stand-in")

# ---- Out of scale, codes, infinities ----

for policy in ("reject", "missing", "clamp"):
    add(f"out_of_scale_{policy}", flat_system("q1", "q2", out_of_scale=policy), ["q1", "q2"],
        [[0, 5], [11, 5], [10.000000000000002, 5], [0, 11], [3, 5]], levels=ALL_LEVELS, coverage="all")
add("out_of_scale_of_item_goes_first",
    flat_system(item("q1", out_of_scale="reject"), item("q2", out_of_scale="missing"), item("q3"),
        out_of_scale="clamp"),
    ["q1", "q2", "q3"], [[5, 11, 11], [11, 5, 5], [5, 5, 0]])
add("out_of_scale_missing_and_reject", flat_system("q1", "q2", out_of_scale="missing", missing={"policy": "reject"}),
    ["q1", "q2"], [[11, 5], [5, 5]], notes="dropped answers are unanswered, and unanswered rows are refused")
add("out_of_scale_missing_and_neutral", flat_system("q1", "q2", out_of_scale="missing", missing={"policy": "neutral"}),
    ["q1", "q2"], [[11, 5]])
add("out_of_scale_clamp_prospect", flat_system(item("q1", (1, 7), expectation=4, curve=PROSPECT), out_of_scale="clamp"),
    ["q1"], [[0], [8]])
add("codes_beyond_the_scale", flat_system(item("q1", missing_codes=[98, 99]), "q2"), ["q1", "q2"],
    [[98, 5], [99, 5], [97, 5], [3, 5], [3, 98]],
    notes="declared codes are no answers, whatever the policy says of the scale")
add("codes_inside_the_scale", flat_system(item("q1", (0, 10), missing_codes=[0, 5.5]), "q2"), ["q1", "q2"],
    [[0, 5], [5.5, 5], [1, 5], [None, 5]], levels=ALL_LEVELS)
add("codes_inside_a_reversed_scale", flat_system(item("q1", (0, 10), missing_codes=[10], reversed=True), "q2"),
    ["q1", "q2"], [[10, 5], [0, 5]], levels=ALL_LEVELS)
add("codes_without_a_scale", flat_system(item("q1", None, missing_codes=[-1], curve=LINE), "q2"), ["q1", "q2"],
    [[-1, 5], [1, 5]])
add("infinite_answers", flat_system(item("q1", out_of_scale="clamp"), "q2"), ["q1", "q2"],
    [[5, 5], ["inf", 5], ["-inf", 5], [7, 3]], types={"q1": "float64"}, levels=ALL_LEVELS, coverage="all",
    notes="awkward input: one +inf is refused in its row, whatever the policy of the scale, and in no other")
add("several_troubles_in_one_row",
    flat_system(item("q1"), item("q2", out_of_scale="clamp"), item("q3", out_of_scale="missing"),
        item("class", None, curve=CLASSES)),
    ["q1", "q2", "q3", "class"], [[11, 11, 11, "tin"], [None, 11, 11, "gold"]])
add("int32_columns", flat_system(item("q1", (0, 2147483647)), item("q2", (-2147483648, 0), reversed=True)),
    ["q1", "q2"],
    [[2147483647, -2147483648], [0, 0], [None, -5], [1000000000, None]], types={"q1": "int32", "q2": "int32"},
    notes="awkward input: int32 columns: no overflow")
add("rows_keep_their_order", flat_system("q1"), ["customer", "q1"], [["c", 3], ["a", 10], ["b", 1]],
    notes="awkward input: unsorted ids: row order kept; columns that the system does not read are ignored")

# ---- Profiles and contexts ----

FRAMES = {
    "profile_column": "kind", "context_column": "place",
    "profiles": [{"id": "price", "weights": {"product": 10, "money": 9, "quality": 1}},
    {"id": "1", "weights": {"service": 0}}],
    "contexts": [{"id": "airport", "weights": {"product": 80, "waiting": 9}}, {"id": "home"}],
}
KINDS = [["price", None], [None, "airport"], ["price", "airport"], ["1", "home"], [None, None], ["", ""]]
add("profiles_and_contexts", both_sides(form="index", **FRAMES), SEVEN + ["kind", "place"],
    [FULL[0] + k for k in KINDS],
    notes="the context has the last word; a missing or empty cell means the declared weights")
add("profiles_unknown", both_sides(**FRAMES), SEVEN + ["kind", "place"],
    [FULL[0] + ["prize", "airport"], FULL[0] + ["price", "airports"], FULL[0] + ["x", "y"]], levels=ALL_LEVELS,
    coverage="all")
add("profiles_forced", both_sides(**FRAMES), SEVEN, FULL[:1], profile="price", context="airport",
    notes="options that name a profile and a context make their columns unnecessary")
add("profiles_forced_against_column", both_sides(**FRAMES), SEVEN + ["kind", "place"],
    [FULL[0] + ["nonsense", "airport"], FULL[0] + ["1", "home"]], profile="price")
add("profiles_of_integers", both_sides(**FRAMES), SEVEN + ["kind", "place"],
    [FULL[0] + [1, "home"], FULL[0] + [2, "home"]],
    types={"kind": "int32"}, notes="integers are read as their decimal text")
add("contexts_set_expectations",
    flat_system(item("q1", (1, 7), expectation=4, curve=PROSPECT), context_column="place",
                contexts=[{"id": "airport", "expectations": {"q1": 2}}, {"id": "home"}]),
    ["q1", "place"], [[3, "airport"], [3, "home"], [3, None], [5, "airport"]])
add("profiles_zero_weight_below_zero",
    system(benefit("product", indicator("a", item("q1", None, curve=LINE)), indicator("b", "q2"), indicator("c", "q3"),
                   aggregator="geometric"),
           profile_column="kind", profiles=[{"id": "no a", "weights": {"a": 0}}]),
    ["q1", "q2", "q3", "kind"], [[1, 8, 5, "no a"], [1, 8, 5, None]],
    notes="a weight of 0 leaves a child out altogether, also when a profile says so")
add("profiles_weights_of_sides_and_items",
    both_sides(form="index", profiles=[{"id": "p", "weights": {"benefit": 1, "sacrifice": 4, "q1": 5, "q2": 0}}]),
    SEVEN,
    FULL[:1] + HOLES, profile="p", coverage="all", levels=ALL_LEVELS)

# ---- Own importances ----

OWN = system(
    benefit("product", indicator("quality", "q1", weight=3, weight_column="w1"),
    indicator("range", "q2", weight_column="w2"),
            weight=2, weight_column="w3"),
    benefit("service", indicator("staff", "q3"), weight=1, weight_column="w4"),
)
OWN_COLUMNS = ["q1", "q2", "q3", "w1", "w2", "w3", "w4"]
add("importances", OWN, OWN_COLUMNS,
    [[8, 3, 5, 1, 4, 1, 1], [8, 3, 5, None, 4, 1, 1], [8, 3, 5, None, None, None, None], [8, 3, 5, 0, 4, 0, 1],
     [8, None, 5, 1, 4, 1, 1], [8, None, 5, 3, 0, 1, 9], [8, 3, 5, 1e-9, 1e9, 1, 1]], levels=ALL_LEVELS, coverage="all")
add("importances_bad", OWN, OWN_COLUMNS,
    [[8, 3, 5, -1, 4, 1, 1], [8, 3, 5, 0, 0, 1, 1], [8, 3, 5, None, -4, 1, 1], [8, 3, 5, "inf", 4, 1, 1],
     [8, 3, 5, 1, 4, 1, 1]], types={"w1": "float64"}, levels=ALL_LEVELS, coverage="all",
    notes="awkward input: weights negative, infinite, all zero: a status of the row")
add("importances_fall_back_to_the_profile", dict(OWN, profiles=[{"id": "p", "weights": {"quality": 0.5}}],
    profile_column="kind"),
    OWN_COLUMNS + ["kind"], [[8, 3, 5, None, 4, 1, 1, "p"], [8, 3, 5, 2, 4, 1, 1, "p"], [8, 3, 5, None, 4, 1, 1, None]])
add("importances_geometric", dict(OWN, benefit={"aggregator": "geometric"}), OWN_COLUMNS,
    [[8, 3, 5, 1, 4, 2, 1], [1, 1, 5, 1, 4, 2, 1]])
add("importance_of_an_only_child",
    system(benefit("product", indicator("quality", item("q1", None, curve=LINE), weight_column="w1"),
        aggregator="geometric")),
    ["q1", "w1"], [[1, 7], [8, 7], [8, None], [8, 0], [8, -1]], levels=ALL_LEVELS,
    notes="an only child stands for its parent whatever its weight, but a weight that cannot be used is still refused")

# ---- Gates ----

GATE = {"node": "product", "below": 60, "cap": 20, "note": "the product is the pass"}
add("gate_below", both_sides(gates=[GATE]), SEVEN, [[8, 6, 9, 7, 4, 3, 2], [5, 6, 4, 9, 1, 1, 1],
    [5, 6, 4, 9, 9, 9, 9]],
    notes="closed and above the cap: lowered; closed and below the cap: nothing happens")
add("gate_is_strict", flat_system(item("q1", (0, 100)), gates=[{"node": "quality", "below": 40, "cap": 10},
                                                              {"node": "quality", "above": 90, "cap": 30}]),
    ["q1"], [[40], [39.99999999999999], [90], [90.00000000000001]])
add("gates_in_order",
    flat_system(item("q1", (0, 100)), gates=[{"node": "product", "above": 0, "cap": 70},
        {"node": "benefit", "above": 75, "cap": 50},
                                             {"node": "quality", "above": 80, "cap": 60}]),
    ["q1"], [[0], [70], [72], [78], [85]])
add("gate_without_a_score",
    system(benefit("product", indicator("quality", "q1"), indicator("range", "q2")),
        gates=[{"node": "range", "below": 50, "cap": 5}]),
    ["q1", "q2"], [[8, None], [8, 2]])
add("gate_on_a_derived_node",
    both_sides(derived=[{"id": "image", "from": {"product": 1, "staff": 2}}],
    gates=[{"node": "image", "below": 70, "cap": 10}]),
    SEVEN, FULL[:1] + [[8, 6, 9, 10, 1, 1, 1]])

# ---- Reliefs ----

EASED = [{"node": "effort", "by": "service", "share": 0.5, "note": "helped"},
         {"node": "price", "by": "quality", "share": 0.25}]
for form in ("difference", "index", "ratio"):
    add("relief_" + form, both_sides(form=form, reliefs=EASED), SEVEN, FULL, levels=ALL_LEVELS, coverage="all",
        notes="a benefit makes a sacrifice weigh less, at an indicator and at a dimension")
add("reliefs_of_one_node_in_order",
    both_sides(reliefs=[{"node": "price", "by": "benefit", "share": 1},
                        {"node": "price", "by": "range", "share": 0.125},
                        {"node": "price", "by": "quality", "share": 0}]),
    SEVEN, FULL + [[10, 10, 10, 10, 9, 9, 9]], levels=ALL_LEVELS, notes="where the benefit is whole, nothing is left of the price")
add("relief_by_what_is_missing", both_sides(reliefs=EASED), SEVEN,
    [[8, 6, 9, None, 4, 3, 2], [None, None, 9, 7, 4, 3, 2], [8, 6, 9, 7, None, 3, 2]], levels=ALL_LEVELS,
    notes="where the benefit is missing there is no relief; where the sacrifice is missing there is nothing to relieve")
add("relief_beyond_the_scale",
    system(benefit("product", indicator("image", item("q1", None, curve={"type": "linear", "intercept": -100, "slope": 50}))),
           sacrifice("nerves", indicator("doubt", "q2")), reliefs=[{"node": "doubt", "by": "image", "share": 0.5}]),
    ["q1", "q2"], [[1, 7], [2, 7], [3, 7], [4, 7], [9, 7]], notes="a benefit below 0 relieves nothing, one above 100 no more than 100")
add("relief_then_gate", both_sides(reliefs=EASED, gates=[{"node": "sacrifice", "above": 15, "cap": 10}]), SEVEN, FULL,
    notes="gates look at what is left")

# ---- Overrides ----

JUDGED = {
    "override_column": "customer",
    "overrides": [
        {"key": "17", "score": 91.5, "author": "A. M\u00fcller", "reason": "complaint settled",
        "expires": "2026-06-01"},
        {"node": "product", "key": "18", "score": 5, "author": "B", "reason": "recall", "expires": "2026-06-01"},
        {"node": "price", "key": "18", "score": 100, "author": "B", "reason": "recall", "expires": "2026-07-01"},
        {"node": "benefit", "key": "\ud55c", "score": 0, "author": "B", "reason": "test", "expires": "2026-07-01"},
    ],
}
CUSTOMERS = [FULL[0] + [c] for c in ("17", "18", "\ud55c", "19", None, "")]
for day, what in (("2026-05-31", "before_expiry"), ("2026-06-01", "on_expiry"), ("2027-01-01", "after_expiry")):
    add("override_" + what, both_sides(**JUDGED), SEVEN + ["customer"], CUSTOMERS, as_of=day, levels=ALL_LEVELS,
        coverage="all",
        notes="an override no longer holds on the day it expires")
add("override_key_of_integers", both_sides(**JUDGED), SEVEN + ["customer"], [FULL[0] + [c] for c in (17, 18, 19, None)],
    as_of="2026-01-01", types={"customer": "int32"})
add("override_beats_relief", both_sides(reliefs=EASED, **JUDGED), SEVEN + ["customer"], CUSTOMERS,
    as_of="2026-01-01", levels=ALL_LEVELS,
    notes="what is judged is not relieved; what relieves counts as judged")
add("override_after_gates", both_sides(gates=[GATE], **JUDGED), SEVEN + ["customer"],
    [[5, 6, 4, 9, 1, 1, 1, "17"], [8, 6, 9, 9, 1, 1, 1, "18"], [5, 6, 4, 9, 1, 1, 1, "19"]], as_of="2026-01-01",
    notes="that of the value comes after the gates; that of a node below is what a gate looks at")
add("override_of_a_row_without_answers", both_sides(**JUDGED), SEVEN + ["customer"],
    [[None] * 7 + ["17"], [None] * 7 + ["18"]],
    as_of="2026-01-01", types={c: "float64" for c in SEVEN}, levels=ALL_LEVELS)
add("override_does_not_hide_a_refused_answer", both_sides(**JUDGED), SEVEN + ["customer"],
    [[80, 6, 9, 7, 4, 3, 2, "17"]],
    as_of="2026-01-01")

JUDGMENTS = {
    "override_column": "customer",
    "overrides": [
        {"node": node, "key": node, "score": 40, "author": "B", "reason": "the formula has no answer",
        "expires": "2027-01-01"}
        for node in ("value", "benefit", "product", "a", "service")
    ],
}
add("override_in_place_of_an_undefined_score",
    system(benefit("product", indicator("a", *LINES, aggregator="geometric"), indicator("b", "q3")),
           benefit("service", indicator("staff", "q4")), **JUDGMENTS),
    ["q1", "q2", "q3", "q4", "customer"],
    [[1, 8, 5, 4, who] for who in ("value", "benefit", "product", "a", "service", "nobody")], as_of="2026-01-01",
    levels=ALL_LEVELS, notes="a judgement at the node or above it makes good for a score that is not defined")
add("override_in_place_of_a_ratio_without_sacrifice",
    system(benefit("product", indicator("a", "q1")), sacrifice("money", indicator("price", "q2")), form="ratio",
           gates=[{"node": "product", "below": 100, "cap": 1}], **dict(JUDGMENTS,
           overrides=JUDGMENTS["overrides"][:2])),
    ["q1", "q2", "customer"], [[5, 1, who] for who in ("value", "benefit", "nobody")], as_of="2026-01-01")

# ---- Derived nodes and tags ----

DERIVED = [{"id": "image", "from": {"product": 2, "service": 1, "price": 1}},
           {"id": "weakest", "aggregator": "minimum", "from": {"benefit": 1, "staff": 1, "range": 0}},
           {"id": "product again", "aggregator": "geometric", "from": {"product": 7}},
           {"id": "demanding", "coverage_floor": 0.9, "from": {"product": 1, "service": 1}}]
add("derived", both_sides(derived=DERIVED), SEVEN, FULL + HOLES, levels=["value", "derived"], coverage="all",
    order=True)
add("derived_never_touches_the_value",
    system(benefit("product", indicator("a", item("q1", None, curve=LINE)), indicator("b", "q2")),
           derived=[{"id": "odd", "aggregator": "geometric", "from": {"a": 1, "b": 1}},
                    {"id": "even", "aggregator": "power", "exponent": 2, "from": {"a": 1, "b": 1}},
                    {"id": "same", "aggregator": "harmonic", "from": {"a": 5}}]),
    ["q1", "q2"], [[1, 8], [4, 8]], levels=["value", "derived"],
    notes="a derived node that has no score takes nothing from the row")
add("tags", both_sides(**FRAMES), SEVEN + ["kind", "place"],
    [FULL[0] + [None, None], FULL[0] + ["price", "airport"], HOLES[1] + [None, None], HOLES[2] + [None, None]],
    levels=["value", "tag"], order=True)
add("tags_by_global_weight",
    system(benefit("product", indicator("quality", "q1")),
           sacrifice("money", indicator("price", "q2", tag="pay", weight=3), indicator("upkeep", "q3", tag="pay"),
           weight=3),
           sacrifice("time", indicator("waiting", "q4", tag="do"), indicator("fees", "q5", tag="pay", weight=2),
           weight=2)),
    SEVEN[:5], [[8, 3, 7, 5, 9], [8, 3, None, 5, 9]], levels=["tag"], coverage="none", order=True)

# ---- Failures: documents ----

fails("error_negative_weight", flat_system(item("q1", weight=-0.2)), "WEIGHT", "weight -0.2 is negative",
      notes="awkward input: negative weight")
fails("error_zero_weights", flat_system(item("q1", weight=0), item("q2", weight=0)), "WEIGHT", "\"quality\"",
      notes="awkward input: weights all zero in a node")
fails("error_zero_weights_in_a_profile",
      flat_system("q1", "q2", profiles=[{"id": "p", "weights": {"q1": 0, "q2": 0}}]), "WEIGHT", "profile \"p\"")
fails("error_unknown_aggregator", flat_system("q1", "q2", node={"aggregator": "geometrical"}), "DOCUMENT",
    "geometrical",
      notes="awkward input: unknown aggregator word")
fails("error_unknown_side", system(dict(benefit("product", indicator("quality", "q1")), side="cost")), "DOCUMENT",
    "cost",
      notes="awkward input: unknown direction word")
fails("error_unknown_key", flat_system(item("q1", wieght=2)), "DOCUMENT", "wieght")
fails("error_duplicate_id", system(benefit("product", indicator("quality", "q1"), indicator("quality", "q2"))),
    "DUPLICATE",
      "quality", notes="awkward input: duplicate id in a document")
fails("error_id_of_another_level", system(benefit("product", indicator("product", "q1"))), "DUPLICATE", "product")
fails("error_reserved_id", system(benefit("value", indicator("quality", "q1"))), "ARGUMENT", "value")
fails("error_cycle", flat_system("q1", derived=[{"id": "a", "from": {"b": 1}}, {"id": "b", "from": {"a": 1}}]),
    "NOT_FOUND",
      "\"b\"", notes="awkward input: cycle: a derived node cannot refer to a later one")
fails("error_derived_of_derived", flat_system("q1",
    derived=[{"id": "a", "from": {"product": 1}}, {"id": "b", "from": {"a": 1}}]),
      "STRUCTURE", "\"a\"", notes="awkward input: cycle: nor to an earlier one")
fails("error_unknown_node", flat_system("q1", gates=[{"node": "qualty", "below": 1, "cap": 1}]), "NOT_FOUND", "quality",
      notes="awkward input: unknown parent: the nearest id is named")
fails("error_relief_of_a_benefit", both_sides(reliefs=[dict(EASED[0], node="quality")]), "STRUCTURE",
    "indicator \"quality\" is on the side of the benefit")
fails("error_relief_by_a_sacrifice", both_sides(reliefs=[dict(EASED[0], by="effort")]), "STRUCTURE", "\"effort\"")
fails("error_relief_of_a_side", both_sides(reliefs=[dict(EASED[0], node="sacrifice")]), "STRUCTURE",
    "cannot have a relief")
fails("error_relief_share", both_sides(reliefs=[dict(EASED[0], share=1.5)]), "RANGE", "share is 1.5")
fails("error_relief_by_a_side_without_dimensions",
    system(sacrifice("money", indicator("price", "q1")), reliefs=[{"node": "price", "by": "benefit", "share": 0.5}]),
    "STRUCTURE", "that side has no dimension")
fails("error_no_indicator", system(benefit("product")), "STRUCTURE", "$.dimensions[0].indicators")
fails("error_scale_backwards", flat_system(item("q1", (10, 1))), "RANGE", "reversed")
fails("error_scale_constant", flat_system(item("q1", (4, 4))), "RANGE", "4", notes="awkward input: constant column")
fails("error_no_scale", flat_system(item("q1", None)), "STRUCTURE", "scale")
fails("error_log_of_zero", flat_system(item("q1", (0, 10), curve={"type": "log"})), "RANGE", "log")
fails("error_prospect_without_expectation", flat_system(item("q1", curve={"type": "prospect"})), "STRUCTURE",
    "expectation")
fails("error_expectation_off_the_scale", flat_system(item("q1", expectation=11)), "RANGE", "11")
fails("error_power_without_exponent", flat_system("q1", "q2", node={"aggregator": "power"}), "RANGE", "exponent")
fails("error_flat_needs_means", flat_system("q1", "q2", node={"aggregator": "minimum"}, missing={"policy": "flat"}),
    "STRUCTURE",
      "flat")
fails("error_ratio_needs_both_sides", flat_system("q1", form="ratio"), "STRUCTURE", "sacrifice")
fails("error_importance_of_some",
    system(benefit("product", indicator("a", "q1", weight_column="w"), indicator("b", "q2"))),
      "STRUCTURE", "all siblings or none")
fails("error_column_as_text_and_number", flat_system("q1", item("q1", None, id="other", curve=CLASSES)), "STRUCTURE",
    "q1")
fails("error_tag_on_the_benefit_side", system(benefit("product", indicator("quality", "q1", tag="pay"))), "STRUCTURE",
    "pay")
fails("error_override_without_column", flat_system("q1", overrides=[dict(JUDGED["overrides"][0])]), "STRUCTURE",
    "override_column")
fails("error_override_twice", flat_system("q1", override_column="c", overrides=[JUDGED["overrides"][0]] * 2),
    "DUPLICATE", "17")
fails("error_no_date", flat_system("q1", override_column="c",
    overrides=[dict(JUDGED["overrides"][0], expires="2026-02-30")]),
      "ARGUMENT", "2026-02-30")
fails("error_version", dict(flat_system("q1"), version=2), "DOCUMENT", "version")
fails("error_not_a_system", dict(flat_system("q1"), custval="weights"), "DOCUMENT", "system")

# ---- Failures: tables and options ----

fails("error_column_missing", flat_system("quality1"), "NOT_FOUND", "quality_1", columns=["quality_1"],
      notes="the nearest column is named")
fails("error_text_for_numbers", flat_system("q1"), "TYPE", "q1", rows=[["five"]])
fails("error_numbers_for_categories", flat_system(item("class", None, curve=CLASSES)), "TYPE", "class",
    columns=["class"])
fails("error_profile_of_options", both_sides(**FRAMES), "NOT_FOUND", "price", columns=SEVEN, rows=FULL,
    profile="prise", context="home")
fails("error_context_of_options", both_sides(**FRAMES), "NOT_FOUND", "airport", columns=SEVEN, rows=FULL,
    profile="price",
      context="airpor")
fails("error_no_date_of_scoring", both_sides(**JUDGED), "STATE", "as_of", columns=SEVEN, rows=FULL)
fails("error_date_of_scoring", both_sides(**JUDGED), "ARGUMENT", "31.12.2026", columns=SEVEN, rows=FULL,
    as_of="31.12.2026")
fails("error_override_column_missing", both_sides(**JUDGED), "NOT_FOUND", "customer", columns=SEVEN, rows=FULL,
    as_of="2026-01-01")


def write(path):
    names = [case["id"] for case in cases]
    assert len(set(names)) == len(names), "an id is used twice"
    members = (",\n  ".join(f"{json.dumps(key)}: {json.dumps(part)}" for key, part in case.items()) for case in cases)
    lines = ",\n".join(f" {{{text}}}" for text in members)
    path.write_text('{"note": %s,\n"cases": [\n%s\n]}\n' % (json.dumps(NOTE), lines))
    print(f"{len(cases)} cases")


if __name__ == "__main__":
    write(pathlib.Path(__file__).with_name("scoring.json"))
