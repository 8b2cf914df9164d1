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
        return self.engine.recognize(pictures, model)

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
