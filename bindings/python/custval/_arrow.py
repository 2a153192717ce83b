"""Tables to and from other libraries through Arrow's PyCapsule protocol."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import contextlib
import ctypes
from typing import Any

from . import _declarations as d
from ._library import call, lib, new

_api = ctypes.pythonapi
_api.PyCapsule_GetPointer.restype = ctypes.c_void_p
_api.PyCapsule_GetPointer.argtypes = [ctypes.py_object, ctypes.c_char_p]
_api.PyCapsule_New.restype = ctypes.py_object
_api.PyCapsule_New.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]

# Structs behind capsules that are still alive, by address; a capsule's destructor takes its own away.
_alive: dict[int, Any] = {}


def _destructor(name: bytes) -> int:
    """The address of a function that ends a capsule; it is never freed, for capsules may outlive this module.

    The capsule comes as an address, because an object that is being destroyed must not be touched by counting.
    """
    get = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p)(("PyCapsule_GetPointer", _api))

    def destroy(
        capsule: int, get: Any = get, name: bytes = name, alive: Any = _alive, byref: Any = ctypes.byref
    ) -> None:
        made = alive.pop(get(capsule, name), None)
        # A consumer that took the struct over has set its release to NULL.
        if made is not None and made.release:
            made.release(byref(made))

    function = ctypes.PYFUNCTYPE(None, ctypes.c_void_p)(destroy)
    _api.Py_IncRef(ctypes.py_object(function))
    return ctypes.cast(function, ctypes.c_void_p).value or 0


_destructors = {name: _destructor(name) for name in (b"arrow_schema", b"arrow_array", b"arrow_array_stream")}


def capsule(made: Any, name: bytes) -> Any:
    """A capsule of a struct, which is released with it unless a consumer has moved it away."""
    where = ctypes.addressof(made)
    _alive[where] = made
    return _api.PyCapsule_New(where, name, _destructors[name])


def export_array(handle: Any) -> tuple[Any, Any]:
    """Capsules of schema and array."""
    schema, array = d.ArrowSchema(), d.ArrowArray()
    call("custval_table_export_arrow", handle, ctypes.byref(array), ctypes.byref(schema))
    return capsule(schema, b"arrow_schema"), capsule(array, b"arrow_array")


def export_stream(handle: Any) -> Any:
    """A capsule of a stream of one array."""
    stream = d.ArrowArrayStream()
    call("custval_table_export_stream", handle, ctypes.byref(stream))
    return capsule(stream, b"arrow_array_stream")


def shown(held: Any, name: bytes, kind: Any) -> Any:
    """A pointer to the struct that a capsule holds."""
    return ctypes.cast(_api.PyCapsule_GetPointer(held, name), ctypes.POINTER(kind))


def import_array(source: Any) -> Any:
    """A table handle from an object with __arrow_c_array__; the memory is shared."""
    schema, array = source.__arrow_c_array__()
    out = new(d.custval_table)
    arguments = shown(array, b"arrow_array", d.ArrowArray), shown(schema, b"arrow_schema", d.ArrowSchema)
    call("custval_table_import_arrow", None, *arguments, ctypes.byref(out))
    return out


def import_stream(source: Any) -> tuple[list[Any], list[tuple[str, str]]]:
    """Table handles of the pieces of an object with __arrow_c_stream__; names of the columns, and what they hold."""
    held = source.__arrow_c_stream__()
    stream = shown(held, b"arrow_array_stream", d.ArrowArrayStream)
    columns = _columns_of(stream)
    reader = new(d.custval_reader)
    call("custval_reader_new", None, stream, ctypes.byref(reader))
    pieces: list[Any] = []
    with contextlib.ExitStack() as ending:
        ending.callback(lib.custval_reader_free, reader)
        while True:
            piece = new(d.custval_table)
            try:
                call("custval_reader_next", reader, ctypes.byref(piece))
            except BaseException:
                for read in pieces:
                    lib.custval_table_free(read)
                raise
            if not piece:
                return pieces, columns
            pieces.append(piece)


def _columns_of(stream: Any) -> list[tuple[str, str]]:
    schema = d.ArrowSchema()
    if stream.contents.get_schema(stream, ctypes.byref(schema)) != 0:
        return []  # the reader meets the same failure, and says what it is
    try:
        children = [schema.children[place].contents for place in range(schema.n_children)]
        return [(_name(child), _kind(child)) for child in children]
    finally:
        schema.release(ctypes.byref(schema))


def _kind(schema: Any) -> str:
    if schema.dictionary or schema.format in (b"u", b"U", b"vu"):
        return "text"
    if schema.format.startswith((b"td", b"ts")):
        return "time"
    return "integer" if schema.format in (b"l", b"L") else "number"


def _name(schema: Any) -> str:
    return (schema.name or b"").decode()
