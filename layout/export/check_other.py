"""Files that are not XML: the IIIF manifest, JSON Lines, the PDF, the receipt with its checksums."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from layout.export.check_links import sha256
from layout.export.check_model import MANY, Fault

_XYWH = re.compile(r"xywh=(?:pixel:)?(\d+),(\d+),(\d+),(\d+)")

_NAMED = ("Canvas", "Annotation", "AnnotationPage", "Range")

#: Bytes at the end of a PDF in which its end has to be marked.
_TAIL = 2048


def receipt_faults(issue: Path) -> Iterator[Fault]:
    """Outputs that are missing or no longer those that were written."""
    receipt = issue / "receipt.json"
    try:
        outputs = json.loads(receipt.read_bytes()).get("outputs", {})
    except OSError:
        return
    except (ValueError, AttributeError):
        yield Fault(receipt, 0, "is no JSON", "", "run again with --force")
        return
    for name, digest in sorted(outputs.items()):
        path = issue / name
        if not path.is_file():
            yield Fault(path, 0, "is missing", "", "run again with --force")
        elif sha256(path) != digest:
            yield Fault(path, 0, "was changed since it was written", "", "run again with --force")


def other_faults(issue: Path) -> Iterator[Fault]:
    """Faults of manifest, JSON Lines and PDF, where they are there."""
    if (issue / "manifest.json").is_file():
        yield from _manifest(issue / "manifest.json")
    for path in sorted(issue.glob("*.jsonl")):
        yield from _json_lines(path)
    for path in sorted(issue.glob("*.pdf")):
        data = path.read_bytes()
        if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-_TAIL:]:
            yield Fault(path, 0, "is no whole PDF", "", "write it again")


def _manifest(path: Path) -> Iterator[Fault]:
    """A manifest of IIIF Presentation 3: ids once, targets on its canvases, ranges of them."""
    try:
        manifest = json.loads(path.read_bytes())
    except ValueError as error:
        yield Fault(path, 0, f"is no JSON ({error})", "", "write it again")
        return
    if not isinstance(manifest, dict) or manifest.get("type") != "Manifest":
        return
    remedy = "write it again"
    if not re.match(r"https?://", str(manifest.get("id"))):
        yield Fault(path, 0, "the manifest's id is no http address", "", "set base_url and write it again")
    canvases = {
        one.get("id"): (one.get("width") or 0, one.get("height") or 0)
        for one in manifest.get("items", [])
        if isinstance(one, dict)
    }
    problems: list[str] = []
    ids: Counter[str] = Counter()
    for value in _objects(manifest):
        if value.get("type") in _NAMED and "selector" not in value and len(value) > 2:  # 2: a reference
            ids[str(value.get("id"))] += 1
        if value.get("type") == "Annotation" and isinstance(value.get("target"), str):
            problems += _place(value["target"], value["target"], canvases)
        if value.get("type") == "SpecificResource" and isinstance(value.get("source"), dict):
            selector = value.get("selector") or {}
            problems += _place(str(value["source"].get("id")), str(selector.get("value", "")), canvases)
    problems += [f"the id '{id_}' stands {count} times" for id_, count in ids.items() if count > 1]
    for problem in problems[:MANY]:
        yield Fault(path, 0, problem, "", remedy)


def _place(target: str, fragment: str, canvases: dict[Any, tuple[float, float]]) -> Iterator[str]:
    canvas = target.partition("#")[0]
    if canvas not in canvases:
        yield f"'{target}' is on no canvas of the manifest"
        return
    found = _XYWH.search(fragment)
    if found:
        x, y, width, height = map(int, found.groups())
        if x + width > canvases[canvas][0] or y + height > canvases[canvas][1]:
            yield f"'{fragment}' lies outside the canvas '{canvas}'"


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner)


def _json_lines(path: Path) -> Iterator[Fault]:
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").split("\n")[:-1], 1):
        try:
            value = json.loads(line)
        except ValueError:
            value = None
        if not isinstance(value, dict) or "\ufffd" in line:
            yield Fault(path, number, "is no JSON object in UTF-8", "", "write the file again")
