"""A document written piece by piece has the bytes of the whole, and holds little of it in memory."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from layout.document import Issue
from layout.document.json import dumps, loads
from layout.export import exporter
from layout.export.pieces import Pieces
from layout.export.settings import ExportSettings
from layout.export.tei_indent import indent
from layout.export.xml import child, element
from tests.export.issues import small_issue

SPACE = "https://example.org/ns"


def tree(space: str = "") -> etree._Element:
    root = element(f"{space}TEI", {"n": "<1>"}, nsmap={None: SPACE} if space else None)
    child(child(root, "head"), "p", text="a & b")
    body = child(root, "body", {"type": "x>y"})
    for number in range(3):
        child(child(body, "div", {"n": number}), "p", text="گزارش")
    return root


@pytest.mark.parametrize("pretty", [True, False])
def test_pieces_are_the_whole(pretty: bool) -> None:
    whole = tree(f"{{{SPACE}}}")
    if pretty:
        indent(whole)
    file = io.BytesIO()
    out = Pieces(file, indent if pretty else None, space=SPACE)
    root = tree()
    out.begin(root)
    out.put(root[0])
    out.begin(root[0])
    for _ in range(3):
        out.put(root[0][0])
    out.end()
    out.end()
    assert file.getvalue() == etree.tostring(whole, encoding="UTF-8", xml_declaration=False)


def many_pages(copies: int) -> Issue:
    """The small issue again and again, as one."""
    issue = replace(small_issue(), joins=())
    text = dumps(issue)
    made = []
    for copy in range(copies):
        other = text
        for number in range(9, 0, -1):
            other = other.replace(f"p000{number}", f"p{copy:03d}{number}x")
            other = other.replace(f"i000{number}", f"i{copy:03d}{number}x")
        made.append(loads(Issue, other))
    pages = tuple(page for one in made for page in one.pages)
    return replace(issue, pages=pages, items=tuple(item for one in made for item in one.items))


def test_a_long_issue_does_not_stand_in_memory_as_a_tree(tmp_path: Path) -> None:
    issue = many_pages(60)
    kept: list[int] = []
    put = Pieces.put

    def watched(self: Pieces, made: etree._Element) -> None:
        parent = made.getparent()
        kept.append(len(parent) if parent is not None else 0)
        put(self, made)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Pieces, "put", watched)
        exporter("tei")(ExportSettings()).write(issue, tmp_path)
    assert len(issue.pages) == 180
    assert max(kept) < 30, "no more than the items of a few pages stand side by side"
    surfaces = etree.parse(str(tmp_path / "tei.xml")).findall(".//{*}surface")
    assert [one.get("{http://www.w3.org/XML/1998/namespace}id") for one in surfaces] == [
        page.id for page in issue.pages
    ]
