#!/bin/sh
# Runs the extensions in real databases: bindings/sql/test.sh BUILD_DIRECTORY [VENV]
#
# The directory is one that meson built them in, as far as their headers were there. VENV is how the names of
# environments begin that are made with a release of DuckDB from PyPI each, and kept. Servers are private: in a
# temporary folder, on a socket, as an ordinary user (as "nobody" when this runs as root). What is missing is named
# and counted as skipped; the last line is "N passed, N failed, N skipped". On Debian everything is there with
# postgresql postgresql-server-dev-all mariadb-server-core mariadb-client-core libsqlite3-dev python3-venv npm
# SPDX-License-Identifier: Apache-2.0
set -eu
[ $# -ge 1 ] || {
    echo "usage: $0 BUILD_DIRECTORY [VENV]" >&2
    exit 2
}
build=$(cd "$1" && pwd)
venv=${2:-$build/duckdb-venv}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
export CUSTVAL_LIBRARY="$build/lib/libcustval.so.0" PYTHONDONTWRITEBYTECODE=1
[ -e "$CUSTVAL_LIBRARY" ] || {
    echo "$CUSTVAL_LIBRARY is not there: build the library first" >&2
    exit 2
}
passed=0 failed=0 skipped=0

# run NAME PYTHON: the test of one database; counts its checks.
run() {
    name=$1
    shift
    status=0
    "$1" "$here/tests/test_$name.py" "$build" >"$work/log" 2>&1 || status=$?
    cat "$work/log"
    number='\([0-9]*\)'
    counts=$(sed -n "s/^$number passed, $number failed, $number skipped\$/\1 \2 \3/p" "$work/log" | tail -n 1)
    if [ -z "$counts" ]; then
        failed=$((failed + 1))
        echo "FAILED: the test of $name ended with status $status"
        return 0
    fi
    # Three numbers.
    # shellcheck disable=SC2086
    set -- $counts
    passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
}

skip() {
    skipped=$((skipped + 1))
    echo "skipped: $1: $2"
}

# loading: a Python whose sqlite3 loads extensions, if there is one.
loading() {
    for python in python3 /usr/bin/python3; do
        if "$python" -c 'import sqlite3; sqlite3.Connection.enable_load_extension' 2>/dev/null; then
            echo "$python"
            return
        fi
    done
    echo python3
}

# duckdb RELEASE: the test with a release from PyPI, in an environment of its own that is kept.
duckdb() {
    environment=$venv-$1
    if [ ! -e "$build/bindings/sql/duckdb/custval.duckdb_extension" ]; then
        skip "duckdb $1" "the extension is not built: no duckdb_extension.h (duckdb/fetch.sh fetches it with npm)"
    elif ! "$environment/bin/python" -c 'import duckdb' 2>/dev/null && ! {
        python3 -m venv "$environment" && "$environment/bin/pip" install -q "duckdb==$1"
    } >"$work/log" 2>&1; then
        skip "duckdb $1" "it cannot be had from PyPI: $(tail -n 1 "$work/log")"
    else
        run duckdb "$environment/bin/python"
    fi
}

run sqlite "$(loading)"
run postgresql python3
run mariadb python3
duckdb 1.4.4
duckdb 2.0.1

echo "$passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
