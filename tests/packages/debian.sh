#!/bin/sh
# Builds the Debian packages from what is committed, looks at them with lintian, and uses what is in them:
# tests/packages/debian.sh
#
# The last line is "N passed, N failed, N skipped".
# SPDX-License-Identifier: Apache-2.0
set -eu
source=$(cd "$(dirname "$0")/../.." && pwd)
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
        tail -n 40 "$work/log"
    fi
}

finish() {
    echo "$passed passed, $failed failed, $skipped skipped"
    exit 0
}

for tool in dpkg-buildpackage dh lintian dh_python3; do
    command -v "$tool" >/dev/null 2>&1 && continue
    echo "skipped: Debian packages: $tool is not installed"
    skipped=1
    finish
done

version=$(sed -n "s/^  version: '\(.*\)',/\1/p" "$source/meson.build" | head -n 1)
git -C "$source" archive --prefix="custval-$version/" HEAD | tar -C "$work" -x
tree=$work/custval-$version
# Debian keeps its own folder apart from the archive of the sources.
tar -C "$work" --exclude="custval-$version/debian" -czf "$work/custval_$version.orig.tar.gz" "custval-$version"

# The suites that a package runs are those of the other stages: here they would only run again.
build() { (cd "$tree" && DEB_BUILD_OPTIONS=nocheck dpkg-buildpackage -us -uc); }
# An error fails; warnings are shown.
look() { (cd "$work" && lintian --fail-on error ./*.changes); }
newest() { [ "$(dpkg-parsechangelog -l "$tree/debian/changelog" -S Version | sed 's/-[^-]*$//')" = "$version" ]; }

check "the changelog has the version of the project" newest
check "packages are built" build
[ "$failed" = 0 ] || finish
check "lintian finds no errors" look

root=$work/root
for package in "$work"/*.deb; do dpkg-deb -x "$package" "$root"; done
libraries=$(dirname "$(find "$root/usr/lib" -name 'libcustval.so.0')")
export LD_LIBRARY_PATH="$libraries"

command_runs() { [ "$("$root/usr/bin/custval" --version)" = "custval $version" ]; }
programs_link() {
    cc -I"$root/usr/include" "$source/examples/first.c" -o "$work/first" -L"$libraries" -lcustval && "$work/first"
}
python_works() {
    PYTHONPATH=$root/usr/lib/python3/dist-packages /usr/bin/python3 -c '
import custval as cv
assert [round(share, 4) for share in cv.weights.ahp([[1, 3], [1 / 3, 1]]).values()] == [0.75, 0.25]'
}

check "the command runs" command_runs
check "a program links" programs_link
check "Python finds the library" python_works
finish
