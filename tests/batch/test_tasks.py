"""What the tasks of a page and of its issue leave of the page's picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from layout.batch.tasks import engines, issue, page
from layout.config import Config
from layout.document import Page
from layout.image import Scan
from layout.image.picture import unpacked
from layout.source import PageRef, SourceSettings, load_page


@pytest.fixture
def payload(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Of a page whose file is yet to be written; nothing is read of it."""

    def nothing(scan: Scan, _: Config) -> Page:
        return Page(scan.page_id, scan.width, scan.height, dpi=300)

    monkeypatch.setattr("layout.pipeline.read_scan", nothing)
    ref = PageRef(tmp_path / "page", 0, "p0001")
    return {
        "id": "paper",
        "ref": ref.to_json(),
        "refs": [ref.to_json()],
        "folder": str(tmp_path / "paper"),
        "pages": ["p0001"],
        "metadata": {},
        "config": {"export": {"formats": ["pdf"]}},
        "base": "base",
        "force": False,
        "source": "scan",
        "pictures": str(tmp_path / "pictures"),
        "thumbnail": str(tmp_path / "thumbnail.jpg"),
    }


def deliver(payload: dict[str, Any], ending: str, width: int, middle: int) -> None:
    """The page's file: a picture with a grey that is neither black nor white, or white."""
    pixels = np.full((600, width), 255, np.uint8)
    pixels[100:200, 50:150] = middle
    Path(payload["ref"][0]).write_bytes(cv2.imencode(ending, pixels)[1].tobytes())


def kept(payload: dict[str, Any]) -> list[tuple[str, int]]:
    """Types and widths of the pictures that were put aside."""
    found = (unpacked(path.read_bytes()) for path in sorted(Path(payload["pictures"]).glob("*")))
    return [(picture.type, picture.width) for picture in found]


def test_of_a_page_read_again_the_picture_is_the_new_one(payload: dict[str, Any]) -> None:
    """A run is stopped before the issue is made, and the file replaced: by one of another kind, then by a
    JPEG, which has its picture ready."""
    deliver(payload, ".bmp", 400, 128)
    page(payload)
    assert kept(payload) == [("image/jpeg", 400)]
    deliver(payload, ".bmp", 410, 255)
    page(payload)
    assert kept(payload) == [("image/png", 410)]
    deliver(payload, ".jpg", 420, 128)
    page(payload)
    assert kept(payload) == []


@pytest.mark.parametrize("detector", ["newspaper", "another"])
def test_colour_is_kept_for_the_picture_and_for_detectors_that_may_look_at_it(
    payload: dict[str, Any], monkeypatch: pytest.MonkeyPatch, detector: str
) -> None:
    """Three bytes a pixel that the built-in detector would carry along for nothing."""
    seen: list[bool] = []

    def look(scan: Scan, _: Config) -> Page:
        seen.append(scan.color is not None)
        return Page(scan.page_id, scan.width, scan.height, dpi=300)

    monkeypatch.setattr("layout.pipeline.read_scan", look)
    pixels = np.full((600, 400, 3), 255, np.uint8)
    pixels[100:400, 50:300] = (20, 40, 220)
    Path(payload["ref"][0]).write_bytes(cv2.imencode(".bmp", pixels)[1].tobytes())
    page({**payload, "config": {**payload["config"], "geometry": {"detector": detector}}})
    assert seen == [detector == "another"]
    (path,) = Path(payload["pictures"]).glob("*")
    assert unpacked(path.read_bytes()).colors == 3


@pytest.mark.parametrize(
    ("formats", "detector", "asked"),
    [
        (["tei"], "newspaper", False),
        (["tei", "pdf"], "newspaper", True),
        (["tei"], "another", True),
    ],
)
def test_colour_is_decoded_only_where_something_is_made_of_it(
    payload: dict[str, Any], monkeypatch: pytest.MonkeyPatch, formats: list[str], detector: str, asked: bool
) -> None:
    """Its three bytes a pixel came on top of the largest a page takes: its file's picture in memory."""
    seen: list[bool] = []

    def load(ref: PageRef, settings: SourceSettings, *, color: bool) -> Scan:
        seen.append(color)
        return load_page(ref, settings, color=color)

    monkeypatch.setattr("layout.source.load_page", load)
    deliver(payload, ".bmp", 400, 128)
    config = {"export": {"formats": formats}, "geometry": {"detector": detector}}
    page({**payload, "config": config})
    assert seen == [asked]


def test_the_model_of_a_detector_is_known_by_its_bytes(tmp_path: Path) -> None:
    model, config = tmp_path / "model.pth", tmp_path / "model.yaml"
    model.write_bytes(b"weights")
    config.write_text("a: 1")
    geometry = {"detector": "layoutparser", "model": str(model), "model_config": f"detectron2:{config}"}
    asked = {"config": {"geometry": geometry}}
    before = engines(asked)["detector"]
    assert len(before) == 2
    model.write_bytes(b"other weights")
    assert engines(asked)["detector"] != before
    assert "detector" not in engines({"config": {}})


def test_pictures_are_put_away_when_the_issue_is_made_or_found_made(payload: dict[str, Any]) -> None:
    deliver(payload, ".bmp", 400, 128)
    page(payload)
    assert not issue(payload)["unchanged"]
    assert not Path(payload["pictures"]).exists()
    page({**payload, "force": True})
    assert kept(payload)
    assert issue(payload)["unchanged"]
    assert not Path(payload["pictures"]).exists()
