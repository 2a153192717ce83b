"""README, guides and examples run, and print what they say they print."""

# SPDX-License-Identifier: Apache-2.0
import importlib.util
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import pages

EXAMPLES = pages.PYTHON.parents[1] / "examples" / "python"


def installed(*names):
    return all(importlib.util.find_spec(name) is not None for name in names)


class Pages(unittest.TestCase):
    def setUp(self):
        if installed("matplotlib"):
            import matplotlib

            matplotlib.use("Agg")
            matplotlib.rcParams["figure.max_open_warning"] = 0  # a page of pictures keeps them all

    def test_pages(self):
        for page in pages.PAGES:
            with self.subTest(page.name), tempfile.TemporaryDirectory() as folder:
                with pages.folder_with_examples(folder):
                    wrong, missing = pages.run_page(page)
                self.assertEqual(wrong, [], "\n".join(wrong))
                if missing:
                    self.skipTest(f"{page.name} without {', '.join(sorted(set(missing)))}")

    def test_pages_are_in_the_manual(self):
        manual = (pages.PYTHON / "mkdocs.yml").read_text(encoding="utf-8")
        for path in (pages.PYTHON / "docs").rglob("*.md"):
            self.assertIn(str(path.relative_to(pages.PYTHON / "docs")), manual)

    def test_the_reference_names_every_public_object(self):
        import custval

        text = "".join(path.read_text(encoding="utf-8") for path in (pages.PYTHON / "docs" / "reference").glob("*.md"))
        for name in custval.__all__:
            if name not in ("History", "Lifetime", "Weights", "Worth"):  # parts of their modules' pages
                self.assertTrue(f"custval.{name}" in text or f"`{name}`" in text, name)


@unittest.skipUnless(installed("pandas", "matplotlib"), "no pandas, or no matplotlib")
class Examples(unittest.TestCase):
    def run_example(self, name, pictures):
        """What the example prints; it leaves these pictures and nothing else."""
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, str(EXAMPLES / name), folder]
            done = subprocess.run(
                command, capture_output=True, text=True, env={**os.environ, "MPLBACKEND": "Agg"}, check=False
            )
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            left = {path.name: path.stat().st_size for path in pathlib.Path(folder).iterdir()}
        self.assertEqual(set(left), pictures)
        self.assertTrue(all(size > 5000 for size in left.values()), left)
        return done.stdout

    def test_survey(self):
        said = self.run_example(
            "survey.py", {"tree.png", "distribution.png", "waterfall.png", "importance-performance.png"}
        )
        # The command and the README of the project give the same numbers.
        self.assertIn("1811 rows, 0 warnings", said)
        self.assertIn("rows without a value: 0", said)
        self.assertIn("correlation with the stated value: 0.808", said)
        self.assertRegex(said, r"total +-62\.50")

    def test_weights(self):
        said = self.run_example("weights.py", {"weighted.png", "acceptability.png"})
        # docs/choosing-weights.md shows these numbers of the command.
        self.assertIn("effectiveness=0.2339, exposure=0.08326, reach=0.1735, distribution=0.381, money=0.1284", said)
        self.assertIn("consistency ratio 0.016, consensus 0.96", said)
        self.assertIn('the largest, 0.144, is that of "service"', said)
        self.assertIn("R2 0.694", said)
        self.assertIn("equal weights: correlation with the stated value 0.808", said)
        self.assertIn("mixed weights: correlation with the stated value 0.810", said)

    def test_lifetime_value(self):
        pictures = ("tracking", "calibration", "whale-curve", "alive-path", "frequency-recency")
        said = self.run_example("lifetime_value.py", {f"{name}.png" for name in pictures})
        self.assertIn("2357 customers, 6696 purchases", said)
        self.assertRegex(said, r"r +0\.2426 .*\nalpha +4\.414 ")  # Fader, Hardie & Lee (2005)
        self.assertRegex(said, r"gamma +15\.44 ")
        self.assertIn("value of the base: 44,886", said)
        self.assertIn("the best tenth brings 55%, Gini 0.59", said)


if __name__ == "__main__":
    unittest.main()
