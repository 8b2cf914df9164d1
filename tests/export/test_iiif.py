"""The manifest: valid by the specification's schema, lines in reading order, items as ranges."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from layout.document import Issue, SourceImage
from layout.errors import ConfigError
from layout.export import Illustrated, exporter
from layout.export.settings import ExportSettings
from layout.image.picture import packed
from tests.export.issues import HEIGHT, WIDTH, small_issue
from tests.truth import SHARED, needs_shared

SCHEMA = SHARED / "schemas" / "iiif" / "iiif_presentation_3_0.schema.json"


def manifest(issue: Issue, folder: Path, **more: Any) -> dict[str, Any]:
    settings = ExportSettings(formats=("alto", "tei", "iiif"), base_url="https://example.org/papers/", **more)
    exporter("iiif")(settings).write(issue, folder)
    made: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return made


@needs_shared
@pytest.mark.parametrize("licence", [None, "https://creativecommons.org/publicdomain/zero/1.0/"])
def test_it_is_valid(licence: str | None, tmp_path: Path) -> None:
    jsonschema = pytest.importorskip(
        "jsonschema", reason="jsonschema is not installed (pip install jsonschema)"
    )
    made = manifest(small_issue(), tmp_path, licence=licence)
    validator = jsonschema.Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert [error.message for error in validator.iter_errors(made)] == []


def test_every_line_is_an_annotation_in_reading_order(tmp_path: Path) -> None:
    made = manifest(small_issue(), tmp_path)
    first, second, lost = made["items"]
    texts = [one["body"]["value"] for one in first["annotations"][0]["items"]]
    assert texts.index("کتابخانه حافظه شهر است") < texts.index("این را در ۱۴۰۲ نوشتم") < texts.index("۳۱")
    assert len(texts) == 16 and len(set(texts)) == 16
    body = first["annotations"][0]["items"][0]["body"]
    assert (body["language"], body["textDirection"]) == ("fa", "rtl")
    english = [one["body"] for one in second["annotations"][0]["items"] if one["body"]["language"] == "en"]
    assert english and all(one["textDirection"] == "ltr" for one in english)
    assert "annotations" not in lost and lost["label"] == {"en": ["[3], not read"]}
    assert (first["width"], first["height"]) == (lost["width"], lost["height"]) == (WIDTH, HEIGHT)


def test_items_are_ranges_and_a_sidebar_stands_in_its_article(tmp_path: Path) -> None:
    made = manifest(small_issue(), tmp_path)
    interview, ferry, _, _ = made["structures"]
    assert interview["label"] == {"fa": ["کتابخانه حافظه شهر است"]}
    pieces = [one for one in interview["items"] if one["type"] == "SpecificResource"]
    canvases = {one["source"]["id"].rsplit("/", 1)[1] for one in pieces}
    assert canvases == {"p0001", "p0002"}, "one range over both pages"
    inner = [one for one in interview["items"] if one["type"] == "Range"]
    assert [one["id"].rsplit("/", 1)[1] for one in inner] == ["i0002"]
    assert ferry["items"][0]["selector"]["value"] == "xywh=100,200,650,40"


def test_what_the_paper_does_not_say_is_not_in_its_language(tmp_path: Path) -> None:
    """The id of an issue without a title, and the kind of a notice without words, were said to be Persian."""
    issue = small_issue()
    pages = tuple(
        replace(page, regions=tuple(replace(region, lines=()) for region in page.regions))
        for page in issue.pages
    )
    items = tuple(replace(item, title=None) for item in issue.items)
    made = manifest(
        replace(issue, pages=pages, items=items, metadata=replace(issue.metadata, title=None)), tmp_path
    )
    assert made["label"] == {"none": [issue.id]}
    assert {"en": ["article"]} in [one["label"] for one in made["structures"]]


def test_addresses_stand_below_the_base(tmp_path: Path) -> None:
    made = manifest(small_issue(), tmp_path)
    assert made["id"] == "https://example.org/papers/shahrma-217/manifest.json"
    image = made["items"][0]["items"][0]["items"][0]["body"]
    assert image["id"] == "https://example.org/papers/shahrma-217/page%201.png"
    assert made["viewingDirection"] == "right-to-left"
    assert made["navDate"] == "2023-04-30T00:00:00Z"


def test_of_scans_that_browsers_do_not_show_there_is_a_picture(tmp_path: Path) -> None:
    issue = small_issue()
    page = replace(issue.pages[0], source=SourceImage("page 1.tif"))
    made = exporter("iiif")(ExportSettings(formats=("iiif",), base_url="https://example.org"))
    assert isinstance(made, Illustrated)
    made.scans = lambda _: packed(np.full((HEIGHT, WIDTH), 255, np.uint8))
    names = [
        path.relative_to(tmp_path).as_posix() for path in made.write(replace(issue, pages=(page,)), tmp_path)
    ]
    assert names == ["images/p0001.png", "manifest.json"]
    text = (tmp_path / "manifest.json").read_text(encoding="utf-8")
    assert "https://example.org/shahrma-217/images/p0001.png" in text


def test_annotations_of_a_large_issue_stand_outside(tmp_path: Path) -> None:
    issue = small_issue()
    many = tuple(replace(issue.pages[0], id=f"p{n:04d}") for n in range(1, 300))
    made = manifest(replace(issue, pages=many, items=()), tmp_path)
    (named,) = made["items"][7]["annotations"]
    assert "items" not in named
    page = json.loads((tmp_path / "annotations" / "p0008.json").read_text(encoding="utf-8"))
    assert page["id"] == named["id"] and page["items"]


def test_without_an_address_there_is_no_manifest() -> None:
    with pytest.raises(ConfigError, match="iiif needs base_url"):
        ExportSettings(formats=("iiif",))
