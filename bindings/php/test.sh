#!/bin/sh
# Tests of the PHP binding: bindings/php/test.sh BUILD_DIRECTORY, where meson built the library.
#
# PHP: which php (default php); PHP_FPM: which php-fpm. What is missing is named and counted as skipped; the last line is
# "N passed, N failed, N skipped".
# SPDX-License-Identifier: Apache-2.0
set -eu
[ $# = 1 ] || {
    echo "usage: $0 BUILD_DIRECTORY" >&2
    exit 2
}
build=$(cd "$1" && pwd)
source=$(cd "$(dirname "$0")/../.." && pwd)
here=$source/bindings/php
export CUSTVAL_LIBRARY="$build/lib/libcustval.so.0"
[ -e "$CUSTVAL_LIBRARY" ] || {
    echo "$CUSTVAL_LIBRARY is not there: build the library first" >&2
    exit 2
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
passed=0 failed=0 skipped=0

# check NAME COMMAND...
check() {
    name=$1
    shift
    if "$@" >"$work/log" 2>&1; then
        passed=$((passed + 1))
        echo "ok $name"
    else
        failed=$((failed + 1))
        echo "FAILED: $name"
        cat "$work/log"
    fi
}

skip() {
    skipped=$((skipped + 1))
    echo "skipped: $1: $2"
}

# Versions stand in the name on Debian: php-fpm8.2.
newest() {
    for found in /usr/sbin/php-fpm* /usr/bin/php-fpm*; do
        [ ! -x "$found" ] || echo "$found"
    done | tail -n 1
}

php=${PHP:-php}
fpm=${PHP_FPM:-$(newest)}
check "the declarations are those of the headers" python3 "$source/bindings/declare.py" --check \
    "$source/include/custval" "$here/Declarations.php"
if ! "$php" -d ffi.enable=1 -r 'exit(class_exists("FFI") ? 0 : 1);' 2>/dev/null; then
    skip "every test within php" "there is no $php, or none with FFI"
else
    cp "$here/Custval.php" "$here/Declarations.php" "$work/"
    check "the program of the guide" python3 "$source/tests/embeddings/guide.py" "$source/docs/php.md" php \
        "$work/program.php" "$php" -d ffi.enable=1 "$work/program.php"
    python3 "$source/tests/embeddings/calls.py" "$work/calls.json"
    "$php" -d ffi.enable=1 -d opcache.enable_cli=1 "$here/tests/run.php" "$work/calls.json" >"$work/log" 2>&1 || true
    grep -v '^ok ' "$work/log" | grep -v 'passed, .* failed' || true
    counts=$(sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed, 0 skipped$/\1 \2/p' "$work/log" | tail -n 1)
    # Two numbers by construction.
    # shellcheck disable=SC2086
    set -- ${counts:-0 1}
    passed=$((passed + $1)) failed=$((failed + $2))
fi
if [ -n "$fpm" ]; then
    check "the endpoint in php-fpm, preloaded" python3 "$here/tests/fpm.py" "$php" "$fpm" "$CUSTVAL_LIBRARY" "$source"
else
    skip "the endpoint in php-fpm" "there is no php-fpm"
fi
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
