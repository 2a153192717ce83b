"""Prints the version of the project, which its meson.build alone states."""

# SPDX-License-Identifier: Apache-2.0
import pathlib
import re

PROJECT = pathlib.Path(__file__).resolve().parent / "subprojects" / "custval" / "meson.build"
print(re.search(r"^\s*version: '([^']+)'", PROJECT.read_text(encoding="utf-8"), flags=re.MULTILINE).group(1))
