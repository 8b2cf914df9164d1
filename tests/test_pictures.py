"""The pictures of pages from the file to the formats that show them: each is decoded once at most."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pymupdf
import pytest
from PIL import Image

from layout.config import Config, load_config
from layout.document import Issue, Metadata, Page, SourceImage
from layout.export import EXPORTERS, ILLUSTRATED, Illustrated, exporter
from layout.image.picture import packed
from layout.pipeline import keeps_picture, picture_of, write_issue
from layout.source import PageRef, load_page, load_pixels, whole_picture

WIDTH, HEIGHT = 400, 600


def with_formats(*formats: str) -> Config:
    config = load_config()
    return replace(config, export=replace(config.export, formats=formats, base_url="https://example.org"))


def gray() -> np.ndarray:
    pixels = np.tile(np.linspace(40, 250, WIDTH).astype(np.uint8), (HEIGHT, 1))
    pixels[100:200, 50:150] = 0
    return pixels


def heavy() -> np.ndarray:
    """A picture that no PNG makes small."""
    return np.random.default_rng(1).integers(40, 250, (HEIGHT, WIDTH), np.uint8)


def jpeg_in_pdf(path: Path, rotation: int = 0) -> bytes:
    """A PDF page that is one JPEG; the JPEG."""
    data = cv2.imencode(".jpg", gray())[1].tobytes()
    with pymupdf.open() as document:
        page = document.new_page(width=WIDTH * 0.24, height=HEIGHT * 0.24)
        page.insert_image(page.rect, stream=data)
        page.set_rotation(rotation)
        document.save(path)
    return data


def test_the_table_says_who_shows_pages() -> None:
    settings = with_formats(*EXPORTERS).export
    shown = {name for name in EXPORTERS if isinstance(exporter(name)(settings), Illustrated)}
    assert shown == ILLUSTRATED


def test_a_jpeg_is_passed_through(tmp_path: Path) -> None:
    path = tmp_path / "page.jpg"
    cv2.imwrite(str(path), gray())
    found = whole_picture(PageRef(path, 0, "p0001"))
    assert found is not None and found.data == path.read_bytes()


@pytest.mark.parametrize("mode", ["1", "L", "RGB", "P"])
def test_a_light_png_is_the_picture_of_the_pdf(mode: str, tmp_path: Path) -> None:
    """Bit by bit: as it was delivered, without being decoded."""
    path = tmp_path / "page.png"
    Image.fromarray(gray()).convert(mode).save(path)
    page = Page("p0001", WIDTH, HEIGHT, dpi=72)
    issue = Issue("paper-1900", (page,), metadata=Metadata())
    (made,) = write_issue(issue, tmp_path / "out", with_formats("pdf"), [PageRef(path, 0, "p0001")])
    with pymupdf.open(made) as document, Image.open(path) as image:
        seen = document[0].get_pixmap(dpi=72, colorspace="rgb")
        assert seen.samples == image.convert("RGB").tobytes()


def test_the_jpeg_of_a_pdf_is_passed_through(tmp_path: Path) -> None:
    data = jpeg_in_pdf(tmp_path / "scan.pdf")
    found = whole_picture(PageRef(tmp_path / "scan.pdf", 0, "p0001"))
    assert found is not None and (found.data, found.width, found.height) == (data, WIDTH, HEIGHT)


@pytest.mark.parametrize("rotation", [90, 180])
def test_the_jpeg_of_a_turned_page_is_decoded(rotation: int, tmp_path: Path) -> None:
    jpeg_in_pdf(tmp_path / "scan.pdf", rotation)
    ref = PageRef(tmp_path / "scan.pdf", 0, "p0001")
    assert whole_picture(ref) is None
    assert (load_pixels(ref) == load_page(ref).gray).all()


def test_a_jpeg_behind_other_bytes_is_decoded(tmp_path: Path) -> None:
    """MuPDF looks for the JPEG in its stream: such a page was read, and then failed for its picture."""
    path = tmp_path / "scan.pdf"
    data = jpeg_in_pdf(path)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        (image,) = pdf.pages[0].Resources.XObject.values()
        image.write(b"\n\n" + data, filter=pikepdf.Name.DCTDecode)
        pdf.save(path)
    ref = PageRef(path, 0, "p0001")
    scan = load_page(ref)
    assert whole_picture(ref) is None
    kept = picture_of(scan)
    assert keeps_picture(ref, with_formats("pdf")) and (kept.width, kept.height) == (scan.width, scan.height)


@pytest.mark.parametrize("formats", [("alto",), ("pdf", "alto")])
def test_a_picture_is_kept_where_a_format_shows_it(formats: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    cv2.imwrite(str(path), heavy())
    ref = PageRef(path, 0, "p0001")
    assert keeps_picture(ref, with_formats(*formats)) is ("pdf" in formats)


def test_kept_or_decoded_again_the_file_is_the_same(tmp_path: Path) -> None:
    """The picture put aside while reading is gone once the issue was made; a later writing decodes."""
    path = tmp_path / "page.png"
    cv2.imwrite(str(path), heavy())
    ref, config = PageRef(path, 0, "p0001"), with_formats("pdf", "iiif")
    page = Page("p0001", WIDTH, HEIGHT, dpi=300, source=SourceImage("page.tif"))
    issue = Issue("paper-1900", (page,), metadata=Metadata())
    kept = picture_of(load_page(ref))
    (tmp_path / "p0001").write_bytes(kept.data)
    one = write_issue(issue, tmp_path / "one", config, [ref], tmp_path)
    two = write_issue(issue, tmp_path / "two", config, [ref])
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]
    path.unlink()
    three = write_issue(issue, tmp_path / "three", config, [ref], tmp_path)
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in three]


def test_black_and_white_is_one_bit_in_the_pdf(tmp_path: Path) -> None:
    path = tmp_path / "page.tif"
    bits = np.where(gray() > 127, 255, 0).astype(np.uint8)
    cv2.imwrite(str(path), bits)
    page = Page("p0001", WIDTH, HEIGHT, dpi=300)
    issue = Issue("paper-1900", (page,), metadata=Metadata())
    (made,) = write_issue(issue, tmp_path, with_formats("pdf"), [PageRef(path, 0, "p0001")])
    assert packed(bits).bits == 1
    with pikepdf.open(made) as pdf:
        assert int(pdf.pages[0].Resources.XObject.Scan.BitsPerComponent) == 1
    with pymupdf.open(made) as document:
        seen = document[0].get_pixmap(dpi=300, colorspace="gray")
        assert seen.pixel(100, 150)[0] == 0 and seen.pixel(350, 300)[0] == 255


def test_pictures_of_a_pdf_wait_nowhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of an issue are hundreds of megabytes, and `/tmp` may be held in memory."""
    path = tmp_path / "page.png"
    cv2.imwrite(str(path), gray())
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    issue = Issue("paper-1900", (Page("p0001", WIDTH, HEIGHT, dpi=300),), metadata=Metadata())
    made = write_issue(issue, tmp_path / "out", with_formats("pdf"), [PageRef(path, 0, "p0001")])
    assert [*(tmp_path / "out").iterdir()] == made
