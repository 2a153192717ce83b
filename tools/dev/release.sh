# ./dev release: all that is handed out, in build/release, from what is committed. Sourced by dev.
# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0

# part NAME COMMAND...: one part of a release; what cannot be made here is named, and the rest goes on.
part() {
    name=$1
    shift
    stage "$name"
    if (set -e; "$@") >"$builds/release.log" 2>&1; then
        made="$made $name"
    else
        lacking="$lacking $name"
        tail -n 15 "$builds/release.log"
    fi
}

# release_build NAME OPTION...: a build without tests from the unpacked archive.
release_build() {
    directory=$work/build-$1
    shift
    meson setup "$directory" "$tree" --buildtype=release -Dtests=disabled -Ddocs=disabled "$@"
    ninja -C "$directory" -j "$jobs"
}

# Archives of sources are made from what git knows.
release_python() {
    git clone -q . "$work/checkout"
    python3 -m venv "$work/venv"
    "$work/venv/bin/pip" -q install build
    "$work/venv/bin/python" -m build --outdir "$out" "$work/checkout/bindings/python"
}

# A rock holds what it is linked with by name only: the library comes from elsewhere.
release_lua() {
    DESTDIR="$work/prefix" meson install -C "$work/build-library" --no-rebuild
    cp -R "$tree/bindings/lua" "$work/rock"
    cd "$work/rock"
    HOME="$work" luarocks --lua-version=5.4 --tree="$work/rocks" make --pack-binary-rock "custval-$version-1.rockspec" \
        CUSTVAL_DIR="$work/prefix/usr/local" CUSTVAL_LIBDIR="$(dirname "$(find "$work/prefix" -name libcustval.so)")"
    cp "custval-$version-1.rockspec" ./*.rock "$out"
}

release_calc() {
    python3 "$tree/bindings/sheets/libreoffice/package.py" "$out/custval-$version.oxt" "$work/build-library/lib/libcustval.so.0"
}

release_sql() {
    headers=$work/duckdb-headers
    "$tree/bindings/sql/duckdb/fetch.sh" "$headers"
    release_build sql -Dpostgresql=enabled -Dsqlite=enabled -Dmariadb=enabled -Dduckdb=enabled "-Dduckdb_include=$headers"
    DESTDIR="$work/sql/custval-sql-$version" meson install -C "$work/build-sql" --no-rebuild --tags sql
    tar -C "$work/sql" -czf "$out/custval-sql-$version-$(uname -m).tar.gz" .
}

release_web() {
    cp -R subprojects/jansson-2.14 subprojects/cmocka-1.1.5 "$tree/subprojects/"
    NODE_PATH=/usr/share/nodejs release_build wasm --cross-file "$tree/tests/cross/emscripten.txt"
    ninja -C "$work/build-wasm" wasm
    tar -C "$work/build-wasm/bindings" --exclude='*.p' --transform "s/^wasm/custval-wasm-$version/" \
        -czf "$out/custval-wasm-$version.tar.gz" wasm
}

release_excel() {
    release_build xll --cross-file "$tree/tests/cross/mingw-w64.txt" -Ddefault_library=static
    ninja -C "$work/build-xll" xll
    cp "$(find "$work/build-xll" -name '*.xll')" "$out/custval-$version-x64.xll"
}

release_java() {
    release_build java -Djava=enabled
    cp "$(find "$work/build-java" -name 'custval*.jar' | head -n 1)" "$out/custval-$version-linux-$(uname -m).jar"
}

release_debian() {
    tar -C "$work" --exclude="custval-$version/debian" -czf "$work/custval_$version.orig.tar.gz" "custval-$version"
    cp -R "$tree" "$work/debian"
    (cd "$work/debian" && DEB_BUILD_OPTIONS=nocheck dpkg-buildpackage -us -uc -b)
    cp "$work"/*.deb "$out"
}

command_release() {
    want_build
    provide
    version=$(sed -n "s/^  version: '\(.*\)',/\1/p" meson.build | head -n 1)
    out=$PWD/$builds/release
    rm -rf "$out"
    mkdir -p "$out"
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    tree=$work/custval-$version
    made='' lacking=''
    # Python's archive of sources has to be called custval-VERSION.tar.gz.
    git archive --prefix="custval-$version/" HEAD | xz >"$out/custval-$version.tar.xz"
    tar -C "$work" -xf "$out/custval-$version.tar.xz"
    fetch_sources
    part library release_build library
    for name in python lua calc sql web excel java debian; do part "$name" "release_$name"; done
    stage "build/release: custval $version, made of:$made${lacking:+; not made here:$lacking}"
    python3 tools/dev/bill.py "$out" "$version"
    [ -z "$lacking" ]
}
