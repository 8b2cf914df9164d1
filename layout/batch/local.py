"""The local engine: threads, each owning one leaf. Standard library, no server, no port."""

from __future__ import annotations

import contextlib
import queue
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace

from layout.batch.child import TASKS, Leaf
from layout.batch.failures import failure_of, may_repeat, stopped
from layout.batch.unit import Limits, Receipt, Unit


class LocalEngine:
    """Works on ``jobs`` units at once on this machine; implements `Engine`."""

    def __init__(self, jobs: int, limits: Limits, recycle_after: int = 200, tasks: str = TASKS) -> None:
        self._limits = limits
        self._waiting: queue.SimpleQueue[Unit | None] = queue.SimpleQueue()
        self._finished: queue.SimpleQueue[Receipt] = queue.SimpleQueue()
        self._alone = _Alone()
        self._stopping = threading.Event()
        self._leaves = [Leaf(recycle_after, tasks) for _ in range(jobs)]
        self._threads = [threading.Thread(target=self._work, args=(leaf,)) for leaf in self._leaves]
        for thread in self._threads:
            thread.start()

    @property
    def width(self) -> int:
        return len(self._leaves)

    def submit(self, unit: Unit) -> None:
        self._waiting.put(unit)

    def done(self, wait_s: float) -> Iterator[Receipt]:
        with contextlib.suppress(queue.Empty):
            yield self._finished.get(timeout=wait_s)
            while True:
                yield self._finished.get_nowait()

    def stop(self, now: bool) -> None:
        self._stopping.set()
        if now:
            for leaf in self._leaves:
                leaf.interrupt()

    def close(self) -> None:
        for _ in self._threads:
            self._waiting.put(None)
        for thread in self._threads:
            thread.join()

    def _work(self, leaf: Leaf) -> None:
        while (unit := self._waiting.get()) is not None:
            if self._stopping.is_set():
                self._finished.put(Receipt(unit, failure=stopped()))
            else:
                self._finished.put(self._try(leaf, unit))
        leaf.close()

    def _try(self, leaf: Leaf, unit: Unit) -> Receipt:
        alone = self._alone
        try:
            return try_twice(leaf, unit, self._limits, alone.shared, alone.exclusive, self._stopping.is_set)
        except Exception as error:  # no process could be started: every unit comes back all the same
            leaf.kill()
            return Receipt(unit, failure=failure_of(error, traceback.format_exc()))


Turn = Callable[[], AbstractContextManager[None]]


def try_twice(
    leaf: Leaf,
    unit: Unit,
    limits: Limits,
    shared: Turn,
    exclusive: Turn,
    is_stopping: Callable[[], bool] = lambda: False,
) -> Receipt:
    """Do a unit; where its process died or broke a limit, once more, alone and with twice the limits."""
    with shared():
        first = leaf.ask(unit, limits.scaled(unit.weight))
    if first.failure is None or not may_repeat(first.failure) or is_stopping():
        return first
    with exclusive():
        second = leaf.ask(unit, limits.scaled(unit.weight).doubled())
        if second.failure is not None:
            leaf.close()  # what it asked for must be given back before others go on
    return replace(second, tries=2, seconds=round(first.seconds + second.seconds, 3))


class _Alone:
    """Many at once, or one alone. One who waits to be alone lets nobody new in."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._inside = 0
        self._wanting = 0

    @contextlib.contextmanager
    def shared(self) -> Iterator[None]:
        with self._condition:
            self._condition.wait_for(lambda: self._wanting == 0)
            self._inside += 1
        try:
            yield
        finally:
            with self._condition:
                self._inside -= 1
                self._condition.notify_all()

    @contextlib.contextmanager
    def exclusive(self) -> Iterator[None]:
        with self._condition:
            self._wanting += 1
            self._condition.wait_for(lambda: self._inside == 0)
            self._inside += 1
        try:
            yield
        finally:
            with self._condition:
                self._inside -= 1
                self._wanting -= 1
                self._condition.notify_all()
