#!/bin/sh
# Builds the Lua module for every Lua there is and runs all of its tests: bindings/lua/test.sh BUILD_DIRECTORY
#
# The directory is one that meson built the library in. What is missing is named and counted as skipped; the last line
# is "N passed, N failed, N skipped". On Debian everything is there with
#   lua5.1 lua5.2 lua5.3 lua5.4 liblua5.1-0-dev liblua5.2-dev liblua5.3-dev liblua5.4-dev
#   luajit2 libluajit2-5.1-dev luarocks nginx libnginx-mod-http-lua haproxy pkg-config
# (nginx' module brings libluajit2-5.1-2, which excludes the package luajit.)
# SPDX-License-Identifier: Apache-2.0
set -eu
[ $# = 1 ] || {
    echo "usage: $0 BUILD_DIRECTORY" >&2
    exit 2
}
build=$(cd "$1" && pwd)
source=$(cd "$(dirname "$0")/../.." && pwd)
here=$source/bindings/lua
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
library=$build/lib/libcustval.so.0
[ -e "$library" ] || {
    echo "$library is not there: build the library first" >&2
    exit 2
}
passed=0 failed=0 skipped=0

# check NAME COMMAND...: one test; status 77 means that what it needs is not there.
check() {
    name=$1
    shift
    status=0
    "$@" >"$work/log" 2>&1 || status=$?
    case $status in
    0) passed=$((passed + 1)) ;;
    77) skip "$name" "$(tail -n 1 "$work/log")" ;;
    *)
        failed=$((failed + 1))
        echo "FAILED: $name"
        cat "$work/log"
        ;;
    esac
}

skip() {
    skipped=$((skipped + 1))
    echo "skipped: $1: $2"
}

# interpreter VERSION: its command.
interpreter() {
    case $1 in
    jit) echo luajit ;;
    *) echo "lua$1" ;;
    esac
}

# includes VERSION: flags for the compiler, or failure if the headers are not there.
includes() {
    case $1 in
    jit) pkg-config --cflags luajit ;;
    *) pkg-config --cflags "lua$1" 2>/dev/null || pkg-config --cflags "lua-$1" ;;
    esac
}

# compile VERSION: the module, into a folder of its own. Words of the flags are split by intention.
compile() {
    mkdir -p "$work/$1"
    # shellcheck disable=SC2046,SC2086
    ${CC:-cc} -std=c11 -O2 -g -fPIC -shared -Wall -Wextra -Werror -Wshadow -Wconversion -Wstrict-prototypes \
        -Wmissing-prototypes ${CFLAGS:-} -I"$source/include" -I"$build/include" $(includes "$1") "$here"/*.c \
        -o "$work/$1/custval.so" \
        -L"$build/lib" -lcustval
}

# run VERSION FILE...: tests in plain Lua; counts theirs.
run() {
    version=$1
    shift
    command=$(interpreter "$version")
    status=0
    LUA_CPATH="$work/$version/?.so" "$command" "$here/tests/run.lua" "$command" "$@" >"$work/log" 2>&1 || status=$?
    number='\([0-9]*\)'
    counts=$(sed -n "s/.*: $number passed, $number failed, $number skipped\$/\1 \2 \3/p" "$work/log" | tail -n 1)
    cat "$work/log"
    if [ -z "$counts" ]; then
        failed=$((failed + 1))
        echo "FAILED: $command ended with status $status"
        return 0
    fi
    # shellcheck disable=SC2086
    set -- $counts
    passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
}

# faults VERSION: allocations of Lua that fail, in a program with the address sanitizer.
faults() {
    flags="-std=c11 -O1 -g -fsanitize=address"
    name=$(pkg-config --exists "lua$1" && echo "lua$1" || echo "lua-$1")
    # shellcheck disable=SC2086
    if ! echo 'int main(void) { return 0; }' | ${CC:-cc} $flags -x c -o "$work/faults-$1" - 2>/dev/null ||
        ! "$work/faults-$1"; then
        echo "the compiler has no address sanitizer"
        return 77
    fi
    mkdir -p "$work/asan-$1"
    # shellcheck disable=SC2046,SC2086
    ${CC:-cc} $flags -fPIC -shared -I"$source/include" -I"$build/include" $(includes "$1") "$here"/*.c \
        -o "$work/asan-$1/custval.so" -L"$build/lib" -lcustval
    # shellcheck disable=SC2046,SC2086
    ${CC:-cc} $flags $(includes "$1") "$here/tests/faults.c" -o "$work/faults-$1" $(pkg-config --libs "$name")
    "$work/faults-$1" "$here/tests/faults.lua" "$work/asan-$1"
}

# A prefix as an installation makes it, for luarocks.
stage() {
    mkdir -p "$work/prefix/include/custval" "$work/prefix/lib"
    cp "$source"/include/custval/*.h "$build/include/custval/version.h" "$work/prefix/include/custval/"
    cp "$library" "$work/prefix/lib/libcustval.so"
    ln -s libcustval.so "$work/prefix/lib/libcustval.so.0"
}

# rock VERSION: builds and installs a rock, and requires it from where it is.
rock() {
    (
        cp -R "$here" "$work/rock-$1"
        cd "$work/rock-$1"
        export HOME="$work"
        luarocks --lua-version="$1" --tree="$work/tree-$1" make custval-*.rockspec CUSTVAL_DIR="$work/prefix"
        eval "$(luarocks --lua-version="$1" --tree="$work/tree-$1" path)"
        cd /
        "lua$1" -e 'assert(require("custval").version)'
    )
}

export CUSTVAL_SOURCE="$source" CUSTVAL_VECTORS="$work/vectors" CUSTVAL_FACTS="$work/facts.lua" CUSTVAL_LIBRARY="$library"
export LD_LIBRARY_PATH="$build/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"

version=$(sed -n "s/^  version: '\(.*\)',/\1/p" "$source/meson.build")
check "the rockspec has the project's version" grep -q "^version = \"$version-1\"" "$here/custval-$version-1.rockspec"
for file in options.inc custval_cdef.lua; do
    check "$file is what the headers declare" python3 "$source/bindings/declare.py" --check "$source/include/custval" \
        "$here/$file"
done
python3 "$here/tests/vectors.py" "$source" "$work/vectors" "$library"

newest=
for version in 5.1 5.2 5.3 5.4 jit; do
    command=$(interpreter $version)
    if ! command -v "$command" >/dev/null; then
        skip "$command" "it is not installed"
    elif ! includes $version >/dev/null 2>&1; then
        skip "$command" "its headers are not installed"
    else
        check "the module compiles for $command" compile $version
        [ -e "$work/$version/custval.so" ] || continue
        newest=$version
        [ -e "$work/facts.lua" ] || check "every declared function is bound" python3 "$here/tests/bound.py" \
            "$source" "$build" "$work/$version/custval.so" "$work/facts.lua"
        run $version "$here"/tests/test_*.lua
        case $version in
        5.1 | 5.4) check "failing allocations of $command" faults $version ;;
        esac
    fi
done
[ -n "$newest" ] || failed=$((failed + 1))

if command -v luarocks >/dev/null; then
    stage
    check "luarocks lint" luarocks lint "$here"/custval-*.rockspec
    for version in 5.1 5.2 5.3 5.4; do
        if [ -e "$work/$version/custval.so" ] && [ -x "$(command -v luarocks-$version || true)" ]; then
            check "luarocks make for Lua $version" rock $version
        else
            skip "luarocks make for Lua $version" "no such Lua, or no luarocks for it"
        fi
    done
else
    skip "luarocks" "it is not installed"
fi

for pair in nginx:jit haproxy:5.3; do
    module=$work/${pair#*:}/custval.so
    if [ -e "$module" ]; then
        check "the endpoint in ${pair%:*}" python3 "$here/tests/servers.py" "$source" "$library" "${pair%:*}" "$module"
    else
        skip "the endpoint in ${pair%:*}" "no module for its Lua"
    fi
done

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
