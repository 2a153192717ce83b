#!/usr/bin/env python3
"""The extension of SQLite in SQLite: test_sqlite.py BUILD_DIRECTORY. Needs a Python whose sqlite3 loads extensions."""

# SPDX-License-Identifier: Apache-2.0
import json
import pathlib
import random
import sqlite3
import sys
import tempfile
import threading

from harness import FUNCTIONS, LIFETIME, QUANTILES, SYSTEM, Checks, Failed, attempt, guide, run_calls

AS_JSON = {"custval_scores", "custval_explain", "custval_weights"}


def connect(extension, path=":memory:"):
    connection = sqlite3.connect(path)
    connection.enable_load_extension(True)
    connection.load_extension(str(extension))
    return connection


def asking(connection):
    def ask(function, arguments):
        sql = f"SELECT {function}({', '.join('?' * len(arguments))})"
        try:
            answer = connection.execute(sql, arguments).fetchone()[0]
        except sqlite3.Error as error:
            raise Failed(str(error)) from None
        return json.loads(answer) if function in AS_JSON and answer is not None else answer

    return ask


def test_answers(checks, connection, ask):
    checks.equal(ask("custval_value", [SYSTEM, 80, 40, 30]), 40.0, "whole numbers are answers")
    checks.equal(ask("custval_value", [SYSTEM, 80, None, 30]), 50.0, "NULL is missing, as the system's policy says")
    checks.equal(ask("custval_value", [SYSTEM, None, None, None]), None, "no answer, no value")
    checks.contains(ask("custval_reason", [SYSTEM, 80, 40, 101]), "101", "the reason of a row names the answer")
    checks.equal(ask("custval_reason", [SYSTEM, 80, 40, 30]), None, "a row without a status has no reason")
    both = "SELECT custval_value(:a, 80, 40, 30), custval_value(:b, 80, 40, 30), custval_value(:a, 0, 0, 0)"
    other = SYSTEM.replace('"weight": 3', '"weight": 1')
    checks.equal(
        connection.execute(both, {"a": SYSTEM, "b": other}).fetchone(),
        (40.0, 30.0, 0.0),
        "two documents in one query do not mix",
    )
    rows = connection.execute(
        "WITH d(document) AS (VALUES (:a), (:b), (:a)) SELECT custval_value(document, 80, 40, 30) FROM d",
        {"a": SYSTEM, "b": other},
    ).fetchall()
    checks.equal(rows, [(40.0,), (30.0,), (40.0,)], "the document may be a column")
    clv = ask("custval_clv", [LIFETIME, 2, 30.43, 38.86, 22.35, 52, 0.1, 52.18])
    checks.ok(clv is not None and clv > 0, "a lifetime value with spend", clv)
    checks.equal(ask("custval_clv", [LIFETIME, None, 30.43, 38.86, 22.35, 52]), None, "a missing count, no prediction")


def test_refusals(checks, ask):
    for name, arguments, part in (
        ("custval_value", [], "the document is NULL"),
        ("custval_value", [None, 1], "the document is NULL"),
        ("custval_value", ["", 1], "CUSTVAL_ERROR_DOCUMENT"),
        ("custval_value", [SYSTEM, 1, 2], "2 answers are given, but the document reads 3: quality, range, price"),
        ("custval_value", [SYSTEM, 1, "2", 3], 'answer 2, column "range": a number is needed, not a text'),
        ("custval_value", [SYSTEM, 1, b"2", 3], "not a blob"),
        ("custval_group", [SYSTEM, 1], "CUSTVAL_ERROR_DOCUMENT"),
        ("custval_group", [QUANTILES, 1], "quantiles need all customers"),
        ("custval_weights", [1, 2, 3], "3 judgements are no square matrix"),
        ("custval_weights", [1, 3, 3, 1], "CUSTVAL_ERROR_RANGE"),
        ("custval_expected", [LIFETIME, 1, 2, 3], "3 numbers are given, not 4"),
        ("custval_expected", [LIFETIME, 1, 2, "x", 4], "number 3 is none"),
        ("custval_summary_statistics", [b"no summary"], "CUSTVAL_ERROR_DOCUMENT"),
        ("custval_summary", ["a,b", 1], "1 numbers are given, not 2"),
        ("custval_summary", ["a=1", 1], "name=low:high"),
    ):
        checks.contains(attempt(ask, name, arguments), part, f"{name} of {len(arguments)} arguments: {part}")


def test_explained(checks, connection, ask):
    rows = connection.execute("SELECT node, contribution, is_part FROM custval_explained(?, 80, NULL, 30)", [SYSTEM])
    table = [tuple(row) for row in rows]
    wanted = [
        (row["node"], row["contribution"], row["is_part"]) for row in ask("custval_explain", [SYSTEM, 80, None, 30])
    ]
    checks.equal(table, wanted, "the table-valued function explains as the JSON does")
    connection.execute("CREATE TABLE answers (id, q, r, p)")
    connection.executemany("INSERT INTO answers VALUES (?, ?, ?, ?)", [(1, 80, 40, 30), (2, 10, None, 90)])
    joined = connection.execute(
        "SELECT a.id, sum(e.contribution) FROM answers a, custval_explained(?, a.q, a.r, a.p) e "
        "WHERE e.is_part GROUP BY a.id ORDER BY a.id",
        [SYSTEM],
    ).fetchall()
    checks.equal(joined, [(1, 40.0), (2, -80.0)], "it joins with a table")
    for sql, part in (
        ("SELECT * FROM custval_explained", "document is NULL"),
        ("SELECT * FROM custval_explained(?1, 1)", "reads 3"),
        ("SELECT * FROM custval_explained('x', 1)", "CUSTVAL_ERROR_DOCUMENT"),
    ):
        try:
            answer = connection.execute(sql, [SYSTEM] if "?1" in sql else []).fetchall()
        except sqlite3.Error as error:
            answer = error
        checks.contains(answer, part, f"{sql}: {part}")


def test_schema(checks, connection):
    connection.execute("CREATE TABLE customers (id INTEGER PRIMARY KEY, q REAL, r REAL, p REAL)")
    text = SYSTEM.replace("'", "''")
    connection.executemany(
        "INSERT INTO customers(q, r, p) VALUES (?, ?, ?)",
        [(float(i % 101), float(i % 97), float(i % 89)) for i in range(2000)],
    )
    connection.execute(f"CREATE INDEX by_value ON customers (custval_value('{text}', q, r, p))")
    plan = connection.execute(
        f"EXPLAIN QUERY PLAN SELECT id FROM customers WHERE custval_value('{text}', q, r, p) > 60"
    )
    checks.contains(plan.fetchall(), "by_value", "an index on the value is used")


def test_summaries(checks, connection):
    random.seed(1)
    rows = [(random.randint(1, 10), None if i % 50 == 0 else random.random(), i % 3) for i in range(5000)]
    connection.execute("CREATE TABLE t (a, b, part)")
    connection.executemany("INSERT INTO t VALUES (?, ?, ?)", rows)
    columns = "a=1:10, -b=0:1"
    whole = connection.execute("SELECT custval_summary(?, a, b) FROM t", [columns]).fetchone()[0]
    parts = connection.execute(
        "SELECT custval_summary_merge(s) FROM (SELECT custval_summary(?, a, b) AS s FROM t GROUP BY part)", [columns]
    ).fetchone()[0]
    read = "SELECT custval_summary_statistics(?)"
    one, many = (json.loads(connection.execute(read, [bytes_]).fetchone()[0]) for bytes_ in (whole, parts))
    by_hand = [a for a, _, _ in rows]
    mean = sum(by_hand) / len(by_hand)
    deviation = (sum((a - mean) ** 2 for a in by_hand) / (len(by_hand) - 1)) ** 0.5
    checks.ok(
        abs(one[0]["mean"] - mean) < 1e-12 and abs(one[0]["deviation"] - deviation) < 1e-12,
        "mean and deviation are those of the numbers",
        one[0],
    )
    checks.equal([row["missing"] for row in one], [0, 100], "NULLs are counted as missing")
    checks.ok(
        all(abs(a["mean"] - b["mean"]) < 1e-12 and a["count"] == b["count"] for a, b in zip(one, many)),
        "merged parts say the same as the whole",
        (one, many),
    )
    for method in ("critic", "entropy", "deviation", "variation"):
        weights = json.loads(connection.execute("SELECT custval_summary_weights(?, ?)", [whole, method]).fetchone()[0])
        checks.ok(
            abs(sum(weights.values()) - 1) < 1e-12 and list(weights) == ["a", "b"], f"weights by {method}", weights
        )
    checks.equal(
        connection.execute("SELECT custval_summary(?, a, b) FROM t WHERE 0", [columns]).fetchone()[0],
        None,
        "no row, no summary",
    )


def test_fuzz(checks, ask):
    """Any arguments at all: an answer or an error, and the connection goes on."""
    random.seed(7)
    pool = [
        None,
        0,
        1,
        -1,
        2**62,
        1.5,
        float("inf"),
        float("nan"),
        "",
        "x",
        "ä" * 1000,
        b"",
        b"\0\1",
        SYSTEM,
        LIFETIME,
        QUANTILES,
        SYSTEM[:-5],
        "{" * 5000,
        "[" * 100000,
    ]
    answered = 0
    for _ in range(20000):
        arguments = [random.choice(pool) for _ in range(random.choice((0, 1, 2, 3, 4, 4, 5, 9)))]
        answered += not isinstance(attempt(ask, "custval_" + random.choice(FUNCTIONS), arguments), Failed)
    checks.ok(answered > 0, f"20000 calls with any arguments, {answered} of them answered")
    checks.equal(ask("custval_value", [SYSTEM, 80, 40, 30]), 40.0, "and the connection still scores")


def test_threads(checks, extension):
    """Eight connections at once, in one process and over one cache of documents."""
    wrong = []

    def work(number):
        with tempfile.TemporaryDirectory() as folder:
            for turn in range(20):
                connection = connect(extension, pathlib.Path(folder) / "db")
                weight = 1 + (number + turn) % 5
                text = SYSTEM.replace('"weight": 3', f'"weight": {weight}')
                sql = (
                    "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n LIMIT 500) "
                    "SELECT custval_value(?, i % 101, 40, 30) FROM n"
                )
                for i, (got,) in enumerate(connection.execute(sql, [text])):
                    if abs(got - ((weight * (i % 101) + 40) / (weight + 1) - 30)) > 1e-9:
                        wrong.append((number, i, got))
                connection.close()

    threads = [threading.Thread(target=work, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    checks.ok(not wrong, "eight threads with forty documents, loading and closing", wrong[:3])


def test_guide(checks, extension):
    connection = connect(extension)
    connection.executescript(guide("SQLite"))
    values = connection.execute(
        "SELECT custval_value((SELECT document FROM documents WHERE name = 'survey'), q1) FROM customers"
    )
    checks.equal(
        [value and round(value, 9) for (value,) in values], [100.0, 33.333333333, None], "the guide's example runs"
    )


def main():
    checks = Checks("sqlite")
    extension = pathlib.Path(sys.argv[1]) / "bindings/sql/sqlite/custval.so"
    if not hasattr(sqlite3.Connection, "enable_load_extension"):
        checks.skip("everything", f"the sqlite3 module of {sys.executable} loads no extensions")
    elif not extension.exists():
        checks.skip("everything", "the extension is not built: no sqlite3ext.h")
    else:
        connection = connect(extension)
        ask = asking(connection)
        run_calls(checks, ask)
        test_answers(checks, connection, ask)
        test_refusals(checks, ask)
        test_explained(checks, connection, ask)
        test_schema(checks, connection)
        test_summaries(checks, connection)
        test_fuzz(checks, ask)
        test_threads(checks, extension)
        test_guide(checks, extension)
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
