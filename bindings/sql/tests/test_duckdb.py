#!/usr/bin/env python3
"""The extension of DuckDB in DuckDB: test_duckdb.py BUILD_DIRECTORY. Needs a Python with the package duckdb."""

# SPDX-License-Identifier: Apache-2.0
import json
import pathlib
import random
import sys
import threading

from harness import FUNCTIONS, LIFETIME, QUANTILES, SYSTEM, Checks, Failed, attempt, guide, run_calls

try:
    import duckdb
except ImportError:
    duckdb = None

AS_JSON = {"custval_scores", "custval_explain"}
LISTS = {"custval_weights", "custval_consistency"}


def connect(extension):
    connection = duckdb.connect(":memory:", config={"allow_unsigned_extensions": "true"})
    connection.load_extension(str(extension))
    return connection


def asking(connection):
    def ask(function, arguments):
        if function in LISTS:
            arguments = [[None if cell is None else float(cell) for cell in arguments]]
        sql = f"SELECT {function}({', '.join('?' * len(arguments))})"
        try:
            answer = connection.execute(sql, arguments).fetchone()[0]
        except (duckdb.Error, RuntimeError) as error:
            raise Failed(str(error)) from None
        return json.loads(answer) if function in AS_JSON and answer is not None else answer

    return ask


def one(connection, sql, arguments=()):
    try:
        return connection.execute(sql, list(arguments)).fetchone()[0]
    except duckdb.Error as error:
        return Failed(str(error))


def test_answers(checks, connection, ask):
    other = SYSTEM.replace('"weight": 3', '"weight": 1')
    checks.equal(ask("custval_value", [SYSTEM, 80, None, 30]), 50.0, "NULL is missing, as the system's policy says")
    checks.equal(ask("custval_value", [SYSTEM, None, None, None]), None, "no answer, no value")
    checks.contains(ask("custval_reason", [SYSTEM, 80, 40, 101]), "101", "the reason of a row names the answer")
    checks.equal(ask("custval_reason", [SYSTEM, 80, 40, 30]), None, "a row without a status has no reason")
    types = (
        "TINYINT",
        "SMALLINT",
        "INTEGER",
        "BIGINT",
        "UTINYINT",
        "USMALLINT",
        "UINTEGER",
        "UBIGINT",
        "HUGEINT",
        "FLOAT",
        "DOUBLE",
        "DECIMAL(4, 1)",
        "DECIMAL(9, 2)",
        "DECIMAL(18, 3)",
        "DECIMAL(38, 4)",
    )
    got = [one(connection, f"SELECT custval_value(?, 80::{name}, 40::{name}, 30::{name})", [SYSTEM]) for name in types]
    checks.equal(got, [40.0] * len(types), "numbers of every type are answers")
    checks.equal(
        one(connection, "SELECT custval_value(?, 80.1, 40, 30)", [SYSTEM]),
        one(connection, "SELECT custval_value(?, 80.1::DOUBLE, 40, 30)", [SYSTEM]),
        "a decimal is the nearest double",
    )
    rows = connection.execute(
        "SELECT custval_value(d, 80, 40, 30) FROM (VALUES (1, $a), (2, $b), (3, $b), (4, $a)) v(i, d) " "ORDER BY i",
        {"a": SYSTEM, "b": other},
    ).fetchall()
    checks.equal(rows, [(40.0,), (30.0,), (30.0,), (40.0,)], "the document may be a column")
    clv = ask("custval_clv", [LIFETIME, 2, 30.43, 38.86, 22.35, 52, 0.1, 52.18])
    checks.ok(clv is not None and clv > 0, "a lifetime value with spend", clv)
    checks.equal(ask("custval_clv", [LIFETIME, None, 30.43, 38.86, 22.35, 52]), None, "a missing count, no prediction")


def test_columns(checks, connection):
    """Batches with and without missing cells give what single rows give, at every thread count."""
    connection.execute(
        "CREATE TABLE big AS SELECT i, CASE WHEN i % 7 = 0 THEN NULL ELSE (i * 37 % 101)::DOUBLE END AS q, "
        "(i * 17 % 97)::DOUBLE AS r, CASE WHEN i % 1000 = 3 THEN NULL ELSE i % 89 END AS p "
        "FROM range(300000) t(i)"
    )
    sql = "SELECT sum(hash(i, custval_value(?, q, r, p)))::VARCHAR FROM big"
    sums = []
    for threads in (1, 2, 8):
        connection.execute(f"SET threads = {threads}")
        sums.append(one(connection, sql, [SYSTEM]))
    checks.ok(len(set(map(str, sums))) == 1, "the same bits for any number of threads", sums)
    single = connection.execute(
        "SELECT i, q, r, p, custval_value(?, q, r, p) FROM big WHERE i % 999 = 0", [SYSTEM]
    ).fetchall()
    wrong = [
        row
        for row in single
        if one(connection, "SELECT custval_value(?, ?::DOUBLE, ?::DOUBLE, ?::BIGINT)", [SYSTEM, *row[1:4]]) != row[4]
    ]
    checks.ok(not wrong and len(single) > 300, "a row alone and among others has the same value", wrong[:3])
    columns = (
        "(i % 5)::DOUBLE, (i % 30)::DOUBLE, 38.86, 20 + i % 7, CASE WHEN i % 11 > 0 THEN i % 52 END, (i % 3) / 10, 52"
    )
    worth = f"SELECT i, {columns}, custval_clv(?, {columns}) FROM big WHERE i < 3000"
    wrong = [
        row
        for row in connection.execute(worth, [LIFETIME]).fetchall()[::17]
        if one(connection, "SELECT custval_clv(?, ?, ?, ?, ?, ?, ?, ?)", [LIFETIME, *row[1:-1]]) != row[-1]
    ]
    checks.ok(not wrong, "lifetime values with a horizon and a rate for each row", wrong[:3])
    missing = one(connection, "SELECT count(*) FROM big WHERE custval_value(?, q, NULL, p) IS NULL", [SYSTEM])
    checks.equal(
        missing,
        one(connection, "SELECT count(*) FROM big WHERE q IS NULL OR p IS NULL"),
        "NULL where there is no value",
    )


def test_refusals(checks, ask, connection):
    for name, arguments, part in (
        ("custval_value", [None, 1], "the document is NULL"),
        ("custval_value", ["", 1], "CUSTVAL_ERROR_DOCUMENT"),
        ("custval_value", [SYSTEM, 1, 2], "2 answers are given, but the document reads 3: quality, range, price"),
        ("custval_value", [SYSTEM, 1, "2", 3], 'answer 2, column "range": a number is needed, not a text'),
        ("custval_value", [SYSTEM, 1, b"2", 3], "not another type"),
        ("custval_group", [QUANTILES, 1], "quantiles need all customers"),
        ("custval_weights", [1, 2, 3], "3 judgements are no square matrix"),
        ("custval_weights", [1, 3, 3, 1], "CUSTVAL_ERROR_RANGE"),
        ("custval_expected", [LIFETIME, 1, 2, 3], "3 numbers are given, not 4"),
        ("custval_summary_statistics", [b"no summary"], "CUSTVAL_ERROR_DOCUMENT"),
        ("custval_summary", ["a,b", [1.0]], "1 numbers are given, not 2"),
        ("custval_summary", ["a=1", [1.0]], "name=low:high"),
    ):
        checks.contains(attempt(ask, name, arguments), part, f"{name} of {len(arguments)} arguments: {part}")
    checks.equal(one(connection, "SELECT custval_weights(NULL)"), None, "no judgements, no weights")


def test_summaries(checks, connection):
    random.seed(1)
    rows = [(random.randint(1, 10), None if i % 50 == 0 else random.random(), i % 3) for i in range(20000)]
    connection.execute("CREATE TABLE t (a DOUBLE, b DOUBLE, part INTEGER)")
    connection.execute(
        "INSERT INTO t SELECT unnest($a), unnest($b), unnest($c)",
        dict(zip("abc", ([float(row[0]) for row in rows], [row[1] for row in rows], [row[2] for row in rows]))),
    )
    columns = "a=1:10, -b=0:1"
    whole = one(connection, "SELECT custval_summary(?, [a, b]) FROM t", [columns])
    merged = one(
        connection,
        "SELECT custval_summary_merge(s) FROM (SELECT custval_summary(?, [a, b]) AS s FROM t GROUP BY part)",
        [columns],
    )
    first, second = (json.loads(one(connection, "SELECT custval_summary_statistics(?)", [s])) for s in (whole, merged))
    by_hand = [a for a, _, _ in rows]
    mean = sum(by_hand) / len(by_hand)
    checks.ok(abs(first[0]["mean"] - mean) < 1e-12, "the mean is that of the numbers", first[0])
    checks.equal([row["missing"] for row in first], [0, 400], "NULLs are counted as missing")
    checks.ok(
        all(abs(a["mean"] - b["mean"]) < 1e-12 and a["count"] == b["count"] for a, b in zip(first, second)),
        "merged groups say the same as the whole",
        (first, second),
    )
    for method in ("critic", "entropy", "deviation", "variation"):
        weights = json.loads(one(connection, "SELECT custval_summary_weights(?, ?)", [whole, method]))
        checks.ok(
            abs(sum(weights.values()) - 1) < 1e-12 and list(weights) == ["a", "b"], f"weights by {method}", weights
        )
    checks.equal(
        one(connection, "SELECT custval_summary(?, [a, b]) FROM t WHERE false", [columns]), None, "no row, no summary"
    )


def test_fuzz(checks, connection, ask):
    """Any arguments at all: an answer or an error, and the connection goes on."""
    random.seed(7)
    pool = [
        None,
        0,
        1,
        -1,
        2**62,
        2**100,
        1.5,
        float("inf"),
        float("nan"),
        "",
        "x",
        "ä" * 1000,
        b"",
        b"\0\1",
        True,
        [1.0, 2.0],
        [],
        SYSTEM,
        LIFETIME,
        QUANTILES,
        SYSTEM[:-5],
        "{" * 5000,
        "[" * 100000,
    ]
    answered = 0
    for _ in range(3000):
        arguments = random.choices(pool, k=random.choice((0, 1, 2, 3, 4, 4, 5, 9)))
        sql = f"SELECT custval_{random.choice(FUNCTIONS)}({', '.join('?' * len(arguments))})"
        try:
            connection.execute(sql, arguments).fetchone()
            answered += 1
        except (duckdb.Error, RuntimeError, UnicodeDecodeError):
            pass
    checks.ok(answered > 0, f"3000 calls with any arguments, {answered} of them answered")
    checks.equal(ask("custval_value", [SYSTEM, 80, 40, 30]), 40.0, "and the connection still scores")


def test_threads(checks, extension):
    """Eight databases at once, in one process and over one cache of documents."""
    wrong = []

    def work(number):
        for turn in range(5):
            connection = connect(extension)
            weight = 1 + (number + turn) % 5
            text = SYSTEM.replace('"weight": 3', f'"weight": {weight}')
            rows = connection.execute(
                "SELECT i, custval_value(?, i % 101, 40, 30) FROM range(5000) t(i)", [text]
            ).fetchall()
            wrong.extend(
                row for row in rows if abs(row[1] - ((weight * (row[0] % 101) + 40) / (weight + 1) - 30)) > 1e-9
            )
            connection.close()

    threads = [threading.Thread(target=work, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    checks.ok(not wrong, "eight threads with forty databases, loading and closing", wrong[:3])


def test_guide(checks, extension):
    connection = connect(extension)
    connection.execute(guide("DuckDB"))
    values = connection.execute(
        "SELECT custval_value((SELECT document FROM documents WHERE name = 'survey'), q1) FROM customers ORDER BY id"
    )
    checks.equal(
        [value and round(value, 9) for (value,) in values.fetchall()],
        [100.0, 33.333333333, None],
        "the guide's example runs",
    )


def main():
    checks = Checks(f"duckdb {duckdb.__version__}" if duckdb else "duckdb")
    extension = pathlib.Path(sys.argv[1]) / "bindings/sql/duckdb/custval.duckdb_extension"
    if duckdb is None:
        checks.skip("everything", f"{sys.executable} has no package duckdb")
    elif not extension.exists():
        checks.skip("everything", "the extension is not built: no duckdb_extension.h")
    else:
        connection = connect(extension)
        ask = asking(connection)
        run_calls(checks, ask)
        test_answers(checks, connection, ask)
        test_columns(checks, connection)
        test_refusals(checks, ask, connection)
        test_summaries(checks, connection)
        test_fuzz(checks, connection, ask)
        test_threads(checks, extension)
        test_guide(checks, extension)
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
