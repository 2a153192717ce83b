#!/usr/bin/env python3
# Facts of the binary interface that the headers state: constants, and the layout of public structs on 64-bit machines.
#
# Prints the lines that facts.inc lacks, and fails if there are any. Facts are added, never edited: append the printed
# lines to facts.inc (`./dev abi` does), and only the size of a struct that is marked by its size may ever change.
# SPDX-License-Identifier: Apache-2.0
import argparse
import os
import re
import subprocess
import sys
import tempfile

PUBLIC = '#include <stddef.h>\n#include <custval/custval.h>\n'


def preprocess(compiler, *flags):
    command = [*compiler, '-E', '-x', 'c', *flags, '-']
    return subprocess.run(command, input=PUBLIC, check=True, capture_output=True, text=True).stdout


def own_text(compiler):
    """The preprocessed text of our headers alone, without what they include of the system."""
    kept, ours = [], False
    for line in preprocess(compiler).splitlines():
        marker = re.match(r'# \d+ "([^"]*)"', line)
        if marker:
            ours = 'custval' + os.sep in marker.group(1) or 'custval/' in marker.group(1)
        elif ours:
            kept.append(line)
    return '\n'.join(kept)


def constants(compiler, text):
    names = []
    for body in re.findall(r'\benum\s+\w+\s*\{(.*?)\}', text, flags=re.S):
        names += [part.split('=')[0].strip() for part in body.split(',') if part.strip()]
    for name, value in re.findall(r'^#define (CUSTVAL_\w+) (.*)$', preprocess(compiler, '-dM'), flags=re.M):
        number = re.fullmatch(r'[(]*(?:\(?\w+\)[(]?)?-?[0-9][0-9a-fA-FxXuUlL]*[)]*', value)
        if number and not name.endswith('_H') and 'VERSION' not in name:
            names.append(name)
    return sorted(set(names))


def structs(text):
    """Name and members of each public struct, in order."""
    found = {}
    for name, body in re.findall(r'\bstruct\s+(\w+)\s*\{(.*?)\n\}', text, flags=re.S):
        members = []
        for member in body.split(';'):
            member = re.sub(r'\[[^\]]*\]', '', member.strip())
            pointer = re.search(r'\(\*(\w+)\)', member)
            if pointer:
                members.append(pointer.group(1))
            elif member:
                members += [re.search(r'(\w+)\s*$', part).group(1) for part in member.split(',')]
        found[name] = members
    return found


def evaluate(compiler, names, layouts):
    """The lines of facts.inc, as the compiler answers."""
    program = ['#include <stdio.h>', PUBLIC, 'int main(void) {']
    program += [f'printf("FACT({name}, %lld)\\n", (long long){name});' for name in names]
    for struct, members in layouts.items():
        kind = struct if struct.startswith('custval_') else 'struct ' + struct
        program += [f'printf("MEMBER({kind}, {member}, %zu, %zu)\\n", offsetof({kind}, {member}), '
                    f'sizeof((({kind} *)0)->{member}));' for member in members]
        program += [f'printf("SIZE({kind}, {members[-1]}, %zu)\\n", sizeof({kind}));']
    program += ['return 0; }']
    with tempfile.TemporaryDirectory() as folder:
        binary = os.path.join(folder, 'facts')
        subprocess.run([*compiler, '-x', 'c', '-o', binary, '-'], input='\n'.join(program), text=True, check=True)
        return subprocess.run([binary], check=True, capture_output=True, text=True).stdout.splitlines()


def holes(lines):
    """Members that do not begin where the one before ends: padding hides what an older program left there."""
    found, end = [], 0
    for line in lines:
        member = re.match(r'MEMBER\((.*), (\w+), (\d+), (\d+)\)', line)
        if member:
            offset, size = int(member.group(3)), int(member.group(4))
            if offset not in (0, end):
                found.append(f'{member.group(1)}: {offset - end} bytes of padding before {member.group(2)}')
            end = offset + size
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--facts', required=True)
    parser.add_argument('--include', action='append', default=[])
    parser.add_argument('--compiler', nargs=argparse.REMAINDER, required=True)
    parser.add_argument('--add', action='store_true', help='append the missing lines to the file')
    options = parser.parse_args()
    compiler = options.compiler + ['-I' + path for path in options.include]

    text = own_text(compiler)
    layouts = structs(text)
    lines = evaluate(compiler, constants(compiler, text), layouts)
    with open(options.facts, encoding='utf-8') as file:
        known = set(file.read().splitlines())
    missing = [line for line in lines if line not in known]
    if missing and options.add:
        with open(options.facts, 'a', encoding='utf-8') as file:
            file.write('\n'.join(missing) + '\n')
    faults = holes(lines)
    print('\n'.join(missing + faults) or f'{len(lines)} facts, none missing; {len(layouts)} structs')
    return 1 if faults or (missing and not options.add) or not layouts else 0


if __name__ == '__main__':
    sys.exit(main())
