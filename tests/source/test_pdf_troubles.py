"""A picture that is lost on a page of a PDF is not lost silently."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from layout.errors import InputError
from layout.source import list_pages, load_page
from layout.source.pdf_troubles import reason_of, troubles
from tests.malformed.pdfs import plain, raw, stream

_IMAGE = b"/Type/XObject/Subtype/Image/ColorSpace/DeviceGray"
_DRAWN = b"q 200 0 0 300 72 300 cm /X Do Q "


def page_with(picture: bytes, data: bytes, tmp_path: Path) -> list[str]:
    """The codes of what is found on a page of text with one picture."""
    resources = b"/Resources<</XObject<</X 6 0 R>>/Font<</F1 5 0 R>>>>"
    image = stream(data, _IMAGE + picture)
    text = b"BT /F1 12 Tf 72 700 Td (The council met) Tj ET"
    path = tmp_path / "page.pdf"
    path.write_bytes(raw(plain(page=resources, contents=_DRAWN + text, more={6: image})))
    (ref,) = list_pages(path)
    return [finding.code for finding in load_page(ref).findings]


def test_a_sound_page_has_no_findings(tmp_path: Path) -> None:
    sound = zlib.compress(bytes(620 * 880))
    said = b"/Width 620/Height 880/BitsPerComponent 8/Filter/FlateDecode"
    assert page_with(said, sound, tmp_path) == []


@pytest.mark.parametrize(
    ("picture", "data"),
    [
        (b"/Width 999999999999/Height 1/BitsPerComponent 1/Filter/CCITTFaxDecode", bytes(99)),
        (b"/Width 620/Height 880/BitsPerComponent 1/Filter/JBIG2Decode", bytes(200)),
        (b"/Width 620/Height 880/BitsPerComponent 8/Filter/FlateDecode", zlib.compress(bytes(620))),
    ],
    ids=["of nines", "of noise", "cut off"],
)
def test_a_lost_picture_is_found(picture: bytes, data: bytes, tmp_path: Path) -> None:
    assert page_with(picture, data, tmp_path) == ["picture-damaged"]


def test_each_trouble_is_told_once() -> None:
    murmured = (
        "syntax error: image width is zero (or less)\n"
        "encountered syntax errors; page may not be correct\n... repeated 2 times...\n"
        "syntax error: image width is zero (or less)"
    )
    assert [finding.code for finding in troubles(murmured, "p0001")] == ["picture-damaged"]
    (found,) = troubles("syntax error: unknown keyword: '1e9'", "p0001")
    assert found.code == "drawing-damaged" and "unknown keyword" in found.message
    assert troubles("cannot load ToUnicode CMap", "p0001") == []


def test_an_error_is_told_without_numbers(tmp_path: Path) -> None:
    """A stream packed a hundred times over makes MuPDF ask for all the memory there is."""
    path = tmp_path / "page.pdf"
    packed = stream(b"BT ET", b"/Filter[" + b"/FlateDecode" * 100 + b"]")
    path.write_bytes(raw({**plain(), 4: packed}))
    (ref,) = list_pages(path)
    with pytest.raises(InputError, match="asks for more memory than any page needs"):
        load_page(ref)
    assert reason_of(RuntimeError("code=8: image width is zero")) == "image width is zero"


@pytest.mark.parametrize("contents", [b"<<>>", b"null", b"[]", b"42"])
def test_a_page_drawn_by_what_is_no_stream_is_empty(contents: bytes, tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(raw({**plain(), 4: contents}))
    (ref,) = list_pages(path)
    scan = load_page(ref)
    assert scan.text_layer is None and scan.gray.min() == 255
