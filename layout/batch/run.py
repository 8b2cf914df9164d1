"""The run: inputs -> issues -> pages -> issues again, over any engine.

The main thread feeds the engine and takes its receipts; it alone writes the journal. Pages come back in
any order and are filed by their place, so the result does not depend on who was quicker. An issue is
assembled when its last page has come; a page that failed stays in it as a gap with its reason.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from layout import __version__
from layout.batch import keys, rows, store
from layout.batch.finding import find_jobs
from layout.batch.jobs import Job, Refused
from layout.batch.journal import Journal, Row
from layout.batch.outcome import IssueResult, Outcome, PageResult
from layout.batch.progress import Progress
from layout.batch.pump import Pump
from layout.batch.remote import FETCHED, is_address
from layout.batch.request import Request
from layout.batch.review import odds_of
from layout.batch.stop import Stop
from layout.batch.unit import Engine, Failure, Receipt, Unit
from layout.config import to_tables
from layout.document import Page, SourceImage

#: A page costs the assembling of its issue about this share of what reading it may cost.
_ASSEMBLY_WEIGHT = 0.25


@dataclass
class _Open:
    """An issue whose pages are being read."""

    job: Job
    waiting: set[str]
    failed: dict[str, Failure] = field(default_factory=dict)
    seconds: float = 0.0
    changed: bool = False


class Run:
    """One run over one output folder; `go` does it all."""

    def __init__(
        self, request: Request, engine: Engine, journal: Journal, progress: Progress, stop: Stop
    ) -> None:
        self.request = request
        self.outcome = Outcome()
        self._journal = journal
        self._progress = progress
        self._pump = Pump(engine, self.outcome, progress, stop)
        self._tables = to_tables(request.config)
        self._open: dict[str, _Open] = {}
        self._picked: set[str] = set()
        self._base = ""
        self._number = 0

    def go(self) -> Outcome:
        """Do what is to be done; never raises for what happens to a unit."""
        start = time.monotonic()
        self._number = self._journal.begin(__version__, self._tables, self.request.asked())
        jobs = self.jobs()
        self._progress.begin(len(jobs), sum(len(job.pages) for job in jobs))
        self._pump.run(self._work(jobs), self._take)
        self.outcome.seconds = time.monotonic() - start
        try:
            self._journal.end(self._number, self.outcome.exit_code)
        except sqlite3.OperationalError as error:
            self._journal_failed(error)
        return self.outcome

    def jobs(self) -> list[Job]:
        """The issues to do, in the order of their inputs; what is refused goes into the outcome."""
        request = self.request
        fetched = str(request.out / store.STATE / FETCHED) if request.remote else None
        found = find_jobs(request.inputs, request.source, self._tables, self._pump, self._is_result, fetched)
        self._base = keys.page_base(request.config, found.engines)
        if request.source == "scan":
            self._journal.forget("input")  # what earlier runs refused has been looked at again
        for one in found.refused:
            if request.has_input(one.input):
                self._refuse(one)
        chosen = (request.pages.of(job) for job in found.jobs if request.has_issue(job.id))
        return [job for job in chosen if job.pages]

    def _is_result(self, path: str) -> bool:
        """Whether a path is a result of ours, found because the results lie inside an input."""
        if self.request.remote and is_address(path):
            return False
        out = _resolved(self.request.out)
        asked = any(_resolved(name).is_relative_to(out) for name in self.request.inputs)
        return self.request.source == "scan" and not asked and _resolved(path).is_relative_to(out)

    def _refuse(self, refused: Refused) -> None:
        self.outcome.refused.append(refused)
        self.outcome.add_failure(refused.failure)
        self._progress.refused(refused)
        self._note(rows.refused_row(refused))

    # Pages and issues

    def _work(self, jobs: list[Job]) -> Iterator[Unit]:
        for job in jobs:
            waiting = _Open(job, set())
            todo = [page for page in job.pages if not self._settled(waiting, page)]
            waiting.waiting = {page_id for _, _, page_id in todo}
            self._open[job.id] = waiting
            if not todo:
                yield from self._assembly(waiting)
            for file, index, page_id in todo:
                yield Unit(f"{job.id}/{page_id}", "page", self._page_payload(job, file, index, page_id))

    def _page_payload(self, job: Job, file: str, index: int, page_id: str) -> dict[str, Any]:
        return {
            "ref": [file, index, page_id],
            "issue": job.id,
            "folder": str(self.request.out / job.id),
            "config": self._tables,
            "base": self._base,
            "force": self.request.force or f"{job.id}/{page_id}" in self._picked,
            "source": self.request.source,
            "pictures": str(store.pictures_folder(self.request.out, job.id)),
            "thumbnail": str(store.thumbnail_file(self.request.out, job.id, page_id)),
        }

    def _settled(self, waiting: _Open, page: tuple[str, int, str]) -> bool:
        """Whether the journal knows that this page needs nothing more; counts it if so."""
        file, index, page_id = page
        row = self._journal.get(f"{waiting.job.id}/{page_id}")
        if row is None or self.request.force or self.request.verify or self.request.source == "text":
            return False
        if self.request.redo(row):
            self._picked.add(row.key)
            return False
        if not store.page_stored(self.request.out / waiting.job.id, page_id):
            return False
        result = rows.known_result(row, self._base, file, index)
        if result is not None:
            self._count_page(waiting, result)
        return result is not None

    def _take(self, receipt: Receipt) -> None:
        self.outcome.peak_mb = max(self.outcome.peak_mb, receipt.peak_mb)
        if receipt.failure is not None and receipt.failure.reason in ("stopped", "disk"):
            # not its fault: it stays to be done
            if receipt.failure.reason == "disk":
                self._disk_failed(receipt.failure.message)
            return
        if receipt.unit.kind == "page":
            self._take_page(receipt)
        else:
            self._take_issue(receipt)

    def _take_page(self, receipt: Receipt) -> None:
        file, index, page_id = receipt.unit.payload["ref"]
        receipt = rows.named(receipt)
        waiting = self._open[receipt.unit.payload["issue"]]
        waiting.seconds += receipt.seconds
        waiting.changed |= not receipt.value.get("unchanged", False)
        self._picked.discard(receipt.unit.key)
        if receipt.failure is not None:
            self._set_aside(waiting.job, file, index, page_id, receipt.failure)
        self._count_page(waiting, rows.page_result(receipt))
        if not receipt.value.get("kept"):
            self._note(rows.page_row(receipt, self._base, self._journal.get(receipt.unit.key)))
        waiting.waiting.discard(page_id)
        if not waiting.waiting:
            self._pump.ready.extend(self._assembly(waiting))
        self._perhaps_stop(receipt.failure)

    def _set_aside(self, job: Job, file: str, index: int, page_id: str, failure: Failure) -> None:
        """Store the failed page, so that it stands in its place with its reason."""
        gap = Page(page_id, 0, 0, source=SourceImage(Path(file).name, page=index + 1), failed=failure.problem)
        receipt = {
            "work_key": "",
            "state": "failed",
            "reason": failure.reason,
            "message": failure.problem,
            "exit_code": failure.exit_code,
            "summary": {},
        }
        try:
            store.write_page(self.request.out / job.id, gap, receipt)
        except OSError as error:
            self._disk_failed(str(error))

    def _assembly(self, waiting: _Open) -> Iterator[Unit]:
        """The unit that makes the issue's files, if any page was read."""
        job = waiting.job
        if len(waiting.failed) == len(job.pages):
            first = waiting.failed[min(waiting.failed)]
            failed = tuple(sorted(waiting.failed))
            self._close(waiting, IssueResult(job.id, job.input, len(job.pages), failed, failure=first))
            return
        payload = {
            "id": job.id,
            "folder": str(self.request.out / job.id),
            "pages": [page_id for _, _, page_id in job.pages],
            "pictures": str(store.pictures_folder(self.request.out, job.id)),
            "refs": [list(page) for page in job.pages] if self.request.source == "scan" else [],
            "metadata": job.metadata,
            "config": self._tables,
            "force": self.request.force,
            "publish": self.request.publish,
        }
        yield Unit(job.id, "issue", payload, max(1.0, _ASSEMBLY_WEIGHT * len(job.pages)))

    def _take_issue(self, receipt: Receipt) -> None:
        waiting = self._open[receipt.unit.key]
        if receipt.failure is not None:
            self.outcome.add_failure(receipt.failure)
        value = receipt.value
        result = IssueResult(
            waiting.job.id,
            waiting.job.input,
            len(waiting.job.pages),
            tuple(sorted(waiting.failed)),
            value.get("items", 0),
            tuple(value.get("outputs", ())),
            bool(value.get("unchanged")) and not waiting.changed,
            receipt.failure,
            round(waiting.seconds + receipt.seconds, 3),
        )
        self._close(waiting, result, receipt)

    def _close(self, waiting: _Open, result: IssueResult, receipt: Receipt | None = None) -> None:
        state = "failed" if result.failure else "unchanged" if result.unchanged else "done"
        self.outcome.issues[state] += 1
        self._note(rows.issue_row(result, receipt))
        self._progress.issue(result)
        del self._open[result.id]

    # Counting and stopping

    def _count_page(self, waiting: _Open, result: PageResult) -> None:
        if result.failure is not None:
            waiting.failed[result.key.rpartition("/")[2]] = result.failure
            self.outcome.add_failure(result.failure)
        self.outcome.pages[result.state] += 1
        self._progress.page(result)

    def _note(self, row: Row) -> None:
        try:
            known = self._journal.of_issue(row.issue) if row.kind == "issue" else []
            doubts = odds_of([one for one in known if one.key != row.key] + [row])
            self._journal.put([replace(row, run=self._number)], doubts)
        except sqlite3.OperationalError as error:
            self._journal_failed(error)

    def _journal_failed(self, error: sqlite3.Error) -> None:
        self._disk_failed(f"the journal cannot be written ({error})")

    def _disk_failed(self, message: str) -> None:
        """Results cannot be written: to go on would only lose more."""
        if self.outcome.stop is None:
            self.outcome.stop = "disk"
            self._progress.trouble(f"{message}; make room, then give the same command again")

    def _perhaps_stop(self, failure: Failure | None) -> None:
        batch = self.request.config.batch
        if failure is None or self.outcome.stop:
            return
        tried = self.outcome.pages["done"] + self.outcome.pages["failed"]
        if batch.on_page_error == "abort":
            self.outcome.stop = "page-error"
        elif tried >= batch.max_failed_after and self.outcome.failed_share > batch.max_failed:
            self.outcome.stop = "max-failed"


def _resolved(path: str | Path) -> Path:
    """The path with links followed, also where they lead in a circle."""
    return Path(os.path.realpath(path))
