"""Which language and script a page is written in, and so its direction and its reading models.

A language that was given is believed. Else a text layer tells it by its letters. Else a few typical
lines are read by one model of each script; the model of the right script is sure of what it reads,
the others are not. The language inside the script is told by its commonest words. Whether German is set in
blackletter is seen by reading only: its name does not tell, nor the layer of an earlier recognition.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from layout.document import Direction, RegionKind, Segmentation, Shape
from layout.errors import DependencyError
from layout.image import Scan
from layout.language import SCRIPTS, language
from layout.text.engine import Engine, LinePicture, Reading
from layout.text.engines import engine_for, rest
from layout.text.guess import Guess, guess_language
from layout.text.sample import layer_language
from layout.text.settings import TextSettings
from layout.text.strips import Cutter

#: Script -> the model that tells it from the others, the first that is installed.
SCRIPT_MODELS = {
    "Arab": ("fas", "Arabic", "ara", "fas_best"),  # the last comes along: it is always there
    "Latn": ("eng", "deu", "fra"),
    "Hebr": ("heb",),
    "Latf": ("Fraktur", "frk"),
}

#: So many times surer than the roman model another script's is on its own pages at least (measured: 1.6 and
#: more); on blackletter it is less sure than half. The blackletter model, the largest of all, is then not
#: asked.
OTHER_SCRIPT = 1.3

#: So much surer than the roman models the blackletter model must be: on roman type they are alike within
#: 0.01, on blackletter they are 0.1 and more apart.
FRAKTUR_LEAD = 0.04

#: ... and may be less sure by so much where it sees long s: 3 % of German letters, none in modern roman.
LONG_S = 0.01
LONG_S_LEAD = 0.1

#: Where it sees fewer, most of them taken for l or f, half the lead is enough.
FEW_LONG_S = 0.004

#: So much surer the second blackletter model must be to read a page first: it writes no long s.
BLACKLETTER_LEAD = 0.01

#: Models of a language in blackletter, best first.
FRAKTUR_MODELS = ("Fraktur", "frk")


_BY_LETTERS = "letters of the text layer"


@dataclass(frozen=True, slots=True)
class Writing:
    """How a page is written: BCP 47 language, ISO 15924 script, and the OCR models, best first."""

    language: str
    direction: Direction
    script: str
    fraktur: bool = False
    models: tuple[str, ...] = ()
    confidence: float | None = None
    reason: str = ""

    @classmethod
    def of(
        cls, code: str, fraktur: bool = False, confidence: float | None = None, reason: str = ""
    ) -> Writing:
        """The writing of a language we have a record of; `-Latf` in the code means blackletter."""
        record = language(code)
        fraktur = fraktur or "latf" in code.lower().split("-")
        script = "Latf" if fraktur else record.script
        models = (*FRAKTUR_MODELS, *record.models) if fraktur else record.models
        return cls(record.code, SCRIPTS[script].direction, script, fraktur, models, confidence, reason)


def identify(scan: Scan, segmentation: Segmentation, settings: TextSettings) -> Writing:
    """The writing of a page; English where there is nothing to judge by.

    Raises `ConfigError` for a given language without a record, `DependencyError` where no model of any
    script is installed.
    """
    if settings.language and not _may_be_blackletter(settings.language, settings):
        return Writing.of(settings.language, reason="given in the settings")
    layer = scan.text_layer
    guess = layer_language(layer) if layer and settings.prefer != "ocr" else None
    if layer is None or guess is None:
        writing = _by_reading(scan, segmentation, settings)
        if layer is None or settings.prefer == "ocr" or writing.confidence != 0.0:
            return writing
        guess = layer_language(layer, enough=1)  # a few letters tell more than nothing
        return Writing.of(guess.language, confidence=0.0, reason=_BY_LETTERS) if guess else writing
    code = settings.language or guess.language
    if layer.hidden and _may_be_blackletter(code, settings):
        return _by_reading(scan, segmentation, replace(settings, language=code))
    return Writing.of(code, confidence=guess.confidence, reason=_BY_LETTERS)


def _may_be_blackletter(code: str, settings: TextSettings) -> bool:
    """Whether a language is printed in both types, and no models were named for it."""
    return code.lower() == "de" and not settings.models


def typical_lines(segmentation: Segmentation, count: int) -> list[tuple[Shape, int]]:
    """Lines of the usual height and good length, spread over the page: (shape, line number)."""
    lines = [
        (shape, number)
        for shape in segmentation.walk()
        if shape.kind not in (RegionKind.IMAGE, RegionKind.SEPARATOR) and shape.rotation == 0
        for number, line in enumerate(shape.lines)
        if line.box.width > 3 * line.box.height
    ]
    if not lines:
        return []
    heights = sorted(shape.lines[number].box.height for shape, number in lines)
    middle = heights[len(heights) // 2]
    usual = [(s, n) for s, n in lines if 0.7 * middle <= s.lines[n].box.height <= 1.5 * middle]
    usual.sort(key=lambda item: -item[0].lines[item[1]].box.width)
    longest = usual[: max(count, len(usual) // 2)]
    longest.sort(key=lambda item: (item[0].lines[item[1]].box.y0, item[0].lines[item[1]].box.x0))
    step = max(1, len(longest) // count)
    return longest[step // 2 :: step][:count]


def _by_reading(scan: Scan, segmentation: Segmentation, settings: TextSettings) -> Writing:
    engine = engine_for(settings)
    cutter = Cutter.of(scan, segmentation)
    chosen = typical_lines(segmentation, settings.sample_lines)
    pictures = [picture for shape, number in chosen if (picture := cutter.cut(shape, number))]
    readings: dict[str, tuple[Reading, ...]] = {}
    for script, model in _script_models(engine).items():
        if script != "Latf" or not _is_other_script(readings):
            readings[script] = engine.recognize(pictures, model)
            rest(settings)  # all but one of them will not be asked again
    if settings.language:
        readings = {script: found for script, found in readings.items() if script in ("Latn", "Latf")}
    scores = {script: sureness(found) for script, found in readings.items()}
    if "Latf" in scores and max(scores, key=lambda name: scores[name]) == "Latf":
        readings, scores = _doubted_fraktur(settings, pictures, readings, scores)
    if not any(scores.values()):
        return Writing.of(settings.language or "en", confidence=0.0, reason="nothing could be read")
    script = max(scores, key=lambda name: scores[name])
    text = " ".join(reading.text for reading in readings[script])
    guess = guess_language(text, script) or Guess(_FALLBACK[script], 0.0)
    writing = Writing.of(
        settings.language or guess.language,
        script == "Latf",
        round(scores[script], 3),
        f"{len(pictures)} lines read as {SCRIPTS[script].name}",
    )
    return _better_blackletter(writing, engine, pictures, scores[script]) if script == "Latf" else writing


def _is_other_script(readings: dict[str, tuple[Reading, ...]]) -> bool:
    """Whether a script that is not Latin is read so much better that the page cannot be blackletter."""
    scores = {script: sureness(found) for script, found in readings.items()}
    roman = scores.pop("Latn", None)
    return roman is not None and max(scores.values(), default=0.0) > OTHER_SCRIPT * roman


def _better_blackletter(
    writing: Writing, engine: Engine, pictures: Sequence[LinePicture], first_sureness: float
) -> Writing:
    """The writing with its second blackletter model first, where that is surer of the sample.

    Neither knows every face: letters one has never seen it takes for others throughout the page.
    """
    first, second, *others = writing.models
    if (
        not engine.has(second)
        or sureness(engine.recognize(pictures, second)) < first_sureness + BLACKLETTER_LEAD
    ):
        return writing
    return replace(writing, models=(second, first, *others))


def _doubted_fraktur(
    settings: TextSettings,
    pictures: Sequence[LinePicture],
    readings: dict[str, tuple[Reading, ...]],
    scores: dict[str, float],
) -> tuple[dict[str, tuple[Reading, ...]], dict[str, float]]:
    """Readings and scores after the other Latin models were asked: the blackletter model reads roman too."""
    engine, readings, scores = engine_for(settings), dict(readings), dict(scores)
    for model in SCRIPT_MODELS["Latn"][1:]:
        if engine.has(model):
            found = engine.recognize(pictures, model)
            rest(settings)
            if sureness(found) > scores.get("Latn", 0.0):
                readings["Latn"], scores["Latn"] = found, sureness(found)
    text = "".join(reading.text for reading in readings["Latf"])
    long_s = text.count("ſ") / max(1, len(text))
    lead = FRAKTUR_LEAD if long_s < FEW_LONG_S else FRAKTUR_LEAD / 2
    lead = -LONG_S_LEAD if long_s > LONG_S else lead
    if scores["Latf"] < scores.get("Latn", 0.0) + lead:
        scores["Latf"] = 0.0
    return readings, scores


_FALLBACK = {"Arab": "fa", "Latn": "en", "Latf": "de", "Hebr": "he"}


def _script_models(engine: Engine) -> dict[str, str]:
    """The installed model of each script."""
    found = {
        script: next((model for model in models if engine.has(model)), None)
        for script, models in SCRIPT_MODELS.items()
    }
    installed = {script: model for script, model in found.items() if model}
    if not installed:
        raise DependencyError(
            "no language model of the OCR engine is installed", remedy="run: newsreflow engines"
        )
    return installed


def sureness(readings: Sequence[Reading]) -> float:
    """Mean confidence over lines weighted by letters."""
    letters = [sum(len(word.text) for word in reading.words) for reading in readings]
    total = sum(letters)
    return sum(n * r.confidence for n, r in zip(letters, readings, strict=True)) / total if total else 0.0
