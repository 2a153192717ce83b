#!/usr/bin/env python3
"""Runs the first program of a guide: guide.py GUIDE LANGUAGE FILE COMMAND...

The program goes into FILE; the command runs it. Each `//> text` in it says what it prints, line by line.
"""

# SPDX-License-Identifier: Apache-2.0
import pathlib
import re
import subprocess
import sys


def main(guide, language, file, *command):
    program = re.search(
        rf"^```{language}\n(.*?)^```$", pathlib.Path(guide).read_text(encoding="utf-8"), re.S | re.M
    ).group(1)
    expected = [text.strip() for text in re.findall(r"//> (.*)$", program, re.M)]
    pathlib.Path(file).write_text(program, encoding="utf-8")
    done = subprocess.run(command, capture_output=True, text=True)
    found = done.stdout.strip().splitlines()
    if done.returncode == 0 and found == expected and expected:
        return 0
    print(f"{guide} prints {found} instead of {expected}\n{done.stderr}")
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
