"""Objects that own something of the library."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import threading
import weakref
from typing import TYPE_CHECKING, Any

from ._library import call, lib

if TYPE_CHECKING:
    from typing_extensions import Self


def expected(kind: Any, value: Any) -> Any:
    """The value, which must be of a kind."""
    if not isinstance(value, kind):
        raise TypeError(f"a {kind.__name__} is needed, not a {type(value).__name__}")
    return value


def owned(pointer: Any, free: Any) -> Any:
    """The pointer, which now frees what it shows when nobody holds it any more, be it an object or a running call.

    Not at the end of the process, when other objects may still look into the memory: the system takes that back.
    """
    weakref.finalize(pointer, free, type(pointer).from_buffer_copy(pointer)).atexit = False
    return pointer


class Handle:
    """Owns a handle until close(), the end of a `with` block, or nobody uses the object.

    A call that still runs in another thread keeps what it works on.
    """

    _free = ""
    __slots__ = ("__weakref__", "_pointer")

    def _own(self, pointer: Any) -> None:
        self._pointer = owned(pointer, getattr(lib, self._free))

    @property
    def _handle(self) -> Any:
        pointer = getattr(self, "_pointer", None)
        if pointer is None:
            raise ValueError(f"this {type(self).__name__} is closed")
        return pointer

    def close(self) -> None:
        """Gives up what the object holds; using it afterwards raises ValueError. May be called again."""
        self._pointer = None

    def __enter__(self) -> Self:
        self._handle  # noqa: B018
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __reduce__(self) -> Any:
        raise TypeError(f"a {type(self).__name__} cannot be pickled")


class Mutable(Handle):
    """A handle that one thread at a time may use: the others wait."""

    __slots__ = ("_lock",)

    def _own(self, pointer: Any) -> None:
        super()._own(pointer)
        if not hasattr(self, "_lock"):
            self._lock = threading.RLock()

    def _call(self, name: str, *arguments: Any) -> None:
        """Calls a function of the handle."""
        with self._lock:
            call(name, self._handle, *arguments)
