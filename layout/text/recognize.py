"""The lines of a region read by the engine: cut, read, read again where the first reader is unsure."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from layout.document import Finding, Segmentation, Shape
from layout.errors import DependencyError, ResourceError
from layout.image import Scan
from layout.language import language, script_of
from layout.language.digits import in_digits
from layout.text.doubt import believed
from layout.text.engine import Engine, LinePicture, Reading
from layout.text.engines import engine_for
from layout.text.identify import SCRIPT_MODELS, Writing, sureness
from layout.text.latin import read_latin_runs
from layout.text.settings import TextSettings
from layout.text.strips import LINE_HEIGHT, Cutter
from layout.text.tessdata import install_command

log = logging.getLogger(__name__)

#: Models of a whole script that read lone numbers better than those of its languages.
_NUMBER_READERS = {"Arab": "Arabic"}

#: Reads Latin words on pages of other scripts.
LATIN_MODEL = "eng"

# Confidences of the engine: a model that reads another script than its own stays well below the first, one
# that reads its own is above the second on poor scans too.
_AT_A_LOSS, _SURE, _BETTER = 0.45, 0.6, 0.2
_WORDS = 6  # heights of a line: what a few words are wide
_TRIAL = 3  # lines that show a script

Read = tuple[LinePicture | None, Reading]


class Recognizer:
    """Reads lines of one page; `findings` and `used` (model names) tell what happened."""

    def __init__(
        self, scan: Scan, segmentation: Segmentation, writing: Writing, settings: TextSettings
    ) -> None:
        self.page_id, self.writing, self.settings = scan.page_id, writing, settings
        self.cutter = Cutter.of(scan, segmentation)
        self.engine: Engine = engine_for(settings)
        self.findings: list[Finding] = []
        self.used: set[str] = set()

    def lines(self, shape: Shape, numbers: Sequence[int], region_id: str) -> tuple[Read, ...]:
        """Picture and reading of these lines of a shape, in the order given.

        Where the engine fails the readings are empty and a finding says so. Raises `DependencyError`
        where the model is missing.
        """
        pictures = [self.cutter.cut(shape, number) for number in numbers]
        try:
            readings = self._readings([picture for picture in pictures if picture is not None])
        except ResourceError as error:
            message = f"the text could not be read: {error}"
            self.findings.append(Finding("error", "ocr-failed", message, self.page_id, region_id))
            log.warning("%s: %s", region_id, message)
            return tuple((picture, Reading()) for picture in pictures)
        found = iter(readings)
        return tuple((picture, Reading() if picture is None else next(found)) for picture in pictures)

    def _readings(self, pictures: Sequence[LinePicture]) -> tuple[Reading, ...]:
        """The surer of two readers for each line; the second is asked only where the first is unsure."""
        first, *others = self.models
        self.used.add(first)
        readings = list(self.engine.recognize(pictures, first))
        doubtful = [
            n for n, reading in enumerate(readings) if reading.confidence < self.settings.second_below
        ]
        if others and doubtful:
            self.used.add(others[0])
            again = self.engine.recognize([pictures[n] for n in doubtful], others[0])
            for n, reading in zip(doubtful, again, strict=True):
                if reading.confidence > readings[n].confidence:
                    readings[n] = reading
        foreign = self._foreign(pictures, readings)
        if foreign is not None:
            return foreign
        pairs = zip(pictures, readings, strict=True)
        readings = [self._number(picture, reading) for picture, reading in pairs]
        latin = self._latin_model()
        if latin:
            pairs = zip(pictures, readings, strict=True)
            readings = [read_latin_runs(self.engine, latin, picture, reading) for picture, reading in pairs]
        return tuple(believed(reading, self.writing.script) for reading in readings)

    def _foreign(
        self, pictures: Sequence[LinePicture], readings: Sequence[Reading]
    ) -> tuple[Reading, ...] | None:
        """A region of another script than the page's, read by a model of that one; None where it is none.

        It is asked only where the page's own models make nothing of some words, and must be sure.
        """
        own = sureness(readings)
        if own >= _AT_A_LOSS or sum(picture.width for picture in pictures) < _WORDS * LINE_HEIGHT:
            return None
        for script, model in self._other_scripts:
            trial = self.engine.recognize(pictures[:_TRIAL], model)
            text = " ".join(reading.text for reading in trial)
            if sureness(trial) >= max(_SURE, own + _BETTER) and script_of(text) == script:
                self.used.add(model)
                rest = self.engine.recognize(pictures[_TRIAL:], model) if len(pictures) > _TRIAL else ()
                return tuple(believed(reading, script) for reading in (*trial, *rest))
        return None

    @cached_property
    def _other_scripts(self) -> tuple[tuple[str, str], ...]:
        """(script, installed model) of the scripts that the page is not written in; blackletter is Latin."""
        page = {self.writing.script, "Latf"} | ({"Latn"} if self.writing.script == "Latf" else set())
        found = (
            (script, next((model for model in models if self.engine.has(model)), None))
            for script, models in SCRIPT_MODELS.items()
            if script not in page
        )
        return tuple((script, model) for script, model in found if model)

    def _number(self, picture: LinePicture, reading: Reading) -> Reading:
        """A lone number read once more by the script's own model, where there is one.

        Models of a language know words and guess at digits without any: the Persian one reads a lone
        two as a three with full confidence. The second reading counts where it is a number of as many
        digits, or where the first was none.
        """
        text = reading.text
        height, width = picture.image.shape
        model = _NUMBER_READERS.get(self.writing.script)
        if model is None or model == reading.model or len(text) > 4 or width > 3 * height:
            return reading
        if not self.engine.has(model):
            return reading
        second = self.engine.recognize([picture], model)[0]
        first_digits = len(text) if text.isdigit() else 0
        same = len(second.text) == first_digits or (not first_digits and second.confidence > 0.6)
        if not second.text.isdigit() or not same:
            return reading
        self.used.add(model)
        return _one_kind_of_digits(second, language(self.writing.language).digits)

    def _latin_model(self) -> str | None:
        """The model for Latin words in lines of another script; None where it is not wanted or needed."""
        wanted = self.settings.latin_runs and self.writing.script not in ("Latn", "Latf")
        return LATIN_MODEL if wanted and self.engine.has(LATIN_MODEL) else None

    @cached_property
    def models(self) -> tuple[str, ...]:
        """The installed models of the page's language, best first.

        Where it has none and the language was only found by reading, the models of its script stand in and a
        finding says so; `DependencyError` where the language was given, or nothing reads its script.
        """
        wanted = self.settings.models or self.writing.models
        found = tuple(model for model in wanted if self.engine.has(model))
        if not found and not self.settings.models and not self.settings.language:
            found = tuple(m for m in SCRIPT_MODELS.get(self.writing.script, ()) if self.engine.has(m))[:2]
            if found:
                lacking = f"no OCR model for the language '{self.writing.language}' is installed"
                remedy = f"to read it better, run: {install_command(wanted[0])}" if wanted else ""
                message = f"{lacking}; read with '{found[0]}'. {remedy}".strip()
                self.findings.append(Finding("warning", "ocr-model", message, self.page_id))
        if not found:
            raise DependencyError(
                f"no OCR model for the language '{self.writing.language}' is installed",
                remedy=f"run: {install_command(wanted[0])}" if wanted else "name one in text.models",
            )
        return found


def _one_kind_of_digits(reading: Reading, digits: str) -> Reading:
    """A number in digits of two kinds, in the page's own: most Persian and Arabic digits look alike."""
    if len({ord(char) - int(char) for char in reading.text if char.isdecimal()}) < 2:
        return reading
    words = tuple(replace(word, text=in_digits(word.text, digits)) for word in reading.words)
    return replace(reading, words=words)
