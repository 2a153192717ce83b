#!/usr/bin/env python3
# Adds up what `./dev test` ran; the last line is the sum, and the status says whether anything failed.
# SPDX-License-Identifier: Apache-2.0
import collections
import glob
import json
import os
import re
import sys

MEANING = {'OK': 'passed', 'EXPECTEDFAIL': 'passed', 'SKIP': 'skipped'}
CASE = re.compile(r'^(not )?ok \d+( # SKIP)?(?: -)? (.*)$', flags=re.M)


def cases(test):
    """What a program says of its cases (cmocka marks a skipped one as "not ok"), or what meson says of the program."""
    meaning = MEANING.get(test['result'], 'failed')
    found = [('skipped' if skipped else 'failed' if bad else 'passed', f'{test["name"]}: {name}')
             for bad, skipped, name in CASE.findall(test.get('stdout', ''))]
    if not found or (meaning == 'failed' and all(word != 'failed' for word, _ in found)):
        found.append((meaning, test['name']))
    return found


def main():
    folder = sys.argv[1]
    counts = collections.Counter()
    for path in sorted(glob.glob(os.path.join(folder, '*.json'))):
        stage = os.path.splitext(os.path.basename(path))[0]
        of_stage = collections.Counter()
        with open(path, encoding='utf-8') as file:
            for line in file:
                for meaning, name in cases(json.loads(line)):
                    of_stage[meaning] += 1
                    if meaning != 'passed':
                        print(f'{stage}: {meaning}: {name}')
        print(f'{stage}: ' + ', '.join(f'{of_stage[word]} {word}' for word in ('passed', 'failed', 'skipped')))
        counts += of_stage
    for path in sorted(glob.glob(os.path.join(folder, '*.counts'))):
        stage = os.path.splitext(os.path.basename(path))[0]
        with open(path, encoding='utf-8') as file:
            line = file.read().strip()
        found = re.fullmatch(r'(\d+) passed, (\d+) failed, (\d+) skipped', line)
        print(f'{stage}: {line if found else "did not run to its end"}')
        for word, count in zip(('passed', 'failed', 'skipped'), found.groups() if found else (0, 1, 0)):
            counts[word] += int(count)
    stages = os.path.join(folder, 'stages.tsv')
    if os.path.exists(stages):
        with open(stages, encoding='utf-8') as file:
            for line in file:
                meaning, stage, text = line.rstrip('\n').split('\t')
                print(f'{stage}: {meaning}: {text}')
                counts[meaning] += 1
    print(f'{counts["passed"]} passed, {counts["failed"]} failed, {counts["skipped"]} skipped')
    return 1 if counts['failed'] or not counts['passed'] else 0


if __name__ == '__main__':
    sys.exit(main())
