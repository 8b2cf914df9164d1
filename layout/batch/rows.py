"""What came of a unit, as a row of the journal and as a line of the outcome."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from layout.batch.failures import PASSING
from layout.batch.jobs import Refused
from layout.batch.journal import Row
from layout.batch.outcome import IssueResult, PageResult
from layout.batch.unit import Failure, Receipt
from layout.errors import printable

#: What a leaf says of a unit that the report does not repeat.
_NOT_SAID = frozenset({"work_key", "unchanged", "kept", "state", "gap"})


def refused_row(refused: Refused) -> Row:
    """An input of which nothing could be made."""
    return _ended(Row(f"input:{refused.input}", "input", ""), refused.failure)


def page_row(receipt: Receipt, base: str, before: Row | None) -> Row:
    """A page that a leaf has read or looked at; ``before`` is what the journal had of it."""
    file, index, page_id = receipt.unit.payload["ref"]
    size, changed = stamp(file)
    row = Row(
        receipt.unit.key,
        "page",
        receipt.unit.payload["issue"],
        page_id,
        file,
        index + 1,
        size,
        changed,
        base,
        receipt.value.get("work_key"),
        confidence=receipt.value.get("confidence"),
        megapixels=receipt.value.get("megapixels"),
        summary=_summary(receipt.value),
    )
    row = _ended(row, receipt.failure, receipt)
    if before is not None and receipt.value.get("unchanged"):  # what it cost is known from then
        row = replace(row, tries=before.tries, seconds=before.seconds, peak_mb=before.peak_mb)
    return row


def issue_row(result: IssueResult, receipt: Receipt | None) -> Row:
    """An issue that has been assembled, or that no page is left of."""
    row = Row(
        result.id,
        "issue",
        result.id,
        file=result.input,
        number=result.pages,
        work_key=receipt.value.get("work_key") if receipt else None,
        summary=_summary(receipt.value) if receipt else None,
    )
    return _ended(row, result.failure, receipt)


def _ended(row: Row, failure: Failure | None, receipt: Receipt | None = None) -> Row:
    row = replace(
        row,
        state="failed" if failure else "done",
        reason=failure.reason if failure else None,
        message=failure.message if failure else None,
        ended=time.time(),
    )
    if receipt is None:
        return row
    return replace(row, tries=receipt.tries, seconds=receipt.seconds, peak_mb=receipt.peak_mb)


def known_result(row: Row, base: str, file: str, index: int) -> PageResult | None:
    """What has come of a page by the journal; None where it has to be looked at again: its file or what it
    is read with is another, or what failed may have passed."""
    same = row.base == base and (row.file, row.number) == (file, index + 1)
    if not same or stamp(file) != (row.size, row.changed):
        return None
    if row.state == "failed" and row.reason not in PASSING:
        failure = Failure(row.reason or "error", row.message or "", row.message or "", _code(row))
        return PageResult(row.key, "failed", failure)
    return PageResult(row.key, "unchanged") if row.state == "done" else None


def page_result(receipt: Receipt) -> PageResult:
    """What has come of a page by its receipt."""
    gap = receipt.value.get("gap")
    failure = receipt.failure or (Failure(**gap) if gap else None)
    if failure is None and receipt.value["unchanged"]:
        return PageResult(receipt.unit.key, "unchanged")
    state: Literal["done", "failed"] = "failed" if failure else "done"
    cost = (receipt.seconds, receipt.peak_mb, receipt.tries)
    return PageResult(receipt.unit.key, state, failure, *cost)


def named(receipt: Receipt) -> Receipt:
    """The receipt of a page with file and page in its message, where what failed could not know them."""
    file, index, _ = receipt.unit.payload["ref"]
    failure, place = receipt.failure, printable(file)
    if failure is None or place in failure.message or failure.reason == "disk":
        return receipt
    told = replace(failure, message=f"{place}, page {index + 1}: {failure.message}")
    return replace(receipt, failure=told)


def stamp(file: str) -> tuple[int | None, int | None]:
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
