"""A look at the machine before a long run: what is there, what is missing, and what to do about it."""

from __future__ import annotations

import locale
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from layout import __version__
from layout.batch.journal import NETWORK, file_system
from layout.batch.machine import fitting_jobs, memory_available

_PACKAGES = (
    "pymupdf",
    "layoutparser",
    "opencv-python",
    "numpy",
    "pillow",
    "lxml",
    "tesserocr",
    "python-bidi",
)
_FREE_ENOUGH = 1 << 30


@dataclass(frozen=True)
class Check:
    """One thing that was looked at; ``well`` is None where something is missing that not all need."""

    what: str
    said: str
    well: bool | None = True


def examine(out: Path) -> Iterator[Check]:
    """Every check, results to be written below ``out``."""
    yield Check("newsreflow", f"{__version__}, Python {platform.python_version()}, {platform.platform()}")
    yield from _packages()
    yield from _engines()
    yield _jpeg2000()
    yield _memory()
    yield from _folder(out)
    encoding = sys.getfilesystemencoding()
    well = encoding.lower().replace("-", "") == "utf8"
    advice = "" if well else "; set LC_ALL=C.UTF-8"
    yield Check("locale", f"{locale.setlocale(locale.LC_CTYPE)}, file names in {encoding}{advice}", well)


def _packages() -> Iterator[Check]:
    for name in _PACKAGES:
        try:
            yield Check(name, metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Check(name, f"is not installed; run: pip install {name}", False)


def _engines() -> Iterator[Check]:
    from layout.text import installed

    for status in installed():
        if status.version is None:
            yield Check(status.name, "is not installed", False)
        else:
            languages = f", languages: {', '.join(status.languages)}" if status.languages else ""
            yield Check(status.name, f"{status.version}{languages}")
        for thing, command in status.missing:
            yield Check(f"{status.name} {thing}", f"is missing; where it is needed run: {command}", None)


def _jpeg2000() -> Check:
    from layout.source import jpeg2000

    if version := jpeg2000.version():
        return Check("OpenJPEG", version)
    missing = "is missing: JPEG 2000 takes 20 bytes of memory a pixel; run: sudo apt-get install libopenjp2-7"
    return Check("OpenJPEG", missing, None)


def _memory() -> Check:
    free = memory_available()
    jobs = fitting_jobs()
    well = free >= _FREE_ENOUGH
    advice = "" if well else "; at least 1 GB is wanted"
    return Check("memory", f"{free / 1e9:.1f} GB free, so {jobs} page(s) at once{advice}", well)


def _folder(out: Path) -> Iterator[Check]:
    place = out.absolute()
    while not place.exists():
        place = place.parent
    kind = file_system(place)
    local = kind not in NETWORK
    advice = "" if local else "; keep the journal on a local disk with --journal"
    yield Check("file system", f"{place}: {kind or 'unknown'}{advice}", local)
    may = os.access(place, os.W_OK)
    yield Check("output", f"{place}: {'may' if may else 'may not'} be written", may)
    free = shutil.disk_usage(place).free
    yield Check("disk", f"{free / 1e9:.1f} GB free", free >= _FREE_ENOUGH)
