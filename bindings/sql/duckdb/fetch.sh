#!/bin/sh
# The two headers of DuckDB's C interface, from its npm package: duckdb/fetch.sh FOLDER
# SPDX-License-Identifier: Apache-2.0
set -eu
folder=${1:?usage: fetch.sh FOLDER}
[ ! -e "$folder/duckdb_extension.h" ] || exit 0
# The oldest release that the tests load the extension into; the interface is that of 1.2.
release=duckdb@1.4.4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(
    cd "$work"
    npm pack --silent "$release"
    tar xzf duckdb-*.tgz package/src/duckdb/src/include/duckdb.h package/src/duckdb/src/include/duckdb_extension.h
)
mkdir -p "$folder"
cp "$work/package/src/duckdb/src/include/"duckdb*.h "$folder/"
