"""Readings and shapes -> the regions, lines and words of a page."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

from layout.document import Direction, LineShape, TextLine, Word, ids
from layout.language import SCRIPTS, normalized, script_of
from layout.language import language as record_of
from layout.text.boxes import fit_words
from layout.text.calibration import calibrated
from layout.text.confusions import corrected
from layout.text.embedded import PrintedLine
from layout.text.engine import LinePicture, Reading
from layout.text.guess import guess_language
from layout.text.stops import with_their_words

_SOME_LETTERS = 12  # two or three words; a shorter name stands in the text of the page
_NEARLY_ALL = 0.9  # of the letters

T = TypeVar("T", bound=Hashable)


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
        confidence=mean_confidence(words),
        weight=shape.appearance.weight,
    )


def own_writing(readings: Sequence[Reading], direction: Direction, language: str) -> tuple[Direction, str]:
    """The direction and language of a region: the page's, unless nearly all letters read are of a script that
    runs the other way (an English article on a Persian page).
    """
    text = " ".join(reading.text for reading in readings)
    letters = [char for char in text if char.isalpha()]
    script = script_of(text)
    if script is None or len(letters) < _SOME_LETTERS or SCRIPTS[script].direction is direction:
        return direction, language
    if sum(script_of(char) == script for char in letters) < _NEARLY_ALL * len(letters):
        return direction, language
    guess = guess_language(text, script)
    return SCRIPTS[script].direction, guess.language if guess else language


def words_of(line_id: str, picture: LinePicture, reading: Reading, language: str) -> tuple[Word, ...]:
    """The words of a reading, boxes in page pixels, with their normalised form where it differs."""
    fitted = with_their_words(fit_words(picture, reading.words), language)
    return tuple(
        Word(
            ids.word_id(line_id, number),
            word.text,
            picture.to_page(word.box),
            confidence=round(calibrated(word.confidence, reading.model), 4),
            normalized=changed(word.text, language),
        )
        for number, word in enumerate(fitted, 1)
    )


def changed(text: str, language: str | None) -> str | None:
    """The normalised form where it differs from the text and is not empty, else None."""
    form = normalized(corrected(text, language), language)
    return form if form and form != text else None


def joined_confidence(lines: Sequence[TextLine]) -> float | None:
    """Mean confidence of lines by their letters; None where nothing was recognised."""
    return mean_confidence([word for line in lines for word in line.words])


def mean_confidence(words: Sequence[Word]) -> float | None:
    """Mean confidence of words by their letters; None where nothing was recognised."""
    pairs = [(len(word.text), word.confidence) for word in words if word.confidence is not None]
    total = sum(length for length, _ in pairs)
    return round(sum(length * value for length, value in pairs) / total, 4) if total else None


def layer_line(line_id: str, shape: LineShape, printed: PrintedLine, language: str) -> TextLine:
    """One line as a text layer says it, in the place where its ink is."""
    own = _language_of(printed, language)
    return TextLine(
        line_id,
        shape.box,
        _printed_words(line_id, printed),
        baseline=shape.baseline,
        polygon=shape.polygon,
        direction=printed.direction,
        language=own,
        weight=shape.appearance.weight,
    )


def loose_line(line_id: str, printed: PrintedLine, language: str) -> TextLine:
    """A line of a text layer that lies on no line of the segmentation."""
    own = _language_of(printed, language)
    return TextLine(
        line_id, printed.box, _printed_words(line_id, printed), direction=printed.direction, language=own
    )


def main_direction(lines: Sequence[TextLine]) -> Direction | None:
    """The direction of most words."""
    return _most([(line.direction, len(line.words)) for line in lines])


def main_language(lines: Sequence[TextLine]) -> str | None:
    """The language of most words."""
    return _most([(line.language, len(line.words)) for line in lines])


def _most(values: Sequence[tuple[T | None, int]]) -> T | None:
    counts: dict[T, int] = {}
    for value, count in values:
        if value is not None:
            counts[value] = counts.get(value, 0) + count
    return max(counts, key=lambda value: counts[value]) if counts else None


def _printed_words(line_id: str, printed: PrintedLine) -> tuple[Word, ...]:
    return tuple(
        Word(ids.word_id(line_id, number), word.text, word.box, normalized=word.normalized)
        for number, word in enumerate(printed.words, 1)
    )


def _language_of(printed: PrintedLine, language: str) -> str:
    """The page's language, unless the line is written in the letters of another one."""
    script = script_of(printed.text)
    if script is None or script == record_of(language).script:
        return language
    guess = guess_language(printed.text, script)
    return guess.language if guess else language
