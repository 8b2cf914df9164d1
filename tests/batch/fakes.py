"""Tasks of a leaf that does what its input says, for tests of faults.

An input is a text file, each line a page: ``ok TEXT``, ``slow SECONDS``, ``crash``, ``hang``, ``memory``,
``fault``, ``bad``, ``locked``, ``missing``, ``once REASON`` (fails only on the first try).
"""

from __future__ import annotations

import hashlib
import os
import signal
import time
from pathlib import Path
from typing import Any

from layout.batch import keys, store
from layout.document import Page, SourceImage
from layout.errors import DependencyError, EncryptedError, InputError


def engines(payload: dict[str, Any]) -> dict[str, Any]:
    return {"fake": os.environ.get("FAKE_ENGINE", "1")}


def find(payload: dict[str, Any]) -> dict[str, Any]:
    path = Path(payload["path"])
    if not path.is_file():
        raise InputError("there is no such file", file=str(path), remedy="correct the path")
    lines = path.read_text().splitlines()
    if lines[:1] == ["locked"]:
        raise EncryptedError("asks for a password", file=str(path), remedy="remove it")
    if lines[:1] == ["crash at once"]:
        os.kill(os.getpid(), signal.SIGSEGV)
    pages = [[str(path), number, f"p{number + 1:04d}"] for number in range(len(lines))]
    return {"issues": [{"id": path.stem, "input": str(path), "pages": pages, "metadata": {}}]}


def page(payload: dict[str, Any]) -> dict[str, Any]:
    file, index, page_id = payload["ref"]
    folder = Path(payload["folder"])
    line = Path(file).read_text().splitlines()[index]
    work_key = keys.page_key(payload["base"], hashlib.sha256(line.encode()).hexdigest(), index, page_id)
    if not payload["force"] and (done := store.page_done(folder, page_id, work_key)):
        return {"work_key": work_key, "unchanged": True, "state": "done", **done["summary"]}
    with (Path(file).parent / "tries.log").open("a") as log:
        log.write(f"{Path(file).stem}/{page_id}\n")
    word, _, rest = line.partition(" ")
    if word == "once":
        flag = Path(file).with_name(f"{Path(file).stem}-{page_id}.tried")
        word = "ok" if flag.exists() else rest
        flag.touch()
    _ACTIONS[word](rest, file, index)
    made = Page(page_id, 100, 200, source=SourceImage(Path(file).name, page=index + 1), language=rest or None)
    summary = {"confidence": 0.5, "findings": [], "megapixels": 0.02}
    receipt = {"work_key": work_key, "state": "done", "summary": summary}
    store.write_page(folder, made, receipt)
    return {"work_key": work_key, "unchanged": False, "state": "done", **summary}


def issue(payload: dict[str, Any]) -> dict[str, Any]:
    folder = Path(payload["folder"])
    files = {name: store.file_sha256(store.page_file(folder, name)) for name in payload["pages"]}
    work_key = keys.checksum([payload["id"], files])
    if not payload["force"] and (done := store.issue_done(folder, work_key)):
        return {"work_key": work_key, "unchanged": True, **done["summary"]}
    pages = [store.read_page(folder, name) for name in payload["pages"]]
    with store.fresh_folder(folder) as fresh:
        (fresh / "text.txt").write_text("".join(f"{one.failed or one.language}\n" for one in pages))
        outputs = store.publish_folder(fresh, folder, [fresh / "text.txt"])
    summary = {"items": len(pages), "outputs": sorted(outputs), "findings": []}
    receipt = {"work_key": work_key, "outputs": outputs, "summary": summary}
    store.write_json(store.issue_receipt_file(folder), receipt)
    return {"work_key": work_key, "unchanged": False, **summary}


def _crash(rest: str, file: str, index: int) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def _hang(rest: str, file: str, index: int) -> None:
    time.sleep(600)


def _memory(rest: str, file: str, index: int) -> None:
    held = []
    for _ in range(60):  # in large steps: on a busy machine small ones take longer than the page may
        held.append(b"x" * 200_000_000)
        time.sleep(0.02)


def _fault(rest: str, file: str, index: int) -> None:
    raise ValueError("a fault of ours")


def _bad(rest: str, file: str, index: int) -> None:
    raise InputError("the picture is damaged", file=file, page=index + 1, remedy="scan it again")


def _lacking(rest: str, file: str, index: int) -> None:
    raise DependencyError("no language data", remedy="install them")


def _locked(rest: str, file: str, index: int) -> None:
    raise EncryptedError("asks for a password", file=file, page=index + 1, remedy="remove it")


def _missing(rest: str, file: str, index: int) -> None:
    raise InputError("there is no such file", file=file, page=index + 1, remedy="correct the path")


_ACTIONS = {
    "locked": _locked,
    "missing": _missing,
    "ok": lambda *_: None,
    "slow": lambda rest, *_: time.sleep(float(rest)),
    "crash": _crash,
    "hang": _hang,
    "memory": _memory,
    "fault": _fault,
    "bad": _bad,
    "lacking": _lacking,
}

TASKS = {"engines": engines, "find": find, "page": page, "issue": issue}
