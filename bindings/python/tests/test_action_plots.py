"""Pictures of satisfaction, groups, migration, plans, due lists: what is drawn are the numbers, and is readable."""

# SPDX-License-Identifier: Apache-2.0
import csv
import math
import pathlib
import unittest

from conftest import transactions
from pictures import Looking

import custval as cv
from custval import satisfaction

try:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib.patches import Rectangle

    from custval import plot
except ImportError:
    matplotlib = None

EXAMPLES = pathlib.Path(__file__).resolve().parents[3] / "examples"


def table(path):
    """A CSV file: columns of numbers where all cells are numbers or empty, else of texts."""
    with open(EXAMPLES / path, encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    columns = {name: [row[name] or None for row in rows] for name in rows[0]}
    for name, cells in columns.items():
        try:
            columns[name] = [None if cell is None else float(cell) for cell in cells]
        except ValueError:
            pass
    return columns


def bars(ax):
    """(row, left, width) of horizontal bars; the axes' own background and spans are none."""
    found = [patch for patch in ax.patches if isinstance(patch, Rectangle) and patch.get_transform() != ax.transAxes]
    return [(round(bar.get_y() + bar.get_height() / 2), bar.get_x(), bar.get_width()) for bar in found]


def rows_of(ax):
    return [" ".join(label.get_text().split()) for label in ax.get_yticklabels()]


@unittest.skipIf(matplotlib is None, "no matplotlib")
class SatisfactionPictures(Looking):
    def test_kano(self):
        survey = table("satisfaction/kano.csv")
        found = satisfaction.kano(survey, {"wifi_with": "wifi_without", "clean_with": "clean_without"})
        ax = plot.kano(found, labels={"wifi_with": "Wi-Fi"})
        shown = [tuple(point) for point in ax.collections[0].get_offsets()]
        self.assertEqual(shown, [(-worse, better) for better, worse in zip(found["better"], found["worse"])])
        seen = self.look(ax)
        self.assertTrue(
            {"Wi-Fi", "clean_with", "attractive", "one-dimensional", "indifferent", "must-be"} <= seen, seen
        )
        nobody = satisfaction.kano({"a": [None], "b": [None]}, {"a": "b"})
        with self.assertRaisesRegex(ValueError, "no feature"):
            plot.kano(nobody)

    def test_penalty_reward(self):
        answers = table("satisfaction/answers.csv")
        found = satisfaction.penalty_reward(answers, "satisfaction", ["room", "quiet", "welcome"], low=5, high=9)
        ax = plot.penalty_reward(found, labels={"room": "The room"})
        rows = {name: (low, high) for name, low, high in zip(found["indicator"], found["penalty"], found["reward"])}
        drawn = sorted((row, width) for row, _, width in bars(ax))
        order = ["quiet", "room", "welcome"]  # by their ranges: 1.79, 1.63, 1.40
        self.assertEqual(drawn, [(place, width) for place, name in enumerate(order) for width in rows[name]])
        self.assertEqual(rows_of(ax), ["quiet", "The room", "welcome"])
        self.assertTrue({"performance", "answers are low", "answers are high"} <= self.look(ax))

    def test_zones(self):
        system = cv.System.load(EXAMPLES / "satisfaction" / "system.json")
        answers, adequate, desired = (table(f"satisfaction/{name}.csv") for name in ("answers", "adequate", "desired"))
        found = satisfaction.tolerance(system, answers, adequate, desired)
        ax = plot.zones(found)
        names = rows_of(ax)
        self.assertEqual(sorted(names), ["help", "price", "quiet", "room", "welcome"])
        below = [
            cells.count(1) / sum(cell > 0 for cell in cells) for cells in (found[f"{name}.zone"] for name in names)
        ]
        self.assertEqual(below, sorted(below, reverse=True))
        for row, share in enumerate(below):
            drawn = [width for place, _, width in bars(ax) if place == row]
            self.assertAlmostEqual(drawn[0], share)
            self.assertAlmostEqual(sum(drawn), 1.0)
        self.assertTrue({"below adequate", "within the zone", "above desired"} <= self.look(ax))
        with self.assertRaisesRegex(ValueError, "no customer has a zone"):
            plot.zones({"room.zone": [0, 0]})


@unittest.skipIf(matplotlib is None, "no matplotlib")
class MovingPictures(Looking):
    @classmethod
    def setUpClass(cls):
        cls.rule = cv.Groups.load(EXAMPLES / "groups" / "loyalty-profit.json")
        history = cv.History(transactions())
        customers = history.customers("1997-09-30")
        model = cv.Lifetime.fit(customers, "pnbd", unit="week").with_spend(cv.Lifetime.fit(customers, "gamma-gamma"))
        cls.values = model.predict(customers, horizon=52, outputs=["alive", "value"])
        cls.moved = cv.Migration(["light", "medium", "heavy"])
        spend = cv.Groups.load(EXAMPLES / "groups" / "spend.json")
        for start, end in (("1997-01", "1997-06-30"), ("1997-07", "1997-12-31"), ("1998-01", "1998-06-30")):
            rows = [row for row, date in enumerate(transactions()["date"]) if start <= str(date) <= end + "T"]
            part = {name: [column[row] for row in rows] for name, column in transactions().items()}
            found = cv.History(part).customers(end)
            spend = spend.fix(found)
            cls.moved.add({"customer": found["customer"], "state": spend.assign(found)["group"]})

    def test_groups(self):
        ax = plot.groups(self.rule, self.values)
        found = self.rule.assign(self.values)
        for points, name in zip(ax.collections, self.rule.ids):
            rows = [row for row, group in enumerate(found["group"]) if group == name]
            wanted = [(self.values["alive"][row], self.values["value"][row]) for row in rows]
            self.assertEqual([tuple(point) for point in points.get_offsets()], wanted)
        across, up = (sorted(self.values[name]) for name in ("alive", "value"))
        middle = len(across) // 2
        self.assertEqual([line.get_xdata()[0] for line in ax.lines[:1]], [across[middle]])
        self.assertEqual([line.get_ydata()[0] for line in ax.lines[1:]], [up[middle]])
        seen = self.look(ax)
        self.assertTrue(
            {"loyalty", "profit"} <= seen and any(word.startswith("Dream customers (n = ") for word in seen), seen
        )
        turned = plot.groups(self.rule, self.values, measures=("profit", "loyalty"), logarithmic=True, language="xx")
        self.assertEqual((turned.get_xlabel(), turned.get_xscale()), ("profit", "log"))
        self.look(turned)
        for measures in (("profit", "profit"), ("profit", "joy")):
            with self.assertRaisesRegex(ValueError, "they are profit, loyalty"):
                plot.groups(self.rule, self.values, measures=measures)
        with self.assertRaisesRegex(ValueError, "two of the measures"):
            plot.groups(cv.Groups.load(EXAMPLES / "groups" / "bands.json"), {"value": [1.0]})

    def test_migration(self):
        ax = plot.migration(self.moved, 1)
        matrix = self.moved.matrix(1, probabilities=True)
        order = ["heavy", "medium", "light", "absent"]
        rows = {name: row for row, name in enumerate(matrix["from"])}
        wanted = [[matrix[f"to_{to}"][rows[name]] for to in order] for name in order]
        self.assertEqual(ax.images[0].get_array().tolist(), wanted)
        self.assertEqual(rows_of(ax), order)
        seen = self.look(ax)
        self.assertIn(f"{wanted[0][0]:.2f}", seen)
        counts = plot.migration(self.moved, probabilities=False)
        self.assertEqual(sum(map(sum, counts.images[0].get_array().tolist())), 2 * 2357 - 0)
        self.look(counts)

    def test_flows(self):
        ax = plot.flows(self.moved, 1)
        found = self.moved.flows(1)
        rows = {name: row for row, name in enumerate(found["state"])}
        self.assertEqual(rows_of(ax), ["heavy", "medium", "light"])
        for place, name in enumerate(rows_of(ax)):
            came = sum(width for row, _, width in bars(ax) if row == place and width > 0)
            left = sum(width for row, _, width in bars(ax) if row == place and width < 0)
            self.assertEqual(came + left, found["net"][rows[name]])
            self.assertEqual(-left, found["before"][rows[name]] - found["stayed"][rows[name]])
        self.assertEqual(list(ax.lines[0].get_xdata()), [found["net"][rows[name]] for name in rows_of(ax)])
        self.assertTrue({"lost", "returned", "net", "to a higher state"} <= self.look(ax))


@unittest.skipIf(matplotlib is None, "no matplotlib")
class PlanPictures(Looking):
    @classmethod
    def setUpClass(cls):
        cls.system = cv.System.load(EXAMPLES / "scenario" / "system.json")
        cls.customers = table("scenario/customers.csv")

    def effect(self, name):
        return cv.Scenario.load(EXAMPLES / "scenario" / f"{name}.json").run(self.system, self.customers)

    def test_price_path(self):
        path = cv.Scenario.load(EXAMPLES / "scenario" / "bogo.json").path()
        ax = plot.price_path(path)
        price, reference = (list(line.get_ydata()) for line in ax.lines)
        self.assertEqual((price, reference), (list(path.periods["price"]), list(path.periods["reference"])))
        self.assertTrue({"price", "reference price", "period"} <= self.look(ax))
        with self.assertRaisesRegex(ValueError, "no reference price"):
            plot.price_path(cv.Scenario.load(EXAMPLES / "scenario" / "cut.json").path())

    def test_scenario(self):
        effect = self.effect("bogo")
        ax = plot.scenario(effect)
        self.assertEqual(list(ax.lines[0].get_ydata()), list(effect.periods["value"]))
        self.assertEqual(ax.lines[1].get_ydata()[0], effect.before)
        (shade,) = ax.patches
        self.assertEqual((shade.get_x(), shade.get_width()), (0.5, 3.0))
        self.assertIn("mean value", self.look(ax))
        with self.assertRaisesRegex(ValueError, "no column 'joy'; they have period"):
            plot.scenario(effect, "joy")
        with self.assertRaisesRegex(ValueError, "no effect"):
            plot.scenario({})

    def test_scenarios_side_by_side(self):
        effects = {name: self.effect(name) for name in ("bogo", "cut", "delivery")}
        ax = plot.scenario(effects, "profit")
        self.assertEqual(
            [list(line.get_ydata()) for line in ax.lines[::2]], [list(e.periods["profit"]) for e in effects.values()]
        )
        self.assertTrue({"bogo", "cut", "delivery", "profit"} <= self.look(ax))
        self.assertEqual(len(ax.patches), 0)

    def test_due(self):
        jars = table("programmes/jars.csv")
        found = cv.programmes.next_need(
            jars, as_of="2026-03-01", stock="rice", capacity="jar", since="days_since", lead=1,
            users=[("adults", "per_adult"), ("children", "per_child")],
        )  # fmt: skip
        ax = plot.due(found, jars["customer"])
        self.assertEqual(rows_of(ax), ["Hsu", "Wang", "Old Mr Ye", "Liu"])
        self.assertEqual([width for _, _, width in bars(ax)], [day for day in found["days"] if not math.isnan(day)])
        self.assertTrue({"2026-02-27: 20", "2026-03-05: 28.45"} <= self.look(ax))
        few = plot.due(
            cv.programmes.next_need(
                {"left": [5.0, 2.0], "n": [1.0, 1.0], "eats": [1.0, 1.0]}, stock="left", users=[("n", "eats")]
            ),
            most=1,
        )
        self.assertEqual(rows_of(few), ["1"])
        self.look(few)
        with self.assertRaisesRegex(ValueError, "nobody needs"):
            plot.due({"row": [0], "days": [None], "quantity": [None]})
