"""PAGE as OCR-D's core asks for it, where the format allows more."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np
from lxml import etree
from numpy.typing import NDArray

Element = etree._Element
Points = NDArray[np.int32]

#: Groups of a reading order, with an index or without.
_GROUPS = ("OrderedGroup", "OrderedGroupIndexed", "UnorderedGroup", "UnorderedGroupIndexed")


def agreeable(page_xml: bytes) -> bytes:
    """The file without what `ocrd workspace validate` takes amiss."""
    root = etree.fromstring(page_xml)
    _without_frames(root)
    _with_room(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _without_frames(root: Element) -> None:
    """Leave no group that names the region framing its members, which nests them all the same.

    The format admits such groups, but core 3.13 stops at one with a KeyError: it looks for the frame among
    the regions inside it.
    """
    for group in root.iter(*(f"{{*}}{name}" for name in _GROUPS)):
        group.attrib.pop("regionRef", "")


def _with_room(root: Element) -> None:
    """Widen the outlines of lines, then those of regions, then that of the page's print, to the hull of
    themselves and what is in them, where something looks out.

    Outlines of lines lean with the print, boxes of words stand upright, and look out at corners by some
    pixels; core finds an inconsistency in each.
    """
    regions = [node for node in root.iter("{*}*") if etree.QName(node).localname.endswith("Region")]
    for line in root.iter("{*}TextLine"):
        _hold(line, line.iterfind("{*}Word"))
    for region in reversed(regions):  # a region stands before those in it
        _hold(region, region.iterchildren("{*}TextLine", *{node.tag for node in regions}))
    for frame in root.iter("{*}Border", "{*}PrintSpace"):
        _hold(frame, regions)


def _hold(outer: Element, inner: Iterable[Element]) -> None:
    outline = _points(outer)
    parts = [points for node in inner if (points := _points(node)) is not None]
    if outline is None or not parts:
        return
    held = np.concatenate(parts)
    if any(cv2.pointPolygonTest(outline, (float(x), float(y)), False) < 0 for x, y in held):
        hull = cv2.convexHull(np.concatenate((outline, held))).reshape(-1, 2)
        coords = outer.find("{*}Coords")
        assert coords is not None
        coords.set("points", " ".join(f"{x},{y}" for x, y in hull))


def _points(node: Element) -> Points | None:
    coords = node.find("{*}Coords")
    if coords is None:
        return None
    pairs = [pair.split(",") for pair in (coords.get("points") or "").split()]
    return np.array(pairs, np.int32) if pairs else None
