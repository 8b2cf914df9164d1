"""Places, texts and words in PAGE."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from layout.document import Box, Join, Polygon, TextLine, Word
from layout.export.page_custom import join_note, language_note, reading_note
from layout.export.page_markup import Element, Form
from layout.export.page_table import name_of_language
from layout.export.xml import decimal


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


def _points(points: Polygon) -> str:
    return " ".join([f"{int(x)},{int(y)}" for x, y in points])


def _corners_of(box: Box) -> tuple[float, ...]:
    return box.x0, box.y0, box.x1, box.y0, box.x1, box.y1, box.x0, box.y1


def write_text(parent: Element, text: str, normalized: str, confidence: float | None = None) -> None:
    """A settled text, and its other reading where it has one."""
    sure = decimal(confidence)
    if sure is None:
        parent.fill(_TEXT, (text,))
    else:
        parent.fill(_SURE_TEXT, (sure, text))
    if normalized != text:
        parent.fill(_NORMALIZED, (normalized,))


def write_words(parent: Element, words: Sequence[Word], joins: Mapping[str, Join], usual: str | None) -> None:
    """The words of a line; ``joins`` by the id of the word that is the first part; ``usual``: the language
    around them."""
    rows: list[tuple[object, ...]] = []  # of the words before of which no more is to be said
    for word in words:
        plain = word.confidence is not None and not word.normalized and word.id not in joins
        if plain and (not word.language or word.language == usual):
            box = word.box
            x0, y0, x1, y1 = box.x0, box.y0, box.x1, box.y1
            rows.append((word.id, x0, y0, x1, y0, x1, y1, x0, y1, decimal(word.confidence), word.text))
        else:
            parent.fill_each(_SURE_WORD, rows)
            rows = []
            _write_word(parent, word, joins.get(word.id), usual)
    parent.fill_each(_SURE_WORD, rows)


def _write_word(parent: Element, word: Word, join: Join | None, usual: str | None) -> None:
    attributes, said = {"id": word.id}, []
    if word.language and word.language != usual:
        name, code = name_of_language(word.language), language_note(word.language)
        if name:
            attributes["language"] = name
        if code:
            said.append(code)
    if join:
        said.append(join_note(join))
    if word.normalized and word.normalized != word.text:
        said.append(reading_note(word.normalized))
    if said:
        attributes["custom"] = " ".join(said)
    corners, sure = _corners_of(word.box), decimal(word.confidence)
    if sure is not None and len(attributes) == 2 and said:
        parent.fill(_NOTED_WORD, (word.id, attributes["custom"], *corners, sure, word.text))
    elif len(attributes) > 1:
        made = parent.add("Word", attributes)
        made.fill(_CORNERS, corners)
        write_text(made, word.text, word.text, word.confidence)
    elif sure is None:
        parent.fill(_WORD, (word.id, *corners, word.text))
    else:
        parent.fill(_SURE_WORD, (word.id, *corners, sure, word.text))


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
_WORD, _SURE_WORD = Form(_word(_PLAIN)), Form(_word(_SURE))
_NOTED_WORD = Form(_word(_SURE, custom="%s"))
