#!/usr/bin/env python3
# The version stands once, in the top meson.build; what is generated from it, and the changelog, agree.
# SPDX-License-Identifier: Apache-2.0
import re
import sys


def find(path, pattern):
    with open(path, encoding='utf-8') as file:
        found = re.search(pattern, file.read(), flags=re.M)
    return found.group(1) if found else None


def main():
    version, header, package, changelog = sys.argv[1:]
    seen = {
        'version.h': find(header, r'^#define CUSTVAL_VERSION_STRING "(.*?)"'),
        'version.h, numbers': '.'.join(find(header, rf'^#define CUSTVAL_VERSION_{part} (\d+)') or '?'
                                       for part in ('MAJOR', 'MINOR', 'PATCH')),
        'custval.pc': find(package, r'^Version: (.*)$'),
    }
    # What is being released, or was last; before the first release there is no such heading.
    released = find(changelog, r'^## \[?(\d+\.\d+\.\d+)')
    if released or not find(changelog, r'^## \[?(Unreleased)'):
        seen['CHANGELOG.md'] = released
    wrong = {place: value for place, value in seen.items() if value != version}
    for place, value in wrong.items():
        print(f'{place}: {value}, the project says {version}')
    print(f'{version}: {len(seen) - len(wrong)} of {len(seen)} places agree')
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
