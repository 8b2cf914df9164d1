"""PAGE's reading order as OCR-D's core understands it."""

from __future__ import annotations

from lxml import etree

#: Groups of a reading order, with an index or without.
_GROUPS = ("OrderedGroup", "OrderedGroupIndexed", "UnorderedGroup", "UnorderedGroupIndexed")


def without_frames(page_xml: bytes) -> bytes:
    """The file with no group that names the region framing its members, which nests them all the same.

    The format admits such groups, but `ocrd workspace validate` stops at one with a KeyError (core 3.13): it
    looks for the frame among the regions inside it.
    """
    root = etree.fromstring(page_xml)
    for group in root.iter(*(f"{{*}}{name}" for name in _GROUPS)):
        group.attrib.pop("regionRef", "")
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)
