"""The run: inputs -> issues -> pages -> issues again, over any engine.

The main thread feeds the engine and takes its receipts; it alone writes the journal. Pages come back in
any order and are filed by their place, so the result does not depend on who was quicker. An issue is
assembled when its last page has come; a page that failed stays in it as a gap with its reason.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from layout import __version__
from layout.batch import keys, store
from layout.batch.failures import PASSING
from layout.batch.finding import find_jobs
from layout.batch.jobs import Job, Pages, Refused, Shard
from layout.batch.journal import Journal, Row
from layout.batch.outcome import IssueResult, Outcome, PageResult
from layout.batch.progress import Progress
from layout.batch.pump import Pump
from layout.batch.remote import FETCHED, is_address
from layout.batch.stop import Stop
from layout.batch.unit import Engine, Failure, Receipt, Unit
from layout.config import Config, to_tables
from layout.document import Page, SourceImage
from layout.errors import printable

#: A page costs the assembling of its issue about this share of what reading it may cost.
_ASSEMBLY_WEIGHT = 0.25


@dataclass(frozen=True)
class Request:
    """What is asked of a run.

    ``redo`` picks units to do again although they are done or set aside; ``issues`` restricts the run to
    these ids; ``verify`` takes all checksums again instead of believing the journal. With ``source`` text
    the inputs are pages that have been read: of an earlier run, or ALTO, PAGE and hOCR files. With
    ``remote`` an input may be an address of object storage; ``publish`` is one where finished issues are put
    up.
    """

    inputs: tuple[str, ...]
    out: Path
    config: Config
    pages: Pages = Pages()
    shard: Shard | None = None
    force: bool = False
    redo: Callable[[Row], bool] = lambda row: False
    issues: frozenset[str] | None = None
    source: Literal["scan", "text"] = "scan"
    verify: bool = False
    remote: bool = False
    publish: str | None = None


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
        self._number = self._journal.begin(__version__, self._tables, self._asked())
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
            if request.shard is None or request.shard.has(one.input):
                self._refuse(one)
        chosen = (
            request.pages.of(job)
            for job in found.jobs
            if (request.issues is None or job.id in request.issues)
            and (request.shard is None or request.shard.has(job.id))
        )
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
        self._note(self._row(Row(f"input:{refused.input}", "input", ""), refused.failure))

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
        same = row.base == self._base and (row.file, row.number) == (file, index + 1)
        stored = store.page_stored(self.request.out / waiting.job.id, page_id)
        if not same or not stored or _stamp(file) != (row.size, row.changed):
            return False
        if row.state == "failed" and row.reason not in PASSING:
            failure = Failure(row.reason or "error", row.message or "", row.message or "", _code(row))
            self._count_page(waiting, PageResult(row.key, "failed", failure))
            return True
        if row.state == "done":
            self._count_page(waiting, PageResult(row.key, "unchanged"))
            return True
        return False

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
        receipt = _named(receipt, file, index)
        waiting = self._open[receipt.unit.payload["issue"]]
        waiting.seconds += receipt.seconds
        waiting.changed |= not receipt.value.get("unchanged", False)
        self._picked.discard(receipt.unit.key)
        if receipt.failure is not None:
            self._set_aside(waiting.job, file, index, page_id, receipt.failure)
        self._count_page(waiting, _page_result(receipt))
        if not receipt.value.get("kept"):
            self._note_page(receipt, waiting.job, page_id, file, index)
        waiting.waiting.discard(page_id)
        if not waiting.waiting:
            self._pump.ready.extend(self._assembly(waiting))
        self._perhaps_stop(receipt.failure)

    def _note_page(self, receipt: Receipt, job: Job, page_id: str, file: str, index: int) -> None:
        size, changed = _stamp(file)
        row = Row(
            receipt.unit.key,
            "page",
            job.id,
            page_id,
            file,
            index + 1,
            size,
            changed,
            self._base,
            receipt.value.get("work_key"),
            confidence=receipt.value.get("confidence"),
            megapixels=receipt.value.get("megapixels"),
            summary=_summary(receipt.value),
        )
        before = self._journal.get(row.key) if receipt.value.get("unchanged") else None
        row = self._row(row, receipt.failure, receipt)
        if before is not None:  # it was only looked at; what it cost is known from then
            row = replace(row, tries=before.tries, seconds=before.seconds, peak_mb=before.peak_mb)
        self._note(row)

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
        row = Row(
            result.id,
            "issue",
            result.id,
            file=result.input,
            number=result.pages,
            work_key=receipt.value.get("work_key") if receipt else None,
            summary=_summary(receipt.value) if receipt else None,
        )
        self._note(self._row(row, result.failure, receipt))
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
            self._journal.put([row])
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

    def _row(self, row: Row, failure: Failure | None, receipt: Receipt | None = None) -> Row:
        known = {name: getattr(row, name) for name in Row.__dataclass_fields__}
        known |= {
            "state": "failed" if failure else "done",
            "reason": failure.reason if failure else None,
            "message": failure.message if failure else None,
            "run": self._number,
            "ended": time.time(),
        }
        if receipt is not None:
            known |= {"tries": receipt.tries, "seconds": receipt.seconds, "peak_mb": receipt.peak_mb}
        return Row(**known)

    def _asked(self) -> dict[str, Any]:
        """The request as plain values, for `retry`."""
        return {
            "source": self.request.source,
            "inputs": absolute(self.request.inputs, self.request.remote),
            "remote": self.request.remote,
            "publish": self.request.publish,
            "pages": [list(pair) for pair in self.request.pages.ranges],
            "shard": [shard.number, shard.count] if (shard := self.request.shard) else None,
        }


def absolute(names: Iterable[str], remote: bool) -> list[str]:
    """Inputs as any folder can name them; addresses of object storage as they are."""
    return [name if remote and is_address(name) else str(Path(name).absolute()) for name in names]


def _resolved(path: str | Path) -> Path:
    """The path with links followed, also where they lead in a circle."""
    return Path(os.path.realpath(path))


def _named(receipt: Receipt, file: str, index: int) -> Receipt:
    """The receipt with file and page in its message, where what failed could not know them."""
    failure = receipt.failure
    place = printable(file)
    if failure is None or place in failure.message or failure.reason == "disk":
        return receipt
    told = replace(failure, message=f"{place}, page {index + 1}: {failure.message}")
    return replace(receipt, failure=told)


def _page_result(receipt: Receipt) -> PageResult:
    gap = receipt.value.get("gap")
    failure = receipt.failure or (Failure(**gap) if gap else None)
    if failure is None and receipt.value["unchanged"]:
        return PageResult(receipt.unit.key, "unchanged")
    state: Literal["done", "failed"] = "failed" if failure else "done"
    cost = (receipt.seconds, receipt.peak_mb, receipt.tries)
    return PageResult(receipt.unit.key, state, failure, *cost)


def _stamp(file: str) -> tuple[int | None, int | None]:
    """Size and time of change of a file: while they stay, its checksum need not be taken again."""
    try:
        status = Path(file).stat()
    except OSError:
        return None, None
    return status.st_size, status.st_mtime_ns


def _code(row: Row) -> int:
    return {"input": 2, "encrypted": 8, "output": 4, "error": 15}.get(row.reason or "", 7)


def _summary(value: dict[str, Any]) -> str | None:
    """What a leaf said of a page or issue, for the report."""
    said = {name: value[name] for name in sorted(value) if name not in _NOT_SAID}
    return json.dumps(said, ensure_ascii=False) if said else None


_NOT_SAID = frozenset({"work_key", "unchanged", "kept", "state", "gap"})
