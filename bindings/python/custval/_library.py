"""Finding and loading the library, calling it, and turning its statuses into exceptions."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import ctypes
import os
import pathlib
import sys
from typing import Any, Callable

from . import _declarations as d
from ._errors import BY_STATUS, Error

#: The soname's number that these declarations belong to.
ABI = 0


def _names() -> list[str]:
    """Where the library may be, in order; CUSTVAL_LIBRARY, if set, is the only place."""
    chosen = os.environ.get("CUSTVAL_LIBRARY")
    if chosen:
        return [chosen]
    # A wheel has it beside the package, where its build puts it; an editable install, where it was built.
    beside = pathlib.Path(__file__).parent.parent
    built = f"build/cp{sys.version_info[0]}{sys.version_info[1]}/subprojects/custval/lib/libcustval.so.{ABI}"
    packed = [*sorted(beside.glob(".custval.mesonpy.libs/*custval*")), *beside.glob(built)]
    system = {"win32": f"custval-{ABI}.dll", "darwin": f"libcustval.{ABI}.dylib"}
    return [*map(str, packed), system.get(sys.platform, f"libcustval.so.{ABI}")]


def _load() -> tuple[ctypes.CDLL, str]:
    failures = []
    for name in _names():
        try:
            return ctypes.CDLL(name), name
        except OSError as failure:
            failures.append(str(failure))
    raise ImportError(
        "custval: the library cannot be loaded (" + "; ".join(failures) + "). "
        "Install it, or let the environment variable CUSTVAL_LIBRARY name its file."
    )


def _checked(library: ctypes.CDLL, path: str) -> ctypes.CDLL:
    """Refuses a library of another interface, and binds what this one has."""
    try:
        found = int(library.custval_abi_version())
    except AttributeError:
        raise ImportError(f"custval: {path} is not libcustval") from None
    if found != ABI:
        raise ImportError(f"custval: {path} has interface {found}, but this package needs {ABI}")
    for name, (result, arguments) in d.FUNCTIONS.items():
        try:
            function = getattr(library, name)
        except AttributeError:
            library.custval_version_string.restype = ctypes.c_char_p
            version = library.custval_version_string().decode()
            raise ImportError(f"custval: {path} (version {version}) lacks {name}: it is older than this package") from None
        function.restype = result
        function.argtypes = arguments
    return library


_raw, path = _load()
lib = _checked(_raw, path)

_NO_ROW = ctypes.c_size_t(-1).value


def struct(name: str, **members: Any) -> Any:
    """A struct with its size, its defaults, and these members; None keeps a default, words become their values.

    What a pointer member shows is kept alive with the struct.
    """
    kind = getattr(d, name)
    made = kind()
    if hasattr(made, "struct_size"):
        made.struct_size = ctypes.sizeof(kind)
    for member, value in {**d.INITIAL.get(name, {}), **members}.items():
        if value is None:
            continue
        vocabulary = d.WORDS.get((name, member))
        if vocabulary is not None and isinstance(value, str):
            value = word_value(vocabulary, value)
        elif isinstance(value, str):
            value = text(value)
        elif isinstance(value, ctypes.Structure):
            value = ctypes.pointer(value)
        setattr(made, member, value)
    return made


def text(value: str | None) -> bytes | None:
    """UTF-8 for the library, which ends texts at a NUL."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError(f"a text is needed, not {type(value).__name__}")
    if "\0" in value:
        raise ValueError(f"{value!r} holds a NUL character")
    return value.encode()


def texts(values: Any) -> Any:
    """An array of texts."""
    encoded = [text(value) for value in values]
    return (ctypes.c_char_p * len(encoded))(*encoded)


def doubles(values: Any) -> Any:
    """An array of doubles; None is NaN."""
    if isinstance(values, (str, bytes)):
        raise TypeError("numbers are needed, not a text")
    numbers = [float("nan") if value is None else float(value) for value in values]
    return (ctypes.c_double * len(numbers))(*numbers)


def word_value(vocabulary: int, word: str) -> int:
    """The value of a word, e.g. of "geometric"."""
    value = ctypes.c_uint32()
    call("custval_word_value", vocabulary, text(word), ctypes.byref(value))
    return value.value


def raised(error: Any) -> Error:
    """The exception for a filled-in error."""
    kind = BY_STATUS.get(error.status, Error)
    row = None if error.row == _NO_ROW else error.row
    node = None if error.node == d.CUSTVAL_NONE else error.node
    return kind(error.message.decode("utf-8", "replace"), row=row, node=node)


def call(name: str, *arguments: Any) -> None:
    """Calls a function whose last parameter is its error, and raises what it says."""
    error = struct("custval_error")
    if getattr(lib, name)(*arguments, ctypes.byref(error)) != d.CUSTVAL_OK:
        raise raised(error)


def written(write: Callable[[Any, int, Any], None]) -> bytes:
    """What a function of (buffer, capacity, out_length) writes, however long it is."""
    length = ctypes.c_size_t()
    write(None, 0, ctypes.byref(length))
    buffer = ctypes.create_string_buffer(length.value + 1)
    write(buffer, length.value + 1, ctypes.byref(length))
    return buffer.raw[: length.value]
