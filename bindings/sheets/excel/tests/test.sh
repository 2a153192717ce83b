#!/bin/sh
# Runs the tests of the add-ins for Excel: bindings/sheets/excel/tests/test.sh MODULE_FOLDER LIBRARY XLL_FOLDER PACKAGES
#
# MODULE_FOLDER is build/.../bindings/wasm of a build with tests/cross/emscripten.txt, LIBRARY a libcustval.so of this
# machine, which answers the shared calls, XLL_FOLDER that of custval.xll and xll-host.exe ("" without), PACKAGES a
# folder for packages of npm. What is missing is named; the last line is "N passed, N failed, N skipped".
# SPDX-License-Identifier: Apache-2.0
set -eu
[ $# = 4 ] || {
    echo "usage: $0 MODULE_FOLDER LIBRARY XLL_FOLDER PACKAGES" >&2
    exit 2
}
module=$(cd "$1" && pwd)
CUSTVAL_SOURCE=$(cd "$(dirname "$0")/../../../.." && pwd)
CUSTVAL_LIBRARY=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
xll=$3
mkdir -p "$4"
packages=$(cd "$4" && pwd)
here=$CUSTVAL_SOURCE/bindings/sheets/excel
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
CUSTVAL_CALLS=$work/calls.json
export CUSTVAL_SOURCE CUSTVAL_LIBRARY CUSTVAL_CALLS
python3 "$CUSTVAL_SOURCE/tests/embeddings/calls.py" "$CUSTVAL_CALLS"
passed=0 failed=0 skipped=0

skip() {
    skipped=$((skipped + 1))
    echo "skipped: $1: $2"
}

# run NAME COMMAND...: one program of tests; adds its counts.
run() {
    name=$1
    shift
    status=0
    "$@" >"$work/log" 2>&1 || status=$?
    tr -d '\r' <"$work/log" >"$work/lines"
    grep -v '^ok ' "$work/lines" | grep -v ' passed, ' || true
    number='\([0-9]*\)'
    counts=$(sed -n "s/^$number passed, $number failed, $number skipped\$/\1 \2 \3/p" "$work/lines" | tail -n 1)
    if [ -z "$counts" ]; then
        failed=$((failed + 1))
        echo "FAILED: $name ended with status $status"
        return 0
    fi
    # shellcheck disable=SC2086
    set -- $counts
    passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
}

# The packages of package-lock.json, unless they are there; their scripts are not run.
install() {
    cmp -s "$here/tests/package-lock.json" "$packages/installed.json" && return 0
    command -v npm >/dev/null || return 1
    cp "$here/tests/package.json" "$here/tests/package-lock.json" "$packages/"
    (cd "$packages" && npm ci --ignore-scripts --no-audit --no-fund >"$work/npm.log" 2>&1) || return 1
    cp "$packages/package-lock.json" "$packages/installed.json"
}

node "$here/build.mjs" "$module" "$work/addin" https://example.org/custval
cp "$module/package.json" "$work/addin/"
if install; then
    run test_addin node "$here/tests/test_addin.mjs" "$work/addin" "$packages"
    run test_hyperformula node "$here/tests/test_hyperformula.mjs" "$work/addin" "$packages"
else
    run test_addin node "$here/tests/test_addin.mjs" "$work/addin"
    skip "the functions in HyperFormula" "npm cannot install it"
fi

if [ -z "$xll" ]; then
    skip "the XLL" "it is not built: no mingw-w64, or no sources of jansson"
elif ! command -v wine64 >/dev/null; then
    skip "the XLL" "it builds, but there is no wine64 to run it"
else
    cp "$xll/custval.xll" "$xll/xll-host.exe" "$xll/xll-faults.exe" "$work/"
    run xll-host sh -c 'cd "$1" && wine64 xll-host.exe custval.xll calls.json .' - "$work"
    run xll-faults wine64 "$work/xll-faults.exe"
fi
skip "the XLL in Excel" "there is none here"

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
