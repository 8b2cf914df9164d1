"""Which models read a page whose own language has none installed."""

from __future__ import annotations

import numpy as np
import pytest

from layout.document import Segmentation, SourceImage
from layout.errors import DependencyError
from layout.image import Scan
from layout.language import language
from layout.text.identify import SCRIPT_MODELS, Writing
from layout.text.recognize import Recognizer
from layout.text.settings import TextSettings
from layout.text.tessdata import SHIPPED, find_tessdata, model_files, models_in


class OnlyGerman:
    """An engine with one model."""

    name, version = "fake", "1"

    def has(self, model: str) -> bool:
        return model == "deu"


def recognizer(monkeypatch: pytest.MonkeyPatch, settings: TextSettings) -> Recognizer:
    monkeypatch.setattr("layout.text.recognize.engine_for", lambda _: OnlyGerman())
    scan = Scan("p0001", np.full((40, 40), 255, np.uint8), dpi=300, source=SourceImage("a.png"))
    return Recognizer(scan, Segmentation(40.0, 40.0), Writing.of("fr"), settings)


def test_a_language_only_guessed_is_read_by_a_model_of_its_script(monkeypatch: pytest.MonkeyPatch) -> None:
    found = recognizer(monkeypatch, TextSettings())
    assert found.models == ("deu",)
    (finding,) = found.findings
    assert finding.level == "warning"
    assert "'fr'" in finding.message
    assert "tesseract-ocr-fra" in finding.message


def test_what_comes_along_reads_its_script_where_nothing_else_is_installed() -> None:
    assert set(models_in(SHIPPED)) & set(SCRIPT_MODELS["Arab"])
    assert set(models_in(SHIPPED)) & set(language("fa").models)


def test_what_comes_along_is_found_on_a_machine_without_language_data(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("layout.text.tessdata.KNOWN", ())
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    assert find_tessdata(None) == SHIPPED
    assert set(language("fa").models) & set(model_files(SHIPPED))
    with pytest.raises(DependencyError, match="lies"):
        find_tessdata("/nowhere")


@pytest.mark.parametrize("settings", [TextSettings(language="fr"), TextSettings(models=("fra",))])
def test_a_language_that_was_asked_for_is_not_replaced(
    monkeypatch: pytest.MonkeyPatch, settings: TextSettings
) -> None:
    with pytest.raises(DependencyError, match="no OCR model"):
        _ = recognizer(monkeypatch, settings).models
