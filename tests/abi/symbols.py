#!/usr/bin/env python3
# Exported symbols == symbol map == public headers, versions present, and no stray global in the static library.
# SPDX-License-Identifier: Apache-2.0
import argparse
import re
import subprocess
import sys


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def preprocessed(compiler, includes):
    """The headers, read through the preprocessor with the export macro replaced by a mark."""
    return output(*compiler, '-E', '-P', '-x', 'c', *includes, '-DCUSTVAL_MACROS_H', '-DCUSTVAL_API=exported_mark',
                  '-DCUSTVAL_NODISCARD=', '-include', 'custval/custval.h', '/dev/null')


def declarations(compiler, includes):
    """Name and text of each exported declaration."""
    texts = re.findall(r'\bexported_mark\b\s*([^;]*);', preprocessed(compiler, includes))
    return {re.match(r'[^(]*?\b(\w+)\s*\(', text).group(1): text for text in texts}


def unmarked(compiler, includes):
    """Functions that are declared without the macro."""
    return re.findall(r'(?<!exported_mark )\b(?:custval_status|void)\s+(custval_\w+)\s*\(',
                      preprocessed(compiler, includes))


def mapped(path):
    """Names of the map and the node that each belongs to."""
    with open(path, encoding='utf-8') as file:
        text = re.sub(r'/\*.*?\*/|#[^\n]*', '', file.read(), flags=re.S)
    nodes = {}
    for node, body in re.findall(r'(\w+\.\w+)\s*\{(.*?)\}', text, flags=re.S):
        for name in re.findall(r'(\S+)\s*;', body.replace('global:', '').split('local:')[0]):
            nodes[name] = node
    return nodes


def exported(nm, library):
    """Names that the shared library exports, with their versions; a version node itself is no symbol."""
    found = {}
    for line in output(nm, '-D', '--defined-only', library).splitlines():
        name, _, version = line.split()[-1].partition('@@')
        if line.split()[-2] != 'A':
            found[name] = version
    return found


def strays(nm, library):
    """Globals of the static library without our prefix."""
    lines = output(nm, '-g', '--defined-only', library).splitlines()
    names = {line.split()[2] for line in lines if re.match(r'[0-9a-f]* [ABCDGRSTVW] ', line)}
    return sorted(name for name in names if not re.match(r'custval_', name))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--map', required=True)
    parser.add_argument('--nm', required=True)
    parser.add_argument('--shared')
    parser.add_argument('--static')
    parser.add_argument('--include', action='append', default=[])
    parser.add_argument('--compiler', nargs=argparse.REMAINDER, required=True)
    options = parser.parse_args()

    faults = []

    def same(what, left, right):
        for name in sorted(left - right):
            faults.append(f'{name}: {what}')

    includes = ['-I' + path for path in options.include]
    header = set(declarations(options.compiler, includes))
    nodes = mapped(options.map)
    same('declared in a header, not in the map', header, set(nodes))
    same('in the map, not declared in a header', set(nodes), header)
    faults += [f'{name}: declared without CUSTVAL_API' for name in unmarked(options.compiler, includes)]
    faults += [f'{name}: a pattern, the map lists names' for name in nodes if '*' in name]
    if options.shared:
        versions = exported(options.nm, options.shared)
        same('exported, not in the map', set(versions), set(nodes))
        same('in the map, not exported', set(nodes), set(versions))
        faults += [f'{name}: has version "{version}", the map says "{nodes[name]}"'
                   for name, version in sorted(versions.items()) if name in nodes and version != nodes[name]]
    if options.static:
        faults += [f'{name}: global in the static library without the prefix' for name in
                   strays(options.nm, options.static)]
    print('\n'.join(faults) if faults else f'{len(nodes)} functions: headers, map and library agree')
    return 1 if faults or not nodes else 0


if __name__ == '__main__':
    sys.exit(main())
