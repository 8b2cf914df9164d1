"""Ground truth of the reference pages as document values, for tests of one stage without the others.

The reference material stands beside the checkout and is not part of the project; a test that needs it
skips with a reason where it is absent.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from layout.document import (
    Box,
    Column,
    Direction,
    Page,
    Region,
    RegionKind,
    SourceImage,
    TextLine,
    Word,
    ids,
    union,
)
from layout.language import language

SHARED = Path(__file__).resolve().parents[2] / "shared"
SYNTHETIC = SHARED / "devset" / "synthetic"

needs_shared = pytest.mark.skipif(
    not SYNTHETIC.is_dir(), reason="the reference pages (../shared/devset) are not here"
)


def truth_files() -> list[Path]:
    """Every truth file of the synthetic set, sorted (clean and scans)."""
    return sorted(path for path in SYNTHETIC.rglob("*.json") if path.stem.startswith(("clean", "scan")))


def load_truth(path: Path) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return truth


def true_page(truth: dict[str, Any], page_id: str = "p0001") -> Page:
    """The page with its true regions and kinds: one region for each column fragment of each block.

    Regions of one block follow each other; a region's id is a fresh one, `block_of` maps it back.
    """
    by_id = {block["id"]: block for block in truth["blocks"]}
    numbers = iter(range(1, 10_000))
    tops = [block for block in truth["blocks"] if not (block.get("parent") and block["parent"] in by_id)]
    regions = tuple(region for block in tops for region in _regions(block, by_id, page_id, numbers))
    image = truth["image"]
    return Page(
        page_id,
        image["width"],
        image["height"],
        dpi=image["dpi"],
        source=SourceImage(image["file"]),
        regions=regions,
        columns=tuple(Column(Box(x0, 0, x1, image["height"])) for x0, x1 in sorted(truth["columns"]["grid"])),
        direction=Direction(truth["dir"]),
        language=truth["lang"],
    )


def given_page(truth: dict[str, Any], page_id: str = "p0001") -> Page:
    """The true page as one that was corrected by hand is read from a file: kinds are told, order is not."""

    def given(region: Region) -> Region:
        return replace(region, origin="import", children=_downwards(map(given, region.children)))

    page = true_page(truth, page_id)
    return replace(page, regions=_downwards(map(given, page.regions)))


def _downwards(regions: Iterable[Region]) -> tuple[Region, ...]:
    return tuple(sorted(regions, key=lambda region: (region.box.y0, region.box.x0)))


def unread_page(truth: dict[str, Any], page_id: str = "p0001") -> Page:
    """The page as geometry and text would hand it to reflow, were they perfect.

    Paragraphs, questions and answers that stand below each other in a column are one PARAGRAPH region;
    display text is HEADLINE, small loose text UNKNOWN, so that paragraphs and roles must be found.
    """
    page = true_page(truth, page_id)
    kinds = {
        **dict.fromkeys(
            (RegionKind.KICKER, RegionKind.SUBHEADLINE, RegionKind.CROSSHEAD, RegionKind.PULL_QUOTE),
            RegionKind.HEADLINE,
        ),
        **dict.fromkeys(
            (
                RegionKind.BYLINE,
                RegionKind.DATELINE,
                RegionKind.CAPTION,
                RegionKind.PAGE_NUMBER,
                RegionKind.RUNNING_HEAD,
                RegionKind.SECTION_LABEL,
                RegionKind.CONTINUATION,
            ),
            RegionKind.UNKNOWN,
        ),
    }
    return replace(page, regions=_merge(page.regions, kinds))


def block_of(truth: dict[str, Any], page: Page) -> dict[str, str]:
    """Region id of `true_page` -> id of the truth's block."""
    flat = [region.id for region in page.walk()]
    blocks: list[str] = []
    by_id = {block["id"]: block for block in truth["blocks"]}

    def walk(block: dict[str, Any]) -> None:
        blocks.extend([block["id"]] * len(block["regions"]))
        for child in block.get("children", []):
            walk(by_id[child])

    for block in truth["blocks"]:
        if not (block.get("parent") and block["parent"] in by_id):
            walk(block)
    return dict(zip(sorted(flat), blocks, strict=True))


def _regions(
    block: dict[str, Any], by_id: dict[str, Any], page_id: str, numbers: Iterator[int]
) -> Iterator[Region]:
    direction = language(block["lang"]).direction
    for index, fragment in enumerate(block["regions"]):
        region_id = ids.region_id(page_id, next(numbers))
        lines = [line for line in block["lines"] if line["region"] == index]
        children = tuple(
            region
            for child in (block.get("children", []) if index == 0 else [])
            for region in _regions(by_id[child], by_id, page_id, numbers)
        )
        yield Region(
            region_id,
            RegionKind(_kind(block)),
            Box(*fragment["bbox"]),
            lines=tuple(
                _line(line, region_id, n, direction, block["lang"]) for n, line in enumerate(lines, 1)
            ),
            children=children,
            polygon=tuple((x, y) for x, y in fragment["polygon"]),
            direction=direction,
            language=block["lang"],
            rotation=(360 - block["rotated"]) % 360,
            column=fragment.get("column"),
        )


def _kind(block: dict[str, Any]) -> str:
    return "crosshead" if block.get("role") == "crosshead" else str(block["type"])


def _line(line: dict[str, Any], region_id: str, number: int, direction: Direction, lang: str) -> TextLine:
    line_id = ids.line_id(region_id, number)
    raw = line.get("raw", line["text"])
    words = tuple(
        Word(ids.word_id(line_id, n), word["text"], Box(*word["bbox"]))
        for n, word in enumerate(line["words"], 1)
    )
    if words and raw.endswith("-") and not words[-1].text.endswith("-"):
        words = (*words[:-1], replace(words[-1], text=words[-1].text + "-"))
    return TextLine(
        line_id,
        Box(*line["bbox"]),
        words,
        baseline=tuple((x, y) for x, y in line["baseline"]),
        direction=direction,
        language=lang,
    )


def _merge(regions: tuple[Region, ...], kinds: dict[RegionKind, RegionKind]) -> tuple[Region, ...]:
    merged: list[Region] = []
    body = (RegionKind.PARAGRAPH, RegionKind.QUESTION, RegionKind.ANSWER)
    for region in regions:
        kind = RegionKind.PARAGRAPH if region.kind in body else kinds.get(region.kind, region.kind)
        region = replace(region, kind=kind, children=_merge(region.children, kinds))
        last = merged[-1] if merged else None
        if (
            last
            and region.kind is RegionKind.PARAGRAPH
            and last.kind is RegionKind.PARAGRAPH
            and region.lines
            and last.lines
            and last.box.overlap_x(region.box) > 0.5 * region.box.width
            and 0 <= region.lines[0].box.y0 - last.lines[-1].box.y0 < 3 * region.lines[0].box.height
        ):
            merged[-1] = replace(
                last, box=union((last.box, region.box)), lines=last.lines + region.lines, polygon=None
            )
        else:
            merged.append(region)
    return tuple(merged)
