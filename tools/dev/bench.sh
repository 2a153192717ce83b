# ./dev bench: side by side with what users would pick instead. Sourced by dev.
# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0

# bench_peers NAME REQUIREMENTS: peers to compare with, in an environment of their own, build/NAME.
bench_peers() {
    peers=$builds/$1
    if cmp -s "bench/$2" "$peers/requirements.txt"; then return 0; fi
    echo "installing into $peers with pip: $(tr '\n' ' ' <"bench/$2")"
    rm -rf "$peers"
    quietly "$peers.log" python3 -m venv "$peers" || return 1
    quietly "$peers.log" "$peers/bin/pip" install -q -r "bench/$2" || return 1
    cp "bench/$2" "$peers/requirements.txt"
}

# All that is linked into another host, in one build; what cannot be had here is named and left out.
bench_embeddings() {
    want_build
    want_sql
    want_backends
    want_sheets
    want_wasm
    provide_optional
    mkdir -p "$builds/bench"
    headers=$PWD/$builds/duckdb-headers
    bindings/sql/duckdb/fetch.sh "$headers" >"$builds/duckdb.log" 2>&1 || true
    configure bench-embeddings --buildtype=release -Dtests=disabled -Ddocs=disabled -Dmariadb=enabled \
        "-Dpostgresql=$(feature has_server_headers)" "-Dsqlite=$(feature test -e /usr/include/sqlite3ext.h)" \
        "-Dduckdb=$(feature test -e "$headers/duckdb_extension.h")" "-Dduckdb_include=$headers" "-Djava=$(feature has javac)"
    compile bench-embeddings
    fetch_sources
    wasm_is_built wasm || true
    built=$PWD/$builds/bench-embeddings
    bindings/sql/test.sh "$built" "$PWD/$builds/sql-venv" >"$builds/bench-sql.log" 2>&1 || true
    bindings/node/test.sh "$built" >"$builds/bench-node.log" 2>&1 || true
    clusters=bindings/python/tests/cluster
    python3 -m venv "$builds/cluster-venv" &&
        "$builds/cluster-venv/bin/pip" install -q -r $clusters/requirements-spark.txt -r $clusters/requirements-dask.txt || true
    # The tests keep an environment for each version of DuckDB.
    duckdb=$(ls -d "$builds"/sql-venv-* | tail -n 1)
    python3 bench/embeddings.py "$builds/bench/embeddings.json" \
        -- "$duckdb/bin/python" bench/embeddings_sql.py "$built" postgresql mariadb duckdb \
        -- /usr/bin/python3 bench/embeddings_sql.py "$built" sqlite \
        -- /usr/bin/python3 bench/embeddings_sheets.py "$built/lib/libcustval.so.0" \
        -- python3 bench/embeddings_web.py "$built/lib/libcustval.so.0" "$PWD/$builds/wasm/bindings/wasm" \
        -- python3 bench/embeddings_backends.py "$built" \
        -- "$builds/cluster-venv/bin/python" bench/embeddings_cluster.py "$built/lib/libcustval.so.0"
}

command_bench() {
    case ${1:-score} in
    score) set -- score "$builds/bench-build/bench/bench_score" "$builds/bench-build/tools/custval" ;;
    weights) set -- weights "$builds/bench-build/bench/bench_weights" ;;
    python) set -- python "$builds/bench-build/lib/libcustval.so" ;;
    lifetime) set -- lifetime "$builds/bench-build/lib/libcustval.so" "$builds/bench-build/tools/custval" ;;
    actions) set -- actions "$builds/bench-build/lib/libcustval.so" ;;
    impact) set -- impact "$builds/bench-build/lib/libcustval.so" ;;
    embeddings)
        bench_embeddings
        return
        ;;
    *)
        echo "there are seven benchmarks: score, weights, lifetime, actions, impact, python and embeddings" >&2
        return 2
        ;;
    esac
    want_build
    want python3-venv python3 -c 'import ensurepip, venv'
    provide
    mkdir -p "$builds/bench"
    configure bench-build --buildtype=release -Dtests=disabled -Ddocs=disabled -Dbench=enabled
    compile bench-build
    what=$1 environment=bench-venv
    shift
    if [ "$what" = lifetime ]; then
        environment=bench-venv-lifetimes
        bench_peers "$environment" requirements-lifetimes.txt
        bench_peers bench-venv-pymc requirements-pymc.txt || rm -rf "$builds/bench-venv-pymc"
        set -- "$@" "$builds/bench-venv-pymc/bin/python"
    else
        bench_peers "$environment" requirements.txt
    fi
    "$builds/$environment/bin/python" "bench/$what.py" "$@" "$builds/bench/$what.json"
}
