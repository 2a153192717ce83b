"""What Python lends the library: a pool of threads, progress, and Ctrl-C."""

# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import threading
from collections.abc import Callable, Iterator
from typing import Any, Union

from . import _declarations as d
from ._handle import owned
from ._library import call, index, lib, new, struct

#: Shows how far a call is: True (with tqdm, if it is installed), or a function of (done, total).
Progress = Union[bool, Callable[[int, int], None], None]

_RUN = ctypes.cast(lib.custval_threads_run, d.custval_runner)


class _Pool:
    """The threads of this process: made when first needed, and again in a forked child, which has none."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._threads: Any = None
        self._process = 0
        self._count = 0

    def get(self) -> Any:
        """The pool; it lives as long as somebody holds it. None where no thread can be had."""
        with self._lock:
            process = os.getpid()
            if self._process != process:
                self._threads, self._process = None, process
            if self._threads is None:
                made = new(d.custval_threads)
                try:
                    call("custval_threads_new", None, self._count, ctypes.byref(made))
                except NotImplementedError:
                    return None
                # In a child the threads are not there to be ended.
                self._threads = owned(
                    made, lambda pool: lib.custval_threads_free(pool) if os.getpid() == process else None
                )
            return self._threads

    def resize(self, count: int) -> None:
        with self._lock:
            self._threads, self._count = None, count

    def after_fork(self) -> None:
        self._lock = threading.Lock()  # another thread of the parent may have held it


_pool = _Pool()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_pool.after_fork)


def set_threads(count: int) -> None:
    """Sets how many threads long calls use from now on. The number never changes a result, not by a bit.

    Args:
        count: 0 to 1024; 0, the default of the package: one for each processor.

    Raises:
        ValueError: more than 1024.
    """
    if index(count, "number of threads") > 1024:
        raise ValueError(f"{count} threads are too many: at most 1024")
    _pool.resize(count)


def threads() -> int:
    """How many threads long calls use; 1 where threads cannot be had."""
    pool = _pool.get()
    return 1 if pool is None else int(lib.custval_threads_count(pool))


class _Watch:
    """Passes the progress of one call on, and keeps what that, or Ctrl-C, raised: no exception can pass through C."""

    def __init__(self, progress: Progress, unit: str = " rows") -> None:
        self.raised: BaseException | None = None
        self._bar: Any = None
        self._show = progress if callable(progress) else None
        if progress is True:
            with contextlib.suppress(ImportError):
                from tqdm.auto import tqdm

                self._bar = tqdm(unit=unit, unit_scale=True, leave=False)

    def report(self, done: int, total: int) -> None:
        if self._show is not None:
            self._show(done, total)
        if self._bar is not None:
            self._bar.total = total or None
            self._bar.update(done - self._bar.n)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()

    @contextlib.contextmanager
    def interruptible(self) -> Iterator[None]:
        """Keeps what the handler of Ctrl-C raises, which in the middle of a callback from C would be lost."""
        handler = None
        if threading.current_thread() is threading.main_thread():
            handler = signal.getsignal(signal.SIGINT)
        if not callable(handler):  # another thread, or a program that ignores or does not know Ctrl-C
            yield
            return
        usual: Callable[..., Any] = handler

        def keep(number: int, frame: Any) -> None:
            try:
                usual(number, frame)
            except BaseException as raised:  # noqa: BLE001 - it is raised again when the call is over
                self.raised = raised

        try:
            signal.signal(signal.SIGINT, keep)
        except ValueError:  # in a subinterpreter
            yield
            return
        try:
            yield
        finally:
            if signal.getsignal(signal.SIGINT) is keep:
                signal.signal(signal.SIGINT, usual)


class Host:
    """A host of the library's: the threads of the process, and whoever watches the call that runs.

    An object of the library keeps the host that it was made with, so the Python object keeps this one.
    """

    def __init__(self) -> None:
        self._threads = _pool.get()
        self._process = os.getpid()
        self._watches = watches = []  # type: list[_Watch]

        def report(_data: Any, done: int, total: int) -> int:
            watch = watches[-1] if watches else None
            if watch is None:
                return 0
            try:
                watch.report(done, total)
            except BaseException as raised:  # noqa: BLE001 - it is raised again when the call is over
                watch.raised = raised
            return 0 if watch.raised is None else 1

        self._report = d.custval_progress(report)
        self._struct = struct("custval_host", runner=_RUN, progress=self._report)
        if self._threads is not None:
            # Not by cast(): it lets the pointer hold itself, and a pool out of use stays until the next collection.
            self._struct.runner_data = ctypes.c_void_p.from_buffer(self._threads).value
        self.pointer = ctypes.pointer(self._struct)

    @property
    def is_of_this_process(self) -> bool:
        """Whether its threads are there: a forked child has none of its parent's."""
        return self._process == os.getpid()

    @contextlib.contextmanager
    def watched(self, progress: Progress = None) -> Iterator[Any]:
        """The host for the time of one call, with progress, and Ctrl-C raised where the call ends."""
        watch = _Watch(progress)
        self._watches.append(watch)
        try:
            with watch.interruptible():
                yield self.pointer
        except Exception:
            if watch.raised is not None:
                raise watch.raised from None
            raise
        finally:
            self._watches.remove(watch)
            watch.close()
        if watch.raised is not None:
            raise watch.raised


def lent(progress: Progress = None) -> Any:
    """A host for the calls of a `with` block."""
    return Host().watched(progress)
