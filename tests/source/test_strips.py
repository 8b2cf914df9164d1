"""Pictures decoded strip by strip are those that Pillow decodes as a whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from layout.errors import InputError
from layout.image import Scan
from layout.source import PageRef, SourceSettings, jpeg2000, load_page, pixels, strips

SIZE = (301, 203)
TURNS = range(1, 9)


def noise(channels: int) -> Image.Image:
    """Every filter of PNG and every byte of a sample has something to do on it."""
    random = np.random.default_rng(7)
    slopes = np.add.outer(np.arange(SIZE[1]), np.arange(SIZE[0]))[..., None] // 3 * np.arange(1, channels + 1)
    return Image.fromarray((slopes + random.integers(0, 60, slopes.shape)).astype(np.uint8).squeeze())


def saved(path: Path, image: Image.Image, **options: object) -> Path:
    image.save(path, **options)
    return path


def deep_png(path: Path, channels: int) -> Path:
    """Samples of 16 bits, by hand: Pillow writes none in colour."""
    size, colour = noise(channels).size, {2: 4, 3: 2, 4: 6}[channels]
    upper = np.asarray(noise(channels)).reshape(size[1], -1)
    samples = np.stack((upper, upper[::-1]), axis=2).reshape(size[1], -1)
    rows = np.hstack((np.ones((size[1], 1), np.uint8), samples.copy()))
    rows[:, 1 + 2 * channels :] -= samples[:, : -2 * channels]  # each row by filter 1: less the pixel before
    head = strips.struct.pack(">IIBBBBB", *size, 16, colour, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", strips.zlib.compress(rows.tobytes())), (b"IEND", b""))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(strips._chunk(*chunk) for chunk in chunks))
    return path


def tiled(path: Path, order: str) -> Path:
    """A TIFF of tiles of 64 x 48 pixels, those at its edges filled up."""
    pixels = np.asarray(noise(3))
    full = np.pad(pixels, ((0, -SIZE[1] % 48), (0, -SIZE[0] % 64), (0, 0)))
    tiles = [
        full[y : y + 48, x : x + 64].tobytes()
        for y in range(0, full.shape[0], 48)
        for x in range(0, full.shape[1], 64)
    ]
    size = len(tiles[0])
    values = {256: SIZE[0], 257: SIZE[1], 258: (8, 8, 8), 259: 1, 262: 2, 277: 3, 322: 64, 323: 48}
    values |= {324: tuple(8 + size * n for n in range(len(tiles))), 325: (size,) * len(tiles)}
    end = 8 + size * len(tiles)
    head = {"<": b"II", ">": b"MM"}[order] + strips.struct.pack(order + "HI", 42, end)
    path.write_bytes(head + b"".join(tiles) + strips._directory(values, order, end))
    return path


def exif(turn: int) -> bytes:
    made = Image.Exif()
    made[274] = turn
    return made.tobytes()


KINDS: dict[str, Callable[[Path], Path]] = {
    "rgb.png": lambda path: saved(path, noise(3), dpi=(300, 300)),
    "rgba.png": lambda path: saved(path, noise(4)),
    "gray-alpha.png": lambda path: saved(path, noise(2)),
    "clear-colour.png": lambda path: saved(path, noise(3), transparency=(9, 9, 9)),
    "deep-rgb.png": lambda path: deep_png(path, 3),
    "deep-rgba.png": lambda path: deep_png(path, 4),
    "deep-gray-alpha.png": lambda path: deep_png(path, 2),
    "lossy.webp": lambda path: saved(path, noise(3), quality=70),
    "lossless.webp": lambda path: saved(path, noise(3), lossless=True),
    "alpha.webp": lambda path: saved(path, noise(4), quality=70),
    "raw.tif": lambda path: saved(path, noise(3), dpi=(300, 300)),
    "lzw.tif": lambda path: saved(path, noise(3), compression="tiff_lzw"),
    "predicted.tif": lambda path: saved(path, noise(3), compression="tiff_lzw", tiffinfo={317: 2}),
    "deflate.tif": lambda path: saved(path, noise(4), compression="tiff_adobe_deflate"),
    "jpeg.tif": lambda path: saved(path, noise(3), compression="jpeg"),
    "packbits.tif": lambda path: saved(path, noise(3), compression="packbits"),
    "cmyk.tif": lambda path: saved(path, noise(3).convert("CMYK")),
    "cmyk-lzw.tif": lambda path: saved(path, noise(3).convert("CMYK"), compression="tiff_lzw"),
    "large-numbers.tif": lambda path: saved(path, noise(3), big_tiff=True),
    "one-tile.jp2": lambda path: saved(path, noise(3)),
    "lossy.jp2": lambda path: saved(
        path, noise(3), irreversible=True, quality_mode="rates", quality_layers=[9]
    ),
    "tiles.jp2": lambda path: saved(path, noise(3), tile_size=(64, 48)),
    "deep-grey.jp2": lambda path: saved(path, Image.fromarray(np.asarray(noise(1)).astype(np.uint16) * 257)),
    "grey.jp2": lambda path: saved(path, noise(1)),
    "grey-alpha.jp2": lambda path: saved(path, noise(2)),
    "alpha.jp2": lambda path: saved(path, noise(4)),
    "codestream.j2k": lambda path: saved(path, noise(3)),
    "tiles.tif": lambda path: tiled(path, "<"),
    "tiles-of-the-other-order.tif": lambda path: tiled(path, ">"),
}


def load(path: Path, index: int = 0) -> Scan:
    return load_page(PageRef(path, index, "p0001"), SourceSettings())


@pytest.fixture
def in_strips(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[int]]:
    """From here on every picture counts as large, and strips are small; gives the tops of those made."""
    tops: list[int] = []

    def noted(image: Image.Image, wanted: bool) -> strips.Strips | None:
        made = strips.strips(image, wanted)
        return made and ((tops.append(top) or top, strip) for top, strip in made)

    def begin() -> list[int]:
        monkeypatch.setattr(pixels, "_whole", lambda image: 0)
        monkeypatch.setattr(strips, "_STRIP_PIXELS", 20 * SIZE[0])
        monkeypatch.setattr(jpeg2000, "_AREA_PIXELS", 20 * SIZE[0])
        monkeypatch.setattr(pixels, "strips", noted)
        return tops

    return begin


def assert_same(one: Scan, other: Scan) -> None:
    assert (one.dpi, one.findings) == (other.dpi, other.findings)
    assert np.array_equal(one.gray, other.gray)
    assert (one.color is None) == (other.color is None)
    if one.color is not None:
        assert np.array_equal(one.color, other.color)


@pytest.mark.parametrize("name", KINDS)
def test_strips_are_the_picture(name: str, tmp_path: Path, in_strips: Callable[[], list[int]]) -> None:
    path = KINDS[name](tmp_path / name)
    whole = load(path)
    tops = in_strips()
    assert_same(load(path), whole)
    assert len(tops) >= 3


@pytest.mark.parametrize("name", [name for name in KINDS if name.endswith(".webp")])
def test_a_webp_in_grey_alone(name: str, tmp_path: Path, in_strips: Callable[[], list[int]]) -> None:
    ref = PageRef(KINDS[name](tmp_path / name), 0, "p0001")
    whole = load_page(ref, SourceSettings(), color=False).gray.astype(int)
    in_strips()
    scan = load_page(ref, SourceSettings(), color=False)
    assert scan.color is None
    assert np.abs(scan.gray - whole).max() <= 1, "OpenCV's grey is rounded, Pillow's is cut off"


def test_a_jpeg_2000_of_16_bits_in_colour(tmp_path: Path, in_strips: Callable[[], list[int]]) -> None:
    """Written by OpenCV, which packs it with loss: a last bit is not the same in each way to decode it."""
    path = tmp_path / "page.jp2"
    assert cv2.imwrite(str(path), np.asarray(noise(3)).astype(np.uint16) * 200)  # of white Pillow makes black
    whole = load(path)
    tops = in_strips()
    scan = load(path)
    assert len(tops) >= 3
    assert whole.color is not None
    assert scan.color is not None
    assert np.abs(scan.color - whole.color.astype(int)).max() <= 1


@pytest.mark.parametrize("color", [True, False])
def test_a_jpeg_of_printing_colours(
    color: bool, tmp_path: Path, in_strips: Callable[[], list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By OpenCV, a level or two from Pillow; one without Adobe's marker OpenCV would take for a negative."""
    ref = PageRef(
        saved(tmp_path / "page.jpg", noise(3).convert("CMYK"), quality=95, exif=exif(6)), 0, "p0001"
    )
    whole = load_page(ref, SourceSettings(), color=color)
    tops = in_strips()
    scan = load_page(ref, SourceSettings(), color=color)
    assert tops
    assert scan.gray.shape == whole.gray.shape == SIZE
    assert np.abs(scan.gray - whole.gray.astype(int)).max() <= 3
    assert (scan.color is None) == (whole.color is None) == (not color)
    if whole.color is not None and scan.color is not None:
        assert np.abs(scan.color - whole.color.astype(int)).max() <= 3
    tops.clear()
    data = ref.file.read_bytes()
    ref.file.write_bytes(data.replace(b"Adobe", b"other", 1))
    assert load_page(ref, SourceSettings(), color=color).gray.mean() < 0.9 * whole.gray.mean() or not tops
    assert not tops


@pytest.mark.parametrize(
    ("name", "options", "heavy"),
    [
        ("page.webp", {"lossless": True}, 8),
        ("page.webp", {"quality": 80}, 4),
        ("page.jp2", {"signed": True}, 6),
        ("page.jp2", {}, 4),
    ],
)
def test_what_takes_much_memory_is_refused_by_what_it_takes(
    name: str, options: dict[str, object], heavy: int, tmp_path: Path
) -> None:
    """Before it is decoded, where the largest picture allowed would take less."""
    picture = noise(1) if name.endswith("jp2") else noise(3)
    ref = PageRef(saved(tmp_path / name, picture, **options), 0, "p0001")
    size = SIZE[0] * SIZE[1] / 1e6
    load_page(ref, SourceSettings(max_megapixels=1.01 * size * heavy / 4))
    if heavy > 4:
        with pytest.raises(InputError, match=f"each takes {heavy} bytes to decode"):
            load_page(ref, SourceSettings(max_megapixels=0.99 * size * heavy / 4))


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("suffix", ["png", "tif"])
def test_strips_of_a_turned_picture(
    suffix: str, turn: int, tmp_path: Path, in_strips: Callable[[], list[int]]
) -> None:
    path = tmp_path / f"page.{suffix}"
    if suffix == "png":
        noise(3).save(path, exif=exif(turn), dpi=(300, 200))
    else:
        noise(3).save(path, tiffinfo={274: turn}, dpi=(300, 200))
    whole = load(path)
    tops = in_strips()
    assert_same(load(path), whole)
    assert len(tops) >= 3


def test_strips_of_the_second_frame(tmp_path: Path, in_strips: Callable[[], list[int]]) -> None:
    path = tmp_path / "two.tif"
    Image.new("RGB", SIZE).save(path, save_all=True, append_images=[noise(3)], compression="tiff_lzw")
    whole = load(path, 1)
    tops = in_strips()
    assert_same(load(path, 1), whole)
    assert len(tops) >= 3


@pytest.mark.parametrize("how", ["samples", "library"])
def test_a_jpeg_2000_that_cannot_be_had_in_areas_is_decoded_as_a_whole(
    how: str, tmp_path: Path, in_strips: Callable[[], list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Signed samples, or a system without the library."""
    path = saved(tmp_path / "page.jp2", noise(1), signed=how == "samples")
    whole = load(path)
    tops = in_strips()
    if how == "library":
        monkeypatch.setattr(jpeg2000, "_library", lambda: None)
    assert_same(load(path), whole)
    assert not tops


@pytest.mark.parametrize("name", ["planes.tif", "interlaced.png", "one-strip.tif"])
def test_what_is_not_in_strips_is_decoded_as_a_whole(
    name: str, tmp_path: Path, in_strips: Callable[[], list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / name
    if name == "one-strip.tif":
        monkeypatch.setattr("PIL.TiffImagePlugin.STRIP_SIZE", 1 << 30)
        noise(3).save(path, compression="tiff_lzw")
    elif name == "planes.tif":
        path.write_bytes(_planes())
    else:
        path.write_bytes(_interlaced())
    whole = load(path)
    tops = in_strips()
    assert_same(load(path), whole)
    assert not tops


@pytest.mark.parametrize(
    "name", ["rgb.png", "deep-rgb.png", "lzw.tif", "raw.tif", "one-tile.jp2", "tiles.jp2", "cmyk.jpg"]
)
@pytest.mark.parametrize("share", [0.5, 0.9])
def test_a_cut_off_picture_is_refused(
    name: str, share: float, tmp_path: Path, in_strips: Callable[[], list[int]]
) -> None:
    path = tmp_path / name
    KINDS.get(name, lambda path: saved(path, noise(3).convert("CMYK")))(path)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    in_strips()
    with pytest.raises(InputError, match="damaged or cut off"):
        load(path)


def _planes() -> bytes:
    """A TIFF that holds its three colours one after the other."""
    planes = [np.asarray(noise(3))[..., n].tobytes() for n in range(3)]
    size = len(planes[0])
    values = {256: SIZE[0], 257: SIZE[1], 258: (8, 8, 8), 259: 1, 262: 2, 277: 3, 278: SIZE[1], 284: 2}
    values |= {273: tuple(8 + size * n for n in range(3)), 279: (size,) * 3}
    head = b"II" + strips.struct.pack("<HI", 42, 8 + 3 * size)
    return head + b"".join(planes) + strips._directory(values, "<", 8 + 3 * size)


def _interlaced() -> bytes:
    """A PNG whose rows come in seven passes."""
    pixels = np.asarray(noise(3))[:60, :60]
    passes = (
        (0, 0, 8, 8),
        (0, 4, 8, 8),
        (4, 0, 8, 4),
        (0, 2, 4, 4),
        (2, 0, 4, 2),
        (0, 1, 2, 2),
        (1, 0, 2, 1),
    )
    rows = b"".join(
        b"\0" + row.tobytes() for y, x, down, across in passes for row in pixels[y::down, x::across]
    )
    head = strips.struct.pack(">IIBBBBB", 60, 60, 8, 2, 0, 0, 1)
    chunks = ((b"IHDR", head), (b"IDAT", strips.zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(strips._chunk(*chunk) for chunk in chunks)
