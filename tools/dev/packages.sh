# What each part of ./dev needs, as Debian calls it. Sourced by dev.
# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0

want_build() {
    want "gcc libc6-dev" compiles_c cc
    want meson has meson
    want ninja-build has ninja
}

clang_runtime() {
    if has apt-cache && apt-cache show libclang-rt-14-dev >/dev/null 2>&1; then
        echo libclang-rt-14-dev
    else
        echo libclang-rt-dev
    fi
}

want_tests() {
    want pkg-config has pkg-config
    want libjansson-dev has_module jansson
    want libcmocka-dev has_module cmocka
    want g++ has c++
    want cmake has cmake
}

want_more_tests() {
    want clang has clang
    want "$(clang_runtime)" compiles_c clang -fsanitize=fuzzer-no-link,address
    want llvm has llvm-symbolizer
    want abigail-tools has abidiff
    want doxygen has doxygen
    want gcovr has gcovr
    want locales test -e /usr/share/i18n/locales/de_DE
    want mandoc has mandoc
    want python3-jsonschema has_jsonschema
    want valgrind has valgrind
    want gcc-mingw-w64-x86-64 has x86_64-w64-mingw32-gcc
    want wine64 has_wine
    want xz-utils has xz
    want_browser
}

want_debian() {
    want "debhelper dpkg-dev" has dh
    want dh-python has dh_python3
    want lintian has lintian
}

# Letters of Chinese and Korean are measured on the page, so some must be there.
want_browser() {
    want "chromium fonts-wqy-zenhei fonts-nanum" has_browser
}

has_browser() { has chromium || has chromium-browser || has google-chrome; }

want_lua() {
    for version in 1 2 3 4; do
        want lua5.$version has lua5.$version
    done
    want liblua5.1-0-dev has_module lua5.1
    want liblua5.2-dev has_module lua5.2
    want liblua5.3-dev has_module lua5.3
    want liblua5.4-dev has_module lua5.4
    # nginx brings the library of luajit2, which those of luajit cannot be beside.
    want "luajit2 libluajit2-5.1-dev" has_module luajit
    want luarocks has luarocks
    want "nginx libnginx-mod-http-lua" test -e /usr/lib/nginx/modules/ngx_http_lua_module.so
    want haproxy has haproxy
}

want_backends() {
    want default-jdk-headless has javac
    want junit5 test -e /usr/share/java/junit-jupiter-engine.jar
    want libgoogle-gson-java test -e /usr/share/java/gson.jar
    want php-cli has php
    want php-fpm has_fpm
    want "nodejs npm" has npm
    want tryton-server has trytond-admin
    want tryton-modules-sale-opportunity test -e /usr/lib/python3/dist-packages/trytond/modules/sale_opportunity
    want python3-psycopg2 test -e /usr/lib/python3/dist-packages/psycopg2
    want postgresql has_postgresql
}

# The names of both have the version in them.
has_fpm() { ls /usr/sbin/php-fpm*; }
has_postgresql() { ls /usr/lib/postgresql/*/bin/initdb; }

want_wasm() {
    want emscripten has emcc
    want nodejs has node
    want chromium has chromium
}

want_excel() {
    want_wasm
    want npm has npm
    want gcc-mingw-w64-x86-64 has x86_64-w64-mingw32-gcc
    want wine64 has_wine
}

want_sheets() {
    want "libreoffice-calc-nogui libreoffice-script-provider-python" has soffice
    want libreoffice-dev test -e /usr/lib/libreoffice/sdk/bin/unoidl-write
    want python3-uno /usr/bin/python3 -c 'import uno'
    want poppler-utils has pdftoppm
}

want_sql() {
    # The cores alone: nothing is started.
    want "mariadb-server-core mariadb-client-core" test -x /usr/sbin/mariadbd
    want postgresql has_initdb
    want postgresql-server-dev-all has_server_headers
    want libsqlite3-dev test -e /usr/include/sqlite3ext.h
    want npm has npm
}

has_initdb() { test -x "$(pg_config --bindir)/initdb"; }
has_server_headers() { test -e "$(pg_config --includedir-server)/postgres.h"; }

# Whatever python3 is first on the path: a package of the system helps its own only.
has_jsonschema() { python3 -c 'import jsonschema' || [ "$(command -v python3)" != /usr/bin/python3 ]; }

wine_path=/usr/lib/wine:$PATH
has_wine() { PATH=$wine_path command -v wine64; }
