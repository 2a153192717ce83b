#!/usr/bin/env python3
"""The functions in a private MariaDB server: test_mariadb.py BUILD_DIRECTORY."""

# SPDX-License-Identifier: Apache-2.0
import json
import pathlib
import random
import sys
import threading

from harness import FUNCTIONS, LIFETIME, QUANTILES, SYSTEM, Checks, Failed, Skip, attempt, guide, literal, quoted, run_calls
from mariadb_server import server

NUMBERS = {"custval_value", "custval_alive", "custval_expected", "custval_clv", "custval_consistency"}
AS_JSON = {"custval_scores", "custval_explain", "custval_weights"}


def shown(value):
    """A cell as a literal: a double has an exponent, or it would be a decimal."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        digits = repr(float(value))
        return digits if "e" in digits else digits + "e0"
    return literal(value, escape_backslash=True)


def asking(session):
    def ask(function, arguments):
        answer = session.run(f"SELECT {function}({', '.join(map(shown, arguments))})")
        if answer == "NULL":
            return None
        if function in NUMBERS:
            return float(answer)
        return json.loads(answer) if function in AS_JSON else answer

    return ask


def ask_row(session, sql):
    return session.run(sql).split("\t")


def test_answers(checks, session, ask):
    document = quoted(SYSTEM, escape_backslash=True)
    other = quoted(SYSTEM.replace('"weight": 3', '"weight": 1'), escape_backslash=True)
    checks.equal(
        ask_row(session, f"SELECT custval_value({document}, 80, 40.0, '30' + 0)"),
        ["40"],
        "whole numbers and decimals are answers",
    )
    checks.equal(ask("custval_value", [SYSTEM, 80, None, 30]), 50.0, "NULL is missing, as the system's policy says")
    checks.equal(ask("custval_value", [SYSTEM, None, None, None]), None, "no answer, no value")
    checks.contains(ask("custval_reason", [SYSTEM, 80, 40, 101]), "101", "the reason of a row names the answer")
    checks.equal(ask("custval_reason", [SYSTEM, 80, 40, 30]), None, "a row without a status has no reason")
    checks.equal(
        ask_row(session, f"SELECT custval_value({document}, 80, 40, 30), custval_value({other}, 80, 40, 30)"),
        ["40", "30"],
        "two documents in one query do not mix",
    )
    session.run(f"CREATE TABLE documents (name VARCHAR(40) PRIMARY KEY, document LONGTEXT) CHARACTER SET utf8mb4")
    session.run(f"INSERT INTO documents VALUES ('a', {document}), ('b', {other})")
    checks.equal(
        session.run("SELECT custval_value(document, 80, 40, 30) FROM documents ORDER BY name").split(),
        ["40", "30"],
        "the document may be a column",
    )
    checks.equal(
        session.run("SELECT custval_value((SELECT document FROM documents WHERE name = 'a'), 80, 40, 30)"),
        "40",
        "the document may be named",
    )
    clv = ask("custval_clv", [LIFETIME, 2, 30.43, 38.86, 22.35, 52, 0.1, 52.18])
    checks.ok(clv is not None and clv > 0, "a lifetime value with spend", clv)
    labelled = SYSTEM.replace('"id": "product",', '"id": "product", "label": {"en": "产品 제품 \\\\ \\" é"},')
    explained = ask("custval_explain", [labelled, 80, 40, 30])
    checks.contains([row["label"] for row in explained], '产品 제품 \\\\ " é', "labels of any language come back")


def test_refusals(checks, session, ask):
    for name, arguments, part in (
        ("custval_value", [], "the document is NULL"),
        ("custval_value", [None, 1], "the document is NULL"),
        ("custval_value", ["", 1], "CUSTVAL_ERROR_DOCUMENT"),
        ("custval_value", [SYSTEM, 1, 2], "2 answers are given, but the document reads 3: quality, range, price"),
        ("custval_value", [SYSTEM, 1, "2", 3], 'answer 2, column "range": a number is needed, not a text'),
        ("custval_group", [QUANTILES, 1], "quantiles need all customers"),
        ("custval_weights", [1, 2, 3], "3 judgements are no square matrix"),
        ("custval_weights", [1, 3, 3, 1], "CUSTVAL_ERROR_RANGE"),
        ("custval_expected", [LIFETIME, 1, 2, 3], "3 numbers are given, not 4"),
        ("custval_summary_statistics", ["no summary"], "CUSTVAL_ERROR_DOCUMENT"),
        ("custval_summary", ["a,b", 1], "1 numbers are given, not 2"),
        ("custval_summary", ["a=1", 1], "name=low:high"),
    ):
        checks.contains(attempt(ask, name, arguments), part, f"{name} of {len(arguments)} arguments: {part}")
    late = (
        "SELECT custval_value((SELECT document FROM documents WHERE name = 'a'), 1, 2, t.c) FROM (SELECT 'x' AS c) AS t"
    )
    try:
        answer = session.run(late)
    except Failed as failure:
        answer = failure
    checks.contains(answer, "a number is needed, not a text", "what is wrong with a row is said, too")


def test_summaries(checks, session):
    session.run("CREATE TABLE numbers (a DOUBLE, b DOUBLE, part INT)")
    random.seed(1)
    rows = [(random.randint(1, 10), None if i % 50 == 0 else random.random(), i % 3) for i in range(3000)]
    session.run("INSERT INTO numbers VALUES " + ", ".join(f"({a}, {shown(b)}, {part})" for a, b, part in rows))
    session.run("CREATE TABLE summaries (part INT, summary LONGBLOB)")
    session.run("INSERT INTO summaries SELECT part, custval_summary('a=1:10, -b=0:1', a, b) FROM numbers GROUP BY part")
    session.run("INSERT INTO summaries SELECT -1, custval_summary('a=1:10, -b=0:1', a, b) FROM numbers")
    whole = json.loads(session.run("SELECT custval_summary_statistics(summary) FROM summaries WHERE part = -1"))
    merged = json.loads(
        session.run("SELECT custval_summary_statistics(custval_summary_merge(summary)) FROM summaries WHERE part >= 0")
    )
    by_hand = [a for a, _, _ in rows]
    mean = sum(by_hand) / len(by_hand)
    checks.ok(abs(whole[0]["mean"] - mean) < 1e-12, "the mean is that of the numbers", whole[0])
    checks.equal([row["missing"] for row in whole], [0, 60], "NULLs are counted as missing")
    checks.ok(
        all(abs(a["mean"] - b["mean"]) < 1e-12 and a["count"] == b["count"] for a, b in zip(whole, merged)),
        "merged groups say the same as the whole",
        (whole, merged),
    )
    for method in ("critic", "entropy"):
        weights = json.loads(
            session.run(f"SELECT custval_summary_weights(summary, '{method}') FROM summaries WHERE part = -1")
        )
        checks.ok(
            abs(sum(weights.values()) - 1) < 1e-12 and list(weights) == ["a", "b"], f"weights by {method}", weights
        )


def test_fuzz(checks, session, ask):
    """Any arguments at all: an answer or an error, and the server goes on."""
    random.seed(7)
    pool = [
        "NULL",
        "0",
        "-1",
        "9223372036854775807",
        "1.5e0",
        "1e308",
        "12.345",
        "''",
        "'x'",
        "REPEAT('ä', 1000)",
        "X'0001'",
        "NOW()",
        "@unset",
        "(SELECT 3)",
        "REPEAT('{', 5000)",
        "REPEAT('[', 100000)",
        "TRUE",
        *(quoted(text, escape_backslash=True) for text in (SYSTEM, LIFETIME, QUANTILES, SYSTEM[:-5])),
    ]
    answered = 0
    for _ in range(1500):
        arguments = ", ".join(random.choices(pool, k=random.choice((0, 1, 2, 3, 4, 4, 5, 9))))
        try:
            session.run(f"SELECT custval_{random.choice(FUNCTIONS)}({arguments})")
            answered += 1
        except Failed:
            pass
    checks.ok(answered > 0, f"1500 calls with any arguments, {answered} of them answered")
    checks.equal(ask("custval_value", [SYSTEM, 80, 40, 30]), 40.0, "and the server still scores")


def test_threads(checks, running):
    """Eight connections are eight threads of the server, over one cache of documents."""
    wrong = []

    def work(number):
        session = running.session()
        for turn in range(20):
            weight = 1 + (number + turn) % 5
            text = quoted(SYSTEM.replace('"weight": 3', f'"weight": {weight}'), escape_backslash=True)
            rows = session.run(f"SELECT custval_value({text}, seq MOD 101, 40, 30) FROM seq_0_to_499").split()
            for i, got in enumerate(rows):
                if abs(float(got) - ((weight * (i % 101) + 40) / (weight + 1) - 30)) > 1e-9:
                    wrong.append((number, i, got))
        session.close()

    threads = [threading.Thread(target=work, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    checks.ok(not wrong, "eight threads with forty documents", wrong[:3])


def test_reload(checks, running, ask):
    """The server unloads the module with its last function, and loads it again."""
    for _ in range(5):
        running.install("uninstall.sql")
        gone = attempt(ask, "custval_value", [SYSTEM, 80, 40, 30])
        running.install()
    checks.ok(isinstance(gone, Failed), "the functions are gone after uninstall.sql", gone)
    checks.equal(ask("custval_value", [SYSTEM, 80, 40, 30]), 40.0, "and there again after install.sql")


def test_guide(checks, running):
    done = running.run("CREATE DATABASE guide; USE guide;\n" + guide("MariaDB"))
    checks.ok(done.returncode == 0 and done.stdout.startswith("1\t100\n2\t33.3333"), "the guide's example runs", done)


def main():
    checks = Checks("mariadb")
    try:
        with server(pathlib.Path(sys.argv[1])) as running:
            running.install()
            session = running.session()
            ask = asking(session)
            run_calls(checks, ask)
            test_answers(checks, session, ask)
            test_refusals(checks, session, ask)
            test_summaries(checks, session)
            test_fuzz(checks, session, ask)
            test_threads(checks, running)
            test_guide(checks, running)
            test_reload(checks, running, ask)
            session.close()
    except Skip as skip:
        checks.skip("everything", skip)
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
