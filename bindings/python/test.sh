#!/bin/sh
# Tests of the Python package against a built library: bindings/python/test.sh BUILD_DIR [VENV]
# SPDX-License-Identifier: Apache-2.0
#
# BUILD_DIR: where meson built the library. VENV: a virtual environment that is made if it is not there (default
# BUILD_DIR/python-venv) and kept; packages come from PyPI as pip is set up. PYTHON: which Python makes it.
# Without pip or PyPI only the part that needs no package runs, and the end says so.
set -u

here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "${1:?usage: test.sh BUILD_DIR [VENV]}" && pwd) || exit 2
venv=${2:-$build/python-venv}
case $venv in /*) ;; *) venv=$PWD/$venv ;; esac
python=${PYTHON:-python3}
log=$build/python-test.log
passed=0 failed=0 skipped=0

export PYTHONDONTWRITEBYTECODE=1
CUSTVAL_LIBRARY=${CUSTVAL_LIBRARY:-$(find "$build/lib" -maxdepth 1 \( -name 'libcustval.so.0' -o -name 'libcustval.0.dylib' \) | head -n 1)}
export CUSTVAL_LIBRARY
# What the package makes in Python is held against what the command makes.
if [ -x "$build/tools/custval" ]; then
    export CUSTVAL_COMMAND="${CUSTVAL_COMMAND:-$build/tools/custval}"
fi
if [ ! -e "$CUSTVAL_LIBRARY" ]; then
    echo "test.sh: there is no library in $build/lib" >&2
    exit 2
fi
cd "$here" || exit 2

# One step that is a single test: its name, and the command.
step() {
    name=$1
    shift
    if "$@" >"$log" 2>&1; then
        passed=$((passed + 1))
        echo "ok      $name"
    else
        failed=$((failed + 1))
        echo "FAILED  $name"
        tail -n 80 "$log"
    fi
}

# pytest, whose last line says how many.
tests() {
    name=$1
    shift
    "$venv/bin/python" -X faulthandler -m pytest -q -p no:cacheprovider "$@" >"$log" 2>&1
    code=$?
    count() { tail -n 1 "$log" | grep -o "[0-9]* $1" | cut -d ' ' -f 1; }
    ok=$(count passed) bad=$(count failed) errors=$(count error) left=$(count skipped)
    passed=$((passed + ${ok:-0}))
    failed=$((failed + ${bad:-0} + ${errors:-0}))
    skipped=$((skipped + ${left:-0}))
    if [ $code -eq 0 ]; then
        echo "ok      $name: ${ok:-0} tests"
    else
        if [ $((${bad:-0} + ${errors:-0})) -eq 0 ]; then failed=$((failed + 1)); fi
        echo "FAILED  $name"
        tail -n 80 "$log"
    fi
}

# Without any package: every Python that is here, cut off from what is installed for it.
for one in /usr/bin/python3 python3.9 python3.10 python3.11 python3.12 python3.13 python3.14; do
    if "$one" -c 'import sys; sys.exit(sys.version_info < (3, 9))' 2>/dev/null; then
        step "$one without packages" "$one" -S -I tests/smoke.py "$here"
    fi
done

wanted=$(cksum <tests/requirements.txt)
if [ "$(cat "$venv/requirements" 2>/dev/null)" != "$wanted" ]; then
    "$python" -m venv "$venv" && "$venv/bin/python" -m pip install -q --disable-pip-version-check -r tests/requirements.txt &&
        echo "$wanted" >"$venv/requirements"
fi
if [ "$(cat "$venv/requirements" 2>/dev/null)" != "$wanted" ]; then
    echo "NOT RUN: all tests but the smoke test; the packages of bindings/python/tests/requirements.txt cannot be had"
    echo "$passed passed, $failed failed, 1 skipped"
    [ $failed -eq 0 ]
    exit
fi

PYTHONPATH=$here
export PYTHONPATH
step "mypy --strict" "$venv/bin/python" -m mypy --cache-dir "$build/python-mypy"
step "ruff check" "$venv/bin/ruff" check --no-cache --quiet --output-format concise --select B,E,F,I,UP --exclude _declarations.py custval tests docs/*.py dist.py
step "ruff format" "$venv/bin/ruff" format --no-cache --check --exclude _declarations.py custval tests docs/*.py dist.py
tests "doctests" --doctest-modules custval
tests "tests" -n "$(getconf _NPROCESSORS_ONLN)" --dist loadfile tests
echo "$passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
