#!/bin/sh
# Tests of the jar: bindings/java/test.sh BUILD_DIRECTORY, one that meson made with -Djava=enabled.
#
# JUnit 5 and Gson are taken from /usr/share/java, or from where JAVA_JARS says; on Debian they are in the packages junit5
# and libgoogle-gson-java. The last line is "N passed, N failed, N skipped".
# SPDX-License-Identifier: Apache-2.0
set -eu
[ $# = 1 ] || {
    echo "usage: $0 BUILD_DIRECTORY" >&2
    exit 2
}
build=$(cd "$1" && pwd)
source=$(cd "$(dirname "$0")/../.." && pwd)
here=$source/bindings/java
jar=$build/bindings/java/custval.jar
[ -e "$jar" ] || {
    echo "$jar is not there: build with -Djava=enabled" >&2
    exit 2
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

jars=${JAVA_JARS:-/usr/share/java}
path=$jar:$work/tests
for name in junit-jupiter-api junit-jupiter-engine junit-platform-commons junit-platform-engine junit-platform-launcher \
    junit-platform-console junit-platform-reporting opentest4j apiguardian-api picocli univocity-parsers \
    opentest4j-reporting-events opentest4j-reporting-schema gson; do
    [ ! -e "$jars/$name.jar" ] || path=$path:$jars/$name.jar
done
if [ ! -e "$jars/junit-jupiter-engine.jar" ] || [ ! -e "$jars/gson.jar" ]; then
    echo "skipped: every test: JUnit 5 or Gson is not in $jars"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
fi

CUSTVAL_LIBRARY=$build/lib/libcustval.so.0 python3 "$source/tests/embeddings/calls.py" "$work/calls.json"
mkdir "$work/tests" "$work/tmp"
javac --release 11 -Xlint:all,-path -Werror -d "$work/tests" -cp "$path" "$here"/tests/custval/*.java

passed=0 failed=0 skipped=0

# run NAME JVM_OPTION...: every test in a virtual machine of its own.
run() {
    name=$1
    shift
    java "$@" -Djava.io.tmpdir="$work/tmp" -Dcustval.calls="$work/calls.json" -cp "$path" \
        org.junit.platform.console.ConsoleLauncher --disable-banner --details=summary --select-package=custval \
        >"$work/log" 2>&1 || true
    count() { sed -n "s/^\[ *\([0-9]*\) tests $1 *\]\$/\1/p" "$work/log"; }
    ok=$(count successful) bad=$(count failed) left=$(count skipped)
    if [ -z "$ok" ] || [ "$bad" != 0 ]; then cat "$work/log"; fi
    echo "ok $name: ${ok:-0} tests"
    passed=$((passed + ${ok:-0})) failed=$((failed + ${bad:-1})) skipped=$((skipped + ${left:-0}))
}

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

# The copy of the native part goes with the machine that made it.
leaves_nothing() { [ -z "$(find "$work/tmp" -name '*custval*')" ]; }

# Nothing but the entry points that Java calls.
exports_little() {
    nm -D --defined-only "$build/bindings/java/libcustval_jni.so" | awk '{print $3}' >"$work/symbols"
    grep -q '^Java_custval_Native_systemParse$' "$work/symbols" && ! grep -v '^Java_custval_' "$work/symbols"
}

# With a heap that is there from the beginning, what grows is what leaks.
run "the tests" -Xms256m -Xmx256m -XX:+AlwaysPreTouch
run "the tests, with every call of JNI checked" -Xms256m -Xmx256m -XX:+AlwaysPreTouch -Xcheck:jni
check "every allocation and every call that may fail does, in turn" "$build/bindings/java/java-faults"
check "no file of the native part is left behind" leaves_nothing
check "the module shows its entry points only" exports_little
check "the program of the guide" python3 "$source/tests/embeddings/guide.py" "$source/docs/java.md" java \
    "$work/Program.java" java -cp "$jar" "$work/Program.java"
has_version() {
    version=$(sed -n "s/^  version: '\(.*\)',/\1/p" "$source/meson.build")
    python3 -m zipfile -e "$jar" "$work/jar"
    grep "^Implementation-Version: $version" "$work/jar/META-INF/MANIFEST.MF"
}
check "the jar has the project's version" has_version

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
