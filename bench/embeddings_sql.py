#!/usr/bin/env python3
"""Scores a million customers in databases: embeddings_sql.py BUILD_DIRECTORY [PART...]

BUILD_DIRECTORY is one that meson built the extensions in; parts are sqlite, postgresql, mariadb and duckdb (all of them
by default). Prints a JSON line for each figure: seconds of the query, of the C call on the same columns (`c_seconds`),
and of the plain SQL expression of the same weighted sum (`peer_seconds`), which checks nothing. Medians of REPEATS,
the ways taking turns. What this Python cannot run (sqlite3 without extensions, no package duckdb) is named on the
standard error.
"""

# SPDX-License-Identifier: Apache-2.0
import array
import json
import os
import pathlib
import random
import statistics
import sys
import time

SOURCE = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(SOURCE / "bindings/sql/tests"), str(SOURCE / "bindings/python")]

ROWS = 1_000_000
REPEATS = 7
DOCUMENT = (SOURCE / "bench/system.json").read_text()
WEIGHTS = {
    "BRAND": 0.25,
    "FUNC": 0.2,
    "RELIA": 0.25,
    "VARIETY": 0.15,
    "SERVICE": 0.15,
    "MONEY": -0.4,
    "TIME": -0.25,
    "PHYS": -0.15,
    "PSYCH": -0.2,
}
COLUMNS = ", ".join(WEIGHTS)
SUMMARY = ",".join(WEIGHTS)


def expression(number="{}"):
    """The weighted sum of the scaled answers; `number` writes a constant as a double of the database."""
    one, nine, hundred = (number.format(constant) for constant in (1, 9, 100))
    return " + ".join(
        f"({number.format(weight)}) * (({name} - {one}) / {nine} * {hundred})" for name, weight in WEIGHTS.items()
    )


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


def medians(run, ways):
    """Median seconds of each way, which take turns; a first round warms up."""
    taken = {name: [] for name in ways}
    for turn in range(REPEATS + 1):
        for name, query in ways.items():
            begun = time.perf_counter()
            run(query)
            if turn > 0:
                taken[name].append(time.perf_counter() - begun)
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def c_seconds():
    import custval as cv

    random.seed(1)
    columns = cv.Table({name: array.array("d", (1 + 9 * random.random() for _ in range(ROWS))) for name in WEIGHTS})
    system = cv.System(DOCUMENT)
    return medians(lambda _: system.score(columns, levels=["value"], coverage="none"), {"c": None})["c"]


def report(embedding, taken, in_c):
    for name, seconds in taken.items():
        if name == "expression":
            continue
        line = {"embedding": embedding, "what": name, "rows": ROWS, "seconds": round(seconds, 4)}
        if name != "summary":
            line |= {"c_seconds": round(in_c, 4), "peer_seconds": round(taken["expression"], 4)}
        print(json.dumps(line), flush=True)


def ways(document, by_name, constant="{}", summed=COLUMNS):
    return {
        "expression": f"SELECT sum({expression(constant)}) FROM answers",
        "value": f"SELECT sum(custval_value({document}, {COLUMNS})) FROM answers",
        "value by name": f"SELECT sum(custval_value({by_name}, {COLUMNS})) FROM answers",
        "summary": f"SELECT length(custval_summary('{SUMMARY}', {summed})) FROM answers",
    }


def sqlite(build, in_c):
    import sqlite3

    connection = sqlite3.connect(":memory:")
    connection.enable_load_extension(True)
    connection.load_extension(str(build / "bindings/sql/sqlite/custval.so"))
    connection.execute(f"CREATE TABLE answers ({', '.join(name + ' REAL' for name in WEIGHTS)})")
    rows = ([1 + 9 * random.random() for _ in WEIGHTS] for _ in range(ROWS))
    connection.executemany(f"INSERT INTO answers VALUES ({', '.join('?' * len(WEIGHTS))})", rows)
    connection.execute("CREATE TABLE documents (document)")
    connection.execute("INSERT INTO documents VALUES (?)", [DOCUMENT])
    asked = ways(quoted(DOCUMENT), "(SELECT document FROM documents)")
    report("sqlite", medians(lambda query: connection.execute(query).fetchone(), asked), in_c)


def postgresql(build, in_c):
    from postgresql_server import server

    with server(build, "max_parallel_workers_per_gather=0", "shared_buffers=512MB") as running:
        cells = ", ".join(f"(1 + 9 * random())::float8 AS {name}" for name in WEIGHTS)
        running.psql(
            f"CREATE EXTENSION custval; CREATE TABLE answers AS SELECT {cells} FROM generate_series(1, {ROWS}); "
            f"INSERT INTO custval_documents VALUES ('s', 'system', {quoted(DOCUMENT)})"
        )
        running.psql("VACUUM ANALYZE answers")
        session = running.session()
        asked = ways(quoted(DOCUMENT), "(SELECT custval_document('s'))", "({})::float8")
        report("postgresql", medians(session.run, asked), in_c)
        session.close()


def mariadb(build, in_c):
    from mariadb_server import server

    with server(build, "--innodb-buffer-pool-size=1G") as running:
        running.install()
        session = running.session()
        session.run(f"CREATE TABLE answers ({', '.join(name + ' DOUBLE' for name in WEIGHTS)})")
        cells = ", ".join("1 + 9 * RAND()" for _ in WEIGHTS)
        session.run(f"INSERT INTO answers SELECT {cells} FROM seq_1_to_{ROWS}")
        session.run("CREATE TABLE documents (document LONGTEXT)")
        session.run(f"INSERT INTO documents VALUES ({quoted(DOCUMENT)})")
        asked = ways(quoted(DOCUMENT), "(SELECT document FROM documents)", "{}e0")
        report("mariadb", medians(session.run, asked), in_c)
        session.close()


def duckdb(build, in_c):
    import duckdb as module

    connection = module.connect(config={"allow_unsigned_extensions": "true", "threads": 1})
    connection.load_extension(str(build / "bindings/sql/duckdb/custval.duckdb_extension"))
    cells = ", ".join(f"(1 + 9 * random())::DOUBLE AS {name}" for name in WEIGHTS)
    connection.execute(f"CREATE TABLE answers AS SELECT {cells} FROM range({ROWS})")
    connection.execute(f"CREATE TABLE documents AS SELECT {quoted(DOCUMENT)} AS document")
    asked = ways(quoted(DOCUMENT), "(SELECT document FROM documents)", "({})::DOUBLE", f"[{COLUMNS}]")
    asked["summary"] = asked["summary"].replace("length(", "octet_length(")
    report("duckdb", medians(lambda query: connection.execute(query).fetchone(), asked), in_c)


PARTS = {"sqlite": sqlite, "postgresql": postgresql, "mariadb": mariadb, "duckdb": duckdb}


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    os.environ.setdefault("CUSTVAL_LIBRARY", str(build / "lib/libcustval.so.0"))
    in_c = c_seconds()
    for name in sys.argv[2:] or PARTS:
        try:
            PARTS[name](build, in_c)
        except Exception as error:  # the others still run
            print(f"{name} is left out: {error!r}", file=sys.stderr)


if __name__ == "__main__":
    main()
