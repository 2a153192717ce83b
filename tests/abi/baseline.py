#!/usr/bin/env python3
# Compares the interface with the baseline in the repository, as libabigail sees both.
#
# What is described is a library made from the public headers alone: every function that they declare, with an empty
# body. The real library would not do. Its description holds the private halves of our opaque types, which may change
# at will, and they cannot be filtered out: libabigail drops by the bare name of a header, and private headers here
# have the names of public ones; and dropping a type also drops each parameter that points to one. That the real
# library has these functions with these types is for the compiler to say (-Wmissing-prototypes), and for symbols.py.
#
# UPDATE_ABI=1 writes a new baseline instead; review its diff. There is no suppression file, and every status of abidiff
# but 0 fails: docs/abi.md says why.
# SPDX-License-Identifier: Apache-2.0
import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import symbols  # noqa: E402

SKIP = 77


def build(folder, compiler, includes, version_map, soname):
    """A library with the interface and nothing else; its path and the number of its functions."""
    source, library = os.path.join(folder, 'interface.c'), os.path.join(folder, 'libcustval.so')
    declarations = symbols.declarations(compiler, includes)
    with open(source, 'w', encoding='utf-8') as file:
        file.write('#include <custval/custval.h>\n')
        file.writelines(f'{text} {{ for (;;) {{}} }}\n' for text in declarations.values())
    subprocess.run([*compiler, *includes, '-g', '-fPIC', '-shared', '-o', library, source, '-Wl,-soname,' + soname,
                    '-Wl,--version-script=' + version_map], check=True)
    return library, len(declarations)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--baseline', required=True)
    parser.add_argument('--map', required=True)
    parser.add_argument('--soname', required=True)
    parser.add_argument('--include', action='append', default=[])
    parser.add_argument('--compiler', nargs=argparse.REMAINDER, required=True)
    options = parser.parse_args()
    if platform.machine() != 'x86_64':
        print(f'the baseline is of x86_64, this is {platform.machine()}')
        return SKIP

    with tempfile.TemporaryDirectory() as folder:
        library, functions = build(folder, options.compiler, ['-I' + path for path in options.include], options.map,
                                   options.soname)
        # XML is compared with XML, without options: header options at comparing time would hide every change.
        dump = os.path.join(folder, 'new.abi')
        subprocess.run(['abidw', '--no-show-locs', '--no-corpus-path', '--no-comp-dir-path', '--no-elf-needed',
                        '--type-id-style', 'hash', '--out-file', dump, library], check=True)
        with open(dump, encoding='utf-8') as file:
            described = file.read().count(" elf-symbol-id='")
        if described != functions:
            # What is not described compares equal to anything.
            print(f'{functions} functions declared, {described} described')
            return 1
        if os.environ.get('UPDATE_ABI') == '1':
            shutil.copyfile(dump, options.baseline)
            print(f'{options.baseline}: written, {described} functions')
            return 0
        result = subprocess.run(['abidiff', options.baseline, dump])
        print(f'abidiff: {result.returncode}; {described} functions described')
        return 1 if result.returncode else 0


if __name__ == '__main__':
    sys.exit(main())
