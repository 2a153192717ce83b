"""What every picture has to fulfil.

CUSTVAL_PICTURES names a folder in which to leave every picture for looking at.
"""

# SPDX-License-Identifier: Apache-2.0
import itertools
import os
import pathlib
import unittest

try:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot
    from matplotlib.text import Text
except ImportError:
    matplotlib = None


def texts_of(ax):
    """What can be read, with legends and the names of ticks."""
    found = [text for text in ax.findobj(Text) if text.get_visible() and text.get_text().strip()]
    return [text for text in found if text.get_window_extent().width > 0]


class Looking(unittest.TestCase):
    def tearDown(self):
        pyplot.close("all")

    def look(self, ax, clear=True):
        """Draws it; no text is cut off by the edge, and none covers another."""
        figure = ax.get_figure()
        figure.canvas.draw()
        folder = os.environ.get("CUSTVAL_PICTURES")
        if folder:
            figure.savefig(pathlib.Path(folder) / f"{self.id().rpartition('.')[2]}.png")
        edge = figure.bbox.padded(1)
        low, high = sorted(ax.get_xlim()), sorted(ax.get_ylim())
        outside = [tick.label1 for tick in ax.xaxis.get_major_ticks() if not low[0] <= tick.get_loc() <= low[1]]
        outside += [tick.label1 for tick in ax.yaxis.get_major_ticks() if not high[0] <= tick.get_loc() <= high[1]]
        seen = [text for text in texts_of(ax) if text not in outside]
        if not ax.axison:
            seen = [text for text in seen if text in ax.texts]
        boxes = [(text.get_text(), text.get_window_extent()) for text in seen]
        for words, box in boxes:
            within = edge.x0 <= box.x0 and box.x1 <= edge.x1 and edge.y0 <= box.y0 and box.y1 <= edge.y1
            self.assertTrue(within, f"{words!r} is cut off: {box} in {edge}")
        for (words, box), (others, other) in itertools.combinations(boxes, 2) if clear else ():
            self.assertFalse(box.padded(-1).overlaps(other.padded(-1)), f"{words!r} covers {others!r}")
        return {" ".join(words.split()) for words, _ in boxes}
