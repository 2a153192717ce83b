"""Tables to and from other libraries through Arrow's PyCapsule protocol."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import ctypes
from typing import Any

from . import _declarations as d
from ._library import call, lib

_api = ctypes.pythonapi
_api.PyCapsule_GetPointer.restype = ctypes.c_void_p
_api.PyCapsule_GetPointer.argtypes = [ctypes.py_object, ctypes.c_char_p]
_api.PyCapsule_New.restype = ctypes.py_object
_api.PyCapsule_New.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]

_Release = ctypes.CFUNCTYPE(None, ctypes.c_void_p)

# Structs behind capsules that are still alive, by address; a capsule's destructor takes its own away.
_alive: dict[int, Any] = {}


def _capsule_pointer(capsule: int, name: bytes) -> int:
    """Like PyCapsule_GetPointer, for an object that is being destroyed and must not be touched by counting."""
    function = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p)(("PyCapsule_GetPointer", _api))
    return int(function(capsule, name) or 0)


def _destructor(name: bytes) -> Any:
    @ctypes.PYFUNCTYPE(None, ctypes.c_void_p)
    def destroy(capsule: int, name: bytes = name, alive: Any = _alive, pointer: Any = _capsule_pointer) -> None:
        made = alive.pop(pointer(capsule, name), None)
        # A consumer that took the struct over has set its release to NULL.
        if made is not None and made.release:
            made.release(ctypes.byref(made))

    return destroy


_destructors = {name: _destructor(name) for name in (b"arrow_schema", b"arrow_array", b"arrow_array_stream")}


def _capsule(made: Any, name: bytes) -> Any:
    where = ctypes.addressof(made)
    _alive[where] = made
    return _api.PyCapsule_New(where, name, ctypes.cast(_destructors[name], ctypes.c_void_p))


def export_array(handle: Any) -> tuple[Any, Any]:
    """Capsules of schema and array."""
    schema, array = d.ArrowSchema(), d.ArrowArray()
    call("custval_table_export_arrow", handle, ctypes.byref(array), ctypes.byref(schema))
    return _capsule(schema, b"arrow_schema"), _capsule(array, b"arrow_array")


def export_stream(handle: Any) -> Any:
    """A capsule of a stream of one array."""
    stream = d.ArrowArrayStream()
    call("custval_table_export_stream", handle, ctypes.byref(stream))
    return _capsule(stream, b"arrow_array_stream")


def import_array(source: Any) -> Any:
    """A table handle from an object with __arrow_c_array__; the memory is shared."""
    schema_capsule, array_capsule = source.__arrow_c_array__()
    schema = _api.PyCapsule_GetPointer(schema_capsule, b"arrow_schema")
    array = _api.PyCapsule_GetPointer(array_capsule, b"arrow_array")
    out = ctypes.POINTER(d.custval_table)()
    call(
        "custval_table_import_arrow",
        None,
        ctypes.cast(array, ctypes.POINTER(d.ArrowArray)),
        ctypes.cast(schema, ctypes.POINTER(d.ArrowSchema)),
        ctypes.byref(out),
    )
    return out


def import_stream(source: Any) -> list[Any]:
    """Table handles of the pieces of an object with __arrow_c_stream__."""
    capsule = source.__arrow_c_stream__()
    stream = ctypes.cast(_api.PyCapsule_GetPointer(capsule, b"arrow_array_stream"), ctypes.POINTER(d.ArrowArrayStream))
    reader = ctypes.POINTER(d.custval_reader)()
    call("custval_reader_new", None, stream, ctypes.byref(reader))
    pieces: list[Any] = []
    try:
        while True:
            piece = ctypes.POINTER(d.custval_table)()
            call("custval_reader_next", reader, ctypes.byref(piece))
            if not piece:
                return pieces
            pieces.append(piece)
    except BaseException:
        for piece in pieces:
            lib.custval_table_free(piece)
        raise
    finally:
        lib.custval_reader_free(reader)
