"""The head of an ALTO file: what was done, which tags the blocks carry, in which order they are read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from layout.document import Item, Page, ProcessingStep, Region, RegionKind
from layout.export.alto_version import AltoVersion
from layout.export.outline import Group
from layout.export.page_markup import Element, child
from layout.export.xml import time_stamp

K = RegionKind

DESCRIPTIONS = {
    K.MASTHEAD: "Title of the newspaper",
    K.IMPRINT: "Publisher, address and terms of the newspaper",
    K.SECTION_LABEL: "Name of the section",
    K.RUNNING_HEAD: "Running title, date or number of the issue",
    K.PAGE_NUMBER: "Printed page number",
    K.KICKER: "Line over a headline",
    K.HEADLINE: "Headline of an item",
    K.SUBHEADLINE: "Line under a headline",
    K.BYLINE: "Line naming author, reporter or interviewee",
    K.DATELINE: "Place and date of a report",
    K.LEAD: "Opening paragraph, set apart",
    K.PARAGRAPH: "Running text of an item",
    K.QUESTION: "Turn of the interviewer",
    K.ANSWER: "Turn of the interviewee",
    K.CROSSHEAD: "Heading inside the text",
    K.PULL_QUOTE: "Repeats a passage of the item; not part of the running text",
    K.SIDEBAR: "Box beside the running text",
    K.IMAGE: "Photograph, drawing or other picture",
    K.CAPTION: "Caption of an image",
    K.PHOTO_CREDIT: "Maker of an image",
    K.TABLE: "Table",
    K.TABLE_CELL: "Cell of a table",
    K.ADVERTISEMENT: "Advertisement",
    K.DEATH_NOTICE: "Death notice",
    K.VERSE: "Verse",
    K.FOOTNOTE: "Footnote",
    K.CONTINUATION: "Notice that the item continues on, or from, another page",
    K.SEPARATOR: "Rule between items",
    K.NOISE: "Dirt or damage",
    K.UNKNOWN: "Not classified",
}

_CATEGORIES = ("contentGeneration", "contentModification", "preOperation", "postOperation", "other")


def write_processing(description: Element, page: Page, version: AltoVersion) -> None:
    """The page's processing steps, in the form the version has for them."""
    if version.processing:
        for number, step in enumerate(page.steps, 1):
            made = child(description, "Processing", {"ID": f"PR_{number}"})
            category = step.category if step.category in _CATEGORIES else "other"
            child(made, "processingCategory", text=category)
            _step(made, step)
    elif page.steps:
        main = next((i for i, step in enumerate(page.steps) if step.category == _CATEGORIES[0]), 0)
        made = child(description, "OCRProcessing", {"ID": "PR_1"})
        for number, step in enumerate(page.steps):
            before, after = "preProcessingStep", "postProcessingStep"
            name = before if number < main else after if number > main else "ocrProcessingStep"
            _step(child(made, name), step)


def _step(made: Element, step: ProcessingStep) -> None:
    when = time_stamp()
    if when:
        child(made, "processingDateTime", text=when)
    child(made, "processingStepDescription", text=step.name)
    if step.settings:
        settings = json.dumps(dict(step.settings), ensure_ascii=False)
        child(made, "processingStepSettings", text=settings)
    software = child(made, "processingSoftware")
    child(software, "softwareName", text=step.software)
    child(software, "softwareVersion", text=step.version)


def write_tags(
    root: Element, page: Page, items: Iterable[Item], reading: Sequence[Region | Group], version: AltoVersion
) -> None:
    """Tags for the kinds, items and containers that the page has."""
    regions = list(page.walk())
    if not regions:
        return
    tags = child(root, "Tags")
    for kind in sorted({region.kind for region in regions}):
        _tag(tags, f"ST_{kind}", "region", kind, DESCRIPTIONS.get(kind))
    for item in items:
        kind_of_item = "article" if item.kind in ("article", "sidebar") else item.kind.value
        text = f"Blocks of one {item.kind.value}; LABEL is its id in the issue"
        _tag(tags, f"IT_{item.id}", kind_of_item, item.id, text)
    for region in regions:
        if region.children:
            text = "Blocks that stand in this block; LABEL is its ID"
            _tag(tags, f"CO_{region.id}", "container", region.id, text)
    if version.order and any(_floats(member) for member in reading):
        text = "Blocks beside the running text, in no fixed position of it"
        _tag(tags, "GT_float", "group", "float", text)


def _tag(tags: Element, id_: str, kind: str, label: str, description: str | None) -> None:
    attributes = {"ID": id_, "TYPE": kind, "LABEL": label, "DESCRIPTION": description}
    child(tags, "StructureTag", attributes)


def _floats(member: Region | Group) -> bool:
    return isinstance(member, Group) and (not member.ordered or any(map(_floats, member.members)))


def write_order(root: Element, page: Page, reading: Sequence[Region | Group]) -> None:
    """`ReadingOrder`: one ordered group for the page, one in it for each item."""
    if not reading:
        return
    top = child(child(root, "ReadingOrder"), "OrderedGroup", {"ID": f"{page.id}_ro"})
    counter = iter(range(1, 1_000_000))
    for member in reading:
        _order(top, page.id, member, counter)


def _order(parent: Element, page: str, member: Region | Group, counter: Iterator[int]) -> None:
    if isinstance(member, Group) and not member.members:  # the schema admits no empty group
        if member.head is None:
            return
        member = member.head
    if isinstance(member, Region):
        child(parent, "ElementRef", {"ID": f"{page}_ro_{next(counter):03d}", "REF": member.id})
        return
    tag = f"IT_{member.entry.item.id}" if member.entry else None if member.ordered else "GT_float"
    made = child(
        parent,
        "OrderedGroup" if member.ordered else "UnorderedGroup",
        {"ID": member.id, "TAGREFS": tag, "REF": member.head.id if member.head else None},
    )
    for inner in member.members:
        _order(made, page, inner, counter)


def tags_of(region: Region, items: Mapping[str, Item], containers: Mapping[str, Region]) -> str:
    """TAGREFS of a block: its kind first, then its item and the box it stands in."""
    tags = [f"ST_{region.kind}"]
    if region.id in items:
        tags.append(f"IT_{items[region.id].id}")
    if region.id in containers:
        tags.append(f"CO_{containers[region.id].id}")
    return " ".join(tags)
