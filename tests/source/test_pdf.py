"""PDF pages: picture, text layer, rules and pictures stand in one frame, however the page is made."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw

from layout.document import Affine, Box, Glyph, union
from layout.errors import EncryptedError, InputError
from layout.image import Scan
from layout.source import PageRef, SourceSettings, list_pages, load_page
from layout.source.frame import Frame
from layout.source.pdf import mupdf
from layout.source.pdf_text import glyphs_of, without_code
from layout.source.resolution import plausible_dpi

BLACK = (0.0, 0.0, 0.0)


def blank(width: float = 400, height: float = 600) -> tuple[Any, Any]:
    document = mupdf.open()
    return document, document.new_page(width=width, height=height)


def load(document: Any, folder: Path, index: int = 0, **settings: Any) -> Scan:
    file = folder / "page.pdf"
    document.save(file)
    return load_page(PageRef(file, index, "p0001"), SourceSettings(**settings))


def ink(scan: Scan, box: Box | None = None) -> Box:
    """The box around what is dark, in the whole picture or in a part of it."""
    part = box or Box(0, 0, scan.width, scan.height)
    x0, y0 = int(part.x0), int(part.y0)
    ys, xs = np.nonzero(scan.gray[y0 : int(part.y1) + 1, x0 : int(part.x1) + 1] < 128)
    return Box(x0 + xs.min(), y0 + ys.min(), x0 + xs.max() + 1, y0 + ys.max() + 1)


def letters(scan: Scan) -> tuple[Glyph, ...]:
    assert scan.text_layer
    return tuple(glyph for glyph in scan.text_layer.glyphs if not glyph.text.isspace())


def marked_scan(width: int = 800, height: int = 1200) -> Image.Image:
    """A page with one black bar in the left upper part and noise that no rendering keeps exactly."""
    random = np.random.default_rng(3)
    image = Image.fromarray(random.integers(200, 255, (height, width)).astype(np.uint8))
    ImageDraw.Draw(image).rectangle((80, 60, 319, 119), fill=0)
    return image


def png(image: Image.Image) -> bytes:
    data = io.BytesIO()
    image.save(data, "PNG")
    return data.getvalue()


def jpeg(image: Image.Image) -> bytes:
    data = io.BytesIO()
    image.save(data, "JPEG", quality=95)
    return data.getvalue()


# --- typeset pages -----------------------------------------------------------------------------------


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_all_in_one_frame_with_crop_box_and_rotation(tmp_path: Path, rotation: int) -> None:
    """MuPDF tells text, drawings and images in points of the unrotated page, but renders it rotated."""
    document, page = blank()
    page.insert_text((100, 120), "HHHH", fontsize=30)
    page.draw_rect(mupdf.Rect(60, 200, 260, 202), color=None, fill=BLACK)
    page.insert_image(mupdf.Rect(100, 300, 200, 340), stream=png(Image.new("L", (50, 20), 0)))
    page.set_cropbox(mupdf.Rect(50, 50, 350, 500))
    page.set_rotation(rotation)
    scan = load(document, tmp_path, dpi=144)
    assert (scan.width, scan.height) == ((600, 900) if rotation % 180 == 0 else (900, 600))
    assert scan.dpi == 144

    words = union(glyph.box for glyph in letters(scan))
    printed = ink(scan, words)
    assert words.covers(printed, 0.999)
    assert printed.area > 0.25 * words.area

    (rule,) = scan.rules
    assert rule.grown(1).covers(ink(scan, rule.grown(6)), 0.999)
    assert sorted((rule.width, rule.height)) == pytest.approx([4, 400])
    (shown,) = scan.pictures
    assert shown.grown(1).covers(ink(scan, shown.grown(6)), 0.999)

    assert {glyph.advance for glyph in letters(scan)} == {
        {0: (1.0, 0.0), 90: (0.0, 1.0), 180: (-1.0, 0.0), 270: (0.0, -1.0)}[rotation]
    }
    assert {glyph.size for glyph in letters(scan)} == {60.0}


@pytest.mark.parametrize(
    "keys",
    [
        {"UserUnit": "2"},
        {"MediaBox": "[-100 -50 300 550]"},
        {"MediaBox": "[300 550 -100 -50]"},
        {"CropBox": "[-500 -500 5000 5000]"},
        {"Rotate": "450"},
        {"Rotate": "-90"},
        {"Rotate": "45"},
    ],
    ids=str,
)
def test_odd_page_boxes(tmp_path: Path, keys: dict[str, str]) -> None:
    document, page = blank()
    page.insert_text((120, 220), "HHHH", fontsize=30)
    page.draw_rect(mupdf.Rect(110, 300, 290, 302), color=None, fill=BLACK)
    for key, value in keys.items():
        document.xref_set_key(page.xref, key, value)
    scan = load(document, tmp_path, dpi=144)
    words = union(glyph.box for glyph in letters(scan))
    assert words.covers(ink(scan, words), 0.999)
    assert ink(scan, words).area > 0.25 * words.area
    (rule,) = scan.rules
    assert rule.grown(1).covers(ink(scan, rule.grown(6)), 0.999)
    assert rule.area > 500


def test_what_a_glyph_tells(tmp_path: Path) -> None:
    document, page = blank()
    page.insert_text((100, 100), "ab c", fontsize=20, fontname="hebo", color=(1, 0, 0))
    page.insert_text((100, 200), "de", fontsize=20, fontname="helv", rotate=90)
    page.insert_text((100, 300), "f", fontsize=20, render_mode=3)
    page.insert_text((100, 400), "g", fontsize=20, fill_opacity=0, stroke_opacity=0)
    document.set_metadata({"producer": "Some Program 1.0"})
    document.set_language("fa")
    scan = load(document, tmp_path, dpi=72)
    layer = scan.text_layer
    assert layer
    assert (layer.producer, layer.language) == ("Some Program 1.0", "fa")
    assert "".join(glyph.text for glyph in layer.glyphs) == "ab cdefg"
    assert [glyph.sequence for glyph in layer.glyphs] == list(range(8))
    by_text = {glyph.text: glyph for glyph in layer.glyphs}
    assert by_text["a"].bold
    assert by_text["a"].color == 0xFF0000
    assert by_text["a"].origin == pytest.approx((100, 100), abs=0.1)
    assert by_text["a"].font == "Helvetica-Bold"
    assert by_text["d"].advance == (0.0, -1.0)
    assert not by_text["d"].bold
    assert [glyph.text for glyph in layer.glyphs if glyph.invisible] == ["f", "g"]


def test_spaces_of_the_file_stay_and_invented_ones_go(tmp_path: Path) -> None:
    document, page = blank()
    page.insert_text((50, 100), "one two", fontsize=20)
    page.insert_text((200, 100), "three", fontsize=20)  # MuPDF puts a space of its own before it
    scan = load(document, tmp_path)
    assert scan.text_layer
    assert "".join(glyph.text for glyph in scan.text_layer.glyphs) == "one twothree"


def test_glyphs_without_a_place_are_left_out_and_told() -> None:
    """Broken fonts and matrices give characters at no place, at a huge one, or of no size."""
    nan = float("nan")

    def char(text: str, *box: float) -> dict[str, Any]:
        return {"c": text, "bbox": box, "origin": (box[0], box[3]), "synthetic": False}

    def span(size: float, *chars: dict[str, Any]) -> dict[str, Any]:
        return {
            "size": size,
            "flags": 0,
            "char_flags": 16,
            "font": "F",
            "color": 0,
            "alpha": 255,
            "chars": chars,
        }

    spans = [
        span(
            10,
            char("a", 10, 10, 16, 20),
            char("b", nan, 10, 16, 20),
            char("c", 1e9, 10, 2e9, 20),
            char("d", 30, 30, 30, 30),
            char("e", 90, 120, 96, 130),
            char("\u064e", 16, 10, 16, 20),
            char("\ud800", 20, 10, 26, 20),
            char("\x01", 30, 10, 36, 20),
            char("\t", 40, 10, 46, 20),
        ),
        span(0, char("f", 10, 10, 16, 20)),
        span(nan, char("g", 10, 10, 16, 20)),
    ]
    raw = {"blocks": [{"lines": [{"dir": (1.0, 0.0), "spans": spans}]}]}
    glyphs, findings = glyphs_of(raw, Frame(100, 100, 72, Affine()), "p0001")
    assert [glyph.text for glyph in glyphs] == ["a", "\u064e", "\ufffd", "\ufffd", " "]
    assert [glyph.sequence for glyph in glyphs] == [0, 1, 2, 3, 4]
    assert [(finding.code, finding.message.split()[0]) for finding in findings] == [
        ("glyphs-outside", "1"),
        ("glyphs-unplaced", "5"),
    ]
    (told,) = without_code(glyphs, "p0001")
    assert (told.code, told.message.split()[0]) == ("glyphs-without-code", "2")
    assert not without_code(glyphs[:2], "p0001")


def test_a_page_without_text_has_no_layer(tmp_path: Path) -> None:
    document, _ = blank()
    scan = load(document, tmp_path)
    assert scan.text_layer is None
    assert scan.gray.min() == 255


def test_rules(tmp_path: Path) -> None:
    """A bar, a line, a frame; no white line, no tint, no dash, no slanted line, no underline."""
    document, page = blank()
    page.draw_rect(mupdf.Rect(50, 50, 350, 51), color=None, fill=BLACK)
    page.draw_line((200, 60), (200, 400), width=0.5)
    page.draw_rect(mupdf.Rect(60, 420, 180, 500), color=BLACK, width=1)
    page.draw_line((50, 55), (350, 55), color=(1, 1, 1))
    page.draw_rect(mupdf.Rect(210, 420, 350, 500), color=None, fill=(0.8, 0.8, 0.8))
    page.draw_line((50, 70), (58, 70))
    page.draw_line((210, 70), (350, 300))
    page.insert_text((60, 150), "underlined words", fontsize=12)
    page.draw_line(
        (60, 151.5), (60 + mupdf.get_text_length("underlined words", fontsize=12), 151.5), width=0.5
    )
    page.insert_text((60, 250), "words over a rule", fontsize=12)
    page.draw_line((60, 256), (190, 256), width=0.5)
    scan = load(document, tmp_path, dpi=72)
    level = [rule for rule in scan.rules if rule.width > rule.height]
    upright = [rule for rule in scan.rules if rule.width < rule.height]
    assert [int(rule.center[1]) for rule in level] == [50, 256, 420, 500]
    assert sorted(round(rule.center[0]) for rule in upright) == [60, 180, 200]
    assert all(min(rule.width, rule.height) > 0 for rule in scan.rules)


def test_strips_of_a_picture_are_one(tmp_path: Path) -> None:
    document, page = blank()
    strip = png(Image.new("L", (100, 10), 90))
    for n in range(8):
        page.insert_image(mupdf.Rect(50, 100 + 6 * n, 150, 106 + 6 * n), stream=strip, keep_proportion=False)
    page.insert_image(mupdf.Rect(200, 100, 300, 200), stream=png(Image.new("L", (30, 30), 120)))
    page.insert_image(mupdf.Rect(20, 20, 24, 24), stream=png(Image.new("L", (10, 10), 0)))
    scan = load(document, tmp_path, dpi=72)
    found = [tuple(round(v) for v in (box.x0, box.y0, box.x1, box.y1)) for box in scan.pictures]
    assert sorted(found) == [(50, 100, 150, 148), (200, 100, 300, 200)]


def test_colour_only_where_there_is_some(tmp_path: Path) -> None:
    document, page = blank()
    page.insert_text((50, 100), "gray", fontsize=30)
    assert load(document, tmp_path, dpi=150).color is None
    page.draw_rect(mupdf.Rect(100, 200, 200, 300), color=None, fill=(0.8, 0.1, 0.1))
    scan = load(document, tmp_path, dpi=150)
    assert scan.color is not None
    assert scan.color.shape == (*scan.gray.shape, 3)
    assert scan.color[520, 310].tolist() == pytest.approx([204, 25, 25], abs=2)
    file = tmp_path / "grey.pdf"
    document.save(file)
    grey = load_page(PageRef(file, 0, "p0001"), SourceSettings(dpi=150), color=False)
    assert grey.color is None
    assert np.array_equal(grey.gray, scan.gray)


# --- scanned pages -----------------------------------------------------------------------------------


def test_a_scan_keeps_its_own_pixels(tmp_path: Path) -> None:
    image = marked_scan()
    document, page = blank(384, 576)  # 150 dpi
    page.insert_image(page.rect, stream=png(image))
    scan = load(document, tmp_path)
    assert np.array_equal(scan.gray, np.asarray(image))
    assert scan.dpi == pytest.approx(150)
    assert scan.pictures == ()


def test_the_hidden_text_of_a_scan_lies_on_its_pixels(tmp_path: Path) -> None:
    image = marked_scan()
    document, page = blank(384, 576)
    page.insert_image(page.rect, stream=jpeg(image))
    page.insert_text((80 * 0.48, 119 * 0.48), "HHHHHHH", fontsize=24, render_mode=3)
    scan = load(document, tmp_path)
    assert (scan.width, scan.height) == image.size
    first = letters(scan)[0]
    assert first.invisible
    assert first.origin == pytest.approx((80, 119), abs=0.1)
    assert first.size == pytest.approx(50)


def test_text_under_the_scan_is_invisible(tmp_path: Path) -> None:
    """Many archives paint the recognised text first and the scan over it."""
    document, page = blank(384, 576)
    page.insert_text((40, 100), "covered by the picture", fontsize=12)
    page.insert_image(page.rect, stream=png(marked_scan()))
    scan = load(document, tmp_path)
    assert np.array_equal(scan.gray, np.asarray(marked_scan()))
    assert all(glyph.invisible for glyph in letters(scan))


@pytest.mark.parametrize("page_rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("image_rotation", [0, 90, 180, 270])
def test_turned_scans(tmp_path: Path, page_rotation: int, image_rotation: int) -> None:
    image = marked_scan()
    shape = (384, 576) if image_rotation % 180 == 0 else (576, 384)
    document, page = blank(*shape)
    page.insert_image(page.rect, stream=png(image), rotate=image_rotation)
    page.set_rotation(page_rotation)
    scan = load(document, tmp_path)
    shown = page.get_pixmap(matrix=mupdf.Matrix(150 / 72, 150 / 72), colorspace=mupdf.csGRAY)
    rendered = np.frombuffer(shown.samples, np.uint8).reshape(shown.height, shown.stride)[:, : shown.width]
    assert scan.gray.shape == rendered.shape
    assert np.abs(scan.gray.astype(float) - rendered).mean() < 3
    # All pixels are the image's own: nothing was interpolated.
    assert np.array_equal(np.sort(scan.gray, None), np.sort(np.asarray(image), None))


def test_a_mirrored_scan(tmp_path: Path) -> None:
    image = marked_scan()
    document, page = blank(384, 576)
    page.insert_image(page.rect, stream=png(image))
    xref = page.get_contents()[-1]
    content = document.xref_stream(xref)
    assert b"384 0 0 576 0 0 cm" in content
    document.update_stream(xref, content.replace(b"384 0 0 576 0 0 cm", b"-384 0 0 576 384 0 cm"))
    scan = load(document, tmp_path)
    assert np.array_equal(scan.gray, np.asarray(image)[:, ::-1])


def test_a_scan_with_margins_and_one_cut_by_the_crop_box(tmp_path: Path) -> None:
    image = marked_scan()
    document, page = blank(404, 596)
    page.insert_image(mupdf.Rect(10, 10, 394, 586), stream=png(image))
    scan = load(document, tmp_path)
    left = round(10 * 150 / 72)
    assert scan.gray.shape == (round(596 * 150 / 72), round(404 * 150 / 72))
    assert np.array_equal(scan.gray[left : left + 1200, left : left + 800], np.asarray(image))
    assert scan.gray[:left].min() == 255

    document, page = blank(384, 576)
    page.insert_image(page.rect, stream=png(image))
    page.set_cropbox(mupdf.Rect(24, 24, 360, 552))
    scan = load(document, tmp_path)
    assert np.array_equal(scan.gray, np.asarray(image)[50:1150, 50:750])


@pytest.mark.parametrize("mode", ["1", "L", "RGB", "CMYK", "P"])
def test_scans_of_every_kind(tmp_path: Path, mode: str) -> None:
    image = Image.new("L", (800, 1200), 255)
    ImageDraw.Draw(image).rectangle((80, 60, 319, 119), fill=0)
    if mode == "P":
        data = png(image.convert("RGB").quantize(3))
    else:
        file = io.BytesIO()
        kind = {"1": ("TIFF", {"compression": "group4"}), "CMYK": ("JPEG", {})}.get(mode, ("PNG", {}))
        image.convert(mode).save(file, kind[0], **kind[1])
        data = file.getvalue()
    document, page = blank(384, 576)
    page.insert_image(page.rect, stream=data)
    scan = load(document, tmp_path)
    assert scan.color is None
    assert scan.gray.shape == (1200, 800)
    assert np.abs(scan.gray.astype(float) - np.asarray(image)).mean() < 4


def test_an_inverted_scan_looks_as_on_the_page(tmp_path: Path) -> None:
    """/Decode [1 0] exchanges black and white."""
    document, page = blank(384, 576)
    page.insert_image(page.rect, stream=png(Image.eval(marked_scan(), lambda value: 255 - value)))
    document.xref_set_key(page.get_images()[0][0], "Decode", "[1 0]")
    scan = load(document, tmp_path)
    assert scan.gray.shape == (1200, 800)
    assert scan.gray[90, 200] == 0
    assert scan.gray[600, 400] > 190


def test_a_coloured_scan_stays_coloured(tmp_path: Path) -> None:
    image = marked_scan().convert("RGB")
    ImageDraw.Draw(image).rectangle((400, 600, 600, 800), fill=(20, 60, 200))
    document, page = blank(384, 576)
    page.insert_image(page.rect, stream=png(image))
    scan = load(document, tmp_path)
    assert scan.color is not None
    assert np.array_equal(scan.color, np.asarray(image))


def test_a_slanted_scan_is_rendered_at_its_resolution(tmp_path: Path) -> None:
    document, page = blank(384, 576)
    page.insert_image(page.rect, stream=png(marked_scan()))
    xref = page.get_contents()[-1]
    content = document.xref_stream(xref)
    document.update_stream(xref, content.replace(b"384 0 0 576 0 0 cm", b"384 6 -6 576 0 0 cm"))
    scan = load(document, tmp_path)
    assert scan.dpi == pytest.approx(150, abs=1)


def test_a_stamp_on_a_scan_is_not_lost(tmp_path: Path) -> None:
    document, page = blank(384, 576)
    page.insert_image(page.rect, stream=png(Image.new("L", (800, 1200), 240)))
    page.insert_text((40, 560), "From an archive", fontsize=12)
    scan = load(document, tmp_path)
    assert (scan.width, scan.height, scan.dpi) == (800, 1200, pytest.approx(150))
    assert scan.gray[1130:1180].min() < 100
    assert not any(glyph.invisible for glyph in letters(scan))


def test_text_between_a_scan_and_a_logo_is_visible(tmp_path: Path) -> None:
    document, page = blank(384, 576)
    page.insert_text((40, 40), "under", fontsize=12)
    page.insert_image(page.rect, stream=png(Image.new("L", (800, 1200), 240)))
    page.insert_text((40, 560), "stamp", fontsize=12)
    page.insert_image(mupdf.Rect(300, 500, 360, 560), stream=png(Image.new("L", (40, 40), 0)))
    scan = load(document, tmp_path)
    assert (scan.width, scan.height) == (800, 1200)
    assert scan.gray[1100, 700] == 0
    assert not any(glyph.invisible for glyph in letters(scan))


def test_text_on_a_background_is_a_typeset_page(tmp_path: Path) -> None:
    """A photograph over the whole page with text on it: its coarse pixels are not the page's."""
    document, page = blank(384, 576)
    page.insert_image(page.rect, stream=png(Image.new("L", (200, 300), 200)))
    for n in range(20):
        page.insert_text((40, 60 + 20 * n), "Words printed over the photograph", fontsize=12)
    scan = load(document, tmp_path)
    assert (scan.width, scan.dpi) == (1600, 300)
    assert not any(glyph.invisible for glyph in letters(scan))


def test_a_scan_in_strips_is_rendered_at_its_resolution(tmp_path: Path) -> None:
    image = marked_scan()
    document, page = blank(384, 576)
    for n in range(4):
        part = image.crop((0, 300 * n, 800, 300 * n + 300))
        page.insert_image(mupdf.Rect(0, 144 * n, 384, 144 * n + 144), stream=png(part))
    scan = load(document, tmp_path)
    assert (scan.width, scan.height, scan.dpi) == (800, 1200, pytest.approx(150))
    assert scan.pictures == ()


def test_an_image_cut_by_a_clip_is_not_shown_whole(tmp_path: Path) -> None:
    document, page = blank(384, 576)
    page.insert_image(page.rect, stream=png(Image.new("L", (800, 1200), 60)))
    xref = page.get_contents()[-1]
    content = document.xref_stream(xref)
    document.update_stream(xref, b"q 0 0 384 288 re W n " + content + b" Q")
    scan = load(document, tmp_path)
    assert scan.gray[100].min() > 250
    assert scan.gray[-100].max() < 70


# --- limits and damage -------------------------------------------------------------------------------


def test_pages_are_rendered_within_the_budget(tmp_path: Path) -> None:
    document, page = blank(2000, 3000)
    page.insert_text((100, 100), "large", fontsize=30)
    scan = load(document, tmp_path, render_megapixels=2)
    assert 1.9e6 < scan.width * scan.height <= 2.01e6
    assert [finding.code for finding in scan.findings] == ["dpi-lowered"]
    assert letters(scan)[0].box.x1 < scan.width


def test_an_absurd_page_size_is_refused(tmp_path: Path) -> None:
    document, _ = blank(1e6, 1e6)
    with pytest.raises(InputError, match=r"page 1: is 1000000 x 1000000 points in size"):
        load(document, tmp_path)


def test_a_page_of_a_point_is_refused(tmp_path: Path) -> None:
    document, _ = blank(3, 3)
    with pytest.raises(InputError, match=r"page 1: is only \d+ x \d+ pixels"):
        load(document, tmp_path)


def test_a_bomb_inside_a_page_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    document, page = blank()
    page.insert_image(mupdf.Rect(50, 50, 150, 150), stream=png(Image.new("L", (300, 300), 128)))
    xref = page.get_images()[0][0]
    document.xref_set_key(xref, "Width", "100000")
    document.xref_set_key(xref, "Height", "100000")
    with pytest.raises(InputError, match="holds an image of 100000 x 100000 pixels"):
        load(document, tmp_path)


def test_a_picture_larger_than_the_page_says_is_refused(tmp_path: Path) -> None:
    document, page = blank()
    data = io.BytesIO()
    Image.new("L", (300, 300), 128).save(data, "JPEG")
    page.insert_image(mupdf.Rect(50, 50, 150, 150), stream=data.getvalue())
    size = b"\x01\x2c\x01\x2c"
    assert data.getvalue().count(size) == 1
    document.update_stream(
        page.get_images()[0][0], data.getvalue().replace(size, b"\xff\x00\xff\x00"), compress=False
    )
    document.xref_set_key(page.get_images()[0][0], "Filter", "/DCTDecode")
    with pytest.raises(InputError, match="holds an image of 65280 x 65280 pixels"):
        load(document, tmp_path)


def test_encrypted(tmp_path: Path) -> None:
    document, page = blank()
    page.insert_text((100, 100), "secret", fontsize=30)
    options = {"encryption": mupdf.PDF_ENCRYPT_AES_256, "owner_pw": "owner"}
    document.save(tmp_path / "open.pdf", user_pw="", **options)
    document.save(tmp_path / "locked.pdf", user_pw="user", **options)
    (ref,) = list_pages(tmp_path / "open.pdf")
    assert "".join(glyph.text for glyph in letters(load_page(ref))) == "secret"
    with pytest.raises(EncryptedError, match=r"locked\.pdf: is encrypted and asks for a password"):
        list_pages(tmp_path / "locked.pdf")


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n",
        b"%PDF-1.7\n" + bytes(3000),
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"trailer<</Root 1 0 R>>",
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\ntrailer<</Root 1 0 R>>",
    ],
    ids=["header", "zeros", "no pages", "loop"],
)
def test_no_page_is_an_error(tmp_path: Path, content: bytes) -> None:
    """MuPDF opens such files and says they have 0 pages."""
    file = tmp_path / "page.pdf"
    file.write_bytes(content)
    with pytest.raises(InputError, match=r"page\.pdf.* is damaged") as caught:
        for ref in list_pages(file):
            load_page(ref)
    assert caught.value.remedy


def test_a_repaired_file_says_so(tmp_path: Path) -> None:
    document, page = blank()
    page.insert_text((100, 100), "kept", fontsize=30)
    data = document.tobytes()
    file = tmp_path / "page.pdf"
    file.write_bytes(data[: data.rindex(b"xref")])
    (ref,) = list_pages(file)
    scan = load_page(ref)
    assert "".join(glyph.text for glyph in letters(scan)) == "kept"
    assert "pdf-repaired" in [finding.code for finding in scan.findings]


def test_a_repaired_file_of_which_the_page_is_lost_is_refused(tmp_path: Path) -> None:
    """Cut off before the page's content, a file opens with a page that is white."""
    document, page = blank()
    page.insert_text((100, 100), "lost", fontsize=30)
    stream = page.get_contents()[0]
    data = document.tobytes()
    file = tmp_path / "page.pdf"
    file.write_bytes(data[: data.index(f"{stream} 0 obj".encode())])
    refs = list_pages(file)
    with pytest.raises(
        InputError, match=r"page\.pdf, page 1: is damaged: nothing of the page is left"
    ) as caught:
        load_page(refs[0])
    assert caught.value.remedy


def test_damage_ends_in_a_page_or_in_a_sentence(tmp_path: Path) -> None:
    document, page = blank(200, 300)
    page.insert_text((20, 100), "some words", fontsize=20)
    page.insert_image(mupdf.Rect(20, 120, 120, 200), stream=jpeg(marked_scan(200, 160)))
    sound = np.frombuffer(document.tobytes(), np.uint8)
    random = np.random.default_rng(11)
    file = tmp_path / "page.pdf"
    for round_ in range(40):
        damaged = sound.copy()
        places = random.integers(8, len(sound), 25)
        damaged[places] = random.integers(0, 256, len(places)).astype(np.uint8)
        end = len(sound) if round_ % 2 else int(random.integers(20, len(sound)))
        file.write_bytes(damaged[:end].tobytes())
        try:
            for ref in list_pages(file):
                load_page(ref, SourceSettings(dpi=72, render_megapixels=1))
        except InputError as error:
            assert error.remedy
            assert "\n" not in str(error)


def test_a_page_that_is_not_there(tmp_path: Path) -> None:
    document, _ = blank()
    with pytest.raises(InputError, match="page 4: has no page 4"):
        load(document, tmp_path, index=3)


def test_what_is_no_pdf(tmp_path: Path) -> None:
    (tmp_path / "page.pdf").write_bytes(b"<html><body>Please log in</body></html>")
    with pytest.raises(InputError, match=r"is an HTML page, although its name ends in \.pdf"):
        list_pages(tmp_path / "page.pdf")


def test_nothing_is_said_on_the_terminal_and_no_layout_model_is_loaded(tmp_path: Path) -> None:
    """MuPDF writes its complaints to the terminal, and version 2 loads onnxruntime on import."""
    document, page = blank()
    page.insert_text((100, 100), "kept", fontsize=30)
    data = document.tobytes()
    (tmp_path / "page.pdf").write_bytes(data[: data.rindex(b"xref")])
    code = (
        "import sys; from pathlib import Path; from layout.source import list_pages, load_page\n"
        "load_page(list_pages(Path(sys.argv[1]))[0])\n"
        "assert 'onnxruntime' not in sys.modules\n"
        "assert 'pymupdf4llm' not in sys.modules and 'pymupdf.layout' not in sys.modules"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "page.pdf")], capture_output=True, check=True, text=True
    )
    assert done.stdout + done.stderr == ""


def test_resolutions_that_are_no_numbers() -> None:
    assert plausible_dpi((float("nan"), 300.0), (2400, 3400)) is None
    assert plausible_dpi((float("inf"), 300.0), (2400, 3400)) is None
    assert plausible_dpi(None, (2400, 3400)) is None
    assert plausible_dpi(("a", "b"), (2400, 3400)) is None
