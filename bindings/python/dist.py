"""Puts the library's sources in place of the symbolic link, which an archive of sources cannot hold."""

# SPDX-License-Identifier: Apache-2.0
import os
import pathlib
import shutil

LINK = pathlib.Path("subprojects") / "custval"
PARTS = ["LICENSE", "meson.build", "meson_options.txt", "examples/programmes", "include", "lib", "tools"]

sources = pathlib.Path(os.environ["MESON_SOURCE_ROOT"]) / LINK
packed = pathlib.Path(os.environ["MESON_DIST_ROOT"]) / LINK
packed.unlink()
packed.mkdir()
for part in PARTS:
    copy = shutil.copytree if (sources / part).is_dir() else shutil.copy2
    copy(sources / part, packed / part)
