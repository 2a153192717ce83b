"""Puts what symbolic links show in their place, because an archive of sources cannot hold links that lead outside."""

# SPDX-License-Identifier: Apache-2.0
import os
import pathlib
import shutil

SOURCES = pathlib.Path(os.environ["MESON_SOURCE_ROOT"])
PACKED = pathlib.Path(os.environ["MESON_DIST_ROOT"])
LIBRARY = pathlib.Path("subprojects") / "custval"
PARTS = ["LICENSE", "meson.build", "meson_options.txt", "examples/programmes", "include", "lib", "tools"]
PAGE = pathlib.Path("custval") / "page"

(PACKED / LIBRARY).unlink()
(PACKED / LIBRARY).mkdir()
for part in PARTS:
    copy = shutil.copytree if (SOURCES / LIBRARY / part).is_dir() else shutil.copy2
    copy(SOURCES / LIBRARY / part, PACKED / LIBRARY / part)
(PACKED / PAGE).unlink()
shutil.copytree(SOURCES / PAGE, PACKED / PAGE)
