#!/usr/bin/env python3
"""The bill of materials and the checksums of a release: bill.py FOLDER VERSION

Writes custval-VERSION.cdx.json (CycloneDX 1.5) about every file in the folder, and SHA256SUMS over all of them.
"""

# SPDX-License-Identifier: Apache-2.0
import hashlib
import json
import pathlib
import sys
import uuid

# What is in which files beside custval's own sources; patterns are those of pathlib.
INSIDE = [
    ("musl", "MIT", "the C library of WebAssembly builds", ["*wasm*"]),
    ("compiler-rt", "Apache-2.0 WITH LLVM-exception", "arithmetic of WebAssembly builds", ["*wasm*"]),
    ("mingw-w64-runtime", "ZPL-2.1", "start-up code of Windows builds", ["*.xll"]),
    ("customerSat", "GPL-2.0-or-later", "survey data of the R package bayesm, an example", ["custval-*.tar.xz"]),
    ("CDNOW", "MIT", "purchases, from the Python package lifetimes, an example", ["custval-*.tar.xz", "custval_*.deb"]),
]
KINDS = {
    ".whl": ("Python package with library and command", "pypi"),
    ".rock": ("Lua module", "luarocks"),
    ".rockspec": ("Lua module, to be built", "luarocks"),
    ".oxt": ("extension of LibreOffice", None),
    ".xll": ("add-in of Excel for Windows", None),
    ".jar": ("Java library", "maven"),
    ".deb": ("Debian package", "deb"),
    ".tgz": ("module for npm", "npm"),
    ".gz": ("archive", None),
    ".xz": ("archive of the sources", None),
    ".zip": ("archive", None),
}


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def component(path, version):
    what, kind = KINDS.get(path.suffix, ("file", None))
    made = {
        "type": "file",
        "bom-ref": path.name,
        "name": path.name,
        "version": version,
        "description": what,
        "licenses": [{"license": {"id": "Apache-2.0"}}],
        "hashes": [{"alg": "SHA-256", "content": digest(path)}],
    }
    return {**made, "purl": f"pkg:{kind}/custval@{version}"} if kind else made


def licence(word):
    return [{"expression": word}] if " " in word else [{"license": {"id": word}}]


def bill(folder, version):
    files = [path for path in sorted(folder.iterdir()) if path.suffix != ".json" and path.name != "SHA256SUMS"]
    components = [component(path, version) for path in files]
    holds = {path.name: [] for path in files}
    for name, word, what, patterns in INSIDE:
        holders = [path.name for path in files if any(path.match(pattern) for pattern in patterns)]
        if not holders:
            continue
        components.append(
            {"type": "library", "bom-ref": name, "name": name, "description": what, "licenses": licence(word)}
        )
        for holder in holders:
            holds[holder].append(name)
    # The same files make the same bill.
    digests = "".join(digest(path) for path in files)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, digests)}",
        "version": 1,
        "metadata": {"component": {"type": "library", "bom-ref": "custval", "name": "custval", "version": version}},
        "components": components,
        "dependencies": [
            {"ref": "custval", "dependsOn": [path.name for path in files]},
            *({"ref": name, "dependsOn": inside} for name, inside in holds.items()),
        ],
    }


def main():
    folder, version = pathlib.Path(sys.argv[1]), sys.argv[2]
    made = json.dumps(bill(folder, version), indent=2, ensure_ascii=False)
    (folder / f"custval-{version}.cdx.json").write_text(made + "\n", encoding="utf-8")
    sums = [f"{digest(path)}  {path.name}\n" for path in sorted(folder.iterdir()) if path.name != "SHA256SUMS"]
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")
    print("".join(sums), end="")


if __name__ == "__main__":
    main()
