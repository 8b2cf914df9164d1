"""Tesseract 5 in this process through tesserocr, one loaded engine a model; else by its program.

Facts that were measured, and the settings that follow from them:

- one thread: OpenMP makes a line slower, not faster (`OMP_THREAD_LIMIT=1`, before the library loads);
- `textord_noise_rejrows=0`: by default whole lines of Arabic script are thrown away as noise;
- a lone number needs white around it and Tesseract's own line finder: as a raw line it is misread;
- words are put together from symbols: `GetUTF8Text(RIL.WORD)` gives right-to-left words reversed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from layout.document import Box
from layout.document.many import give_back
from layout.errors import DependencyError, ResourceError
from layout.image.scan import Gray
from layout.language.characters import without_controls
from layout.text.boxes import INK
from layout.text.engine import EngineStatus, LinePicture, Reading, WordReading
from layout.text.settings import TextSettings
from layout.text.tessdata import find_tessdata, install_command, model_files

os.environ.setdefault("OMP_THREAD_LIMIT", "1")

VARIABLES = {"textord_noise_rejrows": "0", "debug_file": "/dev/null"}

#: Models for the languages we have a record of; what of them is not installed is reported. That of Persian
#: comes along.
WANTED = ("ara", "Arabic", "eng", "deu", "frk", "Fraktur", "fra", "osd")

_WORD_LEVEL = "5"
_SHORT = 2.2  # width over height under which a line picture holds a number or a word at most


#: Bytes of model files that stay loaded together; memory takes two to nine times as many. The models that
#: read one page have room (those of blackletter 19 MB), and with less they would push each other out line by
#: line.
_MOST_LOADED = 20_000_000


class TesseractEngine:
    """Lines by the LSTM of Tesseract; the models used last stay loaded."""

    name = "tesseract"

    def __init__(self, settings: TextSettings) -> None:
        self.settings = settings
        self._readers: dict[str, _Reader] = {}  # the one used last stands last

    @cached_property
    def folder(self) -> Path:
        return find_tessdata(self.settings.tessdata)

    @cached_property
    def models(self) -> dict[str, Path]:
        """Model -> its file."""
        return model_files(self.folder)

    @cached_property
    def version(self) -> str:
        return _library_version() or _program_version() or "unknown"

    def has(self, model: str) -> bool:
        return model in self.models

    def recognize(self, pictures: Sequence[LinePicture], model: str) -> tuple[Reading, ...]:
        reader = self._reader(model)
        return tuple(
            Reading(tuple(_read(reader, picture)) if _has_ink(picture) else (), model) for picture in pictures
        )

    def status(self) -> EngineStatus:
        version = _library_version() or _program_version()
        if version is None:
            return EngineStatus(self.name, None, (), (("tesseract", "pip install tesserocr"),))
        try:
            languages = tuple(self.models)
        except DependencyError:
            languages = ()
        missing = tuple((model, install_command(model)) for model in WANTED if model not in languages)
        return EngineStatus(self.name, version, languages, missing)

    def _reader(self, model: str) -> _Reader:
        reader = self._readers.pop(model, None)
        if reader is None:
            if not self.has(model):
                raise DependencyError(
                    f"Tesseract's language data '{model}' are not installed in {self.folder}",
                    remedy=f"run: {install_command(model)}",
                )
            self._make_room(self.models[model].stat().st_size)
            kind = _Library if _library_version() else _Program
            reader = kind(self.models[model].parent, model, self.settings.timeout_s)
        self._readers[model] = reader
        return reader

    def rest(self) -> None:
        """Unload the models, so that what comes next has their room: 5 to 25 MB each, back in 0.1 s at most.

        The size of its file says little of what one takes: its lists of words are packed there.
        """
        while self._readers:
            self._readers.popitem()[1].close()
        give_back()

    def _make_room(self, size: int) -> None:
        """Unload models, those not used for longest first, until one of this size has room."""
        loaded = sum(map(self._size, self._readers))
        while self._readers and loaded + size > _MOST_LOADED:
            oldest = next(iter(self._readers))
            loaded -= self._size(oldest)
            self._readers.pop(oldest).close()

    def _size(self, model: str) -> int:
        return self.models[model].stat().st_size


class _Reader:
    """Reads one line picture; a table in Tesseract's TSV format."""

    def __init__(self, folder: Path, model: str, timeout_s: float) -> None:
        self.folder, self.model, self.timeout_s = folder, model, timeout_s

    def tsv(self, image: Gray, *, raw: bool) -> str:
        raise AssertionError("a reader says how it reads")

    def close(self) -> None:
        """Give back what the model takes."""


class _Library(_Reader):
    """tesserocr: the library inside this process."""

    def __init__(self, folder: Path, model: str, timeout_s: float) -> None:
        super().__init__(folder, model, timeout_s)
        import tesserocr

        self._api = tesserocr.PyTessBaseAPI(
            path=str(folder), lang=model, psm=tesserocr.PSM.RAW_LINE, oem=tesserocr.OEM.LSTM_ONLY
        )
        for name, value in VARIABLES.items():
            self._api.SetVariable(name, value)
        self._modes = {True: tesserocr.PSM.RAW_LINE, False: tesserocr.PSM.SINGLE_LINE}

    def tsv(self, image: Gray, *, raw: bool) -> str:
        height, width = image.shape
        data = np.ascontiguousarray(image).tobytes()
        self._api.SetPageSegMode(self._modes[raw])
        try:
            self._api.SetImageBytes(data, width, height, 1, width)
            self._api.SetSourceResolution(300)
            if not self._api.Recognize(int(self.timeout_s * 1000)):
                return ""
            text: str = self._api.GetTSVText(0)
        except RuntimeError as error:
            raise ResourceError(f"Tesseract could not read a line: {error}") from error
        return text

    def close(self) -> None:
        self._api.End()
        self._api.ClearPersistentCache()  # the library keeps the word lists of every model it had: 14 MB


class _Program(_Reader):
    """The `tesseract` program, one process a line: slower, the same words."""

    def tsv(self, image: Gray, *, raw: bool) -> str:
        done, data = cv2.imencode(".png", image)
        # said as a variable: the file that the word "tsv" stands for need not lie beside the model
        variables = {**VARIABLES, "tessedit_create_tsv": "1"}
        options = [part for name, value in variables.items() for part in ("-c", f"{name}={value}")]
        command = ["tesseract", "stdin", "stdout", "-l", self.model, "--tessdata-dir", str(self.folder)]
        try:
            result = subprocess.run(
                [*command, "--psm", "13" if raw else "7", "--oem", "1", "--dpi", "300", *options],
                input=data.tobytes() if done else b"",
                capture_output=True,
                timeout=self.timeout_s,
                check=True,
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            )
        except subprocess.TimeoutExpired as error:
            raise ResourceError(f"tesseract took more than {self.timeout_s:g} s for a line") from error
        except subprocess.CalledProcessError as error:
            said = error.stderr.decode("utf-8", "replace").strip()
            raise ResourceError(f"tesseract ended with code {error.returncode}: {said[-200:]}") from error
        return result.stdout.decode("utf-8", "replace")


def _read(reader: _Reader, picture: LinePicture) -> Iterator[WordReading]:
    """The words of one line; a short one is set in white and read as a line that must be found."""
    image = picture.image
    height, width = image.shape
    if width >= _SHORT * height:
        yield from _words(reader.tsv(image, raw=True))
        return
    across, down = height, height // 3
    framed = cv2.copyMakeBorder(image, down, down, across, across, cv2.BORDER_CONSTANT, value=255)
    for word in _words(reader.tsv(np.asarray(framed, np.uint8), raw=False)):
        box = word.box.moved(-across, -down).clipped(Box(0, 0, width, height))
        if box.area > 0:
            yield replace(word, box=box)


def _has_ink(picture: LinePicture) -> bool:
    """Whether there is anything to read; the network imagines words on white paper."""
    return picture.image.size > 0 and int(picture.image.min()) < INK


def _words(tsv: str) -> Iterator[WordReading]:
    """The words of a TSV table, in its (logical) order."""
    for row in tsv.splitlines():
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != _WORD_LEVEL:
            continue
        text = unicodedata.normalize("NFC", without_controls(cells[11]).strip())  # it marks directions
        left, top, width, height = (float(cell) for cell in cells[6:10])
        if text:
            box = Box(left, top, left + width, top + height)
            yield WordReading(text, box, min(1.0, max(0.0, float(cells[10]) / 100)))


def _library() -> Any | None:
    try:
        import tesserocr
    except ImportError:
        return None
    return tesserocr


def _library_version() -> str | None:
    library = _library()
    if library is None:
        return None
    words: list[str] = library.tesseract_version().split()
    return words[1]


def _program_version() -> str | None:
    if shutil.which("tesseract") is None:
        return None
    result = subprocess.run(["tesseract", "--version"], capture_output=True, timeout=20, check=False)
    words = (result.stdout or result.stderr).decode("utf-8", "replace").split()
    return words[1] if len(words) > 1 else None
