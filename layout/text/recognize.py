"""The lines of a region read by the engine: cut, read, read again where the first reader is unsure."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from layout.document import Finding, Segmentation, Shape
from layout.errors import DependencyError, ResourceError
from layout.image import Scan
from layout.text.engine import Engine, LinePicture, Reading
from layout.text.engines import engine_for
from layout.text.identify import Writing
from layout.text.settings import TextSettings
from layout.text.strips import Cutter
from layout.text.tessdata import install_command

log = logging.getLogger(__name__)

#: Models of a whole script that read lone numbers better than those of its languages.
_NUMBER_READERS = {"Arab": "Arabic"}

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
        model = self.model
        self.used.add(model)
        readings = self.engine.recognize(pictures, model)
        return tuple(
            self._number(picture, reading) for picture, reading in zip(pictures, readings, strict=True)
        )

    def _number(self, picture: LinePicture, reading: Reading) -> Reading:
        """A lone number read once more by the script's own model, where there is one.

        Models of a language know words and guess at digits without any: the Persian one reads a lone
        two as a three with full confidence. The second reading counts where it is a number of as many
        digits, or where the first was none.
        """
        text = reading.text
        model = _NUMBER_READERS.get(self.writing.script)
        if model is None or model == self.model or len(text) > 4 or not self.engine.has(model):
            return reading
        if picture.image.shape[1] > 3 * picture.image.shape[0]:
            return reading
        second = self.engine.recognize([picture], model)[0]
        if not second.text.isdigit():
            return reading
        first_digits = len(text) if text.isdigit() else 0
        better = len(second.text) == first_digits or (not first_digits and second.confidence > 0.6)
        if not better:
            return reading
        self.used.add(model)
        return second

    @property
    def model(self) -> str:
        """The best installed model of the page's language."""
        wanted = self.settings.models or self.writing.models
        for model in wanted:
            if self.engine.has(model):
                return model
        raise DependencyError(
            f"no OCR model for the language '{self.writing.language}' is installed",
            remedy=f"run: {install_command(wanted[0])}" if wanted else "name one in text.models",
        )
