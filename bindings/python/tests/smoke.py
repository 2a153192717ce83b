"""Everything that must work with the standard library alone: run by a Python without any package, isolated if asked.

smoke.py PACKAGE_DIRECTORY
"""

# SPDX-License-Identifier: Apache-2.0
import array
import datetime
import pickle
import sys

sys.path.insert(0, sys.argv[1])

import custval as cv

for absent in ("numpy", "pandas", "polars", "pyarrow", "duckdb", "tqdm", "matplotlib"):
    assert absent not in sys.modules, absent

system = (
    cv.Builder("coffee")
    .dimension("benefit", "product", weight=2)
    .indicator("product", "taste", label={"en": "Taste", "zh": "口味"})
    .item("taste", "q1", scale=(1, 10))
    .dimension("sacrifice", "money")
    .indicator("money", "price")
    .item("price", "q2", scale=(1, 10))
    .build()
)
answers = {"q1": [10, 1, None], "q2": array.array("d", [1, 10, 5])}
scores = system.score(answers)
assert scores["value"][:2] == [100.0, -100.0] and scores["value"][2] is None
assert system.score_row(q1=10, q2=1).value == 100.0
assert "taste" in str(system).lower() and "Taste" in str(system.explain(answers, 0))
assert system.explain(answers, 0, language="zh")["label"].count("口味") == 1
assert pickle.loads(pickle.dumps(system)) == system
table = cv.Table(answers)
assert table["q2"].tolist() == [1, 10, 5] and pickle.loads(pickle.dumps(table)) == table
summary = cv.Summary(table, parts=["pairs", "quantiles"])
assert pickle.loads(pickle.dumps(summary)).rows == 3
weights = cv.weights.ahp([[1, 3], [1 / 3, 1]], names=["quality", "price"])
assert weights["quality"] == 0.75 and weights.consistency_ratio == 0.0
assert len(cv.uncertainty.draw(weights, draws=10)) == 10
assert cv.ranking.rank(answers, {"q1": 1, "q2": 1})["rank"][0] == 1.0
try:
    system.score({"q1": [1]})
except LookupError as error:
    assert "q2" in str(error)
else:
    raise AssertionError("a missing column was not missed")
purchases = {"customer": [1, 1, 2], "date": [datetime.date(2026, 1, 1), datetime.date(2026, 1, 15), None]}
history = cv.History(purchases, amount=None, bad_rows="drop")
assert history.customers("2026-01-29").to_dict()["t_x"] == [2.0] and history.facts.bad == 1
assert pickle.loads(pickle.dumps(history)).to_bytes() == history.to_bytes()
model = cv.Lifetime.stated("bgnbd", [0.243, 4.414, 0.793, 2.426], unit="week")
assert round(model.predict({"x": [2], "t_x": [30.43], "T": [38.86]}, horizon=39)["expected"][0], 3) == 1.226
worth = cv.Worth({"custval": "worth", "version": 1, "existing": {"value": "paid"}})
assert worth.value({"paid": [3.0, 1.0]}, keep="paid")["share"] == [0.75, 0.25]
assert cv.equity.customer_equity({"value": [1, 2]})["equity"].tolist() == [3.0]
assert cv.Table(purchases)["date"][0] == purchases["date"][0]
schema, data = table.__arrow_c_array__()
assert "arrow_schema" in repr(schema) and "arrow_array" in repr(data)
seen = []
system.score({"q1": [5] * 300000, "q2": [5] * 300000}, progress=lambda done, total: seen.append((done, total)))
assert seen[-1] == (300000, 300000), seen[-1:]
print("smoke: " + sys.version.split()[0])
