#!/usr/bin/env python3
# Compares the interface of the built library with the baseline in the repository, as libabigail sees both.
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

SKIP = 77


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--baseline', required=True)
    parser.add_argument('--library', required=True)
    parser.add_argument('--headers', required=True)
    parser.add_argument('--nm', required=True)
    options = parser.parse_args()
    if platform.machine() != 'x86_64':
        print(f'the baseline is of x86_64, this is {platform.machine()}')
        return SKIP

    with tempfile.TemporaryDirectory() as folder:
        # Filtered here, and compared XML against XML: header options at comparing time would hide every change.
        dump = os.path.join(folder, 'new.abi')
        subprocess.run(['abidw', '--headers-dir', options.headers, '--drop-private-types', '--no-show-locs', '--no-corpus-path',
                        '--no-comp-dir-path', '--no-elf-needed', '--type-id-style', 'hash', '--out-file', dump,
                        options.library], check=True)
        with open(dump, encoding='utf-8') as file:
            described = file.read().count('<function-decl ')
        symbols = subprocess.run([options.nm, '-D', '--defined-only', options.library], check=True,
                                 capture_output=True, text=True).stdout
        exported = sum(line.split()[-2] == 'T' for line in symbols.splitlines())
        if described < exported:
            # A library without debug information compares equal to anything.
            print(f'{exported} functions exported, {described} described: built without -g?')
            return SKIP
        if os.environ.get('UPDATE_ABI') == '1':
            shutil.copyfile(dump, options.baseline)
            print(f'{options.baseline}: written, {described} functions')
            return 0
        result = subprocess.run(['abidiff', '--non-reachable-types', options.baseline, dump])
        print(f'abidiff: {result.returncode}; {described} functions described')
        return 1 if result.returncode else 0


if __name__ == '__main__':
    sys.exit(main())
