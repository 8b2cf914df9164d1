"""`python -m tests.bench.producers [--kept FOLDER] [--show] [NAME ...]`: layers of many programs, compared.

Each program of `programs.py` (or those whose names hold a NAME) sets each text of `prose.toml` in each of its
fonts; the table gives the character error rate after normalisation, ours and that of other readers (which
order lines and columns by themselves). A page whose layer is not believed would be read by OCR and is counted
apart. ``--show`` prints each difference, ``--kept`` keeps the files (and takes those that are there). What is
not installed is named and left out.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from rapidfuzz.distance import Levenshtein
from rich.console import Console
from rich.table import Table

from layout.language import normalized
from tests.bench.producers.programs import PRODUCERS, MissingError
from tests.bench.producers.prose import Prose, texts
from tests.bench.producers.reading import ours, pdftotext, pymupdf

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
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        made = _made(options.names, options.kept or Path(folder))
        rates = {name: _rates(files, options.show) for name, files in made.items() if files}
    if not rates:
        return 1
    table = Table(title="character error rate in %, mean (worst page)", title_justify="left")
    for name in ("program", "pages", *READERS, "not believed"):
        table.add_column(name, justify="left" if name == "program" else "right")
    for name, found in rates.items():
        pages = max(map(len, found.values()))
        shown = [f"{100 * sum(r) / len(r):.2f} ({100 * max(r):.2f})" if r else "-" for r in found.values()]
        table.add_row(name, str(pages), *shown, str(pages - len(found["newsreflow"])))
    Console(width=max(100, Console().width)).print(table)
    return 0


def _made(names: Sequence[str], folder: Path) -> dict[str, list[tuple[Path, Prose]]]:
    """The files of each program, with their texts."""
    made: dict[str, list[tuple[Path, Prose]]] = defaultdict(list)
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


def _rates(files: Sequence[tuple[Path, Prose]], show: bool) -> dict[str, list[float]]:
    rates: dict[str, list[float]] = defaultdict(list)
    for pdf, prose in files:
        wanted = normalized(prose.text, prose.code)
        for name, read in READERS.items():
            text = read(pdf, prose)
            if text is None:
                rates[name] += []
                continue
            found = normalized(re.sub(r"([-\u05be])\n", r"\1", text).replace("\n", " "), prose.code)
            rates[name].append(Levenshtein.distance(wanted, found) / len(wanted))
            if show and name == "newsreflow":
                _show(pdf, prose, wanted, found, rates[name][-1])
    return rates


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
