"""What a text layer tells of a page's writing, and what it does not."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from layout.document import Segmentation, TextLayer
from layout.image import Scan
from layout.text.identify import Writing, identify
from layout.text.settings import TextSettings
from tests.text.layer import page, set_line

GERMAN = "das ist der Rath der Stadt und die Sparkasse hat ihm nicht mehr als zuvor gegeben"


def writing(monkeypatch: pytest.MonkeyPatch, *, invisible: bool, settings: TextSettings) -> Writing:
    """The writing of a page in German; whoever reads the picture finds blackletter on it."""

    def by_reading(scan: Scan, segmentation: Segmentation, settings: TextSettings) -> Writing:
        return Writing.of(settings.language or "en", fraktur=True)

    monkeypatch.setattr(sys.modules["layout.text.identify"], "_by_reading", by_reading)
    layer, segmentation = page(set_line(GERMAN, rtl=False))
    glyphs = tuple(glyph._replace(invisible=invisible) for glyph in layer.glyphs)
    scan = Scan("p0001", np.full((40, 40), 255, np.uint8), text_layer=TextLayer(glyphs))
    return identify(scan, segmentation, settings)


def test_a_hidden_layer_does_not_tell_that_german_is_set_in_blackletter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A library's scan of Fraktur has a layer without ink; what it leaves out was read as roman type."""
    found = writing(monkeypatch, invisible=True, settings=TextSettings())
    assert (found.language, found.script) == ("de", "Latf")


@pytest.mark.parametrize(
    ("invisible", "settings"), [(False, TextSettings()), (True, TextSettings(models=("deu",)))]
)
def test_type_that_is_printed_from_its_codes_and_models_that_were_named_are_believed(
    monkeypatch: pytest.MonkeyPatch, invisible: bool, settings: TextSettings
) -> None:
    assert writing(monkeypatch, invisible=invisible, settings=settings).script == "Latn"


def test_a_few_letters_of_a_layer_tell_more_than_a_picture_in_which_nothing_is_read() -> None:
    layer, segmentation = page(set_line("خبریں"))
    scan = Scan("p0001", np.full((40, 40), 255, np.uint8), text_layer=layer)
    assert identify(scan, segmentation, TextSettings()).language == "ur"
