"""Latin words inside right-to-left lines, read a second time by a model that knows them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

import numpy as np

from layout.document import union
from layout.text.engine import Engine, LinePicture, Reading, WordReading

#: Shorter runs are initials, units or mistakes, and one letter tells a model nothing.
_LETTERS = 2


def read_latin_runs(engine: Engine, model: str, picture: LinePicture, reading: Reading) -> Reading:
    """The reading with its Latin runs as ``model`` reads them, where it is surer; else unchanged."""
    words: list[WordReading] = []
    for latin, run in _runs(reading):
        words += (_again(engine, model, picture, run) if latin else None) or run
    return replace(reading, words=tuple(words))


def _runs(reading: Reading) -> Iterator[tuple[bool, list[WordReading]]]:
    for latin, run in groupby(reading.words, key=lambda word: _latin_letters(word.text) >= _LETTERS):
        yield latin, list(run)


def _latin_letters(text: str) -> int:
    """Number of Latin letters; 0 where letters of another script stand among them."""
    names = [unicodedata.name(char, "") for char in text if char.isalpha()]
    return len(names) if all(name.startswith("LATIN") for name in names) else 0


def _again(
    engine: Engine, model: str, picture: LinePicture, run: list[WordReading]
) -> list[WordReading] | None:
    """The run's words read from its own part of the picture; None where that is no surer."""
    box = union(word.box for word in run)
    margin = round(0.2 * picture.height)
    left, right = max(0, int(box.x0) - margin), min(picture.width, int(box.x1) + margin)
    if right - left < 2:
        return None
    part = replace(picture, image=np.ascontiguousarray(picture.image[:, left:right]))
    found = engine.recognize([part], model)[0]
    if not found.words or found.confidence <= Reading(tuple(run)).confidence:
        return None
    return [replace(word, box=word.box.moved(left, 0)) for word in found.words]
