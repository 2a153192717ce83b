"""Exceptions: one class per status of the library, each also a builtin exception of its kind."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from typing import ClassVar

from . import _declarations as _d


class Error(Exception):
    """A call of the library failed.

    Attributes:
        status: the code, as in status.h, e.g. -4.
        row: index of the row concerned, or None.
        node: index of the node concerned, or None.
    """

    status: ClassVar[int] = 0
    row: int | None = None
    node: int | None = None

    @property
    def name(self) -> str:
        """The name of the status, e.g. "CUSTVAL_ERROR_WEIGHT"."""
        from ._library import lib

        return str(lib.custval_status_name(self.status).decode())


class ArgumentError(Error, ValueError):
    """An argument means nothing or contradicts another."""

    status = _d.CUSTVAL_ERROR_ARGUMENT


class OutOfMemoryError(Error, MemoryError):
    """There is not enough memory."""

    status = _d.CUSTVAL_ERROR_MEMORY


class RangeError(Error, ValueError):
    """A number lies outside the range of its place."""

    status = _d.CUSTVAL_ERROR_RANGE


class WeightError(Error, ValueError):
    """A weight is negative or not finite, or all are 0."""

    status = _d.CUSTVAL_ERROR_WEIGHT


class StructureError(Error, ValueError):
    """The tree has a wrong shape."""

    status = _d.CUSTVAL_ERROR_STRUCTURE


class DuplicateError(Error, ValueError):
    """A name is used twice."""

    status = _d.CUSTVAL_ERROR_DUPLICATE


class NotFoundError(Error, LookupError):
    """There is no column, node or word of that name."""

    status = _d.CUSTVAL_ERROR_NOT_FOUND


class ColumnTypeError(Error, TypeError):
    """A column has a type that this use cannot read."""

    status = _d.CUSTVAL_ERROR_TYPE


class NotFiniteError(Error, ValueError):
    """A NaN or infinity where a number is needed."""

    status = _d.CUSTVAL_ERROR_NOT_FINITE


class StateError(Error, RuntimeError):
    """The call is not possible with these data."""

    status = _d.CUSTVAL_ERROR_STATE


class StructSizeError(Error, RuntimeError):
    """Library and binding do not fit."""

    status = _d.CUSTVAL_ERROR_STRUCT_SIZE


class StructNewerError(Error, RuntimeError):
    """The library is older than the binding."""

    status = _d.CUSTVAL_ERROR_STRUCT_NEWER


class CancelledError(Error, RuntimeError):
    """The call was stopped."""

    status = _d.CUSTVAL_ERROR_CANCELLED


class InternalError(Error, RuntimeError):
    """A defect of the library."""

    status = _d.CUSTVAL_ERROR_INTERNAL


class DocumentError(Error, ValueError):
    """A document is not JSON, or not the one meant."""

    status = _d.CUSTVAL_ERROR_DOCUMENT


class LimitError(Error, ValueError):
    """More than the stated limits allow."""

    status = _d.CUSTVAL_ERROR_LIMIT


class UnsupportedError(Error, NotImplementedError):
    """There is no exact method for this."""

    status = _d.CUSTVAL_ERROR_UNSUPPORTED


class StreamError(Error, OSError):
    """An Arrow stream of the caller failed."""

    status = _d.CUSTVAL_ERROR_STREAM


class ConvergenceError(Error, ArithmeticError):
    """A fit found no optimum."""

    status = _d.CUSTVAL_ERROR_CONVERGENCE


BY_STATUS: dict[int, type[Error]] = {kind.status: kind for kind in Error.__subclasses__()}
for _kind in (Error, *BY_STATUS.values()):
    _kind.__module__ = "custval"  # where people know them from, and where pickles look for them
