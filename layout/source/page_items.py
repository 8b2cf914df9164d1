"""PAGE files that newsreflow wrote -> `Issue`: the pages, and the items that their order and notes tell of.

The notes stand in ``custom`` attributes (`noted.py` says what they mean). Files of other programs give pages
without items.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from layout.document import Issue
from layout.source.noted import Member, NotedPage, issue_of
from layout.source.page_xml import page_in
from layout.source.xml_input import local_name, parse_xml

Element = etree._Element


def read_page_issue(issue_id: str, files: Sequence[Path]) -> Issue:
    """The issue of these PAGE files, each named after its page's id. Raises `InputError`."""
    return issue_of(issue_id, (_noted(path) for path in files))


def _noted(path: Path) -> NotedPage:
    root = parse_xml(path)
    top = root.find("{*}Page/{*}ReadingOrder/*")
    told = root.iterfind("{*}Metadata/{*}UserDefined/{*}UserAttribute")
    links = (
        (relation.find("{*}SourceRegionRef"), relation.get("custom")) for relation in root.iter("{*}Relation")
    )
    return NotedPage(
        page_in(root, path, path.stem),
        tuple(map(_member, top)) if top is not None else (),
        {
            element.get("id") or "": element.get("custom") or ""
            for element in root.iter(etree.Element)
            if local_name(element).endswith(("Region", "Word"))
        },
        tuple((source.get("regionRef") or "", said) for source, said in links if source is not None and said),
        tuple((one.get("name") or "", one.get("value") or "") for one in told),
    )


def _member(element: Element) -> Member:
    name = local_name(element)
    return Member(
        element.get("regionRef"),
        None if name.startswith("RegionRef") else tuple(map(_member, element)),
        not name.startswith("Unordered"),
        element.get("custom"),
        element.get("caption") or None,
    )
