"""Pictures of lifetimes and of how value is spread: what is drawn are the numbers, and is readable."""

# SPDX-License-Identifier: Apache-2.0
import math
import unittest

from conftest import transactions
from pictures import Looking

import custval as cv

try:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    from custval import plot
except ImportError:
    matplotlib = None

END, HOLDOUT = "1997-09-30", "1998-06-30"


def line(ax, label):
    (found,) = [drawn for drawn in ax.get_lines() if drawn.get_label() == label]
    return list(found.get_xdata()), list(found.get_ydata())


@unittest.skipIf(matplotlib is None, "no matplotlib")
class LifetimePictures(Looking):
    @classmethod
    def setUpClass(cls):
        cls.history = cv.History(transactions())
        cls.customers = cls.history.customers(END, HOLDOUT)
        cls.model = cv.Lifetime.fit(cls.customers, unit="week")
        cls.tracked = cls.model.track(cls.customers, cls.history.course(END, HOLDOUT))
        cls.judged = cls.model.by_frequency(cls.customers)

    # --- Customers

    def mesh(self, ax):
        (mesh,) = ax.collections
        return mesh.get_array()

    def test_frequency_recency(self):
        ax = plot.frequency_recency(self.model, age=38, most=20)
        seen = self.look(ax)
        self.assertTrue({"repeat purchases", "age at the last purchase (weeks)", "customers of age 38"} <= seen, seen)
        self.assertEqual(ax.get_figure().axes[1].get_ylabel(), "P(alive)")
        cells = self.mesh(ax)
        self.assertEqual(cells.shape, (81, 20))
        for row, x in ((0, 1), (80, 20), (40, 5)):
            alive = self.model.predict({"x": [x], "t_x": [38 * row / 80], "T": [38]}, outputs="alive")["alive"][0]
            self.assertAlmostEqual(cells[row, x - 1], alive, 12)
        self.assertEqual(self.look(ax.get_figure().axes[1]) & {"P(alive)"}, {"P(alive)"})

    def test_frequency_recency_of_data(self):
        ax = plot.frequency_recency(self.model, self.customers, output="expected", horizon=39)
        self.look(ax)
        self.assertEqual(ax.get_figure().axes[1].get_ylabel(), "expected purchases in 39 weeks")
        self.assertEqual(ax.get_title(), "customers of age 38.86")
        repeats = sorted(self.customers["x"])
        self.assertEqual(self.mesh(ax).shape[1], repeats[math.ceil(0.99 * len(repeats)) - 1])
        frame = self.customers.to_pandas()
        again = plot.frequency_recency(self.model, frame, output="expected", horizon=39)
        self.assertTrue((self.mesh(again) == self.mesh(ax)).all())

    def test_frequency_recency_of_opportunities(self):
        model = cv.Lifetime.stated("bgbb", [1.204, 0.75, 0.657, 2.783])
        ax = plot.frequency_recency(model, age=6, most=6)
        self.assertIn("age at the last purchase (units of time)", self.look(ax))
        cells = self.mesh(ax)
        self.assertEqual(cells.shape, (6, 6))
        # Whoever bought five times did not do so last at the second opportunity.
        self.assertTrue(math.isnan(cells.filled(math.nan)[1, 4]) and not math.isnan(cells.filled(math.nan)[4, 4]))

    def test_frequency_recency_needs_to_know_what(self):
        for options in ({}, {"age": 5}, {"most": 5}, {"age": 5, "most": 5, "output": "value"}):
            with self.assertRaises(ValueError):
                plot.frequency_recency(self.model, **options)
        with self.assertRaises(TypeError):
            plot.frequency_recency("bgnbd", age=5, most=5)

    def test_alive_path(self):
        path = self.history.path(1, HOLDOUT)
        ax = plot.alive_path(self.model, path)
        seen = self.look(ax)
        self.assertTrue({"age (weeks)", "P(alive)", "purchase"} <= seen, seen)
        ages, alive = line(ax, "P(alive)")
        self.assertEqual(ages, path["T"].tolist())
        self.assertEqual(alive, self.model.predict(path, outputs="alive")["alive"].tolist())
        bought = [drawn.get_xdata()[0] for drawn in ax.get_lines() if drawn.get_label() != "P(alive)"]
        self.assertEqual(bought, sorted({0.0, *path["t_x"]}))
        self.look(plot.alive_path(self.model, self.history.path(1, "1997-01-01")))  # a single day

    # --- Models

    def test_tracking(self):
        ax = plot.tracking(self.tracked, end=max(self.customers["T"]), unit="week")
        seen = self.look(ax)
        words = {
            "time since the first customer (weeks)",
            "repeat purchases until then",
            "actual",
            "expected",
            "end of the fit",
        }
        self.assertTrue(words <= seen, seen)
        for word in ("actual", "expected"):
            self.assertEqual(line(ax, word), (self.tracked["elapsed"].tolist(), self.tracked[f"{word}_total"].tolist()))

    def test_tracking_by_unit(self):
        ax = plot.tracking(self.tracked, end=38.86, cumulative=False, unit="week")
        self.assertIn("repeat purchases in a week", self.look(ax))
        self.assertEqual(line(ax, "actual")[1], self.tracked["actual"].tolist())
        self.assertEqual(line(ax, "expected")[1], self.tracked["expected"].tolist())
        late = plot.tracking(self.tracked, end=75.0)
        self.assertIn("end of the fit", self.look(late))
        self.assertNotIn("end of the fit", self.look(plot.tracking(self.tracked.to_pandas())))

    def test_tracking_needs_what_happened(self):
        with self.assertRaisesRegex(ValueError, "actual"):
            plot.tracking(self.model.track(self.customers, {"elapsed": [1.0, 2.0]}))

    def test_calibration(self):
        ax = plot.calibration(self.judged)
        seen = self.look(ax)
        self.assertTrue({"0", "6", "7+", "customers", "actual", "expected"} <= seen, seen)
        heights = [bar.get_height() for bar in ax.patches]
        self.assertEqual(heights, [*self.judged["customers"], *self.judged["expected_customers"]])

    def test_calibration_in_the_holdout(self):
        ax = plot.calibration(self.judged, holdout=True)
        self.assertIn("mean purchases in the holdout", self.look(ax))
        self.assertEqual(line(ax, "actual")[1], self.judged["holdout_mean"].tolist())
        self.assertEqual(line(ax, "expected")[1], self.judged["holdout_expected"].tolist())
        bare = self.model.by_frequency(self.history.customers(END))
        with self.assertRaisesRegex(ValueError, "holdout"):
            plot.calibration(bare, holdout=True)
        self.look(plot.calibration(bare))

    # --- Value

    def test_whale_curve(self):
        spread = cv.worth.concentration({"total": [50.0, 40.0, 30.0, 0.0, -20.0]})
        ax = plot.whale_curve(spread)
        seen = self.look(ax)
        self.assertIn("120 % of the value from 60 % of the customers", seen)
        drawn = max(ax.get_lines(), key=lambda found: len(found.get_xdata()))
        self.assertEqual(list(drawn.get_xdata())[:3], [0.0, 20.0, 40.0])
        self.assertEqual(list(drawn.get_ydata()), [0.0, *(100 * share for share in spread.curve["share"])])
        for values in ([5.0, 4.0], [1000.0] + [-1.0] * 99, [3.0] * 95 + [-1.0] * 5):
            self.look(plot.whale_curve(cv.worth.concentration({"total": values}, points=10)))

    def test_whale_curve_of_a_loss(self):
        """There are no shares of nothing: money is drawn."""
        spread = cv.worth.concentration({"total": [5.0, -3.0, -4.0]})
        ax = plot.whale_curve(spread.curve)
        self.assertIn("value", self.look(ax))
        drawn = max(ax.get_lines(), key=lambda found: len(found.get_xdata()))
        self.assertEqual(list(drawn.get_ydata()), [0.0, 5.0, 2.0, -2.0])

    def test_axes_that_exist(self):
        given = pyplot.figure(figsize=(9, 9)).subplots(3, 2).flat
        made = [
            plot.frequency_recency(self.model, age=38, most=20, ax=given[0]),
            plot.alive_path(self.model, self.history.path(1, END), ax=given[1]),
            plot.tracking(self.tracked, ax=given[2]),
            plot.calibration(self.judged, ax=given[3]),
            plot.whale_curve(cv.worth.concentration({"total": [2.0, 1.0]}), ax=given[4]),
        ]
        self.assertTrue(all(ax is one for ax, one in zip(made, given)))


if __name__ == "__main__":
    unittest.main()
