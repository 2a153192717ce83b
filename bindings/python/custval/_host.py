"""What Python lends the library: a pool of threads, progress, and Ctrl-C."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import contextlib
import ctypes
import os
import threading
from typing import Any, Callable, Iterator, Union

from . import _declarations as d
from ._library import call, lib, struct

#: Shows how far a call is: True (with tqdm, if it is installed), or a function of (done, total).
Progress = Union[bool, Callable[[int, int], None], None]


class _Pool:
    """The threads of this process; a fork has none, so the child starts its own."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pool: Any = None
        self._process = 0
        self.count = 0

    def get(self) -> Any:
        with self._lock:
            if self._pool is None or self._process != os.getpid():
                made = ctypes.POINTER(d.custval_threads)()
                call("custval_threads_new", None, self.count, ctypes.byref(made))
                self._pool, self._process = made, os.getpid()
            return self._pool

    def resize(self, count: int) -> None:
        with self._lock:
            if self._pool is not None and self._process == os.getpid():
                lib.custval_threads_free(self._pool)
            self._pool, self.count = None, count

    def after_fork(self) -> None:
        self._lock = threading.Lock()  # another thread of the parent may have held it


_pool = _Pool()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_pool.after_fork)


def set_threads(count: int) -> None:
    """Sets how many threads long calls use; 0, the default: one for each processor. Not while another call runs.

    The number never changes a result, not by a bit.
    """
    if not isinstance(count, int) or count < 0:
        raise ValueError(f"the number of threads is {count!r}, but must be a whole number from 0 on")
    _pool.resize(count)


@d.custval_runner
def _run(_data: Any, job: Any, init: Any, body: Any, begin: int, end: int) -> int:
    try:
        return int(lib.custval_threads_run(_pool.get(), job, init, body, begin, end))
    except BaseException:  # no thread can be had: the caller's own does the work
        return int(lib.custval_threads_run(None, job, init, body, begin, end))


class _Watch:
    """Passes progress on, and notes what it, or Ctrl-C, raised."""

    def __init__(self, progress: Progress) -> None:
        self.raised: BaseException | None = None
        self._bar: Any = None
        self._show = progress if callable(progress) else None
        if progress is True:
            with contextlib.suppress(ImportError):
                from tqdm.auto import tqdm

                self._bar = tqdm(unit=" rows", unit_scale=True, leave=False)

    def report(self, _data: Any, done: int, total: int) -> int:
        # An exception cannot pass through the library: it is kept, and the call told to stop.
        try:
            if self._show is not None:
                self._show(done, total)
            if self._bar is not None:
                self._bar.total = total or None
                self._bar.update(done - self._bar.n)
        except BaseException as raised:
            self.raised = self.raised or raised
        return int(self.raised is not None)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()


@contextlib.contextmanager
def lent(progress: Progress = None) -> Iterator[Any]:
    """A host for one call: all processors, progress, and a way to be interrupted."""
    watch = _Watch(progress)
    report = d.custval_progress(watch.report)
    host = struct("custval_host", runner=_run, progress=report)
    try:
        yield ctypes.pointer(host)
    except Exception:
        if watch.raised is not None:
            raise watch.raised from None
        raise
    finally:
        watch.close()
    if watch.raised is not None:
        raise watch.raised


def lasting() -> Any:
    """A host for an object that stays: all processors, but nobody watches."""
    return ctypes.pointer(struct("custval_host", runner=_run))
