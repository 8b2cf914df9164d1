"""Pictures of a PDF taken in bands are those taken at once, and a large one stays within the bound."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw

from layout.image import Scan
from layout.source import PageRef, SourceSettings, load_page, pdf_bands
from layout.source.pdf import mupdf

_SIZE = (384, 576)  # points; 800 x 1200 pixels
_ROOT = Path(__file__).resolve().parents[2]


def scan(mode: str) -> Image.Image:
    """A page with noise that no rendering keeps exactly, and a coloured field."""
    random = np.random.default_rng(3)
    image = Image.fromarray(random.integers(150, 255, (1200, 800, 3)).astype(np.uint8))
    ImageDraw.Draw(image).rectangle((80, 60, 319, 619), fill=(200, 30, 40))
    return image.convert(mode)


def made(folder: Path, kind: str, change: Callable[[Any, Any], None]) -> Path:
    image, data = scan("CMYK" if kind == "cmyk" else "RGB"), io.BytesIO()
    if kind == "stencil":
        image.convert("1").save(data, "TIFF", compression="group4")
    else:
        image.save(data, {"flate": "PNG", "jpeg": "JPEG", "cmyk": "JPEG", "jpeg2000": "JPEG2000"}[kind])
    document = mupdf.open()
    page = document.new_page(width=_SIZE[0], height=_SIZE[1])
    page.insert_image(page.rect, stream=data.getvalue())
    if kind == "stencil":
        xref = page.get_images()[0][0]
        document.xref_set_key(xref, "ImageMask", "true")
        document.xref_set_key(xref, "ColorSpace", "null")
    change(document, page)
    document.save(folder / "page.pdf")
    return folder / "page.pdf"


def stamp(document: Any, page: Any) -> None:
    page.insert_text((40, 300), "From an archive", fontsize=40, color=(0, 0, 0.6))


CHANGES: dict[str, Callable[[Any, Any], None]] = {
    "alone": lambda *_: None,
    "stamped": stamp,
    "turned": lambda document, page: page.set_rotation(90),
    "cut and stamped": lambda document, page: (
        page.set_cropbox(mupdf.Rect(24.3, 24.3, 360, 552)),
        stamp(document, page),
    ),
}


@pytest.mark.parametrize("kind", ["flate", "jpeg", "cmyk", "jpeg2000", "stencil"])
@pytest.mark.parametrize("change", CHANGES)
def test_bands_are_the_page(kind: str, change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made(tmp_path, kind, CHANGES[change])
    whole, gray = load(path), load(path, color=False)
    monkeypatch.setattr(pdf_bands, "_AT_ONCE", 170_000)
    alike = (
        3.0 if change == "cut and stamped" else 0.0
    )  # its pixels lie between those of the page; a pixel aside gives 9 to 28
    assert_alike(load(path), whole, alike)
    assert_alike(load(path, color=False), gray, alike)


def test_a_stencil_is_ink_on_paper(tmp_path: Path) -> None:
    """Many scans in black and white are no picture but a stencil that ink goes through; it has no colours."""
    found = load(made(tmp_path, "stencil", CHANGES["alone"]))
    drawn = load(made(tmp_path, "stencil", stamp))
    assert found.gray.shape == (1200, 800)
    assert set(np.unique(found.gray)) == {0, 255}
    assert np.array_equal(found.gray[1000:], drawn.gray[1000:])


def load(path: Path, color: bool = True) -> Scan:
    return load_page(PageRef(path, 0, "p0001"), SourceSettings(), color=color)


def assert_alike(one: Scan, other: Scan, most: float) -> None:
    """Pixels differ by no more than ``most`` on the average."""
    assert np.abs(one.gray.astype(int) - other.gray).mean() <= most
    assert (one.color is None) == (other.color is None)
    if one.color is not None and other.color is not None:
        assert np.abs(one.color.astype(int) - other.color).mean() <= most


_PEAK = """
import sys
from pathlib import Path
import layout.batch.tasks
from layout.batch.leaf import peak_mb
from layout.source import PageRef, SourceSettings, load_page
scan = load_page(PageRef(Path(sys.argv[1]), 0, "p0001"), SourceSettings(), color=False)
print(peak_mb(), scan.gray.size / 1e6)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is Linux's")
@pytest.mark.parametrize("stamped", [False, True])
def test_a_large_coloured_scan_stays_within_the_bound(stamped: bool, tmp_path: Path) -> None:
    """150 MB and 4 bytes a pixel; at once it takes 7 bytes a pixel."""
    from layout.batch.child import ENVIRONMENT

    path = tmp_path / "large.pdf"
    tile = np.asarray(scan("RGB"))
    picture = np.tile(tile, (5, 8, 1))  # 6400 x 6000
    document = mupdf.open()
    page = document.new_page(width=6400 * 0.24, height=6000 * 0.24)
    page.insert_image(page.rect, pixmap=mupdf.Pixmap(mupdf.csRGB, 6400, 6000, picture.tobytes(), False))
    if stamped:
        stamp(document, page)
    document.save(path, deflate=True)
    told = subprocess.run(
        [sys.executable, "-c", _PEAK, str(path)],
        cwd=_ROOT,
        env={**ENVIRONMENT, "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    peak, megapixels = map(float, told.stdout.split())
    assert megapixels == pytest.approx(38.4)
    assert peak < 150 + 4 * megapixels
