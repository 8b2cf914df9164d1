"""Files that are damaged, hostile or odd, made on the spot; what each must come to.

`python -m tests.malformed FOLDER` writes them, gives each alone to the program, and prints exit code, seconds
and peak memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

#: What a person may do about it is the listed outcome: read, refused, or refused for want of a password.
READ, REFUSED, USAGE, LOCKED, CONFIG, ACCESS = 0, 2, 1, 8, 9, 5


@dataclass(frozen=True)
class Case:
    """A bad input. ``make`` gets an empty folder and a stem, writes there, and names what is to be given.

    ``code`` is the exit code of a run on it alone; ``said`` stands in the sentence, where there is one;
    ``sentences`` is their number, one for each page.
    """

    name: str
    make: Callable[[Path, str], Path | str]
    code: int = REFUSED
    said: str = ""
    sentences: int = 1

    @property
    def stem(self) -> str:
        return self.name.replace(" ", "-")


def every_case() -> Iterator[Case]:
    """All of them; names are unique."""
    from tests.malformed import bomb_pictures, bombs, mets, pdfs, places, rasters, strangers

    for module in (rasters, pdfs, mets, places, bombs, bomb_pictures, strangers):
        yield from module.cases()
