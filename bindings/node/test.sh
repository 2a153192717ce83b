#!/bin/sh
# Tests of the package for Node: bindings/node/test.sh BUILD_DIRECTORY [FOLDER], where meson built the library.
#
# FOLDER: where the package and koffi from npm are installed together (default BUILD_DIRECTORY/node); it is kept. Without
# npm and its registry everything but the declarations is skipped. The last line is "N passed, N failed, N skipped".
# SPDX-License-Identifier: Apache-2.0
set -eu
[ $# = 1 ] || [ $# = 2 ] || {
    echo "usage: $0 BUILD_DIRECTORY [FOLDER]" >&2
    exit 2
}
build=$(cd "$1" && pwd)
source=$(cd "$(dirname "$0")/../.." && pwd)
here=$source/bindings/node
mkdir -p "${2:-$build/node}"
folder=$(cd "${2:-$build/node}" && pwd)
export CUSTVAL_LIBRARY="$build/lib/libcustval.so.0" CUSTVAL_CALLS="$folder/calls.json"
[ -e "$CUSTVAL_LIBRARY" ] || {
    echo "$CUSTVAL_LIBRARY is not there: build the library first" >&2
    exit 2
}
passed=0 failed=0 skipped=0

# check NAME COMMAND...
check() {
    name=$1
    shift
    if "$@" >"$folder/log" 2>&1; then
        passed=$((passed + 1))
        echo "ok $name"
    else
        failed=$((failed + 1))
        echo "FAILED: $name"
        cat "$folder/log"
    fi
}

finish() {
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" = 0 ]
    exit
}

check "the declarations are those of the headers" python3 "$source/bindings/declare.py" --check \
    "$source/include/custval" "$here/declarations.mjs"
version=$(sed -n "s/^  version: '\(.*\)',/\1/p" "$source/meson.build")
check "the package has the project's version" grep -q "\"version\": \"$version\"" "$here/package.json"

# The package as npm packs it, so that a file that "files" forgets is missed here.
install() {
    (
        cd "$folder"
        rm -f custval-*.tgz
        npm pack --silent "$here"
        [ -e package.json ] || echo '{"private": true, "type": "module"}' >package.json
        npm install --silent --no-audit --no-fund --prefer-offline ./custval-*.tgz
    )
}
if ! command -v npm >/dev/null || ! install >"$folder/log" 2>&1; then
    echo "skipped: every test within Node: there is no npm, or koffi cannot be had"
    tail -n 5 "$folder/log" 2>/dev/null || true
    skipped=1
    finish
fi

python3 "$source/tests/embeddings/calls.py" "$CUSTVAL_CALLS"
rm -rf "$folder/tests"
cp -R "$here/tests" "$folder/tests"
(cd "$folder" && node --expose-gc --test-reporter=tap --test tests/*.test.mjs) >"$folder/log" 2>&1 || true
count() { sed -n "s/^# $1 \([0-9]*\)\$/\1/p" "$folder/log"; }
ok=$(count pass) bad=$(count fail) left=$(count skipped)
if [ -z "$ok" ] || [ "$bad" != 0 ]; then grep -vE '^ *(ok|---|\.\.\.|duration_ms|# Subtest|type:)' "$folder/log"; fi
check "the program of the guide" python3 "$source/tests/embeddings/guide.py" "$source/docs/node.md" js \
    "$folder/program.mjs" node "$folder/program.mjs"
if (cd "$folder" && npm install --silent --no-audit --no-fund --prefer-offline typescript@5 @types/node@20) 2>"$folder/log"; then
    cp "$here/tests/types.mts" "$folder/"
    check "the types suit a program" "$folder/node_modules/.bin/tsc" --strict --noEmit --module nodenext --target es2022 \
        "$folder/types.mts"
else
    echo "skipped: the types: typescript cannot be had"
    skipped=$((skipped + 1))
fi
passed=$((passed + ${ok:-0})) failed=$((failed + ${bad:-1})) skipped=$((skipped + ${left:-0}))
finish
