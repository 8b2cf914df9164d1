"""Lines and words in ALTO: spaces between boxes, divided words, readings, confidences."""

from __future__ import annotations

import re

from layout.document import Box, Join, Page, Polygon, Region, TextLine, Word
from layout.export.alto_version import AltoVersion
from layout.export.outline import Outline
from layout.export.xml import Element, child, decimal


def language_code(code: str | None) -> str | None:
    """The code if it is one by xsd:language, else None."""
    return code if code and re.fullmatch(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", code) else None


def numbers(box: Box) -> dict[str, object]:
    """HPOS, VPOS, WIDTH and HEIGHT of a settled box."""
    return {
        "HPOS": int(box.x0),
        "VPOS": int(box.y0),
        "WIDTH": int(box.width),
        "HEIGHT": int(box.height),
    }


def write_shape(parent: Element, polygon: Polygon | None) -> None:
    """The outline, where it is not the box."""
    if polygon:
        points = " ".join(f"{int(x)},{int(y)}" for x, y in polygon)
        child(child(parent, "Shape"), "Polygon", {"POINTS": points})


class AltoText:
    """Writes the text of one page's blocks."""

    def __init__(self, outline: Outline, page: Page, version: AltoVersion) -> None:
        self.outline = outline
        self.page = page
        self.version = version

    def write(self, block: Element, region: Region) -> None:
        """Append the region's lines that have words; ALTO admits no others."""
        for line in region.lines:
            if line.words:
                self._line(block, region, line)

    def _line(self, block: Element, region: Region, line: TextLine) -> None:
        language = language_code(line.language)
        direction = line.direction or region.direction or self.page.direction
        differs = direction is not (region.direction or self.page.direction)
        made = child(
            block,
            "TextLine",
            {
                "ID": line.id,
                **numbers(line.box),
                "BASELINE": self._baseline(line),
                "LANG": language
                if language != language_code(region.language or self.page.language)
                else None,
                "BASEDIRECTION": direction.value if differs and self.version.order else None,
            },
        )
        if self.version.line_shape:
            write_shape(made, line.polygon)
        for number, word in enumerate(line.words):
            if number:
                self._space(made, line.words[number - 1].box, word.box, line.box)
            self._word(made, word, region, line, last=number == len(line.words) - 1)

    def _baseline(self, line: TextLine) -> str | None:
        if not line.baseline:
            return None
        if self.version.baseline_points:
            if len(line.baseline) < 2:
                return None
            return " ".join(f"{int(x)},{int(y)}" for x, y in line.baseline)
        return str(round(sum(y for _, y in line.baseline) / len(line.baseline)))

    def _space(self, line: Element, first: Box, second: Box, limit: Box) -> None:
        """The gap between two words, from the left one's end to the right one's begin; in a turned line,
        where they stand above each other, from the upper one's foot to the lower one's head."""
        upper, lower = sorted((first, second), key=lambda box: (box.y0, box.y1))
        if limit.height > 2 * limit.width and upper.y1 <= lower.y0:
            gap = {
                "HPOS": int(limit.x0),
                "VPOS": int(upper.y1),
                "WIDTH": int(limit.width),
                "HEIGHT": int(lower.y0 - upper.y1),
            }
            child(line, "SP", gap)
            return
        left, right = sorted((first, second), key=lambda box: (box.x0, box.x1))
        child(
            line,
            "SP",
            {
                "HPOS": int(left.x1),
                "VPOS": int(limit.y0),
                "WIDTH": max(0, int(right.x0 - left.x1)),
                "HEIGHT": int(limit.height),
            },
        )

    def _word(self, made: Element, word: Word, region: Region, line: TextLine, *, last: bool) -> None:
        first = self.outline.joins.get(word.id) if last else None
        second = self.outline.joined.get(word.id) if line.words[0] is word else None
        text, hyphen, box, mark = _divide(word, first, rtl=self._rtl(region, line))
        join = first or second
        language = language_code(word.language)
        usual = language_code(line.language or region.language or self.page.language)
        string = child(
            made,
            "String",
            {
                "ID": word.id,
                **numbers(box),
                "CONTENT": text,
                "SUBS_TYPE": None if not join else "HypPart1" if first else "HypPart2",
                "SUBS_CONTENT": join.text if join else None,
                "WC": decimal(word.confidence),
                "LANG": language if language != usual else None,
            },
        )
        if word.normalized:
            reading = word.normalized.removesuffix(hyphen) if hyphen else word.normalized
            if reading != text:
                child(string, "ALTERNATIVE", {"PURPOSE": "normalized"}, reading)
        if hyphen and mark:
            child(made, "HYP", {**numbers(mark), "CONTENT": hyphen})

    def _rtl(self, region: Region, line: TextLine) -> bool:
        return (line.direction or region.direction or self.page.direction).value == "rtl"


def _divide(word: Word, join: Join | None, *, rtl: bool) -> tuple[str, str, Box, Box | None]:
    """A divided word's text without its hyphen, the hyphen, and the boxes of both.

    The hyphen takes its characters' share of the width at the end of the line.
    """
    if not join or not join.hyphen or not word.text.endswith(join.hyphen) or word.text == join.hyphen:
        return word.text, "", word.box, None
    box, size = word.box, len(join.hyphen)
    share = max(1.0, float(round(box.width * size / len(word.text))))
    if box.width <= share:
        return word.text[:-size], join.hyphen, box, box
    cut = box.x0 + share if rtl else box.x1 - share
    left, right = Box(box.x0, box.y0, cut, box.y1), Box(cut, box.y0, box.x1, box.y1)
    return word.text[:-size], join.hyphen, right if rtl else left, left if rtl else right
