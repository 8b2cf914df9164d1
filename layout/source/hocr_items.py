"""hOCR files that newsreflow wrote -> `Issue`: the pages, and the items that their order and notes tell of.

The notes stand in ``data-note`` attributes and `meta` elements (`noted.py` says what they mean), the reading
order in a list behind the page. Files of other programs give pages without items.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from lxml import etree

from layout.document import Issue, ProcessingStep
from layout.source.hocr import page_in, parse_hocr
from layout.source.noted import Member, NotedPage, issue_of
from layout.source.page_custom import note_in

Element = etree._Element

#: How the names of our own ``meta`` begin.
_OWN = "newsreflow:"


def read_hocr_issue(issue_id: str, files: Sequence[Path]) -> Issue:
    """The issue of these hOCR files, each named after its page's id. Raises `InputError`."""
    return issue_of(issue_id, (_noted(path) for path in files))


def _noted(path: Path) -> NotedPage:
    root = parse_hocr(path)
    told = [
        ((meta.get("name") or "").removeprefix(_OWN), meta.get("content") or "")
        for meta in root.iterfind("head/meta")
        if (meta.get("name") or "").startswith(_OWN)
    ]
    order = root.find("body/nav[@class='newsreflow_order']")
    return NotedPage(
        replace(page_in(root, path, path.stem), steps=tuple(_steps(told))),
        tuple(_members(order)) if order is not None else (),
        {str(one.get("id")): str(one.get("data-note")) for one in root.iterfind(".//*[@data-note][@id]")},
        tuple(
            (str(link.get("data-region")), str(link.get("data-note")))
            for link in (order.iterfind("a") if order is not None else ())
        ),
        tuple((name, value) for name, value in told if name != "step"),
    )


def _members(parent: Element) -> Iterator[Member]:
    """The members of the list that stands in an element."""
    for one in parent.iterfind("*/li"):
        inner = one.find("*")
        yield Member(
            one.get("data-region"),
            None if inner is None else tuple(_members(one)),
            inner is None or inner.tag == "ol",
            one.get("data-note"),
            one.get("data-title"),
        )


def _steps(told: Sequence[tuple[str, str]]) -> Iterator[ProcessingStep]:
    """What was done before by which program."""
    for name, value in told:
        known = note_in(value, "step") if name == "step" else None
        if known is not None:
            try:
                settings = tuple((str(key), str(said)) for key, said in json.loads(known["settings"]))
            except (KeyError, ValueError, TypeError):
                settings = ()
            yield ProcessingStep(
                known.get("name", ""),
                known.get("software", ""),
                known.get("version", ""),
                settings,
                known.get("category", "contentGeneration"),
            )
