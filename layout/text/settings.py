"""What a user can decide about reading: language, engine, models, and how far a text layer is trusted."""

from __future__ import annotations

from dataclasses import dataclass

from layout.errors import ConfigError

PREFER = ("auto", "text-layer", "ocr")


@dataclass(frozen=True, slots=True)
class TextSettings:
    """How the words of a page are found.

    ``language`` is BCP 47; None means that it is detected on each page. ``prefer`` says where text
    comes from on a page that has a text layer: ``auto`` judges the layer region by region.
    ``models`` overrules the models of the language record, first reader first. ``tessdata`` is the
    folder with the ``*.traineddata`` files; None looks in the usual places. A line read with less
    confidence than ``second_below`` is read again by another model; 0 never does. ``latin_runs``
    reads Latin words inside right-to-left lines with the Latin model.
    """

    language: str | None = None
    prefer: str = "auto"
    engine: str = "tesseract"
    models: tuple[str, ...] = ()
    tessdata: str | None = None
    second_below: float = 0.75
    latin_runs: bool = True
    sample_lines: int = 8
    timeout_s: float = 120.0

    def __post_init__(self) -> None:
        if self.prefer not in PREFER:
            raise ConfigError(f"text.prefer is '{self.prefer}'", remedy=f"use one of: {', '.join(PREFER)}")
        if not self.engine:
            raise ConfigError("text.engine is empty", remedy="name an engine, for example 'tesseract'")
        if not 0 <= self.second_below <= 1:
            raise ConfigError(f"text.second_below is {self.second_below}", remedy="use a value from 0 to 1")
        if self.sample_lines < 1:
            raise ConfigError(f"text.sample_lines is {self.sample_lines}", remedy="use 1 or more")
        if self.timeout_s <= 0:
            raise ConfigError(f"text.timeout_s is {self.timeout_s}", remedy="use more than 0 seconds")
