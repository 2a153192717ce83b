#!/usr/bin/env python3
# Installs custval into an empty prefix and uses it from outside the tree, as the README tells a user to: shared and
# static with pkg-config, and with CMake's find_package, the last also after the installed tree was moved.
# SPDX-License-Identifier: Apache-2.0
import argparse
import os
import shutil
import subprocess
import sys
import tempfile

PROJECT = '''cmake_minimum_required(VERSION 3.10)
project(user C)
find_package(custval @VERSION@ REQUIRED)
add_executable(program program.c)
target_link_libraries(program custval::custval)
'''


def run(*command, **options):
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    if result.returncode:
        print('+', *command)
        print(result.stdout)
        sys.exit(1)
    return result.stdout


def find(root, name):
    for folder, _, files in os.walk(root):
        if name in files:
            return folder
    sys.exit(f'{name} was not installed')


def check(what, expected, program, **environment):
    shown = run(program, env={**os.environ, **environment})
    if expected is not None and shown != expected:
        sys.exit(f'{what}: the program printed\n{shown}instead of\n{expected}')
    needs = run('ldd', program) if shutil.which('ldd') else ''
    if not shown or ('static' in what) == ('libcustval' in needs):
        sys.exit(f'{what}: printed nothing, or is linked to the other library:\n{needs}')
    print(f'{what}: ok')
    return shown


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--source', required=True)
    parser.add_argument('--program', required=True)
    parser.add_argument('--compiler', nargs=argparse.REMAINDER, required=True)
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        def at(*parts):
            return os.path.join(folder, *parts)

        prefix, build = at('prefix'), at('build')
        run('meson', 'setup', build, options.source, '--prefix', prefix, '--buildtype=release', '-Dtests=disabled',
            '-Ddocs=disabled', env={**os.environ, 'CC': ' '.join(options.compiler)})
        run('meson', 'compile', '-C', build)
        run('meson', 'install', '-C', build)
        os.mkdir(at('user'))
        shutil.copy(options.program, at('user', 'program.c'))

        libraries = find(prefix, 'libcustval.so')
        packages = {'PKG_CONFIG_PATH': find(prefix, 'custval.pc')}
        version = run('pkg-config', '--modversion', 'custval', env={**os.environ, **packages}).strip()

        def flags(*more):
            return run('pkg-config', '--cflags', '--libs', *more, 'custval', env={**os.environ, **packages}).split()

        def compile_by_hand(name, *arguments):
            run(*options.compiler, '-std=c99', '-Wall', '-Wextra', '-Werror', '-o', at(name), at('user', 'program.c'),
                *arguments, cwd=at('user'))
            return at(name)

        shown = check('pkg-config, shared', None, compile_by_hand('shared', *flags()), LD_LIBRARY_PATH=libraries)
        archive = os.path.join(libraries, 'libcustval.a')
        static = [archive if flag == '-lcustval' else flag for flag in flags('--static')]
        check('pkg-config, static', shown, compile_by_hand('static', *static))

        if not shutil.which('cmake'):
            print('no cmake: find_package was not tried')
            return
        with open(at('user', 'CMakeLists.txt'), 'w', encoding='utf-8') as file:
            file.write(PROJECT.replace('@VERSION@', version))

        def by_cmake(name, root, *arguments):
            run('cmake', '-G', 'Ninja', '-S', at('user'), '-B', at(name), '-DCMAKE_PREFIX_PATH=' + root,
                '-DCMAKE_C_COMPILER=' + options.compiler[-1], *arguments)
            run('cmake', '--build', at(name))
            return at(name, 'program')

        check('CMake, shared', shown, by_cmake('cmake-shared', prefix))
        check('CMake, static', shown, by_cmake('cmake-static', prefix, '-DCUSTVAL_USE_STATIC_LIBS=ON'))
        os.rename(prefix, at('moved'))
        check('CMake, moved', shown, by_cmake('cmake-moved', at('moved')))


if __name__ == '__main__':
    main()
