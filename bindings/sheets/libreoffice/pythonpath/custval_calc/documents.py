"""Documents in cells, in files and in ranges, each read once: systems, groups and lifetimes do not change."""

# SPDX-License-Identifier: Apache-2.0
import os
import threading
import urllib.parse
import urllib.request

from . import custval as cv
from .cells import columns_of, is_blank, names_of, numbers_of, rows_of, texts_of

_KEPT = 64  # more than a workbook uses; the oldest goes first
_LARGEST = 16 << 20  # bytes; the library refuses what is longer


class Cache:
    """The last things made, by what they were made of; for any number of threads."""

    def __init__(self):
        self._lock = threading.Lock()
        self._made = {}

    def get(self, key, make):
        with self._lock:
            made = self._made.get(key)
        if made is None:
            made = make()
            with self._lock:
                while len(self._made) >= _KEPT:
                    del self._made[next(iter(self._made))]
                self._made[key] = made
        return made


_cache = Cache()


def path_of(name, folder):
    """The path that a cell names: a file: URL, an absolute path, or one relative to the folder of the workbook.

    Files of other computers are not opened: opening a workbook must not reach out to the network.
    """
    if "\0" in name:
        raise ValueError("a path holds a NUL character")
    if name.lower().startswith("file:"):
        parts = urllib.parse.urlsplit(name)
        if parts.netloc not in ("", "localhost"):
            raise ValueError(f"{name}: only files of this computer are read")
        name = urllib.request.url2pathname(parts.path)
    elif "://" in name:
        raise ValueError(f"{name}: only files of this computer are read")
    # Windows takes slashes of either kind.
    if name.replace("\\", "/").startswith(("//", "/??/")):
        raise ValueError(f"{name}: only files of this computer are read")
    if os.path.isabs(name):
        return name
    home = folder()
    if not home:
        raise ValueError(f"{name}: save the workbook first, to whose folder this path is relative")
    return os.path.join(home, name)


def _text_of_file(path):
    with open(path, "rb") as file:
        data = file.read(_LARGEST + 1)
    return data.decode("utf-8-sig")


def _from_file(kind, path):
    if not os.path.isfile(path):
        raise ValueError(f"{path}: there is no such file")
    state = os.stat(path)
    return _cache.get((kind, path, state.st_mtime_ns, state.st_size), lambda: kind(_text_of_file(path)))


def document(kind, given, folder):
    """A document of a kind from a cell with its text or the path of its file."""
    if not isinstance(given, str) or not given.strip():
        raise ValueError("a document is needed: its text, or the path of its file")
    if given.lstrip("\ufeff \t\r\n").startswith("{"):
        return _cache.get((kind, given), lambda: kind(given))
    return _from_file(kind, path_of(given.strip(), folder))


def _table_of(rows):
    """The columns of a range whose first row names them; a column of nothing but a name says nothing."""
    table = {}
    for name, cells in columns_of(rows[1:], names_of((rows[0],))).items():
        if any(isinstance(cell, str) and cell for cell in cells):
            table[name] = texts_of(f'column "{name}"', cells)
        elif not all(map(is_blank, cells)):
            table[name] = numbers_of(f'column "{name}"', cells)
    return table


def _from_range(rows):
    if len(rows) < 2:
        raise ValueError("the table of the system has no row below its names")
    try:
        return cv.System.from_table(_table_of(rows))
    except cv.Error as error:
        if error.row is not None:
            error.args = (f"{error.args[0]} (row {error.row + 2} of the range)",)
        raise


def system(given, folder):
    """A system from a range with one item a row, or a document."""
    if isinstance(given, tuple):
        rows = rows_of(given)
        if len(rows) != 1 or len(rows[0]) != 1:
            return _cache.get(rows, lambda: _from_range(rows))
        given = rows[0][0]
    return document(cv.System, given, folder)
