"""What a leaf can do: look at an input, read a page, assemble an issue.

Each task takes and gives plain JSON. What is heavy is imported when a task first needs it, in the
child; the run's own process never opens a file from outside.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from dataclasses import asdict, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layout.batch import keys, remote, store, texts
from layout.batch.doubts import page_doubts
from layout.batch.failures import failure_of
from layout.config import Config, from_tables
from layout.document import Issue, Metadata, Page, RegionKind, Word
from layout.document.json import decode, encode
from layout.errors import AccessError, InputError, LayoutError

if TYPE_CHECKING:
    from layout.geometry.settings import GeometrySettings
    from layout.image import Scan
    from layout.source import IssueInput


def find(payload: dict[str, Any]) -> dict[str, Any]:
    """The issues of one input: ``path``, ``config``, ``source`` -> ``issues``."""
    from layout.source import find_issues

    if payload["source"] == "text":
        return {"issues": [texts.find(Path(payload["path"]))]}

    config, path = _config(payload), Path(payload["path"])
    address = payload["path"] if remote.is_address(payload["path"]) else None
    if address and not payload.get("fetched"):
        remedy = "add --remote to have it fetched"
        raise InputError("is an address and no file", file=address, remedy=remedy)
    if address:
        path = remote.fetch(address, Path(payload["fetched"]))
    issues = [_described(issue) for issue in find_issues(path, config.source)]
    if address:
        issues = [{**one, "input": remote.address_of(Path(one["input"]), path, address)} for one in issues]
    return {"issues": issues}


def engines(payload: dict[str, Any]) -> dict[str, Any]:
    """The engines and language data that pages will be read with, for the work keys."""
    from layout.text import installed
    from layout.text.tessdata import find_tessdata, model_files

    config = _config(payload)
    found: dict[str, Any] = {status.name: status.version for status in installed(config.text)}
    try:
        files = model_files(find_tessdata(config.text.tessdata))
        found["models"] = {name: store.file_sha256(file) for name, file in files.items()}
    except LayoutError:  # pages that need them will say so, one by one
        found["models"] = {}
    return found | _detector(config.geometry)


def _detector(settings: GeometrySettings) -> dict[str, Any]:
    """Checksums of the files of a detector's model, where it has one."""
    _, _, config = (settings.model_config or "").rpartition(":")
    places = [Path(name) for name in (settings.model, config) if name]
    files = [file for place in places for file in (place, *sorted(place.rglob("*"))) if file.is_file()]
    return {"detector": [store.file_sha256(file) for file in files]} if files else {}


def page(payload: dict[str, Any]) -> dict[str, Any]:
    """Read one page and store it: ``ref``, ``folder``, ``config``, ``base``, ``force``, ``source``.

    ``pictures`` and ``thumbnail``: where its picture is put aside for the formats that show it, and a small
    one for the report.
    """
    if payload["source"] == "text":
        return _read_page(payload)
    import cv2

    from layout.geometry import IN_GREY
    from layout.pipeline import keeps_picture, picture_of, read_scan
    from layout.source import PageRef, load_page
    from layout.source.files import sha256_of
    from layout.text.engines import rest

    cv2.setNumThreads(1)
    ref = PageRef.from_json(payload["ref"])
    folder = Path(payload["folder"])
    input_sha = sha256_of(ref.file)
    work_key = keys.page_key(payload["base"], input_sha, ref.index, ref.page_id)
    if not payload["force"] and (done := store.page_done(folder, ref.page_id, work_key)):
        return {"work_key": work_key, "unchanged": True, "state": done["state"], **done["summary"]}
    before = _stamp(ref.file)
    kept = Path(payload["pictures"]) / ref.page_id
    kept.unlink(missing_ok=True)  # of a run that was stopped before the issue was made
    config = _config(payload)
    keep, in_grey = keeps_picture(ref, config), config.geometry.detector in IN_GREY
    scan = load_page(ref, config.source, color=keep or not in_grey)
    picture, small = picture_of(scan) if keep else None, _thumbnail(scan)
    if in_grey:
        scan = replace(scan, color=None)
    made = read_scan(scan, config)
    rest(config.text)
    if _stamp(ref.file) != before:
        problem = "was changed while it was read"
        raise AccessError(
            problem, file=str(ref.file), page=ref.index + 1, remedy="run again when it is whole"
        )
    summary = summary_of(made)
    receipt = {"work_key": work_key, "input": input_sha, "state": "done", "summary": summary}
    store.write_page(folder, made, receipt)
    if picture is not None:
        store.put_aside(kept, picture.data)
    # which pages the report shows is known when the issue is made: each has its small picture (10 kB)
    store.put_aside(Path(payload["thumbnail"]), small)
    return {"work_key": work_key, "unchanged": False, "state": "done", **summary}


def _thumbnail(scan: Scan) -> bytes:
    """A small picture of a page as JPEG."""
    import cv2

    height = max(1, round(scan.height * _THUMBNAIL / scan.width))
    small = cv2.resize(scan.gray, (_THUMBNAIL, height), interpolation=cv2.INTER_AREA)
    return cv2.imencode(".jpg", small)[1].tobytes()


def _read_page(payload: dict[str, Any]) -> dict[str, Any]:
    """Take over a page that has been read."""
    file, _, page_id = payload["ref"]
    folder, path = Path(payload["folder"]), Path(file)
    stored = texts.stored_receipt(path)
    if stored is not None:
        if path != store.page_file(folder, page_id):
            store.write_page(folder, store.read_page(path.parents[1], page_id), stored)
        gap = texts.gap_of(stored)
        return {"unchanged": True, "kept": True, "gap": gap, "state": stored["state"], **stored["summary"]}
    input_sha = store.file_sha256(path)
    work_key = keys.page_key(payload["base"], input_sha, 0, page_id)
    if not payload["force"] and (done := store.page_done(folder, page_id, work_key)):
        return {"work_key": work_key, "unchanged": True, "state": "done", **done["summary"]}
    made = texts.read(path, page_id)
    summary = summary_of(made)
    receipt = {"work_key": work_key, "input": input_sha, "state": "done", "summary": summary}
    store.write_page(folder, made, receipt)
    return {"work_key": work_key, "unchanged": False, "state": "done", **summary}


def issue(payload: dict[str, Any]) -> dict[str, Any]:
    """Make an issue of its finished pages and export it: ``id``, ``folder``, ``pages``, ``metadata``.

    ``refs``: where the pages came from, if they came from scans; ``pictures``: where those of its pages were
    put aside; ``publish``: an address where the issue is put up as well.
    """
    made = _make_issue(payload)
    shutil.rmtree(payload["pictures"], ignore_errors=True)
    if payload.get("publish"):
        remote.put_up(Path(payload["folder"]), f"{payload['publish'].rstrip('/')}/{payload['id']}")
    return made


def _make_issue(payload: dict[str, Any]) -> dict[str, Any]:
    from layout.pipeline import read_issue, write_issue
    from layout.source import PageRef

    config, folder = _config(payload), Path(payload["folder"])
    files = {name: store.file_sha256(store.page_file(folder, name)) for name in payload["pages"]}
    work_key = keys.issue_key(payload["id"], files, payload["metadata"], config)
    if not payload["force"] and (done := store.issue_done(folder, work_key)):
        return {"work_key": work_key, "unchanged": True, **done["summary"]}
    pages = [store.read_page(folder, name) for name in payload["pages"]]
    made = read_issue(payload["id"], pages, decode(Metadata, payload["metadata"]), config)
    with store.fresh_folder(folder) as fresh:
        refs = [PageRef.from_json(ref) for ref in payload.get("refs", ())]
        kept = Path(payload["pictures"])
        outputs = store.publish_folder(fresh, folder, write_issue(made, fresh, config, refs, kept))
    summary = {
        "items": len(made.items),
        "outputs": sorted(outputs),
        "findings": _findings(made),
        "doubts": page_doubts(made),
    }
    store.write_json(
        store.issue_receipt_file(folder),
        {
            "id": payload["id"],
            "metadata": payload["metadata"],
            "outputs": outputs,
            "pages": files,
            "summary": summary,
            "work_key": work_key,
        },
    )
    return {"work_key": work_key, "unchanged": False, **summary}


_THUMBNAIL = 300  # width in pixels
_WITHOUT_TEXT = (RegionKind.SEPARATOR, RegionKind.IMAGE, RegionKind.NOISE, RegionKind.TABLE)

TASKS = {"engines": engines, "find": find, "page": page, "issue": issue}


def summary_of(page: Page) -> dict[str, Any]:
    """What the report says of a page."""
    lines = [line for region in page.walk() for line in region.lines]
    words = [word for line in lines for word in line.words]
    texts_of = [region for region in page.walk() if region.kind not in _WITHOUT_TEXT]
    return {
        "confidence": _confidence(words),
        "findings": [[finding.level, finding.code, finding.message] for finding in page.findings],
        "language": page.language,
        "lines": len(lines),
        "megapixels": round(page.width * page.height / 1e6, 1),
        "regions": sum(1 for region in page.walk() if region.kind is not RegionKind.SEPARATOR),
        "unread": _share(not region.lines and not region.children for region in texts_of),
        "unsure": _unsure(words),
        "words": len(words),
    }


def _unsure(words: list[Word]) -> float:
    """What the words lack in confidence, by their letters; those of a text layer lack nothing."""
    letters = sum(len(word.text) for word in words)
    lacking = sum(len(word.text) * (1 - word.confidence) for word in words if word.confidence is not None)
    return round(lacking / letters, 4) if letters else 0.0


def _share(marks: Iterable[bool]) -> float:
    held = list(marks)
    return round(sum(held) / len(held), 4) if held else 0.0


def _stamp(file: Path) -> tuple[int, int]:
    status = file.stat()
    return status.st_size, status.st_mtime_ns


def _described(issue: IssueInput) -> dict[str, Any]:
    failure = failure_of(issue.problem) if issue.problem else None
    if failure is None and not issue.pages:
        failure = failure_of(InputError("has no pages", file=str(issue.path), remedy="check the file"))
    return {
        "id": issue.issue_id,
        "input": str(issue.path),
        "pages": [ref.to_json() for ref in issue.pages],
        "metadata": encode(issue.metadata),
        **({"failure": asdict(failure)} if failure else {}),
    }


def _confidence(found: list[Word]) -> float | None:
    """Mean confidence of the words that were recognised, by their letters."""
    words = [word for word in found if word.confidence is not None]
    letters = sum(len(word.text) for word in words)
    if not letters:
        return None
    return round(sum(len(word.text) * (word.confidence or 0.0) for word in words) / letters, 4)


def _findings(issue: Issue) -> list[list[str | None]]:
    return [[found.level, found.code, found.message, found.page] for found in issue.findings]


def _config(payload: dict[str, Any]) -> Config:
    return _parsed(json.dumps(payload["config"]))


@lru_cache(maxsize=4)
def _parsed(text: str) -> Config:
    return from_tables(json.loads(text))
