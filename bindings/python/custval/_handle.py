"""Objects that own something of the library."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import weakref
from typing import Any, Callable, TypeVar

from ._library import lib

Self = TypeVar("Self", bound="Handle")


class Handle:
    """Owns a handle and frees it once: by close(), at the end of a `with` block, or when nobody uses the object."""

    _free = ""
    __slots__ = ("__weakref__", "_pointer", "_finalizer")

    def _own(self, pointer: Any) -> None:
        free: Callable[[Any], None] = getattr(lib, self._free)
        self._pointer = pointer
        self._finalizer = weakref.finalize(self, free, pointer)

    @property
    def _handle(self) -> Any:
        if not self._finalizer.alive:
            raise ValueError(f"this {type(self).__name__} is closed")
        return self._pointer

    def close(self) -> None:
        """Frees what the object holds; using it afterwards raises ValueError. May be called again."""
        self._finalizer()

    def __enter__(self: Self) -> Self:
        self._handle  # noqa: B018
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
