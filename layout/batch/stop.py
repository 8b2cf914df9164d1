"""Stopping on request: Ctrl-C or SIGTERM finish what is in hand, a second one ends it at once."""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Iterator
from types import FrameType

#: What SLURM and Kubernetes leave between SIGTERM and SIGKILL.
GRACE_S = 30.0


class Stop:
    """Whether the run is to stop, and how; after ``time_limit_s`` it is asked by itself."""

    def __init__(self, time_limit_s: float | None = None) -> None:
        self._asks = 0
        self._end = None if time_limit_s is None else time.monotonic() + time_limit_s
        self._deadline: float | None = None

    @property
    def asked(self) -> bool:
        return self._asks > 0 or (self._end is not None and time.monotonic() > self._end)

    @property
    def at_once(self) -> bool:
        late = self._deadline is not None and time.monotonic() > self._deadline
        return self._asks > 1 or late

    def ask(self, grace_s: float | None = None) -> None:
        """Ask to stop; with ``grace_s`` at once after that time."""
        self._asks += 1
        if grace_s is not None and self._deadline is None:
            self._deadline = time.monotonic() + grace_s

    @contextlib.contextmanager
    def on_signals(self) -> Iterator[None]:
        """Listen to Ctrl-C and SIGTERM inside; does nothing outside the main thread."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return

        def handle(number: int, frame: FrameType | None) -> None:
            self.ask(GRACE_S - 2 if number == signal.SIGTERM else None)

        before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
