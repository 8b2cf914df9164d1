"""Text set in type as it stands in a test: a reader of the test sees the page's lines.

    typeset('''
          An indented line that is
        followed by one that is not.
    ''', x=200, y=400)

A character is `CHAR` wide, a line `PITCH` high; leading spaces move the line in, two of them are a usual
indent; an empty line is white. For text read from right to left the picture is mirrored: the first
character stands at the column's right edge.
"""

from __future__ import annotations

from textwrap import dedent

from layout.document import Box, Direction, Page, Region, RegionKind, TextLine, Word, ids, union

PITCH = 40.0
CHAR = 14.0
INK = 28.0
WIDTH = 2400.0
HEIGHT = 3600.0


def typeset(
    picture: str,
    x: float = 200.0,
    y: float = 400.0,
    kind: RegionKind | str = RegionKind.PARAGRAPH,
    size: float = 1.0,
    direction: Direction = Direction.LTR,
    drift: float = 0.0,
) -> Region:
    """A region of these lines, its top left corner (reading frame) at x, y; ``drift`` px a line sideways."""
    lines: list[TextLine] = []
    for number, row in enumerate(dedent(picture).strip("\n").split("\n")):
        if row.strip():
            top = y + number * PITCH * size
            left = x + number * drift
            lines.append(_line(row, f"l{y:.0f}_{x:.0f}_{number}", left, top, size, direction))
    return Region(
        "", RegionKind(kind), union(line.box for line in lines), lines=tuple(lines), direction=direction
    )


def _line(row: str, name: str, x: float, y: float, size: float, direction: Direction) -> TextLine:
    char, ink, pitch = CHAR * size, INK * size, PITCH * size
    words: list[Word] = []
    at = 0
    for word in row.split(" "):
        if word:
            x0, x1 = x + at * char, x + (at + len(word)) * char
            if direction is Direction.RTL:
                x0, x1 = WIDTH - x1, WIDTH - x0
            box = Box(x0, y + (pitch - ink) / 2, x1, y + (pitch + ink) / 2)
            words.append(Word(f"{name}_w{len(words)}", word, box))
        at += len(word) + 1
    box = union(word.box for word in words)
    base = y + (pitch - ink) / 2 + 0.75 * ink
    return TextLine(name, box, tuple(words), baseline=((box.x0, base), (box.x1, base)), direction=direction)


def picture(x: float, y: float, width: float, height: float, direction: Direction = Direction.LTR) -> Region:
    """An image in the reading frame."""
    return Region("", RegionKind.IMAGE, _box(x, y, width, height, direction))


def rule(x: float, y: float, width: float, direction: Direction = Direction.LTR) -> Region:
    """A flat rule in the reading frame."""
    return Region("", RegionKind.SEPARATOR, _box(x, y, width, 4.0, direction))


def _box(x: float, y: float, width: float, height: float, direction: Direction) -> Box:
    x0, x1 = (x, x + width) if direction is Direction.LTR else (WIDTH - x - width, WIDTH - x)
    return Box(x0, y, x1, y + height)


def page_of(*regions: Region, direction: Direction = Direction.LTR, language: str | None = "en") -> Page:
    """A page of these regions, numbered in the order given."""
    numbered = tuple(
        Region(
            ids.region_id("p0001", n),
            r.kind,
            r.box,
            lines=r.lines,
            children=r.children,
            direction=r.direction,
            appearance=r.appearance,
            origin=r.origin,
        )
        for n, r in enumerate(regions, 1)
    )
    return Page("p0001", WIDTH, HEIGHT, regions=numbered, direction=direction, language=language)


def texts(page: Page) -> list[str]:
    """The text of each region, lines joined with a slash, from top to bottom."""
    ordered = sorted((r for r in page.walk() if r.lines), key=lambda r: (r.box.y0, r.box.x0))
    return [" / ".join(line.text for line in region.lines) for region in ordered]


def kinds(page: Page) -> dict[str, str]:
    """First word of each region -> its kind."""
    return {r.lines[0].words[0].text: r.kind.value for r in page.walk() if r.lines}
