"""A page read: `Scan` + `Segmentation` -> `Page`."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Iterator

from layout import __version__
from layout.document import (
    Finding,
    Page,
    ProcessingStep,
    Region,
    Segmentation,
    Shape,
    TextLine,
    ids,
)
from layout.errors import DependencyError, ResourceError
from layout.image import Scan
from layout.text.assign import joined_confidence, text_line
from layout.text.engine import Engine, LinePicture, Reading
from layout.text.engines import engine_for
from layout.text.identify import Writing
from layout.text.settings import TextSettings
from layout.text.strips import LINE_HEIGHT, cut_lines
from layout.text.tessdata import install_command

log = logging.getLogger(__name__)


def read_text(scan: Scan, segmentation: Segmentation, writing: Writing, settings: TextSettings) -> Page:
    """The page with the text of every line; regions in the segmentation's order.

    A line in which nothing is read keeps its place without words. An engine that fails on a region
    leaves a finding and the region without text. Raises `DependencyError` where the language's model
    is not installed.
    """
    reader = _PageReader(scan, segmentation, writing, settings)
    regions = tuple(reader.region(shape) for shape in segmentation.shapes)
    return Page(
        scan.page_id,
        float(scan.width),
        float(scan.height),
        dpi=scan.dpi,
        source=scan.source,
        regions=regions,
        columns=segmentation.columns,
        direction=writing.direction,
        language=writing.language,
        skew=segmentation.skew,
        sheet=segmentation.sheet,
        steps=(
            ProcessingStep(
                "layout analysis", "newsreflow", __version__, (("detector", segmentation.detector),)
            ),
            *reader.steps(),
        ),
        findings=(*scan.findings, *reader.findings),
    )


class _PageReader:
    """Reads the shapes of one page in order, and notes what happened."""

    def __init__(
        self, scan: Scan, segmentation: Segmentation, writing: Writing, settings: TextSettings
    ) -> None:
        self.scan, self.segmentation, self.writing, self.settings = scan, segmentation, writing, settings
        self.engine: Engine = engine_for(settings)
        self.findings: list[Finding] = []
        self.numbers: Iterator[int] = itertools.count(1)
        self.used: set[str] = set()

    def region(self, shape: Shape) -> Region:
        region_id = ids.region_id(self.scan.page_id, next(self.numbers))
        lines = self._lines(shape, region_id)
        return Region(
            region_id,
            shape.kind,
            shape.box,
            lines=lines,
            children=tuple(self.region(child) for child in shape.children),
            polygon=shape.polygon,
            confidence=joined_confidence(lines),
            kind_confidence=shape.confidence,
            reason=shape.reason,
            direction=self.writing.direction if lines else None,
            language=self.writing.language if lines else None,
            rotation=shape.rotation,
            column=shape.column,
            appearance=shape.appearance,
            origin=f"{self.engine.name}/{self.model}" if lines else "",
        )

    def _lines(self, shape: Shape, region_id: str) -> tuple[TextLine, ...]:
        if not shape.lines:
            return ()
        pictures = cut_lines(self.scan, shape, self.segmentation.skew, LINE_HEIGHT)
        readings = self._readings(pictures, region_id)
        return tuple(
            text_line(
                ids.line_id(region_id, number),
                line,
                picture,
                reading,
                self.writing.direction,
                self.writing.language,
            )
            for number, (line, picture, reading) in enumerate(
                zip(shape.lines, pictures, readings, strict=True), 1
            )
        )

    def _readings(self, pictures: tuple[LinePicture | None, ...], region_id: str) -> list[Reading]:
        """One reading for each picture; empty ones, and a finding, where the engine failed."""
        try:
            found = iter(self.engine.recognize([p for p in pictures if p is not None], self.model))
        except ResourceError as error:
            message = f"the text could not be read: {error}"
            self.findings.append(Finding("error", "ocr-failed", message, self.scan.page_id, region_id))
            log.warning("%s: %s", region_id, message)
            return [Reading() for _ in pictures]
        self.used.add(self.model)
        return [Reading() if picture is None else next(found) for picture in pictures]

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

    def steps(self) -> tuple[ProcessingStep, ...]:
        if not self.used:
            return ()
        settings = (
            ("models", " ".join(sorted(self.used))),
            ("language", self.writing.language),
            ("language reason", self.writing.reason),
        )
        return (ProcessingStep("text recognition", self.engine.name, self.engine.version, settings),)
