"""Engines kept warm: one for each name and settings in a process."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from layout.plugins import load, names
from layout.text.engine import Engine, EngineStatus, Resting
from layout.text.settings import TextSettings

#: name -> where its class is; a class takes `TextSettings` and is an `Engine`.
ENGINES = {
    "tesseract": "layout.text.tesseract:TesseractEngine",
    "null": "layout.text.null:NullEngine",
}


def engine(name: str) -> type[Engine]:
    """The engine class of this name."""
    found: type[Engine] = load("engine", name, ENGINES)
    return found


def engine_names() -> tuple[str, ...]:
    return names("engine", ENGINES)


@lru_cache(maxsize=4)
def engine_for(settings: TextSettings) -> Engine:
    """The engine these settings ask for, with its models still loaded from the last page."""
    made: Engine = engine(settings.engine)(settings)  # type: ignore[call-arg]
    return made


def rest(settings: TextSettings) -> None:
    """A page is done: the engine of these settings gives back what it can load again quickly."""
    made = engine_for(settings)
    if isinstance(made, Resting):
        made.rest()


def installed(settings: TextSettings | None = None) -> tuple[EngineStatus, ...]:
    """What is there of every engine we know, for a person to read; never raises."""
    settings = settings or TextSettings()
    return tuple(engine_for(replace(settings, engine=name)).status() for name in engine_names())
