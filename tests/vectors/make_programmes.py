#!/usr/bin/env python3
"""Writes programmes.json: plans of customers, computed here row by row from the rules in include/custval/programmes.h.

Needs nothing but Python. Run by hand; the build only reads the result. Numbers are fractions, so that every order is exact; the
customers, bases and outcomes are drawn with a fixed seed from values on a coarse grid, which makes ties and missing cells common.
No effect of the drawn bases leaves two different nets closer than their doubles are, and similarities are compared with dyadic numbers: 0.8
as a fraction is not 4/5."""
# SPDX-License-Identifier: Apache-2.0
import json
import pathlib
import random
from fractions import Fraction

NOTE = (
    "Plans of customers. Kind 'match': a 'document', 'columns', 'rows' (null is a missing cell), 'options'; 'expected' is a list of "
    "[row, rank, programme, by, rate, expected_effect, score, cost, net, similarity, case]. Kind 'explain': 'row', 'expected' maps "
    "programmes to [status, missing]. Kind 'update': 'outcomes' as rows of programme, success, segment; 'expected' maps programmes to "
    "rates. Kind 'need': 'options', 'expected' holds columns. |actual - expected| <= tolerance * max(1, |expected|)."
)
cases = []


def add(name, kind, tolerance=1e-13, **members):
    cases.append({"id": name, "kind": kind, **members, "tolerance": tolerance})


def exact(number):
    return Fraction(number)


# ---- One customer: a mapping of traits that are known ------------------------------------------------------------------


def truth(condition, customer):
    """True, False, or None where it cannot be told (Kleene 1952)."""
    if "all" in condition:
        parts = [truth(part, customer) for part in condition["all"]]
        return False if False in parts else None if None in parts else True
    if "any" in condition:
        parts = [truth(part, customer) for part in condition["any"]]
        return True if True in parts else None if None in parts else False
    if "not" in condition:
        part = truth(condition["not"], customer)
        return None if part is None else not part
    value = customer.get(condition["trait"])
    (key, wanted), = [(key, wanted) for key, wanted in condition.items() if key != "trait"]
    if key == "missing":
        return (value is None) == wanted
    if value is None:
        return None
    return {"<": lambda: value < wanted, "<=": lambda: value <= wanted, ">": lambda: value > wanted,
            ">=": lambda: value >= wanted, "=": lambda: value == wanted, "in": lambda: value in wanted}[key]()


def undecided(condition, customer):
    """Traits whose comparisons keep a condition from being told."""
    if truth(condition, customer) is not None:
        return set()
    if "not" in condition:
        return undecided(condition["not"], customer)
    for key in ("all", "any"):
        if key in condition:
            return set().union(*(undecided(part, customer) for part in condition[key]))
    return {condition["trait"]}


def part_of(trait, a, b):
    if trait["type"] == "number":
        low, high = trait["range"]
        return max(Fraction(0), 1 - abs(exact(a) - exact(b)) / (exact(high) - exact(low)))
    for one, other, similarity in trait.get("similar", []):
        if {one, other} == {a, b}:
            return exact(similarity)
    return Fraction(int(a == b))


def similarity(base, case, customer):
    """Similarity and share of the weight that is known."""
    traits = {trait["id"]: trait for trait in base["traits"]}
    weights = {name: exact(traits[name].get("weight", 1)) for name in case["traits"]}
    known = [name for name in case["traits"] if customer.get(name) is not None]
    weight = sum((weights[name] for name in known), Fraction(0))
    if weight == 0:
        return None, Fraction(0)
    total = sum((weights[name] * part_of(traits[name], case["traits"][name], customer[name]) for name in known), Fraction(0))
    return total / weight, weight / sum(weights.values())


def nearest(base, programme, customer):
    best = None
    for case in base.get("cases", []):
        if case["programme"] != programme["id"]:
            continue
        found, known = similarity(base, case, customer)
        if found is None or known < exact(base.get("nearest", {}).get("known", 0.5)):
            continue
        if best is None or found > best[0]:
            best = (found, case)
    return best


def rate(base, programme, customer):
    outcomes = programme.get("outcomes", {"tried": 0, "succeeded": 0})
    segment = outcomes.get("segments", {}).get(customer.get(base.get("segment")))
    tries = segment if segment else outcomes
    stated = exact(programme.get("effect", {}).get("success", 0.5))
    return (tries["succeeded"] + 2 * stated) / (tries["tried"] + 2)


def proposal(base, programme, customer):
    """by, nearest; by None: not proposed; and what is missing for it."""
    rule = truth(programme["when"], customer) if "when" in programme else True
    veto = truth(programme["unless"], customer) if "unless" in programme else False
    near = nearest(base, programme, customer)
    is_case = near is not None and near[1]["succeeded"] and near[0] >= exact(base.get("nearest", {}).get("similarity", 0.8))
    by = "rule" if rule else "case" if is_case else None
    needs = [programme.get("effect", {}).get("times")] + ([base["contacted"]] if "contact_limit" in programme else [])
    missing = {need for need in needs if need is not None and customer.get(need) is None}
    if veto:
        return "vetoed", by, near, set()
    if by is None and rule is False:
        return "others", by, near, None
    if by is None:
        missing |= undecided(programme["when"], customer)
    if veto is None:
        missing |= undecided(programme["unless"], customer)
    return ("untold" if missing else "proposed"), by, near, missing


def plan(base, customer, options):
    """Programmes by rank, as dictionaries; and the status of every one."""
    candidates, statuses = [], {}
    for place, programme in enumerate(base["programmes"]):
        status, by, near, missing = proposal(base, programme, customer)
        statuses[programme["id"]] = [status, sorted(missing) if missing is not None else []]
        if status != "proposed":
            continue
        effect = programme.get("effect", {})
        r = rate(base, programme, customer)
        times = exact(customer[effect["times"]]) if "times" in effect else 1
        one = {"programme": programme, "by": by, "rate": r, "effect": r * exact(effect.get("value", 0)) * times,
               "score": r * exact(effect.get("score", 0)), "cost": exact(programme.get("cost", 0)), "near": near}
        one["net"] = one["effect"] + exact(base.get("money_per_point", 0)) * one["score"] - one["cost"]
        candidates.append((-exact(programme.get("priority", 0)), -one["net"], place, one))
    taken, groups = [], set()
    for *_, one in sorted(candidates, key=lambda candidate: candidate[:3]):
        programme = one["programme"]
        contacts = customer.get(base.get("contacted"))
        if one["net"] < exact(options.get("least_net", 0)):
            verdict = "loss"
        elif programme.get("group") in groups:
            verdict = "group"
        elif "contact_limit" in programme and contacts + len(taken) + 1 > programme["contact_limit"]:
            verdict = "contacts"
        elif len(taken) == options.get("top", 3):
            verdict = "beyond"
        else:
            verdict = "taken"
            taken.append(one)
            groups |= {programme["group"]} if "group" in programme else set()
        statuses[programme["id"]][0] = verdict
    return taken, statuses


def match(base, customers, options):
    rows = [(row, one) for row, customer in enumerate(customers) for one in plan(base, customer, options)[0]]
    if options.get("budget"):
        left, granted = exact(options["budget"]), set()
        order = sorted(range(len(rows)), key=lambda i: (rows[i][1]["cost"] != 0, -rows[i][1]["net"] / rows[i][1]["cost"]
                                                        if rows[i][1]["cost"] else 0, i))
        for i in order:
            if rows[i][1]["cost"] <= left:
                left -= rows[i][1]["cost"]
                granted.add(i)
        rows = [pair for i, pair in enumerate(rows) if i in granted]
    out, ranks = [], {}
    for row, one in rows:
        ranks[row] = ranks.get(row, 0) + 1
        near = one["near"] if one["by"] == "case" else None
        out.append([row, ranks[row], one["programme"]["id"], one["by"], *(float(one[key]) for key in
                    ("rate", "effect", "score", "cost", "net")), float(near[0]) if near else None, near[1]["id"] if near else None])
    return out


# ---- Drawn bases -----------------------------------------------------------------------------------------------------


TRAITS = [
    {"id": "age", "type": "number", "range": [0, 64]},
    {"id": "spend", "type": "number", "range": [-32, 32], "weight": 2},
    {"id": "region", "type": "category", "values": ["north", "south", "east"], "similar": [["north", "east", 0.5]]},
    {"id": "old", "type": "flag", "weight": 0.5},
    {"id": "seen", "type": "number", "range": [0, 8], "weight": 0},
]


def draw_test(draw):
    kind = draw.randrange(6)
    if kind == 0:
        return {"trait": "region", "in": draw.sample(TRAITS[2]["values"], draw.randrange(3))}
    if kind == 1:
        return {"trait": "region", "=": draw.choice(TRAITS[2]["values"])}
    if kind == 2:
        return {"trait": "old", "=": draw.random() < 0.5}
    if kind == 3:
        return {"trait": draw.choice(["age", "region", "old"]), "missing": draw.random() < 0.5}
    name = draw.choice(["age", "spend"])
    return {"trait": name, draw.choice(["<", "<=", ">", ">=", "="]): draw.randrange(0, 5) * 16 - (32 if name == "spend" else 0)}


def draw_condition(draw, depth=0):
    kind = draw.randrange(6) if depth < 3 else 5
    if kind < 3:
        return {"all" if kind < 2 else "any": [draw_condition(draw, depth + 1) for _ in range(draw.randrange(4))]}
    if kind == 3:
        return {"not": draw_condition(draw, depth + 1)}
    return draw_test(draw)


def draw_value(draw, trait):
    if trait["type"] == "category":
        return draw.choice(trait["values"])
    if trait["type"] == "flag":
        return draw.random() < 0.5
    low, high = trait["range"]
    return low + (high - low) // 8 * draw.randrange(9)


def draw_tries(draw):
    tried = draw.randrange(7)
    return {"tried": tried, "succeeded": draw.randrange(tried + 1)}


def draw_programme(draw, place, has_times):
    one = {"id": f"p{place}", "cost": draw.choice([0, 0.5, 1, 2]), "effect": {"value": draw.choice([0, 1, 2, 4, 8])}}
    if draw.random() < 0.3:
        one["effect"]["score"] = draw.choice([1, 4])
    if draw.random() < 0.5:
        one["effect"]["success"] = draw.choice([0.125, 0.25, 0.75])
    if has_times and draw.random() < 0.3:
        one["effect"]["times"] = draw.choice(["age", "spend"])
    if draw.random() < 0.2:
        one["priority"] = draw.choice([-1, 1])
    if draw.random() < 0.4:
        one["group"] = draw.choice(["g", "h"])
    if draw.random() < 0.3:
        one["contact_limit"] = draw.randrange(9)
    if draw.random() < 0.9:
        one["when"] = draw_condition(draw)
    if draw.random() < 0.3:
        one["unless"] = draw_condition(draw)
    if draw.random() < 0.4:
        segments = {name: draw_tries(draw) for name in TRAITS[2]["values"] if draw.random() < 0.6}
        segments = {name: tries for name, tries in segments.items() if tries["tried"]}
        rest = draw_tries(draw)
        one["outcomes"] = {key: rest[key] + sum(tries[key] for tries in segments.values()) for key in rest}
        if segments:
            one["outcomes"]["segments"] = segments
        if one["outcomes"]["tried"] == 0:
            del one["outcomes"]
    return one


def draw_base(draw, has_times):
    base = {"custval": "programmes", "version": 1, "money_per_point": draw.choice([0, 0.25]), "contacted": "seen", "traits": TRAITS}
    if draw.random() < 0.7:
        base["segment"] = "region"
    base["nearest"] = {"similarity": draw.choice([0.5, 0.75]), "known": draw.choice([0, 0.5, 0.75])}
    base["programmes"] = [draw_programme(draw, place, has_times) for place in range(draw.randrange(2, 9))]
    if "segment" not in base:
        for programme in base["programmes"]:
            programme.get("outcomes", {}).pop("segments", None)
    base["cases"] = [{"id": f"c{i}", "programme": draw.choice(base["programmes"])["id"], "succeeded": draw.random() < 0.7,
                      "traits": {trait["id"]: draw_value(draw, trait) for trait in TRAITS
                                 if trait["id"] == "age" or draw.random() < 0.6}}
                     for i in range(draw.randrange(6))]
    return base


def draw_customers(draw, count):
    return [{trait["id"]: draw_value(draw, trait) if draw.random() < 0.8 else None for trait in TRAITS} for _ in range(count)]


def rows_of(customers):
    return [[int(value) if isinstance(value, bool) else value for value in (customer[trait["id"]] for trait in TRAITS)]
            for customer in customers]


def drawn():
    columns = [trait["id"] for trait in TRAITS]
    for number in range(60):
        draw = random.Random(number)
        base, customers = draw_base(draw, number % 2 == 1), draw_customers(draw, draw.choice([3, 12, 70]) if number % 5 == 0 else 9)
        options = {"top": draw.choice([1, 2, 3, 9]), "least_net": draw.choice([0, -8, 0.5])}
        if number % 3 == 0:
            options["budget"] = draw.choice([1.5, 4, 11])
        add(f"drawn.{number}", "match", document=base, columns=columns, rows=rows_of(customers), options=options,
            expected=match(base, customers, options))
        if number < 20:
            statuses = plan(base, customers[0], {key: options[key] for key in ("top", "least_net")})[1]
            add(f"drawn.{number}.why", "explain", document=base, columns=columns, rows=rows_of(customers[:1]), row=0,
                options={key: options[key] for key in ("top", "least_net")}, expected=statuses)


# ---- Sources ---------------------------------------------------------------------------------------------------------


def sources():
    add("laplace.succession", "update", document={"custval": "programmes", "version": 1, "programmes": [{"id": "a"}, {"id": "b"}]},
        outcomes=[["a", 1, None]] * 7 + [["a", 0, None]] * 3 + [["b", 0, None]],
        expected={"a": float(Fraction(8, 12)), "b": float(Fraction(1, 3))})
    segmented = {"custval": "programmes", "version": 1, "segment": "region", "traits": [TRAITS[2]],
                 "programmes": [{"id": "a", "effect": {"success": 0.25}}]}
    add("succession.stated", "update", document=segmented, outcomes=[["a", 1, "north"], ["a", 0, "south"], ["a", 1, None]],
        expected={"a": float(Fraction(2 * 2 + 1, 10)), "a/north": float(Fraction(3, 6)), "a/south": float(Fraction(1, 6))})
    jar = {"jar": 30, "rice": 24, "since": 10, "adults": 2, "children": 3, "per_adult": 0.5, "per_child": 0.25}
    usage = Fraction(2) / 2 + Fraction(3, 4)
    days = 24 / usage - 10
    add("rice_jar", "need", columns=list(jar), rows=[list(jar.values())],
        options={"as_of": "2026-02-27", "stock": "rice", "capacity": "jar", "since": "since", "users": [["adults", "per_adult"],
                 ["children", "per_child"]], "lead": 2},
        expected={"days": [float(days - 2)], "usage": [float(usage)], "remaining": [float(24 - 10 * usage)],
                  "quantity": [float(30 - (24 - (10 + days - 2) * usage))], "date": ["2026-02-28"]})
    add("interval", "need", columns=["interval", "since", "stock", "room"], rows=[[14, 3, 28, 30], [7, 9, 14, 20], [10, 1, 5, 5]],
        options={"as_of": "2028-02-20", "interval": "interval", "since": "since", "stock": "stock", "capacity": "room"},
        expected={"row": [1, 2, 0], "days": [-2, 9, 11], "date": ["2028-02-18", "2028-02-29", "2028-03-02"],
                  "usage": [2, 0.5, 2], "remaining": [0, 4.5, 22], "quantity": [20, 5, 30]})


def main():
    sources()
    drawn()
    path = pathlib.Path(__file__).with_name("programmes.json")
    lines = ",\n".join(json.dumps(case) for case in cases)
    path.write_text('{"note": ' + json.dumps(NOTE) + ', "cases": [\n' + lines + "\n]}\n", encoding="utf-8")


main()
