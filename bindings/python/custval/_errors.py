"""Exceptions: one class per status of the library, each also a builtin exception of its kind."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from . import _declarations as _d


class Error(Exception):
    """A call of the library failed.

    Attributes:
        status: the code, as in status.h, e.g. -4.
        row: index of the row concerned, or None.
        node: index of the node concerned, or None.
    """

    status = 0

    def __init__(self, message: str = "", *, row: int | None = None, node: int | None = None) -> None:
        super().__init__(message)
        self.row = row
        self.node = node


def _make(name: str, status: int, builtin: type[BaseException], text: str) -> type[Error]:
    bases = (Error, builtin)
    return type(name, bases, {"__doc__": text, "__module__": "custval", "status": status})


ArgumentError = _make("ArgumentError", _d.CUSTVAL_ERROR_ARGUMENT, ValueError, "An argument means nothing or contradicts another.")
OutOfMemoryError = _make("OutOfMemoryError", _d.CUSTVAL_ERROR_MEMORY, MemoryError, "There is not enough memory.")
RangeError = _make("RangeError", _d.CUSTVAL_ERROR_RANGE, ValueError, "A number lies outside the range of its place.")
WeightError = _make("WeightError", _d.CUSTVAL_ERROR_WEIGHT, ValueError, "A weight is negative or not finite, or all are 0.")
StructureError = _make("StructureError", _d.CUSTVAL_ERROR_STRUCTURE, ValueError, "The tree has a wrong shape.")
DuplicateError = _make("DuplicateError", _d.CUSTVAL_ERROR_DUPLICATE, ValueError, "A name is used twice.")
NotFoundError = _make("NotFoundError", _d.CUSTVAL_ERROR_NOT_FOUND, LookupError, "There is no column, node or word of that name.")
ColumnTypeError = _make("ColumnTypeError", _d.CUSTVAL_ERROR_TYPE, TypeError, "A column has a type that this use cannot read.")
NotFiniteError = _make("NotFiniteError", _d.CUSTVAL_ERROR_NOT_FINITE, ValueError, "A NaN or infinity where a number is needed.")
StateError = _make("StateError", _d.CUSTVAL_ERROR_STATE, RuntimeError, "The call is not possible with these data.")
StructSizeError = _make("StructSizeError", _d.CUSTVAL_ERROR_STRUCT_SIZE, RuntimeError, "Library and binding do not fit.")
StructNewerError = _make("StructNewerError", _d.CUSTVAL_ERROR_STRUCT_NEWER, RuntimeError, "The library is older than the binding.")
CancelledError = _make("CancelledError", _d.CUSTVAL_ERROR_CANCELLED, RuntimeError, "The call was stopped.")
InternalError = _make("InternalError", _d.CUSTVAL_ERROR_INTERNAL, RuntimeError, "A defect of the library.")
DocumentError = _make("DocumentError", _d.CUSTVAL_ERROR_DOCUMENT, ValueError, "A document is not JSON, or not the one meant.")
LimitError = _make("LimitError", _d.CUSTVAL_ERROR_LIMIT, ValueError, "More than the stated limits allow.")
UnsupportedError = _make("UnsupportedError", _d.CUSTVAL_ERROR_UNSUPPORTED, NotImplementedError, "There is no exact method for this.")
StreamError = _make("StreamError", _d.CUSTVAL_ERROR_STREAM, OSError, "An Arrow stream of the caller failed.")

BY_STATUS: dict[int, type[Error]] = {
    error.status: error
    for error in list(globals().values())
    if isinstance(error, type) and issubclass(error, Error) and error is not Error
}
