#!/usr/bin/env python3
"""The extension in a private PostgreSQL server: test_postgresql.py BUILD_DIRECTORY."""

# SPDX-License-Identifier: Apache-2.0
import itertools
import json
import pathlib
import random
import statistics
import subprocess
import sys
import threading

from harness import (
    FUNCTIONS,
    LIFETIME,
    QUANTILES,
    SYSTEM,
    Checks,
    Failed,
    Skip,
    attempt,
    give_away,
    guide,
    literal,
    quoted,
    run_calls,
)
from postgresql_server import config, server

NUMBERS = {"custval_value", "custval_alive", "custval_expected", "custval_clv", "custval_consistency"}
LISTS = {"custval_weights", "custval_consistency"}
OTHER = SYSTEM.replace('"weight": 3', '"weight": 1')


def shown(value):
    return literal(value, "{!r}::float8") if not isinstance(value, bytes) else f"'\\x{value.hex()}'::bytea"


def asking(session):
    def ask(function, arguments):
        cells = ", ".join(map(shown, arguments))
        answer = session.run(
            f"SELECT {function}(ARRAY[{cells}]::float8[])" if function in LISTS else f"SELECT {function}({cells})"
        )
        if answer == "NULL":
            return None
        if function in NUMBERS:
            return float(answer)
        if function == "custval_weights":
            return [float(cell) for cell in answer.strip("{}").split(",")]
        return json.loads(answer) if function in ("custval_scores", "custval_explain") else answer

    return ask


def failing(session, sql):
    try:
        return session.run(sql)
    except Failed as failure:
        return failure


def test_answers(checks, session, ask):
    text = quoted(SYSTEM)
    types = ("int2", "int4", "int8", "float4", "float8", "numeric")
    got = [session.run(f"SELECT custval_value({text}, 80::{name}, 40::{name}, 30::{name})") for name in types]
    checks.equal(got, ["40"] * len(types), "numbers of every type are answers")
    checks.equal(ask("custval_value", [SYSTEM, 80, None, 30]), 50.0, "NULL is missing, as the system's policy says")
    checks.equal(ask("custval_value", [SYSTEM, None, None, None]), None, "no answer, no value")
    checks.equal(
        session.run(f"SELECT custval_value({text}, VARIADIC ARRAY[80, NULL, 30])"), "50", "an array of answers"
    )
    checks.equal(
        session.run(
            f"SELECT custval_value({text}, c) FROM (SELECT 30 AS price, 'x' AS more, 80::int2 AS quality, "
            "NULL::numeric AS range) c"
        ),
        "50",
        "a record is read by the names of its columns",
    )
    checks.equal(
        session.run(
            f"SELECT custval_value({text}, c) FROM (SELECT 1) one LEFT JOIN "
            "(SELECT 30 AS price, 80 AS quality, 1 AS range) c ON false"
        ),
        "NULL",
        "a record that is NULL has no answers",
    )
    checks.contains(
        failing(session, f"SELECT custval_value({text}, c) FROM (SELECT 30 AS price) c"),
        'the record has no column "quality"',
        "a record that lacks one is refused",
    )
    checks.contains(ask("custval_reason", [SYSTEM, 80, 40, 101]), "101", "the reason of a row names the answer")
    checks.equal(ask("custval_reason", [SYSTEM, 80, 40, 30]), None, "a row without a status has no reason")
    rows = session.run(
        f"SELECT custval_value(d, 80, 40, 30) FROM (VALUES (1, {text}), (2, {quoted(OTHER)}), (3, {text})) "
        "v(i, d) ORDER BY i"
    )
    checks.equal(rows.split(), ["40", "30", "40"], "the document may be a column")
    clv = ask("custval_clv", [LIFETIME, 2, 30.43, 38.86, 22.35, 52, 0.1, 52.18])
    checks.ok(clv is not None and clv > 0, "a lifetime value with spend", clv)
    session.run(
        "CREATE FUNCTION in_a_loop(documents text[]) RETURNS float8[] LANGUAGE plpgsql AS $$ "
        "DECLARE d text\\; r float8[] := '{}'\\; BEGIN FOREACH d IN ARRAY documents LOOP "
        "r := r || custval_value(d, 80, 40, 30)\\; END LOOP\\; RETURN r\\; END $$".replace("\\;", ";")
    )
    checks.equal(
        session.run(f"SELECT in_a_loop(ARRAY[{text}, {quoted(OTHER)}, {text}])"),
        "{40,30,40}",
        "a variable of PL/pgSQL may change from call to call",
    )
    labelled = SYSTEM.replace('"id": "product",', '"id": "product", "label": {"en": "产品 제품 é"},')
    checks.contains(
        [row["label"] for row in ask("custval_explain", [labelled, 80, 40, 30])],
        "产品 제품 é",
        "labels of any language come back",
    )


def test_refusals(checks, session, ask):
    for name, arguments, part in (
        ("custval_value", [None, 1], "the document is NULL"),
        ("custval_value", ["", 1], "CUSTVAL_ERROR_DOCUMENT"),
        ("custval_value", [SYSTEM, 1, 2], "2 answers are given, but the document reads 3: quality, range, price"),
        ("custval_value", [SYSTEM, 1, "2", 3], 'answer 2, column "range": a number is needed, not a text'),
        ("custval_value", [SYSTEM, 1, b"2", 3], "not bytea"),
        ("custval_group", [QUANTILES, 1], "quantiles need all customers"),
        ("custval_weights", [1, 2, 3], "3 judgements are no square matrix"),
        ("custval_weights", [1, 3, 3, 1], "CUSTVAL_ERROR_RANGE"),
        ("custval_expected", [LIFETIME, 1, 2, 3], "does not exist"),
        ("custval_summary_statistics", [b"no summary"], "CUSTVAL_ERROR_DOCUMENT"),
        ("custval_summary", ["a,b", 1], "1 numbers are given for 2 columns"),
        ("custval_summary", ["a=1", 1], "name=low:high"),
        ("custval_summary_row", [None, "a", 1], "function"),
    ):
        checks.contains(attempt(ask, name, arguments), part, f"{name} of {len(arguments)} arguments: {part}")


def test_documents(checks, session):
    session.run(f"INSERT INTO custval_documents VALUES ('survey', 'system', {quoted(SYSTEM)})")
    checks.equal(
        session.run("SELECT custval_value((SELECT custval_document('survey')), 80, 40, 30)"),
        "40",
        "a document may be named",
    )
    checks.contains(
        failing(session, "INSERT INTO custval_documents VALUES ('broken', 'system', '{}')"),
        'it does not say "custval": "system"',
        "the table takes no broken document, and says why",
    )
    checks.contains(
        failing(session, f"INSERT INTO custval_documents VALUES ('odd', 'thing', {quoted(SYSTEM)})"),
        "thing",
        "the table takes no document of another kind",
    )
    checks.contains(
        failing(session, "SELECT '{}'::custval_groups"), "CUSTVAL_ERROR_DOCUMENT", "the domains refuse broken documents"
    )
    checks.contains(
        failing(session, "SELECT custval_value((SELECT custval_document('none')), 80, 40, 30)"),
        "the document is NULL",
        "a name that there is not is an error, not a silent NULL",
    )
    session.run("UPDATE custval_documents SET document = replace(document, '\"weight\": 3', '\"weight\": 1')")
    checks.equal(
        session.run("SELECT custval_value((SELECT custval_document('survey')), 80, 40, 30)"),
        "30",
        "the next query sees a changed document",
    )


def test_tables(checks, session):
    text = quoted(SYSTEM)
    session.run(
        "CREATE TABLE answers AS SELECT i, (i * 37 % 101)::float8 AS q, (i * 17 % 97)::float8 AS r, "
        "CASE WHEN i % 7 > 0 THEN (i % 89)::float8 END AS p FROM generate_series(1, 200000) AS s(i)"
    )
    session.run(f"ALTER TABLE answers ADD value float8 GENERATED ALWAYS AS (custval_value({text}, q, r, p)) STORED")
    checks.equal(
        session.run(f"SELECT count(*) FROM answers WHERE value IS DISTINCT FROM custval_value({text}, q, r, p)"),
        "0",
        "a generated column holds the value",
    )
    session.run(f"CREATE INDEX by_value ON answers (custval_value({text}, q, r, p))")
    session.run("ANALYZE answers")
    checks.contains(
        session.run(f"EXPLAIN SELECT i FROM answers WHERE custval_value({text}, q, r, p) > 99"),
        "by_value",
        "an index on the value is used",
    )
    session.run(
        "SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0; "
        "SET max_parallel_workers_per_gather = 4"
    )
    scored = f"SELECT i, custval_value({text}, q, r, p) AS v FROM answers"
    values = f"SELECT md5(string_agg(v::text, ',' ORDER BY i)) FROM ({scored}) a"
    summary = "SELECT custval_summary_statistics(custval_summary('q=0:100, r, -p=0:100', q, r, p)) FROM answers"
    named = values.replace(text, "(SELECT document FROM custval_documents)")
    plans = [session.run("EXPLAIN " + sql) for sql in (values, summary)]
    checks.ok(all("Parallel" in plan for plan in plans), "values and summaries run in parallel", plans)
    checks.contains(plans[1], "Partial Aggregate", "each worker makes a summary of its own")
    parallel = [session.run(sql) for sql in (values, summary)]
    checks.ok(session.run(named) not in ("", "NULL"), "a document by its name in a parallel plan")
    session.run("SET max_parallel_workers_per_gather = 0")
    serial = [session.run(sql) for sql in (values, summary)]
    checks.equal(parallel[0], serial[0], "a parallel plan gives the same values, bit for bit")
    one, many = json.loads(serial[1]), json.loads(parallel[1])
    checks.ok(
        all(
            a["count"] == b["count"]
            and a["low"] == b["low"]
            and a["high"] == b["high"]
            and abs(a["mean"] - b["mean"]) < 1e-11
            and abs(a["deviation"] - b["deviation"]) < 1e-11
            for a, b in zip(one, many)
        ),
        "a parallel summary says the same within rounding",
        (one, many),
    )
    mean, missing = session.run("SELECT avg(p), count(*) - count(p) FROM answers").split("|")
    checks.ok(
        abs(float(mean) - one[2]["mean"]) < 1e-11 and int(missing) == one[2]["missing"],
        "mean and missing are those of avg() and count()",
        one[2],
    )
    parts = session.run(
        "SELECT custval_summary_statistics(custval_summary_merge(s)) FROM (SELECT i % 5, "
        "custval_summary('q=0:100, r, -p=0:100', q, r, p) AS s FROM answers GROUP BY 1) a"
    )
    checks.ok(
        all(a["count"] == b["count"] and abs(a["mean"] - b["mean"]) < 1e-11 for a, b in zip(one, json.loads(parts))),
        "stored summaries merge",
        parts,
    )
    for method in ("critic", "entropy", "deviation", "variation"):
        weights = json.loads(
            session.run(
                f"SELECT custval_summary_weights(custval_summary('q=0:100, r, -p=0:100', q, r, p), "
                f"'{method}') FROM answers"
            )
        )
        checks.ok(
            abs(sum(weights.values()) - 1) < 1e-12 and set(weights) == set("qrp"), f"weights by {method}", weights
        )
    checks.equal(session.run("SELECT custval_summary('q', q) FROM answers WHERE false"), "NULL", "no row, no summary")


def test_memory(checks, running):
    """What a query took is given back, also by one that fails or is left half way."""
    # A heap without the holes of other tests, which would hide a leak.
    session = running.session()

    def used():
        return int(
            session.run(
                "SELECT (regexp_match(pg_read_file('/proc/' || pg_backend_pid() || '/status'), 'RssAnon:\\s+(\\d+)'))[1]"
            )
        )

    def work():
        for i in range(40):
            text = quoted(SYSTEM.replace('"weight": 3', f'"weight": {i + 1}'))
            session.run(f"SELECT count(custval_scores({text}, q, r, p)) FROM answers WHERE i < 200")
            failing(
                session,
                f"SELECT custval_value({text}, q, r, 1 / (i - 150)), custval_explain({text}, q, r, p) FROM answers",
            )
            failing(session, "SELECT custval_summary('q, r', q, 1 / (i - 50000)) FROM answers")
            session.run(f"SELECT custval_explain({text}, q, r, p) FROM answers LIMIT 3")

    def left(body):
        """What a round leaves, in kB: the median, for a leak grows in every round, a heap with holes in one or two."""
        body()
        sizes = [used()]
        for _ in range(5):
            body()
            sizes.append(used())
        return statistics.median(after - before for before, after in zip(sizes, sizes[1:]))

    grown = left(work)
    checks.ok(grown < 100, "queries leave no memory behind", f"{grown} kB a round")
    # What is set stays in the session.
    names = itertools.count()
    grown = left(lambda: [session.run(f"SET kept.a{next(names)} = '{'x' * 4000}'") for _ in range(40)])
    checks.ok(grown >= 100, "and if they did, it would show", f"{grown} kB a round")
    session.close()


def test_encoding(checks, running):
    running.psql("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
    accented = SYSTEM.replace('"id": "product",', '"id": "product", "label": {"en": "qualité"},')
    got = running.psql(
        "SET client_encoding = 'UTF8'; CREATE EXTENSION custval; "
        f"SELECT custval_explain({quoted(accented)}, 80, 40, 30)",
        "-d",
        "latin",
    )
    checks.contains(got, "qualité", "a database of another encoding")


def test_fuzz(checks, session, ask):
    """Any arguments at all: an answer or an error, and the server goes on."""
    random.seed(7)
    pool = [
        "NULL",
        "0",
        "-1",
        "9223372036854775807",
        "1.5",
        "1e308",
        "'NaN'::float8",
        "'-Infinity'::float8",
        "'NaN'::numeric",
        "''",
        "'x'",
        "repeat('ä', 1000)",
        "'\\x0001'::bytea",
        "now()",
        "'{1,2}'::float8[]",
        "NULL::float8[]",
        "row(1, 2)",
        "ARRAY[[1,2],[0.5,1]]::float8[]",
        "true",
        "repeat('{', 5000)",
        "repeat('[', 100000)",
        "VARIADIC '{1,2,NULL}'::float8[]",
        "VARIADIC ARRAY['a', 'b']",
        "'(1,2)'::point",
        "NULL::text",
        "point '(1,2)'",
        *(quoted(text) for text in (SYSTEM, LIFETIME, QUANTILES, SYSTEM[:-5])),
        f"{quoted(SYSTEM)}::text",
    ]
    # Those that only the aggregate and the domains call as well.
    names = [
        *FUNCTIONS,
        "valid",
        "summary_final",
        "summary_combine",
        "summary_serialize",
        "summary_deserialize",
    ]
    answered = 0
    for _ in range(2000):
        arguments = ", ".join(random.choices(pool, k=random.choice((0, 1, 2, 3, 4, 4, 5, 9))))
        answered += not isinstance(failing(session, f"SELECT custval_{random.choice(names)}({arguments})"), Failed)
    checks.ok(answered > 0, f"2000 calls with any arguments, {answered} of them answered")
    checks.equal(ask("custval_value", [SYSTEM, 80, 40, 30]), 40.0, "and the server still scores")


def test_connections(checks, running):
    """Eight connections at once, each with its own documents and parallel workers."""
    wrong = []

    def work(number):
        session = running.session()
        session.run("SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0")
        for turn in range(5):
            weight = 1 + (number + turn) % 5
            text = quoted(SYSTEM.replace('"weight": 3', f'"weight": {weight}'))
            bad = session.run(
                f"SELECT count(*) FROM answers WHERE abs(custval_value({text}, q, r, 30) - "
                f"(({weight} * q + r) / ({weight} + 1) - 30)) > 1e-9"
            )
            if bad != "0":
                wrong.append((number, turn, bad))
        session.close()

    threads = [threading.Thread(target=work, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    checks.ok(not wrong, "eight connections with forty documents", wrong[:3])


def test_upgrade(checks, running):
    """The way of a next version: an update script beside the others, ALTER EXTENSION, and what it leaves as it is."""
    folder = running.extension_files()
    old, new = running.version, running.version + ".1"
    (folder / f"custval--{old}--{new}.sql").write_text(
        "CREATE FUNCTION custval_added() RETURNS integer LANGUAGE SQL IMMUTABLE AS 'SELECT 1';\n"
    )
    give_away(running.stage)
    checks.contains(
        running.psql("SELECT path FROM pg_extension_update_paths('custval') WHERE path IS NOT NULL"),
        new,
        "the server finds the way to the next version",
    )
    running.psql(f"ALTER EXTENSION custval UPDATE TO '{new}'")
    checks.equal(
        running.psql("SELECT extversion FROM pg_extension WHERE extname = 'custval'"), new, "the extension is upgraded"
    )
    checks.equal(
        running.psql("SELECT custval_added(), (SELECT count(*) FROM custval_documents)"),
        "1|1",
        "what is new is there, and the documents still are",
    )
    dumped = subprocess.run(
        [config("--bindir") / "pg_dump", "-h", running.folder, "-U", "custval", "postgres"],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    ).stdout
    checks.ok("CREATE EXTENSION IF NOT EXISTS custval" in dumped and "survey" in dumped, "a dump holds the documents")
    checks.contains(
        attempt(running.psql, "DROP EXTENSION custval"), "depend on it", "it is not dropped from under a table"
    )
    running.psql("DROP EXTENSION custval CASCADE")
    checks.contains(attempt(running.psql, "SELECT custval_version()"), "does not exist", "dropped with everything")
    running.psql("CREATE SCHEMA elsewhere; CREATE EXTENSION custval SCHEMA elsewhere")
    checks.equal(
        running.psql(
            f"INSERT INTO elsewhere.custval_documents VALUES ('a', 'system', {quoted(SYSTEM)}); "
            "SELECT elsewhere.custval_value(elsewhere.custval_document('a'), 80, 40, 30)"
        ),
        "40",
        "and made again, in a schema that is not searched",
    )


def test_guide(checks, running):
    running.psql("CREATE DATABASE guide TEMPLATE template0")
    got = attempt(running.psql, guide("PostgreSQL"), "-d", "guide")
    checks.ok(str(got).startswith("1|100\n2|-58.33"), "the guide's example runs", got)


def main():
    checks = Checks("postgresql")
    try:
        with server(pathlib.Path(sys.argv[1]), "max_worker_processes=16", "max_parallel_workers=16") as running:
            running.psql("CREATE EXTENSION custval")
            session = running.session()
            ask = asking(session)
            run_calls(checks, ask)
            test_answers(checks, session, ask)
            test_refusals(checks, session, ask)
            test_documents(checks, session)
            test_tables(checks, session)
            test_memory(checks, running)
            test_fuzz(checks, session, ask)
            test_encoding(checks, running)
            test_guide(checks, running)
            test_connections(checks, running)
            session.close()
            test_upgrade(checks, running)
    except Skip as skip:
        checks.skip("everything", skip)
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
