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
    RegionKind,
    Segmentation,
    Shape,
    TextLine,
    ids,
)
from layout.image import Scan
from layout.text.assign import (
    joined_confidence,
    layer_line,
    loose_line,
    main_direction,
    main_language,
    own_writing,
    text_line,
)
from layout.text.choose import Choice, choose
from layout.text.embedded import PrintedLine
from layout.text.engine import Reading
from layout.text.identify import Writing
from layout.text.recognize import Recognizer
from layout.text.reline_turned import ROTATIONS
from layout.text.settings import TextSettings
from layout.text.stops import with_commas
from layout.text.trust import Trust
from layout.text.turned import turned_as_read

log = logging.getLogger(__name__)

_SOME_LETTERS = 3
_SURE = 0.8


def read_text(scan: Scan, segmentation: Segmentation, writing: Writing, settings: TextSettings) -> Page:
    """The page with the text of every line; regions in the segmentation's order.

    A line in which nothing is read keeps its place without words. An engine that fails on a region
    leaves a finding and the region without text. Glyphs of a trusted text layer outside every line
    become regions of kind UNKNOWN, after all others. Raises `DependencyError` where a model is needed
    that is not installed.
    """
    choices = choose(scan, segmentation, writing, settings)
    segmentation = choices.segmentation
    reader = _PageReader(scan, segmentation, writing, settings, choices.trust)
    origins = iter(choices.shapes)
    regions = tuple(reader.region(shape, origins) for shape in segmentation.shapes)
    loose = tuple(reader.loose_region(line) for line in choices.loose if line.words)
    detection = (("detector", segmentation.detector),)
    return Page(
        scan.page_id,
        float(scan.width),
        float(scan.height),
        dpi=scan.dpi,
        source=scan.source,
        regions=(*regions, *loose),
        columns=segmentation.columns,
        direction=writing.direction,
        language=writing.language,
        skew=segmentation.skew,
        sheet=segmentation.sheet,
        leaves=segmentation.leaves,
        steps=(ProcessingStep("layout analysis", "newsreflow", __version__, detection), *reader.steps()),
        findings=(*scan.findings, *choices.findings, *reader.findings, *reader.recognizer.findings),
    )


class _PageReader:
    """Turns the shapes of one page into regions, in order, and notes where their text came from."""

    def __init__(
        self,
        scan: Scan,
        segmentation: Segmentation,
        writing: Writing,
        settings: TextSettings,
        trust: Trust | None,
    ) -> None:
        self.page_id = scan.page_id
        self.trust = trust
        self.writing = writing
        self.recognizer = Recognizer(scan, segmentation, writing, settings)
        self.numbers: Iterator[int] = itertools.count(1)
        self.findings: list[Finding] = []
        self.from_layer = 0
        self.refused = 0

    def region(self, shape: Shape, choices: Iterator[Choice]) -> Region:
        """The region of a shape with its children; takes one choice for each of them."""
        choice = next(choices)
        region_id = ids.region_id(self.page_id, next(self.numbers))
        if not any(choice.lines):
            shape = turned_as_read(shape, self.recognizer, region_id)
        lines, origin = self._lines(shape, choice, region_id)
        if choice.refused:
            self.refused += 1
            message = f"text layer not used here: {choice.refused}"
            self.findings.append(Finding("info", "layer-refused", message, self.page_id, region_id))
        return Region(
            region_id,
            shape.kind,
            shape.box,
            lines=lines,
            children=tuple(self.region(child, choices) for child in shape.children),
            polygon=shape.polygon,
            confidence=joined_confidence(lines),
            kind_confidence=shape.confidence,
            reason=shape.reason,
            direction=main_direction(lines),
            language=main_language(lines),
            rotation=_rotation(choice, shape.rotation),
            column=shape.column,
            appearance=shape.appearance,
            origin=origin,
        )

    def loose_region(self, line: PrintedLine) -> Region:
        """A region for text that a layer has where no line was seen."""
        self.from_layer += 1
        region_id = ids.region_id(self.page_id, next(self.numbers))
        text = loose_line(ids.line_id(region_id, 1), line, self.writing.language)
        return Region(
            region_id,
            RegionKind.UNKNOWN,
            line.box,
            lines=(text,),
            direction=text.direction,
            language=text.language,
            reason="text of the layer outside every line seen",
            origin="text-layer",
        )

    def _lines(self, shape: Shape, choice: Choice, region_id: str) -> tuple[tuple[TextLine, ...], str]:
        """The lines of a shape and where most of them came from."""
        unread = [number for number, printed in enumerate(choice.lines) if printed is None]
        read = (
            dict(zip(unread, self.recognizer.lines(shape, unread, region_id), strict=True)) if unread else {}
        )
        self.from_layer += len(choice.lines) - len(unread)
        readings = [reading for _, reading in read.values()]
        direction, language = own_writing(readings, self.writing.direction, self.writing.language)
        lines = []
        for number, (line, printed) in enumerate(zip(shape.lines, choice.lines, strict=True)):
            line_id = ids.line_id(region_id, number + 1)
            if printed is not None:
                lines.append(layer_line(line_id, line, printed, self.writing.language))
            else:
                picture, reading = read[number]
                if choice.layered and not choice.refused and not _is_sure(reading):
                    reading = Reading(model=reading.model)
                lines.append(text_line(line_id, line, picture, reading, direction, language))
        said = with_commas(lines, self.writing.language)
        return said, self._origin(choice, [reading.model for _, reading in read.values()])

    def _origin(self, choice: Choice, models: list[str]) -> str:
        if not choice.lines:
            return ""
        if 2 * len(models) <= len(choice.lines):
            return "text-layer"
        used = [model for model in models if model]
        return f"{self.recognizer.engine.name}/{max(set(used), key=used.count)}" if used else ""

    def steps(self) -> tuple[ProcessingStep, ...]:
        """What was done to get the text, with which programs."""
        steps = []
        language = (("language", self.writing.language), ("language found by", self.writing.reason))
        if self.from_layer or self.trust:
            layer = (*language, *self._trusted())
            steps.append(ProcessingStep("text layer", "newsreflow", __version__, layer))
        if self.recognizer.used:
            engine = self.recognizer.engine
            models = (("models", " ".join(sorted(self.recognizer.used))),)
            steps.append(
                ProcessingStep("text recognition", engine.name, engine.version, (*models, *language))
            )
        return tuple(steps)

    def _trusted(self) -> tuple[tuple[str, str], ...]:
        """Whether the page's layer was used, why, and in how many regions it was not for all that."""
        if self.trust is None:
            return ()
        used = ("used" if self.from_layer else "not used", self.trust.reason)
        return (used, ("regions refused", str(self.refused))) if self.refused else (used,)


def _rotation(choice: Choice, seen: int) -> int:
    """The rotation in which a text layer writes most lines; as ``seen`` where it has none."""
    ways = [printed.along for printed in choice.lines if printed is not None and printed.words]
    return ROTATIONS.get(max(ways, key=ways.count), seen) if ways else seen


def _is_sure(reading: Reading) -> bool:
    """Whether a reading is believed on a line on which a sound text layer is silent.

    Such a line is mostly no text at all (the edge of a picture, a rule); lettering drawn as outlines
    reads clearly.
    """
    letters = sum(char.isalnum() for char in reading.text)
    return letters >= _SOME_LETTERS and reading.confidence >= _SURE
