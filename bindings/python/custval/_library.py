"""Finding and loading the library, calling it, and turning its statuses into exceptions."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import ctypes
import math
import numbers
import operator
import os
import pathlib
import platform
import sys
from collections.abc import Callable, Iterable
from typing import Any

from . import _declarations as d
from ._errors import BY_STATUS, Error

#: The soname's number that these declarations belong to.
ABI = 0


def _names() -> list[str]:
    """Where the library may be, in order; CUSTVAL_LIBRARY, if set, is the only place."""
    chosen = os.environ.get("CUSTVAL_LIBRARY")
    if chosen:
        return [chosen]
    # A package that was sent to another machine holds it. A wheel has it beside the package, where its build puts it;
    # an editable install, where it was built.
    sent = pathlib.Path(__file__).parent.glob("*custval*.so*")
    beside = pathlib.Path(__file__).parent.parent
    built = f"build/cp{sys.version_info[0]}{sys.version_info[1]}/subprojects/custval/lib/libcustval.so.{ABI}"
    # What is one file for every platform, as the extension of LibreOffice, has a folder for each.
    each = f"libraries/{sys.platform}-{platform.machine().lower()}/*custval*"
    wheel = sorted(beside.glob(".custval.mesonpy.libs/*custval*"))
    packed = [*sent, *wheel, *beside.glob(built), *beside.glob(each)]
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
            raise ImportError(
                f"custval: {path} (version {version}) lacks {name}: it is older than this package"
            ) from None
        function.restype = result
        function.argtypes = arguments
    return library


_raw, path = _load()
lib = _checked(_raw, path)

_NO_ROW = ctypes.c_size_t(-1).value
_FIELDS: dict[str, dict[str, Any]] = {}  # of the structs used so far


def struct(name: str, **members: Any) -> Any:
    """A struct with its size, its defaults, and these members; None keeps a default, words become their values.

    What a pointer member shows is kept alive with the struct.
    """
    kind = getattr(d, name)
    fields = _FIELDS.get(name) or _FIELDS.setdefault(name, dict(kind._fields_))
    made = kind()
    if "struct_size" in fields:
        made.struct_size = ctypes.sizeof(kind)
    for member, value in d.INITIAL.get(name, {}).items():
        setattr(made, member, value)
    for member, value in members.items():
        if member not in fields:
            raise TypeError(f"there is no option {member!r}; the options are {', '.join(fields)}")
        if value is not None:
            _set(made, name, member, value)
    return made


def _set(made: Any, name: str, member: str, value: Any) -> None:
    vocabulary = d.WORDS.get((name, member))
    if vocabulary is not None and isinstance(value, str):
        value = word_value(vocabulary, value)
    elif _FIELDS[name][member] is ctypes.c_char_p:  # ctypes would take a whole number for an address
        value = text(value)
    elif isinstance(value, ctypes.Structure):
        value = ctypes.pointer(value)
    try:
        setattr(made, member, value)
    except (TypeError, OverflowError):
        raise TypeError(f"{member} is {value!r}, which is of a wrong type") from None
    if isinstance(value, int) and getattr(made, member) != value:  # ctypes cuts off what does not fit
        raise ValueError(f"{member} is {value}, which is out of range")


def new(kind: Any) -> Any:
    """A pointer to a handle, for a call to fill in."""
    return ctypes.POINTER(kind)()


def text(value: Any) -> bytes | None:
    """UTF-8 for the library, which ends texts at a NUL."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError(f"a text is needed, not {value!r}")
    if "\0" in value:
        raise ValueError(f"{value!r} holds a NUL character")
    return value.encode()


def texts(values: Iterable[str]) -> Any:
    """An array of texts."""
    if isinstance(values, str):
        raise TypeError(f"several texts are needed, not one: {values!r}")
    encoded = [text(value) for value in values]
    return (ctypes.c_char_p * len(encoded))(*encoded)


def several(names: str | Iterable[str]) -> list[str]:
    """The names; one may stand for itself."""
    return [names] if isinstance(names, str) else list(names)


def is_missing(value: Any) -> bool:
    """None, and what other libraries use for it: NaN, pandas.NA."""
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return True
    return isinstance(value, float) and math.isnan(value)


def bytes_at(data: bytes) -> int:
    """Where bytes are. (What ctypes.cast() gives holds itself, and its source with it, until the next collection.)"""
    return ctypes.c_void_p.from_buffer(ctypes.c_char_p(data)).value or 0


def number(value: Any) -> float:
    """A double; what is missing is NaN. A text is no number, whatever it says."""
    if type(value) is float:
        return value
    if is_missing(value):
        return float("nan")
    is_complex = isinstance(value, numbers.Complex) and not isinstance(value, numbers.Real)
    if is_complex or isinstance(value, (str, bytes, bytearray)):
        raise TypeError(f"a number is needed, not {value!r}")
    try:
        return float(value)
    except (TypeError, ValueError):
        raise TypeError(f"a number is needed, not {value!r}") from None
    except OverflowError:
        raise ValueError("a whole number is too large for a double") from None


def doubles(values: Iterable[Any]) -> Any:
    """An array of doubles; None is NaN."""
    if isinstance(values, (str, bytes)) or not hasattr(values, "__iter__"):
        raise TypeError(f"several numbers are needed, not {values!r}")
    read = [number(value) for value in values]
    return (ctypes.c_double * len(read))(*read)


def index(value: Any, what: str = "row", end: int = 1 << 63) -> int:
    """An index as the library counts: from 0, and not from the end. ctypes would cut off what its type does not hold:
    `end` is below that."""
    try:
        place = operator.index(value)
    except TypeError:
        raise TypeError(f"a {what} is a whole number, not {value!r}") from None
    if not 0 <= place < end:
        raise IndexError(f"there is no {what} {place}: they are counted from 0")
    return place


def word_value(vocabulary: int, word: str) -> int:
    """The value of a word, e.g. of "geometric"."""
    value = ctypes.c_uint32()
    call("custval_word_value", vocabulary, text(word), ctypes.byref(value))
    return value.value


def raised(error: Any) -> Error:
    """The exception for a filled-in error."""
    made = BY_STATUS.get(error.status, Error)(error.message.decode("utf-8", "replace"))
    made.row = None if error.row == _NO_ROW else error.row
    made.node = None if error.node == d.CUSTVAL_NONE else error.node
    return made


def call(name: str, *arguments: Any) -> None:
    """Calls a function whose last parameter is its error, and raises what it says."""
    error = struct("custval_error")
    try:
        status = getattr(lib, name)(*arguments, ctypes.byref(error))
    except ctypes.ArgumentError as failure:  # a class of its own, of which no caller knows
        raise TypeError(f"{name}: {failure}") from None
    if status != d.CUSTVAL_OK:
        raise raised(error)


def written(write: Callable[[Any, int, Any], None]) -> bytes:
    """What a function of (buffer, capacity, out_length) writes, however long it is."""
    length = ctypes.c_size_t()
    write(None, 0, ctypes.byref(length))
    buffer = ctypes.create_string_buffer(length.value + 1)
    write(buffer, length.value + 1, ctypes.byref(length))
    return buffer.raw[: length.value]


def has_feature(name: str) -> bool:
    """Whether the library was built with a part that not every build has.

    Args:
        name: of the part, e.g. "json".
    """
    return bool(lib.custval_has_feature(text(name)))
