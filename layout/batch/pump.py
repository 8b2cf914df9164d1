"""Keeps an engine busy until nothing is left, or until the run is to stop."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator

from layout.batch.outcome import Outcome
from layout.batch.progress import Progress
from layout.batch.stop import Stop
from layout.batch.unit import Engine, Receipt, Unit

#: Units handed out for each worker: one in hand, the others so that it never waits for the main thread.
_WINDOW = 3


class Pump:
    """Feeds units to an engine and hands on its receipts; ``ready`` units go before the next of a source."""

    def __init__(self, engine: Engine, outcome: Outcome, progress: Progress, stop: Stop) -> None:
        self.ready: deque[Unit] = deque()
        self._engine = engine
        self._outcome = outcome
        self._progress = progress
        self._stop = stop
        self._stopped = self._killed = False

    def run(self, source: Iterator[Unit], take: Callable[[Receipt], None]) -> None:
        """Do all units of ``source``, and what ``take`` puts into ``ready`` meanwhile."""
        in_hand = 0
        while True:
            while in_hand < _WINDOW * self._engine.width and not self._must_stop():
                unit = self.ready.popleft() if self.ready else next(source, None)
                if unit is None:
                    break
                self._engine.submit(unit)
                in_hand += 1
            self._tell_engine(in_hand)
            if not in_hand:
                return
            for receipt in self._engine.done(0.2):
                in_hand -= 1
                take(receipt)
                if receipt.failure is not None and receipt.failure.reason == "stopped":
                    self._lost()
            self._progress.tick()

    def _lost(self) -> None:
        """A unit came back that nobody had asked to stop: its workers have gone."""
        if not self._must_stop():
            self._outcome.stop = "lost"
            self._progress.trouble("the scheduler does not answer any more; give the same command again")

    def _must_stop(self) -> bool:
        if self._stop.asked and self._outcome.stop is None:
            self._outcome.stop = "interrupted"
        return self._outcome.stop is not None

    def _tell_engine(self, in_hand: int) -> None:
        if self._must_stop() and not self._stopped:
            self._stopped = True
            self._engine.stop(now=False)
            self._progress.stopping(in_hand)
        if self._stop.at_once and not self._killed:
            self._killed = True
            self._engine.stop(now=True)
