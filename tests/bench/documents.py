"""Random documents through every format and back: `python -m tests.bench.documents [COUNT [FIRST]]`.

Each seed is a document of any kind, which has to give valid files that `check` finds no fault with, and one
as reflow makes it, which has to come back from ALTO with TEI and METS, from PAGE and from hOCR. Prints the
seeds of which that is not so; needs the reference material beside the checkout, for its schemas.
"""

from __future__ import annotations

import logging
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.any_issues import any_issue
from tests.dice import Dice
from tests.export.properties import any_document_holds, sound_document_comes_back

PROPERTIES = {"any": any_document_holds, "sound": sound_document_comes_back}
_COUNT, _REPORTED = 2000, 200


def main(count: int = _COUNT, first: int = 0) -> int:
    """The exit code: 1 where a property does not hold for some document."""
    logging.disable()
    failed: Counter[str] = Counter()
    for done, seed in enumerate(range(first, first + count), 1):
        for name, holds in PROPERTIES.items():
            with tempfile.TemporaryDirectory() as folder:
                try:
                    holds(seed, Path(folder))
                except Exception as error:  # whatever it is, it is told, and the next one is tried
                    failed[name] += 1
                    told = " ".join(str(error).split()) or "does not hold"
                    _say(f"seed {seed}, {name}: {type(error).__name__}: {told[:400]}")
        if done % _REPORTED == 0:
            _say(f"{done} seeds, {time.process_time():.0f} s")
    pages = [page for seed in range(first, first + count) for page in any_issue(Dice(seed)).pages]
    largest = max((sum(1 for _ in page.walk()) for page in pages), default=0)
    empty = sum(not page.regions for page in pages)
    _say(f"{count} documents of any kind ({len(pages)} pages, {empty} empty, {largest} regions at most)")
    _say(f"{failed['any']} of them with faults; of {count} sound ones {failed['sound']} do not come back")
    return 1 if failed else 0


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
