"""Make many different newspaper pages with truth: ``python samples/make/pages.py OUT --count 40 --seed 7``.

OUT gets ``manifest.json`` and ``pages/<id>/``: ``born.pdf`` (for Persian also ``defect.pdf``), ``clean.png``
with ``clean.json``, and a degraded ``scan-1.jpg`` (or ``.png`` in two tones) with ``scan-1.json``. A count of
pages and a seed always give the same pages; a page that is there already is left as it is.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pymupdf
from PIL import Image

sys.path.insert(0, str(Path(__file__).parent))

from press.defects import defective_layer
from press.designs import Plan, draw_page
from press.pdf import Writer
from press.scan import Damage, carry, spoil
from press.sheet import Sheet
from press.truth import page_truth

#: languages and designs in the order in which pages are made, so that any count is a fair mixture
_ROUND = (
    ("fa", "modular"), ("en", "rail"), ("fa", "talk"), ("de", "running"), ("fa", "rail"), ("en", "modular"),
    ("ar", "modular"), ("fa", "mosaic"), ("en", "mosaic"), ("fa", "magazine"), ("de", "mosaic"),
    ("ar", "running"),
    ("en", "talk"), ("fa", "modular"), ("en", "running"), ("fa", "mosaic"), ("de", "running"), ("fa", "rail"),
    ("ar", "talk"), ("en", "magazine"),
)  # fmt: skip


def damages(lot: random.Random) -> Damage:
    """One of five ways in which pages are spoilt."""
    skew = lot.uniform(-1.6, 1.6)
    spine = lot.choice(["left", "right"])
    return lot.choice(
        [
            Damage(skew * 0.4, 0.0006, 0.0, 0.0, 0.01, "light", spine, 0.04, 0.06, 3, 0.5, paper=242),
            Damage(skew, 0.002, 0.008, 0.001, 0.03, "dark", spine, 0.12, 0.32, 8, 0.8, paper=225),
            Damage(skew * 0.6, 0.006, 0.004, 0.002, 0.04, "dark", spine, 0.06, 0.4, 6, 0.9, paper=230),
            Damage(skew, 0.002, 0.003, 0.0006, 0.02, "light", spine, 0.06, 0.1, 9, 0.7, specks=400,
                   bilevel=True),
            Damage(skew * 0.7, 0.002, 0.005, 0.001, 0.03, "dark", spine, 0.2, 0.2, 11, 1.1, fade=0.35,
                   paper=205),
        ]
    )  # fmt: skip


def make_page(out: Path, page_id: str, plan: Plan, set_name: str) -> dict[str, Any]:
    """Set one page, render it, spoil it, and write the files; returns its entry for the manifest."""
    folder = out / "pages" / page_id
    folder.mkdir(parents=True, exist_ok=True)
    sheet = draw_page(page_id, plan)
    writer = Writer()
    writer.page(sheet)
    writer.save(folder / "born.pdf")
    files = {"born": f"pages/{page_id}/born.pdf"}
    if sheet.language == "fa":
        old = Writer()
        old.page(sheet, defective_layer(sheet))
        old.save(folder / "defect.pdf")
        files["defect"] = f"pages/{page_id}/defect.pdf"
    lot = random.Random(f"scan{plan.seed}")
    clean, truth = _clean(folder, sheet, 300, set_name, plan.seed)
    damage = damages(lot)
    dpi = lot.choice([200, 240, 300]) if damage.bilevel else lot.choice([240, 300])
    scaled = page_truth(sheet, dpi, "", "", "gray", set_name, plan.seed)
    grey = cv2.resize(
        clean, (scaled["image"]["width"], scaled["image"]["height"]), interpolation=cv2.INTER_AREA
    )
    scan, bend = spoil(grey, damage, plan.seed)
    file = "scan-1.png" if damage.bilevel else "scan-1.jpg"
    if damage.bilevel:
        Image.fromarray(scan).convert("1").save(folder / file, dpi=(dpi, dpi))
    else:
        Image.fromarray(scan).save(folder / file, quality=lot.choice([55, 70, 82]), dpi=(dpi, dpi))
    moved = carry(scaled, bend, file, "scan-1", damage, "bilevel" if damage.bilevel else "gray")
    _dump(folder / "scan-1.json", moved)
    samples = [_sample(page_id, variant, t) for variant, t in (("clean", truth), ("scan-1", moved))]
    return {
        "page_id": page_id, "lang": plan.language, "dir": truth["dir"], "template": plan.template,
        "issue_id": None,         "page_index": 0, "page_role": sheet.role,
        "dir_path": f"pages/{page_id}", "samples": samples,
        "pdf": files,
    }  # fmt: skip


def _clean(
    folder: Path, sheet: Sheet, dpi: int, set_name: str, seed: int
) -> tuple[np.ndarray, dict[str, Any]]:
    with pymupdf.open(folder / "born.pdf") as document:
        pixels = document[0].get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY)
    clean = np.frombuffer(pixels.samples, np.uint8).reshape(pixels.height, pixels.stride)[:, : pixels.width]
    Image.fromarray(clean).save(folder / "clean.png", dpi=(dpi, dpi))
    truth = page_truth(sheet, dpi, "clean.png", "clean", "gray", set_name, seed)
    truth["image"] |= {"width": pixels.width, "height": pixels.height}
    _dump(folder / "clean.json", truth)
    return clean, truth


def _sample(page_id: str, variant: str, truth: dict[str, Any]) -> dict[str, Any]:
    image = truth["image"]
    base = f"pages/{page_id}"
    return {
        "variant": variant, "image": f"{base}/{image['file']}", "truth": f"{base}/{variant}.json",
        "dpi": image["dpi"], "width": image["width"], "height": image["height"],
    }  # fmt: skip


def _dump(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--first", type=int, default=0, help="number of the first page")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--name", default="gen", help="name of the set, and beginning of the ids")
    args = parser.parse_args()
    cv2.setNumThreads(1)
    pages = []
    for number in range(args.first, args.first + args.count):
        language, template = _ROUND[number % len(_ROUND)]
        page_id = f"{args.name}-{language}-{number + 1:03d}"
        entry = args.out / "pages" / page_id / "entry.json"
        if not entry.is_file():
            plan = Plan(language, template, args.seed * 1000 + number)
            _dump_entry = make_page(args.out, page_id, plan, args.name)
            _dump(entry, _dump_entry)
    for entry in sorted((args.out / "pages").glob("*/entry.json")):
        pages.append(json.loads(entry.read_text(encoding="utf-8")))
    manifest = {
        "schema": "newsbench-manifest/1",
        "set": args.name,
        "seed": args.seed,
        "pages": pages,
        "issues": [],
    }
    _dump(args.out / "manifest.json", manifest)


if __name__ == "__main__":
    main()
