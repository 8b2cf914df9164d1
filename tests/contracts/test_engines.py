"""What every OCR engine must keep: one reading a picture, in order; same pictures, same readings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
import pytest

from layout.document import Box, Direction, LineShape, RegionKind, Segmentation, Shape
from layout.errors import DependencyError, ResourceError
from layout.image import Scan
from layout.text import (
    EngineStatus,
    LinePicture,
    Reading,
    TextSettings,
    WordReading,
    Writing,
    engine,
    engine_names,
    read_text,
)
from layout.text import recognize as recognize_module

PAGE = Scan("p0001", np.full((300, 900), 255, np.uint8))
LINES = (LineShape(Box(100, 50, 700, 90)), LineShape(Box(100, 110, 700, 150)))
SEGMENTATION = Segmentation(
    900,
    300,
    (
        Shape(RegionKind.PARAGRAPH, Box(100, 50, 700, 150), LINES),
        Shape(
            RegionKind.SIDEBAR,
            Box(720, 40, 890, 200),
            children=(
                Shape(RegionKind.HEADLINE, Box(730, 50, 880, 90), (LineShape(Box(730, 50, 880, 90)),)),
            ),
        ),
    ),
)


class ReplayEngine:
    """Says what was stored for each line's place on the page, per model."""

    name = "replay"
    version = "1"

    def __init__(self, stored: dict[tuple[str, float, float], tuple[str, float]]) -> None:
        self.stored = stored
        self.asked: list[tuple[str, int]] = []

    def has(self, model: str) -> bool:
        return model in {key[0] for key in self.stored}

    def recognize(self, pictures: Sequence[LinePicture], model: str) -> tuple[Reading, ...]:
        self.asked.append((model, len(pictures)))
        return tuple(self._one(picture, model) for picture in pictures)

    def _one(self, picture: LinePicture, model: str) -> Reading:
        text, confidence = self.stored.get((model, picture.box.x0, picture.box.y0), ("", 0.0))
        width = picture.width / max(1, len(text.split()))
        words = tuple(
            WordReading(word, Box(n * width, 0, (n + 1) * width, picture.height), confidence)
            for n, word in enumerate(text.split())
        )
        return Reading(words, model)

    def status(self) -> EngineStatus:
        return EngineStatus(self.name, self.version)


class BrokenEngine(ReplayEngine):
    """Dies on every region whose first line stands at x 100."""

    def recognize(self, pictures: Sequence[LinePicture], model: str) -> tuple[Reading, ...]:
        if pictures[0].box.x0 == 100:
            raise ResourceError("the engine died")
        return super().recognize(pictures, model)


@pytest.fixture
def replay(monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    def use(made: ReplayEngine) -> ReplayEngine:
        monkeypatch.setattr(recognize_module, "engine_for", lambda settings: made)
        return made

    return use


@pytest.mark.ocr
@pytest.mark.parametrize("name", engine_names())
def test_an_engine_gives_one_reading_for_each_picture_and_the_same_again(name: str) -> None:
    made = engine(name)(TextSettings())
    if not made.has("eng"):
        pytest.skip("the English model is not installed")
    pictures = [_picture("Harbour"), _picture(""), _picture("Bridge")]
    first = made.recognize(pictures, "eng")
    assert len(first) == len(pictures)
    assert first[1].text.strip(" .,-|") == ""
    assert made.recognize(pictures, "eng") == first
    assert made.recognize([], "eng") == ()


def test_null_engine_keeps_every_line_in_its_place() -> None:
    page = read_text(PAGE, SEGMENTATION, Writing.of("en"), TextSettings(engine="null"))
    assert [region.kind for region in page.walk()] == ["paragraph", "sidebar", "headline"]
    assert [line.box for region in page.walk() for line in region.lines] == [
        *(line.box for line in LINES),
        Box(730, 50, 880, 90),
    ]
    assert all(line.words == () for region in page.walk() for line in region.lines)
    ids = [region.id for region in page.walk()]
    assert ids == sorted(set(ids))


def test_replayed_words_stand_on_their_lines(replay) -> None:  # type: ignore[no-untyped-def]
    replay(ReplayEngine({("eng", 100, 50): ("one two", 0.9), ("eng", 730, 50): ("three", 0.9)}))
    page = read_text(PAGE, SEGMENTATION, Writing.of("en"), TextSettings())
    first, second = page.regions[0].lines
    assert (first.text, second.text, page.regions[1].children[0].text) == ("one two", "", "three")
    assert first.direction is Direction.LTR
    assert page.regions[0].origin == "replay/eng"
    assert all(first.box.grown(8).covers(word.box) for word in first.words)


def test_the_surer_reader_wins_and_is_asked_only_about_doubtful_lines(replay) -> None:  # type: ignore[no-untyped-def]
    made = replay(
        ReplayEngine(
            {
                ("fas", 100, 50): ("سلام", 0.9),
                ("fas", 100, 110): ("کتاپ", 0.4),
                ("Arabic", 100, 50): ("غلط", 0.99),
                ("Arabic", 100, 110): ("کتاب", 0.8),
            }
        )
    )
    shapes = replace(SEGMENTATION, shapes=SEGMENTATION.shapes[:1])
    page = read_text(PAGE, shapes, Writing.of("fa"), TextSettings())
    assert [line.text for line in page.regions[0].lines] == ["سلام", "کتاب"]
    assert made.asked == [("fas", 2), ("Arabic", 1)]


def test_latin_words_in_a_persian_line_are_read_by_the_latin_model(replay) -> None:  # type: ignore[no-untyped-def]
    """The Persian model reads Latin letters badly; the run keeps its place between the Persian words."""
    replay(
        ReplayEngine(
            {
                ("fas", 100, 50): ("شرکت Vo1vo Eus آمد", 0.8),
                ("eng", 100, 50): ("Volvo Bus", 0.95),
            }
        )
    )
    shapes = replace(SEGMENTATION, shapes=SEGMENTATION.shapes[:1])
    page = read_text(PAGE, shapes, Writing.of("fa"), TextSettings())
    assert page.regions[0].lines[0].text == "شرکت Volvo Bus آمد"
    page = read_text(PAGE, shapes, Writing.of("fa"), TextSettings(latin_runs=False))
    assert page.regions[0].lines[0].text == "شرکت Vo1vo Eus آمد"


def test_an_engine_that_dies_on_a_region_leaves_a_finding(replay) -> None:  # type: ignore[no-untyped-def]
    replay(BrokenEngine({("eng", 730, 50): ("three", 0.9)}))
    page = read_text(PAGE, SEGMENTATION, Writing.of("en"), TextSettings())
    assert [(finding.code, finding.region) for finding in page.findings] == [("ocr-failed", "p0001_r001")]
    assert page.regions[1].children[0].text == "three"


def test_a_missing_language_pack_is_one_error_with_the_command(replay) -> None:  # type: ignore[no-untyped-def]
    replay(ReplayEngine({("eng", 0, 0): ("", 0.0)}))
    with pytest.raises(DependencyError, match="apt-get install -y tesseract-ocr tesseract-ocr-fas"):
        read_text(PAGE, SEGMENTATION, Writing.of("fa"), TextSettings())


def _picture(text: str) -> LinePicture:
    image = np.full((44, 320), 255, np.uint8)
    cv2.putText(image, text, (8, 32), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 0, 2, cv2.LINE_AA)
    return LinePicture(image, 32.0, Box(0, 0, 320, 44))


def test_a_region_of_another_script_is_read_by_a_model_of_its_own(replay) -> None:  # type: ignore[no-untyped-def]
    replay(
        ReplayEngine(
            {
                ("eng", 100, 50): ("Alors 9 JLo F9O AF", 0.25),
                ("eng", 100, 110): ("cod ob SHS Cpl SLL", 0.3),
                ("eng", 730, 50): ("Harbour opens", 0.9),
                ("fas", 100, 50): ("هیچ‌کس در لاهیجان تابستانی", 0.9),
                ("fas", 100, 110): ("به این خشکی به یاد نمی‌آورد", 0.85),
            }
        )
    )
    page = read_text(PAGE, SEGMENTATION, Writing.of("en"), TextSettings())
    persian, _, heading = page.walk()
    assert persian.text.startswith("هیچ‌کس در لاهیجان")
    assert (persian.direction, persian.language) == (Direction.RTL, "fa")
    assert (heading.direction, heading.language) == (Direction.LTR, "en")


def test_a_region_that_no_model_can_read_stays_as_the_pages_own_read_it(replay) -> None:  # type: ignore[no-untyped-def]
    replay(
        ReplayEngine(
            {
                ("eng", 100, 50): ("a worn and faded line of text", 0.4),
                ("eng", 100, 110): ("of which not much can be read", 0.42),
                ("fas", 100, 50): ("ور ذ ش", 0.3),
                ("fas", 100, 110): ("ک اج لا", 0.3),
            }
        )
    )
    page = read_text(PAGE, SEGMENTATION, Writing.of("en"), TextSettings())
    worn, *_ = page.walk()
    assert worn.text.startswith("a worn and faded")
    assert worn.direction is Direction.LTR
