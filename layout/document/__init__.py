"""The values that travel through the chain. Standard library only; nothing here computes layout.

One frame for every coordinate: pixels of the page image as delivered, origin top left, x to the
right, y down, floats, boxes half open. Text is NFC in logical order. Confidences are 0..1 or None.
Angles are degrees counter-clockwise. Children do not know their parents.
"""

from __future__ import annotations

from layout.document.geometry import Affine, Box, Point, Polygon, union
from layout.document.issue import (
    Block,
    Float,
    Issue,
    Item,
    ItemKind,
    Join,
    Metadata,
    Part,
    Target,
)
from layout.document.kinds import (
    CONTAINERS,
    DISPLAY,
    FLOATING,
    RUNNING_MATTER,
    RUNNING_TEXT,
    RegionKind,
)
from layout.document.page import (
    Appearance,
    Column,
    Direction,
    Finding,
    Leaf,
    Page,
    ProcessingStep,
    Region,
    SourceImage,
    TextLine,
    Word,
)
from layout.document.segmentation import LineShape, Segmentation, Shape
from layout.document.text_layer import Glyph, Glyphs, TextLayer

__all__ = [
    "CONTAINERS",
    "DISPLAY",
    "FLOATING",
    "RUNNING_MATTER",
    "RUNNING_TEXT",
    "Affine",
    "Appearance",
    "Block",
    "Box",
    "Column",
    "Direction",
    "Finding",
    "Float",
    "Glyph",
    "Glyphs",
    "Issue",
    "Item",
    "ItemKind",
    "Join",
    "Leaf",
    "LineShape",
    "Metadata",
    "Page",
    "Part",
    "Point",
    "Polygon",
    "ProcessingStep",
    "Region",
    "RegionKind",
    "Segmentation",
    "Shape",
    "SourceImage",
    "Target",
    "TextLayer",
    "TextLine",
    "Word",
    "union",
]
