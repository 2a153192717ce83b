#!/bin/sh
# Runs the extension of LibreOffice in a real, private office: bindings/sheets/libreoffice/test.sh BUILD_DIRECTORY
#
# The directory is one that meson built the library in. The last line is "N passed, N failed, N skipped". On Debian what
# it needs is there with
#   libreoffice-calc-nogui libreoffice-script-provider-python libreoffice-dev python3-uno poppler-utils
# SPDX-License-Identifier: Apache-2.0
set -eu
[ $# = 1 ] || {
    echo "usage: $0 BUILD_DIRECTORY" >&2
    exit 2
}
build=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
library=$build/lib/libcustval.so.0
python=${PYTHON:-/usr/bin/python3}
[ -e "$library" ] || {
    echo "$library is not there: build the library first" >&2
    exit 2
}

# skip WHY: nothing can be tested.
skip() {
    echo "skipped: LibreOffice: $1"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
}
for command in soffice unopkg pdftoppm; do
    command -v $command >/dev/null || skip "there is no $command"
done
"$python" -c 'import uno' 2>/dev/null || skip "$python has no module uno"
(cd "$here" && "$python" -B -c 'import package; package.office()') 2>/dev/null || skip "there is no unoidl-write"

export PYTHONDONTWRITEBYTECODE=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
"$python" "$here/tests/prepare.py" "$work" "$library"

# LibreOffice's unopkg refuses root, so that everything runs as somebody else then.
as_user() {
    if [ "$(id -u)" = 0 ]; then
        chown -R nobody "$work"
        runuser -u nobody -- "$@"
    else
        "$@"
    fi
}
export HOME="$work" XDG_CACHE_HOME="$work/cache"
unset CUSTVAL_LIBRARY
cd "$work"
as_user "$python" "$work/run.py" "$work"
