"""Make the sample issues again: ``python samples/make/build.py [NAME ...]`` (all of them without a name).

Needs what ``readme.md`` beside this file lists. The same fonts give the same files byte for byte.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pymupdf
from PIL import Image

sys.path.insert(0, str(Path(__file__).parent))

from press.defects import defective_layer
from press.pdf import Writer
from press.scan import Damage, carry, spoil
from press.sheet import Sheet
from press.truth import page_truth

SAMPLES = Path(__file__).resolve().parents[1]


def render(pdf: Path, page: int, dpi: int) -> np.ndarray:
    """A page of a PDF as grey pixels."""
    with pymupdf.open(pdf) as document:
        pixels = document[page].get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY)
    return (
        np.frombuffer(pixels.samples, np.uint8)
        .reshape(pixels.height, pixels.stride)[:, : pixels.width]
        .copy()
    )


def truth_of(sheet: Sheet, dpi: int, file: str, mode: str = "gray") -> dict[str, Any]:
    return page_truth(sheet, dpi, file, "clean", mode, "samples", 0)


def write_truth(folder: Path, name: str, truth: dict[str, Any]) -> None:
    (folder / "truth").mkdir(parents=True, exist_ok=True)
    text = json.dumps(truth, ensure_ascii=False, separators=(",", ":"))
    (folder / "truth" / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def interview_pdf() -> None:
    """Page 31 with a defective text layer."""
    import interview

    folder = _folder("shahrha-31")
    sheet = interview.page()
    writer = Writer()
    writer.page(sheet, defective_layer(sheet))
    writer.save(folder / "shahrha-31.pdf", {"Title": "page 31", "Producer": "newsreflow samples"})
    write_truth(folder, "shahrha-31", truth_of(sheet, 300, "shahrha-31.pdf"))


def interview_scan() -> None:
    """The same page from a scanner."""
    import interview

    folder = _folder("shahrha-31-scan")
    sheet = interview.page()
    damage = Damage(
        skew_deg=-1.1, perspective=0.002, curl=0.006, wave=0.0008, border=0.025, outside="dark",
        spine="right", bleed=0.1, light=0.3, noise=7, blur=0.7, paper=226,
    )  # fmt: skip
    grey, truth = _scanned(sheet, damage, 300, "page-31.tif", seed=31)
    Image.fromarray(grey).save(folder / "page-31.tif", compression="jpeg", quality=58, dpi=(300, 300))
    write_truth(folder, "page-31", truth)


def weekly_scans() -> None:
    """Four pages of a weekly, scanned with care."""
    import weekly

    folder = _folder("cheshmesar-217")
    for number, sheet in enumerate(weekly.pages(), 1):
        damage = Damage(
            skew_deg=(0.35, -0.5, 0.2, -0.25)[number - 1], perspective=0.0012, curl=0.002, border=0.012,
            outside="light", spine="left" if number % 2 else "right", bleed=0.05, light=0.1,
            noise=3, blur=0.5, paper=236,
        )  # fmt: skip
        grey, truth = _scanned(sheet, damage, 300, f"page-{number}.jpg", seed=number)
        Image.fromarray(grey).save(folder / f"page-{number}.jpg", quality=50, dpi=(300, 300))
        write_truth(folder, f"page-{number}", truth)


def english_pdf() -> None:
    """An English front page with a sound text layer."""
    import english

    folder = _folder("ellery-lantern")
    sheet = english.page()
    writer = Writer()
    writer.page(sheet)
    writer.save(
        folder / "ellery-lantern.pdf", {"Title": "The Ellery Lantern", "Producer": "newsreflow samples"}
    )
    write_truth(folder, "ellery-lantern", truth_of(sheet, 300, "ellery-lantern.pdf"))


def old_papers() -> None:
    """A Fraktur page in two tones, an Arabic page in grey."""
    import oldpapers

    folder = _folder("landbote-58")
    damage = Damage(
        skew_deg=0.6, perspective=0.001, border=0.015, outside="light", bleed=0.08, light=0.08, noise=7,
        blur=0.7, specks=150, bilevel=True,
    )  # fmt: skip
    grey, truth = _scanned(oldpapers.landbote(), damage, 300, "landbote-58.tif", seed=58)
    Image.fromarray(grey).convert("1").save(folder / "landbote-58.tif", compression="group4", dpi=(300, 300))
    write_truth(folder, "landbote-58", truth)
    folder = _folder("rawda-1927")
    damage = Damage(
        skew_deg=-0.4, curl=0.004, border=0.02, bleed=0.08, light=0.2, noise=5, blur=0.6, paper=228
    )
    grey, truth = _scanned(oldpapers.rawda(), damage, 300, "page-12.jpg", seed=12)
    Image.fromarray(grey).save(folder / "page-12.jpg", quality=55, dpi=(300, 300))
    write_truth(folder, "page-12", truth)


def _scanned(
    sheet: Sheet, damage: Damage, dpi: int, file: str, seed: int
) -> tuple[np.ndarray, dict[str, Any]]:
    scratch = SAMPLES / "make" / ".page.pdf"
    writer = Writer()
    writer.page(sheet)
    writer.save(scratch)
    try:
        clean = render(scratch, 0, dpi)
    finally:
        scratch.unlink()
    grey, bend = spoil(clean, damage, seed)
    return grey, carry(truth_of(sheet, dpi, file), bend, file, "scan-1", damage, "gray")


def _folder(name: str) -> Path:
    folder = SAMPLES / name
    folder.mkdir(exist_ok=True)
    return folder


MAKERS = {
    "shahrha-31": interview_pdf,
    "shahrha-31-scan": interview_scan,
    "cheshmesar-217": weekly_scans,
    "ellery-lantern": english_pdf,
    "old-papers": old_papers,
}


def main(names: list[str]) -> None:
    cv2.setNumThreads(1)
    for name in names or list(MAKERS):
        MAKERS[name]()


if __name__ == "__main__":
    main(sys.argv[1:])
