"""Lines and words in ALTO: spaces between boxes, divided words, readings, confidences."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product, zip_longest

from layout.document import Box, Direction, Join, Page, Polygon, Region, TextLine, Word
from layout.export.alto_version import AltoVersion
from layout.export.outline import Outline
from layout.export.page_markup import Element, Form, as_text, as_value, child
from layout.export.xml import Markup, decimal


def language_code(code: str | None) -> str | None:
    """The code if it is one by xsd:language, else None."""
    return code if code and _is_language(code) else None


@lru_cache(maxsize=256)
def _is_language(code: str) -> bool:
    return re.fullmatch(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", code) is not None


def numbers(box: Box) -> dict[str, str]:
    """HPOS, VPOS, WIDTH and HEIGHT of a settled box."""
    x, y = box.x0, box.y0
    return {
        "HPOS": _whole(x),
        "VPOS": _whole(y),
        "WIDTH": _whole(box.x1 - x),
        "HEIGHT": _whole(box.y1 - y),
    }


def _whole(length: float) -> str:
    return str(int(length))


def write_shape(parent: Element, polygon: Polygon | None, version: AltoVersion) -> None:
    """The outline, where it is not the box."""
    if polygon:
        parent.fill(_SHAPE, (Markup(_points(polygon, version)),))


def _shape() -> Element:
    made = Element("Shape", {})
    made.add("Polygon", {"POINTS": "%s"})
    return made


def _points(points: Polygon, version: AltoVersion) -> str:
    point = "%d,%d" if version.commas else "%d %d"
    return " ".join([point % place for place in points])


class AltoText:
    """Writes the text of one page's blocks."""

    def __init__(self, outline: Outline, page: Page, version: AltoVersion) -> None:
        self.outline = outline
        self.page = page
        self.version = version
        self.language = language_code(page.language)

    def write(self, block: Element, region: Region) -> None:
        """Append the region's lines that have words; ALTO admits no others."""
        usual = language_code(region.language) if region.language else self.language
        for line in region.lines:
            if line.words:
                self._line(block, region, line, usual)

    def _line(self, block: Element, region: Region, line: TextLine, usual: str | None) -> None:
        language = language_code(line.language)
        around = region.direction or self.page.direction
        direction = line.direction or around
        attributes = {"ID": line.id, **numbers(line.box)}
        baseline = self._baseline(line)
        if baseline is not None:
            attributes["BASELINE"] = baseline
        if language and language != usual:
            attributes["LANG"] = language
        if direction is not around and self.version.order:
            attributes["BASEDIRECTION"] = direction.value
        made = block.add("TextLine", attributes)
        if self.version.line_shape:
            write_shape(made, line.polygon, self.version)
        self._words(made, line, language or usual, rtl=direction is Direction.RTL)

    def _words(self, made: Element, line: TextLine, usual: str | None, *, rtl: bool) -> None:
        """The line's words with the spaces between them; ``usual`` is the language declared around."""
        words, limit = line.words, line.box
        upright = limit.height <= 2 * limit.width
        across = (limit.y0, limit.height) if upright else None
        first, second = self.outline.joins.get(words[-1].id), self.outline.joined.get(words[0].id)
        for word, after in zip_longest(words, words[1:]):
            join = first if after is None else None
            other, second = second, None
            if join or other or (word.language and language_code(word.language) not in (None, usual)):
                self._word(made, word, join, other, usual, rtl=rtl)
            else:
                box, sure, reading = word.box, decimal(word.confidence), word.normalized
                x, y = box.x0, box.y0
                made.fill(
                    _STRINGS[sure is not None, reading is not None],
                    (
                        *(as_value(word.id), x, y, box.x1 - x, box.y1 - y, as_value(word.text)),
                        *(() if sure is None else (sure,)),
                        *(() if reading is None else (as_text(reading),)),
                    ),
                )
            if after is not None:
                made.fill(_SPACE, _space(word.box, after.box, limit, across))

    def _baseline(self, line: TextLine) -> str | None:
        if not line.baseline:
            return None
        if self.version.baseline_points:
            if len(line.baseline) < 2:
                return None
            return _points(line.baseline, self.version)
        return str(round(sum(y for _, y in line.baseline) / len(line.baseline)))

    def _word(
        self,
        made: Element,
        word: Word,
        first: Join | None,
        second: Join | None,
        usual: str | None,
        *,
        rtl: bool,
    ) -> None:
        """A word of which more is to be said than of most; ``first`` and ``second``: the divided word that it
        is the first or second part of."""
        text, hyphen, box, mark = _divide(word, first, rtl=rtl) if first else (word.text, "", word.box, None)
        sure, language = decimal(word.confidence), None
        if word.language:
            language = language_code(word.language)
            language = language if language != usual else None
        join = first or second
        attributes = {"ID": word.id, **numbers(box), "CONTENT": text}
        if join:
            attributes["SUBS_TYPE"] = "HypPart1" if first else "HypPart2"
            attributes["SUBS_CONTENT"] = join.text
        if sure is not None:
            attributes["WC"] = sure
        if language:
            attributes["LANG"] = language
        string = made.add("String", attributes)
        if word.normalized:
            reading = word.normalized.removesuffix(hyphen) if hyphen else word.normalized
            if reading != text:
                child(string, "ALTERNATIVE", {"PURPOSE": "normalized"}, reading)
        if hyphen and mark:
            made.add("HYP", {**numbers(mark), "CONTENT": hyphen})


def _space(first: Box, second: Box, limit: Box, across: tuple[float, float] | None) -> tuple[float, ...]:
    """The gap between two words (left, top, width, height), from the left one's end to the right one's begin.

    In a turned line (no ``across``), where they stand above each other, it goes from the upper one's foot to
    the lower one's head.
    """
    if across is None:
        upper, lower = sorted((first, second), key=lambda box: (box.y0, box.y1))
        if upper.y1 <= lower.y0:
            return limit.x0, upper.y1, limit.x1 - limit.x0, lower.y0 - upper.y1
        across = limit.y0, limit.height
    ahead = (first.x0, first.x1) <= (second.x0, second.x1)
    left, right = (first.x1, second.x0) if ahead else (second.x1, first.x0)
    return left, across[0], max(0, right - left), across[1]


def _string(*, sure: bool, respelt: bool) -> Element:
    made = Element("String", {**_PLAIN, "WC": "%s"} if sure else _PLAIN)
    if respelt:
        made.add("ALTERNATIVE", {"PURPOSE": "normalized"}, "%s")
    return made


_SHAPE = Form(_shape())
_PLACE = {"HPOS": "%d", "VPOS": "%d", "WIDTH": "%d", "HEIGHT": "%d"}
_PLAIN = {"ID": "%s", **_PLACE, "CONTENT": "%s"}
_SPACE = Form(Element("SP", _PLACE))

#: The forms of a word: whether it has a confidence, and another reading.
_STRINGS = {
    (sure, respelt): Form(_string(sure=sure, respelt=respelt))
    for sure, respelt in product((False, True), repeat=2)
}


def _divide(word: Word, join: Join | None, *, rtl: bool) -> tuple[str, str, Box, Box | None]:
    """A divided word's text without its hyphen, the hyphen, and the boxes of both.

    The hyphen takes its characters' share of the width at the end of the line.
    """
    if not join or not join.hyphen or not word.text.endswith(join.hyphen) or word.text == join.hyphen:
        return word.text, "", word.box, None
    box, size = word.box, len(join.hyphen)
    text = word.text[:-size].rstrip()
    share = max(1.0, float(round(box.width * size / len(word.text))))
    if box.width <= share:
        return text, join.hyphen, box, box
    cut = box.x0 + share if rtl else box.x1 - share
    left, right = Box(box.x0, box.y0, cut, box.y1), Box(cut, box.y0, box.x1, box.y1)
    return text, join.hyphen, right if rtl else left, left if rtl else right
