"""What travels between the run and its leaves: a `Unit` of work out, a small `Receipt` back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

Kind = Literal["engines", "find", "page", "issue"]


@dataclass(frozen=True)
class Limits:
    """What one unit may use; memory is resident memory of its process."""

    timeout_s: float
    memory_mb: int

    def doubled(self) -> Limits:
        return Limits(2 * self.timeout_s, 2 * self.memory_mb)

    def scaled(self, weight: float) -> Limits:
        """More time for a unit that is more than a page; the same memory."""
        return Limits(weight * self.timeout_s, self.memory_mb)


@dataclass(frozen=True)
class Unit:
    """One thing to do. ``key`` names it for people and sorts; ``payload`` is plain JSON, paths only.

    ``weight`` is how many pages' time it may take.
    """

    key: str
    kind: Kind
    payload: dict[str, Any]
    weight: float = 1.0


@dataclass(frozen=True)
class Failure:
    """Why a unit was not done.

    ``reason`` is a word to count by (`input`, `encrypted`, `dependency`, `access`, `disk`, `config`,
    `output`, `timeout`, `memory`, `crash:SIGSEGV`, `error`); ``message`` the sentence for people,
    ``problem`` the same without file names, fit for an archive; ``detail`` is for the log.
    """

    reason: str
    message: str
    problem: str
    exit_code: int
    detail: str = ""


@dataclass(frozen=True)
class Receipt:
    """What came of a unit: ``value`` where it was done, ``failure`` where not."""

    unit: Unit
    value: dict[str, Any] = field(default_factory=dict)
    failure: Failure | None = None
    seconds: float = 0.0
    peak_mb: float = 0.0
    tries: int = 1

    @property
    def ok(self) -> bool:
        return self.failure is None


class Engine(Protocol):
    """Carries units to leaves.

    Called from one thread. Every unit submitted comes back exactly once from `done`, in any order. A
    unit whose process died or broke its limits has been tried twice, the second time alone on its
    machine with doubled limits.
    """

    @property
    def width(self) -> int:
        """How many units are worked on at once."""

    def submit(self, unit: Unit) -> None: ...

    def done(self, wait_s: float) -> Iterator[Receipt]:
        """Receipts that have come in; waits at most this long for the first."""

    def stop(self, now: bool) -> None:
        """Give back what has not begun; with ``now`` kill what has."""

    def close(self) -> None:
        """End every process."""
