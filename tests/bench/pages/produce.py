"""Makes single pages and writes pictures, truth and manifest."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from tests.bench.pages.design import draw_design
from tests.bench.pages.plan import KINDS, Planned, Planner, Wish
from tests.bench.pages.press import Press
from tests.bench.pages.scan import Mapping, carry, draw_damage, scanned
from tests.bench.pages.truth import Identity, page_truth
from tests.bench.pages.wording import Writer

Json = dict[str, Any]
#: languages (Fraktur marked) in the order pages are made, so that any count is a fair mixture
_ROUND = ("fa", "en", "ar", "de-Latf", "fa", "en", "de", "he", "fa", "de-Latf", "ar", "en")


def plan_single(seed: int, number: int) -> tuple[Planned, int]:
    """The plan of a single page of a set, and the resolution of its clean picture."""
    lot = random.Random(f"{seed}-{number}")
    lang, _, script = _ROUND[(number + seed) % len(_ROUND)].partition("-")
    kind = KINDS[(number * 3 + lot.randint(0, 2)) % len(KINDS)]
    design = draw_design(lot, lang, script == "Latf")
    writer = Writer(lang, lot, design.fraktur, design.western)
    section = writer.phrase("sections") if lot.random() < 0.5 else ""
    wish = Wish(kind, lot.randint(2, 48), writer.phrase("titles"), writer.date(), section)
    return Planner(design, lot, wish).plan(), lot.choice((200, 240, 300))


def make_single(press: Press, out: Path, seed: int, number: int, scans: bool) -> Json:
    """Write one page; returns its entry in the manifest."""
    planned, dpi = plan_single(seed, number)
    lang = planned.design.lang
    identity = Identity(f"gen{seed}-{lang}-{number:03d}", f"gen{seed}", seed)
    made, picture = press.set(planned, dpi)
    truth = page_truth(planned, made, identity, dpi)
    damages = [random.Random(f"{seed}-{number}-scan")] if scans else []
    folder = f"pages/{identity.page_id}"
    samples = write_page(out, folder, truth, picture, damages)
    return entry(truth, folder, samples)


def write_page(
    out: Path, folder: str, truth: Json, picture: np.ndarray, damages: list[random.Random]
) -> list[Json]:
    """Write the clean picture, a scan for each source of damage, and their truths; returns the samples."""
    place = out / folder
    place.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(place / "clean.png"), picture)
    write_json(place / "clean.json", truth)
    samples = [_sample(folder, truth)]
    for number, lot in enumerate(damages, 1):
        mapping = Mapping(draw_damage(lot), truth["image"]["dpi"], (picture.shape[1], picture.shape[0]))
        variant = f"scan-{number}"
        file = f"{variant}.{'png' if mapping.damage.bilevel else 'jpg'}"
        options = (
            [cv2.IMWRITE_PNG_BILEVEL, 1]
            if mapping.damage.bilevel
            else [cv2.IMWRITE_JPEG_QUALITY, mapping.damage.quality]
        )
        cv2.imwrite(str(place / file), scanned(picture, mapping), options)
        moved = carry(truth, mapping, variant, file)
        write_json(place / f"{variant}.json", moved)
        samples.append({**_sample(folder, moved), "preset": mapping.damage.name})
    return samples


def entry(truth: Json, folder: str, samples: list[Json]) -> Json:
    """A page's entry in the manifest."""
    keys = ("page_id", "lang", "dir", "template", "issue_id", "page_index", "page_role")
    return {**{key: truth[key] for key in keys}, "dir_path": folder, "samples": samples}


def write_json(path: Path, value: object) -> None:
    """Write JSON as the truth's readers expect it."""
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _sample(folder: str, truth: Json) -> Json:
    image = truth["image"]
    return {
        "variant": image["variant"],
        "image": f"{folder}/{image['file']}",
        "truth": f"{folder}/{image['variant']}.json",
        "dpi": image["dpi"],
        "width": image["width"],
        "height": image["height"],
    }
