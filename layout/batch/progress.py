"""Telling people and schedulers how a run goes. Called from the run's main thread only.

`Silent` says nothing, `Errors` what went wrong, `Plain` writes lines, `Live` draws a display in a terminal,
`Lines` writes JSON.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from layout.batch.jobs import Refused
from layout.batch.outcome import IssueResult, PageResult

_PLAIN_EVERY_S = 30.0


class Progress:
    """Says nothing; the base of the others."""

    def begin(self, issues: int, pages: int) -> None:
        """The inputs have been looked at."""

    def refused(self, refused: Refused) -> None:
        """An input gives no issue."""

    def page(self, result: PageResult) -> None:
        """A page is done, unchanged or failed."""

    def issue(self, result: IssueResult) -> None:
        """An issue is complete, or failed as a whole."""

    def trouble(self, message: str) -> None:
        """Something that ends the run."""

    def stopping(self, in_hand: int) -> None:
        """No more is begun; so many units are still in hand or waiting."""

    def tick(self) -> None:
        """Called a few times a second."""

    def close(self) -> None:
        """Nothing more will come."""


Silent = Progress


def issue_line(result: IssueResult) -> str:
    """One line on an issue."""
    pages = f"{result.pages} page{'s' * (result.pages != 1)}"
    if result.failure is not None:
        return f"{result.id}: failed: {result.failure.message}"
    items = f"{result.items} item{'s' * (result.items != 1)}"
    gaps = f", {len(result.failed)} failed ({', '.join(result.failed)})" if result.failed else ""
    state = "unchanged" if result.unchanged else f"{result.seconds:.1f} s"
    return f"{result.id}: {pages}{gaps}, {items}, {state}"


class Errors(Progress):
    """Only what went wrong."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say

    def trouble(self, message: str) -> None:
        self._say(f"error: {message}")

    def refused(self, refused: Refused) -> None:
        self._say(f"error: {refused.failure.message}")

    def page(self, result: PageResult) -> None:
        if result.failure is not None:
            self._say(f"error: {result.key}: {result.failure.message}")

    def issue(self, result: IssueResult) -> None:
        if result.failure is not None and len(result.failed) < result.pages:
            self._say(f"error: {issue_line(result)}")


class Plain(Errors):
    """A line for each issue and failure, and one every half minute."""

    def __init__(self, say: Callable[[str], None]) -> None:
        super().__init__(say)
        self._total = 0
        self._counts: Counter[str] = Counter()
        self._start = self._said = time.monotonic()

    def begin(self, issues: int, pages: int) -> None:
        self._total = pages
        self._start = self._said = time.monotonic()
        self._say(f"{issues} issue{'s' * (issues != 1)}, {pages} page{'s' * (pages != 1)}")

    def page(self, result: PageResult) -> None:
        self._counts[result.state] += 1
        super().page(result)

    def issue(self, result: IssueResult) -> None:
        if result.failure is None or len(result.failed) < result.pages:
            self._say(issue_line(result))

    def stopping(self, in_hand: int) -> None:
        self._say("stopping: pages in hand are finished; once more ends them at once")

    def tick(self) -> None:
        if time.monotonic() - self._said >= _PLAIN_EVERY_S:
            self._said = time.monotonic()
            self._say(self._line())

    def _line(self) -> str:
        seen = sum(self._counts.values())
        minutes = (time.monotonic() - self._start) / 60
        rate = self._counts["done"] / minutes if minutes else 0.0
        left = f", {(self._total - seen) / rate:.0f} min left" if rate else ""
        return f"{seen} of {self._total} pages, {self._counts['failed']} failed, {rate:.1f} a minute{left}"


class Live(Progress):
    """A bar at the foot of the terminal, lines for issues and failures above it."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[note]}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
        )
        self._counts: Counter[str] = Counter()
        self._start = time.monotonic()
        self._bar.start()
        self._task = self._bar.add_task("looking", total=None, note="")

    def begin(self, issues: int, pages: int) -> None:
        self._start = time.monotonic()
        self._bar.update(self._task, description="pages", total=pages)

    def refused(self, refused: Refused) -> None:
        self._write(f"error: {refused.failure.message}", "red")

    def page(self, result: PageResult) -> None:
        self._counts[result.state] += 1
        minutes = (time.monotonic() - self._start) / 60
        rate = self._counts["done"] / minutes if minutes else 0.0
        failed = f", {self._counts['failed']} failed" if self._counts["failed"] else ""
        self._bar.update(self._task, advance=1, note=f"{rate:.1f} a minute{failed}")
        if result.failure is not None:
            self._write(f"error: {result.key}: {result.failure.message}", "red")

    def issue(self, result: IssueResult) -> None:
        if result.failure is None or len(result.failed) < result.pages:
            self._write(issue_line(result), "red" if result.failure else None)

    def trouble(self, message: str) -> None:
        self._write(f"error: {message}", "red")

    def stopping(self, in_hand: int) -> None:
        self._write("stopping: pages in hand are finished; once more ends them at once", "yellow")

    def close(self) -> None:
        self._bar.stop()

    def _write(self, text: str, style: str | None) -> None:
        self._console.print(text, style=style, markup=False, highlight=False, soft_wrap=True)


class Lines(Progress):
    """One JSON object a line, for schedulers and other programs."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say

    def begin(self, issues: int, pages: int) -> None:
        self._event("begin", issues=issues, pages=pages)

    def refused(self, refused: Refused) -> None:
        failure = refused.failure
        self._event("refused", input=refused.input, reason=failure.reason, message=failure.message)

    def page(self, result: PageResult) -> None:
        said: dict[str, Any] = {}
        if result.failure is not None:
            said |= {"reason": result.failure.reason, "message": result.failure.message}
        if result.tries:
            said |= {"tries": result.tries, "seconds": result.seconds, "peak_mb": result.peak_mb}
        self._event("page", unit=result.key, state=result.state, **said)

    def issue(self, result: IssueResult) -> None:
        self._event(
            "issue",
            unit=result.id,
            state="failed" if result.failure else "unchanged" if result.unchanged else "done",
            pages=result.pages,
            failed=list(result.failed),
            items=result.items,
            **({"reason": result.failure.reason} if result.failure else {}),
        )

    def trouble(self, message: str) -> None:
        self._event("trouble", message=message)

    def stopping(self, in_hand: int) -> None:
        self._event("stopping", in_hand=in_hand)

    def _event(self, event: str, **values: Any) -> None:
        self._say(json.dumps({"event": event, "time": round(time.time(), 3), **values}, ensure_ascii=False))


class Both(Progress):
    """Tells several of them the same."""

    def __init__(self, *others: Progress) -> None:
        self._others = others

    def begin(self, issues: int, pages: int) -> None:
        for other in self._others:
            other.begin(issues, pages)

    def refused(self, refused: Refused) -> None:
        for other in self._others:
            other.refused(refused)

    def page(self, result: PageResult) -> None:
        for other in self._others:
            other.page(result)

    def issue(self, result: IssueResult) -> None:
        for other in self._others:
            other.issue(result)

    def trouble(self, message: str) -> None:
        for other in self._others:
            other.trouble(message)

    def stopping(self, in_hand: int) -> None:
        for other in self._others:
            other.stopping(in_hand)

    def tick(self) -> None:
        for other in self._others:
            other.tick()

    def close(self) -> None:
        for other in self._others:
            other.close()
