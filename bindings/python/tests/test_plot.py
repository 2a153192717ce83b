"""Pictures: what is drawn adds up to the numbers, is readable, and covers nothing."""

# SPDX-License-Identifier: Apache-2.0
import csv
import json
import math
import pathlib
import unittest
import warnings

from pictures import Looking

import custval as cv
from custval import uncertainty

try:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import font_manager, pyplot
    from matplotlib.patches import PathPatch, Rectangle

    from custval import _axes, plot
except ImportError:
    matplotlib = None

EXAMPLES = pathlib.Path(__file__).resolve().parents[3] / "examples"

# Every way in which a value can come about that a picture has to show.
SMALL = {
    "custval": "system", "version": 1, "id": "small", "override_column": "who",
    "dimensions": [
        {"id": "product", "side": "benefit", "weight": 3, "indicators": [
            {"id": "quality", "weight": 2, "items": [{"column": "q1", "scale": [0, 10]}]},
            {"id": "design", "weight": 1, "items": [{"column": "q2", "scale": [0, 10]}]}]},
        {"id": "money", "side": "sacrifice", "indicators": [
            {"id": "price", "items": [{"column": "q3", "scale": [0, 10]}]}]}],
}  # fmt: skip
GATE = {"gates": [{"node": "design", "below": 50, "cap": 10, "note": "the design is the pass"}]}
MADE_UP = {"key": "a", "author": "me", "reason": "knows better", "expires": "2100-01-01"}


def survey():
    with open(EXAMPLES / "survey" / "customer_satisfaction_yellow_pages.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {name: [float(row[name]) for row in rows] for name in rows[0]}


def some(data, rows):
    return {name: column[:rows] for name, column in data.items()}


@unittest.skipIf(matplotlib is None, "no matplotlib")
class Pictures(Looking):
    @classmethod
    def setUpClass(cls):
        cls.system = cv.System.load(EXAMPLES / "survey" / "perceived-value.json")
        cls.data = survey()
        cls.scores = cls.system.score(cls.data)

    # --- Systems

    def test_tree(self):
        seen = self.look(plot.tree(self.system))
        labels = {self.system.label(node.id) for node in self.system.nodes if node.kind != "item"}
        self.assertEqual(seen - labels, {"50 %", "100 %"})
        self.assertEqual(labels - seen, set())

    def test_tree_with_items(self):
        seen = self.look(plot.tree(self.system, items=True))
        self.assertEqual({self.system.label(node.id) for node in self.system.nodes} - seen, set())
        self.assertIn("33.3 %", seen)

    def test_tree_of_a_profile_and_an_index(self):
        system = cv.System.load(EXAMPLES / "acsi" / "acsi.json")
        ax = plot.tree(system, profile="3013")
        seen = self.look(ax)
        self.assertTrue({"72 %", "28 %", "67 %", "33 %", "78 %", "22 %"} <= seen, seen)  # as the document says
        self.assertFalse({"74 %", "26 %"} & seen, "weights without profile")
        widths = sorted(patch.get_linewidth() for patch in ax.patches if isinstance(patch, PathPatch))
        self.assertAlmostEqual(widths[-1], 1 + 6 * 0.72)
        self.assertAlmostEqual(widths[0], 1 + 6 * 0.28 * 0.22)

    def test_tree_in_axes_that_exist(self):
        figure, given = pyplot.subplots(figsize=(6, 4))
        self.assertIs(plot.tree(self.system, items=True, ax=given), given)
        self.assertEqual(tuple(figure.get_size_inches()), (6, 4))
        self.look(given)

    # --- One customer

    def bars(self, ax):
        return [(bar.get_x(), bar.get_width()) for bar in ax.patches if isinstance(bar, Rectangle)]

    def climbs(self, ax, value):
        """Every bar begins where the last one ends, and they end at the value."""
        *steps, total = self.bars(ax)
        level = 0.0
        for left, width in steps:
            self.assertAlmostEqual(left, level, 9)
            level += width
        self.assertAlmostEqual(level, value, 9)
        self.assertEqual((total[0], total[1]), (0, value))
        return len(steps)

    def test_waterfall(self):
        for row in (0, 2, 17):
            ax = plot.waterfall(self.system.explain(self.data, row))
            self.assertEqual(self.climbs(ax, self.scores["value"][row]), 5)
            seen = self.look(ax)
        self.assertTrue({"Effectiveness", "Perceived value of yellow-pages advertising", "−44.4", "15.3"} <= seen, seen)

    def test_waterfall_of_other_kinds(self):
        explanation = self.system.explain(self.data, 17)
        for kind, steps in {"side": 2, "dimension": 3, "item": 9}.items():
            ax = plot.waterfall(explanation, kind=kind)
            self.assertEqual(self.climbs(ax, self.scores["value"][17]), steps)
            self.look(ax)
        with self.assertRaisesRegex(ValueError, "'column' is no kind"):
            plot.waterfall(explanation, kind="column")

    def explained(self, document, *answers):
        system = cv.System(document)
        row = {"who": ["a"], **{f"q{place}": [answer] for place, answer in enumerate(answers, 1)}}
        return system.explain(row, 0), system.score(row)["value"][0]

    def test_waterfall_with_a_gate(self):
        explanation, value = self.explained({**SMALL, **GATE}, 10, 2, 1)
        ax = plot.waterfall(explanation)
        self.assertEqual((value, self.climbs(ax, value)), (10, 4))
        self.assertTrue(any(words.startswith("gate: ") for words in self.look(ax)))

    def test_waterfall_with_overrides(self):
        for node, steps in {"value": 4, "product": 4, "quality": 3}.items():  # within its indicator it is no step
            explanation, value = self.explained(
                {**SMALL, "overrides": [{**MADE_UP, "node": node, "score": 20}]}, 10, 2, 1
            )
            with self.subTest(node):
                ax = plot.waterfall(explanation)
                self.assertEqual(self.climbs(ax, value), steps)
                self.look(ax)

    def test_waterfall_with_a_relief_of_a_dimension(self):
        reliefs = [{"node": "money", "by": "benefit", "share": 0.5}]
        explanation, value = self.explained({**SMALL, "reliefs": reliefs}, 10, 2, 4)
        ax = plot.waterfall(explanation)
        self.climbs(ax, value)
        self.assertTrue(any(words.startswith("relief: ") for words in self.look(ax)))

    def test_waterfall_of_an_index_and_a_ratio(self):
        sides = {"benefit": {"weight": 2}, "sacrifice": {"weight": 1}}
        explanation, value = self.explained({**SMALL, **sides, "form": "index"}, 10, 2, 4)
        self.climbs(plot.waterfall(explanation), value)
        explanation, value = self.explained({**SMALL, "form": "ratio"}, 10, 2, 4)
        ax = plot.waterfall(explanation)
        self.climbs(ax, next(explanation.rows())["contribution"])
        self.assertAlmostEqual(math.exp(self.bars(ax)[-1][1]), value)
        self.assertIn("logarithm of the value", self.look(ax))

    def test_waterfall_of_a_row_without_value(self):
        explanation, value = self.explained(SMALL, 11, 2, 4)
        self.assertIsNone(value)
        with self.assertRaisesRegex(ValueError, 'no value: .*"q1"'):
            plot.waterfall(explanation)

    # --- Many customers

    def test_importance_performance(self):
        levers = list(self.system.levers(self.data).rows())
        importance = {row["node"]: row["gain"] for row in levers}
        performance = {row["node"]: 100 - row["room"] for row in levers}
        labels = {row["node"]: row["label"] for row in levers}
        ax = plot.importance_performance({**importance, "lost": 1}, {**performance, "reach": math.nan}, labels=labels)
        shown = [tuple(point) for point in ax.collections[0].get_offsets()]
        self.assertEqual(shown, [(performance[name], importance[name]) for name in importance if name != "reach"])
        seen = self.look(ax)
        self.assertTrue(
            {"Money cost", "Exposure", "concentrate here", "keep up", "low priority", "possible overkill"} <= seen
        )
        self.assertNotIn("Reach", seen)
        with self.assertRaisesRegex(ValueError, "nothing in common"):
            plot.importance_performance({"a": 1}, {"b": 1})

    def test_cuts_of_quadrants(self):
        ax = plot.importance_performance({"a": 1, "b": 3}, {"a": 10, "b": 30}, cuts=(25, 2.5))
        self.assertEqual(ax.lines[0].get_xdata()[0], 25)
        self.assertEqual(ax.lines[1].get_ydata()[0], 2.5)

    def offers(self, count):
        offers = some(self.data, count)
        offers["price"] = [10 + 3 * math.sin(row) for row in range(count)]
        return offers

    def test_value_map(self):
        offers = self.offers(8)
        offers["price"][3] = None
        compared = self.system.compare(offers, price="price")
        names = [
            "Yellow Book",
            "Local Phone Directory",
            "Town Pages",
            "none",
            "Golden Pages",
            "Big Book",
            "Pages+",
            "Yell",
        ]
        ax = plot.value_map(compared, names)
        shown = [tuple(point) for point in ax.collections[0].get_offsets()]
        wanted = [pair for pair in zip(compared["price_ratio"], compared["quality_ratio"]) if None not in pair]
        self.assertEqual((shown, len(wanted)), (wanted, 7))
        seen = self.look(ax)
        self.assertEqual(set(names) - seen, {"none"})
        with self.assertRaisesRegex(ValueError, "call System.compare.* with price="):
            plot.value_map(self.system.compare(offers))
        with self.assertRaisesRegex(ValueError, "2 names, but 8 offers"):
            plot.value_map(compared, ["a", "b"])

    def test_offers_of_a_pandas_frame_are_called_as_its_index_says(self):
        try:
            import pandas
        except ImportError:
            self.skipTest("no pandas")
        names = ["Yellow", "Town", "Golden", "Big"]
        offers = pandas.DataFrame(self.offers(4), index=names)
        seen = self.look(plot.value_map(self.system.compare(offers, price="price")))
        self.assertTrue(set(names) <= seen, seen)
        draws = uncertainty.draw(self.system, draws=50)
        seen = self.look(plot.acceptability(uncertainty.ranks(self.system, offers, draws, ranks=2)))
        self.assertTrue(set(names) <= seen, seen)

    def test_value_map_of_many_offers(self):
        ax = plot.value_map(self.system.compare(self.offers(200), price="price"))
        self.assertEqual(len(ax.collections[0].get_offsets()), 200)
        seen = self.look(ax)  # which finds names that cover each other
        self.assertGreater(len(seen), 40)

    def test_distribution(self):
        scores = {"value": [*self.scores["value"], None, math.nan]}
        ax = plot.distribution(scores, bins=15)
        self.assertEqual((len(ax.patches), sum(bar.get_height() for bar in ax.patches)), (15, 1811))
        self.look(ax)
        with self.assertRaisesRegex(ValueError, 'no row has a number in column "value"'):
            plot.distribution({"value": [None]})

    def test_distribution_by_group(self):
        groups = ["content" if answer > 5 else "not content" if answer > 2 else None for answer in self.data["q1"]]
        ax = plot.distribution(self.scores, groups)
        seen = self.look(ax)
        wanted = {f"{kind or 'not given'} (n = {groups.count(kind)})" for kind in set(groups)}
        self.assertEqual(wanted - seen, set())
        self.assertEqual(len(ax.get_legend().get_texts()), 3)
        with self.assertRaisesRegex(ValueError, "2 groups, but 1811 rows"):
            plot.distribution(self.scores, ["a", "b"])

    def test_distribution_by_many_groups(self):
        groups = self.data["q1"]
        ax = plot.distribution(self.scores, groups)
        medians = [line.get_xdata()[0] for line in ax.lines if line.get_marker() == "o"]
        seen = self.look(ax)
        self.assertEqual((len(medians), sorted(medians)), (10, medians))  # who is more content has more value
        self.assertTrue({f"{kind} (n = {groups.count(kind)})" for kind in groups} <= seen, seen)

    # --- Uncertainty

    def test_acceptability(self):
        draws = uncertainty.draw(self.system, draws=500, concentration=5)
        offers = some(self.data, 9)
        for name in offers:
            offers[name] = [*offers[name], None]  # the last has no value
        ranks = uncertainty.ranks(self.system, offers, draws, ranks=9)
        ax = plot.acceptability(ranks, [f"offer {letter}" for letter in "ABCDEFGHIJ"])
        total = [0.0] * 10
        for bar in ax.patches:
            total[round(bar.get_y() + bar.get_height() / 2)] += bar.get_width()
        for share in total[:9]:
            self.assertAlmostEqual(share, 1.0)
        self.assertEqual(total[9], 0.0)
        names = [label.get_text() for label in ax.get_yticklabels()]
        best = min(range(9), key=lambda row: ranks["mean_rank"][row])
        self.assertEqual((names[0], names[9]), (f"offer {'ABCDEFGHI'[best]}", "offer J"))
        self.assertTrue({"no value", "rank 1", "rank 9"} <= self.look(ax))
        with self.assertRaisesRegex(ValueError, "call uncertainty.ranks.* with ranks="):
            plot.acceptability(uncertainty.ranks(self.system, offers, draws))

    def test_acceptability_of_many_offers(self):
        draws = uncertainty.draw(self.system, draws=100)
        ax = plot.acceptability(uncertainty.ranks(self.system, some(self.data, 60), draws, ranks=30))
        self.look(ax)
        self.assertLessEqual(len(ax.get_legend().get_texts()), 10)

    # --- Letters, and a place to draw

    def test_eastern_letters_without_a_font_are_no_crash(self):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # matplotlib's, about the letters
            self.look(plot.tree(self.system, language="ko"))
            self.look(plot.waterfall(self.system.explain(self.data, 3, language="zh")))
            self.look(
                plot.distribution(self.scores, ["新客户" if answer > 5 else "老客户" for answer in self.data["q1"]])
            )

    def test_eastern_letters_are_taken_from_what_is_installed(self):
        # Any installed font will do to see that the list is asked.
        known = min(set(font_manager.get_font_names()) - {"DejaVu Sans"})
        before, _axes._EASTERN = _axes._EASTERN, ("No Such Font", known)
        try:
            self.assertEqual(_axes.letters_for(["Äé"]), {})
            self.assertEqual(_axes.letters_for(["价值"])["fontfamily"][-1], known)
            self.assertNotIn("No Such Font", _axes.letters_for(["값"])["fontfamily"])
        finally:
            _axes._EASTERN = before

    def test_all_languages_of_the_shipped_systems(self):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for language in ("en", "zh", "ko", "xx"):
                for path in EXAMPLES.glob("*/*.json"):
                    if json.loads(path.read_text(encoding="utf-8")).get("custval") == "system":
                        self.look(plot.tree(cv.System.load(path), language=language, items=True))
                        pyplot.close("all")

    def test_axes_that_are_given_are_returned(self):
        offers = self.system.compare(self.offers(4), price="price")
        ranks = uncertainty.ranks(self.system, some(self.data, 4), uncertainty.draw(self.system, draws=50), ranks=4)
        for draw in (
            lambda ax: plot.tree(self.system, ax=ax),
            lambda ax: plot.waterfall(self.system.explain(self.data, 1), ax=ax),
            lambda ax: plot.importance_performance({"a": 1}, {"a": 2}, ax=ax),
            lambda ax: plot.value_map(offers, ax=ax),
            lambda ax: plot.distribution(self.scores, ax=ax),
            lambda ax: plot.acceptability(ranks, ax=ax),
        ):
            given = pyplot.figure().add_subplot()
            self.assertIs(draw(given), given)


if __name__ == "__main__":
    unittest.main()
