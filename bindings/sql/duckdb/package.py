#!/usr/bin/env python3
"""Makes a module an extension that DuckDB loads: package.py MODULE OUTPUT VERSION PLATFORM.

DuckDB reads the last 512 bytes of the file: eight fields of 32 bytes, the last one first, and the place of a signature,
which stays empty (https://github.com/duckdb/extension-template-c describes the same).
"""

# SPDX-License-Identifier: Apache-2.0
import pathlib
import sys

KIND = "C_STRUCT"  # calls DuckDB through a table of functions that stays as it is
INTERFACE = "v1.2.0"  # of that table


def main():
    module, output, version, platform = sys.argv[1:]
    fields = ["", "", "", KIND, version, INTERFACE, platform, "4"]
    footer = b"".join(field.encode().ljust(32, b"\0") for field in fields) + bytes(256)
    pathlib.Path(output).write_bytes(pathlib.Path(module).read_bytes() + footer)


if __name__ == "__main__":
    main()
