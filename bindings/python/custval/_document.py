"""Objects that are JSON documents: systems, lifetimes, worths."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import ctypes
import json
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ._handle import Handle
from ._library import call, new, written

if TYPE_CHECKING:
    from typing_extensions import Self


def json_of(document: str | Mapping[str, Any]) -> bytes:
    """A document as the library reads it."""
    if isinstance(document, Mapping):
        document = json.dumps(document, ensure_ascii=False)
    if not isinstance(document, str):
        raise TypeError(f"a document is a text or a mapping, not a {type(document).__name__}")
    return document.encode()


class Document(Handle):
    """A handle that a document makes and that can be written as one. It does not change."""

    _kind: Any = None  # of the handle
    _parse = _write = ""
    __slots__ = ()

    def __init__(self, document: str | Mapping[str, Any]) -> None:
        """Reads a document.

        Args:
            document: JSON as text, or as the mapping that json.load() gives.

        Raises:
            DocumentError: it is no JSON, or another document; the message begins with the place.
            StructureError, RangeError, DuplicateError: what it says contradicts itself.
        """
        encoded = json_of(document)
        out = new(self._kind)
        call(self._parse, None, encoded, len(encoded), ctypes.byref(out))
        self._own(out)

    @classmethod
    def _made(cls, function: str, *arguments: Any) -> Self:
        """What a function of (arguments, out, error) makes."""
        out = new(cls._kind)
        call(function, *arguments, ctypes.byref(out))
        made = cls.__new__(cls)
        made._own(out)
        return made

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """Reads a document from a file.

        Args:
            path: of a JSON file in UTF-8.

        Raises:
            OSError: the file cannot be read.
            DocumentError: it is not such a document.
        """
        with open(path, encoding="utf-8-sig") as file:
            return cls(file.read())

    @classmethod
    def loads(cls, document: str) -> Self:
        """Reads a document from a text.

        Args:
            document: JSON.

        Raises:
            DocumentError: it is not such a document.
        """
        return cls(document)

    def to_json(self) -> str:
        """The document as text. Loading it gives an equal object."""
        return written(lambda *to: call(self._write, self._handle, *to)).decode()

    def to_dict(self) -> dict[str, Any]:
        """The document as json.load() gives it, with everything that the object holds."""
        document: dict[str, Any] = json.loads(self.to_json())
        return document

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the document to a file.

        Args:
            path: of the file, which is replaced.

        Raises:
            OSError: the file cannot be written.
        """
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(self.to_json())

    def __eq__(self, other: object) -> bool:
        """Whether the documents are the same."""
        return self.to_json() == other.to_json() if isinstance(other, type(self)) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.to_json())

    def __reduce__(self) -> Any:
        return type(self), (self.to_json(),)
