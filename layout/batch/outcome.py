"""How a run ended: counts, what was refused, and the exit code that says it in one number."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from layout.batch.jobs import Refused
from layout.batch.unit import Failure
from layout.errors import AccessError

SOME_FAILED = 20
TOO_MANY_FAILED = 21
INTERRUPTED = 130

StopReason = Literal["interrupted", "max-failed", "page-error", "disk", "lost"]

_ENDED = {
    "interrupted": "stopped on request",
    "max-failed": "stopped because too many pages failed",
    "page-error": "stopped at a page that failed",
    "disk": "stopped because results could not be written",
    "lost": "stopped because the workers were lost",
}


@dataclass(frozen=True)
class IssueResult:
    """What became of an issue. ``failure`` is why it has no files; ``failed`` are pages left as gaps."""

    id: str
    input: str
    pages: int
    failed: tuple[str, ...] = ()
    items: int = 0
    outputs: tuple[str, ...] = ()
    unchanged: bool = False
    failure: Failure | None = None
    seconds: float = 0.0


@dataclass(frozen=True)
class PageResult:
    """What became of a page: done, unchanged or failed; ``key`` is ``issue/page``."""

    key: str
    state: Literal["done", "unchanged", "failed"]
    failure: Failure | None = None
    seconds: float = 0.0
    peak_mb: float = 0.0
    tries: int = 0


@dataclass
class Outcome:
    """Counts of a run, filled while it goes on.

    ``pages`` and ``issues`` count by state: done, unchanged (done by an earlier run), failed. ``report``
    is the name of the report's file.
    """

    pages: Counter[str] = field(default_factory=Counter)
    issues: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    refused: list[Refused] = field(default_factory=list)
    codes: Counter[int] = field(default_factory=Counter)
    stop: StopReason | None = None
    seconds: float = 0.0
    peak_mb: float = 0.0
    report: str = "report.html"

    def add_failure(self, failure: Failure) -> None:
        self.failures[failure.reason] += 1
        self.codes[failure.exit_code] += 1

    def lines(self, out: Path) -> list[str]:
        """What is said at the end of a run."""
        done = self.pages["done"]
        each = f", {self.seconds / done:.1f} s a page" if done else ""
        reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(self.failures.items()))
        lines = [
            f"issues:   {_counted(self.issues)}",
            f"pages:    {_counted(self.pages)}",
            f"failures: {reasons or 'none'}",
            f"time:     {self.seconds:.1f} s{each}, at most {self.peak_mb:.0f} MB",
            f"results:  {out}",
            f"report:   {out / self.report}",
        ]
        if self.stop:
            lines.append(f"{_ENDED[self.stop]}; the same command goes on from here")
        return lines

    @property
    def failed_share(self) -> float:
        tried = self.pages["done"] + self.pages["failed"]
        return self.pages["failed"] / tried if tried else 0.0

    @property
    def exit_code(self) -> int:
        """0 where all went well; 20 where a part failed; the failure's own code where all did."""
        if self.stop == "interrupted":
            return INTERRUPTED
        if self.stop in ("disk", "lost"):
            return AccessError.exit_code
        if self.stop is not None:
            return TOO_MANY_FAILED
        if not self.codes:
            return 0
        if self.issues["done"] or self.issues["unchanged"]:
            return SOME_FAILED
        return self.codes.most_common(1)[0][0]


def _counted(counts: Counter[str]) -> str:
    states = (state for state in ("done", "unchanged", "failed") if counts[state])
    return ", ".join(f"{counts[state]} {state}" for state in states) or "none"
