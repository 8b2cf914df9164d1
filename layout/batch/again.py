"""Working on a folder of an earlier run: what it holds, what failed there, the same request again."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layout.batch import store
from layout.batch.jobs import Pages, Shard
from layout.batch.journal import Journal, Row
from layout.batch.lock import locked
from layout.batch.review import Doubt, most_doubtful, odds_of, ranked
from layout.errors import InputError, UsageError

if TYPE_CHECKING:
    from layout.batch.request import Request
    from layout.config import Config

#: Plain values of a configuration or a request.
Tables = dict[str, Any]
#: Kind, state and reason by which units are counted.
Group = tuple[str, str, str | None]


def is_output(folder: Path) -> bool:
    """Whether a folder holds finished pages of issues."""
    return next(_issue_folders(folder), None) is not None


def stored_issues(path: Path) -> list[str]:
    """The issue folders of an output folder; any other path stands for itself."""
    return [str(folder) for folder in _issue_folders(path)] or [str(path)]


def journal_files(out: Path, file: Path | None = None) -> list[Path]:
    """The journals of an output folder: one, or one for each shard; made again where all are lost."""
    if file is not None and file.is_file():
        return [file]
    found = [] if file else sorted((out / store.STATE).glob("journal*.sqlite"))
    if found:
        return found
    if not is_output(out):
        raise InputError("is no folder of results", file=str(out), remedy="give the folder named with -o")
    rebuild(out, file)
    return [file or out / store.STATE / "journal.sqlite"]


@contextmanager
def _opened(path: Path) -> Iterator[Journal]:
    journal = Journal(path)
    try:
        yield journal
    finally:
        journal.close()


@dataclass(frozen=True)
class Wanted:
    """What `retry` does again.

    What failed (for this ``reason`` alone, where one is given), what was read with a confidence below
    ``below``, what the settings or engines of now would read otherwise (``changed``).
    """

    failed: bool = True
    reason: str | None = None
    below: float | None = None
    changed: bool = False

    def has(self, row: Row) -> bool:
        """Whether a unit is to be done again; what is ``changed`` finds itself in the run."""
        if row.state == "failed":
            return self.failed and self.reason in (None, row.reason, (row.reason or "").partition(":")[0])
        return self.below is not None and row.confidence is not None and row.confidence < self.below


def last_requests(
    out: Path, file: Path | None, wanted: Wanted, adjust: Callable[[Tables], Config]
) -> list[Request]:
    """The requests of the last run, or of each shard's last run, for what is wanted.

    ``adjust`` makes the configuration of the last run's plain values.
    """
    found = []
    for path in journal_files(out, file):
        with _opened(path) as journal:
            last = journal.last_run("scan")
            if last is not None:
                found.append((last, [row for row in journal.rows() if wanted.has(row)]))
    # A refused input has no issue yet: what it gives now is wanted too, whichever shard that is of.
    every = wanted.changed or any(row.kind == "input" for _, picked in found for row in picked)
    requests = [_request(out, last, picked, wanted, adjust(last["config"]), every) for last, picked in found]
    busy = [request for request in requests if request.issues is None or request.issues]
    requests = busy or requests[:1]
    if not requests:
        problem = "the inputs of the last run are not known"
        raise UsageError(problem, file=str(out), remedy="use 'newsreflow run' again")
    return requests


def _request(
    out: Path, last: Tables, picked: list[Row], wanted: Wanted, config: Config, every: bool
) -> Request:
    # it loads every step's settings, which status and review can do without
    from layout.batch.request import Request

    asked = last["request"]
    issues = frozenset(row.issue for row in picked if row.kind != "input")
    return Request(
        tuple(asked["inputs"]),
        out,
        config,
        pages=Pages(tuple((first, last) for first, last in asked["pages"])),
        shard=Shard(*asked["shard"]) if asked.get("shard") else None,
        redo=wanted.has,
        issues=None if every else issues,
        remote=bool(asked.get("remote")),
        publish=asked.get("publish"),
    )


def status_lines(out: Path, file: Path | None = None) -> Iterator[str]:
    """What a person wants to know of a folder; the shards' counts are added up."""
    counts: Counter[Group] = Counter()
    ends = []
    for path in journal_files(out, file):
        with _opened(path) as journal:
            counts.update(journal.counts())
            name = path.stem.removeprefix("journal").replace("-of-", "/")
            ends += [f"last run{name.replace('-', ' of shard ', 1)}: {end}" for end in _last(journal)]
    yield from _status(counts)
    yield from ends


def review_lines(out: Path, file: Path | None, as_csv: bool, top: int) -> Iterator[str]:
    """The most doubtful pages for a person, or all of them as CSV."""
    pages: list[Doubt] = []
    for path in journal_files(out, file):
        with _opened(path) as journal:
            found = ranked(journal, None if as_csv else top)
            if not found and any(unit[:2] == ("page", "done") for unit in journal.counts()):
                raise InputError(
                    "the journal is of an older version and does not say how doubtful the pages are",
                    file=str(path),
                    remedy=f"newsreflow journal rebuild {out}",
                )
            pages += found
    pages.sort(key=most_doubtful)
    if not as_csv:
        for page in pages[:top]:
            yield f"{100 * page.probability:3.0f} %  {page.key}  {'; '.join(page.reasons)}".rstrip()
        return
    yield _csv("page", "probability", "confidence", "reasons")
    for page in pages:
        yield _csv(page.key, f"{page.probability:.4f}", page.confidence, "; ".join(page.reasons))


def _csv(*values: object) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="").writerow(values)
    return stream.getvalue()


def rebuild(out: Path, file: Path | None = None) -> int:
    """Make the journal again from the receipts; the number of units. Times and tries are lost."""
    if not is_output(out):
        raise InputError("holds no finished pages", file=str(out), remedy="give the folder of a run")
    with locked(out):
        journal = Journal.of(out) if file is None else Journal(file)
        count = 0
        for folder in _issue_folders(out):
            rows = list(_rows(folder))
            journal.put(rows, odds_of(rows))
            count += len(rows)
        journal.close()
    return count


def _issue_folders(out: Path) -> Iterator[Path]:
    for candidate in (out, *(sorted(out.iterdir()) if out.is_dir() else ())):
        if (candidate / "pages").is_dir() and (candidate / "receipts").is_dir():
            yield candidate


def _rows(folder: Path) -> Iterator[Row]:
    for path in sorted((folder / "receipts").glob("*.json")):
        receipt = store.read_json(path)
        if receipt is not None:
            summary = receipt.get("summary", {})
            yield Row(
                f"{folder.name}/{path.stem}",
                "page",
                folder.name,
                path.stem,
                work_key=receipt.get("work_key"),
                state=receipt.get("state", "done"),
                reason=receipt.get("reason"),
                message=receipt.get("message"),
                confidence=summary.get("confidence"),
                megapixels=summary.get("megapixels"),
                summary=json.dumps(summary, ensure_ascii=False),
            )
    issue = store.read_json(store.issue_receipt_file(folder))
    if issue is not None:
        pages = len(issue.get("pages", {}))
        yield Row(
            folder.name,
            "issue",
            folder.name,
            number=pages,
            work_key=issue["work_key"],
            state="done",
            summary=json.dumps(issue.get("summary", {}), ensure_ascii=False),
        )


def _status(counts: Counter[Group]) -> Iterator[str]:
    for kind in ("issue", "page"):
        states: Counter[str] = Counter()
        for (of, state, _), count in counts.items():
            if of == kind:
                states[state] += count
        said = ", ".join(f"{count} {state}" for state, count in sorted(states.items())) or "none"
        yield f"{kind}s: {said}"
    for (kind, state, reason), count in sorted(counts.items(), key=str):
        if state == "failed" and kind != "issue":
            yield f"failed: {count} {kind}{'s' * (count != 1)}: {reason}"


def _last(journal: Journal) -> Iterator[str]:
    last = journal.last_run()
    if last is not None:
        began = datetime.fromtimestamp(last["started"], UTC).strftime("%Y-%m-%d %H:%M UTC")
        ended = "has not ended (or was killed)" if last["ended"] is None else f"ended with {last['exit']}"
        yield f"{began}, {ended}"
