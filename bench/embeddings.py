#!/usr/bin/env python3
"""Every embedding beside the call in C and what the host does by itself: embeddings.py OUTPUT -- COMMAND... [-- COMMAND...]

Each command prints JSON lines {"embedding", "what", "rows", "seconds"} with "c_seconds" (the same rows by the call in C)
and "peer_seconds" (the host's own expression) where there is one, measured side by side in one run. What a command cannot
measure it names on the standard error.
"""

# SPDX-License-Identifier: Apache-2.0
import json
import subprocess
import sys


def commands(words):
    """The words between one "--" and the next."""
    out = []
    for word in words:
        if word == "--":
            out.append([])
        else:
            out[-1].append(word)
    return out


def measured(command):
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    except OSError as failure:
        print(f"{command[1]}: {failure}", file=sys.stderr)
        return []
    if done.returncode != 0:
        print(f"{command[1]} failed with {done.returncode}", file=sys.stderr)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def ratio(line, key):
    return f"{line['seconds'] / line[key]:.2f}" if line.get(key) else "-"


def main():
    output, *words = sys.argv[1:]
    lines = [line for command in commands(words) for line in measured(command)]
    print(f"{'embedding':<14} {'what':<44} {'rows':>9} {'seconds':>9} {'x C':>8} {'x own':>8}")
    for line in lines:
        shown = f"{line['embedding']:<14} {line['what'][:44]:<44} {line['rows']:>9} {line['seconds']:>9.4f}"
        print(f"{shown} {ratio(line, 'c_seconds'):>8} {ratio(line, 'peer_seconds'):>8}")
    with open(output, "w", encoding="utf-8") as file:
        json.dump(lines, file, indent=1)


if __name__ == "__main__":
    main()
