"""Objects that are fed with rows, merged with their like, and carried to other machines as bytes."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any

from . import _declarations as d
from ._handle import Mutable, expected
from ._host import Host
from ._library import call, new

if TYPE_CHECKING:
    from typing_extensions import Self


class Carried(Mutable):
    """A handle with a host of its own, and the functions `_read`, `_write` and `_merge` of the library.

    A forked child has none of its parent's threads: there the object reads itself again, with another host.
    """

    _type = _read = _write = _merge = ""
    _host: Host
    __slots__ = ("_host",)

    @property
    def _handle(self) -> Any:
        if not self._host.is_of_this_process:
            self._restore(self._bytes_of(super()._handle))
        return super()._handle

    def _restore(self, data: bytes) -> None:
        self._host = Host()
        out = new(getattr(d, self._type))
        call(self._read, self._host.pointer, data, len(data), ctypes.byref(out))
        self._own(out)

    def _bytes_of(self, handle: Any) -> bytes:
        length = ctypes.c_size_t()
        call(self._write, handle, None, 0, ctypes.byref(length))
        buffer = ctypes.create_string_buffer(length.value)
        call(self._write, handle, buffer, length.value, ctypes.byref(length))
        return buffer.raw

    def _to_bytes(self) -> bytes:
        with self._lock:
            return self._bytes_of(self._handle)

    def _take(self, other: Self) -> None:
        """Merges another one, which stays as it is."""
        expected(type(self), other)
        first, second = sorted((self, other), key=id)  # two threads that merge both ways do not wait for each other
        with first._lock, second._lock:
            call(self._merge, self._handle, other._handle)
