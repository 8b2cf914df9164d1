"""Columns of running text, as the column beginnings of a TEI file tell them, given back to the regions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from lxml import etree

from layout.document import RUNNING_TEXT, Column, Issue, Region
from layout.source.xml_input import local_name


def column_beginnings(tei: etree._Element) -> set[str]:
    """The lines before which a column begins."""
    found = set()
    for beginning in tei.iter("{*}cb"):
        line = beginning.getnext()
        if line is not None and local_name(line) == "lb":
            found.add((line.get("facs") or "").removeprefix("#"))
    return found


def in_columns(issue: Issue, beginnings: set[str]) -> Issue:
    """The issue with the column of each region of running text, in the parts that have several.

    It is the page's column that lies under the region where those agree with the beginnings, else they
    are counted in reading order.
    """
    regions, pages = issue.regions(), {page.id: page for page in issue.pages}
    found: dict[str, int] = {}
    for item in issue.items:
        for part in item.parts:
            named = [
                regions[id_]
                for block in part.blocks
                if block.kind in RUNNING_TEXT
                for id_ in block.regions
                if id_ in regions and any(line.words for line in regions[id_].lines)
            ]
            columns = pages[part.page].columns if part.page in pages else ()
            found |= _columns_of(named, columns, beginnings)
    return replace(
        issue,
        pages=tuple(
            replace(page, regions=tuple(_in_column(region, found) for region in page.regions))
            for page in issue.pages
        ),
    )


def _columns_of(named: Sequence[Region], columns: Sequence[Column], beginnings: set[str]) -> dict[str, int]:
    begins = [region.lines[0].id in beginnings for region in named]
    if not any(begins):
        return {}
    first = begins.index(True)  # what stands before it is in no column
    named, begins = named[first:], begins[first:]
    counted, number = [], -1
    for begin in begins:
        number += begin
        counted.append(number)
    if columns:
        lying = [_under(region, columns) for region in named]
        same = all((a != b) == begin for (a, b), begin in zip(pairwise(lying), begins[1:], strict=True))
        counted = lying if same else counted
    return {region.id: column for region, column in zip(named, counted, strict=True)}


def _under(region: Region, columns: Sequence[Column]) -> int:
    """The column that shares most with the region."""
    return max(range(len(columns)), key=lambda n: columns[n].box.overlap_x(region.box))


def _in_column(region: Region, found: Mapping[str, int]) -> Region:
    children = tuple(_in_column(child, found) for child in region.children)
    return replace(region, column=found.get(region.id, region.column), children=children)
