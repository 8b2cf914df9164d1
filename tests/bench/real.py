"""`python -m tests.bench.real OUT`: the devset's real pages as sets that `tests.bench.scores` reads.

A set is made for each folder with truth by hand: `OUT/<folder>/manifest.json`, which names the pictures and
the PAGE files where they stand. Where regions were marked by hand (`*.regions.json`), the truth is written
beside the manifest as `newsbench-gt/1`; such pages have neither lines nor the order of articles.
Folders with nothing but uncorrected OCR (Nordstern), without regions (Muqtabas) or without pictures
(Reichsanzeiger) make no set.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pymupdf

from tests.truth import SHARED

REAL = SHARED / "devset" / "real"
#: Folders with PAGE truth and the language of their pages.
PAGE_SETS = {"nzz-fraktur-pages": "de", "gbn-fraktur-layout": "de"}
#: Folders with regions marked by hand.
MARKED_SETS = ("arabic-newspaper-pages", "ndnp-english", "born-digital-newsletters")
_PICTURES = (".tif", ".png", ".jpg")

Json = dict[str, Any]


def main(arguments: Sequence[str]) -> int:
    """Write the sets; 1 where the real pages are not here."""
    if len(arguments) != 1 or not REAL.is_dir():
        print("usage: python -m tests.bench.real OUT, with ../shared/devset/real", file=sys.stderr)  # noqa: T201
        return 1
    out = Path(arguments[0])
    for name, language in PAGE_SETS.items():
        _write(out / name, [_page_of(file, language) for file in sorted((REAL / name).glob("*.xml"))])
    for name in MARKED_SETS:
        _write(
            out / name, [_marked(file, out / name) for file in sorted((REAL / name).rglob("*.regions.json"))]
        )
    return 0


def _write(folder: Path, pages: list[Json]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    manifest = {"schema": "newsbench-manifest/1", "set": folder.name, "pages": pages}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")


def _page_of(truth: Path, language: str) -> Json:
    """The page of a PAGE file; its picture bears its name, at times with a number before."""
    picture = next(
        file for file in truth.parent.iterdir() if file.stem.endswith(truth.stem) and file.suffix in _PICTURES
    )
    return _entry(truth.stem, picture, 0, truth, language)


def _marked(file: Path, folder: Path) -> Json:
    marked = json.loads(file.read_text(encoding="utf-8"))
    page_id = f"{file.parent.name}-{file.name.removesuffix('.regions.json')}"
    picture, index = file.parent / marked["source"], marked.get("page_index", 0)
    size = marked.get("size") or _points(picture, index)
    folder.mkdir(parents=True, exist_ok=True)
    truth = folder / f"{page_id}.json"
    truth.write_text(json.dumps(_truth(marked, size), ensure_ascii=False, indent=1), encoding="utf-8")
    language = "ar" if marked.get("direction") == "rtl" else "en"
    return _entry(page_id, picture, index, truth, language)


def _entry(page_id: str, picture: Path, index: int, truth: Path, language: str) -> Json:
    sample = {"variant": "scan", "image": str(picture), "page": index, "truth": str(truth)}
    return {"page_id": page_id, "lang": language, "samples": [sample]}


def _points(document: Path, index: int) -> list[float]:
    with pymupdf.open(document) as opened:
        box = opened[index].rect
        return [box.width, box.height]


def _truth(marked: Json, size: Sequence[float]) -> Json:
    """What was marked by hand, in the scorer's words."""
    articles = {block: article["id"] for article in marked["articles"] for block in article["regions"]}
    return {
        "schema": "newsbench-gt/1",
        "image": {"width": size[0], "height": size[1]},
        "dir": marked.get("direction", "ltr"),
        "blocks": list(_blocks(marked["regions"], articles)),
        "reading_order": [region["id"] for region in marked["regions"]],
        "articles": [{"id": article["id"], "blocks": article["regions"]} for article in marked["articles"]],
    }


def _blocks(regions: Sequence[Json], articles: dict[str, str]) -> Iterator[Json]:
    for region in regions:
        yield {
            "id": region["id"],
            "type": region["type"],
            "bbox": region["bbox"],
            "text": region.get("text"),
            "article": articles.get(region["id"]),
        }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
