#!/bin/sh
# Tests of the module within a Tryton of its own: examples/crm/tryton/test.sh BUILD_DIRECTORY, where meson built the library.
# SPDX-License-Identifier: Apache-2.0
set -eu
[ $# = 1 ] || {
    echo "usage: $0 BUILD_DIRECTORY" >&2
    exit 2
}
exec python3 "$(dirname "$0")/tests/test_tryton.py" "$1/lib/libcustval.so.0"
