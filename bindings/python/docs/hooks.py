"""Draws the pictures of the manual by running the page that shows them."""

# SPDX-License-Identifier: Apache-2.0
import importlib
import pathlib
import sys
import tempfile

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File

DOCS = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS.parent / "tests"))
pages = importlib.import_module("pages")

_folder = tempfile.TemporaryDirectory()  # until the site is written


def on_files(files, config):
    """Adds what the page leaves in its folder."""
    with pages.folder_with_examples(_folder.name):
        wrong, missing = pages.run_page(DOCS / "pictures.md")
    if wrong or missing:
        raise PluginError(f"pictures.md does not run: {wrong or missing}")
    for picture in sorted(pathlib.Path(_folder.name).glob("*.png")):
        files.append(File.generated(config, f"pictures/{picture.name}", abs_src_path=str(picture)))
    return files
