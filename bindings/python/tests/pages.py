"""Runs the Python blocks of a Markdown page, one after the other, and compares what they print with the text blocks."""

# SPDX-License-Identifier: Apache-2.0
import contextlib
import io
import os
import pathlib
import re
import shutil

PYTHON = pathlib.Path(__file__).resolve().parents[1]
EXAMPLES = PYTHON.parents[1] / "examples"
PAGES = [PYTHON.parents[1] / "README.md", PYTHON / "README.md", *sorted((PYTHON / "docs").glob("*.md"))]

_BLOCK = re.compile(r"^```(python|text)\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)


@contextlib.contextmanager
def folder_with_examples(folder):
    """Pages find the files of the survey and of CDNOW beside them, others in folders, and may leave pictures there."""
    for path in [*(EXAMPLES / "survey").iterdir(), *(EXAMPLES / "cdnow").glob("*.csv")]:
        shutil.copy2(path, folder)
    for name in ("groups", "programmes", "satisfaction", "scenario"):
        shutil.copytree(EXAMPLES / name, pathlib.Path(folder) / name)
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def run_page(page):
    """(wrong, missing): what blocks printed instead of what the page says, and modules that they would have needed."""
    text = page.read_text(encoding="utf-8")
    names, wrong, missing = {"__name__": page.stem}, [], []
    printed = None
    for found in _BLOCK.finditer(text):
        kind, block = found.groups()
        line = text.count("\n", 0, found.start()) + 2
        if kind == "python":
            out = io.StringIO()
            try:
                with contextlib.redirect_stdout(out):
                    # Blank lines before it, so that a traceback names the line of the page.
                    exec(compile("\n" * (line - 1) + block, str(page), "exec"), names)  # noqa: S102
                printed = out.getvalue()
            except ImportError as failure:
                missing.append(failure.name or str(failure))
                printed = None
            except NameError:  # of a block that could not run
                if not missing:
                    raise
                printed = None
        elif printed is not None:
            said = "\n".join(line.rstrip() for line in printed.strip("\n").splitlines())
            if said != block.rstrip("\n"):
                wrong.append(f"{page.name}:{line}: the page says\n{block}but the code prints\n{said}\n")
    return wrong, missing
