"""Memory of Python objects as columns, through the buffer protocol and without copying."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import ctypes
import sys
from typing import Any

from . import _declarations as d
from ._library import struct

_FORMATS = {
    "?": d.CUSTVAL_TYPE_BOOL8,
    "f": d.CUSTVAL_TYPE_FLOAT32,
    "d": d.CUSTVAL_TYPE_FLOAT64,
}
_SIGNED = {1: d.CUSTVAL_TYPE_INT8, 2: d.CUSTVAL_TYPE_INT16, 4: d.CUSTVAL_TYPE_INT32, 8: d.CUSTVAL_TYPE_INT64}
_UNSIGNED = {1: d.CUSTVAL_TYPE_UINT8, 2: d.CUSTVAL_TYPE_UINT16, 4: d.CUSTVAL_TYPE_UINT32, 8: d.CUSTVAL_TYPE_UINT64}


class _PyBuffer(ctypes.Structure):
    """Python's Py_buffer."""

    _fields_ = [
        ("buf", ctypes.c_void_p),
        ("obj", ctypes.py_object),
        ("len", ctypes.c_ssize_t),
        ("itemsize", ctypes.c_ssize_t),
        ("readonly", ctypes.c_int),
        ("ndim", ctypes.c_int),
        ("format", ctypes.c_char_p),
        ("shape", ctypes.POINTER(ctypes.c_ssize_t)),
        ("strides", ctypes.POINTER(ctypes.c_ssize_t)),
        ("suboffsets", ctypes.POINTER(ctypes.c_ssize_t)),
        ("internal", ctypes.c_void_p),
    ]


def address(view: memoryview) -> int:
    """Where a buffer begins; memoryview does not tell, and from_buffer() wants it writable."""
    buffer = _PyBuffer()
    ctypes.pythonapi.PyObject_GetBuffer(ctypes.py_object(view), ctypes.byref(buffer), 0x18)  # PyBUF_STRIDES
    try:
        return int(buffer.buf or 0)
    finally:
        ctypes.pythonapi.PyBuffer_Release(ctypes.byref(buffer))


def number_type(view: memoryview) -> int | None:
    """The column type of a buffer's elements; None if the library reads no such numbers."""
    foreign = "><"[sys.byteorder == "big"]
    form = view.format.lstrip("@=<>!") if not view.format.startswith((foreign, "!")) else ""
    if form in _FORMATS:
        return _FORMATS[form]
    if form in ("b", "h", "i", "l", "q", "n"):
        return _SIGNED[view.itemsize]
    if form in ("B", "H", "I", "L", "Q", "N"):
        return _UNSIGNED[view.itemsize]
    return None


def column_of(values: Any) -> tuple[Any, int, Any] | None:
    """A borrowed column, its length, and what must live as long; None if the object is no plain array of numbers."""
    try:
        view = memoryview(values)
    except (TypeError, ValueError, BufferError):
        return None
    kind = number_type(view) if view.ndim == 1 and not view.suboffsets else None
    if kind is None:
        return None
    (rows,), (stride,) = view.shape or (0,), view.strides or (0,)
    if stride == 0 and rows > 1:  # one number seen many times, but the library takes a stride of 0 for packed
        return None
    stride = 0 if stride == view.itemsize or rows < 2 else stride
    column = struct("custval_column", type=kind, data=address(view), stride=stride)
    return column, rows, view
