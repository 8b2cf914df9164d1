"""`python -m tests.bench.reading [MODEL ...]`: how well models read the true lines of the reference pages.

For every language and kind of picture (clean, scan) and each model of the language (or those named) the
table gives the character errors of the lines read one by one, normalised, and how often a word is right
that was read with such a confidence of the engine. The last lines are the rows of layout/text/calibration.py:
all pictures together, never falling.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from rapidfuzz.distance import Levenshtein
from rich.console import Console
from rich.table import Table

from layout.document import Box, LineShape, RegionKind, Segmentation, Shape
from layout.image import Scan
from layout.language import language, normalized
from layout.text.engine import LinePicture, Reading
from layout.text.engines import engine_for
from layout.text.identify import FRAKTUR_MODELS
from layout.text.settings import TextSettings
from layout.text.strips import Cutter
from tests.truth import SYNTHETIC, load_truth

#: Lower ends of the bins of confidence.
BINS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)


@dataclass
class Tally:
    """Errors and letters of lines; words and right ones by bin of confidence."""

    errors: int = 0
    letters: int = 0
    words: list[int] = field(default_factory=lambda: [0] * len(BINS))
    right: list[int] = field(default_factory=lambda: [0] * len(BINS))

    def add(self, reading: Reading, text: str, code: str) -> None:
        wanted = normalized(text, code)
        self.errors += Levenshtein.distance(wanted, normalized(reading.text, code))
        self.letters += len(wanted)
        found = [normalized(word.text, code) for word in reading.words]
        same = SequenceMatcher(None, wanted.split(), found, autojunk=False).get_matching_blocks()
        matched = {block.b + n for block in same for n in range(block.size)}
        for number, word in enumerate(reading.words):
            place = sum(word.confidence >= low for low in BINS) - 1
            self.words[place] += 1
            self.right[place] += number in matched


def main(models: Sequence[str]) -> int:
    """Print the table; 1 where the reference pages are not here."""
    tallies: dict[tuple[str, str, str], Tally] = defaultdict(Tally)
    folders = sorted(path.parent for path in SYNTHETIC.rglob("p*/**/clean.json"))
    for folder in folders:
        for file in sorted(folder.glob("*.json")):
            truth = load_truth(file)
            kind = "clean" if file.stem == "clean" else "scan"
            pictures, texts = _lines(folder, truth)
            for model in models or _models(truth):
                readings = engine_for(TextSettings()).recognize(pictures, model)
                for reading, text in zip(readings, texts, strict=True):
                    tallies[truth["lang"] + ("-Latf" if truth["script"] == "Latf" else ""), kind, model].add(
                        reading, text, truth["lang"]
                    )
    if not folders:
        print("the reference pages (../shared/devset) are not here", file=sys.stderr)  # noqa: T201
        return 1
    table = Table(title="errors, and share of words right by confidence (words)", title_justify="left")
    for name in ("language", "picture", "model", "errors", *(f"{low:.2f}" for low in BINS)):
        table.add_column(name, justify="right", no_wrap=True)
    for key, tally in sorted(tallies.items()):
        shares = (
            f"{right / words:.2f} ({words})" if words else "-"
            for right, words in zip(tally.right, tally.words, strict=True)
        )
        table.add_row(*key, f"{tally.errors / max(1, tally.letters):.4f}", *shares)
    console = Console(width=max(180, Console().width))
    console.print(table)
    for model in sorted({model for *_, model in tallies}):
        console.print(model, _shares([tally for key, tally in tallies.items() if key[-1] == model]))
    return 0


def _shares(tallies: Sequence[Tally]) -> tuple[float, ...]:
    """The share of words right by bin of confidence; bins that would fall are taken together."""
    pools: list[tuple[int, int, int]] = []
    for place in range(len(BINS)):
        words = sum(tally.words[place] for tally in tallies)
        right = sum(tally.right[place] for tally in tallies)
        pools.append((right, words, 1))
        while len(pools) > 1 and pools[-2][0] * pools[-1][1] > pools[-1][0] * pools[-2][1]:
            last, before = pools.pop(), pools.pop()
            pools.append((before[0] + last[0], before[1] + last[1], before[2] + last[2]))
    return tuple(round(right / max(1, words), 2) for right, words, bins in pools for _ in range(bins))


def _models(truth: dict[str, Any]) -> tuple[str, ...]:
    models = FRAKTUR_MODELS if truth["script"] == "Latf" else language(truth["lang"]).models
    return tuple(model for model in models if engine_for(TextSettings()).has(model))


def _lines(folder: Path, truth: dict[str, Any]) -> tuple[list[LinePicture], list[str]]:
    """Pictures of the upright lines of running text, and what they say."""
    gray = cv2.imread(str(folder / truth["image"]["file"]), cv2.IMREAD_GRAYSCALE)
    scan = Scan("p0001", np.asarray(gray, np.uint8), dpi=float(truth["image"]["dpi"]))
    found = list(_true_lines(truth))
    page = Box(0.0, 0.0, scan.width, scan.height)
    shape = Shape(RegionKind.PARAGRAPH, page, tuple(line for line, _ in found))
    cutter = Cutter.of(scan, Segmentation(scan.width, scan.height, (shape,)))
    cut = [(cutter.cut(shape, number), text) for number, (_, text) in enumerate(found)]
    return [picture for picture, _ in cut if picture], [text for picture, text in cut if picture]


def _true_lines(truth: dict[str, Any]) -> Iterator[tuple[LineShape, str]]:
    for block in truth["blocks"]:
        if len(block["lines"]) < 3 or block["rotated"]:
            continue
        for line in block["lines"]:
            baseline = tuple((float(x), float(y)) for x, y in line.get("baseline", ()))
            yield LineShape(Box(*line["bbox"]), baseline), line.get("raw", line["text"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
