#!/usr/bin/env python3
"""Packs the jar: jar.py OUTPUT CLASSES MODULE PLATFORM VERSION. The same input gives the same bytes."""

# SPDX-License-Identifier: Apache-2.0
import pathlib
import sys
import zipfile

MANIFEST = """Manifest-Version: 1.0\r
Automatic-Module-Name: custval\r
Implementation-Title: custval\r
Implementation-Version: {version}\r
Bundle-License: Apache-2.0\r
\r
"""

# With this `mvn install:install-file -Dfile=custval.jar` needs to be told nothing else.
POM = """<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>custval</groupId>
  <artifactId>custval</artifactId>
  <version>{version}</version>
  <licenses><license><name>Apache-2.0</name></license></licenses>
</project>
"""


def main(output, classes, module, platform, version):
    classes, module = pathlib.Path(classes), pathlib.Path(module)
    files = {"META-INF/MANIFEST.MF": MANIFEST.format(version=version).encode()}
    files["META-INF/maven/custval/custval/pom.xml"] = POM.format(version=version).encode()
    for path in sorted(classes.rglob("*.class")):
        files[path.relative_to(classes).as_posix()] = path.read_bytes()
    files[f"custval/native/{platform}/{module.name}"] = module.read_bytes()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as jar:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name)  # dated 1980
            entry.compress_type = zipfile.ZIP_DEFLATED
            jar.writestr(entry, data)


if __name__ == "__main__":
    main(*sys.argv[1:])
