"""`python -m tests.bench.producers [--kept FOLDER] [--show] [--defects] [NAME ...]`: many programs' layers.

Each program of `programs.py` (or those whose names hold a NAME) sets each text of `prose.toml` in each of its
fonts; the table gives the character error rate after normalisation, ours and that of other readers (which
order lines and columns by themselves). A page whose layer is not believed would be read by OCR and is counted
apart. With ``--defects`` each profile of `defects.py` is put into those layers first, and only ours is read.
``--show`` prints each difference, ``--kept`` keeps the files (and takes those that are there). What is
not installed is named and left out.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

from rapidfuzz.distance import Levenshtein
from rich.console import Console
from rich.table import Table

from layout.language import normalized
from tests.bench.producers.defects import HEADINGS, PROFILES
from tests.bench.producers.programs import PRODUCERS, MissingError
from tests.bench.producers.prose import Prose, texts
from tests.bench.producers.reading import ours, pdftotext, pymupdf

_Made = tuple[Path, Prose]

READERS: dict[str, Callable[[Path, Prose], str | None]] = {
    "newsreflow": ours,
    "pdftotext": pdftotext,
    "PyMuPDF": pymupdf,
}


def main(arguments: Sequence[str]) -> int:
    """Print the table; 1 where no program is here."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.producers")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--kept", type=Path)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--defects", action="store_true")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        made = _made(options.names, options.kept or Path(folder))
        if options.defects:
            rates = {name: _defect_rates(made, name, options.show) for name in PROFILES}
        else:
            rates = {name: _rates(files, options.show) for name, files in made.items() if files}
    if not any(made.values()):
        return 1
    table = Table(title="character error rate in %, mean (worst page)", title_justify="left")
    for name in ("layer", "pages", *next(iter(rates.values())), "not believed"):
        table.add_column(name, justify="left" if name == "layer" else "right")
    for name, found in rates.items():
        table.add_row(
            name, str(len(found["newsreflow"])), *map(_shown, found.values()), _refused(found["newsreflow"])
        )
    Console(width=max(100, Console().width)).print(table)
    return 0


def _shown(rates: Sequence[float | None]) -> str:
    read = [100 * rate for rate in rates if rate is not None]
    return f"{sum(read) / len(read):.2f} ({max(read):.2f})" if read else "-"


def _refused(rates: Sequence[float | None]) -> str:
    return str(sum(rate is None for rate in rates))


def _made(names: Sequence[str], folder: Path) -> dict[str, list[_Made]]:
    """The files of each program, with their texts."""
    made: dict[str, list[_Made]] = defaultdict(list)
    for number, prose in enumerate(texts()):
        for name, produce in PRODUCERS.items():
            if names and not any(part.lower() in name.lower() for part in names):
                continue
            here = folder / f"{prose.code}-{number}" / name.replace(" ", "").replace(",", "-")
            kept = sorted(here.glob("done-*.pdf"))
            try:
                made[name].append((kept[0] if kept else _produce(produce, prose, here), prose))
            except MissingError as missing:
                print(f"{name}, {prose.code}: left out, for {missing} is not here", file=sys.stderr)  # noqa: T201
            except FileNotFoundError:
                print(f"{name}, {prose.code} in {prose.font}: made no file", file=sys.stderr)  # noqa: T201
    return made


def _produce(produce: Callable[[Prose, Path], Path], prose: Prose, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    out = produce(prose, folder)
    return out.rename(folder / f"done-{out.name}")


def _rates(files: Sequence[_Made], show: bool) -> dict[str, list[float | None]]:
    rates: dict[str, list[float | None]] = defaultdict(list)
    for pdf, prose in files:
        for name, read in READERS.items():
            rates[name].append(_rate(pdf, prose, read(pdf, prose), show and name == "newsreflow"))
    return rates


def _defect_rates(
    made: Mapping[str, Sequence[_Made]], defect: str, show: bool
) -> dict[str, list[float | None]]:
    """Ours alone, with a defect put into the layers of all programs."""
    files = [file for found in made.values() for file in found]
    if defect == HEADINGS:  # they are read by OCR
        files = [(pdf, replace(prose, title="")) for pdf, prose in files]
    return {"newsreflow": [_rate(pdf, prose, ours(pdf, prose, defect), show) for pdf, prose in files]}


def _rate(pdf: Path, prose: Prose, text: str | None, show: bool) -> float | None:
    if text is None:
        return None
    wanted = normalized(prose.text, prose.code)
    found = normalized(re.sub(r"([-\u05be])\n", r"\1", text).replace("\n", " "), prose.code)
    rate = Levenshtein.distance(wanted, found) / len(wanted)
    if show:
        _show(pdf, prose, wanted, found, rate)
    return rate


def _show(pdf: Path, prose: Prose, wanted: str, found: str, rate: float) -> None:
    print(f"{pdf.parent.name} {prose.code} {prose.font}: {100 * rate:.2f} %")  # noqa: T201
    true, read = wanted.split(" "), found.split(" ")
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, true, read, autojunk=False).get_opcodes():
        if tag != "equal":
            sides = (" ".join(part) for part in (true[i1:i2], read[j1:j2]))
            print("   ", " -> ".join(map(_visible, sides)))  # noqa: T201


def _visible(text: str) -> str:
    """Signs that show nothing, by their codes."""
    return "".join(
        f"<{ord(char):04X}>" if unicodedata.category(char) in ("Cf", "Mn", "Co", "Cc") else char
        for char in text
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
