# ./dev test: a stage for each compiler, sanitizer and host. Sourced by dev.
# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0

results=$builds/results

# use COMPILER [C++ COMPILER]: for what is configured in this subshell.
use() {
    export CC="$1" CXX="${2:-c++}"
}

stage() {
    printf '\n=== %s\n' "$*"
}

# record NAME passed|failed|skipped TEXT: one line of the sum that is not a test of meson.
record() {
    printf '%s\t%s\t%s\n' "$2" "$1" "$3" >>"$results/stages.tsv"
    [ "$2" = passed ] || echo "$1: $2: $3"
}

# run_tests STAGE DIRECTORY OPTION...: runs tests of a build directory and keeps their log for the sum.
run_tests() {
    name=$1
    directory=$builds/$2
    shift 2
    rm -f "$directory"/meson-logs/testlog*.json
    meson test -C "$directory" --no-rebuild --print-errorlogs --num-processes "$jobs" "$@" >"$results/$name.txt" 2>&1 || true
    grep -vE '^ *[0-9]+/[0-9]+ .* OK |^ninja: Entering|^[A-Z][A-Za-z ]*: +[0-9]+ *$|^Full log|^$' "$results/$name.txt" || true
    # One setup ran, so there is one log.
    cp "$directory"/meson-logs/testlog*.json "$results/$name.json" 2>/dev/null || record "$name" failed "no test ran"
}

# build_and_test STAGE OPTION... -- TEST OPTION...
build_and_test() {
    name=$1
    shift
    options=
    while [ $# -gt 0 ] && [ "$1" != -- ]; do
        options="$options $1"
        shift
    done
    [ $# -eq 0 ] || shift
    # Options hold no blanks.
    # shellcheck disable=SC2086
    if configure "$name" -Dwerror=true $options && compile "$name"; then
        run_tests "$name" "$name" "$@"
    else
        record "$name" failed "does not build"
    fi
}

# Everything that a compiler or sanitizer can change; the rest is about files and runs once.
portable='--no-suite abi --no-suite headers --no-suite install --no-suite docs --no-suite report'

stage_gcc() {
    stage "gcc: every suite"
    (
        use gcc g++
        build_and_test gcc -- --no-suite report
    )
}

stage_clang() {
    stage "clang"
    if ! compiles_c clang; then
        record clang skipped "no clang"
        return
    fi
    (
        use clang clang++
        build_and_test clang -- --no-suite install --no-suite docs
    )
}

# The compiler for a sanitizer: clang where its runtime is there, else gcc.
sanitizing() {
    if compiles_c clang "-fsanitize=$1"; then echo clang; elif compiles_c gcc "-fsanitize=$1"; then echo gcc; fi
}

stage_sanitizers() {
    compiler=$(sanitizing address,undefined)
    stage "address and undefined behaviour sanitizers: ${compiler:-none}"
    if [ -z "$compiler" ]; then
        record sanitizers skipped "no compiler with the runtime of the address sanitizer"
        return
    fi
    (
        use "$compiler"
        export ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1 UBSAN_OPTIONS=print_stacktrace=1
        # shellcheck disable=SC2086
        build_and_test sanitizers -Db_sanitize=address,undefined -Db_lundef=false -Doptimization=1 \
            "-Dc_args=['-fno-sanitize-recover=all','-DCUSTVAL_PIECES_APART']" -- $portable
    )
}

stage_threads() {
    compiler=$(sanitizing thread)
    stage "thread sanitizer: ${compiler:-none}"
    if [ -z "$compiler" ]; then
        record threads skipped "no compiler with the runtime of the thread sanitizer"
        return
    fi
    (
        use "$compiler"
        export TSAN_OPTIONS=halt_on_error=1
        build_and_test threads -Db_sanitize=thread -Db_lundef=false -Doptimization=1 -- \
            --suite unit --suite api --suite property
    )
}

# The next two use the programs of the gcc stage.
gcc_is_built() {
    (
        use gcc g++
        configure gcc -Dwerror=true && compile gcc
    )
}

stage_valgrind() {
    stage "valgrind: unit and api"
    if ! has valgrind; then
        record valgrind skipped "no valgrind"
    elif gcc_is_built; then
        run_tests valgrind gcc --setup valgrind --suite unit --suite api
    else
        record valgrind failed "does not build"
    fi
}

stage_locale() {
    stage "a locale with a decimal comma"
    if [ ! -d "$locales/de_DE.UTF-8" ]; then
        record locale skipped "localedef cannot make de_DE.UTF-8"
    elif gcc_is_built; then
        run_tests locale gcc --setup locale --suite unit --suite api --suite vectors --suite property --suite cli
    else
        record locale failed "does not build"
    fi
}

stage_coverage() {
    stage "coverage of lib/"
    if ! has gcovr; then
        record coverage skipped "no gcovr"
        return
    fi
    (
        use gcc
        # shellcheck disable=SC2086
        build_and_test coverage -Db_coverage=true -Dbuildtype=debug -Db_ndebug=true \
            "-Dc_args=['-fprofile-update=atomic','-DCUSTVAL_PIECES_APART']" -- $portable
    )
    [ -e "$results/coverage.json" ] || return 0
    gcovr --root . --filter lib/ --exclude-unreachable-branches --exclude-throw-branches --print-summary \
        --txt "$builds/coverage.txt" --json "$builds/coverage.json" "$builds/coverage" ||
        record coverage failed "gcovr failed"
}

have_sources() {
    [ -e subprojects/jansson-2.14/meson.build ] && [ -e subprojects/cmocka-1.1.5/meson.build ]
}

# The sources of what Debian has no Windows packages for, from Debian's own source packages.
fetch_sources() {
    ! have_sources && has apt-get || return 0
    lists=$PWD/$builds/apt
    mkdir -p "$lists/parts" "$lists/lists/partial" "$lists/cache/archives/partial"
    for file in /etc/apt/sources.list /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list.d/ubuntu.sources; do
        [ -e "$file" ] || continue
        case $file in
        *.list) sed -n 's/^deb /deb-src /p' "$file" >"$lists/parts/sources.list" ;;
        *) sed 's/^Types:.*/Types: deb-src/' "$file" >"$lists/parts/$(basename "$file")" ;;
        esac
    done
    cat >"$lists/apt.conf" <<TEXT
Dir::State::lists "$lists/lists";
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "$lists/parts";
Dir::Cache "$lists/cache";
TEXT
    echo "fetching the sources of jansson and cmocka with apt-get source"
    (
        cd "$lists"
        export APT_CONFIG="$lists/apt.conf"
        apt-get -q -q update && apt-get -q -q source --download-only jansson cmocka
    ) || true
    for archive in "$lists"/jansson_2.14.orig.tar.* "$lists"/cmocka_1.1.5.orig.tar.*; do
        case $archive in
        *.asc) ;;
        *) [ ! -e "$archive" ] || tar -C subprojects -xf "$archive" || true ;;
        esac
    done
    for package in jansson-2.14 cmocka-1.1.5; do
        [ ! -d "subprojects/$package" ] || cp "subprojects/packagefiles/${package%-*}/meson.build" "subprojects/$package/"
    done
}

stage_windows() {
    stage "Windows: gcc-mingw-w64, tests under wine"
    if ! has x86_64-w64-mingw32-gcc; then
        record windows skipped "no x86_64-w64-mingw32-gcc"
        return
    fi
    fetch_sources
    if ! have_sources; then
        record windows skipped "the sources of jansson and cmocka cannot be had: unpack them in subprojects/"
    else
        (
            export PATH="$wine_path" WINEPREFIX="$PWD/$builds/wine" WINEDEBUG=-all
            wine=
            if has wine64; then
                wine="--cross-file tests/cross/wine.txt"
                wine64 wineboot --init >/dev/null 2>&1 || true
            fi
            # shellcheck disable=SC2086
            if ! configure windows -Dwerror=true --cross-file tests/cross/mingw-w64.txt $wine || ! compile windows; then
                record windows failed "does not build"
            elif [ -n "$wine" ]; then
                # shellcheck disable=SC2086
                run_tests windows windows --timeout-multiplier 4 $portable
            else
                record windows skipped "it builds, but there is no wine64 to run the tests"
            fi
        )
    fi
}

# run_script STAGE COMMAND...: runs a test whose last line is "N passed, N failed, N skipped", which joins the sum.
run_script() {
    name=$1
    shift
    "$@" >"$results/$name.txt" 2>&1 || true
    grep -v '^ok ' "$results/$name.txt" || true
    tail -n 1 "$results/$name.txt" >"$results/$name.counts"
}

stage_python() {
    stage "Python: the package, its pictures and pages, its packaging"
    if ! gcc_is_built; then
        record python failed "does not build"
    elif ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
        record python skipped "python3 has no venv"
    else
        run_script python bindings/python/test.sh "$builds/gcc" "$builds/python-venv"
        run_script packaging python3 bindings/python/tests/check_packaging.py "$PWD/$builds/gcc/lib/libcustval.so.0" \
            "$PWD/$builds/gcc/tools/custval"
    fi
}

stage_cluster() {
    stage "Clusters: Spark and Dask"
    if gcc_is_built; then
        run_script cluster python3 bindings/python/tests/cluster/check.py "$builds/gcc/lib/libcustval.so.0" "$builds/cluster-venv"
    else
        record cluster failed "does not build"
    fi
}

stage_lua() {
    stage "Lua: 5.1 to 5.4, LuaJIT, nginx, HAProxy"
    if gcc_is_built; then
        run_script lua bindings/lua/test.sh "$builds/gcc"
    else
        record lua failed "does not build"
    fi
}

stage_java() {
    stage "Java: the jar, JUnit"
    if ! has javac; then
        record java skipped "no javac"
    elif configure java -Dtests=disabled -Ddocs=disabled -Djava=enabled && compile java; then
        run_script java bindings/java/test.sh "$builds/java"
    else
        record java failed "does not build"
    fi
}

stage_php() {
    stage "PHP: FFI, php-fpm"
    if gcc_is_built; then
        run_script php bindings/php/test.sh "$builds/gcc"
    else
        record php failed "does not build"
    fi
}

stage_node() {
    stage "Node: koffi, worker threads"
    if gcc_is_built; then
        run_script node bindings/node/test.sh "$builds/gcc" "$builds/node"
    else
        record node failed "does not build"
    fi
}

stage_tryton() {
    stage "Tryton: the module, through its JSON-RPC on PostgreSQL"
    if gcc_is_built; then
        run_script tryton examples/crm/tryton/test.sh "$builds/gcc"
    else
        record tryton failed "does not build"
    fi
}

# wasm_is_built TARGET...: the next two use what is built here.
wasm_is_built() {
    (
        # Where Debian's packages of node are, some of which emscripten needs, whatever node is first on the path.
        export NODE_PATH=/usr/share/nodejs
        configure wasm -Dwerror=true --cross-file tests/cross/emscripten.txt && compile wasm "$@"
    )
}

stage_wasm() {
    stage "WebAssembly: the library's own tests in node, the JavaScript module, its page"
    if ! has emcc || ! has node; then
        record wasm skipped "no emscripten, or no node"
        return
    fi
    fetch_sources
    if ! have_sources; then
        record wasm skipped "the sources of jansson and cmocka cannot be had: unpack them in subprojects/"
    elif ! wasm_is_built wasm suites || ! gcc_is_built; then
        record wasm failed "does not build"
    else
        run_tests wasm wasm --suite unit --suite api --suite vectors --suite property --suite faults
        run_script javascript bindings/wasm/tests/test.sh "$builds/wasm/bindings/wasm" "$builds/gcc/lib/libcustval.so.0"
    fi
}

# The XLL has the library inside, which exports nothing there: a build of its own. Says its folder, if it builds.
xll_folder() {
    if ! has x86_64-w64-mingw32-gcc; then return 0; fi
    options="-Dwerror=true -Ddefault_library=static -Dtests=disabled -Ddocs=disabled"
    # Options hold no blanks.
    # shellcheck disable=SC2086
    { configure excel --cross-file tests/cross/mingw-w64.txt $options && compile excel xll; } >&2 || return 1
    echo "$builds/excel/bindings/sheets/excel/xll"
}

stage_excel() {
    stage "Excel: the JavaScript add-in in node and HyperFormula, the XLL under wine"
    fetch_sources
    if ! has emcc || ! has node || ! have_sources; then
        record excel skipped "no emscripten, no node, or no sources of jansson and cmocka"
    elif ! wasm_is_built wasm || ! gcc_is_built || ! folder=$(xll_folder); then
        record excel failed "does not build"
    else
        (
            export PATH="$wine_path" WINEPREFIX="$PWD/$builds/wine" WINEDEBUG=-all
            ! has wine64 || wine64 wineboot --init >/dev/null 2>&1 || true
            run_script excel bindings/sheets/excel/tests/test.sh "$builds/wasm/bindings/wasm" \
                "$builds/gcc/lib/libcustval.so.0" "$folder" "$builds/excel-packages"
        )
    fi
}

# feature CHECK...: the value of an option of meson, so that a build is configured anew once what it needs is there.
feature() {
    if "$@" >/dev/null 2>&1; then echo enabled; else echo disabled; fi
}

stage_sql() {
    stage "SQL: SQLite, PostgreSQL, MariaDB, DuckDB"
    headers=$PWD/$builds/duckdb-headers
    bindings/sql/duckdb/fetch.sh "$headers" >"$builds/duckdb.log" 2>&1 || true
    if (
        use gcc g++
        configure sql -Dwerror=true -Dtests=disabled -Ddocs=disabled -Dmariadb=enabled \
            "-Dpostgresql=$(feature has_server_headers)" "-Dsqlite=$(feature test -e /usr/include/sqlite3ext.h)" \
            "-Dduckdb=$(feature test -e "$headers/duckdb_extension.h")" "-Dduckdb_include=$headers" && compile sql
    ); then
        run_script sql bindings/sql/test.sh "$builds/sql" "$PWD/$builds/sql-venv"
    else
        record sql failed "does not build"
    fi
}

stage_debian() {
    stage "Debian: packages, lintian"
    run_script debian sh tests/packages/debian.sh
}

stage_report() {
    stage "report: the page in a browser"
    if gcc_is_built; then
        run_tests report gcc --suite report
    else
        record report failed "does not build"
    fi
}

stage_sheets() {
    stage "Spreadsheets: LibreOffice Calc"
    if gcc_is_built; then
        run_script sheets bindings/sheets/libreoffice/test.sh "$builds/gcc"
    else
        record sheets failed "does not build"
    fi
}

command_test() {
    want_build
    want_tests
    provide
    if [ $# -eq 0 ]; then
        want_more_tests
        want_lua
        want_sql
        want_sheets
        want_excel
        want_backends
        want_debian
        want python3-venv python3 -c 'import ensurepip, venv'
        # shellcheck disable=SC2086
        set -- $stages
    fi
    case " $* " in *" report "*) want_browser ;; esac
    provide_optional
    rm -rf "$results"
    mkdir -p "$results"
    # A locale of our own, because making one for the system needs root.
    locales=$PWD/$builds/locale
    mkdir -p "$locales"
    [ -d "$locales/de_DE.UTF-8" ] || localedef -i de_DE -f UTF-8 "$locales/de_DE.UTF-8" || true
    export LOCPATH="$locales"
    started=$(date +%s)
    for name in "$@"; do
        "stage_$name" || record "$name" failed "the stage itself stopped"
    done
    stage "sum, after $(($(date +%s) - started)) s"
    python3 tests/sum.py "$results"
}
