"""Readings and shapes -> the regions, lines and words of a page."""

from __future__ import annotations

from collections.abc import Sequence

from layout.document import Direction, LineShape, TextLine, Word, ids
from layout.language import normalized
from layout.text.boxes import fit_words
from layout.text.engine import LinePicture, Reading


def text_line(
    line_id: str,
    shape: LineShape,
    picture: LinePicture | None,
    reading: Reading,
    direction: Direction,
    language: str,
) -> TextLine:
    """One line with its words on the page; without words where nothing was read."""
    words = words_of(line_id, picture, reading, language) if picture else ()
    return TextLine(
        line_id,
        shape.box,
        words,
        baseline=shape.baseline,
        polygon=shape.polygon,
        direction=direction,
        language=language,
        confidence=round(reading.confidence, 4) if words else None,
    )


def words_of(line_id: str, picture: LinePicture, reading: Reading, language: str) -> tuple[Word, ...]:
    """The words of a reading, boxes in page pixels, with their normalised form where it differs."""
    fitted = fit_words(picture, reading.words)
    return tuple(
        Word(
            ids.word_id(line_id, number),
            word.text,
            picture.to_page(word.box),
            confidence=round(word.confidence, 4),
            normalized=changed(word.text, language),
        )
        for number, word in enumerate(fitted, 1)
    )


def changed(text: str, language: str | None) -> str | None:
    """The normalised form where it differs from the text and is not empty, else None."""
    form = normalized(text, language)
    return form if form and form != text else None


def joined_confidence(lines: Sequence[TextLine]) -> float | None:
    """Mean confidence of lines by their letters; None where nothing was recognised."""
    pairs = [
        (len(word.text), word.confidence)
        for line in lines
        for word in line.words
        if word.confidence is not None
    ]
    total = sum(length for length, _ in pairs)
    return round(sum(length * value for length, value in pairs) / total, 4) if total else None
