"""Every pixel format brought to 8-bit grey or RGB on white paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from PIL import Image, ImageChops, ImageCms

_PHOTOMETRIC = 262  # TIFF 6.0: 0 is "white is zero"
_BAND_PIXELS = 250_000  # converted at a time, so that a large page needs no second copy of itself

Flatten = Callable[[Image.Image], Image.Image]


def bands(image: Image.Image, step: int) -> Iterator[tuple[int, Image.Image]]:
    """The image in strips of full width, each with its top; their heights are multiples of ``step``
    (but for the last one)."""
    height = max(1, _BAND_PIXELS // image.width // step) * step
    for top in range(0, image.height, height):
        yield top, image.crop((0, top, image.width, min(image.height, top + height)))


def flattener(image: Image.Image) -> Flatten:
    """What brings strips of this image to mode L or RGB: transparency on white, deep samples scaled,
    CMYK as it is printed."""
    mode = image.mode
    clear = image.info.get("transparency") is not None and mode[0] not in "IF"
    if clear or mode in ("RGBA", "LA", "PA", "La", "RGBa"):
        return _on_white
    if mode in ("L", "RGB"):
        return _same
    if mode == "1":
        return partial(_converted, mode="L")
    if mode == "CMYK":
        return _inverted_print if _is_plain_cmyk(image) else partial(_converted, mode="RGB")
    if mode == "LAB":
        return _from_lab
    if mode[0] in "IF":
        negative = getattr(image, "tag_v2", {}).get(_PHOTOMETRIC) == 0
        return partial(_shallow, full=_full_scale(image), negative=negative)
    return partial(_converted, mode="RGB")


def is_clear(image: Image.Image) -> bool:
    """Whether every pixel is fully transparent, so that white paper is all there is to see."""
    if "A" not in image.getbands():
        return False
    return bool(image.getchannel("A").getextrema() == (0, 0))


def _same(image: Image.Image) -> Image.Image:
    return image


def _converted(image: Image.Image, mode: str) -> Image.Image:
    return image.convert(mode)


def _on_white(image: Image.Image) -> Image.Image:
    paper = Image.new("RGBA", image.size, (255, 255, 255, 255))
    return Image.alpha_composite(paper, image.convert("RGBA")).convert("RGB")


def _is_plain_cmyk(image: Image.Image) -> bool:
    """Pillow takes every CMYK JPEG for one of Adobe's, which store it inverted; one without Adobe's marker
    is not."""
    return image.format in ("JPEG", "MPO") and "adobe" not in image.info


def _inverted_print(image: Image.Image) -> Image.Image:
    return ImageChops.invert(image).convert("RGB")


def _from_lab(image: Image.Image) -> Image.Image:
    transform = ImageCms.buildTransform(
        ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB"), "LAB", "RGB"
    )
    return ImageCms.applyTransform(image, transform) or image.convert("L")


def _shallow(image: Image.Image, full: float, negative: bool) -> Image.Image:
    """Samples of 12, 16 or 32 bits or floating point as 8 bits; ``full`` is white, or black if negative."""
    samples = np.nan_to_num(np.asarray(image, np.float32))
    gray = np.clip(samples * (255 / full) + 0.5, 0, 255).astype(np.uint8)
    return Image.fromarray(255 - gray if negative else gray)


def _full_scale(image: Image.Image) -> float:
    """The value of a full sample: that of the smallest usual depth the brightest one fits in, as scanners
    with 12 bits store them in 16."""
    tops = [float(np.nan_to_num(np.asarray(band, np.float32)).max()) for _, band in bands(image, 1)]
    top = max(tops)
    full = next((full for full in (1.0, 255.0, 4095.0, 65535.0) if top <= full), top)
    if image.mode != "F" and full < 4095:
        return 65535.0 if image.mode.startswith("I;16") else 255.0
    return full
