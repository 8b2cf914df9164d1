"""Page images of every kind come out as the same picture; what is not one is refused in a sentence."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageChops, ImageDraw

from layout.errors import InputError
from layout.source import PageRef, SourceSettings, list_pages, load_page, raster
from layout.source.files import sha256_of

SIZE = (300, 200)


def picture(mode: str = "L") -> Image.Image:
    """White paper with a black bar in the left upper part: it tells every turn and mirroring."""
    image = Image.new("L", SIZE, 255)
    ImageDraw.Draw(image).rectangle((20, 10, 79, 39), fill=0)
    return image.convert(mode)


def expected() -> np.ndarray:
    return np.asarray(picture())


def load(path: Path, index: int = 0, settings: SourceSettings | None = None) -> np.ndarray:
    return load_page(PageRef(path, index, "p0001"), settings or SourceSettings()).gray


def assert_alike(gray: np.ndarray, tolerance: float = 1.0) -> None:
    assert gray.dtype == np.uint8
    assert gray.shape == (SIZE[1], SIZE[0])
    assert np.abs(gray.astype(float) - expected()).mean() <= tolerance


def deep(depth: int) -> Image.Image:
    return Image.fromarray((expected().astype(np.uint32) * ((1 << depth) - 1) // 255).astype(np.uint16))


def on_clear() -> Image.Image:
    """The bar on nothing: transparent black everywhere else."""
    clear = Image.new("RGBA", SIZE, (0, 0, 0, 0))
    ImageDraw.Draw(clear).rectangle((20, 10, 79, 39), fill=(0, 0, 0, 255))
    return clear


def lab() -> Image.Image:
    neutral = Image.new("L", SIZE, 128)
    return Image.merge("LAB", (picture(), neutral, neutral))


WAYS: dict[str, tuple[Callable[[], Image.Image], dict[str, object]]] = {
    "g4.tif": (lambda: picture("1"), {"compression": "group4"}),
    "g4-white-is-one.tif": (lambda: picture("1"), {"compression": "group4", "tiffinfo": {262: 1}}),
    "packed.tif": (picture, {"compression": "packbits"}),
    "lzw.tif": (lambda: picture("RGB"), {"compression": "tiff_lzw"}),
    "jpeg-in.tif": (lambda: picture("RGB"), {"compression": "jpeg"}),
    "cmyk.tif": (lambda: picture("CMYK"), {}),
    "lab.tif": (lab, {}),
    "deep.tif": (lambda: deep(16), {}),
    "twelve-bits.tif": (lambda: deep(12), {}),
    "float.tif": (lambda: Image.fromarray(expected().astype(np.float32) / 255), {}),
    "big.tif": (picture, {"big_tiff": True}),
    "gray.jpg": (picture, {}),
    "rgb.jpg": (lambda: picture("RGB"), {}),
    "cmyk.jpg": (lambda: picture("CMYK"), {}),
    "progressive.jpg": (lambda: picture("RGB"), {"progressive": True}),
    "gray.png": (picture, {}),
    "bits.png": (lambda: picture("1"), {}),
    "deep.png": (lambda: deep(16), {}),
    "palette.png": (lambda: picture("RGB").quantize(4), {}),
    "alpha.png": (on_clear, {}),
    "gray-alpha.png": (lambda: on_clear().convert("LA"), {}),
    "clear-palette.png": (lambda: picture().convert("P"), {"transparency": 255}),
    "page.jp2": (picture, {}),
    "codestream.j2k": (picture, {}),
    "page.webp": (lambda: picture("RGB"), {"lossless": True}),
    "page.bmp": (lambda: picture("RGB"), {}),
    "bits.bmp": (lambda: picture("1"), {}),
    "page.gif": (picture, {}),
    "page.pgm": (picture, {}),
}


@pytest.mark.parametrize("name", WAYS)
def test_every_format_gives_the_same_picture(tmp_path: Path, name: str) -> None:
    make, options = WAYS[name]
    make().save(tmp_path / name, **options)
    (ref,) = list_pages(tmp_path / name)
    scan = load_page(ref)
    assert_alike(scan.gray)
    assert scan.color is None
    assert scan.source.file == name
    assert len(scan.source.sha256) == 64


def test_the_suffix_does_not_matter(tmp_path: Path) -> None:
    picture().save(tmp_path / "page.jpg", format="PNG")
    picture().save(tmp_path / "page", format="TIFF")
    assert_alike(load(tmp_path / "page.jpg"))
    assert_alike(load(tmp_path / "page"))


def test_cmyk_without_the_marker_of_adobe_is_not_inverted(tmp_path: Path) -> None:
    """Pillow takes every CMYK JPEG for inverted; only those with Adobe's marker are."""
    # What is written inverted here then stands in the file as it is.
    ImageChops.invert(picture("CMYK")).save(tmp_path / "adobe.jpg", quality=95)
    data = (tmp_path / "adobe.jpg").read_bytes()
    at = data.index(b"\xff\xee")
    length = int.from_bytes(data[at + 2 : at + 4], "big")
    (tmp_path / "plain.jpg").write_bytes(data[:at] + data[at + 2 + length :])
    assert_alike(load(tmp_path / "plain.jpg"))


@pytest.mark.parametrize("orientation", range(2, 9))
@pytest.mark.parametrize("suffix", ["jpg", "tif", "png", "webp"])
def test_exif_orientation_is_applied(tmp_path: Path, suffix: str, orientation: int) -> None:
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = picture().transpose(undo[orientation])
    exif = Image.Exif()
    exif[274] = orientation
    file = tmp_path / f"turned.{suffix}"
    stored.save(file, exif=exif)
    assert_alike(load(file), 2.0)


def test_bits_with_orientation(tmp_path: Path) -> None:
    """OpenCV gives nothing at all for a 1-bit G4 TIFF with Orientation 6."""
    stored = picture("1").transpose(Image.Transpose.ROTATE_90)
    stored.save(tmp_path / "turned.tif", compression="group4", tiffinfo={274: 6})
    assert_alike(load(tmp_path / "turned.tif"))


def test_white_is_zero_in_16_bits(tmp_path: Path) -> None:
    negative = Image.fromarray((65535 - expected().astype(np.uint16) * 257).astype(np.uint16))
    negative.save(tmp_path / "negative.tif", tiffinfo={262: 0})
    with Image.open(tmp_path / "negative.tif") as image:
        assert image.tag_v2[262] == 0
    assert_alike(load(tmp_path / "negative.tif"))


def test_frames_of_a_tiff_are_pages(tmp_path: Path) -> None:
    frames = [picture(), Image.new("L", SIZE, 200), Image.new("L", SIZE, 100)]
    frames[0].save(tmp_path / "three.tif", save_all=True, append_images=frames[1:])
    refs = list_pages(tmp_path / "three.tif")
    assert [(ref.index, ref.page_id) for ref in refs] == [(0, "p0001"), (1, "p0002"), (2, "p0003")]
    assert [int(load_page(ref).gray.max()) for ref in refs] == [255, 200, 100]
    assert [load_page(ref).source.page for ref in refs] == [1, 2, 3]


def test_thumbnails_and_masks_in_a_tiff_are_no_pages(tmp_path: Path) -> None:
    small = Image.new("L", (60, 60), 90)
    small.encoderinfo = {"tiffinfo": {254: 1}}
    last = Image.new("L", SIZE, 100)
    last.encoderinfo = {"tiffinfo": {254: 2}}
    picture().save(tmp_path / "pages.tif", save_all=True, append_images=[small, last])
    refs = list_pages(tmp_path / "pages.tif")
    assert [(ref.index, ref.page_id) for ref in refs] == [(0, "p0001"), (2, "p0002")]


def test_a_broken_frame_is_that_page_s_failure(tmp_path: Path) -> None:
    frames = [picture(), Image.effect_noise(SIZE, 90), picture()]
    frames[0].save(tmp_path / "three.tif", save_all=True, append_images=frames[1:])
    with Image.open(tmp_path / "three.tif") as image:
        image.seek(1)
        (offset,) = image.tag_v2[273][:1]
    data = bytearray((tmp_path / "three.tif").read_bytes())
    place = data.index(offset.to_bytes(4, "little"))
    data[place : place + 4] = (1 << 30).to_bytes(4, "little")  # the second frame's strip is nowhere
    (tmp_path / "three.tif").write_bytes(data)
    refs = list_pages(tmp_path / "three.tif")
    assert len(refs) == 3
    assert_alike(load_page(refs[0]).gray)
    with pytest.raises(InputError, match=r"three\.tif, page 2: is damaged"):
        load_page(refs[1])
    assert_alike(load_page(refs[2]).gray)


def test_colour_is_kept_where_there_is_some(tmp_path: Path) -> None:
    page = Image.new("RGB", (1200, 1800), (255, 255, 255))
    ImageDraw.Draw(page).rectangle((100, 100, 299, 299), fill=(200, 30, 30))
    for name in ("page.png", "page.jpg"):
        page.save(tmp_path / name)
        scan = load_page(list_pages(tmp_path / name)[0])
        assert scan.color is not None
        assert scan.color.shape == (1800, 1200, 3)
        assert np.abs(scan.color[200, 200].astype(int) - (200, 30, 30)).max() < 6
        assert scan.gray.shape == (1800, 1200)


@pytest.mark.parametrize("name", ["page.png", "page.jpg", "page.gif"])
def test_grey_is_the_same_where_no_colour_is_asked_for(tmp_path: Path, name: str) -> None:
    page = Image.new("RGB", (600, 900), "white")
    ImageDraw.Draw(page).rectangle((100, 100, 500, 500), fill=(200, 30, 40))
    page.save(tmp_path / name)
    ref = list_pages(tmp_path / name)[0]
    whole, gray = load_page(ref), load_page(ref, color=False)
    assert whole.color is not None
    assert gray.color is None
    assert np.array_equal(gray.gray, whole.gray)


@pytest.mark.parametrize("name", ["page.png", "page.jpg"])
def test_yellow_paper_is_no_colour(tmp_path: Path, name: str) -> None:
    page = Image.new("RGB", (1200, 1800), (214, 188, 140))
    draw = ImageDraw.Draw(page)
    for y in range(100, 1700, 30):
        draw.rectangle((100, y, 1100, y + 12), fill=(45, 38, 30))
    page.save(tmp_path / name)
    assert load_page(list_pages(tmp_path / name)[0]).color is None


@pytest.mark.parametrize(
    ("stated", "size", "known"),
    [
        ((300, 300), (2400, 3400), 300.0),
        ((299.9994, 299.9994), (2400, 3400), 300.0),
        ((0, 0), (2400, 3400), None),
        ((1, 1), (2400, 3400), None),
        ((72, 72), (2400, 3400), None),
        ((96, 96), (2400, 3400), None),
        ((2540000, 2540000), (2400, 3400), None),
        ((60, 60), (4800, 6800), None),
        ((1200, 1200), (240, 340), None),
    ],
)
def test_resolution_only_where_it_can_be_true(
    tmp_path: Path, stated: tuple[float, float], size: tuple[int, int], known: float | None
) -> None:
    Image.new("1", size, 1).save(tmp_path / "page.tif", dpi=stated, compression="group4")
    dpi = load_page(list_pages(tmp_path / "page.tif")[0]).dpi
    assert dpi == (pytest.approx(known, abs=0.01) if known else None)


def test_resolution_that_divides_by_zero(tmp_path: Path) -> None:
    Image.new("L", SIZE, 255).save(tmp_path / "page.tif", dpi=(300, 300))
    data = (tmp_path / "page.tif").read_bytes()
    rational = (300).to_bytes(4, "little") + (1).to_bytes(4, "little")
    assert rational in data
    (tmp_path / "page.tif").write_bytes(data.replace(rational, rational[:4] + bytes(4)))
    assert load_page(list_pages(tmp_path / "page.tif")[0]).dpi is None


def test_pixels_become_square(tmp_path: Path) -> None:
    """A fax: 204 dots per inch across, 98 down."""
    Image.new("1", (1728, 1100), 1).save(tmp_path / "fax.tif", dpi=(204, 98), compression="group4")
    scan = load_page(list_pages(tmp_path / "fax.tif")[0])
    assert (scan.width, scan.height, scan.dpi) == (1728, 2290, 204)
    assert [finding.code for finding in scan.findings] == ["resampled"]


@pytest.mark.parametrize("orientation", [1, 6])
def test_pixels_of_a_turned_page_become_square(tmp_path: Path, orientation: int) -> None:
    page = Image.new("1", (1728, 1100), 1)
    page.save(tmp_path / "fax.tif", dpi=(204, 98), compression="group4", tiffinfo={274: orientation})
    scan = load_page(list_pages(tmp_path / "fax.tif")[0])
    assert sorted((scan.width, scan.height)) == [1728, 2290]


def test_a_resolution_is_no_way_to_a_bomb(tmp_path: Path) -> None:
    Image.new("1", (3000, 3000), 1).save(tmp_path / "a.tif", dpi=(60, 2400), compression="group4")
    Image.new("1", (3000, 3000), 1).save(tmp_path / "b.tif", dpi=(100, 250), compression="group4")
    for name in ("a.tif", "b.tif"):
        scan = load_page(PageRef(tmp_path / name, 0, "p0001"), SourceSettings(max_megapixels=10))
        assert (scan.width, scan.height, scan.dpi) == (3000, 3000, None)


def test_a_clear_picture_is_told(tmp_path: Path) -> None:
    Image.new("RGBA", SIZE, (0, 0, 0, 0)).save(tmp_path / "clear.png")
    scan = load_page(list_pages(tmp_path / "clear.png")[0])
    assert scan.gray.min() == 255
    assert [finding.code for finding in scan.findings] == ["transparent"]


@pytest.mark.parametrize("suffix", ["jpg", "png", "tif", "jp2", "webp", "bmp"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.9])
def test_cut_off_files(tmp_path: Path, suffix: str, share: float) -> None:
    """OpenCV gives a grey picture for half a JPEG."""
    file = tmp_path / f"page.{suffix}"
    Image.effect_noise((400, 300), 80).save(file)
    data = file.read_bytes()
    file.write_bytes(data[: int(len(data) * share)])
    refs = list_pages(file) if share > 0.02 else (PageRef(file, 0, "p0001"),)
    with pytest.raises(InputError) as caught:
        load_page(refs[0])
    assert str(file) in str(caught.value)
    assert caught.value.remedy
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"<!DOCTYPE html><html><body>404 Not Found</body></html>", "is an HTML page, although its name"),
        (b"\n <html>", "is an HTML page"),
        (b"<?xml version='1.0'?><alto xmlns='http://www.loc.gov/standards/alto/ns-v4#'/>", "is an ALTO file"),
        (b"PK\x03\x04 a zip archive", "of a kind that is not known"),
        (bytes(5000), "of a kind that is not known"),
        (b"II*\x00", "is damaged or cut off"),
        (b"\xff\xd8\xff\xe0", "is damaged or cut off"),
    ],
)
def test_what_is_no_image(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "page.tif"
    file.write_bytes(content)
    with pytest.raises(InputError, match=said) as caught:
        load_page(PageRef(file, 0, "p0001"))
    assert caught.value.file == str(file)
    assert caught.value.remedy


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        list_pages(tmp_path / "page.tif")


@pytest.mark.parametrize("size", [(1, 1), (2000, 3), (40, 40)])
def test_pages_too_small(tmp_path: Path, size: tuple[int, int]) -> None:
    Image.new("L", size, 255).save(tmp_path / "dot.png")
    (ref,) = list_pages(tmp_path / "dot.png")
    with pytest.raises(InputError, match=rf"page 1: is only {size[0]} x {size[1]} pixels"):
        load_page(ref)


@pytest.mark.parametrize(
    ("size", "said"),
    [
        ((30_000, 30_000), "megapixels large, above the 400 megapixels allowed"),
        ((21_000, 21_000), "above the 400 megapixels allowed"),
        ((60_000, 60), "above the 50000 allowed for a side"),
        ((100_000, 100_000), "megapixels large, above the 400 megapixels allowed"),
    ],
)
def test_pages_too_large_are_refused_by_their_header(
    tmp_path: Path, size: tuple[int, int], said: str
) -> None:
    """The header alone says so: there is not one pixel in this file."""
    small = tmp_path / "page.tif"
    Image.new("1", (77, 55), 1).save(small, compression="group4")
    data = small.read_bytes()
    for old, new in zip((77, 55), size, strict=True):
        data = _with_tag(data, old, new)
    small.write_bytes(data)
    (ref,) = list_pages(small)
    with pytest.raises(InputError, match=said):
        load_page(ref)


def _with_tag(data: bytes, old: int, new: int) -> bytes:
    """A TIFF whose width or height tag (short or long, count 1) says something else."""
    for tag in (256, 257):
        for kind in (3, 4):
            entry = tag.to_bytes(2, "little") + kind.to_bytes(2, "little") + (1).to_bytes(4, "little")
            entry += old.to_bytes(4, "little")
            if entry in data:
                head = tag.to_bytes(2, "little") + (4).to_bytes(2, "little") + (1).to_bytes(4, "little")
                return data.replace(entry, head + new.to_bytes(4, "little"))
    raise AssertionError("no such tag")


def test_the_guard_of_pillow_stays_on(tmp_path: Path) -> None:
    before = Image.MAX_IMAGE_PIXELS
    assert before
    picture().save(tmp_path / "page.png")
    with pytest.raises(InputError):
        load(tmp_path / "page.png", settings=SourceSettings(max_megapixels=0.01))
    assert before == Image.MAX_IMAGE_PIXELS


def test_a_large_page_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raster, "_MANY_PIXELS", 1e6)
    Image.new("1", (1400, 1400), 1).save(tmp_path / "page.tif", compression="group4")
    scan = load_page(PageRef(tmp_path / "page.tif", 0, "p0001"))
    assert scan.gray.shape == (1400, 1400)
    assert [finding.code for finding in scan.findings] == ["large-page"]


def test_flipped_bits_end_in_a_page_or_in_a_sentence(tmp_path: Path) -> None:
    random = np.random.default_rng(5)
    for suffix in ("tif", "jpg", "png", "jp2"):
        file = tmp_path / f"page.{suffix}"
        Image.effect_noise((120, 100), 60).save(file)
        sound = np.frombuffer(file.read_bytes(), np.uint8)
        for _ in range(30):
            damaged = sound.copy()
            places = random.integers(0, min(len(damaged), 400), 3)
            damaged[places] ^= random.integers(1, 255, 3).astype(np.uint8)
            file.write_bytes(damaged.tobytes())
            try:
                for ref in list_pages(file):
                    load_page(ref, SourceSettings(max_megapixels=1))
            except InputError as error:
                assert error.remedy


def test_a_jpeg_that_goes_over_its_picture_too_often_is_refused(tmp_path: Path) -> None:
    stream = io.BytesIO()
    Image.new("L", (300, 300), 200).save(stream, "JPEG", progressive=True)
    data = stream.getvalue()
    last = data.rindex(b"\xff\xda")
    file = tmp_path / "page.jpg"
    file.write_bytes(data[:last] + data[last:-2] * 400 + b"\xff\xd9")
    with pytest.raises(InputError, match=r"goes over its picture 4[0-9][0-9] times"):
        load_page(PageRef(file, 0, "p0001"))


def test_a_file_of_holes_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "page.tif"
    with file.open("wb") as stream:
        stream.write(b"II*\0")
        stream.truncate(1 << 40)
    with pytest.raises(InputError, match="1100 GB of holes"):
        list_pages(file)


def test_frames_too_small_to_read_are_one_refusal(tmp_path: Path) -> None:
    file = tmp_path / "page.tif"
    small = Image.new("L", (9, 9), 200)
    small.save(file, save_all=True, append_images=[small] * 20)
    assert len(list_pages(file)) == 1
    large = Image.new("L", (90, 90), 200)
    small.save(file, save_all=True, append_images=[large])
    assert len(list_pages(file)) == 2


@pytest.mark.parametrize("read", [list_pages, sha256_of])
def test_a_pipe_is_not_waited_for(tmp_path: Path, read: Callable[[Path], object]) -> None:
    os.mkfifo(tmp_path / "page.tif")
    with pytest.raises(InputError, match="not a file but a pipe"):
        read(tmp_path / "page.tif")
