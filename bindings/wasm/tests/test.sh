#!/bin/sh
# Runs the tests of the JavaScript module: bindings/wasm/tests/test.sh MODULE_FOLDER LIBRARY
#
# The first is build/.../bindings/wasm of a build with tests/cross/emscripten.txt, the second a libcustval.so of this
# machine, which answers the shared calls. What is missing is named; the last line is "N passed, N failed, N skipped".
# SPDX-License-Identifier: Apache-2.0
set -eu
[ $# = 2 ] || {
    echo "usage: $0 MODULE_FOLDER LIBRARY" >&2
    exit 2
}
module=$(cd "$1" && pwd)
CUSTVAL_SOURCE=$(cd "$(dirname "$0")/../../.." && pwd)
CUSTVAL_LIBRARY=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
CUSTVAL_CALLS=$work/calls.json
export CUSTVAL_SOURCE CUSTVAL_LIBRARY CUSTVAL_CALLS
python3 "$CUSTVAL_SOURCE/tests/embeddings/calls.py" "$CUSTVAL_CALLS"
passed=0 failed=0 skipped=0

# run NAME COMMAND...: one program of tests; adds its counts.
run() {
    name=$1
    shift
    status=0
    "$@" >"$work/log" 2>&1 || status=$?
    grep -v '^ok ' "$work/log" | grep -v ' passed, ' || true
    number='\([0-9]*\)'
    counts=$(sed -n "s/^$number passed, $number failed, $number skipped\$/\1 \2 \3/p" "$work/log" | tail -n 1)
    if [ -z "$counts" ]; then
        failed=$((failed + 1))
        echo "FAILED: $name ended with status $status"
        return 0
    fi
    # shellcheck disable=SC2086
    set -- $counts
    passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
}

for test in calls module docs page; do
    run "test_$test" node --expose-gc "$CUSTVAL_SOURCE/bindings/wasm/tests/test_$test.mjs" "$module"
done

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
