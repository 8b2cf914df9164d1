"""Places, texts and words in PAGE."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

from layout.document import Box, Join, Polygon, TextLine, Word
from layout.export.page_custom import join_note, language_note, reading_note
from layout.export.page_markup import Element, Form, as_text, as_value
from layout.export.page_table import name_of_language
from layout.export.xml import Markup, decimal


def write_coords(parent: Element, box: Box, polygon: Polygon | None, confidence: float | None) -> None:
    """`Coords`: the outline, or the box where there is none."""
    sure = decimal(confidence)
    if polygon is None and sure is None:
        parent.fill(_CORNERS, _corners_of(box))
    elif sure is None:
        parent.fill(_COORDS, (_points(polygon or box.polygon),))
    else:
        parent.fill(_SURE_COORDS, (_points(polygon or box.polygon), sure))


def write_baseline(parent: Element, line: TextLine) -> None:
    """`Baseline`, of which the schema asks two points."""
    if len(line.baseline) > 1:
        parent.fill(_BASELINE, (_points(line.baseline),))


def _points(points: Polygon) -> Markup:
    return Markup(" ".join([f"{int(x)},{int(y)}" for x, y in points]))


def _corners_of(box: Box) -> tuple[float, ...]:
    return box.x0, box.y0, box.x1, box.y0, box.x1, box.y1, box.x0, box.y1


def write_text(parent: Element, text: str, normalized: str, confidence: float | None = None) -> None:
    """A settled text, and its other reading where it has one."""
    sure = decimal(confidence)
    if sure is None:
        parent.fill(_TEXT, (as_text(text),))
    else:
        parent.fill(_SURE_TEXT, (sure, as_text(text)))
    if normalized != text:
        parent.fill(_NORMALIZED, (as_text(normalized),))


def write_words(parent: Element, words: Sequence[Word], joins: Mapping[str, Join], usual: str | None) -> None:
    """The words of a line; ``joins`` by the id of the word that is the first part; ``usual``: the language
    around them."""
    for word in words:
        box, sure = word.box, decimal(word.confidence)
        x0, y0, x1, y1 = box.x0, box.y0, box.x1, box.y1
        foreign = word.language if word.language != usual else None
        said: tuple[Markup, ...] = ()
        named = noted = False
        if foreign or word.normalized or word.id in joins:
            name, note = name_of_language(foreign), _note(word, joins.get(word.id), foreign)
            named, noted = name is not None, bool(note)
            said = tuple(as_value(one) for one in (name, note) if one)
        form = _WORDS[named, noted, sure is not None]
        known = () if sure is None else (sure,)
        place = (x0, y0, x1, y0, x1, y1, x0, y1)
        parent.fill(form, (as_value(word.id), *said, *place, *known, as_text(word.text)))


def _note(word: Word, join: Join | None, foreign: str | None) -> str:
    """What PAGE has no attribute for."""
    said = [language_note(foreign), join_note(join) if join else None]
    if word.normalized and word.normalized != word.text:
        said.append(reading_note(word.normalized))
    return " ".join(one for one in said if one)


def _corners() -> Element:
    return Element("Coords", {"points": "%d,%d %d,%d %d,%d %d,%d"})


def _text(attributes: dict[str, str]) -> Element:
    made = Element("TextEquiv", attributes)
    made.add("Unicode", {}, "%s")
    return made


def _word(attributes: dict[str, str], **more: str) -> Element:
    """A word with its place and text; ``attributes`` are those of the text, ``more`` of the word."""
    made = Element("Word", {"id": "%s", **more})
    made.children += [_corners(), _text(attributes)]
    return made


_PLAIN, _SURE = {"index": "1"}, {"index": "1", "conf": "%s"}
_COORDS = Form(Element("Coords", {"points": "%s"}))
_SURE_COORDS = Form(Element("Coords", {"points": "%s", "conf": "%s"}))
_BASELINE = Form(Element("Baseline", {"points": "%s"}))
_CORNERS = Form(_corners())
_TEXT, _SURE_TEXT = Form(_text(_PLAIN)), Form(_text(_SURE))
_NORMALIZED = Form(_text({"index": "2", "comments": "normalized"}))

#: The forms of a word: whether it has a language of its own, a note, and a confidence.
_WORDS = {
    (named, noted, sure): Form(
        _word(
            _SURE if sure else _PLAIN,
            **({"language": "%s"} if named else {}),
            **({"custom": "%s"} if noted else {}),
        )
    )
    for named, noted, sure in product((False, True), repeat=3)
}
